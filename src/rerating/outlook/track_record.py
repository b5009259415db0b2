"""The track record: every forecast that was issued, append-only and chained by hashes, the failures included.

A file of JSON lines. Each entry carries the digest of the one before it and its own over all that it says, so that
nothing can be changed, taken out or put in between without breaking the chain; a cut-off end shows where the last
digest (`head`) was noted elsewhere. A forecast is live if it was recorded before its entry; any other is back-filled
and stays apart. Only matured forecasts are scored.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from rerating.core.errors import IntegrityError, UsageError
from rerating.core.record import Record, canonical_json
from rerating.core.sessions import sessions_of
from rerating.core.types import Gap, Instant
from rerating.core.version import VERSION
from rerating.outlook.answer import Entry as EntryPoint
from rerating.outlook.answer import Forecast, ModelUsed, Outlook, Range, Verdict
from rerating.outlook.training import VERDICT_HORIZON
from rerating.outlook.verdict import Call, Leaning

#: The digest before the first entry.
GENESIS = "0" * 64
FORMAT = 1


class Issued(Record):
    """One issued forecast as it went on record. Quantiles are of the log excess return at `levels`."""

    format: int = FORMAT
    n: int
    previous: str
    mode: Literal["live", "backfilled"]
    recorded_at: Instant
    as_of: Instant
    listing: str
    currency: str
    sector: str | None
    horizon: int
    benchmark: str
    entry: EntryPoint
    ends_on: date
    levels: tuple[float, ...]
    quantiles: tuple[float, ...]
    scale_only: tuple[float, ...]
    climatology: tuple[float, ...]
    probability: float
    base_rate: float
    cost: float
    range: Range
    bucket: int
    call: Call | None
    leaning: Leaning | None
    model: ModelUsed
    ledger_version: str
    software_version: str = VERSION

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the entry, the digest of the one before it included."""
        return hashlib.sha256(canonical_json(self).encode()).hexdigest()

    @property
    def subject(self) -> tuple[str, str, int, str]:
        """What it is about; the same forecast is not recorded twice."""
        return (self.as_of.isoformat(), self.listing, self.horizon, self.model.digest or self.ledger_version)


class TrackRecord(Record):
    """A verified record and the digest of its last entry."""

    entries: tuple[Issued, ...]
    head: str


def read_record(path: Path) -> TrackRecord:
    """The record in a file, verified entry by entry; empty where there is no file.

    Raises IntegrityError where an entry was changed, taken out or put in, or cannot be read.
    """
    entries: list[Issued] = []
    head = GENESIS
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for number, line in enumerate(text.splitlines(), start=1):
        entry, stated = _parsed(path, number, line)
        if entry.n != number or entry.previous != head or entry.digest != stated:
            raise IntegrityError(
                f"{path}, entry {number}, does not fit the chain: it or one before it was changed, taken out or put "
                "in. Restore the file from a copy; a record that was altered proves nothing."
            )
        entries.append(entry)
        head = stated
    if text and not text.endswith("\n"):
        raise IntegrityError(f"{path} ends in the middle of entry {len(entries)}; restore the file from a copy.")
    return TrackRecord(entries=tuple(entries), head=head)


def _parsed(path: Path, number: int, line: str) -> tuple[Issued, str]:
    import json

    try:
        plain = json.loads(line)
        stated = plain.pop("digest")
        return Issued.model_validate(plain), str(stated)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        reason = str(error).splitlines()[0]
        raise IntegrityError(
            f"{path}, entry {number}, cannot be read ({reason}); restore the file from a copy, or update rerating "
            "where a newer version wrote it."
        ) from error


def issue(
    path: Path,
    outlooks: Iterable[tuple[Outlook, str, Instant]],
    *,
    recorded_at: datetime,
    currency: dict[str, str],
    sector: dict[str, str] | None = None,
) -> tuple[Issued, ...]:
    """Append the forecasts of some outlooks, each with its ledger version and cutoff; answers the new entries.

    One at a time for each file (a lock is held). A forecast that is on record already is left out. The chain is
    verified before anything is appended.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            before = read_record(path)
            head, n = before.head, len(before.entries)
            known = {entry.subject for entry in before.entries}
            fresh = []
            for made in _entries(outlooks, recorded_at, currency, sector or {}):
                if made.subject in known:
                    continue
                n += 1
                numbered = made.model_copy(update={"n": n, "previous": head})
                entry = Issued.model_validate_json(canonical_json(numbered))  # as it stands in the file
                head = entry.digest
                known.add(entry.subject)
                fresh.append(entry)
            file.writelines(_line(entry) for entry in fresh)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); name another file with --record.") from error
    return tuple(fresh)


def _line(entry: Issued) -> str:
    return canonical_json({**entry.model_dump(mode="json"), "digest": entry.digest}) + "\n"


def _entries(
    outlooks: Iterable[tuple[Outlook, str, Instant]],
    recorded_at: datetime,
    currency: dict[str, str],
    sector: dict[str, str],
) -> Iterable[Issued]:
    for found, ledger_version, as_of in outlooks:
        verdict = found.verdict if isinstance(found.verdict, Verdict) else None
        for forecast in found.forecasts:
            if isinstance(forecast, Forecast) and not isinstance(forecast.ends_on, Gap):
                asked = verdict if forecast.horizon == VERDICT_HORIZON else None
                yield Issued(
                    n=0,
                    previous=GENESIS,
                    mode="live" if recorded_at < entered_at(forecast.listing, forecast.entry) else "backfilled",
                    recorded_at=recorded_at,
                    as_of=as_of,
                    listing=forecast.listing,
                    currency=currency[forecast.listing],
                    sector=sector.get(forecast.listing),
                    horizon=forecast.horizon,
                    benchmark=forecast.benchmark,
                    entry=forecast.entry,
                    ends_on=forecast.ends_on,
                    levels=forecast.distribution.levels,
                    quantiles=forecast.distribution.log,
                    scale_only=forecast.references.scale_only,
                    climatology=forecast.references.climatology,
                    probability=forecast.probability,
                    base_rate=forecast.base_rate,
                    cost=forecast.cost,
                    range=forecast.range,
                    bucket=forecast.bucket,
                    call=None if asked is None else asked.call,
                    leaning=None if asked is None else asked.leaning,
                    model=forecast.model,
                    ledger_version=ledger_version,
                )


def entered_at(listing: str, entry: EntryPoint) -> datetime:
    """The instant of a forecast's entry: the open or the close of its session."""
    venue, _, symbol = listing.partition(":")
    table = sessions_of(venue, symbol)
    position = table.position(entry.on)
    if position is None:
        raise IntegrityError(f"{entry.on} was no session of {listing}; the record was made with another calendar.")
    return table.open_at(position) if entry.at == "open" else table.close_at(position)


def settled_at(entry: Issued) -> datetime:
    """The instant at which a forecast can be settled: the close of its last session."""
    venue, _, symbol = entry.listing.partition(":")
    table = sessions_of(venue, symbol)
    position = table.position(entry.ends_on)
    if position is None:
        raise IntegrityError(f"{entry.ends_on} was no session of {entry.listing}; the calendar has changed since.")
    return table.close_at(position)


def of_mode(entries: Sequence[Issued], mode: str) -> tuple[Issued, ...]:
    """The entries issued live, or those filled in later."""
    return tuple(entry for entry in entries if entry.mode == mode)
