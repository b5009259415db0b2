"""Whose a deal, an order or a customer's share is, where a sentence names two companies.

Of a takeover the price, the premium and the fee for walking away belong to the company to be bought; the loans that pay
for it, the savings, the debt behind it and what both would hold together belong to the bidder. An article about the
bidder keeps its own deals. Of a sale it is the seller, of an order the supplier whom the customer pays, of an alliance
the company that the article is about; the share of sales that a customer or a partner brings is the seller's.
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.figures.fitting import is_price
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.asides import behind_aside
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import WHOSE, word_set
from rerating.factcheck.extraction.whom.economy.policies import companies
from rerating.factcheck.extraction.whom.focus.beside import is_counterpart
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.focus.takeovers import VALUING, is_taken, named_in, price_told, saves
from rerating.factcheck.extraction.whom.names.acquired import acquired, names_deal
from rerating.factcheck.extraction.whom.phrases.roles import is_moving
from rerating.factcheck.extraction.whom.phrases.shedding import is_shed

DEALS = frozenset(("acquisition", "disposal", "contract", "partnership", "investment_plan"))
_ALLIED = frozenset(("partnership", "investment_plan"))
_BRINGING = word_set("dealing", "bringing")
_COMBINED = word_set("dealing", "combined")
_MERGED = frozenset(("combined", "merged", "kombinierten", "fusionierten"))
_OF_BIDDER = frozenset(("debt", "cost_savings", "leverage", "synergies", "closures"))
_FINANCED = word_set("dealing", "financed")
_LOANS = word_set("dealing", "loans")
_OF_BOTH = frozenset(("market_share", "stake", "production", "revenue", "ebitda"))
_OF = frozenset((("von",), ("vom",), ("of",), ("by",), ("for",), ("für",), ("from",), ("aus",), ("mit",), ("with",)))
_TO = frozenset(("to", "an"))
_POSSESSED = 6


def dealing(known: Subjects, sentence: Sentence, at: int, metric: str, asset: Name | None) -> Name | None:
    """The company of a takeover, a sale, an order or an alliance."""
    places = [p for p in companies(known, sentence, at) if not p.is_noun]
    if metric == "acquisition":
        target = acquired(sentence, places, at) or _target(known, sentence, places)
        if target is not None:
            return target
    if metric == "disposal" and (seller := _antecedent(sentence, places, at)) is not None:
        return seller.name
    places = [p for p in places if not is_shed(sentence, p)] if metric == "disposal" else places
    if metric == "disposal" and places and all(p.first > at for p in places):
        return _seller(known, sentence, known.before.get(sentence.number) or asset)
    mover = next((p for p in places if is_moving(sentence, p)), None)
    if metric == "contract" and (awarded := _awarded(sentence, places)) is not None:
        return awarded.name
    if metric == "contract":
        mover = next((p for p in places if _supplies(sentence, p)), mover)
    if mover is not None:
        return mover.name
    is_his = metric in _ALLIED and not (metric == "investment_plan" and _builds_alone(sentence, places, at))
    if is_his and places and known.is_single and known.main is not None and known.main.kind is NameKind.COMPANY:
        return known.main
    if metric == "disposal":
        places = [p for p in places if _TO.isdisjoint(sentence.words(p.first - 4, p.first))]
        if not places:
            noun = next(
                (p for p in companies(known, sentence, at) if p.is_noun and p.first - sentence.first <= 2), None
            )
            return noun.name if noun is not None and noun.last <= at else _seller(known, sentence, asset)
    if _is_of_one_share(sentence, at):
        return next((p.name for p in reversed(places) if p.last <= at), asset)
    before = known.before.get(sentence.number)
    if before is None or before.kind is not NameKind.COMPANY or not places:
        return asset
    first = places[0]
    is_opening = first.first - sentence.first <= 2 and sentence.words(first.first - 1, first.first) not in _OF
    return first.name if is_opening else before


def _builds_alone(sentence: Sentence, places: list[Place], at: int) -> bool:
    """Whether the only company that an English sentence names opens it and builds: `X poured $2.7 billion into a
    factory`."""
    if len(places) != 1 or places[0].first - sentence.first > 1 or places[0].last > at or not sentence.text.is_english:
        return False
    words = sentence.words(places[0].last, sentence.last)
    return "with" not in words and not is_counterpart(sentence, places[0])


def _awarded(sentence: Sentence, places: list[Place]) -> Place | None:
    """Whom a contract is given to: `Boeing awarded X a contract`, `vergibt einen Auftrag an X`."""
    for place in places:
        lead = sentence.words(max(sentence.first, place.first - _NEAR), place.first)
        if _AWARDING.isdisjoint(lead[1:]):
            continue
        if lead[-1] in _AWARDING or lead[-1] in ("to", "an", "with", "bei"):
            return place
    return None


_AWARDING = word_set("dealing", "awarding")


def _antecedent(sentence: Sentence, places: list[Place], at: int) -> Place | None:
    """Who sells in a relative clause: `Yum Brands, which is trying to sell Pizza Hut, was little changed`."""
    tokens = sentence.tokens
    for k in range(min(at, sentence.last - 1), max(sentence.first, at - _CLAUSE), -1):
        if tokens.text[k] == "," and tokens.lower[k + 1] in _RELATIVES and tokens.lower[k + 1] not in WHOSE:
            return next(
                (p for p in places if p.last == k and _TO.isdisjoint(sentence.words(p.first - 4, p.first))), None
            )
        if tokens.text[k] in ",;:" and k < at:
            return None
    return None


_CLAUSE = 24


def _supplies(sentence: Sentence, place: Place) -> bool:
    """Whether a company wins or delivers what is ordered: `X will supply cells worth`, `X announced an order from`."""
    last = behind_aside(sentence, place.first, place.last)
    if not _SUPPLYING.isdisjoint(sentence.words(last, last + 3)):
        return True
    words = sentence.words(last, last + 12)
    is_told = words[:1] in _ANNOUNCED
    return is_told and any(one in _WORK and other in ("from", "von") for one, other in pairwise(words))


_SUPPLYING = word_set("dealing", "supplying")
_ANNOUNCED = frozenset((word,) for word in ("announced", "unveiled", "reported", "meldete", "verkündete"))
_WORK = frozenset(("order", "contract", "auftrag", "großauftrag"))


def _target(known: Subjects, sentence: Sentence, places: list[Place]) -> Name | None:
    """Who is to be bought: said so in the sentence, else as told before, where nobody else than the two is named."""
    target, told = named_in(sentence, places), known.bid.get(sentence.number)
    if target is not None:
        return target
    if told is None:
        return None
    if told[1].ticker is None and told[1] != known.main and not _tells_of_deal(sentence):
        return None
    dealers = {name.name for bid in known.bid.values() for name in bid if name is not None}
    is_bidding = bool(places) and price_told(sentence, places[-1].last) is not None
    is_bidding = is_bidding or (told[1] == known.main and told[0] is None)
    is_of_them = is_bidding or _names(places, told[1]) or all(p.name.name in dealers for p in places)
    return told[1] if is_of_them else None


def _tells_of_deal(sentence: Sentence) -> bool:
    """Whether a sentence goes on about a purchase: `Der Kaufpreis beträgt`, `der Vollzug ist für Mai vorgesehen`."""
    return not _GOING_ON.isdisjoint(sentence.words(sentence.first, sentence.last))


_GOING_ON = word_set("dealing", "going_on")


def _seller(known: Subjects, sentence: Sentence, asset: Name | None) -> Name | None:
    before = known.before.get(sentence.number)
    name = known.main if known.is_single else before
    return name if name is not None and name.kind is NameKind.COMPANY else asset


def valued_by_bid(known: Subjects, sentence: Sentence, at: int, metric: str) -> Name | None:
    """Whom a bid values: `the proposal values Hub at $3.3 billion`, `Hormel would be paying 14 times annual ebitda`."""
    told = known.bid.get(sentence.number)
    if told is not None and metric in _MULTIPLES and not _PAYING.isdisjoint(sentence.words(at - 6, at)):
        return told[1]
    if VALUING.isdisjoint(sentence.words(sentence.first, at)):
        return None
    return named_in(sentence, [p for p in companies(known, sentence, at) if not p.is_noun])


_MULTIPLES = frozenset(("ev_ebitda", "ev_sales", "price_sales", "price_earnings", "price_book"))
_PAYING = word_set("takeovers", "pays") | frozenset(("paying", "zahlt", "zahlen", "bietet", "kaufpreis", "purchase"))


def odds_of(known: Subjects, sentence: Sentence, at: int) -> Name | None:
    """Whose odds a house gives: of a deal, the company to be bought; of an approval or a trial, the company's that is
    told of. None where it is a state or a central bank that may act."""
    words = sentence.words(max(sentence.first, at - _NEAR), at + _NEAR)
    named = next((p for p in companies(known, sentence, at) if at < p.first <= at + 4 and not p.is_noun), None)
    if named is not None:
        return named.name
    told = known.bid.get(sentence.number)
    if told is not None and not _DEALS_TOLD.isdisjoint(words):
        return told[1]
    if _COMPANY_ODDS.isdisjoint(words):
        return None
    return known.company_at(sentence, at)


_NEAR = 14
_DEALS_TOLD = word_set("dealing", "deals_told")
_COMPANY_ODDS = word_set("dealing", "company_odds")


def of_bidder(known: Subjects, sentence: Sentence, at: int, metric: str, asset: Name | None) -> Name | None:
    """The bidder, where the loans, the savings or the weight of both after a takeover are told; else the asset."""
    told = known.bid.get(sentence.number)
    words = sentence.words(sentence.first, at + 12)
    if asset is not None and _is_saved(sentence, at, metric):
        acquirer = _acquirer(known, sentence, at, asset)
        if acquirer != asset:
            return acquirer
    if told is None or asset is None or not VALUING.isdisjoint(words):
        return asset
    is_both = metric in _OF_BOTH and not (_MERGED if metric == "stake" else _COMBINED).isdisjoint(words)
    clause = next((k for k in range(at - 1, sentence.first, -1) if sentence.tokens.text[k] == ","), sentence.first)
    is_both = is_both and (
        metric == "stake" or not any(clause < p.first < at and not p.is_noun for p in companies(known, sentence, at))
    )
    is_price = metric == "acquisition" and names_deal(sentence, at)
    is_paying = not _FINANCED.isdisjoint(words) and not _LOANS.isdisjoint(words) and not is_price
    named = [p.name.name for p in companies(known, sentence, at) if not p.is_noun and p.first < at]
    bidder, target = told
    is_his = (metric in _OF_BIDDER or is_paying) and asset.name == target.name and target.name not in named
    if is_both or is_his:
        return bidder or asset
    return asset


def _is_saved(sentence: Sentence, at: int, metric: str) -> bool:
    """Whether what a takeover that is over saves is told: `Bei den Synergien aus der Fusion mit X`."""
    if metric not in _OF_BIDDER and metric != "acquisition":
        return False
    return saves(sentence) and (metric != "acquisition" or saves(sentence, at))


def _acquirer(known: Subjects, sentence: Sentence, at: int, asset: Name) -> Name:
    """Who has bought what a sentence names: the company spoken of before."""
    places = [p for p in companies(known, sentence, at) if not p.is_noun]
    taken = next((p for p in places if is_taken(sentence, p)), None)
    if taken is None or taken.name != asset:
        return asset
    before = known.before.get(sentence.number)
    if before is not None and before.kind is NameKind.COMPANY and before != asset:
        return before
    return asset


def of_investor(known: Subjects, sentence: Sentence, metric: str, asset: Name | None) -> Name | None:
    """The company to be bought, where what a financial investor means to do with it is told: `Apollo wants to sell 300
    restaurants and take out $50 million of costs`."""
    told = known.bid.get(sentence.number)
    if told is None or asset is None or asset == told[1] or told[1] != known.main:
        return asset
    return told[1] if metric not in _ITS_OWN and asset.name.lower().split()[0] in _FINANCIERS else asset


_FINANCIERS = word_set("takeovers", "financiers")
_ITS_OWN = frozenset(("share_price", "market_cap", "stake", "assets_under_management", "dividend_per_share"))


def seller_to(known: Subjects, sentence: Sentence, at: int, asset: Name | None) -> Name | None:
    """Whose sales a customer or a partner brings: `Meta accounted for 14% of sales`, `12% of Sensata's sales`."""
    places = companies(known, sentence, at)
    owner = next((p for p in places if at < p.first <= at + _POSSESSED and not p.is_noun), None)
    if owner is not None and _is_genitive(sentence, owner):
        return owner.name
    if (maker := _makes_its_own(sentence, places, at)) is not None:
        return maker.name
    last = at if sentence.text.is_english else min(at + _FINAL, sentence.last)
    brings = [k for k in range(max(sentence.first, at - 14), last) if sentence.tokens.lower[k] in _BRINGING]
    bringer = next((p for p in reversed(places) if brings and p.last <= brings[-1] and not p.is_noun), None)
    alone = next((p for p in places if p.last < at and sentence.words(p.last, p.last + 1) in _ALONE), None)
    bringer = alone or bringer
    if bringer is not None and sentence.words(bringer.first - 1, bringer.first) in (("bei",), ("at",)):
        return asset
    is_told_on = bool(brings) and not _RELATIVES.isdisjoint(sentence.words(brings[-1] - 1, brings[-1]))
    behind = sentence.words(bringer.last, brings[-1]) if bringer is not None and brings else ()
    is_told_on = (is_told_on and behind not in _WHICH) or behind[:2] in _WHOSE
    if bringer is None or asset is None or bringer.name.name != asset.name or is_told_on:
        return asset
    seller = next((p for p in places if p.last < bringer.first and p.name != asset), None)
    if seller is not None and behind in _WHICH:
        return seller.name
    if known.is_single and known.main is not None and known.main.kind is NameKind.COMPANY:
        return known.main
    before = known.before.get(sentence.number)
    return before if before is not None and before.kind is NameKind.COMPANY else asset


def _makes_its_own(sentence: Sentence, places: list[Place], at: int) -> Place | None:
    """Who makes a part of its own sales somewhere: `X makes 45% of its sales abroad, more than M`."""
    figure = next((f for f in sentence.figures_near(at) if f.first == at), None)
    if figure is None or not sentence.text.is_english:
        return None
    is_own = sentence.words(figure.last, figure.last + 2) in _OF_ITS
    named = next((p for p in places if not p.is_noun and p.last < figure.lead <= p.last + 3), None)
    if named is None or not is_own:
        return None
    return named if not _MAKING.isdisjoint(sentence.words(named.last, figure.lead)) else None


_OF_ITS = (("of", "its"), ("of", "their"))
_MAKING = frozenset(
    ("makes", "made", "generates", "generated", "gets", "got", "earns", "derives", "derived", "does", "draws")
)
_FINAL = 8
"""Within so many words behind its figure a German clause ends in its verb: `das 14 Prozent des Umsatzes ausmacht`."""
_WHOSE = tuple((",", word) for word in sorted(WHOSE))
_WHICH = ((",", "which"), (",", "who"), (",", "das"), (",", "der"), (",", "die"))
"""`Apple, which made up 18% of its revenue`: of the seller's, not of its own."""
_RELATIVES = word_set("subjects", "relatives") | {"that", "die"}
_ALONE = frozenset((("alone",), ("allein",), ("alleine",)))


def _is_genitive(sentence: Sentence, place: Place) -> bool:
    tokens = sentence.tokens
    return tokens.text[place.last - 1].endswith("s") or tokens.text[place.last : place.last + 1] == ["'"]


def _is_of_one_share(sentence: Sentence, at: int) -> bool:
    """`agreed to buy Freshpet for $82 a share`: the price is that of the company named right before it."""
    return any(f.first == at and f.mention.unit == "money" and is_price(f) for f in sentence.figures)


def _names(places: list[Place], name: Name) -> bool:
    return any(place.name.name == name.name for place in places)
