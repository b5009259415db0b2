"""The claim about the market's growth, weighed under every definition of the market that the file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rerating.core.record import Record
from rerating.core.types import Gap, Why
from rerating.measures import market_share
from rerating.measures.market_share import Bound, ClaimVerdict
from rerating.measures.scenario_draws import Band, Driver, band, drawn, drivers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rerating.findings.scenario_inputs import Claim, Market, ScenarioFile

DRAWS = 4096
"""Scenarios of the share's three inputs: its median is then right to about 1e-5."""
SEED = 20260114
MAP_GROWTH, MAP_PART = 41, 31
"""Columns and rows of the feasibility map."""


class FeasibilityMap(Record):
    """For each growth of the market (columns) and part of the increment (rows): 0 possible, 1 stretched, 2 not."""

    growth: tuple[float, ...]
    incremental_share: tuple[float, ...]
    state: tuple[tuple[int, ...], ...]


class ShareOfMarket(Record):
    """What the claim means under one definition of the market.

    `unit` is the case's currency, or what is counted. `margin_needed` is the EBITA margin at which the capex of the
    window earns the cost of capital on the claimed revenue alone.
    """

    market_name: str
    definition: str
    unit: str
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
    feasibility: FeasibilityMap


class ShareScenario(Record):
    """The claim under every definition of the market, the file's first one in front."""

    claim: str
    window: str
    definitions: tuple[ShareOfMarket, ...]
    open_questions: tuple[str, ...]


def share_scenario(file: ScenarioFile) -> ShareScenario | Gap:
    """The claim of the file, weighed under each of its market definitions.

    A Gap where the file holds no claim. Bounds whose figures the file does not hold are left out, so that a verdict
    may rest on the market's growth alone.
    """
    if file.claim is None:
        return Gap(
            question="share of the market's increment",
            why=Why.NOT_COVERED,
            detail=f"the case {file.case.name} holds no claim on a market; add one",
        )
    claim = file.claim
    return ShareScenario(
        claim=claim.text,
        window=claim.window,
        definitions=tuple(_share_of_market(file, claim, market) for market in file.market),
        open_questions=tuple(conflict.told() for conflict in file.conflict),
    )


def _share_of_market(file: ScenarioFile, claim: Claim, market: Market) -> ShareOfMarket:
    size = market.size.base * file.rate_of(market.size.unit).base
    unit = file.case.currency if market.size.unit in file.fx else market.size.unit
    spans = {"share_before": market.share_before.span, "growth": market.growth.span}
    if claim.incremental_share is not None:
        spans["incremental_share"] = claim.incremental_share.span
    elif claim.own_growth is not None:
        spans["own_growth"] = claim.own_growth.span
    point = _with_part({name: np.asarray(span.base) for name, span in spans.items()})
    share, part, growth = (float(point[name]) for name in ("share_before", "incremental_share", "growth"))
    after = np.broadcast_to(_share_after(drawn(spans, DRAWS, SEED)), (DRAWS,))
    own = market_share.increment(size, part, growth)
    target = None if claim.target_share is None else claim.target_share.base
    needed = None if target is None else market_share.required_growth(share, part, target)
    return ShareOfMarket(
        market_name=market.name,
        definition=market.definition,
        unit=unit,
        market=size,
        share_before=share,
        incremental_share=part,
        growth=growth,
        share_after=float(market_share.share_after(share, part, growth)),
        share_after_band=band(after),
        drivers=drivers(lambda v: {"share_after": _share_after(v)}, spans, seed=SEED).get("share_after", ())[:2],
        own_increment=own,
        claim_verdict=market_share.weighed(_bounds(file, market, size, share=share, part=part, growth=growth)),
        target_share=target,
        growth_needed=needed,
        target_verdict=needed
        if needed is None or isinstance(needed, Gap)
        else market_share.weighed(_bounds(file, market, size, share=share, part=part, growth=needed)),
        margin_needed=_margin_needed(file, unit, own),
        feasibility=_map(file, market, size, share),
    )


