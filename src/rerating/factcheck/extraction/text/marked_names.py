"""Companies that a mark beside them gives away: `X-Aktie`, `shares of X`, `X (TICKER)`, `Berenberg stuft X auf`, the
capitals that a headline opens with."""

from __future__ import annotations

from rerating.factcheck.extraction.text.gazetteer import NameKind, is_name, names_from, of_symbol
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.name_words import (
    HEADLINE_WORDS,
    LEGAL,
    RATING_WORDS,
    SHARE_WORDS,
    STOPPED,
    is_company_noun,
    is_kind_word,
    is_legal,
    is_name_word,
    is_rating,
    is_role,
    is_vocabulary,
    opens,
)
from rerating.factcheck.extraction.text.ordinary import is_ordinary
from rerating.factcheck.extraction.text.symbols import TICKER, is_abbreviation
from rerating.factcheck.extraction.text.trade_bodies import is_of_trade
from rerating.language.reading.tokens import WORD, Tokens

_BEFORE = frozenset(("von", "der", "of", "in", "bei", "des"))
_BEFORE_DE = _BEFORE - {"in", "of"}
"""Behind a German word for a share a place follows `in`: `kostete das Papier in Wien`."""

_SHARES_OF = word_set("names", "shares_of")
_FOR = frozenset(("für", "for", "on"))
_TARGETS = frozenset(("kursziel", "ziel", "target", "targets", "kursziele", "einstufung"))


def marked_names(tokens: Tokens) -> list[tuple[int, int, str]]:
    """Stretches (first, last, name) that a mark beside them makes a company's name."""
    found: list[tuple[int, int, str]] = []
    for k in range(len(tokens)):
        low = tokens.lower[k]
        if low in SHARE_WORDS and tokens.lower[k - 1] == "-" and k >= 2 and tokens.glued[k] and tokens.glued[k - 1]:
            found += _capitals_before(tokens, k - 1)
        elif tokens.lower[k + 1] in _before_name(low):
            found += _capitals_after(tokens, k + 2)
        elif _leads_name(tokens, k):
            found += _apposition(tokens, k + 1)
        elif low == "(" and _is_ticker(tokens, k + 1):
            end = k - 1 if tokens.text[k - 1] == "." and is_legal(tokens, k - 2) else k  # `Twilio Inc. (TWLO)`
            is_form = is_legal(tokens, end - 1) or tokens.text[end - 1] == "Company"
            end -= is_form + (is_form and tokens.text[end - 2] == ",")
            found += _capitals_before(tokens, end)
        elif low == "," and (tokens.lower[k + 1], tokens.lower[k + 2]) in _PART_OWNED:
            found += [row for row in _capitals_before(tokens, k) if row[1] - row[0] > 1]
        elif low == "," and tokens.lower[k + 1] in _ARTICLES and _is_described(tokens, k + 2):
            found += [row for row in _capitals_before(tokens, k) if _is_proper_name(tokens, row[0], row[1])]
        elif is_legal(tokens, k):
            end = k - 1 if tokens.text[k - 1] == "," else k
            found += [row for row in _capitals_before(tokens, end) if row[1] == end]
    return found


def _before_name(word: str) -> frozenset[str]:
    """What stands between a word for a share or a target and the name of its company."""
    if word in _SHARES_OF:
        return _BEFORE_DE if word in SHARE_WORDS else _BEFORE
    return _FOR if word in _TARGETS else frozenset()


def _leads_name(tokens: Tokens, k: int) -> bool:
    """Whether a company's noun stands right before a word that may be its name."""
    is_company = is_company_noun(tokens.lower[k]) and not is_of_trade(tokens, k)
    return is_company and tokens.kind[k + 1] == WORD and not tokens.glued[k + 1]


_PART_OWNED = (("in", "which"), ("of", "which"))
"""`TK Elevator, in which Kone is said to be interested`."""

_RATES = word_set("names", "rates")
_RATED = word_set("names", "rated")


