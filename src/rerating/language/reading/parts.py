"""Quantities in words: fractions, multiples, proportions, dozens, and figures of a vague size (double-digit)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from rerating.language.hedges import Comparator
from rerating.language.reading.amounts import hedge, with_unit
from rerating.language.reading.hedging import BEFORE
from rerating.language.reading.mentions import MentionKind as K
from rerating.language.reading.numerals import (
    Figure,
    Tongue,
    figure,
    fraction_word,
    german_numeral,
    is_article,
    number_words,
    part_of_one,
)
from rerating.language.reading.source import Amount, Draft, Source
from rerating.language.reading.tokens import WORD
from rerating.language.reading.word_lists import listed

_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")
_INFLECTED = {
    **dict.fromkeys(("knappes", "knappe", "knappen", "knapper"), Comparator.SLIGHTLY_BELOW),
    **dict.fromkeys(("gutes", "gute", "guten", "good"), Comparator.SLIGHTLY_ABOVE),
}
_STRESSED = frozenset(listed("mere full whole further additional weiteres weiteren weitere volles volle ganzes"))
"""Words between an article and a part that leave its size alone: a mere eighth, ein weiteres Drittel."""
_DEFINITE = frozenset(("die", "der", "das", "dem", "des", "zur"))
_HALF_WORDS = frozenset(("halbe", "halben", "halber", "halbes", "half"))
_HALF = Figure(Decimal("0.5"), Decimal("0.01"))
_HALF_KINDS = frozenset((K.MONEY, K.PERCENT, K.POINTS, K.INDEX_POINTS))


def fraction(source: Source, k: int) -> Draft | None:
    """`ein Viertel`, `zwei Drittel`, `die Hälfte`, `a quarter of`, `two-thirds`, `eine halbe Milliarde`."""
    first, times, inflected, is_counted = k, Decimal(1), None, False
    word = source.low(k)
    if word in _DEFINITE or is_article(word, source.tongue):
        k, is_counted = k + 1, word not in _DEFINITE
    elif source.is_word(k):
        spelt = number_words(source.tokens.words(k, k + 4), source.tongue)
        if spelt is not None:
            k, times, is_counted = k + spelt[0], spelt[1].value, True
    if source.low(k) in _INFLECTED:
        inflected, k = _INFLECTED[source.low(k)], k + 1
    elif source.low(k) in _STRESSED and k > first:
        k += 1
    if source.low(k) == "-" and source.is_glued(k):
        k += 1
    draft = _half_of(source, k) or _part_of_scale(source, k) or _plain(source, first, k, times, is_counted)
    if draft is None:
        return None
    draft.first = first
    hedge(source, draft)
    if inflected is not None:
        draft.comparator = inflected
    return draft


def _half_of(source: Source, k: int) -> Draft | None:
    """`halbe Milliarde`, `halben US-Cent`, `half a percentage point`, `halb so viel`."""
    if source.low(k) == "halb" and source.low(k + 1) == "so" and source.is_word(k + 2):
        return Draft(first=k, last=k + 1, kind=K.FRACTION, amounts=[Amount(_HALF, factor=_HUNDRED)], has_unit=True)
    if source.low(k) not in _HALF_WORDS:
        return None
    at = k + 2 if source.is_english and source.low(k + 1) in ("a", "an") else k + 1
    if source.low(at) in ("dozen", "dutzend"):
        return Draft(first=k, last=at + 1, kind=K.NUMBER, amounts=[Amount(Figure(Decimal(6), Decimal(1)))])
    return _of_unit(source, at, Figure(Decimal("0.5"), _TENTH))


def _of_unit(source: Source, k: int, part: Figure) -> Draft | None:
    """A part of the scale or unit at k; index points are taken for percentage points, as nobody halves an index's."""
    draft = with_unit(source, k, part, None, is_article_only=False)
    if draft is None or not (draft.amounts[0].scale or draft.kind in _HALF_KINDS):
        return None
    if draft.kind is K.INDEX_POINTS:
        draft.kind = K.POINTS
    return draft


