"""Which dated events could have moved the price: the timing of each, and what was abnormal about its session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

import numpy as np
import polars as pl

from rerating.core.types import Gap, Instant, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.benchmarks import Benchmark, benchmarks
from rerating.findings.series import Series
from rerating.ledger import View
from rerating.measures.event_study import EventOutcome, event_free, event_outcome, placebo

ESTIMATION = 250
WINDOW = (-1, 1)
PLACEBO_DATES = 999
SEED = 20070109
EVENT_SESSIONS = 63
"""How far back events are looked at, in sessions: about a quarter."""
MOVE_SESSIONS = 5
"""The move under discussion is the most abnormal session of the last five."""
UNEXPLAINED_SESSIONS = 21
UNEXPLAINED_P = 0.05
LED_SESSIONS = 5
LED_T = 1.96

DEFINITION = (
    "Market model by ordinary least squares over the 250 sessions before the event window [-1, +1]; abnormal "
    "return of the event's session and their sum over the window (CAR) with the exact forecast-error variance; t "
    "with n - 2 degrees of freedom; p_placebo = (1 + k) / (1 + n), two-sided, from the same statistic on up to "
    "999 event-free sessions. An event belongs to the first session that could react: inside a session to that "
    "session, after the close to the next, known to the day only to the first session that opens after it. Timing "
    "is told against the most abnormal of the last five sessions. An event whose five sessions before it had "
    "moved the same way (t of 1.96 or more) is called price_led. A session of the last 21 without an event and "
    "with p_placebo of its own day up to 0.05 is unexplained; one such session is expected by chance."
)


class Timing(StrEnum):
    """What the order of event, session and move allows."""

    COULD_HAVE_CAUSED = "could_have_caused"
    EARLIER_SESSION = "earlier_session"
    AFTER_THE_MOVE = "after_the_move"
    PRICE_LED = "price_led"
    CANNOT_TELL = "cannot_tell"
    UNEXPLAINED = "unexplained"


class Event(Figure):
    """A dated event as the ledger holds it."""

    id: str
    subject: str
    category: str
    title: str
    title_de: str | None
    text: str | None
    at_earliest: Instant
    at_latest: Instant
    precision: str
    place: str | None
    value: float | None
    unit: str | None
    conflict: str | None
    source: str


class Placebo(Figure):
    """How the placebo p-values came about: usable event-free dates and the seed of their draw."""

    n: int
    seed: int


class Model(Figure):
    """One event measured against one benchmark. Shares of one; `t` and `p_placebo` are the CAR's."""

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


class Catalyst(Figure):
    """One event and its session, or one session that no event explains. The figures are those of the first model."""

    kind: Literal["catalyst"] = "catalyst"
    listing: str
    event: Event | None
    known_at: Instant | None
    session_on: date | Gap
    earliest_session_on: date | Gap
    move_on: date | Gap
    session_return: float | Gap
    abnormal_return: float | Gap
    car: float | Gap
    window: tuple[int, int]
    t: float | Gap
    p_placebo: float | Gap
    timing: Timing
    models: tuple[Model, ...]
    basis: Basis


def catalysts(view: View, line: Series) -> tuple[Catalyst, ...]:
    """One catalyst an event of the last 63 sessions, in the order of their sessions, then the unexplained sessions."""
    marks, missing = benchmarks(view, line)
    study = _Study(view=view, line=line, marks=marks, missing=missing, placed=_placed(view, line))
    findings = [study.of_event(event) for event in study.placed if event.latest >= line.last - EVENT_SESSIONS]
    return (*findings, *study.unexplained())


@dataclass(frozen=True, kw_only=True)
class _Placed:
    """An event row and the places of its sessions in the line: by its latest and by its earliest instant."""

    row: dict[str, object]
    latest: int
    earliest: int


def _placed(view: View, line: Series) -> list[_Placed]:
    placed = []
    for row in view.events(view.names(line.listing)).rows(named=True):
        day = row["precision"] == "day"
        latest, earliest = (_session(line, row[name], day=day) for name in ("at_latest", "at_earliest"))
        if latest is not None and earliest is not None:
            placed.append(_Placed(row=row, latest=line.place(latest), earliest=line.place(earliest)))
    return sorted(placed, key=lambda event: (event.latest, event.row["at_latest"], event.row["title"]))


