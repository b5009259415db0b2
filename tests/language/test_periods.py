from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rerating.core.errors import UsageError
from rerating.core.types import Period
from rerating.language.periods import (
    ZONE_NAMES,
    clock,
    day,
    instant,
    month,
    quarter,
    short_day,
    span,
    weekday,
    weekday_and_day,
)

FRIDAY = date(2007, 1, 12)
KEYNOTE = datetime(2007, 1, 9, 17, 40, tzinfo=UTC)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_days() -> None:
    assert day(FRIDAY, "de") == "12.\u00a0Januar\u00a02007"
    assert day(FRIDAY, "en") == "12\u00a0January\u00a02007"
    assert plain(day(FRIDAY, "de", year=False)) == "12. Januar"
    assert short_day(FRIDAY, "de") == "12.01.2007"
    assert short_day(FRIDAY, "en") == "2007-01-12"
    assert weekday(FRIDAY, "de") == "Freitag"
    assert plain(weekday_and_day(FRIDAY, "en")) == "Friday, 12 January 2007"
    assert plain(month(date(2026, 3, 1), "de")) == "März 2026"


def test_quarters() -> None:
    assert plain(quarter(3, 2025, "de")) == "3. Quartal 2025"
    assert plain(quarter(2, 2026, "de", fiscal=True)) == "2. Quartal des Geschäftsjahres 2026"
    assert plain(quarter(2, 2026, "en", fiscal=True)) == "Q2 FY2026"
    with pytest.raises(UsageError, match="quarter 5"):
        quarter(5, 2026, "de")


def test_instants_show_the_date_of_their_zone() -> None:
    late = datetime(2007, 1, 9, 23, 30, tzinfo=UTC)
    assert plain(instant(KEYNOTE, "de")) == "9. Januar 2007, 17:40 Uhr UTC"
    assert plain(instant(KEYNOTE, "en")) == "9 January 2007, 17:40 UTC"
    assert plain(instant(late, "de", zone="Europe/Berlin")) == "10. Januar 2007, 00:30 Uhr MEZ"
    assert plain(clock(datetime(2026, 7, 1, 15, 30, tzinfo=UTC), "de", zone="Europe/Berlin")) == "17:30 Uhr MESZ"
    assert plain(clock(KEYNOTE, "en", zone="America/New_York")) == "12:40 EST"
    assert plain(clock(KEYNOTE, "en", zone="Asia/Shanghai")) == "01:40 Beijing time"


def test_every_zone_can_be_printed() -> None:
    for zone in ZONE_NAMES:
        assert clock(KEYNOTE, "de", zone=zone)


def test_what_cannot_be_printed_is_refused() -> None:
    with pytest.raises(UsageError, match="time zone"):
        instant(datetime(2007, 1, 9), "de")  # noqa: DTZ001
    with pytest.raises(UsageError, match="Mars"):
        clock(KEYNOTE, "de", zone="Mars/Base")
    with pytest.raises(UsageError, match="before it begins"):
        span(Period(from_on=date(2026, 1, 2), to_on=date(2026, 1, 1)), "de")


@pytest.mark.parametrize(
    ("first", "last", "de", "en"),
    [
        (date(2026, 1, 7), date(2026, 1, 14), "7. bis 14. Januar 2026", "7 to 14 January 2026"),
        (date(2026, 1, 28), date(2026, 2, 3), "28. Januar bis 3. Februar 2026", "28 January to 3 February 2026"),
        (
            date(2025, 12, 29),
            date(2026, 1, 2),
            "29. Dezember 2025 bis 2. Januar 2026",
            "29 December 2025 to 2 January 2026",
        ),
        (FRIDAY, FRIDAY, "12. Januar 2007", "12 January 2007"),
    ],
)
def test_spans_say_once_what_both_ends_share(first: date, last: date, de: str, en: str) -> None:
    period = Period(from_on=first, to_on=last)
    assert plain(span(period, "de")) == de
    assert plain(span(period, "en")) == en
