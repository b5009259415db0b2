"""How the figures are defined, in both languages; the numbers in them are the findings' own constants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rerating.findings import catalyst, price_move, study
from rerating.statements.blocks import Item, Items, Length, Section
from rerating.statements.facts import Count, Number, Slot, Term, Word
from rerating.statements.statement import Kind, Statement, Template

TITLE = Word(de="Wie die Zahlen definiert sind", en="How the figures are defined")

LABELS: dict[str, Template] = {
    "price_move": Template(de="Kurs", en="Price"),
    "catalyst": Template(de="Auslöser", en="Catalysts"),
    "fundamentals": Template(de="Gemeldete Zahlen", en="Reported figures"),
}

PRICE_MOVE = Template(
    de="Schlusskurs der regulären Sitzung am eigenen Handelsplatz. Renditen sind Schlusskurs zu Schlusskurs derselben "
    "Notierung, um Aktiensplits bereinigt, nicht um Dividenden. Als Woche gelten {five}, die laufende Kalenderwoche "
    "(ab dem letzten Schluss der Vorwoche) oder der Vergleich mit demselben Wochentag der Vorwoche (ersatzweise der "
    "Sitzung davor). {high:the_nominative} und {low:the_nominative} umfassen {days:bare} Kalendertage bis zu dieser "
    "Sitzung einschließlich; der Abstand ist Schlusskurs durch Extremwert minus eins. Umgerechnet wird zum "
    "EZB-Referenzkurs desselben Tages, ersatzweise zum letzten davor. Das Volumen wird mit dem Median der "
    "{volume:genitive} davor verglichen.",
    en="Close of the regular session on the line's own venue. Returns are close over close of the same line, adjusted "
    "for splits and not for dividends. A week is {five}, or the calendar week so far (from the last close of the week "
    "before), or the comparison with the same weekday a week ago (else the session before it). "
    "{high:the_nominative} and {low:the_nominative} cover {days:bare} calendar days up to and including this session; "
    "the distance is close over extreme minus one. Amounts are converted at the ECB reference rate of the same day, "
    "else of the last day before. Volume is compared with the median of the {volume} before.",
)
CATALYST = Template(
    de="Marktmodell nach der Methode der kleinsten Quadrate über {estimation} vor dem Ereignisfenster von {window}. "
    "Überrendite ist die Rendite abzüglich der vom Modell erwarteten, kumuliert heißt sie CAR; t beruht auf der "
    "exakten Varianz des Prognosefehlers. Das Placebo-p ist der Anteil ereignisfreier Tage, an denen dieselbe "
    "Prüfgröße dem Betrag nach mindestens so groß ist, gezählt als (k + {one}) / (n + {one}) bei bis zu {placebo} "
    "Tagen. Ein Ereignis gehört zur ersten Sitzung, die reagieren konnte: während der Sitzung zu dieser, nach "
    "Börsenschluss zur nächsten; ist nur der Tag bekannt, zur ersten, die danach öffnet. „Kurs lief voraus“ heißt: "
    "In den {led:word} Sitzungen davor lag t in derselben Richtung bei mindestens {led_t}. „Ohne Ereignis“ ist eine "
    "Sitzung der letzten {unexplained:bare} mit einem Placebo-p von höchstens {p}; eine solche ist auch durch Zufall "
    "zu erwarten. "
    "Angegeben ist die Spanne über alle Vergleichsmaßstäbe.",
    en="Market model by ordinary least squares over {estimation} before the event window of {window}. The abnormal "
    "return is the return minus what the model expects, its sum over the window is the CAR; t rests on the exact "
    "forecast-error variance. Placebo p is the share of event-free days on which the same statistic is at least as "
    "large in size, counted as (k + {one}) / (n + {one}) over at most {placebo} days. An event belongs to the first "
    "session that could react: inside a session to that one, after the close to the next; known to the day only, to "
    "the first that opens afterwards. “Price led” means that over the {led:word} sessions before, t was at least "
    "{led_t} in the same direction. “Unexplained” is a session of the last {unexplained:bare} with a placebo p of at "
    "most {p}; one such session is expected by chance. The range over all benchmarks is given.",
)
FUNDAMENTALS = Template(
    de="Je Größe der jüngste Zeitraum, wie er bis zum Stichtag veröffentlicht war. Bekannt ist eine Zahl, sobald ihre "
    "Veröffentlichung spätestens draußen war. Dieselbe Größe in zwei Währungen sind zwei Zahlen.",
    en="For each item the newest period, as published by the cutoff. A figure is known when its publication was out at "
    "the latest. The same item in two currencies is two figures.",
)


def price_move_slots() -> dict[str, Slot]:
    """The constants of the price definition."""
    return {
        "five": Count(value=5, of="session"),
        "high": Term(key="week_52_high"),
        "low": Term(key="week_52_low"),
        "days": Count(value=364, of="day"),
        "volume": Count(value=price_move.VOLUME_SESSIONS, of="session"),
    }


def catalyst_slots() -> dict[str, Slot]:
    """The constants of the event study."""
    return {
        "estimation": Count(value=study.ESTIMATION, of="session"),
        "window": Count(value=catalyst.WINDOW[1] - catalyst.WINDOW[0] + 1, of="session"),
        "one": Number(value=1, digits=0),
        "placebo": Number(value=study.PLACEBO_DATES, digits=0),
        "led": Count(value=study.LED_SESSIONS, of="session"),
        "led_t": Number(value=study.LED_T),
        "unexplained": Count(value=catalyst.UNEXPLAINED_SESSIONS, of="session"),
        "p": Number(value=catalyst.UNEXPLAINED_P),
    }


def section(findings: Iterable[Any]) -> Section:
    """One definition for each kind of finding that the analysis holds."""
    kinds = dict.fromkeys(finding.kind for finding in findings)
    known: dict[str, tuple[Template, dict[str, Slot]]] = {
        "price_move": (PRICE_MOVE, price_move_slots()),
        "catalyst": (CATALYST, catalyst_slots()),
        "fundamentals": (FUNDAMENTALS, {}),
    }
    items = tuple(
        Item(
            label=Statement(kind=Kind.METHOD, template=LABELS[kind]),
            statement=Statement(kind=Kind.METHOD, template=known[kind][0], slots=known[kind][1]),
        )
        for kind in kinds
        if kind in known
    )
    block = Items(since=Length.ARTICLE, name="definitions", items=items)
    return Section(name="definitions", title=TITLE, blocks=(block,))
