"""The page in a browser: accessible, whole at every width, nothing fetched; sources by hover, tap and key."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from rerating.analysis import Analysis
from rerating.report import render

CHROMIUM = "/usr/bin/chromium"
WIDTHS = {"phone": 390, "tablet": 820, "desk": 1280}
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 21, 19)"}

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"chromium is not installed at {CHROMIUM}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(apple: Analysis, baba: Analysis, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for name, analysis, language in (("apple", apple, "en"), ("baba", baba, "de")):
        made[name] = folder / f"{name}.html"
        made[name].write_text(render(analysis, language=language, format="html"), encoding="utf-8")
    return made


def opened(browser: Any, path: Path, width: int, theme: str = "light") -> tuple[Any, list[str]]:
    """A page, and what went wrong or was fetched while it loaded."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=theme)
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: seen.append(request.url) if request.url != path.as_uri() else None)
    page.goto(path.as_uri())
    return page, [one for one in seen if not one.startswith("data:")]


@pytest.mark.parametrize(("name", "width", "theme"), [("apple", "desk", "light"), ("baba", "phone", "dark")])
def test_axe_finds_nothing(browser: Any, pages: dict[str, Path], name: str, width: str, theme: str) -> None:
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    source = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page, _ = opened(browser, pages[name], WIDTHS[width], theme)
    page.evaluate(source)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    told = [f"{one['id']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])})" for one in found]
    page.close()
    assert told == []


CUT = (
    "() => [...document.querySelectorAll('svg.chart text')].filter((node) => {"
    " const box = node.getBoundingClientRect();"
    " return box.width && (box.left < 0 || box.right > innerWidth); }).map((node) => node.textContent)"
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["apple", "baba"])
def test_a_page_is_whole_at_every_width(browser: Any, pages: dict[str, Path], name: str, theme: str) -> None:
    """Nothing sticks out, no word of a chart is cut off, nothing is fetched or refused by the page's own policy."""
    page, seen = opened(browser, pages[name], WIDTHS["desk"], theme)
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, width
        assert page.evaluate(CUT) == [], width
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == GROUNDS[theme]
    page.close()
    assert seen == []


READ = """() => [...document.querySelectorAll('figure')].map((figure) => {
  const chart = [...figure.querySelectorAll('svg.chart')].find((svg) => svg.getBoundingClientRect().width);
  chart.focus();
  const told = [];
  for (let step = 0; step < +chart.getAttribute('aria-valuemax'); step += 1) {
    chart.dispatchEvent(new KeyboardEvent('keydown', {key: step ? 'ArrowRight' : 'Home', bubbles: true}));
    told.push([chart.getAttribute('aria-valuetext'), document.getElementById('tip').innerText]);
  }
  return {role: chart.getAttribute('role'), kind: chart.getAttribute('aria-roledescription'),
    label: chart.getAttribute('aria-label'), told,
    rows: [...figure.querySelectorAll('.values tbody tr')].map((row) => row.cells[0].innerText)};
})"""


@pytest.mark.parametrize("name", ["apple", "baba"])
def test_every_chart_is_read_place_by_place(browser: Any, pages: dict[str, Path], name: str) -> None:
    """By the arrow keys each chart tells all that its table holds, to the eye and to a screen reader alike."""
    page, _ = opened(browser, pages[name], WIDTHS["desk"])
    page.evaluate("document.querySelectorAll('.values').forEach((one) => { one.open = true; })")
    charts = page.evaluate(READ)
    page.close()
    assert len(charts) >= 4
    for chart in charts:
        assert (chart["role"], chart["kind"]) == ("slider", "Diagramm" if name == "baba" else "chart")
        assert chart["label"]
        assert chart["rows"]
        heard = [said.replace("\u00a0", " ") for said, _ in chart["told"]]
        assert [seen.replace("\u00a0", " ").replace("\n", "; ") for _, seen in chart["told"]] == heard
        assert all(any(sign.isdigit() for sign in said) for said in heard)
        if ": " in heard[0] and "; " in heard[0]:  # rows of the table; the price tells its closes itself
            assert {said.partition("; ")[0] for said in heard} == {row.replace("\u00a0", " ") for row in chart["rows"]}


def test_a_figure_tells_its_source_by_hover_and_by_key(browser: Any, pages: dict[str, Path]) -> None:
    page, _ = opened(browser, pages["apple"], WIDTHS["desk"])
    page.locator(".glance .cite").nth(1).hover()
    told = page.locator("#tip").inner_text().replace("\u00a0", " ")
    assert "bokeh_sampledata/stocks.csv.gz" not in told  # the place in the document, by its number
    assert "AAPL 2007-01-12" in told
    assert "known since 12 January 2007" in told
    page.keyboard.press("Escape")
    assert page.locator("#tip").is_hidden()
    page.locator("#price .cite a").first.focus()
    assert page.locator("#tip").is_visible()
    page.close()


def test_a_close_is_read_by_hover_and_by_key(browser: Any, pages: dict[str, Path]) -> None:
    page, _ = opened(browser, pages["apple"], WIDTHS["desk"])
    chart = page.locator("#price svg[data-points]:visible")
    chart.focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#tip").inner_text().replace("\u00a0", " ") == "11 January 2007: $95.80"
    chart.hover(position={"x": 60, "y": 100})
    assert page.locator("#tip").inner_text().replace("\u00a0", " ") == "10 January 2006: $80.86"
    page.mouse.move(0, 0)
    assert page.locator("#tip").is_hidden()
    page.close()


def test_a_finger_finds_the_source_and_the_values_too(browser: Any, pages: dict[str, Path]) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(pages["baba"].as_uri())
    page.locator(".lead .cite .fig").first.tap()
    assert "bekannt seit 14. Januar 2026" in page.locator("#tip").inner_text().replace("\u00a0", " ")
    chart = page.locator("#consensus svg[data-along=y]:visible").last
    chart.tap(position={"x": 100, "y": 70})
    told = page.locator("#tip").inner_text().replace("\u00a0", " ")
    assert told.splitlines()[0] in {"90 Tage", "Freedom Capital", "Morgan Stanley"}
    assert "Kursziel: " in told
    page.locator("h1").tap()
    assert page.locator("#tip").is_hidden()
    context.close()
