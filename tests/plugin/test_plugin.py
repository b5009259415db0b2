"""The example of a third party's source: it keeps the contract and comes in through the same door as ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.source import Request
from rerating.core.types import Gap, Why
from rerating.sources import available, named
from rerating.testing import check_source
from worlds import bar, batch, days

AT = datetime(2026, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "rerating-source-coins"

CHECK = """
import sys
from datetime import UTC, date, datetime
from rerating.core.source import Request
from rerating.core.types import Gap, Why
from rerating.sources import available, named
from rerating.testing import check_source
assert "coins" in available(), available()
request = Request(symbols=("GOLD",), recorded_at=datetime(2026, 1, 15, tzinfo=UTC))
print(check_source(named("coins"), request))
"""


def installed(tmp_path: Path) -> dict[str, str]:
    """An environment in which the example is installed: its code and its entry point are on the path."""
    info = tmp_path / "rerating_source_coins-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rerating-source-coins\nVersion: 0.1.0\n")
    text = (EXAMPLE / "pyproject.toml").read_text()
    line = text.split('[project.entry-points."rerating.sources"]\n')[1].splitlines()[0].replace('"', "")
    (info / "entry_points.txt").write_text(f"[rerating.sources]\n{line}\n")
    paths = [str(tmp_path), str(EXAMPLE / "src"), str(ROOT / "src")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths)}


def test_the_example_keeps_the_contract_and_is_found(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHECK], capture_output=True, text=True, env=installed(tmp_path), check=False
    )
    assert done.returncode == 0, done.stderr
    assert "'facts': 2" in done.stdout


def test_the_command_line_collects_from_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rerating", "collect", "GOLD", "TIN", "--source", "coins", "--ledger", tmp_path / "l"],
        capture_output=True,
        text=True,
        env=installed(tmp_path),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "2 facts, 1 not held" in done.stdout
    assert "not held: price of TIN" in done.stdout


def test_an_unknown_source_is_named() -> None:
    with pytest.raises(UsageError, match="There is no source 'nobody'; installed are"):
        named("nobody")
    assert "sample" in available()


class Careless:
    """Says another's name, cites nothing, and calls an unknown symbol an empty answer."""

    name = "careless"

    def fetch(self, request: Request) -> Iterator[Batch]:
        rows = pl.DataFrame({"subject": ["X"], "field": ["f"], "value": [1.0], "unit": ["EUR"], "known_at": [AT]})
        yield Batch(source="other", recorded_at=request.recorded_at, tables={"facts": rows})


def test_a_source_that_breaks_the_contract_is_told_how() -> None:
    with pytest.raises(AssertionError) as error:
        check_source(Careless(), Request(symbols=("X",), recorded_at=AT))
    told = str(error.value)
    assert "a batch says that it is of 'other'" in told
    assert "facts: locator is missing in 1 rows" in told
    assert "an unknown symbol gave no Gap" in told


class Torn:
    """Its second bar closes above the session's high."""

    name = "torn"

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        for symbol in request.symbols:
            if symbol != "X":
                yield Gap(question=symbol, why=Why.NOT_COVERED, detail="only X is known")
                continue
            rows = [bar("X", on, 10.0) for on in days(date(2025, 1, 2), 5)]
            rows[1] |= {"close": 11.0}
            yield Batch(source="torn", recorded_at=request.recorded_at, tables=batch(bars=rows).tables)


def test_a_source_whose_bars_a_gate_refuses_is_told_which() -> None:
    with pytest.raises(AssertionError, match="open, high, low and close disagree: 1 of 5"):
        check_source(Torn(), Request(symbols=("X",), recorded_at=AT))
