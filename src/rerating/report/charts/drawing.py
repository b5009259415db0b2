"""Which chart belongs to which picture of a plan; page and paper draw the same ones."""

from __future__ import annotations

from rerating.analysis import Analysis
from rerating.core.types import Gap
from rerating.findings.catalyst import Catalyst
from rerating.findings.consensus import Consensus
from rerating.findings.decomposition import Decomposition
from rerating.findings.options_activity import OptionsActivity
from rerating.findings.price_move import PriceMove
from rerating.findings.scenario import Scenario
from rerating.report.charts import abnormal, price
from rerating.report.charts.consensus import scale_charts, target_charts
from rerating.report.charts.decomposition import changed_charts, moved_charts
from rerating.report.charts.forecast import forecast_charts
from rerating.report.charts.options import option_charts
from rerating.report.charts.reliability import NARROW, WIDE, reliability_chart
from rerating.report.charts.scenario import scenario_charts
from rerating.statements.blocks import Picture
from rerating.statements.catalyst import told
from rerating.statements.facts import Money, Voice
from rerating.statements.statement import said
from rerating.statements.verdict import reliability

Charts = list[tuple[str, str]]
"""A chart in both sizes, each with the class that shows it: wide, then narrow."""


def drawn(picture: Picture, analysis: Analysis, voice: Voice) -> Charts:
    """The chart of a picture. Its sentence is its name for who does not see it."""
    label = said(picture.says, voice)
    if picture.name.startswith("scenario_"):
        return scenario_charts(analysis.of_kind(Scenario)[0], picture.name, voice, label)
    if picture.name.startswith("options_"):
        return option_charts(analysis.of_kind(OptionsActivity)[0], picture.name, voice, label)
    return _DRAWN[picture.name](analysis, voice, label)


def _price(analysis: Analysis, voice: Voice, label: str) -> Charts:
    move, catalysts = analysis.of_kind(PriceMove)[0], analysis.of_kind(Catalyst)
    sizes = (("wide", price.WIDE), ("narrow", price.NARROW))
    return [(name, price.price_chart(move, catalysts, voice, label, size=size)) for name, size in sizes]


def _abnormal(analysis: Analysis, voice: Voice, label: str) -> Charts:
    groups, widths = told(analysis.of_kind(Catalyst)), (("wide", abnormal.WIDE), ("narrow", abnormal.NARROW))
    return [(name, abnormal.abnormal_chart(groups, voice, label, width=width)) for name, width in widths]


def _changed(analysis: Analysis, voice: Voice, label: str) -> Charts:
    found = analysis.of_kind(Decomposition)[0].what_changed
    return [] if isinstance(found, Gap) else changed_charts(found, voice, label)


def _moved(analysis: Analysis, voice: Voice, label: str) -> Charts:
    found = analysis.of_kind(Decomposition)[0].what_moved
    return [] if isinstance(found, Gap) else moved_charts(found, voice, label)


def _scales(analysis: Analysis, voice: Voice, label: str) -> Charts:
    found = analysis.of_kind(Consensus)[0].scales
    return [] if isinstance(found, Gap) else scale_charts(found, voice, label)


def _targets(analysis: Analysis, voice: Voice, label: str) -> Charts:
    close = analysis.of_kind(PriceMove)[0].close
    level = None if isinstance(close, Gap) else Money(value=close.value, unit=close.unit)
    return target_charts(analysis.of_kind(Consensus)[0], level, voice, label)


def _forecast(analysis: Analysis, voice: Voice, label: str) -> Charts:
    return forecast_charts([found for found in analysis.forecasts if not isinstance(found, Gap)], voice, label)


def _reliability(analysis: Analysis, voice: Voice, label: str) -> Charts:
    sizes = (("wide", WIDE), ("narrow", NARROW))
    found = reliability(analysis.verdict)
    return [(name, reliability_chart(found, voice.language, label, width=width)) for name, width in sizes]


_DRAWN = {
    "price": _price,
    "abnormal": _abnormal,
    "what_changed": _changed,
    "what_moved": _moved,
    "scales": _scales,
    "targets": _targets,
    "forecast": _forecast,
    "reliability": _reliability,
}
