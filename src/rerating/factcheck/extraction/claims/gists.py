"""What a clause comes to: claims without a number, by the classes of words that a clause holds in any order.

A phrasing (`phrasings`) says how a sentence runs; a gist only says what has to stand in one clause: a house, a word
for a target and a verb of change. It is the wider net: it reads a clause that no phrasing has read. The classes and
the rules are versioned data (`data/gists_de.toml`, `data/gists_en.toml`); a class is a list of phrases with * at a
word's ends.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rerating.factcheck.extraction.claims.phrasings import Meaning, Said
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import Lexicon, word_set
from rerating.language.reading.tokens import WORD

_WALLS = frozenset((",", ";", ":", "–", "—", "(", ")", "|"))
_PARTING = 1.0
"""What parts two clauses at least (`sentences`): a comma, a dash, `while`, `nachdem`."""
_STATE = word_set("extraction", "state")
_FIRM = word_set("speech", "company_words")
_SHORTEST = 2
"""Words of a clause that says something."""
_CARRIED_ON = word_set("gists", "carried_on")
_INDIRECT = word_set("speech", "indirect")


@dataclass(frozen=True, slots=True)
class Gist:
    """A rule: of each group one class has to stand in the clause, of `none` no class."""

    meaning: Meaning
    groups: tuple[frozenset[str], ...]
    none: frozenset[str]


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens [first, last) between two walls, with the classes that stand there and where."""

    first: int
    last: int
    marks: dict[str, list[tuple[int, int]]]
    reach: int
    """Where the clause behind it ends, if that one carries it on (`, dass ...`, `, der ...`); else its own end."""


@dataclass(frozen=True, slots=True)
class _Reading:
    lexicon: Lexicon
    gists: tuple[Gist, ...]


@lru_cache(maxsize=2)
def _reading(language: str) -> _Reading:
    text = files("rerating.factcheck.extraction").joinpath("data", f"gists_{language}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rows = [
        (phrase.strip(), name, name)
        for name, phrases in data["words"].items()
        for phrase in " ".join(phrases.split()).split("|")
    ]
    known = {*data["words"], *_STANDING}
    gists = tuple(
        Gist(
            Meaning(row["kind"], row["metric"], row.get("direction"), row.get("needs")),
            tuple(frozenset(group.split("/")) for group in row["all"].split()),
            frozenset(row.get("none", "").split()),
        )
        for row in data["gists"]
    )
    unknown = {name for gist in gists for group in (*gist.groups, gist.none) for name in group} - known
    if unknown:
        raise ValueError(f"gists_{language}.toml names classes that it does not hold: {sorted(unknown)}")
    return _Reading(Lexicon(rows), gists)


_STANDING = ("HOUSE", "STATE", "FIRM", "INDIRECT", "LED", "POSSIBLE")
"""Classes that no list holds: analysts' houses, states and their bodies, companies by name or noun, indirect speech,
a clause that `as`, `after` or `weil` leads, and one that only may come true: `the odds that the Fed cuts rates`."""
_ODDS = word_set("gists", "odds")
_THAT = frozenset(("dass", "that"))
_LED = {"en": word_set("gists", "led_en"), "de": word_set("gists", "led_de")}
_NOT_LED = word_set("gists", "not_led")


def clauses(sentence: Sentence, language: str) -> list[Clause]:
    """The clauses of a sentence with the classes of words in each."""
    marks = _marks(sentence, language)
    tokens = sentence.tokens
    spans: list[tuple[int, int]] = []
    verbs = {begin for begin, _, name in marks if name in _VERBS}
    first = sentence.first
    for k in range(sentence.first, sentence.last + 1):
        is_joined = k < sentence.last and tokens.lower[k] in _AND and k + 1 in verbs and k - first > _LEAST
        if k < sentence.last and not is_joined and not _is_wall(sentence, k) and not _leads(sentence, k, language):
            continue
        if sum(1 for j in range(first, k) if tokens.kind[j] == WORD) >= _SHORTEST:
            spans.append((first, k))
        first = k + 1 if k < sentence.last and (tokens.kind[k] != WORD or is_joined) else k
    found: list[Clause] = []
    for place, (first, last) in enumerate(spans):
        held: dict[str, list[tuple[int, int]]] = {}
        for begin, end, name in marks:
            if first <= begin and end <= last:
                held.setdefault(name, []).append((begin, end))
        if place and tokens.lower[first - 1] in _AND and first in verbs and spans[place - 1][1] == first - 1:
            for name in _SUBJECTS & found[-1].marks.keys():
                held.setdefault(name, []).append((first, first + 1))
        if _leads(sentence, first, language) and last - first > _LEAST:
            held.setdefault("LED", []).append((first, last))
        if _is_possible(sentence, first, last):
            held.setdefault("POSSIBLE", []).append((first, last))
        after = spans[place + 1] if place + 1 < len(spans) else None
        is_led = after is not None and (tokens.lower[after[0]] in _CARRIED_ON or ("viewv" in held and last - first < 6))
        reach = after[1] if after is not None and is_led else last
        found.append(Clause(first, last, held, reach))
    return found


