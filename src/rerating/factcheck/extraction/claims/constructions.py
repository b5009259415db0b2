"""What a construction makes of the figure in it (`data/constructions.toml`), where single words say too little.

`Je Aktie blieben bereinigt 1,06 Dollar hängen` names neither a profit nor a price, `Safran, für den Anleger das
26-Fache zahlen` no multiple: the verb with what stands around it tells what the figure is of. A pattern is read over
the words of the sentence around the figure, which stands as `#`; other figures stand as `@`, days as `DATE`, ratings
as `RATING`, houses as `HOUSE`, companies as `CO`. The first that holds decides.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.language.anchored import Anchored, AnchoredList, folded
from rerating.language.reading import MentionKind

_BEFORE, _BEHIND = 32, 24
"""Words of the sentence that are read before and behind a figure."""
_LONGEST = 30
"""Letters of a word that are read, so that no text is slow."""
_CLASS = re.compile(r"@(\w+)@")
"""A class of words in a pattern, named in the file's table `words`."""
_GAP = re.compile(r"~(\d+)")
"""`~4` in a pattern: up to four words and no sign that parts clauses; `~~4` lets commas pass."""
_WIDE_GAP = re.compile(r"~~(\d+)")


@dataclass(frozen=True, slots=True)
class Construction:
    """One way to say what a figure is. Of kind `same` it is what the figure before it in the text is."""

    kinds: frozenset[str]
    units: frozenset[str]
    pattern: Anchored
    beside: tuple[Anchored, ...]
    """What all has to stand around the figure, wherever that is up to a semicolon."""
    without: tuple[Anchored, ...]
    under: float
    kind: str
    metric: str | None
    status: str | None


@lru_cache(maxsize=2)
def constructions(language: str) -> tuple[Construction, ...]:
    """The constructions of a language, in the order of the file."""
    path = files("rerating.factcheck.extraction").joinpath("data", "constructions.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    classes, kinds = table["words"], table["kinds"]

    def compiled(patterns: list[str]) -> tuple[Anchored, ...]:
        return tuple(_compiled(pattern, classes) for pattern in patterns)

    return tuple(
        Construction(
            frozenset(kind for each in row["of"] for kind in kinds.get(each, (each,))),
            frozenset(row.get("units", ())),
            _compiled("|".join(f"(?:{each})" for each in row.get("patterns", [])), classes),
            compiled(row.get("beside", [])),
            compiled(row.get("without", [])),
            row.get("under", float("inf")),
            row["kind"],
            row.get("metric"),
            row.get("status"),
        )
        for row in table[language]
    )


@lru_cache(maxsize=2)
def _listed(language: str) -> AnchoredList:
    return AnchoredList(each.pattern for each in constructions(language))


def _compiled(spelt: str, classes: dict[str, str]) -> Anchored:
    while _CLASS.search(spelt):
        spelt = _CLASS.sub(lambda name: classes[name.group(1)], spelt)
    spelt = _WIDE_GAP.sub(r"(?:[^ ;:.!?#]+ ){0,\1}", spelt)
    spelt = _GAP.sub(r"(?:[^ ,;:.!?()#]+ ){0,\1}", spelt)
    return Anchored.compiled(spelt.replace("ß", "(?:ß|ss)"), 0)


def construe(drafts: list[Draft], before: list[Draft]) -> None:
    """Gives the figures of a sentence what its constructions make of them; `before` are those of the one before it."""
    told = [draft for draft in before if draft.values]
    for draft in sorted(drafts, key=lambda each: each.first):
        if not draft.values or draft.bound is None:
            continue
        found = _found(draft)
        if found is not None:
            _turn(draft, found, told)
        told.append(draft)


def _found(draft: Draft) -> Construction | None:
    language = "en" if draft.sentence.text.is_english else "de"
    value = draft.values[0]
    words, places = "", frozenset[int]()
    for place, each in enumerate(constructions(language)):
        if draft.kind not in each.kinds or (each.units and value.unit not in each.units) or _is_over(draft, each.under):
            continue
        if not words:
            words = rendered(draft)
            places = frozenset(_listed(language).among(folded(words)))
        if place in places and _holds(each, words):
            return each
    return None


def _holds(each: Construction, words: str) -> bool:
    if each.pattern.pattern.search(words) is None:
        return False
    part = _part(words)
    low = folded(part)
    return all(one.search(part, low) for one in each.beside) and not any(one.search(part, low) for one in each.without)


def _is_over(draft: Draft, under: float) -> bool:
    value = draft.values[0].value
    return isinstance(value, float | int) and abs(value) >= under


def _part(words: str) -> str:
    """The words up to a semicolon before and behind the figure."""
    before, _, behind = words.partition("#")
    return f"{before.rpartition(';')[2]}#{behind.partition(';')[0]}"


def _turn(draft: Draft, found: Construction, told: list[Draft]) -> None:
    if found.kind != "same":
        draft.kind, draft.metric = found.kind, found.metric or _named(draft)
        draft.told = found.status
        return
    is_step = draft.bound is not None and draft.bound.figure.mention.kind in _STEPS
    former = next((each for each in reversed(told) if each.values[0].unit == draft.values[0].unit), None)
    if former is not None and former.kind in _TAKEN_UP and not is_step:
        draft.kind, draft.metric = former.kind, former.metric
        draft.told = found.status


def _named(draft: Draft) -> str:
    """The metric of what was taken for a price: of money what a share earns, of percent what things cost."""
    if draft.kind not in _PRICES:
        return draft.metric
    return "eps" if draft.values[0].unit == "money" else "prices"


_PRICES = frozenset(("price_level", "return", "price_target", "high_low_level"))
_STEPS = (MentionKind.POINTS, MentionKind.BASIS_POINTS)
_TAKEN_UP = frozenset(("ratio", "market_share", "financial_figure", "operating_metric", "corporate_event"))
"""Kinds of levels that a later figure may go on about; a change is one of its own."""


def rendered(draft: Draft) -> str:
    """The words around a figure, in small letters, with one blank between them and signs for figures and names."""
    sentence = draft.sentence
    first, last = max(sentence.first, draft.first - _BEFORE), min(sentence.last, draft.last + _BEHIND)
    signs, lower = _signs(sentence, draft), sentence.tokens.lower
    out: list[str] = ["^"] if first == sentence.first else []
    while first < last:
        sign, first = signs.get(first, (lower[first], first + 1))
        out.append(sign)
    return f" {' '.join(word[:_LONGEST] for word in out)} "


_SIGN_OF = {MentionKind.DATE: "DATE", MentionKind.RATING: "RATING"}


def _signs(sentence: Sentence, draft: Draft) -> dict[int, tuple[str, int]]:
    """Where a sign stands for several words: first word, the sign and the word behind them."""
    assert draft.bound is not None, "only figures are construed"
    signs: dict[int, tuple[str, int]] = {}
    for named in sentence.names_near(draft.first):
        is_house = named.first in sentence.houses or named.of(NameKind.HOUSE) is not None
        if is_house or named.of(NameKind.COMPANY):
            signs[named.first] = ("HOUSE" if is_house else "CO", named.last)
    for figure in sentence.figures_near(draft.first):
        kind, unit = figure.mention.kind, figure.mention.unit
        if kind in _SIGN_OF or unit not in (None, "date"):
            signs[figure.lead] = (_SIGN_OF.get(kind, "@"), figure.tail)
    signs[min(draft.bound.figure.lead, draft.first)] = ("#", max(draft.bound.figure.tail, draft.last))
    return signs
