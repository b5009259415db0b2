"""Cuts rendered bytes into the passages that a reader sees, for the gate."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    (
        *("p", "h1", "h2", "h3", "li", "dt", "dd", "td", "th", "figcaption", "summary", "title"),
        *("div", "section", "article", "aside", "header", "footer", "tr", "table", "ol", "ul", "dl"),
    )
)
_UNREAD = frozenset(("head", "style", "script", "sup", "svg"))
_VOID = frozenset(("meta", "br", "link", "img", "hr", "input", "circle", "line", "rect", "path"))


class _Page(HTMLParser):
    """Collects the visible text block by block; marks, charts, styles and scripts are not read."""

    def __init__(self) -> None:
        super().__init__()
        self.passages: list[str] = []
        self._text: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            if tag == "br":
                self._text.append(" ")
            return
        if tag in _UNREAD or ("data-gate", "skip") in attrs or self._unread:
            self._unread += 1
        if tag in _BLOCKS:
            self._cut()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Elements that close themselves hold no text."""

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if tag in _BLOCKS:
            self._cut()
        if self._unread:
            self._unread -= 1

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._text.append(data)

    def _cut(self) -> None:
        text = re.sub(r"[ \t\n\r]+", " ", "".join(self._text)).strip()
        self._text = []
        if text:
            self.passages.append(text)

    def close(self) -> None:
        super().close()
        self._cut()


def passages_of_page(page: str) -> list[str]:
    """The text of an HTML page in reading order."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    return reader.passages


_MARK = re.compile(r"\[\^\d+\]:?")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|#~])")


def passages_of_markdown(text: str) -> list[str]:
    """The text of a Markdown report: lines and cells, without marks, escapes and emphasis."""
    found = []
    for line in text.split("\n"):
        cells = re.split(r"(?<!\\)\|", line) if line.startswith("|") else [line]
        for cell in cells:
            plain = re.sub(r"(?<!\\)[*`]", "", _MARK.sub("", cell).lstrip("#>- "))
            plain = _ESCAPED.sub(r"\1", plain).strip(" ")
            if plain.strip("-: "):
                found.append(plain)
    return found


_WIRE_MARK = re.compile(r"\u00a0\[\d+(?:,\d+)*\]")
_WIRE_ITEM = re.compile(r"- |\[\d+\] ")


def passages_of_wire(text: str) -> list[str]:
    """The text of a wire: paragraphs and items put together from their lines, without marks and bullets."""
    found: list[str] = []
    is_new = True
    for line in text.split("\n"):
        item = _WIRE_ITEM.match(line)
        if not line or is_new or item:
            found.append(line[item.end() :] if item else line)
        else:
            found[-1] += " " + line.strip(" ")
        is_new = not line
    return [plain for passage in found if (plain := _WIRE_MARK.sub("", passage).strip(" "))]
