"""What a chart shows, as a table of typed values: for who reads it by ear or by key, and for the words of a hover.

A row is what one place of the drawing tells; `report/charts` draws the same lists in the same order, and its places
name the rows by their number (tests/report/test_charts.py holds the two against each other).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from rerating.analysis import Analysis
from rerating.core.types import Gap
from rerating.findings.catalyst import Catalyst
from rerating.findings.consensus import Consensus, RatingAction, Targets
from rerating.findings.decomposition import Decomposition
from rerating.findings.option_chain import Expiry
from rerating.findings.option_history import VolumeTest
from rerating.findings.options_activity import OptionsActivity, RecordedChain
from rerating.findings.price_move import PriceMove
from rerating.findings.scenario import Scenario
from rerating.findings.scenario_programme import CapexScenario
from rerating.findings.scenario_share import FeasibilityMap, ShareScenario
from rerating.measures.consensus import SCALES
from rerating.measures.implied_distribution import ImpliedDistribution
from rerating.outlook.answer import Forecast
from rerating.outlook.evaluation import Bin
from rerating.statements import catalyst, consensus, decomposition, options_activity, verdict
from rerating.statements.blocks import Picture, Row, Section, Table
from rerating.statements.facts import Count, Day, Money, MoneyRange, Name, Number, Rated, Share, ShareRange, Slot
from rerating.statements.scenario import input_name
from rerating.statements.statement import Kind, Statement, Template

NAME = "values"
VALUE = Template(de="{value}", en="{value}")
SIGNED = Template(de="{value:signed}", en="{value:signed}")
YEAR = Template(de="Jahr {value}", en="Year {value}")
CLAIM = Template(de="Behauptung: {value} Wachstum", en="Claim: growth of {value}")
RANGE = Template(de="{low} bis {high}", en="{low} to {high}")
CHANCE = Template(de="Wahrscheinlichkeit {value}", en="Probability {value}")

HEADS: dict[str, tuple[Template, ...]] = {
    "price": (Template(de="Monatsende", en="End of month"), Template(de="Schlusskurs", en="Close")),
    "abnormal": (
        Template(de="Handelstag", en="Session"),
        Template(de="Überrendite", en="Abnormal return"),
        Template(de="Band der Unsicherheit ({level})", en="Band of uncertainty ({level})"),
        Template(de="Einordnung", en="Label"),
    ),
    "what_changed": decomposition.CHANGED_HEAD,
    "scales": (
        Template(de="Skala", en="Scale"),
        Template(de="Einstufung", en="Rating"),
        Template(de="Mittel", en="Mean"),
        Template(de="nächste Grenze", en="Next bound"),
    ),
    "targets": (
        Template(de="Zeitraum oder Haus", en="Window or house"),
        Template(de="Kursziel", en="Target"),
        Template(de="Median", en="Median"),
        Template(de="Häuser", en="Houses"),
        Template(de="vom", en="of"),
    ),
    "forecast": (
        Template(de="Zeitraum", en="Horizon"),
        Template(de="Spanne zu {level}", en="{level} range"),
        Template(de="mittlerer Bereich", en="Middle part"),
        Template(de="Median", en="Median"),
    ),
    "reliability": (
        Template(de="Genannt", en="Stated"),
        Template(de="eingetreten", en="came true"),
        Template(de="Prognosen", en="Forecasts"),
    ),
    "scenario_fan": (
        Template(de="Programmjahr", en="Programme year"),
        Template(de="Median", en="Median"),
        Template(de="mittlerer Bereich", en="Middle part"),
        Template(de="mittlere Spanne", en="Middle range"),
        Template(de="Grundfall", en="Base case"),
    ),
    "scenario_tornado": (
        Template(de="Annahme", en="Input"),
        Template(de="Barwert am unteren Ende", en="Present value at its low end"),
        Template(de="am oberen Ende", en="at its high end"),
    ),
    "scenario_map": (
        Template(de="Marktwachstum", en="Market growth"),
        Template(de="Anteil am Zuwachs, möglich bis", en="Part of the increment, possible up to"),
        Template(de="überdehnt bis", en="stretched up to"),
    ),
    "options_smile": (
        Template(de="Basispreis", en="Strike"),
        Template(de="Volatilität", en="Volatility"),
        Template(de="Geld bis Brief", en="Bid to ask"),
    ),
    "options_distribution": (
        Template(de="Kurs", en="Price"),
        Template(de="Wahrscheinlichkeit darunter", en="Probability below"),
    ),
    "options_volume": (
        Template(de="Handelstag", en="Session"),
        Template(de="Volumen", en="Volume"),
        Template(de="erwartet", en="expected"),
        Template(de="Band", en="Band"),
    ),
}
QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
"""Levels at which a distribution is told."""
COLUMNS = 9
"""Columns of the map of the possible that are told."""


def with_values(section: Section, values: Callable[[str], Table | None]) -> Section:
    """The section with the table of each of its pictures."""
    blocks = tuple(
        block.model_copy(update={"values": values(block.name)}) if isinstance(block, Picture) else block
        for block in section.blocks
    )
    return section.model_copy(update={"blocks": blocks})


def values_of(analysis: Analysis, name: str) -> Table | None:
    """The table of a picture of the report, by the picture's name; None where nothing of it is known."""
    if name.startswith("scenario_"):
        return scenario_values(analysis.of_kind(Scenario)[0], name)
    if name.startswith("options_"):
        return _options(analysis.of_kind(OptionsActivity)[0], name)
    return _TABLES[name](analysis)


