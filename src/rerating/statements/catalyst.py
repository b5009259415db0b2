"""Which events could have moved the price, told by session: what could react when, and what was abnormal about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from rerating.core.types import Gap
from rerating.findings.catalyst import (
    EVENT_SESSIONS,
    MOVE_SESSIONS,
    UNEXPLAINED_P,
    UNEXPLAINED_SESSIONS,
    WINDOW,
    Catalyst,
)
from rerating.findings.study import ESTIMATION, LED_SESSIONS, LED_T, PLACEBO_DATES, Model
from rerating.findings.timing import UPPER_BOUND, Event, Timing
from rerating.statements.amounts import amount
from rerating.statements.blocks import AnyBlock, Entry, Item, Length, Paragraph, Picture, Row, Section, Table
from rerating.statements.facts import (
    Count,
    Day,
    Moment,
    Moments,
    Money,
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
DEFINITION_LABEL = Template(de="Auslöser", en="Catalysts")
DEFINITION = Template(
    de="Marktmodell nach der Methode der kleinsten Quadrate über {estimation} vor dem Ereignisfenster von {window}. "
    "Überrendite ist die Rendite abzüglich der vom Modell erwarteten, kumuliert heißt sie CAR; t beruht auf der "
    "exakten Varianz des Prognosefehlers. Das Placebo-p ist der Anteil ereignisfreier Tage, an denen dieselbe "
    "Prüfgröße dem Betrag nach mindestens so groß ist, gezählt als (k + {one}) / (n + {one}) bei bis zu "
    "{placebo:up_to} Tagen. Ein Ereignis gehört zum ersten Handelstag, der reagieren konnte: während der Handelszeit "
    "zu diesem, nach Börsenschluss zum nächsten; ist nur der Tag bekannt, zum ersten, der danach öffnet. „Kurs lief "
    "voraus“ heißt: An den {led:word} Handelstagen davor lag t in derselben Richtung bei mindestens {led_t:at_least}. "
    "„Ohne Ereignis“ ist ein Handelstag der letzten {unexplained:bare} mit einem Placebo-p von höchstens {p:up_to}; "
    "ein solcher ist auch durch Zufall zu erwarten. Angegeben ist die Spanne über alle Vergleichsmaßstäbe.",
    en="Market model by ordinary least squares over {estimation} before the event window of {window}. The abnormal "
    "return is the return minus what the model expects, its sum over the window is the CAR; t rests on the exact "
    "forecast-error variance. Placebo p is the share of event-free days on which the same statistic is at least as "
    "large in size, counted as (k + {one}) / (n + {one}) over at most {placebo:up_to} days. An event belongs to the "
    "first session that could react: inside a session to that one, after the close to the next; known to the day "
    "only, to the first that opens afterwards. “Price led” means that over the {led:word} sessions before, t was at "
    "least {led_t:at_least} in the same direction. “Unexplained” is a session of the last {unexplained:bare} with a "
    "placebo p of at most {p:up_to}; one such session is expected by chance. The range over all benchmarks is given.",
)

MARKS: dict[Timing, Word] = {
    Timing.COULD_HAVE_CAUSED: Word(de="kann Auslöser sein", en="could have caused it"),
    Timing.PRICE_LED: Word(de="Kurs lief voraus", en="price led"),
    Timing.CANNOT_TELL: Word(de="nicht entscheidbar", en="cannot tell"),
    Timing.UNEXPLAINED: Word(de="ohne Ereignis", en="unexplained"),
    Timing.AFTER_THE_MOVE: Word(de="nach der Bewegung", en="after the move"),
    Timing.EARLIER_SESSION: Word(de="früherer Handelstag", en="earlier session"),
}
"""What the timing is called; the order is that of the telling."""

SESSION_TITLE = Template(de="{on:weekday}: {session:signed}", en="{on:weekday}: {session:signed}")
SESSION_TITLE_PLAIN = Template(de="{on:weekday}", en="{on:weekday}")
NO_SESSION = Template(de="Noch kein Handelstag", en="No session yet")

INTRO = Template(
    de="Der auffälligste der letzten {sessions:word} Handelstage ist der {move_on:no_year}. Das Verzeichnis kennt "
    "{events} der letzten {window:word} Handelstage, belegt durch {documents}; vollständig ist ein solches "
    "Verzeichnis nie.",
    en="The most abnormal of the last {sessions} is that of {move_on:no_year}. The record holds {events} of the last "
    "{window}, from {documents}; such a record is never complete.",
)
UNEXPLAINED = Template(
    de="Ungewöhnlich und ohne datiertes Ereignis: {sessions} der letzten {window:bare}.",
    en="Unusual and without a dated event: {sessions} of the last {window:bare}.",
)
NONE_UNEXPLAINED = Template(
    de="Von den letzten {window:word} Handelstagen war keiner ungewöhnlich, ohne dass ein Ereignis bekannt wäre.",
    en="None of the last {window} was unusual without a known event.",
)
NO_EVENTS = Template(
    de="Das Verzeichnis kennt aus den letzten {window:word} Handelstagen kein datiertes Ereignis.",
    en="The record holds no dated event of the last {window}.",
)
TOLD: dict[Timing, Template] = {
    Timing.COULD_HAVE_CAUSED: Template(
        de="Dieser Handelstag konnte als erster reagieren, und er ist der auffälligste der letzten {sessions:word}. "
        "Zeitlich ist ein Zusammenhang möglich; beweisen lässt er sich so nicht.",
        en="This session was the first that could react, and it is the most abnormal of the last {sessions:word}. "
        "The order of events allows a link; it does not prove one.",
    ),
    Timing.PRICE_LED: Template(
        de="Dieser Handelstag konnte als erster reagieren, doch der Kurs lief voraus: Schon an den "
        "{sessions:word} Handelstagen davor bewegte er sich auffällig in dieselbe Richtung.",
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
        de="Schon dieser Handelstag konnte reagieren; die Bewegung vom {move_on:no_year} kam später.",
        en="This session could react already; the move of {move_on:no_year} came later.",
    ),
    Timing.UNEXPLAINED: Template(
        de="Kein datiertes Ereignis des Verzeichnisses gehört zu diesem Handelstag.",
        en="No dated event in the record belongs to this session.",
    ),
}
CANNOT_TELL_NO_MOVE = Template(
    de="Ohne einen auffälligen Handelstag, an dem sie sich messen ließe, bleibt die Reihenfolge offen.",
    en="Without an abnormal session to hold it against, the order remains open.",
)
RIVALS = Template(
    de="{events} gehören zu demselben Handelstag; auseinanderhalten lassen sie sich am Kurs nicht.",
    en="{events} belong to the same session; the price cannot tell them apart.",
)
DAY_ONLY = Template(
    de="Bekannt ist nur der Tag; frühestens konnte schon der Handel vom {earliest_on:no_year} reagieren.",
    en="Only the day is known; at the earliest the session of {earliest_on:no_year} could react.",
)
DAY_ONLY_ONE_OF = Template(
    de="Bei einem davon ist nur der Tag bekannt; frühestens konnte schon der Handel vom {earliest_on:no_year} "
    "reagieren.",
    en="For one of them only the day is known; at the earliest the session of {earliest_on:no_year} could react.",
)
DAY_ONLY_SOME = Template(
    de="Bei {n:word} davon ist nur der Tag bekannt; frühestens konnte schon der Handel vom {earliest_on:no_year} "
    "reagieren.",
    en="For {n:word} of them only the day is known; at the earliest the session of {earliest_on:no_year} could react.",
)
DAY_MEASURE = Template(
    de="Überrendite des Tages gegenüber {marks:word} Vergleichsmaßstäben: {day} (t {t_day}; Placebo-p {p_day}).",
    en="Abnormal return of the session against {marks:word} benchmarks: {day} (t {t_day}; placebo p {p_day}).",
)
DAY_MEASURE_ONE = Template(
    de="Überrendite des Tages gegenüber {mark}: {day} (t {t_day}; Placebo-p {p_day}).",
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
EVENT_BY = Template(de="{title} (spätestens {at})", en="{title} ({at} at the latest)")
EVENT_BY_VALUE = Template(de="{title}: {value} (spätestens {at})", en="{title}: {value} ({at} at the latest)")
EVENT_AT_VALUE = Template(de="{title}: {value} ({at})", en="{title}: {value} ({at})")
EVENT_ON_VALUE = Template(de="{title}: {value} ({on})", en="{title}: {value} ({on})")
CONFLICT = Template(de="Widerspruch in den Quellen: {conflict}", en="The sources disagree: {conflict}")

PICTURE = Template(
    de="Überrendite je Handelstag: Spanne über die Vergleichsmaßstäbe",
    en="Abnormal return by session: range over the benchmarks",
)
PICTURE_SAYS = Template(
    de="Balken je Handelstag von der niedrigsten bis zur höchsten Überrendite über die Vergleichsmaßstäbe; dünn das "
    "Band "
    "der Schätzunsicherheit.",
    en="One bar a session from the lowest to the highest abnormal return over the benchmarks; thin lines show the band "
    "of estimation error.",
)
FIGURES_HEAD: tuple[Template, ...] = (
    Template(de="Überrendite", en="Abnormal return"),
    Template(de="Spanne", en="Range"),
    Template(de="t", en="t"),
    Template(de="Placebo-p", en="Placebo p"),
)
FIGURES_DAY = Template(de="Dieser Handelstag", en="This session")
FIGURES_AROUND = Template(de="{sessions} um ihn herum", en="{sessions} around it")
FIGURES_UNTIL = Template(de="{sessions} bis zu ihm", en="{sessions} up to it")
MODEL_HEAD: tuple[Template, ...] = (
    Template(de="Vergleichsmaßstab", en="Benchmark"),
    Template(de="Handelstag", en="Session"),
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
BAND_LEVEL = 0.95
_BAND = 1.96
"""Normal quantile of a two-sided band at that level around each benchmark's estimate."""
MOST_CHARTED = 9
ABNORMAL_FORMULA = "return - (alpha + beta * benchmark)"


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


