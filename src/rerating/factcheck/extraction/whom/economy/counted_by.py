"""Who counts: the office, association or researcher that a sentence names as the source of a statistic.

`laut Marsh`, `nach Angaben des Verbands`, `JLL puts the figure at`, `..., Manheim said`, `NielsenIQ data show`: no
house of analysts, no manager, not the company that the text is about.
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.people import ROLES, persons
from rerating.factcheck.extraction.text.trade_bodies import is_of_trade
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.names.assets import near
from rerating.language.reading.tokens import WORD

_COUNTERS = word_set("groups", "counters")
_SAYS = word_set("groups", "says")
_FORESEES = word_set("groups", "foresees") | word_set("groups", "estimates")
_TOLD = word_set("measured", "told")
_RESULTS = word_set("measured", "results")
_REACH = 6


def is_source(sentence: Sentence, k: int) -> bool:
    """Whether a name stands where whoever counts is named: `laut Marsh`, `nach Schätzung der Berater von Interact`, or
    counts itself: `JLL puts the figure at`."""
    named = next((n for n in sentence.names_near(k) if n.first == k), None)
    is_counting = named is not None and not _FORESEES.isdisjoint(sentence.words(named.last, named.last + 1))
    return is_counting or not _SAYS.isdisjoint(sentence.words(k - _REACH, k)) or _closes(sentence, k)


def is_counted_by(known: Subjects, sentence: Sentence) -> bool:
    """Whether an office, an association or a researcher is named as the source, no house and no manager."""
    words = sentence.words(sentence.first, sentence.last)
    told = range(sentence.first, sentence.last)
    if words[:4] in _WIDELY or words[:2] in _WIDELY:
        return True
    if any(is_counter(sentence, k) or _is_forecaster(sentence, k) for k in told):
        return True
    if any(words[k : k + 3] in _BY_BANK for k in range(len(words))):
        return True
    if any(one in _OFFICIAL and other in _DATA for one, other in pairwise(words)):
        return True
    tokens = sentence.tokens
    for k in told:
        if tokens.lower[k] in _RESULTS and _is_of_named(known, sentence, k):
            return True
        if tokens.text[k][:1].isupper() and _closes(sentence, k) and _may_count(known, sentence, k):
            return True
        if tokens.lower[k] not in _SAYS or (tokens.lower[k] in _NOUNS and tokens.text[k].islower()):
            continue
        if any(n.of(NameKind.DATA) and k - 6 <= n.first < k + 4 for n in sentence.names_near(k)):
            return True
        named = range(k + 1, min(k + 1 + _REACH, sentence.last))
        if any(n.first in named and n.of(NameKind.HOUSE) is not None for n in sentence.names_near(k)):
            return False
        if any(
            (p.first in named or p.last == k) and p.name == known.main and not p.is_noun
            for p in near(known.places.get(sentence.number, []), k)
        ):
            return False
        if not ROLES.isdisjoint(tokens.lower[j] for j in named):
            return False
        if any(tokens.kind[j] == WORD and tokens.text[j][:1].isupper() for j in named):
            return True
    return False


_DESCRIBING = word_set("measured", "describing")
_WIDELY = (("industry", "-", "wide", ","), ("industrywide", ","), ("across", "the", "industry", ","))
_OF_FIELD = frozenset(("für", "der"))
_NOUNS = frozenset(("zahlen", "angaben"))
"""`Die Portugiesen zahlen`: no figures of anybody's."""


def is_counter(sentence: Sentence, k: int) -> bool:
    """Whether a word is what such an office is called; `our new office` is none."""
    word = sentence.tokens.lower[k]
    is_told = word in _COUNTERS or word.endswith(("verband", "verbands", "verbandes"))
    if word.endswith("institut"):  # `das Institut` alone is a bank
        is_told = word != "institut" or sentence.tokens.text[k - 1] == "-" or sentence.tokens.lower[k + 1] in _OF_FIELD
    if sentence.text.is_english and is_of_trade(sentence.tokens, k):
        return True
    return is_told and (not sentence.text.is_english or sentence.tokens.text[k][:1].isupper() or word == "realtors")


