from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rerating.core.errors import UsageError
from rerating.language.hedges import (
    Comparator,
    Interval,
    Stated,
    grain,
    hedge,
    hedge_word,
    holds,
    interval,
    understated,
    width,
)

BELOW, APPROX, ABOVE = Comparator.SLIGHTLY_BELOW, Comparator.APPROX, Comparator.SLIGHTLY_ABOVE
EXACT, MORE, LESS = Comparator.EXACT, Comparator.MORE_THAN, Comparator.LESS_THAN


@pytest.mark.parametrize(
    ("text", "comparator", "kind", "low", "high", "high_open"),
    [
        ("10", BELOW, "distance_to_high", 9.3, 10.0, True),
        ("2", BELOW, "return", 1.5, 2.0, True),
        ("42", BELOW, "capex", 41.0, 42.0, True),
        ("200", BELOW, "price_target", 194.0, 200.0, True),
        ("15", APPROX, "return", 13.95, 16.05, False),
        ("145", APPROX, "price_level", 143.55, 146.45, False),
    ],
)
def test_the_figures_of_the_specification(
    text: str, comparator: Comparator, kind: str, low: float, high: float, high_open: bool
) -> None:
    assert interval(Stated.of(text), comparator, kind=kind) == Interval(low=low, high=high, high_open=high_open)


def test_the_model_case() -> None:
    ten, fifteen, nine = Stated.of("10"), Stated.of("15"), Stated.of("9")
    assert holds(ten, BELOW, 9.47)
    assert not holds(ten, BELOW, 9.24)
    assert not holds(ten, BELOW, 10.27)
    assert holds(fifteen, APPROX, 15.78)
    assert holds(fifteen, APPROX, 16.00)
    assert not holds(fifteen, APPROX, 16.10)
    assert holds(nine, MORE, 10.17)
    assert understated(nine, MORE, 10.17)
    assert not understated(nine, MORE, 9.70)


def test_the_same_claim_as_a_share_of_one() -> None:
    ten = Stated.of("10", scale=0.01)
    assert interval(ten, BELOW) == Interval(low=0.093, high=0.1, high_open=True)
    assert Stated.of("10").scaled(0.01) == ten


def test_ends_belong_or_do_not() -> None:
    ten = Stated.of("10")
    assert holds(ten, BELOW, 9.3)
    assert not holds(ten, BELOW, 10)
    assert not holds(ten, MORE, 10)
    assert holds(ten, Comparator.AT_LEAST, 10)
    assert holds(ten, Comparator.UP_TO, 10)
    assert not holds(ten, LESS, 10)
    assert holds(Stated.of("15"), APPROX, 0.1605 * 100)  # 16.049999999999997 and 16.05 are one figure
    assert holds(Stated.of("145.80"), EXACT, 145.805)
    assert not holds(Stated.of("145.80"), EXACT, 145.806)


def test_losses_mirror_gains() -> None:
    loss = Stated.of("-10")
    assert holds(loss, BELOW, -9.47)
    assert not holds(loss, BELOW, -10.27)
    assert holds(loss, MORE, -12)
    assert interval(loss, BELOW) == Interval(low=-10.0, high=-9.3, low_open=True)


def test_range() -> None:
    low, high = Stated.of("0.70"), Stated.of("0.73")
    assert holds(low, Comparator.RANGE, 0.73, upper=high)
    assert not holds(low, Comparator.RANGE, 0.74, upper=high)
    with pytest.raises(UsageError, match="swap"):
        interval(high, Comparator.RANGE, upper=low)
    with pytest.raises(UsageError, match="upper"):
        interval(low, Comparator.RANGE)
    with pytest.raises(UsageError, match="upper"):
        interval(low, EXACT, upper=high)
    with pytest.raises(UsageError, match="kind"):
        interval(low, Comparator.NONE)


@pytest.mark.parametrize(
    ("text", "scale", "step", "expected"),
    [("200", 1, 1.0, 100.0), ("145", 1, 1.0, 5.0), ("42", 1, 1.0, 1.0), ("1.5", 10**9, 1e8, 5e8), ("0", 1, 1.0, 1.0)],
)
def test_grain(text: str, scale: int, step: float, expected: float) -> None:
    stated = Stated.of(text, scale=scale)
    assert stated.step == step
    assert grain(stated) == expected


def test_next_round_number() -> None:
    assert not understated(Stated.of("10"), MORE, 15)
    assert understated(Stated.of("10"), MORE, 15.1)
    assert not understated(Stated.of("100"), MORE, 149)
    assert understated(Stated.of("-9"), MORE, -10.2)
    assert not understated(Stated.of("10"), BELOW, 99)


