"""Who says it: attribution, speakers, indirect speech, quotations, opinion; and from that the status of a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rerating.factcheck.article import Sentence
from rerating.factcheck.lexicon import word_set
from rerating.factcheck.names import NameKind
from rerating.language.reading.tokens import WORD

_ROLES = word_set("speech", "roles")
_SAY = word_set("speech", "say")
_LAUT = frozenset(("laut", "gemäss", "gemäß", "zufolge", "per"))
_INDIRECT = word_set("speech", "indirect")
_REPORTING = word_set("speech", "reporting")
_COMPANY_WORDS = word_set("speech", "company_words")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a sentence. `is_reporting`: a company that reports its own figures. `is_quoted`: within quotes."""

    source: str | None
    is_attributed: bool
    is_indirect: bool
    is_reporting: bool
    is_opinion: bool


def person(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """A person's name within tokens [first, last): two or three capitals behind a role, or beside a verb of saying."""
    tokens = sentence.tokens
    for k in range(first, last):
        if tokens.lower[k] in _ROLES or tokens.lower[k].removesuffix("s") in _ROLES:
            found = _capitals(sentence, k + 1, last)
            if found is not None:
                return found
    return None


def _capitals(sentence: Sentence, k: int, last: int) -> tuple[int, int] | None:
    """Two or three capitalised words from k on, over at most a preposition and a company's name (`von Vontobel`)."""
    tokens = sentence.tokens
    end = k
    while (
        end < min(last, k + 4)
        and tokens.kind[end] == WORD
        and tokens.text[end][0].isupper()
        and tokens.lower[end] not in _ROLES
    ):
        if any(
            named.first <= end < named.last and named.of(NameKind.HOUSE, NameKind.COMPANY) for named in sentence.names
        ):
            break
        end += 1
        if tokens.text[end : end + 1] == ["."] and len(tokens.text[end - 1]) <= 2:
            end += 1
    words = sum(1 for j in range(k, end) if tokens.kind[j] == WORD)
    return (k, end) if words >= 2 else None


def _joined(sentence: Sentence, first: int, last: int) -> str:
    tokens = sentence.tokens
    text = tokens.text[first]
    for k in range(first + 1, last):
        text += tokens.text[k] if tokens.glued[k] else " " + tokens.text[k]
    if text.endswith("s") and tokens.text[last - 1].endswith("s") and tokens.text[last : last + 1] == ["'"]:
        text = text.removesuffix("'")
    return text


def house_in(sentence: Sentence, near: int | None = None) -> str | None:
    """The house of a sentence, the nearest before `near` first."""
    found = [(named.first, named.of(NameKind.HOUSE)) for named in sentence.names]
    houses = [(first, name.name) for first, name in found if name is not None]
    if not houses:
        return None
    if near is None:
        return houses[0][1]
    return min(houses, key=lambda each: (each[0] > near, abs(each[0] - near)))[1]


def data_in(sentence: Sentence) -> str | None:
    """The data service that a sentence names."""
    return next((name.name for named in sentence.names if (name := named.of(NameKind.DATA)) is not None), None)


def voice(sentence: Sentence, before: Voice | None) -> Voice:
    """The voice of a sentence; `before` is that of the sentence before it, which indirect speech carries on."""
    tokens = sentence.tokens
    words = tokens.lower[sentence.first : sentence.last]
    held = set(words)
    says = [k for k in range(sentence.first, sentence.last) if tokens.lower[k] in _SAY]
    laut = [k for k in range(sentence.first, sentence.last) if tokens.lower[k] in _LAUT]
    according = [
        k
        for k in range(sentence.first, sentence.last - 1)
        if tokens.lower[k] == "according" and tokens.lower[k + 1] == "to"
    ]
    so = [
        k
        for k in range(sentence.first + 1, sentence.last - 1)
        if tokens.lower[k] == "so"
        and tokens.lower[k - 1] == ","
        and tokens.lower[k + 1] in ("die", "der", "das", "ein")
    ]
    source = _source(sentence, says, laut, according)
    is_indirect = not _INDIRECT.isdisjoint(held)
    is_reporting = bool(_REPORTING & held) or (bool(says) and not _COMPANY_WORDS.isdisjoint(held))
    is_opinion = any(cue.family == "opinion" for cue in sentence.cues)
    is_attributed = bool(says or laut or according or so)
    if is_indirect and not is_attributed and before is not None and before.source:
        return Voice(before.source, True, True, False, is_opinion)
    return Voice(source, is_attributed, is_indirect, is_reporting, is_opinion)


def _source(sentence: Sentence, says: list[int], laut: list[int], according: list[int]) -> str | None:
    tokens = sentence.tokens
    for k in [*laut, *(a + 1 for a in according)]:
        found = person(sentence, k, min(k + 10, sentence.last)) or _capitals(sentence, k + 1, min(k + 6, sentence.last))
        if found is not None and tokens.lower[found[0]] not in ("the", "der", "die"):
            return _joined(sentence, *found)
        name = next((n for n in sentence.names if k < n.first <= k + 5), None)
        if name is not None:
            return name.names[0].name
        if tokens.kind[k + 1] == WORD and tokens.text[k + 1][0].isupper():
            return tokens.text[k + 1]
    found = person(sentence, sentence.first, sentence.last)
    if found is not None:
        return _joined(sentence, *found)
    for k in says:
        found = _capitals(sentence, k + 1, min(k + 5, sentence.last))
        if found is not None:
            return _joined(sentence, *found)
        first = k - 3
        if first >= sentence.first:
            for start in range(first, k - 1):
                found = _capitals(sentence, start, k)
                if found is not None and found[1] == k:
                    return _joined(sentence, *found)
    return house_in(sentence)


_QUOTE = re.compile(r"\"([^\"\n]{12,400})\"")


def quotations(sentence: Sentence) -> list[tuple[int, int]]:
    """Token stretches within double quotes, of four words or more."""
    tokens, out, opened = sentence.tokens, [], -1
    for k in range(sentence.first, sentence.last):
        if tokens.text[k] != '"':
            continue
        if opened < 0:
            opened = k
            continue
        words = sum(1 for j in range(opened + 1, k) if tokens.kind[j] == WORD)
        if words >= 3 or (words >= 1 and sentence.is_question is False and k - opened <= 3 and words >= 2):
            out.append((opened, k + 1))
        opened = -1
    if opened >= 0 and sentence.last - opened >= 5:
        out.append((opened, sentence.last))
    return out
