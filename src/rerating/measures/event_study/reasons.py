"""Why an event is not used, in one clause with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rerating.measures.event_study.events import Outcome
from rerating.measures.event_study.layout import BAD_PRICE, COUNT

if TYPE_CHECKING:
    from rerating.measures.event_study.study import EventStudy

PLAIN = {
    Outcome.FLAT_BENCHMARK: "the benchmark does not move in the estimation window",
    Outcome.NO_VARIANCE: "the line does not move beyond what the model explains in the estimation window",
    Outcome.NOT_CONVERGED: "the GARCH fit does not converge",
    Outcome.BAD_PRICE: "a price of zero or below, or a return that cannot be, lies in its windows",
    Outcome.OVERLAPS_OWN_EVENT: "its window meets that of another event of the line",
    Outcome.CONTAMINATED_ESTIMATION: "the window of another event of the line reaches into its estimation window",
    Outcome.THIN_TRADING: "too many returns of its estimation window are zero",
}


def reason(study: EventStudy, event: int, row: int, outcome: Outcome) -> str:
    """Why the event of that number (in the order given; its row in the results, or -1) is left out."""
    settings, symbol = study.settings, study.given.symbols[event]
    if outcome is Outcome.UNKNOWN_SYMBOL:
        return f"the data have no line {symbol}"
    if outcome is Outcome.NOT_A_SESSION:
        return f"{study.given.at[event]} is no session of the line"
    if outcome is Outcome.OUTSIDE_DATA:
        return f"it lies outside the data, which run {_reach(study, event)}"
    if outcome is Outcome.WINDOW_OUTSIDE_DATA:
        window = f"{settings.first}..{settings.last}"
        return f"a day of its window {window} lies outside the data, which run {_reach(study, event)}"
    if outcome is Outcome.TOO_FEW_OBSERVATIONS:
        found = int(study.computed.results.fits[row, COUNT])
        return f"its estimation window has {found} usable days, and {settings.minimum} are needed"
    if outcome is Outcome.MISSING_IN_WINDOW:
        results = study.computed.results
        days = settings.first + np.flatnonzero(np.isnan(results.ar[row]))
        bad = "; the line has a price of zero or below in reach" if results.flags[row] & BAD_PRICE else ""
        return f"there is no return on day {', '.join(map(str, days))} of its window{bad}"
    return PLAIN[outcome]


def _reach(study: EventStudy, event: int) -> str:
    """`from 2023-01-02 to 2024-06-28`: the first and last day of the event's line."""
    symbol = study.given.symbols[event]
    place = int(symbol) if study.given.symbols.dtype.kind in "iu" else study.panel.lines[str(symbol)]
    days = study.panel.calendar(place) if study.panel.dates is not None else range(int(study.panel.lengths[place]))
    return f"from {days[0]} to {days[-1]}" if len(days) else "over no day at all"
