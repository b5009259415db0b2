"""Whether a claim is fact, guidance, forecast, attributed, opinion, question or advertising."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from rerating.factcheck.extraction.claims.attributing import CLAUSE, reaches, spoken
from rerating.factcheck.extraction.claims.heeding import heeded
from rerating.factcheck.extraction.claims.undertaking import planned, planned_share, planned_stake
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Named, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.people import person
from rerating.factcheck.extraction.text.promotion import Region
from rerating.factcheck.extraction.text.questions import asking_part
from rerating.factcheck.extraction.voices.speech import Voice, house_in


def status_of(draft: Draft, region: Region | None) -> str:
    """The status of a claim, by the strongest sign first: place, question, plan, expectation, speech, opinion."""
    if draft.status is not None and draft.status != "question":
        return draft.status
    if region is not None:
        return "advertising"
    if draft.status == "question" or _is_asked(draft):
        return "question"
    if draft.told is not None:
        return draft.told
    return heeded(draft, _BY_KIND.get(draft.kind, spoken)(draft))


def _guidance(draft: Draft) -> str:
    if (
        not draft.values
        and draft.voice is not None
        and draft.voice.is_quoted
        and "end" in draft.sentence.words(draft.first, draft.last)
    ):
        return "attributed"
    return "company_guidance"


def _estimate(draft: Draft) -> str:
    """Others' expectations; what a result is above or below them is a fact of the result."""
    if not draft.values:
        return "reported_fact"
    if _is_consensus_itself(draft):
        return "forecast"
    is_distance = _is_distance(draft)
    if draft.is_foreseen and not (is_distance and draft.voice is not None and draft.voice.is_indirect):
        return "forecast"
    if is_distance:
        told = spoken(draft)
        return "forecast" if told == "reported_fact" and _is_of_estimate(draft) else told
    if not _SUPPOSED.isdisjoint(draft.sentence.words(draft.first - 10, draft.first)):
        return "forecast"
    voice = draft.voice
    is_told = voice is not None and voice.is_attributed and (voice.is_indirect or not voice.is_reporting)
    past = draft.around is not None and draft.around.movement_at is not None and is_told
    return "attributed" if past and voice is not None and voice.is_indirect else "forecast"


def _is_consensus_itself(draft: Draft) -> bool:
    """`topping the NT$1.11 trillion LSEG SmartEstimate`, `double the 6% FactSet consensus`: no distance from it."""
    sentence = draft.sentence
    tail = sentence.words(draft.last, draft.last + 3)
    is_led = "the" in sentence.words(draft.first - 2, draft.first)
    return is_led and tail[:1] != () and tail[0] not in _BESIDE and not _ITSELF.isdisjoint(tail)


_ITSELF = frozenset(("consensus", "smartestimate", "konsens"))
_SUPPOSED = frozenset(("vermutlich", "wohl", "voraussichtlich", "wahrscheinlich", "probably", "likely"))
_BESIDE = word_set("status", "beside")
_BEATEN = word_set("status", "beaten")
_CONSENSUS = word_set("status", "consensus")


_AWAITED = frozenset(("looking", "penciled", "pencilled", "modeled", "modelled"))
"""`half the pace brokers had been looking for`, `nearly double what Wall Street had penciled in`."""


def _is_distance(draft: Draft) -> bool:
    """Whether a figure tells how far a result is from what was expected: `14 cents above consensus`."""
    sentence = draft.sentence
    after = sentence.words(draft.last, draft.last + 8)
    if draft.values[0].unit == "money" and sentence.words(draft.first - 1, draft.first) in _STANDS_AT:
        return False
    k = next((j for j, word in enumerate(after[:3]) if word in _BESIDE), None)
    if k is not None and not _CONSENSUS.isdisjoint(after[k:]):
        return True
    inside = sentence.words(draft.first, draft.last)
    if not _BESIDE.isdisjoint(inside) and not _CONSENSUS.isdisjoint(inside):
        return True
    if not _AWAITED.isdisjoint(after) and (draft.values[0].unit == "ratio" or "half" in inside):
        return True
    before = sentence.words(draft.first - 14, draft.first)
    is_by = not {"by", "um"}.isdisjoint(before[-2:])
    return is_by and not (_BEATEN.isdisjoint(before) and _BEATEN.isdisjoint(after[:4]))


