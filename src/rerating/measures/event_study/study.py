"""The event study: returns and events in, abnormal returns and tests out, as tidy frames."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.sessions import Sessions
from rerating.core.types import Gap, Why
from rerating.measures.event_study import battery, inference
from rerating.measures.event_study.compute import Computed, compute
from rerating.measures.event_study.events import Events, NonSession, Outcome, as_events, flag_outcomes, locate
from rerating.measures.event_study.frames import frame_like, library
from rerating.measures.event_study.inference import TESTS, Statistic, moments
from rerating.measures.event_study.layout import ALPHA, COUNT, DEGREES, VARIANCE, Floats, Integers
from rerating.measures.event_study.models import MODELS, MarketModel, Model
from rerating.measures.event_study.panel import Kind, Panel, panel
from rerating.measures.event_study.reasons import reason
from rerating.measures.event_study.settings import (
    Cluster,
    Correlation,
    Settings,
    Standardisation,
    checked,
    known_flags,
    known_tests,
)


class WindowTest(Record):
    """One test of one window: statistic and two-sided p, or the Gap that stands in their place."""

    name: str
    window: tuple[int, int]
    n: int
    statistic: float | None
    p: float | None
    distribution: str
    gap: Gap | None = None


class MeanDay(Record):
    """Mean abnormal return of one relative day and its sum from the first day on, with a band of two-sided 95 %."""

    day: int
    n: int
    aar: float | None
    caar: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, eq=False)
class EventStudy:
    """Result of `event_study`. Frames come in the library that the events or the returns came in (else Polars)."""

    panel: Panel
    settings: Settings
    given: Events
    computed: Computed
    statistics: tuple[Statistic, ...]
    library: str

    @property
    def used(self) -> int:
        """Number of events that the tests rest on."""
        return int(self.computed.used.size)

    def outcomes(self) -> list[Outcome]:
        """What became of each event, in the order given."""
        out = [Outcome.USED] * len(self.given)
        for i, outcome in self.computed.outcomes.items():
            out[i] = outcome
        return out

    def reasons(self) -> dict[int, str]:
        """Why each event that is left out is so, by its number in the order given: one clause with the figures."""
        row = {int(event): row for row, event in enumerate(self.computed.order)}
        return {i: reason(self, i, row.get(i, -1), outcome) for i, outcome in sorted(self.computed.outcomes.items())}

    def events(self) -> Any:
        """One row an event, in the order given.

        Columns: event, symbol, at, session_on (position where there are no dates), name, group, outcome, flags, n,
        alpha, beta (of the first factor), sigma, and of the first window car, s_car, t, p, bhar. Where an event cannot
        be computed the numbers are null; one that is flagged and dropped keeps them.
        """
        columns: dict[str, Any] = {"event": np.arange(len(self.given)), "symbol": self._symbols()}
        columns["at"] = [str(at) for at in self.given.at] if self.panel.dates is not None else self.given.at
        columns["session_on"] = self._session_on()
        for name, values in (("name", self.given.names), ("group", self.given.groups)):
            if values is not None:
                columns[name] = list(values)
        results = self.computed.results
        flags = self._scatter(results.flags.astype(np.float64), 0.0).astype(np.int64)
        columns["outcome"] = [str(outcome) for outcome in self.outcomes()]
        columns["flags"] = [",".join(flag_outcomes(int(flag))) for flag in flags]
        columns["n"] = self._scatter(results.fits[:, COUNT], 0.0).astype(np.int64)
        fitted = np.where(results.codes == 0, 1.0, np.nan)
        columns["alpha"] = self._scatter(results.fits[:, ALPHA] * fitted)
        columns["beta"] = self._scatter(results.slopes[:, 0] * fitted)
        columns["sigma"] = self._scatter(np.sqrt(results.fits[:, VARIANCE]) * fitted)
        t, p = self._car_test(0)
        columns |= {"car": self._scatter(results.car[:, 0]), "s_car": self._scatter(results.car_sd[:, 0])}
        columns |= {"t": self._scatter(t), "p": self._scatter(p), "bhar": self._scatter(results.bhar[:, 0])}
        return frame_like(self.library, columns)

    def abnormal_returns(self) -> Any:
        """One row an event and relative day: event, symbol, day, ar, s_ar, sar, t's p. Only events that have a fit."""
        results = self.computed.results
        days = results.ar.shape[1]
        keep, order = self._fitted()
        sar = results.ar[keep] / results.ar_sd[keep]
        p = inference.two_sided_student(sar, results.fits[keep, DEGREES][:, None])
        columns = {
            "event": np.repeat(order, days),
            "symbol": np.repeat(self._symbols()[order], days),
            "day": np.tile(np.arange(self.settings.first, self.settings.last + 1), len(keep)),
            "ar": results.ar[keep].ravel(),
            "s_ar": results.ar_sd[keep].ravel(),
            "sar": sar.ravel(),
            "p": p.ravel(),
        }
        return frame_like(self.library, columns)

    def cumulative(self) -> Any:
        """One row an event and window: event, symbol, first, last, days summed, car, s_car, t, p, bhar."""
        results = self.computed.results
        keep, order = self._fitted()
        windows = np.array(self.settings.windows)
        tests = [self._car_test(w) for w in range(len(windows))]
        columns = {
            "event": np.repeat(order, len(windows)),
            "symbol": np.repeat(self._symbols()[order], len(windows)),
            "first": np.tile(windows[:, 0], len(keep)),
            "last": np.tile(windows[:, 1], len(keep)),
            "days": results.covered[keep].ravel(),
            "car": results.car[keep].ravel(),
            "s_car": results.car_sd[keep].ravel(),
            "t": np.column_stack([t for t, _ in tests])[keep].ravel(),
            "p": np.column_stack([p for _, p in tests])[keep].ravel(),
            "bhar": results.bhar[keep].ravel(),
        }
        return frame_like(self.library, columns)

    def tests(self) -> Any:
        """One row a test and window: name, first, last, n, statistic, p, distribution, gap (the reason, else null)."""
        rows = self.test_results()
        columns = {
            "name": [row.name for row in rows],
            "first": [row.window[0] for row in rows],
            "last": [row.window[1] for row in rows],
            "n": [row.n for row in rows],
            "statistic": np.array([np.nan if row.statistic is None else row.statistic for row in rows]),
            "p": np.array([np.nan if row.p is None else row.p for row in rows]),
            "distribution": [row.distribution for row in rows],
            "gap": [None if row.gap is None else row.gap.detail for row in rows],
        }
        return frame_like(self.library, columns)

    def test_results(self) -> tuple[WindowTest, ...]:
        """The same as records: every test for every day and every window."""
        return tuple(self._results(self.statistics, self.settings.columns))

    def test(self, name: str, window: tuple[int, int]) -> WindowTest:
        """One of them. Raises UsageError where it was not asked for."""
        for one in self._results([t for t in self.statistics if t.name == name], self.settings.columns):
            if one.window == window:
                return one
        raise UsageError(f"The study holds no test '{name}' of the window {window}; ask for it when making the study.")

    def buy_and_hold_tests(self) -> tuple[WindowTest, ...]:
        """Cross-sectional t, Hall's skewness-adjusted t and the wild bootstrap on the BHAR of each window."""
        bhar = self.computed.results.bhar[self.computed.used]
        rng = np.random.default_rng(self.settings.seed)
        found = (
            inference.cross_sectional_t(bhar),
            inference.skewness_hall(bhar),
            inference.wild_bootstrap(bhar, rng, draws=self.settings.draws),
        )
        return tuple(self._results(found, self.settings.windows))

    def mean_days(self) -> tuple[MeanDay, ...]:
        """Mean AR and mean CAR from the first day on, day by day, with a band of mean +- t(n - 1) sd / sqrt(n).

        The band is the cross-sectional one: it takes the events as independent. Events with a day missing so far do not
        count in the running mean from then on.
        """
        from scipy.special import stdtrit

        ar = self.computed.results.ar[self.computed.used]
        if not len(ar):
            return ()
        daily, running = moments(ar), moments(np.cumsum(ar, axis=1))
        out = []
        for d, day in enumerate(range(self.settings.first, self.settings.last + 1)):
            n = int(running.n[d])
            half = stdtrit(n - 1, 0.975) * running.sd[d] / np.sqrt(n) if n > 1 else np.nan
            values = (daily.mean[d], running.mean[d], running.mean[d] - half, running.mean[d] + half)
            aar, caar, low, high = (float(value) if np.isfinite(value) else None for value in values)
            out.append(MeanDay(day=day, n=n, aar=aar, caar=caar, low=low, high=high))
        return tuple(out)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types: `settings`, `events[]`, `tests[]` and `mean[]`; what is not known is null or a Gap."""
        place = {int(event): row for row, event in enumerate(self.computed.order)}
        t, p = self._car_test(0)
        session_on = self._session_on()
        symbols, reasons = self._symbols(), self.reasons()
        events = []
        for i, outcome in enumerate(self.outcomes()):
            one = {"symbol": str(symbols[i]), "at": _plain(self.given.at[i]), "session_on": _plain(session_on[i])}
            one["outcome"] = str(outcome)
            if i in reasons:
                one["why"] = reasons[i]
            for name, values in (("name", self.given.names), ("group", self.given.groups)):
                if values is not None:
                    one[name] = None if values[i] is None else str(values[i])
            events.append(one | self._figures(place.get(i), t, p))
        tests = []
        for test in self.test_results():
            entry: dict[str, Any] = {"name": test.name, "window": list(test.window), "n": test.n}
            entry |= {"statistic": test.statistic, "p": test.p}
            if test.gap is not None:
                entry["gap"] = test.gap.model_dump(mode="json")
            tests.append(entry)
        mean = [day.model_dump(mode="json") for day in self.mean_days()]
        settings = self.settings.model_dump(mode="json") | {"returns": self.panel.kind}
        return {"settings": settings, "events": events, "tests": tests, "mean": mean}

    def _figures(self, row: int | None, t: Floats, p: Floats) -> dict[str, Any]:
        """What the JSON says of one event in numbers."""
        results = self.computed.results
        if row is None or results.codes[row] != 0:
            return {"flags": [], "ar": [], "car": None, "t": None, "p": None, "bhar": None}
        return {
            "flags": [str(flag) for flag in flag_outcomes(int(results.flags[row]))],
            "ar": [_number(value) for value in results.ar[row]],
            "car": _number(results.car[row, 0]),
            "t": _number(t[row]),
            "p": _number(p[row]),
            "bhar": _number(results.bhar[row, 0]),
        }

    def _results(self, found: Sequence[Statistic], columns: Sequence[tuple[int, int]]) -> list[WindowTest]:
        out = []
        for one in found:
            for c, window in enumerate(columns):
                gap = None
                if c in one.why:
                    why = Why.TOO_SHORT if "needed" in one.why[c] else Why.NOT_APPLICABLE
                    gap = Gap(question=f"{one.name} of the window {window}", why=why, detail=one.why[c])
                statistic, p = (_number(one.value[c]), _number(one.p[c])) if gap is None else (None, None)
                out.append(
                    WindowTest(
                        name=one.name,
                        window=window,
                        n=int(one.n[c]),
                        statistic=statistic,
                        p=p,
                        distribution=one.distribution,
                        gap=gap,
                    )
                )
        return out

    def _symbols(self) -> npt.NDArray[np.object_]:
        if self.given.symbols.dtype.kind not in "iu":
            return np.array([str(symbol) for symbol in self.given.symbols], dtype=object)
        names = self.panel.symbols
        known = [names[line] if 0 <= line < len(names) else str(line) for line in self.given.symbols]
        return np.array(known, dtype=object)

    def _session_on(self) -> Any:
        if self.panel.dates is None:
            position = np.full(len(self.given), -1, dtype=np.int64)
            position[self.computed.order] = self.computed.position
            return position
        dates = np.full(len(self.given), np.datetime64("NaT", "D"))
        dates[self.computed.order] = self.panel.dates[self.computed.row]
        return dates

    def _scatter(self, values: Floats, otherwise: float = np.nan) -> Floats:
        out = np.full(len(self.given), otherwise)
        out[self.computed.order] = values
        return out

    def _fitted(self) -> tuple[Integers, Integers]:
        """Rows that have a fit, in the order in which the events were given, and the events' numbers."""
        rows = np.flatnonzero(self.computed.results.codes == 0)
        rows = rows[np.argsort(self.computed.order[rows], kind="stable")]
        return rows, self.computed.order[rows]

    def _car_test(self, w: int) -> tuple[Floats, Floats]:
        results = self.computed.results
        with np.errstate(divide="ignore", invalid="ignore"):
            t = results.car[:, w] / results.car_sd[:, w]
        return t, inference.two_sided_student(t, np.maximum(results.fits[:, DEGREES], 1.0))


