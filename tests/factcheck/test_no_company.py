"""Subjects that are no company: states and their bodies, commodities and rates, funds, sector indices, industries."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction import extract


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Levi Strauss slips\n\nLevi Strauss fell 4% to $17.20. Ottawa raised its tariff on American denim to 25% "
            "from 10%. The duty had been 7% until 2024. Mexico's economy ministry is considering a levy of 15%.",
            [("tariff", "Canada"), ("tariff", "Canada"), ("tariff", "Mexico")],
        ),
        (
            "Drax sinks\n\nDrax tumbled 9pc to 540p. Ministers will cap subsidies for biomass at £90 per megawatt-hour."
            " Spain's regulator CNMC set an allowed return of 6.6pc. A proposed 12% tax on pellets in Kenya is next.",
            [("subsidy", "United Kingdom"), ("regulation", "CNMC"), ("regulation", "Kenya")],
        ),
        (
            "Siltronic steigt\n\nDie Aktie von Siltronic stieg um 3 Prozent. Südkorea fördert Chipfabriken mit 26 "
            "Milliarden Euro. Die Regierung in Wien senkt die Körperschaftsteuer auf 22 Prozent. Seit Januar erheben "
            "die USA auf Wafer aus China Abgaben von gut 58 Prozent.",
            [("subsidy", "Südkorea"), ("regulation", "Österreich"), ("tariff", "USA")],
        ),
    ],
)
def test_a_policy_is_of_whoever_makes_it(text: str, expected: list[tuple[str, str]]) -> None:
    policies = [claim for claim in extract(text).claims if claim.type == "policy_event"]
    assert [(claim.metric, claim.subject.name) for claim in policies] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Levi Strauss slips\n\nLevi Strauss earned $1.2 billion in China, where sales fell 4%. The U.S. grew 3%.",
        "Games Workshop\n\nGames Workshop thinks US duties will knock £12m off profit this year.",
        "SAP steigt\n\nSAP steigerte den Umsatz in Deutschland um 4 Prozent. Aus China kamen 2 Milliarden Euro.",
    ],
)
def test_a_state_told_of_in_passing_makes_no_policy(text: str) -> None:
    claims = extract(text).claims
    assert claims
    assert not [claim for claim in claims if claim.type == "policy_event"]
