"""The report on paper: PDF and the picture of its first page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

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
from rerating.statements.publication import Profile, Publication

pytest.importorskip("typst", reason="the extra 'report' is not installed")
pypdf = pytest.importorskip("pypdf", reason="the extra 'report' is not installed")


#: The roles that PDF 1.7 knows and that a report may use.
ROLES = frozenset(
    f"/{role}"
    for role in (
        *("Document", "Part", "Div", "P", "H1", "H2", "H3", "Figure", "Span", "Link"),
        *("L", "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TR", "TH", "TD"),
    )
)


def faults_of_pdf_ua(reader: Any) -> list[str]:
    """What of PDF/UA-1 a program can see to be missing, read by another library than the one that made the file."""
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode("utf-8")
    roles = root["/StructTreeRoot"].get("/RoleMap", {})
    faults = [
        name
        for name, held in {
            "marked": root["/MarkInfo"]["/Marked"].value and not root["/MarkInfo"]["/Suspects"].value,
            "title shown": root["/ViewerPreferences"]["/DisplayDocTitle"].value,
            "identifier": "<pdfuaid:part>1</pdfuaid:part>" in metadata,
            "title": reader.metadata.title in metadata,
            "open": not reader.is_encrypted,
        }.items()
        if not held
    ]
    used: set[tuple[int, int]] = set()
    headings: list[int] = []
    for node, _ in nodes(root["/StructTreeRoot"]["/K"], 0):
        if isinstance(node, tuple):
            faults += ["a piece twice in the tree"] if node in used else []
            used.add(node)
            continue
        role = roles.get(node["/S"], node["/S"])
        faults += [f"role {role}"] if role not in ROLES else []
        faults += ["a picture without words"] if role == "/Figure" and not node.get("/Alt") else []
        faults += ["a head without scope"] if role == "/TH" and "/Scope" not in str(node.get("/A")) else []
        headings += [int(role[2])] if role in ("/H1", "/H2", "/H3") else []
    faults += [f"H{b} after H{a}" for a, b in pairwise([0, *headings]) if b > a + 1]
    return faults + [fault for page in reader.pages for fault in faults_of_page(page, reader, used)]


def nodes(node: Any, page: int) -> Iterator[tuple[Any, int]]:
    """The elements of the structure tree, and each piece of content as (page, number)."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from nodes(child, page)
    elif isinstance(node, int):
        yield (page, int(node)), page
    elif "/MCID" in node:
        yield (node.raw_get("/Pg").idnum if "/Pg" in node else page, int(node["/MCID"])), page
    elif node.get("/Type") != "/OBJR":
        page = node.raw_get("/Pg").idnum if "/Pg" in node else page
        yield node, page
        yield from nodes(node["/K"], page) if "/K" in node else ()


def faults_of_page(page: Any, reader: Any, used: set[tuple[int, int]]) -> list[str]:
    """Its fonts, links and order, and that all its text is either in the tree or marked as decoration."""
    faults = [] if page.get("/Tabs") == "/S" else ["order of tabs"]
    for font in (found.get_object() for found in page["/Resources"]["/Font"].values()):
        drawn = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        faults += [] if "/ToUnicode" in font and {"/FontFile2", "/FontFile3"} & drawn.keys() else ["a font"]
    for link in (found.get_object() for found in page.get("/Annots", [])):
        faults += [] if link.get("/Contents") and "/StructParent" in link else ["a link without words"]
    open_: list[bool] = []
    for operands, operator in pypdf.generic.ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if len(operands) > 1 else {}
            piece = properties.get("/MCID") if hasattr(properties, "get") else None
            if piece is not None and (page.indirect_reference.idnum, int(piece)) not in used:
                faults.append(f"piece {piece} is not in the tree")
            open_.append(operands[0] == "/Artifact" or piece is not None)
        elif operator == b"EMC":
            open_.pop()
        elif operator in (b"Tj", b"TJ") and not any(open_):
            faults.append("text that is neither content nor decoration")
    return faults


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_paper_is_tagged_dated_and_the_same_from_run_to_run(apple: Analysis, language: str) -> None:
    paper = render(apple, language=language, format="pdf")
    assert paper == render(Analysis.from_json(apple.to_json()), language=language, format="pdf")
    reader = pypdf.PdfReader(io.BytesIO(paper))
    assert reader.trailer["/Root"]["/Lang"] == language
    assert "Apple" in reader.metadata.title
    assert (reader.metadata.creation_date.year, reader.metadata.creation_date.hour) == (2007, 22)
    assert faults_of_pdf_ua(reader) == []


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


