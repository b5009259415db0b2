"""Any text is read, without an exception, in time linear in its length, and offsets lead back to the input."""

from __future__ import annotations

import gc
import math
import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rerating.language.reading import NormalText, detected, directions, readings
from rerating.language.reading.scan import _AT_WORD, begins
from rerating.language.reading.source import Source

TONGUE = st.sampled_from(["de", "de-CH", "en", None])
_KNOWN = """
0 1 7 12 13 52 99 145,80 1.234 1,234.5 1'234.50 2025 2026 12.01.2007 2026-01-14 17:40 9988.HK 007 1e9 % $
€ £ ¥ HK$ US$ USD EUR RMB Prozent percent Prozentpunkte bps Mio. Mrd. bn billion Milliarden Euro Dollar
rund knapp fast gut mehr als über unter bis zu about nearly more than up to at least - – — + ± ~ > < ≥
von auf from to zwischen und between and bis nach ( ) [ ] / : ; , . ' „ “ | ein eine einer zwei fünf
zwölf one two five twenty Viertel Hälfte quarter half dozen Dutzend verdoppelt Januar January May 12. Q2
FY26 H1 Quartal quarter Woche Sitzung week session gestern last vergangenen Kaufen Buy Halten Hold Rating
iPhone S&P 500 52-Wochen-Hoch 50-day 10-K A320 KGV je Aktie per share
"""
_ODD_SIGNS = (
    "\xa0",
    "\u202f",
    "\xad",
    "\u200b",
    "&nbsp;",
    "&euro;",
    "&#49;",
    "&shy;",
    "\n",
    "\r\n",
    "\t",
    "\xbd",
    "\xb2",
    "\u0663",
    "\U0001f600",
    "\u0308",
    "\u0645\u0631\u062d\u0628\u0627",
)
PIECES = st.sampled_from((*_KNOWN.split(), *_ODD_SIGNS))
JUMBLE = st.lists(PIECES, max_size=30).flatmap(
    lambda pieces: st.sampled_from(["", " ", "  ", "\n"]).map(lambda joiner: joiner.join(pieces))
)


def check(text: str, tongue: str | None) -> None:
    found = readings(text, tongue)  # type: ignore[arg-type]
    last = 0
    for mention in found:
        assert last <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        last = mention.end
        if mention.hedge_start is not None and mention.hedge_end is not None:
            assert 0 <= mention.hedge_start < mention.hedge_end <= len(text)
        assert (mention.unit == "money") == (mention.currency is not None)
        for value in mention.values:
            assert value.step > 0
        if mention.values and mention.kind != "scale":
            assert mention.comparator != "none"


@given(st.text(max_size=200), TONGUE)
def test_any_text(text: str, tongue: str | None) -> None:
    check(text, tongue)


@given(JUMBLE, TONGUE)
@settings(max_examples=400)
def test_any_jumble_of_what_the_grammar_knows(text: str, tongue: str | None) -> None:
    check(text, tongue)
    directions(text, tongue)  # type: ignore[arg-type]


@given(st.text(alphabet="0123456789.,'-–/:+$€% \u00a0abQFeinMrd", max_size=60), TONGUE)
@settings(max_examples=400)
def test_every_digit_lies_in_a_mention(text: str, tongue: str | None) -> None:
    check(text, tongue)
    inside = {place for each in readings(text, tongue) for place in range(each.start, each.end)}  # type: ignore[arg-type]
    assert all(place in inside for place, sign in enumerate(text) if sign in "0123456789")


ODD = st.text(alphabet="a5 %\u00a0\u202f\u00ad\u200bé\u0301„“'’−&;nbsp#160x\u2060", max_size=40)


@given(ODD)
@settings(max_examples=400)
def test_the_offset_map_leads_back(text: str) -> None:
    normal = NormalText(text)
    ends = [normal.origin(k, k + 1) for k in range(len(normal.text))]
    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert ends == sorted(ends)
    for sign, (start, end) in zip(normal.text, ends, strict=True):
        if sign in "a5%":
            assert sign in text[start:end] or "&" in text[start:end]
    if ends:
        assert normal.origin(0, len(normal.text)) == (ends[0][0], ends[-1][1])


def test_invisible_signs_do_not_hide_a_figure() -> None:
    text = "Kurs&shy;ziel: 1\u202f234,5\u00adO; rund\u00a015&nbsp;% und 14\u200b5,80\u00a0&euro;."
    found = [each for each in readings(text, "de") if each.unit in ("percent", "money")]
    assert [(each.text, each.values[0].value, each.comparator.value) for each in found] == [
        ("15&nbsp;%", 15.0, "approx"),
        ("14\u200b5,80\u00a0&euro;", 145.8, "exact"),
    ]


