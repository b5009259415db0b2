"""Exchanges and parts of them whose shares and turnover are counted: `on the Prime market`, `on Nasdaq Stockholm`."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
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


def exchange_of(sentence: Sentence) -> str | None:
    """The exchange whose turnover a sentence tells, as printed: `Turnover on Nasdaq Stockholm`, `Umsatz an der Wiener
    Börse`."""
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last - 2):
        if tokens.lower[k] not in _TURNED or tokens.lower[k + 1] not in _LEADS:
            continue
        first = k + 2 + (tokens.lower[k + 2] in _ARTICLES)
        last = first
        while last < sentence.last and last - first < _WORDS and _is_part(sentence, last):
            last += 1
        if any(word.startswith(_EXCHANGES) for word in sentence.words(first, last)):
            return joined(sentence, first, last)
    return None


_TURNED = word_set("segments", "turned")
_EXCHANGES = tuple(word_set("segments", "exchanges"))
_ARTICLES = frozenset(("the", "der", "dem"))


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
