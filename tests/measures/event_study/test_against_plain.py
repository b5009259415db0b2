"""The compiled loops against the plain reference: every model, every test, with missing days and short histories."""

from __future__ import annotations

import numpy as np
import pytest

from measures.event_study.plain import PlainTests, plain_event
from rerating.measures.event_study import (
    Dimson,
    EventStudy,
    FactorModel,
    MarketAdjusted,
    MarketModel,
    MeanAdjusted,
    ScholesWilliams,
    event_study,
    panel,
)

WINDOWS = [(-3, 4), (0, 1), (-1, -1)]
SETTINGS = {"estimation": 90, "gap": 4, "minimum": 40}


def world(seed: int, *, missing: float, lines: int = 25, length: int = 400) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    factors = rng.normal(0.0003, 0.01, (length, 3))
    loadings = rng.normal(0.6, 0.5, (3, lines))
    common = rng.normal(0, 0.008, (length, 1))
    returns = factors @ loadings + common + rng.standard_t(4, (length, lines)) * 0.012
    returns[rng.random((length, lines)) < missing] = np.nan
    returns[:, : lines // 2] = np.where(
        np.isnan(returns[:, : lines // 2]) & (missing < 0.03), 0.001, returns[:, : lines // 2]
    )
    free = np.full(length, 0.0001) + rng.normal(0, 1e-5, length)
    if missing > 0.03:
        factors[150, 0] = np.nan
    # Some on one day, some close together, one with a history of 60 sessions only.
    position = np.concatenate([np.full(6, 300), rng.integers(110, 390, 16), [303, 304, 67]])
    events = np.column_stack([np.arange(lines), position])
    return {"returns": returns, "factors": factors, "free": free, "events": events}


def studied(data: dict[str, np.ndarray], model: object, **settings: object) -> EventStudy:
    factors = {"b": data["factors"][:, 1], "c": data["factors"][:, 2], "rf": data["free"]}
    made = panel(data["returns"], benchmark=data["factors"][:, 0], factors=factors)
    return event_study(made, data["events"], model=model, windows=WINDOWS, **SETTINGS, **settings)  # type: ignore[arg-type]


MODELS = {
    "mean_adjusted": MeanAdjusted(),
    "market_adjusted": MarketAdjusted(),
    "market": MarketModel(),
    "scholes_williams": ScholesWilliams(),
    "dimson": Dimson(lags=2),
    "factors": FactorModel(factors=("market", "b", "c"), risk_free="rf"),
}


@pytest.mark.parametrize(
    ("name", "missing"),
    [(name, missing) for name in MODELS for missing in (0.0, 0.04)] + [("market", 0.02)],
)
def test_all_numbers_agree_with_the_plain_reference(name: str, missing: float) -> None:
    data = world(5, missing=missing)
    drop = ("missing_in_window",) if name == "market" else ()
    study = studied(data, MODELS[name], drop=drop)
    plain = []
    for line, position in data["events"]:
        event = plain_event(
            data["returns"],
            data["factors"],
            name,
            line,
            position,
            windows=WINDOWS,
            lags=2,
            risk_free=data["free"] if name == "factors" else None,
            **SETTINGS,
        )
        complete = event is not None and len(event.ar) == 8
        plain.append(event if event is not None and (complete or not drop) else None)
    used = [event for event in plain if event is not None]
    assert study.used == len(used) >= 15
    assert [outcome == "used" for outcome in study.outcomes()] == [event is not None for event in plain]

    frame = study.events()
    for i, event in enumerate(plain):
        if event is None:
            continue
        row = frame.row(i, named=True)
        assert row["n"] == event.n
        assert row["alpha"] == pytest.approx(event.alpha, rel=1e-12, abs=1e-15)
        if event.betas:
            assert row["beta"] == pytest.approx(event.betas[0], rel=1e-12)
        assert row["sigma"] == pytest.approx(np.sqrt(event.s2), rel=1e-12)
        assert row["car"] == pytest.approx(event.car[WINDOWS[0]], rel=1e-12, abs=1e-14)
        assert row["s_car"] == pytest.approx(event.car_sd[WINDOWS[0]], rel=1e-12)
        assert row["bhar"] == pytest.approx(event.bhar[WINDOWS[0]], rel=1e-12, abs=1e-14)
    daily = study.abnormal_returns()
    for i, event in enumerate(plain):
        if event is not None:
            rows = daily.filter(daily["event"] == i)
            for day, ar, sd in zip(rows["day"], rows["ar"], rows["s_ar"], strict=True):
                assert (ar is None) == (day not in event.ar)
                if ar is not None:
                    assert ar == pytest.approx(event.ar[day], rel=1e-12, abs=1e-15)
                    assert sd == pytest.approx(event.ar_sd[day], rel=1e-12)

    tests = PlainTests(used, WINDOWS, SETTINGS["estimation"], SETTINGS["gap"])
    for window in [*((d, d) for d in range(-3, 5)), (-3, 4), (0, 1)]:
        expected = {
            "cross_sectional_t": tests.cross_sectional_t(window),
            "crude_dependence": tests.crude_dependence(window),
            "patell": tests.patell(window),
            "bmp": tests.bmp(window),
            "corrado_rank": tests.corrado_rank(window),
            "corrado_zivney": tests.corrado_zivney(window),
            "grank_t": tests.grank(window)[0],
            "grank_z": tests.grank(window)[1],
            "sign": tests.sign(window),
            "generalized_sign_cowan": tests.generalized_sign(window),
            "skewness_hall": tests.skewness_hall(window),
            "calendar_time": tests.calendar_time(window),
            "adjusted_patell_kolari_pynnonen": tests.adjusted_patell(window),
            "adjusted_bmp_kolari_pynnonen": tests.adjusted_bmp(window),
        }
        for test, value in expected.items():
            got = study.test(test, window)
            assert got.statistic == pytest.approx(value, rel=1e-12, abs=1e-12), (test, window)
