"""From a text as it came to blocks with a role, by its markup. Offsets stay: what is no text becomes blanks.

HTML, Markdown and plain text, told apart by what stands in them; hostile HTML is only ever text. Linear in the input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from rerating.factcheck.extraction.text.lexicon import word_set


class BlockRole(StrEnum):
    """What a block is to its article."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    ROW = "row"
    PROMOTION = "promotion"
    BOILERPLATE = "boilerplate"


@dataclass(slots=True)
class Block:
    """A stretch of the text that stands for itself. `cells` are the spans of a table row's cells."""

    start: int
    end: int
    role: BlockRole
    cells: tuple[tuple[int, int], ...] = ()
    table: int | None = None
    region: int | None = None
    """Number of the promotional container that it stands in; None outside of one."""
    parent: int | None = None
    """Number of the nearest division that it stands in."""


@dataclass(slots=True)
class Layout:
    """The text with markup blanked, sign by sign as long as the input, and its blocks in order."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    is_html: bool = False


_HTML = re.compile(
    r"<(?:!doctype html|html|body|div|p|h[1-6]|article|table|ul|section|br)\b[^<>]{0,500}>", re.IGNORECASE
)
_BLOCK_TAGS = word_set("layout", "block_tags")
_VOID_TAGS = word_set("layout", "void_tags")
_DROPPED = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "object", "textarea", "select"))
_BOILERPLATE_TAGS = frozenset(("nav", "footer", "form", "button"))
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,20})")
_HINT = re.compile(r"(?:class|id|role|aria-label|data-type)\s{0,3}=\s{0,3}[\"']?([^\"'>]{1,200})", re.IGNORECASE)
_PROMOTION_HINT = re.compile(
    r"(?:^|[\s_-])(?:ads?|ad-?(?:box|slot|unit|wrap|banner|container)\w*|advert\w*|sponsor\w*|promo\w*|teasers?|"
    r"werb(?:ung|e)\w*|anzeigen?|anzeigen?-?(?:box|block|feld|teaser)\w*|related\w*|newsletter\w*|outbrain|taboola|recommend\w*|empfehlung\w*|"
    r"affiliate\w*|partner-?(?:box|content|angebot|link)?s?|paid|upsell\w*|marketing|cta|abo-?(?:box|hinweis|teaser)?|"
    r"subscri(?:be|ption)\w*|sign-?up|paywall|native-?ad\w*|special-?offer\w*|angebots?-?box|more-?news|read-?(?:more|next)|"
    r"weiterlesen|mehr-?zum-?thema|lesetipps?|most-?(?:read|popular|viewed)|meistgelesen)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEAD_HINT = re.compile(r"(?:^|[\s_-])teasers?(?=$|[\s_-])", re.IGNORECASE)


def _is_promotion(name: str, hints: str) -> bool:
    """Whether an element's class says that it sells something; a paragraph called teaser is the article's own lead."""
    return bool(_PROMOTION_HINT.search(_LEAD_HINT.sub(" ", hints) if name == "p" else hints))


_BOILERPLATE_HINT = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu|footer|cookies?|consent|breadcrumbs?|disclaimer|legal|copyright|share|social|comments?|"
    r"meta|byline|imprint|impressum|small|toolbar|sidebar|skip|hinweis|risk\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)


def layout(source: str) -> Layout:
    """The blocks of a text in any of the forms."""
    return _html(source) if _HTML.search(source, 0, 200_000) else _lines(source)


# ---- HTML ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """An element that is not closed yet."""

    name: str
    role: BlockRole | None
    region: int | None
    division: int | None


def _html(source: str) -> Layout:
    reader = _HtmlReader(source)
    reader.run()
    result = Layout("".join(reader.out), [], is_html=True)
    for block in reader.blocks:
        stretch = _trimmed(result.text[block.start : block.end], block.start)
        if stretch is not None:
            block.start, block.end = stretch
            result.blocks.append(block)
    return result


class _HtmlReader:
    """One pass over the tags; `out` is the text with markup blanked."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[str] = []
        self.blocks: list[Block] = []
        self.stack: list[_Open] = []
        self.start = 0  # of the block that is being read
        self.at = 0
        self.tables = self.regions = self.divisions = 0
        self.cells: list[tuple[int, int]] = []
        self.row_start: int | None = None

    def run(self) -> None:
        source, size = self.source, len(self.source)
        while True:
            sign = source.find("<", self.at)
            if sign < 0:
                break
            end = self._markup_end(sign)
            if end is None:
                self.out.append(source[self.at : sign + 1])
                self.at = sign + 1
                continue
            self.out.append(source[self.at : sign])
            self._tag(sign, end)
        self.out.append(source[self.at : size])
        self.at = size
        self._close_block(size)

    def _markup_end(self, sign: int) -> int | None:
        """The end of the comment or tag that begins at `sign`; None where it is but a sign of the text."""
        source = self.source
        if source.startswith("<!--", sign):
            found = source.find("-->", sign + 4)
            return len(source) if found < 0 else found + 3
        if not (source.startswith(("<!", "<?"), sign) or _TAG_NAME.match(source, sign)):
            return None
        found = source.find(">", sign, sign + 5000)
        return None if found < 0 else found + 1

    def _tag(self, sign: int, end: int) -> None:
        source = self.source
        match = _TAG_NAME.match(source, sign)
        name = match.group(1).lower() if match else ""
        is_closing = source.startswith("</", sign)
        if name in _DROPPED and not is_closing:
            close = re.compile(rf"</{name}\b", re.IGNORECASE).search(source, end)
            if close is None:
                end = len(source)
            else:
                tail = source.find(">", close.start())
                end = len(source) if tail < 0 else tail + 1
        self.out.append(_blank(source[sign:end]))
        self.at = end
        if name not in _BLOCK_TAGS:
            return
        if name in ("td", "th"):
            self._cell(sign, end, is_closing=is_closing)
            return
        self._close_block(sign)
        if name == "tr":
            self._row(sign, is_closing=is_closing)
        if name == "table" and not is_closing:
            self.tables += 1
        if is_closing:
            self._pop(name)
        elif name not in _VOID_TAGS:
            self._push(name, source[sign:end])
        self.start = end

    def _push(self, name: str, tag: str) -> None:
        parent = self.stack[-1] if self.stack else _Open("", None, None, None)
        role, region = parent.role, parent.region
        hints = " ".join(_HINT.findall(tag[:2000]))
        if _is_promotion(name, hints) and role is not BlockRole.BOILERPLATE:
            if region is None:
                self.regions += 1
                region = self.regions
            role = BlockRole.PROMOTION
        elif role is None and (name in _BOILERPLATE_TAGS or _BOILERPLATE_HINT.search(hints)):
            role = BlockRole.BOILERPLATE
        division = parent.division
        if name in ("div", "section", "aside"):
            self.divisions += 1
            division = self.divisions
        self.stack.append(_Open(name, role, region, division))
        if len(self.stack) > 200:
            del self.stack[0]

    def _pop(self, name: str) -> None:
        for k in range(len(self.stack) - 1, max(-1, len(self.stack) - 30), -1):
            if self.stack[k].name == name:
                del self.stack[k:]
                return

    def _row(self, at: int, *, is_closing: bool) -> None:
        if is_closing and self.row_start is not None and self.cells:
            role, region = self._context(BlockRole.ROW)
            self.blocks.append(Block(self.row_start, at, role, tuple(self.cells), self.tables, region))
        self.cells = []
        self.row_start = None if is_closing else at

    def _cell(self, sign: int, end: int, *, is_closing: bool) -> None:
        if self.row_start is None:
            self._close_block(sign)
        elif is_closing:
            self.cells.append((self.start, sign))
        self.start = end

    def _context(self, role: BlockRole) -> tuple[BlockRole, int | None]:
        if not self.stack:
            return role, None
        top = self.stack[-1]
        if top.role is not None:
            return top.role, top.region
        for element in reversed(self.stack[-6:]):
            if element.name in ("h1", "title"):
                return BlockRole.TITLE, None
            if len(element.name) == 2 and element.name[0] == "h" and element.name[1].isdigit():
                return BlockRole.HEADING, None
            if element.name == "li":
                return BlockRole.BULLET, None
        return role, None

    def _close_block(self, end: int) -> None:
        if self.row_start is not None and self.cells:
            return
        stretch = _trimmed(self.source[self.start : end], self.start)
        if stretch is not None:
            role, region = self._context(BlockRole.PARAGRAPH)
            division = self.stack[-1].division if self.stack else None
            self.blocks.append(Block(*stretch, role, (), None, region, division))
        self.start = end


