"""Reads a PDF back as a screen reader would: by its structure, block after block, for the gate.

The text comes out of the pages' content streams, glyph by glyph through each font's own table of characters; the order
and the cuts come from the structure tree. What is marked as decoration (running foot, rules, shapes) is not read, nor
are source marks (they stand above the line) and the numbers of a list. A picture is read by its alternative text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any

from rerating.core.errors import UsageError

_INLINE = frozenset(("/Span", "/Link", "/Em", "/Strong", "/Code", "/Quote", "/Reference"))

_NESTED = rb"(?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*"
_DICTIONARY = rb"<<(?:[^<>()]|\(" + _NESTED + rb"\)|<[0-9A-Fa-f]*>)*>>"
_TOKEN = re.compile(
    rb"(?P<open>/\w+\s*(?P<props>" + _DICTIONARY + rb"|/\w+)\s*BDC|/\w+\s*BMC)|(?P<close>\bEMC\b)"
    rb"|/(?P<font>\w+)\s+[\d.]+\s+Tf|(?P<text>\((?P<literal>" + _NESTED + rb")\)|<(?P<hex>[0-9A-Fa-f\s]*)>)",
    re.DOTALL,
)
_MCID = re.compile(rb"/MCID\s+(\d+)")
_ACTUAL = re.compile(rb"/ActualText\s*(?:\((" + _NESTED + rb")\)|<([0-9A-Fa-f]*)>)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r\n": b"", b"\r": b""}

Texts = dict[tuple[int, int], str]
"""The text of each piece of marked content, by the page's object number and the piece's own."""


@lru_cache(maxsize=4)
def passages_of_pdf(raw: bytes) -> tuple[str, ...]:
    """The text of a tagged PDF in reading order, a block a passage."""
    try:
        from pypdf import PdfReader
    except ImportError:
        raise UsageError("A PDF is read back with pypdf; run: pip install 'rerating[report]'.") from None
    reader = PdfReader(io.BytesIO(raw))
    texts: Texts = {}
    for page in reader.pages:
        contents, reference = page.get_contents(), page.indirect_reference
        if contents is None or reference is None:
            continue
        fonts = {str(name)[1:]: font.get_object() for name, font in page["/Resources"].get("/Font", {}).items()}
        tables = {name: _characters(font["/ToUnicode"].get_object().get_data()) for name, font in fonts.items()}
        for piece, text in _pieces(contents.get_data(), tables):
            texts[reference.idnum, piece] = texts.get((reference.idnum, piece), "") + text
    cut: list[list[str]] = [[]]
    _read(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], 0, texts, cut)
    joined = (re.sub(r"[ \n]+", " ", "".join(parts)).replace("\u00ad", "").strip(" ") for parts in cut)
    return tuple(passage for passage in joined if passage)


def pages_of_pdf(raw: bytes) -> int:
    """The number of pages."""
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(raw)).pages)


def _read(node: Any, page: int, texts: Texts, cut: list[list[str]]) -> None:
    """One node of the structure tree into the last passage; blocks open a new one before and after."""
    node = node.get_object()
    if isinstance(node, int):
        cut[-1].append(texts.get((page, int(node)), ""))
        return
    if isinstance(node, list):
        for child in node:
            _read(child, page, texts, cut)
        return
    if node.get("/Type") == "/OBJR":
        return
    page = node.raw_get("/Pg").idnum if "/Pg" in node else page
    if "/MCID" in node:
        cut[-1].append(texts.get((page, int(node["/MCID"])), ""))
        return
    role = node.get("/S")
    if role == "/Lbl" or (role == "/Span" and _is_raised(node)):
        return
    if role in _INLINE:
        _read(node.get("/K", []), page, texts, cut) if "/K" in node else None
        return
    cut.append([str(node["/Alt"])] if role == "/Figure" else [])
    if role != "/Figure" and "/K" in node:
        _read(node["/K"], page, texts, cut)
    cut.append([])


def _is_raised(node: Any) -> bool:
    attributes = node.get("/A", [])
    parts = attributes if isinstance(attributes, list) else [attributes]
    return any(float(part.get_object().get("/BaselineShift", 0)) > 0 for part in parts)


def _pieces(stream: bytes, tables: dict[str, dict[int, str]]) -> Iterator[tuple[int, str]]:
    """The text of a content stream with the number of the marked piece that holds it; unmarked text is decoration."""
    open_: list[tuple[int | None, bool]] = []
    table: dict[int, str] = {}
    for token in _TOKEN.finditer(stream):
        if token["open"]:
            number, actual = _properties(token["props"] or b"")
            inherited = open_[-1] if open_ else (None, False)
            here = inherited[0] if number is None else number
            if actual is not None and here is not None and not inherited[1]:
                yield here, actual
            open_.append((here, inherited[1] or actual is not None))
        elif token["close"]:
            open_.pop()
        elif token["font"]:
            table = tables[token["font"].decode("ascii")]
        elif open_ and open_[-1][0] is not None and not open_[-1][1]:
            codes = _bytes(token["literal"], token["hex"])
            signs = (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))
            yield open_[-1][0], "".join(table.get(sign, "\ufffd") for sign in signs)


def _properties(props: bytes) -> tuple[int | None, str | None]:
    number, actual = _MCID.search(props), _ACTUAL.search(props)
    if actual is None:
        return (int(number[1]) if number else None), None
    said = _bytes(actual[1], actual[2])
    text = said[2:].decode("utf-16-be") if said.startswith(b"\xfe\xff") else said.decode("latin-1")
    return (int(number[1]) if number else None), text


def _bytes(literal: bytes | None, hexadecimal: bytes | None) -> bytes:
    if literal is None:
        return bytes.fromhex((hexadecimal or b"").decode("ascii"))
    return _ESCAPE.sub(_unescaped, literal)


def _unescaped(match: re.Match[bytes]) -> bytes:
    sign = match[1]
    return bytes((int(sign, 8) & 255,)) if sign[:1].isdigit() and sign[:1] < b"8" else _SIGNS.get(sign, sign)


_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-Fa-f\s]+)>")


def _characters(table: bytes) -> dict[int, str]:
    """A font's table of characters: what each glyph stands for."""
    found: dict[int, str] = {}
    for block in _BLOCK.finditer(table):
        codes = [bytes.fromhex(code.decode("ascii")) for code in _CODE.findall(block[2])]
        number = partial(int.from_bytes, byteorder="big")
        if block[1] == b"char":
            found |= {number(a): b.decode("utf-16-be") for a, b in zip(codes[::2], codes[1::2], strict=True)}
            continue
        for first, last, start in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            for place, code in enumerate(range(number(first), number(last) + 1)):
                found[code] = chr(number(start) + place)
    return found
