"""Dated facts kept by hand, each with its address: TOML case files, JSON lists, CSV and Parquet tables.

A case file is TOML with tables `[[facts]]`, `[[events]]`, `[[ratings]]` and `[[bars]]`; a JSON file is a list of such
tables, a CSV or Parquet file has their keys as columns. docs/case-files.md lists every key. A time is given as

- `at` = an instant (2007-01-09T17:40Z), precision "minute"; or `at_earliest` and `at_latest`, both instants; or
- `on` = a day and `place` = an IANA time zone: from that day's start to its end there. What is visible at a cutoff is
  decided by the latest instant, the timing of catalysts looks at both.

The keys event_date, date_precision, known_at, fact, ticker and source_url are read as on/at, precision, title, subject
and source, so that plain lists of dated facts load as they are.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import polars as pl
from pydantic import ConfigDict, Field, ValidationError, field_validator, model_validator

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.sessions import calendar_code, day_span, sessions_of
from rerating.core.tables import BARS, EVENTS, PRICE_BASES, TABLES
from rerating.core.types import Instant
from rerating.sources.files import read_table

Kind = Literal["facts", "events", "ratings", "bars"]
KINDS: tuple[Kind, ...] = ("facts", "events", "ratings", "bars")

#: Where a dated fact without a place was public first, by category and by host. Everything else: New York.
_PLACE_BY_CATEGORY = {
    "policy_china_ai": "Asia/Shanghai",
    "policy_china_tech": "Asia/Shanghai",
    "regulation": "Asia/Shanghai",
    "adr": "Asia/Shanghai",
}
_PLACE_BY_HOST = {"adhocnews.de": "Europe/Berlin", "ad-hoc-news.de": "Europe/Berlin"}
_PLACE_ELSEWHERE = "America/New_York"

#: Words by which a plain list says that its instant is only an upper bound.
_UPPER_BOUND = "at the latest"

_OTHER_NAMES = {"ticker": "subject", "fact": "title", "source_url": "source", "date_precision": "precision"}


class _Cited(Record):
    """What all entries share: an address, and terms of use where there are any."""

    model_config = ConfigDict(extra="ignore")

    source: str
    licence: str | None = None

    @property
    def provenance(self) -> dict[str, Any]:
        """The columns that say where the row comes from."""
        return {"locator": self.source, "licence": self.licence}


class _Dated(_Cited):
    """What facts, events and ratings share: a time of publication."""

    precision: Literal["minute", "hour", "day", "at_latest"] | None = None
    at: Instant | None = None
    at_earliest: Instant | None = None
    at_latest: Instant | None = None
    on: date | None = None
    place: str | None = None

    @field_validator("place")
    @classmethod
    def _known_place(cls, place: str | None) -> str | None:
        if place is not None:
            try:
                ZoneInfo(place)
            except (KeyError, ValueError, OSError):
                raise ValueError(f"'{place}' is no IANA time zone such as America/New_York") from None
        return place

    @model_validator(mode="after")
    def _timed(self) -> _Dated:
        ways = [self.at is not None, self.at_latest is not None, self.on is not None]
        if sum(ways) != 1:
            raise ValueError("give one time: at, or at_earliest and at_latest, or on with place")
        if self.on is not None and self.place is None:
            raise ValueError("a day needs the place (IANA time zone) where it was public first")
        if self.at_latest is not None and (self.at_earliest is None or self.at_earliest > self.at_latest):
            raise ValueError("at_latest needs an at_earliest that is not after it")
        return self

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The earliest and the latest instant at which this was public."""
        if self.at is not None:
            return self.at, self.at
        if self.on is not None:
            assert self.place is not None
            return day_span(self.on, self.place)
        assert self.at_earliest is not None
        assert self.at_latest is not None
        return self.at_earliest, self.at_latest

    @property
    def stated_precision(self) -> str:
        """The precision that was given, else the one that follows from how the time was written."""
        return self.precision or ("minute" if self.at is not None else "day")


class _Valued(_Dated):
    """What facts and events share: whom they are about, and a number with its unit."""

    subject: str
    value: float | None = None
    unit: str | None = None
    text: str | None = None

    @model_validator(mode="after")
    def _with_unit(self) -> _Valued:
        if self.value is not None and not self.unit:
            raise ValueError("a value needs a unit")
        if self.unit in {"%", "percent"}:
            raise ValueError("write a share as a ratio (0.09) with unit = 'ratio'")
        return self


