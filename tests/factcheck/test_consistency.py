"""What an article's own figures say of each other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rerating.factcheck.checking.consistency import Fault, faults
from rerating.factcheck.extraction import extract

AT = datetime(2026, 1, 14, 12, tzinfo=UTC)


def found(text: str) -> list[Fault]:
    return faults(text, extract(text, published_at=AT).claims)


@pytest.mark.parametrize(
    ("kind", "wrong", "right"),
    [
        (
            "out_of_another",
            "Der Kurssprung der SAP-Aktie um 9 % führte zu einem Wochenplus von 15 %.",
            "Die SAP-Aktie sprang um 9 %, und das Wochenplus liegt bei 15 %.",
        ),
        (
            "upside",
            "Die SAP-Aktie notiert bei 200 Euro. Das Kursziel von 240 Euro entspricht einem Potenzial von 35 %.",
            "Die SAP-Aktie notiert bei 200 Euro. Das Kursziel von 240 Euro entspricht einem Potenzial von 20 %.",
        ),
        (
            "from_to",
            "Der Umsatz von SAP stieg von 90 auf 99 Millionen Euro, ein Wachstum von 15 Prozent.",
            "Der Umsatz von SAP stieg von 90 auf 99 Millionen Euro, ein Wachstum von 10 Prozent.",
        ),
        (
            "millions_lost",
            "SAP erzielte im dritten Quartal 2025 einen Umsatz von 9,1 Milliarden Euro. "
            "Der Umsatz von SAP betrug im dritten Quartal 2025 9,1 Millionen Euro.",
            "SAP erzielte im dritten Quartal 2025 einen Umsatz von 9,1 Milliarden Euro. "
            "Der Umsatz von SAP betrug im dritten Quartal 2025 9,1 Milliarden Euro.",
        ),
        (
            "two_values",
            "SAP erzielte im dritten Quartal 2025 einen Umsatz von 9,1 Milliarden Euro. "
            "Der Umsatz von SAP betrug im dritten Quartal 2025 9,6 Milliarden Euro.",
            "SAP erzielte im dritten Quartal 2025 einen Umsatz von 9,1 Milliarden Euro. "
            "Der Umsatz von SAP betrug im dritten Quartal 2025 rund 9 Milliarden Euro.",
        ),
    ],
)
def test_a_text_that_contradicts_itself_is_told_from_one_that_does_not(kind: str, wrong: str, right: str) -> None:
    assert [fault.kind for fault in found(wrong)] == [kind]
    assert found(right) == []


def test_a_fault_names_what_the_other_figures_give() -> None:
    (fault,) = found(
        "Die SAP-Aktie notiert bei 200 Euro. Das Kursziel von 240 Euro entspricht einem Potenzial von 35 %."
    )
    assert fault.expected == pytest.approx(0.2)
    assert len(fault.against) == 2
