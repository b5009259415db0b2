"""The noun phrases that goods are told by, in both languages, and which figures are prices of a weight or a volume.

`a carton of Mexican Hass avocados` is of `Hass avocados`, `eine Tonne Fichtenholz` of `Fichtenholz`: the name is the
noun without article, measure and the adjective of a state.
"""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.states import state_by_adjective
from rerating.language.reading.tokens import WORD

_UNITS = word_set("goods", "units")
_BOXES = word_set("goods", "boxes")
_MODIFIERS = word_set("commodities", "modifiers")
_NOT = word_set("goods", "no_goods")
_OPENING = word_set("commodities", "opening")
_STOPS = (
    word_set("goods", "stops")
    | word_set("goods", "costs")
    | word_set("goods", "dearer")
    | word_set("groups", "ahead")
    | word_set("groups", "verbs")
    | word_set("groups", "articles")
    | word_set("groups", "owners")
    | word_set("commodities", "auxiliaries")
    | word_set("commodities", "costs")
    | word_set("commodities", "adverbs")
)
_ONE = frozenset(("a", "an", "one", "each", "ein", "eine", "einen", "einer", "eines"))
_DETERMINERS = _ONE | {"the", "der", "die", "das", "den", "dem", "des"}
_PER = frozenset(("a", "an", "per", "je", "pro", "the", "das", "die", "der"))
_NEUTRAL = word_set("goods", "neutral")
_MOST_WORDS = 5
_MOST_MODIFIERS = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase of tokens [start, last) whose noun, with the adjectives that belong to it, begins at `first`."""

    start: int
    first: int
    last: int
    determiner: str
    is_measured: bool
    """Whether a weight, a volume or a box of it is told of."""
    stem: str = ""
    """What a German compound begins with: `Spargel` of `Spargelpreis`."""


def is_weighed(sentence: Sentence, figure: Figure) -> bool:
    """Whether a sum is the price of a weight or a volume: `92.50 dollars a pound`, `4.671 Dollar je Feinunze`."""
    if figure.mention.unit != "money":
        return False
    words = sentence.words(figure.first, figure.last + 4)
    ends = range(max(0, figure.last - figure.first - 2), len(words) - 1)
    return any(words[j] in _PER and (words[j + 1] in _UNITS or _is_million(words[j + 1 :])) for j in ends)


def is_made_at(sentence: Sentence, figure: Figure) -> bool:
    """Whether a sum by weight is what it costs a company to make it: `all-in sustaining costs of $1,462 per ounce`,
    `Die Förderkosten sanken auf 9,20 Dollar je Fass`."""
    low = sentence.tokens.lower
    for k in range(max(sentence.first, figure.lead - _FAR), figure.lead):
        lead = low[k - 2] if low[k - 1] == "-" else low[k - 1]
        if low[k] in _COSTS and k > sentence.first and (lead in _MAKING or lead == "1"):
            return True
        if low[k] == "aisc" or (low[k].endswith("kosten") and low[k].startswith(_MAKING_DE)):
            return True
    return False


_COSTS = frozenset(("cost", "costs", "expenses", "kosten"))
_MAKING = word_set("goods", "making")
_MAKING_DE = tuple(word_set("goods", "making_de"))
_FAR = 12


def _is_million(words: tuple[str, ...]) -> bool:
    """`per million British thermal units`, `per thousand board feet`."""
    return words[:1] in (("million",), ("metric",), ("thousand",), ("troy",), ("short",))


def phrase_at(sentence: Sentence, k: int) -> Phrase | None:
    """The noun phrase that begins at a token."""
    tokens, start = sentence.tokens, k
    determiner = tokens.lower[k] if tokens.lower[k] in _DETERMINERS else ""
    k += bool(determiner)
    first = _behind_measure(sentence, k)
    is_measured = first > k
    if is_measured and tokens.lower[first] in _DETERMINERS:
        first += 1
    for _ in range(_MOST_MODIFIERS):
        if not _is_modifier(sentence, first):
            break
        first += 1
    last = _english_end(sentence, first) if sentence.text.is_english else _german_end(sentence, first)
    if last is not None and not sentence.text.is_english and (sort := _sort_at(sentence, last)):
        first, last = sort, _german_end(sentence, sort)
    while last is not None and last > first and tokens.lower[last - 1] in _TRAILING:
        last -= 1
    is_whole = last is not None and first < last <= sentence.last and tokens.lower[last - 1] not in _NOT
    if not is_whole or last is None or tokens.text[last - 1] == "-" or (start and tokens.text[start - 1] == "-"):
        return None
    if sentence.text.is_english and not _is_common(sentence, last - 1):
        return None
    return Phrase(start, first, last, determiner, is_measured)


_TRAILING = frozenset(("futures", "contracts", "itself", "alone"))


def _is_common(sentence: Sentence, k: int) -> bool:
    """Whether an English word is no name: in small letters, the sentence's first, or initials (`DRAM`)."""
    text = sentence.tokens.text[k]
    return text[0].islower() or k == sentence.first or (text.isupper() and len(text) > 1)


