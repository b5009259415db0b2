"""A statement: one sentence (or label, or cell) with its kind, its template in two languages and its typed slots.

Templates are the only place where sentences stand. They hold no digit and no comparative word: figures, dates, names
and words of direction come in through slots `{name:form}`, so that a sentence cannot claim what its facts do not say
(tests/statements/test_templates.py reads all of them).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from string import Formatter

from pydantic import Field, model_validator

from rerating.core.record import Record
from rerating.language.languages import NBSP
from rerating.statements.facts import DIRECTION_FORMS, Day, Fact, Money, Name, Slot, Term, Voice, Word, written
from rerating.statements.gate import Due


class Kind(StrEnum):
    """What sort of saying it is. Fact and opinion are apart wherever a statement is laid out."""

    FACT = "fact"
    ESTIMATE = "estimate"
    OPINION = "opinion"
    FORECAST = "forecast"
    GAP = "gap"
    METHOD = "method"


MARKS: dict[Kind, Word] = {
    Kind.ESTIMATE: Word(de="Schätzung", en="estimate"),
    Kind.OPINION: Word(de="Meinung", en="opinion"),
    Kind.FORECAST: Word(de="Prognose", en="forecast"),
}
"""What is no fact, and how it is called where that has to be said."""


class Template(Record):
    """A sentence in both languages, with slots `{name}` or `{name:form}`."""

    de: str
    en: str

    @model_validator(mode="after")
    def _same_slots(self) -> Template:
        de, en = ({name for _, name, _ in pieces(text) if name} for text in (self.de, self.en))
        if de != en:
            raise ValueError(f"the languages differ in their slots: {sorted(de ^ en)}")
        return self


@lru_cache(maxsize=2048)
def pieces(text: str) -> tuple[tuple[str, str, str], ...]:
    """A template as (literal, slot, form) triples; the last ones may lack a slot."""
    return tuple((literal, name or "", form or "") for literal, name, form, _ in Formatter().parse(text))


class Ending(StrEnum):
    """What ends a saying where no day and no level is known that would."""

    CORRECTION = "correction"
    """Nothing but a correction: it is past, and stands."""
    NEXT_CLOSE = "next_close"
    NEXT_RATING = "next_rating"
    """The same house rates again."""
    NEXT_ANALYSIS = "next_analysis"
    """It tells how this analysis was made."""
    DATA_KNOWN = "data_known"
    DATA_MISSING = "data_missing"


class Until(Record):
    """How long a saying holds: to a day, until the price falls below or rises above a level, or to what `by` names."""

    on: Day | None = None
    below: Money | None = None
    above: Money | None = None
    by: Ending | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Until:
        if (self.by is None) == (self.on is None and self.below is None and self.above is None):
            raise ValueError("a saying ends on a day or at a level, or else by what is named")
        return self


class Statement(Record):
    """One saying: `slots` fill the template."""

    kind: Kind
    template: Template
    slots: dict[str, Slot] = Field(default_factory=dict)
    true_until: Until | None = None
    """What would falsify it, where the finding says so."""
    is_marked: bool = False
    """Whether its kind is printed behind it, as publishable reports have to do where it is no fact."""

    @model_validator(mode="after")
    def _filled(self) -> Statement:
        asked = {name for _, name, _ in pieces(self.template.de) if name}
        if asked != set(self.slots):
            raise ValueError(f"slots and template differ: {sorted(asked ^ set(self.slots))}")
        return self

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts in the order of their slots, words left out."""
        return tuple(slot for slot in self.slots.values() if not isinstance(slot, Word | Term))


class Span(Record):
    """A piece of a written statement. A piece with a fact is that fact in words."""

    text: str
    fact: Fact | None = None
    """The fact that the piece says in figures or as a name; this is what bears the source marks."""
    due: Due | None = None
    """What the gate has to find here: the fact and its form, a direction word, or a noun that holds digits."""
    foreign: bool = False
    """Whether the text is not in the reader's language."""
    is_mark: bool = False
    """Whether it is the mark of what is no fact, which is never cut in two."""


def spans(statement: Statement, voice: Voice) -> tuple[Span, ...]:
    """The statement in words, cut where facts begin and end.

    The first letter is a capital, except where a name or a date stands first, which are written as they are.
    """
    found: list[Span] = []
    text = statement.template.de if voice.language == "de" else statement.template.en
    for literal, name, form in pieces(text):
        if literal:
            found.append(Span(text=literal))
        if not name:
            continue
        slot = statement.slots[name]
        words = written(slot, voice, form)
        if found and found[-1].text.endswith((". ", "? ")) and not isinstance(slot, Name):
            words = words[0].upper() + words[1:]
        due = None if isinstance(slot, Word) else Due(fact=slot, form=form)
        if isinstance(slot, Term) and not any(sign.isdigit() for sign in words):
            due = None
        if isinstance(slot, Word | Term) or form in DIRECTION_FORMS:
            found.append(Span(text=words, due=due))
        else:
            foreign = isinstance(slot, Name) and slot.de_is_original and voice.language == "de"
            found.append(Span(text=words, fact=slot, due=due, foreign=foreign))
    first = found[0] if found else Span(text="")
    if first.text and not isinstance(first.fact, Name) and (first.fact is not None or text.endswith((".", ":", "?"))):
        found[0] = first.model_copy(update={"text": first.text[0].upper() + first.text[1:]})
    if statement.is_marked and statement.kind in MARKS:
        found.append(Span(text=f"{NBSP}[{written(MARKS[statement.kind], voice)}]", is_mark=True))
    return tuple(found)


_HYPHENED = re.compile(r"-\w+")


def whole_words(found: Sequence[Span]) -> tuple[Span, ...]:
    """The spans with the rest of a hyphened word drawn to its figure: the mark stands behind the word (1,9-Fache)."""
    whole = list(found)
    for place, (span, after) in enumerate(pairwise(found)):
        rest = _HYPHENED.match(after.text) if span.fact is not None and after.due is None else None
        if rest:
            whole[place] = whole[place].model_copy(update={"text": whole[place].text + rest.group()})
            whole[place + 1] = after.model_copy(update={"text": after.text[rest.end() :]})
    return tuple(whole)


def said(statement: Statement, voice: Voice) -> str:
    """The statement as plain text."""
    return "".join(span.text for span in spans(statement, voice))