def charted(groups: Iterable[Told]) -> list[Told]:
    """The sessions of the chart: those with a figure, in the order of the telling."""
    return [group for group in groups if group.on is not None and values_of(group.first, "abnormal_return")][
        :MOST_CHARTED
    ]


def band(group: Told) -> tuple[float, float]:
    """The lowest and the highest end of AR -/+ 1.96 standard errors over the benchmarks; se = AR / t."""
    ends = []
    for model in group.first.models:
        value, t = model.abnormal_return, model.t_day
        if isinstance(value, float) and isinstance(t, float) and t != 0:
            ends += [value - _BAND * value / t, value + _BAND * value / t]
        elif isinstance(value, float):
            ends += [value, value]
    return min(ends), max(ends)


def section(catalysts: Sequence[Catalyst], trial: Sequence[Statement] = ()) -> Section | None:
    """The section of all catalysts of the asked line; `trial` says what the tribunal concludes of its session."""
    if not catalysts:
        return None
    blocks: list[AnyBlock] = [Paragraph(since=Length.BRIEF, statements=tuple(trial) or (intro(catalysts),))]
    alone = unexplained(catalysts)
    if alone:
        blocks.append(Paragraph(since=Length.ARTICLE, statements=tuple(alone)))
    groups = told(catalysts)
    if charted(groups):
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


