"""Companies that no list holds where a sentence says that they are bought: `the $8.9 billion purchase of Clario`.

`paid $18 billion for SRS Distribution`, `bought the laundry chain Brightmore`: what is paid is told of the capitals
behind the word for buying. German capitals are common nouns too, so that a noun of the trade has to lead on to the name
(`den norwegischen Wettbewerber Kaefer Energy`), or two stand together behind `von`.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import is_common_word, is_company_noun, is_date_word, without_form
from rerating.factcheck.extraction.text.people import joined
from rerating.factcheck.extraction.whom.names.unlisted import taken_in
from rerating.factcheck.extraction.whom.phrases.states import state_by_adjective
from rerating.language.reading.tokens import WORD

_KIN = tuple(word_set("purchases", "kin"))
_ELSEWHERE = word_set("purchases", "elsewhere")
"""Behind them stands a place, an owner or a seller, not who is bought."""
_LEAD = 5


def unlisted(sentence: Sentence, first: int, last: int) -> Name:
    """The company that the capitals at tokens [first, last) name, without its legal form."""
    return Name(NameKind.COMPANY, joined(sentence, first, without_form(sentence.tokens, first, last)))


def leads_on(sentence: Sentence, k: int) -> bool:
    """Whether a company's name may stand behind a word: an article, an adjective (`den Hamburger Staplerbauer`), the
    German noun for its trade."""
    tokens = sentence.tokens
    if tokens.kind[k] != WORD or tokens.lower[k] in _ELSEWHERE:
        return False
    is_english = sentence.text.is_english
    is_adjective = state_by_adjective(tokens.text[k], is_english=is_english) is not None
    is_of_town = tokens.lower[k].endswith("er") and k + 1 < sentence.last and is_kin(sentence, k + 1)
    is_adjective = is_adjective or (is_of_town and not is_english)
    return not tokens.text[k][:1].isupper() or is_adjective or (not is_english and is_kin(sentence, k))


def is_kin(sentence: Sentence, k: int) -> bool:
    """Whether a word is a noun for a company: `Wettbewerber`, `Filterhersteller`."""
    word = sentence.tokens.lower[k]
    return word.endswith(_KIN) or is_company_noun(word)


def behind_compound(sentence: Sentence, k: int) -> int:
    """Where a noun for a company ends that a hyphen joins to a word: `US-Unternehmen`; else the token."""
    tokens = sentence.tokens
    if sentence.text.is_english or k + 2 >= sentence.last or tokens.text[k + 1] != "-":
        return k
    is_one = tokens.glued[k + 1] and tokens.glued[k + 2] and tokens.text[k][:1].isupper()
    return k + 3 if is_one and is_kin(sentence, k + 2) and tokens.text[k + 3][:1].isupper() else k


def capitals_at(sentence: Sentence, start: int) -> tuple[int, int] | None:
    """The capitals that are a company's name behind its article, its adjectives and the noun for its trade."""
    tokens = sentence.tokens
    is_english = sentence.text.is_english
    taken = taken_in(sentence)
    is_led = False
    at = start
    for k in range(start, min(start + _LEAD, sentence.last)):
        if k < at:
            continue
        if (at := behind_compound(sentence, k)) > k:
            is_led = True
            continue
        if k in taken:
            return None
        if leads_on(sentence, k) and (is_english or not is_led):
            is_led = is_led or is_kin(sentence, k)
            continue
        if tokens.kind[k] != WORD or not tokens.text[k][:1].isupper():
            return None
        end = k
        while end < sentence.last and end not in taken and tokens.kind[end] == WORD and tokens.text[end][:1].isupper():
            end += 1
        is_clear = end - k <= 4 and not any(is_date_word(tokens.lower[j]) for j in range(k, end))
        is_owner = tokens.text[end - 1].endswith("'s") or tokens.text[end : end + 1] == ["'"]
        is_word = end == k + 1 and is_common_word(tokens.lower[k])
        is_enough = is_led or end - k > 1 or (is_english and len(tokens.text[k]) > 2)
        is_enough = is_enough or _is_bare_name(sentence, k)
        return (k, end) if is_clear and is_enough and not is_owner and not is_word else None
    return None


def _is_bare_name(sentence: Sentence, k: int) -> bool:
    """Whether a German capital is a name without its article: behind `Zukauf`, or behind `von`, where nouns in the
    plural end in n or s (`von Patenten`)."""
    tokens = sentence.tokens
    is_of = tokens.lower[k - 1] == "von" and tokens.lower[k][-1:] not in ("n", "s")
    is_of = is_of or (tokens.lower[k - 1] == "für" and tokens.lower[k - 2] in _PRICES)
    return (is_of or tokens.lower[k - 1] in _APPOSED) and len(tokens.text[k]) > 3


_APPOSED = word_set("acquired", "apposed")
_PRICES = frozenset(("kaufpreis", "preis", "gebot", "angebot"))
