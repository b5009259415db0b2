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
    ("text", "names"),
    [
        # a purchase told in passing, of a company in a list or in none: of whom is bought
        (
            "Krones legt zu\n\nDen 400 Millionen Euro teuren Zukauf Netstal hat Krones integriert. Der Umsatz stieg "
            "um 9 Prozent. Neues Geschäft bringt Orvane: Für den Anbieter aus Dänemark legte Krones 85 Millionen "
            "Euro auf den Tisch.",
            ["Netstal", "Krones", "Orvane"],
        ),
        (
            "Hexcel slips\n\nHexcel paid $410 million for Brightmore last year. The company completed the sale of its "
            "valves business for $88 million and agreed to acquire Cognex for $2.6 billion.",
            ["Brightmore", "Hexcel", "Cognex"],
        ),
        # whom an order is given to
        ("Boeing awarded Hexcel a contract worth $410 million.", ["Hexcel"]),
        ("Deals\n\nIveco: Tata Motors hat die 3,8 Milliarden Euro schwere Übernahme abgeschlossen.", ["Iveco"]),
        # a bid that has been told of: its price without a word for it, what the bidder puts up for it
        (
            "Cognex goes private\n\nApollo agreed to buy Cognex. A year ago, Apollo had been willing to pay $64. "
            "Apollo plans to put up $850 million of equity.",
            ["Cognex", "Cognex"],
        ),
    ],
)
def test_a_deal_told_in_one_clause_is_of_its_own_company(text: str, names: list[str]) -> None:
    assert _subjects(text) == names


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


def test_a_bold_name_heads_its_paragraph_beside_others_that_are_known() -> None:
    text = (
        "# Viel Schaum\n\nEuropas Brauer hatten auf einen heißen Sommer gehofft.\n\n**Heineken** verkaufte 2 Prozent "
        "weniger Bier.\n\n**Carlsberg** steigerte den Umsatz um 4 Prozent.\n\n**Asahi** hat den Angriff verdaut. Der "
        "Umsatz der Gruppe stieg um elf Prozent. Nomura hat das Kursziel von 1.900 auf 2.150 Yen erhöht."
    )
    assert _subjects(text)[-2:] == ["Asahi Breweries"] * 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Toro fell\n\nThe shares are down 3% this year, trailing the S&P 500, which has gained 7%.", "S&P 500"),
        (
            "Infineon fell\n\nIt fell 2% after an overnight drop of 1.7% in the Nasdaq Composite.",
            "Nasdaq Composite",
        ),
        ("Tokyo\n\nThe dollar was quoted at 149.85 yen, compared with 150.42 yen late Tuesday.", "USD/JPY"),
        ("Shell steigt\n\nRohöl der Sorte Brent kostete zuletzt 63,20 Dollar je Fass.", "Brent"),
        (
            "Ionos fällt\n\nDie LBBW fürchtet, dass Microsoft kontert, und kürzte das Kursziel von 40 auf 35 Euro.",
            "Ionos",
        ),
        (
            "Nebius rallied\n\nThe software giant Microsoft leases power and will pay up to $9.2 billion.",
            "Nebius",
        ),
    ],
)
def test_the_last_figure_is_of_what_its_own_words_name(text: str, name: str) -> None:
    assert _subjects(text)[-1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "VW-Tochter Traton hebt Prognose\n\nDer zu Volkswagen gehörende Lkw-Hersteller Traton rechnet mit einer "
            "Marge von 9 Prozent. Der Umsatz stieg um 6 Prozent. Die VW-Tochter verdiente 600 Millionen Euro.",
            "Traton",
        ),
        (
            "Roche unit Chugai climbs\n\nThe Roche unit Chugai raised its dividend by 4%. Shares of the Roche-owned "
            "drugmaker Chugai gained 3%. The Roche subsidiary earned $2 billion.",
            "Chugai Pharmaceutical",
        ),
        (
            "Nike-Rivale Puma enttäuscht\n\nDer Adidas-Konkurrent Puma hat 12 Millionen Euro verdient. Die Aktie fiel "
            "um 8 Prozent. Der Umsatz sank um 9 Prozent.",
            "Puma",
        ),
        (
            "## Thema des Tages: Traton zieht an\n\nDie VW-Tochter verdiente 600 Millionen Euro. Die Lkw-Tochter des "
            "VW-Konzerns wuchs um 6 Prozent. Beim Volvo-Rivalen sind 8 Prozent Marge das Ziel.",
            "Traton",
        ),
        (
            "Meituan springt an\n\nDie Papiere des Essens- und Reiselieferdienstes stiegen um 9 Prozent. Firmengründer "
            "Wang Xing rechnet mit 4 Milliarden Yuan Verlust. Xing kaufte Aktien für 2 Millionen. Der Umsatz wuchs.",
            "Meituan",
        ),
        (
            "Auto1-Aktie gibt Vollgas: Amazon-Deal elektrisiert\n\nGrund ist ein Bündnis mit Amazon. Am Mittwoch geht "
            "es um 2 Prozent aufwärts. Das KGV beträgt 38.\n\nAnleger setzen auf einen Auftrag von BYD. Die Aktie "
            "stieg um 3 Prozent.",
            "Auto1",
        ),
        (
            "Investor steigt bei Symrise ein\n\nDer Duftkonzern liefert für Coty Düfte. Das Papier kostet 70 Euro. "
            "Der Investor Elliott hält 5 Prozent.",
            "Symrise",
        ),
        (
            "Norma vor dem Verkauf\n\nGates Industrial will sämtliche Anteile erwerben und dafür 21,50 Euro je Aktie "
            "in bar zahlen. Die Prämie beträgt 38 Prozent. Die Papiere des SDax-Konzerns kosten 21 Euro.",
            "Norma",
        ),
        (
            "Generac wins big order from Copart\n\nGenerac has won a contract worth $340 million from Copart. "
            "The backlog grew to $2.1 billion.",
            "Generac",
        ),
    ],
)
def test_a_company_is_told_by_another_that_is_not_meant(text: str, name: str) -> None:
    assert {claim.subject and claim.subject.name for claim in extract(text).claims} == {name}


