"""Claims with a figure: what each figure of a sentence is of, of whom, and the claim that it makes."""

from __future__ import annotations

from rerating.factcheck.claim import Subject
from rerating.factcheck.extraction.figures.around import BEATS, Context, context
from rerating.factcheck.extraction.figures.binding import bind
from rerating.factcheck.extraction.figures.bound import Bound
from rerating.factcheck.extraction.figures.carrying import carried
from rerating.factcheck.extraction.figures.draft import Draft, source_of, span_of
from rerating.factcheck.extraction.figures.expecting import INSTEAD
from rerating.factcheck.extraction.figures.kinds import kind_of
from rerating.factcheck.extraction.figures.odds import is_odds
from rerating.factcheck.extraction.figures.sharing import shared
from rerating.factcheck.extraction.figures.values import comparator_of, direction_of, values_of
from rerating.factcheck.extraction.text.article import Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.voices.speech import Voice
from rerating.factcheck.extraction.whom.belonging import respectively, subject_of
from rerating.factcheck.extraction.whom.deals.deal_prices import as_bid, as_purchase
from rerating.factcheck.extraction.whom.economy.comparing import compared
from rerating.factcheck.extraction.whom.economy.doing import done_by
from rerating.factcheck.extraction.whom.economy.economies import economy_of
from rerating.factcheck.extraction.whom.economy.groups import as_group, group_of, groups_in
from rerating.factcheck.extraction.whom.economy.legislating import is_made_by, legislated
from rerating.factcheck.extraction.whom.economy.levying import borne, gone_on, levied
from rerating.factcheck.extraction.whom.economy.nations import as_statistic, led_to, nation_of, nations_in
from rerating.factcheck.extraction.whom.focus.subjects import Subjects, as_subject
from rerating.factcheck.extraction.whom.phrases.group_nouns import Group
from rerating.factcheck.extraction.whom.phrases.pairs import is_unit
from rerating.factcheck.extraction.whom.phrases.priced import is_price_of
from rerating.language.reading import MentionKind as K

What = tuple[str, str]
"""Kind and metric of a claim."""
_OF_ACCOUNTS = frozenset(("figure", "operation"))
"""Families of words for what only a company has: revenue, margins, orders."""
_OF_GOODS = frozenset(("figure", "operation", "weak", "policy"))
"""Families that a figure of a good's price is taken for by words that stand beside it."""


def numbers(known: Subjects, sentence: Sentence, speaker: Voice, *, before: Bound | None) -> list[Draft]:
    """The figures of a sentence as claims; `before` is the last one that was bound to a word."""
    bounds = bind(sentence, before)
    bounds += carried(sentence, bounds, before)
    bounds.sort(key=lambda bound: bound.figure.first)
    shared(sentence, bounds, before)
    if not bounds:
        return []
    drafts: list[Draft] = []
    owners = _Owners(known, sentence)
    contexts: dict[int, Context] = {}
    for bound in bounds:
        if is_unit(sentence, bound.figure):
            continue
        around = context(sentence, bound.figure)
        contexts[id(bound)] = around
        if bound.echoes is not None:
            around.follow(contexts[id(bound.echoes)])
        what, asset = _kind(known, sentence, bound, around)
        (kind, metric), subject = owners.of(bound, around, what, asset)
        values = values_of(sentence, bound, kind, metric)
        if not values:
            continue
        if _is_worded(bound):
            values = ()
        draft = Draft(
            sentence=sentence,
            first=bound.figure.first,
            last=bound.figure.last,
            span=span_of(sentence, bound.figure),
            kind=kind,
            metric=metric,
            values=values,
            comparator=comparator_of(sentence, bound, values) if values else "none",
            direction=direction_of(sentence, bound, around, kind),
            subject=subject,
            bound=bound,
            around=around,
            voice=speaker,
        )
        draft.source = source_of(sentence, draft, speaker)
        drafts.append(draft)
    respectively(known, sentence, drafts)
    gone_on(sentence, drafts)
    compared(sentence, drafts, owners.of_many)
    led_to(sentence, drafts)
    return _merged(sentence, drafts)


def _kind(known: Subjects, sentence: Sentence, bound: Bound, around: Context) -> tuple[What, Name | None]:
    """What a figure claims, and the name that the sentence gives it to."""
    asset = known.of(sentence, bound.figure)
    good = asset if asset is not None and asset.kind is NameKind.COMMODITY else None
    is_goods_price = good is not None and is_price_of(sentence, bound.figure, known.places[sentence.number], good)
    if bound.family in _OF_GOODS and is_goods_price:
        bound.family, bound.topic = "price", None
    is_market_price = good is not None and _tells_price(bound)
    if bound.family in _OF_ACCOUNTS and bound.topic is not None and not is_market_price:
        asset = known.back_to_company(sentence, bound.figure.first, asset)
    what = kind_of(sentence, bound, around, asset=asset.kind if asset else None)
    what = as_bid(known, sentence, bound.figure, as_purchase(known, sentence, bound, what))
    if is_odds(sentence, bound.figure, what[0]):
        what = ("indicator", "probability")
    policy = legislated(known, sentence, bound.figure, *what) or levied(known, sentence, bound.figure, *what)
    if policy is not None and (not is_goods_price or is_made_by(known, sentence, bound.figure, good)):
        what = ("policy_event", policy)
    return borne(known, sentence, bound.figure, what), asset


