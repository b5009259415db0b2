"""From Yahoo's answers to rows: as traded, in whole units of currency, each with the time when it could be known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from rerating.core.sessions import Sessions, sessions_of
from rerating.sources.yahoo_models import Chain, Chart, Contract, Story, Summary

NEW_YORK = ZoneInfo("America/New_York")

#: Below a hundredth of a percent an implied volatility is Yahoo's way to say: none.
_NO_VOLATILITY = 1e-4


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a chart is of: the line, how many of Yahoo's units make one of its currency, and where its days are."""

    symbol: str
    venue: str
    currency: str
    units: float
    zone: ZoneInfo

    @property
    def sessions(self) -> Sessions:
        """The sessions of its venue."""
        return sessions_of(self.venue, self.symbol)

    def day(self, stamp: int) -> date:
        """The day of a time stamp at the exchange."""
        return instant(stamp).astimezone(self.zone).date()

    def splits(self, chart: Chart) -> list[tuple[date, float]]:
        """Ex-days and ratios (new shares per old one), in order."""
        return sorted((self.day(s.date), s.numerator / s.denominator) for s in chart.events.splits.values())


def bar_rows(chart: Chart, line: Line, recorded_at: datetime) -> tuple[list[dict[str, Any]], date | None]:
    """Bars as traded, known at their sessions' closes, and the day of a bar whose session was still open."""
    quotes, table, splits = chart.indicators.quote[0], line.sessions, line.splits(chart)
    columns = {"open": quotes.open, "high": quotes.high, "low": quotes.low, "close": quotes.close}
    rows: dict[date, dict[str, Any]] = {}
    interim = None
    for place, stamp in enumerate(chart.timestamp):
        on = line.day(stamp)
        position = table.position(on)
        if quotes.close[place] is None or position is None:
            continue
        closed_at = table.close_at(position)
        if closed_at > recorded_at:
            interim = on
            continue
        factor = _product(ratio for day, ratio in splits if day > on)
        volume = quotes.volume[place]
        # Yahoo repeats the last day with the quote of the moment; the row that stands for the session comes first.
        rows.setdefault(
            on,
            {
                "symbol": line.symbol,
                "venue": line.venue,
                "currency": line.currency,
                "on": on,
                **{name: _scaled(column[place], factor / line.units) for name, column in columns.items()},
                "volume": None if volume is None else round(volume / factor),
                "known_at": closed_at,
            },
        )
    return list(rows.values()), interim


def action_rows(chart: Chart, line: Line) -> list[dict[str, Any]]:
    """Splits and dividends, known at the latest when the session of their ex-day opened."""
    splits = line.splits(chart)
    rows = [
        _action(line, on, category="split", title=f"Split {ratio:g}:1", value=ratio, unit="ratio")
        for on, ratio in splits
    ]
    for dividend in sorted(chart.events.dividends.values(), key=lambda item: item.date):
        on = line.day(dividend.date)
        amount = _scaled(dividend.amount, _product(ratio for day, ratio in splits if day > on) / line.units)
        title = f"Dividend {amount:g} {line.currency}"
        rows.append(_action(line, on, category="dividend", title=title, value=amount, unit=line.currency))
    return rows


def _action(line: Line, on: date, **what: Any) -> dict[str, Any]:
    position = line.sessions.position(on)
    opened_at = None if position is None else line.sessions.open_at(position)
    at = opened_at or datetime.combine(on, time(9), line.zone).astimezone(UTC)
    return {
        "subject": f"{line.venue}:{line.symbol}",
        "at_earliest": datetime.combine(on, time(0), line.zone).astimezone(UTC),
        "at_latest": at,
        "precision": "day",
        "place": str(line.zone),
        "effective_on": on,
        "known_at": at,
    } | what


def rating_rows(symbol: str, summary: Summary) -> list[dict[str, Any]]:
    """Houses' actions with their own words; a target of 0 is none. Known at the time that Yahoo prints."""
    grades = [] if summary.grades is None else sorted(summary.grades.history, key=lambda grade: (grade.at, grade.firm))
    currency = summary.price.currency if summary.price else None
    rows, seen = [], dict[tuple[str, date, str], int]()
    for grade in grades:
        at = instant(grade.at)
        on = at.astimezone(NEW_YORK).date()
        ordinal = seen.get((grade.firm, on, grade.action), 0)
        seen[grade.firm, on, grade.action] = ordinal + 1
        rows.append(
            {
                "symbol": symbol,
                "house": grade.firm,
                "graded_on": on,
                "action": grade.action,
                "ordinal": ordinal,
                "graded_at": at,
                "precision": "minute",
                "word_from": grade.from_grade or None,
                "word_to": grade.to_grade or None,
                "target_action": grade.target_action,
                "target_from": grade.prior_target or None,
                "target_to": grade.target or None,
                "currency": currency if grade.target or grade.prior_target else None,
                "known_at": at,
            }
        )
    return rows


