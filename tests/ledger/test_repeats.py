"""What is said again is not stored again, and nothing is lost by it: views are those of a ledger that stores all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rerating.core.batch import Batch
from rerating.core.errors import IntegrityError
from rerating.core.tables import BARS, FACTS, TABLES
from rerating.core.types import AsOf, Listing, Reading
from rerating.ledger import Ledger, Snapshot
from rerating.ledger.repeats import split
from rerating.ledger.snapshot import commit_row
from worlds import bar, batch

T0 = datetime(2020, 1, 1, tzinfo=UTC)
LINE = Listing(symbol="X", venue="XNYS", currency="USD")


def at(hours: int) -> AsOf:
    return AsOf(at=T0 + timedelta(hours=hours))


def said(hours: int, values: dict[str, tuple[float, int]], *, complete: bool = False, subject: str = "X") -> Batch:
    """A recording at T0 + hours of facts: field -> (value, hours after T0 at which it could be known)."""
    rows = [
        {"subject": subject, "field": name, "unit": "USD", "value": value, "known_at": T0 + timedelta(hours=known)}
        for name, (value, known) in values.items()
    ]
    made = batch(T0 + timedelta(hours=hours), facts=rows)
    scope = {"tables": "facts", "subject": subject} if complete else {}
    return Batch(source="test", recorded_at=made.recorded_at, tables=made.tables, scope=scope, complete=complete)


BATCHES = st.builds(
    said,
    hours=st.integers(0, 12),
    values=st.dictionaries(
        st.sampled_from(["eps", "revenue", "capex"]),
        st.tuples(st.sampled_from([1.0, 2.0]), st.integers(0, 3)),
        min_size=1,
    ),
    complete=st.booleans(),
    subject=st.sampled_from(["X", "Y"]),
)


def frugal(batches: list[Batch]) -> Snapshot:
    """What a ledger holds after appending these batches in this order, without a disk."""
    held = Snapshot.of()
    for each in batches:
        if each.id in held.ids:
            continue
        fresh, again = split(held, each.rows())
        held = Snapshot(
            batches=pl.concat([held.batches, commit_row(each, each.rows(), fresh)]),
            tables={name: pl.concat([held.rows(TABLES[name]), frame]).lazy() for name, frame in fresh.items()}
            | {name: lazy for name, lazy in held.tables.items() if name not in fresh},
            repeated={"repeats": pl.concat([held.repeats(None), again]).lazy()},
        )
    return held


def stored(batches: list[Batch]) -> Iterator[Snapshot]:
    """The same on disk."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.create(folder)
        for each in batches:
            ledger.append(each)
        yield ledger.snapshot


@settings(max_examples=25)
@given(st.lists(BATCHES, min_size=1, max_size=6), st.sampled_from(list(Reading)), st.randoms(), st.integers(0, 9))
def test_a_ledger_that_stores_changes_only_shows_what_one_shows_that_stores_all(
    batches: list[Batch], reading: Reading, random: object, tenth: int
) -> None:
    """In any order of appends, at any cutoff, in both readings, withdrawals included."""
    shuffled = list(batches)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    whole = Snapshot.of(*batches)
    for held in stored(shuffled) if tenth == 0 else [frugal(shuffled)]:
        for hours in (0, 2, 5, 8, 11, 13):
            lean, plain = held.view(at(hours), reading), whole.view(at(hours), reading)
            for subject in ("X", "Y"):
                left, right = (view.rows(FACTS, [subject]).drop("batch") for view in (lean, plain))
                assert left.equals(right), f"{hours}\n{left}\n{right}"
                gone = [view.withdrawn(FACTS, [subject]).drop("batch") for view in (lean, plain)]
                assert gone[0].equals(gone[1])
            assert lean.version == plain.version