def _sort_at(sentence: Sentence, last: int) -> int:
    """Behind the `der Sorte` of `Rohöl der Sorte Brent`, and the `Ölsorte` of `Ölsorte Brent`."""
    words = sentence.words(last, last + 2)
    if len(words) == 2 and words[0] == "der" and words[1].endswith("sorte"):
        last += 2
    is_sort = sentence.tokens.lower[last - 1].endswith("sorte")
    return last if is_sort and last < sentence.last and _is_noun(sentence, last) else 0


def phrase_before(sentence: Sentence, k: int) -> Phrase | None:
    """The nouns right before a token that open their clause: `Yttrium` of `Yttrium prices`."""
    tokens, first = sentence.tokens, k
    while first > sentence.first and k - first <= _MOST_WORDS and _may_be_noun(sentence, first - 1):
        first -= 1
    is_open = first == sentence.first or tokens.lower[first - 1] in _OPENING
    last = k
    while first < last and _is_modifier(sentence, first):
        first += 1
    while last > first and tokens.lower[last - 1] in _NEUTRAL:
        last -= 1
    if not is_open or first == last or tokens.lower[last - 1] in _NOT:
        return None
    return Phrase(first, first, last, "", False)


def _may_be_noun(sentence: Sentence, k: int) -> bool:
    tokens = sentence.tokens
    is_hyphen = tokens.text[k] == "-" and tokens.glued[k] and tokens.glued[k + 1]
    return is_hyphen or (
        tokens.kind[k] == WORD and tokens.lower[k] not in _STOPS and not tokens.lower[k].endswith("ly")
    )


def _behind_measure(sentence: Sentence, k: int) -> int:
    """Behind `metric ton of`, `Pfund`, `Karton mit`; the token itself where no measure stands there."""
    tokens = sentence.tokens
    at = k + (tokens.lower[k] in ("metric", "short", "troy"))
    if tokens.lower[at] not in _UNITS and tokens.lower[at] not in _BOXES:
        return k
    if sentence.text.is_english:
        return at + 2 if tokens.lower[at + 1] == "of" else at + 1 if tokens.lower[at] == "dozen" else k
    follows = at + 1 + (tokens.lower[at + 1] in ("mit", "voll", "vom", "der"))
    return follows if tokens.kind[follows] == WORD and follows < sentence.last else k


def _is_modifier(sentence: Sentence, k: int) -> bool:
    """Whether a word says where or how a good is traded, not which one: `Mexican`, `benchmark`, `europäischen`."""
    tokens = sentence.tokens
    is_english = sentence.text.is_english
    if tokens.kind[k + 1] != WORD and tokens.text[k + 1] != ".":
        return False
    is_adjective = tokens.text[k][:1].isupper() if is_english else tokens.text[k][:1].islower() or k == sentence.first
    if is_adjective and state_by_adjective(tokens.text[k], is_english=is_english) is not None:
        return True
    return tokens.lower[k] in _MODIFIERS or (tokens.text[k] == "." and tokens.lower[k - 1] in ("u", "s"))


