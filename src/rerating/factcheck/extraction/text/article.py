"""An article as the checker sees it: sentences with their figures, names and cues, in the order of the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from rerating.factcheck.extraction.text import promotion
from rerating.factcheck.extraction.text.gazetteer import Named
from rerating.factcheck.extraction.text.layout import Block, BlockRole, layout
from rerating.factcheck.extraction.text.lexicon import Found, cues, separable, separable_topics, topics, word_set
from rerating.factcheck.extraction.text.names import name_at
from rerating.factcheck.extraction.text.sentences import barriers, pieces, sentence_spans
from rerating.language.reading import Mention, MentionKind, NormalText, Tongue, detected, readings
from rerating.language.reading.tokens import WORD, Tokens
from rerating.language.reading.units import whose_crowns


@dataclass(slots=True)
class Figure:
    """A mention with its tokens [first, last); the words of its hedge begin at `lead` and end before `tail`."""

    mention: Mention
    first: int
    last: int
    lead: int = -1
    tail: int = -1

    def __post_init__(self) -> None:
        if self.lead < 0:
            self.lead, self.tail = self.first, self.last


@dataclass(slots=True)
class Text:
    """One block's words: tokens with the way back to the article, and what was found in them."""

    block: Block
    tokens: Tokens
    starts: list[int]
    ends: list[int]
    barrier: list[float]
    normal: str
    base: int = 0
    """Where in the article the words begin that mentions count from."""
    is_english: bool = False
    year: int | None = None
    """The year in which the article appeared."""
    figures: list[Figure] = field(default_factory=list)
    names: list[Named] = field(default_factory=list)
    topics: list[Found] = field(default_factory=list)
    cues: list[Found] = field(default_factory=list)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Code points of the article that tokens [first, last) stand for."""
        return self.starts[first], self.ends[max(first, last - 1)]


@dataclass(slots=True)
class Sentence:
    """Tokens [first, last) of a text. `cell` is the column in a table row."""

    text: Text
    first: int
    last: int
    number: int
    role: BlockRole
    cell: int | None = None
    row: int | None = None
    houses: set[int] = field(default_factory=set)
    """First tokens of the names that stand for analysts' houses here."""
    tokens: Tokens = field(init=False, repr=False, compare=False)
    """The tokens of its text."""

    def __post_init__(self) -> None:
        """Hold the tokens: they are asked for a thousand times a sentence."""
        self.tokens = self.text.tokens

    @property
    def span(self) -> tuple[int, int]:
        """Its code points."""
        return self.text.span(self.first, self.last)

    @property
    def figures(self) -> list[Figure]:
        """Its mentions of figures, dates and ratings."""
        return _between(self.text.figures, self.first, self.last)

    @property
    def names(self) -> list[Named]:
        """Its names."""
        return _between(self.text.names, self.first, self.last)

    @property
    def first_name(self) -> Named | None:
        """The first of its names."""
        k = bisect_left(self.text.names, self.first, key=_FIRST)
        return self.text.names[k] if k < len(self.text.names) and self.text.names[k].first < self.last else None

    def figures_near(self, at: int) -> list[Figure]:
        """Its figures around a token."""
        return _between(self.text.figures, max(self.first, at - _NEAR), min(self.last, at + _NEAR))

    def names_near(self, at: int) -> list[Named]:
        """Its names around a token."""
        return _between(self.text.names, max(self.first, at - _NEAR), min(self.last, at + _NEAR))

    def topics_near(self, at: int) -> list[Found]:
        """Its words for metrics around a token."""
        return _between(self.text.topics, max(self.first, at - _NEAR), min(self.last, at + _NEAR))

    def cues_near(self, at: int) -> list[Found]:
        """Its words of movement and the like around a token."""
        return _between(self.text.cues, max(self.first, at - _NEAR), min(self.last, at + _NEAR))

    @property
    def topics(self) -> list[Found]:
        """Its words for metrics."""
        return _between(self.text.topics, self.first, self.last)

    @property
    def cues(self) -> list[Found]:
        """Its words of movement, expectation and the like."""
        return _between(self.text.cues, self.first, self.last)

    def cost(self, first: int, last: int) -> float:
        """What parts the clauses between two tokens."""
        low, high = min(first, last), max(first, last)
        return self.text.barrier[high] - self.text.barrier[low]

    def words(self, first: int, last: int) -> tuple[str, ...]:
        """Lower-cased tokens [first, last), within the sentence."""
        first = first if first > self.first else self.first
        last = last if last < self.last else self.last
        return tuple(self.tokens.lower[first:last]) if first < last else ()

    @property
    def is_question(self) -> bool:
        """Whether it ends with a question mark."""
        for k in range(self.last - 1, max(self.first, self.last - 4) - 1, -1):
            if self.tokens.text[k] == "?":
                return True
            if self.tokens.kind[k] == WORD:
                return False
        return False


