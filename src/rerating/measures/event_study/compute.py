"""From located events to arrays: lays the request out, runs the compiled loops, and collects what the tests need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rerating.core.errors import UsageError
from rerating.measures.event_study.events import FLAGS, Located, Outcome, early_flags, flag_outcomes
from rerating.measures.event_study.inference import moments
from rerating.measures.event_study.layout import (
    AT,
    BEFORE,
    COUNT,
    DIMSON,
    FACTORS,
    FIT,
    FLAT_BENCHMARK,
    GIVEN,
    MARKET_ADJUSTED,
    MEAN,
    NO_VARIANCE,
    NOT_CONVERGED,
    ROW,
    SCHOLES_WILLIAMS,
    TOO_FEW,
    Block,
    Data,
    Floats,
    Integers,
    RankSums,
    Request,
    Results,
    Ring,
    Sums,
)
from rerating.measures.event_study.layout import MARKET as MARKET_KIND
from rerating.measures.event_study.models import Dimson, FactorModel, GarchMarketModel, Model
from rerating.measures.event_study.panel import MARKET, Panel
from rerating.measures.event_study.settings import Settings

KINDS = {
    "mean_adjusted": MEAN,
    "market_adjusted": MARKET_ADJUSTED,
    "market": MARKET_KIND,
    "scholes_williams": SCHOLES_WILLIAMS,
    "dimson": DIMSON,
    "factors": FACTORS,
    "garch": GIVEN,
}

CODES = {
    TOO_FEW: Outcome.TOO_FEW_OBSERVATIONS,
    FLAT_BENCHMARK: Outcome.FLAT_BENCHMARK,
    NO_VARIANCE: Outcome.NO_VARIANCE,
    NOT_CONVERGED: Outcome.NOT_CONVERGED,
}

ADJUSTED = {"adjusted_patell_kolari_pynnonen", "adjusted_bmp_kolari_pynnonen"}
AGAIN = {"corrado_zivney", "grank_t", "grank_z"}

# Pairs of events whose residuals are correlated one by one, at most.
MOST_EVENTS_BY_PAIRS = 5000


@dataclass(frozen=True, eq=False)
class Computed:
    """Arrays of a study over the events whose windows lie in the data, in the order of their days."""

    order: Integers
    """[n] number of each row's event in the order given."""
    line: Integers
    position: Integers
    row: Integers
    """Row of day 0 in the panel's factors and days."""
    results: Results
    sums: Sums
    correlation: Floats
    """[c] mean correlation of the residuals over all pairs of used events, for each tested column; NaN if not asked."""
    ranks: RankSums | None
    outcomes: dict[int, Outcome]
    """By number in the order given: the events that are not used."""

    @property
    def used(self) -> Integers:
        """Rows that are used."""
        return np.flatnonzero(self.results.used)


class Task(NamedTuple):
    """What the compiled loops are given."""

    request: Request
    data: Data


def request_of(panel: Panel, settings: Settings) -> Request:
    """The request in the terms of the compiled loops. Raises UsageError where the panel lacks what the model needs."""
    model = settings.model
    kind = KINDS[model.kind]
    columns, shifts, risk_free = _regressors(panel, model)
    longest = max(stop - start + 1 for start, stop in settings.columns)
    by_windows = bool(ADJUSTED & set(settings.tests)) and settings.correlation == "event_windows"
    return Request(
        kind=kind,
        columns=columns,
        shifts=shifts,
        size={MEAN: 0, FACTORS: columns.size, GIVEN: 0}.get(kind, 1),
        risk_free=risk_free,
        edge=settings.edge,
        first=settings.first,
        last=settings.last,
        estimation=settings.estimation,
        minimum=settings.minimum,
        windows=np.array(settings.windows, dtype=np.int64),
        logarithmic=panel.kind == "log",
        thin=settings.thin,
        drop=sum(FLAGS[outcome] for outcome in settings.drop),
        ranks="corrado_rank" in settings.tests,
        residuals="crude_dependence" in settings.tests,
        signs="generalized_sign_cowan" in settings.tests,
        correlation=longest if by_windows else 0,
    )


