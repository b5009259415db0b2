"""Each gap that a finding can name is said in German as well."""

from __future__ import annotations

import pytest

from rerating.core.types import Gap, Why
from rerating.statements import gaps
from rerating.statements.facts import Voice
from rerating.statements.statement import said

DE, EN = Voice(language="de", zone="Europe/Berlin"), Voice(language="en")

CASES = [
    (
        Gap(
            question="52-week high of XNYS:NEW",
            why=Why.TOO_SHORT,
            detail="the ledger's first bar is of 2024-03-04, less than 52 weeks earlier; collect an earlier history",
        ),
        "52-Wochen-Hoch von XNYS:NEW",
        "Der erste vorliegende Kurs stammt vom 4. März 2024, für 52 Wochen reicht das nicht; es braucht eine längere "
        "Historie.",
    ),
    (
        Gap(
            question="market return (INDEX:^GSPC)",
            why=Why.NOT_COVERED,
            detail="the ledger holds no prices of INDEX:^GSPC at this cutoff; collect or import them",
        ),
        "Marktrendite (S&P 500)",
        "Zum Stichtag fehlen Kurse (S&P 500); sie lassen sich sammeln oder importieren.",
    ),
]


@pytest.mark.parametrize(("gap", "question", "detail"), CASES)
def test_a_gap_in_german(gap: Gap, question: str, detail: str) -> None:
    assert said(gaps.question(gap), DE).replace("\u00a0", " ") == question
    assert said(gaps.detail(gap), DE).replace("\u00a0", " ") == detail
    assert gaps.knows(gap) == (True, True)


def test_an_unknown_gap_is_printed_in_its_own_words_and_marked() -> None:
    gap = Gap(question="colour of the logo", why=Why.NOT_COVERED, detail="nobody asked")
    assert gaps.knows(gap) == (False, False)
    statement = gaps.detail(gap)
    assert said(statement, DE) == "nobody asked"
    (fact,) = statement.facts
    assert fact.kind == "name"
    assert fact.de_is_original


def test_every_gap_once() -> None:
    gap = CASES[0][0]
    section = gaps.section([gap, gap])
    assert section is not None
    assert len(section.blocks[0].items) == 1
    assert gaps.section([]) is None
