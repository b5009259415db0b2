"""The issuer's lines side by side: parity, the week in parts, and what the choice of definition is worth."""

from __future__ import annotations

from collections.abc import Sequence

from rerating.core.types import Gap
from rerating.findings.lines import PARITY_SESSIONS, WEEK_SESSIONS, Lines, Parity, Part, Reading, Spread, WeekParts
from rerating.language.nouns import direction
from rerating.statements.blocks import AnyBlock, Item, Length, Paragraph, Row, Section, Table
from rerating.statements.facts import Count, Day, Name, Number, Share, ShareRange, Slot, Term, Word
from rerating.statements.statement import Kind, Statement, Template
from rerating.statements.venues import at_venue

TITLE = Word(de="Notierungen und Währung", en="Lines and currency")
DEFINITION_LABEL = Template(de="Notierungen", en="Lines")
DEFINITION = Template(
    de="Parität: Kurs der anderen Notierung mal der Zahl ihrer Stücke je Stück dieser Notierung, zum EZB-Kurs des "
    "Tages, gemessen am Kurs dieser Notierung; daneben der Median über {parity}. Die Woche ({week}) ist die "
    "Kette aller Eröffnungs- und Schlusskurse aller Notierungen in ihrer zeitlichen Folge; jeder Schritt gehört zu den "
    "Handelszeiten, in denen er liegt, sonst zur Zeit vor der nächsten, und der Wechselkurs ist ein eigener Schritt. "
    "Log-Renditen addieren sich genau zum Ganzen, einfache Renditen verketten sich.",
    en="Parity: the price of the other line times its units per unit of this line, at the ECB rate of the day, over "
    "held against the price of this line; beside it the median of {parity}. The week ({week}) is the chain of all "
    "opens and closes of all lines in the order of time; each step belongs to the sessions it lies in, else to the "
    "time before the next one, and the exchange rate is a step of its own. Log returns add up to the whole exactly, "
    "simple returns compound.",
)

PARITY = Template(
    de="{other} ({units} je Stück von {own}) lag am {on:no_year}, auf gleiche Einheit und Währung umgerechnet, "
    "{gap:size} {gap:side} {own}.",
    en="{other} ({units} to one of {own}), brought to the same unit and currency, was {gap:size} {gap:side} {own} on "
    "{on:no_year}.",
)
PARITY_FLAT = Template(
    de="{other} ({units} je Stück von {own}) lag am {on:no_year}, auf gleiche Einheit und Währung umgerechnet, "
    "gleichauf mit {own} ({gap}).",
    en="{other} ({units} to one of {own}), brought to the same unit and currency, was level with {own} on "
    "{on:no_year} ({gap}).",
)
MEDIAN = Template(
    de="Im Median über {sessions} betrug der Abstand {median:signed}; weil die Schlusskurse Stunden auseinanderliegen, "
    "ist der eines einzelnen Tages kein Fehler.",
    en="The median gap over {sessions} was {median:signed}; as the closes are hours apart, that of a single day is no "
    "error.",
)
WEEK = Template(
    de="In {unit} gerechnet brachte die Zeit vom Schluss am {from_on:no_year} bis zum Schluss am {to_on:no_year} "
    "{whole:signed}; dem Betrag nach den größten Teil davon machte {part} aus ({value:signed}).",
    en="In {unit}, the time from the close of {from_on:no_year} to that of {to_on:no_year} brought {whole:signed}; its "
    "largest part by size was {part} ({value:signed}).",
)
CURRENCY = Template(
    de="Der Wechselkurs von {own} zu {unit} trug für sich genommen {value:signed} bei.",
    en="The exchange rate of {own} to {unit} contributed {value:signed} on its own.",
)
BELOW = Template(
    de="Der Schlusskurs liegt {spread} unter {high:the_dative}, je nach {choice}.",
    en="The close is {spread} below {high:the_nominative}, depending on {choice}.",
)
FROM_HIGH = Template(
    de="Der Abstand des Schlusskurses von {high:the_dative} beträgt {spread}, je nach {choice}.",
    en="The distance of the close from {high:the_nominative} is {spread}, depending on {choice}.",
)
WEEKS = Template(
    de="Die Woche brachte {spread}, je nach {choice}.", en="The week brought {spread}, depending on {choice}."
)

