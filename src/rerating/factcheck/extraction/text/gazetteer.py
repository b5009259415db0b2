"""The lists of names: companies, indices, commodities, currencies, institutions, houses, data services, venues.

They are versioned data in `data/`, kept by first words as they stand there; a name is made of its line when a text
holds that first word. So a list of ten thousand companies costs a start little more than reading it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from rerating.language.reading.tokens import Tokens, first_token


class NameKind(StrEnum):
    """What a name stands for."""

    COMPANY = "company"
    INDEX = "index"
    COMMODITY = "commodity"
    CRYPTO = "crypto"
    BOND = "bond"
    CURRENCY = "currency"
    INSTITUTION = "institution"
    REGION = "region"
    HOUSE = "house"
    DATA = "data"
    VENUE = "venue"


ASSETS = frozenset(
    (NameKind.COMPANY, NameKind.INDEX, NameKind.COMMODITY, NameKind.CRYPTO, NameKind.BOND, NameKind.CURRENCY)
)


@dataclass(frozen=True, slots=True)
class Name:
    """An entry of the gazetteer: the name as commonly written, Yahoo's symbol, the home market, the currency."""

    kind: NameKind
    name: str
    ticker: str | None = None
    venue: str | None = None
    currency: str | None = None
    ambiguous_in: str = ""
    """The languages (`en`, `de` or both) in which the spelling is an ordinary word too."""
    is_met: bool = False
    """Whether no list holds it and it is told of in an article about a listed company."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name at tokens `first` up to, not including, `last`. `names` holds every meaning, the likeliest first."""

    first: int
    last: int
    names: tuple[Name, ...]

    def of(self, *kinds: NameKind) -> Name | None:
        """The first meaning of one of these kinds."""
        for name in self.names:
            if name.kind in kinds:
                return name
        return None


def is_company(name: Name | None) -> bool:
    """Whether there is a name and it is a company's."""
    return name is not None and name.kind is NameKind.COMPANY


@dataclass(frozen=True, slots=True)
class Place:
    """A name in a sentence, with its meaning there. `is_noun`: a noun such as `der Konzern` stands for it."""

    first: int
    last: int
    name: Name
    is_noun: bool = False


