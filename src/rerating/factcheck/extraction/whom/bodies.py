"""Bodies of a state that act by their own name: departments, chambers with their committees, cities' governments.

`the Energy Department`, `Department of Health`, `Senate Finance Committee`, `the House passed`, `New York City`, `die
Stadtregierung Peking`: whoever decides is told of as the text prints it.
"""

from __future__ import annotations

from collections.abc import Iterator

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.people import joined
from rerating.language.reading.tokens import WORD, Tokens

_CHAMBERS = ("Senate", "House")
_PANELS = ("Committee", "Subcommittee", "Panel")
_HOUSE = word_set("states", "house")
_COUNCILS = ("Stadtregierung", "Stadtrat", "Stadtverwaltung")
_JOINING = frozenset(("and", "&", "of", "the", ",", "on"))
_MOST_WORDS = 8


def bodies(sentence: Sentence) -> list[tuple[int, int, str]]:
    """The bodies of a sentence with where they stand, in its order, none within another."""
    find = _english if sentence.text.is_english else _german
    found: list[tuple[int, int, str]] = []
    for first, last, name in find(sentence):
        if not found or first >= found[-1][1]:
            found.append((first, last, name))
    return found


def _english(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last):
        word = tokens.text[k]
        if word == "Department":
            first, last = _department(sentence, k)
            if last - first > 1:
                yield first, last, joined(sentence, first, last)
        elif word in _CHAMBERS and not _is_within(sentence, k):
            end = _panel_end(sentence, k)
            if end is not None:
                yield k, end, joined(sentence, k, end)
            elif word == "House" and tokens.lower[k + 1] in _HOUSE:
                yield k, k + 1, "US House of Representatives"
        elif word == "City" and k > sentence.first and not tokens.text[k + 1][:1].isupper() and _is_capital(tokens, k):
            first = k - 1 - (k - 2 >= sentence.first and _is_capital(tokens, k - 1))
            yield first, k + 1, joined(sentence, first, k + 1)


def _is_capital(tokens: Tokens, k: int) -> bool:
    """Whether a name's word stands before a token."""
    return tokens.kind[k - 1] == WORD and tokens.text[k - 1][0].isupper() and tokens.lower[k - 1] not in _JOINING


def _department(sentence: Sentence, k: int) -> tuple[int, int]:
    """From where to where a department's name goes: `Department of Health and Human Services`, `Labor Department`."""
    tokens = sentence.tokens
    if tokens.lower[k + 1] in ("of", "for"):
        last = k + 2
        while last < min(k + _MOST_WORDS, sentence.last) and (
            tokens.text[last][0].isupper() or (tokens.lower[last] in _JOINING and tokens.text[last + 1][:1].isupper())
        ):
            last += 1
        return (k, last) if last > k + 2 else (k, k)
    first = k
    while first > sentence.first and _is_capital(tokens, first) and k - first < 3:
        first -= 1
    first += tokens.lower[first] in ("the", "a")
    return (first - 4 if tokens.text[max(first - 4, 0) : first] == ["U", ".", "S", "."] else first), k + 1


def _is_within(sentence: Sentence, k: int) -> bool:
    """Whether another name goes on there: `White House`, `U.S. House`, `Opera House`."""
    before = sentence.tokens.text[k - 1] if k > sentence.first else ""
    return before[:1].isupper() and before.lower() not in ("the", "both", "if")


def _panel_end(sentence: Sentence, k: int) -> int | None:
    tokens = sentence.tokens
    for j in range(k + 1, min(k + _MOST_WORDS, sentence.last)):
        if tokens.text[j] in _PANELS:
            return j + 1
        if not (tokens.text[j][0].isupper() or tokens.lower[j] in _JOINING):
            return None
    return None


def _german(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last):
        if tokens.text[k] in _COUNCILS:
            step = tokens.lower[k + 1] in ("von", "in")
            if tokens.text[k + 1 + step][:1].isupper():
                yield k, k + 2 + step, f"{tokens.text[k]} {tokens.text[k + 1 + step]}"
