"""Whose a figure is where a listed company deals with one that no list holds: the buyer's or the bought one's."""

from __future__ import annotations

from typing import Literal

import pytest

from rerating.factcheck.extraction import extract

BOUGHT_DE = """SGS steigert Betriebsgewinn und kauft US-Laborkette

SGS hat im ersten Halbjahr den Umsatz um 5,4 Prozent gesteigert. Für 640 Millionen Dollar übernimmt SGS zudem die \
texanische Laborgruppe Castle Test Analytics. Diese beschäftigt rund 1100 Personen und setzte zuletzt knapp 240 \
Millionen Dollar um. Danach dürfte die Nettoverschuldung beim 2,3-Fachen des Ebitda liegen.

Am stärksten legte mit 8,1 Prozent die Sparte Prüfdienste zu."""
APPOSED_DE = """Indus wächst in Dänemark

Indus verstärkt sich mit einer Übernahme. Der Kaufpreis für Nordvakuum, einen Spezialisten für Vakuumtechnik mit \
zuletzt 37 Mio. Euro Jahresumsatz und gut 160 Beschäftigten, liegt bei 58 Mio. Euro zuzüglich einer \
erfolgsabhängigen Komponente von maximal 9 Mio. Euro. Die Marge von Indus soll bei 8 Prozent liegen."""
PART_DE = """Andritz: Zukauf treibt Umsatz

Die im Januar übernommene Firma Quellwerk hat sich für Andritz schon gelohnt. Der Konzernumsatz stieg um 17 Prozent, \
davon entfielen 9 Prozentpunkte auf Quellwerk. Andritz hatte für Quellwerk 250 Millionen Euro gezahlt."""
VENTURE_DE = """OMV verdient mehr

Das Gemeinschaftsunternehmen Borouge International, an dem OMV 46,9 Prozent hält, steuerte 118 Millionen Euro zum \
operativen Ergebnis bei. Insgesamt stieg es auf 640 Millionen Euro."""
BOUGHT_EN = """Mueller Industries strikes deal

Mueller Industries is buying privately held Great Lakes Valve for $1.15 billion. That works out to 8.5 times EBITDA. \
Great Lakes Valve has 1,300 employees and sales of $610 million. It was founded in 1952 and runs 14 plants. Mueller \
Industries expects savings of $24 million a year. The stock climbed 6.2%."""
STAKE_EN = """Halma backs battery maker

Halma is taking a 20% stake in Brightpath for $150 million. The start-up employs 420 people in Nevada. Halma's revenue \
fell 2% in the third quarter."""
SHED_EN = """Agnico Eagle reports

On January 22, the Company sold its remaining 11.4% interest in Orla Mining for proceeds of C$560 million. Net debt of \
Agnico Eagle is $210 million. Fourth-quarter revenue rose 18%."""

HELD_EN = """Targa Resources grows

Targa Resources also owns 60% of Blackcomb Pipeline, a gas line that earned $120 million last year. Targa Resources, \
which owns half of Seaway Crude, reported a profit of $1.2 billion."""
HELD_DE = """Ceconomy im Blick

Am Gemeinschaftsunternehmen Power Retail, an dem Ceconomy mit 40 Prozent beteiligt ist, arbeiten 200 Leute."""
BRANDS_EN = """Hershey raises outlook

Hershey owns Dot's and Skinny Pop. Snack sales rose 6% to $300 million."""
ORDER_DE = """Stadler Rail unter Druck

Die SBB hat im Mai 73 Züge für 2,5 Milliarden Euro bei Talgo bestellt. Stadler Rail verlor 3 Prozent."""
ORDER_HEADED_DE = """Vestas baut Windräder

RWE-Auftrag: rund 300 Mio. Euro

Vestas gewann 2 Prozent."""
ORDER_EN = """Nokia gains

Nokia rose 4% after its results. Verizon will buy $1.5 billion worth of radio gear from Nokia. The Pentagon picked \
Nokia for a network in a deal worth $90 million."""
ORDERS_EN = """GE Vernova orders

Orders included $700 million of gas turbines for NextEra Energy. GE Vernova rose 3%."""
DELAYED_EN = """Rolls-Royce soars

Rolls-Royce rose 2%. American Airlines, by contrast, put off a $400m order for engines."""
COINS_EN = """Cipher Mining shares fall

Cipher Mining fell 4% while Bitcoin lost 3%. The miner still had 2,100 coins in its treasury at month's end."""

SPENT_EN = """CTS expands

CTS splashed out $120 million on Canadian sensor maker Northwave. In May it picked up the family-owned Delta Coils for \
$14 million, or nine times EBITDA. Sales of CTS rose 3%."""
PER_SHARE_EN = """Hologic jumps

Thermo Fisher will buy Hologic for $81 a share, three weeks after a report of talks. Hologic rose 20%."""
SUBJECT_DE = """Infineon wächst

Die Münchner schlucken in Finnland den Rivalen Nordchip Labs, zu dem 300 Leute gehören. Kostenpunkt: rund \
410 Millionen Euro. Infineon gewann 2 Prozent."""
PAID_DE = """Kingspan kauft ein

Kingspan hat im Juli 340 Mio. Euro für den slowenischen Dachspezialisten Estrava bezahlt. Kingspan gewann 2 Prozent."""
TABLE_DE = """BAWAG kauft zu

Analysten loben den Kauf der irischen PTSB, für die BAWAG 1,6 Mrd. Euro auf den Tisch legt. BAWAG gewann 2 Prozent."""
FULL_DE = """Krones übernimmt Packline

Für 74 Millionen Euro übernimmt Krones den Hersteller Packline Converting. Krones gewann 2 Prozent."""

