"""What the analysts' houses say: their ratings under every documented scale, their targets, the labels they print."""

from __future__ import annotations

from collections.abc import Sequence

from rerating.core.types import Gap
from rerating.findings.consensus import (
    Consensus,
    EstimateRevision,
    Momentum,
    ObservedLabel,
    RatingAction,
    ScaleLabel,
    Targets,
)
from rerating.statements.blocks import AnyBlock, Item, Length, Paragraph, Picture, Row, Section, Table
from rerating.statements.facts import Count, Day, Moment, Money, MoneyRange, Name, Number, Rated, Share, Slot, Word
from rerating.statements.statement import Kind, Statement, Template

TITLE = Word(de="Die Analysten", en="The analysts")
DEFINITION_LABEL = Template(de="Analysten", en="Analysts")
DEFINITION = Template(
    de="Gezählt wird die jüngste Einstufung jedes Hauses im Zeitfenster, nach versionierter Zuordnung (Fassung "
    "{mapping}) auf eine gemeinsame Leiter gebracht und unter jeder belegten Skala zugleich ausgewertet; Wörter ohne "
    "Zuordnung bleiben außen vor. Kursziele sind die jüngsten jedes Hauses im Zeitfenster, in der gedruckten Währung "
    "und um spätere Aktiensplits bereinigt; der Abstand wird am Schlusskurs gemessen. Was ein Haus selbst "
    "als Konsens druckt, ist eine andere Art von Tatsache als das hier Berechnete. Den meisten Aktien wird ein Kauf "
    "bescheinigt.",
    en="Counted is the newest rating of each house within the window, brought onto one ladder by a versioned mapping "
    "(version {mapping}) and read under each documented scale at once; words without a mapping are left out. Targets "
    "are the newest of each house within the window, in the currency in which they were printed and adjusted for later "
    "splits; the distance is measured against the close. What a house itself prints as consensus is another kind of "
    "fact than what is computed here. Most stocks are rated a buy.",
)

COUNTS = Template(
    de="Zum Stichtag liegen jüngste Einstufungen von {houses:dative} vor.",
    en="At the cutoff the newest ratings of {houses} are held.",
)
MOVED = Template(
    de="In den letzten {days:dative} vor dem Stichtag gab es {up} und {down}; angehoben wurden {raised}, "
    "gesenkt {cut}.",
    en="Over the last {days} before the cutoff there were {up} and {down}; {raised} were raised, {cut} cut.",
)
MOVED_BY = Template(
    de="In den letzten {days:dative} vor dem Stichtag gab es {up} und {down}; angehoben wurden {raised}, "
    "gesenkt {cut}, im Mittel aller genannten um {change:signed}.",
    en="Over the last {days} before the cutoff there were {up} and {down}; {raised} were raised, {cut} cut, by "
    "{change:signed} on average of all that were named.",
)
REVISED = Template(
    de="Die Gewinnschätzung für das Geschäftsjahr bis {to} änderte sich in {days:dative} um {change:signed} "
    "auf {after}.",
    en="The estimate of earnings for the fiscal year to {to} changed by {change:signed} in {days}, to {after}.",
)
RANKED = Template(
    de="Zum Vergleich {stocks} mit Einstufungen mehrerer Häuser: Unter der Skala von {house} heißen {same} ebenfalls "
    "{label}, {worse} sind schlechter eingestuft.",
    en="For comparison {stocks} that several houses rate: under the scale of {house} {same} are labelled {label} too, "
    "{worse} have a worse label.",
)
CELL = Template(de="{value}", en="{value}")
SIGNED = Template(de="{value:signed}", en="{value:signed}")
SIGNED_ON = Template(de="{value:signed} ({line})", en="{value:signed} ({line})")
NAME = Template(de="{name}", en="{name}")
UNCONFIRMED = Template(de="{name} (Bänder nicht bestätigt)", en="{name} (bands not confirmed)")
WITHIN = Template(de="{days}", en="{days}")
KNOWN = Template(de="{at:day}", en="{at:day}")
ON = Template(de="{on}", en="{on}")
ON_TOO = Template(de="{on}; auch {other}", en="{on}; also {other}")
MOVE = Template(de="{before} → {after}", en="{before} → {after}")

