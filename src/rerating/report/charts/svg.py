"""A small writer of SVG, and the scales that charts need."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from itertools import pairwise


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


def points(places: Sequence[tuple[float, float]], words: Sequence[str]) -> str:
    """Places of a curve with what is said of each, for the attribute `data-points`, which the page's script reads."""
    return "|".join(f"{x:.1f} {y:.1f} {said}" for (x, y), said in zip(places, words, strict=True))


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
