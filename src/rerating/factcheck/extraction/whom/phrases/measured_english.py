"""What the clauses of an English sentence measure by their subject, and the people of whom a figure tells a part."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.clauses_english import Opening, phrase_at
from rerating.factcheck.extraction.whom.phrases.group_nouns import OWNERS, Group
from rerating.factcheck.extraction.whom.phrases.measuring import (
    NOBODYS,
    OF_SUMS,
    PRICES,
    SAID,
    is_account,
    is_named,
    is_regional,
    measured_group,
    tells_price_by_weight,
)
from rerating.factcheck.extraction.whom.phrases.states import inhabited, state_at, state_by_adjective
from rerating.language.reading.tokens import WORD

_OWN = word_set("groups", "own") | word_set("measured", "own")
_FIRST_TIME = ("first", "-", "time")
_PRAISE = word_set("groups", "praise")
_REGIONS = word_set("measured", "regions")
_PERIODS = word_set("measured", "periods")
_PEOPLE = word_set("measured", "people_en")
_PEOPLE_ENDS = tuple(word_set("measured", "people_ends_en"))
_KINDS = word_set("measured", "kinds")
_GOODS_NOUNS = word_set("subjects", "commodity_nouns")
"""`the metal` stands for a good told of before."""
_TYPICAL = frozenset(("average", "typical", "median"))
_LINKS = frozenset(("of", "for", "on"))
_ARTICLES = frozenset(("a", "an", "the"))
_PLACED = frozenset(("in", "at", "across", "from", "within", "between", "on", "to", "worldwide", "globally"))


def english_group(sentence: Sentence, told: Opening, goods: set[int], *, is_counted: bool) -> Group | None:
    """The group that a clause is about, where it is one."""
    if not _is_common(sentence, told) or sentence.tokens.lower[told.last] in SAID:
        return None
    head = sentence.tokens.lower[told.end - 1]
    span = (told.first, told.last)
    if (state := inhabited(sentence.tokens.text[told.end - 1])) is not None and told.end - told.first == 1:
        return measured_group(sentence, span, state.en)
    is_bare = not told.determiner and _ARTICLES.isdisjoint(sentence.words(told.first, told.end))
    if is_bare and told.end - told.first > 1 and _is_share_of_land(sentence, told.last):
        return measured_group(sentence, span, (told.first, told.end))
    is_of_land = is_regional(sentence, *span)
    is_own = _is_reported(sentence, told) or _is_one(sentence, told, is_of_land=is_of_land)
    is_free = goods.isdisjoint(range(*span)) and not is_account(sentence, told.end - 1) and head not in PRICES
    if is_free and not _is_reported(sentence, told) and tells_price_by_weight(sentence, told.last):
        return measured_group(sentence, span, (told.first, told.end))
    first, last = told.first, told.end
    if told.last > told.end + 1 and head in OF_SUMS and sentence.tokens.lower[told.end] in _LINKS:
        first, last = _content(sentence, told.end + 1, told.last)
        if sentence.tokens.lower[last - 1] in _PERIODS | NOBODYS:
            return None
    elif is_own and not (is_counted and _is_of_all(sentence, told, is_of_land=is_of_land)):
        return None
    if not is_counted and not (is_of_land and _is_plain(sentence, first, last)):
        return None
    while first < last - 1 and sentence.tokens.lower[first] in _PRAISE:
        first += 1
    return measured_group(sentence, (first, told.last), (first, last), is_priced=head in PRICES)


def _is_of_all(sentence: Sentence, told: Opening, *, is_of_land: bool) -> bool:
    """Whether what companies report too is told of all: `The global container fleet`, `Airports in Europe`."""
    is_anybodys = is_of_land and sentence.tokens.lower[told.end - 1] not in NOBODYS
    return is_anybodys or _is_people(sentence, told) or _is_of_place(sentence, told)


def _is_people(sentence: Sentence, told: Opening) -> bool:
    """Whether a plural at a clause's head tells of people by their sort, though companies count such too: `Shoppers
    earning less than $50,000`, `First-time buyers`."""
    words = sentence.words(told.first, told.end)
    is_sort = words[-1] in _PEOPLE or words[-1].endswith(_PEOPLE_ENDS)
    return is_sort and words[-1] not in NOBODYS and not told.determiner


def _is_of_place(sentence: Sentence, told: Opening) -> bool:
    """Whether a bare plural is all there are in a place: `Airports in Europe`, `Stores across Britain`."""
    is_plural = sentence.tokens.lower[told.end - 1].endswith("s") and not told.determiner
    is_of_land = is_regional(sentence, told.end + 1, told.last)
    is_of_land = is_of_land or not _CONTINENTS.isdisjoint(sentence.words(told.end + 1, told.last))
    is_placed = sentence.tokens.lower[told.end] in _PLACED and is_of_land
    return is_plural and is_placed and sentence.tokens.lower[told.end - 1] not in NOBODYS


_CONTINENTS = frozenset(("europe", "asia", "africa"))


def english_part(sentence: Sentence, figure: Figure, *, is_counted: bool) -> Group | None:
    """`Two-thirds of U.S. households own`: people of a country, or whom somebody outside has asked."""
    if sentence.tokens.lower[figure.last] != "of":
        return None
    told = phrase_at(sentence, figure.last + 1) or _people_at(sentence, figure.last + 1)
    if told is None or not _is_common(sentence, told):
        return None
    head = sentence.tokens.lower[told.end - 1]
    is_people = head in _PEOPLE or head.endswith(_PEOPLE_ENDS)
    is_things = is_counted and head.endswith("s") and not told.determiner and not _is_reported(sentence, told)
    is_told = is_counted or is_regional(sentence, told.first, told.last)
    span = (told.first, told.last)
    return measured_group(sentence, span, (told.first, told.end)) if (is_people or is_things) and is_told else None


def _people_at(sentence: Sentence, k: int) -> Opening | None:
    """People by their noun, whatever verb follows: `British adults smoke`."""
    ends = range(k, min(k + _SORTS, sentence.last))
    end = next((j + 1 for j in ends if sentence.tokens.lower[j] in _PEOPLE), None)
    return Opening(k, end, end, "") if end is not None else None


_SORTS = 6
"""So many tokens has the noun of people with what says which: `U.S. office workers`."""


def _is_share_of_land(sentence: Sentence, verb: int) -> bool:
    """Whether a clause tells a part of what a whole country has: `Online stores account for 16% of U.S. retail sales`,
    `Wind power covers 31% of Britain's electricity`."""
    figure = next((f for f in sentence.figures_near(verb) if verb < f.first <= verb + _SHARED), None)
    if figure is None or sentence.words(figure.last, figure.last + 1) != ("of",):
        return False
    tokens, k = sentence.tokens, figure.last + 1
    k += tokens.lower[k] == "the"
    is_owner = (named := state_at(sentence, k)) is not None and tokens.text[named[1]] in ("'", "’")
    return (
        is_owner
        or tokens.lower[k] in _LANDS
        or state_by_adjective(_adjective(sentence, k), is_english=True) is not None
    )


