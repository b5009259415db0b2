"""German nouns for many, which tell by their end what they are: `Anhängermarkt`, `Chemieproduktion`, `Autobauer` with a
plural verb.

None stands behind a preposition or a possessive, except where an estimate is of it (`taxiert den Ersatzbedarf auf`) or
a relative clause goes on about it (`vom Kosmetikmarkt abhängig, der`).
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.phrases.group_nouns import (
    AHEAD,
    ARTICLES,
    MOST_WORDS,
    OWNERS,
    SHARES,
    SUMS,
    Group,
    spelt,
)
from rerating.factcheck.extraction.whom.phrases.states import inhabited_german, state_by_adjective
from rerating.language.reading.tokens import WORD

_MANY = tuple(word_set("groups", "many_ends"))
_MANY_WORDS = word_set("groups", "many_words")
_PLURALS = tuple(word_set("groups", "plural_ends"))
_COUNTED = tuple(word_set("groups", "counted_ends"))
_OWN = tuple(word_set("groups", "own_begins"))
_PRICES = word_set("groups", "prices")
_ESTIMATES = word_set("groups", "estimates")
_SHARE_CLASSES = tuple(word_set("groups", "share_classes_de"))
_PLURAL_VERBS = word_set("groups", "plural_verbs")


def german(sentence: Sentence, k: int) -> Group | None:
    """The group whose noun stands at a token of a German text, where the clause tells something of it."""
    tokens = sentence.tokens
    word = tokens.lower[k]
    if not tokens.text[k][:1].isupper():
        return None
    state = state_by_adjective(tokens.text[k - 1], is_english=False) if word == "wirtschaft" else None
    if state is not None and _is_subject(sentence, k - 1, k + 1):
        return Group(k, k + 1, state.de, False, False, is_economy=True)
    people = inhabited_german(tokens.text[k]) if sentence.words(k - 1, k) == ("die",) else None
    if people is not None and not tokens.text[k + 1][:1].isupper() and _is_subject(sentence, k, k + 1):
        return Group(k, k + 1, people.de, False, True)
    if _is_dearer(sentence, k):
        return Group(k, k + 1, tokens.text[k], False, False, is_priced=True)
    if word in _PRICES and sentence.words(k + 1, k + 2) == ("für",):
        return _good(sentence, k)
    if (told := _priced_at(sentence, k) or _shares_among(sentence, k) or _of_market(sentence, k)) is not None:
        return told
    if (told := _taken_together(sentence, k) or _told_on(sentence, k)) is not None:
        return told
    is_many = _is_of_many(word)
    is_plural = word.endswith(_PLURALS) and (len(word) > 5 or _compound_start(sentence, k) < k)
    is_plural = is_plural and _is_plural(sentence, k) and not _is_anybody(sentence, k)
    is_counted = word.endswith(_COUNTED) and (word == "einzelhandel" or not word.startswith(_OWN))
    if not (is_many or is_plural or is_counted):
        return None
    first = _compound_start(sentence, k)
    if not _is_subject(sentence, first, k + 1):
        return None
    last = k + 1
    if word in ("markt", "weltmarkt") and sentence.words(k + 1, k + 2) == ("für",):
        last = _capital_end(sentence, k + 2)
        return Group(first, last, spelt(sentence, k + 2, last), False, False, is_sized=True) if last > k + 2 else None
    if word in _BARE and first == k:
        return None
    name = spelt(sentence, first, last)
    if is_plural and not is_many:
        name = with_origin(sentence, first, name)
    return Group(first, last, name, word.endswith(tuple(SHARES)), is_counted and not (is_many or is_plural))


_BARE = frozenset(
    (
        "markt",
        "absatz",
        "produktion",
        "preise",
        "nachfrage",
        "umsätze",
        "umsatz",
        "werte",
        "titel",
        "aktien",
        "investitionen",
    )
)
"""Nouns that by themselves are a company's, or say of no branch which."""