def test_an_aside_about_a_rival_or_a_bidder_does_not_carry_on() -> None:
    text = (
        "# Five movers\n\nThe Dow Jones Transportation Average shed 0.9%.\n\n## Norfolk Southern\n\nThe railroad, "
        "which Union Pacific has agreed to buy for $320 a share, was little changed at $284.\n\n## ArcBest\n\n"
        "Shares of the freight company tumbled 9%. Its American competitor Saia fell 4%. Tonnage declined 3.5%, and "
        "Deutsche Bank's Richa Harnain said prices fell by 2%."
    )
    freight = ["ArcBest", "Saia", "ArcBest", "ArcBest"]
    assert _subjects(text)[1:] == ["Norfolk Southern Railway"] * 2 + freight


def test_a_title_with_two_companies_is_of_neither_alone_and_one_before_a_colon_is_what_it_is_about() -> None:
    two = (
        "Elevator stocks: Kone and Otis in focus\n\nKone shares rose 2.1%. The margin is to reach 14%.\n\nSchindler, "
        "whose largest holder is a family with 71%, said orders grew 3.4%. Its venture lost 40 million francs."
    )
    assert _subjects(two) == ["Kone", "Kone", "Schindler", "Schindler", "Schindler"]
    headed = (
        "Hugo Boss: Frasers greift an\n\nFrasers will Hugo Boss übernehmen. Frasers hält bereits 25 Prozent der "
        "Anteile.\n\nDer Umsatz lag zuletzt bei 4,2 Milliarden Euro."
    )
    assert _subjects(headed)[-1] == "Hugo Boss"


@pytest.mark.parametrize(
    ("language", "text", "target"),
    [
        (
            "de",
            "Indus wächst\n\nDie Aktie von Indus stieg um 2 Prozent. Indus kauft Labortech Steiner für 85 Millionen "
            "Euro. Das 1987 gegründete Unternehmen beschäftigt 210 Mitarbeiter.",
            "Labortech Steiner",
        ),
        (
            "en",
            "Weir grows\n\nShares of Weir rose 2%. Weir is buying Harbor Tools. Harbor Tools had revenue of about $60 "
            "million in 2025.",
            "Harbor Tools",
        ),
    ],
)
def test_what_a_text_tells_on_of_a_company_bought_is_of_that_one(language: str, text: str, target: str) -> None:
    claims = extract(text, language=language).claims  # type: ignore[arg-type]
    assert claims[-1].subject is not None
    assert claims[-1].subject.name == target


def test_in_a_list_each_figure_is_of_the_company_behind_it() -> None:
    text = (
        "Copart stock tumbles\n\nShares of Copart fell 7.2% to $41.20 on Tuesday. The margin is 21%, against 14% for "
        "CarMax and 18% for AutoNation. Market leader Progressive fell 3%."
    )
    told = {claim.text: claim.subject.name for claim in extract(text, language="en").claims if claim.subject}
    assert (told["14%"], told["18%"]) == ("CarMax", "AutoNation")
    assert (told["Market leader"], told["3%"]) == ("Progressive", "Progressive")


def test_a_town_and_a_trade_are_no_name_of_who_is_bought() -> None:
    text = (
        "Komatsu greift nach Jungheinrich\n\nDie Aktie von Jungheinrich sprang um 24,3 Prozent. Komatsu will den "
        "Hamburger Staplerbauer übernehmen und bietet 43 Euro je Aktie."
    )
    assert {claim.subject.name for claim in extract(text, language="de").claims if claim.subject} == {"Jungheinrich"}
