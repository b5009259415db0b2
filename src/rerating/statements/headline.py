"""The headline and the lead, computed from the findings: what the price did, and what could be why."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from rerating.core.types import Gap
from rerating.findings.catalyst import MOVE_SESSIONS
from rerating.findings.explanation import Conclusion, Explanation
from rerating.findings.price_move import PriceMove
from rerating.findings.timing import Timing
from rerating.language.nouns import direction
from rerating.statements import catalyst as told
from rerating.statements import explanation as trial
from rerating.statements import price_move as price
from rerating.statements.facts import Count, Day, Name, Share, ShareRange, Slot
from rerating.statements.statement import Kind, Statement, Template


class Cause(StrEnum):
    """How many known events the order of events allows as a cause."""

    ONE = "one"
    SEVERAL = "several"
    NONE = "none"
    PRICE_LED = "price_led"
    NO_MOVE = "no_move"
    UNKNOWN = "unknown"


_CAUSES = {
    Conclusion.NO_MOVE: Cause.NO_MOVE,
    Conclusion.ONE_CANDIDATE: Cause.ONE,
    Conclusion.NOT_SEPARABLE: Cause.SEVERAL,
    Conclusion.PRICE_LED: Cause.PRICE_LED,
    Conclusion.NO_CANDIDATE: Cause.NONE,
}


HEADLINES: dict[Cause, Template] = {
    Cause.ONE: Template(
        de="{issuer} {week:verb} {week:hedged} in {sessions:dative}: ein möglicher Auslöser",
        en="{issuer} {week:verb} {week:hedged} in {sessions}: one possible trigger",
    ),
    Cause.SEVERAL: Template(
        de="{issuer} {week:verb} {week:hedged} in {sessions:dative}: {n:word} mögliche Auslöser",
        en="{issuer} {week:verb} {week:hedged} in {sessions}: {n:word} possible triggers",
    ),
    Cause.NONE: Template(
        de="{issuer} {week:verb} {week:hedged} in {sessions:dative}: kein bekannter Auslöser",
        en="{issuer} {week:verb} {week:hedged} in {sessions}: no known trigger",
    ),
    Cause.PRICE_LED: Template(
        de="{issuer} {week:verb} {week:hedged} in {sessions:dative}: Der Kurs lief der Nachricht voraus",
        en="{issuer} {week:verb} {week:hedged} in {sessions}: the price moved before the news",
    ),
    Cause.NO_MOVE: Template(
        de="{issuer} {week:verb} {week:hedged} in {sessions:dative}: kein ungewöhnlicher darunter",
        en="{issuer} {week:verb} {week:hedged} in {sessions}: no unusual session among them",
    ),
    Cause.UNKNOWN: Template(
        de="{issuer} {week:verb} {week:hedged} in {sessions:dative}",
        en="{issuer} {week:verb} {week:hedged} in {sessions}",
    ),
}
PLAIN = Template(de="{issuer}: was bekannt ist", en="{issuer}: what is known")

MOVE = Template(
    de="Der auffälligste der letzten {sessions:word} Handelstage war {move_on:weekday} ({session:signed}).",
    en="The most abnormal session of the last {sessions:word} was {move_on:weekday} ({session:signed}).",
)
EVENT_FITS = Template(
    de="Zu ihm gehört ein datiertes Ereignis: „{title}“.", en="One dated event belongs to it: “{title}”."
)
EVENTS_FIT = Template(
    de="Zeitlich kommen dafür {n} zugleich infrage; welches davon den Kurs bewegt hat, lässt sich nicht trennen.",
    en="By their timing {n} could be behind it at once; which of them moved the price cannot be told.",
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


def cause(trials: Sequence[Explanation]) -> Cause:
    """What the tribunal allows for the session that stands out."""
    return _CAUSES[trials[0].conclusion] if trials else Cause.UNKNOWN


def headline(move: PriceMove, trials: Sequence[Explanation], issuer: Name) -> Statement:
    """One line: the week and what could be behind it."""
    week = move.week.five_sessions
    if isinstance(week, Gap) or direction(week.return_, 3) == "flat":
        return Statement(kind=Kind.FACT, template=PLAIN, slots={"issuer": issuer})
    why = cause(trials)
    slots: dict[str, Slot] = {
        "issuer": issuer,
        "week": price.change(week),
        "sessions": Count(value=price.FIVE, of="session"),
    }
    if why is Cause.SEVERAL:
        slots["n"] = Count(value=trial.possible(trials[0]), of="event")
    return Statement(kind=Kind.FACT, template=HEADLINES[why], slots=slots)


def lead(move: PriceMove, trials: Sequence[Explanation], issuer: Name) -> tuple[Statement, ...]:
    """The close, the session that stands out, what belongs to it, and what the market leaves of it."""
    found = [price.close_sentence(move, issuer=issuer)]
    if trials and not isinstance(trials[0].session_return, Gap):
        found += [_move(trials[0]), _fits(trials[0]), _abnormal(trials[0])]
    return tuple(statement for statement in found if statement is not None)


def _move(found: Explanation) -> Statement:
    assert not isinstance(found.session_return, Gap)
    slots: dict[str, Slot] = {
        "sessions": Count(value=MOVE_SESSIONS, of="session"),
        "move_on": Day(on=found.session_on),
        "session": Share(value=found.session_return, src=found.src, formula="close / close - 1"),
    }
    return Statement(kind=Kind.FACT, template=MOVE, slots=slots)


def _fits(found: Explanation) -> Statement:
    why = _CAUSES[found.conclusion]
    if why is Cause.SEVERAL:
        events = Count(value=trial.possible(found), of="event")
        return Statement(kind=Kind.FACT, template=EVENTS_FIT, slots={"n": events})
    if why in (Cause.ONE, Cause.PRICE_LED):
        fitting = (Timing.COULD_HAVE_CAUSED, Timing.PRICE_LED)
        first = next(c for c in found.candidates if c.timing in fitting)
        template = EVENT_FITS if why is Cause.ONE else PRICE_LED
        return Statement(kind=Kind.FACT, template=template, slots={"title": told.event_name(first.event)})
    return trial.conclusion(found) if why is Cause.NO_MOVE else Statement(kind=Kind.FACT, template=NO_EVENT_FITS)


def _abnormal(found: Explanation) -> Statement | None:
    models = [model for model in found.models if isinstance(model.abnormal_return, float)]
    values = [model.abnormal_return for model in models if isinstance(model.abnormal_return, float)]
    if not values:
        return None
    day = ShareRange(low=min(values), high=max(values), src=told.cited_by(models), formula=told.ABNORMAL_FORMULA)
    return Statement(kind=Kind.ESTIMATE, template=ABNORMAL, slots={"day": day})
