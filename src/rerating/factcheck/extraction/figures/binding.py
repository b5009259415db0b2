"""What a figure is about: one topic for each figure of a sentence, chosen among the words that could name it.

A topic is a word for a metric (`topics.toml`), a word for a share, or an asset's name. Its score falls with the words,
the clause borders and the other figures between it and the figure; a unit or a size that the metric cannot have rules
it out. Pairs that stand in a fixed phrase (`a target of $5`, `5 % below its high`) score higher.
"""

from __future__ import annotations

from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.candidates import TOLD_OF, candidates
from rerating.factcheck.extraction.figures.deals import of_deals
from rerating.factcheck.extraction.figures.fitting import PERCENT_LEVELS, SHARES_OF_ONE, fits, is_claimable
from rerating.factcheck.extraction.figures.insiders import insider_scene
from rerating.factcheck.extraction.figures.multiples import of_multiples
from rerating.factcheck.extraction.figures.parts import is_part
from rerating.factcheck.extraction.figures.settling import bracketed, paired, resolved, taken_up
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.asides import behind_aside
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import Found, word_set
from rerating.language.reading import MentionKind as K

_WEIGHT = {
    "weak": -2.2,
    "price": 0.0,
    "price_target": 1.0,
    "upside": 1.5,
    "high": 0.5,
    "low": 0.5,
    "average": 1.5,
    "level": 0.5,
    "indicator": 1.5,
    "market_cap": 1.0,
    "options_ratio": 2.0,
    "market_share": 1.0,
    "ratio": 0.6,
    "holding": -0.3,
    "event": -0.3,
    "policy": 0.3,
    "volume": 0.4,
    "options": 0.8,
    "insider": 0.0,
    "capex": 0.2,
    "counts": 0.5,
}
_DIRECT = word_set("binding", "direct")
_CAUSES = word_set("binding", "causes")
_OF_WHOLE = word_set("binding", "of_whole")
_PARTS = frozenset(("market_share", "ratio", "holding", "event", "options_ratio"))
_BELOW = word_set("binding", "below")
_GAP_WORDS = word_set("binding", "gap_words")


def bind(sentence: Sentence, before: Bound | None = None) -> list[Bound]:
    """The figures of a sentence that some topic fits, each with the best one; `before` is the last one of its block."""
    figures = [figure for figure in sentence.figures if is_claimable(figure) and not is_part(sentence, figure)]
    if not figures:
        return []
    scene = insider_scene(sentence, before)
    named = [topic for topic in candidates(sentence) if scene or topic.key not in _OF_INSIDERS]
    table = [_scored(sentence, figures, place, named) for place in range(len(figures))]
    bound = [row[0] if row else None for row in table]
    _settle(bound, table)
    bracketed(sentence, bound)
    paired(sentence, bound)
    kept = [resolved(sentence, each, scene) for each in bound if each is not None and each.score >= FLOOR]
    taken_up(sentence, kept)
    return of_multiples(sentence, of_deals(sentence, kept, before), before)


_OF_INSIDERS = frozenset(("transaction_value", "price_per_share"))
"""What is paid is told of insiders in their scenes only."""
FLOOR = 2.0
_EXCLUSIVE = word_set("binding", "exclusive")
_FAR = 120
"""No word farther away names what a figure is of, in a sentence without an end neither."""


def _scored(sentence: Sentence, figures: list[Figure], place: int, candidates: list[Found]) -> list[Bound]:
    """All topics that fit a figure, the best first."""
    figure = figures[place]
    rows = [
        Bound(figure, topic.family, topic.key, topic, _score(sentence, figures, place, topic))
        for topic in candidates
        if abs(topic.first - figure.first) <= _FAR and fits(topic.family, topic.key, figure)
    ]
    rows.sort(key=lambda row: (-row.score, row.topic.first if row.topic else 0))
    return rows


def _settle(bound: list[Bound | None], table: list[list[Bound]]) -> None:
    """A mark, an average or a ratio has one value: where two figures want the same word, the better one keeps it."""
    for _ in range(3):
        owners: dict[tuple[int, int], list[int]] = {}
        for place, each in enumerate(bound):
            if each is not None and each.topic is not None and each.family in _EXCLUSIVE:
                owners.setdefault((each.topic.first, each.topic.last), []).append(place)
        clashes = [places for places in owners.values() if len(places) > 1]
        if not clashes:
            return
        for places in clashes:
            by_unit: dict[bool, list[int]] = {}
            for place in places:
                each = bound[place]
                assert each is not None
                by_unit.setdefault(each.figure.mention.unit == "percent", []).append(place)
            for same in by_unit.values():
                best = max(same, key=lambda place: (bound[place].score, -place))  # type: ignore[union-attr]
                for place in same:
                    if place == best or table[place][0].figure.mention.unit == "ratio":
                        continue
                    taken = bound[best].topic  # type: ignore[union-attr]
                    table[place] = [row for row in table[place] if row.topic is not taken]
                    bound[place] = table[place][0] if table[place] else None


