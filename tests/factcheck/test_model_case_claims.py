"""The model case: an article on Alibaba of January 2026, in our own words, with the facts of the case."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rerating.factcheck.claim import Claim
from rerating.factcheck.extraction import extract

PUBLISHED = datetime(2026, 1, 15, 17, 0, tzinfo=UTC)
GERMAN = """# Alibaba-Aktie springt an: Beginnt jetzt die Neubewertung?

Die Alibaba-Aktie hat mehr als 9 % in einer Sitzung gewonnen. Damit stehen rund 15 % innerhalb einer Woche zu Buche.
Gestern kostete das Papier 145,80 Euro und lag knapp 10 % unter dem 52-Wochen-Hoch. Ein Tagesplus von 9 % ergab also
ein Wochenplus von 15 %.

Direkt nach der Ankündigung griffen Anleger zu. Zudem hat der Konzern seine Budgets für die Cloud spürbar angehoben.
Alibaba will 80 % des zusätzlichen KI-Cloud-Marktes gewinnen.

Laut MarketBeat lautet das Konsensrating „Moderate Buy“. Freedom Capital hat die Aktie von „Buy“ auf „Hold“ abgestuft.
Besonders optimistisch zeigt sich CICC. Das durchschnittliche Kursziel signalisiert weiteres Potenzial.

Die Call-Volumen waren außergewöhnlich hoch. Am Markt ist von einer Neubewertung die Rede.

Für Anleger besteht dringender Handlungsbedarf!
"""
ENGLISH = """# Alibaba shares surge: is this the start of a re-rating?

Alibaba shares gained more than 9% in a single session and roughly 15% within a week. At 145.80 euros the stock trades
just under 10% below its 52-week high. The 15% gain was the result of Monday's 9% jump.

Buyers stepped in right after the announcement. The company has noticeably raised its budgets for the cloud. Alibaba
aims for 80% of the incremental AI cloud market.

MarketBeat's consensus rating is "Moderate Buy". Freedom Capital downgraded the stock from Buy to Hold. CICC is
particularly optimistic. Price targets signal further upside. Call volume was exceptionally high. A re-rating is under
way. Investors must act urgently!
"""


def claims(text: str) -> dict[str, Claim]:
    return {claim.text: claim for claim in extract(text, published_at=PUBLISHED).claims}


FIGURES = [
    # words, kind, value, unit, comparator, direction, period, as_of
    ("mehr als 9 %", "return", 9, "percent", "more_than", "up", "one_session", None),
    ("rund 15 %", "return", 15, "percent", "approx", "up", "one_week", None),
    ("145,80 Euro", "price_level", 145.8, "money", "exact", None, None, "2026-01-14"),
    ("knapp 10 %", "distance_to_high", 10, "percent", "slightly_below", "down", None, "2026-01-14"),
    ("9 %", "return", 9, "percent", "exact", "up", "one_session", None),
    ("15 %", "return", 15, "percent", "exact", "up", "week_to_date", None),
    ("80 %", "market_share", 80, "percent", "exact", None, None, None),
    ("more than 9%", "return", 9, "percent", "more_than", "up", "one_session", None),
    ("roughly 15%", "return", 15, "percent", "approx", "up", "one_week", None),
    ("145.80 euros", "price_level", 145.8, "money", "exact", None, None, None),
    ("just under 10%", "distance_to_high", 10, "percent", "slightly_below", "down", None, None),
    ("80%", "market_share", 80, "percent", "exact", None, None, None),
]


@pytest.mark.parametrize("row", FIGURES, ids=lambda row: row[0])
def test_its_figures_are_read_with_kind_hedge_direction_and_span(row: tuple[object, ...]) -> None:
    words, kind, value, unit, comparator, direction, period, as_of = row
    claim = (claims(GERMAN) | claims(ENGLISH))[str(words)]
    (one,) = claim.values
    assert (claim.type, one.value, one.unit) == (kind, value, unit)
    assert (claim.comparator, claim.direction, claim.period, claim.as_of) == (comparator, direction, period, as_of)
    assert (claim.subject.name, claim.subject.ticker) == ("Alibaba", "BABA")


@pytest.mark.parametrize(
    ("text", "kind", "metric", "status"),
    [
        (GERMAN, "catalyst", "trigger", "reported_fact"),
        (GERMAN, "capex", "capex", "reported_fact"),
        (GERMAN, "market_share", "share_of_growth", "company_guidance"),
        (GERMAN, "consensus_rating", "consensus_rating", "attributed"),
        (GERMAN, "rating_change", "rating", "reported_fact"),
        (GERMAN, "ranking", "highest_target", "reported_fact"),
        (GERMAN, "implied_upside", "implied_upside", "reported_fact"),
        (GERMAN, "options_volume", "call_volume", "reported_fact"),
        (GERMAN, "rerating", "valuation", "question"),
        (GERMAN, "rerating", "valuation", "opinion"),
        (GERMAN, "advertising", "offer", "advertising"),
        (ENGLISH, "catalyst", "trigger", "reported_fact"),
        (ENGLISH, "capex", "capex", "reported_fact"),
        (ENGLISH, "market_share", "share_of_growth", "company_guidance"),
        (ENGLISH, "consensus_rating", "consensus_rating", "reported_fact"),
        (ENGLISH, "rating_change", "rating", "reported_fact"),
        (ENGLISH, "ranking", "highest_target", "reported_fact"),
        (ENGLISH, "implied_upside", "implied_upside", "reported_fact"),
        (ENGLISH, "options_volume", "call_volume", "reported_fact"),
        (ENGLISH, "rerating", "valuation", "question"),
        (ENGLISH, "advertising", "offer", "advertising"),
    ],
)
def test_its_claims_without_a_figure_are_claims_of_their_kind(text: str, kind: str, metric: str, status: str) -> None:
    found = [claim for claim in claims(text).values() if claim.type == kind]
    assert (metric, status) in [(claim.metric, claim.status) for claim in found]
    assert all(claim.subject.ticker == "BABA" for claim in found)


@pytest.mark.parametrize("text", [GERMAN, ENGLISH])
def test_the_downgrade_has_both_ratings_its_house_and_its_way(text: str) -> None:
    (change,) = [claim for claim in claims(text).values() if claim.type == "rating_change"]
    assert [(value.role, str(value.value)) for value in change.values] == [("from", "Buy"), ("to", "Hold")]
    assert (change.source, change.direction) == ("Freedom Capital", "down")


def test_nothing_else_is_claimed() -> None:
    assert len(claims(GERMAN)) == 17
    assert not [claim for claim in claims(GERMAN).values() if claim.type in ("question", "growth", "ratio")]
