from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.core.errors import UsageError
from rerating.language.numbers import basis_points, big, decimal, percent, percent_digits, points, rounded

FINITE = st.floats(min_value=-1e15, max_value=1e15, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "digits", "de", "en"),
    [
        (1234.5, 2, "1.234,50", "1,234.50"),
        (-0.4, 1, "−0,4", "−0.4"),
        (-0.04, 1, "0,0", "0.0"),
        (0, 0, "0", "0"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (0.125, 2, "0,13", "0.13"),  # half away from zero, not to even
        (-0.125, 2, "−0,13", "−0.13"),
        (1250, -2, "1.300", "1,300"),
        (2.675, 2, "2,68", "2.68"),  # the float is below 2.675; the figure that the JSON prints is not
    ],
)
def test_decimal_groups_and_rounds(value: float, digits: int, de: str, en: str) -> None:
    assert decimal(value, digits, "de") == de
    assert decimal(value, digits, "en") == en


def test_a_sign_is_printed_only_where_there_is_one() -> None:
    assert decimal(3.8, 1, "de", signed=True) == "+3,8"
    assert decimal(0.04, 1, "de", signed=True) == "0,0"
    assert percent(-0.0004, "de", digits=1, signed=True) == "0,0\u00a0%"


@pytest.mark.parametrize(
    ("share", "din", "press", "en"),
    [
        (0.158, "15,8\u00a0%", "15,8\u00a0Prozent", "15.8%"),
        (-0.0947, "−9,5\u00a0%", "−9,5\u00a0Prozent", "−9.5%"),
        (0.00021, "0,02\u00a0%", "0,02\u00a0Prozent", "0.02%"),
        (12.345, "1.235\u00a0%", "1.235\u00a0Prozent", "1,235%"),
        (0.0, "0,0\u00a0%", "0,0\u00a0Prozent", "0.0%"),
    ],
)
def test_percent_in_both_styles(share: float, din: str, press: str, en: str) -> None:
    assert percent(share, "de") == din
    assert percent(share, "de", style="press") == press
    assert percent(share, "en") == en


def test_points() -> None:
    assert points(0.018, "de", signed=True) == "+1,8\u00a0Prozentpunkte"
    assert points(0.01, "de", digits=0) == "1\u00a0Prozentpunkt"
    assert points(0.018, "en") == "1.8\u00a0percentage\u00a0points"
    assert basis_points(0.0025, "de") == "25\u00a0Basispunkte"
    assert basis_points(0.0001, "en") == "1\u00a0basis\u00a0point"


@pytest.mark.parametrize(
    ("value", "digits", "form", "de", "en"),
    [
        (380e9, None, "long", "380\u00a0Milliarden", "380\u00a0billion"),
        (118e9, 1, "short", "118,0\u00a0Mrd.", "118.0bn"),
        (4.84e9, None, "long", "4,84\u00a0Milliarden", "4.84\u00a0billion"),
        (1e6, None, "long", "1\u00a0Million", "1\u00a0million"),
        (1e9, 1, "long", "1,0\u00a0Milliarden", "1.0\u00a0billion"),
        (999.96e6, 1, "long", "1,0\u00a0Milliarden", "1.0\u00a0billion"),
        (999_999.6, None, "long", "1\u00a0Million", "1\u00a0million"),
        (999_999.4, 0, "long", "1\u00a0Million", "1\u00a0million"),
        (12_345, None, "long", "12.345", "12,345"),
        (-2.5e12, None, "short", "−2,5\u00a0Bio.", "−2.5tn"),
    ],
)
def test_large_amounts(value: float, digits: int | None, form: str, de: str, en: str) -> None:
    assert big(value, "de", digits=digits, form=form) == de  # type: ignore[arg-type]
    assert big(value, "en", digits=digits, form=form) == en  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, Decimal("NaN")])
def test_what_is_not_a_number_is_refused(value: float) -> None:
    with pytest.raises(UsageError, match="Gap"):
        decimal(value, 1, "de")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="'fr'"):
        decimal(1.0, 1, "fr")  # type: ignore[arg-type]


@given(FINITE, st.integers(-3, 6))
def test_rounding_is_off_by_half_a_step_at_most_and_odd(value: float, digits: int) -> None:
    step = Decimal(1).scaleb(-digits)
    near = rounded(value, digits)
    assert abs(near - Decimal(f"{value:.12g}")) <= step / 2
    assert rounded(-value, digits) == -near
    assert not (near == 0 and near.is_signed())


@given(FINITE, st.integers(0, 4))
def test_german_and_english_carry_the_same_digits(value: float, digits: int) -> None:
    swapped = decimal(value, digits, "de").translate(str.maketrans(",.", ".,"))
    assert swapped == decimal(value, digits, "en")


@given(st.floats(min_value=-1e3, max_value=1e3, allow_nan=False))
def test_percent_prints_zero_only_for_what_is_as_good_as_zero(share: float) -> None:
    if abs(share) >= 1e-6:
        assert any(sign in "123456789" for sign in percent(share, "de"))
    assert 0 <= percent_digits(share) <= 4
