"""Who is named in a sentence that tells of a deal: a side of it or somebody else, as its subject or in passing."""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import is_common_word, is_legal
from rerating.factcheck.extraction.whom.names.purchases import is_kin
from rerating.language.reading.tokens import WORD

EITHER = word_set("deal_frame", "either")

_PREPOSITIONS = word_set("deal_frame", "prepositions")

_FIGURES = word_set("deal_frame", "figures")

_ARTICLES = word_set("deal_names", "articles") | word_set("deal_names", "articles_english")

_RELATIVES = word_set("deal_frame", "relatives")


@dataclass(slots=True)
class Deal:
    """A company of no list and what the text tells of it."""

    name: str
    words: tuple[str, ...]
    role: str
    number: int
    """The sentence that first tells of it."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Who is named at a token: a side of a deal, or somebody else."""

    first: int
    last: int
    deal: Deal | None
    name: Name | None = None


def end_of(sentence: Sentence, k: int, words: tuple[str, ...]) -> int | None:
    """Where a company's name ends that begins at a token, in full or by the first of its words."""
    tokens, at = sentence.tokens, k
    for j, word in enumerate(words):
        text = tokens.text[at] if at < sentence.last else ""
        is_same = text == word or (text.removesuffix("'s").removesuffix("s") == word.removesuffix("s") and bool(text))
        if not is_same:
            is_first = j == 1 and len(words[0]) > 3 and not is_common_word(words[0].lower())
            follows = tokens.text[k + 1] if k + 1 < sentence.last else ""
            is_other = tokens.kind[k + 1] == WORD and follows[:1].isupper() and sentence.text.is_english
            return k + 1 if is_first and not is_other else None
        at += 1
    while at < sentence.last and is_legal(tokens, at):
        at += 1
    return at


def is_weak(sentence: Sentence, place: Place) -> bool:
    """Whether a noun for a company may stand for either side of a deal: also the `Start` of `Start-up`."""
    is_loose = place.is_noun or place.name.ticker is None
    return is_loose and sentence.tokens.lower[place.first] in EITHER


def is_oblique(sentence: Sentence, ref: Ref) -> bool:
    """Whether who is named is not what its clause is about: `nach dem Kauf von X`, `ohne X`, `dividends from X`."""
    tokens = sentence.tokens
    if tokens.text[ref.last : ref.last + 1] == ["-"]:
        return True
    k = ref.first - 1
    while k >= sentence.first and ref.first - k < 6:
        word = tokens.lower[k]
        if word in _PREPOSITIONS:
            lead = sentence.words(k - 3, k)
            return not (word in ("bei", "von", "of", "at") and not _FIGURES.isdisjoint(lead[-2:]))
        if (
            word in ("der", "des")
            and tokens.text[k - 1][:1].isupper()
            and k > sentence.first
            and not sentence.text.is_english
        ):
            return True
        is_lead = word in _ARTICLES or (
            tokens.kind[k] == WORD and (word.endswith(("en", "er", "e")) or is_kin(sentence, k))
        )
        if not is_lead:
            return False
        k -= 1
    return False


def is_closed(sentence: Sentence, ref: Ref, at: int) -> bool:
    """Whether who is named stands in a relative clause that is over by then: `X, which Y bought in March, brought`."""
    tokens = sentence.tokens
    start = next(
        (k for k in range(ref.first - 1, max(ref.first - 8, sentence.first), -1) if tokens.text[k] == ","), None
    )
    if start is None or (tokens.lower[start + 1] not in _RELATIVES and tokens.lower[start + 2] not in _RELATIVES):
        return False
    return "," in sentence.tokens.text[ref.last : at]


def is_described(sentence: Sentence, ref: Ref, at: int) -> bool:
    """Whether a claim stands in what is told of a name behind its comma: `Kaufpreis für X, einen Spezialisten mit 37
    Millionen Umsatz`, `für X, das mit 90 Leuten`."""
    tokens = sentence.tokens
    if tokens.text[ref.last : ref.last + 1] != [","] or tokens.lower[ref.last + 1] in ("und", "and", "but", "aber"):
        return False
    return "," not in tokens.text[ref.last + 1 : at]


def nearest(draft: Draft, refs: list[Ref]) -> Deal | None:
    """The deal's company that is named nearest to a claim."""
    named = [ref for ref in refs if ref.deal is not None]
    if not named:
        return None
    return min(
        named, key=lambda ref: draft.first - ref.last if ref.last <= draft.first else ref.first - draft.last
    ).deal
