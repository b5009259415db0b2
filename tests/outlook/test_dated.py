"""Ratings, targets, earnings, estimates and options as features: at the session where they could be known, else NaN."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pytest

from rerating.core.types import AsOf, Gap
from rerating.findings.series import series
from rerating.findings.subject import resolved
from rerating.ledger import Snapshot
from rerating.outlook.features import BY_NAME
from rerating.outlook.lines import lines_of
from rerating.outlook.panel import Panel
from worlds import batch, days, event, walk

ON = days(date(2000, 1, 3), 900)
END = datetime.combine(ON[-1] + timedelta(days=1), time(), UTC)


def panel_of(**tables: list[dict[str, Any]]) -> Panel:
    rows = walk("ONE", ON, np.random.default_rng(0))
    rows += walk("^GSPC", ON, np.random.default_rng(9), venue="INDEX", price_basis="index_level")
    view = Snapshot.of(batch(bars=rows, **tables)).view(AsOf(at=END))
    line = series(view, resolved(view, "ONE"))
    assert not isinstance(line, Gap)
    lines = lines_of(view, line, keys=[])
    assert not isinstance(lines, Gap)
    return lines.panel


def feature(name: str, panel: Panel) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    values = BY_NAME[name].of(panel)
    assert values is not None
    column: np.ndarray[tuple[int], np.dtype[np.float64]] = values[:, 0]
    return column


def morning(place: int) -> datetime:
    """Eight o'clock in New York on the day of a session: its close is the first at which that is known."""
    return datetime.combine(ON[place], time(13), UTC)


def rating(place: int, house: str, action: str, target: float | None = None) -> dict[str, Any]:
    return {
        "symbol": "ONE",
        "house": house,
        "graded_on": ON[place],
        "action": action,
        "ordinal": 1,
        "target_to": target,
        "currency": "USD",
        "known_at": morning(place),
        "locator": "world",
    }


def fact(field: str, value: float, known: datetime, period: tuple[date, date], unit: str) -> dict[str, Any]:
    return {
        "subject": "XNYS:ONE",
        "field": field,
        "period_from": period[0],
        "period_to": period[1],
        "unit": unit,
        "value": value,
        "known_at": known,
        "locator": "world",
    }


def test_without_such_rows_there_is_no_such_feature() -> None:
    panel = panel_of()
    for name in (
        "rating_actions",
        "target_upside",
        "earnings_yield",
        "revisions",
        "catalyst_age",
        "implied_over_realised",
    ):
        assert BY_NAME[name].of(panel) is None


def test_the_last_event_its_return_and_its_age() -> None:
    panel = panel_of(events=[event("XNYS:ONE", "a", morning(400)), event("XNYS:ONE", "b", morning(500))])
    age, reaction = feature("catalyst_age", panel), feature("catalyst_return", panel)
    assert np.isnan(age[:400]).all()
    assert age[400:403] == pytest.approx([0.0, 1 / 63, 2 / 63])
    assert age[463:500] == pytest.approx(np.ones(37))  # older than a quarter
    assert age[500] == 0.0
    daily = np.exp(0.5 * np.log(np.mean(panel.excess[149:401, 0] ** 2)))
    assert reaction[400] == pytest.approx(panel.excess[400, 0] / daily, rel=1e-9)
    assert reaction[470] == 0.0


def test_ratings_and_targets() -> None:
    rows = [rating(300, "a", "up", 120.0), rating(310, "b", "down", 80.0), rating(320, "a", "main", 140.0)]
    panel = panel_of(ratings=rows)
    actions = feature("rating_actions", panel)
    assert np.isnan(actions[:362]).all()  # a quarter of known sessions is needed
    assert actions[362] == 0.0  # one up, one down
    assert actions[363] == -1.0  # the upgrade has left the window
    upside = feature("target_upside", panel)
    assert np.isnan(upside[:300]).all()
    close = panel.close[:, 0]
    assert upside[305] == pytest.approx(np.log(120.0 / close[305]))
    assert upside[312] == pytest.approx(np.log(100.0 / close[312]))
    assert upside[325] == pytest.approx(np.log(110.0 / close[325]))
    assert np.isnan(upside[450])  # all older than 100 days


