import re
from datetime import UTC, datetime

import pytest

from rerating.core.errors import UsageError
from rerating.core.types import AsOf
from rerating.findings import scenario_file as sf

CASE = """
[case]
name = "t-2026-01-01"
family = "t"
title = "A case"
subject = "XNYS:T"
issuer = "T"
currency = "USD"
as_of = 2026-01-01T00:00:00Z
about = "A question."
"""
CITED = 'unit = "ratio", source = "S", locator = "L", known_at = 2025-12-01'
MARKET = f"""
[claim]
text = "half"
window = "2026"
incremental_share = {{ value = 0.5, {CITED} }}

[[market]]
name = "m"
definition = "d"
size = {{ value = 1e9, unit = "USD", source = "S", locator = "L", known_at = 2025-12-01 }}
share_before = {{ value = 0.3, {CITED} }}
growth = {{ low = 0.1, high = 0.3, {CITED} }}

[segment]
name = "s"
capex = {{ value = 2e9, unit = "USD", source = "S", locator = "L", known_at = 2025-12-01 }}
"""


def test_a_sound_file():
    file = sf.parsed(CASE + MARKET, "t.toml")
    assert file.as_of == AsOf.parse("2026-01-01T00:00Z")
    assert file.market[0].growth.base == pytest.approx(0.2)
    assert file.market[0].growth.known_at == datetime(2025, 12, 2, 11, 59, 59, tzinfo=UTC)
    assert [place for place, _ in file.values()] == [
        "claim.incremental_share",
        "market.0.size",
        "market.0.share_before",
        "market.0.growth",
        "segment.capex",
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{ value = 0.5,", "{ value = 80.0,", "claim.incremental_share is a share of one and lies between 0 and 1"),
        ("{ value = 0.5,", "{ ", "claim.incremental_share needs its value, or both ends of its range"),
        ("{ value = 0.5,", "{ value = 0.5, low = 0.4,", "claim.incremental_share has both a value and a range"),
        ('value = 0.3, unit = "ratio"', "value = 0.3", "market.0.share_before needs its unit"),
        ('value = 0.3, unit = "ratio"', 'value = 0.3, unit = "%"', "is written as a share of one"),
        ('value = 0.3, unit = "ratio"', 'value = 0.3, unit = "years"', 'has the unit "years" and needs "ratio"'),
        ("low = 0.1, high = 0.3", "low = 0.3, high = 0.1", "market.0.growth runs from low over base to high"),
        ("low = 0.1, high = 0.3", "low = -2.0, high = 0.1", "market.0.growth is a growth as a ratio"),
        ('value = 2e9, unit = "USD"', 'value = 2e9, unit = "dollars"', "segment.capex is money and needs a currency"),
        ('value = 2e9, unit = "USD"', 'value = -2e9, unit = "USD"', "segment.capex is an amount of at least 0"),
        ('value = 2e9, unit = "USD"', 'value = 2e9, unit = "EUR"', "segment.capex is in EUR and the case in USD"),
        ('value = 1e9, unit = "USD"', 'value = -1e9, unit = "USD"', "market.0 has a size that is not above 0"),
        ('value = 1e9, unit = "USD"', 'value = 1e9, unit = "CNY"', "market.0.size is in CNY and the case in USD"),
        ('source = "S", ', "", "has no source, locator and known_at; cite it or mark it assumption = true"),
        ('source = "S", locator = "L", known_at = 2025-12-01', "assumption = true", "an assumption without a reason"),
        (
            'source = "S", locator = "L", known_at = 2025-12-01',
            'assumption = true, reason = "r", source = "S"',
            "is called an assumption and names a source",
        ),
        ("2025-12-01", "2026-01-01", "became known at 2026-01-02T11:59:59Z, after the cutoff 2026-01-01T00:00:00Z"),
        ('text = "half"', 'text = "half"\nspeaker = "x"', "claim.speaker is no field that scenario files have"),
        ('window = "2026"\n', "", "claim.window is missing; add it"),
        ('window = "2026"', "window = 2026", "claim.window cannot be read"),
        ('window = "2026"', 'window = "2026', "is no TOML"),
    ],
)
def test_each_fault_gets_its_sentence(old, new, sentence):
    text = (CASE + MARKET).replace(old, new)
    assert text != CASE + MARKET
    with pytest.raises(UsageError, match=re.escape(sentence)) as fault:
        sf.parsed(text, "t.toml")
    assert all(line.startswith("t.toml") for line in str(fault.value).splitlines())


def test_german_stands_for_what_the_file_says():
    file = sf.parsed(CASE + MARKET + '\n[german]\n"A case" = "Ein Fall"\n', "t.toml")
    assert file.german == {"A case": "Ein Fall"}
    with pytest.raises(UsageError, match="german translates 'A csae', which the file does not say"):
        sf.parsed(CASE + MARKET + '\n[german]\n"A csae" = "Ein Fall"\n', "t.toml")


def test_all_faults_are_told_at_once():
    text = (CASE + MARKET).replace("value = 0.5", "value = 80").replace("value = 0.3", "value = 30")
    with pytest.raises(UsageError) as fault:
        sf.parsed(text, "t.toml")
    assert len(str(fault.value).splitlines()) == 2


def test_a_claim_needs_a_market():
    with pytest.raises(UsageError, match="no \\[\\[market\\]\\] defines"):
        sf.parsed(CASE + MARKET.split("[[market]]", maxsplit=1)[0], "t.toml")


@pytest.mark.parametrize("name", sf.shipped_names())
def test_shipped_files_are_sound_and_every_value_has_a_source_or_a_reason(name):
    file = sf.shipped(name)
    assert file.case.name == name
    values = list(file.values())
    assert values
    for _place, value in values:
        assert value.assumption or (value.source and value.locator and value.known_at <= file.case.as_of)
        assert value.reason if value.assumption else not value.reason


def test_the_january_file_cannot_see_what_june_knew():
    """The June inputs moved into the January file are refused, every single one that is later than its cutoff."""
    january, june = sf.shipped("alibaba-2026-01-14"), sf.shipped("alibaba-2026-06-01")
    assert all(value.known_at is None or value.known_at <= january.case.as_of for _, value in january.values())
    later = [place for place, value in june.values() if value.known_at and value.known_at > january.case.as_of]
    assert {"market.0.size", "market.0.share_before", "segment.sales"} <= set(later)
    path = sf.resources.files("rerating.findings") / "scenario_cases" / "alibaba-2026-06-01.toml"
    backdated = path.read_text(encoding="utf-8").replace("as_of = 2026-06-01T22:00:00Z", "as_of = 2026-01-14T22:00:00Z")
    with pytest.raises(UsageError) as fault:
        sf.parsed(backdated, "backdated")
    told = str(fault.value)
    assert all(f"backdated: {place} became known at" in told for place in later)


def test_a_family_answers_with_its_newest_case_that_was_known():
    assert sf.shipped("alibaba").case.name == "alibaba-2026-01-14"
    assert sf.shipped("Alibaba", AsOf.parse("2026-05-31T00:00Z")).case.name == "alibaba-2026-01-14"
    assert sf.shipped("alibaba", AsOf.parse("2026-06-01T22:00Z")).case.name == "alibaba-2026-06-01"
    with pytest.raises(UsageError, match="after 2026-01-14T21:59:59Z"):
        sf.shipped("alibaba", AsOf.parse("2026-01-14T21:59:59Z"))
    with pytest.raises(UsageError, match="after 2026-02-01"):
        sf.shipped("alibaba-2026-06-01", AsOf.parse("2026-02-01T00:00Z"))
    with pytest.raises(UsageError, match="no shipped case 'nobody'"):
        sf.shipped("nobody")


PROGRAMME = """
[programme]
name = "p"
starts_on = 2026-01-01
build_quarters = 2
budget = { value = 10.0, unit = "USD", assumption = true, reason = "r" }
spent = [{ value = 4.0, unit = "USD", assumption = true, reason = "r" }]
lag = { value = 0.5, unit = "years", assumption = true, reason = "r" }
ramp = { value = 1.0, unit = "years", assumption = true, reason = "r" }
utilisation = { value = 0.9, unit = "ratio", assumption = true, reason = "r" }
revenue_per_capex = { value = 1.0, unit = "ratio", assumption = true, reason = "r" }
margin = { value = 0.1, unit = "ratio", assumption = true, reason = "r" }

[[programme.asset]]
name = "a"
earns = true
share = { value = 1.0, unit = "ratio", assumption = true, reason = "r" }
life = { value = 5.0, unit = "years", assumption = true, reason = "r" }
"""


def test_quarters_that_are_over_are_spent_as_they_were_and_the_rest_evenly():
    file = sf.parsed(CASE + PROGRAMME.replace("build_quarters = 2", "build_quarters = 4"), "t.toml")
    assert file.programme.spend == pytest.approx((0.4, 0.2, 0.2, 0.2))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("value = 5.0", "value = -5.0", "programme.asset.0.life is a life: longer than 0"),
        ("value = 5.0", "value = 0.0", "programme.asset.0.life is a life: longer than 0"),
        ('margin = { value = 0.1, unit = "ratio",', "margin = { value = 0.1,", "programme.margin needs its unit"),
        ("margin = {", "cost_ratio = { value = 0.1, unit = \"ratio\", assumption = true, reason = \"r\" }\nmargin = {",
         "programme needs exactly one of margin and cost_ratio"),
        ("earns = true", "earns = false", "programme needs exactly one asset class with earns = true"),
        ("share = { value = 1.0", "share = { value = 0.7", "programme has asset classes whose shares add up to 0.7"),
        ("value = 4.0", "value = 14.0", "programme has spent more than its budget"),
        ("build_quarters = 2", "build_quarters = 1", "programme has more quarters spent than build_quarters"),
        ("build_quarters = 2", "build_quarters = 0", "programme.build_quarters cannot be read"),
        ("value = 0.9", "value = 1.9", "programme.utilisation is a share of one"),
        ('= { value = 10.0, unit = "USD"', '= { value = 10.0, unit = "EUR"', "programme.budget is in EUR"),
    ],
)  # fmt: skip
def test_each_fault_of_a_programme_gets_its_sentence(old, new, sentence):
    assert sf.parsed(CASE + PROGRAMME, "t.toml").programme is not None
    with pytest.raises(UsageError, match=re.escape(sentence)):
        sf.parsed((CASE + PROGRAMME).replace(old, new), "t.toml")


