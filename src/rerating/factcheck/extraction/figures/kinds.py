"""From a figure and its topic to the kind and metric of the claim: whose number is it, a level or a change, when."""

from __future__ import annotations

from collections.abc import Callable

from rerating.factcheck.extraction.figures.around import Context
from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.expecting import is_estimate, is_forecast_of, is_of_state, is_plan
from rerating.factcheck.extraction.figures.fitting import PERCENT_LEVELS, PERCENT_OPERATIONS, SHARES_OF_ONE
from rerating.factcheck.extraction.figures.outlays import is_of_goods
from rerating.factcheck.extraction.figures.portions import is_portion
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.cues import lead_word
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.speakers import has_analysts
from rerating.language.reading import MentionKind as K

Handler = Callable[[Sentence, Bound, Context, NameKind | None], tuple[str, str]]

_TO = word_set("kinds", "to")


def kind_of(sentence: Sentence, bound: Bound, around: Context, *, asset: NameKind | None) -> tuple[str, str]:
    """(kind, metric) of a bound figure. `asset` is the kind of asset that the claim's subject is."""
    family, metric = bound.family, bound.metric
    if asset in _NO_COMPANY and family in ("figure", "operation") and metric not in _MARKET_DATA:
        return _of_market(sentence, bound, around, asset)
    if asset is NameKind.BOND and family in _MISREAD and _is_rate(sentence, bound):
        return _price(sentence, bound, around, asset)
    handler = _HANDLERS.get(family)
    if handler is not None:
        return handler(sentence, bound, around, asset)
    if family == "capex" and is_estimate(sentence, bound.figure, around) and has_analysts(sentence, bound.figure):
        return "estimate", metric
    simple = _SIMPLE.get(family)
    return (simple or "indicator", metric)


_SIMPLE = {
    "price_target": "price_target",
    "upside": "implied_upside",
    "indicator": "indicator",
    "volume": "volume",
    "market_cap": "market_cap",
    "options": "options_volume",
    "options_ratio": "options_ratio",
    "capex": "capex",
    "policy": "policy_event",
    "event": "corporate_event",
    "insider": "insider_trade",
    "holding": "holding",
    "level": "price_level",
    "average": "moving_average",
    "sentiment": "sentiment",
}

_NO_COMPANY = (NameKind.INDEX, NameKind.COMMODITY, NameKind.CRYPTO, NameKind.CURRENCY, NameKind.BOND)
_MARKET_DATA = frozenset(("volumes", "market_size", "production", "inventory", "capacity", "eps", "dividend_per_share"))


_MISREAD = frozenset(("ratio", "indicator", "policy"))
"""Families whose rates and yields a bond's are taken for."""


def _is_rate(sentence: Sentence, bound: Bound) -> bool:
    """Whether a figure is in percent or points, and a bond stands before it in its clause."""
    figure = bound.figure
    if figure.mention.kind not in (K.PERCENT, K.BASIS_POINTS, K.POINTS):
        return False
    if not _YIELDS.isdisjoint(sentence.words(figure.first - _REACH, figure.first)):
        return True
    bonds = [n for n in sentence.names_near(figure.first) if n.of(NameKind.BOND) and n.last <= figure.first]
    return any(sentence.cost(n.last, figure.first) < 1.0 for n in bonds)


_YIELDS = frozenset(("yield", "yields", "yielded", "rendite", "renditen", "rentierte", "rentierten", "rentieren"))
_REACH = 14


def _of_market(sentence: Sentence, bound: Bound, around: Context, asset: NameKind | None) -> tuple[str, str]:
    """A gain, a loss or a worth of what is no company: its price's."""
    figure = bound.figure
    if figure.mention.kind is K.MONEY and max(abs(value.value) for value in figure.mention.values) >= 1e8:
        if "wert" in sentence.words(figure.last, figure.last + 1) or bound.topic is None:
            return "market_cap", "market_cap"
        return _of_company(sentence, bound, around, "financial_figure")
    is_large = figure.mention.kind is K.MONEY and max(abs(value.value) for value in figure.mention.values) >= 1e6
    if is_large or around.expectation is not None or around.guidance is not None:
        return _of_company(sentence, bound, around, "financial_figure")
    return _price(sentence, bound, around, asset)


