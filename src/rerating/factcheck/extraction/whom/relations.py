"""Listed companies told by another one: `die VW-Tochter Traton`, `Apple-Zulieferer AMS Osram`, `Nike rival Puma`.

The other is named there for the sake of the one behind it. `die VW-Tochter` without a name stands for the company that
the article is about. A part without a listing stays its owner's (`roles`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import word_set

_DAUGHTERS = word_set("relations", "daughters")
_RELATED = word_set("relations", "related")
_OWNED = word_set("relations", "owned")
_BELONGING = tuple(word_set("relations", "belonging"))
_THE = word_set("relations", "the")
_MOST_BETWEEN = 4


def without_related(sentence: Sentence, places: list[Place]) -> list[Place]:
    """The places without the companies that stand there for the listed one behind them."""
    return [p for p in places if not _leads_in(sentence, p, places)]


def _leads_in(sentence: Sentence, place: Place, places: list[Place]) -> bool:
    behind = _behind(sentence, place)
    if place.name.kind is not NameKind.COMPANY or behind is None:
        return False
    noun = sentence.tokens.lower[behind - 1]
    most = _MOST_BETWEEN if noun in _DAUGHTERS or noun in _OWNED or noun.startswith(_BELONGING) else 0
    return any(
        0 <= p.first - behind <= most
        and p.name.kind is NameKind.COMPANY
        and p.name.ticker is not None
        and p.name.name != place.name.name
        and all(word not in _ENDS for word in sentence.tokens.text[behind : p.first])
        for p in places
    )


_ENDS = frozenset((",", ";", ".", ":", "und", "and", "von", "of", "an", "in"))


def _behind(sentence: Sentence, place: Place) -> int | None:
    """The token behind the words that relate a name: `X-Tochter`, `zu X gehörende`, `X-owned`, `X supplier`."""
    after = sentence.words(place.last, place.last + 2)
    if after[:1] == ("-",):
        if not all(sentence.tokens.glued[place.last : place.last + 2]):
            return None
        is_noun = bool(after[1:]) and (after[1] in _OWNED or sentence.tokens.text[place.last + 1][:1].isupper())
        return place.last + 2 if is_noun and after[1] not in _SHARES else None
    if after[:1] and after[0] in _DAUGHTERS | _RELATED and sentence.text.is_english:
        return place.last + 1
    before = sentence.words(place.first - 1, place.first)
    is_belonging = bool(after) and after[0].startswith(_BELONGING) and before in (("zu",), ("zum",), ("zur",), ("von",))
    return place.last + 1 if is_belonging else None


_SHARES = word_set("subjects", "shares")


def as_daughters(article: Article, places: dict[int, list[Place]], main: Name | None) -> dict[int, list[Place]]:
    """The places of each sentence, where `die VW-Tochter` without a name behind it stands for the article's company.

    An owner that the text names as often by itself is told of for its own sake, and the daughter is but a part of it.
    """
    if main is None or main.kind is not NameKind.COMPANY or main.ticker is None:
        return places
    alone = {
        (s.number, p.first): end
        for s in article.sentences
        for p in places[s.number]
        if p.name != main and (end := _told_alone(s, p)) is not None
    }
    if not alone:
        return places
    often = Counter(p.name for n, here in places.items() for p in here if (n, p.first) not in alone)
    return {
        n: [
            replace(p, last=alone[n, p.first], name=main, is_noun=True)
            if (n, p.first) in alone and often[p.name] < often[main]
            else p
            for p in here
        ]
        for n, here in places.items()
    }


def _told_alone(sentence: Sentence, place: Place) -> int | None:
    """Where `die X-Tochter` ends behind its article, if no name follows."""
    behind = _behind(sentence, place)
    if behind is None or place.name.kind is not NameKind.COMPANY:
        return None
    is_noun = sentence.tokens.lower[behind - 1] in _DAUGHTERS
    is_behind_article = not _THE.isdisjoint(sentence.words(place.first - 2, place.first))
    follows = sentence.tokens.text[behind] if behind < sentence.last else ""
    is_followed = follows[:1].isupper() or follows in ("'", "„", '"', "“")
    return behind if is_noun and is_behind_article and not is_followed else None
