"""The key points: one figure an element of the analysis, for who reads nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from rerating.analysis import Analysis
from rerating.core.types import Gap
from rerating.findings.consensus import Consensus
from rerating.findings.explanation import Explanation
from rerating.findings.lines import Lines
from rerating.findings.options_activity import OptionsActivity
from rerating.findings.price_move import PriceMove
from rerating.findings.scenario import Scenario
from rerating.findings.scenario_price import PriceScenario
from rerating.language.nouns import direction
from rerating.statements import catalyst, explanation, price_move
from rerating.statements.blocks import Item, Items, Section
from rerating.statements.facts import Count, Day, Money, Number, Share, ShareRange, Slot, Word
from rerating.statements.options_activity import charted_volume
from rerating.statements.statement import Kind, Statement, Template

TITLE = Word(de="Kernpunkte", en="Key points")

LABELS: dict[str, Template] = {
    "week": Template(de="Kurs", en="Price"),
    "abroad": Template(de="In {unit}", en="In {unit}"),
    "cause": Template(de="Auslöser", en="Trigger"),
    "own": Template(de="Ohne den Markt", en="Without the market"),
    "targets": Template(de="Kursziele", en="Targets"),
    "options": Template(de="Optionen", en="Options"),
    "presupposed": Template(de="Im Kurs enthalten", en="In the price"),
    "unknown": Template(de="Offen", en="Open"),
}
WEEK = Template(
    de="{week:signed} in {sessions:dative}, zuletzt {close}", en="{week:signed} in {sessions}, last {close}"
)
ABROAD = Template(
    de="{week:signed} seit dem Schluss vom {from_on:no_year}", en="{week:signed} since the close of {from_on:no_year}"
)
CAUSE = Template(
    de="{events} zeitlich möglich (Handel vom {on:no_year})",
    en="{events} possible by timing (session of {on:no_year})",
)
NO_CAUSE = Template(
    de="kein bekanntes Ereignis zum Handel vom {on:no_year}", en="no known event for the session of {on:no_year}"
)
OWN = Template(
    de="{day} am {on:no_year}, je nach Vergleichsmaßstab", en="{day} on {on:no_year}, depending on the benchmark"
)
TARGETS = Template(
    de="im Mittel {mean}, {away:size} {away:side} dem Schlusskurs ({houses} in {days:dative})",
    en="on average {mean}, {away:size} {away:side} the close ({houses} in {days})",
)
OPTIONS = Template(
    de="Volumen das {ratio}-Fache des Erwarteten (p {p})", en="volume {ratio} times what was to be expected (p {p})"
)
PRESUPPOSED = Template(
    de="{growth} Wachstum im Jahr bei einer Marge von {margin}", en="{growth} growth a year at a margin of {margin}"
)
UNKNOWN = Template(de="{n} (unten aufgeführt)", en="{n} (listed below)")


def section(analysis: Analysis, gaps: int) -> Section | None:
    """The points that are known, in the order of the article; `gaps` is the number of things that are not known."""
    items = tuple(_points(analysis, gaps))
    return Section(name="key_points", title=TITLE, blocks=(Items(name="key_points", items=items),)) if items else None


def _points(analysis: Analysis, gaps: int) -> Iterator[Item]:
    for move in analysis.of_kind(PriceMove)[:1]:
        yield from _price(move)
    for lines in analysis.of_kind(Lines)[:1]:
        yield from _abroad(lines, analysis.subject.currency)
    for trial in analysis.of_kind(Explanation)[:1]:
        yield from _trial(trial)
    for consensus in analysis.of_kind(Consensus)[:1]:
        yield from _targets(consensus)
    for found in analysis.of_kind(OptionsActivity)[:1]:
        yield from _options(found)
    for scenario in analysis.of_kind(Scenario)[:1]:
        yield from _presupposed(scenario.price)
    if gaps:
        yield _item("unknown", Kind.GAP, UNKNOWN, n=Count(value=gaps, of="gap"))


def _item(name: str, kind: Kind, template: Template, *, label: dict[str, Slot] | None = None, **slots: Slot) -> Item:
    return Item(
        label=Statement(kind=Kind.FACT, template=LABELS[name], slots=label or {}),
        statement=Statement(kind=kind, template=template, slots=slots),
    )


def _price(move: PriceMove) -> Iterator[Item]:
    week, close = move.week.five_sessions, move.close
    if isinstance(week, Gap) or isinstance(close, Gap):
        return
    yield _item(
        "week",
        Kind.FACT,
        WEEK,
        week=price_move.change(week),
        sessions=Count(value=price_move.FIVE, of="session"),
        close=Money(value=close.value, unit=close.unit, src=close.src),
    )


def _abroad(lines: Lines, currency: str) -> Iterator[Item]:
    week = lines.week
    if isinstance(week, Gap) or week.unit == currency:
        return
    yield _item(
        "abroad",
        Kind.FACT,
        ABROAD,
        label={"unit": Word(de=week.unit, en=week.unit)},
        week=Share(value=week.simple_return, src=week.src),
        from_on=Day(on=week.from_on),
    )


def _trial(trial: Explanation) -> Iterator[Item]:
    on, events = Day(on=trial.session_on), explanation.possible(trial)
    if events:
        yield _item("cause", Kind.ESTIMATE, CAUSE, events=Count(value=events, of="event"), on=on)
    else:
        yield _item("cause", Kind.ESTIMATE, NO_CAUSE, on=on)
    models = [model for model in trial.models if isinstance(model.abnormal_return, float)]
    values = [model.abnormal_return for model in models if isinstance(model.abnormal_return, float)]
    if values:
        day = ShareRange(low=min(values), high=max(values), src=catalyst.cited_by(models))
        yield _item("own", Kind.ESTIMATE, OWN, day=day, on=on)


def _targets(found: Consensus) -> Iterator[Item]:
    if isinstance(found.targets, Gap) or not found.targets:
        return
    first = found.targets[0]
    if isinstance(first.upside, Gap) or direction(first.upside, 3) == "flat":
        return
    yield _item(
        "targets",
        Kind.OPINION,
        TARGETS,
        mean=Money(value=first.mean, unit=first.unit, src=first.src),
        away=Share(value=first.upside, src=first.src, formula="mean / close - 1"),
        houses=Count(value=first.count, of="house"),
        days=Count(value=first.days, of="day"),
    )


def _options(found: OptionsActivity) -> Iterator[Item]:
    test = charted_volume(found)
    if test is None or isinstance(test.p_value, Gap) or isinstance(test.expected, Gap) or test.expected <= 0:
        return
    yield _item(
        "options",
        Kind.ESTIMATE,
        OPTIONS,
        ratio=Number(value=test.volume / test.expected, digits=1, src=test.src, formula="volume / expected"),
        p=Number(value=test.p_value, digits=3, src=test.src),
    )


def _presupposed(price: PriceScenario | Gap) -> Iterator[Item]:
    if isinstance(price, Gap) or isinstance(price.growth, Gap):
        return
    yield _item(
        "presupposed",
        Kind.ESTIMATE,
        PRESUPPOSED,
        growth=Share(value=price.growth),
        margin=Share(value=price.margin),
    )
