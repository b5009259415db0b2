"""Groups that words without a figure tell of: what a sentence opens with, what a trigger moves, what is asked about.

`Miners were the heaviest drag`, `Water shares were out of favour after the regulator proposed`, `Das Comeback der
Waferhersteller?`, `Was macht der Milchpreis?`
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.economy.groups import COST, groups_in, names_company, standing_in
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.names.assets import near
from rerating.factcheck.extraction.whom.phrases.clauses_english import phrase_at
from rerating.factcheck.extraction.whom.phrases.clauses_german import part_at
from rerating.factcheck.extraction.whom.phrases.group_nouns import OWNERS, Group, is_of_people, spelt
from rerating.factcheck.extraction.whom.phrases.groups_english import is_many, start_of
from rerating.factcheck.extraction.whom.phrases.groups_german import is_many_german, is_share_class, with_origin
from rerating.factcheck.extraction.whom.phrases.measuring import NOBODYS
from rerating.language.reading.tokens import WORD


def opening_group(known: Subjects, sentence: Sentence, at: int, kind: str) -> Group | None:
    """The group that a sentence opens with and says something of in words: `Miners were the heaviest drag`."""
    if kind == "question":
        return _asked_of(known, sentence, at)
    if kind in _OF_NOBODY and (branch := _of_nobody(known, sentence)) is not None:
        return branch
    if kind not in _WORDED:
        return None
    if kind in _MOODS and (within := _within(known, sentence)) is not None:
        return within
    if kind == "rerating":
        return standing_in(known, sentence) if not names_company(known, sentence) else None
    if kind == "catalyst":
        return _moved_by(known, sentence, at)
    if kind == "outlook" and (told := _foreseen(sentence)) is not None:
        return told
    for group in groups_in(known, sentence):
        if group.first - sentence.first > _OPENING or group.first > at:
            return None
        named = near(known.places.get(sentence.number, []), at)
        if not any(place.first < at for place in named) and sentence.cost(group.last, at) <= COST:
            return group
    return None


_WORDED = frozenset(("ranking", "outlook", "sentiment", "rerating", "catalyst"))
_OPENING = 4


def _within(known: Subjects, sentence: Sentence) -> Group | None:
    """The branch in which a mood is told: `The mood across the industry is sour`, `In der Branche ist die Stimmung`."""
    if names_company(known, sentence):
        return None
    tokens = sentence.tokens
    for k in range(sentence.first + 2, sentence.last):
        if tokens.lower[k] in _BRANCHES and sentence.words(k - 2, k) in _ACROSS:
            return Group(k, k + 1, tokens.text[k], False, False)
    return None


_MOODS = frozenset(("sentiment", "outlook"))
_BRANCHES = frozenset(("industry", "sector", "branche"))
_ACROSS = tuple((one, other) for one in ("across", "in", "throughout", "within") for other in ("the", "der"))


def _foreseen(sentence: Sentence) -> Group | None:
    """Whose outlook is told: `the outlook for power producers has rarely been better`, of no company."""
    tokens = sentence.tokens
    for k in range(sentence.first, sentence.last - 2):
        if tokens.lower[k] not in _OUTLOOKS or tokens.lower[k + 1] not in ("for", "für"):
            continue
        found = phrase_at(sentence, k + 2) if sentence.text.is_english else part_at(sentence, k + 2)
        if found is None or not OWNERS.isdisjoint(sentence.words(k - 1, found.last)):
            continue
        first, last = found.first, found.last
        is_named = any(n.first < last and first < n.last for n in sentence.names_near(first))
        is_many = is_of_people(spelt(sentence, first, last)) or (last - first > 1 and not found.determiner)
        if is_many and not is_named and tokens.lower[last - 1] not in NOBODYS:
            return Group(first, last, spelt(sentence, first, last), False, False)
    return None


_OUTLOOKS = frozenset(("outlook", "prospects", "aussichten", "ausblick", "perspektiven"))


def _moved_by(known: Subjects, sentence: Sentence, at: int) -> Group | None:
    """The group that a trigger moved: `Water shares were out of favour after the regulator proposed`."""
    if any(place.first < at and not place.is_noun for place in known.places.get(sentence.number, [])):
        return None
    is_market = known.main is not None and known.main.kind is NameKind.INDEX
    groups = [g for g in groups_in(known, sentence) if g.last <= at and ";" not in sentence.words(g.last, at)]
    return groups[-1] if groups and not is_market else None


_OF_NOBODY = frozenset(("outlook", "sentiment", "rerating", "question"))


def _of_nobody(known: Subjects, sentence: Sentence) -> Group | None:
    """The article's branch, where a paragraph that has named no company says how things stand."""
    if known.branch is None or known.is_single or sentence.number not in known.unnamed:
        return None
    return Group(sentence.first, sentence.first, known.branch, False, False)


