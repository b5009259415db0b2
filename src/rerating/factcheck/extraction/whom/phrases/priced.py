"""Goods that no list holds, by what a sentence says of their price.

`the price of terbium oxide`, `a carton of Hass avocados fetched $26`, `Coconut oil changed hands at $2,700 a ton`,
`Pistazien sind 23 Prozent teurer`, `Hafermehl: Der Preis`, `Spargelpreis`: the noun is what has the price. What
somebody asks, gets or pays for it (`raised the price of`, `erlöste je Unze`), what bears an owner (`its milk`) and what
is no good (`no_goods`: shares, plans, costs) stays a company's.
"""

from __future__ import annotations

from collections.abc import Iterator

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.people import joined
from rerating.factcheck.extraction.whom.phrases.clauses_german import leads_to_subject
from rerating.factcheck.extraction.whom.phrases.good_phrases import (
    Phrase,
    is_made_at,
    is_weighed,
    names_another,
    phrase_at,
    phrase_before,
)
from rerating.language.reading.tokens import WORD

_PRICES = word_set("commodities", "prices")
_OF = frozenset(("of", "for", "on", "für", "von", "auf"))
_GENITIVES = frozenset(("der", "des", "eines", "einer"))
_COSTS = word_set("goods", "costs")
_CHANGES = word_set("commodities", "costs")
_DEARER = word_set("goods", "dearer")
_GOT = word_set("goods", "got")
_OWNERS = word_set("groups", "owners")
_OWN = word_set("commodities", "own")
_STEMS = word_set("goods", "stems")
_OPENING = word_set("commodities", "opening") - {"for", "seit"}
_MARKETS = word_set("goods", "markets")
_SPANS = word_set("goods", "spans")
_NEUTRAL = word_set("goods", "neutral") | {"front", "month"}
_BEING = frozenset(("is", "are", "was", "were", "ist", "sind", "war", "waren", "wird", "werden"))
_REACH = 16
_SAME_CLAUSE = 2.4
_LARGE = 1e6
_Good = tuple[int, int, Name]


def told(sentence: Sentence) -> Iterator[_Good]:
    """The goods of a sentence by what it says of their price: tokens [first, last) and the name."""
    if not sentence.figures:
        return
    until = sentence.first
    for k in range(sentence.first, sentence.last):
        if k < until or sentence.tokens.kind[k] not in (WORD, "n"):
            continue
        phrase = _at(sentence, k)
        if phrase is not None:
            until = phrase.last
            yield phrase.first, phrase.last, Name(NameKind.COMMODITY, _called(sentence, phrase))


def _at(sentence: Sentence, k: int) -> Phrase | None:
    """The good whose price a sentence tells with the words that begin at a token."""
    if sentence.tokens.lower[k] in _QUOTES:
        return _priced(sentence, k)
    if sentence.tokens.lower[k] in _PRICES:
        return _priced(sentence, k) or (_beside(sentence, k) if sentence.text.is_english else None)
    if sentence.tokens.lower[k].endswith(_RATES) and (rate := _route(sentence, k)) is not None:
        return rate
    if _opens(sentence, k):
        return _subject(sentence, k) or _announced(sentence, k)
    if sentence.text.is_english:
        return _measured(sentence, k)
    return _compound(sentence, k) or _measured(sentence, k) or _inverted(sentence, k) or _paid_for(sentence, k)


def _called(sentence: Sentence, phrase: Phrase) -> str:
    """The noun as it is printed, without a German genitive's ending or the price that it is compounded with."""
    text = joined(sentence, phrase.first, phrase.last)
    if phrase.stem:
        text = text[: len(phrase.stem)]
    is_genitive = not sentence.text.is_english and phrase.determiner in ("des", "eines") and text.endswith("s")
    text = text.removesuffix("s") if is_genitive else text
    return text[0].upper() + text[1:]


# ---- by the price ----------------------------------------------------------------------------------------------------


