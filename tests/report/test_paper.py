"""The report on paper: PDF and the picture of its first page."""

from __future__ import annotations

import io

import pytest

from rerating.analysis import Analysis
from rerating.report import render

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
