"""The reliability of probabilities: what was stated across, how often it came true upward, the diagonal between."""

from __future__ import annotations

from collections.abc import Sequence

from rerating.language.languages import Language
from rerating.language.numbers import percent
from rerating.outlook.evaluation import Bin
from rerating.report.charts.svg import Reading, chart, decimals, element, line, text, ticks

WIDE, NARROW = 720, 360
_HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 270.0, 58.0, 26.0, 12.0, 30.0
_RIGHT_ON: dict[Language, str] = {"de": "auf der Linie: im Mittel richtig", "en": "on the line: right on average"}
_ROOM = 0.02
"""What is left around the outermost dots, as probability."""


def reliability_chart(bins: Sequence[Bin], language: Language, label: str, *, width: int = WIDE) -> str:
    """Dots as large as their bins, each with its distance from the diagonal, where a forecast is right on average."""
    values = [value for each in bins for value in (each.probability, each.frequency)]
    low, high = max(0.0, min(values) - _ROOM), min(1.0, max(values) + _ROOM)
    side, bottom = width - _LEFT - _RIGHT, _HEIGHT - _FOOT

    def x(value: float) -> float:
        return _LEFT + side * (value - low) / (high - low)

    def y(value: float) -> float:
        return bottom - (bottom - _TOP) * (value - low) / (high - low)

    marks = ticks(low, high, 4)
    digits = max(0, decimals(marks) - 2)
    parts = []
    for value in marks:
        words = percent(value, language, digits=digits)
        parts.append(line(_LEFT, y(value), _LEFT + side, y(value), "grid"))
        parts.append(text(_LEFT - 7, y(value) + 4, words, "tick", anchor="end"))
        parts.append(text(x(value), bottom + 18, words, "tick", anchor="middle"))
    parts.append(line(_LEFT, bottom, _LEFT + side, bottom, "axis"))
    parts.append(line(x(low), y(low), x(high), y(high), "level"))
    under = (
        y(high) + (bottom - _TOP) * 6.2 * len(_RIGHT_ON[language]) / side + 16
    )  # below the line over its whole length
    parts.append(text(x(high), min(under, bottom - 8), _RIGHT_ON[language], "note halo", anchor="end"))
    places = [(x(each.probability), y(each.frequency)) for each in bins]
    most = max(each.n for each in bins)
    parts += [line(at[0], y(each.probability), *at, "leader") for at, each in zip(places, bins, strict=True)]
    parts += [
        element("circle", cx=at[0], cy=at[1], r=3.0 + 4.0 * each.n / most, class_="dot")
        for at, each in zip(places, bins, strict=True)
    ]
    return chart((width, _HEIGHT), "".join(parts), label, Reading(places=places))
