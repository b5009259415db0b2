"""The forecast in figures: the range at each horizon, what the model looks at, and how it has done so far.

The verdict's card says what follows from it; here stands what it rests on, the failures included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rerating.core.types import Gap
from rerating.outlook.answer import Forecast, Reason, Verdict
from rerating.outlook.evaluation import Estimate
from rerating.outlook.model import Performance
from rerating.statements.blocks import AnyBlock, Item, Length, Paragraph, Picture, Row, Section, Table
from rerating.statements.facts import Count, Day, Days, Name, Number, Share, ShareRange, Slot, Word
from rerating.statements.features import FEATURES
from rerating.statements.statement import Kind, Statement, Template
from rerating.statements.venues import benchmark_name

TITLE = Word(de="Die Prognose", en="The forecast")
LEAD = Template(
    de="Prognostiziert wird die Überrendite gegenüber dem Vergleichsmaßstab ({benchmark}), ohne Dividenden, ab dem "
    "nächsten Einstieg am {day}. Die Wahrscheinlichkeit gilt einer Überrendite, die Kosten von {cost} übertrifft; die "
    "Grundrate ist, wie oft das ohne jede Prognose vorkam.",
    en="What is forecast is the excess return over the benchmark ({benchmark}), without dividends, from the next entry "
    "on {day}. The probability is that of an excess return beyond costs of {cost}; the base rate is how often that "
    "happened without any forecast.",
)
HEAD = (
    Template(de="Zeitraum", en="Horizon"),
    Template(de="bis", en="until"),
    Template(de="Überrendite, Spanne zu {level}", en="Excess return, {level} range"),
    Template(de="Wahrscheinlichkeit", en="Probability"),
    Template(de="Grundrate", en="Base rate"),
)
HORIZON = Template(de="{sessions}", en="{sessions}")
VALUE = Template(de="{value}", en="{value}")
SIGNED = Template(de="{value:signed}", en="{value:signed}")

REASONS_LEAD = Template(
    de="Was die Merkmale zum Mittelwert über {horizon} beitragen, so wie das Modell angepasst wurde. In die Prognose "
    "geht davon nur ein, was die Bilanz des Modells trägt: {belief}.",
    en="What the features contribute to the mean over {horizon}, as the model was fitted. The forecast takes only as "
    "much of it as the model's record carries: {belief}.",
)
REASONS_HEAD = (
    Template(de="Merkmal", en="Feature"),
    Template(de="Abstand vom Üblichen (Standardabweichungen)", en="Distance from the usual (standard deviations)"),
    Template(de="Beitrag", en="Contribution"),
)
FEATURE = Template(de="{feature}", en="{feature}")

RECORD = Template(
    de="Nachgerechnet an Daten, die das Modell nicht kannte ({forecasts} für {lines:accusative}, {span:months}), lagen "
    "{coverage} der Ausgänge in der Spanne zu {level}; die Unschärfe dieses Anteils reicht von {low} bis {high}.",
    en="Checked on data that the model had not seen ({forecasts} on {lines}, {span:months}), {coverage} of outcomes "
    "lay in the {level} range; the uncertainty of that share reaches from {low} to {high}.",
)
RELIABILITY = Template(
    de="Genannte Wahrscheinlichkeit (waagrecht) und eingetretener Anteil (senkrecht), {forecasts}",
    en="Stated probability (across) and how often it came true (up), {forecasts}",
)
RELIABILITY_SAYS = Template(
    de="Punktdiagramm: Wo {low} genannt waren, trat es in {low_came} der Fälle ein, wo {high} genannt waren, in "
    "{high_came}.",
    en="Dot chart: where {low} was stated it came true in {low_came} of cases, where {high} was, in {high_came}.",
)
SKILL_HEAD = (
    Template(de="Gewinn an Treffgenauigkeit (CRPS) gegenüber", en="Skill (CRPS) over"),
    Template(de="Wert", en="Value"),
    Template(de="Spanne zu {level}", en="{level} range"),
)
SKILLS: dict[str, Template] = {
    "skill_over_climatology": Template(de="der Verteilung aller Zeiten", en="the distribution of all times"),
    "skill_over_scale_only": Template(de="der Schwankungsbreite allein", en="scale alone"),
    "skill_over_beta_only": Template(de="dem Beta allein", en="beta alone"),
}
DEFINITION_LABEL = Template(de="Prognose", en="Forecast")
METHOD = Template(
    de="Die Dichte gilt der logarithmischen Überrendite und entsteht in Stufen: die Schwankungsbreite aus den "
    "Varianzen der letzten Woche bis zum letzten Jahr und denen des Marktes, der Mittelwert aus Merkmalen, die zum "
    "letzten Schlusskurs bekannt waren, und die Form aus den Abweichungen früherer Prognosen. Entschieden wird über "
    "die einfache Rendite. Ein Urteil setzt voraus, dass der Gewinn gegenüber Schwankungsbreite und Beta allein belegt "
    "ist.",
    en="The density is one of log excess returns and is made in stages: the scale from variances of the last week to "
    "the last year and from the market's, the mean from features known at the last close, the shape from the errors "
    "of earlier forecasts. The decision is one on simple returns. A call takes proven skill over scale alone and over "
    "beta alone.",
)
SHOWN_REASONS = 5
"""Features told in an article: those that pull most."""


def section(forecasts: Sequence[Forecast | Gap], verdict: Verdict | Gap) -> Section | None:
    """The table of horizons, the reasons and the record; None where no distribution could be had."""
    known = [forecast for forecast in forecasts if isinstance(forecast, Forecast)]
    if not known:
        return None
    blocks: list[AnyBlock] = [Paragraph(since=Length.FULL, statements=(_lead(known[0]),)), _horizons(known)]
    if isinstance(verdict, Verdict):
        blocks += _record(verdict)
        blocks += _reasons(verdict)
    return Section(name="forecast", title=TITLE, blocks=tuple(blocks))


def _forecast(template: Template, **slots: Slot) -> Statement:
    return Statement(kind=Kind.FORECAST, template=template, slots=slots)


def _estimate(template: Template, **slots: Slot) -> Statement:
    return Statement(kind=Kind.ESTIMATE, template=template, slots=slots)


def _lead(first: Forecast) -> Statement:
    return _forecast(
        LEAD,
        benchmark=benchmark_name(first.benchmark),
        day=Day(on=first.entry.on),
        cost=Share(value=first.cost),
    )


def _horizons(known: Sequence[Forecast]) -> Table:
    level = Share(value=known[0].range.level, digits=0)
    head = tuple(_forecast(part, **({"level": level} if "{level}" in part.de else {})) for part in HEAD)
    return Table(since=Length.FULL, name="forecast", head=head, rows=tuple(_horizon(forecast) for forecast in known))


def _horizon(forecast: Forecast) -> Row:
    until = None if isinstance(forecast.ends_on, Gap) else _forecast(VALUE, value=Day(on=forecast.ends_on))
    band = ShareRange(low=forecast.range.low, high=forecast.range.high, src=forecast.src)
    return Row(
        label=_forecast(HORIZON, sessions=Count(value=forecast.horizon, of="session")),
        cells=(
            until,
            _forecast(VALUE, value=band),
            _forecast(VALUE, value=Share(value=forecast.probability, digits=0, src=forecast.src)),
            _forecast(VALUE, value=Share(value=forecast.base_rate, digits=0, src=forecast.src)),
        ),
    )


def _record(verdict: Verdict) -> Iterator[AnyBlock]:
    record = verdict.record
    if isinstance(record, Gap):
        return
    if isinstance(record.coverage, Estimate):
        yield Paragraph(statements=(_covered(record, record.coverage, verdict),))
    if len(record.reliability) > 1:
        yield _reliability(record, verdict)
    rows = [
        Row(
            label=_estimate(label),
            cells=(
                _estimate(SIGNED, value=Share(value=skill.value, src=verdict.src)),
                _estimate(VALUE, value=ShareRange(low=skill.low, high=skill.high, src=verdict.src)),
            ),
        )
        for name, label in SKILLS.items()
        if isinstance(skill := getattr(record, name), Estimate)
    ]
    if rows:
        *plain, last = SKILL_HEAD
        head = (*map(_estimate, plain), _estimate(last, level=Share(value=verdict.range.level, digits=0)))
        yield Table(since=Length.FULL, name="forecast_skill", head=head, rows=tuple(rows))


def _reliability(record: Performance, verdict: Verdict) -> Picture:
    """Stated probabilities against what came of them; one bin alone is no diagram."""
    lowest, highest = record.reliability[0], record.reliability[-1]
    slots: dict[str, Slot] = {
        "low": Share(value=lowest.probability, src=verdict.src),
        "low_came": Share(value=lowest.frequency, src=verdict.src),
        "high": Share(value=highest.probability, src=verdict.src),
        "high_came": Share(value=highest.frequency, src=verdict.src),
    }
    forecasts = Count(value=record.forecasts, of="forecast", src=verdict.src)
    return Picture(
        since=Length.FULL,
        name="reliability",
        title=_estimate(RELIABILITY, forecasts=forecasts),
        says=_estimate(RELIABILITY_SAYS, **slots),
    )


def _covered(record: Performance, coverage: Estimate, verdict: Verdict) -> Statement:
    first, last = (date.fromisoformat(f"{month}-01") for month in (record.first_month, record.last_month))
    return _estimate(
        RECORD,
        forecasts=Count(value=record.forecasts, of="forecast", src=verdict.src),
        lines=Count(value=record.lines, of="stock"),
        span=Days(from_on=first, to_on=last),
        coverage=Share(value=coverage.value, src=verdict.src),
        level=Share(value=verdict.range.level, digits=0),
        low=Share(value=coverage.low, src=verdict.src),
        high=Share(value=coverage.high, src=verdict.src),
    )


def _reasons(verdict: Verdict) -> Iterator[AnyBlock]:
    if not verdict.reasons:
        return
    lead = _forecast(
        REASONS_LEAD,
        horizon=Count(value=verdict.horizon, of="session"),
        belief=Share(value=verdict.rule.shrinkage, digits=0),
    )
    yield Paragraph(since=Length.FULL, statements=(lead,))
    head = tuple(map(_forecast, REASONS_HEAD))
    told, rest = verdict.reasons[:SHOWN_REASONS], verdict.reasons[SHOWN_REASONS:]
    yield Table(since=Length.FULL, name="forecast_reasons", head=head, rows=tuple(map(_reason, told)))
    if rest:
        yield Table(since=Length.FULL, name="forecast_other_reasons", head=head, rows=tuple(map(_reason, rest)))


def _reason(reason: Reason) -> Row:
    word = FEATURES[reason.feature]
    return Row(
        label=_forecast(FEATURE, feature=Name(de=_capital(word.de), en=_capital(word.en))),
        cells=(
            _forecast(VALUE, value=Number(value=reason.value, digits=1, src=reason.src)),
            _forecast(SIGNED, value=Share(value=reason.contribution, digits=2, src=reason.src)),
        ),
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def definition() -> Item:
    """How a forecast is made."""
    return Item(
        label=Statement(kind=Kind.METHOD, template=DEFINITION_LABEL),
        statement=Statement(kind=Kind.METHOD, template=METHOD),
    )
