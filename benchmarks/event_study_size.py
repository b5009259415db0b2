"""Size and power of the event-study tests, by simulation: how often each rejects at the 5 % level.

    python benchmarks/event_study_size.py [--draws 3000] [--events 50] [--prices FILE] [--world NAME]

Each row of a table is one world, each draw of a world one study of `--events` events on freshly drawn returns
(market model, 250-day estimation, window -5..5), or, in the last rows, of randomly drawn real firms and dates in the
manner of Brown and Warner (1985): no event is there, so that a test which holds its size rejects in 5 % of the draws.
`--prices` is a Parquet file with the columns ticker, date, adj_close that holds SPY; without it those rows are missing.
With 3,000 draws the standard error of a rate of 5 % is 0.40 %: a rate between 4 % and 6 % is within chance and slack.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np

from rerating.measures.event_study import TESTS, EventStudy, event_study, panel

ESTIMATION, FIRST, LAST = 250, -5, 5
LENGTH = ESTIMATION + 40
WINDOWS = [(FIRST, LAST)]

World = Callable[[np.random.Generator, int, float], EventStudy]


def studied(returns: np.ndarray, market: np.ndarray, position: np.ndarray, seed: int) -> EventStudy:
    events = np.column_stack([np.arange(returns.shape[1]), position])
    return event_study(returns, events, benchmark=market, windows=WINDOWS, estimation=ESTIMATION, draws=499, seed=seed)


def drawn(  # noqa: PLR0917  one argument a feature of the world
    rng: np.random.Generator,
    n: int,
    effect: float,
    clustered: bool = False,
    correlation: float = 0.0,
    induced: float = 1.0,
    tails: float | None = None,
    traded: float = 1.0,
    skewed: bool = False,
) -> EventStudy:
    """Returns by the market model; beta uniform on 0.5 to 1.5, residual deviation on 1 to 3 %, a day's effect added."""
    length = LENGTH + (0 if clustered else 200)
    market = rng.normal(0.0005, 0.01, length)
    if skewed:
        noise = (rng.lognormal(0.0, 0.6, (length, n)) - np.exp(0.18)) / np.sqrt((np.exp(0.36) - 1) * np.exp(0.36))
    elif tails is None:
        noise = rng.normal(size=(length, n))
    else:
        noise = rng.standard_t(tails, (length, n)) / np.sqrt(tails / (tails - 2.0))
    if correlation:
        noise = np.sqrt(correlation) * rng.normal(size=(length, 1)) + np.sqrt(1.0 - correlation) * noise
    noise *= rng.uniform(0.01, 0.03, n)
    low = ESTIMATION + 10
    position = np.full(n, low) if clustered else rng.integers(low, length - 10, n)
    place = (position, np.arange(n))
    for day in range(FIRST, LAST + 1):
        noise[position + day, np.arange(n)] *= np.sqrt(induced)
    true = market[:, None] * rng.uniform(0.5, 1.5, n) + noise
    true[place] += effect
    if traded < 1.0:
        # Roll's and Dimson's picture: the price stands still on days without a trade and catches up on the next.
        trades = rng.random((length, n)) < traded
        level = np.cumsum(true, axis=0)
        last = np.maximum.accumulate(np.where(trades, np.arange(length)[:, None], 0), axis=0)
        true = np.diff(np.take_along_axis(level, last, axis=0), axis=0, prepend=0.0)
    return studied(true, market, position, int(rng.integers(1 << 31)))


