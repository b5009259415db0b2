"""What a company had reported by any instant up to the cutoff: each figure's values, from when each was known."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime
from typing import Any, Literal

import polars as pl

from rerating.core.tables import FACTS
from rerating.core.types import Instant
from rerating.findings.series import Series
from rerating.ledger import View

#: Fields of the facts table that say who a line is, and not how its business does.
IDENTITY_FIELDS = frozenset({"issuer", "units_per_share", "peers", "aliases", "isin", "lei", "cik", "sister_lines"})

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
    "depreciation_amortization": (
        "us-gaap:DepreciationDepletionAndAmortization",
        "us-gaap:DepreciationAmortizationAndAccretionNet",
        "us-gaap:DepreciationAndAmortization",
    ),
    "operating_cash_flow": ("us-gaap:NetCashProvidedByUsedInOperatingActivities",),
    "capex": ("us-gaap:PaymentsToAcquirePropertyPlantAndEquipment", "us-gaap:PaymentsToAcquireProductiveAssets"),
    "buybacks": ("us-gaap:PaymentsForRepurchaseOfCommonStock",),
    "shares_outstanding": ("dei:EntityCommonStockSharesOutstanding", "us-gaap:CommonStockSharesOutstanding"),
    "shares_diluted": ("us-gaap:WeightedAverageNumberOfDilutedSharesOutstanding",),
    "cash": ("us-gaap:CashAndCashEquivalentsAtCarryingValue",),
    "short_term_investments": ("us-gaap:MarketableSecuritiesCurrent", "us-gaap:ShortTermInvestments"),
    "long_term_securities": ("us-gaap:MarketableSecuritiesNoncurrent",),
    "debt_noncurrent": ("us-gaap:LongTermDebtNoncurrent",),
    "debt_current": ("us-gaap:LongTermDebtCurrent", "us-gaap:DebtCurrent"),
    "debt_long_term": ("us-gaap:LongTermDebt",),
    "commercial_paper": ("us-gaap:CommercialPaper", "us-gaap:ShortTermBorrowings"),
    "minority_interest": ("us-gaap:MinorityInterest",),
}
_CONCEPT_OF = {tag: (name, rank) for name, tags in CONCEPTS.items() for rank, tag in enumerate(tags)}

#: Items that only net cash and enterprise value are made of; a table of them all would bury the others.
PARTS = frozenset(
    {
        "short_term_investments",
        "long_term_securities",
        "debt_noncurrent",
        "debt_current",
        "debt_long_term",
        "commercial_paper",
        "minority_interest",
    }
)

Span = Literal["year", "quarter", "other"]
_YEAR_DAYS = (350, 380)
_QUARTER_DAYS = (80, 100)

Row = dict[str, Any]
Key = tuple[str, str, Span]
"""Field, unit and span."""

_SAME = ("field", "period_from", "period_to", "unit", "source")


class Reports:
    """The reported figures of one line's issuer, as they stood at the cutoff and at every instant before."""

    def __init__(self, view: View, line: Series) -> None:
        names = view.names(line.listing)
        wanted = pl.col("field").is_in(sorted(_CONCEPT_OF)) | ~pl.col("field").str.contains(":")
        wanted &= ~pl.col("field").is_in(sorted(IDENTITY_FIELDS | PRICE_FIELDS))
        told = view.changes(FACTS, names, wanted)
        told = told.filter(pl.col("value").is_not_null() | pl.col("low").is_not_null())
        standing = view.facts(names).select(_SAME).unique() if told.height else told
        told = told.join(standing, on=_SAME, how="semi", nulls_equal=True, maintain_order="left")
        self._rows = _changes(told).rows(named=True)
        self._times: list[datetime] = [row["known_at"] for row in self._rows]
        self._held: dict[int, dict[Key, list[Row]]] = {}

    @property
    def times(self) -> list[datetime]:
        """When something became known, in order, each once."""
        return list(dict.fromkeys(self._times))

    def at(self, at: datetime) -> dict[Key, list[Row]]:
        """The rows of each figure, oldest period first: of one period the one known last, of equals the first tag's."""
        count = bisect_right(self._times, at)
        if count not in self._held:
            self._held[count] = _periods(self._rows[:count])
        return self._held[count]

    def first(self, row: Row) -> Row:
        """What was first said of the same figure and period by the same source."""
        return next(one for one in self._rows if all(one[name] == row[name] for name in _SAME))


def _changes(told: pl.DataFrame) -> pl.DataFrame:
    """The rows without those that repeat the value before under another note; sorted by the time they were known."""
    if not told.height:
        return told
    new = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(name).shift(1).over(_SAME)) for name in ("value", "low", "high")
    ) | (pl.int_range(pl.len()).over(_SAME) == 0)
    return told.filter(new).sort("known_at", "field", "period_to", "period_from", "unit", "id", nulls_last=True)


def _periods(rows: list[Row]) -> dict[Key, list[Row]]:
    best: dict[tuple[Key, date | None, date | None], tuple[Instant, int, Row]] = {}
    for row in rows:
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


def span_of(first: date | None, last: date | None) -> Span:
    """Whether a period is a year or a quarter, by its days; 53 weeks are a year, 14 weeks a quarter."""
    if first is None or last is None:
        return "other"
    days = (last - first).days + 1
    if _YEAR_DAYS[0] <= days <= _YEAR_DAYS[1]:
        return "year"
    return "quarter" if _QUARTER_DAYS[0] <= days <= _QUARTER_DAYS[1] else "other"
