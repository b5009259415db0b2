"""What a figure is of by its whole clause, where no single word says it: cash, sales of parts, works, trials, peaks."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE, size
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

_LOOSE = frozenset(("price", "figure", "weak", "operation", "holding", "capex", "market_cap"))


def by_clause(sentence: Sentence, bound: Bound, *, is_insider: bool) -> None:
    """Settles a figure by its clause, the first reading that holds."""
    rows = _OF_MONEY if bound.figure.mention.kind is K.MONEY else _OF_SHARES
    if bound.figure.mention.kind not in (K.MONEY, *SHARES_OF_ONE) or is_insider:
        return
    for holds, family, metric in rows:
        if holds(sentence, bound):
            bound.family, bound.metric = family, metric
            return


def _lead(sentence: Sentence, bound: Bound, reach: int) -> tuple[str, ...]:
    """Words before the figure, from the last stop on."""
    words = sentence.words(bound.figure.lead - reach, bound.figure.lead)
    at = max((k for k, word in enumerate(words) if word in _STOPS), default=-1)
    return words[at + 1 :]


def _tail(sentence: Sentence, bound: Bound, reach: int) -> tuple[str, ...]:
    """Words behind the figure, up to the next stop."""
    words = sentence.words(bound.figure.last, bound.figure.last + reach)
    return words[: next((k for k, word in enumerate(words) if word in _STOPS), len(words))]


_STOPS = frozenset((";", ":", "(", ")", ",", "while", "but", "whereas", "although"))


def _is_cash(sentence: Sentence, bound: Bound) -> bool:
    """`had $342 million in cash`, `with $105 million in cash`: what a company has, no price in cash."""
    if bound.family not in ("event", *_LOOSE) or size(bound.figure) < 1e6:
        return False
    tail = sentence.words(bound.figure.last, bound.figure.last + 4)
    is_in_cash = tail[:2] == ("in", "cash") or tail[:3] == ("in", "net", "cash") or tail[:2] == ("of", "cash")
    return is_in_cash and not _HAS.isdisjoint(_lead(sentence, bound, 5)) and _PAYS.isdisjoint(_lead(sentence, bound, 9))


_HAS = frozenset(("has", "had", "have", "with", "holds", "held", "having", "sits", "on", "hoard", "left", "of"))
_PAYS = word_set("clauses", "pays")


def _is_owed(sentence: Sentence, bound: Bound) -> bool:
    """`$3.3 billion of convertible notes`, `carries $575 million of debt`: what a company owes."""
    if bound.family not in ("event", *_LOOSE) or size(bound.figure) < 1e6:
        return False
    tail = _tail(sentence, bound, 6)
    if tail[:1] not in (("of",), ("in",)) or _OWED.isdisjoint(tail):
        return False
    lead = _lead(sentence, bound, 8)
    return not _OWES.isdisjoint(lead) and _RAISES.isdisjoint(lead)


_OWED = frozenset(("debt", "borrowings", "notes", "bonds", "loans", "convertibles"))
_OWES = frozenset(("owes", "owed", "carries", "carried", "carrying", "has", "had", "have", "are", "with", "against"))
_RAISES = frozenset(("sold", "sell", "sells", "issued", "issue", "raised", "raise", "raising", "priced", "selling"))


def _is_earned(sentence: Sentence, bound: Bound) -> bool:
    """`The unit lost $40 million in its last year`: what something earns, in the midst of a tale of its sale."""
    return bound.family == "event" and sentence.words(bound.figure.lead - 1, bound.figure.lead) in (
        ("lost",),
        ("earned",),
        ("made",),
    )


def _is_price_of_company(sentence: Sentence, bound: Bound) -> bool:
    """`paid $18.25 billion for SRS Distribution`, `pays $3.9 billion for GoTo`: a sum for what bears a name."""
    if size(bound.figure) < 1e7 or sentence.words(bound.figure.last, bound.figure.last + 1) != ("for",):
        return False
    if _PAYS.isdisjoint(_lead(sentence, bound, 4)):
        return False
    text = sentence.tokens.text[bound.figure.last + 1 : min(bound.figure.last + 3, sentence.last)]
    at = 1 if text[:1] and text[0].lower() in ("its", "the", "rival", "all") else 0
    named = text[at : at + 1]
    return bool(named) and named[0][:1].isupper() and _GOODS.isdisjoint(_tail(sentence, bound, 8))


_GOODS = word_set("clauses", "goods")


def _is_sold(sentence: Sentence, bound: Bound) -> bool:
    """`has sold $4.2bn of property`, `parted with its stake for about $540m`, `sold your unit for $210m`."""
    if bound.family not in ("event", *_LOOSE) or size(bound.figure) < 1e6:
        return False
    lead, tail = _lead(sentence, bound, 18), _tail(sentence, bound, 6)
    if tail[:1] in (("of",), ("in",), ("worth",)) and not _SELLS.isdisjoint(lead[-4:]):
        return not _PROPERTY.isdisjoint(tail)
    if lead[-1:] != ("for",):
        return False
    return not _SELLS.isdisjoint(lead) and not _PARTS.isdisjoint(lead) and _SHARES.isdisjoint(lead)


def _is_part_sold(sentence: Sentence, bound: Bound) -> bool:
    """`after selling a third of its network`, `parted with its 10.6 per cent of Vinamilk`: the part that is sold."""
    if bound.family not in _LOOSE or sentence.words(bound.figure.last, bound.figure.last + 1) != ("of",):
        return False
    lead = sentence.words(bound.figure.lead - 3, bound.figure.lead)
    while lead and lead[-1] in ("its", "their", "the", "a", "another", "with"):
        lead = lead[:-1]
    return lead[-1:] != () and lead[-1] in _SELLS and _SHARES.isdisjoint(_tail(sentence, bound, 5))


_SELLS = word_set("clauses", "sells")
_PARTS = word_set("clauses", "parts")
_PROPERTY = word_set("clauses", "property")
_SHARES = frozenset(("shares", "stock", "bonds", "notes", "cars", "vehicles", "insider"))


def _is_of_works(sentence: Sentence, bound: Bound) -> bool:
    """`will spend $45 million to enlarge its factory`, `a second plant will cost about €120m`: money put into works."""
    if bound.family not in ("event", "figure", "price", "operation") or size(bound.figure) < 1e6:
        return False
    if bound.family == "event" and bound.metric not in ("investment_plan", "plant", "product_launch"):
        return False
    lead, tail = _lead(sentence, bound, 12), _tail(sentence, bound, 10)
    if not _COSTS.isdisjoint(lead[-4:]):
        return not _WORKS.isdisjoint(lead)
    return not _INVESTS.isdisjoint(lead[-5:]) and not _WORKS.isdisjoint(tail)


_COSTS = frozenset(("cost", "costs", "costing"))
_INVESTS = frozenset(
    (
        "spend",
        "spends",
        "spent",
        "spending",
        "invest",
        "invests",
        "invested",
        "investing",
        "put",
        "puts",
        "putting",
        "budget",
        "budgets",
        "budgeting",
        "budgeted",
    )
)
_WORKS = word_set("clauses", "works")


def _is_worth_all(sentence: Sentence, bound: Bound) -> bool:
    """`which values Axsome at $6.1 billion`: what a share's price makes of a company."""
    lead = sentence.words(bound.figure.lead - 6, bound.figure.lead)
    if lead[-1:] != ("at",) or size(bound.figure) < 1e7 or bound.family == "holding":
        return False
    at = next((k for k in range(len(lead) - 1, -1, -1) if lead[k] in ("values", "valuing", "valued")), None)
    if (
        at is None
        or not _STAKES.isdisjoint(lead)
        or not _BIDS.isdisjoint(sentence.words(sentence.first, sentence.last))
    ):
        return False
    return (at > 0 and lead[at - 1] in (",", "which", "that", "price")) or lead[at + 1 : at + 3] == ("the", "company")


