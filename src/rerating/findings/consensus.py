"""What the analysts' houses say: newest ratings under every documented scale, targets with age, printed labels."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import polars as pl

from rerating.core.types import Gap, Instant, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.series import Series
from rerating.language.rating_words import RatingCode, rating, ratings_version
from rerating.ledger import View
from rerating.ledger.view import price_levels
from rerating.measures.consensus import SCALES, target_summary

TARGET_DAYS = (90, 100, 365)
ACTION_DAYS = 90

DEFINITION = (
    "The newest rating of each house within a window before the cutoff, its word mapped to five points by versioned "
    "data, counted under each documented scale at once; words that the mapping does not hold are left out and named. "
    "Targets are the newest of each house within the window, in the currency in which they were printed, adjusted for "
    "splits since; upside is target / close - 1 on a line of that currency. A label as a house printed it is another "
    "kind of fact than one computed here. Most stocks are rated a buy: read the label beside its percentile."
)

#: Houses that print a consensus, by the name under which their labels are quoted.
CONSENSUS_HOUSES = ("MarketBeat", "TipRanks", "Yahoo", "Zacks", "FactSet", "Benzinga", "MarketScreener", "LSEG")
_LABELS = ("Strong Buy", "Moderate Buy", "Moderate Sell", "Strong Sell", "Buy", "Hold", "Reduce", "Sell")


class RatingAction(Figure):
    """One house's action in its own words."""

    house: str
    analyst: str | None
    graded_on: date
    known_at: Instant
    action: str | None
    word_from: str | None
    word_to: str | None
    code: RatingCode | Gap
    change: int | Gap
    """Notches against the same house's word before: above 0 an upgrade."""
    target_from: float | None
    target_to: float | None
    currency: str | None
    source: str


class ScaleLabel(Figure):
    """The consensus under one house's documented scale. `flips_at` is the mean at which the label changes next."""

    house: str
    ratings: int
    mean: float
    label: str
    days: int
    flips_at: float | None
    confirmed: bool
    scale: str


class Targets(Figure):
    """Targets of one currency within one window of days; `upside` against the line's close."""

    days: int
    unit: str
    count: int
    mean: float
    median: float
    low: float
    high: float
    dispersion: float | Gap
    oldest_on: date
    upside: float | Gap


class ObservedLabel(Figure):
    """A consensus label as a house printed it."""

    house: str
    label: str
    target: float | Gap
    unit: str | None
    upside: float | Gap
    known_at: Instant
    source: str


class Consensus(Figure):
    """All that is known of the analysts' views on one line."""

    kind: Literal["consensus"] = "consensus"
    listing: str
    actions: tuple[RatingAction, ...] | Gap
    counts: dict[str, int] | Gap
    scales: tuple[ScaleLabel, ...] | Gap
    targets: tuple[Targets, ...] | Gap
    observed: tuple[ObservedLabel, ...] | Gap
    unmapped: tuple[str, ...]
    mapping: str
    basis: Basis


def consensus(view: View, line: Series) -> Consensus:
    """The analysts' views on a line at the view's cutoff."""
    trail = Trail(view)
    history = view.ratings(line.listing.symbol)
    on = view.as_of.at.date()
    actions: tuple[RatingAction, ...] | Gap = tuple(
        _action(trail, row, before)
        for row, before in _with_words_before(history)
        if row["graded_on"] > on - timedelta(days=ACTION_DAYS)
    )
    if not history.height:
        actions = trail.gap(_nothing(line, "rating actions", "ratings"))
    coded, unmapped = _coded(history)
    return Consensus(
        listing=line.listing.key,
        actions=actions,
        counts=_counts(coded, on) if coded is not None else trail.gap(_nothing(line, "ratings by code", "ratings")),
        scales=_scales(trail, coded, on) or trail.gap(_nothing(line, "consensus of ratings", "ratings")),
        targets=_targets(view, trail, line, history) or trail.gap(_nothing(line, "price targets", "ratings")),
        observed=_observed(view, trail, line)
        or trail.gap(_nothing(line, "consensus labels as printed", "events of the category consensus")),
        unmapped=tuple(sorted(unmapped)),
        mapping=ratings_version(),
        basis=trail.basis(DEFINITION),
    )


def _nothing(line: Series, question: str, what: str) -> Gap:
    detail = f"the ledger holds no {what} of {line.listing.symbol} that count at this cutoff; collect or import them"
    return Gap(question=f"{question} of {line.listing.key}", why=Why.NOT_COVERED, detail=detail)


def _with_words_before(history: pl.DataFrame) -> list[tuple[dict[str, Any], str | None]]:
    """Each action with the word of the same house before it, as stated in the row or else as recorded earlier."""
    last: dict[str, str] = {}
    found = []
    for row in history.rows(named=True):
        found.append((row, row["word_from"] or last.get(row["house"])))
        if row["word_to"]:
            last[row["house"]] = row["word_to"]
    return found


def _action(trail: Trail, row: dict[str, Any], before: str | None) -> RatingAction:
    code = rating(row["word_to"] or "")
    earlier = rating(before or "")
    change: int | Gap
    if isinstance(code, Gap):
        change = code
    elif isinstance(earlier, Gap):
        change = Gap(
            question="change of the rating", why=Why.NOT_COVERED, detail="no earlier word of this house is held"
        )
    else:
        change = code.code.notches_from_hold - earlier.code.notches_from_hold
    mark = trail.row(row)
    return RatingAction(
        house=row["house"],
        analyst=row["analyst"],
        graded_on=row["graded_on"],
        known_at=row["known_at"],
        action=row["action"],
        word_from=before,
        word_to=row["word_to"],
        code=code if isinstance(code, Gap) else code.code,
        change=change,
        target_from=row["target_from"],
        target_to=row["target_to"],
        currency=row["currency"],
        source=str(row["locator"] or row["source"]),
        src=(mark,),
    )


