"""Compiled loops that fit one event's normal-return model. Imported only inside functions.

Every linear model leaves the same record behind: expected return = alpha + slope . x, and the variance of the forecast
error of a sum over L days, s^2 (L + share L^2 + D' spread D) with D the sum of (x - centre) over those days. `share` is
1/n where a level was estimated and 0 where none was; `spread` is (X_c' X_c)^-1 for ordinary least squares and the
matching matrix for the estimators with corrections for thin trading.

Sums run in eight lanes: a fixed order that keeps the processor busy without leave to reorder anything, and a smaller
rounding error than adding from left to right. Events are taken in blocks, since handing over this many arrays costs as
much as the arithmetic of one event.
"""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled
from rerating.measures.event_study.layout import (
    ALPHA,
    AT,
    BEFORE,
    COUNT,
    DEGREES,
    DIMSON,
    FIT,
    FLAT_BENCHMARK,
    GIVEN,
    MARKET,
    MARKET_ADJUSTED,
    NO_VARIANCE,
    RESIDUAL_MEAN,
    ROUNDING,
    ROW,
    SCHOLES_WILLIAMS,
    SHARE,
    SQUARES,
    TOO_FEW,
    VARIANCE,
    Block,
    Data,
    Floats,
    Integers,
    Request,
)

# A factor of whose variance the other factors explain all but this share is no factor of its own.
COLLINEAR = 1e-10


@compiled
def total(a: Floats) -> float:
    """Sum of `a` in eight lanes; NaN where one of the values is."""
    n = a.size - a.size % 8
    s0, s1, s2, s3, s4, s5, s6, s7 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(0, n, 8):
        s0 += a[i]
        s1 += a[i + 1]
        s2 += a[i + 2]
        s3 += a[i + 3]
        s4 += a[i + 4]
        s5 += a[i + 5]
        s6 += a[i + 6]
        s7 += a[i + 7]
    for i in range(n, a.size):
        s0 += a[i]
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))


@compiled
def product(a: Floats, b: Floats) -> float:
    """Sum of a * b in eight lanes."""
    n = a.size - a.size % 8
    s0, s1, s2, s3, s4, s5, s6, s7 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(0, n, 8):
        s0 += a[i] * b[i]
        s1 += a[i + 1] * b[i + 1]
        s2 += a[i + 2] * b[i + 2]
        s3 += a[i + 3] * b[i + 3]
        s4 += a[i + 4] * b[i + 4]
        s5 += a[i + 5] * b[i + 5]
        s6 += a[i + 6] * b[i + 6]
        s7 += a[i + 7] * b[i + 7]
    for i in range(n, a.size):
        s0 += a[i] * b[i]
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))


@compiled
def total_and_product(a: Floats, b: Floats) -> tuple[float, float]:
    """Sum of `b` and sum of a * b in one go, in four lanes each."""
    n = b.size - b.size % 4
    s0, s1, s2, s3, p0, p1, p2, p3 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(0, n, 4):
        b0, b1, b2, b3 = b[i], b[i + 1], b[i + 2], b[i + 3]
        s0 += b0
        s1 += b1
        s2 += b2
        s3 += b3
        p0 += a[i] * b0
        p1 += a[i + 1] * b1
        p2 += a[i + 2] * b2
        p3 += a[i + 3] * b3
    for i in range(n, b.size):
        s0 += b[i]
        p0 += a[i] * b[i]
    return (s0 + s1) + (s2 + s3), (p0 + p1) + (p2 + p3)


@compiled
def centre_market(x: Floats, dx: Floats, market: Floats) -> None:
    """dx = x - mean, and market = (mean, squared deviations, raw squares); NaN in x makes them NaN."""
    n = x.size
    mean = total(x) / n
    for i in range(n):
        dx[i] = x[i] - mean
    market[0] = mean
    market[1] = product(dx, dx)
    market[2] = market[1] + n * mean * mean


