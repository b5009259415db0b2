"""SEC EDGAR: filings with their acceptance times, company facts, documents with exhibits, their tables and inline XBRL.

Plain JSON and HTML through httpx2, at most nine requests a second, under the identity that the SEC asks for (a name and
a mail address, from RERATING_SEC_IDENTITY). A fact is known when the filing that states it was accepted.

Trap: the interface prints acceptance times with a Z. For some companies they are UTC, for others (Apple among them,
March 2026) they are New York's wall clock under the same Z. Read as UTC the latter would let results be known four or
five hours before they were. Which of the two an answer uses shows in the hours that it never prints, see `clock_of`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from rerating.core.batch import Batch
from rerating.core.errors import UsageError
from rerating.core.identity import Line
from rerating.core.sessions import day_span
from rerating.core.source import Outcome, Request
from rerating.core.tables import EVENTS, FACTS, Table
from rerating.core.types import Gap, Why
from rerating.sources.exhibit_figures import ExhibitFigures
from rerating.sources.venues import SEC_EXCHANGES
from rerating.sources.web import Answer, HttpTransport, Transport, Web, archived

LICENCE = "SEC EDGAR, public domain as far as the SEC publishes it"
NEW_YORK = ZoneInfo("America/New_York")
DATA, FILES = "https://data.sec.gov", "https://www.sec.gov"

#: Forms whose documents are kept; with 6-K and 8-K come the exhibits, where foreign issuers' results stand.
_DOCUMENTS = frozenset({"10-K", "10-Q", "20-F", "40-F", "6-K", "8-K"})
_WITH_EXHIBITS = frozenset({"6-K", "8-K"})
_MOST_DOCUMENTS = 40


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Companies(_Part):
    """company_tickers_exchange.json: rows under named columns."""

    fields: list[str]
    data: list[list[Any]]


class Filings(_Part):
    """Columns of filings, newest first; one page of them."""

    accession: list[str] = Field(alias="accessionNumber")
    filed: list[date] = Field(alias="filingDate")
    report: list[str] = Field(alias="reportDate")
    accepted: list[str] = Field(alias="acceptanceDateTime")
    form: list[str]
    items: list[str] = []
    document: list[str] = Field(alias="primaryDocument")
    description: list[str] = Field(alias="primaryDocDescription")


class Page(_Part):
    """An older page of filings."""

    name: str = Field(pattern=r"^CIK\d{10}-submissions-\d{3}\.json$")


class AllFilings(_Part):
    """The newest filings and the names of the older pages."""

    recent: Filings
    files: list[Page] = []


class FormerName(_Part):
    """A name that the company had until `to`."""

    name: str
    to: datetime | None = None


class Submissions(_Part):
    """submissions/CIK….json."""

    cik: str
    name: str
    tickers: list[str] = []
    exchanges: list[str | None] = []
    lei: str | None = None
    former: list[FormerName] = Field(default=[], alias="formerNames")
    filings: AllFilings


class FactValue(_Part):
    """One value as one filing stated it."""

    start: date | None = None
    end: date
    val: float
    accn: str
    fy: int | None = None
    fp: str | None = None
    form: str | None = None
    filed: date


class Concept(_Part):
    """All values of one tag, by unit."""

    units: dict[str, list[FactValue]]


class CompanyFacts(_Part):
    """companyfacts/CIK….json: taxonomy, tag, values."""

    facts: dict[str, dict[str, Concept]]


class Entry(_Part):
    """A file in a filing's folder."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$")


class Directory(_Part):
    """The files of a filing's folder."""

    item: list[Entry]


class Index(_Part):
    """index.json of a filing."""

    directory: Directory


