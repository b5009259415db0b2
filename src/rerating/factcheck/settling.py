"""What a bound figure's metric really is: pairs and brackets share one; earnings of a share, parts of a whole."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rerating.factcheck.article import Figure, Sentence
from rerating.factcheck.fitting import EARNINGS, PERCENT_LEVELS, SHARES_OF_ONE, fits, is_amount, is_price, size
from rerating.factcheck.lexicon import Found, word_set
from rerating.language.reading import MentionKind as K


@dataclass(slots=True)
class Bound:
    """A figure with its topic: family and metric; `topic` is None where a neighbour's or the default is taken."""

    figure: Figure
    family: str
    metric: str
    topic: Found | None
    score: float
    is_carried: bool = False


def bracketed(sentence: Sentence, bound: list[Bound | None]) -> None:
    """`445 (Vj: 398) Mio. Euro`: the figure in brackets is of the same metric as the one before them."""
    for one, other in pairwise(bound):
        if one is None or other is None or one.topic is None:
            continue
        between = sentence.words(one.figure.last, other.figure.lead)
        if between[:1] != ("(",) or not _COMPARED.issuperset(between):
            continue
        if one.family != other.family and fits(one.family, one.metric, other.figure):
            other.family, other.metric, other.topic = one.family, one.metric, one.topic
        elif one.family == other.family:
            other.metric, other.topic = one.metric, one.topic


def paired(sentence: Sentence, bound: list[Bound | None]) -> None:
    """`um 49 Prozent auf 267 Dollar`, `gained 1.7% to £35`: a change and where it led to are of one metric.

    The topic that stands before both has it; of two the one that is more than a price.
    """
    for one, other in pairwise(bound):
        if one is None or other is None or one.family == other.family or one.topic is None or other.topic is None:
            continue
        if sentence.words(one.figure.last, other.figure.lead) not in _LEADS_TO or one.figure.mention.kind is K.MONEY:
            continue
        first = one.figure.lead
        is_behind = other.topic.first >= other.figure.last
        if one.topic.last <= first and is_behind and fits(one.family, one.metric, other.figure):
            other.family, other.metric, other.topic = one.family, one.metric, one.topic
        elif other.topic.last <= first and one.family == "price":
            one.family, one.metric, one.topic = other.family, other.metric, other.topic


_LEADS_TO = frozenset((("auf",), ("to",), ("auf", "nun"), ("auf", "jetzt"), ("auf", "künftig"), ("auf", "nunmehr")))


_COMPARED = word_set("binding", "compared")


_FUNDS = frozenset(("etf", "etfs", "fonds", "fund", "funds", "anleger", "investors", "anlegergelder"))


_LOOSE = frozenset(("price", "ratio", "weak", "figure", "operation", "high", "low"))


_WHOLE_WORDS: tuple[tuple[tuple[str, ...], tuple[str, str]], ...] = (
    (("market", "markt", "marktes", "weltmarktes"), ("market_share", "market_share")),
    (("portfolio", "portfolios", "holdings", "depots", "fonds"), ("holding", "position_value")),
    (
        ("geschäfts", "umsatzes", "erlöse", "umsätze", "konzernumsatzes", "gesamtumsatzes", "revenue", "sales"),
        ("ratio", "revenue_share"),
    ),
    (("workforce", "staff", "belegschaft"), ("event", "layoffs")),
    (("float",), ("indicator", "short_interest")),
    (("company", "konzerns", "unternehmens", "startup", "stimmrechte", "anteile"), ("holding", "stake")),
)


def _whole_of(sentence: Sentence, figure: Figure) -> tuple[str, str] | None:
    """What the figure is a part of: `72% of the pure-play foundry market`, `2,5 Prozent des Fonds`."""
    tokens = sentence.tokens
    if sentence.words(figure.last, figure.last + 1) not in _OF_A_WHOLE:
        return None
    for k in range(figure.last + 1, min(figure.last + 8, sentence.last)):
        if tokens.text[k] in ",.;:()":
            return None
        word = tokens.lower[k]
        if word.endswith(_SALES) and len(word) > 12:
            return "ratio", "revenue_share"
        for words, found in _WHOLE_WORDS:
            if word in words and tokens.lower[k + 1] not in ("value", "cap", "capitalization"):
                return found
    return None


