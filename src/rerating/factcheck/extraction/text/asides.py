"""What a text tells of a name in passing, between the name and its verb: `Chegg, once a $100 stock, fell 3%`.

A figure behind such an aside is as near to the name as if nothing stood between them; names within it are not what the
clause is about: `QinetiQ, Babcock's neighbour in the index, lost 2%`.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import is_legal
from rerating.language.reading.tokens import WORD

_REACH = 24
"""No aside has more words."""
_VERBS = word_set("unlisted", "does") | word_set("asides", "verbs")
_NO_VERBS = word_set("asides", "no_verbs")
_OBLIQUE = word_set("asides", "oblique")
_OF = frozenset(("of", "von", "der"))
_SHARES = word_set("asides", "shares")
_RELATIVES = word_set("subjects", "relatives")
_HOLDS = word_set("asides", "holds")
"""`Westinghouse, in which Cameco owns 49%`: told as a part of its owner."""
_BELONGING = (("zu",), ("zum",), ("zur",))
"""`X, das zu Y gehört, wuchs`, `X, which is owned by Y, grew`: of X."""
_LISTS = frozenset(("and", "or", "und", "sowie", "oder", "but", "aber"))


def behind_aside(sentence: Sentence, first: int, last: int) -> int:
    """Where the clause of a name at tokens [first, last) goes on behind an aside; `last` where none stands."""
    tokens = sentence.tokens
    lead = sentence.words(first - 2, first)
    if lead and lead[-1] in _OBLIQUE and not (lead[-1] in _OF and lead[0] in _SHARES):
        return last
    start = _over_place(sentence, last)
    if start >= sentence.last or tokens.text[start] != "," or tokens.lower[start + 1] in _LISTS:
        return last
    is_owned = sentence.words(start + 2, start + 3) in _BELONGING
    for k in range(start + 2, min(start + _REACH, sentence.last - 1)):
        is_holding = tokens.lower[k] in _HOLDS and tokens.lower[k - 1] not in _RELATIVES
        if tokens.text[k] in ";:" or (is_holding and not is_owned and tokens.lower[k + 1] != "by"):
            return last
        if tokens.text[k] == "," and tokens.text[k - 1] != ",":
            return k + 1 if _is_verb(sentence, k + 1) else last
    return last


def _over_place(sentence: Sentence, last: int) -> int:
    """Behind a name's legal form and where a company comes from: `Target Corp.`, the `of Sweden` of `Assa Abloy of
    Sweden`."""
    last += is_legal(sentence.tokens, last) if last < sentence.last else 0
    last += sentence.tokens.text[last : last + 2] == [".", ","]
    words = sentence.words(last, last + 2)
    is_placed = len(words) == 2 and words[0] in ("of", "aus") and sentence.tokens.text[last + 1][:1].isupper()
    return last + 2 if is_placed else last


def _is_verb(sentence: Sentence, k: int) -> bool:
    """Whether a finite verb seems to stand at a token."""
    tokens = sentence.tokens
    low = tokens.lower[k]
    if tokens.kind[k] != WORD or tokens.text[k][:1].isupper() or low in _NO_VERBS:
        return False
    if low in _VERBS or any(cue.family == "movement" and cue.first == k for cue in sentence.cues_near(k)):
        return True
    endings = ("s", "ed") if sentence.text.is_english else ("t", "te", "ten")
    return len(low) > 3 and low.isalpha() and low.endswith(endings)