@compiled
def fit_complete(y: Floats, dx: Floats, market: Floats, residual: Floats, fit: Floats) -> tuple[int, float]:
    """Market model where no return of the estimation window is missing and the market's deviations are at hand.

    Returns the code and beta; where a return is missing all the same, beta comes out as NaN.
    """
    n = y.size
    if not market[1] > ROUNDING * market[2]:
        return FLAT_BENCHMARK, np.nan
    mean, beta = total_and_product(dx, y)
    mean, beta = mean / n, beta / market[1]
    for i in range(n):
        residual[i] = (y[i] - mean) - beta * dx[i]
    squares = product(residual, residual)
    fit[ALPHA] = mean - beta * market[0]
    fit[VARIANCE] = squares / (n - 2)
    fit[COUNT] = n
    fit[DEGREES] = n - 2
    fit[SHARE] = 1.0 / n
    fit[RESIDUAL_MEAN] = 0.0
    fit[SQUARES] = squares
    if not squares > ROUNDING * (squares + beta * beta * market[1] + n * mean * mean):
        return NO_VARIANCE, beta
    return FIT, beta


@compiled
def gather(
    y: Floats, row: int, request: Request, factors: Floats, response: Floats, design: Floats, place: Integers
) -> int:
    """The days of the estimation window that have the return and every regressor, shifted ones inside the window.

    Returns their number; `place` holds their offsets.
    """
    count = 0
    size = y.size
    for j in range(size):
        value = y[j]
        if request.risk_free >= 0:
            value -= factors[request.risk_free, row + j]
        usable = not np.isnan(value)
        for k in range(request.columns.size):
            source = j + request.shifts[k]
            if source < 0 or source >= size:
                usable = False
                break
            x = factors[request.columns[k], row + source]
            if np.isnan(x):
                usable = False
                break
            design[k, count] = x
        if usable:
            response[count] = value
            place[count] = j
            count += 1
    return count


@compiled
def factorise(matrix: Floats, size: int, root: Floats) -> bool:
    """Cholesky root of the correlation form of `matrix`; False where a variable is (nearly) explained by the others."""
    for i in range(size):
        if not matrix[i, i] > 0.0:
            return False
        for j in range(i + 1):
            value = matrix[i, j] / np.sqrt(matrix[i, i] * matrix[j, j])
            for k in range(j):
                value -= root[i, k] * root[j, k]
            if j < i:
                root[i, j] = value / root[j, j]
            elif value < COLLINEAR:
                return False
            else:
                root[i, i] = np.sqrt(value)
    return True


@compiled
def invert(matrix: Floats, size: int, root: Floats, inverse: Floats) -> bool:
    """Inverse of a positive definite matrix by Cholesky; False where it is singular."""
    if not factorise(matrix, size, root):
        return False
    for column in range(size):
        for i in range(size):
            value = 1.0 if i == column else 0.0
            for k in range(i):
                value -= root[i, k] * inverse[k, column]
            inverse[i, column] = value / root[i, i]
        for i in range(size - 1, -1, -1):
            value = inverse[i, column]
            for k in range(i + 1, size):
                value -= root[k, i] * inverse[k, column]
            inverse[i, column] = value / root[i, i]
    for i in range(size):
        for j in range(size):
            inverse[i, j] /= np.sqrt(matrix[i, i] * matrix[j, j])
    return True


@compiled
def regress(
    response: Floats,
    design: Floats,
    size: int,
    mean: Floats,
    moments: Floats,
    root: Floats,
    inverse: Floats,
    slope: Floats,
) -> bool:
    """OLS with a constant: centres `response` and `design` [size, n] in place; `mean[size]` is the response's mean."""
    n = response.size
    mean[size] = total(response) / n
    for i in range(n):
        response[i] -= mean[size]
    for k in range(size):
        column = design[k, :n]
        raw = product(column, column)
        mean[k] = total(column) / n
        for i in range(n):
            column[i] -= mean[k]
        for j in range(k + 1):
            moments[k, j] = product(column, design[j, :n])
            moments[j, k] = moments[k, j]
        if moments[k, k] <= ROUNDING * raw:
            return False
    if not invert(moments, size, root, inverse):
        return False
    cross = root[size]
    for k in range(size):
        cross[k] = product(design[k, :n], response)
    for k in range(size):
        value = 0.0
        for j in range(size):
            value += inverse[k, j] * cross[j]
        slope[k] = value
    return True


