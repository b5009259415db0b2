"""The scenario finding: can the claim be true, does the spending pay, what does the price presuppose?"""

from __future__ import annotations

import hashlib
from typing import Literal

from rerating.core.types import AsOf, Gap, Instant
from rerating.findings.basis import Basis, Evidence, Figure, Trail
from rerating.findings.scenario_file import case_for
from rerating.findings.scenario_inputs import ScenarioFile, Value
from rerating.findings.scenario_ledger import bare_case, filled
from rerating.findings.scenario_price import PriceScenario, price_scenario
from rerating.findings.scenario_programme import CapexScenario, capex_scenario
from rerating.findings.scenario_share import ShareScenario, share_scenario, told
from rerating.findings.series import Series
from rerating.ledger import View

DEFINITION = (
    "Scenarios over the ranges of a case file whose values were all known at its cutoff or are marked assumptions. "
    "Ranges are triangular, drawn by a scrambled Sobol sequence; bands hold the middle 80 % of the scenarios; what "
    "matters most is the total-order Sobol index. Share after = (s + a g) / (1 + g). The programme is a model of "
    "quarterly vintages; returns count leases as bought. The price is read backwards through a discounted cash flow "
    "whose growth fades to the end value and whose return on new capital fades to its cost."
)


class ScenarioInput(Figure):
    """One value of the file: its range, and its source or, for an assumption, its reason."""

    place: str
    low: float
    base: float
    high: float
    unit: str
    period: str | None
    assumption: bool
    reason: str | None
    note: str | None


class Scenario(Figure):
    """The three scenarios of a line, each of which is a Gap where its inputs are missing."""

    kind: Literal["scenario"] = "scenario"
    listing: str
    case: str
    title: str
    case_as_of: Instant
    share: ShareScenario | Gap
    capex: CapexScenario | Gap
    price: PriceScenario | Gap
    inputs: tuple[ScenarioInput, ...]
    open_questions: tuple[str, ...]
    basis: Basis


def scenario(view: View, line: Series) -> Scenario:
    """The scenarios of a line: of the newest shipped case about it that was known, and of the ledger's own figures."""
    trail = Trail(view)
    file = case_for(line.listing.key, view.as_of) or bare_case(line.listing, view.as_of)
    known = filled(file, view, line, trail)
    return _scenario(known.file, view.as_of, known.src, trail.basis(DEFINITION).evidence)


def scenario_of(file: ScenarioFile) -> Scenario:
    """The scenarios of a file alone, without a ledger, at the file's own cutoff."""
    return _scenario(file, file.as_of, {}, ())


def _scenario(
    file: ScenarioFile, as_of: AsOf, src: dict[str, tuple[str, ...]], evidence: tuple[Evidence, ...]
) -> Scenario:
    cited: dict[str, Evidence] = {entry.id: entry for entry in evidence}
    inputs = []
    for place, value in file.values():
        ids = src.get(place, ())
        if not ids and not value.assumption:
            entry = _evidence(file.case.name, place, value)
            cited.setdefault(entry.id, entry)
            ids = (entry.id,)
        inputs.append(_input(place, value, ids))
    share, capex, price = share_scenario(file), capex_scenario(file), price_scenario(file)
    return Scenario(
        listing=file.case.subject,
        case=file.case.name,
        title=file.case.title,
        case_as_of=file.case.as_of,
        share=share,
        capex=capex,
        price=price,
        inputs=tuple(inputs),
        open_questions=tuple(map(told, file.conflict)),
        basis=Basis(
            as_of=as_of.at,
            definition=DEFINITION,
            evidence=tuple(cited.values()),
            gaps=tuple(gap for gap in (share, capex, price) if isinstance(gap, Gap)),
        ),
        src=tuple(cited),
    )


def _evidence(case: str, place: str, value: Value) -> Evidence:
    assert value.source is not None
    assert value.locator is not None
    assert value.known_at is not None
    digest = hashlib.sha256(f"{value.source}\n{value.locator}\n{value.known_at.isoformat()}".encode()).hexdigest()
    return Evidence(
        id=digest[:16], source=value.source, locator=f"{value.locator} ({case}: {place})", known_at=value.known_at
    )


def _input(place: str, value: Value, ids: tuple[str, ...]) -> ScenarioInput:
    fields = value.model_dump(include={"low", "base", "high", "unit", "period", "assumption", "reason", "note"})
    return ScenarioInput(place=place, src=ids, **fields)
