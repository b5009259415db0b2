"""Whose number of the future it is, and what is advertised: constructions that carry it over words and sentences."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction import extract

PLAN, FORECAST = ("guidance", "company_guidance"), ("estimate", "forecast")
FUTURE = [
    # a former plan is a plan, and so is what a bullet keeps or revises
    (
        "Target now sees revenue of $3.1 billion, down from a previous range of $3.4 billion to $3.6 billion.",
        [PLAN, PLAN],
    ),
    (
        "SAP: Die Erlöse dürften 2027 nur noch 1,2 Milliarden Euro erreichen, bislang war von 1,5 Milliarden die Rede.",
        [PLAN, PLAN],
    ),
    ("Nokia\n\n- Auslieferungen 2027: rund 820 Geräte (bisher: 800)", [PLAN, PLAN]),
    ("SAP: Der Vorstand schraubte das Ziel für den Jahresgewinn auf 2,5 Milliarden Euro.", [PLAN]),
    ("Snowflake CEO Sridhar Ramaswamy lifted his revenue target to $5.8 billion.", [PLAN]),
    ("SAP: Die Mehrkosten beziffert der Konzern im laufenden Jahr auf 100 Millionen Euro.", [PLAN]),
    # an analyst or a house goes on by pronoun and indirect speech, a company's chief does not
    ('Jefferies cut Randstad to "hold". It sees 2027 EPS at 1.95 euros.', [FORECAST]),
    ("Warburg senkt SAP auf Halten. Das Wachstum werde 2027 nur noch 8 Prozent betragen.", [FORECAST]),
    ("Dell CEO Michael Dell sounded upbeat. He expects revenue of $110 billion this year.", [PLAN]),
    # a list is what its head says that it is
    ("Vale digs\n\n## Guidance for 2027\n\n- Copper sales: 975 million pounds\n- EBIT: $2.1 billion", [PLAN, PLAN]),
    (
        "Jefferies doubts SAP. The bank cut the stock to hold and expects revenue of 40 billion euros in 2027.",
        [FORECAST],
    ),
    # German plans without a word for one: a verbal bracket, a day to come, an aim, a band, what was before
    (
        "SAP: Bis 2029 will der Konzern die Ebit-Marge, die 2025 bei 14,1 % lag, auf mehr als 16 % steigern.",
        [("financial_figure", "reported_fact"), PLAN],
    ),
    ("SAP: Das Umbauprogramm spart ab 2027 pro Jahr rund 300 Millionen Euro.", [PLAN]),
    ("SAP: Beim Umsatz sind 5 Milliarden Euro das Ziel.", [PLAN]),
    ("SAP: Die Ebitda-Marge dürfte innerhalb des Zielbands von 12 bis 14 % liegen.", [PLAN]),
    ("SAP: Der Umsatz soll um 6 bis 8 Prozent zulegen statt um 3 bis 5 Prozent.", [PLAN, PLAN]),
    ("SAP: Der Vorstand schlägt eine Dividende von 2,10 Euro je Aktie vor.", [PLAN]),
    # what is measured by a forecast, or told of what is sold, is no plan; a band of analysts is none either
    ("SAP: Der Umsatz blieb mit 512 Mio. Euro hinter den Prognosen zurück.", [("financial_figure", "reported_fact")]),
    (
        "SAP: Der Konzern will die Sparte verkaufen, die 140 Millionen Euro Umsatz macht.",
        [("financial_figure", "reported_fact")],
    ),
    ("SAP: Der Fachverband Bitkom rechnet für 2027 mit einem Umsatz von 90 Milliarden Euro.", [FORECAST]),
    # against the expectation: what came, and what was expected
    ("Tesla verfehlt Gewinnerwartung: EPS 0,48 USD statt 0,55 USD", [("financial_figure", "reported_fact"), FORECAST]),
]


@pytest.mark.parametrize(("text", "expected"), FUTURE)
def test_a_number_of_the_future_is_whose_plan_or_estimate_it_is(text: str, expected: list[tuple[str, str]]) -> None:
    claims = [claim for claim in extract(text).claims if claim.values and claim.values[0].unit != "rating"]
    assert [(claim.type, claim.status) for claim in claims] == expected


LEAD = "Shares of Microsoft rose 3.2% to $410.40 on Monday. Revenue was up 4% in the quarter, the company said.\n\n"


@pytest.mark.parametrize(
    ("text", "is_sold"),
    [
        ("Average revenue per advertiser, the number the City watches, was £1,641 a month.", False),
        ("The drug, developed in partnership with Pfizer, brought in $412 million.", False),
        ("Netflix raised the price of its standard subscription to $17.99 a month.", False),
        ("Read also: Pool supplier surges 8% after a surprise", True),
        ("Mehr zum Thema: Thyssenkrupp-Aktie bricht um 12 Prozent ein", True),
        ("Looking for income? Our free report reveals five shares with yields of up to 9%.", True),
    ],
)
def test_advertising_is_what_turns_to_the_reader(text: str, is_sold: bool) -> None:
    claims = [claim for claim in extract(LEAD + text).claims if claim.start >= len(LEAD)]
    assert claims
    assert all((claim.status == "advertising") == is_sold for claim in claims)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kratos won a contract that covers 84 aircraft and is worth $1.1 billion.", ["contract", "contract"]),
        ("Elmos: BYD hat Chips bestellt, das Volumen beträgt 300 Mio. Euro.", ["contract"]),
        ("EQT greift für 3,1 Milliarden Euro nach Ströer - Aufschlag von 31 Prozent", ["acquisition", "acquisition"]),
        ("Legrand has spent 480 million euros on five acquisitions.", ["acquisition"]),
        ("Ströer hatte sich von Statista getrennt und dafür 310 Millionen Euro erhalten.", ["disposal"]),
    ],
)
def test_deals_are_events_whatever_tells_their_size(text: str, expected: list[str]) -> None:
    claims = [claim for claim in extract(text).claims if claim.values]
    assert [(claim.type, claim.metric) for claim in claims] == [("corporate_event", metric) for metric in expected]


@pytest.mark.parametrize(
    "text",
    [
        "The miner also said first-half profit had surged 54%.",
        "Aman Narang, Toast's chief executive, sold 155,000 shares, a Form 4 shows.",
        "Für die DZ Bank ist die SAP-Aktie mit einem KGV von 11 unterbewertet.",
        "Die Frachtraten sind um die Hälfte gefallen, zeigen Daten von Drewry.",
    ],
)
def test_what_is_told_back_shown_or_judged_is_attributed(text: str) -> None:
    assert {claim.status for claim in extract(text).claims if claim.values} == {"attributed"}


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("General Mills fell 4% on Friday.", ["share_price"]),
        ("Copper production rose 3% to 101,200 tons.", ["production", "production"]),
        ("Shares of Nu fell 7.2% on Wednesday before trimming the loss to 4.9%.", ["share_price", "share_price"]),
        ("Titan reported a net profit of Rs 1,396 crore.", ["net_income"]),
    ],
)
def test_words_of_names_and_of_other_statements_name_no_figure(text: str, metrics: list[str]) -> None:
    assert [claim.metric for claim in extract(text).claims if claim.values] == metrics


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Sales will stagnate, Wayfair warned; analysts were counting on 6.5%.", ["forecast"]),
        (
            "Losing the licence could cost Nexstar as much as $200 million, Bloomberg Intelligence estimates.",
            ["forecast"],
        ),
        ("The stock is priced at 74 times estimated 2027 earnings, the broker notes.", ["attributed"]),
        ("Mortgage rates slipped to 5.9% last week, according to Freddie Mac, and sentiment improved.", ["attributed"]),
        (
            "Sprouts earned $0.93 per share, beating the consensus of $0.89 by $0.04.",
            ["reported_fact", "forecast", "reported_fact"],
        ),
        (
            "Der Marktanteil von SAP werde bis 2028 auf drei Prozent klettern, argumentiert Analyst Jan Koch.",
            ["forecast"],
        ),
        ("CEO Matt Bromberg told analysts that revenue should reach $525 million this year.", ["company_guidance"]),
        ("The gross margin is seen at 43% to 44% in the current quarter.", ["company_guidance"]),
        ("It wants to add 20 shops by 2027 and to sell its idle sites for $425 million.", ["company_guidance"] * 2),
        (
            "Wizz Air now expects a profit of €90m, having previously pointed to as much as €180m.",
            ["company_guidance"] * 2,
        ),
        (
            "SAP erwartet für 2026 Zollkosten von 1,2 Milliarden Euro, das Doppelte des Vorjahres.",
            ["company_guidance"] * 2,
        ),
    ],
)
def test_a_clause_says_whether_a_figure_is_expected_told_or_planned(text: str, statuses: list[str]) -> None:
    assert [claim.status for claim in extract(text).claims if claim.values] == statuses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uber has lost a quarter of its value since the June peak.", [("distance_to_high", "reported_fact")]),
        ("Seit dem Hoch vom Juni hat sich der Kurs von SAP fast halbiert.", [("distance_to_high", "reported_fact")]),
        ("Cash App's gross profit likely rose 23% in the quarter.", [("estimate", "forecast")]),
        ("We have signed Walmart: they ordered 80,000 of our handhelds.", [("corporate_event", "reported_fact")]),
        ("Ciena also plans to add two assembly lines in Mexico.", [("corporate_event", "company_guidance")]),
        ("British Airways plans to put £7bn into new cabins.", [("capex", "company_guidance")]),
        ("Baidu: Bisher waren höchstens 500 Wagen zugelassen.", [("policy_event", "reported_fact")]),
        ("Citi cut Dynatrace. It leaves EPS for fiscal 2027 at $1.88.", [("estimate", "forecast")]),
        ("Tanger pays 31.5 cents a quarter.", [("financial_figure", "reported_fact")]),
    ],
)
def test_words_around_a_figure_give_it_its_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(claim.type, claim.status) for claim in extract(text).claims if claim.values] == expected


def test_an_interview_names_who_answers_without_a_role() -> None:
    text = (
        "# Five questions on Modine\n\n*Laura Bettencourt has run the fund since 2017.*\n\n"
        "**Why didn't you sell?**\n\nWe did. Modine's sales rose 54%.\n\n**Are you worried?**\n\nNo, I sleep.\n\n"
        "**What would change your mind?**\n\nI watch margins.\n"
    )
    claims = [claim for claim in extract(text).claims if claim.values]
    assert [(claim.status, claim.source) for claim in claims] == [("attributed", "Laura Bettencourt")]
