"""The section of the scenarios: both languages say the same facts, and it stands in a whole report."""

from __future__ import annotations

import pytest

from rerating.analysis import Analysis
from rerating.findings.scenario import Scenario, scenario_of
from rerating.findings.scenario_file import shipped
from rerating.report import render
from rerating.statements.facts import Voice
from rerating.statements.plan import plan, statements_of
from rerating.statements.scenario import section
from rerating.statements.statement import said

DE, EN = Voice(language="de", zone="Europe/Berlin"), Voice(language="en")


@pytest.fixture(scope="module")
def alibaba() -> Scenario:
    return scenario_of(shipped("alibaba"))


@pytest.fixture(scope="module")
def analysis(apple: Analysis, alibaba: Scenario) -> Analysis:
    """Apple's analysis with Alibaba's scenarios in it: a report does not mind whose they are."""
    return apple.model_copy(update={"findings": (*apple.findings, alibaba)})


def told(found: Scenario, voice: Voice) -> str:
    part = section(found)
    assert part is not None
    return " ".join(said(statement, voice) for statement in statements_of(part)).replace("\u00a0", " ")


def test_what_is_said_in_german(alibaba: Scenario) -> None:
    text = told(alibaba, DE)
    for words in (
        "80 % des Marktzuwachses",
        "einer von 45,1 %",
        "Wachstum von 121,0 %: überdehnt, bindend ist das Marktwachstum",
        "In 2,1 % der 65.536 Szenarien liegt der Barwert über null",
        "Abgezinst kommt das Geld im Grundfall über die Lebensdauer der Anlagen nicht zurück",
        "Der Kurs von 169,90 $ setzt",
        "„KI-Cloud-Dienste (Omdia)“",
        "Wer nannte 80 % des Zuwachses: das Unternehmen oder ein Broker?",
        "Eine Schätzung der Analysten von Jefferies (ad-hoc-news.de)",
    ):
        assert words in text


def test_what_is_said_in_english(alibaba: Scenario) -> None:
    text = told(alibaba, EN)
    for words in (
        "80% of the market's increment",
        "market growth of 121.0%: stretched, bound by the market's growth",
        "in 2.1% of the 65,536 scenarios",
        "Discounted, the money does not come back",
        "the price of $169.90 presupposes",
        "“AI cloud services (Omdia)”",
        "Who said 80 % of the increment",
    ):
        assert words.casefold() in text.casefold()


def test_figures_lead_to_their_sources(alibaba: Scenario) -> None:
    part = section(alibaba)
    assert part is not None
    cited = {key for statement in statements_of(part) for fact in statement.facts for key in fact.src}
    held = {entry.id for entry in alibaba.basis.evidence}
    assert cited
    assert cited <= held


def test_a_scenario_of_gaps_has_no_section(alibaba: Scenario) -> None:
    gap = alibaba.model_copy(update={"share": _gap(alibaba), "capex": _gap(alibaba), "price": _gap(alibaba)})
    assert section(gap) is None


def _gap(found: Scenario) -> object:
    assert not isinstance(found.capex, str)
    return found.capex.discounted_payback  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_stands_in_a_report(analysis: Analysis, language: str) -> None:
    assert "scenario" in {part.name for part in plan(analysis).sections}
    page = render(analysis, language=language, format="html")  # type: ignore[arg-type]
    text = render(analysis, language=language, format="md")  # type: ignore[arg-type]
    assert 'id="scenario"' in page
    assert page.count('class="chart"') >= 6
    for words in ("45,1" if language == "de" else "45.1%", "cnyes.com", "Sobol"):
        assert words in page
        assert words in text
