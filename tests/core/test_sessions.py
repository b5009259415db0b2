"""Sessions: which day, which close, and which session could react."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.core.errors import UsageError
from rerating.core.sessions import CALENDARS, calendar_code, instant, microseconds, sessions, sessions_of


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_days_of_mourning_and_half_days() -> None:
    new_york = sessions("XNYS")
    assert new_york.position(date(2007, 1, 2)) is None
    half = new_york.position(date(2006, 11, 24))
    assert half is not None
    assert new_york.close_at(half) == at("2006-11-24T18:00Z")


def test_corrections_of_the_library_hold() -> None:
    hong_kong = sessions("XHKG")
    assert hong_kong.position(date(2023, 9, 1)) is None
    assert hong_kong.position(date(2023, 9, 8)) is None
    assert hong_kong.position(date(2023, 9, 7)) is not None
    half = hong_kong.position(date(2025, 12, 24))
    assert half is not None
    assert hong_kong.close_at(half) == at("2025-12-24T04:00Z")


@pytest.mark.parametrize(
    ("news", "session"),
    [
        ("2007-01-09T17:40Z", date(2007, 1, 9)),  # inside the session
        ("2007-01-09T13:00Z", date(2007, 1, 9)),  # before the open
        ("2007-01-09T20:59:59Z", date(2007, 1, 9)),
        ("2007-01-09T21:00Z", date(2007, 1, 10)),  # at the close: no trade can react any more
        ("2006-12-30T05:00Z", date(2007, 1, 3)),  # Saturday, New Year, day of mourning
        ("2006-11-24T18:30Z", date(2006, 11, 27)),  # after a half day's early close
    ],
)
def test_news_belongs_to_the_first_session_that_closes_after_it(news: str, session: date) -> None:
    new_york = sessions("XNYS")
    place = new_york.reacting(at(news))
    assert place is not None
    assert new_york.day(place) == session


@given(st.datetimes(min_value=datetime(1991, 1, 1), max_value=datetime(2026, 12, 1)))  # noqa: DTZ001
def test_order_of_the_three_answers(naive: datetime) -> None:
    news = naive.replace(tzinfo=UTC)
    table = sessions("XNYS")
    last, reacting, opening = table.last_closed(news), table.reacting(news), table.opening_after(news)
    assert last is not None
    assert reacting is not None
    assert opening is not None
    assert reacting == last + 1
    assert opening in {reacting, reacting + 1}
    assert table.close_at(last) <= news < table.close_at(reacting)
    assert table.open_at(opening) > news


@given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_microseconds_go_and_come_back(naive: datetime) -> None:
    assert instant(microseconds(naive.replace(tzinfo=UTC))) == naive.replace(tzinfo=UTC)


def test_every_venue_has_a_calendar_and_an_unknown_one_is_named() -> None:
    assert calendar_code("INDEX", "^HSI") == "XHKG"
    assert calendar_code("OTCM") == "XNYS"
    assert set(CALENDARS.values()) >= {"XNYS", "XHKG", "XETR", "XSHG"}
    with pytest.raises(UsageError, match="No exchange calendar"):
        sessions_of("XXXX", "FOO")


def test_tables_end_where_the_library_ends() -> None:
    assert sessions("XSHG").reacting(datetime(2027, 6, 1, tzinfo=UTC)) is None
    assert sessions("XNYS").reacting(datetime(2027, 6, 1, tzinfo=UTC)) is not None
    far = sessions("XNYS").closes[-1]
    assert sessions("XNYS").reacting(instant(int(far)) + timedelta(days=1)) is None
