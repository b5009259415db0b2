"""Any text is taken apart without an exception, each claim stands at its offsets, and time grows with length."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rerating.factcheck.extraction import extract

_WORDS = """<p> </p> <a <!-- --> <script> </table> <td> <b onclick=x> &amp; &euro; &#49; ]( ** | „ “ " ' ? ! : ; –
- % 5 5,3 1.234 12. 2026 $ € Aktie SAP Alibaba Dax Kursziel um auf von nach rund Prozent Mrd. Euro stieg fiel Analysten
erwarten Anzeige Jetzt sichern! Is the stock up 5% Buy to Hold Goldman said after results"""
_ODD = (
    "\n",
    "\r\n",
    "\r",
    "\x00",
    "½",
    "😀",
    "مرحبا",
    "١٢٣",
    "שלום",
    "\u202e",
    "\u200f",
    "\u00ad",
    "\u200b",
    "\ufeff",
    "e\u0301",
)
PIECES = st.sampled_from((*_WORDS.split(), *_ODD))


def check(text: str) -> None:
    for claim in extract(text).claims:
        assert text[claim.start : claim.end] == claim.text
        assert 0 <= claim.sentence_start <= claim.start < claim.end <= claim.sentence_end <= len(text)


@given(st.text(max_size=150))
@settings(max_examples=60)
def test_any_text(text: str) -> None:
    check(text)


@given(st.lists(PIECES, max_size=40), st.sampled_from(["", " "]))
@settings(max_examples=150)
def test_any_jumble_of_what_articles_are_made_of(pieces: list[str], joiner: str) -> None:
    check(joiner.join(pieces))


@pytest.mark.parametrize(
    "text", ["", " ", "\r\n\r", "\x00", "<html>", "<p></p>", "|||", "# ", "😀", "مرحبا بالعالم ١٢٣ ٪"]
)
def test_nothing_to_claim(text: str) -> None:
    assert extract(text).claims == []


def test_right_to_left_marks_emoji_and_mixed_line_ends_hide_no_figure() -> None:
    text = "🚀 SAP-Aktie\r\rDie \u200fSAP\u200f-Aktie stieg um 5\u00a0%.\r\nDer Umsatz \u202ewuchs\u202c um 6\u202f%.\n"
    assert [(claim.text, claim.type) for claim in extract(text).claims] == [
        ("5\u00a0%", "return"),
        ("6\u202f%", "growth"),
    ]


def test_hostile_markup_is_only_ever_text() -> None:
    text = (
        "<html><body><script>document.write('SAP stieg um 99 %')</script><p onclick='x(\"88 %\")'>SAP-Aktie stieg um "
        "5 %.</p><style>.a{width:77%}</style><!-- um 66 % --><img alt='um 55 %' src=x><p>Der Kurs <b>liegt</b> bei 240 "
        "Euro."
    )
    assert [claim.text for claim in extract(text).claims] == ["5 %", "240 Euro"]


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        "<p>",
        "<p",
        "<!--",
        "](",
        '"',
        "„a“ ",
        "| 5 | ",
        "?",
        "5)",
        "Die Aktie. ",
        "SAP stieg um 5 %. ",
        "SAP 5 % ",
        "Anzeige: jetzt sichern!\n\n",
    ],
)
def test_time_grows_with_length_alone(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        begin = time.process_time()
        extract(text)
        return time.process_time() - begin

    seconds(100)
    least = {500: 9.0, 6_000: 9.0}
    gc.disable()
    try:
        for _ in range(5):
            least = {size: min(one, seconds(size)) for size, one in least.items()}
            if least[6_000] < 24 * max(least[500], 0.001):
                break
    finally:
        gc.enable()
    assert least[6_000] < 36 * max(least[500], 0.001), least  # twelve times the text; quadratic would be 144


def test_a_sentence_without_an_end_takes_time_in_step_with_its_length() -> None:
    piece = "Apple topped the FTSE 100, UBS cut its partner Kroger to Sell, target 5 euros, "

    def seconds(count: int) -> float:
        begin = time.process_time()
        extract(piece * count)
        return time.process_time() - begin

    seconds(5)
    small, large = min(seconds(60) for _ in range(2)), seconds(360)
    assert large < 15 * small, (small, large)  # six times the text; quadratic would be 36


@pytest.mark.parametrize(
    "text",
    [
        "Chipotle trades at 26 times expected earnings, versus 19 for Olive Garden owner",
        "1 1 Analysten erwarten für 2026 einen Umsatz von 40 Milliarden Euro. Auf 2 Mrd in ",
    ],
)
def test_a_text_may_end_anywhere(text: str) -> None:
    for end in range(len(text) - 30, len(text) + 1):
        extract(text[:end])
