"""Compiled loops that correlate the residuals of different events by calendar day. Imported only inside functions.

For all pairs of events that lie within the longest window the mean correlation of their residuals is needed. The sum of
z_i z_j over all pairs of two event days is the product of the days' sums, so that no matrix of events is ever made: one
column of summed standardised residuals an event day, kept for as many days as the longest window has, by calendar day
modulo the width of the ring. As long as all events of a day have the same complete window its counts are their number
and need not be kept by day.
"""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled
from rerating.measures.event_study.fit_kernels import product, total
from rerating.measures.event_study.layout import (
    COUNT,
    DAY,
    LENGTH,
    MEMBERS,
    RESIDUAL_MEAN,
    ROW,
    SQUARES,
    START,
    Block,
    Data,
    Floats,
    Integers,
    Request,
    Ring,
    Sums,
)


@compiled
def columns_times(columns: Floats, vector: Floats, out: Floats) -> None:
    """out[k] = sum over q, r of columns[q, r, k] * vector[4 q + r]."""
    quarters = vector.reshape(columns.shape[0], 4)
    out[:] = 0.0
    for q in range(columns.shape[0]):
        v0, v1, v2, v3 = quarters[q, 0], quarters[q, 1], quarters[q, 2], quarters[q, 3]
        for k in range(out.size):
            low = columns[q, 0, k] * v0 + columns[q, 1, k] * v1
            high = columns[q, 2, k] * v2 + columns[q, 3, k] * v3
            out[k] += low + high


@compiled
def count_range(count: Floats, first: int, size: int, events: float) -> None:
    """Adds `events` to the count of each of `size` days from `first` on, going round at the ring's end."""
    place = first % count.size
    head = min(size, count.size - place)
    early = count[place:]
    for j in range(head):
        early[j] += events
    for j in range(size - head):
        count[j] += events


@compiled
def shared_days(one: Integers, one_count: Floats, other: Integers, other_count: Floats) -> float:
    """Pairs of an event of one day and one of another that share a calendar day, summed over the days."""
    width = one_count.size
    overlap = 0.0
    if one[LENGTH] >= 0 and other[LENGTH] >= 0:
        common = min(one[START] + one[LENGTH], other[START] + other[LENGTH]) - max(one[START], other[START])
        overlap = float(one[MEMBERS] * other[MEMBERS] * max(0, common))
    elif one[LENGTH] >= 0:
        for j in range(one[LENGTH]):
            overlap += one[MEMBERS] * other_count[(one[START] + j) % width]
    elif other[LENGTH] >= 0:
        for j in range(other[LENGTH]):
            overlap += other[MEMBERS] * one_count[(other[START] + j) % width]
    else:
        overlap = product(one_count, other_count)
    return overlap


@compiled
def close_day(ring: Ring, correlation: Floats, pairs: Floats) -> None:
    """Correlates the open day's events with each other and with those of the days within the longest window before it,
    and puts the day into its column.

    The mean over the pairs of two days is the sum of products over the number of pairs that share each day; where all
    windows are complete that is exactly the mean of the pairwise Pearson correlations. Among the events of one day the
    squares of each with itself are taken out: their sum is the number of residuals, which are standardised.
    """
    depth = ring.about.shape[0]
    slot, day = ring.state[0], ring.state[1]
    today, today_count, about = ring.today[0], ring.today[1], ring.about[slot]
    n = float(about[MEMBERS])
    pairs[0] += n * (n - 1.0)
    if n > 1.0:
        own = n * about[LENGTH] if about[LENGTH] >= 0 else total(today_count)
        overlap = shared_days(about, today_count, about, today_count) - own
        if overlap > 0.0:
            correlation[0] += n * (n - 1.0) * (product(today, today) - own) / overlap
    if depth == 1:
        return
    near = 0
    for k in range(depth):
        near += k != slot and day - ring.about[k, DAY] < depth
    if near > 0:
        cross = np.empty(depth)
        columns_times(ring.columns, today, cross)
        for k in range(depth):
            distance = day - ring.about[k, DAY]
            if k == slot or distance >= depth:
                continue
            both = 2.0 * n * ring.about[k, MEMBERS]
            pairs[distance] += both
            overlap = shared_days(about, today_count, ring.about[k], ring.counts[k])
            if overlap > 0.0:
                correlation[distance] += both * cross[k] / overlap
    quarters = today.reshape(ring.columns.shape[0], 4)
    for q in range(ring.columns.shape[0]):
        for r in range(4):
            ring.columns[q, r, slot] = quarters[q, r]
    if about[LENGTH] < 0:
        ring.counts[slot, :] = today_count


@compiled
def add_regular(residual: Floats, level: float, scale: float, place: int, today: Floats) -> None:
    """Adds (residual - level) * scale from `place` on, going round at the ring's end."""
    head = min(residual.size, today.size - place)
    early, tail = today[place:], residual[head:]
    for j in range(head):
        early[j] += (residual[j] - level) * scale
    for j in range(tail.size):
        today[j] += (tail[j] - level) * scale


@compiled
def add_irregular(residual: Floats, level: float, scale: float, days: Integers, today: Floats, count: Floats) -> None:
    """The same day by day, where days are missing or the calendar has holes."""
    for j in range(residual.size):
        if not np.isnan(residual[j]):
            place = days[j] % today.size
            today[place] += (residual[j] - level) * scale
            count[place] += 1.0


@compiled
def ring_block(
    start: int,
    stop: int,
    request: Request,
    data: Data,
    used: Integers,
    fits: Floats,
    block: Block,
    ring: Ring,
    sums: Sums,
) -> None:
    """Takes the used events of a block into the ring; a new day closes the one before."""
    today, count, state = ring.today[0], ring.today[1], ring.state
    for i in range(start, stop):
        if used[i] == 0:
            continue
        b = i - start
        size = block.here[b]
        day = data.days[data.where[i, ROW]]
        if day != state[1]:
            if state[1] >= 0:
                close_day(ring, sums.correlation, sums.pairs)
            state[0], state[1] = (state[0] + 1) % ring.about.shape[0], day
            ring.about[state[0], DAY], ring.about[state[0], MEMBERS] = day, 0
            today[:] = 0.0
            count[:] = 0.0
        about = ring.about[state[0]]
        row = data.where[i, ROW] + request.edge - size
        first = data.days[row]
        residual = block.residual[b, request.estimation - size :]
        level, scale = fits[i, RESIDUAL_MEAN], np.sqrt(fits[i, COUNT] / fits[i, SQUARES])
        regular = block.complete[b] and data.days[row + size - 1] - first == size - 1
        if about[MEMBERS] == 0:
            about[START], about[LENGTH] = (first, size) if regular else (-1, -1)
        if about[LENGTH] >= 0 and not (regular and about[START] == first and about[LENGTH] == size):
            count_range(count, about[START], about[LENGTH], about[MEMBERS])
            about[START], about[LENGTH] = -1, -1
        about[MEMBERS] += 1
        if not regular:
            add_irregular(residual, level, scale, data.days[row : row + size], today, count)
            continue
        add_regular(residual, level, scale, first % today.size, today)
        if about[LENGTH] < 0:
            count_range(count, first, size, 1.0)
