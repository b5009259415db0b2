"""Epithets that stand for a company told of before: by its country (`die Belgier`, `the Danish brewer`), by its seat
(`die Mainzer`, `the Milwaukee company`), or as the other one of two (`der Rivale`, `the rival`).

They stand for nobody new: an epithet that fits no company told of by then is left alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.names import is_trade
from rerating.factcheck.extraction.whom.states import home_of, state_by_adjective, state_of
from rerating.language.reading.tokens import WORD, Tokens


@dataclass(slots=True)
class Told:
    """The companies that a text has named by then, each with how often; the last named comes last."""

    times: dict[Name, int] = field(default_factory=dict)

    def add(self, places: list[Place]) -> None:
        """Takes in the companies that a sentence names."""
        for place in places:
            if place.name.kind is NameKind.COMPANY:
                self.times[place.name] = self.times.pop(place.name, 0) + (not place.is_noun)

    def at_home(self, homes: frozenset[str], spoken_of: Name | None) -> Name | None:
        """The company with a home among these: the one spoken of if it is one of them, else the last named."""
        found = [name for name in self.times if not homes.isdisjoint(_homes(name))]
        return spoken_of if spoken_of in found else found[-1] if found else None

    def other(self, spoken_of: Name | None) -> Name | None:
        """The other one of two companies that a text keeps comparing."""
        often = [name for name, times in self.times.items() if times >= _OFTEN]
        others = [name for name in often if name != spoken_of]
        return others[0] if spoken_of in often and len(others) == 1 else None


_OFTEN = 2


def epithets(sentence: Sentence, places: list[Place], told: Told, spoken_of: Name | None) -> list[Place]:
    """The epithets of a sentence, each with the company that it stands for; `places` are the names that it holds."""
    tokens = sentence.tokens
    found: list[Place] = []
    for k in range(sentence.first + 1, sentence.last):
        if tokens.lower[k - 1] not in _THE or tokens.kind[k] != WORD or any(p.first <= k < p.last for p in places):
            continue
        before = Told(dict(told.times))
        before.add([p for p in places if p.last <= k])
        for last, name in _stands_for(sentence, k, before, spoken_of):
            if name is not None and not any(last <= p.first <= last + 1 for p in places):
                found.append(Place(k, last, name, True))
                break
    return found


def _stands_for(sentence: Sentence, k: int, told: Told, spoken_of: Name | None) -> Iterator[tuple[int, Name | None]]:
    """Where an epithet ends that begins at a token behind an article, and the company."""
    tokens, language = sentence.tokens, "en" if sentence.text.is_english else "de"
    if not _BY.isdisjoint(sentence.words(k - 2, k - 1)):
        return
    word, follows = tokens.text[k], tokens.text[k + 1] if k + 1 < sentence.last else ""
    stands_alone = not follows[:1].isupper() and not (follows == "-" and tokens.glued[k + 1])
    people = _homes_of_people(language).get(word, frozenset())
    last, homes = (k + 1, people) if people else _seat_at(sentence, k, language)
    if stands_alone and (people or (homes and language == "de")):
        yield k + 1, told.at_home(homes, spoken_of)
    if tokens.lower[k] in _RIVALS and stands_alone:
        yield k + 1, told.other(spoken_of)
    state = state_by_adjective(word, is_english=language == "en")
    if state is not None and not homes:
        homes = frozenset((state.en,))
    noun = _noun_behind(sentence, last) if homes else None
    if noun is not None:
        yield noun, told.at_home(homes, spoken_of)


def _seat_at(sentence: Sentence, k: int, language: str) -> tuple[int, frozenset[str]]:
    """Where the words for a seat end that begin at a token, and the symbols of the companies there."""
    tokens = sentence.tokens
    for words, symbols in _seats(language).get(
        tokens.text[k].removesuffix("n") if language == "de" else tokens.text[k], ()
    ):
        if language == "de" or tuple(tokens.text[k : k + len(words)]) == words:
            return k + len(words), symbols
    return k + 1, frozenset()


def _noun_behind(sentence: Sentence, last: int) -> int | None:
    """Where the noun for a company ends that an adjective or a seat leads: `belgische Brauer`, `Bath-based maker`."""
    tokens = sentence.tokens
    for k in range(last, min(last + _MOST_BETWEEN, sentence.last)):
        if tokens.kind[k] != WORD and tokens.text[k] not in "-,":
            return None
        if tokens.lower[k] not in _BANKS and (is_trade(tokens, k) or _is_company_cue(sentence, k)):
            return k + 1
    return None


def _is_company_cue(sentence: Sentence, k: int) -> bool:
    return any(cue.family == "company_noun" and cue.first <= k < cue.last for cue in sentence.cues_near(k))


_THE = word_set("epithets", "the")
_RIVALS = word_set("epithets", "rivals")
_BY = word_set("epithets", "by")
"""Before an epithet that only has a hand in what is told: `eine Platzierung durch die Italiener`."""
_BANKS = word_set("epithets", "banks")
"""They speak as analysts' houses: `nach Ansicht der US-Bank`."""
_MOST_BETWEEN = 4


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = files("rerating.factcheck.extraction").joinpath("data", "epithets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=2)
def _homes_of_people(language: str) -> dict[str, frozenset[str]]:
    """The people of a state, in all their endings, with the state."""
    return {
        people: frozenset((state.en,))
        for name, spellings in _data()["people"][language].items()
        if (state := state_of(name)) is not None
        for people in spellings.split()
    }


@lru_cache(maxsize=2)
def _seats(language: str) -> dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]:
    """First word of a seat to its words and the symbols of the companies there, the longest first."""
    text = files("rerating.factcheck.extraction").joinpath("data", "seats.tsv").read_text(encoding="utf-8")
    table: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for line in text.splitlines():
        if line.startswith(f"{language}\t"):
            _, place, symbols = line.split("\t")
            words = Tokens(place).spelling()
            table.setdefault(words[0], []).append((words, frozenset(symbols.split())))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


def _homes(name: Name) -> frozenset[str]:
    """What a company may be called by: the state where it is listed, and its symbol."""
    state = home_of(name.ticker)
    return frozenset(home for home in (state.en if state else None, name.ticker) if home is not None)
