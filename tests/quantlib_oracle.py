"""American options as QuantLib prices them (FdBlackScholesVanillaEngine, cash dividends, spot model)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import polars as pl
import QuantLib as ql

from rerating.measures.american_options import CashDividend, Underlying

SPOT, RATE = 170.0, 0.04
DIVIDENDS: dict[str, list[tuple[int, float]]] = {
    "quarterly": [(day, 0.80) for day in (24, 115, 206, 297, 389, 480, 571, 662)],
    "annual": [(150, 2.00), (515, 2.00)],
    "none": [],
}
"""Days to the ex-date and dollars a share."""
EXPIRIES = (2, 9, 16, 23, 37, 65, 100, 128, 191, 247, 352, 520, 709)


@dataclass(frozen=True)
class Quote:
    price: float
    delta: float
    gamma: float
    theta: float


def quantlib(
    *,
    call: bool,
    strike: float,
    days: int,
    volatility: float,
    dividends: list[tuple[int, float]],
    borrow: float = 0.0,
    grid: tuple[int, int] = (500, 1000),
) -> Quote:
    today = ql.Date(15, 1, 2026)
    ql.Settings.instance().evaluationDate = today
    count = ql.Actual365Fixed()
    process = ql.BlackScholesMertonProcess(
        ql.QuoteHandle(ql.SimpleQuote(SPOT)),
        ql.YieldTermStructureHandle(ql.FlatForward(today, borrow, count)),
        ql.YieldTermStructureHandle(ql.FlatForward(today, RATE, count)),
        ql.BlackVolTermStructureHandle(ql.BlackConstantVol(today, ql.NullCalendar(), volatility, count)),
    )
    due = [(day, amount) for day, amount in dividends if 0 < day < days]
    option = ql.VanillaOption(
        ql.PlainVanillaPayoff(ql.Option.Call if call else ql.Option.Put, strike),
        ql.AmericanExercise(today, today + days),
    )
    engine = ql.FdBlackScholesVanillaEngine(
        process,
        ql.DividendVector([today + day for day, _ in due], [amount for _, amount in due]),
        *grid,
        0,
        ql.FdmSchemeDesc.Douglas(),
        False,
        -1e300,
        ql.FdBlackScholesVanillaEngine.Spot,
    )
    option.setPricingEngine(engine)
    return Quote(option.NPV(), option.delta(), option.gamma(), option.theta())


def underlying(kind: str, borrow: float = 0.0) -> Underlying:
    dividends = tuple(CashDividend(years=day / 365, amount=amount) for day, amount in DIVIDENDS[kind])
    return Underlying(spot=SPOT, rate=RATE, borrow=borrow, dividends=dividends)


def chain(kind: str, rows: int, rng: np.random.Generator) -> pl.DataFrame:
    """A random chain with QuantLib's values: 2 to 709 days, a smile from 20 % to 150 %, calls and puts.

    Kept are contracts with a time value above 5 cents and a vega above 1 cent a volatility point, as in any quoted
    chain that bears an implied volatility at all.
    """
    found: list[dict[str, object]] = []
    while len(found) < rows:
        days = int(rng.choice(EXPIRIES))
        sds = rng.uniform(-2.5, 2.5)
        volatility = float(np.clip(rng.uniform(0.2, 0.6) * (1 + 0.05 * sds * sds - 0.08 * sds), 0.2, 1.5))
        strike = round(SPOT * math.exp(sds * volatility * math.sqrt(days / 365)) / 2.5) * 2.5
        call = bool(rng.integers(2))
        if strike <= 0:
            continue
        terms = {"call": call, "strike": strike, "days": days, "dividends": DIVIDENDS[kind]}
        quote = quantlib(volatility=volatility, **terms)
        if quote.price - max(SPOT - strike if call else strike - SPOT, 0.0) < 0.05:
            continue
        vega = quantlib(volatility=volatility + 0.01, **terms).price - quote.price
        if vega >= 0.01:
            row = {"right": "call" if call else "put", "strike": strike, "days": days, "years": days / 365}
            found.append({**row, "volatility": volatility, **vars(quote)})
    return pl.DataFrame(found)
