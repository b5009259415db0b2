"""What the words around a figure make of it where it reads as a fact: others expect it, or somebody tells it.

`economists polled by Dow Jones expect an annual rate of 2.9%`, `could cost as much as $200 million, Bloomberg
Intelligence estimates`: not there yet, whatever kind of figure it is. `The stock is priced at 74 times earnings, the
broker notes`, `..., according to Freddie Mac, and sales climbed`, `..., Politico reported on Monday`: told by them.
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set

_NEAR = 24


def heeded(draft: Draft, told: str) -> str:
    """The status of a figure that reads as a fact or as told, by what else its clause says of it."""
    if not draft.values or draft.kind in _ACTS or told not in ("reported_fact", "attributed"):
        return told
    if (
        draft.kind != "estimate"
        and draft.metric not in _MARKS
        and (_is_expected(draft) or _is_expected_behind(draft) or _is_reckoned_ahead(draft))
    ):
        return "forecast"
    if told == "reported_fact" and any(
        is_told(draft) for is_told in (_is_noted, _is_pointed_to, _is_tagged, _is_found, _is_rumoured, _is_put_at)
    ):
        return "attributed"
    return told


def goes_on_telling(told: Draft, draft: Draft) -> bool:
    """`have been announced, according to Dealogic, up 40% from`: what is added to a figure that somebody tells."""
    if told.sentence is not draft.sentence or told.last > draft.first or not draft.values or draft.kind in _ACTS:
        return False
    between = draft.sentence.words(told.last, draft.first)
    at = max((k for k, word in enumerate(between) if word == ","), default=None)
    if at is None or ";" in between or not _ADDS.issuperset(between[at + 1 :]):
        return False
    tail = draft.sentence.words(draft.last, draft.last + 1)
    is_added = bool(between[at + 1 :]) or tail in (("more",), ("less",), ("fewer",), ("mehr",), ("weniger",))
    return is_added and not _TAGS.isdisjoint(between[:at])


_ADDS = frozenset(("up", "down", "from", "or", "about", "roughly", "some", "an", "increase", "of", "a", "nach", "oder"))
_TAGS = frozenset(("according", "per", "reports", "show", "shows", "says", "said", "laut", "zufolge", "data", "meldet"))


_ACTS = frozenset(
    (
        *("rating", "rating_change", "price_target", "date", "rating_count", "consensus_rating", "catalyst"),
        *("implied_upside", "insider_trade"),
    )
)


_MARKS = frozenset(("fair_value", "support", "resistance"))


def _lead(draft: Draft) -> tuple[str, ...]:
    """The words of the figure's clause before it."""
    words = draft.sentence.words(draft.first - _NEAR, draft.first)
    at = next((k for k in range(len(words) - 1, -1, -1) if words[k] in _STOPS), -1)
    return words[at + 1 :]


_STOPS = frozenset((",", ";", ":", "while", "whereas", "during", "als", "than"))


def _is_expected(draft: Draft) -> bool:
    """`analysts were counting on 6.5%`, `Volkswirte rechnen im Schnitt mit`, `Goldman Sachs expects a price of`."""
    lead = _lead(draft)
    at = next((k for k in range(len(lead) - 1, -1, -1) if lead[k] in _EXPECT), None)
    if at is None or not at:
        return False
    if not _EXPECTERS.isdisjoint(lead[:at]):
        return True
    verb = draft.first - len(lead) + at
    return any(
        0 <= verb - named.last <= 2 and named.first >= draft.first - len(lead) and named.first in draft.sentence.houses
        for named in draft.sentence.names_near(verb)
    )


def _is_expected_behind(draft: Draft) -> bool:
    """`the 0.3% economists expect for August`, `ein Anstieg um 2 %, den Volkswirte erwarten`."""
    tail = draft.sentence.words(draft.last, draft.last + 12)
    for k, word in enumerate(tail):
        if word in _ENDS or word in _APART:
            return False
        if word in _EXPECTERS:
            return not _EXPECT.isdisjoint(tail[k + 1 : k + 5])
    return False


_ENDS = frozenset((",", ";", ".", ":"))
_APART = frozenset(("than", "that", "als", "short", "ahead", "above", "below", "dass"))


def _is_reckoned_ahead(draft: Draft) -> bool:
    """`Der Marktanteil werde bis 2028 auf 3 % klettern, argumentiert X`, `may apply 3% less in 2027, he reckons`."""
    lead, text = _lead(draft), draft.sentence.tokens.text
    first = draft.first - len(lead)
    is_valuation = draft.kind == "ratio" and draft.values[0].unit == "ratio"
    if is_valuation or not any(word in _MODALS and text[first + k] == word for k, word in enumerate(lead)):
        return False
    tail = draft.sentence.words(draft.last, draft.last + _NEAR)
    at = next((k for k, word in enumerate(tail) if word in (";", ":", ".")), len(tail))
    return any(word in _RECKON and "," in tail[:k] and tail[k - 1] not in _NOUN for k, word in enumerate(tail[:at]))


_NOUN = frozenset(("of", "the", "consensus", "average", "'", "s", "their", "its"))
"""Before `estimates`: the noun, no verb."""


def _is_noted(draft: Draft) -> bool:
    """`At 15.5 times earnings, it says, the shares are a fifth dearer`, `the analysts point out, and`."""
    sentence = draft.sentence
    for first, last in ((draft.first - _NEAR, draft.first), (draft.last, draft.last + _NEAR)):
        words = sentence.words(first, last)
        if first < draft.first:
            at = next((k for k in range(len(words) - 1, -1, -1) if words[k] in (";", ":")), -1)
            words = words[at + 1 :]
        else:
            words = words[: next((k for k, word in enumerate(words) if word in (";", ":")), len(words))]
        for k in range(1, len(words)):
            if words[k] in _NOTES and _is_inset(words, k):
                return True
    return False


