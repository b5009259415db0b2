"""What lies between two analyses of one line: prices, facts, calls, models, and gaps that were closed or opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Any

from rerating.analysis import Analysis
from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.types import Gap
from rerating.findings.catalyst import Catalyst
from rerating.findings.consensus import Consensus, RatingAction, Targets
from rerating.findings.explanation import Explanation
from rerating.findings.fundamentals import Fundamentals, Reported
from rerating.findings.price_move import PriceMove
from rerating.language.nouns import direction
from rerating.outlook.answer import Forecast, ModelUsed
from rerating.statements import catalyst, gaps, verdict
from rerating.statements.amounts import amount
from rerating.statements.facts import Count, Day, Days, Moment, Money, Name, Rated, Share, Slot, Term, Word
from rerating.statements.fundamentals import field_name
from rerating.statements.plan import gaps_of
from rerating.statements.price_move import RANGE_DAYS, range_end
from rerating.statements.statement import Ending, Kind, Statement, Template, Until
from rerating.statements.verdict import CALLS, NO_CALL


class Sort(StrEnum):
    """What kind of change it is; the order is that of the telling."""

    PRICE = "price"
    NEW_FACT = "new_fact"
    REVISED_FACT = "revised_fact"
    CALL = "call"
    MODEL = "model"
    GAP_CLOSED = "gap_closed"
    GAP_OPENED = "gap_opened"


NAMES: dict[Sort, Word] = {
    Sort.PRICE: Word(de="Kurs", en="Price"),
    Sort.NEW_FACT: Word(de="Neu", en="New"),
    Sort.REVISED_FACT: Word(de="Berichtigt", en="Revised"),
    Sort.CALL: Word(de="Urteil", en="Call"),
    Sort.MODEL: Word(de="Modell", en="Model"),
    Sort.GAP_CLOSED: Word(de="Lücke geschlossen", en="Gap closed"),
    Sort.GAP_OPENED: Word(de="Lücke geöffnet", en="Gap opened"),
}


STANDS = Until(by=Ending.CORRECTION)
"""What a past fact ends with: nothing but a correction."""


class Change(Record):
    """One change in a sentence; the statement's `true_until` says what would falsify it, or that nothing can."""

    sort: Sort
    statement: Statement


TITLE = Template(
    de="{issuer} ({line}): was sich zwischen dem {before}, und dem {after}, geändert hat",
    en="{issuer} ({line}): what changed between {before} and {after}",
)
NOTHING = Template(de="Nichts hat sich geändert.", en="Nothing changed.")

MOVED = Template(
    de="Der Kurs {move:past} um {move:size}: von {before} ({before_on}) auf {after} ({after_on}).",
    en="The price {move:past} {move:size}: from {before} ({before_on}) to {after} ({after_on}).",
)
UNMOVED = Template(de="Der Kurs ist derselbe: {after} ({after_on}).", en="The price is the same: {after} ({after_on}).")
LEVEL = Template(
    de="{level:the_nominative} ist jetzt {after} ({after_on}), davor {before} ({before_on}).",
    en="{level:the_nominative} is now {after} ({after_on}), before {before} ({before_on}).",
)
TRIAL = Template(
    de="Der auffälligste Handelstag ist jetzt {after:weekday}, davor war es {before:weekday}.",
    en="The most abnormal session is now {after:weekday}; it was {before:weekday} before.",
)
RATED = Template(de="{house} stuft mit {word} ein ({on}).", en="{house} rates it {word} ({on}).")
RATED_FROM = Template(
    de="{house} stuft mit {word} ein, davor {word_from} ({on}).",
    en="{house} rates it {word}, {word_from} before ({on}).",
)
RATED_TARGET = Template(
    de="{house} stuft mit {word} ein, Kursziel {target} ({on}).", en="{house} rates it {word}, target {target} ({on})."
)
RATED_FROM_TARGET = Template(
    de="{house} stuft mit {word} ein, davor {word_from}; Kursziel {target} ({on}).",
    en="{house} rates it {word}, {word_from} before; target {target} ({on}).",
)
TARGETS = Template(
    de="Das mittlere Kursziel der letzten {days:bare} Tage ist jetzt {after} ({houses}), davor {before}.",
    en="The average target of the last {days:bare} days is now {after} ({houses}), before {before}.",
)
REPORTED = Template(de="{field} ({period}): {value}.", en="{field} ({period}): {value}.")
RESTATED = Template(
    de="{field} ({period}): jetzt {after}, davor {before}.", en="{field} ({period}): now {after}, before {before}."
)
CALL = Template(de="Jetzt „{after}“, davor „{before}“.", en="Now “{after}”, before “{before}”.")
CHANCE = Template(
    de="Die Wahrscheinlichkeit, den Vergleichsmaßstab über {horizon:accusative} zu schlagen, ist jetzt {after}, davor "
    "{before}.",
    en="The probability to beat the benchmark over {horizon} is now {after}, before {before}.",
)
MODEL = Template(
    de="Prognostiziert mit {after} (gelernt bis {after_at:day}), davor mit {before} (gelernt bis {before_at:day}).",
    en="Forecast with {after} (trained until {after_at:day}), before with {before} (trained until {before_at:day}).",
)
SOFTWARE = Template(
    de="Berechnet mit rerating {after}, davor mit {before}.", en="Computed by rerating {after}, before by {before}."
)

