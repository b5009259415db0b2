"""The forecast: for each horizon the distribution of the excess return, half and nine tenths of it as bars."""

from __future__ import annotations

from collections.abc import Sequence

from rerating.language.languages import NBSP
from rerating.language.nouns import noun
from rerating.language.numbers import percent
from rerating.outlook.answer import Forecast
from rerating.report.charts.rows import Bar, Row, Rows, row_charts
from rerating.statements.facts import ShareRange, Voice, written

_HALF = (0.25, 0.75)


def forecast_charts(found: Sequence[Forecast], voice: Voice, label: str) -> list[tuple[str, str]]:
    """One row a horizon: the range at its level, the middle half, the median as a stroke; zero is no difference."""
    rows = []
    for one in found:
        quantiles = dict(zip(one.distribution.levels, one.distribution.simple, strict=True))
        bars = [Bar(start=one.range.low, stop=one.range.high, height=14, class_="shade")]
        if all(level in quantiles for level in _HALF):
            bars.append(Bar(start=quantiles[_HALF[0]], stop=quantiles[_HALF[1]], height=14, class_="shade deep"))
        rows.append(
            Row(
                name=f"{one.horizon}{NBSP}{noun('session', voice.language).form('nominative', plural=True)}",
                value=written(ShareRange(low=one.range.low, high=one.range.high), voice),
                bars=tuple(bars),
                strokes=(quantiles[0.5],) if 0.5 in quantiles else (),
            )
        )

    def word(value: float, digits: int) -> str:
        return percent(value, voice.language, digits=digits, signed=True)

    return row_charts(Rows(rows=rows, word=word, label=label))
