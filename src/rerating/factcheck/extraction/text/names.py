"""Names in a text: those that the lists hold (`gazetteer`), and companies that a mark beside them gives away.

Marks are `X-Aktie`, `shares of X`, `X (TICKER)` and the like. Case counts, a German or English genitive s does not.
"""

from __future__ import annotations

from functools import lru_cache

from rerating.factcheck.extraction.text.gazetteer import (
    Named,
    NameKind,
    first_words,
    is_ambiguous,
    is_name,
    names_from,
    of_symbol,
    spellings,
)
from rerating.factcheck.extraction.text.lexicon import cues, topics, word_set
from rerating.factcheck.extraction.text.ordinary import is_ordinary, leads_in
from rerating.factcheck.extraction.text.symbols import TICKER, is_abbreviation
from rerating.factcheck.extraction.text.trade_bodies import is_of_trade
from rerating.language.reading.calendar_words import MONTHS, WEEKDAYS
from rerating.language.reading.tokens import WORD, Tokens


@lru_cache(maxsize=1)
def _shouted() -> dict[str, str]:
    """All-capital first words, as headlines print them, to the spelling of the lists."""
    return {word.upper(): word for word in first_words() if len(word) >= 4 and not word.isupper()}


@lru_cache(maxsize=1)
def _levelled() -> dict[str, str]:
    """First words with capitals inside, as papers print them (`Dexcom`, `Unicredit`), to the spelling of the lists."""
    known = first_words()
    inner = (word for word in known if len(word) >= _INNER and word[0].isupper() and not word[1:].islower())
    found = {word.capitalize(): word for word in inner if word.isalpha()}
    return {level: word for level, word in found.items() if level not in known}


_INNER = 5


@lru_cache(maxsize=1)
def _lowered() -> dict[str, str]:
    """Names of one word in small letters, as some companies write themselves (`adesso`), to the spelling of the lists.

    No word in ordinary use, and none that a list spells so itself. In German only: in English any noun is small
    (`tonnage per workday`).
    """
    known = first_words()
    words = (s for s, _ in spellings() if len(s) >= _INNER and s.isalpha() and s[0].isupper() and not is_ambiguous(s))
    found = {word.lower(): word for word in words}
    return {low: word for low, word in found.items() if low not in known and not is_ordinary(low)}


def _same(seen: str, word: str, is_last: bool) -> bool:
    if seen == word or (len(word) >= 4 and seen in (word.upper(), word.capitalize())):
        return True
    return is_last and len(word) >= 3 and seen == word + "s"


def name_at(tokens: Tokens, k: int, *, is_english: bool = False) -> Named | None:
    """The longest name that begins at token k. In English an s without an apostrophe makes no company's genitive."""
    word = tokens.text[k]
    rows = names_from(word)
    if not rows and word[-1:] == "s" and len(word) > 3:
        held = names_from(word[:-1])
        rows = tuple(row for row in held if len(row[0]) == 1 and not row[1][0].ambiguous_in)
        if is_english:
            rows = tuple(row for row in rows if row[1][0].kind is not NameKind.COMPANY)
        rows = (*(row for row in held if row[0][1:3] == _OWN), *rows)
    if not rows and word.isupper() and len(word) >= 4:
        rows = names_from(_shouted().get(word, ""))
    if not rows and word in _levelled() and not is_common_word(word.lower()):
        rows = names_from(_levelled()[word])
    if not rows and not is_english and word in _lowered() and not is_common_word(word):
        row = next(row for row in names_from(_lowered()[word]) if len(row[0]) == 1)
        return Named(k, k + 1, row[1])
    if is_english and word in _COINS and k > 0 and tokens.lower[k - 1] == "a":
        return None
    if is_english and rows and leads_in(tokens, k):
        rows = tuple(row for row in rows if len(row[0]) > 1)
    for words, meanings in rows:
        last = _end_of(tokens, k, words)
        if last is not None and not _is_glued_word(tokens, k, last) and not _is_inside(tokens, k, last, words):
            return Named(k, last, meanings)
    return None


