"""Bodies that a company turns to: what it applies for, needs or waits for is its own until the body decides.

`plans to file with the FDA`, `will das Präparat bei der EMA zur Zulassung einreichen`, `asked the FTC for clearance`,
`needs the approval of the FTC`, `steht unter dem Vorbehalt der Freigabe durch das Bundeskartellamt`.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.state_actors import Actor

_TO = frozenset(("with", "to", "from", "bei", "beim", "an"))
_NAMING = word_set("policies", "naming")
_FILING = word_set("policies", "filing")
_ASKING = word_set("policies", "asking")
_NEEDING = word_set("policies", "needing")
_PERMITS = word_set("policies", "permits")
_REACH = 9
_COST = 2.0


def is_asked(sentence: Sentence, actor: Actor) -> bool:
    """Whether a company turns to a body in its clause, or lacks its consent."""
    lead = actor.first
    while lead > sentence.first and sentence.tokens.lower[lead - 1] in _NAMING:
        lead -= 1
    before = sentence.words(lead - _REACH, lead)
    if before[-1:] and before[-1] in _ASKING:
        return True
    if before[-1:] and before[-1] in _TO:
        behind = () if sentence.text.is_english else sentence.words(actor.last, actor.last + _REACH)
        if not (_FILING.isdisjoint(before) and _FILING.isdisjoint(behind)):
            return True
    return _is_lacking(sentence, actor, lead)


def _is_lacking(sentence: Sentence, actor: Actor, lead: int) -> bool:
    """Whether a consent beside a body's name is told of as still needed."""
    is_consent = not _PERMITS.isdisjoint((*sentence.words(lead - 4, lead), *sentence.words(actor.last, actor.last + 3)))
    needed = [k for k in range(max(sentence.first, lead - _REACH), lead) if sentence.tokens.lower[k] in _NEEDING]
    return is_consent and bool(needed) and sentence.cost(needed[-1], lead) <= _COST