def test_earnings_need_four_quarters_in_a_row() -> None:
    quarters = [(date(1999, 1, 1), date(1999, 3, 31)), (date(1999, 4, 1), date(1999, 6, 30))]
    quarters += [(date(1999, 7, 1), date(1999, 9, 30)), (date(1999, 10, 1), date(1999, 12, 31))]
    rows = [fact("eps_diluted", 1.0 + k, morning(20 + k), period, "USD per share") for k, period in enumerate(quarters)]
    panel = panel_of(facts=rows)
    earnings = panel.dated["earnings"][:, 0]
    assert np.isnan(earnings[:23]).all()
    assert earnings[23:] == pytest.approx(np.full(877, 10.0))
    assert np.isfinite(feature("earnings_yield", panel)[-1])


def test_company_facts_tell_the_last_quarter_within_the_year() -> None:
    ends = [date(1999, 3, 31), date(1999, 6, 30), date(1999, 9, 30), date(1999, 12, 31), date(2000, 3, 31)]
    starts = [date(1999, 1, 1), *(end + timedelta(days=1) for end in ends[:4])]
    rows = [
        fact("us-gaap:EarningsPerShareDiluted", 1.0 + k, morning(20 + k), (starts[k], ends[k]), "USD/shares")
        for k in (0, 1, 2)
    ]
    year = (date(1999, 1, 1), date(1999, 12, 31))
    rows.append(fact("us-gaap:EarningsPerShareDiluted", 10.0, morning(40), year, "USD/shares"))
    rows.append(fact("us-gaap:EarningsPerShareDiluted", 7.0, morning(60), (starts[4], ends[4]), "USD/shares"))
    rows.append(fact("us-gaap:EarningsPerShareDiluted", 99.0, morning(50), year, "CNY/shares"))
    # A restatement of the first quarter counts from when it was said, not before.
    rows.append(fact("us-gaap:EarningsPerShareDiluted", 1.5, morning(80), (starts[0], ends[0]), "USD/shares"))
    rows.append(fact("us-gaap:EarningsPerShareDiluted", 2.5, morning(80), (starts[1], ends[1]), "USD/shares"))
    earnings = panel_of(facts=rows).dated["earnings"][:, 0]
    assert np.isnan(earnings[:40]).all()
    assert earnings[40:60] == pytest.approx(np.full(20, 10.0))
    assert earnings[60:80] == pytest.approx(np.full(20, 10.0 - 1.0 + 7.0))
    assert earnings[80:] == pytest.approx(np.full(820, 2.5 + 3.0 + 4.0 + 7.0))


def test_revisions_are_changes_of_the_same_period() -> None:
    period = (date(2001, 1, 1), date(2001, 12, 31))
    other = (date(2002, 1, 1), date(2002, 12, 31))
    rows = [
        fact("estimate.eps", 4.0, morning(300), period, "USD"),
        fact("estimate.eps", 9.0, morning(320), other, "USD"),
        fact("estimate.eps", 4.5, morning(340), period, "USD"),
        fact("estimate.eps", 31.0, morning(345), period, "CNY"),
    ]
    panel = panel_of(facts=rows)
    revisions = feature("revisions", panel)
    assert revisions[370] == pytest.approx(0.5 / panel.close[370, 0])
    assert revisions[410] == 0.0


def test_implied_volatility_takes_the_quotes_near_the_money() -> None:
    def quote(place: int, strike: float, implied: float, days_to_run: int) -> dict[str, Any]:
        return {
            "symbol": "ONE",
            "contract": f"{place}-{strike}-{days_to_run}",
            "quoted_at": morning(place),
            "expires_on": ON[place] + timedelta(days=days_to_run),
            "right": "C",
            "strike": strike,
            "currency": "USD",
            "bid": 1.0,
            "ask": 1.1,
            "implied_volatility": implied,
            "underlying_price": 100.0,
            "known_at": morning(place),
            "locator": "world",
        }

    rows = [quote(500, 100.0, 0.40, 30), quote(500, 102.0, 0.44, 30), quote(500, 130.0, 0.9, 30)]
    rows += [quote(500, 100.0, 0.7, 5), quote(500, 100.0, 0.00001, 30)]
    panel = panel_of(option_quotes=rows)
    implied = panel.dated["implied_volatility"][:, 0]
    assert implied[500] == pytest.approx(0.42)
    assert np.isfinite(implied).sum() == 1
    ratio = feature("implied_over_realised", panel)[500]
    realised = np.sqrt(np.mean(panel.returns[480:501, 0] ** 2))
    assert ratio == pytest.approx(np.log(0.42 / np.sqrt(252) / realised), rel=1e-9)
