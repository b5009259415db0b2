"""The market model with GARCH errors, against the package arch itself."""

from __future__ import annotations

import numpy as np
import pytest
from arch import arch_model

from rerating.measures.event_study import event_study


def test_garch_is_that_of_arch_and_its_forecast_is_the_conditional_one() -> None:
    rng = np.random.default_rng(4)
    length, position = 700, 600
    market = rng.normal(0.0003, 0.01, length)
    variance, error = np.empty(length), np.empty(length)
    variance[0] = 2e-4
    for t in range(length):
        if t:
            variance[t] = 4e-6 + 0.08 * error[t - 1] ** 2 + 0.9 * variance[t - 1]
        error[t] = np.sqrt(variance[t]) * rng.normal()
    returns = 0.0002 + 1.1 * market + error
    settings = {"windows": [(-1, 3)], "estimation": 500, "gap": 2, "minimum": 300}
    study = event_study(returns, np.array([position]), benchmark=market, model="garch", tests=("sign",), **settings)
    row = study.events().row(0, named=True)

    past = slice(position - 1 - 2 - 500, position - 1 - 2)
    model = arch_model(100 * returns[past], x=100 * market[past, None], mean="LS", vol="GARCH", p=1, q=1, rescale=False)
    fit = model.fit(disp="off")
    assert row["alpha"] == pytest.approx(fit.params.iloc[0] / 100, rel=1e-8)
    assert row["beta"] == pytest.approx(fit.params.iloc[1], rel=1e-8)
    ahead = fit.forecast(horizon=7, x=np.zeros((1, 7))).variance.to_numpy()[0] / 100**2
    days = slice(position - 1, position + 4)
    design = np.column_stack([np.ones(5), market[days]])
    covariance = fit.param_cov.to_numpy()[:2, :2] * np.outer([0.01, 1], [0.01, 1])
    expected = ahead[2:7] + np.einsum("ij,jk,ik->i", design, covariance, design)
    daily = study.abnormal_returns()
    np.testing.assert_allclose(daily["s_ar"].to_numpy() ** 2, expected, rtol=1e-7)
    ar = returns[days] - design @ np.array([fit.params.iloc[0] / 100, fit.params.iloc[1]])
    np.testing.assert_allclose(daily["ar"], ar, rtol=1e-7)
    total = design.sum(axis=0)
    assert row["s_car"] ** 2 == pytest.approx(ahead[2:7].sum() + total @ covariance @ total, rel=1e-7)


def test_garch_takes_part_in_every_test_and_what_it_cannot_fit_has_its_outcome() -> None:
    rng = np.random.default_rng(6)
    length = 420
    market = rng.normal(0, 0.01, length)
    returns = market[:, None] + rng.standard_t(5, (length, 8)) * 0.01
    returns[200, 0] = np.nan
    returns[:, 5] = 0.001
    events = np.array([[0, 350], [1, 350], [2, 360], [3, 400], [4, 405], [5, 350], [6, 100], [7, 355]])
    study = event_study(
        returns, events, benchmark=market, model="garch", windows=[(-1, 1)], estimation=250, minimum=200, draws=99
    )
    outcomes = [str(outcome) for outcome in study.outcomes()]
    assert outcomes[5:7] == ["no_variance", "too_few_observations"]
    assert study.used >= 5
    for test in study.test_results():
        if test.name != "calendar_time":
            assert test.statistic is not None, test
    plain = event_study(returns, events, benchmark=market, windows=[(-1, 1)], estimation=250, minimum=200)
    # Errors without GARCH: the two models agree roughly.
    np.testing.assert_allclose(
        study.events()["car"].drop_nulls().to_numpy(), plain.events()["car"].drop_nulls().to_numpy(), atol=0.006
    )
