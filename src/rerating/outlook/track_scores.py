"""How the issued forecasts did: matured ones are settled at the ledger's prices and scored, by group.

CRPS is taken from the quantiles at 5 % to 95 % (mean pinball loss, times two); the Brier score is that of the event
"simple excess return above the cost". Skill is told over the forecast's own references as they stood when it was
issued: the climatology of its training rows, and its scale alone. Live and back-filled forecasts are never pooled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rerating.core.record import Record
from rerating.core.types import Gap, Instant, Why
from rerating.findings.benchmarks import held
from rerating.findings.series import Series
from rerating.ledger import View
from rerating.measures.calibration import brier, pit_histogram, reliability
from rerating.measures.predictive import Floats, crps_of_quantiles
from rerating.measures.skill import by_month, skill, stationary_draws
from rerating.outlook.evaluation import FEWEST_MONTHS, LEVEL, REPS, Bin, Estimate, Pit, block_of
from rerating.outlook.panel import Places
from rerating.outlook.track_record import Issued, TrackRecord, of_mode, settled_at
from rerating.outlook.training import NEEDED, VERDICT_HORIZON
from rerating.outlook.walk_forward import SEED

#: Levels of the pinball losses that CRPS is the mean of: equal steps, so that each weighs the same.
SCORED_LEVELS = np.arange(1, 20) / 20.0


class Group(Record):
    """The scores of some matured forecasts. `by` is horizon, label, leaning, sector or year.

    `stated` is the mean probability that was stated for a simple excess return above the cost, `base_rate` the mean of
    the base rates known when the forecasts were issued, `happened` how often it came true.
    """

    by: str
    name: str
    n: int
    months: int
    crps: float
    brier: float
    mean_excess: float
    stated: float
    base_rate: float
    happened: float
    skill_over_climatology: Estimate | Gap
    skill_over_scale_only: Estimate | Gap
    brier_skill: Estimate | Gap
    coverage: Estimate | Gap


class LabelShare(Record):
    """How often a label was given, whether or not the forecast has matured."""

    by: str
    name: str
    n: int
    share: float


class Scores(Record):
    """All scores of the live forecasts, or of the back-filled ones. Diagrams are of the verdict's horizon."""

    mode: str
    issued: int
    matured: int
    pending: int
    independent: int
    needed: int
    groups: tuple[Group, ...]
    labels: tuple[LabelShare, ...]
    reliability: tuple[Bin, ...] | Gap
    pit: Pit | Gap
    gaps: tuple[Gap, ...]


class RecordScores(Record):
    """The record as a whole at one instant: its head, and live and back-filled forecasts apart."""

    as_of: Instant
    head: str
    live: Scores
    backfilled: Scores


@dataclass(frozen=True, kw_only=True)
class _Settled:
    """Matured forecasts as arrays: outcome [n], quantiles [n, levels] of the forecast and of its references."""

    entries: tuple[Issued, ...]
    y: Floats
    crps: Floats
    crps_climatology: Floats
    crps_scale: Floats
    brier: Floats
    brier_base: Floats
    inside: Floats
    pit: Floats
    stated: Floats
    base_rate: Floats
    happened: Floats
    month: Places
    names: tuple[str, ...]


def score_record(record: TrackRecord, view: View) -> RecordScores:
    """Score all forecasts that have matured by the view's cutoff."""
    prices = _Prices(view)
    live, backfilled = (_scores(of_mode(record.entries, mode), mode, view, prices) for mode in ("live", "backfilled"))
    return RecordScores(as_of=view.as_of.at, head=record.head, live=live, backfilled=backfilled)


class _Prices:
    """Lines by key, read once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._lines: dict[str, Series | None] = {}

    def gained(self, key: str, entry: Issued) -> float | Gap:
        """The log return of a line from the forecast's entry to its settlement."""
        if key not in self._lines:
            self._lines[key] = held(self._view, key)
        line = self._lines[key]
        places = [] if line is None else [_place(line, entry.entry.on), _place(line, entry.ends_on)]
        if line is None or None in places:
            return _unsettled(key, entry)
        first, last = (int(place) for place in places if place is not None)
        bar = line.bar(first)
        start, end = bar[entry.entry.at], line.close[last]
        if start is None or not np.isfinite(end):
            return _unsettled(key, entry)
        return float(np.log(end) - np.log(float(str(start))))


