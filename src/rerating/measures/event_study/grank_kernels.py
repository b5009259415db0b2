"""Compiled loops of the second run over the events, for the rank tests on standardised abnormal returns.

What they rank needs the cross-sectional standard deviations of the first run. The fits are made once more instead of
being kept: that costs less than the memory would. Imported only inside functions.
"""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled
from rerating.measures.event_study.batch_kernels import collect
from rerating.measures.event_study.fit_kernels import fit_block, standard_errors
from rerating.measures.event_study.layout import (
    BLOCK,
    Data,
    Floats,
    Given,
    Integers,
    RankSums,
    Request,
    Scratch,
    Standardised,
)
from rerating.measures.event_study.rank_kernels import add_scores, add_with_one, arrange, mid_ranks, rank_among


@compiled
def zivney_event(sar: Floats, daily: Floats, offset: int, scratch: Scratch, sums: RankSums) -> None:
    """Corrado and Zivney's ranks of one event: estimation and event window together, both standardised."""
    values, place = scratch.values, scratch.place
    number = collect(sar, daily, offset, values, place)
    for k in range(number):
        sums.zivney_count[place[k]] += 1.0
    distinct = arrange(values[:number], 1.0, scratch.bucket, scratch.tally, scratch.ordered, scratch.order)
    add_scores(scratch.ordered[:number], scratch.order, distinct, place, sums.zivney)


@compiled
def general_event(sar: Floats, ones: Floats, offset: int, ranks: Floats, scratch: Scratch, sums: RankSums) -> None:
    """Kolari and Pynnonen's generalised ranks of one event, for each window's one value."""
    values, place = scratch.values, scratch.place
    number = collect(sar, ones[:0], offset, values, place)
    distinct = arrange(values[:number], 1.0, scratch.bucket, scratch.tally, scratch.ordered, scratch.order)
    mid_ranks(scratch.ordered[:number], scratch.order, distinct, ranks)
    for c in range(ones.size):
        if np.isnan(ones[c]):
            continue
        add_with_one(values[:number], ranks, ones[c], place, sums.general[c], sums.general_count[c])
        sums.event[c] += rank_among(values[:number], ones[c]) / (2.0 + number) - 0.5
        sums.event_count[c] += 1.0


@compiled
def rank_again(
    request: Request,
    data: Data,
    given: Given,
    codes: Integers,
    fits: Floats,
    used: Integers,
    standardised: Standardised,
    sums: RankSums,
    scratch: Scratch,
) -> None:
    """All used events once more, in the same order."""
    room = request.estimation
    sar = np.empty(room)
    ranks = np.empty(room)
    for start in range(0, used.size, BLOCK):
        stop = min(start + BLOCK, used.size)
        fit_block(start, stop, request, data, given, codes, fits, scratch)
        for i in range(start, stop):
            if used[i] == 0:
                continue
            b = i - start
            here = scratch.here[b]
            own = sar[:here]
            standard_errors(i, b, request, data, given, fits[i], scratch, own)
            for j in range(here):
                own[j] = scratch.residual[b, room - here + j] / own[j]
            zivney_event(own, standardised.daily[i], room - here, scratch, sums)
            general_event(own, standardised.windows[i], room - here, ranks, scratch, sums)
