"""What is not known, in both languages.

A finding's gap is one English sentence with figures in it. The table below knows these sentences by their pattern and
says each in both languages; `{line}`, `{day}`, `{n}` and so on stand for what changes. A gap that no pattern knows is
printed in its own English words and marked as such (tests/statements/test_gaps.py reads the findings' sources and names
the sentences that lack a pattern).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from rerating.core.types import Gap, Why
from rerating.statements.blocks import Item, Items, Length, Section
from rerating.statements.facts import Day, Name, Number, Slot, Word
from rerating.statements.statement import Kind, Statement, Template
from rerating.statements.venues import benchmark_name

TITLE = Word(de="Was nicht bekannt ist", en="What is not known")

WHY: dict[Why, Word] = {
    Why.NOT_COVERED: Word(de="nicht erfasst", en="not covered"),
    Why.NOT_YET_KNOWN: Word(de="noch nicht bekannt", en="not yet known"),
    Why.TOO_SHORT: Word(de="Historie zu kurz", en="history too short"),
    Why.CONFLICT: Word(de="Widerspruch", en="conflict"),
    Why.NOT_APPLICABLE: Word(de="nicht anwendbar", en="not applicable"),
}

#: What a placeholder stands for. Everything else is text.
_PLACEHOLDERS = {
    "line": r"\S+",
    "currency": r"[A-Z]{3}",
    "day": r"\d{4}-\d\d-\d\d",
    "n": r"\d+",
    "m": r"\d+",
    "text": r".+",
}

#: (the finding's words, how they are said)
QUESTIONS: tuple[tuple[str, Template], ...] = (
    ("Buy, hold or sell?", Template(de="Kaufen, halten oder verkaufen?", en="Buy, hold or sell?")),
    ("return of {line} to {day}", Template(de="Rendite von {line} bis {day}", en="Return of {line} to {day}")),
    ("prices of {line} after that day", Template(de="Kurse von {line} danach", en="Prices of {line} after that day")),
    ("prices of {line}", Template(de="Kurse von {line}", en="Prices of {line}")),
    ("price level", Template(de="Kursniveau", en="Price level")),
    ("volume of {line}", Template(de="Handelsvolumen von {line}", en="Volume of {line}")),
    (
        "best and worst session of the week",
        Template(de="Beste und schwächste Sitzung der Woche", en="Best and worst session of the week"),
    ),
    ("{n}-week high of {line}", Template(de="{n}-Wochen-Hoch von {line}", en="{n}-week high of {line}")),
    ("{n}-week low of {line}", Template(de="{n}-Wochen-Tief von {line}", en="{n}-week low of {line}")),
    (
        "{n}-week high of {line}, {text}, in {currency}",
        Template(
            de="{n}-Wochen-Hoch von {line} ({text}, {currency})", en="{n}-week high of {line} ({text}, {currency})"
        ),
    ),
    (
        "{n}-week low of {line}, {text}, in {currency}",
        Template(
            de="{n}-Wochen-Tief von {line} ({text}, {currency})", en="{n}-week low of {line} ({text}, {currency})"
        ),
    ),
    ("{line} in {currency}", Template(de="{line} in {currency}", en="{line} in {currency}")),
    ("reported figures of {line}", Template(de="Gemeldete Zahlen von {line}", en="Reported figures of {line}")),
    ("abnormal return", Template(de="Überrendite", en="Abnormal return")),
    ("abnormal return of the session", Template(de="Überrendite der Sitzung", en="Abnormal return of the session")),
    (
        "abnormal return of the event at position {n}",
        Template(de="Überrendite am Ereignis (Sitzung Nr. {n})", en="Abnormal return of the event (session no. {n})"),
    ),
    (
        "placebo distribution of the event at position {n}",
        Template(
            de="Placebo-Verteilung am Ereignis (Sitzung Nr. {n})", en="Placebo dates of the event (session no. {n})"
        ),
    ),
    (
        "return of the event's session",
        Template(de="Rendite der Ereignissitzung", en="Return of the event's session"),
    ),
    ("peers' return", Template(de="Rendite der Vergleichsgruppe", en="Return of the peers")),
    ("market return ({line})", Template(de="Marktrendite ({line})", en="Market return ({line})")),
    ("sector return ({line})", Template(de="Branchenrendite ({line})", en="Sector return ({line})")),
)

DETAILS: tuple[tuple[str, Template], ...] = (
    (
        "there is no calibrated forecast with a track record yet, and without one no call is made",
        Template(
            de="Es gibt noch keine kalibrierte Prognose mit Erfolgsbilanz, und ohne sie fällt kein Urteil.",
            en="There is no calibrated forecast with a track record yet, and without one no call is made.",
        ),
    ),
    (
        "the ledger holds no prices of {line} at this cutoff; collect or import them",
        Template(
            de="Zum Stichtag liegen keine Kurse von {line} vor; sie lassen sich sammeln oder importieren.",
            en="At this cutoff no prices of {line} are held; collect or import them.",
        ),
    ),
    (
        "the ledger holds no rates of {currency} at this cutoff; collect or import them",
        Template(
            de="Zum Stichtag liegen keine Wechselkurse für {currency} vor; sie lassen sich sammeln oder importieren.",
            en="At this cutoff no rates of {currency} are held; collect or import them.",
        ),
    ),
    (
        "the ledger holds no reported figures of this company at this cutoff; import or collect them",
        Template(
            de="Zum Stichtag liegen keine gemeldeten Zahlen vor; sie lassen sich importieren oder sammeln.",
            en="At this cutoff no reported figures are held; import or collect them.",
        ),
    ),
    (
        "the ledger holds no benchmark for this line; collect or import its index",
        Template(
            de="Für diese Notierung liegt kein Vergleichsindex vor; er lässt sich sammeln oder importieren.",
            en="No benchmark is held for this line; collect or import its index.",
        ),
    ),
    (
        "fewer than two peers are named (facts with the field 'peers') and held; import them",
        Template(
            de="Eine Vergleichsgruppe aus mindestens zwei vorliegenden Aktien ist nicht benannt; sie lässt sich als "
            "Angabe „peers“ importieren.",
            en="No group of at least two peers with prices is named; import it as facts with the field “peers”.",
        ),
    ),
    (
        "a close is missing at its start ({day}); collect or import an earlier or fuller history",
        Template(
            de="Am Anfang ({day}) fehlt ein Schlusskurs; es braucht eine längere oder vollständigere Historie.",
            en="A close is missing at its start ({day}); an earlier or fuller history is needed.",
        ),
    ),
    (
        "a close is missing at its start (before the first bar); collect or import an earlier or fuller history",
        Template(
            de="Der Anfang liegt vor dem ersten vorliegenden Kurs; es braucht eine längere Historie.",
            en="Its start lies before the first price held; an earlier history is needed.",
        ),
    ),
    (
        "the ledger's last bar is of {day}, {n} sessions earlier; collect the missing ones",
        Template(
            de="Der letzte vorliegende Kurs stammt vom {day}; seither fehlen {n} Sitzungen.",
            en="The last price held is of {day}; {n} sessions since then are missing.",
        ),
    ),
    (
        "the ledger's first bar is of {day}, less than {n} weeks earlier; collect an earlier history",
        Template(
            de="Der erste vorliegende Kurs stammt vom {day}, für {n} Wochen reicht das nicht; es braucht eine längere "
            "Historie.",
            en="The first price held is of {day}, too late for {n} weeks; an earlier history is needed.",
        ),
    ),
    (
        "no two sessions in a row have a close; collect or import a fuller history",
        Template(
            de="Keine zwei aufeinanderfolgenden Sitzungen haben einen Schlusskurs; es braucht eine vollständigere "
            "Historie.",
            en="No two sessions in a row have a close; a fuller history is needed.",
        ),
    ),
    (
        "the bars of these {n} weeks hold no such price",
        Template(
            de="Die Kurse dieser {n} Wochen enthalten keinen solchen Preis.", en="These {n} weeks hold no such price."
        ),
    ),
    (
        "{n} of {m} sessions before have a volume; collect a fuller history",
        Template(
            de="Nur für {n} der {m} Sitzungen davor ist ein Volumen bekannt; es braucht eine vollständigere Historie.",
            en="Only {n} of {m} sessions before have a volume; a fuller history is needed.",
        ),
    ),
    (
        "the session that could react comes after {day}, the last one known here; ask again later",
        Template(
            de="Die Sitzung, die reagieren konnte, kommt nach dem {day}, der letzten hier bekannten.",
            en="The session that could react comes after {day}, the last one known here.",
        ),
    ),
    (
        "the session lies before the first bar held ({day}); collect an earlier history",
        Template(
            de="Die Sitzung liegt vor dem ersten vorliegenden Kurs ({day}); es braucht eine längere Historie.",
            en="The session lies before the first price held ({day}); an earlier history is needed.",
        ),
    ),
    (
        "that session has no return or no benchmark",
        Template(
            de="Für diese Sitzung fehlt die Rendite der Aktie oder die des Vergleichsmaßstabs.",
            en="For that session the return of the stock or of the benchmark is missing.",
        ),
    ),
    (
        "{n} sessions with both returns before the event window, {m} are needed; load a longer past",
        Template(
            de="Vor dem Ereignisfenster liegen {n} Sitzungen mit beiden Renditen; nötig sind {m}.",
            en="Before the event window there are {n} sessions with both returns; {m} are needed.",
        ),
    ),
    (
        "none of {n} event-free dates has {m} sessions before it; load a longer past",
        Template(
            de="Keiner von {n} ereignisfreien Tagen hat {m} Sitzungen vor sich; es braucht eine längere Historie.",
            en="None of {n} event-free dates has {m} sessions before it; a longer history is needed.",
        ),
    ),
    (
        "the benchmark does not move in the estimation window; choose another one",
        Template(
            de="Der Vergleichsmaßstab bewegt sich im Schätzfenster nicht.",
            en="The benchmark does not move in the estimation window.",
        ),
    ),
    (
        "the line has no variance of its own in the estimation window; was it suspended?",
        Template(
            de="Die Aktie hat im Schätzfenster keine eigene Schwankung; womöglich war sie vom Handel ausgesetzt.",
            en="The stock has no variance of its own in the estimation window; perhaps it was suspended.",
        ),
    ),
    (
        "the event is outside the data (positions {n} to {m}); load sessions that cover it",
        Template(
            de="Das Ereignis liegt außerhalb der vorliegenden Sitzungen ({n} bis {m}).",
            en="The event lies outside the sessions held ({n} to {m}).",
        ),
    ),
)

UNKNOWN = Template(de="{text}", en="{text}")


@lru_cache(maxsize=1)
def _compiled() -> tuple[dict[re.Pattern[str], Template], ...]:
    return tuple({pattern_of(text): template for text, template in table} for table in (QUESTIONS, DETAILS))


def pattern_of(text: str) -> re.Pattern[str]:
    """The pattern of a sentence with placeholders; it has to fit as a whole."""
    found = re.escape(text)
    for name, expression in _PLACEHOLDERS.items():
        found = found.replace(rf"\{{{name}\}}", f"(?P<{name}>{expression})")
    return re.compile(found)


def knows(gap: Gap) -> tuple[bool, bool]:
    """Whether the question and the detail of a gap have a pattern."""
    return tuple(  # type: ignore[return-value]
        any(pattern.fullmatch(text) for pattern in table)
        for text, table in zip((gap.question, gap.detail), _compiled(), strict=True)
    )


def question(gap: Gap) -> Statement:
    """What is not known."""
    return _said(gap.question, _compiled()[0])


def detail(gap: Gap) -> Statement:
    """Why, and what would fill it."""
    return _said(gap.detail, _compiled()[1])


def section(gaps: Iterable[Gap]) -> Section | None:
    """A line for every gap, each once."""
    items = tuple(Item(label=question(gap), mark=WHY[gap.why], statement=detail(gap)) for gap in dict.fromkeys(gaps))
    if not items:
        return None
    return Section(name="gaps", title=TITLE, blocks=(Items(since=Length.ARTICLE, name="gaps", items=items),))


def _said(text: str, table: dict[re.Pattern[str], Template]) -> Statement:
    for pattern, template in table.items():
        match = pattern.fullmatch(text)
        if match:
            slots = {name: _slot(name, value) for name, value in match.groupdict().items()}
            return Statement(kind=Kind.GAP, template=template, slots=slots)
    name = Name(de=text, en=text, de_is_original=True)
    return Statement(kind=Kind.GAP, template=UNKNOWN, slots={"text": name})


def _slot(name: str, value: str) -> Slot:
    match name:
        case "day":
            return Day(on=date.fromisoformat(value))
        case "n" | "m":
            return Number(value=float(value), digits=0)
        case "line":
            return benchmark_name(value) if value.startswith("INDEX:") else Name(de=value, en=value)
        case _:
            return Name(de=value, en=value)
