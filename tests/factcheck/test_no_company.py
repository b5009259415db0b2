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
            "Nucor rises\n\nNucor rose 2%. The 50% U.S. duty on imported pipes cost Nucor about $7 million. The EU's "
            "35.3% duty on electric cars remains in place.",
            [("tariff", "United States"), ("tariff", "European Union")],
        ),
        (
            "Siltronic steigt\n\nDie Aktie von Siltronic stieg um 3 Prozent. Südkorea fördert Chipfabriken mit 26 "
            "Milliarden Euro. Die Regierung in Wien senkt die Körperschaftsteuer auf 22 Prozent. Seit Januar erheben "
            "die USA auf Wafer aus China Abgaben von gut 58 Prozent.",
            [("subsidy", "Südkorea"), ("regulation", "Österreich"), ("tariff", "USA")],
        ),
        (
            "Allegion slips\n\nAllegion shares fell 4% to $130. Ohio alone will hand out $300 million for schools. "
            "The Energy Department canceled $20 million in grants. Goods from Peru pay 10% at the U.S. border. "
            "Thai locks pay 36%.",
            [("policy_plan", "Ohio"), ("subsidy", "Energy Department"), *2 * [("tariff", "United States")]],
        ),
        (
            "Aurubis fällt\n\nDie Aktie von Aurubis fiel um 3 Prozent. Chile hebt die Förderabgabe von 8 auf 11 "
            "Prozent an. Die Exportsteuer sinkt auf 3 Prozent.",
            [("regulation", "Chile"), ("regulation", "Chile")],
        ),
        (
            "Nucor rises\n\nNucor rose 2%. Turkey's Competition Board fined the company 1.2 billion lira. London "
            "bills airlines £96 for every long-haul passenger. The Environmental Protection Agency will decide in May. "
            "It proposed a limit of 30 parts per billion.",
            [
                ("regulation", "Competition Board"),
                ("regulation", "United Kingdom"),
                ("regulation", "Environmental Protection Agency"),
            ],
        ),
        (
            "Salzgitter steigt\n\nSalzgitter stieg um 2 Prozent. Der Bundestag hat im Mai beschlossen, die "
            "Beimischungsquote bis 2035 auf 25 Prozent anzuheben. Die Bundesanstalt für Geowissenschaften "
            "deckelt die Einfuhr bei 40.000 Tonnen. Im Januar steigt der Mindestlohn um 8,4 Prozent.",
            [
                ("regulation", "Bundestag"),
                ("regulation", "Bundesanstalt für Geowissenschaften"),
                ("regulation", "Deutschland"),
            ],
        ),
    ],
)
def test_a_policy_is_of_whoever_makes_it(text: str, expected: list[tuple[str, str]]) -> None:
    policies = [claim for claim in extract(text).claims if claim.type == "policy_event"]
    assert [(claim.metric, claim.subject.name) for claim in policies] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nucor rises\n\nNucor shares rose 2%. Turkey's central bank cut its benchmark rate to 38%. "
            "Economists expect the Selic to fall to 13% by December.",
            ["Central Bank of Turkey", "Central Bank of Brazil"],
        ),
        (
            "Salzgitter steigt\n\nDie Aktie von Salzgitter stieg um 2 Prozent. Die norwegische Notenbank ließ den "
            "Leitzins bei 4 Prozent. Der Einlagensatz liegt seit Juni bei 2 Prozent.",
            ["Norges Bank", "Europäische Zentralbank"],
        ),
    ],
)
def test_a_rate_is_of_the_central_bank_that_sets_it(text: str, expected: list[str]) -> None:
    assert [claim.subject.name for claim in extract(text).claims if claim.metric == "policy_rate"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nucor rises\n\nNucor was the best stock in the OMXS30 index, which was 0.4% lower. The MSCI US Utilities "
            "index has gained 4%. The S&P regional banks index fell 2%. The yen weakened 6% against the dollar.",
            ["OMXS30", "MSCI US Utilities", "S&P regional banks index", "USD/JPY"],
        ),
        (
            "Inficon steigt\n\nInficon stieg auf 98 Franken. Der Dollar, der seit Januar 9 Prozent eingebüsst hat, "
            "belastet. Das Barometer BVOX fiel um 2 Prozent. Diesel ist 9 Prozent billiger als im Vorjahr. Der Preis "
            "für Grobblech, der um 8 Prozent auf 690 Euro je Tonne gestiegen ist, stützt.",
            ["Inficon", "USD/CHF", "BVOX", "Diesel", "Grobblech", "Grobblech"],
        ),
    ],
)
def test_an_index_a_currency_and_a_good_are_told_by_their_names(text: str, expected: list[str]) -> None:
    assert [claim.subject.name for claim in extract(text).claims if claim.type in ("return", "price_level")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nucor rises\n\nNucor shares rose 2%. European carmakers lost 3% on average. Sales of the global chip "
            "industry rose 22%. The market for memory chips should reach $340 billion. Surveys say that "
            "distributors hold 25% more stock.",
            ["Nucor", "European carmakers", "global chip industry", "memory chips", "distributors"],
        ),
        (
            "Salzgitter steigt\n\nSalzgitter stieg um 2 Prozent. Während der europäische Anhängermarkt um 5 Prozent "
            "wuchs, steigerte Salzgitter den Umsatz um 9 Prozent. Autowerte verloren 2 Prozent. Die weltweite "
            "Fahrzeugproduktion sank gemäss S&P Global um 1,9 Prozent. Die Vergleichsgruppe kommt auf das 14-Fache.",
            ["Salzgitter", "Anhängermarkt", "Salzgitter", "Autowerte", "Fahrzeugproduktion", "Vergleichsgruppe"],
        ),
        (
            "Otis slips\n\nOtis fell 2%. Barclays expects the Chinese escalator market to shrink by 6%. Prices there "
            "are down 4%. It also faces Korean lift makers, whose share of the market has reached 8%. Hotel mergers "
            "worth $14 billion have been announced this year, according to Dealogic. Otis will cut 900 jobs in Spain.",
            [
                "Otis Worldwide",
                *["Chinese escalator market"] * 2,
                "Korean lift makers",
                "Hotel mergers",
                "Otis Worldwide",
            ],
        ),
        (
            "Kion tiefer\n\nKion verlor 2 Prozent. Sorgen bereiten koreanische Hersteller, deren Anteil am Markt auf "
            "11 Prozent gestiegen ist. Am Staplermarkt ging es um 5 Prozent abwärts. Die deutschen Maschinenbauer "
            "verbuchten laut VDMA 6 Prozent weniger Aufträge. Die Vorzugsaktien verloren 3 Prozent.",
            ["Kion", "koreanische Hersteller", "Staplermarkt", "deutsche Maschinenbauer", "Kion"],
        ),
        (
            "Toymakers split as duties are delayed\n\nMattel jumped 6%, while Hasbro slipped 1%.\n\nIs the sector "
            "worth a look? At 12 times earnings, the stocks are as cheap as in 2019.",
            ["Mattel", "Hasbro", *["Toymakers"] * 3],
        ),
        (
            "Jost tiefer\n\nJost Werke verlor 2 Prozent. Aktien europäischer Lkw-Bauer verloren 3 Prozent. Auf "
            "chinesische Hersteller entfallen 12 Prozent des Marktes. Für Chipwerte ging es um 4 Prozent nach oben.",
            ["Jost Werke", "europäische Lkw-Bauer", "chinesische Hersteller", "Chipwerte"],
        ),
        (
            "Alcon\n\nAlcon gewann 2 Prozent. Das Wachstum des Kontaktlinsenmarkts sank auf 3 Prozent. Rund 40 "
            "Prozent der deutschen Optiker klagen.",
            ["Alcon", "Kontaktlinsenmarkt", "deutsche Optiker"],
        ),
        (
            "Deere slips\n\nDeere fell 2%. Shares of European truck makers lost 3%. Nearly 60% of U.S. farmers use "
            "such tools. Golf courses will spend 4% less. Retail investors bought $2 billion of stocks.",
            ["Deere", "European truck makers", "U.S. farmers", "Golf courses", "Retail investors"],
        ),
        (
            "Softcat\n\nSoftcat rose 2%. Decisions take longer in the public sector, which accounts for a third of our "
            "sales. The American depositary shares rose 3%.",
            ["Softcat"] * 4,
        ),
        (
            "Nucor rises\n\nNucor shares rose 2%. U.S. sales rose 4%. Truck sales fell 5%. Steel shipments rose 6%. "
            "Investors sent the shares down 4%. Volume of 38 million shares was more than double the norm.",
            ["Nucor"] * 8,
        ),
        (
            "Salzgitter steigt\n\nSalzgitter stieg um 2 Prozent. Der Absatz in Europa stieg um 3 Prozent. Die "
            "Stahlproduktion sank um 4 Prozent. Der Stahlhersteller verlor 3 Prozent. Im europäischen Stahlmarkt "
            "steigerte Salzgitter den Umsatz um 3 Prozent. Der Konzernumsatz fiel laut Vorstand um 5 Prozent.",
            ["Salzgitter"] * 6,
        ),
    ],
)
def test_a_branch_a_market_and_a_group_are_told_by_their_noun(text: str, expected: list[str]) -> None:
    assert [claim.subject.name for claim in extract(text).claims] == expected


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mosaic falls\n\nMosaic shares fell 4% to $30.10. The benchmark price of potash in Brazil averaged $352 "
            "per ton, up 12% from a year ago. The price of turkey breast has jumped by 30%. Pork sales rose 5%.",
            ["Mosaic", "Mosaic", "Potash", "Potash", "Turkey breast", "Mosaic"],
        ),
        (
            "Südzucker verliert\n\nSüdzucker verlor 3 Prozent. Der Zuckerpreis in Europa fiel um 12 Prozent auf 520 "
            "Euro je Tonne. Weizen kostet 190 Euro je Tonne. Der Umsatz mit Stärke sank um 8 Prozent.",
            ["Südzucker", "Zucker", "Zucker", "Weizen", "Südzucker"],
        ),
        (
            "Next gains\n\nNext rose 1pc. The yield on the 10-year gilt eased 5 basis points to 4.38pc, while the "
            "pound lost 0.2pc to $1.3312. The average 30-year mortgage rate rose to 6.94%.",
            ["Next", "UK gilts", "UK gilts", "GBP/USD", "GBP/USD", "30-year mortgage rate"],
        ),
        (
            "Albemarle up\n\nAlbemarle rose 6%. The Global X lithium fund took in $86 million. The JETS ETF gained 2%."
            " The SPDR S&P Retail ETF dropped 1.1%. Albemarle had fallen 3%.",
            ["ALB", "LIT", "JETS", "XRT", "ALB"],
        ),
    ],
)
def test_prices_rates_and_funds_are_of_what_the_words_beside_them_name(text: str, expected: list[str]) -> None:
    claims = [claim for claim in extract(text).claims if claim.values]
    is_listed = expected[0].isupper()
    assert [c.subject.ticker if is_listed else c.subject.name for c in claims] == expected


