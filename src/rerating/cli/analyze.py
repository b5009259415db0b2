"""`rerating analyze`: all findings on one line at one instant, as a report or as JSON."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.cli.options import (
    AsOfOption,
    LedgerOption,
    OutOption,
    currency_code,
    cutoff,
    ledger_path,
    write_bytes,
    write_text,
)
from rerating.cli.publishing import (
    EarlierOption,
    InterestsOption,
    ProducerOption,
    Profile,
    ProfileOption,
    Style,
    StyleOption,
    publication,
    publisher,
)
from rerating.cli.smoothing import asker
from rerating.core.errors import UsageError

if TYPE_CHECKING:
    from rerating.core.certificate import Certificate
    from rerating.core.types import AsOf
    from rerating.ledger import ViewSource
    from rerating.outlook.model import Model


class Language(StrEnum):
    """The languages of a report."""

    DE = "de"
    EN = "en"


class Format(StrEnum):
    """The formats of a report."""

    HTML = "html"
    MD = "md"
    JSON = "json"
    TXT = "txt"
    PDF = "pdf"
    PNG = "png"


class Length(StrEnum):
    """How much a report tells."""

    BRIEF = "brief"
    ARTICLE = "article"
    FULL = "full"


BINARY = (Format.PDF, Format.PNG)
"""What cannot be printed on a terminal."""


class Known(StrEnum):
    """The two readings of the ledger."""

    PUBLISHED = "published"
    RECORDED = "recorded"


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("analyze")(analyze)


def analyze(
    symbol: Annotated[str, typer.Argument(help="The line: AAPL, or XNAS:AAPL where several venues have it.")],
    as_of: AsOfOption = None,
    ledger: LedgerOption = None,
    currency: Annotated[
        str | None, typer.Option("--currency", metavar="ISO", help="Also state prices in this currency.")
    ] = None,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="Language of the report (default: en; de for presse-de).")
    ] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="html, md, txt, json, pdf or png (default: by --out, else md).")
    ] = None,
    length: Annotated[Length, typer.Option("--length", help="One page, an article, or all there is.")] = Length.ARTICLE,
    out: OutOption = None,
    reading: Annotated[
        Known, typer.Option("--reading", help="What was published, or what this ledger had recorded.")
    ] = Known.PUBLISHED,
    model: Annotated[
        Path | None,
        typer.Option("--model", metavar="FILE", help="Forecast with this model (default: train on the line's peers)."),
    ] = None,
    certify: Annotated[
        bool, typer.Option("--certify", help="Prove that nothing after the cutoff plays a part; exit 1 if not.")
    ] = False,
    profile: ProfileOption = Profile.PRIVATE,
    producer: ProducerOption = None,
    interests: InterestsOption = None,
    record: EarlierOption = None,
    style: StyleOption = None,
    smooth: Annotated[
        bool, typer.Option("--smooth", help="Let a language model join and order sentences (RERATING_LLM_URL, _MODEL).")
    ] = False,
) -> None:
    """Why did it move, and does it hold? Everything that could be known of one line at one instant.

    With --certify the analysis runs again over noise in place of all that came after the cutoff, and both SHA-256
    digests are printed; without --out and --format only the certificate is.

    With --profile eu-mar or presse-de the report may be published: it names its producer and their interests, marks
    what is no fact, and is refused where values are for personal use only or where its text does not pass the lint.
    """
    from rerating.analysis import analyze as analyzed
    from rerating.core.types import Reading
    from rerating.ledger import Ledger

    at, unit = cutoff(as_of), currency_code(currency)
    kind = format_ or _format_of(out)
    if kind in BINARY and out is None:
        raise UsageError(f"A {kind.value.upper()} is nothing for a terminal; name a file with --out.")
    if kind is Format.JSON and profile is not Profile.PRIVATE:
        raise UsageError("JSON is an analysis and no report; choose another --format for a profile that is published.")
    publishing = publisher(profile, producer=producer, interests=interests, record=record)
    ask = asker(os.environ) if smooth else None
    opened = Ledger(ledger_path(ledger))
    known = Reading(reading.value)
    trained = None if model is None else _model(model)
    analysis = analyzed(opened, symbol, at, currency=unit, reading=known, model=trained)
    certificate = None
    if certify:
        from rerating.certificate import certify as certified

        certificate = certified(
            opened.snapshot,
            at,
            lambda source: analyzed(
                source, symbol, at, currency=unit, reading=known, model=_trained_anew(source, trained, at)
            ),
        )
    if certificate is None or out is not None or format_ is not None:
        if kind is Format.JSON:
            made: str | bytes = analysis.to_json()
        else:
            from rerating.report import render

            is_press = profile is Profile.PRESSE_DE
            made = render(
                analysis,
                language=(lang or (Language.DE if is_press else Language.EN)).value,
                format=kind.value,
                length=length.value,
                style=(style or (Style.PRESS if is_press else Style.DIN)).value,
                publication=publication(publishing, analysis),
                certificate=certificate,
                ask=ask,
            )
        _write(made, out)
        if out is not None:
            typer.echo(f"{symbol} as of {at}: {out}", err=True)
    if certificate is not None:
        _show(certificate, to_stderr=out is None and format_ is not None)
        if not certificate.holds:
            raise typer.Exit(1)


def _write(made: str | bytes, out: Path | None) -> None:
    if out is None:
        typer.echo(made, nl=False)
    elif isinstance(made, str):
        write_text(out, made)
    else:
        write_bytes(out, made)


def _model(path: Path) -> Model:
    from rerating.outlook.model import read_model

    return read_model(path)


def _trained_anew(source: ViewSource, model: Model | None, at: AsOf) -> Model | None:
    """Where a model takes part, the certificate trains it again on each ledger: it must not know the noise either."""
    if model is None:
        return None
    from rerating.core.errors import IntegrityError
    from rerating.core.types import Gap
    from rerating.outlook.training import retrained

    again = retrained(source, model, at)
    if isinstance(again, Gap):
        raise IntegrityError(f"The model cannot be trained again on this ledger: {again.detail}.")
    return again


def _format_of(out: Path | None) -> Format:
    suffix = "" if out is None else out.suffix.lower().lstrip(".")
    known = {kind.value: kind for kind in Format} | {"htm": Format.HTML}
    return known.get(suffix, Format.MD)


def _show(certificate: Certificate, *, to_stderr: bool) -> None:
    lines = [f"leak certificate as of {certificate.as_of}", f"  sha256 as it is           {certificate.digest}"]
    lines += [f"  sha256 over noise, seed {seed} {digest}" for seed, digest in certificate.noisy.items()]
    lines += [f"  rows after the cutoff: {', '.join(f'{n} {t}' for t, n in certificate.replaced.items())}"]
    lines += [f"  {'holds' if certificate.holds else 'DOES NOT HOLD'}: {certificate.reason}"]
    typer.echo("\n".join(lines), err=to_stderr)
