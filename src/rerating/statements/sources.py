"""The numbered sources of a plan: documents in the order of their first use, with the rows that were read from each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rerating.core.record import Record
from rerating.findings.basis import Evidence
from rerating.statements.facts import Name
from rerating.statements.venues import benchmark_name

_RUN = re.compile(r"(?P<document>.+?): (?P<what>.+), (?P<rows>\d+) rows")
_ROW = re.compile(r"(?P<document>.+?)(?: (?P<name>\S+))? (?P<on>\d{4}-\d\d-\d\d)")


#: (the finding's words for a run of rows, German, English); `{line}` is the line's key.
_PLACES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), de, en)
    for pattern, de, en in (
        (
            r"(?P<line>\S+) closes of estimation and event window, (?P<rows>\d+) rows",
            "{line}: Schlusskurse des Schätz- und Ereignisfensters, {rows} Zeilen",
            "{line}: closes of estimation and event window, {rows} rows",
        ),
        (
            r"(?P<line>\S+) closes of the same days, (?P<rows>\d+) rows",
            "{line}: Schlusskurse derselben Tage, {rows} Zeilen",
            "{line}: closes of the same days, {rows} rows",
        ),
        (
            r"52 weeks of daily bars, (?P<rows>\d+) rows",
            "Tageskurse von 52 Wochen, {rows} Zeilen",
            "52 weeks of daily bars, {rows} rows",
        ),
        (
            r"(?P<line>\S+) daily bars, (?P<rows>\d+) rows",
            "{line}: Tageskurse, {rows} Zeilen",
            "{line}: daily bars, {rows} rows",
        ),
        (
            r"(?P<line>\S+) closes of estimation and window, (?P<rows>\d+) rows",
            "{line}: Schlusskurse des Schätzzeitraums und des Zeitraums selbst, {rows} Zeilen",
            "{line}: closes of estimation and window, {rows} rows",
        ),
        (
            r"closes of the last (?P<n>\d+) sessions, (?P<rows>\d+) rows",
            "Schlusskurse der letzten {n} Handelstage, {rows} Zeilen",
            "closes of the last {n} sessions, {rows} rows",
        ),
        (
            r"closes at month ends, (?P<rows>\d+) rows",
            "Schlusskurse an Monatsenden, {rows} Zeilen",
            "closes at month ends, {rows} rows",
        ),
        (
            r"(?P<line>INDEX:\S+|[A-Z]{4}:\S+|peers), (?P<rows>\d+) rows",
            "{line}: Schlusskurse, {rows} Zeilen",
            "{line}: closes, {rows} rows",
        ),
        (r"volumes before, (?P<rows>\d+) rows", "Volumen davor, {rows} Zeilen", "volumes before, {rows} rows"),
    )
)


class Document(Record):
    """One source with its number. `rows` are the ids of the evidence that was read from it."""

    number: int
    source: str
    locator: str
    evidence: tuple[Evidence, ...]

    @property
    def link(self) -> str | None:
        """The address, where the locator is or begins with one."""
        first = self.locator.split()[0] if self.locator else ""
        return first if first.startswith(("https://", "http://")) else None

    @property
    def digest(self) -> str | None:
        """The digest of the document, where all its single rows carry the same one."""
        found = {entry.digest for entry in self.evidence if entry.digest and not _RUN.fullmatch(entry.locator)}
        return found.pop() if len(found) == 1 else None


class Sources(Record):
    """All documents, and the number of each piece of evidence."""

    documents: tuple[Document, ...]

    def evidence(self) -> dict[str, tuple[int, Evidence]]:
        """Number and evidence by id."""
        return {entry.id: (document.number, entry) for document in self.documents for entry in document.evidence}

    def marks(self, src: Iterable[str]) -> tuple[int, ...]:
        """The sorted numbers of the documents behind these ids; an id without evidence has none."""
        known = self.evidence()
        return tuple(sorted({known[key][0] for key in src if key in known}))


def place_in(entry: Evidence) -> Name:
    """The place in its document in both languages; empty where the document is the place."""
    place = document_of(entry.locator)[1]
    for pattern, de, en in _PLACES:
        match = pattern.fullmatch(place)
        if match:
            said = match.groupdict()
            line = said.pop("line", "")
            name = benchmark_name(line) if line == "peers" or line.startswith("INDEX:") else Name(de=line, en=line)
            return Name(de=de.format(line=name.de, **said), en=en.format(line=name.en, **said))
    return Name(de=place, en=place)


def document_of(locator: str) -> tuple[str, str]:
    """A locator cut into the document and the place in it: `stocks.csv.gz AAPL 2007-01-12` is the file and the row."""
    run = _RUN.fullmatch(locator)
    if run:
        return run["document"], f"{run['what']}, {run['rows']} rows"
    row = _ROW.fullmatch(locator)
    if row and not row["document"].startswith("http"):
        return row["document"], " ".join(part for part in (row["name"], row["on"]) if part)
    return locator, ""


def sources_of(used: Iterable[Evidence]) -> Sources:
    """Documents numbered in the order of use; the rows of one document stand together."""
    found: dict[tuple[str, str], dict[str, Evidence]] = {}
    for entry in used:
        document, _ = document_of(entry.locator)
        found.setdefault((entry.source, document), {}).setdefault(entry.id, entry)
    return Sources(
        documents=tuple(
            Document(number=place, source=source, locator=document, evidence=tuple(rows.values()))
            for place, ((source, document), rows) in enumerate(found.items(), start=1)
        )
    )
