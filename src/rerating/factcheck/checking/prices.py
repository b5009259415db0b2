"""Claims about prices: levels, returns, distances from highs and lows, averages, indicators, volume."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from rerating.core.types import Gap, Why
from rerating.factcheck.checking.desk import Desk
from rerating.factcheck.checking.ground import place_on
from rerating.factcheck.checking.judgement import (
    Finding,
    Readings,
    Standing,
    missing,
    out_of_reach,
    signed,
    stated_interval,
)
from rerating.factcheck.checking.queries import Answer
from rerating.factcheck.claim import Claim
from rerating.findings.series import Series
from rerating.ledger.view import price_levels

EARLIER_SESSIONS = 10
"""How far back a price that is told without a day may lie and be called outdated."""


DAILY_BARS = "the ledger holds daily bars and no quotes inside or outside of sessions; read the venue's own tape"
_DRAWN = frozenset(("support", "resistance", "fair_value", "issue_price"))


def price_level(desk: Desk, claim: Claim) -> Finding:
    """A price: a print of a line in the stated currency, else derived from the lines held, each with its interval."""
    within = stated_interval(claim)
    if within is None:
        return out_of_reach("no_figure")
    if claim.metric in _DRAWN:
        detail = "supports, resistances and fair values are drawn by hand; no data test them"
        return missing(Gap(question=f"the level '{claim.text}'", why=Why.NOT_APPLICABLE, detail=detail))
    pair = re.fullmatch(r"([A-Z]{3})([A-Z]{3})=X", claim.subject.ticker or "")
    if pair:
        return _exchange_rate(desk, claim, pair[1], pair[2])
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    own = line.listing.currency
    stated = next((value.currency for value in claim.values if value.currency), None)
    unit = stated or own
    found = Readings(desk.ground, within)
    days = desk.moment.days(claim, line)
    lines = [(line, 1.0), *desk.ground.sisters(line)]
    native = [(each, units) for each, units in lines if each.listing.currency == unit and units == 1.0]
    for on in days:
        for each, units in native or lines:
            found.add("close", line=each.listing.key, on=on.isoformat(), currency=unit, units=units)
    if claim.as_of is None:
        for each, units in native or lines[:1]:
            for on in earlier(each, days[-1], EARLIER_SESSIONS):
                found.add("close", "earlier", line=each.listing.key, on=on.isoformat(), currency=unit, units=units)
    start = claim.of_role("from")
    finding = found.concluded(claim)
    if start is not None and finding.outcome in ("confirmed", "confirmed_within_hedge"):
        return _from_there(desk, claim, finding, line)
    return finding


def _from_there(desk: Desk, claim: Claim, finding: Finding, line: Series) -> Finding:
    """`von 90 auf 95`: the end holds; the start has to be a close of the sessions before it."""
    start = stated_interval(claim, claim.of_role("from"))
    chosen = finding.chosen
    if start is None or chosen is None or not isinstance(chosen.answer, Answer) or chosen.answer.to_on is None:
        return finding
    found = Readings(desk.ground, start)
    arguments: dict[str, Any] = {key: chosen.arguments[key] for key in ("line", "currency", "units")}
    for on in earlier(line, chosen.answer.to_on, EARLIER_SESSIONS):
        found.add("close", on=on.isoformat(), **arguments)
    begun = found.concluded(claim)
    begun.reads = [*finding.reads, *begun.reads]
    if begun.outcome == "refuted":
        begun.notes.append("start_does_not_hold")
        return begun
    return Finding(finding.outcome, begun.reads, finding.chosen, finding.notes)


def _exchange_rate(desk: Desk, claim: Claim, base: str, quote: str) -> Finding:
    found = Readings(desk.ground, stated_interval(claim))
    on = claim.as_of or desk.moment.on.isoformat()
    found.add("exchange_rate", base=base, quote=quote, on=on)
    return found.concluded(claim)


def earlier(line: Series, on: date, count: int) -> Iterable[date]:
    """The sessions before that of a day, the latest first."""
    place = place_on(line, on)
    return [] if place is None else [line.day(k) for k in range(place - 1, max(-1, place - 1 - count), -1)]


_WEEK = ("five_sessions", "week_to_date", "week_over_week")
_WINDOWS: dict[str, tuple[str, ...]] = {
    "one_week": _WEEK,
    "week_to_date": ("week_to_date", "five_sessions", "week_over_week"),
    "two_weeks": ("two_weeks", "ten_sessions"),
    "one_month": ("one_month", "21_sessions"),
    "three_months": ("three_months", "63_sessions"),
    "six_months": ("six_months", "126_sessions"),
    "twelve_months": ("twelve_months", "252_sessions"),
    "one_year": ("twelve_months", "252_sessions"),
    "one_day": ("one_session",),
    "opening": (),
    "premarket": (),
    "after_hours": (),
    "intraday": ("one_session",),
}
_NO_DAILY_BARS = frozenset(("opening", "premarket", "after_hours"))
_UNNAMED = ("one_session", *_WEEK)


def price_return(desk: Desk, claim: Claim) -> Finding:
    """A return over a named window: own line and currency plainly; other currencies and lines are other bases."""
    percent = next((value for value in claim.values if value.unit == "percent" and value.role != "from"), None)
    if percent is None or claim.metric in ("relative_return",):
        return _move_in_money(desk, claim)
    sized = stated_interval(claim, percent)
    if sized is None:
        return out_of_reach("no_figure")
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    if claim.period in _NO_DAILY_BARS:
        question = f"{claim.period} move of {line.listing.key}"
        return missing(Gap(question=question, why=Why.NOT_COVERED, detail=DAILY_BARS))
    if claim.period and re.fullmatch(r"(?:19|20)\d\d", claim.period):
        return _calendar_year(desk, claim, line, int(claim.period))
    windows = _WINDOWS.get(claim.period or "", (claim.period,) if claim.period else _UNNAMED)
    found = Readings(desk.ground, signed(claim, sized))
    by_size = claim.direction is None
    days = desk.moment.days(claim, line)
    for standing, each, unit in _bases(desk, line):
        for on in days:
            for window in windows:
                arguments: dict[str, Any] = {
                    "line": each.listing.key,
                    "on": on.isoformat(),
                    "window": window,
                    "currency": unit,
                }
                found.add("window_return", standing, by_size=by_size, **arguments)
    finding = found.concluded(claim)
    if finding.outcome == "refuted" and claim.period == "intraday":
        gap = Gap(question=f"{line.listing.key} within the session", why=Why.NOT_COVERED, detail=DAILY_BARS)
        return Finding("insufficient_data", finding.reads, None, [], [gap])
    if finding.outcome == "refuted" and claim.period is None:
        detail = "the text names no window for this move; none of the usual ones gives it"
        gap = Gap(question=f"the window of '{claim.text}'", why=Why.NOT_APPLICABLE, detail=detail)
        return Finding("insufficient_data", finding.reads, None, [], [gap])
    return finding


def _bases(desk: Desk, line: Series) -> Iterable[tuple[Standing, Series, str]]:
    """Own line in its currency, then in the readers'; then the issuer's other lines, likewise."""
    for position, (each, _) in enumerate([(line, 1.0), *desk.ground.sisters(line)]):
        for place, unit in enumerate(desk.units(each)):
            yield ("plain" if position == 0 and place == 0 else "another"), each, unit


def _calendar_year(desk: Desk, claim: Claim, line: Series, year: int) -> Finding:
    sized = stated_interval(claim)
    assert sized is not None
    found = Readings(desk.ground, signed(claim, sized))
    end = min(date(year, 12, 31), desk.moment.on)
    for standing, each, unit in _bases(desk, line):
        arguments: dict[str, Any] = {
            "line": each.listing.key,
            "on": end.isoformat(),
            "window": "year_to_date",
            "currency": unit,
        }
        found.add("window_return", standing, by_size=claim.direction is None, **arguments)
    return found.concluded(claim)


def _move_in_money(desk: Desk, claim: Claim) -> Finding:
    """A move told in money or points: the difference of two closes."""
    within = stated_interval(claim)
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    unit = next((value.currency for value in claim.values if value.currency), line.listing.currency)
    if within is None or claim.metric == "relative_return" or unit != line.listing.currency:
        detail = "moves against another value, or in another currency than the line's, are told by their percentage"
        return missing(Gap(question=f"the move '{claim.text}'", why=Why.NOT_APPLICABLE, detail=detail))
    refusal = price_levels(line.bars)
    if refusal is not None:
        return missing(refusal)
    found = Readings(desk.ground, signed(claim, within))
    for on in desk.moment.days(claim, line):
        found.add("price_change", line=line.listing.key, on=on.isoformat(), by_size=claim.direction is None)
    return found.concluded(claim)


_ALL_TIME = frozenset(("all_time_high", "all_time_low", "record_high"))


def _mark_window(metric: str) -> str:
    return "all" if metric in _ALL_TIME else "52w"


def _side(claim: Claim) -> str:
    return "low" if "low" in claim.metric or claim.type == "distance_to_low" else "high"


def distance(desk: Desk, claim: Claim) -> Finding:
    """The distance from a high or low: intraday prices in the line's own currency, then closes, currencies, lines."""
    within = stated_interval(claim)
    if within is None:
        return out_of_reach("no_figure")
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    found = Readings(desk.ground, within)
    days = desk.moment.days(claim, line)
    for standing, each, unit in _bases(desk, line):
        for basis in ("intraday", "close"):
            for on in days:
                how: Standing = "plain" if standing == "plain" and basis == "intraday" else "another"
                arguments: dict[str, Any] = {
                    "line": each.listing.key,
                    "on": on.isoformat(),
                    "side": _side(claim),
                    "basis": basis,
                }
                found.add("extreme", how, by_size=True, currency=unit, window=_mark_window(claim.metric), **arguments)
    return found.concluded(claim)


