"""What a price is worth in reported and expected figures, each with its date, and how that ranks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import numpy as np

from rerating.core.types import Gap, Instant, Listing, Why
from rerating.findings.basis import Figure, Trail
from rerating.findings.benchmarks import held, peer_keys, same_issuer
from rerating.findings.conversion import Conversion, conversion
from rerating.findings.lines import units_of
from rerating.findings.price_move import bars_in
from rerating.findings.reports import Key, Reports, Row
from rerating.findings.series import Series
from rerating.ledger import View
from rerating.ledger.view import price_levels
from rerating.measures import multiples as measures
from rerating.measures.decomposition import next_twelve_months

Name = Literal["pe_trailing", "pe_forward", "ev_sales", "ev_ebitda", "fcf_yield"]
NAMES: tuple[Name, ...] = ("pe_trailing", "pe_forward", "ev_sales", "ev_ebitda", "fcf_yield")

HISTORY_MONTHS = 60
FEWEST_MONTHS = 12
FEWEST_PEERS = 2
ESTIMATE = "estimate.eps"
_YEAR_DAYS = 300
_SPLIT_LIKE = 1.8
"""Share counts of two months that differ by more than this factor tell of a split that is not recorded."""

#: What each multiple is called in a gap's question.
CALLED: dict[str, str] = {
    "pe_trailing": "trailing P/E",
    "pe_forward": "forward P/E",
    "ev_sales": "EV/sales",
    "ev_ebitda": "EV/EBITDA",
    "fcf_yield": "free cash flow yield",
}

#: Why a figure cannot be had, by what is missing, and what would fill it.
MISSING: dict[str, str] = {
    "amounts": "the ledger holds no reported amounts of this company at this cutoff; import or collect them",
    "rates": "the ledger holds no rates from the price's currency to that of the figures; collect or import them",
    "shares": "the ledger holds no number of shares at this cutoff; import facts with the field 'shares_outstanding'",
    "net_cash": (
        "the ledger holds neither net cash nor cash and debt of one balance sheet at this cutoff; import facts with "
        "the "
        "field 'net_cash'"
    ),
    "revenue": "the ledger holds no twelve months of revenue at this cutoff; import facts with the field 'revenue'",
    "earnings": (
        "the ledger holds no twelve months of earnings a share at this cutoff; import facts with the field "
        "'eps_diluted'"
    ),
    "estimates": (
        "no estimates of earnings a share in one currency cover the next twelve months; collect them, or import facts "
        "with the field 'estimate.eps'"
    ),
    "ebitda": (
        "the ledger holds no operating income and depreciation of the same twelve months at this cutoff; import facts "
        "with the field 'depreciation_amortization'"
    ),
    "free_cash_flow": (
        "the ledger holds no twelve months of free cash flow at this cutoff; import facts with the field "
        "'free_cash_flow'"
    ),
}
NOT_POSITIVE = "the amount of those twelve months is not above 0, so that a multiple of it says nothing; look at sales"
NO_YEAR = "in no fiscal year for which estimates are held are earnings a share above 0 expected; look at sales"

_FLOWS = ("revenue", "net_income", "operating_income", "free_cash_flow", "operating_cash_flow")
_DEBT = ("debt_noncurrent", "debt_current", "commercial_paper")


class Input(Figure):
    """One figure that a multiple was computed from: its period's ends and since when it was known.

    A twelve-month amount that was put together from several periods names the first and the last day of the twelve
    months; its evidence holds each of them.
    """

    name: str
    value: float
    unit: str
    period_from: date | None
    period_to: date | None
    known_at: Instant


class Rank(Figure):
    """Where a value stands: the share of `count` other values that it exceeds, and their median.

    `from_on` and `to_on` bound the line's own month ends; `members` are the peers.
    """

    percentile: float
    median: float
    count: int
    from_on: date | None = None
    to_on: date | None = None
    members: tuple[str, ...] = ()


class Multiple(Figure):
    """One multiple at the last close: pe (times earnings), ev_sales, ev_ebitda (times), fcf_yield (a share of one)."""

    name: Name
    value: float | Gap
    inputs: tuple[Input, ...]
    own_history: Rank | Gap
    peers: Rank | Gap


class YearMultiple(Figure):
    """The close over the expected earnings a listed unit of one fiscal year ahead, in the currency of the estimates."""

    period_to: date
    expected: float
    unit: str
    value: float
    known_at: Instant


class Valuation(Figure):
    """The multiples at one close, in the currency in which the company reports."""

    on: date
    unit: str
    market_cap: float | Gap
    net_cash: float | Gap
    enterprise_value: float | Gap
    multiples: tuple[Multiple, ...]
    pe_of_years: tuple[YearMultiple, ...] | Gap | None = None
    """Where the next twelve months are expected to earn nothing: each fiscal year ahead that is expected to earn
    something, the nearest first. A Gap where none is; None where the twelve months have a multiple, or no estimates."""


@dataclass(frozen=True, kw_only=True)
class _Part:
    """An amount with the rows behind it."""

    name: str
    value: float
    unit: str
    first: date | None
    last: date | None
    known_at: datetime
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class _Told:
    """A value (or why there is none) and what it was computed from, the price apart."""

    value: float | Gap
    parts: tuple[_Part, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Company:
    """A line and its issuer's reports; what was known at any session is worth what at its close."""

    view: View
    line: Series
    reports: Reports
    unit: str
    rates: Conversion | None
    units: float
    splits: tuple[tuple[date, float], ...]

    @classmethod
    def of(cls, view: View, line: Series, reports: Reports) -> _Company | Gap:
        refusal = price_levels(line.bars)
        if refusal is not None:
            return refusal
        unit = reporting_unit(reports.at(view.as_of.at))
        if unit is None:
            return _lacks("valuation", line.listing, "amounts")
        rates = conversion(view, line, unit)
        if isinstance(rates, Gap):
            return rates
        splits = tuple((row["effective_on"], row["value"]) for row in view.splits(line.listing).rows(named=True))
        return cls(
            view=view, line=line, reports=reports, unit=unit, rates=rates, units=units_of(line.listing), splits=splits
        )

    def price(self, place: int, unit: str) -> float | None:
        """The close of a listed unit in `unit`; None where no rate of it is known."""
        rates = self.rates if unit == self.unit else conversion(self.view, self.line, unit)
        if isinstance(rates, Gap):
            return None
        value = float(self.line.close[place] / (1.0 if rates is None else rates.per_unit[place]))
        return value if np.isfinite(value) else None

    def factor(self, known_at: datetime) -> float:
        """New shares per share as of when something was said, by the splits that took effect since."""
        return float(np.prod([ratio for on, ratio in self.splits if on > known_at.date()] or [1.0]))

    def told(self, place: int, at: datetime) -> dict[str, _Told]:
        """All figures at the close of session `place` with what was known at `at`."""
        found = self.reports.at(at)
        price = self.price(place, self.unit)
        if price is None:
            gap = _Told(value=_lacks("valuation", self.line.listing, "rates"))
            return dict.fromkeys((*NAMES, "market_cap", "net_cash", "enterprise_value"), gap)
        shares = self._shares(found)
        cap = (
            _Told(value=_lacks("valuation", self.line.listing, "shares"))
            if shares is None
            else _Told(value=price / self.units * shares.value, parts=(shares,))
        )
        cash = _net_cash(found, self.unit)
        net_cash = (
            _Told(value=_lacks("valuation", self.line.listing, "net_cash"))
            if cash is None
            else _Told(value=cash.value, parts=(cash,))
        )
        value = self._enterprise_value(found, cap, net_cash)
        sales, ebitda = self._trailing(found, "revenue"), self._ebitda(found)
        return {
            "market_cap": cap,
            "net_cash": net_cash,
            "enterprise_value": value,
            "pe_trailing": self._trailing_pe(found, price, cap),
            "pe_forward": self._forward_pe(found, place),
            "ev_sales": self._over("ev_sales", value, sales, "revenue"),
            "ev_ebitda": self._over("ev_ebitda", value, ebitda, "ebitda"),
            "fcf_yield": self._yield(found, cap),
        }

    def _shares(self, found: Mapping[Key, list[Row]]) -> _Part | None:
        for field in ("shares_outstanding", "shares_diluted"):
            part = _newest(found, field, "shares")
            if part is not None:
                return _Part(**part.__dict__ | {"value": part.value * self.factor(part.known_at)})
        return None

    def _enterprise_value(self, found: Mapping[Key, list[Row]], cap: _Told, net_cash: _Told) -> _Told:
        if isinstance(cap.value, Gap) or isinstance(net_cash.value, Gap):
            return _Told(value=cap.value if isinstance(cap.value, Gap) else net_cash.value)
        minority = _newest(found, "minority_interest", self.unit)
        parts = (*cap.parts, *net_cash.parts, *(() if minority is None else (minority,)))
        others = 0.0 if minority is None else minority.value
        return _Told(value=cap.value - net_cash.value + others, parts=parts)

    def _trailing(self, found: Mapping[Key, list[Row]], field: str, unit: str | None = None) -> _Part | None:
        """Twelve months of an item, per-share amounts on the shares of the cutoff."""
        asked = unit or self.unit
        rows = [row for (name, of, _), rows in found.items() if (name, of) == (field, asked) for row in rows]
        spans = {
            measures.Span(first=row["period_from"], last=row["period_to"], value=self._per_share(row, asked)): row
            for row in rows
            if row["period_from"] is not None and row["period_to"] is not None and row["value"] is not None
        }
        year = measures.trailing(list(spans))
        if year is None:
            return None
        used = tuple(spans[span] for span in (*year.added, *year.taken_off))
        known_at = max(row["known_at"] for row in used)
        return _Part(
            name=field, value=year.value, unit=asked, first=year.first, last=year.last, known_at=known_at, rows=used
        )

    def _per_share(self, row: Row, unit: str) -> float:
        return float(row["value"]) / (self.factor(row["known_at"]) if "share" in unit else 1.0)

    def _trailing_pe(self, found: Mapping[Key, list[Row]], price: float, cap: _Told) -> _Told:
        earned = self._trailing(found, "eps_diluted", f"{self.unit} per share")
        if earned is not None:
            return _positive("pe_trailing", self.line.listing, price / self.units, earned)
        income = self._trailing(found, "net_income")
        if income is None or isinstance(cap.value, Gap):
            return _Told(value=_lacks("pe_trailing", self.line.listing, "earnings"))
        told = _positive("pe_trailing", self.line.listing, cap.value, income)
        return _Told(value=told.value, parts=(*told.parts, *cap.parts))

    def _forward_pe(self, found: Mapping[Key, list[Row]], place: int) -> _Told:
        """Against expected earnings of the next twelve months a listed unit, in the currency of the estimates."""
        rows = _estimates_of_years(found)
        units = {row["unit"] for row in rows}
        expected = next_twelve_months(self.line.day(place), {row["period_to"]: row["value"] for row in rows})
        if len(units) != 1 or expected is None:
            return _Told(value=_lacks("pe_forward", self.line.listing, "estimates"))
        unit = units.pop()
        used = tuple(row for row in rows if row["period_to"] in expected[1])
        ahead = _Part(
            name=ESTIMATE,
            value=expected[0],
            unit=unit,
            first=None,
            last=max(row["period_to"] for row in used),
            known_at=max(row["known_at"] for row in used),
            rows=used,
        )
        price = self.price(place, unit)
        if price is None:
            return _Told(value=_lacks("pe_forward", self.line.listing, "rates"))
        return _positive("pe_forward", self.line.listing, price, ahead)

    def _ebitda(self, found: Mapping[Key, list[Row]]) -> _Part | None:
        """`ebitda` as reported, else operating income plus depreciation and amortisation of the same twelve months."""
        stated = self._trailing(found, "ebitda")
        income, written_off = (
            self._trailing(found, field) for field in ("operating_income", "depreciation_amortization")
        )
        if income is None or written_off is None or income.last != written_off.last:
            return stated
        if stated is not None and stated.last is not None and income.last is not None and stated.last >= income.last:
            return stated
        return _Part(
            name="ebitda",
            value=income.value + written_off.value,
            unit=self.unit,
            first=income.first,
            last=income.last,
            known_at=max(income.known_at, written_off.known_at),
            rows=(*income.rows, *written_off.rows),
        )

    def _over(self, name: Name, value: _Told, amount: _Part | None, lacks: str) -> _Told:
        if isinstance(value.value, Gap):
            return value
        if amount is None:
            return _Told(value=_lacks(name, self.line.listing, lacks))
        told = _positive(name, self.line.listing, value.value, amount)
        return _Told(value=told.value, parts=(*told.parts, *value.parts))

    def _yield(self, found: Mapping[Key, list[Row]], cap: _Told) -> _Told:
        """Free cash flow as the company defines it, else cash flow of the business less capital expenditure."""
        free = self._trailing(found, "free_cash_flow")
        if free is None:
            flow, capex = self._trailing(found, "operating_cash_flow"), self._trailing(found, "capex")
            if flow is not None and capex is not None and flow.last == capex.last:
                free = _Part(
                    name="free_cash_flow",
                    value=flow.value - abs(capex.value),
                    unit=self.unit,
                    first=flow.first,
                    last=flow.last,
                    known_at=max(flow.known_at, capex.known_at),
                    rows=(*flow.rows, *capex.rows),
                )
        if isinstance(cap.value, Gap):
            return cap
        if free is None:
            return _Told(value=_lacks("fcf_yield", self.line.listing, "free_cash_flow"))
        return _Told(value=free.value / cap.value, parts=(free, *cap.parts))


