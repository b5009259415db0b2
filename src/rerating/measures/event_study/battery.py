"""The tests of a study: each in all its columns, from the arrays of `compute`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rerating.measures.event_study import inference
from rerating.measures.event_study.compute import Computed, abnormal_columns, rank_variance, standardised_columns
from rerating.measures.event_study.inference import Moments, Statistic, moments
from rerating.measures.event_study.layout import DEGREES, Floats, Integers
from rerating.measures.event_study.panel import Panel
from rerating.measures.event_study.settings import Settings


@dataclass(frozen=True, eq=False)
class Sample:
    """The used events of a study, in the order of their days."""

    panel: Panel
    settings: Settings
    computed: Computed
    rows: Integers
    abnormal: Floats  # [n, c]
    standardised: Floats  # [n, c]
    degrees: Floats  # [n]
    plain: Moments
    scaled: Moments

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """Each column as a range [start, stop) of days of the event window."""
        first = self.settings.first
        return [(start - first, stop - first + 1) for start, stop in self.settings.columns]

    @cached_property
    def patell(self) -> Statistic:
        """Patell's z by the standardisation asked for."""
        exact = inference.patell(self.standardised, self.degrees, self.scaled)
        if self.settings.standardisation == "exact":
            return exact
        days = self.settings.last - self.settings.first + 1
        z = exact.value.copy()
        z[days:] = inference.patell_summed(self.standardised[:, :days], self.degrees, self.ranges[days:])
        return inference.judged("patell", z, exact.n, degrees=None, why=dict(exact.why))

    @cached_property
    def bmp(self) -> Statistic:
        """The t of Boehmer, Musumeci and Poulsen."""
        return inference.bmp(self.standardised, self.scaled)

    @cached_property
    def generalised(self) -> tuple[Statistic, Statistic]:
        """GRANK-T and GRANK-Z."""
        sums = self.computed.ranks
        assert sums is not None  # asked for by name, so `compute` made them
        variance = rank_variance(self.computed.results.fits[self.rows], self.standardised)
        return inference.generalised_rank(sums.general, sums.general_count, sums.event, sums.event_count, variance)

    @property
    def lengths(self) -> Floats:
        """Days of each column."""
        return np.array([stop - start for start, stop in self.ranges], dtype=np.float64)

    @property
    def clusters(self) -> list[Integers]:
        """Labels of the clusterings asked for."""
        labels = {"date": self.panel.days[self.computed.row[self.rows]], "firm": self.computed.line[self.rows]}
        return [labels[name] for name in self.settings.cluster]


def sample(panel: Panel, settings: Settings, computed: Computed) -> Sample:
    """The used events; where all are used, without a copy."""
    rows = computed.used
    results = computed.results
    abnormal, standardised = abnormal_columns(results, settings), standardised_columns(results, settings)
    degrees = results.fits[:, DEGREES]
    if rows.size < results.used.size:
        abnormal, standardised, degrees = abnormal[rows], standardised[rows], degrees[rows]
    plain, scaled = moments(abnormal), moments(standardised)
    return Sample(panel, settings, computed, rows, abnormal, standardised, degrees, plain, scaled)


def run(panel: Panel, settings: Settings, computed: Computed) -> tuple[Statistic, ...]:
    """The tests that are asked for, in their order."""
    if computed.used.size == 0:
        return tuple(_nothing(name, settings) for name in settings.tests)
    from_sample = sample(panel, settings, computed)
    return tuple(BATTERY[name](from_sample) for name in settings.tests)


def _nothing(name: str, settings: Settings) -> Statistic:
    columns = len(settings.columns)
    why = dict.fromkeys(range(columns), "no event is used; see the outcome of each")
    return Statistic(name, np.full(columns, np.nan), np.full(columns, np.nan), np.zeros(columns, np.int64), "none", why)


def _cross_sectional(s: Sample) -> Statistic:
    if s.settings.cluster:
        return inference.clustered_t(s.abnormal, *s.clusters)
    return inference.cross_sectional_t(s.abnormal, s.plain)


def _crude_dependence(s: Sample) -> Statistic:
    sums = s.computed.sums
    with np.errstate(divide="ignore", invalid="ignore"):
        residual_mean = sums.residual / sums.residual_count
    return inference.crude_dependence(s.plain.mean, s.lengths, s.plain.n, residual_mean)


def _adjusted_patell(s: Sample) -> Statistic:
    return inference.adjusted(s.patell, s.computed.correlation, estimated_variance=False)


def _adjusted_bmp(s: Sample) -> Statistic:
    return inference.adjusted(s.bmp, s.computed.correlation, estimated_variance=True)


def _corrado(s: Sample) -> Statistic:
    sums = s.computed.sums
    return inference.rank_test("corrado_rank", sums.rank, sums.rank_count, s.settings.estimation, s.ranges)


def _zivney(s: Sample) -> Statistic:
    sums = s.computed.ranks
    assert sums is not None  # asked for by name, so `compute` made them
    return inference.rank_test("corrado_zivney", sums.zivney, sums.zivney_count, s.settings.estimation, s.ranges)


def _sign(s: Sample) -> Statistic:
    return inference.sign(s.abnormal)


def _generalized_sign(s: Sample) -> Statistic:
    return inference.generalized_sign(s.abnormal, s.computed.results.positive[s.rows])


def _skewness(s: Sample) -> Statistic:
    return inference.skewness_hall(s.abnormal, s.plain)


def _wild(s: Sample) -> Statistic:
    rng = np.random.default_rng(s.settings.seed)
    cluster = s.clusters[0] if s.settings.cluster else None
    return inference.wild_bootstrap(s.abnormal, rng, draws=s.settings.draws, cluster=cluster)


def _calendar_time(s: Sample) -> Statistic:
    days = s.settings.last - s.settings.first + 1
    row = s.computed.row[s.rows][:, None] + np.arange(s.settings.first, s.settings.last + 1)
    return inference.calendar_time(s.abnormal[:, :days], s.panel.days[row], s.ranges)


BATTERY: dict[str, Callable[[Sample], Statistic]] = {
    "cross_sectional_t": _cross_sectional,
    "crude_dependence": _crude_dependence,
    "patell": lambda s: s.patell,
    "adjusted_patell_kolari_pynnonen": _adjusted_patell,
    "bmp": lambda s: s.bmp,
    "adjusted_bmp_kolari_pynnonen": _adjusted_bmp,
    "corrado_rank": _corrado,
    "corrado_zivney": _zivney,
    "grank_t": lambda s: s.generalised[0],
    "grank_z": lambda s: s.generalised[1],
    "sign": _sign,
    "generalized_sign_cowan": _generalized_sign,
    "skewness_hall": _skewness,
    "wild_bootstrap": _wild,
    "calendar_time": _calendar_time,
}
