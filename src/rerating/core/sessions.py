"""Exchange sessions: which days a venue traded, when it opened and closed, and which session could react to an instant.

The only user of `exchange_calendars`. Its tables are always asked for a fixed span, so that the answer does not depend
on today; where it is wrong we correct it here, each correction with its date and reason. Since loading that library
takes seconds, each venue's table is kept in the user's cache folder under the library's version.
"""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from rerating.core.errors import UsageError

#: The calendar that a venue code follows. US, OTCM and ARCX have no calendar of their own in the library.
CALENDARS = {
    "XNYS": "XNYS",
    "XNAS": "XNYS",
    "ARCX": "XNYS",
    "XASE": "XNYS",
    "BATS": "XNYS",
    "US": "XNYS",
    "OTCM": "XNYS",
    "XHKG": "XHKG",
    "XSHG": "XSHG",
    "XSHE": "XSHG",
    "XETR": "XETR",
    "XFRA": "XFRA",
    "XLON": "XLON",
    "XPAR": "XPAR",
    "XAMS": "XAMS",
    "XBRU": "XBRU",
    "XLIS": "XLIS",
    "XMIL": "XMIL",
    "XMAD": "XMAD",
    "XSWX": "XSWX",
    "XWBO": "XWBO",
    "XSTO": "XSTO",
    "XHEL": "XHEL",
    "XCSE": "XCSE",
    "XOSL": "XOSL",
    "XTKS": "XTKS",
    "XKRX": "XKRX",
    "XTAI": "XTAI",
    "XTSE": "XTSE",
    "XASX": "XASX",
    "XSES": "XSES",
    "XBOM": "XBOM",
}

#: An index has no venue of its own: its calendar is that of the market which it measures.
INDEX_CALENDARS = {
    "^GSPC": "XNYS",
    "^IXIC": "XNYS",
    "^NDX": "XNYS",
    "^DJI": "XNYS",
    "^RUT": "XNYS",
    "^VIX": "XNYS",
    "^HSI": "XHKG",
    "^HSCE": "XHKG",
    "^GDAXI": "XETR",
    "^MDAXI": "XETR",
    "^TECDAX": "XETR",
    "^STOXX50E": "XETR",
    "^FTSE": "XLON",
    "^FCHI": "XPAR",
    "^SSMI": "XSWX",
    "^ATX": "XWBO",
    "^N225": "XTKS",
    "^KS11": "XKRX",
    "^KQ11": "XKRX",
    "000300.SS": "XSHG",
    "000001.SS": "XSHG",
}

#: Days that the library lists as sessions although the exchange was closed.
NO_SESSIONS = {
    "XHKG": {
        date(2023, 9, 1): "typhoon Saola, signal 8 and higher: no trading",
        date(2023, 9, 8): "black rainstorm warning: no trading",
    },
}

#: A quote this shortly before a session's close, or later, stands for the whole session.
NEAR_CLOSE = timedelta(minutes=5)

FIRST_ON = date(1990, 1, 1)
LAST_ON = date(2027, 10, 31)

Instants = npt.NDArray[np.int64]


