"""Which figures a metric can have: by unit and size. A revenue is no percentage point, a price no billion."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

PRICED = frozenset(("costs", "prices"))
"""What is told per tonne, pound or barrel too."""


PER_SHARE = frozenset(("eps", "dividend_per_share"))


PERCENT_LEVELS = word_set("binding", "percent_levels")


MONEY_OPERATIONS = word_set("binding", "money_operations")


PERCENT_OPERATIONS = frozenset(("utilisation", "load_factor", "churn", "retention_rate", "yield", "capacity"))


SHARES_OF_ONE = (K.PERCENT, K.FRACTION)


EARNINGS = frozenset(("net_income", "net_loss", "profit_before_tax", "operating_income"))


def is_claimable(figure: Figure) -> bool:
    """Whether the mention is a quantity (no date, rating, name or table note)."""
    return (
        figure.mention.unit in ("money", "percent", "ratio", "count", "shares", "contracts")
        and figure.mention.kind is not K.SCALE
    )


def size(figure: Figure) -> float:
    """The largest absolute value of the mention."""
    return max((abs(value.value) for value in figure.mention.values), default=0.0)


def is_price(figure: Figure) -> bool:
    """Whether an amount can be the price of one share."""
    cap = 5e6 if figure.mention.currency in ("JPY", "KRW", "IDR", "VND") else 2e5
    return size(figure) < cap and max(v.step for v in figure.mention.values) <= 1000


def is_amount(figure: Figure) -> bool:
    """Whether an amount can be one of a company's books."""
    return size(figure) >= 1e5


def fits(family: str, metric: str, figure: Figure) -> bool:
    """Whether a metric of that family can have a value of this unit and size."""
    kind = figure.mention.kind
    test = _FITS.get(family)
    if test is None:
        return False
    is_money = kind is K.NUMBER and figure.mention.noun is None and bool(figure.mention.currency_nearby)
    return test(metric, figure, kind) or (is_money and family in _SUMS and test(metric, figure, K.MONEY))


_SUMS = frozenset(("market_cap", "event", "capex", "volume", "policy"))


