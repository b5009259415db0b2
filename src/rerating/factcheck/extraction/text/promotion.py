"""Advertising in an article: boxes that their markup names, and funnels that their words give away."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.layout import Block, BlockRole, Layout
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.names import name_at
from rerating.language.promotion import classes_in, is_teaser_line, score, teaser_heads, threshold
from rerating.language.reading.tokens import WORD, Tokens


@dataclass(frozen=True, slots=True)
class Region:
    """Code points [start, end) that advertise. `is_teaser`: nothing but headlines of other articles."""

    start: int
    end: int
    is_teaser: bool = False


def regions(laid: Layout, source: str) -> list[Region]:
    """The advertising regions of a layout, in order, without overlaps; `source` still holds the marks of emphasis."""
    found = [*_boxes(laid), *_funnels(laid), *_kickers(laid, source)]
    found.sort(key=lambda region: (region.start, -region.end))
    kept: list[Region] = []
    for region in found:
        if kept and region.start < kept[-1].end:
            if region.end > kept[-1].end:
                kept[-1] = Region(kept[-1].start, region.end, kept[-1].is_teaser and region.is_teaser)
            continue
        kept.append(region)
    return kept


def _boxes(laid: Layout) -> list[Region]:
    """Containers that their markup calls advertising, and blocks behind a teaser's head."""
    by_region: dict[int, list[Block]] = {}
    for block in laid.blocks:
        if block.region is not None:
            by_region.setdefault(block.region, []).append(block)
    out = []
    for blocks in by_region.values():
        start, end = blocks[0].start, blocks[-1].end
        text = laid.text[start:end]
        out.append(Region(start, end, bool(teaser_heads().match(text))))
    out += _sponsored(laid)
    out += _labelled(laid)
    out += _behind_labels(laid)
    lines = ((block, laid.text[block.start : block.end]) for block in laid.blocks if block.region is None)
    out += [Region(block.start, block.end, True) for block, text in lines if is_teaser_line(text)]
    for k, block in enumerate(laid.blocks):
        if (
            block.region is None
            and block.end - block.start < 60
            and teaser_heads().match(laid.text[block.start : block.end])
        ):
            last = k
            while last + 1 < len(laid.blocks) and laid.blocks[last + 1].role is BlockRole.BULLET:
                last += 1
            if last > k:
                out.append(Region(block.start, laid.blocks[last].end, True))
    return out


_LABEL = re.compile(r"^\W{0,4}(?:Anzeige|Werbung|Sponsored|Advertisement|Advertorial|Promotion)\b")


_SPONSOR = re.compile(
    r"^\W{0,4}(?:(?:presented|sponsored|powered|supported) by|together with|in partnership with|a message from|"
    r"präsentiert von|gesponsert von|unterstützt von|mit freundlicher unterstützung von|ein angebot (?:von|unseres)|"
    r"in (?:kooperation|zusammenarbeit|partnerschaft) mit)\s[^.:\n]{2,50}:\s"
    r"|^[^.:\n]{0,60}\b(?:is brought to you by|wird (?:ihnen|dir|euch) präsentiert von)\s",
    re.IGNORECASE,
)


def _sponsored(laid: Layout) -> list[Region]:
    """Blocks that begin with whoever pays for them: `Presented by X: ...`, `Together with X: ...`."""
    heads = ((block, laid.text[block.start : min(block.end, block.start + 160)]) for block in laid.blocks)
    return [Region(block.start, block.end) for block, head in heads if block.region is None and _SPONSOR.match(head)]


def _labelled(laid: Layout) -> list[Region]:
    """Containers whose first words are the label of an advertisement."""
    out = []
    parents: dict[int, list[Block]] = {}
    for block in laid.blocks:
        if block.parent is not None:
            parents.setdefault(block.parent, []).append(block)
    for blocks in parents.values():
        first = blocks[0]
        if len(blocks) < len(laid.blocks) and first.region is None and _LABEL.match(laid.text[first.start : first.end]):
            out.append(Region(first.start, blocks[-1].end))
    return out


_NAMES = (
    r"(?:anzeigen?|werbung|werbeanzeige|advertorial|sponsored(?: (?:content|post|by .{1,40}))?|advertisements?|"
    r"advertising|paid (?:content|post|promotion)|promoted|partner(?:inhalt|content|angebot)|promotion|ad)"
)
_ENDING = rf"(?:ende|end)\W{{1,3}}(?:(?:der|des|of|of the)\s)?{_NAMES}|{_NAMES}\W{{1,3}}(?:ende|ends?)"
_BARE = re.compile(rf"^\W{{0,12}}{_NAMES}\W{{0,12}}$", re.IGNORECASE)
_END = re.compile(rf"^\W{{0,12}}(?:{_ENDING})\W{{0,12}}$", re.IGNORECASE)
_WITHIN = 40


def _behind_labels(laid: Layout) -> list[Region]:
    """What stands behind a line that is but the label of an advertisement: to the line that ends it, else a block."""
    out = []
    texts = [laid.text[b.start : b.end] if b.end - b.start < 80 else "" for b in laid.blocks]
    until = -1
    for k, block in enumerate(laid.blocks):
        if k <= until or block.region is not None or not _BARE.match(texts[k]):
            continue
        reach = range(k + 1, min(k + _WITHIN, len(texts)))
        until = next((j for j in reach if _END.match(texts[j])), min(k + 1, len(texts) - 1))
        out.append(Region(block.start, laid.blocks[until].end))
    return out