def _cell(value: Slot | None, kind: Kind = Kind.ESTIMATE, template: Template = VALUE) -> Statement | None:
    return None if value is None else Statement(kind=kind, template=template, slots={"value": value})


def _label(value: Slot, template: Template = VALUE) -> Statement:
    return Statement(kind=Kind.FACT, template=template, slots={"value": value})


def _table(name: str, rows: Sequence[Row], **slots: Slot) -> Table | None:
    head = (
        Statement(kind=Kind.FACT, template=cell, slots=slots if "{level" in cell.de else {}) for cell in HEADS[name]
    )
    return Table(name=NAME, head=tuple(head), rows=tuple(rows)) if rows else None


# ---- price, abnormal returns, re-rating ------------------------------------------------------------------------------


def _price(analysis: Analysis) -> Table | None:
    """The last close of each month; every single one is told in the drawing itself."""
    move: PriceMove = analysis.of_kind(PriceMove)[0]
    if isinstance(move.close, Gap):
        return None
    ends = [point for point, after in pairwise(move.chart) if point.on.month != after.on.month] + [*move.chart[-1:]]
    unit = move.close.unit
    rows = [
        Row(label=_label(Day(on=point.on)), cells=(_cell(Money(value=point.close, unit=unit), Kind.FACT),))
        for point in ends
    ]
    return _table("price", rows)


def _abnormal(analysis: Analysis) -> Table | None:
    rows = []
    for group in catalyst.charted(catalyst.told(analysis.of_kind(Catalyst))):
        low, high = catalyst.band(group)
        assert group.on is not None
        cells = (
            _cell(catalyst.share_range(group.first, "abnormal_return")),
            _cell(ShareRange(low=low, high=high)),
            _cell(catalyst.MARKS[group.timing]),
        )
        rows.append(Row(label=_label(Day(on=group.on)), cells=cells))
    return _table("abnormal", rows, level=Share(value=catalyst.BAND_LEVEL, digits=0))


def _changed(analysis: Analysis) -> Table | None:
    found = analysis.of_kind(Decomposition)[0].what_changed
    if isinstance(found, Gap):
        return None
    rows = [
        Row(
            label=Statement(kind=Kind.FACT, template=label),
            cells=(_cell(Share(value=getattr(found, name), digits=2, src=found.src), template=SIGNED),),
        )
        for name, label in decomposition.CHANGED_ROWS.items()
    ]
    return _table("what_changed", rows)


def _moved(analysis: Analysis) -> Table | None:
    found = analysis.of_kind(Decomposition)[0].what_moved
    return None if isinstance(found, Gap) else decomposition.moved_table(found).model_copy(update={"name": NAME})


# ---- the analysts ----------------------------------------------------------------------------------------------------


