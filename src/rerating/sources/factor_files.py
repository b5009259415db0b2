"""Daily factor returns in the files of Kenneth French's data library, as downloaded: CSV, or the ZIP around it.

Such a file opens with prose, then comes a line of names that begins with a comma, then lines of a day (YYYYMMDD) and
returns in percent; -99.99 and -999 stand for missing; a copyright ends it. A file of months (YYYYMM) is refused.
"""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import polars as pl

from rerating.core.errors import UsageError

#: Columns of the library and ours; what stands in none of them keeps its own name in lower case.
COLUMNS = {"mkt-rf": "mkt_rf", "mkt": "mkt_rf", "wml": "mom", "umd": "mom"}

_NAMES = re.compile(r"^\s*,\s*[A-Za-z]")
_DAY = re.compile(r"^\s*(\d{8})\s*,")
_MONTH = re.compile(r"^\s*(\d{6}|\d{4})\s*,")
_MISSING = frozenset({-99.99, -999.0})


def is_factor_file(path: Path) -> bool:
    """Whether a file is laid out as the library's: a ZIP, or a line of names that begins with a comma."""
    if path.suffix.lower() == ".zip":
        return True
    if path.suffix.lower() not in {".csv", ".txt"} or not path.is_file():
        return False
    with path.open(encoding="latin-1") as lines:
        return any(_NAMES.match(line) for _, line in zip(range(40), lines, strict=False))


def factors_from(path: Path) -> pl.DataFrame:
    """`date` and a column a factor, shares of one, null where missing, oldest first.

    Raises UsageError for what is no such file, for months or years, and for a line that cannot be read.
    """
    lines = _text(path).splitlines()
    head = next((place for place, line in enumerate(lines) if _NAMES.match(line)), None)
    if head is None:
        raise UsageError(
            f"{path} has no line of factor names (such as ',Mkt-RF,SMB,HML,RF'); download a daily file of the library."
        )
    names = [name.strip().lower() for name in lines[head].split(",")[1:]]
    names = [COLUMNS.get(name, name.replace("-", "_")) for name in names]
    rows: list[tuple[date | float | None, ...]] = []
    for place, line in enumerate(lines[head + 1 :], start=head + 2):
        if not _DAY.match(line):
            if not rows and _MONTH.match(line):
                raise UsageError(f"{path} holds months or years; event studies need the library's daily file.")
            if rows:
                break
            continue
        rows.append(_row(path, place, line, names))
    if not rows:
        raise UsageError(f"{path} has no day under its factor names; download a daily file of the library.")
    return pl.DataFrame(rows, schema={"date": pl.Date(), **dict.fromkeys(names, pl.Float64())}, orient="row").sort(
        "date"
    )


def _row(path: Path, place: int, line: str, names: list[str]) -> tuple[date | float | None, ...]:
    day, *values = (part.strip() for part in line.split(","))
    try:
        numbers = [float(value) for value in values]
        on = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        raise UsageError(f"Line {place} of {path} cannot be read as a day and percents; mend it.") from None
    if len(numbers) != len(names):
        raise UsageError(f"Line {place} of {path} has {len(numbers)} values for {len(names)} factors; mend it.")
    return (on, *(None if number in _MISSING else number / 100.0 for number in numbers))


def _text(path: Path) -> str:
    try:
        if path.suffix.lower() != ".zip":
            return path.read_text(encoding="latin-1")
        with zipfile.ZipFile(path) as folder:
            inside = [name for name in folder.namelist() if name.lower().endswith((".csv", ".txt"))]
            if len(inside) != 1:
                raise UsageError(f"{path} holds {len(inside)} tables instead of one; unpack it and name the file.")
            return folder.read(inside[0]).decode("latin-1")
    except (OSError, zipfile.BadZipFile) as error:
        raise UsageError(f"{path} cannot be read ({error}); name a CSV or the ZIP that was downloaded.") from error
