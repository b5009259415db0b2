"""Neighbours that make one statement: ranges, from and to, figures that share a unit, date and time, spans of dates."""

from __future__ import annotations

from rerating.language.hedges import Comparator
from rerating.language.reading.amounts import ratio_by_cue, with_unit
from rerating.language.reading.mentions import MentionKind as K
from rerating.language.reading.mentions import PeriodReading
from rerating.language.reading.source import Draft, Source
from rerating.language.reading.word_lists import listed

_MOST_BETWEEN = 7
_RANGE = frozenset(
    (
        ("bis",),
        ("bis", "zu"),
        ("to",),
        ("-",),
        ("–",),
        ("—",),
        ("-", "bis"),
        ("bis", "auf"),
        ("bis", "knapp"),
        ("bis", "rund"),
        ("through",),
    )
)
_AND = frozenset(
    (("und",), ("and",), ("bzw", "."), ("beziehungsweise",), ("respektive",), ("oder",), ("or",), ("sowie",))
)
_BETWEEN = frozenset(("zwischen", "between"))
_FROM = frozenset(("von", "from"))
_TO = frozenset(("auf", "to"))
_BACK = frozenset(
    (
        ("von",),
        ("nach",),
        ("from",),
        ("(", "von"),
        ("(", "nach"),
        ("(", "from"),
        ("von", "zuvor"),
        ("von", "bisher"),
        ("nach", "zuvor"),
        ("nach", "bisher"),
        ("statt",),
        ("(", "zuvor"),
        ("(", "zuvor", ":"),
        ("(", "bisher"),
        ("(", "bisher", ":"),
        ("(", "bislang"),
        ("(", "bislang", ":"),
        ("(", "alt", ":"),
        ("(", "vorher"),
        ("(", "vorher", ":"),
        (",", "von"),
        (",", "from"),
        ("von", "vorher"),
        ("von", "zuletzt"),
        ("from", "a", "previous"),
        ("from", "a", "prior"),
        ("from", "its", "previous"),
        ("from", "previously"),
        (",", "up", "from"),
        (",", "down", "from"),
        ("(", "up", "from"),
        ("(", "down", "from"),
        ("up", "from"),
        ("down", "from"),
        ("(", "was"),
        ("(", "previously"),
        ("(", "before"),
        ("(", "formerly"),
        (",", "bisher"),
        (",", "zuvor"),
        (",", "previously"),
        ("gegenüber", "zuvor"),
        ("nach", "vorher"),
        ("nach", "zuletzt"),
        ("versus",),
        ("compared", "with"),
    )
)
_PAST = frozenset(
    listed(
        "rose fell gained lost jumped dropped climbed slipped surged up down by added slid declined grew put shed sank"
    )
)
_FINE = frozenset('.,;:!?()[]"–—')


def joined(source: Source, drafts: list[Draft]) -> list[Draft]:
    """The drafts with neighbours joined, in one pass from left to right."""
    done: list[Draft] = []
    for draft in drafts:
        if done:
            one = _join(source, done[-1], draft)
            if one is not None:
                done[-1] = one
                continue
        done.append(draft)
    for k in range(len(done) - 2, -1, -1):
        _share_unit(source, done[k], done[k + 1])
    for k, draft in enumerate(done):
        if draft.is_figure and not draft.has_unit and source.low(draft.last) == ")":
            _share_across_bracket(source, done, k)
    done = _as_one(source, done)
    for draft in done:
        if draft.is_figure:
            ratio_by_cue(source, draft)
    return done


def _join(source: Source, left: Draft, right: Draft) -> Draft | None:
    if right.first - left.last > _MOST_BETWEEN or source.breaks(left.last - 1, right.first + 1):
        return None
    if left.is_figure and right.is_figure:
        return _figures(source, left, right)
    if left.kind in (K.DATE, K.PERIOD) and right.kind in (K.DATE, K.PERIOD, K.INSTANT):
        return _dates(source, left, right)
    if left.kind is K.INSTANT and right.kind is K.INSTANT:
        return _times(source, left, right)
    return None