def rated_names(tokens: Tokens, houses: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Stretches that a house rates: `Berenberg stuft X auf`, `UBS cuts X to`; `houses` are the names of houses."""
    found: list[tuple[int, int, str]] = []
    for _, last in houses:
        if last >= len(tokens) or tokens.lower[last] not in _RATES:
            continue
        for first, end, name in _capitals_after(tokens, last + 1):
            if end < len(tokens) and tokens.lower[end] in _RATED:
                found.append((first, end, name))
    return found


_ARTICLES = frozenset(("the", "a", "an"))
_PEOPLE = word_set("speech", "roles") | {"chief"}


def _is_described(tokens: Tokens, first: int) -> bool:
    """Whether a noun for a company stands behind at most three words: `Westinghouse, the reactor builder`."""
    for k in range(first, first + 4):
        if tokens.kind[k] != WORD:
            return False
        if is_company_noun(tokens.lower[k]):
            return tokens.text[k + 1 : k + 3] != ["'", "s"] and tokens.text[k + 1] != "-"
    return False


def _is_proper_name(tokens: Tokens, first: int, last: int) -> bool:
    """Whether capitals are no person's behind a role and no word of the trade or in ordinary use."""
    if last - first == 1 and is_ordinary(tokens.lower[first]) and opens(tokens, first):
        return False
    return is_name_word(tokens.lower[last - 1]) and _PEOPLE.isdisjoint(tokens.lower[first:last])


def _apposition(tokens: Tokens, first: int) -> list[tuple[int, int, str]]:
    """The capitals behind a noun for a company, if none is a word of the trade or of the calendar.

    `Produzent Seltener Erden`, `Betreiber Erneuerbarer Energien`: what it makes or runs is no name."""
    last = first
    if tokens.lower[first].endswith(_OF_GOODS) and tokens.text[first + 1][:1].isupper():
        return []
    while last < len(tokens) and last - first < 3 and _is_proper(tokens, last) and not is_legal(tokens, last):
        if tokens.kind[last] == WORD and not is_name_word(tokens.lower[last]):
            break
        last += 1
    return _named(tokens, first, last) if last > first else []


_OF_GOODS = ("seltener", "barer", "licher")
"""Genitives of adjectives that are printed with a capital."""


def _is_ticker(tokens: Tokens, k: int) -> bool:
    """Whether brackets hold a ticker: behind an exchange's code, known, or with a share's word behind it."""
    has_exchange = tokens.lower[k + 1] == ":" and tokens.text[k].isupper()
    if has_exchange:
        k += 2
    if not TICKER.fullmatch(tokens.text[k]) or tokens.lower[k + 1] != ")":
        return False
    if not has_exchange and (is_abbreviation(tokens, k) or is_vocabulary(tokens.lower[k])):
        return False
    is_beside = tokens.lower[k + 2] in ("stock", "shares", "aktie") or bool(LEGAL & set(tokens.lower[k - 3 : k - 1]))
    is_last = k + 2 >= len(tokens) and len(tokens.text[k]) > 1
    return has_exchange or of_symbol(tokens.text[k]) is not None or is_beside or is_last


def _capitals_before(tokens: Tokens, end: int) -> list[tuple[int, int, str]]:
    first = end
    while first > 0 and end - first < 4 and _is_proper(tokens, first - 1):
        first -= 1
        if not tokens.glued[first] and tokens.lower[first - 1] == "-":
            break
    while first < end and (
        tokens.lower[first] in STOPPED or (first + 1 < end and is_company_noun(tokens.lower[first]))
    ):
        first += 1
    return _named(tokens, first, end)


def _capitals_after(tokens: Tokens, first: int) -> list[tuple[int, int, str]]:
    is_behind_article = tokens.lower[first] in ("the", "der", "des", "dem") or tokens.lower[first - 1] in ("der", "des")
    if tokens.lower[first] in ("the", "der", "des", "dem"):
        first += 1
    article = tokens.lower[first - 1]
    last = first
    while last < len(tokens) and last - first < 5 and (_is_proper(tokens, last) or _leads_on(tokens, last, first)):
        if last > first and tokens.lower[first] not in RATING_WORDS and is_rating(tokens, last):
            break
        last += 1
    is_noun = last == first + 1 and is_company_noun(tokens.lower[first].removesuffix("s"))
    if is_behind_article and (_leads_to_noun(tokens, last) or _says_what(tokens, article, first, last)):
        return []
    if last == first + 1 and _is_where(tokens, first):
        return []
    is_plain = last == first + 1 and tokens.text[first].istitle() and is_behind_article
    if last == first or is_noun or not is_name_word(tokens.lower[first]):
        return []
    if is_plain and not is_name(tokens.text[first].removesuffix("s")) and not is_name(tokens.text[first]):
        return []
    return _named(tokens, first, last)


def _says_what(tokens: Tokens, article: str, first: int, last: int) -> bool:
    """Whether capitals behind a German article are no name but say what a company is: `der Linzer Stahlgruppe`.

    Names are feminine or have no article: behind `des` only their form makes one (`des Würth-Group`)."""
    if article == "des":
        return not (is_kind_word(tokens.lower[last - 1]) or "&" in tokens.text[first:last])
    is_seat = tokens.lower[first] in ("bad", "sankt") and tokens.text[last - 1].endswith("er")
    return article == "der" and (is_seat or is_role(tokens.lower[last - 1]))


def _is_where(tokens: Tokens, k: int) -> bool:
    """Whether a capital only tells where what follows is the first: `die Aktien von Deutschlands größtem Vermieter`."""
    bare = tokens.text[k].removesuffix("s")
    is_region = any(
        name.kind is NameKind.REGION for words, names in names_from(bare) if len(words) == 1 for name in names
    )
    return is_region and bare != tokens.text[k] and tokens.text[k + 1].islower()


def _leads_to_noun(tokens: Tokens, k: int) -> bool:
    """Whether small words lead on to a noun for a company: `the Italian sports-car maker`, `the Danish brewer`."""
    for j in range(k, k + _MOST_BETWEEN):
        if j >= len(tokens) or (tokens.text[j] != "-" and not tokens.text[j].islower()):
            return False
        if is_company_noun(tokens.lower[j]):
            return True
    return False


_MOST_BETWEEN = 5

_JOINS = word_set("acting", "joins")


def _leads_on(tokens: Tokens, k: int, first: int) -> bool:
    """Whether a small word stands within a name: the `a` of `Once Upon a Farm`, not the `and` of `Uber and Lyft`."""
    low = tokens.lower[k]
    return k > first and low in _JOINS and low != "and" and tokens.kind[k + 1] == WORD and _is_proper(tokens, k + 1)


def _is_proper(tokens: Tokens, k: int) -> bool:
    text = tokens.text[k]
    if tokens.kind[k] == WORD:
        return text[0].isupper() and tokens.lower[k] not in STOPPED
    return text in ("&", ".", "-") and tokens.glued[k] and tokens.glued[k + 1]


def _named(tokens: Tokens, first: int, last: int) -> list[tuple[int, int, str]]:
    if _is_cut_off(tokens, last):
        return []
    words = [tokens.text[k] for k in range(first, last) if tokens.kind[k] == WORD]
    if not words or len("".join(words)) < 3:
        return []
    text = tokens.text[first]
    for k in range(first + 1, last):
        text += tokens.text[k] if tokens.glued[k] else " " + tokens.text[k]
    return [(first, last, text)]


def _is_cut_off(tokens: Tokens, last: int) -> bool:
    """Whether a hyphen stands for the rest of a compound: `des Kasseler Salz- und Düngerherstellers`."""
    return tokens.text[last : last + 1] == ["-"] and tokens.glued[last] and not tokens.glued[last + 1]


_WIRES = word_set("names", "wires")


def titled_name(tokens: Tokens, first: int, last: int, *, is_english: bool) -> tuple[int, int] | None:
    """The capitals that a headline opens with, before a colon or (in German) a small letter, unless they are common.

    Capitals joined by & count anywhere in it: `Aufträge hieven Koenig & Bauer auf Mehrjahreshoch`.
    """
    for k in range(first + 1, last - 1):
        if tokens.text[k] == "&" and _is_proper(tokens, k - 1) and _is_proper(tokens, k + 1):
            return k - 1, k + 2
    first = _behind_kicker(tokens, first, last)
    end = first
    while end < last and tokens.kind[end] == WORD and tokens.text[end][:1].isupper() and end - first < 4:
        end += 1
    if end == first or end >= last or end - first > 3:
        return None
    closes = tokens.text[end] in (":", "/") or (not is_english and tokens.kind[end] == WORD)
    words = tokens.lower[first:end]
    is_common = any(
        word in HEADLINE_WORDS or word in STOPPED or word in SHARE_WORDS or is_vocabulary(word) for word in words
    )
    return (first, end) if closes and not is_common and len("".join(words)) >= 4 else None


def _behind_kicker(tokens: Tokens, first: int, last: int) -> int:
    """Where a headline begins behind a wire's label (`EQS-Adhoc:`) or a column's in capitals (`CHARTCHECK X`)."""
    if tokens.lower[first] in _WIRES:
        colon = next((k for k in range(first + 1, min(first + 4, last)) if tokens.text[k] == ":"), None)
        return first if colon is None else colon + 1
    is_shouted = len(tokens.text[first]) >= 5 and tokens.text[first].isupper()
    is_followed = first + 1 < last and _is_proper(tokens, first + 1) and not tokens.text[first + 1].isupper()
    return first + 1 if is_shouted and is_followed else first
