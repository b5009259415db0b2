"""What a figure is by its clause where no word of it names a metric: bids, jobs, works, units, parts, plans, sums."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rerating.factcheck.extraction import extract

PUBLISHED = datetime(2026, 10, 28, 17, 0, tzinfo=UTC)
FACT, PLAN, FORECAST, TOLD = "reported_fact", "company_guidance", "forecast", "attributed"

CASES = [
    # what a takeover costs
    ("Guardant Health agreed to a $71-a-share cash offer from Roche.", [("corporate_event", FACT)]),
    (
        "Die Offerte von Danaher bewertet Tecan mit gut 3,1 Milliarden Franken. Scheitert die Übernahme, muss Danaher "
        "120 Millionen Franken Entschädigung bezahlen.",
        [("corporate_event", FACT), ("corporate_event", FACT)],
    ),
    (
        "Cognex: The offer from Hexcel tops Monday's close by 41%. Hexcel raised its holding in Cognex to 24.9% from "
        "19.9%.",
        [("corporate_event", FACT), ("holding", FACT)],
    ),
    (
        "Norma: Gates will sämtliche Anteile erwerben und dafür 21,50 Euro je Aktie zahlen. Gemessen am Ebitda bietet "
        "Gates das 6,8-Fache.",
        [("corporate_event", FACT), ("ratio", FACT)],
    ),
    # jobs that go, and works that come
    ("Starbucks dismissed 900 corporate staff in September.", [("corporate_event", FACT)]),
    ("Continental trennt sich von 3000 Mitarbeitern.", [("corporate_event", PLAN)]),
    ("Für 250 Millionen Euro errichtet BASF in Schwarzheide eine Anlage.", [("corporate_event", PLAN)]),
    # amounts of one unit are no share's price
    (
        "Softcat: Gross profit per customer rose to £51,000, versus £48,000 a year ago.",
        [("financial_figure", FACT), ("financial_figure", FACT)],
    ),
    ("Die durchschnittliche Miete von Vonovia kletterte auf 8,38 Euro je Quadratmeter.", [("financial_figure", FACT)]),
    # prices that rise from now on, and those that have risen
    ("Wacker Chemie erhöht die Preise für Silikone um 12 Prozent.", [("guidance", PLAN)]),
    ("TSMC will charge 10% more for its most advanced chips from January.", [("guidance", PLAN)]),
    ("General Mills lifted prices by 3% in the quarter.", [("growth", FACT)]),
    # parts of a whole
    ("Roughly a quarter of its U.S. customers at Insulet are covered by Medicare.", [("operating_metric", FACT)]),
    ("Fielmann: Gut die Hälfte aller verkauften Brillen stammt aus den eigenen Läden.", [("market_share", FACT)]),
    ("Borrowings of Primary Health Properties equal 54 per cent of the value of the properties.", [("ratio", FACT)]),
    # plans of a time to come in the present tense; the past of a plan
    ("Die Investitionen von Siltronic schrumpfen 2027 auf 200 Millionen Euro.", [("capex", PLAN)]),
    ("SAP: Für 2027 hat der Chef gut 5,7 Milliarden Euro Umsatz angekündigt.", [("guidance", PLAN)]),
    # whose sums they are
    ("By his math, Lumentum can earn $14 a share in calendar 2027.", [("estimate", FORECAST)]),
    ("Kion: Nach ihren Berechnungen wird der Auftragseingang um ein Fünftel wachsen.", [("estimate", FORECAST)]),
    ("Kepler Cheuvreux expects the Chinese elevator market to contract by a further 8%.", [("estimate", FORECAST)]),
    # a move told past an aside; volumes of goods
    ("Finnish rival Nokia, which reports earnings next week, lost 1.4% in Helsinki.", [("return", FACT)]),
    ("Heineken setzte von Juli bis September 61,2 Millionen Hektoliter ab.", [("financial_figure", FACT)]),
    # yields of bonds, issues that rose and fell, and what somebody had looked for
    ("The yield on the 10-year Japanese government bond rose 2 basis points.", [("return", FACT)]),
    ("Losers won: 1,900 stocks fell and 820 rose.", [("indicator", FACT), ("indicator", FACT)]),
    ("Kotak had been looking for an Infosys margin of 21.1%.", [("estimate", FORECAST)]),
    ("Boots could fetch as much as £7bn, people familiar with the matter said.", [("corporate_event", TOLD)]),
]


@pytest.mark.parametrize(("text", "kinds"), CASES)
def test_a_figure_is_what_its_clause_says(text: str, kinds: list[tuple[str, str]]) -> None:
    claims = [claim for claim in extract(text, published_at=PUBLISHED).claims if claim.values]
    assert [(claim.type, claim.status) for claim in claims] == kinds


def test_a_date_that_begins_a_line_opens_no_list() -> None:
    wrapped = (
        "Der Konzern hat im dritten Quartal mehr verdient als vor einem\nJahr, wie er am Dienstag in Baden-Baden "
        "bekannt gab, ohne dass\ner Zahlen dazu nannte, und die Leser warten weiter auf diese\nZahlen aus dem Haus in "
        "der Stadt, das sie sonst früh vorlegt.\nDie Quote des Eigenkapitals, die Eigenkapitalquote, betrug zum\n"
        "30. September 2026 rund 15,4 Prozent.\n"
    )
    (claim,) = [claim for claim in extract(wrapped, published_at=PUBLISHED).claims if claim.values]
    assert (claim.type, claim.metric) == ("ratio", "equity_ratio")
