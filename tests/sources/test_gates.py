"""The quality gates: each on a world with its fault, on sound worlds, and on the real broken files."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from rerating.core.errors import UsageError
from rerating.sources.files import Mapping, as_traded, bars_from, checked_bars_from
from rerating.sources.gates import SPLIT_GATE, bar_gates, parity_gap
from shared_data import shared
from worlds import days

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ON = days(date(2020, 1, 2), 60)


def world(**changes: Any) -> pl.DataFrame:
    """Sixty sessions of a quiet share: close about 100, volume about a million."""
    rng = np.random.default_rng(5)
    close = np.round(100 * np.exp(np.cumsum(rng.normal(0, 0.01, len(ON)))), 2)
    frame = pl.DataFrame(
        {
            "symbol": "X",
            "venue": "XNYS",
            "currency": "USD",
            "price_basis": "as_traded",
            "on": ON,
            "open": close,
            "high": close * 1.01,
            "low": close * 0.99,
            "close": close,
            "volume": rng.integers(900_000, 1_100_000, len(ON)),
        }
    )
    return frame.with_columns(**changes) if changes else frame


def failed(frame: pl.DataFrame, **more: Any) -> dict[str, list[int]]:
    return {
        each.check.name: each.rows.tolist() for each in bar_gates(frame, recorded_at=NOW, **more) if each.check.failed
    }


def changed(row: int, **values: float | None) -> pl.DataFrame:
    frame = world()
    return frame.with_columns(
        pl.when(pl.int_range(pl.len()) == row)
        .then(pl.lit(value))
        .otherwise(pl.col(name))
        .cast(frame[name].dtype)
        .alias(name)
        for name, value in values.items()
    )


def test_a_sound_world_passes_every_gate() -> None:
    assert failed(world()) == {}


def test_duplicates_are_found_wherever_they_stand() -> None:
    frame = world()
    assert failed(pl.concat([frame, frame.slice(7, 1)])) == {"duplicates": [60]}


def test_a_row_of_another_instrument_has_another_price_and_another_volume() -> None:
    assert failed(changed(59, open=27.0, high=27.5, low=26.5, close=27.0, volume=0)) == {
        "another instrument's row": [59]
    }
    index = world(volume=pl.lit(0))
    odd = index.with_columns(
        pl.when(pl.col("on") == ON[40]).then(155.0).otherwise(pl.col(n)).alias(n)
        for n in ("open", "high", "low", "close")
    ).with_columns(pl.when(pl.col("on") == ON[40]).then(37_000_000).otherwise(0).alias("volume"))
    assert failed(odd) == {"another instrument's row": [40]}


def test_a_crash_and_a_day_without_trade_are_none() -> None:
    """Minus 60 % on ten times the volume is news; a day without volume at yesterday's price is a holiday's eve."""
    crash = world()
    factor = pl.when(pl.col("on") >= ON[30]).then(0.4).otherwise(1.0)
    crash = crash.with_columns(
        *(pl.col(name) * factor for name in ("open", "high", "low", "close")),
        pl.when(pl.col("on") == ON[30]).then(25_000_000).otherwise(pl.col("volume")).alias("volume"),
    )
    assert failed(crash) == {}
    assert failed(changed(20, volume=0)) == {}


@pytest.mark.parametrize("ratio", [2.0, 3.0, 10.0, 20.0, 0.1, 0.05])
def test_a_split_without_a_record_is_found_and_with_one_it_is_none(ratio: float) -> None:
    """From the ex-day on prices are divided and volumes multiplied by the ratio."""
    after = pl.col("on") >= ON[30]
    frame = world().with_columns(
        *(
            pl.when(after).then(pl.col(name) / ratio).otherwise(pl.col(name)).alias(name)
            for name in ("open", "high", "low", "close")
        ),
        pl.when(after)
        .then(pl.col("volume") * ratio)
        .otherwise(pl.col("volume"))
        .round()
        .cast(pl.Int64)
        .alias("volume"),
    )
    assert failed(frame) == {SPLIT_GATE: [30]}
    assert failed(frame, splits={"XNYS:X": [(ON[30], ratio)]}) == {}
    assert failed(frame.with_columns(price_basis=pl.lit("split_div_adjusted"))) == {}


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"high": 50.0}, "open, high, low and close disagree"),
        ({"low": 150.0}, "open, high, low and close disagree"),
        ({"close": None}, "price missing beside volume"),
    ],
)
def test_prices_that_cannot_be(values: dict[str, float | None], name: str) -> None:
    assert failed(changed(33, **values)) == {name: [33]}


def test_a_session_that_is_not_over_is_refused() -> None:
    during = datetime(2020, 3, 27, 18, tzinfo=UTC)
    found = {each.check.name: each.check.failed for each in bar_gates(world(), recorded_at=during) if each.check.failed}
    assert found == {"session not over": sum(day >= date(2020, 3, 27) for day in ON)}


def test_missing_sessions_are_told_and_those_that_all_lack_are_the_calendars() -> None:
    lines = [world(symbol=pl.lit(name)).filter(pl.col("on") != ON[10]) for name in "ABC"]
    (found,) = [each.check for each in bar_gates(pl.concat(lines), recorded_at=NOW) if each.check.failed]
    assert (found.name, found.failed, found.refuses) == ("sessions without a bar", 3, False)
    assert str(ON[10]) in found.samples[0]
    assert "may be wrong" in found.samples[0]


def test_known_splits_are_undone() -> None:
    """Adjusted 50 before a 2:1 split was 100 with half of the volume; later bars stay."""
    frame = world(price_basis=pl.lit("split_adjusted"))
    made = as_traded(frame, {"XNYS:X": [(ON[30], 2.0)]}, until=date(2020, 12, 31))
    assert made["price_basis"].unique().to_list() == ["as_traded"]
    assert made["close"][29] == pytest.approx(2 * frame["close"][29])
    assert made["volume"][29] == round(frame["volume"][29] / 2)
    assert made["close"][30] == frame["close"][30]
    assert as_traded(frame, {}, until=NOW.date()).equals(frame)
    early = as_traded(frame, {"XNYS:X": [(ON[30], 2.0)]}, until=ON[20])
    assert early["close"].equals(frame["close"])


def line(prices: list[float], currency: str) -> pl.DataFrame:
    return pl.DataFrame({"on": ON[: len(prices)], "close": prices, "currency": currency})


def test_parity_is_a_median() -> None:
    """8 shares a receipt, 7.8 HKD a dollar at par: one day's gap does not count, a wrong listing does."""
    rates = {"USD": pl.DataFrame({"on": ON, "per_eur": 1.0}), "HKD": pl.DataFrame({"on": ON, "per_eur": 7.8})}
    receipts, shares = line([80.0] * 30, "USD"), line([78.0] * 29 + [90.0], "HKD")
    gap = parity_gap(receipts, shares, units=(8.0, 1.0), rates=rates)
    assert gap == (pytest.approx(0.0, abs=1e-12), 21)
    wrong = parity_gap(receipts, shares, units=(1.0, 1.0), rates=rates)
    assert wrong is not None
    assert wrong[0] == pytest.approx(np.log(8))
    assert parity_gap(receipts, shares, units=(8.0, 1.0), rates={}) is None


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "file.csv"
    path.write_text(text)
    return path


