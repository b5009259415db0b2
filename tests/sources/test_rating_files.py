"""Files of ratings: words kept, days and instants told apart, recordings compared."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from rerating.core.errors import UsageError
from rerating.core.tables import RATINGS
from rerating.core.types import AsOf, Reading
from rerating.ledger import Ledger
from rerating.ledger.changes import Kind, changes
from rerating.sources.files import Mapping
from rerating.sources.rating_files import ratings_from
from shared_data import shared

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "ratings.csv"
    path.write_text(text)
    return path


def test_days_and_instants_are_told_apart(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "symbol,house,graded_at,action,word_to,target_to\n"
        "X,One,2026-01-13T14:05:00Z,down,Hold,0\nX,Two,2026-01-13T00:00:00Z,init,Kaufen,55.5\n",
    )
    ((batch,), _) = ratings_from(path, recorded_at=NOW)
    one, two = batch.tables["ratings"].sort("house").rows(named=True)
    assert (one["precision"], one["known_at"], one["target_to"]) == (
        "minute",
        datetime(2026, 1, 13, 14, 5, tzinfo=UTC),
        None,
    )
    assert (two["precision"], two["graded_at"], two["graded_on"]) == ("day", None, date(2026, 1, 13))
    assert two["known_at"] == datetime(2026, 1, 14, 5, tzinfo=UTC)
    assert (two["word_to"], two["target_to"]) == ("Kaufen", 55.5)


def test_two_actions_of_a_house_on_a_day_are_two(tmp_path: Path) -> None:
    path = written(
        tmp_path, "symbol,house,graded_on,action,word_to\nX,One,2026-01-13,main,Buy\nX,One,2026-01-13,main,Hold\n"
    )
    ((batch,), _) = ratings_from(path, recorded_at=NOW)
    assert batch.tables["ratings"].select("ordinal", "word_to").rows() == [(0, "Buy"), (1, "Hold")]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="lacks house"):
        ratings_from(written(tmp_path, "symbol,graded_on\nX,2026-01-13\n"), recorded_at=NOW)
    path = written(tmp_path, "symbol,house,graded_on\nX,A,2026-01-13\nX,,2026-01-13\nX,B,soon\n")
    with pytest.raises(UsageError, match="line 3: no symbol or house; line 4: no time"):
        ratings_from(path, recorded_at=NOW)
    ((batch,), left_out) = ratings_from(path, recorded_at=NOW, tolerant=True)
    assert batch.tables["ratings"]["house"].to_list() == ["A"]
    assert [str(check) for check in left_out] == ["no symbol or house: 1 of 1 (line 3)", "no time: 1 of 1 (line 4)"]


VINTAGES = Mapping(
    columns={
        "symbol": "ticker",
        "house": "firm",
        "graded_at": "grade_time_utc",
        "word_from": "from_grade",
        "word_to": "to_grade",
        "target_action": "pt_action",
        "target_to": "pt_current",
        "target_from": "pt_prior",
    }
)


@pytest.mark.shared
def test_alibabas_recorded_histories(tmp_path: Path) -> None:
    """244 rows in June 2022, 485 in February 2025; what vanished in between stands until then and is withdrawn."""
    whole = pl.read_parquet(shared("data/ratings/yahoo_rating_vintages.parquet"))
    path = tmp_path / "baba.parquet"
    whole.filter(pl.col("ticker") == "BABA").write_parquet(path)
    ledger = Ledger.create(tmp_path / "ledger")
    batches, _ = ratings_from(path, recorded_at=NOW, mapping=VINTAGES, complete=True, source="yahoo")
    assert len(batches) == 8
    receipts = [ledger.append(batch) for batch in batches]
    assert sum(receipt.rows["ratings"] for receipt in receipts if "ratings" in receipt.rows) < 1_000
    june, february = (AsOf(at=batches[place].recorded_at + timedelta(minutes=1)) for place in (5, 7))
    assert ledger.view(june, Reading.RECORDED).ratings("BABA").height == 244
    assert ledger.view(february, Reading.RECORDED).ratings("BABA").height == 485
    found = changes(ledger, ["BABA"], june, february)
    counts = {kind: sum(change.kind is kind for change in found) for kind in Kind}
    assert counts[Kind.WITHDRAWN] == 35
    assert counts[Kind.BACKFILLED] + counts[Kind.NEW] == 485 - (244 - 35)
    assert ledger.view(february).withdrawn(RATINGS, ["BABA"]).height >= 35
