"""What a takeover costs, by how a sentence tells it: `a $58-a-share cash offer`, `values the equity at`, `would owe`.

The word for the deal may stand behind its price, the price may be told of its holders (`will get 85.2 pence and half a
new share for each one they own`), of those who weigh a sale (`a price tag of 25 billion`), or of who walks away.
"""

from __future__ import annotations

import itertools

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE, is_price, size
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

_NEAR = 24
_LOOSE = frozenset(
    ("price", "price_target", "event", "figure", "market_cap", "volume", "upside", "ratio", "holding", "weak", "policy")
)


def is_bid(sentence: Sentence, bound: Bound, before: Bound | None) -> bool:
    """Whether a figure is what somebody bids, pays or forfeits for a company."""
    figure = bound.figure
    if bound.family not in _LOOSE or bound.metric in _OTHERS:
        return False
    if figure.mention.kind in SHARES_OF_ONE:
        return _is_above_price(sentence, figure, before)
    if figure.mention.kind is not K.MONEY:
        return False
    if is_price(figure) and size(figure) < _MOST:
        return (
            _is_attribute(sentence, figure)
            or _is_received(sentence, figure)
            or _is_put_down(sentence, figure)
            or _is_below_offer(sentence, figure)
            or _is_paid_in_cash(sentence, figure)
        )
    if size(figure) < _LEAST:
        return False
    is_told = before is not None and before.metric == "acquisition"
    return (
        _is_valued(sentence, figure, is_told=is_told)
        or _is_forfeit(sentence, figure, is_told=is_told)
        or _is_tagged(sentence, figure)
        or _is_put_down(sentence, figure)
    )


_OTHERS = frozenset(("dividend_per_share", "eps", "buyback", "fair_value"))
_MOST, _LEAST = 5e4, 1e6


def _is_attribute(sentence: Sentence, figure: Figure) -> bool:
    """`accepted a $58-a-share cash offer`, `a 455p-per-share proposal`: right before the word for the bid."""
    tail = sentence.words(figure.last, figure.last + 8)
    at = next((k for k, word in enumerate(tail) if word in _BIDS), None)
    if at is None or not _ADJECTIVES.issuperset(tail[:at]) or tail[at + 1 : at + 2] in (("price",), ("prices",)):
        return False
    return figure.mention.per == "share" or not {"cash", "share"}.isdisjoint(tail[:at])


def _is_received(sentence: Sentence, figure: Figure) -> bool:
    """`Holders will get 85.2 pence and 0.08 of a new share for each one`, `erhalten 17,50 Euro je Anteil in bar`."""
    lead, tail = sentence.words(figure.lead - 9, figure.lead), sentence.words(figure.last, figure.last + 12)
    is_holder = any(word in _HOLDERS for word in lead) and not _GETS.isdisjoint((*lead, *tail))
    is_each = not _EACH.isdisjoint((*tail, *lead[-4:])) or figure.mention.per == "share"
    is_paid = not _IN_CASH.isdisjoint(tail) or any(word in ("new", "neue", "neuen") for word in tail)
    whole = sentence.words(sentence.first, sentence.last)
    is_bid = is_holder and ((is_each and not _IN_CASH.isdisjoint(whole)) or (is_each and is_paid))
    is_bid = is_bid or (is_holder and not (_BIDS | _DEALS).isdisjoint(whole))
    return is_bid and _DIVIDENDS.isdisjoint(whole)


def _is_paid_in_cash(sentence: Sentence, figure: Figure) -> bool:
    """`dafür 21,50 Euro je Aktie in bar zahlen`, `zahlt 40 Euro je Papier für alle Aktien`: no dividend."""
    words = sentence.words(sentence.first, sentence.last)
    is_each = figure.mention.per == "share" or not _EACH.isdisjoint(sentence.words(figure.last, figure.last + 2))
    is_paid = not _PAID.isdisjoint(words) and _DIVIDENDS.isdisjoint(words)
    return is_each and is_paid and ("bar" in sentence.words(figure.last, figure.last + 6) or not _ALL.isdisjoint(words))