def _times(source: Source, left: Draft, right: Draft) -> Draft | None:
    """`18:40 bis 20:10 Uhr MEZ`: two times of one day; the zone is said at the end."""
    one, two = left.periods[0], right.periods[0]
    is_open = one.until_hour is None and two.day is None and two.until_hour is None
    if not is_open or source.tokens.words(left.last, right.first) not in _SPANNING:
        return None
    parts = {"window": "span", "zone": one.zone or two.zone, "until_hour": two.hour, "until_minute": two.minute}
    readings = tuple(each.model_copy(update=parts) for each in left.periods)
    return Draft(first=left.first, last=right.last, kind=K.INSTANT, periods=readings)


def _between(source: Source, left: Draft, right: Draft) -> tuple[str, ...]:
    """The words between two figures without the hedge of the right one."""
    hedge = right.hedge[0] if right.hedge and right.hedge[1] == right.first else right.first
    first = left.last + 2 if left.per and source.low(left.last) in _PER else left.last
    return source.tokens.words(first, max(hedge, first))


_PER = frozenset(("je", "pro", "per", "a", "an", "/"))
"""Words before what an amount is per: to $6.52 per share from $3.34."""


def _lead(source: Source, draft: Draft) -> str:
    """The word before a figure and its hedge."""
    first = draft.hedge[0] if draft.hedge and draft.hedge[1] == draft.first else draft.first
    word = source.low(first - 1)
    if word in ("bisher", "zuvor", "zuletzt", "bislang", "vormals", "previously", "a", "jeweils"):
        word = source.low(first - 2)
    return word


def _figures(source: Source, left: Draft, right: Draft) -> Draft | None:
    if len(left.amounts) != 1 or len(right.amounts) != 1 or not _agree(left, right):
        return None
    words = _between(source, left, right)
    lead = _lead(source, left)
    if words in _AND and lead in _BETWEEN:
        return _merged(left, right, ("low", "high"))
    is_from = lead in _FROM
    if words in _RANGE and not (is_from and words == ("to",) and not _is_ranging(source, left)):
        if words == ("to",) and _is_step(source, left, right):
            return None
        full = source.tokens.words(left.last, right.first)
        if full in _DASHES and not source.is_glued(left.last) and not _rises(left, right):
            return None
        if full in _RANGE or right.comparator is Comparator.EXACT or full[:1] == ("bis",):
            return _merged(left, right, ("low", "high"))
    if is_from and words and words[-1] in (*_TO, "nun", "jetzt", "now") and not _crosses(words):
        return _merged(left, right, ("from", "to")) if _TO.intersection(words) else None
    if words == ("(",) and not left.has_unit and not right.has_unit and source.low(right.last) == ")":
        _unit_behind_bracket(source, right)
        return _merged(left, right, ("to", "from")) if right.has_unit else None
    if words == ("from",) and _is_up_to(source, left):
        left.comparator, left.hedge = Comparator.EXACT, None
        return _merged(left, right, ("to", "from"))
    is_shared = right.has_unit and not left.has_unit and left.noun is None and words in _AFTER
    if words == ("nach",) and left.has_unit and _is_year_before(source, right):
        return None
    if words in _EARLIER and left.has_unit and right.has_unit and _is_dated(source, right):
        return None
    if (lead in _TO and words in _BACK) or is_shared:
        _unit_behind_bracket(source, right)
        return _merged(left, right, ("to", "from"))
    return None


def _is_year_before(source: Source, right: Draft) -> bool:
    """`auf 604 Mio. Euro nach 639 Mio. Euro im Vorjahr`: the year before has a phrase of its own."""
    words = source.tokens.words(right.last, right.last + 3)
    return words[1:2] != () and words[0] in ("im", "in", "vor", "ein") and any(map(_tells_before, words[1:]))