def _end_of(tokens: Tokens, first: int, words: tuple[str, ...]) -> int | None:
    """Where the words end that stand at a token, joined by hyphens too or by none: `Daimler-Truck-Aktie`, `Coca Cola`.

    An `and` stands for the sign (`Leggett and Platt`), a bare s for the one with an apostrophe (`Papa Johns`).
    """
    k = first
    for j, word in enumerate(words):
        if words[j : j + 2] == _OWN and tokens.text[k - 1] == words[j - 1] + "s":
            continue
        if word == "s" and words[j - 1 : j + 1] == _OWN and tokens.text[k - 1] == words[j - 2] + "s":
            continue
        if j and word == "-" and tokens.text[k] != "-" and not tokens.glued[k]:
            continue
        if j and word == "&" and tokens.lower[k] in ("and", "und"):
            k += 1
            continue
        if j and word != "-" and tokens.text[k] == "-" and tokens.glued[k] and tokens.glued[k + 1]:
            k += 1
        if (
            j == 1 and word.isdigit() and words[0].isalpha() and len(words[0]) == 1 and not tokens.glued[k]
        ):  # `a 2% cut` is no `a2`
            return None
        is_last = j == len(words) - 1 or words[j + 1 : j + 3] == _OWN
        if k >= len(tokens) or not _same(tokens.text[k], word, is_last):
            return None
        k += 1
    return k


_OWN = ("'", "s")
_COINS = frozenset(("nickel",))
"""`beat the consensus by a nickel`: five cents, no metal."""


_COMMON = word_set("names", "common")


def _is_inside(tokens: Tokens, first: int, last: int, words: tuple[str, ...]) -> bool:
    """Whether common words (`National Bank`) are but the middle of a longer name (`Moody National Bank Trust`)."""
    if not all(word.lower() in _COMMON for word in words):
        return False
    before = first - 1
    return (
        before >= 0 and tokens.kind[before] == WORD and tokens.text[before][:1].isupper() and not _opens(tokens, before)
    )


def _opens(tokens: Tokens, k: int) -> bool:
    """Whether a capital is but that of a sentence's first word: `Die Partners Group`."""
    return tokens.lower[k] in _STOPPED or k == 0 or tokens.text[k - 1] in ".!?:"


def _is_glued_word(tokens: Tokens, first: int, last: int) -> bool:
    """Whether letters or digits are glued to the end: 3M in 3Mx, Dell in Dell'Oro."""
    if tokens.text[last] == "'" and tokens.glued[last] and tokens.glued[last + 1]:
        return tokens.text[last + 1][:1].isupper()
    return tokens.glued[last] and tokens.kind[last] in (WORD, "n") and tokens.kind[last - 1] in (WORD, "n")


# ---- companies by their marks ----------------------------------------------------------------------------------------

_SHARE_WORDS = word_set("names", "share_words")
_BEFORE = frozenset(("von", "der", "of", "in", "bei", "des"))
_BEFORE_DE = _BEFORE - {"in", "of"}
"""Behind a German word for a share a place follows `in`: `kostete das Papier in Wien`."""
_SHARES_OF = word_set("names", "shares_of")
_FOR = frozenset(("für", "for", "on"))
_TARGETS = frozenset(("kursziel", "ziel", "target", "targets", "kursziele", "einstufung"))
_LEGAL = word_set("names", "legal")
_STOPPED = word_set("names", "stopped")