def unexplained(catalysts: Sequence[Catalyst]) -> list[Statement]:
    """How many sessions no known event explains; nothing where no session could be measured."""
    if not any(isinstance(found.move_on, date) and not isinstance(found.abnormal_return, Gap) for found in catalysts):
        return []
    alone = [found for found in catalysts if found.timing is Timing.UNEXPLAINED]
    window = Count(value=UNEXPLAINED_SESSIONS, of="session")
    if not alone:
        return [Statement(kind=Kind.FACT, template=NONE_UNEXPLAINED, slots={"window": window})]
    cited = tuple(dict.fromkeys(mark for found in alone for mark in found.src))
    slots: dict[str, Slot] = {"sessions": Count(value=len(alone), of="session", src=cited), "window": window}
    return [Statement(kind=Kind.ESTIMATE, template=UNEXPLAINED, slots=slots)]


def entry(group: Told) -> Entry:
    """One session: title, timing in words, figures, and the events that fall on it."""
    items = tuple(event_statement(found) for found in group.catalysts if found.event is not None)
    main = group.timing is not Timing.EARLIER_SESSION
    sentences = _told(group) if main else measures(group.first)[:1]
    return Entry(
        since=Length.ARTICLE,
        tone=group.timing.value,
        mark=MARKS[group.timing],
        title=title(group),
        items=items,
        statements=tuple(sentences),
        figures=figures_table(group.first) if main else None,
        details=models_table(group.first) if main else None,
    )


def _told(group: Told) -> list[Statement]:
    """The timing, what stands in its way, and where the tests disagree."""
    found = [timing_sentence(group)]
    events = Count(value=len(group.catalysts), of="event")
    if len(group.catalysts) > 1:
        found.append(Statement(kind=Kind.FACT, template=RIVALS, slots={"events": events}))
    found += _day_only(group)
    return found + [said for side in (True, False) if (said := disagreement(group.first, t_sees=side))]


