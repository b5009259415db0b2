"""English nouns for many, told by their last word: `bank stocks`, `Drugmakers`, `the market for AI switches`.

None stands behind a preposition or a possessive, except where an estimate is of it (`expects the elevator market to
shrink`) or a relative clause goes on about it (`Chinese makers, whose share`).
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.group_nouns import (
    AHEAD,
    ARTICLES,
    MOST_WORDS,
    OWNERS,
    SHARES,
    SUMS,
    Group,
    spelt,
)
from rerating.factcheck.extraction.whom.phrases.states import inhabited, state_at, state_by_adjective, state_of
from rerating.language.reading.tokens import WORD

_MANY = word_set("groups", "many")
_MANY_ENDS = tuple(word_set("groups", "many_ends_en"))
_ALONE = word_set("groups", "alone")
_COUNTED = word_set("groups", "counted")
_OWN = word_set("groups", "own")
_VERBS = word_set("groups", "verbs")
_FORESEES = word_set("groups", "foresees")
_DEEDS = word_set("groups", "deeds")
_NO_AGENTS = word_set("groups", "no_agents")
_LINES = word_set("groups", "lines")
"""They tell the lines of one company's shares: `American depositary shares`, `the Class A shares`."""


def english(sentence: Sentence, k: int) -> Group | None:
    """The group whose noun phrase ends at a token of an English text, or goes on there with `market for`."""
    tokens = sentence.tokens
    word = tokens.lower[k]
    nation = _nation(sentence, k)
    if nation is not None:
        return nation
    if word not in SHARES and (goods := _cheaper(sentence, k)) is not None:
        return goods
    if word in SHARES and not _LINES.isdisjoint(sentence.words(k - 3, k)):
        return None
    if word == "demand" and tokens.lower[k + 1] == "for" and sentence.words(k - 1, k) in ((), ("that",), ("global",)):
        end = _end_of(sentence, k + 2)
        is_counted = _FORESEES.isdisjoint(sentence.words(sentence.first, k))
        return Group(k, end, spelt(sentence, k + 2, end), False, is_counted) if end > k + 2 else None
    is_alone = is_many(sentence, k, is_alone=True) or _acts(sentence, k)
    is_counted = word in _COUNTED and _OWN.isdisjoint(sentence.words(k - 3, k))
    if not (is_alone or is_counted or word in _MANY):
        return None
    first = start_of(sentence, k)
    last = k + 1
    if word == "market" and tokens.lower[last] == "for":
        end = _end_of(sentence, last + 1)
        good = spelt(sentence, last + 1, end)
        if end == last + 1 or not _is_subject(sentence, first, end):
            return None
        return Group(first, end, good, False, False, is_sized=True)
    if first == k and not is_alone and not _is_placed(sentence, k):
        return None
    if not _is_subject(sentence, first, last):
        return None
    has_share = sentence.words(last, last + 2) == (",", "whose") and "share" in sentence.words(last + 2, last + 5)
    return Group(first, last, spelt(sentence, first, last), word in SHARES, is_counted, has_share=has_share)


def _is_placed(sentence: Sentence, k: int) -> bool:
    """Whether a plural that opens a sentence is told by where it is: `Banks in the euro area have written off`."""
    words = sentence.words(k + 1, k + 3)
    if k != sentence.first or not sentence.tokens.lower[k].endswith("s") or words[:1] not in (("in",), ("across",)):
        return False
    at = k + 2 + (words[1:] == ("the",))
    return state_at(sentence, at) is not None or sentence.words(at, at + 2) in _UNIONS


_UNIONS = (("euro", "area"), ("euro", "zone"))


def is_many(sentence: Sentence, k: int, *, is_alone: bool) -> bool:
    """Whether a noun tells of many: alone (`Drugmakers`), or behind a word that says which (`cruise stocks`)."""
    word = sentence.tokens.lower[k]
    return word in _ALONE or word.endswith(_MANY_ENDS) or (word in _MANY and not is_alone)


