"""A line's daily series on its venue's sessions: what price moves, catalysts and forecasts are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import polars as pl

from rerating.core.sessions import Sessions, sessions_of
from rerating.core.types import Gap, Listing, Why
from rerating.ledger import View

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Series:
    """One entry a session from the line's first bar to its last session at the cutoff; NaN where there is no bar.

    `bars` are the rows behind it, `row[i]` the place in `bars` of session i (-1: none), `last` the last session that
    has a bar. Prices are split-adjusted to the cutoff, in the line's currency.
    """

    listing: Listing
    sessions: Sessions
    start: int
    days: npt.NDArray[np.datetime64]
    close: Floats
    high: Floats
    low: Floats
    volume: Floats
    row: npt.NDArray[np.int64]
    bars: pl.DataFrame
    last: int

    @cached_property
    def returns(self) -> Floats:
        """Simple close-to-close returns; NaN where either session has no bar. The first is NaN."""
        out = np.full(len(self.close), np.nan)
        out[1:] = self.close[1:] / self.close[:-1] - 1.0
        return out

    def day(self, place: int) -> date:
        """The day of session `place`."""
        on: date = self.days[place].astype(object)
        return on

    def place(self, position: int) -> int:
        """From a position in the calendar to a place in this series (may lie outside)."""
        return position - self.start

    @cached_property
    def held_on(self) -> npt.NDArray[np.datetime64]:
        """The days of `bars` (datetime64[D]), oldest first."""
        return self.bars["on"].to_numpy().astype("datetime64[D]")

    @cached_property
    def split_factor(self) -> Floats:
        """What the prices of each of `bars` were divided by to compare with today's."""
        return self.bars["split_factor"].to_numpy()

    def between(self, first: np.datetime64, last: np.datetime64) -> pl.DataFrame:
        """The rows behind the days from `first` to `last`, both included: what a report cites of them."""
        start, stop = np.searchsorted(self.held_on, first), np.searchsorted(self.held_on, last, side="right")
        return self._cited.slice(int(start), int(stop - start))

    @cached_property
    def _cited(self) -> pl.DataFrame:
        return self.bars.select("id", "source", "locator", "known_at", "on", "symbol", "digest", "licence")

    def bar(self, place: int) -> dict[str, object]:
        """The row behind session `place`, which has one."""
        return self.bars.row(int(self.row[place]), named=True)


#: Made once a view: markets and peers are asked for by several findings, and a view never changes.
_MADE: WeakKeyDictionary[View, dict[tuple[str, str], Series | Gap]] = WeakKeyDictionary()


def series(view: View, listing: Listing) -> Series | Gap:
    """The line's series as the view knows it; a Gap where it holds no bars of that line or no calendar is known."""
    made = _MADE.setdefault(view, {})
    asked = (listing.key, listing.currency)
    if asked not in made:
        made[asked] = _series(view, listing)
    return made[asked]


def _series(view: View, listing: Listing) -> Series | Gap:
    bars = view.bars(listing)
    if not bars.height:
        detail = f"the ledger holds no prices of {listing.key} at this cutoff; collect or import them"
        return Gap(question=f"prices of {listing.key}", why=Why.NOT_COVERED, detail=detail)
    table = sessions_of(listing.venue, listing.symbol)
    final = table.last_closed(view.as_of.at)
    days = bars["on"].to_numpy().astype("datetime64[D]")
    prices = bars.select(pl.col("close", "high", "low", "volume").cast(pl.Float64).fill_null(np.nan))
    start = int(np.searchsorted(table.days, days[0]))
    stop = (len(table.days) if final is None else final + 1) if final is not None else start
    span = table.days[start:stop]
    place = np.searchsorted(span, days)
    inside = (place < len(span)) & (span[np.minimum(place, len(span) - 1)] == days)
    row = np.full(len(span), -1, dtype=np.int64)
    row[place[inside]] = np.flatnonzero(inside)

    def spread(name: str) -> Floats:
        values = prices[name].to_numpy()
        out = np.full(len(span), np.nan)
        out[row >= 0] = values[row[row >= 0]]
        return out

    return Series(
        listing=listing,
        sessions=table,
        start=start,
        days=span,
        close=spread("close"),
        high=spread("high"),
        low=spread("low"),
        volume=spread("volume"),
        row=row,
        bars=bars,
        last=int(np.flatnonzero(row >= 0)[-1]),
    )


def aligned(other: Series, days: npt.NDArray[np.datetime64]) -> Floats:
    """The returns of another line on the given days (datetime64[D]); NaN where it had none."""
    out = np.full(len(days), np.nan)
    place = np.searchsorted(other.days, days)
    inside = (place < len(other.days)) & (other.days[np.minimum(place, len(other.days) - 1)] == days)
    out[inside] = other.returns[place[inside]]
    return out
