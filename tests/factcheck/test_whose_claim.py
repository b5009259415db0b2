"""Whose a claim is where another company stands nearer: in takeovers, in round-ups, beside an epithet or a product."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction import extract


def _subjects(text: str) -> list[str | None]:
    return [claim.subject.name for claim in extract(text).claims if claim.values]


TAKEOVERS = [
    (
        "Globus Medical goes private\n\nGlobus Medical agreed to be taken private by KKR for $72 a share. KKR would "
        "have to pay $150 million if regulators block the deal. KKR plans to close two plants.",
        "Globus Medical",
    ),
    (
        "Sabre in play\n\nSabre has accepted a bid from Oracle. Oracle would owe Sabre $120 million "
        "should it walk away.",
        "Sabre",
    ),
    (
        "Griff nach Gerresheimer\n\nGerresheimer wird von Schott Pharma übernommen. Platzt das Geschäft, schuldet "
        "Schott Pharma 80 Millionen Euro.",
        "Gerresheimer",
    ),
    (
        "Danaher greift nach Tecan\n\nDanaher will sich Tecan einverleiben. Für jede Aktie bietet er 245 Franken in "
        "bar. Scheitert er an den Behörden, muss Danaher 120 Millionen Franken zahlen.",
        "Tecan",
    ),
]


@pytest.mark.parametrize(("text", "name"), TAKEOVERS, ids=lambda value: value[:30])
def test_what_is_paid_and_what_an_investor_plans_is_told_of_the_company_to_be_bought(text: str, name: str) -> None:
    assert set(_subjects(text)) == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Schaeffler hebt Prognose\n\nDie Integration von Vitesco soll bis 2028 rund 400 Millionen Euro "
            "Einsparungen bringen. Der Umsatz stieg um 4 Prozent.",
            "Schaeffler",
        ),
        (
            "Mission Produce slips\n\nMission Produce fell 3%. The purchase of Calavo Growers, completed in May, "
            "should yield annual savings of $25 million.",
            "Mission Produce",
        ),
    ],
)
def test_what_a_takeover_that_is_over_saves_is_the_buyer_s(text: str, name: str) -> None:
    assert set(_subjects(text)) == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ferrari stuck\n\nSince January, shares of the Italian sports-car maker have skidded 22%.", "Ferrari"),
        ("Infosys slips\n\nThe American depositary shares were last down 3%.", "Infosys"),
        ("Insulet rallies\n\nThe maker of the Omnipod jumped 4.9% to $338.60.", "Insulet"),
        ("Lynas gefragt\n\nIn Sydney rückte der Produzent Seltener Erden um 9,7 Prozent vor.", "Lynas"),
        (
            "Nikkei climbs as Fanuc's forecast lifts shares\n\nTurnover came to 5.7 trillion yen.",
            "Nikkei 225",
        ),
    ],
)
def test_an_epithet_a_product_and_a_line_of_shares_are_no_company_of_their_own(text: str, name: str) -> None:
    assert _subjects(text)[-1] == name


def test_a_round_up_goes_on_about_the_company_that_its_paragraph_began_with() -> None:
    text = (
        "5 things to know\n\nMicrosoft reports after the bell. Analysts expect $86.7 billion in revenue.\n\n"
        "Starbucks jumped 7%. Sales grew 5.1%. The coffee chain still plans to close 200 stores.\n\n"
        "UPS said it will cut 30,000 jobs. Average daily volume fell 9%.\n\nNike fell 2%.\n\nBoeing rose 1%."
    )
    assert _subjects(text) == ["Microsoft", *["Starbucks"] * 3, *["UPS"] * 2, "Nike", "Boeing"]
