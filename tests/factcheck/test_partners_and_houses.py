"""Whose a figure is where a partner, a dealer, a house or an index stands beside the company, and names cut short."""

from __future__ import annotations

import pytest

from rerating.factcheck.claim import Claim
from rerating.factcheck.extraction import extract


def claims(text: str) -> dict[str, Claim]:
    """The claims of a text by the words of each; a longer one never hides a shorter."""
    return {claim.text: claim for claim in extract(text).claims}


def symbol(found: dict[str, Claim], figure: str) -> str | None:
    """Of whom the claim whose words hold a figure is told."""
    subject = next(claim for words, claim in found.items() if figure in words).subject
    return subject.ticker if subject.ticker is not None else subject.name


HEAD_EN = "{0} rises\n\nShares of {0} gained 4% to $88 on Tuesday. Its profit grew 7% in the third quarter.\n\n"
HEAD_DE = (
    "{0}-Aktie steigt\n\nDie Aktie von {0} gewann am Dienstag 4 Prozent auf 88 Euro. Der Gewinn wuchs um 7 Prozent.\n\n"
)


@pytest.mark.parametrize(
    ("head", "name", "text", "figure", "whose"),
    [
        (HEAD_EN, "NRG Energy", "It would supply a Meta campus with 1.1 gigawatts for 15 years.", "1.1", "NRG"),
        (HEAD_EN, "NRG Energy", "The Meta deal could add $1.40 to earnings per share.", "$1.40", "NRG"),
        (HEAD_EN, "Howmet", "Boeing chose Howmet to build 240 aircraft engines.", "240", "HWM"),
        (HEAD_EN, "Infineon", "Nvidia is to award half of the modules to Infineon.", "half", "IFX.DE"),
        (HEAD_DE, "Galaxy Digital", "Dort hat sich CoreWeave für 15 Jahre 800 Megawatt gesichert.", "800", "GLXY"),
        (HEAD_DE, "MTU", "Airbus lässt bei MTU 240 Triebwerke bauen.", "240", "MTX.DE"),
        (HEAD_DE, "Puma", "Der Wegfall der Aufträge von Adidas könnte 60 Cent je Aktie kosten.", "60 Cent", "PUM.DE"),
        (HEAD_DE, "Puma", "Der Adidas-Vertrag soll im Jahr 350 Millionen Euro Gewinn bringen.", "350", "PUM.DE"),
        (HEAD_DE, "SGS", "Vorbörslich büssten die SGS-Titel bei Julius Bär 1,9 Prozent ein.", "1,9", "SGSN.SW"),
        (HEAD_EN, "Suncor", "In premarket dealings on Robinhood, the stock was quoted at $92.46.", "$92.46", "SU.TO"),
        (
            HEAD_EN,
            "Suncor",
            "At the top end stands Goldman Sachs with $120, at the bottom UBS with $74.",
            "$74",
            "SU.TO",
        ),
        (
            HEAD_DE,
            "Sonova",
            "Die Titel zogen in einem um 0,3 Prozent höheren Gesamtmarkt (SPI) um 4,7 Prozent an.",
            "4,7",
            "SOON.SW",
        ),
        (
            HEAD_EN,
            "Salesforce",
            "The Dow component has shed a quarter of its value and trades 46% below its high.",
            "46%",
            "CRM",
        ),
        (HEAD_EN, "Suncor", "Suncor led the index with a gain of 5.8 percent.", "5.8", "SU.TO"),
        (HEAD_DE, "Axa", "Allianz kommt auf ein KGV von 10,8, Zurich auf 15,2.", "15,2", "ZURN.SW"),
        (HEAD_DE, "BKW", "Das KGV beträgt 17, bei der österreichischen Verbund sind es 19.", "19", "VER.VI"),
        (HEAD_DE, "Infineon", "Marktführer bleibt Nvidia mit einem Anteil von 30 Prozent.", "30", "NVDA"),
        (HEAD_EN, "Zurich", "At Zurich, the combined ratio was 93%; at Axa, 95.5%.", "95.5%", "CS.PA"),
    ],
)
def test_a_figure_is_of_the_company_and_not_of_who_stands_beside_it(
    head: str, name: str, text: str, figure: str, whose: str
) -> None:
    assert symbol(claims(head.format(name) + text), figure) == whose


def test_the_index_keeps_what_is_its_own_beside_a_share() -> None:
    found = claims(HEAD_DE.format("Sonova") + "Die Titel zogen in einem um 0,3 Prozent festeren SPI um 4,7 Prozent an.")
    assert symbol(found, "0,3") == symbol(claims("Der SPI stieg um 1 Prozent."), "1")
    found = claims(
        "Russell slips\n\nThe Russell 2000 slipped 0.4% on Tuesday, while the S&P MidCap 400 inched up to 3,412, which "
        "leaves it 1% short of its November peak."
    )
    assert symbol(found, "1%") != symbol(found, "0.4%")
    found = claims(HEAD_EN.format("Suncor") + "Gainers outnumbered losers on the TSX by 132 to 78.")
    assert symbol(found, "132") == "^GSPTSE"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_a_table_of_houses_tells_of_the_share_whatever_the_order_of_its_columns(order: tuple[int, int, int]) -> None:
    rows = [("Haus", "Votum", "Ziel"), ("UBS", "Kaufen", "410 €"), ("Jefferies", "Hold", "390 €")]
    table = "".join("<tr>" + "".join(f"<td>{row[k]}</td>" for k in order) + "</tr>" for row in rows)
    text = f"<h1>Allianz: Die Ziele</h1><p>Die Aktie der Allianz schloss bei 352 Euro.</p><table>{table}</table>"
    found = claims(text)
    assert {symbol(found, figure) for figure in ("410", "390", "Hold", "Kaufen")} == {"ALV.DE"}
    assert (found["390 €"].type, found["390 €"].source) == ("price_target", "Jefferies")
    assert (found["Hold"].type, found["Hold"].status, found["Hold"].source) == ("rating", "reported_fact", "Jefferies")


