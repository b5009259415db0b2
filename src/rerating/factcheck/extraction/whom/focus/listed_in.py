"""Indices that only say where a share is listed: `im TecDax`, `DAX-Konzern`, `the FTSE 100 company`."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.subjects import MOVES

_WITHIN = frozenset(["im", "in", "aus", "of", "des", "vom", "on"])
_INDEX_NOUNS = frozenset((word,) for word in word_set("subjects", "index_nouns"))
_PARTICLES = (("an",), ("auf",), ("ab",), ("ein",), ("aus",))
"""They end a clause before its relative one: `führten die Tabelle im SMIM an, der selbst 0,3 Prozent tiefer stand`."""
_MEMBERS = frozenset(
    (w,)
    for w in (
        "leaderboard",
        "members",
        "member",
        "component",
        "heavyweight",
        "constituents",
        "component",
        "components",
        "heavyweight",
        "constituent",
        "stocks",
        "company",
        "group",
        "firm",
        "listed",
    )
)


def is_location(sentence: Sentence, place: Place, here: list[Place], company: Name | None) -> bool:
    """Whether an index is but where a share is listed: `im TecDax`, `DAX-Konzern`."""
    if place.name.kind is not NameKind.INDEX or (company is None and len(here) == 1):
        return False
    tokens = sentence.tokens
    after = sentence.words(place.last, place.last + 2)
    if after[:1] == ("-",) and after[1:] not in (("index",), ("stand",), ("future",)) and tokens.glued[place.last]:
        return True
    if after[:1] in _MEMBERS:
        return True
    if after == ("'", "s") and any(f.lead == place.last + 2 for f in sentence.figures_near(place.last)):
        return False
    is_noun = after[:1] in _INDEX_NOUNS
    told_on = place.last + is_noun + (sentence.words(place.last + is_noun, place.last + is_noun + 1) in _PARTICLES)
    if sentence.words(told_on, told_on + 2) in ((",", "der"), (",", "which"), (",", "die")):
        return False
    if after[:1] and after[0].startswith("befragt"):
        return True
    start = place.first - (sentence.words(place.first - 1, place.first)[:1] in _INDEX_NOUNS)
    before = sentence.words(start - 2, start)
    if not MOVES.isdisjoint(sentence.words(start - 3, start)) or _is_moved_by(sentence, start):
        return False
    return bool(before) and (before[-1] in _WITHIN or (before[-1] in ("the", "dem") and before[0] in _WITHIN))


def _is_moved_by(sentence: Sentence, k: int) -> bool:
    """Whether a noun of movement and its figure stand before `in the`: `a gain of 1.7 percent in the Nasdaq`."""
    figures = (f for f in sentence.figures_near(k) if k - 2 <= f.last < k)
    return any(not MOVES.isdisjoint(sentence.words(f.lead - 3, f.lead)) for f in figures)
