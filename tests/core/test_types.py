"""Our words refuse what would be wrong later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from rerating.core.errors import IntegrityError, RerateError, SourceError, UsageError
from rerating.core.types import AsOf, Gap, Listing, Quantity, Why


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2007-01-12T22:00Z", datetime(2007, 1, 12, 22, tzinfo=UTC)),
        ("2007-01-12T22:00:00+00:00", datetime(2007, 1, 12, 22, tzinfo=UTC)),
        ("2007-01-12T23:00+01:00", datetime(2007, 1, 12, 22, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_with_its_zone(text: str, at: datetime) -> None:
    assert AsOf.parse(text).at == at


@pytest.mark.parametrize("text", ["2007-01-12", "2007-01-12T22:00", "gestern", "", "2007-13-01T00:00Z"])
def test_anything_else_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(UsageError, match="write it like"):
        AsOf.parse(text)


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2030, 1, 1)), st.integers(-720, 840))  # noqa: DTZ001
def test_zones_do_not_matter(naive: datetime, minutes: int) -> None:
    there = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert AsOf(at=there) == AsOf(at=there.astimezone(UTC))


def test_percent_money_and_ranges() -> None:
    with pytest.raises(ValidationError, match="ratio"):
        Quantity(value=9, unit="%")
    with pytest.raises(ValidationError, match="both ends"):
        Quantity(value=9, unit="EUR", low=8)
    with pytest.raises(ValidationError, match="above its high"):
        Quantity(value=9, unit="EUR", low=10, high=8)
    with pytest.raises(ValidationError):
        Quantity(value=9, unit="")
    assert Quantity(value=9, unit="EUR").is_money
    assert not Quantity(value=9, unit="shares").is_money


def test_a_listing_is_written_with_its_venue() -> None:
    assert Listing(symbol="BABA", venue="XNYS", currency="USD").key == "XNYS:BABA"


def test_a_gap_is_recognised_by_its_kind() -> None:
    gap = Gap(question="q", why=Why.TOO_SHORT, detail="d")
    assert gap.model_dump(mode="json") == {"kind": "gap", "question": "q", "why": "too_short", "detail": "d"}


def test_exit_codes_by_reaction() -> None:
    assert [error.exit_code for error in (UsageError, SourceError, IntegrityError)] == [2, 3, 4]
    assert all(issubclass(error, RerateError) for error in (UsageError, SourceError, IntegrityError))
    assert SourceError("later", retry_after=3.0).retry_after == 3.0
