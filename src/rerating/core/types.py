"""Our words: the instant of knowledge, listings, quantities, citations, observations and gaps.

Conventions that hold everywhere: `_at` is an instant (aware, UTC), `_on` a date, `period` a span; a share of one is
0.09 and never 9; money carries its currency; what is not known is a `Gap` and never 0.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from rerating.core.errors import UsageError
from rerating.core.record import Record


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)


Instant = Annotated[datetime, AfterValidator(_aware)]
"""An aware instant, held in UTC with microseconds."""


class AsOf(Record):
    """The knowledge cutoff. What was known at this instant is visible (inclusive), what came later is not."""

    at: Instant

    @classmethod
    def parse(cls, text: str) -> AsOf:
        """`2007-01-12T22:00Z` or any ISO 8601 instant with an offset. A bare date or a naive time is refused."""
        try:
            at = datetime.fromisoformat(text.strip())
        except ValueError:
            raise UsageError(f"'{text}' is no instant; write it like 2007-01-12T22:00Z.") from None
        if at.tzinfo is None:
            raise UsageError(f"'{text}' has no time zone; write it like {at.isoformat(timespec='minutes')}Z.")
        return cls(at=at)

    def __str__(self) -> str:
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")


class Reading(StrEnum):
    """PUBLISHED: newest value with known_at <= t. RECORDED: this ledger had recorded it by t as well (replays)."""

    PUBLISHED = "published"
    RECORDED = "recorded"


class Issuer(Record):
    """A company (or index provider). One issuer has several lines."""

    name: str
    aliases: tuple[str, ...] = ()
    lei: str | None = None


class Listing(Record):
    """One line of an issuer: `XNYS:BABA` in USD, `XHKG:9988.HK` in HKD. Venue is a MIC or INDEX, OTCM, US."""

    symbol: str
    venue: str
    currency: str
    issuer: str | None = None
    units_per_share: float | None = None
    """Ordinary shares that one traded unit stands for (8 for Alibaba's ADS); None where it is not known."""

    @property
    def key(self) -> str:
        """The line's name in rows and results: `XNYS:BABA`."""
        return f"{self.venue}:{self.symbol}"

    def __str__(self) -> str:
        return self.key


_MONEY = re.compile(r"[A-Z]{3}")


class Quantity(Record):
    """A number with its unit: an ISO currency, `ratio` (a share of one), `shares`, `contracts`, `count` ...

    An estimate also carries `low`, `high` and the `level` of that range.
    """

    value: float
    unit: str = Field(min_length=1)
    low: float | None = None
    high: float | None = None
    level: float | None = None

    @model_validator(mode="after")
    def _sound(self) -> Quantity:
        if self.unit in {"%", "percent"}:
            raise ValueError("a share is written as a ratio: 0.09 and not 9 percent")
        if (self.low is None) != (self.high is None):
            raise ValueError("a range needs both ends")
        if self.low is not None and self.high is not None and not self.low <= self.high:
            raise ValueError("the low end of a range lies above its high end")
        return self

    @property
    def is_money(self) -> bool:
        """Whether the unit is an ISO currency."""
        return bool(_MONEY.fullmatch(self.unit))


class Citation(Record):
    """Where a value comes from: the source's name, the place in it, its times, and the digest of the raw document."""

    source: str
    locator: str
    published_at: Instant | None = None
    retrieved_at: Instant | None = None
    digest: str | None = None


class Period(Record):
    """A span of days, both ends included."""

    from_on: date
    to_on: date


class Observation(Record):
    """A single fact. The unit is part of the key: the same fact in CNY and in USD is two facts."""

    subject: str
    field: str
    period: Period | None
    quantity: Quantity | None = None
    text: str | None = None
    known_at: Instant
    recorded_at: Instant
    citation: Citation


class Why(StrEnum):
    """The reasons for not knowing."""

    NOT_COVERED = "not_covered"
    NOT_YET_KNOWN = "not_yet_known"
    TOO_SHORT = "too_short"
    CONFLICT = "conflict"
    NOT_APPLICABLE = "not_applicable"


class Gap(Record):
    """What is not known: the question, the kind of reason, and one sentence that says what would fill it."""

    kind: Literal["gap"] = "gap"
    question: str
    why: Why
    detail: str
