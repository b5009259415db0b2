"""All lines of one issuer side by side: parity, the week split into sessions and currency, definition spread."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Literal

import numpy as np

from rerating.core.types import Gap, Listing, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.benchmarks import held
from rerating.findings.conversion import conversion
from rerating.findings.price_move import PriceMove
from rerating.findings.series import Floats, Series
from rerating.ledger import View
from rerating.measures.parity import chained, log_gap, median_gap

PARITY_SESSIONS = 21
WEEK_SESSIONS = 5

DEFINITION = (
    "Parity is the price of the other line times the units that one unit of this line stands for, at the ECB's "
    "rates of the day, over this line's price, less one; closes are hours apart, so one day's gap is no error. "
    "The week is the chain of all opens and closes of all lines with a session, in the order of time and stated "
    "in one currency: each step belongs to the sessions it lies in, or to the time before the next one; the "
    "currency is a step of its own, and log returns of all parts add up to the whole. The definition spread "
    "states one figure under all sensible definitions: lines, currencies, closing and intraday prices."
)

#: Lines of one issuer where the ledger names none: key, ordinary shares a unit, and since when both traded.
SISTERS: tuple[tuple[tuple[str, float, date], ...], ...] = (
    (("XNYS:BABA", 8.0, date(2019, 11, 26)), ("XHKG:9988.HK", 1.0, date(2019, 11, 26))),
    (("XNAS:JD", 2.0, date(2020, 6, 18)), ("XHKG:9618.HK", 1.0, date(2020, 6, 18))),
    (("XNAS:BIDU", 8.0, date(2021, 3, 23)), ("XHKG:9888.HK", 1.0, date(2021, 3, 23))),
    (("XNAS:NTES", 5.0, date(2020, 6, 11)), ("XHKG:9999.HK", 1.0, date(2020, 6, 11))),
    (("XNAS:BILI", 1.0, date(2021, 3, 29)), ("XHKG:9626.HK", 1.0, date(2021, 3, 29))),
    (("OTCM:TCEHY", 1.0, date(2004, 6, 16)), ("XHKG:0700.HK", 1.0, date(2004, 6, 16))),
)


class Parity(Figure):
    """Another line against this one: the gap of the last common day, and the median of 21 sessions."""

    line: str
    on: date
    units: float
    gap: float
    median_gap: float | Gap


class Part(Figure):
    """A part of the week: a log return and its share of the simple return."""

    name: str
    log_return: float
    simple_return: float
    """exp(log_return) - 1 of this part alone; the parts compound to the whole, they do not add up in this form."""


class WeekParts(Figure):
    """A week in one currency, split exactly: the log returns add up to that of the whole."""

    unit: str
    from_on: date
    to_on: date
    log_return: float
    simple_return: float
    parts: tuple[Part, ...]


class Reading(Figure):
    """One figure under one definition."""

    line: str
    unit: str
    basis: str
    value: float


class Spread(Figure):
    """A statement's figure under all sensible definitions, from lowest to highest."""

    figure: str
    low: float
    high: float
    readings: tuple[Reading, ...]


class Lines(Figure):
    """The issuer's lines side by side."""

    kind: Literal["lines"] = "lines"
    listing: str
    lines: tuple[str, ...]
    parity: tuple[Parity, ...] | Gap
    week: WeekParts | Gap
    spreads: tuple[Spread, ...]
    basis: Basis


def sister_lines(view: View, line: Series) -> list[tuple[Series, float]]:
    """The issuer's other lines that the view holds, with the units of each that one unit of this line stands for."""
    own = line.listing
    found: dict[str, tuple[Series, float]] = {}
    for family in SISTERS:
        ratio = {key: units for key, units, since in family if since <= view.as_of.at.date()}
        if own.key not in ratio:
            continue
        for key, units in ratio.items():
            member = held(view, key) if key != own.key else None
            if member is not None:
                found[key] = (member, ratio[own.key] / units)
    for member in _same_issuer(view, own):
        units = units_of(own) / units_of(member.listing)
        found.setdefault(member.listing.key, (member, units))
    return [found[key] for key in sorted(found)]


