"""The same articles with other names, numbers, currencies and years: nothing was learnt by heart."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rerating.factcheck.extraction.text.gazetteer import gazetteer

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.factcheck.corpus import replaced, score


@pytest.mark.parametrize("seed", [0, 1])
def test_labels_stand_at_their_words_and_score_full_marks(open_articles: Any, seed: int) -> None:
    companies = replaced.Listed(gazetteer())
    changed = [replaced.replaced(article, seed, companies) for article in open_articles[seed::2]]
    for article in changed:
        for claim in article.claims:
            assert article.text[claim["start"] : claim["end"]] == claim["text"]
            assert claim["sentence_start"] <= claim["start"] < claim["end"] <= claim["sentence_end"]
    result = score.score_all(changed, {article.id: article.claims for article in changed})
    assert result.shares() == dict.fromkeys(result.shares(), 1.0)


def test_most_names_and_numbers_are_other_ones_and_the_seed_decides(open_articles: Any) -> None:
    article = next(each for each in open_articles if each.id.startswith("o02"))
    companies = replaced.Listed(gazetteer())
    one, again, other = (replaced.replaced(article, seed, companies) for seed in (1, 1, 2))
    assert one == again
    assert one.text != other.text != article.text
    pairs = list(zip(article.claims, one.claims, strict=True))
    numeric = [(old["values"], new["values"]) for old, new in pairs if score.is_numeric(old)]
    assert sum(old != new for old, new in numeric) > 0.8 * len(numeric)
    assert all(old["subject"]["name"] != new["subject"]["name"] for old, new in pairs if old["subject"]["ticker"])
    assert one.header["published_at"][:4] == "2015"


def test_they_are_read_as_well_as_the_ones_that_were_seen(
    open_articles: Any, claims_of: Callable[[Any], list[dict[str, Any]]]
) -> None:
    few = open_articles[::12]
    companies = replaced.Listed(gazetteer())
    changed = [replaced.replaced(article, 1, companies) for article in few]
    before, after = (score.score_all(part, {each.id: claims_of(each) for each in part}) for part in (few, changed))
    for name in ("numeric_recall", "values", "comparator", "type", "status", "subject", "precision"):
        assert after.shares()[name] >= before.shares()[name] - 0.03, name
