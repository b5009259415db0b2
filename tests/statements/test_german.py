"""No English is left in a German report, other than names, ratings and what a source calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from rerating.analysis import Analysis
from rerating.statements.blocks import Length
from rerating.statements.facts import Name, Voice
from rerating.statements.plan import plan
from rerating.statements.speakers import speaker
from rerating.statements.statement import spans

DE = Voice(language="de", zone="Europe/Berlin")
#: Words that English text cannot do without and German has not.
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "the of and by with from is are were for not or to on that this which has have had its at into than before per "
        "after no nor but if as it he they we you would can could should may might must been being there their",
    )
)
#: Texts in English words that stand in the reports of the two cases: titles as a house printed them.
TITLES = {"Freedom Capital: Hold"}


def text_of(analysis: Analysis) -> Iterator[tuple[str, bool]]:
    """Every piece of a German report with whether it is marked as English; the names of sources are left out."""
    for statement in plan(analysis, length=Length.FULL).statements():
        for span in spans(statement, DE):
            yield span.text, span.foreign


def english(text: str) -> list[str]:
    return [word for word in re.findall(r"[A-Za-z]+", text) if word.casefold() in ENGLISH]


@pytest.mark.parametrize("case", ["apple", "baba"])
def test_a_german_report_is_german(case: str, request: pytest.FixtureRequest) -> None:
    analysis = request.getfixturevalue(case)
    found = {text for text, foreign in text_of(analysis) if not foreign and english(text)}
    assert found == set()
    assert {text for text, foreign in text_of(analysis) if foreign} <= TITLES


def test_a_name_that_is_the_same_in_both_languages_is_a_name(baba: Analysis) -> None:
    """What both languages print alike begins with a capital or a figure in each of its words, or is a key."""
    alike = {
        fact.de
        for statement in plan(baba, length=Length.FULL).statements()
        for fact in statement.facts
        if isinstance(fact, Name) and fact.de == fact.en and not fact.de_is_original
    }
    words = {
        word for name in alike for word in name.split() if re.match(r"[a-z]", word) and not re.search(r"[:./\d]", word)
    }
    assert words == set()


def test_that_test_would_notice() -> None:
    assert english("Zahlen of the quarter, siehe Notes") == ["of", "the"]
    assert english("Die Aktie an der Nasdaq war in Hongkong") == []


@pytest.mark.parametrize(
    ("recorded", "german"),
    [
        ("Alibaba, chief financial officer", "Alibaba, Finanzvorstand"),
        ("Li Lecheng, industry minister", "Li Lecheng, Industrieminister"),
        (
            "Ministry of Industry and Information Technology and seven other bodies",
            "Ministerium für Industrie und Informationstechnik und sieben weitere Stellen",
        ),
        ("an Alibaba manager", "ein Manager von Alibaba"),
        ("State Administration for Market Regulation", "Staatliche Marktaufsicht (SAMR)"),
        ("S&P Global Ratings", "S&P Global Ratings"),
        ("CICC", "CICC"),
    ],
)
def test_a_speaker_has_a_german_name(recorded: str, german: str) -> None:
    name = speaker(recorded)
    assert (name.de, name.en, name.de_is_original) == (german, recorded, False)


@pytest.mark.parametrize("recorded", ["a person close to the matter", "Alibaba, head of robots"])
def test_a_speaker_that_no_list_knows_stays_in_its_own_words_and_is_marked(recorded: str) -> None:
    name = speaker(recorded)
    assert (name.de, name.de_is_original) == (recorded, True)