_PAID = frozenset(("zahlen", "zahlt", "bietet", "bieten", "offeriert", "geboten", "bezahlen", "bezahlt"))
_ALL = frozenset(("sämtliche", "übrigen", "restlichen", "ausstehenden", "verbliebenen"))


def _is_put_down(sentence: Sentence, figure: Figure) -> bool:
    """`legt 44 Euro auf den Tisch`, `has put $3 billion on the table`, `legt dafür 2,3 Milliarden hin`."""
    lead, tail = sentence.words(figure.lead - 9, figure.lead), sentence.words(figure.last, figure.last + 7)
    if "den" in tail and "tisch" in tail and "auf" in tail:
        return not _LAYS.isdisjoint((*lead, *tail))
    if "on" in tail and "table" in tail and not _PUTS.isdisjoint(tail):
        return True
    if tail[:3] == ("on", "the", "table"):
        return not _PUTS.isdisjoint(lead)
    return tail[:1] == ("hin",) and not _LAYS.isdisjoint(lead)


def _is_below_offer(sentence: Sentence, figure: Figure) -> bool:
    """`$6 less than what Apollo had proposed last October`, `a dollar more than the bid it turned down`."""
    tail = sentence.words(figure.last, figure.last + 10)
    return tail[:1] != () and tail[0] in _MORE and tail[1:2] in _THAN and not _OFFERED.isdisjoint(tail[2:])


def _is_valued(sentence: Sentence, figure: Figure, *, is_told: bool) -> bool:
    """`The purchase values the chain's equity at $1.9 billion`, `wird mit gut 3 Milliarden bewertet`: by a deal."""
    lead, tail = sentence.words(figure.lead - 12, figure.lead), sentence.words(figure.last, figure.last + 6)
    is_with = not {"debt", "schulden", "verbindlichkeiten"}.isdisjoint(tail) and not _WITH.isdisjoint(tail)
    is_valued = lead[-1:] in (("at",), ("mit",), ("auf",)) and not _VALUES.isdisjoint((*lead, *tail))
    is_restated = lead[-1:] in (("or",), ("oder",), ("beziehungsweise",)) and is_with
    if not (is_valued or is_restated or is_with):
        return False
    words = sentence.words(max(sentence.first, figure.lead - _NEAR), figure.last + _NEAR)
    is_of_deal = any(word in _BIDS or word in _DEALS or word.endswith(_COMPOUNDS) for word in words)
    return (is_told or is_of_deal) and _STAKES.isdisjoint((*lead, *tail))


def _is_forfeit(sentence: Sentence, figure: Figure, *, is_told: bool) -> bool:
    """`would owe Apollo $62 million if it walked away`, `Platzt das Geschäft, wird eine Vertragsstrafe von ... fällig`.

    The fee for a break bears its own word; else a condition of failure stands beside a verb of paying.
    """
    near = sentence.words(max(sentence.first, figure.lead - 18), figure.last + 14)
    if any(one in _BREAKS and other in _FEES for one, other in itertools.pairwise(near)):
        return True
    if not _PENALTIES.isdisjoint(near) and (is_told or not (_BIDS | _DEALS | _FAILS).isdisjoint(near)):
        return True
    is_if = not _IF.isdisjoint(near) or sentence.words(sentence.first, sentence.first + 1) in _FAILING
    is_owed = not _OWES.isdisjoint((*sentence.words(figure.lead - 7, figure.lead), *near[-12:]))
    return is_if and is_owed and not _FAILS.isdisjoint(near)


