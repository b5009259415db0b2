"""What German tells without the word for it: stakes, sales of parts, burdens, marks, and whom a sentence puts it to."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction import extract

FACT, TOLD, PLANNED = "reported_fact", "attributed", "company_guidance"
TOLD_IN_GERMAN = [
    (
        "Puma: Laut einer Mitteilung verfügt Artemis nun über 30,4 % der Puma-Aktien; im Januar waren es noch 28,9 %.",
        [("holding", "exact", TOLD), ("holding", "exact", TOLD)],
    ),
    ("Puma: An der Sparte halten die Franken nun noch 22 Prozent.", [("holding", "exact", FACT)]),
    (
        "Puma: Der Chefkontrolleur erwarb 5.000 Aktien zu je 39,80 Euro.",
        [("insider_trade", "exact", FACT), ("insider_trade", "exact", FACT)],
    ),
    ("Bayer: Das Mittel senkte das Sterberisiko um 28 Prozent.", [("corporate_event", "exact", FACT)]),
    ("Bayer: Die Umweltsparte ging für 385 Millionen Euro an Stellex.", [("corporate_event", "exact", FACT)]),
    ("Puma: Die Zölle kosten den Konzern etwa 300 Millionen Euro.", [("guidance", "approx", PLANNED)]),
    ("Netflix: In den USA kostet das Einzelabo ab Juni 12,99 Dollar.", [("guidance", "exact", PLANNED)]),
    (
        "Puma: Seit dem Märztief von 18 Euro ist die Aktie um 41 Prozent gestiegen.",
        [("high_low_level", "exact", FACT), ("distance_to_low", "exact", FACT)],
    ),
    (
        "Puma: Mit einem KGV von 12,5 kostet die Aktie ein Fünftel weniger als im Schnitt.",
        [("ratio", "exact", FACT), ("ratio", "exact", FACT)],
    ),
    (
        "Puma: Ersten Angaben zufolge stieg der Umsatz um 8 Prozent, während das Ebit um 5 Prozent sank.",
        [("growth", "exact", TOLD), ("growth", "exact", TOLD)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD_IN_GERMAN)
def test_a_figure_is_what_its_sentence_tells_it_to_be(text: str, expected: list[tuple[str, str, str]]) -> None:
    claims = [claim for claim in extract(text, language="de").claims if claim.values]
    assert [(claim.type, claim.comparator, claim.status) for claim in claims] == expected


def test_an_interview_is_one_where_the_first_question_calls_somebody_by_name() -> None:
    turns = [
        "Drei Fragen zum Markt. Fondsmanagerin Katrin Voss erklärt, warum sie Linde kauft.",
        "Frau Voss, hat der Markt recht?",
        "Linde hat seine Marge auf 30,1 Prozent gesteigert.",
        "Woher kommt der Abstand?",
        "Die Kosten sind niedriger.",
        "Und Air Products?",
        "Dort sank der Umsatz um 3 Prozent.",
    ]
    claims = extract("\n\n".join(turns), language="de").claims
    assert [claim.status for claim in claims if claim.values] == [TOLD, TOLD]
