"""Figures that no word of their sentence names: they go on about the one before, or are what their unit mostly is."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.around import BEATS
from rerating.factcheck.extraction.figures.binding import moves
from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.deals import of_deal
from rerating.factcheck.extraction.figures.fitting import PRICED, fits, is_claimable, is_mark, is_price, size
from rerating.factcheck.extraction.figures.insiders import insider_scene
from rerating.factcheck.extraction.figures.parts import is_part
from rerating.factcheck.extraction.figures.per_share import EARN
from rerating.factcheck.extraction.figures.settling import VOTES, resolved
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import ASSETS, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

_LINKS = word_set("binding", "links")


def carried(sentence: Sentence, bounds: list[Bound], before: Bound | None) -> list[Bound]:
    """Figures without a topic of their own: they go on about the topic before them (of this sentence, else of the one
    before where a word links to it), else about what a figure of their unit mostly is about."""
    held = {id(bound.figure) for bound in bounds}
    out: list[Bound] = []
    for figure in sentence.figures:
        if id(figure) in held or not is_claimable(figure) or is_part(sentence, figure):
            continue
        votes = VOTES.get((figure.mention.noun or "").lower())
        if votes is not None and figure.mention.kind is K.NUMBER and size(figure) < 200:
            out.append(Bound(figure, "counts", votes, None, 0.5))
            continue
        told_of = _of_them(sentence, figure, before)
        if told_of is not None:
            out.append(Bound(figure, *told_of, None, 0.5, is_carried=True))
            continue
        if not _is_bare(figure):
            if _is_counted(figure) or _is_acted(sentence, figure):
                kind = ("holding", "shares_held") if _is_coin_held(sentence, figure) else ("operation", "count")
                out.append(resolved(sentence, Bound(figure, *kind, None, 0.3), is_insider=False))
            continue
        near = [b for b in (*bounds, *out) if b.figure.first < figure.first]
        near = [b for b in near if sentence.cost(b.figure.last, figure.first) < 3.0]
        near.sort(key=lambda b: b.figure.first)
        source = near[-1] if near else before
        if figure.mention.kind is K.NUMBER and not figure.mention.currency_nearby:
            goes_on = (
                near
                and near[-1].family
                in ("ratio", "options_ratio", "price", "options", "volume", "operation", "indicator")
                and is_mark(figure)
            )
            valued = _valued_too(sentence, figure, [*bounds, *out], before) if not near else None
            if valued is not None:
                source = valued
            elif not goes_on or not fits(near[-1].family, near[-1].metric, figure):
                continue
        expects = any(cue.family == "expectation" for cue in sentence.cues)
        told = before
        if not near and source is not None and _is_of_price(sentence, figure, source):
            source = None
            told = None if figure.mention.unit == "percent" and _is_sudden(sentence, figure) else before
        if source is not None and source.family == "price_target" and figure.mention.kind is not K.MONEY:
            source = None
        is_valued = source is not None and source.family == "ratio" and figure.mention.kind is K.NUMBER
        is_linked = (
            bool(near) or expects or is_valued or not _LINKS.isdisjoint(sentence.words(sentence.first, sentence.last))
        )
        is_fit = source is not None and (fits(source.family, source.metric, figure) or _is_priced(source, figure))
        if source is not None and is_linked and is_fit:
            topic = source.topic if near else None
            bound = Bound(figure, source.family, source.metric, topic, 1.0, is_carried=True)
            bound = resolved(sentence, bound, is_insider=False)
            is_paid = figure.mention.kind is K.MONEY
            out.append(of_deal(sentence, bound, near[-1] if near else before) if is_paid else bound)
            continue
        default = _default(sentence, figure, told)
        if default is not None:
            bound = Bound(figure, *default, None, 0.5, is_carried=True)
            bound = resolved(sentence, bound, insider_scene(sentence, before))
            out.append(of_deal(sentence, bound, near[-1] if near else before))
    return out


_DEAR = word_set("carrying", "dear")
_MOST_TIMES = 150
_SHORT = 5


def _valued_too(sentence: Sentence, figure: Figure, held: list[Bound], before: Bound | None) -> Bound | None:
    """`Danone ist mit 18 etwas teurer`, `its average is 21`, `A mere 14.`: what a multiple is compared to."""
    earlier = [bound for bound in held if bound.figure.first < figure.first]
    source = max(earlier, key=lambda bound: bound.figure.first) if earlier else before
    if source is None or source.family != "ratio" or source.figure.mention.kind not in _TIMES:
        return None
    is_number = figure.mention.noun is None and 1 < size(figure) < _MOST_TIMES and fits("ratio", source.metric, figure)
    words = sentence.words(figure.first - 12, figure.last + 4)
    is_told = not _DEAR.isdisjoint(words) or any(word.endswith(("schnitt", "mittel")) for word in words)
    return source if is_number and (is_told or sentence.last - sentence.first <= _SHORT) else None


_TIMES = (K.MULTIPLE, K.RATIO, K.NUMBER)


def _is_coin_held(sentence: Sentence, figure: Figure) -> bool:
    """`owned 53,822 bitcoin`, `had 19,090 coins in its treasury`: what a company has of a coin."""
    is_coin = (figure.mention.noun or "").lower() in _COINS
    lead = sentence.words(figure.lead - _LEAD, figure.lead)
    is_had = not (_OWN | _HELD).isdisjoint(lead[lead.index(",") :] if "," in lead else lead)
    return is_coin and (is_had or not _KEPT.isdisjoint(sentence.words(figure.last, figure.last + 5)))


def _is_priced(source: Bound, figure: Figure) -> bool:
    """`about $53 a ton, down from a prior view of $55`: what is told by weight once, is told so of the next one too."""
    one, other = source.figure.mention, figure.mention
    is_weighed = source.metric in PRICED and one.per not in (None, "share") and one.currency == other.currency
    return is_weighed and other.kind is K.MONEY and is_price(figure)


def _is_of_price(sentence: Sentence, figure: Figure, source: Bound) -> bool:
    """Whether a move belongs to the price that its sentence speaks of, not to the metric of the sentence before."""
    if not moves(sentence, figure) and not _is_sudden(sentence, figure):
        return False
    if source.family in _SIDES:
        return True
    words = sentence.words(sentence.first, sentence.last)
    if words[:1] == ("bei",) and not _STOOD.isdisjoint(words) and not any(c.family == "price" for c in sentence.cues):
        return False
    is_named = any(name.of(*ASSETS) is not None for name in sentence.names) or any(
        cue.family in ("price", "index") for cue in sentence.cues
    )
    is_named = is_named or _is_sudden(sentence, figure)
    return figure.mention.unit == "percent" and source.family in _BOOKED and is_named


_BOOKED = frozenset(("figure", "operation", "indicator", "policy"))


_STOOD = frozenset(("stand", "standen", "resultierte", "ergab"))
"""`Bei Estée Lauder stand ein Plus von 3 Prozent`: goes on about what the sentence before told."""


def _is_sudden(sentence: Sentence, figure: Figure) -> bool:
    """`They dropped about 7% on the day`, `got hit even harder, sinking 17%`: shares move so, and nothing goes on."""
    words = sentence.words(sentence.first, sentence.last)
    near = sentence.words(figure.lead - 4, figure.lead)
    is_goes_on = words[:1] in (("it",), ("that",), ("das",), ("dies",)) or not _SPANNED.isdisjoint(words)
    if _SUDDEN.isdisjoint(near) or is_goes_on:
        return False
    opening = sentence.tokens.text[sentence.first : min(figure.first, sentence.first + 8)]
    is_named = any(len(word) > 2 and word.isupper() for word in opening)
    return is_named or words[:1] == ("they",) or any(name.of(*ASSETS) is not None for name in sentence.names)


_SUDDEN = word_set("carrying", "sudden")
_SPANNED = frozenset(
    ("quarter", "year", "half", "quartal", "jahr", "halbjahr", "earlier", "vorjahr", "monate", "months")
)


_SIDES = frozenset(("high", "low", "average", "upside"))
"""What a figure is a distance to; the next sentence names it again or speaks of a move."""


_COINS = word_set("coins", "nouns")
_LEAD = 4
_HELD = word_set("coins", "held")
_KEPT = word_set("coins", "kept")
_OWN = frozenset(("own", "owns", "owned", "hält", "besitzt", "position", "stake", "holdings", "bestand"))


_GOING_ON = frozenset(("figure", "operation", "holding", "market_share", "indicator"))


_SPEND = word_set("binding", "spend")


_PAID = frozenset(("zahlt", "paid", "pays", "überwiesen", "zahlen"))


_SELLING = frozenset(
    (
        "sells",
        "sell",
        "selling",
        "divests",
        "gibt",
        "trennt",
        "veräußert",
        "veräusserte",
        "verkauft",
        "verkaufte",
        "abgegeben",
        "veräußerte",
    )
)
_BY_UNIT = {K.CONTRACTS: ("options", "options_volume"), K.RATIO: ("ratio", "price_earnings")}


def _default(sentence: Sentence, figure: Figure, before: Bound | None) -> tuple[str, str] | None:
    """Family and metric of a figure that no word names."""
    kind = figure.mention.kind
    words = set(sentence.words(sentence.first, sentence.last))
    if kind is K.MONEY or (kind is K.NUMBER and figure.mention.currency_nearby):
        return _default_money(figure, before, words)
    if kind in (K.PERCENT, K.FRACTION) and words & BEATS and words & _EXPECTED:
        return ("figure", "revenue") if before is None or before.family != "figure" else (before.family, before.metric)
    if kind in (K.PERCENT, K.FRACTION, K.MULTIPLE):
        moves = figure.mention.is_signed or any(cue.family == "movement" for cue in sentence.cues)
        moves = moves or _is_sudden(sentence, figure)
        is_price = not _TRADING.isdisjoint(words) or any("handel" in word for word in words) or _is_span(sentence)
        return _default_share(figure, None if is_price and moves else before, moves=moves)
    if kind in (K.BASIS_POINTS, K.POINTS):
        is_state = any(named.of(NameKind.INSTITUTION) for named in sentence.names) or not words.isdisjoint(_RATE_STEPS)
        is_rate = before is not None and before.family == "policy"
        return ("policy", "policy_rate_change") if is_state or is_rate else None
    if kind is K.SHARES:
        return ("holding", "shares_held") if words & _OWN else ("volume", "trading_volume")
    if kind is K.INDEX_POINTS:
        return ("price", "index") if size(figure) >= 100 else None
    return _BY_UNIT.get(kind)


_EXPECTED = word_set("binding", "estimates") | {"schätzungen", "prognosen"}
_RECKONED = frozenset(("gerechnet", "erwartet", "kalkuliert", "veranschlagt", "ausgegangen"))
_GUIDED = frozenset(
    ("guidance", "outlook", "forecast", "guided", "earnings", "profit", "prognose", "gewinn", "ergebnis")
)
_PRICED = frozenset(("closed", "traded", "price", "kurs", "ziel", "target", "dividend", "dividende"))
_TRADING = word_set("binding", "trading")
_RATE_STEPS = frozenset(
    ("senkung", "anhebung", "erhöhung", "lockerung", "cut", "hike", "easing", "tightening", "zinsschritt")
)
_SPANS = frozenset(("to_date", "last", "within"))


def _is_span(sentence: Sentence) -> bool:
    """Whether the sentence looks back over a span as talk of prices does: `seit Jahresbeginn`, `over six months`."""
    return any(reading.window in _SPANS for other in sentence.figures for reading in other.mention.periods[:1])


def _default_money(figure: Figure, before: Bound | None, words: set[str]) -> tuple[str, str] | None:
    goes_on = words & {"insgesamt", "total", "zahlte", "er", "sie"}
    if before is not None and before.family == "insider" and goes_on:
        return "insider", "price_per_share" if is_price(figure) and size(figure) < 5e4 else "transaction_value"
    if words & {"calls", "puts"} and words & {"paid", "paying", "zahlte", "bought", "spent", "for", "für"}:
        return "options", "premium"
    is_paid = figure.mention.per == "share" or words & _PAID
    if is_paid and before is not None and before.metric in ("dividend_per_share", "dividend_yield", "payout_ratio"):
        return "figure", "dividend_per_share"
    if is_price(figure) and figure.mention.per == "share" and words & (_GUIDED | _RECKONED) and not words & _PRICED:
        return "figure", "eps"
    if is_price(figure):
        return ("price", "share") if size(figure) >= 0.5 or figure.mention.per == "share" else None
    if words & {"für", "for"} and words & _SELLING:
        return "event", "disposal"
    if words & {"börse", "auf die waage"} and size(figure) >= 1e8:
        return "market_cap", "market_cap"
    if words & _SPEND:
        return "capex", "capex"
    if words & EARN:
        return "figure", "net_income"
    if before is not None and fits(before.family, before.metric, figure):
        return before.family, before.metric
    return "figure", "revenue"


def _default_share(figure: Figure, before: Bound | None, *, moves: bool) -> tuple[str, str] | None:
    if before is not None and before.family == "price_target":
        before = None
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


def _is_counted(figure: Figure) -> bool:
    """A number of things that no list knows: `1.200 Ladesäulen`, `3,500 homes`. Small ones are told in passing."""
    mention = figure.mention
    is_plain = mention.kind is K.NUMBER and mention.noun is not None and not mention.noun.isupper()
    return is_plain and size(figure) >= 10 and len(mention.noun or "") > 3 and str(mention.noun).lower() not in _IDLE


def _is_acted(sentence: Sentence, figure: Figure) -> bool:
    """`plans to add two assembly lines`, `schließt drei Werke`: few things, but something is done with them."""
    mention = figure.mention
    noun = mention.noun or ""
    is_few = mention.kind is K.NUMBER and len(noun) > 3 and 2 <= size(figure) < 10 and noun.lower() not in _IDLE
    if not is_few or (sentence.text.is_english and noun[:1].isupper()):
        return False
    near = sentence.words(figure.lead - 3, figure.lead)
    return not _ACTED.isdisjoint(near)


def _of_them(sentence: Sentence, figure: Figure, before: Bound | None) -> tuple[str, str] | None:
    """`1,720 of them`: as many of what the sentence before counts."""
    mention = figure.mention
    is_plain = mention.kind is K.NUMBER and size(figure) >= 10 and mention.noun in (None, "of")
    if not is_plain or sentence.words(figure.last, figure.last + 2) not in (("of", "them"), ("of", "these")):
        return None
    is_traded = before is not None and before.family in ("options", "volume", "insider", "holding")
    return (before.family, before.metric) if is_traded and before is not None else ("operation", "count")


_ACTED = word_set("carrying", "acted")
_IDLE = word_set("carrying", "idle")
"""Nouns whose number tells nothing of a company."""


def _is_bare(figure: Figure) -> bool:
    """Whether the figure needs a topic: money, percent, or a bare number with a currency nearby."""
    mention = figure.mention
    if mention.kind in (K.SHARES, K.CONTRACTS):
        return size(figure) >= 50
    is_plain = mention.kind is K.NUMBER and is_mark(figure)
    return mention.unit in ("money", "percent", "ratio") or is_plain or mention.kind is K.INDEX_POINTS
