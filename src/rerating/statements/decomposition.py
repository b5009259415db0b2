"""The re-rating under two lenses, told apart and never added: what changed, and what moved with it."""

from __future__ import annotations

from collections.abc import Sequence

from rerating.core.types import Gap
from rerating.findings.decomposition import LEVEL, WINDOW_SESSIONS, Change, Decomposition, Moved
from rerating.statements import gaps
from rerating.statements.blocks import AnyBlock, Item, Paragraph, Picture, Row, Section, Table
from rerating.statements.facts import Count, Day, Name, Number, NumberRange, Share, ShareRange, Slot, Word
from rerating.statements.statement import Kind, Statement, Template
from rerating.statements.venues import benchmark_name

TITLE = Word(de="Die Neubewertung", en="The re-rating")
DEFINITION_LABEL = Template(de="Neubewertung", en="Re-rating")
DEFINITION = Template(
    de="Verschiedene Sichten auf {window}, die nie addiert werden. Was sich geändert hat, ist eine Gleichung: Der "
    "logarithmierte Kurs ist die Summe aus dem Kurs der Berichtswährung, dem erwarteten Gewinn des kommenden "
    "Jahres und dem Vielfachen darauf; die Änderung des Gewinns teilt sich in neue Schätzungen und das Vorrücken des "
    "Zeitraums, gemittelt über beide Reihenfolgen. Was sich mitbewegt hat, ist eine Regression auf Markt, Branche, die "
    "Fonds auf Nebenwerte, Wachstum, Momentum und Qualität, soweit sie vorliegen, und, wo in einer anderen berichtet "
    "wird, Währung mit Betas, die vor dem Zeitraum bekannt waren (Kalman-Filter); wo sich Handelszeiten nicht "
    "überschneiden, zählt auch der Handelstag davor (Dimson). Der Rest ist die eigene "
    "Bewegung. "
    "Die Spannen decken {level}.",
    en="Different lenses on {window}, never added together. What changed is an identity: the log price is the sum of "
    "the rate of the reporting currency, of expected earnings of the coming year and of the multiple on them; "
    "the change of earnings is new estimates plus the roll of the months, averaged over both orders. What moved with "
    "it is a regression on market, sector, the funds of small companies, growth, momentum and quality as far as they "
    "are held, and, where reports are in another one, currency with betas known before the window (Kalman filter); "
    "where sessions do not overlap the session before counts as well (Dimson). The rest is the "
    "line's own. The ranges cover {level}.",
)

CHANGED = Template(
    de="Was sich geändert hat: Vom Schluss am {from_on:no_year} bis zum Schluss am {to_on:no_year} änderte sich der "
    "Kurs in {unit} um {price:signed} (logarithmisch). Davon entfallen {revision:signed} auf neue Gewinnschätzungen, "
    "{roll:signed} auf das Vorrücken des Zeitraums, {multiple:signed} auf das Vielfache und {currency:signed} auf den "
    "Kurs der Berichtswährung {reporting}.",
    en="What changed: from the close of {from_on:no_year} to that of {to_on:no_year} the price in {unit} changed by "
    "{price:signed} (log). Of this, {revision:signed} is new earnings estimates, {roll:signed} the roll of the months, "
    "{multiple:signed} the multiple and {currency:signed} the rate of the reporting currency {reporting}.",
)
PAID = Template(
    de="Bezahlt wird das {level}-Fache des erwarteten Gewinns der kommenden Monate.",
    en="The price is {level} times the earnings expected over the coming months.",
)
PAID_BAND = Template(
    de="Bezahlt wird das {level}-Fache des erwarteten Gewinns der kommenden Monate ({range} nach der höchsten und der "
    "niedrigsten Schätzung).",
    en="The price is {level} times the earnings expected over the coming months ({range} by the highest and the lowest "
    "estimate).",
)
MOVED = Template(
    de="Was sich mitbewegt hat: Von {total:signed} (Summe der Tagesrenditen) zwischen dem Schluss am "
    "{from_on:no_year} und dem am {to_on:no_year} bleiben nach {factors} {own:signed} als eigene Bewegung "
    "({level:joined}-Spanne: {range}). "
    "Die Betas stammen aus {sessions:dative} davor.",
    en="What moved with it: of {total:signed} (sum of session returns) between the close of {from_on:no_year} "
    "and that of {to_on:no_year}, "
    "{own:signed} remains as the line's own move after {factors} ({level:size} range: {range}). The betas are "
    "from {sessions} before.",
)
APART = Template(
    de="Beide Sichten beschreiben dieselben Tage; ihre Teile werden nicht addiert.",
    en="Both lenses describe the same days; their parts are not added together.",
)
CHANGED_UNKNOWN = Template(
    de="Was sich geändert hat, lässt sich hier nicht zerlegen.", en="What changed cannot be split here."
)
MOVED_UNKNOWN = Template(
    de="Was sich mitbewegt hat, lässt sich hier nicht zerlegen.", en="What moved with it cannot be split here."
)

