"""What one recorded chain implies, expiry by expiry: volatilities with their bands, smile, distribution, skew."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from rerating.core.record import Record
from rerating.core.sessions import NEAR_CLOSE, Sessions
from rerating.core.types import Gap, Why
from rerating.findings.basis import Figure, Trail
from rerating.ledger import View
from rerating.measures.american_options import CashDividend, Underlying, implied_forwards, volatility_band
from rerating.measures.implied_distribution import (
    ImpliedDistribution,
    Smile,
    fit_smile,
    implied_distribution,
    skew_25_delta,
)

YEAR = timedelta(days=365)
CURVE_POINTS = 61
_NEW_YORK = ZoneInfo("America/New_York")
_LEAST_YEARS = 0.5 / 365
"""Options with under half a day to go bear no volatility."""


class Refusals(Record):
    """Quotes of the chain that bear no volatility, by reason. One that could stand twice is counted once."""

    quotes: int
    without_quote: int
    """Neither bid nor ask."""
    one_sided: int
    crossed: int
    """The bid lies above the ask."""
    duplicated: int
    """Several contracts with one expiry, strike and right: adjusted after a corporate action."""
    adjusted: int
    """A contract that does not stand for 100 shares."""
    expired: int


class SmilePoint(Record):
    """One strike of the chart: implied volatility at the mid, at bid and ask. A missing `low` means no time value."""

    strike: float
    right: str
    implied_volatility: float
    low: float | None
    high: float | None


class CurvePoint(Record):
    """One point of the fitted smile."""

    strike: float
    implied_volatility: float


class Expiry(Figure):
    """One expiry: volatility at the forward, forward and borrow, skew, and what the smile implies."""

    expires_on: date
    years: float
    sessions: int
    """Trading sessions from the quote to the expiry, that day included."""
    spot: float
    forward: float | Gap
    borrow: float | Gap
    """Rate at which call and put agree; with no known interest rate it holds that rate, with the sign turned."""
    implied_volatility: float | Gap
    """At the forward, from the mid quotes."""
    implied_volatility_bid: float | None
    implied_volatility_ask: float | None
    quotes: int
    """Quotes out of the money whose volatility could be solved."""
    smile_error: float | None
    """Root mean square distance of the fitted smile from the mid volatilities."""
    skew_25_delta: float | Gap
    points: tuple[SmilePoint, ...]
    curve: tuple[CurvePoint, ...]
    distribution: ImpliedDistribution | Gap


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A chain's quotes of one session: the last of each contract, and when the newest of them was quoted."""

    quotes: pl.DataFrame
    """Rows of the ledger with `right` as call or put, `days` and `years` to expiry."""
    quoted_at: datetime
    session_on: date
    complete: bool
    """Quoted at the close or later, so that it holds the day's volume."""


@dataclass(frozen=True, kw_only=True)
class Market:
    """What the chain's share is held to pay and to cost: a rate a year, and dividends by ex-date."""

    rate: float
    dividends: tuple[tuple[datetime, float], ...]


def newest_chain(rows: pl.DataFrame, table: Sessions) -> Chain | None:
    """The chain of the newest session with quotes; None where there are no rows."""
    if not rows.height:
        return None
    quoted = rows["quoted_at"].dt.epoch("us").to_numpy()
    place = np.maximum(np.searchsorted(table.opens, quoted, side="right") - 1, 0)
    newest = int(place.max())
    today = rows.filter(pl.Series(place == newest)).sort("quoted_at", "known_at")
    last = today.unique("contract", keep="last", maintain_order=True)
    quoted_at: datetime = last["quoted_at"].max()  # type: ignore[assignment]
    expiries = {on: expiry_at(on) for on in last["expires_on"].unique().to_list()}
    left = (
        pl.col("expires_on").replace_strict(expiries, return_dtype=pl.Datetime("us", "UTC")) - pl.col("quoted_at")
    ).dt.total_microseconds()
    quotes = last.with_columns(
        pl.col("right").replace({"C": "call", "P": "put"}),
        years=left / (YEAR / timedelta(microseconds=1)),
        days=left / (timedelta(days=1) / timedelta(microseconds=1)),
    ).sort("expires_on", "strike", "right", "id")
    return Chain(
        quotes=quotes,
        quoted_at=quoted_at,
        session_on=table.day(newest),
        complete=quoted_at >= table.close_at(newest) - NEAR_CLOSE,
    )


