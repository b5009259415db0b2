"""The branch that an article is about, and the words that stand for it: `the sector`, `die großen Konzerne`.

A title that tells of many before it names a company (`Cruise stocks sink as fuel costs bite`, `Bierbrauer: Viel
Schaum`, `Life science tools: Evercore calls the trough`) makes them the branch of an article about several companies.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.group_nouns import ARTICLES, OWNERS, SHARES, Group, spelt
from rerating.factcheck.extraction.whom.phrases.groups_english import is_many, start_of
from rerating.factcheck.extraction.whom.phrases.groups_german import is_many_german, with_origin
from rerating.language.reading.tokens import WORD

_STANDS = word_set("groups", "stands_for_branch")
_BEFORE = word_set("groups", "before_stands")
_MOST = 4


def branch_of(article: Article, places: dict[int, list[Place]], main: Name | None) -> str | None:
    """The branch that a title tells of, in an article that names others as often as its main company."""
    title = next((s for s in article.sentences if s.role is BlockRole.TITLE), None)
    if title is None or main is None or main.kind not in _MAINS or title.tokens.text[title.first] in _QUOTES:
        return None
    told = [p.name for found in places.values() for p in found if p.name.kind is NameKind.COMPANY and not p.is_noun]
    if len(set(told)) < 2 or 2 * told.count(main) > len(told):
        return None
    named = next(
        (p.first for p in places[title.number] if p.name.kind is NameKind.COMPANY and not p.is_noun), title.last
    )
    if main.kind is NameKind.COMMODITY:
        named = min(named, title.first + _MOST)
    return _headed(article, title, named) or _told(title, named)


_MAINS = (NameKind.COMPANY, NameKind.COMMODITY)
_QUOTES = frozenset("\"'“”„«»‘’")


def _told(title: Sentence, named: int) -> str | None:
    """The first noun for many before a company is named, if nobody owns it."""
    tokens = title.tokens
    for k in range(title.first, named):
        if tokens.kind[k] != WORD:
            continue
        if title.text.is_english:
            first = start_of(title, k)
            if not is_many(title, k, is_alone=first == k):
                continue
        elif is_many_german(title, k):
            first = k
        else:
            continue
        lead = title.words(first - 1, first)
        if lead and (lead[0] in OWNERS or lead[0] in ("'", "’")):
            continue
        return spelt(title, first, k + 1) if title.text.is_english else with_origin(title, k, tokens.text[k])
    return None


def _headed(article: Article, title: Sentence, named: int) -> str | None:
    """What stands before the colon of an English title and comes back in the text in small letters."""
    tokens = title.tokens
    colon = next((k for k in range(title.first, min(title.first + _MOST + 1, named)) if tokens.text[k] == ":"), None)
    if colon is None or colon < title.first + 2 or not title.text.is_english:
        return None
    words = tokens.text[title.first + 1 : colon]
    if any(tokens.kind[k] != WORD for k in range(title.first, colon)) or any(not word.islower() for word in words):
        return None
    phrase = title.words(title.first, colon)
    size = len(phrase)
    for text in {id(s.text): s.text for s in article.sentences if s is not title}.values():
        seen = text.tokens.text
        if any(seen[k] == phrase[0] and tuple(seen[k : k + size]) == phrase for k in range(len(seen) - size + 1)):
            return spelt(title, title.first, colon)
    return None


def standing_for(sentence: Sentence, branch: str | None, *, is_unnamed: bool) -> Group | None:
    """What stands for the branch of the article: `the sector`, `these stocks`, `die großen Konzerne`, `the group as a
    whole`; `die Aktien` where the paragraph has named nobody's."""
    if branch is None:
        return None
    tokens = sentence.tokens
    for k in range(sentence.first + 1, sentence.last):
        is_again = tokens.lower[k] == branch.lower().rpartition(" ")[2] and tokens.lower[k] != "shares"
        if tokens.lower[k] not in _STANDS and not is_again:
            continue
        if tokens.lower[k] in _PAPERS and not is_unnamed:
            continue
        first = k
        while first - 1 > sentence.first and tokens.lower[first - 1] in _BEFORE:
            first -= 1
        if tokens.lower[first - 1] not in ARTICLES and tokens.lower[first - 1] not in _THESE:
            continue
        if sentence.words(k + 1, k + 2) in (("of",), ("der",), ("des",), ("von",)):
            continue
        if tokens.lower[k] == "group" and _WHOLE.isdisjoint(sentence.words(sentence.first, sentence.last)):
            continue
        return Group(first, k + 1, branch, tokens.lower[k] in SHARES, False)
    return None


_PAPERS = frozenset(("aktien", "titel", "papiere"))
_THESE = frozenset(("these", "diese", "diesen", "both"))
_WHOLE = frozenset(("whole", "average", "collectively"))
