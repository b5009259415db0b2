"""Figures with sign, currency, scale and unit; fractions, multiples and proportions."""

from __future__ import annotations

from decimal import Decimal

from rerating.language.hedges import Comparator
from rerating.language.reading.calendar_words import MONTHS, MONTHS_SHORT
from rerating.language.reading.counted import FUNCTION_WORDS, counted_noun, is_last_vote, is_one_measure
from rerating.language.reading.hedging import BEFORE, BEHIND
from rerating.language.reading.mentions import MentionKind as K
from rerating.language.reading.numerals import VULGAR, Figure, figure, is_article, number_words, part_of_one
from rerating.language.reading.source import Amount, Draft, Source
from rerating.language.reading.tokens import FIGURE, WORD
from rerating.language.reading.units import Unit
from rerating.language.reading.word_lists import listed

_OPENING = frozenset("([{\"'/:|~<>=≤≥≈;,*_")
_PER = {
    "aktie": "share",
    "stammaktie": "share",
    "vorzugsaktie": "share",
    "anteilsschein": "share",
    "anteilschein": "share",
    "share": "share",
    "papier": "share",
    "titel": "share",
    "anteil": "share",
}
_PER_OTHER = frozenset(
    listed(
        "tag woche monat quartal jahr stunde unze barrel fass tonne kontrakt stück ads adr day week "
        "month quarter year hour ounce ton tonne contract kopf kunde user nutzer aktionär liter gallon kilo pound "
        "bushel mwh megawattstunde kilowattstunde quadratmeter foot metre meter feinunze "
        "kilowatt megawatt kwh gram gramm mile kilometer kilometre seat night therm"
    )
)
_BARE_KINDS = frozenset((K.INDEX_POINTS, K.MULTIPLE, K.SHARES, K.CONTRACTS))
"""Units that an article does not count: at one point, einer Aktie."""


def amount(source: Source, k: int) -> Draft | None:
    """The figure with its sign and unit that begins at token k, or None."""
    first = k
    sign, k = _sign(source, k)
    currency, k = _prefix(source, k)
    if currency and not sign:
        sign, k = _sign(source, k, behind_currency=True)
    found = _number(source, k)
    if found is None:
        return None
    k, number, is_article_only = found
    draft = with_unit(source, k, number, currency, is_article_only=is_article_only)
    if draft is None:
        return None
    draft.first = first
    draft.amounts[0].sign = -1 if sign == "-" else 1
    if sign:
        draft.has_sign = True
    hedge(source, draft)
    return draft


def _sign(source: Source, k: int, *, behind_currency: bool = False) -> tuple[str, int]:
    """(`+`, `-` or nothing, next token). A dash is a sign only with a blank before and none behind."""
    low, tokens = source.low(k), source.tokens
    if low in ("minus", "plus"):
        is_before_figure = source.is_figure(k + 1) or source.vocabulary.prefixes.at(tokens, k + 1) is not None
        is_spelt = is_before_figure or number_words(tokens.words(k + 1, k + 10), source.tongue) is not None
        return ("-" if low == "minus" else "+", k + 1) if is_spelt else ("", k)
    if low not in ("-", "+", "–") or not source.is_glued(k + 1):
        return "", k
    if not (source.is_figure(k + 1) or source.vocabulary.prefixes.at(tokens, k + 1)):
        return "", k
    before = source.low(k - 1)
    if source.is_glued(k) and not behind_currency and before not in _OPENING:
        return "", k
    if not behind_currency and low != "+" and (source.is_figure(k - 1) or before == "%"):
        return "", k
    return ("+" if low == "+" else "-"), k + 1


def _prefix(source: Source, k: int) -> tuple[str | None, int]:
    """(ISO code, next token) of a currency before a figure; a pair such as EUR/USD is a rate and no prefix."""
    found = source.vocabulary.prefixes.at(source.tokens, k)
    if found is None or source.low(k - 1) == "/":
        return None, k
    after = k + found[0]
    if source.low(after) == "-" and source.is_glued(after) and source.is_figure(after + 1):
        return found[1], after
    is_figure = source.is_figure(after) or (source.low(after) == "." and source.is_figure(after + 1))
    return (found[1], after) if is_figure else (None, k)


