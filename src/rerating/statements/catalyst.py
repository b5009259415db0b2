"""Which events could have moved the price, told by session: what could react when, and what was abnormal about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from rerating.core.types import Gap
from rerating.findings.catalyst import EVENT_SESSIONS, MOVE_SESSIONS, Catalyst
from rerating.findings.study import Model
from rerating.findings.timing import Event, Timing
from rerating.statements.blocks import AnyBlock, Entry, Length, Paragraph, Picture, Row, Section, Table
from rerating.statements.facts import (
    Count,
    Day,
    Moments,
    Name,
    Number,
    NumberRange,
    Share,
    ShareRange,
    Slot,
    Word,
)
from rerating.statements.statement import Kind, Statement, Template
from rerating.statements.venues import benchmark_name, zone_of

TITLE = Word(de="Die möglichen Auslöser", en="What could have moved it")

MARKS: dict[Timing, Word] = {
    Timing.COULD_HAVE_CAUSED: Word(de="kann Auslöser sein", en="could have caused it"),
    Timing.PRICE_LED: Word(de="Kurs lief voraus", en="price led"),
    Timing.CANNOT_TELL: Word(de="nicht entscheidbar", en="cannot tell"),
    Timing.UNEXPLAINED: Word(de="ohne Ereignis", en="unexplained"),
    Timing.AFTER_THE_MOVE: Word(de="nach der Bewegung", en="after the move"),
    Timing.EARLIER_SESSION: Word(de="frühere Sitzung", en="earlier session"),
}
"""What the timing is called; the order is that of the telling."""

SESSION_TITLE = Template(de="{on:weekday}: {session:signed}", en="{on:weekday}: {session:signed}")
SESSION_TITLE_PLAIN = Template(de="{on:weekday}", en="{on:weekday}")
NO_SESSION = Template(de="Noch keine Sitzung", en="No session yet")

INTRO = Template(
    de="Die auffälligste der letzten {sessions:word} Sitzungen ist die vom {move_on:no_year}. Das Verzeichnis kennt "
    "{events} aus den letzten {window:word} Sitzungen, belegt durch {documents}; vollständig ist ein solches "
    "Verzeichnis nie.",
    en="The most abnormal of the last {sessions} is that of {move_on:no_year}. The record holds {events} of the last "
    "{window}, from {documents}; such a record is never complete.",
)
NO_EVENTS = Template(
    de="Das Verzeichnis kennt aus den letzten {window:word} Sitzungen kein datiertes Ereignis.",
    en="The record holds no dated event of the last {window}.",
)
TOLD: dict[Timing, Template] = {
    Timing.COULD_HAVE_CAUSED: Template(
        de="Diese Sitzung konnte als erste reagieren, und sie ist die auffälligste der letzten {sessions:word}. "
        "Zeitlich ist ein Zusammenhang möglich; beweisen lässt er sich so nicht.",
        en="This session was the first that could react, and it is the most abnormal of the last {sessions:word}. "
        "The order of events allows a link; it does not prove one.",
    ),
    Timing.PRICE_LED: Template(
        de="Diese Sitzung konnte als erste reagieren, doch der Kurs lief voraus: Schon in den {sessions:word} "
        "Sitzungen davor bewegte er sich auffällig in dieselbe Richtung.",
        en="This session was the first that could react, but the price led: in the {sessions:word} sessions before, it "
        "had already moved the same way to an unusual extent.",
    ),
    Timing.CANNOT_TELL: Template(
        de="Die Zeitangabe ist zu grob: Ob die Nachricht vor oder nach der Bewegung vom {move_on:no_year} bekannt war, "
        "lässt sich nicht entscheiden.",
        en="The time is known too coarsely: whether the news was out before or after the move of {move_on:no_year} "
        "cannot be decided.",
    ),
    Timing.AFTER_THE_MOVE: Template(
        de="Die Nachricht kam nach der Bewegung vom {move_on:no_year} und kann sie nicht ausgelöst haben.",
        en="The news came after the move of {move_on:no_year} and cannot have caused it.",
    ),
    Timing.EARLIER_SESSION: Template(
        de="Schon diese Sitzung konnte reagieren; die Bewegung vom {move_on:no_year} kam später.",
        en="This session could react already; the move of {move_on:no_year} came later.",
    ),
    Timing.UNEXPLAINED: Template(
        de="Kein datiertes Ereignis des Verzeichnisses gehört zu dieser Sitzung.",
        en="No dated event in the record belongs to this session.",
    ),
}
CANNOT_TELL_NO_MOVE = Template(
    de="Ohne eine auffällige Sitzung, an der sie sich messen ließe, bleibt die Reihenfolge offen.",
    en="Without an abnormal session to hold it against, the order remains open.",
)
RIVALS = Template(
    de="{events} gehören zu dieser einen Sitzung; auseinanderhalten lassen sie sich am Kurs nicht.",
    en="{events} belong to this one session; the price cannot tell them apart.",
)
NOT_FIRST = Template(
    de="Frühestens konnte die Sitzung vom {earliest_on:no_year} reagieren, spätestens diese.",
    en="At the earliest the session of {earliest_on:no_year} could react, at the latest this one.",
)
DAY_MEASURE = Template(
    de="Überrendite der Sitzung gegenüber {marks:word} Vergleichsmaßstäben: {day} (t {t_day}; Placebo-p {p_day}).",
    en="Abnormal return of the session against {marks:word} benchmarks: {day} (t {t_day}; placebo p {p_day}).",
)
DAY_MEASURE_ONE = Template(
    de="Überrendite der Sitzung gegenüber {mark}: {day} (t {t_day}; Placebo-p {p_day}).",
    en="Abnormal return of the session against {mark}: {day} (t {t_day}; placebo p {p_day}).",
)
CAR_AROUND = Template(
    de="Über {sessions} um diesen Tag: {car} (t {t}; Placebo-p {p}).",
    en="Over {sessions} around that day: {car} (t {t}; placebo p {p}).",
)
CAR_UNTIL = Template(
    de="Über {sessions} bis zu diesem Tag: {car} (t {t}; Placebo-p {p}).",
    en="Over {sessions} up to that day: {car} (t {t}; placebo p {p}).",
)
ONLY_T = Template(
    de="Gegenüber {benchmarks} widersprechen sich die Prüfungen: Der t-Test schlägt auf dem Niveau von {level} an, der "
    "Placebo-Vergleich nicht.",
    en="Against {benchmarks} the tests disagree: the t test finds an effect at the {level} level, the placebo dates do "
    "not.",
)
ONLY_PLACEBO = Template(
    de="Gegenüber {benchmarks} widersprechen sich die Prüfungen: Der Placebo-Vergleich schlägt auf dem Niveau von "
    "{level} an, der t-Test nicht.",
    en="Against {benchmarks} the tests disagree: the placebo dates find an effect at the {level} level, the t test "
    "does not.",
)
EVENT_AT = Template(de="{title} ({at})", en="{title} ({at})")
EVENT_ON = Template(de="{title} ({on})", en="{title} ({on})")
CONFLICT = Template(de="Widerspruch in den Quellen: {conflict}", en="The sources disagree: {conflict}")

PICTURE = Template(
    de="Überrendite je Sitzung: Spanne über die Vergleichsmaßstäbe",
    en="Abnormal return by session: range over the benchmarks",
)
PICTURE_SAYS = Template(
    de="Balken je Sitzung von der niedrigsten bis zur höchsten Überrendite über die Vergleichsmaßstäbe; dünn das Band "
    "der Schätzunsicherheit.",
    en="One bar a session from the lowest to the highest abnormal return over the benchmarks; thin lines show the band "
    "of estimation error.",
)
MODEL_HEAD: tuple[Template, ...] = (
    Template(de="Vergleichsmaßstab", en="Benchmark"),
    Template(de="Sitzung", en="Session"),
    Template(de="t", en="t"),
    Template(de="Placebo-p", en="Placebo p"),
    Template(de="Fenster", en="Window"),
    Template(de="t", en="t"),
    Template(de="Placebo-p", en="Placebo p"),
    Template(de="Beta", en="Beta"),
)
BENCHMARK = Template(de="{name}", en="{name}")
SIGNED = Template(de="{value:signed}", en="{value:signed}")
VALUE = Template(de="{value}", en="{value}")

LEVEL = 0.05


class Told:
    """One session with the catalysts that share it: the same figures, so they are told once."""

    def __init__(self, catalysts: Sequence[Catalyst]) -> None:
        self.catalysts = tuple(catalysts)
        self.first = self.catalysts[0]

    @property
    def timing(self) -> Timing:
        """The timing that all of them share."""
        return self.first.timing

    @property
    def on(self) -> date | None:
        """The session, None where it is not known yet."""
        return None if isinstance(self.first.session_on, Gap) else self.first.session_on


def told(catalysts: Iterable[Catalyst]) -> list[Told]:
    """Catalysts by timing and session, in the order of the telling: what could have caused it first, newest first."""
    groups: dict[tuple[Timing, date | None], list[Catalyst]] = {}
    for found in catalysts:
        on = None if isinstance(found.session_on, Gap) else found.session_on
        groups.setdefault((found.timing, on), []).append(found)
    order = list(MARKS)
    ranked = sorted(groups, key=lambda key: (order.index(key[0]), -(key[1] or date.max).toordinal()))
    return [Told(groups[key]) for key in ranked]


def section(catalysts: Sequence[Catalyst]) -> Section:
    """The section of all catalysts of the asked line."""
    blocks: list[AnyBlock] = [Paragraph(since=Length.BRIEF, statements=(intro(catalysts),))]
    groups = told(catalysts)
    if any(values_of(group.first, "abnormal_return") for group in groups):
        says = Statement(kind=Kind.ESTIMATE, template=PICTURE_SAYS)
        blocks.append(Picture(name="abnormal", title=Statement(kind=Kind.ESTIMATE, template=PICTURE), says=says))
    blocks += [entry(group) for group in groups]
    return Section(name="catalysts", title=TITLE, blocks=tuple(blocks))


def intro(catalysts: Sequence[Catalyst]) -> Statement:
    """Which session stands out, and how many events from how many sources are known."""
    events = [found.event for found in catalysts if found.event is not None]
    window = Count(value=EVENT_SESSIONS, of="session")
    move = next((found.move_on for found in catalysts), None)
    if not events or move is None or isinstance(move, Gap):
        return Statement(kind=Kind.FACT, template=NO_EVENTS, slots={"window": window})
    slots: dict[str, Slot] = {
        "sessions": Count(value=MOVE_SESSIONS, of="session"),
        "move_on": Day(on=move),
        "events": Count(value=len(events), of="event"),
        "window": window,
        "documents": Count(value=len({event.source for event in events}), of="source"),
    }
    return Statement(kind=Kind.FACT, template=INTRO, slots=slots)


def entry(group: Told) -> Entry:
    """One session: title, timing in words, figures, and the events that fall on it."""
    sentences = [timing_sentence(group)]
    if len(group.catalysts) > 1:
        events = Count(value=len(group.catalysts), of="event")
        sentences.append(Statement(kind=Kind.FACT, template=RIVALS, slots={"events": events}))
    sentences += measures(group.first)
    main = group.timing in (Timing.COULD_HAVE_CAUSED, Timing.PRICE_LED, Timing.UNEXPLAINED, Timing.CANNOT_TELL)
    return Entry(
        since=Length.ARTICLE,
        tone=group.timing.value,
        mark=MARKS[group.timing],
        title=title(group),
        statements=tuple(sentences),
        items=tuple(event_statement(found) for found in group.catalysts if found.event is not None),
        details=models_table(group.first) if main else None,
    )


def title(group: Told) -> Statement:
    """The session and its plain return."""
    if group.on is None:
        return Statement(kind=Kind.FACT, template=NO_SESSION)
    value = group.first.session_return
    if isinstance(value, Gap):
        return Statement(kind=Kind.FACT, template=SESSION_TITLE_PLAIN, slots={"on": Day(on=group.on)})
    change = Share(value=value, src=bars_of(group.first), formula="close / close - 1")
    slots: dict[str, Slot] = {"on": Day(on=group.on), "session": change}
    return Statement(kind=Kind.FACT, template=SESSION_TITLE, slots=slots)


def bars_of(found: Catalyst) -> tuple[str, ...]:
    """The evidence of the session's return, the event's own left out."""
    own = () if found.event is None else found.event.src
    return tuple(key for key in found.src if key not in own)


def timing_sentence(group: Told) -> Statement:
    """The tribunal's answer in words."""
    first = group.first
    if group.timing in (Timing.COULD_HAVE_CAUSED, Timing.PRICE_LED):
        slots: dict[str, Slot] = {"sessions": Count(value=MOVE_SESSIONS, of="session")}
        return Statement(kind=Kind.FACT, template=TOLD[group.timing], slots=slots)
    if group.timing is Timing.UNEXPLAINED:
        return Statement(kind=Kind.FACT, template=TOLD[group.timing])
    if isinstance(first.move_on, Gap):
        return Statement(kind=Kind.GAP, template=CANNOT_TELL_NO_MOVE)
    return Statement(kind=Kind.FACT, template=TOLD[group.timing], slots={"move_on": Day(on=first.move_on)})