def estimate_rows(symbol: str, summary: Summary, recorded_at: datetime) -> list[dict[str, Any]]:
    """Estimates, targets, counts of recommendations, past quarters and dates of results.

    Yahoo dates none of them, so they were known when they were recorded.
    """
    rows: list[dict[str, Any]] = []

    def add(field: str, value: float | None, unit: str, **more: Any) -> None:
        if value is not None or more.get("text"):
            rows.append(
                {"subject": symbol, "field": field, "value": value, "unit": unit, "known_at": recorded_at} | more
            )

    day = recorded_at.astimezone(NEW_YORK).date()
    for trend in summary.recommendations.trend if summary.recommendations else ():
        month = _month(day, trend.period)
        for field in ("strong_buy", "buy", "hold", "sell", "strong_sell"):
            add(f"recommendations.{field}", float(getattr(trend, field)), "count", period_from=month, period_to=month)
    data = summary.financial
    currency = summary.price.currency if summary.price else None
    if data is not None:
        for field in ("target_high", "target_low", "target_mean", "target_median") if currency else ():
            add(field, getattr(data, field) or None, str(currency))
        add("recommendation_mean", data.recommendation_mean or None, "scale 1 (strong buy) to 5 (sell)")
        add("recommendation_key", None, "word", text=data.recommendation_key)
        add("target_analysts", None if data.analysts is None else float(data.analysts), "count")
    for period in summary.estimates.trend if summary.estimates else ():
        if period.end is None:
            continue
        span = {"period_from": None, "period_to": date.fromisoformat(period.end), "note": period.period}
        for field, estimate, unit in (
            ("eps", period.eps, period.eps.eps_currency),
            ("revenue", period.revenue, period.revenue.revenue_currency),
        ):
            if unit is None:  # an amount without a currency is no amount
                continue
            add(f"estimate.{field}", estimate.avg, unit, low=estimate.low, high=estimate.high, **span)
            analysts = None if estimate.analysts is None else float(estimate.analysts)
            add(f"estimate.{field}.analysts", analysts, "count", **span)
    return rows + result_rows(symbol, summary, recorded_at)


def result_rows(symbol: str, summary: Summary, recorded_at: datetime) -> list[dict[str, Any]]:
    """Past quarters with what had been expected of them, the last call about results, and the days of the next."""
    rows: list[dict[str, Any]] = []
    base = {"subject": symbol, "known_at": recorded_at}
    for quarter in summary.reported.history if summary.reported else ():
        if quarter.quarter is None or quarter.currency is None:
            continue
        ended = {"period_to": instant(quarter.quarter).date(), "unit": quarter.currency, "note": "as Yahoo restates it"}
        for field, value in (("eps.reported", quarter.actual), ("eps.expected", quarter.expected)):
            if value is not None:
                rows.append(base | ended | {"field": field, "value": value})
    coming = summary.calendar.earnings if summary.calendar else None
    if coming is None:
        return rows
    note = "estimated" if coming.estimated else "announced"
    stamps: list[tuple[str, int | None, str | None]] = [("results_call", stamp, None) for stamp in coming.calls]
    stamps += [("next_results", stamp, note) for stamp in coming.dates]
    for field, stamp, told in stamps:
        if stamp is not None:
            at = instant(stamp)
            on = at.astimezone(NEW_YORK).date()
            rows.append(base | {"field": field, "unit": "date", "text": at.isoformat(), "period_to": on, "note": told})
    return rows


def option_rows(symbol: str, chain: Chain, recorded_at: datetime) -> list[dict[str, Any]]:
    """Quotes of contracts at the time of the underlying's quote; zero quotes are null, the first of a name counts."""
    quoted_at = instant(chain.quote.at) if chain.quote.at else recorded_at
    rows: dict[str, dict[str, Any]] = {}
    sides = [
        (right, contract)
        for part in chain.options
        for right, contract in (*_sided("C", part.calls), *_sided("P", part.puts))
    ]
    for right, contract in sides:
        if contract.strike is None or contract.expiration is None:
            continue
        rows.setdefault(
            contract.contract,
            {
                "symbol": symbol,
                "contract": contract.contract,
                "quoted_at": quoted_at,
                "expires_on": instant(contract.expiration).date(),
                "right": right,
                "strike": contract.strike,
                "currency": contract.currency or chain.quote.currency,
                "bid": contract.bid or None,
                "ask": contract.ask or None,
                "last": contract.last or None,
                "traded_at": instant(contract.traded) if contract.traded else None,
                "volume": contract.volume,
                "open_interest": contract.open_interest,
                "implied_volatility": _volatility(contract),
                "multiplier": 100 if contract.size == "REGULAR" else None,
                "underlying_price": chain.quote.price,
                "known_at": recorded_at,
            },
        )
    return list(rows.values())


def _sided(right: str, contracts: list[Contract]) -> list[tuple[str, Contract]]:
    return [(right, contract) for contract in contracts]


def news_rows(symbol: str, stories: Iterable[Story], recorded_at: datetime) -> list[dict[str, Any]]:
    """Headlines, public at the time that Yahoo prints; one dated into the future counts from when it was seen."""
    rows: dict[tuple[str, datetime], dict[str, Any]] = {}
    for story in stories:
        if story.tickers and symbol not in story.tickers:
            continue
        at = min(instant(story.at), recorded_at)
        rows.setdefault(
            (story.title, at),
            {
                "subject": symbol,
                "category": "news",
                "title": story.title,
                "at_earliest": at,
                "at_latest": at,
                "precision": "minute",
                "text": story.publisher,
                "known_at": at,
                "locator": story.link,
            },
        )
    return list(rows.values())


def instant(seconds: int) -> datetime:
    """An instant of Unix time."""
    return datetime.fromtimestamp(seconds, tz=UTC)


def _month(day: date, period: str) -> date:
    """The first of the month that `0m`, `-1m` ... stand for, seen from a day."""
    back = -int(period.removesuffix("m") or 0)
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _product(ratios: Iterable[float]) -> float:
    out = 1.0
    for ratio in ratios:
        out *= ratio
    return out


def _scaled(value: float | None, by: float) -> float | None:
    """A price in the line's own terms. Yahoo sends 32-bit numbers, which hold 7 digits; the others are noise."""
    return None if value is None else float(f"{value * by:.7g}")


def _volatility(contract: Contract) -> float | None:
    found = contract.volatility
    return found if found is not None and found > _NO_VOLATILITY else None