def _day_only(group: Told) -> list[Statement]:
    """Where the earliest session that could react is not the one that is told: for how many events, and which."""
    early = [c for c in group.catalysts if isinstance(c.earliest_session_on, date)]
    early = [c for c in early if c.earliest_session_on != c.session_on]
    if not early:
        return []
    first = min(c.earliest_session_on for c in early if isinstance(c.earliest_session_on, date))
    slots: dict[str, Slot] = {"earliest_on": Day(on=first)}
    if len(group.catalysts) == len(early):
        return [Statement(kind=Kind.FACT, template=DAY_ONLY, slots=slots)]
    if len(early) == 1:
        return [Statement(kind=Kind.FACT, template=DAY_ONLY_ONE_OF, slots=slots)]
    slots["n"] = Count(value=len(early), of="event")
    return [Statement(kind=Kind.FACT, template=DAY_ONLY_SOME, slots=slots)]


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
    return ShareRange(low=min(values), high=max(values), src=src, formula=ABNORMAL_FORMULA)


def number_range(found: Catalyst, name: str, digits: int) -> NumberRange:
    """Lowest to highest over the benchmarks."""
    values = values_of(found, name)
    return NumberRange(low=min(values), high=max(values), digits=digits)


def measures(found: Catalyst) -> list[Statement]:
    """The range of the session and of the window over the benchmarks, each with both tests, as sentences."""
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
    return said


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
    value = amount(event.value, event.unit, event.src)
    if not isinstance(value, Money | Share) or not _lacks_figure(event):
        value = None
    slots |= {} if value is None else {"value": value}
    if event.precision == "day":
        template = EVENT_ON if value is None else EVENT_ON_VALUE
        return Statement(kind=Kind.FACT, template=template, slots=slots | {"on": event_day(found, event)})
    if event.precision == UPPER_BOUND:
        template = EVENT_BY if value is None else EVENT_BY_VALUE
        return Statement(kind=Kind.FACT, template=template, slots=slots | {"at": Moment(at=event.at_latest)})
    template = EVENT_AT if value is None else EVENT_AT_VALUE
    at = Moments(from_at=event.at_earliest, to_at=event.at_latest)
    return Statement(kind=Kind.FACT, template=template, slots=slots | {"at": at})


def _lacks_figure(event: Event) -> bool:
    """Whether the title leaves the event's figure unsaid; a consensus is always told with its target."""
    return event.category == "consensus" or not any(sign.isdigit() for sign in event.title)


def event_name(event: Event) -> Name:
    """The event's title in both languages; the original where there is no German one."""
    return Name(de=event.title_de or event.title, en=event.title, de_is_original=event.title_de is None, src=event.src)


def event_day(found: Catalyst, event: Event) -> Day:
    """The day of an event at the place where it was public first, else at the line's venue."""
    zone = ZoneInfo(event.place or zone_of(found.listing.partition(":")[0]))
    return Day(on=event.at_earliest.astimezone(zone).date())


def figures_table(found: Catalyst) -> Table | None:
    """The range of the session and of the window over the benchmarks, each with both tests, as a table."""
    rows = []
    for label, names in (
        (FIGURES_DAY, ("abnormal_return", "t_day", "p_placebo_day")),
        (FIGURES_AROUND if found.window[1] > 0 else FIGURES_UNTIL, ("car", "t", "p_placebo")),
    ):
        if not all(values_of(found, name) for name in names):
            continue
        cells = (share_range(found, names[0]), number_range(found, names[1], 1), number_range(found, names[2], 3))
        slots: dict[str, Slot] = {}
        if label is not FIGURES_DAY:
            slots["sessions"] = Count(value=found.window[1] - found.window[0] + 1, of="session")
        rows.append(
            Row(
                label=Statement(kind=Kind.FACT, template=label, slots=slots),
                cells=tuple(Statement(kind=Kind.ESTIMATE, template=VALUE, slots={"value": cell}) for cell in cells),
            )
        )
    if not rows:
        return None
    head = tuple(Statement(kind=Kind.FACT, template=template) for template in FIGURES_HEAD)
    return Table(name="figures", head=head, rows=tuple(rows))


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
        if not any(cells):
            continue
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


def definition() -> Item:
    """How the figures are defined; the numbers in it are the finding's own constants."""
    slots: dict[str, Slot] = {
        "estimation": Count(value=ESTIMATION, of="session"),
        "window": Count(value=WINDOW[1] - WINDOW[0] + 1, of="session"),
        "one": Number(value=1, digits=0),
        "placebo": Number(value=PLACEBO_DATES, digits=0),
        "led": Count(value=LED_SESSIONS, of="session"),
        "led_t": Number(value=LED_T),
        "unexplained": Count(value=UNEXPLAINED_SESSIONS, of="session"),
        "p": Number(value=UNEXPLAINED_P),
    }
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION, slots=slots),
    )