def _place(line: Series, on: object) -> int | None:
    place = int(np.searchsorted(line.days, np.datetime64(str(on), "D")))
    held_on = place < len(line.days) and str(line.days[place]) == str(on) and line.row[place] >= 0
    return place if held_on else None


def _unsettled(key: str, entry: Issued) -> Gap:
    detail = f"{key} has no price at its entry or at its end ({entry.entry.on}, {entry.ends_on}); collect them"
    return Gap(question=f"settlement of {entry.listing}", why=Why.NOT_COVERED, detail=detail)


def outcome_of(entry: Issued, prices: _Prices) -> float | Gap:
    """The log excess return that the forecast was about."""
    own, market = prices.gained(entry.listing, entry), prices.gained(entry.benchmark, entry)
    if isinstance(own, Gap):
        return own
    return market if isinstance(market, Gap) else own - market


def _scores(entries: Sequence[Issued], mode: str, view: View, prices: _Prices) -> Scores:
    matured, outcomes, gaps = [], [], []
    pending = 0
    for entry in entries:
        if settled_at(entry) > view.as_of.at:
            pending += 1
            continue
        found = outcome_of(entry, prices)
        if isinstance(found, Gap):
            gaps.append(found)
        else:
            matured.append(entry)
            outcomes.append(found)
    settled = _settled(tuple(matured), np.array(outcomes)) if matured else None
    own = [entry for entry in matured if entry.horizon == VERDICT_HORIZON]
    return Scores(
        mode=mode,
        issued=len(entries),
        matured=len(matured),
        pending=pending,
        independent=_independent(own),
        needed=NEEDED,
        groups=() if settled is None else _groups(settled),
        labels=_labels(entries),
        reliability=_reliability(settled),
        pit=_pit(settled),
        gaps=tuple(dict.fromkeys(gaps)),
    )


def _independent(entries: Sequence[Issued]) -> int:
    """Forecasts of a line that do not overlap, summed over lines."""
    count = 0
    free: dict[str, object] = {}
    for entry in sorted(entries, key=lambda each: (each.listing, each.entry.on)):
        if entry.listing not in free or str(entry.entry.on) > str(free[entry.listing]):
            count += 1
            free[entry.listing] = entry.ends_on
    return count


def _settled(entries: tuple[Issued, ...], y: Floats) -> _Settled:
    def crps(name: str) -> Floats:
        table = np.array([np.interp(SCORED_LEVELS, entry.levels, getattr(entry, name)) for entry in entries])
        return crps_of_quantiles(y, table, SCORED_LEVELS)

    stated = np.array([entry.probability for entry in entries])
    base = np.array([entry.base_rate for entry in entries])
    happened = np.array([np.expm1(value) > entry.cost for value, entry in zip(y, entries, strict=True)])
    inside = np.array(
        [entry.range.low <= np.expm1(value) <= entry.range.high for value, entry in zip(y, entries, strict=True)]
    )
    pit = np.array(
        [
            np.interp(value, entry.quantiles, entry.levels, left=0.005, right=0.995)
            for value, entry in zip(y, entries, strict=True)
        ]
    )
    months = [f"{entry.entry.on:%Y-%m}" for entry in entries]
    names, number = np.unique(months, return_inverse=True)
    return _Settled(
        entries=entries,
        y=y,
        crps=crps("quantiles"),
        crps_climatology=crps("climatology"),
        crps_scale=crps("scale_only"),
        brier=brier(stated, happened),
        brier_base=brier(base, happened),
        inside=inside.astype(np.float64),
        stated=stated,
        base_rate=base,
        happened=happened.astype(np.float64),
        pit=pit,
        month=number.astype(np.int64),
        names=tuple(str(name) for name in names),
    )


