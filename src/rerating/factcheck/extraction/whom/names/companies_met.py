"""Companies that no list holds and an article about a listed one tells of: by all that it says of them.

`Norvald Pharma`, bought in the title, sells and employs some sentences on as `Norvald`. Each mention's evidence
(`company_evidence`) is added up over the whole text, short forms with the longer name that they begin. A table's row
beside the rows of listed companies names one too. What such an article is about is its listed company all the same.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.name_words import is_rating
from rerating.factcheck.extraction.text.ordinary import FIRST_NAMES
from rerating.factcheck.extraction.text.people import persons
from rerating.factcheck.extraction.whom.names.capitals import runs_of_capitals
from rerating.factcheck.extraction.whom.names.company_evidence import SURE, goes_on, points
from rerating.factcheck.extraction.whom.names.products import is_about_listed, is_product
from rerating.factcheck.extraction.whom.names.unlisted import heads
from rerating.factcheck.extraction.whom.phrases.headlines import is_title_cased

_PROSE = (BlockRole.PARAGRAPH, BlockRole.BULLET, BlockRole.TITLE, BlockRole.HEADING)
_Words = tuple[str, ...]


def companies_met(article: Article) -> tuple[dict[str, Name], frozenset[str]]:
    """The companies by their spellings, the short ones too, and the names that speak against one: people, places, goods
    of the company that the text is about."""
    if not is_about_listed(article):
        return {}, frozenset()
    scores: Counter[_Words] = Counter()
    times: Counter[_Words] = Counter()
    moving: set[_Words] = set()
    houses: set[_Words] = set()
    traded: set[_Words] = set()
    for sentence, follows in pairwise([*article.sentences, None]):
        assert sentence is not None
        if sentence.role not in _PROSE or is_title_cased(sentence):
            continue
        found = list(runs_of_capitals(sentence))
        houses |= _rating(sentence, found)
        for first, last in found:
            words = tuple(sentence.tokens.text[first:last])
            times[words] += 1
            if _moves(sentence, last):
                moving.add(words)
            if sentence.number < _HEAD and _is_traded(sentence, first, last):
                traded.add(words)
            scores[words] += points(sentence, first, last)
        colon = next((k for k in range(sentence.first, sentence.last) if sentence.tokens.text[k] == ":"), sentence.last)
        ahead = [run for run in found if run[1] <= colon]
        if ahead:
            first, last = ahead[-1]
            scores[tuple(sentence.tokens.text[first:last])] += _told_on(sentence, colon, follows)
    people = _people(article)
    whole = _whole(times)
    summed: Counter[_Words] = Counter()
    for words, score in scores.items():
        summed[whole[words]] += score
    out: dict[str, Name] = {}
    refused = {" ".join(words) for words, full in whole.items() if summed[full] <= -SURE or full in people}
    own = {whole[words] for words in traded}
    for words, full in whole.items():
        name = Name(NameKind.COMPANY, " ".join(full), is_met=full not in own)
        if (
            summed[full] < SURE
            or full in moving
            or full in houses
            or full in people
            or words[-1] in people
            or is_product(article, name.name)
        ):
            continue
        out[" ".join(words)] = name
        out[" ".join((*words[:-1], _bare(words[-1])))] = name
    return out | _in_rows(article), frozenset(refused)


_HEAD = 5
"""Sentences at a text's head: what has shares there may be what the text is about."""


def _is_traded(sentence: Sentence, first: int, last: int) -> bool:
    """Whether shares of the capitals are told of: `X stock`, `shares of X`, `X (ZZQ)`."""
    before, after = sentence.words(first - 2, first), sentence.words(last, last + 3)
    symbol = sentence.tokens.text[last + 1] if after[:1] == ("(",) and after[2:] == (")",) else ""
    is_symbol = symbol.isupper() and symbol.isalpha()
    return after[:1] in _SHARES or (before[1:] == ("of",) and before[:1] in _SHARES) or is_symbol


_SHARES = (("shares",), ("stock",))