_STAKES = frozenset(("stake", "holding", "holdings", "bid", "offer", "deal"))
_BIDS = frozenset(("bid", "offer", "deal", "takeover", "acquire", "acquisition", "merger", "buyout", "proposal"))


def _is_of_trial(sentence: Sentence, bound: Bound) -> bool:
    """`In the pivotal study, the pill cut attacks by 83%, compared with 66% for a placebo`."""
    if bound.family not in ("price", "figure", "weak", "operation"):
        return False
    words = sentence.words(max(sentence.first, bound.figure.first - 30), bound.figure.last + 12)
    if "placebo" in words:
        return True
    return not _TRIALS.isdisjoint(words) and not _PATIENTS.isdisjoint(words)


_TRIALS = frozenset(("trial", "trials", "study"))
_PATIENTS = word_set("clauses", "patients")


def _is_below_peak(sentence: Sentence, bound: Bound) -> bool:
    """`16% below its February peak`, `more than 85% under its 2022 high`: the way down from a mark that has a date."""
    tail = sentence.words(bound.figure.tail, bound.figure.tail + 8)
    if tail[:1] not in _UNDER or bound.family not in ("price", "figure"):
        return False
    at = next((k for k, word in enumerate(tail) if word in _PEAKS), None)
    return at is not None and _STOPS.isdisjoint(tail[:at]) and not _OWNERS.isdisjoint(tail[:at])


