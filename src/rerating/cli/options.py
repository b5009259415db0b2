"""Options that several verbs share, and what they stand for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rerating.core.errors import UsageError

if TYPE_CHECKING:
    from rerating.core.types import AsOf

LedgerOption = Annotated[
    Path | None,
    typer.Option("--ledger", metavar="DIR", envvar="RERATING_LEDGER", help="The ledger's folder (default: user data)."),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="T", help="Knowledge cutoff, like 2007-01-12T22:00Z (default: now)."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write to this file instead of the terminal.")
]


def now() -> datetime:
    """The clock, read at this door only."""
    return datetime.now(UTC)  # noqa: TID251


def ledger_path(given: Path | None) -> Path:
    """The folder that was named, else the user's data folder."""
    if given is not None:
        return given
    from platformdirs import user_data_path

    return user_data_path("rerating") / "ledger"


def cutoff(text: str | None) -> AsOf:
    """The cutoff that was asked for, else now; a future one is refused."""
    from rerating.core.types import AsOf

    clock = now()
    if text is None:
        return AsOf(at=clock)
    asked = AsOf.parse(text)
    if asked.at > clock:
        raise UsageError(f"{asked} lies in the future: nothing can be known of it yet; choose an --as-of up to now.")
    return asked


def currency_code(text: str | None) -> str | None:
    """An ISO currency code in capitals; anything else is refused."""
    if text is None:
        return None
    from babel.numbers import list_currencies

    code = text.strip().upper()
    if code not in list_currencies():
        raise UsageError(f"'{text}' is no ISO currency code; write it like EUR, USD or HKD.")
    return code


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    scratch = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_bytes(content)
        scratch.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); name another file with --out.") from error
