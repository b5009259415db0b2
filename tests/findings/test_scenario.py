from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rerating.analysis import Analysis, analyze
from rerating.core.record import canonical_json
from rerating.core.types import AsOf, Gap, Listing
from rerating.findings.scenario import Scenario, scenario, scenario_of
from rerating.findings.scenario_file import shipped
from rerating.findings.scenario_price import price_scenario
from rerating.findings.scenario_programme import base_values, capex_scenario, computed, programme_spans, structure
from rerating.findings.series import series
from rerating.ledger import Snapshot
from rerating.measures.capex_programme import programme_outcome
from rerating.measures.reverse_dcf import enterprise_value
from worlds import bar, batch, days

LAST = date(2026, 1, 14)
AT = AsOf.parse("2026-01-14T22:00Z")


@pytest.fixture(scope="module")
def alibaba():
    return scenario_of(shipped("alibaba"))


@pytest.fixture(scope="module")
def tesla():
    return scenario_of(shipped("tesla"))


def view_of(symbol, close, *, facts=(), as_of=AT, on=LAST):
    bars = [bar(symbol, day, close) for day in days(on - timedelta(days=20), 40) if day <= on + timedelta(days=10)]
    known = datetime(2025, 6, 30, tzinfo=UTC)
    rows = [{"subject": symbol, "known_at": known, "locator": "L", "period_to": date(2025, 3, 31)} | f for f in facts]
    view = Snapshot.of(batch(bars=bars, **({"facts": rows} if rows else {}))).view(as_of)
    return view, series(view, Listing(symbol=symbol, venue="XNYS", currency="USD"))


def test_every_output_has_its_band_and_the_two_inputs_that_matter_most(alibaba, tesla):
    for found in (alibaba, tesla):
        for name in ("npv", "irr", "discounted_payback", "break_even_utilisation", "roic_total", "trough"):
            assert found.capex.bands[name].low <= found.capex.bands[name].median <= found.capex.bands[name].high
            assert len(found.capex.drivers[name]) == 2
            assert found.capex.drivers[name][0].total_order >= found.capex.drivers[name][1].total_order > 0
        assert found.price.growth_band.low < found.price.growth < found.price.growth_band.high
        assert len(found.price.growth_drivers) == len(found.price.advantage_drivers) == 2
        for definition in found.share.definitions:
            assert definition.share_after_band is not None
            assert definition.drivers
        assert found.capex.draws == 65_536


def test_at_the_reported_margin_the_cloud_programme_does_not_earn_its_cost_and_the_factories_do(alibaba, tesla):
    assert isinstance(alibaba.capex.discounted_payback, Gap)
    assert alibaba.capex.irr < 0.08
    assert alibaba.capex.pays < 0.2
    assert alibaba.capex.break_even_utilisation > 0.7  # more than the planned load
    assert alibaba.capex.drivers["npv"][0].name == "margin"
    assert 5 < tesla.capex.discounted_payback < 13
    assert tesla.capex.irr > 0.09
    assert tesla.capex.pays > 0.5


def test_the_base_case_is_the_measure_at_the_base_of_all_ranges(alibaba):
    file = shipped("alibaba")
    alone = programme_outcome(structure(file.programme), base_values(programme_spans(file)))
    assert alibaba.capex.irr == alone.irr.value[0]
    assert alibaba.capex.npv == alone.npv[0]
    assert alibaba.capex.roic == tuple(alone.roic[:, 0])
    assert alibaba.capex.fan[-1].base == pytest.approx(alone.free_cash_flow.sum())


def test_fan_wave_and_tornado_hang_together(alibaba):
    capex = alibaba.capex
    for year in capex.fan:
        assert year.p10 <= year.p25 <= year.median <= year.p75 <= year.p90
    assert sum(year.depreciation for year in capex.depreciation_wave) < capex.budget
    assert sum(year.drag for year in capex.depreciation_wave if year.drag > 0) > 1  # more than all of today's EBITA
    for bar_ in capex.tornado:
        assert min(bar_.npv_at_low, bar_.npv_at_high) <= capex.npv <= max(bar_.npv_at_low, bar_.npv_at_high)
    assert capex.group_trough.with_programme < 0 < capex.group_trough.without


