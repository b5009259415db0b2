"""`rerating import bars|rates|facts|events FILE`: files into the ledger, all of a file or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import LedgerOption, ledger_path, now

if TYPE_CHECKING:
    from rerating.core.batch import Batch

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The file to import.")]
RecordedOption = Annotated[
    str | None,
    typer.Option(
        "--recorded-at", metavar="T", help="When the file was recorded, like 2026-01-14T22:00Z (default: now)."
    ),
]

group = typer.Typer(help="Import a file: all of it or nothing.", no_args_is_help=True, rich_markup_mode=None)


def add_to(app: typer.Typer) -> None:
    """Hang the verbs into the command line."""
    app.add_typer(group, name="import")


@group.command("bars")
def bars(file: FileArgument, ledger: LedgerOption = None, recorded_at: RecordedOption = None) -> None:
    """Daily bars, CSV or Parquet.

    Columns: ticker, venue (MIC), currency, date, open, high, low, close, volume [, adj_close, price_basis].
    """
    from rerating.sources.files import bars_from

    _import(lambda at: bars_from(file, recorded_at=at), ledger, recorded_at)


@group.command("rates")
def rates(file: FileArgument, ledger: LedgerOption = None, recorded_at: RecordedOption = None) -> None:
    """Currency rates, CSV or Parquet: date, currency, per_eur (units of the currency per euro)."""
    from rerating.sources.files import rates_from

    _import(lambda at: rates_from(file, recorded_at=at), ledger, recorded_at)


@group.command("facts")
def facts(file: FileArgument, ledger: LedgerOption = None, recorded_at: RecordedOption = None) -> None:
    """Dated facts with their sources: a case file (TOML), a JSON list, CSV or Parquet; see docs/case-files.md."""
    from rerating.sources.case_file import batch_from

    _import(lambda at: batch_from(file, recorded_at=at, only="facts"), ledger, recorded_at)


@group.command("events")
def events(file: FileArgument, ledger: LedgerOption = None, recorded_at: RecordedOption = None) -> None:
    """Dated events with their sources: a case file (TOML), a JSON list, CSV or Parquet; see docs/case-files.md."""
    from rerating.sources.case_file import batch_from

    _import(lambda at: batch_from(file, recorded_at=at, only="events"), ledger, recorded_at)


@group.command("case")
def case(file: FileArgument, ledger: LedgerOption = None, recorded_at: RecordedOption = None) -> None:
    """A case file (TOML): facts, events, ratings and quoted closes at once; see docs/case-files.md."""
    from rerating.sources.case_file import batch_from

    _import(lambda at: batch_from(file, recorded_at=at), ledger, recorded_at)


def _import(read: Callable[[datetime], Batch], ledger: Path | None, recorded_at: str | None) -> None:
    """Read the file first, so that a faulty one leaves no trace, then append it."""
    from rerating.core.types import AsOf
    from rerating.ledger import Ledger

    batch = read(AsOf.parse(recorded_at).at if recorded_at else now())
    path = ledger_path(ledger)
    receipt = Ledger.create(path).append(batch)
    rows = ", ".join(f"{count} {table}" for table, count in receipt.rows.items()) or "nothing new"
    unchanged = sum(receipt.unchanged.values())
    held = f", {unchanged} rows held already without a change" if unchanged else ""
    typer.echo(f"{'imported' if receipt.new else 'already there'}: {rows}{held}; ledger {path}")
