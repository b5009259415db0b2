"""The command line as a newcomer uses it: its output and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from deltalake import write_deltalake

from command_line import process, refused, rerating
from rerating.core.tables import BATCHES


def test_the_demo_as_a_newcomer_runs_it_and_again_with_the_same_bytes(tmp_path: Path) -> None:
    done = process("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "rerating-demo"
    names = {f"apple-2007-01-12.{lang}.{kind}" for lang in ("de", "en") for kind in ("html", "md")}
    assert {path.name for path in folder.iterdir()} >= names | {"apple-2007-01-12.json"}
    assert "+8.3%" in done.stdout
    assert "$94.62" in done.stdout
    assert "rerating-demo/apple-2007-01-12.de.html" in done.stdout
    german = (folder / "apple-2007-01-12.de.md").read_text(encoding="utf-8")
    assert "12.\u00a0Januar\u00a02007" in german
    assert (folder / "alibaba-2026-01-14.de.html").is_file()
    page = (folder / "apple-2007-01-12.de.html").read_text(encoding="utf-8")
    assert "<svg" in page
    plain = json.loads((folder / "apple-2007-01-12.json").read_text(encoding="utf-8"))
    assert plain["subject"]["symbol"] == "AAPL"
    assert process("demo", "apple", "--out", tmp_path / "again").returncode == 0
    for path in sorted((tmp_path / "again").iterdir()):
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_analyze_writes_a_file_whole(sample_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "apple.json"
    done = rerating("analyze", "AAPL", "--as-of", "2007-01-12T22:00Z", "--ledger", sample_path, "--out", out)
    assert done.returncode == 0, done.stderr
    assert json.loads(out.read_text(encoding="utf-8"))["subject"]["venue"] == "XNAS"
    assert [path.name for path in out.parent.iterdir()] == ["apple.json"]


def test_certify_prints_the_digests_in_full(sample_path: Path) -> None:
    done = rerating("analyze", "AAPL", "--as-of", "2007-01-12T22:00Z", "--ledger", sample_path, "--certify")
    assert done.returncode == 0, done.stderr
    digests = [word for word in done.stdout.split() if len(word) == 64]
    assert len(digests) == 4
    assert len(set(digests)) == 1
    assert "rows after the cutoff" in done.stdout


def test_certify_without_enough_rows_exits_with_1(sample_path: Path) -> None:
    done = rerating("analyze", "AAPL", "--as-of", "2026-10-31T00:00Z", "--ledger", sample_path, "--certify")
    assert done.returncode == 1
    assert "DOES NOT HOLD" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("APPL", "--as-of", "2007-01-12T22:00Z"), "knows no symbol 'APPL'"),
        (("AAPL", "--as-of", "1999-01-12T22:00Z"), "after the cutoff"),
        (("AAPL", "--as-of", "2199-01-12T22:00Z"), "lies in the future"),
        (("AAPL", "--as-of", "2007-01-12"), "has no time zone"),
        (("AAPL", "--as-of", "2007-01-12T22:00Z", "--currency", "EURO"), "no ISO currency code"),
    ],
)
def test_bad_requests_end_in_one_sentence(
    sample_path: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    out = tmp_path / "report.md"
    refused(rerating("analyze", *arguments, "--ledger", sample_path, "--out", out), 2, words)
    assert not out.exists()


def test_a_folder_that_is_no_ledger_stays_untouched(tmp_path: Path) -> None:
    refused(rerating("analyze", "AAPL", "--ledger", tmp_path / "none"), 2, "no ledger in")
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_of_a_newer_version(tmp_path: Path) -> None:
    write_deltalake(str(tmp_path / "batches"), pl.DataFrame(schema=BATCHES), description="rerating ledger, format 99")
    refused(rerating("analyze", "AAPL", "--ledger", tmp_path), 4, "update rerating")


def test_a_malformed_file_leaves_no_ledger(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("ticker,venue,currency,date,open,high,low,close,volume\nX,XNYS,USD,2020-01-01,1,1,1,1,1\n")
    refused(rerating("import", "bars", bad, "--ledger", tmp_path / "ledger"), 2, "line 2")
    assert not (tmp_path / "ledger").exists()


def test_import_then_analyze(tmp_path: Path) -> None:
    good = tmp_path / "good.csv"
    good.write_text(
        "ticker,venue,currency,date,open,high,low,close,volume\n"
        "X,XNYS,USD,2020-01-02,1,1,1,1,5\nX,XNYS,USD,2020-01-03,1,1.5,1,1.5,5\n"
    )
    ledger = tmp_path / "ledger"
    assert rerating("import", "bars", good, "--ledger", ledger).returncode == 0
    done = rerating("analyze", "X", "--as-of", "2020-01-04T00:00Z", "--ledger", ledger, "--format", "json")
    assert done.returncode == 0, done.stderr
    plain = json.loads(done.stdout)
    assert plain["findings"][0]["session"]["return"] == 0.5
    assert plain["findings"][0]["high_52w"]["kind"] == "gap"


def test_trace_leads_from_a_figure_to_its_rows(sample_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "apple.json"
    rerating("analyze", "AAPL", "--as-of", "2007-01-12T22:00Z", "--ledger", sample_path, "--out", out)
    done = rerating("trace", out, "price_move.week.five_sessions")
    assert done.returncode == 0, done.stderr
    assert "0.112522" in done.stdout
    assert "AAPL 2007-01-12" in done.stdout
    assert "AAPL 2007-01-05" in done.stdout
    assert "evidence (2)" in done.stdout
    refused(rerating("trace", out, "price_move.weak"), 2, "There is no 'weak'")
    refused(rerating("trace", out, "prices.close"), 2, "no finding 'prices'")
    refused(rerating("trace", out, "catalyst.99"), 2, "number 99")
    refused(rerating("trace", tmp_path / "none.json", "price_move.close"), 2, "cannot be read")
    (tmp_path / "text.json").write_text("hello")
    refused(rerating("trace", tmp_path / "text.json", "price_move.close"), 2, "no analysis in JSON")


def test_collect_asks_back_and_refuses_before_it_asks_anybody(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    refused(rerating("collect", "SIE", "--ledger", ledger), 2, "'SIE' may be XFRA:SIE.F")
    refused(rerating("collect", "US01609W1028", "--options", "--ledger", ledger), 2, "check digit is wrong")
    refused(rerating("collect", "--options", "--ledger", ledger), 2, "--options needs symbols")
    refused(rerating("collect", "BABA", "--options", "--source", "ecb", "--ledger", ledger), 2, "no option chains")
    assert not ledger.exists()


def test_collect_ends_with_a_table_of_what_came(tmp_path: Path) -> None:
    done = rerating("collect", "9988", "NOBODY", "--source", "identity", "--ledger", tmp_path / "ledger")
    assert done.returncode == 0, done.stderr
    assert "9 facts, 1 not held" in done.stdout
    assert "not held: which line 'NOBODY' is" in done.stdout
    assert done.stdout.rstrip().endswith(f"ledger {tmp_path / 'ledger'}")
    again = rerating("collect", "9988", "NOBODY", "--source", "identity", "--ledger", tmp_path / "ledger")
    assert "9 rows held already" in again.stdout


def test_explain_tells_one_screen_and_loads_nothing_that_it_does_not_need(sample_path: Path) -> None:
    told = (
        "import sys; from rerating.cli import main; sys.argv[:] = "
        f"['rerating', 'explain', 'AAPL', '--on', '2007-01-09', '--ledger', {str(sample_path)!r}]\n"
        "try:\n    main()\nexcept SystemExit as ended:\n    assert not ended.code\n"
        "idle = {'rich', 'babel', 'scipy', 'numba', 'jinja2', 'httpx2', 'rerating.cli.demo'} & set(sys.modules)\n"
        "assert not idle, idle"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "XNAS:AAPL, session of 2007-01-09: +8.3%"
    assert "One known event could have caused it." in lines
    assert "could have caused it" in lines
    assert any("Macworld keynote: the iPhone is shown" in line for line in lines)
    assert any(line.startswith("known: ") and line.endswith("No such list is complete.") for line in lines)
    assert any(line.startswith("  beyond market (INDEX:^GSPC): ") for line in lines)


def test_imported_bars_bring_the_name_of_their_line(tmp_path: Path) -> None:
    bars, ledger = tmp_path / "bars.csv", tmp_path / "ledger"
    bars.write_text(
        "ticker,venue,currency,date,open,high,low,close,volume\n"
        "BABA,XNYS,USD,2026-01-13,167,168,166,167.01,9\nBABA,XNYS,USD,2026-01-14,169,170,168,169.90,9\n"
        "NONE,XNYS,USD,2026-01-14,1,1,1,1,9\n"
    )
    done = rerating("import", "bars", bars, "--ledger", ledger)
    assert (done.returncode, done.stderr) == (0, "named: 1 of 2 lines, by the tables of lines held offline\n")
    assert "named" not in rerating("import", "bars", bars, "--ledger", ledger).stderr
    told = rerating("analyze", "BABA", "--as-of", "2026-01-15T00:00Z", "--ledger", ledger, "--format", "json")
    plain = json.loads(told.stdout)
    assert plain["subject"]["issuer"] == "Alibaba Group"
