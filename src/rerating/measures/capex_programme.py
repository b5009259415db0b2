"""Does a capital programme pay? A model of its vintages, quarter by quarter, for many scenarios at once.

Each quarter v of the building time spends the part w_v of the budget at the beginning of that quarter. What is bought
is split into asset classes with their own lives; exactly one class earns (servers, production lines), the others
(network, shell, tooling) are needed beside it and are replaced whenever their life ends before its service does. With
age a in years since the money was spent, lag l, life L of the earning class renewed k times, service runs over
[l, l + (k+1) L], and a vintage brings, per unit of money spent,

    value(a)  = share * revenue_per_capex * utilisation(a - l) * (1 - price_deflation)^a * f_v
    f_v       = ((1 - price_deflation) / (1 - equipment_deflation))^(v/4)
    income    = (1 - displaced) * (1 - internal_use + internal_use * internal_value - cost_ratio) * value
    EBITA     = income - fixed_cost - straight-line depreciation

utilisation rises in a line from `utilisation_start` to `utilisation` over `ramp` years. Later vintages buy more
capacity for the same money (equipment deflation) and sell it at the price of their day. If `margin` is given instead
of `cost_ratio`, cost_ratio is set so that the first vintage earns that EBITA margin on average over its service; where
that would take costs below nothing it is 0 and the margin is out of reach.

Outlays fall on the beginning of a quarter, income on its end. Tax is on EBITA of the whole programme, quarter by
quarter; of the tax on losses the part `loss_use` comes back at once (the group has other profits), which is the tax
shield of depreciation. Working capital is a part of the yearly outside revenue of the coming quarter and
is back when that ends. At the end of
service the book value left brings its part `residual`, the rest is written off. Present values, IRR and paybacks are
of these flows, leases counted as bought; the cash path books leases as the annuity they are paid by.

All inputs are numbers or arrays of one length n; money is of one currency; rates are yearly. Zero spending in a
quarter is allowed, missing inputs are not: see REQUIRED and OPTIONAL.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field, model_validator

from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.measures.cash_flows import (
    QUARTER,
    Found,
    discount_factors,
    internal_rate_of_return,
    payback,
    running_sum,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rerating.measures.scenario_draws import Values

REQUIRED = ("budget", "lag", "ramp", "utilisation", "revenue_per_capex", "tax_rate", "discount_rate")
OPTIONAL: Mapping[str, float] = {
    "utilisation_start": 0.0,
    "price_deflation": 0.0,
    "equipment_deflation": 0.0,
    "fixed_cost": 0.0,
    "internal_use": 0.0,
    "internal_value": 0.0,
    "displaced": 0.0,
    "loss_use": 1.0,
    "working_capital": 0.0,
    "residual": 0.0,
    "prepaid": 0.0,
    "lease_share": 0.0,
    "lease_term": 5.0,
    "lease_rate": 0.0,
}
"""Inputs that may be left out, and what that means. Beside them: `share.NAME` and `life.NAME` for each asset class,
and exactly one of `margin` and `cost_ratio`."""

CHUNK = 2048
"""Scenarios that are worked on together: their arrays fit into the processor's cache."""
THREADS = 2
"""Parts that are worked on at once."""


class Programme(Record):
    """The structure that all scenarios share.

    `spend` are the parts of the budget by quarter, adding up to 1. `prepaid_quarters` is how long before the quarter
    the `prepaid` part of its outlay is paid; the clock then starts with the first prepayment.
    """

    spend: tuple[float, ...] = Field(min_length=1)
    assets: tuple[str, ...] = Field(min_length=1)
    earning: str
    renewals: int = Field(default=0, ge=0)
    prepaid_quarters: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _whole(self) -> Programme:
        if self.earning not in self.assets:
            raise ValueError(f"the earning class '{self.earning}' is none of the asset classes")
        if min(self.spend) < 0 or not math.isclose(sum(self.spend), 1.0, abs_tol=1e-9):
            raise ValueError("the parts of the budget are at least 0 and add up to 1")
        return self


