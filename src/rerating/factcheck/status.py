"""Whether a claim is fact, guidance, forecast, attributed, opinion, question or advertising."""

from __future__ import annotations

from collections.abc import Callable

from rerating.factcheck.draft import Draft
from rerating.factcheck.lexicon import word_set
from rerating.factcheck.promotion import Region


def status_of(draft: Draft, region: Region | None) -> str:
    """The status of a claim, by the strongest sign first: place, question, plan, expectation, speech, opinion."""
    if draft.status is not None and draft.status != "question":
        return draft.status
    if region is not None:
        return "advertising"
    if draft.status == "question" or _is_asked(draft):
        return "question"
    by_kind = _BY_KIND.get(draft.kind)
    if by_kind is not None:
        return by_kind(draft)
    return _spoken(draft)


def _spoken(draft: Draft) -> str:
    """Attributed where somebody is said to say it, and it is no company's report of its own figures."""
    voice = draft.voice
    if voice is None:
        return "reported_fact"
    if voice.is_attributed and (not voice.is_reporting or voice.is_quoted):
        return "attributed"
    return "attributed" if voice.is_indirect and voice.source else "reported_fact"


def _plans(draft: Draft) -> bool:
    return draft.around is not None and draft.around.guidance is not None


def _guidance(draft: Draft) -> str:
    if (
        not draft.values
        and draft.voice is not None
        and draft.voice.is_quoted
        and "end" in draft.sentence.words(draft.first, draft.last)
    ):
        return "attributed"
    return "company_guidance"


def _planned(draft: Draft) -> str:
    """Spending, deals and jobs: a plan where its words or its nature say so."""
    words = set(draft.sentence.words(draft.first - 8, draft.last + 8))
    if draft.metric in ("layoffs", "closures") and not words & {"gestrichen", "last", "vergangenen", "bereits"}:
        return "company_guidance"
    if draft.kind == "capex" and any(v.role in ("low",) for v in draft.values):
        return "company_guidance"
    if _plans(draft) or (not draft.values and words & _EXPECTS):
        return "company_guidance"
    return _spoken(draft)


def _planned_share(draft: Draft) -> str:
    """What a company wants to win of a market."""
    voice = draft.voice
    return "company_guidance" if _plans(draft) and not (voice and voice.is_attributed) else _spoken(draft)


def _company_figure(draft: Draft) -> str:
    return "company_guidance" if draft.metric == "dividend_per_share" and _plans(draft) else _spoken(draft)


def _estimate(draft: Draft) -> str:
    if not draft.values:
        return "reported_fact"
    voice = draft.voice
    is_told = voice is not None and voice.is_attributed and (voice.is_indirect or not voice.is_reporting)
    past = draft.around is not None and draft.around.movement_at is not None and is_told
    return "attributed" if past and voice is not None and voice.is_indirect else "forecast"


def _macro(draft: Draft) -> str:
    """Policy and macro data that are expected, not decided."""
    near = set(draft.sentence.words(draft.first - 14, draft.first)) | set(
        draft.sentence.words(draft.last, draft.last + 6)
    )
    if draft.values and draft.metric in _FORECASTABLE and near & _MACRO:
        return "forecast"
    return _spoken(draft)


def _mark(draft: Draft) -> str:
    spoken = _spoken(draft)
    if draft.metric in ("support", "resistance") and spoken == "reported_fact":
        return "forecast" if any(v.role == "low" for v in draft.values) else "opinion"
    return spoken


def _act(draft: Draft) -> str:
    """Ratings and targets are acts of their houses; what a service counts is what it says."""
    is_counted = draft.kind in ("consensus_rating", "rating_count") or draft.metric == "consensus_target"
    voice = draft.voice
    return "attributed" if is_counted and voice is not None and voice.is_attributed else "reported_fact"


def _judgement(draft: Draft) -> str:
    voice = draft.voice
    if voice is not None and (voice.is_attributed or voice.is_indirect):
        words = set(draft.sentence.words(draft.sentence.first, draft.sentence.last))
        return "company_guidance" if draft.kind == "outlook" and voice.is_company and words & _FUTURE else "attributed"
    return "opinion" if draft.kind != "sentiment" else "reported_fact"


_FUTURE = frozenset(("expect", "expects", "will", "erwarten", "rechnen", "erwartet"))
_FORECASTABLE = frozenset(("policy_rate", "policy_rate_change", "inflation_rate", "gdp_growth", "unemployment_rate"))
_EXPECTS = word_set("speech", "expects")
_MACRO = word_set("status", "macro")
_BY_KIND: dict[str, Callable[[Draft], str]] = {
    "guidance": _guidance,
    "capex": _planned,
    "market_share": _planned_share,
    "advertising": lambda draft: "advertising",
    "corporate_event": _planned,
    "financial_figure": _company_figure,
    "growth": _company_figure,
    "estimate": _estimate,
    "policy_event": _macro,
    "indicator": _macro,
    "price_level": _mark,
    "attributed_reason": lambda draft: "attributed",
    **dict.fromkeys(("rating", "rating_change", "price_target", "date", "rating_count", "consensus_rating"), _act),
    **dict.fromkeys(("outlook", "sentiment", "rerating"), _judgement),
}


def _is_asked(draft: Draft) -> bool:
    sentence = draft.sentence
    if not sentence.is_question:
        tokens = sentence.tokens
        return any(tokens.text[k] == "?" for k in range(draft.last, sentence.last))
    from rerating.factcheck.extraction import _clause_of_question

    return draft.first >= _clause_of_question(sentence)