_GOODS = (NameKind.COMMODITY, NameKind.CRYPTO, NameKind.CURRENCY)
_PRICE_METRICS = {
    NameKind.COMPANY: "share_price",
    NameKind.INDEX: "index_level",
    NameKind.COMMODITY: "commodity_price",
    NameKind.CRYPTO: "crypto_price",
    NameKind.BOND: "bond_yield",
    NameKind.CURRENCY: "exchange_rate",
}


def _price(sentence: Sentence, bound: Bound, around: Context, asset: NameKind | None) -> tuple[str, str]:
    kind = bound.figure.mention.kind
    metric = _PRICE_METRICS.get(asset or NameKind.COMPANY, "share_price")
    if kind is K.MONEY and _is_beside_rating(sentence, bound.figure):
        return "price_target", "price_target"
    if (
        kind is K.INDEX_POINTS
        and asset is NameKind.INDEX
        and not around.is_level
        and around.movement
        and (around.is_change or _is_small_move(sentence, bound))
    ):
        return "return", "index_points"
    if kind in (K.PERCENT, K.FRACTION, K.MULTIPLE, K.BASIS_POINTS):
        is_yield = asset is NameKind.BOND and kind is K.PERCENT and not around.is_change
        if is_yield:
            return "price_level", metric
        return "return", metric
    if kind is K.POINTS:
        return "return", "relative_return"
    if kind is K.MONEY and around.movement and (around.is_change or _is_small_move(sentence, bound)):
        return "return", metric
    if kind in (K.MONEY, K.INDEX_POINTS) and around.movement and _is_extreme(sentence, bound.figure):
        is_day = not _INTRADAY.isdisjoint(sentence.words(bound.figure.lead - 12, bound.figure.last + 6))
        span = "day" if is_day else "recent"
        return "high_low_level", f"{span}_{'high' if around.movement == 'up' else 'low'}"
    if kind is K.MONEY and _is_restated(sentence, bound.figure):
        return "return", metric
    if kind is K.MONEY and _is_fair(sentence, bound.figure):
        return "price_level", "fair_value"
    if kind is K.MONEY and asset in (None, NameKind.COMPANY) and is_of_goods(sentence, bound.figure):
        return ("financial_figure" if around.guidance is None else "guidance"), "prices"
    is_priced = kind is K.MONEY and asset not in _GOODS and not _is_led_to(sentence, bound.figure)
    if is_priced and _is_target(sentence, bound.figure, around):
        return "price_target", "price_target"
    return "price_level", metric


def _is_extreme(sentence: Sentence, figure: Figure) -> bool:
    """`am Vormittag bis auf 13'094 Zähler gefallen`, `ging es bis auf 43,38 Euro hinauf`: the farthest it went."""
    if sentence.words(figure.lead - 2, figure.lead) != ("bis", "auf"):
        return False
    return "heran" not in sentence.words(figure.last, figure.last + 8)


_INTRADAY = word_set("dating", "intraday") | word_set("dating", "running") | {"verlauf", "tagesverlauf", "spitze"}


def _is_beside_rating(sentence: Sentence, figure: Figure) -> bool:
    """`Waters (Outperform, $430, up from $405)`: the target behind a rating, in its brackets."""
    before = sentence.words(figure.lead - 9, figure.lead)
    if "(" not in before or ")" in before:
        return False
    ratings = [f for f in sentence.figures_near(figure.first) if f.mention.unit == "rating" and f.last <= figure.lead]
    return bool(ratings) and figure.lead - ratings[-1].last <= 7


