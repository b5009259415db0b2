"""The charts: one drawing for page and paper, in the palette alone, whatever the analysis holds."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest

from rerating.analysis import Analysis
from rerating.core.types import Gap, Why
from rerating.findings.consensus import Consensus, RatingAction, ScaleLabel, Targets
from rerating.findings.decomposition import Change
from rerating.report import theme
from rerating.report.charts.consensus import scale_charts, target_charts
from rerating.report.charts.decomposition import changed_charts
from rerating.report.charts.drawing import drawn
from rerating.report.charts.standalone import standalone
from rerating.report.charts.svg import decimals
from rerating.statements.blocks import Length, Picture
from rerating.statements.facts import Money, Voice
from rerating.statements.plan import plan
from rerating.statements.statement import said

DE, EN = Voice(language="de", zone="Europe/Berlin"), Voice(language="en")
COMMON = {"days": 90, "count": 2, "mean": 160.0, "median": 160.0, "dispersion": 0.1, "oldest_on": date(2026, 1, 2)}


def words(svg: str) -> list[str]:
    return ["".join(node.itertext()).replace("\u00a0", " ") for node in ElementTree.fromstring(svg).iter() if node.text]


@pytest.mark.parametrize("voice", [DE, EN])
def test_every_picture_is_drawn_once_for_page_and_paper(apple: Analysis, voice: Voice) -> None:
    """Both sizes are whole SVG without styles of their own; the paper's copy names colours where the page has names."""
    blocks = [block for section in plan(apple, length=Length.FULL).sections for block in section.blocks]
    pictures = [block for block in blocks if isinstance(block, Picture)]
    assert {picture.name for picture in pictures} == {"price", "abnormal", "what_moved", "forecast", "reliability"}
    for picture in pictures:
        charts = drawn(picture, apple, voice)
        assert [name for name, _ in charts] == ["wide", "narrow"]
        for _, svg in charts:
            assert ElementTree.fromstring(svg).get("aria-label")
            assert "style=" not in svg
            paper = standalone(svg)
            assert "var(" not in paper
            assert theme.LIGHT["accent"] in paper
            ElementTree.fromstring(paper)


@pytest.mark.parametrize("case", ["apple", "baba"])
def test_every_place_of_a_chart_names_a_row_of_the_table_beside_it(case: str, request: pytest.FixtureRequest) -> None:
    """Each row is told by some place, at both sizes; the price tells all its closes itself, its table month ends."""
    analysis = request.getfixturevalue(case)
    blocks = [block for section in plan(analysis, length=Length.FULL).sections for block in section.blocks]
    for picture in (block for block in blocks if isinstance(block, Picture)):
        assert picture.values is not None, picture.name
        for _, svg in drawn(picture, analysis, DE):
            root = ElementTree.fromstring(svg)
            assert root.get("tabindex") == "0"
            if picture.name == "price":
                continue
            told = [int(place.split(" ")[2]) for place in (root.get("data-rows") or "").split("|")]
            assert sorted(set(told)) == list(range(len(picture.values.rows))), picture.name


def test_a_place_is_read_where_its_row_is_drawn(apple: Analysis) -> None:
    """The forecast's rows lie one below the other, from the shortest horizon down, each at its median's stroke."""
    made = plan(apple, length=Length.FULL)
    pictures = [block for section in made.sections for block in section.blocks if isinstance(block, Picture)]
    picture = next(one for one in pictures if one.name == "forecast")
    assert picture.values is not None
    labels = [said(row.label, DE).replace("\u00a0", " ") for row in picture.values.rows]
    assert labels == ["Fünf Handelstage", "21 Handelstage", "63 Handelstage"]
    svg = drawn(picture, apple, DE)[0][1]
    root = ElementTree.fromstring(svg)
    places = [tuple(map(float, place.split(" "))) for place in (root.get("data-rows") or "").split("|")]
    strokes = [node.get("x1") for node in root.iter("line") if node.get("class") == "curve"]
    assert [f"{x:g}" for x, _, _ in places] == strokes
    assert [y for _, y, _ in places] == sorted(y for _, y, _ in places)


