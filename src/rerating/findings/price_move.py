"""What the price did: close, session, the week under three conventions, the 52-week range, in two currencies."""

from __future__ import annotations

from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl
from pydantic import Field

from rerating.core.record import Record
from rerating.core.types import Gap, Instant, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.conversion import Conversion, conversion
from rerating.findings.series import Floats, Series
from rerating.ledger import View
from rerating.ledger.view import price_levels
from rerating.measures import price_move as measures

VOLUME_SESSIONS = 63
CHART_SESSIONS = 260

DEFINITION = (
    "Close of the regular session on the line's own venue; returns are close over close of the same line, split- "
    "adjusted and not adjusted for dividends unless the basis says so. A week is five sessions back, or the last "
    "close before this ISO week, or the same weekday a week ago (else the session before it). The 52-week range "
    "covers t - 364 days < day <= t, this session included; distance is close / extreme - 1, against the highest "
    "and lowest intraday price and against the highest and lowest close. Another currency is converted at the ECB "
    "reference rate of the same day, or the last one before. Volume is compared with the median of the 63 "
    "sessions before."
)


class Close(Figure):
    """The last close."""

    value: float
    unit: str
    on: date


class SpanReturn(Figure):
    """A return from the close of one day to that of another, as a share of one."""

    return_: float = Field(alias="return")
    from_on: date
    to_on: date


class SessionReturn(Figure):
    """One session's return."""

    return_: float = Field(alias="return")
    on: date


class Week(Record):
    """The week under three conventions."""

    five_sessions: SpanReturn | Gap
    week_to_date: SpanReturn | Gap
    week_over_week: SpanReturn | Gap


class Converted(Figure):
    """The close in another currency, with rate, its day and its source; returns in that currency.

    The value is a Gap where the line's closes are no levels; its returns are right all the same.
    """

    value: float | Gap
    unit: str
    rate: float
    """Units of the line's currency per one unit of this currency."""
    rate_on: date
    source: str
    session: SpanReturn | Gap
    week: Week


class RangeEnd(Figure):
    """One end of the 52-week range; `distance` is close / level - 1."""

    basis: Literal["intraday", "close"]
    unit: str
    adjustment: Literal["split_adjusted", "dividend_adjusted"]
    level: float
    on: date
    distance: float
    asserted: bool = False
    """True where a cited page says so and no series was there to compute it from."""


class Volume(Figure):
    """The session's volume in shares against the median of the sessions before."""

    value: float
    median: float
    ratio: float
    sessions: int
    on: date


class Point(Record):
    """One session of the chart."""

    on: date
    close: float


class PriceMove(Figure):
    """The price facts of one line."""

    kind: Literal["price_move"] = "price_move"
    listing: str
    price_basis: str
    close: Close | Gap
    known_at: Instant
    converted: tuple[Converted, ...]
    session: SpanReturn | Gap
    best_session: SessionReturn | Gap
    worst_session: SessionReturn | Gap
    week: Week
    high_52w: tuple[RangeEnd, ...] | Gap
    low_52w: tuple[RangeEnd, ...] | Gap
    volume: Volume | Gap
    chart: tuple[Point, ...]
    basis: Basis


def price_move(view: View, line: Series, *, currency: str | None = None) -> PriceMove:
    """The price facts of a line at the view's cutoff, also in `currency` where that is another one."""
    trail = Trail(view)
    last = line.last
    bar = line.bar(last)
    _note_stale(trail, line)
    refusal = price_levels(line.bars)
    close: Close | Gap
    if refusal is None:
        close = Close(
            value=float(line.close[last]), unit=line.listing.currency, on=line.day(last), src=(trail.row(bar),)
        )
    else:
        close = trail.gap(refusal)
    rates = None if currency is None else conversion(view, line, currency)
    if isinstance(rates, Gap):
        trail.gap(rates)
        rates = None
    session = _span(trail, line, line.close, (last - 1, last))
    best, worst = _extreme_session(trail, line, best=True), _extreme_session(trail, line, best=False)
    week = _week(trail, line, line.close)
    converted = () if rates is None else (_converted(trail, line, rates, refusal),)
    high, low = (_range_52w(view, trail, line, rates, high=end) for end in (True, False))
    return PriceMove(
        listing=line.listing.key,
        price_basis=str(bar["price_basis"]),
        close=close,
        known_at=bar["known_at"],
        converted=converted,
        session=session,
        best_session=best,
        worst_session=worst,
        week=week,
        high_52w=high,
        low_52w=low,
        volume=_volume(trail, line),
        chart=_chart(line),
        basis=trail.basis(DEFINITION),
        src=(trail.row(bar),),
    )


