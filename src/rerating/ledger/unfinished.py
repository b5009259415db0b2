"""Which questions of a collection were answered, kept beside the tables until it comes to its end.

A run that was stopped, killed or failed in part leaves the file; the same request, asked again soon, takes up where it
was. Only a note: it holds no data, and losing it costs nothing but asking again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from rerating.core.errors import UsageError
from rerating.core.record import canonical_json
from rerating.core.source import Request
from rerating.core.types import Gap

#: After so long a run is no longer taken up: what it learnt first is too old to be left as it is.
TAKEN_UP_WITHIN = timedelta(hours=1)


class Unfinished:
    """The notes of one source's run under one request, in a ledger's folder."""

    def __init__(self, folder: Path, source: str, request: Request) -> None:
        """Reads the notes of an earlier run of the same request, unless it is older than `TAKEN_UP_WITHIN`."""
        asked = request.model_dump(mode="json", exclude={"recorded_at", "held"})
        name = hashlib.sha256(canonical_json({"source": source, "asked": asked}).encode()).hexdigest()[:16]
        self.path = folder / f".collecting-{name}"
        self.started_at = request.recorded_at
        self.answered: dict[str, tuple[Gap, ...]] = {}
        started_at, answered = _read(self.path)
        if started_at is not None and timedelta() <= request.recorded_at - started_at <= TAKEN_UP_WITHIN:
            self.started_at, self.answered = started_at, answered
        else:
            self._begin()

    def _begin(self) -> None:
        self._write("w", {"started_at": self.started_at.isoformat()})

    def _write(self, mode: str, told: Mapping[str, object]) -> None:
        try:
            with self.path.open(mode, encoding="utf-8") as file:
                file.write(json.dumps(told) + "\n")
        except OSError as error:
            raise UsageError(
                f"The ledger in {self.path.parent} could not be written ({error.strerror}); check that there is room "
                "on the disk and that you may write there, then try again."
            ) from error

    def forget(self) -> None:
        """Take nothing up: everything is asked."""
        self.answered = {}

    def note(self, question: str, gaps: Sequence[Gap] = ()) -> None:
        """Put down that a question was answered and all of its answer stored, and what the source does not have."""
        self._write("a", {"answered": question, "gaps": [gap.model_dump(mode="json") for gap in gaps]})

    def end(self) -> None:
        """Every question was answered: nothing is left to take up."""
        self.path.unlink(missing_ok=True)


def _read(path: Path) -> tuple[datetime | None, dict[str, tuple[Gap, ...]]]:
    """When a run started and what was answered; a line that a killed process left half counts for nothing."""
    started_at, answered = None, dict[str, tuple[Gap, ...]]()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None, {}
    for line in lines:
        try:
            told = json.loads(line)
            if "started_at" in told:
                started_at = datetime.fromisoformat(told["started_at"])
            elif "answered" in told:
                answered[told["answered"]] = tuple(Gap.model_validate(gap) for gap in told.get("gaps", ()))
        except (ValueError, TypeError):
            continue
    return started_at, answered
