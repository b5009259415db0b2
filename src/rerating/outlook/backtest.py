"""A walk-forward over a panel as one result: each variant against each baseline, calibration by year and volatility."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np

from rerating.core.errors import UsageError
from rerating.core.record import Record
from rerating.core.types import Gap, Instant
from rerating.outlook.evaluation import (
    Estimate,
    confidence_set,
    covered,
    draws_for,
    flatness,
    months_of,
    skill_over,
)
from rerating.outlook.forecast import COST, Variant
from rerating.outlook.model import Performance
from rerating.outlook.panel import Panel, Places
from rerating.outlook.sample import inputs
from rerating.outlook.training import LABELLED, performance_of
from rerating.outlook.variants import ALL_FEATURES, SHIPPED
from rerating.outlook.walk_forward import Scored, audit_features, walk_forward

BASELINES = ("climatology", "scale_only", "beta_only", "momentum_only")
"""Baselines that every panel can compute; with the consensus or options in the ledger there are more."""
AUDITED = (0.4, 0.7, 0.95)
"""Where in the panel its features are computed again from what was known then, as shares of its length."""


class VariantScores(Record):
    """One variant: CRPS skill over the baselines, mean gain in log score over scale_only, calibration."""

    name: str
    over_climatology: Estimate | None
    over_scale_only: Estimate | None
    over_beta_only: Estimate | None
    over_momentum_only: Estimate | None
    log_gain: Estimate
    coverage: Estimate | Gap
    pit_p: float


class GroupCoverage(Record):
    """Coverage of the shipped variant's 90 % interval in one year or tercile of the forecast scale."""

    name: str
    n: int
    coverage: Estimate | Gap
    mean_pit: float


class Shares(Record):
    """How often a rule said buy and sell."""

    buy: float
    sell: float


class HorizonTest(Record):
    """All of one horizon. `log_rule` is a rule on the mean of log returns, for comparison: it needs no information."""

    horizon: int
    forecasts: int
    months: int
    first_month: str
    last_month: str
    mean_log: float
    mean_simple: float
    variants: tuple[VariantScores, ...]
    confidence_set: tuple[str, ...]
    shipped: Performance
    shrinkages: tuple[float, ...]
    penalties: tuple[float | None, ...]
    groups: tuple[GroupCoverage, ...]
    log_rule: Shares
    shipped_rule: Shares


class Backtest(Record):
    """A whole run."""

    benchmark: str
    entry: str
    lines: int
    from_on: date
    test_from: date
    until_on: date
    until: Instant | None
    features: tuple[str, ...]
    listed: tuple[str, ...]
    unscored: tuple[str, ...]
    horizons: tuple[HorizonTest, ...]
    gaps: tuple[Gap, ...]


def backtest(
    panel: Panel,
    listed: Sequence[Variant],
    *,
    burn_in: int,
    until: Instant | None = None,
    horizons: Sequence[int] = LABELLED,
    cost: float = COST,
    on_fold: Callable[[], None] = lambda: None,
) -> Backtest:
    """Score all listed variants from session `burn_in` of the panel on. They have been written down before.

    Raises UsageError where the panel is too short for a single test block, IntegrityError where a feature looks ahead.
    """
    given = inputs(panel, ALL_FEATURES)
    audited = [int(share * (len(panel.days) - 1)) for share in AUDITED]
    audit_features(given, lambda session: inputs(panel.until(session), given.names, least=0.0), audited)
    found, scored_names = [], set()
    for horizon in horizons:
        scored = walk_forward(given, horizon, listed, burn_in=burn_in, on_fold=on_fold)
        if not scored:
            raise UsageError(
                f"The panel has {len(panel.days)} sessions and {burn_in} lie before the first test; that is too little "
                f"for forecasts over {horizon} sessions. Collect a longer history or begin the test later."
            )
        scored_names |= set(scored)
        found.append(_horizon(panel, scored, horizon, cost))
    return Backtest(
        benchmark=panel.benchmark,
        entry=panel.entry,
        lines=len(panel.names),
        from_on=_day(panel, 0),
        test_from=_day(panel, burn_in),
        until_on=_day(panel, -1),
        until=until,
        features=given.names,
        listed=tuple(variant.name for variant in listed),
        unscored=tuple(variant.name for variant in listed if variant.name not in scored_names),
        horizons=tuple(found),
        gaps=given.gaps,
    )


def _day(panel: Panel, session: int) -> date:
    on: date = panel.days[session].astype(object)
    return on


def _horizon(panel: Panel, scored: Mapping[str, Scored], horizon: int, cost: float) -> HorizonTest:
    model = scored[SHIPPED.name]
    month, names = months_of(panel.days, model.rows.start)
    draws = draws_for(len(names), horizon)
    performance = performance_of(panel, scored, SHIPPED.name, horizon, cost, test=True)
    shares = {label.label: label.share for label in performance.labels}
    return HorizonTest(
        horizon=horizon,
        forecasts=len(model.rows),
        months=len(names),
        first_month=names[0],
        last_month=names[-1],
        mean_log=float(model.rows.y.mean()),
        mean_simple=float(np.expm1(model.rows.y).mean()),
        variants=tuple(_variant(scored, name, month, draws) for name in scored),
        confidence_set=confidence_set(scored, month, horizon),
        shipped=performance,
        shrinkages=tuple(fit.shrinkage for fit in model.fits),
        penalties=tuple(float(fit.penalty) if np.isfinite(fit.penalty) else None for fit in model.fits),
        groups=_groups(panel, model, month, draws),
        log_rule=log_rule(scored["scale_only"], cost),
        shipped_rule=Shares(buy=shares["buy"], sell=shares["sell"]),
    )


