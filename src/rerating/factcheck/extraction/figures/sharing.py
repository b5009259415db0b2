"""Figures that go on about the one before them in their sentence: what compares with it, and lists without a verb.

`29,500 pumps, 4% fewer than a year ago`, `Powerwall has 61% of the market, Enphase 11%`, `faster than Sartorius's 9%`,
`fell 0.6%; at Lowe's they were up 1.8%`: no word of their own names them, and the name beside them is no share's move.
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.fitting import SHARES_OF_ONE
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.language.reading import MentionKind as K

_REACH = 24
"""So many words behind a figure does another one still go on about it."""
_BY_DEFAULT = frozenset(("price", "counts", "capex", "weak", "holding", "volume", "options"))
"""Families that a figure gets from a name or a lone noun beside it; a list or a comparison outdoes them."""
_MULTIPLES = (K.MULTIPLE, K.RATIO, K.NUMBER)


def shared(sentence: Sentence, bounds: list[Bound], before: Bound | None) -> None:
    """Gives figures that go on about an earlier one its family and metric.

    `bounds` are in the order of the text, `before` is the last one of the sentence before.
    """
    first = bounds[0] if bounds else None
    is_same = first is not None and before is not None and _is_that_figure(sentence, first.figure)
    if first and before and is_same and _is_alike(before.figure, first.figure) and first.family in _BY_DEFAULT:
        first.family, first.metric, first.topic = before.family, before.metric, None
    for place in range(1, len(bounds)):
        other = bounds[place]
        is_more = (
            _is_compared(sentence, other.figure)
            or _is_of_that(sentence, other.figure)
            or _is_planned(sentence, other.figure)
        )
        one = next((b for b in reversed(bounds[:place]) if is_more or _is_alike(b.figure, other.figure)), None)
        if one is None or one.family in ("price", "price_target") or other.figure.lead - one.figure.last > _REACH:
            continue
        if other.family not in _BY_DEFAULT and not other.is_carried and not _is_said_before(one, other):
            continue
        is_had = one.family == "market_share" and sentence.words(other.figure.lead - 1, other.figure.lead) in _HAVE
        is_more = is_more or is_had or _is_that_figure(sentence, other.figure)
        if is_more or _is_listed(sentence, one.figure, other.figure):
            other.family, other.metric, other.topic = one.family, one.metric, one.topic
            is_former = not _BESIDE.isdisjoint(sentence.words(one.figure.last, other.figure.lead))
            other.echoes = None if is_former and not is_more else one


_BESIDE = frozenset(("(", "against", "versus", "vs", "compared", "gegenüber"))
"""Between two figures: the second is of the past, whatever the first one promises."""
_HAVE = (("has",), ("had",), ("holds",), ("with",), ("controls",), ("commands",))


def _is_that_figure(sentence: Sentence, figure: Figure) -> bool:
    """`For its rival that figure is 37%`, `JLL puts the figure at 86.9 per cent`: the same again of another."""
    lead = sentence.words(figure.lead - 4, figure.lead)
    return any(
        one in ("that", "the", "this") and other in ("figure", "number", "share") for one, other in pairwise(lead)
    )


def _is_said_before(one: Bound, other: Bound) -> bool:
    """Whether a figure got the word of a statement that an earlier figure has closed."""
    return other.topic is not None and one.topic is not None and other.topic.last <= one.figure.first


def _is_of_that(sentence: Sentence, figure: Figure) -> bool:
    """`a quarter of that`, `two-thirds of it in stock`, `twice as large as`: of the sum or number before."""
    tail = sentence.words(figure.last, figure.last + 3)
    if tail == ("of", "the", "money"):
        return True
    return tail[:2] in _OF_THAT or (tail[:1] == ("as",) and tail[2:] == ("as",))


_OF_THAT = frozenset((("of", "it"), ("of", "that"), ("of", "them"), ("of", "those")))


def _is_alike(one: Figure, other: Figure) -> bool:
    kinds = one.mention.kind, other.mention.kind
    if kinds[0] in SHARES_OF_ONE:
        return kinds[1] in SHARES_OF_ONE
    return kinds[0] in (K.MULTIPLE, K.RATIO) and kinds[1] in _MULTIPLES


def _is_compared(sentence: Sentence, figure: Figure) -> bool:
    """`, 19% fewer than a year before`, `(2 Prozent mehr als im Vorjahr)`: how far what was told is from another."""
    if sentence.words(figure.lead - 1, figure.lead) not in _OPENS:
        return False
    tail = sentence.words(figure.last, figure.last + 2)
    return tail[:1] != () and tail[0] in _MORE and (len(tail) == 1 or tail[1] in _ENDS)


_OPENS = ((",",), ("(",), ("-",), ("–",), ("or",))
_MORE = word_set("sharing", "more")
_ENDS = frozenset(("than", "als", ",", ".", ")", ";", "from", "and", "und", "year"))


def _is_planned(sentence: Sentence, figure: Figure) -> bool:
    """`Alfa Laval itself targets an average of 5%`, `with a previous projection of 4%`, `within a range of 127`."""
    lead = sentence.words(figure.lead - 6, figure.lead)
    is_former = any(one in _FORMER and other in _PLANS for one, other in pairwise(lead))
    return is_former or not _TARGETS.isdisjoint(lead) or lead[-4:] == ("within", "a", "range", "of")


_FORMER = word_set("expecting", "former")
_PLANS = word_set("expecting", "plans")
_TARGETS = frozenset(("targets", "guides", "aims", "projects"))


def _is_listed(sentence: Sentence, one: Figure, other: Figure) -> bool:
    """Whether but names and words of lists and spans stand between two figures, and a name among them."""
    tokens, has_name, pronoun = sentence.tokens, False, False
    begins = next((k for k in range(one.tail, other.lead) if tokens.text[k] in ",;("), one.tail)
    between = sentence.words(begins, other.lead)
    if between and set(between) <= _AGAINST and set(between) - {",", "with"}:
        return True
    for k in range(begins, other.lead):
        word = tokens.lower[k]
        if word in _PRONOUNS or (word == "s" and tokens.lower[k + 1] in _BE):
            pronoun = True
        elif word in _BE:
            if not pronoun:
                return False
        elif tokens.text[k][:1].isupper() and word not in _LISTS:
            has_name = True
        elif word not in _LISTS and word.isalpha():
            return False
    return has_name


_LISTS = word_set("sharing", "lists")
_PRONOUNS = frozenset(("they", "it", "that", "own", "sie", "es"))
_BE = frozenset(("were", "was", "is", "are", "hit", "reach", "nudged", "lifted", "waren", "war", "sind", "ist"))
_AGAINST = frozenset((",", "against", "versus", "vs", "compared", "with", "gegenüber", "gegen"))
