"""The trend around a price: averages, RSI, volatility, beta, drawdown, volume rank, relative strength."""

from __future__ import annotations

from typing import Literal

import numpy as np

from rerating.core.types import Gap, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.price_move import bars_in
from rerating.findings.series import Series
from rerating.findings.study import Study
from rerating.measures import trend as measures

AVERAGES = (50, 200)
RSI_SESSIONS = 14
VOLATILITIES = (21, 63, 252)
YEAR = 252
STRENGTHS = (21, 63, 252)

DEFINITION = (
    "Averages are of closes over 50 and 200 sessions; RSI after Wilder over 14; volatility is the deviation of "
    "log returns times the root of 252; beta is the least-squares slope over 252 sessions; drawdown is against the "
    "highest close of 252 sessions; the volume's percentile is among those of 252 sessions; relative strength is the "
    "line's compound return less the benchmark's over 21, 63 and 252 sessions. Prices are split-adjusted and not "
    "adjusted for dividends unless the line's basis says so."
)


class Average(Figure):
    """A moving average of closes and the close's distance from it (close / average - 1)."""

    sessions: int
    level: float | Gap
    distance: float | Gap


class Volatility(Figure):
    """Annualised volatility over a number of sessions."""

    sessions: int
    value: float | Gap


class Strength(Figure):
    """Compound return of the line less that of a benchmark, over a number of sessions."""

    benchmark: str
    sessions: int
    excess: float | Gap


class Trend(Figure):
    """Trend figures of one line."""

    kind: Literal["trend"] = "trend"
    listing: str
    averages: tuple[Average, ...]
    rsi_14: float | Gap
    volatility: tuple[Volatility, ...]
    beta: float | Gap
    beta_benchmark: str | Gap
    drawdown_52w: float | Gap
    deepest_drawdown_52w: float | Gap
    volume_percentile: float | Gap
    relative_strength: tuple[Strength, ...]
    basis: Basis


def trend(study: Study) -> Trend:
    """The trend figures of the study's line at its cutoff."""
    line = study.line
    trail = Trail(study.view)
    stop = line.last + 1
    closes, returns, volumes = line.close[:stop], line.returns[:stop], line.volume[:stop]
    year = closes[-YEAR:]
    full = year.size == YEAR

    def known(value: float | None, what: str, sessions: int) -> float | Gap:
        if value is not None:
            return value
        detail = f"{sessions} sessions without a gap are needed; collect a fuller history"
        return trail.gap(Gap(question=f"{what} of {line.listing.key}", why=Why.TOO_SHORT, detail=detail))

    source = trail.rows(bars_in(line, slice(max(0, stop - YEAR), stop)), f"closes of the last {YEAR} sessions")
    mark = study.marks[0] if study.marks else None
    beta = None if mark is None else measures.beta(returns, mark.returns[:stop], YEAR)
    return Trend(
        listing=line.listing.key,
        averages=tuple(_average(line, closes, n, known, source) for n in AVERAGES),
        rsi_14=known(measures.relative_strength_index(closes, RSI_SESSIONS), "RSI", RSI_SESSIONS + 1),
        volatility=tuple(
            Volatility(sessions=n, value=known(measures.realised_volatility(returns, n), "volatility", n), src=source)
            for n in VOLATILITIES
        ),
        beta=study.no_benchmark if mark is None else known(beta, "beta", YEAR // 2),
        beta_benchmark=study.no_benchmark if mark is None else mark.name,
        drawdown_52w=known(measures.drawdown(year) if full else None, "drawdown", YEAR),
        deepest_drawdown_52w=known(measures.deepest_drawdown(year) if full else None, "deepest drawdown", YEAR),
        volume_percentile=known(
            measures.percentile(volumes[-YEAR - 1 :]) if np.isfinite(volumes[-YEAR:]).sum() > YEAR / 2 else None,
            "percentile of the volume",
            YEAR // 2,
        ),
        relative_strength=tuple(
            Strength(
                benchmark=bench.name,
                sessions=n,
                excess=known(
                    _excess(returns, bench.returns[:stop], n),
                    f"relative strength against {bench.name} over {n} sessions",
                    n,
                ),
                src=(
                    *source,
                    *trail.rows(bench.rows(line.days[max(0, stop - n - 1)], line.days[stop - 1]), bench.name),
                ),
            )
            for bench in study.marks
            for n in STRENGTHS
        ),
        basis=trail.basis(DEFINITION),
        src=source,
    )


def _average(line: Series, closes: np.ndarray, sessions: int, known: object, source: tuple[str, ...]) -> Average:
    level = known(measures.moving_average(closes, sessions), f"{sessions}-session average", sessions)  # type: ignore[operator]
    distance = level if isinstance(level, Gap) else float(line.close[line.last]) / level - 1.0
    return Average(sessions=sessions, level=level, distance=distance, src=source)


def _excess(returns: np.ndarray, benchmark: np.ndarray, sessions: int) -> float | None:
    own, other = measures.compound(returns, sessions), measures.compound(benchmark, sessions)
    return None if own is None or other is None else own - other
