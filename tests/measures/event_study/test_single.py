from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import betainc

from rerating.core.errors import UsageError
from rerating.core.types import Gap, Why
from rerating.measures.event_study import EventOutcome, Exceedance, Placebo, event_free, event_outcome, placebo
from rerating.measures.event_study.student import two_sided_tail


def world(seed: int, length: int = 600, missing: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    benchmark = rng.normal(0.0004, 0.01, length)
    returns = 0.0002 + 1.2 * benchmark + rng.standard_t(5, length) * 0.012
    returns[rng.random(length) < missing] = np.nan
    return returns, benchmark


def outcome(*args: object, **settings: object) -> EventOutcome:
    result = event_outcome(*args, **settings)  # type: ignore[arg-type]
    assert isinstance(result, EventOutcome), result
    return result


def test_the_forecast_variance_is_that_of_the_linear_model_for_days_and_for_their_sum() -> None:
    returns, benchmark = world(1, missing=0.05)
    position, window, estimation, gap = 400, (-3, 4), 200, 10
    returns[397:405] = np.nan_to_num(returns[397:405], nan=0.01)
    got = outcome(returns, benchmark, position, estimation=estimation, gap=gap, window=window)

    past = slice(position - 3 - gap - estimation, position - 3 - gap)
    keep = ~np.isnan(returns[past])
    fit = sm.OLS(returns[past][keep], sm.add_constant(benchmark[past][keep])).fit()
    days = slice(position - 3, position + 5)
    design = sm.add_constant(benchmark[days])
    ar = returns[days] - design @ fit.params
    covariance = fit.mse_resid * np.eye(8) + design @ fit.cov_params() @ design.T
    assert (got.alpha, got.beta) == pytest.approx(tuple(fit.params), rel=1e-12)
    assert got.sigma == pytest.approx(np.sqrt(fit.mse_resid), rel=1e-12)
    assert got.n == keep.sum()
    assert (got.estimation_start, got.estimation_stop) == (past.start, past.stop)
    np.testing.assert_allclose(got.ar, ar, rtol=1e-12)
    np.testing.assert_allclose(got.ar_variance, np.diag(covariance), rtol=1e-12)
    assert got.car == pytest.approx(ar.sum(), rel=1e-12)
    assert got.car_variance == pytest.approx(covariance.sum(), rel=1e-12)
    t = ar.sum() / np.sqrt(covariance.sum())
    assert got.t_car == pytest.approx(t, rel=1e-12)
    assert got.p_car == pytest.approx(2 * stats.t.sf(abs(t), fit.df_resid), rel=1e-12)
    np.testing.assert_allclose(got.p_ar, 2 * stats.t.sf(np.abs(got.t_ar), fit.df_resid), rtol=1e-12)


def test_a_day_dummy_in_the_regression_gives_the_same_t() -> None:
    """The AR with its forecast error is the coefficient of a dummy for that day, another road to the number."""
    returns, benchmark = world(2)
    got = outcome(returns, benchmark, 300, estimation=250, window=(0, 0))
    days = slice(50, 301)
    dummy = np.zeros(251)
    dummy[-1] = 1.0
    fit = sm.OLS(returns[days], np.column_stack([np.ones(251), benchmark[days], dummy])).fit()
    assert got.t_car == pytest.approx(fit.tvalues[2], rel=1e-10)
    assert got.p_car == pytest.approx(fit.pvalues[2], rel=1e-10)


def test_day_0_never_helps_to_estimate_what_is_normal() -> None:
    returns, benchmark = world(2)
    returns[300] += 1.0
    later = outcome(returns, benchmark, 300, window=(1, 5))
    assert later.estimation_stop == 300
    assert later.sigma < 0.03


def test_a_missing_day_is_none_and_is_named_and_the_sum_runs_over_the_others() -> None:
    returns, benchmark = world(3)
    returns[301] = np.nan
    got = outcome(returns, benchmark, 300)
    assert got.missing == (1,)
    assert got.ar[2] is None
    assert got.p_ar[2] is None
    assert got.on_day(1) is None
    assert got.on_day(7) is None
    assert got.car == pytest.approx(sum(x for x in got.ar if x is not None), abs=1e-18)
    shorter = outcome(returns, benchmark, 300, window=(-1, 0))
    assert got.car_variance == shorter.car_variance


def test_the_window_is_cut_where_the_data_end() -> None:
    returns, benchmark = world(4)
    got = outcome(returns, benchmark, 599, window=(-1, 5))
    assert got.window == (-1, 0)
    assert len(got.ar) == 2


@pytest.mark.parametrize(
    ("change", "position", "window", "why", "words"),
    [
        (None, 700, (-1, 1), Why.NOT_COVERED, "outside the data"),
        (None, -1, (-1, 1), Why.NOT_COVERED, "outside the data"),
        (None, 599, (2, 3), Why.NOT_YET_KNOWN, "ask again"),
        (None, 60, (-1, 1), Why.TOO_SHORT, "59 usable days"),
        ("flat benchmark", 400, (-1, 1), Why.NOT_APPLICABLE, "benchmark does not move"),
        ("constant line", 400, (-1, 1), Why.NOT_APPLICABLE, "no variance of its own"),
        ("line is the benchmark", 400, (-1, 1), Why.NOT_APPLICABLE, "no variance of its own"),
        ("window missing", 400, (-1, 1), Why.NOT_COVERED, "suspension"),
    ],
)
def test_what_cannot_be_known_is_a_gap_with_its_reason(change, position, window, why, words) -> None:  # type: ignore[no-untyped-def]
    returns, benchmark = world(5)
    if change == "flat benchmark":
        benchmark[:] = 0.0123
    elif change == "constant line":
        returns[:] = 0.07
    elif change == "line is the benchmark":
        returns = 3 * benchmark + 0.001
    elif change == "window missing":
        returns[399:402] = np.nan
    got = event_outcome(returns, benchmark, position, window=window)
    assert isinstance(got, Gap)
    assert got.why is why
    assert words in got.detail


@pytest.mark.parametrize(
    ("settings_", "words"),
    [
        ({"window": (1, -1)}, "ends before it starts"),
        ({"gap": -1}, "cannot be negative"),
        ({"minimum": 300}, "minimum=300"),
        ({"minimum": 2}, "minimum=2"),
    ],
)
def test_a_setting_without_sense_is_an_error(settings_, words) -> None:  # type: ignore[no-untyped-def]
    returns, benchmark = world(6)
    with pytest.raises(UsageError, match=words):
        event_outcome(returns, benchmark, 400, **settings_)


def test_arrays_that_do_not_fit_or_are_infinite_are_errors() -> None:
    returns, benchmark = world(6)
    with pytest.raises(UsageError, match="same length"):
        event_outcome(returns[1:], benchmark, 400)
    returns[17] = np.inf
    with pytest.raises(UsageError, match="position 17"):
        event_outcome(returns, benchmark, 400)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    scale=st.floats(1e-4, 1e4),
    shift=st.floats(-0.5, 0.5),
    slope=st.floats(-3, 3),
)
def test_laws_of_the_market_model(seed: int, scale: float, shift: float, slope: float) -> None:
    """Scale times R scales AR; adding a constant or a multiple of the benchmark to R moves alpha and beta, not AR."""
    returns, benchmark = world(seed, length=320, missing=0.02)
    here = event_outcome(returns, benchmark, 300)
    there = event_outcome(scale * (returns + shift + slope * benchmark), benchmark, 300)
    if isinstance(here, Gap):
        assert isinstance(there, Gap)
        return
    assert isinstance(there, EventOutcome)
    assert there.t_car == pytest.approx(here.t_car, rel=1e-7, abs=1e-9)
    assert there.car == pytest.approx(scale * here.car, rel=1e-7, abs=1e-11 * scale)
    assert there.beta == pytest.approx(scale * (here.beta + slope), rel=1e-7, abs=1e-9 * scale)
    flipped = event_outcome(-returns, benchmark, 300)
    assert isinstance(flipped, EventOutcome)
    assert (flipped.t_car, flipped.p_car) == (-here.t_car, here.p_car)