def _is_fair(sentence: Sentence, figure: Figure) -> bool:
    """`fair seien 62 Euro`, `hält 32 Euro für angemessen`, `says $50 would be fair`: what it is worth to somebody."""
    lead = sentence.words(figure.lead - 3, figure.lead)
    tail = sentence.words(figure.last, figure.last + 4)
    is_fair = (
        _is_opened_fair(sentence, figure)
        or lead[:1] == ("fair",)
        or ("fair" in lead and not {"value", "wert"} & set(lead))
    )
    return is_fair or (tail[:1] in (("für",), ("would",), ("as",), ("wären",)) and not _FAIR.isdisjoint(tail))


def _is_opened_fair(sentence: Sentence, figure: Figure) -> bool:
    """`Fair wären für die Deutsche Börse aus meiner Sicht 260 Euro`: the word opens the sentence."""
    words = sentence.words(sentence.first, sentence.first + 2)
    return words[:1] == ("fair",) and words[1:] in _WOULD_BE and figure.lead - sentence.first <= _NEAR


_WOULD_BE = (("wären",), ("wäre",), ("sind",), ("ist",))
_NEAR = 14
_FAIR = frozenset(("fair", "angemessen", "gerechtfertigt", "reasonable", "appropriate"))


def _is_led_to(sentence: Sentence, figure: Figure) -> bool:
    """`fielen um 5,8 Prozent auf 441,20 Dollar`: where a move led to, whoever else speaks in the sentence."""
    if any(topic.family == "price_target" for topic in sentence.topics):
        return False
    before = next((other for other in reversed(sentence.figures) if other.last <= figure.lead), None)
    is_move = before is not None and before.mention.unit == "percent"
    return is_move and before is not None and sentence.words(before.last, figure.lead) in (("auf",), ("to",))


def _is_restated(sentence: Sentence, figure: Figure) -> bool:
    """`$1.92, or 2.8%, lower`: an amount that a percentage restates."""
    lead = sentence.words(figure.lead - 3, figure.lead)
    if lead[-1:] in (("or",), ("oder",)) and any(
        other.mention.kind is K.PERCENT and 0 < figure.lead - other.last <= 3 for other in sentence.figures
    ):
        return True
    tail = sentence.words(figure.last, figure.last + 2)
    if tail[:1] != ("or",) and tail not in ((",", "or"), (",", "oder"), ("oder",)) and tail[:1] != ("oder",):
        return False
    return any(other.mention.kind is K.PERCENT and 0 < other.first - figure.last <= 3 for other in sentence.figures)


def _is_target(sentence: Sentence, figure: Figure, around: Context) -> bool:
    """`trauen dem Papier 204 Dollar zu`, `soll bis 640 Franken steigen`: a price that somebody expects."""
    near = set(sentence.words(figure.first - 14, figure.first)) | set(sentence.words(figure.last, figure.last + 3))
    if near & _THINKS and "für" in near and not _REAL.isdisjoint(sentence.words(figure.last, figure.last + 4)):
        return True
    if around.expectation is not None and has_analysts(sentence, figure):
        return True
    if (sentence.houses or has_analysts(sentence, figure)) and near & _VALUED:
        return True
    is_short = len(sentence.words(sentence.first, sentence.last)) <= 16
    is_rated = any(other.mention.unit == "rating" for other in sentence.figures)
    if sentence.houses and (is_short or is_rated) and not any(cue.family == "price" for cue in sentence.cues):
        return True
    return bool(near & {"trauen", "traut", "zutrauen"}) or (
        (bool(near & {"sollen", "soll", "rechnen"}) and around.movement is not None) or bool(near & {"rechnen"})
    )


_VALUED = frozenset(
    ("luft", "fair", "fairen", "fairer", "angemessen", "zugetraut", "sieht", "sehen", "sees", "see", "reach")
)
"""Beside a house: it says what the share is worth to it."""

_THINKS = frozenset(("halte", "hält", "halten", "hielt"))
_REAL = frozenset(("realistisch", "möglich", "erreichbar", "machbar", "drin", "denkbar"))
"""`Ich halte 520 Dollar für realistisch`."""

_BARRIER_WORDS = frozenset(("unter", "über", "above", "below", "under", "over", "past", "auf"))