def _is_of_many(word: str) -> bool:
    """Whether a noun tells of many in the singular too: `Branche`, `Chipindustrie`, `Autowerte`."""
    return not is_share_class(word) and (word in _MANY_WORDS or (word.endswith(_MANY) and len(word) > 6))


def is_share_class(word: str) -> bool:
    """Whether a noun tells of one company's shares: `Vorzugsaktien`, `Belegschaftsaktien`."""
    return word.endswith("aktien") and word.startswith(_SHARE_CLASSES)


def is_many_german(sentence: Sentence, k: int) -> bool:
    """Whether a noun of a heading or a question tells of many: `Das Comeback der Waferhersteller?`"""
    word = sentence.tokens.lower[k]
    is_noun = sentence.tokens.text[k][:1].isupper() and sentence.words(k + 1, k + 2) != ("-",)
    if not is_noun or word in _BARE or word in _NO_BRANCH or _is_anybody(sentence, k) or is_share_class(word):
        return False
    if _is_of_many(word):
        return True
    j = _adjectives_start(sentence, k)
    is_one = sentence.words(j - 1, j) in _ONE or sentence.words(k - 1, k) in _ONE
    return word.endswith(_PLURALS) and len(word) > 5 and not is_one


def _is_anybody(sentence: Sentence, k: int) -> bool:
    """Whether people of no sort are told of: `Anleger`, `Händler`, if not `ausländische Anleger`."""
    return sentence.tokens.lower[k] in _ANYBODY and with_origin(sentence, k, "") == ""


_ANYBODY = word_set("groups", "anybody")
_NO_BRANCH = word_set("groups", "no_branch")
_ONE = tuple((word,) for word in ("dem", "des", "ein", "eines", "einem", "einen", "im", "am", "zum", "vom", "beim"))


def _good(sentence: Sentence, k: int) -> Group | None:
    """`Die Preise für 300-Millimeter-Wafer stiegen`."""
    last = _capital_end(sentence, k + 2)
    if last <= k + 2 or not _is_subject(sentence, k, last):
        return None
    first = next((j for j in range(k + 2, last) if not sentence.tokens.text[j][:1].islower()), k + 2)
    is_headed = sentence.words(last, last + 1) == (":",)
    return Group(k, last, spelt(sentence, first, last), False, not is_headed, is_priced=True)


def _is_dearer(sentence: Sentence, k: int) -> bool:
    """Whether a noun's price is said to move: `In China verteuerte sich Kobalthydroxid`, `Hafer verteuerte sich`."""
    word = sentence.tokens.lower[k]
    if word in _PAPERS or word in _BARE or word.endswith(_SHARE_ENDS):
        return False
    is_behind = sentence.words(k - 2, k) in _DEARER
    return is_behind or (k == sentence.first and sentence.words(k + 1, k + 3) in _DEARER)


_DEARER = frozenset((verb, "sich") for verb in ("verteuerte", "verteuerten", "verbilligte", "verbilligten"))
_PAPERS = frozenset(("papier", "papiere", "anteile", "kurs", "kurse", "aktie", "titel", "preis", "euro", "dollar"))
_SHARE_ENDS = ("aktie", "aktien", "papiere", "titel", "werte", "preis", "preise")


def _capital_end(sentence: Sentence, k: int) -> int:
    """Behind the noun that follows adjectives from a token on."""
    tokens = sentence.tokens
    for j in range(k, min(k + MOST_WORDS, sentence.last)):
        if tokens.text[j][:1].isupper() and tokens.text[j + 1] != "-":
            return j + 1
        if tokens.text[j] in ",.;:":
            return k
    return k


def _compound_start(sentence: Sentence, k: int) -> int:
    tokens = sentence.tokens
    while k - 2 >= sentence.first and tokens.text[k - 1] == "-" and tokens.glued[k] and tokens.glued[k - 1]:
        k -= 2
    return k


