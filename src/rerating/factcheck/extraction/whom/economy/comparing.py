"""Figures that another is compared with: what changed by them, what stood before them.

`should spend 6% more, after 3% this year`, `came to £27.8bn, an increase of 8 per cent`: both are of one group.
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind

_REACH = 14


def compared(sentence: Sentence, drafts: list[Draft], names: set[str]) -> None:
    """What the figure of a group or country, one of the names, is compared with is its too: `should spend 6% more,
    after 3% this year`, `came to £27.8bn, according to UK Finance, an increase of 8 per cent`."""
    for one, other in pairwise(drafts):
        if one.subject.name in names and _tells_change(sentence, one, other):
            other.subject, other.kind = one.subject, "growth" if other.kind == "return" else other.kind
            continue
        if one.subject.name not in names or other.subject.name in names or other.kind not in COMPARED:
            continue
        between = sentence.words(one.last, other.bound.figure.lead if other.bound else other.first)
        is_of_both = bool(one.values and other.values) and one.values[0].unit == other.values[0].unit
        if is_of_both and 0 < len(between) <= _REACH and between[-1] in _AGAINST:
            other.subject, other.kind, other.metric = one.subject, one.kind, one.metric


def _tells_change(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """Whether a figure behind a comma only says by how much the one before it changed."""
    lead = other.bound.figure.lead if other.bound else other.first
    between = sentence.words(one.last, lead)
    is_of_change = not _CHANGE.isdisjoint(between[-3:]) or not _CHANGE.isdisjoint(
        sentence.words(other.last, other.last + 1)
    )
    is_part = other.kind in COMPARED and all(value.unit == "percent" for value in other.values)
    is_named = any(n.of(NameKind.COMPANY) and one.last <= n.first < lead for n in sentence.names_near(lead))
    is_near = "," in between and len(between) <= _REACH and ";" not in between
    return is_near and is_part and is_of_change and (not is_named or not _BY.isdisjoint(between))


_BY = frozenset(("according", "laut", "zufolge", "angaben"))
_CHANGE = frozenset(
    ("increase", "rise", "drop", "decline", "fall", "gain", "up", "down", "decrease", "more", "less", "fewer")
) | frozenset(("plus", "minus", "mehr", "weniger", "zuwachs", "rückgang", "anstieg"))
COMPARED = frozenset(("growth", "return", "estimate", "financial_figure", "operating_metric", "guidance"))
_AGAINST = frozenset(("after", "from", "against", "nach", "gegenüber", "versus", "than"))
