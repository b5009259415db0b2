"""`rerating check` as an editor runs it: table, JSON, page, exit codes, a result that is run again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from command_line import Done, refused, rerating
from factcheck_world import CUTOFF, DAY, LAST, world
from rerating.core.batch import Batch
from rerating.core.tables import TABLES
from rerating.ledger import Ledger

TEXT = f"Die Microsoft-Aktie stieg am {DAY} um 12 %. Barclays sieht das Kursziel für Microsoft bei 190 Dollar."


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("check") / "ledger"
    held = {
        name: frame.select([column for column in TABLES[name].schema if column in frame.columns])
        for name, frame in world().frames().items()
    }
    tables = {name: frame.drop("id", "batch", "source", "recorded_at", strict=False) for name, frame in held.items()}
    rows = {name: frame for name, frame in tables.items() if isinstance(frame, pl.DataFrame) and frame.height}
    recorded = datetime(2026, 11, 1, tzinfo=UTC)
    Ledger.create(path).append(Batch(source="test", recorded_at=recorded, tables=rows))
    return path


def run(ledger: Path, *arguments: str | Path, text: str = TEXT, width: int = 100) -> Done:
    return rerating("check", *arguments, "--ledger", ledger, stdin=text, COLUMNS=str(width), TERM="dumb")


AT = ("--as-of", str(CUTOFF), "--published-at", LAST.isoformat())


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits_and_says_what_the_data_say(ledger: Path, width: int) -> None:
    done = run(ledger, "-", *AT, "--repair", width=width)
    assert done.returncode == 0
    assert "✗ 1 widerlegt" in done.stdout
    assert "✓ 1 bestätigt" in done.stdout
    table = done.stdout[done.stdout.index("Ergebnis") :].partition("c1")[0]
    assert max(len(line) for line in table.splitlines()) <= width
    assert f"Die Microsoft-Aktie stieg am {DAY} um 5 %." in done.stdout


def test_a_pipeline_stops_at_a_refuted_claim_and_only_there(ledger: Path) -> None:
    assert run(ledger, "-", *AT, "--fail-on", "refuted").returncode == 1
    assert run(ledger, "-", *AT, "--fail-on", "refuted", text=TEXT.replace("12 %", "5 %")).returncode == 0


def test_a_result_in_json_can_be_run_again(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    assert run(ledger, "-", *AT, "--format", "json", "--out", out).returncode == 0
    plain = json.loads(out.read_text(encoding="utf-8"))
    assert [claim["outcome"] for claim in plain["claims"]] == ["refuted", "confirmed"]
    again = run(ledger, out, "--rerun")
    assert again.returncode == 0
    assert "0 answer differently" in again.stdout


def test_the_page_is_written_whole(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "check.html"
    assert run(ledger, "-", *AT, "--format", "html", "--out", out).returncode == 0
    assert out.read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_what_is_no_date_and_no_file_is_refused_in_a_sentence(ledger: Path) -> None:
    refused(run(ledger, "-", "--published-at", "soon"), 2, "soon")
    refused(run(ledger, "no-such-file.md", *AT), 2, "no-such-file.md")


@pytest.mark.parametrize("width", [80, 120])
def test_the_claims_alone_can_be_a_table_too(width: int) -> None:
    """--extract-only needs no ledger; JSON by default, a table when asked for, no page."""
    done = rerating("check", "-", "--extract-only", "--format", "table", stdin=TEXT, COLUMNS=str(width), TERM="dumb")
    assert done.returncode == 0
    assert "MSFT" in done.stdout
    assert "Tatsache" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= width
    assert json.loads(rerating("check", "-", "--extract-only", stdin=TEXT).stdout)["claims"]
    page = rerating("check", "-", "--extract-only", "--format", "html", stdin=TEXT)
    refused(page, 2, "--format json or table")