def _is_small_move(sentence: Sentence, bound: Bound) -> bool:
    """`closed up 65½p`, `shed 195 points`, `losing 60p`: a movement right before the figure, and no level word."""
    figure = bound.figure
    words = sentence.words(figure.lead - 2, figure.lead)
    if not words or words[-1] in _TO:
        return False
    if figure.lead < figure.first and sentence.tokens.lower[figure.lead] in _BARRIER_WORDS:
        return False
    if words[-1] in ("oder", "or") and bound.figure.mention.kind is K.INDEX_POINTS:
        return True
    return any(
        cue.family == "movement" and cue.last <= figure.lead and figure.lead - cue.last <= 1 for cue in sentence.cues
    )


_ADDED = frozenset(("incremental", "additional", "zusätzlichen", "zusätzliche", "hinzukommenden", "wachstums"))


def _share_of_market(sentence: Sentence, bound: Bound, around: Context, asset: NameKind | None) -> tuple[str, str]:
    """Of a market, or of what comes to it: `80 % des zusätzlichen KI-Cloud-Marktes`."""
    figure = bound.figure
    near = sentence.words(figure.first - 3, figure.first) + sentence.words(figure.last, figure.last + 5)
    return "market_share", bound.metric if _ADDED.isdisjoint(near) else "share_of_growth"


def _mark(sentence: Sentence, bound: Bound, around: Context, asset: NameKind | None) -> tuple[str, str]:
    is_high = bound.family == "high"
    if bound.figure.mention.kind is K.MONEY and _is_reached_from(sentence, bound):
        return _price(sentence, bound, around, asset)
    if bound.figure.mention.kind in SHARES_OF_ONE:
        if bound.metric in ("day_high", "day_low"):
            return "return", _PRICE_METRICS.get(asset or NameKind.COMPANY, "share_price")
        return ("distance_to_high" if is_high else "distance_to_low"), bound.metric
    return "high_low_level", bound.metric


def _is_reached_from(sentence: Sentence, bound: Bound) -> bool:
    """`seit dem Zwischentief ging es 30 Prozent auf 12,76 Euro nach oben`: the level reached, not the mark."""
    topic, figure = bound.topic, bound.figure
    if topic is None or topic.last > figure.first or lead_word(sentence, figure) not in ("auf", "to"):
        return False
    return any(topic.last <= f.first < figure.first and f.mention.unit == "percent" for f in sentence.figures)


def _level(sentence: Sentence, bound: Bound, around: Context, asset: NameKind | None) -> tuple[str, str]:
    return "price_level", bound.metric


def _reported(kind: str) -> Handler:
    def handler(sentence: Sentence, bound: Bound, around: Context, asset: NameKind | None) -> tuple[str, str]:
        return _of_company(sentence, bound, around, kind)

    return handler


def _of_company(sentence: Sentence, bound: Bound, around: Context, level: str) -> tuple[str, str]:
    """A company's metric: estimate, guidance, growth or the figure itself."""
    figure, metric = bound.figure, bound.metric
    kind = figure.mention.kind
    if kind is K.POINTS:
        metric += "_points"
    is_entrusted = around.expectation is not None and around.expectation.key == "entrusted"
    is_to_come = metric == "leverage" and "would" in sentence.words(figure.lead - 12, figure.lead)
    if is_to_come and not is_estimate(sentence, figure, around):
        return "guidance", metric
    if level == "ratio" and not is_entrusted and (metric in _OF_PRICE or around.guidance is None):
        return "ratio", metric
    if is_estimate(sentence, figure, around) or is_forecast_of(sentence, bound):
        return "estimate", metric
    if is_plan(sentence, bound, around):
        if around.guidance is not None and is_of_state(sentence, around.guidance):
            return "policy_event", "policy_plan"
        return "guidance", metric
    if level == "ratio":
        return "ratio", metric
    if kind is K.MULTIPLE and _is_beside_other(sentence, figure):
        return level, metric
    if kind in (K.POINTS, K.MULTIPLE, K.BASIS_POINTS):
        return "growth", metric
    if kind in SHARES_OF_ONE:
        is_level_metric = metric in PERCENT_LEVELS or metric in PERCENT_OPERATIONS
        if (is_level_metric and not around.is_change) or _is_part_of(sentence, bound):
            return level, metric
        return "growth", metric
    tail = sentence.words(figure.last, figure.last + 2)
    if kind is K.MONEY and tail in _MORE_THAN and figure.mention.per is None and _is_small_step(sentence, figure):
        return "growth", metric
    is_delta = around.is_change and not figure.mention.is_signed
    is_pair = any(other.lead - figure.last == 1 and lead_word(sentence, other) == "auf" for other in sentence.figures)
    if is_delta and (around.movement or is_pair) and not any(v.role != "value" for v in figure.mention.values):
        return "growth", metric
    return level, metric