def _funnels(laid: Layout) -> list[Region]:
    """Blocks whose words sell something, with the selling blocks behind them."""
    least = threshold()
    out = []
    scored = [
        (block, _points(laid.text[block.start : block.end]))
        for block in laid.blocks
        if block.region is None and block.role not in (BlockRole.BOILERPLATE, BlockRole.ROW)
    ]
    k = 0
    while k < len(scored):
        block, points = scored[k]
        is_late = block.start > 0.5 * len(laid.text) and _speaks(laid.text[block.start : block.end])
        if points < least - is_late or block.role is BlockRole.TITLE:
            k += 1
            continue
        first = last = k
        while last + 1 < len(scored) and last - first < 6 and scored[last + 1][1] >= least - 1:
            last += 1
        last = _over_bait(scored, last, least, len(laid.text))
        start = _first_sentence(laid.text, block)
        out.append(Region(start, scored[last][0].end))
        k = last + 1
    return out


def _points(text: str) -> int:
    """How much a block sells: more where it tells of no company, and nothing where it tells of one to nobody."""
    held = classes_in(text)
    points = sum(held.values())
    if _ADDRESSED.issuperset(held) and "?" in text:
        return 0
    if points < 2 or len(text) > _LONGEST_KICKER:
        return points
    if not _tells_of_company(text):
        return points + bool(_GOODS.intersection(held))
    return points if _TURNED.intersection(held) else 0


_GOODS = frozenset(("offer", "banking", "derivatives", "audience", "own", "product", "price", "free"))
"""Classes that name what is sold, or to whom: `Should you buy now?` names neither."""
_ADDRESSED = frozenset(("call", "address"))
"""All that an article's own question to its reader shows: `Should you buy now?`"""
_TURNED = frozenset(("label", "head", "call", "address", "urgency", "audience", "promise", "derivatives"))
"""Classes that turn to a reader: `Netflix raises the price of its annual plan` is news of the one who sells."""

_OF_COMPANIES = word_set("promotion", "of_companies")


def _tells_of_company(text: str) -> bool:
    """Whether a block names a listed company, or speaks of a company's figures."""
    tokens = Tokens(text)
    if not _OF_COMPANIES.isdisjoint(tokens.lower) or tokens.lower[:1] == ["its"]:
        return True
    names = (name_at(tokens, k) for k in range(len(tokens)) if tokens.kind[k] == WORD)
    return any(named is not None and named.of(NameKind.COMPANY) is not None for named in names)


_LAST_BLOCKS = 3
_LONGEST_KICKER = 320
_LEAST_OF_KICKER = 2


def _kickers(laid: Layout, source: str) -> list[Region]:
    """The last lines of a text that name what its publisher takes or gives: in italics, or turned to the reader."""
    told = [block for block in laid.blocks if block.role is not BlockRole.BOILERPLATE]
    out = []
    for block in told[-_LAST_BLOCKS:]:
        text = laid.text[block.start : block.end]
        if block is told[0] or len(text) > _LONGEST_KICKER or block.role is BlockRole.ROW or block.region is not None:
            continue
        held = classes_in(text)
        is_turned = "address" in held or bool(_OURS.search(text)) or _is_emphasised(source, block)
        if "price" in held and is_turned and sum(held.values()) >= _LEAST_OF_KICKER:
            out.append(Region(block.start, block.end))
    return out


def _is_emphasised(source: str, block: Block) -> bool:
    """Whether a block stands in italics as a whole."""
    opening, closing = source[max(block.start - 4, 0) : block.start + 2], source[block.end - 1 : block.end + 5]
    return any(begin in opening and end in closing for begin, end in _ITALICS)


_ITALICS = (("*", "*"), ("_", "_"), ("<em>", "</em>"), ("<i>", "</i>"))


def _speaks(text: str) -> bool:
    """Whether a text turns to the reader: prices, gifts and products alone are told of brokers and publishers too."""
    return bool(_OURS.search(text)) or not _TOLD_OF_SELLERS.issuperset(classes_in(text))


_OURS = re.compile(r"\b(?:our|my|unser\w{0,2}|mein\w{0,2})\b", re.IGNORECASE)
_TOLD_OF_SELLERS = frozenset(("product", "price", "free"))


def _over_bait(scored: list[tuple[Block, int]], last: int, least: int, length: int) -> int:
    """The last block of a promotion at a text's end whose bait stands between two blocks that sell."""
    for k in range(last + 1, min(last + 4, len(scored))):
        block, points = scored[k]
        if points >= least - 1 and block.start > 0.5 * length and block.start - scored[last][0].end < 600:
            return k
    return last


_CUT = re.compile(r"(?<=[.!?])(?<!\d\.)[\"'“”»*)]{0,4}\s+(?=\S)")


_SHORT = 180
"""A block of no more signs that sells is bait from its first word on."""


def _first_sentence(text: str, block: Block) -> int:
    """Where selling begins: the first sentence that sells; questions and calls before it are its bait."""
    stretch = text[block.start : block.end]
    cuts = [0, *(match.end() for match in _CUT.finditer(stretch))]
    ends = [*cuts[1:], len(stretch)]
    if len(stretch) <= _SHORT:
        return block.start
    for place, at in enumerate(cuts):
        if score(stretch[at : ends[place]]) >= 2:
            before = (stretch[a:b].rstrip("\"'“”»*_ )")[-1:] for a, b in zip(cuts[:place], ends[:place], strict=True))
            return block.start + (0 if all(sign in "?!:" for sign in before) else at)
    return block.start
