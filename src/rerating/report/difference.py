"""What changed between two analyses, as text (read back by the gate) or as plain data."""

from __future__ import annotations

from typing import Any

from rerating.analysis import Analysis
from rerating.language.languages import Language, Style
from rerating.report.rendering import ZONES
from rerating.statements import changes as told
from rerating.statements.facts import Voice, written
from rerating.statements.gate import Due, verify
from rerating.statements.statement import Statement, Until, said, spans


def difference(before: Analysis, after: Analysis, *, language: Language, style: Style = "din") -> str:
    """A line for each change, with what would falsify it or that nothing can.

    Raises IntegrityError where a line does not say its facts.
    """
    voice = Voice(language=language, style=style, zone=ZONES[language])
    lines: list[str] = []
    due: list[Due] = []

    def say(statement: Statement) -> str:
        due.extend(span.due for span in spans(statement, voice) if span.due is not None)
        return said(statement, voice)

    lines.append(say(told.title(before, after)))
    found = told.changes(before, after)
    for change in found:
        sentence = say(change.statement)
        sentence += "" if sentence.endswith((".", "?")) else "."
        lines.append(f"- {written(told.NAMES[change.sort], voice)}: {sentence} {say(told.until(change))}")
    if not found:
        lines.append(say(told.nothing()))
    verify(lines, due, voice)
    return "\n".join(lines) + "\n"


def difference_data(before: Analysis, after: Analysis, *, language: Language) -> list[dict[str, Any]]:
    """The changes as plain data: sort, sentence, kind, and the day, the levels or the event that would falsify it."""
    voice = Voice(language=language, zone=ZONES[language])
    return [
        {
            "sort": change.sort.value,
            "kind": change.statement.kind.value,
            "text": said(change.statement, voice),
            "true_until": _limit(change).model_dump(mode="json", exclude_none=True),
            "sources": sorted({key for fact in change.statement.facts for key in fact.src}),
        }
        for change in told.changes(before, after)
    ]


def _limit(change: told.Change) -> Until:
    limit = change.statement.true_until
    assert limit is not None  # every change is made with it
    return limit