def _groups(settled: _Settled) -> tuple[Group, ...]:
    keys: tuple[tuple[str, Callable[[Issued], str | None]], ...] = (
        ("horizon", lambda entry: str(entry.horizon)),
        ("label", lambda entry: None if entry.call is None else entry.call.value),
        ("leaning", lambda entry: None if entry.leaning is None else entry.leaning.value),
        ("sector", lambda entry: _own(entry, entry.sector or "unknown")),
        ("year", lambda entry: _own(entry, str(entry.entry.on.year))),
    )
    found = []
    for by, key in keys:
        names = [key(entry) for entry in settled.entries]
        for name in sorted({name for name in names if name is not None}, key=lambda text: (len(text), text)):
            places = np.flatnonzero(np.array([each == name for each in names]))
            found.append(_group(settled, by, name, places))
    return tuple(found)


def _own(entry: Issued, name: str) -> str | None:
    """Sectors and years are told of the verdict's horizon: others would count the same months again."""
    return name if entry.horizon == VERDICT_HORIZON else None


def _group(settled: _Settled, by: str, name: str, places: Places) -> Group:
    distinct, month = np.unique(settled.month[places], return_inverse=True)
    month = month.astype(np.int64)
    months = len(distinct)
    horizon = max(settled.entries[place].horizon for place in places)
    draws = stationary_draws(months, block_of(horizon), REPS, np.random.default_rng(SEED))

    def over(losses: Floats, reference: Floats, what: str) -> Estimate | Gap:
        if months < FEWEST_MONTHS:
            detail = f"{months} months of forecasts, {FEWEST_MONTHS} are needed; wait for more to mature"
            return Gap(question=what, why=Why.TOO_SHORT, detail=detail)
        own, theirs = (by_month(values[places], month, months) for values in (losses, reference))
        return Estimate.of(skill(own, theirs, draws, LEVEL))

    missed = over(1.0 - settled.inside, np.ones(len(settled.inside)), "coverage")
    return Group(
        by=by,
        name=name,
        n=len(places),
        months=months,
        crps=float(settled.crps[places].mean()),
        brier=float(settled.brier[places].mean()),
        mean_excess=float(np.expm1(settled.y[places]).mean()),
        stated=float(settled.stated[places].mean()),
        base_rate=float(settled.base_rate[places].mean()),
        happened=float(settled.happened[places].mean()),
        skill_over_climatology=over(settled.crps, settled.crps_climatology, "skill over climatology"),
        skill_over_scale_only=over(settled.crps, settled.crps_scale, "skill over scale_only"),
        brier_skill=over(settled.brier, settled.brier_base, "Brier skill"),
        coverage=missed,
    )


def _labels(entries: Sequence[Issued]) -> tuple[LabelShare, ...]:
    own = [entry for entry in entries if entry.call is not None]
    found = []
    for by in ("call", "leaning"):
        names = [str(getattr(entry, by).value) for entry in own]
        for name in sorted(set(names)):
            count = names.count(name)
            found.append(LabelShare(by=by, name=name, n=count, share=count / len(own)))
    return tuple(found)


def _verdicts(settled: _Settled | None) -> Places:
    if settled is None:
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(np.array([entry.horizon == VERDICT_HORIZON for entry in settled.entries]))


_TOO_FEW = 20


def _few(what: str, n: int) -> Gap:
    detail = f"{n} forecasts over {VERDICT_HORIZON} sessions have matured; wait for more"
    return Gap(question=what, why=Why.TOO_SHORT, detail=detail)


def _reliability(settled: _Settled | None) -> tuple[Bin, ...] | Gap:
    places = _verdicts(settled)
    if settled is None or len(places) < _TOO_FEW:
        return _few("reliability diagram", len(places))
    own = [settled.entries[place] for place in places]
    stated = np.array([entry.probability for entry in own])
    happened = np.array([np.expm1(settled.y[p]) > settled.entries[p].cost for p in places])
    bins = reliability(stated, happened, bins=5)
    return tuple(Bin(probability=each.probability, frequency=each.frequency, n=each.n) for each in bins)


def _pit(settled: _Settled | None) -> Pit | Gap:
    places = _verdicts(settled)
    if settled is None or len(places) < _TOO_FEW:
        return _few("PIT histogram", len(places))
    distinct, month = np.unique(settled.month[places], return_inverse=True)
    draws = stationary_draws(len(distinct), block_of(VERDICT_HORIZON), REPS, np.random.default_rng(SEED))
    return Pit.of(pit_histogram(settled.pit[places], month.astype(np.int64), draws))
