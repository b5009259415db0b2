"""Companies that a German sentence names only as another one's partner or as the cause of its move.

`Grund ist ein Bündnis mit Amazon`, `Anleger setzen auf ein Angebot von Thyssenkrupp`, `Schuld ist die Prognosesenkung
von ASML`, `der Amazon-Deal`: what is told next is told of the company spoken of before.
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set

_LEADS = word_set("complements", "leads")
_NOUNS = word_set("complements", "nouns")
_ENDS = tuple(word for word in _NOUNS if len(word) > 3)
_TOLD = word_set("complements", "told")
_CAUSES = word_set("complements", "causes")
_VERBS = word_set("complements", "verbs")
_REACH = 4


def is_complement(sentence: Sentence, place: Place, places: list[Place]) -> bool:
    """Whether a company stands there for the sake of the one spoken of before."""
    if sentence.text.is_english or place.name.kind is not NameKind.COMPANY or place.is_noun:
        return False
    if _is_compound(sentence, place):
        return True
    k = _lead(sentence, place, places)
    if k is None:
        return False
    if k == sentence.first:
        return any(
            p.name.kind is NameKind.COMPANY and _lead(sentence, p, places) is None for p in places if p.first > k
        )
    words = sentence.words(sentence.first, sentence.last)
    if sentence.tokens.lower[k] in _BESIDE and "es" not in words:
        return True
    noun = sentence.tokens.lower[k - 1]
    if noun in _NOUNS or noun.endswith(_ENDS):
        return True
    is_cause = not _CAUSES.isdisjoint(words)
    return is_cause and noun in _TOLD


def only_compares(sentence: Sentence, place: Place) -> bool:
    """Whether a German name is only set beside what was told before: `Bei X waren es 12 Prozent`."""
    behind = sentence.words(place.last, place.last + 4)
    return "es" in behind and any(one in _BEING and other == "es" for one, other in pairwise(behind))


_BEING = frozenset(("sind", "waren", "ist", "war", "seien", "wären"))
_BESIDE = frozenset(("mit", "für", "gegen", "durch", "wegen", "dank"))


def _is_compound(sentence: Sentence, place: Place) -> bool:
    """`der Amazon-Deal`, `die BYD-Fantasie`: the name only says with whom."""
    after = sentence.words(place.last, place.last + 2)
    if after[:1] != ("-",) or len(after) < 2 or not sentence.tokens.glued[place.last + 1]:
        return False
    return after[1] in _NOUNS | _CAUSES or after[1].endswith(_ENDS)


def _lead(sentence: Sentence, place: Place, places: list[Place]) -> int | None:
    """The preposition that leads a name in, over an article, adjectives and what the company is."""
    tokens = sentence.tokens
    for k in range(place.first - 1, max(sentence.first - 1, place.first - 1 - _REACH), -1):
        if tokens.lower[k] in _LEADS:
            return k
        is_verb = tokens.lower[k] in _VERBS
        if is_verb or tokens.text[k] in ",;:.()" or any(p.first <= k < p.last for p in places):
            return None
    return None
