"""What the analysts' houses say: newest ratings under every documented scale, targets with age, printed labels."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from rerating.core.tables import FACTS
from rerating.core.types import Gap, Instant, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.lines import sister_lines
from rerating.findings.multiples import ESTIMATE, is_year
from rerating.findings.series import Series
from rerating.language.rating_words import RatingCode, folded, rating, ratings_version
from rerating.ledger import View
from rerating.ledger.view import price_levels
from rerating.measures.consensus import SCALES, Scale, label_shares, target_summary

TARGET_DAYS = (90, 100, 365)
ACTION_DAYS = 90
MOMENTUM_DAYS = (30, 90)
FEWEST_STOCKS = 20
FEWEST_HOUSES = 3
"""Stocks that fewer houses rate are not compared with."""
SAME_ACTION_DAYS = 21
_IMPLAUSIBLE = 3.0
"""A target that changes by more than this factor in one action was not adjusted for a split."""

DEFINITION = (
    "The newest rating of each house within a window before the cutoff, its word mapped to five points by versioned "
    "data, counted under each documented scale at once; words that the mapping does not hold are left out and named. "
    "Targets are the newest of each house within the window, in the currency in which they were printed, adjusted for "
    "splits since; upside is target / close - 1 on the issuer's line of that currency. A label as a house printed it "
    "is another "
    "kind of fact than one computed here. Most stocks are rated a buy: beside each label stands which share of the "
    "stocks that three or more houses rate, and that this ledger holds, has a worse label and which the same. Momentum "
    "counts the actions of a window by their direction and averages the changes of targets of the same house; a "
    "revision of estimates is the newest against the one that stood at the window's start, for the same fiscal year. "
    "Where the same house says the same within 21 days under another date, both dates stand."
)

#: Houses that print a consensus, by the name under which their labels are quoted.
CONSENSUS_HOUSES = ("MarketBeat", "TipRanks", "Yahoo", "Zacks", "FactSet", "Benzinga", "MarketScreener", "LSEG")

#: Days of rating actions are New York's.
_PLACE = "America/New_York"
_LABELS = ("Strong Buy", "Moderate Buy", "Moderate Sell", "Strong Sell", "Buy", "Hold", "Reduce", "Sell")


class OtherDate(Figure):
    """Another day under which the same action of the house is told."""

    on: date
    source: str


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
    also_dated: tuple[OtherDate, ...] = ()


class LabelShares(Figure):
    """How the other rated stocks are labelled under the same scale: shares with a worse and with the same label."""

    worse: float
    same: float
    stocks: int

    @property
    def percentile(self) -> float:
        """The label's rank, stocks of the same label counted by half."""
        return self.worse + self.same / 2


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
    among: LabelShares | Gap


class Targets(Figure):
    """Targets of one currency within one window of days; `upside` against the close of `line`, which trades in it."""

    days: int
    unit: str
    line: str | None = None
    count: int
    mean: float
    median: float
    low: float
    high: float
    dispersion: float | Gap
    oldest_on: date
    upside: float | Gap


class Momentum(Figure):
    """What changed in a window of days: actions by direction, and the mean relative change of targets."""

    days: int
    upgrades: int
    downgrades: int
    raised: int
    cut: int
    target_change: float | Gap


class EstimateRevision(Figure):
    """Expected earnings of one fiscal year now and at the window's start, as the houses' mean was recorded."""

    days: int
    period_to: date
    unit: str
    before: float
    after: float
    change: float | Gap


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
    momentum: tuple[Momentum, ...] | Gap
    revisions: tuple[EstimateRevision, ...] | Gap
    observed: tuple[ObservedLabel, ...] | Gap
    unmapped: tuple[str, ...]
    mapping: str
    basis: Basis


