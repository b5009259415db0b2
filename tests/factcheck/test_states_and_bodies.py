"""Whose a claim is where states, their bodies and their statistics are told of beside a company."""

from datetime import UTC, datetime

import pytest

from rerating.factcheck.extraction import extract

ENGLISH = "Weir rises\n\nWeir shares gained 2% on Monday. Weir's revenue grew 4%. "
GERMAN = "Bayer steigt\n\nDie Bayer-Aktie gewann am Montag 2 Prozent. Bayers Umsatz legte um 4 Prozent zu. "
COPPER = "Kupfer wird teurer\n\nKupfer verteuerte sich am Montag um 2 Prozent auf 9800 Dollar je Tonne. "
PUBLISHED = datetime(2026, 9, 3, tzinfo=UTC)


def whose(head: str, text: str) -> list[str | None]:
    claims = extract(head + text, published_at=PUBLISHED).claims
    return [claim.subject.name for claim in claims if claim.start >= len(head) - 1]


@pytest.mark.parametrize(
    ("head", "text", "name"),
    [
        (ENGLISH, "The takeover needs the approval of the Federal Trade Commission.", "Weir"),
        (ENGLISH, "The partners intend to ask the FDA for approval by the end of July.", "Weir"),
        (ENGLISH, "The merger is subject to approval by the Competition and Markets Authority.", "Weir"),
        (ENGLISH, "The FDA approved the pill on Tuesday.", "FDA"),
        (GERMAN, "Vorstandschef Bill Anderson will das Mittel bei der EMA zur Zulassung einreichen.", "Bayer"),
        (GERMAN, "Die Übernahme bedarf der Genehmigung der EU-Kommission.", "Bayer"),
        (GERMAN, "Bei der EMA hat der Konzern die Zulassung bereits beantragt.", "Bayer"),
        (GERMAN, "Die FDA hat das Mittel am Dienstag zugelassen.", "FDA"),
    ],
)
def test_an_approval_that_is_asked_for_is_the_company_s_and_a_granted_one_the_body_s(
    head: str, text: str, name: str
) -> None:
    assert whose(head, text) == [name]


@pytest.mark.parametrize(
    ("head", "text", "name"),
    [
        (ENGLISH, "The FTC, which ordered Weir to refund $35 million, is looking into it.", "FTC"),
        (GERMAN, "Wenig Freude hat der Konzern an der Finma, die ihn mit 12 Millionen Franken gebüsst hat.", "Finma"),
        (
            GERMAN,
            "Ärger macht die EU-Kommission, die Bayer eine Strafe von 250 Millionen Euro auferlegt hat.",
            "EU-Kommission",
        ),
        (GERMAN, "Der Konzern zahlte im vergangenen Jahr eine Strafe von 35 Millionen Euro.", "Bayer"),
        (GERMAN, "Peking schreibt vor, dass Hersteller mindestens 30 Prozent der Chips im Inland kaufen.", "China"),
    ],
)
def test_a_body_that_heads_a_clause_by_a_pronoun_or_by_that_does_what_is_told(head: str, text: str, name: str) -> None:
    assert whose(head, text) == [name]


@pytest.mark.parametrize(
    ("head", "text", "name"),
    [
        (ENGLISH, "August consumer prices are due on Friday.", "United Kingdom"),
        (ENGLISH, "The next U.S. jobs report is scheduled for Oct. 2.", "United States"),
        (ENGLISH, "Weir reports on Friday.", "Weir"),
        (GERMAN, "Am Mittwoch veröffentlicht China seine Einkaufsmanagerindizes.", "China"),
        (GERMAN, "Am Freitag stehen Daten zum Wirtschaftswachstum in Spanien an.", "Spanien"),
        (GERMAN, "Polens Wirtschaft ist im zweiten Quartal um 3,1 Prozent gewachsen.", "Polen"),
        (GERMAN, "In Ungarn dürfte die Wirtschaft um 0,4 Prozent schrumpfen.", "Ungarn"),
        (ENGLISH, "In Brazil, farmers harvested 45 million bags of coffee.", "Brazil"),
        (COPPER, "In Chile förderten die Minen im Juli 450.000 Tonnen, 3 Prozent weniger als ein Jahr zuvor.", "Chile"),
    ],
)
def test_what_is_measured_for_an_economy_is_the_country_s(head: str, text: str, name: str) -> None:
    assert set(whose(head, text)) == {name}


