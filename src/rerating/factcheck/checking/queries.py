"""Typed queries over a view: each a name, plain arguments and an answer, so that a check can be run again.

A query knows nothing of claims. Its answer holds one value in our units (a share of one, money, a count), an interval
where the value is derived, and where it comes from.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Any, cast

import numpy as np

from rerating.core.record import Record, canonical
from rerating.core.types import Gap, Why
from rerating.factcheck.checking.ground import Ground, is_held_to, place_on
from rerating.findings.basis import Figure
from rerating.findings.conversion import Conversion
from rerating.findings.price_move import VOLUME_SESSIONS, bars_in
from rerating.findings.series import Floats, Series
from rerating.ledger.view import price_levels
from rerating.measures import price_move as price_measures
from rerating.measures import trend as trend_measures

YEAR_SESSIONS = 252


class Answer(Figure):
    """What a query found: a number or a word with its unit, its interval where it is derived, and what it is about."""

    value: float | str
    unit: str
    low: float | None = None
    high: float | None = None
    derived: bool = False
    from_on: date | None = None
    to_on: date | None = None
    level: float | None = None
    adjustment: str | None = None
    words: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    days: tuple[date, ...] = ()


class Step(Record):
    """A query as it was asked, with what it answered: the trace of a check."""

    query: str
    arguments: dict[str, Any]
    result: dict[str, Any]
    evidence: tuple[str, ...] = ()


Query = Callable[..., Answer | Gap]
QUERIES: dict[str, Query] = {}


def query(function: Query) -> Query:
    """Makes a function known under its name."""
    QUERIES[function.__name__] = function
    return function


def ask(ground: Ground, name: str, **arguments: Any) -> Answer | Gap:
    """The answer of a query; arguments are plain JSON values. What was asked before is not computed again."""
    key = (name, *sorted(arguments.items()))
    if key not in ground.answers:
        ground.answers[key] = QUERIES[name](ground, **arguments)
    return cast("Answer | Gap", ground.answers[key])


def step(name: str, arguments: dict[str, Any], answer: Answer | Gap) -> Step:
    """The record of a query and its answer."""
    if isinstance(answer, Gap):
        return Step(query=name, arguments=arguments, result=answer.model_dump(mode="json"))
    plain = answer.model_dump(mode="json", exclude_defaults=True, exclude={"src"})
    evidence = answer.src
    return Step(query=name, arguments=arguments, result=canonical(plain), evidence=evidence)


def differs(ground: Ground, recorded: Step) -> str | None:
    """Runs a recorded query again: None where it answers the same, else a sentence about the difference."""
    if recorded.query not in QUERIES:
        return f"there is no query '{recorded.query}'"
    again = step(recorded.query, recorded.arguments, ask(ground, recorded.query, **recorded.arguments))
    if again.result == recorded.result and again.evidence == recorded.evidence:
        return None
    return f"{recorded.query} answers {again.result} and had answered {recorded.result}"


# ---- prices ----------------------------------------------------------------------------------------------------------


def at(ground: Ground, line: str, on: str) -> tuple[Series, int] | Gap:
    """A line and the place of its session of that day, or of the last one before it."""
    held = ground.line(line)
    if isinstance(held, Gap):
        return held
    day = date.fromisoformat(on)
    position = held.sessions.position(day)
    if position is not None and held.sessions.close_at(position) > ground.as_of.at:
        detail = f"the session of {day} was not over at this cutoff; ask again later"
        return Gap(question=f"price of {line} on {on}", why=Why.NOT_YET_KNOWN, detail=detail)
    place = place_on(held, day)
    if place is None or not is_held_to(held, day):
        detail = (
            f"the ledger holds {line} from {held.day(0)} to {held.day(held.last)}; run 'rerating collect "
            f"{held.listing.symbol} --since {day}'"
        )
        return Gap(question=f"price of {line} on {on}", why=Why.NOT_COVERED, detail=detail)
    return held, place


def _legs(ground: Ground, held: Series, currency: str) -> tuple[Floats, Conversion | None] | Gap:
    """Units of the line's currency per unit of the asked one, a session each."""
    rates = ground.rates(held, currency)
    if isinstance(rates, Gap):
        return rates
    return (np.ones(len(held.days)), None) if rates is None else (rates.per_unit, rates)


