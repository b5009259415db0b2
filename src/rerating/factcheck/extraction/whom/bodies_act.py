"""What a body of a state does with a figure, whatever the verb: `the FDA turned down two drugs`, `The Commerce
Department added 43 companies to its entity list`, `OPEC's decision to pump 411,000 barrels a day more`.

It opens its clause by its own name; what it counts, estimates or says of others is not its own, nor what is a state's.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.state_actors import Actor
from rerating.factcheck.extraction.whom.states import state_of

_SAYS = word_set("bodies_act", "says")
_DOES = (
    word_set("states", "does")
    | word_set("states", "rules")
    | word_set("states", "spends")
    | word_set("bodies_act", "does")
)
_PLANNED = word_set("clause_owners", "saying")
_AUXILIARIES = word_set("states", "auxiliaries") | {
    "now",
    "already",
    "recently",
    "since",
    "also",
    "not",
    "yet",
    "alone",
    "is",
}
_OPENINGS = word_set("states", "clause_starts") | word_set("handing_on", "leads")
_LEAD = 5
_VERB = 4


def is_deed(sentence: Sentence, actor: Actor, figure: Figure) -> bool:
    """Whether a body that opens the clause of a figure behind it does something there."""
    name = actor.name
    if name is None or not sentence.text.is_english or actor.last > figure.first or not _is_body(actor):
        return False
    words = sentence.words(actor.last, figure.lead)
    if words[:2] == ("'", "s"):
        at = next((k for k, word in enumerate(words[2:5], 2) if word in _PLANNED), None)
        is_first = all(f.first >= figure.first for f in sentence.figures_near(figure.first) if f.first > actor.last)
        return is_first and at is not None and words[at + 1 : at + 2] in (("to",), ("that",))
    if not _opens(sentence, actor):
        return False
    verb = next((word for word in words[:_VERB] if word not in _AUXILIARIES), None)
    return verb is not None and verb in _DOES and verb not in _SAYS


def _is_body(actor: Actor) -> bool:
    """Whether an institution is no whole state: `the Pentagon` is none, `Japan` is one."""
    state = state_of(actor.name.name) if actor.name is not None else None
    return state is None or actor.name is None or actor.name.name not in (state.en, state.de)


def _opens(sentence: Sentence, actor: Actor) -> bool:
    first = actor.first - (sentence.words(actor.first - 1, actor.first) == ("the",))
    if first <= sentence.first or sentence.tokens.lower[first - 1] in _OPENINGS:
        return True
    lead = sentence.words(sentence.first, first)
    return len(lead) <= _LEAD and lead[0] in _OPENINGS | _TIMES


_TIMES = word_set("handing_on", "soon") | {"late", "early", "on", "earlier"}
