"""Features of a forecast of the mean: what was known at a session's close, each with its lookback and missing rule.

All are without unit and comparable over lines and times, so that one line can be forecast without the others at hand.
A feature is never filled in: where its inputs are missing it is NaN, and a forecast that needs it is not made. What a
feature of the whole panel lacks (no volumes, no dated events) is left out of the model and said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rerating.measures.rolling import Floats, lagged, rolling_max, rolling_mean, rolling_sum
from rerating.measures.volatility import SHARE_KNOWN, log_variance, mean_square
from rerating.outlook.panel import Panel

YEAR, QUARTER, MONTH, WEEK = 252, 63, 21, 5


@dataclass(frozen=True, kw_only=True)
class Feature:
    """A named function from a panel to values [T, N]. Row t uses rows t - lookback + 1 .. t and nothing later.

    `missing` says in words when it has no value; `needs` names the panel's optional inputs that it is made from.
    """

    name: str
    lookback: int
    missing: str
    compute: Callable[[Panel], Floats]
    needs: tuple[str, ...] = ()

    def of(self, panel: Panel) -> Floats | None:
        """The feature's values; None where the panel does not have what it is made from."""
        for need in self.needs:
            if need not in panel.dated and getattr(panel, need, None) is None:
                return None
        return self.compute(panel)


def _needed(window: int) -> int:
    return int(np.ceil(SHARE_KNOWN * window))


def daily_scale(panel: Panel) -> Floats:
    """Volatility of one session's log excess return over the last year [T, N]."""
    return np.asarray(np.exp(0.5 * log_variance(panel.excess, YEAR)))


def _drift(panel: Panel, window: int, skip: int = 0) -> Floats:
    """Sum of excess returns of `window` sessions that ended `skip` sessions ago, in its own standard deviations."""
    total = lagged(rolling_sum(panel.excess, window, _needed(window)), skip)
    return np.asarray(total / (daily_scale(panel) * np.sqrt(window)))


def _distance_to_high(panel: Panel) -> Floats:
    high = rolling_max(panel.close, YEAR, _needed(YEAR))
    return np.asarray(np.log(panel.close / high) / (daily_scale(panel) * np.sqrt(YEAR)))


def _volatility_change(panel: Panel) -> Floats:
    return 0.5 * (log_variance(panel.excess, MONTH) - log_variance(panel.excess, YEAR))


def _largest_session(panel: Panel) -> Floats:
    return rolling_max(panel.excess, MONTH, _needed(MONTH)) / daily_scale(panel)


def beta(panel: Panel) -> Floats:
    """Market beta over the last year [T, N]: E[r m] / E[m^2] over the sessions where both are known."""
    returns, market = panel.returns, np.broadcast_to(panel.market, panel.close.shape)
    both = np.isfinite(returns) & np.isfinite(market)
    product = np.where(both, returns * market, np.nan)
    square = np.where(both, market**2, np.nan)
    return rolling_mean(product, YEAR, _needed(YEAR)) / rolling_mean(square, YEAR, _needed(YEAR))


def _log_volume(panel: Panel) -> Floats:
    assert panel.volume is not None
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(panel.volume > 0, np.log(panel.volume), np.nan)


def _volume_change(panel: Panel) -> Floats:
    volume = _log_volume(panel)
    return rolling_mean(volume, WEEK, _needed(WEEK)) - rolling_mean(volume, QUARTER, _needed(QUARTER))


def _turnover(panel: Panel) -> Floats:
    money = _log_volume(panel) + np.log(panel.close)
    return rolling_mean(money, QUARTER, _needed(QUARTER))


