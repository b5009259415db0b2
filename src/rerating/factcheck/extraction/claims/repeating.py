"""Headings and bullets that repeat what the text tells: `Grünes Licht für 14 Spiele`, `Federal loan: $350 million`.

They are too short to say whose it is; the paragraph that tells the same figure does.
"""

from __future__ import annotations

from collections import defaultdict

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.layout import BlockRole

_SHORT = (BlockRole.BULLET, BlockRole.HEADING, BlockRole.TITLE)
_LOOSE = frozenset(("operating_metric", "financial_figure", "corporate_event", "guidance", "capex"))
"""What a figure without a verb is taken for; told in the text as a policy, it is that policy's."""

_Told = tuple[tuple[float | int | str, str, str | None, str], ...]


def repeated(drafts: list[Draft]) -> None:
    """Gives figures of headings and bullets the subject that the text gives the same figure."""
    told: dict[_Told, list[Draft]] = defaultdict(list)
    short: list[Draft] = []
    for draft in drafts:
        if not draft.values:
            continue
        if draft.sentence.role in _SHORT:
            short.append(draft)
        else:
            told[_figures(draft)].append(draft)
    for draft in short:
        same = [each for each in told.get(_figures(draft), ()) if _is_same(draft, each)]
        if same and len({each.subject.name for each in same}) == 1:
            draft.subject, draft.kind, draft.metric = same[0].subject, same[0].kind, same[0].metric


def _figures(draft: Draft) -> _Told:
    return tuple((value.value, value.unit, value.currency, value.role) for value in draft.values)


def _is_same(short: Draft, told: Draft) -> bool:
    if short.kind == told.kind == "policy_event":
        return True
    if told.kind == "policy_event":
        return short.kind in _LOOSE and all(value.unit != "percent" for value in short.values)
    return short.kind == told.kind and short.metric == told.metric
