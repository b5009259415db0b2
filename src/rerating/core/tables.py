"""The ledger's tables: by shape, not by vendor. This is the one place that names their columns.

Every row stands for itself: what it is about (the key), what it says (the content), when *this value* could be known
(`known_at`), when a ledger learnt it (`recorded_at`), and where it comes from. Dates are days, instants are UTC
microseconds, money and prices are in the row's own currency or unit. Null means: the source did not say.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

INSTANT = pl.Datetime("us", "UTC")

#: Columns that every row carries after its key and content.
PROVENANCE: dict[str, pl.DataType] = {
    "known_at": INSTANT,
    "recorded_at": INSTANT,
    "source": pl.String(),
    "locator": pl.String(),
    "digest": pl.String(),
    "licence": pl.String(),
    "batch": pl.String(),
}


@dataclass(frozen=True, kw_only=True)
class Table:
    """One shape of row. `subject` is the column by which a view looks rows up; two rows of one key compete."""

    name: str
    subject: str
    key: dict[str, pl.DataType]
    content: dict[str, pl.DataType]

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column names and types in their stored order."""
        return {**self.key, **self.content, **PROVENANCE}

    @property
    def identity(self) -> list[str]:
        """The columns whose equal content makes two rows the same row."""
        return [*self.key, *self.content, "known_at", "recorded_at", "source"]


BARS = Table(
    name="bars",
    subject="symbol",
    key={
        "symbol": pl.String(),
        "venue": pl.String(),
        "currency": pl.String(),
        "price_basis": pl.String(),
        "on": pl.Date(),
    },
    content={
        "open": pl.Float64(),
        "high": pl.Float64(),
        "low": pl.Float64(),
        "close": pl.Float64(),
        "volume": pl.Int64(),
        "adj_close": pl.Float64(),
    },
)

RATES = Table(
    name="rates",
    subject="currency",
    key={"currency": pl.String(), "on": pl.Date()},
    content={"per_eur": pl.Float64()},
)

FACTS = Table(
    name="facts",
    subject="subject",
    key={
        "subject": pl.String(),
        "field": pl.String(),
        "period_from": pl.Date(),
        "period_to": pl.Date(),
        "unit": pl.String(),
    },
    content={
        "value": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "level": pl.Float64(),
        "text": pl.String(),
        "precision": pl.String(),
        "note": pl.String(),
    },
)

EVENTS = Table(
    name="events",
    subject="subject",
    key={
        "subject": pl.String(),
        "category": pl.String(),
        "title": pl.String(),
        "at_earliest": INSTANT,
        "at_latest": INSTANT,
    },
    content={
        "precision": pl.String(),
        "place": pl.String(),
        "title_de": pl.String(),
        "text": pl.String(),
        "value": pl.Float64(),
        "unit": pl.String(),
        "effective_on": pl.Date(),
        "conflict": pl.String(),
        "confidence": pl.String(),
    },
)

DOCUMENTS = Table(
    name="documents",
    subject="digest",
    key={"digest": pl.String()},
    content={"media_type": pl.String(), "body": pl.Binary()},
)

TABLES: dict[str, Table] = {table.name: table for table in (BARS, RATES, FACTS, EVENTS, DOCUMENTS)}

#: The commit record of a batch: rows of a batch that is not listed here are invisible.
BATCHES: dict[str, pl.DataType] = {
    "id": pl.String(),
    "source": pl.String(),
    "scope": pl.String(),
    "complete": pl.Boolean(),
    "rows": pl.String(),
    "recorded_at": INSTANT,
}

#: Price bases whose closes may be shown as levels; the others serve for returns only.
LEVEL_BASES = frozenset({"as_traded", "split_adjusted", "index_level"})
DIVIDEND_ADJUSTED_BASES = frozenset({"split_div_adjusted", "adj_close_only"})
PRICE_BASES = LEVEL_BASES | DIVIDEND_ADJUSTED_BASES
