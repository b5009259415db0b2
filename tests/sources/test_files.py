"""Imports: all of a file or nothing, and each bad line by its number and reason."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from rerating.core.errors import UsageError
from rerating.core.types import AsOf, Listing
from rerating.ledger import Snapshot
from rerating.ledger.changes import Kind, changes
from rerating.sources.files import Mapping, bars_from, rates_from, recordings_from
from shared_data import shared

AT = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = "ticker,venue,currency,date,open,high,low,close,volume\n"
GOOD = "X,XNYS,USD,2020-01-02,10,11,9,10.5,1000\n"


def csv(folder: Path, text: str) -> Path:
    path = folder / "bars.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_bar_is_known_at_its_sessions_close(tmp_path: Path) -> None:
    path = csv(tmp_path, HEAD + GOOD + "X,XNYS,USD,2019-11-29,10,11,9,10.5,1000\n")
    rows = bars_from(path, recorded_at=AT).tables["bars"].sort("on")
    assert rows["known_at"].to_list() == [datetime(2019, 11, 29, 18, tzinfo=UTC), datetime(2020, 1, 2, 21, tzinfo=UTC)]
    assert rows["price_basis"].unique().to_list() == ["as_traded"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("X,XNYS,USD,2020-01-01,10,11,9,10,1\n", "no session"),
        ("X,XNYS,USD,02.01.2020,10,11,9,10,1\n", "date is no ISO date"),
        ("X,XNYS,USD,2020-01-03,10,11,9,ten,1\n", "close is no number: ten"),
        ("X,XNYS,USD,2020-01-03,10,11,9,nan,1\n", "close is no number"),
        ("X,XNYS,USD,2020-01-03,10,11,9,,1\n", "close is missing"),
        ("X,XNYS,USD,2020-01-03,10,11,9,-10,1\n", "close is missing or not above 0"),
        ("X,XNYS,USD,2020-01-03,10,9,11,10,1\n", "high is below low"),
        ("X,XNYS,USD,2020-01-03,10,11,9,10,-1\n", "volume is negative"),
        ("X,XNYS,dollar,2020-01-03,10,11,9,10,1\n", "currency is no ISO code"),
        ("X,WALL,USD,2020-01-03,10,11,9,10,1\n", "unknown venue"),
        (",XNYS,USD,2020-01-03,10,11,9,10,1\n", "no ticker"),
        (GOOD, "stand on another line"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_nothing_is_taken(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        bars_from(csv(tmp_path, HEAD + GOOD + line), recorded_at=AT)
    assert reason in str(caught.value)
    assert "line 3" in str(caught.value)
    assert "nothing of it" in str(caught.value)


def test_many_faults_are_counted(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="and 4 more"):
        bars_from(csv(tmp_path, HEAD + "X,XNYS,USD,2020-01-03,10,11,9,ten,1\n" * 1 + GOOD * 8), recorded_at=AT)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PAR1 no parquet", b"ticker\nX\n", HEAD.encode()])
def test_a_file_that_is_no_table(tmp_path: Path, content: bytes) -> None:
    for name in ("broken.csv", "broken.parquet"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UsageError, match=name):
            bars_from(tmp_path / name, recorded_at=AT)
    with pytest.raises(UsageError, match="no file"):
        bars_from(tmp_path / "absent.csv", recorded_at=AT)


def test_extra_columns_are_ignored_and_an_index_is_a_level(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"ticker": ["^GSPC"], "venue": ["INDEX"], "currency": ["USD"], "date": [date(2020, 1, 2)], "more": ["x"]}
        | {name: [3000.0] for name in ("open", "high", "low", "close")}
        | {"volume": [1]}
    )
    frame.write_parquet(tmp_path / "index.parquet")
    rows = bars_from(tmp_path / "index.parquet", recorded_at=AT).tables["bars"]
    assert rows["price_basis"].to_list() == ["index_level"]
    assert "more" not in rows.columns


def test_rates_are_known_at_four_in_frankfurt(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("date,currency,per_eur\n2020-01-02,USD,1.1193\n2020-07-01,USD,1.1200\n")
    known = rates_from(path, recorded_at=AT).tables["rates"].sort("on")["known_at"].to_list()
    assert known == [datetime(2020, 1, 2, 15, tzinfo=UTC), datetime(2020, 7, 1, 14, tzinfo=UTC)]
    path.write_text("date,currency,per_eur\n2020-01-02,USD,0\n")
    with pytest.raises(UsageError, match="line 2: per_eur"):
        rates_from(path, recorded_at=AT)


@pytest.mark.shared
def test_the_real_files_load_as_they_are() -> None:
    bars = bars_from(shared("data/prices/core_daily.parquet"), recorded_at=AT)
    rates = rates_from(shared("data/prices/fx_ecb.parquet"), recorded_at=AT)
    assert bars.tables["bars"].height == 57_862
    assert rates.tables["rates"].height == 21_784
    view = Snapshot.of(bars, rates).view(AsOf.parse("2026-01-14T22:00Z"))
    baba = Listing(symbol="BABA", venue="XNYS", currency="USD")
    assert view.bars(baba)["close"][-1] == pytest.approx(169.90)
    hong_kong = view.bars(Listing(symbol="9988.HK", venue="XHKG", currency="HKD"))
    assert hong_kong["price_basis"][-1] == "split_div_adjusted"


RECORDINGS = """ticker,venue,currency,date,open,high,low,close,volume,recorded_at
X,XNYS,USD,2020-01-02,10,11,9,10,5,2020-01-03T12:00:00Z
X,XNYS,USD,2020-01-02,10,11,9,10.5,5,2020-01-04T12:00:00Z
X,XNYS,USD,2020-01-03,10,11,9,10,5,2020-01-04T12:00:00Z
"""


def test_recordings_of_prices_tell_what_was_said_when(tmp_path: Path) -> None:
    """The vendor rewrote the close of 2 January on the 4th: that never enters the days before."""
    made = recordings_from(csv(tmp_path, RECORDINGS), recorded_at=AT)
    ledger = Snapshot.of(*(batch for batch, _ in made))
    line = Listing(symbol="X", venue="XNYS", currency="USD")

    def night(day: int) -> AsOf:
        return AsOf(at=datetime(2020, 1, day, 23, tzinfo=UTC))

    assert ledger.view(night(3)).bars(line)["close"].to_list() == [10.0, 10.0]
    assert ledger.view(night(4)).bars(line)["close"].to_list() == [10.5, 10.0]
    rewritten = [each for each in changes(ledger, ["X"], night(3), night(4)) if each.kind is Kind.REWRITTEN]
    assert [(each.before, each.after) for each in rewritten] == [({"close": "10.0"}, {"close": "10.5"})]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("03,10,11,9", "03,10,8,9", "line 4: high is below low"),
        ("2020-01-03T12:00:00Z", "soon", "line 2: recorded_at is no instant: soon"),
    ],
)
def test_a_faulty_recording_refuses_the_file(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        recordings_from(csv(tmp_path, RECORDINGS.replace(old, new)), recorded_at=AT)
    with pytest.raises(UsageError, match="holds recordings"):
        bars_from(csv(tmp_path, RECORDINGS), recorded_at=AT)


@pytest.mark.shared
def test_recorded_prices_of_2026_were_rebased_on_the_ex_day() -> None:
    """BABA's prices before the dividend of June 2026 changed in one night; Apple's volume of one day was revised."""
    mapping = Mapping(columns={"recorded_at": "known_from"}, constants={"price_basis": "split_div_adjusted"})
    made = recordings_from(shared("data/prices/vintages_2026.parquet"), recorded_at=AT, mapping=mapping)
    assert len(made) == 44
    ledger = Snapshot.of(*(batch for batch, _ in made))
    first, last = AsOf.parse("2026-06-11T23:00Z"), AsOf.parse("2026-06-13T23:00Z")
    found = changes(ledger, ["BABA"], first, last)
    assert [each.kind for each in found] == [Kind.REWRITTEN] * 179
    assert {len(each.after) for each in found} == {4}
    (apple,) = (each for each in changes(ledger, ["AAPL"], first, last) if each.kind is Kind.REWRITTEN)
    assert (apple.before, apple.after) == ({"volume": "52608100"}, {"volume": "52793300"})
