"""What the words around a figure make of its kind, once all figures of a sentence have theirs.

`has lost a quarter of its value since the June peak`: a distance, not a return. `Im Schnitt sehen sie die Aktie bei 104
Euro und damit 15 Prozent höher`: what a target has left. `they ordered 80,000 handhelds`: a contract, no count of a
business; `zugelassen waren höchstens 500 Wagen`: a rule. `likely rose 23%`: not known yet.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.speakers import OWN_PEOPLE

_NEAR = 16


def recast(drafts: list[Draft]) -> None:
    """Gives the figures of a sentence the kind that the words around them say."""
    for former, draft in pairwise(drafts):
        if former.kind == "price_target" and former.sentence is draft.sentence and _is_left(former, draft):
            draft.kind = draft.metric = "implied_upside"
    for draft in drafts:
        if not draft.values:
            continue
        for kinds, holds, kind, metric in _RULES:
            if draft.kind in kinds and holds(draft):
                draft.kind, draft.metric = kind, metric or draft.metric
                draft.is_foreseen = draft.is_foreseen or kind == "estimate"
                break


def _is_left(target: Draft, draft: Draft) -> bool:
    """`bei 104 Euro und damit 15 Prozent höher`, `, das wären 5 % weniger`, `, which is a fifth above where we are`."""
    between = draft.sentence.words(target.last, draft.first)
    is_linked = any(pair in _LINKS for pair in pairwise(between))
    return draft.kind in ("return", "growth") and is_linked and len(between) <= 9 and draft.values[0].unit == "percent"


_LINKS = frozenset(
    (
        *(("das", verb) for verb in ("wären", "wäre", "sind", "entspricht", "entspräche")),
        *(("which", verb) for verb in ("is", "would", "implies", "means")),
        *(("und", "damit"), ("and", "thus")),
    )
)


def _is_off_high(draft: Draft) -> bool:
    """`Seit dem Hoch vom Juni hat sich der Kurs halbiert`, `down by three-quarters from its July 2021 peak`."""
    if draft.metric in ("relative_return", "index_points") or draft.values[0].unit == "money":
        return False
    sentence = draft.sentence
    before, after = sentence.words(draft.first - _NEAR, draft.first), sentence.words(draft.last, draft.last + 12)
    return _leads_to_high(_since(before, (";", ":"))) or _leads_to_high(_until(after, (",", ";", ".")))


def _since(words: tuple[str, ...], stops: tuple[str, ...]) -> tuple[str, ...]:
    at = next((k for k in range(len(words) - 1, -1, -1) if words[k] in stops), -1)
    return words[at + 1 :]


def _until(words: tuple[str, ...], stops: tuple[str, ...]) -> tuple[str, ...]:
    return words[: next((k for k, word in enumerate(words) if word in stops), len(words))]


def _leads_to_high(words: tuple[str, ...]) -> bool:
    for k, word in enumerate(words):
        if word in _FROM:
            span = words[k + 1 : k + 9]
            if not _HIGHS.isdisjoint(span) and _LOWS.isdisjoint(span):
                return True
    return False


_FROM = frozenset(("from", "since", "gegenüber", "vom", "seit", "regain", "zum"))
_HIGHS = word_set("recasting", "highs")
_LOWS = frozenset(("low", "lows", "tief", "trough"))


def _is_off_consensus(draft: Draft) -> bool:
    """`can earn $14 a share, 20% above the consensus`: how far an expected figure is from the others'."""
    tail = draft.sentence.words(draft.last - 2, draft.last + 4)
    return draft.values[0].unit == "percent" and any(
        one in _BESIDE and (other == "consensus" or (other == "the" and "consensus" in tail))
        for one, other in pairwise(tail)
    )


_BESIDE = frozenset(("above", "below", "over", "under", "ahead"))


def _is_returned(draft: Draft) -> bool:
    """`has returned 130% over the past decade`, `was 6% in the red`: what a share brought, not what was paid out."""
    sentence = draft.sentence
    if draft.values[0].unit != "percent":
        return False
    lead, tail = sentence.words(draft.first - 6, draft.first), sentence.words(draft.last, draft.last + 3)
    is_brought = not _RETURNED.isdisjoint(lead) and tail[:2] not in (("of", "its"), ("to", "shareholders"))
    return (is_brought and "to" not in lead) or tail in _TERRITORY


_RETURNED = frozenset(("returned", "returning"))
_TERRITORY = frozenset((("in", "the", "red"), ("in", "positive", "territory"), ("in", "negative", "territory")))


