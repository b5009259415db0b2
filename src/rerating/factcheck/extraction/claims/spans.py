"""The spans that an article's figures are of: a quarter or year that is named once holds for what is told after it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.company_spans import is_compared, named_span
from rerating.factcheck.extraction.voices.company_years import YearEnd, own_part, own_year, year_end_of
from rerating.factcheck.extraction.voices.dating import Dated, dated, is_level
from rerating.factcheck.extraction.voices.moves import OF_A_DAY
from rerating.factcheck.extraction.voices.points import is_of_mark

_OF_PAST = frozenset(("financial_figure", "growth", "operating_metric"))
_EXPECTED_ONCE = word_set("continuation", "expected_once")
_LASTING = frozenset(("leverage", "prices", "payout_ratio", "cost_savings", "costs", "market_size", "capacity"))
"""Plans that are of no year unless they name one."""
_YEARLY = frozenset(("guidance", "estimate", "corporate_event", "policy_event", *_OF_PAST))


@dataclass(slots=True)
class Spans:
    """What the text has said of its figures' spans by now."""

    article: Article
    ticker: str | None = None
    """Of the company that the text is about."""
    reported: str | None = None
    first: str | None = None
    """The span that the text reports on, wherever it names it."""
    planned: str | None = None
    block: object = None
    ends: dict[str | None, YearEnd] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.first = self.reported = _reported_on(self.article, self._end(self.ticker))

    def complete(self, sentence: Sentence, drafts: list[Draft]) -> None:
        """Dates the claims of a sentence, with what the text last named for such figures, and remembers theirs."""
        if sentence.text.block is not self.block:
            self.block = sentence.text.block
            is_passing = self.reported is not None and (_is_year(self.reported) or _is_month(self.reported))
            if is_passing and self.first is not None:
                self.reported = self.first
        moved: Draft | None = None
        for draft in drafts:
            self.date(draft)
            if draft.kind == "return":
                if moved is not None and _is_set_against(moved, draft):
                    draft.dated = moved.dated
                moved = draft
            self._carry(draft)

    def worded(self, drafts: list[Draft]) -> None:
        """Gives claims without a figure the span of the figures around them."""
        for draft in drafts:
            if draft.dated.period is not None:
                continue
            if draft.kind == "guidance":
                span = self.planned or self._this_year(draft)
                draft.dated = Dated(None if self._is_ended(draft.dated.as_of) else span, draft.dated.as_of)
            elif draft.kind in ("growth", "estimate", "financial_figure"):
                draft.dated = Dated(self.reported, draft.dated.as_of)

    def in_rows(self, drafts: list[Draft]) -> None:
        """Gives the figures of tables that name no span the one that the text reports on."""
        for draft in drafts:
            is_told = draft.kind in (*_OF_PAST, "estimate") and not is_level(draft.metric)
            if is_told and draft.dated.period is None and self.first is not None:
                draft.dated = Dated(self.first, draft.dated.as_of)

    def date(self, draft: Draft) -> None:
        """What the words around a claim say of its time."""
        is_market = draft.kind == "ratio" or (draft.subject.ticker is None and draft.subject.name is not None)
        end = YearEnd() if is_market else self._end(draft.subject.ticker)
        at = (draft.first, draft.last)
        draft.dated = dated(self.article, draft.sentence, at, draft.kind, draft.metric, end=end)
        if draft.kind in _YEARLY and _is_yearly(draft):
            draft.dated = Dated("per_year", draft.dated.as_of)

    def _end(self, ticker: str | None) -> YearEnd:
        if ticker not in self.ends:
            is_main = ticker is None or ticker == self.ticker
            listed = year_end_of(self.ticker if ticker is None else ticker)
            told = self.article.year_end if is_main else None
            self.ends[ticker] = YearEnd(told, listed.is_named_first) if told is not None else listed
        return self.ends[ticker]

    def _carry(self, draft: Draft) -> None:
        if not draft.values or draft.dated.period == "per_year":
            return
        period, as_of = draft.dated.period, draft.dated.as_of
        if draft.kind == "return":
            is_title = draft.sentence.role in (BlockRole.TITLE, BlockRole.HEADING)
            if period is None and draft.direction and not is_title and not _is_open_ended(draft):
                draft.dated = Dated("one_session", as_of)
        elif draft.kind in _OF_PAST:
            self._carry_reported(draft)
        elif draft.kind == "guidance":
            if period is not None:
                self.planned = period
            elif not self._is_ended(as_of) and not is_level(draft.metric) and draft.metric not in _LASTING:
                draft.dated = Dated(self.planned or self._this_year(draft), as_of)
        elif draft.kind == "estimate" and period is None and draft.metric not in _LASTING:
            words = draft.sentence.words(draft.sentence.first, draft.sentence.last)
            is_past = not _EXPECTED_ONCE.isdisjoint(words)
            span = self.reported if is_past else self.planned or self._this_year(draft)
            draft.dated = Dated(span or self.reported, as_of)
        elif draft.kind == "capex" and period is None and not self._is_ended(as_of) and _is_budget(draft):
            draft.dated = Dated(self.planned if _is_year(self.planned) else None, as_of)

    def _carry_reported(self, draft: Draft) -> None:
        period, as_of = draft.dated.period, draft.dated.as_of
        if (
            (is_level(draft.metric) and draft.kind != "growth")
            or draft.metric == "order_backlog"
            or _is_of_a_year(draft)
        ):
            return
        if draft.metric.endswith("dividend_per_share") and draft.kind == "financial_figure":
            draft.dated = Dated(_of_dividend(draft, period or self.reported, is_named=period is not None), as_of)
        elif period is None:
            is_before = draft.kind != "growth" and _is_before(draft)
            draft.dated = Dated(_year_before(self.reported) if is_before else self.reported, as_of)
        elif not _is_before(draft) and "(" not in draft.sentence.words(draft.first - 4, draft.first):
            is_newer = self.reported is None or period != _year_before(self.reported)
            if is_newer:
                self.reported = period

    def _is_ended(self, as_of: str | None) -> bool:
        """Whether a plan names its end, and so is of no span."""
        return as_of is not None and self.article.published_on is not None and as_of > str(self.article.published_on)

    def _this_year(self, draft: Draft) -> str | None:
        published = self.article.published_on
        return own_year(published, self._end(draft.subject.ticker)) if published is not None else None


