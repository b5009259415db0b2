"""Where sentences end, and what separates the parts of one: by tokens, with the abbreviations of both languages."""

from __future__ import annotations

from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading.calendar_words import MONTHS, MONTHS_SHORT
from rerating.language.reading.tokens import FIGURE, WORD, Tokens

_ENDS = frozenset(".!?…")
_CLOSING = frozenset("\"')]»“”*")
_ABBREVIATIONS = word_set("sentences", "abbreviations")
_AFTER_NUMBER = word_set("sentences", "after_number")
_AFTER_US = word_set("sentences", "after_us")


LONGEST = 300
"""Tokens of a sentence; one without an end is read in pieces, so that the time stays in step with the length."""


def pieces(first: int, last: int) -> list[tuple[int, int]]:
    """A stretch of tokens in pieces of at most `LONGEST`."""
    return [(k, min(k + LONGEST, last)) for k in range(first, last, LONGEST)]


def sentence_spans(tokens: Tokens, *, is_english: bool) -> list[tuple[int, int]]:
    """The sentences as token stretches [first, last), in order, without gaps."""
    spans: list[tuple[int, int]] = []
    first, k, count = 0, 0, len(tokens)
    while k < count:
        if tokens.text[k] in _ENDS and _is_end(tokens, k, is_english=is_english):
            last = k + 1
            while last < count and (
                tokens.text[last] in _ENDS or (tokens.text[last] in _CLOSING and tokens.glued[last])
            ):
                last += 1
            if last >= count or _begins(tokens, last, is_english=is_english):
                spans.append((first, last))
                first = last
            k = last
            continue
        k += 1
    if first < count:
        spans.append((first, count))
    return [piece for span in spans for piece in pieces(*span)]


def _begins(tokens: Tokens, k: int, *, is_english: bool) -> bool:
    """Whether a sentence can begin at token k: a blank before it, and no small letter."""
    if tokens.glued[k]:
        return False
    text = tokens.text[k]
    if tokens.kind[k] == WORD:
        return text[0].isupper() or not text[0].islower()
    return True


def _is_end(tokens: Tokens, k: int, *, is_english: bool) -> bool:
    if tokens.text[k] != ".":
        return True
    if (
        k + 1 < len(tokens)
        and tokens.glued[k + 1]
        and tokens.text[k + 1] not in _CLOSING
        and tokens.text[k + 1] not in _ENDS
    ):
        return False
    if k == 0 or not tokens.glued[k]:
        return k > 0
    before, low = tokens.text[k - 1], tokens.lower[k - 1]
    after = tokens.lower[k + 1] if k + 1 < len(tokens) else ""
    if tokens.kind[k - 1] == FIGURE:
        is_ordinal = not is_english and before.isdigit() and len(before) <= 2
        return not (is_ordinal and (after in MONTHS or after in MONTHS_SHORT or after in _AFTER_NUMBER))
    if low in _ORDINAL_ENDS and tokens.glued[k - 1] and tokens.kind[k - 2] == FIGURE:
        return True
    if low in _ABBREVIATIONS:
        is_last = low in ("inc", "corp", "co", "ltd", "fr", "bn", "mrd", "mio", "usw", "etc", "nov", "dec", "dez")
        return is_last and k + 1 < len(tokens) and after in _STARTS and tokens.text[k + 1][:1].isupper()
    if len(before) == 1 and before.isalpha():
        if tokens.lower[k - 2] == "." and tokens.lower[k - 3] == "u":
            return after in _AFTER_US
        if low == "m" and tokens.lower[k - 3] in ("a", "p"):
            return after not in ("et", "est", "edt", "gmt", "cet") and after[:1].isalpha()
        return False if before.isupper() else tokens.lower[k - 2] != "."
    return True


_ORDINAL_ENDS = frozenset(("st", "nd", "rd", "th"))
_STARTS = word_set("sentences", "starts")

_BARRIERS = {
    ",": 1.0,
    ";": 2.0,
    ":": 0.6,
    "–": 1.5,
    "—": 1.5,
    "(": 0.5,
    ")": 0.5,
    "|": 2.0,
    "und": 0.6,
    "and": 0.6,
    "während": 1.2,
    "while": 1.2,
    "but": 1.2,
    "aber": 0.8,
    "sondern": 0.8,
    "whereas": 1.2,
    "nachdem": 1.2,
    "after": 1.0,
    "obwohl": 1.2,
    "weil": 1.2,
    "because": 1.2,
    "dass": 0.8,
    "that": 0.4,
    "which": 0.8,
    "wobei": 1.0,
    "sowie": 0.6,
    "versus": 0.8,
    "vs": 0.8,
    "compared": 0.8,
    "gegenüber": 0.5,
    "against": 0.8,
    "nach": 0.4,
    "as": 0.3,
    "with": 0.4,
    "mit": 0.3,
    "before": 0.6,
    "oder": 0.4,
    "or": 0.4,
}


def barriers(tokens: Tokens) -> list[float]:
    """Running cost of the signs and words that part clauses: the cost between two tokens is the difference."""
    cost, out = 0.0, [0.0]
    for k in range(len(tokens)):
        if tokens.text[k] == "-" and not tokens.glued[k] and not (k + 1 < len(tokens) and tokens.glued[k + 1]):
            cost += 1.5
        else:
            is_last_word = k + 1 >= len(tokens) or tokens.text[k + 1] in _ENDS
            cost += 0.0 if is_last_word else _BARRIERS.get(tokens.lower[k], 0.0)
        out.append(cost)
    return out
