"""The day's option volume against the history that the ledger holds of this name and of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl

from rerating.core.record import Record
from rerating.core.sessions import Sessions
from rerating.core.types import Gap, Why
from rerating.findings.basis import Figure, Trail
from rerating.findings.series import Floats, series
from rerating.ledger import View
from rerating.measures.option_volume import EARNINGS_REACH, LEAST_DAYS, WINDOW, VolumePanel, volume_scores

SUBJECT = "OPTIONS:"
"""Prefix of the subject under which a name's daily option totals stand among the facts."""
CHART_SESSIONS = 60
_SPAN = WINDOW + 80
"""Sessions read: the model's window, and before it what its averages look back on."""
EARNINGS = frozenset({"earnings", "results"})

Right = Literal["call", "put"]


class VolumePoint(Record):
    """One session of the chart; the band is where 98 of 100 comparable days lie, None while the history is short."""

    on: date
    volume: float
    expected: float | None
    low: float | None
    high: float | None


class VolumeTest(Figure):
    """Is the day's volume of calls (or puts) exceptional?

    `p_value` is the share of comparable earlier days, over all names held, on which the residual was at least as high;
    `p_value_given_move` the same beyond what the day's stock volume and price move go with.
    """

    right: Right
    on: date
    volume: float
    expected: float | Gap
    """The median of what the name's own past, the calendar and the market's day let expect."""
    low: float | None
    high: float | None
    p_value: float | Gap
    p_value_given_move: float | Gap
    n_days: int
    """Days of this name's history that the model learnt from."""
    n_names: int
    n_pool: int
    """Comparable days of all names that the day was ranked among."""
    market_removed: bool
    """Whether enough names are held to take out the day that the whole market had."""
    history_since: date
    chart: tuple[VolumePoint, ...]


@dataclass(frozen=True, kw_only=True)
class _Totals:
    """Daily totals of all names held, on the sessions up to the day in question."""

    names: tuple[str, ...]
    days: tuple[date, ...]
    volume: Floats
    since: date
    rows: pl.DataFrame


def volume_tests(view: View, trail: Trail, symbol: str, on: date, table: Sessions) -> tuple[VolumeTest | Gap, ...]:
    """The tests of the day's call and put volume; a gap for a right without a total of that day."""
    tests: list[VolumeTest | Gap] = []
    shared: dict[tuple[str, ...], tuple[Floats, Floats, Floats]] = {}
    for right in ("call", "put"):
        totals = _totals(view, symbol, right, on, table)
        if totals is None:
            question = f"{right} volume of {symbol} on {on}"
            detail = "no chain was recorded at or after that session's close, so its volume is not complete"
            tests.append(trail.gap(Gap(question=question, why=Why.NOT_YET_KNOWN, detail=detail)))
            continue
        if totals.names not in shared:
            shared[totals.names] = _surroundings(view, totals)
        tests.append(_test(trail, right, symbol, totals, shared[totals.names]))
    return tuple(tests)


def _totals(view: View, symbol: str, right: str, on: date, table: Sessions) -> _Totals | None:
    """Volumes by name and session, without the days whose chain was recorded with a much other breadth of expiries."""
    last = table.position(on)
    facts = view.facts_of(f"{right}_volume").filter(
        pl.col("subject").str.starts_with(SUBJECT) & pl.col("value").is_not_null() & (pl.col("period_to") <= on)
    )
    own = facts.filter(pl.col("subject") == SUBJECT + symbol)
    if last is None or not own.height or own["period_to"].max() != on:
        return None
    first = max(0, last + 1 - _SPAN)
    days = tuple(table.day(place) for place in range(first, last + 1))
    facts = facts.filter(pl.col("period_to") >= days[0])
    comparable = _comparable(facts, view.facts_of("expiries"))
    names = tuple(sorted(comparable["subject"].unique().str.strip_prefix(SUBJECT).to_list()))
    return _Totals(
        names=names,
        days=days,
        volume=_spread(comparable, names, days),
        since=own["period_to"].min(),  # type: ignore[arg-type]
        rows=own.filter(pl.col("period_to") >= days[0]),
    )


def _comparable(facts: pl.DataFrame, breadth: pl.DataFrame) -> pl.DataFrame:
    """Facts of days whose number of recorded expiries is within half and double of the name's newest; unknown: kept."""
    counted = breadth.select("subject", "period_to", expiries="value").unique(["subject", "period_to"], keep="last")
    newest = pl.col("expiries").sort_by("period_to").last().over("subject")
    joined = facts.join(counted, on=["subject", "period_to"], how="left").with_columns(newest=newest)
    alike = pl.col("expiries").is_between(pl.col("newest") / 2, pl.col("newest") * 2)
    return joined.filter(alike.fill_null(True)).unique(["subject", "period_to"], keep="last", maintain_order=True)


def _spread(facts: pl.DataFrame, names: Sequence[str], days: Sequence[date]) -> Floats:
    values = np.full((len(names), len(days)), np.nan)
    row, column = {name: i for i, name in enumerate(names)}, {day: i for i, day in enumerate(days)}
    for subject, on, value in facts.select("subject", "period_to", "value").rows():
        if on in column:
            values[row[subject.removeprefix(SUBJECT)], column[on]] = value
    return values


