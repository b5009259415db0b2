"""The text of an article's file: plain, Markdown or HTML as it is, PDF by its text layer."""

from __future__ import annotations

import io
import re

from rerating.core.errors import UsageError

_CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_-]{2,30})")


def text_of(raw: bytes, name: str) -> str:
    """The text of a file's bytes. UTF-8, else the charset that it names, else Windows-1252; PDF needs `[news]`.

    Raises UsageError for a PDF without a text layer and where the reader of PDFs is not installed.
    """
    if raw.startswith(b"%PDF-"):
        return _pdf(raw, name)
    for encoding in ("utf-8-sig", *_named(raw), "cp1252"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", errors="replace")


def _named(raw: bytes) -> list[str]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    match = _CHARSET.search(raw[:2000])
    return [match.group(1).decode("ascii")] if match else []


def _pdf(raw: bytes, name: str) -> str:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise UsageError(f"{name} is a PDF; install rerating[news] to read it, or pass its text.") from None
    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages]
    except (PyPdfError, ValueError, KeyError, OSError) as error:
        raise UsageError(f"{name} is no PDF that can be read ({error}); pass the article's text instead.") from error
    text = "\n\n".join(pages)
    if not text.strip():
        raise UsageError(f"{name} holds no text layer (it may be a scan); pass the article's text instead.")
    return text
