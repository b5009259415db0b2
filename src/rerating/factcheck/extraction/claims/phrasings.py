"""Claims without a number: by how a sentence says them (`data/phrasings.toml` and the files beside it)."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rerating.factcheck.extraction.text.article import Sentence
from rerating.language.anchored import Anchored, AnchoredList, folded

LONGEST = 4000
"""Signs of a sentence that are looked at; no sentence of prose is longer."""
FILES = (
    "phrasings.toml",
    "phrasings_causes.toml",
    "phrasings_companies.toml",
    "phrasings_markets.toml",
    "phrasings_views.toml",
    "phrasings_verdicts.toml",
)
"""Of two phrasings of a kind that overlap the earlier wins: by file, then by its place there."""


_CLASS = re.compile(r"@(\w+)@")
"""A word class in a pattern, named in the file's table `words`."""
_GAP = re.compile(r"\[\^\.;!\?([^\]]*)\](\{\d+,\d+\}\??)")
"""Gaps of a pattern stop at the end of a sentence, but not at the point of an ordinal or an initial (5. März, U.S.)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A kind of claim. `needs` names what else the sentence has to hold: price, institution, judge, multiple."""

    kind: str
    metric: str
    direction: str | None
    needs: str | None


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to say a kind of claim."""

    meaning: Meaning
    pattern: Anchored


@dataclass(frozen=True, slots=True)
class Said:
    """What tokens [first, last) say."""

    first: int
    last: int
    meaning: Meaning


def _widened(gap: re.Match[str]) -> str:
    return rf"(?:[^.;!?{gap.group(1)}]|(?<=\d)\.|(?<=\b[A-Z])\.){gap.group(2)}"


def _text(name: str) -> str:
    return files("rerating.factcheck.extraction").joinpath("data", name).read_text(encoding="utf-8")


@lru_cache(maxsize=2)
def phrasings(language: str) -> tuple[Phrasing, ...]:
    """The phrasings of a language, in the order of the files."""
    tables = [tomllib.loads(_text(name)) for name in FILES]
    rows = [row for table in tables for row in table.get(language, ())]
    classes = {name: each for table in tables for name, each in table.get("words", {}).items()}
    for row in rows:
        spelt = "|".join(row["patterns"]) if "patterns" in row else row["pattern"]
        while _CLASS.search(spelt):
            spelt = _CLASS.sub(lambda name: str(classes[name.group(1)]), spelt)
        row["pattern"] = _GAP.sub(_widened, spelt).replace("ß", "(?:ß|ss)")
    return tuple(
        Phrasing(
            Meaning(row["kind"], row["metric"], row.get("direction"), row.get("needs")),
            Anchored.compiled(row["pattern"]),
        )
        for row in rows
    )


@lru_cache(maxsize=2)
def _listed(language: str) -> AnchoredList:
    return AnchoredList(phrasing.pattern for phrasing in phrasings(language))


_BREAKS = str.maketrans("\r\n\t", "   ")


def on_one_line(sentence: Sentence) -> str:
    """A sentence with its line ends as blanks, sign by sign: it may run over the lines of a hard-wrapped text."""
    tokens, begin = sentence.tokens, sentence.tokens.start[sentence.first]
    return sentence.text.normal[begin : min(tokens.end[sentence.last - 1], begin + LONGEST)].translate(_BREAKS)


def tokens_of(sentence: Sentence, match: re.Match[str], group: int | str = 0) -> tuple[int, int]:
    """The tokens [first, last) that a match in the sentence `on_one_line`, or one group of it, covers."""
    tokens, begin = sentence.tokens, sentence.tokens.start[sentence.first]
    first = bisect_right(tokens.start, begin + match.start(group), 0, len(tokens)) - 1
    return first, bisect_left(tokens.start, begin + match.end(group), 0, len(tokens))


def said(sentence: Sentence, language: str) -> list[Said]:
    """All phrasings of a sentence; of two that overlap the earlier in the file."""
    words = on_one_line(sentence)
    found: list[Said] = []
    for place in _listed(language).among(folded(words)):
        phrasing = phrasings(language)[place]
        for match in phrasing.pattern.pattern.finditer(words):
            if not match.group().strip():
                continue
            first, last = tokens_of(sentence, match)
            meaning = phrasing.meaning
            if not any(s.first < last and first < s.last and s.meaning.kind == meaning.kind for s in found):
                found.append(Said(first, last, meaning))
    return found