_NEAR = 80
_FIRST = attrgetter("first")
Item = TypeVar("Item", Figure, Named, Found)


def _between(items: list[Item], first: int, last: int) -> list[Item]:
    low = bisect_left(items, first, key=_FIRST)
    return items[low : bisect_left(items, last, low, key=_FIRST)]


@dataclass(slots=True)
class Article:
    """The whole: `source` as it came, `language`, the day of publication where it is known, sentences, promotions."""

    source: str
    language: Tongue
    published_at: datetime | None
    published_on: date | None
    sentences: list[Sentence] = field(default_factory=list)
    promotions: list[promotion.Region] = field(default_factory=list)
    is_html: bool = False
    year_end: int | None = None
    """The month in which the year of its company ends, where the text tells it."""

    def region_of(self, sentence: Sentence) -> promotion.Region | None:
        """The first promotion that a sentence touches; they are in order and apart."""
        start, end = sentence.span
        place = bisect_right(self.promotions, start, key=lambda region: region.end)
        found = self.promotions[place] if place < len(self.promotions) else None
        return found if found is not None and found.start < end else None

    @property
    def is_english(self) -> bool:
        """Whether it is in English; German and Swiss German are read alike."""
        return self.language == "en"


def read(source: str, *, published_at: datetime | None = None, language: Tongue | None = None) -> Article:
    """The article of a text in plain, Markdown or HTML form; its day is `published_at` or the first date it bears."""
    laid = layout(source)
    spoken = " ".join(laid.text[b.start : b.end] for b in laid.blocks[:400] if b.role is not BlockRole.BOILERPLATE)
    tongue = language or detected(spoken[:200_000])
    article = Article(source, tongue, published_at, published_at.date() if published_at else None, is_html=laid.is_html)
    article.promotions = promotion.regions(laid)
    crowns = _crowns(laid.text)
    number = 0
    for row, block in enumerate(laid.blocks):
        if block.role is BlockRole.BOILERPLATE:
            continue
        stretches = block.cells or ((block.start, block.end),)
        for column, (start, end) in enumerate(stretches):
            text = _text(laid.text[start:end], start, block, tongue, crowns)
            if not len(text.tokens):
                if block.cells:
                    continue
                continue
            count = len(text.tokens)
            spans = pieces(0, count) if block.cells else sentence_spans(text.tokens, is_english=tongue == "en")
            for first, last in spans:
                cell = column if block.cells else None
                article.sentences.append(
                    Sentence(text, first, last, number, block.role, cell, row if block.cells else None)
                )
                number += 1
    _name_amounts(article)
    if article.published_on is None:
        article.published_on = _dated(article)
    for sentence in article.sentences:
        sentence.text.year = article.published_on.year if article.published_on is not None else None
    return article


def _name_amounts(article: Article) -> None:
    """Notes beside each large bare number without a currency in its block the one that the text last spoke in, or
    before any sum the one that it speaks in most."""
    last: str | None = None
    texts = {id(sentence.text): sentence.text for sentence in article.sentences}.values()
    spoken = Counter(f.mention.currency for text in texts for f in text.figures if f.mention.kind is MentionKind.MONEY)
    if spoken:
        last = spoken.most_common(1)[0][0]
    for text in texts:
        for figure in text.figures:
            mention = figure.mention
            size = max((abs(value.value) for value in mention.values), default=0.0)
            if mention.kind is MentionKind.MONEY and size >= 1e6:
                last = mention.currency
                continue
            is_bare = mention.kind is MentionKind.NUMBER and mention.noun is None and not mention.currency_nearby
            if is_bare and size >= 1e6 and last is not None:
                figure.mention = mention.model_copy(update={"currency_nearby": last})


