"""Compiled ranks: exact mid-ranks of one event's series in about linear time. Imported only inside functions.

Every value falls into one of 8,192 buckets, by size. Its rank is the number of values in lower buckets, which is the
number of bits set below its own in a map of the buckets: nothing has to be sorted. About nine of 271 values fall into a
bucket that is taken; a second map takes them, and each is compared with the one that came first. The few that come
third are compared with all. Where there are many of those (ties, a bad scale) the values are sorted after all. The
scale decides how long that takes and never what comes out.
"""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rerating.core.compile import compiled_bare, compiled_bare_part
from rerating.measures.event_study.lanes import ones
from rerating.measures.event_study.layout import Floats, Integers

Small = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]
Word = np.uint64

# Buckets reach this many standard deviations to each side; what lies outside shares the last ones.
REACH = 5.0
BUCKETS = 8192
WORDS = BUCKETS // 64

# The same for sorting, which is the slow way.
WIDE_BUCKETS = 512

# More values than this that come third to a bucket are not worth comparing with all.
MOST_THIRD = 12


class RankRoom(NamedTuple):
    """Room for the ranks of up to n values."""

    values: Floats  # [n]
    twice: Integers  # [n] twice the mid-rank, a whole number
    bucket: Integers  # [n]
    late: Integers  # [n] places of the values that came to a bucket that was taken
    early: Integers  # [n] and of those that had come before them
    third: Integers  # [n] places of the values that came to a bucket that held two
    first: Words  # [words] which buckets hold a value
    second: Words  # [words] which hold two
    below: Integers  # [words] values in the words before
    owner: Integers  # [buckets] place of the value that came last
    ordered: Floats  # [n]
    order: Small  # [n]
    tally: Small  # [wide buckets]


def rank_room(n: int) -> RankRoom:
    """Room for n values."""
    return RankRoom(
        values=np.empty(n),
        twice=np.empty(n, np.int64),
        bucket=np.empty(n, np.int64),
        late=np.empty(n, np.int64),
        early=np.empty(n, np.int64),
        third=np.empty(n, np.int64),
        first=np.empty(WORDS, np.uint64),
        second=np.empty(WORDS, np.uint64),
        below=np.empty(WORDS, np.int64),
        owner=np.zeros(BUCKETS, np.int64),
        ordered=np.empty(n),
        order=np.empty(n, np.int32),
        tally=np.empty(WIDE_BUCKETS, np.int32),
    )


@compiled_bare
def rank(number: int, scale: float, room: RankRoom) -> None:
    """Twice the rank (1 is smallest) of each of the first `number` of `room.values`; equal ones share the mean."""
    late = throw(number, scale, room.values, room.bucket, room.first, room.owner, room.late, room.early)
    third = pair(late, room.bucket, room.second, room.late, room.early, room.third)
    if third > MOST_THIRD:
        sort(number, scale, room.values, room.bucket, room.tally, room.ordered, room.order)
        spread(number, room.ordered, room.order, room.twice)
        return
    count(number, room.bucket, room.first, room.second, room.below, room.twice)
    settle(number, late - third, third, room.values, room.late, room.early, room.third, room.twice)


@compiled_bare_part
def throw(
    number: int,
    scale: float,
    values: Floats,
    bucket: Integers,
    first: Words,
    owner: Integers,
    late: Integers,
    early: Integers,
) -> int:
    """Throws the values into buckets; returns how many came to one that was taken.

    The bucket is cut to its thirteen bits, so that no value whatever leads outside the maps.
    """
    half = 0.5 * BUCKETS
    step, top = half / (REACH * scale) if scale > 0.0 else 0.0, BUCKETS - 1.0
    for i in range(number):
        bucket[i] = np.int64(min(max(values[i] * step + half, 0.0), top)) & (BUCKETS - 1)
    for w in range(WORDS):
        first[w] = Word(0)
    taken = 0
    for i in range(number):
        b = Word(bucket[i])
        word, bit = first[b >> Word(6)], b & Word(63)
        late[taken], early[taken] = i, owner[b]
        owner[b] = i
        taken += int((word >> bit) & Word(1))
        first[b >> Word(6)] = word | (Word(1) << bit)
    return taken