def _reported_on(article: Article, end: YearEnd) -> str | None:
    """The quarter, half or nine months that a text names most; the first of those named as often."""
    if article.published_on is None:
        return None
    found: Counter[str] = Counter()
    is_quarterly = False
    for sentence in article.sentences:
        if sentence.role is BlockRole.ROW:
            continue
        is_quarterly = is_quarterly or not _QUARTERS.isdisjoint(sentence.words(sentence.first, sentence.last))
        for when in sentence.figures:
            if when.mention.unit != "date" or not when.mention.periods or is_compared(sentence, when):
                continue
            if is_of_mark(sentence, when, article.published_on):
                continue
            span = named_span(sentence, when, article.published_on, end)
            if span is not None and span[:1] in ("Q", "H", "9") and not _is_to_come(span, article, end):
                found[span] += 1
    if found:
        return found.most_common(1)[0][0]
    return _last_quarter(article, end) if is_quarterly else None


_QUARTERS = word_set("spans", "quarters")


def _last_quarter(article: Article, end: YearEnd) -> str | None:
    """The quarter that was over last, for a text that speaks of one without its number."""
    assert article.published_on is not None
    into = (article.published_on.month - end.month - 1) % 12 // 3 or 4
    return own_part(3, 3 * into, end, article.published_on, is_planned=False)


def _is_to_come(span: str, article: Article, end: YearEnd) -> bool:
    """Whether a span is not over at the publication."""
    assert article.published_on is not None
    months = 9 if span[:1] == "9" else int(span[1]) * (3 if span[:1] == "Q" else 6)
    year = int(span[-4:]) + end.is_named_first
    closed = (year - 1) * 12 + end.month + months
    return closed > article.published_on.year * 12 + article.published_on.month


def _is_year(span: str | None) -> bool:
    return span is not None and span.removeprefix("FY").isdigit()


def _is_month(span: str) -> bool:
    return len(span) == 7 and span[4] == "-"


def _year_before(span: str | None) -> str | None:
    """`Q2 2026` to `Q2 2025`."""
    if span is None or not span[-4:].isdigit():
        return span
    return f"{span[:-4]}{int(span[-4:]) - 1}"


_QUARTERLY = word_set("spans", "quarterly")
_INTERIM = word_set("spans", "interim")


def _of_dividend(draft: Draft, span: str | None, *, is_named: bool) -> str | None:
    """A quarter's dividend is of no span, an interim one of the half, another of the year that is named."""
    words = draft.sentence.words(draft.sentence.first, draft.sentence.last)
    if span is None or not _QUARTERLY.isdisjoint(words):
        return None
    if not _INTERIM.isdisjoint(words):
        return span if span[:1] == "H" else None
    return span if _is_year(span) and is_named else None


def _is_of_a_year(draft: Draft) -> bool:
    """`ein Jahresumsatz von 1,5 Milliarden Euro`, `annual sales of $2 billion`: what a year has, no matter which."""
    near = draft.sentence.words(draft.first - 5, draft.first)
    return "annual" in near or any(
        word.startswith(("jahresumsatz", "jahreserlös", "jahresproduktion")) for word in near
    )


