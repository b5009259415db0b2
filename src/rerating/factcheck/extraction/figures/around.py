"""What stands around a figure: movement, expectation, plan."""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.cues import THAN, lead_word, nearest
from rerating.factcheck.extraction.text.lexicon import Found
from rerating.factcheck.extraction.voices.plans import planned
from rerating.factcheck.extraction.voices.speakers import OWN_PEOPLE


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

    def follow(self, other: Context) -> None:
        """Takes over what makes a plan or an expectation of the figure that this one goes on about."""
        self.expectation = self.expectation or other.expectation
        self.guidance = self.guidance or other.guidance


def context(sentence: Sentence, figure: Figure) -> Context:
    """The context of a figure in its sentence."""
    movement = nearest(sentence, figure, "movement", reach=14, cost=1.5)
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
        guidance=planned(sentence, figure),
    )


def _is_noun(sentence: Sentence, cue: Found) -> bool:
    """`for the larger models`: things for sale; what a house models stands behind its name or a pronoun."""
    before = sentence.tokens.text[cue.first - 1 : cue.first] if cue.first > sentence.first else []
    return not before or not (
        before[0][:1].isupper() or before[0] in ("now", "he", "she", "it", "who", "which", "their")
    )


_SIGNS = frozenset(("+", "-", "–", "−"))
_MORE = frozenset((w,) for w in ("mehr", "weniger", "more", "less", "fewer", "higher", "lower", "höher", "tiefer"))


def _expectation(sentence: Sentence, figure: Figure) -> Found | None:
    """The cue that makes the figure an expectation: before it without another figure between, or right behind it."""
    for cue in sorted(sentence.cues, key=lambda each: abs(each.first - figure.first)):
        if cue.family != "expectation" or (cue.first < figure.last and figure.first < cue.last):
            continue
        if sentence.words(cue.first, cue.last) == ("gerechnet",) and "in" in sentence.words(cue.first - 2, cue.first):
            continue  # in Franken gerechnet
        if cue.first >= figure.last and _is_compared(sentence, cue):
            continue
        if sentence.words(cue.first, cue.first + 1) == ("als",) and ":" in sentence.words(cue.last, figure.lead):
            continue  # schneller als gedacht: 2029 sollen sie ...
        if sentence.words(cue.first, cue.last) == ("models",) and _is_noun(sentence, cue):
            continue
        if cue.last <= figure.first:
            is_ranged = sentence.words(cue.last, cue.last + 2) in _WHICH_RANGE
            cost = sentence.cost(cue.last + 2 * is_ranged, figure.first)
            is_near = figure.first - cue.last <= 12 and cost <= 1.2
            if is_near and not _others(sentence, cue.last, figure.first):
                return cue
        elif _others(sentence, cue.last, cue.last + 4):
            continue
        elif cue.first - figure.last <= 7 and sentence.cost(figure.last, cue.first) <= 0.9:
            beaten = BEATS & set(sentence.words(figure.last, figure.last + 14))
            beaten = beaten or _CAME & set(sentence.words(figure.last, cue.first))
            if not _others(sentence, figure.last, cue.first) and not beaten:
                return cue
    return _entrusted(sentence, figure)


def _entrusted(sentence: Sentence, figure: Figure) -> Found | None:
    """`Er traut dem Unternehmen für 2026 nur noch einen Gewinn von 2,85 Euro zu`: what others believe it will reach."""
    tail = sentence.words(figure.last, figure.last + 4)
    verbs = _ENTRUST if "zu" in tail else _SAY_AHEAD if "voraus" in tail else None
    if verbs is None:
        return None
    lower = sentence.tokens.lower
    for k in range(figure.lead - 1, max(sentence.first, figure.lead - 18) - 1, -1):
        if lower[k] in verbs:
            is_own = lower[k + 1] == "sich" or not OWN_PEOPLE.isdisjoint(sentence.words(k - 2, k))
            return None if is_own else Found(k, k + 1, "expectation", "entrusted")
    return None


_SAY_AHEAD = frozenset(("sagt", "sagen", "sagte", "sagten"))
"""`Jefferies sagt dem Konzern ein Ebitda von 128 Millionen Euro voraus`."""
_ENTRUST = frozenset(("traut", "trauen", "traute", "trauten"))
_WHICH_RANGE = frozenset(
    ((",", "dass"), (",", "which"), (",", "die"), (",", "that"), ("that", "range"), ("which", "range"))
)
"""`market expectations, which currently range from`: behind it the expectations themselves."""


def _is_compared(sentence: Sentence, cue: Found) -> bool:
    """`kleiner als erwartet`: what is compared with an expectation is none."""
    return sentence.words(cue.first, cue.first + 1) in THAN or sentence.words(cue.first - 1, cue.first) in THAN


_CAME = frozenset(("came", "was", "were", "landed", "fell", "arrived", "proved"))
"""`operating income of $196 million came in below estimates`: a result, beside what was expected."""
BEATS = frozenset(
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


def _others(sentence: Sentence, first: int, last: int) -> bool:
    """Whether another figure stands within tokens [first, last)."""
    return any(
        first <= other.first < last and other.mention.unit not in (None, "date", "rating") for other in sentence.figures
    )
