"""First words of names that the text has spelt out, where they are ordinary: `Advance` after Advance Auto Parts.

Such a word is the company's only where it stands as a name does: alone in a table's first cell, or at the head of a
sentence before a verb (`On helped the mood`, `Advance closed 500 stores`); in German also with a capital that German
would not write (`Für On ging es nach oben`).
"""

from __future__ import annotations

from dataclasses import replace

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import is_common_word, is_kind_word
from rerating.factcheck.extraction.whom.names.vouching import stands_alone
from rerating.factcheck.extraction.whom.phrases.forms import is_anothers
from rerating.language.reading.tokens import WORD

_VERBS = word_set("names", "company_verbs") | word_set("acting", "does") | word_set("unlisted", "does")
_VERBS = _VERBS | word_set("first_words", "does")
_NO_NAMES = word_set("first_words", "no_names")
_GERMAN = word_set("first_words", "german")


def with_first_words(article: Article, places: dict[int, list[Place]]) -> dict[int, list[Place]]:
    """The places with those where the first word of a name that the text spells out stands for it."""
    names = _spelt_out(article, places)
    if not names:
        return places
    return {s.number: _with(s, places[s.number], names) for s in article.sentences}


def _spelt_out(article: Article, places: dict[int, list[Place]]) -> dict[str, Name]:
    """Listed companies with names of several words by their first ones, where that is an ordinary word."""
    names: dict[str, Name] = {}
    for sentence in article.sentences:
        for place in places[sentence.number]:
            word = sentence.tokens.text[place.first]
            is_long = place.last - place.first > 1 and place.name.kind is NameKind.COMPANY and not place.is_noun
            if is_long and place.name.ticker and _is_plain(sentence, word) and not is_anothers(word, place.name):
                names.setdefault(word, replace(place.name, ambiguous_in=""))
    return names


def _is_plain(sentence: Sentence, word: str) -> bool:
    low = word.lower()
    is_name = len(word) > 1 and word[:1].isupper() and not word.isupper() and low not in _NO_NAMES
    is_name = is_name and not is_kind_word(low) and (sentence.text.is_english or low not in _GERMAN)
    return is_name and (is_common_word(low) or len(word) < _SHORT)


_SHORT = 4


def _with(sentence: Sentence, places: list[Place], names: dict[str, Name]) -> list[Place]:
    tokens = sentence.tokens
    out = list(places)
    for k in range(sentence.first, sentence.last):
        name = names.get(tokens.text[k])
        if name is None or any(p.first <= k < p.last for p in places):
            continue
        place = Place(k, k + 1, name)
        is_name = _is_named(sentence, place) if sentence.text.is_english else _is_foreign(sentence, k)
        if is_name or _is_cell(sentence, k):
            out.append(place)
    return sorted(out, key=lambda place: place.first)


def _is_cell(sentence: Sentence, k: int) -> bool:
    """Whether a word is all of a table's first cell."""
    others = (j for j in range(sentence.first, sentence.last) if j != k)
    return sentence.cell == 0 and all(sentence.tokens.kind[j] != WORD for j in others)


def _is_named(sentence: Sentence, place: Place) -> bool:
    """Whether an English clause opens with a word and a verb behind it, or a capital stands alone within a sentence."""
    tokens, k = sentence.tokens, place.first
    if k + 1 >= sentence.last or stands_alone(sentence, place):
        return k + 1 < sentence.last
    if k != sentence.first and tokens.text[k - 1] not in ";:":
        return False
    if tokens.text[k + 1 : k + 3] == ["'", "s"]:
        return True
    behind = tokens.lower[k + 1]
    moves = any(cue.family == "movement" and cue.first == k + 1 for cue in sentence.cues_near(k))
    return tokens.text[k + 1].islower() and (moves or behind in _VERBS)


def _is_foreign(sentence: Sentence, k: int) -> bool:
    """Whether a German text writes a word that is none of its own as a name, with no other name beside it."""
    tokens = sentence.tokens
    if k + 1 < sentence.last and tokens.text[k + 1][:1].isupper():
        return False
    return k - 1 <= sentence.first or not tokens.text[k - 1][:1].isupper()