@compiled
def leave_residuals(
    response: Floats, design: Floats, slope: Floats, size: int, place: Integers, residual: Floats
) -> float:
    """Residuals of the centred regression put at their days (NaN on the others); returns their sum of squares."""
    for j in range(residual.size):
        residual[j] = np.nan
    squares = 0.0
    for i in range(response.size):
        e = response[i]
        for k in range(size):
            e -= slope[k] * design[k, i]
        residual[place[i]] = e
        squares += e * e
    return squares


@compiled
def thin_trading(
    kind: int, n: int, design: Floats, response: Floats, slope: Floats, inverse: Floats
) -> tuple[float, float]:
    """Beta of Scholes and Williams or of Dimson from the centred lagged design (column 0 unlagged), and its spread.

    The spread is Var(beta) over the residual variance: for Dimson that of the regression on all lags.
    """
    if kind == DIMSON:
        beta, spread = 0.0, 0.0
        for k in range(slope.size):
            beta += slope[k]
            for j in range(slope.size):
                spread += inverse[k, j]
        return beta, spread
    # Scholes and Williams 1977: (b- + b0 + b+) / (1 + 2 rho). Its variance is that of the instrumental variable
    # estimator with the three-day sum of the market as instrument, which it equals but for the ends of the sample.
    here, before, after = design[0, :n], design[1, :n], design[2, :n]
    squares_here = product(here, here)
    squares_before = product(before, before)
    squares_after = product(after, after)
    rho = product(here, before) / np.sqrt(squares_here * squares_before)
    betas = product(here, response) / squares_here
    betas += product(before, response) / squares_before
    betas += product(after, response) / squares_after
    instrument, overlap = 0.0, 0.0
    for i in range(n):
        z = here[i] + before[i] + after[i]
        instrument += z * z
        overlap += z * here[i]
    return betas / (1.0 + 2.0 * rho), instrument / (overlap * overlap)


@compiled
def fit_linear(
    y: Floats, row: int, request: Request, factors: Floats, residual: Floats, fit: Floats, line: Floats, spread: Floats
) -> int:
    """Any linear model, missing days left out and their residuals NaN; `line` [2, k] takes slopes and centres."""
    kind = request.kind
    size = request.columns.size
    slope, centre = line[0], line[1]
    response, design = np.empty(y.size), np.empty((size, y.size))
    place = np.empty(y.size, np.int64)
    n = gather(y, row, request, factors, response, design, place)
    fit[COUNT] = n
    parameters = size + 1 if kind >= MARKET else 1
    if n < request.minimum or n <= parameters:
        return TOO_FEW
    answer, place = response[:n], place[:n]
    if kind == MARKET_ADJUSTED:
        for i in range(n):
            answer[i] -= design[0, i]
        size = 0
    raw = product(answer, answer)
    mean, estimate = np.empty(size + 1), np.empty(size)
    moments, root, inverse = np.empty((size, size)), np.empty((size + 1, size)), np.empty((size, size))
    if not regress(answer, design, size, mean, moments, root, inverse, estimate):
        return FLAT_BENCHMARK
    level = mean[size]
    squares = leave_residuals(answer, design, estimate, size, place, residual)
    fit[SHARE] = 1.0 / n
    fit[DEGREES] = n - parameters
    fit[RESIDUAL_MEAN] = 0.0
    if kind == MARKET_ADJUSTED:
        # Nothing is estimated: the abnormal return is not demeaned, and its forecast carries no estimation error.
        for i in range(n):
            residual[place[i]] += level
        fit[RESIDUAL_MEAN] = level
        fit[SHARE] = 0.0
        level = 0.0
        slope[0], centre[0], spread[0, 0] = 1.0, 0.0, 0.0
    elif kind in (SCHOLES_WILLIAMS, DIMSON):
        full = squares / (n - size - 1)
        beta, width = thin_trading(kind, n, design, answer, estimate, inverse)
        slope[0], centre[0] = beta, mean[0]
        squares = leave_residuals(answer, design, slope, 1, place, residual)
        fit[DEGREES] = n - 2
        spread[0, 0] = width if kind == SCHOLES_WILLIAMS else width * full / (squares / (n - 2))
        level -= beta * mean[0]
    else:
        for k in range(size):
            slope[k], centre[k] = estimate[k], mean[k]
            level -= estimate[k] * mean[k]
            for j in range(size):
                spread[k, j] = inverse[k, j]
    fit[ALPHA] = level
    fit[VARIANCE] = squares / fit[DEGREES]
    fit[SQUARES] = squares
    return FIT if squares > ROUNDING * raw else NO_VARIANCE


