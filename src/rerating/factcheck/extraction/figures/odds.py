"""Figures of how likely something is, told on both sides of it.

`beziffern die Chance, dass die Fed die Zinsen senkt, mit 80 Prozent`, `gilt zu 90 Prozent als ausgemacht`, `put the
odds that the ECB moves in June at 40%`: the noun stands before what may happen, or the verdict behind the figure.
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set

_NOUNS = word_set("odds", "nouns")
_CLAUSES = frozenset(("dass", "daß", "that"))
_LEADS = frozenset(("mit", "auf", "bei", "zu", "at", "to"))
_VERDICTS = word_set("odds", "verdicts")
_KINDS = frozenset(("return", "growth", "estimate", "financial_figure", "guidance", "indicator", "ratio"))
_REACH = 30


def is_odds(sentence: Sentence, figure: Figure, kind: str) -> bool:
    """Whether a figure says how likely it is what its sentence tells."""
    if kind not in _KINDS or figure.mention.kind not in SHARES_OF_ONE:
        return False
    after = sentence.words(figure.last, figure.last + 3)
    if after[:1] == ("als",) and not _VERDICTS.isdisjoint(after):
        return True
    if _LEADS.isdisjoint(sentence.words(figure.lead - 2, figure.first)):
        return False
    before = sentence.words(figure.lead - _REACH, figure.lead)
    return any(one in _NOUNS and other in _CLAUSES for one, other in pairwise(w for w in before if w != ","))
