"""Whom a claim belongs to by what it says: of a policy whoever acts, of macro data the region, of a stake the company
held, of two figures joined by `respectively` each its own name."""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.claim import Subject
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import WHOSE, Found, word_set
from rerating.factcheck.extraction.text.people import joined
from rerating.factcheck.extraction.whom.deals.counterparts import of_its_own
from rerating.factcheck.extraction.whom.deals.dealing import (
    DEALS,
    dealing,
    odds_of,
    of_bidder,
    of_investor,
    seller_to,
    valued_by_bid,
)
from rerating.factcheck.extraction.whom.deals.valued import valued
from rerating.factcheck.extraction.whom.economy.balances import short_of
from rerating.factcheck.extraction.whom.economy.policies import MACRO, acting, companies, region_of
from rerating.factcheck.extraction.whom.focus.beside import is_led
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.factcheck.extraction.whom.names.assets import near
from rerating.factcheck.extraction.whom.phrases.good_phrases import is_made_at, is_weighed
from rerating.factcheck.extraction.whom.phrases.roles import is_moving, rated_on, shares_of
from rerating.factcheck.extraction.whom.phrases.segments import board_of, exchange_of, segment_of
from rerating.factcheck.extraction.whom.phrases.states import state_at


def respectively(known: Subjects, sentence: Sentence, drafts: list[Draft]) -> None:
    """`Renk und Hensoldt gaben 4,1 beziehungsweise 3,5 Prozent nach`: the first figure is of the first name."""
    places = [place for place in known.places.get(sentence.number, []) if not place.is_noun]
    for one, other in pairwise(drafts):
        if sentence.words(one.last, other.first) not in _EACH or one.kind != other.kind:
            continue
        before = [place for place in places if place.last <= one.first][-2:]
        if len(before) == 2 and sentence.words(before[0].last, before[1].first) in (("und",), ("and",)):
            one.subject, other.subject = as_subject(before[0].name), as_subject(before[1].name)


_EACH = frozenset((("beziehungsweise",), ("bzw", "."), ("respektive",), ("and",), ("und",)))


def subject_of(known: Subjects, sentence: Sentence, at: int, what: tuple[str, str], asset: Name | None) -> Subject:
    """The subject of a claim: of a policy whoever acts, of macro data the region, of a stake the company held."""
    kind, metric = what
    if kind == "policy_event":
        return as_subject(acting(known, sentence, at, metric) or asset)
    odds = odds_of(known, sentence, at) if metric == "probability" else None
    if odds is not None:
        return as_subject(odds)
    if kind == "indicator" and metric in MACRO:
        region = region_of(known, sentence, at, metric)
        return Subject(name=region) if region is not None else as_subject(asset)
    if kind == "indicator" and metric in ("economic_sentiment", "business_climate"):
        survey = _survey(sentence, metric)
        return Subject(name=survey) if survey is not None else as_subject(asset)
    if metric == "fear_greed_index":
        return Subject(name=_feared(known, sentence, asset))
    is_counted = (kind == "indicator" and metric in ("advancers", "decliners")) or metric == "turnover"
    if metric == "turnover" and (board := board_of(sentence)) is not None:
        return Subject(name=board)
    is_market = not known.is_single or (known.main is not None and known.main.kind is NameKind.INDEX)
    if metric in ("turnover", "trading_volume") and is_market and (exchange := exchange_of(sentence)) is not None:
        return Subject(name=exchange)
    if is_counted and (segment := segment_of(sentence)) is not None:
        return Subject(name=segment)
    if metric == "turnover" and sentence.text.is_english and (venue := _venue(sentence)) is not None:
        return Subject(name=venue) if " " in venue else as_subject(asset)
    if kind == "indicator" and metric in ("advancers", "decliners"):
        return _counted_on(known, sentence, asset)
    if kind in ("attributed_reason", "outlook") and not companies(known, sentence, at):
        told = next((name for n in sentence.names_near(at) if (name := n.of(NameKind.INSTITUTION)) is not None), None)
        if told is not None and known.main is not None and known.main.kind is not NameKind.COMPANY:
            return Subject(name=told.name)
    if kind in _BALANCED and (short := short_of(known, sentence, at)) is not None:
        return as_subject(short)
    whose = of_its_own(known, sentence, at, metric, _belonging(known, sentence, at, what, asset))
    whose = of_bidder(known, sentence, at, metric, whose)
    return as_subject(of_investor(known, sentence, metric, whose) if kind in _OF_COMPANIES else whose)


