"""The demo: collect, analyze, render, the three public verbs on packaged case data. It has no path of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rerating.analysis import Analysis, analyze
from rerating.collection import collect
from rerating.core.errors import UsageError
from rerating.core.source import Request
from rerating.core.types import AsOf
from rerating.ledger import Ledger
from rerating.report import LANGUAGES, render
from rerating.sources import named


@dataclass(frozen=True, kw_only=True)
class Case:
    """A packaged case: which source holds it, and what is asked."""

    source: str
    symbol: str
    as_of: str
    currency: str
    stem: str


CASES = {
    "apple": Case(source="sample", symbol="AAPL", as_of="2007-01-12T22:00Z", currency="EUR", stem="apple-2007-01-12"),
    "alibaba": Case(
        source="alibaba", symbol="BABA", as_of="2026-01-14T22:00Z", currency="EUR", stem="alibaba-2026-01-14"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the demo made: the analysis and the files that it wrote."""

    analysis: Analysis
    files: tuple[Path, ...]


def demo(case: str, *, ledger: Ledger, out: Path, now: datetime) -> Shown:
    """Collect a case's data into `ledger`, analyse it, write it as HTML and Markdown in both languages, and as JSON."""
    if case not in CASES:
        raise UsageError(f"There is no case '{case}'; choose one of {', '.join(sorted(CASES))}.")
    chosen = CASES[case]
    collect(ledger, named(chosen.source), Request(symbols=(chosen.symbol,), recorded_at=now))
    analysis = analyze(ledger, chosen.symbol, AsOf.parse(chosen.as_of), currency=chosen.currency)
    texts = {
        f"{chosen.stem}.{language}.{kind}": render(analysis, language=language, format=kind)
        for language in LANGUAGES
        for kind in ("html", "md")
    }
    texts[f"{chosen.stem}.json"] = analysis.to_json()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (out / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror}); name another folder with --out.") from error
    return Shown(analysis=analysis, files=tuple(out / name for name in sorted(texts)))
