"""Who is bought, by the words around a figure: `the $11 billion acquisition of X`, `für X legte Y auf den Tisch`.

A deal that an article tells in passing is told in one clause: by a noun with its company behind it (`Zukauf X`, `the
purchase of X`, `die X-Übernahme`), by a verb before or, in German, behind it (`hatte X im Mai geschluckt`), by a
relative clause that goes on about it (`X, which Y bought`), or by what is paid for it (`für den dänischen Anbieter`).
The company may stand in no list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.lexicon import WHOSE, word_set
from rerating.factcheck.extraction.text.name_words import is_common_word, is_date_word
from rerating.factcheck.extraction.whom.names.purchases import behind_compound, capitals_at, is_kin, leads_on, unlisted
from rerating.factcheck.extraction.whom.names.unlisted import taken_in

_NOUNS = word_set("acquired", "nouns")
_APPOSED = word_set("acquired", "apposed")
_FINAL = word_set("acquired", "final")
_PAYING = word_set("acquired", "paying")
_BOUGHT = word_set("acquired", "bought")
_OF = frozenset(("of", "with", "von", "vom", "des", "der", "mit", "an"))
_PRONOUNS = frozenset(("which", "that", "whom", "den", "die", "das"))
_BESIDE = frozenset(
    ("von", "vom", "durch", "bei", "beim", "mit", "aus", "an", "nach", "gegen", "in", "wie", "als", "für", "by", "from")
)
_STANDING = frozenset(("er", "sie", "es", "man", "wir", "konzern", "gruppe", "unternehmen", "gesellschaft", "firma"))
_STOPS = frozenset((",", ";", ":", "(", ")", "–", "—"))
_REACH = 30
_CLAUSE = 16
_LEAD = 7

Found = tuple[int, int, Name]
"""Where it is told, from its word to its company, and who is bought."""


def acquired(sentence: Sentence, places: Sequence[Place], at: int) -> Name | None:
    """The company that the words nearest to a token say is bought."""
    named = [p for p in places if p.name.kind is NameKind.COMPANY and not p.is_noun]
    found = list(_told(sentence, named, max(sentence.first, at - _REACH), min(sentence.last, at + _REACH)))
    if not found:
        return _headed(sentence, named)
    return min(found, key=lambda each: (_distance(sentence, each, at), each[0]))[2]


def _headed(sentence: Sentence, named: list[Place]) -> Name | None:
    """Whose purchase by another one an entry under its name tells: `Iveco: Tata Motors hat die Übernahme
    abgeschlossen`."""
    if len(named) < 2 or named[0].first - sentence.first > 1 or named[0].name == named[1].name:
        return None
    if sentence.words(named[0].last, named[0].last + 1) != (":",):
        return None
    words = sentence.words(named[1].last, sentence.last)
    return named[0].name if any(word in _NOUNS or word.endswith("übernahme") for word in words) else None


def told_bought(sentence: Sentence, places: Sequence[Place]) -> Name | None:
    """The company that the sentence first says is bought, by a noun, a verb behind it or a clause about it."""
    named = [p for p in places if p.name.kind is NameKind.COMPANY and not p.is_noun]
    found = next(_told(sentence, named, sentence.first, sentence.last), None)
    return found[2] if found is not None else None


def is_price_told(sentence: Sentence, places: Sequence[Place], at: int) -> bool:
    """Whether the words right around a sum say that somebody is bought for it, whatever noun stands near."""
    named = [p for p in places if p.name.kind is NameKind.COMPANY and not p.is_noun]
    figure = next((f for f in sentence.figures_near(at) if f.first == at), None)
    if figure is None:
        return False
    lead, tail = sentence.words(figure.lead - 5, figure.lead), sentence.words(figure.last, figure.last + 5)
    is_led = lead[-1:] in (("for",), ("für",), ("worth",)) or not _PAYING.isdisjoint(lead)
    if not (is_led or names_deal(sentence, at) or not _PAID.isdisjoint(tail) or not _WEIGHING.isdisjoint(tail[:1])):
        return False
    told = _told(sentence, named, max(sentence.first, at - _REACH), min(sentence.last, at + _REACH))
    return any(_distance(sentence, found, at) <= _NEAR for found in told)


_NEAR = 14.0
_PAID = word_set("acquired", "paid")
_WEIGHING = frozenset(("schwere", "schweren", "schwerer", "teure", "teuren", "teurer", "schwer", "teuer"))


def names_deal(sentence: Sentence, at: int) -> bool:
    """Whether the figure at a token only says how large a deal is: `its $6.5 billion purchase of X`, `die 6,5
    Milliarden Euro teure Übernahme`."""
    figure = next((f for f in sentence.figures_near(at) if f.first == at), None)
    behind = sentence.words(figure.last, figure.last + 3) if figure is not None else ()
    return any(word in _NOUNS or word.endswith("übernahme") for word in behind)


def _distance(sentence: Sentence, found: Found, at: int) -> float:
    """How far a token is from the words that tell of a deal, clauses counting more than words."""
    first, last, _ = found
    if first <= at < last:
        return 0.0
    near = last if at >= last else first
    return 6.0 * sentence.cost(near, at) + abs(at - near) + (1.0 if at < first else 0.0)


def _told(sentence: Sentence, named: list[Place], first: int, last: int) -> Iterator[Found]:
    tokens = sentence.tokens
    for k in range(first, last):
        word = tokens.lower[k]
        start = _start(sentence, k)
        if start is not None and (name := _named(sentence, named, start)) is not None:
            yield k, name[1], name[2]
        if word in _FINAL and not sentence.text.is_english and (place := _before_verb(sentence, named, k)) is not None:
            yield place.first, k + 1, place.name
        pair = _capitals_before(sentence, k) if word in _FINAL - _BOUGHT and not sentence.text.is_english else None
        is_subject = pair is not None and tokens.lower[pair[0]] in _ARTICLES  # `Die Hamburger schlucken`
        if pair is not None and pair[1] - pair[0] > 1 and not is_subject:
            yield pair[0], min(k + _CLAUSE, sentence.last), unlisted(sentence, *pair)
        if tokens.text[k] == "," and (place := _before_clause(sentence, named, k)) is not None:
            yield place.first, min(k + _CLAUSE, sentence.last), place.name
        if word in _BELONGS and (pair := _belonging(sentence, k)) is not None:
            yield pair[0], min(k + _CLAUSE, sentence.last), unlisted(sentence, *pair)
        if word in ("für", "for") and (name := _paid_for(sentence, named, k)) is not None:
            yield k, name[1], name[2]
    for place in named:
        if first <= place.first < last and _is_hyphened(sentence, place):
            yield place.first, place.last + 2, place.name


_ARTICLES = frozenset(("der", "die", "das"))
_BELONGS = frozenset(("gehört", "gehören"))
_SOON = frozenset(("künftig", "nun", "jetzt", "fortan", "bald", "seit"))


def _belonging(sentence: Sentence, k: int) -> tuple[int, int] | None:
    """`Der finnische Anbieter X gehört künftig zu Y`: the capitals that name who is bought."""
    behind = sentence.words(k + 1, k + 5)
    if sentence.text.is_english or _SOON.isdisjoint(behind) or "zu" not in behind:
        return None
    return _capitals_before(sentence, k)


def _start(sentence: Sentence, k: int) -> int | None:
    """Where who is bought is named behind a noun or a verb of buying at a token."""
    tokens, word = sentence.tokens, sentence.tokens.lower[k]
    if word in _NOUNS or word.endswith(("übernahme", "zukauf")):
        behind = tokens.lower[k + 1] if k + 1 < sentence.last else ""
        return k + 2 if behind in _OF else k + 1 if word in _APPOSED else None
    if word == "kaufpreis" and tokens.lower[k + 1] == "für":
        return k + 2
    if word in _GRABBING:
        return k + 2 if tokens.lower[k + 1] in ("nach", "sich") else None
    if word == "sich" and tokens.lower[k - 1] in _LETS and "kosten" in sentence.words(k, k + _CLAUSE):
        return k + 1
    if word == "mit" and not _AGREED.isdisjoint(sentence.words(k, k + _CLAUSE)):
        return k + 1 if any(w in _NOUNS or w.endswith("übernahme") for w in sentence.words(k, k + _CLAUSE)) else None
    is_taking = word == "over" and sentence.words(k - 1, k) in _TAKING
    return k + 1 if is_taking or word in _BOUGHT else None


_TAKING = (("take",), ("takes",), ("took",), ("taking",), ("taken",))
_GRABBING = word_set("acquired", "grabbing")
_LETS = frozenset(("lässt", "ließ", "lassen", "ließen"))
_AGREED = frozenset(("geeinigt", "verständigt", "einig", "handelseinig"))


def _named(sentence: Sentence, named: list[Place], start: int) -> Found | None:
    """The company named from a token on, behind its article, its adjectives and the noun for its trade."""
    is_led = False
    start = _behind_buyer(sentence, named, start)
    at = start
    for k in range(start, min(start + _LEAD, sentence.last)):
        if k < at:
            continue
        if (at := behind_compound(sentence, k)) > k:
            is_led = True
            continue
        place = next((p for p in named if p.first == k), None)
        if place is not None:
            return k, place.last, place.name
        if not leads_on(sentence, k) or (is_led and not sentence.text.is_english):
            break
        is_led = is_led or is_kin(sentence, k)
    found = capitals_at(sentence, start)
    return (*found, unlisted(sentence, *found)) if found is not None else None


def _behind_buyer(sentence: Sentence, named: list[Place], start: int) -> int:
    """Where the object begins behind a German verb and its subject: `Für 58 Millionen kauft X den Hersteller Y`."""
    buyer = next((p for p in named if p.first == start), None)
    if buyer is None or sentence.text.is_english:
        return start
    return buyer.last if sentence.words(buyer.last, buyer.last + 1) in _OBJECTS else start


_OBJECTS = (("den",), ("die",), ("das",), ("einen",), ("eine",), ("ein",))


def _before_verb(sentence: Sentence, named: list[Place], k: int) -> Place | None:
    """The object of a German verb that ends its clause: `Y hatte X vor einem Jahr für 2 Milliarden geschluckt`."""
    here = [p for p in named if k - 2 * _CLAUSE <= p.first and p.last <= k and _is_free(sentence, p.last, k)]
    if not here:
        return None
    place = here[-1]
    if sentence.words(place.first - 1, place.first)[:1] and sentence.tokens.lower[place.first - 1] in _BESIDE:
        return None
    if any(p.name != place.name for p in here):
        return place
    words = sentence.words(max(sentence.first, place.first - _CLAUSE), place.first)
    clause = words[len(words) - next((i for i, word in enumerate(reversed(words)) if word in _STOPS), len(words)) :]
    return place if not _STANDING.isdisjoint(clause) else None


def _is_free(sentence: Sentence, first: int, last: int) -> bool:
    return _STOPS.isdisjoint(sentence.words(first, last))


def _before_clause(sentence: Sentence, named: list[Place], k: int) -> Place | None:
    """What a relative clause behind a comma says is bought: `X, which Y acquired in 2023`, `X, das Y 2023 kaufte`."""
    tokens = sentence.tokens
    pronoun = tokens.lower[k + 1] if k + 1 < sentence.last else ""
    is_whose = pronoun in WHOSE and tokens.lower[k + 2] in _NOUNS
    lead = k + 2 if pronoun in _PRONOUNS else k + 3 if pronoun in ("for", "für") else None
    if not is_whose and (lead is None or tokens.lower[lead - 1] not in _PRONOUNS):
        return None
    end = next(
        (j for j in range(k + 2, min(k + 2 * _CLAUSE, sentence.last)) if tokens.text[j] in _STOPS), sentence.last
    )
    words = sentence.words(k + 2, end)
    is_bought = not (_BOUGHT | _FINAL).isdisjoint(words) if pronoun in _PRONOUNS else _is_paying(words)
    if not is_whose and not (is_bought and _is_other_subject(sentence, named, lead or k)):
        return None
    place = next((p for p in named if p.last == k), None)
    if place is not None:
        return place
    found = _capitals_before(sentence, k)
    return Place(*found, unlisted(sentence, *found)) if found is not None else None


def _is_other_subject(sentence: Sentence, named: list[Place], k: int) -> bool:
    """Whether somebody else acts in the relative clause whose subject begins at a token."""
    tokens = sentence.tokens
    is_named = any(p.first <= k + 1 and k <= p.first for p in named)
    if sentence.text.is_english:
        return is_named or tokens.text[k][:1].isupper() or tokens.lower[k] in ("the", "it", "we", "they", "its")
    return is_named or tokens.lower[k] in ("der", "die", "man", "er", "sie", "wir")


def _is_paying(words: tuple[str, ...]) -> bool:
    """Whether a sum is said to be paid: also one that is put on the table."""
    return not _PAYING.isdisjoint(words) or ("tisch" in words and "den" in words) or "table" in words


def _paid_for(sentence: Sentence, named: list[Place], k: int) -> Found | None:
    """For whom a sum is paid: `Für X zahlte Y 4 Milliarden`, `put $420 million on the table for the Danish X`."""
    around = sentence.words(max(sentence.first, k - _CLAUSE), k + _CLAUSE)
    if not _is_paying(around) or not any(f.mention.unit == "money" for f in sentence.figures_near(k)):
        return None
    return _named(sentence, named, k + 1) or _meant(sentence, named, k)


def _meant(sentence: Sentence, named: list[Place], k: int) -> Found | None:
    """Whom a noun for a company means that a preposition leads in: who was named right before the colon or the comma.

    `Zusätzliche Einnahmen bringt X: Für den südkoreanischen Anbieter legte Y 3 Milliarden auf den Tisch`."""
    behind = range(k + 1, min(k + _LEAD, sentence.last))
    if not any(is_kin(sentence, j) for j in behind):
        return None
    tokens = sentence.tokens
    stop = next((j for j in range(k - 1, sentence.first, -1) if tokens.text[j] in (":", ",")), None)
    if stop is None:
        return None
    place = next((p for p in named if p.last == stop), None)
    if place is not None:
        return place.first, k + 1, place.name
    found = _capitals_before(sentence, stop)
    return (found[0], k + 1, unlisted(sentence, *found)) if found is not None else None


def _capitals_before(sentence: Sentence, stop: int) -> tuple[int, int] | None:
    """The capitals right before a sign that name a company: two or more, or one without an article or an adjective."""
    tokens, first = sentence.tokens, stop
    counted = {k for f in sentence.figures_near(stop) for k in range(f.first, f.last)}
    while first > sentence.first and tokens.text[first - 1][:1].isupper() and not is_date_word(tokens.lower[first - 1]):
        first -= 1
    if not counted.isdisjoint(range(first, stop)):
        return None
    if stop - first == 1 and not sentence.text.is_english:
        word, lead = tokens.lower[first], tokens.lower[first - 1]
        is_bare = first > sentence.first and not lead.endswith(_ADJECTIVE_ENDS) and not is_common_word(word)
        return (first, stop) if is_bare and first not in taken_in(sentence) and len(word) > 2 else None
    found = capitals_at(sentence, first) if first < stop else None
    return found if found is not None and found[1] == stop else None


_ADJECTIVE_ENDS = ("e", "en", "er", "es", "em", "der", "das", "dem", "den")


_OFFERS = frozenset(("deal", "offerte", "gebot", "offer", "bid"))


def _is_hyphened(sentence: Sentence, place: Place) -> bool:
    """`die X-Übernahme`, `the X acquisition`: not `X's acquisition of Y`."""
    behind = sentence.words(place.last, place.last + 2)
    if behind[:1] == ("-",):
        return behind[1:] != () and (behind[1] in _NOUNS | _OFFERS or behind[1].endswith("übernahme"))
    is_noun = behind[:1] != () and behind[0] in _NOUNS | _OFFERS and behind[1:] not in (("of",), ("von",))
    return is_noun and sentence.text.is_english and not sentence.tokens.text[place.last - 1].endswith("'s")
