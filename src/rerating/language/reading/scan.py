"""One pass over the tokens: at each the parsers in turn, the longest-reaching first. Each looks a bounded way ahead."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from rerating.language.hedges import Comparator
from rerating.language.reading import amounts, bands, calendar, labels, parts, ratings, relative
from rerating.language.reading.joining import joined
from rerating.language.reading.mentions import Mention, Unit, Value
from rerating.language.reading.mentions import MentionKind as K
from rerating.language.reading.numerals import Tongue, number_words
from rerating.language.reading.source import UNIT_OF, Amount, Draft, Source
from rerating.language.reading.text import NormalText
from rerating.language.reading.tokens import ADDRESS, FIGURE, STAMP, WORD
from rerating.language.reading.units import CROWNS, vocabulary, whose_crowns

Parser = Callable[[Source, int], Draft | None]

_AT_FIGURE: tuple[Parser, ...] = (
    calendar.day,
    calendar.months_of_year,
    calendar.part,
    relative.tied,
    calendar.clock,
    parts.proportion,
    relative.counted,
    parts.ordinal,
)
_AT_WORD: tuple[Parser, ...] = (
    labels.index_name,
    calendar.day,
    calendar.months_of_year,
    calendar.part,
    calendar.fiscal_year,
    relative.fixed,
    relative.shifted,
    calendar.month,
    calendar.weekday,
    relative.tied,
    relative.counted,
    parts.scale_note,
    parts.proportion,
    parts.each_of,
    bands.vague,
    parts.fraction,
    parts.dozen,
    amounts.amount,
    parts.multiple,
    labels.named_number,
    labels.tied_to_letters,
    ratings.rating_word,
)


def mentions(source: str, tongue: Tongue) -> list[Mention]:
    """All mentions of a text in one language, in order and without overlaps."""
    normal = NormalText(source)
    read = Source(normal.text, tongue)
    drafts: list[Draft] = []
    k, end = 0, len(read.tokens)
    while k < end:
        draft = _at(read, k)
        if draft is None:
            k += 1
            continue
        while drafts and drafts[-1].last > draft.first:
            draft.first = drafts[-1].last
        drafts.append(draft)
        k = max(draft.last, k + 1)
    done = joined(read, drafts)
    if any(draft.currency == CROWNS for draft in done):
        _name_crowns(read, done)
    _look_around(done)
    return [_mention(read, normal, source, draft) for draft in done]


def _look_around(drafts: list[Draft]) -> None:
    """Notes beside each large bare number the currency of the nearest large amount, the one before it first."""
    last: str | None = None
    waiting: list[Draft] = []
    for draft in drafts:
        if not draft.is_figure or not any(each.scale >= 6 for each in draft.amounts):
            continue
        if draft.kind is K.MONEY:
            last = draft.currency
            for each in waiting:
                each.currency_nearby = last
            waiting = []
        elif draft.kind is K.NUMBER and draft.noun is None:
            draft.currency_nearby = last
            if last is None:
                waiting.append(draft)


def _name_crowns(read: Source, drafts: list[Draft]) -> None:
    """Gives crowns their country; where the text names none they stay a number with that noun."""
    code = whose_crowns(set(read.tokens.lower))
    for draft in drafts:
        if draft.currency == CROWNS:
            draft.currency = code
            if code is None:
                draft.kind, draft.noun = K.NUMBER, read.tokens.text[draft.last - 1]


LONGEST_WORD = 60
"""No word that begins anything is longer."""


@lru_cache(maxsize=32_768)
def begins(word: str, tongue: Tongue) -> bool:
    """Whether any parser can find something that begins with this word (in small letters): most words begin nothing."""
    known = (
        word in calendar.FIRST_WORDS
        or word in relative.FIRST_WORDS
        or word in labels.FIRST_WORDS
        or word in ratings.first_words()
        or word in vocabulary(tongue).prefixes.anchors()
    )
    return known or bands.begins(word) or parts.begins(word, tongue) or number_words((word,), tongue) is not None


def _is_tied(read: Source, k: int) -> bool:
    """Whether digits are glued to the word, also behind a hyphen."""
    at = k + 1
    if read.low(at) == "-" and read.is_glued(at):
        at += 1
    return read.is_glued(at) and read.is_figure(at)


def _at(read: Source, k: int) -> Draft | None:
    kind = read.tokens.kind[k]
    if kind == WORD:
        word = read.low(k)
        if (len(word) > LONGEST_WORD or not begins(word, read.tongue)) and not _is_tied(read, k):
            return None
        return next((draft for parse in _AT_WORD if (draft := parse(read, k)) is not None), None)
    if kind == FIGURE:
        return _at_figure(read, k)
    if kind == STAMP:
        return calendar.day(read, k) or Draft(first=k, last=k + 1, kind=K.LABEL)
    if kind == ADDRESS:
        return Draft(first=k, last=k + 1, kind=K.LABEL)
    return parts.scale_note(read, k) or amounts.amount(read, k)


def _at_figure(read: Source, k: int) -> Draft | None:
    for parse in _AT_FIGURE:
        draft = parse(read, k)
        if draft is not None:
            return draft
    draft = amounts.amount(read, k)
    if draft is not None and (draft.has_unit or draft.amounts[0].scale):
        return draft
    name = labels.digits_of_a_name(read, k) or labels.aircraft(read, k)
    if name is not None:
        return name
    return calendar.year(read, k) or draft or Draft(first=k, last=k + 1, kind=K.LABEL)


def _value(amount: Amount) -> Value:
    by = amount.factor * Decimal(10) ** amount.scale
    value = amount.figure.value * by * amount.sign
    return Value(value=float(value) + 0.0, step=float(amount.figure.step * by), role=amount.role)


def _unit(draft: Draft) -> Unit | None:
    if draft.kind is not K.SCALE:
        return UNIT_OF.get(draft.kind)
    return "money" if draft.currency else "percent" if draft.noun else None


def _mention(read: Source, normal: NormalText, source: str, draft: Draft) -> Mention:
    start, end = normal.origin(read.tokens.start[draft.first], read.tokens.end[draft.last - 1])
    hedge: tuple[int, int] | tuple[None, None] = (None, None)
    if draft.hedge is not None and draft.comparator is not Comparator.RANGE:
        hedge = normal.origin(read.tokens.start[draft.hedge[0]], read.tokens.end[draft.hedge[1] - 1])
    return Mention(
        start=start,
        end=end,
        text=source[start:end],
        kind=draft.kind,
        unit=_unit(draft),
        values=tuple(_value(each) for each in draft.amounts),
        currency=draft.currency,
        comparator=draft.comparator if draft.is_figure else Comparator.NONE,
        hedge_start=hedge[0],
        hedge_end=hedge[1],
        is_signed=draft.has_sign,
        currency_nearby=draft.currency_nearby,
        noun=None if draft.kind is K.SCALE else draft.noun,
        per=draft.per,
        rating=draft.rating,
        periods=draft.periods,
    )