def _priced(sentence: Sentence, k: int) -> Phrase | None:
    """`The price of graphite electrodes`, `der Preis einer THG-Quote`, `Futures on skim milk powder`."""
    tokens = sentence.tokens
    link = tokens.lower[k + 1]
    is_genitive = not sentence.text.is_english and link in _GENITIVES
    if not (link in _OF or is_genitive) or _is_set(sentence, k):
        return None
    phrase = phrase_at(sentence, k + 1 if is_genitive else k + 2)
    if phrase is None or not _is_good(sentence, phrase):
        return None
    figures = _figures(sentence, phrase.last)
    if not figures or not _GOT.isdisjoint(sentence.words(phrase.last, phrase.last + 3)):
        return None
    is_by_weight = any(is_weighed(sentence, f) for f in figures)
    if tokens.lower[k] in _QUOTES:
        return phrase if is_by_weight or _is_box(sentence, phrase) else None
    is_single = phrase.determiner not in ("", "die") and not _is_plural(sentence, phrase)
    is_loose = is_single or (is_genitive and phrase.determiner != "einer")
    if is_by_weight or phrase.is_measured or _is_box(sentence, phrase):
        return phrase
    is_told = k - sentence.first <= _EARLY or _is_of_market(sentence, phrase.last)
    return phrase if is_told and not is_loose else None


_EARLY = 3


_QUOTES = frozenset(("kurs", "kurse", "cost", "costs"))
"""Words for a price that are told of much else too: `Kurs der Herkunftsnachweise`, `cost of a 40-foot container`."""


def _is_box(sentence: Sentence, phrase: Phrase) -> bool:
    """`a 40-foot container`, `einen 40-Fuss-Container`: what freight is told by."""
    return sentence.tokens.lower[phrase.last - 1].startswith("container")


def _beside(sentence: Sentence, k: int) -> Phrase | None:
    """`Yttrium prices have jumped 40% in a month`."""
    phrase = phrase_before(sentence, k) if sentence.tokens.lower[k] != "price" or _is_noun(sentence, k) else None
    return phrase if phrase is not None and _is_good(sentence, phrase) and _is_of_market(sentence, k + 1) else None


def _is_noun(sentence: Sentence, k: int) -> bool:
    """Whether `price` is no verb: `Markets price a 70% chance`."""
    return sentence.tokens.lower[k + 1] not in ("a", "in", "the", "out")


def _compound(sentence: Sentence, k: int) -> Phrase | None:
    """`Der Spargelpreis ist auf 9,80 Euro je Kilo gestiegen`."""
    word = sentence.tokens.lower[k]
    ending = next((each for each in _PRICE_ENDS if word.endswith(each)), None)
    if ending is None or not sentence.tokens.text[k][:1].isupper() or sentence.tokens.glued[k]:
        return None
    stem = word[: -len(ending)]
    is_own = stem in _STEMS or stem.removesuffix("s") in _STEMS or len(stem) < _SHORT or _is_set(sentence, k)
    if is_own or not _is_of_market(sentence, k + 1):
        return None
    return Phrase(k, k, k + 1, "", False, stem)


_PRICE_ENDS = ("preis", "preise", "preisen", "preises")
_SHORT = 3


def _is_of_market(sentence: Sentence, k: int) -> bool:
    """Whether figures behind a token tell a market's price: of a weight, or moved over a span that is named."""
    figures = _figures(sentence, k)
    if any(is_weighed(sentence, f) for f in figures):
        return True
    is_moved = any(cue.family == "movement" and k <= cue.first < k + _REACH for cue in sentence.cues_near(k))
    words = sentence.words(sentence.first, sentence.last)
    is_told = (is_moved and not _SPANS.isdisjoint(words)) or not _MARKETS.isdisjoint(words)
    return bool(figures) and is_told


def _is_set(sentence: Sentence, k: int) -> bool:
    """Whether somebody sets, gets or owns the price: `raised the price of`, `seine Preise für`, `realized price`."""
    before = sentence.words(k - 4, k)
    is_own = not _OWNERS.isdisjoint(before) or not _OWN.isdisjoint((*before, *sentence.words(k, k + 2)))
    return is_own or not _GOT.isdisjoint(before)


def _is_plural(sentence: Sentence, phrase: Phrase) -> bool:
    return sentence.text.is_english and sentence.tokens.lower[phrase.last - 1].endswith("s")


_RATES = ("rate", "rates", "raten")


