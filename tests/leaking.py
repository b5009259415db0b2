"""A small ledger, every table in use but option quotes, and random questions to it, for the leak certificate."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from rerating.core.types import AsOf
from rerating.ledger import Snapshot
from worlds import batch, days, event, walk

SESSIONS = 460
ON = days(date(2019, 1, 2), SESSIONS)
SYMBOLS = tuple(f"S{number}" for number in range(8))
EARLIEST = 300
"""Questions are asked of the sessions from this one on, so that a market model has its estimation window."""

WORDS = ("Sell", "Hold", "Buy", "Overweight", "Strong Buy", "Gigantic")
CATEGORIES = ("news", "policy_china_ai", "regulation", "earnings", "capex", "view", "watch", "consensus")


def _at(on: date, hour: float) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(hours=hour)


def _reports(symbol: str, rng: np.random.Generator) -> list[dict[str, Any]]:
    """Quarters and balance sheets, some restated later, and a monthly estimate."""
    rows = []
    for quarter in range(12):
        year, month = 2017 + quarter // 4, 3 * (quarter % 4) + 1
        first = date(year, month, 1)
        last = (date(year + month // 10, (month + 2) % 12 + 1, 1)) - timedelta(days=1)
        known = _at(last + timedelta(days=int(rng.integers(20, 45))), 12)
        scale = float(rng.lognormal(3, 0.2))
        items = {
            "revenue": (10 * scale, "USD"),
            "eps_diluted": (0.05 * scale, "USD per share"),
            "capex": (scale, "USD"),
        }
        items |= {"operating_cash_flow": (2 * scale, "USD"), "operating_income": (2 * scale, "USD")}
        for field, (value, unit) in items.items():
            said = {"subject": symbol, "field": field, "period_from": first, "period_to": last, "unit": unit}
            rows.append(said | {"value": value, "known_at": known, "locator": "report"})
            if rng.random() < 0.2:
                late = known + timedelta(days=int(rng.integers(30, 400)))
                rows.append(said | {"value": value * 1.1, "known_at": late, "locator": "restated"})
        for field, value, unit in (
            ("cash", 5 * scale, "USD"),
            ("debt", scale, "USD"),
            ("shares_outstanding", 50.0, "shares"),
        ):
            said = {"subject": symbol, "field": field, "period_to": last, "unit": unit, "value": value}
            rows.append(said | {"known_at": known, "locator": "report"})
    for place in range(0, SESSIONS, 21):
        for year in (2019, 2020, 2021):
            said = {
                "subject": symbol,
                "field": "estimate.eps",
                "period_to": date(year, 12, 31),
                "unit": "USD",
                "note": "0y",
            }
            value = float(rng.lognormal(1, 0.1))
            rows.append(said | {"value": value, "known_at": _at(ON[place], 20.5), "locator": "estimates"})
    peers = " ".join(f"XNYS:{name}" for name in SYMBOLS)
    rows.append({"subject": symbol, "field": "peers", "text": peers, "known_at": _at(ON[0], 1), "locator": "world"})
    return rows


def _events(symbol: str, rng: np.random.Generator) -> list[dict[str, Any]]:
    rows = []
    for number in range(60):
        at = _at(ON[int(rng.integers(0, SESSIONS))], float(rng.uniform(0, 24)))
        category = CATEGORIES[number % len(CATEGORIES)]
        title = (
            f"MarketBeat: {WORDS[number % 5]}, mean target" if category == "consensus" else f"{category} item {number}"
        )
        more: dict[str, Any] = {"category": category}
        if category in {"consensus", "capex"}:
            more |= {"value": float(rng.uniform(50, 200)), "unit": "USD"}
        if category == "view":
            more |= {"stance": "for" if number % 2 else "against", "speaker": f"House {number % 5}"}
        if category == "watch":
            more |= {"effective_on": (at + timedelta(days=90)).date()}
        rows.append(event(symbol, title, at, **more))
    on = ON[int(rng.integers(100, SESSIONS))]
    rows.append(event(symbol, "split", _at(on, 0), category="split", value=2.0, effective_on=on))
    return rows


def _ratings(symbol: str, rng: np.random.Generator) -> list[dict[str, Any]]:
    rows = []
    for number in range(80):
        on = ON[int(rng.integers(0, SESSIONS))]
        at = _at(on, float(rng.uniform(11, 21)))
        rows.append(
            {"symbol": symbol, "house": f"House {number % 9}", "graded_on": on, "graded_at": at, "precision": "minute"}
            | {"ordinal": number, "action": ("main", "up", "down")[number % 3], "known_at": at, "locator": "ratings"}
            | {
                "word_to": WORDS[int(rng.integers(0, len(WORDS)))],
                "target_to": float(rng.uniform(50, 200)),
                "currency": "USD",
            }
        )
    return rows


def world(seed: int = 1) -> Snapshot:
    """Eight lines and their market over 460 sessions from 2019 on, with reports, estimates, events, ratings, rates."""
    rng = np.random.default_rng(seed)
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in ("bars", "facts", "events", "ratings")}
    tables["bars"] += walk("^GSPC", ON, rng, venue="INDEX", price_basis="index_level", sd=0.01)
    for symbol in SYMBOLS:
        tables["bars"] += walk(symbol, ON, rng)
        tables["facts"] += _reports(symbol, rng)
        tables["events"] += _events(symbol, rng)
        tables["ratings"] += _ratings(symbol, rng)
    tables["rates"] = [
        {"currency": name, "on": on, "per_eur": float(rate), "known_at": _at(on, 15), "locator": "rates"}
        for name, mean in (("USD", 1.1), ("CNY", 7.8))
        for on, rate in zip(ON, mean * np.exp(np.cumsum(rng.normal(0, 0.004, SESSIONS))), strict=True)
    ]
    return Snapshot.of(batch(datetime(2019, 1, 1, tzinfo=UTC), **tables))


def questions(count: int, seed: int = 2) -> list[tuple[str, AsOf]]:
    """Random pairs of a line and an instant, at any time of the day."""
    rng = np.random.default_rng(seed)
    asked = []
    for _ in range(count):
        on = ON[int(rng.integers(EARLIEST, SESSIONS - 40))]
        at = datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(seconds=int(rng.integers(0, 86_400)))
        asked.append((SYMBOLS[int(rng.integers(0, len(SYMBOLS)))], AsOf(at=at)))
    return asked