def valuation(view: View, trail: Trail, line: Series, reports: Reports) -> Valuation | Gap:
    """The multiples of a line at its last close, against its own past and its peers."""
    company = _Company.of(view, line, reports)
    if isinstance(company, Gap):
        return trail.gap(company)
    now = company.told(line.last, view.as_of.at)
    past = dict(_past(company))
    beside = dict(_beside(view, line))
    price = _price_part(company)
    values = [now[name].value for name in ("market_cap", "net_cash", "enterprise_value")]
    source = tuple(dict.fromkeys(mark for part in now["enterprise_value"].parts for mark in _cited(trail, part)))
    return Valuation(
        on=line.day(line.last),
        unit=company.unit,
        market_cap=_noted(trail, values[0]),
        net_cash=_noted(trail, values[1]),
        enterprise_value=_noted(trail, values[2]),
        multiples=tuple(_multiple(trail, company, name, now[name], price, past, beside) for name in NAMES),
        pe_of_years=_of_years(trail, company, now["pe_forward"], price),
        src=(*_cited(trail, price), *source),
    )


def _of_years(trail: Trail, company: _Company, ahead: _Told, price: _Part) -> tuple[YearMultiple, ...] | Gap | None:
    """P/E of single fiscal years, where that of the next twelve months says nothing since they earn nothing."""
    if not isinstance(ahead.value, Gap) or ahead.value.why is not Why.NOT_APPLICABLE:
        return None
    line = company.line
    found = company.reports.at(company.view.as_of.at)
    rows = {row["period_to"]: row for row in _estimates_of_years(found) if row["period_to"] > line.day(line.last)}
    source = _cited(trail, price)
    years = []
    for end, row in sorted(rows.items()):
        close = company.price(line.last, row["unit"])
        if row["value"] > 0 and close is not None:
            years.append(
                YearMultiple(
                    period_to=end,
                    expected=row["value"],
                    unit=row["unit"],
                    value=close / row["value"],
                    known_at=row["known_at"],
                    src=(*source, trail.row(row)),
                )
            )
    if years:
        return tuple(years)
    question = f"P/E of later years of {line.listing.key}"
    return trail.gap(Gap(question=question, why=Why.NOT_APPLICABLE, detail=NO_YEAR))