def _is_plural(sentence: Sentence, k: int) -> bool:
    """Whether several are meant: `die großen Brauer`, `sind die Versicherer`, `Autobauer verloren`; `der Autobauer` is
    one."""
    lead = sentence.words(k - 1, k)
    j = _adjectives_start(sentence, k)
    if sentence.words(j - 1, j) == ("auf",):
        return not _FALLS_TO.isdisjoint(sentence.words(k + 1, k + 3))
    if (
        _is_counted_out(sentence, j - 1)
        or sentence.words(j - 1, j) in (("die",), ("viele",))
        or _is_genitive(sentence, _compound_start(sentence, k))
    ):
        return True
    if lead and lead[0].endswith(("er", "em", "ein")) and lead[0] != "aber":
        return False
    behind = sentence.words(k + 1, k + 2)
    if j == sentence.first and behind and behind[0].endswith("en") and behind[0] not in AHEAD:
        return True  # `Discounter kommen auf`
    before = sentence.words(k - 3, k)
    return not _PLURAL_VERBS.isdisjoint(behind) or not _PLURAL_VERBS.isdisjoint(before)


def _of_market(sentence: Sentence, k: int) -> Group | None:
    """A market whose size or growth is told by a genitive: `Das Wachstum des Kontaktlinsenmarkts`."""
    text = sentence.tokens.text[k]
    ending = next((each for each in ("markts", "marktes", "sektors") if text.lower().endswith(each)), None)
    if ending is None or sentence.words(k - 1, k) != ("des",) or sentence.words(k - 2, k - 1) not in _SUMS_OF:
        return None
    name = text[:-2] if ending == "marktes" else text[:-1]
    return Group(k, k + 1, name, False, False) if _is_subject(sentence, k - 2, k - 1) else None


def _shares_among(sentence: Sentence, k: int) -> Group | None:
    """`Bei den Autowerten betrug das Minus 2 Prozent`."""
    word = sentence.tokens.text[k]
    is_among = sentence.words(k - 2, k) in (("bei", "den"), ("unter", "den")) and word.endswith(
        ("werten", "titeln", "aktien")
    )
    if not is_among or len(word) < 8 or _MOVED.isdisjoint(sentence.words(k + 1, k + 5)):
        return None
    return Group(k, k + 1, word.removesuffix("n") if word.endswith("werten") else word, True, False)


_MOVED = frozenset(
    ("minus", "plus", "abschlag", "aufschlag", "verlust", "gewinn", "rückgang", "zuwachs", "kursplus", "kursminus")
)


def _taken_together(sentence: Sentence, k: int) -> Group | None:
    """`Bei allen Bausparkassen zusammen stieg das Neugeschäft`, `Bei den Versicherern insgesamt`."""
    word = sentence.tokens.text[k]
    name = word.removesuffix("n") if word.lower().endswith("ern") else word
    j = _adjectives_start(sentence, k)
    is_all = not _ALL.isdisjoint(sentence.words(j, k))
    j -= sentence.words(j - 1, j) == ("den",)
    is_whole = is_all or sentence.words(k + 1, k + 2) in _TOGETHER
    is_plural = word.lower().endswith(("en", "ern", "s"))
    is_led = sentence.words(j - 1, j) == ("bei",)
    return Group(k, k + 1, name, False, False) if is_led and is_whole and is_plural else None


_ALL = frozenset(("allen", "sämtlichen"))
_TOGETHER = (("zusammen",), ("insgesamt",))


def _is_genitive(sentence: Sentence, first: int) -> bool:
    """Whether a sum or shares of several are told: `Aktien europäischer Autobauer`, `die Papiere der Versorger`."""
    lead = sentence.words(first - 2, first)
    return len(lead) == 2 and _is_sum(lead[0]) and lead[1].endswith("er")


def _is_sum(word: str) -> bool:
    """What a branch has, also told by a compound: `die Arzneimittelausgaben der Krankenkassen`."""
    return word in SUMS or (word.endswith(_SUM_ENDS) and not word.startswith(_OWN))