def _cited(ground: Ground, held: Series, places: tuple[int, ...], rates: Conversion | None) -> tuple[str, ...]:
    marks = [ground.trail.row(held.bar(place)) for place in places]
    if rates is not None:
        marks += [mark for place in places for mark in rates.cite(ground.trail, place)]
    return tuple(dict.fromkeys(marks))


def _neighbours(held: Series, rates: Conversion, place: int) -> list[float]:
    """The rates of the day before, of the day and of the day after, as units of the line's currency per unit."""
    found = []
    own = held.listing.currency
    for shift in (-1, 0, 1):
        rate = 1.0
        for frame, where in rates.legs:
            row = int(where[place]) + shift
            if not 0 <= row < frame.height:
                break
            power = 1.0 if frame["currency"][row] == own else -1.0
            rate *= float(frame["per_eur"][row]) ** power
        else:
            found.append(rate)
    return found


@query
def close(ground: Ground, *, line: str, on: str, currency: str, units: float = 1.0) -> Answer | Gap:
    """The close of a session, in any currency, times `units` (parity with another line)."""
    found = at(ground, line, on)
    if isinstance(found, Gap):
        return found
    held, place = found
    refusal = price_levels(held.bars)
    if refusal is not None:
        return refusal.model_copy(update={"question": f"price level of {line}"})
    legs = _legs(ground, held, currency)
    if isinstance(legs, Gap):
        return legs
    per_unit, rates = legs
    price = float(held.close[place]) * units
    src = _cited(ground, held, (place,), rates)
    low = high = None
    if rates is not None:
        levels = [price / rate for rate in _neighbours(held, rates, place)]
        low, high = min(levels), max(levels)
    return Answer(
        value=price / float(per_unit[place]),
        unit=currency,
        low=low,
        high=high,
        derived=rates is not None or units != 1.0,
        to_on=held.day(place),
        src=src,
    )


@query
def span_return(ground: Ground, *, line: str, from_on: str, to_on: str, currency: str) -> Answer | Gap:
    """The return from the close of one session to that of another."""
    found, begun = at(ground, line, to_on), at(ground, line, from_on)
    if isinstance(found, Gap):
        return found
    if isinstance(begun, Gap):
        return begun
    return _returned(ground, found[0], begun[1], found[1], currency)


#: Windows that are counted in sessions, and those that begin at the last close up to a day of the calendar.
SESSIONS_BACK = {
    "one_session": 1,
    "two_sessions": 2,
    "three_sessions": 3,
    "five_sessions": 5,
    "ten_sessions": 10,
    "21_sessions": 21,
    "63_sessions": 63,
    "126_sessions": 126,
    "252_sessions": 252,
}
MONTHS_BACK = {
    "one_month": 1,
    "two_months": 2,
    "three_months": 3,
    "six_months": 6,
    "nine_months": 9,
    "twelve_months": 12,
    "two_years": 24,
    "three_years": 36,
    "five_years": 60,
    "ten_years": 120,
}


@query
def window_return(ground: Ground, *, line: str, on: str, window: str, currency: str) -> Answer | Gap:
    """The return of a named window that ends with the session of a day."""
    found = at(ground, line, on)
    if isinstance(found, Gap):
        return found
    held, place = found
    start = _start(held, place, window)
    if start is None or start < 0:
        detail = (
            f"the ledger holds {line} from {held.day(0)} on; run 'rerating collect {held.listing.symbol} --since' "
            "an earlier day"
        )
        return Gap(question=f"return of {line} over {window}", why=Why.TOO_SHORT, detail=detail)
    return _returned(ground, held, start, place, currency)


