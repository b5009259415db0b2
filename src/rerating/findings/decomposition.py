"""Re-rating ("Neubewertung"): what changed, by an identity, and what moved with it, by a regression. Never added."""

from __future__ import annotations

from datetime import date
from typing import Literal

import numpy as np
import polars as pl

from rerating.core.types import AsOf, Gap, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.conversion import conversion
from rerating.findings.multiples import ESTIMATE, is_year
from rerating.findings.price_move import bars_in
from rerating.findings.series import Series
from rerating.findings.study import Study
from rerating.ledger import View
from rerating.ledger.view import price_levels
from rerating.measures.decomposition import attribution, identity, kalman_betas

WINDOW_SESSIONS = 5
ESTIMATION = 500
LEVEL = 0.9
_NORMAL_90 = 1.6448536269514722

DEFINITION = (
    "Two lenses that are never added together. What changed: log price in the reader's currency is the rate of the "
    "reporting currency plus expected earnings of the next twelve months per traded unit plus the multiple; the change "
    "of expected earnings is the revision of estimates plus the roll of the months, each averaged over both orders; "
    "fiscal years count by their ends. What moved with it: returns on market, sector and currency with betas that "
    "follow random walks and are known before the window (Kalman filter over up to 500 sessions); the rest is the "
    "line's own. Bands are 90 %. The window is five sessions."
)


class Change(Figure):
    """The identity: log changes that add up to `price`."""

    unit: str
    from_on: date
    to_on: date
    price: float
    currency: float
    revision: float
    roll: float
    multiple: float
    estimates_unit: str


class MovedPart(Figure):
    """A factor's part of the window's return, with its beta and a 90 % band of the beta's error."""

    factor: str
    role: str
    beta: float
    factor_return: float
    part: float
    low: float
    high: float


class Moved(Figure):
    """The regression: parts and the line's own rest add up to `total` (sum of simple returns over the window)."""

    from_on: date
    to_on: date
    total: float
    parts: tuple[MovedPart, ...]
    own: float
    own_low: float
    own_high: float
    sessions: int


class Decomposition(Figure):
    """Both lenses on the last five sessions."""

    kind: Literal["decomposition"] = "decomposition"
    listing: str
    what_changed: Change | Gap
    what_moved: Moved | Gap
    basis: Basis


def decomposition(study: Study, *, currency: str | None = None) -> Decomposition:
    """Both lenses on the study's line over its last five sessions, in `currency` (its own where None)."""
    trail = Trail(study.view)
    unit = currency or study.line.listing.currency
    return Decomposition(
        listing=study.line.listing.key,
        what_changed=what_changed(study.view, trail, study.line, unit),
        what_moved=_moved(study, trail),
        basis=trail.basis(DEFINITION),
    )


def what_changed(view: View, trail: Trail, line: Series, unit: str) -> Change | Gap:
    """The identity over the line's last five sessions, its price stated in `unit`."""
    question = f"what changed in the price of {line.listing.key}"
    end, start = line.last, line.last - WINDOW_SESSIONS
    refusal = price_levels(line.bars)
    if refusal is not None:
        return trail.gap(refusal)
    if start < 0 or not np.isfinite(line.close[start]):
        detail = "six closes in a row are needed; collect a fuller history"
        return trail.gap(Gap(question=question, why=Why.TOO_SHORT, detail=detail))
    then = view.earlier(AsOf(at=line.sessions.close_at(start + line.start)))
    before, after = _estimates(then, trail, line), _estimates(view, trail, line)
    if before is None or after is None or before[0] != after[0]:
        detail = (
            "no estimates of earnings a share for two fiscal years are held for both ends of the window in one "
            "currency; collect them from day to day, or import facts with the field 'estimate.eps'"
        )
        return trail.gap(Gap(question=question, why=Why.NOT_COVERED, detail=detail))
    reporting = before[0]
    prices, rates = conversion(view, line, unit), _rate(view, line, reporting, unit, (start, end))
    if isinstance(prices, Gap) or isinstance(rates, Gap):
        gap = prices if isinstance(prices, Gap) else rates
        assert isinstance(gap, Gap)
        return trail.gap(gap)
    per = np.ones(len(line.days)) if prices is None else prices.per_unit
    levels = (float(line.close[start] / per[start]), float(line.close[end] / per[end]))
    found = identity(levels, rates, (line.day(start), before[1]), (line.day(end), after[1]))
    if found is None:
        detail = (
            "the estimates do not cover the next twelve months, or expected earnings are not above 0: logs of a "
            "multiple do not exist there; look at sales multiples instead"
        )
        return trail.gap(Gap(question=question, why=Why.NOT_APPLICABLE, detail=detail))
    return Change(
        unit=unit,
        from_on=line.day(start),
        to_on=line.day(end),
        estimates_unit=reporting,
        src=(trail.row(line.bar(end)), trail.row(line.bar(start)), *before[2], *after[2]),
        price=found.price,
        currency=found.currency,
        revision=found.revision,
        roll=found.roll,
        multiple=found.multiple,
    )


