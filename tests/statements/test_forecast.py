"""What is said of a forecast and of a verdict: why there is no call, in figures that are the record's own."""

from __future__ import annotations

import pytest

from rerating.analysis import Analysis, analyze
from rerating.core.types import AsOf, Gap, Why
from rerating.language.languages import NBSP
from rerating.ledger import Ledger
from rerating.outlook.answer import Verdict
from rerating.outlook.evaluation import Edge, Estimate
from rerating.outlook.features import BY_NAME
from rerating.statements import forecast, gaps
from rerating.statements.blocks import Table
from rerating.statements.facts import Voice
from rerating.statements.features import FEATURES
from rerating.statements.gate import verify
from rerating.statements.plan import statements_of
from rerating.statements.statement import Statement, said, spans
from rerating.statements.verdict import section

DE, EN = Voice(language="de", zone="Europe/Berlin"), Voice(language="en")


@pytest.fixture(scope="module")
def apple(sample: Ledger) -> Analysis:
    return analyze(sample, "AAPL", AsOf.parse("2007-01-12T22:00Z"))


def told(verdict: Verdict, voice: Voice) -> str:
    found = section(verdict)
    assert found is not None
    return " ".join(plain(statement, voice) for statement in statements_of(found))


def plain(statement: Statement, voice: Voice) -> str:
    """The statement in words, which the gate has let through."""
    verify([said(statement, voice)], [span.due for span in spans(statement, voice) if span.due is not None], voice)
    return said(statement, voice).replace(NBSP, " ")


def with_record(apple: Analysis, **update: object) -> Verdict:
    assert isinstance(apple.verdict, Verdict)
    assert not isinstance(apple.verdict.record, Gap)
    return apple.verdict.model_copy(update={"record": apple.verdict.record.model_copy(update=update)})


def edge(baseline: str, p: float) -> Edge:
    skill = Estimate(value=0.0012, low=-0.0003, high=0.0027, level=0.9, months=98)
    return Edge(baseline=baseline, skill=skill, p_spa=p, variants=17)


def test_a_short_record_says_how_short(apple: Analysis) -> None:
    assert "155 forecasts" in told(with_record(apple), EN)
    assert "Richtwert 3.800" in told(with_record(apple), DE)


def test_a_long_record_says_which_test_was_not_passed(apple: Analysis) -> None:
    wide = with_record(
        apple, lines=403, independent=35_000, edges=(edge("scale_only", 0.745), edge("beta_only", 0.047))
    )
    english, german = told(wide, EN), told(wide, DE)
    assert "checked on 403 stocks, its skill over scale alone is +0.12% (range −0.03% to +0.27%)" in english
    assert "the test over all 17 variants ever tried gives p = 0.745" in english
    assert "An 403 Aktien nachgerechnet" in german
    assert "p = 0,745" in german
    assert "Richtwert" not in german  # there are enough forecasts; saying that more are needed would be false


def test_a_long_record_without_a_test_says_so(apple: Analysis) -> None:
    untested = with_record(apple, independent=5_000)
    assert "No significance test was made" in told(untested, EN)


def test_the_section_holds_each_horizon_and_the_strongest_reasons(apple: Analysis) -> None:
    found = forecast.section(apple.forecasts, apple.verdict)
    assert found is not None
    tables = {block.name: block for block in found.blocks if isinstance(block, Table)}
    for statement in statements_of(found):
        plain(statement, DE)
        plain(statement, EN)
    assert [plain(row.label, EN) for row in tables["forecast"].rows] == ["Five sessions", "21 sessions", "63 sessions"]
    assert isinstance(apple.verdict, Verdict)
    parts = [abs(reason.contribution) for reason in apple.verdict.reasons]
    assert parts == sorted(parts, reverse=True)
    shown, rest = tables["forecast_reasons"].rows, tables["forecast_other_reasons"].rows
    assert len(shown) == forecast.SHOWN_REASONS
    assert len(shown) + len(rest) == len(apple.verdict.reasons)
    assert len(tables["forecast_skill"].rows) == 3


def test_without_a_distribution_there_is_no_section() -> None:
    nothing = Gap(question="q", why=Why.TOO_SHORT, detail="d")
    assert forecast.section((nothing,), nothing) is None


def test_every_feature_has_its_words() -> None:
    assert set(FEATURES) == set(BY_NAME)
    gap = Gap(
        question="features of the forecast",
        why=Why.NOT_COVERED,
        detail="beta, turnover cannot be known of this line at this cutoff, so its forecast has no mean of its own",
    )
    assert "beta to the market, value traded;" in said(gaps.detail(gap), EN)
    assert "Beta zum Markt, gehandelter Wert;" in said(gaps.detail(gap), DE)
