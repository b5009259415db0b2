"""What a claim takes over from the one before it: that it is expected, and which way it moved.

`Analysts expect revenue of 5 billion and growth of 8 %` says `expect` once; `up 63 %` behind an estimate is part of the
estimate; `innerhalb einer Woche sind es 15 %` goes on about the rise of the sentence before it.
"""

from __future__ import annotations

from itertools import pairwise

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import NameKind
from rerating.factcheck.extraction.text.lexicon import WHOSE, word_set
from rerating.factcheck.extraction.voices.speech import Voice

_EXPECTED = frozenset(("estimate", "guidance"))
_REPORTED = frozenset(("financial_figure", "growth", "operating_metric"))
_PAST = word_set("kinds", "past")
_COUPLED = word_set("continuation", "coupled")
_RESTATED = word_set("continuation", "restated")
_GOES_ON = word_set("continuation", "goes_on")
_MOVED = frozenset(("return", "price_level", "high_low_level"))
_LEADS_TO = (("auf",), ("to",), ("auf", "nun"), ("auf", "jetzt"), ("auf", "künftig"))
_REACH = 14


def taken_over(sentence: Sentence, drafts: list[Draft], before: list[Draft]) -> None:
    """Completes the claims with figures of a sentence; `before` are those of the sentence before it in its block."""
    for one, other in pairwise(drafts):
        if one.kind == "price_target" and other.kind in _SIDES and _is_upside(sentence, one, other):
            other.kind = other.metric = "implied_upside"
            other.subject = one.subject
        if one.kind in _EXPECTED and other.kind in _REPORTED and _is_same_breath(sentence, one, other):
            other.kind = one.kind
        elif one.kind == "estimate" and _is_of_forecast(sentence, one, other):
            other.kind = "estimate"
    first = drafts[0] if drafts else None
    last_told = before[-1] if before else None
    if first is not None and last_told is not None and _goes_on_of_order(sentence, first, last_told):
        first.subject = last_told.subject
    if first is not None and last_told is not None and last_told.kind == "price_target" and first.kind in _SIDES:
        is_opened = sentence.words(sentence.first, sentence.first + 2) in _WOULD_BE
        if is_opened and first.first - sentence.first <= 8 and _tells_side(sentence, first):
            first.kind = first.metric = "implied_upside"
    if first is not None and last_told is not None and _is_mean_target(sentence, first, before):
        first.kind, first.metric, first.subject = "price_target", "consensus_target", last_told.subject
    if first is not None and last_told is not None and last_told.kind in _EXPECTED and first.kind in _REPORTED:
        opening = sentence.words(sentence.first, sentence.first + 2)
        if opening in _WOULD_BE and first.first - sentence.first <= 8:
            first.kind, first.metric = last_told.kind, last_told.metric
    if first is None or first.kind != "return" or first.direction is not None:
        return
    last = next((draft for draft in reversed(before) if draft.kind == "return"), None)
    is_same = last is not None and last.subject.name == first.subject.name
    if last is not None and is_same and not _GOES_ON.isdisjoint(sentence.words(sentence.first, sentence.last)):
        first.direction = last.direction


def _is_mean_target(sentence: Sentence, first: Draft, before: list[Draft]) -> bool:
    """`Der Durchschnitt liegt laut TipRanks bei 44,50 Euro`, behind a sentence that tells a target."""
    if not first.values or first.values[0].unit != "money" or first.kind not in (*_REPORTED, "price_level"):
        return False
    is_of_targets = any(draft.kind == "price_target" or draft.metric == "fair_value" for draft in before)
    return is_of_targets and not _MEANS.isdisjoint(sentence.words(sentence.first, sentence.first + 3))


_MEANS = frozenset(
    ("durchschnitt", "mittelwert", "median", "schnitt", "mittel", "konsens", "average", "mean", "consensus")
)


def _goes_on_of_order(sentence: Sentence, first: Draft, told: Draft) -> bool:
    """Whether a sentence that names no company tells what the order is worth of which the one before told."""
    is_order = first.metric == "contract" and told.kind in ("corporate_event", "operating_metric")
    is_order = is_order and told.metric in _ORDERED
    return is_order and not any(n.of(NameKind.COMPANY) for n in sentence.names)


_ORDERED = frozenset(("contract", "capacity", "aircraft", "units_sold", "deliveries", "production", "count"))


