"""A claim: what an article says, in the words of METHODS section 9. Only claims hold numbers as written (9 % is 9)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal

from pydantic import Field

from rerating.core.record import Record
from rerating.language.hedges import Stated

Unit = Literal["money", "percent", "ratio", "count", "shares", "contracts", "rating", "date"]
Role = Literal["value", "from", "to", "low", "high"]
Direction = Literal["up", "down"]
Status = Literal["reported_fact", "company_guidance", "forecast", "attributed", "opinion", "question", "advertising"]
Outcome = Literal[
    "confirmed",
    "confirmed_within_hedge",
    "true_on_another_basis",
    "outdated",
    "misleading",
    "refuted",
    "insufficient_data",
    "not_checkable",
]

KINDS = [
    "price_level",
    "return",
    "distance_to_high",
    "distance_to_low",
    "high_low_level",
    "moving_average",
    "indicator",
    "volume",
    "market_cap",
    "financial_figure",
    "growth",
    "guidance",
    "estimate",
    "ranking",
    "attributed_reason",
    "rating_change",
    "rating",
    "rating_count",
    "consensus_rating",
    "price_target",
    "implied_upside",
    "options_volume",
    "options_ratio",
    "capex",
    "market_share",
    "ratio",
    "policy_event",
    "corporate_event",
    "insider_trade",
    "holding",
    "date",
    "catalyst",
    "operating_metric",
    "sentiment",
    "outlook",
    "rerating",
    "question",
    "advertising",
]
"""All kinds of claims, in the order of METHODS."""

OUTCOMES: tuple[Outcome, ...] = (
    "confirmed",
    "confirmed_within_hedge",
    "true_on_another_basis",
    "outdated",
    "misleading",
    "refuted",
    "insufficient_data",
    "not_checkable",
)
"""From best to worst, then what data or the claim itself leave open."""

NUMERIC_UNITS = frozenset(("money", "percent", "ratio", "count", "shares", "contracts"))


class Subject(Record):
    """Whom a claim is about: the name as commonly written, Yahoo's symbol of the line, the MIC where one is named."""

    name: str | None = None
    ticker: str | None = None
    venue: str | None = None


class ClaimValue(Record):
    """One value of a claim, absolute and as written: 9 for 9 %, 1.5e9 for 1,5 Mrd.; a rating word; an ISO date."""

    value: float | str
    unit: Unit
    currency: str | None = None
    role: Role = "value"
    step: float = Field(default=0.0, exclude=True)
    """One unit of the last stated digit; what hedges are measured with. No part of the JSON contract."""

    @property
    def stated(self) -> Stated:
        """The figure for `hedges.interval`. Only for values that are numbers."""
        assert not isinstance(self.value, str)
        return Stated(value=float(self.value), step=self.step or 1.0)


class Claim(Record):
    """One claim of an article. `start`, `end` and the sentence's bounds count code points of the input text."""

    id: str
    text: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    type: str
    subject: Subject
    metric: str
    values: tuple[ClaimValue, ...] = ()
    comparator: str = "none"
    direction: Direction | None = None
    period: str | None = None
    as_of: str | None = None
    status: Status = "reported_fact"
    source: str | None = None
    outcome: Outcome | None = None
    reading: dict[str, Any] | None = None
    trace: tuple[dict[str, Any], ...] = ()

    @property
    def is_numeric(self) -> bool:
        """Whether it holds a number with a unit; ratings and dates are none."""
        return any(value.unit in NUMERIC_UNITS for value in self.values)

    def of_role(self, role: Role) -> ClaimValue | None:
        """The first value with that role."""
        return next((value for value in self.values if value.role == role), None)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day_of(text: str | None) -> date | None:
    """The day that an `as_of` names, None where it names a month, a year or nothing."""
    return date.fromisoformat(text) if text and _DAY.fullmatch(text) else None