UNTIL_RANGE = Template(
    de="Wahr, solange der Kurs bis zum {on} zwischen {below} und {above} bleibt.",
    en="True as long as the price stays between {below} and {above} until {on}.",
)
UNTIL_ON = Template(de="Wahr längstens bis zum {on}.", en="True until {on} at the latest.")
UNTIL_ABOVE = Template(
    de="Wahr, bis der Kurs {above} überschreitet, längstens bis zum {on}.",
    en="True until the price crosses {above} upwards, until {on} at the latest.",
)
UNTIL_BELOW = Template(
    de="Wahr, bis der Kurs {below} unterschreitet, längstens bis zum {on}.",
    en="True until the price crosses {below} downwards, until {on} at the latest.",
)
ENDINGS: dict[Ending, Template] = {
    Ending.CORRECTION: Template(
        de="So gemeldet; das bleibt wahr, solange die Quelle es nicht berichtigt.",
        en="So reported; this stays true unless the source corrects it.",
    ),
    Ending.NEXT_CLOSE: Template(de="Wahr bis zum nächsten Schlusskurs.", en="True until the next close."),
    Ending.NEXT_RATING: Template(
        de="Wahr, bis das Haus neu einstuft oder die Einstufung verfällt.",
        en="True until the house rates anew or the rating lapses.",
    ),
    Ending.NEXT_ANALYSIS: Template(
        de="Das gilt für diese Analyse; nichts kann es widerlegen.",
        en="This holds for this analysis; nothing can falsify it.",
    ),
    Ending.DATA_KNOWN: Template(
        de="Offen, bis die fehlenden Angaben vorliegen.", en="Open until the missing data are held."
    ),
    Ending.DATA_MISSING: Template(
        de="Geschlossen, solange die Angaben dafür reichen.", en="Closed as long as the data suffice for it."
    ),
}


def title(before: Analysis, after: Analysis) -> Statement:
    """Which line, between which cutoffs."""
    subject = after.subject
    issuer, line = subject.issuer or subject.symbol, f"{subject.venue}:{subject.symbol}"
    ends: dict[str, Slot] = {"before": Moment(at=before.as_of), "after": Moment(at=after.as_of)}
    return Statement(kind=Kind.FACT, template=TITLE, slots={"issuer": _name(issuer), "line": _name(line), **ends})


def nothing() -> Statement:
    """That there is no difference."""
    return Statement(kind=Kind.FACT, template=NOTHING)


def until(change: Change) -> Statement:
    """In words how long a change's sentence holds."""
    limit = change.statement.true_until
    assert limit is not None  # every change is made with it
    if limit.by is not None:
        return Statement(kind=Kind.METHOD, template=ENDINGS[limit.by])
    slots: dict[str, Slot] = {
        name: value for name, value in (("on", limit.on), ("below", limit.below), ("above", limit.above)) if value
    }
    templates = {
        frozenset(("on", "below", "above")): UNTIL_RANGE,
        frozenset(("on",)): UNTIL_ON,
        frozenset(("on", "above")): UNTIL_ABOVE,
        frozenset(("on", "below")): UNTIL_BELOW,
    }
    return Statement(kind=Kind.METHOD, template=templates[frozenset(slots)], slots=slots)


