"""Nouns for many: the branches, markets, goods and groups of people that stand as the subject of a clause.

German nouns tell by their end what they are (`Anhängermarkt`, `Chemieproduktion`, `Autobauer` with a plural verb),
English ones by their last word. Neither stands behind a preposition or a possessive, except where an estimate is of it
(`taxiert den Ersatzbedarf auf`) or a relative clause goes on about it (`vom Kosmetikmarkt abhängig, der`).
"""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.states import state_by_adjective, state_of
from rerating.language.reading.tokens import WORD

_MANY_DE = tuple(word_set("groups", "many_ends"))
_MANY_WORDS_DE = word_set("groups", "many_words")
_PLURALS_DE = tuple(word_set("groups", "plural_ends"))
_COUNTED_DE = tuple(word_set("groups", "counted_ends"))
_MANY_EN = word_set("groups", "many")
_MANY_ENDS_EN = tuple(word_set("groups", "many_ends_en"))
_ALONE_EN = word_set("groups", "alone")
_COUNTED_EN = word_set("groups", "counted")
_OWN_DE = tuple(word_set("groups", "own_begins"))
_OWN_EN = word_set("groups", "own")
_SHARES = word_set("groups", "shares")
_LINES = word_set("groups", "lines")
"""They tell the lines of one company's shares: `American depositary shares`, `the Class A shares`."""
_OWNERS = word_set("groups", "owners")
_ARTICLES = word_set("groups", "articles")
_AHEAD = word_set("groups", "ahead")
_VERBS = word_set("groups", "verbs")
_PRICES = word_set("groups", "prices")
_ESTIMATES = word_set("groups", "estimates")
_PLURAL_VERBS = word_set("groups", "plural_verbs")
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Group:
    """A branch, market or group of people at tokens [first, last)."""

    first: int
    last: int
    name: str
    is_shares: bool
    """Whether its shares are told of: `Autowerte`, `bank stocks`."""
    is_counted: bool
    """Whether it is a sum that companies have too: sales, output, prices."""
    is_priced: bool = False
    """Whether the price of goods is told of: `Preise für Wafer`, `chicken wings have become cheaper`."""
    is_economy: bool = False
    """Whether it is a state's whole economy: what it grows by is the state's."""


# ---- German ----------------------------------------------------------------------------------------------------------


def german(sentence: Sentence, k: int) -> Group | None:
    """The group whose noun stands at a token of a German text, where the clause tells something of it."""
    tokens = sentence.tokens
    word = tokens.lower[k]
    if not tokens.text[k][0].isupper():
        return None
    state = state_by_adjective(tokens.text[k - 1], is_english=False) if word == "wirtschaft" else None
    if state is not None and _is_german_subject(sentence, k - 1, k + 1):
        return Group(k, k + 1, state.de, False, False, is_economy=True)
    if _is_dearer(sentence, k):
        return Group(k, k + 1, tokens.text[k], False, False, is_priced=True)
    if word in _PRICES and sentence.words(k + 1, k + 2) == ("für",):
        return _german_good(sentence, k)
    is_many = word in _MANY_WORDS_DE or (word.endswith(_MANY_DE) and len(word) > 6)
    is_plural = word.endswith(_PLURALS_DE) and len(word) > 6 and _is_plural(sentence, k)
    is_counted = word.endswith(_COUNTED_DE) and not word.startswith(_OWN_DE)
    if not (is_many or is_plural or is_counted):
        return None
    first = _compound_start(sentence, k)
    if not _is_german_subject(sentence, first, k + 1):
        return None
    last = k + 1
    if word in ("markt", "weltmarkt") and sentence.words(k + 1, k + 2) == ("für",):
        last = _capital_end(sentence, k + 2)
    elif word in _BARE_DE:
        return None
    name = _spelt(sentence, first, last)
    return Group(first, last, name, word.endswith(tuple(_SHARES)), is_counted and not (is_many or is_plural))