def _english_end(sentence: Sentence, first: int) -> int | None:
    """Behind the nouns from a token on: before a verb, a preposition, an adverb, a sign."""
    tokens, end = sentence.tokens, first
    moved = {cue.first for cue in sentence.cues_near(first) if cue.family == "movement"}
    while end < min(first + 2 * _MOST_WORDS, sentence.last):
        is_glued = tokens.text[end] == "-" and tokens.glued[end + 1]
        is_sized = tokens.kind[end] == "n" and tokens.text[end + 1] == "-" and tokens.glued[end + 1]
        if not (tokens.kind[end] == WORD or is_glued or is_sized):
            break
        word = tokens.lower[end]
        is_moved = end in moved and word not in _COLOURS
        is_verb = word.endswith("ed") and tokens.lower[end + 1] in ("a", "an", "the")
        if word in _STOPS or is_moved or is_verb or (word.endswith("ly") and end > first):
            break
        end += 1
    count = sum(tokens.kind[k] == WORD for k in range(first, end))
    return end if 0 < count <= _MOST_WORDS else None


_COLOURS = frozenset(("green", "red"))
"""`green hydrogen`: no movement."""


def _german_end(sentence: Sentence, first: int) -> int | None:
    """Behind the noun that follows small adjectives from a token on; a second capital one too (`Seltene Erden`)."""
    tokens, k = sentence.tokens, first
    while k < min(first + 3, sentence.last) and _is_small_adjective(sentence, k):
        k += 1
    if not _is_noun(sentence, k):
        return None
    k = _compound_end(sentence, k)
    word = tokens.lower[k - 1]
    is_adjective = word in _ADJECTIVES or (first == sentence.first == k - 1 and word.endswith(_INFLECTED))
    if is_adjective and k < sentence.last and _is_noun(sentence, k):
        k = _compound_end(sentence, k)
    return k


_INFLECTED = ("er", "es", "e", "en")
_ADJECTIVES = word_set("goods", "adjectives")


def _is_small_adjective(sentence: Sentence, k: int) -> bool:
    low = sentence.tokens.lower[k]
    is_small = sentence.tokens.kind[k] == WORD and sentence.tokens.text[k][:1].islower()
    return is_small and low not in _STOPS and low.endswith(("e", "en", "er", "es", "em"))


def _is_noun(sentence: Sentence, k: int) -> bool:
    tokens = sentence.tokens
    if tokens.kind[k] == "n":
        return tokens.text[k + 1] == "-" and tokens.glued[k + 1] and tokens.text[k + 2][:1].isupper()
    is_capital = tokens.kind[k] == WORD and tokens.text[k][:1].isupper()
    return is_capital and (k > sentence.first or tokens.lower[k] not in _STOPS)


def _compound_end(sentence: Sentence, k: int) -> int:
    """Behind a compound: `300-Millimeter-Wafer`, `CO2-Zertifikate`, `THG-Quote`."""
    tokens, end = sentence.tokens, k + 1
    while end < sentence.last and tokens.glued[end] and (tokens.text[end] == "-" or tokens.kind[end] in (WORD, "n")):
        end += 1
    return end


def names_another(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase holds a listed name, other than of what is traded: `Netflix`, `the iPhone`."""
    for named in sentence.names_near(phrase.first):
        if named.first >= phrase.last or named.last <= phrase.start or named.names[0].kind in _TRADED:
            continue
        is_within = named.last < phrase.last and sentence.tokens.text[phrase.last - 1][:1].islower()
        if not is_within and (named.last >= phrase.last or sentence.text.is_english):
            return True
    return False


_TRADED = frozenset((NameKind.COMMODITY, NameKind.REGION, NameKind.DATA, NameKind.INSTITUTION))
