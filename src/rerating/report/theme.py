"""One palette for page, print and charts, as CSS custom properties in light and dark."""

from __future__ import annotations

LIGHT = {
    "paper": "#ffffff",
    "wash": "#f4f7f5",
    "ink": "#17211c",
    "quiet": "#56635c",
    "rule": "#dce4df",
    "grid": "#e8eeea",
    "accent": "#0b6e4f",
    "accent-wash": "#e4f0ea",
    "fall": "#b4233c",
}
DARK = {
    "paper": "#0f1513",
    "wash": "#161e1a",
    "ink": "#e6eeea",
    "quiet": "#9db0a6",
    "rule": "#2a3630",
    "grid": "#212b26",
    "accent": "#4fc492",
    "accent-wash": "#153027",
    "fall": "#ff8090",
}


FONT = "Inter, 'Inter var', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def variables(palette: dict[str, str]) -> str:
    """The palette as CSS declarations."""
    return "".join(f"--{name}:{value};" for name, value in palette.items())
