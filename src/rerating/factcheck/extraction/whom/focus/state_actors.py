"""States that act in a sentence: by their capital, by an office with its adjective or genitive, by their own name.

`New Delhi lowered the duty`, `Brazil's finance ministry`, `die Regierung in Rom`, `verlangen die USA`: the state acts.
`Batterien aus China`, `tariffs on Chinese toys`: it does not. `a duty in Kenya` is Kenya's, if nobody else is told of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, Named, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.people import joined
from rerating.factcheck.extraction.whom.phrases.bodies import bodies
from rerating.factcheck.extraction.whom.phrases.states import (
    in_english,
    offices,
    spellings,
    spelt_at,
    state_by_adjective,
    state_of,
    states_by_name,
)


class Actor(NamedTuple):
    """A state that acts at tokens [first, last)."""

    first: int
    last: int
    name: Name | None
    """None where its office stands alone: `the government`."""
    is_place: bool
    """Whether the state is but where something holds: `a proposed duty in Kenya`."""


def actors(sentence: Sentence) -> list[Actor]:
    """Who makes policies in a sentence, in its order: institutions by their name, states as they act there."""
    listed = {n.last: n.first for n in sentence.names if (name := n.of(NameKind.INSTITUTION)) and not is_whole(name)}
    built = [body for body in bodies(sentence) if not _is_listed(sentence, body[0], listed.get(body[1]))]
    found = [Actor(first, last, Name(NameKind.INSTITUTION, name), False) for first, last, name in built]
    taken = {k for actor in found for k in range(actor.first, actor.last)}
    for named in sentence.names:
        name = named.of(NameKind.INSTITUTION)
        if (
            name is not None
            and taken.isdisjoint(range(named.first, named.last))
            and not (_is_bare(sentence, named) or _is_of_another(sentence, named, name))
        ):
            printed = joined(sentence, named.first, named.last)
            own = Name(NameKind.INSTITUTION, printed) if printed in offices("by_name") else None
            found.append(Actor(named.first, named.last, own or _in_language(name, sentence), False))
    taken = {k for actor in found for k in range(actor.first, actor.last)}
    found += [actor for actor in _states(sentence) if taken.isdisjoint(range(actor.first, actor.last))]
    found += _called(sentence, {k for a in found if not a.is_place for k in range(a.first, a.last)})
    found += _bare_offices(sentence, {k for a in found if not a.is_place for k in range(a.first, a.last)})
    found.sort(key=lambda actor: actor.first)
    return found


def _is_listed(sentence: Sentence, first: int, listed: int | None) -> bool:
    """Whether a list holds a body's name, alone or behind its state: `U.S. Securities and Exchange Commission`."""
    return listed is not None and (listed <= first or sentence.words(first, listed) in _WHOSE)


_WHOSE = (("u", ".", "s", "."), ("us",))


def is_state_alone(sentence: Sentence, actor: Actor) -> bool:
    """Whether an office that stands by itself is a whole state's (`the government`), not any body's (`the agency`)."""
    return actor.name is None and sentence.tokens.lower[actor.first] not in _BODIES


_BODIES = word_set("states", "bodies") | frozenset(("amt", "agentur", "authority"))


def is_whole(name: Name) -> bool:
    """Whether a list calls a body by the state whose it is."""
    state = states_by_name().get(name.name)
    return state is not None and name.name in (state.en, state.de)


def _is_of_another(sentence: Sentence, named: Named, name: Name) -> bool:
    """Whether another state's adjective stands before a ministry's name: `das niederländische Finanzministerium`."""
    if named.first == sentence.first:
        return False
    told = state_by_adjective(sentence.tokens.text[named.first - 1], is_english=sentence.text.is_english)
    home = state_of("Deutschland" if name.name == "Bundesregierung" else name.name)
    return told is not None and home is not None and told != home


