"""The first figures: a view of one subject out of ten million rows, the demo's analysis, and `--help`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from rerating.analysis import analyze
from rerating.collection import collect
from rerating.core.batch import Batch
from rerating.core.source import Request
from rerating.core.types import AsOf, Listing
from rerating.ledger import Ledger
from rerating.sources.sample import SampleSource

SUBJECTS, SESSIONS = 4_000, 2_500


def median_ms(work: Callable[[], object], runs: int = 9) -> float:
    """The median of several runs after one that warms up, in milliseconds."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def ten_million_bars(folder: Path) -> Ledger:
    """4,000 subjects x 2,500 days, in ten batches of 400 subjects each, so that each file is sorted by subject."""
    ledger = Ledger.create(folder)
    rng = np.random.default_rng(1)
    on = pl.Series("on", [date(2010, 1, 4) + timedelta(days=i) for i in range(SESSIONS)])
    known = pl.Series(
        "known_at", [datetime(d.year, d.month, d.day, 21, tzinfo=UTC) for d in on], pl.Datetime("us", "UTC")
    )
    for tenth in range(10):
        symbols = [f"S{tenth * SUBJECTS // 10 + i:05d}" for i in range(SUBJECTS // 10)]
        price = rng.lognormal(3, 0.5, size=len(symbols) * SESSIONS)
        frame = pl.DataFrame({"symbol": symbols}).join(pl.DataFrame([on, known]), how="cross")
        frame = frame.with_columns(
            pl.lit("US").alias("venue"),
            pl.lit("USD").alias("currency"),
            pl.lit("as_traded").alias("price_basis"),
            *(pl.Series(name, price) for name in ("open", "high", "low", "close")),
        )
        ledger.append(Batch(source="simulated", recorded_at=datetime(2026, 1, 1, tzinfo=UTC), tables={"bars": frame}))
    return ledger


def main() -> None:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        ledger = ten_million_bars(Path(folder) / "ten-million")
        ledger.snapshot  # noqa: B018  opens and pins the tables
        as_of, line = AsOf.parse("2016-06-30T22:00Z"), Listing(symbol="S02345", venue="US", currency="USD")
        rows.append(
            (
                "view of one subject out of 10 million bars, table open",
                median_ms(lambda: ledger.view(as_of).bars(line)),
                20,
            )
        )
        sample = Ledger.create(Path(folder) / "sample")
        collect(sample, SampleSource(), Request(recorded_at=datetime(2026, 1, 1, tzinfo=UTC)))
        at = AsOf.parse("2007-01-12T22:00Z")
        rows.append(
            ("full analysis of the demo, warm", median_ms(lambda: analyze(sample, "AAPL", at, currency="EUR")), 500)
        )
    help_ = [sys.executable, "-m", "rerating", "--help"]
    rows.append(
        (
            "rerating --help, whole process",
            median_ms(lambda: subprocess.run(help_, capture_output=True, check=True)),
            500,
        )
    )
    print("| what | median ms | aim ms |\n|---|---|---|")
    for what, measured, aim in rows:
        print(f"| {what} | {measured:.0f} | {aim} |")


if __name__ == "__main__":
    main()
