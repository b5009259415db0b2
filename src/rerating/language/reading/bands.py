"""Sizes in words: `double-digit` is at least 10 %, `high-teens` 17 to 19 %, `mittleren einstelligen` 4 to 6 %."""

from __future__ import annotations

from decimal import Decimal

from rerating.language.hedges import Comparator
from rerating.language.reading.mentions import MentionKind as K
from rerating.language.reading.mentions import Role
from rerating.language.reading.numerals import Figure
from rerating.language.reading.source import Amount, Draft, Source

_BANDS = {
    ("low", "single"): (1, 3),
    ("mid", "single"): (4, 6),
    ("high", "single"): (7, 9),
    ("low", "teens"): (11, 13),
    ("mid", "teens"): (14, 16),
    ("high", "teens"): (17, 19),
}


def vague(source: Source, k: int) -> Draft | None:
    """`zweistellig`, `double-digit` (at least 10 %), `high-teens` (17 to 19 %). Not where an amount is meant."""
    word = source.low(k)
    if word.startswith("zweistellig") or _double_digits(source, k):
        last = k + 1 if word.startswith("zweistellig") else _double_digits(source, k)
        if any(_is_amount(source.low(at)) for at in (last, last + 1)):
            return None
        return _band(k, last, (10,))
    if word[:-2] in _GERMAN_BANDS or word.startswith("einstellig"):
        return None if source.is_english else _german_band(source, k)
    return _english_band(source, k) if source.is_english and word in ("low", "mid", "high") else None


def _double_digits(source: Source, k: int) -> int:
    """Where `double-digit` or `double digits` ends, 0 where neither stands."""
    if source.low(k) != "double":
        return 0
    at = k + 2 if source.low(k + 1) == "-" else k + 1
    return at + 1 if source.low(at) in ("digit", "digits") else 0


_GERMAN_BANDS = {"niedrig": (1, 3), "unter": (1, 3), "mittler": (4, 6), "hoh": (7, 9), "ober": (7, 9)}


def _german_band(source: Source, k: int) -> Draft | None:
    """`im mittleren bis hohen einstelligen Prozentbereich`, `einstellig`: from the lowest to the highest."""
    ends = _GERMAN_BANDS.get(source.low(k)[:-2], (1, 9))
    at = k
    if source.low(k)[:-2] in _GERMAN_BANDS:
        at += 1
        if source.low(at) == "bis" and source.low(at + 1)[:-2] in _GERMAN_BANDS:
            ends, at = (ends[0], _GERMAN_BANDS[source.low(at + 1)[:-2]][1]), at + 2
    if not source.low(at).startswith("einstellig") or _is_amount(source.low(at + 1)):
        return None
    is_share = source.low(at + 1).startswith(("prozent", "bereich", "rate"))
    return _band(k, at + 1, ends) if is_share or at > k else None


def _is_amount(word: str) -> bool:
    return word.startswith(("million", "milliarde", "billion", "betrag", "euro", "dollar", "figure"))


def _english_band(source: Source, k: int) -> Draft | None:
    at = k + 2 if source.low(k + 1) == "-" else k + 1
    ends = _BANDS.get((source.low(k), source.low(at)))
    if source.low(at) in _TENS:
        low = _TENS[source.low(at)] + {"low": 1, "mid": 4, "high": 7}[source.low(k)]
        return None if _is_of_price(source, k) else _band(k, at + 1, (low, low + 2))
    if _double_digits(source, at):
        last = _double_digits(source, at)
        return None if _is_amount(source.low(last)) else _band(k, last, (10,))
    if ends is None:
        return None
    if source.low(at) == "teens":
        return _band(k, at + 1, ends)
    if source.low(at + 1) in ("-", "digit", "digits"):
        last = at + 3 if source.low(at + 1) == "-" else at + 2
        return None if _is_amount(source.low(last)) else _band(k, last, ends)
    return None


_TENS = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50}


def _is_of_price(source: Source, k: int) -> bool:
    """`in the low twenties` of dollars or years: only percentages are told by words beside."""
    near = source.tokens.words(k - 12, k + 8)
    return not {"percent", "%", "margin", "margins", "growth", "grow", "rate"}.intersection(near)


def _band(first: int, last: int, ends: tuple[int, ...]) -> Draft:
    roles: tuple[Role, ...] = ("low", "high") if len(ends) == 2 else ("value",)
    amounts = [Amount(Figure(Decimal(end), Decimal(1)), role=role) for end, role in zip(ends, roles, strict=True)]
    comparator = Comparator.RANGE if len(ends) == 2 else Comparator.AT_LEAST
    return Draft(first=first, last=last, kind=K.PERCENT, amounts=amounts, comparator=comparator, has_unit=True)


_STEMS = frozenset(stem + ending for stem in _GERMAN_BANDS for ending in ("en", "er", "em", "es"))
_FIRST_WORDS = _STEMS | frozenset(("double", "low", "mid", "high"))


def begins(word: str) -> bool:
    """Whether a size in words can begin at a word."""
    return word in _FIRST_WORDS or word.startswith(("zweistellig", "einstellig"))
