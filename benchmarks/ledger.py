"""The ledger at size: importing a million bars, views out of ten million rows, many appends, several processes.

`python -m benchmarks ledger`; RERATING_BENCH_ROWS sets another number of rows, RERATING_BENCH_SOAK another number of
seconds for the races (default 60). Wall-clock medians, with the processor's seconds of this process beside them.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from rerating.core.batch import Batch
from rerating.core.types import AsOf
from rerating.ledger import Ledger

ROWS = int(os.environ.get("RERATING_BENCH_ROWS", "10_000_000"))
SOAK = float(os.environ.get("RERATING_BENCH_SOAK", "60"))
DAYS = 2_500
START = date(2016, 1, 4)
END = AsOf(at=datetime(2030, 1, 1, tzinfo=UTC))


def bars(first: int, last: int, *, start: date = START, count: int = DAYS, seed: int = 0) -> pl.DataFrame:
    """Bars of symbols S<first> to S<last - 1>, `count` calendar days each."""
    rng, symbols = np.random.default_rng(seed), last - first
    on = pl.date_range(start, start + timedelta(days=count - 1), eager=True)
    close = np.round(100 * np.exp(np.cumsum(rng.normal(0, 0.02, (symbols, count)), axis=1)), 2).ravel()
    days = pl.concat([on] * symbols)
    return pl.DataFrame(
        {
            "symbol": np.repeat([f"S{number:05d}" for number in range(first, last)], count),
            "venue": "XNYS",
            "currency": "USD",
            "price_basis": "as_traded",
            "on": days,
            "open": close * 0.99,
            "high": close * 1.01,
            "low": close * 0.98,
            "close": close,
            "volume": (close * 1e4).astype(np.int64),
            "known_at": days.cast(pl.Datetime("us", "UTC")) + timedelta(hours=21),
            "locator": "benchmark",
        }
    )


def batch(frame: pl.DataFrame, number: int = 0) -> Batch:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
    return Batch(source="benchmark", recorded_at=at, tables={"bars": frame})


def timed(run: Callable[[], object], repeats: int = 1) -> tuple[float, float]:
    """Median wall-clock and processor seconds of one run."""
    walls, cpus = [], []
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        run()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus)


def row(what: str, seconds: tuple[float, float], aim: str = "") -> None:
    wall, cpu = (f"{1e3 * value:,.1f} ms" if value < 1 else f"{value:,.2f} s" for value in seconds)
    print(f"| {what} | {wall} | {cpu} | {aim} |", flush=True)


def one_view(ledger: Ledger, symbols: int, rng: np.random.Generator) -> Callable[[], object]:
    def run() -> object:
        view = ledger.snapshot.view(END)
        symbol = f"S{rng.integers(symbols):05d}"
        (listing,) = view.listings(symbol)
        return view.bars(listing)

    return run


def main() -> None:
    symbols, rng = ROWS // DAYS, np.random.default_rng(1)
    print(f"{ROWS:,} bars of {symbols:,} symbols; {DAYS:,} bars a symbol\n")
    print("| what | wall | processor | aim |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        million = bars(0, 400)
        row(
            "1 million bars into an empty ledger",
            timed(lambda: Ledger.create(f"{folder}/one").append(batch(million))),
            "2 s",
        )
        again = Ledger(f"{folder}/one")
        row("the same million again, a day later", timed(lambda: again.append(batch(million, 1))))
        million = bars(0, 1, count=1)  # the large one is not needed any more
        ledger = Ledger.create(f"{folder}/all")
        step = max(symbols // 5, 1)
        for first in range(0, symbols, step):
            ledger.append(batch(bars(first, min(first + step, symbols), seed=first), first))
        row("whole compaction", timed(ledger.compact))
        ledger = Ledger(f"{folder}/all")
        row("open and pin", timed(lambda: Ledger(f"{folder}/all").snapshot, 5))
        one_view(ledger, symbols, rng)()
        row("one subject, open and compacted", timed(one_view(ledger, symbols, rng), 25), "20 ms")
        many = [f"S{number:05d}" for number in rng.choice(symbols, min(400, symbols), replace=False)]

        def read_many() -> None:
            for symbol, view in ledger.snapshot.view(END).many(many).items():
                view.bars(view.listings(symbol)[0])

        row(f"{len(many)} subjects by View.many, bars and ids", timed(read_many, 3), "1 s")
        row(f"{len(many)} subjects by View.many, read only", timed(lambda: ledger.snapshot.view(END).many(many), 3))
        after = START + timedelta(days=DAYS)
        appends = []
        for number in range(200):
            day = bars(0, symbols, start=after + timedelta(days=number), count=1, seed=number)
            appends.append(timed(lambda day=day, number=number: ledger.append(batch(day, 10_000 + number))))
        walls, cpus = zip(*appends, strict=True)
        row(f"one of 200 daily appends of {symbols:,} bars", (statistics.median(walls), statistics.median(cpus)))
        stored = ledger.stored("bars")
        assert stored is not None
        row(f"one subject, after 200 appends ({len(stored.files)} files)", timed(one_view(ledger, symbols, rng), 25))
        row("whole compaction again", timed(ledger.compact))
        row("one subject, compacted again", timed(one_view(Ledger(f"{folder}/all"), symbols, rng), 25), "20 ms")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "linux" else 2**30)
    print(f"\nPeak memory of this process: {peak:.1f} GB")
    if SOAK:
        soak(SOAK)


def soak(seconds: float) -> None:
    """Two writers and four readers at once, on schedules that Hypothesis makes, until the time is over."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from hypothesis import Phase, given, settings

    from ledger.test_processes import SCHEDULE, race, whole

    until, races, batches = time.monotonic() + seconds, 0, 0

    @settings(max_examples=1_000, deadline=None, database=None, phases=[Phase.generate])
    @given(SCHEDULE, SCHEDULE)
    def run(one: list[float], two: list[float]) -> None:
        nonlocal races, batches
        if time.monotonic() > until:
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ledger"
            race(path, (one, two), readers=4, seconds=3)
            races, batches = races + 1, batches + whole(path)

    run()
    print(
        f"\n{races} races of two writers and four readers in {seconds:.0f} s: {batches} batches, none lost, none half"
    )


if __name__ == "__main__":
    main()
