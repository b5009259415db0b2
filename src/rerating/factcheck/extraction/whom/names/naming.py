"""The assets that an article names, sentence by sentence: which of its words are names at all, and whose."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place, homonyms
from rerating.factcheck.extraction.whom.names.assets import (
    by_first_word,
    is_about_known,
    marked,
    places_in,
    spelling,
    titled,
)
from rerating.factcheck.extraction.whom.names.companies_met import companies_met
from rerating.factcheck.extraction.whom.names.first_words import with_first_words
from rerating.factcheck.extraction.whom.names.surnames import without_surnames
from rerating.factcheck.extraction.whom.names.unlisted import heads as title_of
from rerating.factcheck.extraction.whom.names.vouching import (
    acts_as_none_could,
    capitals_within,
    comes_back_bare,
    heads,
    heads_title,
    in_bold,
    is_quoted_share,
    stands_alone,
)
from rerating.factcheck.extraction.whom.phrases.bodies import PROGRAMMES
from rerating.factcheck.extraction.whom.phrases.forms import listed, reread
from rerating.factcheck.extraction.whom.phrases.headlines import is_but_a_word, small_words
from rerating.factcheck.extraction.whom.phrases.relations import without_related


def named(article: Article) -> dict[int, list[Place]]:
    """The assets named in each sentence. A name that is an ordinary word counts where a title or a share vouches."""
    found = marked(article)
    is_unknown = not found and not is_about_known(article)
    found = titled(article, least=0 if is_unknown else 2) | found
    found = _with_met(found, *companies_met(article))
    found = {
        spelling: name if name.is_met and " " not in spelling else listed(name, spelling)
        for spelling, name in found.items()
        if spelling not in PROGRAMMES
    }
    tongue = "en" if article.is_english else "de"
    here = homonyms(tongue)
    unlisted = by_first_word(found)
    places = {s.number: [_as_in(here, s, p) for p in places_in(s, unlisted)] for s in article.sentences}
    places = reread(article.sentences, places)
    places = {s.number: without_related(s, places[s.number]) for s in article.sentences}
    places = without_surnames(article, places)
    titles = [s.number for s in title_of(article)]
    within = capitals_within(article)
    if article.is_english:
        small = small_words(article)
        places = {
            s.number: [
                p for p in places[s.number] if acts_as_none_could(s, p) or not is_but_a_word(s, p, within, small)
            ]
            for s in article.sentences
        }
    told = [(s, p) for s in article.sentences for p in places[s.number]]
    in_full = {p.name.name for _, p in told if p.last - p.first > 1 and tongue not in p.name.ambiguous_in}
    headed = {heads(s, p) for s, p in told if tongue not in p.name.ambiguous_in} - {None}
    bold = in_bold(article)
    bare = frozenset[str]() if article.is_english else comes_back_bare(told, titles)
    trusted = set(found) | {
        _spelled(s, p)
        for s, p in told
        if tongue in p.name.ambiguous_in
        and (
            p.name.name in in_full
            or p.name.name in bare
            or (s.number in titles and heads_title(s, p, within))
            or stands_alone(s, p)
            or heads(s, p) in headed
            or (s.number in bold and p.first == s.first)
            or is_quoted_share(s, p)
        )
    }
    sure = {
        s.number: [
            replace(p, name=replace(p.name, ambiguous_in="")) if p.name.ambiguous_in else p
            for p in places[s.number]
            if tongue not in p.name.ambiguous_in or _spelled(s, p) in trusted
        ]
        for s in article.sentences
    }
    return with_first_words(article, sure)


def _with_met(found: dict[str, Name], met: dict[str, Name], refused: Collection[str]) -> dict[str, Name]:
    """The names found by their marks, with those told of beside them: the longer of two where no list holds it."""
    kept = {spelling: name for spelling, name in found.items() if not _is_replaced(spelling, name, met, refused)}
    return met | kept


def _is_replaced(spelling: str, name: Name, met: dict[str, Name], refused: Collection[str]) -> bool:
    """Whether no list holds a name and the text knows better: `Quillon` for `Quillon of Denver`, none for a town."""
    if name.kind is not NameKind.COMPANY or name.ticker is not None:
        return False
    longer = met.get(spelling)
    is_placed = any(spelling.startswith(f"{each} of ") for each in met)
    return is_placed or spelling in refused or (longer is not None and len(longer.name) >= len(name.name))


def _as_in(meanings: dict[str, Name], sentence: Sentence, place: Place) -> Place:
    """A name that stands alone with what it means in the language of the text."""
    name = meanings.get(_spelled(sentence, place)) if place.name.kind is NameKind.COMPANY else None
    return place if name is None else replace(place, name=name)


def _spelled(sentence: Sentence, place: Place) -> str:
    return " ".join(spelling(sentence.tokens, place.first, place.last))