_OF_A_WHOLE = frozenset(
    (word,) for word in ("of", "des", "der", "am", "vom", "seiner", "seines", "ihrer", "ihres", "unserer", "unseres")
)
_SUPPLIES = word_set("binding", "supplies")
_WHOLES_OF_ITS_OWN = frozenset(
    ("shares", "stock", "company", "revenue", "sales", "aktien", "umsatzes", "its", "their", "float", "stimmrechte")
)


_SALES = ("umsatzes", "erlöses", "einnahmen", "gesamterlöse", "konzernerlöse")


_PORTFOLIOS = frozenset(("portfolio", "portfolios", "holdings", "fonds", "fondsvermögens", "depots", "fund"))


_INSIDERS = word_set("binding", "insiders")


_TRADES = word_set("binding", "trades")


_USUAL = word_set("binding", "usual")


_SECURITIES = word_set("binding", "securities")


def insider_scene(sentence: Sentence, before: Bound | None = None) -> bool:
    """Whether somebody who runs the company buys or sells its shares, here or in the sentence that this one goes on."""
    held = set(sentence.words(sentence.first, sentence.last))
    goes_on = before is not None and before.family == "insider"
    if goes_on and held & _FOLLOWS:
        return True
    if not held & _TRADES:
        return False
    if goes_on:
        return True
    is_of_shares = bool(held & _SECURITIES) or any(figure.mention.kind is K.SHARES for figure in sentence.figures)
    return bool(held & _INSIDERS) and is_of_shares


def _by_level(sentence: Sentence, bound: Bound) -> None:
    """`resistance sits at the November high of $32.60`: a mark that a former high is."""
    if bound.family not in ("high", "low") or bound.topic is None or bound.figure.mention.kind in SHARES_OF_ONE:
        return
    marks = (t for t in sentence.topics if t.family == "level" and t.key in ("resistance", "support"))
    at = bound.topic.first
    if any(t.last <= at and at - t.last <= 5 and sentence.cost(t.last, at) < 1.0 for t in marks):
        bound.family = "level"
        found = [t.key for t in sentence.topics if t.key in ("resistance", "support") and t.last <= at]
        bound.metric = found[-1]


_FOLLOWS = word_set("binding", "insider_follows")


def resolved(sentence: Sentence, bound: Bound, is_insider: bool) -> Bound:
    """The bound with its family and metric as the rest of its sentence makes them."""
    if bound.family == "weak":
        bound.family = "figure"
    if bound.figure.mention.kind is K.INDEX_POINTS and bound.metric in PERCENT_LEVELS:
        update = {"kind": K.POINTS, "unit": "percent", "noun": None}
        bound.figure.mention = bound.figure.mention.model_copy(update=update)
    _by_level(sentence, bound)
    _by_size(sentence, bound)
    _by_closing(sentence, bound)
    _by_times(sentence, bound)
    _by_span(sentence, bound)
    _by_whole(sentence, bound)
    _by_share(sentence, bound)
    is_total = not _TOTALS.isdisjoint(sentence.words(bound.figure.lead - 4, bound.figure.lead))
    if bound.metric == "price_per_share" and bound.family == "insider" and is_total:
        bound.metric = "transaction_value"
    if is_insider and bound.family in _OF_INSIDER:
        _by_insider(sentence, bound)
    return bound


_OF_INSIDER = frozenset(("price", "price_target", "holding", "figure", "event", "volume", "market_cap"))


