"""Is what sells taken for a fact, or a fact for what sells?

`python benchmarks/factcheck_advertising.py [--learnt] [--show]` reads each paragraph of
`tests/factcheck/corpus/advertising` within an article and at its end: those held back, which nothing was learnt from,
and with `--learnt` those that the weights are fitted to. One that sells fails where a claim in it is told as anything
but advertising or a question; one that tells fails where one is called advertising.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.factcheck.corpus import advertising

from rerating.factcheck.extraction import extract

UNFACTUAL = ("advertising", "question")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learnt", action="store_true", help="read the paragraphs that were learnt from")
    parser.add_argument("--show", action="store_true", help="print each paragraph read wrongly")
    arguments = parser.parse_args()
    part = "learnt" if arguments.learnt else "held_back"
    print("| paragraphs | language | read | wrong |\n|---|---|---|---|")
    for kind in ("sells", "tells"):
        for language in ("de", "en"):
            read, wrong = 0, []
            for text, start, end in advertising.texts(kind, language, part):
                claims = [c for c in extract(text, language=language).claims if start <= c.start and c.end <= end]
                told = [claim.status for claim in claims]
                fails = any(s not in UNFACTUAL for s in told) if kind == "sells" else "advertising" in told
                read += 1
                wrong += [text[start:end]] if fails else []
            print(f"| {kind} | {language} | {read} | {len(wrong)} |")
            if arguments.show:
                print("\n".join(f"  {each}" for each in wrong))


if __name__ == "__main__":
    main()