class FactEntry(_Valued):
    """A `[[facts]]` table: `field`, `value` with `unit` or `text`, and the `period` that it is about."""

    field: str
    period_from: date | None = None
    period_to: date | None = None
    low: float | None = None
    high: float | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> FactEntry:
        if self.value is None and self.text is None and self.low is None:
            raise ValueError("a fact needs a value, a low and high, or a text")
        return self

    def row(self) -> dict[str, Any]:
        """The columns of the facts table."""
        names = ("subject", "field", "period_from", "period_to", "unit", "value", "low", "high", "text", "note")
        known = {"precision": self.stated_precision, "known_at": self.span[1]}
        return {name: getattr(self, name) for name in names} | known | self.provenance


class EventEntry(_Valued):
    """An `[[events]]` table: `category`, `title` (English), and where known `title_de`, `text`, `effective_on` ..."""

    category: str
    title: str
    title_de: str | None = None
    effective_on: date | None = None
    speaker: str | None = None
    status: Literal["reported_fact", "company_guidance", "forecast", "attributed", "opinion"] | None = None
    stance: Literal["for", "against"] | None = None
    conflict: str | None = None
    confidence: str | None = None

    @model_validator(mode="after")
    def _split_is_complete(self) -> EventEntry:
        if self.category in {"split", "dividend"} and (self.value is None or self.effective_on is None):
            raise ValueError(f"a {self.category} needs a value and effective_on (the ex-date)")
        if self.category == "split" and not (self.value or 0) > 0:
            raise ValueError("a split's value is the number of new shares per old one, above 0")
        if self.category == "watch" and self.effective_on is None:
            raise ValueError("an event to watch needs effective_on, the day on which it is due")
        return self

    def row(self) -> dict[str, Any]:
        """The columns of the events table."""
        names = set(EVENTS.key) | set(EVENTS.content)
        earliest, latest = self.span
        own = {name: getattr(self, name) for name in names if name in type(self).model_fields}
        times = {"at_earliest": earliest, "at_latest": latest, "known_at": latest, "precision": self.stated_precision}
        return own | times | self.provenance


class RatingEntry(_Dated):
    """A `[[ratings]]` table: what a house said of a symbol, in its own words; the time is that of the action."""

    symbol: str
    house: str
    analyst: str | None = None
    action: Literal["init", "up", "down", "main", "reit"] | None = None
    word_from: str | None = None
    word_to: str | None = None
    target_from: float | None = Field(default=None, gt=0)
    target_to: float | None = Field(default=None, gt=0)
    currency: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> RatingEntry:
        if self.word_to is None and self.target_to is None:
            raise ValueError("a rating needs word_to or target_to")
        if self.target_to is not None and self.currency is None:
            raise ValueError("a target needs a currency")
        return self

    def row(self) -> dict[str, Any]:
        """The columns of the ratings table."""
        names = ("symbol", "house", "analyst", "action", "word_from", "word_to", "target_from", "target_to", "currency")
        earliest, latest = self.span
        exact = earliest == latest
        own = {name: getattr(self, name) for name in names}
        graded = self.on or earliest.astimezone(ZoneInfo(_PLACE_ELSEWHERE)).date()
        times = {"graded_on": graded, "graded_at": latest if exact else None, "precision": self.stated_precision}
        return own | times | {"ordinal": 0, "known_at": latest} | self.provenance


class BarEntry(_Cited):
    """A `[[bars]]` table: a close that was quoted in public, and where known open, high, low and volume."""

    symbol: str
    venue: str
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    on: date
    close: float = Field(gt=0)
    open: float | None = Field(default=None, gt=0)
    high: float | None = Field(default=None, gt=0)
    low: float | None = Field(default=None, gt=0)
    volume: int | None = Field(default=None, ge=0)
    price_basis: str = "as_traded"

    @model_validator(mode="after")
    def _sound(self) -> BarEntry:
        if self.price_basis not in PRICE_BASES:
            raise ValueError(f"unknown price_basis '{self.price_basis}'")
        if calendar_code(self.venue, self.symbol) is None:
            raise ValueError(f"no exchange calendar is known for the venue '{self.venue}'")
        if sessions_of(self.venue, self.symbol).position(self.on) is None:
            raise ValueError(f"{self.on} was no session of {self.venue}")
        return self

    def row(self) -> dict[str, Any]:
        """The columns of the bars table; a bar is known at its session's close."""
        table = sessions_of(self.venue, self.symbol)
        position = table.position(self.on)
        assert position is not None
        names = (*BARS.key, "open", "high", "low", "close", "volume")
        return {name: getattr(self, name) for name in names} | {"known_at": table.close_at(position)} | self.provenance


Entry = FactEntry | EventEntry | RatingEntry | BarEntry

