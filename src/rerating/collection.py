"""collect(): from sources into the ledger, the only place where the two meet."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import polars as pl
from pydantic import ConfigDict

from rerating.core.batch import Batch
from rerating.core.errors import SourceError
from rerating.core.record import Record
from rerating.core.source import Failure, Outcome, Request, Source
from rerating.core.tables import EVENTS, FACTS, LEVEL_BASES
from rerating.core.types import AsOf, Gap, Instant, Listing
from rerating.ledger import Ledger, Receipt, View
from rerating.ledger.unfinished import Unfinished
from rerating.sources.gates import GateCheck, parity_gap
from rerating.sources.table_gates import gated

#: A line whose median log gap to a sister line is larger than this is another listing, or in another currency.
PARITY_LIMIT = 0.03

#: Called before each question with what is about to be asked, how many were asked, and how many there are.
Progress = Callable[[str, int, int], None]


class Asked(Record):
    """One question and what came of it: new rows by table, rows held already, gaps, checks that found something.

    `failure` where the question was not answered, or where its answer was refused; `before` is the time of an earlier
    run that was not finished and had this question answered, so that it was not asked again; `stopped` where the user
    stopped the run while it was asked.
    """

    question: str
    rows: dict[str, int]
    unchanged: int = 0
    gaps: tuple[Gap, ...] = ()
    checks: tuple[GateCheck, ...] = ()
    failure: Failure | None = None
    before: Instant | None = None
    stopped: bool = False


class Collected(Record):
    """What came of a collection: question by question, and a receipt for each batch that was stored."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    source: str
    asked: tuple[Asked, ...]
    receipts: tuple[Receipt, ...]

    @property
    def rows(self) -> dict[str, int]:
        """New rows by table."""
        total: Counter[str] = Counter()
        for each in self.asked:
            total.update(each.rows)
        return dict(sorted(total.items()))

    @property
    def unchanged(self) -> int:
        """Rows that the source said again without a change."""
        return sum(each.unchanged for each in self.asked)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What the source does not have."""
        return tuple(gap for each in self.asked for gap in each.gaps)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Where it failed, and what of it was refused."""
        return tuple(each.failure for each in self.asked if each.failure is not None)


class Stopped(KeyboardInterrupt):
    """The user stopped a collection; `collected` is what had come of it and is stored."""

    def __init__(self, collected: Collected) -> None:
        super().__init__("stopped")
        self.collected = collected


def collect(
    ledger: Ledger,
    source: Source,
    request: Request,
    progress: Progress | None = None,
    *,
    tolerant: bool = False,
    unfinished: Unfinished | None = None,
    again: bool = False,
) -> Collected:
    """Ask a source and append what it answers, batch by batch; each batch is stored whole or not at all.

    A source with `parts` is asked for one symbol and one part at a time, so that a failure of one leaves the others;
    it is noted as a Failure and never stored as absence. A batch that a quality gate refuses is a Failure, too;
    `tolerant` leaves out the rows that the gate names instead. What was stored stays, whatever happens afterwards, and
    asking again stores only what is new; with `unfinished` a run that was stopped is taken up (whoever keeps these
    notes ends them when all is answered). `again` fetches raw documents that are held, too. Raises SourceError where a
    source without parts fails, and Stopped for a KeyboardInterrupt.
    """
    asked, receipts = [], list[Receipt]()
    questions = list(_questions(source, request))
    for number, (question, part) in enumerate(questions):
        if progress is not None:
            progress(question, number, len(questions))
        if unfinished is not None and question in unfinished.answered:
            gaps = unfinished.answered[question]
            asked.append(Asked(question=question, rows={}, gaps=gaps, before=unfinished.started_at))
            continue
        answer = _Answer(ledger, source.name, question, tolerant=tolerant)
        try:
            for each in source.fetch(part if again else _with_held(ledger, source, part)):
                answer.take(each)
        except SourceError as error:
            if len(questions) == 1 and not getattr(source, "parts", ()):
                raise
            answer.failed(Outcome(error.outcome), str(error), error.retry_after)
        except KeyboardInterrupt as error:
            asked.append(answer.asked(stopped=True))
            receipts += answer.receipts
            came = Collected(source=source.name, asked=tuple(asked), receipts=tuple(receipts))
            raise Stopped(came) from error
        asked.append(answer.asked())
        receipts += answer.receipts
        if unfinished is not None and answer.failure is None:
            unfinished.note(question, asked[-1].gaps)
    return Collected(source=source.name, asked=tuple(asked), receipts=tuple(receipts))


class _Answer:
    """What comes of one question, put down while it comes."""

    def __init__(self, ledger: Ledger, source: str, question: str, *, tolerant: bool) -> None:
        self._ledger, self._source, self._question, self._tolerant = ledger, source, question, tolerant
        self.receipts: list[Receipt] = []
        self.failure: Failure | None = None
        self._gaps: list[Gap] = []
        self._checks: list[GateCheck] = []

    def take(self, answer: Batch | Gap) -> None:
        """Note a gap; judge a batch and store it."""
        if isinstance(answer, Gap):
            self._gaps.append(answer)
            return
        batch, checks = judged(self._ledger, answer, tolerant=self._tolerant)
        self._checks += [check for check in checks if not check.holds]
        refusing = refused_by(checks)
        if refusing and not self._tolerant:
            told = "; ".join(str(check) for check in refusing)
            detail = f"nothing of it was stored: {told}; look at the rows, or collect with --tolerant"
            self.failed(Outcome.FAULTY, detail, None)
        elif any(frame.height for frame in batch.tables.values()):
            self.receipts.append(self._ledger.append(batch))

    def failed(self, outcome: Outcome, detail: str, retry_after: float | None) -> None:
        """Note the failure; the first one of a question counts."""
        self.failure = self.failure or Failure(
            source=self._source, question=self._question, outcome=outcome, detail=detail, retry_after=retry_after
        )

    def asked(self, *, stopped: bool = False) -> Asked:
        """The question with all that came of it."""
        rows: Counter[str] = Counter()
        for receipt in self.receipts:
            rows.update(receipt.rows if receipt.new else {})
        return Asked(
            question=self._question,
            rows=dict(sorted(rows.items())),
            unchanged=sum(sum((r.unchanged if r.new else r.rows).values()) for r in self.receipts),
            gaps=tuple(self._gaps),
            checks=tuple(self._checks),
            failure=self.failure,
            stopped=stopped,
        )


def judged(ledger: Ledger, batch: Batch, *, tolerant: bool = False) -> tuple[Batch, list[GateCheck]]:
    """A batch as it may be stored, and what the quality gates and the parity with sister lines found."""
    if "bars" not in batch.tables:
        return gated(batch, tolerant=tolerant)
    kept, checks = gated(batch, splits=known_splits(ledger, AsOf(at=batch.recorded_at)), tolerant=tolerant)
    return kept, checks + parity_checks(ledger, kept)


def refused_by(checks: Sequence[GateCheck]) -> list[GateCheck]:
    """Those checks that stop a batch where one is strict."""
    return [check for check in checks if check.refuses and not check.holds]


def _with_held(ledger: Ledger, source: Source, request: Request) -> Request:
    """The request with the documents that a source which asks for it need not fetch again."""
    if not getattr(source, "keeps", False) or request.held:
        return request
    return request.model_copy(update={"held": ledger.snapshot.locators(source.name)})


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
