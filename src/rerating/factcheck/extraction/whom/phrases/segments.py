"""Parts of an exchange whose shares and turnover are counted: `on the Prime market`, `on the Standard Market`."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.people import joined

_NOUNS = frozenset(("market", "board", "segment", "markt"))
_WHOLE = frozenset(("mainboard", "hauptmarkt"))
_LEADS = frozenset(("on", "in", "an", "am", "im", "auf"))
_NO_SEGMENT = frozenset(("stock", "bond", "share", "bull", "bear", "job", "housing", "us", "european", "german"))
_REACH = 80
_WORDS = 7
_BEFORE = 6


def board_of(sentence: Sentence) -> str | None:
    """The main board whose turnover a sentence tells: `Turnover on the main board reached HK$243bn`."""
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last):
        if tokens.lower[k] in _WHOLE:
            return tokens.text[k]
        if sentence.words(k, k + 2) == ("main", "board"):
            return joined(sentence, k, k + 2)
    return None


def segment_of(sentence: Sentence) -> str | None:
    """The segment that a sentence, or its block before it, tells of; as printed, from its capitals on."""
    tokens = sentence.tokens
    for k in range(sentence.last - 1, max(sentence.first - _REACH, 0), -1):
        if tokens.lower[k] not in _NOUNS:
            continue
        first = k
        while k - first < _WORDS and first > 0 and _is_part(sentence, first - 1):
            first -= 1
        lead = {tokens.lower[j] for j in range(max(0, first - _BEFORE), first)}
        if first < k and not _LEADS.isdisjoint(lead) and tokens.lower[k - 1] not in _NO_SEGMENT:
            return joined(sentence, first, k + 1)
    return None


def _is_part(sentence: Sentence, k: int) -> bool:
    """Whether a word belongs to a segment's name: a capital."""
    return sentence.tokens.text[k][:1].isupper()
