"""What becomes of events and inputs that are not as they should be: a typed outcome, or an error that says why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from rerating.core.errors import UsageError
from rerating.core.sessions import Sessions, microseconds
from rerating.measures.event_study import FactorModel, MarketModel, event_study, panel

START = date(2020, 1, 1)
LENGTH = 300


def days(length: int = LENGTH) -> list[date]:
    """Weekdays from the start on."""
    every = [START + timedelta(days=i) for i in range(length * 2)]
    return [day for day in every if day.weekday() < 5][:length]


def frame(seed: int = 0, lines: int = 4, length: int = LENGTH) -> pl.DataFrame:
    rng = np.random.default_rng(seed)
    market = rng.normal(0, 0.01, length)
    columns = {f"L{i}": market + rng.normal(0, 0.02, length) for i in range(lines)}
    return pl.DataFrame({"date": days(length), "M": market, **columns})


def outcome_of(returns: object, event: tuple[str, object], **settings: object) -> str:
    keep = {"windows": [(-2, 2)], "estimation": 120, "minimum": 60, "benchmark": "M", "tests": ("sign",)}
    study = event_study(returns, [event], **(keep | settings))  # type: ignore[arg-type]
    return str(study.outcomes()[0])


def test_each_event_has_its_outcome() -> None:
    data = frame().with_columns(
        L1=pl.when(pl.int_range(pl.len()) < 150).then(None).otherwise(pl.col("L1")),
        L2=pl.lit(0.01),
        L3=2 * pl.col("M") + 0.001,
    )
    day = days()
    events = [
        ("L0", day[200], "used"),
        ("none", day[200], "unknown_symbol"),
        ("L0", day[0] - timedelta(days=400), "outside_data"),
        ("L0", day[-1] + timedelta(days=40), "outside_data"),
        ("L0", day[-1], "window_outside_data"),
        ("L0", day[1], "window_outside_data"),
        ("L0", day[50], "too_few_observations"),
        ("L1", day[200], "too_few_observations"),
        ("L2", day[200], "no_variance"),
        ("L3", day[200], "no_variance"),
    ]
    study = event_study(
        data, [event[:2] for event in events], benchmark="M", windows=[(-2, 2)], estimation=120, minimum=60
    )
    assert [str(outcome) for outcome in study.outcomes()] == [event[2] for event in events]
    table = study.events()
    assert table["outcome"].to_list() == [event[2] for event in events]
    assert table["car"].null_count() == 9
    assert study.used == 1
    assert outcome_of(data.with_columns(M=pl.lit(0.001)), ("L0", day[200])) == "flat_benchmark"


def test_a_day_without_session_goes_where_it_is_told() -> None:
    data, day = frame(), days()
    saturday = next(d + timedelta(days=1) for d in day[200:] if d.weekday() == 4)
    for choice, expected in [("next", saturday + timedelta(days=2)), ("previous", saturday - timedelta(days=1))]:
        study = event_study(
            data,
            [("L0", saturday)],
            benchmark="M",
            windows=[(0, 1)],
            estimation=120,
            non_session=choice,  # type: ignore[arg-type]
        )
        assert study.events()["session_on"].to_list() == [expected]
    assert outcome_of(data, ("L0", saturday), non_session="drop") == "not_a_session"


def table(day: list[date]) -> Sessions:
    """A venue that is open from 14:30 to 21:00 UTC."""
    opens = np.array([microseconds(datetime(d.year, d.month, d.day, 14, 30, tzinfo=UTC)) for d in day])
    return Sessions("TEST", np.array(day, dtype="datetime64[D]"), opens, opens + int(6.5 * 3600) * 1_000_000)


def test_an_instant_belongs_to_the_session_that_can_react() -> None:
    data, day = frame(), days()
    friday = next(d for d in day[200:] if d.weekday() == 4)
    monday = friday + timedelta(days=3)
    instants = [
        (datetime(friday.year, friday.month, friday.day, 3, 0, tzinfo=UTC), friday),
        (datetime(friday.year, friday.month, friday.day, 20, 59, tzinfo=UTC), friday),
        (datetime(friday.year, friday.month, friday.day, 21, 0, tzinfo=UTC), monday),
        (datetime(friday.year, friday.month, friday.day, 12, 0, tzinfo=UTC) + timedelta(days=1), monday),
    ]
    events = pl.DataFrame({"symbol": ["L0"] * 4, "at": [at for at, _ in instants]})
    for sessions in (table(day), {"L0": table(day)}):
        study = event_study(data, events, benchmark="M", windows=[(0, 1)], estimation=120, sessions=sessions)
        assert study.events()["session_on"].to_list() == [expected for _, expected in instants]
    written = [("L0", at.isoformat()) for at, _ in instants]
    study = event_study(data, written, benchmark="M", windows=[(0, 1)], estimation=120, sessions=table(day))
    assert study.events()["session_on"].to_list() == [expected for _, expected in instants]
    with pytest.raises(UsageError, match="sessions are not known"):
        event_study(data, events, benchmark="M", windows=[(0, 1)], estimation=120)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2020, 9, 1, 12, 0), "no time zone"),  # noqa: DTZ001  that is the point
        ("next week", "no date or instant"),
        (None, "no date or instant"),
        (datetime(2040, 1, 1, tzinfo=UTC), "after the last session"),
    ],
)
def test_an_instant_that_cannot_be_read_names_the_event(at: object, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        event_study(frame(), [("L0", at)], benchmark="M", windows=[(0, 1)], sessions=table(days()))


def test_what_can_be_said_against_an_event_is_flagged_and_the_caller_chooses() -> None:
    data, day = frame(1, lines=5), days()
    data = data.with_columns(
        L2=pl.when(pl.int_range(pl.len()) % 5 == 0).then(0.0).otherwise(pl.col("L2")),
        L3=pl.when(pl.int_range(pl.len()) == 201).then(None).otherwise(pl.col("L3")),
        L4=pl.when(pl.int_range(pl.len()) == 150).then(-1.2).otherwise(pl.col("L4")),
    )
    events = [
        ("L0", day[200]),
        ("L0", day[204]),  # the windows -2..2 of these two share day 202
        ("L1", day[180]),
        ("L1", day[260]),  # the first lies in the second's estimation window
        ("L2", day[200]),
        ("L3", day[200]),
        ("L4", day[200]),
    ]
    keep = {"benchmark": "M", "windows": [(-2, 2)], "estimation": 120, "minimum": 60, "gap": 8}
    study = event_study(data, events, drop=(), **keep)  # type: ignore[arg-type]
    assert study.events()["flags"].to_list() == [
        "overlaps_own_event",
        "overlaps_own_event",
        "",
        "contaminated_estimation",
        "thin_trading",
        "missing_in_window",
        "bad_price",
    ]
    assert study.used == 7
    cumulative = study.cumulative()
    assert cumulative["days"].to_list() == [5, 5, 5, 5, 5, 4, 5]
    every = ("overlaps_own_event", "contaminated_estimation", "thin_trading", "missing_in_window", "bad_price")
    strict = event_study(data, events, drop=every, **keep)  # type: ignore[arg-type]
    assert [str(outcome) for outcome in strict.outcomes()] == [
        "overlaps_own_event",
        "overlaps_own_event",
        "used",
        "contaminated_estimation",
        "thin_trading",
        "missing_in_window",
        "bad_price",
    ]
    assert strict.events()["car"].null_count() == 0  # what was dropped keeps its numbers
    with pytest.raises(UsageError, match="no_variance"):
        event_study(data, events, drop=("no_variance",), **keep)  # type: ignore[arg-type]


def test_neighbours_that_just_do_not_touch_are_not_flagged() -> None:
    data, day = frame(), days()
    keep = {"benchmark": "M", "windows": [(-2, 2)], "estimation": 100, "minimum": 60}
    apart = event_study(data, [("L0", day[180]), ("L0", day[185])], **keep)  # type: ignore[arg-type]
    # Five sessions apart the windows meet nowhere, but the first lies in the second's estimation window.
    assert apart.events()["flags"].to_list() == ["", "contaminated_estimation"]
    far = event_study(data, [("L0", day[150]), ("L0", day[255]), ("L1", day[252])], **keep)  # type: ignore[arg-type]
    assert far.events()["flags"].to_list() == ["", "", ""]


def test_no_test_applies_to_one_event_and_each_says_so() -> None:
    study = event_study(frame(), [("L0", days()[200])], benchmark="M", windows=[(-1, 1)], estimation=120)
    results = {(test.name, test.window): test for test in study.test_results()}
    lonely = results["cross_sectional_t", (0, 0)]
    assert lonely.gap is not None
    assert lonely.statistic is None
    assert "2 needed" in lonely.gap.detail
    assert results["crude_dependence", (0, 0)].statistic is not None  # it rests on the past of the one line
    nothing = event_study(frame(), [("none", days()[200])], benchmark="M", windows=[(-1, 1)], estimation=120)
    assert all(test.gap is not None for test in nothing.test_results())
    assert nothing.mean_days() == ()
    assert nothing.events().height == 1


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"windows": []}, "No window"),
        ({"windows": [(1, -1)]}, "ends before it starts"),
        ({"gap": -1}, "cannot be negative"),
        ({"minimum": 300}, "must lie between"),
        ({"tests": ("student",)}, "no test named student"),
        ({"model": "capm"}, "no model named 'capm'"),
        ({"model": FactorModel(factors=("smb",))}, "no factor 'smb'"),
        ({"thin": 0.0}, "thin is 0"),
        ({"draws": 0}, "draws is 0"),
        ({"cluster": ("month",)}, "cluster is 'month'"),
        ({"correlation": "pearson"}, "correlation is 'pearson'"),
        ({"estimation": 99.5}, "estimation is 99.5"),
        ({"non_session": "nearest"}, "choose next"),
        ({"benchmark": "SPX"}, "no line"),
        ({"benchmark": None}, "needs a benchmark"),
        ({"kind": "total"}, "simple"),
    ],
)
def test_settings_without_sense_are_errors(settings: dict[str, object], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        event_study(frame(), [("L0", days()[200])], **({"benchmark": "M"} | settings))  # type: ignore[arg-type]


def test_inputs_that_contradict_themselves_are_errors() -> None:
    data, day = frame(), days()
    twice = pl.concat([data, data[10:11]])
    with pytest.raises(UsageError, match=f"{day[10]} stands there twice"):
        panel(twice, benchmark="M")
    long = data.unpivot(index="date", variable_name="symbol", value_name="return")
    with pytest.raises(UsageError, match="two rows on"):
        panel(pl.concat([long, long[5:6]]), benchmark="M")
    with pytest.raises(UsageError, match="impossible value on"):
        panel(
            data.with_columns(M=pl.when(pl.int_range(pl.len()) == 7).then(-2.0).otherwise(pl.col("M"))), benchmark="M"
        )
    with pytest.raises(UsageError, match="divide per cent by 100"):
        panel(data.with_columns(pl.exclude("date") * 100), benchmark="M")
    with pytest.raises(UsageError, match="no column `date`"):
        panel(data.drop("date"), benchmark="M")
    with pytest.raises(UsageError, match="not numeric"):
        panel(data.with_columns(L0=pl.lit("x")), benchmark="M")
    with pytest.raises(UsageError, match="no column `at`"):
        event_study(data, pl.DataFrame({"symbol": ["L0"], "when": [day[200]]}), benchmark="M")
    with pytest.raises(UsageError, match="shape"):
        panel(np.zeros((10, 2)), benchmark=np.zeros(9))
    with pytest.raises(UsageError, match="already has"):
        event_study(panel(data, benchmark="M"), [("L0", day[200])], benchmark="M")
    shuffled = data.sample(fraction=1.0, shuffle=True, seed=1)
    assert np.array_equal(panel(shuffled, benchmark="M").values, panel(data, benchmark="M").values)


def test_prices_that_are_not_positive_cost_two_returns_and_are_remembered() -> None:
    rng = np.random.default_rng(3)
    levels = 100 * np.exp(np.cumsum(rng.normal(0, 0.01, (LENGTH, 2)), axis=0))
    levels[50, 1], levels[60, 1], levels[70, 1] = -levels[50, 1], 0.0, np.inf
    made = panel(levels, benchmark=levels[:, 0], prices=True)
    assert made.bad.tolist() == [LENGTH + k for k in (50, 51, 60, 61, 70, 71)]
    assert np.isnan(made.line("1")[[50, 51, 60, 61, 70, 71]]).all()
    np.testing.assert_allclose(made.line("0")[1:], levels[1:, 0] / levels[:-1, 0] - 1, rtol=1e-14)
    logs = panel(levels, benchmark=levels[:, 0], prices=True, kind="log")
    np.testing.assert_allclose(logs.line("0")[1:], np.diff(np.log(levels[:, 0])), atol=1e-14)


def test_lines_of_two_venues_count_their_own_sessions() -> None:
    """The second venue rests on every seventh day: its relative days and estimation windows skip those."""
    data = frame(4, lines=2)
    holiday = pl.int_range(pl.len()) % 7 == 3
    rng = np.random.default_rng(5)
    other = pl.Series("N", rng.normal(0, 0.01, LENGTH))
    data = data.with_columns(N=pl.when(holiday).then(None).otherwise(other))
    data = data.with_columns(L1=pl.when(holiday).then(None).otherwise(pl.col("L1")))
    day = days()
    events = [("L0", day[200]), ("L1", day[200])]
    keep = {"windows": [(-2, 2)], "estimation": 100, "minimum": 60}
    both = event_study(data, events, benchmark={"L0": "M", "L1": "N"}, **keep)  # type: ignore[arg-type]
    assert both.used == 2
    own = data.filter(pl.col("N").is_not_null())
    alone = event_study(own, [("L1", day[200])], benchmark="N", **keep)  # type: ignore[arg-type]
    mine = both.events().row(1, named=True)
    assert mine["n"] == 100
    for column in ("alpha", "beta", "sigma", "car", "t", "bhar"):
        assert mine[column] == alone.events()[column][0]
    with pytest.raises(UsageError, match="No benchmark is named for L1"):
        event_study(data, events, benchmark={"L0": "M"}, model=MarketModel(), **keep)  # type: ignore[arg-type]


def test_a_calendar_says_which_rows_are_sessions_of_a_line() -> None:
    """One benchmark for both: the second venue's holidays do not exist for its line, a day without a trade does."""
    data = frame(4, lines=2)
    day = days()
    open_days = [d for i, d in enumerate(day) if i % 7 != 3]
    holiday = pl.int_range(pl.len()) % 7 == 3
    data = data.with_columns(L1=pl.when(holiday | (pl.int_range(pl.len()) == 151)).then(None).otherwise(pl.col("L1")))
    made = panel(data, benchmark="M", calendars={"L1": np.array(open_days, dtype="datetime64[D]")})
    study = event_study(made, [("L0", day[200]), ("L1", day[200])], windows=[(-2, 2)], estimation=100, minimum=60)
    assert study.events()["n"].to_list() == [100, 99]
    own = data.filter(pl.col("date").is_in(open_days))
    alone = event_study(own, [("L1", day[200])], benchmark="M", windows=[(-2, 2)], estimation=100, minimum=60)
    assert study.events()["car"][1] == alone.events()["car"][0]
    with pytest.raises(UsageError, match="has no row"):
        panel(data, benchmark="M", calendars={"L1": np.array([day[0] + timedelta(days=3)], dtype="datetime64[D]")})


