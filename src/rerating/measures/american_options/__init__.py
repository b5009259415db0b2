"""American options with cash dividends: values, greeks, implied volatilities, implied forwards, for whole chains."""

from rerating.measures.american_options.chain import (
    GREEKS,
    CashDividend,
    Grid,
    Outcome,
    Underlying,
    american_values,
    implied_volatilities,
    volatility_band,
)
from rerating.measures.american_options.forward import implied_forwards

__all__ = [
    "GREEKS",
    "CashDividend",
    "Grid",
    "Outcome",
    "Underlying",
    "american_values",
    "implied_forwards",
    "implied_volatilities",
    "volatility_band",
]
