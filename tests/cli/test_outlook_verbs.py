"""train, backtest and track as a user runs them, and what they refuse."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from command_line import rerating


@pytest.fixture(scope="module")
def ledger(sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample, since training leaves its list of variants and its models beside the tables."""
    path = tmp_path_factory.mktemp("outlook") / "ledger"
    shutil.copytree(sample_path, path)
    return path


def test_train_analyze_issue_and_score(ledger: Path, tmp_path: Path) -> None:
    model = tmp_path / "model.json"
    trained = rerating("train", "--until", "2007-01-12", "--ledger", ledger, "--out", model)
    assert trained.returncode == 0, trained.stderr
    assert "edge: not proven" in trained.stdout
    held = json.loads(model.read_text())
    assert held["trained_as_of"] == "2007-01-12T21:00:00Z"
    assert held["lines"] == ["XNAS:AAPL", "XNAS:GOOG", "XNAS:MSFT", "XNYS:IBM"]
    listed = (ledger / "outlook-variants.jsonl").read_text().splitlines()
    assert [json.loads(line)["name"] for line in listed] == [variant["name"] for variant in held["tried"]]

    early = rerating(
        "analyze", "AAPL", "--as-of", "2007-01-11T22:00Z", "--ledger", ledger, "--model", model, "--format", "json"
    )
    assert "after this cutoff" in json.loads(early.stdout)["verdict"]["detail"]
    record = tmp_path / "record.jsonl"
    issued = rerating(
        "track",
        "--issue",
        "AAPL",
        "--as-of",
        "2007-01-16T14:00Z",
        "--ledger",
        ledger,
        "--record",
        record,
        "--model",
        model,
    )
    assert issued.returncode == 0, issued.stderr
    assert "3 forecasts put on record (0 live, 3 back-filled)" in issued.stdout
    page = tmp_path / "record.html"
    scored = rerating(
        "track", "--as-of", "2007-03-01T00:00Z", "--ledger", ledger, "--record", record, "--out", page, "--lang", "de"
    )
    assert scored.returncode == 0, scored.stderr
    assert "backfilled: 3 issued, 2 matured, 1 pending" in scored.stdout
    assert "no intervals: 1 months of forecasts, 6 are needed" in scored.stdout
    assert "Bilanz der Prognosen" in page.read_text(encoding="utf-8")
    record.write_text(record.read_text().replace('"horizon":21', '"horizon":22'))
    altered = rerating("track", "--as-of", "2007-03-01T00:00Z", "--ledger", ledger, "--record", record)
    assert altered.returncode == 4
    assert "does not fit the chain" in altered.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("train", "--until", "then"), "no instant"),
        (("train", "--until", "1990-01-01"), "holds no lines at that cutoff"),
        (("train", "--until", "2007-01-12", "--benchmark", "XHKG:^HSI"), "measured against XHKG:^HSI"),
        (("backtest", "--from", "1980-01-01", "--to", "2007-01-12"), "choose a --from inside it"),
        (("backtest", "--from", "2007-01-05", "--to", "2007-01-12"), "too little for forecasts"),
        (("analyze", "AAPL", "--as-of", "2007-01-12T22:00Z", "--model", "no-such-file.json"), "cannot be read"),
        (("train", "--until", "2999-01-01T00:00Z"), "lies in the future"),
    ],
)
def test_what_is_refused(ledger: Path, arguments: tuple[str, ...], words: str) -> None:
    done = rerating(*arguments, "--ledger", ledger)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
