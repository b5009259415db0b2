"""The verdict: a fixed rule on a forecast distribution, behind a gate that asks first whether any skill was proven.

With simple excess return r, cost c, and the base rate b of the event among lines of like volatility:

    BUY   P(r > c) >= b(r > c) + 0.03,  E[r] - c > 0,      and the 20 % quantile of E[r] over refits > c
    SELL  P(r < 0) >= b(r < 0) + 0.03,  E[r] + c / 2 < 0,  and the 80 % quantile of E[r] over refits < -c / 2
    HOLD  neither: an edge was shown to be possible, and the no-trade band holds

All of it only where the record's skill over scale_only and beta_only is significant (SPA over all variants, 5 %) and
the record holds as many independent forecasts as a proof takes; else NO_CALL, with the leaning beside it: what the rule
would say of the forecast as it stands, unproven. The forecast that is published believes its mean only as far as the
record justifies (see `reliability_slope`); the leaning is told of the mean as fitted.

The density is one of log returns, the decision one of simple returns: the mean log excess return of stocks is below
the simple one by half of their variance, so that a rule on logs sells without knowing anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from rerating.core.record import Record
from rerating.measures.predictive import Floats, cdf, mean_simple
from rerating.outlook.walk_forward import Scored

MARGIN = 0.03
"""How far a probability must lie above the base rate."""
REFIT_QUANTILE = 0.20


class Call(StrEnum):
    """The call. NO_CALL means that no edge is proven; HOLD that one is and that the no-trade band holds."""

    BUY = "BUY"
    HOLD = "HOLD"
    SELL = "SELL"
    NO_CALL = "NO_CALL"


class Leaning(StrEnum):
    """What the rule says of the forecast as fitted, whether or not an edge is proven."""

    BUY = "buy"
    SELL = "sell"
    NONE = "none"


class Advice(StrEnum):
    """The answer to one question, as a key; statements/ says it."""

    BUY = "buy"
    DO_NOT_BUY = "do_not_buy"
    WAIT = "wait"
    KEEP = "keep"
    SELL = "sell"
    NO_PROVEN_REASON_TO_BUY = "no_proven_reason_to_buy"
    NO_PROVEN_REASON_TO_SELL = "no_proven_reason_to_sell"


FOR_NON_HOLDER = {
    Call.BUY: Advice.BUY,
    Call.HOLD: Advice.WAIT,
    Call.SELL: Advice.DO_NOT_BUY,
    Call.NO_CALL: Advice.NO_PROVEN_REASON_TO_BUY,
}
FOR_HOLDER = {
    Call.BUY: Advice.KEEP,
    Call.HOLD: Advice.KEEP,
    Call.SELL: Advice.SELL,
    Call.NO_CALL: Advice.NO_PROVEN_REASON_TO_SELL,
}


class Outcome(Record):
    """What the rule looks at. Shares of one; `expected` is E[r], with its quantiles over refits."""

    probability: float
    probability_down: float
    expected: float
    expected_low: float
    expected_high: float


class Rule(Record):
    """The rule as it was applied: its constants, the forecast's figures, and those of the mean as fitted."""

    cost: float
    margin: float = MARGIN
    refit_quantile: float = REFIT_QUANTILE
    alpha: float
    base_rate: float
    base_rate_down: float
    shrinkage: float
    believed: Outcome
    as_fitted: Outcome


def outcome(location: float, scale: float, grid: Floats, refit_locations: Sequence[float], cost: float) -> Outcome:
    """What the rule looks at, of a forecast location + scale * grid in log excess returns."""
    place, width = np.array([location]), np.array([scale])
    exceeds, falls = np.log1p(cost), 0.0
    spread = mean_simple(np.array(refit_locations or [location]), width, grid)
    low, high = np.quantile(spread, [REFIT_QUANTILE, 1.0 - REFIT_QUANTILE])
    return Outcome(
        probability=1.0 - float(cdf(np.array([exceeds]), place, width, grid)[0]),
        probability_down=float(cdf(np.array([falls]), place, width, grid)[0]),
        expected=float(mean_simple(place, width, grid)[0]),
        expected_low=float(low),
        expected_high=float(high),
    )


def leaning(found: Outcome, *, base_rate: float, base_rate_down: float, cost: float) -> Leaning:
    """The rule without its gate."""
    if found.probability >= base_rate + MARGIN and found.expected > cost and found.expected_low > cost:
        return Leaning.BUY
    half = -cost / 2.0
    if found.probability_down >= base_rate_down + MARGIN and found.expected < half and found.expected_high < half:
        return Leaning.SELL
    return Leaning.NONE


def call(proven: bool, believed: Leaning) -> Call:
    """The gate comes first: without proven skill NO_CALL. HOLD never stands for what is not known."""
    if not proven:
        return Call.NO_CALL
    return {Leaning.BUY: Call.BUY, Leaning.SELL: Call.SELL, Leaning.NONE: Call.HOLD}[believed]


def chances(model: Scored, cost: float) -> Floats:
    """P(simple excess return > cost) of out-of-sample forecasts, as they were stated."""
    out = np.empty(len(model.rows))
    for number, fit in enumerate(model.fits):
        inside = np.flatnonzero(model.fold == number)
        grid_number = fit.grid_number(model.scale[inside])
        for which, grid in enumerate(fit.grids):
            part = inside[grid_number == which]
            out[part] = 1.0 - cdf(np.full(len(part), np.log1p(cost)), model.location[part], model.scale[part], grid)
    return out


def leanings(model: Scored, cost: float) -> npt.NDArray[np.str_]:
    """The rule without its gate over out-of-sample forecasts, mean as fitted, against the base rates of each fold.

    The quantile over refits is left out here: it can only turn a buy or a sell into neither, so shares are upper
    bounds.
    """
    out = np.full(len(model.rows), Leaning.NONE.value, dtype="<U4")
    for number, fit in enumerate(model.fits):
        inside = np.flatnonzero(model.fold == number)
        scale = model.scale[inside]
        location = model.score[inside] * scale
        base = fit.base_rate(fit.bucket(scale))
        grid_number = fit.grid_number(scale)
        for which, grid in enumerate(fit.grids):
            part = np.flatnonzero(grid_number == which)
            places = (location[part], scale[part], grid)
            up = 1.0 - cdf(np.full(len(part), np.log1p(cost)), *places)
            down = cdf(np.zeros(len(part)), *places)
            expected = mean_simple(*places)
            buys = (up >= base[part, 0] + MARGIN) & (expected > cost)
            sells = (down >= base[part, 1] + MARGIN) & (expected < -cost / 2.0)
            out[inside[part[buys]]] = Leaning.BUY.value
            out[inside[part[sells]]] = Leaning.SELL.value
    return out