def _is_of_estimate(draft: Draft) -> bool:
    """`It leaves EPS at $1.88, a nickel below the consensus`: an estimate is set beside the others, no result."""
    before = draft.sentence.words(draft.sentence.first, draft.first)
    if not _BEATEN.isdisjoint((*before, *draft.sentence.words(draft.last, draft.last + 4))):
        return False
    is_put = not _PUT.isdisjoint(before) and "at" in before
    return is_put or any("schätzung" in word or word in _ESTIMATES for word in before)


_PUT = frozenset(("puts", "put", "leaves", "leave", "sets", "pegs", "peg"))
_ESTIMATES = frozenset(("estimates", "estimate", "forecasts", "forecast", "prognose", "prognosen"))


_STANDS_AT = frozenset((word,) for word in ("mit", "bei", "at", "of"))
"""`Ihre Schätzung liegt mit 5,20 Euro unter dem Konsens`: the estimate itself, no distance."""


def _macro(draft: Draft) -> str:
    """Policy and macro data that are expected, not decided."""
    near = set(draft.sentence.words(draft.first - 14, draft.first)) | set(
        draft.sentence.words(draft.last, draft.last + 6)
    )
    if draft.values and draft.metric == "probability":
        return _odds(draft)
    if draft.values and draft.metric in _FORECASTABLE and near & _MACRO:
        return "forecast"
    if draft.kind == "indicator" and draft.around is not None and draft.around.expectation is not None:
        return "forecast"
    if draft.kind == "indicator" and draft.values and not near.isdisjoint(_RECKON):
        return "forecast"
    return spoken(draft)


def _is_put_into_mouth(voice: Voice) -> bool:
    return voice.is_quoted or voice.is_indirect or voice.is_turn


_RECKON = frozenset(("rechnen", "rechnet", "prognostizieren", "prognostiziert", "vorhergesehen", "vorhergesagt"))


def _odds(draft: Draft) -> str:
    """What traders and markets price in is a fact of the market; what a house or a person reckons, theirs."""
    words = draft.sentence.words(draft.sentence.first, draft.sentence.last)
    if _is_own_view(draft):
        return "opinion"
    told = spoken(draft)
    is_of_market = not _MARKETS.isdisjoint(words) or any("markt" in word or "märkte" in word for word in words)
    return told if is_of_market else "attributed"


_MARKETS = word_set("status", "markets")


def _mark(draft: Draft) -> str:
    told = spoken(draft)
    sentence, voice = draft.sentence, draft.voice
    words = draft.sentence.words(draft.first - 10, draft.last + 10)
    if draft.metric in ("support", "resistance") and told == "reported_fact":
        if _is_somebodys_mark(draft):
            return "attributed"
        if any(v.role == "low" for v in draft.values) and not _THREAT.isdisjoint(words):
            return "forecast"
        return "opinion" if not _THREAT.isdisjoint(words) or ("zu", "sehen") in pairwise(words) else told
    if (
        draft.metric in ("share_price", "commodity_price", "crypto_price", "index_level")
        and told == "reported_fact"
        and _could_reach(draft)
    ):
        return "forecast"
    if draft.metric == "fair_value" and _is_own_view(draft):
        return "opinion"
    if draft.metric in ("fair_value", "share_price") and house_in(sentence) is not None and _is_valued(draft):
        return "attributed"
    if draft.metric == "fair_value" and house_in(sentence) and voice is not None and not _is_put_into_mouth(voice):
        return "reported_fact"
    if draft.metric == "commodity_price" and _is_foretold(draft):
        return "forecast"
    return told


def _is_valued(draft: Draft) -> bool:
    """`CLSA values its holdings at $98`, `in its view it is worth no more than $85`: no target, but what it thinks."""
    return not _VALUES.isdisjoint(draft.sentence.words(draft.first - 7, draft.first))


_VALUES = frozenset(("values", "valued", "worth"))


