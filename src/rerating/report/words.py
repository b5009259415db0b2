"""The few words of the frame around the statements: labels of sources, dates and versions."""

from __future__ import annotations

from rerating.statements.facts import Word

SOURCES = Word(de="Quellen", en="Sources")
SOURCE = Word(de="Quelle", en="Source")
AS_OF = Word(de="Stand", en="As of")
KNOWN = Word(de="bekannt seit", en="known since")
SKIP = Word(de="Zum Inhalt springen", en="Skip to content")
GLANCE = Word(de="Auf einen Blick", en="At a glance")
EVENTS = Word(de="Ereignisse", en="Events")
BY_BENCHMARK = Word(de="Je Vergleichsmaßstab", en="By benchmark")
ESTIMATE = Word(de="Schätzung", en="Estimate")
NONE = Word(de="entfällt", en="not applicable")
FIGURES = Word(de="Tabelle mit Zahlen", en="Table of figures")
VALUES = Word(de="Werte als Tabelle", en="Values as a table")