def _part_of_scale(source: Source, k: int) -> Draft | None:
    """`Viertelmillion`, `Dreiviertelmilliarde`, `Viertelprozentpunkt`: a part and its scale or unit in one word."""
    word = source.low(k)
    for part, size in (("dreiviertel", (3, 4)), ("viertel", (1, 4)), ("drittel", (1, 3))):
        if word.startswith((part + "punkt", part + "prozentpunkt")):
            amount = Amount(part_of_one(*size))
            return Draft(first=k, last=k + 1, kind=K.POINTS, amounts=[amount], has_unit=True)
        for scale, power in (("million", 6), ("milliarde", 9), ("billion", 12)):
            if word in (part + scale, part + scale + "n", part + scale + "en"):
                draft = with_unit(source, k + 1, part_of_one(*size), None, is_article_only=False)
                if draft is not None:
                    draft.amounts[0].scale = power
                return draft
    return None


def _plain(source: Source, first: int, k: int, times: Decimal, is_counted: bool) -> Draft | None:
    part = fraction_word(source.low(k), source.tongue) if source.is_word(k) else None
    if part is None:
        return None
    size = part_of_one(part[0] * int(times), part[1])
    whole = _fraction_of_unit(source, k)
    if whole is not None:
        return _of_unit(source, whole, size)
    if not _is_part(source, first, k, is_counted):
        return None
    return Draft(first=first, last=k + 1, kind=K.FRACTION, amounts=[Amount(size, factor=_HUNDRED)], has_unit=True)


def _fraction_of_unit(source: Source, k: int) -> int | None:
    """The token of the unit in `a quarter of a cent`, `quarter-point`, `einen viertel Prozentpunkt`."""
    if source.low(k + 1).startswith("prozentpunkt"):
        at = k + 1
    elif source.tokens.words(k + 1, k + 3) in (("of", "a"), ("of", "one")):
        at = k + 3
    elif source.low(k + 1) == "-" and source.is_glued(k + 1) and source.is_glued(k + 2):
        at = k + 2
    else:
        return None
    unit = source.vocabulary.units.at(source.tokens, at)
    return at if unit is not None and unit[1].kind in _HALF_KINDS else None


def _is_part(source: Source, first: int, k: int, is_counted: bool) -> bool:
    """Whether a fraction word is meant as a part: English quarters and halves are mostly periods, thirds ordinals."""
    word = source.low(k)
    if word == "half" and source.low(k - 1) == "in" and not _CUT.isdisjoint(source.tokens.words(k - 5, k - 1)):
        return True
    if not source.is_english:
        return is_counted or word.startswith(("hälfte", "drei", "zwei"))
    behind = source.low(k + 1)
    is_led = BEFORE.at(source.tokens, first) is not None or source.low(first - 1) == "by"
    is_led = is_led or (source.low(first - 1) in _MOVED and behind not in _LATER)
    is_as_much = behind == "as" and source.low(k + 2) in _MUCH
    if word == "half":
        return is_led or is_as_much or source.low(k + 1) in ("of", "the", "its", "their", "that")
    if is_counted and (source.low(k - 1) == "-" or is_led or is_as_much or behind in _COMPARED):
        return True
    is_ordinal = word.removesuffix("s") == "quarter" or source.low(first) not in ("a", "an", "one")
    return is_counted and not is_ordinal and (behind in _SIZED or not source.is_word(k + 1)) and behind != "-"


_CUT = frozenset(listed("cut cuts cutting slashed slashing slash slashes sliced chopped reduced split"))
_COMPARED = frozenset(
    listed(
        "of below above more less higher lower fewer larger smaller bigger cheaper dearer pricier costlier richer "
        "faster slower wider narrower longer shorter stronger weaker off short shy"
    )
)
_MUCH = frozenset(listed("much many big large high long fast expensive well costly productive"))
_MOVED = frozenset(
    listed("up down lost lose loses losing shed gained gain dropped drop fell fall rose climbed slid sank jumped added")
)
_LATER = frozenset(listed("later ago earlier after before point - percentage"))
_SIZED = frozenset(listed("to from since in on over this last against as while and or after so far within year"))
"""What may follow a part: `the gain amounts to a tenth`, `lost a third this year`; not `a third time`."""


