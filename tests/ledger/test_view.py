"""The laws of views: nothing from the future, order does not matter, twice is once, the past is not rewritten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rerating.core.batch import Batch
from rerating.core.tables import BARS, FACTS
from rerating.core.types import AsOf, Listing, Reading
from rerating.ledger import Snapshot
from worlds import bar, batch, event

T0 = datetime(2020, 1, 1, tzinfo=UTC)
LINE = Listing(symbol="X", venue="XNYS", currency="USD")


def fact(value: float, known: int, recorded: int, field: str = "eps") -> Batch:
    """One fact; times are hours after T0."""
    row = {
        "subject": "X",
        "field": field,
        "unit": "USD",
        "value": value,
        "known_at": T0 + timedelta(hours=known),
        "locator": "l",
    }
    return batch(T0 + timedelta(hours=recorded), facts=[row])


def seen(snapshot: Snapshot, hours: int, reading: Reading = Reading.PUBLISHED) -> list[float]:
    return snapshot.view(AsOf(at=T0 + timedelta(hours=hours)), reading).facts(["X"])["value"].to_list()


FACT = st.builds(
    fact,
    value=st.integers(0, 3).map(float),
    known=st.integers(0, 20),
    recorded=st.integers(0, 20),
    field=st.sampled_from(["eps", "revenue"]),
)


@given(st.lists(FACT, max_size=8), st.integers(0, 20), st.sampled_from(list(Reading)))
def test_nothing_known_after_the_cutoff_reaches_a_view(batches: list[Batch], hours: int, reading: Reading) -> None:
    view = Snapshot.of(*batches).view(AsOf(at=T0 + timedelta(hours=hours)), reading)
    rows = view.rows(FACTS, ["X"])
    assert all(known <= T0 + timedelta(hours=hours) for known in rows["known_at"])
    if reading is Reading.RECORDED:
        assert all(recorded <= T0 + timedelta(hours=hours) for recorded in rows["recorded_at"])


@given(st.lists(FACT, min_size=1, max_size=5), st.integers(0, 20), st.sampled_from(list(Reading)), st.randoms())
def test_the_order_of_appends_does_not_matter(
    batches: list[Batch], hours: int, reading: Reading, random: object
) -> None:
    as_of = AsOf(at=T0 + timedelta(hours=hours))
    shuffled = list(batches)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (Snapshot.of(*order).view(as_of, reading) for order in (batches, shuffled))
    assert first.facts(["X"]).drop("batch").equals(second.facts(["X"]).drop("batch"))
    assert first.version == second.version


@given(st.lists(FACT, min_size=1, max_size=5), st.integers(0, 20))
def test_a_batch_twice_is_a_batch_once(batches: list[Batch], hours: int) -> None:
    as_of = AsOf(at=T0 + timedelta(hours=hours))
    once, twice = Snapshot.of(*batches).view(as_of), Snapshot.of(*batches, *batches).view(as_of)
    assert once.facts(["X"]).equals(twice.facts(["X"]))
    assert once.version == twice.version


@given(st.lists(FACT, min_size=1, max_size=8), st.integers(0, 20), st.integers(0, 20), st.sampled_from(list(Reading)))
def test_changes_only_grow_and_the_newest_are_what_stands(
    batches: list[Batch], hours: int, more: int, reading: Reading
) -> None:
    snapshot = Snapshot.of(*batches)
    early, late = (snapshot.view(AsOf(at=T0 + timedelta(hours=hours + step)), reading) for step in (0, more))
    before, after = early.changes(FACTS, ["X"]), late.changes(FACTS, ["X"])
    newest = before.unique(["field"], keep="last", maintain_order=True).sort("field")
    assert newest["id"].to_list() == early.rows(FACTS, ["X"]).sort("field")["id"].to_list()
    if reading is Reading.PUBLISHED:
        assert before["id"].to_list() == after.filter(pl.col("known_at") <= early.as_of.at)["id"].to_list()


@given(st.lists(FACT, min_size=1, max_size=6), st.data(), st.integers(0, 20))
def test_what_a_vendor_rewrites_later_changes_nothing_earlier(
    batches: list[Batch], data: st.DataObject, hours: int
) -> None:
    rewritten = data.draw(st.sampled_from(batches)).tables["facts"].row(0, named=True)
    known = int((rewritten["known_at"] - T0) / timedelta(hours=1))
    late = fact(99.0, known=known, recorded=21, field=rewritten["field"])
    as_of = AsOf(at=T0 + timedelta(hours=hours))
    before, after = Snapshot.of(*batches).view(as_of), Snapshot.of(*batches, late).view(as_of)
    assert before.facts(["X"]).equals(after.facts(["X"]))
    assert 99.0 in Snapshot.of(*batches, late).view(AsOf(at=T0 + timedelta(hours=30))).facts(["X"])["value"]


def test_a_correction_is_a_new_row_and_shows_from_its_own_time() -> None:
    snapshot = Snapshot.of(fact(1.0, known=1, recorded=1), fact(2.0, known=5, recorded=5))
    assert seen(snapshot, 1) == [1.0]
    assert seen(snapshot, 4) == [1.0]
    assert seen(snapshot, 5) == [2.0]


def test_a_rewriting_shows_from_its_recording_on_and_not_before() -> None:
    snapshot = Snapshot.of(fact(1.0, known=1, recorded=1), fact(2.0, known=1, recorded=9))
    assert [seen(snapshot, hours) for hours in (1, 8, 9)] == [[1.0], [1.0], [2.0]]


def test_a_recording_that_says_the_same_leaves_the_time_of_knowledge() -> None:
    snapshot = Snapshot.of(fact(1.0, known=1, recorded=1), fact(1.0, known=1, recorded=9))
    rows = snapshot.view(AsOf(at=T0 + timedelta(hours=10))).facts(["X"])
    assert rows["known_at"].to_list() == [T0 + timedelta(hours=1)]


def test_there_and_back_again_is_three_recordings() -> None:
    batches = [fact(1.0, 1, 1), fact(2.0, 1, 4), fact(1.0, 1, 8)]
    for order in permutations(batches):
        snapshot = Snapshot.of(*order)
        assert [seen(snapshot, hours) for hours in (1, 4, 7, 8)] == [[1.0], [2.0], [2.0], [1.0]]


def test_the_recorded_reading_replays_what_this_ledger_had() -> None:
    snapshot = Snapshot.of(fact(1.0, known=1, recorded=6))
    assert seen(snapshot, 5) == [1.0]
    assert seen(snapshot, 5, Reading.RECORDED) == []
    assert seen(snapshot, 6, Reading.RECORDED) == [1.0]


def test_the_cutoff_is_inclusive() -> None:
    snapshot = Snapshot.of(fact(1.0, known=3, recorded=3))
    assert (seen(snapshot, 2), seen(snapshot, 3)) == ([], [1.0])


def test_the_unit_is_part_of_the_key() -> None:
    cny = fact(8.0, 1, 1)
    cny.tables["facts"].replace_column(cny.tables["facts"].get_column_index("unit"), pl.Series("unit", ["CNY"]))
    assert seen(Snapshot.of(fact(1.0, 1, 1), cny), 2) == [8.0, 1.0]


def test_a_split_counts_only_when_it_is_known_and_in_force() -> None:
    """Bars 200, 200 | ex-date | 100: announced two days before the ex-date."""
    on = [date(2020, 1, 2), date(2020, 1, 3), date(2020, 1, 6)]
    split = event("X", "2:1", datetime(2020, 1, 2, 12, tzinfo=UTC), category="split", value=2.0, effective_on=on[2])
    snapshot = Snapshot.of(
        batch(bars=[bar("X", on[0], 200.0), bar("X", on[1], 200.0), bar("X", on[2], 100.0)], events=[split])
    )

    def closes(at: datetime) -> list[float]:
        return snapshot.view(AsOf(at=at)).bars(LINE)["close"].to_list()

    assert closes(datetime(2020, 1, 3, 22, tzinfo=UTC)) == [200.0, 200.0]
    assert closes(datetime(2020, 1, 6, 22, tzinfo=UTC)) == [100.0, 100.0, 100.0]
    volumes = snapshot.view(AsOf(at=datetime(2020, 1, 6, 22, tzinfo=UTC))).bars(LINE)["volume"].to_list()
    assert volumes == [2000.0, 2000.0, 1000.0]


def test_prices_as_traded_win_over_adjusted_ones() -> None:
    on = date(2020, 1, 2)
    rows = [bar("X", on, 50.0, price_basis="split_div_adjusted"), bar("X", on, 100.0)]
    bars = Snapshot.of(batch(bars=rows)).view(AsOf(at=datetime(2020, 1, 3, tzinfo=UTC))).bars(LINE)
    assert bars["close"].to_list() == [100.0]


def test_version_is_of_the_rows_that_were_read() -> None:
    on = date(2020, 1, 2)
    as_of = AsOf(at=datetime(2020, 1, 3, tzinfo=UTC))
    alone, beside = (
        Snapshot.of(batch(bars=[bar("X", on, 1.0)])),
        Snapshot.of(batch(bars=[bar("X", on, 1.0), bar("Y", on, 5.0)])),
    )
    views = [snapshot.view(as_of) for snapshot in (alone, beside)]
    for view in views:
        view.rows(BARS, ["X"])
    assert views[0].version == views[1].version
    views[1].rows(BARS, ["Y"])
    assert views[0].version != views[1].version