def consensus(view: View, line: Series) -> Consensus:
    """The analysts' views on a line at the view's cutoff."""
    trail = Trail(view)
    history = view.ratings(line.listing.symbol)
    on = view.as_of.at.date()
    told = _with_words_before(history)
    actions: tuple[RatingAction, ...] | Gap = tuple(
        _action(trail, row, before).model_copy(update={"also_dated": _also_dated(view, trail, line, row, history)})
        for row, before in told
        if row["graded_on"] > on - timedelta(days=ACTION_DAYS)
    )
    if not history.height:
        actions = trail.gap(_nothing(line, "rating actions", "ratings"))
    coded, unmapped = _coded(history)
    return Consensus(
        listing=line.listing.key,
        actions=actions,
        counts=_counts(coded, on) if coded is not None else trail.gap(_nothing(line, "ratings by code", "ratings")),
        scales=_scales(view, trail, line, coded) or trail.gap(_nothing(line, "consensus of ratings", "ratings")),
        targets=_targets(view, trail, line, history) or trail.gap(_nothing(line, "price targets", "ratings")),
        momentum=_momentum(view, trail, line, told) or trail.gap(_nothing(line, "changes of ratings", "ratings")),
        revisions=_revisions(view, trail, line) or trail.gap(_no_revisions(line)),
        observed=_observed(view, trail, line)
        or trail.gap(_nothing(line, "consensus labels as printed", "events of the category consensus")),
        unmapped=tuple(sorted(unmapped)),
        mapping=ratings_version(),
        src=() if coded is None else tuple(trail.row(row) for row in _newest(coded, on, 365, "notches")),
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


def _scales(view: View, trail: Trail, line: Series, coded: pl.DataFrame | None) -> tuple[ScaleLabel, ...] | None:
    labels, on = [], view.as_of.at.date()
    others = None if coded is None else _others(view, line)
    for scale in SCALES if coded is not None else ():
        assert coded is not None
        rows = _newest(coded, on, scale.days, "notches")
        if not rows:
            continue
        mean = float(np.mean([scale.point(row["notches"], folded(row["word_to"])) for row in rows]))
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
                among=trail.gap(_few_stocks(line))
                if others is None
                else _among(
                    trail, scale, mean, others.filter(pl.col("graded_on") > on - timedelta(days=scale.days)), line
                ),
                src=tuple(trail.row(row) for row in rows),
            )
        )
    return tuple(labels) or None


def _others(view: View, line: Series) -> pl.DataFrame:
    """All coded ratings of other stocks of the last year."""
    coded, _ = _coded(view.ratings_since(view.as_of.at.date() - timedelta(days=365)))
    return pl.DataFrame() if coded is None else coded.filter(pl.col("symbol") != line.listing.symbol)


def _among(trail: Trail, scale: Scale, own: float, others: pl.DataFrame, line: Series) -> LabelShares | Gap:
    """How the stocks that enough houses rate are labelled under the same scale."""
    if not others.height:
        return trail.gap(_few_stocks(line))
    newest = others.filter(pl.col("notches").is_not_null()).unique(
        ["symbol", "house"], keep="last", maintain_order=True
    )
    pairs = newest.select("notches", "word_to").rows()
    means = (
        newest.with_columns(pl.Series("point", [scale.point(notch, folded(word)) for notch, word in pairs], pl.Float64))
        .group_by("symbol", maintain_order=True)
        .agg(pl.len(), pl.col("point").mean().alias("mean"))
        .filter(pl.col("len") >= FEWEST_HOUSES)
    )
    if means.height < FEWEST_STOCKS:
        return trail.gap(_few_stocks(line))
    worse, same = label_shares(scale, own, means["mean"].to_list())
    used = newest.filter(pl.col("symbol").is_in(means["symbol"].to_list()))
    what = f"newest ratings of {means.height} other stocks"
    return LabelShares(worse=worse, same=same, stocks=means.height, src=trail.rows(used, what))


def _few_stocks(line: Series) -> Gap:
    detail = (
        f"fewer than {FEWEST_STOCKS} other stocks with ratings of {FEWEST_HOUSES} houses are held; import a wider "
        f"history "
        "of ratings"
    )
    return Gap(question=f"rank of the rating of {line.listing.key}", why=Why.NOT_COVERED, detail=detail)


def _momentum(
    view: View, trail: Trail, line: Series, told: list[tuple[dict[str, Any], str | None]]
) -> tuple[Momentum, ...] | None:
    """Changes of words and of targets by the same house within each window."""
    if not told:
        return None
    splits, on = view.splits(line.listing).rows(named=True), view.as_of.at.date()
    moves = _target_moves([row for row, _ in told], splits)
    found = []
    for days in MOMENTUM_DAYS:
        rows = [(row, before) for row, before in told if row["graded_on"] > on - timedelta(days=days)]
        steps = [step for row, before in rows if (step := _step(row, before))]
        changes = [moves[row["id"]] for row, _ in rows if row["id"] in moves]
        none = Gap(
            question=f"change of targets of {line.listing.key}",
            why=Why.NOT_COVERED,
            detail="no house changed or repeated a target in that window whose target before is held",
        )
        found.append(
            Momentum(
                days=days,
                upgrades=sum(step > 0 for step in steps),
                downgrades=sum(step < 0 for step in steps),
                raised=sum(change > 0 for change in changes),
                cut=sum(change < 0 for change in changes),
                target_change=float(np.mean(changes)) if changes else none,
                src=tuple(trail.row(row) for row, _ in rows),
            )
        )
    return tuple(found)


def _step(row: dict[str, Any], before: str | None) -> int:
    """Notches by which a house's word changed; the vendor's `up` and `down` count where no word before is held."""
    after, earlier = rating(row["word_to"] or ""), rating(before or "")
    if not isinstance(after, Gap) and not isinstance(earlier, Gap):
        return after.code.notches_from_hold - earlier.code.notches_from_hold
    return {"up": 1, "down": -1}.get(row["action"] or "", 0)