def _illiquidity_change(panel: Panel) -> Floats:
    """log of |return| per volume, the last month against the last year (Amihud 2002 against itself)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        impact = np.log(np.abs(panel.returns)) - _log_volume(panel)
    impact = np.where(np.isfinite(impact), impact, np.nan)
    return rolling_mean(impact, MONTH, _needed(MONTH)) - rolling_mean(impact, YEAR, _needed(YEAR))


def _last_event(panel: Panel) -> tuple[Floats, Floats]:
    """Sessions since the line's last dated event (inf where none is in the lookback), and that session's excess."""
    event, excess = panel.dated["event"], panel.excess / daily_scale(panel)
    age, reaction = np.full(event.shape, np.inf), np.zeros(event.shape)
    for back in range(QUARTER - 1, -1, -1):
        hit = lagged(event, back) == 1.0
        age = np.where(hit, float(back), age)
        reaction = np.where(hit, lagged(excess, back), reaction)
    seen = np.isfinite(event)
    return np.where(seen, age, np.nan), np.where(seen, reaction, np.nan)


def _catalyst_age(panel: Panel) -> Floats:
    age, _ = _last_event(panel)
    return np.minimum(age, QUARTER) / QUARTER


def _rating_actions(panel: Panel) -> Floats:
    return rolling_sum(panel.dated["rating_action"], QUARTER, QUARTER)


def _target_upside(panel: Panel) -> Floats:
    return np.log(panel.dated["target"] / panel.close)


def _earnings_yield(panel: Panel) -> Floats:
    """Earnings yield against its own mean and spread over three years."""
    yield_ = panel.dated["earnings"] / panel.close
    mean = rolling_mean(yield_, 3 * YEAR, YEAR)
    variance = np.maximum(rolling_mean(yield_**2, 3 * YEAR, YEAR) - mean**2, 1e-12)
    return np.asarray((yield_ - mean) / np.sqrt(variance))


def _revisions(panel: Panel) -> Floats:
    return rolling_sum(panel.dated["estimate_change"], QUARTER, QUARTER) / panel.close


def _implied_over_realised(panel: Panel) -> Floats:
    implied = panel.dated["implied_volatility"] / np.sqrt(YEAR)
    return np.asarray(np.log(implied) - 0.5 * log_variance(panel.returns, MONTH))


_CLOSES = f"fewer than {SHARE_KNOWN:.0%} of the window's sessions have a close of line and benchmark"
_VOLUMES = f"fewer than {SHARE_KNOWN:.0%} of the window's sessions have a volume above 0"

#: Features from prices, in the order of a model's coefficients. Adding one makes a variant that has to be counted.
FEATURES: tuple[Feature, ...] = (
    Feature(name="momentum_12_1", lookback=YEAR + 1, missing=_CLOSES, compute=lambda p: _drift(p, YEAR - MONTH, MONTH)),
    Feature(name="return_month", lookback=YEAR + 1, missing=_CLOSES, compute=lambda p: _drift(p, MONTH)),
    Feature(name="return_week", lookback=YEAR + 1, missing=_CLOSES, compute=lambda p: _drift(p, WEEK)),
    Feature(name="distance_to_high", lookback=YEAR + 1, missing=_CLOSES, compute=_distance_to_high),
    Feature(
        name="volatility", lookback=YEAR + 1, missing=_CLOSES, compute=lambda p: 0.5 * log_variance(p.excess, YEAR)
    ),
    Feature(name="volatility_change", lookback=YEAR + 1, missing=_CLOSES, compute=_volatility_change),
    Feature(name="largest_session", lookback=YEAR + 1, missing=_CLOSES, compute=_largest_session),
    Feature(name="beta", lookback=YEAR + 1, missing=_CLOSES, compute=beta),
    Feature(name="volume_change", lookback=QUARTER, missing=_VOLUMES, compute=_volume_change, needs=("volume",)),
    Feature(name="turnover", lookback=QUARTER, missing=_VOLUMES, compute=_turnover, needs=("volume",)),
    Feature(name="illiquidity_change", lookback=YEAR, missing=_VOLUMES, compute=_illiquidity_change, needs=("volume",)),
)

#: Features that rest on more than prices. A panel without their inputs has models without them.
_NONE = "nothing of the kind is in the ledger yet at that session"
DATED_FEATURES: tuple[Feature, ...] = (
    Feature(
        name="catalyst_return",
        lookback=YEAR + 1,
        missing=_NONE,
        compute=lambda p: _last_event(p)[1],
        needs=("event",),
    ),
    Feature(name="catalyst_age", lookback=QUARTER, missing=_NONE, compute=_catalyst_age, needs=("event",)),
    Feature(name="rating_actions", lookback=QUARTER, missing=_NONE, compute=_rating_actions, needs=("rating_action",)),
    Feature(name="target_upside", lookback=QUARTER, missing=_NONE, compute=_target_upside, needs=("target",)),
    Feature(name="earnings_yield", lookback=3 * YEAR, missing=_NONE, compute=_earnings_yield, needs=("earnings",)),
    Feature(name="revisions", lookback=QUARTER, missing=_NONE, compute=_revisions, needs=("estimate_change",)),
    Feature(
        name="implied_over_realised",
        lookback=MONTH + 1,
        missing="no option quotes near the money with 15 to 60 days to run that session",
        compute=_implied_over_realised,
        needs=("implied_volatility",),
    ),
)

BY_NAME = {feature.name: feature for feature in (*FEATURES, *DATED_FEATURES)}

#: What the scale stage regresses on: log variances of the line's excess returns and of the benchmark (Corsi 2009).
SCALE_TERMS = ("week", "month", "quarter", "year", "market_month", "market_year")


def scale_terms(panel: Panel) -> Floats:
    """log mean squares [T, N, 6] in the order of `SCALE_TERMS`; NaN rows where a term is missing."""
    excess, market = panel.excess, panel.market
    # A week may hold five returns of exactly 0; its term is floored and not missing.
    week = np.log(np.maximum(mean_square(excess, WEEK), np.exp(log_variance(excess, YEAR)) * 1e-2))
    line = [week, *(log_variance(excess, window) for window in (MONTH, QUARTER, YEAR))]
    bench = [np.broadcast_to(log_variance(market, window), excess.shape) for window in (MONTH, YEAR)]
    return np.stack([*line, *bench], axis=-1)
