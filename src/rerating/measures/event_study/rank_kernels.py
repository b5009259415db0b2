"""Compiled ranks: exact mid-ranks of one event's series in about linear time. Imported only inside functions."""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rerating.core.compile import compiled
from rerating.measures.event_study.layout import BUCKETS, Floats, Integers

Small = npt.NDArray[np.int32]

# Buckets reach this many standard deviations to each side; what lies outside shares the last ones.
REACH = 3.5


@compiled
def throw(values: Floats, scale: float, bucket: Small, tally: Small, ordered: Floats, order: Small) -> None:
    """Throws the values into buckets, in the order of their size but for those that share a bucket."""
    half = 0.5 * BUCKETS
    step = half / (REACH * scale)
    top = BUCKETS - 1.0
    for i in range(values.size):
        bucket[i] = np.int32(min(max(values[i] * step + half, 0.0), top))
    tally[:] = 0
    for i in range(values.size):
        tally[bucket[i]] += 1
    place = 0
    for b in range(BUCKETS):
        here = tally[b]
        tally[b] = place
        place += here
    for i in range(values.size):
        b = bucket[i]
        to = tally[b]
        ordered[to] = values[i]
        order[to] = i
        tally[b] = to + 1


@compiled
def insert(ordered: Floats, order: Small) -> bool:
    """Sorts by insertion, `order` along; True where no two values are equal."""
    distinct = True
    for i in range(1, ordered.size):
        value = ordered[i]
        if ordered[i - 1] < value:
            continue
        item = order[i]
        j = i
        while j > 0 and ordered[j - 1] > value:
            ordered[j] = ordered[j - 1]
            order[j] = order[j - 1]
            j -= 1
        ordered[j] = value
        order[j] = item
        if j > 0 and ordered[j - 1] == value:
            distinct = False
    return distinct


@compiled
def arrange(values: Floats, scale: float, bucket: Small, tally: Small, ordered: Floats, order: Small) -> bool:
    """Sorts `values` into `ordered`, with their places in `order`; True where no two are equal.

    The buckets only make the sorting by insertion short: where they are badly chosen the result is the same and takes
    longer.
    """
    throw(values, scale, bucket, tally, ordered, order)
    return insert(ordered[: values.size], order)


@compiled
def add_scores(ordered: Floats, order: Small, distinct: bool, place: Integers, sums: Floats) -> None:
    """Adds rank / (1 + number) - 1/2 of each sorted value at its place; equal ones share the mean of their ranks."""
    number = ordered.size
    step = 1.0 / (1.0 + number)
    if distinct:
        for i in range(number):
            sums[place[order[i]]] += (i + 1) * step - 0.5
        return
    start = 0
    while start < number:
        stop = start + 1
        while stop < number and ordered[stop] == ordered[start]:
            stop += 1
        score = 0.5 * (start + 1 + stop) * step - 0.5
        for i in range(start, stop):
            sums[place[order[i]]] += score
        start = stop


@compiled
def mid_ranks(ordered: Floats, order: Small, distinct: bool, ranks: Floats) -> None:
    """Rank (1 is smallest) of each value at its own place; equal ones share the mean."""
    number = ordered.size
    start = 0
    while start < number:
        stop = start + 1
        while not distinct and stop < number and ordered[stop] == ordered[start]:
            stop += 1
        for i in range(start, stop):
            ranks[order[i]] = 0.5 * (start + 1 + stop)
        start = stop


@compiled
def rank_among(values: Floats, one: float) -> float:
    """Rank that `one` takes among `values` and itself; equal ones share the mean."""
    below, equal = 0, 0
    for i in range(values.size):
        below += values[i] < one
        equal += values[i] == one
    return 1.0 + below + 0.5 * equal


@compiled
def add_with_one(values: Floats, ranks: Floats, one: float, place: Integers, sums: Floats, counts: Floats) -> None:
    """Adds the scores of `values` when `one` is ranked together with them, whose ranks without it are `ranks`."""
    step = 1.0 / (2.0 + values.size)
    for i in range(values.size):
        rank = ranks[i] + (values[i] > one) + 0.5 * (values[i] == one)
        sums[place[i]] += rank * step - 0.5
        counts[place[i]] += 1.0
