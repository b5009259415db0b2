"""Money that flows into funds of a kind, or out of them: the flow is the funds', whoever sends it.

`Investors pulled $12 billion from European bond funds`, `U.S. equity funds took in $31 billion`, `Aus Aktienfonds zogen
Anleger 2,3 Milliarden Euro ab`: funds in the plural, nobody's own.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.clauses_german import part_at
from rerating.factcheck.extraction.whom.phrases.group_nouns import OWNERS, Group, spelt
from rerating.factcheck.extraction.whom.phrases.groups_english import start_of
from rerating.factcheck.extraction.whom.phrases.groups_german import with_origin

_FLOWS = word_set("measured", "flows")
_ONE = frozenset(("ein", "eine", "einen", "einem", "eines"))
"""`einem Goldfonds`: a fund that the sentence names."""
_OWNED = OWNERS | frozenset(("'", "’"))
_WEIGHTS = frozenset(("tonnes", "tons", "ounces", "tonnen", "unzen"))
"""What flows into funds of a metal is weighed: `gold-backed ETFs lost 14 tonnes`."""
_REACH = 16


def flow_of(sentence: Sentence, figure: Figure) -> Group | None:
    """The funds into or out of which a sum flows."""
    is_weight = not _WEIGHTS.isdisjoint(sentence.words(figure.first, figure.last + 1))
    if figure.mention.unit != "money" and not is_weight:
        return None
    around = sentence.words(figure.first - _REACH, figure.last + _REACH)
    if _FLOWS.isdisjoint(around):
        return None
    tokens = sentence.tokens
    near = range(max(sentence.first, figure.first - _REACH), min(sentence.last, figure.last + _REACH))
    for k in near:
        if not tokens.lower[k].endswith(("funds", "etfs", "fonds", "etps")) or figure.first <= k < figure.last:
            continue
        if sentence.cost(k, figure.first) > _SAME_CLAUSE or not tokens.lower[k - 1].isalpha():
            continue
        found = _english(sentence, k) if sentence.text.is_english else _german(sentence, k)
        if found is not None:
            return found
    return None


_SAME_CLAUSE = 1.9


def _english(sentence: Sentence, k: int) -> Group | None:
    first = start_of(sentence, k)
    is_owned = not _OWNED.isdisjoint(sentence.words(first - 1, k))
    return (
        None
        if first == k or is_owned
        else Group(first, k + 1, spelt(sentence, first, k + 1), False, False, is_flow=True)
    )


def _german(sentence: Sentence, k: int) -> Group | None:
    tokens = sentence.tokens
    if not tokens.text[k][:1].isupper():
        return None
    first = k
    while first > sentence.first + 1 and tokens.text[first - 1] == "-" and tokens.glued[first]:
        first -= 2
    name = spelt(sentence, first, k + 1)
    part = part_at(sentence, first - 1)
    is_bare = first == k and tokens.lower[k] in ("fonds", "etfs")
    is_one = not _ONE.isdisjoint(sentence.words(first - 2, first))
    if (is_bare and part is None) or is_one or not _OWNED.isdisjoint(sentence.words(first - 2, first)):
        return None
    sort = tokens.text[first - 1]
    if is_bare and sort.islower() and sort.endswith("en"):  # `aus goldgedeckten ETFs`
        return Group(first - 1, k + 1, f"{sort[:-1]} {name}", False, False, is_flow=True)
    return Group(first, k + 1, with_origin(sentence, first, name), False, False, is_flow=True)
