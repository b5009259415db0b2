"""What a scenario file holds: ranges with unit and source, in sections for claim, market, programme and price.

Every value is a range with its unit, and says where it comes from (source, locator, known_at) or that it is an
assumption and why. Types only: reading and checking is in `scenario_file`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from rerating.core.record import Record
from rerating.core.types import AsOf, Instant
from rerating.measures.scenario_draws import Span


def _latest(known: Any) -> Any:
    """A date says no time of day and no place: the latest instant it can mean is its end where days end last."""
    if isinstance(known, date) and not isinstance(known, datetime):
        return datetime.combine(known, time(23, 59, 59), tzinfo=timezone(timedelta(hours=-12)))
    return known


class Value(Record):
    """A range of one input, with its unit and either its source or the word that it is an assumption."""

    low: float
    base: float
    high: float
    unit: str
    period: str | None = None
    source: str | None = None
    locator: str | None = None
    licence: str | None = None
    known_at: Annotated[Instant | None, BeforeValidator(_latest)] = None
    assumption: bool = False
    reason: str | None = None
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            raise ValueError('needs a range with unit and source, such as { value = 0.8, unit = "ratio", ... }')
        fields = dict(raw)
        if "value" in fields:
            if fields.keys() & {"low", "base", "high"}:
                raise ValueError("has both a value and a range; keep one of the two")
            fields["low"] = fields["base"] = fields["high"] = fields.pop("value")
        elif "low" not in fields or "high" not in fields:
            raise ValueError("needs its value, or both ends of its range (low, high)")
        if "unit" not in fields:
            raise ValueError('needs its unit, such as unit = "ratio" for a share of one')
        if "base" not in fields and all(isinstance(fields[end], int | float) for end in ("low", "high")):
            fields["base"] = (fields["low"] + fields["high"]) / 2
        return fields

    @model_validator(mode="after")
    def _founded(self) -> Value:
        if not self.low <= self.base <= self.high:
            raise ValueError(f"runs from low over base to high, not {self.low:g}, {self.base:g}, {self.high:g}")
        if self.unit in {"%", "percent"}:
            raise ValueError('is written as a share of one (unit = "ratio"): 0.09 and not 9 %')
        if self.assumption:
            if self.source or self.known_at:
                raise ValueError("is called an assumption and names a source; keep one of the two")
            if not self.reason:
                raise ValueError("is an assumption without a reason; say in one sentence why it is made")
        elif not (self.source and self.locator and self.known_at):
            raise ValueError("has no source, locator and known_at; cite it or mark it assumption = true")
        return self

    @property
    def span(self) -> Span:
        """The range alone, as the measures take it."""
        return Span(low=self.low, base=self.base, high=self.high)


def _within(unit: str, low: float, high: float, sentence: str, *, open_low: bool = False) -> Callable[[Value], Value]:
    def check(value: Value) -> Value:
        if value.unit != unit:
            raise ValueError(f'has the unit "{value.unit}" and needs "{unit}"')
        if value.low < low or value.high > high or (open_low and value.low <= low):
            raise ValueError(f"{sentence}, not {value.low:g} to {value.high:g}")
        return value

    return check


def _money(value: Value) -> Value:
    if len(value.unit) != 3 or not value.unit.isupper():
        raise ValueError(f'is money and needs a currency such as "CNY" as its unit, not "{value.unit}"')
    return value


def _positive_money(value: Value) -> Value:
    if _money(value).low < 0:
        raise ValueError(f"is an amount of at least 0, not {value.low:g}")
    return value


Share = Annotated[Value, AfterValidator(_within("ratio", 0.0, 1.0, "is a share of one and lies between 0 and 1"))]
Growth = Annotated[
    Value,
    AfterValidator(_within("ratio", -0.99, 20.0, "is a growth as a ratio (0.268 is 26.8 %) of -0.99 to 20")),
]
Money = Annotated[Value, AfterValidator(_positive_money)]


Years = Annotated[Value, AfterValidator(_within("years", 0.0, 100.0, "is a span of 0 to 100 years"))]
Life = Annotated[
    Value, AfterValidator(_within("years", 0.0, 100.0, "is a life: longer than 0 and up to 100 years", open_low=True))
]
Margin = Annotated[Value, AfterValidator(_within("ratio", -5.0, 1.0, "is a margin, a ratio up to 1"))]
Rate = Annotated[Value, AfterValidator(_within("ratio", 0.0, 1.0, "is a yearly rate between 0 and 1"))]
Turn = Annotated[Value, AfterValidator(_within("ratio", 0.0, 100.0, "is revenue a year per unit of capital, 0 to 100"))]
Multiple = Annotated[Value, AfterValidator(_within("ratio", 0.0, 1000.0, "is a multiple of 0 to 1000"))]
Balance = Annotated[Value, AfterValidator(_money)]
"""Money that may be owed as well as owned."""


class Case(Record):
    """What the file is about, and the instant at which everything in it was known."""

    name: str
    family: str
    title: str
    subject: str
    issuer: str
    currency: str = Field(pattern="^[A-Z]{3}$")
    as_of: Instant
    about: str


class Market(Record):
    """One definition of the market. Several stand side by side: "the market" is a choice of whoever claims.

    The size is money of a year, or a count of things sold in a year (unit such as "vehicles").
    """

    name: str
    definition: str
    size: Value
    share_before: Share
    growth: Growth
    growth_observed: Growth | None = None

    @model_validator(mode="after")
    def _some(self) -> Market:
        if self.size.low <= 0:
            raise ValueError("has a size that is not above 0")
        return self


class Claim(Record):
    """What is claimed: a part of the market's increment, or growth of the company's own; and a share, if one is."""

    text: str
    window: str
    incremental_share: Share | None = None
    own_growth: Growth | None = None
    target_share: Share | None = None

    @model_validator(mode="after")
    def _one(self) -> Claim:
        if (self.incremental_share is None) == (self.own_growth is None):
            raise ValueError("needs exactly one of incremental_share and own_growth: each follows from the other")
        if self.own_growth is not None and self.target_share is not None:
            raise ValueError(
                "has a target_share, which a claim of own_growth cannot have: more market means less share"
            )
        return self


class Segment(Record):
    """The part of the company that the claim is about, as reported. Sales are in the unit of the market's size.

    `sales_increment` is what a year has added so far, `capacity_increment` what a year could add with the capacity
    that is in place or paid for.
    """

    name: str
    sales: Value | None = None
    sales_increment: Value | None = None
    capacity_increment: Value | None = None
    margin: Margin | None = None
    capex: Money | None = None


class Asset(Record):
    """One class of what the programme buys: its part of the budget and its life. One class earns."""

    name: str
    share: Share
    life: Life
    earns: bool = False


class ProgrammeInputs(Record):
    """A capital programme. The meaning of each input is that of `measures.capex_programme`.

    `spent` are the quarters of it that are over, in order; the rest of the budget is spent evenly over the rest of
    `build_quarters`.
    """

    name: str
    starts_on: date
    build_quarters: int = Field(ge=1, le=80)
    budget: Money
    spent: tuple[Money, ...] = ()
    asset: tuple[Asset, ...] = Field(min_length=1)
    renewals: int = Field(default=0, ge=0, le=10)
    lag: Years
    ramp: Years
    utilisation_start: Share | None = None
    utilisation: Share
    revenue_per_capex: Turn
    price_deflation: Growth | None = None
    equipment_deflation: Growth | None = None
    margin: Margin | None = None
    cost_ratio: Annotated[Value, AfterValidator(_within("ratio", 0.0, 10.0, "is a cost ratio of 0 to 10"))] | None = (
        None
    )
    fixed_cost: Rate | None = None
    internal_use: Share | None = None
    internal_value: Share | None = None
    displaced: Share | None = None
    loss_use: Share | None = None
    working_capital: Share | None = None
    residual: Share | None = None
    prepaid: Share | None = None
    prepaid_quarters: int = Field(default=0, ge=0, le=12)
    lease_share: Share | None = None
    lease_term: Life | None = None
    lease_rate: Rate | None = None

    @model_validator(mode="after")
    def _whole(self) -> ProgrammeInputs:
        if sum(asset.earns for asset in self.asset) != 1:
            raise ValueError("needs exactly one asset class with earns = true: its life is the life of the service")
        if len({asset.name for asset in self.asset}) != len(self.asset):
            raise ValueError("has two asset classes of one name")
        total = sum(asset.share.base for asset in self.asset)
        if abs(total - 1.0) > 0.005:
            raise ValueError(f"has asset classes whose shares add up to {total:.4g} and not to 1")
        if (self.margin is None) == (self.cost_ratio is None):
            raise ValueError("needs exactly one of margin and cost_ratio: each follows from the other")
        if len(self.spent) > self.build_quarters or (
            len(self.spent) == self.build_quarters and abs(self._spent - self.budget.base) > 0.005 * self.budget.base
        ):
            raise ValueError("has more quarters spent than build_quarters, or all of them and not the budget")
        if self._spent > self.budget.base * 1.0000001:
            raise ValueError("has spent more than its budget")
        return self

    @property
    def _spent(self) -> float:
        return sum(quarter.base for quarter in self.spent)

    @property
    def spend(self) -> tuple[float, ...]:
        """The parts of the budget by quarter, adding up to 1."""
        gone = [quarter.base / self.budget.base for quarter in self.spent]
        left = self.build_quarters - len(gone)
        return (*gone, *([(1.0 - sum(gone)) / left] * left)) if left else tuple(part / sum(gone) for part in gone)


class Company(Record):
    """What the programme stands beside: the company's yearly free cash flow without it, and how that grows."""

    free_cash_flow_without: Balance
    growth_without: Growth | None = None


