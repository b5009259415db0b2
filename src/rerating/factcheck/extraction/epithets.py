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

from rerating.factcheck.extraction.article import Sentence
from rerating.factcheck.extraction.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.lexicon import word_set
from rerating.factcheck.extraction.states import home_of, state_by_adjective, state_of
from rerating.language.reading.tokens import WORD


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
        if tokens.kind[k] != WORD or any(p.first <= k < p.last for p in places):
            continue
        before = Told(dict(told.times))
        before.add([p for p in places if p.last <= k])
        for last, name in _stands_for(sentence, k, before, spoken_of):
            if name is not None and not any(last <= p.first <= last + 1 for p in places):
                found.append(Place(k, last, name, True))
                break
    return found


def _stands_for(sentence: Sentence, k: int, told: Told, spoken_of: Name | None) -> Iterator[tuple[int, Name | None]]:
    """Where an epithet ends that begins at a token, and the company."""
    tokens = sentence.tokens
    if tokens.lower[k - 1] not in _THE or not _BY.isdisjoint(sentence.words(k - 2, k - 1)):
        return
    word, is_english = tokens.text[k], sentence.text.is_english
    follows = tokens.text[k + 1] if k + 1 < sentence.last else ""
    stands_alone = not follows[:1].isupper() and not (follows == "-" and tokens.glued[k + 1])
    homes = _homes_of_people("en" if is_english else "de").get(word) or _seats().get(word, frozenset())
    if homes and stands_alone and not (is_english and word in _seats()):
        yield k + 1, told.at_home(homes, spoken_of)
    if tokens.lower[k] in _RIVALS and stands_alone:
        yield k + 1, told.other(spoken_of)
    for cue in sentence.cues_near(k):
        if (
            cue.family == "company_noun"
            and k < cue.first <= k + _MOST_BETWEEN
            and tokens.lower[cue.first] not in _BANKS
        ):
            state = state_by_adjective(tokens.text[k], is_english=is_english)
            by_adjective = frozenset((state.en,)) if state is not None else homes
            if by_adjective and all(tokens.kind[j] == WORD or tokens.text[j] == "-" for j in range(k, cue.first)):
                yield cue.last, told.at_home(by_adjective, spoken_of)


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


@lru_cache(maxsize=1)
def _seats() -> dict[str, frozenset[str]]:
    """What companies are called by their seat, with their symbols: `Mainzer`, `Milwaukee`."""
    return {word: frozenset(symbols.split()) for word, symbols in _data()["seats"].items()}


def _homes(name: Name) -> frozenset[str]:
    """What a company may be called by: the state where it is listed, and its symbol."""
    state = home_of(name.ticker)
    return frozenset(home for home in (state.en if state else None, name.ticker) if home is not None)
