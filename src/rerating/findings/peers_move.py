"""Did a whole sector move? The peers without the line itself, on the session of an event that concerns all of them."""

from __future__ import annotations

import numpy as np

from rerating.core.types import Gap, Why
from rerating.findings.basis import Figure, Trail
from rerating.findings.series import aligned
from rerating.findings.study import ESTIMATION, Study
from rerating.measures.event_study import event_outcome
from rerating.measures.peers_move import CrossSection, kolari_pynnonen

#: Beginnings of the categories of events that concern a sector: policy and regulation.
SECTOR_WIDE = ("policy", "regulation")


class PeersMove(Figure):
    """The equal-weighted peers against the market on one session, among their own event-free days.

    `kolari_pynnonen_t` and its p test the same date across the single peers, allowing for their correlation.
    """

    members: tuple[str, ...]
    benchmark: str
    session_return: float
    abnormal_return: float
    t: float
    p_placebo: float | Gap
    kolari_pynnonen_t: float | Gap
    kolari_pynnonen_p: float | Gap
    correlation: float | Gap


def concerns_sector(category: str) -> bool:
    """Whether an event of that category hits a whole sector at once."""
    return category.startswith(SECTOR_WIDE)


def peers_move(study: Study, trail: Trail, place: int) -> PeersMove | Gap:
    """The peers of the study's line on session `place` against the market."""
    peers = next((number for number, mark in enumerate(study.marks) if mark.role == "peers"), None)
    if peers is None or study.marks[0].role != "market":
        detail = "it needs the market's index and at least two peers; collect or import their prices"
        return trail.gap(Gap(question="the peers' move on the session", why=Why.NOT_COVERED, detail=detail))
    market, group = study.marks[0], study.marks[peers]
    beside = study.on_behalf(group)
    outcome = beside.outcome(place)
    if isinstance(outcome, Gap):
        return trail.gap(outcome)
    t = outcome.t_ar[0]
    abnormal = outcome.on_day(0)
    if t is None or abnormal is None:
        detail = "it needs the market's index and at least two peers; collect or import their prices"
        return trail.gap(Gap(question="the peers' move on the session", why=Why.NOT_COVERED, detail=detail))
    tested = beside.drawn(outcome)
    found = _across(study, peers, place)
    few = Gap(
        question="the peers' move across firms",
        why=Why.TOO_SHORT,
        detail="fewer than three peers have returns on that session and before it; import more of them",
    )
    source = study.evidence(trail, group, outcome, place)
    return PeersMove(
        members=tuple(member.listing.key for member in group.members),
        benchmark=market.name,
        session_return=float(group.returns[place]),
        abnormal_return=abnormal,
        t=t,
        p_placebo=trail.gap(tested) if isinstance(tested, Gap) else tested.car.p,
        kolari_pynnonen_t=trail.gap(few) if found is None else found.t,
        kolari_pynnonen_p=few if found is None else found.p,
        correlation=few if found is None else found.correlation,
        src=source,
    )


def _across(study: Study, peers: int, place: int) -> CrossSection | None:
    days = study.line.days
    market = study.marks[0].returns[: place + 1]
    standardised, residuals = [], []
    for member in study.marks[peers].members:
        returns = aligned(member, days)[: place + 1]
        one = event_outcome(returns, market, place, estimation=ESTIMATION, window=(0, 0))
        if isinstance(one, Gap) or one.t_ar[0] is None:
            continue
        past = slice(max(0, place - ESTIMATION), place)
        standardised.append(one.t_ar[0])
        residuals.append(returns[past] - one.alpha - one.beta * market[past])
    if len(standardised) < 3:
        return None
    return kolari_pynnonen(np.array(standardised), np.column_stack(residuals))
