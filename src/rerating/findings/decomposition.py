"""Re-rating ("Neubewertung"): what changed, by an identity, and what moved with it, by a regression. Never added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl

from rerating.core.types import AsOf, Gap, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.benchmarks import Benchmark, held, peer_keys, same_issuer, styles
from rerating.findings.conversion import Conversion, conversion
from rerating.findings.multiples import ESTIMATE, FEWEST_PEERS, is_year, reporting_unit
from rerating.findings.price_move import bars_in
from rerating.findings.reports import Reports
from rerating.findings.series import Floats, Series
from rerating.findings.study import Study
from rerating.ledger import View
from rerating.ledger.view import price_levels
from rerating.measures.decomposition import attribution, group_part, identity, kalman_betas, next_twelve_months

WINDOW_SESSIONS = 5
ESTIMATION = 500
MOST_SESSIONS = 0.9
"""A style fund has to have a return on this share of the sessions before the window."""
LEVEL = 0.9
_NORMAL_90 = 1.6448536269514722

DEFINITION = (
    "Two lenses that are never added together. What changed: log price in the reader's currency is the rate of the "
    "reporting currency plus expected earnings of the next twelve months per traded unit plus the multiple; the change "
    "of expected earnings is the revision of estimates plus the roll of the months, each averaged over both orders; "
    "fiscal years count by their ends; the change of the multiple is the median of the peers' plus the line's own. "
    "What moved with it: returns on the market, on the sector's fund (or the peers) beyond the market, on funds of "
    "small companies, growth, momentum and quality beyond the market where they are held, and on the currency of the "
    "reports where it is another one, with betas that follow random walks and are known before the window (Kalman "
    "filter over up to 500 sessions); a factor whose sessions do not overlap with the line's counts with its session "
    "before as well (Dimson); the rest is the line's own. Bands are 90 %; that of the multiple's level spans the "
    "houses' highest and lowest estimates. The window is five sessions."
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
    multiple_of_peers: float | Gap | None = None
    """The median change of the peers' multiples over the same sessions, each by the same identity."""
    multiple_own: float | Gap | None = None
    """What is left of the change of the multiple; both add up to `multiple`."""
    dividends: float = 0.0
    """log(1 + dividends / price) of dividends with an ex-date in the window; price + dividends is the total return."""
    level: float | None = None
    level_low: float | Gap | None = None
    level_high: float | Gap | None = None
    """The multiple of the last close, and its band over the houses' highest and lowest estimates."""
    estimates_unit: str


class MovedPart(Figure):
    """A factor's part of the window's return, with its beta and a 90 % band of the beta's error."""

    factor: str
    role: str
    beta: float
    lags: int = 0
    factor_return: float
    part: float
    low: float
    high: float


class Moved(Figure):
    """The regression: parts and the line's own rest add up to `total` (sum of simple returns over the window).

    Where a factor's sessions do not overlap with the line's, its session before counts as well (`lags` 1, Dimson).
    """

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
    of_peers = _of_peers(view, then, trail, line)
    level, band = _level(line, view, trail, after, reporting)
    return Change(
        unit=unit,
        from_on=line.day(start),
        to_on=line.day(end),
        estimates_unit=reporting,
        multiple_of_peers=of_peers,
        multiple_own=of_peers if isinstance(of_peers, Gap) else found.multiple - of_peers,
        dividends=_dividends(view, trail, line, start, end),
        level=level,
        level_low=band[0],
        level_high=band[1],
        src=(trail.row(line.bar(end)), trail.row(line.bar(start)), *before[2], *after[2]),
        price=found.price,
        currency=found.currency,
        revision=found.revision,
        roll=found.roll,
        multiple=found.multiple,
    )


def _of_peers(view: View, then: View, trail: Trail, line: Series) -> float | Gap:
    """The median of the peers' changes of multiples; each peer in its own currency, which cancels."""
    found = []
    for key in peer_keys(view, line.listing):
        member = held(view, key)
        if member is None or same_issuer(member.listing, line.listing) or price_levels(member.bars) is not None:
            continue
        end, start = member.last, member.last - WINDOW_SESSIONS
        before, after = _estimates(then, trail, member), _estimates(view, trail, member)
        if start < 0 or before is None or after is None or before[0] != after[0]:
            continue
        rates = _rate(view, member, before[0], member.listing.currency, (start, end))
        if isinstance(rates, Gap):
            continue
        levels = (float(member.close[start]), float(member.close[end]))
        one = identity(levels, rates, (member.day(start), before[1]), (member.day(end), after[1]))
        if one is not None:
            found.append(one.multiple)
    if len(found) < FEWEST_PEERS:
        detail = "estimates and prices as traded of two peers are needed at both ends of the window; collect them"
        return trail.gap(
            Gap(question=f"the peers' multiples beside {line.listing.key}", why=Why.NOT_COVERED, detail=detail)
        )
    return float(np.median(found))


def _level(
    line: Series, view: View, trail: Trail, after: tuple[str, dict[date, float], tuple[str, ...]], reporting: str
) -> tuple[float, tuple[float | Gap, float | Gap]]:
    """The multiple of the last close on the mean estimates, and on the highest and the lowest ones."""
    rates = conversion(view, line, reporting)
    per = 1.0 if rates is None or isinstance(rates, Gap) else float(rates.per_unit[line.last])
    price, on = float(line.close[line.last]) / per, line.day(line.last)
    mean = next_twelve_months(on, after[1])
    assert mean is not None
    rows = view.facts(view.names(line.listing), ESTIMATE).rows(named=True)
    ends: list[float | Gap] = []
    for name in ("high", "low"):
        values = {row["period_to"]: row[name] for row in rows if is_year(row) and row[name] is not None}
        expected = next_twelve_months(on, values)
        if expected is None or expected[0] <= 0:
            detail = "the estimates were recorded without their range, or the lowest is not above 0"
            ends.append(
                trail.gap(
                    Gap(question=f"band of the multiple of {line.listing.key}", why=Why.NOT_COVERED, detail=detail)
                )
            )
        else:
            ends.append(price / expected[0])
    return price / mean[0], (ends[0], ends[1])


