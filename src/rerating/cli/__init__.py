"""The command line: parse, call a verb, print. Here and nowhere below the clock and the environment are read.

One file a verb; each imports what it needs inside its function, and of a verb that is asked for only its own file is
read, so that help and short answers come at once.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

import typer

from rerating.core.errors import RerateError
from rerating.core.version import VERSION

_HELP = "Why did this stock move, does it hold, is it a buy, a hold or a sell? Answered from dated evidence alone."

#: The verbs in the order in which the help shows them, and the module of each.
_VERBS = {
    "demo": "demo",
    "collect": "collect",
    "import": "imports",
    "ledger": "ledger",
    "analyze": "analyze",
    "explain": "explain",
    "check": "check",
    "study": "study",
    "trace": "trace",
    "reproduce": "reproduce",
    "lint": "lint",
    "diff": "diff",
    "scenario": "scenario",
    "options": "option_chain",
    "train": "outlook",
    "backtest": "outlook",
    "track": "outlook",
}


def command_line(asked: str | None = None) -> typer.Typer:
    """The command line with the verbs of one file where `asked` names such a verb, else with all of them."""
    app = typer.Typer(
        name="rerating",
        help=_HELP,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for module in dict.fromkeys([_VERBS[asked]] if asked in _VERBS else _VERBS.values()):
        import_module(f"rerating.cli.{module}").add_to(app)
    return app


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"rerating {VERSION}")
        raise typer.Exit


def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    pass


def main() -> None:
    """Run the command line. Errors made on purpose end in one sentence and their exit code."""
    # Plugins of other packages have no say in our records, and looking for them takes longer than most answers.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        command_line(next(iter(sys.argv[1:]), None))()
    except RerateError as error:
        sys.stderr.write(f"rerating: {error}\n")
        sys.exit(error.exit_code)
