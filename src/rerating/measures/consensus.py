"""Consensus of analysts' ratings under the scales that houses document (METHODS section 5).

Ratings come as notches from hold: 2 strong buy, 1 buy, 0 hold, -1 sell, -2 strong sell. Every scale is a straight line
through them, a window of staleness, and bands with names. Houses count in opposite directions, so a mean without its
scale says nothing. Bands that could not be confirmed in the house's own words are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One house's scale: points for -2 ... 2 notches, the window in days, and the upper ends of its bands.

    `bands` are (upper end, label) in rising order of points; a mean belongs to the first band whose end it does not
    exceed (`closed`), or stays below (not `closed`).
    """

    house: str
    points: tuple[float, float, float, float, float]
    days: int
    bands: tuple[tuple[float, str], ...]
    closed: bool
    confirmed: bool
    source: str
    plain: tuple[float, float] | None = None
    """Points of the plain words Sell and Buy, where the house tells them from Underweight and Overweight."""

    def mean(self, notches: Sequence[int]) -> float:
        """The mean of the points; `notches` must not be empty."""
        return float(np.mean([self.points[notch + 2] for notch in notches]))

    def point(self, notch: int, word: str) -> float:
        """The points of one rating: by its notch, or by the plain word (in lower case) where the scale knows it."""
        if self.plain is not None and word in {"sell", "buy", "verkaufen", "kaufen"}:
            return self.plain[notch > 0]
        return self.points[notch + 2]

    def label(self, mean: float) -> str:
        """The band that a mean belongs to."""
        for end, name in self.bands:
            if mean < end or (self.closed and mean == end):
                return name
        return self.bands[-1][1]


SCALES: tuple[Scale, ...] = (
    Scale(
        house="MarketBeat",
        points=(1.0, 1.0, 2.0, 3.0, 4.0),
        days=365,
        bands=((1.5, "Sell"), (2.5, "Hold"), (3.5, "Moderate Buy"), (4.01, "Buy")),
        closed=False,
        confirmed=False,
        source="marketbeat.com: newest rating of each house in twelve months; the bands were not seen in its own words",
    ),
    Scale(
        house="FactSet",
        points=(3.0, 2.5, 2.0, 1.5, 1.0),
        days=100,
        bands=((1.25, "Buy"), (1.75, "Overweight"), (2.25, "Hold"), (2.75, "Underweight"), (3.01, "Sell")),
        closed=False,
        confirmed=True,
        source="help.saxo: newest per broker in 100 days, bands 1.25, 1.75, 2.25, 2.75",
        plain=(3.0, 1.0),
    ),
    Scale(
        house="Zacks",
        points=(5.0, 4.0, 3.0, 2.0, 1.0),
        days=365,
        bands=((1.0, "Strong Buy"), (2.0, "Buy"), (3.0, "Hold"), (4.0, "Sell"), (5.0, "Strong Sell")),
        closed=True,
        confirmed=True,
        source="nt.zacks.com: 1.0 Strong Buy, 1.1 to 2.0 Buy, 2.1 to 3.0 Hold, 3.1 to 4.0 Sell, 4.1 to 5.0 Strong Sell",
    ),
    Scale(
        house="LSEG I/B/E/S",
        points=(5.0, 4.0, 3.0, 2.0, 1.0),
        days=365,
        bands=((1.5, "Strong Buy"), (2.5, "Buy"), (3.5, "Hold"), (4.5, "Underperform"), (5.01, "Sell")),
        closed=False,
        confirmed=False,
        source="stockopedia.com, fidelity.com: 1 Strong Buy to 5 Sell; the bands at the halves were not seen",
    ),
    Scale(
        house="Benzinga",
        points=(1.0, 2.0, 3.0, 4.0, 5.0),
        days=365,
        bands=((1.5, "Strong Sell"), (2.5, "Sell"), (3.5, "Hold"), (4.5, "Buy"), (5.01, "Strong Buy")),
        closed=False,
        confirmed=True,
        source="docs.benzinga.com: newest per analyst and firm, 5 is Strong Buy, the mean is rounded",
    ),
)


def label_shares(scale: Scale, own: float, others: Sequence[float]) -> tuple[float, float]:
    """Shares of other stocks [n > 0] with a worse label than that of the mean `own`, and with the same one."""
    order = [name for _, name in scale.bands]
    if scale.points[4] < scale.points[0]:
        order.reverse()
    place = order.index(scale.label(own))
    places = np.array([order.index(scale.label(mean)) for mean in others])
    return float((places < place).mean()), float((places == place).mean())


@dataclass(frozen=True, kw_only=True)
class TargetSummary:
    """Price targets of one currency: count, middle, range, and dispersion (standard deviation / mean)."""

    count: int
    mean: float
    median: float
    low: float
    high: float
    dispersion: float | None


def target_summary(targets: Floats) -> TargetSummary:
    """Mean, median, range and dispersion of targets [n > 0] (no NaN, all above 0); dispersion needs two of them."""
    spread = float(np.std(targets, ddof=1) / np.mean(targets)) if targets.size > 1 else None
    return TargetSummary(
        count=int(targets.size),
        mean=float(np.mean(targets)),
        median=float(np.median(targets)),
        low=float(np.min(targets)),
        high=float(np.max(targets)),
        dispersion=spread,
    )
