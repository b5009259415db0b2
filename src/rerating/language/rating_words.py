"""Rating words of houses and the press, mapped to one five-point code by versioned data (`ratings.toml`).

A word that the table does not hold is a Gap and never Hold; so is an empty one.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rerating.core.record import Record
from rerating.core.types import Gap, Why
from rerating.language.languages import Language


class RatingCode(StrEnum):
    """Five points without a number, because houses count in opposite directions."""

    STRONG_BUY = "strong_buy"
    BUY = "buy"
    HOLD = "hold"
    SELL = "sell"
    STRONG_SELL = "strong_sell"

    @property
    def notches_from_hold(self) -> int:
        """2 for a strong buy, 0 for hold, -2 for a strong sell."""
        return 2 - list(RatingCode).index(self)


class RatingWord(Record):
    """A known word: as the table spells it, its code, and where the mapping comes from."""

    word: str
    code: RatingCode
    source: str
    languages: tuple[Language, ...]


_BETWEEN = re.compile(r"[\s\-\u2010\u2011\u2013_/]+")


def folded(word: str) -> str:
    """The spelling under which words are compared: no case, hyphens and spaces alike, no quotes at the ends."""
    return _BETWEEN.sub(" ", word.casefold()).strip(" .,;:!?\"'„“”‚‘’«»()[]")


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(files("rerating.language").joinpath("ratings.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, RatingWord], frozenset[str]]:
    """Folded spelling to word, and the spellings that name no opinion."""
    data = _data()
    words: dict[str, RatingWord] = {}
    for row in data["words"]:
        for language in ("en", "de"):
            for spelling in row[language]:
                before = words.get(folded(spelling))
                languages = (*before.languages, language) if before else (language,)
                entry = RatingWord(
                    word=before.word if before else spelling,
                    code=RatingCode(row["code"]),
                    source=data["sources"][row["source"]],
                    languages=tuple(dict.fromkeys(languages)),
                )
                words[folded(spelling)] = entry
    return words, frozenset(folded(each) for side in data["none"].values() for each in side)


def ratings_version() -> str:
    """The version of the mapping, to be printed beside what was counted with it."""
    version: str = _data()["version"]
    return version


def rating_words() -> dict[str, RatingWord]:
    """All known words by their folded spelling."""
    return dict(_table()[0])


def rating(word: str) -> RatingWord | Gap:
    """The five-point code of a house's word, in either language.

    A Gap NOT_APPLICABLE for words that name no opinion ("Not Rated") and for an empty one, NOT_COVERED for a word that
    the table does not hold.
    """
    words, none = _table()
    key = folded(word)
    found = words.get(key)
    if found is not None:
        return found
    question = f"Which point of the five-point scale is the rating '{word.strip()}'?"
    if not key:
        return Gap(question=question, why=Why.NOT_APPLICABLE, detail="The source gave no rating word in this row.")
    if key in none:
        return Gap(question=question, why=Why.NOT_APPLICABLE, detail="The house says that it holds no opinion.")
    detail = f"The mapping, version {ratings_version()}, does not hold this word; add it with its source."
    return Gap(question=question, why=Why.NOT_COVERED, detail=detail)


def rating_name(code: RatingCode, language: Language) -> str:
    """What the code is called in a text: `Kaufen` / `Buy`."""
    name: str = _data()["names"][code.value][language]
    return name
