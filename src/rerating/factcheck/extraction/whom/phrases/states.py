"""States: their names, adjectives and capitals in both languages, their central banks and bodies, who is at home there.

The data stand in `data/states.toml` and `data/authorities.toml`; who of them acts in a sentence `state_actors` tells.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, authorities
from rerating.language.reading.tokens import Tokens


@dataclass(frozen=True, slots=True)
class State:
    """A state: its names in English and German, and those of its central bank."""

    en: str
    de: str
    bank: str | None = None
    bank_de: str | None = None

    def name(self, *, is_english: bool) -> Name:
        """The state as whoever acts, as texts of that language print it."""
        return Name(NameKind.INSTITUTION, self.en if is_english else self.de)

    def central_bank(self, *, is_english: bool) -> Name | None:
        """Its central bank, as texts of that language print it; of a state that shares the euro the common one."""
        if self.bank is None:
            return None
        told: str = _data()["english"].get(self.bank, self.bank) if is_english else self.bank_de or self.bank
        return Name(NameKind.INSTITUTION, told)


class Spelt(NamedTuple):
    """The words by which a state is told of."""

    words: tuple[str, ...]
    state: State
    part: str
    """`name`, `adjective`, `either` of both, `capital`, or `land` of a state within another."""


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(
        files("rerating.factcheck.extraction").joinpath("data", "states.toml").read_text(encoding="utf-8")
    )


@lru_cache(maxsize=1)
def _states_of() -> tuple[tuple[dict[str, Any], State], ...]:
    """The rows of the list with the states that they tell of."""
    rows = _data()["states"].values()
    common = _data()["states"]["EZ"]["bank"]
    return tuple(
        (row, State(row["en"], row["de"], common if row.get("euro") else row.get("bank"), row.get("bank_de")))
        for row in rows
    )


@lru_cache(maxsize=2)
def spellings(*, is_english: bool) -> dict[str, list[Spelt]]:
    """First token to the spellings that begin with it, the longest first."""
    table: dict[str, list[Spelt]] = {}
    for row, state in _states_of():
        adjectives = row.get("adjectives_en" if is_english else "adjectives_de", ())
        for part, spellings in (
            ("capital", row.get("capitals", ())),
            ("adjective", adjectives),
            ("name", row.get("names", ())),
        ):
            for spelling in spellings:
                words = Tokens(spelling).spelling()
                kind = "either" if part == "name" and spelling in adjectives else part
                table.setdefault(words[0], []).append(Spelt(words, state, kind))
    for name in (name for names in _data()["parts"].values() for name in names):
        words = Tokens(name).spelling()
        table.setdefault(words[0], []).append(Spelt(words, State(name, name), "land"))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row.words))
    return table


@lru_cache(maxsize=1)
def _by_exchange() -> dict[str, State]:
    return {ending: state for row, state in _states_of() for ending in row.get("exchanges", ())}


@lru_cache(maxsize=1)
def _abroad() -> dict[str, State]:
    """Symbols of companies that are listed in New York and at home elsewhere."""
    by_code = dict(zip(_data()["states"], (state for _, state in _states_of()), strict=True))
    return {ticker: by_code[code] for code, tickers in _data()["abroad"].items() for ticker in tickers.split()}


@lru_cache(maxsize=1)
def _by_index() -> dict[str, State]:
    return {symbol: state for row, state in _states_of() for symbol in row.get("indices", ())}


@lru_cache(maxsize=1)
def key_rates() -> dict[tuple[str, ...], State]:
    """What the rates of some central banks are called (`Selic`, `cash rate`), with whose they are."""
    return {tuple(rate.split(" ")): state for row, state in _states_of() for rate in row.get("key_rates", ())}


@lru_cache(maxsize=1)
def states_by_name() -> dict[str, State]:
    """States by any of their names, and by their central banks."""
    found: dict[str, State] = {}
    for row, state in _states_of():
        for name in (row["en"], row["de"], *row.get("names", ()), *filter(None, (row.get("bank"), row.get("bank_de")))):
            found.setdefault(name, state)
    for part in ("parts", "chambers"):
        for key, names in _data()[part].items():
            row = _data()["states"][key]
            found |= {name: found[row["en"]] for name in names if name not in found}
    for key, spellings in authorities():
        if key in _data()["states"]:
            found.setdefault(spellings[0], found[_data()["states"][key]["en"]])
    return found


@lru_cache(maxsize=4)
def offices(which: str) -> frozenset[str]:
    """Who acts for a state, in a language (`en`, `bare_de`), and the bodies told of by their own name (`by_name`)."""
    words = _data()["offices"][which]
    return frozenset(words.split() if isinstance(words, str) else words)


def state_of(name: str | None) -> State | None:
    """The state of that name, or whose central bank or other body that is."""
    is_body = name is not None and ("Department" in name or name.startswith(("Senate ", "House ")))
    if name is not None and is_body and name not in states_by_name():
        return states_by_name()["United Kingdom" if "Department for" in name else "United States"]
    return states_by_name().get(name) if name is not None else None


def is_land(name: str) -> bool:
    """Whether a name is that of a state within a state: `Texas`, `Bayern`."""
    return any(name in names for names in _data()["parts"].values())


def as_whole(name: Name | None, *, is_english: bool) -> Name | None:
    """Whoever acts, the state itself for a body of its: what a chamber or department began is the state's later on."""
    state = state_of(name.name) if name is not None else None
    is_part = name is not None and is_land(name.name)
    is_body = state is not None and name is not None and name.name not in (state.bank, state.bank_de) and not is_part
    return state.name(is_english=is_english) if is_body and state is not None else name


