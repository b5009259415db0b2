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
from rerating.report.charts.svg import Reading, chart, decimals, element, line, path, text, ticks
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


@dataclass(frozen=True, kw_only=True)
class _Box:
    """Where a label would stand: its left edge, its baseline and its width."""

    x: float
    y: float
    width: float

    def clearance(self, points: Sequence[tuple[float, float]], taken: Sequence[_Box]) -> float:
        """The distance to the nearest point of the curve above or below; below 0 where another label is in the way."""
        if any(
            abs(self.y - box.y) < 13 and self.x < box.x + box.width and box.x < self.x + self.width for box in taken
        ):
            return -1.0
        middle = self.y - 4
        near = [abs(middle - y) for x, y in points if self.x - 4 <= x <= self.x + self.width + 4]
        return min(near, default=99.0)


class _Labels:
    """Places labels one after the other where they are clearest of the curve and of each other."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        self.points, self.taken = points, list[_Box]()

    def place(self, words: str, spots: Sequence[tuple[float, float]], class_: str) -> str:
        """The words at the best of the spots (left edge and baseline); the first one wins a tie."""
        width = 6.4 * len(words)
        boxes = [_Box(x=x, y=y, width=width) for x, y in spots]
        best = max(boxes, key=lambda box: min(box.clearance(self.points, self.taken), 14.0))
        self.taken.append(best)
        return text(best.x, best.y, words, class_)


def price_chart(
    move: PriceMove, catalysts: Sequence[Catalyst], voice: Voice, label: str, *, size: tuple[int, int] = WIDE
) -> str:
    """The chart as one SVG element, each close in it with its words. Empty where no level is known."""
    if isinstance(move.close, Gap) or len(move.chart) < 2:
        return ""
    unit = move.close.unit
    ends = [range_end(found, unit, "intraday") for found in (move.high_52w, move.low_52w)]
    frame = _frame(move, [end.level for end in ends if end is not None], size)
    closes = [(frame.x(place), frame.y(point.close)) for place, point in enumerate(move.chart)]
    labels = _Labels(closes)
    parts = [
        *_grid(frame, unit, voice, narrow=size[0] < 500),
        path(closes, "area", close_at=frame.bottom),
        *_events(frame, catalysts),
        path(closes, "curve"),
        *_move(frame, move, catalysts, voice, labels),
    ]
    for end, key in zip(ends, ("week_52_high", "week_52_low"), strict=True):
        if end is not None:
            words = f"{noun(key, voice.language).form('nominative')} {_money(end.level, unit, voice)}"
            parts += _level(frame, end.level, words, labels)
    x, y = closes[-1]
    parts += [element("circle", cx=x, cy=y, r=4, class_="dot")]
    parts += [text(x + 9, y + 4, _money(move.close.value, unit, voice), "strong")]
    said = [f"{day(point.on, voice.language)}: {_money(point.close, unit, voice)}" for point in move.chart]
    return chart(size, "".join(parts), label, Reading(places=closes, words=said))


def _frame(move: PriceMove, levels: Sequence[float], size: tuple[int, int]) -> _Frame:
    values = [*levels, *(point.close for point in move.chart)]
    span = (max(values) - min(values)) or max(values)
    return _Frame(
        days=tuple(point.on for point in move.chart),
        left=46,
        right=size[0] - 66,
        top=14,
        bottom=size[1] - 26,
        low=min(values) - 0.09 * span,
        high=max(values) + 0.09 * span,
    )


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
    for place, words in _days(frame, voice, narrow=narrow):
        x = frame.x(place)
        anchor = "end" if x > frame.right - 20 and not narrow else "middle"
        parts.append(line(x, frame.bottom, x, frame.bottom + 4, "axis"))
        parts.append(text(x, frame.bottom + 18, words, "tick", anchor=anchor))
    return parts


def _days(frame: _Frame, voice: Voice, *, narrow: bool) -> list[tuple[int, str]]:
    """The places on the axis that bear words: beginnings of months, or of a short span first, middle and last day."""
    days = frame.days
    starts = [place for place in range(1, len(days)) if days[place].month != days[place - 1].month]
    if len(starts) < 3:
        return [(place, day(days[place], voice.language, year=False)) for place in (0, len(days) // 2, len(days) - 1)]
    names = locale(voice.language).months["stand-alone"]["abbreviated"]
    every = max(1, round(len(starts) / (4 if narrow else 7)))
    found = []
    for place in starts:
        on = days[place]
        if (on.month - 1) % every == 0:
            found.append(
                (place, f"{names[on.month]}{NBSP}{on.year % 100:02d}" if on.month == 1 else str(names[on.month]))
            )
    return found


def _level(frame: _Frame, value: float, words: str, labels: _Labels) -> list[str]:
    """A dashed line over the 52 weeks with its name on it, where the curve leaves room."""
    since = frame.days[-1] - timedelta(days=364)
    start = frame.x(next(place for place, on in enumerate(frame.days) if on > since))
    y = frame.y(value)
    spots = [(start + (frame.right - start) * part, y - 6) for part in (0.01, 0.2, 0.4, 0.55)]
    return [line(start, y, frame.right, y, "level"), labels.place(words, spots, "note halo")]


def _events(frame: _Frame, catalysts: Sequence[Catalyst]) -> list[str]:
    """A small mark on the axis for each session with an event."""
    days = sorted({found.session_on for found in catalysts if found.event and isinstance(found.session_on, date)})
    places = [place for on in days if (place := frame.place(on)) is not None]
    return [element("circle", cx=frame.x(place), cy=frame.bottom, r=2.6, class_="event") for place in places]


def _move(frame: _Frame, move: PriceMove, catalysts: Sequence[Catalyst], voice: Voice, labels: _Labels) -> list[str]:
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
    words = f"{on}: {change}"
    width = 6.4 * len(words)
    heights = [y + 4, *(y + step for step in (18, 32, 46, 60, -10, -24)), frame.bottom - 12]
    spots = [(x - 10 - width, height) for height in heights]
    if x + 10 + width < frame.right:
        spots += [(x + 10, height) for height in heights]
    return [
        line(x, y, x, frame.bottom, "leader"),
        element("circle", cx=x, cy=y, r=4.5, class_="ring"),
        labels.place(words, spots, f"strong halo {tone}"),
    ]
