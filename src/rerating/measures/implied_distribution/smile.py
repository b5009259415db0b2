"""One expiry's smile: raw SVI without butterfly arbitrage inside the quotes, and the distribution it implies."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rerating.core.record import Record
from rerating.core.types import Gap, Why

Floats = NDArray[np.float64]

LEAST_QUOTES = 6
"""Raw SVI has five parameters."""
_PENALISED, _CHECKED = 121, 481
"""Points between the outermost quotes at which butterfly arbitrage costs, and at which it is looked for in the end."""
_SHARPEST = 40.0
_NARROWEST = 0.002
"""Quoted bands narrower than 0.2 volatility points are weighed as if they had that width."""


class Smile(Record):
    """w(k) = a + b (rho (k - m) + sqrt((k - m)^2 + s^2)), total variance over k = ln(strike / forward).

    Raw SVI (Gatheral 2004; Gatheral and Jacquier 2014, Quantitative Finance 14: 59-71). `k_low` and `k_high` are the
    outermost quotes: nothing beyond them is observed. `rmse` is in volatility (0.002 is 0.2 points).
    """

    years: float
    forward: float
    a: float
    b: float
    rho: float
    m: float
    s: float
    k_low: float
    k_high: float
    n_quotes: int
    rmse: float
    least_butterfly: float
    """The smallest g(k) between the outermost quotes; not negative."""

    def total_variance(self, k: Floats) -> Floats:
        """w(k), for k inside or outside the quotes."""
        return _total_variance(self._parameters, np.asarray(k, dtype=np.float64))[0]

    def volatility(self, k: Floats) -> Floats:
        """Annual implied volatility at k."""
        return np.asarray(np.sqrt(self.total_variance(k) / self.years))

    def below(self, k: Floats) -> Floats:
        """P(S_T < F e^k) under the pricing measure: N(-d2) + n(d2) d(sqrt w)/dk; only for k inside the quotes."""
        x = np.asarray(k, dtype=np.float64)
        w, slope, _ = _total_variance(self._parameters, x)
        root = np.sqrt(w)
        d2 = -x / root - root / 2
        return np.asarray(_normal_cdf(-d2) + _normal_pdf(d2) * slope / (2 * root))

    def density(self, k: Floats) -> Floats:
        """Density in k: g(k) n(d2) / sqrt(w) (Breeden and Litzenberger 1978 in closed form)."""
        x = np.asarray(k, dtype=np.float64)
        w, _, _ = _total_variance(self._parameters, x)
        root = np.sqrt(w)
        return np.asarray(_butterfly(self._parameters, x) * _normal_pdf(-x / root - root / 2) / root)

    @property
    def _parameters(self) -> Floats:
        return np.array([self.a, self.b, self.rho, self.m, self.s])


class ImpliedDistribution(Record):
    """The distribution of the price at one expiry under the pricing measure, between the outermost quoted strikes.

    It is a price of risk and not a forecast: it holds risk premia. `mass_below` and `mass_above` lie beyond the quotes;
    how they spread there is not observed and not extrapolated.
    """

    years: float
    forward: float
    strikes: tuple[float, ...]
    density: tuple[float, ...]
    """Per unit of price."""
    below: tuple[float, ...]
    """P(S_T < strike)."""
    mass_below: float
    mass_above: float


def fit_smile(
    k: Sequence[float],
    volatility: Sequence[float],
    *,
    years: float,
    forward: float,
    band: Sequence[float] | None = None,
) -> Smile | Gap:
    """Raw SVI by weighted least squares in volatility, refused where it cannot be had without butterfly arbitrage.

    g(k) = (1 - k w'/(2w))^2 - (w'^2 / 4)(1/w + 1/4) + w''/2 >= 0 is held between the outermost quotes by a penalty that
    grows until it holds on a grid four times as fine as the penalty's; w > 0 and the wing slopes b (1 + |rho|) <= 2
    (Lee 2004) are held everywhere. The bend s is at least a fortieth of the quoted range: quotes cannot show less.

    Args:
        k: ln(strike / forward) of the quotes, one quote a strike.
        volatility: their implied volatilities (0.25 is 25 %).
        years: time to expiry.
        forward: the expiry's forward, carried along.
        band: width from bid to ask volatility; quotes weigh by 1 / band. Without it all weigh the same.

    Returns:
        The smile, or a gap: TOO_SHORT with under `LEAST_QUOTES` distinct strikes, CONFLICT where no fit is found.
    """
    from scipy.optimize import least_squares

    question = f"smile of the expiry in {years * 365:.0f} days"
    x, order = np.unique(np.asarray(k, dtype=np.float64), return_index=True)
    v = np.asarray(volatility, dtype=np.float64)[order]
    width = np.ones(x.size) if band is None else np.asarray(band, dtype=np.float64)[order]
    if x.size < LEAST_QUOTES:
        return Gap(
            question=question,
            why=Why.TOO_SHORT,
            detail=f"{x.size} strikes have a usable quote and {LEAST_QUOTES} are needed; collect a fuller chain.",
        )
    weight = 1 / np.maximum(width, _NARROWEST)
    weight /= math.sqrt(float(np.mean(weight**2)))
    penalised, checked = (np.linspace(x[0], x[-1], points) for points in (_PENALISED, _CHECKED))
    floor = 1e-3 * float(np.min(v)) ** 2 * years
    sharpest = float(x[-1] - x[0]) / _SHARPEST

    def misses(z: Floats, penalty: float) -> Floats:
        p = _parameters(z, sharpest)
        w, _, _ = _total_variance(p, x)
        miss = weight * (np.sqrt(np.maximum(w, floor) / years) - v)
        bent = penalty * np.minimum(_butterfly(p, penalised) - 1e-3, 0.0)
        return np.concatenate([miss, bent, [penalty * max(p[1] * (1 + abs(p[2])) - 2.0, 0.0)]])

    best: Smile | None = None
    start = _start(x, v * v * years, weight, sharpest)
    for penalty in (0.1, 1.0, 10.0, 100.0):
        solution = least_squares(misses, start, args=(penalty,), method="lm", ftol=1e-6, xtol=1e-6, max_nfev=600)
        p = _parameters(solution.x, sharpest)
        least = float(_butterfly(p, checked).min())
        w, _, _ = _total_variance(p, x)
        if least >= 0 and float(w.min()) > 0 and p[1] * (1 + abs(p[2])) <= 2.0 + 1e-9:
            rmse = math.sqrt(float(np.average((np.sqrt(w / years) - v) ** 2, weights=weight**2)))
            best = Smile(
                years=years, forward=forward, a=float(p[0]), b=float(p[1]), rho=float(p[2]), m=float(p[3]),
                s=float(p[4]), k_low=float(x[0]), k_high=float(x[-1]), n_quotes=int(x.size), rmse=rmse,
                least_butterfly=least,
            )  # fmt: skip
            break
        start = solution.x
    if best is None:
        return Gap(
            question=question,
            why=Why.CONFLICT,
            detail=f"No smile without arbitrage fits its {x.size} quotes; look for stale or crossed ones.",
        )
    return best


def implied_distribution(smile: Smile, *, points: int = 101) -> ImpliedDistribution:
    """The smile's distribution on an even grid of prices between the outermost quoted strikes."""
    strikes = np.linspace(smile.forward * math.exp(smile.k_low), smile.forward * math.exp(smile.k_high), points)
    k = np.log(strikes / smile.forward)
    below = np.clip(smile.below(k), 0.0, 1.0)
    return ImpliedDistribution(
        years=smile.years,
        forward=smile.forward,
        strikes=tuple(map(float, strikes)),
        density=tuple(map(float, np.maximum(smile.density(k), 0.0) / strikes)),
        below=tuple(map(float, below)),
        mass_below=float(below[0]),
        mass_above=float(1 - below[-1]),
    )


