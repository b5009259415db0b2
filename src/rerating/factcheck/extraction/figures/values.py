"""The values of a claim from its figure: units by the metric, roles, signs, direction, comparator."""

from __future__ import annotations

from rerating.factcheck.claim import ClaimValue
from rerating.factcheck.extraction.figures.around import Context
from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import MONEY_OPERATIONS, PERCENT_LEVELS
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

_KEEP_SIGN = frozenset(("financial_figure", "estimate", "guidance"))


def values_of(sentence: Sentence, bound: Bound, kind: str, metric: str) -> tuple[ClaimValue, ...]:
    """The claim's values; changes are positive, their sign is the direction."""
    mention = bound.figure.mention
    unit, currency = mention.unit, mention.currency
    is_money = bound.family in _AMOUNTS and (bound.family != "operation" or metric in MONEY_OPERATIONS)
    if bound.family == "counts" and unit == "ratio":
        unit = "count"
    if unit == "count" and mention.currency_nearby and mention.noun is None and is_money:
        unit, currency = "money", mention.currency_nearby
    if bound.family in ("ratio",) and unit == "count":
        unit = "ratio"
    if bound.family == "options_ratio" and unit in ("count", "contracts"):
        unit = "ratio"
    if bound.family == "indicator" and unit == "ratio" and metric == "beta":
        unit = "count"
    if bound.family == "operation" and unit == "shares":
        unit = "count"
    if bound.family == "indicator" and metric in ("implied_volatility_points", "implied_volatility"):
        unit = "percent"
    if kind == "options_volume" and unit == "count":
        unit = "contracts"
    is_signed = unit == "money" and not metric.endswith("loss")
    keep = kind in _KEEP_SIGN and (is_signed or metric in PERCENT_LEVELS)
    is_below = keep and is_signed and _is_below_zero(sentence, bound, metric)
    out = []
    for value in mention.values:
        amount = value.value if keep else abs(value.value)
        amount = -abs(amount) if is_below else amount
        out.append(
            ClaimValue(
                value=_whole(amount),
                unit=unit,
                currency=currency if unit == "money" else None,
                role=value.role,
                step=value.step,
            )
        )
    return tuple(out)


def _is_below_zero(sentence: Sentence, bound: Bound, metric: str) -> bool:
    """`a loss of $31 million, or 62 cents a share`, `negative free cash flow of $18 million`: words for a minus."""
    near = sentence.words(bound.figure.lead - 6, bound.figure.lead)
    if metric.endswith("cash_flow"):
        return not _NEGATIVE.isdisjoint(near)
    if metric != "eps" or bound.figure.mention.is_signed:
        return False
    is_also = near[-1:] in (("or",), ("oder",))
    lost = any(topic.key in _LOST and topic.last <= bound.figure.first for topic in sentence.topics)
    return (is_also and lost) or not _LOSSES_TOLD.isdisjoint(near[-3:])


_NEGATIVE = frozenset(("negative", "negativer", "negativen", "negatives"))
_LOST = frozenset(("net_loss", "operating_loss", "ebit_loss"))
_LOSSES_TOLD = frozenset(("loss", "verlust", "fehlbetrag"))
_AMOUNTS = word_set("values", "amounts")


def _whole(amount: float) -> float | int:
    return int(amount) if amount == int(amount) and abs(amount) < 1e18 else float(f"{amount:.12g}")


_MOVED = frozenset(
    (
        *("edged", "went", "moved", "rose", "ticked", "jumped", "climbed", "crept", "inched", "shot", "pushed"),
        *("nudged", "brought", "took", "lifted", "inch", "nudge", "edge"),
    )
)


