"""Events: where each lies in the panel, and what is known against it before any model is fitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from rerating.core.errors import UsageError
from rerating.core.sessions import Sessions
from rerating.measures.event_study.frames import columns_of, library
from rerating.measures.event_study.layout import (
    BAD_PRICE,
    CONTAMINATED,
    MISSING_IN_WINDOW,
    OVERLAPS_OWN,
    THIN_TRADING,
    Integers,
    Request,
)
from rerating.measures.event_study.panel import Panel

NonSession = Literal["next", "previous", "drop"]
Names = npt.NDArray[np.object_]


class Outcome(StrEnum):
    """What became of an event. Up to `not_converged` it cannot be computed; from `bad_price` on the caller chooses."""

    USED = "used"
    UNKNOWN_SYMBOL = "unknown_symbol"
    NOT_A_SESSION = "not_a_session"
    OUTSIDE_DATA = "outside_data"
    WINDOW_OUTSIDE_DATA = "window_outside_data"
    TOO_FEW_OBSERVATIONS = "too_few_observations"
    FLAT_BENCHMARK = "flat_benchmark"
    NO_VARIANCE = "no_variance"
    NOT_CONVERGED = "not_converged"
    BAD_PRICE = "bad_price"
    MISSING_IN_WINDOW = "missing_in_window"
    OVERLAPS_OWN_EVENT = "overlaps_own_event"
    CONTAMINATED_ESTIMATION = "contaminated_estimation"
    THIN_TRADING = "thin_trading"


FLAGS: dict[Outcome, int] = {
    Outcome.BAD_PRICE: BAD_PRICE,
    Outcome.MISSING_IN_WINDOW: MISSING_IN_WINDOW,
    Outcome.OVERLAPS_OWN_EVENT: OVERLAPS_OWN,
    Outcome.CONTAMINATED_ESTIMATION: CONTAMINATED,
    Outcome.THIN_TRADING: THIN_TRADING,
}
"""What can be said against an event that can be computed all the same, in the order in which it names one."""


@dataclass(frozen=True, eq=False)
class Events:
    """Events as given: symbol and `at` (a date, an instant, or a position where the panel has no dates)."""

    symbols: Names
    at: Names
    names: Names | None
    groups: Names | None
    kind: str
    """Library of the frame they came in."""

    def __len__(self) -> int:
        return len(self.symbols)


@dataclass(frozen=True, eq=False)
class Located:
    """Line and position of each event; the outcome where it has none."""

    line: Integers
    position: Integers
    outcome: dict[int, Outcome]
    """Only the events that cannot be computed."""


def as_events(events: Any, panel: Panel) -> Events:
    """Events out of a frame with the columns `symbol`, `at`, optional `name`, `group`; an array [n, 2] of (line,
    position) or [n] of positions of the only line; or a sequence of (symbol, at).
    """
    if isinstance(events, np.ndarray) and events.dtype.kind in "iu":
        return _from_positions(events, panel)
    if library(events) != "numpy" or isinstance(events, Mapping):
        columns = columns_of(events)
        lower = {name.lower(): name for name in columns}
        for needed in ("symbol", "at"):
            if needed not in lower:
                raise UsageError(
                    f"The events have no column `{needed}`; they need `symbol` and `at` (date or instant)."
                )

        def column(name: str) -> Names | None:
            return columns[lower[name]].astype(object) if name in lower else None

        symbols, at = column("symbol"), _instants(events, lower["at"], columns[lower["at"]])
        assert symbols is not None  # looked up above
        return Events(symbols, at, column("name"), column("group"), library(events))
    pairs = list(events)
    symbols, at = np.empty(len(pairs), dtype=object), np.empty(len(pairs), dtype=object)
    for i, pair in enumerate(pairs):
        symbols[i], at[i] = pair
    return Events(symbols, at, None, None, "polars")


def _from_positions(events: Integers, panel: Panel) -> Events:
    pairs = events if events.ndim == 2 else np.column_stack((np.zeros(len(events), np.int64), events))
    if pairs.shape[1] != 2:
        raise UsageError(f"Events have the shape {events.shape}; give [n, 2] of (line, position).")
    if events.ndim == 1 and len(panel.symbols) > 1:
        raise UsageError("Positions alone do not say which line; give [n, 2] of (line, position).")
    return Events(pairs[:, 0], pairs[:, 1], None, None, "polars")  # type: ignore[arg-type]


def _instants(frame: Any, name: str, values: npt.NDArray[Any]) -> Names:
    """The column `at` as Python dates and datetimes: NumPy knows no time zone."""
    if library(frame) == "polars":
        listed = frame.get_column(name).to_list()
    elif library(frame) == "pandas":
        listed = [item.to_pydatetime() if hasattr(item, "to_pydatetime") else item for item in frame[name]]
    else:
        listed = values.astype(object).tolist()
    out = np.empty(len(listed), dtype=object)
    for i, item in enumerate(listed):
        out[i] = item
    return out


def locate(
    events: Events, panel: Panel, non_session: NonSession, sessions: Sessions | Mapping[str, Sessions] | None
) -> Located:
    """Line and position of each event.

    A date is the session itself; one that is no session goes to the next or the previous one, or drops out, as
    `non_session` says. An instant goes to the first session of its venue that closes after it (`sessions`), so news
    after the close belongs to the next session and news within a session, a half day or a lunch break to that one.
    """
    if non_session not in ("next", "previous", "drop"):
        raise UsageError(f"non_session is '{non_session}'; choose next, previous or drop.")
    if events.at.dtype.kind in "iu":
        return _at_positions(events, panel)
    if panel.dates is None:
        raise UsageError("The panel has no dates, so events must be positions; give [n, 2] of (line, position).")
    lines = panel.lines
    line = np.array([lines.get(str(symbol), -1) for symbol in events.symbols], dtype=np.int64)
    on = np.array([_session_on(events, i, sessions) for i in range(len(events))], dtype="datetime64[D]")
    position = np.full(len(events), -1, dtype=np.int64)
    outcome: dict[int, Outcome] = {int(i): Outcome.UNKNOWN_SYMBOL for i in np.flatnonzero(line < 0)}
    for base in np.unique(panel.bases):
        block = np.flatnonzero((line >= 0) & (panel.bases[line] == base))
        if block.size == 0:
            continue
        calendar = panel.calendar(int(line[block[0]]))
        place = np.searchsorted(calendar, on[block])
        inside = (place < len(calendar)) & (on[block] >= calendar[0]) if len(calendar) else np.zeros(len(block), bool)
        exact = inside & (calendar[np.minimum(place, len(calendar) - 1)] == on[block])
        position[block] = np.where(exact, place, place - (non_session == "previous"))
        for i in block[~inside]:
            outcome[int(i)] = Outcome.OUTSIDE_DATA
        if non_session == "drop":
            for i in block[inside & ~exact]:
                outcome[int(i)] = Outcome.NOT_A_SESSION
    for i in outcome:
        position[i] = -1
    return Located(line, position, outcome)


def _at_positions(events: Events, panel: Panel) -> Located:
    line, position = events.symbols.astype(np.int64), events.at.astype(np.int64).copy()
    known = (line >= 0) & (line < len(panel.symbols))
    length = np.where(known, panel.lengths[np.where(known, line, 0)], 0)
    inside = known & (position >= 0) & (position < length)
    outcome = {int(i): Outcome.UNKNOWN_SYMBOL for i in np.flatnonzero(~known)}
    outcome |= {int(i): Outcome.OUTSIDE_DATA for i in np.flatnonzero(known & ~inside)}
    position[~inside] = -1
    return Located(np.where(known, line, -1), position, outcome)


def _session_on(events: Events, i: int, sessions: Sessions | Mapping[str, Sessions] | None) -> np.datetime64:
    at, symbol = events.at[i], events.symbols[i]
    if isinstance(at, str):
        at = _parse(at, symbol)
    if isinstance(at, datetime) and at.tzinfo is None and at.time() == datetime.min.time():
        at = at.date()
    if not isinstance(at, datetime):
        if isinstance(at, date | np.datetime64):
            on: np.datetime64 = np.datetime64(at).astype("datetime64[D]")
            if not np.isnat(on):
                return on
        raise UsageError(f"Event {i + 1} ({symbol}) has no date or instant ({at!r}); write 2026-01-14 or an instant.")
    if at.tzinfo is None:
        raise UsageError(f"Event {i + 1} ({symbol}) at {at} has no time zone; add one, like {at.isoformat()}Z.")
    table = sessions.get(str(symbol)) if isinstance(sessions, Mapping) else sessions
    if table is None:
        raise UsageError(
            f"Event {i + 1} ({symbol}) has a time of day, and its venue's sessions are not known; name the venue "
            "(--venue XNYS, or sessions=sessions_of('XNYS') in Python) or give the date of the session."
        )
    place = table.reacting(at)
    if place is None:
        raise UsageError(f"Event {i + 1} ({symbol}) at {at} lies after the last session that is known.")
    session: np.datetime64 = table.days[place]
    return session


def _parse(text: str, symbol: object) -> date | datetime:
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"'{text}' ({symbol}) is no date or instant; write 2026-01-14 or 2026-01-14T09:30Z."
        ) from error


def early_flags(line: Integers, position: Integers, panel: Panel, request: Request, flags: Integers) -> None:
    """Flags events (in the order of their days) for what is known before a fit: own events nearby or in the estimation
    window, bad prices.

    Two events of one line overlap where their windows share a session. An estimation window is contaminated where the
    window of another event of the line reaches into it.
    """
    from rerating.measures.event_study.event_kernels import flag_own_events

    newest, earlier = np.full(len(panel.symbols), -1, dtype=np.int64), np.empty(line.size, dtype=np.int64)
    flag_own_events(
        line, position, request.first, request.last, request.edge, request.estimation, newest, earlier, flags
    )
    if panel.bad.size:
        start, offset = np.maximum(position + request.edge - request.estimation, 0), panel.offsets[line]
        reach = np.searchsorted(panel.bad, offset + position + request.last, "right")
        flags[reach > np.searchsorted(panel.bad, offset + start, "left")] |= BAD_PRICE


def flag_outcomes(flag: int) -> Sequence[Outcome]:
    """The outcomes that a flag word stands for, in the order in which they name an event."""
    return [outcome for outcome, bit in FLAGS.items() if flag & bit]
