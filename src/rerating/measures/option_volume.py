"""Is a day's option volume exceptional? A seasonal model of log volume and conformal p-values pooled over names.

"Twice the 20-day mean" fires on one normal day in ten and, when the whole market is busy, on one in three. Here each
name's log volume is regressed on its own past, the weekday, the monthly expiry, the earnings window and the whole
market's day, and a day's residual is ranked among the residuals of all names on earlier dates: the p-value is that
rank.

    y(i, t) = log(1 + volume) = x(i, t) b(i) + e(i, t)
    score   = e / (s(i) sqrt(1 - leverage))          on days of the fit (that day left out: leverage >= 0)
            = e / (s(i) sqrt(1 + leverage))          on the day in question
    p       = (1 + number of earlier scores at least as high) / (1 + number of earlier scores)

The ranking stays within comparable days (earnings window or not, the market's busiest tenth or not) where the pool
holds enough of them, and the dates of the pool lie wholly before the day in question: names of one day never calibrate
each other (Vovk, Gammerman and Shafer 2005, Algorithmic Learning in a Random World, ch. 4: Mondrian conformal
prediction). With under `LEAST_NAMES` names the whole market's day stays in the residual: a 1 % test then fires on 4 %
of the market's busiest tenth of days (simulated; docs/options.md), and `market_removed` is False.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rerating.core.errors import UsageError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEAST_DAYS = 250
"""With less history than this a name gets no p-value and lends none to the pool."""
WINDOW = 504
"""Days before the one in question that the model learns from."""
EARNINGS_REACH = 5
"""Sessions to either side of a report that count as its window."""
LEAST_NAMES = 10
"""With fewer names the market's day cannot be told from a name's own and is left in."""
_LEAST_POOL, _LEAST_POOL_DATES = 1_000, 20
_BUSY = 0.9
_ALONE = 0.95
"""A fitted day of this leverage decides a coefficient by itself; its residual tells nothing."""


@dataclass(frozen=True, kw_only=True)
class VolumePanel:
    """Names by days, missing values NaN.

    log(1 + contracts), log(1 + shares), |return|, and sessions since the nearest report (negative before it).
    """

    names: tuple[str, ...]
    days: tuple[date, ...]
    log_volume: Floats
    log_stock_volume: Floats
    absolute_return: Floats
    earnings_offset: Floats


@dataclass(frozen=True, kw_only=True)
class VolumeScores:
    """What the model says of each name (rows) on each day from `first` on (columns).

    `p_value` is NaN where the name has under `LEAST_DAYS` of history, where that holds no day of this kind (the first
    report window, say), or where the day's figures are missing. `expected`,
    `low` and `high` are volumes: the median forecast and the 1st and 99th percentile of comparable days.
    """

    first: int
    p_value: Floats
    expected: Floats
    low: Floats
    high: Floats
    n_days: NDArray[np.int64]
    """Days of a name's own history that its model was fitted on."""
    n_pool: NDArray[np.int64]
    """Scores of comparable days that the day's score was ranked among."""
    market_removed: bool


def volume_panel(rows: pl.DataFrame) -> VolumePanel:
    """The panel of a long frame.

    Args:
        rows: `name`, `on` (date), `volume` (contracts), `stock_volume` (shares) and `absolute_return` (0.02 is 2 %),
            both may be null, and `earnings_offset`: sessions since the nearest report (negative before it), null when
            far. Two rows of one name and day are an error.
    """
    needed = ("name", "on", "volume", "stock_volume", "absolute_return", "earnings_offset")
    missing = [column for column in needed if column not in rows.columns]
    if missing:
        raise UsageError(f"The volume frame lacks {', '.join(missing)}; add the columns and call again.")
    if rows.select("name", "on").is_duplicated().any():
        raise UsageError("The volume frame holds two rows for one name and day; aggregate the contracts first.")
    names, days = rows["name"].unique().sort().to_list(), rows["on"].unique().sort().to_list()
    at = (
        rows["name"].replace_strict(names, list(range(len(names)))).to_numpy(),
        rows["on"].replace_strict(days, list(range(len(days)))).to_numpy(),
    )

    def spread(column: pl.Series) -> Floats:
        table = np.full((len(names), len(days)), np.nan)
        table[at] = column.cast(pl.Float64).fill_null(np.nan).to_numpy()
        return table

    return VolumePanel(
        names=tuple(names),
        days=tuple(days),
        log_volume=np.log1p(spread(rows["volume"])),
        log_stock_volume=np.log1p(spread(rows["stock_volume"])),
        absolute_return=spread(rows["absolute_return"]),
        earnings_offset=spread(rows["earnings_offset"]),
    )


