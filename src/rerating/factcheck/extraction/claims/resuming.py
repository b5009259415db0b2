"""Whose a figure is that goes on about the one before it, where its sentence names nobody.

`Die Tonne Kakao kostete 6.000 Dollar. Ende 2024 waren es noch 12.000 Dollar`, `Der Index stieg auf 88,4 Punkte.
Volkswirte hatten mit 88,0 Punkten gerechnet`: what no word of its sentence names is of whom the figure before was.
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.claim import Subject
from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.economy.counted_by import is_counter
from rerating.factcheck.extraction.whom.economy.policies import MACRO
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.factcheck.extraction.whom.phrases.states import state_by_adjective, state_of

_BEING = word_set("resuming", "being")
_IT = word_set("resuming", "it")


def resumed(known: Subjects, sentence: Sentence, drafts: list[Draft], before: list[Draft]) -> None:
    """Gives the figures that go on about the last one of the sentence before to whom that one is told of."""
    if not before or not drafts or known.places.get(sentence.number):
        return
    is_same = _are_it(sentence)
    own = (as_subject(known.main), as_subject(known.focus.get(sentence.number)))
    for draft in drafts:
        bound = draft.bound
        if bound is None or bound.topic is not None or not bound.is_carried:
            continue
        last = next((each for each in reversed(before) if _is_alike(each, draft)), None)
        if last is None or last.kind in _KEPT or draft.subject not in own:
            continue
        if last.subject.ticker is not None and not is_same:
            continue
        if is_same:
            draft.kind, draft.metric = last.kind, last.metric
        if (draft.kind, draft.metric) == (last.kind, last.metric):
            draft.subject = last.subject


_KEPT = frozenset(("rating_count", "price_target", "rating", "corporate_event", "policy_event"))


def counted_on(known: Subjects, sentence: Sentence, drafts: list[Draft], before: list[Draft]) -> None:
    """`Für das Gesamtjahr erwartet der Verband ein Minus von 5 Prozent`: whoever counted for a branch goes on to."""
    last = before[-1].subject if before else None
    if last is None or last.ticker is not None or last.name is None or not drafts:
        return
    if any(not p.is_noun for p in known.places.get(sentence.number, [])) or not _counter_tells(sentence):
        return
    for draft in drafts:
        if draft.kind in _COUNTED and draft.subject.ticker is not None:
            draft.subject = last
            draft.kind = "estimate" if draft.kind == "guidance" else "growth" if draft.kind == "return" else draft.kind


_COUNTED = frozenset(("growth", "return", "guidance", "estimate", "financial_figure", "operating_metric"))
_TELLS = word_set("resuming", "tells")


def _counter_tells(sentence: Sentence) -> bool:
    """Whether an office, an association or a researcher is said to expect or report."""
    for k in range(sentence.first, sentence.last):
        if is_counter(sentence, k) and not _TELLS.isdisjoint(sentence.words(k - 4, k + 4)):
            return True
    return False


class Regions:
    """The economy that a block tells of: `Die chinesische Wirtschaft wuchs. Die Exporte stiegen`."""

    def __init__(self, known: Subjects) -> None:
        self._known = known
        self._told: Subject | None = None
        self._block: object = None

    def turn(self, sentence: Sentence, drafts: list[Draft]) -> None:
        """Gives macro data of a sentence that names no region and nobody who acts to the one told of before."""
        if sentence.text.block is not self._block:
            self._block, self._told = sentence.text.block, None
        macro = [d for d in drafts if d.kind == "indicator" and d.metric in MACRO and d.metric != "probability"]
        is_named = any(n.of(NameKind.REGION) is not None for n in sentence.names)
        is_named = (
            is_named
            or bool(self._known.actors.get(sentence.number))
            or any(
                state_by_adjective(word, is_english=sentence.text.is_english) is not None
                for word in sentence.tokens.text[sentence.first : sentence.last]
            )
        )
        if is_named:
            of_states = [d.subject for d in drafts if d.kind == "growth" and state_of(d.subject.name) is not None]
            self._told = next((d.subject for d in reversed(macro)), None) or next(iter(of_states), self._told)
        elif self._told is not None:
            for draft in macro:
                draft.subject = self._told


def levied_on(sentence: Sentence, drafts: list[Draft], before: list[Draft]) -> None:
    """`Auf Waren aus der EU gilt ein Zoll von 15 Prozent. Für die Schweiz gilt ein Satz von 39`: a duty goes on."""
    last = before[-1] if before else None
    for draft in drafts:
        is_rate = bool(draft.values) and draft.values[0].unit == "percent"
        if last is not None and last.metric == "tariff" and is_rate and draft.kind in _LOOSE:
            lead = sentence.words(max(sentence.first, draft.first - _RATED), draft.first)
            if not _ON.isdisjoint(lead[:3]) and not _HOLDS.isdisjoint(lead):
                draft.kind, draft.metric, draft.subject = last.kind, last.metric, last.subject
        last = draft


_LOOSE = frozenset(("indicator", "return", "growth", "financial_figure", "holding", "estimate"))
_ON = frozenset(("für", "auf", "bei", "for", "on"))
_HOLDS = word_set("resuming", "holds")
_RATED = 12


def _is_alike(one: Draft, other: Draft) -> bool:
    """Whether two figures have one unit, and one money."""
    if not one.values or not other.values:
        return False
    return (one.values[0].unit, one.values[0].currency) == (other.values[0].unit, other.values[0].currency)


def _are_it(sentence: Sentence) -> bool:
    """Whether a sentence says of the figure before what it was at another time: `Ende 2024 waren es noch`."""
    words = sentence.words(sentence.first, sentence.last)
    return any((one in _BEING and other in _IT) or (one in _IT and other in _BEING) for one, other in pairwise(words))
