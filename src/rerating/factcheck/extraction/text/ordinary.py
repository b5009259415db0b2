"""Words in ordinary use where they stand as names do: at the head of a sentence or a title, behind a first name.

English prose capitalises names, but the first word of a sentence too: `Organic growth`, `Sales in Asia`, `In Elgin`
name nobody. A surname may be that of a company: `Stephan Sturm`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading.tokens import WORD, Tokens

_OPENERS = ".!?:•–—|\"'(“„»«"
"""Behind these signs a capital says nothing."""


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    text = files("rerating.factcheck.extraction").joinpath("data", "ordinary.txt").read_text(encoding="utf-8")
    return frozenset(" ".join(line for line in text.splitlines() if not line.startswith("#")).split())


def is_ordinary(word: str) -> bool:
    """Whether an English word in small letters is in ordinary use, in the plural too; a single letter is."""
    return len(word) == 1 or word in _ordinary() or (word.endswith("s") and word[:-1] in _ordinary())


def opens(tokens: Tokens, k: int, first: int) -> bool:
    """Whether a capital at token k is but that of the sentence, which begins at token `first`."""
    return k == first or tokens.text[k - 1] in _OPENERS


def leads_in(tokens: Tokens, k: int) -> bool:
    """Whether a particle that opens a sentence leads a day, a name or a noun in: `On 5 November`, `Next Tuesday`."""
    is_opening = k == 0 or tokens.text[k - 1] in _OPENERS
    if tokens.lower[k] not in _PARTICLES or not is_opening or k + 1 >= len(tokens):
        return False
    after = tokens.text[k + 1]
    return after[:1].isdigit() or after[:1].isupper() or after in _DETERMINERS


_PARTICLES = word_set("acting", "opening")
_DETERMINERS = word_set("unlisted", "determiners")


def is_surname(tokens: Tokens, k: int) -> bool:
    """Whether a first name stands right before a capital: `Michael Dell`, `Klaus-Michael Kühne`."""
    before = k - 1
    return (
        before >= 0
        and tokens.kind[before] == WORD
        and tokens.lower[before] in FIRST_NAMES
        and tokens.text[before][:1].isupper()
    )


FIRST_NAMES = word_set("people", "first_names")
