"""Shorter forms of longer names: first words that the text itself spells out, and first words of one listed company."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, Named, NameKind, Place, first_words, names_from
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import is_common_word, is_kind_word
from rerating.language.reading.tokens import WORD, Tokens


def short_forms(article: Article) -> dict[str, Name]:
    """First words of longer names that the text spells out: `Constellation` where `Constellation Brands` stands too.

    Capitals of three letters and a name's first two words are some too: `CRA`, `Franklin Street`.
    """
    forms: dict[str, Name] = {}
    for text in {id(s.text): s.text for s in article.sentences}.values():
        for named in text.names:
            name, word = named.of(NameKind.COMPANY), text.tokens.text[named.first]
            if name is None or named.last - named.first < 2 or text.tokens.kind[named.first] != WORD or word in forms:
                continue
            two = _first_two(text.tokens, named, is_english=article.is_english)
            if two is not None and not is_anothers(two, name):
                forms.setdefault(two, name)
            is_plain = is_common_word(word.lower()) and not (article.is_english and _is_called(article, word))
            is_long = len(word) >= 4 or (len(word) == 3 and word.isupper())
            if is_long and word[0].isupper() and not is_anothers(word, name) and not is_plain:
                forms[word] = name
    return forms


def _first_two(tokens: Tokens, named: Named, *, is_english: bool) -> str | None:
    """A longer name's first two words with capitals, where they are no place and in German not both common."""
    one, two = named.first, named.first + 1
    if named.last - named.first < 3 or tokens.kind[two] != WORD or tokens.glued[two]:
        return None
    is_common = is_common_word(tokens.lower[one]) and is_common_word(tokens.lower[two])
    if not tokens.text[two][:1].isupper() or is_kind_word(tokens.lower[two]) or tokens.lower[one] in _TOWNS:
        return None
    return None if is_common and not is_english else f"{tokens.text[one]} {tokens.text[two]}"


_TOWNS = word_set("names", "towns")
"""What begins a place of two words: `New York Times`."""


def _is_called(article: Article, word: str) -> bool:
    """Whether an English text capitalises a common word by itself within a sentence: `on Expand it remains`."""
    for sentence in article.sentences:
        tokens = sentence.tokens
        for k in range(sentence.first + 1, sentence.last - 1) if sentence.role is BlockRole.PARAGRAPH else ():
            is_alone = tokens.text[k - 1].islower() and not tokens.text[k + 1][:1].isupper()
            if tokens.text[k] == word and is_alone and tokens.text[k + 1] != "-":
                return True
    return False


def is_anothers(word: str, name: Name) -> bool:
    """Whether the lists hold the words by themselves as somebody else's name."""
    seen = tuple(word.split(" "))
    return any(
        words == seen and any(each.ticker != name.ticker for each in meant) for words, meant in names_from(seen[0])
    )


def whole(article: Article, word: str) -> str | None:
    """The longer name that a text spells out once of a company it calls by one word: `Motive Technologies`."""
    for text in {id(s.text): s.text for s in article.sentences}.values():
        tokens = text.tokens
        for k in range(len(tokens) - 1):
            if tokens.text[k] == word and tokens.lower[k + 1] in _SECOND and tokens.text[k + 1][:1].isupper():
                return f"{word} {tokens.text[k + 1]}"
    return None


_SECOND = word_set("names", "second")


def reread(sentences: Iterable[Sentence], places: dict[int, list[Place]]) -> dict[int, list[Place]]:
    """Names as the text itself spells them out: `Schneider` is Schneider National where the text has called it so.

    A company that is called by just that word stays itself: `Fresenius` beside Fresenius Medical Care.
    """
    held = [(s, p) for s in sentences for p in places[s.number] if p.name.kind is NameKind.COMPANY]
    long = {s.tokens.text[p.first]: p.name for s, p in reversed(held) if p.last - p.first > 1}
    spelt = {p.name.name for _, p in held if p.last - p.first > 1}
    found: dict[int, dict[int, Name]] = {}
    for s, p in held:
        word = s.tokens.text[p.first]
        name = long.get(word) or long.get(word.removesuffix("s"))
        is_short = p.last - p.first == 1 and p.name.name not in (word, word.removesuffix("s"))
        if is_short and name is not None and name.name != p.name.name and p.name.name not in spelt:
            found.setdefault(s.number, {})[p.first] = name
    return {
        number: [
            replace(p, name=found[number][p.first]) if number in found and p.first in found[number] else p for p in row
        ]
        for number, row in places.items()
    }


def listed(name: Name, spelling: str) -> Name:
    """The listed company that a text calls so, if just one begins so: `Thermo Fisher`, `Rentokil`, `Kloeckner`.

    Two words may break off within the second: `Heidelberger Druck`. Case, umlauts and hyphens make no difference.
    A name that several companies share (`Constellation`) stays what the text prints. A common word with a company's
    form behind it is the one that is called so: `The Toro Company`, `Lemonade Holdings`.
    """
    if name.kind is not NameKind.COMPANY or name.ticker is not None:
        return name
    words = _plain(Tokens(spelling).spelling())
    if len(words) > 1 and words[-1] in _FORMS:
        called = {entry.ticker: entry for row, entry in _beginning_with(words[0]) if row == words[:-1]}
        if len(called) == 1:
            return replace(next(iter(called.values())), ambiguous_in="")
    if not words or sum(map(len, words)) < _LEAST or all(is_common_word(word) for word in words):
        return name
    found = {
        entry.ticker: entry
        for row, entry in _beginning_with(words[0])
        if row[: len(words)] == words or (len(words) > 1 and _breaks_off(row, words))
    }
    return next(iter(found.values())) if len(found) == 1 else name


_FORMS = word_set("names", "legal") | {"company"}
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
