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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_whole_at_every_width(browser: Any, pages: dict[str, Path], width: str, theme: str) -> None:
    """Nothing sticks out, nothing is fetched, nothing is refused by the page's own policy."""
    for path in pages.values():
        page, seen = opened(browser, path, WIDTHS[width], theme)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.close()
        assert seen == []
        assert wide <= 0
        assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(15, 21, 19)"}[theme]


def test_no_word_of_a_chart_is_cut_off(browser: Any, pages: dict[str, Path]) -> None:
    for path in pages.values():
        for width in ("phone", "desk"):
            page, _ = opened(browser, path, WIDTHS[width])
            cut = page.evaluate(
                "() => [...document.querySelectorAll('svg.chart text')].filter((node) => {"
                " const box = node.getBoundingClientRect();"
                " return box.width && (box.left < 0 || box.right > innerWidth); }).map((node) => node.textContent)"
            )
            page.close()
            assert cut == [], width


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


def test_a_finger_finds_the_source_too(browser: Any, pages: dict[str, Path]) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(pages["baba"].as_uri())
    page.locator(".lead .cite .fig").first.tap()
    assert "bekannt seit 14. Januar 2026" in page.locator("#tip").inner_text().replace("\u00a0", " ")
    context.close()