def _is_tagged(sentence: Sentence, figure: Figure) -> bool:
    """`put a price tag of 25 billion on TK Elevator`, `could fetch as much as £7bn`, `mergers worth $21 billion`."""
    lead = sentence.words(figure.lead - 6, figure.lead)
    if lead[-3:] in (("price", "tag", "of"), ("asking", "price", "of")) or "preisschild" in lead:
        return True
    is_fetched = lead[-1:] in (("fetch",), ("bring",), ("raise",)) and not _MIGHT.isdisjoint(lead)
    if is_fetched and lead[-1:] == ("fetch",):
        return True
    is_worth = lead[-1:] == ("worth",) or lead[-3:] == ("im", "wert", "von")
    at = lead[-2:-1] if lead[-1:] == ("worth",) else lead[-4:-3]
    return is_worth and at != () and at[0] in _PLURALS


def _is_above_price(sentence: Sentence, figure: Figure, before: Bound | None) -> bool:
    """`The price is 31% above Friday's close`, `und sogar 46 Prozent mehr als der Durchschnitt`: a bid's premium."""
    tail = sentence.words(figure.last, figure.last + 9)
    is_above = tail[:1] != () and (tail[0] in _ABOVE or tail[:2] in (("higher", "than"),))
    if not is_above or not any(word in _CLOSES for word in tail[1:]):
        return False
    lead = sentence.words(figure.lead - _NEAR, figure.lead)
    is_of_bid = any(word in _BIDS or word.endswith(_COMPOUNDS) for word in lead) or lead[:2] in _PRICE
    is_told = before is not None and before.metric == "acquisition"
    return (is_of_bid or is_told) and _TARGETS.isdisjoint(lead)


_BIDS = word_set("bids", "bids")
_DEALS = word_set("bids", "deals")
_COMPOUNDS = tuple(word_set("bids", "compounds"))
_ADJECTIVES = frozenset(
    ("cash", "all", "-", "a", "per", "share", "takeover", "buyout", "tender", "final", "revised", "friendly", "hostile")
)
_HOLDERS = word_set("bids", "holders")
_GETS = word_set("bids", "gets")
_EACH = frozenset(("each", "every", "je", "pro", "per"))
_IN_CASH = frozenset(("cash", "bar"))
_DIVIDENDS = frozenset(("dividend", "dividends", "dividende", "payout", "ausschüttung", "sonderdividende"))
_LAYS = frozenset(("legt", "legte", "legen", "legten", "gelegt", "blättert", "blätterte"))
_PUTS = frozenset(("put", "puts", "putting", "laid", "lays"))
_MORE = frozenset(("less", "more", "higher", "lower", "weniger", "mehr", "below", "above", "short"))
_THAN = (("than",), ("als",), ("the",), ("its",), ("of",))
_OFFERED = word_set("bids", "offered")
_VALUES = frozenset(("values", "valued", "valuing", "value", "bewertet", "bewerten", "bewertete", "taxiert"))
_WITH = frozenset(("including", "include", "plus", "with", "inklusive", "einschließlich", "samt", "mitsamt", "assumed"))
_STAKES = frozenset(("stake", "holding", "shares", "stock", "aktien", "anteil", "beteiligung", "funding", "round"))
_BREAKS = frozenset(("termination", "break", "breakup", "break-up", "break-off", "reverse", "up"))
_FEES = frozenset(("fee", "fees"))
_PENALTIES = word_set("bids", "penalties")
_IF = frozenset(("if", "should", "unless", "falls", "sollte", "wenn"))
_FAILING = frozenset((word,) for word in ("scheitert", "platzt", "scheitere", "steigt", "tritt", "zieht"))
_FAILS = word_set("bids", "fails")
_OWES = word_set("bids", "owes")
_MIGHT = frozenset(("could", "may", "might", "would", "expected", "likely"))
_PLURALS = word_set("bids", "plurals")
_ABOVE = frozenset(("above", "over", "more", "higher", "mehr", "über", "oberhalb", "höher"))
_CLOSES = word_set("bids", "closes")
_PRICE = (("the", "price"), ("the", "terms"), ("der", "preis"), ("das", "sind"), ("das", "waren"), ("that", "is"))
_TARGETS = frozenset(("target", "kursziel", "targets", "kursziele", "ziel", "fair", "value", "earnings"))
