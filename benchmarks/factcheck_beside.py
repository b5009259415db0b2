"""Whose a figure is where a clause has a pronoun, no name or a role word, and another name stands in the same sentence
or in the one before. `python benchmarks/factcheck_beside.py [--pairs N] [--seed N] [--show]`.

Each template of `factcheck_beside.toml` follows the head of a short article about one company and is filled with pairs
of listed names and an index, drawn by the seed. Figures in square brackets are the other's, all the rest the company's
own. `--show` prints the templates that lose a figure in most of their fillings.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections import Counter
from pathlib import Path

from rerating.factcheck.claim import Claim
from rerating.factcheck.extraction import extract
from rerating.factcheck.extraction.text.gazetteer import gazetteer

TEMPLATES = Path(__file__).with_suffix(".toml")
HEADS = {
    "de": (
        "{A}-Aktie gibt nach\n\nDie Aktie von {A} verlor am Donnerstag 3,1 Prozent auf 48,20 Euro. Im ersten Halbjahr "
        "sank der Umsatz um 2 Prozent. Der Gewinn je Aktie lag bei 1,90 Euro.\n\n"
    ),
    "en": (
        "{A} shares slip\n\nShares of {A} fell 3.1% to $48.20 on Thursday. First-half sales dropped 2%. Earnings per "
        "share came in at $1.90.\n\n"
    ),
}
INDICES = {
    "de": ("DAX", "MDAX", "TecDAX", "SDAX", "S&P 500", "Euro Stoxx 50", "CAC 40", "SMI"),
    "en": ("S&P 500", "Nasdaq Composite", "FTSE 100", "DAX", "Russell 2000", "CAC 40", "FTSE 250"),
}
_OTHERS = re.compile(r"\[([BI]) ([^\]]+)\]")
Listed = tuple[str, str]


def filled(template: str, names: dict[str, str]) -> tuple[str, list[tuple[int, int, str]]]:
    """The text, and the spans of the figures that are somebody else's."""
    text, spans, at = "", [], 0
    marked = template.format(**names)
    for mark in _OTHERS.finditer(marked):
        text += marked[at : mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), mark[1]))
        text, at = text + mark[2], mark.end()
    return text + marked[at:], spans


def is_right(claim: Claim, spans: list[tuple[int, int, str]], symbols: dict[str, str]) -> bool:
    """Whether a claim is told of whom the template gives it to."""
    whose = next((who for start, end, who in spans if claim.start < end and start < claim.end), "A")
    if claim.subject is None:
        return False
    return symbols[whose] == (claim.subject.name if whose == "I" else claim.subject.ticker)


def lost(
    language: str, template: str, companies: list[Listed], indices: dict[str, str], draw: random.Random
) -> Counter[str]:
    """How many claims of one filling are told of the wrong one, and how many there are."""
    (name, symbol), (other, its) = draw.sample(companies, 2)
    index = draw.choice(INDICES[language])
    text, spans = filled(HEADS[language] + template, {"A": name, "B": other, "I": index})
    symbols = {"A": symbol, "B": its, "I": indices[index]}
    claims = [claim for claim in extract(text).claims if claim.type != "question"]
    return Counter(claims=len(claims), lost=sum(not is_right(claim, spans, symbols) for claim in claims))


def index_name(language: str, index: str) -> str:
    """What the reading calls an index."""
    text = f"Der {index} stieg um 1 Prozent." if language == "de" else f"The {index} rose 1%."
    subject = extract(text).claims[0].subject
    return (subject.name if subject is not None else None) or index


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    companies = [(name, symbol) for name, symbol, _ in gazetteer() if symbol and "-" not in symbol]
    templates = tomllib.loads(TEMPLATES.read_text(encoding="utf-8"))
    print("| language | templates | claims | told of the right one | templates without a loss |\n|---|---|---|---|---|")
    for language in HEADS:
        indices = {index: index_name(language, index) for index in INDICES[language]}
        whole: Counter[str] = Counter()
        weak = []
        for number, template in enumerate(templates[language]["templates"]):
            draw = random.Random(f"{asked.seed} {language} {number}")
            runs = [lost(language, template, companies, indices, draw) for _ in range(asked.pairs)]
            whole.update(claims=sum(run["claims"] for run in runs), lost=sum(run["lost"] for run in runs))
            weak += [template] if 2 * sum(run["lost"] > 0 for run in runs) > asked.pairs else []
        of = len(templates[language]["templates"])
        share = 1 - whole["lost"] / whole["claims"]
        print(f"| {language} | {of} | {whole['claims']} | {share:.3f} | {of - len(weak)} |")
        for template in weak if asked.show else ():
            print(f"  {template}")


if __name__ == "__main__":
    main()
