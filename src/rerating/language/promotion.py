"""How advertising speaks, in German and English: the lists of `promotion.toml`, and how much a text sells."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rerating.language.anchored import Anchored, AnchoredList, folded


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = files("rerating.language").joinpath("promotion.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=3)
def _pattern(name: str) -> re.Pattern[str]:
    """One list of `promotion.toml` as one pattern."""
    joined = "|".join(f"(?:{each})" for each in _data()[name]["patterns"])
    form = _FORMS.get(name, "{}").format(joined)
    return re.compile(form, re.IGNORECASE)


_FORMS = {"teaser_heads": r"^\W{{0,4}}(?:{})", "teaser_lines": r"^\W{{0,4}}(?:{})\s*:\W*\w"}
_FLAGS = {"address": re.RegexFlag(0)}
"""The polite form differs from `they` by its capital."""


@lru_cache(maxsize=1)
def _ways() -> tuple[list[tuple[str, int, re.Pattern[str]]], AnchoredList]:
    """All patterns, each with its class and the weight of that, class by class; and which of them a text may match."""
    ways = [
        (name, row["weight"], Anchored.compiled(each, _FLAGS.get(name, re.IGNORECASE)))
        for name, row in _data().items()
        if isinstance(row, dict) and "weight" in row
        for each in row["patterns"]
    ]
    return [(name, weight, way.pattern) for name, weight, way in ways], AnchoredList(way for _, _, way in ways)


def threshold() -> int:
    """The score from which on a block sells something."""
    return int(_data()["threshold"])


def teaser_heads() -> re.Pattern[str]:
    """Heads of lists of other articles, at the beginning of a text."""
    return _pattern("teaser_heads")


def is_teaser_line(text: str) -> bool:
    """Whether a short block leads to another article: `Read also: ...`, `Mehr zum Thema: ...`."""
    return len(text) < _LINE and bool(_pattern("teaser_lines").match(text))


_LINE = 200


def is_risk_notice(text: str) -> bool:
    """Whether a sentence is a notice that comes with every text: risk, delay, cookies, the author's own holding."""
    return bool(_pattern("notices").search(text))


def classes_in(text: str) -> dict[str, int]:
    """The classes that a text shows, with their weights."""
    stretch = text[:3000]
    ways, listed = _ways()
    found: dict[str, int] = {}
    for place in listed.among(folded(stretch)):
        name, weight, pattern = ways[place]
        if name not in found and pattern.search(stretch):
            found[name] = weight
    return found


def score(text: str) -> int:
    """The weights of the classes that a text shows, once each."""
    return sum(classes_in(text).values())
