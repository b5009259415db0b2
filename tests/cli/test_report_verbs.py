"""lint, diff, reproduce, and the profiles of analyze: what they print and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rerating.analysis import Analysis
from rerating.cli import app
from rerating.core.errors import UsageError

RUN = CliRunner()


@pytest.fixture(scope="module")
def report(apple: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "apple.json"
    path.write_text(apple.to_json(), encoding="utf-8")
    return path


def test_lint_names_line_words_and_reason_and_fails_on_request(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Am Markt ist es ruhig.\nDringender Handlungsbedarf!\n", encoding="utf-8")
    done = RUN.invoke(app, ["lint", str(text), "--lang", "de", "--fail-on", "urgency"])
    assert done.exit_code == 1
    assert done.stdout == f"{text}:2: drängt zum Handeln [urgency]\n    “Dringender Handlungsbedarf!”\n"
    assert RUN.invoke(app, ["lint", str(text), "--fail-on", "promise"]).exit_code == 0
    rows = json.loads(RUN.invoke(app, ["lint", "-", "--format", "json"], input="You must act now!").stdout)
    assert [(row["line"], row["rule"], row["reason"]) for row in rows] == [(1, "urgency", "urges to act")]
    missing = RUN.invoke(app, ["lint", str(tmp_path / "no.txt")])
    assert isinstance(missing.exception, UsageError)


def test_reproduce_says_same_bytes_or_the_first_difference(report: Path, apple: Analysis, sample_path: Path) -> None:
    done = RUN.invoke(app, ["reproduce", str(report), "--ledger", str(sample_path)])
    assert (done.exit_code, done.stdout) == (0, f"same bytes, sha256 {apple.digest}\n")
    forged = report.with_name("forged.json")
    text = report.read_text(encoding="utf-8").replace('"value": 94.62', '"value": 94.63', 1)
    forged.write_text(text, encoding="utf-8")
    done = RUN.invoke(app, ["reproduce", str(forged), "--ledger", str(sample_path)])
    assert done.exit_code == 1
    assert "first difference: findings.0.close.value\n    report: 94.63\n    ledger: 94.62\n" in done.stdout


def test_diff_in_both_formats(report: Path) -> None:
    done = RUN.invoke(app, ["diff", str(report), str(report), "--lang", "de"])
    assert done.stdout.endswith("Nichts hat sich geändert.\n")
    assert json.loads(RUN.invoke(app, ["diff", str(report), str(report), "--format", "json"]).stdout) == []
    broken = RUN.invoke(app, ["diff", str(report), __file__])
    assert isinstance(broken.exception, UsageError)
    assert "no analysis in JSON" in str(broken.exception)


def test_a_profile_needs_producer_and_interests(sample_path: Path) -> None:
    asked = ["analyze", "AAPL", "--as-of", "2007-01-12T22:00Z", "--ledger", str(sample_path), "--profile", "eu-mar"]
    done = RUN.invoke(app, [*asked, "--producer", "Eva Muster"], env={"RERATING_INTERESTS": "", "HOME": "/nonexistent"})
    assert isinstance(done.exception, UsageError)
    assert "needs --interests" in str(done.exception)
    assert done.exception.exit_code == 2


def test_a_published_report_names_its_publisher_from_the_environment(sample_path: Path) -> None:
    asked = ["analyze", "AAPL", "--as-of", "2007-01-12T22:00Z", "--ledger", str(sample_path), "--profile", "presse-de"]
    env = {"RERATING_PRODUCER": "Eva Muster", "RERATING_INTERESTS": "Keine eigenen Positionen."}
    done = RUN.invoke(app, [*asked, "--format", "txt", "--length", "brief"], env=env)
    assert done.exit_code == 0, done.exception
    assert "gut 11\u00a0Prozent" in done.stdout
    assert "- Verantwortlich: Eva Muster\n" in done.stdout
    refused = RUN.invoke(app, [*asked, "--format", "json"], env=env)
    assert "JSON is an analysis and no report" in str(refused.exception)
