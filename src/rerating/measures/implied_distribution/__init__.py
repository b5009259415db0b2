"""What a chain implies: smile, distribution, event move, skew, spreads, ratios and where the volume sits."""

from rerating.measures.implied_distribution.event import EventMove, ExpiryVariance, event_move
from rerating.measures.implied_distribution.smile import (
    ImpliedDistribution,
    Smile,
    fit_smile,
    implied_distribution,
    skew_25_delta,
)
from rerating.measures.implied_distribution.totals import (
    ChainTotals,
    by_moneyness_and_tenor,
    call_put_spread,
    chain_totals,
    least_opening,
)

__all__ = [
    "ChainTotals",
    "EventMove",
    "ExpiryVariance",
    "ImpliedDistribution",
    "Smile",
    "by_moneyness_and_tenor",
    "call_put_spread",
    "chain_totals",
    "event_move",
    "fit_smile",
    "implied_distribution",
    "least_opening",
    "skew_25_delta",
]
