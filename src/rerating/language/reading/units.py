"""Scales, units and currencies behind and before a figure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from rerating.language.quantities import currencies
from rerating.language.reading.mentions import MentionKind
from rerating.language.reading.numerals import Tongue
from rerating.language.reading.phrases import Phrases
from rerating.language.reading.tokens import WORD, Tokens

_K = MentionKind

_SCALES = {
    3: "tausend Tsd. Tsd TEUR",
    6: "Mio. Mio Million Millionen Mill. mln Millions MEUR",
    9: "Mrd. Mrd Milliarde Milliarden Mia. Mia",
    12: "Bio. Bio Billionen",
    15: "Billiarde Billiarden",
}
_SCALES_DE = {12: "Billion", 18: "Trillion Trillionen"}
_SCALES_EN = {
    3: "thousand",
    5: "lakh lakhs",
    6: "mn",
    7: "crore crores",
    9: "billion billions bn bln",
    12: "trillion trillions tn trn",
}
_SCALE_LETTERS = {"k": 3, "m": 6, "b": 9, "t": 12}

_UNITS: dict[tuple[MentionKind, str], str] = {
    (_K.PERCENT, "1"): "%|Prozent|Prozents|Prozente|Prozenten|percent|per cent|pct|pct.|v. H.|v.H.",
    (_K.PERCENT, "0.1"): "‰|Promille",
    (_K.POINTS, "1"): "Prozentpunkt|Prozentpunkte|Prozentpunkten|Prozentpunkts|Prozentpunktes|percentage point|"
    "percentage points|percentage-point|percent points|pp|ppt|ppts|pp.|%-Punkte|%-Punkten|Prozent-Punkte",
    (_K.BASIS_POINTS, "0.01"): "Basispunkt|Basispunkte|Basispunkten|Basispunkts|basis point|basis points|"
    "basis-point|bp|bps|bp.",
    (_K.SHARES, "1"): "Aktie|Aktien|Anteilsschein|Anteilsscheine|Anteilsscheinen|Anteilscheine|Anteilscheinen|"
    "Stammaktien|Vorzugsaktien|Vorzüge|Vorzügen|Namenaktien|Inhaberaktien|Stück Aktien|Stück|Stücke|Stücken|"
    "eigene Aktien|eigener Aktien|Papiere|Papieren|Titel|Titeln|Anteile|Anteilen|Bons|eigene Titel|eigene Papiere|"
    "eigene Anteile|share|shares|ordinary shares|common shares|ADS|ADSs|ADRs|"
    "American depositary shares|own shares",
    (_K.CONTRACTS, "1"): "Kontrakt|Kontrakte|Kontrakten|Optionskontrakte|Optionskontrakten|Call-Kontrakte|"
    "Put-Kontrakte|Calls|Puts|Call-Optionen|Put-Optionen|Kaufoptionen|Verkaufsoptionen|Optionen|contract|contracts|"
    "option contracts|options contracts|call contracts|put contracts|calls|puts|call options|put options|options|lots",
    (_K.INDEX_POINTS, "1"): "Punkt|Punkte|Punkten|Zähler|Zählern|Indexpunkte|Indexpunkten|point|points|index points",
    (_K.MULTIPLE, "1"): "-fach|-fache|-fachen|-facher|-faches|-fachem|fach|fache|fachen|fold|-fold|x|mal|-mal|Mal|"
    "times|-times|×",
}
_ADJECTIVE_ENDINGS = ("", "e", "er", "en", "es", "em")


class Unit(NamedTuple):
    """The kind that a unit makes of a figure, and the factor from the figure to the value."""

    kind: MentionKind
    factor: Decimal
    currency: str | None = None


def _unit_phrases() -> Iterator[tuple[str, Unit]]:
    for (kind, factor), words in _UNITS.items():
        for word in words.split("|"):
            yield word, Unit(kind, Decimal(factor))
    for stem in ("prozentig", "-prozentig", "%ig", "-prozentpunktig"):
        for ending in _ADJECTIVE_ENDINGS:
            yield stem + ending, Unit(_K.PERCENT, Decimal(1))


def _minor_units(tongue: Tongue) -> Iterator[tuple[str, Unit]]:
    cent = Decimal("0.01")
    for words, code in (
        ("Cent|Cents|¢", "USD" if tongue == "en" else "EUR"),
        ("Eurocent|Euro-Cent|Eurocents|euro cents", "EUR"),
        ("US-Cent|US-Cents|US cents|US cent|U.S. cents|U.S. cent", "USD"),
        ("Pence|Penny|pennies", "GBP"),
        ("Rappen", "CHF"),
    ):
        for word in words.split("|"):
            yield word, Unit(_K.MONEY, cent, code)
    if tongue == "en":
        for word, factor in (("dime", "0.1"), ("dimes", "0.1"), ("buck", "1"), ("bucks", "1")):
            yield word, Unit(_K.MONEY, Decimal(factor), "USD")


CROWNS = "crowns"
"""In place of a currency's code until the text tells whose crowns are meant."""