def _is_bare(sentence: Sentence, named: Named) -> bool:
    """Whether a list's institution is but a state's name or capital, of which `_states` says whether it acts."""
    tokens, is_english = sentence.tokens, sentence.text.is_english
    spelt = spelt_at(tokens, named.first, sentence.last, spellings(is_english=is_english), is_english=is_english)
    return any(last == named.last and each.part != "adjective" for each, last in spelt)


def _in_language(name: Name, sentence: Sentence) -> Name:
    """The institution as texts of that language print it."""
    is_english = sentence.text.is_english
    state = state_of(name.name)
    if state is not None and name.name in (state.en, state.de):
        return state.name(is_english=is_english)
    english = in_english(name.name) if is_english else None
    return name if english is None else replace(name, name=english)


def _states(sentence: Sentence) -> Iterator[Actor]:
    is_english = sentence.text.is_english
    table, tokens = spellings(is_english=is_english), sentence.tokens
    taken = sentence.first
    for k in range(sentence.first, sentence.last):
        if k < taken:
            continue
        for spelt, last in spelt_at(tokens, k, sentence.last, table, is_english=is_english):
            is_adjective = any(
                other.words == spelt.words and other.part == "adjective" for other in table[spelt.words[0]]
            )
            if spelt.part == "land":
                how = "acts" if _land_acts(sentence, k, last) else None
            else:
                how = _how(sentence, k, last, "either" if is_adjective and spelt.part == "name" else spelt.part)
            if how is not None:
                named = _named_office(sentence, last) if how == "acts" else None
                bank = spelt.state.central_bank(is_english=is_english) if _tells_bank(sentence, last, how) else None
                yield named or Actor(k, last, bank or spelt.state.name(is_english=is_english), how == "place")
                taken = last
                break


def _how(sentence: Sentence, first: int, last: int, part: str) -> str | None:
    """How a state's name stands there: it `acts`, it is but the `place`, or neither."""
    if _is_before_office(sentence, last, part):
        return "acts"
    lead = sentence.tokens.lower[first - 1] if first > sentence.first else ""
    if is_before_duty(sentence, last) and lead not in _AWAY:
        return "acts"
    if part == "adjective":
        return None
    if lead in _JOINED and _before_list(sentence, first - 1) in _AWAY:
        return None
    before = first - 1
    if lead in _ARTICLES:
        before -= 1
        lead = sentence.tokens.lower[before] if before >= sentence.first else ""
    if lead in _WITHIN and _is_behind_office(sentence, before):
        return "acts"
    if sentence.tokens.text[last] == "-" and sentence.tokens.glued[last]:
        return None
    if lead in _WITHIN:
        if part != "capital" or _is_seat(sentence, last):
            return "place"
        return "acts" if _goes_on_acting(sentence, last) else None
    if part == "either" and sentence.text.is_english and sentence.tokens.lower[last] not in _VERBS:
        return None
    return None if lead in _AWAY or _is_parted(sentence, first) else "acts"


def _goes_on_acting(sentence: Sentence, last: int) -> bool:
    """Whether a relative clause says that a capital acts: `the risk lies in Washington, which is weighing a tariff`."""
    words = sentence.words(last, last + 4)
    return words[:1] == (",",) and words[1:2] in _RELATIVE and not _VERBS.isdisjoint(words[2:])


_RELATIVE = (("which",), ("das",), ("where",), ("wo",))


def _is_seat(sentence: Sentence, last: int) -> bool:
    """Whether an office by itself follows its capital: `In Rom erwägt die Regierung`, `In Rome, the government`."""
    bare = offices("bare_en" if sentence.text.is_english else "bare_de")
    words = sentence.words(last, last + _OFFICE_REACH + 2)
    return any(one in _ARTICLES and other in bare for one, other in pairwise(words))


