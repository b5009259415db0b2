"""One date across peers: is their common move beyond chance, although they move together anyway?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rerating.measures.event_study.student import two_sided_tail

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class CrossSection:
    """The adjusted statistic, its two-sided p, the number of peers and the mean correlation of their residuals."""

    t: float
    p: float
    n: int
    correlation: float


def kolari_pynnonen(standardised: Floats, residuals: Floats) -> CrossSection | None:
    """BMP's t of one date's standardised abnormal returns [n], adjusted for correlation (Kolari and Pynnonen 2010).

    `residuals` [days, n] are those of the estimation window, NaN where missing; r is the mean correlation over all
    pairs, each over its common days. t = sqrt(n) mean / sd times sqrt((1 - r) / (1 + (n - 1) r)), Student with n - 1
    degrees of freedom. None with fewer than three peers, without spread, or where the correlation leaves no variance.
    """
    known = np.isfinite(standardised)
    values, past = standardised[known], residuals[:, known]
    n = values.size
    if n < 3 or np.ptp(values) == 0.0:
        return None
    pairs = [_correlation(past[:, i], past[:, j]) for i in range(n) for j in range(i)]
    r = float(np.mean(pairs))
    inflation = 1.0 + (n - 1) * r
    if not (np.isfinite(r) and inflation > 0.0 and r < 1.0):
        return None
    plain = float(np.sqrt(n) * values.mean() / values.std(ddof=1))
    t = plain * float(np.sqrt((1.0 - r) / inflation))
    return CrossSection(t=t, p=two_sided_tail(t, n - 1), n=n, correlation=r)


def _correlation(one: Floats, other: Floats) -> float:
    both = np.isfinite(one) & np.isfinite(other)
    x, y = one[both] - one[both].mean(), other[both] - other[both].mean()
    return float((x @ y) / np.sqrt((x @ x) * (y @ y)))