def _with_part(values: dict[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """The part of the increment, from the company's own growth where that is what is claimed: s * own / g."""
    if "own_growth" in values:
        part = values["share_before"] * values["own_growth"] / values["growth"]
        return {**values, "incremental_share": part}
    return values


def _share_after(values: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    whole = _with_part(values)
    return np.asarray(market_share.share_after(whole["share_before"], whole["incremental_share"], whole["growth"]))


def _growth_limits(market: Market) -> tuple[float, float]:
    seen = market.growth_observed.high if market.growth_observed else market.growth.high
    return market.growth.high, max(seen, market.growth.high)


def _increment_limits(file: ScenarioFile, unit: str) -> tuple[float, float] | None:
    segment = file.segment
    if segment is None or segment.sales_increment is None or segment.sales_increment.unit != unit:
        return None
    reach = segment.sales_increment.high
    if segment.capacity_increment is not None and segment.capacity_increment.unit == unit:
        reach = max(reach, segment.capacity_increment.high)
    return segment.sales_increment.high, reach


def _bounds(
    file: ScenarioFile, market: Market, size: float, *, share: float, part: float, growth: float
) -> list[Bound]:
    """What the claim needs of the market, of the company's sales and of its capacity, at the market growth given."""
    unit = file.case.currency if market.size.unit in file.fx else market.size.unit
    plausible, outermost = _growth_limits(market)
    after = float(market_share.share_after(share, part, growth))
    bounds = [
        Bound(name="market_growth", unit="ratio", required=growth, plausible=plausible, outermost=outermost),
        Bound(name="share_after", unit="ratio", required=after, plausible=1.0, outermost=1.0),
    ]
    segment = file.segment
    if segment is not None and segment.sales is not None and segment.sales.unit == unit:
        most = segment.sales.high
        bounds.append(Bound(name="sales_before", unit=unit, required=share * size, plausible=most, outermost=most))
    limits = _increment_limits(file, unit)
    if limits is not None:
        own = market_share.increment(size, part, growth)
        bounds.append(Bound(name="own_increment", unit=unit, required=own, plausible=limits[0], outermost=limits[1]))
    return bounds


def _map(file: ScenarioFile, market: Market, size: float, share: float) -> FeasibilityMap:
    unit = file.case.currency if market.size.unit in file.fx else market.size.unit
    growth_limits = _growth_limits(market)
    growth = np.linspace(0.0, 1.25 * growth_limits[1], MAP_GROWTH)
    part = np.linspace(0.0, 1.2, MAP_PART)
    state = market_share.feasible_region(
        share,
        size,
        growth,
        part,
        growth_limits=growth_limits,
        increment_limits=_increment_limits(file, unit) or (float("inf"), float("inf")),
    )
    return FeasibilityMap(
        growth=tuple(growth.tolist()),
        incremental_share=tuple(part.tolist()),
        state=tuple(tuple(row) for row in state.tolist()),
    )


def _margin_needed(file: ScenarioFile, unit: str, own: float) -> float | Gap:
    question = "margin at which the capex earns its cost on the claimed revenue"
    segment = file.segment
    if unit != file.case.currency:
        return Gap(question=question, why=Why.NOT_APPLICABLE, detail=f"the market is counted in {unit}, not in money")
    if segment is None or segment.capex is None or file.discount_rate is None or file.tax_rate is None:
        detail = "the case does not hold the segment's capex, discount rate and tax rate; add them"
        return Gap(question=question, why=Why.NOT_COVERED, detail=detail)
    margin = market_share.required_margin(own, segment.capex.base, file.discount_rate.base, file.tax_rate.base)
    if margin is None:
        return Gap(question=question, why=Why.NOT_APPLICABLE, detail="the claim brings no new revenue")
    return margin
