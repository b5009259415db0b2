"""Text as the reader sees it, with the way back to the text as it came.

No-break, narrow and other spaces become a blank; soft hyphens, zero-width and direction signs vanish; quotes, minus
signs, full-width forms, decomposed letters and HTML entities get one spelling. Every position of the result leads back
to code points of the input. Linear in the input.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right

_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NOTHING = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_ODD = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,11});"
    f"|[{_BLANKS}]|[{_NOTHING}]+"
    "|[\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc`]|[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]"
    "|[\u2010\u2011\u2212\ufe63]|[\uff01-\uff5e]|\\w[\u0300-\u036f]+"
)


def _single(found: str) -> str:
    """What stands for one odd stretch; a decoded entity may itself be odd (`&nbsp;`, `&shy;`, `&minus;`)."""
    if found[0] == "&":
        decoded = html.unescape(found)
        return decoded if decoded == found else "".join(_letter(sign) for sign in decoded)
    if len(found) > 1 and unicodedata.combining(found[1]):
        return unicodedata.normalize("NFC", found)
    return "".join(_letter(sign) for sign in found)


def _letter(sign: str) -> str:
    if re.match(f"[{_NOTHING}]", sign):
        return ""
    if re.match(f"[{_BLANKS}]", sign):
        return " "
    if sign in "\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc`":
        return "'"
    if sign in "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033":
        return '"'
    if sign in "\u2010\u2011\u2212\ufe63":
        return "-"
    return unicodedata.normalize("NFKC", sign) if "\uff01" <= sign <= "\uff5e" else sign


class NormalText:
    """`text` in one spelling; `origin(start, end)` is the stretch of the input that a stretch of it came from."""

    __slots__ = ("_at", "_came_from", "_came_until", "text")

    def __init__(self, source: str) -> None:
        # Breaks of the map, ascending: at position _at[k] of `text` the input stands at _came_from[k]. From there both
        # run in step, unless _came_until[k] is set: then the one sign at _at[k] stands for the input up to there.
        self._at: list[int] = [0]
        self._came_from: list[int] = [0]
        self._came_until: list[int | None] = [None]
        parts: list[str] = []
        written = done = 0
        for match in _ODD.finditer(source):
            first, last = match.span()
            stands = _single(match.group())
            parts += (source[done:first], stands)
            written += first - done
            if len(stands) != last - first:
                for k in range(len(stands)):
                    self._break(written + k, first, last)
                self._break(written + len(stands), last, None)
            written += len(stands)
            done = last
        parts.append(source[done:])
        self.text = "".join(parts)

    def _break(self, at: int, came_from: int, came_until: int | None) -> None:
        if self._at[-1] == at:
            self._came_from[-1], self._came_until[-1] = came_from, came_until
        else:
            self._at.append(at)
            self._came_from.append(came_from)
            self._came_until.append(came_until)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Start and end in the input of `text[start:end]`; signs that vanished around it are not part of it."""
        k = bisect_right(self._at, start) - 1
        first = self._came_from[k] + start - self._at[k]
        if end <= start:
            return first, first
        k = bisect_right(self._at, end - 1) - 1
        until = self._came_until[k]
        return first, until if until is not None else self._came_from[k] + end - self._at[k]