def volume_scores(panel: VolumePanel, *, first: int, last: int, given_move: bool = False) -> VolumeScores:
    """p-values and expected volumes of the days first .. last - 1, from a model of the `WINDOW` days before `first`.

    Args:
        panel: names by days.
        first: index of the first day in question; all earlier days, and no later ones, teach the model.
        last: one past the last day in question.
        given_move: also regress on the day's stock volume and |return|: is it high beyond what the move explains?
    """
    start = max(first - WINDOW, 0)
    if not 0 < first < last <= len(panel.days):
        raise UsageError(f"Days {first} to {last} lie outside the panel's {len(panel.days)}; ask for days inside it.")
    span = slice(start, last)
    own = _regressors(panel, span, given_move)
    y = panel.log_volume[:, span]
    fitted = first - start
    plain = _fit(own, y, fitted)
    market = _others_median(y - plain.predicted) if len(panel.names) >= LEAST_NAMES else None
    regressors = own if market is None else np.concatenate([own, market[:, :, None]], axis=2)
    model = plain if market is None else _fit(regressors, y, fitted)

    known = model.usable & (model.n_days >= LEAST_DAYS)[:, None] & model.alike
    scores = np.where(known, (y - model.predicted) / (model.scale[:, None] * model.spread), np.nan)
    kinds = _kinds(panel.earnings_offset[:, span], market, fitted)
    pools = _pools(scores[:, :fitted], kinds[:, :fitted])
    tested, kind = scores[:, fitted:], kinds[:, fitted:]
    p_value, n_pool = np.full(tested.shape, np.nan), np.zeros(tested.shape, dtype=np.int64)
    low, high = np.full(tested.shape, np.nan), np.full(tested.shape, np.nan)
    for code, pool in enumerate(pools):
        here = (kind == code) & np.isfinite(tested)
        if not pool.size:
            continue
        at_least = pool.size - np.searchsorted(pool, tested[here], side="left")
        p_value[here] = (1 + at_least) / (1 + pool.size)
        n_pool[here] = pool.size
        low[kind == code], high[kind == code] = np.quantile(pool, (0.01, 0.99))
    centre, width = model.predicted[:, fitted:], (model.scale[:, None] * model.spread)[:, fitted:]
    shown = known[:, fitted:] | (np.isfinite(centre) & (model.n_days >= LEAST_DAYS)[:, None] & model.alike[:, fitted:])
    return VolumeScores(
        first=first,
        p_value=p_value,
        expected=np.where(shown, np.expm1(centre), np.nan),
        low=np.where(shown, np.maximum(np.expm1(centre + low * width), 0.0), np.nan),
        high=np.where(shown, np.expm1(centre + high * width), np.nan),
        n_days=model.n_days,
        n_pool=n_pool,
        market_removed=market is not None,
    )


