"""What claims are held against: the lines, rates, ratings and events of one view, each found once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

import numpy as np

from rerating.core.sessions import calendar_code
from rerating.core.types import AsOf, Gap, Listing, Why
from rerating.findings.basis import Trail
from rerating.findings.consensus import Consensus, consensus
from rerating.findings.conversion import Conversion, conversion
from rerating.findings.decomposition import Change, what_changed
from rerating.findings.lines import sister_lines
from rerating.findings.multiples import Valuation, valuation
from rerating.findings.options_activity import OptionsActivity, options_activity
from rerating.findings.plans import Plans, plans
from rerating.findings.reports import Key, Reports, Row
from rerating.findings.series import Series, series
from rerating.findings.study import Study
from rerating.ledger import View

T = TypeVar("T")


@dataclass
class Ground:
    """A view, with what was asked of it kept. Two grounds of equal views answer every query alike."""

    view: View
    trail: Trail
    answers: dict[tuple[object, ...], object] = field(default_factory=dict)
    """Answers of queries by their name and arguments."""
    _listings: dict[str, list[Listing]] = field(default_factory=dict)
    _series: dict[str, Series | Gap] = field(default_factory=dict)
    _sisters: dict[str, list[tuple[Series, float]]] = field(default_factory=dict)
    _rates: dict[tuple[str, str], Conversion | Gap | None] = field(default_factory=dict)
    _found: dict[tuple[str, str], object] = field(default_factory=dict)

    @classmethod
    def of(cls, view: View) -> Ground:
        """The ground of a view."""
        return cls(view=view, trail=Trail(view))

    @property
    def as_of(self) -> AsOf:
        """The instant up to which things are known."""
        return self.view.as_of

    # ---- lines ---------------------------------------------------------------------------------------------------

    def home(self, ticker: str | None) -> Series | Gap:
        """The line of a symbol that has most bars; a Gap where there is no symbol or no price."""
        if ticker is None:
            detail = "the sentence names no listed company whose symbol is known; name it with its symbol in the text"
            return Gap(question="which line is meant", why=Why.NOT_APPLICABLE, detail=detail)
        listings = self._listings.get(ticker)
        if listings is None:
            found = self.view.listings(ticker)
            listings = self._listings[ticker] = [one for one in found if calendar_code(one.venue, one.symbol)]
        if not listings:
            return no_prices(ticker)
        return self.line(listings[0])

    def line(self, which: Listing | str) -> Series | Gap:
        """A line's series, by its listing or its key (`XNYS:BABA`)."""
        key = which if isinstance(which, str) else which.key
        if key not in self._series:
            listing = which if isinstance(which, Listing) else self._listing(which)
            self._series[key] = series(self.view, listing) if listing is not None else no_prices(key)
        return self._series[key]

    def _listing(self, key: str) -> Listing | None:
        symbol = key.rpartition(":")[2]
        return next((one for one in self.view.listings(symbol) if one.key == key), None)

    def sisters(self, line: Series) -> list[tuple[Series, float]]:
        """The issuer's other lines, with the units of each that one unit of this line stands for."""
        key = line.listing.key
        if key not in self._sisters:
            self._sisters[key] = sister_lines(self.view, line)
            for member, _ in self._sisters[key]:
                self._series.setdefault(member.listing.key, member)
        return self._sisters[key]

    def rates(self, line: Series, currency: str) -> Conversion | Gap | None:
        """How to state a line in another currency; None where it is its own."""
        key = (line.listing.key, currency)
        if key not in self._rates:
            self._rates[key] = conversion(self.view, line, currency)
        return self._rates[key]

    # ---- findings ------------------------------------------------------------------------------------------------

    def study(self, line: Series) -> Study:
        """The line with its benchmarks and events."""
        return self._kept("study", line, lambda: Study.of(self.view, line))

    def consensus(self, line: Series) -> Consensus:
        """What the houses say of the line."""
        return self._kept("consensus", line, lambda: consensus(self.view, line))

    def plans(self, line: Series) -> Plans:
        """What was planned and claimed."""
        return self._kept("plans", line, lambda: plans(self.view, line))

    def valuation(self, line: Series) -> Valuation | Gap:
        """What the line's last close is worth in reported and expected figures."""
        return self._kept("valuation", line, lambda: valuation(self.view, self.trail, line, Reports(self.view, line)))

    def periods(self, line: Series) -> dict[Key, list[Row]]:
        """Reported figures by item, unit and span, oldest period first."""
        return self._kept("periods", line, lambda: Reports(self.view, line).at(self.view.as_of.at))

    def options(self, line: Series) -> OptionsActivity:
        """The option chain and its volume."""
        return self._kept("options", line, lambda: options_activity(self.view, line.listing, line))

    def what_changed(self, line: Series) -> Change | Gap:
        """What changed in the line's price, by the identity."""
        own = line.listing.currency
        return self._kept("what_changed", line, lambda: what_changed(self.view, self.trail, line, own))

    def _kept(self, what: str, line: Series, make: Callable[[], T]) -> T:
        key = (what, line.listing.key)
        if key not in self._found:
            self._found[key] = make()
        return cast("T", self._found[key])


def no_prices(key: str) -> Gap:
    """What is said of a line that the ledger does not hold."""
    detail = f"the ledger holds no prices of {key} at this cutoff; run 'rerating collect {key.rpartition(':')[2]}'"
    return Gap(question=f"prices of {key}", why=Why.NOT_COVERED, detail=detail)


def place_on(line: Series, on: date) -> int | None:
    """The place of the session of that day, else of the last one before it; None outside the bars held."""
    place = int(np.searchsorted(line.days, np.datetime64(on, "D"), side="right")) - 1
    while place >= 0 and line.row[place] < 0:
        place -= 1
    return place if 0 <= place <= line.last else None


def is_held_to(line: Series, on: date) -> bool:
    """Whether the bars reach the last session up to that day."""
    position = int(np.searchsorted(line.sessions.days, np.datetime64(on, "D"), side="right")) - 1
    return line.place(position) <= line.last
