"""The record cannot be altered unseen, keeps live and back-filled apart, and scores what has matured."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from rerating.core.errors import IntegrityError
from rerating.core.record import canonical_json
from rerating.core.sessions import sessions
from rerating.core.types import AsOf, Gap
from rerating.findings.series import series
from rerating.findings.subject import resolved
from rerating.language.languages import NBSP
from rerating.ledger import Ledger, Snapshot
from rerating.outlook.answer import Entry, Forecast, ModelUsed, Outlook, Range, outlook
from rerating.outlook.model import LEVELS
from rerating.outlook.track_record import GENESIS, Issued, TrackRecord, issue, read_record
from rerating.outlook.track_scores import score_record
from rerating.report.record import record_page
from worlds import batch, days, walk

AS_OF = datetime(2007, 1, 12, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def apple(sample: Ledger) -> Outlook:
    view = sample.view(AsOf(at=AS_OF))
    line = series(view, resolved(view, "AAPL"))
    assert not isinstance(line, Gap)
    return outlook(view, line)


def put(path: Path, found: Outlook, recorded_at: datetime, version: str = "v1") -> tuple[Issued, ...]:
    currency = {"XNAS:AAPL": "USD"}
    return issue(path, [(found, version, AS_OF)], recorded_at=recorded_at, currency=currency)


def test_entries_are_chained_and_not_repeated(apple: Outlook, tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    first = put(path, apple, AS_OF)
    assert [entry.horizon for entry in first] == [5, 21, 63]
    assert first[0].previous == GENESIS
    assert [entry.n for entry in first] == [1, 2, 3]
    assert put(path, apple, AS_OF + timedelta(hours=1)) == ()
    again = put(path, apple, AS_OF, version="v2")
    held = read_record(path)
    assert held.entries == (*first, *again)
    assert held.head == again[-1].digest
    assert [e.call is None for e in first] == [True, False, True]


def test_live_means_before_the_entry(apple: Outlook, tmp_path: Path) -> None:
    """Entry is the open of 16 January 2007, 14:30 UTC."""
    before = put(tmp_path / "a.jsonl", apple, datetime(2007, 1, 16, 14, 29, tzinfo=UTC))
    after = put(tmp_path / "b.jsonl", apple, datetime(2007, 1, 16, 14, 30, tzinfo=UTC))
    assert {entry.mode for entry in before} == {"live"}
    assert {entry.mode for entry in after} == {"backfilled"}


@pytest.mark.parametrize("fault", ["change", "take out", "swap", "put in", "cut", "rehash"])
def test_whoever_alters_it_is_found_out(apple: Outlook, tmp_path: Path, fault: str) -> None:
    path = tmp_path / "record.jsonl"
    put(path, apple, AS_OF)
    put(path, apple, AS_OF, version="v2")
    lines = path.read_text().splitlines(keepends=True)
    if fault == "change":
        lines[2] = lines[2].replace('"probability":0.', '"probability":0.9')
    elif fault == "take out":
        del lines[1]
    elif fault == "swap":
        lines[1], lines[2] = lines[2], lines[1]
    elif fault == "put in":
        lines.insert(3, lines[2])
    elif fault == "cut":
        lines[-1] = lines[-1][:40]
    else:  # the entry's own digest is made to fit, and the next entry tells
        plain = json.loads(lines[1])
        plain.pop("digest")
        plain["probability"] = 0.9
        changed = Issued.model_validate(plain)
        lines[1] = canonical_json({**changed.model_dump(mode="json"), "digest": changed.digest}) + "\n"
    path.write_text("".join(lines))
    with pytest.raises(IntegrityError):
        read_record(path)
    with pytest.raises(IntegrityError):
        put(path, apple, AS_OF, version="v3")


def test_matured_forecasts_are_settled_at_the_ledgers_prices(apple: Outlook, sample: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    put(path, apple, AS_OF)
    early = score_record(read_record(path), sample.view(AsOf.parse("2007-01-20T00:00Z")))
    assert (early.live.issued, early.live.matured, early.live.pending) == (3, 0, 3)
    view = sample.view(AsOf.parse("2007-02-20T22:00Z"))
    later = score_record(read_record(path), view)
    assert (later.live.matured, later.live.pending) == (2, 1)
    assert later.backfilled.issued == 0
    forecast = next(f for f in apple.forecasts if isinstance(f, Forecast) and f.horizon == 21)
    prices = {}
    for symbol, key in (("AAPL", "XNAS:AAPL"), ("^GSPC", "INDEX:^GSPC")):
        bars = view.bars(next(line for line in view.listings(symbol) if line.key == key))
        opened = bars.filter(bars["on"] == forecast.entry.on)["open"][0]
        prices[symbol] = bars.filter(bars["on"] == forecast.ends_on)["close"][0] / opened
    excess = prices["AAPL"] / prices["^GSPC"] - 1.0
    group = next(g for g in later.live.groups if (g.by, g.name) == ("horizon", "21"))
    assert group.n == 1
    assert group.mean_excess == pytest.approx(excess, rel=1e-9)
    happened = float(excess > forecast.cost)
    assert (group.stated, group.happened) == (pytest.approx(forecast.probability), happened)
    assert group.base_rate == next(entry for entry in read_record(path).entries if entry.horizon == 21).base_rate
    assert group.brier == pytest.approx((forecast.probability - happened) ** 2)
    inner = np.array(forecast.distribution.levels[1:-1])
    quantiles = np.array(forecast.distribution.log[1:-1])
    y = np.log1p(excess)
    pinball = np.where(y >= quantiles, inner * (y - quantiles), (1.0 - inner) * (quantiles - y))
    assert group.crps == pytest.approx(2.0 * pinball.mean(), rel=1e-9)
    assert isinstance(group.skill_over_climatology, Gap)


def drawn_record(sd: float) -> tuple[TrackRecord, Snapshot]:
    """Three lines against a still index, a forecast over 21 sessions every week, all of them with the scale `sd`."""
    on = days(date(2001, 1, 2), 700)
    rows = []
    for number, symbol in enumerate(("ONE", "TWO", "SIX")):
        rows += walk(symbol, on, np.random.default_rng(number), sd=0.02)
    rows += walk("^GSPC", on, np.random.default_rng(9), sd=1e-9, venue="INDEX", price_basis="index_level")
    table = sessions("XNYS")
    entries: list[Issued] = []
    head = GENESIS
    scale = sd * np.sqrt(20.0)  # a bar opens where it closes: 20 moves lie between entry and settlement
    quantiles = tuple(scale * stats.norm.ppf(LEVELS))
    wide = tuple(1.5 * value for value in quantiles)
    for place in range(20, 640, 5):
        for symbol in ("ONE", "TWO", "SIX"):
            position = table.position(on[place])
            assert position is not None
            entry = Issued(
                n=len(entries) + 1,
                previous=head,
                mode="live",
                recorded_at=table.close_at(position),
                as_of=table.close_at(position),
                listing=f"XNYS:{symbol}",
                currency="USD",
                sector="machines" if symbol == "ONE" else None,
                horizon=21,
                benchmark="INDEX:^GSPC",
                entry=Entry(at="open", on=on[place + 1]),
                ends_on=on[place + 21],
                levels=LEVELS,
                quantiles=quantiles,
                scale_only=quantiles,
                climatology=wide,
                probability=0.45 + 0.01 * (place % 7),
                base_rate=0.5,
                cost=0.002,
                range=Range(low=float(np.expm1(quantiles[1])), high=float(np.expm1(quantiles[-2])), level=0.9),
                bucket=1,
                call="NO_CALL",
                leaning="none" if place % 2 else "buy",
                model=ModelUsed(
                    name="x",
                    trained_as_of=table.close_at(position),
                    lines=3,
                    rows=1,
                    from_on=on[0],
                    until_on=on[place],
                    digest=None,
                ),
                ledger_version=f"{place}",
            )
            head = entry.digest
            entries.append(entry)
    return TrackRecord(entries=tuple(entries), head=head), Snapshot.of(batch(bars=rows))


def test_a_calibrated_record_shows_as_calibrated_and_a_bold_one_does_not() -> None:
    view_at = AsOf(at=datetime(2003, 12, 31, tzinfo=UTC))
    honest, snapshot = drawn_record(0.02)
    good = score_record(honest, snapshot.view(view_at)).live
    group = next(g for g in good.groups if g.by == "horizon")
    assert group.n == 372
    assert not isinstance(group.coverage, Gap)
    assert 0.86 < group.coverage.value < 0.94
    assert not isinstance(group.skill_over_climatology, Gap)
    assert group.skill_over_climatology.low > 0.0
    assert not isinstance(good.pit, Gap)
    assert good.pit.p > 0.05
    assert {(g.by, g.name) for g in good.groups} >= {("label", "NO_CALL"), ("leaning", "buy"), ("sector", "machines")}
    assert {g.name for g in good.groups if g.by == "year"} == {"2001", "2002", "2003"}
    assert good.independent < 100
    assert {(share.by, share.name) for share in good.labels} == {
        ("call", "NO_CALL"),
        ("leaning", "buy"),
        ("leaning", "none"),
    }
    bold, snapshot = drawn_record(0.01)
    bad = score_record(bold, snapshot.view(view_at)).live
    group = next(g for g in bad.groups if g.by == "horizon")
    assert not isinstance(group.coverage, Gap)
    assert group.coverage.high < 0.8
    assert not isinstance(bad.pit, Gap)
    assert bad.pit.p < 0.01


def test_what_cannot_be_settled_is_named() -> None:
    record, snapshot = drawn_record(0.02)
    gone = record.entries[0].model_copy(update={"listing": "XNYS:NONE"})
    scores = score_record(
        TrackRecord(entries=(gone,), head=gone.digest), snapshot.view(AsOf(at=datetime(2003, 12, 31, tzinfo=UTC)))
    )
    assert scores.live.matured == 0
    assert "XNYS:NONE has no price" in scores.live.gaps[0].detail


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "de",
            [
                "Bilanz der Prognosen",
                "<span>Stand 31. Dezember 2003",
                "Vor dem Einstieg festgehalten",
                "3.800",
                "Nachträglich erzeugt",
                "Noch keine.",
            ],
        ),
        (
            "en",
            [
                "Track record of the forecasts",
                "<span>As of 31 December 2003",
                "Recorded before the entry",
                "3,800",
                "Filled in later",
                "None yet.",
            ],
        ),
    ],
)
def test_the_page_in_both_languages(language: str, words: list[str]) -> None:
    record, snapshot = drawn_record(0.02)
    scores = score_record(record, snapshot.view(AsOf(at=datetime(2003, 12, 31, tzinfo=UTC))))
    page = record_page(scores, language=language)
    for word in words:
        assert word in page.replace(NBSP, " ")
    assert page == record_page(scores, language=language)
    assert record.head in page
    assert "style=" not in page  # the page's own policy refuses inline styles
    assert "src=" not in page
    assert page.count("<svg") == 3  # reliability in two sizes, and the PIT
    empty = score_record(
        TrackRecord(entries=(), head=GENESIS), snapshot.view(AsOf(at=datetime(2003, 12, 31, tzinfo=UTC)))
    )
    assert record_page(empty, language=language).count(words[-1]) == 2
