"""Reported figures out of files as others lay them out: the SEC's company facts as downloaded, and tables.

A table (CSV, Parquet) has a row for each figure of each period. Its mapping says which column is which, what the items
and units are called here, and how long a period is where a row names only its end. A figure is known when it was
published: an instant, or a day, which counts until it is over at its place.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import Field, ValidationError, field_validator

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.sessions import day_span
from rerating.core.tables import FACTS, INSTANT
from rerating.sources.faults import SHOWN, Faults
from rerating.sources.files import Mapping, digest_of, first_line, read_table
from rerating.sources.gates import GateCheck
from rerating.sources.sec import LICENCE, CompanyFacts, fact_rows

_NEEDED = ("subject", "field", "value", "unit")
_PLACE = "America/New_York"
_SHARES_OF_ONE = {"%": "ratio", "percent": "ratio", "pure": "ratio"}
_KEY = [*FACTS.key, "known_at"]


class Unit(Record):
    """What a unit is called here, and by how much a number in it is to be multiplied."""

    unit: str = Field(min_length=1)
    factor: float = 1.0


class Item(Record):
    """What an item is called here; its unit, sign or scale and the months of its period where the table leaves open.

    `months = 0` stands for a day: a balance, say.
    """

    name: str = Field(min_length=1)
    unit: str | None = None
    factor: float = 1.0
    months: int | None = Field(default=None, ge=0, le=24)


class FactMapping(Mapping):
    """A `Mapping` of a table of figures. Where `items` names some, the others are left out.

    `columns.field` may join several of the file's columns by a colon (`statement:item`). `months` is the length of a
    period of which only the end is named.
    """

    months: int | None = Field(default=None, ge=0, le=24)
    items: dict[str, Item] = Field(default_factory=dict)
    units: dict[str, Unit] = Field(default_factory=dict)

    @field_validator("items", mode="before")
    @classmethod
    def _named(cls, items: Any) -> Any:
        if not isinstance(items, dict):
            return items
        return {item: {"name": says} if isinstance(says, str) else says for item, says in items.items()}

    def applied(self, table: pl.DataFrame) -> pl.DataFrame:
        """The table under our names, the item's columns joined."""
        theirs = self.columns.get("field", "")
        parts = theirs.split(":")
        if theirs not in table.columns and len(parts) > 1 and set(parts) <= set(table.columns):
            table = table.with_columns(pl.concat_str(parts, separator=":").alias(theirs))
        return super().applied(table)


def is_company_facts(path: Path) -> bool:
    """Whether a file is what the SEC offers as a company's facts."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    with path.open("rb") as file:
        return b'"facts"' in file.read(4096)


def is_plain_table(path: Path) -> bool:
    """Whether a file is a table whose rows name no address each, so that it is no list of a case file's facts."""
    if path.suffix.lower() not in {".csv", ".parquet", ".pq"}:
        return False
    return not {"source", "source_url"} & set(read_table(path).columns)


def company_facts_from(path: Path, *, subject: str | None, recorded_at: datetime) -> Batch:
    """The batch in a file companyfacts/CIK….json of the SEC, each value known when its filing's day was over.

    Raises UsageError where the file is none, or where nobody said by which symbol its company goes.
    """
    try:
        plain = json.loads(path.read_bytes())
        found = CompanyFacts.model_validate(plain)
        number, company = int(plain["cik"]), str(plain.get("entityName", "no name"))
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is no file of company facts as the SEC offers them ({_line(error)}).") from error
    if subject is None:
        raise UsageError(f"{path} is about {company} (CIK {number}); say by which symbol it goes, like --subject BABA.")
    rows = fact_rows(subject, number, found, {})
    if not rows:
        raise UsageError(f"{path} holds no fact; nothing was imported.")
    schema = {name: kind for name, kind in FACTS.schema.items() if name in rows[0]}
    # Of two filings of one day the one with the higher number was made later: what it says stands.
    frame = pl.DataFrame(rows, schema=schema).sort("locator", maintain_order=True)
    frame = frame.unique(_KEY, keep="last", maintain_order=True)
    return _batch(path, frame.with_columns(pl.lit(LICENCE).alias("licence")), recorded_at)


