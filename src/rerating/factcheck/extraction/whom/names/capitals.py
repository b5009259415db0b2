"""Capitals that may name somebody whom no list holds: one word or a few side by side, in both languages.

English prose capitalises names only. German capitalises its nouns, so that a word there is none of the known ones and
no compound of them, or stands right beside another capital (`Adler Optik`). People, places, days, roles, words of the
trade and what a list holds are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.german_nouns import is_german_noun
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import is_common_word, is_company_noun, is_date_word
from rerating.factcheck.extraction.text.ordinary import FIRST_NAMES, is_ordinary, opens
from rerating.factcheck.extraction.text.people import is_role
from rerating.factcheck.extraction.whom.names.purchases import is_kin
from rerating.factcheck.extraction.whom.names.unlisted import DETERMINERS, INNER, taken_in
from rerating.factcheck.extraction.whom.phrases.states import state_by_adjective
from rerating.language.reading.tokens import WORD, Tokens

_OPENING = word_set("acting", "opening") | word_set("capitals", "opening") | DETERMINERS
_UNITS = word_set("capitals", "units")
_KIN = word_set("subjects", "kin") | word_set("relations", "daughters")
_KIN_ENDS = tuple(word_set("relations", "daughter_ends"))
_MOST_WORDS = 4
_SHORTEST = 4
"""Fewer letters make no name."""


def is_trade_word(sentence: Sentence, k: int) -> bool:
    """Whether a word says what somebody is to another, or what a company is: `Rivale`, `Tochter`, `maker`."""
    word = sentence.tokens.lower[k]
    return word in _KIN or word.endswith(_KIN_ENDS) or is_company_noun(word) or is_kin(sentence, k)


def runs_of_capitals(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Stretches [first, last) that may name a company, each as long as it stands there."""
    taken = taken_in(sentence)
    counted = {k for f in sentence.figures for k in range(f.first, f.last)}
    k = sentence.first
    while k < sentence.last:
        end = k
        while _is_part(sentence, end, taken, counted) or _is_joint(sentence, k, end, taken, counted):
            end += 1
        first = _behind_lead(sentence, k, end)
        is_counted = first - 1 in counted
        if (
            first < end
            and not is_counted
            and end not in taken
            and k - 1 not in taken
            and sentence.tokens.text[k - 1] != "&"
            and _may_name(sentence, first, end)
        ):
            yield first, end
        k = max(end, k + 1)


def _is_part(sentence: Sentence, k: int, taken: set[int], counted: set[int]) -> bool:
    tokens = sentence.tokens
    if k >= sentence.last or k in taken or k in counted or tokens.kind[k] != WORD or not tokens.text[k][:1].isupper():
        return False
    return not (is_date_word(tokens.lower[k]) or tokens.lower[k] in _UNITS)


def _is_joint(sentence: Sentence, first: int, k: int, taken: set[int], counted: set[int]) -> bool:
    """`&` between two capitals."""
    return first < k < sentence.last and sentence.tokens.text[k] == "&" and _is_part(sentence, k + 1, taken, counted)


def _behind_lead(sentence: Sentence, first: int, last: int) -> int:
    """The token behind articles, adverbs that open a sentence, nouns of the trade and where somebody is from."""
    tokens = sentence.tokens
    is_english = sentence.text.is_english
    while first < last:
        word = tokens.lower[first]
        is_opening = opens(tokens, first, sentence.first) and word in _OPENING
        is_led = first + 1 < last and (
            is_trade_word(sentence, first)
            or (not is_english and is_german_noun(word) and not _is_title_of_name(tokens, first))
            or state_by_adjective(tokens.text[first], is_english=is_english) is not None
        )
        is_cut = not is_english and opens(tokens, first, sentence.first) and first + 1 < last
        is_cut = is_cut and is_common_word(tokens.lower[first + 1])  # `Sollten Anleger`
        if not (is_opening or is_led or is_cut):
            break
        first += 1
    return first


def _is_title_of_name(tokens: Tokens, first: int) -> bool:
    """Whether a noun begins a name all the same: nothing but it stands before another noun (`Adler Optik`)."""
    return is_german_noun(tokens.lower[first + 1])


def _may_name(sentence: Sentence, first: int, last: int) -> bool:
    tokens = sentence.tokens
    words = tokens.lower[first:last]
    if last - first > _MOST_WORDS or any(is_role(word) for word in words):
        return False
    if tokens.text[last : last + 1] == ["-"] and tokens.glued[last]:
        return False
    inner = {k for n in sentence.names_near(first) for k in range(n.first, n.last) if n.names[0].kind in INNER}
    if inner.issuperset(range(first, last)):
        return False
    if last - first > 1:
        return words[0] not in FIRST_NAMES and not all(is_common_word(word) for word in words)
    return _may_name_alone(sentence, first)


def _may_name_alone(sentence: Sentence, k: int) -> bool:
    tokens, word = sentence.tokens, sentence.tokens.lower[k]
    if len(word) < _SHORTEST or is_common_word(word) or is_trade_word(sentence, k) or word in FIRST_NAMES:
        return False
    if not tokens.text[k][1:].islower():
        return not tokens.text[k].isupper()
    if sentence.text.is_english:
        # `Americans spent`
        is_people = state_by_adjective(tokens.text[k].removesuffix("s"), is_english=True) is not None
        return not (is_people or (opens(tokens, k, sentence.first) and is_ordinary(word)))
    is_participle = opens(tokens, k, sentence.first) and word.endswith(("t", "en"))  # `Fertiggestellt werden`
    return not (is_german_noun(word) or is_participle)


def is_camel(text: str) -> bool:
    """Whether a word has a capital within, as names only do: `LumaCore`."""
    return not text.isupper() and any(sign.isupper() for sign in text[1:])
