"""collect(): from sources into the ledger, the only place where the two meet."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date

import polars as pl
from pydantic import ConfigDict

from rerating.core.batch import Batch
from rerating.core.errors import SourceError
from rerating.core.record import Record
from rerating.core.source import Failure, Outcome, Request, Source
from rerating.core.tables import EVENTS, FACTS, LEVEL_BASES
from rerating.core.types import AsOf, Gap, Listing
from rerating.ledger import Ledger, Receipt, View
from rerating.sources.gates import GateCheck, parity_gap

#: A line whose median log gap to a sister line is larger than this is another listing, or in another currency.
PARITY_LIMIT = 0.03

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
                    receipts.append(ledger.append(answer))
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


def known_splits(ledger: Ledger, as_of: AsOf) -> dict[str, list[tuple[date, float]]]:
    """The splits that a ledger holds, by line key: ex-day and new shares per old one, in order."""
    rows = ledger.snapshot.rows(EVENTS, where=(pl.col("category") == "split") & (pl.col("known_at") <= as_of.at))
    found: dict[str, set[tuple[date, float]]] = {}
    for subject, on, ratio in rows.select("subject", "effective_on", "value").drop_nulls().rows():
        found.setdefault(subject, set()).add((on, ratio))
    return {line: sorted(known) for line, known in sorted(found.items())}


def parity_checks(ledger: Ledger, batch: Batch) -> list[GateCheck]:
    """Whether each line of a batch of bars fits the other lines of its issuer that the ledger holds.

    The median log gap over the last 21 common sessions decides (3 %): a wrong listing or currency is far off every day,
    while one day's gap is news. Lines whose issuer or units per share are not known are not looked at.
    """
    checks = []
    for (venue, symbol), bars in batch.tables["bars"].partition_by("venue", "symbol", as_dict=True).items():
        view = ledger.view(AsOf(at=batch.recorded_at))
        line = _identified(view, str(symbol), str(venue), bars["currency"][0])
        if line.issuer is None or line.units_per_share is None:
            continue
        for sister in _sisters(ledger, view, line):
            held = view.bars(sister)
            bases = {*bars["price_basis"].unique(), *held["price_basis"].unique()}
            if not held.height or not bases <= LEVEL_BASES or sister.units_per_share is None:
                continue
            rates = {code: view.rates(code) for code in (line.currency, sister.currency)}
            gap = parity_gap(
                bars.select("on", "close", "currency"),
                held.select("on", "close", pl.lit(sister.currency).alias("currency")),
                units=(line.units_per_share, sister.units_per_share),
                rates=rates,
            )
            if gap is not None:
                checks.append(_parity(line, sister, *gap))
    return checks


def _identified(view: View, symbol: str, venue: str, currency: str) -> Listing:
    """A line with what the ledger knows of its issuer and of the shares that one unit stands for."""
    facts = view.facts([f"{venue}:{symbol}", symbol])
    issuer, units = (facts.filter(pl.col("field") == field) for field in ("issuer", "units_per_share"))
    return Listing(
        symbol=symbol,
        venue=venue,
        currency=currency,
        issuer=issuer["text"][-1] if issuer.height else None,
        units_per_share=units["value"][-1] if units.height else None,
    )


def _parity(line: Listing, sister: Listing, gap: float, days: int) -> GateCheck:
    far = abs(gap) > PARITY_LIMIT
    told = f"{line.key} lies {math.expm1(gap):+.1%} from {sister.key} in the median of {days} sessions"
    return GateCheck(name="parity", looked_at=1, failed=int(far), samples=(told,) if far else ())


def _sisters(ledger: Ledger, view: View, line: Listing) -> list[Listing]:
    """The other lines of the same issuer of which the ledger holds bars."""
    issued = (pl.col("field") == "issuer") & (pl.col("text") == line.issuer)
    keys = ledger.snapshot.rows(FACTS, where=issued)["subject"].unique().sort().to_list()
    found = [listing for key in keys if ":" in key for listing in view.listings(key.partition(":")[2])]
    return [listing for listing in found if listing.key in keys and listing.key != line.key]
