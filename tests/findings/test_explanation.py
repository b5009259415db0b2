"""The tribunal over one session: the real twelfth of January, and what leaving an event out does to it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest

from rerating.core.errors import UsageError
from rerating.core.types import AsOf, Gap
from rerating.findings.explanation import Candidate, Conclusion, Explanation, explain
from rerating.findings.peers_move import PeersMove
from rerating.findings.timing import Timing
from rerating.ledger import Ledger, Snapshot
from rerating.sources.case_file import batch_from
from shared_data import daily_prices, shared
from worlds import batch, days, event, walk

AT = datetime(2026, 11, 1, tzinfo=UTC)
LATEST = AsOf(at=AT)


def told(snapshot: Snapshot | Ledger, symbol: str, on: date) -> Explanation:
    return explain(snapshot, symbol, on, as_of=None, latest=LATEST)


@lru_cache(maxsize=8)
def january(*, without: str = "") -> Explanation:
    """The twelfth of January over the recorded events, all of them or all but those whose text has some words."""
    rows = json.loads(shared("data/news/baba_events.json").read_text(encoding="utf-8"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "events.json"
        kept = [row for row in rows if not without or without not in row["fact"]]
        path.write_text(json.dumps(kept), encoding="utf-8")
        events = batch_from(path, recorded_at=AT, only="events")
    return told(Snapshot.of(daily_prices(), events), "BABA", date(2026, 1, 12))


def one(found: Explanation, words: str) -> Candidate:
    return next(candidate for candidate in found.candidates if words in candidate.event.title)


@pytest.mark.shared
def test_what_could_have_caused_the_move_of_12_january_2026() -> None:
    found = january()
    assert found.session_return == pytest.approx(0.1017, abs=5e-5)
    document = one(found, "released publicly")
    assert document.timing is Timing.EARLIER_SESSION
    assert [round(s.return_, 4) for s in document.sessions_since] == [-0.0275, 0.0526, -0.0227]
    assert one(found, "document date").timing is Timing.EARLIER_SESSION
    assert one(found, "industry minister").timing is Timing.COULD_HAVE_CAUSED
    probe = one(found, "food-delivery")
    assert probe.event.place == "Asia/Shanghai"
    assert (probe.timing, probe.timing_by_earliest) == (Timing.COULD_HAVE_CAUSED, Timing.EARLIER_SESSION)
    assert one(found, "Qwen").timing is Timing.CANNOT_TELL
    assert found.conclusion is Conclusion.NOT_SEPARABLE
    assert not isinstance(found.sector_share, Gap)
    assert 0.4 < found.sector_share.low < found.sector_share.high < 0.7
    market = found.models[0]
    sector = next(model for model in found.models if model.benchmark == "ARCX:KWEB")
    assert (round(market.abnormal_return, 3), round(market.t_day, 1)) == (0.098, 3.3)  # type: ignore[arg-type]
    assert (round(sector.abnormal_return, 3), round(sector.t_day, 1)) == (0.035, 2.1)  # type: ignore[arg-type]
    assert (found.known.events, found.known.last_recorded_at) == (len(found.candidates), AT)
    facets = next(c.event for c in found.candidates if c.event.title.startswith("target 2027"))
    assert [again.title.startswith("target 2027") for again in facets.repeats] == [True, True]
    assert found.known.tellings == sum(len(c.event.repeats) for c in found.candidates)
    assert isinstance(found.peers, PeersMove)
    assert found.peers.members == ("XNAS:JD", "XNAS:PDD", "XNAS:BIDU", "XNAS:BILI")
    assert (round(found.peers.abnormal_return, 3), round(found.peers.t, 1)) == (0.042, 2.0)
    assert isinstance(found.peers.kolari_pynnonen_p, float)
    assert found.peers.kolari_pynnonen_p > 0.05, "four peers that move together prove little"


@pytest.mark.shared
@pytest.mark.parametrize("words", ["released publicly", "industry minister", "food-delivery", "Qwen"])
def test_leaving_one_event_out_changes_the_finding(words: str) -> None:
    whole, less = january(), january(without=words)
    assert less.known.events < whole.known.events
    assert not [candidate for candidate in less.candidates if words in candidate.event.title]
    assert less != whole


def test_the_keynote_day(sample: Ledger) -> None:
    found = told(sample, "AAPL", date(2007, 1, 9))
    assert found.basis.as_of == datetime(2007, 1, 10, 21, tzinfo=UTC)
    assert found.conclusion is Conclusion.ONE_CANDIDATE
    labels = {candidate.event.title: candidate.timing for candidate in found.candidates}
    assert labels["Macworld keynote: the iPhone is shown"] is Timing.COULD_HAVE_CAUSED
    assert not any("Cisco" in title for title in labels), "known only when the day of 10 January was over"


@pytest.mark.parametrize(
    ("symbol", "on", "reason"),
    [
        ("AAPL", date(2007, 1, 2), "no session of XNAS; the one before was 2006-12-29"),
        ("AAPL", date(2020, 1, 2), "no prices of XNAS:AAPL on 2020-01-02"),
        ("AAPL", date(1995, 1, 3), "after the cutoff 1995-01-04"),
        ("APPL", date(2007, 1, 9), "knows no symbol"),
    ],
)
def test_bad_questions(sample: Ledger, symbol: str, on: date, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        told(sample, symbol, on)


def test_a_session_that_was_not_over_is_refused(sample: Ledger) -> None:
    with pytest.raises(UsageError, match="was not over"):
        explain(sample, "AAPL", date(2007, 1, 9), as_of=AsOf.parse("2007-01-09T20:00Z"), latest=LATEST)


def test_a_quiet_session_needs_no_cause() -> None:
    rng = np.random.default_rng(2)
    on = days(date(2017, 1, 3), 600)
    bars = walk("X", on, rng) + walk("^GSPC", on, rng, venue="INDEX", price_basis="index_level")
    for row in bars:
        if row["symbol"] == "X" and row["on"] == on[-2]:
            row["close"] = next(r["close"] for r in bars if r["symbol"] == "X" and r["on"] == on[-3])
    at = datetime.combine(on[-2], datetime.min.time(), UTC) + timedelta(hours=15)
    found = told(Snapshot.of(batch(bars=bars, events=[event("X", "news", at)])), "X", on[-2])
    assert found.conclusion is Conclusion.NO_MOVE
    assert isinstance(found.sector_share, Gap)


@pytest.fixture(scope="module")
def quiet() -> tuple[list[date], list[dict[str, Any]]]:
    """Sessions and bars of a line X and its index."""
    rng = np.random.default_rng(4)
    on = days(date(2017, 1, 3), 400)
    return on, walk("X", on, rng) + walk("^GSPC", on, rng, venue="INDEX", price_basis="index_level")


def news(title: str, at: datetime, address: str) -> dict[str, Any]:
    return event("X", title, at, category="news", locator=address)


def test_pages_numbers_and_figures_say_whether_news_is_old(quiet: tuple[list[date], list[dict[str, Any]]]) -> None:
    on, bars = quiet
    first, later = (datetime.combine(day, time(15), UTC) for day in (on[-4], on[-2]))
    printed = on[-9]
    events = [
        news("Xcorp buys Ycorp for 3 billion in cash", first, "https://www.a.org/deal?utm_source=x"),
        news("Is it too late to follow the deal?", later, "https://a.org/deal/amp"),
        news("Broker cuts target of Xcorp shares to 180", first, "https://b.org/one"),
        news("Broker cuts target of Xcorp shares to 160", later, "https://b.org/two"),
        news("Regulator opens an inquiry into delivery of meals", first, "https://c.org/x-68481596"),
        news("Delivery inquiry: what the regulator wants to know", later, "https://d.org/y/68481596"),
        news(f"What the street expects ({printed:%b}. {printed.day}, {printed.year})", later, "https://e.org/next"),
    ]
    found = told(Snapshot.of(batch(bars=bars, events=events)), "X", on[-2])
    repeats = {one.event.title: [again.title for again in one.event.repeats] for one in found.candidates}
    assert repeats["Xcorp buys Ycorp for 3 billion in cash"] == ["Is it too late to follow the deal?"]
    assert repeats["Regulator opens an inquiry into delivery of meals"] == [events[5]["title"]]
    assert repeats["Broker cuts target of Xcorp shares to 180"] == []
    assert one(found, "to 160").timing is not Timing.EARLIER_SESSION, "another figure is another piece of news"
    dated = one(found, "What the street expects")
    assert (dated.event.precision, dated.timing) == ("at_latest", Timing.CANNOT_TELL)
    assert dated.event.at_earliest.date() == printed


def test_a_headline_that_is_told_again_is_one_event_at_its_first_telling(
    quiet: tuple[list[date], list[dict[str, Any]]],
) -> None:
    on, bars = quiet
    first, later = (datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=15) for day in (on[-4], on[-2]))
    events = [
        event("X", "Xcorp buys Ycorp for 3 billion in cash", first, category="news"),
        event("X", "Xcorp buys Ycorp for 3 billion", later, category="news"),
        event("X", "Xcorp opens a plant in Ohio", later, category="news"),
    ]
    found = told(Snapshot.of(batch(bars=bars, events=events)), "X", on[-2])
    labels = {candidate.event.title: candidate.timing for candidate in found.candidates}
    assert labels["Xcorp buys Ycorp for 3 billion in cash"] is Timing.EARLIER_SESSION
    assert "Xcorp buys Ycorp for 3 billion" not in labels
    assert len(labels) == 2
    assert found.known.tellings == 1
    again = one(found, "in cash").event.repeats[0]
    assert (again.title, again.at_latest) == ("Xcorp buys Ycorp for 3 billion", later)
