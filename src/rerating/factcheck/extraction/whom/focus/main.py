"""What an article is about: the asset named most, the title and the first sentences counting more."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import is_role
from rerating.factcheck.extraction.whom.focus.takeovers import bought, is_over
from rerating.factcheck.extraction.whom.phrases.complements import is_complement
from rerating.factcheck.extraction.whom.phrases.houses import named_at, rates
from rerating.factcheck.extraction.whom.phrases.roles import SHARES, is_moving
from rerating.factcheck.extraction.whom.phrases.shedding import is_shed


def main_of(article: Article, places: dict[int, list[Place]]) -> Name | None:
    """The asset that the article is about: named most, the title and the first sentences counting more."""
    weights: Counter[str] = Counter()
    names: dict[str, Name] = {}
    order: dict[str, int] = {}
    titled = {p.name.name for s in article.sentences if s.role is BlockRole.TITLE for p in places[s.number]}
    mentions = Counter(place.name.name for found in places.values() for place in found)
    inside = {sentence.number for sentence in article.sentences if article.region_of(sentence) is not None}
    for place_in_text, sentence in enumerate(article.sentences):
        if sentence.number in inside:
            continue
        is_title = sentence.role is BlockRole.TITLE
        target = None if is_over(sentence) else bought(sentence, places[sentence.number])
        for place in places[sentence.number]:
            if place.name.is_met or place.name.kind not in _MAIN:
                continue
            if place.name.kind is NameKind.INDEX and _says_where(sentence, place):
                continue
            if place.name.kind is NameKind.COMMODITY and not is_title and named_at(sentence, place) is None:
                continue
            key = place.name.name
            names.setdefault(key, place.name)
            order.setdefault(key, place_in_text)
            weight = 1.0
            if is_title or place_in_text < 2:
                weight = 4.0 if place.first - sentence.first < 12 else 3.0
                houses = [p for p in places[sentence.number] if p.name.name != key and _is_known_house(sentence, p)]
                weight = _FOR_ANOTHER if _is_led_in(sentence, place) and not houses else weight
                is_shed_below = not is_title and is_shed(sentence, place)
                is_passing = is_shed_below or is_complement(sentence, place, places[sentence.number])
                weight = 1.0 if is_passing else weight
                is_first = is_title and place.first == sentence.first and _is_headed(sentence, place)
                is_speaking = _is_known_house(sentence, place) and len(places[sentence.number]) > 1
                weight += 2.0 if is_first and not is_speaking else 0.0
                weight += 3.0 if is_title and (place is target or _is_moving_index(sentence, place)) else 0.0
                named = named_at(sentence, place)
                is_rare = (
                    mentions[key] < 3 or rates(sentence, place) or _is_headed(sentence, places[sentence.number][0])
                )
                if named and is_rare and named.of(NameKind.HOUSE, NameKind.DATA) and len(places[sentence.number]) > 1:
                    weight = 0.5
            elif sentence.role is BlockRole.ROW or _rates_another(sentence, place, places[sentence.number]):
                weight = 0.5
            weight += 1.5 if place is target else 0.0
            weight += _TITLED if is_title and _is_alone(sentence, place, places[sentence.number]) else 0.0
            weight += _SHARE if _is_share(sentence, place) else 0.0
            weights[key] += weight  # type: ignore[assignment]
    if not weights:
        return None
    ranked = sorted(weights, key=lambda k: (-weights[k], order[k]))
    first = ranked[0]
    if names[first].kind in (NameKind.COMMODITY, NameKind.CRYPTO):
        first = next((k for k in ranked if _is_over(names[k], mentions[k], mentions[first])), first)
    if names[first].kind is NameKind.COMPANY and names[first].ticker is None and _is_investor(first):
        listed = [k for k in ranked if names[k].ticker is not None and k in titled]
        first = next((k for k in listed if _is_over(names[k], mentions[k], mentions[first])), first)
    return names[first]


_MAIN = (NameKind.COMPANY, NameKind.INDEX, NameKind.CRYPTO, NameKind.COMMODITY)


def _is_investor(name: str) -> bool:
    """Whether a name is that of one who holds companies: `Elliott`, `KKR`."""
    return name.lower().split(" ")[0] in _FINANCIERS


_FINANCIERS = word_set("takeovers", "financiers")


def _is_known_house(sentence: Sentence, place: Place) -> bool:
    """Whether a company is known as a house that rates others: `Here's what UBS expects from X`, `UBS: X is cheap`."""
    named = named_at(sentence, place)
    return named is not None and named.of(NameKind.HOUSE) is not None


def _rates_another(sentence: Sentence, place: Place, places: list[Place]) -> bool:
    """Whether a known house rates another company in its sentence: `X hat Y auf „Buy“ hochgestuft`."""
    is_beside = any(p.name != place.name and p.name.kind is NameKind.COMPANY for p in places)
    return is_beside and _is_known_house(sentence, place) and rates(sentence, place)


def _is_moving_index(sentence: Sentence, place: Place) -> bool:
    """Whether a title opens with an index and its move: `Nikkei climbs as Fanuc's upbeat forecast lifts shares`."""
    return place.name.kind is NameKind.INDEX and place.first <= sentence.first + 1 and is_moving(sentence, place)


def _says_where(sentence: Sentence, place: Place) -> bool:
    """Whether an index only says where a company is listed: `des Dax-Konzerns`, `der MDax-Wert`."""
    after = sentence.words(place.last, place.last + 2)
    return after[:1] == ("-",) and sentence.tokens.glued[place.last] and is_role(after[-1])


def _is_headed(sentence: Sentence, place: Place) -> bool:
    """Whether a colon parts a name from the rest of a title: `Hugo Boss: Frasers greift an`."""
    return sentence.words(place.last, place.last + 1) == (":",)


def _is_over(name: Name, times: int, most: int) -> bool:
    """Whether an article is about a company rather than what it digs for, or who holds it, named again and again."""
    return name.kind is NameKind.COMPANY and times >= 2 and 2 * times >= most


def _is_alone(sentence: Sentence, place: Place, places: list[Place]) -> bool:
    """Whether a company opens its sentence and is the only one there."""
    is_opening = place.first == sentence.first and place.name.kind is NameKind.COMPANY
    return is_opening and all(p.name == place.name for p in places)


_TITLED = 2.0
"""What a company weighs more that a title opens with and names alone."""
_FOR_ANOTHER = 2.0
"""What a name weighs at the head beside which another is told of: `wins an order from X`, `slides after X's loss`."""
_SHARE = 1.0
"""What it weighs more that a name's share is told of."""
_BESIDE = word_set("main", "beside")