def test_growth_of_its_own_and_a_target_do_not_go_together():
    text = (CASE + MARKET).replace("incremental_share =", "own_growth =")
    assert sf.parsed(text, "t.toml").claim.own_growth is not None
    with_target = text.replace('text = "half"', f'text = "half"\ntarget_share = {{ value = 0.5, {CITED} }}')
    with pytest.raises(UsageError, match="a claim of own_growth cannot have"):
        sf.parsed(with_target, "t.toml")
    with pytest.raises(UsageError, match="only where the market grows"):
        sf.parsed(text.replace("low = 0.1, high = 0.3", "low = -0.1, high = 0.3"), "t.toml")


def test_terminal_growth_stays_below_the_discount_rate():
    price = """
[price]
terminal_growth = { value = 0.09, unit = "ratio", assumption = true, reason = "r" }
[discount_rate]
low = 0.08
high = 0.1
unit = "ratio"
assumption = true
reason = "r"
"""
    with pytest.raises(UsageError, match="terminal_growth reaches the discount rate"):
        sf.parsed(CASE + price, "t.toml")


def test_the_case_of_a_line_is_the_newest_that_was_known():
    assert sf.case_for("XNYS:BABA", AsOf.parse("2026-01-14T21:00Z")) is None
    assert sf.case_for("XNYS:BABA", AsOf.parse("2026-03-01T00:00Z")).case.name == "alibaba-2026-01-14"
    assert sf.case_for("XNAS:AAPL", AsOf.parse("2026-03-01T00:00Z")) is None
