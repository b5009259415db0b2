"""Whose sums a figure of the future comes from, where a phrase says so: `By his math, the company can earn $14`.

`Nach ihren Berechnungen wird der Auftragseingang ... wachsen`, `on Bernstein's numbers`, `Kepler zufolge wird Kone
2,26 Euro verdienen`: the phrase names who reckons, the modal that it is still to come.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.speakers import OWN_PEOPLE

_REACH = 30


def is_by_their_sums(sentence: Sentence, figure: Figure) -> bool:
    """Whether somebody's sums, model or view stand in the figure's sentence, with a modal before the figure."""
    lower = sentence.tokens.lower
    first, last = max(sentence.first, figure.lead - _REACH), min(sentence.last, figure.tail + 12)
    stop = max((k for k in range(first, figure.lead) if lower[k] in (";", ":")), default=first - 1)
    if _MODALS.isdisjoint(sentence.words(stop + 1, figure.lead)):
        return False
    if not (OWN_PEOPLE - _PRONOUNS).isdisjoint(lower[stop + 1 : last]):
        return False
    return any(_is_phrase(sentence, k) for k in range(stop + 1, last))


def _is_phrase(sentence: Sentence, k: int) -> bool:
    """`nach ihren Berechnungen`, `in seinem Modell`, `by his math`, `on Bernstein's numbers`, `Kepler zufolge`."""
    word, tail = sentence.tokens.lower[k], sentence.words(k + 1, k + 7)
    if word in _BY_GERMAN:
        if tail[:1] != () and tail[0] in _THEIRS_GERMAN and not _SUMS_GERMAN.isdisjoint(tail[1:3]):
            return "eigenen" not in tail[:2]
        return _is_house(sentence, k + 1, k + 4) if word == "laut" else False
    if word == "zufolge":
        return _is_house(sentence, k - 4, k)
    if word == "according" and tail[:1] == ("to",):
        return _is_house(sentence, k + 2, k + 5)
    if word not in _BY_ENGLISH:
        return False
    at = next((j for j, each in enumerate(tail) if each in _SUMS_ENGLISH), None)
    if at is None or not at or {",", "of", "own"} & set(tail[:at]):
        return False
    return tail[0] in _THEIRS_ENGLISH or ("'" in tail[:at] and _is_house(sentence, k + 1, k + 1 + at))


def _is_house(sentence: Sentence, first: int, last: int) -> bool:
    return any(
        first <= named.first < last and (named.first in sentence.houses or named.of(NameKind.DATA, NameKind.HOUSE))
        for named in sentence.names_near(first)
    )


_MODALS = word_set("reckoning", "modals")
_PRONOUNS = frozenset(
    (
        "company",
        "group",
        "konzern",
        "unternehmen",
        "he",
        "she",
        "it",
        "es",
        "we",
        "wir",
        "bank",
        "institut",
        "haus",
        "firm",
        "house",
    )
)
_BY_GERMAN = frozenset(("nach", "in", "laut", "gemäß", "gemäss"))
_THEIRS_GERMAN = frozenset(("ihren", "seinen", "ihrer", "seiner", "ihrem", "seinem", "deren", "dessen", "den", "der"))
_SUMS_GERMAN = word_set("reckoning", "sums_german")
_BY_ENGLISH = frozenset(("by", "on", "in", "under"))
_THEIRS_ENGLISH = frozenset(("his", "her", "their"))
_SUMS_ENGLISH = word_set("reckoning", "sums_english")
