"""Which chart belongs to which picture of a plan; page and paper draw the same ones."""

from __future__ import annotations

from rerating.analysis import Analysis
from rerating.findings.catalyst import Catalyst
from rerating.findings.options_activity import OptionsActivity
from rerating.findings.price_move import PriceMove
from rerating.findings.scenario import Scenario
from rerating.report.charts import abnormal, price
from rerating.report.charts.options import option_charts
from rerating.report.charts.scenario import scenario_charts
from rerating.statements.blocks import Picture
from rerating.statements.catalyst import told
from rerating.statements.facts import Voice
from rerating.statements.statement import said


def drawn(picture: Picture, analysis: Analysis, voice: Voice) -> list[tuple[str, str]]:
    """The chart of a picture in both sizes, each with the class that shows it: wide, then narrow."""
    label = said(picture.says, voice)
    if picture.name.startswith("scenario_"):
        return scenario_charts(analysis.of_kind(Scenario)[0], picture.name, voice, label)
    if picture.name.startswith("options_"):
        return option_charts(analysis.of_kind(OptionsActivity)[0], picture.name, voice, label)
    catalysts = analysis.of_kind(Catalyst)
    if picture.name == "price":
        move = analysis.of_kind(PriceMove)[0]
        sizes = (("wide", price.WIDE), ("narrow", price.NARROW))
        return [(name, price.price_chart(move, catalysts, voice, size=size)) for name, size in sizes]
    groups, widths = told(catalysts), (("wide", abnormal.WIDE), ("narrow", abnormal.NARROW))
    return [(name, abnormal.abnormal_chart(groups, voice, width=width)) for name, width in widths]