def real(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Daily simple returns [T, firms] from 2015 on of the firms that have all of them, and SPY's."""
    import polars as pl

    long = pl.read_parquet(path, columns=["ticker", "date", "adj_close"]).filter(pl.col("date") >= date(2015, 1, 1))
    wide = long.pivot(on="ticker", index="date", values="adj_close").sort("date")
    wide = wide.filter(pl.col("SPY").is_not_null())
    full = [name for name in wide.columns if name != "date" and wide[name].null_count() == 0]
    levels = wide.select(full).to_numpy()
    returns = levels[1:] / levels[:-1] - 1.0
    sound = np.abs(returns).max(axis=0) < 0.9  # the snapshot holds reverse splits that were not carried back
    market = returns[:, full.index("SPY")]
    sound[full.index("SPY")] = False
    return np.ascontiguousarray(returns[:, sound]), market


def real_world(returns: np.ndarray, market: np.ndarray, clustered: bool, induced: bool = False) -> World:
    made = panel(returns, benchmark=market)
    length, firms = returns.shape

    def draw(rng: np.random.Generator, n: int, effect: float) -> EventStudy:
        low, high = ESTIMATION + 10, length - 10
        position = np.full(n, rng.integers(low, high)) if clustered else rng.integers(low, high, n)
        line = rng.choice(firms, n, replace=False)
        seed = int(rng.integers(1 << 31))
        if not effect and not induced:
            events = np.column_stack([line, position])
            return event_study(made, events, windows=WINDOWS, estimation=ESTIMATION, draws=499, seed=seed)
        moved = returns[:, line].copy()
        if induced:
            # Boehmer, Musumeci and Poulsen's way: another day's return, less its mean, added on the event days.
            for day in range(FIRST, LAST + 1):
                other = rng.integers(0, length, n)
                moved[position + day, np.arange(n)] += moved[other, np.arange(n)] - moved.mean(axis=0)
        moved[position, np.arange(n)] += effect
        return studied(moved, market, position, seed)

    return draw


def worlds(prices: Path | None) -> Iterator[tuple[str, World]]:
    def made(**features: float | bool) -> World:
        return lambda rng, n, effect: drawn(rng, n, effect, **features)  # type: ignore[arg-type]

    yield "normal, dates apart", made()
    yield "fat tails (t with 4)", made(tails=4.0)
    yield "skewed to the right", made(skewed=True)
    yield "variance x 2 at the event", made(induced=2.0)
    yield "one date, uncorrelated", made(clustered=True)
    yield "one date, correlation 0.1", made(clustered=True, correlation=0.1)
    yield "one date, 0.1, variance x 2", made(clustered=True, correlation=0.1, induced=2.0)
    yield "thin: trades on 60 % of days", made(traded=0.6)
    if prices is not None:
        returns, market = real(prices)
        yield "real, dates apart", real_world(returns, market, clustered=False)
        yield "real, variance x 2", real_world(returns, market, clustered=False, induced=True)
        yield "real, one date", real_world(returns, market, clustered=True)


def rates(world: World, draws: int, events: int, effect: float, seed: int) -> dict[tuple[int, int], dict[str, float]]:
    """Share of the draws in which each test rejects at 5 %, on day 0 and in the window; NaN where never made."""
    rejected: dict[tuple[int, int], dict[str, float]] = {(0, 0): {}, (FIRST, LAST): {}}
    made: dict[tuple[int, int], dict[str, int]] = {(0, 0): {}, (FIRST, LAST): {}}
    for draw in range(draws):
        study = world(np.random.default_rng([seed, draw]), events, effect)
        columns = study.settings.columns
        for window, hits in rejected.items():
            c = columns.index(window)
            for one in study.statistics:
                hits[one.name] = hits.get(one.name, 0.0) + float(one.p[c] < 0.05)
                made[window][one.name] = made[window].get(one.name, 0) + int(not np.isnan(one.p[c]))
    return {
        window: {name: hits / made[window][name] if made[window][name] else np.nan for name, hits in found.items()}
        for window, found in rejected.items()
    }


def show(title: str, table: list[tuple[str, dict[str, float]]]) -> None:
    print(f"\n{title}\n\n| test | " + " | ".join(name for name, _ in table) + " |")
    print("|---|" + "---:|" * len(table))
    for test in TESTS:
        cells = ("–" if np.isnan(row[test]) else f"{100 * row[test]:.1f}" for _, row in table)
        print(f"| {test} | " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=3000)
    parser.add_argument("--events", type=int, default=50)
    parser.add_argument("--effect", type=float, default=0.005, help="abnormal return of day 0 in the power table")
    parser.add_argument("--prices", type=Path)
    parser.add_argument("--world", default="", help="only the worlds in whose name this stands")
    arguments, _ = parser.parse_known_args()
    chosen = [(k, *world) for k, world in enumerate(worlds(arguments.prices)) if arguments.world in world[0]]
    found = [(name, rates(world, arguments.draws, arguments.events, 0.0, k)) for k, name, world in chosen]
    show("Size, day 0: rejections in % at the 5 % level", [(name, table[0, 0]) for name, table in found])
    show(f"Size, CAR {FIRST}..{LAST}", [(name, table[FIRST, LAST]) for name, table in found])
    power = [
        (name, rates(world, arguments.draws // 4, arguments.events, arguments.effect, 100 + k)[0, 0])
        for k, name, world in chosen
    ]
    show(f"Power, day 0, effect {100 * arguments.effect:g} %", power)


if __name__ == "__main__":
    main()