def test_a_vendors_file_is_read_by_a_mapping(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        'skip = 1\nseparator = ";"\ndecimal = ","\ndate_format = "%d.%m.%Y"\n'
        '[columns]\ndate = "Datum"\nopen = "Erster"\nhigh = "Hoch"\n'
        'low = "Tief"\nclose = "Schluss"\nvolume = "Stücke"\n'
        '[constants]\nticker = "SAP"\nvenue = "XETR"\ncurrency = "EUR"\n'
    )
    path = written(
        tmp_path,
        "Datum;Erster;Hoch;Tief;Schluss;Stücke\n;EUR;EUR;EUR;EUR;\n14.01.2026;200,1;202,5;199,0;1.201,5;1.000\n",
    )
    with pytest.raises(UsageError, match="open, high, low and close disagree"):
        checked_bars_from(path, recorded_at=NOW, mapping=Mapping.read(mapping))
    path.write_text(path.read_text().replace("1.201,5", "201,5"))
    batch, _ = checked_bars_from(path, recorded_at=NOW, mapping=Mapping.read(mapping))
    row = batch.tables["bars"].row(0, named=True)
    assert (row["symbol"], row["on"], row["close"], row["volume"]) == ("SAP", date(2026, 1, 14), 201.5, 1000)


HEAD = "ticker,venue,currency,date,open,high,low,close,volume\n"


def test_strict_refuses_and_tolerant_names_what_it_left_out(tmp_path: Path) -> None:
    sound = "".join(f"X,XNYS,USD,{on},10,11,9,10,1000\n" for on in ON[:6])
    path = written(tmp_path, HEAD + sound + f"X,XNYS,USD,{ON[2]},10,11,9,10,1000\nX,XNYS,USD,{ON[7]},,,,,500\n")
    with pytest.raises(UsageError, match="line 4"):
        bars_from(path, recorded_at=NOW)
    batch, checks = checked_bars_from(path, recorded_at=NOW, tolerant=True)
    assert batch.tables["bars"].height == 6
    assert {check.name: check.failed for check in checks if not check.holds and check.refuses} == {
        "an exact copy of another line": 1,
        "close is missing beside a volume": 1,
    }


