"""A small writer of SVG, and the scales that charts need."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal


def element(tag: str, /, content: str = "", **attributes: str | float) -> str:
    """One element; `class_` is class, an underscore in a name is a hyphen, numbers get one decimal at most."""
    parts = [tag]
    for name, value in attributes.items():
        text = f"{round(value, 1):g}" if isinstance(value, int | float) else escape(value)
        parts.append(f'{name.rstrip("_").replace("_", "-")}="{text}"')
    inner = " ".join(parts)
    return f"<{inner}>{content}</{tag}>" if content else f"<{inner}/>"


def text(x: float, y: float, words: str, class_: str, *, anchor: str = "start") -> str:
    """A line of text."""
    return element("text", escape(words), x=x, y=y, class_=class_, text_anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def path(points: Sequence[tuple[float, float]], class_: str, *, close_at: float | None = None) -> str:
    """A polyline; with `close_at` an area down to that height."""
    steps = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    tail = "" if close_at is None else f"L{points[-1][0]:.1f} {close_at:.1f}L{points[0][0]:.1f} {close_at:.1f}Z"
    return element("path", d=f"M{steps}{tail}", class_=class_)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The places of a drawing that can be read by pointer, finger and key, for the page's script.

    `rows` are the numbers of their rows in the table beside the chart, `words` what is said of each where it has none.
    A pointer finds the place nearest along `along`, of several there the nearest the other way.
    """

    places: Sequence[tuple[float, float]]
    rows: Sequence[int] | None = None
    words: Sequence[str] | None = None
    along: Literal["x", "y"] = "x"

    def attributes(self) -> dict[str, str]:
        """What the script reads: `x y row` or `x y words` by place."""
        told: Sequence[object] = self.words or self.rows or range(len(self.places))
        said = (f"{x:.1f} {y:.1f} {one}" for (x, y), one in zip(self.places, told, strict=True))
        name = "data_points" if self.words else "data_rows"
        return {"tabindex": "0", "data_along": self.along, name: "|".join(said)}


def chart(size: tuple[float, float], content: str, label: str, reading: Reading | None = None) -> str:
    """A whole chart: one picture with a name to who does not see it, to be read place by place."""
    attributes = {} if reading is None or not reading.places else reading.attributes()
    width, height = size
    return element(
        "svg", content, viewBox=f"0 0 {width:g} {height:g}", role="img", aria_label=label, class_="chart", **attributes
    )


def ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round values (1, 2, 2.5 or 5 times a power of ten) that lie within [low, high], roughly `about` of them."""
    size = (high - low) / about
    if size <= 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(size))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= size * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [place * step for place in range(first, last + 1)]


def decimals(values: Sequence[float]) -> int:
    """The decimals that evenly spaced values need to be told apart."""
    if len(values) < 2:
        return 0
    step = min(b - a for a, b in pairwise(values))
    fewest = max(0, -math.floor(math.log10(step) + 1e-9))
    scaled = step * 10.0**fewest  # 0.025 needs a place more than its size says
    return fewest if abs(scaled - round(scaled)) < 1e-6 else fewest + 1
