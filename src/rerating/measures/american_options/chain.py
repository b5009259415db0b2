"""Values, greeks and implied volatilities of whole option chains; what cannot be solved is typed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pydantic import Field

from rerating.core.errors import UsageError
from rerating.core.record import Record

Floats = NDArray[np.float64]


class Outcome(StrEnum):
    """What became of one contract. Everything but SOLVED leaves the numbers null. The order is the kernel's."""

    SOLVED = "solved"
    NO_PRICE = "no_price"
    """The price is missing, zero or negative."""
    EXPIRED = "expired"
    """No time is left."""
    INVALID = "invalid"
    """Spot, strike, time or rates are missing or absurd, or the dividends exceed half of the spot."""
    NO_TIME_VALUE = "no_time_value"
    """The price is not above the value at zero volatility (exercise now or at an ex-date): any low volatility fits."""
    ABOVE_BOUND = "above_bound"
    """The price reaches the share (call) or the strike (put): no volatility is high enough."""
    OUT_OF_RANGE = "out_of_range"
    """The volatility lies outside 1 % to 1,000 % a year."""
    NOT_CONVERGED = "not_converged"


_OUTCOMES = tuple(Outcome)
GREEKS = ("delta", "gamma", "theta", "vega", "rho")


class CashDividend(Record):
    """A cash dividend per share; `years` from the valuation instant to the opening of its ex-date.

    A dividend that is ex at or after an option's expiry does not touch that option.
    """

    years: float
    amount: float = Field(ge=0)


class Underlying(Record):
    """The share: spot, one risk-free rate and one borrow rate (continuous, per year), dividends in cash at ex-dates.

    Spot model: the quoted share itself diffuses and falls by the dividend at the ex-date. (The escrowed model, in which
    the share less its dividends diffuses, differs by cents to tens of cents; the choice is fixed here.)
    """

    spot: float
    rate: float
    borrow: float = 0.0
    dividends: tuple[CashDividend, ...] = ()


class Grid(Record):
    """Nodes in ln S and steps in time. The default keeps the 95th percentile of the error near 0.02 points."""

    nodes: int = Field(default=101, ge=41)
    steps: int = Field(default=30, ge=10)


def american_values(
    contracts: pl.DataFrame, underlying: Underlying, *, grid: Grid | None = None, threads: int = 2
) -> pl.DataFrame:
    """Value and greeks of American options at given volatilities.

    Solves V_t + (sigma^2 S^2 / 2) V_SS + (r - q) S V_S - r V = 0 against V >= exercise value, with V(S, ex-) =
    max(V(S - D, ex+), exercise value), by a fourth-order compact scheme in ln S, Crank-Nicolson after two implicit half
    steps, graded time, and Brennan and Schwartz (1977) elimination. Vega and rho are exact derivatives of the scheme.

    Args:
        contracts: one row a contract: `right` ("call" or "put"), `strike`, `years` to expiry (act/365), `volatility`
            (0.25 is 25 %), optionally `rate` and `borrow` per row, which stand in for the underlying's.
        underlying: spot, rates and dividends.
        grid: size of the finite-difference grid.
        threads: how many threads share the rows; the result does not depend on it.

    Returns:
        `contracts`' rows in order: `outcome`, `price`, `delta`, `gamma`, `theta` (per year; 0 where exercise is due),
        `vega` and `rho` (per 1.00 of volatility and rate); null where the outcome is not "solved". Null or NaN inputs
        give "invalid".
    """
    call, numbers = _columns(contracts, underlying, "volatility")
    size = grid or Grid()
    status, out = np.zeros(contracts.height, np.int64), np.zeros((contracts.height, 6))

    from rerating.measures.american_options import kernel

    paid = kernel.Payments(*_dividends(underlying))

    def work(first: int, last: int) -> None:
        rows = (first, last)
        kernel.value_many(call, numbers, underlying.spot, paid, (size.nodes, size.steps), rows, status, out)

    _share_out(work, contracts.height, threads)
    names = ("price", *GREEKS)
    return _framed(status, {name: out[:, i] for i, name in enumerate(names)})


