"""The report: every format in both languages, cold and warm, and what charts and the gate take of it."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rerating.analysis import Analysis, analyze
from rerating.collection import collect
from rerating.core.source import Request
from rerating.core.types import AsOf
from rerating.ledger import Ledger
from rerating.report import LANGUAGES, render
from rerating.report.charts.drawing import drawn
from rerating.report.paper import press
from rerating.report.paper.reading import passages_of_pdf
from rerating.report.rendering import ZONES
from rerating.sources.sample import SampleSource
from rerating.statements.blocks import Picture
from rerating.statements.facts import Voice
from rerating.statements.plan import plan

COLD = """
import sys, time
from rerating.analysis import Analysis
analysis = Analysis.from_json(open(sys.argv[1], encoding="utf-8").read())
start = time.process_time()
from rerating.report import render
render(analysis, language="de", format=sys.argv[2])
print(time.process_time() - start)
"""


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """The median of several runs after one that warms up, in seconds of processor time; no paper is kept between."""
    work()
    times = []
    for _ in range(runs):
        press._pdf.cache_clear()
        passages_of_pdf.cache_clear()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def cold(path: Path, kind: str) -> float:
    """The first report of a process, imports of the renderer included."""
    done = subprocess.run([sys.executable, "-c", COLD, str(path), kind], capture_output=True, text=True, check=True)
    return float(done.stdout)


def in_both(analysis: Analysis, kinds: Sequence[str]) -> None:
    for kind in kinds:
        for language in LANGUAGES:
            render(analysis, language=language, format=kind)


def charts(analysis: Analysis) -> float:
    """All pictures of the page, both languages, both sizes."""
    made = plan(analysis)
    pictures = [block for section in made.sections for block in section.blocks if isinstance(block, Picture)]
    voices = [Voice(language=language, zone=ZONES[language]) for language in LANGUAGES]
    return seconds(lambda: [drawn(picture, analysis, voice) for voice in voices for picture in pictures])


def main() -> None:
    kinds = ("html", "md", "txt", "pdf", "png")
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.create(Path(folder) / "ledger")
        collect(ledger, SampleSource(), Request(recorded_at=datetime(2026, 1, 1, tzinfo=UTC)))
        analysis = analyze(ledger, "AAPL", AsOf.parse("2007-01-12T22:00Z"), currency="EUR")
        path = Path(folder) / "analysis.json"
        path.write_text(analysis.to_json(), encoding="utf-8")
        print("| format | cold, s | warm, German and English, s |\n|---|---|---|")
        print(f"| json | | {seconds(analysis.to_json):.3f} |")
        for kind in kinds:
            print(f"| {kind} | {cold(path, kind):.2f} | {seconds(partial(in_both, analysis, [kind])):.3f} |")

        def everything() -> None:
            analysis.to_json()
            in_both(analysis, kinds)

        print(f"| all six, one after the other | | {seconds(everything):.2f} |")
        print(f"| of that, drawing the charts of one format | | {charts(analysis):.3f} |")


if __name__ == "__main__":
    main()