def benjamini_hochberg(p_values: Floats, rate: float) -> Flags:
    """Which of several names stand out at a false discovery rate (Benjamini and Hochberg 1995, JRSS B 57: 289-300).

    NaN is no test: it is not counted and never stands out.
    """
    if not 0 < rate < 1:
        raise UsageError(f"A false discovery rate of {rate} makes no sense; choose one between 0 and 1, such as 0.1.")
    flat = np.asarray(p_values, dtype=np.float64)
    tested = np.flatnonzero(np.isfinite(flat))
    found = np.zeros(flat.shape, dtype=np.bool_)
    if tested.size:
        order = tested[np.argsort(flat[tested], kind="stable")]
        passing = np.flatnonzero(flat[order] <= rate * np.arange(1, order.size + 1) / order.size)
        if passing.size:
            found[order[: passing[-1] + 1]] = True
    return found


def third_friday(month: date) -> date:
    """The standard monthly expiry of listed options in the month of a day (a holiday may move it to the Thursday)."""
    first = month.replace(day=1)
    return first + timedelta(days=(4 - first.weekday()) % 7 + 14)


@dataclass(frozen=True, kw_only=True)
class _Fit:
    predicted: Floats
    usable: Flags
    scale: Floats
    spread: Floats
    """Square root of the factor by which leverage changes a residual's variance; the own day counts as left out."""
    alike: Flags
    """Whether the name's history holds days of this kind: no regressor is other than 0 for the first time."""
    n_days: NDArray[np.int64]


def _trailing_mean(values: Floats, days: int, least: int) -> Floats:
    """Mean of the known values among the `days` before each day; NaN with under `least` of them."""
    known = np.isfinite(values)
    zero = np.zeros((values.shape[0], 1))
    total = np.concatenate([zero, np.cumsum(np.where(known, values, 0.0), axis=1)], axis=1)
    count = np.concatenate([zero, np.cumsum(known, axis=1)], axis=1)
    at = np.arange(values.shape[1])
    begin = np.maximum(at - days, 0)
    number = count[:, at] - count[:, begin]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(number >= least, (total[:, at] - total[:, begin]) / number, np.nan)


def _regressors(panel: VolumePanel, span: slice, given_move: bool) -> Floats:
    """Constant, past (1, 5, 20 days), weekday, monthly expiry, earnings window; at will stock volume and |return|."""
    y = panel.log_volume
    columns = [np.ones(y.shape), _trailing_mean(y, 2, 1), _trailing_mean(y, 5, 3), _trailing_mean(y, 20, 10)]
    newest = np.full(y.shape, np.nan)
    newest[:, 1:] = y[:, :-1]
    columns[1] = np.where(np.isfinite(newest), newest, columns[1])
    expiries = [third_friday(day) for day in panel.days]
    calendar = [
        *([day.weekday() == weekday for day in panel.days] for weekday in range(1, 5)),
        [0 < (expiry - day).days <= 4 for day, expiry in zip(panel.days, expiries, strict=True)],
        [day == expiry for day, expiry in zip(panel.days, expiries, strict=True)],
    ]
    columns += [np.broadcast_to(np.array(flags, dtype=np.float64), y.shape) for flags in calendar]
    offset = panel.earnings_offset
    for begin, end in ((-EARNINGS_REACH, -2), (-1, -1), (0, 0), (1, 1), (2, EARNINGS_REACH)):
        columns.append(((offset >= begin) & (offset <= end)).astype(np.float64))
    if given_move:
        stock = panel.log_stock_volume
        columns.append(stock - _trailing_mean(stock, 20, 10))
        columns.append(panel.absolute_return / _trailing_mean(panel.absolute_return, 60, 20))
    return np.stack([column[:, span] for column in columns], axis=2)


