"""Every number of an analysis leads to rows: all of them are walked, and each is followed back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import rerating
from rerating.analysis import Analysis
from rerating.cli.trace import followed
from rerating.core.errors import UsageError

#: Numbers that are no figures of the line: the years of the papers that a definition quotes.
NO_FIGURES = ("literature",)


def numbers(value: Any, path: str) -> Iterator[str]:
    """The paths of all numbers below a value; what is a gap, the basis and the marks themselves have none."""
    if isinstance(value, dict) and value.get("kind") != "gap":
        for key, below in value.items():
            if key not in {"basis", "src", *NO_FIGURES}:
                yield from numbers(below, f"{path}.{key}")
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from numbers(below, f"{path}.{place}")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path


def plain(analysis: Analysis) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(analysis.to_json())
    return found


@pytest.mark.parametrize(("case", "least"), [("apple", 600), ("baba", 4_000)])
def test_every_number_leads_to_rows(case: str, least: int, request: pytest.FixtureRequest) -> None:
    held = plain(request.getfixturevalue(case))
    known = [{entry["id"] for entry in finding["basis"]["evidence"]} for finding in held["findings"]]
    paths = [path for place, finding in enumerate(held["findings"]) for path in numbers(finding, f"findings.{place}")]
    assert len(paths) > least
    lost = []
    for path in paths:
        value, _, marks = followed(held, path)
        if not isinstance(value, int | float) or not marks or not set(marks) <= known[int(path.split(".")[1])]:
            lost.append(path)
    assert lost == []


def test_it_prints_value_definition_and_rows(tmp_path: Path, baba: Analysis) -> None:
    path = tmp_path / "analysis.json"
    path.write_text(baba.to_json(), encoding="utf-8")
    told = rerating("trace", path, "fundamentals.valuation.multiples.0.value")
    assert told.returncode == 0, told.stderr
    assert "= 22.1" in told.stdout
    assert "pe_trailing is close / diluted earnings" in told.stdout
    assert "annual report for fiscal 2025" in told.stdout
    gap = rerating("trace", path, "verdict")
    assert gap.returncode == 0, gap.stderr
    assert "not known:" in gap.stdout


def test_a_path_that_leads_nowhere_is_answered_with_what_there_is(baba: Analysis) -> None:
    held = plain(baba)
    with pytest.raises(UsageError, match="there is basis, best_session"):
        followed(held, "price_move.nothing")
    with pytest.raises(UsageError, match="no finding 'weather'"):
        followed(held, "weather.0")
    with pytest.raises(UsageError, match="number 9 of 1"):
        followed(held, "consensus.9")
