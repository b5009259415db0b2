"""`rerating study` as a newcomer uses it: two files and one command."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import command_line
from command_line import Done, process
from rerating.measures.event_study import TESTS, event_study

Run = Callable[..., Done]


@pytest.fixture
def rerating() -> Run:
    return partial(command_line.rerating, "study")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prices of eight lines and a market, and events that raise the price by 4 %."""
    folder = tmp_path_factory.mktemp("study")
    rng = np.random.default_rng(7)
    every = [date(2019, 1, 2) + timedelta(days=i) for i in range(700)]
    days = [day for day in every if day.weekday() < 5][:450]
    market = rng.normal(0.0003, 0.01, 450)
    columns: dict[str, object] = {"date": days, "MKT": 100 * np.exp(np.cumsum(market))}
    rows = ["symbol,at,name"]
    for i in range(8):
        returns = market + rng.normal(0, 0.012, 450)
        returns[350 + 6 * i] += 0.04
        columns[f"S{i}"] = 50 * np.exp(np.cumsum(returns))
        rows.append(f"S{i},{days[350 + 6 * i]},launch {i}")
    pl.DataFrame(columns).write_csv(folder / "prices.csv")
    pl.DataFrame(columns).unpivot(index="date", variable_name="symbol", value_name="close").write_parquet(
        folder / "long.parquet"
    )
    rows += ["S0,2018-01-01,too early", "QQQ,2020-06-01,"]
    (folder / "events.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def test_a_file_of_prices_and_one_of_events_give_a_result_with_one_command(files: Path) -> None:
    done = process(
        "study", files / "events.csv", "--prices", files / "prices.csv", "--benchmark", "MKT", "--window", "-3:3"
    )
    assert done.returncode == 0, done.stderr
    assert "8 of 10 events" in done.stdout
    assert "left out: 1 outside_data, 1 unknown_symbol" in done.stdout
    for name in TESTS:
        assert name in done.stdout
    assert "●" in done.stdout


def test_the_json_is_that_of_the_engine(files: Path, rerating: Run) -> None:
    arguments = ("--benchmark", "MKT", "--window", "-3:3", "--window", "0:1", "--format", "json")
    wide = rerating(files / "events.csv", "--prices", files / "prices.csv", *arguments)
    long = rerating(files / "events.csv", "--prices", files / "long.parquet", *arguments)
    assert wide.returncode == 0, wide.stderr
    assert wide.stdout == long.stdout
    found = json.loads(wide.stdout)
    prices = pl.read_csv(files / "prices.csv", try_parse_dates=True)
    events = pl.read_csv(files / "events.csv")
    study = event_study(prices, events, benchmark="MKT", prices=True, windows=[(-3, 3), (0, 1)])
    assert found["events"][0]["car"] == pytest.approx(study.events()["car"][0], rel=1e-11)
    assert found["events"][-1]["outcome"] == "unknown_symbol"
    by_key = {(test["name"], tuple(test["window"])): test for test in found["tests"]}
    expected = study.test("bmp", (0, 1))
    assert by_key["bmp", (0, 1)]["statistic"] == pytest.approx(expected.statistic, rel=1e-11)
    assert by_key["bmp", (0, 0)]["p"] < 0.001


def test_csv_and_page_are_written_whole(files: Path, tmp_path: Path, rerating: Run) -> None:
    keep = (files / "events.csv", "--prices", files / "prices.csv", "--benchmark", "MKT", "--window", "-3:3")
    done = rerating(*keep, "--out", tmp_path / "events.csv")
    assert done.returncode == 0, done.stderr
    frame = pl.read_csv(tmp_path / "events.csv")
    assert frame.height == 10
    assert frame["outcome"].to_list()[-2:] == ["outside_data", "unknown_symbol"]
    days = rerating(*keep, "--format", "csv", "--rows", "days")
    assert days.stdout.count("\n") == 1 + 8 * 7
    for lang, words in {"de": "Ereignisstudie", "en": "Event study"}.items():
        page = tmp_path / f"{lang}.html"
        assert rerating(*keep, "--lang", lang, "--out", page).returncode == 0
        text = page.read_text(encoding="utf-8")
        assert words in text
        assert "<svg" in text
        assert "src=" not in text
        assert text.count("<tr>") >= len(TESTS) + 10
    assert sorted(path.name for path in tmp_path.iterdir()) == ["de.html", "en.html", "events.csv"]


def test_a_group_alone_and_errors_by_date(files: Path, tmp_path: Path, rerating: Run) -> None:
    """`group` picks events out of the list; with two groups of dates the clustered t differs from the plain one."""
    lines = (files / "events.csv").read_text(encoding="utf-8").splitlines()[1:9]
    first = lines[0].split(",")[1]
    rows = [
        f"{line.split(',')[0]},{first if i % 2 else line.split(',')[1]},{'ab'[i // 4]}" for i, line in enumerate(lines)
    ]
    (tmp_path / "grouped.csv").write_text("symbol,at,group\n" + "\n".join(rows) + "\n", encoding="utf-8")
    keep = (tmp_path / "grouped.csv", "--prices", files / "prices.csv", "--benchmark", "MKT", "--window", "0")
    every = json.loads(rerating(*keep, "--format", "json").stdout)
    one = json.loads(rerating(*keep, "--group", "b", "--format", "json").stdout)
    assert [event["group"] for event in one["events"]] == ["b"] * 4
    assert one["events"] == every["events"][4:]
    clustered = json.loads(rerating(*keep, "--cluster", "date", "--format", "json").stdout)
    plain, robust = (found["tests"][0]["statistic"] for found in (every, clustered))
    assert every["tests"][0]["name"] == "cross_sectional_t"
    assert abs(plain - robust) > 1e-6
    assert clustered["settings"]["cluster"] == ["date"]
    assert "no event of the group 'c'; it has a, b" in rerating(*keep, "--group", "c").stderr


def test_the_page_says_in_both_languages_why_a_test_has_no_result(files: Path, tmp_path: Path, rerating: Run) -> None:
    first = (files / "events.csv").read_text(encoding="utf-8").splitlines()[1]
    for rows, de, en in [
        (first, "Zu wenige Ereignisse haben einen Wert (1; nötig sind 2)", "Too few events have a value (1; 2 needed)"),
        ("QQQ,2020-06-01,", "Kein Ereignis wird verwendet", "No event is used"),
    ]:
        (tmp_path / "few.csv").write_text(f"symbol,at,name\n{rows}\n", encoding="utf-8")
        keep = (tmp_path / "few.csv", "--prices", files / "prices.csv", "--benchmark", "MKT", "--format", "html")
        for lang, words in {"de": de, "en": en}.items():
            assert words in rerating(*keep, "--lang", lang).stdout


def test_an_instant_needs_the_venue_and_goes_to_the_session_that_can_react(
    files: Path, tmp_path: Path, rerating: Run
) -> None:
    friday = next(d for d in pl.read_csv(files / "prices.csv", try_parse_dates=True)["date"][350:] if d.weekday() == 4)
    (tmp_path / "late.csv").write_text(f"symbol,at\nS1,{friday}T23:30Z\n", encoding="utf-8")
    keep = (tmp_path / "late.csv", "--prices", files / "prices.csv", "--benchmark", "MKT", "--window", "0:1")
    refused = rerating(*keep)
    assert refused.returncode == 2
    assert "sessions are not known" in refused.stderr
    done = rerating(*keep, "--venue", "XNYS", "--format", "json")
    assert done.returncode == 0, done.stderr
    reacting = json.loads(done.stdout)["events"][0]["session_on"]
    assert date.fromisoformat(reacting) > friday + timedelta(days=2)


def test_the_ledger_gives_the_prices(sample_path: Path, tmp_path: Path, rerating: Run) -> None:
    """The packaged sample: Apple's first iPhone among other days, against the market that the sample holds."""
    events = tmp_path / "events.csv"
    events.write_text("symbol,at,name\nAAPL,2007-01-09T17:41Z,iPhone\nIBM,2007-01-18,results\nNONE,2007-01-18,\n")
    keep = (events, "--ledger", sample_path, "--benchmark", "GOOG", "--window", "-1:1", "--format", "json")
    done = rerating(*keep, "--as-of", "2007-06-01T00:00Z")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    apple = found["events"][0]
    assert apple["session_on"] == "2007-01-09"
    assert apple["outcome"] == "used"
    assert apple["ar"][1] > 0.05
    assert [event["outcome"] for event in found["events"]] == ["used", "used", "unknown_symbol"]
    early = rerating(*keep, "--as-of", "2007-01-09T23:00Z")
    outcomes = [event["outcome"] for event in json.loads(early.stdout)["events"]]
    assert outcomes == ["window_outside_data", "outside_data", "unknown_symbol"]


@pytest.mark.parametrize(
    ("events", "arguments", "words"),
    [
        (None, (), "There is no file"),
        ("symbol,when\nS1,2020-06-01\n", (), "has no column at"),
        ("symbol,at\n", (), "holds no event"),
        ("symbol,at\nS1,\n", (), "in line 2"),
        ("symbol,at\nS1,tomorrow\n", (), "no date or instant"),
        ("symbol,at\nS1,2020-06-01\n", ("--window", "ten"), "'ten' is no window"),
        ("symbol,at\nS1,2020-06-01\n", ("--window", "5:-5"), "ends before it starts"),
        ("symbol,at\nS1,2020-06-01\n", ("--benchmark", "SPX"), "The benchmark 'SPX' is no line of the data"),
        ("symbol,at\nS1,2020-06-01\n", ("--model", "carhart_4"), "needs --factors FILE"),
        ("symbol,at\nS1,2020-06-01\n", ("--drop", "monday"), "cannot be dropped for monday"),
        ("symbol,at\nS1,2020-06-01\n", ("--venue", "XXXX"), "No exchange calendar"),
    ],
)
def test_bad_requests_end_in_one_sentence(
    files: Path, tmp_path: Path, rerating: Run, events: str | None, arguments: tuple[str, ...], words: str
) -> None:
    path = tmp_path / "events.csv"
    if events is not None:
        path.write_text(events, encoding="utf-8")
    done = rerating(path, "--prices", files / "prices.csv", "--benchmark", "MKT", *arguments)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_without_benchmark_ledger_or_sound_prices_it_says_what_to_do(
    files: Path, tmp_path: Path, rerating: Run
) -> None:
    for arguments, words in [
        (("--prices", files / "prices.csv"), "needs --benchmark SYMBOL"),
        (("--ledger", tmp_path / "none", "--benchmark", "MKT"), "There is no ledger"),
        (("--prices", tmp_path / "odd.csv", "--benchmark", "MKT"), "not numeric"),
    ]:
        (tmp_path / "odd.csv").write_text("date,MKT\n2020-01-02,1\n2020-01-03,n/a\n", encoding="utf-8")
        done = rerating(files / "events.csv", *arguments)
        assert done.returncode == 2
        assert words in done.stderr