def facts_from(
    path: Path,
    *,
    recorded_at: datetime,
    mapping: FactMapping | None = None,
    subject: str | None = None,
    tolerant: bool = False,
) -> tuple[Batch, list[GateCheck]]:
    """The batch in a table of figures, and what was left out of it: items not named, empty values.

    Needed are field, value, unit and one of known_at (an instant, or a day) and on (a day, over at `place`, else in New
    York); period_from, period_to, note and source (an address) where they are there; subject unless it is given. Raises
    UsageError, naming lines and reasons; nothing of a faulty file is taken.
    """
    layout = mapping or FactMapping()
    table = read_table(path, layout)
    if subject is not None:
        table = table.with_columns(pl.lit(subject).alias("subject"))
    missing = [name for name in _NEEDED if name not in table.columns]
    if not {"known_at", "on"} & set(table.columns):
        missing.append("on")
    if missing or not table.height:
        raise UsageError(
            f"{path} lacks {', '.join(missing) or 'rows'}; it has {', '.join(table.columns[:12])}. Needed are subject, "
            "field, value, unit and a time (known_at, or on); a mapping file can say how the table calls them "
            "(docs/sources.md)."
        )
    left_out = []
    table = table.with_row_index("line")
    named = (
        pl.col("field").cast(pl.String).str.strip_chars().is_in(list(layout.items)) if layout.items else pl.lit(True)
    )
    for reason, kept in (("items that the mapping does not name", named), ("no value", pl.col("value").is_not_null())):
        gone = table.filter(~kept.fill_null(False))["field"].cast(pl.String).fill_null("")
        samples = tuple(gone.unique(maintain_order=True).head(SHOWN))
        left_out.append(GateCheck(name=reason, looked_at=table.height, failed=gone.len(), samples=samples))
        table = table.filter(kept)
    if not table.height:
        raise UsageError(f"{path} has no row that could be taken: none of the items named has a value.")
    faults = Faults(path, first=first_line(path, layout), lines=table["line"].to_numpy())
    frame = _columns(table, layout, faults)
    left_out += faults.settle(tolerant=tolerant)
    frame = faults.sound(frame.with_row_index("line")).drop("line")
    if not frame.height:
        raise UsageError(f"{path} has no row that could be taken; nothing was imported.")
    return _batch(path, frame.unique(maintain_order=True), recorded_at), left_out


def _columns(table: pl.DataFrame, layout: FactMapping, faults: Faults) -> pl.DataFrame:
    items, units = layout.items, layout.units
    field, written = _text(table, "field"), _text(table, "unit")
    says = [items.get(name or "") for name in field]
    stated = [units.get(unit or "") or Unit(unit=_SHARES_OF_ONE.get(unit or "", unit or "?")) for unit in written]
    unit = [
        each.unit if item is None or item.unit is None else item.unit for item, each in zip(says, stated, strict=True)
    ]
    factor = [(1.0 if item is None else item.factor) * each.factor for item, each in zip(says, stated, strict=True)]
    months = [layout.months if item is None or item.months is None else item.months for item in says]
    shares = written.is_in(["%", "percent"]).fill_null(False)
    number = table.select(faults.numbers(table, "value").alias("value")).to_series()
    period_to = _days(table, "period_to", layout, faults)
    period_from = _days(table, "period_from", layout, faults)
    frame = pl.DataFrame(
        {
            "subject": _text(table, "subject"),
            "field": pl.Series([name if item is None else item.name for name, item in zip(field, says, strict=True)]),
            "period_from": period_from.zip_with(period_from.is_not_null(), _starts(period_to, months)),
            "period_to": period_to,
            "unit": pl.Series(unit, dtype=pl.String),
            "value": number * pl.Series(factor) / shares.replace_strict({True: 100.0, False: 1.0}),
            "note": _text(table, "note"),
            "locator": _text(table, "source"),
        },
        schema_overrides={"field": pl.String},
    )
    known_at, precision = _known(table, layout, faults)
    frame = frame.with_columns(known_at.alias("known_at"), precision.alias("precision"))
    for name in ("subject", "field"):
        faults.note(frame[name].is_null(), f"{name} is missing")
    faults.note(frame["unit"] == "?", "a value needs a unit")
    counted = pl.Series([bool(count) for count in months], dtype=pl.Boolean)
    faults.note(
        counted & frame["period_from"].is_null() & frame["period_to"].is_not_null(),
        "the period's start cannot be told: its end is no month's last day",
        frame["period_to"],
    )
    faults.note((frame["period_from"] > frame["period_to"]).fill_null(False), "the period ends before it starts")
    distinct = frame.select(*_KEY, "value").unique()
    torn = distinct.filter(distinct.select(_KEY).is_duplicated()).select(_KEY).unique()
    again = frame.join(torn.with_columns(torn=True), on=_KEY, how="left", nulls_equal=True, maintain_order="left")
    faults.note(again["torn"].fill_null(False), "another line says another value of the same figure")
    return frame