def _number(source: Source, k: int) -> tuple[int, Figure, bool] | None:
    """(next token, figure, whether it is but an article) of the number at k."""
    tokens = source.tokens
    if k >= len(tokens):
        return None
    if tokens.kind[k] == FIGURE:
        found = _grouped_by_blanks(source, k) or _digits(source, k)
        return (*found, False) if found else None
    if tokens.text[k] in VULGAR:
        return k + 1, part_of_one(*VULGAR[tokens.text[k]]), False
    if tokens.text[k] == "." and source.is_glued(k + 1) and not source.is_glued(k) and source.is_figure(k + 1):
        digits = tokens.text[k + 1]
        return (
            (k + 2, Figure(Decimal("0." + digits), Decimal(1).scaleb(-len(digits))), False)
            if digits.isdigit()
            else None
        )
    if tokens.kind[k] != WORD:
        return None
    if _is_tied(source, k + 1) or (source.low(k - 1) == "-" and source.is_glued(k) and source.is_word(k - 2)):
        return None  # Five9, Take-Two
    spelt = number_words(tokens.words(k, k + 10), source.tongue)
    if spelt is not None and not is_article(tokens.lower[k], source.tongue):
        return k + spelt[0], spelt[1], False
    if spelt is not None and spelt[0] > 1:
        return k + spelt[0], spelt[1], False
    return (k + 1, Figure(Decimal(1), Decimal(1)), True) if is_article(tokens.lower[k], source.tongue) else None


def _digits(source: Source, k: int) -> tuple[int, Figure] | None:
    number = figure(source.tokens.text[k], source.tongue)
    if number is None:
        return None
    if source.is_glued(k + 1) and source.low(k + 1) in VULGAR:
        part = part_of_one(*VULGAR[source.low(k + 1)])
        return k + 2, Figure(number.value + part.value * number.step, part.step * number.step)
    if source.low(k + 1) in (",", ".") and source.is_glued(k + 1) and source.low(k + 2) in ("-", "–", "—"):
        return (k + 3, number) if source.is_glued(k + 2) and not source.is_figure(k + 3) else (k + 1, number)
    return k + 1, number


def _grouped_by_blanks(source: Source, k: int) -> tuple[int, Figure] | None:
    """`12 500 Euro`, `1 234 567`: groups of three after a blank, with a unit or a second group behind."""
    tokens = source.tokens
    head = tokens.text[k]
    if not (head.isdigit() and 1 <= len(head) <= 3 and head[0] != "0"):
        return None
    last, digits, decimals = k + 1, head, ""
    while source.is_figure(last) and tokens.start[last] == tokens.end[last - 1] + 1 and not decimals and last - k < 7:
        group, _, decimals = tokens.text[last].replace(",", ".").partition(".")
        if len(group) != 3 or not group.isdigit() or (decimals and not decimals.isdigit()):
            return None
        digits += group
        last += 1
    groups = last - k - 1
    is_one_line = "\n" not in source.text[tokens.start[k] : tokens.end[last - 1]]
    if not groups or not is_one_line or (groups == 1 and not _has_unit(source, last)):
        return None
    return last, Figure(Decimal(f"{digits}.{decimals}" if decimals else digits), Decimal(1).scaleb(-len(decimals)))


def _has_unit(source: Source, k: int) -> bool:
    vocabulary, tokens = source.vocabulary, source.tokens
    return vocabulary.scales.at(tokens, k) is not None or vocabulary.units.at(tokens, k) is not None


_DOLLARS = frozenset(("CAD", "AUD", "HKD", "SGD", "TWD", "NZD", "USD"))
"""Codes that say behind a figure whose dollar stood before it: $19 billion CAD."""