def _feared(known: Subjects, sentence: Sentence, asset: Name | None) -> str:
    """The market whose fear and greed is measured: that of coins where they are told of, else that of shares."""
    words = sentence.words(sentence.first, sentence.last)
    is_of_coins = any(name is not None and name.kind is NameKind.CRYPTO for name in (asset, known.main))
    is_of_coins = is_of_coins or any(word.startswith(("crypto", "krypto", "bitcoin")) for word in words)
    if sentence.text.is_english:
        return "Crypto market" if is_of_coins else "US stock market"
    return "Kryptomarkt" if is_of_coins else "US-Aktienmarkt"


def _counted_on(known: Subjects, sentence: Sentence, asset: Name | None) -> Subject:
    """Whose rising and falling shares are counted: those of an exchange, an index that is named, else the article's."""
    venue = _venue(sentence)
    if venue is not None:
        return Subject(name=venue)
    named = next((name for n in sentence.names if (name := n.of(NameKind.INDEX)) is not None), None)
    return as_subject(named or (known.main if known.main and known.main.kind is NameKind.INDEX else asset))


def _venue(sentence: Sentence) -> str | None:
    """The exchange whose shares are counted, as it is printed: `on the NYSE`."""
    named = next((n for n in sentence.names if n.of(NameKind.VENUE) is not None), None)
    is_led = named is not None and not _ON.isdisjoint(sentence.words(named.first - 2, named.first))
    return joined(sentence, named.first, named.last) if named is not None and is_led else None


_ON = frozenset(("on", "at", "an"))


def _survey(sentence: Sentence, metric: str) -> str | None:
    """The survey whose result is told, as it is printed (`ZEW-Index`), else whom it is said to ask."""
    topic = next((topic for topic in sentence.topics if topic.key == metric), None)
    if topic is None:
        return None
    asked = _asked_in(sentence, topic)
    if asked is not None:
        return asked
    tokens, first = sentence.tokens, topic.first
    while first - 2 >= sentence.first and tokens.text[first - 1] == "-" and tokens.glued[first]:
        first -= 2
    return "".join(
        tokens.text[k] if k == first or tokens.glued[k] else " " + tokens.text[k] for k in range(first, topic.last)
    )


def _asked_in(sentence: Sentence, topic: Found) -> str | None:
    """The country that a survey is said to be of: `für Deutschland`, `In den USA hellte sich das`, `Germany's ZEW`."""
    tokens, is_english = sentence.tokens, sentence.text.is_english
    for k in range(sentence.first, min(topic.last + 3, sentence.last)):
        at = state_at(sentence, k) if tokens.text[k][:1].isupper() else None
        if at is None:
            continue
        lead = k - 1 - (k > sentence.first and tokens.lower[k - 1] in ("den", "der", "the"))
        is_behind = k >= topic.last and tokens.lower[lead] in ("für", "in", "for")
        is_ahead = lead == sentence.first and tokens.lower[lead] == "in"
        is_owner = is_english and tokens.lower[at[1] + 1] == "s" and 0 <= topic.first - at[1] - 2 <= 2
        if is_behind or is_ahead or is_owner:
            return at[0].en if is_english else at[0].de
    return None


def _belonging(known: Subjects, sentence: Sentence, at: int, what: tuple[str, str], asset: Name | None) -> Name | None:
    """The asset of a claim that no institution makes."""
    kind, metric = what
    if kind == "holding" or metric == "largest_shareholder":
        return _held(known, sentence, at, asset)
    if kind == "ratio" and metric.endswith("revenue_share"):
        return seller_to(known, sentence, at, asset)
    if (measured := _measured(known, sentence, at, what, asset)) is not None:
        return measured
    if kind in _OF_COMPANIES and (asset is None or asset.kind is not NameKind.COMPANY):
        return known.company_at(sentence, at) or asset
    if _is_left_over(known, sentence, at, what, asset):
        return known.company_at(sentence, at) or asset
    if kind in _PRICED and _is_weighed(sentence, at):
        places = near(known.places.get(sentence.number, []), at)
        named = next((p.name for p in places if p.name.kind is NameKind.COMMODITY), None)
        return named or known.commodity.get(sentence.number) or asset
    if kind == "volume" and not _is_traded(known, sentence, at):
        index = next((name for n in sentence.names_near(at) if (name := n.of(NameKind.INDEX)) is not None), None)
        return index or (known.main if known.main and known.main.kind is NameKind.INDEX else asset)
    if kind in _OF_HOUSES and asset is not None:
        return valued(known, sentence, at, kind, asset)
    if metric in DEALS:
        return dealing(known, sentence, at, metric, asset)
    if kind == "question" and known.is_single and not _companies_named(known, sentence, at):
        return known.main
    if kind in ("catalyst", "attributed_reason") and _is_of_the_main_one(known, sentence, at, kind):
        return known.main
    if kind == "catalyst":
        return _triggered(known, sentence, at, asset)
    if kind in _MOODS and not any(not place.is_noun for place in near(known.places.get(sentence.number, []), at)):
        return known.main if known.main and known.main.kind is NameKind.INDEX else asset
    return asset


