"""The scenario finding: can the claim be true, does the spending pay, what does the price presuppose?"""

from __future__ import annotations

import hashlib
from typing import Literal

from rerating.core.types import AsOf, Gap, Instant, Why
from rerating.findings.basis import Basis, Evidence, Figure, Trail
from rerating.findings.scenario_file import case_for
from rerating.findings.scenario_inputs import ScenarioFile, Value
from rerating.findings.scenario_ledger import bare_case, filled
from rerating.findings.scenario_price import PriceScenario, price_scenario
from rerating.findings.scenario_programme import CapexScenario, capex_scenario
from rerating.findings.scenario_share import ShareScenario, share_scenario
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
    german: dict[str, str]
    """The case's names and open questions in German, where the case has them."""
    basis: Basis


def scenarios(view: View, line: Series) -> list[Scenario]:
    """The scenarios that an analysis holds: those of a shipped case about the line, if one was known; else none.

    A line without a case is left to `scenario`, which is asked for by name: its generic ranges are no evidence.
    """
    return [] if case_for(line.listing.key, view.as_of) is None else [scenario(view, line)]


def scenario(view: View, line: Series) -> Scenario:
    """The scenarios of a line: of the newest shipped case about it that was known, and of the ledger's own figures."""
    trail = Trail(view)
    file = case_for(line.listing.key, view.as_of) or bare_case(line.listing, view.as_of)
    known = filled(file, view, line, trail)
    return _scenario(known.file, view.as_of, known.src, trail.basis(DEFINITION).evidence)


def case_of(view: View, line: Series) -> ScenarioFile:
    """The newest shipped case about a line that was known, with what the ledger adds; a bare one where none was."""
    file = case_for(line.listing.key, view.as_of) or bare_case(line.listing, view.as_of)
    return filled(file, view, line, Trail(view)).file


def scenario_of(file: ScenarioFile) -> Scenario:
    """The scenarios of a file alone, without a ledger, at the file's own cutoff."""
    return _scenario(file, file.as_of, {}, ())


def scenario_about(file: ScenarioFile, found: ShareScenario | CapexScenario | PriceScenario) -> Scenario:
    """One scenario of a file as a finding; the other ones are gaps, since they were not asked for."""
    gap = Gap(question="scenario", why=Why.NOT_APPLICABLE, detail="it was not asked for")
    share = found if isinstance(found, ShareScenario) else gap
    capex = found if isinstance(found, CapexScenario) else gap
    price = found if isinstance(found, PriceScenario) else gap
    return _scenario(file, file.as_of, {}, (), parts=(share, capex, price))


def _scenario(
    file: ScenarioFile,
    as_of: AsOf,
    src: dict[str, tuple[str, ...]],
    evidence: tuple[Evidence, ...],
    *,
    parts: tuple[ShareScenario | Gap, CapexScenario | Gap, PriceScenario | Gap] | None = None,
) -> Scenario:
    cited: dict[str, Evidence] = {entry.id: entry for entry in evidence}
    inputs = []
    for place, value in file.values():
        ids = src.get(place, ())
        if not ids and not value.assumption:
            entries = _evidence(value)
            cited |= {entry.id: entry for entry in entries if entry.id not in cited}
            ids = tuple(entry.id for entry in entries)
        inputs.append(_input(place, value, ids))
    share, capex, price = parts or (share_scenario(file), capex_scenario(file), price_scenario(file))
    return Scenario(
        listing=file.case.subject,
        case=file.case.name,
        title=file.case.title,
        case_as_of=file.case.as_of,
        share=share,
        capex=capex,
        price=price,
        inputs=tuple(inputs),
        open_questions=tuple(conflict.told() for conflict in file.conflict),
        german=file.german | {conflict.told(): conflict.told(file.german) for conflict in file.conflict if file.german},
        basis=Basis(
            as_of=as_of.at,
            definition=DEFINITION,
            evidence=tuple(cited.values()),
            gaps=tuple(gap for gap in (share, capex, price) if isinstance(gap, Gap)),
        ),
        src=tuple(cited),
    )


def _evidence(value: Value) -> list[Evidence]:
    """One entry an address: a value that was put together from several names them with "; " between."""
    assert value.source is not None
    assert value.locator is not None
    assert value.known_at is not None
    entries = []
    for locator in value.locator.split("; "):
        text = f"{value.source}\n{locator}\n{value.known_at.isoformat()}"
        digest = hashlib.sha256(text.encode()).hexdigest()
        entries.append(
            Evidence(
                id=digest[:16],
                source=value.source,
                locator=locator,
                known_at=value.known_at,
                licence=value.licence,
            )
        )
    return entries


def _input(place: str, value: Value, ids: tuple[str, ...]) -> ScenarioInput:
    fields = value.model_dump(include={"low", "base", "high", "unit", "period", "assumption", "reason", "note"})
    return ScenarioInput(place=place, src=ids, **fields)