def _read(name: str) -> str:
    return files("rerating.factcheck.extraction").joinpath("data", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def gazetteer_version() -> str:
    """The version of the gazetteers, printed beside what was read with them."""
    version: str = _institutions()["version"]
    return version


@lru_cache(maxsize=1)
def _institutions() -> dict[str, Any]:
    return tomllib.loads(_read("institutions.toml"))


@lru_cache(maxsize=1)
def _ambiguous() -> dict[str, str]:
    lines = [line for line in _read("ambiguous.txt").splitlines() if not line.startswith("#")]
    spellings = " ".join(lines).split()
    return {each.rstrip("+*"): _TONGUES.get(each[-1], "en") for each in spellings}


_TONGUES = {"+": "de en", "*": "de"}


_TABLES = {
    "indices": NameKind.INDEX,
    "commodities": NameKind.COMMODITY,
    "crypto": NameKind.CRYPTO,
    "bonds": NameKind.BOND,
}

_Entry = tuple[str, str | Name]
"""A spelling with the line of the company that it stands for, or with the name itself."""

Row = tuple[tuple[str, ...], tuple[Name, ...]]
"""The words of a spelling and what they mean, the likeliest first."""


@dataclass(frozen=True, slots=True)
class _Lists:
    """The entries by their first words, and the companies' lines by their symbols, each with its last spelling."""

    by_word: dict[str, list[_Entry]]
    by_symbol: dict[str, tuple[str, str]]


def _lines(file: str) -> list[str]:
    return [line for line in _read(file).splitlines() if not line.startswith("#")]


def _companies() -> Iterable[tuple[str, list[str], str]]:
    """The symbol, the spellings and the line of each company."""
    called = dict(line.split("\t") for line in _lines("nicknames.tsv"))
    for line in _lines("companies.tsv"):
        name, symbol, _, _, more = line.split("\t")
        spellings = [name]
        if more:
            spellings += more.split(" | ")
        if symbol in called:
            spellings += called[symbol].split(" | ")
        if "Deutsche " in line:
            spellings += [f"Deutschen {each[9:]}" for each in spellings if each.startswith("Deutsche ")]
        yield symbol, spellings, line


def _company(spelling: str, line: str) -> Name:
    name, symbol, venue, currency, _ = line.split("\t")
    return Name(NameKind.COMPANY, name, symbol or None, venue or None, currency or None, _ambiguous().get(spelling, ""))


def funds() -> Iterable[tuple[Name, list[str]]]:
    """The exchange-traded funds of the lists, with their spellings."""
    for line in (*_lines("funds.tsv"), *(row for row in _lines("companies.tsv") if row.split("\t")[2] == "ARCX")):
        name, symbol, venue, currency, more = line.split("\t")
        yield Name(NameKind.COMPANY, name, symbol, venue, currency), [name, *filter(None, more.split(" | "))]


def _fund_spellings() -> Iterable[tuple[str, Name]]:
    return ((spelling, fund) for fund, called in funds() for spelling in called)


def _others() -> Iterable[tuple[str, Name]]:
    yield from _fund_spellings()
    data = _institutions()
    for table, kind in _TABLES.items():
        for name, (symbol, *spellings) in data[table].items():
            for spelling in spellings:
                yield spelling, Name(kind, name, symbol or None, ambiguous_in=data["ordinary"].get(spelling, ""))
    for code, spellings in data["currencies"].items():
        for spelling in spellings:
            yield spelling, Name(NameKind.CURRENCY, code)
    yield from _bodies(data["institutions"])
    for name, spellings in data["regions"].items():
        for spelling in spellings:
            yield spelling, Name(NameKind.REGION, name)
    for symbol, brands in data["brands"].items():
        for brand in brands:
            yield brand, Name(NameKind.COMPANY, brand, symbol)
    yield from _houses(data["houses"])
    for code, spellings in data["venues"].items():
        for spelling in spellings:
            yield spelling, Name(NameKind.VENUE, code)


def _bodies(lists: dict[str, list[str]]) -> Iterable[tuple[str, Name]]:
    for name, spellings in (*lists.items(), *((spellings[0], spellings) for _, spellings in authorities())):
        for spelling in spellings:
            yield spelling, Name(NameKind.INSTITUTION, name)


@lru_cache(maxsize=1)
def authorities() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Regulators, chambers and courts: the key of the state whose they are, and their spellings, the name first."""
    lists = tomllib.loads(_read("authorities.toml"))
    del lists["version"]
    return tuple((state, _spellings(state, row)) for state, rows in lists.items() for row in rows)


def _spellings(state: str, row: str) -> tuple[str, ...]:
    spellings = [spelling.strip() for spelling in row.split("|")]
    words = [each for each in spellings if each[1:].islower()] if state in _GERMAN else []
    return (*spellings, *(each + "s" for each in words if not each.endswith("s")))


_GERMAN = ("DE", "AT", "CH")
"""States whose bodies take a German genitive: `des Bundeskartellamts`."""


@lru_cache(maxsize=2)
def homonyms(tongue: str) -> dict[str, Name]:
    """What a name means in one language only: `Merck` is of Rahway in English, of Darmstadt in German."""
    told = _institutions()["homonyms"].items()
    found = ((name, of_symbol(symbols[tongue])) for name, symbols in told if tongue in symbols)
    return {name: company for name, company in found if company is not None}


def _houses(lists: dict[str, str]) -> Iterable[tuple[str, Name]]:
    for key, kind in (("names", NameKind.HOUSE), ("data", NameKind.DATA)):
        for spelling in lists[key].split("|"):
            house = Name(kind, spelling.strip())
            yield house.name, house
            if house.name.startswith("Deutsche "):
                yield "Deutschen" + house.name.removeprefix("Deutsche"), house


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    by_word: dict[str, list[_Entry]] = {}
    by_symbol: dict[str, tuple[str, str]] = {}
    for symbol, spellings, line in _companies():
        for spelling in spellings:
            by_word.setdefault(first_token(spelling), []).append((spelling, line))
        if symbol:
            by_symbol[symbol] = spellings[0], line
    for spelling, name in _others():
        by_word.setdefault(first_token(spelling), []).append((spelling, name))
    return _Lists(by_word, by_symbol)


def names_from(word: str) -> tuple[Row, ...]:
    """The names that begin with a word, the longest first."""
    return _rows(word) if word in _lists().by_word else ()


@cache
def _rows(word: str) -> tuple[Row, ...]:
    held: dict[tuple[str, ...], list[Name]] = {}
    for spelling, entry in _lists().by_word[word]:
        name = _company(spelling, entry) if isinstance(entry, str) else entry
        meanings = held.setdefault(Tokens(spelling).spelling(), [])
        if all((each.kind, each.name) != (name.kind, name.name) for each in meanings):
            meanings.append(name)
    return tuple(sorted(((words, tuple(meanings)) for words, meanings in held.items()), key=_shortness))


def _shortness(row: Row) -> tuple[int, int]:
    """The more words the earlier, whatever joins them: `Hang Seng Tech` before `Hang-Seng`."""
    words = row[0]
    return -sum(word[0].isalnum() for word in words), -len(words)


def first_words() -> Collection[str]:
    """The words that a name of the lists begins with."""
    return _lists().by_word


def is_name(word: str) -> bool:
    """Whether a list holds the word as a name by itself."""
    return any(len(words) == 1 for words, _ in names_from(word))


def is_house_name(name: str) -> bool:
    """Whether a list holds the name as one of an analysts' house."""
    words = Tokens(name).spelling()
    return any(
        row == words and any(each.kind is NameKind.HOUSE for each in meanings) for row, meanings in names_from(words[0])
    )


def of_symbol(symbol: str) -> Name | None:
    """The company with a symbol of Yahoo's; an American one by its symbol alone."""
    entry = _lists().by_symbol.get(symbol)
    return _company(*entry) if entry is not None else None


@lru_cache(maxsize=1)
def share_lines() -> dict[str, dict[str, str]]:
    """The companies with several lines of shares: by the symbol of the list the symbol of each class."""
    out: dict[str, dict[str, str]] = {}
    for line in _lines("share_lines.tsv"):
        symbol, own, others = line.split("\t")
        out[symbol] = {own: symbol, **dict(each.split("=") for each in others.split())}
    return out


def spellings() -> Iterable[tuple[str, str | None]]:
    """Every spelling of the companies with Yahoo's symbol, in the order of the table."""
    return ((spelling, symbol or None) for symbol, called, _ in _companies() for spelling in called)


def is_ambiguous(spelling: str) -> bool:
    """Whether a company's spelling is an ordinary word, a person or a place too."""
    return spelling in _ambiguous()


def gazetteer() -> tuple[tuple[str, str | None, tuple[str, ...]], ...]:
    """Companies that no other word is spelt like: name, Yahoo's symbol, all spellings. In the order of the table."""
    others = {spelling for spelling, name in _others() if name.kind is not NameKind.COMPANY}
    sure = []
    for symbol, spellings, line in _companies():
        if not any(spelling in others or spelling in _ambiguous() for spelling in spellings):
            sure.append((line.partition("\t")[0], symbol or None, tuple(dict.fromkeys(spellings))))
    return tuple(sure)