def _route(sentence: Sentence, k: int) -> Phrase | None:
    """`Spot rates from Shanghai to Genoa`, `die Frachtrate von Schanghai nach Genua`: what freight costs there."""
    tokens = sentence.tokens
    words = sentence.words(k + 1, k + _FAR)
    away, there = ("from", "to") if sentence.text.is_english else ("von", "nach")
    is_route = words[:1] == (away,) and there in words[2:6] and tokens.text[k + 2][:1].isupper()
    is_shipped = words[:1] == ("for",) and not _SHIPPED.isdisjoint(words[1:3])
    if not (is_route or is_shipped) or not _figures(sentence, k) or not _OWNERS.isdisjoint(sentence.words(k - 4, k)):
        return None
    first = k
    while sentence.text.is_english and first > sentence.first and tokens.lower[first - 1] in _FREIGHT:
        first -= 1
    return Phrase(first, first, k + 1, "", False)


_SHIPPED = frozenset(("shipping", "moving", "containers", "container"))
_FREIGHT = word_set("goods", "freight")


# ---- by a weight -----------------------------------------------------------------------------------------------------


def _measured(sentence: Sentence, k: int) -> Phrase | None:
    """`A carton of Hass avocados fetched $26`, `Für ein Kilogramm Hopfen wurden 8,40 Euro bezahlt`."""
    phrase = phrase_at(sentence, k) if sentence.tokens.lower[k] in _ONES else None
    if phrase is None or not phrase.is_measured or not _is_good(sentence, phrase):
        return None
    figures = [f for f in _figures(sentence, phrase.last) if f.mention.unit == "money"]
    return phrase if figures and not _is_paid(sentence, phrase) else None