def test_a_swiss_figure_behind_a_figure_is_no_group_of_three() -> None:
    """Found by fuzzing: three signs are not three digits."""
    assert [each.text for each in readings("5 1'1$", "de")][:1] == ["5"]


def test_decomposed_letters_are_letters() -> None:
    (one,) = readings("fu\u0308nf Prozent", "de")
    assert (one.text, one.values[0].value) == ("fu\u0308nf Prozent", 5.0)


@pytest.mark.parametrize("text", ["", " ", "\n\r\n", "\u00ad\u200b", "😀😀", "مرحبا بالعالم ١٢٣ ٪", "&;&#;&#x;"])
def test_nothing_to_read(text: str) -> None:
    assert readings(text) == []


REPEATED = [
    "1",
    "1.",
    "1,1",
    "1'1",
    "1 1 ",
    "123 ",
    "1-",
    "-1-",
    "1/",
    "1:",
    "a-",
    "52-Wochen-",
    "a1",
    "&#",
    "&amp",
    "a\u0301",
    "\u0301",
    "(",
    "$",
    "$5 to ",
    "bis 5 ",
    "von 5 auf ",
    "zwischen 5 und ",
    "5 % ",
    "Januar ",
    "12. bis ",
    "12. Januar bis ",
    "eine ",
    "hundert",
    "einundzwanzig",
    "twenty-",
    "Mrd",
    "http://",
    "2026-01-14T",
    "über ",
    "more than ",
    "last ",
    "Q2 ",
    "'",
    "½",
    "1½",
    "one in ",
    "in Mio. ",
    "„Kaufen“ ",
]


PAIRS = [
    *("1 )", "5)", "(5)", "(Vj. 5)", "5 % (", "5 (", "- 5\n", "| 5 | ", "5, ", "5 und ", "5:5", "5/5 ", "+5"),
    *("12. und ", "Dienstag 5 "),
    *("Q2 2025/", "je Aktie ", "rund ", "rund 5 ", "Januar 5 ", "5 bis ", "eine Viertel ", "12. 5 % ", "um 5 % auf "),
    *("von 5 (", "5 Mrd. (Vorjahr: ", "$5 (", "up 5% to $", "HK$5-", "&euro;5", "½ (", "\u200b5", "5\u00ad-", "\n\n5)"),
]
"""Pieces that stand side by side: what joins neighbours may look no further than a few of them."""


def growth(small: int, large: int, read: Callable[[int], object]) -> float:
    """How many times longer the large one takes: the least of up to five runs, without the garbage collector.

    A collection in between costs as much as the objects that the whole run of tests holds, not as this text.
    """
    least = {small: math.inf, large: math.inf}
    collects = gc.isenabled()
    gc.disable()
    try:
        for _ in range(5):
            for size in (small, large):
                begin = time.process_time()
                read(size)
                least[size] = min(least[size], time.process_time() - begin)
            if least[large] < 1.5 * large / small * least[small]:
                break
    finally:
        if collects:
            gc.enable()
    return least[large] / max(least[small], 0.001)


@pytest.mark.parametrize("piece", REPEATED + PAIRS)
def test_no_text_is_read_in_more_than_linear_time(piece: str) -> None:
    def read(size: int) -> None:
        text = (piece * (size // len(piece) + 1))[:size]
        for tongue in ("de", "en"):
            readings(text, tongue)  # type: ignore[arg-type]

    read(100)
    assert growth(500, 8_000, read) < 48  # sixteen times the text; quadratic would be 256


WORDS = re.compile(r"[^\W\d_]+")


@given(JUMBLE, st.sampled_from(["de", "en"]))
@settings(max_examples=300)
def test_words_that_begin_nothing_really_begin_nothing(text: str, tongue: str) -> None:
    source = Source(NormalText(text).text, tongue)  # type: ignore[arg-type]
    for k in range(len(source.tokens)):
        is_tied = source.is_glued(k + 1) or source.low(k + 1) == "-"
        if source.is_word(k) and not begins(source.low(k), source.tongue) and not is_tied:
            assert all(parse(source, k) is None for parse in _AT_WORD), source.low(k)


def test_the_language_is_detected() -> None:
    assert detected("Die Aktie stieg um 5 % und der Umsatz auch.") == "de"
    assert detected("The stock rose 5% and so did revenue.") == "en"
    assert detected("Der Kurs liegt bei 1'234.50 Franken.") == "de-CH"
    assert detected("Das ist ein grosser Gewinn, grösser als gedacht und schliesslich mehr.") == "de-CH"
    assert detected("") == "de"