def test_an_economy_told_of_by_its_adjective_alone_is_its_own() -> None:
    text = "Österreichs Wirtschaft soll 2026 um 1,2 Prozent wachsen, die polnische um 3,4 Prozent."
    assert whose(GERMAN, text) == ["Österreich", "Polen"]


def test_a_bullet_takes_from_the_text_whose_its_figure_is() -> None:
    text = (
        "# Bayer steigt\n\nDie Bayer-Aktie gewann 2 Prozent.\n\n"
        "Die EU-Kommission gewährt dem Werk eine Beihilfe von 310 Millionen Euro.\n\n- Hilfen: 310 Millionen Euro\n"
    )
    assert extract(text).claims[-1].subject.name == "EU-Kommission"


@pytest.mark.parametrize(
    ("head", "text", "name"),
    [
        (GERMAN, "Washington hob die Zölle auf 15 Prozent. Das kostet Bayer im Jahr 25 Millionen Euro.", "Bayer"),
        (
            GERMAN,
            "Washington hob die Zölle auf 15 Prozent. Der Vorstand veranschlagt dafür 25 Millionen Euro.",
            "Bayer",
        ),
        (ENGLISH, "Washington raised tariffs to 15%. The company paid $25 million in tariffs.", "Weir"),
        (ENGLISH, "Washington raised tariffs to 15%. Weir puts the damage at $25 million.", "Weir"),
    ],
)
def test_what_duties_cost_a_company_is_its_own(head: str, text: str, name: str) -> None:
    assert whose(head, text)[-1] == name


@pytest.mark.parametrize(
    ("head", "text", "name"),
    [
        (
            ENGLISH,
            "Ofcom has set new rules. Operators may raise prices by no more than 3%, the regulator said.",
            "Ofcom",
        ),
        (ENGLISH, "Everything hinges on Ofcom; its draft would cut fees by 3.6%.", "Ofcom"),
        (ENGLISH, "The FDA on Tuesday inspected 12 plants.", "FDA"),
        (ENGLISH, "The U.S. Securities and Exchange Commission has until Dec. 18 to rule on the plan.", "SEC"),
        (
            GERMAN,
            "Das Sagen hat die Bundesnetzagentur. Versorger dürfen höchstens 4 Prozent aufschlagen, teilte sie mit.",
            "Bundesnetzagentur",
        ),
        (GERMAN, "Die Finma rügte die Bank. Sie zog dabei Gewinne von 35 Millionen Franken ein.", "Finma"),
        (GERMAN, "Der Konzern darf nach eigenen Angaben bis zu 4 Prozent mehr verlangen.", "Bayer"),
    ],
)
def test_what_a_body_allows_or_drafts_is_its_own(head: str, text: str, name: str) -> None:
    assert whose(head, text)[-1] == name


def test_turnover_on_an_exchange_is_that_of_the_exchange() -> None:
    text = "The OMXS30 fell 0.4% on Thursday. Turnover on Nasdaq Stockholm came to SEK 21.3bn."
    assert extract(f"Stockholm slips\n\n{text}").claims[-1].subject.name == "Nasdaq Stockholm"