def _regressors(panel: Panel, model: Model) -> tuple[Integers, Integers, int]:
    """Rows of the factors, the sessions by which each is shifted, and the row of the risk-free rate or -1."""
    if model.kind == "mean_adjusted":
        return np.empty(0, np.int64), np.empty(0, np.int64), -1
    if isinstance(model, FactorModel):
        columns = np.array([panel.factor(name) for name in model.factors], dtype=np.int64)
        return columns, np.zeros_like(columns), -1 if model.risk_free is None else panel.factor(model.risk_free)
    if MARKET not in panel.factor_names:
        raise UsageError(f"The model '{model.kind}' needs a benchmark; name one, or choose the model mean_adjusted.")
    lags = model.lags if isinstance(model, Dimson) else 1 if model.kind == "scholes_williams" else 0
    shifts = [0] + [shift for lag in range(1, lags + 1) for shift in (-lag, lag)]
    return np.full(len(shifts), panel.factor(MARKET), np.int64), np.array(shifts, dtype=np.int64), -1


def compute(panel: Panel, located: Located, settings: Settings) -> Computed:
    """All events whose windows lie in the data."""
    from rerating.measures.event_study import batch_kernels
    from rerating.measures.event_study.rank_kernels import rank_room

    request, outcomes = request_of(panel, settings), dict(located.outcome)
    chosen = _in_order(panel, located, settings, outcomes)
    line, position = located.line[chosen], located.position[chosen]
    row = panel.bases[line] + position
    results, sums = Results.empty(line.size, request), Sums.zero(request)
    early_flags(line, position, panel, request, results.flags)
    data = Data(
        values=panel.values,
        factors=panel.factors,
        days=panel.days,
        where=_where(panel.offsets[line] + position, row, position),
        given=np.empty((0, 0)),
    )
    if isinstance(settings.model, GarchMarketModel):
        from rerating.measures.event_study.garch import garch_fits

        data = garch_fits(data, request, panel.factor(MARKET), results)
    task = Task(request, data)
    ring = Ring.empty(request, _span(panel, row, position, settings) if request.correlation else 0)
    batch_kernels.study(*task, results, sums, Block.empty(request), ring, rank_room(sums.rank.size))
    _name_outcomes(outcomes, chosen, results, request.drop)
    correlation = _correlation(task, results, sums, settings)
    ranks = _rank_again(task, results, settings) if AGAIN & set(settings.tests) else None
    return Computed(chosen, line, position, row, results, sums, correlation, ranks, outcomes)


def _in_order(panel: Panel, located: Located, settings: Settings, outcomes: dict[int, Outcome]) -> Integers:
    """The events whose windows lie in the data, by day and then by symbol; the others get their outcome."""
    line, position = located.line, located.position
    inside = (position >= max(-settings.first, 0)) & (position + settings.last < panel.lengths[line])
    for i in np.flatnonzero((position >= 0) & ~inside):
        outcomes[int(i)] = Outcome.WINDOW_OUTSIDE_DATA
    chosen = np.flatnonzero(inside)
    line = line[chosen]
    key = panel.days[panel.bases[line] + position[chosen]] * len(panel.symbols) + panel.ranks[line]
    return chosen[np.argsort(key)]  # equal keys are equal events


def _where(at: Integers, row: Integers, before: Integers) -> Integers:
    """`Data.where`."""
    where = np.empty((at.size, 3), np.int64)
    where[:, AT], where[:, ROW], where[:, BEFORE] = at, row, before
    return where


def _span(panel: Panel, row: Integers, position: Integers, settings: Settings) -> int:
    """Most calendar days from the start of an estimation window to its event."""
    length = np.minimum(settings.estimation, position + settings.edge)
    start = np.where(length > 0, row + settings.edge - length, row)
    return int((panel.days[row] - panel.days[start]).max(initial=1))


