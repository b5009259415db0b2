"""Whose trading day a move, a price and what goes with them are of: the day that the text named last for such.

`Am Montag stieg die Aktie um 9 Prozent. Der Rivale gewann 2 Prozent, 12.000 Calls wechselten den Besitzer.`: all of
Monday. Where no day is named it is that of the publication, and a move of that day of a session that was still running
then is no whole day's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.company_spans import is_compared
from rerating.factcheck.extraction.voices.dating import Dated
from rerating.factcheck.extraction.voices.moves import OF_A_DAY
from rerating.factcheck.extraction.voices.points import day_of

_PRICES = frozenset(("share_price", "index_level", "opening_price"))
_ALWAYS = frozenset(
    (
        ("volume", "trading_volume"),
        ("volume", "turnover"),
        ("ranking", "index_leader"),
        ("ranking", "index_laggard"),
        ("indicator", "advancers"),
        ("indicator", "decliners"),
        ("indicator", "volatility_index"),
        ("high_low_level", "day_high"),
        ("high_low_level", "day_low"),
    )
)
"""What only a trading day has."""
_SPANNED = frozenset(("return", "options_volume"))
"""What is measured over a session, or over the part of it that is over."""
_BESIDE = frozenset(("price_level", "high_low_level", "distance_to_high", "distance_to_low"))
"""What is told of a day where its sentence tells of that day's move or price."""
_LASTING = frozenset(("issue_price", "fair_value", "support", "resistance", "open_interest"))
"""Levels that are no price of a day."""


def on_trading_days(article: Article, drafts: list[Draft]) -> None:
    """Gives what is told of a trading day that day, in the order of the text."""
    if article.published_on is None:
        return
    ordered = [draft for draft in drafts if article.region_of(draft.sentence) is None]
    ordered.sort(key=lambda draft: (draft.sentence.number, draft.first))
    state = _Day(article.published_on, _clock(article.published_at), article.is_english)
    state.is_of_today = any(state.tells_of_today(draft) for draft in ordered if _is_of_a_day(draft))
    by_sentence = {number: list(told) for number, told in groupby(ordered, key=lambda draft: draft.sentence.number)}
    for sentence in article.sentences:
        if sentence.row is None and article.region_of(sentence) is None:
            state.hear(sentence)
        if sentence.number in by_sentence:
            state.turn(by_sentence[sentence.number])


def _clock(at: datetime | None) -> datetime | None:
    """The time of publication; noon in UTC stands for a day whose time is not known."""
    return None if at is None or (at.time() == time(12) and not at.utcoffset()) else at


