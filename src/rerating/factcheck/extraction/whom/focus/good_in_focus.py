"""The good that a text goes on about: by a noun (`the metal`, `kostete die Tonne`), or where a sentence names nothing
after one that told of nothing but the good (`Derzeit werden 4.118 Dollar verlangt`)."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.names.commodities import spoken_of

_NOUNS = word_set("subjects", "commodity_nouns")
_UNITS = word_set("goods", "units")
_COSTS = word_set("commodities", "costs")
_THE = frozenset(("der", "die", "das", "the"))
_INSTEAD = frozenset(("sondern",))


def good_of(sentence: Sentence, here: list[Place], before: Name | None) -> Name | None:
    """The good that a sentence speaks of, else the one before: of `nicht Gold, sondern Kupfer` the one behind."""
    named = [place for place in here if place.name.kind is NameKind.COMMODITY]
    if not named:
        return spoken_of(sentence) or before
    behind = [p for p in named if not _INSTEAD.isdisjoint(sentence.words(p.first - 2, p.first))]
    return (behind or named)[0].name


def standing_for(sentence: Sentence, kept: list[Place], good: Name) -> list[Place]:
    """The nouns of a sentence that stand for a good which it names nowhere before them."""
    first = next((place.first for place in kept if place.name == good), sentence.last)
    return [Place(k, k + 1, good, True) for k in range(sentence.first, first) if _stands_for(sentence, k)]


def _stands_for(sentence: Sentence, k: int) -> bool:
    low = sentence.tokens.lower[k]
    if low in _NOUNS:
        return True
    is_unit = low in _UNITS and sentence.tokens.lower[k - 1] in _THE
    beside = (*sentence.words(k - 3, k - 1), *sentence.words(k + 1, k + 2))
    return is_unit and not _COSTS.isdisjoint(beside)


def goes_on_about(
    sentence: Sentence, here: list[Place], before: Sentence | None, told: Name | None, good: Name | None
) -> Name | None:
    """The good that a sentence without a name goes on about, or that a noun of it stands for (`good`); `told` is the
    one that the sentence before it was of."""
    if not here and good is not None and standing_for(sentence, here, good):
        return good
    named = {place.name for place in here}
    if len(named) == 1 and not any(place.is_noun for place in here):
        name = next(iter(named))
        return name if name.kind is NameKind.COMMODITY else None
    if here or told is None or before is None or before.text is not sentence.text:
        return None
    is_of_company = any(cue.family in ("papers", "company_noun") for cue in sentence.cues)
    return None if is_of_company or not _tells_price(sentence) else told


def carried(sentence: Sentence, kept: list[Place], good: Name | None) -> list[Place]:
    """The good that a sentence without a name goes on about, at its head."""
    return [Place(sentence.first, sentence.first, good, True)] if good is not None and not kept else []


def _tells_price(sentence: Sentence) -> bool:
    """Whether a sentence tells a price by its words: what is asked, cost or traded, or how it compares."""
    words = sentence.words(sentence.first, sentence.last)
    return not _PRICE_WORDS.isdisjoint(words)


_PRICE_WORDS = word_set("goods", "asked")
