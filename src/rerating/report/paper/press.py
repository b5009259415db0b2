"""The press: data in, PDF or a picture of the first page out. Nothing of the machine it runs on gets in.

Fonts are those shipped (Inter) and those inside typst, for signs that Inter has not; dates come from the data.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from rerating.analysis import Analysis
from rerating.core.errors import UsageError
from rerating.report.paper.document import document
from rerating.report.paper.reading import pages_of_pdf, passages_of_pdf
from rerating.statements.blocks import Length
from rerating.statements.facts import Voice
from rerating.statements.gate import Due, verify
from rerating.statements.plan import Plan

STANDARD = "ua-1"
"""PDF/UA-1: tagged, with language, title and alternative texts; typst refuses to make what does not keep it."""
FITS = ((True, 1.0), (True, 0.95), (True, 0.9), (False, 1.0), (False, 0.95), (False, 0.9), (False, 0.85))
"""With or without a chart, and the scale of the type: tried in this order until a brief fits on its one page."""
PUBLIC_FITS = ((False, 1.0), (False, 0.95), (False, 0.91))
"""The same where a publication says about itself what it has to: no chart, and no text of it under 8.5 points."""
PIXELS_PER_INCH = 192.0
"""Twice the resolution of a plain screen."""


def printed(plan: Plan, voice: Voice, analysis: Analysis, *, picture: bool) -> bytes:
    """The report as a PDF, or its first page as a PNG. The PDF's text is read back and held against its facts."""
    if plan.length is Length.BRIEF:
        data, due, paper, scale = _fitted(plan, voice, analysis)
    else:
        (data, due), scale = document(plan, voice, analysis), 1.0
        paper = pdf(data)
    verify(passages_of_pdf(paper), due, voice)
    return png(data, pages=pages_of_pdf(paper), scale=scale) if picture else paper


def _fitted(plan: Plan, voice: Voice, analysis: Analysis) -> tuple[dict[str, Any], list[Due], bytes, float]:
    """A brief on one page: its data and what is due, the paper, and the scale of the type.

    A publication that has more to say about itself than a page holds takes a second one rather than smaller type.
    """
    for chart, scale in PUBLIC_FITS if plan.sections else FITS:
        data, due = document(plan, voice, analysis, chart=chart)
        paper = pdf(data, scale=scale)
        if pages_of_pdf(paper) == 1:
            return data, due, paper, scale
    if plan.sections:
        return data, due, paper, scale
    raise UsageError("The brief report does not fit on one page; use --length article.")


def pdf(data: dict[str, Any], *, scale: float = 1.0) -> bytes:
    """The whole report. Same data: same bytes."""
    return _pdf(_text(data), scale)


@lru_cache(maxsize=4)
def _pdf(report: str, scale: float) -> bytes:
    """Kept for the picture of its first page, which is mostly asked for beside it."""
    made = _press(report, format="pdf", inputs={"scale": str(scale)}, pdf_standards=[STANDARD])
    assert isinstance(made, bytes)
    return made


def png(data: dict[str, Any], *, pages: int, scale: float = 1.0) -> bytes:
    """The first of the paper's pages as a picture. Only the sections that reach it are set."""
    inputs = {"scale": str(scale), "pages": str(pages), "picture": "yes"}
    made: bytes | list[bytes] = []
    for upto in range(1 if pages > 1 else len(data["sections"]), len(data["sections"]) + 1):
        front = data | {"sections": data["sections"][:upto]}
        if upto < len(data["sections"]):
            front |= {"sources": [], "colophon": []}
        made = _press(_text(front), format="png", inputs=inputs, ppi=PIXELS_PER_INCH)
        if isinstance(made, list) and len(made) > 1:
            break
    return made if isinstance(made, bytes) else made[0]


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _press(
    report: str, *, format: Literal["pdf", "png"], inputs: dict[str, str], **options: Any
) -> bytes | list[bytes]:
    try:
        import typst
    except ImportError:
        raise UsageError("PDF and PNG need typst; run: pip install 'rerating[report]'.") from None
    try:
        made: bytes | list[bytes] = typst.compile(
            _layout(), format=format, font_paths=_fonts(), sys_inputs=inputs | {"report": report}, **options
        )
    except typst.TypstError as error:
        raise _refusal(error) from error
    return made


_UNHELD = re.compile(r'the text `"(?P<signs>.+?)"` could not be displayed')


def _refusal(error: Any) -> UsageError:
    """What typst cannot set: signs that no shipped typeface holds."""
    what = " ".join(str(error.message).split())
    unheld = _UNHELD.search(what)
    if unheld is not None:
        what = f"its typefaces do not hold '{unheld['signs']}'"
    return UsageError(f"The report cannot be set on paper: {what}; use --format html, which takes the reader's fonts.")


@lru_cache(maxsize=1)
def _layout() -> bytes:
    return files("rerating.report").joinpath("paper", "report.typ").read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> Any:
    import typst

    folder = str(files("rerating.report").joinpath("fonts"))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
