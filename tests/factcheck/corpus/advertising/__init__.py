"""Paragraphs that sell something and paragraphs that only look like it, one a line, each set between two of an article.

All are our own, their facts invented. `sells.*` stand in or below articles to win the reader for something; `tells.*`
tell of companies that sell subscriptions, orders and savings, are an author's own words to the reader, explain or
define. The weights of `rerating.language` are fitted to `learnt/` (`learn.py`); `held_back/` is by an author of its own
and measures them: nothing is learnt from it, and nobody who works on the weights reads it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
AROUND = {
    "de": (
        "Die Aktie von Beiersdorf hat am Dienstag 3,2 Prozent auf 118,40 Euro zugelegt. Der Konzern steigerte den "
        "Umsatz im dritten Quartal um 4 Prozent auf 2,4 Milliarden Euro.",
        "Die Analysten von Jefferies raten weiter zum Kauf und sehen das Kursziel bei 135 Euro.",
    ),
    "en": (
        "Shares of Deere rose 3.2% to $418.40 on Tuesday. The company lifted third-quarter sales by 4% to $12.4 "
        "billion.",
        "Analysts at Jefferies still recommend buying the stock, with a target of $455.",
    ),
}


def paragraphs(kind: str, language: str, part: str = "learnt") -> list[str]:
    """All of a kind, `sells` or `tells`, in a language; `part` is `learnt` or `held_back`."""
    return (HERE / part / f"{kind}.{language}.txt").read_text(encoding="utf-8").splitlines()


def texts(kind: str, language: str, part: str = "learnt") -> Iterator[tuple[str, int, int]]:
    """Each paragraph within an article and at its end: the text, and where in it the paragraph stands."""
    before, after = AROUND[language]
    for paragraph in paragraphs(kind, language, part):
        for parts in ((before, paragraph, after), (before, after, paragraph)):
            text = "\n\n".join(parts)
            start = text.index(paragraph, len(before))
            yield text, start, start + len(paragraph)


def learnt_from() -> str:
    """sha256 over what the weights are fitted to, paragraphs and open articles, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted([*(HERE / "learnt").glob("*.txt"), *(HERE.parent / "open").glob("*.article")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
