"""A small world for the fact-checker: one line of Microsoft with rates, ratings, a consensus, results and events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from rerating.core.types import AsOf
from rerating.language.periods import day
from rerating.ledger import Snapshot
from worlds import bar, batch, days, event

ON = days(date(2024, 1, 2), 560)
LAST = ON[-1]
CUTOFF = AsOf(at=datetime.combine(LAST, datetime.min.time(), UTC) + timedelta(hours=23))
CLOSES = [100.0 + 0.1 * place for place in range(len(ON))]
CLOSES[-1] = CLOSES[-2] * 1.05
"""A slow climb, and 5 % on the last day."""


def known(on: date) -> datetime:
    return datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=20)


@lru_cache(maxsize=1)
def world() -> Snapshot:
    """Microsoft's line with a year of prices, euro rates, ratings, a consensus, results and events."""
    line = {"venue": "XNAS", "currency": "USD"}
    bars = [
        bar("MSFT", on, close, high=close * 1.01, low=close * 0.99, volume=1000 + 10 * (place % 7), **line)
        for place, (on, close) in enumerate(zip(ON, CLOSES, strict=True))
    ]
    bars[-1]["volume"] = 9000
    rates = [{"currency": "USD", "on": on, "per_eur": 1.25, "known_at": known(on), "locator": "ecb"} for on in ON]
    rates[-1]["per_eur"] = 1.2
    rating = {"symbol": "MSFT", "ordinal": 0, "currency": "USD", "locator": "houses"}
    ratings = [
        rating
        | {
            "house": house,
            "graded_on": on,
            "action": action,
            "word_from": before,
            "word_to": word,
            "target_to": target,
            "known_at": known(on),
        }
        for house, on, action, before, word, target in (
            ("Barclays", ON[-80], "main", "Overweight", "Overweight", 180.0),
            ("Barclays", ON[-40], "main", "Overweight", "Overweight", 190.0),
            ("UBS", ON[-30], "down", "Buy", "Neutral", 150.0),
            ("Citigroup", ON[-20], "main", "Buy", "Buy", 210.0),
        )
    ]
    quarter = {"subject": "MSFT", "unit": "USD", "locator": "10-Q", "known_at": known(ON[-60])}
    facts = [
        quarter | {"field": "revenue", "value": value, "period_from": first, "period_to": last}
        for value, first, last in (
            (50.0e9, date(2024, 10, 1), date(2024, 12, 31)),
            (60.0e9, date(2025, 10, 1), date(2025, 12, 31)),
        )
    ]
    facts += [
        quarter
        | {"field": "eps_diluted", "unit": "USD per share", "value": 1.25, "period_from": first, "period_to": last}
        for first, last in (
            (date(2025, 1, 1), date(2025, 3, 31)),
            (date(2025, 4, 1), date(2025, 6, 30)),
            (date(2025, 7, 1), date(2025, 9, 30)),
            (date(2025, 10, 1), date(2025, 12, 31)),
        )
    ]
    facts.append(
        quarter | {"field": "shares_outstanding", "unit": "shares", "value": 1.0e9, "period_to": date(2025, 12, 31)}
    )
    month = {"subject": "MSFT", "unit": "count", "locator": "vendor", "known_at": known(ON[-5])}
    month |= {"period_from": date(2026, 1, 1), "period_to": date(2026, 1, 1)}
    facts += [
        month | {"field": f"recommendations.{name}", "value": value}
        for name, value in (("strong_buy", 10.0), ("buy", 28.0), ("hold", 3.0), ("sell", 0.0), ("strong_sell", 1.0))
    ]
    facts.append(
        {"subject": "MSFT", "field": "revenue_guidance", "unit": "USD", "low": 62.0e9, "high": 64.0e9, "locator": "8-K"}
        | {"period_from": date(2026, 1, 1), "period_to": date(2026, 3, 31), "known_at": known(ON[-60])}
    )
    estimate = {"subject": "MSFT", "field": "estimate.revenue", "unit": "USD", "value": 65.0e9, "locator": "vendor"}
    facts.append(
        estimate | {"period_from": date(2026, 1, 1), "period_to": date(2026, 3, 31), "known_at": known(ON[-5])}
    )
    events = [
        event(
            "MSFT",
            "MarketBeat Moderate Buy, mean target",
            known(ON[-10]),
            category="consensus",
            value=195.0,
            unit="USD",
        ),
        event("MSFT", "the ministry announces a subsidy", known(ON[-2]) + timedelta(hours=3), category="policy_us"),
    ]
    return Snapshot.of(
        batch(datetime(2026, 11, 1, tzinfo=UTC), bars=bars, rates=rates, ratings=ratings, facts=facts, events=events)
    )


DAY = day(LAST, "de")
