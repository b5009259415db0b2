"""Names in a text that the lists hold (`gazetteer`). Case counts, a German or English genitive s does not."""

from __future__ import annotations

from functools import lru_cache

from rerating.factcheck.extraction.text.gazetteer import (
    Named,
    NameKind,
    first_words,
    is_ambiguous,
    names_from,
    spellings,
)
from rerating.factcheck.extraction.text.name_words import COMMON, is_common_word, opens
from rerating.factcheck.extraction.text.ordinary import is_ordinary, leads_in
from rerating.language.reading.tokens import WORD, Tokens


@lru_cache(maxsize=1)
def _shouted() -> dict[str, str]:
    """All-capital first words, as headlines print them, to the spelling of the lists."""
    return {word.upper(): word for word in first_words() if len(word) >= 4 and not word.isupper()}


@lru_cache(maxsize=1)
def _levelled() -> dict[str, str]:
    """First words with capitals inside, as papers print them (`Dexcom`, `Unicredit`), to the spelling of the lists."""
    known = first_words()
    inner = (word for word in known if len(word) >= _INNER and word[0].isupper() and not word[1:].islower())
    found = {word.capitalize(): word for word in inner if word.isalpha()}
    return {level: word for level, word in found.items() if level not in known}


_INNER = 5


@lru_cache(maxsize=1)
def _lowered() -> dict[str, str]:
    """Names of one word in small letters, as some companies write themselves (`adesso`), to the spelling of the lists.

    No word in ordinary use, and none that a list spells so itself. In German only: in English any noun is small
    (`tonnage per workday`).
    """
    known = first_words()
    words = (s for s, _ in spellings() if len(s) >= _INNER and s.isalpha() and s[0].isupper() and not is_ambiguous(s))
    found = {word.lower(): word for word in words}
    return {low: word for low, word in found.items() if low not in known and not is_ordinary(low)}


def _same(seen: str, word: str, is_last: bool) -> bool:
    if seen == word or (len(word) >= 4 and seen in (word.upper(), word.capitalize())):
        return True
    return is_last and len(word) >= 3 and seen == word + "s"


def name_at(tokens: Tokens, k: int, *, is_english: bool = False) -> Named | None:
    """The longest name that begins at token k. In English an s without an apostrophe makes no company's genitive."""
    word = tokens.text[k]
    rows = names_from(word)
    if not rows and word[-1:] == "s" and len(word) > 3:
        held = names_from(word[:-1])
        rows = tuple(row for row in held if len(row[0]) == 1 and not row[1][0].ambiguous_in)
        if is_english:
            rows = tuple(row for row in rows if row[1][0].kind is not NameKind.COMPANY)
        rows = (*(row for row in held if row[0][1:3] == _OWN), *rows)
    if not rows and word.isupper() and len(word) >= 4:
        rows = names_from(_shouted().get(word, ""))
    if not rows and word in _levelled() and not is_common_word(word.lower()):
        rows = names_from(_levelled()[word])
    if not rows and not is_english and word in _lowered() and not is_common_word(word):
        row = next(row for row in names_from(_lowered()[word]) if len(row[0]) == 1)
        return Named(k, k + 1, row[1])
    if is_english and word in _COINS and k > 0 and tokens.lower[k - 1] == "a":
        return None
    if is_english and rows and leads_in(tokens, k):
        rows = tuple(row for row in rows if len(row[0]) > 1)
    for words, meanings in rows:
        last = _end_of(tokens, k, words)
        if last is not None and not _is_glued_word(tokens, k, last) and not _is_inside(tokens, k, last, words):
            return Named(k, last, meanings)
    return None


def _end_of(tokens: Tokens, first: int, words: tuple[str, ...]) -> int | None:
    """Where the words end that stand at a token, joined by hyphens too or by none: `Daimler-Truck-Aktie`, `Coca Cola`.

    An `and` stands for the sign (`Leggett and Platt`), a bare s for the one with an apostrophe (`Papa Johns`).
    """
    k = first
    for j, word in enumerate(words):
        if words[j : j + 2] == _OWN and tokens.text[k - 1] == words[j - 1] + "s":
            continue
        if word == "s" and words[j - 1 : j + 1] == _OWN and tokens.text[k - 1] == words[j - 2] + "s":
            continue
        if j and word == "-" and tokens.text[k] != "-" and not tokens.glued[k]:
            continue
        if j and word == "&" and tokens.lower[k] in ("and", "und"):
            k += 1
            continue
        if j and word != "-" and tokens.text[k] == "-" and tokens.glued[k] and tokens.glued[k + 1]:
            k += 1
        if (
            j == 1 and word.isdigit() and words[0].isalpha() and len(words[0]) == 1 and not tokens.glued[k]
        ):  # `a 2% cut` is no `a2`
            return None
        is_last = j == len(words) - 1 or words[j + 1 : j + 3] == _OWN
        if k >= len(tokens) or not _same(tokens.text[k], word, is_last):
            return None
        k += 1
    return k


_OWN = ("'", "s")

_COINS = frozenset(("nickel",))
"""`beat the consensus by a nickel`: five cents, no metal."""


def _is_inside(tokens: Tokens, first: int, last: int, words: tuple[str, ...]) -> bool:
    """Whether common words (`National Bank`) are but the middle of a longer name (`Moody National Bank Trust`)."""
    if not all(word.lower() in COMMON for word in words):
        return False
    before = first - 1
    return (
        before >= 0 and tokens.kind[before] == WORD and tokens.text[before][:1].isupper() and not opens(tokens, before)
    )


def _is_glued_word(tokens: Tokens, first: int, last: int) -> bool:
    """Whether letters or digits are glued to the end: 3M in 3Mx, Dell in Dell'Oro."""
    if tokens.text[last] == "'" and tokens.glued[last] and tokens.glued[last + 1]:
        return tokens.text[last + 1][:1].isupper()
    return tokens.glued[last] and tokens.kind[last] in (WORD, "n") and tokens.kind[last - 1] in (WORD, "n")