def _adjectives_start(sentence: Sentence, k: int) -> int:
    """Where the adjectives begin that stand before a noun: `die großen deutschen Brauer`."""
    tokens = sentence.tokens
    while k - 1 > sentence.first and tokens.text[k - 1].islower() and tokens.lower[k - 1].endswith(("en", "e")):
        if tokens.lower[k - 1] in AHEAD or tokens.lower[k - 1] in ARTICLES or tokens.lower[k - 1] in OWNERS:
            break
        k -= 1
    return k


def with_origin(sentence: Sentence, k: int, name: str) -> str:
    """People with where they come from: `chinesische Anbieter`; a market is told by its noun alone."""
    word = sentence.tokens.text[k - 1] if k > sentence.first else ""
    is_far = word.lower().startswith(_FAR)
    if not is_far and state_by_adjective(word[:1].lower() + word[1:], is_english=False) is None:
        return name
    return f"{word[:-1] if word.endswith(('en', 'er')) else word} {name}"


def _priced_at(sentence: Sentence, k: int) -> Group | None:
    """A market whose prices are told: `Im gesamten Rückversicherungsmarkt sanken die Preise`."""
    lead = sentence.words(_adjectives_start(sentence, k) - 1, k)[:1]
    if not sentence.tokens.lower[k].endswith("markt") or sentence.tokens.lower[k] in _NO_BRANCH or lead not in _PLACES:
        return None
    behind = sentence.words(k + 1, k + 7)
    is_priced = any(each == "die" and other in _PRICES for each, other in pairwise(behind))
    return Group(k, k + 1, sentence.tokens.text[k], False, True) if is_priced else None


_PLACES = (("im",), ("am",), ("auf",))


_FAR = ("europäisch", "ausländisch", "asiatisch", "ostasiatisch", "südamerikanisch", "nordamerikanisch", "arabisch")


def _told_on(sentence: Sentence, k: int) -> Group | None:
    """People whom a relative clause goes on about, in any case: `unter koreanischen Herstellern, deren Anteil`."""
    word = sentence.tokens.text[k]
    name = word.removesuffix("n") if word.lower().endswith(_DATIVES) else word
    end = k + 1
    if sentence.words(end, end + 1) in _FROM and sentence.tokens.text[end + 1][:1].isupper():
        end += 2
    if sentence.words(end, end + 2) != (",", "deren") or not name.lower().endswith(_PLURALS):
        return None
    if not OWNERS.isdisjoint(sentence.words(_adjectives_start(sentence, k) - 1, k)):
        return None
    has_share = any(each.endswith("anteil") for each in sentence.words(end + 2, end + 4))
    return Group(k, end, with_origin(sentence, k, name), False, False, has_share=has_share)


_DATIVES = tuple(ending + "n" for ending in _PLURALS)
_FROM = (("aus",), ("in",))