@pytest.mark.parametrize("place", ["lead", "glance", "table"])
def test_a_figure_that_changed_on_its_way_to_paper_is_caught(apple: Analysis, place: str) -> None:
    """The gate reads the bytes of the PDF: one digit of the lead, the glance or a table is enough."""
    voice = Voice(language="de", zone="Europe/Berlin")
    made = plan(apple, length=Length.ARTICLE if place == "table" else Length.BRIEF)
    data, due = document(made, voice, apple)
    if place == "table":
        entries = [block for section in data["sections"] for block in section["blocks"] if block["kind"] == "entry"]
        pieces = entries[0]["tables"][0]["rows"][0][1]
    else:
        verify(passages_of_pdf(pdf(data)), due, voice)
        pieces = data["lead"][0] if place == "lead" else data["glance"][1]["value"]
    piece = next(piece for piece in reversed(pieces) if any(sign.isdigit() for sign in piece["t"]))
    digit = next(sign for sign in piece["t"] if sign.isdigit())
    piece["t"] = piece["t"].replace(digit, str((int(digit) + 1) % 10), 1)
    with pytest.raises(IntegrityError, match="does not say its facts"):
        verify(passages_of_pdf(pdf(data)), due, voice)


PUBLICATION = Publication(
    profile=Profile.EU_MAR,
    producer="Anna Muster, Redakteurin, Musterverlag GmbH, Hamburg",
    interests="Die Verfasserin hält keine der genannten Wertpapiere; der Verlag hält keine Beteiligung über 0,5 %.",
    completed_at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
)


@pytest.mark.parametrize(("case", "style"), [("apple", "press"), ("baba", "din")])
def test_a_brief_for_others_says_all_about_itself_on_one_page(
    case: str, style: str, request: pytest.FixtureRequest
) -> None:
    analysis = request.getfixturevalue(case)
    paper = render(analysis, language="de", format="pdf", length="brief", style=style, publication=PUBLICATION)
    assert len(pypdf.PdfReader(io.BytesIO(paper)).pages) == 1
    told = " ".join(passages_of_pdf(paper)).replace("\u00a0", " ")
    for word in ("Verantwortlich", "Interessen", "Fertiggestellt", "Bedeutung des Urteils", "Wortwahl"):
        assert f"{word}: " in told


def test_a_publication_that_says_more_takes_a_second_page_and_no_smaller_type(apple: Analysis) -> None:
    long = PUBLICATION.model_copy(update={"interests": " ".join([PUBLICATION.interests] * 30)})
    paper = render(apple, language="de", format="pdf", length="brief", publication=long)
    assert len(pypdf.PdfReader(io.BytesIO(paper)).pages) == 2


def test_a_mark_stands_behind_a_hyphened_word_and_not_in_it(apple: Analysis) -> None:
    data, _ = document(plan(apple, length=Length.ARTICLE), Voice(language="de", zone="Europe/Berlin"), apple)
    pieces = [piece for block in data["sections"][0]["blocks"] for said in block.get("says", []) for piece in said]
    fold = next(piece for piece in pieces if "Fachen" in piece["t"])
    assert fold["t"] == "1,9-Fachen"
    assert fold["n"] == [1]


def test_a_paper_is_read_back_block_by_block(apple: Analysis) -> None:
    """Headings, sentences, cells and alternative texts; no source marks, no running foot, no numbers of a list."""
    told = [passage.replace("\u00a0", " ") for passage in passages_of_pdf(render(apple, language="en", format="pdf"))]
    assert told[:3] == ["rerating", "As of 12 January 2007, 22:00 UTC", "RE-RATING · XNAS:AAPL"]
    assert any(passage.startswith("Line chart of the closes") for passage in told)
    assert "$94.62" in told
    assert told.count("As of 12 January 2007, 22:00 UTC") == 1
    assert not any("\u00ad" in passage or "\ufffd" in passage for passage in told)
