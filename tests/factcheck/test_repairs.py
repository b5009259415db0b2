"""Corrected sentences: each holds when it is checked again, and changes the faulty words alone."""

from __future__ import annotations

import pytest

from factcheck_world import CUTOFF, DAY, LAST, world
from rerating.factcheck.checking import Checked, check
from rerating.factcheck.repairs import Repair, corrected, repaired
from rerating.language.periods import day

ENGLISH = day(LAST, "en")


def mended(text: str) -> tuple[Checked, str]:
    found = check(world(), text, as_of=CUTOFF, published_at=LAST)
    result = repaired(world(), found, text)
    return result, corrected(result, text)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (f"Die Microsoft-Aktie stieg am {DAY} um 9 %.", f"Die Microsoft-Aktie stieg am {DAY} um 5 %."),
        (f"Die Microsoft-Aktie fiel am {DAY} um 5 %.", f"Die Microsoft-Aktie stieg am {DAY} um 5 %."),
        (f"Microsoft gewann am {DAY} rund 15 Prozent.", f"Microsoft gewann am {DAY} rund 5 Prozent."),
        (f"Microsoft shares fell 9% on {ENGLISH}.", f"Microsoft shares rose 5% on {ENGLISH}."),
        (
            "Microsoft erzielte im vierten Quartal 2025 einen Umsatz von 66,0 Milliarden Dollar.",
            "Microsoft erzielte im vierten Quartal 2025 einen Umsatz von 60,0 Milliarden Dollar.",
        ),
        (
            "UBS stufte die Microsoft-Aktie von „Buy“ auf „Sell“ herunter.",
            "UBS stufte die Microsoft-Aktie von „Buy“ auf „Neutral“ herunter.",
        ),
        (
            "Barclays sieht das Kursziel für Microsoft bei 250 Dollar.",
            "Barclays sieht das Kursziel für Microsoft bei 190 Dollar.",
        ),
        ("Besonders optimistisch ist Barclays für Microsoft.", "Besonders optimistisch ist Citigroup für Microsoft."),
    ],
)  # fmt: skip
def test_the_faulty_words_change_and_the_sentence_holds(wrong: str, right: str) -> None:
    result, text = mended(wrong)
    assert text == right
    again = check(world(), text, as_of=CUTOFF, published_at=LAST)
    assert [claim.outcome for claim in again.claims] == ["confirmed"]
    (repair,) = result.repairs
    assert repair.note
    assert "".join(piece.text for piece in repair.pieces if piece.change != "in") == wrong


def test_a_correction_makes_no_other_claim_of_its_sentence_false() -> None:
    text = "Besonders optimistisch ist Barclays für Microsoft mit einem Kursziel von 190 Dollar."
    _, after = mended(text)
    assert after == "Besonders optimistisch ist Citigroup für Microsoft mit einem Kursziel von 210 Dollar."


def test_what_cannot_be_known_better_is_left_with_its_reason() -> None:
    text = "Die Microsoft-Aktie sprang um 5 %, was zu einem Wochenplus von 44 % führte zu einem Plus von 44 %."
    result, after = mended(text)
    assert all(isinstance(each, Repair) for each in result.repairs)
    assert [each.reason for each in result.repairs if each.sentence is None] == [
        each.reason for each in result.repairs if each.reason
    ]
    assert after.startswith("Die Microsoft-Aktie sprang um 5 %")


def test_nothing_is_mended_where_nothing_is_wrong() -> None:
    text = f"Die Microsoft-Aktie stieg am {DAY} um 5 %."
    result, after = mended(text)
    assert result.repairs == ()
    assert after == text
