"""Compiled finite differences for one American option with cash dividends. Import this module inside functions only.

The state is y = ln S on a uniform grid; a dividend D moves the grid's values by V(S, before) = V(S - D, after). All
grids run *away from the exercise side* (upwards for a put, downwards for a call, by a signed step h), so that the one
elimination order of Brennan and Schwartz (1977, Journal of Finance 32: 449-462) solves the obstacle problem of both
rights. A call is carried as C - (S - K): both rights evolve a function between 0 and K and no error of e^y enters.
"""
# ruff: noqa: PLR0917 - compiled code takes no keyword-only arguments

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rerating.core.compile import compiled, compiled_part

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]

SOLVED, NO_PRICE, EXPIRED, INVALID, NO_TIME_VALUE, ABOVE_BOUND, OUT_OF_RANGE, NOT_CONVERGED = range(8)
LOWEST, HIGHEST = 0.01, 10.0
"""The volatilities between which a solution is looked for (1 % and 1,000 % a year)."""
HALF_WIDTH = 5.0
"""Standard deviations of ln S(T) that the grid reaches to either side of the spot and of the drifted spot."""
GRADING = 1.5
"""Time to expiry goes with this power of the step number: short steps where the exercise boundary moves fast."""
WORK_ROWS = 13
"""Rows of scratch: value, vega, rho, old, right, share, floor, inverse, three sources, two sets of scheme rows."""


class Terms(NamedTuple):
    """One contract and its market: right, spot, strike, years to expiry, risk-free and borrow rate."""

    call: bool
    spot: float
    strike: float
    years: float
    rate: float
    borrow: float


class Payments(NamedTuple):
    """Cash dividends: years to the ex-dates in ascending order, and the amounts."""

    when: Floats
    cash: Floats


@compiled_part
def normal_cdf(x: float) -> float:
    """The standard normal distribution function, by erfc, accurate in both tails."""
    return 0.5 * math.erfc(-x * 0.7071067811865476)


@compiled_part
def carried(terms: Terms, paid: Payments, time: float) -> float:
    """Present value of the share delivered at `time`: S e^(-q t) - sum D_i e^(-r t_i - q (t - t_i)), at least 0."""
    value = terms.spot * math.exp(-terms.borrow * time)
    for i in range(paid.when.size):
        if 0.0 < paid.when[i] <= time and paid.when[i] < terms.years:
            value -= paid.cash[i] * math.exp(-terms.rate * paid.when[i] - terms.borrow * (time - paid.when[i]))
    return max(value, 0.0)


@compiled_part
def certain_value(terms: Terms, paid: Payments) -> float:
    """Value at zero volatility: the best of exercise now, around an ex-date, at expiry, or where the carries cross."""
    call, spot, strike, years, rate, borrow = terms
    sign = 1.0 if call else -1.0
    best = max(0.0, sign * (spot - strike), sign * (carried(terms, paid, years) - strike * math.exp(-rate * years)))
    for i in range(paid.when.size):
        at = paid.when[i]
        if 0.0 < at < years:
            share = carried(terms, paid, at)
            if call:
                share += paid.cash[i] * math.exp(-rate * at)  # a call goes just before the ex-date, a put just after
            best = max(best, sign * (share - strike * math.exp(-rate * at)))
    if rate != borrow and rate * strike * borrow * spot > 0.0:
        at = math.log(rate * strike / (borrow * spot)) / (rate - borrow)
        if 0.0 < at < years:
            best = max(best, sign * (carried(terms, paid, at) - strike * math.exp(-rate * at)))
    return best


@compiled_part
def european(call: bool, forward: float, strike: float, years: float, vol: float) -> tuple[float, float]:
    """Undiscounted Black (1976) value and vega for a forward, a strike and a volatility, all positive."""
    deviation = vol * math.sqrt(years)
    d1 = math.log(forward / strike) / deviation + 0.5 * deviation
    sign = 1.0 if call else -1.0
    value = sign * (forward * normal_cdf(sign * d1) - strike * normal_cdf(sign * (d1 - deviation)))
    return value, forward * math.sqrt(years) * math.exp(-0.5 * d1 * d1) * 0.3989422804014327


