"""Whose a figure is behind a clause, a verb or a bank's name that another company stands in."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction import extract

HEAD_EN = "{0} rises\n\nShares of {0} gained 4% to $88 on Tuesday. Its profit grew 7% in the third quarter.\n\n"
HEAD_DE = (
    "{0}-Aktie steigt\n\nDie Aktie von {0} gewann am Dienstag 4 Prozent auf 88 Euro. Der Gewinn wuchs um 7 Prozent.\n\n"
)


def told_of(text: str, words: str) -> str | None:
    """Of whom the last claim whose words hold these is told."""
    subject = [claim.subject for claim in extract(text).claims if words in claim.text][-1]
    return subject.ticker if subject.ticker is not None else subject.name


@pytest.mark.parametrize(
    ("name", "text", "words", "whose"),
    [
        ("Krones", "In China, wo Krones und GEA ein Werk betreiben, kletterte der Umsatz um 9 Prozent.", "9", "KRN.DE"),
        ("Krones", "In Brasilien, wo Alfa Laval stark ist, kommt der Konzern auf 9 Prozent Anteil.", "9", "KRN.DE"),
        ("Krones", "Weil GEA die Preise senkt, fiel die Marge auf 9 Prozent.", "9", "KRN.DE"),
        ("Krones", "Obwohl GEA die Preise senkt, stieg der Umsatz um 9 Prozent.", "9", "KRN.DE"),
        ("Crocs", "While Nike cuts prices, gross margin reached 58%.", "58%", "CROX"),
        ("Crocs", "In sandals, where Birkenstock sets the tone, revenue rose 9%.", "9%", "CROX"),
        ("Crocs", "As Nike cut prices, gross margin fell to 58%.", "58%", "CROX"),
        ("Crocs", "Foot Locker, where Crocs sells 8% of its shoes, saw revenue fall 12%.", "12%", "FL"),
        ("Howmet Aerospace", "ATI, another supplier to jet-engine makers, lost 3.9%.", "3.9%", "ATI"),
        (
            "Howmet Aerospace",
            "GE Aerospace, which brings in 13% of Howmet's sales, will spend $1.2 billion on a plant.",
            "$1.2",
            "GE",
        ),
    ],
)
def test_who_acts_in_a_clause_that_is_over_is_not_whom_the_sentence_goes_on_about(
    name: str, text: str, words: str, whose: str
) -> None:
    """`In Italien, wo X führt, stieg der Umsatz`: of the one that the text is about."""
    head = HEAD_EN if name in ("Crocs", "Howmet Aerospace") else HEAD_DE
    assert told_of(head.format(name) + text, words) == whose


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Konkurrent GEA gab nach. Seit Anfang Januar schreiben Krones ein Minus von 9 Prozent.", "9"),
        ("Konkurrent GEA gab nach. Vor Börsenbeginn gewannen Krones 3 Prozent.", "3"),
        ("Konkurrent GEA gab nach. Nach Handelsschluss gaben Krones 3 Prozent nach.", "3"),
        ("Die Commerzbank hält den Preis für überzogen.", "überzogen"),
        ("Die Raiffeisen Bank International hat auf „Reduzieren“ gesenkt.", "Reduzieren"),
    ],
)
def test_a_verb_is_no_adjective_and_a_bank_that_rates_no_subject(text: str, words: str) -> None:
    """`Vor Börsenbeginn gewannen X 3 Prozent`: no preposition leads X in; `die Commerzbank` is no noun for another."""
    assert told_of(HEAD_DE.format("Krones") + text, words) == "KRN.DE"


@pytest.mark.parametrize(
    ("name", "text", "words", "whose"),
    [
        ("Skyworks", "Apple, which accounts for 67% of the company's revenue, is moving away.", "67%", "SWKS"),
        ("Skyworks", "The company depends on Apple, which brings in 67% of its revenue.", "67%", "SWKS"),
        ("Skyworks", "Cirrus Logic, whose largest customer accounts for 87% of its sales, fell.", "87%", "CRUS"),
        ("Elmos", "Continental, das 14 Prozent des Umsatzes ausmacht, hat Bestellungen verschoben.", "14", "ELG.DE"),
        ("Elmos", "Bosch, das für 14 Prozent der Erlöse steht, hat Bestellungen verschoben.", "14", "ELG.DE"),
        ("Elmos", "Infineon, das 14 Prozent des Umsatzes mit Apple erzielt, verlor auch.", "14", "IFX.DE"),
    ],
)
def test_the_share_of_sales_that_a_customer_brings_is_the_sellers(name: str, text: str, words: str, whose: str) -> None:
    """Told in the customer's own relative clause too."""
    assert told_of((HEAD_EN if name == "Skyworks" else HEAD_DE).format(name) + text, words) == whose


@pytest.mark.parametrize(
    ("name", "text", "words", "whose"),
    [
        ("BAWAG", "Das KGV beträgt 10, bei der Commerzbank sind es 12.", "12", "CBK.DE"),
        ("BAWAG", "Die Kostenquote beträgt 34 Prozent, gegenüber 47 Prozent bei der Commerzbank.", "47", "CBK.DE"),
        ("ING", "The stock trades at 9 times earnings; at Deutsche Bank it is 8.", "8", "DBK.DE"),
        ("ING", "Its P/E is 10, against 12 for Commerzbank.", "12", "CBK.DE"),
        ("BAWAG", "Das Kursziel der Deutschen Bank lautet 160 Euro, bei der UBS sind es 150 Euro.", "150", "BG.VI"),
    ],
)
def test_a_bank_that_a_figure_is_set_against_is_no_house(name: str, text: str, words: str, whose: str) -> None:
    """`bei der X sind es 12`: X's multiple; of a target it is still who rates."""
    assert told_of((HEAD_EN if name == "ING" else HEAD_DE).format(name) + text, words) == whose


@pytest.mark.parametrize(
    ("name", "text", "words", "whose"),
    [
        ("Stadler Rail", "Polen bestellte 42 Züge für 900 Millionen Euro bei Siemens.", "900", "SIE.DE"),
        ("Stadler Rail", "Die ÖBB bestellten bei Stadler 42 Züge für 900 Millionen Euro.", "900", "SRAIL.SW"),
        ("Lockheed Martin", "The Air Force handed Boeing a contract worth $20 billion.", "$20", "BA"),
        ("Renk", "Rheinmetall-Auftrag: 300 Mio. Euro über fünf Jahre.", "300", "R3NK.DE"),
        (
            "Krones",
            "Krones will Sidel für 900 Mio. Euro kaufen. Das Kursziel von 156 Euro bietet Luft.",
            "156",
            "KRN.DE",
        ),
    ],
)
def test_an_order_is_the_suppliers_whoever_orders(name: str, text: str, words: str, whose: str) -> None:
    """A state or a railway orders from X too; `X-Auftrag:` names whose order it is; no target is a bid."""
    assert told_of((HEAD_EN if name == "Lockheed Martin" else HEAD_DE).format(name) + text, words) == whose


def test_a_noun_for_a_company_means_the_one_named_last_in_a_text_about_a_metal() -> None:
    """`Der Bergbaukonzern` behind a sentence that ends with one."""
    text = (
        "Kupfer steigt weiter\n\nKupfer kletterte am Freitag um 3 Prozent auf 12.845 Dollar je Tonne. Grund war ein "
        "Brand in der Mine Olympic Dam, den BHP meldete. Der Bergbaukonzern nahm die Prognose um 90.000 Tonnen zurück."
    )
    assert told_of(text, "90.000") == "BHP.AX"
