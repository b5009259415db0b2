"""Whether a claim is fact, guidance, forecast, attributed, opinion, question or advertising."""

from __future__ import annotations

from rerating.factcheck.draft import Draft
from rerating.factcheck.lexicon import word_set
from rerating.factcheck.promotion import Region

_ACTS = frozenset(("rating", "rating_change", "price_target", "date", "rating_count", "consensus_rating"))
_MARKET = word_set("status", "market")


def status_of(draft: Draft, region: Region | None) -> str:
    """The status of a claim, by the strongest sign first: place, question, plan, expectation, speech, opinion."""
    if draft.status is not None and draft.status != "question":
        return draft.status
    if region is not None:
        return "advertising"
    if draft.status == "question" or _is_asked(draft):
        return "question"
    kind, voice = draft.kind, draft.voice
    if kind == "guidance":
        return "company_guidance"
    if kind in ("capex", "corporate_event") and draft.around is not None and draft.around.guidance is not None:
        return "company_guidance"
    if kind == "estimate":
        if draft.values:
            return "attributed" if voice is not None and voice.is_indirect and voice.is_attributed else "forecast"
        return "reported_fact"
    if kind in ("attributed_reason",):
        return "attributed"
    if kind in _ACTS:
        return "reported_fact"
    if kind in ("outlook", "sentiment", "rerating"):
        return _of_judgement(draft)
    if voice is not None and voice.is_attributed and not voice.is_reporting:
        return "attributed"
    if voice is not None and voice.is_indirect and voice.source:
        return "attributed"
    return "reported_fact"


def _of_judgement(draft: Draft) -> str:
    voice = draft.voice
    if voice is not None and (voice.is_attributed or voice.is_indirect):
        return "attributed"
    return "opinion" if draft.kind != "sentiment" else "reported_fact"


def _is_asked(draft: Draft) -> bool:
    sentence = draft.sentence
    if not sentence.is_question:
        return False
    from rerating.factcheck.extraction import _clause_of_question

    return draft.first >= _clause_of_question(sentence)