_UNDER = (("below",), ("under",), ("off",), ("short",), ("shy",), ("beneath",))
_PEAKS = frozenset(("peak", "high", "record", "highs", "peaks"))
_OWNERS = frozenset(("its", "their", "the", "a", "his", "s", "from", "of"))


def _is_let(sentence: Sentence, bound: Bound) -> bool:
    """`98.7% of its properties were leased`, `offices were 94.2 per cent let`: how full something is."""
    if bound.family not in _LOOSE and bound.metric != "revenue_share":
        return False
    tail = _tail(sentence, bound, 10)
    if tail[:1] in (("let",), ("leased",), ("occupied",), ("full",), ("booked",), ("utilised",), ("utilized",)):
        return True
    return tail[:1] == ("of",) and any(
        one in ("is", "are", "was", "were") and other in ("let", "leased", "occupied", "booked", "rented")
        for one, other in pairwise(tail)
    )


def _is_paid_out(sentence: Sentence, bound: Bound) -> bool:
    """`75% of adjusted funds from operations goes to shareholders`: the part of its earnings that is paid out."""
    if bound.family not in _LOOSE or sentence.words(bound.figure.last, bound.figure.last + 1) != ("of",):
        return False
    tail = sentence.words(bound.figure.last, bound.figure.last + 14)
    pairs = list(zip(tail, tail[1:], tail[2:], strict=False))
    is_given = any(a in ("goes", "go", "went", "flows") and b == "to" and c.startswith("share") for a, b, c in pairs)
    return is_given and not _EARNED.isdisjoint(tail)


_EARNED = frozenset(("funds", "earnings", "profit", "profits", "income", "cash", "affo", "ffo"))


def _is_duty(sentence: Sentence, bound: Bound) -> bool:
    """`goods from there pay 10% at the U.S. border`: what is paid to get in."""
    if bound.family not in _LOOSE or not {"pay", "pays", "paying"} & set(_lead(sentence, bound, 3)):
        return False
    return not {"border", "customs"}.isdisjoint(_tail(sentence, bound, 10))


def _is_own_stock(sentence: Sentence, bound: Bound) -> bool:
    """`have retired 6% of our shares`: bought back."""
    tail = sentence.words(bound.figure.last, bound.figure.last + 4)
    is_of_shares = tail[:1] == ("of",) and not {"shares", "stock"}.isdisjoint(tail)
    return is_of_shares and not {"retired", "retire", "retires", "repurchased", "cancelled"}.isdisjoint(
        _lead(sentence, bound, 4)
    )


def _is_owned_share(sentence: Sentence, bound: Bound) -> bool:
    """`has around 40% of the U.S. market`, `sells 38% of all pretzels in U.S. supermarkets`: a share of a market."""
    if bound.family not in (*_LOOSE, "ratio") or sentence.words(bound.figure.last, bound.figure.last + 1) != ("of",):
        return False
    tail = sentence.words(bound.figure.last, bound.figure.last + 9)
    at = next((k for k, word in enumerate(tail) if word in ("market", "markets")), None)
    if at is not None and {",", ";", ":"}.isdisjoint(tail[:at]) and tail[at + 1 : at + 2] not in (("value",), ("cap",)):
        return True
    is_all = tail[1:2] in (("all",), ("what",), ("every",), ("global",), ("worldwide",))
    return is_all and not _VENDS.isdisjoint(sentence.words(bound.figure.lead - 2, bound.figure.lead))


