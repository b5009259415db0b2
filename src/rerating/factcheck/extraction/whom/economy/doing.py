"""What a body of the state does, whatever its figure is of: `Die Bundesnetzagentur verlangt von 1&1 1000 Funkmasten`.

A body that is the subject of a figure's clause does what the figure counts, though a topic's word takes the figure for
a company's: `NHTSA opened a probe into 2.9 million vehicles made by Tesla`. What it only says, counts or foresees is of
whom that is told; what it buys is its supplier's, what it holds the company's that is held.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.economy.bodies_clauses import acts_in_relative, is_demanded
from rerating.factcheck.extraction.whom.economy.legislating import KEPT
from rerating.factcheck.extraction.whom.economy.permitting import permitted_by
from rerating.factcheck.extraction.whom.economy.policies import acting
from rerating.factcheck.extraction.whom.focus.going_on import who_act
from rerating.factcheck.extraction.whom.focus.state_actors import Actor, is_state_alone, is_whole
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.phrases.states import is_land
from rerating.language.reading.tokens import WORD

_DONE = frozenset(
    ("operating_metric", "growth", "guidance", "capex", "financial_figure", "corporate_event", "estimate", "ratio")
)
"""Kinds that a company's words make of what a body does."""
_OF_COMPANIES = frozenset(
    (
        "contract",
        "acquisition",
        "disposal",
        "order_intake",
        "order_backlog",
        "revenue",
        "net_income",
        "operating_income",
        "eps",
        "settlement",
        "probability",
        "revenue_share",
        "partnership",
        "loan",
    )
)
"""What is a company's though a body acts: its order, its sale, its results."""
_OF_SHARES = KEPT - {"policy_event"}
_NO_DEEDS = word_set("doing", "no_deeds")
_CLAUSES = word_set("measured", "clauses") | word_set("measured", "clauses_de")
_ARTICLES = word_set("groups", "articles")
_AHEAD = word_set("groups", "ahead")
_BREAKS = frozenset((";", ":", "–", "—", "(", "“", '"'))
_FINITE = word_set("states", "does") | word_set("states", "rules") | word_set("states", "auxiliaries")
_SAME_CLAUSE = 2.6


def done_by(
    known: Subjects, sentence: Sentence, figure: Figure, what: tuple[str, str], *, is_named: bool
) -> Name | None:
    """The body that does what a figure counts, where one is the subject of its clause; `is_named`: whether a word names
    what the figure is of."""
    is_done = what[0] in _DONE or (what[0] == "return" and not is_named)
    if what[0] not in _OF_SHARES and (body := permitted_by(known, sentence, figure)) is not None:
        return body
    if not is_done or (is_named and what[1] in _OF_COMPANIES):
        return None
    for actor in who_act(known, sentence):
        if not acts_in_relative(sentence, actor, figure.first):
            if not (actor.last <= figure.lead and _heads(sentence, actor) and _reaches(sentence, actor, figure)):
                continue
            if not _does(sentence, actor):
                continue
        if actor.name is not None:
            return actor.name
        if not is_state_alone(sentence, actor):
            return known.body.get(sentence.number)
        return acting(known, sentence, figure.first, "policy_plan")
    return None


def _heads(sentence: Sentence, actor: Actor) -> bool:
    """Whether a body is the subject of a verb of doing: at its clause's head, or behind a German verb."""
    tokens = sentence.tokens
    first = actor.first
    while first > sentence.first and _is_before(sentence, first - 1):
        first -= 1
    lead = tokens.lower[first - 1] if first > sentence.first else ""
    if not sentence.text.is_english and lead in _FINITE:
        return _NO_DEEDS.isdisjoint(sentence.words(first - 1, first))
    if sentence.words(actor.last, actor.last + 2) in _OWN and sentence.words(actor.last + 3, actor.last + 4) == ("to",):
        return sentence.tokens.lower[actor.last + 2] in _PLANS
    is_opening = not lead or lead in _CLAUSES | _WHICH or lead in (",", ";", ":", "–", "—")
    if not is_opening and not _is_behind_time(sentence, first):
        return False
    last = _behind_day(sentence, actor.last)
    after = sentence.words(last, last + _VERB)
    if not after or tokens.kind[last] != WORD or tokens.text[last][:1].isupper():
        return False
    if after[0] in _BEING and after[1:2] and after[1].endswith("ing"):
        after = after[1:]
    if after[0] in _BIDS and "to" in sentence.words(actor.last + 1, actor.last + _FAR):
        return True
    return after[0] not in _AHEAD and after[0] not in _JOINED and _NO_DEEDS.isdisjoint(after)


