"""What a source said differently at two times: its additions, rewritings and withdrawals of one subject's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import polars as pl

from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.tables import BARS, FACTS, TABLES, Table
from rerating.core.types import AsOf, Instant, Reading
from rerating.ledger.view import View, ViewSource


class Kind(StrEnum):
    """NEW: about a time that could not be known at the first instant. BACKFILLED: it could, and was not there then."""

    NEW = "new"
    BACKFILLED = "backfilled"
    REWRITTEN = "rewritten"
    WITHDRAWN = "withdrawn"


class Change(Record):
    """One row's difference: its key, and the columns of its content that differ, before and after, as text."""

    table: str
    kind: Kind
    source: str
    key: dict[str, str]
    before: dict[str, str]
    after: dict[str, str]
    recorded_at: Instant


def changes(ledger: ViewSource, subjects: Sequence[str], first: AsOf, last: AsOf) -> list[Change]:
    """How the rows of these subjects that this ledger had recorded by `first` differ from those recorded by `last`.

    A symbol stands for its lines and issuer, too. Raises UsageError where `last` is not after `first`.
    """
    if last.at <= first.at:
        raise UsageError(f"{last} is not after {first}; name the earlier instant first.")
    earlier, later = (ledger.view(at, Reading.RECORDED) for at in (first, last))
    names = sorted({*subjects, *(name for view in (earlier, later) for name in _names(view, subjects))})
    found: list[Change] = []
    for table in TABLES.values():
        if table.name != "documents":
            found.extend(_of_table(table, earlier, later, names, first))
    return found


def _names(view: View, subjects: Sequence[str]) -> list[str]:
    lines = view.rows(BARS, subjects).select("symbol", "venue").unique()
    keys = [f"{venue}:{symbol}" for symbol, venue in lines.rows()]
    issuers = view.rows(FACTS, [*subjects, *keys]).filter(pl.col("field") == "issuer")["text"]
    return [*keys, *issuers.drop_nulls()]


def _of_table(table: Table, earlier: View, later: View, names: list[str], first: AsOf) -> list[Change]:
    key = [*table.key, "source"]
    before, after = (
        {_key(row, key): row for row in view.rows(table, names).rows(named=True)} for view in (earlier, later)
    )
    gone = {_key(row, key): row for row in later.withdrawn(table, names).rows(named=True)}
    found = []
    for name in sorted({*before, *after}, key=repr):
        old, new = before.get(name), after.get(name)
        if new is None:
            assert old is not None
            at = gone[name]["withdrawn_at"] if name in gone else old["recorded_at"]
            found.append(_change(table, Kind.WITHDRAWN, old, None, at))
        elif old is None:
            kind = Kind.BACKFILLED if new["known_at"] <= first.at else Kind.NEW
            found.append(_change(table, kind, None, new, new["recorded_at"]))
        elif any(old[column] != new[column] for column in table.content):
            found.append(_change(table, Kind.REWRITTEN, old, new, new["recorded_at"]))
    return found


def _key(row: Mapping[str, Any], key: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in key)


def _change(table: Table, kind: Kind, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, at: Any) -> Change:
    row = new or old or {}

    def shown(side: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> dict[str, str]:
        if side is None:
            return {}
        return {
            name: str(side[name])
            for name in table.content
            if side[name] is not None and (other is None or side[name] != other[name])
        }

    return Change(
        table=table.name,
        kind=kind,
        source=row["source"],
        key={name: str(row[name]) for name in table.key if row[name] is not None},
        before=shown(old, new),
        after=shown(new, old),
        recorded_at=at,
    )
