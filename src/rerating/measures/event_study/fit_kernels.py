"""Compiled loops that fit one event's normal-return model. Imported only inside functions.

Every linear model leaves the same record behind: expected return = alpha + slope . x, and the variance of the forecast
error of a sum over L days, s^2 (L + share L^2 + D' spread D) with D the sum of (x - centre) over those days. `share` is
1/n where a level was estimated and 0 where none was; `spread` is (X_c' X_c)^-1 for ordinary least squares and the
matching matrix for the estimators with corrections for thin trading.

Events are taken in blocks, since handing over this many arrays costs as much as the arithmetic of one event. The market
model on a complete window, which is what most events are, has a way of its own without slices (see `lanes`).
"""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled_bare, compiled_bare_part
from rerating.measures.event_study.lanes import fetch, product, take, total, total_and_product
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

# Returns behind the estimation window that are asked for together with it: those of a usual event window.
FURTHER = 24


@compiled_bare_part
def centre_market(factors: Floats, start: int, dx: Floats, market: Floats) -> None:
    """dx = x - mean from a flat place in the factors on, and market = (mean, squared deviations, raw squares); all NaN
    where one of the values is.
    """
    take(factors, start, dx)
    mean = total(dx) / dx.size
    for j in range(dx.size):
        dx[j] -= mean
    market[0] = mean
    market[1] = product(dx, dx)
    market[2] = market[1] + dx.size * mean * mean


@compiled_bare_part
def fit_complete(
    i: int, b: int, y: Floats, dx: Floats, market: Floats, residuals: Floats, fits: Floats
) -> tuple[bool, float]:
    """Market model of event i where no return of a long window is missing and the market's deviations are at hand.

    Returns whether that was so and the line moves beyond the market, and beta; the residuals go into row b.
    """
    n = y.size
    mean, cross = total_and_product(dx, y)
    mean, beta = mean / n, cross / market[1]
    for j in range(n):
        y[j] = (y[j] - mean) - beta * dx[j]
    squares = product(y, y)
    if not squares > ROUNDING * (squares + beta * beta * market[1] + n * mean * mean):
        return False, beta  # so it is where squares is NaN
    for j in range(n):
        residuals[b, j] = y[j]
    fits[i, ALPHA] = mean - beta * market[0]
    fits[i, VARIANCE] = squares / (n - 2)
    fits[i, COUNT] = n
    fits[i, DEGREES] = n - 2
    fits[i, SHARE] = 1.0 / n
    fits[i, RESIDUAL_MEAN] = 0.0
    fits[i, SQUARES] = squares
    return True, beta


@compiled_bare_part
def zeros_of(y: Floats) -> int:
    """How many are exactly 0."""
    number = 0
    for j in range(y.size):
        number += y[j] == 0.0
    return number


@compiled_bare_part
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


@compiled_bare_part
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


@compiled_bare_part
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


@compiled_bare_part
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


@compiled_bare_part
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


@compiled_bare_part
def thin_trading(
    kind: int, n: int, size: int, design: Floats, response: Floats, slope: Floats, inverse: Floats
) -> tuple[float, float]:
    """Beta of Scholes and Williams or of Dimson from the centred lagged design (column 0 unlagged), and its spread.

    The spread is Var(beta) over the residual variance: for Dimson that of the regression on all lags.
    """
    if kind == DIMSON:
        beta, spread = 0.0, 0.0
        for k in range(size):
            beta += slope[k]
            for j in range(size):
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


@compiled_bare_part
def fit_linear(
    y: Floats, row: int, request: Request, factors: Floats, residual: Floats, fit: Floats, b: int, block: Block
) -> int:
    """Any linear model, missing days left out and their residuals NaN; row b of `block` takes the coefficients."""
    kind = request.kind
    size = request.columns.size
    slope, centre, spread = block.line[b, 0], block.line[b, 1], block.spread[b]
    response, design, place = block.y, block.design, block.place
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
    mean, estimate, inverse = block.mean, block.estimate, block.inverse
    if not regress(answer, design, size, mean, block.moments, block.root, inverse, estimate):
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
        beta, width = thin_trading(kind, n, size, design, answer, estimate, inverse)
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


@compiled_bare
def fit_block(start: int, stop: int, request: Request, data: Data, codes: Integers, fits: Floats, block: Block) -> None:
    """Fits the events [start, stop): `codes` and `fits` [n, RECORD], and in `block` residuals, coefficients, the length
    of each estimation window, whether none of its days is missing, and how many of its returns are 0.
    """
    room, minimum = request.estimation, max(request.minimum, 3)
    short_way = request.kind == MARKET and request.risk_free < 0
    y, dx, market = block.y, block.dx, block.market
    centred = -1
    for i in range(start, stop):
        b = i - start
        here = min(room, data.where[i, BEFORE] + request.edge)
        block.here[b] = here
        block.complete[b], block.done[b] = False, False
        if here < minimum:
            codes[i] = TOO_FEW
            fits[i, COUNT] = max(here, 0)
            continue
        row = data.where[i, ROW] + request.edge - here
        begin = data.where[i, AT] + request.edge - here
        if request.kind == GIVEN:
            block.zeros[b] = zeros_of(data.values[begin : begin + here])
            for j in range(room - here, room):
                block.residual[b, j] = data.given[i, j]
            continue
        if short_way and here == room:
            if row != centred:
                centre_market(data.factors, request.columns[0] * data.factors.shape[1] + row, dx, market)
                centred = row
            if i + 1 < stop:
                fetch(data.values, data.where[i + 1, AT] + request.edge - room, room + FURTHER)
            if market[1] > ROUNDING * market[2]:
                take(data.values, begin, y)
                block.zeros[b] = zeros_of(y)
                whole, beta = fit_complete(i, b, y, dx, market, block.residual, fits)
                if whole:
                    codes[i], block.complete[b] = FIT, True
                    block.line[b, 0, 0], block.line[b, 1, 0] = beta, market[0]
                    block.spread[b, 0, 0] = 1.0 / market[1]
                    continue
        y_here = data.values[begin : begin + here]
        block.zeros[b] = zeros_of(y_here)
        residual = block.residual[b, room - here :]
        codes[i] = fit_linear(y_here, row, request, data.factors, residual, fits[i], b, block)
        block.complete[b] = codes[i] == FIT and fits[i, COUNT] == here