def _by_size(sentence: Sentence, bound: Bound) -> None:
    """Dividends in sum, steps of a rate, what a stake is worth, spending that flows into a thing."""
    kind = bound.figure.mention.kind
    if bound.family == "volume":
        _by_traded(sentence, bound)
    if (
        (bound.family == "event" and bound.metric == "acquisition")
        or bound.family == "capex"
        or bound.metric == "spending"
    ):
        _by_own_shares(sentence, bound)
    if bound.metric == "revenue" and kind is K.MONEY and bound.topic is not None:
        verb = sentence.words(bound.topic.first, bound.topic.first + 1)
        traded = bool(set(sentence.words(sentence.first, sentence.last)) & _TRADED)
        if verb in (("setzte",), ("setzten",), ("umgesetzt",)) and traded:
            bound.family, bound.metric = "volume", "turnover"
    if bound.metric == "dividend_yield" and _is_of_business(sentence, bound):
        bound.family, bound.metric = "figure", "operating_margin"
    if bound.metric == "dividend_per_share" and kind is K.MONEY and is_amount(bound.figure):
        bound.metric = "dividend_total"
    if bound.metric == "fund_flows" and _FUNDS.isdisjoint(sentence.words(sentence.first, sentence.last)):
        tail = sentence.words(bound.figure.last, bound.figure.last + 2)
        is_spent = any(topic.family == "capex" for topic in sentence.topics)
        if is_spent or "in" in tail or "into" in tail:
            bound.family, bound.metric = "capex", "capex"
    if bound.metric == "policy_rate" and kind in (K.BASIS_POINTS, K.POINTS):
        bound.metric = "policy_rate_change"
    is_large = kind is K.MONEY and size(bound.figure) >= 1e9
    if is_large and sentence.words(bound.figure.last, bound.figure.last + 1) in _WORTH_IT:
        bound.family, bound.metric = "market_cap", "market_cap"
    if bound.metric == "market_cap" and kind is K.MONEY:
        is_small = size(bound.figure) < 1e8 and any(topic.family == "holding" for topic in sentence.topics)
        near = sentence.words(bound.figure.lead - 6, bound.figure.lead)
        if is_small or (not _POSSESSED.isdisjoint(near) and not _WORTH.isdisjoint(near)):
            bound.family, bound.metric = "holding", "position_value"


def _by_traded(sentence: Sentence, bound: Bound) -> None:
    """What was traded: money is turnover, shares are a volume, and a bare number may count contracts."""
    kind = bound.figure.mention.kind
    if kind is K.NUMBER:
        _by_contracts(sentence, bound)
    elif kind is K.MONEY and bound.metric == "trading_volume":
        bound.metric = "turnover"
    elif kind is K.SHARES and bound.metric == "turnover":
        bound.metric = "trading_volume"


def _by_contracts(sentence: Sentence, bound: Bound) -> None:
    """`Sep 300 puts: volume of about 14,000`: contracts, where no shares are spoken of."""
    told = next((topic.key for topic in sentence.topics if topic.family == "options"), None)
    if told is not None and _SECURITIES.isdisjoint(sentence.words(sentence.first, sentence.last)):
        bound.family, bound.metric = "options", told


def _by_closing(sentence: Sentence, bound: Bound) -> None:
    """`schließt zwei seiner Fabriken`, `1.800 Vollzeitstellen stehen auf der Kippe`: closed and cut, not counted."""
    if bound.figure.mention.kind is not K.NUMBER or bound.metric not in ("sites", "stores", "employees"):
        return
    near = sentence.words(bound.figure.lead - 6, bound.figure.last + 9)
    if bound.metric == "employees":
        if not _CUT_JOBS.isdisjoint(near):
            bound.family, bound.metric = "event", "layoffs"
    elif any(word in _SHUT or word.startswith(("schließ", "schliess", "geschlossen")) for word in near):
        bound.family, bound.metric = "event", "closures"


_SHUT = frozenset(("close", "closes", "closing", "shut", "shutting", "shuttered", "shutter"))
_CUT_JOBS = frozenset(
    ("abbauen", "abgebaut", "streichen", "gestrichen", "streicht", "entfallen", "wegfallen", "kippe", "abbau")
)


def _by_own_shares(sentence: Sentence, bound: Bound) -> None:
    """`stecken 1 Milliarde Euro in eigene Aktien`, `eigene Titel für 200 Millionen erworben`: a buyback."""
    first, last = max(bound.figure.lead - 8, sentence.first), min(bound.figure.last + 8, sentence.last)
    near = sentence.words(first, last)
    is_own = bool(_BUYBACKS & set(sentence.words(bound.figure.last, bound.figure.last + 4)))
    is_own = is_own or any(pair[0] in _OWNING and pair[1] in _SECURITIES for pair in pairwise(near))
    if is_own and sentence.cost(first, last) < 2.5:
        bound.family, bound.metric = "event", "buyback"


_TRADED = frozenset(("titel", "aktien", "papiere", "xetra", "gehandelt", "börse", "tradegate"))
_BUYBACKS = frozenset(("buybacks", "repurchases", "rückkäufe", "aktienrückkäufe", "buyback"))
_OWNING = frozenset(("eigene", "eigenen", "eigener", "own"))


def _is_of_business(sentence: Sentence, bound: Bound) -> bool:
    """`Rendite der Autosparte`: what a business earns, not what a dividend yields."""
    topic = bound.topic
    if topic is None or sentence.words(topic.first, topic.last) not in (("rendite",), ("renditen",)):
        return False
    words = sentence.words(sentence.first, sentence.last)
    return any("sparte" in word or "segment" in word or "autogeschäft" in word for word in words)


