"""Claims against a small world: which reading makes them true, what is missing, and that every trace runs again."""

from __future__ import annotations

import ast
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rerating.factcheck
from factcheck_world import CLOSES, CUTOFF, DAY, LAST, ON, world
from rerating.core.types import AsOf
from rerating.factcheck.checking import CHECKERS, Checked, check, rerun
from rerating.factcheck.checking.opinions import names_house
from rerating.factcheck.claim import KINDS, OUTCOMES, Claim
from rerating.factcheck.words import KIND, MARK, OUTCOME, explained, told
from rerating.statements import gaps


def checked(text: str, *, published: date | None = LAST) -> Checked:
    return check(world(), text, as_of=CUTOFF, published_at=published)


def first(text: str, kind: str) -> Claim:
    return next(claim for claim in checked(text).claims if claim.type == kind)


def outcome(text: str, kind: str) -> str | None:
    return first(text, kind).outcome


PE = CLOSES[-1] / 5.0
EURO = CLOSES[-1] / 1.2
DOLLAR = f"{CLOSES[-1]:.2f}".replace(".", ",")
VALUE = "Der Börsenwert von Microsoft liegt bei {} Milliarden Dollar."
EXPECTED = "Analysten erwarten für das erste Quartal 2026 einen Umsatz von Microsoft von {} Milliarden Dollar."
GUIDED = "Microsoft erwartet für das erste Quartal 2026 einen Umsatz von {} Milliarden Dollar."
REVENUE = "Microsoft erzielte im vierten Quartal 2025 einen Umsatz von {} Milliarden Dollar."


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (f"Die Microsoft-Aktie stieg am {DAY} um 5 %.", "return", "confirmed"),
        (f"Die Microsoft-Aktie stieg am {DAY} um 6 %.", "return", "refuted"),
        (f"Die Microsoft-Aktie fiel am {DAY} um 5 %.", "return", "refuted"),
        (f"Die Microsoft-Aktie stieg am {DAY} um mehr als 4 %.", "return", "confirmed"),
        (f"Die Microsoft-Aktie schloss am {DAY} bei {DOLLAR} Dollar.", "price_level", "confirmed"),
        (f"Die Microsoft-Aktie notierte am {DAY} bei {EURO:.2f} Euro.", "price_level", "confirmed_within_hedge"),
        (f"Die Microsoft-Aktie notierte am {DAY} bei {EURO * 1.3:.2f} Euro.", "price_level", "refuted"),
        ("Microsoft shares closed at an all-time high of $5.00.", "high_low_level", "refuted"),
        ("UBS stufte die Microsoft-Aktie von „Buy“ auf „Neutral“ herunter.", "rating_change", "confirmed"),
        ("UBS stufte die Microsoft-Aktie von „Buy“ auf „Sell“ herunter.", "rating_change", "refuted"),
        ("Der Konsens für Microsoft lautet bei MarketBeat auf „Moderate Buy“.", "consensus_rating", "confirmed"),
        ("Barclays sieht das Kursziel für Microsoft bei 190 Dollar.", "price_target", "confirmed"),
        ("Barclays sieht das Kursziel für Microsoft bei 180 Dollar.", "price_target", "outdated"),
        ("Barclays sieht das Kursziel für Microsoft bei 250 Dollar.", "price_target", "refuted"),
        ("Goldman Sachs sieht das Kursziel für Microsoft bei 250 Dollar.", "price_target", "insufficient_data"),
        ("Besonders optimistisch ist Barclays für Microsoft.", "ranking", "misleading"),
        (REVENUE.format("60,0"), "financial_figure", "confirmed"),
        (REVENUE.format("66,0"), "financial_figure", "refuted"),
        (f"Die Microsoft-Aktie hat ein KGV von {PE:.0f}.", "ratio", "confirmed_within_hedge"),
        (f"Die Microsoft-Aktie hat ein KGV von {PE * 1.15:.0f}.", "ratio", "insufficient_data"),
        (f"Die Microsoft-Aktie hat ein KGV von {PE * 2:.0f}.", "ratio", "refuted"),
        (VALUE.format(f"{CLOSES[-1]:.0f}"), "market_cap", "confirmed_within_hedge"),
        (VALUE.format(f"{CLOSES[-1] * 2:.0f}"), "market_cap", "refuted"),
        ("38 Analysten raten bei Microsoft zum Kauf.", "rating_count", "confirmed"),
        ("31 Analysten raten bei Microsoft zum Kauf.", "rating_count", "insufficient_data"),
        (EXPECTED.format("65,0"), "estimate", "confirmed"),
        (EXPECTED.format("75,0"), "estimate", "refuted"),
        (GUIDED.format("63"), "guidance", "confirmed"),
        (GUIDED.format("80"), "guidance", "refuted"),
        ("Die Handelsumsätze waren bei Microsoft außergewöhnlich hoch.", "volume", "confirmed"),
        ("Das Call-Volumen bei Microsoft war außergewöhnlich hoch.", "options_volume", "insufficient_data"),
        ("Soll man Microsoft jetzt kaufen oder verkaufen?", "question", "not_checkable"),
        ("Die Tesla-Aktie stieg gestern um 5 %.", "return", "insufficient_data"),
    ],
)  # fmt: skip
def test_each_outcome_comes_from_the_reading_that_decides(text: str, kind: str, expected: str) -> None:
    found = first(text, kind)
    assert found.outcome == expected, explained(found, "en")