def _dividends(view: View, trail: Trail, line: Series, start: int, end: int) -> float:
    """log(1 + D / P) of the dividends that went ex within the window, in the line's currency, at the close before."""
    total = 0.0
    for row in view.events(view.names(line.listing)).rows(named=True):
        if row["category"] != "dividend" or row["unit"] != line.listing.currency or row["value"] is None:
            continue
        if line.day(start) < row["effective_on"] <= line.day(end):
            trail.row(row)
            total += float(row["value"])
    return float(np.log1p(total / float(line.close[start])))


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


@dataclass(frozen=True, kw_only=True)
class _Factor:
    """A factor's returns on the line's sessions, the session before as a column of its own where it has to count."""

    name: str
    role: str
    columns: tuple[Floats, ...]
    rates: Conversion | None = None

    def cite(self, trail: Trail) -> tuple[str, ...]:
        """The rates behind a currency factor; prices are cited by their benchmarks."""
        if self.rates is None:
            return ()
        frames = [frame for frame, _ in self.rates.legs]
        return tuple(mark for frame in frames for mark in trail.rows(frame, f"{frame['currency'][0]} rates"))


def _factors(study: Study, named: list[Benchmark]) -> list[_Factor]:
    """Market, the sector beyond it (so that the market is not counted twice), and the currency of the reports."""
    line, market = study.line, named[0]
    found = []
    for mark in named:
        own = _still_where_closed(mark, line)
        returns = own if mark is market else own - market.returns
        apart = any(member.sessions.code != line.sessions.code for member in mark.members)
        name = mark.name if mark is market else f"{mark.name} less {market.name}"
        found.append(_Factor(name=name, role=mark.role, columns=(returns, _lagged(returns)) if apart else (returns,)))
    unit = reporting_unit(Reports(study.view, line).at(study.view.as_of.at))
    rates = None if unit is None else conversion(study.view, line, unit)
    if unit is not None and rates is not None and not isinstance(rates, Gap):
        moves = np.full(len(line.days), np.nan)
        moves[1:] = rates.per_unit[1:] / rates.per_unit[:-1] - 1.0
        if np.ptp(moves[np.isfinite(moves)]) > 0:
            name = f"{unit} in {line.listing.currency}"
            found.append(_Factor(name=name, role="currency", columns=(moves,), rates=rates))
    return found


def _still_where_closed(mark: Benchmark, line: Series) -> Floats:
    """The benchmark's returns; 0 on the line's sessions on which none of its own exchanges was open."""
    open_ = np.zeros(len(line.days), dtype=bool)
    for member in mark.members:
        open_ |= np.isin(line.days, member.sessions.days)
    return np.where(open_, mark.returns, 0.0)


def _lagged(returns: Floats) -> Floats:
    """The returns of the session before."""
    out = np.full(len(returns), np.nan)
    out[1:] = returns[:-1]
    return out


def _styles(study: Study, trail: Trail, before: slice, window: slice) -> list[Benchmark]:
    """The style funds with a return on each session of the window and on most of those before; a gap names the others.

    A fund that lacks sessions would take them from the whole regression.
    """
    line, found, lacking = study.line, [], []
    for key, fund in styles(study.view, line):
        known = np.zeros(0, dtype=bool) if fund is None else np.isfinite(fund.returns)
        if fund is None or not known[window].all() or known[before].mean() < MOST_SESSIONS:
            lacking.append(key)
        else:
            found.append(fund)
    if lacking:
        detail = (
            f"the ledger holds no prices of {', '.join(lacking)} on the sessions of this regression; collect or import "
            "them"
        )
        trail.gap(Gap(question=f"style factors of {line.listing.key}", why=Why.NOT_COVERED, detail=detail))
    return found


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
    if start > first:
        named += _styles(study, trail, slice(first, start), slice(start, stop))
    factors_of = _factors(study, named)
    columns = [column[:stop] for one in factors_of for column in one.columns]
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
        *(mark_id for one in factors_of for mark_id in one.cite(trail)),
    )
    parts, place = [], 0
    for one in factors_of:
        group = list(range(place, place + len(one.columns)))
        place += len(group)
        part, error = group_part(factors[start:stop], fitted, group)
        parts.append(
            MovedPart(
                factor=one.name,
                role=one.role,
                beta=float(sum(fitted.betas[1 + i] for i in group)),
                lags=len(group) - 1,
                factor_return=float(factors[start:stop, group[0]].sum()),
                part=part,
                low=part - _NORMAL_90 * error,
                high=part + _NORMAL_90 * error,
            )
        )
    return Moved(
        from_on=line.day(start - 1),
        to_on=line.day(stop - 1),
        total=told.total,
        parts=tuple(parts),
        own=told.rest,
        own_low=told.rest - _NORMAL_90 * told.rest_error,
        own_high=told.rest + _NORMAL_90 * told.rest_error,
        sessions=fitted.n,
        src=source,
    )