class PricePart(Record):
    """One business in the sum of the parts: a yearly measure and the multiple that it is valued at."""

    name: str
    measure: Balance
    multiple: Multiple


class PriceInputs(Record):
    """What is needed to read a price backwards. What is missing comes from the ledger, else it is a Gap.

    `units` are the traded units outstanding (ADS, not the shares inside them); `price` is in the listing's currency,
    everything else in the case's. `solve_part` names the part whose multiple is asked of the price.
    """

    price: Money | None = None
    units: Value | None = None
    net_cash: Balance | None = None
    investments: Money | None = None
    haircut: Share | None = None
    minorities: Money | None = None
    revenue: Money | None = None
    margin: Margin | None = None
    growth: Growth | None = None
    advantage_years: Years | None = None
    sales_to_capital: Turn | None = None
    terminal_growth: Growth | None = None
    fade_years: int = Field(default=10, ge=0, le=40)
    part: tuple[PricePart, ...] = ()
    solve_part: str | None = None

    @model_validator(mode="after")
    def _named(self) -> PriceInputs:
        if self.units is not None and (self.units.unit not in {"shares", "ADS"} or self.units.low <= 0):
            raise ValueError('needs units as a number above 0 with unit = "shares" or "ADS"')
        if self.solve_part is not None and self.solve_part not in {part.name for part in self.part}:
            raise ValueError(f"asks for the multiple of '{self.solve_part}', which is none of its parts")
        return self