_PLACED = frozenset((("in",), ("from",), ("in", "the"), ("from", "the"), ("across", "the"), ("in", "den"), ("aus",)))
"""Before a state that is only a place: `announced in the United States`."""


_AND = frozenset(("and", "und"))
_VERBS = frozenset(("viewv", "says", "said", "knows", "foresees", "names", "saycalls", "amends", "nods", "sees"))
"""Classes of verbs that begin a clause of their own behind `and`, with the subject of the one before."""
_SUBJECTS = frozenset(("HOUSE", "house", "judge", "boss", "they", "FIRM", "firm"))


def _is_possible(sentence: Sentence, first: int, last: int) -> bool:
    """`die Chance, dass die Fed die Zinsen senkt`, `the odds that the Fed cuts rates`: what may come, no act."""
    lower = sentence.tokens.lower
    if lower[first] in _THAT:
        return not _ODDS.isdisjoint(sentence.words(first - 4, first))
    within = next((k for k in range(first, last) if lower[k] in _ODDS), None)
    return within is not None and not _THAT.isdisjoint(lower[within + 1 : within + 3])


def _marks(sentence: Sentence, language: str) -> list[tuple[int, int, str]]:
    """The words of a sentence that belong to a class: first and last token and the class."""
    lexicon, tokens = _reading(language).lexicon, sentence.tokens
    marks: list[tuple[int, int, str]] = []
    for k in range(sentence.first, sentence.last):
        marks += [(found.first, found.last, found.key) for found in lexicon.at(tokens, k)]
        if tokens.lower[k] in _STATE:
            marks.append((k, k + 1, "STATE"))
        if tokens.lower[k] in _FIRM:
            marks.append((k, k + 1, "FIRM"))
        if language == "de" and tokens.text[k] in _INDIRECT:
            marks.append((k, k + 1, "INDIRECT"))
    for named in sentence.names:
        if named.first in sentence.houses:
            marks.append((named.first, named.last, "HOUSE"))
        elif named.of(NameKind.INSTITUTION) is not None:
            if (
                sentence.words(named.first - 2, named.first) in _PLACED
                or sentence.words(named.first - 1, named.first) in _PLACED
            ):
                continue
            marks.append((named.first, named.last, "STATE"))
        elif named.of(NameKind.COMPANY) is not None:
            marks.append((named.first, named.last, "FIRM"))
    return marks


def _leads(sentence: Sentence, k: int, language: str) -> bool:
    """Whether a token leads a clause that says when or why: `as a stronger pound weighed on exporters`."""
    if sentence.tokens.lower[k] not in _LED[language]:
        return False
    if language == "de" and sentence.words(k - 1, k) != (",",):
        return False
    if "as" in sentence.words(k - 4, k) or "as" in sentence.words(k + 1, k + 5):
        return False
    beside = {*sentence.words(k - 1, k), *sentence.words(k + 1, k + 2)}
    return beside.isdisjoint(_NOT_LED) and sentence.tokens.kind[min(k + 1, sentence.last - 1)] == WORD


def _is_wall(sentence: Sentence, k: int) -> bool:
    tokens = sentence.tokens
    is_within = tokens.text[k] == ":" and k + 1 < sentence.last and tokens.glued[k + 1]
    return (tokens.text[k] in _WALLS and not is_within) or sentence.cost(k, k + 1) >= _PARTING


def gists(sentence: Sentence, language: str) -> list[tuple[Said, Clause]]:
    """What the clauses of a sentence come to, by the rules that each meets, in their order; what is said first."""
    if sentence.number and sentence.role is BlockRole.HEADING and sentence.last - sentence.first < _LEAST + 2:
        return []
    out: list[tuple[Said, Clause]] = []
    held = clauses(sentence, language)
    tags = [_tagged(sentence, held, place) for place in range(len(held))]
    for clause, (content, is_tag) in zip(held, tags, strict=True):
        if is_tag and content is not None:
            out.append((Said(content.first, content.last, _told(clause, content)), content))
    for clause, (_, is_tag) in zip(held, tags, strict=True):
        if not is_tag:
            out += [(said, clause) for said in _met(sentence, clause, language)]
    return out