def microseconds(at: datetime) -> int:
    """Microseconds since 1970-01-01T00:00Z, exact."""
    delta = at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def instant(us: int) -> datetime:
    """The inverse of `microseconds`."""
    return datetime.fromtimestamp(us // 1_000_000, tz=UTC).replace(microsecond=int(us % 1_000_000))


def day_span(on: date, place: str) -> tuple[datetime, datetime]:
    """The earliest and the latest instant of a day at a place (IANA zone): its start and its end there."""
    zone = ZoneInfo(place)
    start = datetime.combine(on, time(0), zone)
    end = datetime.combine(on + timedelta(days=1), time(0), zone)
    return start.astimezone(UTC), end.astimezone(UTC)


class Sessions:
    """The sessions of one calendar, in order.

    `days` (datetime64[D]), `opens` and `closes` (int64 microseconds UTC) have one entry a session. Lunch breaks do not
    split a session; a half day has its own close.
    """

    def __init__(self, code: str, days: npt.NDArray[np.datetime64], opens: Instants, closes: Instants) -> None:
        self.code = code
        self.days = days
        self.opens = opens
        self.closes = closes

    def position(self, on: date) -> int | None:
        """The index of the session on that day; None where there was none."""
        place = int(np.searchsorted(self.days, np.datetime64(on, "D")))
        return place if place < len(self.days) and self.days[place] == np.datetime64(on, "D") else None

    def day(self, position: int) -> date:
        """The day of the session at `position`."""
        return self.days[position].astype(object)  # type: ignore[no-any-return]

    def open_at(self, position: int) -> datetime:
        """The instant at which the session at `position` opened."""
        return instant(int(self.opens[position]))

    def close_at(self, position: int) -> datetime:
        """The instant at which the session at `position` closed: from then on its bar could be known."""
        return instant(int(self.closes[position]))

    def reacting(self, at: datetime) -> int | None:
        """The position of the first session that could react to news of that instant: the first that closes after it.

        News inside a session belongs to it, news at or after its close to the next. None after the table's end.
        """
        place = int(np.searchsorted(self.closes, microseconds(at), side="right"))
        return place if place < len(self.closes) else None

    def opening_after(self, at: datetime) -> int | None:
        """The position of the first session that opens after that instant (day precision: nothing earlier counts)."""
        place = int(np.searchsorted(self.opens, microseconds(at), side="right"))
        return place if place < len(self.opens) else None

    def last_closed(self, at: datetime) -> int | None:
        """The position of the last session that had closed at that instant (inclusive); None before the first."""
        place = int(np.searchsorted(self.closes, microseconds(at), side="right")) - 1
        return place if place >= 0 else None


def calendar_code(venue: str, symbol: str = "") -> str | None:
    """The calendar of a venue, or of an index by its symbol; None where we know none."""
    return INDEX_CALENDARS.get(symbol) or CALENDARS.get(venue)


def sessions_of(venue: str, symbol: str = "") -> Sessions:
    """The sessions that a listing's bars follow. Raises UsageError for a venue without a known calendar."""
    code = calendar_code(venue, symbol)
    if code is None:
        known = ", ".join(sorted(CALENDARS))
        raise UsageError(
            f"No exchange calendar is known for venue '{venue}' ({symbol}); use a MIC out of {known}, or an index "
            f"symbol out of {', '.join(sorted(INDEX_CALENDARS))}."
        )
    return sessions(code)


@lru_cache(maxsize=64)
def sessions(code: str) -> Sessions:
    """All sessions of one calendar of `exchange_calendars` from 1990 (or its own begin) on, corrected."""
    cached = _cache_file(code)
    try:
        with np.load(cached) as table:
            return Sessions(code, table["days"], table["opens"], table["closes"])
    except (OSError, KeyError, ValueError):
        pass
    fresh = _tabulated(code)
    try:
        cached.parent.mkdir(parents=True, exist_ok=True)
        scratch = cached.with_name(f".{cached.stem}-{id(fresh)}.npz")
        np.savez(scratch, days=fresh.days, opens=fresh.opens, closes=fresh.closes)
        scratch.replace(cached)
    except OSError:  # a cache that cannot be kept costs time, nothing else
        pass
    return fresh


def _cache_file(code: str) -> Path:
    from platformdirs import user_cache_path

    corrections = sum(len(days) for days in NO_SESSIONS.values())
    name = f"{code}-{version('exchange_calendars')}-{LAST_ON}-{corrections}.npz"
    return user_cache_path("rerating") / "sessions" / name


def _tabulated(code: str) -> Sessions:
    import exchange_calendars
    from exchange_calendars.calendar_utils import get_calendar

    factory = exchange_calendars.calendar_utils._default_calendar_factories[code]
    first, last = factory.bound_min(), factory.bound_max()
    first_on = FIRST_ON if first is None else max(FIRST_ON, first.date())
    last_on = LAST_ON if last is None else min(LAST_ON, last.date())
    with warnings.catch_warnings():
        # pandas 3.1 warns about what exchange_calendars 4.13 does inside; its tables are the same.
        warnings.simplefilter("ignore")
        table = get_calendar(code, start=first_on.isoformat(), end=last_on.isoformat()).schedule
    days = table.index.to_numpy().astype("datetime64[D]")
    kept = ~np.isin(days, np.array(sorted(NO_SESSIONS.get(code, {})), dtype="datetime64[D]"))
    opens, closes = (table[name].dt.tz_convert("UTC").dt.as_unit("us").astype("int64") for name in ("open", "close"))
    return Sessions(code, days[kept], opens.to_numpy()[kept], closes.to_numpy()[kept])
