"""The price over a year: closes, the 52-week range, the session that stands out, the sessions with events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rerating.core.types import Gap
from rerating.findings.catalyst import Catalyst
from rerating.findings.price_move import PriceMove
from rerating.language.languages import NBSP, locale
from rerating.language.nouns import noun
from rerating.language.numbers import percent
from rerating.language.periods import day
from rerating.language.quantities import money
from rerating.report.charts.svg import decimals, element, line, path, text, ticks
from rerating.statements.facts import Voice
from rerating.statements.price_move import range_end

#: Width and height of the two sizes; the page shows the one that fits.
WIDE, NARROW = (720, 300), (360, 260)


@dataclass(frozen=True, kw_only=True)
class _Frame:
    """The plot's edges and scales."""

    days: tuple[date, ...]
    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float

    def x(self, place: float) -> float:
        return self.left + (self.right - self.left) * place / max(1, len(self.days) - 1)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)

    def place(self, on: date) -> int | None:
        return self.days.index(on) if on in self.days else None


def price_chart(
    move: PriceMove, catalysts: Sequence[Catalyst], voice: Voice, label: str, *, size: tuple[int, int] = WIDE
) -> str:
    """The chart as one SVG element; `label` is its text alternative. Empty where no level is known."""
    if isinstance(move.close, Gap) or len(move.chart) < 2:
        return ""
    unit = move.close.unit
    ends = [range_end(found, unit, "intraday") for found in (move.high_52w, move.low_52w)]
    levels = [point.close for point in move.chart] + [end.level for end in ends if end is not None]
    span = (max(levels) - min(levels)) or max(levels)
    width, height = size
    frame = _Frame(
        days=tuple(point.on for point in move.chart),
        left=46,
        right=width - 62,
        top=18,
        bottom=height - 26,
        low=min(levels) - 0.06 * span,
        high=max(levels) + 0.06 * span,
    )
    closes = [(frame.x(place), frame.y(point.close)) for place, point in enumerate(move.chart)]
    parts = [
        *_grid(frame, unit, voice, narrow=width < 500),
        path(closes, "area", close_at=frame.bottom),
        *_events(frame, catalysts),
        path(closes, "curve"),
    ]
    for end, key, above in zip(ends, ("week_52_high", "week_52_low"), (True, False), strict=True):
        if end is not None:
            words = f"{noun(key, voice.language).form('nominative')} {_money(end.level, unit, voice)}"
            parts += _level(frame, end.level, words, above=above)
    parts += _move(frame, move, catalysts, voice)
    x, y = closes[-1]
    parts += [element("circle", cx=x, cy=y, r=4, class_="dot")]
    parts += [text(x + 9, y + 4, _money(move.close.value, unit, voice), "strong")]
    return element("svg", "".join(parts), viewBox=f"0 0 {width} {height}", role="img", aria_label=label, class_="chart")


def _money(value: float, unit: str, voice: Voice, digits: int | None = None) -> str:
    return money(value, unit, voice.language, digits=digits)


def _grid(frame: _Frame, unit: str, voice: Voice, *, narrow: bool) -> list[str]:
    parts = []
    values = ticks(frame.low, frame.high)
    digits = decimals(values)
    for value in values:
        y = frame.y(value)
        parts.append(line(frame.left, y, frame.right, y, "grid"))
        parts.append(text(frame.left - 7, y + 4, _money(value, unit, voice, digits), "tick", anchor="end"))
    parts.append(line(frame.left, frame.bottom, frame.right, frame.bottom, "axis"))
    starts = [place for place in range(1, len(frame.days)) if frame.days[place].month != frame.days[place - 1].month]
    every = 3 if narrow else 2
    names = locale(voice.language).months["stand-alone"]["abbreviated"]
    for place in starts:
        on = frame.days[place]
        if (on.month - 1) % every:
            continue
        name = str(names[on.month])
        words = f"{name}{NBSP}{on.year % 100:02d}" if on.month == 1 else name
        parts.append(line(frame.x(place), frame.bottom, frame.x(place), frame.bottom + 4, "axis"))
        parts.append(text(frame.x(place), frame.bottom + 18, words, "tick", anchor="middle"))
    return parts


def _level(frame: _Frame, value: float, words: str, *, above: bool) -> list[str]:
    """A dashed line over the 52 weeks with its name on it."""
    since = frame.days[-1] - timedelta(days=364)
    start = frame.x(next(place for place, on in enumerate(frame.days) if on > since))
    y = frame.y(value)
    return [line(start, y, frame.right, y, "level"), text(start + 2, y - 6 if above else y + 14, words, "note halo")]


def _events(frame: _Frame, catalysts: Sequence[Catalyst]) -> list[str]:
    """A small mark on the axis for each session with an event."""
    days = sorted({found.session_on for found in catalysts if found.event and isinstance(found.session_on, date)})
    places = [place for on in days if (place := frame.place(on)) is not None]
    return [element("circle", cx=frame.x(place), cy=frame.bottom, r=2.6, class_="event") for place in places]


def _move(frame: _Frame, move: PriceMove, catalysts: Sequence[Catalyst], voice: Voice) -> list[str]:
    """The session that stands out: a line from the axis to the curve, a ring, and day and return beside it."""
    found = next((c for c in catalysts if isinstance(c.move_on, date) and c.session_on == c.move_on), None)
    if found is None or isinstance(found.session_return, Gap) or not isinstance(found.move_on, date):
        return []
    place = frame.place(found.move_on)
    if place is None:
        return []
    x, y = frame.x(place), frame.y(move.chart[place].close)
    change = percent(found.session_return, voice.language, signed=True)
    on = day(found.move_on, voice.language, year=False)
    tone = "fall" if found.session_return < 0 else "rise"
    return [
        line(x, y, x, frame.bottom, "leader"),
        element("circle", cx=x, cy=y, r=4.5, class_="ring"),
        text(x - 10, y + 4, f"{on}: {change}", f"strong halo {tone}", anchor="end"),
    ]
