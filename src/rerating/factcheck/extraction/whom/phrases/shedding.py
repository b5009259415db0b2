"""Shares of another company that somebody sells: what is told of the sale is the seller's.

`sold its remaining 11.4% interest in X for C$560 million`, `hat seine restlichen Anteile an X verkauft`: X is but what
is sold, and what comes next is not about it.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Place
from rerating.factcheck.extraction.text.lexicon import word_set

_SELLS = word_set("shedding", "sells")
_STAKES = word_set("shedding", "stakes")
_IN = frozenset(("in", "an", "of", "am", "at", "bei"))
_REACH = 4
_CLAUSE = 12


def is_shed(sentence: Sentence, place: Place) -> bool:
    """Whether a company is the one of which a stake is sold."""
    lead = sentence.words(place.first - _REACH, place.first)
    is_part = lead[-1:] != () and lead[-1] in _IN
    if not is_part:
        return "aus" in sentence.words(place.last, place.last + 2) and _exits(sentence, place)
    is_stake = not _STAKES.isdisjoint(lead[:-1]) or any(
        f.mention.unit == "percent" and place.first - _REACH <= f.last < place.first
        for f in sentence.figures_near(place.first)
    )
    if not is_stake:
        return False
    before = sentence.words(max(sentence.first, place.first - _CLAUSE), place.first)
    stop = max((k for k, word in enumerate(before) if word in (",", ";", ":", "and", "und")), default=-1)
    behind = () if sentence.text.is_english else sentence.words(place.last, place.last + _CLAUSE)
    end = next((k for k, word in enumerate(behind) if word in (",", ";", ":", "und")), len(behind))
    return not _SELLS.isdisjoint((*before[stop + 1 :], *behind[:end]))


def _exits(sentence: Sentence, place: Place) -> bool:
    """`steigt bei X aus`."""
    words = sentence.words(max(sentence.first, place.first - _REACH), place.first)
    return words[-1:] == ("bei",) and not {"steigt", "stieg"}.isdisjoint(words)
