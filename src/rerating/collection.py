"""collect(): from sources into the ledger, the only place where the two meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pydantic import ConfigDict

from rerating.core.batch import Batch
from rerating.core.errors import SourceError
from rerating.core.record import Record
from rerating.core.source import Failure, Outcome, Request, Source
from rerating.core.types import Gap
from rerating.ledger import Ledger, Receipt

#: Called before each question with what is about to be asked, how many were asked, and how many there are.
Progress = Callable[[str, int, int], None]


class Collected(Record):
    """What came of a collection: a receipt for each batch, what the source does not have, and where it failed."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    source: str
    receipts: tuple[Receipt, ...]
    gaps: tuple[Gap, ...]
    failures: tuple[Failure, ...] = ()

    @property
    def rows(self) -> dict[str, int]:
        """New rows by table."""
        total: dict[str, int] = {}
        for receipt in self.receipts:
            for table, count in receipt.rows.items():
                total[table] = total.get(table, 0) + (count if receipt.new else 0)
        return dict(sorted(total.items()))

    @property
    def unchanged(self) -> int:
        """Rows that the source said again without a change."""
        return sum(sum((r.unchanged if r.new else r.rows).values()) for r in self.receipts)


def collect(ledger: Ledger, source: Source, request: Request, progress: Progress | None = None) -> Collected:
    """Ask a source and append what it answers, batch by batch; each batch is stored whole or not at all.

    A source with `parts` is asked for one symbol and one part at a time, so that a failure of one leaves the others;
    it is noted as a Failure and never stored as absence. What was stored stays, whatever happens afterwards, and asking
    again stores only what is new. Raises SourceError where a source without parts fails.
    """
    receipts, gaps, failures = [], [], []
    questions = list(_questions(source, request))
    for number, (question, asked) in enumerate(questions):
        if progress is not None:
            progress(question, number, len(questions))
        try:
            for answer in source.fetch(asked):
                if isinstance(answer, Gap):
                    gaps.append(answer)
                else:
                    receipts.append(ledger.append(_of(source, answer)))
        except SourceError as error:
            if len(questions) == 1 and not getattr(source, "parts", ()):
                raise
            failures.append(
                Failure(
                    source=source.name,
                    question=question,
                    outcome=Outcome(error.outcome),
                    detail=str(error),
                    retry_after=error.retry_after,
                )
            )
    return Collected(source=source.name, receipts=tuple(receipts), gaps=tuple(gaps), failures=tuple(failures))


def _questions(source: Source, request: Request) -> Iterator[tuple[str, Request]]:
    """The request in pieces that can fail one by one."""
    parts: tuple[str, ...] = getattr(source, "parts", ())
    if not parts:
        yield source.name, request
        return
    for symbol in request.symbols or ("",):
        for part in parts:
            if request.wants(part):
                about = (symbol,) if symbol else ()
                yield (
                    f"{part} of {symbol}" if symbol else part,
                    request.model_copy(update={"symbols": about, "parts": (part,)}),
                )


def _of(source: Source, batch: Batch) -> Batch:
    if batch.source != source.name:
        raise SourceError(
            f"The source '{source.name}' handed over a batch of '{batch.source}'; nothing of it was stored. Report it "
            "to those who made the source."
        )
    return batch