def mapped(name: str, symbol: str, venue: str = "XNAS", **more: Any) -> tuple[Path, Mapping]:
    columns = {ours: ours.capitalize() for ours in ("date", "open", "high", "low", "close", "volume")}
    constants = {"ticker": symbol, "venue": venue, "currency": "USD", "price_basis": "split_div_adjusted"}
    return shared(f"data/prices/defects/{name}"), Mapping(columns=columns, constants=constants, **more)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "symbol", "venue", "reason"),
    [
        ("koi_TLT_tail15.csv", "TLT", "XNAS", "another instrument's row"),
        ("koi_VIX_tail15.csv", "^VIX", "INDEX", "another instrument's row"),
        ("koi_AMZN_tail15.csv", "AMZN", "XNAS", "close is missing beside a volume"),
        ("koi_MSFT_tail15.csv", "MSFT", "XNAS", "close is missing beside a volume"),
    ],
)
def test_the_broken_files_of_one_vendor(name: str, symbol: str, venue: str, reason: str) -> None:
    """The last row of TLT is VIX's, VIX has one of a share, two files end with a volume without a price."""
    path, mapping = mapped(name, symbol, venue)
    with pytest.raises(UsageError, match=reason):
        checked_bars_from(path, recorded_at=NOW, mapping=mapping)
    batch, checks = checked_bars_from(path, recorded_at=NOW, mapping=mapping, tolerant=True)
    assert batch.tables["bars"].height == 14
    assert [check.name for check in checks if not check.holds and check.refuses] == [reason]


@pytest.mark.shared
def test_a_year_thirteen_times_over(tmp_path: Path) -> None:
    """3,250 lines of one year: 250 sessions remain, the last one (several intraday rows that differ) is left out."""
    raw, mapping = mapped(
        "poseidon_BABA_13x_duplicates_and_intraday.csv.gz", "BABA", "XNYS", date_format="%Y-%m-%d %H:%M:%S"
    )
    path = written(tmp_path, gzip.decompress(raw.read_bytes()).decode())
    with pytest.raises(UsageError, match="same ticker"):
        checked_bars_from(path, recorded_at=NOW, mapping=mapping)
    batch, checks = checked_bars_from(path, recorded_at=NOW, mapping=mapping, tolerant=True)
    bars = batch.tables["bars"]
    assert bars["on"].n_unique() == bars.height
    assert bars.height == 249
    copies = next(check for check in checks if check.name == "an exact copy of another line")
    assert copies.failed > 2_900


@pytest.mark.shared
def test_files_with_several_headers_or_mixed_columns_are_refused_whole() -> None:
    path, mapping = mapped("quantedge_HSI_multiheader_head40.csv", "^HSI", "INDEX")
    with pytest.raises(UsageError, match="lacks the column"):
        checked_bars_from(path, recorded_at=NOW, mapping=mapping)
    named = mapping.model_copy(update={"columns": mapping.columns | {"date": "Price"}})
    with pytest.raises(UsageError, match="date is no ISO date: Ticker"):
        checked_bars_from(path, recorded_at=NOW, mapping=named)
    batch, _ = checked_bars_from(path, recorded_at=NOW, mapping=named.model_copy(update={"skip": 2}))
    assert batch.tables["bars"]["on"][0] == date(2021, 6, 24)
    path, mapping = mapped("azs_US_NAS_100_mixed_columns_head40.csv", "NAS")
    with pytest.raises(UsageError, match=r"is no number|is no ISO date|close is missing"):
        checked_bars_from(path, recorded_at=NOW, mapping=mapping)


@pytest.mark.shared
def test_the_panels_splits_of_2024_are_found() -> None:
    """Two snapshots on two bases: all listed splits whose tickers are in both fall on the seam, and nothing else."""
    parts = [pl.read_parquet(shared(f"data/prices/us_panel_{span}.parquet")) for span in ("2014_2024", "2024_2025")]
    columns = ["ticker", "venue", "currency", "price_basis", "date", "open", "high", "low", "close", "volume"]
    frame = pl.concat([part.select(columns) for part in parts]).rename({"ticker": "symbol", "date": "on"})
    frame = frame.filter(pl.col("on").is_between(date(2023, 9, 1), date(2024, 9, 1)))
    (found,) = [each for each in bar_gates(frame, recorded_at=NOW) if each.check.name == SPLIT_GATE]
    hits = frame[found.rows.tolist()]
    assert set(hits["on"]) == {date(2024, 3, 11)}
    listed = pl.read_csv(shared("data/prices/corporate_actions.csv"))
    tickers = set(listed.filter(listed[listed.columns[1]] == "split_between_panels")[listed.columns[0]])
    assert set(hits["symbol"]) == tickers & set(frame["symbol"])


@pytest.mark.shared
def test_babas_lines_agree_to_a_percent() -> None:
    """BABA and 9988.HK, 8 shares a receipt, over 21 sessions to February 2026."""
    core = pl.read_parquet(shared("data/prices/core_daily.parquet"))
    fx = pl.read_parquet(shared("data/prices/fx_ecb.parquet")).rename({"date": "on"})
    rates = {code: fx.filter(pl.col("currency") == code) for code in ("USD", "HKD")}
    baba, hk = (core.filter(pl.col("ticker") == name).rename({"date": "on"}) for name in ("BABA", "9988.HK"))
    gap = parity_gap(baba, hk, units=(8.0, 1.0), rates=rates)
    assert gap is not None
    assert abs(gap[0]) < 0.01
    wrong = parity_gap(baba, hk.with_columns(currency=pl.lit("USD")), units=(8.0, 1.0), rates=rates)
    assert wrong is not None
    assert abs(wrong[0]) > 1.0
