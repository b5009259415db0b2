"""Reported figures and guidance: for each the newest period, as known at the cutoff, and its growth in a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from rerating.core.types import AsOf, Gap, Instant, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.series import Series
from rerating.ledger import View

#: Fields of the facts table that say who a line is, and not how its business does.
IDENTITY_FIELDS = frozenset({"issuer", "units_per_share", "peers", "aliases", "isin", "lei", "cik"})

#: Facts about prices, which the price finding tells.
PRICE_FIELDS = frozenset({f"{end}_52w_{basis}" for end in ("high", "low") for basis in ("intraday", "close")})

#: Items of company facts and the tags that reported them, the preferred one first; companies changed tags over time.
CONCEPTS: dict[str, tuple[str, ...]] = {
    "revenue": (
        "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax",
        "us-gaap:Revenues",
        "us-gaap:SalesRevenueNet",
    ),
    "operating_income": ("us-gaap:OperatingIncomeLoss",),
    "net_income": ("us-gaap:NetIncomeLoss",),
    "eps_diluted": ("us-gaap:EarningsPerShareDiluted",),
    "operating_cash_flow": ("us-gaap:NetCashProvidedByUsedInOperatingActivities",),
    "capex": ("us-gaap:PaymentsToAcquirePropertyPlantAndEquipment", "us-gaap:PaymentsToAcquireProductiveAssets"),
    "buybacks": ("us-gaap:PaymentsForRepurchaseOfCommonStock",),
}
_CONCEPT_OF = {tag: (name, rank) for name, tags in CONCEPTS.items() for rank, tag in enumerate(tags)}

Span = Literal["year", "quarter", "other"]

_YEAR_DAYS = (350, 380)
_QUARTER_DAYS = (80, 100)
_YEAR_EARLIER = (355, 375)
_NOT_REPORTED = ("guidance", "consensus", "estimate", "target")

DEFINITION = (
    "The newest period of each reported figure, years and quarters apart, as published by the cutoff; a figure is "
    "known when its publication was out at the latest. The unit is part of the figure: the same item in two currencies "
    "is two figures. Growth is against the same period a year earlier, both as known at the cutoff: value / value a "
    "year earlier - 1. Where a later filing said another value for the same period, the first one stands beside it. "
    "In company facts an item is a list of tags, because companies changed their tags."
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
    basis: Basis


Row = dict[str, Any]
Key = tuple[str, str, Span]


def fundamentals(view: View, line: Series) -> Fundamentals:
    """The reported figures of the line's issuer."""
    trail = Trail(view)
    held = _periods(view, line)
    found = [_reported(view, trail, line, key, held[key]) for key in sorted(held)]
    figures: tuple[Reported, ...] | Gap = tuple(found)
    if not figures:
        detail = "the ledger holds no reported figures of this company at this cutoff; import or collect them"
        figures = trail.gap(Gap(question=f"reported figures of {line.listing.key}", why=Why.NOT_COVERED, detail=detail))
    return Fundamentals(listing=line.listing.key, figures=figures, basis=trail.basis(DEFINITION))


def span_of(first: date | None, last: date | None) -> Span:
    """Whether a period is a year or a quarter, by its days; 53 weeks are a year, 14 weeks a quarter."""
    if first is None or last is None:
        return "other"
    days = (last - first).days + 1
    if _YEAR_DAYS[0] <= days <= _YEAR_DAYS[1]:
        return "year"
    return "quarter" if _QUARTER_DAYS[0] <= days <= _QUARTER_DAYS[1] else "other"


def _periods(view: View, line: Series) -> dict[Key, list[Row]]:
    """The rows of each figure by period, oldest first: of one period the one known last, of equals the first tag's."""
    best: dict[tuple[Key, date | None, date | None], tuple[Instant, int, Row]] = {}
    for row in view.facts(view.names(line.listing)).rows(named=True):
        if row["field"] in IDENTITY_FIELDS | PRICE_FIELDS or (row["value"] is None and row["low"] is None):
            continue
        if ":" in row["field"] and row["field"] not in _CONCEPT_OF:
            continue  # tags that no concept names
        name, rank = _CONCEPT_OF.get(row["field"], (row["field"], 0))
        first, last = row["period_from"], row["period_to"]
        place = ((name, row["unit"], span_of(first, last)), first, last)
        entry = (row["known_at"], -rank, row)
        if place not in best or best[place][:2] <= entry[:2]:
            best[place] = entry
    held: dict[Key, list[Row]] = {}
    for (key, _, _), (_, _, row) in sorted(best.items(), key=lambda item: _order(item[0])):
        held.setdefault(key, []).append(row)
    return held


def _order(place: tuple[Key, date | None, date | None]) -> tuple[Key, date, date]:
    """By figure and period; what has no period stands for the present and comes last."""
    key, first, last = place
    return key, last or date.max, first or date.max


def _reported(view: View, trail: Trail, line: Series, key: Key, rows: list[Row]) -> Reported:
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
        first_reported=_first(view, trail, line, newest),
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


def _first(view: View, trail: Trail, line: Series, newest: Row) -> FirstReported | None:
    """Back through the ledger to the first value known of the row's key; None where it is the one that stands."""
    if newest["value"] is None:
        return None
    key = ("field", "period_from", "period_to", "unit", "source")
    first = newest
    while True:
        before = view.earlier(AsOf(at=first["known_at"] - timedelta(microseconds=1)))
        rows = before.facts(view.names(line.listing), newest["field"]).rows(named=True)
        same = [row for row in rows if all(row[name] == newest[name] for name in key) and row["value"] is not None]
        if not same:
            break
        first = same[-1]
    if first["value"] == newest["value"]:
        return None
    return FirstReported(value=first["value"], known_at=first["known_at"], src=(trail.row(first),))
