"""The model case: an article with the facts of January 2026, each claim with what the real data say of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import polars as pl
import pytest

from rerating.core.batch import Batch
from rerating.core.types import AsOf
from rerating.factcheck.checking import Checked, check, rerun
from rerating.factcheck.claim import Claim
from rerating.ledger import Snapshot
from rerating.sources.case_file import batch_from
from rerating.sources.files import bars_from, rates_from
from shared_data import shared
from worlds import batch, event

pytestmark = pytest.mark.shared

RECORDED = datetime(2026, 11, 1, tzinfo=UTC)
CLOSE_OF_14 = AsOf.parse("2026-01-14T22:00Z")
LATER = AsOf.parse("2026-01-17T12:00Z")
PUBLISHED = date(2026, 1, 14)

ARTICLE = """# Alibaba-Aktie: Neubewertung nach Pekings KI-Plan – kaufen oder verkaufen?

Die Alibaba-Aktie hat innerhalb einer Woche rund 15 % zugelegt. Direkt nach der Ankündigung des chinesischen \
Industrieministers, KI in Fabriken schneller einzuführen, sprang die Aktie am 12. Januar um mehr als 9 % in einer \
Sitzung. Zuletzt notierte das Papier bei 145,80 Euro und damit knapp 10 % unter dem 52-Wochen-Hoch.

Der Plan löste eine Neubewertung der Aktie aus. Der Konzern hat seine Budgets für die Cloud spürbar angehoben. Ein \
Alibaba-Manager will 80 % des Wachstums im chinesischen KI-Markt auf sich vereinen.

Freedom Capital stufte die Aktie am 13. Januar von „Buy“ auf „Hold“ herunter. Der Konsens lautet bei MarketBeat auf \
„Moderate Buy“. Besonders optimistisch ist CICC mit einem Kursziel von 204 Dollar. Das durchschnittliche Kursziel \
signalisiert weiteres Potenzial.

