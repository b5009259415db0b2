"""Claims of a day: when results come, shares trade ex dividend, shareholders meet or are paid."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from rerating.factcheck.claim import ClaimValue
from rerating.factcheck.extraction.claims.phrasings import on_one_line, tokens_of
from rerating.factcheck.extraction.figures.draft import Draft, span_of
from rerating.factcheck.extraction.text.article import Article, Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import phrase_table
from rerating.factcheck.extraction.voices.points import day_of
from rerating.factcheck.extraction.voices.speech import Voice
from rerating.factcheck.extraction.whom.economy.policies import on_day
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.language.reading import PeriodReading

_REACH = 16
_COST = 2.2


@lru_cache(maxsize=2)
def _patterns(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = phrase_table("dates.toml", table)
    return tuple((metric, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for metric, words in rows)


def date_drafts(article: Article, known: Subjects, sentence: Sentence, speaker: Voice) -> list[Draft]:
    """Each event word of a sentence with the day nearest to it; weekdays where the words say that it is to come."""
    published = article.published_on
    if published is None:
        return []
    dated = [(f, value) for f in sentence.figures if (value := _dated(article, sentence, f)) is not None]
    out = _drafts(known, sentence, speaker, dated, table="dates", published=published) if dated else []
    coming = [(f, value) for f in sentence.figures if (value := _coming(published, f)) is not None]
    if coming and _HAVING.isdisjoint(sentence.words(sentence.first, coming[0][0].first)):
        out += _drafts(known, sentence, speaker, coming, table="coming", published=published)
    return out + _others_too(known, sentence, speaker, out, dated + coming)


_HAVING = frozenset(("hat", "haben", "hatte", "hatten"))
"""Before a weekday: what comes behind it is over, `hat am Dienstag seine Zahlen veröffentlicht`."""


def _others_too(
    known: Subjects, sentence: Sentence, speaker: Voice, told: list[Draft], days: list[tuple[Figure, str]]
) -> list[Draft]:
    """`CSX reports on July 22, Union Pacific on July 23`: the next name with its day goes on about the same."""
    out: list[Draft] = []
    for figure, day in days:
        taken = {draft.first for draft in (*told, *out)}
        before = next((d for d in (*out, *told) if 3 <= figure.first - d.last <= _NEXT), None)
        if before is None or figure.first in taken or sentence.words(figure.first - 1, figure.first) not in _ON:
            continue
        parted = [k for k in range(before.last, figure.first) if sentence.tokens.lower[k] in _PARTING]
        named = [n for n in sentence.names if parted and parted[-1] < n.first and n.last == figure.first - 1]
        if not named or named[0].first != parted[-1] + 1:
            continue
        asset = known.of(sentence, None, first=figure.first)
        draft = Draft(
            sentence=sentence,
            first=figure.first,
            last=figure.last,
            span=span_of(sentence, figure),
            kind="date",
            metric=before.metric,
            values=(ClaimValue(value=day, unit="date"),),
            subject=as_subject(asset),
            voice=speaker,
        )
        out.append(draft)
    return out


_NEXT = 12
_PARTING = frozenset((",", "and", "und", ";"))
_ON = (("on",), ("am",), ("in",))


def _dated(article: Article, sentence: Sentence, figure: Figure) -> str | None:
    """The day of a mention, but for the end of a span and a half-year in brackets: `(H1 2025: 4,7 Mrd.)`."""
    is_bracketed = sentence.words(figure.first - 1, figure.first) == ("(",)
    return None if _ends(sentence, figure) else _day(article, figure, is_bracketed=is_bracketed)


def _drafts(
    known: Subjects,
    sentence: Sentence,
    speaker: Voice,
    days: list[tuple[Figure, str]],
    *,
    table: str,
    published: date,
) -> list[Draft]:
    """The days of one table. What a level is told of at a day that is over (`Zum 30. Juni`) took no effect on it."""
    words = on_one_line(sentence)
    out: list[Draft] = []
    taken: set[int] = set()
    for metric, pattern in _patterns(table):
        for match in pattern.finditer(words):
            first, last = tokens_of(sentence, match)
            if table == "coming" and _is_done(sentence, first, last):
                continue
            found = _nearest(sentence, days, first, last, taken)
            if found is None:
                continue
            figure, day = found
            if metric == "effective_date" and match.group().lower().startswith("zum") and day <= published.isoformat():
                continue
            taken.add(figure.first)
            asset = on_day(known, sentence, figure.first, metric) or known.of(sentence, None, first=figure.first)
            draft = Draft(
                sentence=sentence,
                first=figure.first,
                last=figure.last,
                span=span_of(sentence, figure),
                kind="date",
                metric=metric,
                values=(ClaimValue(value=day, unit="date"),),
                subject=as_subject(asset),
                voice=speaker,
            )
            out.append(draft)
    return out


def _is_done(sentence: Sentence, first: int, last: int) -> bool:
    """`hat am Dienstag seine Zahlen veröffentlicht`: a participle, and its verb before it."""
    is_participle = sentence.words(first, last)[-1:] in (("veröffentlicht",), ("präsentiert",), ("berichtet",))
    return is_participle and not _HAS.isdisjoint(sentence.words(first - 12, first))


_HAS = frozenset(("hat", "haben", "hatte", "hatten"))


def _day(article: Article, figure: Figure, *, is_bracketed: bool) -> str | None:
    """The day or half-year that a mention names: dated, or a weekday beside its date."""
    assert article.published_on is not None
    for reading in figure.mention.periods[:1]:
        if reading.unit not in ("day", "half") or reading.count is not None:
            return None
        if reading.unit == "half":
            return None if is_bracketed else _half(reading)
        if reading.month is None or reading.day is None:
            return None
        day = day_of(reading, article.published_on)
        return day.isoformat() if day and day != article.published_on else None
    return None


def _coming(published: date, figure: Figure) -> str | None:
    """The next day of a weekday's name, or tomorrow: the words beside it have to say that it lies ahead."""
    for reading in figure.mention.periods[:1]:
        if reading.unit != "day" or reading.count is not None or reading.month is not None or reading.phase is not None:
            return None
        if reading.weekday is not None and (reading.shift or 0) >= 0:
            return (published + timedelta(days=(reading.weekday - published.weekday()) % 7 or 7)).isoformat()
        if reading.shift is not None and reading.shift > 0:
            return (published + timedelta(days=reading.shift)).isoformat()
    return None


_ENDED = frozenset(("ended", "ending", "endete", "endenden", "endende"))


def _ends(sentence: Sentence, figure: Figure) -> bool:
    """Whether the day is a span's last one: `the quarter ended Aug. 30`."""
    return not _ENDED.isdisjoint(sentence.words(figure.first - 2, figure.first))


def _half(reading: PeriodReading) -> str | None:
    return f"{reading.year}-{6 * reading.part:02d}" if reading.year and reading.part else None


def _nearest(
    sentence: Sentence, days: list[tuple[Figure, str]], first: int, last: int, taken: set[int]
) -> tuple[Figure, str] | None:
    best: tuple[float, Figure, str] | None = None
    for figure, day in days:
        if figure.first in taken:
            continue
        is_behind = figure.first >= last
        gap = figure.first - last if is_behind else first - figure.last
        cost = sentence.cost(last, figure.first) if is_behind else sentence.cost(figure.last, first)
        if gap > _REACH or cost > _COST:
            continue
        rank = gap + 8 * cost + (0 if is_behind else 2)
        if best is None or rank < best[0]:
            best = (rank, figure, day)
    return None if best is None else best[1:]
