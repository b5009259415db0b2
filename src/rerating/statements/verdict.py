"""The call, or in words that there is none and why; both questions, to buy and to sell, are answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rerating.core.record import Record
from rerating.core.types import Gap
from rerating.outlook.answer import Falsifier, Forecast, Verdict
from rerating.outlook.evaluation import Bin, Edge
from rerating.outlook.model import Performance
from rerating.outlook.verdict import Advice, Call, Leaning
from rerating.statements import gaps
from rerating.statements.blocks import AnyBlock, Paragraph, Picture, Section
from rerating.statements.facts import Count, Day, Money, Number, Share, ShareRange, Slot, Word
from rerating.statements.statement import Kind, Statement, Template, Until
from rerating.statements.venues import benchmark_name

LABEL = Word(de="Urteil", en="Verdict")
NO_CALL = Word(de="Nicht möglich", en="Not possible")

CALLS: dict[Call, Word] = {
    Call.BUY: Word(de="Kaufen", en="Buy"),
    Call.HOLD: Word(de="Halten", en="Hold"),
    Call.SELL: Word(de="Verkaufen", en="Sell"),
    Call.NO_CALL: Word(de="Kein belegter Vorteil", en="No proven edge"),
}

NON_HOLDER: dict[Advice, Template] = {
    Advice.BUY: Template(de="Kaufen? Ja, wer die Aktie nicht hat.", en="Buy? Yes, for who does not hold the stock."),
    Advice.WAIT: Template(
        de="Kaufen? Wer die Aktie nicht hat, wartet ab.", en="Buy? Who does not hold the stock waits."
    ),
    Advice.DO_NOT_BUY: Template(
        de="Kaufen? Nein, wer die Aktie nicht hat, lässt es.", en="Buy? No, who does not hold the stock leaves it."
    ),
    Advice.NO_PROVEN_REASON_TO_BUY: Template(
        de="Kaufen? Wer die Aktie nicht hat, hat keinen belegten Grund dazu.",
        en="Buy? Who does not hold the stock has no proven reason to.",
    ),
}
HOLDER: dict[Advice, Template] = {
    Advice.KEEP: Template(de="Verkaufen? Wer sie hat, behält sie.", en="Sell? Who holds it keeps it."),
    Advice.SELL: Template(de="Verkaufen? Ja, wer sie hat.", en="Sell? Yes, for who holds it."),
    Advice.NO_PROVEN_REASON_TO_SELL: Template(
        de="Verkaufen? Wer sie hat, hat keinen belegten Grund dazu.", en="Sell? Who holds it has no proven reason to."
    ),
}
CHANCE = Template(
    de="Über {horizon} schlägt die Aktie den Vergleichsmaßstab ({benchmark}) nach Kosten mit einer Wahrscheinlichkeit "
    "von {probability}; die Spanne ihrer Überrendite zum Niveau {level} ist {range}.",
    en="Over {horizon} the stock beats its benchmark ({benchmark}) after costs with a probability of {probability}; "
    "the range of its excess return at the level of {level} is {range}.",
)
NOT_PROVEN = Template(
    de="Dass das Modell Richtungen vorhersagen kann, ist nicht belegt: Bei {lines:dative} liegen {independent} "
    "überlappungsfreie Prognosen vor, für einen Nachweis braucht es viele weitere (Richtwert {needed}).",
    en="That the model can forecast a direction is not proven: with {lines} there are {independent} forecasts that do "
    "not overlap, and a proof takes many of them (as a guide {needed}).",
)
NOT_SIGNIFICANT = Template(
    de="Dass das Modell Richtungen vorhersagen kann, ist nicht belegt: An {lines:dative} nachgerechnet ist sein Gewinn "
    "an Treffgenauigkeit gegenüber {baseline} {skill:signed} (Spanne {band}); der Test über alle {variants} je "
    "versuchten Varianten ergibt p = {p}, für einen Nachweis dürfte p höchstens {alpha:up_to} sein.",
    en="That the model can forecast a direction is not proven: checked on {lines}, its skill over {baseline} is "
    "{skill:signed} (range {band}); the test over all {variants} variants ever tried gives p = {p}, and a proof takes "
    "at most {alpha:up_to}.",
)
BASELINES = {
    "scale_only": Word(de="der Schwankungsbreite allein", en="scale alone"),
    "beta_only": Word(de="dem Beta allein", en="beta alone"),
}
LEANING: dict[Leaning, Template] = {
    Leaning.BUY: Template(de="Seine unbelegte Neigung: Kauf.", en="Its unproven leaning: buy."),
    Leaning.SELL: Template(de="Seine unbelegte Neigung: Verkauf.", en="Its unproven leaning: sell."),
}
FALSIFIED = Template(
    de="Gegen die Prognose spricht, wenn der Kurs am {day} bei unverändertem Vergleichsmaßstab unter {low:less_than} "
    "oder über {high:more_than} liegt.",
    en="It speaks against the forecast if on {day}, with the benchmark unchanged, the price is below "
    "{low:less_than} or above {high:more_than}.",
)
PICTURE = Template(
    de="Prognose der Überrendite zum Vergleichsmaßstab ({benchmark}) je Zeitraum: Spanne zum Niveau {level:size}, "
    "mittlerer Bereich und Median",
    en="Forecast of the excess return over the benchmark ({benchmark}) by horizon: {level:size} range, middle part "
    "and median",
)
PICTURE_SAYS = Template(
    de="Balkendiagramm: die Spanne zum Niveau {level} über {horizon} ist {range}.",
    en="Bar chart: the range at the level of {level} over {horizon} is {range}.",
)


def reliability(verdict: Verdict | Gap) -> tuple[Bin, ...]:
    """The bins of the record's reliability diagram; none where the verdict has no record."""
    return () if isinstance(verdict, Gap) or isinstance(verdict.record, Gap) else verdict.record.reliability


