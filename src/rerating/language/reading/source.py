"""What all parsers share: the tokens of a text in one language, and a found thing before it becomes a mention."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from rerating.language.hedges import Comparator
from rerating.language.reading.mentions import MentionKind, PeriodReading, Role, Unit
from rerating.language.reading.numerals import Figure, Tongue
from rerating.language.reading.tokens import FIGURE, WORD, Tokens
from rerating.language.reading.units import Vocabulary, vocabulary

K = MentionKind

UNIT_OF: dict[MentionKind, Unit] = {
    K.MONEY: "money",
    K.PERCENT: "percent",
    K.POINTS: "percent",
    K.BASIS_POINTS: "percent",
    K.MULTIPLE: "ratio",
    K.FRACTION: "percent",
    K.RATIO: "ratio",
    K.ORDINAL: "count",
    K.PROPORTION: "ratio",
    K.SHARES: "shares",
    K.CONTRACTS: "contracts",
    K.INDEX_POINTS: "count",
    K.NUMBER: "count",
    K.DATE: "date",
    K.INSTANT: "date",
    K.PERIOD: "date",
    K.RATING: "rating",
}


@dataclass(slots=True)
class Amount:
    """A figure with the scale that it was given: 4.84 with 10^9 is 4.84 billion."""

    figure: Figure
    scale: int = 0
    factor: Decimal = Decimal(1)
    sign: int = 1
    role: Role = "value"


@dataclass(slots=True)
class Draft:
    """A found thing: tokens `first` up to, not including, `last`. Becomes a Mention when the neighbours are joined."""

    first: int
    last: int
    kind: MentionKind
    amounts: list[Amount] = field(default_factory=list)
    currency: str | None = None
    comparator: Comparator = Comparator.NONE
    hedge: tuple[int, int] | None = None
    has_unit: bool = False
    has_sign: bool = False
    currency_nearby: str | None = None
    noun: str | None = None
    per: str | None = None
    rating: str | None = None
    periods: tuple[PeriodReading, ...] = ()

    @property
    def is_figure(self) -> bool:
        """Whether it is a quantity (and no date, rating or name)."""
        return bool(self.amounts)


class Source:
    """Tokens with the vocabulary of their language."""

    __slots__ = ("_glued", "_kind", "_lower", "has_dollars", "text", "tokens", "tongue", "vocabulary")

    def __init__(self, text: str, tongue: Tongue) -> None:
        self.text = text
        self.tokens = Tokens(text)
        self._lower, self._kind, self._glued = self.tokens.lower, self.tokens.kind, self.tokens.glued
        self.tongue: Tongue = tongue
        self.vocabulary: Vocabulary = vocabulary(tongue)
        self.has_dollars = "£" not in text and "pence" not in text and ("$" in text or "cents" in text)

    @property
    def is_english(self) -> bool:
        """German and Swiss German share all rules but separators."""
        return self.tongue == "en"

    def low(self, k: int) -> str:
        """The lower-cased token, empty outside of the text."""
        return self._lower[k]

    def is_glued(self, k: int) -> bool:
        """Whether token k follows token k - 1 without a blank."""
        return self._glued[k]

    def is_word(self, k: int) -> bool:
        """Whether token k is made of letters."""
        return self._kind[k] == WORD

    def is_figure(self, k: int) -> bool:
        """Whether token k is made of digits."""
        return self._kind[k] == FIGURE

    def is_capital(self, k: int) -> bool:
        """Whether token k begins with a capital letter."""
        return self.is_word(k) and self.tokens.text[k][0].isupper()

    def whole(self, k: int, low: int, high: int) -> int | None:
        """The plain integer at k if it lies in [low, high]."""
        if not self.is_figure(k) or len(self.tokens.text[k]) > 4 or not self.tokens.text[k].isdigit():
            return None
        number = int(self.tokens.text[k])
        return number if low <= number <= high else None

    def year(self, k: int) -> int | None:
        """The four-digit year at k, 1900 to 2100."""
        return self.whole(k, 1900, 2100) if self.is_figure(k) and len(self.tokens.text[k]) == 4 else None

    def begins_line(self, k: int) -> bool:
        """Whether nothing but blanks stands before token k in its line."""
        end = self.tokens.start[k]
        start = self.tokens.end[k - 1] if k else 0
        return k == 0 or "\n" in self.text[start:end] or "\r" in self.text[start:end]

    def breaks(self, first: int, last: int) -> bool:
        """Whether an empty line lies between tokens first and last - 1: no statement runs across it."""
        between = self.text[self.tokens.end[first] : self.tokens.start[last - 1]] if last - 1 > first else ""
        return between.count("\n") > 1