@pytest.mark.parametrize(
    ("head", "text", "name"),
    [
        (ENGLISH, "Ofwat said water companies could earn a return of 4.9 per cent from April.", "Ofwat"),
        (ENGLISH, "Medicare has proposed paying clinics 4% less for dialysis from January.", "CMS"),
        (
            ENGLISH,
            "And should the Fed, which trimmed its rate to 3.25% in June, move on, much changes.",
            "Federal Reserve",
        ),
        (ENGLISH, "In Rome, the government is weighing a levy of 2% on the profits of banks.", "Italy"),
        (GERMAN, "In Rom erwägt die Regierung eine Sonderabgabe von 2 Prozent.", "Italien"),
        (GERMAN, "Die Bundesregierung senkt den Strompreis für die Industrie auf fünf Cent.", "Bundesregierung"),
        (GERMAN, "Davon übernimmt der Bund 600 Millionen Euro.", "Bund"),
        (
            GERMAN,
            "Zudem hat die Kartellbehörde JFTC gegen die Tochter ein Bußgeld von 31 Millionen Euro verhängt.",
            "Japan Fair Trade Commission",
        ),
    ],
)
def test_what_a_body_decides_is_its_own_in_any_order_of_words(head: str, text: str, name: str) -> None:
    assert set(whose(head, text)) == {name}


@pytest.mark.parametrize(
    ("head", "text", "name"),
    [
        (ENGLISH, "Gartner expects spending on cloud security to grow 14% this year.", "cloud security"),
        (ENGLISH, "IDC predicts that SaaS spending will expand 12% in 2027.", "SaaS spending"),
        (ENGLISH, "Gin, once the darling of bars, shrank by 4 per cent, according to IWSR.", "Gin"),
        (ENGLISH, "According to the World Steel Association, aluminium imports were up 14%.", "aluminium imports"),
        (ENGLISH, "Only 41 per cent of British adults smoke, says Gallup, down from 46 per cent.", "British adults"),
        (
            ENGLISH,
            "Nationwide, 9.3% of student loans were past due, according to the Federal Reserve.",
            "student loans",
        ),
        (ENGLISH, "The global tanker fleet will grow 5% next year, according to BIMCO.", "global tanker fleet"),
        (ENGLISH, "The market for insulin pumps should grow 9% a year.", "insulin pumps"),
        (ENGLISH, "The mood across the industry is gloomy.", "industry"),
        (ENGLISH, "In India, says Weir, cement demand fell by 6%.", "India"),
        (GERMAN, "Der deutsche Markt für Fertighäuser schrumpfte voriges Jahr um 8 Prozent.", "Fertighäuser"),
        (GERMAN, "Laut Bitkom nutzen 64 Prozent der Haushalte solche Programme.", "Haushalte"),
        (GERMAN, "Die Wohnungsmieten in Österreich stiegen im Mai um 4 Prozent.", "Wohnungsmieten"),
        (
            GERMAN,
            "Die Aufträge der Elektroindustrie sind laut dem Verband ZVEI um 4 Prozent gestiegen.",
            "Elektroindustrie",
        ),
        (GERMAN, "Von Januar bis Mai wurden in Polen 9 Prozent mehr Wohnungen genehmigt.", "Polen"),
        (GERMAN, "Grundlaststrom für 2028 kostet derzeit 79 Euro je Megawattstunde.", "Grundlaststrom"),
        (GERMAN, "Derweil holt Indien auf. Dort stieg die Stahlproduktion im Mai um 3 Prozent.", "Indien"),
    ],
)
def test_what_nobody_owns_is_told_by_its_noun_or_its_country(head: str, text: str, name: str) -> None:
    assert set(whose(head, text)) == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Alibaba legt zu\n\nDas Ministerium hat einen Plan für den Einsatz von KI vorgelegt.", "China"),
        ("Nio climbs\n\nThe government unveiled a subsidy plan for electric cars on Monday.", "China"),
        ("Apple climbs\n\nThe government unveiled a subsidy plan for chips on Monday.", "United States"),
    ],
)
def test_a_government_without_a_country_is_that_of_the_company_s_home(text: str, name: str) -> None:
    claims = [claim for claim in extract(text).claims if claim.type == "policy_event"]
    assert [claim.subject.name for claim in claims] == [name]
