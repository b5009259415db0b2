"""What a text about a stock must not say: urging words, advertising dressed as analysis, a call without a name to it.

Works on any text in German or English, line by line; the lists are in `language/lint.toml` and
`language/promotion.toml`, what sells is told by its words (`language/promotion.py`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from rerating.core.record import Record
from rerating.language.languages import Language
from rerating.language.promotion import SURE, is_labelled, is_risk_notice, selling
from rerating.language.reading import readings
from rerating.statements.facts import Word


class Rule(StrEnum):
    """What is wrong."""

    URGENCY = "urgency"
    PROMISE = "promise"
    ADVERTISING = "advertising"
    NO_PRODUCER = "no_producer"
    NO_DATE = "no_date"
    NO_INTERESTS = "no_interests"


REASONS: dict[Rule, Word] = {
    Rule.URGENCY: Word(de="drängt zum Handeln", en="urges to act"),
    Rule.PROMISE: Word(de="stellt einen Gewinn als sicher hin", en="makes a gain look certain"),
    Rule.ADVERTISING: Word(
        de="wirbt, ohne als Anzeige gekennzeichnet zu sein", en="advertises without being labelled as advertising"
    ),
    Rule.NO_PRODUCER: Word(
        de="Empfehlung, ohne dass gesagt wird, von wem", en="a recommendation that names no producer"
    ),
    Rule.NO_DATE: Word(de="Empfehlung ohne Datum", en="a recommendation without a date"),
    Rule.NO_INTERESTS: Word(
        de="Empfehlung ohne Angabe der eigenen Interessen", en="a recommendation that discloses no interests"
    ),
}


class Remark(Record):
    """One finding: where it stands, the words, and what is wrong with them. Lines count from 1."""

    rule: Rule
    line: int
    quote: str


LONGEST_QUOTE = 120


@lru_cache(maxsize=8)
def _pattern(name: str) -> re.Pattern[str]:
    data = tomllib.loads(files("rerating.language").joinpath("lint.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{each})" for each in data[name]["patterns"]), re.IGNORECASE | re.MULTILINE)


def lint(text: str) -> tuple[Remark, ...]:
    """All that is wrong with a text, in the order of its lines."""
    plain = text.replace("\u00a0", " ")
    found = [*_worded(plain, "urgency", Rule.URGENCY), *_worded(plain, "promise", Rule.PROMISE)]
    found += [*_advertising(plain), *_unsigned(plain)]
    return tuple(sorted(found, key=lambda remark: (remark.line, list(Rule).index(remark.rule))))


def _worded(text: str, name: str, rule: Rule) -> Iterator[Remark]:
    seen = set()
    for match in _pattern(name).finditer(text):
        remark = Remark(rule=rule, line=_line(text, match.start()), quote=_sentence(text, match.start(), match.end()))
        if remark not in seen:
            seen.add(remark)
            yield remark


def _advertising(text: str) -> Iterator[Remark]:
    """Paragraphs that sell, where neither they nor the one above them is labelled."""
    labelled = False
    for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        block = match.group()
        was_labelled, labelled = labelled, is_labelled(block)
        if selling(block) >= SURE and not labelled and not was_labelled and not is_risk_notice(block):
            yield Remark(rule=Rule.ADVERTISING, line=_line(text, match.start()), quote=_short(block))


def _unsigned(text: str) -> Iterator[Remark]:
    """A recommendation in a text that lacks a name, a date or the interests behind it. A question is none."""
    for match in _pattern("recommendation").finditer(text):
        quote = _sentence(text, match.start(), match.end())
        if not quote.endswith("?"):
            break
    else:
        return
    line = _line(text, match.start())
    if not _pattern("producer").search(text):
        yield Remark(rule=Rule.NO_PRODUCER, line=line, quote=quote)
    if not _is_dated(text):
        yield Remark(rule=Rule.NO_DATE, line=line, quote=quote)
    if not _pattern("interests").search(text):
        yield Remark(rule=Rule.NO_INTERESTS, line=line, quote=quote)


def _is_dated(text: str) -> bool:
    """Whether a full date stands somewhere, read in either language."""
    languages: tuple[Language, ...] = ("de", "en")
    return any(
        None not in (period.year, period.month, period.day)
        for language in languages
        for mention in readings(text, language)
        for period in mention.periods
    )


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


_BEFORE = re.compile(r"(?<!\d)[.!?]\s+|\n\s*\n")
_STOP = re.compile(r"[.!?](?=\s|$)|\n\s*\n")


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a stretch, on one line."""
    first = max((match.end() for match in _BEFORE.finditer(text, 0, start)), default=0)
    stop = _STOP.search(text, end - 1)
    return _short(text[first : stop.end() if stop else len(text)])


def _short(text: str) -> str:
    flat = re.sub(r"\s+", " ", text).strip()
    return flat if len(flat) <= LONGEST_QUOTE else flat[: LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + " …"
