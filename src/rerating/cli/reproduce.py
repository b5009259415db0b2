"""`rerating reproduce`: does this ledger still give the same analysis, to the byte?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import LedgerOption, ledger_path
from rerating.core.errors import UsageError

if TYPE_CHECKING:
    from rerating.analysis import Analysis
    from rerating.outlook.model import Model


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("reproduce")(reproduce)


def reproduce(
    report: Annotated[Path, typer.Argument(metavar="REPORT.json", help="An analysis in JSON.")],
    ledger: LedgerOption = None,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="FILE", help="The model that it was forecast with, if one was.")
    ] = None,
) -> None:
    """Analyse again what a report says it analysed, and compare byte by byte (storage versions aside).

    Prints "same bytes" with the digest, or the first difference with both values and its likely reason; then exit 1.
    """
    from rerating.ledger import Ledger
    from rerating.reproduction import reproduced

    given = read_analysis(report)
    found = reproduced(Ledger(ledger_path(ledger)), given, model=None if model is None else _model(model))
    if found.same:
        typer.echo(f"same bytes, sha256 {found.digest}")
        return
    typer.echo(f"not the same: {found.reason}")
    if found.difference is not None:
        typer.echo(f"  first difference: {found.difference.path}")
        typer.echo(f"    report: {found.difference.before}")
        typer.echo(f"    ledger: {found.difference.after}")
    raise typer.Exit(1)


def read_analysis(path: Path) -> Analysis:
    """The analysis in a JSON file. Raises UsageError where there is none."""
    from rerating.analysis import Analysis

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read; make one with 'rerating analyze ... --format json --out FILE'."
        ) from error
    return Analysis.from_json(text)


def _model(path: Path) -> Model:
    from rerating.outlook.model import read_model

    return read_model(path)