_EARLIER = frozenset(((",", "from"), (",", "up", "from"), (",", "down", "from"), ("up", "from"), ("down", "from")))
_SINCE_WHEN = frozenset(
    listed(
        "a last at in on one two three six year years quarter earlier ago before previously monday tuesday wednesday "
        "thursday friday week month"
    )
)


def _is_dated(source: Source, right: Draft) -> bool:
    """`up from 60 cents a year earlier`, `from 21% at the end of last year`: a day or a span of its own."""
    words = source.tokens.words(right.last, right.last + 2)
    return bool(words) and words[0] in _SINCE_WHEN and words[1:2] not in (("share",), ("barrel",), ("ton",))


def _tells_before(word: str) -> bool:
    return word.startswith("vorjahr") or word in ("jahr", "zuvor")


_AFTER = frozenset((("nach",), ("nach", "zuvor"), ("nach", "bisher"), ("nach", "vorher"), ("nach", "zuletzt")))
"""`eine Marge von 12,4 nach 11,8 Prozent`: two figures of one unit."""


def _is_up_to(source: Source, left: Draft) -> bool:
    """`nudged its target up to $365 from $325`: the words of a hedge that tell of a rise."""
    return left.hedge is not None and source.tokens.words(*left.hedge) == ("up", "to")


def _unit_behind_bracket(source: Source, right: Draft) -> None:
    """`auf 95 (von 90) Franken`: the unit of both stands behind the bracket."""
    if right.has_unit or source.low(right.last) != ")":
        return
    found = source.vocabulary.units.at(source.tokens, right.last + 1)
    if found is not None:
        right.last += 1 + found[0]
        right.kind, right.currency, right.has_unit = found[1].kind, found[1].currency, True
        right.amounts[0].factor = found[1].factor


def _is_step(source: Source, left: Draft, right: Draft) -> bool:
    """`rose 1.9% to 3,855`, `rose $180 million to $4.6 billion`: a change and where it led to, no range."""
    if left.has_unit and not right.has_unit and (not right.amounts[0].scale or left.kind is not K.MONEY):
        return True
    if not left.has_unit and not right.has_unit and left.noun is None and source.low(left.first - 1) in _PAST:
        return True
    return left.kind is K.MONEY and not _PAST.isdisjoint(source.tokens.words(left.first - 2, left.first))


_DASHES = frozenset((("-",), ("–",), ("—",)))


def _rises(left: Draft, right: Draft) -> bool:
    """Whether the second figure is no smaller: `$7.02 — a dollar more` is no range."""
    one, two = left.amounts[0], right.amounts[0]
    scale = one.scale if one.scale or left.has_unit else two.scale
    return one.figure.value.scaleb(scale) <= two.figure.value.scaleb(two.scale)


def _is_ranging(source: Source, left: Draft) -> bool:
    """`ranging from 5 to 7`, `a range from`: both ends of a range, no change."""
    return bool(
        {"range", "ranging", "ranges", "ranged", "spanne", "bandbreite"}
        & set(source.tokens.words(left.first - 4, left.first))
    )


def _crosses(words: tuple[str, ...]) -> bool:
    return any(word in _FINE for word in words)


def _agree(left: Draft, right: Draft) -> bool:
    """Whether two figures can be of one unit: equal, or one of them bare."""
    if left.has_unit and right.has_unit:
        return left.kind is right.kind and left.currency == right.currency
    bare, other = (left, right) if not left.has_unit else (right, left)
    return bare.noun is None or other.noun is not None or bare is left


def _take_unit(bare: Draft, other: Draft, *, with_scale: bool) -> None:
    bare.kind, bare.currency, bare.has_unit = other.kind, other.currency, True
    bare.noun = None
    for amount in bare.amounts:
        amount.factor = other.amounts[0].factor
    if with_scale:
        _take_scale(bare, other)


