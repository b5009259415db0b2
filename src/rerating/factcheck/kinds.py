"""From a figure and its topic to the kind and metric of the claim: whose number is it, a level or a change, when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rerating.factcheck.article import Figure, Sentence
from rerating.factcheck.binding import PERCENT_LEVELS, PERCENT_OPERATIONS, SHARES_OF_ONE, Bound
from rerating.factcheck.lexicon import Found, word_set
from rerating.factcheck.names import NameKind
from rerating.language.reading import MentionKind as K


@dataclass(slots=True)
class Context:
    """What stands around a figure: movement with its direction, expectation, guidance, and their distances."""

    movement: str | None
    movement_at: Found | None
    is_change: bool
    """Whether the figure says by how much (`um 5 %`, `rose 5 %`), not to which level (`auf 5`, `to 5`)."""
    is_level: bool
    expectation: Found | None
    guidance: Found | None


Handler = Callable[[Sentence, Bound, Context, NameKind | None], tuple[str, str]]

_BY = frozenset(("um", "by", "plus", "minus", "von", "of"))
_TO = word_set("kinds", "to")


def context(sentence: Sentence, figure: Figure) -> Context:
    """The context of a figure in its sentence."""
    movement = _nearest(sentence, figure, "movement", reach=14, cost=1.5)
    way = movement.key if movement else None
    sign = figure.mention.values[0].value if figure.mention.is_signed and figure.mention.values else 0.0
    if sign:
        way = "up" if sign > 0 else "down"
    before = _lead(sentence, figure)
    is_change = before in ("um", "by")
    is_level = before in ("auf", "to", "bei", "at")
    return Context(
        movement=way,
        movement_at=movement,
        is_change=is_change,
        is_level=is_level,
        expectation=_nearest(sentence, figure, "expectation", reach=12, cost=1.2),
        guidance=_nearest(sentence, figure, "guidance", reach=16, cost=1.8),
    )


def _lead(sentence: Sentence, figure: Figure) -> str:
    """The word before the figure and its hedge."""
    first = figure.first
    start = figure.mention.hedge_start
    if start is not None:
        while first > sentence.first and sentence.text.starts[first - 1] >= start + sentence.text.base:
            first -= 1
    words = sentence.words(first - 1, first)
    return words[-1] if words else ""


def _nearest(sentence: Sentence, figure: Figure, family: str, *, reach: int, cost: float) -> Found | None:
    best: tuple[float, Found] | None = None
    for cue in sentence.cues:
        if cue.family != family or (cue.first < figure.last and figure.first < cue.last):
            continue
        is_before = cue.last <= figure.first
        gap = figure.first - cue.last if is_before else cue.first - figure.last
        barrier = sentence.cost(cue.last, figure.first) if is_before else sentence.cost(figure.last, cue.first)
        if gap > reach or barrier > cost:
            continue
        rank = gap + 6 * barrier + (0.0 if is_before else 1.5)
        if best is None or rank < best[0]:
            best = (rank, cue)
    return best[1] if best else None


_ANALYST_WORDS = word_set("kinds", "analyst_words")


def has_analysts(sentence: Sentence, figure: Figure) -> bool:
    """Whether analysts, a house or a data service speak in the figure's clause."""
    for k in range(max(sentence.first, figure.first - 18), min(sentence.last, figure.last + 14)):
        if sentence.tokens.lower[k] in _ANALYST_WORDS and sentence.cost(k, figure.first) <= 2.2:
            return True
    return any(
        named.of(NameKind.DATA) is not None and sentence.cost(named.first, figure.first) <= 1.6
        for named in sentence.names
    )


def kind_of(sentence: Sentence, bound: Bound, around: Context, *, asset: NameKind | None) -> tuple[str, str]:
    """(kind, metric) of a bound figure. `asset` is the kind of asset that the claim's subject is."""
    family, metric = bound.family, bound.metric
    handler = _HANDLERS.get(family)
    if handler is not None:
        return handler(sentence, bound, around, asset)
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
    "market_share": "market_share",
    "policy": "policy_event",
    "event": "corporate_event",
    "insider": "insider_trade",
    "holding": "holding",
    "level": "price_level",
    "average": "moving_average",
    "sentiment": "sentiment",
}

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
    return "price_level", metric


def _is_small_move(sentence: Sentence, bound: Bound) -> bool:
    """`closed up 65½p`, `shed 195 points`, `losing 60p`: a movement right before the figure, and no level word."""
    figure = bound.figure
    words = sentence.words(figure.first - 2, figure.first)
    if not words or words[-1] in _TO:
        return False
    return any(
        cue.family == "movement" and cue.last <= figure.first and figure.first - cue.last <= 1 for cue in sentence.cues
    )


def _mark(sentence: Sentence, bound: Bound, around: Context, asset: NameKind | None) -> tuple[str, str]:
    is_high = bound.family == "high"
    if bound.figure.mention.kind in SHARES_OF_ONE:
        if bound.metric in ("day_high", "day_low"):
            return "return", _PRICE_METRICS.get(asset or NameKind.COMPANY, "share_price")
        return ("distance_to_high" if is_high else "distance_to_low"), bound.metric
    return "high_low_level", bound.metric


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
    is_estimate = _is_estimate(sentence, figure, around)
    if is_estimate:
        return "estimate", metric
    if _is_guidance(sentence, figure, around):
        return "guidance", metric
    if level == "ratio":
        return "ratio", metric
    if kind in (K.POINTS, K.MULTIPLE, K.BASIS_POINTS):
        return "growth", metric
    if kind in SHARES_OF_ONE:
        is_level_metric = metric in PERCENT_LEVELS or metric in PERCENT_OPERATIONS
        if is_level_metric and not around.is_change:
            return level, metric
        return "growth", metric
    if around.is_change and around.movement and not any(v.role != "value" for v in figure.mention.values):
        return "growth", metric
    return level, metric


def _is_estimate(sentence: Sentence, figure: Figure, around: Context) -> bool:
    if around.expectation is None:
        return bool(around.guidance) and has_analysts(sentence, figure) and not _is_past(sentence, figure)
    return True


def _is_past(sentence: Sentence, figure: Figure) -> bool:
    return False


def _is_guidance(sentence: Sentence, figure: Figure, around: Context) -> bool:
    return around.guidance is not None


_HANDLERS: dict[str, Handler] = {
    "price": _price,
    "high": _mark,
    "low": _mark,
    "level": _level,
    "figure": _reported("financial_figure"),
    "operation": _reported("operating_metric"),
    "ratio": _reported("ratio"),
    "counts": lambda sentence, bound, around, asset: (
        ("consensus_rating", "mean_rating") if bound.metric == "mean_rating" else ("rating_count", bound.metric)
    ),
}