def _asked_of(known: Subjects, sentence: Sentence, at: int) -> Group | None:
    """The branch that a question is about where it names no asset: `Hilft Brüssel den Chemiewerten auf die Beine?`"""
    tokens = sentence.tokens
    if any(place.first >= at and not place.is_noun for place in known.places.get(sentence.number, [])):
        return None
    if (standing := standing_in(known, sentence)) is not None:
        return standing
    for k in range(at, sentence.last):
        if not sentence.text.is_english and (good := _priced_good(tokens.text[k])) is not None:
            return Group(k, k + 1, good, False, False, is_priced=True)
        if sentence.text.is_english:
            first = start_of(sentence, k) if tokens.kind[k] == WORD else k
            is_alone = first == k and tokens.lower[k] not in _NOT_ASKED
            is_told = (first < k or is_alone) and is_many(sentence, k, is_alone=is_alone)
            if is_told and not _is_meant(sentence, first):
                return Group(first, k + 1, spelt(sentence, first, k + 1), False, False)
            continue
        if is_many_german(sentence, k):
            return Group(k, k + 1, with_origin(sentence, k, tokens.text[k]), False, False)
        low = tokens.lower[k]
        if is_share_class(low):
            return None
        ending = next((each for each in _ASKED_ENDS if low.endswith(each) and len(low) > len(each) + 3), None)
        if ending is not None and tokens.text[k][:1].isupper():
            name = tokens.text[k][:-1] if ending == "werten" else tokens.text[k]
            return Group(k, k + 1, name, False, False)
    return _of_nobody(known, sentence)


def _priced_good(word: str) -> str | None:
    """What a price is of by its own name: `Was macht der Milchpreis?`"""
    stem = next((word.removesuffix(end) for end in ("preise", "preises", "preis") if word.endswith(end)), "")
    if len(stem) < _SHORTEST or stem[0].islower() or stem.lower() in _NO_GOODS:
        return None
    return stem.removesuffix("s") if stem.endswith(("ungs", "heits", "tions")) else stem


_SHORTEST = 3
_NO_GOODS = word_set("groups", "price_stems")


def asks_prices(sentence: Sentence, first: int) -> bool:
    """Whether a question asks where prices go: those of the good that the text told of before."""
    words = sentence.words(first, sentence.last)
    at = next((k for k, word in enumerate(words) if word in ("prices", "preise")), None)
    if at is None or (at > 0 and words[at - 1] in _WHOSE_PRICES):
        return False
    return not any(name.first >= first for name in sentence.names)


_WHOSE_PRICES = OWNERS | {"share", "stock", "your", "ihre", "eure"}


def _is_meant(sentence: Sentence, first: int) -> bool:
    """Whether a noun for many is somebody's, or stands for the share that the text is about: `are the shares`."""
    return sentence.words(first - 1, first) in _WHOSE


_NOT_ASKED = frozenset(("sector", "industry", "rivals", "competitors", "peers", "consumers", "shoppers", "homeowners"))
_WHOSE = (("the",), ("its",), ("their",), ("your",), ("these",), ("his",), ("her",), ("'",))


_ASKED_ENDS = ("werten", "werte", "aktien", "branche", "industrie", "sektor", "technik")
