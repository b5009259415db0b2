"""Whose figures are that no share has: of countries, branches, people and bodies of a state, beside a company's own."""

import pytest

from rerating.factcheck.extraction import extract

ENGLISH = "Weir Group beats forecasts\n\nWeir Group reported orders of £1.3bn, up 7 per cent. "
GERMAN = "Sonova enttäuscht\n\nSonova hat im Halbjahr 1,84 Milliarden Euro umgesetzt, 3 Prozent mehr. "


def told(head: str, text: str) -> dict[str, str | None]:
    claims = [claim for claim in extract(head + text).claims if claim.start >= len(head) and claim.values]
    return {claim.text: claim.subject.name for claim in claims}


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        (
            "In Britain, mortgage lending came to £27.8bn, according to UK Finance, an increase of 8 per cent.",
            {"£27.8bn": "United Kingdom", "8 per cent": "United Kingdom"},
        ),
        (
            "In Germany, the biggest European market, sales of electric bikes fell 4%, the industry body ZIV says.",
            {"4%": "Germany"},
        ),
        ("In Germany, sales fell 4%.", {"4%": "Weir"}),
        ("In Mexico, beer prices climbed 6%.", {"6%": "Mexico"}),
        ("In China, battery makers raised output 21%, according to CRU.", {"21%": "battery makers"}),
        ("Shoppers earning less than $50,000 cut spending by 3.1%, Circana data show.", {"3.1%": "Shoppers"}),
        ("First-time buyers now put down £61,000 on average, according to Halifax.", {"£61,000": "First-time buyers"}),
        (
            "Chief information officers plan to raise budgets by 3.4%, a Morgan Stanley survey found.",
            {"3.4%": "Chief information officers"},
        ),
        (
            "Cruise lines will carry 37.7 million passengers, the trade group CLIA says.",
            {"37.7 million": "Cruise lines"},
        ),
        ("Brewers shed 1,200 jobs in the first half, industry figures show.", {"1,200": "Brewers"}),
        ("Its customers cut spending by 3%.", {"3%": "Weir"}),
        ("Turnover on the main board reached HK$243bn.", {"HK$243bn": "main board"}),
        ("Tariffs in the United States will set the group back by about £8m.", {"about £8m": "Weir"}),
        ("Total cash costs are expected to be $1,090 per ounce.", {"$1,090": "Weir"}),
        ("Spot gold gained 1.3 percent to $4,105 an ounce.", {"1.3 percent": "Gold", "$4,105": "Gold"}),
        ("The risk lies in Washington, which is weighing a 25% tariff on chips.", {"25%": "United States"}),
        ("The FTC told it to sell 12 plants. The agency also wants 30 days of notice.", {"12": "FTC"}),
        ("NHTSA opened a probe into 2.9 million vehicles made by Weir Group.", {"2.9 million": "NHTSA"}),
        ("The regulator ARECOMS gave Weir Group a quota of 22,800 tonnes.", {"22,800": "ARECOMS"}),
        ("The Texas Energy Fund is lending it $562 million.", {"$562 million": "Texas Energy Fund"}),
        ("The Board of Directors declared a dividend of $0.55 per share.", {"$0.55": "Weir"}),
        ("The watchdog CNMC also proposed a 2% cut for regional airports.", {"2%": "CNMC"}),
        (
            "EPS beat the consensus by a nickel. 3.2% of members quit, even as the card price rose.",
            {"3.2%": "Weir"},
        ),
        ("($1 = 152.90 yen)", {"152.90 yen": "USD/JPY"}),
        (
            "The Canadian dollar was 0.2 percent weaker at 72.15 U.S. cents.",
            {"0.2 percent": "CAD/USD", "72.15 U.S. cents": "CAD/USD"},
        ),
    ],
)
def test_english_figures_without_a_symbol(text: str, whose: dict[str, str]) -> None:
    found = told(ENGLISH, text)
    assert {span: found.get(span) for span in whose} == whose


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("In China sank der Umsatz um 11 Prozent.", {"11 Prozent": "Sonova"}),
        ("In China drückte die Politik; die Preise seien dort um 40 Prozent gefallen.", {"40 Prozent": "China"}),
        (
            "In China sank der Umsatz. Dort wurden laut CPCA 2,1 Millionen Autos neu zugelassen.",
            {"2,1 Millionen": "China"},
        ),
        ("In Österreich stiegen die Baupreise im September um 2,2 Prozent.", {"2,2 Prozent": "Österreich"}),
        (
            "Bei allen Bausparkassen zusammen stieg das Neugeschäft laut Verband um 2 Prozent.",
            {"2 Prozent": "Bausparkassen"},
        ),
        ("Die Schweizer steigerten den Umsatz auf 2 Milliarden Franken.", {"2 Milliarden Franken": "Sonova"}),
        ("Der Durchschnitt liegt laut Vara bei 280 Franken.", {"280 Franken": "Sonova"}),
        ("Die Deutschen buchten laut GfK 4 Prozent mehr Reisen.", {"4 Prozent": "Deutschland"}),
        (
            "Netzbetreiber in Europa investieren laut Eurelectric 67 Milliarden Euro.",
            {"67 Milliarden Euro": "Netzbetreiber"},
        ),
        ("Haushalte im Versorgungsgebiet sollen 4 Prozent weniger bezahlen.", {"4 Prozent": "Sonova"}),
        ("Leerverkäufer halten der Aufsicht KNF zufolge 2,4 Prozent des Kapitals.", {"2,4 Prozent": "Sonova"}),
        ("Die Finma fordert von Sonova 400 Millionen Franken.", {"400 Millionen Franken": "Finma"}),
        (
            "Die Bundesnetzagentur genehmigte 2000 Kilometer. Für 2028 kündigte sie weitere 1500 Kilometer an.",
            {"2000": "Bundesnetzagentur", "1500": "Bundesnetzagentur"},
        ),
        ("Die Cash-Kosten betrugen 2,12 Dollar je Pfund Kupfer.", {"2,12 Dollar": "Sonova"}),
        (
            "Die Zölle auf Ware aus Vietnam belasten das Ergebnis mit 120 Millionen Euro.",
            {"120 Millionen Euro": "Sonova"},
        ),
    ],
)
def test_german_figures_without_a_symbol(text: str, whose: dict[str, str]) -> None:
    found = told(GERMAN, text)
    assert {span: found.get(span) for span in whose} == whose


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        # an adverb before its clause's subject is no good, whatever the list of adverbs holds
        ("Zugleich ging der Strompreis auf 84 Euro je Megawattstunde zurück.", {"84 Euro": "Strom"}),
        ("Derweil kostete die Tonne Zement 112 Euro je Tonne.", {"112 Euro": "Zement"}),
        ("Helium verlor die Hälfte auf 9 Dollar je Kubikmeter.", {"9 Dollar": "Helium"}),
        # nor is an adverb by its end or before a pronoun, nor by whose word something is
        ("Rechnerisch ist das KGV mit 21 hoch.", {"21": "Sonova"}),
        ("Profitabel arbeitet sie erst ab 80 Prozent Auslastung.", {"80 Prozent": "Sonova"}),
        ("Im Halbjahr stiegen die Erlöse nach vorläufigen Zahlen um 4 Prozent.", {"4 Prozent": "Sonova"}),
        ("In Polen brachen die Projekterlöse um 9 Prozent ein.", {"9 Prozent": "Sonova"}),
        # an exchange rate by its form
        ("Der Konzern plant mit einem Wechselkurs von 0,82 Dollar.", {"0,82 Dollar": "USD/CHF"}),
        ("Unterstellt ist ein Kurs von 1,14 Dollar je Euro.", {"1,14 Dollar": "EUR/USD"}),
        # an index by its provider
        ("Der Branchenindex Stoxx Health Care gewann 1,9 Prozent.", {"1,9 Prozent": "Stoxx Health Care"}),
        # where a share is traded is no company
        ("Am Montag notierte das Papier in Mailand bei 94 Euro.", {"94 Euro": "Sonova"}),
        ("Titel in Linz kosteten zuletzt 17 Franken.", {"17 Franken": "Sonova"}),
        # an index by its noun, and by a relative clause
        ("Im SDAX war das der höchste Gewinn. Der Nebenwerteindex selbst verlor 0,7 Prozent.", {"0,7 Prozent": "SDAX"}),
        ("Der Titel führte den SMIM an, der selbst 0,4 Prozent nachgab.", {"0,4 Prozent": "SMIM"}),
        # bonds and funds
        ("Investoren erhalten 3,1 Prozent auf Bundesanleihen.", {"3,1 Prozent": "Bundesanleihe"}),
        ("Aus besicherten ETFs zogen Anleger 9 Tonnen Gold ab.", {"9 Tonnen": "besicherte ETFs"}),
    ],
)
def test_german_words_that_are_no_company(text: str, whose: dict[str, str]) -> None:
    found = told(GERMAN, text)
    assert {
        span: next((name for key, name in found.items() if key in span or span in key), None) for span in whose
    } == whose


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        # deals of many are of those that are bought, whoever counts them
        ("Deals among Canadian gold miners reached $9 billion in March.", {"$9 billion": "Canadian gold miners"}),
        ("Overseas buyers spent £4bn on British retailers in two years.", {"£4bn": "British retailers"}),
        ("Shoppers spent £4bn on toys, according to Circana.", {"£4bn": "Shoppers"}),
        ("Sales per workday slipped 4.1% from a year ago.", {"4.1%": "Weir"}),
        # a legal form is of the name before it
        ("Oak Capital LLC raised its stake in Weir Group PLC (LON:WEIR) by 12%.", {"12%": "Weir"}),
        # what a house has written is no company's deed
        ("A cautious note from Goldman Sachs sent its shares down 6.7%.", {"6.7%": "Weir"}),
        ("A downgrade by Barclays knocked the stock 4% lower.", {"4%": "Weir"}),
        # what a share has of itself, behind an index
        ("The FTSE 100 fell 0.4%. The stock's relative strength index stands at 71.", {"71": "Weir"}),
        # an index behind an article or by its noun
        ("The shares rose 5%, beating an AEX index that was up 0.3%.", {"0.3%": "AEX"}),
        ("The FTSE 100 opened lower. The benchmark ended up 0.8% at 9,410.", {"0.8%": "FTSE 100"}),
        # an exchange rate by its form
        ("Weir assumes 1.31 dollars to the pound.", {"1.31 dollars": "GBP/USD"}),
        ("It assumes 145 yen per dollar, while the currency traded at 151.", {"145 yen": "USD/JPY", "151": "USD/JPY"}),
        ("A weak won is one thing: the dollar costs 1,452 won.", {"1,452 won": "USD/KRW"}),
        ("Investors can earn 4.2% on the 10-year Treasury.", {"4.2%": "10-year Treasury"}),
        ("Turnover on Nasdaq Helsinki came to €310m.", {"€310m": "Nasdaq Helsinki"}),
        ("Silver-backed ETFs lost 40 tonnes in the week.", {"40": "Silver-backed ETFs"}),
        ("Bitcoin was flat. Weir held 1,300 coins in March.", {"1,300": "Bitcoin"}),
        ("Bitcoin was flat. It still has 900 coins in its treasury.", {"900": "Bitcoin"}),
        ("Arvo-Lumet, in which Weir and Metso each hold 40%, employs 900 people.", {"40%": "Arvo-Lumet"}),
    ],
)
def test_english_words_that_are_no_company(text: str, whose: dict[str, str]) -> None:
    found = told(ENGLISH, text)
    assert {span: next((name for key, name in found.items() if span in key), None) for span in whose} == whose