def _figure(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        if metric in PERCENT_LEVELS:
            return False
        if metric in EARNINGS and figure.mention.per == "share":
            return is_price(figure)
        if metric in PRICED and figure.mention.per not in (None, "share"):
            return True
        if metric == "dividend_per_share":
            return size(figure) < 1e4 or size(figure) >= 1e6
        return (is_price(figure) and size(figure) < 1e4) if metric in PER_SHARE else is_amount(figure)
    if kind in (K.PERCENT, K.FRACTION, K.POINTS, K.BASIS_POINTS, K.MULTIPLE):
        return True
    if kind is K.INDEX_POINTS:
        return metric in PERCENT_LEVELS and size(figure) < 30
    if kind is K.NUMBER:
        return metric not in PERCENT_LEVELS and bool(figure.mention.currency_nearby) and figure.mention.noun is None
    return False


def _operation(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        return metric in MONEY_OPERATIONS and (is_amount(figure) or metric == "arpu")
    if kind in (K.CONTRACTS, K.INDEX_POINTS):
        return False
    if kind is K.SHARES:
        return figure.mention.text.lower().endswith(("stück", "stücke"))
    return True


def _ratio(metric: str, figure: Figure, kind: K) -> bool:
    percent = {
        "dividend_yield",
        "payout_ratio",
        "return_on_equity",
        "return_on_capital",
        "cost_income_ratio",
        "cet1_ratio",
    }
    percent |= {"equity_ratio", "solvency_ratio", "revenue_share", "cash_share", "profit_share", "free_cash_flow_yield"}
    if metric in percent:
        return kind in (K.PERCENT, K.FRACTION, K.POINTS, K.BASIS_POINTS) or (
            kind is K.NUMBER and figure.mention.noun is None
        )
    if metric == "dividend_cover":
        return kind in (K.RATIO, K.MULTIPLE)
    if metric == "shares_per_adr":
        return kind is K.SHARES
    if kind is K.NUMBER:
        return figure.mention.noun is None and size(figure) < 1000
    return kind in (K.RATIO, K.MULTIPLE, K.PERCENT, K.FRACTION) and size(figure) < 2000


def _level(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        return is_price(figure) or metric == "fair_value"
    return kind is K.INDEX_POINTS or (kind is K.NUMBER and figure.mention.noun is None and size(figure) >= 100)


def _mark(metric: str, figure: Figure, kind: K) -> bool:
    return _level(metric, figure, kind) or kind in SHARES_OF_ONE


def _indicator(metric: str, figure: Figure, kind: K) -> bool:
    if metric in (
        "rsi",
        "macd",
        "volatility_index",
        "beta",
        "purchasing_managers_index",
        "economic_sentiment",
        "business_climate",
    ):
        return kind in (K.NUMBER, K.INDEX_POINTS, K.RATIO) and size(figure) < 200
    if metric in ("payrolls", "advancers", "decliners"):
        is_whole = all(value.value == int(value.value) for value in figure.mention.values)
        return kind is K.PROPORTION or (kind is K.NUMBER and is_whole)
    if metric == "exports" and kind in (K.MONEY, K.MULTIPLE):
        return kind is K.MULTIPLE or is_amount(figure)
    if metric == "implied_volatility" and kind is K.NUMBER:
        return figure.mention.noun is None and size(figure) < 300
    return kind in (K.PERCENT, K.FRACTION, K.POINTS, K.BASIS_POINTS) or (
        metric == "implied_volatility" and kind is K.INDEX_POINTS
    )


def _volume(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        return is_amount(figure)
    return kind in (K.SHARES, K.MULTIPLE, K.PERCENT, K.FRACTION) or (kind is K.NUMBER and size(figure) >= 1e4)


def _options(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        return metric == "premium"
    if metric == "premium":
        return False
    if kind is K.CONTRACTS:
        return size(figure) >= 50
    return kind in (K.MULTIPLE, K.PERCENT) or (kind is K.NUMBER and size(figure) >= 500)


def _options_ratio(metric: str, figure: Figure, kind: K) -> bool:
    if metric == "call_share":
        return kind in SHARES_OF_ONE
    if metric == "call_put_ratio" and kind is K.CONTRACTS:
        return size(figure) < 50
    return kind in (K.RATIO, K.NUMBER, K.PROPORTION, K.FRACTION) and size(figure) <= 50


def _policy(metric: str, figure: Figure, kind: K) -> bool:
    if metric in ("policy_rate", "policy_rate_change"):
        return kind in (K.PERCENT, K.POINTS, K.BASIS_POINTS, K.NUMBER) and size(figure) < 60
    return kind in (K.MONEY, K.PERCENT) or (kind is K.NUMBER and figure.mention.noun is not None)


def _event(metric: str, figure: Figure, kind: K) -> bool:
    if metric in ("layoffs", "closures", "recall"):
        return kind in (K.NUMBER, K.PERCENT, K.FRACTION) and (kind is not K.NUMBER or size(figure) > 1)
    if kind is K.MONEY:
        return is_amount(figure) and metric not in ("split", "trial_result", "strike", "product_launch")
    if metric in ("trial_result", "capital_increase"):
        return kind in SHARES_OF_ONE
    if metric == "split":
        return kind in (K.PROPORTION, K.NUMBER)
    is_own = metric == "buyback" and figure.mention.noun == "own" and size(figure) >= 1e4
    return kind is K.SHARES or is_own or (kind is K.NUMBER and metric == "contract" and figure.mention.noun is not None)


def _insider(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        return is_price(figure) if metric == "price_per_share" else metric == "transaction_value" and size(figure) > 500
    return kind is K.SHARES and metric not in ("price_per_share", "transaction_value")


def _holding(metric: str, figure: Figure, kind: K) -> bool:
    if metric in ("stake", "institutional_ownership"):
        return kind in SHARES_OF_ONE
    if metric == "shares_held":
        return kind is K.SHARES or (kind is K.NUMBER and figure.mention.noun is not None and size(figure) > 1)
    if metric == "position_value":
        return kind in SHARES_OF_ONE or (kind is K.MONEY and is_amount(figure))
    if metric == "cost_price":
        return kind is K.MONEY
    return kind in SHARES_OF_ONE or kind is K.SHARES


def _price(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        return is_price(figure)
    if kind is K.NUMBER and metric == "COMPANY":
        return False
    return kind in (K.PERCENT, K.FRACTION, K.MULTIPLE, K.INDEX_POINTS, K.BASIS_POINTS, K.POINTS) or (
        kind is K.NUMBER and is_mark(figure) and size(figure) < 1e6 and (size(figure) >= 100 or metric == "CURRENCY")
    )


_MARKS = frozenset(("mark", "marke", "einheiten", "level", "schwelle", "grenze"))


def is_mark(figure: Figure) -> bool:
    """A bare number, or one that counts units of an index."""
    return figure.mention.noun is None or figure.mention.noun.lower() in _MARKS


def _money_or_share(metric: str, figure: Figure, kind: K) -> bool:
    return (kind is K.MONEY and is_amount(figure)) or kind in (K.PERCENT, K.FRACTION, K.MULTIPLE)


def _counts(metric: str, figure: Figure, kind: K) -> bool:
    is_times = kind is K.MULTIPLE and figure.mention.text.lower().endswith("mal")
    is_whole = metric == "mean_rating" or all(v.value == int(v.value) for v in figure.mention.values)
    if kind in (K.NUMBER, K.RATIO) and not is_whole:
        return False
    return (kind in (K.NUMBER, K.RATIO, *SHARES_OF_ONE) or is_times) and size(figure) < 200


def _weak(metric: str, figure: Figure, kind: K) -> bool:
    return kind in (K.PERCENT, K.FRACTION)


_FITS = {
    "weak": _weak,
    "figure": _figure,
    "operation": _operation,
    "ratio": _ratio,
    "price_target": lambda metric, figure, kind: (
        (kind is K.MONEY and size(figure) < 5e6) or kind in (K.PERCENT, K.FRACTION, K.MULTIPLE)
    ),
    "upside": lambda metric, figure, kind: kind in (K.PERCENT, K.FRACTION),
    "high": _mark,
    "low": _mark,
    "average": _mark,
    "level": _level,
    "indicator": _indicator,
    "volume": _volume,
    "market_cap": lambda metric, figure, kind: kind is K.MONEY and size(figure) >= 1e6,
    "options": _options,
    "options_ratio": _options_ratio,
    "capex": _money_or_share,
    "market_share": lambda metric, figure, kind: kind in (K.PERCENT, K.FRACTION, K.POINTS),
    "policy": _policy,
    "event": _event,
    "insider": _insider,
    "holding": _holding,
    "counts": _counts,
    "sentiment": lambda metric, figure, kind: kind in (K.NUMBER, K.INDEX_POINTS) and size(figure) <= 100,
    "price": _price,
}
