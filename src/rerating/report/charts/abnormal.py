"""Abnormal returns by session: the range over the benchmarks as a bar, the band of estimation error as a thin line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rerating.language.numbers import percent
from rerating.language.periods import day
from rerating.report.charts.svg import Reading, chart, decimals, element, line, text, ticks
from rerating.statements.catalyst import MARKS, Told, band, charted, share_range
from rerating.statements.facts import Voice, written

WIDE, NARROW = 720, 360
_ROW, _TOP, _FOOT = 30, 22, 8


def abnormal_chart(groups: Sequence[Told], voice: Voice, label: str, *, width: int = WIDE) -> str:
    """The chart as one SVG element, the sessions in the order given; empty where none has a figure."""
    shown = charted(groups)
    if not shown:
        return ""
    bands = [band(group) for group in shown]
    low, high = min(0.0, *(ends[0] for ends in bands)), max(0.0, *(ends[1] for ends in bands))
    left, right = (212.0, width - 112.0) if width >= 500 else (84.0, width - 98.0)

    def x(value: float) -> float:
        return left + (right - left) * (value - low) / (high - low)

    height = _TOP + _ROW * len(shown) + _FOOT
    values = ticks(low, high, 4 if width >= 500 else 3)
    parts = []
    for value in values:
        parts.append(line(x(value), _TOP - 4, x(value), height - _FOOT, "zero" if abs(value) < 1e-12 else "grid"))
        words = percent(value, voice.language, digits=max(0, decimals(values) - 2), signed=True)
        parts.append(text(x(value), _TOP - 10, words, "tick", anchor="middle"))
    for place, (group, ends) in enumerate(zip(shown, bands, strict=True)):
        parts += _row(
            group,
            voice,
            x,
            band=ends,
            y=_TOP + _ROW * (place + 0.5),
            edges=(left, right),
            wide=width >= 500,
        )
    middles = [share_range(group.first, "abnormal_return") for group in shown]
    places = [(x((found.low + found.high) / 2), _TOP + _ROW * (row + 0.5)) for row, found in enumerate(middles)]
    return chart((width, height), "".join(parts), label, Reading(places=places, along="y"))


def _row(
    group: Told,
    voice: Voice,
    x: Callable[[float], float],
    *,
    band: tuple[float, float],
    y: float,
    edges: tuple[float, float],
    wide: bool,
) -> list[str]:
    found = share_range(group.first, "abnormal_return")
    tone = "fall" if found.high < 0 else "rise" if found.low > 0 else "even"
    start, stop = x(found.low), x(found.high)
    assert group.on is not None
    name = day(group.on, voice.language, year=False)
    mark = written(MARKS[group.timing], voice)
    parts = [
        line(x(band[0]), y, x(band[1]), y, f"band {tone}"),
        element(
            "rect", x=min(start, stop) - 2, y=y - 5, width=abs(stop - start) + 4, height=10, rx=3, class_=f"bar {tone}"
        ),
        text(edges[1] + 12, y + 4, written(found, voice), f"value {tone}"),
    ]
    if wide:
        parts += [text(0, y + 4, name, "strong"), text(edges[0] - 14, y + 4, mark, "note", anchor="end")]
    else:
        parts.append(text(0, y + 4, name if len(name) < 9 else name.replace("ember", "."), "note"))
    return parts
