"""The command line: parse, call a verb, print. Here and nowhere below the clock and the environment are read.

One file a verb; each imports what it needs inside its function, so that `rerating --help` answers at once.
"""

from __future__ import annotations

import sys

import typer

from rerating.cli import (
    analyze,
    check,
    collect,
    demo,
    diff,
    explain,
    imports,
    ledger,
    lint,
    option_chain,
    outlook,
    reproduce,
    scenario,
    study,
    trace,
)
from rerating.core.errors import RerateError
from rerating.core.version import VERSION

app = typer.Typer(
    name="rerating",
    help="Why did this stock move, does it hold, is it a buy, a hold or a sell? Answered from dated evidence alone.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"rerating {VERSION}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    pass


demo.add_to(app)
collect.add_to(app)
imports.add_to(app)
ledger.add_to(app)
analyze.add_to(app)
explain.add_to(app)
check.add_to(app)
study.add_to(app)
trace.add_to(app)
reproduce.add_to(app)
lint.add_to(app)
diff.add_to(app)
scenario.add_to(app)
option_chain.add_to(app)
outlook.add_to(app)


def main() -> None:
    """Run the command line. Errors made on purpose end in one sentence and their exit code."""
    try:
        app()
    except RerateError as error:
        sys.stderr.write(f"rerating: {error}\n")
        sys.exit(error.exit_code)
