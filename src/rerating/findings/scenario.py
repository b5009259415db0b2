"""Scenario findings: can a claim about the market be true, does a programme pay, what does the price presuppose?

The measures compute, a scenario file gives the ranges; here the two meet and every output gets its band, the inputs
that matter most and its sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rerating.core.record import Record
from rerating.core.types import Gap, Instant, Why
from rerating.measures import market_share
from rerating.measures.market_share import Bound, ClaimVerdict
from rerating.measures.scenario_draws import Band, Driver, Span, band, drawn, drivers

if TYPE_CHECKING:
    from rerating.findings.scenario_file import Conflict, Market, ScenarioFile

DRAWS = 4096
"""Scenarios of the share's three inputs: its median is then right to about 1e-5."""
SEED = 20260114


class ShareOfMarket(Record):
    """What the claim means under one definition of the market, in the currency of the case."""

    market_name: str
    definition: str
    currency: str
    share_before: float
    market: float
    incremental_share: float
    growth: float
    share_after: float
    share_after_band: Band | None
    drivers: tuple[Driver, ...]
    own_increment: float
    claim_verdict: ClaimVerdict
    target_share: float | None
    growth_needed: float | Gap | None
    target_verdict: ClaimVerdict | Gap | None
    margin_needed: float | Gap
    """EBITA margin on the claimed revenue at which the window's capex earns the cost of capital on it alone."""


class ShareScenario(Record):
    """The claim under every definition of the market that the file holds, the file's first one in front."""

    name: str
    subject: str
    as_of: Instant
    claim: str
    window: str
    definitions: tuple[ShareOfMarket, ...]
    open_questions: tuple[str, ...]


def share_scenario(file: ScenarioFile) -> ShareScenario | Gap:
    """The claim of the file, weighed under each of its market definitions.

    A Gap where the file holds no claim. Where the segment's figures are missing, the bounds that need them are left
    out, so a verdict then rests on the market's growth alone.
    """
    if file.claim is None:
        return Gap(
            question="share of the market's increment",
            why=Why.NOT_COVERED,
            detail=f"The case {file.case.name} holds no claim; add a [claim] with incremental_share and a [[market]].",
        )
    return ShareScenario(
        name=file.case.name,
        subject=file.case.subject,
        as_of=file.case.as_of,
        claim=file.claim.text,
        window=file.claim.window,
        definitions=tuple(_share_of_market(file, market) for market in file.market),
        open_questions=tuple(map(_told, file.conflict)),
    )


def _told(conflict: Conflict) -> str:
    said = "; ".join(f"{reading.says} ({reading.source})" for reading in conflict.readings)
    return f"{conflict.question} {said}."


def _share_of_market(file: ScenarioFile, market: Market) -> ShareOfMarket:
    assert file.claim is not None
    rate = 1.0 if market.size.unit == file.case.currency else file.fx[market.size.unit].base
    size = market.size.base * rate
    spans = {
        "share_before": market.share_before.span,
        "incremental_share": file.claim.incremental_share.span,
        "growth": market.growth.span,
    }
    point = {name: span.base for name, span in spans.items()}
    scenarios = drawn(spans, DRAWS, SEED)
    after = np.broadcast_to(market_share.share_after(**scenarios), (DRAWS,))
    own = market_share.increment(size, point["incremental_share"], point["growth"])
    target = None if file.claim.target_share is None else file.claim.target_share.base
    needed = (
        None
        if target is None
        else market_share.required_growth(point["share_before"], point["incremental_share"], target)
    )
    return ShareOfMarket(
        market_name=market.name,
        definition=market.definition,
        currency=file.case.currency,
        market=size,
        **point,
        share_after=float(market_share.share_after(**point)),
        share_after_band=band(after),
        drivers=_share_drivers(spans),
        own_increment=own,
        claim_verdict=market_share.weighed(_bounds(file, market, size, point["growth"], own)),
        target_share=target,
        growth_needed=needed,
        target_verdict=_target_verdict(file, market, size, needed),
        margin_needed=_margin_needed(file, own),
    )


def _share_drivers(spans: dict[str, Span]) -> tuple[Driver, ...]:
    def model(values: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return {"share_after": np.asarray(market_share.share_after(**values))}

    return drivers(model, spans, seed=SEED).get("share_after", ())[:2]


def _bounds(file: ScenarioFile, market: Market, size: float, growth: float, own: float) -> list[Bound]:
    """What the claim needs of the market, of the company's sales and of its capacity, at the market growth given."""
    seen = market.growth_observed.base if market.growth_observed else market.growth.high
    bounds = [
        Bound(
            name="market_growth",
            unit="ratio",
            required=growth,
            plausible=market.growth.high,
            outermost=max(seen, market.growth.high),
        )
    ]
    segment = file.segment
    if segment is None:
        return bounds
    if segment.revenue is not None:
        bounds.append(
            Bound(
                name="revenue_before",
                unit=file.case.currency,
                required=market.share_before.base * size,
                plausible=segment.revenue.high,
                outermost=segment.revenue.high,
            )
        )
    if segment.revenue_increment is not None:
        reach = segment.revenue_increment.high
        if segment.capex is not None and segment.revenue_per_capex is not None:
            reach = max(reach, segment.capex.high * segment.revenue_per_capex.high)
        bounds.append(
            Bound(
                name="own_increment",
                unit=file.case.currency,
                required=own,
                plausible=segment.revenue_increment.high,
                outermost=reach,
            )
        )
    return bounds


def _target_verdict(
    file: ScenarioFile, market: Market, size: float, needed: float | Gap | None
) -> ClaimVerdict | Gap | None:
    if needed is None or isinstance(needed, Gap):
        return needed
    assert file.claim is not None
    own = market_share.increment(size, file.claim.incremental_share.base, needed)
    return market_share.weighed(_bounds(file, market, size, needed, own))


def _margin_needed(file: ScenarioFile, own: float) -> float | Gap:
    segment = file.segment
    if segment is None or segment.capex is None or file.discount_rate is None or file.tax_rate is None:
        return Gap(
            question="margin at which the capex earns its cost on the claimed revenue",
            why=Why.NOT_COVERED,
            detail="Needs segment.capex, discount_rate and tax_rate; add them to the file.",
        )
    margin = market_share.required_margin(own, segment.capex.base, file.discount_rate.base, file.tax_rate.base)
    if margin is None:
        return Gap(
            question="margin at which the capex earns its cost on the claimed revenue",
            why=Why.NOT_APPLICABLE,
            detail="The claim brings no new revenue.",
        )
    return margin
