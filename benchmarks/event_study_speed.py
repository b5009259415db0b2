"""Event studies a second: the batch engine against the number of events, and a plain statsmodels loop in the same run.

    python -m benchmarks.event_study_speed [--most 1000000] [--repeats 15]

Market model, 250-day estimation, window -10..10, event days drawn at random, in two layouts: 2,000 lines of 2,600
sessions ("lines"; of 10,000 events no two share much), and 400 firms over ten years of 2,520 sessions with 2 % of the
days missing ("firms"; 10,000 events are 25 a firm). In memory means: a `Panel` of returns and an array [n, 2] of
(line, position) are there; what comes out is an `EventStudy` with all its arrays and tests. "parametric": AR, CAR and
their exact variances, cross-sectional t, Patell, BMP and both adjusted by Kolari and Pynnonen, for each of 21 days
and the window; "with ranks": the same and Corrado; "all": all fifteen tests. "frames" is what the three tidy frames
(events, days, windows) cost on top, which are made when they are asked for. Times are CPU seconds of this process on
one core, best and median of the repeats; making the panel (checking and laying out the returns, once for any number
of studies) and compiling (cached after the first run) stand apart. The loop fits each event by statsmodels' OLS and
takes AR and CAR from `get_prediction`'s formula: one t an event and no test across events.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

import numpy as np

from rerating.measures.event_study import TESTS, EventStudy, Panel, event_study, panel

ESTIMATION, FIRST, LAST = 250, -10, 10
PARAMETRIC = (
    "cross_sectional_t",
    "patell",
    "adjusted_patell_kolari_pynnonen",
    "bmp",
    "adjusted_bmp_kolari_pynnonen",
)
SETS = {"parametric": PARAMETRIC, "with ranks": (*PARAMETRIC, "corrado_rank"), "all": TESTS}


def seconds(call: Callable[[], object], repeats: int) -> tuple[float, float]:
    """CPU seconds of the best and of the median repeat."""
    spent = []
    for _ in range(repeats):
        start = time.process_time()
        call()
        spent.append(time.process_time() - start)
    return min(spent), float(np.median(spent))


def statsmodels_loop(returns: np.ndarray, market: np.ndarray, events: np.ndarray) -> float:
    """The plain way: the sum of t statistics, so that nothing is optimised away."""
    import statsmodels.api as sm

    total = 0.0
    for line, position in events:
        past = slice(position + FIRST - ESTIMATION, position + FIRST)
        days = slice(position + FIRST, position + LAST + 1)
        fit = sm.OLS(returns[past, line], sm.add_constant(market[past])).fit()
        design = sm.add_constant(market[days], has_constant="add")
        ar = returns[days, line] - design @ fit.params
        covariance = fit.mse_resid * np.eye(len(ar)) + design @ fit.cov_params() @ design.T
        total += ar.sum() / np.sqrt(covariance.sum()) + (ar / np.sqrt(np.diag(covariance))).sum()
    return total


def layouts(rng: np.random.Generator) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Returns [sessions, lines] and the market of each layout."""
    made = {}
    for name, lines, sessions, missing in (("lines", 2000, 2600, 0.0), ("firms", 400, 2520, 0.02)):
        market = rng.normal(0.0003, 0.01, sessions)
        returns = market[:, None] * rng.uniform(0.5, 1.5, lines) + rng.normal(0, 0.02, (sessions, lines))
        holes = rng.random(lines) < 0.5  # half of the firms have missing days at all
        returns[:, holes] = np.where(rng.random((sessions, holes.sum())) < missing, np.nan, returns[:, holes])
        made[name] = (returns, market)
    return made


def events_of(rng: np.random.Generator, returns: np.ndarray, n: int) -> np.ndarray:
    """n events [n, 2] whose windows lie in the data."""
    sessions, lines = returns.shape
    return np.column_stack([rng.integers(0, lines, n), rng.integers(ESTIMATION + 20, sessions - 20, n)])


def row(made: Panel, events: np.ndarray, repeats: int) -> str:
    """The cells of one number of events."""
    cells, n = [], len(events)
    for name, tests in SETS.items():
        if name == "all" and n > 100_000:
            cells.append("–")
            continue

        def call(tests: tuple[str, ...] = tests) -> EventStudy:
            return event_study(made, events, estimation=ESTIMATION, windows=[(FIRST, LAST)], tests=tests)

        call()
        best, median = seconds(call, repeats if n <= 10_000 else max(3, repeats // 4))
        cells.append(f"{n / best:,.0f} ({n / median:,.0f})")
    study = event_study(made, events, estimation=ESTIMATION, windows=[(FIRST, LAST)], tests=PARAMETRIC)
    frames, _ = seconds(lambda: (study.events(), study.abnormal_returns(), study.cumulative()), 1)
    cells.append(f"{1e6 * frames / n:,.1f}")
    return " | ".join(cells)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=15)
    arguments, _ = parser.parse_known_args()
    rng = np.random.default_rng(0)
    for name, (returns, market) in layouts(rng).items():
        start = time.process_time()
        made = panel(returns, benchmark=market)
        print(f"{name}: panel of {returns.shape[1]:,} x {returns.shape[0]:,}: {time.process_time() - start:.2f} s")
        start = time.process_time()
        event_study(made, np.array([[0, 300], [1, 301]]), estimation=ESTIMATION, windows=[(FIRST, LAST)])
        print(f"first study in it (compiled, or loaded from the cache): {time.process_time() - start:.1f} s\n")
        few = events_of(rng, returns, 200)
        whole = np.where(np.isnan(returns), 0.0, returns)
        loop = (
            len(few) / seconds(lambda few=few, whole=whole, market=market: statsmodels_loop(whole, market, few), 3)[0]
        )
        print("| events | " + " | ".join(f"{one}, events/s, best (median)" for one in SETS), end="")
        print(" | frames, us an event | statsmodels loop | memory, MB |")
        print("|---:|" + "---:|" * (len(SETS) + 3))
        n = 100 if name == "lines" else 10_000
        while n <= (arguments.most if name == "lines" else 10_000):
            cells = row(made, events_of(rng, returns, n), arguments.repeats)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"| {n:,} | {cells} | {loop:,.0f} | {peak:,.0f} |", flush=True)
            n *= 10
        print()


if __name__ == "__main__":
    main()
