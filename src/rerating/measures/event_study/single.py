"""One firm and one event: abnormal returns with their exact variance, and the distribution over event-free dates.

No cross-event test applies to a single event. What remains is the t of the abnormal return under the market model's
own forecast error, and the rank of the event among event-free dates of the same line, which needs no normality.
"""

from __future__ import annotations

import numpy as np

from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.types import Gap, Why
from rerating.measures.event_study.layout import FIT, FLAT_BENCHMARK, NO_VARIANCE, TOO_FEW, Floats, Integers
from rerating.measures.event_study.single_fits import abnormal_windows, fit_market_model, standardised_at
from rerating.measures.event_study.student import two_sided_tail

Positions = Integers


class EventOutcome(Record):
    """Abnormal returns of one event under the market model R = alpha + beta * R_m + e.

    Day by day, in the order of `window` (relative days, both ends included); None on days without a return. `car` sums
    the days that have one; the others stand in `missing`. Returns are shares of one, variances their squares.
    """

    position: int
    window: tuple[int, int]
    """The window used: the one asked for, cut where the data end."""
    estimation: int
    gap: int
    minimum: int
    estimation_start: int
    estimation_stop: int
    """The estimation window used, positions [start, stop)."""
    n: int
    """Days of it that have both returns."""
    alpha: float
    beta: float
    sigma: float
    """Residual standard deviation with n - 2 degrees of freedom."""
    ar: tuple[float | None, ...]
    ar_variance: tuple[float | None, ...]
    t_ar: tuple[float | None, ...]
    p_ar: tuple[float | None, ...]
    car: float
    car_variance: float
    t_car: float
    p_car: float
    missing: tuple[int, ...]

    def on_day(self, day: int) -> float | None:
        """AR of relative day `day`; None where it is missing or outside the window."""
        first, last = self.window
        return self.ar[day - first] if first <= day <= last else None


class Exceedance(Record):
    """How many of `n` event-free dates show a statistic at least as large: p = (1 + k) / (1 + n), rank 1 is largest."""

    p: float
    n: int
    k: int
    rank: int


class Placebo(Record):
    """The observed event among event-free dates, by |CAR / S_CAR| and by |AR / S_AR| of day 0 (both two-sided)."""

    car: Exceedance
    day: Exceedance | Gap
    drawn: int
    """Dates drawn; those whose own windows do not fit or have missing days are not in `n`."""


