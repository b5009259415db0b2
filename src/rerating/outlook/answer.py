"""The outlook of one line at one instant: forecasts at every horizon, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from rerating.core.record import Record
from rerating.core.types import Gap, Instant, Quantity, Why
from rerating.findings.basis import Basis, Evidence, Figure, Trail
from rerating.findings.series import Series
from rerating.ledger import View
from rerating.ledger.view import price_levels
from rerating.measures.predictive import Floats, cdf, levels, mean_simple
from rerating.outlook import verdict as rules
from rerating.outlook.evaluation import ALPHA
from rerating.outlook.forecast import Fit, subset
from rerating.outlook.lines import QUESTION, Lines, benchmark_of, lines_of
from rerating.outlook.model import LEVELS, Model, Performance, Trained
from rerating.outlook.sample import Inputs, Sample, inputs, sample
from rerating.outlook.training import VERDICT_HORIZON, panel_inputs, train
from rerating.outlook.verdict import Advice, Call, Leaning, Rule

RANGE_LEVEL = 0.90
#: Sessions by which the last price may be behind the cutoff.
STALE = 2

DEFINITION = (
    "Excess return of the line over its benchmark, both without dividends, from the next session's open (or its close, "
    "where open prices are missing) over the horizon in sessions. Density on log returns in three stages: scale from "
    "log variances over a week to a year and the market's; mean by ridge on features known at the last close, believed "
    "only as far as its record justifies; conformal quantiles of the residuals. Probability is P(simple excess return "
    "> cost); the range is central at its level. A call needs proven skill over scale alone and beta alone first."
)


class Range(Record):
    """The central range of the simple excess return at a level."""

    low: float
    high: float
    level: float


class Entry(Record):
    """Where a forecast begins: at the open or the close of a session."""

    at: Literal["open", "close"]
    on: date


class Distribution(Record):
    """Quantiles of the excess return at levels, as log and as simple returns."""

    levels: tuple[float, ...]
    log: tuple[float, ...]
    simple: tuple[float, ...]


class References(Record):
    """What a forecast is measured against: quantiles of the log excess return at the same levels."""

    scale_only: tuple[float, ...]
    climatology: tuple[float, ...]


class ModelUsed(Record):
    """Which model made a forecast. `digest` is that of the model file; None where it was trained for this answer."""

    name: str
    trained_as_of: Instant
    lines: int
    rows: int
    from_on: date
    until_on: date
    digest: str | None


class Forecast(Figure):
    """The distribution of one line's excess return over one horizon."""

    kind: Literal["forecast"] = "forecast"
    target: Literal["log_excess_return"] = "log_excess_return"
    listing: str
    horizon: int
    benchmark: str
    entry: Entry
    ends_on: date | Gap
    distribution: Distribution
    references: References
    probability: float
    base_rate: float
    cost: float
    expected: float
    range: Range
    scale: float
    bucket: int
    """Tercile of the scale among the training rows: 0 calm, 1, 2 restless."""
    model: ModelUsed
    basis: Basis


class Reason(Figure):
    """What one feature adds to the mean log excess return as fitted, in the direction in which it pulls."""

    feature: str
    value: float
    """Standardised by the training rows, cut at three standard deviations."""
    contribution: float
    direction: Literal["up", "down"]


class Falsifier(Record):
    """What would prove the forecast wrong by its last day: an excess return outside the range, and the price at it.

    `level` is the line's price at that excess return if the benchmark does not move, from the last close.
    """

    side: Literal["below", "above"]
    excess_return: float
    level: Quantity | Gap
    on: date | Gap


class Verdict(Figure):
    """Buy, hold or sell: the call, its distribution, both questions answered, the rule, and what it stands on."""

    kind: Literal["verdict"] = "verdict"
    call: Call
    edge: Literal["proven", "not_proven"]
    leaning: Leaning
    probability: float
    range: Range
    horizon: int
    benchmark: str
    for_holder: Advice
    for_non_holder: Advice
    rule: Rule
    reasons: tuple[Reason, ...]
    falsified_by: tuple[Falsifier, ...]
    record: Performance | Gap
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """All that the outlook says of a line."""

    forecasts: tuple[Forecast | Gap, ...]
    verdict: Verdict | Gap