SCALES_PICTURE = Template(
    de="Die jüngsten Einstufungen auf der Skala jedes Hauses", en="The newest ratings on each house's own scale"
)
SCALES_SAYS = Template(
    de="Eine Leiste je Skala, von der schlechtesten Stufe links zur besten rechts; unter „{house}“ steht das Mittel "
    "auf der Stufe {label}.",
    en="One strip a scale, from its worst step on the left to its best on the right; under “{house}” the mean stands "
    "on the step {label}.",
)
TARGETS_PICTURE = Template(
    de="Kursziele in {unit} nach ihrem Alter, und der Schlusskurs", en="Targets in {unit} by their age, and the close"
)
TARGETS_SAYS = Template(
    de="Balkendiagramm: Kursziele aus {days:dative} bei {range}, in der Mitte {median}.",
    en="Bar chart: targets of {days} at {range}, in the middle {median}.",
)

HEADS: dict[str, tuple[Template, ...]] = {
    "observed": (
        Template(de="Gedruckter Konsens", en="Consensus as printed"),
        Template(de="Einstufung", en="Rating"),
        Template(de="Kursziel", en="Target"),
        Template(de="Abstand zum Kurs", en="Against the close"),
        Template(de="bekannt seit", en="known since"),
    ),
    "scales": (
        Template(de="Skala", en="Scale"),
        Template(de="Einstufung", en="Rating"),
        Template(de="Mittel", en="Mean"),
        Template(de="Häuser", en="Houses"),
        Template(de="nächste Grenze", en="Next bound"),
        Template(de="Aktien mit gleicher Einstufung", en="Stocks with the same label"),
        Template(de="mit schlechterer", en="with a worse one"),
    ),
    "targets": (
        Template(de="Kursziele der letzten", en="Targets of the last"),
        Template(de="Häuser", en="Houses"),
        Template(de="Mittel", en="Mean"),
        Template(de="Median", en="Median"),
        Template(de="Spanne", en="Range"),
        Template(de="Abstand zum Kurs", en="Against the close"),
    ),
    "actions": (
        Template(de="Haus", en="House"),
        Template(de="Tag", en="Day"),
        Template(de="Einstufung", en="Rating"),
        Template(de="Kursziel", en="Target"),
    ),
}
MOST_ACTIONS = 12


def section(findings: Sequence[Consensus]) -> Section | None:
    """The section of the analysts; None where nothing of them is held."""
    if not findings:
        return None
    found = findings[0]
    blocks: list[AnyBlock | None] = [
        _counts(found),
        _moved(found),
        _observed(found),
        _scales_picture(found),
        _scales(found),
        _targets_picture(found),
        _targets(found),
        _actions(found),
    ]
    kept = tuple(block for block in blocks if block is not None)
    return Section(name="consensus", title=TITLE, blocks=kept) if kept else None


def _cell(value: Slot | None, kind: Kind = Kind.OPINION, template: Template = CELL) -> Statement | None:
    return None if value is None else Statement(kind=kind, template=template, slots={"value": value})


def _named(name: str) -> Name:
    return Name(de=name, en=name)


def _table(name: str, rows: Sequence[Row], since: Length = Length.ARTICLE) -> Table | None:
    if not rows:
        return None
    head = tuple(Statement(kind=Kind.FACT, template=template) for template in HEADS[name])
    return Table(since=since, name=name, head=head, rows=tuple(rows))


def _counts(found: Consensus) -> Paragraph | None:
    if isinstance(found.counts, Gap) or not sum(found.counts.values()):
        return None
    houses = Count(value=sum(found.counts.values()), of="house")
    said = [Statement(kind=Kind.FACT, template=COUNTS, slots={"houses": houses})]
    return Paragraph(since=Length.BRIEF, statements=tuple(said))


def _moved(found: Consensus) -> Paragraph | None:
    """What changed in the longest window, and how common the label is."""
    said: list[Statement] = []
    if not isinstance(found.momentum, Gap):
        said.append(_momentum(found.momentum[-1]))
    if not isinstance(found.revisions, Gap):
        said += [_revision(one) for one in found.revisions if not isinstance(one.change, Gap)]
    if not isinstance(found.scales, Gap):
        ranked = (_ranked(scale) for scale in found.scales if scale.confirmed)
        said += [statement for statement in ranked if statement is not None][:1]
    return Paragraph(since=Length.ARTICLE, statements=tuple(said)) if said else None


def _momentum(moved: Momentum) -> Statement:
    slots: dict[str, Slot] = {
        "days": Count(value=moved.days, of="day"),
        "up": Count(value=moved.upgrades, of="upgrade", src=moved.src),
        "down": Count(value=moved.downgrades, of="downgrade", src=moved.src),
        "raised": Count(value=moved.raised, of="price_target", src=moved.src),
        "cut": Count(value=moved.cut, of="price_target", src=moved.src),
    }
    if isinstance(moved.target_change, Gap):
        return Statement(kind=Kind.FACT, template=MOVED, slots=slots)
    change = Share(value=moved.target_change, src=moved.src, formula="mean(target / target before - 1)")
    return Statement(kind=Kind.FACT, template=MOVED_BY, slots=slots | {"change": change})