def _note_stale(trail: Trail, line: Series) -> None:
    behind = len(line.days) - 1 - line.last
    if behind:
        detail = (
            f"the ledger's last bar is of {line.day(line.last)}, {behind} sessions earlier; collect the missing ones"
        )
        trail.gap(Gap(question=f"prices of {line.listing.key} after that day", why=Why.NOT_COVERED, detail=detail))


def _span(
    trail: Trail, line: Series, closes: Floats, span: tuple[int, int], rates: Conversion | None = None
) -> SpanReturn | Gap:
    start, end = span
    value = measures.simple_return(closes, start, end)
    if value is None:
        day = line.day(start) if start >= 0 else "before the first bar"
        question = f"return of {line.listing.key} to {line.day(end)}"
        detail = f"a close is missing at its start ({day}); collect or import an earlier or fuller history"
        return trail.gap(Gap(question=question, why=Why.TOO_SHORT, detail=detail))
    source = [trail.row(line.bar(place)) for place in (end, start)]
    if rates is not None:
        source += [row for place in (end, start) for row in rates.cite(trail, place)]
    return SpanReturn(return_=value, from_on=line.day(start), to_on=line.day(end), src=tuple(source))


def _week(trail: Trail, line: Series, closes: Floats, rates: Conversion | None = None) -> Week:
    starts = measures.week_starts(line.days, line.last)
    spans = {
        name: _span(trail, line, closes, (starts.get(name, -1), line.last), rates)
        for name in ("five_sessions", "week_to_date", "week_over_week")
    }
    return Week(**spans)


def _converted(trail: Trail, line: Series, rates: Conversion, refusal: Gap | None) -> Converted:
    last = line.last
    closes = line.close / rates.per_unit
    return Converted(
        value=float(closes[last]) if refusal is None else refusal,
        unit=rates.unit,
        rate=float(rates.per_unit[last]),
        rate_on=rates.rate_on(last),
        source=rates.source(last),
        session=_span(trail, line, closes, (last - 1, last), rates),
        week=_week(trail, line, closes, rates),
        src=(trail.row(line.bar(last)), *rates.cite(trail, last)),
    )


def _extreme_session(trail: Trail, line: Series, *, best: bool) -> SessionReturn | Gap:
    week = slice(max(1, line.last - 4), line.last + 1)
    returns = line.returns[week]
    if not np.isfinite(returns).any():
        detail = "no two sessions in a row have a close; collect or import a fuller history"
        return trail.gap(Gap(question="best and worst session of the week", why=Why.TOO_SHORT, detail=detail))
    place = week.start + int(np.nanargmax(returns) if best else np.nanargmin(returns))
    source = tuple(trail.row(line.bar(day)) for day in (place, place - 1))
    return SessionReturn(return_=float(line.returns[place]), on=line.day(place), src=source)


