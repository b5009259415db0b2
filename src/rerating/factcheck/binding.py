"""What a figure is about: one topic for each figure of a sentence, chosen among the words that could name it.

A topic is a word for a metric (`topics.toml`), a word for a share, or an asset's name. Its score falls with the words,
the clause borders and the other figures between it and the figure; a unit or a size that the metric cannot have rules
it out. Pairs that stand in a fixed phrase (`a target of $5`, `5 % below its high`) score higher.
"""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.article import Figure, Sentence
from rerating.factcheck.lexicon import Found, word_set
from rerating.factcheck.names import ASSETS, NameKind
from rerating.language.reading import MentionKind as K

PER_SHARE = frozenset(("eps", "dividend_per_share"))
PERCENT_LEVELS = word_set("binding", "percent_levels")
MONEY_OPERATIONS = word_set("binding", "money_operations")
PERCENT_OPERATIONS = frozenset(("utilisation", "load_factor", "churn", "retention_rate", "yield", "capacity"))
SHARES_OF_ONE = (K.PERCENT, K.FRACTION)
_COUNTED = (K.NUMBER, K.ORDINAL, K.SHARES, K.INDEX_POINTS, K.CONTRACTS)


@dataclass(slots=True)
class Bound:
    """A figure with its topic: family and metric; `topic` is None where a neighbour's or the default is taken."""

    figure: Figure
    family: str
    metric: str
    topic: Found | None
    score: float
    is_carried: bool = False


