"""Commodities and freight that a text tells the price of, by their nouns and the words beside them.

`urea prices`, `futures on hot-rolled coil`, `the price of lumber`, `a ton of cocoa`, `Weizenpreis`, `Harnstoff kostet`:
the noun is what has the price. `sugar sales`, `its copper output`, `Stahlsparte` are a company's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.good_phrases import is_made_at, is_weighed
from rerating.factcheck.extraction.whom.phrases.priced import told
from rerating.language.reading.tokens import WORD, Tokens

_PRICES = word_set("commodities", "prices")
_RATES = word_set("commodities", "rates")
_CARRIED = frozenset(("Freight", "Container freight", "Tankers", "Dry bulk", "Fracht", "Containerfracht"))
"""What has rates, not prices."""
_UNITS = word_set("goods", "units")
_LINKS = frozenset(("of", "for", "on", "für", "von", "auf", "des", "der", "bei"))
_OPENING = word_set("commodities", "opening")
_MODIFIERS = word_set("commodities", "modifiers")
_COSTS = word_set("commodities", "costs")
_DEARER = word_set("commodities", "dearer")
_OWN = word_set("commodities", "own")
_AUXILIARIES = word_set("commodities", "auxiliaries")
_PRICE_ENDS = ("preis", "preise", "preisen", "preises", "notierung", "notierungen", "kontrakt", "kontrakte", "futures")
_SPOKEN_ENDS = (*_PRICE_ENDS, "markt", "marktes", "märkte", "märkten")
_SHORT = 7
_REACH = 6
_LARGE = 1e6
_Row = tuple[tuple[str, ...], Name]
_Good = tuple[int, int, Name]


@lru_cache(maxsize=2)
def goods(language: str) -> dict[str, list[_Row]]:
    """First word to the nouns that begin with it, the longest first."""
    text = files("rerating.factcheck.extraction").joinpath("data", "commodities.toml").read_text(encoding="utf-8")
    table: dict[str, list[_Row]] = {}
    for name, (ticker, nouns) in tomllib.loads(text)[language].items():
        for noun in nouns.split(";"):
            words = tuple(word.lower() for word in Tokens(noun).spelling())
            table.setdefault(words[0], []).append((words, Name(NameKind.COMMODITY, name, ticker or None)))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


def priced(sentence: Sentence) -> list[_Good]:
    """The commodities of a sentence that a price is told of: tokens [first, last) and the name."""
    if not sentence.figures:
        return []
    table = goods("english" if sentence.text.is_english else "german")
    unlisted = [_as_listed(each, table) for each in told(sentence)]
    taken = {k for first, last, _ in unlisted for k in range(first, last)}
    return [*unlisted, *(each for each in _listed(sentence, table) if taken.isdisjoint(range(each[0], each[1])))]


def _as_listed(found: _Good, table: dict[str, list[_Row]]) -> _Good:
    """A good by its name in the list, where that holds its noun and what stands before says but where, when or in which
    quality it is traded: `September Comex copper`, `battery-grade lithium carbonate`."""
    first, last, name = found
    words = tuple(Tokens(name.name.lower()).spelling())
    while words[1:] and words[-1] in _NEUTRAL:
        words = words[:-1]
    for k in range(len(words)):
        listed = next((each for row, each in table.get(words[k], ()) if row == words[k:]), None)
        if listed is not None:
            return first, last, listed
        if words[k] not in _NEUTRAL and "grade" not in words[k : k + 3]:
            break
    return found


_NEUTRAL = word_set("goods", "neutral") | {"-", "grade"}


def spoken_of(sentence: Sentence) -> Name | None:
    """The commodity that a German compound speaks of: `Was macht der Milchpreis?`, `am Kobaltmarkt`."""
    if sentence.text.is_english:
        return None
    table = goods("german")
    words = (word for k in range(sentence.first, sentence.last) if len(word := sentence.tokens.lower[k]) > _SHORT)
    return next((name for word in words if (name := _in_compound(word, table, _SPOKEN_ENDS)) is not None), None)


def is_own_price(sentence: Sentence, k: int) -> bool:
    """Whether a company tells what it got, paid or spent for a commodity: `the realized price of iron ore`, `erlöste je
    Unze Gold`, `paid $3.31 for natural gas`, `Förderkosten je Barrel Öl`."""
    if not _OWN.isdisjoint(sentence.words(k - 4, k + 2)):
        return True
    before = sentence.words(k - _REACH, k)
    weighed = [f for f in sentence.figures_near(k) if is_weighed(sentence, f)]
    if before[-2:] in _SALES or (weighed and all(is_made_at(sentence, f) for f in weighed)):
        return True
    is_measured = not (_PER | _UNITS).isdisjoint(before)
    if not is_measured and not weighed:
        return False
    lead = before[-3:]
    is_cost = bool(_PER.intersection(lead)) and any(word.endswith(("kosten", "cost", "costs")) for word in lead)
    return is_cost or not _EARNED.isdisjoint(sentence.words(k - 2 * _REACH, k))


_SALES = (("sales", "of"), ("revenue", "of"), ("revenue", "from"), ("sales", "from"))
_PER = frozenset(("je", "pro", "per"))
_EARNED = word_set("goods", "earned")


def _listed(sentence: Sentence, table: dict[str, list[_Row]]) -> Iterator[_Good]:
    is_english, tokens = sentence.text.is_english, sentence.tokens
    until = sentence.first
    for k in range(sentence.first, sentence.last):
        if k < until or tokens.kind[k] != WORD:
            continue
        if not is_english and (name := _in_compound(tokens.lower[k], table, _PRICE_ENDS)) is not None:
            yield k, k + 1, name
            continue
        for words, name in table.get(tokens.lower[k], ()):
            end = k + len(words)
            if end > sentence.last or tuple(tokens.lower[k:end]) != words:
                continue
            if not is_own_price(sentence, k) and _is_priced(sentence, k, end, name):
                until = end
                yield k, end, name
            break


def _in_compound(word: str, table: dict[str, list[_Row]], endings: tuple[str, ...]) -> Name | None:
    """`Weizenpreis`, `Zuckernotierungen`: the noun that a German compound of a price begins with."""
    for ending in endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            rows = table.get(stem, table.get(stem + "n", table.get(stem.removesuffix("s"), ())))
            return next((name for words, name in rows if len(words) == 1), None)
    return None


def _is_priced(sentence: Sentence, first: int, last: int, name: Name) -> bool:
    tokens = sentence.tokens
    after = tokens.lower[last + 1] if tokens.text[last] == "-" else tokens.lower[last]
    if after in _PRICES or (after in _RATES and name.name in _CARRIED):
        return True
    return _is_behind_price(sentence, first) or _is_head(sentence, first, last)


def _is_behind_price(sentence: Sentence, k: int) -> bool:
    """Whether a price or a weight stands before the noun: `the benchmark price of urea`, `eine Tonne Weizen`."""
    before = sentence.words(k - 4, k)
    for j, word in enumerate(before):
        if word in _UNITS and before[j + 1 :] in ((), ("of",)):
            return True
        is_price = word in _PRICES or word.endswith(_PRICE_ENDS)
        if is_price and before[j + 1 : j + 2] and before[j + 1] in _LINKS:
            return True
    return False


def _is_head(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the noun opens its clause and a verb of a price follows: `as corn changes hands`, `Lumber fell 3%`."""
    tokens = sentence.tokens
    k = first
    while k > sentence.first and tokens.lower[k - 1] in _MODIFIERS:
        k -= 1
    if k > sentence.first and tokens.lower[k - 1] not in _OPENING:
        return False
    words = sentence.words(last, last + _REACH)
    moved = next(
        (cue.first for cue in sentence.cues_near(last) if cue.family == "movement" and cue.first >= last), None
    )
    verb = next((last + j for j, word in enumerate(words) if word in _COSTS), None)
    dear = next((last + j for j, word in enumerate(words) if word in _DEARER), None)
    at = min((k for k in (moved, verb, dear) if k is not None and k < last + _REACH), default=None)
    if at is None or (at == dear and _is_dearer(sentence, last)):
        return at is not None
    if _is_followed_by_noun(sentence, last, at):
        return False
    figures = [f for f in sentence.figures_near(at) if at < f.first <= at + 10 and f.mention.unit in _VALUED]
    return bool(figures) and all(abs(v.value) < _LARGE for v in figures[0].mention.values)


