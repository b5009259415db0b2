"""The report as one self-contained page: style, charts and sources inside, nothing fetched from anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rerating.analysis import Analysis
from rerating.core.types import Instant
from rerating.findings.catalyst import Catalyst
from rerating.findings.options_activity import OptionsActivity
from rerating.findings.price_move import PriceMove
from rerating.findings.scenario import Scenario
from rerating.report import theme, words
from rerating.report.charts.abnormal import NARROW, WIDE, abnormal_chart
from rerating.report.charts.options import option_charts
from rerating.report.charts.price import NARROW as PRICE_NARROW
from rerating.report.charts.price import WIDE as PRICE_WIDE
from rerating.report.charts.price import price_chart
from rerating.report.charts.scenario import scenario_charts
from rerating.statements.blocks import Picture
from rerating.statements.catalyst import told
from rerating.statements.facts import Moment, Share, ShareRange, Slot, Voice, written
from rerating.statements.frame import source_line
from rerating.statements.gate import Due
from rerating.statements.plan import Plan
from rerating.statements.sources import place_in
from rerating.statements.statement import Span, Statement, said, spans

if TYPE_CHECKING:
    from jinja2 import Template as Page


def page(plan: Plan, voice: Voice, analysis: Analysis) -> tuple[str, list[Due]]:
    """The whole page, and what the gate has to find in it."""
    scribe = _Scribe(plan, voice, analysis)
    text = _page().render(
        plan=plan,
        language=voice.language,
        s=scribe,
        w=words,
        style=_style(),
        style_hash=_hash(_style()),
        script=_script(),
        script_hash=_hash(_script()),
        title=said(plan.headline, voice),
    )
    return text, scribe.due


def style_and_hash() -> tuple[str, str]:
    """The style sheet that all pages share, and the digest by which a page's policy admits it and nothing else."""
    return _style(), _hash(_style())


@lru_cache(maxsize=1)
def _page() -> Page:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("rerating.report", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")


@lru_cache(maxsize=1)
def _style() -> str:
    light, dark = theme.variables(theme.LIGHT), theme.variables(theme.DARK)
    sheet = files("rerating.report").joinpath("html", "style.css").read_text(encoding="utf-8")
    return (
        f":root{{color-scheme:light dark;--font:{theme.FONT};{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}\n"
        f"@media print{{:root,:root[data-theme=dark]{{color-scheme:light;{light}}}}}\n{sheet}\n{_faces()}"
    )


@lru_cache(maxsize=1)
def _script() -> str:
    return files("rerating.report").joinpath("html", "script.js").read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def _hash(text: str) -> str:
    """The digest by which the page's own policy admits a style or a script, and nothing else."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@lru_cache(maxsize=1)
def _faces() -> str:
    """The typeface, inside the page."""
    parts = []
    for name, weight in (("Regular", "400 500"), ("SemiBold", "600"), ("Bold", "700 900")):
        data = base64.b64encode(files("rerating.report").joinpath("fonts", f"Inter-{name}.woff2").read_bytes())
        parts.append(
            f"@font-face{{font-family:Inter;font-style:normal;font-weight:{weight};font-display:block;"
            f"src:url(data:font/woff2;base64,{data.decode()}) format('woff2')}}"
        )
    return "\n".join(parts)


class _Scribe:
    """What the template asks for: words, spans with their marks, charts."""

    def __init__(self, plan: Plan, voice: Voice, analysis: Analysis) -> None:
        self.plan, self.voice = plan, voice
        self.due: list[Due] = []
        self.sources = tuple(source_line(document) for document in plan.sources.documents)
        self.move: PriceMove = analysis.of_kind(PriceMove)[0]
        self.catalysts: list[Catalyst] = analysis.of_kind(Catalyst)
        self.scenarios: list[Scenario] = analysis.of_kind(Scenario)
        self.options: list[OptionsActivity] = analysis.of_kind(OptionsActivity)

    def word(self, slot: Slot) -> str:
        return written(slot, self.voice)

    def at(self, at: Instant) -> str:
        return written(Moment(at=at), self.voice)

    def pieces(self, statement: Statement, *, marks: bool = True) -> list[tuple[Span, tuple[int, ...], bool]]:
        """Each span with the numbers of its sources, and whether it is a fall."""
        found = []
        for span in spans(statement, self.voice):
            self.due += [span.due] if span.due is not None else []
            numbers = self.plan.sources.marks(span.fact.src) if span.fact is not None and marks else ()
            found.append((span, numbers, _falls(span)))
        return found

    def plain(self, statement: Statement) -> str:
        return said(statement, self.voice)

    def chart(self, picture: Picture) -> list[tuple[str, str]]:
        """The chart in both sizes, each with the class that shows it."""
        label = said(picture.says, self.voice)
        if picture.name == "price":
            return [
                (name, price_chart(self.move, self.catalysts, self.voice, size=size))
                for name, size in (("wide", PRICE_WIDE), ("narrow", PRICE_NARROW))
            ]
        if picture.name.startswith("scenario_"):
            return scenario_charts(self.scenarios[0], picture.name, self.voice, label)
        if picture.name.startswith("options_"):
            return option_charts(self.options[0], picture.name, self.voice, label)
        groups = told(self.catalysts)
        return [
            (name, abnormal_chart(groups, self.voice, width=width))
            for name, width in (("wide", WIDE), ("narrow", NARROW))
        ]

    def evidence(self) -> str:
        """What the tooltips show: by evidence the number, the place and the time of knowledge."""
        rows = {}
        for key, (number, entry) in self.plan.sources.evidence().items():
            known = f"{self.word(words.KNOWN)} {self.at(entry.known_at)}"
            rows[key] = [number, self.word(place_in(entry)) or entry.locator, known]
        return json.dumps({"rows": rows}, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _falls(span: Span) -> bool:
    """A figure printed with a minus: the only thing that is red."""
    fact = span.fact
    if isinstance(fact, ShareRange):
        return fact.high < 0
    return isinstance(fact, Share) and fact.value < 0 and span.text.startswith("\u2212")
