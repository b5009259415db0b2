"""Is a listed company known for what a short article is about? `python benchmarks/factcheck_names.py [--every N]`.

Each template is filled with every N-th name of the lists (`alone`), with every N-th of those that are ordinary words or
somebody's name too (`words`), and with pairs of names where one is told of for the other's sake (`beside another`). A
text counts as read where no claim but those about the other company is told of somebody else. Annotated articles name
some four hundred companies; this finds the ways of naming one that lose a whole article.

German articles of many kinds stand in `factcheck_names_german.toml`: they go on about their company by its role, its
seat, its index and its papers, told here by every 4N-th name. There a text is lost where most of its claims are
somebody else's.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

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


GERMAN = Path(__file__).with_name("factcheck_names_german.toml")
Pair = tuple[tuple[str, str], str]
"""A company with its symbol, and the name of another one."""


def german(every: int) -> None:
    """The table of the German styles."""
    data: dict[str, Any] = tomllib.loads(GERMAN.read_text(encoding="utf-8"))
    pairs: list[Pair] = [(one, other) for one, (other, _) in pairwise(names(ambiguous=False, every=4 * every))]
    home = seats()
    others = cycle(other for _, other in pairs)
    seated = [row for row in names(ambiguous=False, every=1) if row[1] in home][:: max(1, every // 4)]
    print("\n| German texts | names | lost | claims right | not whole, the first |\n|---|---|---|---|---|")
    for title, template in data["styles"].items():
        told(title, template, pairs, data["roles"], home)
    for title, template in data["seated"].items():
        told(title, template, list(zip(seated, others, strict=False)), data["roles"], home)


def told(title: str, template: str, pairs: Sequence[Pair], roles: Sequence[list[str]], home: dict[str, str]) -> None:
    """One row: a style told of each company, with the roles in turn."""
    lost, right, claims, first = 0, 0, 0, []
    for ((name, symbol), other), role in zip(pairs, cycle(roles), strict=False):
        text, aside = filled(template, (name, other), role, home.get(symbol, ""))
        found = [c for c in extract(text).claims if not any(a < c.end and c.start < b for a, b in aside)]
        own = sum(claim.subject is not None and claim.subject.ticker == symbol for claim in found)
        lost, right, claims = lost + (2 * own < len(found)), right + own, claims + len(found)
        first += [name] if own < len(found) else []
    print(f"| {title} | {len(pairs)} | {lost} | {right / claims:.3f} | {', '.join(first[:3])} |")


def filled(template: str, names: tuple[str, str], role: list[str], seat: str) -> tuple[str, list[tuple[int, int]]]:
    """A text of a style, and where in it others are told of."""
    subject, genitive = role
    words = {"A": names[0], "B": names[1], "der": subject, "Der": subject[0].upper() + subject[1:], "des": genitive}
    marked = template.format(**words, den=accusative(subject, genitive), orte=seat)
    text, aside, begins = "", [], 0
    for sign in marked:
        if sign == "«":
            begins = len(text)
        elif sign == "»":
            aside.append((begins, len(text)))
        else:
            text += sign
    return text, aside


def accusative(subject: str, genitive: str) -> str:
    """A role as an object: `den schwäbischen Autozulieferer`, `den Spezialisten`, `die Chipschmiede`."""
    article, *words = subject.split(" ")
    if article != "der":
        return subject
    weak = genitive.split(" ")[1:]
    last = weak[-1] if weak[-1].endswith("en") else words[-1]
    return " ".join(["den", *weak[:-1], last])


def seats() -> dict[str, str]:
    """The symbols of the companies that a German text may tell by their seat, with its people."""
    text = files("rerating.factcheck.extraction").joinpath("data", "seats.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line.startswith("de\t")]
    return {symbol: people for _, people, symbols in reversed(rows) for symbol in symbols.split()}


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
    german(asked.every)


if __name__ == "__main__":
    main()
