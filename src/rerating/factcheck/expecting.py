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
            is_ranged = sentence.words(cue.last, cue.last + 2) in _WHICH_RANGE
            cost = sentence.cost(cue.last + 2 * is_ranged, figure.first)
            is_near = figure.first - cue.last <= 12 and cost <= 1.2
            if is_near and not _others(sentence, cue.last, figure.first):
                return cue
        elif _others(sentence, cue.last, cue.last + 4):
            continue
        elif cue.first - figure.last <= 7 and sentence.cost(figure.last, cue.first) <= 0.9:
            beaten = _BEATS & set(sentence.words(figure.last, figure.last + 14))
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
            is_own = lower[k + 1] == "sich" or not _OWN_PEOPLE.isdisjoint(sentence.words(k - 2, k))
            return None if is_own else Found(k, k + 1, "expectation", "entrusted")
    return None


_SAY_AHEAD = frozenset(("sagt", "sagen", "sagte", "sagten"))
"""`Jefferies sagt dem Konzern ein Ebitda von 128 Millionen Euro voraus`."""
_ENTRUST = frozenset(("traut", "trauen", "traute", "trauten"))


_WHICH_RANGE = frozenset(((",", "which"), (",", "die"), (",", "that"), ("that", "range"), ("which", "range")))
"""`market expectations, which currently range from`: behind it the expectations themselves."""


def _is_compared(sentence: Sentence, cue: Found) -> bool:
    """`kleiner als erwartet`: what is compared with an expectation is none."""
    return sentence.words(cue.first, cue.first + 1) in _THAN or sentence.words(cue.first - 1, cue.first) in _THAN


def _guidance(sentence: Sentence, figure: Figure) -> Found | None:
    """The cue that makes the figure a plan; none where a verb of the past stands nearer."""
    found = _nearest(sentence, figure, "guidance", reach=16, cost=1.8)
    if _is_over(sentence, figure):
        return None
    if found is None or _is_works(sentence, found):
        return _meant(sentence, figure) or _promised(sentence, figure)
    if found.last <= figure.first:
        between = sentence.words(found.last, figure.first)
        if not _PAST.isdisjoint(between) or _turns_back(between):
            return None
    elif not _is_planned_behind(sentence, figure, found):
        return _meant(sentence, figure) or _promised(sentence, figure)
    words = sentence.words(figure.tail, figure.tail + 4)
    tail = set(words[: words.index(",")] if "," in words[1:] else words)
    if tail & _BEFORE and not tail & {"2026", "2027"}:
        return None
    return found


def _is_works(sentence: Sentence, cue: Found) -> bool:
    """`the plant`, `a plant in Ohio`: in English no plan."""
    words = sentence.words(cue.first, cue.last)
    return words == ("plant",) and not _ENGLISH.isdisjoint(sentence.words(cue.first - _NEAR, cue.last + _NEAR))


_NEAR = 60
"""Words farther away are not of the same statement, in a sentence without an end neither."""
_ENGLISH = frozenset(("the", "of", "and", "at", "its"))


def _is_over(sentence: Sentence, figure: Figure) -> bool:
    """`fewer than the 145 added in 2025`, `mehr als die 65 im Vorjahr`: what a plan is compared with."""
    if sentence.words(figure.first - 2, figure.first) not in _THAN_THE:
        return False
    tail = sentence.words(figure.last, figure.last + 6)
    return not _DONE.isdisjoint(tail) or not _PAST.isdisjoint(tail)


_THAN_THE = frozenset(
    [(one, other) for one in ("than", "als", "from", "after") for other in ("the", "its", "die", "den")]
    + [("up", "from"), ("down", "from")]
)
_DONE = word_set("expecting", "done")


def _turns_back(between: tuple[str, ...]) -> bool:
    """Whether words between a plan and a figure lead back to the past: `, im ersten Halbjahr hatte sie bei`, `after
    adding`, `has raised`."""
    if not _FORMERLY.isdisjoint(between):
        return False
    for k, word in enumerate(between):
        after = between[k + 1] if k + 1 < len(between) else ""
        if word in ("after", "having", "following") and after.endswith("ing"):
            return True
        if word in _PERFECT and after.endswith("ed") and "," in (between[k - 1], *between[max(0, k - 6) : k]):
            return True
        if (word in _WAS or word in _DECIDED) and "," in between[max(0, k - 6) : k]:
            return True
    return "nachdem" in between


