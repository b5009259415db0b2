"""Why did it move on that day: every event around one session, what each could have done, and what remains open."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal
from urllib.parse import urlsplit

import numpy as np

from rerating.core.errors import UsageError
from rerating.core.sessions import sessions_of
from rerating.core.types import AsOf, Gap, Instant, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.peers_move import PeersMove, concerns_sector, peers_move
from rerating.findings.price_move import SessionReturn
from rerating.findings.study import DAY, Model, Study
from rerating.findings.subject import line_of, resolved
from rerating.findings.timing import Event, Placed, Timing, timing_by_earliest, timing_of
from rerating.ledger import ViewSource

SESSIONS_BEFORE = 10
SESSIONS_AFTER = 3

DEFINITION = (
    "All known events whose first reacting session lies between ten sessions before and three after the session. The "
    "label follows the latest instant of publication; the count by the earliest stands beside it. An event known only "
    "to the day counts for sessions that open after that day is over at its place; an instant that is only an upper "
    "bound cannot tell. The abnormal return is the session's return beyond the market model of each benchmark; the "
    "part that market and sector explain is one minus the ratio of the abnormal return against sector or peers to that "
    "against the market. Several events that could have caused one session cannot be told apart by its return. No list "
    "of events is complete: a cause can be unsupported by it and never refuted."
)


class Conclusion(StrEnum):
    """What the tribunal says of the session."""

    NO_MOVE = "no_move"
    ONE_CANDIDATE = "one_candidate"
    NOT_SEPARABLE = "not_separable"
    PRICE_LED = "price_led"
    NO_CANDIDATE = "no_candidate"


class Candidate(Figure):
    """One event around the session."""

    event: Event
    timing: Timing
    timing_by_earliest: Timing
    session_on: date | None
    earliest_session_on: date | None
    sessions_since: tuple[SessionReturn, ...]
    """The line's returns from the earliest session that could react up to the session before the one in question."""


class Share(Figure):
    """The part of the session's abnormal return that sector and peers share with the line: a range over the models."""

    low: float
    high: float
    models: tuple[str, ...]


class KnownEvents(Figure):
    """How much is known: events in the window, from how many sources, and when the newest of them was recorded."""

    events: int
    tellings: int
    """Items that told one of these events again: headlines of feeds, copies, facets of one publication."""
    sources: int
    last_recorded_at: Instant | Gap
    from_on: date
    to_on: date


class Explanation(Figure):
    """The timing tribunal of one session."""

    kind: Literal["explanation"] = "explanation"
    listing: str
    session_on: date
    session_return: float | Gap
    models: tuple[Model, ...]
    sector_share: Share | Gap
    peers: PeersMove | Gap | None
    """The peers on that session, where an event of policy or regulation is among the candidates; None elsewhere."""
    candidates: tuple[Candidate, ...]
    conclusion: Conclusion
    known: KnownEvents
    basis: Basis


def explain(
    source: ViewSource,
    symbol: str,
    on: date,
    *,
    as_of: AsOf | None,
    latest: AsOf,
    grace: timedelta = timedelta(hours=24),
) -> Explanation:
    """The timing tribunal over the session of `on`, as known at `as_of` (None: `grace` after its close).

    `latest` is the last instant that may be asked about (the clock, at the doors). Raises UsageError for a symbol that
    the ledger does not hold and for a day that was no session.
    """
    listing = resolved(source.view(latest), symbol)
    sessions = sessions_of(listing.venue, listing.symbol)
    position = sessions.position(on)
    if position is None:
        near = sessions.days[max(0, int(sessions.days.searchsorted(np.datetime64(on, "D"))) - 1)]
        raise UsageError(f"{on} was no session of {listing.venue}; the one before was {near}.")
    close = sessions.close_at(position)
    cutoff = as_of or AsOf(at=min(close + grace, latest.at))
    if cutoff.at < close:
        raise UsageError(f"The session of {on} was not over at {cutoff}; choose an --as-of from {AsOf(at=close)} on.")
    view = source.view(cutoff)
    line = line_of(view, symbol)
    place = line.place(position)
    if not 0 <= place <= line.last:
        raise UsageError(
            f"The ledger holds no prices of {line.listing.key} on {on} (from {line.day(0)} to {line.day(line.last)}); "
            "collect or import them."
        )
    return explanation(Study.of(view, line), place)


