"""What an English sentence goes on about where another company has acted in the one before, or has been presented.

In an article about one company the next sentence is that company's again. But `X isn't standing still. The company
plans to spend $1.5 billion` is of X, as is what follows `Then there is X.`, and `With revenue of $41 billion, it is
larger`.
"""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.beside import is_ahead, is_counterpart
from rerating.factcheck.extraction.whom.phrases.roles import is_moving

_PRONOUNS = frozenset(("it", "its", "they", "their"))
_PAPERS = frozenset(("stock", "shares"))
_LEADS = word_set("handing_on", "leads")
_PRESENTING = word_set("handing_on", "presenting")
_INVERTED = word_set("handing_on", "inverted")
_SOON = word_set("handing_on", "soon")
_MOST = 4
_LONGEST = 14


def presented(sentence: Sentence, places: list[Place]) -> Name | None:
    """The company that a sentence only brings up, to go on about it: `Not so X.`, `Then there is X.`"""
    named = [p for p in places if not p.is_noun and p.name.kind is NameKind.COMPANY]
    if len(named) != 1 or not sentence.text.is_english or sentence.figures:
        return None
    opening = sentence.words(sentence.first, named[0].first)
    is_last = sentence.last - named[0].last <= 1 or sentence.tokens.text[named[0].last] in (",", ".", ":")
    is_inverted = not _INVERTED.isdisjoint(opening[-1:]) and not is_counterpart(sentence, named[0])
    is_brought_up = bool(opening) and (is_inverted or _PRESENTING.issuperset(opening))
    return named[0].name if is_last and is_brought_up else None


def is_handed_on(sentence: Sentence, before: Sentence | None, told: dict[int, list[Place]], focus: Name | None) -> bool:
    """Whether a sentence without a name goes on about the company in focus, of which the one before told."""
    places = told.get(before.number, []) if before is not None else []
    if before is None or before.text is not sentence.text or not sentence.text.is_english:
        return False
    if _comes_back(sentence):
        return True
    opening = sentence.words(sentence.first, sentence.first + _MOST)
    if opening[:1] == ("management",) and opening[1:2] == ("there",):
        return True
    is_share = opening[:1] == ("the",) and not _PAPERS.isdisjoint(opening[1:2])
    if presented(before, places) == focus and focus is not None:
        return is_share or _is_company_noun(sentence)
    if is_share or not _is_company_noun(sentence):
        return False
    named = [p for p in places if not p.is_noun]
    if not named:  # `The company ... The company ...`
        return _is_company_noun(before)
    return len(named) == 1 and named[0].name == focus and _acts(before, named[0])


def _comes_back(sentence: Sentence) -> bool:
    """Whether a pronoun stands behind the phrase that a sentence opens with: `With revenue of $41 billion, it is`."""
    words = sentence.words(sentence.first, sentence.first + _LONGEST)
    if words[:1] and words[0] in _SOON and not _PRONOUNS.isdisjoint(words[1:_MOST]):  # `Last quarter its loss widened`
        return True
    comma = next((k for k, word in enumerate(words) if word == ","), None)
    return comma is not None and words[0] in _LEADS and not _PRONOUNS.isdisjoint(words[comma + 1 : comma + 2])


def _is_company_noun(sentence: Sentence) -> bool:
    """Whether a sentence opens with a noun for a company: `The company`, `The Swiss group`, `Revenue at the group`."""
    for cue in sentence.cues_near(sentence.first):
        if cue.family == "company_noun" and cue.first - sentence.first <= _MOST:
            return "the" in sentence.words(max(sentence.first, cue.first - 2), cue.first)
    return False


def _acts(sentence: Sentence, place: Place) -> bool:
    """Whether a company heads its sentence and does or is something there but move at the market."""
    is_first = place.first - sentence.first <= _MOST and is_ahead(sentence, place)
    is_of = sentence.tokens.text[place.last : place.last + 2] == ["'", "s"]
    return is_first and not (is_of or is_counterpart(sentence, place) or is_moving(sentence, place))
