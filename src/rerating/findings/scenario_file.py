"""One typed file of inputs for all scenarios of a company at one instant: TOML in, checked values out.

Every value is a range with its unit, and says where it comes from (source, locator, known_at) or that it is an
assumption and why. Nothing that became known after the file's own cutoff may stand in it. What is wrong is told in one
sentence each, all of them at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib import resources

from pydantic import ValidationError

from rerating.core.errors import UsageError
from rerating.core.types import AsOf
from rerating.findings.scenario_inputs import ScenarioFile, Value


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
    own = file.case.currency
    for index, market in enumerate(file.market):
        if _is_money(market.size) and market.size.unit not in {own, *file.fx}:
            yield (
                f"market.{index}.size is in {market.size.unit} and the case in {own}; "
                f"add [fx] with {market.size.unit} = how many {own} one of it is."
            )
        if market.growth_observed is not None and market.growth_observed.high < market.growth.base:
            yield (
                f"market.{index}.growth_observed ends below the growth that is expected; it is the fastest growth "
                "that has been seen, so give the larger of the two."
            )
        if file.claim is not None and file.claim.own_growth is not None and market.growth.low <= 0.0:
            yield (
                f"market.{index}.growth reaches {market.growth.low:g}; growth of the company's own is a part of the "
                "market's increment only where the market grows, so give a range above 0."
            )
    for place, value in file.values():
        converted = place == "price.price" or place.split(".")[0] not in {"segment", "programme", "company", "price"}
        if not converted and _is_money(value) and value.unit != own:
            yield f"{place} is in {value.unit} and the case in {own}; convert it."
    if file.price is not None and file.price.price is not None and file.price.price.unit not in {own, *file.fx}:
        yield f"price.price is in {file.price.price.unit} and the case in {own}; add it to [fx]."
    if file.claim is not None and not file.market:
        yield "claim speaks of a market that no [[market]] defines; add at least one definition."
    last = None if file.price is None else file.price.terminal_growth
    if last is not None and file.discount_rate is not None and last.high >= file.discount_rate.low:
        yield "price.terminal_growth reaches the discount rate, at which the value is without bound; lower it."
    for text in sorted(set(file.german) - set(file.texts())):
        yield f"german translates '{text}', which the file does not say; write the key as it stands in the file."
    for code, rate in file.fx.items():
        if rate.unit != f"{own}/{code}":
            yield f'fx.{code} has the unit "{rate.unit}" and needs "{own}/{code}".'


def _is_money(value: Value) -> bool:
    return len(value.unit) == 3 and value.unit.isupper() and value.unit != "ADS"


def shipped_names() -> tuple[str, ...]:
    """The names of the cases that come with the package, such as `alibaba-2026-01-14`, sorted."""
    folder = resources.files("rerating.findings") / "scenario_cases"
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")))


def case_for(subject: str, as_of: AsOf) -> ScenarioFile | None:
    """The newest shipped case about a line (`XNYS:BABA`) that was known at `as_of`; None where there is none."""
    known = [file for file in map(_shipped, shipped_names()) if file.case.subject == subject]
    known = sorted((file for file in known if file.case.as_of <= as_of.at), key=lambda file: file.case.as_of)
    return known[-1] if known else None


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


@cache
def _shipped(name: str) -> ScenarioFile:
    path = resources.files("rerating.findings") / "scenario_cases" / f"{name}.toml"
    return parsed(path.read_text(encoding="utf-8"), f"{name}.toml")