def _crowns(text: str) -> str | None:
    if not re.search(r"\b(?:[Kk]ronen?|crowns?)\b", text):
        return None
    return whose_crowns(set(re.findall(r"[^\W\d_]{3,30}", text[:300_000].lower())))


def _text(piece: str, start: int, block: Block, tongue: Tongue, crowns: str | None) -> Text:
    normal = NormalText(piece)
    tokens = Tokens(normal.text)
    count = len(tokens)
    spans = [normal.origin(tokens.start[k], tokens.end[k]) for k in range(count)]
    starts, ends = [start + a for a, _ in spans], [start + b for _, b in spans]
    text = Text(block, tokens, starts, ends, barriers(tokens), normal.text, start, tongue == "en")
    for found in readings(piece, tongue):
        is_crowns = crowns and found.noun and found.noun.lower() in ("kronen", "krone", "crowns", "crown")
        update = {"kind": MentionKind.MONEY, "unit": "money", "currency": crowns, "noun": None}
        mention = found.model_copy(update=update) if is_crowns else found
        first = bisect_right(starts, start + mention.start) - 1
        last = bisect_left(starts, start + mention.end)
        lead, tail = first, last
        if mention.hedge_start is not None and mention.hedge_end is not None:
            lead = min(first, bisect_right(starts, start + mention.hedge_start) - 1)
            tail = max(last, bisect_left(starts, start + mention.hedge_end))
        text.figures.append(Figure(mention, max(first, 0), last, max(lead, 0), tail))
    _find(text, tongue)
    _shared_units(text)
    return text


_FORMER = word_set("article", "former")
_UNITED = (MentionKind.MONEY, MentionKind.PERCENT, MentionKind.INDEX_POINTS, MentionKind.POINTS)
_YEARS_BEFORE = frozenset(("vj", "vorjahr", "vorjahreswert", "vorquartal", ".", ":", "last", "year", "ago", "q", "h"))
"""What stands in brackets before the figure of a year ago: `(2024: 9,6)`, `(Vj. 13,7)`."""


def _is_former(text: Text, one: Figure, other: Figure) -> bool:
    """`traut der Aktie 215 Euro zu, bislang waren es 198`: a bare number that goes back to an amount of money."""
    is_bare = other.mention.kind is MentionKind.NUMBER and other.mention.noun is None and not other.mention.periods
    if not is_bare or one.mention.kind not in _UNITED or not 0 < other.lead - one.last <= 9:
        return False
    between = text.tokens.lower[one.last : other.lead]
    if "(" in between:
        inside = between[between.index("(") + 1 :]
        return bool(inside) and all(word in _YEARS_BEFORE or word in _FORMER or word.isdigit() for word in inside)
    if len(between) > 7:
        return False
    return not _FORMER.isdisjoint(between) and not {".", "!", "?", ";"} & set(between)


_JOINED = frozenset(("und", "and", "sowie", "bzw", "respektive", "beziehungsweise"))


def _shared_units(text: Text) -> None:
    """`Renk 2,2 und Rheinmetall 1,3 Prozent`: a bare number whose unit stands behind the next one."""
    for one, other in pairwise(f for f in text.figures if not f.mention.periods):
        if _is_former(text, one, other):
            update = {"kind": one.mention.kind, "unit": one.mention.unit, "currency": one.mention.currency}
            other.mention = other.mention.model_copy(update=update)
        bare = one.mention.kind is MentionKind.NUMBER and other.mention.kind is MentionKind.PERCENT
        if not bare or other.first - one.last > 5 or "." not in text.tokens.text[one.first].replace(",", "."):
            continue
        between = text.tokens.lower[one.last : other.first]
        named = any(one.last <= name.first < other.first for name in text.names)
        if named and _JOINED & set(between):
            update = {"kind": MentionKind.PERCENT, "unit": "percent", "noun": None}
            one.mention = one.mention.model_copy(update=update)