def changes(before: Analysis, after: Analysis) -> tuple[Change, ...]:
    """All that changed, in the order of `Sort`. Raises UsageError for analyses of two lines, or in the wrong order."""
    lines = [f"{each.subject.venue}:{each.subject.symbol}" for each in (before, after)]
    if lines[0] != lines[1]:
        raise UsageError(f"The analyses are of two lines, {lines[0]} and {lines[1]}; compare two of the same line.")
    if before.as_of > after.as_of:
        raise UsageError("The first analysis has the later cutoff; name the earlier one first.")
    found = [
        *_price(before, after),
        *_events(before, after),
        *_ratings(before, after),
        *_figures(before, after),
        *_trial(before, after),
        *_call(before, after),
        *_models(before, after),
        *_gaps(before, after),
    ]
    order = list(Sort)
    return tuple(sorted(found, key=lambda change: order.index(change.sort)))


def _name(text: str) -> Name:
    return Name(de=text, en=text)


def _fact(template: Template, slots: dict[str, Slot], until: Until = STANDS) -> Statement:
    return Statement(kind=Kind.FACT, template=template, slots=slots, true_until=until)


def _next_session(analysis: Analysis) -> Until:
    """The next session's day, where a forecast names it: then there is another close."""
    found = next((each for each in analysis.forecasts if isinstance(each, Forecast)), None)
    return Until(by=Ending.NEXT_CLOSE) if found is None else Until(on=Day(on=found.entry.on))


def _price(before: Analysis, after: Analysis) -> Iterator[Change]:
    old, new = (each.of_kind(PriceMove)[0] for each in (before, after))
    if isinstance(old.close, Gap) or isinstance(new.close, Gap) or old.close.unit != new.close.unit:
        return
    if old.close.on == new.close.on and old.close.value == new.close.value:
        return
    ends: dict[str, Slot] = {
        "after": Money(value=new.close.value, unit=new.close.unit, src=new.close.src),
        "after_on": Day(on=new.close.on),
    }
    move = Share(value=new.close.value / old.close.value - 1, formula="close / earlier close - 1")
    limit = _next_session(after)
    if direction(move.value, 3) == "flat":
        yield Change(sort=Sort.PRICE, statement=_fact(UNMOVED, ends, limit))
    else:
        ends |= {"before": Money(value=old.close.value, unit=old.close.unit), "before_on": Day(on=old.close.on)}
        yield Change(sort=Sort.PRICE, statement=_fact(MOVED, ends | {"move": move}, limit))
    yield from _levels(old, new)


def _levels(old: PriceMove, new: PriceMove) -> Iterator[Change]:
    for key, side in (("week_52_high", "above"), ("week_52_low", "below")):
        name = "high_52w" if side == "above" else "low_52w"
        assert not isinstance(new.close, Gap)
        ends = [range_end(getattr(move, name), new.close.unit, "intraday") for move in (old, new)]
        first, last = ends
        if first is None or last is None or (first.level, first.on) == (last.level, last.on):
            continue
        level = Money(value=last.level, unit=last.unit, src=last.src)
        slots: dict[str, Slot] = {
            "level": Term(key=key),
            "after": level,
            "after_on": Day(on=last.on),
            "before": Money(value=first.level, unit=first.unit),
            "before_on": Day(on=first.on),
        }
        leaves = Day(on=last.on + timedelta(days=RANGE_DAYS - 1))
        limit = Until(on=leaves, above=level) if side == "above" else Until(on=leaves, below=level)
        yield Change(sort=Sort.PRICE, statement=_fact(LEVEL, slots, limit))


def _events(before: Analysis, after: Analysis) -> Iterator[Change]:
    """Events that the first analysis did not know, or knew with another time or figure."""

    def dated(analysis: Analysis) -> dict[tuple[str, str], Catalyst]:
        found = [catalyst for catalyst in analysis.of_kind(Catalyst) if catalyst.event is not None]
        return {(one.event.category, one.event.title): one for one in found}

    def content(found: Catalyst) -> tuple[Any, ...]:
        assert found.event is not None
        return (found.event.at_earliest, found.event.at_latest, found.event.value, found.event.unit)

    old, new = dated(before), dated(after)
    for key, found in new.items():
        assert found.event is not None
        is_new = key not in old
        if found.event.category == "rating" or (not is_new and content(old[key]) == content(found)):
            continue
        if is_new and found.event.at_latest <= before.as_of and found.known_at and found.known_at <= before.as_of:
            continue  # it only came back into the window
        statement = catalyst.event_statement(found).model_copy(update={"true_until": STANDS})
        yield Change(sort=Sort.NEW_FACT if is_new else Sort.REVISED_FACT, statement=statement)


