"""Words, figures and signs of a normalised text, as parallel lists. One deterministic pattern: linear in the input."""

from __future__ import annotations

import re

FIGURE, WORD, SIGN, STAMP, ADDRESS = "n", "w", "s", "d", "u"
"""Kinds of tokens: digits with separators inside, letters, any other sign, ISO dates and instants, web addresses."""

MARGIN = 32
"""More than any parser looks ahead or back."""

_TOKEN = re.compile(
    r"(?P<u>(?:https?://|www\.)[^\s<>\"]+)"
    r"|(?P<d>(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9]))"
    r"|(?P<n>[0-9]+(?:[.,'][0-9]+)*)"
    r"|(?P<w>[^\W\d_¼½¾⅓⅔⅛²³¹]+)"
    r"|(?P<s>[^\s])"
)


def first_token(source: str) -> str:
    """The first word, figure or sign of a text, alone."""
    word = source.partition(" ")[0]
    if word.isalpha():
        return word
    match = _TOKEN.search(source)
    return match.group() if match is not None else ""


class Tokens:
    """`text[k]` with its kind, its lower-cased form and its place; `glued[k]`: no blank before it.

    The lists end with `MARGIN` empty signs, so that looking past the end needs no test, and neither does looking
    before the beginning, where Python counts from the end.
    """

    __slots__ = ("count", "end", "glued", "kind", "lower", "start", "text")

    def __init__(self, source: str) -> None:
        self.text: list[str] = []
        self.kind: list[str] = []
        self.start: list[int] = []
        self.end: list[int] = []
        for match in _TOKEN.finditer(source):
            self.text.append(match.group())
            self.kind.append(match.lastgroup or SIGN)
            first, last = match.span()
            self.start.append(first)
            self.end.append(last)
        self.count = len(self.text)
        self.text += [""] * MARGIN
        self.kind += [SIGN] * MARGIN
        self.start += [len(source)] * MARGIN
        self.end += [len(source)] * MARGIN
        self.lower = [each.lower() for each in self.text]
        begins, ends = self.start, self.end
        self.glued = [0 < k < self.count and begins[k] == ends[k - 1] for k in range(len(self.text))]

    def __len__(self) -> int:
        return self.count

    def spelling(self) -> tuple[str, ...]:
        """All tokens as they stand."""
        return tuple(self.text[: self.count])

    def words(self, first: int, last: int) -> tuple[str, ...]:
        """The lower-cased tokens from `first` up to, not including, `last`."""
        return tuple(self.lower[max(first, 0) : max(last, 0)])