_POSSESSED = word_set("binding", "possessed")
_WORTH = frozenset(("worth", "valued", "wert", "bewertet"))
_TIMES = (
    (("umsatz", "umsätze", "jahresumsatz", "sales", "revenue", "revenues"), "price_sales"),
    (("gewinn", "gewinne", "jahresgewinn", "nettogewinn", "earnings", "profit", "profits"), "price_earnings"),
    (("buchwert", "book", "eigenkapital"), "price_book"),
    (("ebitda",), "ev_ebitda"),
)
_AHEAD = frozenset(
    ("erwarteten", "geschätzten", "prognostizierten", "künftigen", "forward", "expected", "next", "estimated")
)
_MULTIPLED = frozenset(("price", "figure", "weak", "ratio"))


def _by_times(sentence: Sentence, bound: Bound) -> None:
    """Multiples that value a share: `das 0,6-Fache des Jahresumsatzes`, `5.8x sales`, `40 times earnings`."""
    figure = bound.figure
    if _is_of_debt(sentence, bound):
        return
    word = figure.mention.text.lower().rstrip("nms")
    _by_trading_at(sentence, bound, word)
    is_multiple = word.endswith(("fache", "x", "time")) and figure.mention.kind in (K.MULTIPLE, K.RATIO)
    if not is_multiple or bound.family not in _MULTIPLED:
        return
    tail = sentence.words(figure.last, figure.last + 6)
    for k, seen in enumerate(tail):
        if seen in (",", ".", ";", "und", "and"):
            return
        metric = next((name for words, name in _TIMES if seen.removesuffix("s") in words or seen in words), None)
        metric = metric or next((name for words, name in _TIMES if words[0] in seen), None)
        if metric is not None:
            is_ahead = metric == "price_earnings" and not _AHEAD.isdisjoint(tail[:k])
            bound.family, bound.metric = "ratio", "forward_price_earnings" if is_ahead else metric
            return


def _is_of_debt(sentence: Sentence, bound: Bound) -> bool:
    """Whether a sentence tells how many times its earnings a company owes; the figure then is that multiple."""
    figure = bound.figure
    words = sentence.words(sentence.first, figure.first)
    is_worth = any("unternehmenswert" in word or word in ("enterprise", "values") for word in words)
    owed = [topic for topic in sentence.topics if topic.key in _DEBTS]
    if not owed or is_worth:
        return False
    is_times = figure.mention.kind in (K.MULTIPLE, K.RATIO) and bound.family in (*_MULTIPLED, "operation")
    tail = sentence.words(figure.last, figure.last + 5)
    is_of_earnings = not _EARNED.isdisjoint(tail) or bound.metric == "ev_ebitda"
    if is_times and any(topic.last <= figure.first for topic in owed) and is_of_earnings:
        bound.family, bound.metric = "ratio", "leverage"
    return True


def _by_trading_at(sentence: Sentence, bound: Bound, word: str) -> None:
    """`changes hands for 33x`, `notiert beim 34-Fachen`: what a share costs, where the text does not say of what."""
    figure = bound.figure
    is_x = bound.family in ("price", "figure") and word.endswith(("x", "time")) and figure.mention.kind is K.MULTIPLE
    is_x = is_x and _USUAL.isdisjoint(sentence.words(figure.last, figure.last + 4))
    if is_x and not _TRADES_AT.isdisjoint(sentence.words(figure.lead - 5, figure.lead)):
        bound.family, bound.metric = "ratio", "price_earnings"
    is_fold = bound.family == "price" and figure.mention.text.lower().endswith("fachen")
    if is_fold and not _AT.isdisjoint(sentence.words(figure.lead - 2, figure.lead)):
        bound.family, bound.metric = "ratio", "price_earnings"


_AT = frozenset(("beim", "zum", "mit"))
_TRADES_AT = frozenset(("trades", "trade", "trading", "goes", "fetches", "hands", "sells", "paying", "pay", "changes"))
_DEBTS = frozenset(("leverage", "net_debt", "debt"))
_EARNED = frozenset(("ebitda", "ebit", "earnings", "gewinns", "ebitdas"))
_WORTH_IT = frozenset(
    (word,) for word in ("company", "group", "firm", "giant", "chipmaker", "konzern", "unternehmen", "wert")
)
_SUMMED = frozenset(("seit", "since", "summiert", "summieren"))
_SPANS = frozenset(("to_date", "last", "within"))


