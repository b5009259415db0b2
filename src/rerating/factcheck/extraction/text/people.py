"""People in a text, behind a role, a title or beside a verb of saying, and who the source of a sentence is."""

from __future__ import annotations

from functools import lru_cache

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.ordinary import FIRST_NAMES
from rerating.language.reading.tokens import WORD

ROLES = word_set("speech", "roles")
_ENDS = tuple(word_set("speech", "role_ends"))


@lru_cache(maxsize=16_384)
def is_role(word: str) -> bool:
    """Whether a word tells what somebody is, in the genitive and in compounds too: `firmengründers`."""
    bare = word.removesuffix("s")
    return word in ROLES or bare in ROLES or bare.endswith(_ENDS)


def person(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """A person's name within tokens [first, last): two or three capitals behind a role, or beside a verb of saying."""
    tokens = sentence.tokens
    for k in range(first, last):
        if is_role(tokens.lower[k]):
            found = capitals(sentence, k + 1, last)
            if found is not None:
                return found
    return None


def capitals(sentence: Sentence, k: int, last: int, *, over_names: bool = False) -> tuple[int, int] | None:
    """Two or three capitalised words from k on, over at most a preposition and a company's name (`von Vontobel`)."""
    tokens = sentence.tokens
    end = k
    while (
        end < min(last, k + 4)
        and tokens.kind[end] == WORD
        and tokens.text[end][:1].isupper()
        and not is_role(tokens.lower[end])
    ):
        is_first_name = end == k and tokens.lower[k] in FIRST_NAMES and tokens.text[k + 1][:1].isupper()
        if (
            (end == k or not over_names)
            and not is_first_name
            and any(
                named.first <= end < named.last and named.of(NameKind.HOUSE, NameKind.COMPANY)
                for named in sentence.names
            )
        ):
            break
        end += 1
        if tokens.text[end : end + 1] == ["."] and len(tokens.text[end - 1]) <= 2:
            end += 1
        end = _over_particles(sentence, end, min(last, k + 4))
    words = sum(1 for j in range(k, end) if tokens.kind[j] == WORD)
    return (k, end) if words >= 2 else None


_PARTICLES = word_set("names", "surnames")


def _over_particles(sentence: Sentence, k: int, last: int) -> int:
    """Behind `de los` within a name (`Martín de los Santos`); k where none stands there."""
    end = k
    while end < last and sentence.tokens.text[end] in _PARTICLES:
        end += 1
    return end if end > k and end < last and sentence.tokens.text[end][:1].isupper() else k


def persons(sentence: Sentence) -> list[tuple[int, int]]:
    """The stretches of all people's names behind a role or a title."""
    tokens, found = sentence.tokens, []
    for k in range(sentence.first, sentence.last - 1):
        word = tokens.lower[k]
        if tokens.text[k] == "," and (named := _told_of(sentence, k)) is not None:
            found.append(named)
        if word in _APPOINTS and (named := _appointed(sentence, k + 1)) is not None:
            found.append(named)
        if not is_role(word) and word not in _TITLES:
            continue
        start = k + 2 if tokens.text[k + 1] == "." else k + 1
        stretch = capitals(sentence, start, sentence.last, over_names=True)
        if stretch is not None:
            found.append(stretch)
    return found + _of_houses(sentence)


def _appointed(sentence: Sentence, k: int) -> tuple[int, int] | None:
    """Two or three capitals behind a verb of appointing, before a role: `named Ford Carter chief executive`, `hired
    Kellogg veteran Ford Carter as its finance chief`."""
    tokens = sentence.tokens
    while k < sentence.last and tokens.text[k + 1][:1].islower() and tokens.lower[k + 1] in _VETERANS:
        k += 2
    end = k
    while end < min(k + 3, sentence.last) and tokens.kind[end] == WORD and tokens.text[end][:1].isupper():
        end += 1
    is_led = not _LEADS.isdisjoint(sentence.words(end, end + 6))
    return (k, end) if end - k >= 2 and is_led and ROLES.isdisjoint(tokens.lower[k:end]) else None


_APPOINTS = word_set("people", "appoints")
_VETERANS = word_set("people", "veterans")
_LEADS = ROLES | word_set("people", "leads")


def _told_of(sentence: Sentence, comma: int) -> tuple[int, int] | None:
    """Two capitals before a comma and a role: `Matthew Smith, the firm's analyst`."""
    tokens, first = sentence.tokens, comma - 2
    behind = sentence.words(comma + 1, comma + 6)
    if first < sentence.first or behind[:1] not in _ARTICLES or ROLES.isdisjoint(behind[1:]) or "," in behind:
        return None
    found = capitals(sentence, first, comma)
    is_whole = first == sentence.first or not tokens.text[first - 1][:1].isupper()
    return found if found == (first, comma) and is_whole else None


def _of_houses(sentence: Sentence) -> list[tuple[int, int]]:
    """Capitals behind a house's genitive: `Wells Fargo's Ken Gawrelski`."""
    found = []
    for named in sentence.names:
        if named.of(NameKind.HOUSE) is None or sentence.words(named.last, named.last + 2) != ("'", "s"):
            continue
        stretch = capitals(sentence, named.last + 2, sentence.last)
        if stretch is not None:
            found.append(stretch)
    return found


_ARTICLES = (("the",), ("a",), ("an",))
_TITLES = word_set("names", "titles")


def joined(sentence: Sentence, first: int, last: int) -> str:
    """The tokens [first, last) as they are printed, without an apostrophe's genitive."""
    tokens = sentence.tokens
    text = tokens.text[first]
    for k in range(first + 1, last):
        text += tokens.text[k] if tokens.glued[k] else " " + tokens.text[k]
    if text.endswith("s") and tokens.text[last - 1].endswith("s") and tokens.text[last : last + 1] == ["'"]:
        text = text.removesuffix("'")
    return text