def _estimates_of_years(found: Mapping[Key, list[Row]]) -> list[Row]:
    """The expected earnings of fiscal years, oldest first."""
    return [row for (name, _, _), rows in found.items() if name == ESTIMATE for row in rows if is_year(row)]


def is_year(row: Row) -> bool:
    """Whether an estimate is for a fiscal year: by its span, else by the source's label (0y, +1y)."""
    first, last = row["period_from"], row["period_to"]
    if isinstance(first, date) and isinstance(last, date):
        return (last - first).days >= _YEAR_DAYS
    return isinstance(last, date) and str(row["note"] or "").endswith("y")


def _multiple(  # noqa: PLR0917
    trail: Trail,
    company: _Company,
    name: Name,
    told: _Told,
    price: _Part,
    past: Mapping[int, dict[str, _Told]],
    beside: Mapping[str, dict[str, _Told]],
) -> Multiple:
    line = company.line
    if isinstance(told.value, Gap):
        gap = trail.gap(told.value)
        return Multiple(name=name, value=gap, inputs=(), own_history=gap, peers=gap)
    parts = (price, *told.parts)
    inputs = tuple(
        Input(
            name=part.name,
            value=part.value,
            unit=part.unit,
            period_from=part.first,
            period_to=part.last,
            known_at=part.known_at,
            src=_cited(trail, part),
        )
        for part in parts
    )
    return Multiple(
        name=name,
        value=told.value,
        inputs=inputs,
        own_history=_own_rank(trail, line, name, told.value, past),
        peers=_peer_rank(trail, line, name, told.value, beside),
        src=tuple(dict.fromkeys(mark for given in inputs for mark in given.src)),
    )


