"""What the ledger knows besides prices, laid on sessions: events, rating actions, targets, earnings, options.

Each value stands at the first session at whose close it could be known, so that a panel cut at any session holds what
was known then. NaN before the first row of its kind: not collected is not the same as nothing happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

import numpy as np
import polars as pl

from rerating.core.sessions import microseconds
from rerating.core.tables import FACTS, OPTION_QUOTES, RATINGS
from rerating.findings.reports import CONCEPTS
from rerating.findings.series import Series
from rerating.ledger import View
from rerating.measures.rolling import Floats

#: Events that are bookkeeping: prices are adjusted for them, nobody reacts to them.
_MECHANICAL = ("split", "dividend")
TARGET_DAYS = 100
"""A house's target counts for this many days (FactSet's window)."""
_QUARTER_DAYS = (80, 100)
_YEAR_DAYS = (350, 380)
_EARNED = ("eps_diluted", *CONCEPTS["eps_diluted"])
"""Fields that tell diluted earnings: of case files, and of company facts."""
_PER_SHARE = ("{} per share", "{}/shares")
"""How the two write the unit."""
_TENOR_DAYS = (15, 60)
_NEAR_MONEY = 0.05
_ESTIMATE = "estimate.eps"
"""Expected earnings a share of one period; the unit is the currency."""


def dated_inputs(view: View, members: Sequence[Series], first: int, stop: int) -> dict[str, Floats]:
    """All inputs that any member has, [T, N] on the calendar positions first .. stop - 1; others are not in it."""
    known = _Known(view, members)
    makers: dict[str, Callable[[_Known, Series, int, int], Floats | None]] = {
        "event": _events,
        "rating_action": _rating_actions,
        "target": _targets,
        "earnings": _earnings,
        "estimate_change": _estimate_changes,
        "implied_volatility": _implied_volatility,
    }
    found = {}
    for name, make in makers.items():
        columns = [make(known, member, first, stop) for member in members]
        if any(column is not None for column in columns):
            missing = np.full(stop - first, np.nan)
            found[name] = np.column_stack([missing if column is None else column for column in columns])
    return found


class _Known:
    """The rows of all members, read from the view in one go for each table.

    Facts and ratings are those that stood at any time up to the cutoff: what was known at an earlier session is what
    stood then, whatever replaced it since. Events are asked for line by line: the view has read them already, for
    their splits.
    """

    def __init__(self, view: View, members: Sequence[Series]) -> None:
        names = [name for member in members for name in view.names(member.listing)]
        symbols = [member.listing.symbol for member in members]
        self._view = view
        self._frames = {
            "facts": view.changes(FACTS, names),
            "ratings": view.changes(RATINGS, symbols),
            "option_quotes": view.rows(OPTION_QUOTES, symbols),
        }

    def of(self, table: str, line: Series) -> pl.DataFrame:
        """The rows of one table about a line, in the order in which they could be known."""
        names = self._view.names(line.listing)
        if table == "events":
            return self._view.events(names).sort("known_at", "id")
        frame = self._frames[table]
        if not frame.height:
            return frame
        subject = "subject" if "subject" in frame.columns else "symbol"
        return frame.filter(pl.col(subject).is_in(names)).sort("known_at", "id")


def _session(line: Series, at: datetime, first: int, stop: int) -> int | None:
    """The place of the first session at whose close an instant has passed; None outside first .. stop - 1."""
    position = int(np.searchsorted(line.sessions.closes, microseconds(at), side="left"))
    return position - first if first <= position < stop else None


def _flagged(line: Series, marks: Sequence[tuple[datetime, float]], first: int, stop: int) -> Floats | None:
    """The sum of marks a session; 0 in sessions without one, NaN before the first mark."""
    out = np.zeros(stop - first)
    earliest = None
    for at, value in marks:
        position = int(np.searchsorted(line.sessions.closes, microseconds(at), side="left"))
        earliest = position if earliest is None else min(earliest, position)
        if first <= position < stop:
            out[position - first] += value
    if earliest is None or earliest >= stop:
        return None
    out[: max(earliest - first, 0)] = np.nan
    return out


def _events(known: _Known, line: Series, first: int, stop: int) -> Floats | None:
    rows = known.of("events", line).filter(~pl.col("category").is_in(_MECHANICAL))
    marks = [(max(since, at), 1.0) for since, at in rows.select("known_at", "at_latest").rows()]
    found = _flagged(line, marks, first, stop)
    return None if found is None else np.minimum(found, 1.0)


def _rating_actions(known: _Known, line: Series, first: int, stop: int) -> Floats | None:
    value = {"up": 1.0, "down": -1.0}
    rows = known.of("ratings", line).select("known_at", "action")
    marks = [(since, value.get(action or "", 0.0)) for since, action in rows.rows()]
    return _flagged(line, marks, first, stop)


def _targets(known: _Known, line: Series, first: int, stop: int) -> Floats | None:
    """The mean of the houses' newest targets of the last 100 days, split-adjusted as the closes are."""
    rows = known.of("ratings", line).filter((pl.col("currency") == line.listing.currency) & (pl.col("target_to") > 0))
    if not rows.height:
        return None
    out = np.full(stop - first, np.nan)
    newest: dict[str, tuple[int, float]] = {}
    news: dict[int, list[tuple[str, int, float]]] = {}
    for row in rows.rows(named=True):
        place = _session(line, row["known_at"], first, stop)
        if place is not None:
            on = np.datetime64(row["graded_on"], "D")
            target = row["target_to"] / _split_factor(line, on)
            news.setdefault(place, []).append((row["house"], int(on.astype(np.int64)), target))
    days = line.sessions.days[first:stop].astype(np.int64).tolist()
    for place in range(min(news, default=len(out)), len(out)):
        for house, day, target in news.get(place, ()):
            newest[house] = (day, target)
        fresh = [target for day, target in newest.values() if days[place] - day <= TARGET_DAYS]
        if fresh:
            out[place] = float(np.mean(fresh))
    return out if np.isfinite(out).any() else None