_FORMERLY = frozenset(("bisher", "bislang", "zuvor", "vorher", "previously", "before"))
"""A former plan is a plan."""
_DECIDED = word_set("expecting", "decided")
_PERFECT = frozenset(("has", "have", "had"))
_WAS = frozenset(("hatte", "hatten", "war", "waren", "was", "were", "had"))


def _promised(sentence: Sentence, figure: Figure) -> Found | None:
    """`stellt das Management rund 2,75 Mrd. Euro Umsatz und eine Marge von 18 % in Aussicht`: the verb's two parts."""
    if "aussicht" not in sentence.words(figure.last, figure.last + 18):
        return None
    lower = sentence.tokens.lower
    for k in range(figure.lead - 1, max(sentence.first, figure.lead - 18) - 1, -1):
        if lower[k] in _PROMISE:
            return Found(k, k + 1, "guidance", "promised")
    return None


_PROMISE = frozenset(("stellt", "stellte", "stellen", "stellten"))


def _meant(sentence: Sentence, figure: Figure) -> Found | None:
    """`said the margin should expand by 300 basis points`, `is to grow from 3,700 to 5,000`: what a company means."""
    lower = sentence.tokens.lower
    for k in range(figure.lead - 1, max(sentence.first + 1, figure.lead - 15), -1):
        word = lower[k]
        if word in _PAST or word in _PERFECT or word in (";", ":", "already", "bereits"):
            return None
        if word not in _BECOMES:
            continue
        modal = k - 1 if lower[k - 1] not in _ADVERBS else k - 2
        if modal <= sentence.first or sentence.cost(k, figure.first) > _CLAUSE:
            continue
        is_to = lower[modal] == "to" and lower[modal - 1] in ("is", "are", "going")
        is_own = lower[modal] == "should" and not sentence.houses and not has_analysts(sentence, figure)
        if is_to or is_own or (lower[modal] in _MODALS and _is_told_of_itself(sentence, figure)):
            return Found(modal, k + 1, "guidance", "meant")
    return None


_CLAUSE = 1.8
_BECOMES = word_set("expecting", "becomes")
_ADVERBS = frozenset(("also", "now", "still", "again", "not", "only", "then", "probably", "likely"))
_MODALS = frozenset(("should", "would", "could", "can", "will", "might", "may"))


def _is_told_of_itself(sentence: Sentence, figure: Figure) -> bool:
    """Whether a company speaks in the sentence: its people or itself, and neither analysts nor a house nor a state."""
    held = set(sentence.words(figure.first - _NEAR, figure.last + _NEAR))
    if not held & _SAY or held & _ANALYST_WORDS or held & _OTHERS:
        return False
    if any(named.of(NameKind.INSTITUTION, NameKind.DATA, NameKind.HOUSE) for named in sentence.names):
        return any(named.of(NameKind.COMPANY) for named in sentence.names) and bool(held & _OWN_PEOPLE)
    return (
        bool(held & _OWN_PEOPLE)
        or any(cue.family == "company_noun" for cue in sentence.cues)
        or any(named.of(NameKind.COMPANY) for named in sentence.names)
    )


_SAY = word_set("speech", "say") | word_set("speech", "reporting") | {"warning", "adding", "saying", "added"}
_OWN_PEOPLE = word_set("speech", "executives") | word_set("speech", "company_words") | word_set("expecting", "people")
_OTHERS = word_set("expecting", "others")


def _is_planned_behind(sentence: Sentence, figure: Figure, cue: Found) -> bool:
    """Whether a plan's cue behind the figure belongs to it: in its clause, no verb of the past before the figure."""
    before = sentence.words(cue.first - 1, cue.first)
    if sentence.cost(figure.last, cue.first) >= 1.0 or before in _THAN or before in _AND:
        return False
    is_bracket = before == ("(",) and sentence.words(cue.last, cue.last + 1) == (":",)
    is_past = not _PAST.isdisjoint(sentence.words(figure.first - 8, figure.first))
    return not is_bracket and not is_past and cue.first - figure.last <= 8


