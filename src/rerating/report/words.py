"""The few words of the frame around the statements: labels of sources, dates and versions."""

from __future__ import annotations

from rerating.statements.facts import Word

AS_OF = Word(de="Stand", en="As of")
SOURCES = Word(de="Quellen", en="Sources")
SOURCE = Word(de="Quelle", en="Source")
KNOWN = Word(de="bekannt seit", en="known since")
KNOWN_UNTIL = Word(de="jüngster Wert bekannt seit", en="newest known since")
ROWS = Word(de="Fundstellen", en="places")
LEDGER = Word(de="Datenstand", en="Ledger version")
SOFTWARE = Word(de="Software", en="Software")
SKIP = Word(de="Zum Inhalt springen", en="Skip to content")
GLANCE = Word(de="Auf einen Blick", en="At a glance")
EVENTS = Word(de="Ereignisse", en="Events")
BY_BENCHMARK = Word(de="Je Vergleichsmaßstab", en="By benchmark")
ESTIMATE = Word(de="Schätzung", en="Estimate")
NONE = Word(de="entfällt", en="not applicable")
EYEBROW = Word(de="Neubewertung", en="Re-rating")
PRINCIPLE = Word(
    de="Alles hier war zum Stichtag bekannt. Jede Zahl führt zu ihrer Quelle; was fehlt, steht als Lücke da.",
    en="Everything here was known at the cutoff. Every figure leads to its source; what is missing is listed.",
)
FIGURES = Word(de="Tabelle mit Zahlen", en="Table of figures")
