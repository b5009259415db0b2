"""Reported figures and guidance: for each the newest period, as known at the cutoff."""

from __future__ import annotations

from datetime import date
from typing import Literal

from rerating.core.types import Gap, Instant, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.series import Series
from rerating.ledger import View

#: Fields of the facts table that say who a line is, and not how its business does.
IDENTITY_FIELDS = frozenset({"issuer", "units_per_share", "peers", "aliases", "isin", "lei", "cik"})

#: Facts about prices, which the price finding tells.
PRICE_FIELDS = frozenset({f"{end}_52w_{basis}" for end in ("high", "low") for basis in ("intraday", "close")})

DEFINITION = (
    "The newest period of each reported figure, as published by the cutoff; a figure is known when its publication was "
    "out at the latest. The unit is part of the figure: the same item in two currencies is two figures."
)


class Reported(Figure):
    """One figure of one period: a value, or a range from `low` to `high`."""

    field: str
    period_from: date | None
    period_to: date | None
    value: float | None
    low: float | None
    high: float | None
    unit: str
    known_at: Instant
    note: str | None


class Fundamentals(Figure):
    """What the company (and the analysts' consensus) had reported by the cutoff."""

    kind: Literal["fundamentals"] = "fundamentals"
    listing: str
    figures: tuple[Reported, ...] | Gap
    basis: Basis


def fundamentals(view: View, line: Series) -> Fundamentals:
    """The reported figures of the line's issuer."""
    trail = Trail(view)
    newest: dict[tuple[str, str], Reported] = {}
    for row in view.facts(view.names(line.listing)).rows(named=True):
        if row["field"] in IDENTITY_FIELDS | PRICE_FIELDS or (row["value"] is None and row["low"] is None):
            continue
        # Rows come sorted by field, period and time of knowledge: the last one of a field and unit is the newest.
        newest[row["field"], row["unit"]] = Reported(
            **{name: row[name] for name in Reported.model_fields if name != "src"}, src=(trail.row(row),)
        )
    figures: tuple[Reported, ...] | Gap = tuple(newest[key] for key in sorted(newest))
    if not figures:
        detail = "the ledger holds no reported figures of this company at this cutoff; import or collect them"
        figures = trail.gap(Gap(question=f"reported figures of {line.listing.key}", why=Why.NOT_COVERED, detail=detail))
    return Fundamentals(listing=line.listing.key, figures=figures, basis=trail.basis(DEFINITION))