_THAN = frozenset((("als",), ("than",), ("wie",)))
_AND = frozenset((word,) for word in ("and", "und", "but", "aber", "sowie"))
"""Before a plan's verb: the plan comes behind it, `has raised prices by 2% and plans ...`."""
_AND = frozenset((word,) for word in ("and", "und", "but", "aber", "sowie"))
"""Before a plan's verb: the plan comes behind it, `has raised prices by 2% and plans ...`."""
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
    if _is_supposed(sentence, figure) or _is_reckoned(sentence, figure):
        return True
    if around.expectation is None:
        if around.guidance is not None and _is_of_house(sentence, around.guidance):
            return True
        is_own = around.guidance is not None and not _OWN_WORD.isdisjoint(
            sentence.words(around.guidance.first, around.guidance.last)
        )
        return bool(around.guidance) and not is_own and has_analysts(sentence, figure)
    cue = around.expectation
    if _is_own_expectation(sentence, figure, cue):
        return False
    if sentence.words(cue.first - 1, cue.first) in _ITSELF and not has_analysts(sentence, figure):
        return False
    if (
        sentence.words(cue.last - 1, cue.last) in (("of",), ("von",))
        or sentence.words(cue.first - 1, cue.first) in _VERSUS
    ):
        return True
    is_active = not _ACTIVE.isdisjoint(sentence.words(cue.first, cue.last)) and cue.last <= figure.first
    return not is_active or has_analysts(sentence, figure)


def _is_own_expectation(sentence: Sentence, figure: Figure, cue: Found) -> bool:
    """`dürfte ... herauskommen, teilte der Konzern mit`, `unverändert bleibt die Erwartung eines Umsatzes von`."""
    word = next(iter(sentence.words(cue.last - 1, cue.last)), "")
    if word in _MAY:
        return _is_told_of_itself(sentence, figure)
    held = sentence.words(figure.first - _NEAR, figure.last + _NEAR)
    return word == "erwartung" and not _KEPT.isdisjoint(held) and not has_analysts(sentence, figure)


_MAY = frozenset(("dürfte", "dürften", "könnte", "könnten"))
_KEPT = frozenset(("unverändert", "bleibt", "bestätigt", "bestätigte", "bekräftigt", "bekräftigte", "vorstand"))


def _is_supposed(sentence: Sentence, figure: Figure) -> bool:
    """`seien vermutlich um drei Prozent gesunken, heißt es in der Studie`: what an analyst supposes."""
    near = sentence.words(figure.lead - 9, figure.lead)
    if _SUPPOSED.isdisjoint(near):
        return False
    held = sentence.words(figure.first - _NEAR, figure.last + _NEAR)
    return bool(sentence.houses) or has_analysts(sentence, figure) or not _STUDIES.isdisjoint(held)


_SUPPOSED = frozenset(("vermutlich", "wohl", "voraussichtlich", "wahrscheinlich", "probably", "likely"))
_STUDIES = frozenset(("studie", "analyse", "kommentar", "note", "ersteinschätzung"))


def _is_reckoned(sentence: Sentence, figure: Figure) -> bool:
    """`nach Berechnungen der Citigroup`, `Barclays calculates that it would save`: what a house reckons."""
    lower = sentence.tokens.lower
    for first in (named.first for named in sentence.names if named.of(NameKind.HOUSE)):
        if not _RECKONINGS.isdisjoint(lower[max(sentence.first, first - 3) : first]):
            return sentence.cost(first, figure.first) <= _CLAUSE
    near = set(sentence.words(figure.lead - 12, figure.lead))
    if not sentence.houses and near.isdisjoint(_HOUSE_WORDS):
        return False
    return bool(near & _MODALS and set(sentence.words(figure.first - _NEAR, figure.last + _NEAR)) & _RECKONS)


_HOUSE_WORDS = frozenset(("house", "broker", "brokerage"))
_RECKONINGS = word_set("expecting", "reckonings")
_RECKONS = word_set("expecting", "reckons")


def _is_of_house(sentence: Sentence, cue: Found) -> bool:
    """`at Deutsche Bank, which sees EPS of $8.15`: the verb is of the house named right before it."""
    if sentence.tokens.lower[cue.first - 1] not in _WHICH:
        return False
    return any(named.first in sentence.houses and 0 <= cue.first - 1 - named.last <= 2 for named in sentence.names)


_WHICH = frozenset(("which", "who", "die", "der", "das", "and", "und"))


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


def is_of_state(sentence: Sentence, cue: Found) -> bool:
    """`Die Bundesregierung will 12.500 Megawatt ausschreiben`: a state's plan, where no company stands by the verb."""
    first = max(sentence.first, cue.first - 6)
    if _STATE.isdisjoint(sentence.words(first, cue.first)):
        return False
    return not any(first <= named.first < cue.first for named in sentence.names if named.of(NameKind.COMPANY))


_STATE = word_set("expecting", "states")


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
