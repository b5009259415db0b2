"""What a report has to say about itself before others may read it, and what keeps it from being published.

The profiles follow (EU) 2016/958 as an engineer reads it: who made it, when, with which interests, what is fact and
what is not, what the call means and for how long, which calls came before. That is no legal advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum

from pydantic import Field

from rerating.analysis import Analysis
from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.types import Gap, Instant
from rerating.findings.basis import Evidence
from rerating.findings.price_move import PriceMove
from rerating.outlook.answer import Verdict
from rerating.outlook.track_record import Issued
from rerating.outlook.verdict import Call
from rerating.statements.blocks import AnyBlock, Entry, Item, Items, Length, Paragraph, Picture, Section, Table
from rerating.statements.facts import Count, Day, Moment, Name, Share, Slot, Word
from rerating.statements.sources import document_of
from rerating.statements.statement import MARKS, Kind, Statement, Template
from rerating.statements.venues import benchmark_name
from rerating.statements.verdict import CALLS


class Profile(StrEnum):
    """Who may read it: its maker alone, the public in the EU, or the readers of a German paper."""

    PRIVATE = "private"
    EU_MAR = "eu-mar"
    PRESSE_DE = "presse-de"


class EarlierCall(Record):
    """A call on the same line that went on record before."""

    on: Instant
    call: Call
    horizon: int


class Publication(Record):
    """What only the publisher knows. `earlier` is None where no record of earlier calls was given."""

    profile: Profile
    producer: str = Field(min_length=1)
    interests: str = Field(min_length=1)
    completed_at: Instant
    earlier: tuple[EarlierCall, ...] | None = None


YEAR = timedelta(days=365)
MONTHS = 12

TITLE = Word(de="Zu dieser Veröffentlichung", en="About this publication")

LABELS: dict[str, Template] = {
    "producer": Template(de="Verantwortlich", en="Producer"),
    "interests": Template(de="Interessen", en="Interests"),
    "completed": Template(de="Fertiggestellt", en="Completed"),
    "prices": Template(de="Kurse", en="Prices"),
    "kinds": Template(de="Tatsache und Einschätzung", en="Fact and judgement"),
    "meaning": Template(de="Bedeutung des Urteils", en="Meaning of the call"),
    "risk": Template(de="Risiko", en="Risk"),
    "earlier": Template(de="Frühere Urteile", en="Earlier calls"),
    "houses": Template(de="Andere Häuser", en="Other houses"),
    "methods": Template(de="Quellen und Verfahren", en="Sources and methods"),
    "terms": Template(de="Nutzungsbedingungen", en="Terms of use"),
    "updates": Template(de="Aktualisierung", en="Updates"),
    "wording": Template(de="Wortwahl", en="Wording"),
}
NAMED = Template(de="{text}", en="{text}")
AT = Template(de="{at}", en="{at}")
PRICES = Template(de="Schlusskurs vom {on}, bekannt seit {at}.", en="Close of {on}, known since {at}.")
NO_PRICES = Template(de="Ein Schlusskurs liegt nicht vor.", en="No close is held.")
KINDS = Template(
    de="Was keine Tatsache ist, trägt die Marke Schätzung, Meinung oder Prognose in eckigen Klammern; in Tabellen "
    "steht sie am Kopf der Spalte.",
    en="Whatever is no fact bears the mark estimate, opinion or forecast in square brackets; in tables it stands at "
    "the head of the column.",
)
MEANING = Template(
    de="Das Urteil gilt für {horizon} ab dem nächsten Handelstag, gegenüber dem Vergleichsmaßstab ({benchmark}) und "
    "nach "
    "Kosten von {cost}. „{buy}“ und „{sell}“ setzen belegte Prognosegüte voraus, dazu eine Wahrscheinlichkeit, die von "
    "der Grundrate über einen Sicherheitsabstand hinaus abweicht. „{hold}“ heißt: Die Güte ist belegt, keines von "
    "beiden trifft zu. „{no_call}“ heißt: Die Güte ist nicht belegt; das ist keine Empfehlung.",
    en="The call holds for {horizon} from the next session on, against the benchmark ({benchmark}) and after costs of "
    "{cost}. “{buy}” and “{sell}” presuppose proven forecasting skill, and a probability that differs from the base "
    "rate by a safety margin. “{hold}” means that the skill is proven and neither applies. “{no_call}” means that it "
    "is not proven; that is no recommendation.",
)
NO_MEANING = Template(
    de="Ein Urteil ist hier nicht möglich; dieser Bericht ist keine Empfehlung.",
    en="No call is possible here; this report is no recommendation.",
)
RISK = Template(
    de="Eine Prognose ist keine Zusage. Verluste bis zum ganzen Einsatz sind möglich.",
    en="A forecast is no promise. Losses up to the whole stake are possible.",
)
EARLIER = Template(de="{on:day}: {call} (über {horizon}).", en="{on:day}: {call} (over {horizon}).")
EARLIER_NONE = Template(
    de="In {months:dative} vor dem Stichtag ist zu dieser Aktie keines verzeichnet.",
    en="In the {months} before the cutoff none is on record for this stock.",
)
EARLIER_UNKNOWN = Template(
    de="Ein Verzeichnis früherer Urteile liegt nicht vor.", en="No record of earlier calls was given."
)
CHANGED = Template(
    de="Das Urteil weicht von dem vom {on:day} ab ({before}).", en="The call differs from that of {on:day} ({before})."
)
HOUSES = Template(
    de="Einstufungen und Kursziele anderer Häuser sind mit Haus und Tag genannt und zusammengefasst wiedergegeben; "
    "maßgeblich ist deren eigene Veröffentlichung.",
    en="Ratings and targets of other houses are named with house and day and are summaries; what counts is their own "
    "publication.",
)
METHODS = Template(
    de="Die Quellen stehen am Ende, jede mit dem Zeitpunkt, seit dem sie bekannt ist. Wie die Zahlen definiert sind, "
    "sagt ein eigener Abschnitt.",
    en="The sources stand at the end, each with the time since which it is known. How the figures are defined is said "
    "in a section of its own.",
)
METHODS_BRIEF = Template(
    de="Die Quellen stehen am Ende, jede mit dem Zeitpunkt, seit dem sie bekannt ist. Wie die Zahlen definiert sind, "
    "sagt die ausführliche Fassung.",
    en="The sources stand at the end, each with the time since which it is known. How the figures are defined is said "
    "in the full version.",
)
TERMS = Template(
    de="Für {documents:accusative} sind keine Nutzungsbedingungen verzeichnet; vor einer Veröffentlichung sind sie zu "
    "klären.",
    en="For {documents} no terms of use are on record; they have to be cleared before publication.",
)
UPDATES = Template(
    de="Eine Aktualisierung ist nicht zugesagt; jede Fassung trägt ihren Stichtag.",
    en="No update is promised; each version bears its cutoff.",
)
WORDING = Template(
    de="Der Text wurde auf drängende Wortwahl und auf Werbung geprüft, ohne Fund.",
    en="The text was checked for urging words and for advertising; none was found.",
)

_PERSONAL = re.compile(
    r"personal use|private use|not to be passed on|non[- ]?commercial|privatgebrauch|persönlich", re.I
)


def earlier_calls(entries: Iterable[Issued], listing: str, as_of: Instant) -> tuple[EarlierCall, ...]:
    """The calls on a line in the twelve months before an instant, newest first; each once."""
    found = {
        (entry.as_of, entry.horizon): entry.call
        for entry in entries
        if entry.listing == listing and entry.call is not None and as_of - YEAR <= entry.as_of < as_of
    }
    return tuple(EarlierCall(on=at, call=call, horizon=horizon) for (at, horizon), call in sorted(found.items())[::-1])


def evidence_of(analysis: Analysis) -> Iterator[Evidence]:
    """All that an analysis stands on, finding by finding."""
    bases = [finding.basis for finding in analysis.findings]
    bases += [forecast.basis for forecast in analysis.forecasts if not isinstance(forecast, Gap)]
    if not isinstance(analysis.verdict, Gap):
        bases.append(analysis.verdict.basis)
    yield from (entry for basis in bases for entry in basis.evidence)


def refuse_personal(analysis: Analysis) -> None:
    """Raises UsageError, with the list, where values may be used personally only."""
    refused = {
        f"{document_of(entry.locator)[0]} ({entry.licence})": None
        for entry in evidence_of(analysis)
        if entry.licence and _PERSONAL.search(entry.licence)
    }
    if refused:
        raise UsageError(
            f"This report may not be published: {len(refused)} of its sources are for personal use only. Import these "
            f"values from a source that may be published, or keep to --profile private: {'; '.join(refused)}."
        )


def section(analysis: Analysis, publication: Publication, *, length: Length, used: Iterable[Evidence]) -> Section:
    """All that the report says about itself; `used` is the evidence that it cites."""
    unlicensed = {document_of(entry.locator)[0] for entry in used if entry.licence is None}
    items = [
        _item("producer", _fact(NAMED, text=_name(publication.producer))),
        _item("interests", _fact(NAMED, text=_name(publication.interests))),
        _item("completed", _fact(AT, at=Moment(at=publication.completed_at))),
        _item("prices", _prices(analysis)),
        _item("kinds", _method(KINDS)),
        _item("meaning", _meaning(analysis.verdict)),
        _item("risk", _method(RISK)),
        *(_item("earlier", statement) for statement in _earlier(analysis.verdict, publication.earlier)),
        _item("houses", _method(HOUSES)),
        _item("methods", _method(METHODS_BRIEF if length is Length.BRIEF else METHODS)),
    ]
    if unlicensed:
        items.append(_item("terms", _fact(TERMS, documents=Count(value=len(unlicensed), of="source"))))
    items += [_item("updates", _method(UPDATES)), _item("wording", _method(WORDING))]
    return Section(name="publication", title=TITLE, blocks=(Items(name="publication", items=tuple(items)),))


def _name(text: str) -> Name:
    return Name(de=text, en=text)


def _fact(template: Template, **slots: Slot) -> Statement:
    return Statement(kind=Kind.FACT, template=template, slots=slots)


def _method(template: Template, **slots: Slot) -> Statement:
    return Statement(kind=Kind.METHOD, template=template, slots=slots)


def _item(name: str, statement: Statement) -> Item:
    return Item(label=Statement(kind=Kind.FACT, template=LABELS[name]), statement=statement)


def _prices(analysis: Analysis) -> Statement:
    move: PriceMove = analysis.of_kind(PriceMove)[0]
    if isinstance(move.close, Gap):
        return _fact(NO_PRICES)
    return _fact(PRICES, on=Day(on=move.close.on), at=Moment(at=move.known_at))


def _called(call: Call) -> Name:
    return Name(de=CALLS[call].de, en=CALLS[call].en)


def _meaning(verdict: Verdict | Gap) -> Statement:
    if isinstance(verdict, Gap):
        return _method(NO_MEANING)
    return _method(
        MEANING,
        horizon=Count(value=verdict.horizon, of="session"),
        benchmark=benchmark_name(verdict.benchmark),
        cost=Share(value=verdict.rule.cost),
        buy=_called(Call.BUY),
        sell=_called(Call.SELL),
        hold=_called(Call.HOLD),
        no_call=_called(Call.NO_CALL),
    )


def _earlier(verdict: Verdict | Gap, earlier: tuple[EarlierCall, ...] | None) -> Iterator[Statement]:
    if earlier is None:
        yield _fact(EARLIER_UNKNOWN)
        return
    if not earlier:
        yield _fact(EARLIER_NONE, months=Count(value=MONTHS, of="month"))
        return
    last = earlier[0]
    if not isinstance(verdict, Gap) and verdict.call is not last.call:
        yield _fact(CHANGED, on=Moment(at=last.on), before=_called(last.call))
    for before in earlier:
        horizon = Count(value=before.horizon, of="session")
        yield _fact(EARLIER, on=Moment(at=before.on), call=_called(before.call), horizon=horizon)


# ---- fact and judgement apart ----------------------------------------------------------------------------------------


def marked(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements, each with its kind behind it where it is no fact."""
    return tuple(statement.model_copy(update={"is_marked": statement.kind in MARKS}) for statement in statements)


