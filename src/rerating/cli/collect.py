"""`rerating collect`: ask a source, keep what it answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from rerating.cli.options import LedgerOption, ledger_path, now


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("collect")(collect)


def collect(
    symbols: Annotated[list[str] | None, typer.Argument(help="Symbols; none: all that the source has.")] = None,
    source: Annotated[str, typer.Option("--source", help="Which source to ask.")] = "sample",
    since: Annotated[datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="From this day on.")] = None,
    ledger: LedgerOption = None,
) -> None:
    """Collect what a source knows into the ledger; what was there already is not stored twice."""
    from rerating.collection import collect as collected
    from rerating.core.source import Request
    from rerating.ledger import Ledger
    from rerating.sources import named

    chosen = named(source)
    request = Request(symbols=tuple(symbols or ()), since=since.date() if since else None, recorded_at=now())
    path = ledger_path(ledger)
    made = collected(Ledger.create(path), chosen, request)
    new = ", ".join(f"{count} {table}" for table, count in made.rows.items() if count) or "nothing new"
    typer.echo(f"{made.source}: {new}; ledger {path}")
    for gap in made.gaps:
        typer.echo(f"not held: {gap.question} ({gap.detail})")
