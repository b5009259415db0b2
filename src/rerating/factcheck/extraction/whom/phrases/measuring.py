"""What tells whether a noun phrase is measured for many or is a company's own, in both languages."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.good_phrases import is_made_at, is_weighed
from rerating.factcheck.extraction.whom.phrases.group_nouns import Group, spelt
from rerating.factcheck.extraction.whom.phrases.states import state_at, state_by_adjective, state_of

NOBODYS = word_set("measured", "nobodys")
"""What no branch or good is: pronouns, people who speak of companies, what a company has of a kind (`the division`)."""
OF_SUMS = word_set("measured", "of_sums")
"""What is told of something else: `sales of heavyweight motorcycles`, `die Zahl der Firmenpleiten`."""
PRICES = word_set("measured", "prices")
SAID = word_set("measured", "told")
_WIDE = word_set("measured", "wide") | word_set("measured", "wide_en")
_PAYERS = word_set("measured", "payers")
_ACCOUNTS = frozenset(
    ("figure", "operation", "capex", "event", "holding", "insider", "options", "options_ratio", "price")
)
_REACH, _SAME_CLAUSE = 14, 1.9
_TO = 3
"""So near stands what a price moved to: `um 9 Prozent auf 812 Dollar je Tonne`."""


def measured_group(sentence: Sentence, span: tuple[int, int], name: tuple[int, int] | str, **how: bool) -> Group:
    """The group of a phrase at `span`, named by its tokens or as told."""
    told = name if isinstance(name, str) else spelt(sentence, *name)
    return Group(*span, told, False, False, is_priced=how.get("is_priced", False), is_measured=True)


def tells_price_by_weight(sentence: Sentence, k: int) -> bool:
    """Whether a clause goes on with a price by weight, that nobody is said to pay: `has climbed to 78 cents a pound`,
    not `fuel would cost it around $2.95 a gallon`."""
    behind = [f for f in sentence.figures_near(k) if f.first >= k and f.mention.unit in ("money", "percent", "ratio")]
    if len(behind) > 1 and behind[0].mention.unit != "money" and behind[1].first - behind[0].last <= _TO:
        behind = behind[1:]
    is_near = bool(behind) and behind[0].first - k <= _REACH and sentence.cost(k, behind[0].first) <= _SAME_CLAUSE
    is_price = is_near and is_weighed(sentence, behind[0]) and not is_made_at(sentence, behind[0])
    return is_price and _PAYERS.isdisjoint(sentence.words(k, behind[0].first))


def is_account(sentence: Sentence, k: int) -> bool:
    """Whether a word is what companies report of themselves: `sales`, `Umsatz`."""
    return any(t.family in _ACCOUNTS and t.first <= k < t.last for t in sentence.topics_near(k))


def is_regional(sentence: Sentence, first: int, last: int) -> bool:
    """Whether tokens tell a state or the world: `U.S. office workers`, `Fluggesellschaften weltweit`."""
    tokens = sentence.tokens
    return any(
        tokens.lower[k] in _WIDE
        or state_by_adjective(tokens.text[k], is_english=sentence.text.is_english) is not None
        or (tokens.text[k][:1].isupper() and state_at(sentence, k) is not None)
        for k in range(first, last)
    )


def is_named(sentence: Sentence, first: int, end: int, last: int) -> bool:
    """Whether a phrase names a company or the like, or is a body by its noun; a state is but a place."""
    for named in sentence.names_near(first):
        if named.last <= first or named.first >= last:
            continue
        kind = named.names[0].kind
        is_place = state_of(named.names[0].name) is not None
        if named.last == named.first + 1 and _is_adjective(sentence, named.first):
            continue
        if kind in _NAMES or (kind is NameKind.INSTITUTION and named.first < end and not is_place):
            return True
    return False


def _is_adjective(sentence: Sentence, k: int) -> bool:
    """Whether a company's first word is a state's adjective there: `American households`."""
    is_of_state = state_by_adjective(sentence.tokens.text[k], is_english=sentence.text.is_english) is not None
    return is_of_state and sentence.tokens.text[k + 1][:1].islower()


_NAMES = frozenset((NameKind.COMPANY, NameKind.INDEX, NameKind.CURRENCY, NameKind.HOUSE))


def opens_clause(sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure stands where a clause opens: `41% of U.S. office workers work from home`."""
    return figure.lead - sentence.first <= 1 or sentence.tokens.lower[figure.lead - 1] in _BEFORE


_BEFORE = frozenset((",", "that", "dass", ":", ";", "and", "und", "haben", "nutzen", "while"))