def test_placebo_equals_the_single_event_at_each_date() -> None:
    """The compiled loop over dates and the function for one event are the same statistic."""
    returns, benchmark = world(7, missing=0.01)
    returns[499:502] = 0.01
    settings_ = {"estimation": 120, "gap": 5, "window": (-1, 1), "minimum": 60}
    observed = outcome(returns, benchmark, 500, **settings_)
    candidates = event_free(600, np.array([500]), before=2, after=2)
    got = placebo(returns, benchmark, observed, candidates=candidates, rng=np.random.default_rng(0), n=1000)
    assert isinstance(got, Placebo)
    others = [event_outcome(returns, benchmark, int(date), **settings_) for date in candidates if date + 1 < 600]
    known = [x for x in others if isinstance(x, EventOutcome) and not x.missing]
    k = sum(abs(x.t_car) >= abs(observed.t_car) for x in known)
    assert got.car == Exceedance(p=(1 + k) / (1 + len(known)), n=len(known), k=k, rank=k + 1)
    t_day = observed.t_ar[1]
    assert t_day is not None
    k = sum(abs(x.t_ar[1] or 0.0) >= abs(t_day) for x in known)
    assert isinstance(got.day, Exceedance)
    assert got.day.k == k


def test_placebo_p_is_uniform_over_random_event_free_dates() -> None:
    """1,000 dates without an event, each on a line of its own with fat tails and changing volatility: KS on their p."""
    rng = np.random.default_rng(20260114)
    p_car, p_day = [], []
    for _ in range(1000):
        length = 420
        volatility = 0.01 * np.exp(np.cumsum(rng.normal(0, 0.01, length)))
        benchmark = rng.normal(0, 0.01, length)
        returns = 0.9 * benchmark + volatility * rng.standard_t(4, length)
        date = int(rng.integers(130, length - 2))
        observed = outcome(returns, benchmark, date, estimation=100, minimum=80)
        free = event_free(length, np.array([date]), before=2, after=2)
        got = placebo(returns, benchmark, observed, candidates=free[free > 130], rng=rng, n=199)
        assert isinstance(got, Placebo)
        assert isinstance(got.day, Exceedance)
        assert got.car.n <= 199
        p_car.append(got.car.p)
        p_day.append(got.day.p)
    for values in (p_car, p_day):
        spread = np.asarray(values) - rng.random(1000) / 200  # p is discrete in steps of 1/200: spread it out
        assert stats.kstest(spread, "uniform").pvalue > 0.01


