"""Does the capital programme of the file pay? Base case, bands over 65,536 scenarios, and what decides it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from rerating.core.record import Record
from rerating.core.types import Gap, Why
from rerating.findings.scenario_inputs import ScenarioFile
from rerating.measures.capex_programme import Programme, ProgrammeOutcome, programme_outcome
from rerating.measures.cash_flows import Found
from rerating.measures.scenario_draws import Band, Driver, Span, band, drawn, drivers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rerating.findings.scenario_inputs import ProgrammeInputs
    from rerating.measures.scenario_draws import Values

DRAWS = 65_536
SENSITIVITY_BASE = 1024
SEED = 20260114

#: Inputs of the measure that the file holds under the same name.
INPUTS = (
    "budget",
    "lag",
    "ramp",
    "utilisation_start",
    "utilisation",
    "revenue_per_capex",
    "price_deflation",
    "equipment_deflation",
    "margin",
    "cost_ratio",
    "fixed_cost",
    "internal_use",
    "internal_value",
    "displaced",
    "loss_use",
    "working_capital",
    "residual",
    "prepaid",
    "lease_share",
    "lease_term",
    "lease_rate",
)
OUTPUTS = ("npv", "irr", "payback", "discounted_payback", "break_even_utilisation", "roic_total", "trough")


class FanYear(Record):
    """Cumulated free cash flow at the end of a programme year: five quantiles of the scenarios, and the base case."""

    year: int
    p10: float
    p25: float
    median: float
    p75: float
    p90: float
    base: float


class WaveYear(Record):
    """Depreciation of the programme in one of its years; `drag` is its rise over the year before as a share of the
    segment's present EBITA."""

    year: int
    depreciation: float
    drag: float | Gap


class TornadoBar(Record):
    """Net present value with one input at the ends of its range and all others at their base."""

    name: str
    low: float
    high: float
    npv_at_low: float
    npv_at_high: float


class GroupTrough(Record):
    """The year in which the company's free cash flow is lowest in the base case: with the programme and without."""

    year: int
    with_programme: float
    without: float


class Knob(Record):
    """One input that a reader may move, with its range."""

    name: str
    low: float
    base: float
    high: float


class CapexScenario(Record):
    """The base case, and for each output the band over all scenarios and the inputs that matter most (total order).

    Years count from the first payment. `roic` is by vintage, one a quarter of spending. `pays` is the share of
    scenarios whose present value is above 0.
    """

    name: str
    currency: str
    starts_on: date
    budget: float
    discount_rate: float
    utilisation: float
    discounted_payback: float | Gap
    payback: float | Gap
    irr: float | Gap
    npv: float
    roic: tuple[float, ...]
    roic_total: float
    margin: float
    break_even_utilisation: float | Gap
    trough: float
    trough_years: float
    pays: float
    margin_reached: float
    bands: dict[str, Band | None]
    drivers: dict[str, tuple[Driver, ...]]
    tornado: tuple[TornadoBar, ...]
    fan: tuple[FanYear, ...]
    depreciation_wave: tuple[WaveYear, ...]
    group_trough: GroupTrough | Gap
    knobs: tuple[Knob, ...]
    draws: int
    seed: int


def capex_scenario(file: ScenarioFile, *, draws: int = DRAWS) -> CapexScenario | Gap:
    """The file's programme over `draws` scenarios (a power of two). A Gap where the file holds no programme, or no
    discount rate or tax rate for it."""
    if file.programme is None or file.discount_rate is None or file.tax_rate is None:
        return Gap(
            question="does the capital programme pay",
            why=Why.NOT_COVERED,
            detail=f"the case {file.case.name} holds no whole programme (with discount rate and tax rate); "
            "add what is missing",
        )
    others: dict[str, object] = {"claim": None, "market": (), "price": None, "fx": {}, "fact": (), "conflict": ()}
    return computed(file.model_copy(update=others).model_dump_json(), draws)


@lru_cache(maxsize=16)
def computed(file_json: str, draws: int) -> CapexScenario:
    """The scenarios of a file (as JSON), computed once a process: an analysis may be made again with another price."""
    file = ScenarioFile.model_validate_json(file_json)
    assert file.programme is not None
    assert file.discount_rate is not None
    programme, spans = structure(file.programme), programme_spans(file)
    base = programme_outcome(programme, base_values(spans))
    outcome = programme_outcome(programme, drawn(spans, draws, SEED))
    ranked = drivers(lambda v: _outputs(programme, v), spans, base=SENSITIVITY_BASE, seed=SEED)
    main = [driver.name for driver in ranked.get("npv", ())]
    return CapexScenario(
        name=file.programme.name,
        currency=file.case.currency,
        starts_on=file.programme.starts_on,
        budget=file.programme.budget.base,
        discount_rate=file.discount_rate.base,
        utilisation=file.programme.utilisation.base,
        discounted_payback=_one(base.discounted_payback, "discounted payback", base),
        payback=_one(base.payback, "payback", base),
        irr=_one(base.irr, "internal rate of return", base),
        npv=float(base.npv[0]),
        roic=tuple(float(v) for v in base.roic[:, 0]),
        roic_total=float(base.roic_total[0]),
        margin=float(base.margin[0]),
        break_even_utilisation=_one(base.break_even_utilisation, "break-even utilisation", base),
        trough=float(base.trough[0]),
        trough_years=float(base.trough_years[0]),
        pays=float(np.mean(outcome.npv > 0)),
        margin_reached=float(np.mean(outcome.margin_reached)),
        bands=_bands(outcome),
        drivers={output: ranked.get(output, ())[:2] for output in OUTPUTS},
        tornado=tuple(_bar(programme, spans, name) for name in main[:8]),
        fan=_fan(outcome, base),
        depreciation_wave=_wave(file, base),
        group_trough=_group_trough(file, base),
        knobs=tuple(Knob(name=name, **spans[name].model_dump()) for name in main[:5]),
        draws=draws,
        seed=SEED,
    )