def _land_acts(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a state within a state acts: a verb of making rules or its office follows, `Texas alone will pay`."""
    lead = sentence.tokens.lower[first - 1] if first > sentence.first else ""
    if (
        lead in _WITHIN
        or lead in _AWAY
        or any(n.first <= first and n.last > last and n.of(NameKind.COMPANY) for n in sentence.names_near(first))
    ):
        return False
    if _is_before_office(sentence, last, "adjective") or _is_before_office(sentence, last, "name"):
        return True
    after = sentence.words(last, last + 2)
    return any(word in _VERBS or word in _AIDS for word in after[: 1 + (after[:1] != () and after[0] in _MEANWHILE)])


_AIDS = word_set("states", "aided")
_MEANWHILE = frozenset(("alone", "also", "now", "itself", "already", "too", "allein", "selbst", "nun"))


def _before_list(sentence: Sentence, k: int) -> str:
    """The word before the list of names that ends right before a token: the `from` of `from Canada, Mexico and`."""
    tokens = sentence.tokens
    while k - 1 > sentence.first and (tokens.text[k - 1][:1].isupper() or tokens.lower[k - 1] in _JOINED):
        k -= 1
    return tokens.lower[k - 1] if k > sentence.first else ""


_JOINED = frozenset((",", "und", "and", "or", "oder", "sowie"))


def _is_parted(sentence: Sentence, first: int) -> bool:
    """Whether a name is but a date line's or a part of another one: `LONDON (dpa)`, `Latin America`."""
    if sentence.tokens.lower[first - 1] in _QUARTERS and first > sentence.first:
        return True
    text = sentence.tokens.text[first]
    return text.isupper() and len(text) > 3 and first == sentence.first


_QUARTERS = frozenset(("latin", "north", "south", "central"))
_ARTICLES = frozenset(("the", "mainland", "der", "die", "das", "den", "dem", "des"))
_WITHIN = frozenset(("in", "im", "inside", "across", "throughout", "within", "innerhalb", "of", "von", "für", "for"))
_AWAY = word_set("states", "away")
_VERBS = word_set("states", "does") | word_set("states", "rules") | word_set("states", "auxiliaries")
"""Behind a name that is an adjective too they make it who acts: `the U.S. imposed`, not `the U.S. market`."""
_CLAUSE_ENDS = frozenset((",", ";", ":", ".", "(", ")", "–", "—", "and", "und"))


def _named_office(sentence: Sentence, k: int) -> Actor | None:
    """The body that an office is called: `Spain's regulator CNMC`, `die brasilianische Behörde ANEEL`."""
    called = offices("en" if sentence.text.is_english else "de")
    tokens = sentence.tokens
    for j in range(k, min(k + _OFFICE_REACH + 2, sentence.last - 1)):
        name = tokens.text[j + 1]
        is_office = tokens.lower[j] in called or tokens.lower[j].endswith(_OFFICE_ENDS)
        if is_office and name.isupper() and name.isalpha() and 3 <= len(name) <= 6:
            return Actor(j + 1, j + 2, Name(NameKind.INSTITUTION, name), False)
    return None


def _called(sentence: Sentence, taken: set[int]) -> Iterator[Actor]:
    """Bodies that no list holds, by their office before their capitals: `The regulator ARECOMS`, `die Behörde ANP`."""
    bare = offices("en") | offices("bare_en") if sentence.text.is_english else offices("bare_de")
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last - 1):
        name = tokens.text[k + 1]
        is_office = tokens.lower[k] in bare or (not sentence.text.is_english and tokens.lower[k].endswith("behörde"))
        is_held = any(n.first <= k + 1 < n.last for n in sentence.names_near(k + 1))
        if not is_office or is_held or k + 1 in taken or not name.isalpha() or not name[0].isupper():
            continue
        if name.isupper() and 3 <= len(name) <= _LONGEST_NAME:
            yield Actor(k + 1, k + 2, Name(NameKind.INSTITUTION, name), False)


_LONGEST_NAME = 8


def is_before_duty(sentence: Sentence, k: int) -> bool:
    """Whether a state's name or adjective stands before its duty: `the 50% U.S. duty`, `the EU's 35.3% tariff`."""
    words = sentence.words(k, k + _DUTY_REACH)
    at = next((j for j, word in enumerate(words) if word in _DUTIES), None)
    return at is not None and _TO_DUTY.issuperset(word for word in words[:at] if word.isalpha())