@compiled_part
def european_volatility(call: bool, price: float, forward: float, strike: float, years: float) -> float:
    """Volatility of an undiscounted European price: Newton from the inflection point (Manaster and Koehler 1982).

    Convergence is monotone from there. For a price outside the European bounds the inflection point itself comes back.
    """
    start = max(math.sqrt(2.0 * abs(math.log(forward / strike)) / years), 0.05)
    vol = start
    for _ in range(50):
        value, vega = european(call, forward, strike, years, vol)
        if vega < 1e-12 * forward:
            return start
        step = (value - price) / vega
        vol -= step
        if not LOWEST * 0.5 < vol < HIGHEST * 2.0:
            return start
        if abs(step) < 1e-7:
            return vol
    return start


@compiled_part
def _interpolated(values: Floats, position: float) -> float:
    """Cubic Lagrange interpolation at a fractional index inside [0, n - 1]."""
    i = min(max(int(position), 1), values.size - 3)
    u = position - i
    total: float = (
        -values[i - 1] * u * (u - 1.0) * (u - 2.0) / 6.0
        + values[i] * (u + 1.0) * (u - 1.0) * (u - 2.0) / 2.0
        - values[i + 1] * (u + 1.0) * u * (u - 2.0) / 2.0
        + values[i + 2] * (u + 1.0) * u * (u - 1.0) / 6.0
    )
    return total


@compiled_part
def _fourfold(s: float) -> float:
    """The fourth antiderivative of 1 - e^(-s) from 0, as its series s^5/5! - s^6/6! + ...; zero for s <= 0."""
    if s <= 0.0:
        return 0.0
    term = s * s * s * s * s / 120.0
    total = 0.0
    i = 5.0
    while abs(term) > 1e-17 * abs(total):
        total += term
        i += 1.0
        term *= -s / i
    return total


@compiled_part
def _spline(s: float, step: float) -> float:
    """The put payoff per unit of strike, s inside the money, averaged with the cubic B-spline of the grid."""
    outer = _fourfold(s - 2.0 * step) + _fourfold(s + 2.0 * step)
    inner = _fourfold(s - step) + _fourfold(s + step)
    total: float = (outer - 4.0 * inner + 6.0 * _fourfold(s)) / step**4
    return total


@compiled_part
def _smoothed_put(away: float, step: float, strike: float) -> float:
    """Put payoff `away` steps inside the money, smoothed to fourth order.

    Kreiss, Thomee and Widlund (1970, Communications on Pure and Applied Mathematics 23: 241-259): without it the kink
    at the strike would leave the scheme second-order.
    """
    s = away * step
    here = _spline(s, step)
    total: float = strike * (here - (_spline(s - step, step) - 2.0 * here + _spline(s + step, step)) / 6.0)
    return total


@compiled_part
def _coefficients(
    h: float, half: float, mu: float, rate: float, change: tuple[float, float, float], out: Floats
) -> None:
    """Rows of the fourth-order compact scheme M V' = N V for V' = half V_yy + mu V_y - rate V.

    out[0] = M, out[1] = N, and out[2], out[3] their derivatives in a parameter by which half, mu and rate `change`.
    """
    d_half, d_mu, d_rate = change
    skew = h * mu / (24.0 * half)
    d_skew = h * (d_mu * half - mu * d_half) / (24.0 * half * half)
    spread = half / (h * h) + mu * mu / (12.0 * half)
    d_spread = d_half / (h * h) + (2.0 * mu * d_mu * half - mu * mu * d_half) / (12.0 * half * half)
    for k in range(3):
        side = k - 1.0
        weight = 1.0 - 3.0 * (k % 2)  # 1, -2, 1
        out[0, k] = 10.0 / 12.0 if k == 1 else 1.0 / 12.0 + side * skew
        out[2, k] = side * d_skew
        out[1, k] = weight * spread + side * mu / (2.0 * h) - rate * out[0, k]
        out[3, k] = weight * d_spread + side * d_mu / (2.0 * h) - rate * out[2, k] - d_rate * out[0, k]


