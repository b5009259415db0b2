"""Deals that somebody counts for all: `restaurant mergers worth $21 billion have been announced`, `94 companies have
gone public in the U.S.`

Their sum is no company's. Named are the deals by the text's noun, a market by the state whose companies are bid for or
where they list.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.group_nouns import Group, is_of_people, spelt
from rerating.factcheck.extraction.whom.phrases.groups_english import start_of
from rerating.factcheck.extraction.whom.phrases.states import State, state_at, state_by_adjective
from rerating.language.reading.tokens import WORD

_DEALS = word_set("groups", "deals")
_LISTINGS = word_set("groups", "listings")
_COUNTERS = word_set("groups", "deal_counters")
_ANNOUNCED = word_set("groups", "announced")
_COMPANIES = word_set("groups", "companies")
_SPANS = word_set("groups", "deal_spans")
_PUBLIC = (("gone", "public"), ("went", "public"), ("go", "public"))
_SHORT = {"United States": "US", "United Kingdom": "UK"}


def deals_of_many(sentence: Sentence) -> Group | None:
    """The deals that a sentence counts, or the market that they are of."""
    words = sentence.words(sentence.first, sentence.last)
    if len(words) > _LONGEST or not sentence.figures:
        return None
    if (told := _spent_on(sentence) or _among(sentence, words)) is not None:
        return told
    is_counted = not _COUNTERS.isdisjoint(words)
    is_dated = any(words[k : k + 2] in _DATED for k in range(len(words))) or not _SPANS.isdisjoint(words)
    if not is_counted and not is_dated:
        return None
    is_told = is_counted or not _ANNOUNCED.isdisjoint(words)
    return _of_companies(sentence, words) or (_of_deals(sentence, words) if is_told else None)


_LONGEST = 60
_DATED = frozenset(
    (("this", "year"), ("so", "far"), ("last", "year"), ("diesem", "jahr"), ("vorigen", "jahr"), ("ersten", "halbjahr"))
)


def _of_deals(sentence: Sentence, words: tuple[str, ...]) -> Group | None:
    """`restaurant mergers`, `Übernahmen`."""
    for k, word in enumerate(words, sentence.first):
        if word not in _DEALS and word not in _LISTINGS and not word.endswith(_ENDS):
            continue
        first = start_of(sentence, k) if sentence.text.is_english else k
        if sentence.words(first - 1, first) in _OWN or (first == k and sentence.words(k - 2, k) in _PHRASES):
            continue
        deal = "listing" if word in _LISTINGS or word.endswith("börsengänge") else "acquisition"
        return Group(first, k + 1, spelt(sentence, first, k + 1), False, False, deal=deal)
    return None


def _companies_from(sentence: Sentence, first: int) -> int | None:
    """Where the noun for many companies ends that begins at a token: `U.S. shale producers`, `British insurers`."""
    tokens = sentence.tokens
    for k in range(first, min(first + _SORT + 2, sentence.last)):
        is_many = tokens.lower[k].endswith(("ers", "ors")) or is_of_people(tokens.lower[k])
        if tokens.kind[k] == WORD and tokens.lower[k].endswith("s") and is_many:
            return k + 1
        if tokens.kind[k] != WORD and tokens.text[k] not in (".", "-"):
            return None
    return None


def _among(sentence: Sentence, words: tuple[str, ...]) -> Group | None:
    """`Deals among U.S. shale producers have added up to $38 billion`: of the companies that bid for one another."""
    for k, word in enumerate(words[:-1], sentence.first):
        if word in _DEALS and sentence.words(k + 1, k + 2) in _AMONG and sentence.words(k - 1, k) not in _OWN:
            end = _companies_from(sentence, k + 2)
            if end is not None:
                return Group(k + 2, end, spelt(sentence, k + 2, end), False, False, deal="acquisition")
    return None


_AMONG = (("among",), ("between",), ("involving",))
_ENDS = ("übernahmen", "fusionen", "börsengänge", "zusammenschlüsse", "transaktionen")
_OWN = (("its",), ("their",), ("seine",), ("ihre",), ("seiner",), ("ihrer",), ("these",), ("'",))
_PHRASES = (("order", "of"), ("number", "of"))


def _of_companies(sentence: Sentence, words: tuple[str, ...]) -> Group | None:
    """`43 listed British companies have received bids`, `94 companies have gone public in the U.S.`"""
    k = next((j for j, word in enumerate(words) if word in _COMPANIES), None)
    if k is None:
        return None
    at = sentence.first + k
    bought = _bought(sentence, at)
    if bought is not None:
        return bought
    behind = words[k + 1 : k + 8]
    is_public = any(behind[j : j + 2] in _PUBLIC for j in range(len(behind)))
    through = next((j for j, word in enumerate(words) if word in _LISTINGS), None)
    if is_public or (through is not None and through > k and not _RAISED.isdisjoint(behind)):
        state = _place(sentence, at)
        name = "companies" if state is None else f"{_SHORT.get(state.en, state.en)} stock market"
        return Group(at, at + 1, name, False, False, deal="listing")
    if not _RECEIVED.isdisjoint(behind) and any(word in _DEALS for word in behind):
        state = _place(sentence, at)
        name = "takeovers" if state is None else f"{_SHORT.get(state.en, state.en)} takeovers"
        return Group(at, at + 1, name, False, False, deal="acquisition")
    return None


def _bought(sentence: Sentence, at: int) -> Group | None:
    """`Private-equity firms have bought 14 U.S. restaurant companies`: of how many a kind of buyers has bought."""
    buyers = next((k for k in range(sentence.first, at + 1) if sentence.tokens.lower[k] in _BUYERS), None)
    if buyers is None or not sentence.text.is_english:
        return None
    for k in range(buyers + 1, sentence.last):
        if sentence.tokens.lower[k] not in _COMPANIES | _BOUGHT_ONES or k - buyers < 3:
            continue
        figure = next((f for f in sentence.figures_near(k) if 0 < k - f.last <= _SORT and f.first > buyers), None)
        if figure is not None and not _BUYING.isdisjoint(sentence.words(buyers, figure.first)):
            name = spelt(sentence, figure.last, k + 1)
            return Group(figure.last, k + 1, name, False, False, deal="acquisition")
    return None


def _spent_on(sentence: Sentence) -> Group | None:
    """`Foreign buyers have spent £21bn on British insurers`: of the companies that a kind of buyers has bought."""
    buyers = next((k for k in range(sentence.first, sentence.last) if sentence.tokens.lower[k] in _BUYERS), None)
    if buyers is None:
        return None
    for figure in sentence.figures:
        if figure.mention.unit != "money" or _SPENDING.isdisjoint(sentence.words(buyers, figure.first)):
            continue
        first = figure.last + 1
        end = _companies_from(sentence, first) if sentence.words(first - 1, first) in (("on",), ("for",)) else None
        if end is not None and buyers < figure.first <= buyers + _SORT + 2:
            return Group(first, end, spelt(sentence, first, end), False, False, deal="acquisition")
    return None


_SPENDING = frozenset(("spent", "paid", "spend", "lavished"))
_BUYERS = frozenset(("firms", "funds", "buyers", "investors", "rivals"))
_BOUGHT_ONES = frozenset(("chains", "brands", "retailers", "makers", "lenders", "banks"))
_BUYING = frozenset(("bought", "acquired"))
_SORT = 5
_RAISED = frozenset(("raised", "raise", "collected"))
_RECEIVED = frozenset(("received", "attracted", "had", "drawn", "fielded"))


def _place(sentence: Sentence, at: int) -> State | None:
    """The state of companies: by its adjective before them, by its name behind `in` or before `listings`."""
    tokens = sentence.tokens
    for k in range(max(sentence.first, at - 4), sentence.last):
        named = state_at(sentence, k)
        state = named[0] if named is not None else state_by_adjective(tokens.text[k], is_english=True)
        if state is not None:
            return state
    return None
