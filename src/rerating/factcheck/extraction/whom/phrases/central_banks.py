"""Whose a policy rate is: the central bank named, that of the state told of, or the one whose rate is called so.

`Brazil's central bank left its Selic rate`, `die norwegische Notenbank`, `Bank Rate is expected to fall`: what is told
of the state's rates is its central bank's, in a report on its exchange also where only `the central bank` is said.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.states import State, key_rates, state_of

RATES = frozenset(("policy_rate", "policy_rate_change"))
_BANKS = word_set("states", "banks")
_RATES = _BANKS | word_set("states", "key_rates") | word_set("states", "rate_moves")
_TARGETS = word_set("states", "targets")


def sets(name: Name | None, sentence: Sentence) -> Name | None:
    """The central bank of a state that is said to set a rate; any other body itself."""
    state = state_of(name.name) if name is not None else None
    if state is None or name is None or name.name not in (state.en, state.de):
        return name
    return state.central_bank(is_english=sentence.text.is_english) or name


def rate_setter(sentence: Sentence, told: Name | None, home: State | None) -> Name | None:
    """Whose rate is told where no body is named beside it: by what the rate is called, by the region named; where the
    sentence tells of a central bank or of a rate of its, of the state last told of, else of the text's own one."""
    state = _by_rate(sentence) or _region(sentence)
    if state is None and not _RATES.isdisjoint(sentence.words(sentence.first, sentence.last)):
        state = (state_of(told.name) if told is not None else None) or home
    return state.central_bank(is_english=sentence.text.is_english) if state is not None else None


def is_of_bank(sentence: Sentence, metric: str) -> bool:
    """Whether a target is a central bank's: of inflation, or told of `the central bank`."""
    words = sentence.words(sentence.first, sentence.last)
    return metric == "policy_target" and not (_TARGETS.isdisjoint(words) and _BANKS.isdisjoint(words))


def _by_rate(sentence: Sentence) -> State | None:
    words = sentence.words(sentence.first, sentence.last)
    for k in range(len(words)):
        for rate, state in key_rates().items():
            if words[k : k + len(rate)] == rate:
                return state
    return None


def _region(sentence: Sentence) -> State | None:
    named = (name for each in sentence.names if (name := each.of(NameKind.REGION)) is not None)
    return next((state for name in named if (state := state_of(name.name)) is not None), None)