def units_of(listing: Listing) -> float:
    """Ordinary shares that one unit of a line stands for: as the ledger says, else as declared here, else one."""
    declared = (units for family in SISTERS for key, units, _ in family if key == listing.key)
    return listing.units_per_share or next(declared, 1.0)


def _same_issuer(view: View, own: Listing) -> list[Series]:
    """Lines whose facts name this line as a sister (field `sister_lines`: keys separated by blanks)."""
    facts = view.facts(view.names(own), "sister_lines")
    keys = str(facts["text"][-1]).split() if facts.height else []
    return [member for member in (held(view, key) for key in keys if key != own.key) if member is not None]


def lines(view: View, line: Series, moves: list[PriceMove], sisters: list[tuple[Series, float]], unit: str) -> Lines:
    """Parity and the week of the issuer's lines, and the spread of the headline figures over all of `moves`."""
    trail, each = Trail(view), [line, *(member for member, _ in sisters)]
    if sisters:
        parity: tuple[Parity, ...] | Gap = tuple(
            found for member, units in sisters if (found := _parity(view, trail, line, member, units)) is not None
        )
    else:
        detail = "the ledger holds no other line of this issuer; import its prices (and name it by 'sister_lines')"
        parity = trail.gap(Gap(question=f"other lines of {line.listing.key}", why=Why.NOT_COVERED, detail=detail))
    return Lines(
        listing=line.listing.key,
        lines=tuple(one.listing.key for one in each),
        parity=parity,
        week=_week(view, trail, line, sisters, unit),
        spreads=_spreads(trail, moves, {one.listing.key: one.listing.currency for one in each}),
        basis=trail.basis(DEFINITION),
        src=(trail.row(line.bar(line.last)),),
    )


def _parity(view: View, trail: Trail, line: Series, other: Series, units: float) -> Parity | None:
    """The other line's price in this line's unit and currency against this line's, day by day where both traded."""
    rates = conversion(view, other, line.listing.currency)
    if isinstance(rates, Gap):
        trail.gap(rates)
        return None
    levels = other.close * units / (1.0 if rates is None else rates.per_unit)
    place = np.searchsorted(other.days, line.days)
    inside = (place < len(other.days)) & (other.days[np.minimum(place, len(other.days) - 1)] == line.days)
    matched = np.full(len(line.days), np.nan)
    matched[inside] = levels[place[inside]]
    gap = log_gap(line.close, matched)
    known = np.flatnonzero(np.isfinite(gap))
    if not known.size:
        return None
    last = int(known[-1])
    at = int(place[last])
    source = (trail.row(line.bar(last)), trail.row(other.bar(at)), *(() if rates is None else rates.cite(trail, at)))
    median = median_gap(gap, PARITY_SESSIONS)
    detail = f"fewer than {PARITY_SESSIONS // 2} common sessions are held; collect a fuller history of both lines"
    return Parity(
        line=other.listing.key,
        on=line.day(last),
        units=units,
        gap=float(np.expm1(gap[last])),
        median_gap=float(np.expm1(median))
        if median is not None
        else trail.gap(Gap(question=f"parity of {other.listing.key}", why=Why.TOO_SHORT, detail=detail)),
        src=source,
    )