def is_indirect(sentence: Sentence, said: Said) -> bool:
    """Whether a German subjunctive stands in what is said: `gestützt werde der Kurs`."""
    return not _INDIRECT.isdisjoint(sentence.tokens.text[said.first : said.last])


def _met(sentence: Sentence, clause: Clause, language: str) -> list[Said]:
    """What the rules that a clause meets say of it."""
    out = []
    marks = frozenset(clause.marks)
    for gist in _reading(language).gists:
        if gist.groups[0].isdisjoint(marks) or not gist.none.isdisjoint(marks):
            continue
        if any(group.isdisjoint(marks) for group in gist.groups):
            continue
        if not (gist.meaning == REASON and _is_short(sentence, clause)):
            places = [at for group in gist.groups for name in sorted(group) for at in clause.marks.get(name, ())]
            said = Said(min(p[0] for p in places), max(p[1] for p in places), gist.meaning)
            out.append(_whole(said, clause))
    return out


def _told(tag: Clause, content: Clause) -> Meaning:
    """What a speaker tells: a plan where a company's head speaks of what is to come, else a reason."""
    is_plan = "boss" in tag.marks and "ahead" in content.marks and "HOUSE" not in tag.marks
    return _PLAN if is_plan else REASON


_PLAN = Meaning("guidance", "outlook", None, None)


def _is_short(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause is too short for a reason, or one that only hangs on another (`den Analysten erwarten`)."""
    words = sum(1 for k in range(clause.first, clause.last) if sentence.tokens.kind[k] == WORD)
    return words < _LEAST or sentence.tokens.lower[clause.first] in _CARRIED_ON


_LEAST = 5
REASON = Meaning("attributed_reason", "reason", None, None)


def _whole(said: Said, clause: Clause) -> Said:
    """A reason is all that its clause says, with the clause that carries it on."""
    return Said(clause.first, clause.reach, said.meaning) if said.meaning.kind == REASON.kind else said


def _tagged(sentence: Sentence, held: list[Clause], place: int) -> tuple[Clause | None, bool]:
    """Whether a clause only names who speaks, and the clause that is said: `..., lobt die Expertin`, `so die UBS`."""
    clause, tokens = held[place], sentence.tokens
    if "opinion" in clause.marks and clause.last - clause.first <= _LONGEST_OPINION:
        beside = place + 1 if place + 1 < len(held) and held[place + 1].first <= clause.last + 1 else place - 1
        return _unquoted(sentence, held[beside]) if beside >= 0 else None, True
    if _SPEAKERS.isdisjoint(clause.marks):
        return None, False
    if clause.last < sentence.last and tokens.text[clause.last] == ":" and not _SPEAKING.isdisjoint(clause.marks):
        after = held[place + 1] if place + 1 < len(held) else None
        return _unquoted(sentence, after), True
    is_joined = place > 0 and tokens.lower[clause.first - 1] in _AND
    if not place or is_joined or clause.last - clause.first > _LONGEST_TAG:
        return None, False
    is_tag = any(_closes(sentence, clause, first, last) for first, last in clause.marks.get("says", ()))
    is_near = held[place - 1].last >= clause.first - 2
    return (_unquoted(sentence, held[place - 1]) if is_near else None, True) if is_tag else (None, False)


def _unquoted(sentence: Sentence, clause: Clause | None) -> Clause | None:
    """The clause unless it quotes: what a quotation says is read as such."""
    return None if clause is None or '"' in sentence.words(sentence.first, clause.last + 1) else clause


_SPEAKING = frozenset(("says", "viewv", "speaks"))


def _closes(sentence: Sentence, clause: Clause, first: int, last: int) -> bool:
    """Whether a verb of saying opens its clause or ends it but for where and when: `she said on Friday`."""
    opening = sentence.tokens.kind[clause.first : first]
    after = sentence.words(last, clause.last)[:1]
    return WORD not in opening or after in _WHERE


_WHERE = ((), *((word,) for word in (".", '"', "on", "in", "at", "during", "after", "to", "analysts", "reporters")))
_SPEAKERS = frozenset(("HOUSE", "house", "judge", "boss"))
_LONGEST_TAG = 14
_LONGEST_OPINION = 5