@dataclass(frozen=True, kw_only=True)
class ProgrammeOutcome:
    """What n scenarios of a programme come to. Years are programme years of four quarters, the first one 0.

    npv (n), irr, payback, discounted_payback, break_even_utilisation (n, with `found`), roic (vintages, n) and
    roic_total (n), margin (n; EBITA over outside and internal value of the whole programme), margin_reached (n),
    and by year (years, n): revenue, ebita, depreciation, free_cash_flow. trough (n) is the deepest cumulated free
    cash flow, trough_years (n) its time in years after the first payment. flows (t, n) are the quarterly flows
    behind npv and irr where they were asked for.
    """

    npv: NDArray[np.float64]
    irr: Found
    payback: Found
    discounted_payback: Found
    break_even_utilisation: Found
    roic: NDArray[np.float64]
    roic_total: NDArray[np.float64]
    margin: NDArray[np.float64]
    margin_reached: NDArray[np.bool_]
    revenue: NDArray[np.float64]
    ebita: NDArray[np.float64]
    depreciation: NDArray[np.float64]
    free_cash_flow: NDArray[np.float64]
    trough: NDArray[np.float64]
    trough_years: NDArray[np.float64]
    flows: NDArray[np.float64] | None


def programme_outcome(programme: Programme, values: Values, *, with_flows: bool = False) -> ProgrammeOutcome:
    """The outcome of the programme in each scenario of `values` (arrays of one length, or numbers).

    Deterministic, and each scenario's result is independent of the others. Raises UsageError on missing, unknown or
    impossible inputs.
    """
    inputs, draws = _checked(programme, values)
    rows = _rows(programme, inputs)

    def part(start: int) -> ProgrammeOutcome:
        stop = min(start + CHUNK, draws)
        piece = {name: v if v.size == 1 else v[start:stop] for name, v in inputs.items()}
        return _outcome(programme, piece, stop - start, rows, with_flows)

    if draws <= CHUNK:
        return part(0)
    # Scenarios do not know each other and parts are joined in their order: the bytes do not depend on the threads.
    with ThreadPoolExecutor(THREADS) as pool:
        return _joined(list(pool.map(part, range(0, draws, CHUNK))))


def _checked(programme: Programme, values: Values) -> tuple[dict[str, NDArray[np.float64]], int]:
    needed = {*REQUIRED, *(f"{part}.{name}" for name in programme.assets for part in ("share", "life"))}
    given = set(values)
    if missing := sorted(needed - given):
        raise UsageError(f"The programme lacks {', '.join(missing)}; give each a number or a range.")
    if len(given & {"margin", "cost_ratio"}) != 1:
        raise UsageError("Give exactly one of margin and cost_ratio: each follows from the other.")
    if unknown := sorted(given - needed - set(OPTIONAL) - {"margin", "cost_ratio"}):
        raise UsageError(f"A programme has no input {', '.join(unknown)}; check the spelling.")
    inputs = {
        name: np.atleast_1d(np.asarray(value, dtype=np.float64)) for name, value in {**OPTIONAL, **values}.items()
    }
    sizes = {array.size for array in inputs.values()} - {1}
    if len(sizes) > 1:
        raise UsageError(f"Inputs of different lengths ({sorted(sizes)}) are no scenarios of one design.")
    for name, array in inputs.items():
        if not np.isfinite(array).all():
            raise UsageError(f"The input {name} is not finite in every scenario.")
        if name.startswith("life.") and (array <= 0).any():
            raise UsageError(f"{name} is a life in years and longer than 0.")
        if name not in {"margin", "cost_ratio", "equipment_deflation", "price_deflation"} and (array < 0).any():
            raise UsageError(f"{name} is at least 0.")
    for name in ("price_deflation", "equipment_deflation", "tax_rate"):
        if (inputs[name] >= 1).any():
            raise UsageError(f"{name} is a rate below 1 (0.2 is 20 %).")
    shares: NDArray[np.float64] = sum((inputs[f"share.{name}"] for name in programme.assets), np.zeros(1))
    if (shares <= 0).any():
        raise UsageError("The shares of the asset classes add up to nothing.")
    for name in programme.assets:
        inputs[f"share.{name}"] = inputs[f"share.{name}"] / shares
    return inputs, max(sizes, default=1)


def _rows(programme: Programme, inputs: Mapping[str, NDArray[np.float64]]) -> tuple[int, int]:
    """Quarters a vintage can live, and quarters of the whole programme, for the longest scenario."""
    service = inputs[f"life.{programme.earning}"] * (1 + programme.renewals)
    ages = math.ceil(4.0 * float(np.max(inputs["lag"] + service)) - 1e-9)
    leased = math.ceil(4.0 * float(np.max(inputs["lease_term"]))) if (inputs["lease_share"] > 0).any() else 0
    ages = max(ages, leased, 1)
    return ages, programme.prepaid_quarters + len(programme.spend) - 1 + ages


