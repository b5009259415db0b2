"""Shorter forms of longer names: first words that the text itself spells out, and first words of one listed company."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rerating.factcheck.article import Article
from rerating.factcheck.gazetteer import Name, NameKind, first_words, is_name, names_from
from rerating.factcheck.names import is_common_word
from rerating.language.reading.tokens import WORD, Tokens


def short_forms(article: Article) -> dict[str, Name]:
    """First words of longer names that the text spells out: `Constellation` where `Constellation Brands` stands too."""
    forms: dict[str, Name] = {}
    for text in {id(s.text): s.text for s in article.sentences}.values():
        for named in text.names:
            name, word = named.of(NameKind.COMPANY), text.tokens.text[named.first]
            if name is None or named.last - named.first < 2 or text.tokens.kind[named.first] != WORD or word in forms:
                continue
            if len(word) >= 4 and word[0].isupper() and not is_name(word) and not is_common_word(word.lower()):
                forms[word] = name
    return forms


def listed(name: Name, spelling: str) -> Name:
    """The listed company that a text calls so, if just one begins so: `Thermo Fisher`, `Rentokil`, `Kloeckner`.

    Two words may break off within the second: `Heidelberger Druck`. Case, umlauts and hyphens make no difference.
    A name that several companies share (`Constellation`) stays what the text prints.
    """
    if name.kind is not NameKind.COMPANY or name.ticker is not None:
        return name
    words = _plain(Tokens(spelling).spelling())
    if not words or sum(map(len, words)) < _LEAST:
        return name
    found = {
        entry.ticker: entry
        for row, entry in _beginning_with(words[0])
        if row[: len(words)] == words or (len(words) > 1 and _breaks_off(row, words))
    }
    return next(iter(found.values())) if len(found) == 1 else name


_LEAST = 4
"""Fewer letters say too little."""


def _breaks_off(row: tuple[str, ...], words: tuple[str, ...]) -> bool:
    last = len(words) - 1
    return (
        row[:last] == words[:last]
        and len(row) > last
        and len(words[last]) >= _LEAST
        and row[last].startswith(words[last])
    )


def _beginning_with(word: str) -> Iterable[tuple[tuple[str, ...], Name]]:
    """The listed companies whose plain first word it is, once for each of their spellings."""
    for first in _plain_first_words().get(word, ()):
        for words, meanings in names_from(first):
            for name in meanings:
                if name.kind is NameKind.COMPANY and name.ticker is not None and name.venue is not None:
                    yield _plain(words), name


@lru_cache(maxsize=1)
def _plain_first_words() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for word in first_words():
        for plain in _plain((word,)):
            table.setdefault(plain, []).append(word)
    return table


def _plain(words: Iterable[str]) -> tuple[str, ...]:
    """Words without case, umlauts and signs."""
    folded = (word.casefold().translate(_UMLAUTS) for word in words)
    return tuple(word for word in folded if word[:1].isalnum())


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "è": "e", "ô": "o", "ø": "o", "å": "a"})