def test_an_index_is_known_by_its_place_or_its_branch() -> None:
    english = extract("Legrand\n\nLegrand rose 2%. The Paris benchmark was 0.4% higher. Legrand had lost 3%.").claims
    assert [claim.subject.name for claim in english] == ["Legrand", "CAC 40", "Legrand"]
    german = extract("Dax\n\nDer Dax stieg um 1 Prozent. Der Teilindex der Banken gewann 2,4 Prozent.").claims
    assert [claim.subject.name for claim in german] == ["DAX", "Stoxx Europe 600 Banks"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Darden slips\n\nDarden shares fell 4%. Americans spent $98 billion on meals.", "United States"),
        ("Ceconomy fällt\n\nDie Ceconomy-Aktie fiel. Die Schweizer Wirtschaft wuchs um 1,3 Prozent.", "Schweiz"),
        ("Danaher slips\n\nDanaher shares fell 4%. Drugmakers should spend 6% more, after 3% this year.", "Drugmakers"),
        ("Hecla slips\n\nHecla shares fell 4%. Citi expects a copper deficit of 320,000 tons.", "Copper"),
        ("Cintas slips\n\nCintas shares fell 4%. It paid $640 million for Brightmore Linen.", "Brightmore Linen"),
        ("Glencore fällt\n\nGlencore fiel. Der Rivale Tarnwick Metals will 400 Stellen streichen.", "Tarnwick Metals"),
        ("Nucor rises\n\nNucor rose 2%. Mexico's steel shipments to Texas will increase 9%.", "Mexico"),
        ("Nucor rises\n\nNucor rose 2%. Meta paid 4%. In Germany, Nucor's sales fell 5%.", "Nucor"),
        ("SAP steigt\n\nSAP stieg. In Deutschland sank der Bierabsatz laut Verband um 5 Prozent.", "Deutschland"),
        ("SAP steigt\n\nSAP stieg. Die ZEW-Konjunkturerwartungen für Deutschland stiegen auf 36,5.", "Deutschland"),
        (
            "SAP steigt\n\nSAP stieg. Die Chance, dass die EZB die Zinsen senkt, liegt bei 40 Prozent.",
            "Europäische Zentralbank",
        ),
        ("Wingstop slips\n\nWingstop shares fell 4%. Chicken wings have become 12% cheaper.", "Chicken wings"),
    ],
)
def test_whose_a_figure_is_that_the_main_company_s_is_not(text: str, expected: str) -> None:
    assert extract(text).claims[-1].subject.name == expected


