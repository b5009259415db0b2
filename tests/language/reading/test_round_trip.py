"""What the writers print is found again, with the same value, unit, hedge and date, anywhere in a sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rerating.core.types import Period
from rerating.language import periods
from rerating.language.hedges import Comparator, Stated, hedge, holds
from rerating.language.languages import Language, Style
from rerating.language.nouns import noun, noun_keys
from rerating.language.numbers import basis_points, big, big_parts, decimal, percent, percent_digits, points, rounded
from rerating.language.quantities import (
    contracts,
    count,
    currencies,
    hedged_money,
    hedged_percent,
    money,
    money_range,
    multiple,
    percent_range,
    shares,
)
from rerating.language.rating_words import RatingCode, rating_name
from rerating.language.reading import Mention, MentionKind, readings

LANGUAGE = st.sampled_from(["de", "en"])
STYLE = st.sampled_from(["din", "press"])
CURRENCY = st.sampled_from([code for code in currencies() if code not in ("BRL", "TRY", "RUB", "PLN")] + ["XAF", "ZAR"])
SHARE = st.floats(min_value=-30, max_value=30)
AMOUNT = st.floats(min_value=-1e14, max_value=1e14)
FRAMES: dict[str, tuple[str, ...]] = {
    "de": (
        "{}",
        "Die Aktie stand bei {}.",
        "Das ({}) sagt die Mitteilung;",
        "„{}“ hieß es",
        "Im Vergleich, {}, blieb es so",
    ),
    "en": ("{}", "The stock stood at {}.", "This ({}) is what it says;", "“{}” it said", "By comparison, {}, it held"),
}
FRAME = st.integers(0, 4)


def read(figure: str, language: Language, frame: int) -> Mention:
    """The only mention in a sentence around a figure; it covers exactly the figure without its hedge."""
    text = FRAMES[language][frame].format(figure)
    found = readings(text, language)
    assert len(found) == 1, (text, [(each.text, each.kind) for each in found])
    one = found[0]
    begin = text.index(figure)
    start = one.start if one.hedge_start is None else min(one.start, one.hedge_start)
    assert (start, one.end) == (begin, begin + len(figure)), (text, one.text)
    assert text[one.start : one.end] == one.text
    return one


def single(mention: Mention) -> Decimal:
    assert mention.value is not None
    return Decimal(repr(mention.value.value))


@given(SHARE, LANGUAGE, STYLE, st.booleans(), FRAME)
def test_percent(share: float, language: Language, style: Style, signed: bool, frame: int) -> None:
    one = read(percent(share, language, style=style, signed=signed), language, frame)
    digits = percent_digits(share)
    shown = rounded(Decimal(f"{share:.12g}") * 100, digits)
    assert (one.kind, one.unit, one.comparator) == (MentionKind.PERCENT, "percent", Comparator.EXACT)
    assert single(one) == shown
    assert one.values[0].step == float(Decimal(1).scaleb(-digits))
    assert one.is_signed == (shown < 0 or (signed and shown > 0))


@given(st.floats(min_value=-0.5, max_value=0.5), LANGUAGE, st.integers(0, 2), FRAME)
def test_points(share: float, language: Language, digits: int, frame: int) -> None:
    one = read(points(share, language, digits=digits), language, frame)
    assert one.kind is MentionKind.POINTS
    assert single(one) == rounded(Decimal(f"{share:.12g}") * 100, digits)
    two = read(basis_points(share, language), language, frame)
    assert two.kind is MentionKind.BASIS_POINTS
    assert single(two) == rounded(Decimal(f"{share:.12g}") * 10_000, 0) / 100


@given(AMOUNT, CURRENCY, LANGUAGE, STYLE, st.sampled_from(["long", "short"]), st.booleans(), FRAME)
def test_money(
    value: float,
    currency: str,
    language: Language,
    style: Style,
    form: Literal["long", "short"],
    signed: bool,
    frame: int,
) -> None:
    assume(abs(value) >= 0.01)
    one = read(money(value, currency, language, style=style, form=form, signed=signed), language, frame)
    assert (one.kind, one.unit, one.currency) == (MentionKind.MONEY, "money", currency)
    assert one.value is not None
    assert abs(single(one) - Decimal(f"{value:.12g}")) <= Decimal(repr(one.value.step)) / 2


@given(AMOUNT, st.integers(0, 3), LANGUAGE, st.sampled_from(["long", "short"]), FRAME)
def test_large_numbers(
    value: float, digits: int, language: Language, form: Literal["long", "short"], frame: int
) -> None:
    mantissa, decimals, power = big_parts(value, digits)
    text = big(value, language, digits=digits, form=form)
    assume(not (power == 0 and decimals == 0 and 1900 <= mantissa <= 2100))  # a bare year
    one = read(text, language, frame)
    assert single(one) == mantissa.scaleb(power)
    assert one.values[0].step == float(Decimal(1).scaleb(power - decimals))


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(1, 4), LANGUAGE, FRAME)
def test_plain_decimals(value: float, digits: int, language: Language, frame: int) -> None:
    one = read(decimal(value, digits, language), language, frame)
    assert single(one) == rounded(value, digits)


@given(st.floats(min_value=0, max_value=1e5), st.floats(min_value=0, max_value=1e5), CURRENCY, LANGUAGE, STYLE, FRAME)
def test_money_ranges(one: float, two: float, currency: str, language: Language, style: Style, frame: int) -> None:
    low, high = sorted((one, two))
    found = read(money_range(low, high, currency, language, style=style), language, frame)
    assert [value.role for value in found.values] == ["low", "high"]
    assert (found.currency, found.comparator) == (currency, Comparator.RANGE)
    for value, true in zip(found.values, (low, high), strict=True):
        assert abs(value.value - true) <= value.step / 2 + 1e-9


@given(st.floats(min_value=-5, max_value=5), st.floats(min_value=0, max_value=5), LANGUAGE, STYLE, FRAME)
def test_percent_ranges(low: float, width: float, language: Language, style: Style, frame: int) -> None:
    found = read(percent_range(low, low + width, language, style=style), language, frame)
    assert [value.role for value in found.values] == ["low", "high"]
    for value, true in zip(found.values, (low, low + width), strict=True):
        assert abs(value.value - true * 100) <= value.step / 2 + 1e-6


@given(st.floats(min_value=0.001, max_value=5), st.sampled_from([0.01, 0.05, 0.001, 0.1]), LANGUAGE, STYLE, FRAME)
def test_a_hedged_percent_is_true_as_read(
    share: float, step: float, language: Language, style: Style, frame: int
) -> None:
    found = read(hedged_percent(share, language, step=step, style=style), language, frame)
    assert found.value is not None
    assert holds(found.value.stated, found.comparator, Decimal(f"{share:.12g}") * 100)


@given(st.floats(min_value=1, max_value=900_000), st.sampled_from([1, 5, 10, 0.5]), LANGUAGE, STYLE, FRAME)
def test_a_hedged_price_is_true_as_read(
    value: float, step: float, language: Language, style: Style, frame: int
) -> None:
    text = hedged_money(value, "EUR", language, step=step, kind="price_level", style=style)
    found = read(text, language, frame)
    assert found.value is not None
    assert holds(found.value.stated, found.comparator, value, kind="price_level")
    assert found.comparator is hedge(value, step, unit=found.value.step, kind="price_level").comparator


@given(st.integers(2, 10**9), LANGUAGE, FRAME)
def test_shares_and_contracts(number: int, language: Language, frame: int) -> None:
    one = read(shares(number, language), language, frame)
    two = read(contracts(number, language), language, frame)
    assert (one.unit, two.unit) == ("shares", "contracts")
    assert one.value is not None
    assert one.value == two.value
    assert abs(one.value.value - number) <= one.value.step / 2


@given(st.floats(min_value=0, max_value=1e4), st.integers(0, 2), LANGUAGE, FRAME)
def test_multiples(value: float, digits: int, language: Language, frame: int) -> None:
    one = read(multiple(value, language, digits=digits), language, frame)
    assert one.kind is MentionKind.MULTIPLE
    assert single(one) == rounded(value, digits)


TIMES = {"session", "day", "week", "trading_week", "month", "quarter", "year", "hour", "minute"}


@given(st.integers(2, 300), st.sampled_from(noun_keys()), LANGUAGE, st.booleans())
def test_counts(number: int, key: str, language: Language, words: bool) -> None:
    assume(noun(key, language).plural and not noun(key, language).plural[0].isdigit())
    text = f"({count(number, key, language, words=words)})"
    found = readings(text, language)
    assert len(found) == 1, text
    if key in TIMES or key == "fiscal_year":
        assert found[0].kind is MentionKind.PERIOD
        assert found[0].periods[0].count == number
    else:
        assert found[0].values[0].value == number


DAY = st.dates(date(1990, 1, 1), date(2039, 12, 31))


@given(DAY, LANGUAGE, FRAME)
def test_days(on: date, language: Language, frame: int) -> None:
    for text in (periods.day(on, language), periods.short_day(on, language), periods.weekday_and_day(on, language)):
        one = read(text, language, frame)
        assert one.kind is MentionKind.DATE
        reading = one.periods[0]
        assert (reading.year, reading.month, reading.day) == (on.year, on.month, on.day)
        assert reading.weekday in (None, on.weekday())
    undated = read(periods.day(on, language, year=False), language, frame).periods[0]
    assert (undated.year, undated.month, undated.day) == (None, on.month, on.day)


@given(DAY, LANGUAGE, FRAME, st.integers(1, 4), st.booleans())
def test_months_and_quarters(on: date, language: Language, frame: int, part: int, fiscal: bool) -> None:
    month = read(periods.month(on, language), language, frame).periods[0]
    assert (month.unit, month.year, month.month) == ("month", on.year, on.month)
    quarter = read(periods.quarter(part, on.year, language, fiscal=fiscal), language, frame).periods[0]
    assert (quarter.unit, quarter.year, quarter.part, quarter.fiscal) == ("quarter", on.year, part, fiscal)


ZONE = st.sampled_from(list(periods.ZONE_NAMES))


@given(st.datetimes(datetime(1990, 1, 2), datetime(2039, 12, 30)), ZONE, LANGUAGE, FRAME)  # noqa: DTZ001
def test_instants(naive: datetime, zone: str, language: Language, frame: int) -> None:
    at = naive.replace(tzinfo=UTC)
    one = read(periods.instant(at, language, zone=zone), language, frame)
    assert one.kind is MentionKind.INSTANT
    reading = one.periods[0]
    assert reading.zone is not None
    shown = periods.clock(at, language, zone=zone)
    assert f"{reading.hour:02d}:{reading.minute:02d}" == shown[:5]
    assert reading.day is not None
    clock = read(shown, language, frame).periods[0]
    assert (clock.hour, clock.minute, clock.zone) == (reading.hour, reading.minute, reading.zone)


@given(DAY, st.integers(1, 800), LANGUAGE, FRAME)
def test_spans(first: date, length: int, language: Language, frame: int) -> None:
    last = first + timedelta(days=length)
    assume(last.year < 2040)
    one = read(periods.span(Period(from_on=first, to_on=last), language), language, frame).periods[0]
    assert one.window == "span"
    assert (one.year, one.month, one.day) == (first.year, first.month or one.month, first.day)
    assert (one.until_year, one.until_month, one.until_day) == (last.year, last.month, last.day)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("code", list(RatingCode))
def test_ratings(code: RatingCode, language: Language) -> None:
    name = rating_name(code, language)
    for text in (f"Urteil: {name.upper()}", f"„{name}“"):
        (one,) = readings(text, language)
        assert (one.kind, one.rating) == (MentionKind.RATING, code.value)


def test_the_step_of_a_stated_figure_is_the_printed_one() -> None:
    (one,) = readings("1,5 Mrd. Euro", "de")
    assert one.value is not None
    assert one.value.stated == Stated.of("1.5", scale=10**9)