_MEASURED_FROM = frozenset(("vom", "from", "gegenüber"))
"""Before a mark: how far the price has gone since, `vom Apriltief um 31 Prozent nach oben`."""
_SINCE = frozenset(("seit", "since"))
"""Before a mark too: `seit dem Apriltief haben die Aktien 57 Prozent gewonnen`."""
_GENITIVE = (("of",), ("des",), ("der",))
_ELSEWHERE = frozenset(("damit", "fiel", "fell", "rutschte", "leaving", "slipping", "sending"))
"""Between a move and a mark: the sentence goes on to another statement."""


def _is_of_margin(sentence: Sentence, figure: Figure) -> bool:
    """`Gross margin widened to 31.4% of sales`: the level of a margin, no share of sales."""
    return any(t.key in PERCENT_LEVELS and t.last <= figure.first for t in sentence.topics) and not any(
        t.key not in PERCENT_LEVELS and t.family == "figure" and t.last <= figure.first for t in sentence.topics
    )


_BASE = {
    "share": 9.0,
    "index": 8.5,
    "COMPANY": 6.5,
    "INDEX": 9.0,
    "COMMODITY": 9.0,
    "CRYPTO": 9.0,
    "BOND": 9.0,
    "CURRENCY": 8.0,
}


def _score(sentence: Sentence, figures: list[Figure], place: int, topic: Found) -> float:
    figure = figures[place]
    if topic.family == "counts" and figure.mention.kind is K.NUMBER and _is_step(sentence, figure):
        return 0.0
    is_share = figure.mention.kind in (K.PERCENT, K.FRACTION, K.MULTIPLE)
    if topic.family == "sentiment" and not _RATERS.isdisjoint(sentence.words(sentence.first, sentence.last)):
        return 0.0
    if topic.family == "price_target" and is_share and not _changes_target(sentence, figure, topic):
        return 0.0
    if topic.family == "counts" and figure.mention.kind in SHARES_OF_ONE and not _is_of_raters(sentence, figure):
        return 0.0
    if topic.family == "capex" and is_share and _lies_in(sentence, figure, topic):
        return 0.0
    if is_share and topic.family in _IN_PASSING and _is_in_passing(sentence, figure, topic):
        return 0.0
    if topic.family == "holding" and is_share and _is_move_of_holders(sentence, figure, topic):
        return 0.0
    base = _BASE.get(topic.key, 8.0) if topic.family == "price" else 10.0
    score = base + _WEIGHT.get(topic.family, 0.0)
    if topic.family == "operation" and (is_share or _is_measure(sentence, topic)):
        score -= 2.0 if topic.key in _THINGS else 0.0
    if topic.first < figure.last and figure.first < topic.last:
        return score + (2.0 if topic.family != "price" else -20.0)
    is_before = topic.last <= figure.first
    if is_before:
        last = behind_aside(sentence, topic.first, topic.last) if topic.key == "COMPANY" else topic.last
        last = last if last <= figure.first else topic.last
        gap, cost = figure.first - last, sentence.cost(last, figure.first)
        between = sum(1 for other in figures[max(0, place - _FAR) : place] if other.first >= topic.last)
        score += _before(sentence, figure, topic, gap)
    else:
        gap, cost = topic.first - figure.last, sentence.cost(figure.last, topic.first)
        between = sum(1 for other in figures[place + 1 : place + _FAR] if other.last <= topic.first)
        score += _after(sentence, figure, topic, gap)
    return score - 0.28 * min(gap, 25) - 1.3 * cost - 0.8 * between


_IN_PASSING = frozenset(("figure", "weak", "ratio", "operation", "event", "policy"))


