"""A ledger's committed rows as plain Parquet files, one a table, for any other tool."""

from __future__ import annotations

from pathlib import Path

from rerating.core.errors import UsageError
from rerating.core.tables import TABLES
from rerating.ledger.store import Ledger


def export(ledger: Ledger, folder: Path) -> dict[str, int]:
    """Write `<table>.parquet` for each table that has rows, and `batches.parquet`; answers the rows by table.

    Rows are sorted by their identity, so that equal ledgers make equal files. Raises UsageError where the folder holds
    such a file already: nothing is overwritten.
    """
    held = ledger.snapshot
    frames = {
        name: frame.unique().sort([*TABLES[name].identity, "batch"])
        for name, frame in held.frames().items()
        if frame.height
    }
    frames["batches"] = held.batches.sort("recorded_at", "id")
    there = [name for name in frames if (folder / f"{name}.parquet").exists()]
    if there:
        raise UsageError(f"{folder} has a file {there[0]}.parquet already; name an empty folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in sorted(frames.items()):
            frame.write_parquet(folder / f"{name}.parquet", compression="zstd")
    except OSError as error:
        raise UsageError(f"{folder} cannot be written ({error.strerror}); name another folder.") from error
    return {name: frame.height for name, frame in sorted(frames.items())}
