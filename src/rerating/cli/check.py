"""`rerating check`: an article's claims, one by one: what holds, on which reading, and what cannot be known."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import LedgerOption, OutOption, cutoff, ledger_path, now, write_text
from rerating.core.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from rerating.core.types import AsOf
    from rerating.factcheck.checking import Checked


class Format(StrEnum):
    """The formats of a check."""

    TABLE = "table"
    HTML = "html"
    JSON = "json"


class Profile(StrEnum):
    """What of the article may stand on the page: its claim sentences, or all of it for private use."""

    DEFAULT = "default"
    PRIVATE = "private"


class FailOn(StrEnum):
    """Outcomes that let the command end with exit code 1."""

    REFUTED = "refuted"
    MISLEADING = "misleading"


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("check")(check)


def check(
    article: Annotated[
        str,
        typer.Argument(help="The article's file (text, Markdown, HTML, PDF), - for standard input, or a result."),
    ],
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="T", help="Knowledge cutoff (default: the end of the article's day, else now)."
        ),
    ] = None,
    published_at: Annotated[
        str | None,
        typer.Option("--published-at", metavar="T", help="When it appeared (default: a date in the text)."),
    ] = None,
    ledger: LedgerOption = None,
    extract_only: Annotated[
        bool, typer.Option("--extract-only", help="Stop after reading the claims; needs neither ledger nor cutoff.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Correct each faulty sentence, as far as the ledger knows better.")
    ] = False,
    profile: Annotated[
        Profile, typer.Option("--profile", help="private: the page holds the whole text, else only claim sentences.")
    ] = Profile.DEFAULT,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="The article's address, which the page links to.")
    ] = None,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="Exit with 1 where a claim came out so (misleading: or worse).")
    ] = None,
    rerun: Annotated[
        bool, typer.Option("--rerun", help="ARTICLE is a result in JSON: run its traces again and compare.")
    ] = False,
    format_: Annotated[
        Format | None, typer.Option("--format", help="table, html or json (default: table; json of --extract-only).")
    ] = None,
    out: OutOption = None,
) -> None:
    """Take an article apart and test each claim against the ledger, on all sensible readings."""
    from rerating.core.record import canonical_json

    if rerun:
        _rerun(article, ledger)
        return
    text = _text(article)
    published = published_on(published_at)
    if extract_only:
        _extracted(text, published, format_, out)
        return
    result = _checked(text, published, as_of, ledger, repair=repair)
    if format_ is Format.JSON:
        _give(canonical_json(result.as_json(), indent=2) + "\n", out)
    elif format_ is Format.HTML:
        from rerating.factcheck.page import address_in, page
        from rerating.report.page import style_and_hash

        link = _address(url) or address_in(text)
        _give(page(result, text, style=style_and_hash()[0], whole=profile is Profile.PRIVATE, link=link), out)
    else:
        _table(result, out)
    if fail_on is not None and (result.has("refuted") or (fail_on is FailOn.MISLEADING and result.has("misleading"))):
        raise typer.Exit(1)


def _address(url: str | None) -> str | None:
    if url is not None and not url.startswith(("http://", "https://")):
        raise UsageError(f"'{url}' is no address of a page; it begins with https:// or http://.")
    return url


def _give(text: str, out: Path | None) -> None:
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_text(out, text)


def _checked(
    text: str, published: datetime | date | None, as_of: str | None, ledger: Path | None, *, repair: bool
) -> Checked:
    from rerating.factcheck.checking import check as checked
    from rerating.factcheck.repairs import repaired
    from rerating.ledger import Ledger

    opened = Ledger(ledger_path(ledger))
    at = cutoff(as_of) if as_of is not None else _end_of(text, published)
    result = checked(opened, text, as_of=at, published_at=published)
    return repaired(opened, result, text) if repair else result


def _end_of(text: str, published: datetime | date | None) -> AsOf:
    """The article's time: its instant, or the end of its day at the last place on earth; else now."""
    from rerating.core.sessions import day_span
    from rerating.core.types import AsOf
    from rerating.factcheck.checking import published_in

    clock = now()
    if isinstance(published, datetime):
        return AsOf(at=min(published, clock))
    on = published or published_in(text)
    if on is None:
        return AsOf(at=clock)
    end = day_span(on, "America/Los_Angeles")[1] - timedelta(microseconds=1)
    return AsOf(at=min(end, clock))


def published_on(text: str | None) -> datetime | date | None:
    """An instant, or only a day."""
    if text is None:
        return None
    try:
        if len(text.strip()) <= 10:
            return date.fromisoformat(text.strip())
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f"'{text}' is no date or instant; write it like 2026-01-14 or 2026-01-14T18:00+01:00."
        ) from None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _instant_of(published: datetime | date | None) -> datetime | None:
    from rerating.factcheck.checking import noon

    return published if isinstance(published, datetime) or published is None else noon(published)


def _text(article: str) -> str:
    from rerating.factcheck.documents import text_of

    if article == "-":
        return text_of(sys.stdin.buffer.read(), "standard input")
    path = Path(article)
    if not path.is_file():
        raise UsageError(f"There is no file {article}; name an article's file, or - for standard input.")
    return text_of(path.read_bytes(), path.name)


def _rerun(result: str, ledger: Path | None) -> None:
    from rerating.factcheck.checking import rerun
    from rerating.ledger import Ledger

    try:
        plain = json.loads(_text(result))
        traces = sum(len(claim["trace"]) for claim in plain["claims"])
        differences = rerun(Ledger(ledger_path(ledger)), plain)
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{result} is no result of a check in JSON; make one with 'rerating check ARTICLE --format json'."
        ) from error
    for difference in differences:
        typer.echo(difference)
    typer.echo(f"{traces} queries run again, {len(differences)} answer differently")
    if differences:
        raise typer.Exit(1)


def _extracted(text: str, published: datetime | date | None, format_: Format | None, out: Path | None) -> None:
    """The claims as they are read, unchecked: JSON unless a table is asked for."""
    from rerating.cli.check_table import print_claims
    from rerating.core.record import canonical_json
    from rerating.factcheck.extraction import extract

    if format_ is Format.HTML:
        raise UsageError(
            "--extract-only checks nothing that a page could show; use --format json or table, or leave it out."
        )
    found = extract(text, published_at=_instant_of(published))
    if format_ is Format.TABLE:
        _printed(lambda console: print_claims(console, found), out)
    else:
        _give(canonical_json(found.as_json(), indent=2) + "\n", out)


def _table(result: Checked, out: Path | None) -> None:
    from rerating.cli.check_table import print_check

    _printed(lambda console: print_check(console, result), out)


def _printed(show: Callable[[Console], None], out: Path | None) -> None:
    from rich.console import Console

    if out is None:
        show(Console(highlight=False))
        return
    console = Console(highlight=False, record=True, width=100, file=sys.stderr, quiet=True)
    with console.capture() as captured:
        show(console)
    write_text(out, captured.get())
