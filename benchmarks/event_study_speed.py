"""Event studies a second: the batch engine against the number of events, and a plain statsmodels loop in the same run.

    python benchmarks/event_study_speed.py [--most 1000000] [--repeats 7]

2,000 lines of 2,600 sessions in memory, market model, 250-day estimation, window -10..10, event days drawn at random.
"parametric": AR, CAR and their exact variances, cross-sectional t, Patell, BMP and both adjusted by Kolari and
Pynnonen, for each of 21 days and the window; "with ranks": the same and Corrado; "all": all fifteen tests. Times are
CPU seconds of this process on one core, the best of the repeats; making the panel (checking and laying out the returns,
once for any number of studies) and compiling (cached after the first run) stand apart. The loop fits each event by
statsmodels' OLS and takes AR and CAR from `get_prediction`: one t an event and no test across events.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

import numpy as np

from rerating.measures.event_study import TESTS, event_study, panel

LINES, SESSIONS, ESTIMATION, FIRST, LAST = 2000, 2600, 250, -10, 10
PARAMETRIC = (
    "cross_sectional_t",
    "patell",
    "adjusted_patell_kolari_pynnonen",
    "bmp",
    "adjusted_bmp_kolari_pynnonen",
)
SETS = {"parametric": PARAMETRIC, "with ranks": (*PARAMETRIC, "corrado_rank"), "all": TESTS}


def seconds(call: Callable[[], object], repeats: int) -> float:
    """CPU seconds of the best of the repeats."""
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=7)
    arguments, _ = parser.parse_known_args()
    rng = np.random.default_rng(0)
    market = rng.normal(0.0003, 0.01, SESSIONS)
    returns = market[:, None] * rng.uniform(0.5, 1.5, LINES) + rng.normal(0, 0.02, (SESSIONS, LINES))
    start = time.process_time()
    made = panel(returns, benchmark=market)
    print(f"panel of {LINES:,} x {SESSIONS:,} returns: {time.process_time() - start:.2f} s")
    start = time.process_time()
    event_study(made, np.array([[0, 300], [1, 301]]), estimation=ESTIMATION, windows=[(FIRST, LAST)])
    print(f"first study in this process (compiled, or loaded from the cache): {time.process_time() - start:.1f} s\n")

    def events_of(n: int) -> np.ndarray:
        return np.column_stack([rng.integers(0, LINES, n), rng.integers(ESTIMATION + 20, SESSIONS - 20, n)])

    few = events_of(200)
    loop = len(few) / seconds(lambda: statsmodels_loop(returns, market, few), 3)
    print("| events | " + " | ".join(f"{name}, events/s" for name in SETS) + " | statsmodels loop | memory, MB |")
    print("|---:|" + "---:|" * (len(SETS) + 2))
    n = 100
    while n <= arguments.most:
        events = events_of(n)
        cells = []
        for name, tests in SETS.items():
            if name == "all" and n > 100_000:
                cells.append("–")
                continue
            repeats = arguments.repeats if n <= 10_000 else max(1, arguments.repeats // 3)
            spent = seconds(
                lambda events=events, tests=tests: event_study(
                    made, events, estimation=ESTIMATION, windows=[(FIRST, LAST)], tests=tests
                ),
                repeats,
            )
            cells.append(f"{n / spent:,.0f}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {n:,} | " + " | ".join(cells) + f" | {loop:,.0f} | {peak:,.0f} |", flush=True)
        n *= 10


if __name__ == "__main__":
    main()
