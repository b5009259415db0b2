"""Twelve months out of reported periods, and ranks."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.measures.multiples import Span, rank, trailing

STARTS = [date(2022, 1, 1), date(2022, 4, 1), date(2022, 7, 1), date(2022, 10, 1)]
STARTS += [date(on.year + 1, on.month, 1) for on in STARTS] + [date(2024, 1, 1)]
QUARTERS = list(zip(STARTS, [on - timedelta(days=1) for on in STARTS[1:]], strict=False))
AMOUNTS = st.lists(st.integers(-1_000, 1_000).map(float), min_size=8, max_size=8)


def spans(amounts: list[float]) -> list[Span]:
    return [Span(first=a, last=b, value=x) for (a, b), x in zip(QUARTERS, amounts, strict=True)]


def joined(parts: list[Span]) -> Span:
    return Span(first=parts[0].first, last=parts[-1].last, value=sum(part.value for part in parts))


@given(AMOUNTS, st.integers(1, 3))
def test_quarters_and_a_year_with_what_came_since_tell_the_same(amounts: list[float], since: int) -> None:
    """Four quarters to any quarter's end equal the year, plus the part of this one, less the same part of the last."""
    quarters = spans(amounts)
    last = quarters[: 4 + since]
    whole = trailing(last)
    rolled = trailing([joined(quarters[:4]), joined(quarters[:since]), joined(quarters[4 : 4 + since])])
    assert whole is not None
    assert rolled is not None
    assert (whole.first, whole.last) == (rolled.first, rolled.last) == (last[-4].first, last[-1].last)
    assert whole.value == pytest.approx(rolled.value)
    assert (len(whole.added), len(rolled.added), len(rolled.taken_off)) == (4, 2, 1)


def test_a_year_is_taken_as_reported_and_the_latest_end_wins() -> None:
    quarters = spans([1.0] * 8)
    year = Span(first=quarters[0].first, last=quarters[3].last, value=4.5)
    found = trailing([*quarters[:4], year])
    assert found is not None
    assert (found.value, found.added) == (4.5, (year,))
    newer = trailing([*quarters, year])
    assert newer is not None
    assert newer.last == quarters[-1].last


def test_a_hole_gives_the_older_year_or_nothing() -> None:
    quarters = spans([1.0] * 8)
    year = joined(quarters[:4])
    found = trailing([year, quarters[4], quarters[6]])
    assert found is not None
    assert found.last == year.last
    assert trailing(quarters[:3]) is None
    assert trailing([quarters[0], *quarters[2:5]]) is None
    assert trailing([]) is None


def test_fifty_three_weeks_are_a_year() -> None:
    long = Span(first=date(2022, 12, 26), last=date(2023, 12, 31), value=1.0)
    assert trailing([long]) is not None


def test_rank_counts_ties_by_half() -> None:
    assert rank(2.0, np.array([1.0, 2.0, 3.0, 4.0])) == 0.375