def test_the_price_is_explained_by_what_is_found(alibaba):
    file, price = shipped("alibaba"), alibaba.price
    base = {
        "revenue": file.price.revenue.base,
        "tax_rate": file.tax_rate.base,
        "sales_to_capital": file.price.sales_to_capital.base,
        "discount_rate": file.discount_rate.base,
        "terminal_growth": file.price.terminal_growth.base,
        "fade_years": file.price.fade_years,
    }
    assert enterprise_value(price.growth, price.margin, 10.0, **base) == pytest.approx(price.enterprise, rel=1e-9)
    assert enterprise_value(price.expected_growth, price.margin, price.advantage, **base) == pytest.approx(
        price.enterprise, rel=1e-9
    )
    for point in price.isoquant:
        if point.at_base_rate is not None:
            assert enterprise_value(point.at_base_rate, point.margin, 10.0, **base) == pytest.approx(price.enterprise)
    growths = [row.growth for row in price.by_rate]
    assert growths == sorted(growths)  # a higher cost of capital needs more growth
    parts = price.sum_of_parts
    rest = sum(part.value for part in parts.parts if part.name != "Cloud")
    cloud = next(part for part in parts.parts if part.name == "Cloud")
    assert rest + parts.implied_multiple * cloud.measure == pytest.approx(price.enterprise)


def test_a_round_trip_loses_nothing_and_the_same_file_gives_the_same_bytes(alibaba):
    text = canonical_json(alibaba)
    again = Scenario.model_validate_json(text)
    assert canonical_json(again) == text
    computed.cache_clear()
    assert canonical_json(scenario_of(shipped("alibaba"))) == text


def test_every_input_is_cited_or_an_assumption(alibaba):
    ids = {entry.id for entry in alibaba.basis.evidence}
    assert len(alibaba.inputs) == len(list(shipped("alibaba").values()))
    for value in alibaba.inputs:
        assert value.assumption != bool(value.src)
        assert set(value.src) <= ids
        assert bool(value.reason) == value.assumption
    assert all(entry.known_at <= AT.at for entry in alibaba.basis.evidence)


def test_a_view_of_january_takes_the_case_of_january_and_the_price_of_the_ledger():
    view, line = view_of("BABA", 180.0, as_of=AsOf.parse("2026-01-20T22:00Z"))
    found = scenario(view, line)
    assert found.case == "alibaba-2026-01-14"
    assert found.price.price == 180.0  # the ledger's close of the 20th is newer than the file's of the 14th
    (price,) = [value for value in found.inputs if value.place == "price.price"]
    (cited,) = [entry for entry in found.basis.evidence if entry.id in price.src]
    assert cited.source == "test"
    assert all(entry.known_at <= view.as_of.at for entry in found.basis.evidence)


def test_before_the_case_was_known_there_is_none_and_the_gaps_say_so():
    view, line = view_of("BABA", 167.01, as_of=AsOf.parse("2026-01-13T22:00Z"), on=date(2026, 1, 13))
    found = scenario(view, line)
    assert found.case == "XNYS:BABA"
    assert isinstance(found.share, Gap)
    assert isinstance(found.capex, Gap)
    assert isinstance(found.price, Gap)
    assert "price.units, price.revenue, price.margin" in found.price.detail
    assert set(found.basis.gaps) == {found.share, found.capex, found.price}


