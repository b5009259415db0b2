"""The headline and the lead, computed from the findings: what the price did, and what could be why."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from rerating.core.types import Gap
from rerating.findings.catalyst import MOVE_SESSIONS, Catalyst
from rerating.findings.price_move import PriceMove
from rerating.findings.timing import Timing
from rerating.language.nouns import direction
from rerating.statements import catalyst as told
from rerating.statements import price_move as price
from rerating.statements.facts import Count, Day, Name, Share, Slot, Word
from rerating.statements.statement import Kind, Statement, Template


class Cause(StrEnum):
    """How many known events the order of events allows as a cause."""

    ONE = "one"
    SEVERAL = "several"
    NONE = "none"
    PRICE_LED = "price_led"
    UNKNOWN = "unknown"


HEADLINES: dict[Cause, Template] = {
    Cause.ONE: Template(
        de="{issuer} {verb} {week:size} in {sessions:dative}: ein möglicher Auslöser",
        en="{issuer} {verb} {week:size} in {sessions}: one possible trigger",
    ),
    Cause.SEVERAL: Template(
        de="{issuer} {verb} {week:size} in {sessions:dative}: {n:word} mögliche Auslöser",
        en="{issuer} {verb} {week:size} in {sessions}: {n:word} possible triggers",
    ),
    Cause.NONE: Template(
        de="{issuer} {verb} {week:size} in {sessions:dative}: kein bekannter Auslöser",
        en="{issuer} {verb} {week:size} in {sessions}: no known trigger",
    ),
    Cause.PRICE_LED: Template(
        de="{issuer} {verb} {week:size} in {sessions:dative}: Der Kurs lief der Nachricht voraus",
        en="{issuer} {verb} {week:size} in {sessions}: the price moved before the news",
    ),
    Cause.UNKNOWN: Template(
        de="{issuer} {verb} {week:size} in {sessions:dative}", en="{issuer} {verb} {week:size} in {sessions}"
    ),
}
PLAIN = Template(de="{issuer}: was bekannt ist", en="{issuer}: what is known")

MOVE = Template(
    de="Die auffälligste Sitzung der letzten {sessions:word} war der {move_on:weekday} ({session:signed}).",
    en="The most abnormal session of the last {sessions:word} was {move_on:weekday} ({session:signed}).",
)
EVENT_FITS = Template(
    de="Zu ihr gehört ein datiertes Ereignis: „{title}“.", en="One dated event belongs to it: “{title}”."
)
EVENTS_FIT = Template(
    de="Zu ihr gehören {n} zugleich; welches davon den Kurs bewegt hat, ist nicht zu trennen.",
    en="{n} belong to it at once; which of them moved the price cannot be told.",
)
NO_EVENT_FITS = Template(
    de="Kein datiertes Ereignis des Verzeichnisses erklärt sie.", en="No dated event in the record explains it."
)
PRICE_LED = Template(
    de="Das Ereignis dieses Tages („{title}“) ist als Auslöser zweifelhaft: Der Kurs war schon vorausgelaufen.",
    en="The event of that day (“{title}”) is a doubtful trigger: the price had moved before.",
)
ABNORMAL = Template(
    de="Was der Markt an diesem Tag nicht erklärt, beträgt je nach Vergleichsmaßstab {day}.",
    en="What the market does not explain of that day is {day}, depending on the benchmark.",
)

VERBS = {"up": Word(de="gewinnt", en="gains"), "down": Word(de="verliert", en="loses")}


def cause(catalysts: Sequence[Catalyst]) -> tuple[Cause, list[Catalyst]]:
    """What the tribunal allows, and the catalysts of that timing."""
    could = [found for found in catalysts if found.timing is Timing.COULD_HAVE_CAUSED]
    led = [found for found in catalysts if found.timing is Timing.PRICE_LED]
    if could:
        return (Cause.ONE if len(could) == 1 else Cause.SEVERAL), could
    if led:
        return Cause.PRICE_LED, led
    if any(not isinstance(found.move_on, Gap) for found in catalysts):
        return Cause.NONE, []
    return Cause.UNKNOWN, []


def headline(move: PriceMove, catalysts: Sequence[Catalyst], issuer: Name) -> Statement:
    """One line: the week and what could be behind it."""
    week = move.week.five_sessions
    if isinstance(week, Gap) or direction(week.return_, 3) == "flat":
        return Statement(kind=Kind.FACT, template=PLAIN, slots={"issuer": issuer})
    why, fitting = cause(catalysts)
    slots: dict[str, Slot] = {
        "issuer": issuer,
        "verb": VERBS[direction(week.return_, 3)],
        "week": price.change(week),
        "sessions": Count(value=price.FIVE, of="session"),
    }
    if why is Cause.SEVERAL:
        slots["n"] = Count(value=len(fitting), of="event")
    return Statement(kind=Kind.FACT, template=HEADLINES[why], slots=slots)


def lead(move: PriceMove, catalysts: Sequence[Catalyst], issuer: Name) -> tuple[Statement, ...]:
    """The close, the session that stands out, what falls on it, and what the market leaves of it."""
    found = [price.close_sentence(move, issuer=issuer)]
    why, fitting = cause(catalysts)
    on_move = next((c for c in catalysts if not isinstance(c.move_on, Gap) and c.session_on == c.move_on), None)
    if on_move is not None and not isinstance(on_move.session_return, Gap):
        found.append(_move(on_move))
        found.append(_fits(why, fitting))
        if told.values_of(on_move, "abnormal_return"):
            day = told.share_range(on_move, "abnormal_return")
            found.append(Statement(kind=Kind.ESTIMATE, template=ABNORMAL, slots={"day": day}))
    return tuple(statement for statement in found if statement is not None)


def _move(on_move: Catalyst) -> Statement:
    assert not isinstance(on_move.move_on, Gap)
    assert not isinstance(on_move.session_return, Gap)
    slots: dict[str, Slot] = {
        "sessions": Count(value=MOVE_SESSIONS, of="session"),
        "move_on": Day(on=on_move.move_on),
        "session": Share(value=on_move.session_return, src=told.bars_of(on_move)),
    }
    return Statement(kind=Kind.FACT, template=MOVE, slots=slots)


def _fits(why: Cause, fitting: Sequence[Catalyst]) -> Statement | None:
    first = fitting[0].event if fitting else None
    if why is Cause.SEVERAL:
        return Statement(kind=Kind.FACT, template=EVENTS_FIT, slots={"n": Count(value=len(fitting), of="event")})
    if first is not None:
        template = EVENT_FITS if why is Cause.ONE else PRICE_LED
        return Statement(kind=Kind.FACT, template=template, slots={"title": told.event_name(first)})
    return Statement(kind=Kind.FACT, template=NO_EVENT_FITS)