@dataclass(frozen=True)
class _Vintage:
    """What one unit of money spent in the first quarter does by age: rows are quarters of age, columns scenarios."""

    value: NDArray[np.float64]  # worth of the capacity sold or used, at that day's price
    fixed: NDArray[np.float64]
    depreciation: NDArray[np.float64]
    outlay: NDArray[np.float64]  # at the beginning of each quarter of age, and one row for the end
    rest: NDArray[np.float64]  # book value that is left at the end of service, at the end of that quarter
    book: NDArray[np.float64]  # mean book value over each quarter, from the money's spending on


def _overlap(
    start: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The part (in years) of each quarter of age that lies in [low, high], and the middle of that part."""
    first, last = np.maximum(start, low), np.minimum(start + QUARTER, high)
    return np.maximum(last - first, 0.0), 0.5 * (first + last)


def _placed(rows: int, years: NDArray[np.float64], amount: NDArray[np.float64]) -> NDArray[np.float64]:
    """`amount` at `years` of age, shared between the two quarter ends around it so that its mean time is kept."""
    at = years * 4.0
    node = np.arange(rows, dtype=np.float64)[:, None]
    return np.asarray(np.maximum(0.0, 1.0 - np.abs(node - at)) * amount)


def _vintage(programme: Programme, x: Mapping[str, NDArray[np.float64]], ages: int) -> _Vintage:
    start = np.arange(ages, dtype=np.float64)[:, None] * QUARTER
    life = x[f"life.{programme.earning}"]
    share = x[f"share.{programme.earning}"]
    lag, service = x["lag"], life * (1 + programme.renewals)
    end = lag + service
    present, middle = _overlap(start, lag, end)
    ramped = np.where(x["ramp"] > 0, np.minimum(1.0, (middle - lag) / np.where(x["ramp"] > 0, x["ramp"], 1.0)), 1.0)
    use = x["utilisation_start"] + (x["utilisation"] - x["utilisation_start"]) * ramped
    price = np.exp(np.log1p(-x["price_deflation"]) * np.maximum(middle, 0.0))
    value = share * x["revenue_per_capex"] * present * use * price
    outlay = np.zeros((ages + 1, value.shape[1]))
    depreciation = np.zeros_like(value)
    left_book = np.zeros(value.shape[1])
    for generation in range(1 + programme.renewals):
        cost = share * np.power(1.0 - x["equipment_deflation"], generation * life)
        own = present
        if programme.renewals:
            own = _overlap(start, lag + generation * life, lag + (generation + 1) * life)[0]
        depreciation += cost / life * own
        if generation:
            outlay += _placed(ages + 1, generation * life, cost)
    for name in programme.assets:
        if name == programme.earning:
            continue
        own_life, own_share = x[f"life.{name}"], x[f"share.{name}"]
        depreciation += own_share / own_life * present
        for turn in range(1, math.ceil(float(np.max(service / own_life)) - 1e-9)):
            outlay += _placed(ages + 1, turn * own_life, np.where(turn * own_life < service - 1e-9, own_share, 0.0))
        bought = np.ceil(service / own_life - 1e-9)
        left_book = left_book + own_share * (bought - service / own_life)
    ending = _placed(ages + 1, np.clip(end, QUARTER, ages * QUARTER), np.ones_like(value[0]))[1:]
    spent = 1.0 + running_sum(outlay)[:-1]
    after = spent - running_sum(depreciation)
    known, _ = _overlap(start, np.zeros_like(end), end)
    return _Vintage(
        value=value,
        fixed=x["fixed_cost"] * present * np.ones_like(value),
        depreciation=depreciation,
        outlay=outlay,
        rest=ending * left_book,
        book=np.maximum(after + 0.5 * depreciation, 0.0) * known / QUARTER,
    )


def _cost_ratio(x: Mapping[str, NDArray[np.float64]], one: _Vintage) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Variable cost per unit of value, and whether the margin that was asked for can be reached at all."""
    if "cost_ratio" in x:
        return x["cost_ratio"], np.ones(one.value.shape[1], dtype=np.bool_)
    total = one.value.sum(axis=0)
    load = np.divide((one.fixed + one.depreciation).sum(axis=0), total, out=np.full_like(total, 1e9), where=total > 0)
    ratio = 1.0 - x["margin"] - load
    return np.maximum(ratio, 0.0), ratio >= -1e-12


def _summed(
    by_age: NDArray[np.float64], weights: list[NDArray[np.float64] | float], rows: int, first: int
) -> NDArray[np.float64]:
    """The sum over vintages: vintage v starts `first + v` rows down with its weight."""
    total = np.zeros((rows, by_age.shape[1]))
    used = np.flatnonzero(by_age.any(axis=1))
    if not used.size:
        return total
    start, stop = int(used[0]), int(used[-1]) + 1
    moved = np.empty((stop - start, by_age.shape[1]))
    for lateness, weight in enumerate(weights):
        if np.any(weight):
            np.multiply(weight, by_age[start:stop], out=moved)
            total[first + lateness + start : first + lateness + stop] += moved
    return total


def _outcome(
    programme: Programme, x: Mapping[str, NDArray[np.float64]], draws: int, size: tuple[int, int], with_flows: bool
) -> ProgrammeOutcome:
    ages, rows = size
    x = {name: np.broadcast_to(array, (draws,)) for name, array in x.items()}
    one = _vintage(programme, x, ages)
    cost, reached = _cost_ratio(x, one)
    budget, first = x["budget"], programme.prepaid_quarters
    per_quarter = np.power((1.0 - x["price_deflation"]) / (1.0 - x["equipment_deflation"]), QUARTER)
    plain: list[NDArray[np.float64] | float] = [budget * part for part in programme.spend]
    priced = [weight * per_quarter**lateness for lateness, weight in enumerate(plain)]

    def total(by_age: NDArray[np.float64], weights: list[NDArray[np.float64] | float] = plain) -> NDArray[np.float64]:
        return _summed(by_age, weights, rows, first)

    value = total(one.value, priced)
    outside = (1.0 - x["displaced"]) * (1.0 - x["internal_use"])
    kept = (1.0 - x["displaced"]) * (1.0 - x["internal_use"] * (1.0 - x["internal_value"]) - cost)
    depreciation, fixed = total(one.depreciation), total(one.fixed)
    ebita = kept * value - fixed - depreciation
    rest = total(one.rest) if one.rest.any() else np.zeros_like(ebita)
    taxed = ebita - (1.0 - x["residual"]) * rest
    tax = x["tax_rate"] * np.where(taxed > 0, taxed, x["loss_use"] * taxed)
    tied = np.diff(outside * 4.0 * value * x["working_capital"], axis=0, prepend=0.0, append=0.0)
    operating = ebita + depreciation - tax + x["residual"] * rest
    outlays = _outlays(programme, x, plain, one, rows)
    flows = -outlays - tied
    flows[1:] += operating
    factors = discount_factors(x["discount_rate"], rows + 1)
    discounted = flows * factors
    cash = flows if not (x["lease_share"] > 0).any() else flows + _leased(programme, x, plain, one, rows)
    cumulated = running_sum(cash)
    deepest = np.argmin(cumulated, axis=0)
    nopat = ebita.sum(axis=0) * (1.0 - x["tax_rate"])
    return ProgrammeOutcome(
        npv=discounted.sum(axis=0),
        irr=internal_rate_of_return(flows),
        payback=payback(flows),
        discounted_payback=payback(discounted),
        break_even_utilisation=_break_even(
            x, linked=kept * value, taxed=taxed, tied=tied, flows=flows, factors=factors
        ),
        roic=_roic_by_vintage(programme, x, one, kept, per_quarter),
        roic_total=_ratio(nopat, budget * one.book.sum(axis=0) * QUARTER),
        margin=_ratio(ebita.sum(axis=0), value.sum(axis=0)),
        margin_reached=reached,
        revenue=_by_year(outside * value),
        ebita=_by_year(ebita),
        depreciation=_by_year(depreciation),
        free_cash_flow=_by_year(cash),
        trough=cumulated[deepest, np.arange(draws)],
        trough_years=deepest * QUARTER,
        flows=flows if with_flows else None,
    )


def _outlays(
    programme: Programme,
    x: Mapping[str, NDArray[np.float64]],
    plain: list[NDArray[np.float64] | float],
    one: _Vintage,
    rows: int,
) -> NDArray[np.float64]:
    first = programme.prepaid_quarters
    outlays = _summed(one.outlay, plain, rows + 1, first) if one.outlay.any() else np.zeros((rows + 1, x["lag"].size))
    for lateness, weight in enumerate(plain):
        outlays[first + lateness] += weight * (1.0 - x["prepaid"])
        outlays[lateness] += weight * x["prepaid"]
    return outlays


def _leased(
    programme: Programme,
    x: Mapping[str, NDArray[np.float64]],
    plain: list[NDArray[np.float64] | float],
    one: _Vintage,
    rows: int,
) -> NDArray[np.float64]:
    """What leasing a part of the first outlay changes in cash: it is not paid at once but as a level annuity."""
    rate = np.power(1.0 + x["lease_rate"], QUARTER) - 1.0
    quarters = np.maximum(1.0, np.rint(4.0 * x["lease_term"]))
    growth = np.power(1.0 + rate, quarters)
    annuity = np.where(rate > 0, rate * growth / np.where(growth > 1.0, growth - 1.0, 1.0), 1.0 / quarters)
    age = np.arange(len(one.value) + 1, dtype=np.float64)[:, None]
    by_age = np.where(age == 0, 1.0, 0.0) - np.where((age >= 1) & (age <= quarters), annuity, 0.0)
    change = _summed(by_age, plain, rows + 1, programme.prepaid_quarters)
    return np.asarray(x["lease_share"] * change)


def _break_even(
    x: Mapping[str, NDArray[np.float64]],
    *,
    linked: NDArray[np.float64],
    taxed: NDArray[np.float64],
    tied: NDArray[np.float64],
    flows: NDArray[np.float64],
    factors: NDArray[np.float64],
) -> Found:
    """The utilisation at which the present value is nil, all of the ramp being scaled alike.

    With scale s and taxable base s * linked - burden, the present value is constant + s * work + the base after tax:
    a line where all tax on losses comes back, else concave and made of lines, so that Newton's steps end exactly.
    """
    late = factors[1:]
    burden = linked - taxed
    work = -(tied * factors).sum(axis=0)
    gain, loss = 1.0 - x["tax_rate"], 1.0 - x["tax_rate"] * x["loss_use"]
    profitable = taxed > 0
    weight = late * np.where(profitable, gain, loss)
    constant = (flows * factors).sum(axis=0) - work - (weight * taxed).sum(axis=0)
    for _ in range(25):
        slope = work + (weight * linked).sum(axis=0)
        found = slope > 0
        scale = np.where(found, ((weight * burden).sum(axis=0) - constant) / np.where(found, slope, 1.0), 0.0)
        before, profitable = profitable, scale * linked > burden
        if np.array_equal(gain, loss) or np.array_equal(before, profitable):
            break
        weight = late * np.where(profitable, gain, loss)
    found = found & (scale > 0)
    return Found(np.where(found, scale * x["utilisation"], 0.0), found)


def _roic_by_vintage(
    programme: Programme,
    x: Mapping[str, NDArray[np.float64]],
    one: _Vintage,
    kept: NDArray[np.float64],
    per_quarter: NDArray[np.float64],
) -> NDArray[np.float64]:
    """After-tax EBITA a year over mean book value, over the whole service of each vintage, shape (vintages, n)."""
    value, burden = one.value.sum(axis=0), (one.fixed + one.depreciation).sum(axis=0)
    years_of_book = one.book.sum(axis=0) * QUARTER
    rows = [
        _ratio((1.0 - x["tax_rate"]) * (kept * value * per_quarter**lateness - burden), years_of_book)
        for lateness in range(len(programme.spend))
    ]
    return np.array(rows)


def _ratio(over: NDArray[np.float64], under: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(over, under, out=np.zeros_like(over), where=under != 0.0)


def _by_year(quarters: NDArray[np.float64]) -> NDArray[np.float64]:
    years = -(-len(quarters) // 4)
    padded = np.zeros((years * 4, quarters.shape[1]))
    padded[: len(quarters)] = quarters
    return np.asarray(padded.reshape(years, 4, -1).sum(axis=1))


def _joined(parts: list[ProgrammeOutcome]) -> ProgrammeOutcome:
    def joined(name: str) -> object:
        pieces = [getattr(part, name) for part in parts]
        if pieces[0] is None:
            return None
        if isinstance(pieces[0], Found):
            return Found(np.concatenate([p.value for p in pieces]), np.concatenate([p.found for p in pieces]))
        return np.concatenate(pieces, axis=-1)

    return ProgrammeOutcome(**{name: joined(name) for name in ProgrammeOutcome.__dataclass_fields__})  # type: ignore[arg-type]