def test_what_june_knows_cannot_change_what_january_says():
    """The same ledger with and without what came later: the finding of January is the same to the byte."""
    facts = [{"field": "revenue", "unit": "CNY", "value": 9e12, "period_from": date(2025, 4, 1)}]
    later = {"known_at": datetime(2026, 5, 20, tzinfo=UTC), "period_to": date(2026, 3, 31)}
    with_later, line = view_of("BABA", 169.9, facts=[fact | later for fact in facts])
    without, other = view_of("BABA", 169.9)
    assert canonical_json(scenario(with_later, line)) == canonical_json(scenario(without, other))


FACTS = [
    {"field": "revenue", "unit": "USD", "value": 100e9, "period_from": date(2024, 4, 1)},
    {"field": "operating_income", "unit": "USD", "value": 20e9, "period_from": date(2024, 4, 1)},
    {"field": "shares_outstanding", "unit": "shares", "value": 2e9},
    {"field": "net_cash", "unit": "USD", "value": 10e9},
]


def test_a_line_without_a_case_is_read_from_the_ledger_with_generic_assumptions():
    view, line = view_of("TST", 150.0, facts=FACTS)
    found = scenario(view, line)
    assert found.price.market_value == pytest.approx(300e9)
    assert found.price.enterprise == pytest.approx(290e9)
    assert found.price.margin == pytest.approx(0.2)
    assert isinstance(found.price.growth, float)
    assert isinstance(found.price.advantage, Gap)  # nothing says what growth is expected
    assert isinstance(found.capex, Gap)
    generic = {value.place for value in found.inputs if value.assumption}
    assert {"discount_rate", "tax_rate", "price.sales_to_capital"} <= generic


@pytest.mark.parametrize("missing", ["revenue", "operating_income", "shares_outstanding"])
def test_a_figure_that_the_ledger_lacks_is_named(missing):
    view, line = view_of("TST", 150.0, facts=[fact for fact in FACTS if fact["field"] != missing])
    found = scenario(view, line)
    name = {"shares_outstanding": "price.units", "operating_income": "price.margin"}.get(missing, "price.revenue")
    assert name in found.price.detail


def test_a_quarter_is_not_taken_for_a_year():
    quarter = [dict(fact, period_from=date(2025, 1, 1)) if "period_from" in fact else fact for fact in FACTS]
    view, line = view_of("TST", 150.0, facts=quarter)
    assert isinstance(scenario(view, line).price, Gap)


def test_a_file_without_a_programme_or_a_price_has_gaps():
    file = shipped("alibaba")
    assert isinstance(capex_scenario(file.model_copy(update={"programme": None})), Gap)
    gap = price_scenario(file.model_copy(update={"discount_rate": None}))
    assert isinstance(gap, Gap)
    assert "discount_rate" in gap.detail


@settings(max_examples=6)
@given(margin=st.floats(0.05, 0.2), more=st.floats(0.01, 0.1))
def test_a_better_margin_never_worsens_the_base_case(margin, more):
    file = shipped("alibaba")
    spans = programme_spans(file)
    outcomes = [
        programme_outcome(structure(file.programme), {**base_values(spans), "margin": np.asarray(m)})
        for m in (margin, margin + more)
    ]
    assert outcomes[1].npv[0] > outcomes[0].npv[0]
    assert outcomes[1].irr.value[0] > outcomes[0].irr.value[0]
    assert outcomes[1].break_even_utilisation.value[0] < outcomes[0].break_even_utilisation.value[0]


def test_an_analysis_holds_the_scenarios_of_a_case_that_was_known_and_of_no_other():
    bars = [bar("BABA", day, 150.0 + n) for n, day in enumerate(days(date(2025, 12, 1), 45))]
    ledger = Snapshot.of(batch(bars=bars))
    held = {}
    for text in ("2026-01-13T22:00Z", "2026-01-14T22:00Z"):
        analysis = analyze(ledger, "BABA", AsOf.parse(text))
        held[text] = [found.case for found in analysis.of_kind(Scenario)]
        assert Analysis.from_json(analysis.to_json()) == analysis
    assert held == {"2026-01-13T22:00Z": [], "2026-01-14T22:00Z": ["alibaba-2026-01-14"]}