def explanation(study: Study, place: int) -> Explanation:
    """The tribunal over session `place` of the study's line."""
    trail, line = Trail(study.view), study.line
    source: tuple[str, ...] = ()
    session_return: float | Gap
    if 1 <= place <= line.last and np.isfinite(line.returns[place]):
        session_return = float(line.returns[place])
        source = (trail.row(line.bar(place)), trail.row(line.bar(place - 1)))
    else:
        detail = "the ledger holds no close of that session or of the one before; collect or import them"
        session_return = trail.gap(Gap(question=f"return on {line.day(place)}", why=Why.NOT_COVERED, detail=detail))
    models = study.models(trail, place, DAY)
    for gap in study.missing:
        trail.gap(gap)
    led = study.led(place)
    near = [
        event
        for event in study.placed
        if place - SESSIONS_BEFORE <= event.latest and event.earliest <= place + SESSIONS_AFTER
    ]
    candidates = tuple(_candidate(study, trail, event, place, led=led) for event in near)
    return Explanation(
        listing=line.listing.key,
        session_on=line.day(place),
        session_return=session_return,
        models=models,
        sector_share=_sector_share(trail, models),
        peers=peers_move(study, trail, place) if any(_hits_sector(c) for c in candidates) else None,
        candidates=candidates,
        conclusion=_conclusion(models, candidates),
        known=_known(study, trail, near, place),
        basis=trail.basis(DEFINITION),
        src=source,
    )


def _candidate(study: Study, trail: Trail, event: Placed, place: int, *, led: bool) -> Candidate:
    line = study.line
    returns = line.returns
    since = [day for day in range(max(1, event.earliest), min(place, line.last + 1)) if np.isfinite(returns[day])]
    row = trail.row(event.row)
    return Candidate(
        event=event.event(trail),
        timing=timing_of(event, place, led=led),
        timing_by_earliest=timing_by_earliest(event, place),
        session_on=_day(study, event.latest),
        earliest_session_on=_day(study, event.earliest),
        sessions_since=tuple(
            SessionReturn(
                return_=float(returns[day]),
                on=line.day(day),
                src=(trail.row(line.bar(day)), trail.row(line.bar(day - 1))),
            )
            for day in since
        ),
        src=(row,),
    )


def _day(study: Study, place: int) -> date | None:
    position = place + study.line.start
    return study.line.sessions.day(position) if 0 <= position < len(study.line.sessions.days) else None


def _hits_sector(candidate: Candidate) -> bool:
    """Whether an event of policy or regulation may be behind the session."""
    stale = candidate.timing in {Timing.EARLIER_SESSION, Timing.AFTER_THE_MOVE}
    return not stale and concerns_sector(candidate.event.category)


def _sector_share(trail: Trail, models: tuple[Model, ...]) -> Share | Gap:
    market = next((m.abnormal_return for m in models if m.role == "market"), None)
    near = [m for m in models if m.role != "market" and isinstance(m.abnormal_return, float)]
    if not isinstance(market, float) or market == 0 or not near:
        detail = "it needs the market's index and a sector fund or at least two peers; collect or import their prices"
        return trail.gap(Gap(question="the sector's share of the session", why=Why.NOT_COVERED, detail=detail))
    shares = [1 - m.abnormal_return / market for m in near if isinstance(m.abnormal_return, float)]
    source = tuple(dict.fromkeys(mark for m in models for mark in m.src))
    return Share(low=min(shares), high=max(shares), models=tuple(m.benchmark for m in near), src=source)


def _conclusion(models: tuple[Model, ...], candidates: tuple[Candidate, ...]) -> Conclusion:
    p = models[0].p_placebo_day if models else None
    if isinstance(p, float) and p > 0.05:
        return Conclusion.NO_MOVE
    could = [c for c in candidates if c.timing in {Timing.COULD_HAVE_CAUSED, Timing.PRICE_LED}]
    open_ = [c for c in candidates if c.timing is Timing.CANNOT_TELL]
    if any(c.timing is Timing.PRICE_LED for c in could):
        return Conclusion.PRICE_LED
    if len(could) + len(open_) > 1:
        return Conclusion.NOT_SEPARABLE
    return Conclusion.ONE_CANDIDATE if could else Conclusion.NO_CANDIDATE


def _known(study: Study, trail: Trail, near: list[Placed], place: int) -> KnownEvents:
    rows = [row for event in near for row in (event.row, *event.repeats)]
    hosts = {urlsplit(str(row["locator"])).netloc or str(row["locator"]) for row in rows}
    recorded: list[datetime] = [row["recorded_at"] for row in rows]
    none = Gap(
        question="when events were last collected",
        why=Why.NOT_COVERED,
        detail="the ledger holds no event around this session; import or collect some",
    )
    first, last = max(0, place - SESSIONS_BEFORE), min(place + SESSIONS_AFTER, study.line.last)
    return KnownEvents(
        events=len(near),
        tellings=sum(len(event.repeats) for event in near),
        sources=len(hosts),
        last_recorded_at=max(recorded) if recorded else trail.gap(none),
        from_on=study.line.day(first),
        to_on=study.line.day(last),
        src=tuple(trail.row(row) for row in rows),
    )
