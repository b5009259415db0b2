"""What the capitals of an English headline say: nothing, where it capitalises all its words.

`Stock Surges on Visa News`, `Is the Insurer Finally Grown Up?`: only the prose below tells which of them are names.
"""

from __future__ import annotations

from collections.abc import Collection

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind, Place
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.ordinary import is_ordinary
from rerating.language.reading.tokens import WORD


def is_title_cased(sentence: Sentence) -> bool:
    """Whether an English headline capitalises its words, so that no longer one stands in small letters."""
    if not sentence.text.is_english or sentence.role not in (BlockRole.TITLE, BlockRole.HEADING):
        return False
    tokens = sentence.tokens
    return not any(
        tokens.text[k].islower() and len(tokens.text[k]) > _SMALL for k in range(sentence.first, sentence.last)
    )


_SMALL = 4
"""Words of so many letters stand in small ones all the same: `from`, `with`."""


def small_words(article: Article) -> frozenset[str]:
    """The words that the text writes in small letters, the plural of each as its singular too."""
    words = {
        s.tokens.text[k]
        for s in article.sentences
        for k in range(s.first, s.last)
        if s.tokens.kind[k] == WORD and s.tokens.text[k].islower()
    }
    return frozenset(words | {word.removesuffix("s") for word in words})


def is_but_a_word(sentence: Sentence, place: Place, within: Collection[str], small: Collection[str]) -> bool:
    """Whether a listed name in such a headline is but a word that the prose below writes small: `Visa`, `Target`."""
    tokens, word = sentence.tokens, sentence.tokens.text[place.first]
    is_name = place.last - place.first == 1 and place.name.kind is NameKind.COMPANY and not word.isupper()
    is_small = is_name and word not in within and tokens.lower[place.first] in small
    return is_small and is_title_cased(sentence)


def is_no_mark(sentence: Sentence, first: int, last: int, within: Collection[str]) -> bool:
    """Whether the word that a mark in such a headline takes for a name is an ordinary one: the `Finally` of `the
    Insurer Finally Grown Up`."""
    low = sentence.tokens.lower[first]
    is_word = last - first == 1 and (is_ordinary(low) or low.endswith("ly"))
    return is_word and sentence.tokens.text[first] not in within and is_title_cased(sentence)