def with_unit(source: Source, k: int, number: Figure, currency: str | None, *, is_article_only: bool) -> Draft | None:
    """The figure that ends before token k, with the scale and unit behind it. None for an article without a unit."""
    tokens, words = source.tokens, source.vocabulary
    at = _behind_hyphen(source, k)
    if source.low(k) in _FURTHER and (words.scales.at(tokens, k + 1) or words.units.at(tokens, k + 1)):
        k = at = k + 1  # zwei weitere Milliarden, a full point
    if currency is None and number.value == 3 and tokens.text[at] == "M" and source.is_glued(at):
        return None  # the company
    scale = words.scale(tokens, at, after_currency=currency is not None, is_tied=at != k)
    if scale is None and at != k:
        at = k
    last = at + scale[0] if scale else k
    draft = Draft(first=k, last=last, kind=K.NUMBER, amounts=[Amount(number, scale[1] if scale else 0)])
    if currency is not None:
        draft.kind, draft.currency, draft.has_unit = K.MONEY, currency, True
        repeated = words.units.at(tokens, last)
        code = repeated[1].currency if repeated and repeated[1].factor == 1 else None
        is_dollar = code in _DOLLARS and tokens.text[last] == code and tokens.lower[k - 2] == "$"
        if repeated and code is not None and (code == currency or is_dollar):
            draft.last, draft.currency = draft.last + repeated[0], code
    else:
        unit = _unit(source, last)
        if unit is not None and not _is_few_papers(source, last, draft, unit[1]):
            draft.last, draft.kind, draft.has_unit = unit[0], unit[1].kind, True
            draft.amounts[0].factor, draft.currency = unit[1].factor, unit[1].currency
    if is_article_only and draft.kind is K.INDEX_POINTS and _is_of_percent(source, k, draft.last):
        draft.kind = K.POINTS
    is_one = is_article_only and (is_one_measure(source, k) or is_last_vote(source, k))
    if is_article_only and not is_one and not scale and (not draft.has_unit or draft.kind in _BARE_KINDS):
        return None
    if draft.currency == "GBP" and source.low(draft.last - 1) in _PENNIES and source.has_dollars:
        draft.currency = "USD"
    _per(source, draft)
    if not draft.has_unit:
        draft.noun = counted_noun(source, draft.last)
        _counted_things(source, draft)
    return draft


_FURTHER = frozenset(
    listed(
        "weitere weiteren weiterer zusätzliche zusätzlichen vollen ganzen knappen guten further additional more extra "
        "full whole mere"
    )
)
_PENNIES = frozenset(("penny", "pennies"))
_POINTED = frozenset(
    listed(
        "more less higher lower better worse wider narrower below above under short shy mehr weniger höher niedriger "
        "besser schlechter über unter"
    )
)


def _is_of_percent(source: Source, k: int, last: int) -> bool:
    """`a point less than last year`, `by a full point`: one point is a percentage point, no index moves by one."""
    return source.low(k - 1) in _FURTHER or source.low(last) in _POINTED


_PAPERS = frozenset(listed("papiere papieren titel titeln anteile anteilen bons"))


def _is_few_papers(source: Source, k: int, draft: Draft, unit: Unit) -> bool:
    """`30 Titel` are the members of an index, `20.000 Papiere` are shares."""
    is_paper = unit.kind is K.SHARES and source.low(k) in _PAPERS
    return is_paper and draft.amounts[0].figure.value < 500 and not draft.amounts[0].scale


_STRIKE_WORDS = frozenset(MONTHS) | frozenset(MONTHS_SHORT) | {"weekly", "$", "strike"}


def _counted_things(source: Source, draft: Draft) -> None:
    """`210,000 PDD options`, `15,000 March $175 calls`, `420.000 gehandelte Kontrakte`: the unit a few words on."""
    if draft.amounts[0].figure.value < 2 or not (source.is_word(draft.last) or source.low(draft.last) == "$"):
        return
    if source.low(draft.last) in FUNCTION_WORDS:
        return
    at = draft.last if source.low(draft.last) in _STRIKE_WORDS else draft.last + 1
    while at < draft.last + 4 and (source.low(at) in _STRIKE_WORDS or source.is_figure(at)):
        at += 1
    found = source.vocabulary.units.at(source.tokens, at)
    if found is not None and _is_few_papers(source, at, draft, found[1]):
        return
    if found is not None and found[1].kind in (K.SHARES, K.CONTRACTS) and not source.breaks(draft.last - 1, at + 1):
        draft.kind, draft.has_unit, draft.noun = found[1].kind, True, None


