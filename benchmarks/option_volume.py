"""Size and power of the volume test on SIMULATED histories, beside the usual rules of thumb.

    python benchmarks/option_volume.py [NAMES]

The simulator is tests/option_volume_simulator.py: nothing in it is exceptional unless planted.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from rerating.measures.option_volume import WINDOW, VolumePanel, benjamini_hochberg, volume_scores

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from option_volume_simulator import Simulated, World, simulate

STEP = 21
FIELDS = ("log_volume", "log_stock_volume", "absolute_return", "earnings_offset")


def some(panel: VolumePanel, rows: range) -> VolumePanel:
    chosen = slice(rows.start, rows.stop)
    return replace(panel, names=panel.names[chosen], **{name: getattr(panel, name)[chosen] for name in FIELDS})


def walk(panel: VolumePanel, first: int, *, given_move: bool = False) -> np.ndarray:
    blocks = range(first, len(panel.days), STEP)
    return np.concatenate(
        [
            volume_scores(panel, first=at, last=min(at + STEP, len(panel.days)), given_move=given_move).p_value
            for at in blocks
        ],
        axis=1,
    )


def kinds(sim: Simulated, first: int) -> dict[str, np.ndarray]:
    offset, shock = sim.panel.earnings_offset[:, first:], sim.market_shock[first:]
    earnings, expiry = np.abs(offset) <= 5, sim.expiry_week[:, first:]
    busy = np.broadcast_to(shock > np.quantile(shock, 0.9), offset.shape)
    every = np.ones(offset.shape, dtype=bool)
    return {"all": every, "earnings": earnings, "expiry": expiry, "busy": busy, "quiet": ~earnings & ~expiry & ~busy}


def line(name: str, fired: np.ndarray, sim: Simulated, first: int) -> None:
    shares = [f"{fired[here].mean():.2%}" for here in kinds(sim, first).values()]
    print(f"| {name} | {' | '.join(shares)} |", flush=True)


def rules(sim: Simulated, first: int) -> None:
    volume = np.expm1(sim.panel.log_volume)
    windows = np.lib.stride_tricks.sliding_window_view(volume, 20, axis=1)[:, first - 20 : -1]
    today, mean, deviation = volume[:, first:], windows.mean(axis=2), windows.std(axis=2, ddof=1)
    line("V > 2 x 20-day mean", today > 2 * mean, sim, first)
    line("V > 3 x 20-day mean", today > 3 * mean, sim, first)
    line("z(20 days) > 3", today > mean + 3 * deviation, sim, first)
    year = np.lib.stride_tricks.sliding_window_view(volume, 252, axis=1)[:, first - 252 : -1]
    line("V > own 252-day 99 % quantile", today > np.quantile(year, 0.99, axis=2), sim, first)


def size(names: int) -> None:
    print(f"\nSize: share of days on which nothing is exceptional and the test fires, {names} simulated names\n")
    print("| test | all days | earnings window | expiry week | busiest tenth of market days | quiet |")
    print("|---|---|---|---|---|---|")
    base = simulate(World(names=names, days=WINDOW + 504), np.random.default_rng(1))
    rules(base, WINDOW)
    before = time.process_time()
    p = walk(base.panel, WINDOW)
    seconds = time.process_time() - before
    line("**this test, p <= 1 %**", p <= 0.01, base, WINDOW)
    line("this test, p <= 5 %", p <= 0.05, base, WINDOW)
    line("this test, p <= 0.1 %", p <= 0.001, base, WINDOW)
    line("**given stock volume and move, p <= 1 %**", walk(base.panel, WINDOW, given_move=True) <= 0.01, base, WINDOW)
    for count in (25, 8, 1):
        groups = [range(at, at + count) for at in range(0, min(names, 200) - count + 1, count)]
        few = np.concatenate([walk(some(base.panel, group), WINDOW) for group in groups])
        part = Simulated(some(base.panel, range(len(few))), base.market_shock, base.expiry_week[: len(few)])
        line(f"p <= 1 %, panels of {count}", few <= 0.01, part, WINDOW)
    for name, world, seed in (
        ("p <= 1 %, common shock 2.4 times as large", World(names=200, days=1008, common=0.6), 2),
        ("p <= 1 %, earnings effect twice as large", World(names=200, days=1008, earnings=1.4), 3),
    ):
        other = simulate(world, np.random.default_rng(seed))
        line(name, walk(other.panel, WINDOW) <= 0.01, other, WINDOW)
    broken = simulate(World(names=200, days=1008), np.random.default_rng(4))
    broken.panel.log_volume[:, 700:] += 0.8
    line("p <= 1 %, all volumes 2.2 times as high from day 700", walk(broken.panel, WINDOW) <= 0.01, broken, WINDOW)
    short = simulate(World(names=200, days=527), np.random.default_rng(5))
    line("p <= 1 %, 275 days of history", walk(short.panel, 275) <= 0.01, short, 275)
    print(f"\n{p.size:,} days of names in {seconds:.1f} CPU seconds, models refitted every {STEP} days")


def power(factors: tuple[float, ...] = (1.5, 2.0, 3.0, 5.0, 8.0, 15.0)) -> None:
    print("\nPower: 10 of 200 simulated names trade k times their volume on a day (40 days)\n")
    print(
        "| k | found at p <= 1 % | given the move, p <= 1 % | Benjamini-Hochberg 10 %: found | of those found, false |"
    )
    print("|---|---|---|---|---|")
    sim = simulate(World(names=200, days=WINDOW + 240), np.random.default_rng(6))
    for factor in factors:
        rng = np.random.default_rng(7)
        single = given = found = false = 0
        days = range(WINDOW, WINDOW + 240, 6)
        for day in days:
            names = rng.choice(200, 10, replace=False)
            y = sim.panel.log_volume.copy()
            y[names, day] += np.log(factor)
            panel = replace(sim.panel, log_volume=y)
            p = volume_scores(panel, first=day, last=day + 1).p_value[:, 0]
            moved = volume_scores(panel, first=day, last=day + 1, given_move=True).p_value[:, 0]
            single += int((p[names] <= 0.01).sum())
            given += int((moved[names] <= 0.01).sum())
            out = np.flatnonzero(benjamini_hochberg(p, 0.1))
            found += int(np.isin(out, names).sum())
            false += int((~np.isin(out, names)).sum())
        planted = 10 * len(days)
        print(
            f"| {factor:g} | {single / planted:.0%} | {given / planted:.0%} | {found / planted:.0%} "
            f"| {false / max(found + false, 1):.0%} |",
            flush=True,
        )


if __name__ == "__main__":
    size(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
    power()
