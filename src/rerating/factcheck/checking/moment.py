"""The time of an article's claims: which session each speaks of, and the days that an undated article can be of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rerating.factcheck.checking.ground import is_held_to, place_on
from rerating.factcheck.claim import Claim, day_of
from rerating.findings.series import Series

UNDATED_SESSIONS = 21
"""How many sessions back the day of an undated article is looked for."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When an article appeared: the day, the instant where it is known, else only the day; and the cutoff."""

    on: date
    at: datetime | None
    known_to: datetime

    def days(self, claim: Claim, line: Series) -> list[date]:
        """The sessions that a claim may speak of, the likeliest first: of its own day, else the last ones closed.

        Where only the day of publication is known, the session of that day may have been over or not.
        """
        stated = day_of(claim.as_of)
        if stated is not None:
            return [stated]
        last = line.sessions.last_closed(min(self.at or self.known_to, self.known_to))
        if self.at is None:
            end = datetime.combine(self.on + timedelta(days=2), datetime.min.time(), self.known_to.tzinfo)
            last = line.sessions.last_closed(min(end, self.known_to))
        if last is None:
            return [self.on]
        while last > 0 and line.sessions.day(last) > self.on:
            last -= 1
        days = [line.sessions.day(last)]
        if self.at is None and days[0] == self.on and last > 0:
            days.append(line.sessions.day(last - 1))
        return days


def is_within(line: Series, on: date) -> bool:
    """Whether the line's bars cover the session of a day."""
    return place_on(line, on) is not None and is_held_to(line, on)