def test_a_real_jump_is_found_and_its_p_is_the_smallest_possible() -> None:
    returns, benchmark = world(9, length=1500)
    returns[1200] += 0.5
    observed = outcome(returns, benchmark, 1200)
    free = event_free(1500, np.array([1200]), before=2, after=2)
    got = placebo(returns, benchmark, observed, candidates=free, rng=np.random.default_rng(1), n=500)
    assert isinstance(got, Placebo)
    assert got.car.rank == 1
    assert got.car.p == 1 / (1 + got.car.n)


def test_placebo_is_the_same_for_the_same_seed_and_says_when_it_has_no_dates() -> None:
    returns, benchmark = world(10)
    observed = outcome(returns, benchmark, 400)
    free = event_free(600, np.array([400]), before=2, after=2)

    def draw() -> Placebo | Gap:
        return placebo(returns, benchmark, observed, candidates=free, rng=np.random.default_rng(3), n=100)

    assert draw() == draw()
    early = placebo(returns, benchmark, observed, candidates=np.arange(50), rng=np.random.default_rng(3))
    assert isinstance(early, Gap)
    assert early.why is Why.TOO_SHORT
    with pytest.raises(UsageError, match="outside the data"):
        placebo(returns, benchmark, observed, candidates=np.array([600]), rng=np.random.default_rng(3))
    returns[401] = np.nan
    gappy = outcome(returns, benchmark, 400)
    assert isinstance(placebo(returns, benchmark, gappy, candidates=free, rng=np.random.default_rng(3)), Gap)


def test_event_free_leaves_out_the_surroundings_of_events_and_of_the_ends() -> None:
    assert event_free(10, np.array([0, 6]), before=1, after=2).tolist() == [3, 4, 9]
    assert event_free(4, np.array([], dtype=np.int64), before=1, after=2).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 21, 98, 248, 5000])
def test_the_tail_of_students_t_is_that_of_the_beta_function(degrees: int) -> None:
    """Without scipy, which the single event does not load; scipy's own t loses digits near 0, its beta does not."""
    for t in (0.0, 1e-8, 0.3, 0.9, 1.1, 1.96, 4.0, 12.0, 80.0):
        x = t * t / (degrees + t * t)
        expected = betainc(degrees / 2, 0.5, 1 - x) if t > 1 else 1 - betainc(0.5, degrees / 2, x)
        assert two_sided_tail(t, degrees) == pytest.approx(expected, rel=1e-12, abs=1e-300)
    assert two_sided_tail(-1.96, degrees) == two_sided_tail(1.96, degrees)
    assert np.isnan(two_sided_tail(float("nan"), degrees))
    assert two_sided_tail(float("inf"), degrees) == 0.0


def test_a_single_event_loads_neither_compiler_nor_scipy() -> None:
    code = (
        "import sys, numpy as np\n"
        "from rerating.measures.event_study import event_free, event_outcome, placebo\n"
        "rng = np.random.default_rng(0)\n"
        "m = rng.normal(0, 0.01, 500)\n"
        "r = m + rng.normal(0, 0.01, 500)\n"
        "found = event_outcome(r, m, 400)\n"
        "free = event_free(500, np.array([400]), before=2, after=2)\n"
        "print(placebo(r, m, found, candidates=free, rng=rng).car.n)\n"
        "print([name for name in ('numba', 'scipy', 'pandas', 'arch') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[1] == "[]", done.stdout
