"""Compiled loops that correlate the residuals of different events by calendar day. Imported only inside functions.

For all pairs of events that lie within the longest window the mean correlation of their residuals is needed. The sum of
z_i z_j over all pairs of two event days is the product of the days' sums, so that no matrix of events is ever made: one
row of summed standardised residuals an event day, kept for as many days as the longest window has, by calendar day
modulo the width of the ring. As long as all events of a day have the same complete window its counts are their number
and need not be kept by day; their residuals are summed in place and put into the ring once.
"""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled_bare, compiled_bare_part
from rerating.measures.event_study.lanes import four_products, product, total
from rerating.measures.event_study.layout import (
    COUNT,
    DAY,
    LENGTH,
    MEMBERS,
    NO_DAY,
    OLDEST,
    RESIDUAL_MEAN,
    ROW,
    SINCE,
    SQUARES,
    START,
    TODAY,
    Block,
    Data,
    Floats,
    Integers,
    Request,
    Ring,
    Sums,
)


@compiled_bare_part
def count_range(count: Floats, first: int, size: int, events: float) -> None:
    """Adds `events` to the count of each of `size` days from `first` on, going round at the ring's end."""
    place = first % count.size
    head = min(size, count.size - place)
    early = count[place:]
    for j in range(head):
        early[j] += events
    for j in range(size - head):
        count[j] += events


@compiled_bare_part
def counted_days(begun: int, length: int, members: int, counts: Floats) -> float:
    """`shared_days` where the one has `members` events with the same complete window and the other counts by day."""
    overlap = 0.0
    for j in range(length):
        overlap += members * counts[(begun + j) % counts.size]
    return overlap


@compiled_bare_part
def shared_days(one: Integers, one_count: Floats, other: Integers, other_count: Floats) -> float:
    """Pairs of an event of one day and one of another that share a calendar day, summed over the days, where the events
    of at least one of the two have windows of their own.
    """
    if other[LENGTH] >= 0:
        return counted_days(other[START], other[LENGTH], other[MEMBERS], one_count)
    if one[LENGTH] >= 0:
        return counted_days(one[START], one[LENGTH], one[MEMBERS], other_count)
    return product(one_count, other_count)


@compiled_bare_part
def unroll(whole: Floats, since: int, today: Floats) -> None:
    """Adds the sums that lie in one piece to the ring, from the place of their first day on."""
    place = since % today.size
    head = min(whole.size, today.size - place)
    early, tail = today[place:], whole[head:]
    for j in range(head):
        early[j] += whole[j]
    for j in range(tail.size):
        today[j] += tail[j]


@compiled_bare
def close_day(ring: Ring, correlation: Floats, pairs: Floats) -> None:
    """Correlates the open day's events with each other and with those of the days within the longest window before it,
    and puts the day into its row. A day that does not lie before the open one is never looked at.

    The mean over the pairs of two days is the sum of products over the number of pairs that share each day; where all
    windows are complete that is exactly the mean of the pairwise Pearson correlations. Among the events of one day the
    squares of each with itself are taken out: their sum is the number of residuals, which are standardised.
    """
    about, today, today_count, columns, counts = ring.about, ring.today, ring.today_count, ring.columns, ring.counts
    depth, day = about.shape[0], ring.state[TODAY]
    one = about[depth - 1]
    if ring.state[SINCE] >= 0:
        unroll(ring.whole, ring.state[SINCE], today)
    n, begun, length = float(one[MEMBERS]), one[START], one[LENGTH]
    pairs[0] += n * (n - 1.0)
    if n > 1.0:
        own = n * length if length >= 0 else total(today_count)
        overlap = n * n * length if length >= 0 else product(today_count, today_count)
        if overlap > own:
            correlation[0] += n * (n - 1.0) * (product(today, today) - own) / (overlap - own)
    for start in range(0, depth - 1, 4):
        stop = min(start + 4, depth - 1)
        near = 0
        for k in range(start, stop):
            near += 0 < day - about[k, DAY] < depth
        if near == 0:
            continue
        cross = four_products(columns, start, today)
        for k in range(start, stop):
            distance = day - about[k, DAY]
            if not 0 < distance < depth:
                continue
            both = n * about[k, MEMBERS]
            common = min(begun + length, about[k, START] + about[k, LENGTH]) - max(begun, about[k, START])
            overlap = both * max(0, common)
            if length < 0 or about[k, LENGTH] < 0:
                overlap = shared_days(one, today_count, about[k], counts[k])
            pairs[distance] += 2.0 * both
            if overlap > 0.0:
                correlation[distance] += 2.0 * both * cross[k - start] / overlap
    if depth > 1:
        keep_day(ring, ring.state[OLDEST])
        ring.state[OLDEST] = (ring.state[OLDEST] + 1) % (depth - 1)


