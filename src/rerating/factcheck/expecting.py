"""Whose number of the future it is: what others expect of a company, what it plans itself, and what is over already."""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.article import Figure, Sentence
from rerating.factcheck.lexicon import Found, word_set
from rerating.factcheck.names import NameKind
from rerating.factcheck.settling import Bound


@dataclass(slots=True)
class Context:
    """What stands around a figure: movement with its direction, expectation, guidance, and their distances."""

    movement: str | None
    movement_at: Found | None
    is_change: bool
    """Whether the figure says by how much (`um 5 %`, `rose 5 %`), not to which level (`auf 5`, `to 5`)."""
    is_level: bool
    expectation: Found | None
    guidance: Found | None


def context(sentence: Sentence, figure: Figure) -> Context:
    """The context of a figure in its sentence."""
    movement = _nearest(sentence, figure, "movement", reach=14, cost=1.5)
    way = movement.key if movement else None
    sign = figure.mention.values[0].value if figure.mention.is_signed and figure.mention.values else 0.0
    if sign:
        way = "up" if sign > 0 else "down"
    before = lead_word(sentence, figure)
    if before in _SIGNS and sentence.tokens.text[figure.lead - 2] in "(|:;,":
        way = "up" if before == "+" else "down"
    is_change = before in ("um", "by") or sentence.words(figure.tail, figure.tail + 1) in _MORE
    is_level = before in ("auf", "to", "bei", "at")
    return Context(
        movement=way,
        movement_at=movement,
        is_change=is_change,
        is_level=is_level,
        expectation=_expectation(sentence, figure),
        guidance=_guidance(sentence, figure),
    )


_SIGNS = frozenset(("+", "-", "–", "−"))
_MORE = frozenset((w,) for w in ("mehr", "weniger", "more", "less", "fewer", "higher", "lower", "höher", "tiefer"))
_BEATS = frozenset(
    (
        "übertroffen",
        "übertraf",
        "übertrifft",
        "verfehlt",
        "verfehlte",
        "topping",
        "beating",
        "beats",
        "cleared",
        "clearing",
        "exceeded",
        "surpassed",
        "missed",
        "undershot",
        "übertreffen",
        "verfehlten",
        "beat",
        "topped",
        "missing",
    )
)
_PAST = word_set("kinds", "past")


def _others(sentence: Sentence, first: int, last: int) -> bool:
    """Whether another figure stands within tokens [first, last)."""
    return any(
        first <= other.first < last and other.mention.unit not in (None, "date", "rating") for other in sentence.figures
    )


def _expectation(sentence: Sentence, figure: Figure) -> Found | None:
    """The cue that makes the figure an expectation: before it without another figure between, or right behind it."""
    for cue in sorted(sentence.cues, key=lambda each: abs(each.first - figure.first)):
        if cue.family != "expectation" or (cue.first < figure.last and figure.first < cue.last):
            continue
        if sentence.words(cue.first, cue.last) == ("gerechnet",) and "in" in sentence.words(cue.first - 2, cue.first):
            continue  # in Franken gerechnet
        if cue.first >= figure.last and _is_compared(sentence, cue):
            continue
        if cue.last <= figure.first:
            is_near = figure.first - cue.last <= 12 and sentence.cost(cue.last, figure.first) <= 1.2
            if is_near and not _others(sentence, cue.last, figure.first):
                return cue
        elif _others(sentence, cue.last, cue.last + 4):
            continue
        elif cue.first - figure.last <= 7 and sentence.cost(figure.last, cue.first) <= 0.9:
            beaten = _BEATS & set(sentence.words(figure.last, figure.last + 14))
            if not _others(sentence, figure.last, cue.first) and not beaten:
                return cue
    return None


def _is_compared(sentence: Sentence, cue: Found) -> bool:
    """`kleiner als erwartet`: what is compared with an expectation is none."""
    return sentence.words(cue.first, cue.first + 1) in _THAN or sentence.words(cue.first - 1, cue.first) in _THAN