def _is_in_passing(sentence: Sentence, figure: Figure, topic: Found) -> bool:
    """`Nokia, which reports on Oct. 22, lost 1.4%`: the word stands in an aside between a name and what it did."""
    first, last = topic.first, figure.lead
    if topic.last > last or last - first > _ASIDE or not moves(sentence, figure):
        return False
    opened = sentence.words(first - _ASIDE, first)
    at = next((k for k in range(len(opened) - 1, -1, -1) if opened[k] == ","), None)
    if at is None or not at or opened[at + 1 : at + 2] not in _RELATIVES:
        return False
    comma = first - len(opened) + at
    is_named = any(
        named.of(NameKind.COMPANY) and comma - 2 <= named.last <= comma for named in sentence.names_near(comma)
    )
    behind = sentence.words(topic.last, last)
    if not is_named or behind.count(",") != 1:
        return False
    verbs = behind[behind.index(",") + 1 :]
    return bool(verbs) and len(verbs) <= 6 and verbs[0] not in _GOES_ON


_ASIDE = 24
_RELATIVES = tuple((word,) for word in ("which", "who", "whose", "die", "der", "das", "deren", "dessen", "dem", "den"))
_GOES_ON = frozenset(("und", "and", "but", "aber", "or", "oder", "with", "mit", "up", "down", "a", "ein", "while"))


def _is_move_of_holders(sentence: Sentence, figure: Figure, topic: Found) -> bool:
    """`Dusche für die Aktionäre: Um 11,4 Prozent ging es abwärts`: a move of the price, no stake of theirs."""
    is_holders = sentence.tokens.lower[topic.first].startswith(("aktionär", "anteilseigner"))
    return (
        is_holders
        and sentence.words(figure.lead - 1, figure.first)[:1] in (("um",), (":",))
        and moves(sentence, figure)
    )


def _lies_in(sentence: Sentence, figure: Figure, topic: Found) -> bool:
    """`in dem Angebot steckt das 6,4-Fache`, `dessen Technik in 60 % der Masten steckt`: no spending."""
    is_in = figure.mention.kind is K.MULTIPLE or sentence.words(figure.lead - 1, figure.lead) == ("in",)
    return is_in and sentence.tokens.lower[topic.first] in _LIES_IN


_LIES_IN = frozenset(("steckt", "stecken", "steckte", "steckten"))
_THINGS = frozenset(
    ("units_sold", "products", "aircraft", "sites", "countries", "stores", "production", "capacity", "patients")
)
"""Things that are counted: their change is told of their sales, output or fleet, whose word then stands beside it."""
_MEASURES = word_set("binding", "measures")
_RATERS = word_set("binding", "raters")


def _is_of_raters(sentence: Sentence, figure: Figure) -> bool:
    """`Half of the 40 brokers`, `72 Prozent der Analysten`: a part of those who rate."""
    tail = sentence.words(figure.last, figure.last + 6)
    return tail[:1] in (("of",), ("der",), ("von",), ("aller",)) and not _RATERS.isdisjoint(tail)


def _is_measure(sentence: Sentence, topic: Found) -> bool:
    return topic.last - topic.first == 1 and sentence.tokens.lower[topic.first] in _MEASURES


