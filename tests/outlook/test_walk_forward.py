"""The split never lets the future in, and the checks find whoever tries."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panels import made_panel
from rerating.core.errors import IntegrityError
from rerating.outlook.features import FEATURES
from rerating.outlook.forecast import time_blocks
from rerating.outlook.sample import inputs, sample
from rerating.outlook.variants import CLIMATOLOGY, SCALE_ONLY, SHIPPED
from rerating.outlook.walk_forward import Fold, audit_features, audit_fold, folds, walk_forward

ALL = tuple(feature.name for feature in FEATURES)


@pytest.mark.parametrize(("horizon", "block", "embargo"), [(5, 60, 5), (21, 63, 21), (63, 100, 126)])
def test_folds_against_purgedcv(horizon, block, embargo):
    """purgedcv's walk-forward, one line, with the embargo as its purge horizon before the test."""
    from purgedcv import WalkForwardSplit

    sessions = 700
    start = np.arange(sessions)
    prediction = pd.Series(pd.Timestamp("2001-01-01") + pd.to_timedelta(start, unit="D"))
    evaluation = prediction + pd.Timedelta(days=horizon)
    splits = (sessions - 300) // block
    oracle = WalkForwardSplit(
        n_splits=splits,
        test_size=block,
        prediction_times=prediction,
        evaluation_times=evaluation,
        purge_horizon=pd.Timedelta(days=embargo),
    )
    first = sessions - splits * block
    ours = list(folds(start, start + horizon, first=first, stop=sessions, block=block, embargo=embargo))
    assert len(ours) == splits
    for fold, (train, test) in zip(ours, oracle.split(np.zeros(sessions)), strict=True):
        assert np.array_equal(fold.train, train)
        assert np.array_equal(fold.test, test)


def test_time_blocks_against_purgedcv():
    """The cross-fit inside the training rows: purged k-fold with the longest label as embargo."""
    from purgedcv import PurgedKFold

    start = np.arange(400)
    end = start + 21
    prediction = pd.Series(pd.Timestamp("2001-01-01") + pd.to_timedelta(start, unit="D"))
    oracle = PurgedKFold(
        n_splits=5,
        prediction_times=prediction,
        evaluation_times=prediction + pd.Timedelta(days=21),
        embargo=pd.Timedelta(days=20),  # purgedcv's embargo includes its end
    )
    block, kept = time_blocks(start, end)
    for number, (train, test) in enumerate(oracle.split(np.zeros(400))):
        assert np.array_equal(np.flatnonzero(block == number), test)
        assert np.array_equal(np.flatnonzero(kept[number]), train)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 70), st.integers(20, 200), st.integers(0, 80), st.integers(0, 2**32 - 1))
def test_no_training_label_reaches_a_test_block(horizon, block, extra, seed):
    rng = np.random.default_rng(seed)
    start = np.sort(rng.integers(0, 900, 500))
    end = start + horizon + rng.integers(0, 2, 500)
    for fold in folds(start, end, first=300, stop=900, block=block, embargo=horizon + extra):
        assert (end[fold.train] <= fold.begin - horizon - extra).all()
        assert (start[fold.test] >= fold.begin).all()
        audit_fold(start, end, fold, horizon + extra)


def test_an_unpurged_split_fails_the_audit():
    start = np.arange(500)
    end = start + 21
    leaky = Fold(begin=300, train=np.arange(300), test=np.arange(300, 360))
    with pytest.raises(IntegrityError, match="the split leaks"):
        audit_fold(start, end, leaky, 21)


def test_features_do_not_look_ahead(panel):
    given_all = inputs(panel, ALL)
    assert given_all.names == ALL
    audit_features(given_all, lambda session: inputs(panel.until(session), ALL, least=0.0), [400, 701, 1203])


def test_a_feature_shifted_from_the_future_fails_the_audit(panel):
    honest = inputs(panel, ALL)
    shifted = np.vstack([honest.features[5:], np.full((5, *honest.features.shape[1:]), np.nan)])
    leaky = type(honest)(**{**honest.__dict__, "features": shifted})
    with pytest.raises(IntegrityError, match="looks ahead"):
        audit_features(leaky, lambda session: inputs(panel.until(session), ALL, least=0.0), [700])


def test_scaling_by_the_whole_sample_fails_the_audit(panel):
    """The commonest planted leak: a feature standardised with a mean that knows the end."""

    def standardised(part):
        plain = inputs(part, ALL, least=0.0)
        centred = plain.features - np.nanmean(plain.features, axis=(0, 1))
        return type(plain)(**{**plain.__dict__, "features": centred})

    with pytest.raises(IntegrityError, match="looks ahead"):
        audit_features(standardised(panel), lambda session: standardised(panel.until(session)), [700])


def test_labels_are_what_a_buyer_gets():
    panel = made_panel(sessions=400, lines=3)
    rows = sample(inputs(panel, ()), 21)
    pick = np.flatnonzero(np.isfinite(rows.y))[17]
    t, i = int(rows.start[pick]), int(rows.line[pick])
    line = panel.close[t + 21, i] / panel.open[t + 1, i]
    index = panel.benchmark_close[t + 21, 0] / panel.benchmark_open[t + 1, 0]
    assert rows.y[pick] == pytest.approx(np.log(line / index), abs=1e-12)
    assert rows.end[pick] == t + 21
    closes = made_panel(sessions=400, lines=3, opens=False)
    rows = sample(inputs(closes, ()), 21)
    t, i = int(rows.start[pick]), int(rows.line[pick])
    line = closes.close[t + 22, i] / closes.close[t + 1, i]
    assert rows.y[pick] == pytest.approx(
        np.log(line / (closes.benchmark_close[t + 22, 0] / closes.benchmark_close[t + 1, 0])), abs=1e-12
    )
    assert rows.end[pick] == t + 22


def test_origins_do_not_shift_when_sessions_are_added():
    panel = made_panel(sessions=500, lines=2)
    early, late = (sample(inputs(part, ()), 5) for part in (panel.until(420), panel))
    assert set(early.start) <= set(late.start)


def test_a_later_price_changes_no_earlier_forecast():
    """Everything up to a fold's end stays the same bits when prices after it are changed."""
    panel = made_panel(sessions=1300, lines=6)
    changed = made_panel(sessions=1300, lines=6)
    changed.close[1150:] *= 1.3
    changed.open[1150:] *= 1.3
    changed.volume[1150:] *= 3.0
    variants = (SCALE_ONLY, SHIPPED)
    one, other = (walk_forward(inputs(p, ALL), 21, variants, block=126) for p in (panel, changed))
    for name in one:
        before_one, before_other = (s[name].rows.end < 1150 for s in (one, other))
        for field in ("location", "scale", "crps", "pit"):
            assert np.array_equal(getattr(one[name], field)[before_one], getattr(other[name], field)[before_other])
        assert before_one.any()


def test_too_short_a_panel_has_no_record():
    panel = made_panel(sessions=500, lines=4)
    assert walk_forward(inputs(panel, ()), 21, (CLIMATOLOGY,)) == {}


def test_a_fold_of_which_a_time_block_leaves_nothing_to_fit_on_is_left_out():
    """Many lines over few sessions: rows enough, but no labels outside a block of 63 sessions."""
    panel = made_panel(sessions=900, lines=40)
    scored = walk_forward(inputs(panel, ()), 63, (SCALE_ONLY,), burn_in=350, block=126)
    assert scored["scale_only"].rows.start.min() > 350 + 126
