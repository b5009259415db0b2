"""Queries about what was reported: figures by period, their growth, estimates, and figures printed in dated events."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rerating.core.types import Gap, Why
from rerating.factcheck.checking.ground import Ground
from rerating.factcheck.checking.queries import Answer, at, close, query
from rerating.findings.reports import Row
from rerating.findings.series import Series

METRIC_FIELDS = {"eps": "eps_diluted", "ebit": "operating_income", "buyback": "buybacks"}
"""Fields of facts under which a metric of claims may stand besides its own name."""
_YEAR_EARLIER = (timedelta(days=355), timedelta(days=375))


def not_reported(line: Series, what: str) -> Gap:
    """What is said of a figure that is not held."""
    symbol = line.listing.symbol
    detail = (
        f"the ledger holds no such figure of {symbol} by this cutoff; run 'rerating collect {symbol} --source sec' or "
        "'rerating import facts FILE'"
    )
    return Gap(question=f"{what.replace('_', ' ')} of {symbol}", why=Why.NOT_COVERED, detail=detail)


# ---- which period ----------------------------------------------------------------------------------------------------

_PERIOD = re.compile(r"(?:(Q|H)(\d) )?(FY)?((?:19|20)\d\d)")


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A period as a claim names it: quarter or half or year, by the calendar or the company's fiscal year."""

    letter: str | None
    part: int
    is_fiscal: bool
    year: int


def spoken(period: str | None) -> Spoken | None:
    """`Q2 FY2026`, `H1 2025`, `2025`; None for anything else."""
    match = _PERIOD.fullmatch(period or "")
    if match is None:
        return None
    part = int(match[2]) if match[2] else 0
    return Spoken(letter=match[1], part=part, is_fiscal=bool(match[3]), year=int(match[4]))