def _is_likely(draft: Draft) -> bool:
    """`Cash App's gross profit likely rose 23%`, `growth may have slowed to 13%`: of the past, and not known."""
    words = draft.sentence.words(draft.first - 6, draft.first)
    is_quoted = draft.voice is not None and draft.voice.is_quoted
    is_may = any(pair in _MAY_HAVE for pair in pairwise(words))
    return not is_quoted and (is_may or any(pair[0] in _LIKELY and pair[1] in _MOVED for pair in pairwise(words)))


_MAY_HAVE = frozenset((("may", "have"), ("might", "have")))
_LIKELY = frozenset(("likely", "probably", "presumably"))
_MOVED = word_set("kinds", "past")


def _is_under_way(draft: Draft) -> bool:
    """`is doubling its capacity to 2 gigawatts by December`: what is begun, and ends on a day to come."""
    sentence = draft.sentence
    words = sentence.words(draft.first - 7, draft.last)
    is_running = any(one in ("is", "are") and other.endswith("ing") for one, other in pairwise(words))
    tail = _until(sentence.words(draft.last, draft.last + 12), (",", ";", "."))
    is_dated = any(one == "by" and (other in _DAYS or other[:2] == "20") for one, other in pairwise(tail))
    return is_running and (is_dated or ("the", "end") in pairwise(tail))


_DAYS = word_set("recasting", "days")


def _is_ordered(draft: Draft) -> bool:
    """`they ordered 80,000 of our handhelds`, `landed a 900-megawatt order`, `would order three frigates`."""
    sentence = draft.sentence
    is_count = draft.values[0].unit == "count"
    is_verb = not _ORDERS.isdisjoint(sentence.words(draft.first - 2, draft.first))
    words = sentence.words(draft.first, draft.last + 3)
    return is_count and (is_verb or any(one in _ORDER and other == "from" for one, other in pairwise(words)))


_ORDERS = frozenset(("ordered", "order", "leased", "bestellt", "bestellte", "bestellten", "orderte", "orderten"))
_ORDER = frozenset(("order", "contract", "auftrag"))


def _is_ruled(draft: Draft) -> bool:
    """`zugelassen waren 500 Wagen`, `a rule would cap their speed at 15 miles`, `darf 21.200 Tonnen ausführen`."""
    sentence = draft.sentence
    words = (
        *_since(sentence.words(draft.first - 10, draft.first), (",", ";", ":")),
        *_until(sentence.words(draft.last, draft.last + 5), (",", ";", ":", ".")),
    )
    return draft.values[0].unit in ("count", "percent") and not _PERMITS.isdisjoint(words)


_PERMITS = word_set("recasting", "permits")


def _is_works(draft: Draft) -> bool:
    """`plans to add two assembly lines`, `to sell three idled sites`: works that are to be built or sold."""
    sentence = draft.sentence
    is_built = not _BUILDS.isdisjoint(sentence.words(draft.first - 3, draft.first))
    is_count = draft.values[0].unit == "count"
    return is_count and is_built and not _WORKS.isdisjoint(sentence.words(draft.last, draft.last + 3))


_BUILDS = frozenset(("build", "add", "sell", "close", "shut", "idle", "mothball", "open", "bauen", "verkaufen"))
_WORKS = frozenset(("plants", "lines", "factories", "mines", "mills", "sites", "werke", "fabriken", "smelters"))


def _is_shops(draft: Draft) -> bool:
    """`wants to sell 300 company-owned locations to franchisees`: what a company parts with."""
    sentence = draft.sentence
    is_sold = not _SELL.isdisjoint(sentence.words(draft.first - 3, draft.first))
    words = sentence.words(draft.first, draft.last + 4)
    return draft.values[0].unit == "count" and is_sold and not _SHOPS.isdisjoint(words)


_SELL = frozenset(("sell", "sells", "selling", "offload", "divest"))
_SHOPS = word_set("recasting", "shops")


def _is_borrowed(draft: Draft) -> bool:
    return draft.values[0].unit == "money" and "borrow" in draft.sentence.words(draft.first - 5, draft.first)


def _is_spent(draft: Draft) -> bool:
    """`intends to triple capacity, at a cost of $410 million`, `plans to put £7bn into cabins`: spending planned."""
    sentence = draft.sentence
    before = sentence.words(draft.first - 40, draft.first)
    if draft.values[0].unit != "money" or _INTENDS.isdisjoint(pairwise(before)):
        return False
    is_cost = any(pair in _COST_OF for pair in pairwise(before[-5:]))
    is_put = not _PUTS.isdisjoint(before[-3:]) and "into" in sentence.words(draft.last, draft.last + 4)
    is_kept = ("set", "aside") in pairwise(before[-4:]) and "which" in before[-8:]
    is_spent = is_cost or is_put or is_kept
    if is_spent and not sentence.houses:
        draft.status = "company_guidance"
    return is_spent