def _range_52w(
    view: View, trail: Trail, line: Series, rates: Conversion | None, *, high: bool
) -> tuple[RangeEnd, ...] | Gap:
    window = measures.window_52w(line.days, line.last)
    if window.start == 0:
        asserted = _asserted(view, trail, line, high=high)
        if asserted:
            return asserted
        detail = f"the ledger's first bar is of {line.day(0)}, less than 52 weeks earlier; collect an earlier history"
        question = f"52-week {'high' if high else 'low'} of {line.listing.key}"
        return trail.gap(Gap(question=question, why=Why.TOO_SHORT, detail=detail))
    extreme = measures.highest if high else measures.lowest
    adjustment = "dividend_adjusted" if price_levels(line.bars) else "split_adjusted"
    covered = trail.rows(bars_in(line, window), "52 weeks of daily bars")
    ends = []
    units: list[tuple[str, Floats, Conversion | None]] = [(line.listing.currency, np.ones(len(line.days)), None)]
    if rates is not None:
        units.append((rates.unit, rates.per_unit, rates))
    for unit, per_unit, legs in units:
        for basis, levels in (("intraday", line.high if high else line.low), ("close", line.close)):
            found = extreme(levels / per_unit, float(line.close[line.last] / per_unit[line.last]), window)
            if found is None:
                question = f"52-week {'high' if high else 'low'} of {line.listing.key}, {basis}, in {unit}"
                detail = "the bars of these 52 weeks hold no such price"
                trail.gap(Gap(question=question, why=Why.NOT_COVERED, detail=detail))
                continue
            source = [trail.row(line.bar(place)) for place in (found.place, line.last)]
            if legs is not None:
                source += [row for place in (found.place, line.last) for row in legs.cite(trail, place)]
            ends.append(
                RangeEnd(
                    basis=basis,
                    unit=unit,
                    adjustment=adjustment,
                    level=found.level,
                    on=line.day(found.place),
                    distance=found.distance,
                    src=(*source, *covered),
                )
            )
    return tuple(ends)


def _asserted(view: View, trail: Trail, line: Series, *, high: bool) -> tuple[RangeEnd, ...]:
    """Ends of the range that a cited page asserts, of the 52 weeks before the last session."""
    ends = []
    last = line.day(line.last)
    for basis in ("intraday", "close"):
        rows = view.facts(view.names(line.listing), f"{'high' if high else 'low'}_52w_{basis}").rows(named=True)
        for row in rows[-1:]:
            if row["unit"] != line.listing.currency or not last - measures.FIFTY_TWO_WEEKS < row["period_to"] <= last:
                continue
            ends.append(
                RangeEnd(
                    basis=basis,
                    unit=row["unit"],
                    adjustment="split_adjusted",
                    level=row["value"],
                    on=row["period_to"],
                    distance=float(line.close[line.last]) / row["value"] - 1.0,
                    asserted=True,
                    src=(trail.row(row), trail.row(line.bar(line.last))),
                )
            )
    return tuple(ends)


def bars_in(line: Series, window: slice | npt.NDArray[np.int64]) -> pl.DataFrame:
    """The rows behind the sessions of a window, or at some places."""
    rows = line.row[window]
    found: pl.DataFrame = line.bars[rows[rows >= 0].tolist()]
    return found


def _volume(trail: Trail, line: Series) -> Volume | Gap:
    before = slice(max(0, line.last - VOLUME_SESSIONS), line.last)
    known = line.volume[before][np.isfinite(line.volume[before])]
    value = line.volume[line.last]
    if not np.isfinite(value) or known.size < VOLUME_SESSIONS // 2 or np.median(known) == 0:
        detail = f"{known.size} of {VOLUME_SESSIONS} sessions before have a volume; collect a fuller history"
        return trail.gap(Gap(question=f"volume of {line.listing.key}", why=Why.TOO_SHORT, detail=detail))
    median = float(np.median(known))
    source = (trail.row(line.bar(line.last)), *trail.rows(bars_in(line, before), "volumes before"))
    return Volume(
        value=float(value),
        median=median,
        ratio=float(value) / median,
        sessions=int(known.size),
        on=line.day(line.last),
        src=source,
    )


def _chart(line: Series) -> tuple[Point, ...]:
    first = max(0, line.last + 1 - CHART_SESSIONS)
    places = [place for place in range(first, line.last + 1) if line.row[place] >= 0]
    return tuple(Point(on=line.day(place), close=float(line.close[place])) for place in places)
