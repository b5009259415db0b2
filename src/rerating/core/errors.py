"""What can go wrong. As many types as there are different reactions.

    RerateError
    ├── UsageError       the caller asked for something that cannot be done   exit 2
    ├── SourceError      a source did not answer, or not in its own format    exit 3
    └── IntegrityError   stored data contradict themselves: stop at once      exit 4

Unknown is not wrong: what is not known travels as a `Gap`. Each text says what happened, where, and what to do next.
"""

from __future__ import annotations


class RerateError(Exception):
    """Root of all errors that this package raises on purpose."""

    exit_code = 1


class UsageError(RerateError):
    """The request cannot be carried out as it stands; nothing was written."""

    exit_code = 2


class SourceError(RerateError):
    """A source failed. `retry_after` is the number of seconds it asked us to wait, where it said so.

    `outcome` says in a word how it failed (see `rerating.core.source.Outcome`).
    """

    exit_code = 3

    def __init__(self, message: str, *, retry_after: float | None = None, outcome: str = "failed") -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.outcome = outcome


class IntegrityError(RerateError):
    """Stored data contradict themselves, or were written by a newer version."""

    exit_code = 4
