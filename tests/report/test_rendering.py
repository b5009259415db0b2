"""The whole report of a real case, in both languages and formats."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from rerating.analysis import Analysis
from rerating.core.errors import UsageError
from rerating.report import render


class Page(HTMLParser):
    """Reads a page: its text without marks, its ids, the targets of its links, whatever it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.ids += [named["id"] or ""] if "id" in named else []
        if tag == "a":
            self.links.append(named["href"] or "")
        self.fetched += [named[key] or "" for key in ("src", "srcset", "data", "poster") if key in named]
        if tag == "link":
            self.fetched.append(named.get("href") or "")
        if tag not in {"meta", "br", "circle", "line", "rect", "path"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not {"style", "script", "sup"} & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words).replace("\u00a0", " "))


@pytest.mark.parametrize(
    ("language", "figures"),
    [
        (
            "de",
            [
                "Apple gewinnt gut 11 % in fünf Handelstagen: ein möglicher Auslöser",
                "94,62 $",
                "73,39 €",
                "97,80 $",
                "+7,8 bis +8,4 %",
                "Kein belegter Vorteil",
                "„Macworld-Keynote: das iPhone wird gezeigt“",
                "9. Januar 2007, 18:40 bis 20:10 Uhr MEZ",
                "0,70 bis 0,73 $ je Aktie",
            ],
        ),
        (
            "en",
            [
                "Apple gains just over 11% in five sessions: one possible trigger",
                "$94.62",
                "€73.39",
                "$97.80",
                "+7.8% to +8.4%",
                "No proven edge",
                "“Macworld keynote: the iPhone is shown”",
                "9 January 2007, 17:40 to 19:10 UTC",
                "$0.70 to $0.73 per share",
            ],
        ),
    ],
)
def test_both_formats_say_the_figures(apple: Analysis, language: str, figures: list[str]) -> None:
    page = Page(render(apple, language=language, format="html")).text
    markdown = re.sub(r"\[\^\d+\]", "", render(apple, language=language, format="md")).replace("\u00a0", " ")
    for figure in figures:
        assert figure in page
        assert figure in markdown


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_is_whole_and_fetches_nothing(apple: Analysis, language: str) -> None:
    text = render(apple, language=language, format="html")
    page = Page(text)
    assert page.open == []
    assert page.fetched == []
    assert "default-src 'none'" in text
    assert "@import" not in text
    assert "url(http" not in text
    assert len(page.ids) == len(set(page.ids))


def test_every_mark_leads_to_a_source_and_every_source_is_used(apple: Analysis) -> None:
    page = Page(render(apple, language="de", format="html"))
    targets = {link[1:] for link in page.links if link.startswith("#source-")}
    assert targets == {name for name in page.ids if name.startswith("source-")}
    markdown = render(apple, language="de", format="md")
    used, defined = (set(re.findall(expr, markdown, re.M)) for expr in (r"\[\^(\d+)\](?!:)", r"^\[\^(\d+)\]:"))
    assert used == defined


def test_same_analysis_same_bytes(apple: Analysis) -> None:
    again = Analysis.from_json(apple.to_json())
    for language in ("de", "en"):
        for kind in ("html", "md"):
            assert render(apple, language=language, format=kind) == render(again, language=language, format=kind)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"language": "fr", "format": "html"}, "no report in 'fr'"),
        ({"language": "de", "format": "docx"}, "no format 'docx'"),
        ({"language": "de", "format": "md", "length": "novel"}, "no length 'novel'"),
    ],
)
def test_what_is_not_offered_is_said(apple: Analysis, asked: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        render(apple, **asked)


def test_nobody_is_told_to_buy_or_sell_without_a_proven_edge(apple: Analysis) -> None:
    """Both questions are asked and answered: there is no proven reason. Nothing else says buy, hold or sell."""
    answers = {
        "de": ("Kaufen? Wer die Aktie nicht hat, hat keinen belegten Grund", "Verkaufen? Wer sie hat, hat keinen"),
        "en": ("Buy? Who does not hold the stock has no proven reason to.", "Sell? Who holds it has no proven reason"),
    }
    for language, (buy, sell) in answers.items():
        page = Page(render(apple, language=language, format="html")).text
        assert buy in page
        assert sell in page
        rest = page.replace(buy, "").replace(sell, "")
        assert not re.search(r"\b(kaufen|halten|verkaufen|buy|hold|sell)\b", rest, re.I)