def test_a_part_that_grows_is_no_company() -> None:
    text = "Hologic beats forecasts\n\nHologic earned $1.10 a share. Skeletal fell 1%. Surgical, once a drag, grew 9%."
    assert {claim.subject.name for claim in extract(text).claims} == {"Hologic"}


@pytest.mark.parametrize("good", ["Zellstoff", "Kakao", "Papier"])
def test_a_good_of_the_title_is_no_company(good: str) -> None:
    text = f"Die Hoffnung auf {good}\n\nMondi kostet 842 Pence. {good} bleibt knapp, {good} wird teurer.\n\nWas nun?"
    assert extract(text).claims[0].subject.name == "Mondi"
    assert all(claim.subject.name != good or claim.subject.ticker for claim in extract(text).claims)


def test_a_reason_that_a_house_gives_is_for_the_share_that_the_text_is_about() -> None:
    text = (
        "Gea unter Druck\n\nDie Gea-Aktie fiel um 2 Prozent. Der Konzern meldet 1,3 Milliarden Euro Umsatz. Die Marge "
        "lag bei 15 Prozent. Alfa Laval gewinne weiter Marktanteile, schreibt Jefferies."
    )
    reasons = [claim for claim in extract(text).claims if claim.type == "attributed_reason"]
    assert [claim.subject.name for claim in reasons] == ["GEA"]