_MORE_THAN = frozenset((word, "than") for word in ("more", "less", "higher", "lower"))


def _is_small_step(sentence: Sentence, figure: Figure) -> bool:
    """`a dividend of 65 cents, five cents more than last year`: by how much the sum before it has changed."""
    if sentence.words(figure.lead - 1, figure.lead) != (",",):
        return False
    before = next((f for f in reversed(sentence.figures) if f.last <= figure.lead and f.mention.kind is K.MONEY), None)
    return before is not None and not {"last", "year", "ago"}.isdisjoint(sentence.words(figure.last, figure.last + 6))


def _is_beside_other(sentence: Sentence, figure: Figure) -> bool:
    """`roughly twice as many as Dexcom`, `twice as large as Lowe's`: a size beside that of another company."""
    tail = sentence.words(figure.last, figure.last + 3)
    if tail[:1] != ("as",) or tail[2:3] != ("as",):
        return False
    at = figure.last + 3
    return any(named.first - at in (0, 1) and named.of(NameKind.COMPANY) for named in sentence.names_near(at))


def _is_part_of(sentence: Sentence, bound: Bound) -> bool:
    """`ein Drittel des Auftragsbestands`, `two-thirds of the backlog`: a part, no change."""
    figure = bound.figure
    if bound.family != "operation":
        return False
    lead = sentence.words(figure.lead - 3, figure.lead)
    is_of_which = lead[-2:] == ("of", "which") or not {"davon", "wovon"}.isdisjoint(lead)
    is_behind = bound.topic is not None and bound.topic.first >= figure.last
    return is_of_which or (is_behind and is_portion(sentence, figure))


def _counted_rating(sentence: Sentence, bound: Bound) -> str:
    """`17 Analysten haben die Empfehlung „Buy“ ausgesprochen`: the one rating of the clause says what is counted."""
    if bound.metric != "analysts":
        return bound.metric
    words = [
        other.mention.rating
        for other in sentence.figures
        if other.mention.rating and 0 < other.first - bound.figure.last <= 12
        if sentence.cost(bound.figure.last, other.first) < 1.0
    ]
    return _RATINGS.get(words[0], bound.metric) if len(words) == 1 and words[0] else bound.metric


_RATINGS = {
    "strong_buy": "buy_ratings",
    "buy": "buy_ratings",
    "hold": "hold_ratings",
    "sell": "sell_ratings",
    "strong_sell": "sell_ratings",
}


_MULTIPLES = frozenset(
    (
        "price_earnings",
        "forward_price_earnings",
        "price_sales",
        "price_book",
        "price_free_cash_flow",
        "ev_ebitda",
        "ev_sales",
        "peg",
    )
)


_OF_PRICE = _MULTIPLES | {"dividend_yield", "free_cash_flow_yield"}
"""What follows from a share's price, whoever plans the profit or the dividend."""


_HANDLERS: dict[str, Handler] = {
    "price": _price,
    "high": _mark,
    "low": _mark,
    "level": _level,
    "market_share": _share_of_market,
    "figure": _reported("financial_figure"),
    "operation": _reported("operating_metric"),
    "ratio": _reported("ratio"),
    "counts": lambda sentence, bound, around, asset: (
        ("consensus_rating", "mean_rating")
        if bound.metric == "mean_rating"
        else ("rating_count", _counted_rating(sentence, bound))
    ),
}
