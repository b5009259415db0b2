"""The cue of a family that stands nearest to a figure, and the word right before it."""

from __future__ import annotations

from rerating.factcheck.extraction.article import Figure, Sentence
from rerating.factcheck.extraction.lexicon import Found


def lead_word(sentence: Sentence, figure: Figure) -> str:
    """The word before the figure and its hedge."""
    found = sentence.words(figure.lead - 1, figure.lead)
    return found[-1] if found else ""


def nearest(sentence: Sentence, figure: Figure, family: str, *, reach: int, cost: float) -> Found | None:
    """The cue of a family that stands nearest within a reach, before the figure rather than behind it."""
    best: tuple[float, Found] | None = None
    for cue in sentence.cues:
        if cue.family != family or (cue.first < figure.tail and figure.lead < cue.last):
            continue
        is_before = cue.last <= figure.first
        gap = figure.first - cue.last if is_before else cue.first - figure.last
        barrier = sentence.cost(cue.last, figure.first) if is_before else sentence.cost(figure.last, cue.first)
        if gap > reach or barrier > cost:
            continue
        rank = gap + 6 * barrier + (0.0 if is_before else 1.5)
        if best is None or rank < best[0]:
            best = (rank, cue)
    return best[1] if best else None


THAN = frozenset((("als",), ("than",), ("wie",)))
