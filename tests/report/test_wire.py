"""The plain-text wire: 72 columns, read back by the gate, sources at the end."""

from __future__ import annotations

import re

import pytest

from rerating.analysis import Analysis
from rerating.core.errors import IntegrityError
from rerating.report import render
from rerating.report.reading_back import passages_of_wire
from rerating.report.wire import COLUMNS, wire
from rerating.statements.blocks import Length
from rerating.statements.facts import Voice
from rerating.statements.gate import verify
from rerating.statements.plan import plan

DE = Voice(language="de", zone="Europe/Berlin")


@pytest.mark.parametrize("language", ["de", "en"])
def test_lines_are_72_columns_and_sources_stand_at_the_end(baba: Analysis, language: str) -> None:
    text = render(baba, language=language, format="txt", length="full")
    long = [line for line in text.split("\n") if len(line) > COLUMNS and not re.fullmatch(r"(?:\[\d+\])? *\S+", line)]
    assert long == []
    body, sources = re.split(r"\n(?:QUELLEN|SOURCES)\n", text)
    used = {int(n) for mark in re.findall(r"\u00a0\[([\d,]+)\]", body) for n in mark.split(",")}
    defined = {int(n) for n in re.findall(r"^\[(\d+)\] ", sources, re.M)}
    assert used == defined


def test_it_begins_like_an_agencys_report(apple: Analysis) -> None:
    lines = render(apple, language="de", format="txt", length="brief").replace("\u00a0", " ").split("\n")
    assert lines[0] == "Apple gewinnt gut 11 % in fünf Handelstagen: ein möglicher Auslöser"
    assert lines[4].startswith("New York, 12. Januar 2007 (rerating) – Die Aktie von Apple")


def test_press_style_writes_words_for_signs(apple: Analysis) -> None:
    text = render(apple, language="de", format="txt", length="brief", style="press").replace("\u00a0", " ")
    body = text.split("QUELLEN")[0]
    assert "gut 11 Prozent" in body
    assert "73,39 Euro" in body
    assert not re.search(r"[%€$]", body)


def test_paragraphs_come_back_as_they_were(apple: Analysis) -> None:
    text, due = wire(plan(apple, length=Length.ARTICLE), DE)
    passages = passages_of_wire(text)
    verify(passages, due, DE)
    assert not any(re.search(r"\[\d", passage) for passage in passages)
    for figure in ("94,62", "11,3", "9. Januar 2007"):
        with pytest.raises(IntegrityError):
            verify(passages_of_wire(text.replace(figure.replace(" ", "\u00a0"), "7", 1)), due, DE)
