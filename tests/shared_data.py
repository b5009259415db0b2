"""Where the real test data lie, which are beside the project and never part of it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pytest

from rerating.core.batch import Batch
from rerating.sources.files import bars_from, rates_from

#: When tests say that the files were recorded: after all that they hold.
RECORDED = datetime(2026, 11, 1, tzinfo=UTC)


def shared(path: str) -> Path:
    """The file `path` in the shared data folder; skips the test, with the reason, where it is absent."""
    named = os.environ.get("RERATING_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    file = folder / path
    if not file.exists():
        pytest.skip(f"shared test data are absent: {path} (set RERATING_SHARED to the folder that holds it)")
    return file


def daily_prices() -> Batch:
    """Daily bars of BABA, its sister line, peers and benchmarks; read once a worker, since that takes a second."""
    return _bars(shared("data/prices/core_daily.parquet"))


def euro_rates() -> Batch:
    """The ECB's reference rates; read once a worker."""
    return _rates(shared("data/prices/fx_ecb.parquet"))


@lru_cache(maxsize=1)
def _bars(path: Path) -> Batch:
    return bars_from(path, recorded_at=RECORDED)


@lru_cache(maxsize=1)
def _rates(path: Path) -> Batch:
    return rates_from(path, recorded_at=RECORDED)