_RATIO_WORDS = frozenset(
    listed(
        "kgv kuv kbv kcv peg ratio ratios verhältnis multiple multiples gewinnvielfache gewinnvielfachen "
        "gewinnmultiplikator kursgewinnverhältnis p/e p/b ev/ebitda ev/ebit ev/sales price/book price/earnings"
    )
)
_RATIO_REACH = 9
_SENTENCE_ENDS = frozenset(".;!?")


def _with_pairs(words: tuple[str, ...]) -> set[str]:
    """The words, and those that a slash joins: p/e, price/book."""
    pairs = {"".join(words[k - 1 : k + 2]) for k in range(1, len(words) - 1) if words[k] == "/"}
    return pairs.union(words)


def ratio_by_cue(source: Source, draft: Draft) -> None:
    """Makes a bare figure a ratio where a word such as KGV or put/call ratio stands before it in its sentence."""
    if draft.has_unit or draft.amounts[0].scale or draft.kind is not K.NUMBER:
        return
    if draft.noun is not None and not source.is_english:
        return
    if _RATIO_WORDS.isdisjoint(_with_pairs(source.tokens.words(draft.first - _RATIO_REACH, draft.first))):
        return
    begin = draft.first
    while begin > max(0, draft.first - _RATIO_REACH) and not source.begins_line(begin):
        if source.low(begin - 1) in _SENTENCE_ENDS:
            break
        begin -= 1
    if not _RATIO_WORDS.isdisjoint(_with_pairs(source.tokens.words(begin, draft.first))):
        draft.kind, draft.has_unit, draft.noun = K.RATIO, True, None


def _behind_hyphen(source: Source, k: int) -> int:
    """The token behind a hyphen that ties a word to the figure (380-Milliarden-Yuan, 90-%-Spanne), else k."""
    is_tied = source.low(k) == "-" and source.is_glued(k) and source.is_glued(k + 1)
    is_tied = is_tied and (source.is_word(k + 1) or source.low(k + 1) == "%")
    return k + 1 if is_tied else k


def _is_tied(source: Source, k: int) -> bool:
    return source.is_glued(k) and (source.is_word(k) or source.is_figure(k))


_GLUED_MINOR = {
    "p": Unit(K.MONEY, Decimal("0.01"), "GBP"),
    "c": Unit(K.MONEY, Decimal("0.01"), "USD"),
    "pc": Unit(K.PERCENT, Decimal(1)),
}
"""345p, 12c and 7.1pc, in English."""


def _unit(source: Source, k: int) -> tuple[int, Unit] | None:
    minor = _GLUED_MINOR.get(source.low(k)) if source.is_english else None
    if minor is not None and source.is_glued(k) and not _is_tied(source, k + 1):
        return k + 1, minor
    if source.low(k) == "nickel" and source.low(k - 1) == "a" and source.low(k + 1) in _POINTED | {"a", "ahead", "per"}:
        return k + 1, Unit(K.MONEY, Decimal("0.05"), "USD")
    tokens, units = source.tokens, source.vocabulary.units
    for at in dict.fromkeys((k, _behind_hyphen(source, k))):
        found = units.at(tokens, at)
        if found is None or not _fits(source, k, at, found[0]):
            continue
        return at + found[0], found[1]
    return None


def _fits(source: Source, k: int, at: int, length: int) -> bool:
    """Whether the unit is not the beginning of another word: 5 x 3, 5x, 3 Mal-, 2 m."""
    first = source.low(at)
    if source.is_glued(at + length) and source.is_figure(at + length):
        return False  # the sign belongs to the next figure: 22 $160 calls
    if first in ("x", "×", "fach", "fold", "mal") and length == 1:
        is_factor = source.is_figure(at + length)
        return not is_factor and (source.is_glued(at) or first == "mal")
    if first in ("fr", "rs", "bp", "pp") and at == k:
        return True
    return not source.breaks(k - 1, at + 1)


