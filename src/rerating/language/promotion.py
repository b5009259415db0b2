"""How advertising speaks, in German and English: labels, teasers and notices, and how far a text's words sell.

What sells is told by its words alone: their weights in `selling.tsv`, and those of pairs of neighbours, are learnt from
paragraphs that sell and others that only look like it (a logistic regression, fitted by
`tests/factcheck/corpus/advertising/learn.py`). A list of patterns by hand found half as many in texts not seen before.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

SURE = 2.2
"""Log-odds from which on a text sells wherever it stands: nine to one."""
LIKELY = 1.8
"""Log-odds from which on it sells where texts usually do: six to one."""


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = files("rerating.language").joinpath("promotion.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=4)
def _pattern(name: str) -> re.Pattern[str]:
    """One list of `promotion.toml` as one pattern."""
    joined = "|".join(f"(?:{each})" for each in _data()[name]["patterns"])
    form = _FORMS.get(name, "{}").format(joined)
    return re.compile(form, re.IGNORECASE)


_FORMS = {"teaser_heads": r"^\W{{0,4}}(?:{})", "teaser_lines": r"^\W{{0,4}}(?:{})\s*:\W*\w"}


@lru_cache(maxsize=1)
def _weights() -> dict[str, int]:
    """Hundredths of log-odds by sign; the empty sign bears the bias."""
    return {sign: int(weight) for sign, _, weight in (row.partition("\t") for row in _rows()[1:])}


@lru_cache(maxsize=1)
def _rows() -> list[str]:
    return files("rerating.language").joinpath("selling.tsv").read_text(encoding="utf-8").splitlines()


def learnt_from() -> str:
    """The digest of what the weights were learnt from, as the first line of `selling.tsv` tells it."""
    return _rows()[0].rpartition(" ")[2]


def signs(text: str) -> set[str]:
    """What is weighed of a text: its words, each number as `0`, and pairs of neighbours.

    A word keeps its capital where no sentence begins: `Sie` is the reader there, `sie` somebody told of.
    """
    words = _WORD.findall(_NUMBER.sub("0", _TAG.sub(" ", text[:_REACH])))
    words = [word.lower() if before in _BEGINS else word for before, word in pairwise([".", *words])]
    return {*(word for word in words if word != "."), *(f"{one} {other}" for one, other in pairwise(words))}


_TAG = re.compile(r"<[^<>]{0,300}>|&nbsp;|&(?:amp|quot);")
_NUMBER = re.compile(r"\d[\d.,]*")
_WORD = re.compile(r"[^\W\d_]+|[0%€$£?!:.„“\"']")
_BEGINS = frozenset('.?!:„“"')
_REACH = 3000
"""Code points of a text that are weighed."""


def selling(text: str) -> float:
    """The log-odds that a text in German or English sells something: a logistic regression on its `signs`."""
    weights = _weights()
    return (weights[""] + sum(weights.get(sign, 0) for sign in signs(text))) / 100


def is_labelled(text: str) -> bool:
    """Whether a text calls itself an advertisement, in its first words or in so many words."""
    return bool(_pattern("label").search(text[:_REACH]))


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
