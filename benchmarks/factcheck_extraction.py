"""How well and how fast an article is taken apart: `python -m benchmarks factcheck_extraction`, or as a script with
`--inputs N` for the fuzzing (a million takes hours) and `--part NAME` for one table of them.

Per article for the open ones; of the held-back ones nothing but totals. `replaced` scores both parts again with other
companies, numbers, currencies and years (`tests/factcheck/corpus/replaced.py`), seed by seed. `growth` reads hostile
pieces, alone and in pairs, at 16,000 and 64,000 signs and tells the worst growth. Times are of the process.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.factcheck.corpus import corpus, replaced, score
from tests.language.reading.test_robustness import JUMBLE, REPEATED

from rerating.factcheck.extraction import extract
from rerating.factcheck.extraction.text.gazetteer import gazetteer

AIMS = {
    "numeric_recall": 0.97,
    "values": 0.95,
    "comparator": 0.95,
    "type": 0.85,
    "status": 0.92,
    "subject": 0.95,
    "precision": 0.92,
}
OTHERS = ("wordy_recall", "direction", "metric", "period", "as_of", "source")
SEEDS = 4
MARKUP = (
    "<",
    "<a ",
    "<p>",
    "<!--",
    "&",
    "&#x",
    "](",
    "[a](b)",
    "**",
    "| ",
    "\n",
    "\r\n",
    '"',
    "„a“ ",
    "- 5 %\n",
    "?",
    "Die Aktie. ",
)
PROSE = (
    "Die Aktie von SAP stieg am Montag um 3 Prozent auf 240 Euro. ",
    "Analysten erwarten für 2026 einen Umsatz von 40 Milliarden Euro. ",
    "“Demand is strong,” said Tim Cook. ",
    "Berenberg hob das Kursziel von 250 auf 280 Euro an. ",
)


def claims(article: Any) -> list[dict[str, Any]]:
    """The claims found in an article, in plain JSON types."""
    published = datetime.fromisoformat(article.header["published_at"])
    return [claim.model_dump(mode="json") for claim in extract(article.text, published_at=published).claims]


def scored(articles: Sequence[Any]) -> Any:
    return score.score_all(articles, {article.id: claims(article) for article in articles})


def row(name: str, result: Any) -> str:
    shares = result.shares()
    cells = [f"{shares[key]:.3f}" if shares[key] is not None else "" for key in (*AIMS, *OTHERS)]
    return f"| {name} | {result.numeric_labels + result.wordy_labels} | {' | '.join(cells)} | {result.taken_as_fact} |"


def head() -> None:
    names = " | ".join(key.replace("_", " ") for key in (*AIMS, *OTHERS))
    print(f"| articles | claims | {names} | taken as fact |")
    print("|---|" + "---|" * (len(AIMS) + len(OTHERS) + 2))
    print(f"| *aim* | | {' | '.join(f'*{aim}*' for aim in AIMS.values())} |" + " |" * len(OTHERS) + " *0* |")


def part(name: str) -> None:
    articles = corpus.load(name)
    if name == "open":
        for article in articles:
            print(row(article.id, score.score_article(article, claims(article))))
    print(row(f"{name.replace('_', ' ')}, {len(articles)} articles", scored(articles)))
    for tongue, language in (("German", "de"), ("English", "en")):
        chosen = [article for article in articles if article.language == language]
        print(row(f"{name.replace('_', ' ')}, {tongue}, {len(chosen)} articles", scored(chosen)))


def replacements() -> None:
    companies = replaced.Listed(gazetteer())
    for name in ("open", "held_back"):
        for seed in range(SEEDS):
            articles = [replaced.replaced(article, seed, companies) for article in corpus.load(name)]
            print(row(f"{name.replace('_', ' ')}, seed {seed}", scored(articles)))


MADE_UP = ("Zerbina", "Halvexa", "Tarnbrook", "Mirandel", "Quorvis", "Pelvaro Systems", "Belkora", "Dunmarsh")
OF_COMMON_WORDS = (
    *("Copper Ridge Brands", "Bright Harbor", "Five Lanterns", "Northern Anvil", "Silver Kettle Foods", "Summit Path"),
    *("Bloom Energetics", "Red Canyon"),
)


def unlisted() -> None:
    companies = replaced.Listed(gazetteer())
    for title, names, languages in (
        ("open, main company with a made-up name", MADE_UP, ("de", "en")),
        ("open, English, main company named by common words", OF_COMMON_WORDS, ("en",)),
    ):
        chosen = [article for article in corpus.load("open") if article.language in languages]
        changed = [
            (article, other)
            for place, article in enumerate(chosen)
            if (other := replaced.unlisted(article, names[place % len(names)], companies)) is not None
        ]
        print(row(f"the same {len(changed)} with the listed name", scored([article for article, _ in changed])))
        print(row(title, scored([other for _, other in changed])))


def subjects() -> None:
    """Whom the labels name: the article's main subject, another one with a symbol, one without (states, branches)."""
    print("\n| articles | whom a claim is about | claims | right |\n|---|---|---|---|")
    for name in ("open", "held_back"):
        found: dict[str, list[bool]] = {}
        for article in corpus.load(name):
            named = Counter((label["subject"] or {}).get("name") for label in article.claims)
            (main, _), *_ = named.most_common(1)
            for label, is_right in score.verdicts("subject", article.claims, claims(article)):
                subject = label["subject"] or {}
                other = "another one with a symbol" if subject.get("ticker") else "one without a symbol"
                whom = "the article's main one" if subject.get("name") == main else other
                found.setdefault(whom, []).append(is_right)
        for whom, right in sorted(found.items(), key=lambda each: -len(each[1])):
            print(f"| {name.replace('_', ' ')} | {whom} | {len(right)} | {sum(right) / len(right):.3f} |")


