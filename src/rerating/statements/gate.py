"""The gate: reads a rendered text back and holds it against the facts that it is due to say.

It knows nothing of templates. It gets the text, cut into passages as a reader would see them, and the facts in the
order in which they were said; it extracts every figure, date, rating and name of the text with the readers of
`language` and matches the two one to one. Every digit of a text lies in a mention, so a figure that is not due is found
as surely as one that is missing. A report that does not pass is no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from rerating.core.errors import IntegrityError
from rerating.core.record import Record
from rerating.language.hedges import Comparator, hedge
from rerating.language.nouns import direction
from rerating.language.numbers import Number as Figure
from rerating.language.numbers import exact
from rerating.language.quantities import currencies
from rerating.language.reading import Mention, directions, readings
from rerating.language.reading.mentions import MentionKind as K
from rerating.language.reading.mentions import PeriodReading
from rerating.statements.facts import (
    BOUND_FORMS,
    DIRECTION_FORMS,
    HEDGE_STEP,
    Count,
    Day,
    Days,
    Fact,
    Moment,
    Moments,
    Money,
    MoneyRange,
    Name,
    Number,
    NumberRange,
    Rated,
    Share,
    ShareRange,
    Term,
    Voice,
    written,
)


class Due(Record):
    """A fact (or a noun that holds digits) that the text has to say, and the form in which it is said."""

    fact: Fact | Term
    form: str = ""


@dataclass(frozen=True, kw_only=True)
class _Found:
    """Something that the text says: a mention, a word of direction, or a stretch that spells a name that is due."""

    passage: int
    start: int
    end: int
    text: str
    mention: Mention | None = None
    direction: str | None = None
    name: str | None = None


def verify(passages: Sequence[str], due: Sequence[Due], voice: Voice) -> None:
    """Holds a text against its facts.

    Raises IntegrityError with the sentence where a fact is missing, is said differently, or where the text says a
    figure, date or rating that is not due.
    """
    names = {words for one in due if (words := _name(one, voice))}
    names |= {words[0].upper() + words[1:] for words in names}
    spellings = sorted(names, key=lambda name: (-len(name), name))
    found = [item for place, text in enumerate(passages) for item in _read(place, text, spellings, voice)]
    at, place = 0, 0
    while place < len(due):
        paired = _paired(found, at, due[place : place + 2])
        at, place = (paired, place + 2) if paired else (_matched(found, at, due[place], passages, voice), place + 1)
    rest = next((item for item in found[at:] if not _is_idle(item)), None)
    if rest is not None:
        raise _refusal(f"'{rest.text}' is said and not due", passages[rest.passage], rest.start)


_DATED = ("", "no_year")


def _paired(found: Sequence[_Found], at: int, due: Sequence[Due]) -> int:
    """The place after one mention that says two facts as a range (von 43,7 % bis 49,4 %); 0 if none does."""
    while at < len(found) and _is_idle(found[at]):
        at += 1
    mention = found[at].mention if at < len(found) else None
    if mention is None or len(due) != 2:
        return 0
    first, last = due[0].fact, due[1].fact
    if isinstance(first, Day) and isinstance(last, Day) and due[0].form in _DATED and due[1].form in _DATED:
        days = Days(from_on=first.on, to_on=last.on)
        return at + 1 if any(_until(p) and _says_days(p, days, "") for p in mention.periods) else 0
    if len(mention.values) != 2:
        return 0
    match first, last:
        case Share() as low, Share() as high if mention.kind is K.PERCENT:
            said = _says_range(mention, exact(low.value) * 100, exact(high.value) * 100)
        case Money() as low, Money() as high if mention.kind is K.MONEY:
            said = low.unit == high.unit == mention.currency and _says_range(mention, low.value, high.value)
        case (Number() | Count()) as low, (Number() | Count()) as high if mention.kind not in (K.MONEY, K.PERCENT):
            said = _says_range(mention, low.value, high.value)
        case _:
            said = False
    return at + 1 if said else 0


def _matched(found: Sequence[_Found], at: int, due: Due, passages: Sequence[str], voice: Voice) -> int:
    """The place after what says the fact. Idle words, names and directions in between are passed over, figures not."""
    start = at
    while at < len(found):
        taken = _taken(found, at, due, voice)
        if taken:
            return at + taken
        if not _is_idle(found[at]):
            break
        at += 1
    if _may_be_silent(due):
        return start
    item = found[min(at, len(found) - 1)] if found else None
    said = f"the text says '{item.text}'" if item is not None and at < len(found) else "the text ends"
    where = passages[item.passage] if item is not None else ""
    raise _refusal(f"{_told(due, voice)} is due, {said}", where, item.start if item is not None else 0)


def _told(due: Due, voice: Voice) -> str:
    return f"'{written(due.fact, voice, due.form)}'"


def _refusal(what: str, passage: str, start: int) -> IntegrityError:
    ends = [0, *(m.end() for m in re.finditer(r"[.!?]\s", passage)), len(passage)]
    first = max((end for end in ends if end <= start), default=0)
    last = min((end for end in ends if end > start), default=len(passage))
    sentence = passage[first:last].strip()
    return IntegrityError(
        f"The report does not say its facts: {what}, in the sentence “{sentence}”. It is not given out."
    )


def _may_be_silent(due: Due) -> bool:
    """One of something is said by an article, which is no figure."""
    return isinstance(due.fact, Count) and due.fact.value == 1


_NOTHING = frozenset(("null", "zero"))
"""Above zero is a word about a sign."""


def _is_idle(item: _Found) -> bool:
    """What may stand in a sentence without being a fact: names, directions, and spans of time without any number."""
    mention = item.mention
    if mention is None or item.text.casefold() in _NOTHING:
        return True
    if any(sign.isdigit() for sign in mention.text) or mention.values or mention.kind is K.RATING:
        return False
    return not mention.periods or any(not _is_dated(period) for period in mention.periods)


def _is_dated(period: PeriodReading) -> bool:
    parts = (period.year, period.month, period.day, period.part, period.count, period.hour)
    return any(part is not None for part in parts)


# ---- what the text says -------------------------------------------------------------------------------------------


def _read(place: int, text: str, names: Sequence[str], voice: Voice) -> Iterator[_Found]:
    """All that one passage says, in its order. Where a due name stands, nothing else is read."""
    spelled = list(_spelled(text, names))
    masked = _masked(text, spelled)
    found = [_Found(passage=place, start=a, end=b, text=text[a:b], name=text[a:b]) for a, b in spelled]
    for mention in readings(masked, voice.language):
        said = text[mention.start : mention.end]
        found.append(_Found(passage=place, start=mention.start, end=mention.end, text=said, mention=mention))
    for word in directions(masked, voice.language):
        said = text[word.start : word.end]
        found.append(_Found(passage=place, start=word.start, end=word.end, text=said, direction=word.direction))
    return iter(sorted(found, key=lambda item: (item.start, item.end)))


_EDGE = r"(?<![^\W_])", r"(?![^\W_])"


def _spelled(text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The stretches that spell a name, the longest name first; they do not overlap."""
    spellings = [name for name in names if name in text]
    if not spellings:
        return
    first, last = _EDGE
    for match in re.finditer("|".join(f"{first}{re.escape(name)}{last}" for name in spellings), text):
        yield match.span()


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with names blotted out by letters of the same length, so that offsets stay.

    A name that is a currency's code stays, because figures need it.
    """
    parts = list(text)
    for start, end in spans:
        if text[start:end] not in currencies():
            parts[start:end] = "x" * (end - start)
    return "".join(parts)


def _name(due: Due, voice: Voice) -> str | None:
    """The spelling of a name that is due, or of a number of things that is none (keine Abstufungen)."""
    fact = due.fact
    if isinstance(fact, Name | Rated | Term) or (isinstance(fact, Count) and fact.value == 0):
        words = written(fact, voice, due.form)
        return None if isinstance(fact, Count) and words[0].isdigit() else words
    return None


# ---- whether it says the fact -------------------------------------------------------------------------------------


def _taken(found: Sequence[_Found], at: int, due: Due, voice: Voice) -> int:
    """How many of the found items from `at` say the fact; 0 where they do not."""
    item, fact = found[at], due.fact
    spelling = _name(due, voice)
    if spelling is not None:
        return int(item.name == spelling or (item.name or "").casefold() == spelling.casefold())
    if due.form in DIRECTION_FORMS:
        assert isinstance(fact, Share)
        return int(item.direction == direction(fact.value, fact.digits + 2))
    if item.mention is None:
        return 0
    if isinstance(fact, Moments):
        return _says_moments(found, at, fact, voice)
    return int(_says(item.mention, due, voice))


def _says(mention: Mention, due: Due, voice: Voice) -> bool:
    fact = due.fact
    match fact:
        case Money() | MoneyRange():
            return mention.kind is K.MONEY and mention.currency == fact.unit and _says_money(mention, fact, due.form)
        case Share() | ShareRange():
            return mention.kind is K.PERCENT and _says_share(mention, fact, due.form)
        case Number() | NumberRange() | Count():
            return _says_number(mention, fact, due.form)
        case Day():
            return _says_day(mention, fact, due.form)
        case Days():
            return any(_says_days(period, fact, due.form) for period in mention.periods)
        case Moment():
            return _says_moment(mention, fact.at, due.form, voice)
    return False


def _says_money(mention: Mention, fact: Money | MoneyRange, form: str) -> bool:
    if fact.per is not None and mention.per != fact.per:
        return False
    if isinstance(fact, MoneyRange):
        return _says_range(mention, fact.low, fact.high)
    return _is_bound(mention, form) and _prints(mention, fact.value)


def _says_share(mention: Mention, fact: Share | ShareRange, form: str) -> bool:
    if isinstance(fact, ShareRange):
        return _says_range(mention, exact(fact.low) * 100, exact(fact.high) * 100)
    if form == "hedged":
        return _says_hedged(mention, fact)
    value = abs(fact.value) if form == "size" else fact.value
    if form == "signed" and round(value, fact.digits + 2) and not mention.is_signed:
        return False
    return _is_bound(mention, form) and _prints(mention, exact(value) * 100)


def _says_hedged(mention: Mention, fact: Share) -> bool:
    """The size with its hedge: word and rounding are those that the interval allows."""
    said = hedge(abs(exact(fact.value)), exact(HEDGE_STEP), unit=exact(HEDGE_STEP))
    figure = _figure(mention)
    return figure is not None and mention.comparator is said.comparator and figure == exact(said.stated.value) * 100


def _says_number(mention: Mention, fact: Number | NumberRange | Count, form: str) -> bool:
    """A bare number or a number of things; a number of sessions or days is read as a span of time."""
    if mention.kind in (K.MONEY, K.PERCENT, K.INSTANT, K.RATING):
        return False
    if isinstance(fact, NumberRange):
        return _says_range(mention, fact.low, fact.high)
    counts = [period.count for period in mention.periods if period.count is not None]
    if counts:
        return any(_rounds_to(exact(count), Decimal(1), exact(fact.value)) for count in counts)
    return _is_bound(mention, form) and _prints(mention, fact.value)


_BOUNDS = {form: Comparator(form) for form in BOUND_FORMS}


def _is_bound(mention: Mention, form: str) -> bool:
    """Whether the figure stands behind the words of the bound that is due, or behind none."""
    return mention.comparator is _BOUNDS.get(form, Comparator.EXACT)


def _says_day(mention: Mention, fact: Day, form: str) -> bool:
    on = fact.on
    if form == "month":
        return any((p.year, p.month, p.day) == (on.year, on.month, None) for p in mention.periods)
    year = None if form == "no_year" else on.year
    return any((p.year, p.month, p.day, _until(p)) == (year, on.month, on.day, None) for p in mention.periods)


def _says_days(period: PeriodReading, fact: Days, form: str) -> bool:
    """A span; what both ends share is said once, at its end."""
    first, last = fact.from_on, fact.to_on
    days = (None, None) if form == "months" else (first.day, last.day)
    if period.day != days[0] or period.month not in (None, first.month):
        return False
    until = _until(period)
    if until is None:
        return (period.year, period.month, days[0]) == (last.year, last.month, days[1])
    return period.year in (None, first.year) and until == (last.year, last.month, days[1])


def _until(period: PeriodReading) -> tuple[Any, ...] | None:
    ends = (period.until_year, period.until_month, period.until_day)
    if all(end is None for end in ends):
        return None
    return (ends[0] or period.year, ends[1] or period.month, ends[2])


def _says_moment(mention: Mention, at: Any, form: str, voice: Voice) -> bool:
    local = at.astimezone(ZoneInfo(voice.zone))
    day = (local.year, local.month, local.day)
    if form == "day":
        return any((p.year, p.month, p.day, p.hour) == (*day, None) for p in mention.periods)
    return any(
        (p.year, p.month, p.day, p.hour, p.minute) == (*day, local.hour, local.minute)
        and p.zone == voice.zone
        and p.until_hour is None
        for p in mention.periods
    )


def _says_moments(found: Sequence[_Found], at: int, fact: Moments, voice: Voice) -> int:
    """Two full instants, or a day with the clocks of its span."""
    first = found[at].mention
    assert first is not None
    if fact.from_at == fact.to_at:
        return int(_says_moment(first, fact.from_at, "", voice))
    begin, end = (moment.astimezone(ZoneInfo(voice.zone)) for moment in (fact.from_at, fact.to_at))
    if begin.date() == end.date():
        day = (begin.year, begin.month, begin.day, begin.hour, begin.minute, end.hour, end.minute, voice.zone)
        return int(
            any(
                (p.year, p.month, p.day, p.hour, p.minute, p.until_hour, p.until_minute, p.zone) == day
                for p in first.periods
            )
        )
    second = found[at + 1].mention if at + 1 < len(found) else None
    both = second is not None and _says_moment(second, fact.to_at, "", voice)
    return 2 if both and _says_moment(first, fact.from_at, "", voice) else 0


def _is_exact(mention: Mention) -> bool:
    return mention.comparator is Comparator.EXACT


def _figure(mention: Mention) -> Decimal | None:
    value = mention.value
    return None if value is None else exact(value.value)


def _prints(mention: Mention, true: Figure) -> bool:
    """Whether the figure is the true one, rounded half away from zero to its last digit."""
    value = mention.value
    return value is not None and _rounds_to(exact(value.value), exact(value.step), exact(true))


def _rounds_to(said: Decimal, step: Decimal, true: Decimal) -> bool:
    """Rounding at the last stated digit; large amounts leave zeros out, so the grain is at most a hundredth of them."""
    if step <= 0:
        return False
    while step > 1 and step > abs(true) / 100:
        step /= 10
    return (abs(true) / step).quantize(Decimal(1), ROUND_HALF_UP) * step * (-1 if true < 0 else 1) == said


def _says_range(mention: Mention, low: Figure, high: Figure) -> bool:
    """Both ends; one figure where both print alike."""
    ends = [exact(low), exact(high)]
    if len(mention.values) == 2:
        stated = [(exact(value.value), exact(value.step)) for value in mention.values]
        return all(_rounds_to(said, step, true) for (said, step), true in zip(stated, ends, strict=True))
    return _is_exact(mention) and all(_prints(mention, end) for end in ends)
