"""Each worker of a parallel run computes with its share of the cores. Imported before Polars, which asks once.

Threads of several workers on the same cores only wait for each other. The processes that tests start have all cores,
so that what they print is that of any number of threads.
"""

from __future__ import annotations

import os

WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
if WORKERS > 1:
    os.environ.setdefault("POLARS_MAX_THREADS", str(max(1, (os.cpu_count() or 1) // WORKERS)))