def mark_level(desk: Desk, claim: Claim) -> Finding:
    """The level of a high or low; without a figure, whether the session made one."""
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    within = stated_interval(claim)
    if within is None:
        return _new_mark(desk, claim, line)
    unit = next((value.currency for value in claim.values if value.currency), line.listing.currency)
    found = Readings(desk.ground, within)
    refusal = price_levels(line.bars)
    lines = [line, *(each for each, units in desk.ground.sisters(line) if units == 1.0)]
    lines = [each for each in lines if each.listing.currency == unit] or [line]
    for each in lines:
        for basis in ("intraday", "close"):
            for on in desk.moment.days(claim, each):
                how: Standing = "plain" if each.listing.currency == unit and refusal is None else "another"
                found.add(
                    "extreme",
                    how,
                    take="level",
                    line=each.listing.key,
                    on=on.isoformat(),
                    side=_side(claim),
                    basis=basis,
                    currency=unit,
                    window=_mark_window(claim.metric),
                )
    return found.concluded(claim)


def _new_mark(desk: Desk, claim: Claim, line: Series) -> Finding:
    side = _side(claim)
    window = _mark_window(claim.metric)
    found = Readings(desk.ground, None)
    for basis in ("intraday", "close"):
        for on in desk.moment.days(claim, line):
            arguments: dict[str, Any] = {"line": line.listing.key, "on": on.isoformat(), "side": side, "basis": basis}
            read = found.add("extreme", "plain", currency=line.listing.currency, window=window, **arguments)
            if isinstance(read.answer, Answer):
                read.holds = read.answer.from_on == read.answer.to_on
    finding = found.concluded(claim)
    if finding.outcome == "confirmed" and window == "all":
        detail = f"the ledger's first bar of {line.listing.key} is of {line.day(0)}; no higher one is held since then"
        gap = Gap(question=f"all prices of {line.listing.key} before", why=Why.TOO_SHORT, detail=detail)
        finding.gaps.append(gap)
        finding.notes.append("since_first_bar")
    if finding.outcome == "refuted" and claim.metric.startswith("recent"):
        detail = "the text does not say since when; over 52 weeks it is none"
        gap = Gap(question=f"the span of '{claim.text}'", why=Why.NOT_APPLICABLE, detail=detail)
        return Finding("insufficient_data", finding.reads, None, [], [gap])
    return finding


