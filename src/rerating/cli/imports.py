"""`rerating import bars|rates|facts|events|ratings|options|case FILE`: files into the ledger, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import LedgerOption, ledger_path, now

if TYPE_CHECKING:
    from rerating.core.batch import Batch
    from rerating.ledger import Ledger
    from rerating.sources.gates import GateCheck

_SHOWN = 12

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The file to import.")]
RecordedOption = Annotated[
    str | None,
    typer.Option(
        "--recorded-at", metavar="T", help="When the file was recorded, like 2026-01-14T22:00Z (default: now)."
    ),
]

MappingOption = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="TOML", help="How the vendor's file is laid out; see docs/sources.md."),
]

TolerantOption = Annotated[
    bool, typer.Option("--tolerant", help="Leave out rows that a check names instead of refusing the file.")
]

group = typer.Typer(help="Import a file: all of it or nothing.", no_args_is_help=True, rich_markup_mode=None)


def add_to(app: typer.Typer) -> None:
    """Hang the verbs into the command line."""
    app.add_typer(group, name="import")


@group.command("bars")
def bars(
    file: FileArgument,
    ledger: LedgerOption = None,
    recorded_at: RecordedOption = None,
    mapping: MappingOption = None,
    tolerant: TolerantOption = False,
) -> None:
    """Daily bars, CSV or Parquet, through the quality gates.

    Columns: ticker, venue (MIC), currency, date, open, high, low, close, volume [, adj_close, price_basis]; with a
    column recorded_at, recordings of what a vendor said when.
    """
    from rerating.collection import known_splits, parity_checks
    from rerating.core.errors import UsageError
    from rerating.core.types import AsOf
    from rerating.ledger import Ledger
    from rerating.sources.files import Mapping, recordings_from

    at = AsOf.parse(recorded_at).at if recorded_at else now()
    path = ledger_path(ledger)
    layout = None if mapping is None else Mapping.read(mapping)
    held = Ledger(path) if (path / "batches").is_dir() else None
    splits = known_splits(held, AsOf(at=at)) if held else {}
    made = recordings_from(file, recorded_at=at, mapping=layout, tolerant=tolerant, splits=splits)
    batches, checks = [batch for batch, _ in made], [check for _, found in made for check in found]
    if held:
        checks += parity_checks(held, batches[-1])
    told = dict.fromkeys(f"{'left out' if each.refuses else 'note'}: {each}" for each in checks if not each.holds)
    for line in list(told)[:_SHOWN]:
        typer.echo(line, err=True)
    if len(told) > _SHOWN:
        typer.echo(f"note: {len(told) - _SHOWN} more of other recordings", err=True)
    if any(check.name == "parity" and not check.holds for check in checks) and not tolerant:
        raise UsageError(f"{file} was not imported: it does not fit the sister lines that the ledger holds.")
    if len(batches) == 1:
        _import(lambda _: batches[0], ledger, recorded_at)
    else:
        _recordings(batches, ledger, "bars")


@group.command("ratings")
def ratings(
    file: FileArgument,
    ledger: LedgerOption = None,
    recorded_at: RecordedOption = None,
    mapping: MappingOption = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="Each recording is a whole history: what a later one lacks is withdrawn.")
    ] = False,
    tolerant: TolerantOption = False,
) -> None:
    """Analysts' actions, CSV or Parquet; with a column recorded_at, recordings of a vendor's history."""
    from rerating.core.types import AsOf
    from rerating.sources.files import Mapping
    from rerating.sources.rating_files import ratings_from

    at = AsOf.parse(recorded_at).at if recorded_at else now()
    layout = None if mapping is None else Mapping.read(mapping)
    batches, left_out = ratings_from(file, recorded_at=at, mapping=layout, complete=complete, tolerant=tolerant)
    batches = [_gate(batch, file, tolerant=tolerant) for batch in batches]
    _recordings(batches, ledger, "ratings")
    for check in left_out:
        typer.echo(f"left out: {check}", err=True)


@group.command("rates")
def rates(file: FileArgument, ledger: LedgerOption = None, recorded_at: RecordedOption = None) -> None:
    """Currency rates, CSV or Parquet: date, currency, per_eur (units of the currency per euro)."""
    from rerating.sources.files import rates_from

    _import(lambda at: rates_from(file, recorded_at=at), ledger, recorded_at)


@group.command("facts")
def facts(
    file: FileArgument,
    ledger: LedgerOption = None,
    recorded_at: RecordedOption = None,
    mapping: MappingOption = None,
    subject: Annotated[
        str | None, typer.Option("--subject", metavar="SYMBOL", help="Whom a file is about that does not say it.")
    ] = None,
    tolerant: TolerantOption = False,
) -> None:
    """Reported figures: a case file (TOML), a JSON list, the SEC's company facts (JSON), or a table (CSV, Parquet).

    Company facts are taken as the SEC offers them for download and need --subject. A table has the columns of a case
    file's facts, or needs a --mapping; see docs/case-files.md and docs/sources.md.
    """
    from rerating.sources.case_file import batch_from
    from rerating.sources.fact_files import (
        FactMapping,
        company_facts_from,
        facts_from,
        is_company_facts,
        is_plain_table,
    )

    left_out: list[GateCheck] = []

    def read(at: datetime) -> Batch:
        if is_company_facts(file):
            return company_facts_from(file, subject=subject, recorded_at=at)
        if mapping is None and subject is None and not is_plain_table(file):
            return batch_from(file, recorded_at=at, only="facts")
        layout = None if mapping is None else FactMapping.read(mapping)
        batch, found = facts_from(file, recorded_at=at, mapping=layout, subject=subject, tolerant=tolerant)
        left_out.extend(check for check in found if not check.holds)
        return batch

    _import(read, ledger, recorded_at, tolerant=tolerant)
    for check in left_out:
        typer.echo(f"left out: {check}", err=True)


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


@group.command("options")
def options(file: FileArgument, ledger: LedgerOption = None, recorded_at: RecordedOption = None) -> None:
    """Recorded option chains, CSV or Parquet; see docs/options.md. Chains without quotes are refused and named."""
    from rerating.sources.option_files import Refused, options_from

    refused: list[Refused] = []

    def read(at: datetime) -> Batch:
        batch, without_quotes = options_from(file, recorded_at=at)
        refused.extend(without_quotes)
        return batch

    _import(read, ledger, recorded_at)
    for chain in refused:
        typer.echo(f"refused: {chain}")


def _recordings(batches: Sequence[Batch], ledger: Path | None, what: str) -> None:
    """Append recordings in their order and say what of them was new."""
    from rerating.ledger import Ledger

    path = ledger_path(ledger)
    into = Ledger.create(path)
    receipts = [into.append(batch) for batch in batches]
    _name(into, batches)
    new = sum(sum(receipt.rows.values()) for receipt in receipts if receipt.new)
    held = sum(sum((receipt.unchanged if receipt.new else receipt.rows).values()) for receipt in receipts)
    typer.echo(f"imported: {new} {what} in {len(batches)} recordings, {held} held already; ledger {path}")


def _gate(batch: Batch, file: Path | str, *, tolerant: bool = False) -> Batch:
    """The batch as it may be stored. Shows what the quality gates note, and refuses the file where one of them refuses.

    `tolerant` leaves out the rows that a refusing gate names.
    """
    from rerating.collection import refused_by
    from rerating.core.errors import UsageError
    from rerating.sources.table_gates import gated

    kept, checks = gated(batch, tolerant=tolerant)
    refusing = refused_by(checks)
    if refusing and not tolerant:
        told = "; ".join(str(check) for check in refusing)
        raise UsageError(f"{file} was not imported, nothing of it: {told}. Mend the file and try again.")
    for check in checks:
        if not check.holds:
            typer.echo(f"{'left out' if check.refuses else 'note'}: {check}", err=True)
    return kept


def _import(
    read: Callable[[datetime], Batch], ledger: Path | None, recorded_at: str | None, *, tolerant: bool = False
) -> None:
    """Read the file first, so that a faulty one leaves no trace, then append it."""
    from rerating.core.types import AsOf
    from rerating.ledger import Ledger

    batch = read(AsOf.parse(recorded_at).at if recorded_at else now())
    if "bars" not in batch.tables:  # bars have been through their gates, which know the file's lines
        batch = _gate(batch, batch.scope.get("file", "the file"), tolerant=tolerant)
    path = ledger_path(ledger)
    into = Ledger.create(path)
    receipt = into.append(batch)
    _name(into, [batch])
    rows = ", ".join(f"{count} {table}" for table, count in receipt.rows.items()) or "nothing new"
    unchanged = sum(receipt.unchanged.values())
    held = f", {unchanged} rows held already without a change" if unchanged else ""
    typer.echo(f"{'imported' if receipt.new else 'already there'}: {rows}{held}; ledger {path}")


def _name(into: Ledger, batches: Sequence[Batch]) -> None:
    """Add what the offline tables say of the lines whose bars came: whose they are, and what a unit stands for."""
    import os

    from rerating.sources.identity import IdentitySource

    keys = {
        f"{venue}:{symbol}"
        for batch in batches
        if "bars" in batch.tables
        for symbol, venue in batch.tables["bars"].select("symbol", "venue").unique().rows()
    }
    said = IdentitySource.from_environment(os.environ).known(keys, batches[-1].recorded_at) if keys else None
    if said is not None and into.append(said).rows:
        named = said.tables["facts"]["subject"].n_unique()
        typer.echo(f"named: {named} of {len(keys)} lines, by the tables of lines held offline", err=True)