def _by_span(sentence: Sentence, bound: Bound) -> None:
    """`seit Jahresbeginn ein Verlust von 2 %`: a loss in percent over days or weeks is a price's."""
    topic, figure = bound.topic, bound.figure
    if bound.metric not in ("net_income", "net_loss") or figure.mention.kind not in SHARES_OF_ONE or topic is None:
        return
    if topic.is_part or topic.last - topic.first > 1 or topic.last > figure.first or figure.first - topic.last > 4:
        return
    spans = {reading.window for other in sentence.figures for reading in other.mention.periods[:1]}
    others = [t for t in sentence.topics if t.family in ("figure", "operation") and t is not topic]
    is_of_shares = bound.metric == "net_loss" and not others and any(cue.family == "price" for cue in sentence.cues)
    if spans & _SPANS or is_of_shares or not _SUMMED.isdisjoint(sentence.words(sentence.first, figure.first)):
        bound.family, bound.metric = "price", "share"


def _by_whole(sentence: Sentence, bound: Bound) -> None:
    """Shares of a market, a portfolio, a workforce."""
    if bound.metric == "revenue_share" and _PORTFOLIOS & set(sentence.words(bound.figure.last, bound.figure.last + 9)):
        bound.family, bound.metric = "holding", "position_value"
    if bound.figure.mention.kind in SHARES_OF_ONE and bound.family in _LOOSE:
        whole = _whole_of(sentence, bound.figure)
        if whole is not None:
            bound.family, bound.metric = whole
    if bound.figure.mention.kind in SHARES_OF_ONE and bound.family in _LOOSE and _is_held(sentence, bound.figure):
        bound.family, bound.metric = "holding", "stake"
    is_part = bound.figure.mention.kind in SHARES_OF_ONE and bound.family in ("price", "operation", "figure")
    if is_part and sentence.words(bound.figure.last, bound.figure.last + 1) in (
        ("of",),
        ("des",),
        ("der",),
        ("aller",),
    ):
        before = sentence.words(bound.figure.lead - 3, bound.figure.lead)
        tail = sentence.words(bound.figure.last + 1, bound.figure.last + 4)
        if not _SUPPLIES.isdisjoint(before) and _WHOLES_OF_ITS_OWN.isdisjoint(tail):
            bound.family, bound.metric = "market_share", "market_share"


def _is_held(sentence: Sentence, figure: Figure) -> bool:
    """`founder Brett Blundy still holds 39%`, `dem 55 Prozent der Aktien gehören`: how much somebody has."""
    if sentence.words(figure.lead - 1, figure.lead) in _HOLDS:
        tail = sentence.words(figure.last, figure.last + 3)
        return tail[:1] not in (("of",), ("der",), ("des",)) or not _OF_COMPANY.isdisjoint(tail)
    tail = sentence.words(figure.last, figure.last + 5)
    return tail[:1] == ("der",) and not _BELONGS.isdisjoint(tail)


_HOLDS = frozenset((word,) for word in ("holds", "owns", "hold", "holding", "owning", "besitzt"))
_OF_COMPANY = frozenset(("stock", "shares", "company", "combined", "group", "aktien", "anteile", "konzerns"))
_BELONGS = frozenset(("gehören", "gehört", "gehörten"))


def _by_share(sentence: Sentence, bound: Bound) -> None:
    """Earnings and dividends of one share, not the price of one."""
    mention = bound.figure.mention
    if mention.kind is not K.MONEY or not is_price(bound.figure):
        return
    if bound.family == "figure" and bound.metric in EARNINGS and mention.per == "share":
        bound.metric = "eps"
    words = set(sentence.words(sentence.first, sentence.last))
    if bound.family == "price" and size(bound.figure) < 1000 and mention.per == "share" and words & _PAID_OUT:
        bound.family, bound.metric = "figure", "dividend_per_share"
    if bound.family == "price" and size(bound.figure) < 1000 and _is_per_share(sentence, bound):
        held = {topic.key for topic in sentence.topics}
        is_expected = not words.isdisjoint(_CONSENSUS) and words.isdisjoint(_TARGETS) and mention.per == "share"
        if is_expected or held & EARNINGS or "eps" in held or EARN & set(sentence.words(sentence.first, sentence.last)):
            bound.family, bound.metric = "figure", "eps"
        elif held & {"dividend_per_share", "dividend_yield", "payout_ratio"}:
            bound.family, bound.metric = "figure", "dividend_per_share"


