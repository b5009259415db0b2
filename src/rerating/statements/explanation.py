"""What the tribunal says of the session that stands out: the conclusion, the sector's part, how much is known."""

from __future__ import annotations

from collections.abc import Sequence

from rerating.core.types import Gap
from rerating.findings.explanation import SESSIONS_AFTER, SESSIONS_BEFORE, Conclusion, Explanation
from rerating.findings.timing import Timing
from rerating.statements.blocks import Item
from rerating.statements.facts import Count, Day, Moment, Number, Share, ShareRange, Slot
from rerating.statements.statement import Kind, Statement, Template

DEFINITION_LABEL = Template(de="Einordnung des Handelstags", en="The session's trial")
DEFINITION = Template(
    de="Betrachtet werden alle bekannten Ereignisse, deren erster reagierender Handelstag zwischen {before:dative} "
    "vor und "
    "{after:dative} nach dem betrachteten liegt. Die Einordnung folgt dem spätesten Zeitpunkt der Veröffentlichung, "
    "daneben steht die nach "
    "dem frühesten. Ein nur auf den Tag bekanntes Ereignis zählt für Handelstage, die danach beginnen; ein "
    "Zeitpunkt, der nur eine Obergrenze ist, lässt keine Entscheidung zu. Der Anteil der Branche ist der Teil der "
    "Überrendite gegenüber dem Markt, der gegenüber Branche oder Vergleichsgruppe verschwindet. Ein Verzeichnis "
    "von Ereignissen ist nie vollständig: Eine Ursache kann es ungestützt lassen, nie widerlegen.",
    en="All known events count whose first reacting session lies between {before} before and {after} after the "
    "session. The label follows the latest instant of publication; the one by the earliest stands beside it. An "
    "event known only to the day counts for sessions that open after that day; an instant that is only an upper "
    "bound decides nothing. The sector's part is what of the abnormal return against the market disappears against "
    "sector or peers. No record of events is complete: it may fail to support a cause and can never refute one.",
)

CONCLUSIONS: dict[Conclusion, Template] = {
    Conclusion.NO_MOVE: Template(
        de="Gemessen an ereignisfreien Tagen ist der {on:no_year} nicht ungewöhnlich.",
        en="Held against event-free days the session of {on:no_year} is not unusual.",
    ),
    Conclusion.ONE_CANDIDATE: Template(
        de="Für den {on:no_year} kommt zeitlich genau ein bekanntes Ereignis infrage.",
        en="By the order of events exactly one known event could be behind the session of {on:no_year}.",
    ),
    Conclusion.NOT_SEPARABLE: Template(
        de="Für den {on:no_year} kommen zeitlich {events} infrage; am Kurs lassen sie sich nicht trennen.",
        en="By the order of events {events} could be behind the session of {on:no_year}; the price cannot tell them "
        "apart.",
    ),
    Conclusion.PRICE_LED: Template(
        de="Vor dem Handel vom {on:no_year} war der Kurs den Nachrichten schon vorausgelaufen.",
        en="Before the session of {on:no_year} the price had already moved ahead of the news.",
    ),
    Conclusion.NO_CANDIDATE: Template(
        de="Für den {on:no_year} kommt zeitlich kein bekanntes Ereignis infrage.",
        en="By the order of events no known event could be behind the session of {on:no_year}.",
    ),
}
SECTOR = Template(
    de="Von der Überrendite gegenüber dem Markt entfallen je nach Maßstab {share} auf die Branche.",
    en="Of the abnormal return against the market {share} goes with the sector, depending on the measure.",
)
SECTOR_ONE = Template(
    de="Von der Überrendite gegenüber dem Markt entfallen {share} auf die Branche.",
    en="Of the abnormal return against the market {share} goes with the sector.",
)
PEERS = Template(
    de="{peers} brachten an diesem Tag im Mittel {move:signed}, das sind {abnormal:signed} gegenüber dem, was nach dem "
    "Markt zu erwarten war (t {t}, Placebo-p {p}).",
    en="{peers} brought {move:signed} on average that day, {abnormal:signed} against what the market let expect "
    "(t {t}, placebo p {p}).",
)
PEERS_ACROSS = Template(
    de="Über die einzelnen Aktien hinweg, ihren Gleichlauf eingerechnet, ist t {t} (Kolari und Pynnönen, p {p}).",
    en="Across the single stocks, allowing for their moving together, t is {t} (Kolari and Pynnönen, p {p}).",
)
KNOWN = Template(
    de="Um diesen Handelstag kennt das Verzeichnis {events} aus {sources:dative}, zuletzt ergänzt am {at:day}. "
    "Vollständig "
    "ist ein solches Verzeichnis nie.",
    en="Around that session the record holds {events} from {sources}, last added to on {at:day}. Such a record is "
    "never complete.",
)
KNOWN_AGAIN = Template(
    de="Um diesen Handelstag kennt das Verzeichnis {events} und {again} davon aus {sources:dative}, zuletzt ergänzt am "
    "{at:day}. Vollständig ist ein solches Verzeichnis nie.",
    en="Around that session the record holds {events} and {again} of them from {sources}, last added to on {at:day}. "
    "Such a record is never complete.",
)
KNOWN_NONE = Template(
    de="Um diesen Handelstag kennt das Verzeichnis kein datiertes Ereignis. Vollständig ist ein solches Verzeichnis "
    "nie.",
    en="Around that session the record holds no dated event. Such a record is never complete.",
)