def _target_moves(rows: list[dict[str, Any]], splits: list[dict[str, Any]]) -> dict[str, float]:
    """target / target before - 1 of each action by id: before as printed with it, else the same house's last one."""
    last: dict[tuple[str, str | None], tuple[date, float]] = {}
    moves = {}
    for row in rows:
        if not row["target_to"]:
            continue
        house = (row["house"], row["currency"])
        before = (row["graded_on"], row["target_from"]) if row["target_from"] else last.get(house)
        last[house] = (row["graded_on"], row["target_to"])
        if before is None:
            continue
        ratio = row["target_to"] / _factor(row["graded_on"], splits) / (before[1] / _factor(before[0], splits))
        if 1 / _IMPLAUSIBLE < ratio < _IMPLAUSIBLE:
            moves[row["id"]] = ratio - 1.0
    return moves


def _revisions(view: View, trail: Trail, line: Series) -> tuple[EstimateRevision, ...] | None:
    """Each window's change of the estimates that stand at the cutoff, by fiscal year."""
    rows = view.changes(FACTS, view.names(line.listing), pl.col("field") == ESTIMATE).rows(named=True)
    rows = [row for row in rows if row["value"] is not None and is_year(row)]
    years = {(row["period_to"], row["unit"], row["source"]): row for row in rows}
    found = []
    for days in MOMENTUM_DAYS:
        start = view.as_of.at - timedelta(days=days)
        for key, now in sorted(years.items()):
            then = [row for row in rows if row["known_at"] <= start and key == _estimate_key(row)]
            if not then or now["period_to"] <= view.as_of.at.date():
                continue
            before = then[-1]["value"]
            loss = Gap(
                question=f"revision of estimates of {line.listing.key}",
                why=Why.NOT_APPLICABLE,
                detail="the estimate at the window's start is not above 0, so that a ratio says nothing",
            )
            found.append(
                EstimateRevision(
                    days=days,
                    period_to=now["period_to"],
                    unit=now["unit"],
                    before=before,
                    after=now["value"],
                    change=now["value"] / before - 1.0 if before > 0 else loss,
                    src=(trail.row(then[-1]), trail.row(now)),
                )
            )
    return tuple(found) or None


def _estimate_key(row: dict[str, Any]) -> tuple[date, str, str]:
    return row["period_to"], row["unit"], row["source"]


def _no_revisions(line: Series) -> Gap:
    detail = (
        "no estimates of one fiscal year are held for both ends of a window; collect them from day to day, or import "
        "facts with the field 'estimate.eps'"
    )
    return Gap(question=f"revision of estimates of {line.listing.key}", why=Why.NOT_COVERED, detail=detail)


def _also_dated(
    view: View, trail: Trail, line: Series, row: dict[str, Any], history: pl.DataFrame
) -> tuple[OtherDate, ...]:
    """Other days under which the same word of the same house is told: in other ratings and in dated events."""
    if not row["word_to"]:
        return ()
    near = timedelta(days=SAME_ACTION_DAYS)
    found: dict[date, dict[str, Any]] = {}
    for other in history.filter(pl.col("house") == row["house"]).rows(named=True):
        same = other["word_to"] and folded(other["word_to"]) == folded(row["word_to"])
        if same and abs(other["graded_on"] - row["graded_on"]) <= near:
            found.setdefault(other["graded_on"], other)
    house, word = row["house"].casefold(), row["word_to"].casefold()
    for event in view.events(view.names(line.listing)).rows(named=True):
        told = f"{event['speaker'] or ''} {event['title']}".casefold()
        if event["category"] not in {"rating", "view"} or house not in told or word not in told:
            continue
        on = event["at_earliest"].astimezone(ZoneInfo(event["place"] or _PLACE)).date()
        if abs(on - row["graded_on"]) <= near:
            found.setdefault(on, event)
    return tuple(
        OtherDate(on=on, source=str(other["locator"] or other["source"]), src=(trail.row(other),))
        for on, other in sorted(found.items())
        if on != row["graded_on"]
    )


def _targets(view: View, trail: Trail, line: Series, history: pl.DataFrame) -> tuple[Targets, ...] | None:
    on = view.as_of.at.date()
    splits = view.splits(line.listing).rows(named=True)
    lines = [line, *(member for member, _ in sister_lines(view, line))]
    found = []
    for days in TARGET_DAYS:
        rows = [row for row in _newest(history, on, days, "target_to") if row["target_to"] > 0]
        for unit in sorted({row["currency"] or line.listing.currency for row in rows}):
            own = [row for row in rows if (row["currency"] or line.listing.currency) == unit]
            levels = np.array([row["target_to"] / _factor(row["graded_on"], splits) for row in own])
            summary = target_summary(levels)
            traded = next((one for one in lines if one.listing.currency == unit), line)
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
                    line=traded.listing.key,
                    upside=upside(traded, summary.mean, unit),
                    src=(*(trail.row(row) for row in own), trail.row(traded.bar(traded.last))),
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
