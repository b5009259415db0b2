"""The analysts: the mean of their ratings on each house's own scale, and the spread of their targets."""

from __future__ import annotations

from collections.abc import Sequence

from rerating.core.types import Gap
from rerating.findings.consensus import Consensus, ScaleLabel
from rerating.language.quantities import money
from rerating.measures.consensus import SCALES, Scale
from rerating.report.charts.rows import NARROW, WIDE, Bar, Mark, Row, Rows, row_charts
from rerating.report.charts.svg import Reading, chart, element, line, text
from rerating.statements.consensus import charted, newest_of, ringed
from rerating.statements.facts import Count, Money, MoneyRange, Number, Voice, Word, written

_STEP, _HEIGHT, _SIGN = 44, 20, 6.2
_CLOSE = Word(de="Schlusskurs", en="close")


def scale_charts(found: Sequence[ScaleLabel], voice: Voice, label: str) -> list[tuple[str, str]]:
    """One strip a house, from its worst word on the left to its best on the right; the dot is the mean."""
    by_house = {scale.house: scale for scale in SCALES}
    shown = [(one, by_house[one.house]) for one in found if one.house in by_house]
    return [(name, _strips(shown, voice, label, width)) for name, width in (("wide", WIDE), ("narrow", NARROW))]


def _strips(shown: Sequence[tuple[ScaleLabel, Scale]], voice: Voice, label: str, width: int) -> str:
    left = 118.0 if width > 500 else 0.0
    parts: list[str] = []
    places: list[tuple[float, float]] = []
    for place, (one, scale) in enumerate(shown):
        y = 6.0 + place * _STEP + (0 if left else 14)
        figure = written(Number(value=one.mean), voice)
        if left:
            parts.append(text(0, y + 14, one.house, "label"))
        else:
            parts.append(text(0, y - 5, one.house, "label"))
        parts += _strip(one, scale, figure, (left, width - 2.0), y)
        places.append((_along(one.mean, scale, (left, width - 2.0)), y + _HEIGHT / 2))
    height = 8 + _STEP * len(shown) + (0 if left else 14)
    return chart((width, height), "".join(parts), label, Reading(places=places, along="y"))


def _along(points: float, scale: Scale, edges: tuple[float, float]) -> float:
    """Where points lie on a strip, its ends at most."""
    worst, best = scale.points[0], scale.points[-1]
    inside = min(max(points, min(worst, best)), max(worst, best))
    return edges[0] + (edges[1] - edges[0]) * (inside - worst) / (best - worst)


def _strip(one: ScaleLabel, scale: Scale, figure: str, edges: tuple[float, float], y: float) -> list[str]:
    worst, best = scale.points[0], scale.points[-1]

    def x(points: float) -> float:
        return _along(points, scale, edges)

    starts = [min(worst, best), *(end for end, _ in scale.bands[:-1])]
    bands = sorted((x(start), x(end), word) for start, (end, word) in zip(starts, scale.bands, strict=True))
    parts = []
    for first, last, word in bands:
        low, high = min(first, last), max(first, last)
        if high - low < 1:
            continue
        held = word == one.label
        class_ = "strip held" if held else "strip"
        parts.append(element("rect", x=low + 0.8, y=y, width=high - low - 1.6, height=_HEIGHT, rx=2, class_=class_))
        if _SIGN * len(word) < high - low - 4:
            parts.append(text((low + high) / 2, y + 14, word, "strong" if held else "note", anchor="middle"))
    at = x(one.mean)
    anchor = "end" if at > edges[1] - 24 else "start" if at < edges[0] + 24 else "middle"
    parts.append(line(at, y + _HEIGHT - 2, at, y + _HEIGHT + 5, "curve"))
    parts.append(text(at, y + _HEIGHT + 16, figure, "tick", anchor=anchor))
    return parts


def target_charts(found: Consensus, close: Money | None, voice: Voice, label: str) -> list[tuple[str, str]]:
    """One row a window: the range of the targets, their median as a stroke, each house's as a ring; and the close."""
    if isinstance(found.targets, Gap):
        return []
    shown = charted(found.targets)
    unit, houses = shown[0].unit, list(ringed(found))
    rows = []
    for one in shown:
        name = written(Count(value=one.days, of="day"), voice)
        value = written(MoneyRange(low=one.low, high=one.high, unit=unit), voice)
        bar = Bar(start=one.low, stop=one.high, height=12, class_="shade")
        rings = newest_of(one, found)
        dots = tuple(float(action.target_to or 0.0) for action in rings)
        told = tuple(len(shown) + houses.index(action.house) for action in rings)
        rows.append(Row(name=name, value=value, bars=(bar,), strokes=(one.median,), dots=dots, dots_told=told))
    marks: tuple[Mark, ...] = ()
    if close is not None and close.unit == unit:
        marks = (Mark(at=close.value, words=f"{written(_CLOSE, voice)} {written(close, voice)}"),)

    def word(value: float, digits: int) -> str:
        return money(value, unit, voice.language, digits=digits)

    return row_charts(Rows(rows=rows, word=word, label=label, zero=False, percent=False, marks=marks))
