"""One date across peers: the statistic of the battery, and what correlation does to it."""

from __future__ import annotations

import numpy as np
import pytest

from rerating.measures.event_study.inference import adjusted, bmp
from rerating.measures.peers_move import kolari_pynnonen


def test_it_is_the_batterys_adjusted_statistic() -> None:
    rng = np.random.default_rng(5)
    common = rng.normal(size=(250, 1))
    residuals = rng.normal(size=(250, 6)) + common
    values = rng.normal(size=6) + 1.5
    found = kolari_pynnonen(values, residuals)
    assert found is not None
    correlation = np.corrcoef(residuals.T)[np.triu_indices(6, 1)].mean()
    oracle = adjusted(bmp(values[:, None]), np.array([correlation]), estimated_variance=True)
    assert (found.t, found.p) == (pytest.approx(oracle.value[0]), pytest.approx(oracle.p[0]))
    assert found.correlation == pytest.approx(correlation)


def test_moving_together_makes_a_common_move_less_telling() -> None:
    rng = np.random.default_rng(6)
    alone = rng.normal(size=(250, 5))
    together = alone + 2 * rng.normal(size=(250, 1))
    values = np.array([1.0, 1.5, 2.0, 1.2, 1.8])
    one, other = kolari_pynnonen(values, alone), kolari_pynnonen(values, together)
    assert one is not None
    assert other is not None
    assert other.t < one.t
    assert kolari_pynnonen(values[:2], alone[:, :2]) is None