@compiled
def fit_block(start: int, stop: int, request: Request, data: Data, codes: Integers, fits: Floats, block: Block) -> None:
    """Fits the events [start, stop): `codes` and `fits` [n, RECORD], and in `block` residuals, coefficients, the length
    of each estimation window, and whether none of its days is missing.
    """
    room, minimum = request.estimation, max(request.minimum, 3)
    short_way = request.kind == MARKET and request.risk_free < 0
    dx, market = np.empty(room), np.empty(3)
    cached_row, cached_size = -1, -1
    for i in range(start, stop):
        b = i - start
        here = min(room, data.where[i, BEFORE] + request.edge)
        block.here[b] = here
        block.complete[b] = False
        if here < minimum:
            codes[i] = TOO_FEW
            fits[i, COUNT] = max(here, 0)
            continue
        residual = block.residual[b, room - here :]
        if request.kind == GIVEN:
            residual[:] = data.given[i, room - here : room]
            continue
        row = data.where[i, ROW] + request.edge - here
        begin = data.where[i, AT] + request.edge - here
        y = data.values[begin : begin + here]
        if short_way:
            if row != cached_row or here != cached_size:
                centre_market(data.factors[request.columns[0], row : row + here], dx[:here], market)
                cached_row, cached_size = row, here
            if not np.isnan(market[1]):
                code, beta = fit_complete(y, dx[:here], market, residual, fits[i])
                if not np.isnan(beta):
                    codes[i], block.complete[b] = code, True
                    block.line[b, 0, 0], block.line[b, 1, 0] = beta, market[0]
                    block.spread[b, 0, 0] = 1.0 / market[1]
                    continue
        codes[i] = fit_linear(y, row, request, data.factors, residual, fits[i], block.line[b], block.spread[b])


@compiled
def forecast_block(
    start: int, stop: int, request: Request, data: Data, codes: Integers, fits: Floats, block: Block
) -> None:
    """Expected return, variance of the forecast error and (x - centre) of each day of the event windows."""
    size, factors = request.size, data.factors
    for i in range(start, stop):
        if codes[i] != FIT:
            continue
        b = i - start
        expected, variance = block.ahead[b, 0], block.ahead[b, 1]
        if request.kind == GIVEN:
            given = data.given[i, 2 * request.estimation :]
            expected[:] = given[: expected.size]
            variance[:] = given[expected.size : 2 * expected.size]
            continue
        row = data.where[i, ROW] + request.first
        level, s2, share = fits[i, ALPHA], fits[i, VARIANCE], 1.0 + fits[i, SHARE]
        if size == 1 and request.risk_free < 0:
            x = factors[request.columns[0], row : row + expected.size]
            slope, centre, spread = block.line[b, 0, 0], block.line[b, 1, 0], block.spread[b, 0, 0]
            dx = block.ahead[b, 2]
            for d in range(x.size):
                dx[d] = x[d] - centre
                expected[d] = level + slope * x[d]
                variance[d] = s2 * (share + spread * dx[d] * dx[d])
            continue
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
