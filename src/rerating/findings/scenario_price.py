"""What the price presupposes: growth at each margin, years of advantage, and the multiple left for one business."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from rerating.core.record import Record
from rerating.core.types import Gap, Why
from rerating.measures import reverse_dcf
from rerating.measures.cash_flows import Found
from rerating.measures.reverse_dcf import Bridge, Part
from rerating.measures.scenario_draws import Band, Driver, Span, band, drawn, drivers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rerating.findings.scenario_inputs import PriceInputs, ScenarioFile, Value

DRAWS = 8192
SEED = 20260114
ISOQUANT_MARGINS = 25
NEEDED = ("price", "units", "revenue", "margin", "sales_to_capital", "terminal_growth")
BRIDGE = ("net_cash", "investments", "haircut", "minorities")


class IsoquantPoint(Record):
    """The growth that explains the price at one margin, at three discount rates; None where no growth does."""

    margin: float
    at_low_rate: float | None
    at_base_rate: float | None
    at_high_rate: float | None


class RateSensitivity(Record):
    """What the price presupposes at one discount rate, everything else at its base."""

    discount_rate: float
    growth: float | None
    advantage_years: float | None


class SumOfParts(Record):
    """The businesses at their multiples, per traded unit, with its band; and the multiple the price leaves for one."""

    currency: str
    per_unit: float
    per_unit_band: Band | None
    drivers: tuple[Driver, ...]
    parts: tuple[Part, ...]
    part: str | None
    implied_multiple: float | Gap
    implied_multiple_band: Band | None


class PriceScenario(Record):
    """The price read backwards. Money is in the case's currency, the price in the listing's.

    `growth` is what the price presupposes for each of `advantage_years` years at `margin`, then fading;
    `advantage` is how many such years it presupposes at that margin and `expected_growth`.
    """

    price: float
    price_currency: str
    currency: str
    market_value: float
    enterprise: float
    margin: float
    advantage_years: float | Gap
    expected_growth: float | Gap
    growth: float | Gap
    growth_band: Band | None
    growth_drivers: tuple[Driver, ...]
    advantage: float | Gap
    advantage_band: Band | None
    advantage_drivers: tuple[Driver, ...]
    isoquant: tuple[IsoquantPoint, ...]
    by_rate: tuple[RateSensitivity, ...]
    sum_of_parts: SumOfParts | Gap
    draws: int
    seed: int


def price_scenario(file: ScenarioFile) -> PriceScenario | Gap:
    """What the price of the file presupposes. A Gap that names what is missing, where something is."""
    inputs = file.price
    missing = ["price"] if inputs is None else [f"price.{n}" for n in NEEDED if getattr(inputs, n) is None]
    missing += [name for name in ("discount_rate", "tax_rate") if getattr(file, name) is None]
    if inputs is None or missing:
        return Gap(
            question="what the price presupposes",
            why=Why.NOT_COVERED,
            detail=f"the case {file.case.name} lacks {', '.join(missing)}; add it to the case or to the ledger",
        )
    spans, fade = price_spans(file, inputs), inputs.fade_years
    base = {name: span.base for name, span in spans.items()}
    point = {name: np.asarray([value]) for name, value in base.items()}
    scenarios = drawn(spans, DRAWS, SEED)
    enterprise = float(_enterprise(point)[0])
    growth, advantage = _growth(point, fade), _advantage(point, fade)
    many_growth, many_advantage = _growth(scenarios, fade), _advantage(scenarios, fade)
    assert inputs.price is not None
    return PriceScenario(
        price=inputs.price.base,
        price_currency=inputs.price.unit,
        currency=file.case.currency,
        market_value=float(base["price"] * base["units"] * base["fx"]),
        enterprise=enterprise,
        margin=base["margin"],
        advantage_years=base.get("advantage_years", _missing("advantage_years")),
        expected_growth=base.get("growth", _missing("growth")),
        growth=_value(growth, "growth that the price presupposes"),
        growth_band=_band(many_growth),
        growth_drivers=_drivers(lambda v: _growth(v, fade), spans, never=reverse_dcf.LOWEST_GROWTH),
        advantage=_value(advantage, "years of advantage that the price presupposes"),
        advantage_band=_band(many_advantage),
        advantage_drivers=_drivers(lambda v: _advantage(v, fade), spans, never=reverse_dcf.LONGEST_ADVANTAGE),
        isoquant=_isoquant(spans, point, fade),
        by_rate=tuple(_at_rate(point, rate, fade) for rate in _three(spans["discount_rate"])),
        sum_of_parts=_sum_of_parts(file, inputs, spans),
        draws=DRAWS,
        seed=SEED,
    )


def _missing(name: str) -> Gap:
    return Gap(question=f"input {name}", why=Why.NOT_COVERED, detail="the case does not hold it; add it")


def _three(span: Span) -> tuple[float, ...]:
    return tuple(sorted({span.low, span.base, span.high}))


def price_spans(file: ScenarioFile, inputs: PriceInputs) -> dict[str, Span]:
    """The ranges of the price, the bridge and the firm in a fixed order; parts as `measure.NAME`, `multiple.NAME`."""
    assert inputs.price is not None
    names = ("price", "units", *BRIDGE, "revenue", "margin", "growth", "advantage_years")
    spans = {name: value.span for name in names if (value := getattr(inputs, name)) is not None}
    for name in ("sales_to_capital", "terminal_growth"):
        spans[name] = _span(getattr(inputs, name))
    for name in BRIDGE:
        spans.setdefault(name, Span.at(0.0))
    for part in inputs.part:
        spans[f"measure.{part.name}"], spans[f"multiple.{part.name}"] = part.measure.span, part.multiple.span
    spans["fx"] = file.rate_of(inputs.price.unit)
    spans["discount_rate"], spans["tax_rate"] = _span(file.discount_rate), _span(file.tax_rate)
    return spans


def _span(value: Value | None) -> Span:
    assert value is not None
    return value.span


Scenarios = dict[str, "NDArray[np.float64]"]


def _bridge(v: Scenarios) -> NDArray[np.float64]:
    """What the enterprise is worth less than the market value of the equity."""
    return np.asarray(v["net_cash"] + v["investments"] * (1.0 - v["haircut"]) - v["minorities"])


def _enterprise(v: Scenarios) -> NDArray[np.float64]:
    return np.asarray(v["price"] * v["units"] * v["fx"] - _bridge(v))


def _firm(v: Scenarios) -> dict[str, NDArray[np.float64]]:
    return {n: v[n] for n in ("revenue", "tax_rate", "sales_to_capital", "discount_rate", "terminal_growth")}


def _growth(v: Scenarios, fade: int) -> Found | None:
    if "advantage_years" not in v:
        return None
    return reverse_dcf.implied_growth(_enterprise(v), v["margin"], v["advantage_years"], **_firm(v), fade_years=fade)


def _advantage(v: Scenarios, fade: int) -> Found | None:
    if "growth" not in v:
        return None
    return reverse_dcf.implied_advantage(_enterprise(v), v["growth"], v["margin"], **_firm(v), fade_years=fade)


def _value(found: Found | None, question: str) -> float | Gap:
    if found is None:
        detail = "it needs the years of advantage for the growth, the growth for the years; add them to the case"
        return Gap(question=question, why=Why.NOT_COVERED, detail=detail)
    if found.found[0]:
        return float(found.value[0])
    detail = (
        "no value explains the price in the base case: new capital earns less than it costs, or the price is out of "
        "reach"
    )
    return Gap(question=question, why=Why.NOT_APPLICABLE, detail=detail)


def _band(found: Found | None) -> Band | None:
    return None if found is None else band(found.value, found=found.found)


def _drivers(
    answer: Callable[[Scenarios], Found | None], spans: dict[str, Span], *, never: float
) -> tuple[Driver, ...]:
    def model(values: Scenarios) -> dict[str, NDArray[np.float64]]:
        found = answer(values)
        return {} if found is None else {"answer": np.where(found.found, found.value, never)}

    own = {name: span for name, span in spans.items() if not name.startswith(("measure.", "multiple."))}
    return drivers(model, own, seed=SEED).get("answer", ())[:2]


def _isoquant(spans: dict[str, Span], point: Scenarios, fade: int) -> tuple[IsoquantPoint, ...]:
    if "advantage_years" not in point:
        return ()
    margins = np.linspace(max(0.01, 0.5 * spans["margin"].low), 1.5 * spans["margin"].high, ISOQUANT_MARGINS)
    rate = spans["discount_rate"]
    lines = []
    for at in (rate.low, rate.base, rate.high):
        moved = {**point, "margin": margins, "discount_rate": np.asarray([at])}
        found = _growth(moved, fade)
        assert found is not None
        lines.append([float(g) if ok else None for g, ok in zip(found.value, found.found, strict=True)])
    return tuple(
        IsoquantPoint(margin=float(m), at_low_rate=low, at_base_rate=base, at_high_rate=high)
        for m, low, base, high in zip(margins, *lines, strict=True)
    )


def _at_rate(point: Scenarios, rate: float, fade: int) -> RateSensitivity:
    moved = {**point, "discount_rate": np.asarray([rate])}
    growth, advantage = _growth(moved, fade), _advantage(moved, fade)
    return RateSensitivity(
        discount_rate=rate,
        growth=float(growth.value[0]) if growth is not None and growth.found[0] else None,
        advantage_years=float(advantage.value[0]) if advantage is not None and advantage.found[0] else None,
    )


def _sum_of_parts(file: ScenarioFile, inputs: PriceInputs, spans: dict[str, Span]) -> SumOfParts | Gap:
    if not inputs.part:
        detail = "the case names no businesses with a measure and a multiple each; add them"
        return Gap(question="sum of the parts", why=Why.NOT_COVERED, detail=detail)
    assert inputs.price is not None
    names = [part.name for part in inputs.part]
    parts = tuple(Part(name=part.name, measure=part.measure.base, multiple=part.multiple.base) for part in inputs.part)
    base = {name: span.base for name, span in spans.items()}
    bridge = Bridge(price=base["price"], units=base["units"], rate=base["fx"], **{name: base[name] for name in BRIDGE})
    used = {"units", "fx", *BRIDGE, *(f"{kind}.{name}" for kind in ("measure", "multiple") for name in names)}
    own = {name: span for name, span in spans.items() if name in used}

    def per_unit(v: Scenarios) -> NDArray[np.float64]:
        value = sum(v[f"measure.{name}"] * v[f"multiple.{name}"] for name in names)
        return np.asarray((value + _bridge(v)) / (v["units"] * v["fx"]))

    def multiple(v: Scenarios) -> NDArray[np.float64]:
        others = sum(v[f"measure.{name}"] * v[f"multiple.{name}"] for name in names if name != inputs.solve_part)
        return np.asarray((_enterprise(v) - others) / v[f"measure.{inputs.solve_part}"])

    solvable = inputs.solve_part is not None and spans[f"measure.{inputs.solve_part}"].low > 0
    scenarios = drawn(spans, DRAWS, SEED)
    return SumOfParts(
        currency=inputs.price.unit,
        per_unit=bridge.price_of(reverse_dcf.sum_of_parts(parts)),
        per_unit_band=band(np.broadcast_to(per_unit(scenarios), (DRAWS,))),
        drivers=drivers(lambda v: {"per_unit": per_unit(v)}, own, seed=SEED).get("per_unit", ())[:2],
        parts=parts,
        part=inputs.solve_part,
        implied_multiple=reverse_dcf.implied_multiple(bridge.enterprise, parts, inputs.solve_part)
        if solvable and inputs.solve_part is not None
        else Gap(
            question="multiple that the price leaves for one business",
            why=Why.NOT_COVERED,
            detail="the case names no part with a positive measure that is to be solved for",
        ),
        implied_multiple_band=band(np.broadcast_to(multiple(scenarios), (DRAWS,))) if solvable else None,
    )