@compiled_bare_part
def keep_day(ring: Ring, row: int) -> None:
    """Puts the open day into a row."""
    open_row = ring.about.shape[0] - 1
    for k in range(ring.about.shape[1]):
        ring.about[row, k] = ring.about[open_row, k]
    for j in range(ring.today.size):
        ring.columns[row, j] = ring.today[j]
    if ring.about[row, LENGTH] < 0:
        for j in range(ring.today.size):
            ring.counts[row, j] = ring.today_count[j]


@compiled_bare_part
def open_day(day: int, ring: Ring) -> None:
    """A new day without events."""
    ring.state[TODAY], ring.state[SINCE] = day, -1
    one = ring.about[ring.about.shape[0] - 1]
    one[DAY], one[MEMBERS] = day, 0
    ring.whole[:] = 0.0
    ring.today[:] = 0.0
    ring.today_count[:] = 0.0


@compiled_bare_part
def add_whole(b: int, residual: Floats, level: float, scale: float, whole: Floats) -> None:
    """Adds (residual - level) * scale of the block's event b, whose window is complete and long."""
    for j in range(whole.size):
        whole[j] += (residual[b, j] - level) * scale


@compiled_bare_part
def add_regular(residual: Floats, level: float, scale: float, place: int, today: Floats) -> None:
    """The same from `place` on, going round at the ring's end."""
    head = min(residual.size, today.size - place)
    early, tail = today[place:], residual[head:]
    for j in range(head):
        early[j] += (residual[j] - level) * scale
    for j in range(tail.size):
        today[j] += (tail[j] - level) * scale


@compiled_bare_part
def add_irregular(residual: Floats, level: float, scale: float, days: Integers, today: Floats, count: Floats) -> None:
    """The same day by day, where days are missing or the calendar has holes."""
    width = today.size
    turn = days[0] - days[0] % width
    for j in range(residual.size):
        if not np.isnan(residual[j]):
            place = days[j] - turn
            if place >= width:
                place -= width
            if not 0 <= place < width:
                place = days[j] % width
            today[place] += (residual[j] - level) * scale
            count[place] += 1.0


@compiled_bare_part
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
    today, count, room = ring.today, ring.today_count, request.estimation
    one = ring.about[ring.about.shape[0] - 1]
    for i in range(start, stop):
        if used[i] == 0:
            continue
        b = i - start
        size = block.here[b]
        day = data.days[data.where[i, ROW]]
        if day != ring.state[TODAY]:
            if ring.state[TODAY] != NO_DAY:
                close_day(ring, sums.correlation, sums.pairs)
            open_day(day, ring)
        row = data.where[i, ROW] + request.edge - size
        first = data.days[row]
        level, scale = fits[i, RESIDUAL_MEAN], np.sqrt(fits[i, COUNT] / fits[i, SQUARES])
        regular = block.complete[b] and data.days[row + size - 1] - first == size - 1
        if one[MEMBERS] == 0:
            one[START], one[LENGTH] = (first, size) if regular else (-1, -1)
        begun, length = one[START], one[LENGTH]
        if length >= 0 and not (regular and begun == first and length == size):
            count_range(count, begun, length, one[MEMBERS])
            one[START], one[LENGTH] = -1, -1
        one[MEMBERS] += 1
        if regular and size == room and ring.state[SINCE] in (-1, first):
            ring.state[SINCE] = first
            add_whole(b, block.residual, level, scale, ring.whole)
        elif regular:
            add_regular(block.residual[b, room - size :], level, scale, first % today.size, today)
        else:
            days = data.days[row : row + size]
            add_irregular(block.residual[b, room - size :], level, scale, days, today, count)
            continue
        if one[LENGTH] < 0:
            count_range(count, first, size, 1.0)
