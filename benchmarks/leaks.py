"""The leak certificate over 200 random pairs of a line and an instant: does anything look ahead?

Each pair is analysed twice, over a small ledger (every table but option quotes) and over the same ledger with noise in
place of all that came after the instant; the seed of the noise is the pair's number. `python -m benchmarks leaks` takes
some minutes; a number of pairs may stand in RERATING_LEAK_PAIRS.
"""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from leaking import questions, world
from rerating.analysis import Analysis, analyze
from rerating.certificate import certify
from rerating.core.types import AsOf
from rerating.ledger import ViewSource

PAIRS = 200


def run(source: ViewSource, *, symbol: str, as_of: AsOf) -> Analysis:
    return analyze(source, symbol, as_of, currency="EUR")


def main() -> None:
    asked = questions(int(os.environ.get("RERATING_LEAK_PAIRS", PAIRS)))
    held = world()
    start, kept, replaced = time.process_time(), 0, 0
    for number, (symbol, as_of) in enumerate(asked):
        certificate = certify(held, as_of, partial(run, symbol=symbol, as_of=as_of), seeds=(number,))
        kept += certificate.holds
        replaced += sum(certificate.replaced.values())
        if not certificate.holds:
            print(f"{symbol} at {as_of}: {certificate.reason}")
    distinct = len({(symbol, str(as_of)) for symbol, as_of in asked})
    spent = time.process_time() - start
    print("| pairs | distinct | certificates that hold | rows replaced by noise | CPU seconds a pair |")
    print("|---|---|---|---|---|")
    print(f"| {len(asked)} | {distinct} | {kept} | {replaced:,} | {spent / len(asked):.1f} |")


if __name__ == "__main__":
    main()
