"""Compiled moments of many columns at once. Imported only inside functions."""

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled_bare
from rerating.measures.event_study.layout import Floats


@compiled_bare
def column_moments(values: Floats, number: Floats, mean: Floats, squares: Floats) -> None:
    """Number, mean and sum of squared deviations of each column of `values` [n, c], NaN left out. They start as 0."""
    for i in range(values.shape[0]):
        for c in range(values.shape[1]):
            known = not np.isnan(values[i, c])
            number[c] += 1.0 if known else 0.0
            mean[c] += values[i, c] if known else 0.0
    for c in range(values.shape[1]):
        mean[c] = mean[c] / number[c] if number[c] > 0.0 else np.nan
    for i in range(values.shape[0]):
        for c in range(values.shape[1]):
            deviation = values[i, c] - mean[c]
            squares[c] += 0.0 if np.isnan(deviation) else deviation * deviation
