"""Whom figures and the next sentences are about where another name but stands beside what is told."""

import pytest

from rerating.factcheck.extraction import extract

GERMAN = (
    "Puma-Aktie gibt nach\n\nDie Puma-Aktie verlor 3,1 Prozent auf 21,20 Euro. Im ersten Halbjahr sank der Umsatz um 2 "
    "Prozent.\n\n"
)
ENGLISH = (
    "Halma shares slip\n\nHalma shares fell 3.1% to £31.10. First-half sales dropped 2%. It employs 9,000 people.\n\n"
)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Seit Jahresbeginn hat sie sechs Prozent gewonnen, der MDAX nur drei Prozent.", {"drei Prozent": "MDAX"}),
        (
            "Zum Preis von 21,40 Euro kostet sie das 14-Fache des Gewinns, Konkurrent Asics kommt auf 25.",
            {"25": "Asics"},
        ),
        ("Mit einer Dividendenrendite von 4,1 Prozent liegt sie vor Asics mit 2,9 Prozent.", {"2,9 Prozent": "Asics"}),
        ("Im Gegensatz zu Asics wuchs es im zweiten Quartal um 7 Prozent.", {}),
        ("Größter Kunde ist Zalando. Das Unternehmen beschäftigt 12.000 Mitarbeiter.", {}),
        ("Bei der UBS blieb man bei „Hold“: Der Wettbewerb mit Asics werde härter.", {}),
        ("Die Ratingagentur Moody's bestätigte die Note, hält den Ausblick aber für negativ.", {}),
        ("Der MDAX gab 0,6 Prozent nach. Zuletzt kostete sie 21,05 Euro.", {"0,6 Prozent": "MDAX"}),
    ],
)
def test_german_clauses_with_a_pronoun_or_no_name_are_the_companys(text: str, others: dict[str, str]) -> None:
    claims = extract(GERMAN + text).claims
    assert [(c.text, c.subject.name) for c in claims] == [(c.text, others.get(c.text, "Puma")) for c in claims]
    assert set(others) <= {c.text for c in claims}
    assert len(claims) > 3


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("It has slumped 31% this year while the FTSE 100 gained 15%, and at £30.30 it sits near its low.", "15%"),
        ("Forward P/E of 17, vs. 24 for Rotork", "24"),
        ("Unlike Rotork, the company pays a dividend of 20p a share.", ""),
        ("The company said Rotork would stock its products. It expects revenue of £900 million this year.", ""),
        ("The shares fetch 13 times earnings versus 18 at Rotork, and the dividend yield is 3.2%.", "18"),
        ("Former Rotork manager Paul Kern has led the company since March. It has a market value of £9 billion.", ""),
        ("It joined the FTSE 100 in March. The stock doubled after Rotork took a stake.", ""),
    ],
)
def test_english_clauses_with_a_pronoun_or_no_name_are_the_companys(text: str, others: str) -> None:
    claims = [claim for claim in extract(ENGLISH + text).claims if claim.type not in ("holding", "catalyst")]
    assert [c.text for c in claims if c.subject.name != "Halma"] == [c.text for c in claims if c.text == others]
    assert len(claims) > 4


def test_a_name_that_heads_its_sentence_is_gone_on_about() -> None:
    text = "Asics meldete am Mittwoch gute Zahlen. Der Umsatz stieg um 8 Prozent auf 400 Millionen Euro."
    assert {c.subject.name for c in extract(GERMAN + text).claims if c.start > len(GERMAN)} == {"Asics"}