def _surroundings(view: View, totals: _Totals) -> tuple[Floats, Floats, Floats]:
    """Stock volume, |return| and sessions since the nearest report of each name, NaN where the ledger does not say."""
    shape = totals.volume.shape
    stock, moves, reports = (np.full(shape, np.nan) for _ in range(3))
    days = np.array(totals.days, dtype="datetime64[D]")
    for i, name in enumerate(totals.names):
        listings = view.listings(name)
        subjects = [name] if not listings else view.names(listings[0])
        reports[i] = _since_report(view, subjects, days)
        line = series(view, listings[0]) if listings else None
        if line is None or isinstance(line, Gap):
            continue
        place = np.searchsorted(line.days, days)
        held = (place < len(line.days)) & (line.days[np.minimum(place, len(line.days) - 1)] == days)
        stock[i, held] = line.volume[place[held]]
        moves[i, held] = np.abs(line.returns[place[held]])
    return stock, moves, reports


def _since_report(view: View, subjects: Sequence[str], days: np.ndarray) -> Floats:
    """Sessions since the nearest report within the earnings window, negative before it; NaN outside."""
    offset = np.full(days.size, np.nan)
    known = view.events(subjects).filter(pl.col("category").is_in(list(EARNINGS)))
    for at in known["at_latest"].to_list():
        place = int(np.searchsorted(days, np.datetime64(at.date(), "D")))
        for step in range(-EARNINGS_REACH, EARNINGS_REACH + 1):
            where = place + step
            if 0 <= where < days.size and not abs(offset[where]) <= abs(step):
                offset[where] = step
    return offset


def _test(
    trail: Trail, right: Right, symbol: str, totals: _Totals, around: tuple[Floats, Floats, Floats]
) -> VolumeTest:
    stock, moves, reports = around
    panel = VolumePanel(
        names=totals.names,
        days=totals.days,
        log_volume=np.log1p(totals.volume),
        log_stock_volume=np.log1p(stock),
        absolute_return=moves,
        earnings_offset=reports,
    )
    own, today = totals.names.index(symbol), len(totals.days) - 1
    source = trail.rows(totals.rows, f"daily {right} volumes")
    known = np.isfinite(totals.volume[own])
    history = int(known[:today].sum())
    plain = volume_scores(panel, first=today, last=today + 1)
    moved = volume_scores(panel, first=today, last=today + 1, given_move=True)
    n_days = int(plain.n_days[own])
    p_value, given = float(plain.p_value[own, 0]), float(moved.p_value[own, 0])
    tested = np.isfinite(p_value)
    none = None if tested else trail.gap(_untested(right, symbol, history, n_days))
    return VolumeTest(
        right=right,
        on=totals.days[today],
        volume=float(totals.volume[own, today]),
        expected=none or float(plain.expected[own, 0]),
        low=float(plain.low[own, 0]) if tested else None,
        high=float(plain.high[own, 0]) if tested else None,
        p_value=none or p_value,
        p_value_given_move=none or (given if np.isfinite(given) else trail.gap(_no_move(right, symbol))),
        n_days=n_days,
        n_names=int((plain.n_days >= LEAST_DAYS).sum()),
        n_pool=int(plain.n_pool[own, 0]),
        market_removed=plain.market_removed,
        history_since=totals.since,
        chart=_chart(panel, totals.volume[own], own, tested),
        src=source,
    )


def _untested(right: str, symbol: str, history: int, n_days: int) -> Gap:
    question = f"is the {right} volume of {symbol} exceptional"
    if n_days >= LEAST_DAYS:
        detail = "its history holds no day of this kind (the first report window, say); record it through one"
    else:
        detail = (
            f"{max(history, n_days)} comparable days of history are held and {LEAST_DAYS} are needed; "
            "record the chain daily after the close"
        )
    return Gap(question=question, why=Why.TOO_SHORT, detail=detail)


def _no_move(right: str, symbol: str) -> Gap:
    return Gap(
        question=f"is the {right} volume of {symbol} high beyond what the price move goes with",
        why=Why.NOT_COVERED,
        detail="the share's own volumes and prices over the same days are missing; collect them",
    )


def _chart(panel: VolumePanel, volume: Floats, own: int, tested: bool) -> tuple[VolumePoint, ...]:
    """The last sessions with a volume, each against a band that knew only the days before the chart's first."""
    end = len(panel.days)
    first = max(1, end - CHART_SESSIONS)
    bands: Mapping[str, Floats] = {}
    if tested:
        scores = volume_scores(panel, first=first, last=end)
        bands = {name: getattr(scores, name)[own] for name in ("expected", "low", "high")}
    return tuple(
        VolumePoint(
            on=panel.days[place],
            volume=float(volume[place]),
            **{name: _known(bands[name][place - first]) if tested else None for name in ("expected", "low", "high")},
        )
        for place in range(first, end)
        if np.isfinite(volume[place])
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
