"""`rerating ledger info|verify|compact|export|diff`: look after a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import LedgerOption, ledger_path

if TYPE_CHECKING:
    from datetime import datetime

    from rerating.ledger.changes import Change

group = typer.Typer(help="Look after a ledger.", no_args_is_help=True, rich_markup_mode=None)

_SHOWN = 40


def add_to(app: typer.Typer) -> None:
    """Hang the verbs into the command line."""
    app.add_typer(group, name="ledger")


@group.command("info")
def info(ledger: LedgerOption = None) -> None:
    """Count what the ledger holds, by table and by source, with its times."""
    from rich.console import Console
    from rich.table import Table

    from rerating.ledger import Ledger
    from rerating.ledger.audit import info as counted

    found = counted(Ledger(ledger_path(ledger)))
    console = Console(highlight=False)
    console.print(f"{found.place}: format {found.format}, {found.batches} batches", markup=False)
    table = Table(box=None, pad_edge=False)
    for name in ("table", "rows", "files", "MB", "known from", "known to", "recorded to"):
        table.add_column(name, justify="right" if name in {"rows", "files", "MB"} else "left")
    for row in found.tables:
        times = (_minute(row.known_from), _minute(row.known_to), _minute(row.recorded_to))
        table.add_row(row.name, f"{row.rows:,}", str(row.files), f"{row.bytes / 1e6:.1f}", *times)
    console.print(table)
    for source in found.sources:
        console.print(
            f"{source.name}: {source.batches} batches, the last at {_minute(source.recorded_to)}", markup=False
        )
    if found.uncommitted:
        console.print(f"{found.uncommitted} rows of appends that did not come to their end; they never show")


@group.command("verify")
def verify(ledger: LedgerOption = None) -> None:
    """Recompute the digests of raw documents and count each batch's rows; exit code 4 where something fails."""
    from rerating.core.errors import IntegrityError
    from rerating.ledger import Ledger
    from rerating.ledger.audit import verify as verified

    path = ledger_path(ledger)
    checks = verified(Ledger(path))
    for check in checks:
        typer.echo(f"{'holds' if check.holds else 'FAILS'}: {check.name} ({check.looked_at} looked at)")
        for sample in check.samples:
            typer.echo(f"  {sample}")
    failed = sum(check.failed for check in checks)
    if failed:
        raise IntegrityError(f"{failed} faults in {path}; restore it from a copy, or collect again into a new ledger.")


@group.command("compact")
def compact(ledger: LedgerOption = None) -> None:
    """Rewrite each table as few sorted files; rows stay the same, old files stay for readers that have them open."""
    from rerating.ledger import Ledger

    for name, (before, after) in Ledger(ledger_path(ledger)).compact().items():
        typer.echo(f"{name}: {before} files, now {after}")


@group.command("export")
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the Parquet files go.")],
    ledger: LedgerOption = None,
) -> None:
    """Write each table as one Parquet file."""
    from rerating.ledger import Ledger
    from rerating.ledger.export import export as exported

    for name, rows in exported(Ledger(ledger_path(ledger)), folder).items():
        typer.echo(f"{folder / name}.parquet: {rows} rows")


@group.command("diff")
def diff(
    symbol: Annotated[str, typer.Argument(help="The symbol, or any subject of facts.")],
    between: Annotated[tuple[str, str], typer.Option("--between", metavar="T1 T2", help="Two instants.")],
    ledger: LedgerOption = None,
    full: Annotated[bool, typer.Option("--full", help="All rows, not the first 40.")] = False,
) -> None:
    """Show what sources said differently by T2 than by T1: new, backfilled, rewritten and withdrawn rows."""
    from collections import Counter

    from rerating.core.types import AsOf
    from rerating.ledger import Ledger
    from rerating.ledger.changes import changes

    first, last = (AsOf.parse(text) for text in between)
    found = changes(Ledger(ledger_path(ledger)), [symbol], first, last)
    counts = Counter((change.table, change.kind.value) for change in found)
    summary = ", ".join(f"{count} {kind} in {table}" for (table, kind), count in sorted(counts.items()))
    typer.echo(f"{symbol}, {first} to {last}: {summary or 'nothing changed'}")
    for change in found if full else found[:_SHOWN]:
        typer.echo(_line(change))
    if len(found) > _SHOWN and not full:
        typer.echo(f"and {len(found) - _SHOWN} more; --full shows them")


def _line(change: Change) -> str:
    key = " ".join(change.key.values())
    before, after = (" ".join(f"{k}={v}" for k, v in side.items()) for side in (change.before, change.after))
    said = " -> ".join(part for part in (before, after) if part)
    return f"{change.kind.value:10} {change.table} {key}: {said} ({change.source}, {_minute(change.recorded_at)})"


def _minute(at: datetime | None) -> str:
    return "" if at is None else at.strftime("%Y-%m-%d %H:%MZ")
