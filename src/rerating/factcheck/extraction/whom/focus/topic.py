"""What the sentences behind one go on about: the first name in it that is not but told of in passing."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.beside import is_ahead, is_beside
from rerating.factcheck.extraction.whom.focus.handing_on import presented
from rerating.factcheck.extraction.whom.focus.takeovers import is_behind_pronoun, is_over, is_taken, saves
from rerating.factcheck.extraction.whom.names.funds import is_fund
from rerating.factcheck.extraction.whom.phrases.complements import is_complement, only_compares
from rerating.factcheck.extraction.whom.phrases.named_deals import supplier
from rerating.factcheck.extraction.whom.phrases.roles import BESIDE, is_kin, is_related, is_scope, shares_of
from rerating.factcheck.extraction.whom.phrases.shedding import is_shed

_HOLDERS = word_set("subjects", "holders")


def _tells_of_holders(sentence: Sentence) -> bool:
    """Whether a sentence says who holds a company: shareholders and their stakes."""
    words = sentence.words(sentence.first, sentence.last)
    return not _HOLDERS.isdisjoint(words) or any(topic.family == "holding" for topic in sentence.topics)


def topic_of(sentence: Sentence, places: list[Place], focus: Name | None, *, is_of_one: bool) -> Name | None:
    """The asset that the next sentences go on about: the first one named, unless it stands behind `bei` or `than`."""
    if (brought_up := presented(sentence, places)) is not None:
        return brought_up
    if focus is not None and sentence.words(sentence.first, sentence.first + 2) in _COMPARING:
        return focus
    if focus is not None and focus.kind is NameKind.COMPANY:
        places = [p for p in places if p.name == focus or not is_shed(sentence, p)]
    is_opened = (
        bool(places)
        and places[0].first == sentence.first
        and sentence.words(places[0].last, places[0].last + 3)[:2] in _WHOSE
    )
    if focus is not None and focus.kind is NameKind.COMPANY and _tells_of_holders(sentence) and not is_opened:
        return next((p.name for p in places if sentence.words(p.first - 1, p.first) in _HELD), focus)
    counted = next((name for f in sentence.figures if (name := shares_of(sentence, f.last, places))), None)
    if focus is not None and counted is not None:
        return counted
    if focus is not None and focus.kind is NameKind.COMPANY and _are_several(sentence, places):
        return focus
    told = supplier(sentence, places, places[-1].last) if places and focus is not None else None
    if told is not None and told.name == focus:
        return focus
    for place in places:
        if focus is not None and _is_passing(sentence, place, places, focus):
            continue
        if place.name.kind not in _ABOUT:
            continue
        if place.first > sentence.first and sentence.tokens.lower[place.first - 1] in BESIDE and place is not places[0]:
            continue
        if is_of_one and focus is not None and _is_other(place, focus) and not is_ahead(sentence, place):
            continue
        lead = sentence.tokens.lower[place.first - 1] if place.first > sentence.first else ""
        if focus is not None and (place.first - sentence.first > _NEAR or lead in _OBLIQUE):
            return focus
        return place.name
    return focus


_ABOUT = (NameKind.COMPANY, NameKind.INDEX, NameKind.CRYPTO)
_NEAR = 9


def _is_passing(sentence: Sentence, place: Place, places: list[Place], focus: Name) -> bool:
    """Whether a name is but told of in passing while a text is about what is in focus."""
    name = place.name
    if name.kind is NameKind.INDEX and (is_scope(sentence, place) or _leads_to_share(sentence, place, places)):
        return True
    if is_fund(name) and not sentence.is_question:
        return True
    if name.kind is NameKind.COMPANY and _is_told_of_another(sentence, place):
        return True
    if _is_traded_away(sentence, place) or _says_what(place, places) or is_behind_pronoun(sentence, place):
        return True
    is_served = is_complement(sentence, place, places) or only_compares(sentence, place)
    if _is_other(place, focus) and (is_beside(sentence, place) or (is_served and not place.is_noun)):
        return True
    return is_taken(sentence, place) and (is_over(sentence) or saves(sentence))


def _leads_to_share(sentence: Sentence, place: Place, places: list[Place]) -> bool:
    """Whether an index only says among which shares one is told of: `On the FTSE 250, X fell`, `Im SDax verlor X`."""
    opening = sentence.words(sentence.first, place.first)
    is_led = 0 < len(opening) <= 2 and opening[0] in _AMONG
    return is_led and any(p.first > place.last and p.name.kind is NameKind.COMPANY for p in places)


_AMONG = frozenset(("on", "in", "im", "am", "among"))


def _is_other(place: Place, focus: Name) -> bool:
    """Whether a company is in focus, and a place names another asset."""
    return focus.kind is NameKind.COMPANY and place.name != focus


def _are_several(sentence: Sentence, places: list[Place]) -> bool:
    """Whether a sentence opens with two companies side by side, or says who another's are: `Its customers are X and Y`.

    What comes next goes on about neither.
    """
    told = [p for p in places if not p.is_noun and p.name.kind is NameKind.COMPANY]
    if len(told) < 2 or sentence.role is BlockRole.TITLE:
        return False
    one, other = told[:2]
    is_joined = sentence.words(one.last, other.first) in (("and",), ("und",))
    opening = sentence.words(sentence.first, one.first)
    is_theirs = opening[:1] in _THEIR and opening[-1:] in _ARE
    return is_joined and (one.first == sentence.first or is_theirs)


_THEIR = (("its",), ("their",), ("seine",), ("ihre",))
_ARE = (("are",), ("include",), ("sind",), ("heißen",))


_COMPARING = (("zum", "vergleich"), ("for", "comparison"), ("by", "comparison"), ("im", "vergleich"))
"""`Zum Vergleich: X schaffte 14 Prozent.`"""
_WHOSE = ((",", "of"), (",", "whose"), (",", "dessen"), (",", "deren"))
"""`Jardine, of which the family holds`, `Schindler, whose largest holder`."""


def _is_told_of_another(sentence: Sentence, place: Place) -> bool:
    """Whether a name only says whose partner, owner or rival is told of."""
    return is_related(sentence, place) or (sentence.text.is_english and is_kin(sentence, place))


def _is_traded_away(sentence: Sentence, place: Place) -> bool:
    """Whether a name is but what is sold or held: `aus dem Verkauf weiterer Papiere von X`, `the sale of X`."""
    return not _TRADED.isdisjoint(sentence.words(place.first - 5, place.first))


def _says_what(place: Place, places: list[Place]) -> bool:
    """Whether a coin only says what a company does: `Bitcoin miner MARA Holdings`."""
    if place.name.kind is not NameKind.CRYPTO:
        return False
    return any(p.name.kind is NameKind.COMPANY and place.last < p.first <= place.last + 2 for p in places)


_TRADED = frozenset(("verkauf", "sale", "veräußerung", "disposal", "beteiligung"))
_HELD = frozenset((("an",), ("in",), ("of",)))
_OBLIQUE = frozenset(("from", "by", "durch", "gegen", "with", "to", "than", "like", "wie", "against"))
