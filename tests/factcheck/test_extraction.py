"""What is read from an article: the measure on the open part, and the contract of a claim."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from rerating.factcheck.claim import KINDS
from rerating.factcheck.extraction import extract

LEAST = {
    "numeric_recall": 0.985,
    "values": 0.985,
    "comparator": 0.99,
    "type": 0.925,
    "status": 0.955,
    "subject": 0.955,
    "precision": 0.975,
    "wordy_recall": 0.885,
}


@pytest.mark.parametrize("name", LEAST)
def test_the_open_part_is_read_as_well_as_before(open_shares: dict[str, float], name: str) -> None:
    assert open_shares[name] >= LEAST[name]


def test_no_question_and_no_advertising_is_taken_for_a_fact(open_shares: dict[str, float]) -> None:
    assert open_shares["taken_as_fact"] == 0


FIELDS = [
    *("id", "text", "start", "end", "sentence_start", "sentence_end", "type", "subject", "metric", "values"),
    *("comparator", "direction", "period", "as_of", "status", "source", "outcome", "reading", "trace"),
]


def test_each_claim_has_the_fields_of_the_contract(open_articles: Any) -> None:
    for article in open_articles[:6]:
        for claim in extract(article.text).claims:
            plain = claim.model_dump(mode="json")
            assert list(plain) == FIELDS
            assert claim.type in KINDS
            assert article.text[claim.start : claim.end] == claim.text
            assert claim.sentence_start <= claim.start < claim.end <= claim.sentence_end
            assert all(set(value) == {"value", "unit", "currency", "role"} for value in plain["values"])
            assert all((value.currency is not None) == (value.unit == "money") for value in claim.values)


def test_the_command_reads_standard_input_without_ledger_and_cutoff() -> None:
    text = "Die Alibaba-Aktie ist am 12. Januar 2026 um mehr als 9 % auf 145,80 Euro gestiegen."
    done = subprocess.run(
        [sys.executable, "-m", "rerating", "check", "-", "--extract-only", "--format", "json"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    claims = json.loads(done.stdout)["claims"]
    assert [claim["text"] for claim in claims] == ["mehr als 9 %", "145,80 Euro"]
    first, second = claims
    assert (first["type"], first["comparator"], first["direction"]) == ("return", "more_than", "up")
    assert first["subject"] == {"name": "Alibaba", "ticker": "BABA", "venue": None}
    assert (second["type"], second["values"][0]["currency"]) == ("price_level", "EUR")


def test_a_question_is_a_question_and_an_advertisement_is_one() -> None:
    text = (
        "SAP: Kaufen oder verkaufen?\n\nSAP steigerte den Umsatz im Jahr 2025 um 6 Prozent.\n\n"
        "Anzeige: Jetzt den kostenlosen Report sichern und 500 Prozent Kurschance nutzen!"
    )
    statuses = {claim.text: claim.status for claim in extract(text).claims}
    assert statuses["Kaufen oder verkaufen?"] == "question"
    assert statuses["6 Prozent"] == "reported_fact"
    assert {status for words, status in statuses.items() if "Report" in words or "500" in words} == {"advertising"}
