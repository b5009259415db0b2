"""Questions: which part of a sentence asks."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set


def asking_part(sentence: Sentence) -> int:
    """Where the part of a headline begins that asks: behind its last dash or colon."""
    tokens, first = sentence.tokens, sentence.first
    if (
        sentence.words(first, first + 1)
        and tokens.lower[first] in _ASKING
        and ":" not in tokens.text[first : first + 3]
    ):
        return first
    for k in range(sentence.first, sentence.last - 1):
        is_dash = tokens.text[k] in "–—-" and not tokens.glued[k] and not tokens.glued[k + 1]
        if is_dash or (tokens.text[k] in ":;" and not tokens.glued[k + 1]):
            first = k + 1
    return first


_ASKING = word_set("extraction", "asking")
"""A sentence that begins with one of them asks as a whole."""
