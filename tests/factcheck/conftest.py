"""The annotated articles and their measure, as modules that tests and benchmarks share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.factcheck.corpus import corpus, score

Claims = list[dict[str, Any]]
Read = Callable[[Any], Claims]


@cache
def _claims(text: str, published_at: str) -> Claims:
    from rerating.factcheck.extraction import extract

    claims = extract(text, published_at=datetime.fromisoformat(published_at)).claims
    return [claim.model_dump(mode="json") for claim in claims]


@pytest.fixture(scope="session")
def claims_of() -> Read:
    """The claims that the checker finds in an article, in plain JSON types; each article is read once."""
    return lambda article: _claims(article.text, article.header["published_at"])


@pytest.fixture(scope="session")
def open_articles() -> Any:
    return corpus.load("open")


@pytest.fixture(scope="session")
def open_shares(open_articles: Any, claims_of: Read) -> dict[str, float]:
    result = score.score_all(open_articles, {article.id: claims_of(article) for article in open_articles})
    return {**result.shares(), "taken_as_fact": result.taken_as_fact}
