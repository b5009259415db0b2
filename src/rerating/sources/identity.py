"""The lines that are known without asking anybody: our own dated table, pytickersymbols, and the user's lines.toml.

As a source it answers with dated facts (issuer, isin, units_per_share) about the lines that are asked for, so that the
ledger knows which line is whose, and since when.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

import polars as pl

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.identity import Directory, Line, is_isin
from rerating.core.sessions import day_span
from rerating.core.source import Request
from rerating.core.types import Gap, Why
from rerating.sources.venues import YAHOO_ENDINGS

#: pytickersymbols has no dates; its indices are of the last years.
_UNDATED = date(2020, 1, 1)
_US_VENUES = {
    "NASDAQ": "XNAS",
    "NYSE": "XNYS",
    "NYSEAMERICAN": "XASE",
    "NYSEARCA": "ARCX",
    "OTCMKTS": "OTCM",
    "BATS": "BATS",
}
_LICENCE = "table of the package rerating and of pytickersymbols (MIT)"


class IdentitySource:
    """Answers offline; the network is never asked."""

    name = "identity"
    about: ClassVar[str] = "keys"

    def __init__(self, own: Path | None = None) -> None:
        """`own` is a lines.toml of the user; its lines come before all others."""
        self.directory = directory(own)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> IdentitySource:
        """With the lines.toml that RERATING_LINES names, else the one in the user's folder of settings."""
        from platformdirs import user_config_path

        own = Path(environ.get("RERATING_LINES") or user_config_path("rerating") / "lines.toml")
        return cls(own if own.is_file() else None)

    def known(self, keys: Iterable[str], recorded_at: datetime) -> Batch | None:
        """What the tables say of lines named by their keys, each from the day on that it held; None: nothing."""
        asked = sorted(set(keys))
        rows = [row for key in asked for line in self.directory.of_key(key) for row in fact_rows(line, recorded_at)]
        return _batch(rows, recorded_at, f"{len(asked)} lines") if rows else None

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        """Facts about each asked line and its sister lines; a gap where a name is unknown or ambiguous."""
        lines: dict[str, Line] = {}
        for text in request.symbols:
            try:
                found = self.directory.resolve(text)
            except UsageError as error:
                yield Gap(question=f"which line '{text}' is", why=Why.NOT_COVERED, detail=str(error).rstrip("."))
                continue
            for line in (found, *self.directory.sisters(found)):
                lines[line.key] = line
        rows = [row for key in sorted(lines) for row in fact_rows(lines[key], request.recorded_at)]
        if rows:
            yield _batch(rows, request.recorded_at, ", ".join(request.symbols))


_TYPES: dict[str, pl.DataType] = {
    "known_at": pl.Datetime("us", "UTC"),
    "text": pl.String(),
    "value": pl.Float64(),
    "unit": pl.String(),
}


def _batch(rows: list[dict[str, Any]], recorded_at: datetime, asked: str) -> Batch:
    return Batch(
        source=IdentitySource.name,
        recorded_at=recorded_at,
        tables={"facts": pl.DataFrame(rows, schema_overrides=_TYPES)},
        scope={"asked": f"identity of {asked}"},
    )


def fact_rows(line: Line, recorded_at: datetime) -> list[dict[str, Any]]:
    """The facts of one line, known since the end of its first day (undated ones since 2020 at the latest)."""
    known_at = min(day_span(line.from_on or _UNDATED, "America/New_York")[1], recorded_at)
    said: list[tuple[str, str | None, float | None]] = [("issuer", line.issuer, None), ("isin", line.isin, None)]
    said.append(("units_per_share", None, line.units_per_share))
    return [
        {
            "subject": line.key,
            "field": field,
            "text": text,
            "value": value,
            "unit": None if value is None else "shares",
            "known_at": known_at,
            "locator": line.source,
            "licence": _LICENCE,
        }
        for field, text, value in said
        if text is not None or value is not None
    ]


@lru_cache(maxsize=4)
def directory(own: Path | None = None) -> Directory:
    """All lines that are known offline: the user's, ours, those of pytickersymbols."""
    ours = Path(str(files("rerating.sources") / "data" / "lines.toml"))
    mine = lines_from(own) if own is not None else []
    return Directory([*mine, *lines_from(ours), *_packaged()])


def lines_from(path: Path) -> list[Line]:
    """The lines in a TOML file with `[[lines]]`. Raises UsageError, naming what is wrong."""
    try:
        lines = [Line(**entry) for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("lines", [])]
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{path} cannot be read as a list of lines ({str(error).splitlines()[0]}).") from error
    wrong = [line.key for line in lines if line.isin is not None and not is_isin(line.isin)]
    if wrong:
        raise UsageError(f"{path} gives {wrong[0]} an ISIN whose check digit is wrong; mend it.")
    return lines


def _packaged() -> Iterable[Line]:
    """The companies of pytickersymbols, one line for each of their symbols whose venue can be told."""
    from pytickersymbols import PyTickerSymbols

    for company in PyTickerSymbols().get_all_stocks():
        isins = [isin for isin in company.get("isins", []) if is_isin(isin)]
        for entry in company.get("symbols", []):
            symbol, currency = str(entry.get("yahoo") or "").upper(), str(entry.get("currency") or "")
            stem, _, ending = symbol.rpartition(".")
            market = str(entry.get("google") or "").partition(":")[0]
            venue = YAHOO_ENDINGS.get(ending) if stem else _US_VENUES.get(market)
            if not symbol or venue is None or len(currency) != 3:
                continue
            yield Line(
                symbol=symbol,
                venue=venue,
                currency=currency.upper(),
                issuer=company["name"],
                isin=isins[0] if len(isins) == 1 else None,
                primary=symbol == str(company.get("symbol", "")).upper()
                or stem == str(company.get("symbol", "")).upper(),
                source="pytickersymbols",
            )
