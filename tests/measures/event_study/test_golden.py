"""Golden numbers of other programs on real data, to 1e-10; where one is known to be off, what exactly differs."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy.stats import rankdata

from measures.event_study.plain import PlainEvent, plain_event
from rerating.measures.event_study import EventStudy, clustered_t, event_study
from rerating.measures.event_study.inference import cross_sectional_t
from shared_data import shared

pytestmark = pytest.mark.shared

REL = 1e-10


def close(got: Any, expected: Any) -> None:
    np.testing.assert_allclose(np.asarray(got, dtype=float), np.asarray(expected, dtype=float), rtol=REL, atol=1e-14)


# --- 16 additions to the S&P 500 ----------------------------------------------------------------------------------

DAYS = [(d, d) for d in range(-2, 3)]
CUMULATED = [(-2, -2), *((-2, d) for d in range(-1, 3))]


def additions(kind: str, **settings: Any) -> EventStudy:
    folder = shared("data/eventstudy/sp500example/01_RequestFile.csv").parent

    def rows(name: str) -> list[list[str]]:
        return [line.strip().split(";") for line in (folder / name).read_text(encoding="utf-8").splitlines()]

    def day(text: str) -> date:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007  a date without a time

    prices = rows("02_FirmData.csv") + rows("03_MarketData.csv")
    long = pl.DataFrame(
        {
            "symbol": [row[0] for row in prices],
            "date": [day(row[1]) for row in prices],
            "close": [float(row[2]) for row in prices],
        }
    )
    requests = rows("01_RequestFile.csv")
    events = pl.DataFrame({"symbol": [row[1] for row in requests], "at": [day(row[3]) for row in requests]})
    return event_study(
        long,
        events,
        benchmark="SP500",
        prices=True,
        kind=kind,  # type: ignore[arg-type]
        windows=CUMULATED[::-1],
        estimation=120,
        gap=8,
        **settings,
    )


def reference(kind: str) -> dict[str, Any]:
    text = shared("data/eventstudy/sp500example/golden_reference.json").read_text(encoding="utf-8")
    return json.loads(text)[f"{kind}_win[-2,2]_est120_shift-11"]  # type: ignore[no-any-return]


def statistics(study: EventStudy, name: str, windows: list[tuple[int, int]]) -> list[float | None]:
    return [study.test(name, window).statistic for window in windows]


@pytest.mark.parametrize("kind", ["log", "simple"])
def test_additions_against_the_reference(kind: str) -> None:
    study, golden = additions(kind), reference(kind)
    frame = study.events()
    assert study.used == 16
    for column in ("alpha", "beta", "sigma"):
        close(frame[column], golden[column])
    close(frame["n"], golden["M"])
    daily = study.abnormal_returns()
    close(daily["ar"].to_numpy().reshape(16, 5), golden["AR"])
    close(daily["sar"].to_numpy().reshape(16, 5), golden["SAR"])
    windows = study.cumulative().sort("event", "last")
    close(windows["car"].to_numpy().reshape(16, 5), golden["CAR"])
    close(windows["s_car"].to_numpy().reshape(16, 5), golden["S_CAR"])
    mean = study.mean_days()
    close([day.aar for day in mean], golden["aar"])
    close([day.caar for day in mean], golden["caar"])
    for name, key in {
        "cross_sectional_t": "t_cross",
        "crude_dependence": "cda_t",
        "bmp": "bmp_t",
        "generalized_sign_cowan": "gsign_z",
        "corrado_rank": "corrado_z",
        "skewness_hall": "skew_t",
    }.items():
        close(statistics(study, name, DAYS), golden[key])
        close(statistics(study, name, CUMULATED), golden[f"{key}_car"])
    close(statistics(study, "sign", DAYS), golden["sign_z"])
    close(statistics(study, "patell", DAYS), golden["patell_z"])
    close(statistics(study, "patell", CUMULATED), golden["patell_z_car_exact"])
    close(statistics(study, "grank_t", [(-2, 2)]), [golden["grank_t"]])
    close(statistics(study, "grank_z", [(-2, 2)]), [golden["grank_z"]])


@pytest.mark.parametrize("kind", ["log", "simple"])
def test_additions_with_the_conventions_of_the_reference(kind: str) -> None:
    """Patell's own sum over the window, and the mean correlation over all pairs of estimation windows."""
    study = additions(kind, correlation="estimation_windows", standardisation="summed")
    golden = reference(kind)
    close(study.computed.correlation, np.full(9, golden["rbar"]))
    close(statistics(study, "patell", CUMULATED), golden["patell_z_car"])
    for name, key in {"bmp": "kp_adj_bmp_t", "patell": "kp_adj_patell_z"}.items():
        close(statistics(study, f"adjusted_{name}_kolari_pynnonen", DAYS), golden[key])
        close(statistics(study, f"adjusted_{name}_kolari_pynnonen", CUMULATED), golden[f"{key}_car"])