def _is_subject(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a noun phrase is its clause's subject, or what an estimate is of; a relative clause may tell of any."""
    tokens = sentence.tokens
    if any(sentence.words(k, k + 2) == (",", _relative(tokens.lower[last - 1])) for k in (last, last + 1)):
        return True
    k = _led_from(sentence, first)
    lead = tokens.lower[k - 1] if k > sentence.first else ""
    if lead in OWNERS:
        return False
    if lead in _PLACED:
        return _is_gone(sentence, last, lead)
    if lead in ("im", "dem"):
        return _is_dative(sentence, k - 1, last)
    if lead in ("den", "des"):
        return lead == "den" and not _ESTIMATES.isdisjoint(sentence.words(sentence.first, sentence.last))
    if lead in ARTICLES:
        return _is_led(sentence, k - 1)
    if k == sentence.first or lead in _OPENING or lead in _PLURAL_VERBS:
        return True
    if lead in SUMS:  # `Aktien europäischer Autobauer`
        return _is_subject(sentence, k - 1, k)
    return lead not in AHEAD and not tokens.text[k - 1][:1].isupper()


def _led_from(sentence: Sentence, first: int) -> int:
    """Where the adjectives before a noun begin: behind an article, a preposition or a verb."""
    tokens, k = sentence.tokens, first
    while k > sentence.first:
        lead = tokens.lower[k - 1]
        is_opening = k - 1 == sentence.first and lead.endswith("e")
        is_capital = tokens.text[k - 1][:1].isupper() and not is_opening
        if tokens.kind[k - 1] != WORD or lead in ARTICLES or is_capital:
            break
        if lead in OWNERS or lead in AHEAD or lead in _PLURAL_VERBS:
            break
        if not lead.endswith(("e", "en", "er", "es", "em")):
            break
        k -= 1
    return k


def _is_led(sentence: Sentence, k: int) -> bool:
    """Whether what an article at a token leads may be the subject: `der Umsatz der Chipindustrie`, not `an die`."""
    tokens = sentence.tokens
    lead = tokens.lower[k - 1] if k > sentence.first else ""
    if lead in _OPENING:
        return True
    if _is_counted_out(sentence, k):
        return True
    if tokens.lower[k] == "der" and k > sentence.first and tokens.text[k - 1][:1].isupper():
        return _is_sum(lead) and _is_subject(sentence, k - 1, k)
    if lead == "in" and k - 1 == sentence.first:  # `In der Windbranche gingen die Aufträge zurück`
        return tokens.lower[k + 1].endswith(("branche", "industrie"))
    if lead == "für":
        return not _ESTIMATES.isdisjoint(sentence.words(sentence.first, sentence.last))
    return lead not in AHEAD


_SUM_ENDS = ("ausgaben", "umsätze", "erlöse", "investitionen", "exporte", "gewinne")


def _is_dative(sentence: Sentence, k: int, last: int) -> bool:
    """`Der Umsatz im Gastgewerbe sank`, `Dem Lebensmittelhandel traut die GfK ein Plus zu`."""
    if sentence.tokens.lower[k] == "dem":
        return not _TRUSTS.isdisjoint(sentence.words(last, last + 2))
    is_branch = sentence.tokens.lower[last - 1].endswith(_COUNTED)
    if is_branch and k == sentence.first:  # `Im Einzelhandel sanken die Umsätze`
        return any(cue.first == last and cue.family == "movement" for cue in sentence.cues_near(last))
    return is_branch and sentence.words(k - 1, k)[:1] in _SUMS_OF and _is_subject(sentence, k - 1, k)


_TRUSTS = frozenset(("traut", "trauen", "traute", "trauten"))
_SUMS_OF = tuple((word,) for word in SUMS)


def _is_counted_out(sentence: Sentence, k: int) -> bool:
    """Whether a part of several is told: `40 Prozent der deutschen Handwerker klagen`."""
    return sentence.tokens.lower[k] == "der" and any(figure.last == k for figure in sentence.figures_near(k))


def _is_gone(sentence: Sentence, last: int, lead: str) -> bool:
    """Whether something goes up or down there: `Am Wohnmobilmarkt ging es abwärts`, `Für Chipwerte ging es`."""
    behind = sentence.words(last, last + 6)
    if lead == "auf":  # `Auf chinesische Hersteller entfallen 12 Prozent`
        return not _FALLS_TO.isdisjoint(behind[:2])
    is_market = sentence.tokens.lower[last - 1].endswith("markt")
    return (lead == "für" or is_market) and not _GOING.isdisjoint(behind) and "es" in behind


_PLACED = frozenset(("am", "für", "auf"))
_FALLS_TO = frozenset(("entfällt", "entfallen", "entfiel", "entfielen"))
_GOING = frozenset(("ging", "geht", "lief", "läuft", "gab", "gibt", "kam", "kommt"))


def _relative(word: str) -> str:
    """The pronoun by which a clause goes on about a noun as its subject."""
    return "der" if word.endswith(("markt", "sektor", "bedarf", "absatz")) else "die"


_OPENING = frozenset(("während", "weil", "da", "wenn", "obwohl", "dass", "wie", "und", "aber"))
