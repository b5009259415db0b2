"""The cue of a family that stands nearest to a figure, and the word right before it."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import Found


def lead_word(sentence: Sentence, figure: Figure) -> str:
    """The word before the figure and its hedge."""
    found = sentence.words(figure.lead - 1, figure.lead)
    return found[-1] if found else ""


def over_that(sentence: Sentence, k: int, last: int) -> int:
    """Where a clause begins that a word takes up: `erwartet, dass der Umsatz`, `rechnet damit, dass`; else the word."""
    lower = sentence.tokens.lower
    for j in range(k, min(k + 3, last - 1)):
        if lower[j] == "," and lower[j + 1] == "dass":
            return j + 2
    return k


def nearest(sentence: Sentence, figure: Figure, family: str, *, reach: int, cost: float) -> Found | None:
    """The cue of a family that stands nearest within a reach, before the figure rather than behind it."""
    best: tuple[float, Found] | None = None
    for cue in sentence.cues:
        if cue.family != family or (cue.first < figure.tail and figure.lead < cue.last):
            continue
        is_before = cue.last <= figure.first
        begin = over_that(sentence, cue.last, figure.first) if is_before else cue.last
        gap = figure.first - begin if is_before else cue.first - figure.last
        barrier = sentence.cost(begin, figure.first) if is_before else sentence.cost(figure.last, cue.first)
        if gap > reach or barrier > cost:
            continue
        rank = gap + 6 * barrier + (0.0 if is_before else 1.5)
        if best is None or rank < best[0]:
            best = (rank, cue)
    return best[1] if best else None


THAN = frozenset((("als",), ("than",), ("wie",)))
