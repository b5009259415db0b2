"""Patterns that are tried only on texts that hold the strings which every match of theirs needs.

A long list of patterns costs most of its time on texts in which none can match: to look for a string that no match can
do without takes a hundredth of the pattern's own time. The strings are read off the pattern as the standard library
parses it; a pattern in which none is certain is always tried, so that what is found never changes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

_SHORTEST = 3
"""Letters of a string worth looking for: shorter ones stand in any text."""
_FOLDS = str.maketrans({"ſ": "s", "ı": "i", "\u0307": None})
"""What the standard library takes for the same letter when case does not count, and `str.lower` does not."""

Way = tuple[frozenset[str], ...]
"""What one way to match needs: of each set one string, the most telling set first."""


def folded(text: str) -> str:
    """The text as anchors are looked for in it."""
    return text.lower().translate(_FOLDS)


@dataclass(frozen=True, slots=True)
class Anchored:
    """A pattern with its ways to match, one of which has what it needs in each text that matches; none where one of
    them needs nothing for certain."""

    pattern: re.Pattern[str]
    ways: tuple[Way, ...]

    @classmethod
    def compiled(cls, pattern: str, flags: int = re.IGNORECASE) -> Anchored:
        """The pattern compiled, with what its matches need. Raises `re.error` as `re.compile` does."""
        return cls(re.compile(pattern, flags), ways_of(pattern, flags))

    @property
    def anchors(self) -> tuple[str, ...]:
        """Strings in small letters one of which stands in every match; none where none is certain."""
        return tuple(sorted(frozenset().union(*(way[0] for way in self.ways))))

    def finditer(self, text: str, low: str) -> Iterator[re.Match[str]]:
        """The pattern's matches in a text; `low` is the same text `folded`, once for all patterns."""
        return self.pattern.finditer(text) if self._may_match(low) else iter(())

    def search(self, text: str, low: str) -> re.Match[str] | None:
        """The pattern's first match in a text; `low` is the same text `folded`."""
        return self.pattern.search(text) if self._may_match(low) else None

    def _may_match(self, low: str) -> bool:
        return not self.ways or any(all(any(each in low for each in needed) for needed in way) for way in self.ways)


class AnchoredList:
    """Patterns in their order, of which it is told at once which a text may match: the text is gone through once for
    the strings of all of them."""

    def __init__(self, patterns: Iterable[Anchored]) -> None:
        self._always: list[int] = []
        self._by_anchor: dict[str, list[tuple[int, Way]]] = {}
        anchors: set[str] = set()
        for place, pattern in enumerate(patterns):
            if not pattern.ways:
                self._always.append(place)
            for first, *others in pattern.ways:
                anchors |= first.union(*others)
                for anchor in first:
                    self._by_anchor.setdefault(anchor, []).append((place, tuple(others)))
        parts = Counter(part for anchor in anchors for part in _parts(anchor))
        self._by_part: dict[str, list[str]] = {}
        for anchor in sorted(anchors):
            self._by_part.setdefault(min(_parts(anchor), key=lambda part: (parts[part], part)), []).append(anchor)

    def among(self, low: str) -> list[int]:
        """The places of the patterns that a text may match, in order; `low` is the text `folded`."""
        parts = _parts(low) & self._by_part.keys()
        here = {anchor for part in parts for anchor in self._by_part[part] if anchor in low}
        found = set(self._always)
        for anchor in here & self._by_anchor.keys():
            for place, others in self._by_anchor[anchor]:
                if place not in found and not any(needed.isdisjoint(here) for needed in others):
                    found.add(place)
        return sorted(found)


def _parts(text: str) -> set[str]:
    """All stretches of three letters of a text. Strings are looked for by the rarest of theirs."""
    return {text[k : k + _SHORTEST] for k in range(len(text) - _SHORTEST + 1)}


def ways_of(pattern: str, flags: int = re.IGNORECASE) -> tuple[Way, ...]:
    """What a match needs, by the alternatives of a pattern; empty where one of them needs no string of three letters
    for certain."""
    try:
        parser, codes = import_module("re._parser"), import_module("re._constants")
    except ImportError:  # the parser is no part of the library's promise: without it every pattern is tried
        return ()
    ways = _ways(parser.parse(pattern, flags), codes)
    ordered = [tuple(sorted((one for one in way if not any(other < one for other in way)), key=_merit)) for way in ways]
    return tuple(ordered) if all(ordered) else ()


def _merit(strings: frozenset[str]) -> tuple[float, list[str]]:
    """How many texts hold one of the strings, about: each letter more makes a string a few times rarer."""
    return sum(_RARER ** -len(each) for each in strings), sorted(strings)


_RARER = 3.0


def _ways(parsed: Any, codes: Any) -> list[set[frozenset[str]]]:
    """The sets that a sequence of parsed items needs, apart for each branch of its item with the most of them."""
    items = list(parsed)
    sets = _sets(items, codes)
    widest = max((_branches(item, codes) for item in items), key=len, default=[])
    return [sets | way for branch in widest for way in _ways(branch, codes)] or [sets]


def _branches(item: Any, codes: Any) -> list[Any]:
    """The alternatives of an item, also within a group; none of any other one."""
    code, value = item
    if code is codes.SUBPATTERN and not value[1] and not value[2]:
        return _branches(value[3][0], codes) if len(value[3]) == 1 else []
    return list(value[1]) if code is codes.BRANCH else []


def _sets(parsed: Any, codes: Any) -> set[frozenset[str]]:
    """All sets of strings one of which a sequence of parsed items needs."""
    sets: set[frozenset[str]] = set()
    runs = [""]
    for item in (*parsed, (None, None)):
        ends = _spelt(item, codes)
        if ends and len(ends) * len(runs) <= _MOST:
            runs = [run + end for run in runs for end in ends]
            continue
        if min(map(len, runs)) >= _SHORTEST:
            sets.add(frozenset(runs))
        runs = ends if ends else [""]
        sets |= _inside(item, codes)
    return sets


_MOST = 24
"""Strings of a set that are put together of what stands side by side."""


def _spelt(item: Any, codes: Any) -> list[str]:
    """All that an item matches, where that is a few strings."""
    code, value = item
    if code is codes.LITERAL:
        return [folded(chr(value))]
    if code is codes.AT:
        return [""]
    spelt = [[_spelt(each, codes) for each in branch] for branch in _branches(item, codes)]
    is_plain = all(len(each) == 1 for branch in spelt for each in branch)
    return ["".join(each[0] for each in branch) for branch in spelt] if is_plain else []


def _inside(item: Any, codes: Any) -> set[frozenset[str]]:
    """What an item needs: a group what it holds, alternatives what each of them needs, a repetition what it repeats,
    a look ahead or back what it has to find."""
    code, value = item
    if code is codes.SUBPATTERN and not value[1] and not value[2]:
        return _sets(value[3], codes)
    if code is codes.BRANCH:
        needed = [min(_sets(branch, codes), key=_merit, default=frozenset()) for branch in value[1]]
        return {frozenset().union(*needed)} if all(needed) else set()
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[0] > 0:
        return _sets(value[2], codes)
    return _sets(value[1], codes) if code is codes.ASSERT else set()
