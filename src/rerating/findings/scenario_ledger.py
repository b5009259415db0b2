"""What a scenario file leaves open, from the ledger as of the cutoff: price, units, and the reported figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from rerating.core.types import AsOf, Gap, Listing
from rerating.findings.basis import Trail
from rerating.findings.scenario_inputs import Case, PriceInputs, ScenarioFile, Value
from rerating.findings.series import Series
from rerating.ledger import View
from rerating.ledger.view import price_levels

YEAR = (350, 380)
"""Days of a period that counts as a year."""

GENERIC: dict[str, tuple[float, float, float, str, str]] = {
    "discount_rate": (0.08, 0.10, 0.12, "ratio", "A usual range of the cost of capital, not of this company alone."),
    "tax_rate": (0.15, 0.21, 0.28, "ratio", "A usual range of corporate tax rates, not of this company alone."),
    "sales_to_capital": (1.0, 2.0, 3.0, "ratio", "A usual range over industries, not of this company alone."),
    "terminal_growth": (0.02, 0.025, 0.03, "ratio", "No more than prices and a little, for ever."),
    "advantage_years": (5.0, 10.0, 15.0, "years", "Over how many years returns are taken to stay above their cost."),
}


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The file with what the ledger knew, and the evidence of each value that came from there, by its place."""

    file: ScenarioFile
    src: dict[str, tuple[str, ...]]


def bare_case(listing: Listing, as_of: AsOf) -> ScenarioFile:
    """A file without claim or programme for a line that no case is shipped for; generic ranges are assumptions."""
    generic = {name: _assumed(*GENERIC[name]) for name in GENERIC}
    return ScenarioFile(
        case=Case(
            name=listing.key,
            family=listing.symbol.casefold(),
            title=f"{listing.issuer or listing.symbol}: what the price presupposes",
            subject=listing.key,
            issuer=listing.issuer or listing.symbol,
            currency=listing.currency,
            as_of=as_of.at,
            about="What does the price presuppose?",
        ),
        price=PriceInputs(**{name: generic[name] for name in GENERIC if name not in {"discount_rate", "tax_rate"}}),
        discount_rate=generic["discount_rate"],
        tax_rate=generic["tax_rate"],
    )


def _assumed(low: float, base: float, high: float, unit: str, reason: str) -> Value:
    return Value(low=low, base=base, high=high, unit=unit, assumption=True, reason=reason)


def filled(file: ScenarioFile, view: View, line: Series, trail: Trail) -> Filled:
    """The file with the values that it leaves open and the ledger holds at the view's cutoff.

    The close takes the place of the file's price where it is newer. Figures in another currency than the case's are
    left alone: they are other facts. Whatever the ledger does not hold stays open and becomes a Gap later.
    """
    ledger = _Ledger(file, view, line, trail)
    price = ledger.price()
    segment = file.segment
    if segment is not None and segment.capex is None:
        segment = ledger.into(segment, "segment", capex=ledger.money("capex"))
    updated = file.model_copy(update={"price": price, "segment": segment, "fx": ledger.rates(price)})
    return Filled(file=updated, src=ledger.src)