def _guidance(sentence: Sentence, figure: Figure) -> Found | None:
    """The cue that makes the figure a plan; none where a verb of the past stands nearer."""
    found = _nearest(sentence, figure, "guidance", reach=16, cost=1.8)
    if found is None:
        return None
    if found.last <= figure.first:
        between = sentence.words(found.last, figure.first)
        if not _PAST.isdisjoint(between):
            return None
    elif not _is_planned_behind(sentence, figure, found):
        return None
    tail = set(sentence.words(figure.tail, figure.tail + 4))
    if tail & _BEFORE and not tail & {"2026", "2027"}:
        return None
    return found


def _is_planned_behind(sentence: Sentence, figure: Figure, cue: Found) -> bool:
    """Whether a plan's cue behind the figure belongs to it: in its clause, no verb of the past before the figure."""
    if sentence.cost(figure.last, cue.first) >= 1.0 or sentence.words(cue.first - 1, cue.first) in _THAN:
        return False
    is_bracket = sentence.words(cue.first - 1, cue.first) == ("(",) and sentence.words(cue.last, cue.last + 1) == (":",)
    is_past = not _PAST.isdisjoint(sentence.words(figure.first - 8, figure.first))
    return not is_bracket and not is_past and cue.first - figure.last <= 8


_THAN = frozenset((("als",), ("than",), ("wie",)))
_BEFORE = frozenset(
    ("vorjahr", "vorjahres", "abgelaufenen", "vergangenen", "earlier", "ago", "last", "previously", "zuvor")
)
"""Words behind a figure that belongs to the past, beside a plan."""


def lead_word(sentence: Sentence, figure: Figure) -> str:
    """The word before the figure and its hedge."""
    found = sentence.words(figure.lead - 1, figure.lead)
    return found[-1] if found else ""


def _nearest(sentence: Sentence, figure: Figure, family: str, *, reach: int, cost: float) -> Found | None:
    best: tuple[float, Found] | None = None
    for cue in sentence.cues:
        if cue.family != family or (cue.first < figure.tail and figure.lead < cue.last):
            continue
        is_before = cue.last <= figure.first
        gap = figure.first - cue.last if is_before else cue.first - figure.last
        barrier = sentence.cost(cue.last, figure.first) if is_before else sentence.cost(figure.last, cue.first)
        if gap > reach or barrier > cost:
            continue
        rank = gap + 6 * barrier + (0.0 if is_before else 1.5)
        if best is None or rank < best[0]:
            best = (rank, cue)
    return best[1] if best else None


_ANALYST_WORDS = word_set("kinds", "analyst_words")


def has_analysts(sentence: Sentence, figure: Figure) -> bool:
    """Whether analysts, a house or a data service speak in the figure's clause."""
    for k in range(max(sentence.first, figure.first - 18), min(sentence.last, figure.last + 14)):
        if sentence.tokens.lower[k] in _ANALYST_WORDS and sentence.cost(k, figure.first) <= 1.2:
            return True
    heard = {named.first for named in sentence.names if named.of(NameKind.DATA) is not None} | sentence.houses
    return any(sentence.cost(first, figure.first) <= 1.6 for first in heard)


_ACTIVE = word_set("kinds", "active_forecasts")


def is_estimate(sentence: Sentence, figure: Figure, around: Context) -> bool:
    """Whether others expect it; `rechnet mit`, `is looking for` without analysts near is the company's own."""
    if _is_own_span(sentence, figure):
        return False
    if (around.is_change and _beaten_by(sentence, figure)) or _is_bracketed_forecast(sentence, figure):
        return True
    tail = sentence.words(figure.last, figure.last + 2)
    is_consensus = bool(tail) and tail[0][0].isalpha() and not _CONSENSUS.isdisjoint(tail)
    if is_consensus or _is_against_expected(sentence, figure):
        return True
    if around.expectation is None:
        is_own = around.guidance is not None and not _OWN_WORD.isdisjoint(
            sentence.words(around.guidance.first, around.guidance.last)
        )
        return bool(around.guidance) and not is_own and has_analysts(sentence, figure)
    cue = around.expectation
    if sentence.words(cue.first - 1, cue.first) in _ITSELF and not has_analysts(sentence, figure):
        return False
    if (
        sentence.words(cue.last - 1, cue.last) in (("of",), ("von",))
        or sentence.words(cue.first - 1, cue.first) in _VERSUS
    ):
        return True
    is_active = not _ACTIVE.isdisjoint(sentence.words(cue.first, cue.last)) and cue.last <= figure.first
    return not is_active or has_analysts(sentence, figure)


