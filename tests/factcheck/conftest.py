"""The annotated articles and their measure, as modules that tests and benchmarks share."""

from __future__ import annotations

import importlib.util
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "corpus"


def corpus_module(name: str) -> ModuleType:
    """`corpus` or `score` of the corpus folder."""
    key = f"factcheck_{name}"
    if key not in sys.modules:
        spec = importlib.util.spec_from_file_location(key, FOLDER / f"{name}.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[key] = module
        spec.loader.exec_module(module)
    return sys.modules[key]


def predicted(articles: Any) -> dict[str, list[dict[str, Any]]]:
    """The claims that the checker finds in each article, in plain JSON types."""
    from rerating.factcheck.extraction import extract

    return {
        article.id: [
            claim.model_dump(mode="json")
            for claim in extract(
                article.text, published_at=datetime.fromisoformat(article.header["published_at"])
            ).claims
        ]
        for article in articles
    }


@pytest.fixture(scope="session")
def open_articles() -> Any:
    return corpus_module("corpus").load("open")


@pytest.fixture(scope="session")
def open_shares(open_articles: Any) -> dict[str, float]:
    score = corpus_module("score")
    result = score.score_all(open_articles, predicted(open_articles))
    return {**result.shares(), "taken_as_fact": result.taken_as_fact}