def _behind_day(sentence: Sentence, k: int) -> int:
    """Where a clause goes on behind a day between its subject and its verb: `The FDA late on Monday approved`."""
    words = sentence.words(k, k + 4)
    at = next((j for j, word in enumerate(words[:2]) if word == "on"), None)
    return k + at + 2 if at is not None and (at == 0 or words[0] in _TIMES) else k


def _does(sentence: Sentence, actor: Actor) -> bool:
    """Whether a verb shows that a body acts: a state, an office without a name or a pronoun needs one of making rules,
    a body's own name only some verb."""
    last = _behind_day(sentence, actor.last)
    after = sentence.words(last, last + _VERB)
    if not sentence.text.is_english:
        after += sentence.words(actor.first - 3, actor.first)
    is_own = actor.name is not None and not (is_whole(actor.name) or is_land(actor.name.name))
    is_pronoun = actor.last == actor.first + 1 and sentence.tokens.lower[actor.first] in _PRONOUNS
    if is_own and not is_pronoun:
        return True
    is_named = actor.name is None and not is_state_alone(sentence, actor)
    return is_named or not _RULES.isdisjoint(after)


_PRONOUNS = frozenset(("sie", "er", "es", "it", "they"))
_RULES = word_set("states", "does") | word_set("states", "rules")
_VERB = 3


def _is_behind_time(sentence: Sentence, first: int) -> bool:
    """Whether only a time stands before a clause's subject: `In May the FDA turned down two drugs`."""
    lead = sentence.words(sentence.first, first)
    return sentence.text.is_english and 0 < len(lead) <= _LEAD and lead[0] in _TIMES


_LEAD = 5
_TIMES = word_set("handing_on", "soon") | word_set("handing_on", "leads") | {"late", "early", "on", "earlier"}
_FAR = 7
_OWN = (("'", "s"), ("’", "s"))
_PLANS = word_set("clause_owners", "saying")
"""`OPEC's decision to pump 411,000 barrels a day more`."""
_BIDS = frozenset(("told", "ordered", "orders", "tells"))
"""`AGCM ordered Ryanair to repay`: no order of goods."""
_BEING = frozenset(("is", "are", "was", "were"))
_WHICH = frozenset(("which", "whom", "where", "wo", "den", "die", "das"))
_JOINED = frozenset(("and", "und", "or", "oder", "s", "sowie"))


def _is_before(sentence: Sentence, k: int) -> bool:
    """Whether a word may stand before a body's name: an article, an office, an adjective."""
    tokens = sentence.tokens
    low = tokens.lower[k]
    if low in _ARTICLES or low in ("'", "’", "s", ".", "u", "-"):
        return True
    is_adjective = tokens.text[k].islower() and low.endswith(("e", "en", "er", "an", "ish", "ese"))
    is_office = low in _OFFICES or low.endswith(("behörde", "aufsicht", "amt", "agentur", "betreiber"))
    is_owner = tokens.text[k][:1].isupper() and tokens.text[k + 1] in ("'", "’")
    return (is_adjective and low not in _FINITE) or is_office or is_owner


_OFFICES = word_set("states", "bodies") | word_set("doing", "offices")


def _reaches(sentence: Sentence, actor: Actor, figure: Figure) -> bool:
    """Whether a figure stands in the clause that a body heads."""
    tokens = sentence.tokens
    is_side = not _SIDE.isdisjoint(sentence.words(actor.first - 2, actor.first))
    if is_side and "," in sentence.words(actor.last, figure.lead):
        return False
    for k in range(actor.last, figure.lead):
        is_parting = tokens.text[k] == "," and tokens.lower[k + 1] in _CLAUSES | _RELATIVE
        if tokens.text[k] in _BREAKS or (is_parting and not is_demanded(sentence, actor, k)):
            return False
    return sentence.cost(actor.last, figure.first) <= _SAME_CLAUSE


_SIDE = frozenset(("since", "as", "after", "because", "when", "if", "nachdem", "weil", "da", "seit", "wenn"))
"""`since the Fed lowered its key rate, the yield has slid to 3.4%`: behind the comma somebody else is told of."""
_RELATIVE = frozenset(("which", "who", "der", "die", "das", "dass", "wo", "where", "wobei", "but", "aber"))