def _measured(known: Subjects, sentence: Sentence, at: int, what: tuple[str, str], asset: Name | None) -> Name | None:
    """The coin that is bought, who is valued by a bid, whose costs by weight are told, or whose return is set against
    an index told of in passing."""
    kind, metric = what
    if asset is not None and asset.kind is NameKind.COMMODITY and _is_cost(sentence, at):
        return known.company_at(sentence, at) or known.main
    if metric in DEALS:
        put_on = _put_on(known, sentence, at)
        return put_on or (asset if _is_of_coin(known, sentence, at, asset) else None)
    if kind in ("ratio", "market_cap"):
        return valued_by_bid(known, sentence, at, metric)
    if metric != "relative_return" or asset is None or asset.kind is not NameKind.INDEX:
        return None
    places = known.places.get(sentence.number, [])
    if any(p.name == asset and p.first - sentence.first <= 1 for p in places):
        return None
    before = known.main if known.is_single else known.before.get(sentence.number)
    return before if before is not None and before.kind is not NameKind.INDEX else known.company_at(sentence, at)


def _put_on(known: Subjects, sentence: Sentence, at: int) -> Name | None:
    """Whom a price is put on: `a price tag of $25 billion on TK Elevator, in which Kone is said to be interested`."""
    figure = next((f for f in sentence.figures_near(at) if f.first == at), None)
    return rated_on(sentence, figure, near(known.places.get(sentence.number, []), at)) if figure is not None else None


def _companies_named(known: Subjects, sentence: Sentence, at: int) -> bool:
    return any(not place.is_noun for place in companies(known, sentence, at))


def _is_of_the_main_one(known: Subjects, sentence: Sentence, at: int, kind: str) -> bool:
    """Whether a reason is one for the share that the article is about: no other asset moves at the sentence's head, or
    none by a percentage where a reason is put into a mouth (`X gewinne Marktanteile, schreibt Jefferies`)."""
    if not known.is_single or known.main is None or known.main.kind is not NameKind.COMPANY:
        return False
    places = [p for p in near(known.places.get(sentence.number, []), at) if not p.is_noun]
    if not places or places[0].name == known.main or is_led(sentence, places[0]):
        return True
    is_share_s = kind == "catalyst" or any(f.mention.unit == "percent" for f in sentence.figures_near(at))
    return not (is_share_s and is_moving(sentence, places[0]))


def _triggered(known: Subjects, sentence: Sentence, at: int, asset: Name | None) -> Name | None:
    """What was moved by a trigger: the asset that the sentence opens with, else the one in focus before it."""
    places = [p for p in near(known.places.get(sentence.number, []), at) if not p.is_noun]
    moved = known.before.get(sentence.number)
    is_of_share = moved is not None and moved.kind is NameKind.COMPANY and moved != known.main
    if is_of_share and all(p.name.kind is NameKind.COMMODITY for p in places) and known.main is not None:
        return moved
    if places and places[0].first - sentence.first <= 8:
        return places[0].name
    if places:
        before = known.before.get(sentence.number)
        return before if before is not None else asset
    return known.main if known.main and known.main.kind is NameKind.INDEX else asset


def _is_left_over(known: Subjects, sentence: Sentence, at: int, what: tuple[str, str], asset: Name | None) -> bool:
    """Whether an index or a good is but left in focus by the sentence before, where a share's rank, value or target is
    told."""
    if asset is None or known.main is None or asset.kind not in (NameKind.INDEX, NameKind.COMMODITY):
        return False
    if asset.kind is NameKind.COMMODITY:
        is_company = known.main.kind is NameKind.COMPANY and what[0] in _OF_HOUSES and what[0] != "estimate"
        return is_company and all(p.is_noun for p in near(known.places.get(sentence.number, []), at))
    if what[1] in ("index_leader", "index_laggard"):
        return True
    if what[0] == "options_volume":  # `Volume in its S&P 500 options`: of who runs the exchange
        return known.main.kind is NameKind.COMPANY
    if what[0] == "price_level" and any(f.first == at and f.mention.unit == "money" for f in sentence.figures_near(at)):
        return True
    is_named = any(n.of(NameKind.INDEX) is not None for n in sentence.names_near(at))
    is_of_share = what[0] in _OF_SHARES or what[1] in _TECHNICAL
    return is_of_share and known.main.kind is NameKind.COMPANY and not is_named