def moving_average(desk: Desk, claim: Claim) -> Finding:
    """The level of an average, the distance from it, or on which side of it the close lies."""
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    digits = re.search(r"\d+", claim.metric)
    sessions = int(digits[0]) if digits else 200
    within = stated_interval(claim)
    unit = next((value.currency for value in claim.values if value.currency), line.listing.currency)
    is_level = within is not None and not any(value.unit == "percent" for value in claim.values)
    found = Readings(desk.ground, within)
    for on in desk.moment.days(claim, line):
        read = found.add(
            "average",
            take="level" if is_level else "value",
            by_size=not is_level,
            line=line.listing.key,
            on=on.isoformat(),
            sessions=sessions,
            currency=unit,
        )
        if isinstance(read.answer, Answer) and not is_level and isinstance(read.answer.value, float):
            is_side = claim.direction is None or (read.answer.value > 0) == (claim.direction == "up")
            read.holds = is_side and (read.holds is None or read.holds)
    return found.concluded(claim)


def indicator(desk: Desk, claim: Claim) -> Finding:
    """The relative strength index; other indicators are not held."""
    within = stated_interval(claim)
    if claim.metric not in ("rsi", "relative_strength_index") or within is None:
        detail = "no series of this indicator is held here; import it as a fact with 'rerating import facts FILE'"
        return missing(Gap(question=claim.metric.replace("_", " "), why=Why.NOT_COVERED, detail=detail))
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    found = Readings(desk.ground, within)
    for on in desk.moment.days(claim, line):
        found.add("strength_index", line=line.listing.key, on=on.isoformat())
    return found.concluded(claim)