_YEARLY_WORDS = word_set("spans", "yearly")


def _is_yearly(draft: Draft) -> bool:
    """`jährlich 450 Millionen Euro`, `$60 million a year`, `annual savings of $25 million`: so much each year."""
    sentence = draft.sentence
    after, before = sentence.words(draft.last, draft.last + 3), sentence.words(draft.first - 4, draft.first)
    if after[:2] in _A_YEAR:
        return not after[2:3] or not (after[2] in _THEN or after[2].isdigit())
    near = (*before, *sentence.words(draft.first, draft.last), *after[:2])
    return not _YEARLY_WORDS.isdisjoint(near) or (not _ANNUAL.isdisjoint(near) and not _SAVED.isdisjoint(near))


_A_YEAR = frozenset(
    (("a", "year"), ("per", "year"), ("per", "annum"), ("im", "jahr"), ("pro", "jahr"), ("each", "year"))
)
_THEN = frozenset(("ago", "earlier", "later", "before", "zuvor", "davor", "später", "vorher"))
_ANNUAL = frozenset(("annual", "annualized", "yearly", "jährliche", "jährlichen", "jährlicher"))
_SAVED = word_set("spans", "saved")


_BUDGETS = frozenset(("capital", "capex", "investitionen", "investitionsausgaben", "investitionsbudget"))


def _is_budget(draft: Draft) -> bool:
    """Whether spending is a year's, not that of one project."""
    return not _BUDGETS.isdisjoint(draft.sentence.words(draft.sentence.first, draft.sentence.last))


def _is_before(draft: Draft) -> bool:
    """Whether the figure is the one that a year or a quarter before had."""
    before = draft.sentence.words(draft.first - 3, draft.first)
    after = draft.sentence.words(draft.last, draft.last + 5)
    ends = next((k for k, word in enumerate(after) if word in _NEXT), len(after))
    if before[-1:] in (("at",), ("to",), ("auf",), ("bei",), ("mit",)):
        return False
    return not _EARLIER.isdisjoint(before) or not _EARLIER.isdisjoint(after[:ends])


_NEXT = frozenset((",", ";", "(", "nach", "from", "after", "compared", "versus", "vs", "gegenüber"))
"""Where the figure that is compared begins."""
_EARLIER = word_set("continuation", "earlier")


def _is_open_ended(draft: Draft) -> bool:
    """Whether the clause names a span that has no word, or the figure is no day's: `since`, `könnte`, a multiple."""
    sentence = draft.sentence
    lead = sentence.words(draft.first - 3, draft.first)
    if not _AGAIN.isdisjoint(lead) and lead[-1:] in (("von",), ("of",), ("the",), ("this",), ("that",)):
        return True
    units = ("percent", "count", "money") if draft.metric == "share_price" else ("percent", "count")
    if any(value.unit not in units for value in draft.values):
        return True
    for when in sentence.figures:
        is_span = when.mention.unit == "date" and when.mention.periods and when.mention.periods[0].unit not in _DAYS
        if is_span and _is_beside(draft, when.first) and not is_of_mark(sentence, when, None):
            return True
    return any(
        sentence.tokens.lower[k] in _OPEN and _is_beside(draft, k) and not _is_told_of_mark(sentence, k)
        for k in range(max(sentence.first, draft.first - 30), min(sentence.last, draft.last + 30))
    )


def _is_told_of_mark(sentence: Sentence, k: int) -> bool:
    """`the highest since 2011`: what `since` says of a mark is nothing of the move."""
    return not _MARKS.isdisjoint(sentence.words(k - 6, k)) or sentence.words(k - 6, k)[-2:-1] == ("wie",)


def _is_beside(draft: Draft, at: int) -> bool:
    return draft.sentence.cost(draft.first, at) <= 0.9


def _is_set_against(one: Draft, other: Draft) -> bool:
    """`up 9% this year, versus an 11% rise in the index`: a second move over the span of the first."""
    if other.dated.period not in (None, "one_session", "intraday") or one.dated.period in (None, *OF_A_DAY):
        return False
    words = other.sentence.words(one.last, other.last + 6)
    return not _AGAINST.isdisjoint(words) or any(pair in _SAME for pair in pairwise(words))


_AGAINST = word_set("spans", "against")
_SAME = frozenset(
    (one, two) for one in ("same", "gleichen", "that") for two in ("period", "span", "stretch", "zeitraum")
)


_DAYS = frozenset(("day", "session", "minute", "hour"))
_MARKS = word_set("dating", "marks")
_AGAIN = frozenset(("das", "dieses", "dem", "diesem", "the", "this", "that"))
"""`Das Plus von 15 %` goes back to a figure that the text has named."""
_OPEN = word_set("continuation", "open")
