"""Whom a claim belongs to by what it says: of a policy whoever acts, of macro data the region, of a stake the company
held, of two figures joined by `respectively` each its own name."""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.article import Sentence
from rerating.factcheck.claim import Subject
from rerating.factcheck.draft import Draft
from rerating.factcheck.names import Name, NameKind
from rerating.factcheck.subjects import Subjects, as_subject


def respectively(known: Subjects, sentence: Sentence, drafts: list[Draft]) -> None:
    """`Renk und Hensoldt gaben 4,1 beziehungsweise 3,5 Prozent nach`: the first figure is of the first name."""
    places = [place for place in known.places.get(sentence.number, []) if not place.is_noun]
    for one, other in pairwise(drafts):
        if sentence.words(one.last, other.first) not in _EACH or one.kind != other.kind:
            continue
        before = [place for place in places if place.last <= one.first][-2:]
        if len(before) == 2 and sentence.words(before[0].last, before[1].first) in (("und",), ("and",)):
            one.subject, other.subject = as_subject(before[0].name), as_subject(before[1].name)


_EACH = frozenset((("beziehungsweise",), ("bzw", "."), ("respektive",), ("and",), ("und",)))


def subject_of(known: Subjects, sentence: Sentence, at: int, what: tuple[str, str], asset: Name | None) -> Subject:
    """The subject of a claim: of a policy whoever acts, of macro data the region, of a stake the company held."""
    kind, metric = what
    places = [p for p in known.places.get(sentence.number, []) if p.name.kind is NameKind.COMPANY]
    if kind == "policy_event":
        acting = _institution(known, sentence, at)
        is_hit = metric in _ON_COMPANIES and bool(places)
        return Subject(name=acting.name) if acting is not None and not is_hit else as_subject(asset)
    if kind == "indicator" and metric in _MACRO:
        acting = _institution(known, sentence, at) or known.institution.get(sentence.number)
        if acting is not None:
            region = acting.name if metric == "probability" else _REGIONS.get(acting.name, acting.name)
            return Subject(name=region)
    if kind == "indicator" and metric in ("advancers", "decliners"):
        return as_subject(known.main if known.main and known.main.kind is NameKind.INDEX else asset)
    if kind in ("attributed_reason", "outlook") and not places:
        acting = next((name for n in sentence.names if (name := n.of(NameKind.INSTITUTION)) is not None), None)
        if acting is not None and known.main is not None and known.main.kind is not NameKind.COMPANY:
            return Subject(name=acting.name)
    if kind == "holding":
        return as_subject(_held(known, sentence, asset))
    return as_subject(asset)


_ON_COMPANIES = frozenset(("regulation", "approval", "tariff"))
_MACRO = frozenset(("inflation_rate", "gdp_growth", "probability", "unemployment_rate", "payrolls", "exports"))
_REGIONS = {
    "Europäische Zentralbank": "Euroraum",
    "Federal Reserve": "United States",
    "Bank of England": "United Kingdom",
    "Bank of Japan": "Japan",
    "People's Bank of China": "China",
}


def _institution(known: Subjects, sentence: Sentence, at: int) -> Name | None:
    """Who acts: named in the sentence, before the figure first, else last named in the block."""
    found = [
        (named.first > at, abs(named.first - at), name)
        for named in sentence.names
        if (name := named.of(NameKind.INSTITUTION)) is not None
    ]
    if found:
        return min(found, key=lambda each: each[:2])[2]
    return known.institution.get(sentence.number) if known.acts_in(sentence) else None


def _held(known: Subjects, sentence: Sentence, asset: Name | None) -> Name | None:
    """The company that somebody holds: behind `an`, `in`, `of`, else the one that the text is about."""
    places = [p for p in known.places.get(sentence.number, []) if p.name.kind is not NameKind.INDEX]
    for place in places:
        lead = sentence.words(place.first - 3, place.first)
        if not place.is_noun and {"an", "in", "of", "bei"} & set(lead[-2:]):
            return place.name
    main = known.main
    if main is not None and main.kind is NameKind.COMPANY and all(place.is_noun for place in places):
        return main
    holder = next((p for p in places if not p.is_noun and main and p.name.name != main.name), None)
    return main if holder is not None and main is not None and main.kind is NameKind.COMPANY else asset