def values_of(found: Catalyst, name: str) -> list[float]:
    """One figure over all models that have it."""
    return [value for model in found.models if isinstance(value := getattr(model, name), float)]


def cited_by(models: Iterable[Model]) -> tuple[str, ...]:
    """The evidence of several models, each piece once."""
    return tuple(dict.fromkeys(key for model in models for key in model.src))


def share_range(found: Catalyst, name: str) -> ShareRange:
    """Lowest to highest over the benchmarks."""
    values = values_of(found, name)
    src = cited_by(found.models)
    return ShareRange(low=min(values), high=max(values), src=src, formula="return - (alpha + beta * benchmark)")


def number_range(found: Catalyst, name: str, digits: int) -> NumberRange:
    """Lowest to highest over the benchmarks."""
    values = values_of(found, name)
    return NumberRange(low=min(values), high=max(values), digits=digits)


def measures(found: Catalyst) -> list[Statement]:
    """The range of the session and of the window over the benchmarks, each with both tests; and where they disagree."""
    said = []
    if all(values_of(found, name) for name in ("abnormal_return", "t_day", "p_placebo_day")):
        marks = [model for model in found.models if isinstance(model.abnormal_return, float)]
        slots: dict[str, Slot] = {
            "day": share_range(found, "abnormal_return"),
            "t_day": number_range(found, "t_day", 1),
            "p_day": number_range(found, "p_placebo_day", 3),
        }
        if len(marks) == 1:
            slots["mark"] = benchmark_name(marks[0].benchmark)
        else:
            slots["marks"] = Count(value=len(marks), of="benchmark")
        template = DAY_MEASURE_ONE if len(marks) == 1 else DAY_MEASURE
        said.append(Statement(kind=Kind.ESTIMATE, template=template, slots=slots))
    if all(values_of(found, name) for name in ("car", "t", "p_placebo")):
        slots = {
            "sessions": Count(value=found.window[1] - found.window[0] + 1, of="session"),
            "car": share_range(found, "car"),
            "t": number_range(found, "t", 1),
            "p": number_range(found, "p_placebo", 3),
        }
        template = CAR_AROUND if found.window[1] > 0 else CAR_UNTIL
        said.append(Statement(kind=Kind.ESTIMATE, template=template, slots=slots))
    return said + [statement for side in (True, False) if (statement := disagreement(found, t_sees=side))]


