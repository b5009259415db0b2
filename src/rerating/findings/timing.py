"""When an event could have moved a line: its publication, the sessions that could react, and the move in question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from rerating.core.sessions import day_span, instant, microseconds
from rerating.core.types import Instant
from rerating.findings.basis import Figure
from rerating.findings.series import Series
from rerating.language.rating_words import folded
from rerating.ledger import View

#: A publication time that is only an upper bound: it was public at that instant at the latest.
UPPER_BOUND = "at_latest"


#: Days of rating actions are New York's.
_RATINGS_PLACE = "America/New_York"

#: Categories that tell what a market did, what somebody thinks, or what is due: they are no causes of a move.
OBSERVATIONS = frozenset({"market", "options_flow", "consensus", "view", "watch"})


class Timing(StrEnum):
    """What the order of event, session and move allows."""

    COULD_HAVE_CAUSED = "could_have_caused"
    EARLIER_SESSION = "earlier_session"
    AFTER_THE_MOVE = "after_the_move"
    PRICE_LED = "price_led"
    CANNOT_TELL = "cannot_tell"
    UNEXPLAINED = "unexplained"


class Event(Figure):
    """A dated event as the ledger holds it; a rating action is one, too."""

    id: str
    subject: str
    category: str
    title: str
    title_de: str | None
    text: str | None
    at_earliest: Instant
    at_latest: Instant
    precision: str
    place: str | None
    value: float | None
    unit: str | None
    conflict: str | None
    source: str


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An event row and the places in the line of the sessions that could react: by its latest and earliest instant."""

    row: dict[str, Any]
    latest: int
    earliest: int

    @property
    def bound(self) -> bool:
        """Whether its time is only an upper bound."""
        return bool(self.row["precision"] == UPPER_BOUND)

    def event(self, source: str) -> Event:
        """The event as a figure; `source` is the id of its evidence."""
        names = set(Event.model_fields) - {"id", "precision", "source", "src"}
        return Event(
            id=source,
            precision=str(self.row["precision"] or "day"),
            source=str(self.row["locator"] or self.row["source"]),
            src=(source,),
            **{name: self.row[name] for name in names},
        )


def placed_events(view: View, line: Series) -> list[Placed]:
    """All events about the line that were known by the cutoff, in the order of the sessions that could react."""
    placed = []
    events = [
        row for row in view.events(view.names(line.listing)).rows(named=True) if row["category"] not in OBSERVATIONS
    ]
    for row in [*events, *_rating_changes(view, line)]:
        day = row["precision"] == "day"
        latest, earliest = (_session(line, row[name], day=day) for name in ("at_latest", "at_earliest"))
        if latest is not None and earliest is not None:
            placed.append(Placed(row=row, latest=line.place(latest), earliest=line.place(earliest)))
    return sorted(placed, key=lambda event: (event.latest, event.row["at_latest"], event.row["title"]))


def _rating_changes(view: View, line: Series) -> list[dict[str, Any]]:
    """Changes of a house's rating as events; an action that keeps the word is none."""
    changes = []
    for row in view.ratings(line.listing.symbol).rows(named=True):
        changed = row["word_from"] and row["word_to"] and folded(row["word_from"]) != folded(row["word_to"])
        if not changed and row["action"] not in {"up", "down", "init"}:
            continue
        earliest, latest = day_span(row["graded_on"], _RATINGS_PLACE)
        exact = row["graded_at"] is not None and row["precision"] != "day"
        words = " → ".join(word for word in (row["word_from"], row["word_to"]) if word)
        target = f", {row['target_to']:g} {row['currency'] or ''}".rstrip() if row["target_to"] else ""
        changes.append(
            row
            | {
                "subject": line.listing.symbol,
                "category": "rating",
                "title": f"{row['house']}: {words}{target}",
                "at_earliest": row["graded_at"] if exact else earliest,
                "at_latest": row["graded_at"] if exact else latest,
                "precision": "minute" if exact else "day",
                "place": _RATINGS_PLACE,
                "value": row["target_to"],
                "unit": row["currency"],
                **dict.fromkeys(("title_de", "text", "conflict")),
            }
        )
    return changes


def _session(line: Series, at: datetime, *, day: bool) -> int | None:
    """The calendar position of the session that could react; with day precision only one that opens afterwards.

    A day ends at an instant that is no part of it any more, so its last microsecond is asked for.
    """
    return line.sessions.opening_after(instant(microseconds(at) - 1)) if day else line.sessions.reacting(at)


def timing_of(event: Placed, move: int | None, *, led: bool) -> Timing:
    """The label of an event against the session `move` (a place in the line); None where no move is known.

    It follows the latest instant. `led` says that the sessions before the move had gone the same way.
    """
    if move is None:
        return Timing.CANNOT_TELL
    if event.latest < move:
        return Timing.EARLIER_SESSION
    if event.latest > move:
        return Timing.CANNOT_TELL if event.earliest <= move or event.bound else Timing.AFTER_THE_MOVE
    if event.bound:
        return Timing.CANNOT_TELL
    return Timing.PRICE_LED if led else Timing.COULD_HAVE_CAUSED


def timing_by_earliest(event: Placed, move: int | None) -> Timing:
    """The same by the earliest instant alone: the other count that is printed beside the label."""
    if move is None:
        return Timing.CANNOT_TELL
    if event.earliest == move:
        return Timing.COULD_HAVE_CAUSED
    return Timing.EARLIER_SESSION if event.earliest < move else Timing.AFTER_THE_MOVE
