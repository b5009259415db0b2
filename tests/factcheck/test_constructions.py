"""How journalism says things: one sentence for each construction, with what has to be read of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rerating.factcheck.extraction import extract

PUBLISHED = datetime(2026, 1, 15, 17, 0, tzinfo=UTC)

# text, and for each claim with a figure: its kind, its values
CASES = [
    # a bracket holds what the figure before it is compared with
    (
        "SAP: Der Umsatz stieg auf 445,2 (Vj: 398,5) Mio. Euro, das EBIT auf 102,9 (89,3) Mio. Euro.",
        [("financial_figure", 445.2e6), ("financial_figure", 102.9e6)],
    ),
    ("SAP: Je Aktie wurden 1,44 Euro verdient.", [("financial_figure", 1.44)]),
    ("Nokia: Betriebsergebnis 435 Mio EUR (Prognose: 342 Mio EUR)", [("financial_figure", 435e6), ("estimate", 342e6)]),
    (
        "SAP: Die Nettoverschuldung sank um 0,4 auf 5,1 Milliarden Euro.",
        [("growth", 0.4e9), ("financial_figure", 5.1e9)],
    ),
    # expected figures, coupled and restated
    (
        "Fraport: Analysten rechnen mit einem Umsatzanstieg von 14,1 % und einem Gewinnwachstum von 146,2 %.",
        [("estimate", 14.1), ("estimate", 146.2)],
    ),
    (
        "HP guided for adjusted EPS of 78 to 92 cents, versus estimates of 85 cents.",
        [("guidance", 0.78), ("estimate", 0.85)],
    ),
    (
        "Tesla posted earnings per share of $2.14 on its stock, beating estimates of $1.72.",
        [("financial_figure", 2.14), ("estimate", 1.72)],
    ),
    ("Nvidia: Revenues are expected to be $6.31 billion, up 63.3%.", [("estimate", 6.31e9), ("estimate", 63.3)]),
    ("SAP: Die Erwartung der Analysten an den Gewinn wird um 1,2 Millionen Euro übertroffen.", [("estimate", 1.2e6)]),
    # what deals, offerings, insiders and options trades pay
    (
        "General Mills agreed to buy Freshpet for $82 a share in cash, or about $4.1 billion including debt.",
        [("corporate_event", 82.0), ("corporate_event", 4.1e9)],
    ),
    ("Figma sold 30 million shares in its initial public offering.", [("corporate_event", 30e6)]),
    (
        "Chewy general counsel Amy Poe sold 20,000 shares at $18.40 each. She still owns 310,000 shares.",
        [("insider_trade", 2e4), ("insider_trade", 18.4), ("insider_trade", 31e4)],
    ),
    (
        "Chewy: One trader paid $1.85 apiece for 4,000 of the calls, a $740,000 bet.",
        [("options_volume", 1.85), ("options_volume", 4e3), ("options_volume", 74e4)],
    ),
    ("Chewy: Resistance sits at the June high of $88.", [("price_level", 88.0)]),
    ("Nokia: On a per-share basis, profit of $6.21 topped estimates.", [("financial_figure", 6.21)]),
    # a move of a company's shares, whatever its figures did
    ("Zalando verliert 6 Prozent trotz Rekordumsatz.", [("return", 6.0)]),
    ("Customers Bancorp lost 5.1% on Monday.", [("return", 5.1)]),
    # targets
    ("Bechtle\n\n12-Monats-Zielkurs: 65,19 €", [("price_target", 65.19)]),
    ("Kion: Die UBS hob ihr Kursziel auf 58 Euro an (bisher 51).", [("price_target", 58.0)]),
    ("SAP: Auf jeden Put kamen 2,6 Calls.", [("options_ratio", 2.6)]),
    ("Siemens: Der freie Cashflow lag bei minus 31 Millionen Euro.", [("financial_figure", -31e6)]),
    ("SAP: Die Analysten prognostizieren einen Aktienkurs von 57,50 EUR.", [("price_target", 57.5)]),
    ("Fresenius: Luft bis 52,00 Euro sieht weiterhin Deutsche Bank Research.", [("price_target", 52.0)]),
    (
        "Oddo BHF halbierte das Kursziel für die Puma-Aktie von 50 Euro auf 25 Euro.",
        [("price_target", 50.0), ("price_target", 50.0)],
    ),
    (
        "Morningstar hat den fairen Wert der Alibaba-Aktie um 49 Prozent auf 267 US-Dollar angehoben.",
        [("price_level", 49.0), ("price_level", 267.0)],
    ),
    (
        "Jazz: the consensus price target of $180 is a 19.9% premium to current levels.",
        [("price_target", 180.0), ("implied_upside", 19.9)],
    ),
    # what a figure is a part of
    ("TSMC commands about 72% of the pure-play foundry market.", [("market_share", 72.0)]),
    ("Coca-Cola accounts for 1.5% of the fund's portfolio.", [("holding", 1.5)]),
    ("Alibaba: KI-Dienste machen über 20 Prozent des Cloud-Geschäfts aus.", [("ratio", 20.0)]),
    # prices and no results
    ("Auf Wochensicht verzeichnet der SMI einen Gewinn von 1,83 Prozent.", [("return", 1.83)]),
    ("Das Tagestief des SMI lag bei 11.587,56 Punkten.", [("high_low_level", 11587.56)]),
    ("Admiral shares gained 1.7% to £35.09 as it hiked its dividend.", [("return", 1.7), ("price_level", 35.09)]),
    (
        "AMD stock slipped below its average of $196, ending the day at $192.75, off 3.1%.",
        [("price_level", 192.75), ("return", 3.1)],
    ),
    (
        "Bis Mittag wurden 142.000 SAP-Papiere umgesetzt, rund 60 % mehr als üblich.",
        [("volume", 142000.0), ("volume", 60.0)],
    ),
    ("Zalando kommt auf das 0,6-Fache des Jahresumsatzes.", [("ratio", 0.6)]),
    (
        "Microsoft: sales reached $77.7 billion (consensus: $75.4 billion).",
        [("financial_figure", 77.7e9), ("estimate", 75.4e9)],
    ),
    (
        "Die Bernstein-Analysten trauen der Airbus-Aktie 215 Euro zu, bislang waren es 198.",
        [("price_target", 215.0), ("price_target", 198.0)],
    ),
    (
        "Novo stellt ein Umsatzplus von 8 bis 11 Prozent in Aussicht (bisher 8 bis 14).",
        [("guidance", 8.0), ("guidance", 8.0)],
    ),
    ("SAP: Die Bruttomarge schmolz um 3,6 Punkte auf 81 Prozent.", [("growth", 3.6), ("financial_figure", 81.0)]),
    (
        "Netflix: The mean price target is $1,340, or about 20% higher.",
        [("price_target", 1340.0), ("implied_upside", 20.0)],
    ),
    # counts
    (
        "Netflix: Of 44 analysts, 29 rate it Buy, 13 Hold and two Sell.",
        [("rating_count", 29.0), ("rating_count", 13.0), ("rating_count", 2.0)],
    ),
    ("Zalando: 15 Mal lautet das Urteil Kaufen, achtmal Halten.", [("rating_count", 15.0), ("rating_count", 8.0)]),
    ("SAP: 17 Analysten haben die Empfehlung „Buy“ ausgesprochen.", [("rating_count", 17.0)]),
    ("EnBW: Der Konzern betreibt 8.400 Schnellladepunkte.", [("operating_metric", 8400.0)]),
    # the verb with what stands around it tells what a figure is of
    (
        "Cisco: Je Anteilsschein standen 2,15 Euro, sieben Cent weniger als vor Jahresfrist.",
        [("financial_figure", 2.15), ("growth", 0.07)],
    ),
    (
        "Ross Stores: Profit for the third quarter was $1.41, short of the $1.47 that Wall Street was counting on.",
        [("financial_figure", 1.41), ("estimate", 1.47)],
    ),
    (
        "Kion: Die Ergebnisschätzung für 2027 hebt Warburg um vier Prozent auf 2,95 Euro je Aktie an.",
        [("estimate", 4.0), ("estimate", 2.95)],
    ),
    (
        "Genmab: Unter Chemotherapie waren es nur 15 Prozent, das Sterberisiko verringerte sich um 37 Prozent.",
        [("corporate_event", 15.0), ("corporate_event", 37.0)],
    ),
    (
        "Delta Air Lines now sees earnings of $1.20 to $1.50 a share, down from at least $1.90.",
        [("guidance", 1.2), ("guidance", 1.9)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=lambda value: value[:40] if isinstance(value, str) else "")
def test_figures_get_their_kind(text: str, expected: list[tuple[str, float]]) -> None:
    found = [
        (claim.type, float(claim.values[0].value))
        for claim in extract(text, published_at=PUBLISHED).claims
        if claim.values and claim.values[0].unit not in ("rating", "date")
    ]
    assert [row for row in found if row in [(kind, pytest.approx(value)) for kind, value in expected]] == [
        (kind, pytest.approx(value)) for kind, value in expected
    ], found


@pytest.mark.parametrize(
    ("text", "name", "ticker"),
    [
        ("Aufträge hieven Falk & Ebeling auf ein Hoch\n\nDer Umsatz stieg um 5 Prozent.", "Falk & Ebeling", None),
        ("Zörbel unter Druck\n\nDie Dividende steigt um 8 Prozent.", "Zörbel", None),
        ("Axsome Therapeutics, Inc. (NASDAQ: AXSM) rose 11% today.", "Axsome Therapeutics", "AXSM"),
        ("Der Maschinenbaukonzern Bauer AG verlor. Die Papiere gaben um 21 Prozent nach.", "Bauer", None),
        ("FTSE rises\n\nFood delivery group Snackery booked a loss. Its shares dipped 1.4%.", "Snackery", None),
        ("TSMC, whose customers include Apple, will spend $52 billion on new plants.", "TSMC", "2330.TW"),
        ("Q2 2026 at ASML\n\nQ2 net sales of €9.2 billion", "ASML", "ASML.AS"),
    ],
)
def test_the_subject_is_found_beside_its_marks(text: str, name: str, ticker: str | None) -> None:
    last = [claim for claim in extract(text, published_at=PUBLISHED).claims if claim.values][-1]
    assert (last.subject.name, last.subject.ticker) == (name, ticker)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("SAP: Der Umsatz stieg in den ersten neun Monaten 2025 um 5 Prozent.", "9M 2025"),
        ("Nvidia shares ended the last trading session 4.8% higher.", "one_session"),
        ("Nvidia shares rose 26.6% over the past four weeks.", "2025-12-18/2026-01-15"),
        ("Die SAP-Aktie schaffte einen Tagesgewinn von 9 Prozent.", "one_session"),
        ("Tesla stock posted a 9% one-day jump.", "one_session"),
        ("Die SAP-Aktie legte seit Jahresstart um 9 Prozent zu.", "year_to_date"),
    ],
)
def test_the_span_is_read(text: str, period: str) -> None:
    (claim,) = [claim for claim in extract(text, published_at=PUBLISHED).claims if claim.values]
    assert claim.period == period


def test_a_span_said_once_holds_for_the_figures_behind_it() -> None:
    text = "SAP steigerte den Umsatz im Jahr 2025 um 6 Prozent. Der Gewinn wuchs um 9 Prozent auf 2 Milliarden Euro."
    assert [claim.period for claim in extract(text, published_at=PUBLISHED).claims] == ["2025", "2025", "2025"]


@pytest.mark.parametrize(
    "text",
    [
        "Tesla stock rose 3%.\n\n“Buy This Stock Now!” Expert who called 11x on Tesla.\n\nDiscover the 1,000x bigger "
        "opportunity here!",
        "Die Aktie steigt um 5 Prozent. Anleger müssen jetzt handeln!",
    ],
)
def test_calls_to_act_are_advertising(text: str) -> None:
    first, *rest = extract(text, published_at=PUBLISHED).claims
    assert (first.type, first.status) == ("return", "reported_fact")
    assert "advertising" in [claim.type for claim in rest]
    assert {claim.status for claim in rest} == {"advertising"}


WHOSE = [
    # names that no list holds
    ("Zerbina senkt Prognose\n\nZerbina hat es schwer. Der Umsatz von Zerbina sank um 5 Prozent.", "Zerbina"),
    ("Berenberg stuft Zerbina auf 'Hold' ab\n\nDas Kursziel sinkt auf 40 Euro.", "Zerbina"),
    ("Tarnbrook falls\n\nTarnbrook's sales fell. Tarnbrook said orders dropped 8% in May.", "Tarnbrook"),
    ("Intel slips\n\nTarnbrook, the chip maker, gained. Its shares rose 4%.", "Tarnbrook"),
    ("Tarnbrook dials up the dividend\n\nTarnbrook's shares rose 7.1% on Tuesday.", "Tarnbrook"),
    (
        "Pelvaro Systems verdient weniger\n\nDer Spezialchemiekonzern Pelvaro Systems hat gelitten. "
        "Der Umsatz sank um 5,9 Prozent, wie Pelvaro Systems mitteilte.",
        "Pelvaro Systems",
    ),
    ("Should I keep Tarnbrook?\n\nI bought Tarnbrook years ago. The shares yield 8.7%.", "Tarnbrook"),
    ("CHARTCHECK Mirandel: Ausbruch?\n\nGestern schloss die Aktie bei 42,20 Euro.", "Mirandel"),
    ("EQS-Adhoc: Zerbina SE: Verkauf\n\nDer Kaufpreis von Uber beträgt 600 Mio. Euro.", "Zerbina"),
    ("Quorvis Corporation (NYSE:ZZQ) gains\n\nShares of ZZQ rose 3% on Monday.", "Quorvis"),
    # names of common words, in English
    ("Five Lanterns cuts outlook\n\nShares in Five Lanterns tumbled 17% on Wednesday.", "Five Lanterns"),
    ("Silver Kettle Foods Stock Has Doubled\n\nSilver Kettle Foods (ZZQX) shares popped 14.1%.", "Silver Kettle Foods"),
    (
        "Summit Path raises goal as Boeing catches up\n\nSummit Path on Monday posted a 6% rise in profit.",
        "Summit Path",
    ),
    (
        "Copper Ridge Brands, Inc. Director Sells\n\nA director sold 24,500 shares of the firm's stock.",
        "Copper Ridge Brands",
    ),
    # short forms and symbols of names that a list holds
    ("Constellation Brands reports\n\nConstellation earned $3.42 per share.", "Constellation Brands"),
    ("RIVN Q2: the good and the bad\n\nGross profit of $206M, the third positive quarter.", "Rivian"),
    # people are no companies
    ("MercadoLibre grows\n\nCFO Martín de los Santos said capex would be $1.6 billion.", "MercadoLibre"),
    ("Instacart dips\n\nInstacart dipped. Wells Fargo's Ken Gawrelski cut his target to $45.", "Instacart"),
    (
        "Vital Farms climbs\n\nVital Farms grew. Matthew Smith, the firm's analyst, sees sales of $900 million.",
        "Vital Farms",
    ),
    # houses value, they are not valued
    (
        "Deutsche Bank stuft Brenntag ab\n\nDie Deutsche Bank hat das Kursziel für Brenntag auf 46 Euro gesenkt.",
        "Brenntag",
    ),
    (
        "Siemens steigt\n\nGoldman Sachs strich ihre Schätzung für das Ergebnis je Aktie auf 1,55 Euro zusammen.",
        "Siemens",
    ),
    # the name beside the figure, the name behind it
    ("Lonza wächst\n\nMit einem Kurs-Gewinn-Verhältnis von 28 sind Lonza teurer als Bachem (23).", "Bachem"),
    ("Deere rises\n\nDeere stock gained 9%, versus an 11% rise in the S&P 500.", "S&P 500"),
    # a clause's subject, not its object; a deal is told of the company bought, named or moving on it
    ("JD.com deal\n\nJD.com is buying Germany's Ceconomy for 2.2 billion euros.", "Ceconomy"),
    ("London\n\nBabcock put on 21p to 262p on reports that BAE Systems was weighing a bid of 300p a share.", "Babcock"),
    # what stands between a name and its verb, and whose another company is
    ("Duolingo falls\n\nCoursera slid 6.2% and Chegg, once a $100 stock, fell 3%.", "Chegg"),
    ("Babcock steigt\n\nQinetiQ, Babcocks Nachbar im Index, verlor 2 Prozent.", "QinetiQ"),
    ("Allegion\n\nAllegion grew. Assa Abloy of Sweden, Allegion's larger rival, gained 4%.", "Assa Abloy"),
    # whose figure another one is compared with, and whose it is by how much an index is outdone
    ("CF Industries rises\n\nCF stock is up 21%, against 9% for Canadian competitor Nutrien.", "Nutrien"),
    (
        "Chipotle slips\n\nChipotle trades at 26 times earnings, versus 19 at Olive Garden owner Darden.",
        "Darden Restaurants",
    ),
    ("Toast slips\n\nToast shares are up 2%, trailing the S&P 500 by 13 percentage points.", "Toast"),
    # customers bring the seller's sales and order from the supplier; loans for a bid are the bidder's
    ("Ciena beats\n\nCiena reported. Meta alone accounted for 14% of sales.", "Ciena"),
    ("Elmos steigt\n\nElmos stieg. BYD hat bei Elmos Chips für 300 Mio. Euro bestellt.", "Elmos"),
    (
        "Evotec steigt\n\nEvotec wächst. Evotec hofft. Von Novo Nordisk fließen 75 Mio. Dollar als Meilenstein.",
        "Evotec",
    ),
    (
        "Salzgitter\n\nSalzgitter wächst. Darin enthalten ist ein Ergebnisbeitrag der Aurubis AG von 71 Mio. Euro.",
        "Salzgitter",
    ),
    # a house goes on about whom it spoke of; a coin says what a company digs for
    (
        "Union Pacific\n\nUnion Pacific grew. It hopes. UBS upgraded CSX to Buy. The firm expects a margin of 40%.",
        "CSX",
    ),
    (
        "Bitcoin miner Riot Platforms slid\n\nBitcoin miner Riot Platforms slid. They are down 27% this year.",
        "Riot Platforms",
    ),
    # whose shares are counted, what is held, whose odds, what has no listing of its own
    ("Enel\n\nEnel wuchs. An der börsennotierten Endesa hält Enel seit Mai 71,5 Prozent.", "Endesa"),
    ("Uber\n\nUber grew. Uber will buy Lyft for $9.8 billion.\n\nCiti gives the deal a 60% chance.", "Lyft"),
    ("Iberdrola\n\nIberdrola wuchs. Die US-Tochter Avangrid will 20 Mrd. Dollar investieren.", "Iberdrola"),
    ("Frasers\n\nFrasers Group baut aus. Frasers hält nun 30,4 Prozent der Hugo-Boss-Aktien.", "Hugo Boss"),
    ("Ralph Lauren rises\n\nRalph Lauren rose. Sales in Asia jumped 19%.", "Ralph Lauren"),
    ("Hugo Boss steigt\n\nHugo Boss stieg. Stephan Sturm kaufte Papiere für 200.000 Euro.", "Hugo Boss"),
    ("Fresenius steigt\n\nFresenius Medical Care fiel. Fresenius gewann 3 Prozent.", "Fresenius"),
    (
        "Hub Group bid\n\nSchneider National bid $3.3 billion for Hub Group. Hub's board is divided. "
        "It would be financed with $2.4 billion in new loans.",
        "Schneider National",
    ),
    # a phrase before its subject; what an unlisted company does behind an aside
    ("DoorDash rises\n\nDoorDash rose 3%.\n\nAt Thursday's close of $40, Verizon is cheap.", "Verizon"),
    (
        "Xenon slips\n\nXenon slipped on the news. Tarnbrook Biologics, whose drug leads, dropped 7% in Seoul.",
        "Tarnbrook Biologics",
    ),
    # the longer name that the text spells out once, and a name as the text has given it
    ("Tarnbrook IPO\n\nTarnbrook Technologies debuts. Tarnbrook's shares rose 7%.", "Tarnbrook Technologies"),
    ("Schneider National slips\n\nSchneider National reported. Schneider fell 5%.", "Schneider National"),
    # a stake belongs to the company held
    ("Sartorius legt zu\n\nDie Sartorius-Aktie stieg. BlackRock hält 5,07 Prozent der Stimmrechte.", "Sartorius"),
    ("Unilever slips\n\nIntel fell. Unilever lost 2% on talk that Nestle, which owns almost 9%, sells.", "Unilever"),
    # whose a figure is by the name right beside it, and a return set against an index
    ("Nike gains\n\nNike trades at 24 times earnings, a steep premium to Puma's 11.", "Puma"),
    ("Tesla gains\n\nSome 12% of Tesla's float is sold short, and 21% of Rivian's.", "Rivian"),
    ("Pfizer gains\n\nPfizer gained 9% this year, trailing the S&P 500 by four percentage points.", "Pfizer"),
    # houses that foresee for others
    ("BASF legt zu\n\nBASF soll nach Ansicht der Bank of America bis 52 Euro steigen.", "BASF"),
    # who supplies what is ordered, and the nouns for both sides of a bid
    ("Enphase gains\n\nEnphase gained. Samsung SDI will deliver cells worth $1.1 billion through 2029.", "Samsung SDI"),
    (
        "Bieterkampf um SAF-Holland\n\nJost Werke bietet 24 Euro je SAF-Holland-Aktie. "
        "Der Bieter hat einen Jahresumsatz von 1,5 Milliarden Euro.",
        "Jost Werke",
    ),
    # commodities by weight, macro data by region
    ("Freeport falls\n\nFreeport-McMoRan sells copper. The metal rose to $4.71 a pound.", "Copper"),
    ("Dax steigt\n\nDer Dax stieg um 1 Prozent. Die Inflation in Japan lag bei 2,6 Prozent.", "Japan"),
]


@pytest.mark.parametrize(("text", "name"), WHOSE, ids=lambda value: value[:40])
def test_the_figure_belongs_to_whom_the_text_says(text: str, name: str) -> None:
    last = [claim for claim in extract(text, published_at=PUBLISHED).claims if claim.values][-1]
    assert last.subject.name == name


STATUS = [
    # laut reaches its clause, a tag the sentence
    ("Mattel stieg um 17 Prozent: Hasbro prüft einem Bericht zufolge ein Angebot.", "reported_fact"),
    ("Intel: Yields stand at more than 70 percent, the chipmaker said.", "attributed"),
    ("Netflix: Nielsen says Netflix captured 8.7% of U.S. TV viewing.", "attributed"),
    ("SAP: Die Marge sei um 2 Punkte gestiegen, sagte Finanzchef Dominik Asam.", "attributed"),
    # a result above the consensus is one of the result
    ("Nvidia: Revenue was $68.1B, about $2B above the Street.", "reported_fact"),
    # plans and what is over
    ("UPS will cut 30,000 jobs.", "company_guidance"),
    ("Telekom: 8.000 Jobs fielen im vorigen Jahr weg.", "reported_fact"),
    ("Vodafone: A further buyback of €500m starts on 12 November.", "company_guidance"),
    ("Maersk: The board proposed a dividend of 4.80 euros a share.", "company_guidance"),
    ("Chewy: On the downside, he sees support near $41.", "attributed"),
    ("Nokia: Profit was $2.45 a share against a consensus of $2.31, according to LSEG.", "forecast"),
    ("Nike also plans more stores, and its board approved another $4 billion of buybacks.", "reported_fact"),
    # the author's own view
    ("Celsius Holdings: My DCF spits out a fair value of $68 per share.", "opinion"),
]


@pytest.mark.parametrize(("text", "status"), STATUS, ids=lambda value: value[:40])
def test_the_status_follows_from_who_says_it_and_when(text: str, status: str) -> None:
    last = [claim for claim in extract(text, published_at=PUBLISHED).claims if claim.values][-1]
    assert last.status == status


WHOSE_FUTURE = [
    ("Krones: Die Ebit-Marge dürfte 2026 bei 11 Prozent liegen, teilte der Konzern am Montag mit.", "guidance"),
    ("Tesco warned that its operating profit would fall by £120m this year.", "guidance"),
    ("The easyJet fleet is to grow to 260 aircraft by 2028.", "guidance"),
    ("Die US-Regierung will in diesem Jahr 4.000 Megawatt Windkraft ausschreiben.", "policy_event"),
    ("Vital Farms: The new plant should allow for annual sales of over $500 million.", "guidance"),
    ("Barclays sagt dem Konzern Salzgitter für 2027 ein Ebitda von 210 Millionen Euro voraus.", "estimate"),
    ("Jenoptik erzielt mit Software inzwischen mehr als ein Drittel seiner Erlöse.", "ratio"),
    ("Lovisa: Founder Brett Blundy still holds 31%.", "holding"),
    ("Der Versorger RWE hat bei Vestas 48 Turbinen bestellt.", "corporate_event"),
    ("Puma: Er traut dem Konzern für 2026 nur noch einen operativen Gewinn von 180 Millionen Euro zu.", "estimate"),
    ("Uber was raised to Overweight at Barclays, which expects revenue of $58 billion in 2027.", "estimate"),
    ("Greggs aims to open 100 shops next year, fewer than the 130 shops opened in 2025.", "operating_metric"),
    (
        "Netflix raised its revenue forecast to $46 billion after adding 5 million subscribers in the second quarter.",
        "operating_metric",
    ),
]


@pytest.mark.parametrize(("text", "kind"), WHOSE_FUTURE, ids=lambda value: value[:40])
def test_the_kind_follows_from_whose_future_or_past_it_is(text: str, kind: str) -> None:
    last = [claim for claim in extract(text, published_at=PUBLISHED).claims if claim.values][-1]
    assert last.type == kind


def test_the_paper_answers_its_readers_in_its_own_voice() -> None:
    text = (
        "Leser fragen: Lohnt sich SAP?\n\nFrage: Soll ich verkaufen?\n\nAntwort: Der Umsatz stieg um 8 Prozent.\n\n"
        "Frage: Und die Dividende?\n\nAntwort: Zuletzt gab es 2,20 Euro je Aktie."
    )
    claims = [claim for claim in extract(text, published_at=PUBLISHED).claims if claim.values]
    assert [claim.status for claim in claims] == ["reported_fact", "reported_fact"]


def test_an_interview_is_told_by_its_questions() -> None:
    text = (
        "Vorstand Marco Swoboda über Henkel\n\nHerr Swoboda, was macht Sie nervös?\n\nNichts.\n\n"
        "Wo liegt das Problem?\n\nOrganisch haben wir ein Plus von 1,2 Prozent geschafft.\n\n"
        "Schaffen Sie die Ziele?\n\nJa."
    )
    (claim,) = [claim for claim in extract(text, published_at=PUBLISHED).claims if claim.values]
    assert (claim.status, claim.source) == ("attributed", "Marco Swoboda")


@pytest.mark.parametrize(
    "text",
    [
        "Die SAP-Aktie stieg um 3 Prozent.\n\n-- ANZEIGE --\n\nDiese Aktie hat ein Kursziel von 4,80 Euro.\n\n"
        "-- ENDE DER ANZEIGE --",
        "Tesla stock rose 3%.\n\nWant my trades in real time? Join Trade Desk Pro for $49 a month.",
        "<p>Die SAP-Aktie stieg um 3 Prozent.</p>"
        "<div class='werbebox'><a>Depotwechsel: bis zu 500 Euro Prämie!</a></div>",
    ],
)
def test_boxes_labels_and_funnels_are_advertising(text: str) -> None:
    first, *rest = extract(text, published_at=PUBLISHED).claims
    assert first.status == "reported_fact"
    assert rest
    assert {claim.status for claim in rest} == {"advertising"}


def test_a_paragraph_called_teaser_is_the_lead_of_its_article() -> None:
    text = "<h1>SAP</h1><p class='teaser'>Die SAP-Aktie stieg um 3 Prozent.</p><p>Mehr folgt.</p>"
    (claim,) = [claim for claim in extract(text, published_at=PUBLISHED).claims if claim.values]
    assert claim.status == "reported_fact"


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Pro Medicus jumps\n\nPro Medicus rose 9 per cent to $214.50 on the ASX after a US$70 million deal.", "AUD"),
        ("Aritzia sinks\n\nShares of Aritzia fell 4 per cent to $62.10 in Toronto on Monday.", "CAD"),
        ("DBS gains\n\nDBS shares rose 1% to S$58.84 in Singapore; a dollar costs $1.30.", "SGD"),
        ("Aritzia sinks\n\nShares of Aritzia fell 4% to C$62.10 in Toronto, or $44.", "CAD"),
        ("Vital Farms sinks\n\nShares of Vital Farms fell 4% to $42.10 on the Nasdaq; Canada is next.", "USD"),
    ],
)
def test_a_bare_dollar_is_that_of_the_market_the_text_is_of(text: str, currency: str) -> None:
    claims = extract(text).claims
    price = next(claim for claim in claims if claim.type == "price_level")
    assert price.values[0].currency == currency


def test_what_only_a_company_has_goes_back_to_it_from_an_index_and_from_a_share_s_rank() -> None:
    english = extract(
        "Halma slumps\n\nHalma shares fell 6.2% to £31.10. The FTSE 100 rose 0.4%. Operating margin slipped to 18%."
    ).claims
    assert [c.subject.name for c in english if c.type in ("financial_figure", "growth")] == ["Halma"]
    german = extract(
        "Puma-Aktie vorn\n\nDie Puma-Aktie stieg um 5,1 Prozent. Damit setzte sie sich an die Spitze des MDax. "
        "Das Kursziel liegt bei 34 Euro."
    ).claims
    assert {c.subject.name for c in german} == {"Puma"}


def test_a_takeover_is_told_of_the_company_that_is_bought_and_a_word_s_name_counts_beside_its_chief() -> None:
    deal = extract(
        "Kellanova to be sold\n\nMars agreed to buy Kellanova for $83.50 a share. The deal carries a premium of 33%."
    ).claims
    assert {c.subject.name for c in deal} == {"Kellanova"}
    chief = extract("Movers\n\nChewy CEO Sumit Singh sold 64,200 shares at $43.10 apiece. Chewy is up 26% this year.")
    assert {c.subject.name for c in chief.claims} == {"Chewy"}


def test_a_company_with_its_symbol_on_a_line_heads_what_follows() -> None:
    text = (
        "Street moves\n\nThe day's calls, told in short by our desk.\n\nQuorvis Mining (QVM)\n\n"
        "Revenue rose 12% to $40 million.\n\nStella-Jones Inc. (SJ-T)\n\nThe shares closed at $82.35."
    )
    claims = extract(text).claims
    assert [claim.subject.name for claim in claims] == ["Quorvis Mining", "Quorvis Mining", "Stella-Jones"]


@pytest.mark.parametrize(
    "text",
    [
        "Alibaba climbs\n\nShares climbed over 9% in one session on January 12, 2026, and about 15% within a week.",
        "Alibaba steigt\n\nDie Aktie stieg am 12. Januar 2026 um mehr als 9 % und binnen einer Woche um rund 15 %.",
    ],
)
def test_a_day_is_of_the_move_in_its_clause_and_a_week_of_the_other(text: str) -> None:
    claims = [claim for claim in extract(text).claims if claim.type == "return"]
    assert [(claim.period, claim.as_of) for claim in claims] == [("one_session", "2026-01-12"), ("one_week", None)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Alibaba climbs\n\nBeijing's industry ministry laid out a plan for AI in manufacturing.", "policy_event"),
        (
            "Alibaba steigt\n\nPekings Industrieministerium legte einen Plan für KI in der Industrie vor.",
            "policy_event",
        ),
        ("Alibaba climbs\n\nThe group intends to lift its cloud budget noticeably, the CEO said.", "capex"),
        ("Alibaba steigt\n\nDer Konzern will das Cloud-Budget spürbar anheben.", "capex"),
    ],
)
def test_plans_and_budgets_are_claims_without_a_figure(text: str, kind: str) -> None:
    assert [claim.type for claim in extract(text).claims] == [kind]