CHANGED_PICTURE = Template(
    de="Was sich geändert hat: Beiträge zur Änderung des Kurses in {unit}, logarithmisch",
    en="What changed: parts of the change of the price in {unit}, log",
)
CHANGED_SAYS = Template(
    de="Balkendiagramm: vom Kurs ({price:signed}) auf das Vielfache {multiple:signed}.",
    en="Bar chart: of the price ({price:signed}), multiple {multiple:signed}.",
)
MOVED_PICTURE = Template(
    de="Was sich mitbewegt hat: Beiträge zur Summe der Renditen, mit Spannen zum Niveau {level:size}",
    en="What moved with it: parts of the sum of returns, with {level:size} ranges",
)
MOVED_SAYS = Template(
    de="Balkendiagramm: von der Summe ({total:signed}) eigene Bewegung {own:signed}.",
    en="Bar chart: of the sum ({total:signed}), the line's own move {own:signed}.",
)

VALUE = Template(de="{value}", en="{value}")
SIGNED = Template(de="{value:signed}", en="{value:signed}")
CHANGED_HEAD = (
    Template(de="Was sich geändert hat", en="What changed"),
    Template(de="Beitrag (logarithmisch)", en="Part (log)"),
)
CHANGED_ROWS: dict[str, Template] = {
    "revision": Template(de="Neue Gewinnschätzungen", en="New earnings estimates"),
    "roll": Template(de="Vorrücken der Monate", en="Roll of the months"),
    "multiple": Template(de="Vielfaches", en="Multiple"),
    "currency": Template(de="Kurs der Berichtswährung", en="Rate of the reporting currency"),
    "price": Template(de="Kurs", en="Price"),
}
MULTIPLE_ROWS: dict[str, Template] = {
    "multiple_of_peers": Template(de="Vielfaches: mit der Vergleichsgruppe", en="Multiple: with the peers"),
    "multiple_own": Template(de="Vielfaches: eigenes", en="Multiple: its own"),
}
MOVED_HEAD = (
    Template(de="Was sich mitbewegt hat", en="What moved with it"),
    Template(de="Beta", en="Beta"),
    Template(de="Bewegung", en="Move"),
    Template(de="Beitrag", en="Part"),
    Template(de="Spanne ({level:size})", en="Range ({level:size})"),
)
FACTOR = Template(de="{factor}", en="{factor}")
FACTOR_LESS = Template(de="{factor} abzüglich {market}", en="{factor} minus {market}")
OWN = Template(de="Eigene Bewegung", en="The line's own")
TOTAL = Template(de="Summe der Renditen", en="Sum of returns")


def section(findings: Sequence[Decomposition]) -> Section | None:
    """Both lenses, one after the other; None where both are gaps (they stand among the gaps)."""
    if not findings:
        return None
    changed, moved = findings[0].what_changed, findings[0].what_moved
    if isinstance(changed, Gap) and isinstance(moved, Gap):
        return None
    blocks: list[AnyBlock] = []
    if isinstance(changed, Gap):
        blocks.append(_unknown(CHANGED_UNKNOWN, changed))
    else:
        blocks += [
            Paragraph(statements=(_changed(changed), *_paid(changed))),
            _changed_picture(changed),
            _changed_table(changed),
        ]
    if isinstance(moved, Gap):
        blocks.append(_unknown(MOVED_UNKNOWN, moved))
    else:
        blocks += [Paragraph(statements=(_moved(moved),)), _moved_picture(moved), moved_table(moved)]
    if not isinstance(changed, Gap) and not isinstance(moved, Gap):
        blocks.append(Paragraph(statements=(Statement(kind=Kind.METHOD, template=APART),)))
    return Section(name="decomposition", title=TITLE, blocks=tuple(blocks))


def _unknown(template: Template, gap: Gap) -> Paragraph:
    return Paragraph(statements=(Statement(kind=Kind.GAP, template=template), gaps.detail(gap)))


def _estimate(template: Template, **slots: Slot) -> Statement:
    return Statement(kind=Kind.ESTIMATE, template=template, slots=slots)


def _fact(template: Template, **slots: Slot) -> Statement:
    return Statement(kind=Kind.FACT, template=template, slots=slots)


def _level() -> Share:
    return Share(value=LEVEL, digits=0)


def _changed(found: Change) -> Statement:
    parts = {
        name: Share(value=getattr(found, name), src=found.src, formula=f"d log, {name}")
        for name in ("price", "revision", "roll", "multiple", "currency")
    }
    return _estimate(
        CHANGED,
        from_on=Day(on=found.from_on),
        to_on=Day(on=found.to_on),
        unit=Name(de=found.unit, en=found.unit),
        reporting=Name(de=found.estimates_unit, en=found.estimates_unit),
        **parts,
    )


