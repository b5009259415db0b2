"""Exchange-traded funds told of by a part of their name: `the Global X lithium fund`, `the JETS ETF`.

A fund's house, words of its name and `ETF` or `fund` behind them name one fund of the list; so does its symbol there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, funds
from rerating.language.reading.tokens import Tokens

_KINDS = (("etf",), ("etfs",), ("fund",), ("trust",), ("exchange", "-", "traded", "fund"))
_HOUSES = {
    "iShares": (),
    "SPDR": (),
    "VanEck": (),
    "Vanguard": (),
    "Invesco": (),
    "Global": ("X",),
    "ARK": (),
    "First": ("Trust",),
    "Schwab": (),
    "WisdomTree": (),
    "ProShares": (),
    "KraneShares": (),
    "Sprott": (),
    "Amplify": (),
    "Roundhill": (),
    "Xtrackers": (),
}
"""First word of a fund's house to the words behind it."""
_MOST = 5


@lru_cache(maxsize=1)
def _by_symbol() -> dict[str, Name]:
    return {str(name.ticker): name for name, _ in funds()}


@lru_cache(maxsize=1)
def _by_house() -> dict[str, list[tuple[frozenset[str], Name]]]:
    """First word of a house to its funds, with the words of their names, the shortest first."""
    table: dict[str, list[tuple[frozenset[str], Name]]] = {}
    for name, _ in funds():
        words = Tokens(name.name).spelling()
        table.setdefault(words[0], []).append((frozenset(word.lower() for word in words), name))
    for rows in table.values():
        rows.sort(key=lambda row: (len(row[0]), row[1].name))
    return table


def is_fund(name: Name) -> bool:
    """Whether a name is a fund's of the lists."""
    return name.ticker in _by_symbol()


def described(sentence: Sentence) -> Iterator[tuple[int, int, Name]]:
    """The funds of a sentence that a part of their name tells: tokens [first, last) and the fund."""
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last):
        word = tokens.text[k]
        if word in _by_symbol() and (end := _kind_at(sentence, k + 1)) is not None:
            yield k, end, _by_symbol()[word]
            continue
        rest = _HOUSES.get(word)
        if rest is None or tuple(tokens.text[k + 1 : k + 1 + len(rest)]) != rest:
            continue
        size = 1 + len(rest)
        for end in range(k + size + 1, min(k + size + _MOST + 1, sentence.last)):
            last = _kind_at(sentence, end)
            if last is not None:
                fund = _fund(word, tokens.lower[k + size : end])
                if fund is not None:
                    yield k, last, fund
                break


def _kind_at(sentence: Sentence, k: int) -> int | None:
    """Where the words for a fund end that begin at a token."""
    return next((k + len(kind) for kind in _KINDS if sentence.words(k, k + len(kind)) == kind), None)


def _fund(house: str, words: list[str]) -> Name | None:
    """The house's fund whose name holds all the words, by their beginnings: `lithium`, `software`, `homebuilder`."""
    said = [word.rstrip("s") for word in words if word.isalpha()]
    for held, name in _by_house().get(house, ()):
        if said and all(any(each.startswith(word) for each in held) for word in said):
            return name
    return None
