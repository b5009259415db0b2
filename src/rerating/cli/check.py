"""`rerating check`: an article's claims, one by one."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rerating.cli.options import OutOption, write_text
from rerating.core.errors import UsageError


class Format(StrEnum):
    """The formats of a check."""

    TABLE = "table"
    HTML = "html"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("check")(check)


def check(
    article: Annotated[
        str, typer.Argument(help="The article's file (text, Markdown, HTML, PDF), or - for standard input.")
    ],
    published_at: Annotated[
        str | None,
        typer.Option("--published-at", metavar="T", help="When it appeared (default: a date in the text)."),
    ] = None,
    extract_only: Annotated[
        bool, typer.Option("--extract-only", help="Stop after reading the claims; needs neither ledger nor cutoff.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="table, html or json.")] = Format.TABLE,
    out: OutOption = None,
) -> None:
    """Take an article apart: each claim with its kind, subject, figures, period and status."""
    from rerating.core.record import canonical_json
    from rerating.factcheck.extraction import extract

    text = _text(article)
    found = extract(text, published_at=instant(published_at))
    result = canonical_json(found.as_json(), indent=2) + "\n"
    if out is None:
        typer.echo(result, nl=False)
    else:
        write_text(out, result)


def instant(text: str | None) -> datetime | None:
    """An instant or a day; a day is its noon in UTC."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"'{text}' is no date or instant; write it like 2026-01-14 or 2026-01-14T18:00+01:00."
        ) from None
    if len(text.strip()) <= 10:
        at = at.replace(hour=12)
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _text(article: str) -> str:
    from rerating.factcheck.documents import text_of

    if article == "-":
        return text_of(sys.stdin.buffer.read(), "standard input")
    path = Path(article)
    if not path.is_file():
        raise UsageError(f"There is no file {article}; name an article's file, or - for standard input.")
    return text_of(path.read_bytes(), path.name)
