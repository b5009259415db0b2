"""Bodies that go on to act by a pronoun: `Auslöser war die Stadtregierung. Sie erlaubte`, `The EPA ... It capped`.

A sentence tells of a body where no company stands before it; the next one of the block that opens with a pronoun goes
on about that body, and so does the one behind it.
"""

from __future__ import annotations

from collections.abc import Iterable

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.state_actors import Actor
from rerating.factcheck.extraction.whom.focus.subjects import Subjects

_PRONOUNS = frozenset(("sie", "er", "es", "it", "they"))


def told_of(sentence: Sentence, places: Iterable[Place], here: list[Actor], before: Name | None) -> Name | None:
    """The body that a sentence tells of, so that the next one may go on about it."""
    if before is not None and _pronoun(sentence) is not None:
        return before
    named = [p.first for p in places if p.name.kind is NameKind.COMPANY]
    return next((a.name for a in here if not a.is_place and all(a.last <= first for first in named)), None)


def _pronoun(sentence: Sentence) -> int | None:
    """Where the pronoun stands that a sentence opens with, or that its first verb leads in German."""
    low = sentence.tokens.lower
    if low[sentence.first] in _PRONOUNS and sentence.last > sentence.first + 1:
        return sentence.first
    ahead = range(sentence.first + 1, min(sentence.first + _LEAD, sentence.last))
    return next((k for k in ahead if low[k] == "sie" and low[k - 1] in _DOES), None)


_DOES = word_set("states", "does") | word_set("states", "rules") | word_set("states", "auxiliaries")
_LEAD = 8
"""So early stands a pronoun that a German verb leads: `Für das nächste Jahr kündigte sie weitere 1500 Kilometer an`."""


def who_act(known: Subjects, sentence: Sentence) -> list[Actor]:
    """Who makes policies in a sentence, in its order, a body told of by a pronoun included."""
    here = known.actors.get(sentence.number, [])
    body = known.going_on.get(sentence.number)
    at = _pronoun(sentence) if body is not None else None
    return [Actor(at, at + 1, body, False), *here] if at is not None else here


def goes_on(sentence: Sentence, body: Name | None) -> Name | None:
    """The body told of before where the sentence opens with a pronoun."""
    return body if _pronoun(sentence) is not None else None
