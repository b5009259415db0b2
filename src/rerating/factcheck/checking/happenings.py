"""Queries about dated events: which could have moved a session, what happened on a day, how unusual options were."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from rerating.core.types import Gap, Why
from rerating.factcheck.checking.ground import Ground
from rerating.factcheck.checking.queries import Answer, at, query
from rerating.findings.explanation import SESSIONS_AFTER, SESSIONS_BEFORE
from rerating.findings.timing import Placed, timing_by_earliest, timing_of

_NEW_YORK = ZoneInfo("America/New_York")


@dataclass(frozen=True, kw_only=True)
class Family:
    """Events that some words of a text mean: by their category, and by their title where the words are narrower."""

    words: re.Pattern[str]
    categories: re.Pattern[str]
    titles: re.Pattern[str] | None = None


def _family(words: str, categories: str, titles: str | None = None) -> Family:
    return Family(
        words=re.compile(words, re.IGNORECASE),
        categories=re.compile(categories),
        titles=None if titles is None else re.compile(titles, re.IGNORECASE),
    )


#: Words of an article and the events that they mean; the first family that fits counts.
FAMILIES: dict[str, Family] = {
    "probe": _family(r"untersuchung|ermittlung|kartell|wettbewerbshüter|\bprobe\b|antitrust", r"regulation"),
    "announcement": _family(
        r"ankündig|bekanntgabe|announce", r"policy|plan|corporate|capex", r"announc|releas|unveil|present|ankündig"
    ),
    "policy": _family(
        r"minister|peking|beijing|regierung|staat|politik|government|policy|ministry|\bKI-Plan|AI plan|plan der|förder",
        r"policy|plan",
    ),
    "rating": _family(r"abstuf|hochstuf|herabstuf|analyst|kursziel|downgrade|upgrade|price target", r"rating"),
    "results": _family(r"quartal|zahlen|ergebnis|bilanz|results|earnings|quarter|umsatz|gewinn", r"earnings|results"),
    "spending": _family(r"budget|investition|capex|spending|rechenzentr|data cent", r"capex"),
    "company": _family(r"download|chip|modell|\bmodel\b|qwen|auftrag|contract|acqui", r"corporate|product|news"),
}


def family_of(words: str) -> str | None:
    """The family of events that some words of a text speak of; None where they name none."""
    return next((name for name, family in FAMILIES.items() if family.words.search(words)), None)


def of_family(row: dict[str, Any], family: str | None) -> bool:
    """Whether an event belongs to a family; every event does where none is named."""
    if family is None:
        return True
    wanted = FAMILIES[family]
    if not wanted.categories.match(str(row["category"])):
        return False
    return wanted.titles is None or bool(wanted.titles.search(f"{row['title']} {row['title_de'] or ''}"))


@query
def tribunal(ground: Ground, *, line: str, on: str, family: str | None = None) -> Answer | Gap:
    """The events around a session with what each could have done: `words` are timings, `titles` what happened.

    `value` is the best timing of all: what the order of time allows, never a proof.
    """
    found = at(ground, line, on)
    if isinstance(found, Gap):
        return found
    held, place = found
    study = ground.study(held)
    near = [
        event
        for event in study.placed
        if place - SESSIONS_BEFORE <= event.latest
        and event.earliest <= place + SESSIONS_AFTER
        and of_family(event.row, family)
    ]
    if not near:
        detail = (
            f"the ledger holds no such event around {held.day(place)}; run 'rerating import events FILE' with the one "
            "that the text means, at the instant at which it was public"
        )
        return Gap(question=f"the event behind the move of {held.day(place)}", why=Why.NOT_COVERED, detail=detail)
    led = study.led(place)
    timings = [_timing(event, place, led=led) for event in near]
    best = min(timings, key=_ORDER.index)
    return Answer(
        value=best,
        unit="timing",
        to_on=held.day(place),
        words=tuple(timings),
        titles=tuple(str(event.row["title"]) for event in near),
        days=tuple(_day_of(event.row) for event in near),
        src=tuple(ground.trail.row(event.row) for event in near),
    )


_ORDER = ("could_have_caused", "price_led", "cannot_tell", "earlier_session", "after_the_move")


def _timing(event: Placed, place: int, *, led: bool) -> str:
    timing = timing_of(event, place, led=led)
    if timing == "after_the_move" and timing_by_earliest(event, place) != "after_the_move":
        return "cannot_tell"
    return str(timing)


def _day_of(row: dict[str, Any]) -> date:
    zone = ZoneInfo(row["place"]) if row["place"] else _NEW_YORK
    day: date = row["at_earliest"].astimezone(zone).date()
    return day


@query
def happened(ground: Ground, *, line: str, on: str, family: str | None = None) -> Answer | Gap:
    """The events of a day at their places of publication."""
    held = ground.line(line)
    if isinstance(held, Gap):
        return held
    day = date.fromisoformat(on)
    rows = ground.view.events(ground.view.names(held.listing)).rows(named=True)
    same = [row for row in rows if of_family(row, family) and (_day_of(row) == day or row["effective_on"] == day)]
    if not same:
        detail = f"the ledger holds no such event of {on}; run 'rerating import events FILE' with it"
        return Gap(question=f"what happened on {on}", why=Why.NOT_COVERED, detail=detail)
    return Answer(
        value=float(len(same)),
        unit="count",
        to_on=day,
        titles=tuple(str(row["title"]) for row in same),
        src=tuple(ground.trail.row(row) for row in same),
    )


@query
def option_volume(ground: Ground, *, line: str, right: str) -> Answer | Gap:
    """How unusual the newest session's volume of calls, puts or both was: the p-value of the test on its history."""
    held = ground.line(line)
    if isinstance(held, Gap):
        return held
    found = ground.options(held)
    ground.trail.cite(found.basis.evidence)
    for test in found.volume_tests:
        if isinstance(test, Gap):
            return test
        if right in (test.right, "both") and isinstance(test.p_value, float):
            return Answer(value=test.p_value, unit="p", level=test.volume, to_on=test.on, src=test.src)
        if right in (test.right, "both") and isinstance(test.p_value, Gap):
            return test.p_value
    symbol = held.listing.symbol
    detail = (
        f"a daily history of option volume of {symbol} is needed, at least 250 days; record it with 'rerating collect "
        f"{symbol} --source yahoo' each session or 'rerating import options FILE'"
    )
    return Gap(question=f"usual option volume of {symbol}", why=Why.NOT_COVERED, detail=detail)


@query
def option_total(ground: Ground, *, line: str, what: str) -> Answer | Gap:
    """A total of the newest recorded chain: volumes, open interest, or a ratio of them."""
    held = ground.line(line)
    if isinstance(held, Gap):
        return held
    found = ground.options(held)
    ground.trail.cite(found.basis.evidence)
    if isinstance(found.chain, Gap):
        symbol = held.listing.symbol
        how = f"run 'rerating collect {symbol} --source yahoo' or 'rerating import options FILE'"
        return found.chain.model_copy(update={"detail": f"{found.chain.detail}: {how}"})
    value = getattr(found.chain.totals, what)
    if value is None:
        return Gap(question=what.replace("_", " "), why=Why.NOT_COVERED, detail="the recorded chain does not give it")
    unit = "ratio" if "ratio" in what else "contracts"
    return Answer(value=float(value), unit=unit, to_on=found.chain.session_on, src=found.chain.src)
