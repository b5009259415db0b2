from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rerating.core.types import Gap, Why
from rerating.language.rating_words import RatingCode, RatingWord, rating, rating_name, rating_words, ratings_version


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Buy", "buy"),
        ("EQUAL-WEIGHT", "hold"),
        ("Equal weight", "hold"),
        (" strong‑buy ", "strong_buy"),
        ("Kaufen", "buy"),
        ("aufstocken", "buy"),
        ("„Halten“", "hold"),
        ("reduzieren", "sell"),
        ("verkaufen", "sell"),
        ("übergewichten", "buy"),
        ("Untergewichten", "sell"),
        ("Moderate Buy", "buy"),
        ("Underperform", "sell"),
    ],
)
def test_known_words(word: str, code: str) -> None:
    found = rating(word)
    assert isinstance(found, RatingWord)
    assert found.code == code
    assert found.source


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("", Why.NOT_APPLICABLE),
        ("Not Rated", Why.NOT_APPLICABLE),
        ("ausgesetzt", Why.NOT_APPLICABLE),
        ("Mixed", Why.NOT_COVERED),
        ("Hodl", Why.NOT_COVERED),
    ],
)
def test_what_is_not_known_is_a_gap_and_never_hold(word: str, why: Why) -> None:
    found = rating(word)
    assert isinstance(found, Gap)
    assert found.why is why


def test_no_word_has_two_codes() -> None:
    for key, entry in rating_words().items():
        assert rating(key.upper()) == entry
    assert rating("Neutral").languages == ("en", "de")  # type: ignore[union-attr]
    assert ratings_version() == "2026.1"


def test_codes_are_named_in_both_languages_and_read_back() -> None:
    for code in RatingCode:
        for language in ("de", "en"):
            found = rating(rating_name(code, language))  # type: ignore[arg-type]
            assert isinstance(found, RatingWord)
            assert found.code is code
    assert [code.notches_from_hold for code in RatingCode] == [2, 1, 0, -1, -2]


@given(st.text(max_size=40))
def test_any_text_gives_a_word_or_a_gap(word: str) -> None:
    assert isinstance(rating(word), RatingWord | Gap)


@pytest.mark.shared
def test_the_words_that_vendors_really_send() -> None:
    beside = Path(__file__).parents[2].parent / "shared"
    path = Path(os.environ.get("RERATING_SHARED", beside)) / "data/ratings/grade_vocabulary.csv"
    if not path.exists():
        pytest.skip("the shared rating words are not beside the project")
    with path.open(encoding="utf-8") as file:
        rows = [(row["grade"], int(row["count"])) for row in csv.DictReader(file) if row["grade"]]
    unknown = {grade: count for grade, count in rows if isinstance(rating(grade), Gap)}
    assert unknown == {"Mixed": 2}
    assert sum(unknown.values()) / sum(count for _, count in rows) < 0.001