_ORDINAL_PARTS = {
    word + ending: number
    for number, stem in (
        (3, "dritt"),
        (4, "viert"),
        (5, "fünft"),
        (6, "sechst"),
        (7, "siebt"),
        (8, "acht"),
        (10, "zehnt"),
    )
    for word in (stem,)
    for ending in ("e", "er", "es", "en")
} | {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}


def each_of(source: Source, k: int) -> Draft | None:
    """`jedes fünfte Auto`, `every fifth car`, `one in five`: a fraction in other words."""
    word = source.low(k)
    if word in ("jede", "jeder", "jedes", "jedem", "jeden", "every") and source.low(k + 1) in _ORDINAL_PARTS:
        last, times, parts = k + 2, 1, _ORDINAL_PARTS[source.low(k + 1)]
    else:
        found = _in_so_many(source, k)
        if found is None:
            return None
        times, parts, last = found
    amount = Amount(part_of_one(times, parts), factor=_HUNDRED)
    draft = Draft(first=k, last=last, kind=K.FRACTION, amounts=[amount], has_unit=True)
    hedge(source, draft)
    return draft


def _in_so_many(source: Source, k: int) -> tuple[int, int, int] | None:
    """`one in five`, `a four-in-five chance`: how many of how many, and where it ends."""
    is_joined = source.low(k + 1) == "-"
    at = (k + 2, k + 4) if is_joined else (k + 1, k + 2)
    if source.low(at[0]) != "in" or (is_joined and source.low(k + 3) != "-"):
        return None
    one, other = (number_words(source.tokens.words(j, j + 1), source.tongue) for j in (k, at[1]))
    if one is None or other is None or not 1 <= one[1].value < other[1].value <= 20:
        return None
    if source.low(at[1] + 1) in ("years", "months", "weeks", "days", "quarters", "sessions"):
        return None
    return int(one[1].value), int(other[1].value), at[1] + 1


_MULTIPLES = {
    2: "verdoppelt verdoppelte verdoppelten verdoppeln verdoppelung verdopplung doppelt doppelte doppelten doppelter "
    "doppeltes doubled doubling doubles double twofold twice",
    3: "verdreifacht verdreifachte verdreifachten verdreifachen verdreifachung tripled tripling triples "
    "triple threefold thrice trebled treble",
    4: "vervierfacht vervierfachte vervierfachten vervierfachen vervierfachung quadrupled quadrupling quadruples "
    "quadruple fourfold",
    5: "verfünffacht verfünffachte verfünffachten verfünffachen verfünffachung quintupled fivefold",
    6: "versechsfacht versechsfachte versechsfachen sixfold",
    7: "versiebenfacht sevenfold",
    8: "verachtfacht eightfold",
    9: "verneunfacht ninefold",
    10: "verzehnfacht verzehnfachte verzehnfachen verzehnfachung tenfold",
}
_HALVES = frozenset(listed("halbiert halbierte halbierten halbieren halbierung halved halving halves halve"))
_FACTOR_ENDINGS = ("fachen", "fache", "facher", "faches", "fachem", "fach", "mal")


@lru_cache(maxsize=1)
def _multiple_words() -> dict[str, int]:
    return {word: times for times, words in _MULTIPLES.items() for word in words.split()}


def _times(word: str) -> Decimal | None:
    """The factor of `verdoppelt`, `achtzehnfache`, `anderthalbmal`."""
    known = _multiple_words().get(word)
    if known is not None:
        return Decimal(known)
    if word.endswith("fold") and len(word) > 6:
        spelt = number_words((word.removesuffix("fold"),), "en")
        return spelt[1].value if spelt is not None else None
    for ending in _FACTOR_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return german_numeral(word.removesuffix(ending))
    return None


_NO_FACTOR = frozenset(("down", "downgrade", "upgrade", "up", "bottom", "top", "check", "duty"))