def is_part(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is but part of a name or of another figure: a strike, the whole of `28 of 35`, a threshold."""
    tokens, first, last = sentence.tokens, figure.first, figure.last
    mention = figure.mention
    before, after = sentence.words(first - 3, first), sentence.words(last, last + 2)
    lead = before[-1:] if before else ()
    if mention.kind is K.MONEY and (
        after[:1] in (("calls",), ("puts",), ("call",), ("put",)) or "basispreis" in before or "strike" in before
    ):
        return True
    if mention.kind in (K.CONTRACTS, K.NUMBER, K.SHARES) and lead and lead[0] in _MONTHS and size(figure) < 5000:
        return True
    if after[:1] in (("majority",), ("mehrheit",), ("constituents",), ("members",)):
        return True
    is_edge = lead in (
        ("upper",),
        ("lower",),
        ("top",),
        ("bottom",),
        ("oberen",),
        ("unteren",),
        ("first",),
        ("second",),
    )
    if mention.kind is K.FRACTION and (is_edge or {"range", "spanne"} & set(sentence.words(last, last + 6))):
        return True
    if "schwelle" in before or "threshold" in before:
        return True
    if tokens.text[first - 1] == "(" and tokens.text[last : last + 1] == [")"] and tokens.lower[first - 2] == "rsi":
        return True
    if {"considered", "gilt", "gelten", "signalisiert"} & set(sentence.words(last, last + 3)) and tokens.lower[
        first - 2
    ] in ("reading", "wert", "werte"):
        return True
    if mention.kind is K.MONEY and size(figure) == 1 and tokens.text[first].isalpha() and after[:1] in _COSTS:
        return True
    return _is_whole(sentence, figure)


_COSTS = frozenset((w,) for w in ("kostete", "kostet", "notierte", "notiert", "bought", "buys", "was", "entspricht"))
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "januar",
        "februar",
        "märz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
    ]
)
_WHOLES = frozenset(("of", "von", "der", "des"))


def _is_whole(sentence: Sentence, figure: Figure) -> bool:
    """The second number of `28 der 35 Analysten`, `9 von 100 Punkten`; `of 64 analysts` before the counts."""
    if figure.mention.kind not in (K.NUMBER, K.INDEX_POINTS) or size(figure) > 1000:
        return False
    tokens, k = sentence.tokens, figure.first - 1
    if tokens.lower[k] in ("the", "den", "befragten", "its") and k > sentence.first:
        k -= 1
    if k < sentence.first or tokens.lower[k] not in (*_WHOLES, "across", "from", "unter", "among"):
        return False
    if tokens.lower[k] in ("across", "from", "unter", "among"):
        return (figure.mention.noun or "").lower() in (
            "analysts",
            "analysten",
            "experten",
            "brokers",
            "häusern",
            "analystenhäusern",
        )
    is_counted = any(other.last == k and is_claimable(other) for other in sentence.figures)
    noun = (figure.mention.noun or "").lower()
    return (
        is_counted
        or noun in ("analysts", "analysten", "empfehlungen", "experten")
        or noun.endswith(("sectors", "branchen"))
    )


def is_claimable(figure: Figure) -> bool:
    """Whether the mention is a quantity (no date, rating, name or table note)."""
    return (
        figure.mention.unit in ("money", "percent", "ratio", "count", "shares", "contracts")
        and figure.mention.kind is not K.SCALE
    )


def size(figure: Figure) -> float:
    """The largest absolute value of the mention."""
    return max((abs(value.value) for value in figure.mention.values), default=0.0)


def _is_price(figure: Figure) -> bool:
    cap = 5e6 if figure.mention.currency in ("JPY", "KRW", "IDR", "VND") else 2e5
    return size(figure) < cap and max(v.step for v in figure.mention.values) <= 1000


def _is_amount(figure: Figure) -> bool:
    return size(figure) >= 1e5


def fits(family: str, metric: str, figure: Figure) -> bool:
    """Whether a metric of that family can have a value of this unit and size."""
    kind = figure.mention.kind
    test = _FITS.get(family)
    return test(metric, figure, kind) if test else False


def _figure(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        if metric in PERCENT_LEVELS:
            return False
        if metric in _EARNINGS and figure.mention.per == "share":
            return _is_price(figure)
        if metric == "dividend_per_share":
            return size(figure) < 1e4 or size(figure) >= 1e6
        return (_is_price(figure) and size(figure) < 1e4) if metric in PER_SHARE else _is_amount(figure)
    if kind in (K.PERCENT, K.FRACTION, K.POINTS, K.BASIS_POINTS, K.MULTIPLE):
        return True
    if kind is K.NUMBER:
        return metric not in PERCENT_LEVELS and bool(figure.mention.currency_nearby) and figure.mention.noun is None
    return False


def _operation(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        return metric in MONEY_OPERATIONS and (_is_amount(figure) or metric == "arpu")
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
    if metric == "shares_per_adr":
        return kind is K.SHARES
    if kind is K.NUMBER:
        return figure.mention.noun is None and size(figure) < 1000
    return kind in (K.RATIO, K.MULTIPLE, K.PERCENT, K.FRACTION) and size(figure) < 2000


def _level(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        return _is_price(figure)
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
        return kind in (K.NUMBER, K.PROPORTION)
    return kind in (K.PERCENT, K.FRACTION, K.POINTS, K.BASIS_POINTS) or (
        metric == "implied_volatility" and kind is K.INDEX_POINTS
    )


def _volume(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        return metric != "trading_volume" and _is_amount(figure)
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
        return _is_amount(figure) and metric not in ("split", "trial_result", "strike", "product_launch")
    if metric in ("trial_result", "capital_increase"):
        return kind in SHARES_OF_ONE
    if metric == "split":
        return kind in (K.PROPORTION, K.NUMBER)
    return kind is K.SHARES or (kind is K.NUMBER and metric == "contract" and figure.mention.noun is not None)


def _insider(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        return (
            _is_price(figure) if metric == "price_per_share" else metric == "transaction_value" and size(figure) > 500
        )
    return kind is K.SHARES and metric not in ("price_per_share", "transaction_value")


def _holding(metric: str, figure: Figure, kind: K) -> bool:
    if metric in ("stake", "institutional_ownership"):
        return kind in SHARES_OF_ONE
    if metric == "shares_held":
        return kind is K.SHARES or (kind is K.NUMBER and figure.mention.noun is not None and size(figure) > 1)
    if metric == "position_value":
        return kind in SHARES_OF_ONE or (kind is K.MONEY and _is_amount(figure))
    if metric == "cost_price":
        return kind is K.MONEY
    return kind in SHARES_OF_ONE or kind is K.SHARES


def _price(metric: str, figure: Figure, kind: K) -> bool:
    if kind is K.MONEY:
        return _is_price(figure)
    return kind in (K.PERCENT, K.FRACTION, K.MULTIPLE, K.INDEX_POINTS, K.BASIS_POINTS, K.POINTS) or (
        kind is K.NUMBER and _is_mark(figure) and (size(figure) >= 100 or metric == "CURRENCY")
    )


_MARKS = frozenset(("mark", "marke", "einheiten", "level", "schwelle", "grenze"))


def _is_mark(figure: Figure) -> bool:
    """A bare number, or one that counts units of an index."""
    return figure.mention.noun is None or figure.mention.noun.lower() in _MARKS


def _money_or_share(metric: str, figure: Figure, kind: K) -> bool:
    return (kind is K.MONEY and _is_amount(figure)) or kind in (K.PERCENT, K.FRACTION, K.MULTIPLE)


def _weak(metric: str, figure: Figure, kind: K) -> bool:
    return kind in (K.PERCENT, K.FRACTION)


_FITS = {
    "weak": _weak,
    "figure": _figure,
    "operation": _operation,
    "ratio": _ratio,
    "price_target": lambda metric, figure, kind: kind is K.MONEY and size(figure) < 5e6,
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
    "counts": lambda metric, figure, kind: kind in (K.NUMBER, K.RATIO) and size(figure) < 200,
    "sentiment": lambda metric, figure, kind: kind in (K.NUMBER, K.INDEX_POINTS) and size(figure) <= 100,
    "price": _price,
}

# How likely a family is where several words fit alike: the rarer the word's other uses, the higher.
_WEIGHT = {
    "weak": -2.2,
    "price": 0.0,
    "price_target": 1.0,
    "upside": 1.5,
    "high": 0.5,
    "low": 0.5,
    "average": 1.5,
    "level": 0.5,
    "indicator": 1.5,
    "market_cap": 1.0,
    "options_ratio": 2.0,
    "market_share": 1.0,
    "ratio": 0.6,
    "holding": -0.3,
    "event": -0.3,
    "policy": 0.3,
    "volume": 0.4,
    "options": 0.8,
    "insider": 0.0,
    "capex": 0.2,
    "counts": 0.5,
}
_DIRECT = word_set("binding", "direct")
_CAUSES = word_set("binding", "causes")
_OF_WHOLE = word_set("binding", "of_whole")
_PARTS = frozenset(("market_share", "ratio", "holding", "event", "options_ratio"))
_BELOW = word_set("binding", "below")
_GAP_WORDS = word_set("binding", "gap_words")


def bind(sentence: Sentence) -> list[Bound]:
    """The figures of a sentence that some topic fits, each with the best one."""
    figures = [figure for figure in sentence.figures if is_claimable(figure) and not is_part(sentence, figure)]
    if not figures:
        return []
    candidates = _candidates(sentence)
    table = [_scored(sentence, figures, place, candidates) for place in range(len(figures))]
    bound = [row[0] if row else None for row in table]
    _settle(bound, table)
    _bracketed(sentence, bound)
    scene = _insider_scene(sentence)
    kept = [_resolved(sentence, each, scene) for each in bound if each is not None and each.score >= FLOOR]
    return _of_multiples(sentence, kept)


def _bracketed(sentence: Sentence, bound: list[Bound | None]) -> None:
    """`445 (Vj: 398) Mio. Euro`: the figure in brackets is of the same metric as the one before them."""
    for one, other in zip(bound, bound[1:], strict=False):
        if one is None or other is None or one.topic is None:
            continue
        between = sentence.words(one.figure.last, other.figure.lead)
        if between[:1] != ("(",) or not _COMPARED.issuperset(between):
            continue
        if one.family != other.family and fits(one.family, one.metric, other.figure):
            other.family, other.metric, other.topic = one.family, one.metric, one.topic
        elif one.family == other.family:
            other.metric, other.topic = one.metric, one.topic


_COMPARED = word_set("binding", "compared")
FLOOR = 2.0
_LOOSE = frozenset(("price", "ratio", "weak", "figure", "operation", "high", "low"))
_WHOLE_WORDS: tuple[tuple[tuple[str, ...], tuple[str, str]], ...] = (
    (("market", "markt", "marktes", "weltmarktes"), ("market_share", "market_share")),
    (("portfolio", "portfolios", "holdings", "depots", "fonds"), ("holding", "position_value")),
    (("workforce", "staff", "belegschaft"), ("event", "layoffs")),
    (("float",), ("indicator", "short_interest")),
)


def _whole_of(sentence: Sentence, figure: Figure) -> tuple[str, str] | None:
    """What the figure is a part of: `72% of the pure-play foundry market`, `2,5 Prozent des Fonds`."""
    tokens = sentence.tokens
    if sentence.words(figure.last, figure.last + 1) not in (("of",), ("des",), ("der",), ("am",), ("vom",)):
        return None
    for k in range(figure.last + 1, min(figure.last + 8, sentence.last)):
        if tokens.text[k] in ",.;:()":
            return None
        for words, found in _WHOLE_WORDS:
            if tokens.lower[k] in words and tokens.lower[k + 1] not in ("value", "cap", "capitalization"):
                return found
    return None


_PORTFOLIOS = frozenset(("portfolio", "portfolios", "holdings", "fonds", "fondsvermögens", "depots", "fund"))
_EXCLUSIVE = word_set("binding", "exclusive")


def _scored(sentence: Sentence, figures: list[Figure], place: int, candidates: list[Found]) -> list[Bound]:
    """All topics that fit a figure, the best first."""
    figure = figures[place]
    rows = [
        Bound(figure, topic.family, topic.key, topic, _score(sentence, figures, place, topic))
        for topic in candidates
        if fits(topic.family, topic.key, figure)
    ]
    rows.sort(key=lambda row: (-row.score, row.topic.first if row.topic else 0))
    return rows


def _settle(bound: list[Bound | None], table: list[list[Bound]]) -> None:
    """A mark, an average or a ratio has one value: where two figures want the same word, the better one keeps it."""
    for _ in range(3):
        owners: dict[tuple[int, int], list[int]] = {}
        for place, each in enumerate(bound):
            if each is not None and each.topic is not None and each.family in _EXCLUSIVE:
                owners.setdefault((each.topic.first, each.topic.last), []).append(place)
        clashes = [places for places in owners.values() if len(places) > 1]
        if not clashes:
            return
        for places in clashes:
            by_unit: dict[bool, list[int]] = {}
            for place in places:
                each = bound[place]
                assert each is not None
                by_unit.setdefault(each.figure.mention.unit == "percent", []).append(place)
            for same in by_unit.values():
                best = max(same, key=lambda place: (bound[place].score, -place))  # type: ignore[union-attr]
                for place in same:
                    if place == best or table[place][0].figure.mention.unit == "ratio":
                        continue
                    taken = bound[best].topic  # type: ignore[union-attr]
                    table[place] = [row for row in table[place] if row.topic is not taken]
                    bound[place] = table[place][0] if table[place] else None


_INSIDERS = word_set("binding", "insiders")
_TRADES = word_set("binding", "trades")
_USUAL = word_set("binding", "usual")


def _insider_scene(sentence: Sentence) -> bool:
    """Whether somebody who runs the company buys or sells its shares."""
    held = set(sentence.words(sentence.first, sentence.last))
    return bool(held & _INSIDERS) and bool(held & _TRADES)


def _resolved(sentence: Sentence, bound: Bound, is_insider: bool) -> Bound:
    """Per-share earnings of an earnings word, and what an insider paid of a price."""
    mention = bound.figure.mention
    if bound.family == "weak":
        bound.family = "figure"
    if bound.metric == "dividend_per_share" and mention.kind is K.MONEY and _is_amount(bound.figure):
        bound.metric = "dividend_total"
    if bound.metric == "revenue_share" and _PORTFOLIOS & set(sentence.words(bound.figure.last, bound.figure.last + 9)):
        bound.family, bound.metric = "holding", "position_value"
    if mention.kind in SHARES_OF_ONE and bound.family in _LOOSE:
        whole = _whole_of(sentence, bound.figure)
        if whole is not None:
            bound.family, bound.metric = whole
    if bound.metric == "policy_rate" and mention.kind in (K.BASIS_POINTS, K.POINTS):
        bound.metric = "policy_rate_change"
    if (
        bound.metric == "market_cap"
        and mention.kind is K.MONEY
        and size(bound.figure) < 1e8
        and "holding" in {t.family for t in sentence.topics}
    ):
        bound.family, bound.metric = "holding", "position_value"
    if (
        bound.family == "figure"
        and bound.metric in _EARNINGS
        and mention.kind is K.MONEY
        and mention.per == "share"
        and _is_price(bound.figure)
    ):
        bound.metric = "eps"
    if (
        bound.family == "price"
        and mention.kind is K.MONEY
        and size(bound.figure) < 1000
        and _is_per_share(sentence, bound)
    ):
        held = {topic.key for topic in sentence.topics}
        if held & _EARNINGS or "eps" in held or _EARN & set(sentence.words(sentence.first, sentence.last)):
            bound.family, bound.metric = "figure", "eps"
        elif "dividend_per_share" in held:
            bound.family, bound.metric = "figure", "dividend_per_share"
    if is_insider and bound.family in ("price", "holding", "figure", "event", "volume"):
        if mention.kind is K.MONEY:
            bound.family, bound.metric = (
                "insider",
                "price_per_share" if _is_price(bound.figure) and size(bound.figure) < 5e4 else "transaction_value",
            )
        elif mention.kind is K.SHARES:
            held = set(sentence.words(sentence.first, sentence.last))
            sold = held & {"sold", "verkaufte", "verkauft", "veräußerte", "sells"}
            owned = held & {"owned", "owns", "hält", "besitzt"}
            bound.family, bound.metric = (
                "insider",
                "remaining_shares" if owned else "shares_sold" if sold else "shares_bought",
            )
    return bound


def _is_per_share(sentence: Sentence, bound: Bound) -> bool:
    """Whether the amount is one a share: by its own words, or by `je Aktie ... verdient` around it."""
    if bound.figure.mention.per == "share":
        return True
    words = sentence.words(sentence.first, sentence.last)
    paired = any(pair in _A_SHARE for pair in zip(words, words[1:], strict=False))
    return paired and bool(_EARN & set(words))


_A_SHARE = frozenset((("je", "aktie"), ("pro", "aktie"), ("per", "share"), ("a", "share"), ("je", "titel")))
_EARNINGS = frozenset(("net_income", "net_loss", "profit_before_tax", "operating_income"))


def _of_multiples(sentence: Sentence, bounds: list[Bound]) -> list[Bound]:
    """`..., about 1.7 times the 50-day average` goes on about the figure before it."""
    for place, bound in enumerate(bounds[1:], 1):
        if bound.figure.mention.kind not in (K.MULTIPLE, K.FRACTION):
            continue
        before = bounds[place - 1]
        near = set(sentence.words(bound.figure.last, bound.figure.last + 6))
        if before.family in ("volume", "options") and (near & _USUAL or "so" in near):
            bound.family, bound.metric, bound.topic = before.family, before.metric, before.topic
    return bounds


def _candidates(sentence: Sentence) -> list[Found]:
    is_bond = any(named.of(NameKind.BOND) for named in sentence.names)
    found = [topic for topic in sentence.topics if not (is_bond and topic.key == "dividend_yield")]
    inside = [topic for topic in found if topic.last - topic.first > 1]
    found += [
        Found(cue.first, cue.last, "price", "share")
        for cue in sentence.cues
        if cue.family == "price"
        and not any(topic.first <= cue.first and cue.last <= topic.last for topic in inside)
        and sentence.tokens.lower[cue.first - 1] not in _PER
        and sentence.words(cue.first, cue.last + 1) != ("share", "of")
    ]
    found += [Found(c.first, c.last, "price", "index") for c in sentence.cues if c.family == "index"]
    for named in sentence.names:
        name = named.of(*ASSETS)
        if name is not None and _is_attribute(sentence, named.first):
            continue
        if name is not None and not (name.kind is NameKind.CURRENCY and _is_unit(sentence, named.first)):
            found.append(Found(named.first, named.last, "price", name.kind.name))
    return found


_GENITIVES = frozenset(("des", "der", "von", "of", "vom"))


def _is_attribute(sentence: Sentence, first: int) -> bool:
    """Whether a name but says whose metric it is: `das Tagestief des SMI`, `the revenue of SAP`."""
    if sentence.tokens.lower[first - 1] not in _GENITIVES or first - 1 <= sentence.first:
        return False
    return any(topic.last == first - 1 and topic.family != "weak" for topic in sentence.topics)


_PER = frozenset(("je", "pro", "per", "a"))


def _is_unit(sentence: Sentence, k: int) -> bool:
    """Whether a currency's name stands inside a figure, or behind one."""
    return any(figure.first <= k < figure.last for figure in sentence.figures)


_BASE = {
    "share": 9.0,
    "index": 8.5,
    "COMPANY": 6.5,
    "INDEX": 9.0,
    "COMMODITY": 9.0,
    "CRYPTO": 9.0,
    "BOND": 9.0,
    "CURRENCY": 8.0,
}


def _score(sentence: Sentence, figures: list[Figure], place: int, topic: Found) -> float:
    figure = figures[place]
    if topic.family == "counts" and figure.mention.kind is K.NUMBER and _is_step(sentence, figure):
        return 0.0
    base = _BASE.get(topic.key, 8.0) if topic.family == "price" else 10.0
    score = base + _WEIGHT.get(topic.family, 0.0)
    if topic.first < figure.last and figure.first < topic.last:
        return score + (2.0 if topic.family != "price" else -20.0)
    is_before = topic.last <= figure.first
    if is_before:
        gap, cost = figure.first - topic.last, sentence.cost(topic.last, figure.first)
        between = sum(1 for other in figures[:place] if other.first >= topic.last)
        score += _before(sentence, figure, topic, gap)
    else:
        gap, cost = topic.first - figure.last, sentence.cost(figure.last, topic.first)
        between = sum(1 for other in figures[place + 1 :] if other.last <= topic.first)
        score += _after(sentence, figure, topic, gap)
    return score - 0.28 * min(gap, 25) - 1.3 * cost - 0.8 * between


def _before(sentence: Sentence, figure: Figure, topic: Found, gap: int) -> float:
    words = sentence.words(topic.last, figure.first)
    bonus = 0.0
    if gap <= 2 and (gap == 0 or words[-1] in _DIRECT or words[0] in _DIRECT):
        bonus += 1.5
    if topic.family == "price" and _is_expected(sentence, figure):
        bonus -= 5.0
    if (
        topic.family == "counts"
        and topic.key != "mean_rating"
        and not (gap <= 1 and words and words[-1] in (":", "von", "of"))
    ):
        bonus -= 3.0
    lead = sentence.words(topic.first - 3, topic.first)
    if not _CAUSES.isdisjoint(lead) and topic.family in ("figure", "operation", "event", "policy", "weak"):
        bonus -= 3.5
    if topic.family == "event" and topic.key in ("closures", "layoffs", "contract") and gap <= 4:
        bonus += 1.5
    if topic.family == "price" and figure.mention.kind in (K.PERCENT, K.FRACTION) and not _moves(sentence, figure):
        bonus -= 4.0 if topic.key == "COMPANY" else 2.0
    if topic.family in ("high", "low") and figure.mention.kind in SHARES_OF_ONE:
        tail = sentence.words(figure.last, figure.last + 6)
        is_gap = not _GAP_WORDS.isdisjoint(words) or not _GAP_WORDS.isdisjoint(tail)
        if topic.family == "low":
            is_gap = is_gap or not {"erholt", "über", "above", "rebounded", "recovered"}.isdisjoint((*words, *tail))
        bonus += 2.5 if is_gap else -2.5
    if topic.family in ("high", "low") and figure.mention.kind not in SHARES_OF_ONE and gap > 4:
        others = any(
            topic.last <= other.first < figure.first for other in sentence.figures if other.mention.unit == "percent"
        )
        bonus -= 5.0 if others else 0.0
    if topic.family == "average" and figure.mention.kind in SHARES_OF_ONE:
        bonus -= 2.5
    return bonus


def _is_step(sentence: Sentence, figure: Figure) -> bool:
    """`das Kursziel um fünf auf nun 48 Euro`: by how much, not how many."""
    return sentence.words(figure.lead - 1, figure.lead) in (("um",), ("by",), ("auf",))


_ESTIMATES = word_set("binding", "estimates")
_AGAINST = frozenset(("of", "von", "bei", "versus", "vs", "at", "for"))


def _is_expected(sentence: Sentence, figure: Figure) -> bool:
    """Whether an estimate stands right before the figure: `beating analyst estimates of $1.72`, `the consensus of 5`."""
    before = sentence.words(figure.lead - 5, figure.lead)
    return bool(before) and before[-1] in _AGAINST and not _ESTIMATES.isdisjoint(before)


def _moves(sentence: Sentence, figure: Figure) -> bool:
    """Whether a word of movement, or the figure's own sign, says that something rose or fell."""
    if figure.mention.is_signed:
        return True
    for cue in sentence.cues:
        if cue.family in ("movement", "flat") and not (cue.first < figure.tail and figure.lead < cue.last):
            first, last = min(cue.last, figure.first), max(cue.first, figure.first)
            if sentence.cost(first, last) <= 2.2:
                return True
    return False


def _after(sentence: Sentence, figure: Figure, topic: Found, gap: int) -> float:
    words = sentence.words(figure.last, topic.first)
    if "," in words and topic.family not in ("high", "low"):
        return -4.0
    if topic.family in ("high", "low", "average") and figure.mention.kind in SHARES_OF_ONE:
        if _BELOW.isdisjoint(words) or gap > 14:
            return -3.0
        is_over = not {"über", "above", "over", "north", "oberhalb"}.isdisjoint(words[:2])
        if topic.family != "average" and is_over == (topic.family == "high"):
            return -3.0
        return 3.5 + 0.28 * min(gap, 14) * (gap > 4) + 1.3 * sentence.cost(figure.last, topic.first) * (gap > 4)
    if words[:1] and words[0] in _OF_WHOLE and gap <= 6 and topic.family in _PARTS:
        return 3.5
    if topic.family == "counts":
        return (1.5 if topic.key != "analysts" else -2.5) + 0.2 * min(gap, 10)
    if gap == 0:
        return 2.0
    if gap == 1 and topic.family != "price":
        return 1.0
    if words[0] in ("in", "of", "an", "of.", "für", "for") and gap <= 5:
        return 0.3
    return -2.0


_LINKS = word_set("binding", "links")


def carried(sentence: Sentence, bounds: list[Bound], before: Bound | None) -> list[Bound]:
    """Figures without a topic of their own: they go on about the topic before them (of this sentence, else of the one
    before where a word links to it), else about what a figure of their unit mostly is about."""
    held = {id(bound.figure) for bound in bounds}
    out: list[Bound] = []
    for figure in sentence.figures:
        if id(figure) in held or not is_claimable(figure) or is_part(sentence, figure) or not _is_bare(figure):
            continue
        near = [b for b in bounds if b.figure.first < figure.first and sentence.cost(b.figure.last, figure.first) < 3.0]
        source = near[-1] if near else before
        if figure.mention.kind is K.NUMBER and not figure.mention.currency_nearby:
            goes_on = (
                near
                and near[-1].family
                in ("ratio", "options_ratio", "price", "options", "volume", "operation", "indicator")
                and _is_mark(figure)
            )
            if not goes_on or not fits(near[-1].family, near[-1].metric, figure):
                continue
        expects = any(cue.family == "expectation" for cue in sentence.cues)
        if not near and source is not None and source.family in _SIDES and _moves(sentence, figure):
            source = None
        is_linked = bool(near) or expects or not _LINKS.isdisjoint(sentence.words(sentence.first, sentence.last))
        if source is not None and is_linked and fits(source.family, source.metric, figure):
            topic = source.topic if near else None
            out.append(Bound(figure, source.family, source.metric, topic, 1.0, is_carried=True))
            continue
        default = _default(sentence, figure, before)
        if default is not None:
            bound = Bound(figure, *default, None, 0.5, is_carried=True)
            out.append(_resolved(sentence, bound, _insider_scene(sentence)))
    return out


_SIDES = frozenset(("high", "low", "average", "upside"))
"""What a figure is a distance to; the next sentence names it again or speaks of a move."""

_OWN = frozenset(("own", "owns", "owned", "hält", "besitzt", "position", "stake", "holdings", "bestand"))
_GOING_ON = frozenset(("figure", "operation", "holding", "market_share", "indicator"))
_EARN = frozenset(["verdient", "verdiente", "verdienten", "earned", "lost", "earn", "made"])
_SPEND = word_set("binding", "spend")


_PAID = frozenset(("zahlt", "paid", "pays", "überwiesen", "zahlen"))
_BY_UNIT = {K.CONTRACTS: ("options", "options_volume"), K.RATIO: ("ratio", "price_earnings")}


def _default(sentence: Sentence, figure: Figure, before: Bound | None) -> tuple[str, str] | None:
    """Family and metric of a figure that no word names."""
    kind = figure.mention.kind
    words = set(sentence.words(sentence.first, sentence.last))
    if kind is K.MONEY:
        return _default_money(figure, before, words)
    if kind in (K.PERCENT, K.FRACTION, K.MULTIPLE):
        moves = any(cue.family == "movement" for cue in sentence.cues)
        return _default_share(figure, before, moves=moves)
    if kind is K.NUMBER and figure.mention.currency_nearby:
        return "figure", "revenue"
    if kind is K.SHARES:
        return ("holding", "shares_held") if words & _OWN else ("volume", "trading_volume")
    if kind is K.INDEX_POINTS:
        return ("price", "index") if size(figure) >= 100 else None
    return _BY_UNIT.get(kind)


def _default_money(figure: Figure, before: Bound | None, words: set[str]) -> tuple[str, str] | None:
    goes_on = words & {"insgesamt", "total", "zahlte", "er", "sie"}
    if before is not None and before.family == "insider" and goes_on:
        return "insider", "price_per_share" if _is_price(figure) and size(figure) < 5e4 else "transaction_value"
    is_paid = figure.mention.per == "share" or words & _PAID
    if is_paid and before is not None and before.metric in ("dividend_per_share", "dividend_yield", "payout_ratio"):
        return "figure", "dividend_per_share"
    if _is_price(figure):
        return ("price", "share") if size(figure) >= 0.5 else None
    if words & _SPEND:
        return "capex", "capex"
    if words & _EARN:
        return "figure", "net_income"
    if before is not None and fits(before.family, before.metric, figure):
        return before.family, before.metric
    return "figure", "revenue"


def _default_share(figure: Figure, before: Bound | None, *, moves: bool) -> tuple[str, str] | None:
    is_same = (
        before is not None and fits(before.family, before.metric, figure) and not (moves and before.family in _SIDES)
    )
    if before is not None and is_same and before.family in _GOING_ON:
        return before.family, before.metric
    if moves:
        return "price", "share"
    if before is not None and is_same:
        return before.family, before.metric
    return ("ratio", "revenue_share") if figure.mention.kind is not K.MULTIPLE else None


def _is_bare(figure: Figure) -> bool:
    """Whether the figure needs a topic: money, percent, or a bare number with a currency nearby."""
    mention = figure.mention
    if mention.kind in (K.SHARES, K.CONTRACTS):
        return size(figure) >= 50
    is_plain = mention.kind is K.NUMBER and _is_mark(figure)
    return mention.unit in ("money", "percent", "ratio") or is_plain or mention.kind is K.INDEX_POINTS
