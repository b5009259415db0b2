"""Skill and calibration of the outlook on real prices: prints the tables of docs/outlook.md.

    python -m benchmarks outlook

The price files lie beside the project (see docs/outlook.md for what they hold) or where RERATING_SHARED says.
Every variant is written to outlook_variants.jsonl, which
is committed, before it is scored; the significance tests use all that stand there.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import polars as pl

from rerating.outlook.backtest import as_markdown, backtest
from rerating.outlook.panel import Panel
from rerating.outlook.variants import VARIANTS, enlist
from rerating.outlook.walk_forward import BURN_IN

LIST = Path(__file__).with_name("outlook_variants.jsonl")

#: A one-day log return beyond this is a split that nobody carried back, or a typing error: that session is missing.
JUMP = 1.1

#: Funds and indices among the adjusted-close series: no stocks.
FUNDS = """
AGG AGQ AIQ ARKG ARKX ASTX BIL BITO BND BOXX BSOL CHAT COWZ DGRO DIVO DVY EEM EIDO ETHA EWA EWG EWH EWJ EWL EWM EWQ
EWT EWU EWW EWY EWZ EZU FBTC FXI GDX GGLL GPIQ HACK HDV HYG IBIT ICLN IEFA IFRA IGV INTW IONX ITA IWM JEPI KORU KQ11
KS11 KSA KWEB LIT MAGS MCHI MSFU MSTU NLR NVDL NVDY ORCX PAVE PFF PPA PPLT QLD QQQ QQQI QQQM QTUM QYLD RKLX ROBO RSP
RYLD SCHD SCHG SDIV SGOV SHY SLV SMH SOXL SOXQ SOXS SOXX SPSB SPXL SPY SPYD SPYM SSO TECL THD TLT TMF TQQQ TSLL TSLY
UBT UGL UPRO URA URNM USD VB VGK VGT VIG VIX VNM VNQ VOO VT VUG VWO VYM WCLD XAR XBI XLB XLC XLE XLF XLI XLK XLP XLU
XLV XLY XYLD YMAX
"""


def matrix(frame: pl.DataFrame, value: str, days: np.ndarray, names: list[str]) -> np.ndarray:
    out = np.full((len(days), len(names)), np.nan)
    place = {name: number for number, name in enumerate(names)}
    column = frame["ticker"].replace_strict(place, default=-1).to_numpy()
    row = np.searchsorted(days, frame["date"].to_numpy().astype("datetime64[D]"))
    held = (column >= 0) & (row < len(days))
    out[row[held], column[held]] = frame[value].cast(pl.Float64).to_numpy()[held]
    return out


def chained(returns: np.ndarray) -> np.ndarray:
    """Relative levels from log returns; a missing return leaves a gap in the level of that day only."""
    level = np.exp(np.cumsum(np.where(np.isfinite(returns), returns, 0.0), axis=0))
    return np.where(np.isfinite(returns), level, np.nan)


def log_returns(close: np.ndarray) -> np.ndarray:
    out = np.full_like(close, np.nan)
    with np.errstate(invalid="ignore"):
        out[1:] = np.log(close[1:] / close[:-1])
    return out


def adjusted_panel(folder: Path) -> tuple[Panel, str]:
    frame = pl.read_parquet(folder / "us_adjclose_2014_2026.parquet").filter(pl.col("venue") == "US")
    spy = frame.filter(pl.col("ticker") == "SPY").sort("date")
    days = spy["date"].to_numpy().astype("datetime64[D]")
    names = sorted(set(frame["ticker"]) - set(FUNDS.split()))
    close = matrix(frame.filter(pl.col("ticker").is_in(names)), "adj_close", days, names)
    close, dropped = cleaned(close)
    bench = spy["adj_close"].to_numpy()[:, None]
    panel = Panel(
        names=tuple(names),
        days=days,
        position=np.arange(len(days)),
        close=close,
        benchmark="SPY",
        benchmark_close=bench,
    )
    return panel, f"{len(names)} stocks, {days[0]} to {days[-1]}, dividend-adjusted closes, {dropped} jumps left out"


def cleaned(close: np.ndarray) -> tuple[np.ndarray, int]:
    returns = log_returns(close)
    wild = np.abs(returns) > JUMP
    # A jump makes the sessions before it another series: levels on both sides do not compare, so the day is missing
    # and the level goes on from the session before.
    returns[wild] = np.nan
    start = np.isfinite(close) & ~np.isfinite(returns) & ~wild
    level = np.exp(np.cumsum(np.where(np.isfinite(returns), returns, 0.0), axis=0))
    return np.where(np.isfinite(returns) | start, level, np.nan), int(wild.sum())


def ohlc_panel(folder: Path) -> tuple[Panel, str]:
    first = pl.read_parquet(folder / "us_panel_2014_2024.parquet")
    second = pl.read_parquet(folder / "us_panel_2024_2025.parquet")
    spy = pl.read_parquet(folder / "us_adjclose_2014_2026.parquet").filter(pl.col("ticker") == "SPY").sort("date")
    index = pl.read_parquet(folder / "core_daily.parquet").filter(pl.col("ticker") == "^GSPC").sort("date")
    days = spy["date"].to_numpy().astype("datetime64[D]")
    days = days[days <= second["date"].max()]
    cut = int(np.searchsorted(days, np.datetime64("2024-03-11")))
    names = sorted(set(first["ticker"]))
    # First part: total returns (adjusted for dividends) against SPY's; second part, which has no adjusted closes: price
    # returns against the index. The return over the joint compares two bases and is missing.
    returns = log_returns(matrix(first, "adj_close", days, names))
    price = log_returns(matrix(second, "close", days, names))
    returns[cut + 1 :] = price[cut + 1 :]
    returns[cut] = np.nan
    wild = np.abs(returns) > JUMP
    returns[wild] = np.nan
    began = np.isfinite(matrix(first, "adj_close", days, names)) & ~np.isfinite(returns) & ~wild
    level = np.exp(np.cumsum(np.where(np.isfinite(returns), returns, 0.0), axis=0))
    close = np.where(np.isfinite(returns) | began, level, np.nan)
    market = log_returns(spy["adj_close"].to_numpy()[: len(days), None])
    level_index = np.full((len(days), 1), np.nan)
    place = np.searchsorted(days, index["date"].to_numpy().astype("datetime64[D]"))
    inside = place < len(days)
    level_index[place[inside], 0] = index["close"].to_numpy()[inside]
    market[cut:] = log_returns(level_index)[cut:]
    market[0] = 0.0
    volume = matrix(first, "volume", days, names)
    later = matrix(second, "volume", days, names)
    split = scale_at_joint(first, second, days, names, cut)
    volume = np.where(np.arange(len(days))[:, None] >= cut, later * split, volume)
    volume[volume == 0] = np.nan
    panel = Panel(
        names=tuple(names),
        days=days,
        position=np.arange(len(days)),
        close=close,
        benchmark="SPY, from 2024-03-11 ^GSPC",
        benchmark_close=np.exp(np.cumsum(market, axis=0)),
        volume=volume,
    )
    note = (
        f"{len(names)} stocks, {days[0]} to {days[-1]}, {int(wild.sum())} jumps left out, joint of 2024-03-11 missing"
    )
    return panel, note


def scale_at_joint(first, second, days, names, cut):
    """Shares of the first part's basis per share of the second's, where a split lies between them: 1 / ratio."""
    before = matrix(first, "close", days, names)[cut - 1]
    after = matrix(second, "close", days, names)[cut]
    ratio = np.where(np.isfinite(before) & np.isfinite(after), after / before, 1.0)
    return np.where((ratio < 0.7) | (ratio > 1.5), ratio, 1.0)


def main() -> None:
    named = os.environ.get("RERATING_SHARED")
    folder = (Path(named) if named else Path(__file__).resolve().parents[2] / "shared") / "data" / "prices"
    if not folder.exists():
        print(f"the price files are absent ({folder.name}); set RERATING_SHARED to the folder that holds data/prices")
        return
    listed = enlist(LIST, VARIANTS)
    for make in (ohlc_panel, adjusted_panel):
        panel, note = make(folder)
        cpu, wall = time.process_time(), time.perf_counter()
        run = backtest(panel, listed, burn_in=BURN_IN)
        print(f"### {note}\n\n{as_markdown(run)}")
        print(f"CPU seconds {time.process_time() - cpu:.0f}, wall {time.perf_counter() - wall:.0f}\n", flush=True)


if __name__ == "__main__":
    main()
