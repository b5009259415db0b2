"""When a claim holds: the span it measures (`period`) and the day it holds at (`as_of`), seen from the publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rerating.factcheck.extraction.text.article import Article, Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.company_spans import company_span, is_compared
from rerating.factcheck.extraction.voices.company_years import YearEnd
from rerating.factcheck.extraction.voices.moves import OF_A_DAY, compounded, is_others, of_the_day, parted, span_of_move
from rerating.factcheck.extraction.voices.points import day_of, edge_of, is_of_mark, lead_of, point_of


@dataclass(frozen=True, slots=True)
class Dated:
    """What the words near a claim say of time."""

    period: str | None = None
    as_of: str | None = None


_MOVES = frozenset(("return", "volume", "options_volume", "index_points"))
_COMPANY = word_set("dating", "company")
_INTRADAY = word_set("dating", "intraday")
_PLANNED = frozenset(("guidance", "estimate", "capex", "outlook"))
_UNDATED = frozenset(("implied_upside", "attributed_reason", "estimate"))
"""What is told of no day, whatever day its sentence names."""
_REPORTED = frozenset(("growth", "financial_figure", "operating_metric"))
_ACTS = frozenset(("corporate_event", "policy_event", "insider_trade", "rating_change", "high_low_level"))
"""What happened or is to happen at a time, told by its month or year too."""
_BESIDE = frozenset(("corporate_event", "ratio", "market_share", "outlook"))
"""What is of a span only where its own clause names one."""
_PRICED = frozenset(("return", "price_level"))
_DAYS = frozenset(("day", "session", "minute", "hour"))


def dated(
    article: Article, sentence: Sentence, at: tuple[int, int], kind: str, metric: str, *, end: YearEnd | None = None
) -> Dated:
    """Period and as-of of the claim at tokens `at` [first, last) of a kind and a metric; `end` closes the year of whom
    it is of."""
    near = _near(sentence, *at)
    published = article.published_on
    is_stock = is_level(metric)
    day = None
    if kind not in _REPORTED or is_stock:
        day = _day(sentence, at, near, kind, published)
    as_of = day.isoformat() if day is not None else None
    if kind in _MOVES:
        period = _of_move(sentence, at, near, published, kind=kind, day=day)
        is_apart = period not in OF_A_DAY and any(
            is_others(sentence, f, at) for f in near if _is_day(f, day, published)
        )
        return Dated(period, None if kind == "return" and period is not None and is_apart else as_of)
    if published is not None and as_of is None and (kind in _ACTS or kind in _PLANNED or is_stock):
        as_of = _point(sentence, at, near, published, kind=kind, is_stock=is_stock)
    is_ahead = as_of is not None and published is not None and as_of > str(published)
    if kind not in _COMPANY or (is_stock and (kind in _REPORTED or is_ahead)):
        return Dated(None, as_of)
    if kind in _BESIDE:
        near = [when for when in near if parted(sentence, when, at) <= 1.2]
    if kind == "corporate_event" and any(_is_to_date(when) for when in near):
        return Dated("year_to_date", as_of)
    if kind == "corporate_event" and metric != "buyback":
        return Dated(None, as_of)
    period = company_span(sentence, near, published, end or YearEnd(), is_planned=kind in _PLANNED)
    if is_ahead and as_of is not None and period is not None and len(as_of) > 4 and as_of[:4] == period[-4:]:
        period = None
    return Dated(period, as_of)


def _is_day(when: Figure, day: date | None, published: date | None) -> bool:
    return day is not None and published is not None and day_of(when.mention.periods[0], published) == day


def _day(sentence: Sentence, at: tuple[int, int], near: list[Figure], kind: str, published: date | None) -> date | None:
    """The day nearest to a claim that can be its own."""
    if published is None or kind in _UNDATED:
        return None
    for when in near:
        reading = when.mention.periods[0]
        if reading.unit not in _DAYS or (kind != "high_low_level" and is_of_mark(sentence, when, published)):
            continue
        if kind in _PRICED and is_compared(sentence, when):
            continue
        day = day_of(reading, published)
        if day is None or (kind == "return" and (day > published or lead_of(sentence, when) == "since")):
            continue
        return day
    return None


def _of_move(
    sentence: Sentence,
    at: tuple[int, int],
    near: list[Figure],
    published: date | None,
    *,
    kind: str,
    day: date | None,
) -> str | None:
    is_return = kind == "return"
    period = span_of_move(sentence, at, near, published, is_return=is_return)
    if is_return:
        period = compounded(sentence, *at) or period
        if period is None:
            period = _of_a_day(sentence, day, published)
        return of_the_day(sentence, at, period)
    return "one_session" if kind == "options_volume" and period is None and day is not None else period


def _of_a_day(sentence: Sentence, day: date | None, published: date | None) -> str | None:
    """The span of a move whose day alone is told: that session, or the part of today's that is over."""
    is_today = day is not None and day == published
    if is_today and not _INTRADAY.isdisjoint(sentence.words(sentence.first, sentence.last)):
        return "intraday"
    return "one_session" if day is not None else None


_LEVELS = word_set("dating", "levels")


def is_level(metric: str) -> bool:
    """Whether a metric is of a day, not of a span: employees, debt, stores."""
    return metric in _LEVELS or any(metric.endswith(f"_{level}") for level in _LEVELS)


def _point(
    sentence: Sentence, at: tuple[int, int], near: list[Figure], published: date, *, kind: str, is_stock: bool
) -> str | None:
    """The month, year or end of one that a level, a plan or an act is told of."""
    for when in near:
        cost = parted(sentence, when, at)
        lead, edge = lead_of(sentence, when), edge_of(sentence, when)
        if cost > 1.2 or lead == "since":
            continue
        point = point_of(sentence, when, published)
        if point is None:
            continue
        if len(point) > 4:
            return point
        is_ended = lead == "until" or edge is not None
        if (kind in _PLANNED and is_stock and is_ended) or (
            kind in _ACTS and (is_ended or point < str(published.year))
        ):
            return point
        return None
    return None


def _is_to_date(when: Figure) -> bool:
    reading = when.mention.periods[0]
    return reading.unit == "year" and reading.window == "to_date"


def _near(sentence: Sentence, first: int, last: int) -> list[Figure]:
    """Dates and periods of the sentence, the nearest by clause first."""
    dates = [f for f in sentence.figures if f.mention.periods and f.mention.unit == "date"]

    def rank(figure: Figure) -> tuple[float, int]:
        is_before = figure.last <= first
        cost = sentence.cost(figure.last, first) if is_before else sentence.cost(last, figure.first)
        gap = first - figure.last if is_before else figure.first - last
        return (round(cost + 0.05 * max(gap, 0), 6), figure.first)

    return sorted((d for d in dates if not _belongs_to_next(sentence, d, first)), key=rank)


def _belongs_to_next(sentence: Sentence, date: Figure, first: int) -> bool:
    """`the result of Monday's 9% jump`: the day belongs to the figure right behind it alone."""
    at = date.last
    if sentence.words(at, at + 2) == ("'", "s"):
        at += 2
    elif sentence.words(at - 1, at)[-1:] != ("s",):
        return False
    return any(f.first == at and f.first != first and f.mention.unit not in (None, "date") for f in sentence.figures)
