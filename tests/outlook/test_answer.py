"""The outlook of a line from a view: always a distribution, a call only behind the gate, and gaps with reasons."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from rerating.analysis import Analysis, analyze
from rerating.certificate import certify
from rerating.core.types import AsOf, Gap, Listing, Why
from rerating.findings.series import series
from rerating.findings.subject import resolved
from rerating.ledger import Ledger, Snapshot, ViewSource
from rerating.outlook.answer import Forecast, Outlook, Verdict, outlook
from rerating.outlook.lines import benchmark_of, lines_of, market_lines, timely
from rerating.outlook.model import Model, Performance
from rerating.outlook.training import retrained, train
from rerating.outlook.verdict import Advice, Call, Leaning
from worlds import bar, batch, days, event, walk

AS_OF = AsOf.parse("2007-01-12T22:00Z")
SESSIONS = days(date(2000, 1, 3), 1500)
END = datetime.combine(SESSIONS[-1] + timedelta(days=1), datetime.min.time(), UTC)


def world(*lines: str, sessions: int = 1500, market: bool = True, peers: bool = True, **more: object) -> Snapshot:
    """A market index and lines of random walks with opens, each line naming the others as its peers."""
    on = SESSIONS[:sessions]
    rows = []
    for number, line in enumerate(lines):
        rows += walk(line, on, np.random.default_rng(number), sd=0.015 + 0.005 * number, **more)
    if market:
        index = walk("^GSPC", on, np.random.default_rng(99), sd=0.01, venue="INDEX", price_basis="index_level")
        rows += index
    facts = [
        {
            "subject": f"XNYS:{line}",
            "field": "peers",
            "text": " ".join(f"XNYS:{other}" for other in lines if other != line),
            "known_at": datetime(1999, 1, 1, tzinfo=UTC),
            "locator": "world",
        }
        for line in lines
        if peers and len(lines) > 1
    ]
    tables = {"bars": rows} | ({"facts": facts} if facts else {})
    return Snapshot.of(batch(**tables))


def asked(snapshot: Snapshot, symbol: str, at: datetime | None = None, **more: object) -> Outlook:
    when = at or END
    view = snapshot.view(AsOf(at=when))
    line = series(view, resolved(view, symbol))
    assert not isinstance(line, Gap)
    return outlook(view, line, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def apple(sample: Ledger) -> Outlook:
    view = sample.view(AS_OF)
    line = series(view, resolved(view, "AAPL"))
    assert not isinstance(line, Gap)
    return outlook(view, line)


def test_the_demo_gets_a_distribution_and_no_call(apple: Outlook) -> None:
    verdict = apple.verdict
    assert isinstance(verdict, Verdict)
    assert (verdict.call, verdict.edge) == (Call.NO_CALL, "not_proven")
    assert verdict.for_holder is Advice.NO_PROVEN_REASON_TO_SELL
    assert verdict.for_non_holder is Advice.NO_PROVEN_REASON_TO_BUY
    assert 0.42 <= verdict.probability <= 0.58  # what lies outside is overclaiming
    assert verdict.range.low < 0.0 < verdict.range.high
    assert verdict.benchmark == "INDEX:^GSPC"
    assert isinstance(verdict.record, Performance)
    assert verdict.record.lines == 4
    assert verdict.record.independent < verdict.record.needed
    assert isinstance(verdict.record.edges, Gap)
    assert {f.side for f in verdict.falsified_by} == {"below", "above"}
    assert all(reason.direction == ("up" if reason.contribution > 0 else "down") for reason in verdict.reasons)


def test_entry_is_the_next_tradable_open(apple: Outlook) -> None:
    """12 January 2007 was a Friday, the 15th a holiday: entry on the 16th, 21 sessions end on 14 February less one."""
    forecast = next(f for f in apple.forecasts if isinstance(f, Forecast) and f.horizon == 21)
    assert (forecast.entry.at, forecast.entry.on) == ("open", date(2007, 1, 16))
    assert forecast.ends_on == date(2007, 2, 13)
    assert forecast.basis.evidence
    assert set(forecast.src) <= {entry.id for entry in forecast.basis.evidence}
    assert all(entry.known_at <= AS_OF.at for entry in forecast.basis.evidence)


def test_horizons_widen_and_short_histories_are_gaps(apple: Outlook) -> None:
    known = [f for f in apple.forecasts if isinstance(f, Forecast)]
    assert [f.horizon for f in known] == [5, 21, 63]
    widths = [f.range.high - f.range.low for f in known]
    assert widths == sorted(widths)
    for forecast in known:
        assert list(forecast.distribution.log) == sorted(forecast.distribution.log)
        assert forecast.distribution.simple == pytest.approx(np.expm1(forecast.distribution.log))
    assert [f.why for f in apple.forecasts if isinstance(f, Gap)] == [Why.TOO_SHORT, Why.TOO_SHORT]


def test_a_personal_ledger_without_peers_gets_the_scale_of_its_own_history() -> None:
    found = asked(world("ONE"), "ONE")
    assert isinstance(found.verdict, Verdict)
    assert found.verdict.call is Call.NO_CALL
    assert found.verdict.leaning is Leaning.NONE
    assert found.verdict.reasons == ()
    forecast = found.forecasts[1]
    assert isinstance(forecast, Forecast)
    assert forecast.model.name == "scale_only_centred"
    # A walk with 1.5 % a session against an index with 1 %: the 90 % range of 21 sessions, to a fifth.
    sd = np.sqrt(21 * (0.015**2 + 0.01**2))
    assert forecast.range.high == pytest.approx(np.expm1(1.645 * sd), rel=0.25)
    assert forecast.range.low == pytest.approx(np.expm1(-1.645 * sd), rel=0.25)


def test_prices_that_stop_before_the_cutoff_are_a_gap() -> None:
    stale = asked(world("ONE"), "ONE", END + timedelta(days=30))
    assert isinstance(stale.verdict, Gap)
    assert "sessions earlier; collect the missing ones" in stale.verdict.detail


def test_what_cannot_be_known_is_a_gap_with_its_reason() -> None:
    no_index = asked(world("ONE", market=False), "ONE")
    assert isinstance(no_index.verdict, Gap)
    assert "INDEX:^GSPC" in no_index.verdict.detail
    last = datetime.combine(SESSIONS[299] + timedelta(days=1), datetime.min.time(), UTC)
    short = asked(world("ONE", sessions=300), "ONE", last)
    assert isinstance(short.verdict, Gap)
    assert short.verdict.why is Why.TOO_SHORT
    itself = asked(world("ONE"), "^GSPC")
    assert isinstance(itself.verdict, Gap)
    assert itself.verdict.why is Why.NOT_APPLICABLE
    elsewhere = benchmark_of(Listing(symbol="RY", venue="XTSE", currency="CAD"))
    assert isinstance(elsewhere, Gap)
    assert "XTSE" in elsewhere.detail


def test_without_open_prices_entry_is_the_next_close_and_said_so() -> None:
    found = asked(world("ONE", open=None), "ONE")
    forecast = found.forecasts[1]
    assert isinstance(forecast, Forecast)
    assert forecast.entry.at == "close"


def test_lines_without_opens_are_not_mixed_with_lines_that_have_them() -> None:
    on = SESSIONS
    rows = walk("ONE", on, np.random.default_rng(0)) + walk("TWO", on, np.random.default_rng(1), open=None)
    rows += walk("^GSPC", on, np.random.default_rng(9), venue="INDEX", price_basis="index_level")
    snapshot = Snapshot.of(batch(bars=rows))
    view = snapshot.view(AsOf(at=END))
    line = series(view, resolved(view, "ONE"))
    assert not isinstance(line, Gap)
    lines = lines_of(view, line, keys=["XNYS:TWO"])
    assert not isinstance(lines, Gap)
    assert lines.panel.names == ("XNYS:ONE",)
    assert "no open prices" in lines.gaps[0].detail


def test_a_bar_that_was_revised_later_is_no_input_of_its_day() -> None:
    on = SESSIONS[:400]
    rows = walk("ONE", on, np.random.default_rng(0)) + walk(
        "^GSPC", on, np.random.default_rng(9), venue="INDEX", price_basis="index_level"
    )
    revised = bar("ONE", on[200], 50.0)
    later = datetime(2025, 6, 1, tzinfo=UTC)
    snapshot = Snapshot.of(batch(bars=rows), batch(later + timedelta(days=400), bars=[revised]))
    view = snapshot.view(AsOf(at=later + timedelta(days=500)))
    line = series(view, resolved(view, "ONE"))
    assert not isinstance(line, Gap)
    assert np.flatnonzero(~timely(line) & (line.row >= 0)).tolist() == [200]
    lines = lines_of(view, line, keys=[])
    assert not isinstance(lines, Gap)
    assert np.isnan(lines.panel.close[200, 0])


def test_a_model_that_knows_the_future_is_refused() -> None:
    snapshot = world("ONE", "TWO", "SIX")
    view = snapshot.view(AsOf(at=END))
    line = series(view, resolved(view, "ONE"))
    assert not isinstance(line, Gap)
    lines = lines_of(view, line)
    assert not isinstance(lines, Gap)
    model = train(lines, until=END, listed=None, horizons=(21,))
    assert model.trained_as_of == datetime.combine(SESSIONS[-1], datetime.min.time(), UTC) + timedelta(hours=21)
    again = Model.model_validate_json(model.to_json())
    assert again.to_json() == model.to_json()
    early = asked(snapshot, "ONE", END - timedelta(days=2), model=again)
    assert isinstance(early.verdict, Gap)
    assert "after this cutoff" in early.verdict.detail
    late = asked(snapshot, "ONE", END, model=again)
    assert isinstance(late.verdict, Verdict)
    forecast = late.forecasts[0]
    assert isinstance(forecast, Forecast)
    assert forecast.model.digest == again.digest
    other = again.model_copy(update={"benchmark": "XHKG:^HSI"})
    refused = asked(snapshot, "ONE", END, model=other)
    assert isinstance(refused.verdict, Gap)
    assert "XHKG:^HSI" in refused.verdict.detail


def test_the_certificate_trains_the_model_again_and_not_on_the_noise() -> None:
    """The model says that it was trained until years later; all of its rows were known by the cutoff."""
    snapshot = world("ONE", "TWO", "SIX")
    at = AsOf(at=datetime.combine(SESSIONS[-60], datetime.min.time(), UTC) + timedelta(hours=22))
    view = snapshot.view(at)
    lines = market_lines(view, "INDEX:^GSPC", ["XNYS:ONE", "XNYS:TWO", "XNYS:SIX"])
    assert not isinstance(lines, Gap)
    model = train(lines, until=at.at, listed=None, horizons=(21,)).model_copy(
        update={"until": at.at + timedelta(days=2000)}
    )

    def run(source: ViewSource) -> Analysis:
        again = retrained(source, model, at)
        assert not isinstance(again, Gap)
        assert again.trained_as_of == model.trained_as_of
        return analyze(source, "ONE", at, model=again)

    certificate = certify(snapshot, at, run, seeds=(1,))
    assert certificate.replaced["bars"] > 100
    assert set(certificate.noisy.values()) == {certificate.digest}


def test_a_feature_that_the_line_lacks_leaves_it_without_a_mean() -> None:
    """Trained on lines with volumes, asked of one without: a gap names them, and nothing is filled in."""
    snapshot = world("ONE", "TWO", "SIX")
    view = snapshot.view(AsOf(at=END))
    line = series(view, resolved(view, "ONE"))
    assert not isinstance(line, Gap)
    lines = lines_of(view, line)
    assert not isinstance(lines, Gap)
    model = train(lines, until=END, listed=None, horizons=(21,))
    assert "turnover" in model.features
    mute = asked(world("ONE", volume=None), "ONE", END, model=model)
    assert isinstance(mute.verdict, Verdict)
    assert mute.verdict.reasons == ()
    assert any("turnover" in gap.detail for gap in mute.verdict.basis.gaps)


def test_dated_inputs_stand_where_they_could_be_known() -> None:
    """An event after the close belongs to the next session; before the first event nothing is known."""
    at = datetime.combine(SESSIONS[700], datetime.min.time(), UTC) + timedelta(hours=22)
    rows = walk("ONE", SESSIONS, np.random.default_rng(0))
    rows += walk("^GSPC", SESSIONS, np.random.default_rng(9), venue="INDEX", price_basis="index_level")
    view = Snapshot.of(batch(bars=rows, events=[event("XNYS:ONE", "x", at)])).view(AsOf(at=END))
    line = series(view, resolved(view, "ONE"))
    assert not isinstance(line, Gap)
    lines = lines_of(view, line, keys=[])
    assert not isinstance(lines, Gap)
    events = lines.panel.dated["event"][:, 0]
    assert np.flatnonzero(events == 1.0).tolist() == [701]
    assert np.isnan(events[:701]).all()
    assert (events[702:] == 0.0).all()


def test_the_analysis_carries_it(sample: Ledger) -> None:
    analysis = analyze(sample, "AAPL", AS_OF)
    assert isinstance(analysis.verdict, Verdict)
    assert [f.horizon for f in analysis.forecasts if isinstance(f, Forecast)] == [5, 21, 63]
    later = analyze(sample, "FB", AsOf.parse("2012-07-02T22:00Z"))
    assert isinstance(later.verdict, Gap)
    assert later.verdict.why is Why.TOO_SHORT
