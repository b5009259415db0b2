"""Compiled loops over many events: fit, abnormal returns, and the sums that the cross-event tests need.

Events come sorted by day and go through in blocks. Per event only what has the width of the event window is kept;
residuals live in the room of one block and go into sums over event time and into the ring of the last event days.
"""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled
from rerating.measures.event_study.fit_kernels import fit_block, forecast_block
from rerating.measures.event_study.layout import (
    AT,
    BLOCK,
    BUCKETS,
    COUNT,
    FIT,
    GIVEN,
    MISSING_IN_WINDOW,
    SHARE,
    THIN_TRADING,
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
from rerating.measures.event_study.rank_kernels import add_scores, arrange
from rerating.measures.event_study.ring_kernels import close_day, ring_block


@compiled
def daily_block(
    start: int,
    stop: int,
    values: Floats,
    places: Integers,
    ahead: Floats,
    codes: Integers,
    flags: Integers,
    ar_all: Floats,
    ar_sd_all: Floats,
) -> None:
    """AR and S_AR of each day, NaN where the return or a factor is missing; flags the events that miss a day."""
    for i in range(start, stop):
        if codes[i] != FIT:
            continue
        expected, variance = ahead[i - start, 0], ahead[i - start, 1]
        y = values[places[i] : places[i] + expected.size]
        ar, ar_sd = ar_all[i], ar_sd_all[i]
        for d in range(y.size):
            ar[d] = y[d] - expected[d]
            ar_sd[d] = np.sqrt(variance[d])
        missing = False
        for d in range(y.size):
            if np.isnan(ar[d]):
                missing = True
                ar_sd[d] = np.nan
        if missing:
            flags[i] |= MISSING_IN_WINDOW


@compiled
def deviation_form(deviation: Floats, size: int, ar: Floats, spread: Floats) -> float:
    """D' spread D, D being the sum of the factors' deviations [size, days] over the days that have an AR."""
    quadratic = 0.0
    if size == 1:
        for d in range(ar.size):
            if not np.isnan(ar[d]):
                quadratic += deviation[0, d]
        return spread[0, 0] * quadratic * quadratic  # type: ignore[no-any-return]
    for k in range(size):
        for j in range(size):
            sum_k, sum_j = 0.0, 0.0
            for d in range(ar.size):
                if not np.isnan(ar[d]):
                    sum_k += deviation[k, d]
                    sum_j += deviation[j, d]
            quadratic += spread[k, j] * sum_k * sum_j
    return quadratic


@compiled
def buy_and_hold(y: Floats, expected: Floats, ar: Floats, logarithmic: bool) -> float:
    """Buy-and-hold abnormal return over the days that have an AR."""
    if logarithmic:
        held, normal = 0.0, 0.0
        for d in range(y.size):
            if not np.isnan(ar[d]):
                held += y[d]
                normal += expected[d]
        return np.exp(held) - np.exp(normal)  # type: ignore[no-any-return]
    held, normal = 1.0, 1.0
    for d in range(y.size):
        if not np.isnan(ar[d]):
            held *= 1.0 + y[d]
            normal *= 1.0 + expected[d]
    return held - normal


@compiled
def cumulate_regular(y: Floats, expected: Floats, deviation: Floats, ar: Floats) -> tuple[float, float, float]:
    """CAR, sum of the one factor's deviations, and BHAR of simple returns, where no day is missing."""
    car, deviations, held, normal = 0.0, 0.0, 1.0, 1.0
    for d in range(y.size):
        car += ar[d]
        deviations += deviation[d]
        held *= 1.0 + y[d]
        normal *= 1.0 + expected[d]
    return car, deviations, held - normal


@compiled
def cumulate_block(start: int, stop: int, request: Request, data: Data, block: Block, results: Results) -> None:
    """CAR, S_CAR and BHAR of each window over the days that have an abnormal return; NaN where none has."""
    days = request.last - request.first + 1
    simple = request.size == 1 and not request.logarithmic
    for i in range(start, stop):
        if results.codes[i] != FIT:
            continue
        b = i - start
        regular = simple and not results.flags[i] & MISSING_IN_WINDOW
        begin = data.where[i, AT] + request.first
        y = data.values[begin : begin + days]
        for w in range(request.windows.shape[0]):
            low, high = request.windows[w, 0] - request.first, request.windows[w, 1] - request.first + 1
            ar = results.ar[i, low:high]
            if regular:
                length = high - low
                car, deviations, bhar = cumulate_regular(
                    y[low:high], block.ahead[b, 0, low:high], block.ahead[b, 2, low:high], ar
                )
                form = block.spread[b, 0, 0] * deviations * deviations
                squared = results.fits[i, VARIANCE] * (length + results.fits[i, SHARE] * length * length + form)
                results.covered[i, w] = length
                results.car[i, w], results.car_sd[i, w], results.bhar[i, w] = car, np.sqrt(squared), bhar
                continue
            covered = 0
            car = 0.0
            for d in range(ar.size):
                if not np.isnan(ar[d]):
                    covered += 1
                    car += ar[d]
            results.covered[i, w] = covered
            if covered == 0:
                continue
            if request.kind == GIVEN:
                squared = data.given[i, 2 * request.estimation + 2 * days + w]
            else:
                form = deviation_form(block.ahead[b, 2:, low:high], request.size, ar, block.spread[b])
                squared = results.fits[i, VARIANCE] * (covered + results.fits[i, SHARE] * covered * covered + form)
            results.car[i, w] = car
            results.car_sd[i, w] = np.sqrt(squared)
            results.bhar[i, w] = buy_and_hold(y[low:high], block.ahead[b, 0, low:high], ar, request.logarithmic)


@compiled
def select_block(start: int, stop: int, request: Request, data: Data, block: Block, results: Results) -> None:
    """Share of positive residuals, the flag for thin trading, and whether the event is used."""
    for i in range(start, stop):
        if results.codes[i] != FIT:
            continue
        here = block.here[i - start]
        residual = block.residual[i - start, request.estimation - here :]
        begin = data.where[i, AT] + request.edge - here
        y = data.values[begin : begin + here]
        zeros = 0
        positive = 0
        for j in range(here):
            zeros += y[j] == 0.0
            positive += residual[j] > 0.0
        results.positive[i] = positive / results.fits[i, COUNT]
        if zeros > 0 and zeros >= request.thin * results.fits[i, COUNT]:
            results.flags[i] |= THIN_TRADING
        if results.flags[i] & request.drop == 0:
            results.used[i] = 1


@compiled
def residual_block(start: int, stop: int, block: Block, used: Integers, sums: Floats, counts: Floats) -> None:
    """Adds the residuals of the used events to the sums by event time, aligned at the end of the window."""
    whole = 0.0
    for i in range(start, stop):
        if used[i] == 0:
            continue
        b = i - start
        residual = block.residual[b]
        if block.complete[b] and block.here[b] == residual.size:
            whole += 1.0
            for j in range(residual.size):
                sums[j] += residual[j]
            continue
        for j in range(residual.size - block.here[b], residual.size):
            if not np.isnan(residual[j]):
                sums[j] += residual[j]
                counts[j] += 1.0
    for j in range(counts.size):
        counts[j] += whole


@compiled
def collect(residual: Floats, ar: Floats, offset: int, values: Floats, place: Integers) -> int:
    """Puts the residuals and abnormal returns that are not missing into `values`; returns their number."""
    number = 0
    for j in range(residual.size):
        if not np.isnan(residual[j]):
            values[number] = residual[j]
            place[number] = offset + j
            number += 1
    for d in range(ar.size):
        if not np.isnan(ar[d]):
            values[number] = ar[d]
            place[number] = offset + residual.size + d
            number += 1
    return number


@compiled
def rank_block(
    start: int,
    stop: int,
    block: Block,
    used: Integers,
    flags: Integers,
    fits: Floats,
    ar_all: Floats,
    sums: Floats,
    counts: Floats,
) -> None:
    """Corrado's ranks over estimation and event window, as rank / (1 + number) - 1/2, summed by event time."""
    room = block.residual.shape[1]
    values, ordered = np.empty(sums.size), np.empty(sums.size)
    bucket, order, tally = np.empty(sums.size, np.int32), np.empty(sums.size, np.int32), np.empty(BUCKETS, np.int32)
    everywhere, somewhere = np.arange(sums.size), np.empty(sums.size, np.int64)
    whole = 0.0
    for i in range(start, stop):
        if used[i] == 0:
            continue
        here = block.here[i - start]
        residual, ar = block.residual[i - start, room - here :], ar_all[i]
        number = values.size
        place = everywhere
        if block.complete[i - start] and here == room and not flags[i] & MISSING_IN_WINDOW:
            values[:here] = residual
            values[here:] = ar
            whole += 1.0
        else:
            place = somewhere
            number = collect(residual, ar, room - here, values, place)
            for k in range(number):
                counts[place[k]] += 1.0
        distinct = arrange(values[:number], np.sqrt(fits[i, VARIANCE]), bucket, tally, ordered, order)
        add_scores(ordered[:number], order, distinct, place, sums)
    for k in range(counts.size):
        counts[k] += whole


@compiled
def study(request: Request, data: Data, results: Results, sums: Sums, block: Block, ring: Ring) -> None:
    """All events in the order given (by day): fills `results`, and `sums` over the events that are used."""
    number = results.codes.size
    codes, fits, flags, used = results.codes, results.fits, results.flags, results.used
    places = data.where[:, AT] + request.first
    for start in range(0, number, BLOCK):
        stop = min(start + BLOCK, number)
        fit_block(start, stop, request, data, codes, fits, block)
        for i in range(start, stop):
            for k in range(request.size):
                results.slopes[i, k] = block.line[i - start, 0, k]
        forecast_block(start, stop, request, data, codes, fits, block)
        daily_block(start, stop, data.values, places, block.ahead, codes, flags, results.ar, results.ar_sd)
        cumulate_block(start, stop, request, data, block, results)
        select_block(start, stop, request, data, block, results)
        residual_block(start, stop, block, used, sums.residual, sums.residual_count)
        if request.ranks:
            rank_block(start, stop, block, used, flags, fits, results.ar, sums.rank, sums.rank_count)
        if request.correlation > 0:
            ring_block(start, stop, request, data, used, fits, block, ring, sums)
    if request.correlation > 0 and ring.state[1] >= 0:
        close_day(ring, sums.correlation, sums.pairs)