def _is_forecaster(sentence: Sentence, k: int) -> bool:
    """Whether a token is what a researcher does who foresees: `Gartner expects`, `IDC projects`."""
    is_verb = sentence.tokens.lower[k] in _FORESEES
    return is_verb and any(n.last == k and n.of(NameKind.DATA) is not None for n in sentence.names_near(k))


_BY_BANK = (("the", "central", "bank"), ("the", "statistics", "office"), ("the", "finance", "ministry"))
"""`according to the central bank`: small letters count too."""
_OFFICIAL = frozenset(
    ("state", "industry", "official", "customs", "government", "trade", "city", "amtlichen", "offiziellen")
)
_DATA = frozenset(("data", "figures", "statistics", "daten", "zahlen"))


def _closes(sentence: Sentence, k: int) -> bool:
    """Whether a name at a token is told at the end as who said so: `..., Manheim said.`, `..., meldet EPFR.`"""
    tokens, end = sentence.tokens, sentence.last
    while end > sentence.first and tokens.kind[end - 1] != WORD:
        end -= 1
    if sentence.text.is_english:
        comma = next((j for j in range(k - 1, max(k - _REACH, sentence.first), -1) if tokens.text[j] == ","), None)
        is_whole = comma is not None and all(
            tokens.text[j][:1].isupper()
            or tokens.lower[j] in ("the", "of", "and", "for")
            or tokens.lower[j] in _DESCRIBING
            for j in range(comma + 1, end - 1)
        )
        return is_whole and k < end - 1 and end - k <= _REACH and tokens.lower[end - 1] in _TOLD
    said = tokens.lower[k - 1] if tokens.lower[k - 1] in _TOLD else tokens.lower[end - 1]
    is_behind = tokens.text[k - 2] == "," and tokens.lower[k - 1] in _TOLD
    is_as = sentence.words(k - 2, k) == (",", "wie")
    is_as = is_as or (sentence.words(k - 4, k - 2) == (",", "wie") and tokens.text[k].isupper())
    return (is_behind and end - k <= _REACH) or (is_as and end - k <= _REACH and said in _TOLD)


def _is_of_named(known: Subjects, sentence: Sentence, k: int) -> bool:
    """Whether data are told by whose they are: `NielsenIQ data show`, `a Numerator survey found`."""
    tokens = sentence.tokens
    before = k - 1 - (tokens.text[k - 1] in ("'", "’")) if k > sentence.first else k
    is_named = before > sentence.first and tokens.kind[before] == WORD and tokens.text[before][:1].isupper()
    is_told = tokens.lower[k + 1] in _TOLD or tokens.lower[k + 1] in (".", ",")
    is_asked = tokens.lower[k] in _ASKED and not _is_main(known, sentence, before)
    return is_named and is_told and (is_asked or _may_count(known, sentence, before))


_ASKED = frozenset(("survey", "poll"))
"""`a Morgan Stanley survey found`: a house too counts whom it asks."""


def _is_main(known: Subjects, sentence: Sentence, k: int) -> bool:
    """Whether the name at a token is the text's company."""
    return any(p.first <= k < p.last and p.name == known.main for p in near(known.places.get(sentence.number, []), k))


def _may_count(known: Subjects, sentence: Sentence, k: int) -> bool:
    """Whether a name at a token may be who counts for many: no house, nobody's name, not the text's company."""
    if any(n.first <= k < n.last and n.of(NameKind.HOUSE) is not None for n in sentence.names_near(k)):
        return False
    if _is_main(known, sentence, k) or not ROLES.isdisjoint(sentence.words(k - 3, k + 3)):
        return False
    return not any(first <= k < last for first, last in persons(sentence))
