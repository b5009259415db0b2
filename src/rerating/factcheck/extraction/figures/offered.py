"""What is paid in a deal and what it brings, by how the clause runs around the figure, whatever noun stands near.

`tops Friday's closing price by 37%`, `willing to pay $64`, `seine Tochter für 1,4 Milliarden Euro verkaufen`,
`raised its holding in X to 24.9% from 19.9%`, `$300 million upfront`.
"""

from __future__ import annotations

from collections.abc import Callable

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE, is_price, size
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

_LOOSE = frozenset(
    ("price", "price_target", "event", "figure", "capex", "volume", "holding", "weak", "operation", "ratio", "unit")
)
_SETTLED = frozenset(("dividend_per_share", "eps", "buyback", "fair_value", "issue_price", "trial_result", "disposal"))
_LARGE = 1e6
_SENTENCE, _CLAUSE = 40, 16
_BIDS = word_set("offered", "bids")
_COMPOUNDS = ("offerte", "angebot", "gebot", "angebots", "gebots")
_CLOSES = word_set("bids", "closes")


def offered(sentence: Sentence, bound: Bound, before: Bound | None) -> tuple[str, str] | None:
    """The family and metric of a figure that is part of a deal; None where the clause does not say so."""
    if bound.family not in _LOOSE or bound.metric in _SETTLED:
        return None
    is_told = before is not None and before.metric == "acquisition"
    figure = bound.figure
    if figure.mention.kind in SHARES_OF_ONE:
        if bound.family == "holding" and bound.topic is not None and _is_owned(sentence, figure, is_told):
            return None
        if before is not None and before.metric == "stake" and _was_held(sentence, figure):
            return "holding", "stake"
        rules = _OF_PERCENT
    elif figure.mention.kind is K.SHARES or (figure.mention.kind is K.NUMBER and size(figure) >= 1e5):
        rules = _OF_COUNTS
    elif figure.mention.kind is K.MONEY:
        rules = _OF_SUMS if size(figure) >= _LARGE else _OF_PRICES if is_price(figure) else ()
    else:
        return None
    return next((what for test, what in rules if test(sentence, figure, is_told)), None)


def _is_bid_word(word: str) -> bool:
    return word in _BIDS or word.endswith(_COMPOUNDS)


def _lead(sentence: Sentence, figure: Figure, reach: int) -> tuple[str, ...]:
    return sentence.words(max(sentence.first, figure.lead - reach), figure.lead)


def _tail(sentence: Sentence, figure: Figure, reach: int) -> tuple[str, ...]:
    return sentence.words(figure.last, figure.last + reach)


def _clause_behind(sentence: Sentence, figure: Figure, reach: int) -> tuple[str, ...]:
    """The words behind a figure up to a sign that ends its clause."""
    tail = _tail(sentence, figure, reach)
    return tail[: next((k for k, word in enumerate(tail) if word in _ENDS), len(tail))]


_ENDS = frozenset((",", ";", ":", ".", "(", "–", "—"))


