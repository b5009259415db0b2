"""Compiled loops over the event windows: abnormal returns of days and windows and their standard errors.

Imported only inside functions.
"""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled_bare_part
from rerating.measures.event_study.lanes import take
from rerating.measures.event_study.layout import (
    ALPHA,
    AT,
    FIT,
    GIVEN,
    MISSING_IN_WINDOW,
    ROW,
    SHARE,
    VARIANCE,
    Block,
    Data,
    Floats,
    Integers,
    Request,
    Results,
)


@compiled_bare_part
def forecast_block(
    start: int, stop: int, request: Request, data: Data, codes: Integers, fits: Floats, block: Block
) -> None:
    """Expected return, variance of the forecast error and (x - centre) of each day of the event windows."""
    size, factors = request.size, data.factors
    for i in range(start, stop):
        b = i - start
        if codes[i] != FIT or block.done[b]:
            continue
        expected, variance = block.ahead[b, 0], block.ahead[b, 1]
        if request.kind == GIVEN:
            given = data.given[i, 2 * request.estimation :]
            for d in range(expected.size):
                expected[d], variance[d] = given[d], given[expected.size + d]
            continue
        row = data.where[i, ROW] + request.first
        level, s2, share = fits[i, ALPHA], fits[i, VARIANCE], 1.0 + fits[i, SHARE]
        for d in range(expected.size):
            value = level
            if request.risk_free >= 0:
                value += factors[request.risk_free, row + d]
            for k in range(size):
                factor = factors[request.columns[k], row + d]
                value += block.line[b, 0, k] * factor
                block.ahead[b, 2 + k, d] = factor - block.line[b, 1, k]
            quadratic = 0.0
            for k in range(size):
                for j in range(size):
                    quadratic += block.spread[b, k, j] * block.ahead[b, 2 + k, d] * block.ahead[b, 2 + j, d]
            expected[d] = value
            variance[d] = s2 * (share + quadratic)


@compiled_bare_part
def daily_block(start: int, stop: int, request: Request, data: Data, block: Block, results: Results) -> None:
    """AR and S_AR of each day, NaN where the return or a factor is missing; flags the events that miss a day."""
    days = request.last - request.first + 1
    for i in range(start, stop):
        b = i - start
        if block.done[b]:
            continue
        if results.codes[i] != FIT:
            results.abnormal[i, :], results.errors[i, :], results.bhar[i, :] = np.nan, np.nan, np.nan
            results.covered[i, :] = 0
            continue
        begin = data.where[i, AT] + request.first
        for d in range(days):
            ar = data.values[begin + d] - block.ahead[b, 0, d]
            results.abnormal[i, d] = ar
            results.errors[i, d] = np.nan if np.isnan(ar) else np.sqrt(block.ahead[b, 1, d])
            if np.isnan(ar):
                results.flags[i] |= MISSING_IN_WINDOW


@compiled_bare_part
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


@compiled_bare_part
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


@compiled_bare_part
def cumulate_block(start: int, stop: int, request: Request, data: Data, block: Block, results: Results) -> None:
    """CAR, S_CAR and BHAR of each window over the days that have an abnormal return; NaN where none has."""
    days = request.last - request.first + 1
    for i in range(start, stop):
        b = i - start
        if results.codes[i] != FIT or block.done[b]:
            continue
        begin = data.where[i, AT] + request.first
        y = data.values[begin : begin + days]
        for w in range(request.windows.shape[0]):
            low, high = request.windows[w, 0] - request.first, request.windows[w, 1] - request.first + 1
            ar = results.abnormal[i, low:high]
            covered = 0
            car = 0.0
            for d in range(ar.size):
                if not np.isnan(ar[d]):
                    covered += 1
                    car += ar[d]
            results.covered[i, w] = covered
            if covered == 0:
                results.abnormal[i, days + w], results.errors[i, days + w] = np.nan, np.nan
                results.bhar[i, w] = np.nan
                continue
            if request.kind == GIVEN:
                squared = data.given[i, 2 * request.estimation + 2 * days + w]
            else:
                form = deviation_form(block.ahead[b, 2:, low:high], request.size, ar, block.spread[b])
                squared = results.fits[i, VARIANCE] * (covered + results.fits[i, SHARE] * covered * covered + form)
            results.abnormal[i, days + w] = car
            results.errors[i, days + w] = np.sqrt(squared)
            results.bhar[i, w] = buy_and_hold(y[low:high], block.ahead[b, 0, low:high], ar, request.logarithmic)


