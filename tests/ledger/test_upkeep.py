"""Info, verify, compact, export and diff, on ledgers whose content is known."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.tables import BARS, FACTS
from rerating.core.types import AsOf, Listing, Reading
from rerating.ledger import FORMAT, Ledger
from rerating.ledger.audit import info, verify
from rerating.ledger.changes import Kind, changes
from rerating.ledger.export import export
from rerating.ledger.store import MOST_FILES
from worlds import bar, batch

T0 = datetime(2020, 1, 10, tzinfo=UTC)
LINE = Listing(symbol="X", venue="XNYS", currency="USD")
DAYS = [date(2020, 1, 2), date(2020, 1, 3), date(2020, 1, 6)]
END = AsOf(at=datetime(2021, 1, 1, tzinfo=UTC))


def document(body: bytes) -> dict[str, object]:
    digest = hashlib.sha256(body).hexdigest()
    return {"digest": digest, "media_type": "text/plain", "body": body, "known_at": T0, "locator": "here"}


def test_info_counts_rows_times_and_what_was_never_committed(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    ledger.append(batch(T0, bars=[bar("X", on, 1.0) for on in DAYS]))
    ledger.append(batch(T0 + timedelta(days=1), source="other", documents=[document(b"a")]))
    lost = batch(T0, bars=[bar("Y", on, 1.0) for on in DAYS])
    ledger._add("bars", lost.rows()["bars"], lost.id, ledger.stored("bars"))
    found = info(Ledger(tmp_path))
    assert (found.batches, found.uncommitted, found.format) == (2, 3, FORMAT)
    rows = {table.name: table.rows for table in found.tables}
    assert rows == {"batches": 2, "bars": 3, "documents": 1}
    bars = next(table for table in found.tables if table.name == "bars")
    assert bars.known_from == datetime(2020, 1, 2, 21, tzinfo=UTC)
    assert [(source.name, source.batches) for source in found.sources] == [("other", 1), ("test", 1)]


def test_verify_finds_a_changed_document_and_a_lost_row(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    ledger.append(batch(T0, documents=[document(b"as it came")], bars=[bar("X", on, 1.0) for on in DAYS]))
    assert all(check.holds for check in verify(Ledger(tmp_path)))
    DeltaTable(tmp_path / "bars").delete("on = '2020-01-03'")
    DeltaTable(tmp_path / "documents").update({"body": "X'00'"})
    documents, batches, repeats = verify(Ledger(tmp_path))
    assert (documents.failed, batches.failed, repeats.failed) == (1, 1, 0)
    assert "promises {'bars': 3, 'documents': 1} and has {'bars': 2" in batches.samples[0]


def test_compaction_keeps_every_row_and_pinned_readers(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    for number, on in enumerate(DAYS):
        ledger.append(batch(T0 + timedelta(hours=number), bars=[bar(s, on, 1.0 + number) for s in "XYZ"]))
    pinned = Ledger(tmp_path)
    before = pinned.view(END)
    held = before.rows(BARS, ["X", "Y", "Z"])
    assert ledger.compact()["bars"] == (3, 1)
    after = Ledger(tmp_path).view(END)
    assert after.rows(BARS, ["X", "Y", "Z"]).equals(held)
    assert after.version == before.version
    assert pinned.view(AsOf(at=T0)).bars(LINE).height == 3
    assert ledger.compact()["bars"] == (1, 1)
    stored = Ledger(tmp_path).stored("bars")
    assert stored is not None
    assert pl.read_parquet(stored.files[0].uri)["symbol"].is_sorted()


def test_many_small_appends_compact_themselves(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    for number in range(MOST_FILES + 3):
        ledger.append(batch(T0 + timedelta(hours=number), bars=[bar(f"S{number}", DAYS[0], 1.0)]))
    for name in ("bars", "batches"):
        stored = ledger.stored(name)
        assert stored is not None
        assert len(stored.files) < 5
    assert Ledger(tmp_path).snapshot.rows(BARS).height == MOST_FILES + 3
    assert all(check.holds for check in verify(Ledger(tmp_path)))


def test_any_delta_reader_reads_the_tables(tmp_path: Path) -> None:
    Ledger.create(tmp_path).append(batch(T0, bars=[bar("X", on, 1.0) for on in DAYS]))
    table = DeltaTable(tmp_path / "bars")
    assert table.count() == 3
    assert [field.name for field in table.schema().fields] == list(BARS.schema)


def test_export_writes_what_shows_and_overwrites_nothing(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger")
    ledger.append(batch(T0, bars=[bar("X", on, 1.0) for on in DAYS]))
    assert export(ledger, tmp_path / "out") == {"bars": 3, "batches": 1}
    assert pl.read_parquet(tmp_path / "out" / "bars.parquet")["on"].to_list() == DAYS
    with pytest.raises(UsageError, match="has a file"):
        export(ledger, tmp_path / "out")


def test_diff_tells_new_backfilled_rewritten_and_withdrawn(tmp_path: Path) -> None:
    def recorded(days: int, rows: list[dict[str, object]]) -> Batch:
        made = batch(T0 + timedelta(days=days), facts=[{"subject": "X", "unit": "USD"} | row for row in rows])
        scope = {"tables": "facts", "subject": "X"}
        return Batch(source="test", recorded_at=made.recorded_at, tables=made.tables, scope=scope, complete=True)

    old, late = T0 - timedelta(days=99), T0 + timedelta(days=2)
    ledger = Ledger.create(tmp_path)
    stays = {"field": "stays", "value": 1.0, "known_at": old}
    ledger.append(
        recorded(
            0,
            [
                stays,
                {"field": "gone", "value": 1.0, "known_at": old},
                {"field": "moved", "value": 1.0, "known_at": old},
            ],
        )
    )
    ledger.append(
        recorded(
            3,
            [
                stays,
                {"field": "moved", "value": 2.0, "known_at": old},
                {"field": "back", "value": 1.0, "known_at": old},
                {"field": "fresh", "value": 1.0, "known_at": late},
            ],
        )
    )
    found = changes(ledger, ["X"], AsOf(at=T0), AsOf(at=T0 + timedelta(days=4)))
    assert {change.key["field"]: change.kind for change in found} == {
        "gone": Kind.WITHDRAWN,
        "moved": Kind.REWRITTEN,
        "back": Kind.BACKFILLED,
        "fresh": Kind.NEW,
    }
    moved = next(change for change in found if change.kind is Kind.REWRITTEN)
    assert (moved.before, moved.after) == ({"value": "1.0"}, {"value": "2.0"})
    assert changes(ledger, ["X"], AsOf(at=T0), AsOf(at=T0 + timedelta(days=1))) == []
    with pytest.raises(UsageError, match="not after"):
        changes(ledger, ["X"], AsOf(at=T0), AsOf(at=T0))


def test_an_older_format_is_upgraded_by_its_next_append(tmp_path: Path) -> None:
    """Format 1 had no count of stored rows in its commits and no table of repeats."""
    ledger = Ledger.create(tmp_path)
    ledger.append(batch(T0, bars=[bar("X", DAYS[0], 1.0)]))
    commits = DeltaTable(tmp_path / "batches")
    held = pl.DataFrame(pl.scan_parquet(commits.file_uris()).collect()).drop("stored")
    from deltalake import write_deltalake

    write_deltalake(commits, held, mode="overwrite", schema_mode="overwrite", description="rerating ledger, format 1")
    commits.alter.set_table_description("rerating ledger, format 1")
    old = Ledger(tmp_path)
    assert old.format == 1
    assert old.view(END).bars(LINE).height == 1
    old.append(batch(T0 + timedelta(days=1), bars=[bar("X", DAYS[1], 2.0)]))
    assert Ledger(tmp_path).format == FORMAT
    assert Ledger(tmp_path).view(END).bars(LINE).height == 2
    assert all(check.holds for check in verify(Ledger(tmp_path)))


def test_many_views_are_the_single_views(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    identity = [{"subject": "XNYS:X", "field": "issuer", "text": "Xco", "known_at": T0}]
    about = [{"subject": "Xco", "field": "eps", "value": 1.0, "unit": "USD", "known_at": T0}]
    ledger.append(batch(T0, bars=[bar(s, on, 1.0) for s in "XY" for on in DAYS], facts=[*identity, *about]))
    many = ledger.view(END).many(["X", "Y", "Z"])
    assert list(many) == ["X", "Y", "Z"]
    for symbol, view in many.items():
        alone = ledger.view(END)
        for each in (alone, view):
            each.listings(symbol)
            each.rows(BARS, [symbol])
            each.facts(["Xco"])
        assert view.rows(BARS, [symbol]).equals(alone.rows(BARS, [symbol]))
        assert view.version == alone.version
    assert many["X"].listings("X")[0].issuer == "Xco"
    assert many["Y"].rows(BARS, ["X"]).height == 3
    assert ledger.view(END, Reading.RECORDED).many(["X"])["X"].rows(FACTS, ["Xco"]).height == 1