_BARE_DE = frozenset(
    (
        "markt",
        "absatz",
        "produktion",
        "preise",
        "nachfrage",
        "umsätze",
        "umsatz",
        "werte",
        "titel",
        "aktien",
        "investitionen",
    )
)
"""Nouns that by themselves are a company's, or say of no branch which."""


def _german_good(sentence: Sentence, k: int) -> Group | None:
    """`Die Preise für 300-Millimeter-Wafer stiegen`."""
    last = _capital_end(sentence, k + 2)
    if last <= k + 2 or not _is_german_subject(sentence, k, last):
        return None
    first = next((j for j in range(k + 2, last) if not sentence.tokens.text[j][0].islower()), k + 2)
    is_headed = sentence.words(last, last + 1) == (":",)
    return Group(k, last, _spelt(sentence, first, last), False, not is_headed, is_priced=True)


def _is_dearer(sentence: Sentence, k: int) -> bool:
    """Whether a noun's price is said to move: `In China verteuerte sich Kobalthydroxid`, `Hafer verteuerte sich`."""
    word = sentence.tokens.lower[k]
    if word in _PAPERS_DE or word in _BARE_DE or word.endswith(_SHARE_ENDS):
        return False
    is_behind = sentence.words(k - 2, k) in _DEARER_DE
    return is_behind or (k == sentence.first and sentence.words(k + 1, k + 3) in _DEARER_DE)


_DEARER_DE = frozenset((verb, "sich") for verb in ("verteuerte", "verteuerten", "verbilligte", "verbilligten"))
_PAPERS_DE = frozenset(("papier", "papiere", "anteile", "kurs", "kurse", "aktie", "titel", "preis", "euro", "dollar"))
_SHARE_ENDS = ("aktie", "aktien", "papiere", "titel", "werte", "preis", "preise")


def _capital_end(sentence: Sentence, k: int) -> int:
    """Behind the noun that follows adjectives from a token on."""
    tokens = sentence.tokens
    for j in range(k, min(k + _MOST_WORDS, sentence.last)):
        if tokens.text[j][0].isupper() and tokens.text[j + 1] != "-":
            return j + 1
        if tokens.text[j] in ",.;:":
            return k
    return k


def _compound_start(sentence: Sentence, k: int) -> int:
    tokens = sentence.tokens
    while k - 2 >= sentence.first and tokens.text[k - 1] == "-" and tokens.glued[k] and tokens.glued[k - 1]:
        k -= 2
    return k


def _is_plural(sentence: Sentence, k: int) -> bool:
    """Whether several are meant: `sind die Versicherer`, `Autobauer verloren`; `der Autobauer` is one."""
    lead = sentence.words(k - 1, k)
    if lead and lead[0].endswith(("er", "em", "ein")) and lead[0] != "aber":
        return False
    behind = sentence.words(k + 1, k + 2)
    before = sentence.words(k - 3, k)
    return not _PLURAL_VERBS.isdisjoint(behind) or not _PLURAL_VERBS.isdisjoint(before)


