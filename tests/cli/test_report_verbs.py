"""lint, diff, reproduce, and the profiles of analyze: what they print and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import refused, rerating
from rerating.analysis import Analysis


@pytest.fixture(scope="module")
def report(apple: Analysis, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "apple.json"
    path.write_text(apple.to_json(), encoding="utf-8")
    return path


def test_lint_names_line_words_and_reason_and_fails_on_request(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Am Markt ist es ruhig.\nDringender Handlungsbedarf!\n", encoding="utf-8")
    done = rerating("lint", text, "--lang", "de", "--fail-on", "urgency")
    assert done.returncode == 1
    assert done.stdout == f"{text}:2: drängt zum Handeln [urgency]\n    “Dringender Handlungsbedarf!”\n"
    assert rerating("lint", text, "--fail-on", "promise").returncode == 0
    rows = json.loads(rerating("lint", "-", "--format", "json", stdin="You must act now!").stdout)
    assert [(row["line"], row["rule"], row["reason"]) for row in rows] == [(1, "urgency", "urges to act")]
    refused(rerating("lint", tmp_path / "no.txt"), 2, "no.txt")


def test_reproduce_says_same_bytes_or_the_first_difference(report: Path, apple: Analysis, sample_path: Path) -> None:
    done = rerating("reproduce", report, "--ledger", sample_path)
    assert (done.returncode, done.stdout) == (0, f"same bytes, sha256 {apple.digest}\n")
    forged = report.with_name("forged.json")
    text = report.read_text(encoding="utf-8").replace('"value": 94.62', '"value": 94.63', 1)
    forged.write_text(text, encoding="utf-8")
    done = rerating("reproduce", forged, "--ledger", sample_path)
    assert done.returncode == 1
    assert "first difference: findings.0.close.value\n    report: 94.63\n    ledger: 94.62\n" in done.stdout


def test_diff_in_both_formats(report: Path) -> None:
    done = rerating("diff", report, report, "--lang", "de")
    assert done.stdout.endswith("Nichts hat sich geändert.\n")
    assert json.loads(rerating("diff", report, report, "--format", "json").stdout) == []
    refused(rerating("diff", report, __file__), 2, "no analysis in JSON")


def test_a_profile_needs_producer_and_interests(sample_path: Path) -> None:
    asked = ["analyze", "AAPL", "--as-of", "2007-01-12T22:00Z", "--ledger", sample_path, "--profile", "eu-mar"]
    done = rerating(*asked, "--producer", "Eva Muster", RERATING_INTERESTS="", HOME="/nonexistent")
    refused(done, 2, "needs --interests")


def test_a_published_report_names_its_publisher_from_the_environment(sample_path: Path) -> None:
    asked = ["analyze", "AAPL", "--as-of", "2007-01-12T22:00Z", "--ledger", sample_path, "--profile", "presse-de"]
    env = {"RERATING_PRODUCER": "Eva Muster", "RERATING_INTERESTS": "Keine eigenen Positionen."}
    done = rerating(*asked, "--format", "txt", "--length", "brief", **env)
    assert done.returncode == 0, done.stderr
    assert "gut 11\u00a0Prozent" in done.stdout
    assert "- Verantwortlich: Eva Muster\n" in done.stdout
    refused(rerating(*asked, "--format", "json", **env), 2, "JSON is an analysis and no report")
