"""`rerating collect`: ask sources, keep what they answer."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import LedgerOption, ledger_path, now

if TYPE_CHECKING:
    from rerating.collection import Collected, Progress

_SHOWN = 12


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("collect")(collect)


def collect(
    symbols: Annotated[list[str] | None, typer.Argument(help="Symbols; none: all that the source has.")] = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Which source to ask; may be given several times.")
    ] = None,
    since: Annotated[datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="From this day on.")] = None,
    ledger: LedgerOption = None,
) -> None:
    """Collect what sources know into the ledger. Safe to stop and to repeat: nothing is stored twice."""
    from rerating.collection import collect as collected
    from rerating.core.errors import SourceError
    from rerating.core.source import Request
    from rerating.ledger import Ledger
    from rerating.sources import named

    chosen = [named(name, os.environ) for name in source or ["sample"]]
    if any(each.name == "yahoo" for each in chosen):
        typer.echo("Yahoo's data are for personal use: they stay on this machine and are not passed on.", err=True)
    path = ledger_path(ledger)
    into = Ledger.create(path)
    done = []
    for each in chosen:
        # A source of currency rates is not asked about stocks: its rates belong to every analysis.
        about = () if getattr(each, "about", "symbols") == "currencies" else tuple(symbols or ())
        request = Request(symbols=about, since=since.date() if since else None, recorded_at=now())
        done.append(collected(into, each, request, _progress()))
        _summary(done[-1], str(path))
    failures = [failure for each in done for failure in each.failures]
    if failures:
        raise SourceError(
            f"{len(failures)} of the questions were not answered; what came is stored, so ask the same again later.",
            retry_after=max((failure.retry_after or 0.0 for failure in failures), default=None),
            outcome=failures[0].outcome,
        )


def _summary(made: Collected, path: str) -> None:
    """What came, what is missing and why."""
    new = ", ".join(f"{count} {table}" for table, count in made.rows.items() if count) or "nothing new"
    held = f", {made.unchanged} rows held already" if made.unchanged else ""
    typer.echo(f"{made.source}: {new}{held}; ledger {path}")
    for gap in made.gaps[:_SHOWN]:
        typer.echo(f"not held: {gap.question} ({gap.detail})")
    if len(made.gaps) > _SHOWN:
        typer.echo(f"not held: {len(made.gaps) - _SHOWN} more")
    for failure in made.failures[:_SHOWN]:
        typer.echo(f"failed: {failure.question} ({failure.outcome}: {failure.detail})")
    if len(made.failures) > _SHOWN:
        typer.echo(f"failed: {len(made.failures) - _SHOWN} more")


def _progress() -> Progress | None:
    """A line on the terminal that says what is asked now; nothing where there is no terminal."""
    if not sys.stderr.isatty():
        return None

    def show(question: str, number: int, count: int) -> None:
        typer.echo(f"\r\033[K{number + 1}/{count} {question}", nl=False, err=True)
        if number + 1 == count:
            typer.echo("\r\033[K", nl=False, err=True)

    return show