def test_by_event_windows_only_events_that_share_days_are_correlated() -> None:
    """Two of the 16 lie on one day, so that the mean correlation is theirs over 120 pairs."""
    study = additions("log")
    frame = study.events().filter(pl.col("at") == "1998-10-01")
    assert frame.height == 2
    residuals = []
    panel = study.panel
    market = panel.factors[0]
    for symbol, alpha, beta in frame.select("symbol", "alpha", "beta").iter_rows():
        row = panel.dates.tolist().index(date(1998, 10, 1))  # type: ignore[union-attr]
        past = slice(row - 10 - 120, row - 10)
        residuals.append(panel.line(symbol)[past] - alpha - beta * market[past])
    expected = np.corrcoef(residuals)[0, 1] / 120
    close(study.computed.correlation[0], expected)


@pytest.mark.parametrize(
    ("key", "model", "kind"),
    [
        ("log_market_model", "market", "log"),
        ("simple_market_model", "market", "simple"),
        ("log_market_adjusted", "market_adjusted", "log"),
        ("log_mean_adjusted", "mean_adjusted", "log"),
    ],
)
def test_additions_against_sipemu(key: str, model: str, kind: str) -> None:
    text = shared("data/eventstudy/sp500example/golden_sipemu.json").read_text(encoding="utf-8")
    golden = json.loads(text)[key]
    study = additions(kind, model=model, standardisation="summed")
    frame = {row["symbol"].strip(): row for row in study.events().iter_rows(named=True)}
    daily = study.abnormal_returns()
    for event in golden["events"]:
        row = frame[event["firm"].strip()]
        if model == "market":
            close([row["alpha"], row["beta"]], [event["alpha"], event["beta"]])
        close(row["sigma"], event["sigma"])
        days = daily.filter(daily["event"] == row["event"])
        close(days["ar"], event["ar"])
        if model != "market_adjusted":
            close(days["s_ar"], event["fec_sigma"])
        else:
            # It adds 1/M for an estimated mean; R - R_m estimates none.
            close(days["s_ar"] * np.sqrt(1 + 1 / 120), event["fec_sigma"])
        # Its t values divide by sigma alone, without the forecast error.
        close(days["ar"] / row["sigma"], [one["ar_t"] for one in event["ART"]])
        close(days["ar"].cum_sum() / row["sigma"] / np.sqrt(np.arange(1, 6)), [one["car_t"] for one in event["CART"]])
    group = golden["groups"][0]

    def column(test: str, name: str) -> list[float]:
        return [row[name] for row in group[test]]

    close(statistics(study, "cross_sectional_t", DAYS), column("CSectT", "aar_t"))
    close(statistics(study, "cross_sectional_t", CUMULATED), column("CSectT", "caar_t"))
    close(statistics(study, "sign", DAYS), column("SignT", "sign_z"))
    close(statistics(study, "sign", CUMULATED), column("SignT", "csign_z"))
    close(statistics(study, "generalized_sign_cowan", DAYS), column("GSignT", "gsign_z"))
    close(statistics(study, "generalized_sign_cowan", CUMULATED), column("GSignT", "cgsign_z"))
    error = np.sqrt(1 + 1 / 120) if model == "market_adjusted" else 1.0
    close(np.array(statistics(study, "patell", DAYS), dtype=float) / error, column("PatellZ", "aar_z"))
    close(np.array(statistics(study, "patell", CUMULATED), dtype=float) / error, column("PatellZ", "caar_z"))
    # Its BMP divides by sigma alone.
    sigma = study.events()["sigma"].to_numpy()
    plain = daily["ar"].to_numpy().reshape(16, 5) / sigma[:, None]
    bmp = 4 * plain.mean(axis=0) / plain.std(axis=0, ddof=1)
    close(bmp, column("BMP", "bmp_t"))
    summed = plain.cumsum(axis=1)
    close(4 * summed.mean(axis=0) / summed.std(axis=0, ddof=1), column("BMP", "cbmp_t"))
    # Its Kolari-Pynnonen correlates by event day, so that one factor serves all days; and its rank and calendar-time
    # statistics repeat the first day's value on every row.
    factors = np.array(column("KP", "kp_t")) / bmp
    close(factors, np.full(5, factors[0]))
    for test, name in [("RankT", "rank_z"), ("CalTimeT", "caltime_t")]:
        close(column(test, name), [column(test, name)[0]] * 5)