def marked_names(tokens: Tokens) -> list[tuple[int, int, str]]:
    """Stretches (first, last, name) that a mark beside them makes a company's name."""
    found: list[tuple[int, int, str]] = []
    for k in range(len(tokens)):
        low = tokens.lower[k]
        if low in _SHARE_WORDS and tokens.lower[k - 1] == "-" and k >= 2 and tokens.glued[k] and tokens.glued[k - 1]:
            found += _capitals_before(tokens, k - 1)
        elif tokens.lower[k + 1] in _before_name(low):
            found += _capitals_after(tokens, k + 2)
        elif _leads_name(tokens, k):
            found += _apposition(tokens, k + 1)
        elif low == "(" and _is_ticker(tokens, k + 1):
            found += _capitals_before(
                tokens, k - 1 if is_legal(tokens, k - 1) or tokens.text[k - 1] == "Company" else k
            )
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
        return _BEFORE_DE if word in _SHARE_WORDS else _BEFORE
    return _FOR if word in _TARGETS else frozenset()


def _leads_name(tokens: Tokens, k: int) -> bool:
    """Whether a company's noun stands right before a word that may be its name."""
    is_company = is_company_noun(tokens.lower[k]) and not is_of_trade(tokens, k)
    return is_company and tokens.kind[k + 1] == WORD and not tokens.glued[k + 1]


_PART_OWNED = (("in", "which"), ("of", "which"))
"""`TK Elevator, in which Kone is said to be interested`."""


def is_legal(tokens: Tokens, k: int) -> bool:
    """Whether a word tells a company's legal form and is no part of its name."""
    word = tokens.text[k]
    return tokens.lower[k] in _LEGAL and word not in ("Group", "Holding", "Holdings") and word[0].isupper()


def is_kind_word(word: str) -> bool:
    """Whether a word is but the end of a company's name: `Services`, `Ltd`."""
    return word in _LEGAL or word in _SECOND


_SECOND = word_set("names", "second")


def without_form(tokens: Tokens, first: int, last: int) -> int:
    """Where a name ends before its legal form: `Summit Path` of `Summit Path Plc`."""
    while last > first + 1 and (is_legal(tokens, last - 1) or tokens.text[last - 1] in ",."):
        last -= 1
    return last


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
    if last - first == 1 and is_ordinary(tokens.lower[first]) and _opens(tokens, first):
        return False
    return _is_name_word(tokens.lower[last - 1]) and _PEOPLE.isdisjoint(tokens.lower[first:last])


_COMPANY_NOUNS = word_set("names", "company_nouns")
_COMPANY_ENDS = tuple(word_set("names", "company_ends"))


@lru_cache(maxsize=16_384)
def is_company_noun(word: str) -> bool:
    """Whether a company's name may stand right behind the noun: `Sportartikelkonzern Puma`, `food delivery group X`."""
    return word in _COMPANY_NOUNS or (len(word) > 8 and word.endswith(_COMPANY_ENDS))


@lru_cache(maxsize=16_384)
def is_role(word: str) -> bool:
    """Whether a German word says what a company is, in any case: `chipschmiede`, `medizintechnikers`, `branchenprimus`.

    More words do than a name may stand right behind."""
    bare = word.removesuffix("es") if word.endswith("es") else word.removesuffix("en").removesuffix("s")
    return is_company_noun(bare) or word.endswith(_ROLE_ENDS) or bare.endswith(_ROLE_ENDS)


_ROLE_ENDS = tuple(word_set("names", "role_ends"))


def is_trade(tokens: Tokens, k: int) -> bool:
    """Whether a word says what a company is, in the genitive too: `Konsumgüterherstellers`, `Software-Anbieters`."""
    bare = tokens.lower[k].removesuffix("s")
    return is_company_noun(bare) or (tokens.text[k - 1] == "-" and bare in _COMPANY_ENDS)


def _apposition(tokens: Tokens, first: int) -> list[tuple[int, int, str]]:
    """The capitals behind a noun for a company, if none is a word of the trade or of the calendar.

    `Produzent Seltener Erden`, `Betreiber Erneuerbarer Energien`: what it makes or runs is no name."""
    last = first
    if tokens.lower[first].endswith(_OF_GOODS) and tokens.text[first + 1][:1].isupper():
        return []
    while last < len(tokens) and last - first < 3 and _is_proper(tokens, last) and not is_legal(tokens, last):
        if tokens.kind[last] == WORD and not _is_name_word(tokens.lower[last]):
            break
        last += 1
    return _named(tokens, first, last) if last > first else []


