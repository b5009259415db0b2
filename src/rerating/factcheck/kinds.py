"""From a figure and its topic to the kind and metric of the claim: whose number is it, a level or a change, when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rerating.factcheck.article import Figure, Sentence
from rerating.factcheck.fitting import PERCENT_LEVELS, PERCENT_OPERATIONS, SHARES_OF_ONE
from rerating.factcheck.lexicon import Found, word_set
from rerating.factcheck.names import NameKind
from rerating.factcheck.settling import Bound
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
    if before in _SIGNS and sentence.tokens.text[figure.lead - 2] in "(|:;,":
        way = "up" if before == "+" else "down"
    is_change = before in ("um", "by") or sentence.words(figure.tail, figure.tail + 1) in _MORE
    is_level = before in ("auf", "to", "bei", "at")
    return Context(
        movement=way,
        movement_at=movement,
        is_change=is_change,
        is_level=is_level,
        expectation=_expectation(sentence, figure),
        guidance=_guidance(sentence, figure),
    )


_SIGNS = frozenset(("+", "-", "–", "−"))
_MORE = frozenset((w,) for w in ("mehr", "weniger", "more", "less", "fewer", "higher", "lower", "höher", "tiefer"))
_BEATS = frozenset(
    (
        "übertroffen",
        "übertraf",
        "übertrifft",
        "verfehlt",
        "verfehlte",
        "topping",
        "beating",
        "beats",
        "cleared",
        "clearing",
        "exceeded",
        "surpassed",
        "missed",
        "undershot",
        "übertreffen",
        "verfehlten",
        "beat",
        "topped",
        "missing",
    )
)
_PAST = word_set("kinds", "past")


def _others(sentence: Sentence, first: int, last: int) -> bool:
    """Whether another figure stands within tokens [first, last)."""
    return any(
        first <= other.first < last and other.mention.unit not in (None, "date", "rating") for other in sentence.figures
    )


def _expectation(sentence: Sentence, figure: Figure) -> Found | None:
    """The cue that makes the figure an expectation: before it without another figure between, or right behind it."""
    for cue in sorted(sentence.cues, key=lambda each: abs(each.first - figure.first)):
        if cue.family != "expectation" or (cue.first < figure.last and figure.first < cue.last):
            continue
        if sentence.words(cue.first, cue.last) == ("gerechnet",) and "in" in sentence.words(cue.first - 2, cue.first):
            continue  # in Franken gerechnet
        if cue.first >= figure.last and _is_compared(sentence, cue):
            continue
        if cue.last <= figure.first:
            is_near = figure.first - cue.last <= 12 and sentence.cost(cue.last, figure.first) <= 1.2
            if is_near and not _others(sentence, cue.last, figure.first):
                return cue
        elif _others(sentence, cue.last, cue.last + 4):
            continue
        elif cue.first - figure.last <= 7 and sentence.cost(figure.last, cue.first) <= 0.9:
            beaten = _BEATS & set(sentence.words(figure.last, figure.last + 14))
            if not _others(sentence, figure.last, cue.first) and not beaten:
                return cue
    return None


def _is_compared(sentence: Sentence, cue: Found) -> bool:
    """`kleiner als erwartet`: what is compared with an expectation is none."""
    return sentence.words(cue.first, cue.first + 1) in _THAN or sentence.words(cue.first - 1, cue.first) in _THAN


def _guidance(sentence: Sentence, figure: Figure) -> Found | None:
    """The cue that makes the figure a plan; none where a verb of the past stands nearer."""
    found = _nearest(sentence, figure, "guidance", reach=16, cost=1.8)
    if found is None:
        return None
    if found.last <= figure.first:
        between = sentence.words(found.last, figure.first)
        if not _PAST.isdisjoint(between):
            return None
    elif not _is_planned_behind(sentence, figure, found):
        return None
    tail = set(sentence.words(figure.tail, figure.tail + 4))
    if tail & _BEFORE and not tail & {"2026", "2027"}:
        return None
    return found


def _is_planned_behind(sentence: Sentence, figure: Figure, cue: Found) -> bool:
    """Whether a plan's cue behind the figure belongs to it: in its clause, no verb of the past before the figure."""
    if sentence.cost(figure.last, cue.first) >= 1.0 or sentence.words(cue.first - 1, cue.first) in _THAN:
        return False
    is_bracket = sentence.words(cue.first - 1, cue.first) == ("(",) and sentence.words(cue.last, cue.last + 1) == (":",)
    is_past = not _PAST.isdisjoint(sentence.words(figure.first - 8, figure.first))
    return not is_bracket and not is_past and cue.first - figure.last <= 8


