"""What belongs to which length of a report, and in which order it is told.

The order is that of an article: what happened, why, what the company plans, what the analysts say on both sides, the
options, the key points, the verdict, what to watch. `article` leaves the tables behind the sentences to `full`; `brief`
is ten lines: headline, line of the stock, the figures at a glance, four sentences on the move, three on the verdict.
"""

from __future__ import annotations

from collections.abc import Iterable

from rerating.statements.blocks import AnyBlock, Entry, Length, Section, Table

ORDER = (
    *("price", "catalysts", "lines", "trend", "decomposition", "plans", "scenario", "fundamentals", "consensus"),
    *("views", "options", "key_points", "verdict", "forecast", "watch", "gaps", "definitions"),
)

FULL_ONLY = ("trend", "definitions")
"""Sections that are all reference."""

ARTICLE_TABLES = ("valuation", "fundamentals", "observed", "actions")
"""Tables that an article prints: what was reported, and what the houses said and when."""

SIDE_SESSIONS = ("earlier_session",)
"""Catalysts of other sessions than the one that is explained."""

BRIEF_LEAD, BRIEF_CARD = 4, 3
"""Sentences of lead and card in a brief: with headline, line and glance they are ten lines."""


def told(sections: Iterable[Section], length: Length, *, with_definitions: bool = False) -> tuple[Section, ...]:
    """The sections of that length in the order of the telling; a brief has none."""
    if length is Length.BRIEF:
        return ()
    found = sorted(sections, key=lambda section: ORDER.index(section.name))
    if length is Length.FULL:
        return tuple(found)
    left_out = [name for name in FULL_ONLY if not (with_definitions and name == "definitions")]
    kept = (_article(section) for section in found if section.name not in left_out)
    return tuple(section for section in kept if section.blocks)


def _article(section: Section) -> Section:
    blocks: list[AnyBlock] = []
    for block in section.blocks:
        if block.since.rank > Length.ARTICLE.rank:
            continue
        if isinstance(block, Table) and block.name not in ARTICLE_TABLES:
            continue
        if isinstance(block, Entry):
            if block.tone in SIDE_SESSIONS:
                continue
            blocks.append(block.model_copy(update={"details": None}))
            continue
        blocks.append(block)
    return section.model_copy(update={"blocks": tuple(blocks)})