def _take_scale(left: Draft, right: Draft) -> None:
    if left.amounts[0].scale == 0 and right.amounts[0].scale and abs(left.amounts[0].figure.value) < 1000:
        left.amounts[0].scale = right.amounts[0].scale


def _merged(left: Draft, right: Draft, roles: tuple[str, str]) -> Draft:
    if right.has_unit and not left.has_unit:
        _take_unit(left, right, with_scale=True)
    elif left.has_unit and not right.has_unit:
        _take_unit(right, left, with_scale=False)
        if roles == ("low", "high"):
            _take_scale(left, right)
        elif left.amounts[0].scale and not right.amounts[0].scale:
            right.amounts[0].scale = left.amounts[0].scale
    elif roles == ("low", "high") or not left.has_unit:
        _take_scale(left, right)
    left.amounts[0].role, right.amounts[0].role = roles  # type: ignore[assignment]
    main = right if roles == ("from", "to") else left
    is_range = roles == ("low", "high")
    return Draft(
        first=left.first,
        last=right.last,
        kind=right.kind if right.has_unit else left.kind,
        amounts=[*left.amounts, *right.amounts],
        currency=right.currency or left.currency,
        comparator=Comparator.RANGE if is_range else main.comparator,
        hedge=left.hedge if is_range else main.hedge,
        has_unit=right.has_unit,
        has_sign=left.has_sign or right.has_sign,
        noun=right.noun,
        per=right.per or left.per,
    )


_INSTEAD = (("statt",), ("anstatt",), ("instead", "of"), ("rather", "than"))
"""`nur noch 250 statt 270 Millionen Euro`: both are of one scale, too."""


def _share_unit(source: Source, left: Draft, right: Draft) -> None:
    """`9 und 10 Prozent`: a bare figure takes the unit of the one that it is coupled with."""
    if not (left.is_figure and right.is_figure) or left.has_unit or not right.has_unit:
        return
    words = _between(source, left, right)
    if left.amounts[0].scale and right.kind is not K.MONEY:
        return  # 21.3 million, 0.9% fewer
    if left.noun is None and left.kind is K.NUMBER and (words in _AND or words in ((",",), ("/",), *_INSTEAD)):
        _take_unit(left, right, with_scale=words in _INSTEAD)
    is_step = words in (("auf",), ("to",)) and _lead(source, left) in ("um", "by")
    if left.noun is None and left.kind is K.NUMBER and is_step and right.kind is K.MONEY:
        _take_unit(left, right, with_scale=True)


_BEFORE_LAST = frozenset(
    listed(
        "( : vorjahr vorjahreswert vj . zuvor bisher bislang nach alt vorher previously previous prior "
        "from vs versus year earlier consensus konsens erwartet prognose schätzung expected estimate est "
        "vorquartal"
    )
)
"""What may stand between a figure and the one in brackets that it is compared with."""


def _share_across_bracket(source: Source, drafts: list[Draft], k: int) -> None:
    """`1,93 (Vorjahr: 1,72) Milliarden Euro`, `2,35 Dollar (Vorjahr 2,10)`: a bare figure in brackets.

    A unit behind the bracket belongs to both; else the bracketed figure takes unit and scale of the one before it.
    """
    inner = drafts[k]
    before = next((draft for draft in reversed(drafts[max(k - 2, 0) : k]) if draft.is_figure), None)
    if before is None or inner.noun is not None or not 1 <= inner.first - before.last <= _MOST_BETWEEN:
        return
    words = source.tokens.words(before.last, inner.first)
    if words[0] != "(" or not all(word in _BEFORE_LAST or word == "/" or word.isdigit() for word in words):
        return
    if before.has_unit:
        _take_unit(inner, before, with_scale=False)
        for amount in inner.amounts:
            amount.scale = amount.scale or before.amounts[0].scale
        return
    behind = with_unit(source, inner.last + 1, inner.amounts[0].figure, None, is_article_only=False)
    if behind is None or not (behind.has_unit or behind.amounts[0].scale):
        return
    for draft in (inner, before):
        _take_unit(draft, behind, with_scale=False)
        draft.has_unit = behind.has_unit
        for amount in draft.amounts:
            amount.scale = amount.scale or behind.amounts[0].scale
    inner.last = behind.last


