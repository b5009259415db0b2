"""Listed companies told by another one: `die VW-Tochter Traton`, `Apple-Zulieferer AMS Osram`, `Nike rival Puma`.

The other is named there for the sake of the one behind it. Without a name behind it `die VW-Tochter`, `die Lkw-Tochter
von VW`, `der Boeing-Rivale` stand for the company that the passage or the article is about. A part without a listing
stays its owner's (`roles`).
"""

from __future__ import annotations

from collections import Counter

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.roles import is_part_of_another

_DAUGHTERS = word_set("relations", "daughters")
_DAUGHTER_ENDS = tuple(word_set("relations", "daughter_ends"))
_PARTS = tuple(word_set("relations", "part_ends"))
_FORMER = tuple(word_set("relations", "former"))
_RIVALS = word_set("relations", "rivals")
_RELATED = word_set("relations", "related")
_OWNED = word_set("relations", "owned")
_BELONGING = tuple(word_set("relations", "belonging"))
_THE = word_set("relations", "the")
_MOST_BETWEEN = 4


def without_related(sentence: Sentence, places: list[Place]) -> list[Place]:
    """The places without the companies that stand there for the listed one behind them."""
    return [p for p in places if not _leads_in(sentence, p, places)]


def without_parts(sentence: Sentence, places: list[Place], main: Name | None) -> list[Place]:
    """The places without names that no list holds and that are but a part of the company told of: `die US-Tochter X`;
    where another company's daughter is told of (`die VW-Tochter X`) it is the other one that is named for its sake."""
    led = {_behind(sentence, p): p for p in places if p.name.kind is NameKind.COMPANY and p.name != main}
    own = [p for p in places if p.name != main and is_part_of_another(sentence, p)]
    owners = [led[p.first] for p in own if p.first in led]
    return [p for p in places if p not in owners and (p not in own or p.first in led)]


def _leads_in(sentence: Sentence, place: Place, places: list[Place]) -> bool:
    behind = _behind(sentence, place)
    if place.name.kind is not NameKind.COMPANY or behind is None:
        return False
    noun = sentence.tokens.lower[behind - 1]
    most = _MOST_BETWEEN if _is_daughter(noun) or noun in _OWNED or noun.startswith(_BELONGING) else 0
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
        behind = sentence.words(place.last + 2, place.last + 3)
        if after[1:] in _GROUPS and behind and behind[0].startswith(_BELONGING):
            return place.last + 3
        if not all(sentence.tokens.glued[place.last : place.last + 2]):
            return None
        is_noun = bool(after[1:]) and (after[1] in _OWNED or sentence.tokens.text[place.last + 1][:1].isupper())
        return place.last + 2 if is_noun and after[1] not in _SHARES else None
    if after[:1] and after[0] in _DAUGHTERS | _RELATED and sentence.text.is_english:
        return place.last + 1
    before = sentence.words(place.first - 1, place.first)
    is_belonging = bool(after) and after[0].startswith(_BELONGING) and before in _TO
    return place.last + 1 if is_belonging else None


_TO = (("zu",), ("zum",), ("zur",), ("von",), ("vom",))


_GROUPS = (("konzern",), ("konzerns",), ("gruppe",), ("imperium",), ("reich",))
_SHARES = word_set("subjects", "shares")


Alone = dict[tuple[int, int], tuple[int, int, bool]]
"""By sentence and first token of a name: where what it only serves to tell of begins and ends (see `_told_alone`)."""


def told_alone(article: Article, places: dict[int, list[Place]]) -> Alone:
    """The names that only say whose daughter or rival is told of, without its name behind them."""
    return {
        (s.number, p.first): told for s in article.sentences for p in places[s.number] if (told := _told_alone(s, p))
    }


def without(alone: Alone, places: dict[int, list[Place]]) -> dict[int, list[Place]]:
    """The places without those names."""
    return {n: [p for p in here if (n, p.first) not in alone] for n, here in places.items()}