def sentences(findings: Sequence[Explanation]) -> tuple[Statement, ...]:
    """Conclusion, the sector's part and how much is known, of the asked line's own session."""
    if not findings:
        return ()
    found = findings[0]
    said = [conclusion(found), sector(found), *_peers(found), _known(found)]
    return tuple(statement for statement in said if statement is not None)


def possible(found: Explanation) -> int:
    """The number of events that the order of events allows, those included that it cannot tell."""
    return sum(c.timing in {Timing.COULD_HAVE_CAUSED, Timing.CANNOT_TELL} for c in found.candidates)


def conclusion(found: Explanation) -> Statement:
    """The tribunal's answer in one sentence."""
    slots: dict[str, Slot] = {"on": Day(on=found.session_on)}
    if found.conclusion is Conclusion.NOT_SEPARABLE:
        slots["events"] = Count(value=possible(found), of="event")
    return Statement(kind=Kind.ESTIMATE, template=CONCLUSIONS[found.conclusion], slots=slots)


def sector(found: Explanation) -> Statement | None:
    """The part that sector and peers share; only where it lies between nothing and all, else it says little."""
    share = found.sector_share
    if isinstance(share, Gap) or not (share.low >= 0 and share.high <= 1):
        return None
    value = ShareRange(
        low=share.low, high=share.high, digits=0, signed=False, src=share.src, formula="1 - AR(sector) / AR(market)"
    )
    template = SECTOR_ONE if round(share.low, 2) == round(share.high, 2) else SECTOR
    return Statement(kind=Kind.ESTIMATE, template=template, slots={"share": value})


def _peers(found: Explanation) -> list[Statement]:
    """Whether the peers moved too, where an event of policy or regulation may be behind the session."""
    moved = found.peers
    if moved is None or isinstance(moved, Gap) or isinstance(moved.p_placebo, Gap):
        return []
    slots: dict[str, Slot] = {
        "peers": Count(value=len(moved.members), of="peer", src=moved.src),
        "move": Share(value=moved.session_return, src=moved.src, formula="mean of the peers' returns"),
        "abnormal": Share(value=moved.abnormal_return, src=moved.src, formula="return - (alpha + beta * market)"),
        "t": Number(value=moved.t, src=moved.src),
        "p": Number(value=moved.p_placebo, digits=3, src=moved.src, formula="(1 + k) / (1 + n)"),
    }
    said = [Statement(kind=Kind.ESTIMATE, template=PEERS, slots=slots)]
    if not isinstance(moved.kolari_pynnonen_t, Gap) and not isinstance(moved.kolari_pynnonen_p, Gap):
        across: dict[str, Slot] = {
            "t": Number(value=moved.kolari_pynnonen_t, src=moved.src),
            "p": Number(value=moved.kolari_pynnonen_p, src=moved.src),
        }
        said.append(Statement(kind=Kind.ESTIMATE, template=PEERS_ACROSS, slots=across))
    return said


def _known(found: Explanation) -> Statement:
    known = found.known
    if not known.events or isinstance(known.last_recorded_at, Gap):
        return Statement(kind=Kind.FACT, template=KNOWN_NONE)
    slots: dict[str, Slot] = {
        "events": Count(value=known.events, of="event"),
        "sources": Count(value=known.sources, of="source"),
        "at": Moment(at=known.last_recorded_at),
    }
    if not known.tellings:
        return Statement(kind=Kind.FACT, template=KNOWN, slots=slots)
    slots["again"] = Count(value=known.tellings, of="repetition")
    return Statement(kind=Kind.FACT, template=KNOWN_AGAIN, slots=slots)


def definition() -> Item:
    """How the session was tried; the numbers in it are the finding's own constants."""
    slots: dict[str, Slot] = {
        "before": Count(value=SESSIONS_BEFORE, of="session"),
        "after": Count(value=SESSIONS_AFTER, of="session"),
    }
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION, slots=slots),
    )