def _is_somebodys_mark(draft: Draft) -> bool:
    """`she sees support at $51.50`, `Unterstützung sieht Chartexperte Utschneider bei 51,20 Euro`."""
    lower, sentence = draft.sentence.tokens.lower, draft.sentence
    for k in range(max(sentence.first, draft.first - 10), draft.first):
        if lower[k] not in _SEES:
            continue
        beside = set(sentence.words(k - 3, k) + sentence.words(k + 1, k + 3))
        if beside & _SEERS or any(
            k - 4 <= named.first <= k + 3 for named in sentence.names if named.of(NameKind.HOUSE)
        ):
            return True
        found = person(sentence, max(sentence.first, k - 4), min(k + 5, sentence.last))
        if found is not None:
            return True
    return False


def _could_reach(draft: Draft) -> bool:
    """`a break could carry the shares to $35`, `könnte bis 48 Euro laufen`: a price that may come."""
    sentence = draft.sentence
    before = sentence.words(draft.first - 8, draft.first)
    is_led = before[-1:] in (("to",), ("auf",), ("bis",), ("toward",), ("towards",), ("gen",))
    return is_led and not _MIGHT.isdisjoint(before)


_MIGHT = frozenset(("could", "may", "might", "könnte", "könnten", "would", "würde"))
_SEES = frozenset(
    (
        "eyeing",
        "eye",
        "watching",
        "macht",
        "erkennt",
        "ortet",
        "sees",
        "see",
        "sieht",
        "saw",
        "sah",
        "spots",
        "puts",
        "locates",
        "verortet",
    )
)
_SEERS = word_set("status", "seers")
_THREAT = word_set("status", "threat")


def _is_foretold(draft: Draft) -> bool:
    words = draft.sentence.words(draft.first - 12, draft.last + 8)
    return not _FORETOLD.isdisjoint(words)


_FORETOLD = word_set("status", "foretold")


def _act(draft: Draft) -> str:
    """Ratings and targets are acts of their houses; what a service counts is what it says."""
    is_counted = draft.kind in ("consensus_rating", "rating_count") or draft.metric == "consensus_target"
    voice = draft.voice
    if is_counted:
        return "attributed" if voice is not None and voice.named and reaches(draft, voice) else "reported_fact"
    if voice is not None and voice.is_turn:
        return "attributed"
    if (_is_own_view(draft) or _is_own_advice(draft)) and house_in(draft.sentence) is None:
        return "forecast" if draft.kind == "price_target" else "opinion" if draft.kind == "rating" else "reported_fact"
    return "reported_fact"


def _is_own_advice(draft: Draft) -> bool:
    """`Fazit: eine Kaufgelegenheit`, `Avoid for now.`, `a Hold for us`: what the author tells the reader to do."""
    words = draft.sentence.words(draft.sentence.first, draft.sentence.last)
    opening = [word for word in words[:6] if word.isalpha()]
    if ":" in words[:6] and not _LABELS.isdisjoint(opening):
        return True
    spelt = draft.sentence.tokens.text[draft.sentence.first : draft.sentence.last]
    return not _TO_US.isdisjoint(spelt) or not _IMPERATIVES.isdisjoint(opening[:1])


_LABELS = frozenset(("fazit", "verdict", "rat", "take", "advice", "conclusion"))
_TO_US = frozenset(("us", "me", "uns", "mir", "Redaktion"))
"""As they are spelt: `US` is a country."""
_IMPERATIVES = word_set("ratings", "imperatives")


def _upside(draft: Draft) -> str:
    """What the author's own target has left is what he or she expects: `unser Kursziel lautet 24 Euro, das wären`."""
    words = draft.sentence.words(draft.first - 16, draft.first)
    is_own = _is_own_view(draft) and not _OURS.isdisjoint(words)
    return "forecast" if is_own and not _TARGETS.isdisjoint(words) else spoken(draft)


_OURS = frozenset(("my", "our", "unser", "unsere", "unserem", "mein", "meine", "meinem"))
_TARGETS = frozenset(("kursziel", "ziel", "target"))
_FIRST_PERSON = frozenset(
    ("i", "we", "my", "our", "ich", "wir", "unser", "unsere", "unserer", "mein", "meine", "meiner")
)


def _is_own_view(draft: Draft) -> bool:
    """Whether the author speaks of what he or she thinks."""
    voice = draft.voice
    words = draft.sentence.words(draft.sentence.first, draft.sentence.last)
    return not _FIRST_PERSON.isdisjoint(words) and not (voice is not None and voice.is_quoted)