def _as_one(source: Source, drafts: list[Draft]) -> list[Draft]:
    """`5,60 (Vorjahr: 5,35) Euro`: two figures whose one unit stands behind the bracket are to and from."""
    out: list[Draft] = []
    for draft in drafts:
        back = 2 if out and out[-1].kind is K.PERIOD else 1
        before = out[-back] if len(out) >= back else None
        if before is not None and _is_one_unit(source, before, draft):
            out[-back:] = [_merged(before, draft, ("to", "from"))]
            continue
        out.append(draft)
    return out


def _is_one_unit(source: Source, left: Draft, right: Draft) -> bool:
    """Whether a bracket stands right behind the left figure, and the unit of both behind it."""
    if source.low(left.last) != "(" or left.kind is not right.kind or not (right.is_figure and right.has_unit):
        return False
    if len(left.amounts) != 1 or len(right.amounts) != 1:
        return False
    return ")" in source.tokens.words(right.first, right.last)


def _dates(source: Source, left: Draft, right: Draft) -> Draft | None:
    words = source.tokens.words(left.last, right.first)
    one, two = left.periods[0], right.periods[0]
    if right.kind is K.INSTANT and two.day is None and one.unit == "day" and words in _TIME_JOINERS:
        return _with_time(left, right)
    if one.weekday is not None and right.kind is K.DATE and words in ((",",), (), (",", "den"), (",", "dem"), ("den",)):
        readings = tuple(each.model_copy(update={"weekday": one.weekday}) for each in right.periods)
        return Draft(first=left.first, last=right.last, kind=K.DATE, periods=readings)
    is_until = not words and source.low(right.first) in ("bis", "until")
    is_between = words in (("und",), ("and",)) and source.low(left.first - 1) in _BETWEEN
    if right.kind is K.INSTANT or not (is_until or is_between or words in _SPANNING):
        return None
    if (
        one.unit != two.unit
        or two.window not in ("on", "until")
        or one.window not in ("on", "since")
        or one.shift is not None
    ):
        return None
    return _span(left, right)


_SPANNING = frozenset((("bis",), ("to",), ("-",), ("–",), ("through",), ("until",), ("bis", "zum")))
_TIME_JOINERS = frozenset(
    ((), (",",), ("um",), ("at",), ("gegen",), (",", "um"), (",", "at"), (",", "gegen"), ("around",))
)


def _with_time(left: Draft, right: Draft) -> Draft:
    clock = right.periods[0]
    parts = {"unit": "minute", "hour": clock.hour, "minute": clock.minute, "zone": clock.zone}
    readings = tuple(each.model_copy(update=parts) for each in left.periods)
    return Draft(first=left.first, last=right.last, kind=K.INSTANT, periods=readings)


def _span(left: Draft, right: Draft) -> Draft:
    one, two = left.periods[0], right.periods[0]
    year = one.year
    if year is None and two.year is not None:
        year = two.year - ((one.month or 0, one.day or 0) > (two.month or 12, two.day or 31))
    reading = PeriodReading(
        unit=one.unit,
        window="span",
        year=year,
        month=one.month,
        day=one.day,
        part=one.part,
        weekday=one.weekday,
        fiscal=one.fiscal or two.fiscal,
        until_year=two.year,
        until_month=two.month,
        until_day=two.day,
        until_part=two.part,
    )
    return Draft(first=left.first, last=right.last, kind=K.PERIOD, periods=(reading,))
