"""What sells and what tells of sellers, told apart; figures by `benchmarks/factcheck_advertising.py`."""

from __future__ import annotations

import pytest
from tests.factcheck.corpus import advertising

from rerating.factcheck.extraction.text.layout import layout
from rerating.factcheck.extraction.text.promotion import regions
from rerating.language.promotion import learnt_from, signs


def _share_called_advertising(kind: str, language: str) -> float:
    """How many of the held-back paragraphs lie in an advertising region of their text, wholly or in part."""
    found = []
    for text, start, end in advertising.texts(kind, language, "held_back"):
        found.append(any(region.start < end and start < region.end for region in regions(layout(text))))
    return sum(found) / len(found)


@pytest.mark.parametrize(("language", "least"), [("de", 0.85), ("en", 0.75)])
def test_paragraphs_that_sell_are_advertising(language: str, least: float) -> None:
    assert _share_called_advertising("sells", language) >= least


@pytest.mark.parametrize(("language", "most"), [("de", 0.05), ("en", 0.05)])
def test_paragraphs_that_only_look_like_selling_are_not(language: str, most: float) -> None:
    assert _share_called_advertising("tells", language) <= most


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_words_around_them_are_told_not_sold(language: str) -> None:
    assert regions(layout("\n\n".join(advertising.AROUND[language]))) == []


def test_the_reader_is_told_from_others_by_a_capital() -> None:
    """`Sie` within a sentence is the reader; at its head nobody can tell."""
    assert "Sie" in signs("Hier finden Sie 3 Werte.")
    assert "sie" in signs("Gestern fanden sie 3 Werte.")
    assert "sie" in signs("Sie fanden 3 Werte.")


def test_the_weights_are_of_the_lists_and_articles_that_lie_there() -> None:
    """Whoever changes what is learnt from learns again: `python tests/factcheck/corpus/advertising/learn.py`."""
    assert advertising.learnt_from() == learnt_from()
