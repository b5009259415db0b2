"""The noun phrase that is the subject of a German clause, at its head or right behind its verb.

`Die Prämien in der Kfz-Versicherung zogen an`, `Am Spotmarkt kostete die Tonne Weißzucker`, `weil private Haushalte`: a
phrase is an article, adjectives and a noun with what follows it, a genitive or a preposition with its noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.states import state_by_adjective
from rerating.language.reading.tokens import FIGURE, WORD

_DETERMINERS = word_set("measured", "determiners_de")
_ARTICLES = _DETERMINERS | word_set("measured", "oblique_de")
PREPOSITIONS = word_set("measured", "prepositions_de")
_VERBS = word_set("measured", "verbs_de") | word_set("groups", "plural_verbs")
_NO_VERBS = word_set("measured", "no_verbs_de")
_CLAUSES = word_set("measured", "clauses_de")
_SOURCES = word_set("measured", "sources_de")
"""`stiegen die Erlöse nach vorläufigen Angaben`: by whose word, not what is told of."""
_FINAL = word_set("measured", "verb_last_de")
_SKIPPED = word_set("measured", "skipped_de")
_WIDE = word_set("measured", "wide")
_UNITS = word_set("goods", "units") | word_set("goods", "boxes")
_ADVERB_ENDS = tuple(word_set("measured", "adverb_ends_de"))
"""`Tatsächlich`, `Rechnerisch`: their capital is that of the sentence's first word."""
_PRONOUNS = frozenset(("er", "sie", "es", "man", "wir", "ich"))
_LONGEST_LEAD = 14
_LONGEST_TAIL = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A noun with its adjectives at tokens [first, last), behind a preposition or an article (`lead`)."""

    lead: str
    first: int
    noun: int
    last: int
    determiner: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A clause's subject: its noun and what belongs to it; the clause goes on at `last`."""

    head: Part
    tail: tuple[Part, ...]
    last: int

    @property
    def first(self) -> int:
        """Where its noun or the adjectives before it begin."""
        return self.head.first


def openings(sentence: Sentence) -> Iterator[Opening]:
    """The subjects of a German sentence's clauses, in its order."""
    until = sentence.first
    for k in range(sentence.first, sentence.last):
        if k >= until and _opens(sentence, k):
            found = _subject(sentence, k)
            if found is not None:
                until = found.last
                yield found


def _opens(sentence: Sentence, k: int) -> bool:
    before = sentence.tokens.lower[k - 1] if k > sentence.first else ""
    is_sign = before in (":", ";", "–", "—") and not sentence.tokens.glued[k]
    return k == sentence.first or is_sign or before in _CLAUSES


def _subject(sentence: Sentence, k: int) -> Opening | None:
    tokens = sentence.tokens
    is_last = tokens.lower[k - 1] in _FINAL and k > sentence.first
    whole = _whole(sentence, k)
    is_adverb = whole is not None and whole.last == k + 1 and leads_to_subject(sentence, whole.last)
    if whole is not None and (is_last or (is_verb(sentence, whole.last) and not is_adverb)):
        return whole
    if is_last:
        return None
    for j in range(k, min(k + _LONGEST_LEAD, sentence.last - 1)):
        if tokens.text[j] in ",;:(":
            return None
        if j > k and is_verb(sentence, j):
            at = j + 1
            while at < sentence.last and tokens.lower[at] in _SKIPPED:
                at += 1
            return _whole(sentence, at)
    return None


def is_verb(sentence: Sentence, k: int) -> bool:
    """Whether a finite verb seems to stand at a token: none is an adjective before its noun."""
    tokens = sentence.tokens
    if k >= sentence.last or tokens.kind[k] != WORD or not tokens.text[k].islower():
        return False
    low = tokens.lower[k]
    if low in _VERBS or any(cue.family == "movement" and cue.first == k for cue in sentence.cues_near(k)):
        return True
    is_shaped = low.endswith(("te", "ten", "tet", "ieren")) and len(low) > 4
    return is_shaped and low not in _NO_VERBS and not tokens.text[k + 1][:1].isupper()