_OF_GOODS = ("seltener", "barer", "licher")
"""Genitives of adjectives that are printed with a capital."""


@lru_cache(maxsize=16_384)
def _is_name_word(word: str) -> bool:
    is_calendar = word in MONTHS or word in WEEKDAYS or word in _HEADLINE_WORDS or word in _STOPPED
    return len(word) > 2 and not is_calendar and word not in _SHARE_WORDS and not _is_vocabulary(word)


def _is_ticker(tokens: Tokens, k: int) -> bool:
    """Whether brackets hold a ticker: behind an exchange's code, known, or with a share's word behind it."""
    has_exchange = tokens.lower[k + 1] == ":" and tokens.text[k].isupper()
    if has_exchange:
        k += 2
    if not TICKER.fullmatch(tokens.text[k]) or tokens.lower[k + 1] != ")":
        return False
    if not has_exchange and (is_abbreviation(tokens, k) or _is_vocabulary(tokens.lower[k])):
        return False
    is_beside = tokens.lower[k + 2] in ("stock", "shares", "aktie") or bool(_LEGAL & set(tokens.lower[k - 3 : k - 1]))
    is_last = k + 2 >= len(tokens) and len(tokens.text[k]) > 1
    return has_exchange or of_symbol(tokens.text[k]) is not None or is_beside or is_last


def _capitals_before(tokens: Tokens, end: int) -> list[tuple[int, int, str]]:
    first = end
    while first > 0 and end - first < 4 and _is_proper(tokens, first - 1):
        first -= 1
        if not tokens.glued[first] and tokens.lower[first - 1] == "-":
            break
    while first < end and (
        tokens.lower[first] in _STOPPED or (first + 1 < end and is_company_noun(tokens.lower[first]))
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
    if last == first or is_noun or not _is_name_word(tokens.lower[first]):
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


def is_rating(tokens: Tokens, k: int) -> bool:
    """Whether capitals end in a house's word for a share: the `Hold` of `rates Viridian Hold`, `Market Perform`."""
    low, after = tokens.lower[k], tokens.lower[k + 1] if k + 1 < len(tokens) else ""
    return low in _VERDICTS or (low in RATING_WORDS and (after in _VERDICTS or after in RATING_WORDS))


RATING_WORDS = word_set("names", "rating_names")
_VERDICTS = word_set("names", "verdicts")
_JOINS = word_set("acting", "joins")


def _leads_on(tokens: Tokens, k: int, first: int) -> bool:
    """Whether a small word stands within a name: the `a` of `Once Upon a Farm`, not the `and` of `Uber and Lyft`."""
    low = tokens.lower[k]
    return k > first and low in _JOINS and low != "and" and tokens.kind[k + 1] == WORD and _is_proper(tokens, k + 1)


def _is_proper(tokens: Tokens, k: int) -> bool:
    text = tokens.text[k]
    if tokens.kind[k] == WORD:
        return text[0].isupper() and tokens.lower[k] not in _STOPPED
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


_HEADLINE_WORDS = word_set("names", "headline")
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
        word in _HEADLINE_WORDS or word in _STOPPED or word in _SHARE_WORDS or _is_vocabulary(word) for word in words
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


_GENERIC = word_set("names", "generic")


def is_date_word(word: str) -> bool:
    """Whether a word names a month or a day of the week."""
    return word in MONTHS or word in WEEKDAYS


@lru_cache(maxsize=16_384)
def is_common_word(word: str) -> bool:
    """Whether a word is too common to stand for the company whose name begins with it."""
    return word in _GENERIC or word in _COMMON or not _is_name_word(word)


def _is_vocabulary(word: str) -> bool:
    """Whether the lists of the fact-checker know the word as one of the trade."""
    probe = Tokens(word)
    return bool(topics().at(probe, 0) or cues("de").at(probe, 0) or cues("en").at(probe, 0))