def _variant(scored: Mapping[str, Scored], name: str, month: Places, draws: Places) -> VariantScores:
    over = {
        baseline: None
        if name == baseline or baseline not in scored
        else skill_over(scored[name], scored[baseline], month, draws)
        for baseline in BASELINES
    }
    return VariantScores(
        name=name,
        over_climatology=over["climatology"],
        over_scale_only=over["scale_only"],
        over_beta_only=over["beta_only"],
        over_momentum_only=over["momentum_only"],
        log_gain=skill_over(scored[name], scored["scale_only"], month, draws, log=True),
        coverage=covered(scored[name], month, draws),
        pit_p=flatness(scored[name], month, draws).p,
    )


def _groups(panel: Panel, model: Scored, month: Places, draws: Places) -> tuple[GroupCoverage, ...]:
    year = panel.days[model.rows.start].astype("datetime64[Y]")
    groups = [(str(value), np.flatnonzero(year == value)) for value in np.unique(year)]
    groups += [(f"tercile {number + 1} of volatility", np.flatnonzero(model.bucket == number)) for number in range(3)]
    return tuple(
        GroupCoverage(
            name=name,
            n=len(places),
            coverage=covered(model, month, draws, places),
            mean_pit=float(model.pit[places].mean()),
        )
        for name, places in groups
        if len(places)
    )


def log_rule(model: Scored, cost: float) -> Shares:
    """What a rule on the mean of log returns would say of forecasts that know nothing of any line, as a warning.

    Buy where the mean log excess return pays the cost, sell where it is below minus half of the cost. The mean log
    excess return of stocks lies below the simple one by half of their variance: such a rule sells because stocks are
    volatile, while the mean simple return that a holder would get is positive.
    """
    buy = sell = 0
    for number, fit in enumerate(model.fits):
        inside = np.flatnonzero(model.fold == number)
        grid_number = fit.grid_number(model.scale[inside])
        mean = model.location[inside] + model.scale[inside] * fit.grids.mean(axis=1)[grid_number]
        buy += int(np.count_nonzero(mean > cost))
        sell += int(np.count_nonzero(mean < -cost / 2.0))
    total = len(model.rows)
    return Shares(buy=buy / total, sell=sell / total)


def as_markdown(run: Backtest) -> str:
    """The run as Markdown tables, the failures included."""
    lines = [
        f"{run.lines} lines against {run.benchmark}, {run.from_on} to {run.until_on}, tested from {run.test_from}; "
        f"entry at the next {run.entry}. Features: {', '.join(run.features) or 'none'}. {len(run.listed)} variants "
        f"listed; without inputs here: {', '.join(run.unscored) or 'none'}.",
        "",
    ]
    for test in run.horizons:
        lines += _section(test)
    return "\n".join(lines)


def _section(test: HorizonTest) -> list[str]:
    edges = () if isinstance(test.shipped.edges, Gap) else test.shipped.edges
    lines = [
        f"**{test.horizon} sessions**: {test.forecasts:,} forecasts, {test.months} months ({test.first_month} to "
        f"{test.last_month}); mean excess return {test.mean_log:+.2%} in logs, {test.mean_simple:+.2%} simple.",
        "",
        "| variant | CRPS skill over climatology | over scale_only | over beta_only | over momentum_only "
        "| log score over scale_only | 90 % interval covers | PIT flat, p |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in test.variants:
        gain = row.log_gain
        lines.append(
            f"| {row.name} | {_skill(row.over_climatology)} | {_skill(row.over_scale_only)} "
            f"| {_skill(row.over_beta_only)} | {_skill(row.over_momentum_only)} "
            f"| {gain.value:+.4f} [{gain.low:+.4f}, {gain.high:+.4f}] "
            f"| {_share(row.coverage)} | {row.pit_p:.2f} |"
        )
    proofs = "; ".join(f"over {edge.baseline} p = {edge.p_spa:.3f}" for edge in edges)
    lines += [
        "",
        f"SPA over all {edges[0].variants if edges else 0} scored variants: {proofs}. Model confidence set at 10 %: "
        f"{', '.join(test.confidence_set)}. Shrinkage by fold: {', '.join(f'{s:.2f}' for s in test.shrinkages)}.",
        "",
        f"A rule on the mean log return, given scale_only: buy {test.log_rule.buy:.1%}, sell {test.log_rule.sell:.1%}; "
        f"the shipped rule without its gate: buy {test.shipped_rule.buy:.1%}, sell {test.shipped_rule.sell:.1%}.",
        "",
        "| shipped, by | forecasts | 90 % interval covers | mean PIT |",
        "|---|---|---|---|",
        *(f"| {group.name} | {group.n:,} | {_share(group.coverage)} | {group.mean_pit:.3f} |" for group in test.groups),
        "",
    ]
    return lines


def _skill(estimate: Estimate | None) -> str:
    return "" if estimate is None else f"{estimate.value:+.2%} [{estimate.low:+.2%}, {estimate.high:+.2%}]"


def _share(estimate: Estimate | Gap) -> str:
    if isinstance(estimate, Gap):
        return "too few months"
    return f"{estimate.value:.1%} [{estimate.low:.1%}, {estimate.high:.1%}]"
