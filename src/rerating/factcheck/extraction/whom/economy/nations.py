"""Statistics of a whole country that tell of one good or branch, where the country stands by itself.

`In Deutschland sank der Bierabsatz nach Angaben des Statistischen Bundesamts`, `ein Dämpfer aus China: Dort schrumpfte
die Autoproduktion`, `Mexico's shipments will increase 9%`, `India produced 12.6 million tons`: the place at the head of
a clause, the owner or whoever makes it is whose the figure is. What a company has there too (`In Deutschland sank der
Absatz`) is told by somebody who counts it for all, or by what only offices do (`wurden zugelassen`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.economy.counted_by import is_counted_by, is_source
from rerating.factcheck.extraction.whom.economy.groups import KEPT
from rerating.factcheck.extraction.whom.focus.going_on import who_act
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.names.assets import near
from rerating.factcheck.extraction.whom.phrases.clauses_english import behind_place
from rerating.factcheck.extraction.whom.phrases.group_nouns import OWNERS, Group, is_of_people
from rerating.factcheck.extraction.whom.phrases.measuring import PRICES
from rerating.factcheck.extraction.whom.phrases.states import state_at, state_of
from rerating.language.reading import MentionKind as K

_SUMS_EN = word_set("groups", "counted") | word_set("nations", "sums")
_SUMS_DE = tuple(word_set("groups", "counted_ends") | word_set("nations", "ends"))
_OWN = word_set("nations", "own")
_FORESEES = word_set("groups", "foresees")
_REGISTERED = word_set("nations", "registered")
_MAKES = word_set("nations", "makes")
_NEWS = word_set("nations", "news")
_THERE = frozenset(("dort", "there", "wo", "where"))
_REACH, _COST = 30, 1.9


def nation_of(
    known: Subjects, sentence: Sentence, nations: list[tuple[int, str]], figure: Figure, what: tuple[str, str]
) -> str | None:
    """The country whose statistic a figure is, of those that the sentence tells something of."""
    if (
        what[0] in KEPT
        or (what[0] == "indicator" and what[1] != "gdp_growth")
        or (figure.mention.kind is K.MONEY and what[0] == "price_level")
    ):
        return None
    found: str | None = None
    for told, name in nations:
        if told > figure.first or figure.first - told > _REACH or sentence.cost(told, figure.first) > _COST:
            continue
        if not _is_parted(known, sentence, told, figure.first):
            found = name
    return found


def as_statistic(what: tuple[str, str], figure: Figure) -> tuple[str, str]:
    """What is claimed of a country: no guidance and no price, a movement or a number of things."""
    kind, metric = what
    if kind == "guidance":
        return "estimate", metric
    if kind == "return":
        return "growth", "production"
    if kind == "price_level":
        return "operating_metric", "production"
    return ("growth", metric) if kind == "operating_metric" and figure.mention.kind in SHARES_OF_ONE else what


def nations_in(known: Subjects, sentence: Sentence, groups: list[Group]) -> list[tuple[int, str]]:
    """Where the words end that say what is told of a country, with the country's name, in the order of a sentence."""
    return sorted([*_told(known, sentence, groups), *_priced_there(sentence), *_gone_on_there(known, sentence, groups)])


def _gone_on_there(known: Subjects, sentence: Sentence, groups: list[Group]) -> Iterator[tuple[int, str]]:
    """`Dort wurden laut dem Verband 2,1 Millionen Autos neu zugelassen`: of the place of the sentence before."""
    place = known.place.get(sentence.number)
    if place is None or sentence.tokens.lower[sentence.first] not in ("dort", "there"):
        return
    begin = sentence.first + 1
    is_of_sort = _is_of_sort(sentence, begin, _sum_end(sentence, begin, begin + _CLAUSE))
    end = _statistic(known, sentence, groups, begin, begin + _CLAUSE, is_news=is_of_sort)
    if end is not None:
        yield end, place


def _is_of_sort(sentence: Sentence, begin: int, end: int | None) -> bool:
    """Whether a noun says of what it is a sum: `Zementverbrauch`, `steel output`, and nobody's."""
    if end is None or not OWNERS.isdisjoint(sentence.words(begin, end)):
        return False
    word = sentence.tokens.lower[end - 1]
    if sentence.text.is_english:
        return sentence.tokens.text[end - 2][:1].islower() and sentence.tokens.lower[end - 2] not in _NO_SORT
    return len(word) > _COMPOUND and not word.startswith(_OWN_BEGINS)


_OWN_BEGINS = tuple(word_set("groups", "own_begins"))
_NO_SORT = _OWN | word_set("groups", "own") | word_set("groups", "ahead") | word_set("groups", "articles")


