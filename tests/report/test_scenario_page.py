"""The page of a scenario: self-contained, in both languages, and its knobs give the numbers of Python."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rerating.core.types import Gap
from rerating.findings.scenario_file import shipped
from rerating.findings.scenario_price import price_scenario
from rerating.findings.scenario_programme import base_values, capex_scenario, programme_spans, structure
from rerating.findings.scenario_share import share_scenario
from rerating.measures.capex_programme import OPTIONAL, Programme, ProgrammeOutcome, programme_outcome
from rerating.measures.scenario_draws import Span, drawn
from rerating.report.scenario_page import SHOWN, scenario_page

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="module")
def pages() -> dict[tuple[str, str], str]:
    made = {}
    for name in ("alibaba", "tesla"):
        file = shipped(name)
        found = {"capex": capex_scenario(file, draws=4096), "share": share_scenario(file)}
        if name == "alibaba":
            found["price"] = price_scenario(file)
        for what, scenario in found.items():
            made[name, what] = scenario_page(file, scenario, language="en" if name == "tesla" else "de")
    return made


def python_says(outcome: ProgrammeOutcome, n: int = 0) -> dict[str, float | None]:
    said: dict[str, float | None] = {"npv": float(outcome.npv[n])}
    for name in ("irr", "payback", "discounted_payback"):
        found = getattr(outcome, name)
        said[name] = float(found.value[n]) if found.found[n] else None
    return said


def agree(theirs: dict[str, Any], ours: dict[str, float | None]) -> None:
    for name, value in ours.items():
        if value is None:
            assert theirs[name] is None
        else:
            assert theirs[name] == pytest.approx(value, rel=1e-9, abs=1e-9)


def test_a_page_fetches_nothing_and_runs_only_its_own_script(pages: dict[tuple[str, str], str]) -> None:
    for (_, what), page in pages.items():
        assert "default-src 'none'" in page
        assert not re.search(r"<(img|link|iframe)\b|<script[^>]+src=|@import|url\((?!data:)", page)
        scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        assert len(scripts) == (2 if what == "capex" else 1)  # the knobs, and how charts are read
        policy = page.replace("&#39;", "'").replace("&#43;", "+").partition("script-src ")[2].partition('"')[0]
        digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts]
        assert sorted(policy.split()) == sorted(f"'sha256-{digest}'" for digest in digests)


def test_a_page_holds_every_input_and_what_stays_open(pages: dict[tuple[str, str], str]) -> None:
    page = pages["alibaba", "share"]
    for place, _ in shipped("alibaba").values():
        assert f"<code>{place}</code>" in page
    assert "45,1" in page
    assert "121,0" in page
    assert "Jefferies" in page
    assert 'href="https://news.cnyes.com/news/id/6310239"' in page
    assert "Deepest" in pages["tesla", "capex"]
    assert "<h1>Alibaba: das Cloud-Budget" in page
    assert "Keine der genannten Quellen ist jünger als der Stand" in page
    assert "No source named here is newer" in pages["tesla", "capex"]
    assert not any(">None" in text for text in pages.values())
    for (_, what), text in pages.items():
        assert text.count("<svg") == {"capex": 4, "share": 2, "price": 0}[what]


def test_a_gap_has_a_page_too() -> None:
    gap = price_scenario(shipped("alibaba").model_copy(update={"price": None}))
    assert isinstance(gap, Gap)
    assert "alibaba-2026-01-14" in scenario_page(shipped("alibaba"), gap, language="en")


def test_the_same_file_gives_the_same_page(pages: dict[tuple[str, str], str]) -> None:
    file = shipped("tesla")
    assert scenario_page(file, share_scenario(file), language="en") == pages["tesla", "share"]


def scenarios_of(name: str, count: int) -> Iterator[tuple[dict[str, Any], dict[str, float], dict[str, float | None]]]:
    """Random scenarios of a shipped programme: structure, inputs, and what Python makes of them."""
    file = shipped(name)
    programme, spans = structure(file.programme), programme_spans(file)  # type: ignore[arg-type]
    wide = {n: Span(low=s.low, base=s.base, high=max(s.high, s.base * 1.5)) for n, s in spans.items()}
    wide |= {n: s for n, s in spans.items() if n.startswith(("share", "internal", "utilisation", "loss", "residual"))}
    values = drawn(wide, count, seed=4)
    outcome = programme_outcome(programme, values)
    for n in range(count):
        inputs = {name_: float(v if v.ndim == 0 else v[n]) for name_, v in values.items()}
        yield programme.model_dump(mode="json"), dict(OPTIONAL) | inputs, python_says(outcome, n)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_model_of_the_page_equals_pythons_over_random_scenarios(tmp_path: Path) -> None:
    cases = [case for name in ("alibaba", "tesla") for case in scenarios_of(name, 64)]
    renewed = Programme(spend=(0.5, 0.5), assets=("a", "b"), earning="a", renewals=1, prepaid_quarters=1)
    file = shipped("alibaba")
    values = {n: v for n, v in base_values(programme_spans(file)).items() if not n.startswith(("share.", "life."))}
    values |= {"share.a": np.asarray(0.6), "share.b": np.asarray(0.4)}
    values |= {"life.a": np.asarray(2.3), "life.b": np.asarray(1.7)}
    plain = {name: float(value) for name, value in values.items()}
    ours = python_says(programme_outcome(renewed, values))
    cases.append((renewed.model_dump(mode="json"), dict(OPTIONAL) | plain, ours))
    script = files("rerating.report").joinpath("html", "knobs.js").read_text(encoding="utf-8")
    (tmp_path / "knobs.js").write_text(script, encoding="utf-8")
    (tmp_path / "cases.json").write_text(json.dumps([case[:2] for case in cases]), encoding="utf-8")
    (tmp_path / "run.js").write_text(
        "const { outcome } = require('./knobs.js');\n"
        "const cases = require('./cases.json');\n"
        "console.log(JSON.stringify(cases.map(([p, x]) => { const o = outcome(p, x); delete o.flows; return o; })));\n",
        encoding="utf-8",
    )
    done = subprocess.run(["node", "run.js"], capture_output=True, text=True, cwd=tmp_path, check=True)
    answers = json.loads(done.stdout)
    assert len(answers) == len(cases) == 129
    for theirs, case in zip(answers, cases, strict=True):
        agree(theirs, case[2])
    assert any(answer["discounted_payback"] is None for answer in answers)
    assert any(answer["discounted_payback"] is not None for answer in answers)


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed at /usr/bin/chromium")
def test_moving_the_knobs_shows_pythons_numbers(pages: dict[tuple[str, str], str], tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    file = shipped("tesla")
    programme, spans = structure(file.programme), programme_spans(file)  # type: ignore[arg-type]
    path = tmp_path / "tesla.html"
    path.write_text(pages["tesla", "capex"], encoding="utf-8")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        problems: list[str] = []
        tab.on("pageerror", lambda error: problems.append(str(error)))
        tab.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        tab.goto(path.as_uri())

        def shown() -> dict[str, Any]:
            return dict(json.loads(tab.get_attribute("#outcome", "data-values")))

        agree(shown(), python_says(programme_outcome(programme, base_values(spans))))
        names = tab.eval_on_selector_all("input[data-input]", "all => all.map(e => e.dataset.input)")
        assert len(names) == 5
        moved = {name: float(value) for name, value in base_values(spans).items()}
        for place, name in enumerate(names, start=1):
            moved[name] = 0.3 * spans[name].base + 0.7 * spans[name].high
            tab.eval_on_selector(
                f"#knob-{place}", "(e, v) => { e.value = v; e.dispatchEvent(new Event('input')); }", str(moved[name])
            )
            moved[name] = float(tab.eval_on_selector(f"#knob-{place}", "e => e.value"))
            outcome = programme_outcome(programme, {key: np.asarray(value) for key, value in moved.items()})
            agree(shown(), python_says(outcome))
            irr = tab.inner_text("#out-irr")
            assert float(irr.removesuffix("%").replace("\u2212", "-")) == pytest.approx(
                100 * float(outcome.irr.value[0]), abs=0.0051
            )
        assert all(tab.inner_text(f"#out-{name}") for name in SHOWN)
        tab.click("#reset")
        agree(shown(), python_says(programme_outcome(programme, base_values(spans))))
        browser.close()
    assert problems == []