def test_the_price_can_be_read_close_by_close(apple: Analysis) -> None:
    picture = Picture.model_construct(name="price", says=plan(apple).headline)
    svg = drawn(picture, apple, EN)[0][1]
    points = (ElementTree.fromstring(svg).get("data-points") or "").split("|")
    assert len(points) > 250
    assert re.fullmatch(r"[\d.]+ [\d.]+ 12 January 2007: \$94\.62", points[-1].replace("\u00a0", " "))


def test_what_changed_is_drawn_from_zero_with_its_sum_apart() -> None:
    parts = {"currency": 0.002, "revision": -0.01, "roll": 0.004, "multiple": 0.153}
    span = {"from_on": date(2026, 1, 7), "to_on": date(2026, 1, 14)}
    found = Change(unit="EUR", estimates_unit="CNY", price=0.149, **parts, **span)
    said = words(changed_charts(found, DE, "x")[0][1])
    assert {"−1,0 %", "+15,3 %", "+14,9 %", "Vielfaches", "Neue Gewinnschätzungen"} <= set(said)
    assert "fall" in changed_charts(found, DE, "x")[0][1]


def test_a_mean_stands_on_each_houses_own_scale_from_worst_to_best() -> None:
    """2.50 is a hold to Zacks, whose best is 1, and a moderate buy to MarketBeat, whose best is 4."""
    zacks = {"house": "Zacks", "label": "Hold", "mean": 2.5, "flips_at": 2.0, "confirmed": True}
    market = {"house": "MarketBeat", "label": "Moderate Buy", "mean": 2.5, "flips_at": 2.5, "confirmed": False}
    few = Gap(question="rank", why=Why.TOO_SHORT, detail="too few stocks")
    found = [ScaleLabel(ratings=2, days=365, scale="x", among=few, **row) for row in (zacks, market)]
    for name, svg in scale_charts(found, DE, "x"):
        said = words(svg)
        assert said.count("2,50") == 2, name
        held = re.findall(r'class="strong"[^>]*>([^<]+)<', svg)
        assert held == ["Hold", "Moderate Buy"]
        assert said.index("Strong Sell") < said.index("Buy")


def test_targets_are_ranges_with_the_close_and_rings_only_where_all_are_at_hand() -> None:
    found = Targets(unit="USD", low=140.0, high=180.0, upside=-0.058, **COMMON)
    close = Money(value=169.9, unit="USD")
    basis = {"analyst": None, "known_at": "2026-01-13T05:00Z", "action": None, "word_from": None, "word_to": None}
    gap = {"kind": "gap", "question": "q", "why": "not_covered", "detail": "d"}
    rows = [
        RatingAction.model_validate(
            {**basis, "house": house, "graded_on": "2026-01-13", "code": gap, "change": gap, "target_from": None}
            | {"target_to": target, "currency": "USD", "source": "s"}
        )
        for house, target in (("A", 140.0), ("B", 180.0))
    ]
    held = Consensus.model_construct(targets=(found,), actions=tuple(rows))
    svg = target_charts(held, close, DE, "x")[0][1]
    assert svg.count('class="ring"') == 2
    assert {"Schlusskurs 169,90 $", "140,00 bis 180,00 $", "90 Tage"} <= set(words(svg))
    fewer = held.model_copy(update={"actions": tuple(rows[:1])})
    assert target_charts(fewer, close, DE, "x")[0][1].count('class="ring"') == 0
    assert "Schlusskurs" not in target_charts(held, None, DE, "x")[0][1]


@pytest.mark.parametrize(
    ("values", "places"),
    [([0.0, 0.025, 0.05], 3), ([0.3, 0.325], 3), ([0.0, 0.02], 2), ([0.0, 0.25], 2), ([0.0, 2.5], 1), ([0.0, 25.0], 0)],
)
def test_an_axis_has_the_places_that_its_steps_need(values: list[float], places: int) -> None:
    """Ticks at 30, 32.5 and 35 % once read 30, 33 and 35 %."""
    assert decimals(values) == places