@compiled_bare_part
def look_ahead(
    i: int,
    b: int,
    y: Floats,
    x: Floats,
    dx: Floats,
    expected: Floats,
    fits: Floats,
    line: Floats,
    spread: Floats,
    abnormal: Floats,
    errors: Floats,
) -> int:
    """AR and S_AR of the event window by one regressor x; also x - centre and the expected return. Days missing."""
    level, slope, centre = fits[i, ALPHA], line[b, 0, 0], line[b, 1, 0]
    s2, share, width = fits[i, VARIANCE], 1.0 + fits[i, SHARE], spread[b, 0, 0]
    missing = 0
    for d in range(x.size):
        dx[d] = x[d] - centre
    for d in range(x.size):
        expected[d] = level + slope * x[d]
    for d in range(x.size):
        abnormal[i, d] = y[d] - expected[d]
    for d in range(x.size):
        errors[i, d] = np.sqrt(s2 * (share + width * dx[d] * dx[d]))
    for d in range(x.size):
        missing += np.isnan(abnormal[i, d])
    return missing


@compiled_bare_part
def sums_ahead(
    i: int, low: int, high: int, logarithmic: bool, y: Floats, expected: Floats, dx: Floats, abnormal: Floats
) -> tuple[float, float, float]:
    """CAR, sum of x - centre, and BHAR over the days [low, high) of an event window without a missing one."""
    car, deviation = 0.0, 0.0
    if logarithmic:
        held, normal = 0.0, 0.0
        for d in range(low, high):
            car += abnormal[i, d]
            deviation += dx[d]
            held += y[d]
            normal += expected[d]
        return car, deviation, np.exp(held) - np.exp(normal)
    held, normal = 1.0, 1.0
    for d in range(low, high):
        car += abnormal[i, d]
        deviation += dx[d]
        held *= 1.0 + y[d]
        normal *= 1.0 + expected[d]
    return car, deviation, held - normal


@compiled_bare_part
def complete_block(start: int, stop: int, request: Request, data: Data, block: Block, results: Results) -> None:
    """All numbers of the events of a one-regressor model that miss no day; `block.done` marks them."""
    days = request.last - request.first + 1
    y, x, dx, expected = block.days[0], block.days[1], block.days[2], block.days[3]
    column = request.columns[0] * data.factors.shape[1]
    for i in range(start, stop):
        if results.codes[i] != FIT:
            continue
        b = i - start
        take(data.values, data.where[i, AT] + request.first, y)
        take(data.factors, column + data.where[i, ROW] + request.first, x)
        if look_ahead(
            i, b, y, x, dx, expected, results.fits, block.line, block.spread, results.abnormal, results.errors
        ):
            continue
        block.done[b] = True
        for w in range(request.windows.shape[0]):
            low, high = request.windows[w, 0] - request.first, request.windows[w, 1] - request.first + 1
            length = high - low
            car, deviation, bhar = sums_ahead(i, low, high, request.logarithmic, y, expected, dx, results.abnormal)
            form = block.spread[b, 0, 0] * deviation * deviation
            squared = results.fits[i, VARIANCE] * (length + results.fits[i, SHARE] * length * length + form)
            results.abnormal[i, days + w], results.errors[i, days + w] = car, np.sqrt(squared)
            results.bhar[i, w], results.covered[i, w] = bhar, length


@compiled_bare_part
def windows_block(start: int, stop: int, request: Request, data: Data, block: Block, results: Results) -> None:
    """AR, CAR, BHAR and their errors of the events [start, stop): the complete ones at once, the others by steps."""
    if request.size == 1 and request.risk_free < 0 and request.kind != GIVEN:
        complete_block(start, stop, request, data, block, results)
    left = 0
    for b in range(stop - start):
        left += not block.done[b]
    if left > 0:
        forecast_block(start, stop, request, data, results.codes, results.fits, block)
        daily_block(start, stop, request, data, block, results)
        cumulate_block(start, stop, request, data, block, results)
