"""Factor files of Kenneth French's library: prose around, percents, missing values, ZIP, months refused."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from command_line import rerating
from rerating.core.errors import UsageError
from rerating.sources.factor_files import factors_from, is_factor_file
from worlds import days

DAILY = """This file was created by using a database.
The Tbill return is the simple daily rate.

,Mkt-RF,SMB,HML,RF
19260701,    0.10,   -0.25,   -0.27,   0.009
19260702,    0.45,  -99.99,   -0.06,   0.009

Copyright Kenneth R. French
"""


def test_percents_become_shares_and_missing_values_stay_missing(tmp_path: Path) -> None:
    path = tmp_path / "factors.csv"
    path.write_text(DAILY)
    assert is_factor_file(path)
    found = factors_from(path)
    assert found.columns == ["date", "mkt_rf", "smb", "hml", "rf"]
    assert found.row(0) == (date(1926, 7, 1), *(pytest.approx(v) for v in (0.0010, -0.0025, -0.0027, 0.00009)))
    assert found["smb"].to_list()[1] is None
    assert found.height == 2


def test_the_zip_as_downloaded_reads_the_same(tmp_path: Path) -> None:
    plain, packed = tmp_path / "factors.csv", tmp_path / "factors.zip"
    plain.write_text(DAILY)
    with zipfile.ZipFile(packed, "w") as folder:
        folder.writestr("F-F_Research_Data_Factors_daily.csv", DAILY)
    assert is_factor_file(packed)
    assert factors_from(packed).equals(factors_from(plain))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (",Mkt-RF,SMB\n192607,  2.96,  -2.30\n", "months or years"),
        ("date,mkt_rf\n2020-01-02,0.01\n", "no line of factor names"),
        (",Mkt-RF,SMB\n20200102,  0.1\n", "1 values for 2 factors"),
        (",Mkt-RF,SMB\n20200102,  0.1, x\n", "cannot be read"),
        (",Mkt-RF,SMB\nnothing\n", "no day"),
    ],
)
def test_what_is_no_daily_file_is_named(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(text)
    with pytest.raises(UsageError, match=reason):
        factors_from(path)


def test_our_own_table_is_none_of_the_librarys(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("date,mkt_rf,smb\n2020-01-02,0.01,0.002\n")
    assert not is_factor_file(path)
    with pytest.raises(UsageError, match="cannot be read"):
        factors_from(tmp_path / "absent.csv")


def test_a_study_takes_the_file_as_it_is(tmp_path: Path) -> None:
    on = days(date(2019, 1, 2), 300)
    prices, factors, events = (tmp_path / name for name in ("prices.csv", "factors.csv", "events.csv"))
    closes = [100 * 1.001 ** (n % 17) * (1 + 0.01 * (n % 5)) for n in range(300)]
    prices.write_text("date,X\n" + "".join(f"{day},{close:.6f}\n" for day, close in zip(on, closes, strict=True)))
    rows = (
        f"{day:%Y%m%d}, {0.1 * (n % 7 - 3):.2f}, {0.1 * (n % 3 - 1):.2f}, {0.1 * (n % 4 - 2):.2f}, 0.001\n"
        for n, day in enumerate(on)
    )
    factors.write_text("Prose.\n\n,Mkt-RF,SMB,HML,RF\n" + "".join(rows))
    events.write_text(f"symbol,at\nX,{on[280]}\n")
    asked = ["study", str(events), "--prices", str(prices), "--factors", str(factors), "--model", "fama_french_3"]
    told = rerating(*asked)
    assert told.returncode == 0, told.stderr