def _is_led_in(sentence: Sentence, place: Place) -> bool:
    """Whether a word before a name leads it in as another's counterpart or cause."""
    return not _BESIDE.isdisjoint(sentence.words(place.first - 1, place.first))


def _is_share(sentence: Sentence, place: Place) -> bool:
    """Whether a name's share is told of: `die X-Aktie`, `X's stock`, `shares of X`, `die Papiere von X`."""
    before, after = sentence.words(place.first - 2, place.first), sentence.words(place.last, place.last + 3)
    is_before = len(before) == 2 and before[0] in SHARES and before[1] in _OF
    return is_before or not SHARES.isdisjoint(after[: 1 if after[:1] not in _JOINTS else 3])


def has_shares(article: Article, places: dict[int, list[Place]], name: Name) -> bool:
    """Whether a text tells of a company's shares, by its name or by the share of a bid."""
    if any(p.name == name and _is_share(s, p) for s in article.sentences for p in places[s.number]):
        return True
    return any(
        one in _EACH and other in _SHARE_WORDS
        for s in article.sentences
        for one, other in pairwise(s.words(s.first, s.last))
    )


_EACH = frozenset(("je", "pro", "per", "a", "each"))
_SHARE_WORDS = frozenset(("aktie", "share"))
_OF = frozenset(("of", "von", "der", "des", "in"))
_JOINTS = (("-",), ("'",), ("’",))