UNUSUAL_RANK = 0.95
"""From which rank among 252 sessions a volume is called unusually high."""
_STRONG = re.compile(r"auffal|auffäl|ungewöhn|außergew|sehr|unusual|exception|extrem|abnormal", re.IGNORECASE)


def traded_volume(desk: Desk, claim: Claim) -> Finding:
    """Shares traded: their number, a multiple of the usual, or in words."""
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    within = stated_interval(claim)
    is_ratio = any(value.unit in ("ratio", "percent") for value in claim.values)
    is_money = any(value.unit == "money" for value in claim.values)
    if is_money:
        detail = "turnover in money is not held; the ledger holds shares traded"
        return missing(Gap(question=f"turnover of {line.listing.key}", why=Why.NOT_COVERED, detail=detail))
    against = "none" if within is not None and not is_ratio else "median"
    found = Readings(desk.ground, within)
    if within is None and _STRONG.search(claim.text):
        against = "rank"
    for on in desk.moment.days(claim, line):
        read = found.add("volume", line=line.listing.key, on=on.isoformat(), against=against)
        if within is None and isinstance(read.answer, Answer) and isinstance(read.answer.value, float):
            limit = UNUSUAL_RANK if against == "rank" else 1.0
            read.holds = read.answer.value >= limit if claim.direction != "down" else read.answer.value < limit
    finding = found.concluded(claim)
    if finding.outcome == "refuted" and within is not None and is_ratio:
        detail = "the text does not say what the volume is compared with; 63 sessions do not give it"
        gap = Gap(question=f"the comparison of '{claim.text}'", why=Why.NOT_APPLICABLE, detail=detail)
        return Finding("insufficient_data", finding.reads, None, [], [gap])
    return finding
