"""From a view to a panel: a line, the lines that are trained on beside it, and its benchmark, on one calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from rerating.core.types import Gap, Listing, Why
from rerating.findings.basis import Trail
from rerating.findings.benchmarks import MARKETS, held, peer_keys
from rerating.findings.series import Series
from rerating.ledger import View
from rerating.measures.rolling import Floats
from rerating.outlook.dated import dated_inputs
from rerating.outlook.panel import Panel

#: Lines, the asked one included, from which on a mean stage is fitted: below, there is nothing to compare between.
FEWEST_LINES = 3

QUESTION = "Buy, hold or sell?"


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A panel made from a view: the members in the order of the panel's names, and what was left out and why."""

    panel: Panel
    members: tuple[Series, ...]
    market: Series
    gaps: tuple[Gap, ...]

    def cite(self, trail: Trail) -> tuple[str, ...]:
        """Evidence of all bars of the panel, one entry for each line and one for the benchmark."""
        return tuple(
            entry
            for member in (*self.members, self.market)
            for entry in trail.rows(member.bars, f"{member.listing.key} daily bars")
        )


def benchmark_of(listing: Listing) -> str | Gap:
    """The key of the index that a line is measured against: the first of its venue's market indices."""
    keys = MARKETS.get(listing.venue, ())
    if listing.key in {key for market in MARKETS.values() for key in market}:
        detail = f"{listing.key} is the benchmark of its own market; ask for a stock"
        return Gap(question=QUESTION, why=Why.NOT_APPLICABLE, detail=detail)
    if not keys:
        detail = f"no market index is named for the venue {listing.venue}; without a benchmark there is no forecast"
        return Gap(question=QUESTION, why=Why.NOT_COVERED, detail=detail)
    return keys[0]


def lines_of(view: View, line: Series, *, keys: Iterable[str] | None = None) -> Lines | Gap:
    """The panel of a line and of the lines with these keys (its peers, where none are given), as the view knows them.

    The first member is the line itself. Members need the line's calendar and market, and open prices where the line
    has them: entries at the open and at the close are never mixed. A Gap where the benchmark is not held.
    """
    key = benchmark_of(line.listing)
    if isinstance(key, Gap):
        return key
    wanted = peer_keys(view, line.listing) if keys is None else keys
    others = [found for found in (held(view, other) for other in wanted if other != key) if found is not None]
    return _lines(view, key, [line, *others], opens=has_opens(line))


def market_lines(
    view: View, key: str, keys: Iterable[str], *, on_line: Callable[[], None] = lambda: None
) -> Lines | Gap:
    """The panel of all lines with these keys that are measured against the index `key`, sorted by key.

    Entry is at the open where at least half of them have open prices; the others are then left out, and said to be.
    """
    members = []
    for other in sorted(set(keys)):
        found = None if other == key else held(view, other)
        if found is not None and benchmark_of(found.listing) == key:
            members.append(found)
        on_line()
    if not members:
        detail = f"the ledger holds no stocks that are measured against {key} at this cutoff; collect or import them"
        return Gap(question="panel", why=Why.NOT_COVERED, detail=detail)
    opens = sum(has_opens(member) for member in members) >= len(members) / 2
    members.sort(key=lambda member: (has_opens(member) != opens, member.listing.key))
    return _lines(view, key, members, opens=opens)


def _lines(view: View, key: str, candidates: list[Series], *, opens: bool) -> Lines | Gap:
    market = held(view, key)
    if market is None:
        detail = f"the ledger holds no prices of {key} at this cutoff; collect or import them"
        return Gap(question=QUESTION, why=Why.NOT_COVERED, detail=detail)
    opens = opens and has_opens(market)
    gaps: list[Gap] = []
    members: dict[str, Series] = {}
    for found in candidates:
        if members and (found.sessions.code != candidates[0].sessions.code or benchmark_of(found.listing) != key):
            detail = f"{found.listing.key} was left out: it trades on another calendar or market"
            gaps.append(_left_out(found, Why.NOT_APPLICABLE, detail))
        elif opens and not has_opens(found):
            detail = f"{found.listing.key} was left out: it has no open prices, and entries are not mixed"
            gaps.append(_left_out(found, Why.NOT_COVERED, detail))
        else:
            members.setdefault(found.listing.key, found)
    kept = list(members.values())
    return Lines(panel=_panel(view, kept, market, opens=opens), members=tuple(kept), market=market, gaps=tuple(gaps))


def _left_out(line: Series, why: Why, detail: str) -> Gap:
    return Gap(question=f"{line.listing.key} in the panel", why=why, detail=detail)


def has_opens(line: Series) -> bool:
    """Whether at least nine tenths of the bars have an open."""
    return line.bars["open"].null_count() <= 0.1 * line.bars.height


def _panel(view: View, members: list[Series], market: Series, *, opens: bool) -> Panel:
    calendar = members[0].sessions
    first = min(member.start for member in members)
    stop = members[0].start + len(members[0].days)
    count = stop - first

    def spread(line: Series, name: str) -> Floats:
        values = line.bars[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        out = np.full(count, np.nan)
        on_time = timely(line)
        place = np.flatnonzero((line.row >= 0) & on_time)
        inside = (place + line.start >= first) & (place + line.start < stop)
        out[place[inside] + line.start - first] = values[line.row[place[inside]]]
        return out

    def table(name: str) -> Floats:
        return np.column_stack([spread(member, name) for member in members])

    volume = table("volume")
    volume[volume == 0] = np.nan
    return Panel(
        names=tuple(member.listing.key for member in members),
        days=calendar.days[first:stop],
        position=np.arange(first, stop, dtype=np.int64),
        close=table("close"),
        benchmark=market.listing.key,
        benchmark_close=_on(market, calendar.days[first:stop], "close"),
        open=table("open") if opens else None,
        benchmark_open=_on(market, calendar.days[first:stop], "open") if opens else None,
        volume=volume if np.isfinite(volume).any() else None,
        dated=dated_inputs(view, members, first, stop),
    )


def timely(line: Series) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which sessions' bars were known before the next session opened [T].

    A bar that became known later (a vendor's revision) could not have been used on its day: as an input of the past it
    is missing. The last session's bar is in the view, so it was known by the cutoff.
    """
    known = line.bars["known_at"].dt.epoch("us").to_numpy()[np.maximum(line.row, 0)]
    following = np.minimum(line.start + np.arange(len(line.days)) + 1, len(line.sessions.opens) - 1)
    out = (line.row >= 0) & (known <= line.sessions.opens[following])
    out[line.last] = True
    return np.asarray(out)


def _on(line: Series, days: np.ndarray[tuple[int], np.dtype[np.datetime64]], name: str) -> Floats:
    """A column of a line on other days, [T, 1]; NaN where it has no bar."""
    values = line.bars[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
    held_on = line.held_on
    place = np.searchsorted(held_on, days)
    inside = (place < len(held_on)) & (held_on[np.minimum(place, len(held_on) - 1)] == days)
    out = np.full((len(days), 1), np.nan)
    out[inside, 0] = values[place[inside]]
    return out
