"""Sums and ratios over a chain: put-call, option-to-stock, by moneyness and tenor, and the call-put spread."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import polars as pl

from rerating.core.errors import UsageError
from rerating.core.record import Record

MONEYNESS = (0.8, 0.95, 1.05, 1.2)
"""Edges of strike / spot; the middle bucket is at the money."""
TENORS = (7, 30, 90, 365)
"""Edges in days to expiry, upper ends included."""
SHARES_PER_CONTRACT = 100


class ChainTotals(Record):
    """Contracts of one day. A ratio is None where its denominator is 0 or unknown."""

    call_volume: float
    put_volume: float
    call_open_interest: float
    put_open_interest: float
    put_call_ratio: float | None
    """Put volume over call volume."""
    put_call_ratio_open_interest: float | None
    option_to_stock: float | None
    """Shares under all contracts traded, over shares traded (Johnson and So 2012): high goes with lower returns."""
    volume_over_open_interest: float | None
    """A display and no test: a day's volume is half of nothing that open interest measures."""


def chain_totals(quotes: pl.DataFrame, *, stock_volume: float | None = None) -> ChainTotals:
    """Totals over `right`, `volume`, `open_interest`; null counts as not traded, for a source that leaves zeros out."""
    _need(quotes, "right", "volume", "open_interest")

    def total(column: str, right: str) -> float:
        return float(quotes.filter(pl.col("right") == right)[column].cast(pl.Float64).sum())

    calls, puts = total("volume", "call"), total("volume", "put")
    open_calls, open_puts = total("open_interest", "call"), total("open_interest", "put")
    return ChainTotals(
        call_volume=calls,
        put_volume=puts,
        call_open_interest=open_calls,
        put_open_interest=open_puts,
        put_call_ratio=_ratio(puts, calls),
        put_call_ratio_open_interest=_ratio(open_puts, open_calls),
        option_to_stock=_ratio((calls + puts) * SHARES_PER_CONTRACT, stock_volume),
        volume_over_open_interest=_ratio(calls + puts, open_calls + open_puts),
    )


def by_moneyness_and_tenor(quotes: pl.DataFrame, *, spot: float) -> pl.DataFrame:
    """Volume and open interest by right, strike / spot and days to expiry.

    Args:
        quotes: `right`, `strike`, `days` to expiry, `volume`, `open_interest`.
        spot: the share's price.

    Returns:
        `right`, `moneyness` ("<0.8", "0.8-0.95", ... ">1.2"), `tenor` ("<=7", "8-30", ... ">365"), `volume`,
        `open_interest`, only buckets with a contract in them, in that order.
    """
    _need(quotes, "right", "strike", "days", "volume", "open_interest")
    if not spot > 0:
        raise UsageError(f"A spot of {spot} cannot place strikes; pass the share's price.")
    money = [f"<{MONEYNESS[0]:g}", *(f"{low:g}-{high:g}" for low, high in pairwise(MONEYNESS)), f">{MONEYNESS[-1]:g}"]
    tenor = [f"<={TENORS[0]}", *(f"{low + 1}-{high}" for low, high in pairwise(TENORS)), f">{TENORS[-1]}"]
    place = {
        "money": np.searchsorted(MONEYNESS, (quotes["strike"] / spot).to_numpy(), side="right"),
        "tenor_place": np.searchsorted(TENORS, quotes["days"].to_numpy(), side="left"),
    }
    return (
        quotes.with_columns(**{name: pl.Series(at.astype(np.int64)) for name, at in place.items()})
        .group_by("right", "money", "tenor_place")
        .agg(pl.col("volume", "open_interest").cast(pl.Float64).sum())
        .sort("right", "money", "tenor_place")
        .select(
            "right",
            pl.col("money").replace_strict(dict(enumerate(money)), return_dtype=pl.String).alias("moneyness"),
            pl.col("tenor_place").replace_strict(dict(enumerate(tenor)), return_dtype=pl.String).alias("tenor"),
            "volume",
            "open_interest",
        )
    )


def call_put_spread(quotes: pl.DataFrame) -> float | None:
    """Implied volatility of calls less that of puts at one strike and expiry, averaged by open interest.

    Cremers and Weinbaum 2010 (JFQA 45: 335-367). With volatilities solved at zero borrow it holds the cost of borrowing
    the share and errors in the dividends too; solved at the implied borrow it is near 0 at the money by construction.

    Args:
        quotes: `right`, `strike`, `years`, `implied_volatility`, `open_interest`.

    Returns:
        The spread in volatility (0.01 is one point), or None without a pair. Equal weights where open interest is 0.
    """
    _need(quotes, "right", "strike", "years", "implied_volatility", "open_interest")
    known = quotes.filter(pl.col("implied_volatility").is_not_null())
    sides = [
        known.filter(pl.col("right") == right).select(
            "strike",
            "years",
            pl.col("implied_volatility").alias(right),
            pl.col("open_interest").cast(pl.Float64).fill_null(0.0).alias(f"{right}_weight"),
        )
        for right in ("call", "put")
    ]
    pairs = sides[0].join(sides[1], on=["strike", "years"], how="inner").sort("years", "strike")
    if pairs.is_empty():
        return None
    weight = pairs["call_weight"] + pairs["put_weight"]
    spread = pairs["call"] - pairs["put"]
    total = float(weight.sum())
    return float((spread * weight).sum()) / total if total > 0 else float(spread.sum()) / pairs.height


def least_opening(volume: float, open_interest_change: float) -> float:
    """The least number of contracts that opened new positions: a rise in open interest is opened at least that often.

    Known on the next morning, with the new open interest. Which side opened is not in the data.
    """
    return min(max(open_interest_change, 0.0), volume)


def _ratio(above: float, below: float | None) -> float | None:
    return above / below if below else None


def _need(quotes: pl.DataFrame, *columns: str) -> None:
    missing = [column for column in columns if column not in quotes.columns]
    if missing:
        raise UsageError(f"The option frame lacks {', '.join(missing)}; add the columns and call again.")