LABEL = Template(de="{part}", en="{part}")
FIVE = Template(de="{sessions}", en="{sessions}")
WHOLE = Template(de="Zusammen", en="Together")
SIGNED = Template(de="{value:signed}", en="{value:signed}")
TEXT = Template(de="{text}", en="{text}")
WEEK_HEAD = (
    Template(de="Teil der Woche", en="Part of the week"),
    Template(de="Log-Rendite (addiert sich)", en="Log return (adds up)"),
    Template(de="Rendite (verkettet sich)", en="Return (compounds)"),
)
SPREAD_HEAD = (
    Template(de="Größe", en="Figure"),
    Template(de="Notierung", en="Line"),
    Template(de="Währung", en="Currency"),
    Template(de="Basis", en="Basis"),
    Template(de="Wert", en="Value"),
)
FIGURES: dict[str, Word] = {
    "distance_to_52w_high": Word(de="Abstand zum Jahreshoch", en="Distance from the year's high"),
    "week_to_date": Word(de="Kalenderwoche", en="Week to date"),
    "week_over_week": Word(de="Vorwochentag", en="Week over week"),
}
BASES: dict[str, Word] = {
    "intraday": Word(de="Handelsverlauf", en="intraday"),
    "close": Word(de="Schlusskurse", en="closes"),
}
_CHOICES: dict[str, tuple[str, str]] = {
    "convention": ("Zählweise", "convention"),
    "line": ("Notierung", "line"),
    "unit": ("Währung", "currency"),
    "basis": ("Kursbasis", "basis"),
}
_HIGH = "distance_to_52w_high"


def section(findings: Sequence[Lines]) -> Section | None:
    """The section of the first finding; None where it holds nothing that could be said."""
    if not findings:
        return None
    found = findings[0]
    blocks: list[AnyBlock] = []
    said = [*_spread_sentences(found), *_week_sentences(found)]
    if not isinstance(found.parity, Gap):
        said += [statement for parity in found.parity for statement in _parity(found, parity)]
    if said:
        blocks.append(Paragraph(since=Length.ARTICLE, statements=tuple(said)))
    if not isinstance(found.week, Gap):
        blocks.append(_week_table(found.week))
    if found.spreads:
        blocks.append(_spread_table(found))
    return Section(name="lines", title=TITLE, blocks=tuple(blocks)) if blocks else None


def _symbol(key: str) -> Name:
    symbol = key.rpartition(":")[2]
    return Name(de=symbol, en=symbol)


def _code(unit: str) -> Name:
    return Name(de=unit, en=unit)


def _fact(template: Template, **slots: Slot) -> Statement:
    return Statement(kind=Kind.FACT, template=template, slots=slots)


def _parity(found: Lines, parity: Parity) -> list[Statement]:
    whole = parity.units == int(parity.units)
    gap = Share(value=parity.gap, src=parity.src, formula="other * units / rate / close - 1")
    template = PARITY_FLAT if direction(parity.gap, 3) == "flat" else PARITY
    told = [
        _fact(
            template,
            other=_symbol(parity.line),
            units=Number(value=parity.units, digits=0 if whole else 3),
            own=_symbol(found.listing),
            on=Day(on=parity.on),
            gap=gap,
        )
    ]
    if not isinstance(parity.median_gap, Gap):
        median = Share(value=parity.median_gap, src=parity.src, formula="median(gap)")
        told.append(_fact(MEDIAN, sessions=Count(value=PARITY_SESSIONS, of="session"), median=median))
    return told


def part_words(name: str) -> Word:
    """A part of the week in words: `session XHKG`, `session XETR+XNYS`, `before XNYS`, `currency`."""
    kind, _, venues = name.partition(" ")
    if kind == "currency":
        return Word(de="der Wechselkurs", en="the exchange rate")
    places = [at_venue(mic) for mic in venues.split("+")]
    if kind == "before":
        return Word(
            de=f"die Zeit vor der Eröffnung {places[0].de}",
            en=f"the time before the open {places[0].en}",
        )
    de, en = " und ".join(place.de for place in places), " and ".join(place.en for place in places)
    if len(places) > 1:
        return Word(de=f"die Zeit mit Handel zugleich {de}", en=f"the time of trading both {en}")
    return Word(de=f"die Handelszeit {de}", en=f"the session {en}")


def _part_label(name: str) -> Word:
    """The part as a row's label: its words without the article, from a capital on."""
    words = part_words(name)
    de, en = (text.partition(" ")[2] for text in (words.de, words.en))
    return Word(de=de[0].upper() + de[1:], en=en[0].upper() + en[1:])


def _alone(week: WeekParts, part: Part, digits: int = 1) -> Share:
    src = part.src or week.src
    return Share(value=part.simple_return, digits=digits, src=src, formula="exp(sum of log steps) - 1")


def _whole(week: WeekParts, digits: int = 1) -> Share:
    src = tuple(dict.fromkeys((*week.src, *(key for part in week.parts for key in part.src))))
    return Share(value=week.simple_return, digits=digits, src=src, formula="exp(sum of parts) - 1")


