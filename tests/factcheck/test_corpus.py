"""The annotated articles are well formed, varied as promised, and the held-back part is what was frozen."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.factcheck.corpus import corpus, score

FOLDER = Path(__file__).parent / "corpus"
PATHS = sorted([*(FOLDER / "open").glob("*.article"), *(FOLDER / "held_back").glob("*.article")])


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_label_is_where_it_says_and_speaks_the_vocabulary(path: Path) -> None:
    article = corpus.article_at(path)
    assert article.claims
    for claim in article.claims:
        assert tuple(claim) == corpus.CLAIM_FIELDS
        assert article.text[claim["start"] : claim["end"]] == claim["text"]
        assert claim["sentence_start"] <= claim["start"] < claim["end"] <= claim["sentence_end"]
    assert corpus.SENTENCE_MARK not in article.text
    assert "{nb" not in article.text


@pytest.mark.parametrize(("part", "least"), [("open", 564), ("held_back", 40)])
def test_each_part_is_large_varied_and_about_half_german(part: str, least: int) -> None:
    articles = corpus.load(part)
    assert len(articles) >= least
    assert sum(article.language == "de" for article in articles) >= 0.45 * len(articles)
    assert {article.header["form"] for article in articles} == {"text", "markdown", "html"}
    assert {"de-DE", "de-CH", "en-US", "en-GB"} <= {article.header["locale"] for article in articles}
    for article in articles:
        assert 80 <= article.words <= 450, article.id


def test_many_ask_what_to_do_after_a_week_of_gains() -> None:
    models = [article for article in corpus.load("open") if "model case" in article.header["style"]]
    assert len(models) >= 80


def test_held_back_part_is_what_was_frozen() -> None:
    assert corpus.held_back_digest() == corpus.DIGEST_FILE.read_text(encoding="ascii").strip()


@pytest.mark.parametrize(
    ("part", "absent"), [("open", set()), ("held_back", {"market_cap", "insider_trade", "consensus_rating"})]
)
def test_each_part_covers_the_vocabulary(part: str, absent: set[str]) -> None:
    """Half of a round's articles are as their authors wrote them: some kinds happen not to occur."""
    claims = [claim for article in corpus.load(part) for claim in article.claims]
    for name, known in (("type", "kinds"), ("comparator", "comparators"), ("status", "statuses")):
        assert set(corpus.VOCABULARY[known]) - {claim[name] for claim in claims} <= absent, name
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
    texts = Counter(corpus.article_at(path).text for path in PATHS)
    assert max(texts.values()) == 1


@pytest.mark.parametrize("part", ["open", "held_back"])
def test_the_labels_themselves_score_full_marks(part: str) -> None:
    articles = corpus.load(part)
    result = score.score_all(articles, {article.id: article.claims for article in articles})
    assert result.shares() == dict.fromkeys(result.shares(), 1.0)
    assert result.taken_as_fact == 0
    assert result.numeric_labels + result.wordy_labels == sum(len(article.claims) for article in articles)


def test_no_answer_scores_nothing() -> None:
    articles = corpus.load("open")
    shares = score.score_all(articles, {article.id: [] for article in articles}).shares()
    assert (shares["numeric_recall"], shares["wordy_recall"], shares["precision"]) == (0.0, 0.0, None)


def _answer(article: object, number: int = 0, **changes: object) -> dict[str, object]:
    return {**article.claims[number], **changes}  # type: ignore[attr-defined]


def _percent(amount: float, unit: str = "percent", role: str = "value") -> dict[str, object]:
    return {"value": amount, "unit": unit, "currency": None, "role": role}


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ([_percent(9)], 1),
        ([_percent(0.09, "ratio")], 1),
        ([_percent(8)], 0),
        ([_percent(9, "count")], 0),
        ([_percent(9, role="from")], 0),
        ([_percent(9), _percent(9)], 0),
    ],
)
def test_values_agree_by_meaning_not_by_spelling(tmp_path: Path, values: list[object], right: int) -> None:
    article = _small(tmp_path, RIGHT)
    result = score.score_article(article, [_answer(article, values=values)])
    assert (result.numeric_found, result.right["values"], result.cases["values"]) == (1, right, 1)


def test_an_extra_claim_costs_precision_and_a_question_taken_as_fact_is_counted(tmp_path: Path) -> None:
    article = _small(tmp_path, RIGHT)
    answers = [_answer(article), _answer(article), _answer(article, 1, type="return", status="reported_fact")]
    result = score.score_article(article, answers)
    assert (result.predicted, result.wrong, result.taken_as_fact) == (3, 1, 1)
    assert result.shares()["precision"] == pytest.approx(2 / 3)
    assert result.shares()["status"] == 0.5


def test_tolerated_spans_and_the_rest_of_an_advertisement_are_neither_missed_nor_wrong(tmp_path: Path) -> None:
    claims = RIGHT + (
        "\n[advertising] Jetzt lesen! ... nur 5 Euro."
        "\nJetzt lesen! :: advertising offer advertising\n~ nur 5 Euro :: price in an advertisement"
    )
    article = _small(tmp_path, claims, "Jetzt lesen!¦ Heute kostet das nur 5 Euro.")
    start = article.text.index("Heute")  # type: ignore[attr-defined]
    rest = _answer(article, 2, start=start, end=start + 5)
    priced = _answer(article, 0, start=start + 15, end=start + 27, status="advertising")
    result = score.score_article(article, [*article.claims, rest, priced])  # type: ignore[attr-defined]
    assert (result.wrong, result.taken_as_fact) == (0, 0)
    wrong = score.score_article(article, [{**rest, "status": "reported_fact"}])
    assert (wrong.wrong, wrong.taken_as_fact) == (1, 1)


def test_subject_is_right_by_ticker_or_by_name(tmp_path: Path) -> None:
    article = _small(tmp_path, RIGHT)
    for subject, right in (
        ({"name": "Alibaba Group", "ticker": "BABA", "venue": None}, 1),
        ({"name": "ALIBABA", "ticker": "9988.HK", "venue": None}, 1),
        ({"name": "Baidu", "ticker": "BIDU", "venue": None}, 0),
        ({"name": None, "ticker": None, "venue": None}, 0),
    ):
        assert score.score_article(article, [_answer(article, subject=subject)]).right["subject"] == right
