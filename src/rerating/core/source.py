"""The door through which every source comes in, the built-in ones and those of third parties alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from rerating.core.batch import Batch
from rerating.core.record import Record
from rerating.core.types import Gap, Instant


class Request(Record):
    """What is asked of a source: these symbols (empty: all that it has), from this day on, recorded at this instant."""

    symbols: tuple[str, ...] = ()
    since: date | None = None
    recorded_at: Instant


class Source(Protocol):
    """Asks the world, answers with batches.

    An answer that holds nothing is a `Gap`; a failure raises `SourceError`. The two are never the same thing.
    """

    name: str

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        """The batches that answer the request, and a gap for each symbol that the source does not cover."""
        ...