def test_a_derived_price_carries_the_rates_around_its_day() -> None:
    found = first(f"Die Microsoft-Aktie notierte am {DAY} bei {EURO:.2f} Euro.", "price_level")
    assert found.reading is not None
    chosen = found.reading["chosen"]
    assert chosen["low"] == pytest.approx(CLOSES[-1] / 1.25)
    assert chosen["high"] == pytest.approx(CLOSES[-1] / 1.2)
    assert found.reading["basis"] == "derived"


def test_a_distance_that_only_closes_give_is_true_on_another_basis() -> None:
    rate = [1.25] * (len(ON) - 1) + [1.2]
    euro = [close / per for close, per in zip(CLOSES, rate, strict=True)]
    assert euro[-1] == max(euro)
    found = first("Die Microsoft-Aktie liegt 1 % unter dem 52-Wochen-Hoch.", "distance_to_high")
    assert found.outcome == "confirmed"
    assert found.reading is not None
    assert found.reading["chosen"]["basis"] == "intraday"


def test_a_cause_is_never_confirmed_and_never_refuted() -> None:
    found = first(
        f"Direkt nach der Ankündigung des Ministeriums stieg die Microsoft-Aktie am {DAY} um 5 %.", "catalyst"
    )
    assert found.outcome == "true_on_another_basis"
    assert found.reading is not None
    assert found.reading["timing"] in ("could_have_caused", "price_led")


def test_a_session_that_is_not_over_is_not_yet_known() -> None:
    noon = CUTOFF.at - timedelta(hours=6)
    text = f"Die Microsoft-Aktie stieg am {DAY} um 5 %."
    (found,) = check(world(), text, as_of=AsOf(at=noon), published_at=noon).claims
    assert found.outcome == "insufficient_data"
    assert found.reading is not None
    assert found.reading["gaps"][0]["why"] == "not_yet_known"


def test_the_hour_of_publication_decides_which_close_is_the_last_one() -> None:
    before = f"{CLOSES[-2]:.2f}".replace(".", ",")
    text = f"Zuletzt notierte die Microsoft-Aktie bei {before} Dollar."
    opened, closed = CUTOFF.at - timedelta(hours=6), CUTOFF.at
    assert check(world(), text, as_of=CUTOFF, published_at=opened).claims[0].outcome == "confirmed"
    assert check(world(), text, as_of=CUTOFF, published_at=closed).claims[0].outcome == "outdated"
    assert check(world(), text, as_of=CUTOFF, published_at=LAST).claims[0].outcome == "confirmed"


def test_a_house_is_named_in_whole_words() -> None:
    assert names_house("Die Analysten von JPMorgan sehen das anders.", "JP Morgan")
    assert names_house("UBS' Analysten", "UBS")
    assert not names_house("In den Klubs der Stadt", "UBS")


def test_a_figure_of_a_part_is_not_held_against_the_whole() -> None:
    text = "Microsoft erzielte im vierten Quartal 2025 mit der Cloud einen Umsatz von 30,0 Milliarden Dollar."
    assert outcome(text, "financial_figure") == "insufficient_data"


def test_every_gap_names_a_command_or_a_reason_in_both_languages() -> None:
    text = (
        "Das Call-Volumen bei Microsoft war außergewöhnlich hoch. Die Tesla-Aktie stieg gestern um 5 %. "
        "Goldman Sachs sieht das Kursziel für Microsoft bei 250 Dollar."
    )
    for claim in checked(text).claims:
        assert claim.reading is not None
        for gap in claim.reading["gaps"]:
            assert "rerating" in gap["detail"]
        assert explained(claim, "de") != explained(claim, "en")


ROOM = Path(rerating.factcheck.__file__).parent


def details() -> set[str]:
    """Every sentence of the room that becomes a gap's detail, with {} for what changes."""
    found = set()
    for file in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            value = None
            names = {t.id for t in node.targets if isinstance(t, ast.Name)} if isinstance(node, ast.Assign) else set()
            if isinstance(node, ast.Assign) and names & {"detail", "DAILY_BARS", "OTHER_BUDGET", "OTHER_MARKET"}:
                value = node.value
            if isinstance(node, ast.keyword) and node.arg == "detail":
                value = node.value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found.add(value.value)
            if isinstance(value, ast.JoinedStr):
                found.add("".join(str(p.value) if isinstance(p, ast.Constant) else "\0" for p in value.values))
    return found