def _blank(markup: str) -> str:
    return " " * len(markup)


def _trimmed(stretch: str, start: int) -> tuple[int, int] | None:
    left = len(stretch) - len(stretch.lstrip())
    kept = stretch.strip()
    return (start + left, start + left + len(kept)) if kept else None


# ---- Markdown and plain text -----------------------------------------------------------------------------------------

_LINE = re.compile(r"[^\r\n]+")
_LEAD = re.compile(r"[ \t]{0,12}(?:(#{1,6})[ \t]+|([-*•·+–]|\d{1,2}[.)])[ \t]+|(>)[ \t]?)?")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\(([^()\s]{0,2000})\)")
_RULE = re.compile(r"[ \t]*(?:[-*_=~][ \t]*){3,}$|[ \t]*\|?[ \t:|-]{3,}\|?[ \t]*$")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|`")
_FOOTER = re.compile(r"(?:Impressum|Imprint|Disclaimer|Copyright|©|Tel\.|Telefon|Kontakt:|Contact:)", re.IGNORECASE)


def _lines(source: str) -> Layout:
    text = _without_inline_marks(source)
    lines = [(match.start(), match.end()) for match in _LINE.finditer(text)]
    result = Layout(text)
    if _is_wrapped(text, lines):
        result.blocks = list(_wrapped_blocks(text, lines))
    else:
        result.blocks = list(_line_blocks(text, lines))
    _heads(result)
    return result


def _without_inline_marks(source: str) -> str:
    def link(match: re.Match[str]) -> str:
        whole, start = match.group(), match.start()
        first, last = match.start(1) - start, match.end(1) - start
        return " " * first + whole[first:last] + " " * (len(whole) - last)

    text = _LINK.sub(link, source) if "](" in source else source
    return _EMPHASIS.sub(lambda match: " " * len(match.group()), text)


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether lines are broken at a width: most long lines of prose go on in the next line without an end sign."""
    long = open_ = small = 0
    for (start, end), (following, _) in pairwise(lines):
        width = end - start
        if width > 140:
            return False
        if width >= 50:
            long += 1
            open_ += text[end - 1] not in ".!?:|" and text.count("\n", end, following) < 2
            small += text[following : following + 1].islower()
    return long >= 4 and open_ > 0.6 * long and small > 0.15 * long


def _wrapped_blocks(text: str, lines: list[tuple[int, int]]) -> Iterator[Block]:
    held: list[tuple[int, int]] = []
    for start, end in lines:
        lead = _LEAD.match(text, start, end)
        begins = lead is not None and (lead.group(1) or lead.group(2)) and not (held and _goes_on(text, held, lead))
        if held and (begins or text.count("\n", held[-1][1], start) > 1):
            yield from _line_blocks(text, [(held[0][0], held[-1][1])])
            held = []
        held.append((start, end))
    if held:
        yield from _line_blocks(text, [(held[0][0], held[-1][1])])


def _goes_on(text: str, held: list[tuple[int, int]], lead: re.Match[str]) -> bool:
    """`betrug zum / 30. September 2026`: a number that only stands first in its line, and opens no list."""
    mark = lead.group(2) or ""
    (first, _), (_, end) = held[0], held[-1]
    opened = _LEAD.match(text, first)
    is_list = opened is not None and opened.group(2) is not None
    return (
        mark[:1].isdigit() and not is_list and text[end - 1 : end] not in _CLOSED and text[end : lead.start()] == "\n"
    )


_CLOSED = tuple(".!?:;…)|")


def _line_blocks(text: str, lines: list[tuple[int, int]]) -> Iterator[Block]:
    table, before = 0, -1
    for start, end in lines:
        line = text[start:end]
        if _RULE.match(line):
            if "|" in line:
                before = end
            continue
        if line.count("|") >= 2 or (line.count("|") == 1 and line.lstrip().startswith("|")):
            if before < 0 or "\n" in text[before:start].strip(" \r").replace("\n", "", 1):
                table += 1
            before = end
            yield Block(start, end, BlockRole.ROW, _cells(line, start), table)
            continue
        before = -1
        lead = _LEAD.match(line)
        skip = lead.end() if lead else 0
        stretch = _trimmed(line[skip:], start + skip)
        if stretch is None:
            continue
        role = BlockRole.PARAGRAPH
        if lead and lead.group(1):
            role = BlockRole.TITLE if len(lead.group(1)) == 1 else BlockRole.HEADING
        elif lead and lead.group(2):
            role = BlockRole.BULLET
        yield Block(*stretch, role)


def _cells(line: str, start: int) -> tuple[tuple[int, int], ...]:
    cells, at = [], 0
    pieces = line.split("|")
    for k, piece in enumerate(pieces):
        is_edge = k in (0, len(pieces) - 1) and not piece.strip()
        if not is_edge:
            cells.append((start + at, start + at + len(piece)))
        at += len(piece) + 1
    return tuple(cells)


_ENDS = tuple(".!?:;…\"”“»)'")


_NAMED = re.compile(r"[^.!?\n]{2,50}\.? ?\((?:[A-Za-z]{2,8}: ?)?[A-Z]{1,5}(?:[-.][A-Z]{1,3})?\)")
"""A company with its symbol, alone on a line: the head of what is said of it."""


def _is_prose(stretch: str) -> bool:
    """Whether a short line ends as a sentence does, or tells a figure."""
    return stretch.endswith(_ENDS) or any(sign.isdigit() for sign in stretch)


def _heads(result: Layout) -> None:
    """Gives titles and headings of plain text their role: short lines without an end sign, the first one the title."""
    is_first = True
    for block in result.blocks:
        stretch = result.text[block.start : block.end]
        if block.role is BlockRole.PARAGRAPH:
            if is_first and len(stretch) < 200:
                block.role = BlockRole.TITLE
            elif _FOOTER.match(stretch):
                block.role = BlockRole.BOILERPLATE
            elif len(stretch) < 70 and (_NAMED.fullmatch(stretch) or not _is_prose(stretch)):
                block.role = BlockRole.HEADING
        is_first = False
