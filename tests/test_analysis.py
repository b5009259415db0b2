"""The analysis as a whole: JSON round trip, determinism, the schema, and no call without a record."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from rerating.analysis import Analysis, analyze
from rerating.core.errors import UsageError
from rerating.core.types import AsOf
from rerating.core.version import VERSION
from rerating.findings.catalyst import Catalyst
from rerating.findings.fundamentals import Fundamentals
from rerating.ledger import Ledger

AS_OF = AsOf.parse("2007-01-12T22:00Z")
SCHEMA = Path(__file__).parents[1] / "docs" / "schema" / "analysis.json"


def test_json_goes_out_and_in_without_loss(apple: Analysis) -> None:
    assert Analysis.from_json(apple.to_json()) == apple
    assert Analysis.from_json(apple.to_json()).to_json() == apple.to_json()


def test_the_same_rows_give_the_same_bytes(sample_path: Path, apple: Analysis) -> None:
    assert analyze(Ledger(sample_path), "AAPL", AS_OF, currency="EUR").to_json() == apple.to_json()


def test_it_fits_the_committed_schema(apple: Analysis) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema == Analysis.model_json_schema(mode="serialization", by_alias=True), "run: make schema"
    jsonschema.validate(json.loads(apple.to_json()), schema)


def test_names_that_others_rely_on(apple: Analysis) -> None:
    plain = json.loads(apple.to_json())
    assert set(plain) >= {
        "subject",
        "as_of",
        "findings",
        "forecasts",
        "verdict",
        "ledger_version",
        "pins",
        "software_version",
    }
    assert plain["subject"] == {"symbol": "AAPL", "venue": "XNAS", "currency": "USD", "issuer": "Apple"}
    assert plain["as_of"] == "2007-01-12T22:00:00Z"
    move = plain["findings"][0]
    catalyst = next(finding for finding in plain["findings"] if finding["kind"] == "catalyst")
    assert move["kind"] == "price_move"
    assert set(move) >= {
        "close",
        "converted",
        "session",
        "best_session",
        "worst_session",
        "week",
        "high_52w",
        "low_52w",
    }
    assert set(move["close"]) >= {"value", "unit", "on", "src"}
    assert set(move["converted"][0]) >= {"value", "unit", "rate", "rate_on", "source", "src"}
    assert set(move["week"]) == {"five_sessions", "week_to_date", "week_over_week"}
    assert set(move["week"]["five_sessions"]) >= {"return", "from_on", "to_on"}
    assert set(move["high_52w"][0]) >= {"basis", "unit", "level", "on", "distance"}
    assert set(move["basis"]) >= {"as_of", "definition", "evidence", "gaps"}
    assert set(move["basis"]["evidence"][0]) >= {"id", "source", "locator", "known_at", "digest"}
    wanted = {
        "event",
        "known_at",
        "session_on",
        "abnormal_return",
        "car",
        "window",
        "t",
        "p_placebo",
        "timing",
        "models",
    }
    assert set(catalyst) >= wanted
    assert catalyst["kind"] == "catalyst"
    assert set(catalyst["models"][0]) >= {"benchmark", "abnormal_return", "car", "t", "p_placebo"}


def test_what_was_not_out_yet_is_not_in_it(sample: Ledger, apple: Analysis) -> None:
    assert not [c for c in apple.of_kind(Catalyst) if c.event and "December 2006" in c.event.title]
    figures = {f.field: f.value for f in apple.of_kind(Fundamentals)[0].figures}
    assert figures["eps_diluted"] == 0.62
    later = analyze(sample, "AAPL", AsOf.parse("2007-01-18T22:00Z"))
    figures = {f.field: f.value for f in later.of_kind(Fundamentals)[0].figures}
    assert figures["eps_diluted"] == 1.14


def test_no_evidence_is_younger_than_the_cutoff(apple: Analysis) -> None:
    for finding in apple.findings:
        assert all(entry.known_at <= apple.as_of for entry in finding.basis.evidence)


def test_every_source_mark_leads_somewhere(apple: Analysis) -> None:
    def marks(value: object) -> set[str]:
        if isinstance(value, dict):
            own = set(value.get("src", []))
            return own.union(*(marks(item) for item in value.values()))
        return set().union(*(marks(item) for item in value)) if isinstance(value, list) else set()

    for finding in json.loads(apple.to_json())["findings"]:
        held = {entry["id"] for entry in finding["basis"]["evidence"]}
        assert marks({k: v for k, v in finding.items() if k != "basis"}) <= held


def test_text_that_is_no_analysis_is_refused() -> None:
    for text in ("", "{}", "[]", '{"subject": 1}'):
        with pytest.raises(UsageError, match="no analysis"):
            Analysis.from_json(text)


@pytest.mark.parametrize(
    ("symbol", "at", "reason"),
    [
        ("APPL", "2007-01-12T22:00Z", "knows no symbol 'APPL' .*AAPL"),
        ("XNYS:AAPL", "2007-01-12T22:00Z", "knows no symbol"),
        ("AAPL", "1999-01-01T00:00Z", "after the cutoff"),
        ("FB", "2007-01-12T22:00Z", "after the cutoff"),
    ],
)
def test_what_the_ledger_does_not_know(sample: Ledger, symbol: str, at: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        analyze(sample, symbol, AsOf.parse(at))


def test_a_file_of_another_schema_is_refused_by_its_number_with_the_ways_out(apple: Analysis) -> None:
    plain = json.loads(apple.to_json())
    assert plain["schema_version"] == 2
    for number, told in ((1, "schema 1"), (3, "schema 3"), (None, "a schema from before schemas were numbered")):
        other = plain | {"schema_version": number}
        if number is None:
            del other["schema_version"]
        with pytest.raises(UsageError) as refused:
            Analysis.from_json(json.dumps(other))
        assert str(refused.value) == (
            f"This analysis has {told} (written by rerating {VERSION}); rerating {VERSION} reads schema 2. Make it "
            "again "
            "from the ledger with 'rerating analyze XNAS:AAPL --as-of 2007-01-12T22:00:00Z --format json --out FILE', "
            "or read it with the release that wrote it."
        )


def test_a_file_that_was_cut_says_where(apple: Analysis) -> None:
    plain = json.loads(apple.to_json())
    del plain["verdict"]
    with pytest.raises(UsageError, match=r"changed or cut after it was made \(.*verdict, Field required"):
        Analysis.from_json(json.dumps(plain))
