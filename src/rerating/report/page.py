"""The report as one self-contained page: style, charts and sources inside, nothing fetched from anywhere."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rerating.analysis import Analysis
from rerating.core.types import Instant
from rerating.findings.catalyst import Catalyst
from rerating.findings.price_move import PriceMove
from rerating.report import theme, words
from rerating.report.charts.abnormal import NARROW, WIDE, abnormal_chart
from rerating.report.charts.price import NARROW as PRICE_NARROW
from rerating.report.charts.price import WIDE as PRICE_WIDE
from rerating.report.charts.price import price_chart
from rerating.report.markdown import PLAIN_SOURCES
from rerating.statements.blocks import Picture
from rerating.statements.catalyst import told
from rerating.statements.facts import Moment, Share, ShareRange, Slot, Voice, written
from rerating.statements.plan import Plan
from rerating.statements.sources import Document, place_in
from rerating.statements.statement import Kind, Span, Statement, said, spans

if TYPE_CHECKING:
    from jinja2 import Template as Page


def page(plan: Plan, voice: Voice, analysis: Analysis) -> str:
    """The whole page."""
    scribe = _Scribe(plan, voice, analysis)
    return _page().render(
        plan=plan,
        language=voice.language,
        s=scribe,
        w=words,
        style=_style(),
        title=said(plan.headline, voice),
    )


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
        f"@media print{{:root{{color-scheme:light;{light}}}}}\n{sheet}"
    )


class _Scribe:
    """What the template asks for: words, spans with their marks, charts."""

    def __init__(self, plan: Plan, voice: Voice, analysis: Analysis) -> None:
        self.plan, self.voice = plan, voice
        self.move: PriceMove = analysis.of_kind(PriceMove)[0]
        self.catalysts: list[Catalyst] = analysis.of_kind(Catalyst)

    def word(self, slot: Slot) -> str:
        return written(slot, self.voice)

    def at(self, at: Instant) -> str:
        return written(Moment(at=at), self.voice)

    def pieces(self, statement: Statement, *, marks: bool = True) -> list[tuple[Span, tuple[int, ...], bool]]:
        """Each span with the numbers of its sources, and whether it is a fall."""
        found = []
        for span in spans(statement, self.voice):
            numbers = self.plan.sources.marks(span.fact.src) if span.fact is not None and marks else ()
            found.append((span, numbers, _falls(span)))
        return found

    def is_estimate(self, statement: Statement) -> bool:
        return statement.kind is Kind.ESTIMATE

    def chart(self, picture: Picture) -> list[tuple[str, str]]:
        """The chart in both sizes, each with the class that shows it."""
        label = said(picture.says, self.voice)
        if picture.name == "price":
            return [
                (name, price_chart(self.move, self.catalysts, self.voice, label, size=size))
                for name, size in (("wide", PRICE_WIDE), ("narrow", PRICE_NARROW))
            ]
        groups = told(self.catalysts)
        return [
            (name, abnormal_chart(groups, self.voice, label, width=width))
            for name, width in (("wide", WIDE), ("narrow", NARROW))
        ]

    def places(self, document: Document) -> list[str]:
        return [place for place in dict.fromkeys(self.word(place_in(entry)) for entry in document.evidence) if place]

    def newest(self, document: Document) -> Any:
        return max(entry.known_at for entry in document.evidence)

    def named(self, document: Document) -> str | None:
        return None if document.source in (*PLAIN_SOURCES, document.locator) else document.source


def _falls(span: Span) -> bool:
    """A figure printed with a minus: the only thing that is red."""
    fact = span.fact
    if isinstance(fact, ShareRange):
        return fact.high < 0
    return isinstance(fact, Share) and fact.value < 0 and span.text.startswith("\u2212")
