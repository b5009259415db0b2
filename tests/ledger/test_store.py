"""The ledger on disk: appends, pins, half batches, and folders that are none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from deltalake import write_deltalake

from rerating.core.errors import IntegrityError, UsageError
from rerating.core.tables import BATCHES
from rerating.core.types import AsOf, Listing
from rerating.ledger import Ledger
from worlds import bar, batch

AS_OF = AsOf(at=datetime(2020, 2, 1, tzinfo=UTC))
LINE = Listing(symbol="X", venue="XNYS", currency="USD")
ONE = batch(bars=[bar("X", date(2020, 1, 2), 100.0)])
TWO = batch(bars=[bar("X", date(2020, 1, 3), 101.0)])


def test_append_and_view(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    assert ledger.append(ONE).new
    assert ledger.append(TWO).new
    assert ledger.view(AS_OF).bars(LINE)["close"].to_list() == [100.0, 101.0]


def test_appending_the_same_batch_twice_changes_nothing(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    ledger.append(ONE)
    pins = ledger.snapshot.pins
    assert not ledger.append(ONE).new
    assert Ledger(tmp_path).snapshot.pins == pins


def test_a_pinned_snapshot_does_not_see_later_appends(tmp_path: Path) -> None:
    writer = Ledger.create(tmp_path)
    writer.append(ONE)
    reader = Ledger(tmp_path)
    before = reader.view(AS_OF)
    writer.append(TWO)
    assert before.bars(LINE).height == 1
    assert reader.view(AS_OF).bars(LINE).height == 1
    assert Ledger(tmp_path).view(AS_OF).bars(LINE).height == 2


def test_rows_without_their_commit_do_not_show(tmp_path: Path) -> None:
    """A writer that died between the rows and the commit leaves nothing that a reader could see."""
    ledger = Ledger.create(tmp_path)
    ledger.append(ONE)
    write_deltalake(str(tmp_path / "bars"), TWO.rows()["bars"], mode="append")
    assert Ledger(tmp_path).view(AS_OF).bars(LINE)["close"].to_list() == [100.0]
    assert Ledger(tmp_path).append(TWO).new
    assert Ledger(tmp_path).view(AS_OF).bars(LINE)["close"].to_list() == [100.0, 101.0]


def test_ledger_and_memory_answer_alike(tmp_path: Path) -> None:
    from rerating.ledger import Snapshot

    ledger = Ledger.create(tmp_path)
    for each in (TWO, ONE):
        ledger.append(each)
    on_disk, in_memory = ledger.view(AS_OF), Snapshot.of(ONE, TWO).view(AS_OF)
    assert on_disk.bars(LINE).equals(in_memory.bars(LINE))
    assert on_disk.version == in_memory.version


def test_foreign_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    Ledger.create(tmp_path).append(ONE)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert Ledger(tmp_path).view(AS_OF).bars(LINE).height == 1


def test_a_folder_without_ledger_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no ledger in"):
        Ledger(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_foreign_tables_are_no_ledger(tmp_path: Path) -> None:
    write_deltalake(str(tmp_path / "batches"), pl.DataFrame({"a": [1]}))
    with pytest.raises(UsageError, match="not made by rerating"):
        Ledger(tmp_path)


def test_a_newer_ledger_stops_at_once(tmp_path: Path) -> None:
    write_deltalake(str(tmp_path / "batches"), pl.DataFrame(schema=BATCHES), description="rerating ledger, format 99")
    with pytest.raises(IntegrityError, match="update rerating"):
        Ledger(tmp_path)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(UsageError, match="taken"):
        Ledger.create(tmp_path / "taken")