def _find(text: Text, tongue: Tongue) -> None:
    tokens, topic_list, cue_list = text.tokens, topics(), cues("en" if tongue == "en" else "de")
    named_until = 0
    for k in range(len(tokens)):
        if tokens.kind[k] == WORD or tokens.kind[k] == "n":
            if k >= named_until:
                named = name_at(tokens, k, is_english=text.is_english)
                if named is not None:
                    text.names.append(named)
                    named_until = named.last
            text.topics += topic_list.at(tokens, k)
            text.cues += cue_list.at(tokens, k)
            if tongue != "en" and tokens.lower[k] in separable():
                text.cues += _separated(tokens, k)
            if tongue != "en" and tokens.lower[k] in separable_topics():
                text.topics += _separated_topic(tokens, k)
        elif tokens.text[k] in "%+":
            text.topics += topic_list.at(tokens, k)
            text.cues += cue_list.at(tokens, k)
    whole = _longest(text.topics)
    text.topics = [topic for topic in whole if not (_is_of_name(text, topic) or _tells_source(tokens, topic))]
    text.cues = _longest(text.cues, by_family=True)


def _is_of_name(text: Text, topic: Found) -> bool:
    """Whether a word for a stake is but the end of a name: `On Holding legte zu`."""
    if topic.family != "holding":
        return False
    k = bisect_right(text.names, topic.first, key=lambda named: named.first) - 1
    return k >= 0 and text.names[k].first < topic.first and topic.last <= text.names[k].last


def _tells_source(tokens: Tokens, topic: Found) -> bool:
    """Whether a policy's word is but the office that says what is told: `der Aufsicht KNF zufolge`, `laut Aufsicht`."""
    if topic.family != "policy" or tokens.lower[topic.first] not in ("aufsicht", "regulator"):
        return False
    behind, before = tokens.lower[topic.last : topic.last + 3], tokens.lower[max(0, topic.first - 3) : topic.first]
    return "zufolge" in behind or not {"laut", "gemäß", "according"}.isdisjoint(before)


_REACH = 30
_CLOSERS = word_set("article", "closers")


def _separated(tokens: Tokens, k: int) -> list[Found]:
    """The movement of a verb at k whose prefix closes its clause."""
    for prefix, way in separable()[tokens.lower[k]]:
        for at in range(k + 1, min(k + _REACH, len(tokens))):
            if tokens.text[at] in ".!?;" and not (at + 1 < len(tokens) and tokens.glued[at + 1]):
                break
            if tokens.lower[at] == prefix and (at + 1 >= len(tokens) or tokens.lower[at + 1] in _CLOSERS):
                return [Found(k, k + 1, "movement", way), Found(at, at + 1, "prefix", way)]
    return []


def _separated_topic(tokens: Tokens, k: int) -> list[Found]:
    """The metric of a verb at k whose prefix closes its clause: `setzte 4,3 Milliarden Euro um`."""
    for prefix, family, metric in separable_topics()[tokens.lower[k]]:
        for at in range(k + 1, min(k + _REACH, len(tokens))):
            if tokens.text[at] in ".!?;" and not (at + 1 < len(tokens) and tokens.glued[at + 1]):
                break
            if tokens.lower[at] == prefix and (at + 1 >= len(tokens) or tokens.lower[at + 1] in _CLOSERS):
                return [Found(k, k + 1, family, metric)]
    return []


def _longest(found: list[Found], *, by_family: bool = False) -> list[Found]:
    """Drops what lies within a longer find (of the same family where asked), or begins in one of its own family."""
    kept: list[Found] = []
    found.sort(key=lambda each: (each.first, -(each.last - each.first)))
    for each in found:
        inside = any(
            other.first <= each.first
            and (each.last <= other.last or (each.first < other.last and other.family == each.family))
            and (other.last - other.first) > (each.last - each.first)
            for other in kept[-12:]
            if not by_family or other.family == each.family
        )
        if not inside:
            kept.append(each)
    kept.sort(key=lambda each: each.first)
    return kept


def _dated(article: Article) -> date | None:
    """The first full date of the first sentences."""
    for sentence in article.sentences[:12]:
        for figure in sentence.figures:
            for reading in figure.mention.periods[:1]:
                if reading.year and reading.month and reading.day:
                    try:
                        return date(reading.year, reading.month, reading.day)
                    except ValueError:
                        continue
    return None
