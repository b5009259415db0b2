from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.core.errors import UsageError
from rerating.core.types import Gap, Quantity, Why
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
    quantity,
    ratio,
    shares,
)


@pytest.mark.parametrize(
    ("value", "currency", "din", "press", "en", "en_press"),
    [
        (145.82, "EUR", "145,82 €", "145,82 Euro", "€145.82", "€145.82"),
        (169.9, "USD", "169,90 $", "169,90 US-Dollar", "$169.90", "$169.90"),
        (-169.9, "USD", "−169,90 $", "−169,90 US-Dollar", "−$169.90", "−$169.90"),
        (162.4, "HKD", "162,40 HK$", "162,40 Hongkong-Dollar", "HK$162.40", "HK$162.40"),
        (380e9, "CNY", "380 Milliarden CNY", "380 Milliarden Yuan", "CNY 380 billion", "380 billion yuan"),
        (84.3, "CHF", "84,30 CHF", "84,30 Franken", "CHF 84.30", "84.30 Swiss francs"),
        (1500, "JPY", "1.500 JPY", "1.500 Yen", "¥1,500", "¥1,500"),
        (12.3, "XAF", "12 XAF", "12 XAF", "XAF 12", "XAF 12"),
        (999_999.999, "EUR", "1 Million €", "1 Million Euro", "€1 million", "€1 million"),
    ],
)
def test_money(value: float, currency: str, din: str, press: str, en: str, en_press: str) -> None:
    def plain(text: str) -> str:
        assert " " not in text  # nothing breaks between a figure and its unit
        return text.replace("\u00a0", " ")

    assert plain(money(value, currency, "de")) == din
    assert plain(money(value, currency, "de", style="press")) == press
    assert plain(money(value, currency, "en")) == en
    assert plain(money(value, currency, "en", style="press")) == en_press


@pytest.mark.parametrize("currency", ["", "eur", "EURO", "ratio", "€", "XYZ"])
def test_money_without_a_currency_cannot_be_written(currency: str) -> None:
    with pytest.raises(UsageError, match="ISO 4217"):
        money(1.0, currency, "de")


def test_ranges() -> None:
    assert money_range(143.55, 146.45, "EUR", "de") == "143,55 bis 146,45\u00a0€"
    assert money_range(143.55, 146.45, "USD", "en") == "$143.55 to $146.45"
    assert percent_range(0.1395, 0.1605, "de", digits=2) == "13,95 bis 16,05\u00a0%"
    assert percent_range(-0.02, 0.05, "en") == "−2.0% to 5.0%"
    with pytest.raises(UsageError, match="swap"):
        money_range(2, 1, "EUR", "de")


def test_hedged_figures() -> None:
    assert hedged_percent(0.1578, "de") == "knapp 16\u00a0%"
    assert hedged_percent(-0.0947, "en") == "just over 9%"
    assert hedged_percent(0.1610, "de", step=0.05, style="press") == "mehr als 15\u00a0Prozent"
    assert hedged_percent(0.16, "de") == "16\u00a0%"
    assert hedged_money(145.82, "EUR", "de", step=5, kind="price_level") == "gut 145\u00a0€"
    assert hedged_money(169.9, "USD", "en", step=10, kind="price_level") == "about $170"
    with pytest.raises(UsageError, match="scale"):
        hedged_money(2e6, "EUR", "de", step=1e6)


def test_counts_and_ratios() -> None:
    assert count(3, "session", "de") == "3\u00a0Handelstage"
    assert count(5, "session", "de", case="dative", words=True) == "fünf Handelstagen"
    assert count(1, "session", "de", case="dative", words=True) == "einem Handelstag"
    assert count(1, "event", "en", words=True) == "an event"
    assert count(13, "analyst", "de", case="dative", words=True) == "13\u00a0Analysten"
    assert count(0, "source", "en") == "0\u00a0sources"
    assert shares(3.2e6, "de") == "3,2\u00a0Millionen\u00a0Aktien"
    assert shares(1, "en") == "1\u00a0share"
    assert contracts(12_345, "de") == "12.345\u00a0Kontrakte"
    assert ratio(0.6213, "de") == "0,62"
    assert multiple(18.4, "de") == "18,4-fach"
    assert multiple(18.4, "en") == "18.4x"


def test_a_quantity_is_printed_by_its_unit() -> None:
    assert quantity(Quantity(value=0.09, unit="ratio"), "de") == "9,0\u00a0%"
    assert quantity(Quantity(value=145.82, unit="EUR"), "en") == "€145.82"
    assert quantity(Quantity(value=8, unit="shares"), "de") == "8\u00a0Aktien"
    assert quantity(Quantity(value=1234, unit="contracts"), "en") == "1,234\u00a0contracts"
    with pytest.raises(UsageError, match="gap"):
        quantity(Gap(question="Capex?", why=Why.NOT_COVERED, detail="No filing holds it."), "de")


def test_each_currency_names_itself_and_no_spelling_is_claimed_twice() -> None:
    seen: dict[str, str] = {}
    for code, row in currencies().items():
        spellings = {each.casefold() for each in row["read"]}
        assert code in row["read"]
        for key in ("sign_de", "sign_en", "de", "en"):
            assert row.get(key, code).casefold() in spellings, (code, key)
        for spelling in spellings:
            assert seen.setdefault(spelling, code) == code


@given(st.floats(min_value=-1e14, max_value=1e14), st.sampled_from(["EUR", "USD", "HKD", "CNY", "JPY", "CHF", "SEK"]))
def test_money_never_prints_a_signed_zero(value: float, currency: str) -> None:
    for language in ("de", "en"):
        text = money(value, currency, language)  # type: ignore[arg-type]
        assert ("−" in text) == (value < 0 and any(sign in "123456789" for sign in text))
