"""Ranges in, quasi-random scenarios out: the sampling that the three scenario measures share.

A range is a `Span(low, base, high)`. Where low < high it is read as the triangular law with its mode at `base`; where
low == high it is a constant and takes no dimension of the design. Designs are scrambled Sobol sequences (Owen 1998),
whose error falls almost like 1/n for smooth outputs, where plain Monte Carlo's falls like 1/sqrt(n).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from pydantic import model_validator

from rerating.core.errors import UsageError
from rerating.core.record import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

Values = Mapping[str, "NDArray[np.float64]"]
"""One array a name; a constant has the shape (), a drawn one (draws,)."""


BAND_LEVEL = 0.8
"""The part of all scenarios that a band holds unless another is asked for."""


class Span(Record):
    """A range of one input: the least, the central and the greatest value that is held for possible."""

    low: float
    base: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> Span:
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise ValueError("a range needs finite ends")
        if not self.low <= self.base <= self.high:
            raise ValueError(f"a range runs from low over base to high, not {self.low:g}, {self.base:g}, {self.high:g}")
        return self

    @classmethod
    def at(cls, value: float) -> Span:
        """The range that holds one value only."""
        return cls(low=value, base=value, high=value)

    @property
    def is_point(self) -> bool:
        """True where the range holds one value only."""
        return self.low == self.high


class Band(Record):
    """The middle `level` of the scenarios and their median; `share` of all scenarios have a value at all."""

    low: float
    median: float
    high: float
    level: float
    share: float = 1.0


class Driver(Record):
    """How much of the variance of an output goes away at most when this input is known: the total-order index."""

    name: str
    total_order: float


def triangular(u: NDArray[np.float64], span: Span) -> NDArray[np.float64]:
    """The quantile function of the triangular law on `span` at probabilities `u` (any shape)."""
    if span.is_point:
        return np.full_like(u, span.base)
    width, left, right = span.high - span.low, span.base - span.low, span.high - span.base
    rising = span.low + np.sqrt(u * width * left)
    falling = span.high - np.sqrt((1.0 - u) * width * right)
    return np.where(u * width < left, rising, falling)


def drawn(spans: Mapping[str, Span], draws: int, seed: int) -> dict[str, NDArray[np.float64]]:
    """`draws` scenarios of the ranges (a power of two), by one scrambled Sobol design.

    The dimensions are dealt out in the order of `spans`, so the same ranges, draws and seed give the same scenarios.
    """
    from scipy.stats import qmc

    exponent = _power_of_two(draws)
    moving = [name for name, span in spans.items() if not span.is_point]
    values = {name: np.asarray(span.base, dtype=np.float64) for name, span in spans.items()}
    if moving:
        design = qmc.Sobol(len(moving), scramble=True, rng=np.random.default_rng(seed)).random_base2(exponent)
        for column, name in enumerate(moving):
            values[name] = triangular(np.ascontiguousarray(design[:, column]), spans[name])
    return values


def _power_of_two(draws: int) -> int:
    exponent = draws.bit_length() - 1
    if draws < 2 or draws != 1 << exponent:
        raise UsageError(f"A Sobol design needs a power of two of scenarios, such as 4096 or 65536, and not {draws}.")
    return exponent


def band(values: NDArray[np.float64], level: float = BAND_LEVEL, found: NDArray[np.bool_] | None = None) -> Band | None:
    """The central band of scenario outputs; None where no scenario has a value.

    `found` marks the scenarios that have a value. The quantiles are of all scenarios when all have one, else of those
    that do, and `share` says how many that are.
    """
    held = values if found is None else values[found]
    if held.size == 0:
        return None
    tail = (1.0 - level) / 2.0
    low, median, high = (float(v) for v in np.quantile(held, [tail, 0.5, 1.0 - tail]))
    return Band(low=low, median=median, high=high, level=level, share=held.size / values.size)


def saltelli_design(dimensions: int, base: int, seed: int) -> NDArray[np.float64]:
    """Saltelli's design (2002) in the order that SALib's analysis expects, shape (base * (dimensions + 2), dimensions).

    The same as SALib.sample.sobol without second order and with that seed, many times faster.
    """
    from scipy.stats import qmc

    sobol = qmc.Sobol(2 * dimensions, scramble=True, rng=np.random.default_rng(seed))
    halves = sobol.random_base2(_power_of_two(base))
    first, second = halves[:, :dimensions], halves[:, dimensions:]
    design = np.repeat(first[:, None, :], dimensions + 2, axis=1)
    for column in range(dimensions):
        design[:, column + 1, column] = second[:, column]
    design[:, -1] = second
    return np.asarray(design.reshape(-1, dimensions))


def drivers(
    model: Callable[[dict[str, NDArray[np.float64]]], Mapping[str, NDArray[np.float64]]],
    spans: Mapping[str, Span],
    *,
    base: int = 1024,
    seed: int = 1,
) -> dict[str, tuple[Driver, ...]]:
    """Total-order Sobol indices of each output of `model`, the greatest first, by SALib.

    `model` takes arrays by input name and gives arrays by output name, all of the same length. It is run once on
    base * (d + 2) scenarios, d being the number of ranges that are no points. Indices are clipped to [0, 1], their
    estimation error at base = 1024 is a few hundredths. An output that does not move has no drivers.
    Homma and Saltelli 1996; Saltelli et al. 2010 (the Jansen form of the estimator).
    """
    from SALib.analyze import sobol as analysis

    moving = [name for name, span in spans.items() if not span.is_point]
    if not moving:
        return {}
    problem = {"num_vars": len(moving), "names": moving, "bounds": [[0.0, 1.0]] * len(moving)}
    design = saltelli_design(len(moving), base, seed)
    values = {name: np.asarray(span.base, dtype=np.float64) for name, span in spans.items()}
    for column, name in enumerate(moving):
        values[name] = triangular(np.ascontiguousarray(design[:, column]), spans[name])
    answers: dict[str, tuple[Driver, ...]] = {}
    for output, answer in model(values).items():
        if not np.ptp(answer) > 1e-12 * max(1.0, float(np.max(np.abs(answer)))):
            answers[output] = ()
            continue
        indices = analysis.analyze(problem, answer, calc_second_order=False, num_resamples=2, seed=seed)["ST"]
        ranked = sorted(zip(moving, np.clip(indices, 0.0, 1.0), strict=True), key=lambda pair: (-pair[1], pair[0]))
        answers[output] = tuple(Driver(name=name, total_order=float(index)) for name, index in ranked)
    return answers
