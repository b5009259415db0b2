"""Exchange rates: a currency that is no unit, with its price in another one."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place

_PER = frozenset((("a",), ("per",), ("je",), ("pro",)))
"""Before a pound that is a weight: `92.50 dollars a pound`."""
_RANK = {"EUR": 0, "GBP": 1, "AUD": 2, "NZD": 3, "USD": 4}


def currency_pair(sentence: Sentence, figure: Figure, places: list[Place], local: str | None) -> Name | None:
    """The pair of an exchange rate: a currency that is no unit, with its price in another one; in `local`, the money of
    the text, where the sentence names none. What a rate is compared with is one too: `149.85 yen, compared with 150.42
    yen late Tuesday`."""
    pair = _pair_of(sentence, figure, places, local) or _rate_of(sentence, figure, local)
    if pair is None and (told := _told_before(sentence, figure)) is not None:
        return _pair_of(sentence, told, places, local) or _rate_of(sentence, told, local)
    if pair is not None or figure.mention.unit != "money":
        return pair
    before = next((f for f in reversed(sentence.figures_near(figure.first)) if _is_before(f, figure)), None)
    if before is None or _COMPARED.isdisjoint(sentence.words(before.last, figure.first)):
        return None
    if any(before.last <= place.first < figure.first for place in places):
        return None
    return _pair_of(sentence, before, places, local)


def _rate_of(sentence: Sentence, figure: Figure, local: str | None) -> Name | None:
    """A rate told by its form: `145 per dollar`, `150 yen to the dollar`, `ein Wechselkurs von 1,20 Dollar`."""
    mention = figure.mention
    if mention.unit not in ("money", "count") or any(abs(v.value) > _MOST for v in mention.values):
        return None
    per = next(
        (n for n in sentence.names_near(figure.last) if n.of(NameKind.CURRENCY) and n.first >= figure.last), None
    )
    code = per.of(NameKind.CURRENCY) if per is not None else None
    one = mention.currency if mention.unit == "money" else local
    joint = sentence.words(figure.last, per.first) if per is not None else ()
    if code is not None and joint in _FOR_ONE and (code.name != "GBP" or joint == ("to",)):
        return _pair(code.name, str(one)) if one not in (None, code.name) else None
    is_rate = mention.unit == "money" and not _RATES.isdisjoint(sentence.words(figure.lead - _NEAR, figure.lead))
    return _pair(str(local), str(one)) if is_rate and local not in (None, one) else None


_MOST = 2e5
_FOR_ONE = (("per",), ("to",), ("je",), ("pro",), ("zum",), ("für", "einen"))
_RATES = frozenset(("wechselkurs", "wechselkurse", "dollarkurs", "eurokurs", "umrechnungskurs"))
_NEAR = 4


def _told_before(sentence: Sentence, figure: Figure) -> Figure | None:
    """The rate told before one of `the currency`: `assumes 145 per dollar, while the currency traded at 151.20`."""
    if figure.mention.unit not in ("money", "count"):
        return None
    before = next((f for f in reversed(sentence.figures_near(figure.first)) if f.last <= figure.first), None)
    is_told = before is not None and not _CURRENCIES.isdisjoint(sentence.words(before.last, figure.first))
    return before if is_told else None


_CURRENCIES = frozenset(("currency", "währung", "devise"))


def _is_before(other: Figure, figure: Figure) -> bool:
    same = other.mention.currency == figure.mention.currency and other.mention.unit == "money"
    return same and other.last <= figure.first <= other.last + _APART


_APART = 16
_COMPARED = frozenset(("compared", "against", "versus", "after", "from", "nach", "gegenüber", "vortag", "gewesen"))


def _pair_of(sentence: Sentence, figure: Figure, places: list[Place], local: str | None) -> Name | None:
    mention = figure.mention
    if mention.unit not in ("money", "count", "percent") or any(abs(v.value) > _MOST for v in mention.values):
        return None
    named: list[tuple[int, int, str]] = []
    for each in sentence.names_near(figure.first):
        currency = each.of(NameKind.CURRENCY)
        if currency is None:
            continue
        inside = any(
            (f.first <= each.first < f.last and f is not figure and not _is_one(f))
            or (f is figure and f.first <= each.first < f.last)
            for f in sentence.figures_near(figure.first)
            if f.mention.unit is not None
        )
        is_weight = currency.name == "GBP" and _is_weight(sentence, each.first, places)
        if inside or is_weight or sentence.cost(each.first, figure.first) > 2.4:
            continue
        between = (p for p in places if min(each.first, figure.first) <= p.first < max(each.first, figure.first))
        if any(p.name.kind is not NameKind.CURRENCY for p in between):
            continue
        is_behind = each.first > figure.first
        if is_behind and (any(p.last <= figure.first for p in places) or _goes_on(sentence, figure.last, each.first)):
            continue
        named.append((each.first, each.last, currency.name))
    codes = list(dict.fromkeys(code for _, _, code in named))
    if mention.unit == "money" and mention.currency and (one := _equated(sentence, figure)) is not None:
        return _named(one, mention.currency)
    if mention.unit == "money" and mention.currency and mention.currency not in codes and codes:
        ahead = [code for first, _, code in named if first < figure.first]
        return _told(ahead[-1], mention.currency) if ahead else _pair(codes[0], mention.currency)
    others = [code for code in codes if code != mention.currency]
    is_priced = _is_priced_one(sentence, figure) or _costs(sentence, figure, named)
    if mention.unit == "money" and others and is_priced:
        return _pair(others[-1], str(mention.currency))
    if len(codes) >= 2 and mention.unit == "count":
        return _pair(codes[0], codes[1])
    if mention.unit == "percent" and codes and _moves(sentence, *named[0][:2]):
        other = next((f.mention.currency for f in sentence.figures if f.mention.currency not in (None, codes[0])), None)
        is_own = len(codes) == 1 and _is_moved(sentence, named[0][1], figure)
        if len(codes) == 1 and other == "USD" and named[0][0] < figure.first:
            return _told(codes[0], other)
        other = codes[1] if len(codes) == 2 else other or (_against(codes[0], local) if is_own else None)
        return _pair(codes[0], other) if other and other != codes[0] else None
    if mention.unit == "money" and not codes and (former := _set_against(sentence, figure)) is not None:
        return currency_pair(sentence, former, places, local)
    return None


def _goes_on(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a comma parts a sum from a currency behind it: `up from $1,012, reflecting a firmer Canadian dollar`."""
    return "," in sentence.words(first, last) and last - first > 2