def comparator_of(sentence: Sentence, bound: Bound, values: tuple[ClaimValue, ...]) -> str:
    """The comparator of the figure's hedge; a range has its own; `edged up to 4 %` is none."""
    if any(value.role == "low" for value in values):
        return "range"
    figure = bound.figure
    found = figure.mention.comparator.value
    hedge = sentence.words(figure.lead, figure.lead + 1)
    if found == "up_to" and hedge == ("up",) and set(sentence.words(figure.lead - 5, figure.lead)) & _MOVED:
        return "exact"
    if found == "more_than" and hedge == ("über",) and _is_of_sum(sentence.words(figure.lead - 9, figure.lead)):
        return "exact"
    return "exact" if found == "none" else str(found)


def _is_of_sum(before: tuple[str, ...]) -> bool:
    """`ein Auftrag der Bahn über 2 Milliarden`, `verfügt nun über 30 Prozent`: the sum itself, no more than that."""
    if before[-1:] and before[-1] in _LEADS:
        return False
    near = before[max((k + 1 for k, word in enumerate(before) if word in _STOPS), default=0) :]
    return any(word.endswith(_ORDERS) or word.startswith(("verfüg", "gebiete")) for word in near)


_LEADS = frozenset(("für", "von", "mit", "bei", "zusammen", "insgesamt", "weit", "deutlich"))
"""Right before it `über` hedges: `Aufträge für über 11 Milliarden`."""
_STOPS = frozenset((",", ";", ":", ".", "und", "auf", "um", "%", "prozent"))
_ORDERS = tuple(word_set("binding", "orders"))
"""Nouns whose sum follows `über`: Auftrag über 5 Millionen."""


_GAINS = frozenset(
    ("gewinn", "gewinne", "gewinnen", "zuschlag", "zuschläge", "zuschlägen", "aufschlag", "stärker", "fester")
)
_LOSSES = frozenset(
    ("verlust", "verluste", "verlusten", "abschlag", "abschläge", "abschlägen", "schwächer", "leichter")
)


def _by_noun(sentence: Sentence, bound: Bound) -> str | None:
    """`einen Gewinn von 1,8 Prozent`, `0,7 Prozent stärker`: a word that tells of a price here."""
    figure = bound.figure
    near = {*sentence.words(figure.lead - 5, figure.lead), *sentence.words(figure.tail, figure.tail + 2)}
    if near & _GAINS:
        return "up"
    return "down" if near & _LOSSES else None


_ABOVE = frozenset(("über", "above", "over", "oberhalb"))
_BELOW = frozenset(("unter", "below", "under", "off", "shy", "unterhalb", "from", "entfernt"))
_DIRECTED = word_set("values", "directed")


def direction_of(sentence: Sentence, bound: Bound, around: Context, kind: str) -> str | None:
    """Up or down where the claim states a movement or a side."""
    values = {value.role: value.value for value in bound.figure.mention.values}
    if "from" in values and "to" in values and values["from"] != values["to"]:
        return "up" if values["to"] > values["from"] else "down"
    if kind == "distance_to_high":
        return "down"
    if kind == "distance_to_low":
        return "up"
    if kind == "implied_upside":
        words = set(sentence.words(bound.figure.first - 6, bound.figure.last + 6))
        return "down" if words & {"downside", "abwärtspotenzial", "unter", "below"} else "up"
    if kind == "moving_average" and bound.figure.mention.unit == "percent":
        near = sentence.words(bound.figure.last, bound.figure.last + 3)
        return "up" if _ABOVE & set(near) else "down" if _BELOW & set(near) else around.movement
    if bound.metric == "acquisition" and bound.figure.mention.unit == "percent":
        return "down" if around.movement == "down" else "up"
    if kind in ("return", "growth") or bound.metric in ("position_change", "trial_result"):
        return around.movement or (_by_noun(sentence, bound) if kind == "return" else None)
    if kind in _DIRECTED and around.movement is not None and around.is_level:
        return around.movement
    if (
        bound.figure.mention.kind is K.MULTIPLE
        and around.movement is None
        and kind in ("growth", "volume", "options_volume")
    ):
        return "up"
    return None
