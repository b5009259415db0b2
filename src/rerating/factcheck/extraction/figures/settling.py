"""What a bound figure's metric really is: pairs and brackets share one; sums and spans."""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.clauses import by_clause
from rerating.factcheck.extraction.figures.fitting import (
    PERCENT_LEVELS,
    SHARES_OF_ONE,
    fits,
    is_amount,
    size,
)
from rerating.factcheck.extraction.figures.insiders import SECURITIES, TOTALS, by_insider
from rerating.factcheck.extraction.figures.jobs import by_leaving
from rerating.factcheck.extraction.figures.markets import by_market_data
from rerating.factcheck.extraction.figures.multiples import by_times
from rerating.factcheck.extraction.figures.outlays import (
    by_booking,
    by_duty,
    by_growing,
    by_market,
    by_package,
    by_parting,
)
from rerating.factcheck.extraction.figures.per_share import by_share, by_yield
from rerating.factcheck.extraction.figures.portions import by_portion
from rerating.factcheck.extraction.figures.unit_amounts import by_unit
from rerating.factcheck.extraction.figures.wholes import by_contribution, by_position, by_whole
from rerating.factcheck.extraction.figures.works import by_works
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K


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


def _is_dated(between: tuple[str, ...]) -> bool:
    """`(30.06.2026:`, `betragen (H1 2025:`: a day or a period in brackets, at which the same was measured."""
    at = between.index("(") if "(" in between[:5] else None
    if at is None or between[-1:] != (":",) or "," in between[:at]:
        return False
    return all(word[:1].isdigit() or word in _COMPARED for word in between[at:])


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


def taken_up(sentence: Sentence, bound: list[Bound]) -> None:
    """`verfügt über 30,4 % der Aktien; im Februar waren es noch 25,8 %`: the same as before it, at another time."""
    for one, other in pairwise(bound):
        lead = sentence.words(other.figure.lead - 5, other.figure.lead)
        is_same = one.figure.mention.unit == other.figure.mention.unit
        if is_same and _is_gapped(sentence, one, other):
            other.family, other.metric, other.topic = one.family, one.metric, one.topic
        is_dated = _is_dated(sentence.words(one.figure.last, other.figure.lead))
        is_from = lead[-2:] in _FROM and other.figure.lead - one.figure.last <= _FAR and one.family not in _OF_PRICES
        if is_same and other.is_carried is False and is_from and other.family == "price":
            other.family, other.metric, other.topic = one.family, one.metric, one.topic
        if is_same and (is_dated or any(pair in _IT_WAS for pair in pairwise(lead))):
            other.family, other.metric, other.topic = one.family, one.metric, one.topic


_FROM = (("up", "from"), ("down", "from"))
_FAR = 14
_OF_PRICES = frozenset(("price", "price_target", "high", "low"))


def _is_gapped(sentence: Sentence, one: Bound, other: Bound) -> bool:
    """`zahlen 3,4 % Dividendenrendite, Nokia bloß 2,1 %`, `schafft 21 %, Lauder kommt auf 9,8 %`: the verb left out."""
    between = sentence.tokens.text[one.figure.last : other.figure.lead]
    is_name = other.topic is None or (other.family == "price" and other.topic.key == "COMPANY")
    if one.family not in _GAPPED or not (is_name or other.is_carried) or not 2 <= len(between) <= _GAP:
        return False
    if one.metric in PERCENT_LEVELS and between[-1] == "auf" and not _COMES.isdisjoint(between):
        return True
    if not {",", "und", "("} & set(between):
        return False
    words = [word for word in between if word not in ",("]
    return any(word[:1].isupper() for word in words) and all(
        word[:1].isupper() or word.lower() in _ADVERBS for word in words
    )


_GAPPED = frozenset(("ratio", "figure", "operation", "indicator", "market_share", "holding"))
_GAP = 12
_COMES = frozenset(("kommt", "kommen", "kam", "kamen", "schafft", "schaffte"))
_ADVERBS = word_set("binding", "gapped")
_IT_WAS = frozenset((("waren", "es"), ("war", "es"), ("es", "waren"), ("sind", "es"), ("wären", "es"), ("ist", "es")))
_LEADS_TO = frozenset((("auf",), ("to",), ("auf", "nun"), ("auf", "jetzt"), ("auf", "künftig"), ("auf", "nunmehr")))
_COMPARED = word_set("binding", "compared")
_FUNDS = frozenset(("etf", "etfs", "fonds", "fund", "funds", "anleger", "investors", "anlegergelder"))


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