def _own_rank(trail: Trail, line: Series, name: Name, value: float, past: Mapping[int, dict[str, _Told]]) -> Rank | Gap:
    question = f"multiples of {line.listing.key} against its own past"
    if _jumps(past):
        detail = (
            "the number of shares changes from one month to the next as a split does, and no such split is recorded; "
            "import it as an event of the category 'split'"
        )
        return trail.gap(Gap(question=question, why=Why.CONFLICT, detail=detail))
    known = {place: told[name].value for place, told in past.items() if isinstance(told[name].value, float)}
    if len(known) < FEWEST_MONTHS:
        detail = f"fewer than {FEWEST_MONTHS} month ends have both; import earlier reports and prices"
        return trail.gap(Gap(question=question, why=Why.TOO_SHORT, detail=detail))
    others = np.array([known[place] for place in sorted(known)], dtype=np.float64)
    bars = bars_in(line, np.array(sorted(known)))
    rows = {str(row["id"]): row for place in known for part in past[place][name].parts for row in part.rows}
    return Rank(
        percentile=measures.rank(value, others),
        median=float(np.median(others)),
        count=len(known),
        from_on=line.day(min(known)),
        to_on=line.day(max(known)),
        src=(*trail.rows(bars, "closes at month ends"), *(trail.row(rows[key]) for key in sorted(rows))),
    )


