"""Common German nouns, which bear a capital as names do."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from rerating.factcheck.extraction.text.lexicon import LONGEST, word_set

_ENDS = tuple(word_set("capitals", "noun_ends"))
_SHORTEST = 4
"""Fewer letters make no head of a compound."""


@lru_cache(maxsize=1)
def _german_nouns() -> frozenset[str]:
    text = files("rerating.factcheck.extraction").joinpath("data", "nouns_german.txt").read_text(encoding="utf-8")
    return frozenset(" ".join(line for line in text.splitlines() if not line.startswith("#")).split())


@lru_cache(maxsize=16_384)
def is_german_noun(word: str) -> bool:
    """Whether a word in small letters is a common German one, in the plural, in the genitive or as a compound."""
    nouns = _german_nouns()
    bare = word.removesuffix("s")
    if word in nouns or bare in nouns or word.endswith(_ENDS):
        return True
    if len(word) > LONGEST:
        return True
    heads = (each[k:] for each in {word, bare} for k in range(3, len(each) - _SHORTEST))
    return any(head in nouns for head in heads)
