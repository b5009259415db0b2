"""What the price did, in sentences and in one table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rerating.core.types import Gap
from rerating.findings.price_move import VOLUME_SESSIONS, Converted, PriceMove, RangeEnd, SpanReturn, Week
from rerating.language.nouns import direction
from rerating.statements.blocks import AnyBlock, Item, Length, Paragraph, Picture, Row, Section, Table
from rerating.statements.facts import Count, Day, Days, Money, Name, Number, Share, Slot, Term, Word
from rerating.statements.statement import Kind, Statement, Template, Until
from rerating.statements.venues import at_venue

TITLE = Word(de="Der Kurs", en="The price")
DEFINITION_LABEL = Template(de="Kurs", en="Price")
DEFINITION = Template(
    de="Schlusskurs des regulären Handels am eigenen Handelsplatz. Renditen sind Schlusskurs zu Schlusskurs derselben "
    "Notierung, um Aktiensplits bereinigt, nicht um Dividenden. Als Woche gelten {five}, die laufende Kalenderwoche "
    "(ab dem letzten Schluss der Vorwoche) oder der Vergleich mit demselben Wochentag der Vorwoche (ersatzweise dem "
    "Handelstag davor). {high:the_nominative} und {low:the_nominative} umfassen {days:bare} Kalendertage bis zu diesem "
    "Handelstag einschließlich; der Abstand wird am Extremwert gemessen. Umgerechnet wird zum "
    "EZB-Referenzkurs desselben Tages, ersatzweise zum letzten davor. Das Volumen wird mit dem Median der "
    "{volume:genitive} davor verglichen.",
    en="Close of the regular session on the line's own venue. Returns are close over close of the same line, adjusted "
    "for splits and not for dividends. A week is {five}, or the calendar week so far (from the last close of the week "
    "before), or the comparison with the same weekday of the week before (else the session before it). "
    "{high:the_nominative} and {low:the_nominative} cover {days:bare} calendar days up to and including this session; "
    "the distance is measured against the extreme. Amounts are converted at the ECB reference rate of the same day, "
    "else of the last day before. Volume is compared with the median of the {volume} before.",
)

CLOSE = Template(
    de="Die Aktie von {issuer} schloss am {on:weekday}, {venue} bei {close}.",
    en="{issuer} shares closed {venue} at {close} on {on:weekday}.",
)
CLOSE_CONVERTED = Template(
    de="Die Aktie von {issuer} schloss am {on:weekday}, {venue} bei {close}. Das sind {converted} zum Referenzkurs der "
    "EZB vom {rate_on:no_year}.",
    en="{issuer} shares closed {venue} at {close} on {on:weekday}. That is {converted} at the ECB reference rate of "
    "{rate_on:no_year}.",
)
SESSION = Template(
    de="Am {to_on:no_year} {session:past} der Kurs gegenüber dem Schluss vom {from_on:no_year} um {session:size}.",
    en="On {to_on:no_year} the price {session:past} {session:size} from the close of {from_on:no_year}.",
)
SESSION_FLAT = Template(
    de="Am {to_on:no_year} blieb der Kurs gegenüber dem Schluss vom {from_on:no_year} unverändert ({session}).",
    en="On {to_on:no_year} the price was unchanged from the close of {from_on:no_year} ({session}).",
)
WEEK = Template(
    de="Über {sessions} waren es {five:signed} (seit dem Schluss vom {five_on:no_year}), in der Kalenderwoche "
    "{to_date:signed} (seit {to_date_on:no_year}), gegenüber dem Vorwochentag {over:signed} (seit {over_on:no_year}).",
    en="Over {sessions} it was {five:signed} (since the close of {five_on:no_year}), in the calendar week "
    "{to_date:signed} (since {to_date_on:no_year}), week over week {over:signed} (since {over_on:no_year}).",
)
WEEK_ONE = Template(
    de="Die Woche brachte {five:signed} seit dem Schluss vom {five_on:no_year}. Das gilt hier nach jeder der "
    "gängigen Zählweisen: {sessions}, Kalenderwoche, Vorwochentag.",
    en="The week brought {five:signed} since the close of {five_on:no_year}. All of the usual conventions agree here: "
    "{sessions}, calendar week, week over week.",
)
EXTREMES = Template(
    de="Die einzelnen Handelstage reichten von {worst:signed} ({worst_on:no_year}) bis {best:signed} "
    "({best_on:no_year}).",
    en="Single sessions ranged from {worst:signed} ({worst_on:no_year}) to {best:signed} ({best_on:no_year}).",
)
HIGH = Template(
    de="Der Schlusskurs liegt {distance:size} {distance:side} {high:the_dative} von {level}, das im Handelsverlauf des "
    "{on} erreicht wurde.",
    en="The close is {distance:size} {distance:side} {high:the_nominative} of {level}, reached intraday on {on}.",
)
HIGH_ASSERTED = Template(
    de="Der Schlusskurs liegt {distance:size} {distance:side} {high:the_dative} von {level} vom {on} (angegeben, nicht "
    "berechnet).",
    en="The close is {distance:size} {distance:side} {high:the_nominative} of {level} of {on} (asserted, not "
    "computed).",
)
HIGH_AT = Template(
    de="Der Schlusskurs ist zugleich {high:the_nominative}: {level} ({on}).",
    en="The close is also {high:the_nominative}: {level} ({on}).",
)
VOLUME = Template(
    de="Umgesetzt wurden {volume}. Das entspricht dem {ratio}-Fachen des Medians der {sessions:genitive} davor.",
    en="{volume} changed hands, {ratio} times the median of the {sessions} before.",
)
PICTURE = Template(de="Schlusskurse in {unit}, {span:months}", en="Closes in {unit}, {span:months}")
PICTURE_SAYS = Template(
    de="Liniendiagramm der Schlusskurse, {span}; der letzte Wert ist {close}.",
    en="Line chart of the closes, {span}; the last value is {close}.",
)
VALUE = Template(de="{value}", en="{value}")
SIGNED = Template(de="{value:signed}", en="{value:signed}")
LEVEL = Template(de="{value} ({distance:signed})", en="{value} ({distance:signed})")
LEVEL_ON = Template(de="{value} ({distance:signed}; {on:no_year})", en="{value} ({distance:signed}; {on:no_year})")

LABELS: dict[str, Template] = {
    "close": Template(de="Schlusskurs, {on:no_year}", en="Close, {on:no_year}"),
    "session": Template(de="Handelstag, {on:no_year}", en="Session, {on:no_year}"),
    "five_sessions": Template(de="{sessions}, seit {on:no_year}", en="{sessions}, since {on:no_year}"),
    "week_to_date": Template(de="Kalenderwoche, seit {on:no_year}", en="Week to date, since {on:no_year}"),
    "week_over_week": Template(de="Vorwochentag, seit {on:no_year}", en="Week over week, since {on:no_year}"),
    "best_session": Template(
        de="Bester der letzten {sessions:word} Handelstage, {on:no_year}",
        en="Best of the last {sessions}, {on:no_year}",
    ),
    "worst_session": Template(
        de="Schwächster der letzten {sessions:word} Handelstage, {on:no_year}",
        en="Worst of the last {sessions}, {on:no_year}",
    ),
    "intraday": Template(de="{end}, im Handelsverlauf, {on}", en="{end}, intraday, {on}"),
    "close_basis": Template(de="{end}, Schlusskurse, {on}", en="{end}, closes, {on}"),
    "intraday_asserted": Template(
        de="{end} (angegeben, nicht berechnet), im Handelsverlauf, {on}",
        en="{end} (asserted, not computed), intraday, {on}",
    ),
    "close_basis_asserted": Template(
        de="{end} (angegeben, nicht berechnet), Schlusskurse, {on}",
        en="{end} (asserted, not computed), closes, {on}",
    ),
    "volume": Template(de="Umsatz, {on:no_year}", en="Volume, {on:no_year}"),
}
HEAD = Template(de="Größe", en="Figure")
HEAD_UNIT = Template(de="in {unit}", en="in {unit}")

GLANCE: dict[str, Template] = {
    "close": Template(de="Schlusskurs", en="Close"),
    "week": Template(de="{sessions}", en="{sessions}"),
    "day": Template(de="am {on:no_year}", en="on {on:no_year}"),
    "high": Template(de="zum {high}", en="from {high:the_nominative}"),
    "high_asserted": Template(
        de="zum {high} (angegeben, nicht berechnet)", en="from {high:the_nominative} (asserted, not computed)"
    ),
}

WATCH_LABEL = Template(de="{end}", en="{end}")
WATCH_LABEL_ASSERTED = Template(de="{end} (angegeben, nicht berechnet)", en="{end} (asserted, not computed)")
WATCH_HIGH = Template(
    de="Die Marke ist {level}; jenseits davon beginnt ein neues {high}.",
    en="The level is {level}; beyond it lies a new {high}.",
)
WATCH_LOW = Template(
    de="Die Marke ist {level}; jenseits davon beginnt ein neues {low}.",
    en="The level is {level}; beyond it lies a new {low}.",
)

FIVE = 5
"""The sessions of the first week convention."""
RANGE_DAYS = 364
"""Calendar days of the 52-week range."""


def section(moves: Sequence[PriceMove]) -> Section | None:
    """The section of the asked line, which stands first."""
    if not moves:
        return None
    move = moves[0]
    blocks: list[AnyBlock] = []
    if move.chart and not isinstance(move.close, Gap):
        blocks.append(_picture(move))
    blocks.append(Paragraph(since=Length.BRIEF, statements=tuple(sentences(move))))
    blocks.append(_table(move))
    return Section(name="price", title=TITLE, blocks=tuple(blocks))


def glance(move: PriceMove) -> tuple[Item, ...]:
    """The figures that a busy reader wants first: close, week, the session of largest size, distance to the high."""
    found: list[Item] = []
    if not isinstance(move.close, Gap):
        close = Money(value=move.close.value, unit=move.close.unit, src=move.close.src, formula="close")
        found.append(_glance("close", _cell(close)))
    if not isinstance(move.week.five_sessions, Gap):
        label = {"sessions": Count(value=FIVE, of="session")}
        found.append(_glance("week", _cell(change(move.week.five_sessions), SIGNED), **label))
    best, worst = move.best_session, move.worst_session
    if not isinstance(best, Gap) and not isinstance(worst, Gap):
        top = best if abs(best.return_) >= abs(worst.return_) else worst
        found.append(_glance("day", _cell(Share(value=top.return_, src=top.src), SIGNED), on=Day(on=top.on)))
    unit = None if isinstance(move.close, Gap) else move.close.unit
    end = None if unit is None else range_end(move.high_52w, unit, "intraday")
    if end is not None:
        away = Share(value=end.distance, src=end.src, formula="close / high - 1")
        name = "high_asserted" if end.asserted else "high"
        found.append(_glance(name, _cell(away, SIGNED), high=Term(key="week_52_high")))
    return tuple(found)


def _glance(name: str, statement: Statement, **slots: Slot) -> Item:
    return Item(label=Statement(kind=Kind.FACT, template=GLANCE[name], slots=slots), statement=statement)


def close_sentence(move: PriceMove, *, issuer: Name) -> Statement | None:
    """Close, venue and day, in both currencies; None where the level is not known."""
    if isinstance(move.close, Gap):
        return None
    close = move.close
    slots: dict[str, Slot] = {
        "issuer": issuer,
        "on": Day(on=close.on),
        "venue": at_venue(move.listing.partition(":")[0]),
        "close": Money(value=close.value, unit=close.unit, src=close.src, formula="close"),
    }
    if not move.converted:
        return Statement(kind=Kind.FACT, template=CLOSE, slots=slots)
    other = move.converted[0]
    slots["converted"] = Money(value=other.value, unit=other.unit, src=other.src, formula="close / rate")
    slots["rate_on"] = Day(on=other.rate_on)
    return Statement(kind=Kind.FACT, template=CLOSE_CONVERTED, slots=slots)


def sentences(move: PriceMove) -> list[Statement]:
    """Session, week, extremes, distance to the high, volume: each only where it is known."""
    found = [_session(move.session), _week(move.week), _extremes(move), _high(move), _volume(move)]
    return [statement for statement in found if statement is not None]


def change(span: SpanReturn, *, digits: int = 1) -> Share:
    """A return as a fact: one decimal in sentences, two in tables."""
    return Share(value=span.return_, digits=digits, src=span.src, formula="close / close - 1")


def _session(span: SpanReturn | Gap) -> Statement | None:
    if isinstance(span, Gap):
        return None
    slots: dict[str, Slot] = {"session": change(span), "to_on": Day(on=span.to_on), "from_on": Day(on=span.from_on)}
    flat = direction(span.return_, 3) == "flat"
    return Statement(kind=Kind.FACT, template=SESSION_FLAT if flat else SESSION, slots=slots)


def _week(week: Week) -> Statement | None:
    five, to_date, over = week.five_sessions, week.week_to_date, week.week_over_week
    if isinstance(five, Gap) or isinstance(to_date, Gap) or isinstance(over, Gap):
        return None
    sessions = Count(value=FIVE, of="session")
    slots: dict[str, Slot] = {"five": change(five), "five_on": Day(on=five.from_on), "sessions": sessions}
    if five.from_on == to_date.from_on == over.from_on:
        return Statement(kind=Kind.FACT, template=WEEK_ONE, slots=slots)
    slots |= {"to_date": change(to_date), "to_date_on": Day(on=to_date.from_on)}
    slots |= {"over": change(over), "over_on": Day(on=over.from_on)}
    return Statement(kind=Kind.FACT, template=WEEK, slots=slots)


def _extremes(move: PriceMove) -> Statement | None:
    best, worst = move.best_session, move.worst_session
    if isinstance(best, Gap) or isinstance(worst, Gap):
        return None
    slots: dict[str, Slot] = {
        "worst": Share(value=worst.return_, src=worst.src),
        "worst_on": Day(on=worst.on),
        "best": Share(value=best.return_, src=best.src),
        "best_on": Day(on=best.on),
    }
    return Statement(kind=Kind.FACT, template=EXTREMES, slots=slots)


def range_end(ends: tuple[RangeEnd, ...] | Gap, unit: str, basis: str) -> RangeEnd | None:
    """The end of the range in one currency and on one basis, where it is known."""
    if isinstance(ends, Gap):
        return None
    return next((end for end in ends if end.unit == unit and end.basis == basis), None)


def _high(move: PriceMove) -> Statement | None:
    unit = None if isinstance(move.close, Gap) else move.close.unit
    end = None if unit is None else range_end(move.high_52w, unit, "intraday")
    if end is None:
        return None
    slots: dict[str, Slot] = {
        "high": Term(key="week_52_high"),
        "level": Money(value=end.level, unit=end.unit, src=end.src, formula="max(high)"),
        "on": Day(on=end.on),
    }
    distance = Share(value=end.distance, src=end.src, formula="close / high - 1")
    if direction(distance.value, 3) == "flat" and not end.asserted:
        return Statement(kind=Kind.FACT, template=HIGH_AT, slots=slots)
    template = HIGH_ASSERTED if end.asserted else HIGH
    above = Until(above=Money(value=end.level, unit=end.unit, src=end.src))
    return Statement(kind=Kind.FACT, template=template, slots=slots | {"distance": distance}, true_until=above)


def levels_to_watch(moves: Sequence[PriceMove]) -> tuple[Item, ...]:
    """The ends of the 52-week range, whose crossing would change what is said of it."""
    found = []
    for move in moves[:1]:
        unit = None if isinstance(move.close, Gap) else move.close.unit
        for ends, key, slot, template in (
            (move.high_52w, "week_52_high", "high", WATCH_HIGH),
            (move.low_52w, "week_52_low", "low", WATCH_LOW),
        ):
            end = None if unit is None else range_end(ends, unit, "intraday")
            if end is None:
                continue
            slots: dict[str, Slot] = {
                "level": Money(value=end.level, unit=end.unit, src=end.src),
                slot: Term(key=key),
            }
            label_words = WATCH_LABEL_ASSERTED if end.asserted else WATCH_LABEL
            label = Statement(kind=Kind.FACT, template=label_words, slots={"end": Term(key=key)})
            level = Money(value=end.level, unit=end.unit, src=end.src)
            limit = Until(above=level) if slot == "high" else Until(below=level)
            said = Statement(kind=Kind.FACT, template=template, slots=slots, true_until=limit)
            found.append(Item(label=label, statement=said))
    return tuple(found)


def _volume(move: PriceMove) -> Statement | None:
    volume = move.volume
    if isinstance(volume, Gap):
        return None
    slots: dict[str, Slot] = {
        "volume": Count(value=volume.value, of="share", src=volume.src),
        "ratio": Number(value=volume.ratio, digits=1, src=volume.src, formula="volume / median"),
        "sessions": Count(value=volume.sessions, of="session"),
    }
    return Statement(kind=Kind.FACT, template=VOLUME, slots=slots)


def _picture(move: PriceMove) -> Picture:
    assert not isinstance(move.close, Gap)
    ends: dict[str, Slot] = {"span": Days(from_on=move.chart[0].on, to_on=move.chart[-1].on)}
    unit = Word(de=move.close.unit, en=move.close.unit)
    close = Money(value=move.close.value, unit=move.close.unit, src=move.close.src)
    return Picture(
        name="price",
        title=Statement(kind=Kind.FACT, template=PICTURE, slots={"unit": unit, **ends}),
        says=Statement(kind=Kind.FACT, template=PICTURE_SAYS, slots={"close": close, **ends}),
    )


def _table(move: PriceMove) -> Table:
    units = _units(move)
    rows = [_close_row(move), _span_row("session", move.session, _other(move, "session"), end=True)]
    for name in ("five_sessions", "week_to_date", "week_over_week"):
        other = move.converted[0].week if move.converted else None
        rows.append(_span_row(name, getattr(move.week, name), getattr(other, name) if other else None))
    for name in ("best_session", "worst_session"):
        found = getattr(move, name)
        if not isinstance(found, Gap):
            cell = Statement(
                kind=Kind.FACT, template=SIGNED, slots={"value": Share(value=found.return_, digits=2, src=found.src)}
            )
            label = _label(name, found.on, sessions=Count(value=FIVE, of="session"))
            rows.append(Row(label=label, cells=(cell, None)[: len(units)]))
    for key, ends in (("week_52_high", move.high_52w), ("week_52_low", move.low_52w)):
        rows += [row for basis in ("intraday", "close") if (row := _range_row(key, ends, basis, units))]
    head = [Statement(kind=Kind.FACT, template=HEAD)]
    head += [Statement(kind=Kind.FACT, template=HEAD_UNIT, slots={"unit": Word(de=unit, en=unit)}) for unit in units]
    return Table(name="price", head=tuple(head), rows=tuple(row for row in rows if row is not None))


def _units(move: PriceMove) -> tuple[str, ...]:
    own = () if isinstance(move.close, Gap) else (move.close.unit,)
    return (*own, *(other.unit for other in move.converted)) or ("",)


def _other(move: PriceMove, name: str) -> SpanReturn | Gap | None:
    return getattr(move.converted[0], name) if move.converted else None


def _label(name: str, on: date, **more: Slot) -> Statement:
    return Statement(kind=Kind.FACT, template=LABELS[name], slots={"on": Day(on=on), **more})


def _cell(value: Slot, template: Template = VALUE, **more: Slot) -> Statement:
    return Statement(kind=Kind.FACT, template=template, slots={"value": value, **more})


def _close_row(move: PriceMove) -> Row | None:
    if isinstance(move.close, Gap):
        return None
    cells = [_cell(Money(value=move.close.value, unit=move.close.unit, src=move.close.src, formula="close"))]
    cells += [_cell(_converted_close(other)) for other in move.converted]
    return Row(label=_label("close", move.close.on), cells=tuple(cells))


def _converted_close(other: Converted) -> Money:
    return Money(value=other.value, unit=other.unit, src=other.src, formula="close / rate")


def _span_row(name: str, own: SpanReturn | Gap, other: SpanReturn | Gap | None, *, end: bool = False) -> Row | None:
    if isinstance(own, Gap):
        return None
    cells: list[Statement | None] = [_cell(change(own, digits=2), SIGNED)]
    if other is not None:
        cells.append(None if isinstance(other, Gap) else _cell(change(other, digits=2), SIGNED))
    more: dict[str, Slot] = {"sessions": Count(value=FIVE, of="session")} if name == "five_sessions" else {}
    return Row(label=_label(name, own.to_on if end else own.from_on, **more), cells=tuple(cells))


def _range_row(key: str, ends: tuple[RangeEnd, ...] | Gap, basis: str, units: tuple[str, ...]) -> Row | None:
    found = [range_end(ends, unit, basis) for unit in units]
    first = next((end for end in found if end is not None), None)
    if first is None:
        return None
    cells = [None if end is None else _level_cell(end, first.on) for end in found]
    name = ("intraday" if basis == "intraday" else "close_basis") + ("_asserted" if first.asserted else "")
    label = _label(name, first.on, end=Term(key=key))
    return Row(label=label, cells=tuple(cells))


def _level_cell(end: RangeEnd, on: date) -> Statement:
    """Level and distance; with its own day where another currency's end fell on another one than the label says."""
    level = Money(value=end.level, unit=end.unit, src=end.src)
    distance = Share(value=end.distance, digits=2, src=end.src, formula="close / level - 1")
    if end.on == on:
        return _cell(level, LEVEL, distance=distance)
    return _cell(level, LEVEL_ON, distance=distance, on=Day(on=end.on))


def definition() -> Item:
    """How the figures are defined; the numbers in it are the finding's own constants."""
    slots: dict[str, Slot] = {
        "five": Count(value=FIVE, of="session"),
        "high": Term(key="week_52_high"),
        "low": Term(key="week_52_low"),
        "days": Count(value=RANGE_DAYS, of="day"),
        "volume": Count(value=VOLUME_SESSIONS, of="session"),
    }
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION, slots=slots),
    )
