"""Dimensional facts (segments, products, regions) out of inline XBRL: what company facts leave out.

Read with the standard library's HTML parser, which knows no external entities and expands none. Inline XBRL 1.1 as the
SEC's filers use it: contexts with explicit members, `ix:nonFraction` with scale, sign and the usual number formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

from rerating.sources.exhibit_figures import OfIssuer, own_row

_ZERO = re.compile(r"zerodash|fixed-zero|numdash|zero-dash")
_COMMA_DECIMAL = re.compile(r"num-?comma-?decimal|numcommadot")


@dataclass
class Context:
    """The period and the members of one context; without a start it is an instant."""

    start: date | None = None
    end: date | None = None
    members: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Tagged:
    """One tagged number as it stands in the text."""

    tag: str
    context: str
    unit: str
    scale: int
    negative: bool
    form: str
    text: str = ""


class InlineXbrl(HTMLParser):
    """Collects contexts, units and tagged numbers of one document."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.contexts: dict[str, Context] = {}
        self.units: dict[str, str] = {}
        self.numbers: list[Tagged] = []
        self._context: Context | None = None
        self._unit: str | None = None
        self._axis: str | None = None
        self._into: str | None = None
        self._open: list[Tagged] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The parser's hook for an opening tag."""
        named = {name: value or "" for name, value in attrs}
        if tag == "ix:nonfraction":
            self._open.append(_tagged(named))
            return
        local = tag.rpartition(":")[2]
        if local == "context" and "id" in named:
            self._context = self.contexts.setdefault(named["id"], Context())
        elif local == "unit" and "id" in named:
            self._unit = named["id"]
        elif local == "explicitmember":
            self._axis, self._into = named.get("dimension", ""), "member"
        elif local in {"startdate", "enddate", "instant", "measure"}:
            self._into = local

    def handle_data(self, data: str) -> None:
        """The parser's hook for text."""
        for number in self._open:
            number.text += data
        if self._into is None or not data.strip():
            return
        text = data.strip()
        if self._into == "measure" and self._unit is not None:
            part = text.rpartition(":")[2]
            held = self.units.get(self._unit)
            self.units[self._unit] = part if held is None else f"{held}/{part}"
        elif self._context is not None:
            if self._into == "member":
                self._context.members.append((self._axis or "", text))
            elif self._into == "startdate":
                self._context.start = date.fromisoformat(text[:10])
            elif self._into in {"enddate", "instant"}:
                self._context.end = date.fromisoformat(text[:10])

    def handle_endtag(self, tag: str) -> None:
        """The parser's hook for a closing tag."""
        if tag == "ix:nonfraction" and self._open:
            self.numbers.append(self._open.pop())
            return
        local = tag.rpartition(":")[2]
        if local == "context":
            self._context = None
        elif local == "unit":
            self._unit = None
        if local in {"explicitmember", "startdate", "enddate", "instant", "measure"}:
            self._into = None

    def values(self) -> Iterable[tuple[Tagged, Context, str, float]]:
        """Each number with its context, unit and value; those that cannot be read are left out."""
        for number in self.numbers:
            context, unit = self.contexts.get(number.context), self.units.get(number.unit)
            value = _value(number)
            if context is not None and context.end is not None and unit is not None and value is not None:
                yield number, context, unit, value


def is_inline(body: bytes) -> bool:
    """Whether a document has tagged numbers in it."""
    return b"ix:nonfraction" in body[:20_000_000].lower()


def segment_rows(
    body: bytes, subject: str, known_at: datetime, *, note: str, figures: OfIssuer | None = None
) -> list[dict[str, Any]]:
    """Rows of `facts` for the numbers that have members; the field names tag and members in brackets.

    `us-gaap:Revenues[us-gaap:StatementBusinessSegmentsAxis=baba:CloudMember]`; members are sorted by axis. A number
    that a document states several times alike is one row; stated differently at one precision, the first counts. A
    segment that `figures` knows has a second row under its name there.
    """
    if not is_inline(body):
        return []
    parser = InlineXbrl()
    parser.feed(body.decode("utf-8", errors="replace"))
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for number, context, unit, value in parser.values():
        if not context.members:
            continue
        members = ",".join(f"{axis}={member}" for axis, member in sorted(context.members))
        name = f"{number.tag}[{members}]"
        key = (name, context.start, context.end, unit)
        rows.setdefault(
            key,
            {
                "subject": subject,
                "field": name,
                "period_from": context.start,
                "period_to": context.end,
                "unit": "ratio" if unit == "pure" else unit,
                "value": value,
                "precision": "minute",
                "note": note,
                "known_at": known_at,
            },
        )
    if figures is None:
        return list(rows.values())
    found = [(row, figures.tagged(row["field"], row["unit"])) for row in rows.values()]
    return [*rows.values(), *(own_row(row, figure) for row, figure in found if figure is not None)]


def _tagged(named: dict[str, str]) -> Tagged:
    scale = named.get("scale", "")
    return Tagged(
        tag=named.get("name", ""),
        context=named.get("contextref", ""),
        unit=named.get("unitref", ""),
        scale=int(scale) if scale.lstrip("-").isdigit() and len(scale) < 4 else 0,
        negative=named.get("sign", "") == "-",
        form=named.get("format", "").rpartition(":")[2].lower(),
    )


def _value(number: Tagged) -> float | None:
    if _ZERO.search(number.form):
        return 0.0
    text = re.sub(r"\s", "", number.text)
    if _COMMA_DECIMAL.search(number.form):
        text = text.replace(".", "").replace(",", ".")
    text = text.replace(",", "")
    if not re.fullmatch(r"\d+(\.\d+)?|\.\d+", text):
        return None
    value = float(f"{text}e{number.scale}")
    return -value if number.negative else value