def test_a_bank_that_heads_what_another_says_is_told_of() -> None:
    text = "Analysten\n\n**Gea:** UBS hebt das Ziel auf 70 Euro.\n\n**UBS:** Jefferies stuft sie mit „Buy“ ein."
    assert [claim.subject.name for claim in extract(text).claims] == ["GEA", "UBS"]


def test_options_on_an_index_are_sold_by_their_exchange() -> None:
    text = "Cboe earns more\n\nCboe Global Markets earned $2. Volume in its S&P 500 options hit 4.1 million contracts."
    assert extract(text).claims[-1].subject.name == "Cboe Global Markets"


def test_a_seat_stands_for_its_company_not_for_its_people() -> None:
    text = "TAG kauft zu\n\nTAG Immobilien steigert den Gewinn. Die Hamburger zahlen 410 Millionen Euro Dividende."
    assert extract(text).claims[-1].subject.name == "TAG Immobilien"


def test_brackets_tell_the_sort_of_a_good() -> None:
    text = "# Rohstoffe\n\n| Rohstoff | Kurs |\n|---|---|\n| Gold | 4.000 USD |\n| Erdgas (TTF) | 29,10 EUR |\n"
    assert [claim.subject.name for claim in extract(text).claims] == ["Gold", "TTF"]