def _before(sentence: Sentence, figure: Figure, topic: Found, gap: int) -> float:
    words = sentence.words(topic.last, figure.first)
    bonus = 0.0
    if gap <= 2 and (gap == 0 or words[-1] in _DIRECT or words[0] in _DIRECT):
        bonus += 1.5
    if topic.family == "price" and _is_expected(sentence, figure):
        bonus -= 5.0
    if topic.key == "COMPANY" and topic.family == "price" and _is_looked_for(sentence, figure):
        bonus -= 8.0
    if (
        topic.family == "counts"
        and topic.key != "mean_rating"
        and not (gap <= 1 and words and words[-1] in (":", "von", "of"))
    ):
        bonus -= 3.0
    lead = sentence.words(topic.first - 3, topic.first)
    is_on = lead[-1:] == ("on",) and words[:1] == ("of",)
    if (
        not _CAUSES.isdisjoint(lead)
        and not is_on
        and topic.family in ("figure", "operation", "event", "policy", "weak")
    ):
        bonus -= 8.0 if any(topic.last <= f.first < figure.first for f in sentence.figures) else 3.5
    if topic.family == "event" and topic.key == "contract" and words[-1:] in (("über",), ("for",), ("of",)):
        bonus += 3.0
    if topic.family == "event" and topic.key in ("closures", "layoffs", "contract") and gap <= 4:
        bonus += 1.5
    if topic.family == "price" and figure.mention.kind in (K.PERCENT, K.FRACTION) and not moves(sentence, figure):
        bonus -= 4.0 if topic.key == "COMPANY" else 2.0
    if topic.family in ("high", "low") and figure.mention.kind in SHARES_OF_ONE:
        tail = sentence.words(figure.last, figure.last + 6)
        is_gap = not _GAP_WORDS.isdisjoint(words) or not _GAP_WORDS.isdisjoint(tail)
        lead = sentence.words(topic.first - 5, topic.first)
        is_gap = is_gap or (
            not _MEASURED_FROM.isdisjoint(lead) and moves(sentence, figure) and topic.key[-4:] != "_day"
        )
        if topic.family == "low":
            is_gap = is_gap or not {"erholt", "über", "above", "rebounded", "recovered"}.isdisjoint((*words, *tail))
        is_near = sentence.cost(topic.last, figure.first) < 2.0
        is_measured = not _MEASURED_FROM.isdisjoint(lead) or (gap > 1 and not _SINCE.isdisjoint(lead[-3:]))
        is_measured = is_measured and moves(sentence, figure)
        bonus += 5.0 if is_measured else (2.5 if is_gap else -2.5) if is_near else -7.0
    if topic.family in ("high", "low") and figure.mention.kind not in SHARES_OF_ONE and gap > 4:
        others = any(
            topic.last <= other.first < figure.first for other in sentence.figures if other.mention.unit == "percent"
        )
        bonus -= 5.0 if others else 0.0
    if topic.family == "average" and figure.mention.kind in SHARES_OF_ONE:
        bonus -= 2.5
    return bonus


def _is_step(sentence: Sentence, figure: Figure) -> bool:
    """`das Kursziel um fünf auf nun 48 Euro`: by how much, not how many."""
    return sentence.words(figure.lead - 1, figure.lead) in (("um",), ("by",), ("auf",))


def _changes_target(sentence: Sentence, figure: Figure, topic: Found) -> bool:
    """`hebt das Kursziel um 10 Prozent`, `halbierte das Kursziel`: by how much a target changed."""
    if figure.mention.text.isalpha():
        return 0 <= topic.first - figure.last <= 3 and "fach" not in figure.mention.text.lower()
    return sentence.words(figure.lead - 1, figure.lead) in (("um",), ("by",)) and topic.last <= figure.first


_ESTIMATES = word_set("binding", "estimates")
_AGAINST = frozenset(("of", "von", "bei", "versus", "vs", "at", "for"))


def _is_looked_for(sentence: Sentence, figure: Figure) -> bool:
    """`Kotak had been looking for 21.1%`, `Volkswirte hatten 2,6 Prozent veranschlagt`: of what was reported."""
    lead, tail = sentence.words(figure.lead - 3, figure.lead), sentence.words(figure.last, figure.last + 1)
    return lead[-2:] in (("looking", "for"), ("looked", "for")) or tail in (("veranschlagt",), ("erwartet",))


def _is_expected(sentence: Sentence, figure: Figure) -> bool:
    """Whether an estimate stands right before the figure: `beating analyst estimates of $1.72`."""
    before = sentence.words(figure.lead - 5, figure.lead)
    return bool(before) and before[-1] in _AGAINST and not _ESTIMATES.isdisjoint(before)


def moves(sentence: Sentence, figure: Figure) -> bool:
    """Whether a word of movement, or the figure's own sign, says that something rose or fell."""
    if figure.mention.is_signed:
        return True
    for cue in sentence.cues:
        if cue.family in ("movement", "flat") and not (cue.first < figure.tail and figure.lead < cue.last):
            first, last = min(cue.last, figure.first), max(cue.first, figure.first)
            if sentence.cost(first, last) <= 2.2:
                return True
    return False


_BECAUSE = frozenset(
    ("despite", "trotz", "after", "nach", "amid", "as", "wegen", "because", "following", "ahead", "even")
)
"""Right behind a move: what comes next is why, `drops 13% despite record revenue`."""