def _ratings(before: Analysis, after: Analysis) -> Iterator[Change]:
    old, new = (_first(each.of_kind(Consensus)) for each in (before, after))
    if old is None or new is None:
        return
    if not isinstance(new.actions, Gap):
        known = () if isinstance(old.actions, Gap) else old.actions
        keys = {(action.house, action.graded_on): _content(action) for action in known}
        for action in sorted(new.actions, key=lambda found: (found.graded_on, found.house)):
            key = (action.house, action.graded_on)
            if action.word_to is None or keys.get(key) == _content(action):
                continue
            sort = Sort.REVISED_FACT if key in keys else Sort.NEW_FACT
            yield Change(sort=sort, statement=_rated(action))
    if not isinstance(old.targets, Gap) and not isinstance(new.targets, Gap):
        yield from _average(old.targets, new.targets)


def _content(action: RatingAction) -> tuple[Any, ...]:
    return (action.word_from, action.word_to, action.target_to, action.currency)


def _rated(action: RatingAction) -> Statement:
    slots: dict[str, Slot] = {"house": _name(action.house), "on": Day(on=action.graded_on)}
    slots["word"] = Rated(word=str(action.word_to), src=action.src)
    has_from = action.word_from is not None and action.word_from != action.word_to
    has_target = action.target_to is not None and action.currency is not None
    if has_from:
        slots["word_from"] = Rated(word=str(action.word_from))
    if has_target:
        slots["target"] = Money(value=float(action.target_to or 0), unit=str(action.currency), src=action.src)
    templates = {
        (False, False): RATED,
        (True, False): RATED_FROM,
        (False, True): RATED_TARGET,
        (True, True): RATED_FROM_TARGET,
    }
    limit = Until(by=Ending.NEXT_RATING)
    return Statement(kind=Kind.OPINION, template=templates[has_from, has_target], slots=slots, true_until=limit)


def _average(old: Iterable[Targets], new: Iterable[Targets]) -> Iterator[Change]:
    """The average target of the shortest window, where it is another."""
    first, last = (next(iter(sorted(each, key=lambda found: found.days)), None) for each in (old, new))
    if first is None or last is None or first.unit != last.unit or first.days != last.days:
        return
    if (first.mean, first.count) == (last.mean, last.count):
        return
    slots: dict[str, Slot] = {
        "days": Count(value=last.days, of="day"),
        "after": Money(value=last.mean, unit=last.unit, src=last.src),
        "houses": Count(value=last.count, of="house"),
        "before": Money(value=first.mean, unit=first.unit),
    }
    limit = Until(on=Day(on=last.oldest_on + timedelta(days=last.days)))
    statement = Statement(kind=Kind.OPINION, template=TARGETS, slots=slots, true_until=limit)
    yield Change(sort=Sort.NEW_FACT, statement=statement)


def _figures(before: Analysis, after: Analysis) -> Iterator[Change]:
    """Reported figures of a period that was not reported before, and those that were reported otherwise."""

    def reported(analysis: Analysis) -> dict[tuple[Any, ...], Reported]:
        found = _first(analysis.of_kind(Fundamentals))
        figures = () if found is None or isinstance(found.figures, Gap) else found.figures
        return {(one.field, one.unit, one.note, one.period_from, one.period_to): one for one in figures}

    old, new = reported(before), reported(after)
    for key, figure in new.items():
        value = amount(figure.value, figure.unit, figure.src, low=figure.low, high=figure.high)
        if value is None or figure.period_to is None:
            continue
        period: Slot = Day(on=figure.period_to)
        if figure.period_from is not None:
            period = Days(from_on=figure.period_from, to_on=figure.period_to)
        slots: dict[str, Slot] = {"field": field_name(figure.field), "period": period}
        if key not in old:
            yield Change(sort=Sort.NEW_FACT, statement=_fact(REPORTED, slots | {"value": value}))
            continue
        first = old[key]
        if (first.value, first.low, first.high) == (figure.value, figure.low, figure.high):
            continue
        earlier = amount(first.value, first.unit, (), low=first.low, high=first.high)
        if earlier is not None:
            ends: dict[str, Slot] = {"after": value, "before": earlier}
            yield Change(sort=Sort.REVISED_FACT, statement=_fact(RESTATED, slots | ends))