def _start(held: Series, place: int, window: str) -> int | None:
    if window in SESSIONS_BACK:
        return place - SESSIONS_BACK[window]
    starts = price_measures.week_starts(held.days, place)
    if window in ("week_to_date", "week_over_week", "five_sessions"):
        return starts.get(window)
    on = held.day(place)
    if window == "two_weeks":
        day = np.datetime64(on, "D") - 14
    elif window == "month_to_date":
        day = np.datetime64(on.replace(day=1), "D") - 1
    elif window == "quarter_to_date":
        day = np.datetime64(on.replace(month=3 * ((on.month - 1) // 3) + 1, day=1), "D") - 1
    elif window == "year_to_date":
        day = np.datetime64(date(on.year - 1, 12, 31), "D")
    elif window in MONTHS_BACK:
        index = on.year * 12 + on.month - 1 - MONTHS_BACK[window]
        year, month = index // 12, index % 12 + 1
        day = np.datetime64(date(year, month, min(on.day, monthrange(year, month)[1])), "D")
    else:
        return None
    start = int(np.searchsorted(held.days, day, side="right")) - 1
    return start if start >= 0 else None


def _returned(ground: Ground, held: Series, start: int, end: int, currency: str) -> Answer | Gap:
    legs = _legs(ground, held, currency)
    if isinstance(legs, Gap):
        return legs
    per_unit, rates = legs
    value = price_measures.simple_return(held.close / per_unit, start, end)
    if value is None:
        detail = f"a close of {held.listing.key} is missing; run 'rerating collect {held.listing.symbol}'"
        return Gap(question=f"return of {held.listing.key}", why=Why.TOO_SHORT, detail=detail)
    return Answer(
        value=value,
        unit="ratio",
        derived=rates is not None,
        from_on=held.day(start),
        to_on=held.day(end),
        adjustment=_adjustment(held),
        src=_cited(ground, held, (end, start), rates),
    )


def _adjustment(held: Series) -> str:
    return "dividend_adjusted" if price_levels(held.bars) else "split_adjusted"


@query
def extreme(
    ground: Ground, *, line: str, on: str, side: str, basis: str, currency: str, window: str = "52w"
) -> Answer | Gap:
    """The highest or lowest price of a window, intraday or of closes; `value` is close / level - 1."""
    found = at(ground, line, on)
    if isinstance(found, Gap):
        return found
    held, place = found
    legs = _legs(ground, held, currency)
    if isinstance(legs, Gap):
        return legs
    per_unit, rates = legs
    span = price_measures.window_52w(held.days, place)
    if window != "52w":
        span = slice(0, place + 1)
    elif span.start == 0 and held.row[0] >= 0:
        since = held.day(place) - 2 * price_measures.FIFTY_TWO_WEEKS
        detail = (
            f"the first bar of {line} is of {held.day(0)}, less than 52 weeks earlier; run 'rerating collect "
            f"{held.listing.symbol} --since {since}'"
        )
        return Gap(question=f"52-week range of {line}", why=Why.TOO_SHORT, detail=detail)
    prices = held.close if basis == "close" else held.high if side == "high" else held.low
    measure = price_measures.highest if side == "high" else price_measures.lowest
    best = measure(prices / per_unit, float(held.close[place] / per_unit[place]), span)
    if best is None:
        detail = f"these bars of {line} hold no {basis} price; run 'rerating collect {held.listing.symbol}'"
        return Gap(question=f"{window} {side} of {line}", why=Why.NOT_COVERED, detail=detail)
    covered = ground.trail.rows(bars_in(held, span), f"{window} of daily bars")
    return Answer(
        value=best.distance,
        unit="ratio",
        derived=rates is not None,
        from_on=held.day(best.place),
        to_on=held.day(place),
        level=best.level,
        adjustment=_adjustment(held),
        src=(*_cited(ground, held, (best.place, place), rates), *covered),
    )


@query
def average(ground: Ground, *, line: str, on: str, sessions: int, currency: str) -> Answer | Gap:
    """The mean close of a number of sessions (`level`); `value` is close / average - 1."""
    found = at(ground, line, on)
    if isinstance(found, Gap):
        return found
    held, place = found
    legs = _legs(ground, held, currency)
    if isinstance(legs, Gap):
        return legs
    per_unit, rates = legs
    closes = (held.close / per_unit)[: place + 1]
    level = trend_measures.moving_average(closes, sessions)
    if level is None:
        detail = f"{sessions} closes in a row are needed; run 'rerating collect {held.listing.symbol}'"
        return Gap(question=f"{sessions}-session average of {line}", why=Why.TOO_SHORT, detail=detail)
    covered = ground.trail.rows(bars_in(held, slice(place + 1 - sessions, place + 1)), f"{sessions} closes")
    return Answer(
        value=float(closes[-1]) / level - 1.0,
        unit="ratio",
        derived=rates is not None,
        to_on=held.day(place),
        level=level,
        adjustment=_adjustment(held),
        src=covered,
    )


@query
def strength_index(ground: Ground, *, line: str, on: str, sessions: int = 14) -> Answer | Gap:
    """The relative strength index after Wilder."""
    found = at(ground, line, on)
    if isinstance(found, Gap):
        return found
    held, place = found
    value = trend_measures.relative_strength_index(held.close[: place + 1], sessions)
    if value is None:
        detail = f"{sessions + 1} closes in a row are needed; run 'rerating collect {held.listing.symbol}'"
        return Gap(question=f"RSI of {line}", why=Why.TOO_SHORT, detail=detail)
    covered = ground.trail.rows(bars_in(held, slice(max(0, place - 250), place + 1)), "closes before")
    return Answer(value=value, unit="count", to_on=held.day(place), src=covered)


@query
def volume(ground: Ground, *, line: str, on: str, against: str = "none") -> Answer | Gap:
    """Shares traded: their number, against the median of 63 sessions (`median`), or their rank in 252 (`rank`)."""
    found = at(ground, line, on)
    if isinstance(found, Gap):
        return found
    held, place = found
    traded = held.volume[place]
    gap = Gap(
        question=f"volume of {line} on {held.day(place)}",
        why=Why.TOO_SHORT,
        detail=f"too few sessions before have a volume; run 'rerating collect {held.listing.symbol}'",
    )
    if not np.isfinite(traded) or traded <= 0:
        return gap
    mark = ground.trail.row(held.bar(place))
    if against == "none":
        return Answer(value=float(traded), unit="shares", to_on=held.day(place), src=(mark,))
    count = VOLUME_SESSIONS if against == "median" else YEAR_SESSIONS
    before = slice(max(0, place - count), place)
    known = held.volume[before][np.isfinite(held.volume[before])]
    if known.size < count // 2 or np.median(known) == 0:
        return gap
    covered = ground.trail.rows(bars_in(held, before), "volumes before")
    if against == "median":
        value: float | None = float(traded / np.median(known))
    else:
        value = trend_measures.percentile(held.volume[before.start : place + 1])
    return gap if value is None else Answer(value=value, unit="ratio", to_on=held.day(place), src=(mark, *covered))


NEAR_DAYS = 5
"""A rate older than this is none of the day that is asked for."""


@query
def exchange_rate(ground: Ground, *, base: str, quote: str, on: str) -> Answer | Gap:
    """Units of `quote` per one `base` at the ECB's rates of that day, with those of the days around it."""
    day = date.fromisoformat(on)
    rates, src, known = np.ones(3), [], day
    for code, power in ((base, -1.0), (quote, 1.0)):
        if code == "EUR":
            continue
        frame = ground.view.rates(code)
        place = int(np.searchsorted(frame["on"].to_numpy(), np.datetime64(day, "D"), side="right")) - 1
        if place < 0 or (day - frame["on"][place]).days > NEAR_DAYS:
            detail = f"the ledger holds no rates of {code} near {on}; run 'rerating collect --source ecb'"
            return Gap(question=f"{base} in {quote}", why=Why.NOT_COVERED, detail=detail)
        near = [min(max(place + shift, 0), frame.height - 1) for shift in (-1, 0, 1)]
        rates *= frame["per_eur"].to_numpy()[near] ** power
        src.append(ground.trail.row(frame.row(place, named=True)))
        known = frame["on"][place]
    low, high = float(rates.min()), float(rates.max())
    return Answer(value=float(rates[1]), unit="rate", low=low, high=high, derived=True, to_on=known, src=tuple(src))


@query
def price_change(ground: Ground, *, line: str, on: str) -> Answer | Gap:
    """The difference of a session's close from the one before, in the line's currency or points."""
    found = at(ground, line, on)
    if isinstance(found, Gap):
        return found
    held, place = found
    if place == 0 or not np.isfinite(held.close[place - 1]):
        detail = f"the close before is missing; run 'rerating collect {held.listing.symbol}'"
        return Gap(question=f"change of {line} on {on}", why=Why.TOO_SHORT, detail=detail)
    return Answer(
        value=float(held.close[place] - held.close[place - 1]),
        unit=held.listing.currency,
        from_on=held.day(place - 1),
        to_on=held.day(place),
        src=_cited(ground, held, (place, place - 1), None),
    )
