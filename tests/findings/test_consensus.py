"""Consensus: unknown words are gaps, houses differ, targets age, and a printed label is not a computed one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.core.sessions import sessions
from rerating.core.types import AsOf, Gap, Listing
from rerating.findings.consensus import Consensus, consensus
from rerating.findings.series import Series, series
from rerating.findings.timing import placed_events
from rerating.ledger import Snapshot
from rerating.measures.consensus import SCALES
from rerating.sources.case_file import batch_from
from rerating.statements import gaps
from shared_data import daily_prices, shared
from worlds import batch, days, event, walk

ON = days(date(2024, 1, 2), 300)
RNG = np.random.default_rng(5)
LINE = Listing(symbol="X", venue="XNYS", currency="USD")
CUTOFF = AsOf(at=datetime.combine(ON[-1], datetime.min.time(), UTC) + timedelta(hours=23))


def rated(house: str, age: int, word: str | None, **more: Any) -> dict[str, Any]:
    """A rating of `age` days before the cutoff."""
    on = ON[-1] - timedelta(days=age)
    at = datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=15)
    row = {"symbol": "X", "house": house, "graded_on": on, "graded_at": at, "precision": "minute", "ordinal": 0}
    return (
        row
        | {"word_to": word, "action": "main", "known_at": at, "locator": "https://example.org", "currency": "USD"}
        | more
    )


def viewed(
    *ratings: dict[str, Any], events: list[dict[str, Any]] | None = None, splits: bool = False
) -> tuple[Any, Series]:
    bars = walk("X", ON, np.random.default_rng(3))
    tables: dict[str, Any] = {"bars": bars}
    if ratings:
        tables["ratings"] = list(ratings)
    happened = list(events or [])
    if splits:
        at = datetime.combine(ON[-30], datetime.min.time(), UTC)
        happened.append(event("X", "10:1", at, category="split", value=10.0, effective_on=ON[-30]))
    if happened:
        tables["events"] = happened
    view = Snapshot.of(batch(**tables)).view(CUTOFF)
    line = series(view, LINE)
    assert isinstance(line, Series)
    return view, line


def told(*ratings: dict[str, Any], **more: Any) -> Consensus:
    return consensus(*viewed(*ratings, **more))


def test_without_ratings_every_figure_is_a_gap_and_the_kind_stays() -> None:
    found = told()
    assert found.kind == "consensus"
    for figure in (found.actions, found.counts, found.scales, found.targets, found.observed):
        assert isinstance(figure, Gap)
        assert "import" in figure.detail


def test_an_unknown_word_is_named_and_never_a_hold() -> None:
    found = told(rated("A", 5, "Buy"), rated("B", 5, "Gigantisch"))
    assert found.unmapped == ("Gigantisch",)
    assert not isinstance(found.counts, Gap)
    assert found.counts == {"strong_buy": 0, "buy": 1, "hold": 0, "sell": 0, "strong_sell": 0}


def test_only_the_newest_rating_of_a_house_counts_and_german_words_do() -> None:
    found = told(rated("A", 50, "Verkaufen"), rated("A", 5, "Kaufen"), rated("B", 5, "Halten"))
    assert not isinstance(found.counts, Gap)
    assert (found.counts["buy"], found.counts["hold"], found.counts["sell"]) == (1, 1, 0)


def test_houses_read_the_same_ratings_differently() -> None:
    """Three buys and a hold: a Moderate Buy here, an Overweight there, plain Buy elsewhere."""
    found = told(*(rated(house, 5, "Buy") for house in "ABC"), rated("D", 5, "Hold"))
    assert not isinstance(found.scales, Gap)
    labels = {scale.house: scale.label for scale in found.scales}
    assert labels["MarketBeat"] == "Moderate Buy"
    assert labels["FactSet"] == "Overweight"
    assert labels["Zacks"] == "Hold"  # 2.25 lies above 2.0
    assert {scale.house for scale in found.scales if not scale.confirmed} == {"MarketBeat", "LSEG I/B/E/S"}


def test_a_stale_rating_counts_only_in_the_longer_windows() -> None:
    found = told(rated("A", 150, "Buy"))
    assert not isinstance(found.scales, Gap)
    assert {scale.house for scale in found.scales} == {"MarketBeat", "Zacks", "LSEG I/B/E/S", "Benzinga"}
    assert isinstance(found.targets, Gap)


def test_targets_keep_their_currency_and_follow_splits() -> None:
    view, line = viewed(
        rated("A", 100, "Buy", target_to=1000.0), rated("B", 5, "Buy", target_to=120.0, currency="HKD"), splits=True
    )
    found = consensus(view, line)
    assert not isinstance(found.targets, Gap)
    year = {target.unit: target for target in found.targets if target.days == 365}
    assert year["USD"].mean == pytest.approx(100.0)
    assert year["USD"].upside == pytest.approx(100.0 / line.close[line.last] - 1)
    assert isinstance(year["HKD"].upside, Gap)
    assert isinstance(year["USD"].dispersion, Gap)


def test_a_house_that_returns_to_its_word_makes_news_again() -> None:
    view, line = viewed(
        rated("A", 12, "Hold", action="down", word_from="Buy"),
        rated("A", 8, "Buy", action="up", word_from="Hold"),
        rated("A", 4, "Hold", action="down", word_from="Buy"),
        rated("A", 3, "Hold", action="down", word_from="Buy"),
    )
    placed = placed_events(view, line)
    assert [event.row["title"] for event in placed] == ["A: Buy → Hold", "A: Hold → Buy", "A: Buy → Hold"]
    assert [len(event.repeats) for event in placed] == [0, 0, 1]


def test_a_target_in_another_currency_is_held_against_the_line_that_trades_in_it() -> None:
    other = [row | {"symbol": "X.HK", "venue": "XHKG", "currency": "HKD", "close": 80.0} for row in walk("X", ON, RNG)]
    other = [row for row in other if sessions("XHKG").position(row["on"]) is not None]
    sisters = {"subject": "X", "field": "sister_lines", "text": "XHKG:X.HK", "known_at": CUTOFF.at, "locator": "world"}
    ratings = [rated("A", 5, "Buy", target_to=120.0, currency="HKD"), rated("B", 5, "Buy", target_to=120.0)]
    bars = [*walk("X", ON, np.random.default_rng(3)), *other]
    view = Snapshot.of(batch(bars=bars, facts=[sisters], ratings=ratings)).view(CUTOFF)
    line = series(view, LINE)
    assert isinstance(line, Series)
    found = consensus(view, line).targets
    assert not isinstance(found, Gap)
    held = {target.unit: (target.line, target.upside) for target in found if target.days == 90}
    assert held["HKD"] == ("XHKG:X.HK", pytest.approx(0.5))
    assert held["USD"] == ("XNYS:X", pytest.approx(120.0 / line.close[line.last] - 1))


def test_a_change_is_by_the_same_house_and_becomes_an_event() -> None:
    view, line = viewed(
        rated("A", 200, "Buy"),
        rated("A", 5, "Hold", action="down", word_from="Buy"),
        rated("B", 4, "Buy", action="reit"),
    )
    found = consensus(view, line)
    assert not isinstance(found.actions, Gap)
    changes = {action.house: action.change for action in found.actions}
    assert changes["A"] == -1
    assert isinstance(changes["B"], Gap)
    titles = [placed.row["title"] for placed in placed_events(view, line)]
    assert titles == ["A: Buy → Hold"]


def test_the_plain_words_stand_above_overweight_where_the_house_tells_them_apart() -> None:
    found = told(rated("A", 5, "Buy"), rated("B", 5, "Outperform"))
    assert not isinstance(found.scales, Gap)
    means = {scale.house: scale.mean for scale in found.scales}
    assert (means["FactSet"], means["Zacks"]) == (1.25, 2.0)


def test_a_label_stands_among_those_of_other_stocks() -> None:
    """30 other stocks: 10 sells, 15 buys, 5 strong buys; a stock that two houses rate does not count."""
    words = ["Sell"] * 10 + ["Buy"] * 15 + ["Strong Buy"] * 5
    others = [rated(house, 9, word) | {"symbol": f"S{i}"} for i, word in enumerate(words) for house in "ABC"]
    others += [rated(house, 9, "Sell") | {"symbol": "FEW"} for house in "AB"]
    found = told(*(rated(house, 5, "Buy") for house in "ABC"), *others)
    assert not isinstance(found.scales, Gap)
    among = next(scale.among for scale in found.scales if scale.house == "Zacks")
    assert not isinstance(among, Gap)
    assert (among.stocks, among.worse, among.same) == (30, pytest.approx(1 / 3), pytest.approx(0.5))
    assert among.percentile == pytest.approx(1 / 3 + 0.25)
    few = told(rated("A", 5, "Buy")).scales
    assert not isinstance(few, Gap)
    assert all(isinstance(scale.among, Gap) and gaps.knows(scale.among) == (True, True) for scale in few)


def test_momentum_counts_directions_and_averages_changes_of_targets() -> None:
    found = told(
        rated("A", 200, "Buy", target_to=100.0),
        rated("A", 80, "Hold", target_to=90.0),
        rated("B", 20, "Buy", target_from=100.0, target_to=120.0, action="up"),
        rated("C", 10, "Buy", target_from=3000.0, target_to=150.0),
        rated("D", 5, "Buy", target_from=50.0, target_to=50.0),
    )
    assert not isinstance(found.momentum, Gap)
    month, quarter = found.momentum
    assert (month.upgrades, month.downgrades, month.raised, month.cut) == (1, 0, 1, 0)
    assert month.target_change == pytest.approx(0.1)
    assert (quarter.upgrades, quarter.downgrades, quarter.raised, quarter.cut) == (1, 1, 1, 1)
    assert quarter.target_change == pytest.approx((-0.1 + 0.2 + 0.0) / 3)


def test_revisions_compare_the_same_fiscal_year() -> None:
    ends = date(2025, 12, 31)
    rows = [
        {"subject": "X", "field": "estimate.eps", "period_to": ends, "unit": "USD", "note": "0y", "value": value}
        | {"known_at": CUTOFF.at - timedelta(days=age), "locator": "world"}
        for age, value in ((120, 4.0), (60, 5.0), (3, 6.0))
    ]
    view = Snapshot.of(batch(bars=walk("X", ON, np.random.default_rng(3)), facts=rows)).view(CUTOFF)
    line = series(view, LINE)
    assert isinstance(line, Series)
    found = consensus(view, line).revisions
    assert not isinstance(found, Gap)
    changes = {one.days: one.change for one in found}
    assert changes == {30: pytest.approx(0.2), 90: pytest.approx(0.5)}


def test_one_action_under_two_dates_keeps_both() -> None:
    """As the downgrade of Alibaba by Freedom Capital: 6 January in a feed, 13 January in the press."""
    on = ON[-1] - timedelta(days=3)
    at = datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=15)
    press = event("X", "press reports Freedom cut Buy -> Hold", at, category="rating", place="America/New_York")
    found = told(rated("Freedom", 10, "Hold", action="down"), rated("Other", 9, "Hold"), events=[press])
    assert not isinstance(found.actions, Gap)
    dates = {action.house: [other.on for other in action.also_dated] for action in found.actions}
    assert dates == {"Freedom": [on], "Other": []}


@given(st.lists(st.integers(-2, 2), min_size=1, max_size=30))
def test_a_better_rating_never_worsens_a_label(notches: list[int]) -> None:
    for scale in SCALES:
        names = [name for _, name in scale.bands]
        upwards = scale.points[4] > scale.points[0]
        order = {name: i if upwards else -i for i, name in enumerate(names)}
        better = [min(2, notch + 1) for notch in notches]
        assert order[scale.label(scale.mean(better))] >= order[scale.label(scale.mean(notches))]


@pytest.mark.shared
def test_labels_that_houses_printed_on_alibaba() -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    snapshot = Snapshot.of(
        daily_prices(),
        batch_from(shared("data/news/baba_events.json"), recorded_at=at, only="events"),
    )
    view = snapshot.view(AsOf.parse("2026-01-14T22:00Z"))
    line = series(view, Listing(symbol="BABA", venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    found = consensus(view, line)
    assert not isinstance(found.observed, Gap)
    printed = {label.house: (label.label, label.target, round(label.upside, 4)) for label in found.observed}  # type: ignore[arg-type]
    assert printed == {
        "MarketBeat": ("Moderate Buy", 192.11, 0.1307),
        "TipRanks": ("Strong Buy", 203.66, 0.1987),
        "Yahoo": ("Strong Buy", 195.13, 0.1485),
    }