def _number(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None


def _plain(value: Any) -> Any:
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value)
    if isinstance(value, int | np.integer):
        return int(value) if value >= 0 else None
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def event_study(
    returns: Any,
    events: Any,
    *,
    model: Model | str | None = None,
    windows: Sequence[tuple[int, int]] = ((-10, 10),),
    benchmark: str | Mapping[str, str] | Any | None = None,
    factors: Any | None = None,
    dates: Any | None = None,
    prices: bool = False,
    kind: Kind = "simple",
    estimation: int = 250,
    gap: int = 0,
    minimum: int = 100,
    tests: Collection[str] = TESTS,
    drop: Collection[str] = ("missing_in_window",),
    non_session: NonSession = "next",
    sessions: Sessions | Mapping[str, Sessions] | None = None,
    thin: float = 0.1,
    cluster: Collection[Cluster] = (),
    correlation: Correlation = "event_windows",
    standardisation: Standardisation = "exact",
    draws: int = 999,
    seed: int = 0,
) -> EventStudy:
    """Abnormal returns around dated events, and whether they are more than chance.

    Args:
        returns: a `Panel`, or what `panel` takes (with `benchmark`, `factors`, `dates`, `prices`, `kind`).
        events: a Polars or pandas frame with the columns `symbol`, `at` (date or instant), optional `name`, `group`; a
            sequence of (symbol, at); or an array [n, 2] of (line, position).
        model: of the normal return, a value of `models` or its name; the market model if None.
        windows: (first, last) relative days, both included. All tests are made for each single day from the earliest to
            the latest, and for each window; the first window is that of the event frame.
        estimation: sessions of the estimation window, which ends `gap` sessions before the earliest window (never later
            than the day before day 0). Shorter where the data start later.
        minimum: usable days that the estimation window needs.
        tests: names out of `TESTS`.
        drop: outcomes that take an event out of the tests, of those that can be computed all the same:
            `missing_in_window` (a day of the windows has no return; if kept, sums run over the others), `bad_price`,
            `overlaps_own_event`, `contaminated_estimation`, `thin_trading`.
        non_session: where a date is no session: the `next` or `previous` one, or `drop` the event.
        sessions: a venue's sessions, or one for each symbol, to map instants to the session that can react.
        thin: share of zero returns in the estimation window from which a line counts as thinly traded.
        cluster: `date`, `firm` or both: cluster-robust standard errors of the cross-sectional t; the wild bootstrap
            throws the signs of the first.
        correlation: pairs of events for Kolari and Pynnonen's mean correlation: weighted by the share of the event
            window that they have in common in calendar time (`event_windows`), or all pairs with common days in their
            estimation windows (`estimation_windows`).
        standardisation: of Patell's test for windows: CAR over its exact standard error, or Patell's sum of SAR.
        draws, seed: of the wild bootstrap.

    Returns an `EventStudy`. An event that cannot be computed never fails the study: it has its outcome. A test that
    cannot be computed stands there with a Gap.

    Raises UsageError on settings and inputs that make no sense.
    """
    made = returns if isinstance(returns, Panel) else None
    if made is None:
        made = panel(returns, benchmark=benchmark, factors=factors, dates=dates, prices=prices, kind=kind)
    elif any(given is not None for given in (benchmark, factors, dates)) or prices or kind != "simple":
        raise UsageError("A Panel already has its benchmark, factors, dates and kind; give them to `panel`.")
    settings = checked(
        model=_model(model),
        windows=tuple((int(start), int(stop)) for start, stop in windows),
        estimation=estimation,
        gap=gap,
        minimum=minimum,
        tests=known_tests(tests),
        drop=known_flags(drop),
        thin=thin,
        cluster=tuple(dict.fromkeys(cluster)),
        correlation=correlation,
        standardisation=standardisation,
        draws=draws,
        seed=seed,
    )
    given = as_events(events, made)
    computed = compute(made, locate(given, made, non_session, sessions), settings)
    origin = given.kind if given.kind != "numpy" else library(returns)
    return EventStudy(
        panel=made,
        settings=settings,
        given=given,
        computed=computed,
        statistics=battery.run(made, settings, computed),
        library="pandas" if origin == "pandas" else "polars",
    )


def _model(model: Model | str | None) -> Model:
    if model is None:
        return MarketModel()
    if isinstance(model, str):
        if model not in MODELS:
            raise UsageError(f"There is no model named '{model}'; choose from {', '.join(MODELS)}, or a FactorModel.")
        return MODELS[model]
    return model
