"""How much is told: ten lines, an article in the model case's order, or everything."""

from __future__ import annotations

import pytest

from rerating.analysis import Analysis
from rerating.core.types import Gap, Why
from rerating.statements.blocks import Entry, Items, Length, Table
from rerating.statements.facts import Voice
from rerating.statements.gaps import section
from rerating.statements.lengths import ORDER
from rerating.statements.plan import Plan, plan
from rerating.statements.statement import said

DE = Voice(language="de", zone="Europe/Berlin")


@pytest.fixture(scope="module", params=["apple", "baba"])
def analysis(request: pytest.FixtureRequest) -> Analysis:
    found: Analysis = request.getfixturevalue(request.param)
    return found


def sentences(made: Plan) -> list[str]:
    return [said(statement, DE) for statement in made.statements()]


def test_a_brief_is_ten_lines(analysis: Analysis) -> None:
    made = plan(analysis, length=Length.BRIEF)
    lines = [made.headline, made.line, made.glance, *made.lead, *made.card.statements]
    assert 3 <= len(made.lead) <= 4
    assert len(lines) <= 10
    assert made.sections == ()


def test_an_article_follows_the_model_case(analysis: Analysis) -> None:
    names = [part.name for part in plan(analysis, length=Length.ARTICLE).sections]
    asked = ["price", "catalysts", "plans", "consensus", "views", "options", "key_points", "verdict", "watch", "gaps"]
    assert [name for name in asked if name in names] == [name for name in names if name in asked]
    assert {"price", "catalysts", "key_points", "gaps"} <= set(names)
    assert not {"trend", "definitions"} & set(names)


def test_each_length_holds_the_shorter_ones(analysis: Analysis) -> None:
    brief, article, full = (sentences(plan(analysis, length=length)) for length in Length)
    assert set(brief) < set(article) < set(full)
    assert len(brief) < len(article) / 2
    assert len(article) < len(full)


def test_only_full_prints_the_tables_behind_the_sentences(analysis: Analysis) -> None:
    article, full = (plan(analysis, length=length) for length in (Length.ARTICLE, Length.FULL))
    tables = {
        made.length: {block.name for part in made.sections for block in part.blocks if isinstance(block, Table)}
        for made in (article, full)
    }
    assert tables[Length.ARTICLE] < tables[Length.FULL]
    assert "price" not in tables[Length.ARTICLE]
    entries = [block for part in article.sections for block in part.blocks if isinstance(block, Entry)]
    assert entries
    assert all(entry.details is None and entry.tone != "earlier_session" for entry in entries)


def test_every_section_has_its_place(analysis: Analysis) -> None:
    names = [part.name for part in plan(analysis, length=Length.FULL).sections]
    assert names == sorted(names, key=ORDER.index)


def test_what_is_missing_for_one_reason_stands_in_one_line() -> None:
    short = "50 sessions without a gap are needed; collect or import a longer or fuller history"
    found = [
        Gap(question="forecast over 5 sessions", why=Why.TOO_SHORT, detail=short),
        Gap(question="forecast over 21 sessions", why=Why.TOO_SHORT, detail=short),
        Gap(question="abnormal return of the event at position -24", why=Why.NOT_COVERED, detail="nobody asked"),
        Gap(question="abnormal return of the event at position 7", why=Why.NOT_COVERED, detail="nobody asked"),
    ]
    part = section(found)
    assert part is not None
    block = part.blocks[0]
    assert isinstance(block, Items)
    assert [said(item.label, DE) for item in block.items] == [
        "Prognose über 5 Handelstage; Prognose über 21 Handelstage",
        "Überrendite eines Ereignisses",
    ]
