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
        ('value = 1e9, unit = "USD"', 'value = 1e9, unit = "dollars"', "market.0.size is money and needs a currency"),
        ('value = 1e9, unit = "USD"', 'value = -1e9, unit = "USD"', "market.0.size is an amount of at least 0"),
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
    assert {"market.0.size", "market.0.share_before", "segment.revenue"} <= set(later)
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
