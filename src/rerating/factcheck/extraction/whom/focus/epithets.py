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
from rerating.factcheck.extraction.text.name_words import is_trade
from rerating.factcheck.extraction.whom.phrases.roles import SHARES
from rerating.factcheck.extraction.whom.phrases.states import home_of, listed_in, state_by_adjective, state_of
from rerating.language.reading.tokens import WORD, Tokens


@dataclass(slots=True)
class Told:
    """The companies that a text has named by then, each with how often; the last named comes last."""

    times: dict[Name, int] = field(default_factory=dict)
    at: dict[Name, int] = field(default_factory=dict)
    """In which sentence each was named last, counted from the first."""
    sentences: int = 0

    def add(self, places: list[Place]) -> None:
        """Takes in the companies that a sentence names."""
        self.sentences += 1
        for place in places:
            if place.name.kind is NameKind.COMPANY:
                self.times[place.name] = self.times.pop(place.name, 0) + (not place.is_noun)
                self.at[place.name] = self.sentences

    def at_home(self, homes: frozenset[str], spoken_of: Name | None) -> Name | None:
        """The company with a home among these: the one spoken of if it is one of them, else the last named."""
        found = [name for name in self.times if not homes.isdisjoint(_homes(name))]
        return spoken_of if spoken_of in found else found[-1] if found else None

    def beside(self, main: Name | None, *, within: int) -> Name | None:
        """The company last named beside the one that the text is about, in the last sentences."""
        last = next((name for name in reversed(self.times) if name != main), None)
        return last if last is not None and self.sentences - self.at[last] <= within else None

    def other(self, spoken_of: Name | None) -> Name | None:
        """The other one of two companies that a text keeps comparing."""
        often = [name for name, times in self.times.items() if times >= _OFTEN]
        others = [name for name in often if name != spoken_of]
        return others[0] if spoken_of in often and len(others) == 1 else None


_OFTEN = 2


def epithets(
    sentence: Sentence, places: list[Place], told: Told, spoken_of: Name | None, main: Name | None
) -> list[Place]:
    """The epithets of a sentence, each with the company that it stands for; `places` are the names that it holds,
    `main` is what the text is about."""
    tokens = sentence.tokens
    found: list[Place] = []
    for k in range(sentence.first + 1, sentence.last):
        if tokens.lower[k - 1] not in _THE or tokens.kind[k] != WORD or any(p.first <= k < p.last for p in places):
            continue
        before = Told(dict(told.times), dict(told.at), told.sentences)
        ahead = [p for p in places if p.last <= k]
        before.add(ahead)
        last = next((p.name for p in reversed(ahead) if p.name.kind is NameKind.COMPANY), spoken_of)
        for end, name in _stands_for(sentence, k, before, (spoken_of, last), main):
            if name is not None and not any(end <= p.first <= end + 1 for p in places):
                found.append(Place(k, end, name, True))
                break
    return found


def _stands_for(
    sentence: Sentence, k: int, told: Told, spoken: tuple[Name | None, Name | None], main: Name | None
) -> Iterator[tuple[int, Name | None]]:
    """Where an epithet ends that begins at a token behind an article, and the company; `spoken` are who is spoken of,
    and who was named last."""
    spoken_of, last_named = spoken
    tokens, language = sentence.tokens, "en" if sentence.text.is_english else "de"
    if not _BY.isdisjoint(sentence.words(k - 2, k - 1)):
        return
    word, follows = tokens.text[k], tokens.text[k + 1] if k + 1 < sentence.last else ""
    stands_alone = not follows[:1].isupper() and not (follows == "-" and tokens.glued[k + 1])
    people = _homes_of_people(language).get(word, frozenset())
    last, homes = (k + 1, people) if people else _seat_at(sentence, k, language)
    if stands_alone and (people or (homes and language == "de")):
        yield k + 1, told.at_home(homes, spoken_of)
    if (tokens.lower[k] in _RIVALS or tokens.lower[k].endswith(_RIVAL_ENDS)) and stands_alone:
        yield k + 1, told.other(last_named) or _beside(sentence, k, told, main)
    if tokens.lower[k] in _COUNTERPARTS and stands_alone:
        yield k + 1, _beside(sentence, k, told, main)
    state = state_by_adjective(word, is_english=language == "en")
    if state is not None and not homes:
        homes = frozenset((state.en,))
    noun = _noun_behind(sentence, last) if homes else None
    if noun is not None:
        yield noun, told.at_home(homes, spoken_of)


def _beside(sentence: Sentence, k: int, told: Told, main: Name | None) -> Name | None:
    """The other one that a word for a counterpart stands for, seen from the company of the text; in the genitive only
    behind what is told of it: `das Papier des Rivalen`, not `die Offerte des Rivalen`."""
    if main is None or main.kind is not NameKind.COMPANY:
        return None
    article, lead = sentence.tokens.lower[k - 1], sentence.words(k - 2, k - 1)
    if article == "die" or (article == "der" and sentence.tokens.lower[k].endswith("en")):
        return None  # many of them
    is_told = any(word in SHARES for word in lead) or any(
        t.last == k - 1 and t.family in _OF_COMPANIES for t in sentence.topics_near(k)
    )
    return told.beside(main, within=_NEAR) if article != "des" or is_told else None


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
_RIVAL_ENDS = ("rivale", "rivalen", "konkurrent", "konkurrenten")
_COUNTERPARTS = word_set("epithets", "counterparts")
_OF_COMPANIES = frozenset(("figure", "operation", "ratio", "price"))
_NEAR = 3
"""So many sentences, its own among them, may lie between the one beside the company of the text and a word for it."""
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
    """What a company may be called by: the states where it is at home and listed, and its symbol."""
    states = (home_of(name.ticker), listed_in(name.ticker))
    return frozenset(home for home in (*(state.en for state in states if state), name.ticker) if home is not None)
