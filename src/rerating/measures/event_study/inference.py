"""Tests across events. Each takes one value an event and column (a day or a window) and tests that their mean is zero.

Arrays are [n, c]: n events, c columns, NaN where an event has no value in a column; it then counts in the others only.
Every test returns statistic and two-sided p for each column, or the reason why there is none. All of them are plain
functions of arrays; `study.event_study` feeds them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rerating.core.errors import UsageError
from rerating.measures.event_study.layout import Floats, Integers

TESTS = (
    "cross_sectional_t",
    "crude_dependence",
    "patell",
    "adjusted_patell_kolari_pynnonen",
    "bmp",
    "adjusted_bmp_kolari_pynnonen",
    "corrado_rank",
    "corrado_zivney",
    "grank_t",
    "grank_z",
    "sign",
    "generalized_sign_cowan",
    "skewness_hall",
    "wild_bootstrap",
    "calendar_time",
)


@dataclass(frozen=True, eq=False)
class Statistic:
    """One test in all columns. `why[c]` says why column c has none; value and p are NaN there."""

    name: str
    value: Floats
    p: Floats
    n: Integers
    distribution: str
    why: dict[int, str] = field(default_factory=dict)


def judged(
    name: str,
    statistic: Floats,
    n: Integers | Floats,
    *,
    degrees: Floats | float | None,
    why: dict[int, str],
    least: int = 2,
) -> Statistic:
    """Statistic with its two-sided p, by Student's t with `degrees` of freedom, or the normal where that is None."""
    from scipy.special import ndtr, stdtr

    n = np.asarray(n, dtype=np.int64)
    statistic = np.array(statistic, dtype=np.float64)
    for c in np.flatnonzero(n < least):
        why.setdefault(int(c), f"too few events have a value ({n[c]}; {least} needed)")
    statistic[list(why)] = np.nan
    for c in np.flatnonzero(~np.isfinite(statistic)):
        why.setdefault(int(c), "the values do not differ between the events")
        statistic[c] = np.nan
    size = -np.abs(statistic)
    p = np.asarray(2.0 * (ndtr(size) if degrees is None else stdtr(degrees, size)), dtype=np.float64)
    return Statistic(name, statistic, p, n, "normal" if degrees is None else "student", why)


