"""Compiled loops of the second run over the events, for the rank tests on standardised abnormal returns.

What they rank needs the cross-sectional standard deviations of the first run. The fits are made once more instead of
being kept: that costs less than the memory would. Imported only inside functions.
"""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled_bare, compiled_bare_part
from rerating.measures.event_study.batch_kernels import add_scores, collect
from rerating.measures.event_study.fit_kernels import fit_block
from rerating.measures.event_study.layout import (
    BLOCK,
    GIVEN,
    ROW,
    SHARE,
    VARIANCE,
    Block,
    Data,
    Floats,
    Integers,
    RankSums,
    Request,
)
from rerating.measures.event_study.rank_kernels import RankRoom, add_with_one, rank, rank_among


@compiled_bare_part
def standard_errors(
    row: int, request: Request, factors: Floats, line: Floats, spread: Floats, fit: Floats, out: Floats
) -> None:
    """Standard deviation by which each residual of the estimation window, from `row` on, is scaled.

    The prediction error's, s sqrt(1 + share + (x - centre)' spread (x - centre)), as for the days of the event window.
    """
    size = request.size
    for j in range(out.size):
        value = 1.0 + fit[SHARE]
        for k in range(size):
            dk = factors[request.columns[k], row + j] - line[1, k]
            for m in range(size):
                value += spread[k, m] * dk * (factors[request.columns[m], row + j] - line[1, m])
        out[j] = np.sqrt(fit[VARIANCE] * value)


@compiled_bare
def rank_again(
    request: Request,
    data: Data,
    codes: Integers,
    fits: Floats,
    used: Integers,
    daily: Floats,
    ones: Floats,
    sums: RankSums,
    block: Block,
    room: RankRoom,
) -> None:
    """All used events once more, in the same order.

    `daily` [n, days] is SAR over the cross-sectional standard deviation of that day's SAR: it is ranked together with
    the standardised residuals (Corrado and Zivney). `ones` [n, c] is the same of each tested column: each is ranked as
    one value among the residuals (Kolari and Pynnonen).
    """
    estimation = request.estimation
    place, sar = block.place, block.residual
    for start in range(0, used.size, BLOCK):
        stop = min(start + BLOCK, used.size)
        fit_block(start, stop, request, data, codes, fits, block)
        for i in range(start, stop):
            if used[i] == 0:
                continue
            b = i - start
            here = block.here[b]
            own = block.y[:here]
            if request.kind == GIVEN:
                for j in range(here):
                    own[j] = data.given[i, 2 * estimation - here + j]
            else:
                row = data.where[i, ROW] + request.edge - here
                standard_errors(row, request, data.factors, block.line[b], block.spread[b], fits[i], own)
            for j in range(here):
                sar[b, estimation - here + j] /= own[j]
            number = collect(b, here, sar, i, daily.shape[1], daily, room.values, place)
            rank(number, 1.0, room)
            add_scores(number, room.twice, place, sums.zivney, sums.zivney_count)
            number = collect(b, here, sar, i, 0, daily, room.values, place)
            rank(number, 1.0, room)
            for c in range(ones.shape[1]):
                one = ones[i, c]
                if np.isnan(one):
                    continue
                add_with_one(number, room.values, room.twice, one, place, c, sums.general, sums.general_count)
                sums.event[c] += rank_among(number, room.values, one) / (2.0 + number) - 0.5
                sums.event_count[c] += 1.0
