"""Words in and around names: legal forms, nouns for companies, ratings, and what is too common to name anybody."""

from __future__ import annotations

from functools import lru_cache

from rerating.factcheck.extraction.text.lexicon import cues, topics, word_set
from rerating.language.reading.calendar_words import MONTHS, WEEKDAYS
from rerating.language.reading.tokens import Tokens

COMMON = word_set("names", "common")
SHARE_WORDS = word_set("names", "share_words")
LEGAL = word_set("names", "legal")
STOPPED = word_set("names", "stopped")
_SECOND = word_set("names", "second")
_COMPANY_NOUNS = word_set("names", "company_nouns")
_COMPANY_ENDS = tuple(word_set("names", "company_ends"))
_ROLE_ENDS = tuple(word_set("names", "role_ends"))
RATING_WORDS = word_set("names", "rating_names")
_VERDICTS = word_set("names", "verdicts")
HEADLINE_WORDS = word_set("names", "headline")
_GENERIC = word_set("names", "generic")


def opens(tokens: Tokens, k: int) -> bool:
    """Whether a capital is but that of a sentence's first word: `Die Partners Group`."""
    return tokens.lower[k] in STOPPED or k == 0 or tokens.text[k - 1] in ".!?:"


def is_legal(tokens: Tokens, k: int) -> bool:
    """Whether a word tells a company's legal form and is no part of its name."""
    word = tokens.text[k]
    return tokens.lower[k] in LEGAL and word not in ("Group", "Holding", "Holdings") and word[0].isupper()


def is_kind_word(word: str) -> bool:
    """Whether a word is but the end of a company's name: `Services`, `Ltd`."""
    return word in LEGAL or word in _SECOND


def without_form(tokens: Tokens, first: int, last: int) -> int:
    """Where a name ends before its legal form: `Summit Path` of `Summit Path Plc`."""
    while last > first + 1 and (is_legal(tokens, last - 1) or tokens.text[last - 1] in ",."):
        last -= 1
    return last


@lru_cache(maxsize=16_384)
def is_company_noun(word: str) -> bool:
    """Whether a company's name may stand right behind the noun: `Sportartikelkonzern Puma`, `food delivery group X`."""
    return word in _COMPANY_NOUNS or (len(word) > 8 and word.endswith(_COMPANY_ENDS))


@lru_cache(maxsize=16_384)
def is_role(word: str) -> bool:
    """Whether a German word says what a company is, in any case: `chipschmiede`, `medizintechnikers`, `branchenprimus`.

    More words do than a name may stand right behind."""
    bare = word.removesuffix("es") if word.endswith("es") else word.removesuffix("en").removesuffix("s")
    return is_company_noun(bare) or word.endswith(_ROLE_ENDS) or bare.endswith(_ROLE_ENDS)


def is_trade(tokens: Tokens, k: int) -> bool:
    """Whether a word says what a company is, in the genitive too: `Konsumgüterherstellers`, `Software-Anbieters`."""
    bare = tokens.lower[k].removesuffix("s")
    return is_company_noun(bare) or (tokens.text[k - 1] == "-" and bare in _COMPANY_ENDS)


@lru_cache(maxsize=16_384)
def is_name_word(word: str) -> bool:
    """Whether a word may be of a name: none of the calendar, of headlines, of shares or of the trade."""
    is_calendar = word in MONTHS or word in WEEKDAYS or word in HEADLINE_WORDS or word in STOPPED
    return len(word) > 2 and not is_calendar and word not in SHARE_WORDS and not is_vocabulary(word)


def is_rating(tokens: Tokens, k: int) -> bool:
    """Whether capitals end in a house's word for a share: the `Hold` of `rates Viridian Hold`, `Market Perform`."""
    low, after = tokens.lower[k], tokens.lower[k + 1] if k + 1 < len(tokens) else ""
    return low in _VERDICTS or (low in RATING_WORDS and (after in _VERDICTS or after in RATING_WORDS))


def is_date_word(word: str) -> bool:
    """Whether a word names a month or a day of the week."""
    return word in MONTHS or word in WEEKDAYS


@lru_cache(maxsize=16_384)
def is_common_word(word: str) -> bool:
    """Whether a word is too common to stand for the company whose name begins with it."""
    return word in _GENERIC or word in COMMON or not is_name_word(word)


def is_vocabulary(word: str) -> bool:
    """Whether the lists of the fact-checker know the word as one of the trade."""
    probe = Tokens(word)
    return bool(topics().at(probe, 0) or cues("de").at(probe, 0) or cues("en").at(probe, 0))
