"""The mean cumulative abnormal return by relative day, with its band of 95 %."""

from __future__ import annotations

from collections.abc import Sequence

from rerating.language.languages import Language
from rerating.language.numbers import decimal, percent
from rerating.measures.event_study import MeanDay
from rerating.report.charts.svg import Reading, chart, decimals, element, line, path, text, ticks

WIDE, NARROW = 720, 360
_HEIGHT, _TOP, _FOOT = 290, 16, 34


def mean_car_chart(days: Sequence[MeanDay], language: Language, label: str, day_word: str, *, width: int = WIDE) -> str:
    """The chart as one SVG element; empty where no day has a mean."""
    shown = [day for day in days if day.caar is not None]
    if not shown:
        return ""
    ends = [value for day in shown for value in (day.low, day.caar, day.high, 0.0) if value is not None]
    low, high = min(ends), max(ends)
    left, right, bottom = (66.0 if width > 500 else 58.0), width - 64.0, _HEIGHT - _FOOT
    first, last = shown[0].day, shown[-1].day

    def x(day: float) -> float:
        return left + (right - left) * (day - first) / ((last - first) or 1)

    def y(value: float) -> float:
        return bottom - (bottom - _TOP) * (value - low) / ((high - low) or 1.0)

    parts = []
    values = ticks(low, high)
    for value in values:
        parts.append(line(left, y(value), right, y(value), "zero" if abs(value) < 1e-12 else "grid"))
        words = percent(value, language, digits=max(0, decimals(values) - 2), signed=True)
        parts.append(text(left - 7, y(value) + 4, words, "tick", anchor="end"))
    if first <= 0 <= last:
        parts.append(line(x(0), _TOP, x(0), bottom, "level"))
    for day in ticks(first, last, 6 if width > 500 else 4):
        if day == round(day):
            words = decimal(day, 0, language, signed=True) if day else "0"
            parts.append(text(x(day), bottom + 17, words, "tick", anchor="middle"))
    parts.append(text((left + right) / 2, _HEIGHT - 2, day_word, "tick", anchor="middle"))
    banded = [day for day in shown if day.low is not None and day.high is not None]
    if len(banded) > 1:
        rim = [(x(day.day), y(day.high or 0.0)) for day in banded]
        rim += [(x(day.day), y(day.low or 0.0)) for day in reversed(banded)]
        points = " ".join(f"{px:.1f},{py:.1f}" for px, py in rim)
        parts.append(element("polygon", points=points, class_="shade"))
    parts.append(path([(x(day.day), y(day.caar or 0.0)) for day in shown], "curve"))
    end = shown[-1]
    assert end.caar is not None  # days without a mean are left out above
    parts.append(element("circle", cx=x(end.day), cy=y(end.caar), r=4, class_="dot"))
    tone = "value fall" if end.caar < 0 else "value"
    parts.append(text(x(end.day) + 9, y(end.caar) + 4, percent(end.caar, language, digits=1, signed=True), tone))
    reading = Reading(places=[(x(day.day), y(day.caar or 0.0)) for day in shown], words=_said(shown, language))
    return chart((width, _HEIGHT), "".join(parts), label, reading)


def _said(shown: Sequence[MeanDay], language: Language) -> list[str]:
    """Each day with its mean and band."""
    said = []
    for day in shown:
        known = [value for value in (day.caar, day.low, day.high) if value is not None]
        ends = [percent(value, language, digits=1, signed=True) for value in known]
        band = f" [{ends[1]}; {ends[2]}]" if len(ends) == 3 else ""
        number = decimal(day.day, 0, language, signed=True) if day.day else "0"
        said.append(f"{number}: {ends[0]}{band}")
    return said