_INTENDS = frozenset((one, "to") for one in word_set("expecting", "aims_to"))
_COST_OF = frozenset((("cost", "of"), ("investment", "of"), ("outlay", "of"), ("expense", "of")))
_PUTS = frozenset(("put", "pour", "plough", "plow", "sink", "pump", "invest"))


def _is_put_by_house(draft: Draft) -> bool:
    """`The bank puts 2027 earnings at $9.35`, `I have earnings of $7.50 for fiscal 2028`: what a house reckons with."""
    sentence = draft.sentence
    words = _since(sentence.words(draft.first - 16, draft.first), (";", ":"))
    if words[-1:] not in (("at",), ("of",)) or "had" in words or not OWN_PEOPLE.isdisjoint(set(words) - {"it"}):
        return False
    near = (*words, *sentence.words(draft.last, draft.last + 5))
    is_dated = "fiscal" in near or any(word.startswith("20") and len(word) == 4 for word in near)
    return is_dated and not _SETS.isdisjoint(pairwise(words)) and not _EARNINGS.isdisjoint(words)


_SETS = frozenset(
    [(who, verb) for who in ("it", "bank", "broker", "house", "he", "she") for verb in ("puts", "leaves", "pegs")]
    + [("i", "have"), ("we", "have"), ("analysts", "put"), ("they", "put")]
)
_EARNINGS = frozenset(("earnings", "eps", "profit", "revenue", "sales", "ebitda", "ebit"))


def _is_paid_out(draft: Draft) -> bool:
    """`Tanger pays 31.5 cents a quarter`, `paid 21.79p a share for 2025`: a dividend, without its word."""
    sentence = draft.sentence
    if draft.metric != "share_price" or sentence.words(draft.first - 1, draft.first) not in _PAYS:
        return False
    words = sentence.words(draft.first, draft.last + 5)
    if not _RECEIVERS.isdisjoint(sentence.words(draft.first - 12, draft.first)) and "cash" not in words:
        return "for" not in sentence.words(draft.last, draft.last + 1)
    return "average" not in words and not _PER.isdisjoint(pairwise(words)) and not _TERMS.isdisjoint(words)


_RECEIVERS = frozenset(("shareholders", "holders", "aktionäre", "aktionären", "anteilseigner"))


_PAYS = (("pays",), ("paid",), ("zahlt",), ("zahlte",), ("überwies",), ("überweist",), ("pay",))
_PER = frozenset(
    (("a", "share"), ("per", "share"), ("a", "quarter"), ("je", "aktie"), ("je", "anteil"), ("pro", "aktie"))
)
_TERMS = frozenset(("quarter", "year", "for", "für", "annually", "vierteljährlich", "monatlich", "month", "annual"))

_RULES: tuple[tuple[frozenset[str], Callable[[Draft], bool], str, str | None], ...] = (
    (frozenset(("return",)), _is_off_high, "distance_to_high", "recent_high"),
    (frozenset(("growth", "return", "market_share", "implied_upside")), _is_off_consensus, "estimate", "eps"),
    (frozenset(("growth", "ratio", "financial_figure", "market_share")), _is_returned, "return", "share_price"),
    (frozenset(("financial_figure", "corporate_event")), _is_spent, "capex", "capex"),
    (frozenset(("operating_metric",)), _is_ordered, "corporate_event", "contract"),
    (frozenset(("operating_metric",)), _is_ruled, "policy_event", "regulation"),
    (frozenset(("guidance",)), _is_works, "corporate_event", "plant"),
    (frozenset(("guidance", "operating_metric")), _is_shops, "corporate_event", "disposal"),
    (frozenset(("guidance",)), _is_borrowed, "corporate_event", "bond_issue"),
    (frozenset(("growth", "financial_figure", "operating_metric")), _is_likely, "estimate", None),
    (frozenset(("financial_figure", "guidance")), _is_put_by_house, "estimate", None),
    (frozenset(("price_level",)), _is_paid_out, "financial_figure", "dividend_per_share"),
    (frozenset(("growth", "operating_metric")), _is_under_way, "guidance", None),
)
"""Kinds, what has to hold, and the kind and metric that a figure has then."""
