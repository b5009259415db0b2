"""`rerating diff`: what lies between two analyses of one line."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rerating.cli.options import OutOption, write_text
from rerating.cli.reproduce import read_analysis


class Format(StrEnum):
    """The formats of a difference."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """The languages of a difference."""

    DE = "de"
    EN = "en"


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("diff")(diff)


def diff(
    before: Annotated[Path, typer.Argument(metavar="A.json", help="The earlier analysis in JSON.")],
    after: Annotated[Path, typer.Argument(metavar="B.json", help="The later one, of the same line.")],
    lang: Annotated[Language, typer.Option("--lang", help="Language of the sentences.")] = Language.EN,
    format_: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Price, new and revised facts, call, model, gaps closed and opened; each with what would falsify it."""
    from rerating.core.record import canonical_json
    from rerating.report.difference import difference, difference_data

    first, last = read_analysis(before), read_analysis(after)
    if format_ is Format.JSON:
        text = canonical_json(difference_data(first, last, language=lang.value), indent=1) + "\n"
    else:
        text = difference(first, last, language=lang.value)
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_text(out, text)
