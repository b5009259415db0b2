"""Digits that belong to a name: S&P 500, 9988.HK, iPhone 17, 10-K, [3], ISIN. They are found, and are no quantity."""

from __future__ import annotations

from rerating.language.reading.counted import MEASURES
from rerating.language.reading.mentions import MentionKind as K
from rerating.language.reading.phrases import Phrases
from rerating.language.reading.source import Draft, Source
from rerating.language.reading.tokens import FIGURE, WORD
from rerating.language.reading.word_lists import listed

_INDICES: Phrases[None] = Phrases(
    (name, None)
    for name in listed(
        "S&P 500|S&P 100|S&P 400|S&P 600|S&P-500|S & P 500|S&P500|Nasdaq 100|Nasdaq-100|Russell 1000|"
        "Russell 2000|Russell 3000|Stoxx 50|Stoxx 600|Stoxx Europe 600|Stoxx Europe 50|Euro Stoxx 50|"
        "EuroStoxx 50|Euro-Stoxx-50|EuroStoxx50|Nikkei 225|Nikkei-225|CSI 300|FTSE 100|FTSE 250|CAC 40|"
        "CAC-40|IBEX 35|SMI 20|DAX 40|DAX 30|MDAX 50|SDAX 70|TecDAX 30|Dow 30|ASX 200|Topix 100|"
        "FTSE 350|S&P 1500|S&P Europe 350|Russell 2500|Wilshire 5000|Nifty 50|Nifty 500|Nifty Midcap 100|CSI 500|"
        "CSI 1000|ASX 50|ASX 100|ASX 300|NZX 50|BEL 20|PSI 20|SBF 120|CAC Mid 60|CAC Next 20|AIM 100|ISEQ 20|"
        "WIG 20|Wig-20|Wig 20|TA-35|TA 35|TA-125|EGX 30|KSE-100|BIST 100|Bist 100|JSE Top 40|OMX Helsinki 25|"
        "OMX Copenhagen 25|OMX Stockholm 30|OMX Nordic 40|S&P MidCap 400|S&P SmallCap 600|JPX-Nikkei 400|"
        "Stoxx Europe Small 200|Kospi 200|SSE 50|STAR 50|OMX 30|AEX 25|FTSE MIB 40|Fortune 500|Fortune Global 500|"
        "Forbes Global 2000|Global 2000|Dow Jones 30|ATX 20|MSCI World 100|TSX 60|Hang Seng 50|"
        "Magnificent Seven|Glorreiche Sieben|Glorreichen Sieben|G 7|G 20|Made in China 2025|Agenda 2030|"
        "Horizon 2020|Agenda 2010|Industrie 4.0|Web 3.0|Vision 2030|Big Four|Big Three|Artikel 5|"
        "Nifty 50|CAC Next 20|MAX 7|MAX 8|MAX 9|MAX 10|10b5-1|Five Below|Five Guys|"
        "S&P MidCap 400|S&P SmallCap 600|MidCap 400|SmallCap 600|Lower 48|type 1|type 2|Typ 1|Typ 2|"
        "Phillips 66|Motel 6|Fifth Third|Forever 21|Century 21|Area 51|Formula 1|Formel 1",
        "|",
    )
)
_NAMED = frozenset(
    listed(
        "iphone ipad windows boeing airbus galaxy gpt llama gemini qwen claude grok model xbox "
        "playstation pixel formel phase tier stufe basel stage nr no isin wkn artikel art abs absatz "
        "paragraph section form item rule kapitel tabelle abbildung seite page figure table note "
        "anmerkung version fußnote footnote gleis chapter exhibit ascend kirin snapdragon wan deepseek "
        "kimi ernie hunyuan"
    )
)
"""Words whose number is a name, unless a unit follows it."""


_LONGEST_NUMBER = 5
"""More signs make an amount: `nach der neuen Formel 21.200 Tonnen`."""


_FIRMS = frozenset(("group", "capital", "partners", "global", "ventures", "holdings", "management", "research"))
"""Behind a number these make a house's name: 650 Group, 314 Capital."""


def index_name(source: Source, k: int) -> Draft | None:
    """A name with its number, as the table has it."""
    found = _INDICES.at(source.tokens, k)
    return None if found is None else Draft(first=k, last=k + found[0], kind=K.LABEL)


