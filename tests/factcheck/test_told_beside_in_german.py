"""Whose a figure is in German articles about one company that tell of rivals, causes, branches and economies too."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction import extract

HEAD = "Evonik-Aktie gibt nach\n\nDie Aktie von Evonik verlor am Montag 2,1 Prozent auf 14,30 Euro. "


@pytest.mark.parametrize(
    ("told", "figure", "whose"),
    [
        ("Covestro kam auf ein KGV von 21. Der Erzrivale beschäftigt 18.000 Menschen.", "18.000", "Covestro"),
        ("Evonik kostet das 14-Fache des Gewinns, Covestro das 19-Fache. Evonik wächst.", "19-Fache", "Covestro"),
        ("Grund sind die Zahlen von Covestro. Der Umsatz war um 7 Prozent gesunken.", "7 Prozent", "Covestro"),
        (
            "Im Vergleich mit Covestro fällt das bescheiden aus. Dort wuchs der Gewinn um 9 Prozent.",
            "9 Prozent",
            "Covestro",
        ),
        (
            "Covestro hatte die Produktion gekürzt. Für Evonik gilt das nicht. Die Marge lag bei 9 Prozent.",
            "9 Prozent",
            "Evonik",
        ),
        (
            "Die Tonne Kakao kostet 6.000 Dollar. Ende 2024 waren es noch 12.000 Dollar.",
            "12.000 Dollar",
            "Kakao",
        ),
        (
            "Nach Angaben des Verbands VDMA sank der Auftragseingang im deutschen Maschinenbau um 7 Prozent.",
            "7 Prozent",
            "Maschinenbau",
        ),
        ("Für 2026 rechnet die Bundesregierung mit einem Wachstum von 1,3 Prozent.", "1,3 Prozent", "Deutschland"),
        (
            "Die chinesische Wirtschaft wuchs um 4,8 Prozent. Die Exporte stiegen um 8,3 Prozent.",
            "8,3 Prozent",
            "China",
        ),
        (
            "Die USA erheben Zölle von 15 Prozent auf Waren aus der EU. Für die Schweiz gilt ein Satz von 39 Prozent.",
            "39 Prozent",
            "USA",
        ),
        ("Velastro, an der Evonik 77 Prozent hält, steigerte den Gewinn um 13 Prozent.", "13 Prozent", "Velastro"),
        (
            "Evonik besitzt 30 Prozent an der Immobiliengesellschaft Cormeum, die 80 Millionen Euro verlor.",
            "80 Millionen Euro",
            "Cormeum",
        ),
        (
            "Der Konzern übernimmt das US-Unternehmen Noralis Biologics. Bezahlt werden 330 Millionen Dollar.",
            "330 Millionen Dollar",
            "Noralis Biologics",
        ),
    ],
)
def test_what_stands_beside_the_company_keeps_its_own(told: str, figure: str, whose: str) -> None:
    text = HEAD + told
    start = text.index(figure)
    claim = next(c for c in extract(text, language="de").claims if c.start < start + len(figure) and start < c.end)
    assert claim.subject is not None
    assert claim.subject.name == whose


def test_a_buyer_keeps_its_text_where_the_target_has_no_shares() -> None:
    text = (
        "Evonik kauft Kressler\n\nEvonik übernimmt den Mittelständler Kressler aus Ulm. Kressler beschäftigt 340 "
        "Mitarbeiter. Der Kaufpreis liegt bei 120 Millionen Euro. Evonik hatte zuletzt 1,9 Milliarden Euro umgesetzt. "
        "Die Aktie legte um 1,4 Prozent auf 27,40 Euro zu."
    )
    told = extract(text, language="de")
    assert told.subjects.main is not None
    assert told.subjects.main.name == "Evonik"
    assert [c.subject.name for c in told.claims if c.text in ("340", "1,4 Prozent")] == ["Kressler", "Evonik"]
