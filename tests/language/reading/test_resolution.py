from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.core.types import Period
from rerating.language import periods
from rerating.language.reading import readings
from rerating.language.reading.mentions import PeriodReading, PeriodUnit, Window
from rerating.language.reading.resolution import resolved

WEDNESDAY = date(2026, 1, 14)


def days(text: str, language: str = "de") -> tuple[str, str] | None:
    (mention,) = [each for each in readings(text, language) if each.periods]  # type: ignore[arg-type]
    found = resolved(mention.periods[0], WEDNESDAY)
    return None if found is None else (found.from_on.isoformat(), found.to_on.isoformat())


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("gestern", "de", ("2026-01-13", "2026-01-13")),
        ("am Montag", "de", ("2026-01-12", "2026-01-12")),
        ("am Mittwoch", "de", ("2026-01-14", "2026-01-14")),
        ("am vergangenen Mittwoch", "de", ("2026-01-07", "2026-01-07")),
        ("next Friday", "en", ("2026-01-16", "2026-01-16")),
        ("am 12. Januar", "de", ("2026-01-12", "2026-01-12")),
        ("am 28. Dezember", "de", ("2025-12-28", "2025-12-28")),
        ("January 7 to 14", "en", ("2026-01-07", "2026-01-14")),
        ("29. Dezember bis 2. Januar 2026", "de", ("2025-12-29", "2026-01-02")),
        ("im Dezember", "de", ("2025-12-01", "2025-12-31")),
        ("Mitte Januar", "de", ("2026-01-11", "2026-01-20")),
        ("im vierten Quartal", "de", ("2025-10-01", "2025-12-31")),
        ("Q2 2025", "en", ("2025-04-01", "2025-06-30")),
        ("H1 2025", "en", ("2025-01-01", "2025-06-30")),
        ("9M 2025", "de", ("2025-01-01", "2025-09-30")),
        ("Q2 FY2026", "en", None),
        ("2025", "de", ("2025-01-01", "2025-12-31")),
        ("bis 2028", "de", ("2026-01-14", "2028-12-31")),
        ("seit Jahresbeginn", "de", ("2026-01-01", "2026-01-14")),
        ("seit Oktober 2025", "de", ("2025-10-01", "2026-01-14")),
        ("Ende 2025", "de", ("2025-09-01", "2025-12-31")),
        ("last quarter", "en", ("2025-10-01", "2025-12-31")),
        ("vergangene Woche", "de", ("2026-01-05", "2026-01-11")),
        ("in den vergangenen zwölf Monaten", "de", ("2025-01-15", "2026-01-14")),
        ("over the past five days", "en", ("2026-01-10", "2026-01-14")),
        ("in the next three months", "en", ("2026-01-15", "2026-04-14")),
        ("vor drei Tagen", "de", ("2026-01-11", "2026-01-11")),
        ("two weeks ago", "en", ("2025-12-31", "2025-12-31")),
        ("innerhalb einer Woche", "de", ("2026-01-08", "2026-01-14")),
        ("in fünf Sitzungen", "de", None),
        ("um 17:40 Uhr", "de", None),
        ("im Jahresvergleich", "de", None),
        ("von 2024 bis 2026", "de", ("2024-01-01", "2026-12-31")),
    ],
)
def test_what_a_reader_of_that_day_understands(text: str, language: str, expected: tuple[str, str] | None) -> None:
    assert days(text, language) == expected


@given(st.dates(date(1990, 1, 1), date(2039, 12, 31)), st.dates(date(1990, 1, 1), date(2039, 12, 31)))
def test_what_is_written_with_its_year_means_itself_on_any_day(on: date, published_on: date) -> None:
    for language in ("de", "en"):
        (one,) = readings(periods.day(on, language), language)  # type: ignore[arg-type]
        assert resolved(one.periods[0], published_on) == Period(from_on=on, to_on=on)


def test_a_weekday_has_no_middle() -> None:
    reading = PeriodReading(unit="month", window="mid", weekday=0, shift=0)
    assert resolved(reading, date(2000, 1, 3)) == Period(from_on=date(2000, 1, 3), to_on=date(2000, 1, 3))


@given(
    st.fixed_dictionaries(
        {
            "unit": st.sampled_from(get_args(PeriodUnit)),
            "window": st.sampled_from(get_args(Window)),
            "year": st.one_of(st.none(), st.integers(1, 9999)),
            "month": st.one_of(st.none(), st.integers(1, 12)),
            "day": st.one_of(st.none(), st.integers(1, 31)),
            "part": st.one_of(st.none(), st.integers(1, 2)),
            "weekday": st.one_of(st.none(), st.integers(0, 6)),
            "shift": st.one_of(st.none(), st.integers(-400, 400)),
            "count": st.one_of(st.none(), st.floats(0, 1e7)),
            "until_year": st.one_of(st.none(), st.integers(1, 9999)),
            "until_month": st.one_of(st.none(), st.integers(1, 12)),
            "until_day": st.one_of(st.none(), st.integers(1, 31)),
            "until_hour": st.one_of(st.none(), st.integers(0, 23)),
            "until_part": st.one_of(st.none(), st.integers(1, 2)),
        }
    ),
    st.dates(),
)
def test_any_reading_gives_days_in_order_or_none(parts: dict[str, object], published_on: date) -> None:
    found = resolved(PeriodReading.model_validate(parts), published_on)
    assert found is None or found.from_on <= found.to_on