def _scales(analysis: Analysis) -> Table | None:
    found = analysis.of_kind(Consensus)[0].scales
    if isinstance(found, Gap):
        return None
    known = {scale.house for scale in SCALES}
    rows = []
    for one in (one for one in found if one.house in known):
        bound = None if one.flips_at is None else Number(value=one.flips_at)
        cells = (_cell(Rated(word=one.label, src=one.src)), _cell(Number(value=one.mean, src=one.src)), _cell(bound))
        rows.append(Row(label=_label(_name(one.house)), cells=cells))
    return _table("scales", rows)


def _targets(analysis: Analysis) -> Table | None:
    """The windows, then each house once: the rings of all windows are the same houses' newest targets."""
    found: Consensus = analysis.of_kind(Consensus)[0]
    if isinstance(found.targets, Gap):
        return None
    rows = [_window(one) for one in consensus.charted(found.targets)]
    rows += [_house(action) for action in consensus.ringed(found).values()]
    return _table("targets", rows)


def _window(one: Targets) -> Row:
    cells = (
        _cell(MoneyRange(low=one.low, high=one.high, unit=one.unit, src=one.src), Kind.OPINION),
        _cell(Money(value=one.median, unit=one.unit, src=one.src), Kind.OPINION),
        _cell(Number(value=one.count, digits=0), Kind.FACT),
        None,
    )
    return Row(label=_label(Count(value=one.days, of="day")), cells=cells)


def _house(action: RatingAction) -> Row:
    target = Money(value=float(action.target_to or 0), unit=str(action.currency), src=action.src)
    cells = (_cell(target, Kind.OPINION), None, None, _cell(Day(on=action.graded_on), Kind.FACT))
    return Row(label=_label(_name(action.house)), cells=cells)


def _name(text: str) -> Name:
    return Name(de=text, en=text)


# ---- forecast and its record -----------------------------------------------------------------------------------------


def _forecast(analysis: Analysis) -> Table | None:
    found = [one for one in analysis.forecasts if isinstance(one, Forecast)]
    rows = []
    for one in found:
        at = dict(zip(one.distribution.levels, one.distribution.simple, strict=True))
        half = ShareRange(low=at[0.25], high=at[0.75], src=one.src) if {0.25, 0.75} <= at.keys() else None
        middle = Share(value=at[0.5], src=one.src) if 0.5 in at else None
        cells = (
            _cell(ShareRange(low=one.range.low, high=one.range.high, src=one.src), Kind.FORECAST),
            _cell(half, Kind.FORECAST),
            _cell(middle, Kind.FORECAST, SIGNED),
        )
        rows.append(Row(label=_label(Count(value=one.horizon, of="session")), cells=cells))
    level = Share(value=found[0].range.level, digits=0) if found else Share(value=0.0)
    return _table("forecast", rows, level=level)


def _reliability(analysis: Analysis) -> Table | None:
    return reliability_values(verdict.reliability(analysis.verdict))


def reliability_values(bins: Sequence[Bin]) -> Table | None:
    """Stated and observed share by bin, with the number of forecasts in it."""
    rows = [
        Row(
            label=_label(Share(value=one.probability)),
            cells=(_cell(Share(value=one.frequency)), _cell(Number(value=float(one.n), digits=0), Kind.FACT)),
        )
        for one in bins
    ]
    return _table("reliability", rows)


# ---- scenarios -------------------------------------------------------------------------------------------------------


def scenario_values(made: Scenario, name: str) -> Table | None:
    """The table of a picture of the scenarios."""
    if name == "scenario_map":
        assert isinstance(made.share, ShareScenario)
        first = made.share.definitions[0]
        verdict_of = {0: Share(value=first.incremental_share)}
        head = Row(label=_label(Share(value=first.growth), CLAIM), cells=(_cell(verdict_of[0]), None))
        rest = [
            Row(label=_label(Share(value=growth)), cells=tuple(_cell(_part(end)) for end in ends))
            for growth, ends in map_columns(first.feasibility)
        ]
        return _table(name, [head, *rest])
    assert isinstance(made.capex, CapexScenario)
    return _table(name, [*(_tornado(made.capex) if name == "scenario_tornado" else _fan(made.capex))])


