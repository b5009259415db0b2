"""Lines, trend and re-rating in words: both languages, the week's parts, two lenses apart, what is asserted marked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import numpy as np

from rerating.analysis import Analysis, analyze
from rerating.core.types import AsOf, Gap, Why
from rerating.findings.basis import Basis
from rerating.findings.decomposition import Change, Decomposition, Moved
from rerating.findings.lines import Lines, Parity, Part, Reading, Spread, WeekParts
from rerating.findings.price_move import PriceMove
from rerating.findings.trend import Trend
from rerating.ledger import Snapshot
from rerating.statements import decomposition, lines, price_move, trend
from rerating.statements.blocks import Length, Paragraph, Picture, Section, Table
from rerating.statements.facts import Voice
from rerating.statements.plan import plan, statements_of
from rerating.statements.statement import Statement, said
from worlds import batch, days, walk

DE, EN = Voice(language="de", zone="Europe/Berlin"), Voice(language="en")
AT = AsOf.parse("2026-01-14T22:00Z")
BASIS = Basis(as_of=AT.at, definition="")
FIRST, LAST = date(2026, 1, 7), date(2026, 1, 14)
GAP = Gap(question="what moved with XNYS:BABA", why=Why.TOO_SHORT, detail="six closes in a row are needed; x")


def words(statements: Iterable[Statement], voice: Voice) -> str:
    return " ".join(said(statement, voice) for statement in statements).replace("\u00a0", " ")


def told(part: Section | None, voice: Voice) -> str:
    assert part is not None
    return words(statements_of(part), voice)


def reading(line: str, unit: str, value: float, basis: str = "close") -> Reading:
    return Reading(line=line, unit=unit, basis=basis, value=value)


def alibaba() -> Lines:
    """The model case with the figures of its definitions."""
    highs = (
        reading("XNYS:BABA", "USD", -0.1182, "intraday"),
        reading("XNYS:BABA", "EUR", -0.0947),
        reading("XHKG:9988.HK", "HKD", -0.0870),
    )
    week = (reading("XNYS:BABA", "USD", 0.1578), reading("XNYS:BABA", "EUR", 0.1610))
    names = ("before XHKG", "session XHKG", "session XETR+XNYS", "currency")
    logs = (0.06, 0.03, 0.0565, 0.0028)
    parts = tuple(
        Part(name=n, log_return=log, simple_return=float(np.expm1(log))) for n, log in zip(names, logs, strict=True)
    )
    whole = sum(logs)
    return Lines(
        listing="XNYS:BABA",
        lines=("XNYS:BABA", "XHKG:9988.HK"),
        parity=(Parity(line="XHKG:9988.HK", on=LAST, units=8.0, gap=0.021, median_gap=-0.004),),
        week=WeekParts(
            unit="EUR",
            from_on=FIRST,
            to_on=LAST,
            log_return=whole,
            simple_return=float(np.expm1(whole)),
            parts=parts,
        ),
        spreads=(
            Spread(figure="distance_to_52w_high", low=-0.1182, high=-0.0870, readings=highs),
            Spread(figure="five_sessions", low=0.1578, high=0.1610, readings=week),
        ),
        basis=BASIS,
    )


def test_the_lines_of_the_model_case_in_german() -> None:
    text = told(lines.section([alibaba()]), DE)
    for expected in (
        "Der Schlusskurs liegt 8,7 bis 11,8 % unter dem 52-Wochen-Hoch, je nach Notierung, Währung und Kursbasis.",
        "Die Woche brachte +15,8 bis +16,1 %, je nach Währung.",
        "9988.HK (8 je Stück von BABA) lag am 14. Januar, auf gleiche Einheit und Währung umgerechnet, 2,1 % über "
        "BABA.",
        "Im Median über 21 Handelstage betrug der Abstand −0,4 %",
        "machte die Zeit vor der Eröffnung an der Börse Hongkong aus (+6,2 %)",
        "Der Wechselkurs von USD zu EUR trug für sich genommen +0,3 % bei.",
        "Zeit mit Handel zugleich auf Xetra und an der New York Stock Exchange",
    ):
        assert expected in text


def test_the_lines_of_the_model_case_in_english() -> None:
    text = told(lines.section([alibaba()]), EN)
    for expected in (
        "The close is 8.7% to 11.8% below the 52-week high, depending on line, currency and basis.",
        "9988.HK (8 to one of BABA), brought to the same unit and currency, was 2.1% above BABA on 14 January.",
        "its largest part by size was the time before the open in Hong Kong (+6.2%)",
        "The exchange rate of USD to EUR contributed +0.3% on its own.",
    ):
        assert expected in text


def test_the_weeks_of_one_line_that_differ_only_by_convention_say_so() -> None:
    one = Spread(figure="five_sessions", low=0.01, high=0.01, readings=(reading("XNYS:BABA", "USD", 0.01),))
    other = Spread(figure="week_to_date", low=0.03, high=0.03, readings=(reading("XNYS:BABA", "USD", 0.03),))
    found = alibaba().model_copy(update={"spreads": (one, other)})
    assert "Die Woche brachte +1,0 bis +3,0 %, je nach Zählweise." in told(lines.section([found]), DE)


def test_a_level_parity_has_no_side() -> None:
    level = Parity(line="XHKG:9988.HK", on=LAST, units=8.0, gap=0.0, median_gap=GAP)
    found = alibaba().model_copy(update={"parity": (level,)})
    assert "gleichauf mit BABA (0,0 %)" in told(lines.section([found]), DE)


def test_nothing_known_of_the_lines_is_no_section() -> None:
    assert lines.section([]) is None
    assert lines.section([alibaba().model_copy(update={"parity": GAP, "week": GAP, "spreads": ()})]) is None


def test_the_trend_of_apple(apple: Analysis) -> None:
    part = trend.section(apple.of_kind(Trend), apple.of_kind(PriceMove))
    text = told(part, DE)
    assert "Durchschnitt über 50 Handelstage (Abstand) 86,45 $ (+9,4 %)" in text
    for label in (
        "RSI über 14 Handelstage",
        "Beta zu S&P 500",
        "Rendite abzüglich der des Maßstabs 21 Handelstage",
        "Nasdaq Composite +4,2 % +20,8 % +5,4 %",
    ):
        assert label in text
    assert "Annualised volatility, 21 sessions" in told(part, EN)
    gaps = {name: GAP for name in ("rsi_14", "beta", "drawdown_52w", "deepest_drawdown_52w", "volume_percentile")}
    empty = apple.of_kind(Trend)[0].model_copy(
        update={**gaps, "averages": (), "volatility": (), "relative_strength": ()}
    )
    assert trend.section([empty], []) is None


CHANGE = Change(
    unit="EUR",
    from_on=FIRST,
    to_on=LAST,
    price=0.149,
    currency=0.002,
    revision=-0.01,
    roll=0.004,
    multiple=0.153,
    estimates_unit="CNY",
)


def moved(apple: Analysis) -> Moved:
    found = apple.of_kind(Decomposition)[0].what_moved
    assert isinstance(found, Moved)
    return found


def test_two_lenses_are_told_apart(apple: Analysis) -> None:
    both = Decomposition(listing="XNYS:BABA", what_changed=CHANGE, what_moved=moved(apple), basis=BASIS)
    part = decomposition.section([both])
    assert part is not None
    assert [type(block) for block in part.blocks] == [
        *(Paragraph, Picture, Table),
        *(Paragraph, Picture, Table),
        Paragraph,
    ]
    text = told(part, DE)
    assert (
        "+14,9 % (logarithmisch). Davon entfallen −1,0 % auf neue Gewinnschätzungen, +0,4 % auf das Vorrücken" in text
    )
    assert "+15,3 % auf das Vielfache und +0,2 % auf den Kurs der Berichtswährung CNY." in text
    assert "ihre Teile werden nicht addiert" in text
    assert "90-%-Spanne" in text
    assert "their parts are not added together" in told(part, EN)


def test_an_unknown_lens_is_said_beside_the_known_one(apple: Analysis) -> None:
    one = Decomposition(listing="XNYS:BABA", what_changed=GAP, what_moved=moved(apple), basis=BASIS)
    assert "Was sich geändert hat, lässt sich hier nicht zerlegen." in told(decomposition.section([one]), DE)
    other = one.model_copy(update={"what_changed": CHANGE, "what_moved": GAP})
    assert "What moved with it cannot be split here." in told(decomposition.section([other]), EN)
    assert decomposition.section([one.model_copy(update={"what_moved": GAP})]) is None


def test_the_sections_stand_in_a_report_and_lead_to_sources(apple: Analysis) -> None:
    made = plan(apple, length=Length.FULL)
    names = [part.name for part in made.sections]
    assert names.index("lines") < names.index("trend") < names.index("decomposition") < names.index("gaps")
    held = {entry.id for finding in apple.findings for entry in finding.basis.evidence}
    for part in made.sections:
        if part.name in {"lines", "trend", "decomposition"}:
            cited = {key for statement in statements_of(part) for fact in statement.facts for key in fact.src}
            assert cited
            assert cited <= held


def test_an_asserted_high_is_marked_wherever_it_is_said() -> None:
    on = days(date(2025, 12, 1), 20)
    fact = {
        "subject": "X",
        "field": "high_52w_intraday",
        "period_to": on[3],
        "value": 400.0,
        "unit": "USD",
        "known_at": datetime.combine(on[3], time(), AT.at.tzinfo) + timedelta(days=1),
        "locator": "page",
    }
    world = Snapshot.of(batch(bars=walk("X", on, np.random.default_rng(3)), facts=[fact]))
    moves = analyze(world, "X", AT).of_kind(PriceMove)
    for voice, mark in ((DE, "angegeben, nicht berechnet"), (EN, "asserted, not computed")):
        glance = words((item.label for item in price_move.glance(moves[0])), voice)
        paragraph = words(price_move.sentences(moves[0]), voice)
        watch = words((item.label for item in price_move.levels_to_watch(moves)), voice)
        table = told(price_move.section(moves), voice)
        assert all(mark in text for text in (glance, paragraph, watch, table)), (glance, paragraph, watch)
