"""What the clauses of a German sentence measure by their subject, and the people of whom a figure tells a part."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.clauses_german import Opening, Part, is_verb, part_at
from rerating.factcheck.extraction.whom.phrases.group_nouns import Group, spelt
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
from rerating.factcheck.extraction.whom.phrases.states import state_by_adjective

_COSTS = word_set("measured", "costs_de")
_GOODS_NOUNS = word_set("subjects", "commodity_nouns")
_UNITS = word_set("goods", "units")
_OF_SOMEBODY = frozenset(("of", "von", "für", "bei", "beim", "im", "in"))
_OF = frozenset(("of", "von", "für", "nach", "an", "mit"))
_SOMEBODY = word_set("measured", "somebody")
_NOBODYS_ENDS = tuple(word_set("measured", "nobodys_ends"))
_OWN_PARTS = tuple(word_set("measured", "own_parts"))
_OWN_BEGINS = tuple(word_set("groups", "own_begins"))
_COUNTED = tuple(word_set("groups", "counted_ends"))
_COUNTERS = ("verband", "verbände", "institut", "statistikamt", "marktforscher")
"""Who counts is not what is counted."""
_REGIONAL = tuple(word_set("groups", "regional"))
_TRADES = tuple(word_set("groups", "plural_ends"))
_PEOPLE = tuple(word_set("measured", "people_de"))
_PRAISE = word_set("measured", "praise_de")
_LONG = 10
"""A noun that long says what is sold or made: `Zementverbrauch`."""


def german_group(sentence: Sentence, told: Opening, goods: set[int], *, is_counted: bool) -> Group | None:
    """The group that a clause is about, where it is one."""
    part = told.head
    span = (part.first, told.last)
    head = sentence.tokens.lower[part.last - 1]
    is_within = any(p.lead in _OF_SOMEBODY and sentence.tokens.lower[p.last - 1] in _SOMEBODY for p in told.tail)
    is_said = sentence.tokens.lower[told.last] in SAID
    if (
        is_said
        or is_within
        or head in _UNITS
        or head.endswith(_COUNTERS)
        or is_named(sentence, part.first, part.last, told.last)
    ):
        return None
    is_of_accounts = _is_of_accounts(sentence, part)
    is_good = goods.isdisjoint(range(*span)) and not is_of_accounts and head not in _COSTS | _GOODS_NOUNS
    if is_good and tells_price_by_weight(sentence, told.last):
        return measured_group(sentence, span, _called(sentence, part))
    is_of_land = is_regional(sentence, part.first, part.noun) or is_regional(sentence, part.last, told.last)
    content = _content(sentence, told) if head in OF_SUMS | PRICES else part
    if content is None or (content is part and (_is_nobodys(head) or is_of_accounts)):
        return None
    is_plain = not is_account(sentence, content.last - 1) and not head.endswith(_OWN_PARTS)
    is_many = part.determiner not in _ONE or head.endswith(_COUNTED)
    if not is_counted and not (is_of_land and is_plain and is_many):
        return None
    return measured_group(sentence, span, _called(sentence, content), is_priced=head in PRICES)


_ONE = frozenset(("der", "das", "ein", "eine", "den"))


def german_part(sentence: Sentence, figure: Figure, *, is_counted: bool) -> Group | None:
    """`12 Prozent der US-Erwachsenen haben`: people of a country, or whom somebody outside has asked."""
    part = part_at(sentence, figure.last) if sentence.tokens.lower[figure.last] in ("der", "aller") else None
    if part is None:
        return None
    is_headed = is_verb(sentence, figure.lead - 1) or is_verb(sentence, part.last)
    if not is_headed and sentence.tokens.lower[part.last - 1] not in _EVERYBODY:
        return None
    is_people = sentence.tokens.lower[part.last - 1].endswith(_PEOPLE + _TRADES)
    is_of_land = is_regional(sentence, part.first, part.last) or sentence.tokens.text[part.noun] == "US"
    is_anybody = sentence.tokens.lower[part.last - 1] in _EVERYBODY
    if not is_people or not (is_counted or is_of_land or is_anybody):
        return None
    return measured_group(sentence, (part.first, part.last), _called(sentence, part))


_EVERYBODY = word_set("measured", "everybody_de")


def _is_nobodys(head: str) -> bool:
    return head in NOBODYS | _GOODS_NOUNS or head.endswith(_NOBODYS_ENDS)


def _content(sentence: Sentence, told: Opening) -> Part | None:
    """What a sum is of: `die Zahl der Firmenpleiten`, `Bestellungen im deutschen Maschinenbau`, no place."""
    if not told.tail:
        return None
    part = told.tail[0]
    if part.lead in _OF:
        return part
    is_place = part.lead == "in" and not part.determiner
    is_place = is_place or (part.first == part.noun and is_regional(sentence, part.first, part.first + 1))
    return part if part.lead in ("in", "im") and not is_place else None


def _is_of_accounts(sentence: Sentence, part: Part) -> bool:
    """Whether a noun is what companies report of themselves, and no compound that says what is counted."""
    low = sentence.tokens.lower[part.last - 1]
    is_compound = low.endswith(_COUNTED) and len(low) > _LONG
    return low.startswith(_OWN_BEGINS) or (is_account(sentence, part.last - 1) and not is_compound)


def _called(sentence: Sentence, part: Part) -> str:
    """The noun with the adjectives that say which: `private Haushalte`; where they are from only of people."""
    tokens = sentence.tokens
    kept = [k for k in range(part.first, part.noun) if _says_which(sentence, k, part)]
    return " ".join([*(_nominative(tokens.text[k], part) for k in kept), spelt(sentence, part.noun, part.last)])


def _says_which(sentence: Sentence, k: int, part: Part) -> bool:
    text = sentence.tokens.text[k]
    told = (text, text[:1].lower() + text[1:])
    is_from = text.lower().startswith(_REGIONAL) or any(state_by_adjective(each, is_english=False) for each in told)
    is_people = sentence.tokens.lower[part.last - 1].endswith(_TRADES)
    return text.lower() not in _PRAISE and (is_people or not is_from)


def _nominative(text: str, part: Part) -> str:
    """An adjective of many in the nominative: `schwerer Lkw` is of `schwere Lkw`."""
    if part.determiner in ("der", "den", "die") or part.lead:
        return next((text[:-2] + "e" for end in ("en", "er") if text.endswith(end) and len(text) > _SHORT), text)
    return text


_SHORT = 5
