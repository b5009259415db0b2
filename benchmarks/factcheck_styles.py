"""Articles of many styles filled with listed names: `python benchmarks/factcheck_styles.py [--every N] [--style S]`.

The articles stand in `factcheck_styles.toml`, each with sentences that tell of others. Judged is every claim outside
those: told of the company that fills the text, or of somebody else. A text is lost where more than half of its claims
are told of others, as then the check answers about somebody else. `--sentences` prints what is misread most.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.factcheck_names import names
from rerating.factcheck.extraction import extract
from rerating.factcheck.extraction.text.gazetteer import of_symbol
from rerating.factcheck.extraction.text.name_words import is_kind_word

_EXCHANGES = {"XNYS": "NYSE", "XNAS": "NASDAQ", "XLON": "LON", "XETR": "ETR", "XTSE": "TSE", "XASX": "ASX"}


_FORMS = ("The {} Company", "{}, Inc.", "{} Corporation", "{} Holdings", "{} plc", "{} Group")


@dataclass(slots=True)
class Tally:
    """What became of the claims of a style."""

    texts: int = 0
    lost: list[str] = field(default_factory=list)
    claims: int = 0
    misread: int = 0
    sentences: Counter[tuple[str, str]] = field(default_factory=Counter)


def symbol_as_printed(symbol: str) -> str:
    """A symbol as pages print it behind a name: `NYSE: TTC`, `7203.T`."""
    company = of_symbol(symbol)
    exchange = _EXCHANGES.get(company.venue or "") if company is not None else None
    return symbol if exchange is None else f"{exchange}: {symbol.partition('.')[0]}"


def in_full(name: str) -> str:
    """A name with a company's form, another one for each: `The Toro Company`, `Toro, Inc.`."""
    if is_kind_word(name.rpartition(" ")[2].lower()):
        return name
    return _FORMS[len(name) % len(_FORMS)].format(name)


def filled(template: str, name: str, symbol: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with the name, and the stretches that tell of others."""
    text = template.replace("{A}", name).replace("{F}", in_full(name)).replace("{T}", symbol_as_printed(symbol)).strip()
    out, others, start = "", [], 0
    for sign in text:
        if sign == "<":
            start = len(out)
        elif sign == ">":
            others.append((start, len(out)))
        else:
            out += sign
    return out, others


def judged(template: str, name: str, symbol: str) -> Iterator[tuple[bool, str, str]]:
    """Each claim that ought to be the company's: whether it is, whose it is else, and its sentence."""
    text, others = filled(template, name, symbol)
    for claim in extract(text, language="en").claims:
        if any(first <= claim.start < last for first, last in others):
            continue
        is_own = claim.subject is not None and claim.subject.ticker == symbol
        told = claim.subject.name if claim.subject is not None else None
        yield is_own, str(told).replace(name, "{A}"), f"{claim.text!r} {claim.type}".replace(name, "{A}")


def tallied(template: str, rows: list[tuple[str, str]]) -> Tally:
    """The tally of a style over names."""
    tally = Tally()
    for name, symbol in rows:
        found = list(judged(template, name, symbol))
        wrong = [(told, text) for is_own, told, text in found if not is_own]
        tally.texts += 1
        tally.claims += len(found)
        tally.misread += len(wrong)
        tally.sentences.update(wrong)
        if 2 * len(wrong) > len(found):
            tally.lost.append(name)
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--style")
    parser.add_argument("--sentences", type=int, default=0)
    asked, _ = parser.parse_known_args()
    templates: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["styles"]
    sure, words = names(ambiguous=False, every=asked.every), names(ambiguous=True, every=max(1, asked.every // 5))
    print("| style | names | texts | lost | claims | told of others | lost, the first |\n|---|---|---|---|---|---|---|")
    for kind, rows in (("sure", sure), ("ordinary words", words)):
        total = Tally()
        for style, template in templates.items():
            if asked.style not in (None, style):
                continue
            tally = tallied(template, rows)
            total.texts += tally.texts
            total.claims += tally.claims
            total.misread += tally.misread
            total.lost += tally.lost
            told = f"{tally.misread / max(1, tally.claims):.3f}"
            lost = ", ".join(tally.lost[:4])
            print(f"| {style} | {kind} | {tally.texts} | {len(tally.lost)} | {tally.claims} | {told} | {lost} |")
            for (who, text), times in tally.sentences.most_common(asked.sentences):
                print(f"    {times:4} {who} <- {text}")
        told = f"{total.misread / max(1, total.claims):.3f}"
        print(f"| all | {kind} | {total.texts} | {len(total.lost)} | {total.claims} | {told} | |")


if __name__ == "__main__":
    main()
