"""`rerating demo`: a real case, offline, in seconds."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from rerating.cli.options import LedgerOption, now


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("demo")(demo)


def demo(
    case: Annotated[str | None, typer.Argument(help="Which case: apple or alibaba (default: both).")] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the reports go.")] = Path("rerating-demo"),
    ledger: LedgerOption = None,
) -> None:
    """Collect, analyse and report real cases from packaged data: Apple in the week of the iPhone, Alibaba in 2026."""
    from rerating.cli.headline import print_headline
    from rerating.demo import CASES
    from rerating.demo import demo as shown
    from rerating.ledger import Ledger

    for chosen in [case] if case else list(CASES):
        with tempfile.TemporaryDirectory() as scratch:
            made = shown(chosen, ledger=Ledger.create(ledger or scratch), out=out, now=now())
        print_headline(made.analysis)
        for path in made.files:
            typer.echo(str(path))
        typer.echo("")
