"""Compiled loops over many events: fit, abnormal returns, and the sums that the cross-event tests need.

Events come sorted by day and go through in blocks. Per event only what has the width of the event window is kept;
residuals live in the scratch of one block and go into sums over event time and into the ring of the last event days.
"""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled
from rerating.measures.event_study.fit_kernels import fit_block, forecast_block
from rerating.measures.event_study.layout import (
    BLOCK,
    COUNT,
    FIT,
    GIVEN,
    MISSING_IN_WINDOW,
    SHARE,
    THIN_TRADING,
    VARIANCE,
    Data,
    Floats,
    Given,
    Integers,
    Request,
    Results,
    Ring,
    Scratch,
    Sums,
)
from rerating.measures.event_study.rank_kernels import add_scores, arrange
from rerating.measures.event_study.ring_kernels import close_day, ring_block


@compiled
def daily_block(start: int, stop: int, request: Request, data: Data, results: Results, scratch: Scratch) -> None:
    """AR and S_AR of each day, NaN where the return or a factor is missing; flags the events that miss a day."""
    for i in range(start, stop):
        if results.codes[i] != FIT:
            continue
        expected, variance = scratch.expected[i - start], scratch.variance[i - start]
        begin = data.at[i] + request.first
        y = data.values[begin : begin + expected.size]
        ar, ar_sd = results.ar[i], results.ar_sd[i]
        for d in range(y.size):
            ar[d] = y[d] - expected[d]
            ar_sd[d] = np.sqrt(variance[d])
        missing = False
        for d in range(y.size):
            if np.isnan(ar[d]):
                missing = True
                ar_sd[d] = np.nan
        if missing:
            results.flags[i] |= MISSING_IN_WINDOW


@compiled
def deviation_form(start: int, stop: int, size: int, deviation: Floats, ar: Floats, spread: Floats) -> float:
    """D' spread D, D being the sum of the factors' deviations over the days of the window that have an AR."""
    quadratic = 0.0
    if size == 1:
        for d in range(start, stop):
            if not np.isnan(ar[d]):
                quadratic += deviation[0, d]
        return spread[0, 0] * quadratic * quadratic  # type: ignore[no-any-return]
    for k in range(size):
        for j in range(size):
            sum_k, sum_j = 0.0, 0.0
            for d in range(start, stop):
                if not np.isnan(ar[d]):
                    sum_k += deviation[k, d]
                    sum_j += deviation[j, d]
            quadratic += spread[k, j] * sum_k * sum_j
    return quadratic


@compiled
def held_and_normal(y: Floats, expected: Floats, ar: Floats, logarithmic: bool) -> float:
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
def cumulate_block(
    start: int, stop: int, request: Request, data: Data, given: Given, results: Results, scratch: Scratch
) -> None:
    """CAR, S_CAR and BHAR of each window over the days that have an abnormal return; NaN where none has."""
    for i in range(start, stop):
        if results.codes[i] != FIT:
            continue
        b = i - start
        ar, expected = results.ar[i], scratch.expected[b]
        for w in range(request.windows.shape[0]):
            low, high = request.windows[w, 0] - request.first, request.windows[w, 1] - request.first + 1
            days = 0
            car = 0.0
            for d in range(low, high):
                if not np.isnan(ar[d]):
                    days += 1
                    car += ar[d]
            results.covered[i, w] = days
            if days == 0:
                continue
            if request.kind == GIVEN:
                squared = given.car_variance[i, w]
            else:
                form = deviation_form(low, high, request.size, scratch.deviation[b], ar, scratch.spread[b])
                squared = results.fits[i, VARIANCE] * (days + results.fits[i, SHARE] * days * days + form)
            results.car[i, w] = car
            results.car_sd[i, w] = np.sqrt(squared)
            begin = data.at[i] + request.first + low
            y = data.values[begin : begin + high - low]
            results.bhar[i, w] = held_and_normal(y, expected[low:high], ar[low:high], request.logarithmic)


@compiled
def select_block(start: int, stop: int, request: Request, data: Data, results: Results, scratch: Scratch) -> None:
    """Share of positive residuals, the flag for thin trading, and whether the event is used."""
    for i in range(start, stop):
        if results.codes[i] != FIT:
            continue
        here = scratch.here[i - start]
        residual = scratch.residual[i - start, request.estimation - here :]
        begin = data.at[i] + request.edge - here
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
def residual_block(start: int, stop: int, request: Request, results: Results, scratch: Scratch, sums: Sums) -> None:
    """Adds the residuals of the used events to the sums by event time, aligned at the end of the window."""
    whole = 0.0
    for i in range(start, stop):
        if results.used[i] == 0:
            continue
        b = i - start
        residual = scratch.residual[b]
        if scratch.complete[b] and scratch.here[b] == request.estimation:
            whole += 1.0
            for j in range(residual.size):
                sums.residual[j] += residual[j]
            continue
        for j in range(residual.size - scratch.here[b], residual.size):
            if not np.isnan(residual[j]):
                sums.residual[j] += residual[j]
                sums.residual_count[j] += 1.0
    if whole > 0.0:
        for j in range(sums.residual_count.size):
            sums.residual_count[j] += whole


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
def rank_block(start: int, stop: int, request: Request, results: Results, scratch: Scratch, sums: Sums) -> None:
    """Corrado's ranks over estimation and event window, as rank / (1 + number) - 1/2, summed by event time."""
    values, bucket, tally = scratch.values, scratch.bucket, scratch.tally
    ordered, order, everywhere = scratch.ordered, scratch.order, scratch.everywhere
    whole = 0.0
    for i in range(start, stop):
        if results.used[i] == 0:
            continue
        here = scratch.here[i - start]
        residual, ar = scratch.residual[i - start, request.estimation - here :], results.ar[i]
        number = values.size
        place = everywhere
        if scratch.complete[i - start] and here == request.estimation and not results.flags[i] & MISSING_IN_WINDOW:
            values[:here] = residual
            values[here:] = ar
            whole += 1.0
        else:
            place = scratch.place
            number = collect(residual, ar, request.estimation - here, values, place)
            for k in range(number):
                sums.rank_count[place[k]] += 1.0
        scale = np.sqrt(results.fits[i, VARIANCE])
        distinct = arrange(values[:number], scale, bucket, tally, ordered, order)
        add_scores(ordered[:number], order, distinct, place, sums.rank)
    if whole > 0.0:
        for k in range(sums.rank_count.size):
            sums.rank_count[k] += whole


@compiled
def study(
    request: Request, data: Data, given: Given, results: Results, sums: Sums, scratch: Scratch, ring: Ring
) -> None:
    """All events in the order given (by day): fills `results`, and `sums` over the events that are used."""
    number = data.at.size
    for start in range(0, number, BLOCK):
        stop = min(start + BLOCK, number)
        fit_block(start, stop, request, data, given, results.codes, results.fits, scratch)
        for i in range(start, stop):
            for k in range(request.size):
                results.slopes[i, k] = scratch.slope[i - start, k]
        forecast_block(start, stop, request, data, given, results.codes, results.fits, scratch)
        daily_block(start, stop, request, data, results, scratch)
        cumulate_block(start, stop, request, data, given, results, scratch)
        select_block(start, stop, request, data, results, scratch)
        residual_block(start, stop, request, results, scratch, sums)
        if request.ranks:
            rank_block(start, stop, request, results, scratch, sums)
        if request.correlation > 0:
            ring_block(start, stop, request, data, results.used, results.fits, scratch, ring, sums)
    if request.correlation > 0 and ring.state[1] >= 0:
        close_day(ring, sums)
