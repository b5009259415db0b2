"""The sample source: real packages, one batch whenever it is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.source import Request
from rerating.core.types import AsOf, Gap
from rerating.ledger import Ledger
from rerating.sources import available, named
from rerating.sources.sample import SampleSource

pytest.importorskip("bokeh_sampledata", reason="the extra [sample] is not installed")


def fetched(*symbols: str, day: int = 1, since: date | None = None) -> list[Batch | Gap]:
    request = Request(symbols=symbols, recorded_at=datetime(2026, 1, day, tzinfo=UTC), since=since)
    return list(SampleSource().fetch(request))


def test_it_comes_through_the_same_door_as_any_source() -> None:
    assert "sample" in available()
    assert isinstance(named("sample"), SampleSource)
    with pytest.raises(UsageError, match="no source 'smaple'"):
        named("smaple")


def test_the_same_packages_give_the_same_batches_on_any_day() -> None:
    ids = [[batch.id for batch in fetched(day=day) if isinstance(batch, Batch)] for day in (1, 2)]
    assert ids[0] == ids[1]


def test_a_symbol_that_it_lacks_is_a_gap() -> None:
    answers = fetched("BABA")
    assert [type(answer) for answer in answers] == [Gap]


def test_since_leaves_out_earlier_bars() -> None:
    bars = [
        batch.tables["bars"]
        for batch in fetched(since=date(2006, 1, 3))
        if isinstance(batch, Batch) and "bars" in batch.tables
    ]
    assert min(frame["on"].min() for frame in bars) >= date(2006, 1, 3)  # type: ignore[type-var]


def test_no_adjusted_close_gets_in(sample: Ledger) -> None:
    view = sample.view(AsOf.parse("2007-01-12T22:00Z"))
    aapl = view.bars(view.listings("AAPL")[0])
    assert aapl["adj_close"].null_count() == aapl.height
    assert date(2007, 1, 2) not in aapl["on"].to_list()
    assert aapl["price_basis"].unique().to_list() == ["as_traded"]


def test_levels_before_the_split_are_halved_afterwards_only(sample: Ledger) -> None:
    on = date(2005, 2, 25)
    before, after = (sample.view(AsOf.parse(text)) for text in ("2005-02-25T22:00Z", "2005-02-28T22:00Z"))
    levels = [v.bars(v.listings("AAPL")[0]).row(by_predicate=pl.col("on") == on, named=True) for v in (before, after)]
    assert levels[0]["close"] == pytest.approx(2 * levels[1]["close"])