_BALANCED = frozenset(("estimate", "guidance", "operating_metric", "financial_figure", "growth"))
_OF_SHARES = word_set("subjects", "kinds_of_shares")
"""Kinds that a share's article tells of its share, unless the sentence itself names the index."""
_TECHNICAL = frozenset(("rsi", "beta", "macd", "short_interest"))
_OF_COMPANIES = frozenset(
    (
        "financial_figure",
        "growth",
        "guidance",
        "capex",
        "operating_metric",
        "insider_trade",
        "market_cap",
        "corporate_event",
        "market_share",
    )
)
"""Kinds of claim that only a company has."""
_PRICED = frozenset(("price_level", "return", "high_low_level", "price_target", "estimate"))
_MOODS = frozenset(("sentiment", "attributed_reason", "catalyst", "question"))


def _is_weighed(sentence: Sentence, at: int) -> bool:
    figure = next((f for f in sentence.figures_near(at) if f.first == at), None)
    is_paid = not _EARNED.isdisjoint(sentence.words(at - _PAID, at))
    return figure is not None and is_weighed(sentence, figure) and not (is_paid or is_made_at(sentence, figure))


def _is_cost(sentence: Sentence, at: int) -> bool:
    """Whether what a weight costs its maker is told: `all-in sustaining costs of $1,462 per ounce`."""
    figure = next((f for f in sentence.figures_near(at) if f.first == at), None)
    is_led = not _COSTS.isdisjoint(sentence.words(at - _COST_REACH, at - 1)) and sentence.text.is_english
    return figure is not None and is_led and is_weighed(sentence, figure)


_COSTS = frozenset(("costs", "aisc"))
_COST_REACH = 9
_EARNED = word_set("goods", "earned")
_PAID = 6


def _is_traded(known: Subjects, sentence: Sentence, at: int) -> bool:
    """Whether a sentence of turnover names a share of its own; in a report on a market `Aktien` are all shares."""
    is_market = known.main is not None and known.main.kind is NameKind.INDEX
    return any(
        p.name.kind not in (NameKind.INDEX, NameKind.CURRENCY) and not (p.is_noun and is_market)
        for p in near(known.places.get(sentence.number, []), at)
    )


_OF_HOUSES = frozenset(
    ("price_target", "estimate", "implied_upside", "rating_count", "rating", "rating_change", "ratio")
)


def _held(known: Subjects, sentence: Sentence, at: int, asset: Name | None) -> Name | None:
    """The company that somebody holds: whose shares are counted, the one behind `an`, `in`, `of`, else the one that the
    text is about there."""
    places = [p for p in companies(known, sentence, at) if not p.is_noun]
    counted = next((shares_of(sentence, f.last, places) for f in sentence.figures_near(at) if f.first == at), None)
    coin = _coin(known, sentence, at)
    if asset is not None and asset.kind is NameKind.CRYPTO and not places:
        return asset
    if counted is not None or coin is not None:
        return counted or coin
    for place in places:
        if _is_held(sentence, place):
            return place.name
    if places and (noun := _noun_held(sentence, at)) is not None and places[-1].last <= noun:
        return places[-1].name
    if places and places[0].first == sentence.first and sentence.words(places[0].last, places[0].last + 2) in _WHOSE:
        return places[0].name
    holders = {p.name.name for p in places if not _HOLDING.isdisjoint(sentence.words(p.last, p.last + 3))}
    if _is_involved(sentence, at):  # `X ist mit 6 Prozent beteiligt`, `X' Gründer bleibt mit 10 Prozent beteiligt`
        owner = next((p for p in places if p.last <= at and _is_owning(sentence, p)), None)
        if owner is not None:
            return owner.name
        holders |= {p.name.name for p in places if p.last <= at}
    told = next((p.name for p in places if p.first < at and _is_told_first(sentence, p, at)), None)
    if told is not None and told.name not in holders:
        return told
    before, main = known.before.get(sentence.number), known.main
    is_main = not places and (known.is_single or (asset is not None and asset == main))
    for name in (main, before) if is_main else (before, main):
        if name is not None and name.kind is NameKind.COMPANY and name.name not in holders:
            return name
    return asset


def _is_involved(sentence: Sentence, at: int) -> bool:
    """Whether a figure is the part by which somebody is said to be involved."""
    figure = next((f for f in sentence.figures_near(at) if f.first == at), None)
    return figure is not None and not _INVOLVED.isdisjoint(sentence.words(figure.last, figure.last + 3))


