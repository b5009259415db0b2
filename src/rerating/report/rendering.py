"""render(): an analysis in one language and one format."""

from __future__ import annotations

from typing import Literal

from rerating.analysis import Analysis
from rerating.core.errors import UsageError
from rerating.language.languages import Language, Style
from rerating.statements.blocks import Length
from rerating.statements.facts import Voice
from rerating.statements.plan import plan

Format = Literal["html", "md"]

LANGUAGES: tuple[Language, ...] = ("de", "en")
FORMATS: tuple[Format, ...] = ("html", "md")

ZONES: dict[Language, str] = {"de": "Europe/Berlin", "en": "UTC"}
"""The zone in which a reader of that language is told clocks."""


def render(
    analysis: Analysis,
    *,
    language: Language,
    format: Format,
    length: Length | str = Length.ARTICLE,
    style: Style = "din",
) -> str:
    """The report of an analysis. Same analysis, same arguments: same bytes.

    Raises UsageError for a language, format or length that is not offered.
    """
    if language not in LANGUAGES:
        raise UsageError(f"There is no report in '{language}'; use {' or '.join(LANGUAGES)}.")
    if format not in FORMATS:
        raise UsageError(f"There is no format '{format}'; use {' or '.join(FORMATS)}.")
    if length not in list(Length):
        raise UsageError(f"There is no length '{length}'; use {', '.join(Length)}.")
    voice = Voice(language=language, style=style, zone=ZONES[language])
    made = plan(analysis, length=Length(length))
    if format == "md":
        from rerating.report.markdown import markdown

        return markdown(made, voice)
    from rerating.report.page import page

    return page(made, voice, analysis)