def _week_sentences(found: Lines) -> list[Statement]:
    week = found.week
    if isinstance(week, Gap) or not week.parts:
        return []
    largest = max(week.parts, key=lambda part: abs(part.log_return))
    told = [
        _fact(
            WEEK,
            unit=_code(week.unit),
            from_on=Day(on=week.from_on),
            to_on=Day(on=week.to_on),
            whole=_whole(week),
            part=part_words(largest.name),
            value=_alone(week, largest),
        )
    ]
    own = sorted({r.unit for spread in found.spreads for r in spread.readings if r.line == found.listing} - {week.unit})
    currency = next((part for part in week.parts if part.name == "currency"), None)
    if currency is not None and len(own) == 1:
        slots: dict[str, Slot] = {"own": _code(own[0]), "unit": _code(week.unit), "value": _alone(week, currency)}
        told.append(_fact(CURRENCY, **slots))
    return told


def _week_table(week: WeekParts) -> Table:
    rows = [
        Row(
            label=_fact(LABEL, part=_part_label(part.name)),
            cells=(_logged(part.log_return, part.src or week.src), _fact(SIGNED, value=_alone(week, part, 2))),
        )
        for part in week.parts
    ]
    whole = _whole(week, 2)
    rows.append(Row(label=_fact(WHOLE), cells=(_logged(week.log_return, whole.src), _fact(SIGNED, value=whole))))
    return Table(since=Length.ARTICLE, name="week", head=tuple(map(_fact, WEEK_HEAD)), rows=tuple(rows))


def _logged(value: float, src: tuple[str, ...]) -> Statement:
    return _fact(SIGNED, value=Share(value=value, digits=2, src=src, formula="sum of log(price / price before)"))


def _spread_sentences(found: Lines) -> list[Statement]:
    told = []
    for spread in found.spreads:
        if spread.figure == _HIGH and len(spread.readings) > 1:
            told.append(_from_high(spread))
    weeks = [spread for spread in found.spreads if spread.figure != _HIGH]
    readings = [reading for spread in weeks for reading in spread.readings]
    if len(readings) > 1:
        values = [reading.value for reading in readings]
        src = tuple(dict.fromkeys(key for reading in readings for key in reading.src))
        said = ShareRange(low=min(values), high=max(values), src=src, formula="range over definitions")
        agree = all(len({r.value for r in readings if (r.line, r.unit) == key}) == 1 for key in _keys(readings))
        told.append(_fact(WEEKS, spread=said, choice=_choice(readings, conventions=not agree)))
    return told


def _keys(readings: Sequence[Reading]) -> set[tuple[str, str]]:
    return {(reading.line, reading.unit) for reading in readings}


def _from_high(spread: Spread) -> Statement:
    slots: dict[str, Slot] = {"high": Term(key="week_52_high"), "choice": _choice(spread.readings)}
    below = spread.high <= 0.0
    ends = (-spread.high, -spread.low) if below else (spread.low, spread.high)
    low, high = (end + 0.0 for end in ends)  # -0.0 becomes 0.0
    slots["spread"] = ShareRange(low=low, high=high, signed=not below, src=spread.src, formula="close / high - 1")
    return _fact(BELOW if below else FROM_HIGH, **slots)


def _choice(readings: Sequence[Reading], conventions: bool = False) -> Word:
    """What the readings differ in, as a list in words."""
    varied = ["convention"] if conventions else []
    varied += [name for name in ("line", "unit", "basis") if len({getattr(reading, name) for reading in readings}) > 1]
    words = [_CHOICES[name] for name in varied] or [("Definition", "definition")]
    de, en = ([word[place] for word in words] for place in (0, 1))
    return Word(de=_listed(de, "und"), en=_listed(en, "and"))


def _listed(words: list[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _spread_table(found: Lines) -> Table:
    rows = tuple(
        Row(
            label=_figure(spread.figure),
            cells=(
                _fact(TEXT, text=_symbol(reading.line)),
                _fact(TEXT, text=_code(reading.unit)),
                _fact(TEXT, text=BASES.get(reading.basis, Word(de=reading.basis, en=reading.basis))),
                _fact(SIGNED, value=Share(value=reading.value, digits=2, src=reading.src)),
            ),
        )
        for spread in found.spreads
        for reading in spread.readings
    )
    return Table(since=Length.FULL, name="spread", head=tuple(map(_fact, SPREAD_HEAD)), rows=rows)


def _figure(name: str) -> Statement:
    """A figure of a spread as a row's label; five sessions are a count that a reader can check."""
    if name == "five_sessions":
        return _fact(FIVE, sessions=Count(value=WEEK_SESSIONS, of="session"))
    return _fact(LABEL, part=FIGURES.get(name, Word(de=name, en=name)))


def definition() -> Item:
    """How the figures are defined; the numbers in it are the finding's own constants."""
    slots: dict[str, Slot] = {
        "parity": Count(value=PARITY_SESSIONS, of="session"),
        "week": Count(value=WEEK_SESSIONS, of="session"),
    }
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION, slots=slots),
    )