def implied_volatilities(
    contracts: pl.DataFrame,
    underlying: Underlying,
    *,
    greeks: bool = True,
    grid: Grid | None = None,
    threads: int = 2,
) -> pl.DataFrame:
    """Implied volatility of American options from prices, and the greeks at it.

    Args:
        contracts: as for `american_values`, with `price` instead of `volatility`.
        underlying: spot, rates and dividends.
        greeks: also solve for delta, gamma, theta, vega, rho (about doubles the time).
        grid: size of the finite-difference grid.
        threads: how many threads share the rows; the result does not depend on it.

    Returns:
        `outcome`, `implied_volatility` (0.25 is 25 %) and, if asked for, the greeks; null where not "solved".
    """
    call, numbers = _columns(contracts, underlying, "price")
    size = grid or Grid()
    height = contracts.height
    status, volatility, out = np.zeros(height, np.int64), np.zeros(height), np.zeros((height, 6))

    from rerating.measures.american_options import kernel

    paid = kernel.Payments(*_dividends(underlying))

    def work(first: int, last: int) -> None:
        shape, rows = (size.nodes, size.steps), (first, last)
        kernel.implied_many(call, numbers, underlying.spot, paid, shape, rows, greeks, status, volatility, out)

    _share_out(work, height, threads)
    found = {"implied_volatility": volatility}
    if greeks:
        found |= {name: out[:, i + 1] for i, name in enumerate(GREEKS)}
    return _framed(status, found)


def volatility_band(
    quotes: pl.DataFrame, underlying: Underlying, *, grid: Grid | None = None, threads: int = 2
) -> pl.DataFrame:
    """Implied volatility and greeks at the mid, and the volatilities of bid and ask around it.

    Args:
        quotes: as for `implied_volatilities`, with `bid` and `ask`. A row without both, or with bid above ask, has no
            mid and gets "no_price".
        underlying: spot, rates and dividends.
        grid: size of the finite-difference grid.
        threads: how many threads share the rows.

    Returns:
        The columns of `implied_volatilities` at the mid, and `implied_volatility_bid`, `implied_volatility_ask`. A null
        low end with a solved mid means that the bid is below the value at zero volatility: the band reaches down to 0.
    """
    two_sided = (pl.col("bid") > 0) & (pl.col("ask") >= pl.col("bid"))
    priced = quotes.with_columns(
        pl.when(two_sided).then((pl.col("bid") + pl.col("ask")) / 2).alias("price"),
    )
    middle = implied_volatilities(priced, underlying, grid=grid, threads=threads)
    ends = {
        f"implied_volatility_{side}": implied_volatilities(
            priced.with_columns(pl.when(two_sided).then(pl.col(side)).alias("price")),
            underlying,
            greeks=False,
            grid=grid,
            threads=threads,
        )["implied_volatility"]
        for side in ("bid", "ask")
    }
    return middle.with_columns(**ends)


def _columns(contracts: pl.DataFrame, underlying: Underlying, last: str) -> tuple[NDArray[np.bool_], Floats]:
    """Which rows are calls, and the rows strike, years, rate, borrow and `last`, NaN where missing."""
    missing = {"right", "strike", "years", last} - set(contracts.columns)
    if missing:
        raise UsageError(f"The option frame lacks {', '.join(sorted(missing))}; add the columns and call again.")
    other = contracts.filter(~pl.col("right").is_in(["call", "put"]) | pl.col("right").is_null())
    if other.height:
        raise UsageError(f"'{other['right'][0]}' is no option right; write call or put.")
    defaults = {"rate": underlying.rate, "borrow": underlying.borrow}
    numbers = np.empty((5, contracts.height), dtype=np.float64)
    for i, name in enumerate(("strike", "years", "rate", "borrow", last)):
        if name in contracts.columns:
            numbers[i] = contracts[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        else:
            numbers[i] = defaults[name]
    return np.ascontiguousarray((contracts["right"] == "call").to_numpy(), dtype=np.bool_), numbers


def _dividends(underlying: Underlying) -> tuple[Floats, Floats]:
    """Future ex-dates in ascending order, dividends of one instant added up."""
    amounts: dict[float, float] = {}
    for dividend in underlying.dividends:
        if dividend.years > 0 and dividend.amount > 0:
            amounts[dividend.years] = amounts.get(dividend.years, 0.0) + dividend.amount
    times = sorted(amounts)
    return np.array(times, dtype=np.float64), np.array([amounts[time] for time in times], dtype=np.float64)


_CHUNK = 64


def _share_out(work: Callable[[int, int], None], rows: int, threads: int) -> None:
    """Run `work` over slices of the rows. Each row is computed alone, so that slices and threads leave no trace."""
    if threads < 1:
        raise UsageError("At least one thread is needed; pass threads=1 or more.")
    if threads == 1 or rows <= _CHUNK:
        work(0, rows)
        return
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work, i, min(i + _CHUNK, rows)) for i in range(0, rows, _CHUNK)]:
            done.result()


def _framed(status: NDArray[np.int64], numbers: dict[str, Floats]) -> pl.DataFrame:
    """Outcomes as words, numbers as null where not solved."""
    solved = pl.Series(status == 0)
    frame = pl.DataFrame(
        {"outcome": [str(_OUTCOMES[code]) for code in status], **numbers}, schema_overrides={"outcome": pl.String}
    )
    return frame.with_columns(pl.when(solved).then(pl.col(name)).alias(name) for name in numbers)