_VENDS = word_set("binding", "supplies") | {"sell", "sold", "makes", "has", "had"}


def _is_implied(sentence: Sentence, bound: Bound) -> bool:
    """`Their mean target of $61 leaves room for 15 per cent`, `implies a decline of 22%`: how far a target is away."""
    if bound.family not in (*_LOOSE, "ratio", "counts"):
        return False
    lead = _lead(sentence, bound, 9)
    if not _TARGET_WORDS.isdisjoint(sentence.words(sentence.first, bound.figure.lead)) or "target" in lead:
        return not _IMPLIES.isdisjoint(lead)
    return False


_TARGET_WORDS = frozenset(("target", "targets", "objective"))
_IMPLIES = frozenset(("implies", "imply", "implying", "leaves", "leaving", "suggests", "suggesting", "room", "upside"))


def _is_discount(sentence: Sentence, bound: Bound) -> bool:
    """`changes hands at a discount of about 15% to Atlas Copco`: how much cheaper than another a share is."""
    lead = sentence.words(bound.figure.lead - 3, bound.figure.lead)
    is_named = lead[-2:] in (("discount", "of"), ("premium", "of")) or (
        sentence.words(bound.figure.last, bound.figure.last + 1) in (("discount",), ("premium",))
    )
    if not is_named or bound.family not in (*_LOOSE, "ratio", "event"):
        return False
    return not _TRADES.isdisjoint(_lead(sentence, bound, 10)) and "bid" not in sentence.words(
        sentence.first, sentence.last
    )


_TRADES = frozenset(("trades", "trade", "trading", "hands", "valued", "priced", "sells", "traded"))


def _is_aid(sentence: Sentence, bound: Bound) -> bool:
    """`homeowners would get back 20% of what a system costs`, `the credit was worth 30%`: what a state pays."""
    if bound.family not in _LOOSE:
        return False
    lead = _lead(sentence, bound, 8)
    is_back = lead[-2:] == ("get", "back") or lead[-2:] == ("claim", "back")
    if is_back or lead[-1:] == ("worth",):
        words = sentence.words(sentence.first, bound.figure.lead)
        return not _AIDS.isdisjoint(words) or (is_back and not _CITIZENS.isdisjoint(words))
    return False


_AIDS = frozenset(("credit", "credits", "rebate", "rebates", "subsidy", "subsidies", "grant", "incentive", "deduction"))
_CITIZENS = frozenset(("homeowners", "households", "buyers", "drivers", "taxpayers", "consumers", "farmers"))


def _is_of_order(sentence: Sentence, bound: Bound) -> bool:
    """`will deliver cells worth $1.1 billion through 2029`: what is ordered."""
    if bound.family not in ("holding", "price", "figure", "market_cap") or size(bound.figure) < 1e6:
        return False
    lead = _lead(sentence, bound, 9)
    return lead[-1:] == ("worth",) and not _DELIVERS.isdisjoint(lead) and _SHARES.isdisjoint(lead)


_DELIVERS = frozenset(
    ("deliver", "delivers", "supply", "supplies", "order", "ordered", "orders", "delivering", "supplying")
)


def _is_toll(sentence: Sentence, bound: Bound) -> bool:
    """`The duty on imported steel cost Federal Signal about $7 million`: what a policy costs a company."""
    lead = _lead(sentence, bound, 6)
    return bound.family == "policy" and size(bound.figure) >= 1e5 and not _COSTS.isdisjoint(lead)


def _is_more_of(sentence: Sentence, bound: Bound) -> bool:
    """`are holding 25% more Napco gear than a year ago`, `should spend 6% more on tools`: a change of a number."""
    tail = sentence.words(bound.figure.last, bound.figure.last + 8)
    if tail[:1] not in (("more",), ("fewer",), ("less",)) or bound.family not in ("price", "ratio"):
        return False
    topic = bound.topic
    is_own = topic is None or topic.first >= bound.figure.last
    return is_own and ("than" in tail[2:6] or not _SPENDING.isdisjoint(_lead(sentence, bound, 3)))


