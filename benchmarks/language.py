"""How much of the open annotated articles the reader finds: `python benchmarks/language.py [--misses]`.

A claim's figure counts as found when a mention that overlaps the claim holds the same number (six digits), with the
same unit and currency for the second column, with the claim's comparator for the third. Stray: quantities in places
that the annotation names as no claim. Also the time for 100 kB of such text, twice and four times as much.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.factcheck.corpus import corpus

from rerating.language.reading import Mention, detected, readings

NUMERIC = {"money", "percent", "ratio", "count", "shares", "contracts"}


def same(one: float, other: float) -> bool:
    return abs(abs(one) - abs(other)) <= 1e-6 * max(abs(one), abs(other))


def overlapping(mentions: list[Mention], claim: dict[str, Any]) -> list[Mention]:
    return [m for m in mentions if m.start < claim["end"] and m.end > claim["start"] and m.values]


def judge(claim: dict[str, Any], value: dict[str, Any], near: list[Mention]) -> tuple[bool, bool, bool]:
    hits = [m for m in near for v in m.values if same(v.value, value["value"])]
    unit = [m for m in hits if m.unit == value["unit"] and m.currency == value["currency"]]
    comparator = [m for m in hits if m.comparator.value == claim["comparator"]]
    return bool(hits), bool(unit), bool(comparator)


def articles(part: str, *, misses: bool) -> None:
    total: Counter[str] = Counter()
    for article in corpus.load(part):
        mentions = readings(article.text)
        count: Counter[str] = Counter()
        for claim in article.claims:
            for value in claim["values"]:
                if value["unit"] not in NUMERIC:
                    continue
                near = overlapping(mentions, claim)
                found = judge(claim, value, near)
                count.update(n=1, value=found[0], unit=found[1], comparator=found[2])
                if misses and not all(found):
                    seen = [
                        (m.text, m.kind.value, [v.value for v in m.values], m.currency, m.comparator.value)
                        for m in near
                    ]
                    wanted = (value["value"], value["unit"], value["currency"], claim["comparator"])
                    print(f"  {article.id} {claim['text']!r} {wanted} {found}\n      {seen}")
        for span in article.not_claims:
            stray = [
                m
                for m in mentions
                if m.start < span["end"] and m.end > span["start"] and m.unit not in (None, "date", "rating")
            ]
            count.update(no_claim=1, stray=bool(stray))
            if misses and stray:
                print(f"  {article.id} stray {[m.text for m in stray]}")
        total += count
        if not misses:
            print(line(article.id, count), detected(article.text))
    print(line("all", total))


def line(name: str, count: Counter[str]) -> str:
    n = max(count["n"], 1)
    parts = " ".join(f"{count[key] / n:6.3f}" for key in ("value", "unit", "comparator"))
    return f"{name:32s} {count['n']:4d} {parts}  stray {count['stray']}/{count['no_claim']}"


def speed() -> None:
    text = "\n\n".join(article.text for article in corpus.load("open"))
    readings(text[:10_000])
    for factor in (1, 2, 4):
        sample = (text * (factor * 100_000 // len(text) + 1))[: factor * 100_000]
        begin = time.process_time()
        found = readings(sample, "de")
        print(f"{len(sample):8d} signs {len(found):6d} mentions {time.process_time() - begin:6.2f} s CPU")


def fuzz(number: int, seed: int) -> None:
    """Reads that many random texts; checks order, offsets and that every digit lies in a mention."""
    draw = random.Random(seed)
    words = [word for article in corpus.load("open") for word in re.findall(r"\s+|[^\W\d_]+|[0-9.,']+|.", article.text)]
    odd = [*list("½²٣😀\u0308\u00a0\u202f\u00ad\u200b\u2060−–—€$£¥%‰+-/:'’„“()[]<>&;#|"), "&nbsp;", "&#49;", "\r\n"]
    begin = time.process_time()
    for k in range(number):
        size = draw.randint(1, 12)
        text = "".join(draw.choice(words if draw.random() < 0.7 else odd) for _ in range(size))
        last, inside = 0, set[int]()
        for mention in readings(text, draw.choice(("de", "de-CH", "en", None))):
            if not last <= mention.start < mention.end <= len(text):
                raise AssertionError(f"input {k}: {text!r}")
            last = mention.end
            inside.update(range(mention.start, mention.end))
        plain = "&" not in text
        if plain and any(at not in inside for at, sign in enumerate(text) if sign in "0123456789"):
            raise AssertionError(f"input {k}: a digit of {text!r} lies in no mention")
    print(f"{number} random texts, no exception, {time.process_time() - begin:.0f} s CPU")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--fuzz", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    if arguments.fuzz:
        fuzz(arguments.fuzz, arguments.seed)
        sys.exit()
    articles("open", misses=arguments.misses)
    speed()