@dataclass(slots=True)
class _Day:
    """The trading day that the text is at."""

    published: date
    at: datetime | None
    is_english: bool
    is_of_today: bool = False
    """Whether the text tells of the session of its own day, though it names none."""
    day: str | None = None
    main: str | None = None
    block: object = None
    has_moved: bool = False
    is_over: bool = False
    """Whether the session of the day of publication has been told as closed."""

    def hear(self, sentence: Sentence) -> None:
        """The first day that the text names, whatever it tells of it: `The company said on Thursday that ...`."""
        if self.day is not None or not _is_prose(sentence):
            return
        for when in sentence.figures:
            if when.mention.unit != "date" or not when.mention.periods or is_compared(sentence, when):
                continue
            reading = when.mention.periods[0]
            day = day_of(reading, self.published)
            is_near = day is not None and timedelta() <= self.published - day <= timedelta(days=4)
            if day is not None and is_near and (reading.weekday is not None or reading.shift in (0, -1)):
                self.day = self.main = day.isoformat()
                return

    def turn(self, told: list[Draft]) -> None:
        """Dates the claims of a sentence."""
        sentence = told[0].sentence
        if sentence.text.block is not self.block:
            self.block, self.day = sentence.text.block, self.main or self.day
        moved = [draft for draft in told if _is_of_a_day(draft)]
        self.has_moved = self.has_moved or any(draft.kind == "return" for draft in told)
        for draft in moved:
            self._date(draft)
            self._running(draft)
        for draft in told:
            if draft.dated.as_of is None and _is_prose(sentence) and _is_beside(draft, moved):
                own = next((other.dated.as_of for other in moved if other.dated.as_of), None)
                draft.dated = Dated(draft.dated.period, own)

    def tells_of_today(self, draft: Draft) -> bool:
        """Whether words say so: a session that runs, or one that closed where the exchanges had closed by then."""
        if draft.dated.as_of is not None:
            return draft.dated.as_of == self._today()
        if draft.dated.period in ("premarket", "opening", "intraday") or _is_now(draft):
            return True
        return self.at is not None and _is_closed(draft) and self.at.time() >= self._hours(self.at)[1]

    def _date(self, draft: Draft) -> None:
        own = draft.dated.as_of
        is_aside = draft.dated.period in ("premarket", "after_hours", "opening")
        if own is not None and len(own) == 10:
            if not is_aside or self.day is None:
                self.day = own
                self.main = self.main or own
        elif _is_prose(draft.sentence) and (draft.kind != "price_level" or self.has_moved) and not _is_usual(draft):
            draft.dated = Dated(draft.dated.period, self._day_of(draft))

    def _day_of(self, draft: Draft) -> str | None:
        """The day that was named last; that of the publication where `now` is said, or where the text tells of it."""
        is_now = draft.dated.period in ("premarket", "opening") or _is_now(draft)
        if self.day is None or is_now:
            return self._today() if is_now or self.is_of_today else None
        return None if self.day != self._today() and _is_latest(draft) else self.day

    def _today(self) -> str:
        """The day of the publication, on a weekend the Friday before it."""
        on = self.published
        return (on - timedelta(days=max(on.weekday() - 4, 0))).isoformat()

    def _running(self, draft: Draft) -> None:
        """A move of the day of publication, told before its session was over."""
        is_counted = draft.kind == "options_volume" and draft.metric.endswith("_volume") and bool(draft.values)
        if is_counted and draft.dated.period is None and draft.dated.as_of is not None:
            draft.dated = Dated("one_session", draft.dated.as_of)
        if draft.kind not in _SPANNED or draft.dated.as_of != self.published.isoformat():
            return
        if _is_closed(draft):
            self.is_over = True
        if draft.dated.period != "one_session" or self.at is None or self.is_over:
            return
        first, last = self._hours(self.at)
        if self.at.time() < first:
            draft.dated = Dated("premarket", draft.dated.as_of)
        elif self.at.time() < last:
            draft.dated = Dated("intraday", draft.dated.as_of)

    def _hours(self, at: datetime) -> tuple[time, time]:
        """When the exchanges of a part of the world open and close, by the clock that the publication is told in."""
        offset = at.utcoffset() or timedelta()
        if offset < timedelta(hours=-1):
            return time(9, 30), time(16, 0)
        if offset > timedelta(hours=3):
            return time(0, 0), time(15, 30)
        return time(0, 0), time(16, 30) if self.is_english and offset <= timedelta(hours=1) else time(17, 30)


def _is_of_a_day(draft: Draft) -> bool:
    if draft.kind == "return":
        return draft.dated.period in OF_A_DAY
    if draft.kind == "options_volume":
        return draft.metric not in _LASTING
    is_price = draft.kind == "price_level" and draft.metric in _PRICES
    return is_price or draft.kind == "options_ratio" or (draft.kind, draft.metric) in _ALWAYS


def _is_beside(draft: Draft, moved: list[Draft]) -> bool:
    is_rank = draft.kind == "ranking" and draft.metric == "rank"
    return bool(moved) and (is_rank or draft.kind in _BESIDE) and draft.metric not in _LASTING


def _is_usual(draft: Draft) -> bool:
    """`against a daily average of 24,000`: what an ordinary day has."""
    if draft.kind not in ("volume", "options_volume", "options_ratio"):
        return False
    near = draft.sentence.words(draft.first - 4, draft.first)
    return any(word in _USUAL or word.endswith(("schnitt", "mittel")) for word in near)


_USUAL = frozenset(("average", "averaged", "averages", "usual", "normal", "mean", "typical", "norm", "sonst"))


def _is_prose(sentence: Sentence) -> bool:
    """Whether it tells something, not a line of a fact box, a heading or a cell."""
    if sentence.cell is not None or sentence.role in (BlockRole.TITLE, BlockRole.HEADING, BlockRole.ROW):
        return False
    return any(word in ".!?" for word in sentence.tokens.text[max(sentence.last - 3, sentence.first) : sentence.last])


def _clause(draft: Draft) -> Iterable[str]:
    sentence = draft.sentence
    for k in range(max(sentence.first, draft.first - 14), min(sentence.last, draft.last + 8)):
        if sentence.cost(k, draft.first) <= 1.7:
            yield sentence.tokens.lower[k]


def _is_closed(draft: Draft) -> bool:
    return not _CLOSED.isdisjoint(_clause(draft))


def _is_now(draft: Draft) -> bool:
    return not _NOW.isdisjoint(_clause(draft))


def _is_latest(draft: Draft) -> bool:
    """`Zuletzt notierte sie bei 145 Euro`: after the day that was told of, on one that the text does not name."""
    words = tuple(_clause(draft))
    return "zuletzt" in words or any(pair in _LATEST for pair in pairwise(words))


_LATEST = frozenset((one, "last") for one in ("was", "were", "at")) | {("last", "traded"), ("last", "trading")}
_CLOSED = word_set("dating", "closed")
_NOW = word_set("dating", "intraday")
