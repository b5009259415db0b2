"""The leak certificate: what came after the cutoff is replaced by noise, and the analysis must not change by a byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl

from rerating.analysis import Analysis
from rerating.core.certificate import FEWEST_ROWS, Certificate
from rerating.core.tables import TABLES, Table
from rerating.core.types import AsOf, Reading
from rerating.ledger import Snapshot, View, ViewSource

SEEDS = (1, 2, 3)
_EXTRA_ROWS = 200
_DELETED = 0.1
_LONGEST = timedelta(days=3650)


def certify(
    snapshot: Snapshot, as_of: AsOf, run: Callable[[ViewSource], Analysis], *, seeds: Sequence[int] = SEEDS
) -> Certificate:
    """Run the same analysis over a snapshot and over others in which every row known after `as_of` is noise.

    There is one of these for each of `seeds`.

    Noise is drawn row by row: values, texts and times are redrawn, a tenth of the rows is deleted, and later revisions
    of rows that were known before are added. It fails where fewer than 100 rows lie after the cutoff (no noise is
    made then), or none of a table that the analysis reads: the comparison would prove nothing.
    """
    watched = _Watched(snapshot)
    digest = run(watched).digest
    frames = snapshot.frames()
    replaced = {name: _later(frame, as_of).height for name, frame in sorted(frames.items())}
    enough = sum(replaced.values()) >= FEWEST_ROWS
    noisy = {seed: run(_noised(snapshot, frames, as_of, seed)).digest for seed in seeds if enough}
    idle = sorted(name for name in watched.tables() if not replaced.get(name))
    if len({digest, *noisy.values()}) > 1:
        holds, reason = False, "the analysis changes with rows that were not known at the cutoff"
    elif not enough:
        holds = False
        reason = (
            f"no certificate is possible: {sum(replaced.values())} rows lie after the cutoff, {FEWEST_ROWS} are needed"
        )
    elif idle:
        holds, reason = False, f"no certificate is possible: no row of {', '.join(idle)} lies after the cutoff"
    else:
        holds, reason = True, "every row after the cutoff was replaced by noise and no byte changed"
    return Certificate(as_of=str(as_of), digest=digest, noisy=noisy, replaced=replaced, holds=holds, reason=reason)


class _Watched:
    """Hands out views and knows afterwards which tables they read rows of."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._views: list[View] = []

    def view(self, as_of: AsOf, reading: Reading = Reading.PUBLISHED) -> View:
        view = self._snapshot.view(as_of, reading)
        self._views.append(view)
        return view

    def tables(self) -> set[str]:
        return {table for view in self._views for table in view.tables_read}


def _later(frame: pl.DataFrame, as_of: AsOf) -> pl.DataFrame:
    return frame.filter(pl.col("known_at") > as_of.at)


def _noised(snapshot: Snapshot, frames: dict[str, pl.DataFrame], as_of: AsOf, seed: int) -> Snapshot:
    rng = np.random.default_rng(seed)
    tables = {}
    for name, frame in sorted(frames.items()):
        table = TABLES[name]
        earlier = frame.filter(pl.col("known_at") <= as_of.at)
        later = _later(frame, as_of).sort(table.identity, nulls_last=True)
        kept = later.filter(pl.Series(rng.random(later.height) >= _DELETED))
        revised = earlier.sort(table.identity, nulls_last=True).sample(
            min(_EXTRA_ROWS, earlier.height), seed=int(rng.integers(2**31)), shuffle=True
        )
        tables[name] = pl.concat([earlier, _redrawn(table, pl.concat([kept, revised]), as_of, rng)]).lazy()
    return replace(snapshot, tables=tables)


def _redrawn(table: Table, frame: pl.DataFrame, as_of: AsOf, rng: np.random.Generator) -> pl.DataFrame:
    """The rows with noise for content and times: all of them are known after the cutoff, some were recorded before."""
    n = frame.height
    columns: list[pl.Series] = []
    for name, dtype in table.content.items():
        if dtype == pl.Float64:
            noise = frame[name].fill_null(1.0).to_numpy() * np.exp(rng.normal(size=n))
            columns.append(pl.Series(name, noise))
        elif dtype == pl.Int64:
            columns.append(pl.Series(name, rng.integers(0, 10**9, size=n)))
        elif dtype == pl.String:
            columns.append(pl.Series(name, [f"noise {word:x}" for word in rng.integers(0, 2**60, size=n)]))
        elif dtype == pl.Binary:
            columns.append(pl.Series(name, [int(word).to_bytes(8) for word in rng.integers(0, 2**60, size=n)]))
        elif dtype == pl.Date:
            columns.append(frame[name].dt.offset_by("1y"))
    span = int(_LONGEST.total_seconds())
    late = pl.Series(
        "known_at",
        [as_of.at + timedelta(seconds=int(s)) for s in rng.integers(1, span, size=n)],
        pl.Datetime("us", "UTC"),
    )
    recorded = pl.Series(
        "recorded_at",
        [as_of.at + timedelta(seconds=int(s)) for s in rng.integers(-span, span, size=n)],
        pl.Datetime("us", "UTC"),
    )
    return frame.with_columns(*columns, late, recorded).select(list(table.schema))
