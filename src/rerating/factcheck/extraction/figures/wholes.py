"""What a figure is a part of: a market, a portfolio, a workforce, a company."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set

_LOOSE = frozenset(("price", "ratio", "weak", "figure", "operation", "high", "low"))
_WHOLE_WORDS: tuple[tuple[tuple[str, ...], tuple[str, str]], ...] = (
    (("market", "markt", "marktes", "weltmarktes"), ("market_share", "market_share")),
    (("portfolio", "portfolios", "holdings", "depots", "fonds"), ("holding", "position_value")),
    (
        (
            "geschäfts",
            "umsatz",
            "umsatzes",
            "erlöse",
            "umsätze",
            "konzernumsatzes",
            "gesamtumsatzes",
            "revenue",
            "sales",
            "business",
        ),
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


_EARNS = frozenset(("operativ", "betriebsgewinn", "ebit", "betriebsergebnis", "operativen"))
"""`schaffte operativ 21,1 Prozent vom Umsatz`: a margin."""


def _is_below_value(sentence: Sentence, figure: Figure) -> bool:
    """`mit einem Abschlag von 40 Prozent auf den Wert der Beteiligungen`, `auf den inneren Wert`."""
    lead, tail = sentence.words(figure.lead - 3, figure.lead), sentence.words(figure.last, figure.last + 4)
    is_gap = not {"abschlag", "aufschlag", "discount", "premium"}.isdisjoint(lead)
    return is_gap and tail[:1] in (("auf",), ("to",)) and not _VALUES.isdisjoint(tail)


_VALUES = frozenset(("wert", "buchwert", "nettoinventarwert", "substanzwert", "nav", "book"))
_OF_A_WHOLE = frozenset(
    (word,) for word in ("of", "des", "der", "am", "vom", "seiner", "seines", "ihrer", "ihres", "unserer", "unseres")
)
_SUPPLIES = word_set("binding", "supplies")
_WHOLES_OF_ITS_OWN = frozenset(
    ("shares", "stock", "company", "revenue", "sales", "aktien", "umsatzes", "its", "their", "float", "stimmrechte")
)
_SALES = ("umsatzes", "erlöses", "einnahmen", "gesamterlöse", "konzernerlöse")
_PORTFOLIOS = frozenset(("portfolio", "portfolios", "holdings", "fonds", "fondsvermögens", "depots", "fund"))


def by_whole(sentence: Sentence, bound: Bound) -> None:
    """Shares of a market, a portfolio, a workforce."""
    if bound.metric == "revenue_share" and _PORTFOLIOS & set(sentence.words(bound.figure.last, bound.figure.last + 9)):
        bound.family, bound.metric = "holding", "position_value"
    if bound.figure.mention.kind in SHARES_OF_ONE and bound.family in _LOOSE and bound.metric != "tariff_costs":
        whole = _whole_of(sentence, bound.figure)
        if whole is not None:
            is_margin = whole[1] == "revenue_share" and not _EARNS.isdisjoint(
                sentence.words(bound.figure.lead - 8, bound.figure.lead)
            )
            bound.family, bound.metric = ("figure", "operating_margin") if is_margin else whole
        elif _is_below_value(sentence, bound.figure):
            bound.family, bound.metric = "ratio", "price_book"
    if bound.figure.mention.kind in SHARES_OF_ONE and bound.family in _LOOSE and _is_ranked(sentence, bound.figure):
        bound.family, bound.metric = "market_share", "market_share"
    if bound.figure.mention.kind in SHARES_OF_ONE and bound.family in _LOOSE and _is_held(sentence, bound.figure):
        bound.family, bound.metric = "holding", "stake"
    if bound.figure.mention.kind in SHARES_OF_ONE and sentence.words(bound.figure.last, bound.figure.last + 1) in _OWNS:
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


def by_contribution(sentence: Sentence, bound: Bound) -> None:
    """`Spares make up 40%`, `trug 21 Prozent zum Ertrag bei`, `60% of the goods come from China`: a part of all."""
    figure = bound.figure
    if figure.mention.kind not in SHARES_OF_ONE or bound.family not in (
        "price",
        "figure",
        "operation",
        "weak",
        "volume",
    ):
        return
    lead = sentence.words(figure.lead - 3, figure.lead)
    tail = sentence.words(figure.last, figure.last + 9)
    is_made = lead[-2:] in _MAKES_UP or (
        "bei" in tail and not {"trug", "trägt", "steuert", "steuerte"}.isdisjoint(lead)
    )
    comes = next((k for k, word in enumerate(tail) if word in _COMES), None)
    is_from = (
        comes is not None
        and tail[:1] in (("of",), ("des",), ("der",))
        and not {"from", "aus"}.isdisjoint(tail[comes + 1 : comes + 3])
    )
    if bound.metric not in ("order_backlog", "order_intake") and _falls_to(sentence, figure):
        is_world = any(word.startswith("welt") or word.endswith(("markt", "marktes")) for word in tail[:3])
        bound.family, bound.metric = ("market_share", "market_share") if is_world else ("ratio", "revenue_share")
    elif is_made or is_from:
        bound.family, bound.metric = "ratio", "revenue_share"


def _falls_to(sentence: Sentence, figure: Figure) -> bool:
    """`auf die ein Fünftel der Prämien entfällt`, `Auf das Land entfallen drei Viertel der Weltförderung`."""
    near = sentence.words(figure.lead - 4, figure.lead) + sentence.words(figure.last, figure.last + 5)
    return not _FALLS.isdisjoint(near) and "auf" in sentence.words(figure.lead - 8, figure.lead)


_FALLS = frozenset(("entfällt", "entfallen", "entfiel", "entfielen"))
_MAKES_UP = frozenset((verb, "up") for verb in ("make", "makes", "made", "making"))
_COMES = frozenset(("come", "comes", "came", "stammt", "stammen", "stammten", "kommt", "kommen"))


def _is_held(sentence: Sentence, figure: Figure) -> bool:
    """`founder Brett Blundy still holds 39%`, `dem 55 Prozent der Aktien gehören`: how much somebody has."""
    lead = sentence.words(figure.lead - 1, figure.lead)
    if lead in _HOLDS:
        tail = sentence.words(figure.last, figure.last + 3)
        if tail[:1] in (("fewer",), ("more",), ("less",), ("weniger",), ("mehr",)):
            return False
        is_whole = tail[:1] not in (("of",), ("der",), ("des",), ("von"))
        return is_whole or not _OF_COMPANY.isdisjoint(tail) or _is_company_at(sentence, figure.last + 1)
    if lead in (("with",), ("mit",)):
        near = (*sentence.words(figure.lead - 5, figure.lead), *sentence.words(figure.last, figure.last + 5))
        return not _HOLDERS.isdisjoint(near)
    tail = sentence.words(figure.last, figure.last + 6)
    if tail[:2] in (("daran", "halten"), ("daran", "hält")):
        return True
    is_belonging = tail[:1] in (("der",), ("des",), ("von",)) or lead == ("zu",)
    if (is_belonging and not _BELONGS.isdisjoint(tail)) or _is_at_firm(sentence, figure):
        return True
    return _is_held_before(sentence, figure)


def _is_at_firm(sentence: Sentence, figure: Figure) -> bool:
    """`7,2 Prozent am Pharmakonzern Sanofi`, `2,9 % an Nokia`: a part of a company."""
    if sentence.words(figure.last, figure.last + 1) not in _AT:
        return False
    tail = sentence.words(figure.last + 1, figure.last + 3)
    return any(word.endswith(_FIRMS) for word in tail) or _is_company_at(sentence, figure.last + 1)


_FIRMS = (
    "konzern",
    "hersteller",
    "unternehmen",
    "firma",
    "tochter",
    "rivalen",
    "anbieter",
    "spezialisten",
    "versorger",
)


def _is_held_before(sentence: Sentence, figure: Figure) -> bool:
    """`verfügt nun über 30,4 % der Aktien`, `an der Firma halten die Hessen noch 22 Prozent`: the verb farther off."""
    words = sentence.words(figure.lead - _HOLDING_REACH, figure.lead)
    at = next((k for k in range(len(words) - 1, -1, -1) if words[k] in _HOLDING), None)
    if at is None or not _PARTING.isdisjoint(words[at:]):
        return False
    tail = sentence.words(figure.last, figure.last + 6)
    is_of_capital = tail[:1] in (("der",), ("des",)) and not _CAPITAL.isdisjoint(tail)
    return is_of_capital or tail[:1] in _AT or not {"an", "am"}.isdisjoint(words[max(0, at - 4) : at])


_OWNS = (("besitzt",), ("besitzen",))
_HOLDING_REACH = 9
_HOLDING = frozenset(
    (
        "hält",
        "halten",
        "hielt",
        "hielten",
        "besitzt",
        "besitzen",
        "verfügt",
        "verfügen",
        "gebietet",
        "kontrolliert",
        "gehören",
    )
)
_PARTING = frozenset((",", ";", ":", "fest", "für", "dass", "sich", "und"))
_AT = (("an",), ("am",))


def _is_ranked(sentence: Sentence, figure: Figure) -> bool:
    """`mit einem Viertel die Nummer zwei`: the part of a market that ranks a company."""
    if sentence.words(figure.lead - 1, figure.lead) not in _WITH:
        return False
    near = sentence.words(figure.lead - 8, figure.lead) + sentence.words(figure.last, figure.last + 6)
    return not _RANKS.isdisjoint(near) and not _RANKED.isdisjoint(near)


_WITH = (("mit",), ("auf",), ("with",), ("rund",))
_RANKS = frozenset(("nummer", "marktführer", "marktführerin", "spitzenreiter", "platz", "rang"))
_RANKED = frozenset(("zwei", "eins", "drei", "vier", "marktführer", "marktführerin", "2", "3", "1", "anbieter"))


def _is_company_at(sentence: Sentence, k: int) -> bool:
    return any(named.first == k and named.of(NameKind.COMPANY) for named in sentence.names_near(k))


def by_position(sentence: Sentence, bound: Bound) -> None:
    """`trimmed her holdings by 8%`, `we cut the position by a fifth`: by how much somebody changed what he holds."""
    figure = bound.figure
    is_kept = bound.family == "holding" and bound.topic is not None and bound.metric == "stake"
    if is_kept and "um" in sentence.words(figure.lead - 2, figure.lead) and _is_kept_up(sentence, bound):
        bound.family, bound.metric, bound.topic = "price", "share", None
    if figure.mention.kind not in SHARES_OF_ONE or bound.family not in _LOOSE:
        return
    is_step = sentence.words(figure.lead - 1, figure.lead) in (("by",), ("um",))
    if is_step and not _POSITIONS.isdisjoint(sentence.words(figure.lead - 5, figure.lead - 1)):
        bound.family, bound.metric = "holding", "position_change"


def _is_kept_up(sentence: Sentence, bound: Bound) -> bool:
    """`hält die Erholung an, es geht um 1,5 Prozent hinauf`: something lasts, nobody owns."""
    topic = bound.topic
    return topic is not None and sentence.words(topic.first, topic.first + 1) in (("hält",), ("halten",), ("hielt",))


_POSITIONS = frozenset(("position", "positions", "holding", "holdings", "stake", "beteiligung", "bestand", "anteil"))
_HOLDERS = frozenset(("shareholder", "holder", "investor", "aktionär", "großaktionär", "anteilseigner", "aktionärin"))


_HOLDS = frozenset(
    (word,)
    for word in (
        "holds",
        "held",
        "owns",
        "owned",
        "hold",
        "holding",
        "owning",
        "keeps",
        "kept",
        "retains",
        "besitzt",
        "besitzen",
        "hält",
        "halten",
        "hielt",
        "hielten",
    )
)
_CAPITAL = frozenset(("kapitals", "grundkapitals", "aktienkapitals", "stimmrechte", "stimmen", "anteile", "aktien"))
_OF_COMPANY = _CAPITAL | {"stock", "shares", "company", "combined", "group", "konzerns"}
_BELONGS = frozenset(("gehören", "gehört", "gehörten"))
