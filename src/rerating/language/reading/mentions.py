"""What the reader finds: figures with unit and hedge, dates and periods with all their readings, rating words."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from rerating.core.record import Record
from rerating.language.hedges import Comparator, Stated

Role = Literal["value", "from", "to", "low", "high"]
Unit = Literal["money", "percent", "ratio", "count", "shares", "contracts", "rating", "date"]
"""The units of a claim (METHODS: claims); None where a mention is no quantity."""


class MentionKind(StrEnum):
    """Finer than the unit: points and percent share a unit and are different statements."""

    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    """Percentage points, unit percent."""
    BASIS_POINTS = "basis_points"
    """Unit percent: 25 basis points have the value 0.25."""
    MULTIPLE = "multiple"
    """How many times (18-fach, 2x, verdoppelt), unit ratio."""
    FRACTION = "fraction"
    """A part of the whole in words, unit percent: ein Viertel is 25, halbiert 50."""
    RATIO = "ratio"
    """A bare figure behind a word such as KGV, P/E or Put-Call-Verhältnis, unit ratio."""
    PROPORTION = "proportion"
    """One to another (2:1, 10-for-1), unit ratio, value first by second."""
    SHARES = "shares"
    CONTRACTS = "contracts"
    INDEX_POINTS = "index_points"
    """Points of an index, unit count."""
    NUMBER = "number"
    """A figure without one of the units above, unit count; `noun` is the word that follows."""
    ORDINAL = "ordinal"
    """A place in an order (12th), unit count."""
    SCALE = "scale"
    """How the bare figures of a table are meant: `in Mio. Euro` has the value 1e6, `(%)` and `(€)` have 1. The unit is
    money or percent where it is said, else None."""
    DATE = "date"
    """A day, with or without its year. Unit date."""
    INSTANT = "instant"
    """A time of day, with its date where one stands beside it. Unit date."""
    PERIOD = "period"
    """A month, quarter, year, a number of days or sessions, or a relative word. Unit date."""
    RATING = "rating"
    """A house's rating word. Unit rating."""
    LABEL = "label"
    """Digits that are part of a name and no quantity: 52-Wochen-Hoch, S&P 500, 9988.HK, 10-K, an address. No unit."""


PeriodUnit = Literal["minute", "hour", "session", "day", "week", "month", "quarter", "half", "year"]

Window = Literal[
    "on",
    "within",
    "last",
    "next",
    "to_date",
    "over",
    "ago",
    "since",
    "until",
    "early",
    "mid",
    "late",
    "span",
]
"""How a period is meant: on it, within n of it, the last or next n, from its start to now, against one ago, n ago,
since or until it, the beginning, middle or end of it, or the span from this reading's date to `until_*`."""

Phase = Literal["premarket", "open", "intraday", "close", "after_hours"]


class PeriodReading(Record):
    """One way to read a date or period, unresolved: only what the text says.

    Absolute parts are `year`, `month`, `day`, `part` (number of the quarter or half), `weekday` (Monday is 0). Relative
    ones are `shift` (0 this one, -1 the one before, 1 the next) or `count` units seen through `window`; `count` months
    `on` a year are its first ones (9M 2025). `hour`,
    `minute` and `zone` belong to instants. A `span` ends on the `until_` parts.
    """

    unit: PeriodUnit
    window: Window = "on"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: int | None = None
    weekday: int | None = None
    fiscal: bool = False
    shift: int | None = None
    count: float | None = None
    phase: Phase | None = None
    hour: int | None = None
    minute: int | None = None
    zone: str | None = None
    until_year: int | None = None
    until_month: int | None = None
    until_day: int | None = None
    until_part: int | None = None
    until_hour: int | None = None
    until_minute: int | None = None


class Value(Record):
    """One figure of a mention, as written but absolute: 9 for 9 %, 1.5e9 for 1,5 Mrd.; `step` is one unit of its last
    stated digit (1 and 1e8 there). A rating has no figure."""

    value: float
    step: float
    role: Role = "value"

    @property
    def stated(self) -> Stated:
        """The figure for `hedges.interval`."""
        return Stated(value=self.value, step=self.step)


class Mention(Record):
    """One thing that the reader found. `start` and `end` count code points of the input text; `text` is that stretch.

    The stretch holds figure, sign, scale and unit; a hedge stands in its own `hedge_start`, `hedge_end`. Mentions do
    not overlap and come in the order of the text.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    unit: Unit | None = None
    values: tuple[Value, ...] = ()
    currency: str | None = None
    """ISO code; only with unit money. Signs that several currencies share are read as the commonest ($ is USD)."""
    comparator: Comparator = Comparator.NONE
    hedge_start: int | None = None
    hedge_end: int | None = None
    is_signed: bool = False
    """Whether the figure bears a sign of its own (+3,8 %, minus 5 Prozent); the values bear it too."""
    currency_nearby: str | None = None
    """For a scaled number without unit or noun (1,96 Milliarden): the currency of the large amount nearest to it."""
    noun: str | None = None
    """The word behind a plain number (47 Analysten)."""
    per: str | None = None
    """What it is per: `share` for je Aktie, pro Aktie, per share; else the word."""
    rating: str | None = None
    """The five-point code, for kind rating."""
    periods: tuple[PeriodReading, ...] = ()
    """All readings of a date or period, the likeliest first."""

    @property
    def value(self) -> Value | None:
        """The only value of a mention that has exactly one."""
        return self.values[0] if len(self.values) == 1 else None