def resolved(sentence: Sentence, bound: Bound, is_insider: bool) -> Bound:
    """The bound with its family and metric as the rest of its sentence makes them."""
    if bound.family == "weak":
        bound.family = "figure"
    if bound.figure.mention.kind is K.INDEX_POINTS and bound.metric in PERCENT_LEVELS:
        update = {"kind": K.POINTS, "unit": "percent", "noun": None}
        bound.figure.mention = bound.figure.mention.model_copy(update=update)
    if bound.family == "counts":
        bound.metric = VOTES.get((bound.figure.mention.noun or "").lower(), bound.metric)
    _by_rating(sentence, bound)
    _by_level(sentence, bound)
    _by_record(sentence, bound)
    _by_size(sentence, bound)
    _by_closing(sentence, bound)
    by_leaving(sentence, bound)
    by_times(sentence, bound)
    by_duty(sentence, bound)
    by_growing(sentence, bound)
    by_market(sentence, bound)
    _by_span(sentence, bound)
    by_whole(sentence, bound)
    by_portion(sentence, bound)
    by_position(sentence, bound)
    by_parting(sentence, bound)
    by_package(sentence, bound)
    by_booking(sentence, bound)
    by_works(sentence, bound)
    by_unit(sentence, bound)
    by_market_data(sentence, bound)
    by_yield(sentence, bound)
    by_contribution(sentence, bound)
    by_clause(sentence, bound, is_insider=is_insider)
    by_share(sentence, bound)
    is_total = not TOTALS.isdisjoint(sentence.words(bound.figure.lead - 4, bound.figure.lead))
    if bound.metric == "price_per_share" and bound.family == "insider" and is_total:
        bound.metric = "transaction_value"
    if is_insider and bound.family in _OF_INSIDER:
        by_insider(sentence, bound)
    return bound


VOTES = {
    "buy": "buy_ratings",
    "buys": "buy_ratings",
    "buying": "buy_ratings",
    "kaufen": "buy_ratings",
    "hold": "hold_ratings",
    "holds": "hold_ratings",
    "holding": "hold_ratings",
    "halten": "hold_ratings",
    "sell": "sell_ratings",
    "sells": "sell_ratings",
    "selling": "sell_ratings",
    "verkaufen": "sell_ratings",
}
"""`29 rate it Buy, 13 Hold and two Sell`, `six holding and two selling`."""
_OF_INSIDER = frozenset(("price", "price_target", "holding", "figure", "event", "volume", "market_cap"))


def _by_rating(sentence: Sentence, bound: Bound) -> None:
    """`Waters (Outperform, $430, up from $405)`: a price beside a rating in brackets is its target."""
    if bound.family != "price" or bound.figure.mention.kind is not K.MONEY:
        return
    lead = bound.figure.lead
    for figure in sentence.figures_near(lead):
        is_beside = figure.mention.unit == "rating" and 0 <= lead - figure.last <= 1
        if is_beside and "(" in sentence.words(figure.first - 3, figure.first):
            bound.family, bound.metric, bound.topic = "price_target", "price_target", None


def _by_record(sentence: Sentence, bound: Bound) -> None:
    """`climbed to a record $4,512`, `$13.86, a record`, `since peaking at $5`, `the $490 it fetched at the peak`."""
    if bound.family != "price" or bound.figure.mention.kind not in (K.MONEY, K.INDEX_POINTS, K.NUMBER):
        return
    lead = sentence.words(bound.figure.lead - 3, bound.figure.lead)
    tail = sentence.words(bound.figure.last, bound.figure.last + 9)
    is_count = bound.figure.mention.kind is K.NUMBER
    is_record = lead[-1:] == ("record",) or (tail[:3] in _RECORD and tail[3:4] != ("close",))
    is_record = is_record and not is_count and not (lead[-1:] == ("at",) and not _CLOSES.isdisjoint(lead))
    is_peak = lead[-1:] in (("at",), ("bei",)) and not _PEAKED.isdisjoint(lead)
    is_record = is_record or (tail[:2] == (",", "the") and "highest" in tail[2:4] and not _EVER.isdisjoint(tail[3:]))
    is_set = tail[:1] == ("it",) and not _PEAKS.isdisjoint(tail) and lead[-1:] in (("the",), ("its",))
    if is_record or is_peak or is_set:
        bound.family, bound.metric, bound.topic = "high", "all_time_high", None


