"""Training: fits at every horizon, refits over months, base rates, and a walk-forward that says how good it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import numpy as np

from rerating.core.sessions import instant
from rerating.core.types import AsOf, Gap, Why
from rerating.ledger import ViewSource
from rerating.measures.calibration import reliability
from rerating.measures.predictive import Floats
from rerating.measures.skill import stationary_draws
from rerating.outlook.evaluation import (
    Bin,
    Edge,
    block_of,
    covered,
    draws_for,
    edge_over,
    flatness,
    months_of,
    skill_over,
)
from rerating.outlook.forecast import COST, Scaled, Variant, fit, lacking, ridge_rows, scaled, subset
from rerating.outlook.lines import FEWEST_LINES, Lines, market_lines
from rerating.outlook.model import LEVELS, Labels, Model, Performance, Trained, code_digest
from rerating.outlook.panel import Panel
from rerating.outlook.sample import STEP, Inputs, inputs, sample
from rerating.outlook.variants import (
    ALL_FEATURES,
    BETA_ONLY,
    CLIMATOLOGY,
    PERSONAL,
    PERSONAL_SCALE_ONLY,
    SCALE_ONLY,
    SHIPPED,
    VARIANTS,
)
from rerating.outlook.verdict import chances, leanings
from rerating.outlook.walk_forward import (
    BURN_IN,
    SEED,
    Scored,
    reliability_slope,
    usable,
    walk_forward,
)

#: Horizons with a label, in sessions; the verdict is that of the middle one.
LABELLED = (5, 21, 63)
#: Horizons that are shown without a label.
SHOWN = (126, 252)
VERDICT_HORIZON = 21

#: Windows of the horizon's length, one after the other, without which a 90 % interval has no ends (19 of 20 values).
FEWEST_WINDOWS = 19
REFITS = 100
RELIABILITY_BINS = 5
NEEDED = 3800
"""Independent forecasts to show a hit rate of 52.0 % (monthly R2 0.4 %): METHODS 8, own arithmetic."""
_QUICK_REPS = 200


def train(
    lines: Lines,
    *,
    until: datetime,
    given: Inputs | None = None,
    horizons: Sequence[int] = (*LABELLED, *SHOWN),
    cost: float = COST,
    listed: Sequence[Variant] | None = VARIANTS,
    ledger_version: str | None = None,
    on_step: Callable[[], None] = lambda: None,
) -> Model:
    """A model of the panel. `listed` are all variants ever tried, for the significance test; None leaves it out.

    Without the test no edge can be proven, and the drift of the few lines at hand is not believed (centred grid). A
    panel of fewer than three lines has no mean stage: nothing in it could be told from noise. `given` are the panel's
    inputs where they have been computed already.
    """
    panel = lines.panel
    if given is None:
        given = panel_inputs(panel, ewma=listed is not None)
    if listed is None:
        variant = PERSONAL if given.names else PERSONAL_SCALE_ONLY
    else:
        variant = SHIPPED if given.names else SCALE_ONLY
    found: dict[int, Trained | Gap] = {}
    for horizon in horizons:
        found[horizon] = _trained(given, variant, horizon, cost, listed)
        on_step()
    return Model(
        variant=variant,
        benchmark=panel.benchmark,
        entry=panel.entry,
        cost=cost,
        lines=panel.names,
        from_on=_day(panel, 0),
        until_on=_day(panel, len(panel.days) - 1),
        trained_as_of=known_at(lines),
        until=until,
        tried=tuple(listed or ()),
        ledger_version=ledger_version,
        code=None if listed is None else code_digest(),
        seed=SEED,
        horizons=found,
        gaps=(*lines.gaps, *given.gaps),
    )


def known_at(lines: Lines) -> datetime:
    """The latest time at which a row of the panel could be known: no label ends later."""
    known = [line.bars["known_at"].dt.epoch("us").to_numpy().max() for line in (*lines.members, lines.market)]
    return instant(int(max(known)))


def retrained(source: ViewSource, model: Model, as_of: AsOf) -> Model | Gap:
    """The model as the same code makes it from another ledger: same lines, same variants, its own cutoff or `as_of`.

    The leak certificate asks for it: over noise in place of all that came after `as_of` it has to be the same. A model
    whose rows were all known by `as_of` may have been trained until later; noise lies there, and it is not read.
    """
    view = source.view(AsOf(at=min(model.until, as_of.at)))
    lines = market_lines(view, model.benchmark, model.lines)
    if isinstance(lines, Gap):
        return lines
    return train(
        lines,
        until=model.until,
        horizons=tuple(sorted(model.horizons)),
        cost=model.cost,
        listed=model.tried or None,
        ledger_version=view.version if model.ledger_version else None,
    )


def panel_inputs(panel: Panel, *, ewma: bool = False) -> Inputs:
    """The inputs of a panel for the shipped model: all features, or none where there are too few lines."""
    return inputs(panel, ALL_FEATURES if len(panel.names) >= FEWEST_LINES else (), ewma=ewma)


def _day(panel: Panel, session: int) -> date:
    on: date = panel.days[session].astype(object)
    return on


def _trained(
    given: Inputs, variant: Variant, horizon: int, cost: float, listed: Sequence[Variant] | None
) -> Trained | Gap:
    rows = sample(given, horizon)
    rows = subset(rows, usable(rows, (variant,)))
    windows = 0 if not len(rows) else int(rows.end.max() - rows.start.min()) // horizon
    if windows < FEWEST_WINDOWS:
        detail = (
            f"{windows} windows of that length one after the other are known, {FEWEST_WINDOWS} are needed for a range; "
            "collect a longer history"
        )
        return Gap(question=f"forecast over {horizon} sessions", why=Why.TOO_SHORT, detail=detail)
    performance, shrinkage = _performance(given, variant, horizon, cost, listed)
    stage = scaled(rows, variant)
    fitted = fit(stage, variant, shrinkage=shrinkage, cost=cost)
    return Trained.of(
        fitted,
        refits=refits(stage, variant, fitted.penalty),
        climatology=np.quantile(rows.y, LEVELS),
        performance=performance,
    )


def refits(stage: Scaled, variant: Variant, penalty: float, count: int = REFITS) -> Floats:
    """Coefficients of the mean over `count` block bootstraps of months of 21 sessions [count, K], penalty as fitted."""
    x, z, complete = ridge_rows(stage, variant)
    width = x.shape[1]
    if not width or not np.isfinite(penalty):
        return np.zeros((count, width))
    month = stage.rows.start // 21
    month = month - month.min()
    months = int(month.max()) + 1
    weight = complete.astype(np.float64)
    n = np.bincount(month, weights=weight, minlength=months)
    centred = np.where(complete, z - z[complete].mean(), 0.0)
    moment = np.column_stack([np.bincount(month, weights=x[:, k] * centred, minlength=months) for k in range(width)])
    gram = np.empty((months, width, width))
    for k in range(width):
        for j in range(k, width):
            gram[:, k, j] = gram[:, j, k] = np.bincount(month, weights=x[:, k] * x[:, j], minlength=months)
    draws = stationary_draws(months, block_of(stage.rows.horizon), count, np.random.default_rng(SEED))
    total = n[draws].sum(axis=1)[:, None]
    left = gram[draws].sum(axis=1) / total[..., None] + penalty * np.eye(width)
    return np.asarray(np.linalg.solve(left, (moment[draws].sum(axis=1) / total)[..., None])[..., 0])


def _performance(
    given: Inputs, variant: Variant, horizon: int, cost: float, listed: Sequence[Variant] | None
) -> tuple[Performance | Gap, float]:
    """How the variant did in a walk-forward over the same panel, and the shrinkage that this justifies.

    A mean without a record is not believed: horizons without a label have none, and a model that is trained for one
    answer keeps one for the verdict's horizon only.
    """
    if horizon not in (LABELLED if listed is not None else (VERDICT_HORIZON,)):
        detail = f"a record is kept for {VERDICT_HORIZON} sessions only here; 'rerating train' keeps it for the others"
        if horizon in SHOWN:
            detail = "no record is kept for a horizon without a label"
        return Gap(question=f"record over {horizon} sessions", why=Why.NOT_APPLICABLE, detail=detail), 0.0
    wanted = list(listed or (CLIMATOLOGY, SCALE_ONLY, BETA_ONLY))
    if listed is None and len(given.panel.names) < FEWEST_LINES:
        wanted = [CLIMATOLOGY]
    if variant.name not in {each.name for each in wanted}:
        wanted.append(variant)
    implied = bool(np.isfinite(given.implied).mean() >= 0.5)
    wanted = [each for each in wanted if not lacking(each, given.names, implied=implied)]
    scored = walk_forward(given, horizon, wanted)
    if not scored:
        detail = (
            f"the panel has {len(given.panel.days)} sessions, {BURN_IN} and a horizon more are needed for a record; "
            "collect a longer history"
        )
        return Gap(question=f"record over {horizon} sessions", why=Why.TOO_SHORT, detail=detail), 0.0
    shipped = scored[variant.name]
    slope = reliability_slope(shipped.score, shipped.rows.y / shipped.scale, shipped.rows.start, horizon)
    return performance_of(given.panel, scored, variant.name, horizon, cost, test=listed is not None), slope


def performance_of(
    panel: Panel, scored: Mapping[str, Scored], name: str, horizon: int, cost: float, *, test: bool
) -> Performance:
    """The record of one variant among all that were scored; with `test`, SPA against scale_only and beta_only."""
    model = scored[name]
    month, names = months_of(panel.days, model.rows.start)
    draws = draws_for(len(names), horizon) if test else draws_for(len(names), horizon, reps=_QUICK_REPS)

    def over(reference: str) -> Gap | object:
        if reference == name or reference not in scored:
            detail = f"the forecast is that of {reference} itself, so there is nothing to compare"
            return Gap(question=f"skill over {reference}", why=Why.NOT_APPLICABLE, detail=detail)
        return skill_over(model, scored[reference], month, draws)

    edges: tuple[Edge, ...] | Gap
    if test and name != SCALE_ONLY.name:
        edges = tuple(edge_over(scored, name, baseline, month, horizon) for baseline in ("scale_only", "beta_only"))
    else:
        detail = "no significance test was made: a few lines of one ledger cannot show an edge; train on a wide panel"
        edges = Gap(question="proven edge", why=Why.TOO_SHORT, detail=detail)
    return Performance(
        horizon=horizon,
        forecasts=len(model.rows),
        lines=len(panel.names),
        months=len(names),
        first_month=names[0],
        last_month=names[-1],
        independent=int(len(model.rows) * STEP / horizon),
        needed=NEEDED,
        skill_over_climatology=over("climatology"),
        skill_over_scale_only=over("scale_only"),
        skill_over_beta_only=over("beta_only"),
        coverage=covered(model, month, draws),
        pit=flatness(model, month, draws),
        edges=edges,
        labels=labels_of(model, cost) if test else (),
        reliability=reliability_of(model, cost),
    )


def reliability_of(model: Scored, cost: float) -> tuple[Bin, ...]:
    """The reliability diagram of P(simple excess return > cost), as the forecasts stated it out of sample."""
    stated = chances(model, cost)
    happened = np.expm1(model.rows.y) > cost
    return tuple(
        Bin(probability=found.probability, frequency=found.frequency, n=found.n)
        for found in reliability(stated, happened, bins=RELIABILITY_BINS)
    )


def labels_of(model: Scored, cost: float) -> tuple[Labels, ...]:
    """What the rule without its gate would have said, as often as it was asked."""
    said = leanings(model, cost)
    simple = np.expm1(model.rows.y)
    found = []
    for label in ("buy", "none", "sell"):
        where = said == label
        n = int(where.sum())
        nothing = Gap(question=f"mean after {label}", why=Why.NOT_APPLICABLE, detail="the rule never said so")
        found.append(
            Labels(label=label, share=n / len(said), mean_excess=float(simple[where].mean()) if n else nothing, n=n)
        )
    return tuple(found)