def _adjective(sentence: Sentence, k: int) -> str:
    """The word at a token, `U.S.` in one piece."""
    text = sentence.tokens.text
    return "American" if text[k : k + 4] == ["U", ".", "S", "."] else text[k]


def sold_worldwide(sentence: Sentence, figure: Figure) -> Group | None:
    """Goods that are counted for all: `Roughly 4 million heat pumps were sold worldwide last year`."""
    tokens = sentence.tokens
    if not sentence.text.is_english or figure.mention.unit != "count" or figure.lead - sentence.first > 1:
        return None
    verb = next((k for k in range(figure.last + 1, figure.last + _GOODS) if tokens.lower[k] in ("were", "are")), None)
    if verb is None or any(tokens.kind[k] != WORD for k in range(figure.last, verb)):
        return None
    behind = sentence.words(verb + 1, verb + 5)
    is_sold = not _SOLD.isdisjoint(behind[:2]) and not _WIDE.isdisjoint(behind[1:])
    if not is_sold or not OWNERS.isdisjoint(sentence.words(figure.last, verb)):
        return None
    return measured_group(sentence, (figure.last, verb), (figure.last, verb))


_SHARED = 6
_GOODS = 5
_LANDS = word_set("measured", "lands")
_SOLD = word_set("measured", "sold")
_WIDE = word_set("measured", "widely")


def _content(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """What a sum is of, without its article and the places behind it."""
    tokens = sentence.tokens
    while first < last - 1 and tokens.lower[first] in _ARTICLES:
        first += 1
    return first, next((k for k in range(first + 1, last) if tokens.lower[k] in _PLACED), last)


def _is_reported(sentence: Sentence, told: Opening) -> bool:
    """Whether a noun is what companies report of themselves, or who speaks of them."""
    words = sentence.words(told.first, told.end)
    words = words[3:] if words[:3] == _FIRST_TIME and len(words) > 3 else words
    if words[-1] in NOBODYS | _GOODS_NOUNS or _REGIONS.issuperset(words) or not _OWN.isdisjoint(words):
        return True
    is_whole = any(t.first <= told.first and told.end <= t.last for t in sentence.topics_near(told.first))
    return is_account(sentence, told.end - 1) and (is_whole or bool(told.determiner))


def _is_one(sentence: Sentence, told: Opening, *, is_of_land: bool) -> bool:
    """Whether a noun is one thing of those that a company has: `the deal`, no `average concert ticket`."""
    words = sentence.words(told.first, told.end)
    is_definite = told.determiner not in ("", "a", "an") and _TYPICAL.isdisjoint(words)
    return is_definite and words[-1] not in _KINDS and not (is_of_land and words[-1].endswith("s"))


def _is_plain(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a noun with a word that says which is none of those that companies report of themselves."""
    is_told = last - first > 1 or sentence.tokens.lower[first].endswith("s")
    return is_told and not any(is_account(sentence, k) for k in range(first, last))


def _owns(sentence: Sentence, k: int) -> bool:
    """Whether an apostrophe makes an owner: no `builders' merchants` in small letters."""
    tokens = sentence.tokens
    if tokens.text[k] not in ("'", "’"):
        return False
    before = tokens.text[k - 1]
    is_small = before[:1].islower() or k - 1 == sentence.first
    return not (is_small and before.endswith("s") and tokens.text[k + 1][:1].islower() and tokens.lower[k + 1] != "s")


def _is_acronym(text: str) -> bool:
    """Whether capitals stand for words: `LNG`, `SaaS`."""
    return text.isupper() or (text[-1].isupper() and sum(letter.isupper() for letter in text) > 1)


def _is_common(sentence: Sentence, told: Opening) -> bool:
    """Whether a phrase bears no owner and no name but a place's: `fares between New York and London`."""
    tokens = sentence.tokens
    words = sentence.words(told.first, told.last)
    if not OWNERS.isdisjoint(words) or any(_owns(sentence, k) for k in range(told.first, told.last)):
        return False
    for k in range(told.first, min(told.last, told.end + 1)):
        text = tokens.text[k]
        if not text[:1].isupper() or k == sentence.first or _is_acronym(text) or tokens.lower[k] in _REGIONS:
            continue
        if state_by_adjective(text, is_english=True) is None and state_at(sentence, k) is None:
            return False
    return not is_named(sentence, told.first, told.end, told.last)