def expiry_at(on: date) -> datetime:
    """Listed options on US shares end at 16:00 in New York on their expiry day."""
    return datetime.combine(on, time(16), _NEW_YORK)


def market_of(view: View, trail: Trail, names: Sequence[str], currency: str, quoted_at: datetime) -> Market:
    """The risk-free rate (a fact `risk_free_rate` of the currency) and the dividends known to come."""
    known = view.facts([currency], "risk_free_rate").filter(pl.col("value").is_not_null())
    rate = 0.0
    if known.height:
        rate = float(known["value"][-1])
        trail.row(known.row(-1, named=True))
    else:
        detail = (
            f"the ledger holds no risk_free_rate of {currency}; 0 is used and the implied borrow holds the rate, "
            "with the sign turned; import it as a fact"
        )
        trail.gap(Gap(question=f"risk-free rate of {currency}", why=Why.NOT_COVERED, detail=detail))
    dividends = []
    for row in view.events(names).filter(pl.col("category") == "dividend").rows(named=True):
        if row["effective_on"] is None or row["value"] is None:
            continue
        opens = datetime.combine(row["effective_on"], time(9, 30), _NEW_YORK)
        if opens > quoted_at:
            trail.row(row)
            dividends.append((opens, float(row["value"])))
    return Market(rate=rate, dividends=tuple(dividends))


def refused(chain: Chain) -> tuple[pl.DataFrame, Refusals]:
    """The quotes that bear a volatility, and the count of the others by their first reason."""
    bid, ask = pl.col("bid").fill_null(0.0), pl.col("ask").fill_null(0.0)
    twin = pl.struct("expires_on", "strike", "right").is_duplicated()
    reasons = (
        ("expired", pl.col("years") < _LEAST_YEARS),
        ("adjusted", pl.col("multiplier").fill_null(100) != 100),
        ("duplicated", twin),
        ("without_quote", (bid <= 0) & (ask <= 0)),
        ("one_sided", (bid <= 0) | (ask <= 0)),
        ("crossed", bid > ask),
    )
    reason = pl.coalesce(pl.when(wrong).then(pl.lit(name)) for name, wrong in reasons)
    told = chain.quotes.with_columns(reason=reason)
    counts = dict.fromkeys((name for name, _ in reasons), 0) | dict(
        told.filter(pl.col("reason").is_not_null()).group_by("reason").len().rows()
    )
    return told.filter(pl.col("reason").is_null()).drop("reason"), Refusals(quotes=told.height, **counts)


def expiries(trail: Trail, chain: Chain, usable: pl.DataFrame, market: Market, table: Sessions) -> tuple[Expiry, ...]:
    """What each expiry of the chain implies, nearest first."""
    found = []
    for (on,), part in usable.group_by("expires_on", maintain_order=True):
        assert isinstance(on, date)
        row = part.row(0, named=True)
        if row["underlying_price"] is None:
            detail = f"the chain of {chain.session_on} does not say the share's price; record it with the quotes"
            trail.gap(Gap(question="implied volatilities", why=Why.NOT_COVERED, detail=detail))
            break
        found.append(_expiry(trail, on, part, market, table))
    return tuple(found)


