"""Compiled loops over many events: fit, abnormal returns, and the sums that the cross-event tests need.

Events come sorted by day and go through in blocks. Per event only what has the width of the event window is kept;
residuals live in the room of one block and go into sums over event time and into the ring of the last event days.
"""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled_bare, compiled_bare_part
from rerating.measures.event_study.fit_kernels import fit_block
from rerating.measures.event_study.layout import (
    BLOCK,
    COUNT,
    FIT,
    MISSING_IN_WINDOW,
    NO_DAY,
    THIN_TRADING,
    TODAY,
    VARIANCE,
    Block,
    Data,
    Floats,
    Integers,
    Request,
    Results,
    Ring,
    Sums,
)
from rerating.measures.event_study.rank_kernels import RankRoom, rank
from rerating.measures.event_study.ring_kernels import close_day, ring_block
from rerating.measures.event_study.window_kernels import windows_block


@compiled_bare_part
def positive_share(b: int, residual: Floats) -> int:
    """How many residuals of the block's event b are positive; missing ones are not."""
    positive = 0
    for j in range(residual.shape[1]):
        positive += residual[b, j] > 0.0
    return positive


@compiled_bare_part
def select_block(start: int, stop: int, request: Request, block: Block, results: Results) -> None:
    """Share of positive residuals, the flag for thin trading, and whether the event is used."""
    for i in range(start, stop):
        if results.codes[i] != FIT:
            continue
        b = i - start
        if request.signs:
            block.residual[b, : request.estimation - block.here[b]] = np.nan
            results.positive[i] = positive_share(b, block.residual) / results.fits[i, COUNT]
        if block.zeros[b] > 0 and block.zeros[b] >= request.thin * results.fits[i, COUNT]:
            results.flags[i] |= THIN_TRADING
        if results.flags[i] & request.drop == 0:
            results.used[i] = 1


@compiled_bare_part
def add_row(b: int, residual: Floats, sums: Floats) -> None:
    """Adds a row to the sums."""
    for j in range(sums.size):
        sums[j] += residual[b, j]


@compiled_bare_part
def residual_block(start: int, stop: int, block: Block, used: Integers, sums: Floats, counts: Floats) -> None:
    """Adds the residuals of the used events to the sums by event time, aligned at the end of the window."""
    whole = 0.0
    for i in range(start, stop):
        if used[i] == 0:
            continue
        b = i - start
        if block.complete[b] and block.here[b] == sums.size:
            whole += 1.0
            add_row(b, block.residual, sums)
            continue
        for j in range(sums.size - block.here[b], sums.size):
            if not np.isnan(block.residual[b, j]):
                sums[j] += block.residual[b, j]
                counts[j] += 1.0
    for j in range(counts.size):
        counts[j] += whole


@compiled_bare_part
def collect(
    b: int, here: int, residual: Floats, i: int, days: int, abnormal: Floats, values: Floats, place: Integers
) -> int:
    """Puts the residuals and abnormal returns that are not missing into `values`; returns their number.

    The last `here` of row b of the residuals, and the first `days` of row i of the abnormal returns.
    """
    number, room = 0, residual.shape[1]
    for j in range(room - here, room):
        if not np.isnan(residual[b, j]):
            values[number] = residual[b, j]
            place[number] = j
            number += 1
    for d in range(days):
        if not np.isnan(abnormal[i, d]):
            values[number] = abnormal[i, d]
            place[number] = room + d
            number += 1
    return number


@compiled_bare_part
def collect_all(b: int, residual: Floats, i: int, abnormal: Floats, values: Floats) -> None:
    """The same where nothing is missing: each value at its own place."""
    for j in range(residual.shape[1]):
        values[j] = residual[b, j]
    room = residual.shape[1]
    for d in range(values.size - room):
        values[room + d] = abnormal[i, d]


@compiled_bare_part
def add_scores(number: int, twice: Integers, place: Integers, sums: Floats, counts: Floats) -> None:
    """Adds rank / (1 + number) - 1/2 of each value at its place."""
    step = 0.5 / (1.0 + number)
    for k in range(number):
        sums[place[k]] += twice[k] * step - 0.5
        counts[place[k]] += 1.0


@compiled_bare_part
def add_ranks(twice: Integers, sums: Integers) -> None:
    """Adds up the ranks of events that miss nothing: whole numbers, so that no rounding comes in."""
    for k in range(sums.size):
        sums[k] += twice[k]


@compiled_bare_part
def rank_block(start: int, stop: int, block: Block, results: Results, room: RankRoom, sums: Sums) -> None:
    """Corrado's ranks over estimation and event window, as rank / (1 + number) - 1/2, summed by event time."""
    estimation = block.residual.shape[1]
    for i in range(start, stop):
        if results.used[i] == 0:
            continue
        b = i - start
        scale = np.sqrt(results.fits[i, VARIANCE])
        missing = results.flags[i] & MISSING_IN_WINDOW
        if block.complete[b] and block.here[b] == estimation and not missing:
            collect_all(b, block.residual, i, results.abnormal, room.values)
            rank(room.values.size, scale, room)
            add_ranks(room.twice, sums.whole_ranks)
            sums.whole[0] += 1
            continue
        days = room.values.size - estimation
        number = collect(b, block.here[b], block.residual, i, days, results.abnormal, room.values, block.place)
        rank(number, scale, room)
        add_scores(number, room.twice, block.place, sums.rank, sums.rank_count)


@compiled_bare
def study(request: Request, data: Data, results: Results, sums: Sums, block: Block, ring: Ring, room: RankRoom) -> None:
    """All events in the order given (by day): fills `results`, and `sums` over the events that are used."""
    number = results.codes.size
    for start in range(0, number, BLOCK):
        stop = min(start + BLOCK, number)
        fit_block(start, stop, request, data, results.codes, results.fits, block)
        for i in range(start, stop):
            for k in range(request.size):
                results.slopes[i, k] = block.line[i - start, 0, k]
        windows_block(start, stop, request, data, block, results)
        select_block(start, stop, request, block, results)
        if request.residuals:
            residual_block(start, stop, block, results.used, sums.residual, sums.residual_count)
        if request.ranks:
            rank_block(start, stop, block, results, room, sums)
        if request.correlation > 0:
            ring_block(start, stop, request, data, results.used, results.fits, block, ring, sums)
    if request.correlation > 0 and ring.state[TODAY] != NO_DAY:
        close_day(ring, sums.correlation, sums.pairs)
    step = 0.5 / (1.0 + sums.rank.size)
    for k in range(sums.rank.size):
        sums.rank[k] += sums.whole_ranks[k] * step - 0.5 * sums.whole[0]
        sums.rank_count[k] += sums.whole[0]
