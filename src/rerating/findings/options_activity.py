"""Options: is the day's volume exceptional, what does the chain imply, and what can a chain not tell?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

import polars as pl

from rerating.core.record import Record
from rerating.core.sessions import Sessions, sessions_of
from rerating.core.types import Gap, Instant, Listing, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.option_chain import Chain, Expiry, Market, Refusals, expiries, market_of, newest_chain, refused
from rerating.findings.option_history import EARNINGS, SUBJECT, Right, VolumeTest, volume_tests
from rerating.findings.series import Series
from rerating.ledger import View
from rerating.measures.american_options import CashDividend, Underlying, implied_volatilities
from rerating.measures.implied_distribution import (
    EventMove,
    ExpiryVariance,
    by_moneyness_and_tenor,
    call_put_spread,
    chain_totals,
    event_move,
    least_opening,
)

LEAST_TWO_SIDED = 0.25
"""Share of usable quotes below which nothing is implied from a chain."""
REPORTED_DAYS = 21
"""Days back for which others' reports of option flow are listed."""

DEFINITION = (
    "The last recorded chain of the newest session. Volatilities solve the American option with cash dividends at "
    "their ex-dates (spot model) for mid, bid and ask; the forward of an expiry is the one at which calls and puts "
    "near the money agree. The smile is raw SVI without butterfly arbitrage between the quoted strikes, and the "
    "distribution ends with them. The event's move is the difference of two expiries' variances in trading sessions. "
    "A volume is tested against a model of log volume on its past, the calendar, reports and the market's day; its "
    "p-value is the share of comparable earlier days of all names held with a residual at least as high, and under "
    "250 days there is none. Open interest is the count of the evening before, published on the morning of the "
    "chain's day. Volume over open interest, ratios and spreads are displays and no tests."
)


class Totals(Figure):
    """Contracts of the chain. Ratios are None where their denominator is 0 or not known."""

    volume: float
    open_interest: float
    call_volume: float
    put_volume: float
    call_open_interest: float
    put_open_interest: float
    put_call_ratio: float | None
    put_call_ratio_open_interest: float | None
    option_to_stock: float | None
    volume_over_open_interest: float | None


class Bucket(Record):
    """Contracts by right, strike over spot and days to expiry."""

    right: Right
    moneyness: str
    tenor: str
    volume: float
    open_interest: float


class Opening(Figure):
    """The session before: by how much open interest rose, so at least how many contracts opened positions."""

    right: Right
    on: date
    volume: float
    open_interest_change: float
    least_opened: float


class PricedEvent(Figure):
    """The move that two expiries after a scheduled event price for it."""

    title: str
    at_latest: Instant
    near: date
    far: date
    move: EventMove


class RecordedChain(Figure):
    """What the newest recorded chain holds and implies."""

    session_on: date
    quoted_at: Instant
    known_at: Instant
    complete: bool
    """Quoted at the close or later: its volume is that of the whole session."""
    spot: float | None
    currency: str
    """Of spot, strikes and quotes."""
    rate: float
    totals: Totals
    buckets: tuple[Bucket, ...]
    refused: Refusals
    expiries: tuple[Expiry, ...] | Gap
    call_put_spread: float | Gap
    """Implied volatility of calls less puts, at no borrowing cost: dividends and borrowing show up in it."""
    event: PricedEvent | Gap
    opening: tuple[Opening, ...]


class ReportedFlow(Figure):
    """What others said of option flow: a report with its source, not checked here."""

    title: str
    at_latest: Instant
    source: str


class Literature(Record):
    """A published result on option volume and returns, by which sign it speaks."""

    authors: str
    year: int
    journal: str
    result: Literal["signed_opening_calls_up", "high_volume_down", "opening_calls_up", "call_put_spread_up"]


LITERATURE = (
    Literature(
        authors="Pan, Poteshman", year=2006, journal="Review of Financial Studies 19", result="signed_opening_calls_up"
    ),
    Literature(
        authors="Cremers, Weinbaum",
        year=2010,
        journal="Journal of Financial and Quantitative Analysis 45",
        result="call_put_spread_up",
    ),
    Literature(
        authors="Johnson, So", year=2012, journal="Journal of Financial Economics 106", result="high_volume_down"
    ),
    Literature(
        authors="Ge, Lin, Pearson", year=2016, journal="Journal of Financial Economics 120", result="opening_calls_up"
    ),
)
NotInData = Literal["trade_sign", "opening_side", "spreads_and_rolls"]
NOT_IN_DATA: tuple[NotInData, ...] = ("trade_sign", "opening_side", "spreads_and_rolls")


class OptionsActivity(Figure):
    """What the options say, what is a test and what is a display, and what a chain cannot tell."""

    kind: Literal["options_activity"] = "options_activity"
    listing: str
    chain: RecordedChain | Gap
    volume_tests: tuple[VolumeTest | Gap, ...]
    reported: tuple[ReportedFlow, ...]
    not_in_data: tuple[NotInData, ...] = NOT_IN_DATA
    literature: tuple[Literature, ...] = LITERATURE
    basis: Basis


