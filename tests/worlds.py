"""Small worlds for tests: bars, rates, facts and events as batches, written in a line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import numpy as np
import polars as pl

from rerating.core.batch import Batch
from rerating.core.sessions import sessions
from rerating.core.tables import TABLES

RECORDED = datetime(2026, 1, 1, tzinfo=UTC)


def batch(recorded_at: datetime = RECORDED, source: str = "test", **tables: Sequence[dict[str, Any]]) -> Batch:
    """A batch of rows given as dicts; columns that are left out are null."""
    frames = {}
    for name, rows in tables.items():
        schema = {column: kind for column, kind in TABLES[name].schema.items() if any(column in row for row in rows)}
        frames[name] = pl.DataFrame(list(rows), schema=schema)
    return Batch(source=source, recorded_at=recorded_at, tables=frames)


def bar(symbol: str, on: date, close: float, **more: Any) -> dict[str, Any]:
    """A bar in USD on XNYS as traded, known at 21:00 UTC."""
    row = {
        "symbol": symbol,
        "venue": "XNYS",
        "currency": "USD",
        "price_basis": "as_traded",
        "on": on,
        "open": close,
        "high": close,
        "low": close,
        "close": close,
        "volume": 1000,
        "known_at": datetime.combine(on, time(21), UTC),
        "locator": "world",
    }
    return row | more


def days(first: date, count: int) -> list[date]:
    """`count` New York sessions from the first on or after a day."""
    table = sessions("XNYS").days
    start = int(np.searchsorted(table, np.datetime64(first, "D")))
    return [day.astype(object) for day in table[start : start + count]]


def walk(
    symbol: str, on: Sequence[date], rng: np.random.Generator, *, sd: float = 0.02, **more: Any
) -> list[dict[str, Any]]:
    """Bars of a random walk from 100 on."""
    closes = 100 * np.exp(np.cumsum(rng.normal(0, sd, size=len(on))))
    return [bar(symbol, day, float(close), **more) for day, close in zip(on, closes, strict=True)]


def event(subject: str, title: str, at: datetime, **more: Any) -> dict[str, Any]:
    """An event of minute precision."""
    row = {
        "subject": subject,
        "category": "test",
        "title": title,
        "at_earliest": at,
        "at_latest": at,
        "precision": "minute",
        "known_at": at,
        "locator": "https://example.org/" + title,
    }
    return row | more