# --- 7 US stocks on one date, two of them listed late -----------------------------------------------------------------

MODELS = {"sim": "market", "mean_adj": "mean_adjusted", "mrkt_adj": "market_adjusted"}


def march_2020(model: str) -> tuple[EventStudy, list[PlainEvent], dict[str, Any]]:
    folder = shared("data/eventstudy/estudy2/rates.csv").parent
    rates = pl.read_csv(folder / "rates.csv", try_parse_dates=True)
    wide = rates.join(pl.read_csv(folder / "rates_indx.csv", try_parse_dates=True), on="date")
    names = [name for name in rates.columns if name != "date"]
    events = [(name, date(2020, 3, 16)) for name in names]
    study = event_study(
        wide, events, benchmark="X.GSPC", kind="log", model=MODELS[model], windows=[(0, 4)], estimation=240
    )
    returns = wide.select(names).to_numpy().astype(float)
    market = wide["X.GSPC"].to_numpy()[:, None]
    row = wide["date"].to_list().index(date(2020, 3, 16))
    plain = [
        plain_event(
            returns, market, MODELS[model], i, row, windows=[(0, 4)], estimation=240, gap=0, minimum=100, log=True
        )
        for i in range(len(names))
    ]
    golden = json.loads((folder / "golden_estudy2.json").read_text(encoding="utf-8"))["models"][model]
    return study, [event for event in plain if event is not None], golden


@pytest.mark.parametrize("model", MODELS)
def test_march_2020_against_estudy2(model: str) -> None:
    study, _, golden = march_2020(model)
    frame = study.events()
    assert study.used == 7
    close(frame["n"], [firm["estimation_length"] for firm in golden["firms"]])
    if model == "sim":
        close(frame["alpha"], [firm["coefficients"]["alpha"] for firm in golden["firms"]])
        close(frame["beta"], [firm["coefficients"]["beta"] for firm in golden["firms"]])
    ar = study.abnormal_returns()["ar"].to_numpy().reshape(7, 5)
    close(ar, [list(firm["abnormal_event"].values()) for firm in golden["firms"]])
    days = [(d, d) for d in range(5)]
    for name, test, column in [
        ("cross_sectional_t", "t_test", "t_test_stat"),
        ("crude_dependence", "brown_warner_1985", "bw_1985_stat"),
        ("sign", "sign_test", "sign_stat"),
    ]:
        close(statistics(study, name, days), [row[column] for row in golden["tests"][test]])
    car = golden["car_tests"]["car_brown_warner_1985"][0]
    close(study.test("crude_dependence", (0, 4)).statistic, car["statistic"])
    # Its `car_mean` is the mean of a day, not the sum.
    close(study.mean_days()[-1].caar, 5 * car["car_mean"])


