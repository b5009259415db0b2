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
    RESIDUAL_MEAN,
    SQUARES,
    VARIANCE,
    Data,
    Floats,
    Request,
    Results,
    given_width,
)

# The optimiser wants returns of about one: they go in as per cent.
PER_CENT = 100.0


def garch_fits(data: Data, request: Request, market: int, results: Results) -> Data:
    """The data with the fits of all events in `given`; codes, fit records and betas go into `results`."""
    given = np.full((len(data.where), given_width(request)), np.nan)
    for i in range(len(data.where)):
        _fit_one(i, data, request, market, given[i], results)
    return data._replace(given=given)


def _fit_one(  # noqa: PLR0917  one event of many
    i: int, data: Data, request: Request, market: int, given: Floats, results: Results
) -> None:
    at, day, before = (int(place) for place in data.where[i])
    here = min(request.estimation, before + request.edge)
    fit = results.fits[i]
    if here < max(request.minimum, 3):
        fit[COUNT] = max(here, 0)
        return
    begin, row = at + request.edge - here, day + request.edge - here
    y, x = data.values[begin : begin + here], data.factors[market, row : row + here]
    known = ~(np.isnan(y) | np.isnan(x))
    fit[COUNT] = known.sum()
    if known.sum() < request.minimum:
        return
    y, x = y[known], x[known]
    results.codes[i], parameters, covariance, conditional = _checked(y, x)
    if results.codes[i] != FIT:
        return
    alpha, beta, omega, arch_term, garch_term = parameters
    residual = y - alpha - beta * x
    place = np.flatnonzero(known) + request.estimation - here
    given[place], given[place + request.estimation] = residual, np.sqrt(conditional)
    level = residual.mean()
    squares = float(((residual - level) ** 2).sum())
    fit[[ALPHA, VARIANCE, DEGREES]] = alpha, squares / (y.size - 2), y.size - 2
    fit[[RESIDUAL_MEAN, SQUARES]] = level, squares
    results.slopes[i, 0] = beta
    ahead = np.empty(request.last - request.edge + 1)
    ahead[0] = omega + arch_term * residual[-1] ** 2 + garch_term * conditional[-1]
    for k in range(1, ahead.size):
        ahead[k] = omega + (arch_term + garch_term) * ahead[k - 1]
    ahead = ahead[request.first - request.edge :]
    days = slice(request.first, request.last + 1)
    x, y = data.factors[market, day + days.start : day + days.stop], data.values[at + days.start : at + days.stop]
    design = np.column_stack((np.ones_like(x), x))
    rest = given[2 * request.estimation :]
    rest[: x.size] = alpha + beta * x
    rest[x.size : 2 * x.size] = ahead + np.einsum("ij,jk,ik->i", design, covariance, design)
    known = ~(np.isnan(x) | np.isnan(y))
    for w, (start, stop) in enumerate(request.windows - request.first):
        part = slice(start, stop + 1)
        total = design[part][known[part]].sum(axis=0)
        rest[2 * x.size + w] = ahead[part][known[part]].sum() + total @ covariance @ total


def _checked(y: Floats, x: Floats) -> tuple[int, Floats, Floats, Floats]:
    """`_maximise` where there is something to fit."""
    nothing = np.empty(0)
    if not np.ptp(x) > 1e-12 * np.abs(x).max():
        return FLAT_BENCHMARK, nothing, nothing, nothing
    dx = x - x.mean()
    rest = y - y.mean() - (y @ dx) / (dx @ dx) * dx
    if not rest @ rest > 1e-24 * (y @ y):
        return NO_VARIANCE, nothing, nothing, nothing
    return _maximise(y, x)


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