_THAN = frozenset((("als",), ("than",), ("wie",)))
_BEFORE = frozenset(
    ("vorjahr", "vorjahres", "abgelaufenen", "vergangenen", "earlier", "ago", "last", "previously", "zuvor")
)
"""Words behind a figure that belongs to the past, beside a plan."""


def _lead(sentence: Sentence, figure: Figure) -> str:
    """The word before the figure and its hedge."""
    found = sentence.words(figure.lead - 1, figure.lead)
    return found[-1] if found else ""


def _nearest(sentence: Sentence, figure: Figure, family: str, *, reach: int, cost: float) -> Found | None:
    best: tuple[float, Found] | None = None
    for cue in sentence.cues:
        if cue.family != family or (cue.first < figure.tail and figure.lead < cue.last):
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
        if sentence.tokens.lower[k] in _ANALYST_WORDS and sentence.cost(k, figure.first) <= 1.2:
            return True
    heard = {named.first for named in sentence.names if named.of(NameKind.DATA) is not None} | sentence.houses
    return any(sentence.cost(first, figure.first) <= 1.6 for first in heard)


def kind_of(sentence: Sentence, bound: Bound, around: Context, *, asset: NameKind | None) -> tuple[str, str]:
    """(kind, metric) of a bound figure. `asset` is the kind of asset that the claim's subject is."""
    family, metric = bound.family, bound.metric
    if asset in _NO_COMPANY and family in ("figure", "operation") and metric not in _MARKET_DATA:
        return _of_market(sentence, bound, around, asset)
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
    if kind is K.MONEY and _is_restated(sentence, bound.figure):
        return "return", metric
    if kind is K.MONEY and not _is_led_to(sentence, bound.figure) and _is_target(sentence, bound.figure, around):
        return "price_target", "price_target"
    return "price_level", metric


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


_VALUED = frozenset(("luft", "fair", "fairen", "fairer", "angemessen", "zugetraut", "sieht", "sehen", "sees", "see"))
"""Beside a house: it says what the share is worth to it."""

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
    if topic is None or topic.last > figure.first or _lead(sentence, figure) not in ("auf", "to"):
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
    if level == "ratio" and (metric in _MULTIPLES or around.guidance is None):
        return "ratio", metric
    if _is_estimate(sentence, figure, around):
        return "estimate", metric
    if _is_plan(sentence, bound, around):
        return "guidance", metric
    if level == "ratio":
        return "ratio", metric
    if kind in (K.POINTS, K.MULTIPLE, K.BASIS_POINTS):
        return "growth", metric
    if kind in SHARES_OF_ONE:
        is_level_metric = metric in PERCENT_LEVELS or metric in PERCENT_OPERATIONS
        if (is_level_metric and not around.is_change) or _is_part_of(sentence, bound):
            return level, metric
        return "growth", metric
    is_delta = around.is_change and not figure.mention.is_signed
    if is_delta and around.movement and not any(v.role != "value" for v in figure.mention.values):
        return "growth", metric
    return level, metric


def _is_part_of(sentence: Sentence, bound: Bound) -> bool:
    """`ein Drittel des Auftragsbestands`, `two-thirds of the backlog`: a part, no change."""
    topic, figure = bound.topic, bound.figure
    if bound.family != "operation" or topic is None or topic.first < figure.last or topic.first - figure.last > 3:
        return False
    return sentence.words(figure.last, figure.last + 1) in (("of",), ("des",), ("der",))


_ACTIVE = word_set("kinds", "active_forecasts")


def _is_estimate(sentence: Sentence, figure: Figure, around: Context) -> bool:
    """Whether others expect it; `rechnet mit`, `is looking for` without analysts near is the company's own."""
    if _is_own_span(sentence, figure):
        return False
    if (around.is_change and _beaten_by(sentence, figure)) or _is_bracketed_forecast(sentence, figure):
        return True
    tail = sentence.words(figure.last, figure.last + 2)
    is_consensus = bool(tail) and tail[0][0].isalpha() and not _CONSENSUS.isdisjoint(tail)
    if is_consensus or _is_against_expected(sentence, figure):
        return True
    if around.expectation is None:
        is_own = around.guidance is not None and not _OWN_WORD.isdisjoint(
            sentence.words(around.guidance.first, around.guidance.last)
        )
        return bool(around.guidance) and not is_own and has_analysts(sentence, figure)
    cue = around.expectation
    if sentence.words(cue.first - 1, cue.first) in _ITSELF and not has_analysts(sentence, figure):
        return False
    if (
        sentence.words(cue.last - 1, cue.last) in (("of",), ("von",))
        or sentence.words(cue.first - 1, cue.first) in _VERSUS
    ):
        return True
    is_active = not _ACTIVE.isdisjoint(sentence.words(cue.first, cue.last)) and cue.last <= figure.first
    return not is_active or has_analysts(sentence, figure)


