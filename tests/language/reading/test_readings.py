"""What is found in texts of others: one line a case, the mentions in a compact spelling."""

from __future__ import annotations

import pytest

from rerating.language.reading import Mention, detected, directions, readings


def short(mention: Mention) -> str:
    """`comparator kind values unit`, exact left out, roles only where there are two values."""
    parts: list[str] = [] if mention.comparator in ("exact", "none") else [mention.comparator.value]
    parts.append(mention.kind.value)
    many = len(mention.values) > 1
    parts += [(f"{value.role}:" if many else "") + f"{value.value:.9g}" for value in mention.values]
    parts += [mention.currency] if mention.currency else []
    parts += ["/" + mention.per] if mention.per else []
    parts += [mention.rating] if mention.rating else []
    return " ".join(parts)


def found(text: str, language: str, *, dates: bool = False) -> list[str]:
    kinds = ("date", "instant", "period")
    return [short(each) for each in readings(text, language) if dates or each.kind not in kinds]  # type: ignore[arg-type]


GERMAN = [
    ("mehr als 9 % in einer Sitzung", ["more_than percent 9"]),
    (
        "145,80 Euro, knapp 10 Prozent unter dem 52-Wochen-Hoch",
        ["money 145.8 EUR", "slightly_below percent 10", "label"],
    ),
    ("die 50-Tage-Linie und die 200-Tage-Linie", ["label", "label"]),
    ("380 Milliarden Yuan (53 Mrd. Dollar)", ["money 3.8e+11 CNY", "money 5.3e+10 USD"]),
    ("von 90 auf 95 Euro", ["money from:90 to:95 EUR"]),
    ("von 180 US-Dollar auf nun 200 US-Dollar", ["money from:180 to:200 USD"]),
    ("auf 95 von 90 Franken", ["money to:95 from:90 CHF"]),
    ("auf 95 (von 90) Franken", ["money to:95 from:90 CHF"]),
    ("Ziel auf 460 (425) EUR", ["money to:460 from:425 EUR"]),
    ("zwischen 5 und 7 Prozent", ["range percent low:5 high:7"]),
    (
        "10–15 %, 10 - 15 Prozent, 5- bis 7-prozentig",
        ["range percent low:10 high:15"] * 2 + ["range percent low:5 high:7"],
    ),
    ("5 bis 7 Milliarden Dollar", ["range money low:5e+09 high:7e+09 USD"]),
    ("um 3,2 und 4,1 Prozent", ["percent 3.2", "percent 4.1"]),
    ("fast ein Viertel", ["slightly_below fraction 25"]),
    ("gut ein Drittel", ["slightly_above fraction 33.3333333"]),
    ("ein knappes Drittel", ["slightly_below fraction 33.3333333"]),
    ("mehr als die Hälfte", ["more_than fraction 50"]),
    ("beinahe um die Hälfte", ["slightly_below fraction 50"]),
    ("jedes fünfte Auto", ["fraction 20"]),
    ("hat sich mehr als verdoppelt", ["more_than multiple 2"]),
    ("verdoppelt sich fast", ["slightly_below multiple 2"]),
    ("mehr als das Dreifache", ["more_than multiple 3"]),
    ("etwa anderthalbmal so viel", ["approx multiple 1.5"]),
    ("das 18-fache, ein 2,5-facher Wert", ["multiple 18", "multiple 2.5"]),
    ("halbiert", ["fraction 50"]),
    ("eine halbe Milliarde Euro, eine Viertelmillion Euro", ["money 500000000 EUR", "money 250000 EUR"]),
    ("ein halber Prozentpunkt", ["points 0.5"]),
    ("0,3 Prozentpunkte, 25 Basispunkte", ["points 0.3", "basis_points 0.25"]),
    ("−5,2 %, –5,2 %, minus 5 Prozent, +3,8 %", ["percent -5.2", "percent -5.2", "percent -5", "percent 3.8"]),
    ("fünfundzwanzig Prozent, zweihundert Euro", ["percent 25", "money 200 EUR"]),
    ("1,2 Millionen Aktien, 420.000 Call-Kontrakte", ["shares 1200000", "contracts 420000"]),
    ("62 Cent je Aktie", ["money 0.62 EUR /share"]),
    ("12,- Euro", ["money 12 EUR"]),
    ("12 500 Euro und 1 234 567 Aktien", ["money 12500 EUR", "shares 1234567"]),
    ("die 200-Dollar-Marke, ein 380-Milliarden-Yuan-Programm", ["money 200 USD", "money 3.8e+11 CNY"]),
    ("KGV von 18,4", ["ratio 18.4"]),
    ("Put-Call-Verhältnis fiel auf 0,42", ["ratio 0.42"]),
    ("Split 10:1", ["proportion 10"]),
    ("ein 15-prozentiger Anstieg", ["percent 15"]),
    ("zweistellig wachsen, ein zweistelliger Millionenbetrag", ["at_least percent 10"]),
    ("von „Kaufen“ auf „Halten“", ["rating buy", "rating hold"]),
    ("Konsens: Moderate Buy, Einstufung auf Übergewichten", ["rating buy", "rating buy"]),
    ("wir kaufen und halten", []),
    ("der S&P 500, 9988.HK, iPhone 17, 10-K, A320, GPT-4, ISIN US01609W1027", ["label"] * 7),
    ("EUR/USD 1,1651", ["number 1.1651"]),
    ("drei Dutzend Werke", ["number 36"]),
    ("148 Millionen norwegische Kronen, nein, 150 Millionen Kronen", ["money 148000000 NOK", "money 150000000 NOK"]),
    ("über die Marke von 150 Euro", ["more_than money 150 EUR"]),
    ("bis zu 80 %, mindestens 3 %, höchstens 4 %", ["up_to percent 80", "at_least percent 3", "up_to percent 4"]),
    ("auf 1,93 (Vorjahr: 1,72) Milliarden Euro", ["money to:1.93e+09 from:1.72e+09 EUR"]),
    ("auf 6 bis 8 (bislang: 4 bis 6) Prozent", ["range percent low:6 high:8", "range percent low:4 high:6"]),
    ("2,35 Dollar (Vorjahr 2,10)", ["money 2.35 USD", "money 2.1 USD"]),
    ("192,67/80,06 USD", ["money 192.67 USD", "money 80.06 USD"]),
    ("94,62 $[^1] und 5 % [2]", ["money 94.62 USD", "label", "percent 5", "label"]),
    ("| Umsatz (Mio. €) | 12.213 |", ["scale 1000000 EUR", "number 12213"]),
]
ENGLISH = [
    ("rose 10.2% to $166.31", ["percent 10.2", "money 166.31 USD"]),
    ("the Topix advanced 1.9% to 3,855.28", ["percent 1.9", "number 3855.28"]),
    ("rose $180 million to $4.6 billion", ["money 180000000 USD", "money 4.6e+09 USD"]),
    ("revenue of $7.1 billion, or $1.14 per diluted share", ["money 7.1e+09 USD", "money 1.14 USD /share"]),
    ("guidance of $0.70 to $0.73", ["range money low:0.7 high:0.73 USD"]),
    ("US$5-7 billion", ["range money low:5e+09 high:7e+09 USD"]),
    ("to HK$195 from HK$180", ["money to:195 from:180 HKD"]),
    ("from 90 to 95 dollars", ["money from:90 to:95 USD"]),
    ("ranging from 90 to 95 dollars", ["range money low:90 high:95 USD"]),
    ("RMB380bn, 380 billion yuan", ["money 3.8e+11 CNY", "money 3.8e+11 CNY"]),
    ("$5b, $500M, €1.2bn", ["money 5e+09 USD", "money 500000000 USD", "money 1.2e+09 EUR"]),
    ("just under 10%, nearly a fifth, about two thirds of it",
     ["slightly_below percent 10", "slightly_below fraction 20", "approx fraction 66.6666667"]),
    ("a quarter of sales in the third quarter", ["fraction 25"]),
    ("an estimate of about half the market", ["approx fraction 50"]),
    ("half a percentage point, a quarter-point cut", ["points 0.5", "points 0.25"]),
    ("more than doubled, nearly twice", ["more_than multiple 2", "slightly_below multiple 2"]),
    ("10-for-1 split, a ratio of 3 to 2", ["proportion 10", "proportion 1.5"]),
    ("one in five customers", ["fraction 20"]),
    ("at one point the stock", []),
    ("one of the biggest", []),
    ("a $65 target", ["money 65 USD"]),
    ("its 50-day line and 52-week high", ["label", "label"]),
    ("15,000 March $175 calls, 210,000 PDD options", ["contracts 15000", "money 175 USD", "contracts 210000"]),
    ("345p, 26 cents, 7½p", ["money 3.45 GBP", "money 0.26 USD", "money 0.075 GBP"]),
    ("sales top $80 billion", ["more_than money 8e+10 USD"]),
    ("below the 32.4 billion euros that analysts expected", ["money 3.24e+10 EUR"]),
    ("above the 57,000 mark", ["more_than number 57000"]),
    ("twenty-five percent, one hundred and fifty dollars", ["percent 25", "money 150 USD"]),
    ("a high-teens percentage, mid-single-digit growth",
     ["range percent low:17 high:19", "range percent low:4 high:6"]),
    ("double-digit growth", ["at_least percent 10"]),
    ("upgraded to Buy from Hold", ["rating buy", "rating hold"]),
    ("rated Outperform; we buy and hold", ["rating buy"]),
    ("<b>$86.7 billion</b> and (>5%)", ["money 8.67e+10 USD", "more_than percent 5"]),
    ("P/E of 22.4, put/call ratio fell to 0.62", ["ratio 22.4", "ratio 0.62"]),
    ("(EUR million) 1,204", ["scale 1000000 EUR", "number 1204"]),
    ("5% or more, 3% or so", ["at_least percent 5", "approx percent 3"]),
    ("the 12th largest position", ["ordinal 12"]),
    ("3M and Five9, Take-Two and AMD (AMD) file a 10-K", ["label", "label", "label"]),
    ("a double downgrade; it doubled down", []),
    ("100+ customers, a 110%+ rally", ["at_least number 100", "at_least percent 110"]),
    ("tops EPS by 12c", ["money 0.12 USD"]),
    ("Top 10 stocks, more than a threefold increase", ["number 10", "more_than multiple 3"]),
    ("$19 billion CAD", ["money 1.9e+10 CAD"]),
]  # fmt: skip
PERIODS_DE = [
    ("am 12. Januar 2007", {"year": 2007, "month": 1, "day": 12}),
    ("am 12.01.2007", {"year": 2007, "month": 1, "day": 12}),
    ("am 14.1. war", {"month": 1, "day": 14}),
    ("vom 7. bis 14. Januar 2026", {"window": "span", "day": 7, "until_day": 14}),
    ("am Montag, den 12. Januar", {"weekday": 0, "day": 12}),
    ("im zweiten Quartal 2025", {"unit": "quarter", "part": 2, "year": 2025}),
    ("im 2. Quartal des Geschäftsjahres 2026", {"unit": "quarter", "part": 2, "year": 2026, "fiscal": True}),
    ("im Geschäftsjahr 2025/26", {"unit": "year", "year": 2026, "fiscal": True}),
    ("im ersten Halbjahr", {"unit": "half", "part": 1}),
    ("bis 2028", {"unit": "year", "year": 2028, "window": "until"}),
    ("in einer Sitzung", {"unit": "session", "window": "within", "count": 1.0}),
    ("innerhalb von fünf Handelstagen", {"unit": "session", "window": "within", "count": 5.0}),
    ("in den vergangenen zwölf Monaten", {"unit": "month", "window": "last", "count": 12.0}),
    ("vor drei Tagen", {"unit": "day", "window": "ago", "count": 3.0}),
    ("seit Jahresbeginn", {"unit": "year", "window": "to_date", "shift": 0}),
    ("im Jahresvergleich", {"unit": "year", "window": "over", "shift": -1}),
    ("vorbörslich", {"phase": "premarket"}),
    ("am vergangenen Freitag", {"weekday": 4, "shift": -1}),
    ("gegen 17:40 Uhr MEZ", {"hour": 17, "minute": 40, "zone": "Europe/Berlin"}),
    ("am 9. Januar um 9 Uhr", {"unit": "minute", "day": 9, "hour": 9, "minute": 0}),
    ("9. Januar 2007, 18:40 bis 20:10 Uhr MEZ", {"day": 9, "hour": 18, "until_hour": 20, "zone": "Europe/Berlin"}),
    ("Mitte Januar", {"unit": "month", "month": 1, "window": "mid"}),
    ("im Dezemberquartal", {"unit": "quarter", "part": 4}),
    ("9M 2025", {"unit": "month", "count": 9.0, "year": 2025}),
    ("in den ersten neun Monaten 2025", {"unit": "month", "count": 9.0, "year": 2025}),
    ("am Dienstagmorgen", {"weekday": 1}),
]
PERIODS_EN = [
    ("on January 12, 2007", {"year": 2007, "month": 1, "day": 12}),
    ("on the 12th of January", {"month": 1, "day": 12}),
    ("on Jan. 12", {"month": 1, "day": 12}),
    ("in Q2 FY2026", {"unit": "quarter", "part": 2, "year": 2026, "fiscal": True}),
    ("in 2Q25", {"unit": "quarter", "part": 2, "year": 2025}),
    ("in fiscal year 2026", {"unit": "year", "year": 2026, "fiscal": True}),
    ("fiscal fourth-quarter", {"unit": "quarter", "part": 4}),
    ("the September quarter", {"unit": "quarter", "part": 3}),
    ("over the past five sessions", {"unit": "session", "window": "last", "count": 5.0}),
    ("two weeks ago", {"unit": "week", "window": "ago", "count": 2.0}),
    ("year over year", {"unit": "year", "window": "over"}),
    ("at 5 p.m. ET", {"hour": 17, "zone": "America/New_York"}),
    ("by 0935 GMT", {"hour": 9, "minute": 35, "zone": "UTC"}),
    ("in premarket trading", {"phase": "premarket"}),
    ("2026-01-17T12:00Z", {"year": 2026, "day": 17, "hour": 12, "zone": "UTC"}),
    ("it may march on", None),
    ("between 2023 and 2027", {"window": "span", "year": 2023, "until_year": 2027}),
    ("in Q3 CY2025", {"unit": "quarter", "part": 3, "year": 2025, "fiscal": False}),
    ("in the first six months of 2025", {"unit": "month", "count": 6.0, "year": 2025}),
    ("in late May", {"month": 5, "window": "late"}),
]


