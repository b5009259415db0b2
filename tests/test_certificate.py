"""The leak certificate holds, and a leak planted in any table makes it fail."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import pytest

from leaking import questions, world
from rerating.analysis import Analysis, analyze
from rerating.certificate import SEEDS, certify
from rerating.core.tables import Table
from rerating.core.types import AsOf, Reading
from rerating.ledger import Ledger, Snapshot, View, ViewSource

AS_OF = AsOf.parse("2007-01-12T22:00Z")


def run(source: ViewSource) -> Analysis:
    return analyze(source, "AAPL", AS_OF, currency="EUR")


class LeakyView(View):
    """A view that looks a year ahead in one table: the fault that the certificate is there to find."""

    leak = ""

    def _visible(self, table: Table, frame: pl.DataFrame) -> pl.DataFrame:
        if table.name != self.leak:
            return super()._visible(table, frame)
        at, self.as_of = self.as_of, AsOf.parse("2008-01-12T22:00Z")
        try:
            return super()._visible(table, frame)
        finally:
            self.as_of = at


@dataclass(frozen=True, kw_only=True)
class LeakySnapshot(Snapshot):
    leak: str = ""

    def view(self, as_of: AsOf, reading: Reading = Reading.PUBLISHED) -> View:
        view = LeakyView(self, as_of, reading)
        view.leak = self.leak
        return view


def test_it_holds_for_the_demo(sample: Ledger) -> None:
    certificate = certify(sample.snapshot, AS_OF, run)
    assert certificate.holds, certificate.reason
    assert set(certificate.noisy) == set(SEEDS)
    assert set(certificate.noisy.values()) == {certificate.digest}
    assert len(certificate.digest) == 64
    assert all(count > 0 for name, count in certificate.replaced.items())


@pytest.mark.parametrize("table", ["bars", "facts", "events", "rates"])
def test_a_planted_leak_makes_it_fail(sample: Ledger, table: str) -> None:
    held = sample.snapshot
    leaky = LeakySnapshot(batches=held.batches, tables=held.tables, pins=held.pins, leak=table)
    try:
        certificate = certify(leaky, AS_OF, run, seeds=(1,))
    except ValueError as refused:  # a view refuses to be asked about what is later than its cutoff: found earlier still
        assert "later than this view's cutoff" in str(refused)  # noqa: PT017
    else:
        assert not certificate.holds
        assert "changes with rows" in certificate.reason


def test_without_enough_rows_after_the_cutoff_there_is_none(sample: Ledger) -> None:
    late = AsOf.parse("2026-10-31T00:00Z")
    certificate = certify(sample.snapshot, late, lambda source: analyze(source, "AAPL", late))
    assert not certificate.holds
    assert "rows lie after the cutoff" in certificate.reason
    assert certificate.noisy == {}


def test_every_table_in_use_needs_a_row_after_the_cutoff(sample: Ledger) -> None:
    late = AsOf.parse("2007-01-18T22:00Z")
    certificate = certify(sample.snapshot, late, lambda source: analyze(source, "AAPL", late))
    assert not certificate.holds
    assert "no row of events" in certificate.reason


@pytest.mark.parametrize("pair", range(4))
def test_random_questions_to_a_small_ledger_do_not_look_ahead(pair: int) -> None:
    """Four of the 200 pairs that `python -m benchmarks leaks` asks; docs/findings.md tells their outcome."""
    symbol, as_of = questions(200)[pair]
    certificate = certify(world(), as_of, lambda source: analyze(source, symbol, as_of, currency="EUR"), seeds=(pair,))
    assert certificate.holds, f"{symbol} at {as_of}: {certificate.reason}"
    assert set(certificate.noisy) == {pair}