def _told_on(sentence: Sentence, colon: int, follows: Sentence | None) -> int:
    """What comes back to the last capitals before a colon: behind it, else in the sentence that follows."""
    if colon + 1 < sentence.last:
        return goes_on(sentence, colon + 1)
    is_next = follows is not None and follows.text.block is sentence.text.block
    return goes_on(follows, follows.first) if is_next and follows is not None else 0


def _moves(sentence: Sentence, last: int) -> bool:
    """Whether the capitals themselves move, as only a listed company's share does: `X, the chip maker, gained`."""
    text = sentence.tokens.text
    return sentence.text.is_english and any(
        cue.family == "movement" and (cue.first == last or text[last] == "," == text[cue.first - 1])
        for cue in sentence.cues_near(last)
    )


def _rating(sentence: Sentence, found: list[tuple[int, int]]) -> set[_Words]:
    """The capitals of a house that rates: first in a sentence with a rating or a target, or whose an analyst is."""
    tokens = sentence.tokens
    is_targeted = any(cue.family == "price_target" for cue in sentence.cues)
    rated = (k for k in range(sentence.first, sentence.last) if tokens.text[k] not in _VERBS and is_rating(tokens, k))
    if not is_targeted and next(rated, None) is None:
        return set()
    told = [run for run in found if run == found[0] or tokens.lower[run[0] - 1] in _WHOSE]
    return {tuple(tokens.text[first:last]) for first, last in told}


_VERBS = frozenset(("buy", "hold", "kauf", "kaufen", "halten"))
"""Ratings that are as often what somebody does."""
_WHOSE = frozenset(("of", "at", "von", "bei", "from"))


def _bare(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _whole(times: Counter[_Words]) -> dict[_Words, _Words]:
    """The longest name that each spelling begins or ends, without a genitive: itself where none is longer."""
    longest = sorted(times, key=lambda words: (-len(words), words))
    heads: dict[_Words, _Words] = {}
    for words in longest:
        for size in range(1, len(words) + 1):
            heads.setdefault(words[:size], words)
        heads.setdefault(words[-1:], words)
    return {words: _full(words, heads, times) for words in times}


def _full(words: _Words, heads: dict[_Words, _Words], times: Counter[_Words]) -> _Words:
    bare = (*words[:-1], _bare(words[-1]))
    if bare != words and bare in heads:
        return heads[bare]
    return heads[words]


def _people(article: Article) -> set[str | _Words]:
    """The names of people, and each of their words."""
    out: set[str | _Words] = set()
    for sentence in article.sentences:
        for first, last in persons(sentence):
            words = tuple(sentence.tokens.text[first:last])
            out |= {words, *words}
        tokens = sentence.tokens
        for k in range(sentence.first, sentence.last - 1):
            if tokens.lower[k] in FIRST_NAMES and tokens.text[k][:1].isupper() and tokens.text[k + 1][:1].isupper():
                out |= {(tokens.text[k], tokens.text[k + 1]), tokens.text[k + 1]}
    return out


def _in_rows(article: Article) -> dict[str, Name]:
    """What heads a table's row where the company of the title and another listed one head others."""
    labels = [s for s in article.sentences if s.row is not None and s.cell == 0]
    counted = {s.row for s in article.sentences if s.row is not None and s.cell and s.figures}
    told = {name.ticker for s in heads(article) for n in s.names if (name := n.of(NameKind.COMPANY)) is not None}
    listed = {
        name.ticker
        for s in labels
        for n in s.names_near(s.first)
        if n.first == s.first and (name := n.of(NameKind.COMPANY)) is not None
    }
    if listed.isdisjoint(told) or listed <= told:
        return {}
    found: dict[str, Name] = {}
    for sentence in labels:
        run = next((run for run in runs_of_capitals(sentence) if run[0] == sentence.first), None)
        if run is not None and sentence.row in counted:
            words = " ".join(sentence.tokens.text[run[0] : run[1]])
            found[words] = Name(NameKind.COMPANY, words, is_met=True)
    return found