def _jumps(past: Mapping[int, dict[str, _Told]]) -> bool:
    counts = [told["market_cap"].parts[0].value for _, told in sorted(past.items()) if told["market_cap"].parts]
    steps = np.array(counts[1:]) / np.array(counts[:-1]) if len(counts) > 1 else np.ones(1)
    return bool((np.maximum(steps, 1 / steps) > _SPLIT_LIKE).any())


def _peer_rank(
    trail: Trail, line: Series, name: Name, value: float, beside: Mapping[str, dict[str, _Told]]
) -> Rank | Gap:
    known = {key: told[name] for key, told in beside.items() if isinstance(told[name].value, float)}
    if len(known) < FEWEST_PEERS:
        question = f"multiples of {line.listing.key} against its peers"
        detail = (
            f"fewer than {FEWEST_PEERS} peers have both; name peers (facts with the field 'peers') and import their "
            "prices as traded and their reports"
        )
        return trail.gap(Gap(question=question, why=Why.NOT_COVERED, detail=detail))
    others = np.array([known[key].value for key in sorted(known)], dtype=np.float64)
    marks = (mark for key in sorted(known) for part in known[key].parts for mark in _cited(trail, part))
    return Rank(
        percentile=measures.rank(value, others),
        median=float(np.median(others)),
        count=len(known),
        members=tuple(sorted(known)),
        src=tuple(dict.fromkeys(marks)),
    )


def _past(company: _Company) -> Iterator[tuple[int, dict[str, _Told]]]:
    """The figures at the last session of each of the sixty months before the last close, as known then."""
    line = company.line
    if not company.reports.times:
        return
    months = line.days[: line.last + 1].astype("datetime64[M]")
    ends = np.flatnonzero(months[1:] != months[:-1])[-HISTORY_MONTHS:]
    for place in ends.tolist():
        at = line.sessions.close_at(place + line.start)
        if np.isfinite(line.close[place]) and at >= company.reports.times[0]:
            yield place, company.told(place, at)


def _beside(view: View, line: Series) -> Iterator[tuple[str, dict[str, _Told]]]:
    """The figures of the peers at their last closes."""
    for key in peer_keys(view, line.listing):
        member = held(view, key)
        if member is None or same_issuer(member.listing, line.listing):
            continue
        company = _Company.of(view, member, Reports(view, member))
        if isinstance(company, _Company):
            told = company.told(member.last, view.as_of.at)
            price = _price_part(company)
            yield key, {name: _Told(value=one.value, parts=(price, *one.parts)) for name, one in told.items()}


