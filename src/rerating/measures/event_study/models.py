"""Models of the normal return: what the return would have been without the event.

Each is a small frozen value. All are fitted per event on its own estimation window, days with a missing value left out
for that firm alone. M is the number of usable days.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rerating.core.record import Record


class MeanAdjusted(Record):
    """E[R] = mean of the estimation window. s^2 with M - 1 degrees of freedom (Brown and Warner 1980)."""

    kind: Literal["mean_adjusted"] = "mean_adjusted"


class MarketAdjusted(Record):
    """E[R] = R_m: nothing is estimated, so the forecast carries no estimation error (Brown and Warner 1980).

    s^2 is the variance of R - R_m about its mean with M - 1 degrees of freedom; the abnormal return is not demeaned.
    """

    kind: Literal["market_adjusted"] = "market_adjusted"


class MarketModel(Record):
    """E[R] = alpha + beta R_m by ordinary least squares, M - 2 degrees of freedom (Fama, Fisher, Jensen, Roll 1969)."""

    kind: Literal["market"] = "market"


class ScholesWilliams(Record):
    """Market model with beta = (b-1 + b0 + b+1) / (1 + 2 rho) for non-synchronous trading (Scholes and Williams 1977).

    b_k is the slope of R_t on R_m,t+k alone, rho the market's first autocorrelation, all over the days that have both
    neighbours inside the estimation window. Var(beta) is that of the instrumental-variable estimator with the market's
    three-day sum as instrument, to which the estimator is equal but for the ends of the sample.
    """

    kind: Literal["scholes_williams"] = "scholes_williams"


class Dimson(Record):
    """Market model with beta = sum of the coefficients on R_m,t-lags ... R_m,t+lags in one regression (Dimson 1979).

    Var(beta) is that of the sum of the coefficients.
    """

    kind: Literal["dimson"] = "dimson"
    lags: int = Field(default=1, ge=1, le=5)


class FactorModel(Record):
    """E[R] = R_f + alpha + sum of beta_k F_k by ordinary least squares on named factors, M - k - 1 degrees of freedom.

    `risk_free` names the column that is subtracted from the return; None where returns are excess returns already.
    """

    kind: Literal["factors"] = "factors"
    factors: tuple[str, ...] = Field(min_length=1, max_length=24)
    risk_free: str | None = None


class GarchMarketModel(Record):
    """Market model with GARCH(1,1) errors, fitted by maximum likelihood with the package arch (Bollerslev 1986).

    The variance of a day's forecast error is the conditional variance forecast from the end of the estimation window
    (the gap counts) plus that of the estimated alpha and beta (robust covariance); of a sum, the sum of the forecasts
    plus the same. Some milliseconds an event.
    """

    kind: Literal["garch"] = "garch"


Model = MeanAdjusted | MarketAdjusted | MarketModel | ScholesWilliams | Dimson | FactorModel | GarchMarketModel

MODELS: dict[str, Model] = {
    "mean_adjusted": MeanAdjusted(),
    "market_adjusted": MarketAdjusted(),
    "market": MarketModel(),
    "scholes_williams": ScholesWilliams(),
    "dimson": Dimson(),
    "garch": GarchMarketModel(),
}
"""The models that need no choice of factors, by name."""


def fama_french_3(risk_free: str | None = "rf") -> FactorModel:
    """Market, size and value (Fama and French 1993): columns mkt_rf, smb, hml."""
    return FactorModel(factors=("mkt_rf", "smb", "hml"), risk_free=risk_free)


def carhart_4(risk_free: str | None = "rf") -> FactorModel:
    """The three factors and momentum (Carhart 1997): columns mkt_rf, smb, hml, mom."""
    return FactorModel(factors=("mkt_rf", "smb", "hml", "mom"), risk_free=risk_free)


def fama_french_5(risk_free: str | None = "rf") -> FactorModel:
    """Market, size, value, profitability and investment (Fama and French 2015): columns mkt_rf, smb, hml, rmw, cma."""
    return FactorModel(factors=("mkt_rf", "smb", "hml", "rmw", "cma"), risk_free=risk_free)
