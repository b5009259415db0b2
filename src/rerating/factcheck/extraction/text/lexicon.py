"""Word lists with what they mean: the longest phrase that begins at a token, with * for any letters at a word's ends.

The lists are versioned data (`data/topics.toml`, `data/cues.toml`). Looking up a word costs its length.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rerating.language.reading.tokens import Tokens

LONGEST = 40
"""No word of the lists is longer."""
WHOSE = frozenset(("whose", "dessen", "deren"))
"""The pronouns of what somebody just named has."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase at tokens `first` up to, not including, `last`: its family and what it is called there."""

    first: int
    last: int
    family: str
    key: str
    is_part: bool = False
    """Whether a longer word holds it (Umsatz in Umsatzplus)."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    family: str
    key: str
    second: str
    """Its second word where that is whole: most phrases end there."""


def _fits(pattern: str, word: str) -> bool:
    if pattern == word:
        return True
    if "*" not in pattern:
        return False
    if pattern == "*":
        return bool(word)
    if pattern[0] == "*" and pattern[-1] == "*":
        return pattern[1:-1] in word
    return word.endswith(pattern[1:]) if pattern[0] == "*" else word.startswith(pattern[:-1])


class Lexicon:
    """Phrases by their first word: whole, by its beginning, or by its end."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self._whole: dict[str, list[_Phrase]] = {}
        self._prefix: dict[str, list[_Phrase]] = {}
        self._suffix: dict[str, list[_Phrase]] = {}
        for text, family, key in _in_both_spellings(rows):
            words = tuple(_split(text))
            if not words:
                continue
            second = words[1] if len(words) > 1 and "*" not in words[1] else ""
            phrase, first = _Phrase(words, family, key, second), words[0]
            if first.startswith("*"):
                self._suffix.setdefault(first.strip("*"), []).append(phrase)
            elif first.endswith("*"):
                self._prefix.setdefault(first[:-1], []).append(phrase)
            else:
                self._whole.setdefault(first, []).append(phrase)
        self._starts = lru_cache(maxsize=65_536)(self._find)

    def _find(self, word: str) -> tuple[_Phrase, ...]:
        found = list(self._whole.get(word, ()))
        if len(word) <= LONGEST:
            for size in range(2, len(word) + 1):
                found += self._prefix.get(word[:size], ())
                found += self._suffix.get(word[len(word) - size :], ())
        found.sort(key=lambda phrase: (-len(phrase.words), "*" in phrase.words[0], -len(phrase.words[0])))
        return tuple(found)

    def at(self, tokens: Tokens, k: int) -> list[Found]:
        """All phrases that begin at token k, the longest first; of one family and length the most exact only."""
        starts = self._starts(tokens.lower[k])
        if not starts:
            return []
        found: list[Found] = []
        seen: set[tuple[str, str]] = set()
        following = tokens.lower[k + 1]
        for phrase in starts:
            if phrase.second and phrase.second != following:
                continue
            size = len(phrase.words)
            if (phrase.family, phrase.key) in seen:
                continue
            if size == 1 or all(_fits(phrase.words[j], tokens.lower[k + j]) for j in range(1, size)):
                seen.add((phrase.family, phrase.key))
                is_part = size == 1 and phrase.words[0] != tokens.lower[k]
                found.append(Found(k, k + size, phrase.family, phrase.key, is_part))
        return found


def _in_both_spellings(rows: Iterable[tuple[str, str, str]]) -> Iterable[tuple[str, str, str]]:
    """The rows, and again as Swiss papers spell them: `fliessen` for `fließen`."""
    for text, family, key in rows:
        yield text, family, key
        if "ß" in text:
            yield swiss(text), family, key


def swiss(text: str) -> str:
    """German as it is spelt in Switzerland, which has no ß."""
    return text.replace("ß", "ss")


def _split(text: str) -> list[str]:
    """The words of a phrase, with * left at their ends; signs stand alone."""
    words: list[str] = []
    for word in text.replace("'", " ' ").split():
        words += [word] if "*" in word else Tokens(word).spelling()
    return words


@lru_cache(maxsize=4)
def _data(name: str) -> dict[str, dict[str, str]]:
    text = files("rerating.factcheck.extraction").joinpath("data", name).read_text(encoding="utf-8")
    data: dict[str, dict[str, str]] = {k: v for k, v in tomllib.loads(text).items() if isinstance(v, dict)}
    return data


def _phrases(text: str) -> list[str]:
    return [each.strip() for each in " ".join(text.split()).split("|") if each.strip()]


@lru_cache(maxsize=1)
def topics() -> Lexicon:
    """What figures are about: families and metrics of `topics.toml`."""
    rows = [
        (phrase, family, metric)
        for family, metrics in _data("topics.toml").items()
        for metric, words in metrics.items()
        for phrase in _phrases(words)
    ]
    return Lexicon(rows)


def cue_list(section: str, key: str = "words") -> list[str]:
    """The phrases of one list of `cues.toml`."""
    data: object = _data("cues.toml")
    for part in section.split("."):
        data = data[part]  # type: ignore[index]
    return _phrases(data[key])  # type: ignore[index]


@lru_cache(maxsize=2)
def cues(language: str) -> Lexicon:
    """How figures are meant: all lists of `cues.toml`; words of movement in the article's language only."""
    rows: list[tuple[str, str, str]] = []
    for key in ("up", "down"):
        rows += [(phrase, "movement", key) for phrase in cue_list(f"movement.{language}", key)]
        if language == "de":
            rows += [(phrase, "movement", key) for phrase in cue_list("movement.en", key) if phrase in _BORROWED]
    for section in ("flat", "expectation", "guidance", "price", "index", "attribution", "reporting", "opinion"):
        rows += [(phrase, section, section) for phrase in cue_list(section)]
    for section in ("house", "company_noun", "papers", "consensus_words"):
        rows += [(phrase, section, section) for phrase in cue_list(section)]
    return Lexicon(rows)


_BORROWED = frozenset(("upgrade*", "downgrade*", "rally"))


@lru_cache(maxsize=1)
def separable() -> dict[str, list[tuple[str, str]]]:
    """German verbs whose prefix closes the clause: form to its (prefix, direction) pairs."""
    table: dict[str, list[tuple[str, str]]] = {}
    for key in ("up", "down"):
        for phrase in cue_list("movement.de", f"separable_{key}"):
            form, prefix = phrase.split()
            for each in dict.fromkeys((form, swiss(form))):
                table.setdefault(each, []).append((prefix, key))
    return table


@lru_cache(maxsize=1)
def separable_topics() -> dict[str, list[tuple[str, str, str]]]:
    """German verbs that name a metric with their prefix: form to its (prefix, family, metric)."""
    table: dict[str, list[tuple[str, str, str]]] = {}
    for family, metrics in _data("separable.toml").items():
        for metric, words in metrics.items():
            for phrase in _phrases(words):
                form, prefix = phrase.split()
                for each in dict.fromkeys((form, swiss(form))):
                    table.setdefault(each, []).append((prefix, family, metric))
    return table


def word_set(section: str, key: str) -> frozenset[str]:
    """One of the word lists of `words.toml`, in Swiss spelling too."""
    text = _data("words.toml")[section][key]
    return frozenset((*text.split(), *swiss(text).split()))


def phrase_table(name: str, table: str) -> list[tuple[str, str]]:
    """The rows of a file's table, in its order."""
    return list(_data(name)[table].items())
