"""The door through which every source comes in, the built-in ones and those of third parties alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Literal, Protocol

from rerating.core.batch import Batch
from rerating.core.record import Record
from rerating.core.types import Gap, Instant


class Outcome(StrEnum):
    """How a question to a source ended. Only `OK`, `NOT_FOUND` and `EMPTY` are answers; all others are failures.

    A failure is never stored as absence and absence never reported as failure. `FAULTY`: the answer came and a quality
    gate refused it.
    """

    OK = "ok"
    NOT_FOUND = "not_found"
    EMPTY = "empty"
    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    CUT = "cut"
    CONSENT = "consent"
    NOT_THE_FORMAT = "not_the_format"
    SCHEMA = "schema"
    TOO_LARGE = "too_large"
    FAULTY = "faulty"
    CIRCUIT_OPEN = "circuit_open"
    FAILED = "failed"


class Failure(Record):
    """One question that a source failed to answer: which, how, and in a sentence what to do."""

    kind: Literal["failure"] = "failure"
    source: str
    question: str
    outcome: Outcome
    detail: str
    retry_after: float | None = None


class Request(Record):
    """What is asked of a source: these symbols (empty: all that it has), from this day on, recorded at this instant.

    `parts` are those of the source's own `parts` that are wanted (empty: all). `held` are the locators of documents
    that the ledger has from this source already: those that never change need not be fetched again. It is filled for
    sources that say `keeps = True`.
    """

    symbols: tuple[str, ...] = ()
    since: date | None = None
    recorded_at: Instant
    parts: tuple[str, ...] = ()
    held: frozenset[str] = frozenset()

    def wants(self, part: str) -> bool:
        """Whether a part of the source's answer is asked for."""
        return not self.parts or part in self.parts


class Source(Protocol):
    """Asks the world, answers with batches.

    An answer that holds nothing is a `Gap`; a failure raises `SourceError`. The two are never the same thing. A source
    may name `parts` of its answers (a tuple of words): they are then asked for one symbol and one part at a time, so
    that a failure of one leaves the others. A source without parts is asked once. `about` says in which words it is
    asked on the command line: `symbols` (as the user typed them, the default), `lines` (symbols of resolved lines),
    `keys` (their venues, too), `filers` (tickers of an issuer's US line) or `currencies`. One that keeps a list
    of lines may offer it by `lines()`; it is asked for names that no table on this machine knows.
    """

    name: str

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        """The batches that answer the request, and a gap for each symbol that the source does not cover."""
        ...
