"""A page's inline chart as a picture of its own: the same drawing with style, colours and typeface inside."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from rerating.report import theme

_VARIABLE = re.compile(r"var\(--([a-z-]+)\)")
_SPOKEN = re.compile(r' (?:data-points|data-rows|data-along|tabindex)="[^"]*"')
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def standalone(svg: str) -> str:
    """A whole SVG document in the light palette; the drawing itself is untouched."""
    width, height = _SIZE.search(svg).groups()  # type: ignore[union-attr]  # every chart has a viewBox
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="Inter"'
    opened = _SPOKEN.sub("", svg).replace("<svg", head, 1)
    place = opened.index(">") + 1
    return f"{opened[:place]}<style>{_style()}</style>{_coloured(opened[place:])}"


@lru_cache(maxsize=1)
def _style() -> str:
    """The rules of the charts without their leading .chart, which here is all there is."""
    sheet = files("rerating.report").joinpath("html", "chart.css").read_text(encoding="utf-8")
    return _coloured(sheet.replace(".chart ", ""))


def _coloured(text: str) -> str:
    return _VARIABLE.sub(lambda match: theme.LIGHT[match[1]], text)