def structure(inputs: ProgrammeInputs) -> Programme:
    """What all scenarios of the programme share."""
    return Programme(
        spend=inputs.spend,
        assets=tuple(asset.name for asset in inputs.asset),
        earning=next(asset.name for asset in inputs.asset if asset.earns),
        renewals=inputs.renewals,
        prepaid_quarters=inputs.prepaid_quarters,
    )


def programme_spans(file: ScenarioFile) -> dict[str, Span]:
    """The ranges of the programme under the names that the measure takes, in a fixed order."""
    assert file.programme is not None
    assert file.discount_rate is not None
    assert file.tax_rate is not None
    spans = {name: value.span for name in INPUTS if (value := getattr(file.programme, name)) is not None}
    for asset in file.programme.asset:
        spans[f"share.{asset.name}"] = asset.share.span
        spans[f"life.{asset.name}"] = asset.life.span
    return {**spans, "tax_rate": file.tax_rate.span, "discount_rate": file.discount_rate.span}


def base_values(spans: dict[str, Span]) -> dict[str, NDArray[np.float64]]:
    """Every input at its base."""
    return {name: np.asarray(span.base) for name, span in spans.items()}


def _one(found: Found, question: str, outcome: ProgrammeOutcome) -> float | Gap:
    if found.found[0]:
        return float(found.value[0])
    years = outcome.free_cash_flow.shape[0]
    return Gap(
        question=question,
        why=Why.NOT_APPLICABLE,
        detail=f"in the base case there is none within the {years} years of the programme",
    )


def _outputs(programme: Programme, values: Values) -> dict[str, NDArray[np.float64]]:
    """The outputs whose drivers are asked for; a payback that never comes counts as the programme's whole length."""
    o = programme_outcome(programme, values)
    never = float(o.free_cash_flow.shape[0])
    return {
        "npv": o.npv,
        "irr": np.where(o.irr.found, o.irr.value, -1.0),
        "payback": np.where(o.payback.found, o.payback.value, never),
        "discounted_payback": np.where(o.discounted_payback.found, o.discounted_payback.value, never),
        "break_even_utilisation": np.where(o.break_even_utilisation.found, o.break_even_utilisation.value, 10.0),
        "roic_total": o.roic_total,
        "trough": o.trough,
    }


def _bands(outcome: ProgrammeOutcome) -> dict[str, Band | None]:
    bands: dict[str, Band | None] = {
        name: band(getattr(outcome, name)) for name in ("npv", "roic_total", "margin", "trough", "trough_years")
    }
    for name in ("irr", "payback", "discounted_payback", "break_even_utilisation"):
        found: Found = getattr(outcome, name)
        bands[name] = band(found.value, found=found.found)
    return bands


def _bar(programme: Programme, spans: dict[str, Span], name: str) -> TornadoBar:
    ends = np.array([spans[name].low, spans[name].high])
    at = programme_outcome(programme, {**base_values(spans), name: ends}).npv
    return TornadoBar(
        name=name, low=spans[name].low, high=spans[name].high, npv_at_low=float(at[0]), npv_at_high=float(at[1])
    )


def _fan(outcome: ProgrammeOutcome, base: ProgrammeOutcome) -> tuple[FanYear, ...]:
    cumulated = np.cumsum(outcome.free_cash_flow, axis=0)
    central = np.zeros(len(cumulated))
    own = np.cumsum(base.free_cash_flow[:, 0])
    central[: len(own)], central[len(own) :] = own, own[-1]
    levels = np.quantile(cumulated, [0.1, 0.25, 0.5, 0.75, 0.9], axis=1).T
    return tuple(
        FanYear(year=year + 1, p10=q[0], p25=q[1], median=q[2], p75=q[3], p90=q[4], base=float(central[year]))
        for year, q in enumerate(levels.tolist())
    )


def _wave(file: ScenarioFile, base: ProgrammeOutcome) -> tuple[WaveYear, ...]:
    ebita = _segment_ebita(file)
    years, before = [], 0.0
    for year, amount in enumerate(base.depreciation[:, 0].tolist()):
        drag: float | Gap = Gap(
            question="depreciation against the segment's EBITA",
            why=Why.NOT_COVERED,
            detail="the case does not hold sales in its currency and a positive margin of the segment; add them",
        )
        if ebita is not None and ebita > 0:
            drag = (amount - before) / ebita
        years.append(WaveYear(year=year + 1, depreciation=amount, drag=drag))
        before = amount
    return tuple(years)


def _segment_ebita(file: ScenarioFile) -> float | None:
    segment = file.segment
    if segment is None or segment.margin is None or segment.sales is None:
        return None
    return segment.margin.base * segment.sales.base if segment.sales.unit == file.case.currency else None


def _group_trough(file: ScenarioFile, base: ProgrammeOutcome) -> GroupTrough | Gap:
    company = file.company
    if company is None:
        return Gap(
            question="lowest free cash flow of the company",
            why=Why.NOT_COVERED,
            detail="the case does not hold the company's free cash flow without the programme; add it",
        )
    growth = 0.0 if company.growth_without is None else company.growth_without.base
    own = base.free_cash_flow[:, 0]
    without = company.free_cash_flow_without.base * (1.0 + growth) ** np.arange(len(own))
    year = int(np.argmin(own + without))
    return GroupTrough(year=year + 1, with_programme=float(own[year] + without[year]), without=float(without[year]))
