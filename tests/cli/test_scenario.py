"""`rerating scenario` as a newcomer uses it: no ledger, a file of one's own, a symbol, and questions that are wrong."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from command_line import Done, rerating

CASES = files("rerating.findings") / "scenario_cases"


def scenario(*arguments: str | Path, **environment: str) -> Done:
    return rerating("scenario", *arguments, **environment)


def answer(*arguments: str | Path, **environment: str) -> dict[str, object]:
    done = scenario(*arguments, "--format", "json", **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def refused(*arguments: str | Path) -> str:
    done = scenario(*arguments)
    assert done.returncode == 2, done.stdout
    assert done.stdout == ""
    return done.stderr.removeprefix("rerating: ").rstrip("\n")


def test_the_share_of_the_claim_needs_no_ledger(tmp_path: Path) -> None:
    found = answer("share", "alibaba", RERATING_LEDGER=str(tmp_path / "none"))
    assert {name: found[name] for name in ("share_before", "market", "incremental_share", "growth")} == {
        "share_before": 0.358,
        "market": 51.8e9,
        "incremental_share": 0.8,
        "growth": 0.268,
    }
    assert found["share_after"] == pytest.approx(0.4514, abs=5e-5)
    assert found["growth_needed"] == pytest.approx(1.21)
    assert found["as_of"] == "2026-01-14T22:00:00Z"
    assert not (tmp_path / "none").exists()


def test_a_later_instant_takes_the_later_case() -> None:
    found = answer("share", "alibaba", "--as-of", "2026-06-02T00:00Z")
    assert found["case"] == "alibaba-2026-06-01"
    assert found["share_after"] == pytest.approx(0.4696, abs=5e-5)
    assert found["growth_needed"] == pytest.approx(1.095)
    assert answer("share", "alibaba", "--as-of", "2026-05-01T00:00Z")["case"] == "alibaba-2026-01-14"


def test_the_json_of_a_programme() -> None:
    found = answer("capex", "tesla")
    assert found["discounted_payback"] == pytest.approx(9.6, abs=0.2)
    assert found["irr"] == pytest.approx(0.131, abs=0.005)
    assert len(found["roic"]) == 12  # type: ignore[arg-type]
    assert set(found["bands"]) >= {"irr", "discounted_payback", "npv"}  # type: ignore[call-overload]
    assert all(len(two) == 2 for two in found["drivers"].values())  # type: ignore[attr-defined]
    for value in found["inputs"]:  # type: ignore[attr-defined]
        assert value["unit"]
        assert value["reason"] if value["assumption"] else value["source"]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("share", ["45.1%", "121.0%", "stretched", "impossible", "Jefferies", "open:"]),
        ("capex", ["internal rate of return", "middle 80 %", "of 65,536 scenarios", "discounted payback", "margin"]),
        ("price", ["$169.90", "years of advantage", "sum of the parts", "multiple left for Cloud"]),
    ],
)
def test_tables(what: str, words: list[str]) -> None:
    done = scenario(what, "alibaba")
    assert done.returncode == 0, done.stderr
    for word in words:
        assert word in done.stdout


def test_a_page_is_written_whole(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "page.html"
    done = scenario("price", "alibaba", "--lang", "de", "--out", out)
    assert done.returncode == 0, done.stderr
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in out.parent.iterdir()] == ["page.html"]


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    text = (CASES / "alibaba-2026-01-14.toml").read_text(encoding="utf-8")
    own.write_text(text.replace("incremental_share = { value = 0.80", "incremental_share = { value = 0.90"), "utf-8")
    found = answer("share", own)
    assert found["share_after"] == pytest.approx((0.358 + 0.9 * 0.268) / 1.268)
    assert "after 2026-01-01T00:00:00Z" in refused("share", own, "--as-of", "2026-01-01T00:00Z")


def test_a_fault_is_told_in_its_sentence(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    text = (CASES / "alibaba-2026-01-14.toml").read_text(encoding="utf-8")
    own.write_text(text.replace("incremental_share = { value = 0.80", "incremental_share = { value = 80"), "utf-8")
    told = refused("share", own)
    assert told == f"{own}: claim.incremental_share is a share of one and lies between 0 and 1, not 80 to 80."
    assert "cannot be read" in refused("share", tmp_path / "none.toml")


def test_an_unknown_name_lists_what_there_is(tmp_path: Path) -> None:
    told = refused("capex", "nobody", "--ledger", tmp_path / "none")
    assert "alibaba-2026-01-14" in told
    assert "tesla-2022-02-25" in told


def test_a_symbol_is_read_from_the_ledger(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    bars = tmp_path / "bars.csv"
    pl.DataFrame(
        {
            "ticker": ["TST"] * 2,
            "venue": ["XNYS"] * 2,
            "currency": ["USD"] * 2,
            "date": ["2026-01-13", "2026-01-14"],
            **{key: [149.0, 150.0] for key in ("open", "high", "low", "close")},
            "volume": [1, 1],
            "price_basis": ["as_traded"] * 2,
        }
    ).write_csv(bars)
    facts = tmp_path / "facts.toml"
    rows = {"revenue": (100e9, "USD"), "operating_income": (20e9, "USD"), "shares_outstanding": (2e9, "shares")}
    facts.write_text(
        "\n".join(
            f'[[facts]]\nsubject = "XNYS:TST"\nfield = "{field}"\nvalue = {value}\nunit = "{unit}"\n'
            'period_from = 2025-01-01\nperiod_to = 2025-12-31\nat = 2026-01-10T00:00:00Z\nsource = "https://example.org"'
            for field, (value, unit) in rows.items()
        ),
        "utf-8",
    )
    for verb, file in (("bars", bars), ("facts", facts)):
        done = rerating("import", verb, file, "--ledger", ledger)
        assert done.returncode == 0, done.stderr
    found = answer("price", "TST", "--as-of", "2026-01-15T00:00Z", "--ledger", ledger)
    assert found["price"] == 150.0
    assert found["market_value"] == pytest.approx(300e9)
    assert isinstance(found["growth"], float)
    gap = answer("capex", "TST", "--as-of", "2026-01-15T00:00Z", "--ledger", ledger)
    assert gap["kind"] == "gap"
    earlier = answer("price", "TST", "--as-of", "2026-01-13T22:00Z", "--ledger", ledger)
    assert earlier["price"] == 149.0
