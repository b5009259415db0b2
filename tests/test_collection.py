"""collect(): parts that fail alone, splits that are known, lines that must fit their sisters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

import pytest

from rerating.collection import Stopped, collect, known_splits, parity_checks
from rerating.core.batch import Batch
from rerating.core.errors import SourceError
from rerating.core.source import Outcome, Request
from rerating.core.types import AsOf, Gap, Why
from rerating.ledger import Ledger
from rerating.ledger.unfinished import Unfinished
from rerating.sources.table_gates import gated
from worlds import RECORDED, bar, batch, days, event

ON = days(date(2025, 1, 2), 30)
REQUEST = Request(symbols=("X", "Y"), recorded_at=RECORDED)


class Partly:
    """Has prices of X, fails at prices of Y, has no news."""

    name = "partly"
    parts: ClassVar[tuple[str, ...]] = ("prices", "news")

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        (symbol,), (part,) = request.symbols, request.parts
        if part == "news":
            yield Gap(question=f"news of {symbol}", why=Why.NOT_COVERED, detail="none")
        elif symbol == "Y":
            raise SourceError("no answer", retry_after=9.0, outcome=Outcome.RATE_LIMITED)
        else:
            yield batch(source="partly", bars=[bar(symbol, ON[0], 1.0)])


class Whole:
    """Has no parts and fails."""

    name = "whole"

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        yield batch(source="whole", bars=[bar("X", ON[0], 1.0)])
        raise SourceError("no answer")


def test_a_part_that_fails_leaves_the_others(tmp_path: Path) -> None:
    asked: list[tuple[str, int, int]] = []
    made = collect(Ledger.create(tmp_path), Partly(), REQUEST, lambda *told: asked.append(told))
    assert made.rows == {"bars": 1}
    assert [gap.question for gap in made.gaps] == ["news of X", "news of Y"]
    (failure,) = made.failures
    assert (failure.question, failure.outcome, failure.retry_after) == ("prices of Y", Outcome.RATE_LIMITED, 9.0)
    assert asked == [("prices of X", 0, 4), ("news of X", 1, 4), ("prices of Y", 2, 4), ("news of Y", 3, 4)]


def test_a_source_without_parts_fails_whole_and_what_came_stays(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        collect(Ledger.create(tmp_path), Whole(), REQUEST)
    assert Ledger(tmp_path).snapshot.symbols() == ["X"]


class Faulty:
    """Two answers: sound prices of X, and prices of Y that close above their high on one day."""

    name = "faulty"
    parts: ClassVar[tuple[str, ...]] = ("prices",)

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        (symbol,) = request.symbols
        rows = [bar(symbol, on, 10.0) for on in ON]
        if symbol == "Y":
            rows[3] |= {"close": 12.0}
        yield batch(source="faulty", bars=rows)


def test_a_batch_that_a_gate_refuses_is_a_failure_and_not_stored(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    made = collect(ledger, Faulty(), REQUEST)
    (failure,) = made.failures
    assert (failure.question, failure.outcome) == ("prices of Y", Outcome.FAULTY)
    assert "open, high, low and close disagree: 1 of 30" in failure.detail
    assert ledger.snapshot.symbols() == ["X"]


def test_tolerantly_the_rows_that_a_gate_names_are_left_out(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    made = collect(ledger, Faulty(), REQUEST, tolerant=True)
    assert not made.failures
    assert made.rows == {"bars": 59}
    assert [check.failed for each in made.asked for check in each.checks if check.refuses] == [1]


def test_targets_and_quotes_of_zero_are_refused_and_mixed_currencies_noted() -> None:
    at = datetime(2025, 1, 2, tzinfo=UTC)
    rating = {"symbol": "X", "house": "H", "graded_on": ON[0], "action": "main", "ordinal": 0, "known_at": at}
    quote = {"symbol": "X", "contract": "X1", "quoted_at": at, "known_at": at, "bid": 2.0, "ask": 1.0}
    fact = {"subject": "X", "field": "revenue", "period_to": ON[0], "value": 1.0, "known_at": at}
    made = batch(
        ratings=[rating | {"target_to": 0.0}, rating | {"ordinal": 1, "target_to": 5.0}],
        option_quotes=[quote, quote | {"contract": "X2", "bid": 0.0}],
        facts=[fact | {"unit": "CNY"}, fact | {"unit": "USD"}],
    )
    kept, checks = gated(made, tolerant=True)
    found = {check.name: (check.failed, check.refuses) for check in checks if not check.holds}
    assert found == {
        "targets of 0": (1, True),
        "quotes of 0": (1, True),
        "bid above ask": (1, False),
        "one fact in several currencies": (1, False),
    }
    assert {name: frame.height for name, frame in kept.tables.items()} == {"ratings": 1, "option_quotes": 1, "facts": 2}


class Interrupted(Partly):
    """As Partly, until its user stops it after the first price of Y."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        self.asked.append(f"{request.parts[0]} of {request.symbols[0]}")
        if request.symbols == ("Y",):
            yield batch(source="partly", bars=[bar("Y", ON[0], 2.0)])
            if self.asked[-1] == "prices of Y" and len(self.asked) == 3:
                raise KeyboardInterrupt
        else:
            yield from super().fetch(request)


