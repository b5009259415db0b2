import numpy as np
import pytest
from pydantic import ValidationError
from SALib.sample import sobol as sampling

from rerating.core.errors import UsageError
from rerating.measures.scenario_draws import Span, band, drawn, drivers, saltelli_design, triangular

SPANS = {"a": Span(low=0.0, base=0.2, high=1.0), "b": Span.at(3.0), "c": Span(low=-1.0, base=-1.0, high=4.0)}


def test_quantiles_of_the_triangle_against_its_distribution_function():
    span = Span(low=1.0, base=2.5, high=7.0)
    u = np.linspace(0.0, 1.0, 101)
    x = triangular(u, span)
    rising = (x - 1.0) ** 2 / (6.0 * 1.5)
    falling = 1.0 - (7.0 - x) ** 2 / (6.0 * 4.5)
    assert np.where(x < 2.5, rising, falling) == pytest.approx(u, abs=1e-12)
    assert triangular(u, Span.at(2.0)) == pytest.approx(np.full(101, 2.0))


def test_the_same_seed_gives_the_same_scenarios_and_another_gives_others():
    first, again, other = (drawn(SPANS, 256, seed) for seed in (5, 5, 6))
    assert np.array_equal(first["a"], again["a"])
    assert not np.array_equal(first["a"], other["a"])
    assert first["b"].shape == ()
    assert first["a"].shape == (256,)
    assert first["a"].mean() == pytest.approx((0.0 + 0.2 + 1.0) / 3, abs=2e-3)


def test_a_range_has_its_order_and_a_design_its_power_of_two():
    with pytest.raises(ValidationError, match="from low over base to high"):
        Span(low=2.0, base=1.0, high=3.0)
    with pytest.raises(ValidationError, match="finite"):
        Span(low=0.0, base=1.0, high=float("inf"))
    with pytest.raises(UsageError, match="power of two"):
        drawn(SPANS, 1000, 1)


def test_a_band_counts_only_scenarios_that_have_a_value_and_says_how_many():
    values = np.arange(101, dtype=np.float64)
    whole = band(values)
    assert (whole.low, whole.median, whole.high, whole.share) == pytest.approx((10.0, 50.0, 90.0, 1.0))
    half = band(values, found=values >= 51)
    assert (half.median, half.share) == pytest.approx((75.5, 50 / 101))
    assert band(values, found=values > 1e9) is None


def test_sobol_indices_of_a_function_whose_indices_are_known():
    """Ishigami's function: total-order indices 0.5576, 0.4424, 0.2437 (a = 7, b = 0.1; Homma and Saltelli 1996)."""
    spans = {name: Span(low=0.0, base=0.5, high=1.0) for name in ("x1", "x2", "x3")}

    def uniform(x):  # the triangle's distribution function makes its draws uniform on (-pi, pi) again
        u = np.where(x < 0.5, 2 * x**2, 1 - 2 * (1 - x) ** 2)
        return np.pi * (2 * u - 1)

    def model(values):
        x1, x2, x3 = (uniform(values[name]) for name in ("x1", "x2", "x3"))
        return {"y": np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1), "flat": np.full_like(x1, 2.0)}

    found = drivers(model, spans, base=4096, seed=3)
    assert [driver.name for driver in found["y"]] == ["x1", "x2", "x3"]
    assert [d.total_order for d in found["y"]] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert found["flat"] == ()
    assert drivers(model, {"x1": Span.at(1.0)}) == {}


def test_the_design_is_the_one_of_salib():
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    theirs = sampling.sample(problem, 64, calc_second_order=False, seed=np.random.default_rng(9))
    assert np.array_equal(saltelli_design(3, 64, 9), theirs)