def tied_to_letters(source: Source, k: int) -> Draft | None:
    """Letters and digits in one piece that begins with letters: A320, H200, GPT-4, US01609W1027, Web3."""
    at = k + 1
    if source.low(at) == "-" and source.is_glued(at) and source.is_figure(at + 1):
        at += 1
    if not source.is_figure(at) or not source.is_glued(at):
        return None
    return Draft(first=k, last=_end_of_piece(source, at + 1), kind=K.LABEL)


def _end_of_piece(source: Source, k: int) -> int:
    """The first token behind the letters and digits that are glued together."""
    while source.is_glued(k) and source.tokens.kind[k] in (WORD, FIGURE):
        k += 1
    return k


def named_number(source: Source, k: int) -> Draft | None:
    """`iPhone 17`, `Nr. 1`, `Model 3`: the word and its number."""
    if source.low(k) not in _NAMED:
        return None
    at = k + 1
    if source.low(at) in (".", "-", ":") and not source.is_figure(at):
        at += 1
    if not source.is_figure(at) or source.begins_line(at) or len(source.tokens.text[at]) > _LONGEST_NUMBER:
        return None
    return Draft(first=k, last=_end_of_piece(source, at + 1), kind=K.LABEL)


def digits_of_a_name(source: Source, k: int) -> Draft | None:
    """A piece that begins with digits and is no figure: 9988.HK, 10-K, 5G, [3], § 15, a list's `1.`."""
    if source.tokens.kind[k] != FIGURE:
        return None
    if source.low(k + 1) == "." and source.is_glued(k + 1) and _is_venue(source, k + 2):
        return Draft(first=k, last=k + 3, kind=K.LABEL)
    if source.is_glued(k + 1) and source.is_word(k + 1):
        return Draft(first=k, last=_end_of_piece(source, k + 2), kind=K.LABEL)
    if _is_tied_word(source, k):
        return Draft(first=k, last=_end_of_piece(source, k + 3), kind=K.LABEL)
    if source.low(k - 1) == "[" and source.low(k + 1) == "]" and source.is_glued(k):
        return Draft(first=k, last=k + 1, kind=K.LABEL)
    if source.low(k - 1) == "^" and source.low(k - 2) == "[" and source.low(k + 1) == "]":
        return Draft(first=k, last=k + 1, kind=K.LABEL)
    if source.low(k + 1) in _FIRMS and source.is_capital(k + 1) and not source.is_glued(k + 1):
        return Draft(first=k, last=k + 2, kind=K.LABEL)
    if source.low(k - 1) in ("§", "#"):
        return Draft(first=k, last=k + 1, kind=K.LABEL)
    is_first = source.begins_line(k) or source.low(k - 1) in ("#", ">", "*", "|")
    is_listed = is_first and source.low(k + 1) in (".", ")") and not source.is_glued(k + 2)
    if is_listed and source.whole(k, 1, 99) is not None and source.is_glued(k + 1) and not source.begins_line(k + 2):
        return Draft(first=k, last=k + 2, kind=K.LABEL)
    return None


_AIRCRAFT = frozenset(("737", "747", "757", "767", "777", "787", "a320", "a350"))


def aircraft(source: Source, k: int) -> Draft | None:
    """Boeing's numbers, which stand alone: 737 MAX, 787."""
    if source.low(k) not in _AIRCRAFT or not (source.is_capital(k + 1) or source.low(k - 1) == "boeing"):
        return None
    return Draft(first=k, last=k + 1, kind=K.LABEL)


def _is_venue(source: Source, k: int) -> bool:
    """A ticker's suffix: one to four capitals glued to the point."""
    text = source.tokens.text[k] if source.is_word(k) else ""
    return source.is_glued(k) and 1 <= len(text) <= 4 and text.isupper()


def _is_tied_word(source: Source, k: int) -> bool:
    """A word behind a hyphen that is neither scale nor unit: 10-K; 24-Punkte-Plan and 900-megawatt have a unit."""
    if source.low(k + 2) in MEASURES:
        return False
    return source.low(k + 1) == "-" and source.is_glued(k + 1) and source.is_glued(k + 2) and source.is_word(k + 2)


FIRST_WORDS = _INDICES.anchors() | _NAMED
"""The words at which a parser of this module can begin, beside those with digits glued to them."""
