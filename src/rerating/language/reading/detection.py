"""German or English, by the words that hold a sentence together."""

from __future__ import annotations

import re

from rerating.language.reading.numerals import Tongue
from rerating.language.reading.word_lists import listed

_DE = frozenset(
    listed(
        "der die das und ist nicht ein eine einer einem einen von mit auf für im am zum zur den dem des "
        "sich auch als bei nach um aus wird wurde hat haben sind war über unter vor seit noch nur oder "
        "wie mehr rund knapp laut gegenüber beim vom bis prozent euro milliarden millionen aktie kurs "
        "liegt stieg fiel uhr januar februar märz juni juli dezember"
    )
)
_EN = frozenset(
    listed(
        "the and of to is in a for on that with as at by from its was are has have it this be an or will "
        "were after which more than about than over under up down percent billion million shares stock "
        "price rose fell january february march june july december"
    )
)
_WORD = re.compile(r"[^\W\d_]+")
_SWISS = re.compile(r"(?<![0-9'])[0-9]{1,3}(?:'[0-9]{3})+(?![0-9])")
_SAMPLE = 20_000


def detected(text: str) -> Tongue:
    """The language of a text by its first 20,000 signs; German where nothing tells.

    Swiss German is German with figures grouped by apostrophes, or with `ss` where German has ß and no ß at all.
    """
    sample = text[:_SAMPLE].replace("\u2019", "'")
    words = [word.lower() for word in _WORD.findall(sample)]
    german = sum(word in _DE for word in words) + 2 * sum(sign in "äöüß" for word in words for sign in word)
    english = sum(word in _EN for word in words)
    if english > german:
        return "en"
    swiss_words = {"gross", "grosse", "grossen", "grösser", "grösste", "ausserdem", "ausserhalb", "schliesslich"}
    if _SWISS.search(sample) or ("ß" not in sample and swiss_words.intersection(words)):
        return "de-CH"
    return "de"
