"""A report is reproduced to the byte, or the first difference is named with its reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from rerating.analysis import Analysis, analyze
from rerating.core.errors import UsageError
from rerating.core.types import AsOf
from rerating.findings.price_move import PriceMove
from rerating.ledger import Ledger, Snapshot
from rerating.reproduction import reproduced
from worlds import batch, days, event, walk

AT = AsOf.parse("2024-06-28T22:00Z")
ON = days(date(2024, 5, 1), 40)
BARS = batch(bars=walk("ACME", ON, np.random.default_rng(5)))
NEWS = batch(source="news", events=[event("XNYS:ACME", "opens a plant", datetime(2024, 6, 20, 12, tzinfo=UTC))])


@pytest.fixture(scope="module")
def given() -> Analysis:
    return analyze(Snapshot.of(BARS, NEWS), "ACME", AT)


def test_the_same_ledger_gives_the_same_bytes(sample: Ledger, apple: Analysis) -> None:
    found = reproduced(sample, apple)
    assert found.same
    assert found.digest == apple.digest


def test_rows_that_are_missing_are_the_reason(given: Analysis) -> None:
    found = reproduced(Snapshot.of(BARS), given)
    assert not found.same
    assert found.reason.startswith("this ledger lacks rows that the report read: “https://example.org/opens a plant”")
    assert found.difference is not None
    assert found.difference.before != found.difference.after


def test_rows_that_were_added_are_the_reason(given: Analysis) -> None:
    late = batch(source="more", events=[event("XNYS:ACME", "closes it", datetime(2024, 6, 21, 12, tzinfo=UTC))])
    reason = reproduced(Snapshot.of(BARS, NEWS, late), given).reason
    assert reason.startswith("this ledger has rows that the report had not read: “https://example.org/closes it”")


def test_another_version_and_a_changed_figure(given: Analysis) -> None:
    old = given.model_copy(update={"software_version": "0.0.9"})
    found = reproduced(Snapshot.of(BARS, NEWS), old)
    assert "made by rerating 0.0.9" in found.reason
    assert found.difference is not None
    assert found.difference.path == "software_version"
    move: PriceMove = given.of_kind(PriceMove)[0]
    forged = move.model_copy(update={"close": move.close.model_copy(update={"value": 1.0})})
    changed = given.model_copy(update={"findings": (forged, *given.findings[1:])})
    found = reproduced(Snapshot.of(BARS, NEWS), changed)
    assert found.difference is not None
    assert (found.difference.path, found.difference.before) == ("findings.0.close.value", "1.0")
    assert "the report was changed" in found.reason


def test_a_ledger_without_the_line_cannot_answer(given: Analysis) -> None:
    other = batch(bars=walk("OTHER", ON, np.random.default_rng(6)))
    assert "cannot answer the question" in reproduced(Snapshot.of(other), given).reason


def test_a_model_that_took_no_part_is_refused(given: Analysis) -> None:
    class Model:
        digest = "00"

    with pytest.raises(UsageError, match="leave --model out"):
        reproduced(Snapshot.of(BARS), given, model=Model())  # type: ignore[arg-type]
