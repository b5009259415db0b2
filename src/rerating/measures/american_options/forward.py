"""The forward and the borrow rate that a chain itself implies, expiry by expiry."""

from __future__ import annotations

import math

import polars as pl

from rerating.measures.american_options.chain import Grid, Underlying, implied_volatilities

_PAIRS, _ROUNDS = 5, 12
_FARTHEST = 3.0
"""Borrow rates beyond plus or minus 300 % a year are taken for bad quotes."""


def implied_forwards(
    quotes: pl.DataFrame, underlying: Underlying, *, grid: Grid | None = None, threads: int = 2
) -> pl.DataFrame:
    """The borrow rate at which call and put of one strike have one implied volatility, from the strikes near the money.

    For each expiry the (at most five) strikes nearest to the spot with a two-sided call and put are solved for q in
    IV_call(q) = IV_put(q) by a secant that starts from European parity; the expiry's borrow is the median over strikes.
    The forward is F = (S e^(-q T) - sum D_i e^(-r t_i - q (T - t_i))) e^(r T).

    Args:
        quotes: `right`, `strike`, `years`, `bid`, `ask` (and optionally `rate` per row).
        underlying: spot, rate and dividends; its own borrow rate is not used.
        grid: size of the finite-difference grid.
        threads: how many threads share the rows.

    Returns:
        One row an expiry that has at least one usable pair, by `years`: `borrow`, `borrow_low`, `borrow_high` (range
        over the strikes), `forward`, `implied_volatility` (median of the pairs), `pairs`. No usable pair, no row.
    """
    pairs = _near_pairs(quotes, underlying)
    if pairs.is_empty():
        return pl.DataFrame(schema=_SCHEMA)
    pairs = pairs.with_columns(borrow=_european_borrow(underlying))
    before = pairs["borrow"]
    gap_before, _ = _disagreement(pairs, underlying, before, grid, threads)
    now = before + 0.005
    volatility = pl.Series([None] * pairs.height, dtype=pl.Float64)
    done = pl.Series([False] * pairs.height)
    for _ in range(_ROUNDS):
        gap, volatility = _disagreement(pairs, underlying, now, grid, threads)
        done = gap.abs() < 1e-6
        if done.fill_null(True).all():
            break
        slope = (gap - gap_before) / (now - before)
        step = pl.select(
            pl.when((gap != 0) & (slope != 0)).then(gap / slope).otherwise(0.0).clip(-1.0, 1.0)
        ).to_series()
        before, gap_before, now = now, gap, now - step
        now = pl.select(pl.when(before == now).then(now + 1e-12).otherwise(now)).to_series()
    solved = pairs.with_columns(borrow=now, implied_volatility=volatility, done=done).filter(
        pl.col("done") & (pl.col("borrow").abs() < _FARTHEST)
    )
    expiries = solved.group_by("years").agg(
        pl.col("borrow").median(),
        pl.col("borrow").min().alias("borrow_low"),
        pl.col("borrow").max().alias("borrow_high"),
        pl.col("rate").first(),
        pl.col("implied_volatility").median(),
        pl.len().alias("pairs"),
    )
    forwards = [_forward(underlying, row["years"], row["rate"], row["borrow"]) for row in expiries.to_dicts()]
    return expiries.with_columns(forward=pl.Series(forwards, dtype=pl.Float64)).select(list(_SCHEMA)).sort("years")


_SCHEMA = {
    "years": pl.Float64(),
    "borrow": pl.Float64(),
    "borrow_low": pl.Float64(),
    "borrow_high": pl.Float64(),
    "forward": pl.Float64(),
    "implied_volatility": pl.Float64(),
    "pairs": pl.UInt32(),
}


def _near_pairs(quotes: pl.DataFrame, underlying: Underlying) -> pl.DataFrame:
    if "rate" not in quotes.columns:
        quotes = quotes.with_columns(rate=pl.lit(underlying.rate))
    sound = quotes.filter(
        (pl.col("bid") > 0) & (pl.col("ask") >= pl.col("bid")) & (pl.col("years") > 0) & pl.col("strike").is_finite()
    ).select("right", "strike", "years", "rate", price=(pl.col("bid") + pl.col("ask")) / 2)
    sound = sound.unique(["right", "strike", "years"], keep="none", maintain_order=True)  # adjusted twins are no pair
    puts = sound.filter(pl.col("right") == "put").select("strike", "years", put="price")
    return (
        sound.filter(pl.col("right") == "call")
        .select("strike", "years", "rate", call="price")
        .join(puts, on=["strike", "years"], how="inner")
        .with_columns(distance=(pl.col("strike") / underlying.spot).log().abs())
        .sort("years", "distance", "strike")
        .group_by("years", maintain_order=True)
        .head(_PAIRS)
    )


def _european_borrow(underlying: Underlying) -> pl.Expr:
    """q from C - P = S e^(-q T) - PV(D) - K e^(-r T), with the dividends' borrow term left out."""
    paid = pl.lit(0.0)
    for dividend in underlying.dividends:
        if dividend.years > 0:
            counted = pl.when(pl.col("years") > dividend.years).then(dividend.amount).otherwise(0.0)
            paid = paid + counted * (-pl.col("rate") * dividend.years).exp()
    share = pl.col("call") - pl.col("put") + paid + pl.col("strike") * (-pl.col("rate") * pl.col("years")).exp()
    floor = 0.05 * underlying.spot
    return (-(share.clip(lower_bound=floor) / underlying.spot).log() / pl.col("years")).clip(-_FARTHEST, _FARTHEST)


def _disagreement(
    pairs: pl.DataFrame, underlying: Underlying, borrow: pl.Series, grid: Grid | None, threads: int
) -> tuple[pl.Series, pl.Series]:
    """IV(call) - IV(put) of each pair at its borrow rate, null where either has none, and their mean."""
    sides = [
        implied_volatilities(
            pairs.select("strike", "years", "rate", right=pl.lit(right), price=pl.col(right)).with_columns(
                borrow=borrow
            ),
            underlying,
            greeks=False,
            grid=grid,
            threads=threads,
        )["implied_volatility"]
        for right in ("call", "put")
    ]
    return sides[0] - sides[1], (sides[0] + sides[1]) / 2


def _forward(underlying: Underlying, years: float, rate: float, borrow: float) -> float:
    share = underlying.spot * math.exp(-borrow * years)
    for dividend in underlying.dividends:
        if 0 < dividend.years < years:
            share -= dividend.amount * math.exp(-rate * dividend.years - borrow * (years - dividend.years))
    return share * math.exp(rate * years)