def _is_paid(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether somebody gets or pays for what is measured: `the price it got for a pound of nickel`."""
    return not _EARNED.isdisjoint(sentence.words(sentence.first, phrase.start))


_EARNED = word_set("goods", "earned")


_ONES = frozenset(("a", "an", "one", "ein", "eine", "einen", "einer", "eines"))


# ---- as the subject --------------------------------------------------------------------------------------------------


def _opens(sentence: Sentence, k: int) -> bool:
    before = sentence.tokens.lower[k - 1]
    return k == sentence.first or before in _OPENING or (k == sentence.first + 1 and before in _TOO)


_TOO = frozenset(("auch", "selbst", "besonders", "nur", "even", "also", "only", "today", "now"))


def _subject(sentence: Sentence, k: int) -> Phrase | None:
    """What a clause opens with, where it then tells a price of a weight, or that it has become dearer or cheaper."""
    phrase = phrase_at(sentence, k)
    if phrase is None or not _is_good(sentence, phrase):
        return None
    figures = _figures(sentence, phrase.last)
    if not figures:
        return None
    if phrase.is_measured:
        return phrase if not _is_paid(sentence, phrase) else None
    at = _verb(sentence, phrase.last, figures[0].first)
    if _is_dearer(sentence, phrase, figures, at):
        return phrase
    if at is None or (phrase.determiner and not _is_plural(sentence, phrase)):
        return None
    if not sentence.text.is_english and leads_to_subject(sentence, at):
        return None
    return phrase if _tells_price(sentence, phrase, figures, at) else None


def _tells_price(sentence: Sentence, phrase: Phrase, figures: list[Figure], at: int) -> bool:
    """Whether the verb at a token tells what a good costs, or moved to by weight."""
    tokens, figure = sentence.tokens, figures[0]
    if tokens.lower[at] in ("cost", "costs") and tokens.lower[at + 1] in _AUXILIARIES | _COSTS:
        return False
    if tokens.lower[at] in _COSTS and (is_weighed(sentence, figure) or _is_apiece(sentence, at, figure)):
        return True
    is_boxed = _is_box(sentence, phrase) and figure.mention.unit == "money"
    if tokens.lower[at] in _COSTS and (is_boxed or _is_at_market(sentence, phrase.last, figure)):
        return True
    is_moved = any(cue.family == "movement" and cue.first == at for cue in sentence.cues_near(at))
    return is_moved and any(is_weighed(sentence, f) for f in figures[:2])


def _verb(sentence: Sentence, last: int, until: int) -> int | None:
    """The verb behind a noun phrase, right there or behind a place or a time."""
    moved = {cue.first for cue in sentence.cues_near(last) if cue.family == "movement"}
    words = range(last, min(last + _FAR, until))
    at = next((j for j in words if j in moved or sentence.tokens.lower[j] in _COSTS | _CHANGES | _AUXILIARIES), None)
    if at is None or at == last:
        return at
    return at if sentence.tokens.lower[last] in _PLACED else None


_FAR = 9
_AUXILIARIES = word_set("commodities", "auxiliaries")
_PLACED = frozenset(
    ("from", "in", "at", "for", "für", "on", "aus", "zur", "der", "mit", "im", "am", "an", ",", "now", "today")
)


def _is_apiece(sentence: Sentence, at: int, figure: Figure) -> bool:
    """`Renewable identification numbers traded at $1.10 apiece`: a price by the piece of what is traded."""
    is_traded = sentence.tokens.lower[at] in ("traded", "trading", "trade", "changed", "change", "fetched", "fetch")
    return is_traded and sentence.words(figure.last, figure.last + 1) in (("apiece",), ("each",))


def _is_at_market(sentence: Sentence, k: int, figure: Figure) -> bool:
    """`Walnüsse kosten im Großhandel 6,40 Euro`: a price of a market, no shop's."""
    is_money = figure.mention.unit == "money"
    return is_money and not _MARKETS.isdisjoint(sentence.words(k, figure.last + 4))


def _is_dearer(sentence: Sentence, phrase: Phrase, figures: list[Figure], at: int | None) -> bool:
    """`Pistachios are 23% more expensive`, `Scandium verteuerte sich um ein Drittel`, `Terbium 12% dearer`."""
    tokens, figure = sentence.tokens, figures[0]
    if figure.mention.unit not in ("percent", "ratio") or (phrase.determiner and not _is_plural(sentence, phrase)):
        return False
    if at is not None and tokens.lower[at + 1] == "sich" and tokens.lower[at] in _CHANGES:
        return True
    if at == phrase.last and "verteuert" in sentence.words(figure.last, figure.last + 3):
        return True
    if _DEARER.isdisjoint(sentence.words(figure.last, figure.last + 3)):
        return False
    is_noted = figure.lead - phrase.last <= _NOTE and all(
        not cue.family.startswith("movement") for cue in sentence.cues_near(phrase.last) if cue.first == phrase.last
    )
    return at is not None or is_noted


_NOTE = 5


def _announced(sentence: Sentence, k: int) -> Phrase | None:
    """`Wichtiger ist Helium: Der Preis hat sich verdreifacht`: the noun before the colon that a bare price follows."""
    if sentence.tokens.text[k - 1] != ":" or sentence.words(k, k + 2) not in _BARE_PRICES:
        return None
    for start in range(max(sentence.first, k - 1 - _NOTE), k - 1):
        phrase = phrase_at(sentence, start)
        if phrase is not None and phrase.last == k - 1 and sentence.tokens.lower[start - 1] in _BEING:
            return phrase if _is_good(sentence, phrase) and _figures(sentence, k) else None
    return None


_BARE_PRICES = (("der", "preis"), ("die", "preise"), ("the", "price"), ("its", "price"), ("prices", "have"))


def _inverted(sentence: Sentence, k: int) -> Phrase | None:
    """`kostete Spitzenlaststrom 104 Euro je Megawattstunde`, `In China verteuerte sich Kobalthydroxid`."""
    low, first = sentence.tokens.lower, sentence.first
    is_cost, is_dear = low[k - 1] in _ASKS, low[k - 1] == "sich" and low[k - 2] in _CHANGES
    is_dear = is_dear or (low[first] in _DEARER and k - first < _FAR and low[k - 1] in _ALSO)
    if k <= first or not (is_cost or is_dear):
        return None
    phrase = phrase_at(sentence, k)
    if phrase is None or phrase.determiner or not _is_good(sentence, phrase):
        return None
    figures = _figures(sentence, phrase.last)
    if is_dear:
        return phrase
    return phrase if figures and is_weighed(sentence, figures[0]) else None


def _paid_for(sentence: Sentence, k: int) -> Phrase | None:
    """`Für Rohdiamanten werden 18 Prozent weniger bezahlt`: what people pay, whoever they are."""
    first = sentence.first
    if k != first + 1 or sentence.tokens.lower[first] != "für":
        return None
    phrase = phrase_at(sentence, k)
    if phrase is None or (phrase.determiner and not phrase.is_measured) or not _is_good(sentence, phrase):
        return None
    is_passive = sentence.tokens.lower[phrase.last] in ("werden", "wurden", "wird", "wurde", "sind")
    figures = _figures(sentence, phrase.last)
    is_paid = bool(figures) and not _ASKED.isdisjoint(sentence.words(figures[0].last, figures[0].last + 5))
    return phrase if is_passive and is_paid else None


_ASKED = frozenset(("bezahlt", "gezahlt", "verlangt", "fällig", "geboten", "gefordert"))
_ALSO = frozenset(
    ("auch", "wurde", "wurden", "zudem", "ist", "sind", "wird", "werden", "vor", "allem", "hingegen", "dagegen")
)
"""`Teurer wurde auch Indium: plus 9 Prozent`."""
_ASKS = frozenset(("kostet", "kosten", "kostete", "kosteten", "cost", "costs", "fetch", "fetches", "fetched"))


def is_price_of(sentence: Sentence, figure: Figure, places: list[Place], good: Name) -> bool:
    """Whether a figure tells the price of a good of the sentence, whatever other words stand beside it: a sum by
    weight, `23% more expensive`, what a price moved by."""
    by_weight = is_weighed(sentence, figure)
    told = (p for p in reversed(places) if p.name == good and p.last <= figure.first and (by_weight or not p.is_noun))
    place = next(told, None)
    if place is None or figure.mention.unit not in _VALUED or sentence.cost(place.last, figure.first) > _SAME_CLAUSE:
        return False
    between = sentence.words(place.last, figure.first)
    if any(word in _DUTIES or word.endswith(_DUTY_ENDS) for word in between):
        return False
    if by_weight:
        return not is_made_at(sentence, figure) and _EARNED.isdisjoint(sentence.words(sentence.first, figure.first))
    if any(abs(value.value) >= _LARGE for value in figure.mention.values):
        return False
    if not _DEARER.isdisjoint(sentence.words(figure.last, figure.last + 3)) or not _ASKS.isdisjoint(between[:_NOTE]):
        return True
    lead = sentence.words(place.first - 5, place.first)
    is_of_price = not _PRICES.isdisjoint(lead) and not (_OF | _GENITIVES).isdisjoint(lead[-4:])
    return is_of_price and not any(
        t.first >= place.last and t.last <= figure.first for t in sentence.topics_near(place.last)
    )


_DUTIES = word_set("states", "duties")
_DUTY_ENDS = ("zoll", "zölle", "zöllen", "abgabe", "steuer")
"""`Urea faces a duty of $80 a ton`: no price."""


# ---- what is a good --------------------------------------------------------------------------------------------------


def _is_good(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a noun can be a good's: no company's name, no owner, no price or sum by itself."""
    if names_another(sentence, phrase) or not _OWNERS.isdisjoint(sentence.words(phrase.start - 1, phrase.last)):
        return False
    tokens = sentence.tokens
    if _NEUTRAL.issuperset(word for word in tokens.lower[phrase.first : phrase.last] if word != "-"):
        return False
    is_cost_of = tokens.lower[phrase.last] in ("cost", "costs") and tokens.text[phrase.last + 1] == ":"
    is_sum = not sentence.text.is_english and tokens.lower[phrase.last - 1].endswith(_NO_ENDS)
    return tokens.text[phrase.last] != "'" and not is_cost_of and not is_sum


_NO_ENDS = (
    *(
        "aktie",
        "aktien",
        "papiere",
        "titel",
        "preis",
        "preise",
        "kosten",
        "marge",
        "umsatz",
        "gewinn",
        "index",
        "rendite",
    ),
    *("rate", "raten", "quoten", "branche", "werte", "konzern", "hersteller", "anleihe", "anleihen", "zins", "zinsen"),
    *("abo", "tarife", "tarif", "miete", "mieten", "prognose", "kurs", "tochter", "sparte"),
)


def _figures(sentence: Sentence, k: int) -> list[Figure]:
    """The figures behind a token that can tell a price, in its clause."""
    return [
        f
        for f in sentence.figures_near(k)
        if k <= f.first < k + _REACH
        and f.mention.unit in _VALUED
        and not is_made_at(sentence, f)
        and sentence.cost(k, f.first) <= _SAME_CLAUSE
        and all(abs(v.value) < _LARGE for v in f.mention.values)
    ]


_VALUED = frozenset(("money", "percent", "ratio"))