def _is_topping(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`tops Monday's closing price by 41%`, `übertrifft den Schlusskurs um 41 Prozent`: a bid's premium."""
    lead = _lead(sentence, figure, 12)
    if lead[-1:] not in (("by",), ("um",)) or _CLOSES.isdisjoint(lead) or _TOPS.isdisjoint(lead):
        return False
    return is_told or any(_is_bid_word(word) for word in sentence.words(sentence.first, figure.lead))


def _is_premium(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`Die Prämie auf den Schlusskurs vom Dienstag beträgt 38 Prozent, auf den Durchschnitt sind es 45 Prozent`."""
    lead, tail = _lead(sentence, figure, 28), _tail(sentence, figure, 8)
    at = next((k for k in range(len(lead) - 1, -1, -1) if lead[k] in _PREMIUMS), None)
    if at is None or any(word in ";." for word in lead[at:]) or _CLOSES.isdisjoint((*lead[at:], *tail)):
        return False
    is_verb = not _AMOUNTS.isdisjoint(lead[max(at, len(lead) - 8) :])
    return is_verb and not {"auf", "to", "over", "gegenüber", "zum"}.isdisjoint((*lead[at:], *tail[:2]))


def _is_raised_by(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`raised its bid for X by 9%`, `stockt seine Offerte um neun Prozent auf`: what a bid is raised by."""
    lead, tail = _lead(sentence, figure, 10), _tail(sentence, figure, 8)
    is_raised = not _RAISES.isdisjoint((*lead, *tail)) and lead[-1:] in (("by",), ("um",))
    at = next((k for k in range(len(lead) - 1, -1, -1) if _is_bid_word(lead[k])), None)
    return is_raised and at is not None and _ENDS.isdisjoint(lead[at:]) and not lead[at].startswith("angebot")


def _is_held(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`raised its holding in X to 24.9% from 19.9%`, `will hold 51% of the venture`: what is held of a company."""
    lead, tail = _lead(sentence, figure, 10), _tail(sentence, figure, 5)
    is_to = lead[-1:] in _LEVELS
    at = next((k for k in range(len(lead) - 1, -1, -1) if lead[k] in _STAKES), None)
    if is_to and at is not None and _ENDS.isdisjoint(lead[at:]) and not _IN.isdisjoint(lead[at + 1 : at + 2]):
        return not _CHANGES.isdisjoint(sentence.words(max(sentence.first, figure.lead - 16), figure.lead))
    is_holding = not _HOLDS.isdisjoint(lead[-2:]) or (not _HOLDS_DE.isdisjoint(lead) and not sentence.text.is_english)
    return is_holding and not _VENTURES.isdisjoint((*tail, *(lead if not sentence.text.is_english else ())))


def _was_held(sentence: Sentence, figure: Figure) -> bool:
    """`It previously held 14.9%`, `Zuvor waren es 14,9 Prozent`: of the stake told of before."""
    lead = _lead(sentence, figure, 5)
    return not {"held", "owned", "hielt"}.isdisjoint(lead[-2:]) or ("es" in lead and not _BEFORE.isdisjoint(lead))


def _is_owned(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`now owns 19.8% of X`, `besitzt nach Zukäufen 19,8 Prozent von X`, `will keep 80%`, `hält danach 7,5 Prozent`."""
    lead, tail = _lead(sentence, figure, 6), _tail(sentence, figure, 2)
    if sentence.text.is_english:
        is_keeping = lead[-1:] in (("keep",), ("keeps",), ("retain",), ("retains",)) and tail[:1] in ((".",), (",",))
        is_owning = not _HOLDS.isdisjoint(lead[-2:]) and tail[:1] == ("of",)
        return is_keeping or (is_owning and _is_named_at(sentence, figure.last + 1))
    at = next((k for k, word in enumerate(lead) if word in _HOLDS_DE), None)
    if at is None or lead[-1:] in _AGAINST or not _ENDS.isdisjoint(lead[at:]):
        return False
    return tail[:1] in ((".",), (",",)) or (tail[:1] in (("von",), ("an",)) and _is_named_at(sentence, figure.last + 1))


def _is_named_at(sentence: Sentence, k: int) -> bool:
    return any(n.first == k and n.of(NameKind.COMPANY) is not None for n in sentence.names_near(k))


def _is_premium_to(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`a 42% premium to its average price`: over what the share cost; not what it trades at."""
    tail = _clause_behind(sentence, figure, 12)
    is_over = tail[:1] == ("premium",) and tail[1:2] in (("to",), ("over",), ("on",))
    is_price = not _CLOSES.isdisjoint(tail) or "price" in tail
    return is_over and is_price and _TRADES.isdisjoint(_lead(sentence, figure, 12))


def _is_part_offered(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`selling as much as 20% of the shares`, `will bis zu 20 Prozent der Anteile platzieren`: a part that is sold."""
    lead, tail = _lead(sentence, figure, 4), _clause_behind(sentence, figure, 10)
    is_of_shares = tail[:1] in (("of",), ("der",), ("seiner",), ("ihrer",)) and not _SHARES.isdisjoint(tail[1:4])
    return is_of_shares and not (_SELLS.isdisjoint(lead) and _PLACES.isdisjoint(tail))


def _are_sold(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`sold 30 million shares at $24 each, raising $720 million`: of a company's own, to the public."""
    lead, behind = _lead(sentence, figure, 3), _tail(sentence, figure, 16)
    is_sold = not _SELLS.isdisjoint(lead) or not _PLACES.isdisjoint(behind)
    return is_sold and not _RAISING.isdisjoint(behind) and _is_of_shares(sentence, figure)


def _is_of_shares(sentence: Sentence, figure: Figure) -> bool:
    return figure.mention.kind is K.SHARES or not _SHARES.isdisjoint(_tail(sentence, figure, 6))


def _are_another_s(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`sold 12 million X shares`, `hat 12 Millionen X-Aktien platziert`: of another company, named there."""
    tail = _tail(sentence, figure, 7)
    at = next((k for k, word in enumerate(tail) if word in _SHARES), None)
    if at is None or not _are_sold(sentence, figure, is_told):
        return False
    return any(n.first >= figure.last and n.last <= figure.last + at for n in sentence.names_near(figure.last))


def _is_of_others_shares(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`hat 12 Millionen X-Aktien platziert und damit 372 Millionen Euro eingenommen`: what a stake brings."""
    near = (*_lead(sentence, figure, 3), *_tail(sentence, figure, 3))
    lead = _lead(sentence, figure, _SENTENCE)
    if _RAISING.isdisjoint(near) or (_PLACES | _SELLS).isdisjoint(lead):
        return False
    named = (n for n in sentence.names_near(figure.first) if sentence.first + 1 < n.first and n.last <= figure.lead)
    return any(not _SHARES.isdisjoint(sentence.words(n.last, n.last + 2)) for n in named)


def _is_willing(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`had been willing to pay $64 before it walked away`: what was once offered."""
    lead = _lead(sentence, figure, 8)
    is_paying = not _PAYS.isdisjoint(lead[-2:]) and not _WILLING.isdisjoint(lead)
    words = sentence.words(sentence.first, sentence.last)
    return is_paying and (is_told or not _WALKS.isdisjoint(words) or any(_is_bid_word(word) for word in words))


def _is_taken_for(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`will be taken private by X for $27.50 per share`, `wird für 31 Euro je Aktie von der Börse genommen`."""
    lead, tail = _lead(sentence, figure, 14), _tail(sentence, figure, 10)
    if lead[-1:] not in (("for",), ("für",), ("at",)):
        return False
    return "private" in lead or ("börse" in tail and not {"genommen", "nehmen"}.isdisjoint(tail))


def _is_paid_per_share(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`will sämtliche Anteile erwerben und dafür 21,50 Euro je Aktie in bar zahlen`, `Der Preis von 47 Euro je Aktie
    liegt 37 Prozent über dem Schlusskurs`: for all shares."""
    lead, tail = _lead(sentence, figure, 20), _tail(sentence, figure, 14)
    is_each = figure.mention.per == "share" or tail[:1] in (("je",), ("pro",)) or tail[:3] == ("for", "each", "share")
    if not is_each:
        return False
    if not _DIVIDENDS.isdisjoint(sentence.words(sentence.first, sentence.last)):
        return False
    is_price_told = lead[-2:] in (("preis", "von"), ("price", "of"), ("kaufpreis", "von"))
    if is_price_told and not _CLOSES.isdisjoint(tail) and not _ABOVE.isdisjoint(tail):
        return True
    is_paid = not _PAID.isdisjoint((*lead[-6:], *tail[:6]))
    is_for = "für" in lead[-6:] or tail[:1] == ("for",)
    if is_paid and is_for and any(n.of(NameKind.COMPANY) is not None for n in sentence.names_near(figure.first)):
        return True
    return is_paid and not (_BUYS_ALL.isdisjoint(lead) and _BUYS_ALL.isdisjoint(tail))


def _is_of_mandatory_bid(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`Ein Pflichtangebot müsste bei mindestens 29 Euro je Aktie liegen`: a bid's price told as a level."""
    lead, tail = _lead(sentence, figure, 14), _tail(sentence, figure, 6)
    is_at = not {"bei", "mit", "zu", "at", "auf"}.isdisjoint(lead[-3:])
    is_at = is_at or "über" in (*lead[-1:], *sentence.words(figure.lead, figure.first))
    at = next((k for k in range(len(lead) - 1, -1, -1) if _is_bid_word(lead[k])), None)
    is_each = figure.mention.per == "share" or not {"je", "pro", "per", "a"}.isdisjoint(tail[:2])
    return is_at and is_each and at is not None and _ENDS.isdisjoint(lead[at:]) and _CLOSES.isdisjoint((*lead, *tail))


def _is_worth(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`an unsolicited proposal from X worth $9.4 billion`, `Das Gebot hat ein Volumen von 1,3 Milliarden Euro`."""
    lead, tail = _lead(sentence, figure, 12), _tail(sentence, figure, 3)
    at = next((k for k, word in enumerate(tail[:2]) if word in _APPROACHES), None)
    if at is not None and _ENDS.isdisjoint(tail[:at]):
        return True
    is_worth = lead[-1:] == ("worth",) or (not _VOLUMES.isdisjoint(lead[-4:]) and lead[-1:] in (("von",), ("of",)))
    at = next((k for k in range(len(lead) - 1, -1, -1) if _is_bid_word(lead[k])), None)
    return is_worth and at is not None and _ENDS.isdisjoint(lead[at:]) and _STAKES.isdisjoint(lead)


def _is_cost_of_buying(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`Insgesamt lässt sich Gates den Kauf knapp 690 Millionen Euro kosten`."""
    lead, tail = _lead(sentence, figure, 14), _tail(sentence, figure, 2)
    is_spent = tail[:1] == ("kosten",) and "sich" in lead and not {"lässt", "ließ", "lassen", "ließen"}.isdisjoint(lead)
    return is_spent and (not _DEALS.isdisjoint(lead) or any(word.endswith("übernahme") for word in lead))


def _is_brought_by_sale(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`nach dem Verkauf der Wassersparte, der rund 850 Millionen Euro einbrachte`: what a sale brought."""
    lead, tail = _lead(sentence, figure, 16), _tail(sentence, figure, 2)
    is_brought = not _BROUGHT.isdisjoint(tail[:1]) or not _BROUGHT.isdisjoint(lead[-2:])
    at = next((k for k, word in enumerate(lead) if word in _SALES), None)
    return is_brought and at is not None and any(w in _PARTS or w.endswith(_PART_ENDS) for w in lead[at:])


def _is_contributed(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`X is contributing $600 million`, `steuert 600 Millionen Euro bei`: what a partner puts into a venture."""
    lead, tail = _lead(sentence, figure, 5), _clause_behind(sentence, figure, 6)
    if sentence.text.is_english:
        is_given = lead[-1:] in (("contributing",), ("contribute",), ("contributes",), ("contributed",))
        return is_given and (tail == () or not _VENTURES.isdisjoint(tail))
    is_to = not {"zum", "zur", "zu"}.isdisjoint(_lead(sentence, figure, _CLAUSE))
    return tail == ("bei",) and not {"steuert", "steuerte", "steuern"}.isdisjoint(lead) and not is_to


def _is_sold_for(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`will seine Tochter für 1,4 Milliarden Euro verkaufen`, `stößt die Sparte für 310 Millionen Euro ab`."""
    lead, tail = _lead(sentence, figure, 20), _clause_behind(sentence, figure, 9)
    if sentence.text.is_english:
        told = [word for word in lead if word in _TRADING]
        is_deal = lead[-1:] in (("a",), ("an",)) and tail[:1] == ("deal",)
        is_sale = (lead[-1:] == ("for",) or is_deal) and told[-1:] != [] and told[-1] in _SELLING
        return is_sale and not _PARTS.isdisjoint(lead)
    if "als" in lead[-5:] and "erlös" in lead[-4:]:
        return True
    if lead[-1:] != ("für",):
        return False
    is_sold = not _SOLD.isdisjoint(tail) or (tail[-1:] == ("ab",) and not _AWAY.isdisjoint(lead))
    return is_sold and any(word in _PARTS or word.endswith(_PART_ENDS) for word in lead)


def _is_new_capital(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`erhöht das Kapital um 1,5 Milliarden Euro`: new shares."""
    lead = _lead(sentence, figure, 7)
    at = next((k for k, word in enumerate(lead) if word in ("kapital", "grundkapital", "stammkapital")), None)
    around = (*lead, *_tail(sentence, figure, 8))
    return lead[-1:] == ("um",) and at is not None and any(w.startswith(("erhöh", "aufstock", "stock")) for w in around)


def _is_borrowed(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`hatte dafür Kredite und Anleihen über 5,5 Milliarden aufgenommen`, `$1.6 billion of bank loans`: for a deal."""
    lead, tail = _lead(sentence, figure, 3), _tail(sentence, figure, 4)
    is_behind = lead[-1:] in (("über",), ("von",), ("of",), ("for",)) and not _LOANS.isdisjoint(lead[-2:-1])
    at = next((k for k, word in enumerate(tail) if word in _LOANS), None)
    is_ahead = tail[:1] in (("of",), ("in",)) and at is not None and _ENDS.isdisjoint(tail[:at])
    if not (is_behind or is_ahead):
        return False
    words = sentence.words(max(sentence.first, figure.lead - _SENTENCE), figure.last + _SENTENCE)
    return is_told or not _DEALS.isdisjoint(words) or any(word.endswith("übernahme") for word in words)


def _is_volume(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`Das Volumen beträgt 1,3 Milliarden Euro`, `der Auftragswert liegt bei`: of the order told of."""
    lead = _lead(sentence, figure, 8)
    at = next((k for k in range(len(lead) - 1, -1, -1) if lead[k] in _ORDER_VOLUMES), None)
    is_whole = at is not None and at > 0 and lead[at - 1] in ("das", "der", "the")
    is_alone = at is not None and lead[at].startswith("auftrag")
    return (is_whole or is_alone) and at is not None and not _AMOUNTS_TO.isdisjoint(lead[at + 1 : at + 2])


def _is_upfront(sentence: Sentence, figure: Figure, is_told: bool) -> bool:
    """`will pay X $300 million upfront and up to $1.1 billion in milestones`: what partners pay for rights."""
    near = (*_lead(sentence, figure, 4), *_tail(sentence, figure, 5))
    if _UPFRONT.isdisjoint(near) and _RIGHTS.isdisjoint((*_lead(sentence, figure, 9), *near)):
        return False
    return not _PARTNERS_PAY.isdisjoint(sentence.words(max(sentence.first, figure.lead - _SENTENCE), figure.lead))


_DIVIDENDS = frozenset(("dividend", "dividends", "dividende", "ausschüttung", "sonderdividende", "distribution"))
_ABOVE = frozenset(("above", "over", "über", "mehr", "oberhalb", "more", "higher"))
_PAID = frozenset(
    ("zahlen", "bezahlen", "zahlt", "zahlte", "bietet", "bieten", "bot", "geboten", "pay", "pays", "paying")
)
_BUYS_ALL = word_set("acquired", "final") | word_set("acquired", "bought") | {"anteile", "sämtliche"}
_PREMIUMS = frozenset(("prämie", "aufschlag", "premium", "übernahmeprämie"))
_AMOUNTS = frozenset(("beträgt", "betrug", "liegt", "lag", "sind", "ist", "betrage", "liege", "is", "was", "amounts"))
_SALES = frozenset(("verkauf", "verkaufs", "veräußerung", "abgabe", "abspaltung"))
_BROUGHT = frozenset(("einbrachte", "einbringt", "brachte", "bringt", "einbrachten", "einspielte", "erlöste"))
_BEFORE = frozenset(("zuvor", "bisher", "vorher", "bislang", "davor"))
_AGAINST = (("bei",), ("auf",), ("für",), ("um",), ("von",), ("mit",))
_TRADES = frozenset(("trades", "trade", "trading", "fetches", "priced"))
_TOPS = frozenset(
    ("tops", "topped", "topping", "exceeds", "exceeded", "exceeding", "beats", "übertrifft", "übersteigt")
)
_RAISES = word_set("offered", "raises")
_LEVELS = (("to",), ("from",), ("auf",), ("von",))
_STAKES = word_set("offered", "stakes")
_IN = frozenset(("in", "an", "at", "am", "bei", "of"))
_CHANGES = word_set("offered", "changes")
_HOLDS = frozenset(("hold", "holds", "own", "owns", "keep", "keeps", "retain", "retains", "have", "owning", "holding"))
_HOLDS_DE = frozenset(("hält", "halten", "behält", "behalten", "besitzt", "beteiligt"))
_VENTURES = frozenset(("venture", "gemeinschaftsunternehmen", "gemeinschaftsfirma", "jv"))
_SELLS = word_set("offered", "sells")
_PLACES = word_set("offered", "places")
_SHARES = frozenset(("shares", "stock", "aktien", "anteile", "anteilen", "papiere", "share"))
_RAISING = word_set("offered", "raising")
_PAYS = frozenset(("pay", "zahlen", "bieten", "bid", "offer"))
_WILLING = frozenset(("willing", "ready", "prepared", "bereit"))
_WALKS = frozenset(("walked", "away", "withdrew", "zurückzog", "ausstieg", "abwinkte", "board"))
_VOLUMES = frozenset(("volumen", "wert", "value"))
_SOLD = word_set("offered", "sold")
_SELLING = frozenset(
    ("sale", "sold", "sell", "sells", "selling", "divest", "divested", "divesting", "offloaded", "shed")
)
_TRADING = _SELLING | word_set("acquired", "bought") | word_set("acquired", "nouns")
_AWAY = frozenset(("stößt", "stieß", "gibt", "gab", "tritt", "trat", "stoßen", "geben"))
_PARTS = word_set("offered", "parts")
_PART_ENDS = (
    "sparte",
    "tochter",
    "geschäft",
    "beteiligung",
    "anteil",
    "bereich",
    "werk",
    "marke",
    "portfolio",
    "paket",
)
_RIGHTS = frozenset(("rights", "rechte", "lizenz", "license", "licence", "lizenzrechte"))
_APPROACHES = frozenset(("approach", "proposal", "bid", "offer", "takeover", "buyout", "offerte", "gebot"))
_LOANS = word_set("offered", "loans")
_DEALS = word_set("acquired", "nouns") | word_set("acquired", "bought") | {"deal"}
_ORDER_VOLUMES = frozenset(("volumen", "auftragsvolumen", "auftragswert", "vertragsvolumen", "vertragswert"))
_AMOUNTS_TO = frozenset(
    ("beträgt", "beläuft", "liegt", "beziffert", "bezifferte", "betrage", "liege", "summiert", "wird")
)
_UPFRONT = word_set("offered", "upfront")
_PARTNERS_PAY = frozenset(
    (
        "pay",
        "pays",
        "paid",
        "paying",
        "zahlt",
        "zahlte",
        "zahlen",
        "überweist",
        "erhält",
        "receives",
        "bekommt",
        "receive",
    )
)

_Rule = tuple[Callable[[Sentence, Figure, bool], bool], tuple[str, str]]
_ACQUISITION = ("event", "acquisition")
_OF_PERCENT: tuple[_Rule, ...] = (
    (_is_topping, _ACQUISITION),
    (_is_premium, _ACQUISITION),
    (_is_raised_by, _ACQUISITION),
    (_is_premium_to, _ACQUISITION),
    (_is_held, ("holding", "stake")),
    (_is_owned, ("holding", "stake")),
    (_is_part_offered, ("event", "disposal")),
)
_OF_COUNTS: tuple[_Rule, ...] = (
    (_are_another_s, ("event", "disposal")),
    (_are_sold, ("event", "listing")),
)
_OF_PRICES: tuple[_Rule, ...] = (
    (_is_willing, _ACQUISITION),
    (_is_taken_for, _ACQUISITION),
    (_is_of_mandatory_bid, _ACQUISITION),
    (_is_paid_per_share, _ACQUISITION),
)
_OF_SUMS: tuple[_Rule, ...] = (
    (_is_taken_for, _ACQUISITION),
    (_is_upfront, ("event", "partnership")),
    (_is_of_others_shares, ("event", "disposal")),
    (_is_worth, _ACQUISITION),
    (_is_borrowed, ("figure", "debt")),
    (_is_volume, ("event", "contract")),
    (_is_cost_of_buying, _ACQUISITION),
    (_is_brought_by_sale, ("event", "disposal")),
    (_is_contributed, ("event", "partnership")),
    (_is_new_capital, ("event", "capital_increase")),
    (_is_sold_for, ("event", "disposal")),
)