Das Call-Volumen war außergewöhnlich hoch. Der Sprung um 9 % in einer Sitzung führte zu einem Wochenplus von 15 %.
"""


@lru_cache(maxsize=1)
def ledger() -> Snapshot:
    actions = pl.read_parquet(shared("data/ratings/desk_analyst_actions_202511_202601.parquet"))
    rows = [
        {
            "symbol": "BABA",
            "house": row["firm_truncated15"],
            "graded_on": (on := date.fromisoformat(row["event_date"])),
            "action": row["action"],
            "ordinal": 0,
            "word_to": row["to_grade"],
            "target_to": row["pt_current"],
            "currency": "USD",
            "known_at": datetime(on.year, on.month, on.day, 23, 59, tzinfo=UTC),
            "locator": "desk_analyst_actions_202511_202601.parquet",
        }
        for row in actions.filter(pl.col("ticker") == "BABA").rows(named=True)
    ]
    return Snapshot.of(
        *prices(),
        batch_from(shared("data/news/baba_events.json"), recorded_at=RECORDED, only="events"),
        batch(RECORDED, ratings=rows),
    )


def prices() -> list[Batch]:
    core = shared("data/prices/core_daily.parquet")
    return [
        bars_from(core, recorded_at=RECORDED),
        rates_from(shared("data/prices/fx_ecb.parquet"), recorded_at=RECORDED),
    ]


@lru_cache(maxsize=8)
def result(as_of: AsOf = CLOSE_OF_14) -> Checked:
    return check(ledger(), ARTICLE, as_of=as_of, published_at=PUBLISHED)


def claim(text: str, kind: str, *, of: Checked | None = None) -> Claim:
    """The claim of a kind whose words hold a text."""
    return next(each for each in (of or result()).claims if each.type == kind and text in each.text)


def only(article: str, kind: str, *, as_of: AsOf = CLOSE_OF_14, published: date | None = PUBLISHED) -> Claim:
    """The one claim of a kind in an article."""
    found = [each for each in check(ledger(), article, as_of=as_of, published_at=published).claims if each.type == kind]
    assert len(found) == 1
    return found[0]


def readings(of: Claim) -> list[dict[str, Any]]:
    assert of.reading is not None
    return of.reading["readings"]  # type: ignore[no-any-return]


def test_more_than_nine_per_cent_in_a_session_is_confirmed_for_the_twelfth() -> None:
    found = claim("mehr als 9 %", "return")
    assert found.outcome == "confirmed"
    assert found.reading is not None
    assert found.reading["chosen"]["to_on"] == "2026-01-12"
    assert found.reading["notes"] == ["understated"]


def test_about_fifteen_per_cent_in_a_week_is_confirmed_for_five_sessions_to_the_fourteenth() -> None:
    found = claim("rund 15 %", "return")
    assert found.outcome == "confirmed"
    assert found.reading is not None
    chosen = found.reading["chosen"]
    assert (chosen["window"], chosen["from_on"], chosen["to_on"]) == ("five_sessions", "2026-01-07", "2026-01-14")
    assert round(chosen["value"], 4) == 0.1578


def test_about_fifteen_per_cent_does_not_hold_on_new_yorks_closes_in_euro_but_just_on_hong_kongs() -> None:
    week = {
        (each["line"], each["currency"]): each
        for each in readings(claim("rund 15 %", "return"))
        if each["window"] == "five_sessions" and each["on"] == "2026-01-14"
    }
    new_york, hong_kong = week["XNYS:BABA", "EUR"], week["XHKG:9988.HK", "EUR"]
    assert (round(new_york["value"], 4), new_york["holds"]) == (0.1610, False)
    assert (round(hong_kong["value"], 4), hong_kong["holds"]) == (0.1600, True)


def test_the_price_in_euro_is_confirmed_within_its_hedge_for_the_fourteenth_as_derived() -> None:
    found = only("Am 14. Januar notierte die Alibaba-Aktie bei 145,80 Euro.", "price_level", as_of=LATER)
    assert found.outcome == "confirmed_within_hedge"
    assert found.reading is not None
    assert found.reading["basis"] == "derived"
    assert (round(found.reading["chosen"]["low"], 2), round(found.reading["chosen"]["high"], 2)) == (145.79, 146.16)


def test_the_price_in_euro_is_refuted_for_the_thirteenth_on_every_line_held() -> None:
    found = only("Am 13. Januar notierte die Alibaba-Aktie bei 145,80 Euro.", "price_level", as_of=LATER)
    assert found.outcome == "refuted"
    assert found.reading is not None
    assert found.reading["basis"] == "derived"
    assert found.reading["notes"] == ["refuted_on_every_line_held"]
    assert {each["line"] for each in readings(found)} == {"XNYS:BABA", "XHKG:9988.HK"}


def test_almost_ten_per_cent_below_the_high_holds_on_new_yorks_closes_in_euro_alone() -> None:
    found = claim("knapp 10 %", "distance_to_high")
    assert found.outcome == "true_on_another_basis"
    on_14 = [each for each in readings(found) if each["on"] == "2026-01-14"]
    holding = [(each["line"], each["currency"], each["basis"]) for each in on_14 if each["holds"]]
    assert holding == [("XNYS:BABA", "EUR", "close")]
    values = {(each["line"], each["currency"], each["basis"]): round(each["value"], 4) for each in on_14}
    assert values["XNYS:BABA", "USD", "intraday"] == 0.1182
    assert values["XNYS:BABA", "USD", "close"] == 0.1027
    assert values["XNYS:BABA", "EUR", "close"] == 0.0947
    assert values["XHKG:9988.HK", "HKD", "close"] == 0.0870
    assert values["XHKG:9988.HK", "HKD", "intraday"] == 0.0924


def test_right_after_the_announcement_holds_for_the_minister_and_not_for_the_document() -> None:
    found = claim("nach der Ankündigung", "catalyst")
    assert found.outcome == "true_on_another_basis"
    assert found.reading is not None
    timings = {each["on"]: each["timing"] for each in found.reading["events"]}
    assert timings["2026-01-12"] == "could_have_caused"
    assert timings["2026-01-07"] == "earlier_session"
    assert found.reading["timing"] == "could_have_caused"


def test_right_after_the_announcement_is_open_where_the_ministers_event_is_not_held() -> None:
    listed = json.loads(shared("data/news/baba_events.json").read_text(encoding="utf-8"))
    kept = [row for row in listed if "minister" not in row["fact"]]
    assert len(kept) == len(listed) - 1
    rows = [
        event(
            "BABA",
            row["fact"],
            datetime.fromisoformat(f"{row['known_at'][:10]}T15:00:00+00:00"),
            category=row["category"],
        )
        for row in kept
        if row["category"].startswith("policy")
    ]
    snapshot = Snapshot.of(*prices(), batch(RECORDED, events=rows))
    found = next(
        each
        for each in check(snapshot, ARTICLE, as_of=CLOSE_OF_14, published_at=PUBLISHED).claims
        if each.type == "catalyst"
    )
    assert found.outcome == "insufficient_data"
    assert found.reading is not None
    assert found.reading["timing"] == "earlier_session"


def test_moderate_buy_is_confirmed_in_marketbeats_reading() -> None:
    found = claim("Moderate Buy", "consensus_rating")
    assert found.outcome == "confirmed"
    assert found.reading is not None
    assert found.reading["chosen"]["house"] == "MarketBeat"
    yahoo = next(each for each in readings(found) if each["house"] == "Yahoo")
    assert (yahoo["value"], yahoo["holds"]) == ("Strong Buy", False)


def test_the_downgrade_is_confirmed_with_both_dates() -> None:
    found = claim("Buy", "rating_change")
    assert found.outcome == "confirmed"
    assert found.reading is not None
    assert {"2026-01-06", "2026-01-13"} <= set(found.reading["chosen"]["days"])
    assert found.reading["notes"] == ["sources_print_several_days"]


def test_the_eighty_per_cent_are_a_conflict_of_attribution_once_both_are_known() -> None:
    found = claim("80 %", "market_share", of=result(LATER))
    assert found.outcome == "insufficient_data"
    assert found.reading is not None
    (gap,) = found.reading["gaps"]
    assert gap["why"] == "conflict"
    assert "Alibaba manager" in gap["detail"]
    assert "Jefferies" in gap["detail"]


def test_the_eighty_per_cent_before_that_come_with_what_was_then_known() -> None:
    found = claim("80 %", "market_share", of=result(AsOf.parse("2026-01-15T12:00Z")))
    assert found.outcome == "insufficient_data"
    assert found.reading is not None
    assert [gap["why"] for gap in found.reading["gaps"]] == ["not_covered"]
    assert ["Jefferies" in each["title"] for each in found.reading["known"]] == [True]


def test_the_call_volume_is_open_and_the_gap_says_what_it_needs() -> None:
    found = claim("Call-Volumen", "options_volume")
    assert found.outcome == "insufficient_data"
    assert found.reading is not None
    assert "at least 250 days" in found.reading["gaps"][0]["detail"]


def test_the_re_rating_is_open_and_the_gap_says_what_it_needs() -> None:
    found = claim("löste eine Neubewertung", "rerating")
    assert found.outcome == "insufficient_data"
    assert found.reading is not None
    assert "estimates of earnings a share" in found.reading["gaps"][0]["detail"]


def test_budgets_that_were_raised_are_open_and_the_gap_says_what_it_needs() -> None:
    found = claim("Budgets", "capex")
    assert found.outcome == "insufficient_data"
    assert found.reading is not None
    assert "none that says it was raised" in found.reading["gaps"][0]["detail"]
    assert any("380bn" in each["title"] for each in found.reading["known"])


def test_a_target_that_signals_potential_is_confirmed_with_three_houses_figures() -> None:
    found = claim("Kursziel signalisiert", "implied_upside")
    assert found.outcome == "confirmed"
    held = {each["house"]: round(each["value"], 4) for each in readings(found) if each["on"] == "2026-01-14"}
    assert held == {"MarketBeat": 0.1307, "TipRanks": 0.1987, "Yahoo": 0.1485}


def test_cicc_as_the_most_optimistic_is_misleading_while_others_stand_higher() -> None:
    found = claim("CICC", "ranking")
    assert found.outcome == "misleading"
    assert found.reading is not None
    assert [each["house"] for each in found.reading["higher"]] == ["JP Morgan", "Citigroup"]


def test_fifteen_per_cent_out_of_nine_is_found_misleading_by_the_text_alone() -> None:
    found = next(each for each in result().claims if each.type == "return" and each.text == "15 %")
    assert found.outcome == "misleading"
    assert found.reading is not None
    assert [fault["kind"] for fault in found.reading["faults"]] == ["out_of_another"]


def test_the_question_is_no_claim_about_the_world() -> None:
    assert claim("kaufen oder verkaufen", "question").outcome == "not_checkable"


def test_yesterday_is_told_from_the_publication() -> None:
    text = "Die Alibaba-Aktie ist gestern um 10,2 % gestiegen."
    assert only(text, "return", published=date(2026, 1, 13)).outcome == "confirmed"
    assert only(text, "return", published=date(2026, 1, 14)).outcome == "refuted"


def test_an_undated_article_gets_its_date_as_an_interval_from_its_own_claims() -> None:
    text = "Zuletzt notierte die Alibaba-Aktie bei 145,80 Euro. Innerhalb einer Woche legte sie rund 15 % zu."
    found = check(ledger(), text, as_of=AsOf.parse("2026-01-30T12:00Z"))
    assert found.dated == {
        "on": "2026-01-14",
        "by": "claims",
        "from": "2026-01-14",
        "to": "2026-01-14",
        "claims": 2,
        "of": 2,
    }
    assert [each.outcome for each in found.claims] == ["confirmed_within_hedge", "confirmed"]


def test_every_trace_can_be_run_again() -> None:
    plain = json.loads(json.dumps(result(LATER).as_json()))
    assert sum(len(each["trace"]) for each in plain["claims"]) > 40
    assert rerun(ledger(), plain) == []