def test_what_is_unchanged_takes_no_new_rows(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    first = ledger.append(said(1, {"eps": (1.0, 0), "revenue": (5.0, 0)}))
    second = ledger.append(said(2, {"eps": (1.0, 0), "revenue": (6.0, 0)}))
    third = ledger.append(said(3, {"eps": (1.0, 0), "revenue": (6.0, 0)}))
    assert (first.rows, first.unchanged) == ({"facts": 2}, {})
    assert (second.rows, second.unchanged) == ({"facts": 1}, {"facts": 1})
    assert (third.rows, third.unchanged) == ({}, {"facts": 2})
    assert Ledger(tmp_path).snapshot.rows(FACTS).height == 3


def test_a_key_that_a_complete_answer_lacks_is_withdrawn_from_then_on(tmp_path: Path) -> None:
    """eps and capex | eps alone, complete | both again: withdrawn in between, and never before it was recorded."""
    ledger = Ledger.create(tmp_path)
    for each in (
        said(1, {"eps": (1.0, 0), "capex": (9.0, 0)}, complete=True),
        said(4, {"eps": (1.0, 0)}, complete=True),
        said(8, {"eps": (1.0, 0), "capex": (9.0, 0)}, complete=True),
    ):
        ledger.append(each)

    def fields(hours: int) -> list[str]:
        return ledger.view(at(hours), Reading.RECORDED).facts(["X"])["field"].to_list()

    assert [fields(hours) for hours in (1, 3, 4, 7, 8)] == [
        ["capex", "eps"],
        ["capex", "eps"],
        ["eps"],
        ["eps"],
        ["capex", "eps"],
    ]
    gone = ledger.view(at(5), Reading.RECORDED).withdrawn(FACTS, ["X"])
    assert gone["field"].to_list() == ["capex"]
    assert gone["withdrawn_at"].to_list() == [T0 + timedelta(hours=4)]


def test_a_partial_answer_withdraws_nothing() -> None:
    snapshot = Snapshot.of(said(1, {"eps": (1.0, 0), "capex": (9.0, 0)}, complete=True), said(4, {"eps": (1.0, 0)}))
    assert snapshot.view(at(5)).facts(["X"])["field"].to_list() == ["capex", "eps"]


def test_a_complete_answer_about_one_subject_leaves_others_alone() -> None:
    snapshot = Snapshot.of(
        said(1, {"eps": (1.0, 0)}, complete=True, subject="Y"), said(4, {"eps": (1.0, 0)}, complete=True)
    )
    assert snapshot.view(at(5)).facts(["Y"])["field"].to_list() == ["eps"]


def test_a_complete_span_withdraws_within_it_only() -> None:
    days = [date(2020, 1, 2), date(2020, 1, 3), date(2020, 1, 6)]
    early = batch(datetime(2020, 1, 7, tzinfo=UTC), bars=[bar("X", on, 100.0) for on in days])
    late = Batch(
        source="test",
        recorded_at=datetime(2020, 1, 8, tzinfo=UTC),
        tables=batch(bars=[bar("X", days[2], 100.0)]).tables,
        scope={"tables": "bars", "symbol": "X", "venue": "XNYS", "since": "2020-01-03"},
        complete=True,
    )
    snapshot = Snapshot.of(early, late)
    assert snapshot.view(AsOf(at=datetime(2020, 1, 7, tzinfo=UTC))).bars(LINE)["on"].to_list() == days
    view = snapshot.view(AsOf(at=datetime(2020, 1, 9, tzinfo=UTC)))
    assert view.bars(LINE)["on"].to_list() == [days[0], days[2]]
    assert view.withdrawn(BARS, ["X"])["on"].to_list() == [days[1]]


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        ({}, "names no tables"),
        ({"tables": "facts", "simbol": "X"}, "simbol"),
        ({"tables": "facts,bars"}, "has no row of it"),
        ({"tables": "prices"}, "has no row of it"),
    ],
)
def test_a_complete_answer_must_say_in_what(scope: dict[str, str], reason: str) -> None:
    tables = said(1, {"eps": (1.0, 0)}).tables
    with pytest.raises(IntegrityError, match=reason):
        Batch(source="test", recorded_at=T0, tables=tables, scope=scope, complete=True)


def test_an_id_follows_from_content_not_from_chunks() -> None:
    one, two = bar("X", date(2020, 1, 2), 1.0), bar("Y", date(2020, 1, 3), 2.0)
    whole = batch(bars=[one, two])
    halves = pl.concat([batch(bars=[one]).tables["bars"], batch(bars=[two]).tables["bars"]], rechunk=False)
    assert Batch(source="test", recorded_at=whole.recorded_at, tables={"bars": halves}).id == whole.id
    moved = batch(bars=[one, two | {"close": 2.5}])
    assert moved.id != whole.id


def test_texts_that_run_into_each_other_are_told_apart() -> None:
    """'ab','c' and 'a','bc' join to the same letters, and a missing text is not an empty one."""

    def named(*fields: str | None) -> str:
        rows = pl.DataFrame({"subject": ["X"] * len(fields), "field": fields}, schema_overrides={"field": pl.String})
        return Batch(source="test", recorded_at=T0, tables={"facts": rows}).id

    assert len({named("ab", "c"), named("a", "bc"), named("", None), named(None, "")}) == 4
