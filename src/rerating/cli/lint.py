"""`rerating lint`: does a text about a stock urge, advertise, or recommend without saying who and when?"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rerating.core.errors import UsageError


class Format(StrEnum):
    """The formats of a lint's remarks."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """The languages of the reasons."""

    DE = "de"
    EN = "en"


class Rules(StrEnum):
    """What `--fail-on` can name; `any` is all of them."""

    ANY = "any"
    URGENCY = "urgency"
    PROMISE = "promise"
    ADVERTISING = "advertising"
    NO_PRODUCER = "no_producer"
    NO_DATE = "no_date"
    NO_INTERESTS = "no_interests"


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("lint")(lint)


def lint(
    text: Annotated[str, typer.Argument(metavar="FILE", help="A text, German or English, or - for standard input.")],
    lang: Annotated[Language, typer.Option("--lang", help="Language of the reasons.")] = Language.EN,
    format_: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
    fail_on: Annotated[
        list[Rules] | None, typer.Option("--fail-on", help="Exit 1 if this is found (may be repeated; any: all).")
    ] = None,
) -> None:
    """Urging words, promises, advertising without its label, and calls without producer, date or interests.

    Works on any text (plain, Markdown, PDF); each remark has its line, the words and the reason.
    """
    from rerating.core.record import canonical_json
    from rerating.factcheck.documents import text_of
    from rerating.statements.facts import Voice, written
    from rerating.statements.lint import REASONS
    from rerating.statements.lint import lint as linted

    name = "standard input" if text == "-" else text
    remarks = linted(text_of(_read(text), name))
    voice = Voice(language=lang.value)
    if format_ is Format.JSON:
        rows = [
            {**remark.model_dump(mode="json"), "reason": written(REASONS[remark.rule], voice)} for remark in remarks
        ]
        typer.echo(canonical_json(rows, indent=1))
    else:
        for remark in remarks:
            typer.echo(f"{name}:{remark.line}: {written(REASONS[remark.rule], voice)} [{remark.rule.value}]")
            typer.echo(f"    “{remark.quote}”")
    asked = {rule.value for rule in fail_on or ()}
    if any(remark.rule.value in asked or "any" in asked for remark in remarks):
        raise typer.Exit(1)


def _read(text: str) -> bytes:
    if text == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(text).read_bytes()
    except OSError as error:
        raise UsageError(f"{text} cannot be read ({error.strerror}); name a file, or - for standard input.") from error