def _newest(history: pl.DataFrame, on: date, days: int, column: str) -> list[dict[str, Any]]:
    """Each house's newest row with a value in `column`, not older than `days`."""
    rows = history.filter(pl.col(column).is_not_null() & (pl.col("graded_on") > on - timedelta(days=days)))
    return rows.unique("house", keep="last", maintain_order=True).rows(named=True)


def _coded(history: pl.DataFrame) -> tuple[pl.DataFrame | None, set[str]]:
    """The rows whose word has a code, with its notches, and the words that have none."""
    words = {word: rating(word) for word in history["word_to"].drop_nulls().unique()}
    unmapped = {word for word, found in words.items() if isinstance(found, Gap) and found.why is Why.NOT_COVERED}
    notches = {word: found.code.notches_from_hold for word, found in words.items() if not isinstance(found, Gap)}
    if not notches:
        return None, unmapped
    coded = history.with_columns(
        pl.col("word_to").replace_strict(notches, default=None, return_dtype=pl.Int64).alias("notches")
    )
    return coded, unmapped


def _counts(coded: pl.DataFrame, on: date) -> dict[str, int]:
    notches = Counter(row["notches"] for row in _newest(coded, on, 365, "notches"))
    return {code.value: notches.get(code.notches_from_hold, 0) for code in RatingCode}


def _scales(trail: Trail, coded: pl.DataFrame | None, on: date) -> tuple[ScaleLabel, ...] | None:
    labels = []
    for scale in SCALES if coded is not None else ():
        assert coded is not None
        rows = _newest(coded, on, scale.days, "notches")
        if not rows:
            continue
        mean = scale.mean([row["notches"] for row in rows])
        ends = [end for end, _ in scale.bands[:-1]]
        labels.append(
            ScaleLabel(
                house=scale.house,
                ratings=len(rows),
                mean=mean,
                label=scale.label(mean),
                days=scale.days,
                flips_at=min(ends, key=lambda end: (abs(end - mean), end)) if ends else None,
                confirmed=scale.confirmed,
                scale=scale.source,
                src=tuple(trail.row(row) for row in rows),
            )
        )
    return tuple(labels) or None


def _targets(view: View, trail: Trail, line: Series, history: pl.DataFrame) -> tuple[Targets, ...] | None:
    on = view.as_of.at.date()
    splits = view.splits(line.listing).rows(named=True)
    found = []
    for days in TARGET_DAYS:
        rows = [row for row in _newest(history, on, days, "target_to") if row["target_to"] > 0]
        for unit in sorted({row["currency"] or line.listing.currency for row in rows}):
            own = [row for row in rows if (row["currency"] or line.listing.currency) == unit]
            levels = np.array([row["target_to"] / _factor(row["graded_on"], splits) for row in own])
            summary = target_summary(levels)
            found.append(
                Targets(
                    days=days,
                    unit=unit,
                    count=summary.count,
                    mean=summary.mean,
                    median=summary.median,
                    low=summary.low,
                    high=summary.high,
                    dispersion=summary.dispersion
                    if summary.dispersion is not None
                    else Gap(question="dispersion of targets", why=Why.TOO_SHORT, detail="it needs two targets"),
                    oldest_on=min(row["graded_on"] for row in own),
                    upside=upside(line, summary.mean, unit),
                    src=(*(trail.row(row) for row in own), trail.row(line.bar(line.last))),
                )
            )
    return tuple(found) or None


def _factor(on: date, splits: list[dict[str, Any]]) -> float:
    factor = 1.0
    for split in splits:
        factor *= split["value"] if split["effective_on"] > on else 1.0
    return factor


def upside(line: Series, target: float, unit: str) -> float | Gap:
    """target / close - 1 on a line of the target's currency; a Gap on any other, and where the close is no level."""
    if unit != line.listing.currency:
        detail = f"the target is in {unit} and {line.listing.key} trades in {line.listing.currency}; ask for that line"
        return Gap(question="upside", why=Why.NOT_APPLICABLE, detail=detail)
    return price_levels(line.bars) or target / float(line.close[line.last]) - 1.0


def _observed(view: View, trail: Trail, line: Series) -> tuple[ObservedLabel, ...] | None:
    """The newest label of each house that prints a consensus, read from dated events."""
    newest: dict[str, ObservedLabel] = {}
    rows = view.events(view.names(line.listing)).filter(pl.col("category") == "consensus").rows(named=True)
    for row in rows:
        house = next((name for name in CONSENSUS_HOUSES if name.lower() in row["title"].lower()), None)
        label = next((name for name in _LABELS if re.search(rf"\b{name}\b", row["title"])), None)
        if house is None or label is None:
            continue
        known = row["value"] is not None and len(str(row["unit"])) == 3
        none = Gap(
            question="mean target", why=Why.NOT_COVERED, detail="the label was printed without a target in money"
        )
        newest[house] = ObservedLabel(
            house=house,
            label=label,
            target=row["value"] if known else none,
            unit=row["unit"] if known else None,
            upside=upside(line, row["value"], row["unit"]) if known else none,
            known_at=row["known_at"],
            source=str(row["locator"] or row["source"]),
            src=(trail.row(row), trail.row(line.bar(line.last))),
        )
    return tuple(newest[house] for house in sorted(newest)) or None