def _expiry(trail: Trail, on: date, part: pl.DataFrame, market: Market, table: Sessions) -> Expiry:
    spot, quoted_at = float(part["underlying_price"][-1]), part["quoted_at"].max()
    assert isinstance(quoted_at, datetime)
    years = (expiry_at(on) - quoted_at) / YEAR
    part = part.with_columns(years=pl.lit(years))
    share = Underlying(
        spot=spot,
        rate=market.rate,
        dividends=tuple(CashDividend(years=(at - quoted_at) / YEAR, amount=amount) for at, amount in market.dividends),
    )
    forwards = implied_forwards(part, share)
    begun = int(np.searchsorted(table.closes, int(quoted_at.timestamp() * 1e6), side="right"))
    ends = int(np.searchsorted(table.days, np.datetime64(on, "D"), side="right"))
    common = {"expires_on": on, "years": years, "sessions": max(ends - begun, 0), "spot": spot}
    source = trail.rows(part, f"option quotes expiring {on}")
    if forwards.is_empty():
        gap = trail.gap(
            Gap(
                question=f"forward of the expiry on {on}",
                why=Why.NOT_COVERED,
                detail="no strike near the money has a usable call and a usable put; record a fuller chain",
            )
        )
        empty = {name: gap for name in ("forward", "borrow", "implied_volatility", "skew_25_delta", "distribution")}
        return Expiry(
            **common, **empty, implied_volatility_bid=None, implied_volatility_ask=None, quotes=0, smile_error=None,
            points=(), curve=(), src=source,
        )  # fmt: skip
    forward, borrow = float(forwards["forward"][0]), float(forwards["borrow"][0])
    solved = _out_of_the_money(part, share.model_copy(update={"borrow": borrow}), forward)
    smile = _smile(solved, years, forward)
    middle, low, high = _at_forward(solved)
    curve: tuple[CurvePoint, ...] = ()
    if isinstance(smile, Smile):
        k = np.linspace(smile.k_low, smile.k_high, CURVE_POINTS)
        curve = tuple(
            CurvePoint(strike=forward * math.exp(x), implied_volatility=float(v))
            for x, v in zip(k, smile.volatility(k), strict=True)
        )
        middle = float(smile.volatility(np.array(0.0))) if smile.k_low <= 0 <= smile.k_high else middle
    else:
        trail.gap(smile)
    skew = skew_25_delta(smile) if isinstance(smile, Smile) else smile
    if isinstance(skew, Gap):
        trail.gap(skew)
    return Expiry(
        **common,
        forward=forward,
        borrow=borrow,
        implied_volatility=middle if middle is not None else trail.gap(_no_volatility(on)),
        implied_volatility_bid=low,
        implied_volatility_ask=high,
        quotes=solved.height,
        smile_error=smile.rmse if isinstance(smile, Smile) else None,
        skew_25_delta=skew,
        points=tuple(
            SmilePoint(
                strike=row["strike"],
                right=row["right"],
                implied_volatility=row["implied_volatility"],
                low=row["implied_volatility_bid"],
                high=row["implied_volatility_ask"],
            )
            for row in solved.rows(named=True)
        ),
        curve=curve,
        distribution=implied_distribution(smile) if isinstance(smile, Smile) else smile,
        src=source,
    )


def _no_volatility(on: date) -> Gap:
    return Gap(
        question=f"implied volatility of the expiry on {on}",
        why=Why.NOT_COVERED,
        detail="no quote near the forward bears a volatility; record a fuller chain",
    )


def _out_of_the_money(part: pl.DataFrame, share: Underlying, forward: float) -> pl.DataFrame:
    """Puts below and calls above the forward whose mid volatility is solved, by strike, with `k` and the band."""
    outside = part.filter(
        ((pl.col("right") == "put") & (pl.col("strike") < forward))
        | ((pl.col("right") == "call") & (pl.col("strike") >= forward))
    ).drop("implied_volatility")
    return (
        pl.concat([outside, volatility_band(outside, share)], how="horizontal")
        .filter(pl.col("outcome") == "solved")
        .with_columns(k=(pl.col("strike") / forward).log())
        .sort("strike")
    )


def _smile(solved: pl.DataFrame, years: float, forward: float) -> Smile | Gap:
    """The fitted smile; a quote without a lower end is as uncertain as twice its upper half."""
    high = solved["implied_volatility_ask"].fill_null(solved["implied_volatility"] * 1.5)
    low = solved["implied_volatility_bid"].fill_null(2 * solved["implied_volatility"] - high)
    return fit_smile(
        solved["k"].to_list(),
        solved["implied_volatility"].to_list(),
        years=years,
        forward=forward,
        band=(high - low).to_list(),
    )


def _at_forward(solved: pl.DataFrame) -> tuple[float | None, float | None, float | None]:
    """Mid, bid and ask volatility at the forward, between the nearest strikes on both sides; None without both."""
    if not solved.height or not solved["k"][0] < 0 <= solved["k"][-1]:
        return None, None, None
    k = solved["k"].to_numpy()
    found = []
    for name in ("implied_volatility", "implied_volatility_bid", "implied_volatility_ask"):
        values = solved[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()
        value = float(np.interp(0.0, k, values))
        found.append(value if math.isfinite(value) else None)
    return found[0], found[1], found[2]
