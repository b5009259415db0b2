"""What a study is asked to do, checked once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from pydantic import ValidationError

from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.measures.event_study.events import FLAGS, Outcome
from rerating.measures.event_study.inference import TESTS
from rerating.measures.event_study.models import Model

Cluster = Literal["date", "firm"]
Correlation = Literal["event_windows", "estimation_windows"]
Standardisation = Literal["exact", "summed"]


class Settings(Record):
    """How a study was made; see `event_study` for each."""

    model: Model
    windows: tuple[tuple[int, int], ...]
    estimation: int
    gap: int
    minimum: int
    tests: tuple[str, ...]
    drop: tuple[Outcome, ...]
    thin: float
    cluster: tuple[Cluster, ...]
    correlation: Correlation
    standardisation: Standardisation
    draws: int
    seed: int

    @property
    def first(self) -> int:
        """First relative day of all windows together."""
        return min(start for start, _ in self.windows)

    @property
    def last(self) -> int:
        """Last relative day of all windows together."""
        return max(stop for _, stop in self.windows)

    @property
    def edge(self) -> int:
        """The estimation window ends before this relative day; day 0 never lies in it."""
        return min(self.first, 0) - self.gap

    @property
    def long_windows(self) -> tuple[tuple[int, int], ...]:
        """The windows of more than one day."""
        return tuple(window for window in self.windows if window[0] < window[1])

    @property
    def columns(self) -> tuple[tuple[int, int], ...]:
        """What is tested: every single day, then every window of more than one."""
        return tuple((day, day) for day in range(self.first, self.last + 1)) + self.long_windows


def checked(**values: Any) -> Settings:
    """The settings, or a UsageError that says which one makes no sense."""
    try:
        settings = Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{first['loc'][0]} is {first['input']!r}: {first['msg']}.") from error
    if not settings.windows:
        raise UsageError("No window was given; name at least one, like (-10, 10).")
    for start, stop in settings.windows:
        if start > stop:
            raise UsageError(f"The window ({start}, {stop}) ends before it starts; write it as (first, last).")
    if settings.gap < 0:
        raise UsageError(f"The gap is {settings.gap}; it counts sessions and cannot be negative.")
    if not 3 <= settings.minimum <= settings.estimation:
        raise UsageError(
            f"minimum={settings.minimum} must lie between 3 and {settings.estimation}, the estimation window's length."
        )
    if not 0.0 < settings.thin <= 1.0:
        raise UsageError(f"thin is {settings.thin}; it is the share of zero returns, above 0 and up to 1.")
    if settings.draws < 1:
        raise UsageError(f"draws is {settings.draws}; the bootstrap needs at least one.")
    return settings


def known_tests(names: Collection[str]) -> tuple[str, ...]:
    """The tests in their order. Raises UsageError on a name that is none."""
    unknown = sorted(set(names) - set(TESTS))
    if unknown:
        raise UsageError(f"There is no test named {', '.join(unknown)}; choose from {', '.join(TESTS)}.")
    return tuple(name for name in TESTS if name in names)


def known_flags(names: Collection[str]) -> tuple[Outcome, ...]:
    """The outcomes that take an event out. Raises UsageError on a name that the caller cannot choose."""
    choices = {str(outcome): outcome for outcome in FLAGS}
    unknown = sorted(set(names) - set(choices))
    if unknown:
        raise UsageError(f"Events cannot be dropped for {', '.join(unknown)}; choose from {', '.join(choices)}.")
    return tuple(outcome for name, outcome in choices.items() if name in names)
