"""Bodies of a state that act by their own name: authorities, departments, courts, chambers, cities' governments.

`the Energy Department`, `Personal Information Protection Commission`, `Court of Appeal`, `Senate Finance Committee`,
`the House passed`, `New York City`, `die Stadtregierung Peking`, `das Bundesamt für Energie`: whoever decides is told
of as the text prints it. A name that is built like one needs no list.
"""

from __future__ import annotations

from collections.abc import Iterator

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.people import joined
from rerating.factcheck.extraction.whom.phrases.states import state_of
from rerating.language.reading.tokens import WORD, Tokens

_CHAMBERS = ("Senate", "House")
_PANELS = ("Committee", "Subcommittee", "Panel")
_HOUSE = word_set("states", "house")
_ACTING = word_set("states", "does") | word_set("states", "rules") | _HOUSE
_JOINING = frozenset(("and", "&", "of", "the", ",", "on"))
_MOST_WORDS = 8


def bodies(sentence: Sentence) -> list[tuple[int, int, str]]:
    """The bodies of a sentence with where they stand, in its order, none within another."""
    find = _english if sentence.text.is_english else _german
    found: list[tuple[int, int, str]] = []
    for first, last, name in sorted(find(sentence), key=lambda each: (each[0], -each[1])):
        if not found or first >= found[-1][1]:
            found.append((first, last, name))
    return found


def is_of_body(sentence: Sentence, first: int, last: int) -> bool:
    """Whether tokens are but a part of a body's name: the `State` of `State Corporation Commission`."""
    return any(start <= first and last <= end and last - first < end - start for start, end, _ in bodies(sentence))


# ---- English ---------------------------------------------------------------------------------------------------------

_LEAST_LEADS = {
    "Commission": 1,
    "Agency": 1,
    "Authority": 1,
    "Administration": 2,
    "Ministry": 1,
    "Department": 1,
    "Tribunal": 1,
    "Court": 1,
    "Bureau": 1,
    "Inspectorate": 1,
    "Regulator": 1,
    "Directorate": 1,
    "Board": 1,
    "Office": 1,
    "Fund": 2,
}
"""What a body is called, with how many capitals stand before it at least: `the Trump Administration` is no body's."""
_LED_BY = {"Board": word_set("bodies", "boards"), "Office": word_set("bodies", "offices")}
"""What stands right before a head that companies have too: `Competition Board`, not `Supervisory Board`."""
_NO_BODIES = word_set("bodies", "no_bodies")
"""What stands before a head that counts or reports for others: `Xinhua News Agency`, `Census Bureau`."""
_PUBLIC = frozenset(("energy", "infrastructure", "water", "investment", "housing", "transportation", "development"))
"""What a state's fund is for: `Texas Energy Fund`; `Texas Growth Fund` may be anybody's."""
_LEADS = frozenset(("of", "for"))
_OWN_BOARDS = tuple(("of", word) for word in ("directors", "trustees", "management"))
"""`The Board of Directors declared`: a company's own."""
PROGRAMMES = frozenset(("Medicare", "Medicaid"))
"""No companies, but whoever runs them where a verb of making rules follows: `Medicare will cover`."""


def _english(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last):
        word = tokens.text[k]
        if word in _LEAST_LEADS and sentence.words(k + 1, k + 3) not in _OWN_BOARDS:
            first, last = _authority(sentence, k)
            if last - first > 1 and not _is_company(sentence, first, last):
                yield first, last, joined(sentence, first, last)
        elif word in _CHAMBERS and not _is_within(sentence, k):
            end = _panel_end(sentence, k)
            if end is not None:
                yield k, end, joined(sentence, k, end)
            elif word == "House" and tokens.lower[k + 1] in _HOUSE:
                yield k, k + 1, "US House of Representatives"
        elif word == "City" and k > sentence.first and not tokens.text[k + 1][:1].isupper() and _is_capital(tokens, k):
            first = k - 1 - (k - 2 >= sentence.first and _is_capital(tokens, k - 1))
            yield first, k + 1, joined(sentence, first, k + 1)
        elif word in PROGRAMMES and tokens.lower[k + 1] in _ACTING:
            yield k, k + 1, word


def _is_capital(tokens: Tokens, k: int) -> bool:
    """Whether a name's word stands before a token."""
    return tokens.kind[k - 1] == WORD and tokens.text[k - 1][:1].isupper() and tokens.lower[k - 1] not in _JOINING


