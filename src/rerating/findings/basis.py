"""What every finding stands on: its definition, the rows that it was computed from, and what it could not know."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from rerating.core.record import Record
from rerating.core.types import Gap, Instant
from rerating.ledger import View


class Evidence(Record):
    """One row (or one run of rows) of the ledger: where it comes from and since when it could be known."""

    id: str
    source: str
    locator: str
    known_at: Instant
    digest: str | None = None
    licence: str | None = None
    """The terms of use of the rows, where they carry any; those of a run of rows one after the other."""


class Basis(Record):
    """The cutoff, the definition of the figures in words, their evidence in the order of use, and the gaps."""

    as_of: Instant
    definition: str
    evidence: tuple[Evidence, ...] = ()
    gaps: tuple[Gap, ...] = ()


class Figure(Record):
    """A value with the evidence that it was computed from; `src` names entries of the finding's basis."""

    src: tuple[str, ...] = ()


class Trail:
    """Collects evidence and gaps while a finding is being made."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._evidence: dict[str, Evidence] = {}
        self._gaps: list[Gap] = []

    @property
    def view(self) -> View:
        """The view that the rows are cited from."""
        return self._view

    def row(self, row: Mapping[str, Any]) -> str:
        """Cite one row of a view; answers its id."""
        where = row.get("on") or row.get("effective_on") or ""
        name = row.get("symbol") or (row.get("currency") if "per_eur" in row else "") or ""
        locator = " ".join(str(part) for part in (row["locator"] or row["source"], name, where) if part)
        key = str(row["id"])[:16]
        self._evidence.setdefault(
            key,
            Evidence(
                id=key,
                source=str(row["source"]),
                locator=locator,
                known_at=row["known_at"],
                digest=row.get("digest"),
                licence=row.get("licence"),
            ),
        )
        return key

    def rows(self, frame: pl.DataFrame, what: str) -> tuple[str, ...]:
        """Cite a run of rows as one entry: its id is the digest of their ids, its time that of the newest."""
        if not frame.height:
            return ()
        if frame.height == 1:
            return (self.row(frame.row(0, named=True)),)
        digest = hashlib.sha256("".join(sorted(frame["id"])).encode()).hexdigest()
        sources = sorted(set(frame["source"]))
        locators = sorted(set(frame["locator"]) - {None}) or sources
        entry = Evidence(
            id=digest[:16],
            source=", ".join(sources),
            locator=f"{', '.join(locators[:3])}: {what}, {frame.height} rows",
            known_at=frame["known_at"].max(),
            digest=digest,
            licence="; ".join(sorted(set(frame["licence"]) - {None})) or None,
        )
        self._evidence.setdefault(entry.id, entry)
        return (entry.id,)

    def gap(self, gap: Gap) -> Gap:
        """Note what could not be known, and hand the gap on as the value."""
        if gap not in self._gaps:
            self._gaps.append(gap)
        return gap

    def cite(self, evidence: Iterable[Evidence]) -> None:
        """Take over evidence that another trail has collected."""
        for entry in evidence:
            self._evidence.setdefault(entry.id, entry)

    def take(self, other: Trail) -> None:
        """Take over what another trail has collected: evidence and gaps."""
        self.cite(other._evidence.values())
        for gap in other._gaps:
            self.gap(gap)

    def basis(self, definition: str) -> Basis:
        """The basis of the finding, evidence in the order in which it was cited."""
        return Basis(
            as_of=self._view.as_of.at,
            definition=definition,
            evidence=tuple(self._evidence.values()),
            gaps=tuple(self._gaps),
        )