def _acts(sentence: Sentence, k: int) -> bool:
    """Whether a plural that opens a clause does what people do with money and goods: `Golf courses will spend`."""
    tokens = sentence.tokens
    word, after = tokens.lower[k], sentence.words(k + 1, k + 7)
    if not word.endswith("s") or word.endswith("ss") or word in _NO_AGENTS or not after or after[0] not in _VERBS:
        return False
    if any(topic.first <= k < topic.last and topic.family in _OF_ACCOUNTS for topic in sentence.topics_near(k)):
        return False
    deed = next((j for j, each in enumerate(after) if each in _DEEDS), None)
    if "their" in sentence.words(k + 2, k + 14) and sentence.words(k - 1, k) in ((), (",",), ("that",)):
        return True
    if deed is None or (deed == 0 and after[1:2] and after[1] in AHEAD):  # `Properties bought in spring`
        return False
    return all(each in _VERBS or each in _BETWEEN for each in after[:deed])


def _grows_in(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a market's growth is told: `Growth in the contact-lens market`; `in the U.S. market` may be anybody's."""
    told = [k for k in range(first, last - 1) if sentence.tokens.lower[k] not in _NO_SORT]
    is_of_sort = any(state_by_adjective(sentence.tokens.text[k], is_english=True) is None for k in told)
    is_market = sentence.words(last - 1, last) == ("market",) and is_of_sort
    return is_market and not _GROWTH.isdisjoint(sentence.words(first - 3, first - 1))


_NO_SORT = ARTICLES | {"u", "s", "k", ".", "home", "domestic"}
_GROWTH = frozenset(("growth", "contraction", "expansion"))
_BEHIND_PARTICIPLE = tuple((word,) for word in ("in", "by", "at", "on", "from", "for", "with", "as", "to", "under"))
_OF_ACCOUNTS = frozenset(("figure", "operation"))
_OWNED = SUMS | _COUNTED
_BETWEEN = frozenset(
    ("to", "expected", "likely", "forecast", "set", "now", "already", "collectively", "probably", "together")
)


def _cheaper(sentence: Sentence, k: int) -> Group | None:
    """Goods that a sentence opens with and calls cheaper or dearer: `Chicken wings have become 12% cheaper`."""
    tokens, first = sentence.tokens, sentence.first
    is_near = first <= k < first + MOST_WORDS and tokens.text[k].islower() and tokens.lower[k].endswith("s")
    if not is_near or sentence.words(k + 1, k + 3)[:1] not in (("are",), ("have",), ("became",), ("got",), ("were",)):
        return None
    if _DEARER.isdisjoint(sentence.words(k + 2, k + 10)) or any(
        tokens.kind[j] != WORD or tokens.lower[j] in OWNERS or tokens.lower[j] in AHEAD for j in range(first, k)
    ):
        return None
    first += tokens.lower[first] in ARTICLES
    return Group(first, k + 1, spelt(sentence, first, k + 1), False, False, is_priced=True)


_DEARER = frozenset(("cheaper", "dearer", "pricier", "costlier", "expensive"))


def _nation(sentence: Sentence, k: int) -> Group | None:
    """Those who live in a state, and its economy: `Americans spent`, `the British economy grew`."""
    tokens = sentence.tokens
    if tokens.lower[k] == "economy":
        back = 3 if sentence.words(k - 2, k) == ("'", "s") else 1
        state = state_by_adjective(tokens.text[k - back], is_english=True) or state_of(tokens.text[k - back])
        is_told = state is not None and k - back >= sentence.first
        first = k - back
    else:
        state = inhabited(tokens.text[k])
        is_told = state is not None and sentence.words(k - 1, k) != ("the",)
        first = k
    if not is_told or state is None or not _is_subject(sentence, first, k + 1):
        return None
    return Group(first, k + 1, state.en, False, False, is_economy=tokens.lower[k] == "economy")


def start_of(sentence: Sentence, k: int) -> int:
    """Where the nouns and adjectives begin that stand before a head."""
    tokens, first = sentence.tokens, k
    while first > sentence.first and sum(tokens.kind[j] == WORD for j in range(first, k)) < MOST_WORDS + 2:
        word = tokens.lower[first - 1]
        is_sign = tokens.text[first - 1] in ("-", ".", "&") and (tokens.glued[first] or tokens.text[first - 1] == ".")
        is_hyphen = tokens.text[first - 1] == "-" and tokens.glued[first] and tokens.glued[first - 1]
        is_short = is_sign and tokens.lower[first - 2] in ("u", "s", "k")
        if tokens.kind[first - 1] != WORD and not is_short and not is_hyphen:
            break
        if word in ARTICLES or word in OWNERS or word in AHEAD or word in _VERBS or word.endswith("ly"):
            break
        if word in _FORESEES or (tokens.text[first - 1].islower() and _is_transitive(sentence, first - 1)):
            break
        is_moving = any(cue.family == "movement" and cue.first == first - 1 for cue in sentence.cues_near(first))
        if is_moving and state_by_adjective(tokens.text[first - 2], is_english=True) is None:
            break
        first -= 1
    while first < k and tokens.lower[first] in _PRAISE:
        first += 1
    if tokens.text[first] == "-":  # `the top-tier Prime market`
        first = min(first + 2, k)
    return first


def _is_transitive(sentence: Sentence, k: int) -> bool:
    """Whether a verb seems to stand before the adjective of a state: `It also faces Chinese turbine makers`."""
    is_of_state = state_by_adjective(sentence.tokens.text[k + 1], is_english=True) is not None
    return is_of_state and sentence.tokens.lower[k].endswith(("s", "ed", "ing"))


_PRAISE = word_set("groups", "praise")


def _end_of(sentence: Sentence, k: int) -> int:
    tokens, end = sentence.tokens, k
    while end < min(k + MOST_WORDS, sentence.last) and (tokens.kind[end] == WORD or tokens.text[end] == "-"):
        if tokens.lower[end] in _VERBS or tokens.lower[end] in AHEAD or tokens.lower[end] in ARTICLES:
            break
        is_moving = any(cue.family == "movement" and cue.first == end for cue in sentence.cues_near(end))
        if is_moving and tokens.text[end - 1] != "-":  # `weight-loss drugs`
            break
        end += 1
    return end


def _is_subject(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a noun phrase opens its clause and a verb follows, or a place and then one."""
    tokens = sentence.tokens
    if sentence.words(last, last + 2) in ((",", "which"), (",", "whose")):
        return True
    if sentence.words(last, last + 3) == ("as", "a", "whole"):
        return True
    lead = tokens.lower[first - 1] if first > sentence.first else ""
    if (lead in OWNERS and sentence.words(last - 1, last) not in _RIVALS) or tokens.text[first - 1 : first] == ["'"]:
        return False
    if lead in ARTICLES or lead in OWNERS:
        first -= 1
        lead = tokens.lower[first - 1] if first > sentence.first else ""
    if lead == "of" and any(figure.last == first - 1 for figure in sentence.figures_near(first)):
        return bool(_VERBS.intersection(sentence.words(last, last + 1))) or not _DEEDS.isdisjoint(
            sentence.words(last, last + 1)
        )
    if lead == "in" and _grows_in(sentence, first, last):
        return _is_subject(sentence, first - 2, last)
    if lead in ("of", "at") and not SUMS.isdisjoint(sentence.words(first - 2, first - 1)):
        return _is_subject(sentence, first - 2, last)
    is_next = lead in ("and", "but") and tokens.text[first - 2 : first - 1] == [","]
    if lead in AHEAD and lead not in _OPENING and not is_next:
        return False
    after = sentence.words(last, last + 1)
    if lead in _FORESEES and after and (after[0] in ("to", "at") or after[0].endswith("ing")):
        return True
    is_past = bool(after) and len(after[0]) > 4 and after[0].endswith("ed")
    is_past = is_past and sentence.words(last + 1, last + 2)[:1] not in _BEHIND_PARTICIPLE
    is_verb = bool(after) and (after[0] in _VERBS or after[0] in (",", ":") or is_past)
    is_moved = any(cue.family == "movement" and cue.first == last for cue in sentence.cues_near(last))
    is_placed = bool(after) and after[0] in _PLACED
    if sentence.words(last, last + 2) == ("'", "s") or after == ("'",):  # `the industry's sales fell`
        return not _OWNED.isdisjoint(sentence.words(last + 1, last + 3))
    return is_verb or is_moved or is_placed


_RIVALS = (("peers",), ("rivals",), ("competitors",))
"""Whom a company has without owning them."""
_OPENING = frozenset(("as", "after", "while", "since", "because", "although", "that", "when", "where", "if"))
_PLACED = frozenset(("around", "in", "across", "as", "outside", "themselves", "worldwide", "globally", "nationwide"))
