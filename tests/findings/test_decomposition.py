"""Both lenses of a re-rating: they add up, know nothing of the window, and are silent where logs do not exist."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rerating.core.sessions import sessions
from rerating.core.types import AsOf, Gap, Listing
from rerating.findings.decomposition import Decomposition, decomposition
from rerating.findings.series import Series, series
from rerating.findings.study import Study
from rerating.ledger import Snapshot
from rerating.measures.decomposition import attribution, identity, kalman_betas, next_twelve_months
from worlds import bar, batch, days, walk

ON = days(date(2023, 1, 3), 620)
CUTOFF = AsOf(at=datetime.combine(ON[-1], datetime.min.time(), UTC) + timedelta(hours=23))
ENDS = (date(ON[-1].year, 12, 31), date(ON[-1].year + 1, 12, 31))
AMOUNT = st.floats(0.1, 100.0)


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT, st.integers(0, 300), st.integers(1, 60))
def test_the_identity_adds_up(
    p0: float, p1: float, x0: float, x1: float, e1: float, e2: float, day: int, later: int
) -> None:
    start = date(2025, 1, 1) + timedelta(days=day)
    ends = (date(2025, 12, 31), date(2026, 12, 31), date(2027, 12, 31))
    before = dict(zip(ends, (e1, e2, e2), strict=True))
    after = dict(zip(ends, (e1 * 1.1, e2 * 0.9, e2), strict=True))
    found = identity((p0, p1), (x0, x1), (start, before), (start + timedelta(days=later), after))
    assert found is not None
    total = found.currency + found.revision + found.roll + found.multiple
    assert total == pytest.approx(np.log(p1 / p0), abs=1e-9)


def test_without_new_estimates_all_of_the_change_in_earnings_is_the_roll() -> None:
    estimates = {date(2025, 12, 31): 8.0, date(2026, 12, 31): 10.0}
    found = identity((100.0, 100.0), (1.0, 1.0), (date(2025, 3, 1), estimates), (date(2025, 6, 1), estimates))
    assert found is not None
    assert found.revision == 0.0
    assert found.roll > 0.0
    assert found.multiple == pytest.approx(-found.roll)


@given(st.integers(0, 364))
def test_the_weights_of_fiscal_years_are_of_twelve_months(day: int) -> None:
    on = date(2025, 1, 1) + timedelta(days=day)
    found = next_twelve_months(on, {date(2025, 12, 31): 1.0, date(2026, 12, 31): 1.0})
    assert found is not None
    assert sum(found[1].values()) == pytest.approx(1.0)
    assert found[0] == pytest.approx(1.0)


def test_losses_and_uncovered_months_have_no_logs() -> None:
    day = date(2025, 6, 1)
    covered = {date(2025, 12, 31): -1.0, date(2026, 12, 31): 0.2}
    assert identity((1.0, 1.0), (1.0, 1.0), (day, covered), (day, covered)) is None
    assert next_twelve_months(day, {date(2025, 12, 31): 1.0}) is None
    assert next_twelve_months(day, {}) is None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_constant_betas_are_found_as_least_squares_finds_them(seed: int) -> None:
    rng = np.random.default_rng(seed)
    factors = rng.normal(0, 0.01, size=(500, 2))
    y = 0.0002 + factors @ np.array([1.2, -0.5]) + rng.normal(0, 0.01, 500)
    fitted = kalman_betas(y, factors)
    assert fitted is not None
    design = np.column_stack([np.ones(500), factors])
    plain, *_ = np.linalg.lstsq(design, y, rcond=None)
    if fitted.step_share == 0.0:
        assert fitted.betas == pytest.approx(plain, abs=1e-8)
    error = np.sqrt(np.diag(fitted.covariance))[1:]
    assert (np.abs(fitted.betas[1:] - [1.2, -0.5]) < 4 * error).all()


def test_a_beta_that_wanders_is_followed_better_than_by_least_squares() -> None:
    rng = np.random.default_rng(8)
    factor = rng.normal(0, 0.01, size=(500, 1))
    path = 1.0 + np.cumsum(rng.normal(0, 0.06, 500))
    y = factor[:, 0] * path + rng.normal(0, 0.004, 500)
    fitted = kalman_betas(y, factor)
    assert fitted is not None
    plain = float(np.polyfit(factor[:, 0], y, 1)[0])
    assert fitted.step_share > 0
    assert abs(fitted.betas[1] - path[-1]) < abs(plain - path[-1])


@given(st.integers(0, 2**32 - 1))
def test_the_parts_and_the_rest_add_up(seed: int) -> None:
    rng = np.random.default_rng(seed)
    factors, y = rng.normal(0, 0.01, size=(150, 2)), rng.normal(0, 0.02, 150)
    fitted = kalman_betas(y[:145], factors[:145])
    assume(fitted is not None)
    assert fitted is not None
    told = attribution(y[145:], factors[145:], fitted)
    assert told is not None
    assert told.rest + told.parts.sum() == pytest.approx(told.total, abs=1e-12)


def told(estimates: list[dict[str, Any]], *, index: bool = True, currency: str | None = None) -> Decomposition:
    rng = np.random.default_rng(6)
    tables: dict[str, Any] = {"bars": walk("X", ON, rng)}
    if index:
        tables["bars"] += walk("^GSPC", ON, rng, sd=0.01, venue="INDEX", price_basis="index_level")
    if estimates:
        tables["facts"] = estimates
    view = Snapshot.of(batch(**tables)).view(CUTOFF)
    line = series(view, Listing(symbol="X", venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    return decomposition(Study.of(view, line), currency=currency)


def estimate(end: date, value: float, known: int, unit: str = "USD") -> dict[str, Any]:
    """An estimate for the fiscal year to `end`, known so many sessions before the cutoff."""
    at = datetime.combine(ON[-1 - known], datetime.min.time(), UTC)
    span = {"period_from": end.replace(year=end.year - 1) + timedelta(days=1), "period_to": end}
    return {
        "subject": "X",
        "field": "estimate.eps",
        "value": value,
        "unit": unit,
        "known_at": at,
        "locator": "l",
    } | span


def test_a_revision_in_the_window_is_told_from_the_multiple() -> None:
    old = [estimate(end, value, 40) for end, value in zip(ENDS, (5.0, 6.0), strict=True)]
    new = [estimate(end, value * 1.1, 2) for end, value in zip(ENDS, (5.0, 6.0), strict=True)]
    kept, revised = told(old).what_changed, told(old + new).what_changed
    assert not isinstance(kept, Gap)
    assert not isinstance(revised, Gap)
    assert kept.revision == pytest.approx(0.0, abs=1e-12)
    assert revised.revision == pytest.approx(np.log(1.1))
    for found in (kept, revised):
        parts = found.currency + found.revision + found.roll + found.multiple
        assert parts == pytest.approx(found.price, abs=1e-9)


def test_estimates_in_two_currencies_are_never_mixed() -> None:
    mixed = [estimate(ENDS[0], 5.0, 40), estimate(ENDS[1], 40.0, 40, unit="CNY")]
    found = told(mixed).what_changed
    assert isinstance(found, Gap)
    assert "one currency" in found.detail


def test_without_data_the_kind_stays_and_each_lens_says_what_it_needs() -> None:
    found = told([], index=False)
    assert found.kind == "decomposition"
    assert isinstance(found.what_changed, Gap)
    assert isinstance(found.what_moved, Gap)


def test_what_moved_adds_up_and_knows_nothing_of_its_window() -> None:
    moved = told([]).what_moved
    assert not isinstance(moved, Gap)
    assert moved.own + sum(part.part for part in moved.parts) == pytest.approx(moved.total, abs=1e-9)
    assert moved.own_low < moved.own < moved.own_high


def test_the_change_of_the_multiple_is_the_peers_plus_the_lines_own() -> None:
    rng = np.random.default_rng(8)
    facts = [{"subject": "X", "field": "peers", "text": "XNYS:Y XNYS:Z", "known_at": CUTOFF.at - timedelta(days=99)}]
    facts[0]["locator"] = "world"
    bars = []
    for name in ("X", "Y", "Z"):
        bars += walk(name, ON, rng)
        facts += [estimate(end, value, 40) | {"subject": name} for end, value in zip(ENDS, (5.0, 6.0), strict=True)]
    for row in facts:
        if row["field"] == "estimate.eps":
            row |= {"low": row["value"] * 0.8, "high": row["value"] * 1.25}
    view = Snapshot.of(batch(bars=bars, facts=facts)).view(CUTOFF)
    line = series(view, Listing(symbol="X", venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    found = decomposition(Study.of(view, line)).what_changed
    assert not isinstance(found, Gap)
    assert isinstance(found.multiple_of_peers, float)
    assert isinstance(found.multiple_own, float)
    assert found.multiple_of_peers + found.multiple_own == pytest.approx(found.multiple, abs=1e-12)
    assert isinstance(found.level, float)
    assert isinstance(found.level_low, float)
    assert isinstance(found.level_high, float)
    assert (found.level_low, found.level_high) == (pytest.approx(found.level / 1.25), pytest.approx(found.level / 0.8))


def test_the_reporting_currency_is_a_factor_and_parts_still_add_up() -> None:
    rng = np.random.default_rng(9)
    bars = walk("X", ON, rng) + walk("^GSPC", ON, rng, sd=0.01, venue="INDEX", price_basis="index_level")
    span = {"period_from": date(2024, 1, 1), "period_to": date(2024, 12, 31), "locator": "report"}
    known = {"known_at": datetime.combine(ON[-60], datetime.min.time(), UTC)}
    sales = {"subject": "X", "field": "revenue", "unit": "CNY", "value": 1.0} | span | known
    moves = np.exp(np.cumsum(rng.normal(0, 0.003, len(ON))))
    rates = [
        {"currency": name, "on": on, "per_eur": float(mean * move), "locator": "ecb"}
        | {"known_at": datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=15)}
        for name, mean, path in (("USD", 1.1, np.ones(len(ON))), ("CNY", 7.8, moves))
        for on, move in zip(ON, path, strict=True)
    ]
    view = Snapshot.of(batch(bars=bars, facts=[sales], rates=rates)).view(CUTOFF)
    line = series(view, Listing(symbol="X", venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    moved = decomposition(Study.of(view, line)).what_moved
    assert not isinstance(moved, Gap)
    assert [(part.factor, part.role) for part in moved.parts][1:] == [("CNY in USD", "currency")]
    assert moved.own + sum(part.part for part in moved.parts) == pytest.approx(moved.total, abs=1e-9)


def test_style_funds_that_are_held_count_beyond_the_market_and_a_gap_names_the_others() -> None:
    """A line that is the market and half of what small companies do beyond it; the fund is filed without its venue."""
    rng = np.random.default_rng(12)
    index = walk("^GSPC", ON, rng, sd=0.01, venue="INDEX", price_basis="index_level")
    small = walk("IWM", ON, rng, sd=0.012, venue="US")
    short = walk("VUG", ON[300:], rng, sd=0.012, venue="ARCX")
    steps = [np.diff([row["close"] for row in rows]) / [row["close"] for row in rows[:-1]] for rows in (index, small)]
    own = steps[0] + 0.5 * (steps[1] - steps[0]) + rng.normal(0, 0.002, len(ON) - 1)
    closes = 100 * np.cumprod([1.0, *(1 + own)])
    bars = [bar("X", on, float(close)) for on, close in zip(ON, closes, strict=True)]
    view = Snapshot.of(batch(bars=[*bars, *index, *small, *short])).view(CUTOFF)
    line = series(view, Listing(symbol="X", venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    found = decomposition(Study.of(view, line))
    moved = found.what_moved
    assert not isinstance(moved, Gap)
    assert [(part.factor, part.role) for part in moved.parts][1:] == [("ARCX:IWM less INDEX:^GSPC", "size")]
    assert moved.parts[1].beta == pytest.approx(0.5, abs=0.1)
    assert moved.own + sum(part.part for part in moved.parts) == pytest.approx(moved.total, abs=1e-9)
    lacking = next(gap for gap in found.basis.gaps if gap.question == "style factors of XNYS:X")
    assert lacking.detail.startswith("the ledger holds no prices of ARCX:VUG, BATS:MTUM, BATS:QUAL on the sessions")


def test_a_factor_of_other_sessions_counts_with_the_session_before() -> None:
    """A line in Hong Kong that follows New York's session of the day before: only the lagged beta sees it."""
    rng = np.random.default_rng(10)
    york = walk("Y", ON, rng, sd=0.02) + walk("Z", ON, rng, sd=0.02)
    by_day = {(row["symbol"], row["on"]): row["close"] for row in york}
    mean = {b: float(np.mean([by_day[s, b] / by_day[s, a] - 1 for s in "YZ"])) for a, b in pairwise(ON)}
    open_days = [day.astype(object) for day in sessions("XHKG").days]
    home, close = [], 100.0
    for before, on in pairwise(day for day in open_days if ON[1] <= day <= ON[-1]):
        overnight = sum(mean.get(before + timedelta(days=n), 0.0) for n in range((on - before).days))
        close *= 1 + overnight + float(rng.normal(0, 0.002))
        at = datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=8)
        home.append(bar("H", on, close, venue="XHKG", currency="HKD") | {"known_at": at})
    index = [row | {"symbol": "^HSI", "close": 100.0 + 0.01 * (n % 7)} for n, row in enumerate(home)]
    peers = {"subject": "H", "field": "peers", "text": "XNYS:Y XNYS:Z", "locator": "world"}
    peers |= {"known_at": datetime.combine(ON[0], datetime.min.time(), UTC)}
    view = Snapshot.of(batch(bars=[*home, *index, *york], facts=[peers])).view(CUTOFF)
    line = series(view, Listing(symbol="H", venue="XHKG", currency="HKD"))
    assert isinstance(line, Series)
    moved = decomposition(Study.of(view, line)).what_moved
    assert not isinstance(moved, Gap)
    group = next(part for part in moved.parts if part.role == "peers")
    assert group.lags == 1
    assert group.beta > 0.5
    assert moved.own + sum(part.part for part in moved.parts) == pytest.approx(moved.total, abs=1e-9)


def test_filtered_betas_agree_with_rolling_least_squares_where_nothing_walks() -> None:
    from statsmodels.regression.rolling import RollingOLS

    rng = np.random.default_rng(11)
    x = rng.normal(0, 0.01, size=(400, 2))
    y = 0.0003 + x @ np.array([1.2, -0.4]) + rng.normal(0, 0.002, 400)
    fitted = kalman_betas(y, x)
    assert fitted is not None
    rolled = RollingOLS(y, np.column_stack([np.ones(400), x]), window=400).fit().params[-1]
    assert fitted.betas[1:] == pytest.approx(rolled[1:], abs=0.03)
    walked = kalman_betas(np.where(np.arange(400) < 200, 1.0, 2.0) * x[:, 0] + rng.normal(0, 0.002, 400), x[:, :1])
    assert walked is not None
    whole = RollingOLS(np.where(np.arange(400) < 200, 1.0, 2.0) * x[:, 0], x[:, :1], window=400).fit().params[-1]
    assert abs(walked.betas[1] - 2.0) < abs(whole[0] - 2.0), "a beta that walks is followed, a mean of 400 days is not"