class Fact(Record):
    """A figure that stands in the file for the reader, beside those that the measures take."""

    name: str
    value: Value


class ConflictReading(Record):
    """One of the things that are said where sources differ."""

    says: str
    source: str
    locator: str
    known_at: Annotated[Instant, BeforeValidator(_latest)]


class Conflict(Record):
    """A question that sources answer differently. It stays open: no reading is chosen."""

    question: str
    readings: tuple[ConflictReading, ...] = Field(min_length=2)

    def told(self, words: Mapping[str, str] | None = None) -> str:
        """The open question with what each source says to it, in other words where `words` has them."""
        known = words or {}
        said = "; ".join(
            f"{known.get(each.says, each.says)} ({known.get(each.source, each.source)})" for each in self.readings
        )
        return f"{known.get(self.question, self.question)} {said}."


class ScenarioFile(Record):
    """All inputs of a case. Sections that a question needs and that are absent make it a Gap, not an error."""

    case: Case
    claim: Claim | None = None
    market: tuple[Market, ...] = ()
    segment: Segment | None = None
    programme: ProgrammeInputs | None = None
    company: Company | None = None
    price: PriceInputs | None = None
    fx: dict[str, Value] = Field(default_factory=dict)
    """Units of the case's currency for one of the named one, where a market or the price is in another currency."""
    discount_rate: Rate | None = None
    tax_rate: Share | None = None
    fact: tuple[Fact, ...] = ()
    conflict: tuple[Conflict, ...] = ()
    german: dict[str, str] = Field(default_factory=dict)
    """The file's names and sentences in German, by their wording in the file."""

    def texts(self) -> Iterator[str]:
        """What a page prints in the file's own words, figures' reasons and notes left out."""
        yield self.case.title
        yield from (market.name for market in self.market)
        if self.programme is not None:
            yield self.programme.name
        if self.price is not None:
            yield from (part.name for part in self.price.part)
        for conflict in self.conflict:
            yield conflict.question
            yield from (text for reading in conflict.readings for text in (reading.says, reading.source))

    @property
    def as_of(self) -> AsOf:
        """The cutoff of everything in the file."""
        return AsOf(at=self.case.as_of)

    def rate_of(self, unit: str) -> Span:
        """Units of the case's currency for one of `unit`; 1 for its own and for things that are counted."""
        return self.fx[unit].span if unit in self.fx else Span.at(1.0)

    def values(self) -> Iterator[tuple[str, Value]]:
        """Every value of the file with its place in it, such as `market.0.size`."""
        yield from _values(self, "")


def _values(node: Any, place: str) -> Iterator[tuple[str, Value]]:
    if isinstance(node, Value):
        yield place, node
    elif isinstance(node, Record):
        for name in type(node).model_fields:
            yield from _values(getattr(node, name), f"{place}.{name}" if place else name)
    elif isinstance(node, dict):
        for name, item in node.items():
            yield from _values(item, f"{place}.{name}")
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            yield from _values(item, f"{place}.{index}")