CASES = [
    ("en", SPENT_EN, "$120 million", "Northwave"),
    ("en", SPENT_EN, "$14 million", "Delta Coils"),
    ("en", SPENT_EN, "3%", "CTS"),
    ("en", PER_SHARE_EN, "$81", "Hologic"),
    ("de", SUBJECT_DE, "410 Millionen", "Nordchip Labs"),
    ("de", PAID_DE, "340 Mio. Euro", "Estrava"),
    ("de", TABLE_DE, "1,6 Mrd. Euro", "PTSB"),
    ("de", FULL_DE, "74 Millionen Euro", "Packline Converting"),
    ("de", FULL_DE, "übernimmt Packline", "Packline Converting"),
    ("en", HELD_EN, "60%", "Blackcomb Pipeline"),
    ("en", HELD_EN, "$120 million", "Blackcomb Pipeline"),
    ("en", HELD_EN, "half", "Seaway Crude"),
    ("en", HELD_EN, "$1.2 billion", "Targa Resources"),
    ("de", HELD_DE, "40 Prozent", "Power Retail"),
    ("en", BRANDS_EN, "$300 million", "Hershey"),
    ("de", ORDER_DE, "73 Züge", "Talgo"),
    ("de", ORDER_DE, "2,5 Milliarden Euro", "Talgo"),
    ("de", ORDER_HEADED_DE, "300 Mio. Euro", "Vestas"),
    ("en", ORDER_EN, "$1.5 billion", "Nokia"),
    ("en", ORDERS_EN, "$700 million", "GE Vernova"),
    ("en", ORDER_EN, "$90 million", "Nokia"),
    ("en", DELAYED_EN, "$400m", "Rolls-Royce"),
    ("en", COINS_EN, "2,100 coins", "Bitcoin"),
    ("de", BOUGHT_DE, "kauft US-Laborkette", "Castle Test Analytics"),
    ("de", BOUGHT_DE, "640 Millionen Dollar", "Castle Test Analytics"),
    ("de", BOUGHT_DE, "rund 1100 Personen", "Castle Test Analytics"),
    ("de", BOUGHT_DE, "knapp 240 Millionen Dollar", "Castle Test Analytics"),
    ("de", BOUGHT_DE, "2,3-Fachen", "SGS"),
    ("de", BOUGHT_DE, "8,1 Prozent", "SGS"),
    ("de", APPOSED_DE, "37 Mio. Euro", "Nordvakuum"),
    ("de", APPOSED_DE, "gut 160 Beschäftigten", "Nordvakuum"),
    ("de", APPOSED_DE, "58 Mio. Euro", "Nordvakuum"),
    ("de", APPOSED_DE, "maximal 9 Mio. Euro", "Nordvakuum"),
    ("de", APPOSED_DE, "8 Prozent", "Indus"),
    ("de", PART_DE, "9 Prozentpunkte", "Andritz"),
    ("de", PART_DE, "250 Millionen Euro", "Quellwerk"),
    ("de", VENTURE_DE, "46,9 Prozent", "Borouge International"),
    ("de", VENTURE_DE, "118 Millionen Euro", "OMV"),
    ("de", VENTURE_DE, "640 Millionen Euro", "OMV"),
    ("en", BOUGHT_EN, "$1.15 billion", "Great Lakes Valve"),
    ("en", BOUGHT_EN, "8.5 times", "Great Lakes Valve"),
    ("en", BOUGHT_EN, "1,300 employees", "Great Lakes Valve"),
    ("en", BOUGHT_EN, "14 plants", "Great Lakes Valve"),
    ("en", BOUGHT_EN, "$24 million", "Mueller Industries"),
    ("en", BOUGHT_EN, "6.2%", "Mueller Industries"),
    ("en", STAKE_EN, "$150 million", "Brightpath"),
    ("en", STAKE_EN, "420 people", "Brightpath"),
    ("en", STAKE_EN, "2%", "Halma"),
    ("en", SHED_EN, "C$560 million", "Agnico Eagle"),
    ("en", SHED_EN, "18%", "Agnico Eagle"),
]


@pytest.mark.parametrize(("tongue", "text", "figure", "whose"), CASES)
def test_each_side_of_a_deal_keeps_its_figures(tongue: Literal["de", "en"], text: str, figure: str, whose: str) -> None:
    start = text.rindex(figure)
    claims = [c for c in extract(text, language=tongue).claims if c.start < start + len(figure) and start < c.end]
    assert [c.subject.name for c in claims][:1] == [whose]


def test_the_name_alone_opens_no_deal() -> None:
    text = "Indus kauft eigene Aktien\n\nIndus kauft Aktien für 50 Mio. Euro zurück. Der Umsatz stieg um 4 Prozent."
    assert {claim.subject.name for claim in extract(text, language="de").claims} == {"Indus"}