def test_prices_of_two_venues_become_returns_over_their_own_sessions() -> None:
    """A holiday of one venue costs its line no return: the next one spans it."""
    rng = np.random.default_rng(9)
    day = days()
    levels = 100 * np.exp(np.cumsum(rng.normal(0, 0.01, (LENGTH, 4)), axis=0))
    data = pl.DataFrame({"date": day, **{name: levels[:, i] for i, name in enumerate(("M", "N", "L0", "L1"))}})
    holiday = pl.int_range(pl.len()) % 7 == 3
    data = data.with_columns(pl.when(holiday).then(None).otherwise(pl.col(name)).alias(name) for name in ("N", "L1"))
    rested = [i for i in range(LENGTH) if i % 7 != 3]
    expected = levels[rested][1:, 3] / levels[rested][:-1, 3] - 1
    by_benchmark = panel(data, benchmark={"L0": "M", "L1": "N"}, prices=True)
    np.testing.assert_allclose(by_benchmark.line("L1")[1:], expected[1:], rtol=1e-12)
    sessions = {"L1": np.array([day[i] for i in rested], dtype="datetime64[D]")}
    by_calendar = panel(data, benchmark="M", calendars=sessions, prices=True)
    np.testing.assert_allclose(by_calendar.line("L1")[1:], expected, rtol=1e-12)
    assert not np.isnan(by_calendar.line("L0")[1:]).any()