_SPENDING = frozenset(("spend", "spends", "spent", "spending"))


def _is_told_growth(sentence: Sentence, bound: Bound) -> bool:
    """`put the label's increase at 11%`, `posted growth of 28%`: growth by its own word."""
    lead = sentence.words(bound.figure.lead - 3, bound.figure.lead)
    if bound.family != "price" or lead[-1:] not in (("at",), ("of",)):
        return False
    return not {"increase", "growth"}.isdisjoint(lead) and _STOCKS.isdisjoint(
        sentence.words(bound.figure.lead - 12, bound.figure.last + 6)
    )


_STOCKS = frozenset(("shares", "stock", "share", "price", "index"))


def _is_of_which(sentence: Sentence, bound: Bound) -> bool:
    """`$55 million, of which 49% came from monthly fees`: a part of the sum before it."""
    lead = sentence.words(bound.figure.lead - 2, bound.figure.lead)
    return lead == ("of", "which") and bound.family in ("figure", "weak", "price")


def _is_cheaper(sentence: Sentence, bound: Bound) -> bool:
    """`have become 12% cheaper since July`: a price, whose goods the subject is; `40% cheaper to make` is a cost."""
    tail = sentence.words(bound.figure.last, bound.figure.last + 3)
    return bound.family in _LOOSE and tail[:1] in (("cheaper",), ("dearer",), ("pricier",)) and tail[1:2] != ("to",)


def _is_cheaper_to_make(sentence: Sentence, bound: Bound) -> bool:
    tail = sentence.words(bound.figure.last, bound.figure.last + 3)
    return tail[:2] == ("cheaper", "to") and tail[2:] in (("make",), ("build",), ("produce",), ("run",))


def _is_share_of_rise(sentence: Sentence, bound: Bound) -> bool:
    """`accounted for roughly a fifth of the S&P 500's advance`."""
    tail = _tail(sentence, bound, 9)
    is_lead = not {"accounted", "accounts", "contributed", "behind"}.isdisjoint(_lead(sentence, bound, 4))
    return is_lead and tail[:1] == ("of",) and not {"advance", "gain", "gains", "rally", "rise"}.isdisjoint(tail)


def _is_aimed_at(sentence: Sentence, bound: Bound) -> bool:
    """`against an official target of 3%`: what a central bank wants of prices."""
    return bound.family == "indicator" and sentence.words(bound.figure.lead - 2, bound.figure.lead) == ("target", "of")


_OF_MONEY: tuple[tuple[Callable[[Sentence, Bound], bool], str, str], ...] = (
    (_is_cash, "figure", "cash"),
    (_is_owed, "figure", "debt"),
    (_is_earned, "figure", "net_income"),
    (_is_price_of_company, "event", "acquisition"),
    (_is_sold, "event", "disposal"),
    (_is_of_works, "capex", "capex"),
    (_is_worth_all, "market_cap", "market_cap"),
    (_is_of_order, "event", "contract"),
    (_is_toll, "figure", "tariff_costs"),
)
_OF_SHARES: tuple[tuple[Callable[[Sentence, Bound], bool], str, str], ...] = (
    (_is_owned_share, "market_share", "market_share"),
    (_is_below_peak, "high", "recent_high"),
    (_is_own_stock, "event", "buyback"),
    (_is_part_sold, "event", "disposal"),
    (_is_of_trial, "event", "trial_result"),
    (_is_let, "operation", "utilisation"),
    (_is_paid_out, "ratio", "payout_ratio"),
    (_is_duty, "policy", "tariff"),
    (_is_aid, "policy", "subsidy"),
    (_is_aimed_at, "policy", "policy_target"),
    (_is_implied, "upside", "implied_upside"),
    (_is_discount, "ratio", "price_earnings"),
    (_is_of_which, "ratio", "revenue_share"),
    (_is_share_of_rise, "market_share", "share_of_growth"),
    (_is_cheaper_to_make, "figure", "costs"),
    (_is_cheaper, "price", "share"),
    (_is_more_of, "operation", "volumes"),
    (_is_told_growth, "figure", "revenue"),
)