def skew_25_delta(smile: Smile) -> float | Gap:
    """Implied volatility of the 25-delta put less that of the 25-delta call (forward deltas); positive: puts dearer.

    A gap where either strike lies beyond the outermost quotes.
    """
    put, call = _strike_of_delta(smile, 0.75), _strike_of_delta(smile, 0.25)
    if put is None or call is None:
        return Gap(
            question=f"25-delta skew of the expiry in {smile.years * 365:.0f} days",
            why=Why.NOT_COVERED,
            detail="The quoted strikes do not reach the 25-delta options; collect a wider chain.",
        )
    found = smile.volatility(np.array([put, call]))
    return float(found[0] - found[1])


def _strike_of_delta(smile: Smile, call_delta: float) -> float | None:
    """k at which N(d1) is `call_delta`, or None beyond the quotes. N(d1) falls in k where there is no arbitrage."""
    from scipy.optimize import brentq

    def miss(k: float) -> float:
        root = math.sqrt(float(smile.total_variance(np.array(k))))
        return float(_normal_cdf(np.array(-k / root + root / 2))) - call_delta

    if miss(smile.k_low) < 0 or miss(smile.k_high) > 0:
        return None
    return float(brentq(miss, smile.k_low, smile.k_high, xtol=1e-10))


def _parameters(z: Floats, sharpest: float) -> Floats:
    """a, b, rho, m, s from unbounded coordinates; the first is the least total variance, so that w stays positive."""
    least, b, rho = math.exp(min(z[0], 3.0)), math.exp(min(z[1], 3.0)), math.tanh(z[2])
    s = sharpest + math.exp(min(z[4], 3.0))
    return np.array([least - b * s * math.sqrt(max(1 - rho * rho, 0.0)), b, rho, z[3], s])


