"""Is a listed company known for what a short article is about? `python benchmarks/factcheck_names.py [--every N]`.

Each template is filled with every N-th name of the lists (`alone`), with every N-th of those that are ordinary words or
somebody's name too (`words`), and with pairs of names where one is told of for the other's sake (`beside another`). A
text counts as read where no claim but those about the other company is told of somebody else. Annotated articles name
some four hundred companies; this finds the ways of naming one that lose a whole article.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rerating.factcheck.extraction import extract
from rerating.factcheck.extraction.text.gazetteer import gazetteer, is_ambiguous, spellings

ALONE = {
    "a note": (
        '## Citi turns positive on {A}: "It is back"\n\nCiti now recommends buying {A}. The new target leaves 27% '
        "upside. More than 80% of {A}'s output is sold. Of the 16 brokers that cover {A}, nine say Buy."
    ),
    "a rating": (
        "Why {A} shares slid today\n\nInvestors sold {A} on Thursday. The stock closed at $41.20, down 8.4%. {A} "
        "posted a loss of $0.12 per share. Jefferies rates {A} Hold with a target of $45."
    ),
    "a column": (
        "The trade of the day: three reasons to own {A}\n\nI bought {A} in May at $31. Sales grew 14% last quarter to "
        "$2.2 billion. {A} depends on one customer for 30% of sales."
    ),
    "eine Kolumne": (
        "Ausgerechnet {A}\n\nWer im Mai {A} gekauft hat, liegt 40 Prozent im Plus. Der Umsatz wuchs um 14 Prozent. Ein "
        "Kunde steht bei {A} für 30 Prozent der Erlöse."
    ),
}
BESIDE = {
    "a bid": (
        "{B} to buy {A} for $4.2 billion\n\nShares of {A} jumped 24% to $61.30 after {B} agreed to buy the company for "
        "$62 a share in cash. The offer values {A} at $4.2 billion."
    ),
    "eine Tochter": (
        "{B}-Tochter {A} hebt Prognose\n\nDer zu {B} gehörende Hersteller {A} rechnet mit einer Marge von 9 Prozent. "
        "Der Umsatz stieg um 6 Prozent. Die Aktie gewann 4,1 Prozent auf 34,20 Euro."
    ),
    "ein Rivale": (
        "{B}-Rivale {A} enttäuscht\n\nDer {B}-Konkurrent {A} hat 120 Millionen Euro verdient. Der Umsatz sank um 9 "
        "Prozent. Die Aktie fiel um 8 Prozent auf 61 Euro."
    ),
    "a supplier": (
        "{B} supplier {A} tops estimates\n\n{B} supplier {A} earned $120 million in the third quarter. Sales climbed "
        "9% "
        "to $1.1 billion. The stock rose 8% to $61."
    ),
    "a partner": (
        "{A} soars on {B} partnership\n\nShares of {A} soared 18% to $12 after the company announced a partnership "
        "with "
        "{B}. {A} expects revenue of $90 million this year."
    ),
}


def lost(template: str, name: str, symbol: str, other: str = "") -> bool:
    """Whether a claim of the text is told of anybody but the company with the symbol."""
    found = extract(template.format(A=name, B=other)).claims
    return any(claim.subject is None or claim.subject.ticker != symbol for claim in found)


def row(title: str, missed: Sequence[str], of: int) -> None:
    print(f"| {title} | {of} | {1 - len(missed) / of:.3f} | {', '.join(missed[:3])} |")


def names(*, ambiguous: bool, every: int) -> list[tuple[str, str]]:
    """Every N-th listed name with its symbol, in the order of the lists."""
    rows: Iterable[tuple[str, str | None]]
    if ambiguous:
        rows = ((spelling, symbol) for spelling, symbol in spellings() if is_ambiguous(spelling))
    else:
        rows = ((name, symbol) for name, symbol, _ in gazetteer())
    return [(name, symbol) for name, symbol in rows if symbol][::every]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=25)
    asked, _ = parser.parse_known_args()
    sure, words = names(ambiguous=False, every=asked.every), names(ambiguous=True, every=max(1, asked.every // 5))
    print("| texts | names | read | missed, the first |\n|---|---|---|---|")
    for title, template in ALONE.items():
        for kind, rows in (("", sure), (", ordinary words", words)):
            row(title + kind, [name for name, symbol in rows if lost(template, name, symbol)], len(rows))
    pairs = list(pairwise(sure))
    for title, template in BESIDE.items():
        missed = [one for (one, symbol), (other, _) in pairs if lost(template, one, symbol, other)]
        row(f"{title}, beside another", missed, len(pairs))


if __name__ == "__main__":
    main()
