"""Case files: dated facts and events with their addresses, and what is wrong with a faulty one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rerating.core.errors import UsageError
from rerating.sources.case_file import batch_from
from shared_data import shared

AT = datetime(2026, 1, 1, tzinfo=UTC)
EVENT = '[[events]]\nsubject = "X"\ncategory = "policy"\ntitle = "t"\nsource = "https://example.org"\n'


def case(folder: Path, text: str) -> Path:
    path = folder / "case.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_day_lasts_from_its_start_to_its_end_at_its_place(tmp_path: Path) -> None:
    path = case(tmp_path, EVENT + 'on = 2026-01-07\nplace = "Asia/Shanghai"\n')
    row = batch_from(path, recorded_at=AT).tables["events"].row(0, named=True)
    assert row["at_earliest"] == datetime(2026, 1, 6, 16, tzinfo=UTC)
    assert row["at_latest"] == row["known_at"] == datetime(2026, 1, 7, 16, tzinfo=UTC)
    assert row["precision"] == "day"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (EVENT, "give one time"),
        (EVENT + "on = 2026-01-07\n", "needs the place"),
        (EVENT + 'on = 2026-01-07\nplace = "Peking"\n', "no IANA time zone"),
        (EVENT + "at = 2026-01-07T10:00:00\n", "needs a time zone"),
        (EVENT + "at_latest = 2026-01-07T10:00:00Z\n", "at_earliest"),
        (EVENT + "at = 2026-01-07T10:00:00Z\nvalue = 3.0\n", "needs a unit"),
        (EVENT.replace("policy", "split") + "at = 2026-01-07T10:00:00Z\n", "ex-date"),
        ('[[facts]]\nsubject = "X"\nfield = "eps"\nsource = "s"\nat = 2026-01-07T10:00:00Z\n', "needs a value"),
        ('[[facts]]\nsubject = "X"\n', "source"),
        ("[[events]\n", "TOML"),
        ("", "no entry"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        batch_from(case(tmp_path, text), recorded_at=AT)


def test_one_faulty_entry_refuses_the_file(tmp_path: Path) -> None:
    good = EVENT + "at = 2026-01-07T10:00:00Z\n"
    with pytest.raises(UsageError, match="events entry 2"):
        batch_from(case(tmp_path, good + EVENT), recorded_at=AT)


def test_facts_and_events_can_be_asked_apart(tmp_path: Path) -> None:
    both = EVENT + 'at = 2026-01-07T10:00:00Z\n[[facts]]\nsubject = "X"\nfield = "eps"\nvalue = 1.5\nunit = "USD"\n'
    both += 'source = "s"\nat = 2026-01-07T10:00:00Z\n'
    path = case(tmp_path, both)
    assert set(batch_from(path, recorded_at=AT).tables) == {"facts", "events"}
    assert set(batch_from(path, recorded_at=AT, only="facts").tables) == {"facts"}


def test_a_plain_list_gets_its_places(tmp_path: Path) -> None:
    row = {"event_date": "2026-01-07", "date_precision": "day", "known_at": "2026-01-07", "ticker": "X", "fact": "f"}
    rows = [
        row | {"category": "policy_china_ai", "source_url": "https://example.cn/a"},
        row | {"category": "earnings", "source_url": "https://www.ad-hoc-news.de/b"},
        row | {"category": "earnings", "source_url": "https://example.com/c", "value": 80.0, "unit": "%"},
    ]
    path = tmp_path / "list.json"
    path.write_text(json.dumps(rows))
    frame = batch_from(path, recorded_at=AT).tables["events"]
    assert frame["place"].to_list() == ["Asia/Shanghai", "Europe/Berlin", "America/New_York"]
    assert frame.row(2, named=True)["value"] == pytest.approx(0.8)
    assert frame.row(2, named=True)["unit"] == "ratio"


@pytest.mark.shared
def test_the_real_list_loads_as_it_is() -> None:
    frame = batch_from(shared("data/news/baba_events.json"), recorded_at=AT, only="events").tables["events"]
    assert frame.height == 59
