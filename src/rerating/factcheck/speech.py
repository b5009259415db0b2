"""Who says it: attribution, speakers, indirect speech, quotations, opinion; and from that the status of a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rerating.factcheck.article import Article, Sentence
from rerating.factcheck.lexicon import word_set
from rerating.factcheck.names import NameKind
from rerating.language.reading.tokens import WORD

_ROLES = word_set("speech", "roles")
_SAY = word_set("speech", "say")
_LAUT = frozenset(("laut", "gemäss", "gemäß", "zufolge", "per"))
_QUOTED_SAY = word_set("speech", "quoted_say")
_EXECUTIVES = word_set("speech", "executives")
_TELLERS = word_set("speech", "tellers")
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
    is_quoted: bool = False
    is_company: bool = False


def person(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    """A person's name within tokens [first, last): two or three capitals behind a role, or beside a verb of saying."""
    tokens = sentence.tokens
    for k in range(first, last):
        if tokens.lower[k] in _ROLES or tokens.lower[k].removesuffix("s") in _ROLES:
            found = _capitals(sentence, k + 1, last)
            if found is not None:
                return found
    return None


def _capitals(sentence: Sentence, k: int, last: int, *, over_names: bool = False) -> tuple[int, int] | None:
    """Two or three capitalised words from k on, over at most a preposition and a company's name (`von Vontobel`)."""
    tokens = sentence.tokens
    end = k
    while (
        end < min(last, k + 4)
        and tokens.kind[end] == WORD
        and tokens.text[end][0].isupper()
        and tokens.lower[end] not in _ROLES
    ):
        if (end == k or not over_names) and any(
            named.first <= end < named.last and named.of(NameKind.HOUSE, NameKind.COMPANY) for named in sentence.names
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
    return end if end > k and end < last and sentence.tokens.text[end][0].isupper() else k


def persons(sentence: Sentence) -> list[tuple[int, int]]:
    """The stretches of all people's names behind a role or a title."""
    tokens, found = sentence.tokens, []
    for k in range(sentence.first, sentence.last - 1):
        word = tokens.lower[k]
        if word not in _ROLES and word.removesuffix("s") not in _ROLES and word not in _TITLES:
            continue
        start = k + 2 if tokens.text[k + 1] == "." else k + 1
        stretch = _capitals(sentence, start, sentence.last, over_names=True)
        if stretch is not None:
            found.append(stretch)
    return found


_TITLES = word_set("names", "titles")


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


def voice(sentence: Sentence, before: Voice | None, *, heard: Voice | None, turn: str | None) -> Voice:
    """The voice of a sentence.

    `before` is that of the sentence before it and `heard` the last one with a source, which indirect speech and a
    quotation that runs on carry on; `turn` names who speaks in an interview.
    """
    tokens = sentence.tokens
    held = set(tokens.lower[sentence.first : sentence.last])
    is_opinion = any(cue.family == "opinion" for cue in sentence.cues)
    if turn is not None:
        return Voice(turn or None, bool(turn), False, False, is_opinion, is_quoted=bool(turn))
    is_quoted = _in_quotes(sentence)
    says = [k for k in range(sentence.first, sentence.last) if _is_say(sentence, k, is_quoted=is_quoted)]
    laut = [k for k in range(sentence.first, sentence.last) if _is_laut(sentence, k)]
    teller = _teller(sentence)
    source = teller or _source(sentence, says, laut)
    is_indirect = not _INDIRECT.isdisjoint(held)
    is_company = not _EXECUTIVES.isdisjoint(held)
    named = person(sentence, sentence.first, sentence.last)
    is_reporting = bool(_REPORTING & held) or (bool(says) and named is None and not laut and not is_quoted)
    so = any(
        tokens.lower[k] == "so" and tokens.lower[k - 1] == "," and tokens.lower[k + 1] in ("die", "der", "das", "ein")
        for k in range(sentence.first + 1, sentence.last - 1)
    )
    is_attributed = bool(says or laut or so or teller)
    if not is_attributed and (is_indirect or is_quoted) and heard is not None and heard.source:
        company = is_company or heard.is_company
        return Voice(heard.source, True, True, False, is_opinion, is_quoted=is_quoted, is_company=company)
    return Voice(
        source, is_attributed, is_indirect, is_reporting, is_opinion, is_quoted=is_quoted, is_company=is_company
    )


def _in_quotes(sentence: Sentence) -> bool:
    """Whether the sentence begins inside a quotation, or holds one."""
    tokens = sentence.tokens
    opened = sum(1 for k in range(sentence.first) if tokens.text[k] == '"') % 2
    return bool(opened) or '"' in tokens.text[sentence.first : sentence.last]


def _is_say(sentence: Sentence, k: int, *, is_quoted: bool) -> bool:
    word = sentence.tokens.lower[k]
    return word in _SAY or (is_quoted and word in _QUOTED_SAY)


def _is_laut(sentence: Sentence, k: int) -> bool:
    """`laut`, `zufolge`, `according to`, `per CME`, `nach Angaben`, `based on data from`."""
    tokens, word = sentence.tokens, sentence.tokens.lower[k]
    if word == "per":
        return any(n.first == k + 1 and n.of(NameKind.DATA, NameKind.HOUSE) for n in sentence.names)
    if word == "laut":
        return tokens.lower[k - 1] not in ("zu", "so", "wird") if k > sentence.first else True
    if word in _LAUT:
        return True
    if word == "according":
        return tokens.lower[k + 1] == "to"
    if word in ("nach", "eigenen"):
        return tokens.lower[k + 1] in (
            "angaben",
            "daten",
            "einschätzung",
            "ansicht",
            "informationen",
            "berechnungen",
        ) or (word == "nach" and tokens.lower[k + 2] in ("angaben", "ansicht"))
    if word in ("data", "figures", "estimates") and tokens.lower[k + 1] in ("from", "show", "showed", "by", "."):
        return any(n.of(NameKind.DATA, NameKind.HOUSE) for n in sentence.names)
    return word in ("errechnet", "berechnet") and tokens.lower[k + 1] in ("hat", "hatte", "haben")


def _teller(sentence: Sentence) -> str | None:
    """`Presse:`, `Insider:` before what they tell, behind a time of day at most."""
    tokens = sentence.tokens
    for k in range(sentence.first, min(sentence.first + 5, sentence.last - 1)):
        if tokens.lower[k] in _TELLERS and tokens.text[k + 1] == ":":
            return tokens.text[k]
    return None


def speaking_turns(article: Article) -> dict[int, str]:
    """Who speaks in each block of an interview, by `Name:` at its beginning; empty for whoever asks.

    An interview is a text in which at least two labels come back.
    """
    labels: dict[str, list[int]] = {}
    texts: dict[int, str] = {}
    for text in {id(s.text): s.text for s in article.sentences}.values():
        tokens = text.tokens
        if len(tokens) > 2 and tokens.text[1] == ":" and tokens.kind[0] == WORD and tokens.text[0][0].isupper():
            labels.setdefault(tokens.text[0], []).append(id(text))
            texts[id(text)] = tokens.text[0]
    kept = {label for label, places in labels.items() if len(places) >= 2}
    if len(kept) < 2:
        return {}
    asking = {"Frage", "Question", "Q", "Interviewer", "Redaktion"}
    names = {label: _full_name(article, label) for label in kept}
    return {key: "" if label in asking else names[label] for key, label in texts.items() if label in kept}


def _full_name(article: Article, last: str) -> str:
    for sentence in article.sentences[:12]:
        tokens = sentence.tokens
        for k in range(sentence.first + 1, sentence.last):
            if tokens.text[k] == last and tokens.kind[k - 1] == WORD and tokens.text[k - 1][0].isupper():
                return f"{tokens.text[k - 1]} {last}"
    return last


def _source(sentence: Sentence, says: list[int], laut: list[int]) -> str | None:
    tokens = sentence.tokens
    for k in (k + (tokens.lower[k] == "according") for k in laut):
        found = person(sentence, k, min(k + 10, sentence.last)) or _capitals(sentence, k + 1, min(k + 6, sentence.last))
        if found is not None and tokens.lower[found[0]] not in ("the", "der", "die"):
            return _joined(sentence, *found)
        name = next((n for n in sentence.names if k < n.first <= k + 5), None)
        if name is not None:
            return name.names[0].name
        if tokens.kind[k + 1] == WORD and tokens.text[k + 1][0].isupper() and tokens.lower[k + 1] not in _NO_SOURCE:
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


_NO_SOURCE = frozenset(
    ("angaben", "konsens", "daten", "informationen", "berechnungen", "einschätzung", "ansicht", "pflichtmitteilung")
)
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