def _turned_away(sentence: Sentence, figure: Figure, topic: Found, words: tuple[str, ...]) -> float:
    """What it takes from a word behind a figure that another statement, or the mark of another figure, begins there."""
    is_share = figure.mention.kind in SHARES_OF_ONE
    if topic.family == "upside" and is_share and "," in words:
        return -8.0
    is_other = topic.family in _ELSEWHERE_TOLD and _goes_elsewhere((*words, *sentence.words(topic.first, topic.last)))
    if is_share and (is_other or (topic.family in TOLD_OF and _goes_elsewhere(words))):
        return -8.0 if moves(sentence, figure) else -2.0 * (words[0] in _BECAUSE)
    if topic.family in ("high", "low") and is_share:
        is_away = words[:1] == ("to",) or "damit" in words or _is_next_percent(sentence, figure, topic)
        return -9.0 if is_away or _is_of_next(sentence, figure, topic, words) else 0.0
    is_mark = topic.family in ("high", "low") and not is_share
    return -8.0 if is_mark and not _AFTERWARDS.isdisjoint(words) else 0.0


def _is_of_next(sentence: Sentence, figure: Figure, topic: Found, words: tuple[str, ...]) -> bool:
    """`24 Prozent gewonnen hat, vom Rekord aber 70 Prozent entfernt ist`: the mark is of the percentage behind it."""
    if "," not in words or sentence.words(topic.first - 1, topic.first) not in (("vom",), ("from",)):
        return False
    return any(topic.last <= f.first <= topic.last + 16 and f.mention.kind in SHARES_OF_ONE for f in sentence.figures)


_ELSEWHERE_TOLD = frozenset(("holding", "policy", "options", "insider"))


def _goes_elsewhere(words: tuple[str, ...]) -> bool:
    """Whether the words behind a figure lead on to another statement."""
    is_on = words[:1] == ("on",) and len(words) > 1 and words[1] not in _DAYS
    return bool(words) and (words[0] in _BECAUSE or is_on or not _THEN.isdisjoint(words))


def _is_next_percent(sentence: Sentence, figure: Figure, topic: Found) -> bool:
    """`has dropped 24% this year and trades 47% below its record`: the mark is of the percentage right before it."""
    return any(
        other.mention.kind in SHARES_OF_ONE and figure.last <= other.first < topic.first
        for other in sentence.figures_near(figure.first)
    )


_AFTERWARDS = frozenset(("after", "nach", "nachdem", "having"))
"""`settled at 4,128 after touching a peak of 4,165`: the mark is of the next figure."""
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "volume", "average", "a", "an", "the"))


_THEN = frozenset(
    ("before", "bevor", "ehe", "after", "nachdem", "while", "während", "because", "weil", "which", "when")
)
"""Between a move and a word: that begins another statement, `fell 7% on Friday before trimming the loss`."""


def _after(sentence: Sentence, figure: Figure, topic: Found, gap: int) -> float:
    words = sentence.words(figure.last, topic.first)
    turned = _turned_away(sentence, figure, topic, words)
    if turned:
        return turned
    is_distance = topic.family in ("high", "low") and figure.mention.kind in SHARES_OF_ONE
    if "," in words and not is_distance:
        return -4.0
    if topic.key == "revenue_share" and _is_of_margin(sentence, figure):
        return -6.0
    if topic.family == "price" and figure.mention.kind in SHARES_OF_ONE and not moves(sentence, figure):
        return -3.0
    if topic.family in ("high", "low", "average") and figure.mention.kind in SHARES_OF_ONE:
        if _BELOW.isdisjoint(words) or gap > 14 or not _ELSEWHERE.isdisjoint(words):
            return -3.0
        is_over = not {"über", "above", "over", "north", "oberhalb"}.isdisjoint(words[:2])
        if topic.family != "average" and is_over == (topic.family == "high"):
            return -3.0
        return 3.5 + 0.28 * min(gap, 14) * (gap > 4) + 1.3 * sentence.cost(figure.last, topic.first) * (gap > 4)
    is_verb = topic.key == "revenue_share" and sentence.words(topic.first, topic.first + 1) not in _GENITIVE
    if words[:1] and words[0] in _OF_WHOLE and gap <= 6 and topic.family in _PARTS and not is_verb:
        return 0.0 if topic.family == "ratio" and _is_of_margin(sentence, figure) else 3.5
    if topic.family == "counts":
        return (1.5 if topic.key != "analysts" else -2.5) + 0.2 * min(gap, 10)
    if gap == 0:
        return 2.0
    is_on = topic.family == "volume" and "on" in (words[0], words[-1])
    if is_on and figure.mention.kind in SHARES_OF_ONE:
        return -4.0
    if gap == 1 and topic.family != "price":
        return 1.0
    if words[0] in ("in", "of", "an", "of.", "für", "for") and gap <= 5:
        return 0.3
    return -2.0
