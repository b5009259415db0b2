"""Clauses behind a body's name that tell what it does: relative ones, and what it demands or proposes.

`Ärger gibt es mit der Weko, die den Konzern mit 18 Mio. Franken gebüsst hat`, `the FCA, which fined the group £29m`;
`Die EU-Kommission schlägt vor, dass Autos zu mindestens 70 Prozent aus heimischen Teilen bestehen`.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.state_actors import Actor
from rerating.language.reading.tokens import WORD

_RULES = word_set("states", "rules") | word_set("states", "does")
_WHICH = frozenset(("which", "who", "die", "das", "der"))
_DEMANDS = word_set("doing", "demands")
_THAT = frozenset(("that", "dass", "daß"))
_NEAR, _LAST = 3, 3
_LONGEST = 26


def acts_in_relative(sentence: Sentence, actor: Actor, at: int) -> bool:
    """Whether a token stands in a relative clause in which a body is said to act."""
    tokens, begin = sentence.tokens, actor.last + 2
    if not begin <= at < begin + _LONGEST or tokens.text[actor.last] != "," or tokens.lower[begin - 1] not in _WHICH:
        return False
    ends = range(begin, min(begin + _LONGEST, sentence.last))
    end = next((k for k in ends if tokens.text[k] in (",", ";", "–", "—") or k == sentence.last - 1), begin)
    if at > end:
        return False
    if sentence.text.is_english:
        return not _RULES.isdisjoint(sentence.words(begin, begin + _NEAR))
    while end > begin and tokens.kind[end] != WORD:
        end -= 1
    return not _RULES.isdisjoint(sentence.words(end + 1 - _LAST, end + 1))


def is_demanded(sentence: Sentence, actor: Actor, k: int) -> bool:
    """Whether the comma at a token opens what a body demands or proposes."""
    return sentence.tokens.lower[k + 1] in _THAT and not _DEMANDS.isdisjoint(sentence.words(actor.last, k))