def _authority(sentence: Sentence, k: int) -> tuple[int, int]:
    """From where to where a body's name goes: `Department of Health and Human Services`, `Labor Department`."""
    tokens, head = sentence.tokens, sentence.tokens.text[k]
    first = _start(sentence, k)
    last = k + 1
    if tokens.lower[k + 1] in _LEADS and tokens.text[k + 2][:1].isupper():
        last = k + 2
        while last < min(k + _MOST_WORDS, sentence.last) and (
            tokens.text[last][:1].isupper()
            or (tokens.lower[last] in _JOINING and tokens.text[last + 1][:1].isupper() and tokens.text[last] != ",")
        ):
            last += 1
        return first, last
    lead = tokens.lower[k - 1]
    if (lead, head) == ("energy", "Agency") and tokens.text[k - 2] == "International":
        return k, k
    if head == "Fund" and not (state_of(tokens.text[first]) and lead in _PUBLIC):
        return k, k
    if k - first < _LEAST_LEADS[head] or lead in _NO_BODIES or (head in _LED_BY and lead not in _LED_BY[head]):
        return k, k
    return (first - 4 if tokens.text[max(first - 4, 0) : first] == ["U", ".", "S", "."] else first), k + 1


def _start(sentence: Sentence, k: int) -> int:
    """Where the capitals before a head begin: `Trade and Industry Ministry`; an article is none of them."""
    tokens, first = sentence.tokens, k
    while first > sentence.first and k - first < _MOST_WORDS - 2:
        if _is_capital(tokens, first) and tokens.lower[first - 1] not in _NO_LEADS:
            first -= 1
        elif (
            k > first > sentence.first + 1
            and tokens.lower[first - 1] in ("and", "&")
            and _is_capital(tokens, first - 1)
        ):
            first -= 2
        else:
            break
    return first


_NO_LEADS = word_set("bodies", "no_leads")


def _is_company(sentence: Sentence, first: int, last: int) -> bool:
    return any(n.first < last and first < n.last and n.of(NameKind.COMPANY) for n in sentence.names_near(first))


def _is_within(sentence: Sentence, k: int) -> bool:
    """Whether another name goes on there: `White House`, `U.S. House`, `Opera House`."""
    before = sentence.tokens.text[k - 1] if k > sentence.first else ""
    return before[:1].isupper() and before.lower() not in ("the", "both", "if")


def _panel_end(sentence: Sentence, k: int) -> int | None:
    tokens = sentence.tokens
    for j in range(k + 1, min(k + _MOST_WORDS, sentence.last)):
        if tokens.text[j] in _PANELS:
            return j + 1
        if not (tokens.text[j][:1].isupper() or tokens.lower[j] in _JOINING):
            return None
    return None


# ---- German ----------------------------------------------------------------------------------------------------------

_COUNCILS = ("Stadtregierung", "Stadtrat", "Stadtverwaltung")
_OF_FEDERATION = ("Bundes", "Landes")
_OFFICES = ("amt", "anstalt", "gericht", "gerichtshof", "zentrale", "agentur", "institut", "kommission", "behörde")
_COURTS = ("gericht", "gerichtshof")


def _german(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last):
        word = tokens.text[k]
        if word in _COUNCILS:
            step = tokens.lower[k + 1] in ("von", "in")
            if tokens.text[k + 1 + step][:1].isupper():
                yield k, k + 2 + step, f"{word} {tokens.text[k + 1 + step]}"
            elif k > sentence.first and tokens.lower[k - 1].endswith(("er", "r")) and _is_capital(tokens, k):
                yield k - 1, k + 1, f"{word} {_town(tokens.text[k - 1])}"
        elif word.startswith(_OF_FEDERATION) and _nominative(word).endswith(_OFFICES):
            if tokens.text[k - 1].startswith("Statistisch"):
                continue
            end = _field_end(sentence, k + 1)
            yield k, end, joined(sentence, k, end).replace(word, _nominative(word), 1)
        elif _nominative(word).endswith(_COURTS) and word[0].isupper() and tokens.text[k + 1][:1].isupper():
            yield k, k + 2, f"{_nominative(word)} {tokens.text[k + 1]}"


def _nominative(word: str) -> str:
    """`Landgerichts` and `Bundesamtes` without their ending."""
    return next((word[: -len(end)] for end, genitives in _GENITIVES if word.endswith(genitives)), word)


_GENITIVES = [(end, tuple(office + end for office in _OFFICES)) for end in ("es", "s")]


def _town(word: str) -> str:
    """The town of its adjective: `Pekinger`, `Münchner`."""
    return _TOWNS.get(word) or word.removesuffix("er")


_TOWNS = {"Münchner": "München", "Bremer": "Bremen", "Dresdner": "Dresden", "Essener": "Essen", "Zürcher": "Zürich"}


def _field_end(sentence: Sentence, k: int) -> int:
    """Behind what a federal office is for: `für Wirtschaft und Ausfuhrkontrolle`."""
    tokens = sentence.tokens
    if tokens.lower[k] not in ("für", "der", "des"):
        return k
    end = k + 1
    while end < min(k + _MOST_WORDS, sentence.last):
        is_noun = tokens.kind[end] == WORD and tokens.text[end][:1].isupper()
        is_joined = tokens.lower[end] in ("und", "der", "die", "in") and tokens.text[end + 1][:1].isupper()
        if not (is_noun or is_joined):
            break
        end += 1
    return end if end > k + 1 else k