_ENTRIES: dict[Kind, type[Entry]] = {
    "facts": FactEntry,
    "events": EventEntry,
    "ratings": RatingEntry,
    "bars": BarEntry,
}


def batch_from(path: Path, *, recorded_at: datetime, only: Kind | None = None, source: str = "file") -> Batch:
    """One batch of what stands in a file; `only` says what the entries of a list or table are.

    Raises UsageError, naming each faulty entry and the reason; nothing of a faulty file is taken.
    """
    entries = _entries(path, only)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    faults: list[str] = []
    rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    for kind, number, raw in entries:
        entry = _parsed(kind, raw, f"{kind} entry {number}", faults)
        if entry is not None:
            rows[kind].append(entry.row() | {"digest": digest})
    if faults:
        more = f"; and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise UsageError(
            f"{path} was not imported, nothing of it: {'; '.join(faults[:5])}{more}. Mend it and try again."
        )
    if not any(rows.values()):
        raise UsageError(f"{path} holds no entry; nothing was imported.")
    tables: dict[str, pl.DataFrame] = {
        kind: pl.DataFrame(rows[kind], schema={n: t for n, t in TABLES[kind].schema.items() if n not in _STAMPED})
        for kind in KINDS
        if rows[kind]
    }
    return Batch(source=source, recorded_at=recorded_at, tables=tables, scope={"file": path.name, "digest": digest})


_STAMPED = {"recorded_at", "source", "batch"}


def _entries(path: Path, only: Kind | None) -> list[tuple[Kind, int, Mapping[str, Any]]]:
    if not path.is_file():
        raise UsageError(f"There is no file {path}.")
    suffix = path.suffix.lower()
    if suffix in {".csv", ".parquet", ".pq"}:
        table = read_table(path).rows(named=True)
        return [(only or "facts", number, row) for number, row in enumerate(table, start=2 if suffix == ".csv" else 1)]
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text) if suffix == ".json" else tomllib.loads(text)
    except (ValueError, OSError) as error:
        raise UsageError(f"{path} cannot be read as {'JSON' if suffix == '.json' else 'TOML'}: {error}.") from error
    if isinstance(content, list):
        return [(only or "events", number, row) for number, row in enumerate(content, start=1)]
    kinds = KINDS if only is None else (only,)
    return [(kind, number, row) for kind in kinds for number, row in enumerate(content.get(kind, []), start=1)]


def _parsed(kind: Kind, raw: Mapping[str, Any], where: str, faults: list[str]) -> Entry | None:
    try:
        return _ENTRIES[kind](**_plain(raw))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        faults.append(f"{where}: {place + ' ' if place else ''}{message}")
    except (TypeError, ValueError, AttributeError) as error:
        faults.append(f"{where}: {error}")
    return None


def _plain(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The entry under our names, empty values left out, and plain `event_date`/`known_at` lists made explicit."""
    fields = {_OTHER_NAMES.get(key, key): value for key, value in raw.items() if value not in (None, "")}
    if "known_at" in fields and not {"at", "at_latest", "on"} & set(fields):
        known = str(fields.pop("known_at"))
        fields.setdefault("place", _place(fields))
        if fields.get("precision") == "day" or len(known) == len("2026-01-12"):
            fields["on"] = known[:10]
            fields["precision"] = "day"
        else:
            fields["at"] = known
            if _UPPER_BOUND in str(fields.get("title", "")).lower():
                # Only the latest instant is known: it was public at some time of that day up to then.
                latest = datetime.fromisoformat(fields.pop("at"))
                fields["at_earliest"] = day_span(date.fromisoformat(known[:10]), fields["place"])[0]
                fields["at_latest"], fields["precision"] = latest, "at_latest"
    if fields.get("unit") in {"%", "percent"} and isinstance(fields.get("value"), int | float):
        fields["value"], fields["unit"] = fields["value"] / 100.0, "ratio"
    for name in ("at", "at_earliest", "at_latest"):
        if isinstance(fields.get(name), str):
            fields[name] = datetime.fromisoformat(fields[name])
        if isinstance(fields.get(name), datetime) and fields[name].tzinfo is None:
            raise ValueError(f"{name} needs a time zone, like 2007-01-09T17:40Z")
    return fields


def _place(fields: Mapping[str, Any]) -> str:
    """Where a row without a place was public first: by its category, else by the host of its address."""
    if str(fields.get("category")) in _PLACE_BY_CATEGORY:
        return _PLACE_BY_CATEGORY[str(fields["category"])]
    address = str(fields.get("source", ""))
    hosts = (place for host, place in _PLACE_BY_HOST.items() if f"/{host}/" in address or f".{host}/" in address)
    return next(hosts, _PLACE_ELSEWHERE)