def _revision(one: EstimateRevision) -> Statement:
    assert not isinstance(one.change, Gap)
    slots: dict[str, Slot] = {
        "to": Day(on=one.period_to),
        "days": Count(value=one.days, of="day"),
        "change": Share(value=one.change, src=one.src, formula="after / before - 1"),
        "after": Money(value=one.after, unit=one.unit, src=one.src),
    }
    return Statement(kind=Kind.ESTIMATE, template=REVISED, slots=slots)


def _ranked(scale: ScaleLabel) -> Statement | None:
    among = scale.among
    if isinstance(among, Gap):
        return None
    slots: dict[str, Slot] = {
        "stocks": Count(value=among.stocks, of="share"),
        "house": _named(scale.house),
        "same": Share(value=among.same, digits=0, src=among.src),
        "worse": Share(value=among.worse, digits=0, src=among.src),
        "label": Rated(word=scale.label, src=scale.src),
    }
    return Statement(kind=Kind.ESTIMATE, template=RANKED, slots=slots)


def _observed(found: Consensus) -> Table | None:
    if isinstance(found.observed, Gap):
        return None
    return _table("observed", [_observed_row(label) for label in found.observed], Length.ARTICLE)


def _observed_row(label: ObservedLabel) -> Row:
    target = None if isinstance(label.target, Gap) or label.unit is None else label.target
    money = None if target is None else Money(value=target, unit=str(label.unit), src=label.src)
    away = (
        None
        if isinstance(label.upside, Gap)
        else Share(value=label.upside, src=label.src, formula="target / close - 1")
    )
    return Row(
        label=Statement(kind=Kind.OPINION, template=NAME, slots={"name": _named(label.house)}),
        cells=(
            _cell(Rated(word=label.label, src=label.src)),
            _cell(money),
            _cell(away, Kind.ESTIMATE, SIGNED),
            Statement(kind=Kind.FACT, template=KNOWN, slots={"at": Moment(at=label.known_at)}),
        ),
    )


def _scales(found: Consensus) -> Table | None:
    if isinstance(found.scales, Gap):
        return None
    return _table("scales", [_scale_row(scale) for scale in found.scales])


def _scales_picture(found: Consensus) -> Picture | None:
    if isinstance(found.scales, Gap) or not found.scales:
        return None
    first = found.scales[0]
    slots: dict[str, Slot] = {"house": _named(first.house), "label": Rated(word=first.label, src=first.src)}
    return Picture(
        name="scales",
        title=Statement(kind=Kind.ESTIMATE, template=SCALES_PICTURE),
        says=Statement(kind=Kind.ESTIMATE, template=SCALES_SAYS, slots=slots),
    )


def _targets_picture(found: Consensus) -> Picture | None:
    """The spread of the targets; one house alone has none."""
    if isinstance(found.targets, Gap) or not any(targets.count > 1 for targets in found.targets):
        return None
    most = max(found.targets, key=lambda targets: targets.count)
    slots: dict[str, Slot] = {
        "days": Count(value=most.days, of="day"),
        "range": MoneyRange(low=most.low, high=most.high, unit=most.unit, src=most.src),
        "median": Money(value=most.median, unit=most.unit, src=most.src),
    }
    return Picture(
        name="targets",
        title=Statement(kind=Kind.OPINION, template=TARGETS_PICTURE, slots={"unit": _named(most.unit)}),
        says=Statement(kind=Kind.OPINION, template=TARGETS_SAYS, slots=slots),
    )


def charted(found: Sequence[Targets]) -> list[Targets]:
    """The windows of the chart: those in the currency of the first."""
    return [one for one in found if one.unit == found[0].unit]


def ringed(found: Consensus) -> dict[str, RatingAction]:
    """By house the newest target in any window whose targets are all at hand, in the order of the windows."""
    houses: dict[str, RatingAction] = {}
    if not isinstance(found.targets, Gap):
        for one in charted(found.targets):
            houses |= {action.house: action for action in newest_of(one, found) if action.house not in houses}
    return houses


