"""Finance nouns with their German gender and cases, articles, adjective endings, and words that follow a sign.

The lexicon is `nouns.toml`; a noun that is not in it is a UsageError, because guessing a gender prints bad German.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.language.languages import Language
from rerating.language.numbers import Number, rounded

Case = Literal["nominative", "genitive", "dative", "accusative"]
Gender = Literal["m", "f", "n"]
Declension = Literal["strong", "weak", "mixed"]
"""Adjective endings: `weak` after der/die/das, `mixed` after ein/kein, `strong` without an article."""

CASES: tuple[Case, ...] = ("nominative", "genitive", "dative", "accusative")

_DEFINITE = {
    "m": ("der", "des", "dem", "den"),
    "f": ("die", "der", "der", "die"),
    "n": ("das", "des", "dem", "das"),
    "plural": ("die", "der", "den", "die"),
}
_INDEFINITE = {
    "m": ("ein", "eines", "einem", "einen"),
    "f": ("eine", "einer", "einer", "eine"),
    "n": ("ein", "eines", "einem", "ein"),
}
_ENDINGS: dict[str, dict[str, tuple[str, str, str, str]]] = {
    "strong": {
        "m": ("er", "en", "em", "en"),
        "f": ("e", "er", "er", "e"),
        "n": ("es", "en", "em", "es"),
        "plural": ("e", "er", "en", "e"),
    },
    "weak": {
        "m": ("e", "en", "en", "en"),
        "f": ("e", "en", "en", "e"),
        "n": ("e", "en", "en", "e"),
        "plural": ("en", "en", "en", "en"),
    },
    "mixed": {
        "m": ("er", "en", "en", "en"),
        "f": ("e", "en", "en", "e"),
        "n": ("es", "en", "en", "es"),
        "plural": ("en", "en", "en", "en"),
    },
}
_CONTRACTED = {
    "an dem": "am",
    "an das": "ans",
    "bei dem": "beim",
    "in dem": "im",
    "in das": "ins",
    "von dem": "vom",
    "zu dem": "zum",
    "zu der": "zur",
}


class Noun(Record):
    """One noun in one language. `key` is its name in the lexicon."""

    key: str
    language: Language
    singular: str
    plural: str
    gender: Gender = "n"
    genitive: str = ""
    is_weak: bool = False

    def form(self, case: Case = "nominative", *, plural: bool = False) -> str:
        """The noun in a case: `Analyst`, `Analysten`. English knows singular and plural only.

        The dative plural adds n unless the plural ends in n or s. Raises UsageError where there is no plural.
        """
        if plural and not self.plural:
            raise UsageError(f"'{self.singular}' has no plural; rephrase with another noun.")
        if self.language == "en":
            return self.plural if plural else self.singular
        if plural:
            return self._plural_dative() if case == "dative" else self.plural
        if case == "genitive":
            return self.genitive
        return self.genitive if self.is_weak and case != "nominative" else self.singular

    def _plural_dative(self) -> str:
        head, *rest = self.plural.split(" ", 1)
        head = head if head[-1] in "nsa" else head + "n"
        return " ".join((head, *rest))

    def definite(self, case: Case = "nominative", *, plural: bool = False) -> str:
        """der, die, das in a case; `the` in English."""
        if self.language == "en":
            return "the"
        return _DEFINITE["plural" if plural else self.gender][CASES.index(case)]

    def indefinite(self, case: Case = "nominative") -> str:
        """ein, eine in a case; a or an in English."""
        if self.language == "en":
            return "an" if self.singular[0] in "aeiou" or self.singular == "hour" else "a"
        return _INDEFINITE[self.gender][CASES.index(case)]

    def the(self, case: Case = "nominative", *, plural: bool = False) -> str:
        """Definite article and noun: `des Schlusskurses`, `den Handelstagen`, `the closes`."""
        return f"{self.definite(case, plural=plural)} {self.form(case, plural=plural)}"

    def a(self, case: Case = "nominative") -> str:
        """Indefinite article and noun: `einer Ankündigung`, `an event`."""
        return f"{self.indefinite(case)} {self.form(case)}"

    def after(self, preposition: str, case: Case, *, plural: bool = False) -> str:
        """Preposition, article and noun, contracted where German does: `im Jahr`, `zur Ankündigung`, `vom Hoch`."""
        lead = f"{preposition} {self.definite(case, plural=plural)}"
        lead = _CONTRACTED.get(lead, lead) if self.language == "de" and not plural else lead
        return f"{lead} {self.form(case, plural=plural)}"

    def adjective(
        self, stem: str, case: Case = "nominative", *, plural: bool = False, declension: Declension = "strong"
    ) -> str:
        """An adjective that agrees with the noun: `deutlich` is `deutliches` before Plus. English: the stem."""
        if self.language == "en":
            return stem
        return stem + _ENDINGS[declension]["plural" if plural else self.gender][CASES.index(case)]


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, dict[str, Any]]:
    text = files("rerating.language").joinpath("nouns.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = tomllib.loads(text)["nouns"]
    return table


def noun_keys() -> tuple[str, ...]:
    """All keys of the lexicon, sorted."""
    return tuple(sorted(_lexicon()))


@lru_cache(maxsize=512)
def noun(key: str, language: Language) -> Noun:
    """The noun of that key. Raises UsageError where the lexicon has none."""
    row = _lexicon().get(key)
    if row is None:
        raise UsageError(f"The lexicon has no noun '{key}'; add it to nouns.toml with gender and cases.")
    if language == "en":
        return Noun(key=key, language="en", singular=row["en"], plural=row["en_pl"])
    return Noun(
        key=key,
        language="de",
        singular=row["de"],
        plural=row["pl"],
        gender=row["g"],
        genitive=row["gen"],
        is_weak=row.get("weak", False),
    )


Direction = Literal["up", "down", "flat"]


def direction(value: Number, digits: int = 12) -> Direction:
    """The sign of what is printed: a value that rounds to zero at `digits` decimals is flat."""
    size = rounded(value, digits)
    return "up" if size > 0 else "down" if size < 0 else "flat"


class Movement(Record):
    """Words for one direction: whoever prints `noun` prints the size without a sign."""

    direction: Direction
    noun: str
    """Key of the lexicon: gain, decline, or move when flat."""
    present: str
    past: str
    perfect: str
    """Participle with its auxiliary's key word order left to the template: `gestiegen` (with ist), `risen` (has)."""
    comparative: str
    side: str
    """Above or below, for a distance from a level."""


_MOVEMENTS: dict[tuple[Language, Direction], tuple[str, str, str, str, str, str]] = {
    ("de", "up"): ("gain", "steigt", "stieg", "gestiegen", "höher", "über"),
    ("de", "down"): ("decline", "fällt", "fiel", "gefallen", "tiefer", "unter"),
    ("de", "flat"): ("move", "bleibt", "blieb", "geblieben", "unverändert", "auf"),
    ("en", "up"): ("gain", "rises", "rose", "risen", "higher", "above"),
    ("en", "down"): ("decline", "falls", "fell", "fallen", "lower", "below"),
    ("en", "flat"): ("move", "is", "was", "been", "unchanged", "at"),
}


def movement(value: Number, language: Language, *, digits: int = 12) -> Movement:
    """The words that follow from a figure's sign as printed with `digits` decimals (of the value, not of percent)."""
    sign = direction(value, digits)
    key, present, past, perfect, comparative, side = _MOVEMENTS[language, sign]
    return Movement(
        direction=sign, noun=key, present=present, past=past, perfect=perfect, comparative=comparative, side=side
    )
