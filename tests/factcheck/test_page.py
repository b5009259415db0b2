"""The annotated page: only claim sentences by default, hostile markup as text, every outcome with word and sign."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from factcheck_world import CUTOFF, DAY, LAST, world
from rerating.factcheck.checking import check
from rerating.factcheck.page import address_in, page
from rerating.factcheck.repairs import repaired
from rerating.factcheck.words import MARK, OUTCOME

TEXT = (
    f"Die Microsoft-Aktie stieg am {DAY} um 12 %. Das Wetter war schön und niemand fragte danach. "
    "Barclays sieht das Kursziel für Microsoft bei 190 Dollar."
)
STYLE = ":root{--ink:#000}"


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def made(text: str, *, whole: bool = False, mend: bool = False) -> str:
    found = check(world(), text, as_of=CUTOFF, published_at=LAST)
    found = repaired(world(), found, text) if mend else found
    return page(found, text, style=STYLE, whole=whole)


def test_the_default_page_quotes_claim_sentences_and_the_private_one_the_whole_text() -> None:
    assert "Das Wetter war schön" not in made(TEXT)
    assert "Das Wetter war schön" in made(TEXT, whole=True)


def test_each_claim_is_marked_by_word_and_sign_and_leads_to_its_trace() -> None:
    text = made(TEXT)
    tags = Tags(text).seen
    links = {attrs["href"] for tag, attrs in tags if tag == "a" and "claim" in str(attrs.get("class"))}
    ids = {attrs.get("id") for _, attrs in tags}
    assert links
    assert {str(link).removeprefix("#") for link in links} <= ids
    for outcome in ("refuted", "confirmed"):
        assert MARK[outcome] in text
        assert OUTCOME[outcome]["de"] in text
    assert text.count("<details>") >= 2
    assert "window_return(" in text


def test_hostile_markup_is_only_ever_text() -> None:
    hostile = (
        "<html><body><p>Die Microsoft-Aktie <img src=x onerror=alert(1)> stieg am "
        f"{DAY} um <b onclick='alert(2)'>9 %</b>.</p><script>alert(3)</script>"
        '<p>"><svg onload=alert(4)> Barclays sieht das Kursziel für Microsoft bei 190 Dollar.</p></body></html>'
    )
    for text in (
        made(hostile),
        made(hostile, whole=True),
        made("Microsoft </style><script>x</script> 5 %", whole=True),
    ):
        tags = Tags(text).seen
        assert not [tag for tag, _ in tags if tag in ("script", "img", "svg", "iframe", "object", "link")]
        assert not [attrs for _, attrs in tags if any(name.startswith("on") for name in attrs)]
        assert text.count("</style>") == 1


def test_the_page_asks_for_nothing_and_admits_its_own_style_alone() -> None:
    text = made(TEXT)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "script-src 'none'" in policy[1]
    assert "style-src &#39;sha256-" in policy[1] or "style-src 'sha256-" in policy[1]
    assert "https://" not in text.replace("https://example.org", "")


def test_the_address_of_an_article_is_a_web_page_and_nothing_else() -> None:
    assert (
        address_in('<link rel="canonical" href="https://example.org/a?b=1&amp;c=2">') == "https://example.org/a?b=1&c=2"
    )
    assert address_in('<meta property="og:url" content="https://example.org/x">') == "https://example.org/x"
    assert address_in('<link rel="canonical" href="javascript:alert(1)">') is None
    found = check(world(), TEXT, as_of=CUTOFF, published_at=LAST)
    linked = page(found, TEXT, style=STYLE, link="https://example.org/a?b=1&c=2")
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer">' in linked


def test_corrections_are_tracked_changes() -> None:
    text = made(TEXT, mend=True)
    assert "<del>12</del><ins>5</ins>" in text


def test_the_same_check_gives_the_same_bytes() -> None:
    assert made(TEXT, mend=True) == made(TEXT, mend=True)


def test_an_article_without_claims_has_a_page_as_well() -> None:
    assert "Keine Behauptung gefunden" in made("Guten Tag, das ist ein schöner Morgen in unserer kleinen Stadt.")