def outlook(view: View, line: Series, *, model: Model | None = None) -> Outlook:
    """Forecasts and verdict of a line as the view knows it, from `model` or from one trained on the view itself.

    Without a model the line and its peers are the panel; a line without peers gets the scale-only distribution of its
    own history. What cannot be known is a Gap with its reason: no benchmark, too short a history, a model that knows
    the future or was made for another market.
    """
    refused = None if model is None else _refusal(view, line, model)
    if refused is not None:
        return Outlook(forecasts=(), verdict=refused)
    lines = lines_of(view, line, keys=() if model is not None else None)
    if isinstance(lines, Gap):
        return Outlook(forecasts=(), verdict=lines)
    behind = len(line.days) - 1 - line.last
    if behind > STALE:
        detail = (
            f"the ledger's last bar is of {line.day(line.last)}, {behind} sessions earlier; collect the missing ones"
        )
        return Outlook(forecasts=(), verdict=Gap(question=QUESTION, why=Why.NOT_COVERED, detail=detail))
    entry_position = line.sessions.opening_after(view.as_of.at)
    if entry_position is None:
        detail = "the exchange calendar ends before the next session; update rerating"
        return Outlook(forecasts=(), verdict=Gap(question=QUESTION, why=Why.NOT_COVERED, detail=detail))
    if model is None:
        given = panel_inputs(lines.panel)
        used = train(lines, until=view.as_of.at, given=given, listed=None)
    else:
        given = inputs(lines.panel, model.features, least=0.0, ewma=model.variant.scale == "ewma")
        used = model
    if used.entry != lines.panel.entry:
        detail = (
            "the model enters at another price of the session than this line has (open or close); train a model on "
            "lines like it"
        )
        return Outlook(forecasts=(), verdict=Gap(question=QUESTION, why=Why.NOT_APPLICABLE, detail=detail))
    asked = _Asked(
        view=view, line=line, lines=lines, inputs=given, model=used, from_file=model is not None, entry=entry_position
    )
    forecasts = {horizon: asked.forecast(horizon) for horizon in sorted(used.horizons)}
    return Outlook(forecasts=tuple(forecasts.values()), verdict=asked.verdict(forecasts.get(VERDICT_HORIZON)))


def _refusal(view: View, line: Series, model: Model) -> Gap | None:
    key = benchmark_of(line.listing)
    if isinstance(key, Gap):
        return key
    if model.trained_as_of > view.as_of.at:
        detail = (
            f"the model was trained on what was known by {model.trained_as_of:%Y-%m-%d}, after this cutoff; train one "
            "until the cutoff"
        )
        return Gap(question=QUESTION, why=Why.NOT_APPLICABLE, detail=detail)
    if model.benchmark != key:
        detail = (
            f"the model forecasts against {model.benchmark} and not against this line's benchmark; train one on its "
            "market"
        )
        return Gap(question=QUESTION, why=Why.NOT_APPLICABLE, detail=detail)
    return None