def test_a_run_that_was_stopped_is_taken_up(tmp_path: Path) -> None:
    """What came before it was stopped is told with it; X is not asked again, what was stopped is, and nothing twice."""
    ledger, source = Ledger.create(tmp_path), Interrupted()
    with pytest.raises(Stopped) as stopped:
        collect(ledger, source, REQUEST, unfinished=Unfinished(tmp_path, "partly", REQUEST))
    told = [(each.question, each.rows, each.stopped) for each in stopped.value.collected.asked]
    assert told == [("prices of X", {"bars": 1}, False), ("news of X", {}, False), ("prices of Y", {"bars": 1}, True)]
    later = REQUEST.model_copy(update={"recorded_at": RECORDED + timedelta(minutes=20)})
    made = collect(ledger, source, later, unfinished=Unfinished(tmp_path, "partly", later))
    assert source.asked == ["prices of X", "news of X", "prices of Y", "prices of Y", "news of Y"]
    assert [each.before for each in made.asked] == [RECORDED, RECORDED, None, None]
    assert [gap.question for gap in made.gaps] == ["news of X"]
    assert not sum(made.rows.values())
    assert ledger.snapshot.symbols() == ["X", "Y"]


def test_an_old_run_and_another_question_are_not_taken_up(tmp_path: Path) -> None:
    notes = Unfinished(tmp_path, "partly", REQUEST)
    notes.note("prices of X")
    with notes.path.open("a") as file:
        file.write('{"answered": "pri')  # killed in the middle of a line
    soon = REQUEST.model_copy(update={"recorded_at": RECORDED + timedelta(minutes=5)})
    assert Unfinished(tmp_path, "partly", soon).answered == {"prices of X": ()}
    assert not Unfinished(tmp_path, "other", soon).answered
    assert not Unfinished(tmp_path, "partly", soon.model_copy(update={"symbols": ("X",)})).answered
    late = REQUEST.model_copy(update={"recorded_at": RECORDED + timedelta(hours=2)})
    assert not Unfinished(tmp_path, "partly", late).answered


class Keeping:
    """Has documents that never change and says which it was told are held."""

    name = "keeping"
    keeps = True

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        for number in range(2):
            if f"here/{number}" not in request.held:
                body = f"text {number}".encode()
                row = {"digest": sha256(body).hexdigest(), "media_type": "text/plain", "body": body}
                row |= {"known_at": RECORDED, "locator": f"here/{number}"}
                yield batch(source="keeping", documents=[row])


def test_documents_that_are_held_are_not_fetched_again(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    assert collect(ledger, Keeping(), REQUEST).rows == {"documents": 2}
    assert collect(Ledger(tmp_path), Keeping(), REQUEST).asked[0].rows == {}
    assert collect(Ledger(tmp_path), Keeping(), REQUEST, again=True).unchanged == 2


def identity(key: str, units: float) -> list[dict[str, object]]:
    at = datetime(2020, 1, 1, tzinfo=UTC)
    return [
        {"subject": key, "field": "issuer", "text": "Xco", "known_at": at},
        {"subject": key, "field": "units_per_share", "value": units, "unit": "shares", "known_at": at},
    ]


def world(tmp_path: Path) -> Ledger:
    """X on XNYS in USD at 80, one receipt of 8 shares; its Hong Kong line is known but not yet held."""
    ledger = Ledger.create(tmp_path)
    facts = [*identity("XNYS:X", 8.0), *identity("XHKG:9.HK", 1.0)]
    at = datetime(2025, 1, 1, tzinfo=UTC)
    rates = [
        {"currency": code, "on": on, "per_eur": per_eur, "known_at": at}
        for code, per_eur in (("USD", 1.0), ("HKD", 7.8))
        for on in ON
    ]
    ledger.append(batch(facts=facts, rates=rates, bars=[bar("X", on, 80.0) for on in ON]))
    return ledger


def hong_kong(price: float, currency: str = "HKD") -> Batch:
    return batch(bars=[bar("9.HK", on, price, venue="XHKG", currency=currency) for on in ON])


def test_a_line_that_fits_its_sister_passes(tmp_path: Path) -> None:
    (check,) = parity_checks(world(tmp_path), hong_kong(78.0))
    assert check.holds


@pytest.mark.parametrize(("price", "currency"), [(78.0, "USD"), (9.75, "HKD"), (81.0, "HKD")])
def test_a_wrong_currency_or_listing_is_refused(tmp_path: Path, price: float, currency: str) -> None:
    (check,) = parity_checks(world(tmp_path), hong_kong(price, currency))
    assert not check.holds
    assert "XHKG:9.HK lies" in check.samples[0]


def test_known_splits_are_those_known_by_then(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path)
    at = datetime(2025, 6, 2, tzinfo=UTC)
    ledger.append(
        batch(events=[event("XNYS:X", "2:1", at, category="split", value=2.0, effective_on=date(2025, 6, 10))])
    )
    assert known_splits(ledger, AsOf(at=at)) == {"XNYS:X": [(date(2025, 6, 10), 2.0)]}
    assert known_splits(ledger, AsOf(at=datetime(2025, 6, 1, tzinfo=UTC))) == {}
