"""Lays the statements of an analysis out: `render(analysis, language="de", format="html")`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rerating.report.rendering import FORMATS, LANGUAGES, render

__all__ = ["FORMATS", "LANGUAGES", "render"]


def __getattr__(name: str) -> Any:
    """Load the renderer on first use, so that importing the package costs nothing."""
    if name in __all__:
        from rerating.report import rendering

        return getattr(rendering, name)
    raise AttributeError(f"module 'rerating.report' has no attribute '{name}'")
