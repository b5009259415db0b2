"""render(): an analysis in one language and one format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args, overload

from rerating.analysis import Analysis
from rerating.core.certificate import Certificate
from rerating.core.errors import UsageError
from rerating.language.languages import Language, Style
from rerating.report.reading_back import passages_of_markdown, passages_of_page, passages_of_wire
from rerating.statements.blocks import Length
from rerating.statements.facts import Voice, written
from rerating.statements.gate import verify
from rerating.statements.lint import REASONS, lint
from rerating.statements.plan import Plan, plan
from rerating.statements.publication import Profile, Publication, refuse_personal
from rerating.statements.smoothing import Ask, smoothed

TextFormat = Literal["html", "md", "txt"]
PaperFormat = Literal["pdf", "png"]
Format = TextFormat | PaperFormat

LANGUAGES: tuple[Language, ...] = ("de", "en")
TEXT_FORMATS: tuple[TextFormat, ...] = get_args(TextFormat)
PAPER_FORMATS: tuple[PaperFormat, ...] = get_args(PaperFormat)
FORMATS: tuple[Format, ...] = (*TEXT_FORMATS, *PAPER_FORMATS)

ZONES: dict[Language, str] = {"de": "Europe/Berlin", "en": "UTC"}
"""The zone in which a reader of that language is told clocks."""


@overload
def render(
    analysis: Analysis,
    *,
    language: Language,
    format: TextFormat,
    length: Length | str = ...,
    style: Style = ...,
    publication: Publication | None = ...,
    certificate: Certificate | None = ...,
    ask: Ask | None = ...,
) -> str: ...
@overload
def render(
    analysis: Analysis,
    *,
    language: Language,
    format: PaperFormat,
    length: Length | str = ...,
    style: Style = ...,
    publication: Publication | None = ...,
    certificate: Certificate | None = ...,
    ask: Ask | None = ...,
) -> bytes: ...
@overload
def render(
    analysis: Analysis,
    *,
    language: Language,
    format: str,
    length: Length | str = ...,
    style: Style = ...,
    publication: Publication | None = ...,
    certificate: Certificate | None = ...,
    ask: Ask | None = ...,
) -> str | bytes: ...
def render(
    analysis: Analysis,
    *,
    language: Language,
    format: str,
    length: Length | str = Length.ARTICLE,
    style: Style = "din",
    publication: Publication | None = None,
    certificate: Certificate | None = None,
    ask: Ask | None = None,
) -> str | bytes:
    """The report of an analysis: a text, or the bytes of a paper. Same analysis, same arguments: same bytes.

    `publication` makes it one that others may read: it says who made it, marks what is no fact, and is linted. `ask`
    lets a language model put paragraphs more smoothly, as far as they still say the same (then bytes depend on it).
    Raises UsageError for a language, format or length that is not offered, and where values may not be published;
    IntegrityError where the text that was rendered does not say its facts, read back: then there is no report.
    """
    _offered("report in", language, LANGUAGES, " or ")
    _offered("format", format, FORMATS, ", ")
    _offered("length", length, tuple(Length), ", ")
    voice = Voice(language=language, style=style, zone=ZONES[language])
    if publication is not None:
        _refuse(analysis, publication, language)
    made = plan(analysis, length=Length(length), publication=publication, certificate=certificate)
    if ask is not None:
        made = smoothed(made, voice, ask).plan
    if publication is not None:
        _linted(made, voice)
    if format in PAPER_FORMATS:
        from rerating.report.paper.press import printed

        return printed(made, voice, analysis, picture=format == "png")
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


def _refuse(analysis: Analysis, publication: Publication, language: Language) -> None:
    """What keeps a report from being published before a word of it is written."""
    if publication.profile is Profile.PRESSE_DE and language != "de":
        raise UsageError("The profile presse-de is for German reports; ask for German, or use the profile eu-mar.")
    refuse_personal(analysis)


def _linted(made: Plan, voice: Voice) -> None:
    """The report's own text passes the lint that any other text has to pass; its wire is the plainest form of it."""
    from rerating.report.wire import wire

    remarks = lint(wire(made, voice)[0])
    if remarks:
        said = "; ".join(f"“{remark.quote}” {written(REASONS[remark.rule], voice)}" for remark in remarks)
        raise UsageError(f"This report may not be published, its text does not pass the lint: {said}.")


def _offered(what: str, asked: str, offered: Sequence[str], joint: str) -> None:
    if asked not in offered:
        raise UsageError(f"There is no {what} '{asked}'; use {joint.join(offered)}.")
