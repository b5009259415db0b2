"""Catalysts: timing against the sessions, decoys, unexplained days, and a p-value that is one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from scipy import stats

from rerating.core.types import AsOf, Gap, Listing
from rerating.findings.catalyst import Catalyst, catalysts
from rerating.findings.series import Series, series
from rerating.findings.study import Study
from rerating.findings.subject import line_of
from rerating.findings.timing import Timing
from rerating.ledger import Ledger, Snapshot
from rerating.measures.event_study import EventOutcome, event_outcome, placebo
from worlds import batch, days, event, walk

ON = days(date(2017, 1, 3), 700)
CUTOFF = AsOf(at=datetime.combine(ON[-1], datetime.min.time(), UTC) + timedelta(hours=23))
JUMP = ON[-3]


def world(*events: dict[str, object], jump: float = 0.15, led: float = 0.0, seed: int = 5) -> Snapshot:
    """A line X with a jump on its third last session, an index, and events."""
    rng = np.random.default_rng(seed)
    bars = walk("X", ON, rng)
    for i, row in enumerate(bars):
        for name in ("open", "high", "low", "close"):
            row[name] *= (1 + jump) if row["on"] >= JUMP else 1.0
            row[name] *= 1 + led * min(max(i - (len(ON) - 9), 0), 5) / 5
    index = walk("^GSPC", ON, rng, sd=0.01, venue="INDEX", price_basis="index_level")
    return (
        Snapshot.of(batch(bars=bars + index, events=list(events))) if events else Snapshot.of(batch(bars=bars + index))
    )


def found(snapshot: Snapshot, as_of: AsOf = CUTOFF) -> list[Catalyst]:
    view = snapshot.view(as_of)
    line = series(view, Listing(symbol="X", venue="XNYS", currency="USD"))
    assert isinstance(line, Series)
    return list(catalysts(Study.of(view, line)))


def at(on: date, hour: float) -> datetime:
    return datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("published", "timing"),
    [
        (at(JUMP, 12), Timing.COULD_HAVE_CAUSED),
        (at(JUMP, 19.9), Timing.COULD_HAVE_CAUSED),
        (at(ON[-4], 22), Timing.COULD_HAVE_CAUSED),  # after the close of the session before
        (at(ON[-4], 12), Timing.EARLIER_SESSION),
        (at(JUMP, 22), Timing.AFTER_THE_MOVE),
        (at(ON[-2], 15), Timing.AFTER_THE_MOVE),
    ],
)
def test_timing_follows_the_first_session_that_could_react(published: datetime, timing: Timing) -> None:
    told = [c for c in found(world(event("X", "news", published))) if c.event is not None]
    assert [catalyst.timing for catalyst in told] == [timing]


def test_a_decoy_after_the_move_does_not_explain_it() -> None:
    catalysts_found = found(world(event("X", "decoy", at(ON[-2], 12))))
    assert [c.timing for c in catalysts_found if c.event] == [Timing.AFTER_THE_MOVE]
    assert JUMP in [c.session_on for c in catalysts_found if c.timing is Timing.UNEXPLAINED]


def test_a_session_without_an_event_is_unexplained_until_its_event_is_known() -> None:
    assert JUMP in [c.session_on for c in found(world()) if c.timing is Timing.UNEXPLAINED]
    assert JUMP not in [
        c.session_on for c in found(world(event("X", "n", at(JUMP, 15)))) if c.timing is Timing.UNEXPLAINED
    ]


def test_an_event_known_only_to_the_day_counts_from_its_latest_instant() -> None:
    """Published some time on the day of the jump: an earlier instant could have moved it, the latest could not."""
    span = {"at_earliest": at(JUMP, 5), "at_latest": at(JUMP, 29), "known_at": at(JUMP, 29), "precision": "day"}
    told = [c for c in found(world(event("X", "day", at(JUMP, 29), **span))) if c.event]
    assert [c.timing for c in told] == [Timing.CANNOT_TELL]
    assert (told[0].session_on, told[0].earliest_session_on) == (ON[-2], JUMP)


def test_an_event_that_the_move_preceded_is_called_so() -> None:
    told = [c for c in found(world(event("X", "news", at(JUMP, 15)), led=0.3)) if c.event]
    assert [c.timing for c in told] == [Timing.PRICE_LED]


def test_a_line_without_benchmark_gets_gaps_and_keeps_its_kind() -> None:
    bars = [row for row in walk("X", ON, np.random.default_rng(1))]
    told = found(Snapshot.of(batch(bars=bars, events=[event("X", "news", at(JUMP, 15))])))
    assert [c.kind for c in told] == ["catalyst"]
    assert isinstance(told[0].abnormal_return, Gap)
    assert "benchmark" in told[0].abnormal_return.detail


def of_apple(ledger: Ledger, at: str) -> tuple[Catalyst, ...]:
    view = ledger.view(AsOf.parse(at))
    return catalysts(Study.of(view, line_of(view, "AAPL")))


def test_the_keynote(sample: Ledger) -> None:
    told = {c.event.title: c for c in of_apple(sample, "2007-01-12T22:00Z") if c.event}
    keynote = told["Macworld keynote: the iPhone is shown"]
    assert keynote.session_on == date(2007, 1, 9)
    assert keynote.timing is Timing.COULD_HAVE_CAUSED
    assert [m.benchmark for m in keynote.models] == ["INDEX:^GSPC", "INDEX:^IXIC", "peers"]
    assert keynote.window == (-1, 1)
    assert keynote.models[0].car == keynote.car
    timings = {title: c.timing for title, c in told.items()}
    assert timings["10-K for 2006 with a restatement for backdated options"] is Timing.EARLIER_SESSION
    assert timings["Cisco sues over the iPhone trademark"] is Timing.AFTER_THE_MOVE
    assert told["10-K for 2006 with a restatement for backdated options"].session_on == date(2007, 1, 3)
    assert not any("December 2006" in title for title in told)
    later = of_apple(sample, "2007-01-18T22:00Z")
    results = [c for c in later if c.event and "December 2006" in c.event.title]
    assert [(c.session_on, c.event.value) for c in results if c.event] == [(date(2007, 1, 18), 1.14)]


def test_t_and_abnormal_return_against_a_plain_regression(sample: Ledger) -> None:
    """Ordinary least squares written out, on the keynote against the S&P 500."""
    view = sample.view(AsOf.parse("2007-01-12T22:00Z"))
    line = series(view, view.listings("AAPL")[0])
    index = series(view, view.listings("^GSPC")[0])
    assert isinstance(line, Series)
    assert isinstance(index, Series)
    day0 = line.place(line.sessions.position(date(2007, 1, 9)) or 0)
    shift = line.start - index.start
    y, x = line.returns[day0 - 251 : day0 - 1], index.returns[day0 + shift - 251 : day0 + shift - 1]
    fit = stats.linregress(x, y)
    residual = y - fit.intercept - fit.slope * x
    s2 = residual @ residual / 248
    window = slice(day0 - 1, day0 + 2)
    xw = index.returns[window.start + shift : window.stop + shift]
    car = float((line.returns[window] - fit.intercept - fit.slope * xw).sum())
    variance = s2 * (3 + 9 / 250 + (xw - x.mean()).sum() ** 2 / ((x - x.mean()) ** 2).sum())
    keynote = next(c for c in catalysts(Study.of(view, line)) if c.event and "keynote: the" in c.event.title)
    assert keynote.car == pytest.approx(car, rel=1e-9)
    assert keynote.t == pytest.approx(car / variance**0.5, rel=1e-9)


@pytest.mark.slow
def test_p_placebo_is_uniform_over_random_event_free_dates(sample: Ledger) -> None:
    view = sample.view(AsOf.parse("2012-12-31T22:00Z"))
    line, index = (series(view, view.listings(symbol)[0]) for symbol in ("MSFT", "^GSPC"))
    assert isinstance(line, Series)
    assert isinstance(index, Series)
    from rerating.findings.series import aligned

    benchmark = aligned(index, line.days)
    rng = np.random.default_rng(11)
    candidates = np.arange(260, line.last - 1)
    values = []
    for place in rng.choice(candidates, size=1000, replace=False):
        outcome = event_outcome(line.returns, benchmark, int(place))
        assert isinstance(outcome, EventOutcome)
        tested = placebo(line.returns, benchmark, outcome, candidates=candidates, rng=rng, n=199)
        assert not isinstance(tested, Gap)
        values.append(tested.car.p)
    assert stats.kstest(values, "uniform").pvalue > 0.01
    assert np.mean(np.array(values) <= 0.05) == pytest.approx(0.05, abs=0.02)
