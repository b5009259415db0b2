"""SIMULATED option chains, calibrated to the recorded AAPL chains of August and September 2025.

Of those: volatility at the forward 21 to 26 %, 25-delta puts 0 to 2.5 points dearer, strikes 2.50 apart, spreads of one
cent to four per cent of the price, far options with an ask and no bid, calls 63 to 77 % of the volume.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from rerating.findings.option_chain import expiry_at
from rerating.measures.american_options import CashDividend, Underlying, american_values


@dataclass(frozen=True, kw_only=True)
class SimulatedChain:
    symbol: str = "SIM"
    spot: float = 230.0
    rate: float = 0.04
    borrow: float = 0.01
    quoted_at: datetime = datetime(2025, 9, 17, 20, 0, 1, tzinfo=UTC)
    expiries: tuple[date, ...] = (date(2025, 9, 26), date(2025, 10, 17), date(2025, 11, 21))
    volatility: float = 0.24
    skew: float = -0.25
    """Change of volatility over one unit of ln(strike / spot)."""
    smile: float = 0.8
    event_variance: float = 0.0
    """Variance of a report's move, on top of every expiry in `after_report`."""
    after_report: frozenset[date] = field(default_factory=frozenset)
    dividend: tuple[datetime, float] | None = None
    """The opening of an ex-date, and dollars a share."""
    half_spread: float = 0.01
    volume: float = 400_000.0
    seed: int = 1


def simulated_quotes(world: SimulatedChain) -> list[dict[str, Any]]:
    """Rows of the table option_quotes."""
    rng = np.random.default_rng(world.seed)
    contracts = []
    for on in world.expiries:
        years = (expiry_at(on) - world.quoted_at) / timedelta(days=365)
        reach = 3.2 * world.volatility * years**0.5
        low, high = (world.spot * np.exp(end) for end in (-reach, reach))
        for strike in np.arange(np.ceil(low / 2.5) * 2.5, high, 2.5):
            k = float(np.log(strike / world.spot))
            plain = max(world.volatility + world.skew * k + world.smile * k * k, 0.05)
            total = plain**2 * years + (world.event_variance if on in world.after_report else 0.0)
            for right in ("call", "put"):
                contracts.append((on, right, float(strike), years, (total / years) ** 0.5, k))
    frame = pl.DataFrame(contracts, schema=["on", "right", "strike", "years", "volatility", "k"], orient="row")
    dividends = ()
    if world.dividend is not None:
        at, amount = world.dividend
        dividends = (CashDividend(years=(at - world.quoted_at) / timedelta(days=365), amount=amount),)
    share = Underlying(spot=world.spot, rate=world.rate, borrow=world.borrow, dividends=dividends)
    prices = american_values(frame, share)["price"].to_numpy()
    weight = np.exp(-0.5 * (frame["k"].to_numpy() / 0.06) ** 2) * np.where(frame["right"] == "call", 2.0, 1.0)
    volumes = np.round(world.volume * weight / weight.sum() * rng.lognormal(0, 0.3, weight.size))
    rows = []
    for i, (on, right, strike, *_rest) in enumerate(contracts):
        half = max(0.005, world.half_spread * float(prices[i]))
        bid, ask = np.floor((prices[i] - half) * 100) / 100, np.ceil((prices[i] + half) * 100) / 100
        rows.append(
            {
                "symbol": world.symbol,
                "contract": f"{world.symbol}{on:%y%m%d}{right[0].upper()}{int(strike * 1000):08d}",
                "quoted_at": world.quoted_at,
                "expires_on": on,
                "right": right[0].upper(),
                "strike": strike,
                "currency": "USD",
                "bid": float(bid) if bid > 0 else None,
                "ask": float(ask),
                "volume": int(volumes[i]),
                "open_interest": int(3 * volumes[i]),
                "multiplier": 100,
                "underlying_price": world.spot,
                "known_at": world.quoted_at + timedelta(minutes=30),
                "locator": "simulated chain",
            }
        )
    return rows
