"""Companies that no list holds where a sentence says that they are bought: `the $8.9 billion purchase of Clario`.

`paid $18 billion for SRS Distribution`, `bought the laundry chain Brightmore`: what is paid is told of the capitals
behind the word for buying. German capitals are common nouns too, so that a noun of the trade has to lead on to the name
(`den norwegischen Wettbewerber Kaefer Energy`), or two stand together behind `von`.
"""

from __future__ import annotations

from rerating.factcheck.extraction.figures.fitting import size
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.names import is_common_word, is_company_noun, is_date_word, without_form
from rerating.factcheck.extraction.text.people import joined
from rerating.factcheck.extraction.whom.states import state_by_adjective
from rerating.factcheck.extraction.whom.unlisted import taken_in
from rerating.language.reading.tokens import WORD

_DEALS = word_set("purchases", "deals")
_BUYS = word_set("purchases", "buys")
_PAYS = word_set("purchases", "pays")
_KIN = tuple(word_set("purchases", "kin"))
_ELSEWHERE = frozenset(
    ("in", "at", "from", "of", "near", "with", "to", "its", "their", "his", "her", "bei", "aus", "mit")
)
"""Behind them stands a place, an owner or a seller, not who is bought."""
_LARGE = 1e6
_REACH = 14
_LEAD = 5


def unlisted_target(sentence: Sentence, at: int) -> Name | None:
    """The company that is bought for the sum at a token, nearest to it, where no list holds it."""
    tokens = sentence.tokens
    found: list[tuple[int, int, int]] = []
    for k in range(max(sentence.first, at - 2 * _REACH), min(sentence.last, at + _REACH)):
        start = _start(sentence, k, at)
        named = _name(sentence, start) if start is not None else None
        if named is not None:
            found.append((min(abs(named[0] - at), abs(k - at)), *named))
    if not found:
        return None
    _, first, last = min(found)
    last = without_form(tokens, first, last)
    text = joined(sentence, first, last)
    return Name(NameKind.COMPANY, text)


def _start(sentence: Sentence, k: int, at: int) -> int | None:
    """Where what is bought is told, behind a word for buying at a token: behind `of`, `for`, or the verb itself."""
    tokens, word = sentence.tokens, sentence.tokens.lower[k]
    if word in _DEALS:
        return (
            k + 2 if tokens.lower[k + 1] in ("of", "von") else k + 1 if tokens.lower[k + 1] in ("des", "der") else None
        )
    if word in _BUYS:
        return k + 1
    if word in _PAYS and k < at <= k + 6:
        figure = next((f for f in sentence.figures if f.first == at), None)
        is_large = figure is not None and figure.mention.unit == "money" and size(figure) >= _LARGE
        if figure is not None and is_large and tokens.lower[figure.last] in ("for", "on", "für"):
            return figure.last + 1
    return None


def _name(sentence: Sentence, start: int) -> tuple[int, int] | None:
    """The capitals that are a company's name behind its article, its adjectives and the noun for its trade."""
    tokens = sentence.tokens
    is_english = sentence.text.is_english
    taken = taken_in(sentence)
    is_led = False
    for k in range(start, min(start + _LEAD, sentence.last)):
        if tokens.kind[k] != WORD or k in taken:
            return None
        is_capital = tokens.text[k][:1].isupper()
        is_adjective = state_by_adjective(tokens.text[k], is_english=is_english) is not None
        is_kin = tokens.lower[k].endswith(_KIN) or is_company_noun(tokens.lower[k])
        if tokens.lower[k] in _ELSEWHERE:
            return None
        if not is_capital or is_adjective or (is_kin and not is_english):
            is_led = is_led or is_kin
            continue
        end = k
        while end < sentence.last and end not in taken and tokens.kind[end] == WORD and tokens.text[end][:1].isupper():
            end += 1
        is_clear = end - k <= 4 and not any(is_date_word(tokens.lower[j]) for j in range(k, end))
        is_owner = tokens.text[end - 1].endswith("'s") or tokens.text[end : end + 1] == ["'"]
        is_word = end == k + 1 and is_common_word(tokens.lower[k])
        is_enough = is_led or end - k > 1 or (is_english and len(tokens.text[k]) > 3)
        return (k, end) if is_clear and is_enough and not is_owner and not is_word else None
    return None