def _by_insider(sentence: Sentence, bound: Bound) -> None:
    """What an insider paid, bought, sold or holds."""
    if bound.figure.mention.kind is K.MONEY:
        is_one = is_price(bound.figure) and size(bound.figure) < 5e4
        is_total = not _TOTALS.isdisjoint(sentence.words(bound.figure.lead - 4, bound.figure.lead))
        metric = "price_per_share" if is_one and not is_total else "transaction_value"
        bound.family, bound.metric = "insider", metric
    elif bound.figure.mention.kind is K.SHARES:
        near = set(sentence.words(bound.figure.lead - 6, bound.figure.lead))
        near |= set(sentence.words(bound.figure.last, bound.figure.last + 2)) & {"hält", "besitzt", "danach"}
        sold = _SOLD & set(sentence.words(sentence.first, sentence.last))
        metric = "remaining_shares" if near & _OWNED else "shares_sold" if sold else "shares_bought"
        bound.family, bound.metric = "insider", metric
    elif bound.figure.mention.kind in SHARES_OF_ONE:
        near = set(sentence.words(bound.figure.lead - 6, bound.figure.last + 8))
        if near & _HELD:
            bound.family, bound.metric = "holding", "position_change"


_CONSENSUS = frozenset(("consensus", "konsens", "estimate", "estimates"))
_TARGETS = frozenset(("target", "targets", "kursziel", "kurs", "price", "dividend", "dividende", "aktie", "stock"))
_PAID_OUT = frozenset(
    (
        "abgespeist",
        "anteilseigner",
        "dividende",
        "ausgezahlt",
        "ausbezahlt",
        "ausschütten",
        "ausschüttet",
        "ausgeschüttet",
        "schüttet",
        "überweist",
        "gutgeschrieben",
        "payable",
    )
)
_OWNED = word_set("binding", "owned")
_SOLD = word_set("binding", "sold")
_HELD = frozenset(("position", "holding", "holdings", "ownership", "stake", "bestand", "beteiligung", "anteil"))
_TOTALS = frozenset(("insgesamt", "total", "gesamt", "gesamtwert", "zusammen"))
EARN = frozenset(["verdient", "verdiente", "verdienten", "earned", "lost", "earn", "made"])


def _is_per_share(sentence: Sentence, bound: Bound) -> bool:
    """Whether the amount is one a share: by its own words, or by `je Aktie ... verdient` around it."""
    if bound.figure.mention.per == "share":
        return True
    words = sentence.words(sentence.first, sentence.last)
    if any(words[k : k + 3] in _SHARE_BASIS for k in range(min(len(words), 6))):
        return True
    paired = any(pair in _A_SHARE for pair in pairwise(words))
    return paired and bool(EARN & set(words))


_SHARE_BASIS = frozenset((("per", "-", "share"), ("per-share", "basis", ","), ("per", "share", "basis")))
"""`On a per-share basis, profit of $6.21`: said once, of all amounts of the sentence."""
_A_SHARE = frozenset((("je", "aktie"), ("pro", "aktie"), ("per", "share"), ("a", "share"), ("je", "titel")))


def of_multiples(sentence: Sentence, bounds: list[Bound], last: Bound | None = None) -> list[Bound]:
    """`..., about 1.7 times the 50-day average` goes on about the figure before it, `last` where it is the first."""
    for place, bound in enumerate(bounds):
        before = bounds[place - 1] if place else last
        if bound.figure.mention.kind not in (K.MULTIPLE, K.FRACTION, K.PERCENT):
            continue
        is_of_options = any(f.mention.kind is K.CONTRACTS and f.first < bound.figure.first for f in sentence.figures)
        if bound.family == "volume" and is_of_options and (before is None or before.family != "options"):
            bound.family, bound.metric, bound.topic = "options", "options_volume", None
            continue
        if before is None:
            continue
        near = set(sentence.words(bound.figure.last, bound.figure.last + 6))
        is_usual = bool(near & _USUAL) or ("so" in near and bound.figure.mention.kind is not K.PERCENT)
        if before.family in ("volume", "options") and is_usual:
            bound.family, bound.metric, bound.topic = before.family, before.metric, before.topic
    return bounds
