"""Fits of the market model with GARCH(1,1) errors, one event at a time, by the package arch."""

from __future__ import annotations

import numpy as np

from rerating.measures.event_study.layout import (
    ALPHA,
    COUNT,
    DEGREES,
    FIT,
    FLAT_BENCHMARK,
    NO_VARIANCE,
    NOT_CONVERGED,
    RECORD,
    RESIDUAL_MEAN,
    SQUARES,
    TOO_FEW,
    VARIANCE,
    Data,
    Floats,
    Given,
    Request,
)

# The optimiser wants returns of about one: they go in as per cent.
PER_CENT = 100.0


def garch_fits(data: Data, request: Request, market: int) -> tuple[Given, Floats]:
    """Fits of all events, and their betas [n]."""
    n, days = data.at.size, request.last - request.first + 1
    given = Given(
        codes=np.full(n, TOO_FEW, np.int64),
        fits=np.zeros((n, RECORD)),
        residuals=np.full((n, request.estimation), np.nan),
        scales=np.full((n, request.estimation), np.nan),
        expected=np.full((n, days), np.nan),
        variance=np.full((n, days), np.nan),
        car_variance=np.full((n, len(request.windows)), np.nan),
    )
    betas = np.full(n, np.nan)
    for i in range(n):
        betas[i] = _fit_one(i, data, request, market, given)
    return given, betas


def _fit_one(i: int, data: Data, request: Request, market: int, given: Given) -> float:
    here = int(min(request.estimation, data.before[i] + request.edge))
    if here < max(request.minimum, 3):
        given.fits[i, COUNT] = max(here, 0)
        return np.nan
    begin, row = data.at[i] + request.edge - here, data.row[i] + request.edge - here
    y, x = data.values[begin : begin + here], data.factors[market, row : row + here]
    known = ~(np.isnan(y) | np.isnan(x))
    given.fits[i, COUNT] = known.sum()
    if known.sum() < request.minimum:
        return np.nan
    y, x = y[known], x[known]
    if not np.ptp(x) > 1e-12 * np.abs(x).max():
        given.codes[i] = FLAT_BENCHMARK
        return np.nan
    centred = y - y.mean() - (y @ (x - x.mean())) / ((x - x.mean()) @ (x - x.mean())) * (x - x.mean())
    if not centred @ centred > 1e-24 * (y @ y):
        given.codes[i] = NO_VARIANCE
        return np.nan
    given.codes[i], parameters, covariance, conditional = _maximise(y, x)
    if given.codes[i] != FIT:
        return np.nan
    alpha, beta, omega, arch_term, garch_term = parameters
    residual = y - alpha - beta * x
    place = np.flatnonzero(known) + request.estimation - here
    given.residuals[i, place], given.scales[i, place] = residual, np.sqrt(conditional)
    level = residual.mean()
    squares = float(((residual - level) ** 2).sum())
    given.fits[i, [ALPHA, VARIANCE, DEGREES]] = alpha, squares / (y.size - 2), y.size - 2
    given.fits[i, [RESIDUAL_MEAN, SQUARES]] = level, squares
    steps = request.last - request.edge + 1
    ahead = np.empty(steps)
    ahead[0] = omega + arch_term * residual[-1] ** 2 + garch_term * conditional[-1]
    for k in range(1, steps):
        ahead[k] = omega + (arch_term + garch_term) * ahead[k - 1]
    row, at, days = data.row[i] + request.first, data.at[i] + request.first, request.last - request.first + 1
    x, y = data.factors[market, row : row + days], data.values[at : at + days]
    design = np.column_stack((np.ones_like(x), x))
    given.expected[i] = alpha + beta * x
    ahead = ahead[request.first - request.edge :]
    given.variance[i] = ahead + np.einsum("ij,jk,ik->i", design, covariance, design)
    known = ~(np.isnan(x) | np.isnan(y))
    for w, (start, stop) in enumerate(request.windows - request.first):
        part = slice(start, stop + 1)
        total = design[part][known[part]].sum(axis=0)
        given.car_variance[i, w] = ahead[part][known[part]].sum() + total @ covariance @ total
    return float(beta)


def _maximise(y: Floats, x: Floats) -> tuple[int, Floats, Floats, Floats]:
    """Code, parameters (alpha, beta, omega, arch, garch), covariance of alpha and beta, conditional variances."""
    from arch import arch_model

    model = arch_model(
        PER_CENT * y, x=PER_CENT * x[:, None], mean="LS", vol="GARCH", p=1, q=1, dist="normal", rescale=False
    )
    fit = model.fit(disp="off", show_warning=False)
    parameters = np.asarray(fit.params, dtype=np.float64)
    nothing = np.empty(0)
    if fit.convergence_flag != 0 or not np.isfinite(parameters).all():
        return NOT_CONVERGED, nothing, nothing, nothing
    covariance = np.asarray(fit.param_cov, dtype=np.float64)[:2, :2]
    if not np.isfinite(covariance).all():
        return NOT_CONVERGED, nothing, nothing, nothing
    # alpha and omega carry the unit of the returns, beta and the two dynamic terms do not.
    parameters = parameters * np.array([1.0 / PER_CENT, 1.0, 1.0 / PER_CENT**2, 1.0, 1.0])
    scale = np.array([1.0 / PER_CENT, 1.0])
    conditional = (np.asarray(fit.conditional_volatility) / PER_CENT) ** 2
    return FIT, parameters, covariance * np.outer(scale, scale), conditional