def test_where_estudy2_differs_it_is_by_what_is_known() -> None:
    """Its Patell and BMP: deviation with n - 1, and the market's moments over days on which the firm has no return."""
    _, plain, golden = march_2020("sim")
    folder = shared("data/eventstudy/estudy2/rates.csv").parent
    market = pl.read_csv(folder / "rates_indx.csv")["X.GSPC"].to_numpy()
    position = plain[0].position
    past = market[position - 240 : position]
    squares = np.sum((past - past.mean()) ** 2)
    sar = np.array(
        [
            [
                event.ar[d]
                / np.std(list(event.residuals.values()), ddof=1)
                / np.sqrt(1 + 1 / event.n + (market[position + d] - past.mean()) ** 2 / squares)
                for d in range(5)
            ]
            for event in plain
        ]
    )
    close(
        sar.sum(axis=0) / np.sqrt(sum((e.n - 2) / (e.n - 4) for e in plain)),
        [row["pt_stat"] for row in golden["tests"]["patell"]],
    )
    close(
        np.sqrt(7) * sar.mean(axis=0) / sar.std(axis=0, ddof=1),
        [row["bh_stat"] for row in golden["tests"]["boehmer"]],
    )


@pytest.mark.parametrize("model", MODELS)
def test_where_the_rank_test_of_estudy2_differs_it_is_by_what_is_known(model: str) -> None:
    """Its modified rank test counts days on which n of 7 firms traded as if all 7 had, and divides by the mean number
    of days of a firm. Where all have all days the two are the same; so are they once this is put in.
    """
    study, plain, golden = march_2020(model)
    u = np.full((7, 245), np.nan)
    for i, event in enumerate(plain):
        values = event.residuals | {event.position + d: ar for d, ar in event.ar.items()}
        rows = sorted(values)
        u[i, np.array(rows) - event.position + 240] = rankdata([values[t] for t in rows]) / (1 + len(rows)) - 0.5
    number = (~np.isnan(u)).sum(axis=0)
    ours = np.nansum(u, axis=0) / np.sqrt(number)
    days = [(d, d) for d in range(5)]
    close(statistics(study, "corrado_rank", days), ours[240:] / np.sqrt(np.mean(ours**2)))
    theirs = np.nanmean(u, axis=0) * 7 / np.sqrt(number)
    s = np.sqrt(np.sum(theirs**2) / np.mean((~np.isnan(u)).sum(axis=1)))
    close(theirs[240:] / s, [row["mrank_stat"] for row in golden["tests"]["modified_rank_test"]])


