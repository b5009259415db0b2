"""Valuation multiples: twelve months out of reported periods, enterprise value, and a rank among other values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_YEAR_DAYS = (350, 380)
_YEAR_EARLIER = (355, 375)
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A reported amount of a period, both days included."""

    first: date
    last: date
    value: float

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, kw_only=True)
class Trailing:
    """The amount of the twelve months up to `last`, and the reported periods that it was put together from."""

    first: date
    last: date
    value: float
    added: tuple[Span, ...]
    taken_off: tuple[Span, ...]


def trailing(spans: Sequence[Span]) -> Trailing | None:
    """The newest twelve months that the periods of one item can tell; None where they tell none.

    One year, or periods that follow each other day by day and make up a year (four quarters), or else the last year
    plus what was reported since its end less the same part of that year. The latest end wins; of one end the way with
    fewer periods.
    """
    for last in sorted({span.last for span in spans}, reverse=True):
        found = _whole(spans, last) or _rolled(spans, last)
        if found is not None:
            return found
    return None


def _whole(spans: Sequence[Span], last: date) -> Trailing | None:
    """Periods that follow each other and end at `last` after a year."""
    least, most = (last - timedelta(days=days - 1) for days in _YEAR_DAYS)
    starts = sorted({span.first for span in spans if most <= span.first <= least})
    chains = [chain for first in starts if (chain := _chain(spans, first, last)) is not None]
    if not chains:
        return None
    chain = min(chains, key=len)
    return Trailing(
        first=chain[0].first, last=last, value=sum(span.value for span in chain), added=tuple(chain), taken_off=()
    )


def _rolled(spans: Sequence[Span], last: date) -> Trailing | None:
    """The last whole year before `last`, plus what came since, less the same part of that year."""
    years = [span for span in spans if _YEAR_DAYS[0] <= span.days <= _YEAR_DAYS[1] and span.last < last]
    for year in sorted(years, key=lambda span: span.last, reverse=True):
        since = _chain(spans, year.last + _DAY, last)
        if since is None or (last - year.last).days >= _YEAR_DAYS[0]:
            continue
        ends = {span.last for span in spans if _YEAR_EARLIER[0] <= (last - span.last).days <= _YEAR_EARLIER[1]}
        for end in sorted(ends):
            before = _chain(spans, year.first, end)
            if before is not None:
                value = year.value + sum(s.value for s in since) - sum(s.value for s in before)
                return Trailing(first=end + _DAY, last=last, value=value, added=(year, *since), taken_off=tuple(before))
    return None


def _chain(spans: Sequence[Span], first: date, last: date) -> list[Span] | None:
    """Periods that follow each other from `first` to `last`, the longest first; None where there are none."""
    if first > last:
        return []
    for span in sorted((s for s in spans if s.first == first and s.last <= last), key=lambda s: s.last, reverse=True):
        rest = _chain(spans, span.last + _DAY, last)
        if rest is not None:
            return [span, *rest]
    return None


def rank(value: float, others: Floats) -> float:
    """The share of the others [n > 0, no NaN] that a value exceeds, ties by half."""
    return float(((others < value).sum() + 0.5 * (others == value).sum()) / others.size)