class SecSource:
    """Asks EDGAR about issuers by ticker or CIK."""

    name = "sec"
    about: ClassVar[str] = "filers"
    keeps: ClassVar[bool] = True
    parts: ClassVar[tuple[str, ...]] = ("filings", "facts", "documents")

    def __init__(
        self,
        identity: str,
        *,
        transport: Transport | None = None,
        hosts: Mapping[str, str] | None = None,
        figures: ExhibitFigures | None = None,
        **rules: Any,
    ) -> None:
        """`identity` is a name and a mail address, as the SEC's rules of fair access ask.

        `figures` says what rows of exhibits are called here; None stands for those that the package knows.
        """
        if "@" not in identity:
            raise UsageError(
                "The SEC asks who you are: set RERATING_SEC_IDENTITY to your name and mail address, like "
                "'Jane Doe jane@example.org'."
            )
        self.web = Web(self.name, transport or HttpTransport(), hosts=hosts, **({"per_second": 9.0} | rules))
        self._headers = {"user-agent": identity, "accept-encoding": "gzip, deflate"}
        self._figures = figures or ExhibitFigures.packaged()
        self._companies: dict[str, int] | None = None
        self._known: dict[int, tuple[Submissions, list[Filings], Answer]] = {}
        self._gone: dict[int, list[str]] = {}

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> SecSource:
        """The source under the identity in RERATING_SEC_IDENTITY."""
        return cls(environ.get("RERATING_SEC_IDENTITY", ""), figures=ExhibitFigures.from_environment(environ))

    def fetch(self, request: Request) -> Iterator[Batch | Gap]:
        """Per issuer: its filings as events, its facts, and the documents of recent filings."""
        if not request.symbols:
            raise UsageError("The source 'sec' needs tickers or CIK numbers, like: rerating collect BABA --source sec.")
        for symbol in request.symbols:
            number = self._number(symbol)
            if number is None:
                yield Gap(
                    question=f"filings of {symbol}",
                    why=Why.NOT_COVERED,
                    detail="the SEC lists no such ticker; give the CIK number, or another source has it",
                )
                continue
            asks = {"filings": self._filings, "facts": self._facts, "documents": self._documents}
            for part in self.parts:
                if request.wants(part):
                    yield from asks[part](symbol, number, request)

    def _number(self, symbol: str) -> int | None:
        digits = symbol.upper().removeprefix("CIK")
        if digits.isdigit() and (symbol.upper().startswith("CIK") or len(digits) > 4):
            return int(digits)
        if self._companies is None:
            self._companies = {str(row["ticker"]).upper(): int(row["cik"]) for row in self._listed()}
        return self._companies.get(symbol.upper().replace(".", "-"))

    def _listed(self) -> list[dict[str, Any]]:
        """The SEC's list of companies with a ticker, a row a line."""
        answer = self.web.get(f"{FILES}/files/company_tickers_exchange.json", headers=self._headers)
        if answer.status == 404:
            raise self.web.refuse(Outcome.SCHEMA, answer, "its list of companies is not where it was")
        listed = self.web.parsed(Companies, answer)
        if not {"cik", "ticker"} <= set(listed.fields):
            raise self.web.refuse(Outcome.SCHEMA, answer, "its list of companies lacks cik or ticker")
        return [dict(zip(listed.fields, row, strict=False)) for row in listed.data]

    def lines(self) -> list[Line]:
        """The lines in the US that the SEC lists, for names that no table on this machine knows. Asks the SEC."""
        return [
            Line(
                symbol=str(row["ticker"]).upper(),
                venue=SEC_EXCHANGES[row["exchange"]],
                currency="USD",
                issuer=str(row["name"]),
                source="the SEC's list of companies",
            )
            for row in self._listed()
            if row.get("exchange") in SEC_EXCHANGES and row.get("name")
        ]

    def _submissions(self, number: int) -> tuple[Submissions, list[Filings], Answer] | None:
        if number not in self._known:
            answer = self.web.get(f"{DATA}/submissions/CIK{number:010d}.json", headers=self._headers)
            if answer.status == 404:
                return None
            found = self.web.parsed(Submissions, answer)
            pages = [found.filings.recent]
            for page in found.filings.files:
                older = self.web.get(f"{DATA}/submissions/{page.name}", headers=self._headers)
                if older.status == 404:
                    self._gone.setdefault(number, []).append(page.name)
                    continue
                pages.append(self.web.parsed(Filings, older))
            self._known[number] = (found, pages, answer)
        return self._known[number]

    def _filings(self, symbol: str, number: int, request: Request) -> Iterator[Batch | Gap]:
        known = self._submissions(number)
        if known is None:
            yield _absent(f"filings of {symbol}", f"the SEC has no filer with CIK {number}")
            return
        found, pages, answer = known
        for name in self._gone.get(number, ()):
            yield _absent(f"older filings of {symbol}", f"the SEC lists {name} and has no such file")
        recorded_at = request.recorded_at + answer.after
        rows = [row for page in pages for row in filing_rows(symbol, number, page)]
        rows = [row for row in rows if request.since is None or row["known_at"].date() >= request.since]
        if not rows:
            yield _absent(f"filings of {symbol}", f"the SEC lists none{_since(request)}")
            return
        tables = {
            "documents": archived(answer, recorded_at, LICENCE),
            "events": _framed(EVENTS, rows, answer).unique(list(EVENTS.key), keep="first", maintain_order=True),
            "facts": _framed(FACTS, identity_rows(found, pages), answer),
        }
        yield Batch(source=self.name, recorded_at=recorded_at, tables=tables, scope={"asked": f"filings of {symbol}"})

    def _facts(self, symbol: str, number: int, request: Request) -> Iterator[Batch | Gap]:
        answer = self.web.get(f"{DATA}/api/xbrl/companyfacts/CIK{number:010d}.json", headers=self._headers)
        if answer.status == 404:
            yield _absent(f"facts of {symbol}", "the SEC has no XBRL facts of this filer")
            return
        found = self.web.parsed(CompanyFacts, answer)
        known = self._submissions(number)
        accepted = {} if known is None else {a: at for page in known[1] for a, at in accepted_at(page).items()}
        recorded_at = request.recorded_at + answer.after
        rows = fact_rows(symbol, number, found, accepted)
        rows = [row for row in rows if request.since is None or row["known_at"].date() >= request.since]
        if not rows:
            yield _absent(f"facts of {symbol}", f"the SEC has none filed{_since(request)}")
            return
        tables = {"documents": archived(answer, recorded_at, LICENCE), "facts": _framed(FACTS, rows, answer)}
        yield Batch(source=self.name, recorded_at=recorded_at, tables=tables, scope={"asked": f"facts of {symbol}"})

    def _documents(self, symbol: str, number: int, request: Request) -> Iterator[Batch | Gap]:
        from rerating.sources.exhibit_tables import table_rows
        from rerating.sources.inline_xbrl import is_inline, segment_rows

        known = self._submissions(number)
        if known is None:
            yield _absent(f"documents of {symbol}", f"the SEC has no filer with CIK {number}")
            return
        page = known[1][0]
        times = accepted_at(page)
        chosen = [
            place
            for place, form in enumerate(page.form)
            if form in _DOCUMENTS and (request.since is None or page.filed[place] >= request.since)
        ][:_MOST_DOCUMENTS]
        if not chosen:
            yield _absent(f"documents of {symbol}", "the SEC lists no report of this filer in that time")
        for place in chosen:
            accession, form = page.accession[place], page.form[place]
            for name in self._names(number, accession, form, page.document[place]):
                url = f"{_folder(number, accession)}/{name}"
                if url in request.held:  # what was filed does not change
                    continue
                answer = self.web.get(url, headers=self._headers | {"accept": "text/html"})
                if answer.status == 404:
                    yield _absent(f"{form} {accession} of {symbol}", f"the SEC has no file {name} in it")
                    continue
                recorded_at = request.recorded_at + answer.after
                known_at = times[accession]
                kept = archived(answer, recorded_at, LICENCE).with_columns(
                    pl.lit(known_at, pl.Datetime("us", "UTC")).alias("known_at")
                )
                tables = {"documents": kept}
                read = segment_rows if is_inline(answer.body) else table_rows
                figures = self._figures.of(number)
                rows = read(answer.body, symbol, known_at, note=f"{form} {accession}", figures=figures)
                if rows:
                    tables["facts"] = _framed(FACTS, rows, answer)
                yield Batch(
                    source=self.name, recorded_at=recorded_at, tables=tables, scope={"asked": f"{form} {accession}"}
                )

    def _names(self, number: int, accession: str, form: str, primary: str) -> list[str]:
        names = [Entry(name=primary).name] if primary else []
        if form in _WITH_EXHIBITS:
            answer = self.web.get(f"{_folder(number, accession)}/index.json", headers=self._headers)
            if answer.status == 200:
                listed = [entry.name for entry in self.web.parsed(Index, answer).directory.item]
                exhibits = [
                    name for name in listed if name.lower().endswith((".htm", ".html")) and "ex" in name.lower()
                ]
                names += [name for name in exhibits if name not in names and "index" not in name]
        return names