@pytest.mark.parametrize("model", MODELS)
def test_the_other_statistics_of_estudy2_follow_from_our_abnormal_returns(model: str) -> None:
    """Tests of its own, and two that differ: what it computes, to the last digit, from the same residuals."""
    _, plain, golden = march_2020(model)
    tests, n = golden["tests"], 7
    residual = np.full((n, 245), np.nan)
    for i, event in enumerate(plain):
        for row, value in (event.residuals | {event.position + d: ar for d, ar in event.ar.items()}).items():
            residual[i, row - event.position + 240] = value
    past, ar = residual[:, :240], residual[:, 240:]
    there = (~np.isnan(residual)).sum(axis=0)
    length = (~np.isnan(residual)).sum(axis=1)

    def column(test: str, name: str) -> list[float]:
        return [row[name] for row in tests[test]]

    # The t of independent residuals (Brown and Warner 1980), which gives way to correlation between the firms.
    alone = np.sqrt(np.nanvar(past, axis=1, ddof=1).sum())
    close(ar.sum(axis=0) / alone, column("brown_warner_1980", "bw_1980_stat"))
    # Its generalized sign pools the days of all firms; Cowan takes the mean of the firms' shares.
    share = (past > 0).sum() / np.count_nonzero(~np.isnan(past))
    positive = (ar > 0).sum(axis=0)
    pooled = (positive - n * share) / np.sqrt(n * share * (1 - share))
    close(pooled, column("generalized_sign_test", "gsign_stat"))
    signed = [int(rankdata(np.abs(ar[:, d]))[ar[:, d] > 0].sum()) for d in range(5)]
    assert signed == column("wilcoxon_test", "wlcx_stat")
    # Its rank and its sign test of Corrado weigh a day on which m of 7 firms traded by (7 / m)^2 and (7 / m)^(3/2).
    rank = np.array([np.where(np.isnan(row), np.nan, rankdata(row, nan_policy="omit")) for row in residual])
    # Its rank test of the window takes the plain ranks of all firms together, though those of a firm with a short past
    # are smaller on every day, and measures them from the mean of the firms' mean ranks.
    middle = np.mean((length + 1) / 2)
    spread = np.sum((np.nanmean(rank, axis=0) - middle) ** 2) / length.mean()
    window = np.sqrt(5) * (np.nanmean(rank[:, 240:]) - middle) / np.sqrt(spread)
    close(window, golden["car_tests"]["car_rank_test"][0]["statistic"])
    rank -= (length[:, None] + 1) / 2
    sign = np.sign(residual - np.nanmedian(residual, axis=1)[:, None])
    for values, power, test, name in [
        (rank, 2.0, "rank_test", "rank_stat"),
        (sign, 1.5, "corrado_sign_test", "csign_stat"),
    ]:
        weighed = np.nansum(values, axis=0) * (n / there) ** power
        close(weighed[240:] / np.sqrt((weighed**2).sum() / length.mean()), column(test, name))
    if model == "sim":
        # Lamb's (1995): the crude t with a forecast error that takes the mean number of days and the whole market.
        folder = shared("data/eventstudy/estudy2/rates_indx.csv")
        market = pl.read_csv(folder)["X.GSPC"].to_numpy()
        before, now = market[plain[0].position - 240 : plain[0].position], market[plain[0].position :][:5]
        days = np.mean([event.n for event in plain])
        error = 1 + 1 / days + (now - before.mean()) ** 2 / np.sum((before - before.mean()) ** 2)
        lamb = np.array(column("brown_warner_1985", "bw_1985_stat")) / np.sqrt(error)
        close(lamb, column("lamb", "lmb_stat"))
        close(lamb.sum() / np.sqrt(5), golden["car_tests"]["car_lamb"][0]["statistic"])


# --- Indian splits, and long-horizon repurchases ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "model"),
    [("excess_classic", "market_adjusted"), ("marketModel_classic", "market"), ("none_classic", "market_adjusted")],
)
def test_splits_against_xkdr(key: str, model: str) -> None:
    """Mean CAR from day -3 on with its band; 6 of the 22 splits lie in the data with all days of the window."""
    folder = shared("data/eventstudy/xkdr/split_dates.csv").parent
    golden = json.loads((folder / "golden_eventstudies.json").read_text(encoding="utf-8"))[key]
    returns = pl.read_csv(folder / "stock_price_returns.csv", try_parse_dates=True)
    index = pl.read_csv(folder / "other_returns.csv", try_parse_dates=True).select("date", "NiftyIndex")
    wide = returns.join(index, on="date", how="left")
    wide = wide.with_columns(pl.exclude("date").cast(pl.Float64) / 100)  # the data are in per cent
    if key == "none_classic":  # no model at all: a market that stands still takes nothing away
        wide = wide.with_columns(NiftyIndex=pl.lit(0.0))
    events = pl.read_csv(folder / "split_dates.csv", try_parse_dates=True).rename({"name": "symbol", "when": "at"})
    usable = events.filter(pl.Series([outcome == "success" for outcome in golden["outcomes"]]))
    # Its estimation window ends before day -4, of which it then shows no return: the gap is that day.
    study = event_study(
        wide,
        usable,
        benchmark="NiftyIndex",
        model=model,
        kind="log",
        windows=[(-3, 5)],
        estimation=2000,
        gap=1,
        minimum=20,
    )
    assert study.used == 6
    mean = study.mean_days()
    close([[100 * (day.low or 0), 100 * (day.caar or 0), 100 * (day.high or 0)] for day in mean], golden["result"][1:])