def _name_outcomes(outcomes: dict[int, Outcome], chosen: Integers, results: Results, drop: int) -> None:
    for i in np.flatnonzero(results.used == 0):
        code = int(results.codes[i])
        if code != FIT:
            outcomes[int(chosen[i])] = CODES[code]
        else:
            outcomes[int(chosen[i])] = flag_outcomes(int(results.flags[i]) & drop)[0]


def _correlation(task: Task, results: Results, sums: Sums, settings: Settings) -> Floats:
    """Mean correlation of the residuals of two used events, for each column.

    By event windows, each pair counts with the share of the window that the two have in common in calendar time, so
    that pairs which share no day count as uncorrelated; by estimation windows each counts in full (see the docs).
    """
    lengths = np.array([stop - start + 1 for start, stop in settings.columns])
    if not ADJUSTED & set(settings.tests):
        return np.full(lengths.size, np.nan)
    n = int(results.used.sum())
    if n < 2:
        return np.full(lengths.size, 0.0)
    if settings.correlation == "estimation_windows":
        return np.full(lengths.size, _by_pairs(task, results))
    distance = np.arange(sums.correlation.size)
    share = np.maximum(0.0, 1.0 - distance / lengths[:, None])
    return np.asarray((share * sums.correlation).sum(axis=1) / (n * (n - 1.0)))


def _by_pairs(task: Task, results: Results) -> float:
    from rerating.measures.event_study.pair_kernels import mean_pair_correlation, residual_matrix

    used = np.flatnonzero(results.used)
    if used.size > MOST_EVENTS_BY_PAIRS:
        raise UsageError(
            f"{used.size} events are too many for the correlation of each pair of estimation windows (at most "
            f"{MOST_EVENTS_BY_PAIRS}); choose correlation='event_windows', which needs no pairs."
        )
    residuals = np.full((used.size, task.request.estimation), np.nan)
    starts = np.zeros(used.size, np.int64)
    codes, fits = results.codes.copy(), results.fits.copy()
    residual_matrix(*task, codes, fits, used, Block.empty(task.request), residuals, starts)
    return float(mean_pair_correlation(residuals, starts, task.data.days))


def _rank_again(task: Task, results: Results, settings: Settings) -> RankSums:
    from rerating.measures.event_study.grank_kernels import rank_again
    from rerating.measures.event_study.rank_kernels import rank_room

    used = results.used.astype(bool)
    columns = standardised_columns(results, settings)
    spread = moments(columns[used]).sd if used.any() else np.ones(columns.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = columns / spread
    scaled[:, ~(spread > 0.0)] = np.nan
    sums = RankSums.zero(task.request, columns.shape[1])
    daily = np.ascontiguousarray(scaled[:, : results.ar.shape[1]])
    codes, fits = results.codes.copy(), results.fits.copy()
    block, room = Block.empty(task.request), rank_room(sums.zivney.size)
    rank_again(*task, codes, fits, results.used, daily, scaled, sums, block, room)
    return sums


def abnormal_columns(results: Results, settings: Settings) -> Floats:
    """[n, c] AR of each day, then CAR of each window of more than one day."""
    return _tested(results.abnormal, settings)


def standardised_columns(results: Results, settings: Settings) -> Floats:
    """[n, c] the same over their standard errors."""
    return _tested(results.abnormal, settings) / _tested(results.errors, settings)


def _tested(columns: Floats, settings: Settings) -> Floats:
    """The columns that are tested: a window of one day is that day."""
    long = [w for w, (start, stop) in enumerate(settings.windows) if start < stop]
    if len(long) == len(settings.windows):
        return columns
    days = columns.shape[1] - len(settings.windows)
    return columns[:, [*range(days), *(days + w for w in long)]]


def rank_variance(fits: Floats, columns: Floats) -> Floats:
    """[c] sum over the events with a value of (T - 1) / (12 (T + 1)), T = M + 1."""
    number = fits[:, COUNT] + 1.0
    variance: Floats = ((number - 1.0) / (12.0 * (number + 1.0))) @ (~np.isnan(columns)).astype(np.float64)
    return variance