@compiled_bare_part
def pair(number: int, bucket: Integers, second: Words, late: Integers, early: Integers, third: Integers) -> int:
    """Puts the second value of each bucket into the second map; those after it leave the list for `third`.

    Returns the number of those.
    """
    for w in range(WORDS):
        second[w] = Word(0)
    kept, left = 0, 0
    for k in range(number):
        i, j = late[k], early[k]
        b = Word(bucket[i])
        word, bit = second[b >> Word(6)], Word(1) << (b & Word(63))
        if word & bit:
            third[left] = i
            left += 1
        else:
            second[b >> Word(6)] = word | bit
            late[kept], early[kept] = i, j
            kept += 1
    return left


@compiled_bare_part
def count(number: int, bucket: Integers, first: Words, second: Words, below: Integers, twice: Integers) -> None:
    """Twice one more than the number of values of both maps in lower buckets."""
    so_far = 0
    for w in range(WORDS):
        below[w] = so_far
        so_far += ones(first[w]) + ones(second[w])
    for i in range(number):
        b = Word(bucket[i])
        word, lower = b >> Word(6), (Word(1) << (b & Word(63))) - Word(1)
        twice[i] = 2 * (1 + below[word] + ones(first[word] & lower) + ones(second[word] & lower))


@compiled_bare_part
def settle(
    number: int,
    pairs: int,
    more: int,
    values: Floats,
    late: Integers,
    early: Integers,
    third: Integers,
    twice: Integers,
) -> None:
    """Compares the two of a bucket with each other, and those that came third with all."""
    for k in range(pairs):
        i, j = late[k], early[k]
        twice[i] += 2 * (values[i] > values[j]) + (values[i] == values[j])
        twice[j] += 2 * (values[j] > values[i]) + (values[i] == values[j])
    for k in range(more):
        value = values[third[k]]
        for i in range(number):
            twice[i] += 2 * (values[i] > value) + (values[i] == value)
    for k in range(more):
        value, lower, equal = values[third[k]], 0, 0
        for i in range(number):
            lower += values[i] < value
            equal += values[i] == value
        twice[third[k]] = 2 * lower + equal + 1


@compiled_bare_part
def sort(
    number: int, scale: float, values: Floats, bucket: Integers, tally: Small, ordered: Floats, order: Small
) -> None:
    """Sorts the values into `ordered`, with their places in `order`: by wide buckets, then by insertion."""
    half = 0.5 * WIDE_BUCKETS
    step, top = half / (REACH * scale) if scale > 0.0 else 0.0, WIDE_BUCKETS - 1.0
    for i in range(number):
        bucket[i] = np.int64(min(max(values[i] * step + half, 0.0), top)) & (WIDE_BUCKETS - 1)
    tally[:] = 0
    for i in range(number):
        tally[bucket[i]] += 1
    place = 0
    for b in range(WIDE_BUCKETS):
        here = tally[b]
        tally[b] = place
        place += here
    for i in range(number):
        to = tally[bucket[i]]
        ordered[to], order[to] = values[i], i
        tally[bucket[i]] = to + 1
    for i in range(1, number):
        value, item, j = ordered[i], order[i], i
        while j > 0 and ordered[j - 1] > value:
            ordered[j], order[j] = ordered[j - 1], order[j - 1]
            j -= 1
        ordered[j], order[j] = value, item


@compiled_bare_part
def spread(number: int, ordered: Floats, order: Small, twice: Integers) -> None:
    """Twice the rank of each sorted value, at its own place."""
    start = 0
    while start < number:
        stop = start + 1
        while stop < number and ordered[stop] == ordered[start]:
            stop += 1
        for i in range(start, stop):
            twice[order[i]] = start + 1 + stop
        start = stop


@compiled_bare_part
def rank_among(number: int, values: Floats, one: float) -> float:
    """Rank that `one` takes among the first `number` values and itself; equal ones share the mean."""
    below, equal = 0, 0
    for i in range(number):
        below += values[i] < one
        equal += values[i] == one
    return 1.0 + below + 0.5 * equal


@compiled_bare_part
def add_with_one(
    number: int, values: Floats, twice: Integers, one: float, place: Integers, row: int, sums: Floats, counts: Floats
) -> None:
    """Adds the scores of the values when `one` is ranked together with them, to the row of `sums` at their places.

    `twice` are twice their ranks without it.
    """
    step = 1.0 / (2.0 + number)
    for i in range(number):
        rank = 0.5 * twice[i] + (values[i] > one) + 0.5 * (values[i] == one)
        sums[row, place[i]] += rank * step - 0.5
        counts[row, place[i]] += 1.0