@compiled_part
def _pivots(rows: Floats, implicit: float, inverse: Floats) -> None:
    """Inverse pivots of the elimination that starts on the far side; with constant rows they soon settle."""
    product = (implicit * rows[1, 0] - rows[0, 0]) * (implicit * rows[1, 2] - rows[0, 2])
    diagonal = rows[0, 1] - implicit * rows[1, 1]
    current = 1.0 / diagonal
    j = inverse.size - 2
    inverse[j] = current
    settled = False
    while j > 1:
        j -= 1
        if not settled:
            before = current
            current = 1.0 / (diagonal - product * before)
            settled = abs(current - before) <= 1e-16 * abs(current)
        inverse[j] = current


@compiled_part
def _step(
    values: Floats, floor: Floats, source: Floats, rows: Floats, theta: float, dt: float, inverse: Floats, right: Floats
) -> None:
    """One step of the obstacle problem: eliminate from the far side, substitute from the exercise side."""
    n = values.size
    w, e = theta * dt, (1.0 - theta) * dt
    lower, upper = w * rows[1, 0] - rows[0, 0], w * rows[1, 2] - rows[0, 2]
    old_l, old_d, old_u = rows[0, 0] + e * rows[1, 0], rows[0, 1] + e * rows[1, 1], rows[0, 2] + e * rows[1, 2]
    for j in range(1, n - 1):
        right[j] = old_l * values[j - 1] + old_d * values[j] + old_u * values[j + 1] + dt * source[j]
    known = values[n - 1]
    for j in range(n - 2, 0, -1):
        known = (right[j] + upper * known) * inverse[j]
        right[j] = known
    known = values[0]
    for j in range(1, n - 1):
        known = max(right[j] + lower * inverse[j] * known, floor[j])
        values[j] = known


@compiled_part
def _tangent_step(
    tangent: Floats,
    old: Floats,
    new: Floats,
    floor: Floats,
    source: Floats,
    rows: Floats,
    theta: float,
    dt: float,
    inverse: Floats,
    right: Floats,
) -> None:
    """The exact derivative of `_step` in the parameter whose derivative rows are rows[2:4]; zero where exercised."""
    n = new.size
    w, e = theta * dt, (1.0 - theta) * dt
    lower, upper = w * rows[1, 0] - rows[0, 0], w * rows[1, 2] - rows[0, 2]
    old_l, old_d, old_u = rows[0, 0] + e * rows[1, 0], rows[0, 1] + e * rows[1, 1], rows[0, 2] + e * rows[1, 2]
    a_l, a_d, a_u = w * rows[3, 0] - rows[2, 0], w * rows[3, 1], w * rows[3, 2] - rows[2, 2]
    b_l, b_d, b_u = e * rows[3, 0] + rows[2, 0], e * rows[3, 1], e * rows[3, 2] + rows[2, 2]
    for j in range(1, n - 1):
        right[j] = (
            old_l * tangent[j - 1]
            + old_d * tangent[j]
            + old_u * tangent[j + 1]
            + dt * source[j]
            + (a_l * new[j - 1] + a_d * new[j] + a_u * new[j + 1])
            + (b_l * old[j - 1] + b_d * old[j] + b_u * old[j + 1])
        )
    known = 0.0
    for j in range(n - 2, 0, -1):
        known = (right[j] + upper * known) * inverse[j]
        right[j] = known
    known = 0.0
    for j in range(1, n - 1):
        known = right[j] + lower * inverse[j] * known if new[j] > floor[j] else 0.0
        tangent[j] = known


