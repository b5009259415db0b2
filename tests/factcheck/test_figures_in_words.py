"""Figures that words tell, steps and pairs, currencies of everywhere, and lines that sell: one text for each."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rerating.factcheck.extraction import extract

PUBLISHED = datetime(2026, 4, 20, 17, 0, tzinfo=UTC)

FIGURES = [
    # a change and where it led to is no range
    ("Roku's streaming households grew 14% to 2.6 million.", [(14.0, "percent", "exact"), (2.6e6, "count", "exact")]),
    ("Dunelm put on 21p to 262p.", [(0.21, "money", "exact"), (2.62, "money", "exact")]),
    ("Calls on Uber: two and a half times the usual volume.", [(2.5, "ratio", "exact")]),
    # parts and points
    ("Die Notenbank senkte den Leitzins um einen Viertelprozentpunkt.", [(0.25, "percent", "exact")]),
    ("SAP stellt eine Marge von 36 Prozent in Aussicht, einen Punkt mehr als bisher.", [(36, "percent", "exact")] * 1),
    ("Chewy's gross margin of 29% missed estimates by nearly a full point.", [(1.0, "percent", "slightly_below")]),
    ("Kroger will open ten stores, half as many as planned.", [(10, "count", "exact"), (50, "percent", "exact")]),
    ("Sea: Bookings swelled by a fifth.", [(20.0, "percent", "exact")]),
    # hedges
    ("Sika: Die Ebit-Marge soll 5 Prozent übersteigen.", [(5, "percent", "more_than")]),
    ("Bouygues verfügt nun über 30 Prozent der Alstom-Aktien.", [(30, "percent", "exact")]),
    ("Coty aims for leverage of 2.5 times or lower.", [(2.5, "ratio", "up_to")]),
    # money, and things that are counted
    ("Naspers closed at 4,210 rand.", [(4210.0, "money", "exact")]),
    ("OTP verdiente 276 Milliarden Forint.", [(276e9, "money", "exact")]),
    ("Vestas landed a 900-megawatt order.", [(900, "count", "exact")]),
    ("Corning plans to add two assembly lines in Mexico.", [(2, "count", "exact")]),
    # pairs and comparisons
    ("Auf zwei Puts kommen bei Bayer derzeit neun Calls.", [(4.5, "ratio", "exact")]),
    ("For every 10 puts on Snap, 14 calls were traded.", [(1.4, "ratio", "exact")]),
    ("Danone wird mit dem 18-Fachen des Gewinns gehandelt, Nestlé ist mit 21 teurer.", [(21, "ratio", "exact")]),
    ("Oracle\n\n52-week range: $118.40 – $198.31", [(118.4, "money", "exact"), (198.31, "money", "exact")]),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES, ids=lambda value: value[:40] if isinstance(value, str) else "")
def test_the_figure_is_read(text: str, expected: list[tuple[float, str, str]]) -> None:
    found = [
        (claim.values[0].value, claim.values[0].unit, claim.comparator)
        for claim in extract(text, published_at=PUBLISHED).claims
        if claim.values
    ]
    for value, unit, comparator in expected:
        assert (pytest.approx(value), unit, comparator) in found


@pytest.mark.parametrize(
    ("text", "kind", "metric"),
    [
        ("Kering: Umsatzplus im mittleren einstelligen Prozentbereich erwartet.", "guidance", "revenue"),
        ("At nine times earnings, Repsol is cheaper than Shell.", "rerating", "valuation"),
        ("Kein Wert im DAX lief am Montag besser als Continental.", "ranking", "index_leader"),
        ("Evercore promoted Block to Outperform from In Line.", "rating_change", "rating"),
        ("Hinter dem Kurssprung von Aixtron steckt ein Großauftrag.", "catalyst", "trigger"),
    ],
)
def test_a_claim_without_a_number_has_none(text: str, kind: str, metric: str) -> None:
    found = [claim for claim in extract(text, published_at=PUBLISHED).claims if claim.type == kind]
    assert metric in [claim.metric for claim in found]
    assert all(value.unit == "rating" for claim in found for value in claim.values)


def test_the_next_name_with_its_day_goes_on_about_the_same() -> None:
    claims = extract("CSX reports on July 22, Union Pacific on July 23.", published_at=PUBLISHED).claims
    assert [(c.subject.name, c.metric, c.values[0].value) for c in claims] == [
        ("CSX", "earnings_date", "2026-07-22"),
        ("Union Pacific", "earnings_date", "2026-07-23"),
    ]


STORY = {
    "en": "Dexcom shares rose 4% to $81.20 on Tuesday.\n\nRevenue climbed 8% to $412 million.\n\n",
    "de": "Die Aktie von Siemens stieg um 4 Prozent.\n\nDer Umsatz wuchs um 8 Prozent auf 19 Milliarden Euro.\n\n",
}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "*Need the charts behind this story? Market Desk Plus is $12 a month.*"),
        ("en", "*The Morning Pump lands in your inbox at 6 a.m. First 30 days on us, then $15 a month.*"),
        ("de", "*Brauchen Sie auch die Tabellen? Börse Kompakt Pro kostet 25 Euro im Monat.*"),
        ("de", "*Der Nebenwerte-Brief kommt jeden Freitag. Probieren Sie ihn vier Wochen lang für 5 Euro.*"),
    ],
)
def test_the_last_line_that_sells_is_no_fact(language: str, line: str) -> None:
    claims = extract(STORY[language] + line + "\n", published_at=PUBLISHED).claims
    last = [claim for claim in claims if claim.start >= len(STORY[language])]
    assert last
    assert {claim.status for claim in last} == {"advertising"}
    assert any(claim.status == "reported_fact" for claim in claims)
