"""Advertising in an article: boxes that their markup names, and funnels that their words give away."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rerating.factcheck.extraction.text.layout import Block, BlockRole, Layout
from rerating.language.promotion import LIKELY, SURE, is_labelled, is_risk_notice, is_teaser_line, selling, teaser_heads


@dataclass(frozen=True, slots=True)
class Region:
    """Code points [start, end) that advertise. `is_teaser`: nothing but headlines of other articles."""

    start: int
    end: int
    is_teaser: bool = False


def regions(laid: Layout) -> list[Region]:
    """The advertising regions of a layout, in order, without overlaps."""
    found = [*_boxes(laid), *_funnels(laid)]
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
    out = []
    scored = [
        (block, _sold(laid.text[block.start : block.end]))
        for block in laid.blocks
        if block.region is None and block.role not in (BlockRole.BOILERPLATE, BlockRole.ROW)
    ]
    k = 0
    while k < len(scored):
        block, odds = scored[k]
        is_late = block.start > _LATE * len(laid.text)
        if odds < (LIKELY if is_late else SURE) or block.role is BlockRole.TITLE:
            k += 1
            continue
        first = last = k
        while last + 1 < len(scored) and last - first < _BLOCKS and scored[last + 1][1] >= _BEHIND:
            last += 1
        last = _over_bait(scored, last, len(laid.text))
        out.append(Region(_first_sentence(laid.text, block), scored[last][0].end))
        k = last + 1
    return out


_LATE = 0.5
"""The part of a text behind which most of its advertising stands."""
_BLOCKS = 6
_BEHIND = 0.0
"""Log-odds from which on a block sells behind another one that does."""


def _sold(text: str) -> float:
    """The log-odds that a block sells; a label leaves no doubt."""
    return _CERTAIN if is_labelled(text) else selling(text)


_CERTAIN = 9.0


def _over_bait(scored: list[tuple[Block, float]], last: int, length: int) -> int:
    """The last block of a promotion at a text's end whose bait stands between two blocks that sell."""
    for k in range(last + 1, min(last + 4, len(scored))):
        block, odds = scored[k]
        if odds >= _BEHIND and block.start > _LATE * length and block.start - scored[last][0].end < _NEAR:
            return k
    return last


_NEAR = 600
"""Signs that bait may take between two blocks that sell."""
_CUT = re.compile(r"(?<=[.!?])(?<!\d\.)[\"'“”»*)]{0,4}\s+(?=\S)")


def _first_sentence(text: str, block: Block) -> int:
    """Where selling begins: a block that sells does so as a whole, but for what plainly tells or warns at its head."""
    stretch = text[block.start : block.end]
    cuts = [0, *(match.end() for match in _CUT.finditer(stretch))]
    ends = [*cuts[1:], len(stretch)]
    for at, end in zip(cuts, ends, strict=True):
        sentence = stretch[at:end]
        is_telling = selling(sentence) <= _TELLING and "?" not in sentence
        if not (is_telling or is_risk_notice(sentence)):
            return block.start + at
    return block.start


_TELLING = -4.0
"""Log-odds of a sentence that nobody would take for selling; who asks at the head of what sells does not tell."""
