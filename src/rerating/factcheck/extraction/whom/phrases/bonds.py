"""Bonds of states by their term and whose they are: `the 10-year Indian government bond`, `Australia's 10-year yield`,
`zehnjähriger portugiesischer Anleihen`. A bond of no state is a company's."""

from __future__ import annotations

from collections.abc import Iterator

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.people import joined
from rerating.factcheck.extraction.whom.phrases.states import State, state_at, state_by_adjective

_NOUNS_EN = word_set("bonds", "nouns")
_BETWEEN_EN = word_set("bonds", "between")
_TERMS_EN = word_set("bonds", "terms")
_NOUNS_DE = tuple(word_set("bonds", "nouns_de"))
_TERM_ENDS = ("jährig", "jährige", "jährigen", "jähriger", "jähriges", "jährigem")
_ENDINGS = ("en", "er", "em", "es", "e")
_US = {
    **dict.fromkeys(("two", "2", "zwei"), Name(NameKind.BOND, "2-year Treasury")),
    **dict.fromkeys(("five", "5", "fünf"), Name(NameKind.BOND, "5-year Treasury", "^FVX")),
    **dict.fromkeys(("ten", "10", "zehn"), Name(NameKind.BOND, "10-year Treasury", "^TNX")),
    **dict.fromkeys(("thirty", "30", "dreißig", "dreissig"), Name(NameKind.BOND, "30-year Treasury", "^TYX")),
}
"""The American terms that have a symbol or a name of their own."""
_NAMED = {"Germany": "Bundesanleihe", "United Kingdom": "UK gilts"}
_Bond = tuple[int, int, Name]
_FAR = 5


def bonds_in(sentence: Sentence) -> Iterator[_Bond]:
    """The states' bonds of a sentence: tokens [first, last) and the name."""
    find = _english if sentence.text.is_english else _german
    until = sentence.first
    for k in range(sentence.first, sentence.last):
        bond = find(sentence, k) if k >= until else None
        if bond is not None:
            until = bond[1]
            yield bond


def _english(sentence: Sentence, k: int) -> _Bond | None:
    """A bond from its term on: `10-year` at tokens k to k + 3, and whose it is before or behind."""
    tokens = sentence.tokens
    is_term = sentence.words(k + 1, k + 3) == ("-", "year") and (tokens.kind[k] == "n" or tokens.lower[k] in _TERMS_EN)
    if not is_term:
        return None
    last = k + 3
    if sentence.words(last, last + 2) == ("'", "s") and not _TREASURIES.isdisjoint(sentence.words(sentence.first, k)):
        named = _US.get(tokens.lower[k])
        return None if named is None else (k, last, named)
    state = _before(sentence, k)
    while last < min(k + 3 + _FAR, sentence.last) and tokens.lower[last] not in _NOUNS_EN:
        found = state_by_adjective(tokens.text[last], is_english=True)
        if found is None and tokens.lower[last] not in _BETWEEN_EN:
            return None
        state, last = found or state, last + 1
    noun = tokens.lower[last] if last < sentence.last else ""
    if noun not in _NOUNS_EN:
        return None
    owner = _OWNERS.get(noun)
    if state is None and owner is None:
        return None
    english = state.en if state is not None else owner
    if english == "United States":
        named = _US.get(tokens.lower[k])
        return None if named is None else (k, last + 1, named)
    if english in _NAMED:
        return k, last + 1, Name(NameKind.BOND, _NAMED[english])
    return k, last + 1, Name(NameKind.BOND, _called(sentence, k, last, english or ""))


_TREASURIES = frozenset(("treasury", "treasuries"))
"""`The yield on the two-year Treasury note sank, and the 10-year's eased`."""
_OWNERS = {
    **dict.fromkeys(("treasury", "treasuries"), "United States"),
    **dict.fromkeys(("gilt", "gilts"), "United Kingdom"),
    **dict.fromkeys(("bund", "bunds"), "Germany"),
    **dict.fromkeys(("jgb", "jgbs"), "Japan"),
    **dict.fromkeys(("oat", "oats"), "France"),
    **dict.fromkeys(("btp", "btps"), "Italy"),
}
"""Bonds that say whose they are."""


def _before(sentence: Sentence, k: int) -> State | None:
    """Whose a bond is before its term: `Australia's 10-year`, `the German benchmark 10-year`."""
    at = k - 1 - (sentence.words(k - 1, k) == ("benchmark",))
    if sentence.words(at - 1, at + 1) == ("'", "s"):
        at -= 2
    if at < sentence.first:
        return None
    named = state_at(sentence, at)
    return state_by_adjective(sentence.tokens.text[at], is_english=True) or (named[0] if named else None)


def _called(sentence: Sentence, first: int, last: int, state: str) -> str:
    """`10-year Japanese government bond` for a bond told in full, else by its state: `Australia 10-year bond`."""
    text = joined(sentence, first, last + 1).removesuffix("s")
    is_full = any(state_by_adjective(sentence.tokens.text[k], is_english=True) for k in range(first + 3, last))
    if is_full and sentence.tokens.lower[last] not in ("yield", "yields"):
        return text
    return f"{state} {joined(sentence, first, first + 3)} bond"


def _german(sentence: Sentence, k: int) -> _Bond | None:
    """`zehnjähriger portugiesischer Anleihen`, `der fünfjährigen Bundesobligation`, `dreißigjährige US-Anleihen`."""
    tokens = sentence.tokens
    word = tokens.lower[k]
    if not word.endswith(_TERM_ENDS):
        return None
    term = word[: word.rindex("jährig")] or tokens.lower[k - 2]
    at = k + 1
    state = state_by_adjective(tokens.text[at], is_english=False) if tokens.text[at][:1].islower() else None
    first, at = (at, at + 1) if state is not None else (k, at)
    is_american = sentence.words(at, at + 2) == ("us", "-")
    at += 2 * is_american
    noun = tokens.lower[at] if at < sentence.last else ""
    if not noun.endswith(_NOUNS_DE):
        return None
    if is_american or (state is not None and state.en == "United States") or noun.startswith("treasur"):
        named = _US.get(term) if term not in _TEN else None
        return None if named is None else (k, at + 1, named)
    if state is None and noun in _OF_NOBODY:
        return None
    if state is not None and state.en in _NAMED and noun in (*_OF_NOBODY, "staatsanleihen"):
        return k, at + 1, Name(NameKind.BOND, _NAMED[state.en])
    return (first, at + 1, Name(NameKind.BOND, _nominative(sentence, first, at))) if state is not None else None


_TEN = ("zehn", "10")
"""The term that a list of names tells."""
_OF_NOBODY = frozenset(("anleihe", "anleihen", "bonds", "papiere", "papieren", "titel", "titeln"))


def _nominative(sentence: Sentence, first: int, at: int) -> str:
    """`portugiesische Anleihen` of `portugiesischer Anleihen`."""
    adjective = sentence.tokens.text[first]
    ending = next((each for each in _ENDINGS if adjective.endswith(each)), "")
    return f"{adjective.removesuffix(ending)}e {sentence.tokens.text[at]}"
