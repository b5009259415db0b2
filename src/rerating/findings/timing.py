"""When an event could have moved a line: its publication, the sessions that could react, and the move in question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from rerating.core.addresses import page_of
from rerating.core.sessions import day_span, instant, microseconds
from rerating.core.types import Instant
from rerating.findings.basis import Figure, Trail
from rerating.findings.series import Series
from rerating.language.rating_words import folded
from rerating.ledger import View
from rerating.measures.retelling import (
    FEWEST_WORDS,
    at_odds,
    content_words,
    day_printed,
    figures,
    number_of,
    overlap,
)

#: A publication time that is only an upper bound: it was public at that instant at the latest.
UPPER_BOUND = "at_latest"


RATING, NEWS = "rating", "news"
SAME_ACTION, SAME_NEWS = timedelta(days=21), timedelta(days=7)
SAME_WORDS = 0.5
SAME_FIGURES_WORDS = 0.4
SAME_NUMBER_WORDS = 0.25
"""Shared words that are enough where a figure is shared, too, or an agency's number: either alone may be chance."""
_NEAREST = 400
"""How many earlier items are looked at: in a stream of thousands a week only the nearest."""

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


class Telling(Figure):
    """A later item that tells the same again."""

    title: str
    at_latest: Instant
    source: str


class Event(Figure):
    """A dated event as the ledger holds it; a rating action is one, too. `repeats` told the same again."""

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
    repeats: tuple[Telling, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An event row and the places in the line of the sessions that could react: by its latest and earliest instant."""

    row: dict[str, Any]
    latest: int
    earliest: int
    repeats: tuple[dict[str, Any], ...] = ()

    @property
    def bound(self) -> bool:
        """Whether its time is only an upper bound."""
        return bool(self.row["precision"] == UPPER_BOUND)

    def event(self, trail: Trail) -> Event:
        """The event as a figure, with the later items that tell it again."""
        names = set(Event.model_fields) - {"id", "precision", "source", "src", "repeats"}
        source = trail.row(self.row)
        told = [(row, trail.row(row)) for row in self.repeats]
        return Event(
            id=source,
            precision=str(self.row["precision"] or "day"),
            source=_address(self.row),
            src=(source,),
            repeats=tuple(
                Telling(title=row["title"], at_latest=row["at_latest"], source=_address(row), src=(mark,))
                for row, mark in told
            ),
            **{name: self.row[name] for name in names},
        )


def placed_events(view: View, line: Series) -> list[Placed]:
    """All events about the line that were known by the cutoff, in the order of the sessions that could react."""
    placed = []
    names = view.names(line.listing)
    events = [_dated(row) for row in view.events(names).rows(named=True) if row["category"] not in OBSERVATIONS]
    for row in [*events, *_rating_changes(view, line)]:
        day = row["precision"] == "day"
        latest, earliest = (_session(line, row[name], day=day) for name in ("at_latest", "at_earliest"))
        if latest is not None and earliest is not None:
            placed.append(Placed(row=row, latest=line.place(latest), earliest=line.place(earliest)))
    placed = sorted(placed, key=lambda event: (event.latest, event.row["at_latest"], event.row["title"]))
    return first_tellings(placed, about=names)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """The row; where a headline prints an earlier day than its feed, public since that day at the earliest.

    A feed's time is often that of its crawler, so that it is an upper bound then.
    """
    printed = day_printed(row["title"]) if row["category"] == NEWS else None
    if printed is None or row["precision"] == UPPER_BOUND:
        return row
    start, end = day_span(printed, row["place"] or _RATINGS_PLACE)
    if not end <= row["at_earliest"] <= end + SAME_ACTION:
        return row
    return row | {"at_earliest": start, "precision": UPPER_BOUND}


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What two items are compared by."""

    title: str
    words: frozenset[str]
    figures: frozenset[str]
    page: str | None

    @classmethod
    def of(cls, row: dict[str, Any], about: frozenset[str]) -> _Told:
        page = page_of(str(row["locator"] or ""))
        title = str(row["title"])
        return cls(title=folded(title), words=content_words(title) - about, figures=figures(title), page=page)


def first_tellings(placed: list[Placed], *, about: Sequence[str] = ()) -> list[Placed]:
    """The events without those that tell an earlier one again; the earlier one keeps them as its repeats.

    The same is told again by another item of one page, category and span of time (facets of one publication); by a
    headline of a feed within a week that leads to the page of an earlier item, or whose words are nearly those of one
    (the names in `about` apart, which stand in all of them) while their figures do not contradict, or that bears the
    number of an earlier one and shares some of its words; and by an item on a house's action that names the house and
    its word within three weeks of it.
    """
    rows = [event.row for event in placed]
    order = sorted(range(len(rows)), key=lambda i: (rows[i]["at_latest"], rows[i]["at_earliest"], i))
    names = content_words(" ".join(about))
    told = [_Told.of(row, names) for row in rows]
    first: dict[int, int] = {}
    for place, i in enumerate(order):
        for j in reversed(order[max(0, place - _NEAREST) : place]):
            if rows[i]["at_latest"] - rows[j]["at_latest"] > SAME_ACTION:
                break
            if _tells_again(rows[i], rows[j], told[i], told[j]):
                first[i] = first.get(j, j)
                break
            if rows[i].get("house") and rows[i].get("house") == rows[j].get("house"):
                break  # the house said another word in between: its return to the first one is news
    repeats: dict[int, list[dict[str, Any]]] = {}
    for i in order:
        if i in first:
            repeats.setdefault(first[i], []).append(rows[i])
    return [replace(event, repeats=tuple(repeats.get(i, ()))) for i, event in enumerate(placed) if i not in first]


def _tells_again(later: dict[str, Any], row: dict[str, Any], told: _Told, before: _Told) -> bool:
    apart = later["at_latest"] - row["at_latest"]
    if later["category"] == RATING and row["category"] == RATING:
        house, word = row.get("house"), row.get("word_to")
        other, said = later.get("house"), later.get("word_to")
        if house and other:
            return bool(house == other and folded(word or "") == folded(said or "") and apart <= SAME_ACTION)
        named = house or other
        title = str((later if house else row)["title"]).casefold()
        return bool(
            named and named.casefold() in title and folded(word or said or "") in folded(title) and apart <= SAME_ACTION
        )
    one_page = told.page is not None and told.page == before.page
    if later["category"] == NEWS:
        return apart <= SAME_NEWS and (one_page or _same_news(told, before))
    same = all(later[name] == row[name] for name in ("category", "at_earliest", "at_latest"))
    return same and (one_page or bool(later["locator"] and later["locator"] == row["locator"]))


def _same_news(told: _Told, before: _Told) -> bool:
    """By words and figures, with fewer words where both have a figure or one number of an agency in common."""
    if told.title == before.title:
        return len(told.title.split()) >= FEWEST_WORDS
    if at_odds(told.figures, before.figures):
        return False
    number = number_of(told.page)
    enough = SAME_FIGURES_WORDS if told.figures & before.figures else SAME_WORDS
    if number is not None and number == number_of(before.page):
        enough = SAME_NUMBER_WORDS
    return overlap(told.words, before.words) >= enough


def _address(row: dict[str, Any]) -> str:
    return str(row["locator"] or row["source"])


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
                "category": RATING,
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
