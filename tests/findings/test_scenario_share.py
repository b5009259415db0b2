import pytest

from rerating.core.types import Gap
from rerating.findings.scenario_file import shipped
from rerating.findings.scenario_share import share_scenario
from rerating.measures.market_share import Feasibility


@pytest.mark.parametrize(
    ("name", "market", "after", "needed"),
    [
        ("alibaba-2026-01-14", 51.8e9, 0.4514, 1.21),
        ("alibaba-2026-06-01", 56.7e9, 0.4696, 1.095),
    ],
)
def test_the_claim_at_both_dates(name, market, after, needed):
    scenario = share_scenario(shipped(name))
    first = scenario.definitions[0]
    assert first.market == market
    assert first.share_after == pytest.approx(after, abs=5e-5)
    assert first.growth_needed == pytest.approx(needed, abs=1e-9)
    assert first.share_after_band.low < first.share_after < first.share_after_band.high
    assert first.drivers[0].name == "growth"
    assert first.claim_verdict.verdict is Feasibility.POSSIBLE
    assert first.target_verdict.verdict is Feasibility.STRETCHED
    assert first.target_verdict.binding == "market_growth"
    assert first.margin_needed > 1.0  # on this narrow market alone the capex cannot earn its cost


def test_on_the_whole_cloud_market_the_sixty_percent_is_impossible():
    scenario = share_scenario(shipped("alibaba-2026-01-14"))
    wide = scenario.definitions[2]
    assert wide.market == pytest.approx(46e9 * 7.119)
    assert wide.target_verdict.verdict is Feasibility.IMPOSSIBLE
    assert len({d.market_name for d in scenario.definitions}) == 3


def test_who_said_it_stays_open():
    told = share_scenario(shipped("alibaba-2026-01-14")).open_questions[0]
    assert "company executive" in told
    assert "Jefferies" in told


def test_no_claim_is_a_gap():
    file = shipped("alibaba").model_copy(update={"claim": None})
    assert isinstance(share_scenario(file), Gap)


def test_without_filed_figures_the_growth_of_the_market_alone_decides():
    file = shipped("alibaba").model_copy(update={"segment": None})
    first = share_scenario(file).definitions[0]
    assert {bound.name for bound in first.claim_verdict.bounds} == {"market_growth", "share_after"}
    assert isinstance(first.margin_needed, Gap)


def test_a_json_round_trip_loses_nothing():
    scenario = share_scenario(shipped("alibaba"))
    assert type(scenario).model_validate_json(scenario.model_dump_json()) == scenario
