"""Charts of the scenarios: a fan of cumulated cash, a tornado of inputs, a map of what a claim needs."""

from __future__ import annotations

from collections.abc import Sequence

from rerating.findings.scenario import Scenario
from rerating.findings.scenario_programme import CapexScenario
from rerating.findings.scenario_share import ShareOfMarket, ShareScenario
from rerating.language.numbers import percent
from rerating.language.quantities import money
from rerating.report.charts.rows import Bar, Mark, Row, Rows, row_charts
from rerating.report.charts.svg import Reading, chart, element, line, path, text, ticks
from rerating.statements.chart_values import map_columns
from rerating.statements.facts import Voice, Word, written
from rerating.statements.scenario import VERDICTS, input_name

WIDE, NARROW = 720, 360
_MEDIAN = Word(de="Median", en="median")
_BASE = Word(de="Grundfall", en="base case")
_GROWTH = Word(de="Marktwachstum", en="market growth")
_PART = Word(de="Anteil am Zuwachs", en="part of the increment")
_CLAIM = Word(de="Behauptung", en="claim")
_STATES = tuple(VERDICTS.values())
_SHADES = ("shade", "shade deep")


def scenario_charts(made: Scenario, name: str, voice: Voice, label: str) -> list[tuple[str, str]]:
    """A chart of the scenarios in both sizes, each with the class that shows it."""
    sizes = (("wide", WIDE), ("narrow", NARROW))
    if name == "scenario_map":
        assert isinstance(made.share, ShareScenario)
        first = made.share.definitions[0]
        return [(size, feasibility_map(first, voice, label, width=width)) for size, width in sizes]
    assert isinstance(made.capex, CapexScenario)
    if name == "scenario_tornado":
        return tornado_charts(made.capex, voice, label)
    return [(size, fan_chart(made.capex, voice, label, width=width)) for size, width in sizes]


def fan_chart(capex: CapexScenario, voice: Voice, label: str, *, width: int = WIDE) -> str:
    """Two bands (half and four fifths of the scenarios), the median and the base case, over programme years."""
    years, height = capex.fan, 280
    low = min(0.0, *(min(year.p10, year.base) for year in years))
    high = max(0.0, *(max(year.p90, year.base) for year in years))

    words = {value: money(value, capex.currency, voice.language, digits=0) for value in ticks(low, high)}
    left = 12.0 + 6.1 * max(len(word) for word in words.values())
    right, top, bottom = width - 66.0, 16.0, height - 30.0

    def x(year: float) -> float:
        return left + (right - left) * year / years[-1].year

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - low) / ((high - low) or 1.0)

    parts = []
    for value, word in words.items():
        parts.append(line(left, y(value), right, y(value), "axis" if value == 0 else "grid"))
        parts.append(text(left - 7, y(value) + 4, word, "tick", anchor="end"))
    for lower, upper in (("p10", "p90"), ("p25", "p75")):
        rim = [(x(0), y(0.0))] + [(x(year.year), y(getattr(year, upper))) for year in years]
        rim += [(x(year.year), y(getattr(year, lower))) for year in reversed(years)]
        points = " ".join(f"{px:.1f},{py:.1f}" for px, py in rim)
        parts.append(element("polygon", points=points, class_="shade"))
    middle = [(x(0), y(0.0))] + [(x(year.year), y(year.median)) for year in years]
    parts.append(path(middle, "curve"))
    before = (x(0), y(0.0))
    for year in years:
        after = (x(year.year), y(year.base))
        parts.append(line(*before, *after, "level"))
        before = after
    end = years[-1]
    for value, name, shift in ((end.median, _MEDIAN, -3), (end.base, _BASE, 11 if end.base <= end.median else -14)):
        parts.append(text(right + 6, y(value) + shift, written(name, voice), "note"))
    for year in years:
        if year.year % 2 == 0 or len(years) < 9:
            parts.append(text(x(year.year), bottom + 18, str(year.year), "tick", anchor="middle"))
    return chart((width, height), "".join(parts), label, Reading(places=middle[1:]))


