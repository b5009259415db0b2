"""analyze(): all findings and the outlook of one subject at one instant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

import numpy as np
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
from rerating.findings.series import Series, series
from rerating.findings.study import Study
from rerating.findings.trend import Trend, trend
from rerating.ledger import View, ViewSource
from rerating.outlook.answer import Forecast, Verdict, outlook
from rerating.outlook.model import Model

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

    @classmethod
    def from_json(cls, text: str) -> Analysis:
        """The analysis in a JSON text; raises UsageError where it is none."""
        try:
            return cls.model_validate_json(text)
        except ValueError as error:
            reason = str(error).splitlines()[0]
            raise UsageError(f"That is no analysis in JSON ({reason}); make one with 'rerating analyze'.") from error

    def of_kind(self, kind: type[Any]) -> list[Any]:
        """The findings of one kind, in their order."""
        return [finding for finding in self.findings if isinstance(finding, kind)]


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
    line = _series(view, symbol)
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


def explain(
    source: ViewSource,
    symbol: str,
    on: date,
    *,
    as_of: AsOf | None,
    latest: AsOf,
    grace: timedelta = timedelta(hours=24),
) -> Explanation:
    """The timing tribunal over the session of `on`, as known at `as_of` (None: `grace` after its close).

    `latest` is the last instant that may be asked about (the clock, at the doors). Raises UsageError for a symbol that
    the ledger does not hold and for a day that was no session.
    """
    line = _series(source.view(latest), symbol)
    position = line.sessions.position(on)
    if position is None:
        near = line.sessions.days[max(0, int(line.sessions.days.searchsorted(np.datetime64(on, "D"))) - 1)]
        raise UsageError(f"{on} was no session of {line.listing.venue}; the one before was {near}.")
    close = line.sessions.close_at(position)
    cutoff = as_of or AsOf(at=min(close + grace, latest.at))
    if cutoff.at < close:
        raise UsageError(f"The session of {on} was not over at {cutoff}; choose an --as-of from {AsOf(at=close)} on.")
    view = source.view(cutoff)
    line = _series(view, symbol)
    place = line.place(position)
    if not 0 <= place <= line.last:
        raise UsageError(
            f"The ledger holds no prices of {line.listing.key} on {on} (from {line.day(0)} to {line.day(line.last)}); "
            "collect or import them."
        )
    return explanation(Study.of(view, line), place)


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
    line = _series(view, symbol)
    return options_activity(view, line.listing, line)


def _series(view: View, symbol: str) -> Series:
    line = series(view, resolved(view, symbol))
    if isinstance(line, Gap):
        raise UsageError(f"{line.detail}.")
    return line


def resolved(view: View, symbol: str) -> Listing:
    """The line that a symbol names: `AAPL`, or `XNAS:AAPL` where several venues have it.

    Raises UsageError where the ledger does not hold it, or where several lines answer to it.
    """
    venue, _, bare = symbol.rpartition(":")
    lines = [line for line in view.listings(bare) if not venue or line.venue == venue]
    if not lines:
        raise view.unknown(symbol)
    if len({line.key for line in lines}) > 1:
        raise UsageError(f"'{symbol}' is ambiguous: {', '.join(line.key for line in lines)}; name one of them in full.")
    return lines[0]
