"""Another currency: ECB reference rates on a line's sessions, each of that day or the last before, never later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from rerating.core.types import Gap, Why
from rerating.findings.basis import Trail
from rerating.findings.series import Floats, Series
from rerating.ledger import View


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """Units of the line's currency per one `unit`, for each session of the line (NaN where no rate was known yet)."""

    unit: str
    per_unit: Floats
    legs: tuple[tuple[pl.DataFrame, npt.NDArray[np.int64]], ...]

    def cite(self, trail: Trail, place: int) -> tuple[str, ...]:
        """Evidence of the rates behind session `place`."""
        return tuple(trail.row(row) for row in self.rows(place))

    def rows(self, place: int) -> list[dict[str, Any]]:
        """The rates behind session `place`."""
        return [frame.row(int(at[place]), named=True) for frame, at in self.legs]

    def rate_on(self, place: int) -> date:
        """The day of the rate behind session `place`; with two legs the older one."""
        days: list[date] = [frame["on"][int(at[place])] for frame, at in self.legs]
        return min(days)

    def source(self, place: int) -> str:
        """Where the rate of session `place` comes from."""
        return ", ".join(sorted({str(frame["locator"][int(at[place])]) for frame, at in self.legs}))


def conversion(view: View, line: Series, currency: str) -> Conversion | Gap | None:
    """How to state the line in `currency`. None where that is its own currency, a Gap where rates are missing."""
    own = line.listing.currency
    if currency == own:
        return None
    per_unit = np.ones(len(line.days))
    legs = []
    for name, power in ((own, 1.0), (currency, -1.0)):
        if name == "EUR":
            continue
        frame = view.rates(name)
        at = frame["on"].to_numpy().astype("datetime64[D]").searchsorted(line.days, side="right") - 1
        if not frame.height or at[line.last] < 0:
            detail = f"the ledger holds no rates of {name} at this cutoff; collect or import them"
            return Gap(question=f"{line.listing.key} in {currency}", why=Why.NOT_COVERED, detail=detail)
        per_eur = frame["per_eur"].to_numpy()[np.maximum(at, 0)]
        per_unit = per_unit * np.where(at >= 0, per_eur**power, np.nan)
        legs.append((frame, at.astype(np.int64)))
    return Conversion(unit=currency, per_unit=per_unit, legs=tuple(legs))