@dataclass(frozen=True, kw_only=True)
class _Asked:
    view: View
    line: Series
    lines: Lines
    inputs: Inputs
    model: Model
    from_file: bool
    entry: int

    def forecast(self, horizon: int) -> Forecast | Gap:
        trained = self.model.horizons[horizon]
        if isinstance(trained, Gap):
            return trained
        row = self._row(horizon)
        if isinstance(row, Gap):
            return row
        trail = Trail(self.view)
        source = self._cite(trail)
        fit = trained.fit(self.model.variant)
        location, scale = self._place(row, fit, trained.shrinkage)
        if np.isnan(fit.score(row)[0]):
            trail.gap(self._missing(row, trained))
        for gap in self.model.gaps:
            trail.gap(gap)
        grid = fit.grids[int(fit.grid_number(np.array([scale]))[0])]
        bucket = int(fit.bucket(np.array([scale]))[0])
        log = location + scale * np.interp(LEVELS, levels(len(grid)), grid)
        ends = location + scale * np.interp(
            [(1.0 - RANGE_LEVEL) / 2.0, (1.0 + RANGE_LEVEL) / 2.0], levels(len(grid)), grid
        )
        exceeds = np.array([np.log1p(self.model.cost)])
        place, width = np.array([location]), np.array([scale])
        return Forecast(
            listing=self.line.listing.key,
            horizon=horizon,
            benchmark=self.model.benchmark,
            entry=Entry(at=self._entry, on=self.line.sessions.day(self.entry)),
            ends_on=self._ends_on(horizon),
            distribution=Distribution(levels=LEVELS, log=tuple(log), simple=tuple(np.expm1(log))),
            references=References(
                scale_only=tuple(scale * np.interp(LEVELS, levels(len(grid)), grid)), climatology=trained.climatology
            ),
            probability=1.0 - float(cdf(exceeds, place, width, grid)[0]),
            base_rate=trained.base_rate(bucket).up,
            cost=self.model.cost,
            expected=float(mean_simple(place, width, grid)[0]),
            range=Range(low=float(np.expm1(ends[0])), high=float(np.expm1(ends[1])), level=RANGE_LEVEL),
            scale=scale,
            bucket=bucket,
            model=ModelUsed(
                name=self.model.variant.name,
                trained_as_of=self.model.trained_as_of,
                lines=len(self.model.lines),
                rows=trained.rows,
                from_on=self.model.from_on,
                until_on=self.model.until_on,
                digest=self.model.digest if self.from_file else None,
            ),
            basis=trail.basis(DEFINITION),
            src=source,
        )

    def verdict(self, forecast: Forecast | Gap | None) -> Verdict | Gap:
        if forecast is None:
            detail = f"the model has no horizon of {VERDICT_HORIZON} sessions; train one with it"
            return Gap(question=QUESTION, why=Why.NOT_COVERED, detail=detail)
        if isinstance(forecast, Gap):
            return Gap(question=QUESTION, why=forecast.why, detail=forecast.detail)
        trained = self.model.horizons[VERDICT_HORIZON]
        assert isinstance(trained, Trained)
        row = self._row(VERDICT_HORIZON)
        assert isinstance(row, Sample)
        fit = trained.fit(self.model.variant)
        rule = self._rule(row, fit, trained, forecast)
        rates = {"base_rate": rule.base_rate, "base_rate_down": rule.base_rate_down, "cost": rule.cost}
        record = trained.performance
        gate = isinstance(record, Performance) and record.proven
        call = rules.call(gate, rules.leaning(rule.believed, **rates))
        return Verdict(
            call=call,
            edge="proven" if gate else "not_proven",
            leaning=rules.leaning(rule.as_fitted, **rates),
            probability=forecast.probability,
            range=forecast.range,
            horizon=VERDICT_HORIZON,
            benchmark=forecast.benchmark,
            for_holder=rules.FOR_HOLDER[call],
            for_non_holder=rules.FOR_NON_HOLDER[call],
            rule=rule,
            reasons=self._reasons(row, fit, forecast.src),
            falsified_by=self._falsified_by(forecast),
            record=record,
            basis=forecast.basis,
            src=forecast.src,
        )

    @property
    def _entry(self) -> Literal["open", "close"]:
        return "open" if self.model.entry == "open" else "close"

    def _ends_on(self, horizon: int) -> date | Gap:
        position = self.entry + horizon - (1 if self._entry == "open" else 0)
        if position < len(self.line.sessions.days):
            return self.line.sessions.day(position)
        detail = (
            f"the exchange calendar ends before {horizon} sessions from now; the day of settlement is not known yet"
        )
        return Gap(question=f"last session of {horizon}", why=Why.NOT_YET_KNOWN, detail=detail)

    def _row(self, horizon: int) -> Sample | Gap:
        """The one row that is asked about: the line at its last session."""
        rows = sample(self.inputs, horizon, last=True)
        own = np.flatnonzero(rows.line == 0)
        if len(own):
            return subset(rows, own)
        detail = (
            "the scale needs a year of the line and of its benchmark up to the cutoff, with few gaps; collect a longer "
            "or fuller history"
        )
        return Gap(question=QUESTION, why=Why.TOO_SHORT, detail=detail)

    def _place(self, row: Sample, fit: Fit, belief: float) -> tuple[float, float]:
        """Location and scale of the row; a mean that lacks a feature is no mean."""
        scale = float(fit.scale(row)[0])
        score = float(fit.score(row)[0]) if fit.variant.mean != "none" else 0.0
        return (0.0 if np.isnan(score) else belief * score * scale), scale

    def _missing(self, row: Sample, trained: Trained) -> Gap:
        names = [name for k, name in enumerate(row.names) if name in trained.names and np.isnan(row.features[0, k])]
        detail = (
            f"{', '.join(names)} cannot be known of this line at this cutoff, so its forecast has no mean of its own"
        )
        return Gap(question="features of the forecast", why=Why.NOT_COVERED, detail=detail)

    def _cite(self, trail: Trail) -> tuple[str, ...]:
        source = self.lines.cite(trail)
        if not self.from_file:
            return source
        model, digest = self.model, self.model.digest
        entry = Evidence(
            id=digest[:16],
            source="model",
            locator=f"{model.variant.name}, {len(model.lines)} lines, {model.from_on} to {model.until_on}",
            known_at=model.trained_as_of,
            digest=digest,
        )
        trail.cite((entry,))
        return (*source, entry.id)

    def _rule(self, row: Sample, fit: Fit, trained: Trained, forecast: Forecast) -> Rule:
        scale = forecast.scale
        grid = fit.grids[int(fit.grid_number(np.array([scale]))[0])]
        rates = trained.base_rate(forecast.bucket)

        def seen(belief: float) -> rules.Outcome:
            location, _ = self._place(row, fit, belief)
            return rules.outcome(location, scale, grid, self._refits(row, fit, trained, belief), self.model.cost)

        return Rule(
            cost=self.model.cost,
            alpha=ALPHA,
            base_rate=rates.up,
            base_rate_down=rates.down,
            shrinkage=trained.shrinkage,
            believed=seen(trained.shrinkage),
            as_fitted=seen(1.0),
        )

    def _refits(self, row: Sample, fit: Fit, trained: Trained, belief: float) -> list[float]:
        if fit.variant.mean != "ridge" or np.isnan(fit.score(row)[0]):
            return []
        x = fit.standardised(row)[0]
        scale = float(fit.scale(row)[0])
        found: Floats = belief * scale * (np.array(trained.refits) @ x)
        return [float(location) for location in found]

    def _reasons(self, row: Sample, fit: Fit, source: tuple[str, ...]) -> tuple[Reason, ...]:
        if fit.variant.mean != "ridge" or np.isnan(fit.score(row)[0]):
            return ()
        values, parts = fit.standardised(row)[0], fit.contributions(row)[0]
        found = [
            Reason(
                feature=name,
                value=float(value),
                contribution=float(part),
                direction="up" if part > 0.0 else "down",
                src=source,
            )
            for name, value, part in zip(fit.names, values, parts, strict=True)
            if part != 0.0
        ]
        return tuple(sorted(found, key=lambda reason: (-abs(reason.contribution), reason.feature)))

    def _falsified_by(self, forecast: Forecast) -> tuple[Falsifier, ...]:
        refusal = price_levels(self.line.bars)
        close = float(self.line.close[self.line.last])
        currency = self.line.listing.currency

        def level(excess: float) -> Quantity | Gap:
            return Quantity(value=close * (1.0 + excess), unit=currency) if refusal is None else refusal

        low, high = forecast.range.low, forecast.range.high
        return (
            Falsifier(side="below", excess_return=low, level=level(low), on=forecast.ends_on),
            Falsifier(side="above", excess_return=high, level=level(high), on=forecast.ends_on),
        )