@pytest.mark.parametrize(("text", "expected"), GERMAN)
def test_german(text: str, expected: list[str]) -> None:
    assert found(text, "de") == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: list[str]) -> None:
    assert found(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1'234.50 Franken", ["money 1234.5 CHF"]),
        ("CHF 84.30 und 0.9315 je Euro", ["money 84.3 CHF", "number 0.9315"]),
        ("1'692 Mio. (1'870 Mio.)", ["number 1.692e+09", "number 1.87e+09"]),
    ],
)
def test_swiss(text: str, expected: list[str]) -> None:
    assert found(text, "de-CH") == expected


@pytest.mark.parametrize(
    ("text", "parts", "language"),
    [(text, parts, "de") for text, parts in PERIODS_DE] + [(text, parts, "en") for text, parts in PERIODS_EN],
)
def test_periods(text: str, parts: dict[str, object] | None, language: str) -> None:
    mentions = readings(text, language)  # type: ignore[arg-type]
    if parts is None:
        assert mentions == []
        return
    assert len(mentions) == 1
    got = mentions[0].periods[0].model_dump()
    assert {key: got[key] for key in parts} == parts


def test_both_orders_of_a_slashed_date_are_kept() -> None:
    (one,) = readings("on 01/12/2007", "en")
    assert [(each.month, each.day) for each in one.periods] == [(1, 12), (12, 1)]
    (two,) = readings("on 01/22/2007", "en")
    assert [(each.month, each.day) for each in two.periods] == [(1, 22)]