def _week(view: View, trail: Trail, line: Series, sisters: list[tuple[Series, float]], unit: str) -> WeekParts | Gap:
    """The last five sessions from close to close in `unit`, through the opens and closes of every line in between."""
    end, start = line.last, line.last - WEEK_SESSIONS
    question = f"the week of {line.listing.key} by sessions"
    if start < 0 or not (np.isfinite(line.close[start]) and np.isfinite(line.close[end])):
        detail = "six closes in a row are needed; collect a fuller history"
        return trail.gap(Gap(question=question, why=Why.TOO_SHORT, detail=detail))
    first, last = (int(line.sessions.closes[place + line.start]) for place in (start, end))
    quotes: list[tuple[int, int, float, str]] = []  # instant, 0 open or 1 close, price in the line's unit, venue
    source = [trail.row(line.bar(place)) for place in (start, end)]
    for member, units in [(line, 1.0), *sisters]:
        rates = conversion(view, member, line.listing.currency)
        if isinstance(rates, Gap):
            trail.gap(rates)
            continue
        per_unit = np.ones(len(member.days)) if rates is None else rates.per_unit
        opens = _opens(member)
        for place in range(len(member.days)):
            at_open, at_close = (
                int(ends[place + member.start]) for ends in (member.sessions.opens, member.sessions.closes)
            )
            if not first <= at_close <= last + 1 or not np.isfinite(member.close[place]):
                continue
            name = member.listing.venue
            factor = units / per_unit[place]
            if at_open > first and np.isfinite(opens[place]):
                quotes.append((at_open, 0, float(opens[place] * factor), name))
            if first <= at_close <= last:
                quotes.append((at_close, 1, float(member.close[place] * factor), name))
                source.append(trail.row(member.bar(place)))
    quotes = sorted(quote for quote in quotes if first <= quote[0] <= last)
    legs = chained(np.array([quote[2] for quote in quotes]), _steps(quotes))
    parts = [
        Part(name=leg.name, log_return=leg.log_return, simple_return=float(np.expm1(leg.log_return))) for leg in legs
    ]
    rates = conversion(view, line, unit)
    if isinstance(rates, Gap):
        return trail.gap(rates)
    if rates is not None:
        moved = float(np.log(rates.per_unit[start] / rates.per_unit[end]))
        cited = (*rates.cite(trail, start), *rates.cite(trail, end))
        parts.append(Part(name="currency", log_return=moved, simple_return=float(np.expm1(moved)), src=cited))
    whole = sum(part.log_return for part in parts)
    return WeekParts(
        unit=unit,
        from_on=line.day(start),
        to_on=line.day(end),
        log_return=whole,
        simple_return=float(np.expm1(whole)),
        parts=tuple(parts),
        src=tuple(dict.fromkeys(source)),
    )


def _opens(member: Series) -> Floats:
    import polars as pl

    values = member.bars["open"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    out = np.full(len(member.days), np.nan)
    out[member.row >= 0] = values[member.row[member.row >= 0]]
    return out


def _steps(quotes: list[tuple[int, int, float, str]]) -> list[str]:
    """The name of each step between two quotes: the venues that were open, else the one that opens (or closes) next."""
    running: set[str] = set()
    names = []
    for (_, kind, _, venue), (_, _, _, following) in pairwise(quotes):
        (running.discard if kind else running.add)(venue)
        names.append(f"session {'+'.join(sorted(running))}" if running else f"before {following}")
    return names


def _spreads(trail: Trail, moves: list[PriceMove], currencies: dict[str, str]) -> tuple[Spread, ...]:
    """The headline figures over lines, currencies and bases."""
    found = []
    for move in moves:
        trail.cite(move.basis.evidence)
    highs = [
        Reading(line=move.listing, unit=end.unit, basis=end.basis, value=end.distance, src=end.src)
        for move in moves
        if not isinstance(move.high_52w, Gap)
        for end in move.high_52w
    ]
    found.append(("distance_to_52w_high", highs))
    for name in ("five_sessions", "week_to_date", "week_over_week"):
        weeks = []
        for move in moves:
            own = getattr(move.week, name)
            if not isinstance(own, Gap):
                unit = currencies[move.listing]
                weeks.append(Reading(line=move.listing, unit=unit, basis="close", value=own.return_, src=own.src))
            for other in move.converted:
                span = getattr(other.week, name)
                if not isinstance(span, Gap):
                    weeks.append(
                        Reading(line=move.listing, unit=other.unit, basis="close", value=span.return_, src=span.src)
                    )
        found.append((name, weeks))
    spreads = []
    for figure, readings in found:
        if readings:
            ordered = sorted(readings, key=lambda r: (r.value, r.line, r.unit, r.basis))
            spreads.append(
                Spread(
                    figure=figure,
                    low=ordered[0].value,
                    high=ordered[-1].value,
                    readings=tuple(ordered),
                    src=tuple(dict.fromkeys(mark for reading in ordered for mark in reading.src)),
                )
            )
    return tuple(spreads)
