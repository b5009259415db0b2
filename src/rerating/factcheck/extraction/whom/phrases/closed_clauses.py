"""Names in a subordinate clause that is over before the main one tells its figure.

`In Italien, wo Fastweb und Vodafone zusammengehen, kletterte der Umsatz`, `As Nike cut prices, gross margin fell`: the
figure is of whom the text is about, not of who only acts in the clause before it.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set

_FRONTED = word_set("closed_clauses", "fronted")
_WHERE = frozenset(("wo", "where"))
_SIGNS = frozenset((",", ";", ":", "–", "—", "(", ")"))
_ACCOUNTS = frozenset(("figure", "operation"))
_REACH = 14
"""No such clause has more words on either side of the name."""
_HEAD = 5


def is_in_closed_clause(sentence: Sentence, place: Place, at: int | None = None) -> bool:
    """Whether a company stands in a clause of place (`, where`), or in one that opens the sentence with a conjunction,
    is over before a token, and behind whose comma a figure of accounts is what the sentence goes on about."""
    if place.is_noun or place.name.kind is not NameKind.COMPANY:
        return False
    start = _start(sentence, place)
    if start is None:
        return False
    text = sentence.tokens.text
    end = next((k for k in range(place.last, min(place.last + _REACH, sentence.last)) if text[k] in _SIGNS), None)
    if end is None or text[end] != "," or (at is not None and end >= at):
        return False
    if sentence.tokens.lower[start] in _WHERE:
        return True
    return any(t.family in _ACCOUNTS and end < t.first <= end + _HEAD for t in sentence.topics_near(end))


def _start(sentence: Sentence, place: Place) -> int | None:
    """Where the clause of a name opens, if it is a subordinate one."""
    text, low = sentence.tokens.text, sentence.tokens.lower
    for k in range(place.first - 1, max(sentence.first - 1, place.first - _REACH), -1):
        if text[k] in _SIGNS:
            return k + 1 if text[k] == "," and low[k + 1] in _WHERE else None
        if k == sentence.first:
            return k if low[k] in _FRONTED and place.first - k <= _HEAD else None
    return None