def event_outcome(
    returns: Floats,
    benchmark: Floats,
    position: int,
    *,
    estimation: int = 250,
    gap: int = 0,
    window: tuple[int, int] = (-1, 1),
    minimum: int = 100,
) -> EventOutcome | Gap:
    """Abnormal returns of the event at `position`, by the market model fitted on the sessions before the window.

    Args:
        returns: [T], returns of the line on consecutive sessions, shares of one, NaN where missing.
        benchmark: [T], returns of the benchmark on the same sessions, NaN where missing.
        position: index of day 0.
        estimation: length of the estimation window: the last `estimation` positions before
            ``position + window[0] - gap`` (``position - gap`` for a window that starts after day 0, so that day 0 never
            helps to estimate what is normal). Where the data start later it is shorter.
        gap: sessions between the estimation window and the event window.
        window: first and last relative day, both included. Cut at the end of the data.
        minimum: days with both returns that the estimation window needs.

    With n usable days, mean m and sum of squared deviations S of the benchmark over them, s^2 = SSR / (n - 2) and L
    summed days: Var(AR_t) = s^2 (1 + 1/n + (R_mt - m)^2 / S) and, the estimation error being common to all days,
    Var(CAR) = s^2 (L + L^2/n + (sum_t (R_mt - m))^2 / S). Under normal errors AR and CAR over their standard errors
    follow Student's t with n - 2 degrees of freedom exactly; the p values are two-sided
    (Campbell, Lo and MacKinlay 1997, section 4.4; Patell 1976).

    Returns a Gap where the event lies outside the data, the estimation window holds fewer than `minimum` usable days,
    no day of the window has a return, the benchmark does not move, or no residual variance is left.

    Raises UsageError on arrays of different length, infinite values, and windows that make no sense.
    """
    returns, benchmark = _series(returns, benchmark)
    _check_settings(estimation, gap, window, minimum)
    question = f"abnormal return of the event at position {position}"
    if not 0 <= position < returns.size:
        detail = f"the event is outside the data (positions 0 to {returns.size - 1}); load sessions that cover it"
        return Gap(question=question, why=Why.NOT_COVERED, detail=detail)
    first, last = window[0], min(window[1], returns.size - 1 - position)
    if last < first:
        detail = f"no session of the window {window} is in the data yet; ask again after {first - last} more sessions"
        return Gap(question=question, why=Why.NOT_YET_KNOWN, detail=detail)
    stop = max(0, position + min(first, 0) - gap)
    start = max(0, stop - estimation)

    past, days = slice(start, stop), slice(position + first, position + last + 1)
    fits = fit_market_model(returns[None, past], benchmark[None, past], minimum)
    n = int(fits.used[0])
    if fits.code[0] != FIT:
        return _no_fit(int(fits.code[0]), question, n, minimum)
    found = abnormal_windows(returns[None, days], benchmark[None, days], fits)
    ar, ar_variance, car, car_variance = found.ar[0], found.ar_variance[0], found.car[0], found.car_variance[0]
    if found.days[0] == 0:
        detail = f"neither a return nor its benchmark on any day of the window {(first, last)}; check for a suspension"
        return Gap(question=question, why=Why.NOT_COVERED, detail=detail)
    t_ar = ar / np.sqrt(ar_variance)
    t_car = float(car / np.sqrt(car_variance))
    return EventOutcome(
        position=position,
        window=(first, last),
        estimation=estimation,
        gap=gap,
        minimum=minimum,
        estimation_start=start,
        estimation_stop=stop,
        n=n,
        alpha=float(fits.alpha[0]),
        beta=float(fits.beta[0]),
        sigma=float(np.sqrt(fits.variance[0])),
        ar=_known(ar),
        ar_variance=_known(ar_variance),
        t_ar=_known(t_ar),
        p_ar=tuple(None if np.isnan(t) else two_sided_tail(float(t), n - 2) for t in t_ar),
        car=float(car),
        car_variance=float(car_variance),
        t_car=t_car,
        p_car=two_sided_tail(t_car, n - 2),
        missing=tuple(first + int(i) for i in np.flatnonzero(np.isnan(ar))),
    )


def placebo(
    returns: Floats,
    benchmark: Floats,
    observed: EventOutcome,
    *,
    candidates: Positions,
    rng: np.random.Generator,
    n: int = 1000,
) -> Placebo | Gap:
    """Where `observed` stands among event-free dates of the same line, each with an estimation window of its own.

    Args:
        returns, benchmark: the arrays that `observed` was computed from.
        observed: the event; its window, estimation, gap and minimum are used for every date.
        candidates: event-free positions (`event_free` makes them). Those whose window meets the event's are left out.
        rng: draws `n` of the candidates without replacement; where there are no more than `n`, all are used.
        n: how many dates to draw.

    With k of the n usable dates showing a statistic at least as large in absolute value as the event's,
    p = (1 + k) / (1 + n), which under exchangeability is never smaller than the true level (Phipson and Smyth 2010).
    An event whose own window has missing days has no comparable placebo and gets a Gap, as does one without a
    single usable date.

    Raises UsageError on candidates outside the data.
    """
    returns, benchmark = _series(returns, benchmark)
    question = f"placebo distribution for the event at position {observed.position}"
    dates = np.unique(np.asarray(candidates, dtype=np.int64))
    if dates.size and (dates[0] < 0 or dates[-1] >= returns.size):
        raise UsageError(f"A candidate lies outside the data (positions 0 to {returns.size - 1}); leave it out.")
    if n < 1:
        raise UsageError(f"n is {n}; at least one event-free date has to be drawn.")
    if observed.missing:
        detail = f"the event's window misses the days {list(observed.missing)}; choose a window without them"
        return Gap(question=question, why=Why.NOT_APPLICABLE, detail=detail)
    first, last = observed.window
    dates = dates[np.abs(dates - observed.position) > last - first]
    if dates.size > n:
        dates = np.sort(rng.choice(dates, size=n, replace=False))

    statistics = standardised_at(
        returns,
        benchmark,
        dates,
        estimation=observed.estimation,
        gap=observed.gap,
        window=observed.window,
        minimum=observed.minimum,
    )
    usable = statistics[~np.isnan(statistics[:, 0])]
    if usable.shape[0] == 0:
        detail = f"none of {dates.size} event-free dates has {observed.minimum} sessions before it; load a longer past"
        return Gap(question=question, why=Why.TOO_SHORT, detail=detail)
    day: Exceedance | Gap
    if first <= 0 <= last:
        t_day = observed.t_ar[-first]
        assert t_day is not None  # no day is missing, see above
        day = exceedance(abs(t_day), usable[:, 1])
    else:
        detail = f"the window {observed.window} does not hold day 0"
        day = Gap(question=question, why=Why.NOT_APPLICABLE, detail=detail)
    return Placebo(car=exceedance(abs(observed.t_car), usable[:, 0]), day=day, drawn=int(dates.size))


