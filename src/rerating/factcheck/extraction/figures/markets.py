"""What is told of markets as a whole: what bonds yield, and how many issues rose or fell."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K


def by_market_data(sentence: Sentence, bound: Bound) -> None:
    """Settles the yields of bonds, by a word for a bond beside that for a yield, and counts of issues."""
    figure = bound.figure
    if figure.mention.kind is K.NUMBER:
        way = _way(sentence, figure)
        if way is not None and bound.family not in ("counts", "options", "insider", "holding"):
            bound.family, bound.metric, bound.topic = "indicator", way, None
        return
    is_rate = figure.mention.kind in (*SHARES_OF_ONE, K.BASIS_POINTS) and bound.family in _LOOSE
    if is_rate and _is_bond_yield(sentence, figure):
        is_level = figure.mention.kind in SHARES_OF_ONE
        bound.family, bound.metric, bound.topic = ("level" if is_level else "price"), "bond_yield", None


_LOOSE = frozenset(("ratio", "price", "indicator", "policy", "weak"))


def _is_bond_yield(sentence: Sentence, figure: Figure) -> bool:
    """`The yield on the 10-year Japanese government bond ticked up 2 basis points to 1.885 percent`."""
    lead = sentence.words(figure.lead - 20, figure.lead)
    at = max((k for k, word in enumerate(lead) if word in _YIELDS), default=None)
    if at is None or not _STOPS.isdisjoint(lead[at:]):
        return False
    near = (*lead[max(0, at - 6) :], *sentence.words(figure.last, figure.last + 5))
    is_of_shares = any(word in _SHARES for word in near)
    return any(word.endswith(_BONDS) for word in near) and not is_of_shares


_YIELDS = frozenset(("yield", "yields", "rendite", "renditen"))
_STOPS = frozenset((",", ";", ":", "while", "whereas", "während"))
_SHARES = frozenset(("dividend", "share", "shares", "stock", "aktie", "dividende"))
_BONDS = (
    "bond",
    "bonds",
    "note",
    "notes",
    "gilt",
    "gilts",
    "treasury",
    "treasuries",
    "bund",
    "bunds",
    "anleihe",
    "anleihen",
)


def _way(sentence: Sentence, figure: Figure) -> str | None:
    """Whether a number counts issues that rose or fell: `1,012 issues advanced and 534 declined`."""
    tail = sentence.words(figure.last, figure.last + 3)
    noun = (figure.mention.noun or "").lower()
    verb = next((word for word in tail if word in _UP or word in _DOWN), None)
    if verb is None and noun in _DOWN | _UP:
        verb = noun
    if verb is None:
        return None
    words = sentence.words(max(sentence.first, figure.lead - 14), figure.last + 3)
    is_told = noun in _ISSUES or not _ISSUES.isdisjoint(words)
    is_beside = sum(1 for word in sentence.words(sentence.first, sentence.last) if word in _UP or word in _DOWN) > 1
    if not is_told or not is_beside:
        return None
    return "advancers" if verb in _UP else "decliners"


_UP = word_set("markets", "up")
_DOWN = word_set("markets", "down")
_ISSUES = word_set("markets", "issues")
