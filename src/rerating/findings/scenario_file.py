"""One typed file of inputs for all scenarios of a company at one instant: TOML in, checked values out.

Every value is a range with its unit, and says where it comes from (source, locator, known_at) or that it is an
assumption and why. Nothing that became known after the file's own cutoff may stand in it. What is wrong is told in one
sentence each, all of them at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta, timezone
from importlib import resources
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from rerating.core.errors import UsageError
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
    """One definition of the market. Several stand side by side: "the market" is a choice of whoever claims."""

    name: str
    definition: str
    size: Money
    share_before: Share
    growth: Growth
    growth_observed: Growth | None = None


class Claim(Record):
    """What is claimed of the increment of the market, and the share that goes with it where one is named."""

    text: str
    window: str
    incremental_share: Share
    target_share: Share | None = None


class Segment(Record):
    """The part of the company that the claim is about, as filed. Missing values come from the ledger."""

    name: str
    revenue: Money | None = None
    revenue_increment: Money | None = None
    margin: Annotated[Value, AfterValidator(_within("ratio", -5.0, 1.0, "is a margin, a ratio up to 1"))] | None = None
    capex: Money | None = None
    revenue_per_capex: (
        Annotated[Value, AfterValidator(_within("ratio", 0.0, 100.0, "is revenue a year per unit of capex"))] | None
    ) = None


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


class ScenarioFile(Record):
    """All inputs of a case. Sections that a question needs and that are absent make it a Gap, not an error."""

    case: Case
    claim: Claim | None = None
    market: tuple[Market, ...] = ()
    segment: Segment | None = None
    fx: dict[str, Value] = Field(default_factory=dict)
    """Units of the case's currency for one of the named one, where a market is in another currency."""
    discount_rate: (
        Annotated[Value, AfterValidator(_within("ratio", 0.0, 1.0, "is a yearly rate between 0 and 1"))] | None
    ) = None
    tax_rate: Share | None = None
    fact: tuple[Fact, ...] = ()
    conflict: tuple[Conflict, ...] = ()

    @property
    def as_of(self) -> AsOf:
        """The cutoff of everything in the file."""
        return AsOf(at=self.case.as_of)

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


def parsed(text: str, origin: str) -> ScenarioFile:
    """The scenario file in `text`. Raises UsageError with one sentence a fault, each naming its place in `origin`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{origin} is no TOML: {error}.") from None
    try:
        file = ScenarioFile.model_validate(raw)
    except ValidationError as error:
        raise UsageError("\n".join(f"{origin}: {sentence}" for sentence in _sentences(error))) from None
    faults = [*_too_late(file), *_contradictions(file)]
    if faults:
        raise UsageError("\n".join(f"{origin}: {fault}" for fault in faults))
    return file


def _sentences(error: ValidationError) -> list[str]:
    sentences = []
    for fault in error.errors(include_url=False):
        place = ".".join(str(part) for part in fault["loc"]) or "the file"
        kind = fault["type"]
        if kind == "missing":
            sentences.append(f"{place} is missing; add it.")
        elif kind == "extra_forbidden":
            sentences.append(f"{place} is no field that scenario files have; check its spelling.")
        elif kind == "value_error":
            sentences.append(f"{place} {str(fault['ctx']['error']).rstrip('.')}.")
        else:
            sentences.append(f"{place} cannot be read: {fault['msg'][0].lower()}{fault['msg'][1:].rstrip('.')}.")
    return sentences


def _too_late(file: ScenarioFile) -> Iterator[str]:
    """The faults of knowledge: what the file says to have known before anyone could."""
    known: list[tuple[str, datetime | None]] = [(place, value.known_at) for place, value in file.values()]
    for index, conflict in enumerate(file.conflict):
        known += [(f"conflict.{index}.readings.{n}", said.known_at) for n, said in enumerate(conflict.readings)]
    for place, known_at in known:
        if known_at is not None and known_at > file.case.as_of:
            yield (
                f"{place} became known at {AsOf(at=known_at)}, after the cutoff {file.as_of} of the file; "
                "take it out or move as_of."
            )


def _contradictions(file: ScenarioFile) -> Iterator[str]:
    for index, market in enumerate(file.market):
        if market.size.unit != file.case.currency and market.size.unit not in file.fx:
            yield (
                f"market.{index}.size is in {market.size.unit} and the case in {file.case.currency}; "
                f"add [fx] with {market.size.unit} = how many {file.case.currency} one of it is."
            )
        if market.growth_observed is not None and market.growth_observed.high < market.growth.base:
            yield (
                f"market.{index}.growth_observed ends below the growth that is expected; it is the fastest growth "
                "that has been seen, so give the larger of the two."
            )
    for place, value in file.values():
        if place.startswith("segment.") and value.unit.isupper() and value.unit != file.case.currency:
            yield f"{place} is in {value.unit} and the case in {file.case.currency}; convert it."
    if file.claim is not None and not file.market:
        yield "claim speaks of a market that no [[market]] defines; add at least one definition."
    for code, rate in file.fx.items():
        if rate.unit != f"{file.case.currency}/{code}":
            yield f'fx.{code} has the unit "{rate.unit}" and needs "{file.case.currency}/{code}".'


def shipped_names() -> tuple[str, ...]:
    """The names of the cases that come with the package, such as `alibaba-2026-01-14`, sorted."""
    folder = resources.files("rerating.findings") / "scenario_cases"
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")))


def shipped(name: str, as_of: AsOf | None = None) -> ScenarioFile:
    """A case that comes with the package, by its full name or by its family's, such as `alibaba`.

    A family's name without an instant means its first case, with one the newest case whose cutoff is not after it. A
    full name with an earlier instant is refused: its inputs were not known yet. Raises UsageError.
    """
    names = shipped_names()
    if name in names:
        file = _shipped(name)
        if as_of is not None and file.case.as_of > as_of.at:
            raise UsageError(f"The case {name} was written with what was known at {file.as_of}, after {as_of}.")
        return file
    family = [file for file in map(_shipped, names) if file.case.family == name.casefold()]
    if not family:
        raise UsageError(f"There is no shipped case '{name}'; there are {', '.join(names)}.")
    family.sort(key=lambda file: file.case.as_of)
    if as_of is None:
        return family[0]
    known = [file for file in family if file.case.as_of <= as_of.at]
    if not known:
        raise UsageError(
            f"The first case of '{name}' was written with what was known at {family[0].as_of}, after {as_of}."
        )
    return known[-1]


def _shipped(name: str) -> ScenarioFile:
    path = resources.files("rerating.findings") / "scenario_cases" / f"{name}.toml"
    return parsed(path.read_text(encoding="utf-8"), f"{name}.toml")
