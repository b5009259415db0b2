"""The re-rating under its two lenses, a chart each: their parts are never set side by side, let alone added."""

from __future__ import annotations

from collections.abc import Callable

from rerating.findings.decomposition import Change, Moved
from rerating.language.numbers import percent
from rerating.report.charts.rows import Bar, Row, Rows, row_charts
from rerating.statements.decomposition import CHANGED_ROWS, OWN, TOTAL, factor_name
from rerating.statements.facts import Share, ShareRange, Voice, written
from rerating.statements.statement import Kind, Statement, Template, said


def changed_charts(found: Change, voice: Voice, label: str) -> list[tuple[str, str]]:
    """The identity: estimates, roll, multiple and rate from zero, and their sum, the price, apart."""
    rows = [
        _bar(_word(template, voice), getattr(found, name), voice, apart=name == "price")
        for name, template in CHANGED_ROWS.items()
    ]
    return row_charts(Rows(rows=rows, word=_percent(voice), label=label))


def moved_charts(found: Moved, voice: Voice, label: str) -> list[tuple[str, str]]:
    """The regression: market and sector, the line's own rest with its band, and the sum of returns apart."""
    rows = [
        _bar(said(factor_name(part.factor), voice), part.part, voice, band=(part.low, part.high))
        for part in found.parts
    ]
    rows.append(_bar(_word(OWN, voice), found.own, voice, band=(found.own_low, found.own_high)))
    rows.append(_bar(_word(TOTAL, voice), found.total, voice, apart=True))
    return row_charts(Rows(rows=rows, word=_percent(voice), label=label))


def _bar(name: str, value: float, voice: Voice, *, band: tuple[float, float] | None = None, apart: bool = False) -> Row:
    figure = written(Share(value=value), voice, "signed")
    if band is not None:
        figure += f" ({written(ShareRange(low=band[0], high=band[1]), voice)})"
    tone = "fall" if value < 0 else "rise"
    colour = "bar sum" if apart else f"bar {tone}"
    return Row(
        name=name, value=figure, tone=tone, band=band, bars=(Bar(start=0.0, stop=value, class_=colour),), apart=apart
    )


def _word(template: Template, voice: Voice) -> str:
    return said(Statement(kind=Kind.ESTIMATE, template=template), voice)


def _percent(voice: Voice) -> Callable[[float, int], str]:
    return lambda value, digits: percent(value, voice.language, digits=digits, signed=True)