def _is_dearer(sentence: Sentence, last: int) -> bool:
    """`Diesel is roughly 9% cheaper than a year ago`, `Diesel ist rund 9 Prozent billiger`."""
    is_linked = sentence.words(last, last + 1)[:1] in _COPULAS
    figure = next((f for f in sentence.figures_near(last) if last < f.first <= last + _REACH), None)
    behind = sentence.words(figure.last, figure.last + 2) if figure is not None else ()
    return is_linked and figure is not None and figure.mention.unit == "percent" and not _DEARER.isdisjoint(behind)


_COPULAS = frozenset((("is",), ("are",), ("was",), ("were",), ("ist",), ("sind",), ("war",), ("waren",)))
_VALUED = frozenset(("money", "percent", "ratio", "count"))


def _is_followed_by_noun(sentence: Sentence, last: int, at: int) -> bool:
    """Whether another noun stands between: `Milk sales rose`; a place, an adverb or a relative clause may."""
    if at == last:
        return False
    lead = sentence.tokens.lower[last]
    return lead not in _AUXILIARIES and lead not in _WITHIN and lead not in _ADVERBS


_WITHIN = frozenset(("in", "at", "from", "for", ",", "on", "aus", "zur", "mit", "am", "an"))


_ADVERBS = word_set("commodities", "adverbs")