class _Owners:
    """Whom the figures of a sentence may be of: bodies, nations, economies, groups of companies or people, names."""

    def __init__(self, known: Subjects, sentence: Sentence) -> None:
        self._known, self._sentence = known, sentence
        self.groups = groups_in(known, sentence)
        self.nations = nations_in(known, sentence, self.groups)
        self.of_many = {*(group.name for group in self.groups), *(name for _, name in self.nations)}
        """The names of groups and countries of which the sentence tells."""

    def of(self, bound: Bound, around: Context, what: What, asset: Name | None) -> tuple[What, Subject]:
        """What a figure claims of whom, where a name has been found for it or none."""
        known, sentence, figure = self._known, self._sentence, bound.figure
        if (body := done_by(known, sentence, figure, what, is_named=bound.topic is not None)) is not None:
            return ("policy_event", "regulation"), as_subject(body)
        group = group_of(known, sentence, self.groups, figure, what)
        nation = nation_of(known, sentence, self.nations, figure, what)
        if nation is not None:
            return as_group(group, what) if group is not None else as_statistic(what, figure), Subject(name=nation)
        if (economy := economy_of(known, sentence, figure, what)) is not None:
            return economy[1], Subject(name=economy[0])
        if group is not None:
            self.of_many.add(group.name)
            return _of_group(group, what, around), Subject(name=group.name)
        return what, subject_of(known, sentence, figure.first, what, asset)


def _of_group(group: Group, what: tuple[str, str], around: Context) -> tuple[str, str]:
    """What is claimed of a branch or a group of people: growth that is foreseen is an estimate."""
    kind, metric = as_group(group, what)
    is_foreseen = what[0] == "indicator" and kind == "growth" and (around.guidance or around.expectation)
    return ("estimate" if is_foreseen else kind), metric


def _is_worded(bound: Bound) -> bool:
    """`in the mid-single digits`, `im einstelligen Prozentbereich`: a size in words, no number to be checked alone."""
    return bound.figure.mention.kind is K.PERCENT and any(
        word in bound.figure.mention.text.lower() for word in ("single", "einstellig")
    )


def _tells_price(bound: Bound) -> bool:
    """Whether a commodity's figure is of its price: by the word for it, or a percentage before it."""
    is_ahead = bound.topic is not None and bound.topic.first >= bound.figure.last
    return bound.metric in ("prices", "costs") or (is_ahead and bound.figure.mention.unit == "percent")


def _merged(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """One claim of a sum and its restatement in another currency; from and to of `statt X nun Y`."""
    out: list[Draft] = []
    for draft in drafts:
        last = out[-1] if out else None
        if last is not None and _restates(sentence, last, draft):
            last.values = (*last.values, *draft.values)
            last.span = (last.span[0], draft.span[1])
            last.last = draft.last
            continue
        if last is not None and _came_from(sentence, last, draft):
            now = tuple(value.model_copy(update={"role": "to"}) for value in last.values)
            former = tuple(value.model_copy(update={"role": "from"}) for value in draft.values)
            if isinstance(now[0].value, float | int) and isinstance(former[0].value, float | int):
                way = "up" if now[0].value > former[0].value else "down"
                last.direction = last.direction if now[0].value == former[0].value else way
            last.values, last.span, last.last = (*now, *former), (last.span[0], draft.span[1]), draft.last
            continue
        if last is not None and last.kind == draft.kind and _replaces(sentence, last, draft):
            first = tuple(value.model_copy(update={"role": "from"}) for value in last.values)
            second = tuple(value.model_copy(update={"role": "to"}) for value in draft.values)
            last.values, last.span, last.last = (*first, *second), (last.span[0], draft.span[1]), draft.last
            last.direction = draft.direction
            continue
        out.append(draft)
    return out


def _restates(sentence: Sentence, one: Draft, other: Draft) -> bool:
    money = [value for draft in (one, other) for value in draft.values if value.unit == "money"]
    if len(money) != 2 or len(one.values) + len(other.values) != 2 or money[0].currency == money[1].currency:
        return False
    between = sentence.words(one.last, other.first)
    return len(between) <= 4 and between[-1:] != () and "(" in between


_FORMER = word_set("extraction", "former")
_SIGNS_BEFORE = frozenset((",", "(", ":", "-", "–", "auf"))


def _came_from(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """`3.1 times ebitda from 3.4 times`; of targets also `74 Euro, bisher 61` and `$16, up from $14`."""
    first, second = one.values, other.values
    if len(first) != 1 or len(second) != 1 or first[0].role != "value" or second[0].role != "value":
        return False
    if first[0].unit != second[0].unit or first[0].currency != second[0].currency or one.metric != other.metric:
        return False
    between = sentence.words(one.last, other.bound.figure.lead if other.bound else other.first)
    if between in INSTEAD:
        return not BEATS & set(sentence.words(sentence.first, one.first))
    if one.kind != other.kind:
        return False
    if one.kind == "price_target" and "(" in between:
        at = between.index("(")
        inside = [word for word in between[at:] if word not in _SIGNS_BEFORE]
        return at <= 6 and bool(inside) and _FORMER.issuperset(inside)
    if one.kind == "price_target":
        words = [word for word in between if word not in _SIGNS_BEFORE]
        return 0 < len(words) <= 4 and _FORMER.issuperset(words)
    is_close = 0 < len(between) <= 4 and between[-1] == "from" and "," not in between
    return is_close and "up" not in between and "down" not in between


_INSTEAD = frozenset(("statt", "anstatt", "anstelle", "instead"))


def _replaces(sentence: Sentence, one: Draft, other: Draft) -> bool:
    before = sentence.words(one.first - 2, one.first)
    same = [v.unit for v in one.values] == [v.unit for v in other.values] and len(one.values) == 1
    return same and not _INSTEAD.isdisjoint(before) and one.values[0].role == "value" and other.first - one.last < 12