def _per(source: Source, draft: Draft) -> None:
    k = draft.last
    if source.low(k) in ("je", "pro", "per", "a", "an", "/") or (source.low(k) == "für" and source.low(k + 1) == "je"):
        skip = 2 if source.low(k + 1) in ("ordinary", "common", "diluted", "einzelne") else 1
        word = source.low(k + skip)
        if word in _PER:
            draft.per = _PER[word]
        elif word in _PER_OTHER:
            draft.per = word
        if word == "pound" and draft.kind is K.MONEY:
            draft.last = k + skip + 1  # a weight, no second amount


_CARRIERS = frozenset(("um", "by", "zu", "to", "auf"))
"""Words that may stand between a hedge and its figure: fast um die Hälfte, to at least double, mindestens zu."""
_NOT_CARRIED = frozenset(
    ("über", "unter", "over", "under", "up", "above", "below", "gut", "gegen", "near", "top", "within")
)
_MARKS = frozenset(("mark", "level", "threshold", "line", "marke", "schwelle", "grenze", "punkte", "linie"))
_VERBS_OF_REACHING = frozenset(("top", "tops", "topped", "topping", "beyond"))
_MATHEMATICAL = frozenset((">", "<"))


def _is_unmarked(source: Source, draft: Draft, first: int) -> bool:
    """`below the 32.4 billion that analysts expected`: an article asks for a mark behind the figure."""
    if source.low(first - 1) not in ("the", "die", "der") or draft.kind is K.FRACTION:
        return False
    at = draft.last + 1 if source.low(draft.last) == "-" else draft.last
    return source.low(first - 2) in ("above", "below", "over", "under", "past", "über", "unter") and not (
        source.low(at) in _MARKS or source.low(at).endswith("marke") or draft.kind is K.INDEX_POINTS
    )


def hedge(source: Source, draft: Draft) -> None:
    """Comparator of the words before the figure, else of those behind it, else exact."""
    draft.comparator = Comparator.EXACT
    first = draft.first
    if draft.kind is K.MULTIPLE and source.low(first - 1) in ("das", "dem", "the"):
        first -= 1  # weniger als das 1,5-Fache
    before = BEFORE.at(source.tokens, first)
    if before is None and source.low(first - 1) in _CARRIERS:
        carried = BEFORE.at(source.tokens, first - 1)
        if carried is not None and source.low(first - 1 - carried[0]) not in _NOT_CARRIED:
            before, first = carried, first - 1
    is_tag = source.low(first - 1) in _MATHEMATICAL and source.is_glued(first - 1) and source.low(first - 2) != "("
    if (
        before is not None
        and source.low(first - 1) in _VERBS_OF_REACHING
        and not (draft.has_unit or draft.amounts[0].scale)
    ):
        before = None  # Top 10
    if before is not None and not is_tag and not _is_unmarked(source, draft, first):
        draft.comparator, draft.hedge = before[1], (first - before[0], first)
        return
    if source.low(draft.last) == "+" and source.is_glued(draft.last) and not _is_tied(source, draft.last + 1):
        draft.comparator, draft.hedge = Comparator.AT_LEAST, (draft.last, draft.last + 1)
        return
    if source.low(first - 1) == "von" and _starts_there(source, draft.last):
        draft.comparator = Comparator.AT_LEAST
        return
    behind = BEHIND.at(source.tokens, draft.last)
    if behind is not None:
        draft.comparator, draft.hedge = behind[1], (draft.last, draft.last + behind[0])


def _starts_there(source: Source, k: int) -> bool:
    """`von 90 Euro an`, `von 90 Euro je Megawattstunde an`."""
    at = k + 2 if source.low(k) in ("je", "pro") else k
    is_of = source.low(at + 1) in ("der", "die", "das", "den") or source.is_capital(at + 1)
    return not source.is_english and source.low(at) == "an" and not is_of