def _fit(x: Floats, y: Floats, fitted: int) -> _Fit:
    """Least squares name by name on the first `fitted` days, by the normal equations with a trace of ridge."""
    usable: Flags = np.asarray(np.isfinite(y) & np.isfinite(x).all(axis=2))
    clean_x, clean_y = np.where(usable[:, :, None], x, 0.0), np.where(usable, y, 0.0)
    learn_x, learn_y = clean_x[:, :fitted], clean_y[:, :fitted]
    n_days = usable[:, :fitted].sum(axis=1)
    gram = np.einsum("ntp,ntq->npq", learn_x, learn_x)
    gram += 1e-6 * np.maximum(n_days, 1)[:, None, None] * np.eye(x.shape[2])  # a dummy that never was 1 stays at 0
    inverse = np.linalg.inv(gram)
    coefficients = np.einsum("npq,nq->np", inverse, np.einsum("ntp,nt->np", learn_x, learn_y))
    known_x: Flags = np.asarray(np.isfinite(x).all(axis=2))
    predicted = np.where(known_x, np.einsum("ntp,np->nt", np.where(known_x[:, :, None], x, 0.0), coefficients), np.nan)
    leverage = np.einsum("ntp,npq,ntq->nt", clean_x, inverse, clean_x)
    seen = (learn_x != 0.0).any(axis=1)
    alike: Flags = np.asarray(~((clean_x != 0.0) & ~seen[:, None, :]).any(axis=2))
    alike[:, :fitted] &= leverage[:, :fitted] <= _ALONE
    factor = 1.0 + leverage
    factor[:, :fitted] = np.maximum(1.0 - leverage[:, :fitted], 0.05)
    residual = np.where(usable, y - predicted, np.nan)[:, :fitted]
    spread = np.sqrt(factor)
    scale = np.full(x.shape[0], np.nan)
    for i in range(x.shape[0]):
        known = np.isfinite(residual[i])
        if known.any():
            scale[i] = max(1.4826 * float(np.median(np.abs(residual[i, known] / spread[i, :fitted][known]))), 1e-6)
    return _Fit(predicted=predicted, usable=usable, scale=scale, spread=spread, alike=alike, n_days=n_days)


def _others_median(values: Floats) -> Floats:
    """For each name and day the median over the *other* names known that day; 0 on a day with under `LEAST_NAMES`."""
    result = np.zeros(values.shape)
    for t in range(values.shape[1]):
        known = np.flatnonzero(np.isfinite(values[:, t]))
        if known.size < LEAST_NAMES:
            continue
        order = np.argsort(values[known, t], kind="stable")
        ranked = values[known, t][order]
        rank = np.empty(known.size, dtype=np.int64)
        rank[order] = np.arange(known.size)
        lower, upper = (known.size - 2) // 2, (known.size - 1) // 2
        result[known, t] = (ranked[lower + (lower >= rank)] + ranked[upper + (upper >= rank)]) / 2
        result[np.setdiff1d(np.arange(values.shape[0]), known), t] = np.median(ranked)
    return result


def _kinds(offset: Floats, market: Floats | None, fitted: int) -> NDArray[np.int64]:
    """0 quiet, 1 earnings window, 2 one of the market's busiest tenth of days, 3 both."""
    kinds = (np.abs(offset) <= EARNINGS_REACH).astype(np.int64)
    if market is not None:
        day = np.median(market, axis=0)
        kinds += 2 * (day > np.quantile(day[:fitted], _BUSY)).astype(np.int64)[None, :]
    return kinds


def _pools(scores: Floats, kinds: NDArray[np.int64]) -> list[Floats]:
    """Sorted scores to rank among, by kind of day; a kind with too few days or dates borrows from wider ones."""

    def pool(chosen: tuple[int, ...]) -> tuple[Floats, int]:
        here = np.isin(kinds, chosen) & np.isfinite(scores)
        return np.sort(scores[here]), int(here.any(axis=0).sum())

    pools = []
    for wider in (((0,), (0, 2)), ((1,), (1, 3)), ((2,), (0, 2)), ((3,), (1, 3))):
        for chosen in (*wider, (0, 1, 2, 3)):
            found, dates = pool(chosen)
            if found.size >= _LEAST_POOL and dates >= _LEAST_POOL_DATES:
                break
        pools.append(found)
    return pools