def multiple(source: Source, k: int) -> Draft | None:
    """`verdoppelt`, `das Dreifache`, `anderthalbmal`, `tripled`: how many times. `halbiert` is a fraction of 50 %."""
    first = k
    if source.low(k) in ("das", "dem", "des", "ein", "einem", "the", "a") and source.is_word(k + 1):
        k += 1
    word = source.low(k)
    is_half = word in _HALVES
    times = None if is_half else _times(word)
    if source.low(k + 1) in _NO_FACTOR:
        return None  # double downgrade, doubled down
    if (times is None and not is_half) or (source.low(k + 1) == "-" and source.is_glued(k + 1)):
        return None
    if is_half:
        amount = Amount(part_of_one(1, 2), factor=_HUNDRED)
        draft = Draft(first=first, last=k + 1, kind=K.FRACTION, amounts=[amount], has_unit=True)
    else:
        draft = Draft(
            first=first,
            last=k + 1,
            kind=K.MULTIPLE,
            amounts=[Amount(Figure(times or Decimal(0), _TENTH))],
            has_unit=True,
        )
    hedge(source, draft)
    if draft.hedge is None and source.low(k + 1) == "sich":
        behind = BEFORE.at(source.tokens, k + 3)
        if behind is not None and behind[0] == 1:
            draft.comparator, draft.hedge = behind[1], (k + 2, k + 3)
    return draft


_LEADING = frozenset(("lead", "led", "leads", "outnumber", "outnumbered", "ratio", "verhältnis", "split", "outpaced"))


def proportion(source: Source, k: int) -> Draft | None:
    """`2:1`, `10-for-1`, `a ratio of 3 to 2`, `3.8 to one`, `drei zu eins`: one to another."""
    joiner, tokens = k + 1, source.tokens
    if source.is_word(k) and source.low(k + 1) in ("to", "zu") and source.low(k + 2) in _ONES:
        spelt = number_words(tokens.words(k, k + 1), source.tongue)
        return _proportion(source, k, k + 3, spelt[1], Figure(Decimal(1), _TENTH)) if spelt is not None else None
    if not source.is_figure(k):
        return None
    if source.low(joiner) in ("to", "zu") and source.low(joiner + 1) in _ONES:
        one = figure(tokens.text[k], source.tongue)
        is_size = one is not None and 1 <= one.value <= _MOST
        return _proportion(source, k, joiner + 2, one, Figure(Decimal(1), _TENTH)) if one and is_size else None
    if source.low(joiner) == ":" and source.is_glued(joiner) and source.is_glued(joiner + 1):
        other = joiner + 1
    elif tokens.words(joiner, joiner + 3) in (("-", "for", "-"), ("-", "to", "-")):
        other = joiner + 3
    elif (source.low(joiner) in ("zu", "for") and source.is_figure(joiner + 1) and source.whole(k, 1, 1000)) or (
        source.low(joiner) == "to" and not _LEADING.isdisjoint(tokens.words(k - 5, k))
    ):
        other = joiner + 1
    else:
        return None
    if not source.is_figure(other):
        return None
    if source.is_glued(other + 1) and (source.low(other + 1) in (":", "/") or source.is_word(other + 1)):
        return None
    one, two = figure(tokens.text[k], source.tongue), figure(tokens.text[other], source.tongue)
    if one is None or two is None or not two.value:
        return None
    return _proportion(source, k, other + 1, one, two)


_ONES = frozenset(("one", "eins"))
_MOST = 100
"""`from 1,200 to one` is no proportion."""


def _proportion(source: Source, first: int, last: int, one: Figure, two: Figure) -> Draft:
    size = Figure(round(one.value / two.value, 12).normalize(), _TENTH)
    draft = Draft(first=first, last=last, kind=K.PROPORTION, amounts=[Amount(size)], has_unit=True)
    draft.comparator = Comparator.EXACT
    hedge(source, draft)
    return draft