def _session(line: Series, at: datetime, *, day: bool) -> int | None:
    """The calendar position of the session that could react; with day precision only one that opens afterwards."""
    return line.sessions.opening_after(at) if day else line.sessions.reacting(at)


@dataclass(frozen=True, kw_only=True)
class _Study:
    view: View
    line: Series
    marks: list[Benchmark]
    missing: list[Gap]
    placed: list[_Placed]

    @property
    def move(self) -> int | None:
        """The place of the most abnormal of the last five sessions; of the largest return where no model fits."""
        places = range(max(1, self.line.last - MOVE_SESSIONS + 1), self.line.last + 1)
        size = {place: abs(_day(self.outcome(place, window=(0, 0)))) for place in places}
        size = {place: value for place, value in size.items() if np.isfinite(value)}
        if not size:
            returns = self.line.returns
            size = {place: abs(returns[place]) for place in places if np.isfinite(returns[place])}
        return max(size, key=lambda place: (size[place], place)) if size else None

    def outcome(self, place: int, *, mark: int = 0, window: tuple[int, int] = WINDOW) -> EventOutcome | Gap:
        if not self.marks:
            detail = "the ledger holds no benchmark for this line; collect or import its index"
            return Gap(question="abnormal return", why=Why.NOT_COVERED, detail=detail)
        stop = self.line.last + 1
        return event_outcome(
            self.line.returns[:stop], self.marks[mark].returns[:stop], place, estimation=ESTIMATION, window=window
        )

    def of_event(self, event: _Placed) -> Catalyst:
        trail = Trail(self.view)
        row = event.row
        source = trail.row(row)
        known = _event(row, source)
        return self._catalyst(trail, (event.latest, event.earliest), known, self._timing(event))

    def unexplained(self) -> list[Catalyst]:
        taken = {event.latest for event in self.placed} | {event.earliest for event in self.placed}
        found = []
        for place in range(max(1, self.line.last - UNEXPLAINED_SESSIONS + 1), self.line.last + 1):
            if place in taken or not self.marks:
                continue
            p = self._models(Trail(self.view), place, only_first=True)[0].p_placebo_day
            if isinstance(p, float) and p <= UNEXPLAINED_P:
                found.append(self._catalyst(Trail(self.view), (place, place), None, Timing.UNEXPLAINED))
        return found

    def _catalyst(self, trail: Trail, places: tuple[int, int], event: Event | None, timing: Timing) -> Catalyst:
        latest, earliest = places
        source = () if event is None else event.src
        models = self._models(trail, latest)
        for gap in self.missing:
            trail.gap(gap)
        first = models[0] if models else None
        absent = Gap(
            question="abnormal return",
            why=Why.NOT_COVERED,
            detail="the ledger holds no benchmark for this line; collect or import its index",
        )
        session_return: float | Gap = _not_yet(self.line, latest)
        if 1 <= latest <= self.line.last and np.isfinite(self.line.returns[latest]):
            session_return = float(self.line.returns[latest])
            source = (*source, trail.row(self.line.bar(latest)), trail.row(self.line.bar(latest - 1)))
        move = self.move
        return Catalyst(
            listing=self.line.listing.key,
            event=event,
            known_at=None if event is None else event.at_latest,
            session_on=self._session_on(latest),
            earliest_session_on=self._session_on(earliest),
            move_on=self.line.day(move) if move is not None else trail.gap(absent),
            session_return=session_return,
            abnormal_return=first.abnormal_return if first else trail.gap(absent),
            car=first.car if first else absent,
            window=self._window(latest),
            t=first.t if first else absent,
            p_placebo=first.p_placebo if first else absent,
            timing=timing,
            models=models,
            basis=trail.basis(DEFINITION),
            src=source,
        )

    def _session_on(self, place: int) -> date | Gap:
        position = place + self.line.start
        if position < len(self.line.sessions.days):
            return self.line.sessions.day(position)
        return _not_yet(self.line, place)

    def _window(self, place: int) -> tuple[int, int]:
        return WINDOW[0], max(WINDOW[0], min(WINDOW[1], self.line.last - place))

    def _timing(self, event: _Placed) -> Timing:
        move = self.move
        if move is None:
            return Timing.CANNOT_TELL
        if event.latest < move:
            return Timing.EARLIER_SESSION
        if event.latest > move:
            return Timing.CANNOT_TELL if event.earliest <= move else Timing.AFTER_THE_MOVE
        before = self.outcome(move, window=(-LED_SESSIONS, -1))
        if (
            isinstance(before, EventOutcome)
            and before.t_car * np.sign(_day(self.outcome(move, window=(0, 0)))) >= LED_T
        ):
            return Timing.PRICE_LED
        return Timing.COULD_HAVE_CAUSED

    def _models(self, trail: Trail, place: int, *, only_first: bool = False) -> tuple[Model, ...]:
        return tuple(self._model(trail, place, mark) for mark in range(1 if only_first else len(self.marks)))

    def _model(self, trail: Trail, place: int, mark: int) -> Model:
        bench, line = self.marks[mark], self.line
        outcome: EventOutcome | Gap = self.outcome(place, mark=mark) if place <= line.last else _not_yet(line, place)
        if isinstance(outcome, Gap):
            gap = trail.gap(outcome)
            return Model(
                benchmark=bench.name,
                role=bench.role,
                **dict.fromkeys(("abnormal_return", "t_day", "p_placebo_day", "car", "t", "p", "p_placebo"), gap),
                placebo=gap,
                beta=gap,
                n=gap,
            )
        stop = line.last + 1
        span = WINDOW[1] - WINDOW[0]
        busy = np.array(sorted({event.latest for event in self.placed} | {event.earliest for event in self.placed}))
        tested = placebo(
            line.returns[:stop],
            bench.returns[:stop],
            outcome,
            candidates=event_free(stop, busy.astype(np.int64), before=span, after=span),
            rng=np.random.default_rng(SEED),
            n=PLACEBO_DATES,
        )
        day = tested if isinstance(tested, Gap) else tested.day
        first, last = outcome.estimation_start, place + outcome.window[1]
        rows = line.bars.filter(pl.col("on").is_between(line.day(max(first - 1, 0)), line.day(last)))
        source = (
            *trail.rows(rows, f"{line.listing.key} closes of estimation and event window"),
            *trail.rows(
                bench.rows(line.days[max(first - 1, 0)], line.days[last]), f"{bench.name} closes of the same days"
            ),
        )
        missing_day = Gap(
            question="abnormal return of the session",
            why=Why.NOT_COVERED,
            detail="that session has no return or no benchmark",
        )
        abnormal, t_day = outcome.on_day(0), outcome.t_ar[-outcome.window[0]]
        return Model(
            benchmark=bench.name,
            role=bench.role,
            abnormal_return=missing_day if abnormal is None else abnormal,
            t_day=missing_day if t_day is None else t_day,
            p_placebo_day=trail.gap(day) if isinstance(day, Gap) else day.p,
            car=outcome.car,
            t=outcome.t_car,
            p=outcome.p_car,
            p_placebo=trail.gap(tested) if isinstance(tested, Gap) else tested.car.p,
            placebo=tested if isinstance(tested, Gap) else Placebo(n=tested.car.n, seed=SEED),
            beta=outcome.beta,
            n=outcome.n,
            src=source,
        )


def _event(row: dict[str, object], source: str) -> Event:
    fields = (
        "subject",
        "category",
        "title",
        "title_de",
        "text",
        "at_earliest",
        "at_latest",
        "place",
        "value",
        "unit",
        "conflict",
    )
    return Event(
        id=source,
        precision=str(row["precision"] or "day"),
        source=str(row["locator"] or row["source"]),
        src=(source,),
        **{name: row[name] for name in fields},
    )


def _day(outcome: EventOutcome | Gap) -> float:
    """AR of day 0 over its standard error; NaN where there is none."""
    if isinstance(outcome, Gap):
        return float("nan")
    t = outcome.t_ar[-outcome.window[0]]
    return float("nan") if t is None else t


def _not_yet(line: Series, place: int) -> Gap:
    detail = f"the session that could react comes after {line.day(line.last)}, the last one known here; ask again later"
    if place < 1:
        detail = f"the session lies before the first bar held ({line.day(0)}); collect an earlier history"
    return Gap(
        question="return of the event's session", why=Why.NOT_YET_KNOWN if place > 0 else Why.TOO_SHORT, detail=detail
    )
