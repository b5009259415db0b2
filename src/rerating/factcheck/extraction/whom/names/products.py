"""Brands, drugs and other products that an English text names beside the company that makes them.

`Barbie sales dropped 14%`, `Zentara, its psoriasis drug`, `the maker of Zentara`: no list holds them, and what is told
of them is the company's. Who says, agrees or has shares is a company all the same.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.names.unlisted import heads
from rerating.language.reading.tokens import WORD

_SOLD = word_set("products", "sold")
_SORTS = word_set("products", "sorts")
_MAKERS = word_set("products", "makers")
_DOES = word_set("products", "no_products_do")
_OWNERS = frozenset(("its", "their"))
_MOST_BETWEEN = 3


def is_product(article: Article, name: str) -> bool:
    """Whether a name that no list holds is a product of the listed company that the title or the lead is about."""
    if not article.is_english or not is_about_listed(article):
        return False
    words = name.split(" ")
    sold = 0
    for sentence in article.sentences:
        tokens = sentence.tokens
        for k in range(sentence.first, sentence.last):
            if not tokens.text[k].startswith(words[0]) or not _stands_at(sentence, k, words):
                continue
            last = k + len(words)
            if _is_company(sentence, last):
                return False
            sold += _is_sold(sentence, k, last)
    return sold > 0


def is_about_listed(article: Article) -> bool:
    """Whether a title names a listed company, or the first sentence of a text without one."""
    told = heads(article) or article.sentences[:1]
    return any(
        (company := named.of(NameKind.COMPANY)) is not None and company.ticker is not None
        for sentence in told
        for named in sentence.names
    )


def _stands_at(sentence: Sentence, k: int, words: list[str]) -> bool:
    seen = sentence.tokens.text[k : k + len(words)]
    return seen[:-1] == words[:-1] and seen[-1:] != [] and seen[-1] in (words[-1], words[-1] + "s")


def _is_company(sentence: Sentence, last: int) -> bool:
    """Whether what stands behind a name only does behind a company's: `Ferrero said`, `Ferrero shares`."""
    return not _DOES.isdisjoint(sentence.words(last, last + 1))


def _is_sold(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the words beside a name say that it is sold: `Barbie sales`, `sales of Barbie`, `its Barbie dolls`."""
    tokens, behind = sentence.tokens, sentence.words(last, last + 2)
    if behind[:1] and (behind[0] in _SOLD or behind[0] in _MAKERS or behind[0] in _SORTS):
        return True
    if behind in ((",", "its"), (",", "the")):
        return any(tokens.lower[k] in _SORTS for k in range(last + 2, last + 3 + _MOST_BETWEEN))
    before = sentence.words(first - 1 - _MOST_BETWEEN, first)
    if before[-1:] and (before[-1] in _SORTS or before[-1] in _OWNERS):
        return True
    is_of = before[-1:] in (("of",), ("at",)) and len(before) > 1 and tokens.kind[first - 2] == WORD
    return is_of and (before[-2] in _SOLD or before[-2] in _MAKERS)
