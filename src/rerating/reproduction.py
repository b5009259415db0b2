"""Analyses again what a report says it analysed, and finds the first place where the two differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rerating.analysis import Analysis, analyze
from rerating.core.errors import UsageError
from rerating.core.record import Record, canonical_json
from rerating.core.types import AsOf, Gap
from rerating.core.version import VERSION
from rerating.findings.price_move import PriceMove
from rerating.ledger import ViewSource
from rerating.outlook.answer import Forecast
from rerating.outlook.model import Model

MISSING = "(nothing)"


class Difference(Record):
    """The first place at which two analyses differ, and what stands there, as JSON."""

    path: str
    before: str
    after: str


class Reproduction(Record):
    """Whether the same bytes came out (storage versions aside), their digest, and else where and why not."""

    digest: str
    same: bool
    difference: Difference | None = None
    reason: str = ""


def reproduced(source: ViewSource, given: Analysis, *, model: Model | None = None) -> Reproduction:
    """The analysis of the same subject, cutoff, reading and currency, held against `given` byte by byte.

    `model` is the one that `given` was forecast with. Raises UsageError where it names one and another or none is
    given.
    """
    _check_model(given, model)
    subject = given.subject
    try:
        again = analyze(
            source,
            f"{subject.venue}:{subject.symbol}",
            AsOf(at=given.as_of),
            currency=currency_of(given),
            reading=given.reading,
            model=model,
        )
    except UsageError as error:
        reason = f"this ledger cannot answer the question: {error}"
        missing = Difference(path="subject", before=canonical_json(subject), after=MISSING)
        return Reproduction(digest=given.digest, same=False, difference=missing, reason=reason)
    if again.digest == given.digest:
        return Reproduction(digest=given.digest, same=True)
    found = next(_differences(_plain(given), _plain(again)), None)
    return Reproduction(digest=again.digest, same=False, difference=found, reason=_reason(given, again))


def currency_of(given: Analysis) -> str | None:
    """The currency in which prices were also stated; None where there was none."""
    move: PriceMove = given.of_kind(PriceMove)[0]
    return move.converted[0].unit if move.converted else None


def _check_model(given: Analysis, model: Model | None) -> None:
    digests = [
        forecast.model.digest
        for forecast in given.forecasts
        if isinstance(forecast, Forecast) and forecast.model.digest is not None
    ]
    digest = digests[0] if digests else None
    if digest is not None and (model is None or model.digest != digest):
        other = "none was given" if model is None else f"the one given is {model.digest}"
        raise UsageError(
            f"The report was forecast with the model of sha256 {digest}, and {other}; pass it with --model."
        )
    if digest is None and model is not None:
        raise UsageError("The report was forecast without a model file; leave --model out.")


def _plain(analysis: Analysis) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(analysis.to_json())
    plain.pop("pins")
    return plain


def _differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """The places that differ, in the order of the canonical JSON; what came of them (digests, versions) last."""
    if isinstance(before, dict) and isinstance(after, dict):
        names = sorted(before.keys() | after.keys(), key=lambda name: (name in _CONSEQUENCES, name))
        for name in names:
            yield from _differences(before.get(name, MISSING), after.get(name, MISSING), f"{path}.{name}".lstrip("."))
    elif isinstance(before, list) and isinstance(after, list):
        for place in range(max(len(before), len(after))):
            old, new = (each[place] if place < len(each) else MISSING for each in (before, after))
            yield from _differences(old, new, f"{path}.{place}")
    elif before != after:
        yield Difference(path=path, before=_said(before), after=_said(after))


_CONSEQUENCES = ("ledger_version", "software_version", "basis", "src")
_LONGEST = 300


def _said(value: Any) -> str:
    text = value if value == MISSING else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def _reason(given: Analysis, again: Analysis) -> str:
    """The likely reason, the surest one first."""
    if given.software_version != again.software_version:
        return f"the report was made by rerating {given.software_version}, this is {VERSION}"
    if given.ledger_version == again.ledger_version:
        return "rows and version are the same; the report was changed, or computed by another platform, Python or lock"
    before, after = _evidence(given), _evidence(again)
    gone = [locator for key, locator in before.items() if key not in after]
    new = [locator for key, locator in after.items() if key not in before]
    if gone and not new:
        return f"this ledger lacks rows that the report read: {_named(gone)}"
    if new and not gone:
        return f"this ledger has rows that the report had not read: {_named(new)}"
    if gone:
        return f"this ledger gives other rows: {_named(gone)} in the report, {_named(new)} now"
    return "this ledger gives other rows than the report read, though it cites the same ones"


def _evidence(analysis: Analysis) -> dict[str, str]:
    bases = [finding.basis for finding in analysis.findings]
    bases += [found.basis for found in analysis.forecasts if not isinstance(found, Gap)]
    return {entry.id: entry.locator for basis in bases for entry in basis.evidence}


def _named(locators: list[str]) -> str:
    rest = len(locators) - 1
    return f"“{locators[0]}”" + (f" and {rest} more" if rest else "")
