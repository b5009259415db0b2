"""Tickers as articles print them, and the symbols that they are: `(NASDAQ: JAZZ)`, `(ETR: BDT)`, `(ASX: ZIP)`."""

from __future__ import annotations

import re

from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading.tokens import Tokens

TICKER = re.compile(r"[A-Z]{1,5}")
_SUFFIXES = {
    "etr": ".DE",
    "xetra": ".DE",
    "lon": ".L",
    "lse": ".L",
    "swx": ".SW",
    "six": ".SW",
    "epa": ".PA",
    "ams": ".AS",
}
_SUFFIXES |= {"bit": ".MI", "bme": ".MC", "sto": ".ST", "cph": ".CO", "hel": ".HE", "osl": ".OL", "vie": ".VI"}
_SUFFIXES |= {"tse": ".TO", "tsx": ".TO", "asx": ".AX", "nse": ".NS", "bse": ".BO", "sgx": ".SI", "jse": ".JO"}
_AMERICAN = frozenset(("nasdaq", "nyse", "nysearca", "nyseamerican", "amex", "nasdaqgs"))


def printed_ticker(tokens: Tokens, k: int) -> str | None:
    """Yahoo's symbol of a ticker that brackets at token k print behind its exchange: `(NASDAQ: JAZZ)`, `(ETR: BDT)`."""
    exchange = tokens.lower[k + 1]
    if tokens.text[k] != "(" or tokens.text[k + 2] != ":" or not TICKER.fullmatch(tokens.text[k + 3]):
        return None
    if exchange in _AMERICAN:
        return tokens.text[k + 3]
    return tokens.text[k + 3] + _SUFFIXES[exchange] if exchange in _SUFFIXES else None


def symbol_at(tokens: Tokens, k: int) -> str:
    """Yahoo's symbol of the ticker at a token, by the exchange that brackets print before it: `(ASX: ZIP)`."""
    is_behind = k >= _LEAD and tokens.text[k - 1] == ":" and tokens.text[k - _LEAD] == "("
    return (printed_ticker(tokens, k - _LEAD) if is_behind else None) or tokens.text[k]


_LEAD = 3
"""A bracket, an exchange and a colon stand before a ticker."""


_ABBREVIATIONS = word_set("names", "abbreviations")


def is_abbreviation(tokens: Tokens, k: int) -> bool:
    """Whether capitals that are a symbol too mostly stand for something else: `künstliche Intelligenz (AI)`."""
    return tokens.lower[k] in _ABBREVIATIONS