def test_clustered_errors_against_crse() -> None:
    folder = shared("data/eventstudy/crse/golden_crse.json").parent
    golden = json.loads((folder / "golden_crse.json").read_text(encoding="utf-8"))
    data = pl.read_csv(folder / "demo_share_repurchases.csv")
    values = data["ars"].to_numpy()[:, None]
    month = np.unique(data["date"].to_numpy(), return_inverse=True)[1]
    firm = np.unique(data["code"].to_numpy(), return_inverse=True)[1]
    plain = cross_sectional_t(values)
    close([plain.value[0], plain.p[0]], [golden["crseEvent"][f"{name}.val.nonclustered"] for name in ("t", "p")])
    assert golden["crseEvent"]["unique.cl1"] == month.max() + 1
    close(clustered_t(values, month).value, [golden["crseEvent"]["t.val.one.clustered"]])
    close(clustered_t(values, firm).value, [golden["crseEvent"]["tcl2"]])
    close(clustered_t(values, month, firm).value, [golden["crseEvent"]["tcl12"]])
    # Its p take as many degrees of freedom as there are clusters; one is spent on the mean.
    assert clustered_t(values, firm).p[0] > golden["crseEvent"]["pcl2"]


def test_standardised_differences_against_crse() -> None:
    """E.ON less RWE in log returns over its deviation: the sigma of the market-adjusted model, M - 1."""
    folder = shared("data/eventstudy/crse/golden_crse.json").parent
    golden = json.loads((folder / "golden_crse.json").read_text(encoding="utf-8"))["sar_EON_vs_RWE"]
    returns = np.log1p(pl.read_csv(folder / "demo_returns.csv").select("EON", "RWE").to_numpy())
    n = len(returns)
    after = np.vstack([returns, returns[-1:]])  # a day to which all others are the past
    study = event_study(
        after[:, :1],
        np.array([n]),
        benchmark=after[:, 1],
        kind="log",
        model="market_adjusted",
        windows=[(0, 0)],
        estimation=n,
        tests=("sign",),
    )
    standardised = (returns[:, 0] - returns[:, 1]) / study.events()["sigma"][0]
    assert study.events()["n"][0] == golden["n"]
    close(standardised[:5], golden["first5"])
    for name in ("mean", "sd", "min", "max"):
        found = standardised.std(ddof=1) if name == "sd" else getattr(standardised, name)()
        close(found, golden[name])


def test_negative_crsp_prices_are_seen() -> None:
    """Office Depot has two: an event whose windows they touch says so, the one of 1999 does not."""
    study = additions("simple")
    depot = study.events().filter(pl.col("symbol") == "Office Depot").row(0, named=True)
    assert depot["flags"] == ""
    assert len(study.panel.bad) == 4
    folder = shared("data/eventstudy/sp500example/02_FirmData.csv")
    assert sum(";-" in line for line in folder.read_text(encoding="utf-8").splitlines()) == 2
    touched = event_study(study.panel, [("Office Depot", date(1997, 6, 2))], windows=[(-1, 1)], estimation=120)
    assert touched.events()["flags"][0].split(",")[0] == "bad_price"
    hit = event_study(study.panel, [("Office Depot", date(1997, 4, 4))], windows=[(-1, 1)], estimation=120)
    assert hit.outcomes() == ["missing_in_window"]