def dozen(source: Source, k: int) -> Draft | None:
    """`a dozen`, `zwei Dutzend`: twelve times a number."""
    if not source.is_word(k):
        return None
    if is_article(source.low(k), source.tongue):
        at, times = k + 1, Decimal(1)
    else:
        spelt = number_words(source.tokens.words(k, k + 4), source.tongue)
        if spelt is None:
            return None
        at, times = k + spelt[0], spelt[1].value
    if source.low(at) not in ("dozen", "dutzend"):
        return None
    draft = Draft(first=k, last=at + 1, kind=K.NUMBER, amounts=[Amount(Figure(times * 12, Decimal(1)))])
    draft.noun = source.tokens.text[at + 1] if source.is_word(at + 1) else None
    hedge(source, draft)
    return draft


def scale_note(source: Source, k: int) -> Draft | None:
    """`in Mio. Euro`, `(EUR million)`, `(%)`, `in millions of dollars`: how the bare figures of a table are meant."""
    if source.low(k) not in ("in", "("):
        return None
    words, tokens, at = source.vocabulary, source.tokens, k + 1
    currency = words.prefixes_alone.at(tokens, at)
    at += currency[0] if currency else 0
    scale = words.scales.at(tokens, at)
    if scale is None and source.low(at) in _ENGLISH_SCALES:
        scale = (1, _ENGLISH_SCALES[source.low(at)])
    if scale is None and source.is_glued(at) and source.low(at + 1) == ")" and source.low(at) in _LETTERS:
        scale = (1, _LETTERS[source.low(at)])
    at += scale[0] if scale else 0
    at += scale is not None and source.low(at) == "of"
    code = currency[1] if currency else None
    is_percent = False
    unit = words.units.at(tokens, at)
    if code is None and unit is not None and unit[1].factor == 1:
        code, is_percent = unit[1].currency, unit[1].kind is K.PERCENT
        at += unit[0] if code or is_percent else 0
    is_closed = source.low(at) in (")", "|") or (scale is not None and source.low(at) in (",", ";"))
    is_open = scale is not None and code is not None and source.low(k) == "in"
    if scale is None and code is not None and tokens.text[at - 1] == code and code not in _TABLE_CODES:
        return None  # a ticker in brackets
    if at == k + 1 or not (is_closed or is_open) or (source.low(k) == "in" and scale is None):
        return None
    step = Decimal(10) ** (scale[1] if scale else 0)
    draft = Draft(first=k + 1, last=at, kind=K.SCALE, amounts=[Amount(Figure(step, step))], currency=code)
    draft.has_unit, draft.noun = True, "percent" if is_percent else None
    return draft


_TABLE_CODES = frozenset(("EUR", "USD", "CHF", "GBP", "HKD", "JPY", "CNY"))
_LETTERS = {"k": 3, "m": 6, "b": 9}
_ENGLISH_SCALES = {"thousands": 3, "millions": 6, "billions": 9}


def ordinal(source: Source, k: int) -> Draft | None:
    """`12th`, `3rd`: a place in an order; dates and quarters are read before."""
    is_ordinal = source.is_glued(k + 1) and source.low(k + 1) in ("st", "nd", "rd", "th")
    number = source.whole(k, 1, 999) if is_ordinal else None
    if number is None or source.tokens.kind[k + 1] != WORD:
        return None
    amount = Amount(Figure(Decimal(number), Decimal(1)))
    return Draft(first=k, last=k + 2, kind=K.ORDINAL, amounts=[amount], comparator=Comparator.EXACT, has_unit=True)


_FIRST_WORDS = (
    _DEFINITE
    | _HALF_WORDS
    | _HALVES
    | frozenset(("jede", "jeder", "jedes", "jedem", "jeden", "every", "one", "in", "the", "minus", "plus"))
    | frozenset(("double", "halb"))
)


def begins(word: str, tongue: Tongue) -> bool:
    """Whether a parser of this module, or an amount, can begin at a word."""
    if word in _FIRST_WORDS or is_article(word, tongue) or fraction_word(word, tongue) is not None:
        return True
    is_part_of_scale = word.startswith(("viertel", "dreiviertel", "drittel"))
    return is_part_of_scale or _times(word) is not None
