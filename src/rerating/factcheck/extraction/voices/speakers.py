"""Who speaks around a figure: analysts and houses, or the company of itself."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set

NEAR = 60
"""Words farther away are not of the same statement, in a sentence without an end neither."""


def is_told_of_itself(sentence: Sentence, figure: Figure) -> bool:
    """Whether a company speaks in the sentence: its people or itself, and neither analysts nor a house nor a state."""
    held = set(sentence.words(figure.first - NEAR, figure.last + NEAR))
    if not held & _SAY or held & _ANALYST_WORDS or held & _OTHERS:
        return False
    if any(named.of(NameKind.INSTITUTION, NameKind.DATA, NameKind.HOUSE) for named in sentence.names):
        return any(named.of(NameKind.COMPANY) for named in sentence.names) and bool(held & OWN_PEOPLE)
    return (
        bool(held & OWN_PEOPLE)
        or any(cue.family == "company_noun" for cue in sentence.cues)
        or any(named.of(NameKind.COMPANY) for named in sentence.names)
    )


_SAY = (
    word_set("speech", "say")
    | word_set("speech", "reporting")
    | {"teilte", "bekannt", "gab", "legte", "warning", "adding", "saying", "added", "promising", "promises"}
)
OWN_PEOPLE = word_set("speech", "executives") | word_set("speech", "company_words") | word_set("expecting", "people")
_OTHERS = word_set("expecting", "others")
_ANALYST_WORDS = word_set("kinds", "analyst_words")


def _cost_over_that(sentence: Sentence, k: int, figure: Figure) -> float:
    """The cost from a word to a figure; `, dass` between them begins what the word tells of."""
    lower = sentence.tokens.lower
    at = next((j for j in range(k + 1, figure.first - 1) if lower[j] == "," and lower[j + 1] == "dass"), None)
    if at is None:
        return sentence.cost(k, figure.first)
    return max(sentence.cost(k, at), sentence.cost(at + 2, figure.first))


def has_analysts(sentence: Sentence, figure: Figure) -> bool:
    """Whether analysts, a house or a data service speak in the figure's clause."""
    for k in range(max(sentence.first, figure.first - 18), min(sentence.last, figure.last + 14)):
        is_city = sentence.tokens.text[k] == "City" and sentence.words(k - 1, k) in (("the",), ("most",))
        if _is_addressed(sentence, k):
            continue
        if (sentence.tokens.lower[k] in _ANALYST_WORDS or is_city) and _cost_over_that(sentence, k, figure) <= 1.2:
            return True
    lower = sentence.tokens.lower
    heard = {named.first for named in sentence.names if named.of(NameKind.DATA) is not None} | sentence.houses
    return any(
        sentence.cost(first, figure.first) <= 1.6
        and not (first > figure.last and _is_of_next(lower, first, figure.last))
        for first in heard
    )


def _is_addressed(sentence: Sentence, k: int) -> bool:
    """`told analysts on a call`, `a call with analysts`, `sagte er vor Analysten`: they listen, and say nothing."""
    lead = sentence.words(k - 2, k)
    return lead[-1:] in _TO_THEM or lead in _WITH_THEM


_TO_THEM = (("told",), ("tells",), ("telling",), ("tell",), ("vor",), ("gegenüber",))
_WITH_THEM = frozenset((one, other) for one in ("call", "meeting", "gespräch") for other in ("with", "mit"))
_WITH_THEM |= {("telefonkonferenz", "mit"), ("konferenz", "mit"), ("schalte", "mit")}


def _is_of_next(lower: list[str], first: int, after: int) -> bool:
    """`ein Ebit von 250 Millionen ins Visier, laut der ZKB liegt das über dem Konsens`: a house of the next clause."""
    at = next(
        (k for k in range(first - 1, max(after, first - 4) - 1, -1) if lower[k] in ("laut", "gemäss", "gemäß")), None
    )
    return at is not None and lower[at - 1] == ","