def test_every_reason_for_not_knowing_has_its_german() -> None:
    patterns = [gaps.pattern_of(text) for text, _ in gaps.tables()[1]]
    fillers = ("XNYS:BABA", "2024-01-02", "7", "EUR", "close", "2 dated attributions are held")
    missing = [
        text
        for text in details()
        if text.count("\0") < 7 and not any(p.fullmatch(filled) for filled in _filled(text, fillers) for p in patterns)
    ]
    assert missing == []


def _filled(text: str, fillers: tuple[str, ...]) -> list[str]:
    parts = text.split("\0")
    found = [parts[0]]
    for part in parts[1:]:
        found = [lead + filler + part for lead in found for filler in fillers]
    return found


def test_all_words_are_there_in_both_languages() -> None:
    assert set(KIND) == set(KINDS)
    assert set(OUTCOME) == set(MARK) == set(OUTCOMES)
    assert set(CHECKERS) <= set(KINDS)
    assert len(set(MARK.values())) == len(MARK)


def test_every_trace_runs_again_and_a_changed_one_is_found_out() -> None:
    text = f"Die Microsoft-Aktie stieg am {DAY} um 5 %. Barclays sieht das Kursziel für Microsoft bei 190 Dollar."
    plain = json.loads(json.dumps(checked(text).as_json()))
    assert rerun(world(), plain) == []
    plain["claims"][0]["trace"][0]["result"]["value"] = 0.06
    assert len(rerun(world(), plain)) == 1


def test_the_result_keeps_the_contract() -> None:
    plain = checked(f"Die Microsoft-Aktie stieg am {DAY} um 5 %.").as_json()
    assert plain["contract"] == "1"
    (claim,) = plain["claims"]
    assert {"outcome", "reading", "trace"} <= set(claim)
    assert plain["summary"]["counts"]["confirmed"] == 1
    assert {mark for step in claim["trace"] for mark in step["evidence"]} <= set(plain["evidence"])


def test_the_gravest_faults_come_first() -> None:
    text = (
        f"Besonders optimistisch ist Barclays für Microsoft. Die Microsoft-Aktie stieg am {DAY} um 12 %. "
        "Barclays sieht das Kursziel für Microsoft bei 180 Dollar. UBS stufte die Microsoft-Aktie von "
        "„Buy“ auf „Sell“ herunter."
    )
    gravest = [claim.outcome for claim in checked(text).gravest]
    assert gravest == ["refuted", "refuted", "misleading"]


@given(st.floats(min_value=0.5, max_value=30.0), st.sampled_from(["", "rund ", "knapp ", "gut ", "mehr als "]))
@settings(max_examples=25)
def test_a_return_is_confirmed_exactly_where_its_hedge_holds(stated: float, hedge: str) -> None:
    figure = f"{stated:.1f}".replace(".", ",")
    found = first(f"Die Microsoft-Aktie stieg am {DAY} um {hedge}{figure} %.", "return")
    true, value = 5.0, round(stated, 1)
    w = max(0.05, min(_grain(value), 0.07 * value))
    limits = {
        "": abs(true - value) <= 0.05,
        "rund ": abs(true - value) <= w,
        "knapp ": value - w <= true < value,
        "gut ": value < true <= value + w,
        "mehr als ": true > value,
    }
    near = min(abs(abs(true - value) - each) for each in (0.05, w, 0.0))
    if near > 1e-6:
        plain = [each for each in _readings(found) if each["standing"] == "plain"]
        assert [each["holds"] for each in plain] == [limits[hedge]]


def _grain(value: float) -> float:
    tenths = round(value * 10)
    sizes = [size for power in range(4) for size in (10**power, 5 * 10**power)]
    return max(size for size in sizes if tenths % size == 0 and size <= tenths) / 10


def _readings(claim: Claim) -> list[dict[str, Any]]:
    assert claim.reading is not None
    return claim.reading["readings"]  # type: ignore[no-any-return]


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_no_text_raises(text: str) -> None:
    found = checked(f"Microsoft {text}")
    for claim in found.claims:
        assert claim.outcome in OUTCOMES
        assert explained(claim, "de") is not None


def test_readings_are_told_in_both_languages() -> None:
    for text in (f"Die Microsoft-Aktie notierte am {DAY} bei {EURO:.2f} Euro.", "Barclays sieht 190 Dollar Kursziel."):
        for claim in checked(text).claims:
            for reading in (claim.reading or {}).get("readings", []):
                assert told(reading, "de")
                assert told(reading, "en")
    assert np.isfinite(EURO)