def _paid(found: Change) -> list[Statement]:
    """The multiple of the last close, with its band where the estimates came with one."""
    if found.level is None:
        return []
    level = Number(value=found.level, digits=1, src=found.src, formula="price / expected earnings")
    low, high = found.level_low, found.level_high
    if not isinstance(low, float) or not isinstance(high, float):
        return [_estimate(PAID, level=level)]
    return [_estimate(PAID_BAND, level=level, range=NumberRange(low=low, high=high, digits=1, src=found.src))]


def _changed_picture(found: Change) -> Picture:
    said = {name: Share(value=getattr(found, name), src=found.src) for name in ("price", "multiple")}
    return Picture(
        name="what_changed",
        title=_estimate(CHANGED_PICTURE, unit=Name(de=found.unit, en=found.unit)),
        says=_estimate(CHANGED_SAYS, **said),
    )


def _changed_table(found: Change) -> Table:
    rows = tuple(
        Row(
            label=_fact(label),
            cells=(_estimate(SIGNED, value=Share(value=getattr(found, name), digits=2, src=found.src)),),
        )
        for name, label in (CHANGED_ROWS | MULTIPLE_ROWS).items()
        if isinstance(getattr(found, name), float)
    )
    return Table(name="what_changed", head=tuple(map(_fact, CHANGED_HEAD)), rows=rows)


def _moved(found: Moved) -> Statement:
    return _estimate(
        MOVED,
        total=Share(value=found.total, src=found.src, formula="sum of returns"),
        factors=_named([part.role for part in found.parts]),
        from_on=Day(on=found.from_on),
        to_on=Day(on=found.to_on),
        own=Share(value=found.own, src=found.src, formula="total - parts"),
        level=_level(),
        range=ShareRange(low=found.own_low, high=found.own_high, src=found.src),
        sessions=Count(value=found.sessions, of="session"),
    )


_ROLES: dict[str, tuple[str, str]] = {
    "market": ("Markt", "market"),
    "sector": ("Branche", "sector"),
    "peers": ("Vergleichsgruppe", "peers"),
    "size": ("Größe", "size"),
    "growth": ("Wachstum", "growth"),
    "momentum": ("Momentum", "momentum"),
    "quality": ("Qualität", "quality"),
    "currency": ("Währung", "currency"),
}


def _named(roles: Sequence[str]) -> Word:
    """Markt, Branche und Währung / market, sector and currency."""
    words = [_ROLES.get(role, (role, role)) for role in roles]

    def said(place: int, conjunction: str) -> str:
        names = [word[place] for word in words]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {conjunction} {names[-1]}"

    return Word(de=said(0, "und"), en=said(1, "and"))


def _moved_picture(found: Moved) -> Picture:
    said = {name: Share(value=getattr(found, name), src=found.src) for name in ("total", "own")}
    return Picture(
        name="what_moved", title=_estimate(MOVED_PICTURE, level=_level()), says=_estimate(MOVED_SAYS, **said)
    )


def moved_table(found: Moved) -> Table:
    """A row a part, the line's own rest, and the sum."""
    rows = [
        Row(
            label=factor_name(part.factor),
            cells=(
                _estimate(VALUE, value=Number(value=part.beta, src=found.src)),
                _fact(SIGNED, value=Share(value=part.factor_return, digits=2, src=found.src)),
                _estimate(SIGNED, value=Share(value=part.part, digits=2, src=found.src, formula="beta * move")),
                _estimate(VALUE, value=ShareRange(low=part.low, high=part.high, src=found.src)),
            ),
        )
        for part in found.parts
    ]
    own = _estimate(SIGNED, value=Share(value=found.own, digits=2, src=found.src))
    band = _estimate(VALUE, value=ShareRange(low=found.own_low, high=found.own_high, src=found.src))
    total = _fact(SIGNED, value=Share(value=found.total, digits=2, src=found.src))
    rows += [
        Row(label=_fact(OWN), cells=(None, None, own, band)),
        Row(label=_fact(TOTAL), cells=(None, None, total, None)),
    ]
    *plain, last = MOVED_HEAD
    return Table(name="what_moved", head=(*map(_fact, plain), _fact(last, level=_level())), rows=tuple(rows))


def factor_name(name: str) -> Statement:
    """A factor in words: `INDEX:^GSPC`, or `ARCX:KWEB less INDEX:^GSPC`."""
    if " in " in name:
        return _fact(FACTOR, factor=Name(de=name, en=name))
    factor, _, market = name.partition(" less ")
    if market:
        return _fact(FACTOR_LESS, factor=benchmark_name(factor), market=benchmark_name(market))
    return _fact(FACTOR, factor=benchmark_name(factor))


def definition() -> Item:
    """How the figures are defined; the numbers in it are the finding's own constants."""
    slots: dict[str, Slot] = {"window": Count(value=WINDOW_SESSIONS, of="session"), "level": _level()}
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION, slots=slots),
    )
