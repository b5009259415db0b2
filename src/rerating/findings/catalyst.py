"""Which dated events could have moved the price: the timing of each, and what was abnormal about its session."""

from __future__ import annotations

from datetime import date
from typing import Literal

import numpy as np

from rerating.core.types import Gap, Instant
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.study import Model, Study, not_yet
from rerating.findings.timing import Event, Timing, timing_by_earliest, timing_of

WINDOW = (-1, 1)
EVENT_SESSIONS = 63
"""How far back events are looked at, in sessions: about a quarter."""
MOVE_SESSIONS = 5
"""The move under discussion is the most abnormal session of the last five."""
UNEXPLAINED_SESSIONS = 21
UNEXPLAINED_P = 0.05

DEFINITION = (
    "Market model by ordinary least squares over the 250 sessions before the event window [-1, +1]; abnormal "
    "return of the event's session and their sum over the window (CAR) with the exact forecast-error variance; t "
    "with n - 2 degrees of freedom; p_placebo = (1 + k) / (1 + n), two-sided, from the same statistic on up to "
    "999 event-free sessions. An event belongs to the first session that could react: inside a session to that "
    "session, after the close to the next, known to the day only to the first session that opens after it. Timing "
    "is told against the most abnormal of the last five sessions. An event whose five sessions before it had "
    "moved the same way (t of 1.96 or more) is called price_led. A session of the last 21 without an event and "
    "with p_placebo of its own day up to 0.05 is unexplained; one such session is expected by chance. p_holm is "
    "the placebo p of the day, corrected over all sessions listed."
)


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
    p_holm: float | Gap
    """The placebo p of the session's day, corrected by Holm over all sessions that have events or are unexplained."""
    timing: Timing
    timing_by_earliest: Timing
    models: tuple[Model, ...]
    basis: Basis


def catalysts(study: Study) -> tuple[Catalyst, ...]:
    """One catalyst an event of the last 63 sessions, in the order of their sessions, then the unexplained sessions."""
    line, move = study.line, study.most_abnormal(MOVE_SESSIONS)
    led = study.led(move)
    found = []
    for event in study.placed:
        if event.latest < line.last - EVENT_SESSIONS:
            continue
        trail = Trail(study.view)
        known = event.event(trail)
        timings = timing_of(event, move, led=led), timing_by_earliest(event, move)
        found.append(_catalyst(study, trail, (event.latest, event.earliest), known, timings, move))
    for place in unexplained(study):
        timings = Timing.UNEXPLAINED, Timing.UNEXPLAINED
        found.append(_catalyst(study, Trail(study.view), (place, place), None, timings, move))
    return _with_holm(found)


def unexplained(study: Study) -> list[int]:
    """The places of those of the last 21 sessions that were unusual (placebo p up to 0.05) and have no dated event."""
    line = study.line
    places = range(max(1, line.last - UNEXPLAINED_SESSIONS + 1), line.last + 1)
    return [place for place in places if place not in study.busy and study.p_day(place) <= UNEXPLAINED_P]


def _catalyst(  # noqa: PLR0917
    study: Study,
    trail: Trail,
    places: tuple[int, int],
    event: Event | None,
    timings: tuple[Timing, Timing],
    move: int | None,
) -> Catalyst:
    line, (latest, earliest) = study.line, places
    source = () if event is None else event.src
    models = study.models(trail, latest, WINDOW)
    for gap in study.missing:
        trail.gap(gap)
    session_return: float | Gap = not_yet(line, latest)
    if 1 <= latest <= line.last and np.isfinite(line.returns[latest]):
        session_return = float(line.returns[latest])
        source = (*source, trail.row(line.bar(latest)), trail.row(line.bar(latest - 1)))
    absent = study.no_benchmark
    if not models:
        trail.gap(absent)
    first = models[0] if models else None
    return Catalyst(
        listing=line.listing.key,
        event=event,
        known_at=None if event is None else event.at_latest,
        session_on=_session_on(study, latest),
        earliest_session_on=_session_on(study, earliest),
        move_on=line.day(move) if move is not None else trail.gap(absent),
        session_return=session_return,
        abnormal_return=first.abnormal_return if first else absent,
        car=first.car if first else absent,
        window=(WINDOW[0], max(WINDOW[0], min(WINDOW[1], line.last - latest))),
        t=first.t if first else absent,
        p_placebo=first.p_placebo if first else absent,
        p_holm=first.p_placebo_day if first else absent,
        timing=timings[0],
        timing_by_earliest=timings[1],
        models=models,
        basis=trail.basis(DEFINITION),
        src=source,
    )


def _with_holm(found: list[Catalyst]) -> tuple[Catalyst, ...]:
    """The catalysts with their day's p corrected over the distinct sessions (Holm 1979, step-down)."""
    raw = {c.session_on: c.p_holm for c in found if isinstance(c.session_on, date) and isinstance(c.p_holm, float)}
    corrected: dict[date, float] = {}
    running = 0.0
    for i, (on, p) in enumerate(sorted(raw.items(), key=lambda item: (item[1], item[0]))):
        running = max(running, min(1.0, (len(raw) - i) * p))
        corrected[on] = running
    return tuple(
        c.model_copy(update={"p_holm": corrected[c.session_on]})
        if isinstance(c.session_on, date) and c.session_on in corrected
        else c
        for c in found
    )


def _session_on(study: Study, place: int) -> date | Gap:
    position = place + study.line.start
    if 0 <= position < len(study.line.sessions.days):
        return study.line.sessions.day(position)
    return not_yet(study.line, place)
