"""Compiled loop over pairs of events: the mean correlation of their residuals. Imported only inside functions."""
# ruff: noqa: PLR0917  a compiled function takes its arguments by position

from __future__ import annotations

import numpy as np

from rerating.core.compile import compiled_bare, compiled_bare_part
from rerating.measures.event_study.fit_kernels import fit_block
from rerating.measures.event_study.layout import ROW, Block, Data, Floats, Integers, Request


@compiled_bare
def residual_matrix(
    request: Request,
    data: Data,
    codes: Integers,
    fits: Floats,
    used: Integers,
    block: Block,
    residuals: Floats,
    starts: Integers,
) -> None:
    """Residuals [used, estimation] of the used events, right-aligned, and the row of the first place of each."""
    for k in range(used.size):
        i = used[k]
        fit_block(i, i + 1, request, data, codes, fits, block)
        here = block.here[0]
        for j in range(request.estimation - here, request.estimation):
            residuals[k, j] = block.residual[0, j]
        starts[k] = data.where[i, ROW] + request.edge - request.estimation


@compiled_bare_part
def pair_correlation(a: Floats, b: Floats, start_a: int, start_b: int, days: Integers) -> float:
    """Pearson's correlation over the calendar days that both have; 0 where they share fewer than two."""
    number = 0
    sum_a, sum_b, square_a, square_b, cross = 0.0, 0.0, 0.0, 0.0, 0.0
    for run in range(2):
        mean_a = sum_a / number if run == 1 else 0.0
        mean_b = sum_b / number if run == 1 else 0.0
        i, j = max(0, -start_a), max(0, -start_b)
        while i < a.size and j < b.size:
            day_a, day_b = days[start_a + i], days[start_b + j]
            if day_a < day_b:
                i += 1
            elif day_b < day_a:
                j += 1
            else:
                if not (np.isnan(a[i]) or np.isnan(b[j])):
                    if run == 0:
                        number += 1
                        sum_a += a[i]
                        sum_b += b[j]
                    else:
                        square_a += (a[i] - mean_a) ** 2
                        square_b += (b[j] - mean_b) ** 2
                        cross += (a[i] - mean_a) * (b[j] - mean_b)
                i += 1
                j += 1
        if number < 2:
            return 0.0
    scale = np.sqrt(square_a * square_b)
    return cross / scale if scale > 0.0 else 0.0


@compiled_bare
def mean_pair_correlation(residuals: Floats, starts: Integers, days: Integers) -> float:
    """Mean over all pairs of events."""
    total = 0.0
    number = residuals.shape[0]
    for i in range(number):
        for j in range(i):
            total += pair_correlation(residuals[i], residuals[j], starts[i], starts[j], days)
    return total / (0.5 * number * (number - 1))  # type: ignore[no-any-return]
