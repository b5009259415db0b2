"""The annotated articles are well formed, varied as promised, and the held-back part is what was frozen."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parent / "corpus"


def _corpus() -> ModuleType:
    spec = importlib.util.spec_from_file_location("factcheck_corpus", FOLDER / "corpus.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


corpus = _corpus()
PATHS = sorted([*(FOLDER / "open").glob("*.article"), *(FOLDER / "held_back").glob("*.article")])


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_label_is_where_it_says_and_speaks_the_vocabulary(path: Path) -> None:
    article = corpus.read_article(path)
    assert article.claims
    for claim in article.claims:
        assert tuple(claim) == corpus.CLAIM_FIELDS
        assert article.text[claim["start"] : claim["end"]] == claim["text"]
        assert claim["sentence_start"] <= claim["start"] < claim["end"] <= claim["sentence_end"]
    assert corpus.SENTENCE_MARK not in article.text
    assert "{nb" not in article.text


def test_open_part_covers_the_vocabulary() -> None:
    claims = [claim for article in corpus.load("open") for claim in article.claims]
    for name, known in (("type", "kinds"), ("comparator", "comparators"), ("status", "statuses")):
        assert set(corpus.VOCABULARY[known]) - {claim[name] for claim in claims} == set(), name
    values = [value for claim in claims for value in claim["values"]]
    assert {value["unit"] for value in values} == set(corpus.VOCABULARY["units"])
    assert {value["role"] for value in values} == set(corpus.VOCABULARY["roles"])


SMALL = """id: small
language: de
locale: de-DE
form: text
style: made up for this test
published_at: 2026-01-14T18:00+01:00
facts: invented
@main: Alibaba; BABA;
--- text
Die Aktie stieg um rund 9 Prozent.¦ Ist das zu viel?
{advert}
--- claims
{claims}
"""
RIGHT = "rund 9 Prozent :: return share_price 9% approx up\nIst das zu viel? :: question verdict question"


def _small(tmp_path: Path, claims: str, advert: str = "") -> object:
    path = tmp_path / "small.article"
    path.write_text(SMALL.format(claims=claims, advert=advert), encoding="utf-8")
    return corpus.read_article(path)


def test_a_right_article_compiles(tmp_path: Path) -> None:
    article = _small(tmp_path, RIGHT)
    first, second = article.claims  # type: ignore[attr-defined]
    assert (first["start"], first["end"], first["sentence_start"], first["sentence_end"]) == (19, 33, 0, 34)
    assert first["values"] == [{"value": 9, "unit": "percent", "currency": None, "role": "value"}]
    assert first["subject"] == {"name": "Alibaba", "ticker": "BABA", "venue": None}
    assert (first["id"], first["comparator"], first["status"]) == ("c1", "approx", "reported_fact")
    assert (second["text"], second["values"], second["comparator"]) == ("Ist das zu viel?", [], "none")


@pytest.mark.parametrize(
    ("claims", "advert", "message"),
    [
        (RIGHT.replace("9 Prozent", "8 Prozent"), "", "is not in the text"),
        (RIGHT.replace(" share_price", " ebit"), "", "is no metric"),
        (RIGHT.replace(" approx", " roughly"), "", "is no value"),
        (RIGHT.replace("approx", "range"), "", "range goes with"),
        (RIGHT.replace("9%", "9EUR approx_"), "", "is no value"),
        (RIGHT.replace("verdict question", "verdict opinion"), "", "a question is not a fact"),
        (RIGHT.replace("up", "up as_of=2026-02-30"), "", "day is out of range"),
        (RIGHT, "Jetzt 50 Prozent sparen!", "digits without a label"),
        (RIGHT + "\nJetzt 5 % sparen! :: advertising offer 5% advertising", "Jetzt 5 % sparen!", "region disagree"),
        (RIGHT + "\n" + RIGHT, "", "the same claim twice"),
        (RIGHT.replace("rund", "um rund").replace(" :: return", "¦ :: return"), "", "is not in the text"),
    ],
)
def test_a_wrong_label_is_refused(tmp_path: Path, claims: str, advert: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        _small(tmp_path, claims, advert)


def test_offsets_count_code_points_of_the_text_as_read(tmp_path: Path) -> None:
    article = _small(tmp_path, RIGHT, "\U0001f680{nbsp}Schluß")
    text = article.text  # type: ignore[attr-defined]
    assert "\U0001f680\u00a0Schluß" in text
    assert all(text[claim["start"] : claim["end"]] == claim["text"] for claim in article.claims)  # type: ignore[attr-defined]


def test_no_article_stands_twice() -> None:
    texts = Counter(corpus.read_article(path).text for path in PATHS)
    assert max(texts.values()) == 1