def exceedance(observed: float, others: Floats) -> Exceedance:
    """Rank and p of `observed` among `others` [n] (no NaN); ties count against the event."""
    k = int(np.count_nonzero(others >= observed))
    return Exceedance(p=(1 + k) / (1 + others.size), n=int(others.size), k=k, rank=1 + k)


def event_free(length: int, events: Positions, *, before: int, after: int) -> Positions:
    """Positions of [0, length) that are further than `before` sessions ahead of, or `after` behind, every event.

    With event windows (first, last) that must not meet a window around any event, take before = after = last - first.
    """
    free = np.ones(length, dtype=np.bool_)
    for event in np.asarray(events, dtype=np.int64):
        free[max(0, int(event) - before) : max(0, int(event) + after + 1)] = False
    return np.flatnonzero(free).astype(np.int64)


def _series(returns: Floats, benchmark: Floats) -> tuple[Floats, Floats]:
    returns = np.ascontiguousarray(returns, dtype=np.float64)
    benchmark = np.ascontiguousarray(benchmark, dtype=np.float64)
    if returns.ndim != 1 or returns.shape != benchmark.shape:
        shapes = f"{returns.shape} and {benchmark.shape}"
        raise UsageError(
            f"Returns and benchmark have the shapes {shapes}; give two of the same length on one calendar."
        )
    for name, series in (("returns", returns), ("benchmark", benchmark)):
        infinite = np.flatnonzero(np.isinf(series))
        if infinite.size:
            raise UsageError(f"The {name} are infinite at position {infinite[0]}; a price of 0 does that. Use NaN.")
    return returns, benchmark


def _check_settings(estimation: int, gap: int, window: tuple[int, int], minimum: int) -> None:
    if window[0] > window[1]:
        raise UsageError(f"The window {window} ends before it starts; write it as (first, last).")
    if gap < 0:
        raise UsageError(f"The gap is {gap}; it counts sessions and cannot be negative.")
    if not 3 <= minimum <= estimation:
        raise UsageError(f"minimum={minimum} must lie between 3 and the estimation window of {estimation} sessions.")


def _no_fit(code: int, question: str, count: int, minimum: int) -> Gap:
    details = {
        TOO_FEW: (
            Why.TOO_SHORT,
            f"{count} usable days in the estimation window, {minimum} are needed; load a longer past",
        ),
        FLAT_BENCHMARK: (
            Why.NOT_APPLICABLE,
            "the benchmark does not move in the estimation window; choose another one",
        ),
        NO_VARIANCE: (
            Why.NOT_APPLICABLE,
            "the line has no variance of its own in the estimation window; was it suspended?",
        ),
    }
    why, detail = details[code]
    return Gap(question=question, why=why, detail=detail)


def _known(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else float(value) for value in values)
