"""Companies of no list of which another one holds a part: `X, an der Y 77 Prozent hält`, `30 Prozent an der Kette X`.

The stake is one in the company that is held, and what its clause goes on to say is its own.
"""

from __future__ import annotations

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.factcheck.extraction.whom.names.purchases import capitals_at, is_kin, unlisted
from rerating.factcheck.extraction.whom.names.unlisted import taken_in
from rerating.language.reading.tokens import WORD

_HOLDS = word_set("held", "holds")
_THE = frozenset(("der", "dem", "denen"))
_LEADING = _THE | frozenset(("die", "das", "am", "an", "im", "in", "beim", "bei", "vom", "zum", "zur", "aus"))
_CLAUSE = 12
_KINDS = frozenset(("holding", "financial_figure", "growth", "operating_metric", "ratio", "return", "corporate_event"))
_PARTS = frozenset(("aktien", "kapital", "stimmrechte"))


def held(known: Subjects, sentence: Sentence, drafts: list[Draft]) -> None:
    """Gives to a company that is held its stake and what its sentence says on about it."""
    if sentence.text.is_english or not drafts or _HOLDS.isdisjoint(sentence.words(sentence.first, sentence.last)):
        return
    found = _told_first(sentence) or _told_behind(sentence)
    if found is None:
        return
    at, end, name = found
    listed = {p.first for p in known.places.get(sentence.number, []) if p.name.ticker is not None and not p.is_noun}
    for draft in drafts:
        is_parted = any(end <= k < draft.first for k in listed)
        if draft.kind in _KINDS and draft.first >= at and not is_parted:
            draft.subject = as_subject(name)


def _told_first(sentence: Sentence) -> tuple[int, int, Name] | None:
    """`X, an der Y 77 Prozent hält, steigerte den Gewinn`: from the comma on."""
    tokens = sentence.tokens
    for k in range(sentence.first + 1, sentence.last - 3):
        if tokens.text[k] != "," or tokens.lower[k + 1] != "an" or tokens.lower[k + 2] not in _THE:
            continue
        if _HOLDS.isdisjoint(sentence.words(k + 3, k + 3 + _CLAUSE)):
            continue
        first = k
        while first > sentence.first and tokens.kind[first - 1] == WORD and tokens.text[first - 1][:1].isupper():
            first -= 1
        while first < k - 1 and (is_kin(sentence, first) or tokens.lower[first] in _LEADING):
            first += 1
        is_name = first < k and taken_in(sentence).isdisjoint(range(first, k)) and tokens.lower[first - 1] not in _THE
        if is_name:
            end = next((j for j in range(k + 3, sentence.last) if tokens.text[j] == ","), sentence.last)
            return k, end, unlisted(sentence, first, k)
    return None


def _told_behind(sentence: Sentence) -> tuple[int, int, Name] | None:
    """`besitzt noch 30 Prozent an der Kette X, die 80 Millionen verlor`: from the stake on."""
    tokens = sentence.tokens
    for figure in sentence.figures:
        k = figure.last + (tokens.lower[figure.last : figure.last + 1] == ["der"])
        k += tokens.lower[k] in _PARTS
        if tokens.lower[k] != "an" or tokens.lower[k + 1] not in _THE or figure.mention.unit != "percent":
            continue
        pair = capitals_at(sentence, k + 2)
        if pair is not None and any(is_kin(sentence, j) for j in range(k + 2, pair[0])):
            return figure.first, pair[1], unlisted(sentence, *pair)
    return None