def _total_variance(p: Floats, k: Floats) -> tuple[Floats, Floats, Floats]:
    """w, w', w''."""
    a, b, rho, m, s = p
    y = k - m
    root = np.sqrt(y * y + s * s)
    return a + b * (rho * y + root), b * (rho + y / root), b * s * s / root**3


def _butterfly(p: Floats, k: Floats) -> Floats:
    """Durrleman's g(k): the sign of the implied density."""
    w, slope, bend = _total_variance(p, k)
    return np.asarray((1 - k * slope / (2 * w)) ** 2 - slope * slope / 4 * (1 / w + 0.25) + bend / 2)


def _start(k: Floats, w: Floats, weight: Floats, sharpest: float) -> Floats:
    """Best of a small grid of (m, s), the other three by linear least squares (Zeliade 2009, quasi-explicit)."""
    best, found = math.inf, None
    span = max(float(k[-1] - k[0]), 1e-3)
    for m in np.linspace(k[0], k[-1], 9):
        for s in span * np.array([0.03, 0.06, 0.12, 0.25, 0.6]):
            y = (k - m) / s
            columns = np.stack([np.ones(k.size), y, np.sqrt(y * y + 1)], axis=1)
            (a, d, c), *_ = np.linalg.lstsq(columns * weight[:, None], w * weight, rcond=None)
            c = max(c, 1e-6 * float(w.mean()))
            d = float(np.clip(d, -0.99 * c, 0.99 * c))
            a = max(a, -0.99 * math.sqrt(c * c - d * d))
            cost = float(np.sum((weight * (columns @ np.array([a, d, c]) - w)) ** 2))
            if cost < best:
                best, found = cost, (a, c / s, d / c, m, s)
    assert found is not None  # the grid is not empty
    a, b, rho, m, s = found
    least = max(a + b * s * math.sqrt(1 - rho * rho), 1e-3 * float(w.min()))
    return np.array([math.log(least), math.log(b), math.atanh(rho), m, math.log(s - sharpest)])


def _normal_pdf(x: Floats) -> Floats:
    return np.asarray(np.exp(-0.5 * x * x) / math.sqrt(2 * math.pi))


def _normal_cdf(x: Floats) -> Floats:
    from scipy.special import ndtr

    return np.asarray(ndtr(x), dtype=np.float64)
