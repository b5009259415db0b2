"""Figures that are but part of a name or of another figure: strikes, wholes, thresholds."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.fitting import is_claimable, size
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.language.reading import MentionKind as K
from rerating.language.reading.calendar_words import MONTHS_SHORT


def is_part(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is but part of a name or of another figure: a strike, the whole of `28 of 35`, a threshold."""
    tokens, first, last = sentence.tokens, figure.first, figure.last
    mention = figure.mention
    before, after = sentence.words(first - 3, first), sentence.words(last, last + 2)
    lead = before[-1:] if before else ()
    if mention.kind is K.MONEY and (
        after[:1] in (("calls",), ("puts",), ("call",), ("put",)) or "basispreis" in before or "strike" in before
    ):
        return True
    if before[-2:] == ("rule", "of"):
        return True
    is_strike = mention.kind is K.CONTRACTS or after[:1] in (("calls",), ("puts",), ("call",), ("put",), ("strike",))
    is_dated = bool(lead) and (lead[0] in _MONTHS or lead[0] in MONTHS_SHORT or lead[0] in ("weekly", "strike"))
    is_dated = is_dated or (bool(lead) and lead[0].isdigit() and before[-2:-1] in (("-",), ("'",), ("’",)))
    if is_strike and is_dated and size(figure) < 5000:
        return True
    if before[-1:] == ("(",) and (mention.noun or "").lower() in (
        "liter",
        "litres",
        "liters",
        "gramm",
        "grams",
        "kilo",
        "kg",
    ):
        return True
    if mention.text.lower() == "doppelt" and after[:1] not in (("so",), (".",), (",",), ("wie",)):
        return True
    if after[:1] in (("majority",), ("mehrheit",), ("constituents",), ("members",)):
        return True
    is_edge = lead in (
        ("upper",),
        ("lower",),
        ("top",),
        ("bottom",),
        ("oberen",),
        ("unteren",),
        ("first",),
        ("second",),
    )
    if mention.kind is K.FRACTION and (is_edge or {"range", "spanne"} & set(sentence.words(last, last + 6))):
        return True
    if "schwelle" in before or "threshold" in before:
        return True
    if tokens.text[first - 1] == "(" and tokens.text[last : last + 1] == [")"] and tokens.lower[first - 2] == "rsi":
        return True
    if {"considered", "gilt", "gelten", "signalisiert"} & set(sentence.words(last, last + 3)) and tokens.lower[
        first - 2
    ] in ("reading", "wert", "werte"):
        return True
    is_one = mention.kind is K.MONEY and size(figure) == 1 and tokens.text[first].isalpha()
    if is_one and (after[:1] in _COSTS or (after[1:] in _COSTS and tokens.text[last][:1].isupper())):
        return True
    return _is_whole(sentence, figure)


_COSTS = frozenset((w,) for w in ("kostete", "kostet", "notierte", "notiert", "bought", "buys", "was", "entspricht"))


_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "januar",
        "februar",
        "märz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
    ]
)


_WHOLES = frozenset(("of", "von", "der", "des"))


_RATERS = frozenset(
    (
        "analysts",
        "analysten",
        "empfehlungen",
        "experten",
        "brokers",
        "brokerages",
        "häuser",
        "häusern",
        "houses",
        "targets",
    )
)


def _is_whole(sentence: Sentence, figure: Figure) -> bool:
    """The second number of `28 der 35 Analysten`, `9 von 100 Punkten`; `of 64 analysts` before the counts."""
    if figure.mention.kind not in (K.NUMBER, K.INDEX_POINTS) or size(figure) > 1000:
        return False
    tokens, k = sentence.tokens, figure.first - 1
    if (
        tokens.lower[k] in ("the", "den", "befragten", "its", "insgesamt", "allen", "all", "total")
        and k > sentence.first
    ):
        k -= 1
    if k < sentence.first or tokens.lower[k] not in (*_WHOLES, "across", "from", "unter", "among"):
        return False
    if tokens.lower[k] in ("across", "from", "unter", "among"):
        return (figure.mention.noun or "").lower() in (
            "analysts",
            "analysten",
            "experten",
            "brokers",
            "häusern",
            "analystenhäusern",
        )
    is_counted = any(other.last == k and is_claimable(other) for other in sentence.figures)
    noun = (figure.mention.noun or "").lower()
    return is_counted or noun in _RATERS or noun.endswith(("sectors", "branchen"))
