"""What was abnormal about a session: a line against its benchmarks, with exact variance and placebo dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rerating.core.types import Gap, Why
from rerating.findings.basis import Figure, Trail
from rerating.findings.benchmarks import Benchmark, benchmarks
from rerating.findings.series import Floats, Series
from rerating.findings.timing import Placed, placed_events
from rerating.ledger import View
from rerating.measures.event_study import EventOutcome, event_free, event_outcome, placebo
from rerating.measures.event_study import Placebo as Drawn

ESTIMATION = 250
PLACEBO_DATES = 999
SEED = 20070109
LED_SESSIONS = 5
LED_T = 1.96

DAY = (0, 0)


class Placebo(Figure):
    """How the placebo p-values came about: usable event-free dates and the seed of their draw."""

    n: int
    seed: int


class Model(Figure):
    """One session or window measured against one benchmark. Shares of one; `t`, `p` and `p_placebo` are the CAR's."""

    benchmark: str
    role: str
    abnormal_return: float | Gap
    t_day: float | Gap
    p_placebo_day: float | Gap
    car: float | Gap
    t: float | Gap
    p: float | Gap
    p_placebo: float | Gap
    placebo: Placebo | Gap
    beta: float | Gap
    n: int | Gap


@dataclass(frozen=True, kw_only=True)
class Study:
    """A line, what it is measured against, and the events that are known about it."""

    view: View
    line: Series
    marks: list[Benchmark]
    missing: list[Gap]
    placed: list[Placed]
    instead: Floats | None = None
    """Returns on the line's sessions that are studied instead of its own."""

    @property
    def returns(self) -> Floats:
        """The returns under study."""
        return self.line.returns if self.instead is None else self.instead

    @classmethod
    def of(cls, view: View, line: Series) -> Study:
        """The study of a line with all benchmarks and events that the view holds."""
        marks, missing = benchmarks(view, line)
        return cls(view=view, line=line, marks=marks, missing=missing, placed=placed_events(view, line))

    @property
    def no_benchmark(self) -> Gap:
        """What is said where no benchmark is held."""
        detail = "the ledger holds no benchmark for this line; collect or import its index"
        return Gap(question="abnormal return", why=Why.NOT_COVERED, detail=detail)

    @cached_property
    def busy(self) -> frozenset[int]:
        """The places of all sessions that some event may have moved, by its latest or by its earliest instant."""
        return frozenset(place for event in self.placed for place in (event.latest, event.earliest))

    def outcome(self, place: int, *, mark: int = 0, window: tuple[int, int] = DAY) -> EventOutcome | Gap:
        """Abnormal returns around session `place` against benchmark number `mark`."""
        if not self.marks:
            return self.no_benchmark
        if place > self.line.last:
            return not_yet(self.line, place)
        stop = self.line.last + 1
        returns, benchmark = self.returns[:stop], self.marks[mark].returns[:stop]
        return event_outcome(returns, benchmark, place, estimation=ESTIMATION, window=window)

    def drawn(self, outcome: EventOutcome, *, mark: int = 0) -> Drawn | Gap:
        """Where an outcome stands among event-free dates."""
        stop, span = self.line.last + 1, outcome.window[1] - outcome.window[0]
        busy = np.array(sorted(self.busy), dtype=np.int64)
        return placebo(
            self.returns[:stop],
            self.marks[mark].returns[:stop],
            outcome,
            candidates=event_free(stop, busy, before=span, after=span),
            rng=np.random.default_rng(SEED),
            n=PLACEBO_DATES,
        )

    def on_behalf(self, group: Benchmark) -> Study:
        """The same sessions and events with the returns of a group of peers in the line's place."""
        return replace(self, instead=group.returns, marks=[mark for mark in self.marks if mark.role == "market"])

    def t_day(self, place: int) -> float:
        """The session's abnormal return over its standard error, against the first benchmark; NaN where none."""
        outcome = self.outcome(place)
        t = None if isinstance(outcome, Gap) else outcome.t_ar[0]
        return float("nan") if t is None else t

    def p_day(self, place: int) -> float:
        """The placebo p of the session's abnormal return against the first benchmark; NaN where there is none."""
        outcome = self.outcome(place)
        tested = outcome if isinstance(outcome, Gap) else self.drawn(outcome)
        return float("nan") if isinstance(tested, Gap) or isinstance(tested.day, Gap) else tested.day.p

    def most_abnormal(self, sessions: int) -> int | None:
        """The place of the most abnormal of the last sessions; of the largest return where no model fits."""
        places = range(max(1, self.line.last - sessions + 1), self.line.last + 1)
        size = {place: abs(self.t_day(place)) for place in places}
        size = {place: value for place, value in size.items() if np.isfinite(value)}
        if not size:
            returns = self.line.returns
            size = {place: abs(returns[place]) for place in places if np.isfinite(returns[place])}
        return max(size, key=lambda place: (size[place], place)) if size else None

    def led(self, place: int | None) -> bool:
        """Whether the five sessions before a session had gone its way, with a t of 1.96 or more."""
        if place is None:
            return False
        before = self.outcome(place, window=(-LED_SESSIONS, -1))
        return not isinstance(before, Gap) and bool(before.t_car * np.sign(self.t_day(place)) >= LED_T)

    def models(self, trail: Trail, place: int, window: tuple[int, int]) -> tuple[Model, ...]:
        """Session `place` and the window around it against every benchmark."""
        return tuple(self._told(trail, place, mark, window) for mark in range(len(self.marks)))

    @cached_property
    def _made(self) -> dict[tuple[int, int, tuple[int, int]], tuple[Model, Trail]]:
        """Models by session, benchmark and window: all events of one session share them, with their evidence."""
        return {}

    def _told(self, trail: Trail, place: int, mark: int, window: tuple[int, int]) -> Model:
        if (place, mark, window) not in self._made:
            own = Trail(self.view)
            self._made[place, mark, window] = self._model(own, place, mark, window), own
        model, own = self._made[place, mark, window]
        trail.take(own)
        return model

    def _model(self, trail: Trail, place: int, mark: int, window: tuple[int, int]) -> Model:
        bench = self.marks[mark]
        outcome = self.outcome(place, mark=mark, window=window)
        if isinstance(outcome, Gap):
            gap = trail.gap(outcome)
            names = ("abnormal_return", "t_day", "p_placebo_day", "car", "t", "p", "p_placebo", "placebo", "beta", "n")
            return Model(benchmark=bench.name, role=bench.role, **dict.fromkeys(names, gap))
        tested = self.drawn(outcome, mark=mark)
        day = tested if isinstance(tested, Gap) else tested.day
        detail = "that session has no return of the line or of the benchmark"
        missing = Gap(question="abnormal return of the session", why=Why.NOT_COVERED, detail=detail)
        abnormal, t_day = outcome.on_day(0), outcome.t_ar[-outcome.window[0]]
        return Model(
            benchmark=bench.name,
            role=bench.role,
            abnormal_return=missing if abnormal is None else abnormal,
            t_day=missing if t_day is None else t_day,
            p_placebo_day=trail.gap(day) if isinstance(day, Gap) else day.p,
            car=outcome.car,
            t=outcome.t_car,
            p=outcome.p_car,
            p_placebo=trail.gap(tested) if isinstance(tested, Gap) else tested.car.p,
            placebo=tested if isinstance(tested, Gap) else Placebo(n=tested.car.n, seed=SEED),
            beta=outcome.beta,
            n=outcome.n,
            src=self.evidence(trail, bench, outcome, place),
        )

    def evidence(self, trail: Trail, bench: Benchmark, outcome: EventOutcome, place: int) -> tuple[str, ...]:
        """The bars of the line and of a benchmark behind an outcome."""
        line = self.line
        first, last = max(outcome.estimation_start - 1, 0), place + outcome.window[1]
        rows = line.between(line.days[first], line.days[last])
        return (
            *trail.rows(rows, f"{line.listing.key} closes of estimation and event window"),
            *trail.rows(bench.rows(line.days[first], line.days[last]), f"{bench.name} closes of the same days"),
        )


def not_yet(line: Series, place: int) -> Gap:
    """What is said of a session that is outside the bars held."""
    question = "return of the event's session"
    if place < 1:
        detail = f"the session lies before the first bar held ({line.day(0)}); collect an earlier history"
        return Gap(question=question, why=Why.TOO_SHORT, detail=detail)
    detail = f"the session that could react comes after {line.day(line.last)}, the last one known here; ask again later"
    return Gap(question=question, why=Why.NOT_YET_KNOWN, detail=detail)
