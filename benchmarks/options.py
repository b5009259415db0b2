"""American implied volatilities: contracts a second and error, against QuantLib and a European package, in one run.

    python benchmarks/options.py [ROWS]

Truth is QuantLib's finite-difference engine on 500 x 1,000 points. The European package is vollib where it is installed
(`pip install vollib`; it is no dependency), and QuantLib's own Black formula in any case. Times are CPU seconds of this
process; a second over two cores is the CPU time halved, and the wall time of two threads stands beside it.
"""

from __future__ import annotations

import importlib.util
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import QuantLib as ql
from scipy.optimize import brentq

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from quantlib_oracle import DIVIDENDS, RATE, SPOT, chain, quantlib, underlying
from rerating.measures.american_options import Grid, implied_volatilities

MANY = 20_000
Volatility = Callable[[dict[str, object]], float]


def escrowed_spot(kind: str, years: float) -> float:
    """The share less the present value of its dividends: what a European formula is usually fed with."""
    return SPOT - sum(amount * math.exp(-RATE * day / 365) for day, amount in DIVIDENDS[kind] if day / 365 < years)


def european_quantlib(kind: str) -> Volatility:
    def volatility(row: dict[str, object]) -> float:
        years = float(row["years"])
        growth = math.exp(RATE * years)
        right = ql.Option.Call if row["right"] == "call" else ql.Option.Put
        forward, price = escrowed_spot(kind, years) * growth, float(row["price"]) * growth
        try:
            return ql.blackFormulaImpliedStdDev(right, row["strike"], forward, price) / math.sqrt(years)
        except RuntimeError:  # QuantLib's word for: no European volatility gives this price
            return math.nan

    return volatility


def european_vollib(kind: str) -> Volatility:
    from vollib.black_scholes.implied_volatility import implied_volatility
    from vollib.lets_be_rational.exceptions import AboveMaximumException, BelowIntrinsicException

    def volatility(row: dict[str, object]) -> float:
        spot = escrowed_spot(kind, float(row["years"]))
        try:
            return float(
                implied_volatility(row["price"], spot, row["strike"], row["years"], RATE, str(row["right"])[0])
            )
        except (AboveMaximumException, BelowIntrinsicException):
            return math.nan

    return volatility


def american_quantlib(kind: str, grid: tuple[int, int]) -> Volatility:
    def volatility(row: dict[str, object]) -> float:
        def miss(vol: float) -> float:
            terms = {"call": row["right"] == "call", "strike": row["strike"], "days": row["days"]}
            return quantlib(**terms, volatility=vol, dividends=DIVIDENDS[kind], grid=grid).price - row["price"]

        try:
            return float(brentq(miss, 0.02, 3.0, xtol=1e-5))
        except ValueError:  # brentq's word for: no sign change in the bracket
            return math.nan

    return volatility


def line(
    name: str, found: np.ndarray, truth: np.ndarray, *, seconds: float, rows: int, wall: float | None = None
) -> None:
    error = np.abs(found - truth) * 100
    solved = np.isfinite(error)
    median, high, most = np.quantile(error[solved], (0.5, 0.95, 1.0))
    print(
        f"| {name} | {median:.4f} / {high:.4f} / {most:.3f} | {solved.mean():.1%} | {seconds / rows * 1e6:,.0f} "
        f"| {2 * rows / seconds:,.0f} | {'' if wall is None else f'{wall:.2f} s'} |"
    )


def measure(kind: str, rows: int) -> None:
    quotes = chain(kind, rows, np.random.default_rng(20260115))
    truth = quotes["volatility"].to_numpy()
    market = underlying(kind)
    many = pl.concat([quotes] * (MANY // rows + 1)).head(MANY)
    implied_volatilities(quotes, market)  # compile, or load what was compiled
    print(f"\n{kind} dividends, {rows} contracts against QuantLib 500 x 1,000; times over {MANY:,} contracts\n")
    print("| method | IV error: median / p95 / max, points | solved | CPU us | a second, two cores | wall, 2 threads |")
    print("|---|---|---|---|---|---|")
    for name, grid, greeks in (
        ("rerating 101 x 30, IV", Grid(), False),
        ("rerating 101 x 30, IV + 5 greeks", Grid(), True),
        ("rerating 61 x 20, IV", Grid(nodes=61, steps=20), False),
        ("rerating 201 x 60, IV", Grid(nodes=201, steps=60), False),
    ):
        found = implied_volatilities(quotes, market, greeks=greeks, grid=grid)
        cpu, wall = time.process_time(), time.perf_counter()
        implied_volatilities(many, market, greeks=greeks, grid=grid, threads=2)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        line(name, found["implied_volatility"].to_numpy(), truth, seconds=cpu, rows=MANY, wall=wall)
    peers: list[tuple[str, Volatility, int]] = [
        ("QuantLib FD 100 x 200 + brentq", american_quantlib(kind, (100, 200)), 60),
        ("QuantLib Black formula (European)", european_quantlib(kind), rows),
    ]
    if importlib.util.find_spec("vollib"):
        peers.append(("vollib (European)", european_vollib(kind), rows))
    for name, volatility, count in peers:
        few = quotes.head(count).to_dicts()
        cpu = time.process_time()
        found_by_peer = np.array([volatility(row) for row in few])
        line(name, found_by_peer, truth[:count], seconds=time.process_time() - cpu, rows=len(few))
    greeks_found = implied_volatilities(quotes, market)
    longer = (quotes["days"] > 8).to_numpy()
    for name, unit, scale in (("delta", "", 1.0), ("gamma", "", 1.0), ("theta", " a day", 1 / 365)):
        miss = np.abs(greeks_found[name].to_numpy() - quotes[name].to_numpy()) * scale
        miss = miss[longer] if name == "theta" else miss
        print(f"{name}: p95 error {np.quantile(miss, 0.95):.2g}{unit}, max {miss.max():.2g}")


if __name__ == "__main__":
    for each in DIVIDENDS:
        measure(each, int(sys.argv[1]) if len(sys.argv) > 1 else 500)
