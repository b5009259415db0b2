"""The plan of a report: all that will be said of an analysis, in order, before any language is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from rerating.analysis import Analysis
from rerating.core.certificate import Certificate
from rerating.core.record import Record
from rerating.core.types import Gap
from rerating.findings.basis import Evidence
from rerating.findings.catalyst import Catalyst
from rerating.findings.consensus import Consensus
from rerating.findings.decomposition import Decomposition
from rerating.findings.explanation import Explanation
from rerating.findings.fundamentals import Fundamentals
from rerating.findings.lines import Lines
from rerating.findings.options_activity import OptionsActivity
from rerating.findings.plans import Plans
from rerating.findings.price_move import PriceMove
from rerating.findings.scenario import Scenario
from rerating.findings.trend import Trend
from rerating.statements import (
    catalyst,
    consensus,
    decomposition,
    definitions,
    explanation,
    forecast,
    frame,
    fundamentals,
    gaps,
    headline,
    key_points,
    lengths,
    lines,
    multiples,
    options_activity,
    plans,
    price_move,
    scenario,
    trend,
    verdict,
)
from rerating.statements import publication as publishing
from rerating.statements.blocks import Entry, Item, Items, Length, Paragraph, Picture, Section, Table
from rerating.statements.chart_values import values_of, with_values
from rerating.statements.facts import Name
from rerating.statements.publication import Publication
from rerating.statements.sources import Sources, sources_of
from rerating.statements.statement import Statement
from rerating.statements.verdict import Card


class Plan(Record):
    """A report before it has a language and a form."""

    issuer: Name
    length: Length
    headline: Statement
    lead: tuple[Statement, ...]
    card: Card
    glance: tuple[Item, ...]
    sections: tuple[Section, ...]
    sources: Sources
    masthead: Statement
    line: Statement
    dateline: Statement
    colophon: tuple[Statement, ...]
    software_version: str

    def statements(self) -> Iterator[Statement]:
        """All statements in the order in which they are read."""
        yield self.headline
        yield from self.lead
        yield from self.card.statements
        for item in self.glance:
            yield item.label
            yield item.statement
        for section in self.sections:
            yield from statements_of(section)


def plan(
    analysis: Analysis,
    *,
    length: Length = Length.ARTICLE,
    publication: Publication | None = None,
    certificate: Certificate | None = None,
) -> Plan:
    """What can be said of an analysis, at one length; for readers other than its maker with a `publication`."""
    moves = analysis.of_kind(PriceMove)
    events = analysis.of_kind(Catalyst)
    trials = analysis.of_kind(Explanation)
    views = analysis.of_kind(Consensus)
    stated = analysis.of_kind(Plans)
    imagined = analysis.of_kind(Scenario)
    symbol = analysis.subject.issuer or analysis.subject.symbol
    issuer = Name(de=symbol, en=symbol)
    told: list[tuple[Section | None, Callable[[], Item]]] = [
        (price_move.section(moves), price_move.definition),
        (catalyst.section(events, explanation.sentences(trials)), catalyst.definition),
        (lines.section(analysis.of_kind(Lines)), lines.definition),
        (trend.section(analysis.of_kind(Trend), moves), trend.definition),
        (decomposition.section(analysis.of_kind(Decomposition)), decomposition.definition),
        (plans.section(stated), plans.definition),
        (consensus.section(views), lambda: consensus.definition(views[0])),
        (fundamentals.section(analysis.of_kind(Fundamentals)), fundamentals.definition),
        (options_activity.section(analysis.of_kind(OptionsActivity)), options_activity.definition),
        (scenario.section(imagined[0]) if imagined else None, scenario.definition),
        (forecast.section(analysis.forecasts, analysis.verdict), forecast.definition),
    ]
    unknown = tuple(dict.fromkeys(gaps_of(analysis)))
    defined = [define() for part, define in told if part is not None]
    if trials:
        defined.insert(2, explanation.definition())
    if any(not isinstance(found.valuation, Gap) for found in analysis.of_kind(Fundamentals)):
        defined.append(multiples.definition())
    sections = [
        *(part for part, _ in told),
        plans.views(stated),
        key_points.section(analysis, len(unknown)),
        verdict.section(analysis.verdict, [found for found in analysis.forecasts if not isinstance(found, Gap)]),
        plans.watch(stated, price_move.levels_to_watch(moves)),
        gaps.section(unknown, f"{analysis.subject.venue}:{analysis.subject.symbol}", issuer),
        definitions.section(defined),
    ]
    card, lead = verdict.card(analysis.verdict), headline.lead(moves[0], trials, issuer)
    if length is Length.BRIEF:
        card = card.model_copy(update={"statements": card.statements[: lengths.BRIEF_CARD]})
        lead = lead[: lengths.BRIEF_LEAD]
    made = Plan(
        issuer=issuer,
        length=length,
        headline=headline.headline(moves[0], trials, issuer),
        lead=lead,
        glance=price_move.glance(moves[0]),
        card=card,
        sections=tuple(
            with_values(section, partial(values_of, analysis))
            for section in lengths.told(
                (section for section in sections if section is not None),
                length,
                with_definitions=publication is not None,
            )
        ),
        sources=Sources(documents=()),
        masthead=frame.as_of(analysis.as_of),
        line=frame.line(f"{analysis.subject.venue}:{analysis.subject.symbol}"),
        dateline=frame.dateline(analysis.subject.venue, analysis.as_of),
        colophon=frame.colophon(analysis.ledger_version, analysis.software_version, certificate),
        software_version=analysis.software_version,
    )
    used = tuple(_used(made, analysis))
    made = made.model_copy(update={"sources": sources_of(used)})
    return made if publication is None else _public(made, analysis, publication, used)


def _public(made: Plan, analysis: Analysis, publication: Publication, used: Sequence[Evidence]) -> Plan:
    """The plan with fact and judgement marked apart, and with what the report says about itself."""
    about = publishing.section(analysis, publication, length=made.length, used=used)
    return made.model_copy(
        update={
            "lead": publishing.marked(made.lead),
            "card": made.card.model_copy(update={"statements": publishing.marked(made.card.statements)}),
            "sections": (*(publishing.marked_section(part) for part in made.sections), about),
        }
    )


def gaps_of(analysis: Analysis) -> Iterator[Gap]:
    """The gaps of all findings and forecasts; that of the verdict stands in its card."""
    for finding in analysis.findings:
        yield from finding.basis.gaps
    yield from (forecast for forecast in analysis.forecasts if isinstance(forecast, Gap))
    if not isinstance(analysis.verdict, Gap):
        yield from analysis.verdict.basis.gaps


def statements_of(section: Section) -> Iterator[Statement]:
    """The statements of a section in reading order."""
    for block in section.blocks:
        match block:
            case Paragraph():
                yield from block.statements
            case Picture():
                yield block.title
                yield block.says
            case Items():
                for item in block.items:
                    yield item.label
                    yield item.statement
            case Table():
                yield from _cells(block)
            case Entry():
                yield block.title
                yield from block.items
                yield from block.statements
                for table in (block.figures, block.details):
                    if table is not None:
                        yield from _cells(table)


def _cells(table: Table) -> Iterator[Statement]:
    yield from table.head
    for row in table.rows:
        yield row.label
        yield from (cell for cell in row.cells if cell is not None)


def _used(made: Plan, analysis: Analysis) -> Iterator[Evidence]:
    bases = [finding.basis for finding in analysis.findings]
    if not isinstance(analysis.verdict, Gap):
        bases.append(analysis.verdict.basis)
    known = {entry.id: entry for basis in bases for entry in basis.evidence}
    for statement in made.statements():
        for fact in statement.facts:
            yield from (known[key] for key in fact.src if key in known)