def tornado_charts(capex: CapexScenario, voice: Voice, label: str) -> list[tuple[str, str]]:
    """One bar an input from its low to its high end (the stroke is the high one); the line is the base case."""
    rows = [
        Row(
            name=written(input_name(bar.name), voice),
            bars=(Bar(start=bar.npv_at_low, stop=bar.npv_at_high, height=14, class_="shade deep"),),
            strokes=(bar.npv_at_high,),
        )
        for bar in capex.tornado
    ]

    def word(value: float, digits: int) -> str:
        return money(value, capex.currency, voice.language, digits=0)

    base = Mark(at=capex.npv, words=written(_BASE, voice))
    return row_charts(Rows(rows=rows, word=word, label=label, percent=False, marks=(base,), about=3))


def feasibility_map(one: ShareOfMarket, voice: Voice, label: str, *, width: int = WIDE) -> str:
    """Market growth across, part of the increment upward; the darker, the less possible. The claim is the dot."""
    grid, height = one.feasibility, 300
    left, right, top, bottom = 58, width - 14, 14, height - 44
    columns, rows = len(grid.growth), len(grid.incremental_share)
    cell_x, cell_y = (right - left) / columns, (bottom - top) / rows
    reach, tall = grid.growth[-1] * columns / (columns - 1), grid.incremental_share[-1] * rows / (rows - 1)

    def x(growth: float) -> float:
        return left + (right - left) * growth / reach

    def y(part: float) -> float:
        return bottom - (bottom - top) * part / tall

    parts = []
    for state in (1, 2):
        cells = _cells(grid.state, state, (left, bottom), (cell_x, cell_y))
        if cells:
            parts.append(element("path", d=cells, class_=_SHADES[state - 1]))
    for value in ticks(0.0, grid.growth[-1]):
        words = percent(value, voice.language, digits=0)
        parts.append(text(x(value), bottom + 16, words, "tick", anchor="middle"))
    for value in ticks(0.0, grid.incremental_share[-1]):
        words = percent(value, voice.language, digits=0)
        parts.append(text(left - 7, y(value) + 4, words, "tick", anchor="end"))
    parts += _state_names(one, voice, x, y, right)
    parts.append(line(left, bottom, right, bottom, "axis"))
    parts.append(text(right, bottom + 34, written(_GROWTH, voice), "note", anchor="end"))
    parts.append(text(left + 4, top + 10, written(_PART, voice), "note halo"))
    dot_x, dot_y = x(one.growth), y(one.incremental_share)
    parts.append(element("circle", cx=dot_x, cy=dot_y, r=4.5, class_="dot"))
    parts.append(text(dot_x + 9, dot_y + 4, written(_CLAIM, voice), "strong halo"))
    edges = [(x(growth), y(ends[0] or 0.0)) for growth, ends in map_columns(grid)]
    return chart((width, height), "".join(parts), label, Reading(places=[(dot_x, dot_y), *edges]))


def _cells(states: Sequence[Sequence[int]], state: int, corner: tuple[float, float], cell: tuple[float, float]) -> str:
    """All cells of one state as one outline, row by row, so that no seam shows between them."""
    runs = []
    for row, found in enumerate(states):
        start = 0
        for column in range(1, len(found) + 1):
            if column == len(found) or found[column] != found[start]:
                if found[start] == state:
                    x, y = corner[0] + start * cell[0], corner[1] - (row + 1) * cell[1]
                    width = (column - start) * cell[0]
                    runs.append(f"M{x:.1f} {y:.1f}h{width:.1f}v{cell[1] + 0.3:.1f}h-{width:.1f}z")
                start = column
    return "".join(runs)


def _state_names(one: ShareOfMarket, voice: Voice, x: object, y: object, right: float) -> list[str]:
    """Each region's name in the middle of its longest run on the map's lower third."""
    assert callable(x)
    assert callable(y)
    grid = one.feasibility
    row = len(grid.incremental_share) // 4
    parts = []
    for state, word in enumerate(_STATES):
        places = [place for place, found in enumerate(grid.state[row]) if found == state]
        if places:
            middle, said = x(grid.growth[places[len(places) // 2]]), written(word, voice)
            at = (min(middle, right - 3.3 * len(said)), y(grid.incremental_share[row]))
            parts.append(text(*at, said, "note halo", anchor="middle"))
    return parts