def ends(said: Spoken, year_end: int) -> list[date]:
    """The days on which a spoken period may end: by the calendar, and by a fiscal year that ends in month `year_end`.

    A fiscal year bears the name of the calendar year in which it ends.
    """
    months = {"Q": 3 * said.part, "H": 6 * said.part}.get(said.letter or "", 12)
    calendar_end = (said.year, months)
    shifted = (said.year - 1) * 12 + year_end + months - 1
    fiscal_end = (shifted // 12, shifted % 12 + 1)
    asked = [fiscal_end] if said.is_fiscal else [calendar_end, fiscal_end]
    found = [date(year, month, calendar.monthrange(year, month)[1]) for year, month in asked if month <= 12]
    return list(dict.fromkeys(found))


_SPANS = {"Q": "quarter", None: "year"}
_NEAR = timedelta(days=16)
"""Weeks of 52 or 53 end some days beside the month."""


def fits(said: Spoken | None, row: Row, span: str, year_end: int) -> bool:
    """Whether a row is of the spoken period; without one every row is."""
    if said is None:
        return True
    if row["period_to"] is None:
        return False
    if said.letter == "H":
        days = (row["period_to"] - row["period_from"]).days if row["period_from"] else 0
        if not 170 <= days <= 195:
            return False
    elif span != _SPANS[said.letter]:
        return False
    return any(abs(row["period_to"] - end) <= _NEAR for end in ends(said, year_end))


def year_end_of(ground: Ground, line: Series) -> int:
    """The month in which the company's fiscal years end, by its reported years; December where none is held."""
    for (_, _, span), rows in sorted(ground.periods(line).items()):
        if span == "year" and rows[-1]["period_to"] is not None:
            last: date = rows[-1]["period_to"]
            return (last - timedelta(days=6)).month if last.day < 7 else last.month
    return 12


# ---- queries ---------------------------------------------------------------------------------------------------------


def _row(ground: Ground, line: str, field: str, unit: str, to_on: str) -> tuple[list[Row], Row] | Gap:
    held = ground.line(line)
    if isinstance(held, Gap):
        return held
    for (name, its_unit, _), rows in sorted(ground.periods(held).items()):
        if name != field or its_unit != unit:
            continue
        for row in rows:
            if str(row["id"])[:16] == to_on:
                return rows, row
    return not_reported(held, field)


@query
def figure(ground: Ground, *, line: str, field: str, unit: str, row: str) -> Answer | Gap:
    """A reported figure, by the id of its row."""
    found = _row(ground, line, field, unit, row)
    if isinstance(found, Gap):
        return found
    _, held = found
    if held["value"] is None and held["low"] is None:
        return Gap(question=field, why=Why.NOT_COVERED, detail="the row holds no number")
    value = held["value"] if held["value"] is not None else (held["low"] + held["high"]) / 2
    is_range = held["value"] is None
    return Answer(
        value=float(value),
        unit=_money(unit),
        low=held["low"] if is_range else None,
        high=held["high"] if is_range else None,
        from_on=held["period_from"],
        to_on=held["period_to"],
        src=(ground.trail.row(held),),
    )


def _money(unit: str) -> str:
    """`USD per share` is money of USD."""
    return unit.partition(" ")[0] if re.match(r"[A-Z]{3}\b", unit) else unit


@query
def figure_growth(ground: Ground, *, line: str, field: str, unit: str, row: str) -> Answer | Gap:
    """A reported figure against that of the same period a year earlier, less one."""
    found = _row(ground, line, field, unit, row)
    if isinstance(found, Gap):
        return found
    rows, held = found
    if held["period_to"] is None or held["value"] is None:
        return Gap(question=f"growth of {field}", why=Why.NOT_APPLICABLE, detail="the figure has no period")
    least, most = _YEAR_EARLIER
    before = [
        each
        for each in rows
        if each["value"] and each["period_to"] and least <= held["period_to"] - each["period_to"] <= most
    ]
    if not before or before[-1]["value"] <= 0:
        detail = "the same period a year earlier is not held; run 'rerating collect' with an earlier --since"
        return Gap(question=f"growth of {field}", why=Why.NOT_COVERED, detail=detail)
    base = before[-1]
    return Answer(
        value=held["value"] / base["value"] - 1.0,
        unit="ratio",
        level=float(held["value"]),
        from_on=held["period_from"],
        to_on=held["period_to"],
        src=(ground.trail.row(held), ground.trail.row(base)),
    )


# ---- figures in dated events -----------------------------------------------------------------------------------------

_SCALES = {"m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "": 1.0}
_MONEY_UNIT = re.compile(r"(RMB|[A-Z]{3})(?: (m|mn|bn|tn))?\b")
_MONTHS = {"march": 3, "june": 6, "september": 9, "december": 12}
_QUARTER = re.compile(r"\b(march|june|september|december) quarter (?:(?:20)(\d\d))", re.IGNORECASE)
_HALF = re.compile(r"\bH([12]) (20\d\d)\b")


def printed_unit(unit: str | None) -> tuple[str, float] | None:
    """The unit of an event's value and the factor into it: `RMB bn cloud revenue` is CNY times a billion."""
    if unit is None:
        return None
    if unit.startswith("%"):
        return "ratio", 0.01
    match = _MONEY_UNIT.match(unit)
    if match is None:
        return None
    return ("CNY" if match[1] == "RMB" else match[1]), _SCALES[match[2] or ""]


def printed_period(title: str) -> date | None:
    """The end of the period that an event's title names."""
    match = _QUARTER.search(title)
    if match and match[2]:
        month, year = _MONTHS[match[1].lower()], 2000 + int(match[2])
        return date(year, month, calendar.monthrange(year, month)[1])
    half = _HALF.search(title)
    if half:
        return date(int(half[2]), 6, 30) if half[1] == "1" else date(int(half[2]), 12, 31)
    return None


def printed_rows(ground: Ground, line: Series) -> list[dict[str, Any]]:
    """Dated events that print a number, oldest first."""
    rows = ground.view.events(ground.view.names(line.listing)).rows(named=True)
    return [row for row in rows if row["value"] is not None and printed_unit(row["unit"]) is not None]


_GROWTH_IN_TITLE = re.compile(r"\(([+-]\d+(?:\.\d+)?) ?%\)")


@query
def printed_figure(ground: Ground, *, line: str, row: str, growth: bool = False) -> Answer | Gap:
    """The number that a dated event prints, by the id of its row; or the growth in brackets in its title."""
    held = ground.line(line)
    if isinstance(held, Gap):
        return held
    for each in printed_rows(ground, held):
        unit = printed_unit(each["unit"])
        if str(each["id"])[:16] != row or unit is None:
            continue
        value, name = each["value"] * unit[1], unit[0]
        if growth:
            match = _GROWTH_IN_TITLE.search(each["title"])
            if match is None:
                break
            value, name = float(match[1]) / 100, "ratio"
        return Answer(
            value=float(value),
            unit=name,
            to_on=printed_period(each["title"]),
            words=(each["title"],),
            src=(ground.trail.row(each),),
        )
    return not_reported(held, "figure")


@query
def market_value(ground: Ground, *, line: str, on: str, currency: str) -> Answer | Gap:
    """The value of all shares at a close, in any currency; known for the newest session held."""
    found = at(ground, line, on)
    if isinstance(found, Gap):
        return found
    held, place = found
    worth = ground.valuation(held)
    if isinstance(worth, Gap):
        return worth
    if isinstance(worth.market_cap, Gap):
        return worth.market_cap
    own, stated = (close(ground, line=line, on=on, currency=unit) for unit in (worth.unit, currency))
    if isinstance(own, Gap) or isinstance(stated, Gap):
        return own if isinstance(own, Gap) else stated
    newest = float(held.close[place]) / float(held.close[held.last])
    shares = worth.market_cap * newest / float(own.value)
    low, high = (None if end is None else end * shares for end in (stated.low, stated.high))
    return Answer(
        value=float(stated.value) * shares,
        unit=currency,
        low=low,
        high=high,
        derived=True,
        to_on=stated.to_on,
        src=tuple(dict.fromkeys((*stated.src, *worth.src))),
    )


@query
def multiple(ground: Ground, *, line: str, which: str) -> Answer | Gap:
    """A multiple at the newest close: trailing or forward P/E, EV to sales or EBITDA, free cash flow yield."""
    held = ground.line(line)
    if isinstance(held, Gap):
        return held
    worth = ground.valuation(held)
    if isinstance(worth, Gap):
        return worth
    found = next((each for each in worth.multiples if each.name == which), None)
    if found is None:
        return not_reported(held, which)
    if isinstance(found.value, Gap):
        return found.value
    unit = "ratio" if which.endswith("yield") else "times"
    return Answer(value=found.value, unit=unit, derived=True, to_on=worth.on, words=(which,), src=found.src)


@query
def what_changed(ground: Ground, *, line: str) -> Answer | Gap:
    """The price's last five sessions by the identity: log changes of price, currency, revision, roll, multiple."""
    held = ground.line(line)
    if isinstance(held, Gap):
        return held
    change = ground.what_changed(held)
    if isinstance(change, Gap):
        return change
    return Answer(
        value=change.multiple,
        unit="log",
        from_on=change.from_on,
        to_on=change.to_on,
        words=("price", "currency", "revision", "roll", "multiple"),
        values=(change.price, change.currency, change.revision, change.roll, change.multiple),
        src=change.src,
    )
