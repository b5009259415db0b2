"""Plans and views: speakers, both sides, conflicts of attribution, and what is due."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rerating.analysis import Analysis, analyze
from rerating.core.types import AsOf, Gap, Listing, Why
from rerating.findings.consensus import Consensus
from rerating.findings.fundamentals import Fundamentals
from rerating.findings.plans import Plans, plans
from rerating.findings.price_move import PriceMove
from rerating.findings.series import Series, series
from rerating.findings.speakers import AUTHORITIES, speaker_of
from rerating.ledger import Ledger, Snapshot
from rerating.sources.case_file import batch_from
from shared_data import shared
from worlds import bar, batch, days, event

ON = days(date(2020, 1, 2), 5)
AT = datetime.combine(ON[1], datetime.min.time(), UTC) + timedelta(hours=12)


_MIIT = AUTHORITIES["MIIT"]


def told(*events: dict[str, Any]) -> Plans:
    tables: dict[str, Any] = {"bars": [bar("X", day, 100.0) for day in ON]}
    if events:
        tables["events"] = list(events)
    view = Snapshot.of(batch(**tables)).view(AsOf(at=datetime.combine(ON[-1], datetime.min.time(), UTC)))
    line = series(view, Listing(symbol="X", venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    return plans(view, line)


def test_nothing_said_is_a_gap_on_every_side() -> None:
    found = told()
    for side in (found.plans, found.case_for, found.case_against, found.watch):
        assert isinstance(side, Gap)


def test_both_sides_stand_apart_with_their_speakers() -> None:
    found = told(
        event("X", "grows", AT, category="view", stance="for", speaker="House A", status="opinion"),
        event("X", "costs", AT, category="view", stance="against", speaker="House B", status="opinion"),
    )
    assert not isinstance(found.case_for, Gap)
    assert not isinstance(found.case_against, Gap)
    assert [s.speaker for s in found.case_for] == ["House A"]
    assert [s.speaker for s in found.case_against] == ["House B"]


def test_one_figure_with_two_speakers_is_a_conflict_once_both_are_known() -> None:
    first = event("X", "80 %", AT, category="claim_80", value=0.8, unit="ratio", speaker="a manager")
    late = event(
        "X", "80 %, too", AT + timedelta(days=30), category="claim_80", value=0.8, unit="ratio", speaker="a broker"
    )
    second = event("X", "80 %, too", AT, category="claim_80", value=0.8, unit="ratio", speaker="a broker")
    assert told(first, late).conflicts == ()
    conflict = told(first, second).conflicts
    assert [gap.why for gap in conflict] == [Why.CONFLICT]
    assert "a manager" in conflict[0].detail
    assert "a broker" in conflict[0].detail


def test_a_plan_is_somebodys() -> None:
    item = event("X", "press item on the plan", AT, category="policy_china_ai")
    plan = event("X", "will build", AT, category="plan", speaker="the company")
    both, alone = told(item, plan), told(item)
    assert not isinstance(both.plans, Gap)
    assert [one.title for one in both.plans] == ["will build"]
    assert isinstance(alone.plans, Gap)
    assert "no speaker is recorded" in alone.plans.detail


def test_only_what_is_still_due_is_to_be_watched() -> None:
    due = event("X", "results", AT, category="watch", effective_on=ON[-1] + timedelta(days=20))
    past = event("X", "meeting", AT, category="watch", effective_on=ON[2])
    found = told(due, past)
    assert not isinstance(found.watch, Gap)
    assert [watch.title for watch in found.watch] == ["results"]


def test_the_packaged_case_carries_numbers_in_every_element(baba: Analysis) -> None:
    analysis = baba
    move: PriceMove = analysis.of_kind(PriceMove)[0]
    assert not isinstance(move.close, Gap)
    assert (move.close.value, round(move.converted[0].value, 2)) == (169.90, 145.82)
    assert not isinstance(move.high_52w, Gap)
    assert {(end.basis, end.asserted, round(end.distance, 4)) for end in move.high_52w} == {
        ("intraday", True, -0.1182),
        ("close", True, -0.1027),
    }
    figures = analysis.of_kind(Fundamentals)[0].figures
    assert {f.field: f.value for f in figures}["cloud_revenue"] == 118_028e6
    found: Consensus = analysis.of_kind(Consensus)[0]
    assert not isinstance(found.observed, Gap)
    assert {label.house for label in found.observed} == {"MarketBeat", "Yahoo", "TipRanks"}
    assert not isinstance(found.actions, Gap)
    downgrade = {a.graded_on: [o.on for o in a.also_dated] for a in found.actions if a.house == "Freedom Capital"}
    assert downgrade == {date(2026, 1, 6): [date(2026, 1, 13)], date(2026, 1, 13): [date(2026, 1, 6)]}
    worth = analysis.of_kind(Fundamentals)[0].valuation
    multiples = {one.name: one for one in worth.multiples}
    ends = {name: one.inputs[1].period_to for name, one in multiples.items() if one.inputs}
    assert ends["ev_sales"] == date(2025, 9, 30), "four quarters reach further than the fiscal year"
    assert ends["pe_trailing"] == date(2025, 3, 31)
    assert {name: round(multiples[name].value, 2) for name in ("pe_trailing", "ev_sales", "ev_ebitda")} == {
        "pe_trailing": 22.10,
        "ev_sales": 2.68,
        "ev_ebitda": 14.82,
    }
    assert round(multiples["fcf_yield"].value, 4) == 0.0258
    said: Plans = analysis.of_kind(Plans)[0]
    assert not isinstance(said.plans, Gap)
    assert 3.8e11 in [statement.value for statement in said.plans]
    assert len(said.conflicts) == 1
    assert not isinstance(said.watch, Gap)
    assert [(watch.due_on.year, watch.value) for watch in said.watch] == [(2027, 1000.0), (2028, 3.8e11)]


def test_the_packaged_case_does_not_look_ahead(alibaba_ledger: Ledger) -> None:
    analysis = analyze(alibaba_ledger, "BABA", AsOf.parse("2026-01-09T22:00Z"))
    assert "Li Lecheng" not in analysis.to_json()
    assert "TipRanks" not in analysis.to_json()


@pytest.mark.parametrize(
    ("category", "title", "locator", "speaker"),
    [
        ("policy_china_ai", "minister of industry Li Lecheng presents a plan", "", "Li Lecheng, minister of industry"),
        ("policy_china_ai", "opinions released by MIIT and 7 other bodies", "", f"{_MIIT} and seven other bodies"),
        ("policy_china_ai", "target 2027: agents", "https://sesec.eu/miit-releases-opinion", _MIIT),
        ("policy_china_ai", "target 2027: agents", "https://sesec.eu/what-miit-left-out", None),
        ("policy_china_ai", "chip makers ask MIIT for relief", "", None),
        ("policy_china_ai", "the summit ends", "", None),
        ("capex", "at least 380bn over three years", "", "X Corp"),
        ("capex", "press: 380bn over three years", "", None),
        ("plan", "will build", "", None),
        ("claim_80", "Jefferies (T. Chong): up to 80 %", "", "Jefferies"),
        ("claim_80", "the figure attributed to Small House by a page", "", "Small House"),
        ("claim_80", "a page reads Jefferies otherwise", "", None),
    ],
)
def test_a_speaker_is_who_the_record_names_and_nobody_else(
    category: str, title: str, locator: str, speaker: str | None
) -> None:
    row = {"speaker": None, "category": category, "title": title, "locator": locator}
    said = speaker_of(row, issuer="X Corp", houses={"Small House"})
    assert (said and said[0]) == speaker
    assert speaker_of(row | {"speaker": "Y"}, issuer="X Corp") == ("Y", "field")
    assert category != "capex" or speaker_of(row, issuer=None) is None


@pytest.mark.shared
def test_the_recorded_events_about_alibaba_name_their_speakers() -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    events = batch_from(shared("data/news/baba_events.json"), recorded_at=at, only="events")
    bars = [bar("BABA", day, 100.0) for day in days(date(2026, 1, 2), 9)]
    issuer = {
        "subject": "BABA",
        "field": "issuer",
        "text": "Alibaba Group",
        "known_at": datetime(2019, 1, 1, tzinfo=UTC),
    }
    view = Snapshot.of(events, batch(bars=bars, facts=[issuer])).view(AsOf.parse("2026-01-14T22:00Z"))
    line = series(view, view.listings("BABA")[0])
    assert isinstance(line, Series)
    found = plans(view, line).plans
    assert not isinstance(found, Gap)
    by = Counter((one.speaker, one.speaker_named_in) for one in found)
    assert by == {
        ("Alibaba Group", "category"): 2,
        (_MIIT, "title"): 1,
        (f"{_MIIT} and seven other bodies", "title"): 1,
        (_MIIT, "address"): 3,
        ("Li Lecheng, industry minister", "title"): 1,
    }
    assert not any("English" in one.title or "symposium" in one.title for one in found), "nobody is named there"