def _is_inset(words: tuple[str, ...], k: int) -> bool:
    """Whether a pronoun or a word for a house stands between a comma and the verb, and the clause ends behind it."""
    who = words[k - 1]
    at = k - 2 if who in _PRONOUNS else k - 3 if who in _TELLERS and words[k - 2 : k - 1] == ("the",) else -1
    ends = words[k + 1 : k + 3]
    is_end = not ends or ends[0] in _ENDS or (ends[0] == "out" and (len(ends) < 2 or ends[1] in _ENDS))
    return at >= 0 and words[at] == "," and is_end


_PRONOUNS = frozenset(("it", "he", "she", "they"))


def _is_pointed_to(draft: Draft) -> bool:
    """`It rates Lennar Underperform and points to an average of`, `pointing to a valuation of 35 times`."""
    lead = _lead(draft)
    return any(
        (word in _POINTS and lead[k + 1 : k + 2] == ("to",) and lead[k + 2 : k + 3] in _ARTICLES)
        or (word in _WARNS and lead[k + 1 : k + 2] == ("that",))
        for k, word in enumerate(lead)
    )


_POINTS = frozenset(("points", "pointing", "pointed", "point"))
_ARTICLES = (("a",), ("an",), ("the",), ("its",), ("their",))


def _is_rumoured(draft: Draft) -> bool:
    """`is reportedly worth 4 billion`, `Press reports have put a price tag on`, `soll nach einem Bericht wert sein`."""
    sentence = draft.sentence
    lead, tail = _lead(draft), sentence.words(draft.last, draft.last + 4)
    if not _RUMOURED.isdisjoint((*lead, *tail)):
        return True
    is_press = any(one in _PRESS and other in _REPORTS for one, other in pairwise(lead))
    is_reported = ("einem", "bericht") in pairwise(lead) or not _PRESS_REPORTS.isdisjoint(lead)
    return is_press or (is_reported and "soll" in lead and tail[1:2] == ("sein",))


_RUMOURED = word_set("rumours", "words")
_PRESS = word_set("rumours", "press")
_REPORTS = word_set("rumours", "reports")
_PRESS_REPORTS = frozenset(("medienberichten", "presseberichten", "medienbericht", "zeitungsbericht"))


def _is_put_at(draft: Draft) -> bool:
    """`Bernstein taxiert den Wert auf 21 Milliarden`, `the analysts put the comparable share at under 3%`."""
    if draft.kind in _OWN_WORD:
        return False
    lead = _lead(draft)
    if lead[-1:] == ("auf",):
        return not _PUTS_GERMAN.isdisjoint(lead)
    at = max((k for k, word in enumerate(lead) if word in ("put", "puts")), default=None)
    is_verb = at is not None and len(lead) - at <= _NEAR_PUT and lead[at + 1 : at + 2] not in _OF_OPTIONS
    return lead[-1:] == ("at",) and is_verb and "own" not in lead


_NEAR_PUT = 9
_OF_OPTIONS = (("volume",), ("/",), ("-",), ("options",), ("contracts",), ("open",), ("activity",), ("buying",))


_OWN_WORD = frozenset(("guidance", "estimate", "capex", "corporate_event", "policy_event"))
_PUTS_GERMAN = frozenset(("taxiert", "taxierte", "taxierten", "taxieren"))


def _is_found(draft: Draft) -> bool:
    """`looked at 90 spin-offs and found that 56% outperformed`, `was der Verband SEMI meldet: Die Menge wuchs um`."""
    words = draft.sentence.words(draft.first - _NEAR, draft.first)
    if not any(one in _FINDS and other in ("that", ":") for one, other in pairwise(words)) or ";" in words:
        return False
    return not any(named.of(NameKind.COMPANY) and not named.of(NameKind.HOUSE) for named in draft.sentence.names)


_FINDS = frozenset(("found", "finds", "meldet", "berichtet", "ermittelte"))


def _is_tagged(draft: Draft) -> bool:
    """`..., according to Freddie Mac, and`, `..., Politico reported on Monday.`: right behind the figure's clause."""
    sentence = draft.sentence
    tail = sentence.words(draft.last, draft.last + 16)
    at = next((k for k, word in enumerate(tail) if word in (",", ";", ":")), None)
    if at is None or tail[at] != "," or not _CONSENSUS.isdisjoint(tail[:at]):
        return False
    first = draft.last + at + 1
    if tail[at + 1 : at + 3] == ("according", "to"):
        return True
    if any(named.first == first and named.of(NameKind.COMPANY) for named in sentence.names):
        return False
    text = sentence.tokens.text
    for k in range(first + 1, min(first + 5, sentence.last)):
        if text[k] in ("reported", "reports"):
            return text[k - 1][:1].isupper() and not _ON.isdisjoint(sentence.words(k + 1, k + 2) or (".",))
    return False


_ON = frozenset((".", ",", "on", "last", "late", "earlier", "monday", "tuesday", "wednesday", "thursday", "friday"))
_CONSENSUS = word_set("status", "consensus") | {
    "analysts",
    "forecast",
    "forecasts",
    "expected",
    "estimate",
    "estimates",
}
_EXPECT = word_set("heeding", "expect")
_EXPECTERS = word_set("heeding", "expecters")
_MODALS = word_set("heeding", "modals")
_RECKON = word_set("heeding", "reckon")
_NOTES = word_set("heeding", "notes")
_TELLERS = word_set("heeding", "tellers")
_WARNS = word_set("heeding", "warns")