class _Ledger:
    """Looks values up and remembers under which place of the file they went in."""

    def __init__(self, file: ScenarioFile, view: View, line: Series, trail: Trail) -> None:
        self._file, self._view, self._line, self._trail = file, view, line, trail
        self._facts = view.facts(view.names(line.listing))
        self.src: dict[str, tuple[str, ...]] = {}

    def into(self, section: Any, place: str, **found: tuple[Value, tuple[str, ...]] | None) -> Any:
        """The section with what was found in those of its fields that are open."""
        update = {}
        for name, hit in found.items():
            if hit is not None and getattr(section, name) is None:
                update[name], self.src[f"{place}.{name}"] = hit
        return section.model_copy(update=update)

    def price(self) -> PriceInputs:
        inputs = self._file.price or PriceInputs()
        close = self._close()
        if close is not None and inputs.price is not None and inputs.price.known_at is not None:
            known = close[0].known_at
            if known is not None and known > inputs.price.known_at:
                inputs = inputs.model_copy(update={"price": None})
        filled: PriceInputs = self.into(
            inputs,
            "price",
            price=close,
            units=self._units(),
            revenue=self.money("revenue"),
            margin=self._margin(),
            net_cash=self.money("net_cash"),
        )
        return filled

    def _close(self) -> tuple[Value, tuple[str, ...]] | None:
        line = self._line
        if line.last < 0 or isinstance(price_levels(line.bars), Gap) or not np.isfinite(line.close[line.last]):
            return None
        row = line.bar(line.last)
        value = float(line.close[line.last])
        return self._value(value, line.listing.currency, row, str(line.day(line.last))), (self._trail.row(row),)

    def _newest(self, field: str, unit: str | None = None, *, yearly: bool = False) -> dict[str, Any] | None:
        for row in reversed(self._facts.rows(named=True)):
            if row["field"] != field or row["value"] is None or (unit is not None and row["unit"] != unit):
                continue
            if not yearly or _is_year(row["period_from"], row["period_to"]):
                return dict(row)
        return None

    def money(self, field: str) -> tuple[Value, tuple[str, ...]] | None:
        """The newest yearly figure (or, for balances, the newest one) in the case's currency."""
        row = self._newest(field, self._file.case.currency, yearly=field not in {"net_cash"})
        return None if row is None else (self._reported(row), (self._trail.row(row),))

    def _units(self) -> tuple[Value, tuple[str, ...]] | None:
        row = self._newest("shares_outstanding")
        if row is None:
            return None
        per = self._line.listing.units_per_share or 1.0
        found = self._value(row["value"] / per, "shares", row, str(row["period_to"] or ""))
        return found, (self._trail.row(row),)

    def _margin(self) -> tuple[Value, tuple[str, ...]] | None:
        unit = self._file.case.currency
        profit = self._newest("operating_income", unit, yearly=True)
        revenue = self._newest("revenue", unit, yearly=True)
        if profit is None or revenue is None or profit["period_to"] != revenue["period_to"] or revenue["value"] <= 0:
            return None
        margin = profit["value"] / revenue["value"]
        newer = max(profit, revenue, key=lambda row: row["known_at"])
        found = self._value(margin, "ratio", newer, str(revenue["period_to"]))
        return found, (self._trail.row(profit), self._trail.row(revenue))

    def rates(self, price: PriceInputs) -> dict[str, Value]:
        """The file's rates, and that of the price's currency from the ledger where it is missing."""
        fx, own = dict(self._file.fx), self._file.case.currency
        unit = price.price.unit if price.price is not None else own
        if unit == own or unit in fx:
            return fx
        per_eur, rows = [], []
        for code in (own, unit):
            if code == "EUR":
                per_eur.append(1.0)
                continue
            frame = self._view.rates(code)
            if not frame.height:
                return fx
            rows.append(frame.row(-1, named=True))
            per_eur.append(rows[-1]["per_eur"])
        newest = max(rows, key=lambda row: row["known_at"])
        fx[unit] = self._value(per_eur[0] / per_eur[1], f"{own}/{unit}", newest, str(newest["on"]))
        self.src[f"fx.{unit}"] = tuple(self._trail.row(row) for row in rows)
        return fx

    def _reported(self, row: dict[str, Any]) -> Value:
        return self._value(row["value"], row["unit"], row, f"{row['period_from'] or ''} to {row['period_to'] or ''}")

    def _value(self, value: float, unit: str, row: dict[str, Any], period: str) -> Value:
        return Value(
            low=value,
            base=value,
            high=value,
            unit=unit,
            period=period,
            source=str(row["source"]),
            locator=str(row.get("locator") or row["source"]),
            licence=row.get("licence"),
            known_at=row["known_at"],
        )


def _is_year(start: date | None, end: date | None) -> bool:
    return start is not None and end is not None and YEAR[0] <= (end - start).days <= YEAR[1]