def _is_own_span(sentence: Sentence, figure: Figure) -> bool:
    """`am oberen Rand seiner eigenen Spanne von 3,4 bis 3,75 Milliarden`, `the company's own 31% target`."""
    before = set(sentence.words(figure.lead - 5, figure.lead))
    near = before | set(sentence.words(figure.last, figure.last + 1))
    return not _OWN_SPANS.isdisjoint(near) and not _OWNED_BY.isdisjoint(before)


_OWN_SPANS = word_set("kinds", "own_spans")
_OWNED_BY = word_set("kinds", "owned_by")


def _is_against_expected(sentence: Sentence, figure: Figure) -> bool:
    """`ein Viertel höher als erwartet`, `a billion more than Wall Street had penciled in`, `a miss of 50 cents`."""
    if sentence.words(figure.lead - 2, figure.lead) in _MISSES:
        return True
    tail = sentence.words(figure.last, figure.last + 11)
    for k, word in enumerate(tail):
        if word in (",", ";", ".", "(") or (word in ("und", "and") and k):
            return False
        if word in ("als", "than"):
            return not _EXPECTED_BY.isdisjoint(tail[k + 1 : k + 4]) and _COMPARATIVES.issuperset(tail[:k])
    return False


_CONSENSUS = frozenset(("consensus", "konsens"))
_MISSES = frozenset((("miss", "of"), ("beat", "of")))
_EXPECTED_BY = word_set("kinds", "expected_by")
_COMPARATIVES = word_set("kinds", "comparatives")


_ITSELF = frozenset((word,) for word in ("it", "we", "management", "wir"))
"""Before `had pencilled in`, `had predicted`: the company's own plan."""


def _is_bracketed_forecast(sentence: Sentence, figure: Figure) -> bool:
    """`435 Mio EUR (Prognose: 342)`: what was expected of a figure that is reported."""
    before = sentence.words(figure.lead - 3, figure.lead)
    return "(" in before and not _EXPECTED_WORDS.isdisjoint(before)


def _beaten_by(sentence: Sentence, figure: Figure) -> bool:
    """`die Erwartung der Analysten wird um 1,2 Millionen Euro übertroffen`."""
    before = sentence.words(figure.first - 14, figure.first)
    beats = _BEATS & {*sentence.words(figure.last, figure.last + 3), *before}
    return bool(beats) and not _EXPECTED_WORDS.isdisjoint(before)


_OWN_WORD = frozenset(("guided", "guides", "guiding", "guidance", "aussicht", "peilt", "peilen", "strebt", "outlook"))
_EXPECTED_WORDS = word_set("binding", "estimates")
_VERSUS = frozenset((w,) for w in ("versus", "vs", "against", "beating", "topping", "missing", "gegenüber"))
_FORECASTS = word_set("binding", "forecasts")


def _is_plan(sentence: Sentence, bound: Bound, around: Context) -> bool:
    """Guidance by its words, by a range that nobody reports of the past, or by a topic that is a forecast."""
    figure, topic = bound.figure, bound.topic
    if bound.metric == "dividend_per_share":
        words = sentence.words(sentence.first, sentence.last)
        return (
            figure.mention.comparator.value == "at_least"
            or "aussicht" in words
            or (around.guidance is not None and figure.mention.comparator.value == "range")
        )
    if _is_own_span(sentence, figure):
        return True
    if around.guidance is not None or around.expectation is not None:
        return True
    past = _PAST & set(sentence.words(figure.first - 10, figure.first))
    if (
        any(value.role == "low" for value in figure.mention.values)
        and not past
        and figure.mention.unit in ("money", "percent")
    ):
        return True
    if topic is not None and topic.last <= figure.first and topic.last < sentence.last:
        word = sentence.tokens.lower[topic.last - 1]
        near = set(sentence.words(topic.last, min(topic.last + 2, figure.first))) | {word}
        return bool(near & _FORECASTS) or word.endswith(("prognose", "ziel"))
    return False


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