def test_the_hedge_has_its_own_span() -> None:
    text = "Die Aktie stieg um mehr als 9 % und dann nicht mehr."
    (one,) = readings(text)
    assert text[one.start : one.end] == "9 %"
    assert text[one.hedge_start : one.hedge_end] == "mehr als"


def test_a_window_name_keeps_its_period_but_is_no_quantity() -> None:
    (one,) = readings("52-Wochen-Hoch", "de")
    assert (one.unit, one.values, one.periods[0].count, one.periods[0].unit) == (None, (), 52.0, "week")


def test_a_large_bare_number_notes_the_currency_around() -> None:
    one, two = readings("Der Umsatz betrug 4,2 Mrd. Euro, und das nach 3,9 Milliarden.", "de")[:2]
    assert (one.currency, two.currency, two.currency_nearby) == ("EUR", None, "EUR")


def test_the_noun_behind_a_number() -> None:
    (one,) = readings("47 der Analysten", "de")
    assert one.noun is None
    (two,) = readings("47 befragte Analysten", "de")
    assert two.noun == "Analysten"


def test_directions_are_found_with_their_words() -> None:
    text = "Der Kurs legte um 5 % zu, fiel dann und blieb unverändert."
    assert [(each.text, each.direction) for each in directions(text)] == [
        ("legte", "up"),
        ("fiel", "down"),
        ("unverändert", "flat"),
    ]
    assert [each.direction for each in directions("The stock rose, then fell below $5.")] == ["up", "down", "down"]


def test_one_text_one_language() -> None:
    assert detected("Rund 15 % mehr als im Vorjahr") == "de"
    assert readings("1.234")[0].values[0].value == 1234
    assert readings("1.234", "en")[0].values[0].value == 1.234
