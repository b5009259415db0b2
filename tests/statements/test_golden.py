"""Every sentence, label and cell of two whole reports, as it was last looked at, in both languages.

A change of words or figures shows as a difference of these files: read it, and where it is meant, write them anew with
`make golden`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rerating.analysis import Analysis
from rerating.statements.blocks import Length
from rerating.statements.facts import Voice, written
from rerating.statements.plan import Plan, plan, statements_of
from rerating.statements.publication import Profile, Publication
from rerating.statements.statement import MARKS, said

GOLDEN = Path(__file__).parents[1] / "golden"
VOICES = {"de": Voice(language="de", zone="Europe/Berlin"), "en": Voice(language="en")}
PUBLICATION = Publication(
    profile=Profile.EU_MAR,
    producer="Eva Muster",
    interests="–",
    completed_at=datetime(2026, 11, 20, tzinfo=UTC),
)


def lines(made: Plan, voice: Voice) -> Iterator[str]:
    """The kind's mark where it is no fact, and the words."""
    yield f"# {said(made.headline, voice)}"
    yield f"{said(made.line, voice)} · {said(made.masthead, voice)} · {said(made.dateline, voice)}"
    yield from (said(statement, voice) for statement in made.lead)
    yield f"{written(made.card.label, voice)}: {written(made.card.call, voice)}"
    yield from (said(statement, voice) for statement in made.card.statements)
    for item in made.glance:
        yield f"{said(item.label, voice)}: {said(item.statement, voice)}"
    for section in made.sections:
        yield f"## {written(section.title, voice)}"
        for statement in statements_of(section):
            mark = f"[{written(MARKS[statement.kind], voice)}] " if statement.kind in MARKS else ""
            yield mark + said(statement.model_copy(update={"is_marked": False}), voice)
    yield from (said(statement, voice) for statement in made.colophon[:-1])  # the last names the rows' digest


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("case", ["apple", "baba"])
def test_all_statements_read_as_they_were_looked_at(case: str, language: str, request: pytest.FixtureRequest) -> None:
    analysis: Analysis = request.getfixturevalue(case)
    made = plan(analysis, length=Length.FULL, publication=PUBLICATION)
    text = "\n".join(lines(made, VOICES[language])) + "\n"
    path = GOLDEN / f"statements-{case}.{language}.txt"
    if os.environ.get("RERATING_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "where the change is meant: make golden"