def state_by_adjective(word: str, *, is_english: bool) -> State | None:
    """The state whose adjective a word is, a German one in any ending: `belgische`, `Danish`."""
    forms = (
        [word] if is_english else [word, *(word[: -len(e)] for e in ("en", "em", "er", "es", "e") if word.endswith(e))]
    )
    spelt = (each for form in forms for each in spellings(is_english=is_english).get(form, ()))
    return next((each.state for each in spelt if each.part in ("adjective", "either") and len(each.words) == 1), None)


def placed_at(sentence: Sentence, k: int) -> tuple[State, int] | None:
    """The state whose name stands at a token as a place: `in China`, `aus den USA`."""
    low = sentence.tokens.lower
    before = k - 1 - (low[k - 1] in ("den", "der", "the"))
    is_place = before >= sentence.first and low[before] in ("in", "aus", "from")
    return state_at(sentence, k) if is_place and sentence.tokens.text[k][:1].isupper() else None


def inhabited(word: str) -> State | None:
    """The state whose people an English noun tells of: `Americans`, `Britons`."""
    adjective = "British" if word == "Britons" else word[:-1]
    return state_by_adjective(adjective, is_english=True) if word.endswith("ns") else None


def inhabited_german(word: str) -> State | None:
    """The state whose people a German plural tells of: `die Deutschen`, `die Amerikaner`, `die Schweizer`."""
    if word.endswith("en") and (state := state_by_adjective(word[:1].lower() + word[1:], is_english=False)) is not None:
        return state if word in _PEOPLE_EN else None
    return states_by_name().get(_PEOPLE_ER.get(word, ""))


_PEOPLE_EN = frozenset(("Deutschen", "Deutsche"))
_PEOPLE_ER = {
    "Amerikaner": "USA",
    "US-Bürger": "USA",
    "Schweizer": "Schweiz",
    "Österreicher": "Österreich",
    "Briten": "Großbritannien",
    "Chinesen": "China",
    "Franzosen": "Frankreich",
    "Italiener": "Italien",
    "Spanier": "Spanien",
    "Japaner": "Japan",
    "Inder": "Indien",
    "Polen": "Polen",
}


def state_at(sentence: Sentence, k: int, *, is_genitive: bool = False) -> tuple[State, int] | None:
    """The state whose name stands at a token, no adjective and no capital, with where it ends; in German also as
    `Chinas`."""
    is_english = sentence.text.is_english
    for spelt, last in spelt_at(
        sentence.tokens, k, sentence.last, spellings(is_english=is_english), is_english=is_english
    ):
        is_name = spelt.part in ("name", "either") and (sentence.tokens.text[last] != "-" or spelt.words[-1] == ".")
        is_whole = sentence.tokens.text[last - 1] == spelt.words[-1]
        if (
            is_name
            and (is_whole or sentence.tokens.text[last - 1] == spelt.words[-1] + "s")
            and is_whole != is_genitive
        ):
            return spelt.state, last
    return None


def home_of(ticker: str | None) -> State | None:
    """The state where a company is at home, or whose index it is, by Yahoo's symbol."""
    return _abroad().get(ticker or "") or listed_in(ticker)


def listed_in(ticker: str | None) -> State | None:
    """The state on whose exchange a company is listed, or whose index it is, by Yahoo's symbol."""
    if ticker is None:
        return None
    if ticker.startswith("^") or ticker in _by_index():
        return _by_index().get(ticker)
    ending = ticker.rpartition(".")[2] if "." in ticker else ""
    if not ending:
        return states_by_name()["United States"] if ticker.replace("-", "").isalpha() else None
    return _by_exchange().get(ending)


def in_english(name: str) -> str | None:
    """What English texts call an institution that the lists hold by its German name."""
    told: str | None = _data()["english"].get(name)
    return told


def levier(state: State) -> State:
    """Whose duties a state's are: those of the union that it shares them with, else its own."""
    return states_by_name()["European Union"] if state.en in _data()["customs"]["members"] else state


def spelt_at(
    tokens: Tokens, k: int, end: int, table: dict[str, list[Spelt]], *, is_english: bool
) -> Iterator[tuple[Spelt, int]]:
    """The spellings at a token, with where they end: a German adjective takes its ending, a name a genitive s."""
    word = tokens.text[k]
    forms = [word]
    if not is_english:
        low = tokens.lower[k]
        forms += [low[: -len(ending)] for ending in ("en", "em", "er", "es", "e") if low.endswith(ending)]
        forms += [word[:-1]] if word.endswith("s") else []
    for form in forms:
        for spelt in table.get(form, ()):
            last = k + len(spelt.words)
            if last <= end and all(tokens.text[k + j] == spelt.words[j] for j in range(1, len(spelt.words))):
                yield spelt, last
