"""Indices that no list holds, by the word beside them: `der Leitindex Bovina`, `the S&P packaged foods index`.

German: the word that a noun for an index stands right before, in capitals or with one inside, or the name of a provider
with the capitals behind it (`der Chemieindex Stoxx Chemicals`). English: a provider's
name, and what it measures up to `index`; capitals alone are its name without the noun.
"""

from __future__ import annotations

from collections.abc import Iterator

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.people import joined
from rerating.language.reading.tokens import WORD

_NOUNS_DE = ("index", "barometer", "index-")
_PROVIDERS = word_set("indices", "providers")
_NOUNS_EN = frozenset(("index", "gauge"))
_MOST_WORDS = 7


def unlisted_indices(article: Article) -> dict[str, Name]:
    """The indices by their spelling, in the order of the text."""
    find = _english if article.is_english else _german
    found: dict[str, Name] = {}
    for sentence in article.sentences:
        for first, last, named in find(sentence):
            spelling = " ".join(sentence.tokens.text[first:last])
            found.setdefault(spelling, Name(NameKind.INDEX, named))
    return found


def _german(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last - 1):
        word = tokens.text[k + 1]
        is_name = tokens.kind[k + 1] == WORD and sum(map(str.isupper, word)) > 1 and len(word) > 2
        last = k + 2
        while word in _PROVIDERS and tokens.kind[last] == WORD and tokens.text[last][:1].isupper():
            last += 1
        is_name = is_name or last > k + 2
        if tokens.lower[k].endswith(_NOUNS_DE) and is_name and not _is_listed(sentence, k + 1, last):
            yield k + 1, last, joined(sentence, k + 1, last)


def _english(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    tokens = sentence.tokens
    for k in range(sentence.first + 1, sentence.last):
        if tokens.lower[k] not in _NOUNS_EN or tokens.text[k][:1].isupper() or _is_listed(sentence, k - 1, k):
            continue
        first = next(
            (j for j in range(max(sentence.first, k - _MOST_WORDS), k - 1) if tokens.text[j] in _PROVIDERS), None
        )
        if first is None or any(tokens.kind[j] != WORD and tokens.text[j] not in _JOINING for j in range(first, k)):
            continue
        small = any(tokens.text[j][:1].islower() for j in range(first, k))
        last = k + 1 if small else k
        yield first, last, joined(sentence, first, last)


_JOINING = frozenset(("&", "-", "/", "."))


def _is_listed(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a list holds an index that ends there."""
    return any(
        n.of(NameKind.INDEX) is not None and n.first <= first and last <= n.last for n in sentence.names_near(first)
    )
