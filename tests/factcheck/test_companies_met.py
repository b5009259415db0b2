"""Companies that no list holds, told of in an article about a listed one: they have figures, but no shares."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction import extract

THEIRS = [
    (
        "Hikma Pharmaceuticals buys Norvald Pharma\n\nHikma Pharmaceuticals agreed to buy Norvald Pharma, a producer "
        "of pills. Norvald employs about 870 people. The shares fell 2.1% to $48.20.",
        {"about 870": "Norvald Pharma", "2.1%": "Hikma Pharmaceuticals", "$48.20": "Hikma Pharmaceuticals"},
    ),
    (
        "Telefónica im Plus\n\nTelefónica hat den Umsatz um 6 Prozent gesteigert. Estrava, an der Telefónica "
        "77 Prozent hält, steigerte den Gewinn um 13 Prozent.",
        {"6 Prozent": "Telefónica", "77 Prozent": "Estrava", "13 Prozent": "Estrava"},
    ),
    (
        "Telefónica verliert Kunden\n\nTelefónica hat 120.000 Kunden verloren. Der Rivale Fennberg gewann "
        "dagegen 85.000 "
        "Kunden hinzu.",
        {"120.000": "Telefónica", "85.000": "Fennberg"},
    ),
    (
        "Puma slips\n\nPuma shares fell 3.2%. Privately held Quellsport is aiming for revenue of $2 billion. Britain's "
        "Tarncastle plans to open 40 stores. Corvane, which is owned by a pension fund, has 1,400 stores.",
        {"3.2%": "Puma", "$2 billion": "Quellsport", "40": "Tarncastle", "1,400": "Corvane"},
    ),
    (
        "Sulzer im Minus\n\nDie Sulzer-Aktie fiel um 2 Prozent. Die Linde-Tochter Kryovent baut in Dresden für 90 "
        "Millionen Euro aus. Denner, das zur Migros gehört, steigerte den Umsatz um 9 Prozent.",
        {"2 Prozent": "Sulzer", "90 Millionen": "Kryovent", "9 Prozent": "Denner"},
    ),
    (
        "Puma slips\n\nPuma shares fell 3%. Americans spent $90 billion on shoes last year.",
        {"3%": "Puma", "$90 billion": "United States"},
    ),
]
NOBODY = [
    (
        "Kroger opens Pine Hollow\n\nKroger opened its plant in Pine Hollow, Tennessee, on Monday. Pine "
        "Hollow will employ "
        "1,400 people.",
        "Kroger",
    ),
    (
        "Boeing chief confident\n\nMarcus Oakley, the chief executive, expects sales to grow 7% this year. "
        "Oakley earned "
        "$14 million last year.",
        "Boeing",
    ),
    ("EnBW baut aus\n\nMehr als 9.000 Schnellladepunkte betreibt der Konzern inzwischen.", "EnBW"),
    ("Siemens legt zu\n\nDie Zugsparte Mobility kam auf eine Marge von 8,1 Prozent.", "Siemens"),
]


@pytest.mark.parametrize(("text", "whose"), THEIRS)
def test_what_an_unlisted_company_does_is_its_own(text: str, whose: dict[str, str]) -> None:
    found = {claim.text: claim.subject.name for claim in extract(text).claims if claim.values}
    said = {figure: next(name for printed, name in found.items() if printed.startswith(figure)) for figure in whose}
    assert said == whose


@pytest.mark.parametrize(("text", "name"), NOBODY)
def test_people_places_goods_and_parts_are_no_companies(text: str, name: str) -> None:
    assert {claim.subject.name for claim in extract(text).claims if claim.values} == {name}


def test_a_company_of_no_list_whose_share_heads_the_text_is_what_it_is_about() -> None:
    text = (
        "Copper Ridge Brands Stock Jumps: Buy, Sell Or Hold?\n\n"
        "Shares of Copper Ridge Brands (ZZQX) jumped 8% on Wednesday to $463.20. UBS rates the stock Neutral, and UBS "
        "has a target of $410. UBS thinks growth will slow.\n\n"
        "Copper Ridge Brands earned $2.1 billion last year, while UBS had expected $2 billion.\n"
    )
    claims = extract(text).claims
    assert {c.subject.name for c in claims if c.type in ("return", "price_level", "price_target")} == {
        "Copper Ridge Brands"
    }