@compiled_part
def _pay_dividend(terms: Terms, amount: float, h: float, work: Floats, count: int) -> None:
    """Carry the value (work[0]) and `count` tangents from after an ex-date to before it."""
    before, position, share, floor = work[3], work[4], work[5], work[6]
    n = share.size
    for j in range(n):
        left = share[j] - amount
        position[j] = j + math.log(left / share[j]) / h if left > 0.0 else -1.0
    for layer in range(count + 1):
        values = work[layer]
        for j in range(n):
            before[j] = values[j]
        for j in range(n):
            inside = 0.0 <= position[j] <= n - 1.0
            if layer > 0:
                values[j] = _interpolated(before, position[j]) if inside and work[0, j] > floor[j] else 0.0
            else:
                after = (
                    _interpolated(before, position[j])
                    if inside
                    else max(terms.strike - max(share[j] - amount, 0.0), 0.0)
                )
                values[j] = max(after - amount if terms.call else after, floor[j])


@compiled_part
def _lay_out(terms: Terms, paid: Payments, vol: float, work: Floats) -> tuple[int, float]:
    """Fill the grid, the smoothed payoff, the floor and the scheme's rows; the spot's node and the signed step."""
    call, spot, strike, years, rate, borrow = terms
    n = work.shape[1]
    values, share, floor = work[0], work[5], work[6]
    half, reach = 0.5 * vol * vol, HALF_WIDTH * vol * math.sqrt(years)
    mu = rate - borrow - half
    falls = 0.0
    for i in range(paid.when.size):
        if 0.0 < paid.when[i] < years:
            falls += paid.cash[i]
    low = -(reach - math.log(1.0 - falls / spot) + max(-mu * years, 0.0))
    high = reach + max(mu * years, 0.0)
    width = (high - low) / (n - 1)
    here = int(min(max(-low / width + 0.5, 2.0), n - 3.0))
    h = width
    if call:
        here, h = n - 1 - here, -width
    growth = math.exp(h)
    share[0] = spot * math.exp(-here * h)
    for j in range(1, n):
        share[j] = share[j - 1] * growth
    place = here + math.log(strike / spot) / h
    for j in range(n):
        away = place - j if h > 0.0 else j - place
        values[j] = max(strike - share[j], 0.0) if abs(away) > 3.0 else _smoothed_put(away, width, strike)
        floor[j] = 0.0 if call else strike - share[j]
    work[1:3] = 0.0
    work[8:11] = 0.0
    by_vol, by_rate = work[11, 0:12].reshape((4, 3)), work[12, 0:12].reshape((4, 3))
    _coefficients(h, half, mu, rate, (vol, -vol, 0.0), by_vol)
    _coefficients(h, half, mu, rate, (0.0, 1.0, 1.0), by_rate)
    if call:  # C - (S - K) obeys the same equation with the source r K - q S
        for j in range(1, n - 1):
            for k in range(3):
                drift = rate * strike - borrow * share[j + k - 1]
                work[8, j] += by_vol[0, k] * drift
                work[9, j] += by_vol[2, k] * drift
                work[10, j] += by_rate[2, k] * drift + by_rate[0, k] * strike
    return here, h


@compiled_part
def _march(work: Floats, theta: float, dt: float, tangents: int) -> None:
    """One step of length dt for the value and its first `tangents` derivatives."""
    by_vol, by_rate = work[11, 0:12].reshape((4, 3)), work[12, 0:12].reshape((4, 3))
    values, old, right, floor, inverse = work[0], work[3], work[4], work[6], work[7]
    _pivots(by_vol, theta * dt, inverse)
    if tangents > 0:
        for j in range(values.size):
            old[j] = values[j]
    _step(values, floor, work[8], by_vol, theta, dt, inverse, right)
    if tangents > 0:
        _tangent_step(work[1], old, values, floor, work[9], by_vol, theta, dt, inverse, right)
    if tangents > 1:
        _tangent_step(work[2], old, values, floor, work[10], by_rate, theta, dt, inverse, right)


