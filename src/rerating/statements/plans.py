"""Who plans what, who thinks what, and what to watch: every saying with its speaker, its status and its day."""

from __future__ import annotations

from collections.abc import Sequence

from rerating.core.types import Gap
from rerating.findings.plans import VIEW_CATEGORY, DatedStatement, Plans, Watch
from rerating.statements.amounts import amount
from rerating.statements.blocks import AnyBlock, Item, Items, Length, Section
from rerating.statements.facts import Day, Moment, Money, Name, Slot, Word
from rerating.statements.speakers import speaker
from rerating.statements.statement import Kind, Statement, Template

TITLE = Word(de="Was geplant ist", en="What is planned")
VIEWS_TITLE = Word(de="Was dafür spricht, was dagegen", en="The case for, the case against")
WATCH_TITLE = Word(de="Worauf zu achten ist", en="What to watch")
DEFINITION_LABEL = Template(de="Pläne und Meinungen", en="Plans and views")
DEFINITION = Template(
    de="Äußerungen, die zum Stichtag öffentlich waren, jede mit Urheber und Status: Tatsache, Angabe des Unternehmens, "
    "Prognose, zugeschriebene Aussage oder Meinung, jeweils zusammengefasst. Als Plan zählt nur, was einen Urheber "
    "hat: den verzeichneten, sonst die Behörde oder das Analysehaus, das Titel oder Adresse nennen, bei eigenen "
    "Ausgaben das Unternehmen selbst. Für und Wider stehen nebeneinander und werden nicht gewogen. Eine Zahl, die "
    "mehreren Urhebern zugeschrieben wird, ist ein Widerspruch. Zu beachten sind datierte Ereignisse nach dem "
    "Stichtag, deren Tag bis dahin bekannt war.",
    en="Statements that were public at the cutoff, each with speaker and status: a fact, the company's guidance, a "
    "forecast, an attributed saying or an opinion, each of them summarised. A plan counts only with a speaker: the one "
    "on record, else the authority or house that its title or address names, and for a company's own spending the "
    "company itself. The case for and the case against stand side by side and are not weighed. A figure that is "
    "attributed to several speakers is a conflict. To watch are dated events after the cutoff whose day was known by "
    "then.",
)

STATUS: dict[str, tuple[Kind, Word]] = {
    "reported_fact": (Kind.FACT, Word(de="Tatsache", en="fact")),
    "company_guidance": (Kind.ESTIMATE, Word(de="Angabe des Unternehmens", en="company guidance")),
    "forecast": (Kind.FORECAST, Word(de="Prognose", en="forecast")),
    "attributed": (Kind.OPINION, Word(de="zugeschrieben", en="attributed")),
    "opinion": (Kind.OPINION, Word(de="Meinung", en="opinion")),
}
FOR = Word(de="dafür", en="for")
AGAINST = Word(de="dagegen", en="against")

SPEAKER = Template(de="{speaker}", en="{speaker}")
NO_SPEAKER = Template(de="ohne Urheber", en="speaker not named")
SAID = Template(de="{title} ({at:day})", en="{title} ({at:day})")
SAID_TARGET = Template(de="{title}; Kursziel {target} ({at:day})", en="{title}; target {target} ({at:day})")
DUE = Template(de="{on}", en="{on}")
EXPECTED = Template(de="{title}", en="{title}")
EXPECTED_VALUE = Template(de="{title}: {value}", en="{title}: {value}")


def section(findings: Sequence[Plans]) -> Section | None:
    """Plans and claims; None where none are held."""
    said = [one for found in findings if not isinstance(found.plans, Gap) for one in found.plans]
    said += [one for found in findings for one in found.claims if not isinstance(one.speaker, Gap)]
    return _section("plans", TITLE, [_item(one) for one in said])


def views(findings: Sequence[Plans]) -> Section | None:
    """The case for and the case against, side by side; None where neither is held."""
    items = []
    for found in findings:
        for side, mark in ((found.case_for, FOR), (found.case_against, AGAINST)):
            items += [] if isinstance(side, Gap) else [_item(one, mark) for one in side]
    return _section("views", VIEWS_TITLE, items)


def watch(findings: Sequence[Plans], levels: Sequence[Item] = ()) -> Section | None:
    """Dated events to come, and the levels that would change what is said here."""
    items = [_due(one) for found in findings if not isinstance(found.watch, Gap) for one in found.watch]
    return _section("watch", WATCH_TITLE, [*items, *levels])


def _section(name: str, title: Word, items: Sequence[Item]) -> Section | None:
    if not items:
        return None
    blocks: tuple[AnyBlock, ...] = (Items(since=Length.ARTICLE, name=name, items=tuple(items)),)
    return Section(name=name, title=title, blocks=blocks)


def _name(title: str, title_de: str | None, src: tuple[str, ...]) -> Name:
    return Name(de=title_de or title, en=title, de_is_original=title_de is None, src=src)


def _item(said: DatedStatement, side: Word | None = None) -> Item:
    kind, status = STATUS.get(said.status, STATUS["attributed"])
    label = Statement(kind=kind, template=NO_SPEAKER)
    if not isinstance(said.speaker, Gap):
        label = Statement(kind=kind, template=SPEAKER, slots={"speaker": speaker(said.speaker)})
    slots: dict[str, Slot] = {
        "title": _name(said.title, said.title_de, said.src),
        "at": Moment(at=said.known_at),
    }
    template = SAID
    target = amount(said.value, said.unit, said.src) if said.category == VIEW_CATEGORY else None
    if isinstance(target, Money):
        slots["target"] = target
        template = SAID_TARGET
    mark = status if side is None else Word(de=f"{side.de}, {status.de}", en=f"{side.en}, {status.en}")
    return Item(label=label, mark=mark, statement=Statement(kind=kind, template=template, slots=slots))


def _due(due: Watch) -> Item:
    slots: dict[str, Slot] = {"title": _name(due.title, due.title_de, due.src)}
    value = amount(due.value, due.unit, due.src)
    if isinstance(value, Money):
        slots["value"] = value
    return Item(
        label=Statement(kind=Kind.FACT, template=DUE, slots={"on": Day(on=due.due_on)}),
        statement=Statement(kind=Kind.FORECAST, template=EXPECTED_VALUE if "value" in slots else EXPECTED, slots=slots),
    )


def definition() -> Item:
    """What counts as a plan, a view and a date to watch."""
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION),
    )