def leads_to_subject(sentence: Sentence, verb: int) -> bool:
    """Whether the subject stands behind a verb, so that one word before it is an adverb: `Zugleich ging der Absatzpreis
    zurück`, `Derweil kostete die Tonne`; not `Helium verlor die Hälfte`."""
    low = sentence.tokens.lower
    if any(f.lead <= verb + 1 < f.last or f.first <= verb + 2 < f.last for f in sentence.figures_near(verb)):
        return False
    if low[verb - 1].endswith(_ADVERB_ENDS) or low[verb + 1] in _PRONOUNS:
        return True
    return low[verb + 1] == "der" or (low[verb + 1] == "die" and not low[verb].endswith("en"))


def _whole(sentence: Sentence, k: int) -> Opening | None:
    """The phrase that begins at a token, with all that follows its noun."""
    head = _part(sentence, k, "", _DETERMINERS)
    if head is None:
        return None
    tail: list[Part] = []
    last = head.last
    while len(tail) < _LONGEST_TAIL:
        part = _next(sentence, last)
        if part is None:
            break
        tail.append(part)
        last = part.last
    while last < sentence.last and sentence.tokens.lower[last] in _WIDE:
        last += 1
    return Opening(head, tuple(tail), last)


def _next(sentence: Sentence, k: int) -> Part | None:
    """What belongs to the noun that ends before a token: a genitive, or a preposition and its noun."""
    low = sentence.tokens.lower
    if k >= sentence.last - 1:
        return None
    if low[k] in PREPOSITIONS:
        part = _part(sentence, k + 1, low[k], _ARTICLES)
        is_source = part is not None and low[k] == "nach" and low[part.last - 1] in _SOURCES
        return None if is_source else part
    if low[k] in ("und", "oder", "sowie"):
        return _part(sentence, k + 1, low[k], _ARTICLES)
    if low[k] in ("der", "des", "eines", "einer"):
        return _part(sentence, k, "of", _ARTICLES)
    is_genitive = low[k].endswith("er") and sentence.tokens.text[k].islower() and low[k] not in _NO_VERBS
    return _part(sentence, k, "of", frozenset()) if is_genitive else None


def part_at(sentence: Sentence, k: int) -> Part | None:
    """The noun that begins at a token, with its article in any case."""
    return _part(sentence, k, "of", _ARTICLES | {"aller"})


def _part(sentence: Sentence, k: int, lead: str, articles: frozenset[str]) -> Part | None:
    """An article, if any, adjectives and a noun from a token on; of `die Tonne Zucker` the sugar."""
    tokens = sentence.tokens
    determiner = tokens.lower[k] if tokens.lower[k] in articles else ""
    first = k + bool(determiner)
    at = first
    while at < min(first + 3, sentence.last - 1) and _is_adjective(sentence, at):
        at += 1
    if at >= sentence.last or not _is_noun(sentence, at):
        return None
    noun, last = at, _compound_end(sentence, at)
    if tokens.lower[noun] in _UNITS and last < sentence.last and (good := _part(sentence, last, lead, frozenset())):
        return Part(lead, good.first, good.noun, good.last, tokens.lower[noun])
    return Part(lead, first, noun, last, determiner)


def _is_adjective(sentence: Sentence, k: int) -> bool:
    tokens = sentence.tokens
    low = tokens.lower[k]
    if tokens.kind[k] != WORD or not low.endswith(("e", "en", "er", "es", "em")) or low in _NO_VERBS or low in _VERBS:
        return False
    if low in _ARTICLES or low in PREPOSITIONS:
        return False
    is_before_noun = tokens.text[k + 1][:1].isupper() and not tokens.glued[k + 1]
    is_of_state = low.endswith("er") and state_by_adjective(tokens.text[k], is_english=False) is not None
    return tokens.text[k].islower() or (is_before_noun and (k == sentence.first or is_of_state))


def _is_noun(sentence: Sentence, k: int) -> bool:
    tokens = sentence.tokens
    low = tokens.lower[k]
    is_number = tokens.kind[k] == FIGURE and tokens.text[k + 1] == "-"
    is_capital = tokens.kind[k] == WORD and tokens.text[k][:1].isupper()
    return (is_capital and low not in _NO_VERBS and low not in PREPOSITIONS | _ARTICLES | _WIDE) or is_number


def _compound_end(sentence: Sentence, k: int) -> int:
    tokens, end = sentence.tokens, k + 1
    while end < sentence.last and tokens.glued[end] and (tokens.text[end] == "-" or tokens.kind[end] in (WORD, FIGURE)):
        end += 1
    return end