def _price_part(company: _Company) -> _Part:
    line = company.line
    bar, on = line.bar(line.last), line.day(line.last)
    rates = () if company.rates is None else tuple(company.rates.rows(line.last))
    return _Part(
        name="close",
        value=float(line.close[line.last]),
        unit=line.listing.currency,
        first=None,
        last=on,
        known_at=bar["known_at"],  # type: ignore[arg-type]
        rows=(bar, *rates),
    )


def reporting_unit(found: Mapping[Key, list[Row]]) -> str | None:
    """The currency of the reports: that of the flows with the latest period, of several the one with most periods."""
    counted: dict[str, tuple[date, int]] = {}
    for (field, unit, _), rows in found.items():
        ends = [row["period_to"] for row in rows if row["period_to"] is not None and row["value"] is not None]
        if field in _FLOWS and len(unit or "") == 3 and ends:
            last, count = counted.get(unit, (date.min, 0))
            counted[unit] = (max(last, *ends), count + len(ends))
    return max(counted, key=lambda unit: (counted[unit], unit)) if counted else None


def _newest(found: Mapping[Key, list[Row]], field: str, unit: str) -> _Part | None:
    """The newest value of an item, whatever its span."""
    rows = [row for (name, of, _), rows in found.items() if (name, of) == (field, unit) for row in rows]
    rows = [row for row in rows if row["value"] is not None and row["period_to"] is not None]
    if not rows:
        return None
    row = max(rows, key=lambda one: (one["period_to"], one["known_at"]))
    return _Part(
        name=field,
        value=float(row["value"]),
        unit=unit,
        first=row["period_from"],
        last=row["period_to"],
        known_at=row["known_at"],
        rows=(row,),
    )


def _net_cash(found: Mapping[Key, list[Row]], unit: str) -> _Part | None:
    """As the company states it, else cash and securities less debt, all of the day of the newest balance sheet."""
    stated, cash = _newest(found, "net_cash", unit), _newest(found, "cash", unit)
    if cash is None or (stated is not None and stated.last is not None and stated.last >= (cash.last or date.min)):
        return stated
    assets = [cash, *(_on(found, field, unit, cash) for field in ("short_term_investments", "long_term_securities"))]
    owed = [_on(found, field, unit, cash) for field in _DEBT]
    if owed[0] is None:  # no long-term debt by its parts: the whole of it, else what the company calls its debt
        owed = [_on(found, field, unit, cash) for field in ("debt_long_term", "commercial_paper")]
    if owed[0] is None:
        owed = [_on(found, "debt", unit, cash)]
    if owed[0] is None:
        return stated
    used = [part for part in (*assets, *owed) if part is not None]
    has, owes = (sum(part.value for part in parts if part is not None) for parts in (assets, owed))
    return _Part(
        name="net_cash",
        value=has - owes,
        unit=unit,
        first=None,
        last=cash.last,
        known_at=max(part.known_at for part in used),
        rows=tuple(row for part in used for row in part.rows),
    )


def _on(found: Mapping[Key, list[Row]], field: str, unit: str, day_of: _Part) -> _Part | None:
    """An item of the same balance sheet."""
    part = _newest(found, field, unit)
    return part if part is not None and part.last == day_of.last else None


def _positive(name: Name, listing: Listing, price: float, amount: _Part) -> _Told:
    """price / amount; a Gap where the amount is not above 0, since such a multiple says nothing."""
    if amount.value <= 0:
        return _Told(value=Gap(question=_question(name, listing), why=Why.NOT_APPLICABLE, detail=NOT_POSITIVE))
    return _Told(value=price / amount.value, parts=(amount,))


def _question(name: str, listing: Listing) -> str:
    return f"{CALLED.get(name, name)} of {listing.key}"


def _lacks(name: str, listing: Listing, what: str) -> Gap:
    return Gap(question=_question(name, listing), why=Why.NOT_COVERED, detail=MISSING[what])


def _noted(trail: Trail, value: float | Gap) -> float | Gap:
    return trail.gap(value) if isinstance(value, Gap) else value


def _cited(trail: Trail, part: _Part) -> tuple[str, ...]:
    return tuple(trail.row(row) for row in part.rows)
