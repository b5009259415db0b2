"""What makes two headlines one: words, figures, pages, an agency's number, the day that a text prints."""

from __future__ import annotations

from datetime import date

import pytest

from rerating.core.addresses import page_of
from rerating.measures.retelling import at_odds, content_words, day_printed, figures, number_of, overlap


def test_headlines_share_words_and_short_ones_say_too_little() -> None:
    one = content_words("Nvidia finalizes its roughly 4%, $5 billion stake in Intel")
    other = content_words("Intel stock ticks higher after Nvidia's $5 billion stake is finalized")
    assert overlap(one, other) >= 0.5
    assert overlap(one, content_words("Intel raises its outlook for the year")) < 0.5
    assert overlap(content_words("Tesla up"), content_words("Tesla up")) == 0.0


def test_figures_that_contradict_tell_two_headlines_apart() -> None:
    assert figures("Acquires 1,625,000 shares in 2025, worth $3.5") == {"1625000", "3.5"}
    assert at_odds(figures("target cut to 180"), figures("target cut to 200"))
    assert not at_odds(figures("target cut from 200 to 180"), figures("target cut to 180"))
    assert not at_odds(figures("target cut"), figures("target cut to 180"))


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/news/alibaba-68481596",
        "http://example.org/news/alibaba-68481596/?utm_source=feed&fbclid=x#top",
        "https://m.example.org/news/alibaba-68481596/amp/",
        "https://example.org/news/alibaba-68481596/amp?guccounter=1",
    ],
)
def test_a_page_is_one_however_one_comes_to_it(address: str) -> None:
    assert page_of(address) == "example.org/news/alibaba-68481596"
    assert number_of(page_of(address)) == "68481596"


def test_front_pages_and_what_is_no_address_are_no_page() -> None:
    assert page_of("https://www.example.org/") is None
    assert page_of("a recording of 7 January") is None
    assert number_of(page_of("https://example.org/2026/01/07/short")) is None
    assert page_of("https://example.org/?p=23589&ref=home") == "example.org?p=23589"
    assert page_of("https://example.org/?p=23590") != page_of("https://example.org/?p=23589")


def test_the_day_that_a_headline_prints() -> None:
    assert day_printed("What Wall Street Expects Next (Dec. 14, 2025)") == date(2025, 12, 14)
    assert day_printed("What Wall Street Expects (December 14, 2025) ") == date(2025, 12, 14)
    assert day_printed("Fined over the outage of Dec. 14, 2025") is None
    assert day_printed("Nothing (Abc. 14, 2025)") is None
    assert day_printed("Nothing (Feb. 31, 2025)") is None
