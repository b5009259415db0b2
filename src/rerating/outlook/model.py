"""A trained model as plain data: what it was fitted on, until when, by which code, and how it did out of sample.

A model is a JSON file, never a pickle: it can be read, compared and signed. It is refused for instants before
`trained_as_of`, the latest time at which any row of its training, label ends included, could be known.
"""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np

from rerating.core.errors import IntegrityError, UsageError
from rerating.core.record import Record, canonical_json
from rerating.core.types import Gap, Instant
from rerating.core.version import VERSION
from rerating.measures.predictive import Floats
from rerating.outlook.evaluation import Bin, Edge, Estimate, Pit, proven
from rerating.outlook.forecast import Fit, Variant

#: The layout of a model file. A file with a higher number was written by a newer version of this package.
FORMAT = 1

#: Levels at which a distribution is published: 5 % to 95 % in equal steps, and the outermost.
LEVELS = (0.01, *(step / 20 for step in range(1, 20)), 0.99)

Row = tuple[float, ...]


class BaseRates(Record):
    """How often a simple excess return exceeded the cost, and how often it was below 0, without any forecast."""

    up: float
    down: float


class Labels(Record):
    """What the rule without its gate said out of sample: how often, and what the mean simple excess return then was."""

    label: str
    share: float
    mean_excess: float | Gap
    n: int


class Performance(Record):
    """How the model did out of sample at one horizon.

    `independent` counts the forecasts that do not overlap; `needed` is how many it takes to show the best published
    skill of single stocks (monthly R2 of 0.4 %, hit rate 52.0 %; one-sided 5 %, power 80 %).
    """

    horizon: int
    forecasts: int
    lines: int
    months: int
    first_month: str
    last_month: str
    independent: int
    needed: int
    skill_over_climatology: Estimate | Gap
    skill_over_scale_only: Estimate | Gap
    skill_over_beta_only: Estimate | Gap
    coverage: Estimate | Gap
    pit: Pit
    edges: tuple[Edge, ...] | Gap
    labels: tuple[Labels, ...] = ()
    reliability: tuple[Bin, ...] = ()
    """Stated probability of an excess return above the cost against how often it came; empty in older model files."""

    @property
    def proven(self) -> bool:
        """The gate: skill significant over scale_only and beta_only, from as many forecasts as a proof takes."""
        return not isinstance(self.edges, Gap) and self.independent >= self.needed and proven(self.edges)


class Trained(Record):
    """A fitted variant at one horizon. `refits` are the mean's coefficients over block bootstraps of the months."""

    horizon: int
    names: tuple[str, ...]
    scale_coefficients: Row
    centre: Row
    spread: Row
    coefficients: Row
    penalty: float | None
    market_drift: float
    shrinkage: float
    edges: Row
    grids: tuple[Row, ...]
    rows: int
    refits: tuple[Row, ...]
    base_rates: tuple[BaseRates, ...]
    climatology: Row
    """Quantiles of the log excess returns of the training rows at the published levels."""
    performance: Performance | Gap

    @classmethod
    def of(
        cls,
        fit: Fit,
        *,
        refits: Floats,
        climatology: Floats,
        performance: Performance | Gap,
    ) -> Trained:
        """From a fit in memory."""
        return cls(
            horizon=fit.horizon,
            names=fit.names,
            scale_coefficients=tuple(fit.scale_coefficients),
            centre=tuple(fit.centre),
            spread=tuple(fit.spread),
            coefficients=tuple(fit.coefficients),
            penalty=float(fit.penalty) if np.isfinite(fit.penalty) else None,
            market_drift=fit.market_drift,
            shrinkage=fit.shrinkage,
            edges=tuple(fit.edges),
            grids=tuple(tuple(grid) for grid in fit.grids),
            rows=fit.rows,
            refits=tuple(tuple(row) for row in refits),
            base_rates=tuple(BaseRates(up=float(up), down=float(down)) for up, down in fit.base_rates),
            climatology=tuple(climatology),
            performance=performance,
        )

    def fit(self, variant: Variant) -> Fit:
        """The fit as arrays."""
        return Fit(
            variant=variant,
            horizon=self.horizon,
            names=self.names,
            scale_coefficients=np.array(self.scale_coefficients),
            centre=np.array(self.centre),
            spread=np.array(self.spread),
            coefficients=np.array(self.coefficients),
            penalty=np.inf if self.penalty is None else self.penalty,
            market_drift=self.market_drift,
            shrinkage=self.shrinkage,
            edges=np.array(self.edges),
            grids=np.array(self.grids),
            base_rates=np.array([[rates.up, rates.down] for rates in self.base_rates]),
            rows=self.rows,
            last_end=0,
        )

    def base_rate(self, bucket: int) -> BaseRates:
        """The base rates of a tercile of the scale, or of all where there were too few rows to tell terciles."""
        return self.base_rates[bucket if len(self.base_rates) > 1 else 0]


class Model(Record):
    """A model of one market: what it is, what it was trained on, and for each horizon a fit or why there is none."""

    format: int = FORMAT
    variant: Variant
    benchmark: str
    entry: str
    cost: float
    lines: tuple[str, ...]
    from_on: date
    until_on: date
    trained_as_of: Instant
    until: Instant
    """The cutoff of the view that it was trained on."""
    tried: tuple[Variant, ...] = ()
    """All variants that the significance test was made over; none where there was no test."""
    ledger_version: str | None = None
    software_version: str = VERSION
    code: str | None = None
    seed: int
    horizons: dict[int, Trained | Gap]
    gaps: tuple[Gap, ...] = ()

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the features that its fits use, of all horizons."""
        fits = [fit for fit in self.horizons.values() if isinstance(fit, Trained)]
        return tuple(dict.fromkeys(name for fit in fits for name in fit.names))

    def to_json(self) -> str:
        """Canonical JSON with a newline at the end."""
        return canonical_json(self) + "\n"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def code_digest() -> str:
    """SHA-256 over the sources that a model's numbers depend on: this package and the measures below it."""
    digest = hashlib.sha256()
    for package in ("outlook", "measures"):
        folder = files("rerating") / package
        for entry in sorted(folder.iterdir(), key=lambda item: item.name):
            if entry.name.endswith(".py"):
                digest.update(f"{package}/{entry.name}\x1e".encode())
                digest.update(entry.read_bytes())
    return digest.hexdigest()


def read_model(path: Path) -> Model:
    """The model in a file. Raises UsageError where it is none, IntegrityError where a newer version wrote it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "it is no UTF-8"
        raise UsageError(f"{path} cannot be read ({why}); make a model with 'rerating train'.") from error
    try:
        model = Model.model_validate_json(text)
    except ValueError as error:
        reason = str(error).splitlines()[0]
        raise UsageError(f"{path} is no model ({reason}); make one with 'rerating train'.") from error
    if model.format > FORMAT:
        raise IntegrityError(
            f"{path} has format {model.format} and this version reads up to {FORMAT}; update rerating and try again."
        )
    return model
