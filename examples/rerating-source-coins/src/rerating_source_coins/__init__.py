"""A minimal source: what a third party writes to make `rerating collect GOLD --source coins` work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import polars as pl

from rerating import Batch, Gap, Request
from rerating.core.types import Why

#: A coin's price in EUR by day, as its mint printed it at noon. A real source would ask somebody.
PRICES = {"GOLD": {date(2026, 1, 13): 4_010.0, date(2026, 1, 14): 4_025.5}, "SILVER": {date(2026, 1, 14): 78.2}}


class CoinSource:
    """Prices of coins as facts."""

    name = "coins"

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        """One batch for the coins that are known, a gap for each other one."""
        rows = []
        for coin in request.symbols or tuple(PRICES):
            if coin not in PRICES:
                yield Gap(question=f"price of {coin}", why=Why.NOT_COVERED, detail=f"known are {', '.join(PRICES)}")
            rows += [
                {
                    "subject": coin,
                    "field": "price",
                    "period_to": on,
                    "unit": "EUR",
                    "value": price,
                    "known_at": datetime.combine(on, time(12), UTC),
                    "locator": "the mint's list",
                    "licence": "example",
                }
                for on, price in PRICES.get(coin, {}).items()
                if request.since is None or on >= request.since
            ]
        if rows:
            yield Batch(source=self.name, recorded_at=request.recorded_at, tables={"facts": pl.DataFrame(rows)})