def test_a_table_of_banks_is_no_table_of_houses() -> None:
    rows = [
        ("Bank", "KGV", "Kursziel"),
        ("UBS", "12", "31 €"),
        ("Deutsche Bank", "8", "36 €"),
        ("Barclays", "9", "5 €"),
    ]
    table = "\n".join("| " + " | ".join(row) + " |" for row in (rows[0], ("---",) * 3, *rows[1:]))
    found = claims(f"Deutsche Bank und ihre Rivalen\n\nDie Aktie der Deutschen Bank stieg um 2 Prozent.\n\n{table}\n")
    assert symbol(found, "5 €") == "BARC.L"


def test_an_ordinary_first_word_stands_for_a_name_that_the_text_has_spelt_out() -> None:
    text = (
        "Parts chains report\n\nO'Reilly Automotive climbed 6%, while Advance Auto Parts, a smaller one, rose 0.4%.\n\n"
        "Advance closed 500 stores last year.\n\n| Company | Year to date |\n|---|---|\n| O'Reilly | +23% |\n"
        "| Advance | -14% |\n"
    )
    found = claims(text)
    assert (symbol(found, "500"), symbol(found, "-14%"), symbol(found, "+23%")) == ("AAP", "AAP", "ORLY")
    assert (
        symbol(claims(text.replace("Advance closed 500 stores", "Advance orders for 500 cars came in")), "500") != "AAP"
    )


def test_the_average_behind_a_target_is_one_of_the_share() -> None:
    text = HEAD_DE.format("Galaxy Digital") + (
        "Die UBS hob das Kursziel auf 50 Dollar. Der Durchschnitt liegt laut TipRanks bei 44,50 Dollar."
    )
    claim = claims(text)["44,50 Dollar"]
    assert (claim.type, claim.metric, claim.subject.ticker) == ("price_target", "consensus_target", "GLXY")


@pytest.mark.parametrize(
    ("text", "figure", "whose"),
    [
        (HEAD_EN.format("Puma") + "Sweden's Sinch cut 500 jobs.", "500", "SINCH.ST"),
        (HEAD_EN.format("Puma") + "Switzerland's On raised its outlook for sales growth to 25%.", "25%", "ONON"),
        (HEAD_EN.format("Puma") + "On 5 October Puma said sales had risen 2%.", "2%", "PUM.DE"),
        (HEAD_DE.format("Sulzer") + "Die Schweizer On hob ihre Prognose auf 25 Prozent an.", "25 Prozent", "ONON"),
        (HEAD_DE.format("Sulzer") + "Siegfried dagegen beschäftigt 3.800 Menschen.", "3.800", "SFZN.SW"),
        (
            HEAD_EN.format("Puma") + "At 19 times earnings, Puma is cheaper than Nike, on 26 times.",
            "26 times",
            "NKE",
        ),
    ],
)
def test_a_word_beside_its_country_or_bare_before_a_verb_is_a_company(text: str, figure: str, whose: str) -> None:
    assert symbol(claims(text), figure) == whose


def test_a_note_is_a_banks_and_a_bank_that_heads_what_a_house_says_is_told_of() -> None:
    note = HEAD_EN.format("Puma") + "A cautious note from Goldman Sachs sent its shares down 9%."
    assert symbol(claims(note), "9%") == "PUM.DE"
    listed = (
        "Neue Kursziele: Philips gefragt\n\n**Philips:** Barclays hebt das Ziel auf 31 Euro.\n\n**Commerzbank:** "
        "Jefferies nimmt die Frankfurter mit „Buy“ und 38 Euro in die Bewertung auf."
    )
    assert symbol(claims(listed), "31 Euro") == "PHIA.AS"
    assert symbol(claims(listed), "38 Euro") == "CBK.DE"


def test_whom_an_analyst_rates_is_what_the_text_comes_back_to() -> None:
    text = HEAD_DE.format("Aixtron") + (
        "ASML meldete einen Auftragseingang von 7 Milliarden Euro. Die Niederländer erwarten 15 Prozent mehr. Das "
        "nimmt auch anderen die Angst, schrieb Analyst Jan Roth von der Deutschen Bank. Er sieht Aixtron mit „Buy“ und "
        "einem Ziel von 23 Euro. Die Aktie liegt 40 Prozent unter dem Hoch."
    )
    assert symbol(claims(text), "40 Prozent") == "AIXA.DE"


def test_a_noun_in_a_report_on_a_market_stands_for_the_share_told_of_before_it() -> None:
    text = (
        "London close: FTSE 100 slips\n\nThe FTSE 100 fell 0.4 per cent to 9,512 points.\n\nJD Sports dropped 3.3 per "
        "cent. On the FTSE 250, which rose 0.1 per cent, Bellway fell 9.4 per cent. The housebuilder now expects to "
        "complete 8,300 homes."
    )
    assert symbol(claims(text), "8,300") == "BWY.L"