def is_unit(sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure is but the one unit whose rate is told: the `$1` of `($1 = 152.90 yen)`."""
    return figure.mention.unit == "money" and _is_one(figure) and sentence.words(figure.last, figure.last + 1) == ("=",)


def _equated(sentence: Sentence, figure: Figure) -> str | None:
    """The currency whose unit a sum is set equal to."""
    if sentence.words(figure.first - 1, figure.first) != ("=",):
        return None
    before = (f for f in sentence.figures_near(figure.first) if f.last == figure.first - 1 and is_unit(sentence, f))
    one = next((f for f in before), None)
    if one is not None and one.mention.currency == figure.mention.currency:  # a bare sign, read as the text's dollar
        return "USD" if "$" in one.mention.text and figure.mention.currency != "USD" else None
    return str(one.mention.currency) if one is not None else None


def _set_against(sentence: Sentence, figure: Figure) -> Figure | None:
    """The rate that another one is set against: `quoted at 149.85 yen, compared with 150.42 yen late Tuesday`."""
    if _AGAINST.isdisjoint(sentence.words(figure.lead - 3, figure.lead)):
        return None
    before = [f for f in sentence.figures_near(figure.first) if f.last <= figure.first and f.mention.unit == "money"]
    is_alike = bool(before) and before[-1].mention.currency == figure.mention.currency
    is_first = is_alike and _AGAINST.isdisjoint(sentence.words(before[-1].lead - 3, before[-1].lead))
    return before[-1] if is_first else None


_AGAINST = frozenset(("compared", "against", "versus", "from", "nach", "gegenüber", "statt", "zuvor"))


def _moves(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a currency is what moves: at the sentence's head, before a verb of movement or a clause about it."""
    if sentence.words(first - 1, first) in _WITHIN:
        return False
    if first - sentence.first <= 2 or sentence.words(last, last + 2) in _TELLS_ON:
        return True
    return any(cue.family == "movement" and last <= cue.first <= last + 1 for cue in sentence.cues_near(last))


_WITHIN = frozenset((("in",), ("zu",), ("into",), ("to",)))
_TELLS_ON = ((",", "der"), (",", "das"), (",", "which"))


def _against(code: str, local: str | None) -> str | None:
    """What a currency is told in where no other is named: in the text's own, that itself in the dollar."""
    return local if local != code else "USD" if code != "USD" else None


def _is_moved(sentence: Sentence, k: int, figure: Figure) -> bool:
    """Whether it is the currency that moved by a percentage: a verb of movement beside it, and nothing else's word."""
    if any(k <= topic.first < figure.last + 2 and topic.family in _OF_OTHERS for topic in sentence.topics_near(k)):
        return False
    is_parted = ":" in sentence.words(k, figure.first) or sentence.cost(k, figure.first) > _SAME_CLAUSE
    return not is_parted and any(
        cue.family == "movement" and k <= cue.first <= figure.last + _BEHIND for cue in sentence.cues_near(figure.first)
    )


_OF_OTHERS = frozenset(("figure", "operation", "ratio", "price_target", "counts"))
_SAME_CLAUSE = 2.4
_BEHIND = 4


def _is_weight(sentence: Sentence, k: int, places: list[Place]) -> bool:
    """Whether pounds are no money: `92.50 dollars a pound`, sugar at so much `das Pfund`; sterling is none."""
    if sentence.tokens.lower[k] == "sterling":
        return False
    return sentence.words(k - 1, k) in _PER or any(place.name.kind is NameKind.COMMODITY for place in places)


def _is_priced_one(sentence: Sentence, figure: Figure) -> bool:
    """Whether one unit of a currency stands before the figure: `ein Dollar kostete zuletzt 0,7985 Franken`."""
    return any(
        f.mention.unit == "money"
        and _is_one(f)
        and f.last <= figure.first
        and sentence.cost(f.last, figure.first) < 1.0
        for f in sentence.figures
    )


def _costs(sentence: Sentence, figure: Figure, named: list[tuple[int, int, str]]) -> bool:
    """Whether the currency right before a verb of cost is another than the figure's: `the dollar costs 1,452 won`."""
    ahead = [(last, code) for _, last, code in named if last <= figure.first]
    is_other = bool(ahead) and ahead[-1][1] != figure.mention.currency
    return is_other and not _COSTING.isdisjoint(sentence.words(ahead[-1][0], figure.first))


_COSTING = frozenset(("costs", "cost", "buys", "bought", "fetched", "fetches", "kostet", "kostete", "kosten", "worth"))


def _is_one(figure: Figure) -> bool:
    """`Ein US-Dollar`, whose price follows."""
    return len(figure.mention.values) == 1 and figure.mention.values[0].value == 1


def _told(one: str, other: str) -> Name:
    """The pair of a currency and its price: told in dollars it is as the text tells it (`72.15 U.S. cents`)."""
    return _named(one, other) if other == "USD" else _pair(one, other)


def _pair(one: str, other: str) -> Name:
    base, quote = sorted((one, other), key=lambda code: _RANK.get(code, 9))
    return _named(base, quote)


def _named(base: str, quote: str) -> Name:
    symbol = f"{quote}=X" if base == "USD" else f"{base}{quote}=X"
    return Name(NameKind.CURRENCY, f"{base}/{quote}", symbol, None, quote)
