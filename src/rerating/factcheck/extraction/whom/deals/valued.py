"""Whom a house values: not the bank itself, where another company is spoken of."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.whom.economy.policies import companies
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.phrases.houses import heads_other_house, is_told_of


def valued(known: Subjects, sentence: Sentence, at: int, kind: str, asset: Name) -> Name:
    """Whom a house values: not the house itself, where another company is spoken of."""
    houses = {n.first for n in sentence.names_near(at) if n.of(NameKind.HOUSE) is not None}
    named = [p for p in companies(known, sentence, at) if not p.is_noun]
    places = [p for p in named if p.name.name == asset.name]
    spoken_of = known.main if known.is_single else known.before.get(sentence.number)
    is_target = kind in _TARGETS and spoken_of is not None and spoken_of.kind is NameKind.COMPANY
    if is_target and named and sentence.houses and all(_is_in_clause(sentence, p) and p.last <= at for p in named):
        return spoken_of or asset
    if not places or not all(p.first in houses for p in places):
        return asset
    if any(is_told_of(sentence, p) or heads_other_house(sentence, p) for p in places):
        return asset
    before = known.before.get(sentence.number)
    return before if before is not None and before.kind is NameKind.COMPANY else asset


_TARGETS = frozenset(("price_target", "rating", "rating_change"))


def _is_in_clause(sentence: Sentence, place: Place) -> bool:
    """Whether a company is but told of in what a house says or fears: `Citi warned that X may push back, but left its
    buy call in place`, `fürchtet, dass X kontert, und nahm den Titel auf Halten`."""
    return not _SUBORDINATING.isdisjoint(sentence.words(place.first - 3, place.first))


_SUBORDINATING = frozenset(("that", "dass", "weil", "because", "whether", "ob", "since", "obwohl", "although"))