@pytest.mark.parametrize(
    ("company", "expected", "told"),
    [
        ("Live Nation", "concert ticket", "The average concert ticket cost $136 in 2025, according to Pollstar."),
        ("Lyft", "taxi trips", "In summer, taxi trips in Chicago fell 5%, city data show."),
        ("Chewy", "U.S. households", "Two-thirds of U.S. households own a pet."),
        ("BlackRock", "European bond funds", "Investors pulled $12 billion from European bond funds."),
        ("Ball", "Midwest premium", "The Midwest premium has climbed to 78 cents a pound."),
        ("Allianz", "Kfz-Versicherung", "Die Prämien in der Kfz-Versicherung zogen laut Verivox um 7 Prozent an."),
        ("Grenke", "Firmenpleiten", "Die Zahl der Firmenpleiten stieg laut Creditreform um 9 Prozent."),
        ("SMA", "Haushalte", "Private Haushalte bauten laut Verband 22 Prozent weniger Anlagen."),
        ("Aurubis", "Schmelzlöhne", "Die Schmelzlöhne fielen auf 21 Dollar je Tonne."),
        ("Lyft", "Lyft", "Trips at its rivals fell, but its average fare cost 4% more, Lyft data show."),
        ("Chewy", "Chewy", "Analysts had expected sales of $3 billion, according to LSEG data."),
        ("Sabre", "Sabre", "The division earned $20 million, and net sales in the quarter to May rose 4%."),
        ("Kion", "Kion", "Der Absatz von Staplern sank laut Konzernangaben um 6 Prozent."),
    ],
)
def test_what_a_clause_measures_is_its_subject_whatever_that_is_called(company: str, expected: str, told: str) -> None:
    is_german = told[:3] in ("Die", "Der", "Pri")
    head = f"{company} fällt\n\n{company} legte Zahlen vor." if is_german else f"{company} slips\n\n{company} reported."
    assert extract(f"{head} {told}").claims[-1].subject.name == expected
