"""What a ledger holds, and whether what it holds is whole: digests of raw documents recomputed, batches counted."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

import polars as pl

from rerating.core.record import Record
from rerating.core.tables import DOCUMENTS, TABLES
from rerating.core.types import Instant
from rerating.ledger.store import Ledger

_SHOWN = 5


class TableInfo(Record):
    """One table: committed rows, files and their bytes, the storage's version, and the span of its times."""

    name: str
    rows: int
    files: int
    bytes: int
    version: int
    known_from: Instant | None = None
    known_to: Instant | None = None
    recorded_to: Instant | None = None


class SourceInfo(Record):
    """One source: how many batches it made and when the last of them was recorded."""

    name: str
    batches: int
    recorded_to: Instant


class LedgerInfo(Record):
    """A ledger's content in numbers. `uncommitted` counts rows of appends that did not come to their end."""

    place: str
    format: int
    batches: int
    uncommitted: int
    sources: tuple[SourceInfo, ...]
    tables: tuple[TableInfo, ...]


class Check(Record):
    """One named check: how much was looked at, how much of it failed, and some of what did."""

    name: str
    looked_at: int
    failed: int
    samples: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing failed."""
        return not self.failed


def info(ledger: Ledger) -> LedgerInfo:
    """Counts and times by table and source."""
    held = ledger.snapshot
    tables, uncommitted = [], 0
    for name in ["batches", *TABLES, "repeats"]:
        stored = ledger.stored(name)
        lazy = None if stored is None else stored.scan()
        if stored is None or lazy is None:
            continue
        batch = "id" if name == "batches" else "batch"
        counted = lazy.group_by(batch).len().collect()
        by_batch = dict(counted.select(batch, "len").rows())
        committed = sum(count for key, count in by_batch.items() if key in held.ids)
        uncommitted += sum(by_batch.values()) - committed
        times: tuple[datetime | None, ...] = (None, None, None)
        if name in TABLES:
            known, recorded = pl.col("known_at"), pl.col("recorded_at")
            times = lazy.select(known.min(), known.max().alias("last"), recorded.max()).collect().row(0)
        tables.append(
            TableInfo(
                name=name,
                rows=committed,
                files=len(stored.files),
                bytes=sum(file.size for file in stored.files),
                version=stored.version,
                known_from=times[0],
                known_to=times[1],
                recorded_to=times[2],
            )
        )
    sources = held.batches.group_by("source").agg(pl.len(), pl.col("recorded_at").max()).sort("source")
    return LedgerInfo(
        place=ledger.place,
        format=ledger.format,
        batches=held.batches.height,
        uncommitted=uncommitted,
        sources=tuple(SourceInfo(name=name, batches=count, recorded_to=at) for name, count, at in sources.rows()),
        tables=tuple(tables),
    )


def verify(ledger: Ledger) -> list[Check]:
    """Recompute what can be recomputed: each document's digest, and the rows of each batch against its commit."""
    return [_documents(ledger), _batches(ledger), _repeats(ledger)]


def _documents(ledger: Ledger) -> Check:
    rows = ledger.snapshot.rows(DOCUMENTS)
    wrong = [digest for digest, body in rows.select("digest", "body").rows() if _sha(body) != digest]
    return _check("documents have the digest they are filed under", rows.height, wrong)


def _sha(body: bytes | None) -> str:
    return hashlib.sha256(body or b"").hexdigest()


def _batches(ledger: Ledger) -> Check:
    held = ledger.snapshot
    found: dict[str, dict[str, int]] = {}
    for name, table in TABLES.items():
        counted = held.rows(table).unique().group_by("batch").len()
        for batch, count in counted.rows():
            found.setdefault(batch, {})[name] = count
    wrong = []
    for batch, rows, stored in held.batches.select("id", "rows", "stored").rows():
        promised = {name: count for name, count in json.loads(stored or rows).items() if count}
        if found.get(batch, {}) != promised:
            wrong.append(f"batch {batch} promises {promised or 'no rows'} and has {found.get(batch) or 'none'}")
    return _check("batches have the rows that they promise", held.batches.height, wrong)


def _repeats(ledger: Ledger) -> Check:
    repeats = ledger.snapshot.repeats(None)
    torn = repeats.filter(pl.col("digests").bin.size() != pl.col("known").bin.size())
    named = torn.select("subject", "table", "batch").rows()
    samples = [f"{table} of {subject}, batch {batch}" for subject, table, batch in named]
    return _check("what was said again is complete", repeats.height, samples)


def _check(name: str, looked_at: int, wrong: list[str]) -> Check:
    return Check(name=name, looked_at=looked_at, failed=len(wrong), samples=tuple(wrong[:_SHOWN]))
