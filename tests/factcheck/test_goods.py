"""Whose a price is: a good's that no list holds, a bond's, a currency's, a market's, or the company's own."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction import extract

GERMAN = "Die Aktie von Lynas ist am Mittwoch um 9,7 Prozent gestiegen.\n\n"
ENGLISH = "Shares of Lynas rose 9.7 percent on Wednesday.\n\n"

# what a sentence tells the price of, wherever it stands
GOODS_DE = [
    ("Daraufhin kletterte der Preis für Terbiumoxid in Rotterdam auf 1.150 Dollar je Kilogramm.", "Terbiumoxid"),
    ("Der Preis einer Tonne Apfelsaftkonzentrat hat sich auf 3.400 Euro verdoppelt.", "Apfelsaftkonzentrat"),
    ("Pistazien sind 23 Prozent teurer als vor einem Jahr.", "Pistazien"),
    ("Stark gestiegen ist Hafermehl: Der Preis legte seit Mai um 18 Prozent zu.", "Hafermehl"),
    ("Rohöl der Sorte WTI kostete 58,90 Dollar je Fass.", "WTI"),
    ("Die Rendite zehnjähriger portugiesischer Anleihen lag bei 3,02 Prozent.", "portugiesische Anleihen"),
    ("Für Rohdiamanten werden 18 Prozent weniger bezahlt als im Vorjahr.", "Rohdiamanten"),
    ("Gold kostete 4.118 Dollar je Unze. Im März wurden 3.900 Dollar verlangt.", "Gold"),
]
GOODS_EN = [
    ("A carton of Peruvian blueberries fetched $32 at the border, down from $41 a year ago.", "Blueberries"),
    ("Coconut oil changed hands at $2,700 a ton.", "Coconut oil"),
    ("Apple juice concentrate costs $3,400 a ton, twice as much as in January.", "Apple juice concentrate"),
    ("The price of graphite electrodes, at $4,100 a ton, is the lowest since 2020.", "Graphite electrodes"),
    ("The yield on the 10-year Japanese government bond rose 2 basis points.", "10-year Japanese government bond"),
    ("The 10-year German bund yield rose to 2.74%.", "Bundesanleihe"),
    ("The dollar was quoted at 149.85 yen, compared with 150.42 yen late Tuesday.", "USD/JPY"),
    ("On the top-tier Prime market, 1,012 issues advanced and 534 declined.", "Prime market"),
    ("The stock followed a gain of 1.7 percent in the PHLX Semiconductor Index.", "Philadelphia Semiconductor Index"),
    ("Spot rates from Shanghai to Genoa dropped 8% to $2,140 per container.", "Spot rates"),
]
# what a company gets, pays or asks, and what is no good
OWN_DE = [
    "Der Durchschnittspreis je Tonne Stahl lag im Konzern bei 1.020 Euro.",
    "Lynas bekam für ein Kilo Neodym-Praseodym im Schnitt 68 australische Dollar.",
    "Die Förderkosten je Barrel Öl sanken auf 9,40 Dollar.",
]
OWN_EN = [
    "The average price it got for a pound of nickel was $7.80.",
    "The price of the new model starts at $39,900.",
    "Its milk sold for 52 cents a liter.",
    "Average selling prices for cement rose 3% to $142 a ton.",
]


def _whose(text: str, lead: str) -> set[str | None]:
    told = extract(lead + text, language="de" if lead is GERMAN else "en").claims
    return {claim.subject.name for claim in told if claim.start >= len(lead)}


@pytest.mark.parametrize(
    ("text", "good", "lead"), [(*each, GERMAN) for each in GOODS_DE] + [(*each, ENGLISH) for each in GOODS_EN]
)
def test_a_price_is_of_the_good_that_the_sentence_tells_it_of(text: str, good: str, lead: str) -> None:
    assert _whose(text, lead) == {good}


@pytest.mark.parametrize(("text", "lead"), [(each, GERMAN) for each in OWN_DE] + [(each, ENGLISH) for each in OWN_EN])
def test_what_a_company_gets_pays_or_asks_is_its_own(text: str, lead: str) -> None:
    assert _whose(text, lead) == {"Lynas"}