def two_sided_student(t: Floats, degrees: Floats | float) -> Floats:
    """P(|T| >= |t|) of Student's t; NaN stays NaN."""
    from scipy.special import stdtr

    return np.asarray(2.0 * stdtr(degrees, -np.abs(t)), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Moments:
    """Number, mean and standard deviation (n - 1) of each column over its events."""

    n: Integers
    mean: Floats
    sd: Floats

    @property
    def t(self) -> Floats:
        """Root n times mean over standard deviation."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.sqrt(self.n) * self.mean / self.sd


def moments(values: Floats) -> Moments:
    """Moments of each column, missing values left out. A spread that is mere rounding counts as none."""
    from rerating.measures.event_study.moment_kernels import column_moments

    n, mean, squares = np.zeros((3, values.shape[1]))
    column_moments(np.ascontiguousarray(values, dtype=np.float64), n, mean, squares)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        sd = np.sqrt(squares / (n - 1.0))
        sd[squares <= 1e-24 * n * mean * mean] = 0.0
    return Moments(n.astype(np.int64), mean, sd)


def cross_sectional_t(values: Floats, m: Moments | None = None) -> Statistic:
    """t = sqrt(n) mean / sd, Student with n - 1 degrees of freedom (Brown and Warner 1985). Assumes independence."""
    m = m or moments(values)
    return judged("cross_sectional_t", m.t, m.n, degrees=np.maximum(m.n - 1.0, 1.0), why={})


def clustered_t(values: Floats, *clusters: Integers) -> Statistic:
    """The same t with a standard error that allows for dependence within clusters, one-way or two-way.

    V = G/(G-1) sum over clusters of (sum of deviations)^2 / n^2, for two clusterings V1 + V2 - V12 (Liang and Zeger
    1986; Cameron, Gelbach and Miller 2011). Student with the smaller G - 1. `clusters` are [n] labels each.
    """
    if not 1 <= len(clusters) <= 2:
        raise UsageError(f"{len(clusters)} clusterings were given; give one or two.")
    m = moments(values)
    statistic, degrees = np.full(values.shape[1], np.nan), np.ones(values.shape[1])
    why: dict[int, str] = {}
    for c in range(values.shape[1]):
        known = ~np.isnan(values[:, c])
        if known.sum() < 2:
            continue
        deviation = values[known, c] - m.mean[c]
        ways = [np.unique(labels[known], return_inverse=True)[1] for labels in clusters]
        number = min(int(way.max()) + 1 for way in ways)
        if number < 2:
            why[c] = "all events lie in one cluster"
            continue
        variance = sum(_cluster_variance(deviation, way) for way in ways)
        if len(ways) == 2:
            both = np.unique(ways[0] * (int(ways[1].max()) + 1) + ways[1], return_inverse=True)[1]
            variance -= _cluster_variance(deviation, both)
        if not variance > 0.0:
            why[c] = "the clustered variance is not positive"
            continue
        statistic[c], degrees[c] = m.mean[c] / np.sqrt(variance), number - 1
    return judged("cross_sectional_t", statistic, m.n, degrees=degrees, why=why)


def _cluster_variance(deviation: Floats, cluster: Integers) -> float:
    sums = np.bincount(cluster, weights=deviation)
    return float((sums * sums).sum() * sums.size / (sums.size - 1) / deviation.size**2)


def crude_dependence(mean: Floats, days: Floats, n: Integers, residual_mean: Floats) -> Statistic:
    """Mean abnormal return over the time-series deviation of the sample's mean residual (Brown and Warner 1980).

    `residual_mean` [m] is the mean residual of the sample on each day of event time in the estimation window (NaN where
    no event has one), its deviation taken with m - 1; for L days the denominator is sqrt(L) times that. Student with
    m - 1 degrees of freedom.
    """
    there = residual_mean[~np.isnan(residual_mean)]
    if there.size < 3:
        why = dict.fromkeys(range(mean.size), f"too few days have residuals ({there.size}; 3 needed)")
        return judged("crude_dependence", mean, n, degrees=1.0, why=why, least=1)
    sd = there.std(ddof=1)
    return judged("crude_dependence", mean / (sd * np.sqrt(days)), n, degrees=there.size - 1.0, why={}, least=1)


def patell(standardised: Floats, degrees: Floats, m: Moments | None = None) -> Statistic:
    """z = sum of SAR over the root of the sum of (M - 2) / (M - 4), the variance of a Student t (Patell 1976).

    `degrees` [n] are each event's degrees of freedom, M - 2 under the market model. For windows the values are CAR over
    its exact standard error, which includes the covariance that the estimated parameters put between the days.
    """
    m = m or moments(standardised)
    with np.errstate(divide="ignore"):
        spread = np.where(degrees > 2.0, degrees / (degrees - 2.0), np.nan)
    if (m.n == len(standardised)).all():
        variance = np.full(m.n.size, spread.sum())
    else:
        variance = (spread[:, None] * ~np.isnan(standardised)).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = m.n * m.mean / np.sqrt(variance)
    why = dict.fromkeys(np.flatnonzero(np.isnan(variance)).tolist(), "an event has no more than 2 degrees of freedom")
    return judged("patell", z, m.n, degrees=None, why=why)


def patell_summed(sar: Floats, degrees: Floats, windows: list[tuple[int, int]]) -> Floats:
    """Patell's own statistic for windows, n^-1/2 sum of (sum of SAR over L days) / sqrt(L (M - 2) / (M - 4)).

    It takes the days' forecast errors as independent, which they are not: its variance exceeds 1 by about L / M.
    `windows` are column ranges [start, stop). Returns the statistics alone.
    """
    out = np.full(len(windows), np.nan)
    spread = degrees / (degrees - 2.0)
    for w, (start, stop) in enumerate(windows):
        part = sar[:, start:stop]
        days = (~np.isnan(part)).sum(axis=1)
        some = days > 0
        if some.any():
            each = np.nansum(part[some], axis=1) / np.sqrt(days[some] * spread[some])
            out[w] = each.sum() / np.sqrt(some.sum())
    return out


def bmp(standardised: Floats, m: Moments | None = None) -> Statistic:
    """t = sqrt(n) mean / sd of the standardised abnormal returns, Student with n - 1 (Boehmer, Musumeci, Poulsen 1991).

    Holds where the event raises the variance.
    """
    m = m or moments(standardised)
    return judged("bmp", m.t, m.n, degrees=np.maximum(m.n - 1.0, 1.0), why={})


def adjusted(plain: Statistic, correlation: Floats, *, estimated_variance: bool) -> Statistic:
    """Kolari and Pynnonen's (2010) adjustment of Patell's z or BMP's t for correlation between the events' residuals.

    With r the mean correlation over all pairs, Var(mean) = s^2 (1 + (n - 1) r) / n, so that Patell's z is divided by
    sqrt(1 + (n - 1) r). BMP's cross-sectional variance is itself too small by 1 - r on average, so that its t is
    multiplied by sqrt((1 - r) / (1 + (n - 1) r)).
    """
    why = dict(plain.why)
    inflation = 1.0 + (plain.n - 1) * correlation
    for c in np.flatnonzero(~(inflation > 0.0) | np.isnan(correlation)):
        why.setdefault(int(c), "the mean correlation of the residuals leaves no positive variance")
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (1.0 - correlation if estimated_variance else 1.0) / inflation
        statistic = plain.value * np.sqrt(share)
    name = f"adjusted_{plain.name}_kolari_pynnonen"
    degrees = np.maximum(plain.n - 1.0, 1.0) if estimated_variance else None
    return judged(name, statistic, plain.n, degrees=degrees, why=why)


def rank_test(name: str, sums: Floats, counts: Floats, first: int, windows: list[tuple[int, int]]) -> Statistic:
    """Corrado's (1989) rank statistic, with Corrado and Zivney's (1992) scaling for missing returns.

    `sums`, `counts` [t] are the sums over the events of U = rank / (1 + M) - 1/2 and their number, by event time, the
    event window from index `first` on. With the day's mean U_t over n_t of n events, S^2 = mean over all days of
    (n_t / n) U_t^2, and z = sqrt(n_t / n) U_t / S; over L days the sum of the days' values over sqrt(L) (Cowan 1992).
    `windows` are ranges [start, stop) in days of the event window. Normal.
    """
    most = counts.max(initial=0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = np.where(counts > 0, sums / counts * np.sqrt(counts / most), np.nan)
    there = ~np.isnan(scaled)
    spread = np.sqrt(np.mean(scaled[there] ** 2)) if there.any() else np.nan
    z, n = np.full(len(windows), np.nan), np.zeros(len(windows), np.int64)
    for w, (start, stop) in enumerate(windows):
        part = scaled[first + start : first + stop]
        days = int((~np.isnan(part)).sum())
        n[w] = int(counts[first + start : first + stop].max(initial=0.0))
        if days and spread > 0.0:
            z[w] = np.nansum(part) / (spread * np.sqrt(days))
    return judged(name, z, n, degrees=None, why={}, least=1)


def generalised_rank(
    general: Floats, general_n: Floats, event: Floats, event_n: Floats, variance: Floats
) -> tuple[Statistic, Statistic]:
    """GRANK-T and GRANK-Z of Kolari and Pynnonen (2011): the whole window is one value among the estimation days.

    `general`, `general_n` [c, m]: sums and numbers of U = rank / (T + 1) - 1/2 of the estimation days, T = M + 1;
    `event`, `event_n` [c] those of the window's own value; `variance` [c] the sum over the events of (T - 1) / (12 (T +
    1)), the variance of U. Z = U_0 / S with S^2 = mean over the T days of (n_t / n) U_t^2; t = Z sqrt((T - 2) / (T - 1
    - Z^2)), Student with T - 2. GRANK-Z is the sum of U over the root of `variance`, normal.
    """
    columns = event.size
    t, z, degrees = np.full(columns, np.nan), np.full(columns, np.nan), np.ones(columns)
    why: dict[int, str] = {}
    for c in range(columns):
        n = event_n[c]
        there = general_n[c] > 0
        days = int(there.sum()) + 1
        if n < 1 or days < 4:
            continue
        own = event[c] / n
        means = general[c, there] / general_n[c, there]
        spread = np.sqrt((np.sum(general_n[c, there] / n * means**2) + own * own) / days)
        raw = own / spread
        if not days - 1 - raw * raw > 0.0:
            why[c] = "the event's mean rank alone makes up all the variation of the mean ranks"
            continue
        t[c] = raw * np.sqrt((days - 2) / (days - 1 - raw * raw))
        degrees[c] = days - 2
        z[c] = event[c] / np.sqrt(variance[c])
    n_events = event_n.astype(np.int64)
    return (
        judged("grank_t", t, n_events, degrees=degrees, why=dict(why), least=1),
        judged("grank_z", z, n_events, degrees=None, why=dict(why), least=1),
    )


def sign(values: Floats) -> Statistic:
    """z = (w - n/2) / (sqrt(n) / 2), w the number of positive values (Brown and Warner 1980). Normal."""
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    positive = (np.where(known, values, -1.0) > 0.0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (positive - 0.5 * n) / (0.5 * np.sqrt(n))
    return judged("sign", z, n, degrees=None, why={})


def generalized_sign(values: Floats, share: Floats) -> Statistic:
    """z = (w - n p) / sqrt(n p (1 - p)) with p the mean share of positive residuals before the event (Cowan 1992).

    `share` [n] is each event's own share in its estimation window. Normal.
    """
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    positive = (np.where(known, values, -1.0) > 0.0).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = (share[:, None] * known).sum(axis=0) / n
        z = (positive - n * p) / np.sqrt(n * p * (1.0 - p))
    return judged("generalized_sign_cowan", z, n, degrees=None, why={})


def skewness_hall(values: Floats, m: Moments | None = None) -> Statistic:
    """t = sqrt(n) (S + g S^2 / 3 + g^2 S^3 / 27 + g / (6 n)) with S = mean / sd and g the skewness (Hall 1992).

    Standard deviation and skewness with n - 1 and n / ((n - 1)(n - 2)), as in the golden values. Student with n - 1.
    """
    m = m or moments(values)
    deviation = np.where(np.isnan(values), 0.0, values - m.mean)
    n = m.n.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = m.mean / m.sd
        skewness = n / ((n - 1.0) * (n - 2.0)) * (deviation**3).sum(axis=0) / m.sd**3
        t = np.sqrt(n) * (ratio + skewness * ratio**2 / 3.0 + skewness**2 * ratio**3 / 27.0 + skewness / (6.0 * n))
    return judged("skewness_hall", t, m.n, degrees=np.maximum(n - 1.0, 1.0), why={}, least=3)


def wild_bootstrap(
    values: Floats, rng: np.random.Generator, *, draws: int = 999, cluster: Integers | None = None
) -> Statistic:
    """p of the cross-sectional t when the signs of the values are thrown anew (Wu 1986; Cameron, Gelbach, Miller 2008).

    With the null imposed each value, or each cluster of them, is multiplied by +1 or -1 with equal chance; p = (1 + k)
    / (1 + draws) with k the draws whose |t| is at least as large. Exact for values that are symmetric about zero.
    """
    plain = cross_sectional_t(values) if cluster is None else clustered_t(values, cluster)
    known = ~np.isnan(values)
    filled = np.where(known, values, 0.0)
    label = np.arange(len(values)) if cluster is None else np.unique(cluster, return_inverse=True)[1]
    groups = int(label.max()) + 1 if label.size else 0
    sums = np.zeros((groups, values.shape[1]))
    sizes = np.zeros((groups, values.shape[1]))
    np.add.at(sums, label, filled)
    np.add.at(sizes, label, known.astype(np.float64))
    first = np.zeros((draws, values.shape[1]))
    second = np.zeros((draws, values.shape[1]))
    for start in range(0, groups, 4096):  # blocks keep the signs of a million events out of memory
        part = slice(start, min(start + 4096, groups))
        signs = rng.integers(0, 2, size=(draws, part.stop - start), dtype=np.int8).astype(np.float64) * 2.0 - 1.0
        first += signs @ sums[part]
        if cluster is not None:
            second += signs @ (sums[part] * sizes[part])
    n = np.maximum(known.sum(axis=0), 1).astype(np.float64)
    mean = first / n
    with np.errstate(divide="ignore", invalid="ignore"):
        if cluster is None:
            deviation = ((filled * filled).sum(axis=0) - n * mean * mean) * n / (n - 1.0)
        else:
            number = np.maximum((sizes > 0).sum(axis=0), 2)
            squares = (sums * sums).sum(axis=0) - 2.0 * mean * second + mean * mean * (sizes * sizes).sum(axis=0)
            deviation = squares * number / (number - 1.0)
        drawn = np.abs(first) / np.sqrt(np.maximum(deviation, 0.0))
    at_least = drawn >= np.abs(plain.value) * (1.0 - 1e-12)
    p = (1.0 + at_least.sum(axis=0)) / (1.0 + draws)
    p[np.isnan(plain.value)] = np.nan
    return Statistic("wild_bootstrap", plain.value, p, plain.n, "bootstrap", dict(plain.why))


def calendar_time(
    abnormal: Floats, days: Integers, windows: list[tuple[int, int]], lags: int | None = None
) -> Statistic:
    """Mean over calendar days of the mean abnormal return of the events active that day, with Newey-West errors.

    Args:
        abnormal: [n, d] daily abnormal returns over the event window.
        days: [n, d] number of the session on which each of them lies.
        windows: ranges [start, stop) in days of the event window.
        lags: of Newey and West's (1987) estimator; None takes 4 (m / 100)^(2/9) for m days (Newey and West 1994).

    Every calendar day counts once, however many events it holds, so dependence within a day needs no model (Jaffe
    1974; Mandelker 1974). Products of days are formed only where both days have an event. Student with m - 1.
    """
    statistic, degrees = np.full(len(windows), np.nan), np.ones(len(windows))
    n = np.zeros(len(windows), np.int64)
    why: dict[int, str] = {}
    origin = int(days.min()) if days.size else 0
    for w, (start, stop) in enumerate(windows):
        values = abnormal[:, start:stop].ravel()
        place = days[:, start:stop].ravel() - origin
        known = ~np.isnan(values)
        n[w] = int((~np.isnan(abnormal[:, start:stop])).any(axis=1).sum())
        if not known.all():
            values, place = values[known], place[known]
        if values.size == 0:
            continue
        count = np.bincount(place)
        active = count > 0
        number = int(active.sum())
        if number < 3:
            why[w] = f"the events lie on too few calendar days ({number}; 3 needed)"
            continue
        mean = np.bincount(place, weights=values)[active] / count[active]
        centred = np.zeros(count.size)
        centred[active] = mean - mean.mean()
        most = int(4.0 * (number / 100.0) ** (2.0 / 9.0)) if lags is None else lags
        variance = float(centred @ centred)
        for lag in range(1, min(most, count.size - 1) + 1):
            variance += 2.0 * (1.0 - lag / (most + 1.0)) * float(centred[lag:] @ centred[:-lag])
        if not variance > 0.0:
            why[w] = "the Newey-West variance is not positive"
            continue
        statistic[w] = mean.mean() / np.sqrt(variance / (number * (number - 1.0)))
        degrees[w] = number - 1
    return judged("calendar_time", statistic, n, degrees=degrees, why=why, least=1)