def as_told(
    article: Article, places: dict[int, list[Place]], alone: Alone, main: Name | None
) -> dict[int, list[Place]]:
    """The places of each sentence, where `die VW-Tochter` without a name behind it stands for the company told of.

    That is the one that heads its part of the text, else the article's, else the one named last in the paragraph. An
    owner that the text names as often by itself is told of for its own sake, and the daughter is but a part of it.
    """
    if not alone:
        return places
    often = Counter(p.name for here in places.values() for p in here)
    by_itself = Counter(p.name for here in without(alone, places).values() for p in here)
    out: dict[int, list[Place]] = {}
    section = last = block = None
    for sentence in article.sentences:
        if sentence.text.block is not block:
            block, last = sentence.text.block, None
        if sentence.role is BlockRole.HEADING:
            section = _single(places[sentence.number])
        here = []
        for place in places[sentence.number]:
            told = alone.get((sentence.number, place.first))
            if told is None:
                here.append(place)
                last = place.name if place.name.kind is NameKind.COMPANY else last
                continue
            first, end, is_sure = told
            counts = by_itself if is_sure else often
            meant: Name | None
            if section is not None and section != place.name:
                meant = section
            elif main is None or not _is_company(main):
                meant = last
            else:
                meant = main if counts[place.name] <= often[main] else None
            is_other = meant is not None and meant != place.name
            here.append(Place(first, end, meant, True) if is_other and meant is not None else place)
        out[sentence.number] = here
    return out


def _is_company(name: Name | None) -> bool:
    return name is not None and name.kind is NameKind.COMPANY and name.ticker is not None


def _single(places: list[Place]) -> Name | None:
    """The only company of a heading."""
    named = {p.name for p in places if _is_company(p.name)}
    return next(iter(named)) if len(named) == 1 else None


def _told_alone(sentence: Sentence, place: Place) -> tuple[int, int, bool] | None:
    """Where `die X-Tochter`, `der X-Rivale`, `die Tochter von X` begin and end behind their article, if no name
    follows, and whether the words can hardly mean what X itself holds."""
    if place.name.kind is not NameKind.COMPANY:
        return None
    found = _behind_name(sentence, place) or _before_name(sentence, place)
    if found is None:
        return None
    first, end, _ = found
    lead = sentence.words(first - 2, first)
    if (first > sentence.first and _THE.isdisjoint(lead)) or not _ANY.isdisjoint(lead[-1:]):
        return None
    follows = sentence.tokens.text[end] if end < sentence.last else ""
    return None if follows[:1].isupper() or follows in ("'", "„", '"', "“", "-") else found


def _behind_name(sentence: Sentence, place: Place) -> tuple[int, int, bool] | None:
    """`X-Tochter`, `X-Rivale`, `zu X gehörende Holding`: the words for it stand behind the name."""
    behind = _behind(sentence, place)
    if behind is None:
        return None
    tokens, noun = sentence.tokens, sentence.tokens.lower[behind - 1]
    if noun.startswith(_BELONGING):
        end = behind + 1
        while end + 1 < sentence.last and tokens.text[end] == "-" and tokens.glued[end + 1]:
            end += 2
        is_noun = behind < sentence.last and tokens.text[behind][:1].isupper()
        return (place.first - 1, end, True) if is_noun else None
    is_former = any(word.startswith(_FORMER) for word in sentence.words(place.first - 1, place.first))
    if is_former and noun.endswith(_PARTS):
        return place.first, behind, True
    is_sure = (_is_daughter(noun) and noun not in _HELD) or noun in _RIVALS
    return (place.first, behind, is_sure) if is_sure or noun in _DAUGHTERS else None


def _before_name(sentence: Sentence, place: Place) -> tuple[int, int, bool] | None:
    """`Lkw-Tochter von X`, `Tochter des X-Konzerns`, `Tochter der spanischen X`: they stand before it."""
    tokens = sentence.tokens
    k = place.first - 1
    if k > sentence.first and tokens.text[k].islower() and tokens.lower[k] not in _OF:
        k -= 1
    if tokens.lower[k] not in _OF or k <= sentence.first or not _is_daughter(tokens.lower[k - 1]):
        return None
    if tokens.lower[k - 1] in _HELD or not tokens.text[k - 1][:1].isupper():
        return None
    first = k - 1
    while first - 2 >= sentence.first and tokens.text[first - 1] == "-" and tokens.glued[first]:
        first -= 2
    is_group = sentence.words(place.last, place.last + 2)[:1] == ("-",) and tokens.glued[place.last + 1]
    end = place.last + 2 * is_group
    is_whole = not is_group or sentence.words(place.last + 1, place.last + 2) in _GROUPS
    return (first, end, True) if is_whole else None


def _is_daughter(noun: str) -> bool:
    return noun in _DAUGHTERS or noun.endswith(_DAUGHTER_ENDS)


_OF = frozenset(("von", "vom", "des", "der"))
_ANY = frozenset(("eine", "einer", "einem", "einen", "ein", "eines"))
_HELD = frozenset(("beteiligung", "unit", "subsidiary", "affiliate"))
"""They may mean what the text's own company holds."""