def _priced_there(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """`warnt vor dem Preiskampf in China: Elektroautos hätten sich dort um 7 Prozent verbilligt`: prices of the place
    that `dort` comes back to, where nobody owns them."""
    tokens, is_english = sentence.tokens, sentence.text.is_english
    for k in range(sentence.first + 1, sentence.last):
        if tokens.lower[k] not in ("dort", "there") or tokens.lower[k + 1] in ("are", "is", "was", "were"):
            continue
        begin = max((j + 1 for j in range(sentence.first, k) if tokens.text[j] in _BREAKS), default=sentence.first)
        place = next((at for j in range(begin - 1, sentence.first, -1) if (at := state_at(sentence, j))), None)
        end = next((j for j in range(k, sentence.last) if tokens.text[j] in _BREAKS), sentence.last)
        clause = sentence.words(begin, end)
        is_of_price = not _DEARER.isdisjoint(clause) or not PRICES.isdisjoint(clause)
        if place is not None and is_of_price and OWNERS.isdisjoint(clause):
            yield begin, place[0].en if is_english else place[0].de


_BREAKS = frozenset((":", ";", "–", "—", "."))
_DEARER = word_set("goods", "dearer") | word_set("commodities", "costs") | word_set("nations", "dearer")


def _told(known: Subjects, sentence: Sentence, groups: list[Group]) -> Iterator[tuple[int, str]]:
    tokens, is_english = sentence.tokens, sentence.text.is_english
    for k in range(sentence.first, sentence.last):
        if not tokens.text[k][:1].isupper():
            continue
        owner = None if is_english else state_at(sentence, k, is_genitive=True)
        named = state_at(sentence, k)
        ends: list[int | None] = []
        if owner is not None:
            ends.append(_sum_end(sentence, owner[1], owner[1] + _WITHIN))
        if named is not None:
            last = named[1]
            is_owner = is_english and tokens.text[last] in ("'", "’") and tokens.lower[last + 1] == "s"
            ends.append(_sum_end(sentence, last + 2, last + 2 + _WITHIN) if is_owner else None)
            ends += [_placed(known, sentence, groups, k, last), _made(sentence, k, last)]
        state = (owner or named or (None,))[0]
        if state is not None:
            yield from ((end, state.en if is_english else state.de) for end in ends if end is not None)
    if is_english and (foretold := _foretold(known, sentence)) is not None:
        yield foretold


def _foretold(known: Subjects, sentence: Sentence) -> tuple[int, str] | None:
    """What a body of a state expects of its economy: `The European Central Bank forecasts growth of 1.2%`."""
    words = set(sentence.words(sentence.first, sentence.last))
    if _OUTPUT.isdisjoint(words):
        return None
    for actor in who_act(known, sentence):
        state = state_of(actor.name.name) if actor.name is not None and not actor.is_place else None
        if state is not None and not _FORESEES.isdisjoint(sentence.words(actor.last, actor.last + 3)):
            return actor.last + 1, state.en
    return None


_OUTPUT = frozenset(("growth", "gdp", "economy", "output"))
_WITHIN = 5
"""So far behind its owner does the noun stand: `Brazil's arabica coffee harvest`."""


def _sum_end(sentence: Sentence, begin: int, end: int) -> int | None:
    """Behind the first noun from a token on that is counted for many."""
    tokens = sentence.tokens
    for k in range(begin, min(end, sentence.last)):
        word = tokens.lower[k]
        if tokens.text[k] in (",", ".", ";", ":", "(") or word[0].isdigit():
            return None
        if sentence.text.is_english and word in _SUMS_EN and (k > begin or word not in _OWN):
            return k + 1
        if (
            not sentence.text.is_english
            and word.endswith(_SUMS_DE)
            and tokens.text[k][:1].isupper()
            and word not in _OWN
        ):
            return k + 1
    return None


def _placed(known: Subjects, sentence: Sentence, groups: list[Group], first: int, last: int) -> int | None:
    """`In Deutschland sank der Bierabsatz`, `aus China: Dort schrumpfte`, `In Germany, registrations fell`, `Bis Mai
    wurden in Polen 9 Prozent mehr Wohnungen genehmigt`."""
    tokens = sentence.tokens
    head = first - 1 - (tokens.lower[first - 1] in ("den", "der", "the"))
    is_led = head >= sentence.first and tokens.lower[head] == "in"
    if is_led and tokens.lower[head - 1] in _PASSIVE and not sentence.text.is_english:
        return last if not _REGISTERED.isdisjoint(sentence.words(last, last + _REGISTERED_BY)) else None
    if is_led and (head == sentence.first or tokens.text[head - 1] in _ENDS):
        begin = behind_place(sentence, last)
        end = begin + _CLAUSE
        if _made_there(known, sentence, begin):
            return begin
        measured = next((g for g in groups if begin <= g.first <= begin + _LEAD), None)
        if measured is not None and is_of_people(measured.name):
            return None
        if measured is not None and tokens.lower[measured.last] in _COSTS:
            return None
        if measured is not None and (measured.is_measured or measured.is_market):
            return measured.last
    else:
        there = next((k for k in range(last, min(last + _CLAUSE, sentence.last)) if tokens.lower[k] in _THERE), None)
        begin = max((k + 1 for k in range(last, there or last) if tokens.text[k] in _ENDS), default=-1)
        if there is None or begin < 0:
            return None
        is_behind = tokens.lower[there] == "there"
        begin, end = (begin, there) if is_behind else (there + 1, there + _CLAUSE)
    is_news = head >= sentence.first and tokens.lower[head] == "aus"
    is_news = is_news and not _NEWS.isdisjoint(sentence.words(sentence.first, head))
    return _statistic(known, sentence, groups, begin, end, is_news=is_news)


def _made_there(known: Subjects, sentence: Sentence, begin: int) -> bool:
    """Whether a clause that opens with a country tells what its farmers bring or, in no company's article, its mines
    and ports: `In Ghana lieferten die Bauern 380.000 Tonnen Kakao`."""
    words = sentence.words(begin, begin + _REACH)
    if _BRINGS.isdisjoint(words) or _WEIGHTS.isdisjoint(words) or not OWNERS.isdisjoint(words):
        return False
    return not _FARMERS.isdisjoint(words) or (known.main is not None and known.main.kind is not NameKind.COMPANY)


_BRINGS = _MAKES | word_set("nations", "brings")
_WEIGHTS = word_set("nations", "weights")
_FARMERS = word_set("nations", "farmers")


def _statistic(
    known: Subjects, sentence: Sentence, groups: list[Group], begin: int, end: int, *, is_news: bool
) -> int | None:
    """Behind the noun between two tokens that a country's own count tells of."""
    if (registered := _registered(sentence, begin)) is not None:
        return registered
    noun = _sum_end(sentence, begin, end)
    counted = {group.last for group in groups if group.is_counted or group.is_priced}
    is_told = noun in counted or is_news or is_counted_by(known, sentence) or _is_common_price(sentence, begin, noun)
    return noun if noun is not None and is_told else None


def _is_common_price(sentence: Sentence, begin: int, end: int | None) -> bool:
    """Whether a noun tells what a good costs in a country, whoever sells it: `In Britain, house prices rose`."""
    if end is None or not OWNERS.isdisjoint(sentence.words(begin, end)):
        return False
    word = sentence.tokens.lower[end - 1]
    if sentence.text.is_english:
        is_told = word in _COMMON and end - begin > 1
        return is_told and sentence.tokens.text[end - 2][:1].islower() and sentence.tokens.lower[end - 2] not in _OWN
    return word.endswith(_COMMON_PRICES) and len(word) > _COMPOUND


_COMMON = frozenset(("prices", "rents", "traffic", "registrations", "wages", "demand", "consumption"))
_COMMON_PRICES = ("preise", "mieten", "löhne", "verkehr", "zulassungen")
_COMPOUND = 8
_ENDS = (":", ",", ";", "–", "—")
_CLAUSE = 10
_COSTS = word_set("goods", "costs")
"""What a good costs somewhere is the good's: `In China, fiber costs twice as much`."""
_LEAD = 3
"""So many words stand before what is measured: an article, `sales of`, `sank der`."""


def led_to(sentence: Sentence, drafts: list[Draft]) -> None:
    """Where a country's figure leads is its own: `Housing starts climbed 8.4% in June to an annual rate of 1.42
    million`."""
    for one, other in pairwise(drafts):
        between = sentence.words(one.last, other.first)
        is_loose = one.kind == "indicator" and other.kind in _LOOSE and "to" in between[:3]
        if is_loose and len(between) <= _CLAUSE and not _PACES.isdisjoint(between):
            other.kind, other.subject = "operating_metric", one.subject


_LOOSE = frozenset(("financial_figure", "operating_metric"))
_PACES = frozenset(("rate", "pace"))


def _registered(sentence: Sentence, begin: int) -> int | None:
    """`wurden gut 184.000 Wohnungen genehmigt`, `300,000 cars were registered`: what only offices count."""
    words = sentence.words(begin, begin + 24)
    is_passive = not _PASSIVE.isdisjoint(words[:3] if not sentence.text.is_english else words[:12])
    return begin if is_passive and not _REGISTERED.isdisjoint(words) else None


_REGISTERED_BY = 14
_PASSIVE = frozenset(("wurden", "sind", "werden", "were", "was", "have", "dürften"))


def _made(sentence: Sentence, first: int, last: int) -> int | None:
    """`India produced 12.6 million tons`, `China führte 9 Prozent mehr Stahl aus`: behind the verb."""
    lead = sentence.tokens.lower[first - 1] if first > sentence.first else ""
    if lead in _OBLIQUE or not (first == sentence.first or lead in _OPENING):
        return None
    words = sentence.words(last, last + 3)
    at = next((k for k, word in enumerate(words) if word in _MAKES), None)
    return last + at + 1 if at is not None else None


_OBLIQUE = word_set("states", "oblique")
_OPENING = frozenset((",", ";", ":", "and", "und", "while", "as", "that", "weil", "dass", "während"))


def _is_parted(known: Subjects, sentence: Sentence, told: int, at: int) -> bool:
    """Whether a company stands between that does it: one that is no source."""
    places = near(known.places.get(sentence.number, []), at)
    return any(
        told <= p.first < at and p.name.kind is NameKind.COMPANY and not is_source(sentence, p.first) for p in places
    )