def _estimates(view: View, trail: Trail, line: Series) -> tuple[str, dict[date, float], tuple[str, ...]] | None:
    """Currency, newest estimates by fiscal year's end, and evidence; None where there are none of one currency."""
    rows = view.facts(view.names(line.listing), ESTIMATE).filter(pl.col("value").is_not_null())
    years = [row for row in rows.rows(named=True) if is_year(row)]
    units = {row["unit"] for row in years}
    if len(units) != 1:
        return None
    newest = {row["period_to"]: row for row in years}
    marks = tuple(trail.row(row) for row in newest.values())
    return units.pop(), {end: row["value"] for end, row in newest.items()}, marks


def _rate(view: View, line: Series, reporting: str, unit: str, places: tuple[int, int]) -> tuple[float, float] | Gap:
    """Units of the reader's currency per unit of the reporting currency at both ends."""
    if reporting == unit:
        return 1.0, 1.0
    per: dict[str, list[float]] = {}
    for name in (reporting, unit):
        if name == "EUR":
            per[name] = [1.0, 1.0]
            continue
        rates = view.rates(name)
        at = rates["on"].to_numpy().astype("datetime64[D]")
        found = [int(at.searchsorted(line.days[place], side="right")) - 1 for place in places]
        if not rates.height or min(found) < 0:
            detail = f"the ledger holds no rates of {name} at this cutoff; collect or import them"
            return Gap(question=f"{line.listing.key} in {unit}", why=Why.NOT_COVERED, detail=detail)
        per[name] = [float(rates["per_eur"][place]) for place in found]
    before, after = (per[unit][i] / per[reporting][i] for i in (0, 1))
    return before, after


def _moved(study: Study, trail: Trail) -> Moved | Gap:
    """Market, sector beyond the market, and currency, with betas filtered up to the window's start."""
    line = study.line
    question = f"what moved with {line.listing.key}"
    marks = [next((m for m in study.marks if m.role == role), None) for role in ("market", "sector", "peers")]
    named = [mark for mark in (marks[0], marks[1] or marks[2]) if mark is not None]
    if not named:
        return trail.gap(study.no_benchmark)
    stop, start = line.last + 1, line.last + 1 - WINDOW_SESSIONS
    first = max(1, start - ESTIMATION)
    columns = [mark.returns[:stop] for mark in named]
    if len(columns) > 1:  # the sector's move beyond the market's, so that the market is not counted twice
        columns[1] = columns[1] - columns[0]
    factors = np.column_stack(columns)
    fitted = kalman_betas(line.returns[first:start], factors[first:start]) if start > first else None
    told = None if fitted is None else attribution(line.returns[start:stop], factors[start:stop], fitted)
    if fitted is None or told is None:
        detail = (
            "100 sessions before the window and each of its own are needed with returns of line and benchmarks; "
            "collect a fuller history"
        )
        return trail.gap(Gap(question=question, why=Why.TOO_SHORT, detail=detail))
    source = (
        *trail.rows(bars_in(line, slice(first - 1, stop)), f"{line.listing.key} closes of estimation and window"),
        *(
            mark_id
            for mark in named
            for mark_id in trail.rows(
                mark.rows(line.days[first - 1], line.days[stop - 1]), f"{mark.name} closes of the same days"
            )
        ),
    )
    parts = tuple(
        MovedPart(
            factor=mark.name if i == 0 else f"{mark.name} less {named[0].name}",
            role=mark.role,
            beta=float(fitted.betas[1 + i]),
            factor_return=float(factors[start:stop, i].sum()),
            part=float(told.parts[i]),
            low=float(told.parts[i] - _NORMAL_90 * told.errors[i]),
            high=float(told.parts[i] + _NORMAL_90 * told.errors[i]),
        )
        for i, mark in enumerate(named)
    )
    return Moved(
        from_on=line.day(start - 1),
        to_on=line.day(stop - 1),
        total=told.total,
        parts=parts,
        own=told.rest,
        own_low=told.rest - _NORMAL_90 * told.rest_error,
        own_high=told.rest + _NORMAL_90 * told.rest_error,
        sessions=fitted.n,
        src=source,
    )
