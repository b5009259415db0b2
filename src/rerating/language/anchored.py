"""Patterns that are tried only on texts that hold one of the strings which every match of theirs needs.

A long list of patterns costs most of its time on texts in which none can match: to look for a string that no match can
do without takes a hundredth of the pattern's own time. The strings are read off the pattern as the standard library
parses it; a pattern in which none is certain is always tried, so that what is found never changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

_SHORTEST = 3
"""Letters of a string worth looking for: shorter ones stand in any text."""
_FOLDS = str.maketrans({"ſ": "s", "ı": "i", "\u0307": None})
"""What the standard library takes for the same letter when case does not count, and `str.lower` does not."""


def folded(text: str) -> str:
    """The text as anchors are looked for in it."""
    return text.lower().translate(_FOLDS)


@dataclass(frozen=True, slots=True)
class Anchored:
    """A pattern with its anchors: in small letters, one of them in each match; none where none is certain."""

    pattern: re.Pattern[str]
    anchors: tuple[str, ...]

    @classmethod
    def compiled(cls, pattern: str, flags: int = re.IGNORECASE) -> Anchored:
        """The pattern compiled, with what its matches need. Raises `re.error` as `re.compile` does."""
        return cls(re.compile(pattern, flags), anchors_of(pattern, flags))

    def finditer(self, text: str, low: str) -> Iterator[re.Match[str]]:
        """The pattern's matches in a text; `low` is the same text `folded`, once for all patterns."""
        return self.pattern.finditer(text) if self._may_match(low) else iter(())

    def search(self, text: str, low: str) -> re.Match[str] | None:
        """The pattern's first match in a text; `low` is the same text `folded`."""
        return self.pattern.search(text) if self._may_match(low) else None

    def _may_match(self, low: str) -> bool:
        if not self.anchors:
            return True
        for anchor in self.anchors:  # noqa: SIM110 -- a generator costs more than the search itself
            if anchor in low:
                return True
        return False


def anchors_of(pattern: str, flags: int = re.IGNORECASE) -> tuple[str, ...]:
    """Strings in small letters one of which stands in every match; empty where none of three letters is certain."""
    try:
        parser, codes = import_module("re._parser"), import_module("re._constants")
    except ImportError:  # the parser is no part of the library's promise: without it every pattern is tried
        return ()
    found = _needed(parser.parse(pattern, flags), codes)
    return tuple(sorted(found)) if found else ()


def _needed(parsed: Any, codes: Any) -> frozenset[str] | None:
    """The best set of strings one of which a sequence of parsed items needs: long strings, and few of them."""
    sets: list[frozenset[str]] = []
    run = ""
    for code, value in (*parsed, (None, None)):
        if code is codes.LITERAL:
            run += folded(chr(value))
            continue
        if code is codes.AT:
            continue
        if len(run) >= _SHORTEST:
            sets.append(frozenset((run,)))
        run = ""
        inner = _inside(code, value, codes)
        if inner:
            sets.append(inner)
    return min(sets, key=lambda each: (len(each) / min(5, *map(len, each)), sorted(each)), default=None)


def _inside(code: Any, value: Any, codes: Any) -> frozenset[str] | None:
    """What an item needs: a group what it holds, alternatives what each of them needs, a repetition what it repeats."""
    if code is codes.SUBPATTERN and not value[1] and not value[2]:
        return _needed(value[3], codes)
    if code is codes.BRANCH:
        sets = [_needed(branch, codes) for branch in value[1]]
        known = [each for each in sets if each]
        return frozenset().union(*known) if len(known) == len(sets) else None
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[0] > 0:
        return _needed(value[2], codes)
    return None
