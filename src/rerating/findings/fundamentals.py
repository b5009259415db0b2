"""Reported figures and guidance: for each the newest period, as known at the cutoff, and its growth in a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from rerating.core.types import Gap, Instant, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.multiples import Valuation, valuation
from rerating.findings.reports import PARTS, Key, Reports, Row, Span
from rerating.findings.series import Series
from rerating.ledger import View

_YEAR_EARLIER = (355, 375)
_NOT_REPORTED = ("guidance", "consensus", "estimate", "target")

#: What Yahoo's pages say of analysts; the consensus and the multiples tell it.
_ANALYSTS = ("estimate.", "recommendation", "target_", "next_results", "results_call", "eps.reported", "eps.expected")

DEFINITION = (
    "The newest period of each reported figure, years and quarters apart, as published by the cutoff; a figure is "
    "known when its publication was out at the latest. The unit is part of the figure: the same item in two "
    "currencies is two figures. Growth is against the same period a year earlier, both as known at the cutoff: value "
    "/ value a year earlier - 1. Where a later filing said another value for the same period, the first one stands "
    "beside it. In company facts an item is a list of tags, because companies changed their tags. A multiple takes "
    "the last close, in the currency of the reports at the ECB's rate of that day, and twelve months: a year, four "
    "quarters, or the last year plus what came since less the same part of that year. Market value is close / units "
    "per listed share x shares; enterprise value is market value - net cash + minority interests; net cash is as the "
    "company states it, else cash and securities - debt of one balance sheet; ebitda is operating income + "
    "depreciation and amortisation; pe_trailing is close / diluted earnings a share, pe_forward close / expected "
    "earnings of the next twelve months; fcf_yield is free cash flow / market value. The own past is the month ends "
    "of up to 60 months, with what was known at each; the percentile is the share of them that the value exceeds."
)


class FirstReported(Figure):
    """What was first said of a period, where the value that stands now is another one."""

    value: float
    known_at: Instant


class Growth(Figure):
    """Against the same period a year earlier, as both are known now: `ratio` is value / before - 1."""

    ratio: float
    before: float
    before_from: date
    before_to: date
    before_known_at: Instant


class Reported(Figure):
    """One figure of one period: a value, or a range from `low` to `high`.

    `growth` is None for what has none by its nature (a range, a day's level, guidance and estimates);
    `first_reported` is None where the first value known still stands.
    """

    field: str
    period_from: date | None
    period_to: date | None
    span: Span
    value: float | None
    low: float | None
    high: float | None
    unit: str
    known_at: Instant
    note: str | None
    growth: Growth | Gap | None
    first_reported: FirstReported | None


class Fundamentals(Figure):
    """What the company (and the analysts' consensus) had reported by the cutoff."""

    kind: Literal["fundamentals"] = "fundamentals"
    listing: str
    figures: tuple[Reported, ...] | Gap
    valuation: Valuation | Gap
    basis: Basis


def fundamentals(view: View, line: Series) -> Fundamentals:
    """The reported figures of the line's issuer."""
    trail = Trail(view)
    reports = Reports(view, line)
    held = reports.at(view.as_of.at)
    found = [_reported(trail, line, reports, key, held[key]) for key in sorted(held) if _is_told(key[0])]
    figures: tuple[Reported, ...] | Gap = tuple(found)
    if not figures:
        detail = "the ledger holds no reported figures of this company at this cutoff; import or collect them"
        figures = trail.gap(Gap(question=f"reported figures of {line.listing.key}", why=Why.NOT_COVERED, detail=detail))
    worth = valuation(view, trail, line, reports)
    return Fundamentals(listing=line.listing.key, figures=figures, valuation=worth, basis=trail.basis(DEFINITION))


def _is_told(field: str) -> bool:
    """Whether a field is a figure of the company, and not a part of its net cash or what analysts expect of it."""
    return field not in PARTS and not field.startswith(_ANALYSTS)


def _reported(trail: Trail, line: Series, reports: Reports, key: Key, rows: list[Row]) -> Reported:
    newest = rows[-1]
    name, unit, span = key
    return Reported(
        field=name,
        period_from=newest["period_from"],
        period_to=newest["period_to"],
        span=span,
        value=newest["value"],
        low=newest["low"],
        high=newest["high"],
        unit=unit,
        known_at=newest["known_at"],
        note=newest["note"],
        growth=_growth(trail, line, key, rows),
        first_reported=_first(trail, reports, newest),
        src=(trail.row(newest),),
    )


def _growth(trail: Trail, line: Series, key: Key, rows: list[Row]) -> Growth | Gap | None:
    """Against the period of the same kind that ended a year before the newest one."""
    newest = rows[-1]
    name, _, span = key
    if span == "other" or newest["value"] is None or any(word in name for word in _NOT_REPORTED):
        return None
    question = f"growth of {name} of {line.listing.key} to {newest['period_to']}"
    least, most = (timedelta(days=days) for days in _YEAR_EARLIER)
    before = [
        row for row in rows if row["value"] is not None and least <= newest["period_to"] - row["period_to"] <= most
    ]
    if not before:
        detail = "the same period a year earlier is not held in this unit at this cutoff; import or collect it"
        return trail.gap(Gap(question=question, why=Why.NOT_COVERED, detail=detail))
    base = before[-1]
    if base["value"] <= 0.0:
        detail = "the figure of a year earlier is not above 0, so that a ratio says nothing; compare the amounts"
        return trail.gap(Gap(question=question, why=Why.NOT_APPLICABLE, detail=detail))
    return Growth(
        ratio=newest["value"] / base["value"] - 1.0,
        before=base["value"],
        before_from=base["period_from"],
        before_to=base["period_to"],
        before_known_at=base["known_at"],
        src=(trail.row(newest), trail.row(base)),
    )


def _first(trail: Trail, reports: Reports, newest: Row) -> FirstReported | None:
    """The first value known of the row's key; None where it is the one that stands."""
    if newest["value"] is None:
        return None
    first = reports.first(newest)
    if first["value"] == newest["value"]:
        return None
    return FirstReported(value=first["value"], known_at=first["known_at"], src=(trail.row(first),))
