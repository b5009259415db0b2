"""Price facts: weeks under three conventions, the 52-week range, and conversion (METHODS section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]
Floats = npt.NDArray[np.float64]

FIFTY_TWO_WEEKS = timedelta(days=364)


@dataclass(frozen=True, kw_only=True)
class Extreme:
    """An extreme level and where it was reached first; `distance` is last / level - 1 (negative below a high)."""

    level: float
    place: int
    distance: float


def week_starts(days: Days, place: int) -> dict[str, int]:
    """The session whose close each convention compares session `place` with; conventions that do not fit are left out.

    `days` [T] are the sessions in order. `five_sessions`: five sessions earlier. `week_to_date`: the last session
    before this ISO week. `week_over_week`: the same weekday a week ago, or the last session before it.
    """
    on: date = days[place].astype(object)
    monday = on - timedelta(days=on.weekday())
    before_week = int(np.searchsorted(days, np.datetime64(monday, "D"))) - 1
    week_ago = int(np.searchsorted(days, np.datetime64(on - timedelta(days=7), "D"), side="right")) - 1
    starts = {"five_sessions": place - 5, "week_to_date": before_week, "week_over_week": week_ago}
    return {name: start for name, start in starts.items() if start >= 0}


def simple_return(closes: Floats, start: int, end: int) -> float | None:
    """closes[end] / closes[start] - 1; None where either is missing (NaN) or `start` lies before the data."""
    if start < 0 or not (np.isfinite(closes[start]) and np.isfinite(closes[end])):
        return None
    return float(closes[end] / closes[start] - 1.0)


def window_52w(days: Days, place: int) -> slice:
    """The sessions of the 52 weeks that end with session `place`: t - 364 days < day <= t."""
    on: date = days[place].astype(object)
    first = int(np.searchsorted(days, np.datetime64(on - FIFTY_TWO_WEEKS, "D"), side="right"))
    return slice(first, place + 1)


def highest(levels: Floats, last: float, window: slice) -> Extreme | None:
    """The highest level in a window and the distance of `last` from it; None where the window holds none (all NaN)."""
    part = levels[window]
    if not np.isfinite(part).any():
        return None
    place = window.start + int(np.nanargmax(part))
    return Extreme(level=float(levels[place]), place=place, distance=last / float(levels[place]) - 1.0)


def lowest(levels: Floats, last: float, window: slice) -> Extreme | None:
    """The lowest level in a window, likewise; the distance is positive above a low."""
    found = highest(-levels, -last, window)
    return None if found is None else Extreme(level=-found.level, place=found.place, distance=last / -found.level - 1.0)
