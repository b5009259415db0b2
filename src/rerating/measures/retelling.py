"""Whether one headline tells the same as another, by the words they share."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
#: Words that stand in any headline; endings are cut, so that a plural or a tense makes no difference.
_IDLE = frozenset(
    {
        "the",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "as",
        "by",
        "is",
        "are",
        "its",
        "it",
        "with",
        "from",
    }
    | {"after", "be", "will", "has", "have"}
)
_LEAST = 3
"""Headlines of fewer words say too little to be compared."""


def content_words(text: str) -> frozenset[str]:
    """The words of a headline that carry its meaning, cut to six letters; figures stay whole."""
    words = (word for word in _WORD.findall(text.casefold()) if word not in _IDLE and (len(word) > 1 or word.isdigit()))
    return frozenset(word if word.isdigit() else word[:6] for word in words)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared words over all words of both (Jaccard); 0 where either has fewer than three."""
    if min(len(one), len(other)) < _LEAST:
        return 0.0
    return len(one & other) / len(one | other)