def _trial(before: Analysis, after: Analysis) -> Iterator[Change]:
    old, new = (_first(each.of_kind(Explanation)) for each in (before, after))
    if old is None or new is None or old.session_on == new.session_on:
        return
    ends: dict[str, Slot] = {"after": Day(on=new.session_on, src=new.src), "before": Day(on=old.session_on)}
    statement = Statement(kind=Kind.ESTIMATE, template=TRIAL, slots=ends, true_until=_next_session(after))
    yield Change(sort=Sort.NEW_FACT, statement=statement)


def _call(before: Analysis, after: Analysis) -> Iterator[Change]:
    old, new = (NO_CALL if isinstance(each.verdict, Gap) else CALLS[each.verdict.call] for each in (before, after))
    limit = None if isinstance(after.verdict, Gap) else verdict.until(after.verdict)
    limit = _next_session(after) if limit is None else limit
    if old != new:
        ends: dict[str, Slot] = {"after": Name(de=new.de, en=new.en), "before": Name(de=old.de, en=old.en)}
        statement = Statement(kind=Kind.FORECAST, template=CALL, slots=ends, true_until=limit)
        yield Change(sort=Sort.CALL, statement=statement)
    first, last = before.verdict, after.verdict
    if isinstance(first, Gap) or isinstance(last, Gap) or first.horizon != last.horizon:
        return
    if round(first.probability, 2) != round(last.probability, 2):
        slots: dict[str, Slot] = {
            "horizon": Count(value=last.horizon, of="session"),
            "after": Share(value=last.probability, digits=0, src=last.src),
            "before": Share(value=first.probability, digits=0),
        }
        statement = Statement(kind=Kind.FORECAST, template=CHANCE, slots=slots, true_until=limit)
        yield Change(sort=Sort.CALL, statement=statement)


def _models(before: Analysis, after: Analysis) -> Iterator[Change]:
    old, new = (_model(each) for each in (before, after))
    if old is not None and new is not None and (old.name, old.digest) != (new.name, new.digest):
        slots: dict[str, Slot] = {
            "after": _name(_model_name(new)),
            "after_at": Moment(at=new.trained_as_of),
            "before": _name(_model_name(old)),
            "before_at": Moment(at=old.trained_as_of),
        }
        yield Change(sort=Sort.MODEL, statement=_method(MODEL, slots))
    if before.software_version != after.software_version:
        slots = {"after": _name(after.software_version), "before": _name(before.software_version)}
        yield Change(sort=Sort.MODEL, statement=_method(SOFTWARE, slots))


def _method(template: Template, slots: dict[str, Slot]) -> Statement:
    return Statement(kind=Kind.METHOD, template=template, slots=slots, true_until=Until(by=Ending.NEXT_ANALYSIS))


def _model(analysis: Analysis) -> ModelUsed | None:
    return next((found.model for found in analysis.forecasts if isinstance(found, Forecast)), None)


def _model_name(model: ModelUsed) -> str:
    return model.name if model.digest is None else f"{model.name} ({model.digest[:12]})"


def _gaps(before: Analysis, after: Analysis) -> Iterator[Change]:
    """What is known now and was not, and what was known and is not; each wording once."""
    old, new = ({gap.question: gap for gap in gaps_of(each)} for each in (before, after))
    endings = {Sort.GAP_CLOSED: Ending.DATA_MISSING, Sort.GAP_OPENED: Ending.DATA_KNOWN}
    for sort, ours, theirs in ((Sort.GAP_CLOSED, old, new), (Sort.GAP_OPENED, new, old)):
        said: list[Statement] = []
        for gap in (gap for question, gap in ours.items() if question not in theirs):
            statement = gaps.question(gap).model_copy(update={"true_until": Until(by=endings[sort])})
            if statement not in said:
                said.append(statement)
                yield Change(sort=sort, statement=statement)


def _first(found: list[Any]) -> Any:
    return found[0] if found else None
