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
    RESIDUAL_MEAN,
    SQUARES,
    Data,
    Floats,
    Integers,
    Request,
    Ring,
    Scratch,
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
def own_pairs(ring: Ring, sums: Sums) -> None:
    """Correlations of the open day's events among themselves: the squares of each with itself are taken out."""
    slot = ring.state[0]
    n, size = ring.members[slot], ring.ranges[slot, 1]
    sums.pairs[0] += n * (n - 1.0)
    if n < 2.0:
        return
    if size >= 0:
        own = n * size
        overlap = n * own - own
    else:
        own = total(ring.today_count)
        overlap = product(ring.today_count, ring.today_count) - own
    if overlap > 0.0:
        sums.correlation[0] += n * (n - 1.0) * (product(ring.today, ring.today) - own) / overlap


@compiled
def shared_days(k: int, ring: Ring) -> float:
    """Pairs of an event of the open day and one of column k that share a day, summed over the days; not all regular."""
    slot = ring.state[0]
    first, size = ring.ranges[slot, 0], ring.ranges[slot, 1]
    other, length = ring.ranges[k, 0], ring.ranges[k, 1]
    width = ring.today.size
    overlap = 0.0
    if size < 0 and length < 0:
        overlap = product(ring.today_count, ring.counts[k])
    elif length < 0:
        for j in range(size):
            overlap += ring.members[slot] * ring.counts[k, (first + j) % width]
    else:
        for j in range(length):
            overlap += ring.members[k] * ring.today_count[(other + j) % width]
    return overlap


@compiled
def other_pairs(ring: Ring, sums: Sums) -> None:
    """Correlations of the open day's events with those of the days within the longest window before it.

    The mean over the pairs of two days is the sum of products over the number of pairs that share each day; where all
    windows are complete that is exactly the mean of the pairwise Pearson correlations.
    """
    depth = ring.members.size
    slot, day = ring.state[0], ring.state[1]
    n, first, size = ring.members[slot], ring.ranges[slot, 0], ring.ranges[slot, 1]
    near = 0
    for k in range(depth):
        near += k != slot and day - ring.days[k] < depth
    if near == 0:
        return
    columns_times(ring.columns, ring.today, ring.cross)
    for k in range(depth):
        distance = day - ring.days[k]
        if k == slot or distance >= depth:
            continue
        m, other, length = ring.members[k], ring.ranges[k, 0], ring.ranges[k, 1]
        if size >= 0 and length >= 0:
            overlap = n * m * max(0, min(first + size, other + length) - max(first, other))
        else:
            overlap = shared_days(k, ring)
        sums.pairs[distance] += 2.0 * n * m
        if overlap > 0.0:
            sums.correlation[distance] += 2.0 * n * m * ring.cross[k] / overlap


@compiled
def close_day(ring: Ring, sums: Sums) -> None:
    """Correlates the open day with itself and the days before, and puts it into its column."""
    own_pairs(ring, sums)
    if ring.members.size == 1:
        return
    other_pairs(ring, sums)
    slot = ring.state[0]
    quarters = ring.today.reshape(ring.columns.shape[0], 4)
    for q in range(ring.columns.shape[0]):
        for r in range(4):
            ring.columns[q, r, slot] = quarters[q, r]
    if ring.ranges[slot, 1] < 0:
        ring.counts[slot, :] = ring.today_count


@compiled
def open_day(day: int, ring: Ring) -> None:
    """Takes the next column for a new day."""
    slot = (ring.state[0] + 1) % ring.members.size
    ring.state[0], ring.state[1] = slot, day
    ring.days[slot] = day
    ring.members[slot] = 0.0
    ring.today[:] = 0.0
    ring.today_count[:] = 0.0


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
def add_irregular(
    residual: Floats, level: float, scale: float, days: Integers, today: Floats, today_count: Floats
) -> None:
    """The same day by day, where days are missing or the calendar has holes."""
    for j in range(residual.size):
        if not np.isnan(residual[j]):
            place = days[j] % today.size
            today[place] += (residual[j] - level) * scale
            today_count[place] += 1.0


@compiled
def ring_block(
    start: int,
    stop: int,
    request: Request,
    data: Data,
    used: Integers,
    fits: Floats,
    scratch: Scratch,
    ring: Ring,
    sums: Sums,
) -> None:
    """Takes the used events of a block into the ring; a new day closes the one before."""
    today, today_count, ranges, members = ring.today, ring.today_count, ring.ranges, ring.members
    for i in range(start, stop):
        if used[i] == 0:
            continue
        b = i - start
        size = scratch.here[b]
        day = data.days[data.row[i]]
        if day != ring.state[1]:
            if ring.state[1] >= 0:
                close_day(ring, sums)
            open_day(day, ring)
        slot = ring.state[0]
        row = data.row[i] + request.edge - size
        first = data.days[row]
        residual = scratch.residual[b, request.estimation - size :]
        level, scale = fits[i, RESIDUAL_MEAN], np.sqrt(fits[i, COUNT] / fits[i, SQUARES])
        regular = scratch.complete[b] and data.days[row + size - 1] - first == size - 1
        if members[slot] == 0.0:
            ranges[slot, 0], ranges[slot, 1] = (first, size) if regular else (-1, -1)
        if ranges[slot, 1] >= 0 and not (regular and ranges[slot, 0] == first and ranges[slot, 1] == size):
            count_range(today_count, ranges[slot, 0], ranges[slot, 1], members[slot])
            ranges[slot, 0], ranges[slot, 1] = -1, -1
        members[slot] += 1.0
        if not regular:
            add_irregular(residual, level, scale, data.days[row : row + size], today, today_count)
            continue
        add_regular(residual, level, scale, first % today.size, today)
        if ranges[slot, 1] < 0:
            count_range(today_count, first, size, 1.0)
