"""The event study once more, slowly and plainly: one event at a time, one pair at a time, from the papers' formulas.

Nothing here is shared with the package. Missing returns are NaN, calendars are row numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata


@dataclass
class PlainEvent:
    line: int
    position: int
    n: int
    degrees: int
    alpha: float
    betas: list[float]
    s2: float
    residuals: dict[int, float]  # by row
    standard: dict[int, float]  # residuals over their prediction error, by row
    ar: dict[int, float]  # by relative day
    ar_sd: dict[int, float]
    car: dict[tuple[int, int], float]
    car_sd: dict[tuple[int, int], float]
    bhar: dict[tuple[int, int], float]


def plain_event(  # noqa: C901  one formula after the other
    returns: np.ndarray,
    factors: np.ndarray,
    model: str,
    line: int,
    position: int,
    *,
    windows: list[tuple[int, int]],
    estimation: int,
    gap: int,
    minimum: int,
    lags: int = 1,
    risk_free: np.ndarray | None = None,
    log: bool = False,
) -> PlainEvent | None:
    first, last = min(a for a, _ in windows), max(b for _, b in windows)
    stop = position + min(first, 0) - gap
    start = max(0, stop - estimation)
    y_all = returns[:, line]
    free = np.zeros(len(y_all)) if risk_free is None else risk_free

    def regressors(row: int) -> list[float]:
        if model in ("scholes_williams", "dimson"):
            reach = 1 if model == "scholes_williams" else lags
            if row - reach < start or row + reach >= stop:
                return [np.nan]
            return [factors[row + k, 0] for k in range(-reach, reach + 1)]
        if model == "mean_adjusted":
            return []
        if model in ("market", "market_adjusted"):
            return [factors[row, 0]]
        return list(factors[row])

    rows = [t for t in range(start, stop) if np.isfinite(y_all[t] - free[t]) and np.isfinite(regressors(t)).all()]
    if len(rows) < minimum:
        return None
    y = np.array([y_all[t] - free[t] for t in rows])
    n = len(rows)

    def predictors(row: int) -> list[float]:
        if model == "mean_adjusted":
            return [1.0]
        if model in ("factors",):
            return [1.0, *factors[row]]
        return [1.0, factors[row, 0]]

    design = np.array([predictors(t) for t in rows])
    if model in ("mean_adjusted", "market", "factors"):
        coefficients, *_ = np.linalg.lstsq(design, y, rcond=None)
        error = y - design @ coefficients
        degrees = n - design.shape[1]
        s2 = float(error @ error) / degrees
        covariance = s2 * np.linalg.inv(design.T @ design)
    elif model == "market_adjusted":
        coefficients = np.array([0.0, 1.0])
        error = y - design @ coefficients
        degrees = n - 1
        s2 = float(np.var(error, ddof=1))
        covariance = np.zeros((2, 2))
    else:
        shifted = np.array([regressors(t) for t in rows])
        middle = shifted.shape[1] // 2
        x = shifted[:, middle]
        if model == "scholes_williams":
            slopes = [np.cov(y, shifted[:, k])[0, 1] / np.var(shifted[:, k], ddof=1) for k in range(3)]
            rho = np.corrcoef(x, shifted[:, 0])[0, 1]
            beta = sum(slopes) / (1 + 2 * rho)
        else:
            full = np.column_stack([np.ones(n), shifted])
            b, *_ = np.linalg.lstsq(full, y, rcond=None)
            beta = b[1:].sum()
        alpha = y.mean() - beta * x.mean()
        coefficients = np.array([alpha, beta])
        error = y - alpha - beta * x
        degrees = n - 2
        s2 = float(error @ error) / degrees
        if model == "scholes_williams":
            z = shifted.sum(axis=1)
            z = z - z.mean()
            variance = s2 * float(z @ z) / float(z @ (x - x.mean())) ** 2
        else:
            rest = y - full @ b
            full_covariance = float(rest @ rest) / (n - full.shape[1]) * np.linalg.inv(full.T @ full)
            variance = full_covariance[1:, 1:].sum()
        mean = x.mean()
        covariance = np.array([[s2 / n + mean**2 * variance, -mean * variance], [-mean * variance, variance]])

    def prediction(days: list[int]) -> float:
        total = np.sum([predictors(position + d) for d in days], axis=0)
        return s2 * len(days) + float(total @ covariance @ total)

    ar, ar_sd, expected = {}, {}, {}
    for d in range(first, last + 1):
        row = position + d
        e = float(np.dot(predictors(row), coefficients)) + free[row]
        value = y_all[row] - e
        if np.isfinite(value):
            ar[d], expected[d] = float(value), e
            ar_sd[d] = float(np.sqrt(prediction([d])))
    car, car_sd, bhar = {}, {}, {}
    for window in windows:
        days = [d for d in range(window[0], window[1] + 1) if d in ar]
        if not days:
            continue
        car[window] = sum(ar[d] for d in days)
        car_sd[window] = float(np.sqrt(prediction(days)))
        held, normal = 1.0, 1.0
        for d in days:
            r = y_all[position + d]
            held *= float(np.exp(r)) if log else 1 + r
            normal *= float(np.exp(expected[d])) if log else 1 + expected[d]
        bhar[window] = held - normal
    standard = {}
    for t, e in zip(rows, error, strict=True):
        v = np.array(predictors(t))
        standard[t] = float(e / np.sqrt(s2 + v @ covariance @ v))
    return PlainEvent(
        line,
        position,
        n,
        degrees,
        float(coefficients[0]),
        [float(c) for c in coefficients[1:]],
        s2,
        dict(zip(rows, map(float, error), strict=True)),
        standard,
        ar,
        ar_sd,
        car,
        car_sd,
        bhar,
    )


class PlainTests:
    """The tests for one column, a window (one day is (d, d)), over events that all were computed."""

    def __init__(self, events: list[PlainEvent], windows: list[tuple[int, int]], estimation: int, gap: int) -> None:
        self.events = events
        self.first = min(a for a, _ in windows)
        self.last = max(b for _, b in windows)
        self.estimation = estimation
        self.edge = min(self.first, 0) - gap

    def values(self, window: tuple[int, int]) -> dict[int, float]:
        if window[0] == window[1]:
            return {i: e.ar[window[0]] for i, e in enumerate(self.events) if window[0] in e.ar}
        return {i: e.car[window] for i, e in enumerate(self.events) if window in e.car}

    def standardised(self, window: tuple[int, int]) -> dict[int, float]:
        if window[0] == window[1]:
            d = window[0]
            return {i: e.ar[d] / e.ar_sd[d] for i, e in enumerate(self.events) if d in e.ar}
        return {i: e.car[window] / e.car_sd[window] for i, e in enumerate(self.events) if window in e.car}

    def cross_sectional_t(self, window: tuple[int, int]) -> float:
        x = np.array(list(self.values(window).values()))
        return float(np.sqrt(len(x)) * x.mean() / x.std(ddof=1))

    def crude_dependence(self, window: tuple[int, int]) -> float:
        means = []
        for back in range(self.estimation, 0, -1):
            there = [e.residuals.get(e.position + self.edge - back) for e in self.events]
            known = [r for r in there if r is not None]
            if known:
                means.append(np.mean(known))
        x = np.array(list(self.values(window).values()))
        return float(x.mean() / (np.std(means, ddof=1) * np.sqrt(window[1] - window[0] + 1)))

    def patell(self, window: tuple[int, int]) -> float:
        s = self.standardised(window)
        q = [self.events[i].degrees / (self.events[i].degrees - 2) for i in s]
        return float(sum(s.values()) / np.sqrt(sum(q)))

    def mean_correlation(self, window: tuple[int, int]) -> float:
        """Mean correlation of the pairs, weighted by the share of the window that the two have in common.

        For each two event days: the products of the standardised residuals of all pairs on all days that both have,
        over their number; with complete windows that is the mean of the pairs' Pearson correlations.
        """
        length = window[1] - window[0] + 1
        count = len(self.events)
        products: dict[tuple[int, int], list[float]] = {}
        pairs: dict[tuple[int, int], int] = {}
        for i in range(count):
            for j in range(i):
                a, b = sorted((self.events[i], self.events[j]), key=lambda e: e.position)
                if b.position - a.position < length:
                    days = (a.position, b.position)
                    products.setdefault(days, []).extend(self.products(a, b))
                    pairs[days] = pairs.get(days, 0) + 2
        total = sum(
            (1 - (late - early) / length) * pairs[early, late] * np.mean(products[early, late])
            for early, late in pairs
            if products[early, late]
        )
        return float(total / (count * (count - 1)))

    @staticmethod
    def products(a: PlainEvent, b: PlainEvent) -> list[float]:
        mean_a, mean_b = np.mean(list(a.residuals.values())), np.mean(list(b.residuals.values()))
        scale_a = np.sqrt(np.mean([(r - mean_a) ** 2 for r in a.residuals.values()]))
        scale_b = np.sqrt(np.mean([(r - mean_b) ** 2 for r in b.residuals.values()]))
        common = sorted(set(a.residuals) & set(b.residuals))
        return [(a.residuals[t] - mean_a) / scale_a * (b.residuals[t] - mean_b) / scale_b for t in common]

    def bmp(self, window: tuple[int, int]) -> float:
        s = np.array(list(self.standardised(window).values()))
        return float(np.sqrt(len(s)) * s.mean() / s.std(ddof=1))

    def adjusted_patell(self, window: tuple[int, int]) -> float:
        n, r = len(self.standardised(window)), self.mean_correlation(window)
        return self.patell(window) / float(np.sqrt(1 + (n - 1) * r))

    def adjusted_bmp(self, window: tuple[int, int]) -> float:
        n, r = len(self.standardised(window)), self.mean_correlation(window)
        return self.bmp(window) * float(np.sqrt((1 - r) / (1 + (n - 1) * r)))

    def _rank(self, window: tuple[int, int], restandardise: bool) -> float:
        u: dict[int, list[float]] = {}
        spread = {}
        if restandardise:
            for d in range(self.first, self.last + 1):
                s = list(self.standardised((d, d)).values())
                spread[d] = np.std(s, ddof=1) if len(s) > 1 else np.nan
        for e in self.events:
            places, values = [], []
            for back in range(self.estimation, 0, -1):
                row = e.position + self.edge - back
                source = e.standard if restandardise else e.residuals
                if row in source:
                    places.append(-back - 10_000)
                    values.append(source[row])
            for d, ar in e.ar.items():
                places.append(d)
                values.append(ar / e.ar_sd[d] / spread[d] if restandardise else ar)
            scores = rankdata(values) / (1 + len(values)) - 0.5
            for place, score in zip(places, scores, strict=True):
                u.setdefault(place, []).append(float(score))
        most = max(len(x) for x in u.values())
        scaled = {place: np.mean(x) * np.sqrt(len(x) / most) for place, x in u.items()}
        s = np.sqrt(np.mean([x**2 for x in scaled.values()]))
        days = [d for d in range(window[0], window[1] + 1) if d in scaled]
        return float(sum(scaled[d] for d in days) / (s * np.sqrt(len(days))))

    def corrado_rank(self, window: tuple[int, int]) -> float:
        return self._rank(window, restandardise=False)

    def corrado_zivney(self, window: tuple[int, int]) -> float:
        return self._rank(window, restandardise=True)

    def grank(self, window: tuple[int, int]) -> tuple[float, float]:
        s = self.standardised(window)
        spread = np.std(list(s.values()), ddof=1)
        u: dict[int, list[float]] = {}
        own, variance = [], 0.0
        for i, value in s.items():
            e = self.events[i]
            backs = [b for b in range(self.estimation, 0, -1) if e.position + self.edge - b in e.standard]
            values = [e.standard[e.position + self.edge - b] for b in backs] + [value / spread]
            t = len(values)
            scores = rankdata(values) / (t + 1) - 0.5
            for b, score in zip(backs, scores[:-1], strict=True):
                u.setdefault(b, []).append(float(score))
            own.append(float(scores[-1]))
            variance += (t - 1) / (12 * (t + 1))
        n = len(own)
        parts = [len(x) / n * np.mean(x) ** 2 for x in u.values()] + [np.mean(own) ** 2]
        z = np.mean(own) / np.sqrt(np.mean(parts))
        t = len(parts)
        return float(z * np.sqrt((t - 2) / (t - 1 - z**2))), float(sum(own) / np.sqrt(variance))

    def sign(self, window: tuple[int, int]) -> float:
        x = list(self.values(window).values())
        return (sum(v > 0 for v in x) - len(x) / 2) / (np.sqrt(len(x)) / 2)

    def generalized_sign(self, window: tuple[int, int]) -> float:
        x = self.values(window)
        p = np.mean([np.mean([r > 0 for r in self.events[i].residuals.values()]) for i in x])
        return (sum(v > 0 for v in x.values()) - len(x) * p) / np.sqrt(len(x) * p * (1 - p))

    def skewness_hall(self, window: tuple[int, int]) -> float:
        x = np.array(list(self.values(window).values()))
        n, s = len(x), x.mean() / x.std(ddof=1)
        g = n / ((n - 1) * (n - 2)) * np.sum((x - x.mean()) ** 3) / x.std(ddof=1) ** 3
        return float(np.sqrt(n) * (s + g * s**2 / 3 + g**2 * s**3 / 27 + g / (6 * n)))

    def calendar_time(self, window: tuple[int, int]) -> float:
        by_day: dict[int, list[float]] = {}
        for e in self.events:
            for d in range(window[0], window[1] + 1):
                if d in e.ar:
                    by_day.setdefault(e.position + d, []).append(e.ar[d])
        means = {day: np.mean(x) for day, x in by_day.items()}
        centre = np.mean(list(means.values()))
        m = len(means)
        lags = int(4 * (m / 100) ** (2 / 9))
        variance = sum((x - centre) ** 2 for x in means.values())
        for lag in range(1, lags + 1):
            pairs = [(means[t] - centre) * (means[t - lag] - centre) for t in means if t - lag in means]
            variance += 2 * (1 - lag / (lags + 1)) * sum(pairs)
        return float(centre / np.sqrt(variance / (m * (m - 1))))
