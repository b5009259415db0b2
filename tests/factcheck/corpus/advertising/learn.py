"""Learns how far words sell: `python tests/factcheck/corpus/advertising/learn.py [--without LETTERS]`.

Writes `selling.tsv` of `rerating.language`: a logistic regression on the words of a block and on its pairs of
neighbours, fitted to the paragraphs of `learnt/` and to the blocks of the open articles. What stands in few blocks, or
weighs next to nothing, is left out. Nothing of the held-back lists and articles is read; `--without rs` leaves out the
open articles whose id begins with one of the letters, so that a figure on them is not one of what was learnt from.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.special import expit

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from tests.all_templates import ALL
from tests.factcheck.corpus import advertising
from tests.factcheck.corpus.corpus import load

from rerating.factcheck.extraction.text.layout import BlockRole, layout
from rerating.language.promotion import signs
from rerating.statements.statement import pieces

LEAST = 3
"""Blocks in which a sign stands at least."""
RIDGE = 3.0
"""How far a weight may go: the variance that is expected of them."""
SCALE = 100
"""Weights are written in hundredths of log-odds."""


def articles(without: str) -> Iterator[tuple[str, bool]]:
    """The blocks of the open articles, and whether they advertise."""
    for article in load("open"):
        if article.id[0] in without:
            continue
        laid = layout(article.text)
        for block in laid.blocks:
            if block.role in (BlockRole.ROW, BlockRole.BOILERPLATE) or block.region is not None:
                continue
            sells = any(region["start"] < block.end and block.start < region["end"] for region in article.regions)
            yield laid.text[block.start : block.end], sells


def templates() -> Iterator[tuple[str, bool]]:
    """The words of the report's own sentences, which sell nothing."""
    for _, template in ALL:
        for text in (template.de, template.en):
            yield "".join(literal for literal, _, _ in pieces(text)), False


def learnt(without: str) -> dict[str, int]:
    """The signs and their weights; the empty sign bears the bias."""
    rows = [*articles(without), *templates()]
    for kind, language in product(("sells", "tells"), ("de", "en")):
        rows += [(text, kind == "sells") for text in advertising.paragraphs(kind, language)]
    shown = [signs(text) for text, _ in rows]
    often = Counter(sign for each in shown for sign in each)
    place = {sign: k for k, sign in enumerate(sorted(sign for sign, times in often.items() if times >= LEAST))}
    cells = [(row, place[sign]) for row, each in enumerate(shown) for sign in each if sign in place]
    table = csr_array((np.ones(len(cells)), tuple(np.array(cells).T)), shape=(len(rows), len(place)))
    sells = np.array([sold for _, sold in rows])
    share = np.where(sells, 0.5 / sells.mean(), 0.5 / (1 - sells.mean()))
    sign = np.where(sells, 1.0, -1.0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (table @ weights[1:] + weights[0])
        pull = -share * sign * expit(-margin)
        value = float(share @ np.logaddexp(0, -margin)) + 0.5 / RIDGE * float(weights[1:] @ weights[1:])
        return value, np.concatenate([[pull.sum()], table.T @ pull + weights[1:] / RIDGE])

    fitted = minimize(loss, np.zeros(len(place) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    weights = np.rint(fitted * SCALE).astype(int)
    out = {sign: int(weights[k + 1]) for sign, k in place.items() if abs(weights[k + 1]) >= SMALLEST}
    return {"": int(weights[0]), **out}


SMALLEST = 10
"""Hundredths below which a sign is not worth its line."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", default="", help="letters of the open articles that are left out")
    arguments = parser.parse_args()
    weights = learnt(arguments.without)
    lines = [f"# learnt from {advertising.learnt_from()}"]
    lines += [f"{sign}\t{weight}" for sign, weight in weights.items()]
    print(f"{len(weights)} signs")
    target = Path(str(files("rerating.language").joinpath("selling.tsv")))
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
