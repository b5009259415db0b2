"""The report on paper: PDF and the picture of its first page."""

from __future__ import annotations

import io

import pytest

from rerating.analysis import Analysis
from rerating.core.errors import IntegrityError, UsageError
from rerating.report import render
from rerating.report.paper.document import document
from rerating.report.paper.press import pdf
from rerating.report.paper.reading import passages_of_pdf
from rerating.statements.blocks import Length
from rerating.statements.facts import Voice
from rerating.statements.gate import verify
from rerating.statements.plan import plan

pytest.importorskip("typst", reason="the extra 'report' is not installed")
pypdf = pytest.importorskip("pypdf", reason="the extra 'report' is not installed")


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_paper_is_tagged_dated_and_the_same_from_run_to_run(apple: Analysis, language: str) -> None:
    paper = render(apple, language=language, format="pdf")
    assert paper == render(Analysis.from_json(apple.to_json()), language=language, format="pdf")
    reader = pypdf.PdfReader(io.BytesIO(paper))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert "Apple" in reader.metadata.title
    assert (reader.metadata.creation_date.year, reader.metadata.creation_date.hour) == (2007, 22)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_brief_paper_has_one_page_and_a_picture(apple: Analysis, language: str) -> None:
    paper = render(apple, language=language, format="pdf", length="brief")
    assert len(pypdf.PdfReader(io.BytesIO(paper)).pages) == 1
    picture = render(apple, language=language, format="png", length="brief")
    assert picture.startswith(b"\x89PNG")
    assert picture == render(apple, language=language, format="png", length="brief")


TITLE = "industry minister announces a faster adoption of AI in factories"


def retitled(baba: Analysis, title: str) -> Analysis:
    text = baba.to_json()
    assert TITLE in text
    return Analysis.from_json(text.replace(TITLE, title.replace("\\", "\\\\").replace('"', '\\"')))


def test_words_from_outside_are_printed_and_never_obeyed(baba: Analysis) -> None:
    """Markup, code and links of the typesetter are signs like any other; so are Greek and Cyrillic."""
    title = '#panic("x") $x^2$ *b* _i_ <source-1> @source-1 // `r` [a](b) \\ ~ Новый Ελλάδα'
    paper = render(retitled(baba, title), language="en", format="pdf")
    assert any(title in passage for passage in passages_of_pdf(paper))


def test_a_sign_that_no_typeface_holds_is_said(baba: Analysis) -> None:
    with pytest.raises(UsageError, match="typefaces do not hold '阿'; use --format html"):
        render(retitled(baba, "阿里巴巴"), language="en", format="pdf")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_figure_that_changed_on_its_way_to_paper_is_caught(apple: Analysis, place: int) -> None:
    """The gate reads the bytes of the PDF: one digit of the lead, the glance or a table is enough."""
    voice = Voice(language="de", zone="Europe/Berlin")
    data, due = document(plan(apple, length=Length.FULL), voice, apple)
    verify(passages_of_pdf(pdf(data)), due, voice)
    table = next(block for block in data["sections"][0]["blocks"] if block["kind"] == "table")
    pieces = [data["lead"][0], data["glance"][1]["value"], table["rows"][0][1]][place]
    piece = next(piece for piece in reversed(pieces) if any(sign.isdigit() for sign in piece["t"]))
    digit = next(sign for sign in piece["t"] if sign.isdigit())
    piece["t"] = piece["t"].replace(digit, str((int(digit) + 1) % 10), 1)
    with pytest.raises(IntegrityError, match="does not say its facts"):
        verify(passages_of_pdf(pdf(data)), due, voice)


def test_a_paper_is_read_back_block_by_block(apple: Analysis) -> None:
    """Headings, sentences, cells and alternative texts; no source marks, no running foot, no numbers of a list."""
    told = [passage.replace("\u00a0", " ") for passage in passages_of_pdf(render(apple, language="en", format="pdf"))]
    assert told[:3] == ["rerating", "As of 12 January 2007, 22:00 UTC", "RE-RATING · XNAS:AAPL"]
    assert any(passage.startswith("Line chart of the closes") for passage in told)
    assert "$94.62" in told
    assert told.count("As of 12 January 2007, 22:00 UTC") == 1
    assert not any("\u00ad" in passage or "\ufffd" in passage for passage in told)
