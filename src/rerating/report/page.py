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
from rerating.report import theme, words
from rerating.report.charts.drawing import drawn
from rerating.report.tones import falls
from rerating.statements.blocks import Picture
from rerating.statements.facts import Moment, Slot, Voice, written
from rerating.statements.frame import source_line
from rerating.statements.gate import Due
from rerating.statements.plan import Plan
from rerating.statements.sources import place_in
from rerating.statements.statement import Span, Statement, said, spans, whole_words

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


def script_and_hash() -> tuple[str, str]:
    """The script by which charts are read and figures tell their sources, and its digest for a page's policy."""
    return _script(), _hash(_script())


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
    sheet = "".join(
        files("rerating.report").joinpath("html", name).read_text(encoding="utf-8")
        for name in ("style.css", "chart.css")
    )
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
        self.plan, self.voice, self.analysis = plan, voice, analysis
        self.due: list[Due] = []
        self.sources = tuple(source_line(document) for document in plan.sources.documents)

    def word(self, slot: Slot) -> str:
        return written(slot, self.voice)

    def at(self, at: Instant) -> str:
        return written(Moment(at=at), self.voice)

    def pieces(self, statement: Statement, *, marks: bool = True) -> list[tuple[Span, tuple[int, ...], bool]]:
        """Each span with the numbers of its sources, and whether it is a fall."""
        found = []
        for span in whole_words(spans(statement, self.voice)):
            self.due += [span.due] if span.due is not None else []
            numbers = self.plan.sources.marks(span.fact.src) if span.fact is not None and marks else ()
            found.append((span, numbers, falls(span)))
        return found

    def plain(self, statement: Statement) -> str:
        return said(statement, self.voice)

    def chart(self, picture: Picture) -> list[tuple[str, str]]:
        """The chart in both sizes, each with the class that shows it."""
        return drawn(picture, self.analysis, self.voice)

    def evidence(self) -> str:
        """What the tooltips show: by evidence the number, the place and the time of knowledge."""
        rows = {}
        for key, (number, entry) in self.plan.sources.evidence().items():
            known = f"{self.word(words.KNOWN)} {self.at(entry.known_at)}"
            rows[key] = [number, self.word(place_in(entry)) or entry.locator, known]
        return json.dumps({"rows": rows}, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
