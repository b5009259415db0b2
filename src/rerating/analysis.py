"""analyze(): all findings and the outlook of one subject at one instant."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import Field

from rerating.core.errors import UsageError
from rerating.core.record import Record, canonical_json
from rerating.core.types import AsOf, Gap, Instant, Listing, Reading
from rerating.core.version import VERSION
from rerating.findings.catalyst import MOVE_SESSIONS, Catalyst, catalysts
from rerating.findings.consensus import Consensus, consensus
from rerating.findings.decomposition import Decomposition, decomposition
from rerating.findings.explanation import Explanation, explanation
from rerating.findings.fundamentals import Fundamentals, fundamentals
from rerating.findings.lines import Lines, lines, sister_lines
from rerating.findings.options_activity import OptionsActivity, options_activity
from rerating.findings.plans import Plans, plans
from rerating.findings.price_move import PriceMove, price_move
from rerating.findings.scenario import Scenario, scenarios
from rerating.findings.study import Study
from rerating.findings.subject import line_of
from rerating.findings.trend import Trend, trend
from rerating.ledger import ViewSource
from rerating.outlook.answer import Forecast, Verdict, outlook
from rerating.outlook.model import Model

SCHEMA: Literal[2] = 2
"""The layout of an analysis in JSON (docs/schema/analysis.json). It rises with every change that this software cannot
read without guessing: a field that is renamed, dropped, or new and not optional. Files before 2 bear no number."""

Finding = Annotated[
    PriceMove
    | Lines
    | Trend
    | Explanation
    | Catalyst
    | Decomposition
    | Fundamentals
    | Consensus
    | Plans
    | Scenario
    | OptionsActivity,
    Field(discriminator="kind"),
]


class Subject(Record):
    """The line that was asked about."""

    symbol: str
    venue: str
    currency: str
    issuer: str | None


class Analysis(Record):
    """What is known of one line at one instant. All that a report may read; its JSON goes out and in without loss.

    `ledger_version` is the digest of the rows that were read; `pins` are storage versions and take no part in equality.
    """

    schema_version: Literal[2] = SCHEMA
    subject: Subject
    as_of: Instant
    reading: Reading
    findings: tuple[Finding, ...]
    forecasts: tuple[Annotated[Forecast | Gap, Field(discriminator="kind")], ...]
    verdict: Annotated[Verdict | Gap, Field(discriminator="kind")]
    ledger_version: str
    pins: dict[str, int]
    software_version: str

    def to_json(self) -> str:
        """Canonical JSON, indented, with a newline at the end."""
        return canonical_json(self, indent=1) + "\n"

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON without `pins`: equal where ledger, software and question are."""
        plain = self.model_dump(mode="json")
        plain.pop("pins")
        return hashlib.sha256(canonical_json(plain).encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str) -> Analysis:
        """The analysis in a JSON text; raises UsageError where it is none, or one of another schema."""
        try:
            plain = json.loads(text)
        except ValueError as error:
            raise UsageError(f"That is no analysis in JSON ({error}); {_MAKE}.") from error
        if not isinstance(plain, dict) or not {"subject", "as_of", "software_version"} <= plain.keys():
            raise UsageError(f"That is no analysis in JSON, but other JSON; {_MAKE}.")
        if plain.get("schema_version") != SCHEMA:
            raise UsageError(_other_schema(plain))
        try:
            return cls.model_validate_json(text)
        except ValueError as error:
            reason = ", ".join(line.strip() for line in str(error).splitlines()[:3])
            raise UsageError(f"That analysis was changed or cut after it was made ({reason}); {_MAKE}.") from error

    def of_kind(self, kind: type[Any]) -> list[Any]:
        """The findings of one kind, in their order."""
        return [finding for finding in self.findings if isinstance(finding, kind)]


_MAKE = "make one with 'rerating analyze SYMBOL --format json --out FILE'"


def _other_schema(plain: dict[str, Any]) -> str:
    """Which schema a file has, which one is read here, and the two ways out."""
    version, software = plain.get("schema_version"), plain["software_version"]
    told = f"schema {version}" if version is not None else "a schema from before schemas were numbered"
    subject = plain["subject"] if isinstance(plain["subject"], dict) else {}
    line = f"{subject.get('venue', 'VENUE')}:{subject.get('symbol', 'SYMBOL')}"
    return (
        f"This analysis has {told} (written by rerating {software}); rerating {VERSION} reads schema {SCHEMA}. Make it "
        f"again from the ledger with 'rerating analyze {line} --as-of {plain['as_of']} --format json --out FILE', or "
        "read it with the release that wrote it."
    )


def analyze(
    source: ViewSource,
    symbol: str,
    as_of: AsOf,
    *,
    currency: str | None = None,
    reading: Reading = Reading.PUBLISHED,
    model: Model | None = None,
) -> Analysis:
    """Everything that the findings say about `symbol` at `as_of`, prices also in `currency`, and the outlook.

    Forecasts come from `model`, or from one that is trained on the view itself: on the line and its peers. Raises
    UsageError for a symbol that the ledger does not hold, or holds only after the cutoff. What a known symbol lacks is
    a Gap in its finding.
    """
    view = source.view(as_of, reading)
    line = line_of(view, symbol)
    sisters = sister_lines(view, line)
    moves = [price_move(view, each, currency=currency) for each in (line, *(member for member, _ in sisters))]
    findings: list[Any] = [*moves]
    study = Study.of(view, line)
    findings.append(lines(view, line, moves, sisters, currency or line.listing.currency))
    findings.append(trend(study))
    move = study.most_abnormal(MOVE_SESSIONS)
    if move is not None:
        findings.append(explanation(study, move))
    findings.extend(catalysts(study))
    findings.append(decomposition(study, currency=currency))
    findings.append(fundamentals(view, line))
    findings.append(consensus(view, line))
    findings.append(plans(view, line))
    findings.extend(scenarios(view, line))
    findings.append(options_activity(view, line.listing, line))
    ahead = outlook(view, line, model=model)
    analysis = Analysis(
        subject=Subject(**line.listing.model_dump(include={"symbol", "venue", "currency", "issuer"})),
        as_of=as_of.at,
        reading=reading,
        findings=tuple(findings),
        forecasts=ahead.forecasts,
        verdict=ahead.verdict,
        ledger_version=view.version,
        pins=view.pins,
        software_version=VERSION,
    )
    return Analysis.from_json(analysis.to_json())


def option_activity(
    source: ViewSource, symbol: str, as_of: AsOf, *, reading: Reading = Reading.PUBLISHED
) -> OptionsActivity:
    """The options finding alone, also of a line of which the ledger holds option chains and no prices.

    Raises UsageError for a symbol of which it holds neither.
    """
    view = source.view(as_of, reading)
    bare = symbol.rpartition(":")[2]
    quotes = view.option_quotes(bare)
    if quotes.height and not view.listings(bare):
        currency = quotes["currency"].drop_nulls()
        listing = Listing(symbol=bare, venue="US", currency=currency[-1] if currency.len() else "USD")
        return options_activity(view, listing, None)
    line = line_of(view, symbol)
    return options_activity(view, line.listing, line)