@compiled_part
def solve(terms: Terms, vol: float, paid: Payments, steps: int, tangents: int, work: Floats, out: Floats) -> None:
    """Value, delta, gamma, theta, vega and rho of one American option into out[0:6].

    `tangents` is 0 (vega and rho stay 0), 1 (vega) or 2 (both); `work` is (WORK_ROWS, nodes).
    """
    years = terms.years
    here, h = _lay_out(terms, paid, vol, work)
    date = paid.when.size - 1
    while date >= 0 and paid.when[date] >= years:
        date -= 1
    tau, u, first = 0.0, 0.0, True
    while tau < years:
        end = years - paid.when[date] if date >= 0 else years
        u_end = (end / years) ** (1.0 / GRADING)
        count = max(int(steps * (u_end - u) + 0.5), 2)
        for k in range(count):
            until = end if k == count - 1 else years * (u + (k + 1) * (u_end - u) / count) ** GRADING
            if first:  # two implicit half steps damp what the kink excites (Rannacher 1984)
                _march(work, 1.0, 0.5 * until, tangents)
                _march(work, 1.0, 0.5 * until, tangents)
                first = False
            else:
                _march(work, 0.5, until - tau, tangents)
            tau = until
        tau, u = end, u_end
        if date >= 0:
            _pay_dividend(terms, paid.cash[date], h, work, tangents)
            date -= 1
    _read_off(terms, vol, here, h, work, out)


@compiled_part
def _read_off(terms: Terms, vol: float, z: int, h: float, work: Floats, out: Floats) -> None:
    """Value and derivatives at the spot's node z; theta from the equation itself."""
    call, spot, strike, _, rate, borrow = terms
    v = work[0]
    out[0] = v[z] + (spot - strike if call else 0.0)
    out[1:6] = 0.0
    if v[z] <= work[6, z]:  # exercise is due: the option is the payoff, and time takes nothing from it
        out[0], out[1] = (spot - strike, 1.0) if call else (strike - spot, -1.0)
        return
    slope = (v[z - 2] - 8.0 * v[z - 1] + 8.0 * v[z + 1] - v[z + 2]) / (12.0 * h)
    bend = (-v[z - 2] + 16.0 * v[z - 1] - 30.0 * v[z] + 16.0 * v[z + 1] - v[z + 2]) / (12.0 * h * h)
    out[1] = slope / spot + (1.0 if call else 0.0)
    out[2] = (bend - slope) / (spot * spot)
    out[3] = rate * out[0] - (rate - borrow) * spot * out[1] - 0.5 * vol * vol * spot * spot * out[2]
    out[4], out[5] = work[1, z], work[2, z]


@compiled_part
def sound(terms: Terms, paid: Payments) -> int:
    """SOLVED where the contract can be priced, else EXPIRED or INVALID (also: dividends above half of the spot)."""
    _, spot, strike, years, rate, borrow = terms
    if not (math.isfinite(spot) and math.isfinite(strike) and spot > 0.0 and strike > 0.0):
        return INVALID
    if not (abs(rate) <= 1.0 and abs(borrow) <= 3.0 and years <= 30.0):  # NaN fails every comparison
        return INVALID
    if years <= 0.0:
        return EXPIRED
    falls = 0.0
    for i in range(paid.when.size):
        if 0.0 < paid.when[i] < years:
            falls += paid.cash[i]
    return SOLVED if falls <= 0.5 * spot else INVALID


@compiled_part
def _priced(terms: Terms, paid: Payments, price: float) -> int:
    """SOLVED where some volatility can give this price, else why not."""
    status = sound(terms, paid)
    if status != SOLVED:
        return status
    if not (math.isfinite(price) and price > 0.0):
        return NO_PRICE
    if price <= certain_value(terms, paid) + 1e-9 * terms.spot:
        return NO_TIME_VALUE
    carry = terms.borrow if terms.call else terms.rate
    most = (terms.spot if terms.call else terms.strike) * math.exp(max(-carry, 0.0) * terms.years)
    return SOLVED if price < most else ABOVE_BOUND


