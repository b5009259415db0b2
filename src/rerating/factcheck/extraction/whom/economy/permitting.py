"""What a body that the text has told of allows or drafts: `Lieferdienste dürfen höchstens 15 Prozent bezuschussen, so
die Behörde`, `Operators may raise prices by no more than 3%`, `ihr Entwurf sieht vor, die Entgelte zu senken`.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.going_on import who_act
from rerating.factcheck.extraction.whom.focus.state_actors import is_whole
from rerating.factcheck.extraction.whom.focus.subjects import Subjects

_MAY = word_set("permitting", "may")
_LIMITS = word_set("permitting", "limits")
_DRAFTS = word_set("permitting", "drafts")
_WHOSE = frozenset(("ihr", "sein", "ihrem", "seinem", "ihren", "seinen", "its", "their"))
_LAWS = frozenset(("entwurf", "gesetzentwurf", "draft"))
_ALLOWED = word_set("permitting", "allowed")
_BEHIND = 3
_REACH = 16
_COST = 2.0


def permitted_by(known: Subjects, sentence: Sentence, figure: Figure) -> Name | None:
    """The body that sets the limit which a figure is, or in whose draft it stands."""
    low, begin = sentence.tokens.lower, max(sentence.first, figure.lead - _REACH)
    drafted = next((k for k in range(begin, figure.lead) if _is_draft(low, k)), None)
    if drafted is not None and sentence.cost(drafted, figure.first) <= _COST:
        return _told(known, sentence, drafted)
    if (ruling := _ruled(known, sentence, figure)) is not None:
        return ruling
    if _LIMITS.isdisjoint(sentence.words(figure.lead - 3, figure.last)):
        return None
    allowed = next((k for k in range(begin, figure.lead) if low[k] in _MAY), None)
    is_passive = not _ALLOWED.isdisjoint(sentence.words(figure.last, figure.last + _BEHIND))
    if not is_passive and (allowed is None or sentence.cost(allowed, figure.first) > _COST):
        return None
    return _told(known, sentence, sentence.last)


def _ruled(known: Subjects, sentence: Sentence, figure: Figure) -> Name | None:
    """The body that says what others may do: `Ofwat said suppliers could earn a return of 4.9 per cent`."""
    for actor in who_act(known, sentence):
        is_own = actor.name is not None and not is_whole(actor.name)
        is_said = is_own and not _RULES.isdisjoint(sentence.words(actor.last, actor.last + _BEHIND))
        words = sentence.words(actor.last, figure.lead)
        if is_said and not _COULD.isdisjoint(words) and sentence.cost(actor.last, figure.first) <= _COST:
            return actor.name
    return None


_RULES = frozenset(("said", "says", "ruled", "decided", "erklärte", "entschied", "urteilte"))
_COULD = frozenset(("could", "can", "may", "dürfen", "dürften"))


def _is_draft(lower: list[str], k: int) -> bool:
    return lower[k] in _DRAFTS and (lower[k - 1] in _WHOSE or (lower[k] in _LAWS and lower[k - 1] in ("der", "the")))


def _told(known: Subjects, sentence: Sentence, end: int) -> Name | None:
    """The body last told of before a token; one that no name is told of here is the one of the sentence before."""
    here = [actor for actor in who_act(known, sentence) if not actor.is_place and actor.last <= end]
    if here and here[-1].name is not None:
        return here[-1].name
    return known.body.get(sentence.number) if here or known.acts_in(sentence) else None
