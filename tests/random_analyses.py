"""Random ledgers in memory, analysed whole: prices, rates, an index, events, figures, ratings, plans, at any cutoff."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from rerating.analysis import Analysis, analyze
from rerating.core.types import AsOf
from rerating.ledger import Snapshot
from worlds import batch, days, event, walk

SYMBOL = "ABC"
ON = days(date(2019, 1, 2), 360)
FIELDS = {
    "revenue": "USD",
    "net_income": "USD",
    "operating_income": "USD",
    "free_cash_flow": "USD",
    "eps_diluted": "USD/share",
    "shares_outstanding": "shares",
    "net_cash": "USD",
    "depreciation_amortization": "USD",
}
TITLES = (
    "Quarterly figures",
    "Q3 2019: revenue up 3.5 %",
    "ACME & Söhne buys 12 plants for $4bn",
    "“Quoted” <b>title</b> *with* #signs",
    "A 52-week plan, rev. 2.1",
    "Übernahme in Höhe von 1,2 Mrd. €",
)
WORDS = ("Buy", "Hold", "Sell", "Outperform", "Overweight", "Neutral", "Underperform", "Accumulate")
HOUSES = ("Alpha Bank", "Beta & Co.", "Gamma Research", "J.P. Delta", "Epsilon 24")
SPEAKERS = ("ABC, chief financial officer", "an ABC manager", "Ministry of Commerce", "somebody close to it")


def random_analysis(seed: int) -> Analysis:
    """The analysis of a random ledger at a random cutoff, in a currency of its own or in euros as well."""
    rng = random.Random(seed)
    count = rng.choice((1, 2, 3, 6, 12, 30, 60, 60, 120, 340))
    on = ON[:count]
    tables: dict[str, Any] = {"bars": _bars(rng, on), "events": _events(rng, on)}
    tables |= {name: made for name, made in (("facts", _facts(rng, on)), ("ratings", _ratings(rng, on))) if made}
    if rng.random() < 0.7:
        tables["rates"] = [
            {"currency": "USD", "on": day, "per_eur": rng.uniform(0.5, 2.0), "locator": "ecb", "known_at": _at(day, 15)}
            for day in on
        ]
    last = on[-1] if rng.random() < 0.7 else rng.choice(on)
    currency = "EUR" if "rates" in tables and rng.random() < 0.7 else None
    return analyze(Snapshot.of(batch(**tables)), SYMBOL, AsOf(at=_at(last, 22)), currency=currency)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def _bars(rng: random.Random, on: list[date]) -> list[dict[str, Any]]:
    numbers = np.random.default_rng(rng.randrange(2**32))
    factor, sd = 10.0 ** rng.uniform(-2.0, 2.0), rng.choice((0.0, 0.005, 0.02, 0.08))
    volume = int(10 ** rng.uniform(1, 9))
    rows = []
    for row in walk(SYMBOL, on, numbers, sd=sd):
        if rng.random() < 0.02 and len(rows) > 1:
            continue
        close = max(round(row["close"] * factor, 2), 0.01)
        high = round(close * rng.uniform(1.0, 1.03), 2)
        rows.append(row | {"close": close, "open": close, "low": close, "high": high, "volume": rng.randint(1, volume)})
    if rng.random() < 0.6:
        rows += walk("^GSPC", on, numbers, sd=0.01, venue="INDEX")
    return rows


def _events(rng: random.Random, on: list[date]) -> list[dict[str, Any]]:
    rows = []
    for number in range(rng.choice((0, 1, 2, 5))):
        at = _at(rng.choice(on), 0) + timedelta(minutes=rng.randrange(1440))
        more: dict[str, Any] = {"category": rng.choice(("test", "earnings", "policy_us", "press"))}
        if rng.random() < 0.4:
            midnight = _at(at.date(), 5)
            more |= {"precision": "day", "at_earliest": midnight, "at_latest": midnight + timedelta(days=1)}
            more["known_at"] = midnight + timedelta(days=1)
        if rng.random() < 0.4:
            more |= {"value": round(10 ** rng.uniform(-2, 11), 2), "unit": rng.choice(("USD", "EUR", "ratio", "count"))}
        if rng.random() < 0.3:
            more["title_de"] = "Meldung Nr. 7 zum 2. Quartal"
        rows.append(event(SYMBOL, f"{rng.choice(TITLES)} ({number})", at, **more))
    for category in ("plan", "view", "claim_share", "watch"):
        if rng.random() < 0.3:
            rows.append(_said(rng, on, category))
    return rows


def _said(rng: random.Random, on: list[date], category: str) -> dict[str, Any]:
    more: dict[str, Any] = {"category": category, "speaker": rng.choice(SPEAKERS), "status": "opinion"}
    more |= {"stance": rng.choice(("for", "against")), "effective_on": on[-1] + timedelta(days=rng.randint(1, 900))}
    if rng.random() < 0.5:
        more |= {"value": float(rng.randint(1, 900)), "unit": "USD"}
    if rng.random() < 0.2:
        more["conflict"] = "another page says otherwise"
    return event(SYMBOL, rng.choice(TITLES), _at(rng.choice(on), 12), **more)


def _facts(rng: random.Random, on: list[date]) -> list[dict[str, Any]]:
    rows = []
    for field, unit in FIELDS.items():
        if rng.random() < 0.5:
            continue
        for years in range(rng.choice((1, 2))):
            start = date(2018 - years, 1, 1)
            known = _at(on[0], 12) if rng.random() < 0.8 else _at(rng.choice(on), 12)
            value = 10 ** rng.uniform(-1, 2) if unit == "USD/share" else 10 ** rng.uniform(4, 12)
            period = {"period_from": start, "period_to": start.replace(month=12, day=31)}
            if field in ("shares_outstanding", "net_cash"):
                period = {"period_to": start.replace(month=12, day=31)}
            row: dict[str, Any] = {
                "subject": SYMBOL,
                "field": field,
                "unit": unit,
                "known_at": known,
                "locator": "10-K",
            }
            rows.append(row | period | {"value": value * rng.choice((1, 1, 1, -1)) if unit == "USD" else value})
    return rows


def _ratings(rng: random.Random, on: list[date]) -> list[dict[str, Any]]:
    rows = []
    for ordinal, house in enumerate(rng.sample(HOUSES, rng.choice((0, 0, 1, 3, 5)))):
        graded = rng.choice(on)
        target = round(rng.uniform(0.5, 900), rng.choice((0, 2)))
        rows.append(
            {
                "symbol": SYMBOL,
                "house": house,
                "graded_on": graded,
                "action": rng.choice(("up", "down", "main", "init")),
            }
            | {"ordinal": ordinal, "word_from": rng.choice(WORDS), "word_to": rng.choice(WORDS), "currency": "USD"}
            | {"target_from": target * 1.1, "target_to": target, "known_at": _at(graded, 14), "locator": "ratings"}
        )
    return rows
