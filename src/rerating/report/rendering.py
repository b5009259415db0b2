"""render(): an analysis in one language and one format."""

from __future__ import annotations

from typing import Literal

from rerating.analysis import Analysis
from rerating.core.errors import UsageError
from rerating.language.languages import Language, Style
from rerating.report.reading_back import passages_of_markdown, passages_of_page, passages_of_wire
from rerating.statements.blocks import Length
from rerating.statements.facts import Voice
from rerating.statements.gate import verify
from rerating.statements.plan import plan

Format = Literal["html", "md", "txt"]

LANGUAGES: tuple[Language, ...] = ("de", "en")
FORMATS: tuple[Format, ...] = ("html", "md", "txt")

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

    Raises UsageError for a language, format or length that is not offered, and IntegrityError where the text that was
    rendered does not say its facts, read back: then there is no report.
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

        text, due = markdown(made, voice)
        verify(passages_of_markdown(text), due, voice)
        return text
    if format == "txt":
        from rerating.report.wire import wire

        text, due = wire(made, voice)
        verify(passages_of_wire(text), due, voice)
        return text
    from rerating.report.page import page

    text, due = page(made, voice, analysis)
    verify(passages_of_page(text), due, voice)
    return text