def seconds(text: str) -> float:
    begin = time.process_time()
    extract(text)
    return time.process_time() - begin


def speed() -> None:
    words: list[str] = []
    for article in corpus.load("open"):
        if article.header["form"] == "text":
            words += [*article.text.split(" "), "\n\n"]
    text = " ".join(words[:600])
    seconds(text)
    print(f"600 words, warm, least of five: {min(seconds(text) for _ in range(5)):.3f} s")
    everything = "\n\n".join(article.text for article in corpus.load("open") if article.header["form"] != "html")
    for size in (250_000, 500_000, 1_000_000):
        print(f"{size:,} signs of articles: {seconds((everything * (size // len(everything) + 1))[:size]):.1f} s")
    paragraph = everything.replace("\n", " ")
    for size in (250_000, 500_000, 1_000_000):
        print(f"{size:,} signs as one paragraph: {seconds((paragraph * (size // len(paragraph) + 1))[:size]):.1f} s")


def pieces() -> Iterator[str]:
    yield from (*REPEATED, *MARKUP, *PROSE)
    yield from ("<p>" + one for one in MARKUP)
    chosen = [*REPEATED[::8], *MARKUP[::3], PROSE[0]]
    yield from (one + other for one, other in itertools.permutations(chosen, 2))


def growth() -> None:
    """Sixteen times is what a quadratic reader would show; four is linear."""
    gc.disable()
    seconds("warm")
    worst: list[tuple[float, str]] = []
    for piece in pieces():
        small, large = (
            min(seconds((piece * (size // len(piece) + 1))[:size]) for _ in range(2)) for size in (2_000, 8_000)
        )
        worst.append((large / max(small, 0.002), piece))
        if large / max(small, 0.002) > 6:
            small, large = (seconds((piece * (size // len(piece) + 1))[:size]) for size in (16_000, 64_000))
            worst[-1] = (large / small, piece)
    gc.enable()
    worst.sort(reverse=True)
    print(f"{len(worst)} pieces, time for four times the text (linear 4, quadratic 16), the worst:")
    for times, piece in worst[:8]:
        print(f"  {times:5.1f}  {piece!r}")


def fuzz(inputs: int) -> None:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    done = 0

    @settings(
        max_examples=inputs,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.one_of(
            st.text(max_size=120),
            JUMBLE,
            st.lists(st.sampled_from([*MARKUP, *PROSE, *REPEATED]), max_size=12).map("".join),
        )
    )
    def run(text: str) -> None:
        nonlocal done
        done += 1
        for claim in extract(text).claims:
            assert text[claim.start : claim.end] == claim.text
            assert claim.sentence_start <= claim.start < claim.end <= claim.sentence_end <= len(text)

    begin = time.process_time()
    run()
    print(f"{done:,} inputs without an exception, every claim at its offsets, {time.process_time() - begin:.0f} s")


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--part", choices=["open", "held_back", "replaced", "unlisted", "subjects", "speed", "growth", "fuzz"]
    )
    parser.add_argument("--inputs", type=int, default=2_000, help="of the fuzzing")
    asked = parser.parse_args(list(arguments))
    if asked.part in (None, "open", "held_back", "replaced", "unlisted"):
        head()
    for name in ("open", "held_back"):
        if asked.part in (None, name):
            part(name)
    if asked.part in (None, "replaced"):
        replacements()
    if asked.part in (None, "unlisted"):
        unlisted()
    if asked.part in (None, "subjects"):
        subjects()
    print()
    if asked.part in (None, "speed"):
        speed()
    if asked.part in (None, "growth"):
        growth()
    if asked.part in (None, "fuzz"):
        fuzz(asked.inputs)


if __name__ == "__main__":
    main(sys.argv[1:])
