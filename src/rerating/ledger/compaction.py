"""Few sorted files instead of many small ones. The rows stay the same; the old files stay on disk for pinned readers.

Appends make a small file each. Past a number of files the small ones are put together; large ones are left alone, so
that the work of an append stays in proportion to what was appended. A whole compaction rewrites everything, sorted by
subject and period: then one subject lies in one or two row groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from rerating.core.tables import TABLES
from rerating.ledger import delta
from rerating.ledger.delta import File
from rerating.ledger.repeats import storage_order

try:
    import fcntl
except ImportError:  # not a POSIX system: compaction goes without a lock there
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from deltalake import DeltaTable

#: Rows of a file after a whole compaction: so many bars make a large file, and no sort needs all of memory.
ROWS_A_FILE = 2_000_000


def compact(
    table: DeltaTable,
    name: str,
    options: Mapping[str, str],
    *,
    whole: bool,
    committed: Callable[[], frozenset[str]],
) -> tuple[int, int]:
    """Put files together; answers how many there were and are. Does nothing while another process is at it.

    Files of a batch that is not `committed` are left alone: its writer is still at it, or has died, and then the file
    by its name is how the next attempt finds what is there.

    Two at once would both add the rows of the same files: no row would be lost, and views drop equal rows, but the
    table would hold them twice until the next compaction. On object storage, where nothing can be locked, that is
    what a race comes to.
    """
    schema, subject = delta.layout(name)
    with _alone(delta.local(table.table_uri)) as alone:
        table.update_incremental()
        stored = delta.pinned(table, subject, schema, options)
        # Asked after the files were listed: a batch that is committed in between may be put together as well.
        done = committed()
        chosen = [
            file for file in stored.files if (whole or file.size < delta.LARGE) and (file.batch or "") in {"", *done}
        ]
        if not alone or len(chosen) < 2:
            return len(stored.files), len(stored.files)
        parts = _sorted_parts(name, chosen, options)
        made = delta.replace(table, parts, chosen, subject=subject, options=options)
    return len(stored.files), len(stored.files) - len(chosen) + made


@contextmanager
def _alone(folder: Path | None) -> Iterator[bool]:
    """Whether this process may compact the table in that folder; the lock ends with the process at the latest."""
    if folder is None or fcntl is None:
        yield True
        return
    with (folder / ".compacting").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _sorted_parts(name: str, files: Sequence[File], options: Mapping[str, str]) -> Iterator[pl.DataFrame]:
    """The rows of some files, sorted, in as many parts as they need; subjects are not torn apart between parts."""
    schema, subject = delta.layout(name)
    lazy = delta.scan(files, schema, options)
    for low, high in _spans(lazy, subject, sum(file.rows for file in files)):
        part = lazy
        if low is not None:
            part = part.filter(pl.col(subject) >= low)
        if high is not None:
            part = part.filter(pl.col(subject) < high)
        order = _order(name, subject)
        # Races between compactions may have left equal rows twice; here they become one again.
        yield part.collect().sort(order, maintain_order=True).unique(maintain_order=True, keep="first")


def _order(name: str, subject: str) -> list[str]:
    if name == "batches":
        return ["recorded_at", "id"]
    if name == "repeats":
        return ["subject", "table", "recorded_at", "batch"]
    return [*storage_order(TABLES[name]), "known_at", "recorded_at", "batch"]


def _spans(lazy: pl.LazyFrame, subject: str, rows: int) -> list[tuple[str | None, str | None]]:
    """Half-open spans of subjects with about ROWS_A_FILE rows each; one open span for a small table."""
    if rows <= ROWS_A_FILE:
        return [(None, None)]
    counts = lazy.group_by(subject).len().collect().sort(subject)
    number = (counts["len"].cum_sum() - 1) // ROWS_A_FILE
    starts = counts.with_columns(number.alias("part")).group_by("part").agg(pl.col(subject).min()).sort("part")
    edges = [None, *starts[subject].to_list()[1:], None]
    return list(pairwise(edges))