def disagreement(found: Catalyst, *, t_sees: bool) -> Statement | None:
    """The benchmarks at which one of the two tests sees an effect at the level and the other does not."""

    def sees(model: Model) -> tuple[bool, bool] | None:
        if isinstance(model.p, Gap) or isinstance(model.p_placebo, Gap):
            return None
        return model.p <= LEVEL, model.p_placebo <= LEVEL

    split = [model for model in found.models if sees(model) == (t_sees, not t_sees)]
    if not split:
        return None
    slots: dict[str, Slot] = {
        "benchmarks": joined([benchmark_name(model.benchmark) for model in split]),
        "level": Share(value=LEVEL, digits=0),
    }
    return Statement(kind=Kind.ESTIMATE, template=ONLY_T if t_sees else ONLY_PLACEBO, slots=slots)


def joined(names: Sequence[Name]) -> Name:
    """Several names as one: `A, B und C`."""

    def one(parts: list[str], conjunction: str) -> str:
        return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"

    return Name(de=one([name.de for name in names], "und"), en=one([name.en for name in names], "and"))


def event_statement(found: Catalyst) -> Statement:
    """An event with its time: to the minute where that is known, else the day at its place."""
    event = found.event
    assert event is not None
    slots: dict[str, Slot] = {"title": event_name(event)}
    if event.precision == "day":
        return Statement(kind=Kind.FACT, template=EVENT_ON, slots=slots | {"on": event_day(found, event)})
    at = Moments(from_at=event.at_earliest, to_at=event.at_latest)
    return Statement(kind=Kind.FACT, template=EVENT_AT, slots=slots | {"at": at})