def _is_of_forecast(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """Whether a figure is where a forecast change leads to, or what was expected before."""
    if other.kind == "guidance":
        return _leads_to(sentence.words(one.last, other.first))
    return other.kind in _REPORTED and _was_before(sentence, one, other)


def _leads_to(between: tuple[str, ...]) -> bool:
    """`will increase 9% to a record 1.35 million tons`: a change and where it leads to are of one forecast."""
    return between[:1] in (("to",), ("auf",)) and len(between) <= 4 and _RECORDS.issuperset(between[1:])


_RECORDS = frozenset(
    ("a", "an", "record", "new", "all-time", "high", "of", "about", "around", "den", "rekordwert", "von")
)


def _was_before(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """`now models revenue of $4.4 billion, down from $4.6 billion`: what somebody expected before."""
    between = sentence.words(one.last, other.bound.figure.lead if other.bound else other.first)
    is_from = between[-2:] in _FROM and len(between) <= 6 and one.values[0].unit == other.values[0].unit
    words = sentence.words(sentence.first, one.first)
    is_changed = "now" in words or not _CHANGED.isdisjoint(words)
    return is_from and is_changed and _EARLIER.isdisjoint(sentence.words(other.last, other.last + 5))


_FROM = (("down", "from"), ("up", "from"))
_EARLIER = word_set("continuation", "earlier")
_CHANGED = frozenset(("cut", "raised", "trimmed", "lowered", "lifted", "cuts", "raises", "lowers", "lifts", "hiked"))
_WOULD_BE = frozenset(
    (one, other)
    for one in ("das", "dies", "that", "this", "it")
    for other in ("wäre", "wären", "entspräche", "käme", "bedeutete", "would", "implies", "entspricht", "bedeutet")
)
"""`Das wäre ein Rückgang um 15 Prozent`: of what the sentence before expects."""
_OTHERS = word_set("kinds", "analyst_words")
_THEY = frozenset(("sie", "diese", "they", "these", "er", "she", "he"))
_SHOULD = frozenset(("soll", "sollen", "sollte", "sollten", "dürfte", "dürften", "should"))
_OWN = word_set("speech", "company_words") | word_set("speech", "executives")


def of_analyst(sentence: Sentence, drafts: list[Draft], heard: Voice | None) -> None:
    """`Er erwartet für 2025 einen Gewinn je Aktie von 5,21 Euro`, where an analyst was the last who spoke."""
    words = sentence.words(sentence.first, sentence.first + 2)
    is_his = words[:1] in (("er",), ("sie",), ("he",), ("she",)) and words[1:] and words[1] in _FORETELL
    whole = set(sentence.words(sentence.first, sentence.last))
    is_his = is_his or bool(whole & _THEIRS and whole & _FORECASTS and not whole & _OWN)
    if is_his and heard is not None and heard.source is not None and not heard.is_company:
        for draft in drafts:
            if draft.kind in ("guidance", *_REPORTED):
                draft.kind = "estimate"


_THEIRS = frozenset(("ihre", "ihren", "seine", "seinen", "her", "his"))
_FORECASTS = frozenset(
    ("prognosen", "schätzungen", "gewinnschätzungen", "ergebnisschätzungen", "estimates", "forecasts")
)
_FORETELL = frozenset(
    (
        "erwartet",
        "rechnet",
        "prognostiziert",
        "sieht",
        "schätzt",
        "veranschlagt",
        "expects",
        "sees",
        "forecasts",
        "estimates",
    )
)


def foretold(sentence: Sentence, drafts: list[Draft], before: Sentence | None) -> None:
    """Plans that are the analysts' of the sentence before: `Analysten erwarten ... Der Gewinn soll um 40 % steigen`."""
    if before is None or before.text is not sentence.text:
        return
    spoke = set(before.words(before.first, before.last))
    expects = any(cue.family == "expectation" for cue in before.cues)
    if not expects or _OTHERS.isdisjoint(spoke):
        return
    words = sentence.words(sentence.first, sentence.last)
    is_theirs = words[0] in _THEY or (not _SHOULD.isdisjoint(words) and _OWN.isdisjoint(words))
    if is_theirs and (words[0] in _THEY or not any(place.names for place in sentence.names)):
        for draft in drafts:
            if draft.kind == "guidance" or (words[0] in _THEY and draft.kind in _REPORTED):
                draft.kind = "estimate"


def reasons(sentence: Sentence, drafts: list[Draft], before: list[Draft], *, goes_on: bool) -> None:
    """What moved a price moved it the way that the price went, in this sentence or in the one before, and is told of
    what moved: `Trustpilot tumbled 18.6 per cent after the reviews website warned`; what a house says of a rating, of
    whom it rates. Where `goes_on`, a sentence that tells of no move explains that of the company before it."""
    for draft in drafts:
        if draft.kind not in ("catalyst", "attributed_reason"):
            continue
        if draft.kind == "catalyst" and _is_of_rating(draft, drafts):
            draft.kind, draft.metric = "attributed_reason", "reason"
        if draft.direction is None:
            moved = next((d for d in (*drafts, *reversed(before)) if d.kind in _MOVED and d.direction), None)
            draft.direction = moved.direction if moved is not None else None
        kinds = _MOVED if draft.kind == "catalyst" else _EXPLAINED
        told = [d for d in drafts if d.kind in kinds and _is_told_with(sentence, draft, d)]
        if not told and goes_on:
            told = [d for d in before if d.kind in kinds and d.metric == "share_price" and d.subject.name is not None]
        is_group = draft.subject.name is not None and draft.subject.ticker is None
        told = [d for d in told if d.metric == "share_price"] or ([] if is_group else told)
        if told:
            ahead = [d for d in told if d.sentence is not sentence or d.first < draft.first]
            draft.subject = (ahead[-1] if ahead else told[0]).subject


def _is_of_rating(reason: Draft, drafts: list[Draft]) -> bool:
    """Whether a house rates in the sentence and nothing moves: what is told as a cause is the house's reason."""
    kinds = {draft.kind for draft in drafts if draft is not reason}
    return bool(kinds & _RATED) and not kinds & _MOVED


def _is_told_with(sentence: Sentence, reason: Draft, moved: Draft) -> bool:
    """Whether the move that a reason is of is told in its sentence; what a colon announces is told of by itself."""
    if moved.subject.name is None or reason.first <= moved.first < reason.last:
        return False
    between = sentence.words(reason.first, moved.first)
    return moved.first < reason.first or (":" not in between and WHOSE.isdisjoint(between))


"""`talk that Google may hand the program to Flex, whose shares jumped 5%`: the move of another one."""


_RATED = frozenset(("rating", "rating_change", "price_target"))
_EXPLAINED = _MOVED | _RATED


def _is_upside(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """`a target of $1,340, or about 20% higher`: how far away the target is."""
    return other.first - one.last <= 8 and _tells_side(sentence, other)


def _tells_side(sentence: Sentence, draft: Draft) -> bool:
    tail = sentence.words(draft.last - 1, draft.last + 2)
    is_share = bool(draft.values) and draft.values[0].unit == "percent"
    return is_share and not _ABOVE.isdisjoint(tail)


_SIDES = frozenset(("return", "corporate_event", "holding", "rating_count", "policy_event", "growth", "options_volume"))
"""What a percentage behind a target was taken for, where it tells how far away the target is."""


_ABOVE = frozenset(
    (
        "beneath",
        "under",
        "unter",
        "über",
        "higher",
        "above",
        "more",
        "höher",
        "mehr",
        "lower",
        "below",
        "tiefer",
        "darüber",
        "darunter",
        "premium",
        "discount",
        "aufschlag",
    )
)


def _is_same_breath(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """Whether the second figure is coupled with an expected one, or says by how much that changes."""
    between = sentence.words(one.last, other.first)
    if len(between) > _REACH or not _PAST.isdisjoint(between) or _asserts(sentence, other):
        return False
    if between in _LEADS_TO:
        return True
    if one.metric == other.metric and other.kind == "growth" and len(between) <= 5:
        return _RESTATED.issuperset(between) or len(between) <= 3
    is_listed = between[:2] in ((",", "and"), (",", "und")) and one.kind in _EXPECTED and "," not in between[1:]
    return not _COUPLED.isdisjoint(between) and ("," not in between or is_listed)


def _asserts(sentence: Sentence, draft: Draft) -> bool:
    """Whether the words right behind it report the figure: `wurden erzielt`, `were reported`."""
    return not _PAST.isdisjoint(sentence.words(draft.last, draft.last + 4))
