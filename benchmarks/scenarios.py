"""Scenarios: how many in a second, and how fast their mean converges against plain Monte Carlo.

python -m benchmarks scenarios
"""

from __future__ import annotations

import time

import numpy as np

from rerating.findings.scenario_file import shipped
from rerating.findings.scenario_programme import SEED, programme_spans, structure
from rerating.measures.capex_programme import programme_outcome
from rerating.measures.scenario_draws import Span, drawn, drivers

RUNS = 7


def random_draws(spans: dict[str, Span], count: int, seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {
        name: np.asarray(span.base) if span.is_point else rng.triangular(span.low, span.base, span.high, count)
        for name, span in spans.items()
    }


def main() -> None:
    print("### Speed: the whole outcome (payback, IRR, break-even, ROIC by vintage, yearly paths)\n")
    print("| case | inputs that move | scenarios | median wall s | median CPU s |")
    print("|---|---:|---:|---:|---:|")
    for name in ("alibaba", "tesla"):
        file = shipped(name)
        assert file.programme is not None
        programme, spans = structure(file.programme), programme_spans(file)
        values = drawn(spans, 65_536, SEED)
        programme_outcome(programme, values)
        walls, cpus = [], []
        for _ in range(RUNS):
            wall, cpu = time.perf_counter(), time.process_time()
            programme_outcome(programme, values)
            walls.append(time.perf_counter() - wall)
            cpus.append(time.process_time() - cpu)
        moving = sum(not span.is_point for span in spans.values())
        print(f"| {name} | {moving} | 65,536 | {np.median(walls):.2f} | {np.median(cpus):.2f} |")
    file = shipped("alibaba")
    assert file.programme is not None
    programme, spans = structure(file.programme), programme_spans(file)
    wall = time.perf_counter()
    drivers(lambda v: {"npv": programme_outcome(programme, v).npv}, spans, seed=SEED)
    print(f"\nTotal-order indices of one output, base 1,024: {time.perf_counter() - wall:.2f} s wall.\n")
    print("### Convergence: standard deviation over 16 seeds of the mean present value, in million CNY\n")
    print("| scenarios | plain Monte Carlo | scrambled Sobol | ratio |")
    print("|---:|---:|---:|---:|")
    for exponent in (8, 10, 12, 14):
        count = 1 << exponent
        errors = []
        for draw in (random_draws, drawn):
            means = [float(programme_outcome(programme, draw(spans, count, seed)).npv.mean()) for seed in range(16)]
            errors.append(float(np.std(means, ddof=1)) / 1e6)
        print(f"| {count:,} | {errors[0]:,.1f} | {errors[1]:,.2f} | {errors[0] / errors[1]:,.0f} |")


if __name__ == "__main__":
    main()
