"""What sells and what tells of sellers, told apart; figures by `benchmarks/factcheck_advertising.py`."""

from __future__ import annotations

import pytest
from tests.factcheck.corpus import advertising

from rerating.factcheck.extraction.text.layout import layout
from rerating.factcheck.extraction.text.promotion import regions


def _share_called_advertising(kind: str, language: str) -> float:
    """How many of the paragraphs lie in an advertising region of their text, whole or from some sentence on."""
    found = []
    for text, start, end in advertising.texts(kind, language):
        laid = layout(text)
        found.append(any(region.start < end and start < region.end for region in regions(laid, text)))
    return sum(found) / len(found)


@pytest.mark.parametrize(("language", "least"), [("de", 0.80), ("en", 0.80)])
def test_paragraphs_that_sell_are_advertising(language: str, least: float) -> None:
    assert _share_called_advertising("sells", language) >= least


@pytest.mark.parametrize(("language", "most"), [("de", 0.05), ("en", 0.08)])
def test_paragraphs_that_only_look_like_selling_are_not(language: str, most: float) -> None:
    assert _share_called_advertising("tells", language) <= most


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_words_around_them_are_told_not_sold(language: str) -> None:
    text = "\n\n".join(advertising.AROUND[language])
    assert regions(layout(text), text) == []
