"""Checks the corpus, counts what it covers, writes texts and labels as files, freezes the held-back part.

python tests/factcheck/corpus/build.py                 check both parts and print the counts
python tests/factcheck/corpus/build.py --out FOLDER    also write FOLDER/PART/ID.(txt|md|html) and ID.json
python tests/factcheck/corpus/build.py --freeze        write held_back.sha256 (once, before the grammar reads anything)
python tests/factcheck/corpus/build.py --show ID       print one article's claims, a line each
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus import DIGEST_FILE, HERE, VOCABULARY, Article, CorpusError, held_back_digest, load, read_article

SUFFIXES = {"text": ".txt", "markdown": ".md", "html": ".html"}


def write(articles: tuple[Article, ...], folder: Path) -> None:
    """Each article as the file that the checker is given, and its labels beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        target = folder / (article.id + SUFFIXES[article.header["form"]])
        target.write_bytes(article.text.encode("utf-8"))
        labels = json.dumps(article.as_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (folder / (article.id + ".json")).write_text(labels, encoding="utf-8")


def summary(part: str, articles: tuple[Article, ...]) -> str:
    """Counts by language, kind, comparator, unit and status, with what is missing."""
    claims = [claim for article in articles for claim in article.claims]
    german = sum(article.language == "de" for article in articles)
    words = [article.words for article in articles]
    lines = [f"{part}: {len(articles)} articles ({german} German), {sum(words)} words, {len(claims)} claims"]
    units = [value["unit"] for claim in claims for value in claim["values"]]
    for name, seen, known in (
        ("kinds", [claim["type"] for claim in claims], VOCABULARY["kinds"]),
        ("comparators", [claim["comparator"] for claim in claims], VOCABULARY["comparators"]),
        ("statuses", [claim["status"] for claim in claims], VOCABULARY["statuses"]),
        ("units", units, VOCABULARY["units"]),
    ):
        counts = Counter(seen)
        lines.append(f"  {name}: " + ", ".join(f"{key} {count}" for key, count in counts.most_common()))
        if missing := [key for key in known if key not in counts]:
            lines.append(f"  {name} missing: " + ", ".join(missing))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--show")
    arguments = parser.parse_args()
    if arguments.show:
        path = next(path for part in ("open", "held_back") for path in (HERE / part).glob(f"{arguments.show}*.article"))
        article = read_article(path)
        for claim in article.claims:
            values = " ".join(f"{v['role']}:{v['value']}{v['currency'] or v['unit']}" for v in claim["values"])
            print(
                repr(claim["text"]),
                claim["type"],
                claim["metric"],
                values,
                claim["comparator"],
                claim["status"],
                sep=" | ",
            )
        return 0
    failed = False
    for part in ("open", "held_back"):
        bad = []
        for path in sorted((HERE / part).glob("*.article")):
            try:
                read_article(path)
            except CorpusError as error:
                bad.append(str(error))
        print(*bad, sep="\n")
        failed |= bool(bad)
        if not bad:
            articles = load(part)
            print(summary(part, articles))
            if arguments.out:
                write(articles, arguments.out / part)
    if arguments.freeze and not failed:
        DIGEST_FILE.write_text(held_back_digest() + "\n", encoding="ascii")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
