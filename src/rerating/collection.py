"""collect(): from sources into the ledger, the only place where the two meet."""

from __future__ import annotations

from pydantic import ConfigDict

from rerating.core.record import Record
from rerating.core.source import Request, Source
from rerating.core.types import Gap
from rerating.ledger import Ledger, Receipt


class Collected(Record):
    """What came of a collection: a receipt for each batch, and what the source does not have."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    source: str
    receipts: tuple[Receipt, ...]
    gaps: tuple[Gap, ...]

    @property
    def rows(self) -> dict[str, int]:
        """New rows by table."""
        total: dict[str, int] = {}
        for receipt in self.receipts:
            for table, count in receipt.rows.items():
                total[table] = total.get(table, 0) + (count if receipt.new else 0)
        return dict(sorted(total.items()))


def collect(ledger: Ledger, source: Source, request: Request) -> Collected:
    """Ask a source and append what it answers, batch by batch; each batch is stored whole or not at all.

    Raises SourceError where the source failed. What was stored before stays; asking again adds only what is new.
    """
    receipts, gaps = [], []
    for answer in source.fetch(request):
        if isinstance(answer, Gap):
            gaps.append(answer)
        else:
            receipts.append(ledger.append(answer))
    return Collected(source=source.name, receipts=tuple(receipts), gaps=tuple(gaps))