@compiled_part
def _root(
    terms: Terms, paid: Payments, price: float, start: float, slope: float, close: float, steps: int,
    work: Floats, out: Floats,
) -> tuple[int, float, float]:  # fmt: skip
    """Secant inside a bracket from `start` and a first `slope`, until a step is shorter than `close`.

    Returns status, volatility and slope.
    """
    low, high, vol = LOWEST, HIGHEST, start
    before, value_before, excess = 0.0, 0.0, 0.0
    for _ in range(60):
        solve(terms, vol, paid, steps, 0, work, out)
        excess = out[0] - price
        if excess > 0.0:
            high = vol
        else:
            low = vol
        if high - low < 1e-7 or abs(excess) < 1e-11 * terms.spot:
            break
        if before > 0.0 and vol != before and (out[0] - value_before) / (vol - before) > 0.0:
            slope = (out[0] - value_before) / (vol - before)
        trial = vol - excess / slope
        if not low < trial < high:
            trial = math.sqrt(low * high)
        elif abs(trial - vol) < close:
            return SOLVED, trial, slope
        before, value_before, vol = vol, out[0], trial
    if vol <= LOWEST * 1.001 or vol >= HIGHEST * 0.999:
        return OUT_OF_RANGE, 0.0, slope
    met = high - low < 1e-6 or abs(excess) < 1e-9 * terms.spot
    return (SOLVED, vol, slope) if met else (NOT_CONVERGED, 0.0, slope)


@compiled_part
def implied(
    terms: Terms, paid: Payments, price: float, steps: int, work: Floats, coarse: Floats, out: Floats
) -> tuple[int, float]:
    """Status and volatility at which `solve` returns `price`: a search on a `coarse` grid, then mostly one fine step.

    An American option is worth at least its European twin, so the European volatility, where the search starts, lies
    at or above the root. A last fine step below 0.03 points with the coarse slope is off by some 0.001 points at most.
    """
    status = _priced(terms, paid, price)
    if status != SOLVED:
        return status, 0.0
    growth = math.exp(terms.rate * terms.years)
    forward = max(carried(terms, paid, terms.years) * growth, 1e-9 * terms.spot)
    start = european_volatility(terms.call, price * growth, forward, terms.strike, terms.years)
    start = min(max(start, LOWEST), HIGHEST)
    slope = max(european(terms.call, forward, terms.strike, terms.years, start)[1] / growth, 1e-6 * terms.spot)
    status, vol, better = _root(terms, paid, price, start, slope, 1e-3, steps // 2, coarse, out)
    if status == SOLVED:
        start, slope = vol, better
    status, vol, slope = _root(terms, paid, price, start, slope, 3e-4, steps, work, out)
    return status, vol


@compiled
def value_many(
    call: Flags, numbers: Floats, spot: float, paid: Payments, size: tuple[int, int], rows: tuple[int, int],
    status: Codes, out: Floats,
) -> None:  # fmt: skip
    """`solve` for contracts rows[0] .. rows[1] - 1; `numbers` has rows strike, years, rate, borrow, volatility."""
    work = np.zeros((WORK_ROWS, size[0]))
    for i in range(rows[0], rows[1]):
        terms = Terms(call[i], spot, numbers[0, i], numbers[1, i], numbers[2, i], numbers[3, i])
        vol = numbers[4, i]
        status[i] = sound(terms, paid)
        if status[i] == SOLVED and not LOWEST <= vol <= HIGHEST:
            status[i] = OUT_OF_RANGE
        if status[i] == SOLVED:
            solve(terms, vol, paid, size[1], 2, work, out[i])


@compiled
def implied_many(
    call: Flags, numbers: Floats, spot: float, paid: Payments, size: tuple[int, int], rows: tuple[int, int],
    greeks: bool, status: Codes, vol: Floats, out: Floats,
) -> None:  # fmt: skip
    """`implied` for contracts rows[0] .. rows[1] - 1 (numbers[4]: price); `greeks` solves once more at the root."""
    work, coarse = np.zeros((WORK_ROWS, size[0])), np.zeros((WORK_ROWS, size[0] * 3 // 5))
    trial = np.zeros(6)
    for i in range(rows[0], rows[1]):
        terms = Terms(call[i], spot, numbers[0, i], numbers[1, i], numbers[2, i], numbers[3, i])
        status[i], vol[i] = implied(terms, paid, numbers[4, i], size[1], work, coarse, trial)
        if greeks and status[i] == SOLVED:
            solve(terms, vol[i], paid, size[1], 2, work, out[i])