def _split_factor(line: Series, day: np.datetime64) -> float:
    """What prices of that day are divided by to compare with today's."""
    place = min(int(np.searchsorted(line.held_on, day)), len(line.held_on) - 1)
    return float(line.split_factor[place])


def _earnings(known: _Known, line: Series, first: int, stop: int) -> Floats | None:
    """Diluted earnings of the newest four quarters known, per unit as traded at the cutoff, in the line's currency.

    Company facts tell a year's last quarter within the year only: it is the year less its other three quarters.
    """
    rows = known.of("facts", line).filter(
        pl.col("field").is_in(_EARNED)
        & pl.col("value").is_not_null()
        & pl.col("unit").is_in([unit.format(line.listing.currency) for unit in _PER_SHARE])
        & pl.col("period_from").is_not_null()
    )
    out = np.full(stop - first, np.nan)
    quarters: dict[date, float] = {}
    for row in rows.rows(named=True):
        value = row["value"] / _split_factor(line, np.datetime64(row["known_at"].date(), "D"))
        days = (row["period_to"] - row["period_from"]).days
        if _QUARTER_DAYS[0] <= days <= _QUARTER_DAYS[1]:
            quarters[row["period_to"]] = value
        elif _YEAR_DAYS[0] <= days <= _YEAR_DAYS[1]:
            others = [told for end, told in quarters.items() if row["period_from"] < end < row["period_to"]]
            if len(others) == 3:
                quarters[row["period_to"]] = value - sum(others)
        newest = sorted(quarters, reverse=True)[:4]
        place = _session(line, row["known_at"], first, stop)
        if place is not None and len(newest) == 4 and (newest[0] - newest[3]).days < 300:
            out[place:] = sum(quarters[period] for period in newest)
    return out if np.isfinite(out).any() else None


def _estimate_changes(known: _Known, line: Series, first: int, stop: int) -> Floats | None:
    """Sum of the changes of estimates of a period's earnings a share that became known, in the line's currency.

    A period is followed in the source that spoke of it first: two houses' averages are not a revision of each other.
    """
    rows = known.of("facts", line).filter(
        (pl.col("field") == _ESTIMATE) & pl.col("value").is_not_null() & (pl.col("unit") == line.listing.currency)
    )
    before: dict[object, tuple[str, float]] = {}
    marks = []
    for row in rows.rows(named=True):
        value = row["value"] / _split_factor(line, np.datetime64(row["known_at"].date(), "D"))
        source, last = before.get(row["period_to"], (row["source"], value))
        if source == row["source"]:
            marks.append((row["known_at"], value - last))
            before[row["period_to"]] = (source, value)
    return _flagged(line, marks, first, stop)


def _implied_volatility(known: _Known, line: Series, first: int, stop: int) -> Floats | None:
    """Median implied volatility (a year's) of contracts near the money with 15 to 60 days to run, by session."""
    rows = known.of("option_quotes", line).filter(
        pl.col("implied_volatility").is_between(0.03, 3.0)
        & (pl.col("bid") > 0)
        & ((pl.col("strike") / pl.col("underlying_price") - 1.0).abs() <= _NEAR_MONEY)
        & ((pl.col("expires_on") - pl.col("quoted_at").dt.date()).dt.total_days().is_between(*_TENOR_DAYS))
    )
    if not rows.height:
        return None
    out = np.full(stop - first, np.nan)
    chains = rows.group_by("quoted_at").agg(pl.col("implied_volatility").median(), pl.col("known_at").max())
    for since, value in chains.sort("known_at", "quoted_at").select("known_at", "implied_volatility").rows():
        place = _session(line, since, first, stop)
        if place is not None:
            out[place] = value
    return out if np.isfinite(out).any() else None
