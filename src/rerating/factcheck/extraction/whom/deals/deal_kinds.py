"""Kinds and metrics of claims that tell the sides of a deal apart."""

from __future__ import annotations

SIZES = frozenset(("operating_metric", "financial_figure", "growth", "ratio", "market_share", "estimate", "guidance"))
"""Kinds of what a company does; a price or a target is of a listed one."""
MULTIPLES = frozenset(
    ("ev_ebitda", "ev_sales", "price_sales", "ebitda_multiple", "price_earnings", "forward_price_earnings")
)
OF_SHARES = frozenset(
    (
        "return",
        "price_level",
        "price_target",
        "implied_upside",
        "rating",
        "rating_change",
        "rating_count",
        "consensus_rating",
        "high_low_level",
        "distance_to_high",
        "distance_to_low",
        "moving_average",
        "insider_trade",
        "options_volume",
        "volume",
    )
)
"""Kinds that only a listed company has."""
OF_BUYER = frozenset(
    (
        "debt",
        "net_debt",
        "cost_savings",
        "leverage",
        "synergies",
        "closures",
        "buyback",
        "dividend_per_share",
        "dividend",
        "eps",
        "write_down",
        "job_cuts",
        "layoffs",
        "restructuring_costs",
    )
)
"""What is told of the one who buys, unless a sentence is about the other."""