def _is_own_span(sentence: Sentence, figure: Figure) -> bool:
    """`am oberen Rand seiner eigenen Spanne von 3,4 bis 3,75 Milliarden`, `the company's own 31% target`."""
    before = set(sentence.words(figure.lead - 5, figure.lead))
    near = before | set(sentence.words(figure.last, figure.last + 1))
    return not _OWN_SPANS.isdisjoint(near) and not _OWNED_BY.isdisjoint(before)


_OWN_SPANS = word_set("kinds", "own_spans")
_OWNED_BY = word_set("kinds", "owned_by")


def _is_against_expected(sentence: Sentence, figure: Figure) -> bool:
    """`ein Viertel höher als erwartet`, `a billion more than Wall Street had penciled in`, `a miss of 50 cents`."""
    if sentence.words(figure.lead - 2, figure.lead) in _MISSES:
        return True
    tail = sentence.words(figure.last, figure.last + 11)
    for k, word in enumerate(tail):
        if word in (",", ";", ".", "(") or (word in ("und", "and") and k):
            return False
        if word in ("als", "than"):
            return not _EXPECTED_BY.isdisjoint(tail[k + 1 : k + 4]) and _COMPARATIVES.issuperset(tail[:k])
    return False


_CONSENSUS = frozenset(("consensus", "konsens"))
_MISSES = frozenset((("miss", "of"), ("beat", "of")))
_EXPECTED_BY = word_set("kinds", "expected_by")
_COMPARATIVES = word_set("kinds", "comparatives")


_ITSELF = frozenset((word,) for word in ("it", "we", "management", "wir"))
"""Before `had pencilled in`, `had predicted`: the company's own plan."""


def _is_bracketed_forecast(sentence: Sentence, figure: Figure) -> bool:
    """`435 Mio EUR (Prognose: 342)`: what was expected of a figure that is reported."""
    before = sentence.words(figure.lead - 3, figure.lead)
    return "(" in before and not _EXPECTED_WORDS.isdisjoint(before)


def _beaten_by(sentence: Sentence, figure: Figure) -> bool:
    """`die Erwartung der Analysten wird um 1,2 Millionen Euro übertroffen`."""
    before = sentence.words(figure.first - 14, figure.first)
    beats = _BEATS & {*sentence.words(figure.last, figure.last + 3), *before}
    return bool(beats) and not _EXPECTED_WORDS.isdisjoint(before)


_OWN_WORD = frozenset(("guided", "guides", "guiding", "guidance", "aussicht", "peilt", "peilen", "strebt", "outlook"))
_EXPECTED_WORDS = word_set("binding", "estimates")
_VERSUS = frozenset((w,) for w in ("versus", "vs", "against", "beating", "topping", "missing", "gegenüber"))
_FORECASTS = word_set("binding", "forecasts")


def is_plan(sentence: Sentence, bound: Bound, around: Context) -> bool:
    """Guidance by its words, by a range that nobody reports of the past, or by a topic that is a forecast."""
    figure, topic = bound.figure, bound.topic
    if bound.metric == "dividend_per_share":
        words = sentence.words(sentence.first, sentence.last)
        return (
            figure.mention.comparator.value == "at_least"
            or "aussicht" in words
            or (around.guidance is not None and figure.mention.comparator.value == "range")
        )
    if _is_own_span(sentence, figure):
        return True
    if around.guidance is not None or around.expectation is not None:
        return True
    past = _PAST & set(sentence.words(figure.first - 10, figure.first))
    if (
        any(value.role == "low" for value in figure.mention.values)
        and not past
        and figure.mention.unit in ("money", "percent")
    ):
        return True
    if topic is not None and topic.last <= figure.first and topic.last < sentence.last:
        word = sentence.tokens.lower[topic.last - 1]
        near = set(sentence.words(topic.last, min(topic.last + 2, figure.first))) | {word}
        return bool(near & _FORECASTS) or word.endswith(("prognose", "ziel"))
    return False