def _value(draft: Draft) -> str:
    """Valuations and yields: forecasts where a modal verb says so."""
    words = draft.sentence.words(draft.first - 10, draft.last + 6)
    told = spoken(draft)
    if told == "reported_fact" and draft.metric in _VALUATIONS and _is_judged(draft):
        return "attributed"
    return "forecast" if told == "reported_fact" and not _LIKELY.isdisjoint(words) else told


def _is_judged(draft: Draft) -> bool:
    """`Die DZ Bank hält die Titel mit dem 16-Fachen für fair bewertet`, `on Panmure's numbers`: a house's valuation."""
    sentence = draft.sentence
    tail = sentence.words(draft.last, draft.last + 12)
    if "hält" in tail and "für" in tail[tail.index("hält") :] and not _VERDICTS.isdisjoint(tail):
        return True
    if not any(sentence.cost(named.first, draft.first) < CLAUSE for named in _houses(sentence)):
        return False
    return not _JUDGES.isdisjoint(sentence.words(draft.first - 24, draft.last + 12))


_VERDICTS = frozenset(("bewertet", "attraktiv", "teuer", "günstig", "billig", "angemessen", "fair", "ambitioniert"))


def _houses(sentence: Sentence) -> list[Named]:
    return [named for named in sentence.names if named.of(NameKind.HOUSE)]


_VALUATIONS = frozenset(
    ("price_earnings", "forward_price_earnings", "price_sales", "price_book", "ev_ebitda", "ev_sales", "dividend_yield")
)
_JUDGES = word_set("status", "judges")


_LIKELY = frozenset(("dürfte", "dürften"))


_OWN_THOUGHT = frozenset((("we", "think"), ("i", "think"), ("we", "believe"), ("i", "believe"), ("my", "view")))


def _judgement(draft: Draft) -> str:
    voice = draft.voice
    words = set(draft.sentence.words(draft.sentence.first, draft.sentence.last))
    is_thought = not _OWN_THOUGHT.isdisjoint(pairwise(draft.sentence.words(draft.sentence.first, draft.sentence.last)))
    if is_thought and not (voice is not None and voice.is_quoted):
        return "opinion"
    if voice is not None and (voice.is_attributed or voice.is_indirect):
        return "company_guidance" if draft.kind == "outlook" and voice.is_company and words & _FUTURE else "attributed"
    is_somebodys = voice is not None and voice.source is not None and not _is_own_view(draft)
    if is_somebodys or house_in(draft.sentence) is not None or not _VIEWERS.isdisjoint(words):
        return "attributed"
    if draft.kind == "sentiment":
        return "opinion" if _is_own_view(draft) or (voice is not None and voice.is_opinion) else "reported_fact"
    return "opinion"


_VIEWERS = word_set("status", "viewers")
_FUTURE = frozenset(
    ("expect", "expects", "will", "erwarten", "rechnen", "erwartet", "rechnet", "rechne", "warns", "warned", "should")
)
_FORECASTABLE = frozenset(("policy_rate", "policy_rate_change", "inflation_rate", "gdp_growth", "unemployment_rate"))
_MACRO = word_set("status", "macro")
_BY_KIND: dict[str, Callable[[Draft], str]] = {
    "guidance": _guidance,
    "capex": planned,
    "market_share": planned_share,
    "holding": planned_stake,
    "advertising": lambda draft: "advertising",
    "corporate_event": planned,
    "estimate": _estimate,
    "policy_event": _macro,
    "indicator": _macro,
    "price_level": _mark,
    "ratio": _value,
    "implied_upside": _upside,
    "catalyst": lambda draft: "reported_fact",
    "attributed_reason": lambda draft: "attributed",
    **dict.fromkeys(("rating", "rating_change", "price_target", "date", "rating_count", "consensus_rating"), _act),
    **dict.fromkeys(("outlook", "sentiment", "rerating"), _judgement),
}


_REACH = 80


def _is_asked(draft: Draft) -> bool:
    sentence = draft.sentence
    if not sentence.is_question:
        tokens = sentence.tokens
        return any(tokens.text[k] == "?" for k in range(draft.first, min(draft.first + _REACH, sentence.last)))
    return draft.first >= asking_part(sentence)
