"""The noun phrase that an English clause opens with, with its verb: what the clause is about, whatever it is called.

`The average concert ticket cost $136`, `In August, taxi trips in Chicago fell 5%`, `as wholesale prices for used cars
climbed`: a phrase runs from where a clause opens to the first word that can only be its verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.asides import behind_aside
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.states import state_at
from rerating.language.reading.tokens import FIGURE, WORD

_ARTICLES = word_set("groups", "articles")
PREPOSITIONS = word_set("measured", "prepositions")
_DETERMINERS = word_set("measured", "determiners")
_CLAUSES = word_set("measured", "clauses")
_ALWAYS = word_set("measured", "always_verbs")
_VERBS = (word_set("groups", "verbs") | word_set("groups", "deeds") | word_set("measured", "verbs")) - _ALWAYS
_BASES = word_set("measured", "noun_verbs")
_ADVERBS = word_set("measured", "adverbs")
_LEADS = word_set("measured", "leads")
_FORESEES = word_set("groups", "foresees") | word_set("measured", "told")
"""What is told without `that` opens a clause: `IDC says spending on tablets fell`, `expects spending to grow`."""
_LONGEST = 16
_LONGEST_LEAD = 12


@dataclass(frozen=True, slots=True)
class Opening:
    """A clause's noun phrase at tokens [first, last) without its determiner, whose noun ends before `end`; its verb
    stands at `last`."""

    first: int
    end: int
    last: int
    determiner: str


def openings(sentence: Sentence) -> Iterator[Opening]:
    """The noun phrases that the clauses of an English sentence open with, in its order."""
    until = sentence.first
    for k in range(sentence.first, sentence.last):
        if k >= until and _opens(sentence, k):
            found = phrase_at(sentence, k)
            if found is not None:
                until = found.last
                yield found


def _opens(sentence: Sentence, k: int) -> bool:
    """Whether a clause may open at a token: at the head, behind a sign or a conjunction, or behind what leads in."""
    low, text = sentence.tokens.lower, sentence.tokens.text
    if k == sentence.first:
        return True
    before = low[k - 1]
    if before == "-" and sentence.tokens.glued[k]:
        return False
    if before == "that" and low[k].endswith("ed"):  # `restaurants that opened`
        return False
    is_said = before in _FORESEES and (text[k - 2][:1].isupper() or low[k - 2] in _WHO)
    if is_said and low[k] not in PREPOSITIONS | _CLAUSES:
        return True
    if before in _CLAUSES or (before in (";", ":", "–", "—") and not sentence.tokens.glued[k]):
        return True
    if before != ",":
        return False
    lead = low[sentence.first]
    is_led = lead in PREPOSITIONS or lead in _LEADS
    if not is_led or k - sentence.first > _LONGEST_LEAD:
        return False
    return "," not in text[sentence.first : k - 1] or behind_place(sentence, _first_comma(sentence)) == k


_WHO = frozenset(("who", "analysts", "economists", "researchers"))


def _first_comma(sentence: Sentence) -> int:
    return next(k for k in range(sentence.first, sentence.last) if sentence.tokens.text[k] == ",")


def behind_place(sentence: Sentence, k: int) -> int:
    """Where a clause goes on behind the comma at a token that ends the place which opens it, and behind what a text
    tells of that place in passing: `In Germany, the biggest European market, sales fell`."""
    tokens = sentence.tokens
    if tokens.text[k] != ",":
        return k
    is_apposed = tokens.lower[k + 1] in _APPOSED or tokens.lower[k + 2] in ("'", "’")
    for j in range(k + 2, min(k + _LONGEST_ASIDE, sentence.last - 1) if is_apposed else k):
        if tokens.text[j] == ",":
            return j + 1
        if tokens.kind[j] != WORD and tokens.text[j] not in ("'", "’", "-"):
            break
        if tokens.lower[j] in _ALWAYS or tokens.lower[j] in _CLAUSES:
            break
    return k + 1


_APPOSED = frozenset(("the", "its", "their", "a", "an", "by", "says", "said", "according"))
_LONGEST_ASIDE = 10


def phrase_at(sentence: Sentence, k: int) -> Opening | None:
    """The noun phrase that begins at a token, up to its verb."""
    tokens = sentence.tokens
    determiner = tokens.lower[k] if tokens.lower[k] in _DETERMINERS else ""
    first = k + bool(determiner)
    if tokens.lower[k + 1 : k + 3] in (["'", "s"], ["’", "s"]) and state_at(sentence, k) is not None:
        first = k + 3  # `Britain's defence firms`
    moved = {cue.first for cue in sentence.cues_near(k) if cue.family == "movement"}
    moves = _VERBS | {tokens.lower[j] for j in moved}
    is_foreseen = k > sentence.first and tokens.lower[k - 1] in _FORESEES
    end, maybe = None, None
    for j in range(first, min(first + _LONGEST, sentence.last)):
        if tokens.kind[j] == WORD and j > first:
            how = _verb(sentence, j, moved, determiner)
            if how == "verb":
                return _made(sentence, first, end, j, determiner)
            if how == "maybe" and maybe is None:
                maybe = _made(sentence, first, end, j, determiner)
        if is_foreseen and j > first and tokens.lower[j] == "to" and tokens.lower[j + 1] in moves:
            return _made(sentence, first, end, j, determiner)
        if not _is_inside(sentence, j, is_headed=end is not None):
            aside = behind_aside(sentence, first, j) if j > first and tokens.text[j] == "," else j
            if aside > j and (end or j) > first and _verb(sentence, aside, moved, determiner):
                return Opening(first, end or j, aside, determiner)
            break
        if end is None and (tokens.lower[j] in PREPOSITIONS or _is_participle(sentence, first, j)):
            end = j
    return maybe


def _is_participle(sentence: Sentence, first: int, j: int) -> bool:
    """Whether a participle says which people are meant: `Shoppers earning less than $50,000`."""
    low = sentence.tokens.lower
    return j > first and low[j].endswith("ing") and low[j - 1].endswith(("s", "people", "men")) and low[j] not in _VERBS


def _made(sentence: Sentence, first: int, end: int | None, verb: int, determiner: str) -> Opening | None:
    tokens = sentence.tokens
    last = verb
    while last > first and (tokens.lower[last - 1] in _ADVERBS or tokens.lower[last - 1].endswith("ly")):
        last -= 1
    end = min(end or last, last)
    return Opening(first, end, last, determiner) if first < end else None


def _is_inside(sentence: Sentence, j: int, *, is_headed: bool) -> bool:
    """Whether a token may stand within a noun phrase: no comma, no bracket, no figure but `30-year` and `the 50
    states` behind its noun."""
    tokens = sentence.tokens
    if tokens.kind[j] == WORD:
        return tokens.lower[j] not in _CLAUSES or tokens.lower[j] == "and"
    if is_headed and _is_of_figure(sentence, j):
        return True
    if tokens.kind[j] == FIGURE:
        return tokens.text[j + 1] == "-" or (is_headed and tokens.text[j].isdigit())
    return tokens.text[j] in ("-", "'", "’", "&") or (tokens.text[j] == "." and tokens.glued[j])


def _is_of_figure(sentence: Sentence, j: int) -> bool:
    """Whether a token is within what a participle behind the noun counts: `earning less than $50,000 a year`."""
    low = sentence.tokens.lower
    near = next((f for f in sentence.figures_near(j) if f.lead <= j < f.last), None)
    if near is None:
        return False
    return any(low[k].endswith("ing") for k in range(max(near.lead - 3, sentence.first), near.lead))


def _verb(sentence: Sentence, j: int, moved: set[int], determiner: str) -> str:
    """Whether a word can only be the clause's verb there, or may be, or is none."""
    tokens = sentence.tokens
    low, before = tokens.lower[j], tokens.lower[j - 1]
    if tokens.text[j][:1].isupper() or tokens.text[j - 1] == "-" or tokens.text[j + 1] == "-":
        return ""
    if low in _ALWAYS:
        return "verb"
    is_past = low.endswith("ed") and len(low) > 4
    if low in _WAYS:
        return ""
    if low in _VERBS and tokens.lower[j + 1] in _WAYS:
        return "verb"
    if low in _VERBS and any(f.last == j for f in sentence.figures_near(j)):
        return "verb"
    if not (low in _VERBS or j in moved or is_past) or before in PREPOSITIONS or before in _ARTICLES:
        return ""
    if _is_figure(sentence, j + 1):
        return "verb"
    if low in _BASES and determiner and not before.endswith("s"):  # `a drop in prices`
        return ""
    follows = tokens.lower[j + 1]
    if follows in _ARTICLES or follows in _ADVERBS or follows.endswith("ly"):
        return "verb"
    if follows in PREPOSITIONS:
        return "maybe" if is_past and follows != "to" else "verb"
    return "verb" if j in moved and follows in (",", ".", ";") else ""


_WAYS = frozenset(("up", "down", "off", "out", "away", "aside"))


def _is_figure(sentence: Sentence, k: int) -> bool:
    return any(f.lead <= k < f.last for f in sentence.figures_near(k)) or sentence.tokens.kind[k] == FIGURE