_CLOSES = frozenset(("finish", "finished", "close", "closed", "end", "ended", "settle", "settled", "closing"))
_EVER = frozenset(("ever", "history", "record"))
_RECORD = frozenset(((",", "a", "record"), (",", "an", "all-time"), (",", "ein", "rekord"), (",", "ein", "rekordhoch")))
_PEAKED = frozenset(("peaking", "peaked"))
_PEAKS = frozenset(("peak", "record"))


def _by_size(sentence: Sentence, bound: Bound) -> None:
    """Dividends in sum, steps of a rate, what a stake is worth, spending that flows into a thing."""
    kind = bound.figure.mention.kind
    if bound.family == "volume":
        _by_traded(sentence, bound)
    if (
        (bound.family == "event" and bound.metric == "acquisition")
        or bound.family == "capex"
        or bound.metric in ("spending", "shareholder_returns")
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
        near = sentence.words(bound.figure.lead - 14, bound.figure.lead)
        tail = sentence.words(bound.figure.last, bound.figure.last + 1)
        if is_small or (not _POSSESSED.isdisjoint(near) and not _WORTH.isdisjoint((*near, *tail))):
            bound.family, bound.metric = "holding", "position_value"


def _by_traded(sentence: Sentence, bound: Bound) -> None:
    """What was traded: money is turnover, shares are a volume, and a bare number may count contracts."""
    kind = bound.figure.mention.kind
    if kind in SHARES_OF_ONE and _is_of_goods(sentence, bound):
        bound.family, bound.metric = "figure", "volumes"
    elif kind is K.NUMBER:
        _by_contracts(sentence, bound)
    elif kind is K.MONEY and bound.metric == "trading_volume":
        bound.metric = "turnover"
    elif kind is K.SHARES and bound.metric == "turnover":
        bound.metric = "trading_volume"


def _is_of_goods(sentence: Sentence, bound: Bound) -> bool:
    """`Carloads rose 2.3% while intermodal volume was off 3.6%`: of what is carried or sold, not of trading."""
    is_traded = any(cue.family in ("price", "index") for cue in sentence.cues)
    topic = bound.topic
    if is_traded or topic is None or topic.family != "volume":
        return False
    return any(each.family == "operation" and each.last <= topic.first for each in sentence.topics_near(topic.first))


def _by_contracts(sentence: Sentence, bound: Bound) -> None:
    """`Sep 300 puts: volume of about 14,000`: contracts, where no shares are spoken of."""
    told = next((topic.key for topic in sentence.topics if topic.family == "options"), None)
    if told is not None and SECURITIES.isdisjoint(sentence.words(sentence.first, sentence.last)):
        bound.family, bound.metric = "options", told


def _by_closing(sentence: Sentence, bound: Bound) -> None:
    """`schließt zwei seiner Fabriken`, `1.800 Vollzeitstellen stehen auf der Kippe`: closed and cut, not counted."""
    if bound.figure.mention.kind is not K.NUMBER:
        return
    if bound.metric == "layoffs" and not _CREATES.isdisjoint(sentence.words(bound.figure.lead - 4, bound.figure.lead)):
        bound.family, bound.metric = "operation", "employees"
        return
    is_cut = not _CUTS.isdisjoint(sentence.words(bound.figure.lead - 4, bound.figure.lead))
    if bound.metric == "payrolls" and is_cut and "employers" not in sentence.words(sentence.first, sentence.last):
        bound.family, bound.metric = "event", "layoffs"
        return
    if (bound.figure.mention.noun or "").lower().endswith(_JOBS) and bound.family == "operation":
        bound.metric = "employees"
    if bound.metric not in ("sites", "stores", "employees"):
        return
    near = sentence.words(bound.figure.lead - 6, bound.figure.last + 9)
    if bound.metric == "employees":
        if not _CUT_JOBS.isdisjoint(near):
            bound.family, bound.metric = "event", "layoffs"
    elif any(word in _SHUT or word.startswith(("schließ", "schliess", "geschlossen")) for word in near):
        bound.family, bound.metric = "event", "closures"


_JOBS = ("stellen", "jobs", "arbeitsplätze", "arbeitsplätzen", "vollzeitstellen", "posten")
_SHUT = frozenset(("close", "closes", "closing", "shut", "shutting", "shuttered", "shutter"))
_CREATES = frozenset(("create", "creates", "creating", "created", "hire", "hiring", "hires", "schafft", "geschaffen"))
_CUTS = word_set("binding", "cuts_jobs")
"""`cut a further 1,200 jobs in Sweden`: a company's own; of a state employers cut them."""
_CUT_JOBS = frozenset(
    (
        "abbauen",
        "abzubauen",
        "abbaut",
        "einsparen",
        "abgebaut",
        "streichen",
        "gestrichen",
        "streicht",
        "entfallen",
        "wegfallen",
        "kippe",
        "abbau",
    )
)


def _by_own_shares(sentence: Sentence, bound: Bound) -> None:
    """`stecken 1 Milliarde Euro in eigene Aktien`, `eigene Titel für 200 Millionen erworben`: a buyback."""
    first, last = max(bound.figure.lead - 8, sentence.first), min(bound.figure.last + 8, sentence.last)
    near = sentence.words(first, last)
    is_own = bool(_BUYBACKS & set(sentence.words(bound.figure.last, bound.figure.last + 4)))
    is_own = is_own or any(pair[0] in _OWNING and pair[1] in SECURITIES for pair in pairwise(near))
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
    if any("sparte" in word or "segment" in word or "autogeschäft" in word for word in words):
        return True
    is_earned = any(t.key in _EARNINGS and t.last <= topic.first for t in sentence.topics)
    return is_earned and _OF_PAPERS.isdisjoint(words)


_EARNINGS = frozenset(("operating_income", "ebit", "ebitda", "ebita", "revenue"))
_OF_PAPERS = frozenset(
    ("aktie", "aktien", "dividende", "kurs", "papier", "papiere", "titel", "anleihe", "ausschüttung")
)


_POSSESSED = word_set("binding", "possessed")
_WORTH = frozenset(("worth", "valued", "wert", "bewertet"))
_WORTH_IT = frozenset(
    (word,) for word in ("company", "group", "firm", "giant", "chipmaker", "konzern", "unternehmen", "wert")
)
_SUMMED = frozenset(("seit", "since", "summiert", "summieren"))
_SPANS = frozenset(("to_date", "last", "within"))


_MOVES = frozenset((word,) for word in ("loss", "losses", "verlust", "verluste"))
_TO_OR_OF = frozenset((word,) for word in ("to", "of", "von", "auf"))


def _by_span(sentence: Sentence, bound: Bound) -> None:
    """`seit Jahresbeginn ein Verlust von 2 %`: a loss in percent over days or weeks is a price's."""
    topic, figure = bound.topic, bound.figure
    if bound.metric not in ("net_income", "net_loss") or figure.mention.kind not in SHARES_OF_ONE or topic is None:
        return
    if topic.is_part or topic.last - topic.first > 1 or topic.last > figure.first or figure.first - topic.last > 4:
        return
    if sentence.words(topic.first, topic.last) in _MOVES and figure.first - topic.last <= 4:
        lead = sentence.words(figure.lead - 1, figure.lead)
        if lead in _TO_OR_OF and sentence.words(topic.last, topic.last + 1) == lead:
            bound.family, bound.metric = "price", "share"
            return
    spans = {reading.window for other in sentence.figures for reading in other.mention.periods[:1]}
    others = [t for t in sentence.topics if t.family in ("figure", "operation") and t is not topic]
    is_of_shares = bound.metric == "net_loss" and not others and any(cue.family == "price" for cue in sentence.cues)
    if spans & _SPANS or is_of_shares or not _SUMMED.isdisjoint(sentence.words(sentence.first, figure.first)):
        bound.family, bound.metric = "price", "share"
