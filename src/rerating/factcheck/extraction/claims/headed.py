"""Lists whose head says what they are: bullets under `Guidance`, `Ausblick 2026` or `What analysts expect`."""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.plans import BEFORE

_TOLD = frozenset(("financial_figure", "operating_metric", "growth"))


@dataclass(slots=True)
class Headed:
    """What the bullets that now come are of: `guidance`, `estimate`, or nothing in particular."""

    kind: str | None = None

    def turn(self, sentence: Sentence, drafts: list[Draft]) -> None:
        """Makes plans or estimates of a bullet's figures, where its head says so; remembers the heads."""
        if sentence.role is not BlockRole.BULLET:
            self.kind = _kind_of(sentence)
            return
        if self.kind is None:
            return
        for draft in drafts:
            if not draft.values or _is_past(draft):
                continue
            if draft.kind in _TOLD:
                draft.kind = self.kind
            elif draft.kind == "capex" and self.kind == "guidance":
                draft.status = "company_guidance"


def _kind_of(sentence: Sentence) -> str | None:
    """What a heading, or a line that ends with a colon, announces."""
    words = sentence.words(sentence.first, sentence.last)
    if sentence.role not in (BlockRole.HEADING, BlockRole.TITLE) and words[-1:] != (":",):
        return None
    if len(words) > _LONG or sentence.is_question or not _RESULTS.isdisjoint(words):
        return None
    if not _OTHERS.isdisjoint(words):
        return "estimate" if not _EXPECTED.isdisjoint(words) or not _PLANS.isdisjoint(words) else None
    return "guidance" if not _PLANS.isdisjoint(words) else None


_LONG = 14


def _is_past(draft: Draft) -> bool:
    """Whether a figure in such a list is the one of before that it is compared with."""
    sentence = draft.sentence
    before = sentence.words(draft.first - 3, draft.first)
    if before[:1] == ("(",) and before[-1:] == (":",) and before[1:2] and before[1][:2] == "20":
        return True
    if sentence.words(draft.last, draft.last + 2) in _AS_OF:
        return True
    return not BEFORE.isdisjoint(sentence.words(draft.last, draft.last + 5)) or not _COMPARED.isdisjoint(before)


_PLANS = word_set("headed", "plans")
_EXPECTED = word_set("headed", "expected")
_OTHERS = word_set("headed", "others")
_RESULTS = word_set("headed", "results")
_AS_OF = frozenset(
    (("at", "the"), ("as", "of"), ("at", "end"), ("per", "ende"), ("zum", "ende"), ("ende", "september"))
)
_COMPARED = frozenset(("from", "versus", "vs", "nach", "vj", "vorjahr", "statt", "against"))