class Card(Record):
    """The verdict card: what is asked, the call in words, both answers and the forecast behind them."""

    label: Word
    call: Word
    statements: tuple[Statement, ...]


def card(verdict: Verdict | Gap) -> Card:
    """The card of a verdict, or of one that is not there."""
    if isinstance(verdict, Gap):
        return Card(label=LABEL, call=NO_CALL, statements=(gaps.detail(verdict),))
    answers = (
        Statement(kind=Kind.FORECAST, template=NON_HOLDER[verdict.for_non_holder]),
        Statement(kind=Kind.FORECAST, template=HOLDER[verdict.for_holder]),
        chance(verdict),
    )
    return Card(label=LABEL, call=CALLS[verdict.call], statements=answers)


def section(verdict: Verdict | Gap, forecasts: Sequence[Forecast] = ()) -> Section | None:
    """What the verdict stands on and what would refute it; None where there is none (its card says why)."""
    if isinstance(verdict, Gap):
        return None
    found = tuple(_grounds(verdict))
    blocks: list[AnyBlock] = [_picture(forecasts)] if forecasts else []
    blocks += [Paragraph(statements=found)] if found else []
    return Section(name="verdict", title=LABEL, blocks=tuple(blocks)) if blocks else None


def _picture(forecasts: Sequence[Forecast]) -> Picture:
    last = forecasts[-1]
    slots: dict[str, Slot] = {
        "horizon": Count(value=last.horizon, of="session", src=last.src),
        "level": Share(value=last.range.level, digits=0),
        "range": ShareRange(low=last.range.low, high=last.range.high, src=last.src),
    }
    title: dict[str, Slot] = {
        "benchmark": benchmark_name(last.benchmark),
        "level": Share(value=last.range.level, digits=0),
    }
    return Picture(
        name="forecast",
        title=Statement(kind=Kind.FORECAST, template=PICTURE, slots=title),
        says=Statement(kind=Kind.FORECAST, template=PICTURE_SAYS, slots=slots),
    )


def _grounds(verdict: Verdict) -> Iterator[Statement]:
    if verdict.call is Call.NO_CALL:
        yield _unproven(verdict)
        if verdict.leaning in LEANING:
            yield Statement(kind=Kind.FORECAST, template=LEANING[verdict.leaning])
    refuted = _falsified(verdict)
    if refuted is not None:
        yield refuted


def chance(verdict: Verdict) -> Statement:
    """The probability and the range."""
    slots: dict[str, Slot] = {
        "horizon": Count(value=verdict.horizon, of="session", src=verdict.src),
        "benchmark": benchmark_name(verdict.benchmark),
        "probability": Share(value=verdict.probability, digits=0, src=verdict.src),
        "level": Share(value=verdict.range.level, digits=0),
        "range": ShareRange(low=verdict.range.low, high=verdict.range.high, src=verdict.src),
    }
    return Statement(kind=Kind.FORECAST, template=CHANCE, slots=slots, true_until=until(verdict))


def until(verdict: Verdict) -> Until | None:
    """The levels and the day that refute the forecast, where they are known."""
    sides: dict[str, Falsifier] = {found.side: found for found in verdict.falsified_by}
    below, above = sides.get("below"), sides.get("above")
    if below is None or above is None or isinstance(below.on, Gap):
        return None
    low, high = (
        None if isinstance(side.level, Gap) else Money(value=side.level.value, unit=side.level.unit, src=verdict.src)
        for side in (below, above)
    )
    return Until(on=Day(on=below.on), below=low, above=high)


def _unproven(verdict: Verdict) -> Statement:
    """Why there is no call: no record, one that is too short, one without a test, or a test that was not passed."""
    record = verdict.record
    if isinstance(record, Gap):
        return gaps.detail(record)
    if record.independent < record.needed:
        return _too_few(record, verdict)
    if isinstance(record.edges, Gap):
        return gaps.detail(record.edges)
    return _not_significant(record, max(record.edges, key=lambda edge: (edge.p_spa, -edge.skill.low)), verdict)


def _not_significant(record: Performance, edge: Edge, verdict: Verdict) -> Statement:
    slots: dict[str, Slot] = {
        "lines": Count(value=record.lines, of="stock", src=verdict.src),
        "baseline": BASELINES[edge.baseline],
        "skill": Share(value=edge.skill.value, digits=2, src=verdict.src),
        "band": ShareRange(low=edge.skill.low, high=edge.skill.high, digits=2, src=verdict.src),
        "variants": Number(value=float(edge.variants), digits=0, src=verdict.src),
        "p": Number(value=edge.p_spa, digits=3, src=verdict.src),
        "alpha": Number(value=verdict.rule.alpha, digits=2),
    }
    return Statement(kind=Kind.ESTIMATE, template=NOT_SIGNIFICANT, slots=slots)


def _too_few(record: Performance, verdict: Verdict) -> Statement:
    slots: dict[str, Slot] = {
        "lines": Count(value=record.lines, of="stock", src=verdict.src),
        "independent": Number(value=float(record.independent), digits=0, src=verdict.src),
        "needed": Number(value=float(record.needed), digits=0),
    }
    return Statement(kind=Kind.ESTIMATE, template=NOT_PROVEN, slots=slots)


def _falsified(verdict: Verdict) -> Statement | None:
    found = until(verdict)
    if found is None or found.on is None or found.below is None or found.above is None:
        return None
    slots: dict[str, Slot] = {"day": found.on, "low": found.below, "high": found.above}
    return Statement(kind=Kind.FORECAST, template=FALSIFIED, slots=slots, true_until=found)