@pytest.mark.parametrize(
    ("true", "step", "word", "printed"),
    [
        (15.78, 1, "knapp", 16),
        (16.10, 1, "rund", 16),
        (16.10, 5, "mehr als", 15),
        (9.47, 1, "gut", 9),
        (-9.6, 1, "knapp", -10),
        (16, 1, "", 16),
        (0.3, 1, "weniger als", 1),
        (42.3e9, 1e9, "gut", 42e9),
    ],
)
def test_the_hedge_that_an_editor_would_choose(true: float, step: float, word: str, printed: float) -> None:
    said = hedge(true, step)
    assert (said.word("de"), said.stated.value) == (word, printed)


def test_no_word_for_none_and_range() -> None:
    assert hedge_word(BELOW, "en") == "just under"
    for comparator in (Comparator.NONE, Comparator.RANGE):
        with pytest.raises(UsageError, match="no word"):
            hedge_word(comparator, "de")
    with pytest.raises(UsageError, match="above zero"):
        hedge(1.0, 0)


DIGITS = st.builds(
    lambda number, places, sign: f"{sign}{number / 10**places:.{places}f}",
    st.integers(1, 10**7),
    st.integers(0, 3),
    st.sampled_from(["", "-"]),
)
KINDS = st.sampled_from(["price_level", "price_target", "return", ""])
SINGLE = st.sampled_from([each for each in Comparator if each not in (Comparator.NONE, Comparator.RANGE)])


@given(st.floats(min_value=-1e9, max_value=1e9), st.sampled_from([0.01, 0.1, 0.25, 0.5, 1, 5, 10, 50, 100, 1e6]), KINDS)
def test_a_chosen_hedge_is_true(true: float, step: float, kind: str) -> None:
    assume(abs(true) > 1e-6)
    said = hedge(true, step, kind=kind)
    assert holds(said.stated, said.comparator, true, kind=kind)


@given(st.floats(min_value=-1e7, max_value=1e7), st.sampled_from([5, 10, 50, 100, 1000]), KINDS)
def test_a_hedge_that_is_printed_in_full_is_true_as_read(true: float, step: int, kind: str) -> None:
    assume(abs(true) > 1e-6)
    said = hedge(true, step, unit=1, kind=kind)
    assert holds(Stated.of(f"{said.stated.value:.0f}"), said.comparator, true, kind=kind)


@given(DIGITS, KINDS)
def test_approx_is_never_stricter_than_exact_and_covers_its_sides(text: str, kind: str) -> None:
    stated = Stated.of(text)
    assert width(stated, kind=kind) >= stated.step / 2 - 1e-12
    near, about = interval(stated, EXACT, kind=kind), interval(stated, APPROX, kind=kind)
    assert about.contains(near.low or 0)
    assert about.contains(near.high or 0)
    if kind not in ("price_level", "price_target"):
        for side in (BELOW, ABOVE):
            part = interval(stated, side, kind=kind)
            assert about.contains(part.low or 0)
            assert about.contains(part.high or 0)


@given(DIGITS, KINDS, st.floats(min_value=-1.5e7, max_value=1.5e7))
def test_below_above_and_the_figure_itself_exclude_each_other(text: str, kind: str, true: float) -> None:
    stated = Stated.of(text)
    assert sum(holds(stated, each, true, kind=kind) for each in (BELOW, ABOVE)) <= 1
    assert not (holds(stated, MORE, true) and holds(stated, Comparator.UP_TO, true))
    assert holds(stated, LESS, true) != holds(stated, Comparator.AT_LEAST, true)


@given(DIGITS, SINGLE, KINDS, st.floats(min_value=-1.5e7, max_value=1.5e7))
def test_sign_symmetry(text: str, comparator: Comparator, kind: str, true: float) -> None:
    stated = Stated.of(text)
    other = Stated(value=-stated.value, step=stated.step)
    assert holds(stated, comparator, true, kind=kind) == holds(other, comparator, -true, kind=kind)


@given(DIGITS, SINGLE, st.floats(min_value=-1.5e7, max_value=1.5e7), st.sampled_from([-2, -1, 1, 3, 6, 9]))
def test_the_scale_does_not_matter(text: str, comparator: Comparator, true: float, power: int) -> None:
    stated, true = Stated.of(text), float(f"{true:.6g}")
    factor = 10.0**power
    scaled = float(Decimal(str(true)).scaleb(power))
    assert holds(stated, comparator, true) == holds(stated.scaled(factor), comparator, scaled)


@given(DIGITS, KINDS)
def test_a_round_figure_may_be_further_off_than_its_neighbour(text: str, kind: str) -> None:
    stated = Stated.of(text)
    assert grain(stated) >= stated.step
    assert width(stated, kind=kind) <= max(stated.step / 2, 0.07 * abs(stated.value)) * (1 + 1e-12)
