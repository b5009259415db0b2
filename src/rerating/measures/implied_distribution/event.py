"""The move that a chain prices for one scheduled event, from the variances of two expiries after it."""

from __future__ import annotations

import math
from typing import Literal

from rerating.core.record import Record
from rerating.core.types import Gap, Why


class ExpiryVariance(Record):
    """At-the-money total implied variance of one expiry, and what time it spans."""

    sessions: float
    """Trading sessions to expiry, the unit of time here: nights and weekends carry little variance."""
    variance: float
    """sigma^2 T at the forward, from mid quotes."""
    variance_bid: float | None = None
    variance_ask: float | None = None
    other_events: int = 0
    """Scheduled events before this expiry besides the one in question (reports, meetings, rulings)."""


class EventMove(Record):
    """The priced standard deviation of the log return that comes with the event, on top of ordinary sessions."""

    kind: Literal["event_move"] = "event_move"
    deviation: float
    """Standard deviation of the event's log return."""
    expected_absolute: float
    """sqrt(2/pi) of it: the mean size of the move were it normal."""
    low: float | None
    high: float | None
    """The deviation between the worst pairings of bid and ask; low is 0 where that pairing leaves nothing."""
    ordinary: float
    """Standard deviation of one ordinary session."""


def event_move(near: ExpiryVariance, far: ExpiryVariance) -> EventMove | Gap:
    """Event variance by subtraction (Dubinsky, Johannes, Kaeck and Seeger 2019, RFS 32: 646-687).

    Both expiries lie after the event: w1 = v n1 + e and w2 = v n2 + e over n1 < n2 sessions, so that
    v = (w2 - w1) / (n2 - n1) and e = w1 - v n1. The straddle's price is no estimate of e: it holds the ordinary
    sessions as well.

    Returns:
        The move; or a gap: CONFLICT where v or e comes out negative (not identified, common in real quotes),
        NOT_APPLICABLE where another scheduled event falls between the expiries or the expiries are out of order.
    """
    question = "priced move of the event"
    if not 0 < near.sessions < far.sessions:
        return Gap(
            question=question,
            why=Why.NOT_APPLICABLE,
            detail="Two expiries after the event are needed, the nearer one first.",
        )
    if near.other_events or far.other_events:
        count = max(near.other_events, far.other_events)
        return Gap(
            question=question,
            why=Why.NOT_APPLICABLE,
            detail=f"Other scheduled events ({count}) before the later expiry share its variance;"
            " choose expiries that hold this event alone.",
        )
    found = _split(near.variance, far.variance, near.sessions, far.sessions)
    if found is None:
        return Gap(
            question=question,
            why=Why.CONFLICT,
            detail="Not identified: the two expiries' variances leave a negative event or session variance.",
        )
    event, ordinary = found
    low = high = None
    if None not in (near.variance_bid, near.variance_ask, far.variance_bid, far.variance_ask):
        assert near.variance_bid is not None
        assert near.variance_ask is not None
        assert far.variance_bid is not None
        assert far.variance_ask is not None
        least = _event(near.variance_bid, far.variance_ask, near.sessions, far.sessions)
        most = _event(near.variance_ask, far.variance_bid, near.sessions, far.sessions)
        low, high = math.sqrt(max(least, 0.0)), math.sqrt(min(max(most, event), near.variance_ask))
    deviation = math.sqrt(event)
    return EventMove(
        deviation=deviation,
        expected_absolute=deviation * math.sqrt(2 / math.pi),
        low=low,
        high=high,
        ordinary=math.sqrt(ordinary),
    )


def _event(near: float, far: float, n_near: float, n_far: float) -> float:
    return near - (far - near) / (n_far - n_near) * n_near


def _split(near: float, far: float, n_near: float, n_far: float) -> tuple[float, float] | None:
    event, ordinary = _event(near, far, n_near, n_far), (far - near) / (n_far - n_near)
    return (event, ordinary) if event > 0 and ordinary > 0 else None
