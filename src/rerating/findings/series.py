"""A line's daily series on its venue's sessions: what price moves, catalysts and forecasts are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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

    @property
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

    def bar(self, place: int) -> dict[str, object]:
        """The row behind session `place`, which has one."""
        return self.bars.row(int(self.row[place]), named=True)


def series(view: View, listing: Listing) -> Series | Gap:
    """The line's series as the view knows it; a Gap where it holds no bars of that line or no calendar is known."""
    bars = view.bars(listing)
    if not bars.height:
        detail = f"the ledger holds no prices of {listing.key} at this cutoff; collect or import them"
        return Gap(question=f"prices of {listing.key}", why=Why.NOT_COVERED, detail=detail)
    table = sessions_of(listing.venue, listing.symbol)
    final = table.last_closed(view.as_of.at)
    days = bars["on"].to_numpy().astype("datetime64[D]")
    start = int(np.searchsorted(table.days, days[0]))
    stop = (len(table.days) if final is None else final + 1) if final is not None else start
    span = table.days[start:stop]
    place = np.searchsorted(span, days)
    inside = (place < len(span)) & (span[np.minimum(place, len(span) - 1)] == days)
    row = np.full(len(span), -1, dtype=np.int64)
    row[place[inside]] = np.flatnonzero(inside)

    def spread(name: str) -> Floats:
        values = bars[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
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
