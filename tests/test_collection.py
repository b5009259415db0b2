"""collect(): parts that fail alone, splits that are known, lines that must fit their sisters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar

import pytest

from rerating.collection import collect, known_splits, parity_checks
from rerating.core.batch import Batch
from rerating.core.errors import SourceError
from rerating.core.source import Outcome, Request
from rerating.core.types import AsOf, Gap, Why
from rerating.ledger import Ledger
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