def map_columns(grid: FeasibilityMap) -> Iterator[tuple[float, tuple[float | None, float | None]]]:
    """Some growths of the market, each with the largest part that is possible, and that is stretched at most."""
    places = sorted({round(place) for place in np.linspace(0, len(grid.growth) - 1, COLUMNS)})
    for place in places:
        states = [row[place] for row in grid.state]
        ends = []
        for worst in (0, 1):
            held = [part for part, state in zip(grid.incremental_share, states, strict=True) if state <= worst]
            ends.append(max(held) if held else None)
        yield grid.growth[place], (ends[0], ends[1] if ends[1] != ends[0] else None)


def _part(value: float | None) -> Share | None:
    return None if value is None else Share(value=value, digits=0)


def _fan(capex: CapexScenario) -> Iterator[Row]:
    unit = capex.currency
    for year in capex.fan:
        ends = ((year.p25, year.p75), (year.p10, year.p90))
        cells = (
            _cell(Money(value=year.median, unit=unit)),
            *(
                Statement(
                    kind=Kind.ESTIMATE,
                    template=RANGE,
                    slots={"low": Money(value=low, unit=unit), "high": Money(value=high, unit=unit)},
                )
                for low, high in ends
            ),
            _cell(Money(value=year.base, unit=unit)),
        )
        yield Row(label=_label(Number(value=float(year.year), digits=0), YEAR), cells=cells)


def _tornado(capex: CapexScenario) -> Iterator[Row]:
    for bar in capex.tornado:
        ends = (Money(value=value, unit=capex.currency) for value in (bar.npv_at_low, bar.npv_at_high))
        yield Row(label=_label(input_name(bar.name)), cells=tuple(_cell(end) for end in ends))


# ---- options ---------------------------------------------------------------------------------------------------------


def _options(found: OptionsActivity, name: str) -> Table | None:
    if name == "options_volume":
        test = options_activity.charted_volume(found)
        assert test is not None
        return _table(name, [*_volumes(test)])
    expiry = options_activity.charted(found)
    assert expiry is not None
    assert isinstance(found.chain, RecordedChain)
    rows = _smile if name == "options_smile" else _distribution
    return _table(name, [*rows(expiry, found.chain.currency)])


def _smile(expiry: Expiry, currency: str) -> Iterator[Row]:
    for point in expiry.points:
        quoted = point.low is not None and point.high is not None
        ends = ShareRange(low=point.low or 0.0, high=point.high or 0.0, signed=False) if quoted else None
        cells = (_cell(Share(value=point.implied_volatility)), _cell(ends))
        yield Row(label=_label(Money(value=point.strike, unit=currency)), cells=cells)


def _distribution(expiry: Expiry, currency: str) -> Iterator[Row]:
    found = expiry.distribution
    assert isinstance(found, ImpliedDistribution)
    for level, price in quantiles(found):
        cells = (_cell(Share(value=level, digits=0)),)
        yield Row(label=_label(Money(value=price, unit=currency)), cells=cells)


def quantiles(found: ImpliedDistribution) -> list[tuple[float, float]]:
    """The prices at the levels that lie between the outermost quoted strikes."""
    inside = [level for level in QUANTILES if found.below[0] <= level <= found.below[-1]]
    return [(level, float(np.interp(level, found.below, found.strikes))) for level in inside]


def _volumes(test: VolumeTest) -> Iterator[Row]:
    for point in test.chart:
        expected = None if point.expected is None else Number(value=point.expected, digits=0)
        band = None
        if point.low is not None and point.high is not None:
            ends: dict[str, Slot] = {
                "low": Number(value=point.low, digits=0),
                "high": Number(value=point.high, digits=0),
            }
            band = Statement(kind=Kind.ESTIMATE, template=RANGE, slots=ends)
        cells = (_cell(Number(value=point.volume, digits=0), Kind.FACT), _cell(expected), band)
        yield Row(label=_label(Day(on=point.on)), cells=cells)


_TABLES: dict[str, Callable[[Analysis], Table | None]] = {
    "price": _price,
    "abnormal": _abnormal,
    "what_changed": _changed,
    "what_moved": _moved,
    "scales": _scales,
    "targets": _targets,
    "forecast": _forecast,
    "reliability": _reliability,
}
