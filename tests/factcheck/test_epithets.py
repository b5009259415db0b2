"""Companies told of by their country, their seat, as the rival, and by the short name that newspapers use."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction import extract

CASES = [
    (
        "de",
        "AB InBev steigerte den Umsatz um 3 Prozent. Heineken verlor Marktanteile. "
        "Mit dem 15-Fachen des Gewinns sind die Belgier teurer als die Niederländer, die auf 13 kommen.",
        {"15-Fachen": "ABI.BR", "13": "HEIA.AS"},
    ),
    (
        "de",
        "Schindler und Kone wachsen. Der finnische Konzern steigerte den Umsatz um 4 Prozent. "
        "Die Schweizer erlösten 5 Prozent mehr.",
        {"4 Prozent": "KNEBV.HE", "5 Prozent": "SCHP.SW"},
    ),
    (
        "de",
        "Carlsberg: Nach dem Kauf von Britvic stammen 30 Prozent des Umsatzes der Dänen aus Limonaden.",
        {"30 Prozent": "CARL-B.CO"},
    ),
    (
        "en",
        "Heineken and Carlsberg reported on Tuesday. The Danish brewer lifted revenue by 6%. "
        "The Dutch group sold 2% less beer.",
        {"6%": "CARL-B.CO", "2%": "HEIA.AS"},
    ),
    (
        "de",
        "BioNTech und Moderna legten Zahlen vor. Moderna erlöste 3 Milliarden Dollar. Die Mainzer verloren 12 Prozent.",
        {"3 Milliarden Dollar": "MRNA", "12 Prozent": "BNTX"},
    ),
    (
        "en",
        "Harley-Davidson and Polaris reported. Polaris fell 3%. The Milwaukee company earned 12 cents a share.",
        {"3%": "PII", "12 cents": "HOG"},
    ),
    (
        "en",
        "Dexcom sold 6% more. Otis earned $1.05 a share. Abbott shares fell 3%.",
        {"6%": "DXCM", "$1.05": "OTIS", "3%": "ABT"},
    ),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_an_epithet_is_of_the_company_told_of_by_then(language: str, text: str, expected: dict[str, str]) -> None:
    """It stands for nobody new: the company with that home that the text has named."""
    claims = extract(text, language="en" if language == "en" else "de").claims
    found = {claim.text: claim.subject.ticker for claim in claims}
    assert {words: found.get(words) for words in expected} == expected


def test_people_who_are_no_company_change_nothing() -> None:
    """Consumers of a country and a house's country stand for no company that is not told of."""
    claims = extract("SAP-Aktie: Die Amerikaner sparen. Die Aktie verlor 2 Prozent.", language="de").claims
    assert [claim.subject.ticker for claim in claims if claim.values] == ["SAP.DE"]


STAKES = [
    ("de", "SAP: An der früheren Tochter Siemens Energy ist der Konzern noch mit 5,9 Prozent beteiligt.", "ENR.DE"),
    ("de", "United Internet meldet Zahlen. Die Tochter 1&1, an der United Internet 87 Prozent hält, wächst.", "1U1.DE"),
    ("en", "Jardine Matheson reported. Hongkong Land, of which Jardine owns 53 per cent, grew.", "H78.SI"),
]


@pytest.mark.parametrize(("language", "text", "ticker"), STAKES)
def test_a_stake_is_of_the_company_held(language: str, text: str, ticker: str) -> None:
    """Behind `an`, or in a relative clause that says who holds it."""
    claims = extract(text, language="en" if language == "en" else "de").claims
    assert [claim.subject.ticker for claim in claims if claim.type == "holding"] == [ticker]
