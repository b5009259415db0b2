"""What is measured by the subject of a clause, whatever it is called: no list holds the noun.

`Taxi trips in Chicago fell 5%, city data show`, `Die Prämien in der Kfz-Versicherung zogen laut Verivox an`: somebody
outside counts it, a country is told with it (`U.S. office workers`), or it has a price by weight (`the Midwest premium
has climbed to 78 cents a pound`). What bears an owner, names a company, is what companies report of themselves (sales,
orders, customers) or is one thing of those that they have (`the deal`, `the division`) stays the company's.
"""

from __future__ import annotations

from collections.abc import Iterator

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases import clauses_english, clauses_german
from rerating.factcheck.extraction.whom.phrases.group_nouns import Group
from rerating.factcheck.extraction.whom.phrases.measured_english import english_group, english_part
from rerating.factcheck.extraction.whom.phrases.measured_german import german_group, german_part
from rerating.factcheck.extraction.whom.phrases.measuring import opens_clause

_CONSENSUS = word_set("measured", "consensus")


def measured(sentence: Sentence, goods: set[int], *, is_counted: bool) -> Iterator[Group]:
    """The groups that the clauses of a sentence measure by their subject.

    `is_counted`: somebody outside counts for many; `goods`: the tokens of goods that are priced there.
    """
    is_counted = is_counted and _CONSENSUS.isdisjoint(sentence.words(sentence.first, sentence.last))
    if sentence.text.is_english:
        for told in clauses_english.openings(sentence):
            if (group := english_group(sentence, told, goods, is_counted=is_counted)) is not None:
                yield group
        return
    for subject in clauses_german.openings(sentence):
        if (group := german_group(sentence, subject, goods, is_counted=is_counted)) is not None:
            yield group


def part_of(sentence: Sentence, figure: Figure, *, is_counted: bool) -> Group | None:
    """The people of whom a figure tells a part."""
    is_inverted = not sentence.text.is_english and clauses_german.is_verb(sentence, figure.lead - 1)
    if figure.mention.unit not in ("percent", "ratio", "count") or not (is_inverted or opens_clause(sentence, figure)):
        return None
    return (english_part if sentence.text.is_english else german_part)(sentence, figure, is_counted=is_counted)