def _known(table: pl.DataFrame, layout: FactMapping, faults: Faults) -> tuple[pl.Series, pl.Series]:
    """When each row could be known, and how precisely that is told."""
    name = "known_at" if "known_at" in table.columns else "on"
    told = pl.DataFrame({"raw": table[name], "place": _text(table, "place").fill_null(_PLACE)})
    said = {(raw, place): _moment(raw, place, layout.date_format) for raw, place in told.unique().rows()}
    found = [said[row] for row in told.rows()]
    for reason in sorted({each for each in found if isinstance(each, str)}):
        faults.note(pl.Series([each == reason for each in found]), f"{name} {reason}", told["raw"])
    times = [(None, "day") if isinstance(each, str) else each for each in found]
    return pl.Series([at for at, _ in times], dtype=INSTANT), pl.Series([precision for _, precision in times])


def _moment(raw: Any, place: str, written: str | None) -> tuple[datetime, str] | str:
    """The instant at which something was public, with its precision; or what is wrong with how it is told."""
    try:
        if isinstance(raw, str) and (written or len(raw.strip()) == len("2026-01-14")):
            raw = datetime.strptime(raw.strip(), written or "%Y-%m-%d").date()  # noqa: DTZ007 - a day
        elif isinstance(raw, str):
            raw = datetime.fromisoformat(raw.strip())
    except ValueError:
        return "is no day and no instant"
    if raw is None:
        return "is missing"
    if isinstance(raw, datetime):
        return (raw.astimezone(UTC), "minute") if raw.tzinfo is not None else "needs its time zone"
    try:
        return day_span(raw, place)[1], "day"
    except (KeyError, ValueError, OSError):
        return f"is at {place}, which is no IANA time zone such as America/New_York"


def _starts(ends: pl.Series, months: list[int | None]) -> pl.Series:
    """The first days of periods of whole months; none where an end is no month's last day."""
    behind = pl.col("end").dt.offset_by("1d")
    back = pl.format("-{}mo", "months")
    told = pl.DataFrame({"end": ends, "months": pl.Series(months, dtype=pl.Int64)})
    whole = (behind.dt.day() == 1) & (pl.col("months") > 0)
    return told.select(pl.when(whole).then(behind.dt.offset_by(back.fill_null("0mo"))).otherwise(None)).to_series()


def _days(table: pl.DataFrame, name: str, layout: FactMapping, faults: Faults) -> pl.Series:
    """A column of days that may be empty."""
    if name not in table.columns:
        return pl.Series([None] * table.height, dtype=pl.Date)
    if table[name].dtype != pl.String:
        return table[name].cast(pl.Date)
    written = layout.date_format or "%Y-%m-%d"
    days = table[name].str.strip_chars().str.to_datetime(written, strict=False, time_unit="us").dt.date()
    faults.note(days.is_null() & table[name].is_not_null(), f"{name} is no day as {written}", table[name])
    return days


def _text(table: pl.DataFrame, name: str) -> pl.Series:
    if name not in table.columns:
        return pl.Series([None] * table.height, dtype=pl.String)
    text = table[name].cast(pl.String).str.strip_chars()
    return text.replace("", None)


def _batch(path: Path, rows: pl.DataFrame, recorded_at: datetime) -> Batch:
    digest = digest_of(path)
    rows = rows.with_columns(pl.col("locator").fill_null(path.name), pl.lit(digest).alias("digest"))
    scope = {"file": path.name, "digest": digest}
    return Batch(source="file", recorded_at=recorded_at, tables={"facts": rows}, scope=scope)


def _line(error: Exception) -> str:
    return str(error).splitlines()[0]