def clock_of(stamps: Sequence[str]) -> ZoneInfo | None:
    """The clock behind one answer's acceptance times: None for UTC, else New York's.

    EDGAR accepts filings from 6:00 to 22:00 in New York. In UTC that leaves out 3:00 to 9:59 for sure, on New York's
    clock 22:30 to 5:59. Hours that only one of the two can print decide; where both or none occur, the later reading
    counts (New York), since that cannot let anything be known too early. Times at exactly midnight are dates.
    """
    times = [stamp[11:19] for stamp in stamps if stamp[11:19] not in ("00:00:00", "")]
    only_utc = sum(time >= "22:30:00" or time < "04:00:00" for time in times)
    only_local = sum("06:00:00" <= time < "09:59:00" for time in times)
    return None if only_utc > 0 and only_local == 0 else NEW_YORK


def accepted_at(page: Filings) -> dict[str, datetime]:
    """When each filing of a page was accepted, by accession number; a bare date counts until its day's end."""
    zone = clock_of(page.accepted)
    out = {}
    for accession, stamp, filed in zip(page.accession, page.accepted, page.filed, strict=True):
        printed = datetime.fromisoformat(stamp.replace("Z", "+00:00")).replace(tzinfo=None)
        if printed.time() == datetime.min.time():
            out[accession] = day_span(filed, str(NEW_YORK))[1]
        else:
            out[accession] = printed.replace(tzinfo=zone or UTC).astimezone(UTC)
    return out


