"""A chart of rows: a name, marks along one shared scale, a figure at the end. Bars of parts, ranges and targets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rerating.report.charts.svg import Reading, chart, decimals, element, line, text, ticks

WIDE, NARROW = 720, 360
_SIGN = 6.5
"""The width of a sign of the labels, in the unit of the drawing."""
_TOP, _FOOT = 22, 8

Scale = Callable[[float], float]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A bar from `start` to `stop`; `class_` is one of the charts' style sheet (a page admits no style on elements)."""

    start: float
    stop: float
    height: float = 10
    class_: str = "bar"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: the name, a thin line for an uncertainty, bars, ticks for points, dots, and the figure in words."""

    name: str
    value: str = ""
    tone: str = ""
    band: tuple[float, float] | None = None
    bars: tuple[Bar, ...] = ()
    strokes: tuple[float, ...] = ()
    dots: tuple[float, ...] = ()
    dots_told: tuple[int, ...] = ()
    """The rows of the table beside the chart that tell the dots."""
    apart: bool = False
    """Whether a rule stands above it: a sum, which is no further part."""

    def middle(self) -> float:
        """Where the row is read: at its stroke, else in the middle of what it shows."""
        if self.strokes:
            return self.strokes[0]
        shown = [end for bar in self.bars for end in (bar.start, bar.stop)] or self.ends()
        return (min(shown) + max(shown)) / 2

    def ends(self) -> list[float]:
        """All that the scale has to hold."""
        return [
            *(self.band or ()),
            *self.strokes,
            *self.dots,
            *(end for bar in self.bars for end in (bar.start, bar.stop)),
        ]


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A line across all rows with words at its head, such as a close."""

    at: float
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What a chart of rows shows; `word` writes a value of the scale with that many decimals."""

    rows: Sequence[Row]
    word: Callable[[float, int], str]
    label: str
    zero: bool = True
    percent: bool = True
    marks: tuple[Mark, ...] = ()
    about: int = 5
    """Roughly how many values the scale names where there is room."""


def row_charts(asked: Rows) -> list[tuple[str, str]]:
    """The chart in both sizes, each with the class that shows it."""
    return [(name, _drawn(asked, width)) for name, width in (("wide", WIDE), ("narrow", NARROW))]


def _drawn(asked: Rows, width: int) -> str:
    wide = width > 500
    ends = [end for row in asked.rows for end in row.ends()] + [mark.at for mark in asked.marks]
    low, high = min(ends), max(ends)
    if asked.zero:
        low, high = min(0.0, low), max(0.0, high)
    else:
        low, high = low - 0.04 * ((high - low) or high), high + 0.04 * ((high - low) or high)
    left = 14.0 + _SIGN * max(len(row.name) for row in asked.rows) if wide else 4.0
    right = width - 14.0 - _SIGN * max(len(row.value) for row in asked.rows)
    step = 30 if wide else 42
    top = _TOP + (16 if any(mark.words for mark in asked.marks) else 0)
    height = top + step * len(asked.rows) + _FOOT

    def x(value: float) -> float:
        return left + (right - left) * (value - low) / ((high - low) or 1.0)

    parts = _scale(asked, x, (low, high), (top, height - _FOOT), wide=wide)
    places: list[tuple[float, float]] = []
    told: list[int] = []
    for place, row in enumerate(asked.rows):
        y = top + step * (place + 0.5) + (0 if wide else 8)
        if row.apart:
            parts.append(line(0, top + step * place, width, top + step * place, "axis"))
        parts += _row(row, x, y, edges=(left, right), wide=wide)
        places.append((x(row.middle()), y))
        told.append(place)
        places += [(x(dot), y) for dot, _ in zip(row.dots, row.dots_told, strict=False)]
        told += row.dots_told
    parts += _marks(asked.marks, x, (top, height - _FOOT), (left, right))
    return chart((width, height), "".join(parts), asked.label, Reading(places=places, rows=told, along="y"))


def _scale(asked: Rows, x: Scale, span: tuple[float, float], upright: tuple[float, float], *, wide: bool) -> list[str]:
    values = ticks(*span, asked.about if wide else min(asked.about, 3))
    digits = max(0, decimals(values) - (2 if asked.percent else 0))
    parts = []
    for value in values:
        tone = "zero" if asked.zero and abs(value) < 1e-12 else "grid"
        parts.append(line(x(value), upright[0] - 4, x(value), upright[1], tone))
        parts.append(text(x(value), 12, asked.word(value, digits), "tick", anchor="middle"))
    return parts


def _row(row: Row, x: Scale, y: float, *, edges: tuple[float, float], wide: bool) -> list[str]:
    parts = []
    if row.band is not None:
        parts.append(line(x(row.band[0]), y, x(row.band[1]), y, "band"))
    for bar in row.bars:
        start, stop = sorted((x(bar.start), x(bar.stop)))
        parts.append(
            element(
                "rect",
                x=start,
                y=y - bar.height / 2,
                width=max(stop - start, 1.0),
                height=bar.height,
                rx=2,
                class_=bar.class_,
            )
        )
    parts += [line(x(at), y - 7, x(at), y + 7, "curve") for at in row.strokes]
    parts += [element("circle", cx=x(at), cy=y, r=3.6, class_="ring") for at in row.dots]
    if wide:
        parts.append(text(0, y + 4, row.name, "strong" if row.apart else "label"))
    else:
        parts.append(text(0, y - 12, row.name, "strong halo" if row.apart else "label halo"))
    if row.value:
        parts.append(text(edges[1] + 10, y + 4, row.value, f"value {row.tone}"))
    return parts


def _marks(marks: Sequence[Mark], x: Scale, upright: tuple[float, float], edges: tuple[float, float]) -> list[str]:
    parts = []
    for mark in marks:
        parts.append(line(x(mark.at), upright[0] - 4, x(mark.at), upright[1], "level"))
        if mark.words:
            half = _SIGN * len(mark.words) / 2
            at = min(max(x(mark.at), half), edges[1] + 10 - half)
            parts.append(text(at, upright[0] - 10, mark.words, "note halo", anchor="middle"))
    return parts