def options_activity(view: View, listing: Listing, line: Series | None) -> OptionsActivity:
    """The options of a line at the view's cutoff; `line` (its share) may be missing."""
    trail = Trail(view)
    table = sessions_of(listing.venue, listing.symbol)
    rows = view.option_quotes(listing.symbol)
    found = newest_chain(rows, table)
    chain: RecordedChain | Gap
    if found is None:
        detail = "the ledger holds no option chain of this line at this cutoff; collect or import one"
        chain = trail.gap(Gap(question=f"options of {listing.key}", why=Why.NOT_COVERED, detail=detail))
    else:
        _note_stale(trail, table, view.as_of.at, found.session_on)
        chain = _recorded(trail, listing, line, found, table)
    on = found.session_on if found is not None else _newest_total(view, listing.symbol)
    tests = () if on is None else volume_tests(view, trail, listing.symbol, on, table)
    return OptionsActivity(
        listing=listing.key,
        chain=chain,
        volume_tests=tests,
        reported=_reported(view, trail, listing),
        basis=trail.basis(DEFINITION),
        src=chain.src if isinstance(chain, RecordedChain) else (),
    )


def _note_stale(trail: Trail, table: Sessions, at: datetime, session_on: date) -> None:
    closed, held = table.last_closed(at), table.position(session_on)
    if closed is not None and held is not None and closed > held:
        detail = f"the last chain held is of {session_on}, {closed - held} sessions earlier; record the chain daily"
        trail.gap(Gap(question="options after that day", why=Why.NOT_COVERED, detail=detail))


def _newest_total(view: View, symbol: str) -> date | None:
    totals = view.facts([SUBJECT + symbol])
    return totals["period_to"].max() if totals.height else None  # type: ignore[return-value]


def _recorded(trail: Trail, listing: Listing, line: Series | None, chain: Chain, table: Sessions) -> RecordedChain:
    view = trail.view
    source = trail.rows(chain.quotes, f"option quotes of {chain.session_on}")
    spots = chain.quotes.sort("quoted_at")["underlying_price"].drop_nulls()
    spot = float(spots[-1]) if spots.len() else None
    usable, counts = refused(chain)
    market = market_of(view, trail, view.names(listing), listing.currency, chain.quoted_at)
    implied: tuple[Expiry, ...] | Gap
    unexpired = counts.quotes - counts.expired
    if usable.height < LEAST_TWO_SIDED * max(unexpired, 1):
        detail = (
            f"{unexpired - usable.height} of {unexpired} quotes bear no volatility, {counts.without_quote} of them "
            "without bid and ask; record the chain during a session"
        )
        implied = trail.gap(Gap(question="implied volatilities", why=Why.NOT_COVERED, detail=detail))
    else:
        implied = expiries(trail, chain, usable, market, table)
    known_at = chain.quotes["known_at"].max()
    return RecordedChain(
        session_on=chain.session_on,
        quoted_at=chain.quoted_at,
        known_at=known_at,
        complete=chain.complete,
        spot=spot,
        currency=listing.currency,
        rate=market.rate,
        totals=_totals(chain, line, source),
        buckets=() if spot is None else _buckets(chain, spot),
        refused=counts,
        expiries=implied,
        call_put_spread=_spread(trail, usable, market, chain.quoted_at, implied),
        event=_event(view, trail, listing, chain, implied),
        opening=_opening(view, trail, listing.symbol, chain, table),
        src=source,
    )


def _totals(chain: Chain, line: Series | None, source: tuple[str, ...]) -> Totals:
    stock = None
    if line is not None and chain.complete and line.day(line.last) >= chain.session_on:
        places = [place for place in range(line.last + 1) if line.day(place) == chain.session_on]
        volume = float(line.volume[places[0]]) if places else float("nan")
        stock = volume if volume > 0 else None
    found = chain_totals(chain.quotes, stock_volume=stock)
    return Totals(
        volume=found.call_volume + found.put_volume,
        open_interest=found.call_open_interest + found.put_open_interest,
        **found.model_dump(),
        src=source,
    )


def _buckets(chain: Chain, spot: float) -> tuple[Bucket, ...]:
    return tuple(Bucket(**row) for row in by_moneyness_and_tenor(chain.quotes, spot=spot).to_dicts())