def filing_rows(symbol: str, number: int, page: Filings) -> list[dict[str, Any]]:
    """Each filing as an event at its acceptance; the text names the document and the 8-K items."""
    times, rows = accepted_at(page), []
    for place, accession in enumerate(page.accession):
        at = times[accession]
        items = page.items[place] if place < len(page.items) else ""
        text = "; ".join(part for part in (page.description[place], f"items {items}" if items else "") if part)
        on = page.report[place]
        rows.append(
            {
                "subject": symbol,
                "category": "filing",
                "title": f"{page.form[place]} {accession}",
                "at_earliest": at,
                "at_latest": at,
                "precision": "minute",
                "place": str(NEW_YORK),
                "text": text or None,
                "effective_on": date.fromisoformat(on) if on else None,
                "known_at": at,
                "locator": f"{_folder(number, accession)}/{page.document[place]}",
            }
        )
    return rows


def identity_rows(found: Submissions, pages: Sequence[Filings]) -> list[dict[str, Any]]:
    """Issuer, CIK and LEI of each line, known since the company bears its name (or first filed here)."""
    since = min((day_span(on, str(NEW_YORK))[1] for page in pages for on in page.filed), default=None)
    renamed = [former.to.astimezone(UTC) for former in found.former if former.to is not None]
    known_at = max([at for at in [since, *renamed] if at is not None], default=None)
    if known_at is None:
        return []
    said = [("issuer", found.name), ("cik", str(int(found.cik))), ("lei", found.lei)]
    lines = [
        f"{SEC_EXCHANGES[exchange]}:{ticker}"
        for ticker, exchange in zip(found.tickers, found.exchanges, strict=False)
        if exchange in SEC_EXCHANGES
    ]
    return [
        {"subject": line, "field": field, "text": text, "known_at": known_at}
        for line in lines
        for field, text in said
        if text
    ]


def fact_rows(symbol: str, number: int, found: CompanyFacts, accepted: Mapping[str, datetime]) -> list[dict[str, Any]]:
    """One row for each value in each filing: the field is taxonomy and tag, known when the filing was accepted.

    Where a filing's acceptance is not listed the end of its filing day in New York counts, and the precision is a day.
    """
    rows = []
    for taxonomy, concepts in sorted(found.facts.items()):
        for tag, concept in sorted(concepts.items()):
            for unit, values in sorted(concept.units.items()):
                for value in values:
                    at = accepted.get(value.accn)
                    rows.append(
                        {
                            "subject": symbol,
                            "field": f"{taxonomy}:{tag}",
                            "period_from": value.start,
                            "period_to": value.end,
                            "unit": "ratio" if unit == "pure" else unit.replace("/shares", " per share"),
                            "value": value.val,
                            "precision": "day" if at is None else "minute",
                            "note": f"{value.form or ''} {value.accn} {value.fy or ''}{value.fp or ''}".strip(),
                            "known_at": at or day_span(value.filed, str(NEW_YORK))[1],
                            "locator": _folder(number, value.accn),
                        }
                    )
    return rows


def _folder(number: int, accession: str) -> str:
    return f"{FILES}/Archives/edgar/data/{number}/{accession.replace('-', '')}"


def _framed(table: Table, rows: list[dict[str, Any]], answer: Answer) -> pl.DataFrame:
    schema = {name: kind for name, kind in table.schema.items() if any(name in row for row in rows)}
    frame = pl.DataFrame(rows, schema=schema).with_columns(
        pl.lit(answer.digest).alias("digest"), pl.lit(LICENCE).alias("licence")
    )
    return frame if "locator" in schema else frame.with_columns(pl.lit(answer.url).alias("locator"))


def _since(request: Request) -> str:
    return "" if request.since is None else f" since {request.since}"


def _absent(question: str, detail: str) -> Gap:
    return Gap(question=question, why=Why.NOT_COVERED, detail=detail)
