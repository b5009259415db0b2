"""What stands around the findings: as of when, of which line, from which sources, by which version."""

from __future__ import annotations

from rerating.core.certificate import FEWEST_ROWS, Certificate
from rerating.core.record import Record
from rerating.core.types import Instant
from rerating.statements.facts import Count, Moment, Name
from rerating.statements.sources import Document, place_in
from rerating.statements.statement import Kind, Statement, Template
from rerating.statements.venues import place_of

AS_OF = Template(de="Stand {at}", en="As of {at}")
LINE = Template(de="Neubewertung · {line}", en="Re-rating · {line}")
DATELINE = Template(de="{place}, {at:day} (rerating) – ", en="{place}, {at:day} (rerating) – ")
DATELINE_ONLY = Template(de="{at:day} (rerating) – ", en="{at:day} (rerating) – ")
PRINCIPLE = Template(
    de="Alles hier war zum Stichtag bekannt. Jede Zahl führt zu ihrer Quelle; was fehlt, steht als Lücke da.",
    en="Everything here was known at the cutoff. Every figure leads to its source; what is missing is listed.",
)
CERTIFIED = Template(
    de="Leak-Zertifikat: Alles, was nach dem Stichtag bekannt wurde ({rows}), wurde in {runs:dative} durch Rauschen "
    "ersetzt; kein Byte der Analyse änderte sich ({algorithm} jedes Mal {digest}).",
    en="Leak certificate: all that became known after the cutoff ({rows}) was replaced by noise in {runs}; no byte of "
    "the analysis changed ({algorithm} each time {digest}).",
)
LEAKS = Template(
    de="Das Leak-Zertifikat hält nicht: Die Analyse ändert sich mit Zeilen, die am Stichtag nicht bekannt waren.",
    en="The leak certificate does not hold: the analysis changes with rows that were not known at the cutoff.",
)
TOO_FEW_ROWS = Template(
    de="Ein Leak-Zertifikat ist nicht möglich: Nach dem Stichtag liegen {rows} vor, nötig sind {needed}.",
    en="No leak certificate is possible: {rows} lie after the cutoff, {needed} are needed.",
)
IDLE_TABLE = Template(
    de="Ein Leak-Zertifikat ist nicht möglich: Zu einer Tabelle, aus der gelesen wurde, liegt nach dem Stichtag keine "
    "Zeile vor.",
    en="No leak certificate is possible: of a table that was read no row lies after the cutoff.",
)
NO_CERTIFICATE = Template(
    de="Ein Leak-Zertifikat wurde für diesen Bericht nicht verlangt.",
    en="No leak certificate was asked for with this report.",
)
VERSIONS = Template(de="Datenstand {ledger} · rerating {software}", en="Ledger version {ledger} · rerating {software}")
LOCATOR = Template(de="{locator}", en="{locator}")
LOCATOR_OF = Template(de="{locator} · {source}", en="{locator} · {source}")
KNOWN = Template(de="bekannt seit {at}", en="known since {at}")
KNOWN_NEWEST = Template(de="jüngster Wert bekannt seit {at}", en="newest value known since {at}")
DIGEST = Template(de="{algorithm} {digest}", en="{algorithm} {digest}")
PLACES = Template(de="{n}", en="{n}")
PLACE = Template(de="{place}", en="{place}")

PLAIN_SOURCES = ("file", "sample", "alibaba")
"""Sources that only say how a document came in; its locator says more."""


class SourceLine(Record):
    """A document with what is said of it: where it is, since when it is known, its digest, the places read from it."""

    number: int
    link: str | None
    locator: Statement
    known: tuple[Statement, ...]
    count: Statement | None
    places: tuple[Statement, ...]


def _fact(template: Template, **slots: Name | Moment | Count) -> Statement:
    return Statement(kind=Kind.FACT, template=template, slots=dict(slots))


def _name(text: str) -> Name:
    return Name(de=text, en=text)


def as_of(at: Instant) -> Statement:
    """The cutoff."""
    return _fact(AS_OF, at=Moment(at=at))


def dateline(venue: str, at: Instant) -> Statement:
    """Place and day, as an agency's report begins."""
    place = place_of(venue)
    if place is None:
        return _fact(DATELINE_ONLY, at=Moment(at=at))
    return Statement(kind=Kind.FACT, template=DATELINE, slots={"place": place, "at": Moment(at=at)})


def line(key: str) -> Statement:
    """The line that was asked about."""
    return _fact(LINE, line=_name(key))


def colophon(
    ledger_version: str, software_version: str, certificate: Certificate | None = None
) -> tuple[Statement, ...]:
    """The principle, the leak certificate or why there is none, and the versions."""
    return (
        Statement(kind=Kind.METHOD, template=PRINCIPLE),
        certified(certificate),
        _fact(VERSIONS, ledger=_name(ledger_version), software=_name(software_version)),
    )


def certified(certificate: Certificate | None) -> Statement:
    """What the leak certificate says, why none is possible, or that none was asked for."""
    if certificate is None:
        return Statement(kind=Kind.METHOD, template=NO_CERTIFICATE)
    replaced = sum(certificate.replaced.values())
    rows = Count(value=replaced, of="row")
    if len({certificate.digest, *certificate.noisy.values()}) > 1:
        return _fact(LEAKS)
    if replaced < FEWEST_ROWS:
        return _fact(TOO_FEW_ROWS, rows=rows, needed=Count(value=FEWEST_ROWS, of="row"))
    if not certificate.holds:
        return _fact(IDLE_TABLE)
    runs = Count(value=len(certificate.noisy), of="run")
    return _fact(CERTIFIED, rows=rows, runs=runs, algorithm=_name("SHA-256"), digest=_name(certificate.digest))


def source_line(document: Document) -> SourceLine:
    """What the list of sources says of one document."""
    locator = _fact(LOCATOR, locator=_name(document.locator))
    if document.source not in (*PLAIN_SOURCES, document.locator):
        locator = _fact(LOCATOR_OF, locator=_name(document.locator), source=_name(document.source))
    newest = Moment(at=max(entry.known_at for entry in document.evidence))
    known = [_fact(KNOWN if len(document.evidence) == 1 else KNOWN_NEWEST, at=newest)]
    if document.digest:
        known.append(_fact(DIGEST, algorithm=_name("SHA-256"), digest=_name(document.digest[:12])))
    names = dict.fromkeys(place_in(entry) for entry in document.evidence)
    places = tuple(_fact(PLACE, place=name) for name in names if name.de)
    count = _fact(PLACES, n=Count(value=len(places), of="place")) if places else None
    return SourceLine(
        number=document.number,
        link=document.link,
        locator=locator,
        known=tuple(known),
        count=count,
        places=places,
    )