def _spread(
    trail: Trail, usable: pl.DataFrame, market: Market, quoted_at: datetime, implied: tuple[Expiry, ...] | Gap
) -> float | Gap:
    """The call-put spread at no borrowing cost, over the expiries whose share price is known."""
    if isinstance(implied, Gap):
        return implied
    year = timedelta(days=365)
    parts = []
    for expiry in implied:
        part = usable.filter(pl.col("expires_on") == expiry.expires_on).with_columns(years=pl.lit(expiry.years))
        share = Underlying(
            spot=expiry.spot,
            rate=market.rate,
            dividends=tuple(
                CashDividend(years=(at - quoted_at) / year, amount=value) for at, value in market.dividends
            ),
        )
        priced = part.select("right", "strike", "years", "open_interest", price=(pl.col("bid") + pl.col("ask")) / 2)
        solved = implied_volatilities(priced, share, greeks=False)
        parts.append(pl.concat([priced, solved], how="horizontal"))
    found = call_put_spread(pl.concat(parts)) if parts else None
    if found is None:
        detail = "no strike has a call and a put that both bear a volatility; record a fuller chain"
        return trail.gap(Gap(question="call-put spread", why=Why.NOT_COVERED, detail=detail))
    return found


def _event(
    view: View, trail: Trail, listing: Listing, chain: Chain, implied: tuple[Expiry, ...] | Gap
) -> PricedEvent | Gap:
    """The next scheduled report, and what the two nearest expiries after it price for it."""
    question = "priced move of the next report"
    events = view.events(view.names(listing)).filter(pl.col("at_latest") > chain.quoted_at)
    reports = events.filter(pl.col("category").is_in(list(EARNINGS)))
    if not reports.height:
        detail = "the ledger knows no scheduled report after this chain; import its date as an event"
        return trail.gap(Gap(question=question, why=Why.NOT_COVERED, detail=detail))
    report = reports.row(0, named=True)
    after = [
        expiry
        for expiry in (() if isinstance(implied, Gap) else implied)
        if expiry.expires_on > report["at_latest"].date() and isinstance(expiry.implied_volatility, float)
    ]
    if len(after) < 2:
        detail = f"{len(after)} expiries after it bear a volatility and two are needed; record a fuller chain"
        return trail.gap(Gap(question=question, why=Why.NOT_COVERED, detail=detail))
    near, far = after[0], after[1]
    others = events.filter(
        ~pl.col("category").is_in(["dividend", "split"])
        & (pl.col("id") != report["id"])
        & (pl.col("at_latest").dt.date() <= far.expires_on)
    ).height
    move = event_move(_variance(near, others), _variance(far, others))
    if isinstance(move, Gap):
        return trail.gap(move)
    return PricedEvent(
        title=report["title"],
        at_latest=report["at_latest"],
        near=near.expires_on,
        far=far.expires_on,
        move=move,
        src=(trail.row(report), *near.src, *far.src),
    )


def _variance(expiry: Expiry, others: int) -> ExpiryVariance:
    assert isinstance(expiry.implied_volatility, float)
    ends = (expiry.implied_volatility_bid, expiry.implied_volatility_ask)
    bid, ask = (None if end is None else end * end * expiry.years for end in ends)
    return ExpiryVariance(
        sessions=expiry.sessions,
        variance=expiry.implied_volatility**2 * expiry.years,
        variance_bid=bid,
        variance_ask=ask,
        other_events=others,
    )


def _opening(view: View, trail: Trail, symbol: str, chain: Chain, table: Sessions) -> tuple[Opening, ...]:
    """The session before the chain's, where its totals are held: the chain brings its evening's open interest."""
    place = table.position(chain.session_on)
    assert place is not None
    before = table.day(place - 1)
    facts = view.facts([SUBJECT + symbol]).filter(pl.col("period_to") == before)
    held = {row["field"]: row for row in facts.rows(named=True)}
    if "expiries" not in held or held["expiries"]["value"] != chain.quotes["expires_on"].n_unique():
        return ()
    found = []
    rights: tuple[Right, Right] = ("call", "put")
    for right in rights:
        volume, interest = held.get(f"{right}_volume"), held.get(f"{right}_open_interest")
        if volume is None or interest is None:
            continue
        now = float(chain.quotes.filter(pl.col("right") == right)["open_interest"].sum())
        change = now - float(interest["value"])
        found.append(
            Opening(
                right=right,
                on=before,
                volume=float(volume["value"]),
                open_interest_change=change,
                least_opened=least_opening(float(volume["value"]), change),
                src=(trail.row(volume), trail.row(interest)),
            )
        )
    return tuple(found)


def _reported(view: View, trail: Trail, listing: Listing) -> tuple[ReportedFlow, ...]:
    since = view.as_of.at - timedelta(days=REPORTED_DAYS)
    flows = view.events(view.names(listing)).filter(
        (pl.col("category") == "options_flow") & (pl.col("at_latest") >= since) & (pl.col("at_latest") <= view.as_of.at)
    )
    return tuple(
        ReportedFlow(
            title=row["title"],
            at_latest=row["at_latest"],
            source=str(row["locator"] or row["source"]),
            src=(trail.row(row),),
        )
        for row in flows.rows(named=True)
    )
