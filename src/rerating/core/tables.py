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
    """One shape of row. `subject` is the column by which a view looks rows up; two rows of one key compete.

    `period` is the key's column that says what time a row is about, by which a complete batch may limit its scope.
    """

    name: str
    subject: str
    period: str | None = None
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
    period="on",
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
    period="on",
    key={"currency": pl.String(), "on": pl.Date()},
    content={"per_eur": pl.Float64()},
)

FACTS = Table(
    name="facts",
    subject="subject",
    period="period_to",
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
        "speaker": pl.String(),
        "status": pl.String(),
        "stance": pl.String(),
        "conflict": pl.String(),
        "confidence": pl.String(),
    },
)

#: What an analyst's house said of a line. Words and targets stand as the source wrote them (a target of 0 is null).
#: `graded_on` is the day that the source prints, in New York where it gives an instant; the instant is content, too,
#: since vendors move their clocks. `ordinal` counts a house's actions of one kind on one day. `action` is init, up,
#: down, main or reit where the source says so. Targets are in `currency` per traded unit, as printed on that day.
RATINGS = Table(
    name="ratings",
    subject="symbol",
    period="graded_on",
    key={
        "symbol": pl.String(),
        "house": pl.String(),
        "analyst": pl.String(),
        "graded_on": pl.Date(),
        "action": pl.String(),
        "ordinal": pl.Int64(),
    },
    content={
        "graded_at": INSTANT,
        "precision": pl.String(),
        "word_from": pl.String(),
        "word_to": pl.String(),
        "target_action": pl.String(),
        "target_from": pl.Float64(),
        "target_to": pl.Float64(),
        "currency": pl.String(),
    },
)

#: One contract's quote. `quoted_at` is the instant that the source gives for the chain; `right` is C or P; prices are
#: in `currency` per unit of the underlying. Open interest is the exchange's count of the evening before.
OPTION_QUOTES = Table(
    name="option_quotes",
    subject="symbol",
    period="quoted_at",
    key={
        "symbol": pl.String(),
        "contract": pl.String(),
        "quoted_at": INSTANT,
    },
    content={
        "expires_on": pl.Date(),
        "right": pl.String(),
        "strike": pl.Float64(),
        "currency": pl.String(),
        "bid": pl.Float64(),
        "ask": pl.Float64(),
        "last": pl.Float64(),
        "traded_at": INSTANT,
        "volume": pl.Int64(),
        "open_interest": pl.Int64(),
        "implied_volatility": pl.Float64(),
        "multiplier": pl.Int64(),
        "underlying_price": pl.Float64(),
    },
)

DOCUMENTS = Table(
    name="documents",
    subject="digest",
    key={"digest": pl.String()},
    content={"media_type": pl.String(), "body": pl.Binary()},
)

TABLES: dict[str, Table] = {
    table.name: table for table in (BARS, RATES, FACTS, EVENTS, RATINGS, OPTION_QUOTES, DOCUMENTS)
}

#: The commit record of a batch: rows of a batch that is not listed here are invisible. `rows` counts the rows that it
#: said by table, `stored` those among them that were new (both JSON); the others stand in `repeats`.
BATCHES: dict[str, pl.DataType] = {
    "id": pl.String(),
    "source": pl.String(),
    "scope": pl.String(),
    "complete": pl.Boolean(),
    "rows": pl.String(),
    "stored": pl.String(),
    "recorded_at": INSTANT,
}

#: What a batch said again without a change: per table and subject the digests of key and content (8 bytes a row) and
#: the times at which the batch says they could be known (microseconds, 8 bytes a row).
REPEATS: dict[str, pl.DataType] = {
    "subject": pl.String(),
    "table": pl.String(),
    "source": pl.String(),
    "recorded_at": INSTANT,
    "digests": pl.Binary(),
    "known": pl.Binary(),
    "batch": pl.String(),
}

#: Price bases whose closes may be shown as levels; the others serve for returns only.
LEVEL_BASES = frozenset({"as_traded", "split_adjusted", "index_level"})
DIVIDEND_ADJUSTED_BASES = frozenset({"split_div_adjusted", "adj_close_only"})
PRICE_BASES = LEVEL_BASES | DIVIDEND_ADJUSTED_BASES