_DUTIES = word_set("states", "duties")
_TO_DUTY = frozenset(("s", "import", "export", "new", "additional", "steel", "per", "cent", "punitive"))
_DUTY_REACH = 7


def _tells_bank(sentence: Sentence, k: int, how: str) -> bool:
    """Whether the office behind a state's name is its central bank: `Brazil's central bank`."""
    words = sentence.words(k, k + _OFFICE_REACH)
    return how == "acts" and (not _BANKS.isdisjoint(words) or ("central", "bank") in pairwise(words))


_BANKS = word_set("states", "banks")


def _is_before_office(sentence: Sentence, k: int, part: str) -> bool:
    """Whether the state's office stands behind it: `Indian government`, `Brazil's finance ministry`, `Spain's CNMC`."""
    tokens = sentence.tokens
    is_genitive = part != "adjective"
    if is_genitive and sentence.text.is_english:
        if tokens.text[k] not in ("'", "’") or tokens.lower[k + 1] != "s":
            return False
        k += 2
    called = offices("en" if sentence.text.is_english else "de")
    for j in range(k, min(k + _OFFICE_REACH, sentence.last)):
        word = tokens.lower[j]
        if word in called or (not sentence.text.is_english and word.endswith(_OFFICE_ENDS)):
            return True
        if word in _CLAUSE_ENDS or word[0].isdigit() or (is_genitive and word in _DETERMINERS):
            return False
    return False


_DETERMINERS = frozenset(["der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer"])
"""What no genitive stands before: `Chinas neuer Zoll`, not `aus China einen Zoll`."""
_OFFICE_REACH = 4
_OFFICE_ENDS = (
    "zoll",
    "zölle",
    "zöllen",
    "ministerium",
    "ministeriums",
    "ministerien",
    "regierung",
    "minister",
    "behörde",
    "behörden",
)


def _is_behind_office(sentence: Sentence, k: int) -> bool:
    """Whether an office stands before `in` and the place: `the government in Dublin`, `die Regierung in Neu-Delhi`."""
    called = offices("en" if sentence.text.is_english else "de")
    before = sentence.words(k - 3, k)
    return any(word in called or word.endswith(_OFFICE_ENDS) for word in before)


def _bare_offices(sentence: Sentence, taken: set[int]) -> Iterator[Actor]:
    """Offices by themselves, of a state told of before or the text's own: `the government`, `ministers`."""
    bare = offices("bare_en" if sentence.text.is_english else "bare_de")
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last):
        if (tokens.lower[k] in _CAPITAL and not tokens.text[k][:1].isupper()) or (
            not (tokens.lower[k] in bare or (tokens.text[k][:1].isupper() and tokens.lower[k].endswith(_MINISTRIES)))
            or k in taken
            or not (taken.isdisjoint(range(k - 4, k + 4)) or k == sentence.first)
        ):
            continue
        lead = tokens.lower[k - 1] if k > sentence.first else ""
        is_led = lead in _ARTICLES and (k - 2 < sentence.first or tokens.lower[k - 2] not in _AWAY)
        if tokens.lower[k] in _WIDE_NOUNS and k - 1 != sentence.first:
            continue
        if k == sentence.first or is_led or (tokens.lower[k] in _MANY and lead in _CLAUSE_STARTS):
            yield Actor(k, k + 1, None, False)


_MINISTRIES = ("ministerium",)
_WIDE_NOUNS = frozenset(("amt", "agentur"))
"""What is an authority only where it heads its sentence: `Die Agentur hatte zwei Studien verlangt`."""
_MANY = frozenset(("ministers", "lawmakers", "legislators", "authorities", "regulators", "behörden"))
_CAPITAL = frozenset(("commission",))
"""What is a body with a capital only: `the Commission`."""
_CLAUSE_STARTS = word_set("states", "clause_starts")