def event_name(event: Event) -> Name:
    """The event's title in both languages; the original where there is no German one."""
    return Name(de=event.title_de or event.title, en=event.title, de_is_original=event.title_de is None, src=event.src)


def event_day(found: Catalyst, event: Event) -> Day:
    """The day of an event at the place where it was public first, else at the line's venue."""
    zone = ZoneInfo(event.place or zone_of(found.listing.partition(":")[0]))
    return Day(on=event.at_earliest.astimezone(zone).date())


def models_table(found: Catalyst) -> Table | None:
    """Every benchmark in a row."""
    makers: tuple[tuple[str, Callable[[float, tuple[str, ...]], Slot], Template], ...] = (
        ("abnormal_return", _as_share, SIGNED),
        ("t_day", _as_number, VALUE),
        ("p_placebo_day", _as_p, VALUE),
        ("car", _as_share, SIGNED),
        ("t", _as_number, VALUE),
        ("p_placebo", _as_p, VALUE),
        ("beta", _as_number, VALUE),
    )
    rows = []
    for model in found.models:
        cells = []
        for name, make, template in makers:
            value = getattr(model, name)
            slot = make(value, model.src) if isinstance(value, float) else None
            cells.append(
                None if slot is None else Statement(kind=Kind.ESTIMATE, template=template, slots={"value": slot})
            )
        label = Statement(kind=Kind.FACT, template=BENCHMARK, slots={"name": benchmark_name(model.benchmark)})
        rows.append(Row(label=label, cells=tuple(cells)))
    if not rows:
        return None
    head = tuple(Statement(kind=Kind.FACT, template=template) for template in MODEL_HEAD)
    return Table(name="models", head=head, rows=tuple(rows))


def _as_share(value: float, src: tuple[str, ...]) -> Slot:
    return Share(value=value, src=src)


def _as_number(value: float, src: tuple[str, ...]) -> Slot:
    return Number(value=value, digits=1)


def _as_p(value: float, src: tuple[str, ...]) -> Slot:
    return Number(value=value, digits=3)
