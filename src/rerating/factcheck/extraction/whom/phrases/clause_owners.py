"""Whose a figure is by the clause that it stands in, in English texts: the relative clause of a name, what a company
itself said, what it did, and what something takes off or adds to what it has.

`M also supplies X, where sales jumped 27%`, `in the wake of X's warning that volumes would drop 5%`, `a $1.3 billion
program announced by X`, `knocked $1 billion off X's market value`.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set

_OWN_VERBS = word_set("clause_owners", "own_verbs")
_SAYING = word_set("clause_owners", "saying")
_DONE = word_set("clause_owners", "done")
_RECEIVING = word_set("clause_owners", "receiving")
_STOPS = frozenset((",", ";", ":", "–", "—", "(", ")"))
_MOVED_BY = (("off",), ("from",), ("to",))
_NEAR = 3
_REACH = 12


def clause_owner(sentence: Sentence, figure: Figure, places: list[Place]) -> Name | None:
    """The company of a figure's own clause."""
    if not sentence.text.is_english:
        return None
    named = [p for p in places if not p.is_noun and p.name.kind is NameKind.COMPANY]
    for place in named:
        if _is_given(sentence, place, figure):
            return place.name
        if _is_in_relative(sentence, place, figure) or _is_done_by(sentence, place, figure):
            return place.name
        if _is_said_by(sentence, place, figure, named) or _is_taken_off(sentence, place, figure):
            return place.name
    return None


def _is_in_relative(sentence: Sentence, place: Place, figure: Figure) -> bool:
    """Whether a figure stands in the relative clause right behind a name: `X, which has 420 outlets`, `X, where sales
    jumped 27%`; not where the clause may be about what is done to it (`a stake in X, which brought in $5 million`)."""
    words = sentence.words(place.last, figure.lead)
    if place.last > figure.first or len(words) < 2 or words[0] != "," or not _STOPS.isdisjoint(words[1:]):
        return False
    return words[1] in ("where", "whose") or (words[1] == "which" and words[2:3] != () and words[2] in _OWN_VERBS)


def _is_said_by(sentence: Sentence, place: Place, figure: Figure, named: list[Place]) -> bool:
    """Whether a figure is what a company said or decided by a noun of its own: `X's warning that volumes would drop
    5%`, `news from X that`, `X's plan to close 40 stores`."""
    if place.last > figure.first or any(place.last <= p.first < figure.first for p in named):
        return False
    words = sentence.words(place.last, figure.lead)
    if not _STOPS.isdisjoint(words):
        return False
    if words[:2] == ("'", "s"):
        at = next((k for k, word in enumerate(words[2:6], 2) if word in _SAYING), None)
        return at is not None and words[at + 1 : at + 2] in (("that",), ("to",), ("of",))
    before = sentence.words(place.first - _NEAR, place.first)
    return before[-1:] in (("from",), ("by",), ("at",)) and words[:1] == ("that",) and not _SAYING.isdisjoint(before)


def _is_done_by(sentence: Sentence, place: Place, figure: Figure) -> bool:
    """Whether who did a thing stands behind it: `a $1.3 billion investment program announced by X`."""
    words = sentence.words(figure.last, place.first)
    is_by = len(words) >= 2 and words[-1] == "by" and words[-2] in _DONE
    return is_by and len(words) <= _REACH and _STOPS.isdisjoint(words)


def _is_given(sentence: Sentence, place: Place, figure: Figure) -> bool:
    """Whether a sum goes to a company or is lost to it: `X will pay M $75 million`, `it cost X $30 million`."""
    is_next = place.last <= figure.lead <= place.last + 1 and _STOPS.isdisjoint(sentence.words(place.last, figure.lead))
    return is_next and not _RECEIVING.isdisjoint(sentence.words(place.first - 1, place.first))


def _is_taken_off(sentence: Sentence, place: Place, figure: Figure) -> bool:
    """Whether a sum is taken off or added to what a company has: `wiped $1 billion off X's market value`."""
    is_owning = sentence.tokens.text[place.last : place.last + 2] == ["'", "s"]
    return is_owning and figure.last + 1 == place.first and sentence.words(figure.last, place.first) in _MOVED_BY