_INVOLVED = frozenset(("beteiligt", "eingestiegen", "engagiert", "investiert"))


def _is_owning(sentence: Sentence, place: Place) -> bool:
    """`Norvadents Gründer`: a name in the genitive before a noun."""
    tokens = sentence.tokens
    word, spelt = tokens.text[place.last - 1], place.name.name.split()[-1]
    is_marked = tokens.text[place.last : place.last + 1] in (["'"], ["’"]) or (word == spelt + "s")
    return is_marked and tokens.text[place.last : place.last + 1][0][:1].isupper()


def _noun_held(sentence: Sentence, at: int) -> int | None:
    """Where a noun stands for the company that is held: `an der Dialysefirma halten die Hessen noch 22 Prozent`."""
    tokens = sentence.tokens
    for k in range(max(sentence.first, at - 12), at - 2):
        is_led = tokens.lower[k] == "am" or tokens.lower[k : k + 2] in (["an", "der"], ["an", "dem"])
        noun = k + 1 + (tokens.lower[k] == "an")
        if is_led and tokens.text[noun][:1].isupper() and tokens.lower[noun + 1] in _HOLDS:
            return k
    return None


_HOLDS = frozenset(("hält", "halten", "hielt", "hielten", "besitzt", "besitzen"))


def _is_of_coin(known: Subjects, sentence: Sentence, at: int, asset: Name | None) -> bool:
    """Whether a coin is what is bought: the sentence counts coins and names no company."""
    is_coin = asset is not None and asset.kind is NameKind.CRYPTO
    is_coin = is_coin and not _COINS.isdisjoint(sentence.words(sentence.first, sentence.last))
    return is_coin and not any(not p.is_noun for p in companies(known, sentence, at))


def _is_told_first(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a sentence tells of a share's move or state before it says who holds it: `ASOS rose 8% on word that X,
    who owns`, `Salzgitter ist in festen Händen`."""
    if is_moving(sentence, place):
        is_holder = not _ITS.isdisjoint(sentence.words(place.last, place.last + 4))
        return not is_holder and any(place.last < f.first < at for f in sentence.figures_near(at))
    return place.first == sentence.first and sentence.words(place.last, place.last + 1) in _BEING


_WHOSE = tuple((",", word) for word in sorted(WHOSE))
"""`Schindler, whose largest shareholder is the founding family`."""
_ITS = frozenset(("its", "their", "his", "seinen", "seine", "ihre", "ihren"))
"""`Vanguard increased its stake`: who moves is who holds."""
_BEING = frozenset((word,) for word in ("wird", "ist", "gehört", "is", "was", "belongs"))


def _coin(known: Subjects, sentence: Sentence, at: int) -> Name | None:
    """What is held where coins are counted: `held 13,000 bitcoin`, `694.000 Stück` of them."""
    figure = next((f for f in sentence.figures_near(at) if f.first == at), None)
    if figure is None or _COINS.isdisjoint(sentence.words(figure.first, figure.last + 2)):
        return None
    coins = [p.name for p in known.places.get(sentence.number, []) if p.name.kind is NameKind.CRYPTO]
    return next(iter(coins), None) or known.coin


_COINS = word_set("subjects", "coins")


def _is_held(sentence: Sentence, place: Place) -> bool:
    """Whether a name is what is held: `an der börsennotierten Endesa`, `Hongkong Land, of which Jardine owns 53%`,
    `Westinghouse, the reactor builder in which Cameco owns 49%`."""
    before = sentence.words(place.first - 4, place.first)
    if before[-1:] in (("von",), ("of",)) and any(
        f.last == place.first - 1 for f in sentence.figures_near(place.first)
    ):
        return True
    at = next((k for k in range(len(before) - 1, -1, -1) if before[k] in _HELD_BY), None)
    if at is not None and (len(before) - at <= 2 or before[at + 1] in _THE) and "," not in before[at:]:
        return True
    behind = sentence.words(place.last, place.last + 9)
    if behind[:1] != (",",):
        return False
    stop = next((k for k, word in enumerate(behind[1:], 1) if word == ","), len(behind))
    return any(one in _HELD_BY and other in _WHICH for one, other in pairwise(behind[1:stop]))


_HELD_BY = frozenset(("an", "in", "of", "bei", "am"))
_THE = frozenset(("der", "dem", "den", "the", "its", "seiner", "ihrer"))
_WHICH = frozenset(("der", "dem", "denen", "which", "whom"))
_HOLDING = word_set("subjects", "owning")
