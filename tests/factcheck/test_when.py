"""When a claim holds: days and spans that the text said before, ends of plans, a company's own years."""

from __future__ import annotations

from datetime import datetime

import pytest

from rerating.factcheck.extraction import extract
from rerating.language.reading import Tongue

AFTER_THE_CLOSE = "2026-11-17T18:20+01:00"
AT_NOON = "2026-11-17T12:20+01:00"


def dated(text: str, language: Tongue, at: str = AFTER_THE_CLOSE) -> list[tuple[str, str | None, str | None]]:
    """Words, span and day of each claim with a number in the paragraph of an article."""
    read = extract(f"# In brief\n\n{text}\n", language=language, published_at=datetime.fromisoformat(at))
    return [(c.text, c.period, c.as_of) for c in read.claims if c.values and c.type != "date"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Am Montag stieg die Aktie von Jenoptik um 7 Prozent. Der Konkurrent Aixtron gewann 3 Prozent. "
            "An der Eurex wechselten 4.000 Calls den Besitzer.",
            "de",
        ),
        ("Shares of Toro fell 7% on Monday. Deere lost 3%, and 4,000 puts changed hands.", "en"),
    ],
)
def test_a_day_holds_for_the_moves_and_trades_told_after_it(text: str, language: Tongue) -> None:
    assert [(period, day) for _, period, day in dated(text, language)] == [("one_session", "2026-11-16")] * 3


def test_a_move_of_the_day_told_before_the_close_is_no_whole_sessions() -> None:
    text = "Am Dienstag verteuerte sich die Aktie von Krones um 4 Prozent."
    assert dated(text, "de", AT_NOON) == [("4 Prozent", "intraday", "2026-11-17")]
    assert dated(text, "de") == [("4 Prozent", "one_session", "2026-11-17")]
    assert dated("Die Aktie von Krones verteuerte sich um 4 Prozent.", "de") == [("4 Prozent", "one_session", None)]


def test_since_a_mark_is_no_span_of_the_move() -> None:
    text = (
        "Ball climbed 4% on Monday, its best day since March 2024. It is up 9% this year, versus 12% for the S&P 500."
    )
    spans = [(words, period) for words, period, _ in dated(text, "en") if "%" in words]
    assert spans == [("4%", "one_session"), ("9%", "year_to_date"), ("12%", "year_to_date")]


def test_the_year_before_belongs_to_its_own_figure() -> None:
    text = (
        "Gea setzte im dritten Quartal 1,4 Milliarden Euro um. Unter dem Strich blieben 120 Millionen Euro "
        "(Vorjahr: 104 Millionen). Die Marge lag wie im Vorjahr bei 9,1 Prozent."
    )
    assert [period for _, period, _ in dated(text, "de")] == ["Q3 2026", "Q3 2026", "Q3 2025", "Q3 2026"]


@pytest.mark.parametrize(
    ("text", "language", "spans"),
    [
        (
            "Revenue at Casey's rose 5% in the three months through July. Net income was $180 million, up from $160 "
            "million a year earlier.",
            "en",
            ["Q1 FY2027", "Q1 FY2027", "Q1 FY2026"],
        ),
        (
            "Siemens hat im Geschäftsjahr 2025/26 den Umsatz um 4 Prozent gesteigert. Im laufenden Geschäftsjahr soll "
            "der Gewinn um 8 Prozent zulegen.",
            "de",
            ["FY2026", "FY2027"],
        ),
        ("In the six months to June, revenue at Ball rose 3%.", "en", ["H1 2026"]),
        ("In the year to March 2026, revenue at Ball rose 3%.", "en", ["FY2026"]),
    ],
)
def test_spans_bear_the_names_of_the_companys_own_year(text: str, language: Tongue, spans: list[str]) -> None:
    assert [period for _, period, _ in dated(text, language)] == spans


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("Zum 30. September beschäftigte Gea 18.400 Menschen.", "de", (None, "2026-09-30")),
        ("Gea streicht bis Ende 2027 rund 600 Stellen.", "de", (None, "2027-12-31")),
        ("Ball wants to cut leverage to 2.5 times by the end of next year.", "en", (None, "2027-12-31")),
        ("The program should save Ball $50 million a year.", "en", ("per_year", None)),
        ("Im Juli verkaufte Vorstand Tom Blau 5.000 Aktien von Gea.", "de", (None, "2026-07")),
    ],
)
def test_levels_plans_and_acts_have_a_point_in_time(text: str, language: Tongue, told: tuple[str | None, ...]) -> None:
    assert [(period, day) for _, period, day in dated(text, language)] == [told]