CROWN_WORDS = ("Kronen", "Krone", "crowns", "crown", "kroner", "kronor")

_PREFIXES = ("CN¥", "JP¥", "RMB", "SFr.", "Fr.", "Rs.", "Rs", "CNH", "RM", "Rp")


def _is_sign(spelling: str) -> bool:
    return any(not (sign.isalnum() or sign in " .-") for sign in spelling)


_CROWN_LANDS = {
    "DKK": ("dän", "danish", "denm", "kopenh", "copenh", "novo"),
    "SEK": ("schwed", "swed", "stockh"),
    "NOK": ("norweg", "norway", "oslo"),
    "CZK": ("tschech", "czech", "prager", "prague"),
    "ISK": ("isländ", "iceland", "reykj"),
}
"""How words begin that tell whose crowns are meant, beside the code itself."""


def whose_crowns(words: set[str]) -> str | None:
    """The code by the country that the words of a text name most; None where they name none."""
    seen = {
        code: sum(word.startswith(stem) for word in words for stem in stems) + (code.lower() in words)
        for code, stems in _CROWN_LANDS.items()
    }
    best = max(seen, key=lambda code: seen[code])
    return best if seen[best] else None


class Vocabulary:
    """The tables of one language, built once."""

    def __init__(self, tongue: Tongue) -> None:
        self._letters = "kKmMbB" if tongue == "en" else "kMB"
        own = _SCALES_EN if tongue == "en" else _SCALES_DE
        scales = [(word, power) for table in (_SCALES, own) for power, words in table.items() for word in words.split()]
        if tongue == "en":
            scales = [(word, power) for word, power in scales if word not in ("Bio", "Mia", "Mill.", "tausend")]
        scales += [("lakh crore", 12), ("lakh crores", 12)] if tongue == "en" else []
        self.scales: Phrases[int] = Phrases((word, power) for word, power in scales if word not in ("TEUR", "MEUR"))
        crowns = [(word, Unit(_K.MONEY, Decimal(1), CROWNS)) for word in CROWN_WORDS]
        behind: list[tuple[str, Unit]] = [*crowns, *_unit_phrases(), *_minor_units(tongue)]
        codes: list[tuple[str, Unit]] = []
        before: list[tuple[str, str]] = []
        for code, row in currencies().items():
            for spelling in row["read"]:
                target = codes if spelling == code else behind
                target.append((spelling, Unit(_K.MONEY, Decimal(1), code)))
                if spelling == code or spelling in _PREFIXES or _is_sign(spelling):
                    before.append((spelling, code))
        codes += [("TEUR", Unit(_K.MONEY, Decimal(1000), "EUR")), ("MEUR", Unit(_K.MONEY, Decimal(10**6), "EUR"))]
        self.units: Phrases[Unit] = Phrases(behind, exact=codes)
        self.prefixes: Phrases[str] = Phrases(exact=before)
        words = [
            (word, code) for code, row in currencies().items() for word in (row.get("de", code), row.get("en", code))
        ]
        self.prefixes_alone: Phrases[str] = Phrases(words, exact=before)

    def scale(self, tokens: Tokens, k: int, *, after_currency: bool, is_tied: bool = False) -> tuple[int, int] | None:
        """(tokens, power of ten) of the scale at k. Single letters only glued to the figure: $5b, 5M, not 10-K."""
        found = self.scales.at(tokens, k)
        if found:
            return found
        if not is_tied and tokens.glued[k] and tokens.kind[k] == WORD and len(tokens.text[k]) == 1:
            power = _SCALE_LETTERS.get(tokens.lower[k])
            if power and (after_currency or tokens.text[k] in self._letters):
                return 1, power
        return None


@lru_cache(maxsize=3)
def vocabulary(tongue: Tongue) -> Vocabulary:
    """The tables of one language."""
    return Vocabulary(tongue)
