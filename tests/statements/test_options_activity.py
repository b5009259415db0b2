"""What is said of options, in both languages and with charts, on SIMULATED chains and histories."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from option_chain_simulator import SimulatedChain, simulated_quotes
from option_volume_simulator import World, simulate
from rerating.analysis import Analysis, analyze
from rerating.core.types import AsOf
from rerating.findings.options_activity import OptionsActivity
from rerating.ledger import Snapshot
from rerating.report import render
from rerating.statements import gaps, options_activity
from rerating.statements.facts import Voice
from rerating.statements.plan import gaps_of, plan, statements_of
from rerating.statements.statement import said
from worlds import bar, batch, days, event

DE, EN = Voice(language="de", zone="Europe/Berlin"), Voice(language="en", zone="America/New_York")
NIGHT = AsOf.parse("2025-09-18T02:00Z")


def world(factor: float) -> dict[str, list[dict[str, Any]]]:
    """SIMULATED: twelve names with 330 days of call volume; SIM002 with a chain, a report and a last day to be told."""
    on = days(date(2024, 5, 23), 330)
    panel = simulate(World(names=12, days=330, earnings=0.0), np.random.default_rng(3)).panel
    volume = np.round(np.expm1(panel.log_volume))
    volume[2, -1] = round(volume[2, -1] * factor)
    facts: list[dict[str, Any]] = []
    bars = []
    for i, name in enumerate(panel.names):
        for t, day in enumerate(on):
            known = datetime(day.year, day.month, day.day, 22, tzinfo=UTC)
            period = {"period_from": day, "period_to": day, "known_at": known, "locator": "simulated"}
            subject = {"subject": f"OPTIONS:{name}", "field": "call_volume", "unit": "contracts"}
            facts.append({**subject, **period, "value": float(volume[i, t])})
        if i == 2:
            bars = [bar(name, day, 225 + 5 * math.sin(t / 9), volume=40_000_000 + t) for t, day in enumerate(on)]
    rate = {"subject": "USD", "field": "risk_free_rate", "unit": "ratio", "value": 0.04, "locator": "simulated"}
    facts.append({**rate, "known_at": datetime(2025, 9, 1, tzinfo=UTC)})
    at = datetime(2025, 9, 24, 20, 30, tzinfo=UTC)
    known = datetime(2025, 9, 1, tzinfo=UTC)
    chain = SimulatedChain(symbol="SIM002", event_variance=0.06**2, after_report=frozenset(SimulatedChain().expiries))
    return {
        "facts": facts,
        "bars": bars,
        "option_quotes": simulated_quotes(chain),
        "events": [
            *(
                event("SIM002", "Quarterly report", then, category="earnings", known_at=min(then, known))
                for then in (at, *(at - timedelta(days=91 * quarter) for quarter in range(1, 5)))
            ),
            event("SIM002", "Calls in heavy demand", datetime(2025, 9, 16, 15, tzinfo=UTC), category="options_flow"),
        ],
    }


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyze(Snapshot.of(batch(**world(15.0))), "SIM002", NIGHT)


def sentences(analysis: Analysis, voice: Voice) -> str:
    section = options_activity.section(analysis.of_kind(OptionsActivity))
    assert section is not None
    return " ".join(said(statement, voice) for statement in statements_of(section)).replace("\u00a0", " ")


def test_what_is_said_in_german(analysis: Analysis) -> None:
    text = sentences(analysis, DE)
    for part in (
        "Laut der Kette vom 17. September 2025",
        "das Put-Call-Verhältnis ist 0,",
        "Stand des Vorabends",
        "ist nach diesem Test außergewöhnlich",
        "vergleichbaren Tage von 12 Werten (p = 0,00",
        "319 Handelstage eigene Historie",
        "Für „Quarterly report“ preisen die Verfalle am 26. September 2025 und am 17. Oktober 2025 eine "
        "Standardabweichung von",
        "keine Prognose",
        "Bei einem Delta von 0,25 sind Puts teurer als Calls (",
        "Berichtet und hier nicht geprüft: „Calls in heavy demand“.",
        "welche Seite einen Handel auslöste",
        "mit niedrigeren Renditen einher (Johnson, So, 2012)",
    ):
        assert part in text, text


def test_what_is_said_in_english(analysis: Analysis) -> None:
    text = sentences(analysis, EN)
    for part in (
        "By the chain of 17 September 2025",
        "is exceptional by this test",
        "comparable days of 12 names (p = 0.00",
        "Beyond what goes with the day's price move and stock volume, p = 0.",
        "not a forecast",
        "went with lower returns (Johnson, So, 2012)",
    ):
        assert part in text or part.replace("17 September 2025", "September 17, 2025") in text, text


def test_an_ordinary_day_is_not_called_exceptional() -> None:
    ordinary = analyze(Snapshot.of(batch(**world(1.0))), "SIM002", NIGHT)
    assert "ist nach diesem Test nicht außergewöhnlich" in sentences(ordinary, DE)


def test_a_short_history_is_said_with_its_days() -> None:
    tables = world(15.0)
    tables["facts"] = [row for row in tables["facts"] if row.get("period_to", date.max) >= date(2025, 8, 1)]
    short = analyze(Snapshot.of(batch(**tables)), "SIM002", NIGHT)
    text = sentences(short, DE)
    assert "lässt sich nicht sagen: Die Historie reicht bis 1. August 2025 zurück" in text
    assert "nötig sind 250 Handelstage" in text
    assert "außergewöhnlich ist" in text
    assert "nach diesem Test" not in text


def test_without_options_there_is_no_section_and_a_known_gap() -> None:
    bars = [bar("SIM", day, 100.0 + i % 3) for i, day in enumerate(days(date(2025, 8, 1), 33))]
    bare = analyze(Snapshot.of(batch(bars=bars)), "SIM", NIGHT)
    assert options_activity.section(bare.of_kind(OptionsActivity)) is None
    (gap,) = [gap for gap in gaps_of(bare) if gap.question.startswith("options of")]
    assert gaps.knows(gap) == (True, True)


def test_figures_lead_to_their_sources(analysis: Analysis) -> None:
    (found,) = analysis.of_kind(OptionsActivity)
    known = {entry.id for entry in found.basis.evidence}
    section = options_activity.section([found])
    assert section is not None
    cited = [fact for statement in statements_of(section) for fact in statement.facts if fact.src]
    assert len(cited) > 25
    assert all(set(fact.src) <= known for fact in cited)


def test_all_gaps_of_the_chain_have_their_german(analysis: Analysis) -> None:
    (found,) = analysis.of_kind(OptionsActivity)
    assert found.basis.gaps
    for gap in found.basis.gaps:
        assert gaps.knows(gap) == (True, True), gap


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_stands_in_a_report_with_its_charts(analysis: Analysis, language: str) -> None:
    page = render(analysis, language=language, format="html")
    assert [picture.name for section in plan(analysis).sections for picture in section.blocks
            if section.name == "options" and picture.kind == "picture"] == [
        "options_smile", "options_distribution", "options_volume",
    ]  # fmt: skip
    assert page.count('<svg viewBox="0 0 720 260"') == 3
    assert page.count('<svg viewBox="0 0 360 240"') == 3
    assert "NaN" not in page
    assert "nan" not in page.split("<svg", 1)[1].split("</svg>", 1)[0]
    text = render(analysis, language=language, format="md")
    assert ("## Optionen" if language == "de" else "## Options") in text


def test_the_same_analysis_gives_the_same_page(analysis: Analysis) -> None:
    assert render(analysis, language="de", format="html") == render(analysis, language="de", format="html")