def newest_of(one: Targets, found: Consensus) -> tuple[RatingAction, ...]:
    """Each house's newest target by size, if those at hand are all that the window counts."""
    newest: dict[str, RatingAction] = {}
    actions = () if isinstance(found.actions, Gap) else found.actions
    for action in sorted(actions, key=lambda action: action.graded_on):
        if action.target_to is None or (action.currency or one.unit) != one.unit:
            continue
        if action.graded_on >= one.oldest_on:
            newest[action.house] = action
    chosen = tuple(sorted(newest.values(), key=lambda action: (action.target_to or 0.0, action.house)))
    values = [action.target_to for action in chosen]
    whole = len(values) == one.count and (values[0], values[-1]) == (one.low, one.high)
    return chosen if whole else ()


def _scale_row(scale: ScaleLabel) -> Row:
    template = NAME if scale.confirmed else UNCONFIRMED
    flips = None if scale.flips_at is None else Number(value=scale.flips_at)
    among = None if isinstance(scale.among, Gap) else scale.among
    shares = (None, None) if among is None else (among.same, among.worse)
    return Row(
        label=Statement(kind=Kind.FACT, template=template, slots={"name": _named(scale.house)}),
        cells=(
            _cell(Rated(word=scale.label, src=scale.src), Kind.ESTIMATE),
            _cell(Number(value=scale.mean, src=scale.src, formula="mean of the newest ratings"), Kind.ESTIMATE),
            _cell(Number(value=scale.ratings, digits=0), Kind.FACT),
            _cell(flips, Kind.FACT),
            *(
                None
                if share is None or among is None
                else _cell(Share(value=share, digits=0, src=among.src), Kind.ESTIMATE)
                for share in shares
            ),
        ),
    )


def _targets(found: Consensus) -> Table | None:
    if isinstance(found.targets, Gap):
        return None
    return _table("targets", [_target_row(targets, found.listing) for targets in found.targets])


def _target_row(found: Targets, own: str) -> Row:
    away = None
    if not isinstance(found.upside, Gap):
        share = Share(value=found.upside, src=found.src, formula="mean / close - 1")
        away = _cell(share, Kind.ESTIMATE, SIGNED)
        if found.line is not None and found.line != own:
            symbol = found.line.rpartition(":")[2]
            slots: dict[str, Slot] = {"value": share, "line": Name(de=symbol, en=symbol)}
            away = Statement(kind=Kind.ESTIMATE, template=SIGNED_ON, slots=slots)
    return Row(
        label=Statement(kind=Kind.FACT, template=WITHIN, slots={"days": Count(value=found.days, of="day")}),
        cells=(
            _cell(Number(value=found.count, digits=0), Kind.FACT),
            _cell(Money(value=found.mean, unit=found.unit, src=found.src)),
            _cell(Money(value=found.median, unit=found.unit, src=found.src)),
            _cell(MoneyRange(low=found.low, high=found.high, unit=found.unit, src=found.src)),
            away,
        ),
    )


def _actions(found: Consensus) -> Table | None:
    if isinstance(found.actions, Gap):
        return None
    newest = sorted(found.actions, key=lambda action: (action.graded_on, action.house), reverse=True)
    return _table("actions", [_action_row(action) for action in newest[:MOST_ACTIONS]])


def _action_row(action: RatingAction) -> Row:
    word = None
    if action.word_to is not None:
        after = Rated(word=action.word_to, src=action.src)
        word = _cell(after)
        if action.word_from is not None and action.word_from != action.word_to:
            slots: dict[str, Slot] = {"before": Rated(word=action.word_from), "after": after}
            word = Statement(kind=Kind.OPINION, template=MOVE, slots=slots)
    return Row(
        label=Statement(kind=Kind.OPINION, template=NAME, slots={"name": _named(action.house)}),
        cells=(
            _day(action),
            word,
            _target(action),
        ),
    )


def _day(action: RatingAction) -> Statement:
    """The day of the action, and the other one under which it is told."""
    on: dict[str, Slot] = {"on": Day(on=action.graded_on, src=action.src)}
    if not action.also_dated:
        return Statement(kind=Kind.FACT, template=ON, slots=on)
    other = action.also_dated[-1]
    return Statement(kind=Kind.FACT, template=ON_TOO, slots=on | {"other": Day(on=other.on, src=other.src)})


def _target(action: RatingAction) -> Statement | None:
    if action.target_to is None or action.currency is None:
        return None
    after = Money(value=action.target_to, unit=action.currency, src=action.src)
    if action.target_from is None or action.target_from == action.target_to:
        return _cell(after)
    before = Money(value=action.target_from, unit=action.currency)
    return Statement(kind=Kind.OPINION, template=MOVE, slots={"before": before, "after": after})


def definition(found: Consensus) -> Item:
    """How ratings and targets are counted, with the version of the mapping."""
    mapping = Name(de=found.mapping, en=found.mapping)
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=DEFINITION, slots={"mapping": mapping}),
    )