def marked_section(section: Section) -> Section:
    """The section with all that is no fact marked, in sentences and at the heads of columns."""
    return section.model_copy(update={"blocks": tuple(_block(block) for block in section.blocks)})


def _block(block: AnyBlock) -> AnyBlock:
    match block:
        case Paragraph():
            return block.model_copy(update={"statements": marked(block.statements)})
        case Items():
            items = tuple(
                item if item.mark else item.model_copy(update={"statement": marked((item.statement,))[0]})
                for item in block.items
            )
            return block.model_copy(update={"items": items})
        case Table():
            return _table(block)
        case Entry():
            tables = {
                name: found and _table(found) for name in ("figures", "details") for found in [getattr(block, name)]
            }
            return block.model_copy(update={"statements": marked(block.statements), **tables})
        case Picture():
            return block.model_copy(update={"values": block.values and _table(block.values)})
        case _:
            return block


def _table(table: Table) -> Table:
    """A column whose figures are no facts says so at its head."""
    head = [table.head[0]]
    for place, cell in enumerate(table.head[1:]):
        kinds = {found.kind for row in table.rows if (found := row.cells[place]) is not None} & set(MARKS)
        kind = min(kinds, key=list(MARKS).index, default=None)
        head.append(cell if kind is None else cell.model_copy(update={"kind": kind, "is_marked": True}))
    return table.model_copy(update={"head": tuple(head)})