def _is_german_subject(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a noun phrase is its clause's subject, or what an estimate is of; a relative clause may tell of any."""
    tokens = sentence.tokens
    if any(sentence.words(k, k + 2) == (",", _relative(tokens.lower[last - 1])) for k in (last, last + 1)):
        return True
    k, lead = first, ""
    while k > sentence.first:
        lead = tokens.lower[k - 1]
        if tokens.kind[k - 1] != WORD or lead in _ARTICLES or tokens.text[k - 1][0].isupper():
            break
        if lead in _OWNERS or lead in _AHEAD or not lead.endswith(("e", "en", "er", "es", "em")):
            break
        k -= 1
    lead = tokens.lower[k - 1] if k > sentence.first else ""
    if lead in _OWNERS:
        return False
    if lead in ("den", "dem", "des"):
        return lead == "den" and not _ESTIMATES.isdisjoint(sentence.words(sentence.first, sentence.last))
    if lead in _ARTICLES:
        k -= 1
        lead = tokens.lower[k - 1] if k > sentence.first else ""
        if lead in _OPENING_DE:
            return True
        if tokens.lower[k] == "der" and k > sentence.first and tokens.text[k - 1][0].isupper():
            return lead in _SUMS and _is_german_subject(sentence, k - 1, k)
        if lead == "für":
            return not _ESTIMATES.isdisjoint(sentence.words(sentence.first, sentence.last))
        return lead not in _AHEAD
    if k == sentence.first or lead in _OPENING_DE:
        return True
    return lead not in _AHEAD and not tokens.text[k - 1][0].isupper()


def _relative(word: str) -> str:
    """The pronoun by which a clause goes on about a noun as its subject."""
    return "der" if word.endswith(("markt", "sektor", "bedarf", "absatz")) else "die"


_SUMS = word_set("groups", "sums")
"""What a branch has: `der Umsatz der Chipindustrie`."""
_OPENING_DE = frozenset(("während", "weil", "da", "wenn", "obwohl", "dass", "wie", "und", "aber"))


# ---- English ---------------------------------------------------------------------------------------------------------


def english(sentence: Sentence, k: int) -> Group | None:
    """The group whose noun phrase ends at a token of an English text, or goes on there with `market for`."""
    tokens = sentence.tokens
    word = tokens.lower[k]
    nation = _nation(sentence, k)
    if nation is not None:
        return nation
    if word in _SHARES and not _LINES.isdisjoint(sentence.words(k - 3, k)):
        return None
    if word not in _SHARES and (goods := _cheaper(sentence, k)) is not None:
        return goods
    is_alone = word in _ALONE_EN or word.endswith(_MANY_ENDS_EN)
    is_counted = word in _COUNTED_EN and _OWN_EN.isdisjoint(sentence.words(k - 3, k))
    if not (is_alone or is_counted or word in _MANY_EN):
        return None
    first = _english_start(sentence, k)
    last = k + 1
    if word == "market" and tokens.lower[last] == "for":
        end = _english_end(sentence, last + 1)
        good = _spelt(sentence, last + 1, end)
        if end == last + 1 or not _is_english_subject(sentence, first, end):
            return None
        return Group(first, end, f"{good} {word}", False, False)
    if first == k and not is_alone:
        return None
    if not _is_english_subject(sentence, first, last):
        return None
    return Group(first, last, _spelt(sentence, first, last), word in _SHARES, is_counted)


def _cheaper(sentence: Sentence, k: int) -> Group | None:
    """Goods that a sentence opens with and calls cheaper or dearer: `Chicken wings have become 12% cheaper`."""
    tokens, first = sentence.tokens, sentence.first
    is_near = first <= k < first + _MOST_WORDS and tokens.text[k].islower() and tokens.lower[k].endswith("s")
    if not is_near or sentence.words(k + 1, k + 3)[:1] not in (("are",), ("have",), ("became",), ("got",), ("were",)):
        return None
    if _DEARER_EN.isdisjoint(sentence.words(k + 2, k + 10)) or any(
        tokens.kind[j] != WORD or tokens.lower[j] in _OWNERS or tokens.lower[j] in _AHEAD for j in range(first, k)
    ):
        return None
    first += tokens.lower[first] in _ARTICLES
    return Group(first, k + 1, _spelt(sentence, first, k + 1), False, False, is_priced=True)


_DEARER_EN = frozenset(("cheaper", "dearer", "pricier", "costlier", "expensive"))


def _nation(sentence: Sentence, k: int) -> Group | None:
    """Those who live in a state, and its economy: `Americans spent`, `the British economy grew`."""
    tokens = sentence.tokens
    if tokens.lower[k] == "economy":
        back = 3 if sentence.words(k - 2, k) == ("'", "s") else 1
        state = state_by_adjective(tokens.text[k - back], is_english=True) or state_of(tokens.text[k - back])
        is_told = state is not None and k - back >= sentence.first
        first = k - back
    else:
        word = tokens.text[k]
        state = state_by_adjective(word[:-1] if word != "Britons" else "British", is_english=True)
        is_told = state is not None and word.endswith("ns") and sentence.words(k - 1, k) != ("the",)
        first = k
    if not is_told or state is None or not _is_english_subject(sentence, first, k + 1):
        return None
    return Group(first, k + 1, state.en, False, False, is_economy=tokens.lower[k] == "economy")


def _english_start(sentence: Sentence, k: int) -> int:
    """Where the nouns and adjectives begin that stand before a head."""
    tokens, first = sentence.tokens, k
    while first > sentence.first and k - first < _MOST_WORDS + 2:
        word = tokens.lower[first - 1]
        is_sign = tokens.text[first - 1] in ("-", ".", "&") and (tokens.glued[first] or tokens.text[first - 1] == ".")
        is_hyphen = tokens.text[first - 1] == "-" and tokens.glued[first] and tokens.glued[first - 1]
        is_short = is_sign and tokens.lower[first - 2] in ("u", "s", "k")
        if tokens.kind[first - 1] != WORD and not is_short and not is_hyphen:
            break
        if word in _ARTICLES or word in _OWNERS or word in _AHEAD or word in _VERBS or word.endswith("ly"):
            break
        if any(cue.family == "movement" and cue.first == first - 1 for cue in sentence.cues_near(first)):
            break
        first -= 1
    while first < k and tokens.lower[first] in _PRAISE:
        first += 1
    return first


_PRAISE = frozenset(("big", "large", "overall", "average", "total", "other", "many", "most", "some", "strong"))


def _english_end(sentence: Sentence, k: int) -> int:
    tokens, end = sentence.tokens, k
    while end < min(k + _MOST_WORDS, sentence.last) and (tokens.kind[end] == WORD or tokens.text[end] == "-"):
        if tokens.lower[end] in _VERBS or tokens.lower[end] in _AHEAD or tokens.lower[end] in _ARTICLES:
            break
        if any(cue.family == "movement" and cue.first == end for cue in sentence.cues_near(end)):
            break
        end += 1
    return end


def _is_english_subject(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a noun phrase opens its clause and a verb follows, or a place and then one."""
    tokens = sentence.tokens
    if sentence.words(last, last + 2) == (",", "which"):
        return True
    lead = tokens.lower[first - 1] if first > sentence.first else ""
    if (lead in _OWNERS and sentence.words(last - 1, last) not in _RIVALS) or tokens.text[first - 1 : first] == ["'"]:
        return False
    if lead in _ARTICLES:
        first -= 1
        lead = tokens.lower[first - 1] if first > sentence.first else ""
    if lead == "of" and not _SUMS.isdisjoint(sentence.words(first - 2, first - 1)):
        return _is_english_subject(sentence, first - 2, last)
    if lead in _AHEAD and lead not in _OPENING:
        return False
    after = sentence.words(last, last + 1)
    is_verb = bool(after) and (after[0] in _VERBS or after[0] in (",", ":"))
    is_moved = any(cue.family == "movement" and cue.first == last for cue in sentence.cues_near(last))
    is_placed = bool(after) and after[0] in _PLACED
    return is_verb or is_moved or is_placed


_RIVALS = (("peers",), ("rivals",), ("competitors",))
"""Whom a company has without owning them."""
_OPENING = frozenset(("as", "after", "while", "since", "because", "although", "that", "when", "where", "if"))
_PLACED = frozenset(("in", "across", "as", "outside", "themselves", "worldwide", "globally", "nationwide"))


def _spelt(sentence: Sentence, first: int, last: int) -> str:
    """The tokens as they are printed."""
    tokens = sentence.tokens
    text = tokens.text[first] if first < last else ""
    for k in range(first + 1, last):
        text += tokens.text[k] if tokens.glued[k] else " " + tokens.text[k]
    return text
