"""Which line of a company's shares a claim is about, where a text tells its classes apart."""

from __future__ import annotations

from typing import Literal

import pytest

from rerating.factcheck.extraction import extract
from rerating.factcheck.extraction.text.gazetteer import of_symbol, share_lines

HENKEL = """Henkel im Blick

Die Stammaktie von Henkel notiert bei 68 Euro, die Vorzugsaktie bei 75 Euro. Das ist ein Aufschlag von zehn Prozent. \
Gezahlt werden 2,02 Euro je Stammaktie und 2,04 Euro je Vorzugsaktie. Henkel setzte 20 Milliarden Euro um."""
VOLKSWAGEN = """Volkswagen im Blick

Um 2,3 Prozent auf 89 Euro gaben die Vorzüge von Volkswagen nach. Die Stämme verloren 1,9 Prozent. Seit Januar haben \
sie 14 Prozent eingebüßt. Volkswagen verdiente 3 Milliarden Euro."""
ROCHE = """Roche steigt

Der Roche-Genussschein gewann 1,2 Prozent auf 295 Franken. Die Inhaberaktie legte um 0,8 Prozent zu."""
FUCHS = """Fuchs-Aktie im Blick

Fuchs-Stämme kosten 31,20 Euro. Der Abschlag zu den Vorzügen beträgt 22 Prozent."""
ALPHABET = """Alphabet shares rise

Alphabet's Class A shares rose 2.1% to $190.20, while the Class C stock gained 2.4%. Alphabet revenue rose 12%."""
SAMSUNG = """Samsung Electronics hits record

Samsung Electronics rose 3% to 98,000 won. Its preferred shares added 2.4%. The chip maker earned $9 billion."""
BYD = """BYD slips

BYD's H shares fell 4% to HK$98. Its A shares lost 3.1%."""

CASES = [
    ("de", HENKEL, "68 Euro", "HEN.DE"),
    ("de", HENKEL, "75 Euro", "HEN3.DE"),
    ("de", HENKEL, "zehn Prozent", "HEN3.DE"),
    ("de", HENKEL, "2,02 Euro", "HEN.DE"),
    ("de", HENKEL, "2,04 Euro", "HEN3.DE"),
    ("de", HENKEL, "20 Milliarden Euro", "HEN3.DE"),
    ("de", VOLKSWAGEN, "2,3 Prozent", "VOW3.DE"),
    ("de", VOLKSWAGEN, "89 Euro", "VOW3.DE"),
    ("de", VOLKSWAGEN, "1,9 Prozent", "VOW.DE"),
    ("de", VOLKSWAGEN, "14 Prozent", "VOW.DE"),
    ("de", VOLKSWAGEN, "3 Milliarden Euro", "VOW3.DE"),
    ("de", ROCHE, "295 Franken", "ROG.SW"),
    ("de", ROCHE, "0,8 Prozent", "RO.SW"),
    ("de", FUCHS, "31,20 Euro", "FPE.DE"),
    ("de", FUCHS, "22 Prozent", "FPE.DE"),
    ("en", ALPHABET, "$190.20", "GOOGL"),
    ("en", ALPHABET, "2.4%", "GOOG"),
    ("en", ALPHABET, "12%", "GOOGL"),
    ("en", SAMSUNG, "98,000 won", "005930.KS"),
    ("en", SAMSUNG, "2.4%", "005935.KS"),
    ("en", SAMSUNG, "$9 billion", "005930.KS"),
    ("en", BYD, "HK$98", "1211.HK"),
    ("en", BYD, "3.1%", "002594.SZ"),
]


@pytest.mark.parametrize(("tongue", "text", "figure", "symbol"), CASES)
def test_a_noun_for_a_class_moves_a_claim_on_shares_to_its_line(
    tongue: Literal["de", "en"], text: str, figure: str, symbol: str
) -> None:
    start = text.index(figure)
    claims = [c for c in extract(text, language=tongue).claims if c.start < start + len(figure) and start < c.end]
    assert [c.subject.ticker for c in claims][:1] == [symbol]


def test_a_class_of_shares_is_no_group() -> None:
    text = "Fuchs-Aktie im Blick\n\nFuchs gewann 2 Prozent. Sind Vorzugsaktien die bessere Wahl?"
    assert {claim.subject.ticker for claim in extract(text, language="de").claims} == {"FPE3.DE"}


def test_every_line_is_of_a_company_of_the_list() -> None:
    for symbol, lines in share_lines().items():
        assert of_symbol(symbol) is not None
        assert symbol in lines.values()
        assert len(set(lines.values())) == len(lines) > 1
