"""What lies between two analyses, each sentence with what would falsify it."""

from __future__ import annotations

from typing import Any

import pytest

from rerating.analysis import Analysis, analyze
from rerating.core.errors import UsageError
from rerating.core.types import AsOf, Gap, Why
from rerating.findings.fundamentals import Fundamentals
from rerating.ledger import Ledger
from rerating.outlook.answer import Forecast, Verdict
from rerating.outlook.verdict import Call
from rerating.report.difference import difference, difference_data


@pytest.fixture(scope="module")
def earlier(sample: Ledger) -> Analysis:
    return analyze(sample, "AAPL", AsOf.parse("2007-01-05T22:00Z"), currency="EUR")


STANDS = "So gemeldet; das bleibt wahr, solange die Quelle es nicht berichtigt."


def told(before: Analysis, after: Analysis, language: Any = "de") -> list[str]:
    return difference(before, after, language=language).replace("\u00a0", " ").splitlines()[1:]


def test_price_level_and_events(earlier: Analysis, apple: Analysis) -> None:
    assert told(earlier, apple)[:4] == [
        "- Kurs: Der Kurs stieg um 11,3 %: von 85,05 $ (5. Januar 2007) auf 94,62 $ (12. Januar 2007). Wahr längstens "
        "bis zum 16. Januar 2007.",
        "- Kurs: Das 52-Wochen-Hoch ist jetzt 97,80 $ (10. Januar 2007), davor 93,16 $ (27. November 2006). Wahr, bis "
        "der Kurs 97,80 $ überschreitet, längstens bis zum 8. Januar 2008.",
        f"- Neu: Macworld-Keynote: das iPhone wird gezeigt (9. Januar 2007, 18:40 bis 20:10 Uhr MEZ). {STANDS}",
        f"- Neu: Cisco klagt wegen der Marke iPhone (10. Januar 2007). {STANDS}",
    ]
    english = told(earlier, apple, "en")
    assert english[0].startswith("- Price: The price rose 11.3%: from $85.05 (5 January 2007) to $94.62")
    assert len(english) == len(told(earlier, apple))


def test_the_same_twice_is_no_change(apple: Analysis) -> None:
    assert told(apple, apple) == ["Nichts hat sich geändert."]
    assert told(apple, apple, "en") == ["Nothing changed."]


def test_a_revised_figure_a_call_a_model_and_gaps(apple: Analysis) -> None:
    fundamentals: Fundamentals = apple.of_kind(Fundamentals)[0]
    assert not isinstance(fundamentals.figures, Gap)
    figures = tuple(
        figure.model_copy(update={"value": 0.6}) if figure.field == "eps_diluted" else figure
        for figure in fundamentals.figures
    )
    gap = Gap(question="forecast over 5 sessions", why=Why.TOO_SHORT, detail="x")
    basis = fundamentals.basis.model_copy(update={"gaps": (*fundamentals.basis.gaps, gap)})
    assert isinstance(apple.verdict, Verdict)
    verdict = apple.verdict.model_copy(update={"call": Call.BUY, "probability": 0.55})
    forecasts = tuple(
        found.model_copy(update={"model": found.model.model_copy(update={"name": "old"})})
        if isinstance(found, Forecast)
        else found
        for found in apple.forecasts
    )
    name = next(found.model.name for found in apple.forecasts if isinstance(found, Forecast))
    before = apple.model_copy(
        update={
            "findings": tuple(
                fundamentals.model_copy(update={"figures": figures, "basis": basis}) if one is fundamentals else one
                for one in apple.findings
            ),
            "verdict": verdict,
            "forecasts": forecasts,
            "software_version": "0.0.9",
        }
    )
    assert told(before, apple) == [
        "- Berichtigt: Gewinn je Aktie, verwässert (2. Juli bis 30. September 2006): jetzt 0,62 $ je Aktie, davor "
        f"0,60 $ je Aktie. {STANDS}",
        "- Urteil: Jetzt „Kein belegter Vorteil“, davor „Kaufen“. Wahr, solange der Kurs bis zum 13. Februar 2007 "
        "zwischen 80,50 $ und 111,87 $ bleibt.",
        "- Urteil: Die Wahrscheinlichkeit, den Vergleichsmaßstab über 21 Handelstage zu schlagen, ist jetzt 50 %, "
        "davor "
        "55 %. Wahr, solange der Kurs bis zum 13. Februar 2007 zwischen 80,50 $ und 111,87 $ bleibt.",
        f"- Modell: Prognostiziert mit {name} (gelernt bis 12. Januar 2007), davor mit old (gelernt bis 12. Januar "
        "2007). Das gilt für diese Analyse; nichts kann es widerlegen.",
        "- Modell: Berechnet mit rerating 0.1.0, davor mit 0.0.9. Das gilt für diese Analyse; nichts kann es "
        "widerlegen.",
        "- Lücke geschlossen: Prognose über 5 Handelstage. Geschlossen, solange die Angaben dafür reichen.",
    ]
    opened = "- Lücke geöffnet: Prognose über 5 Handelstage. Offen, bis die fehlenden Angaben vorliegen."
    assert told(apple, before)[-1] == opened


def test_the_data_carry_sort_kind_sources_and_limits(earlier: Analysis, apple: Analysis) -> None:
    rows = difference_data(earlier, apple, language="en")
    assert rows[0]["sort"] == "price"
    assert rows[0]["true_until"]["on"]["on"] == "2007-01-16"
    assert rows[1]["true_until"]["above"]["value"] == 97.8
    assert rows[1]["true_until"]["on"]["on"] == "2008-01-08"  # then it is 52 weeks old
    assert rows[2]["true_until"] == {"by": "correction"}
    assert all(row["sources"] for row in rows[:4])
    assert all(row["true_until"] for row in rows)


def test_every_change_of_the_other_case_says_how_long_it_holds(alibaba_ledger: Ledger, baba: Analysis) -> None:
    """Ratings until the house rates anew, the trial and the price until the next close where no forecast names it."""
    first = analyze(alibaba_ledger, "BABA", AsOf.parse("2026-01-09T22:00Z"), currency="EUR")
    rows = difference_data(first, baba, language="en")
    endings = {row["true_until"].get("by") for row in rows}
    assert {"next_close", "next_rating", "correction"} <= endings
    for language in ("de", "en"):
        lines = told(first, baba, language)
        assert len(lines) == len(rows)
        said = ("Wahr", "So gemeldet", "Offen", "Geschl") if language == "de" else ("True", "So rep", "Open", "Closed")
        assert all(any(f". {end}" in line for end in said) for line in lines)


def test_other_lines_and_the_wrong_order_are_refused(earlier: Analysis, apple: Analysis, baba: Analysis) -> None:
    with pytest.raises(UsageError, match="XNAS:AAPL and XNYS:BABA"):
        difference(apple, baba, language="en")
    with pytest.raises(UsageError, match="name the earlier one first"):
        difference(apple, earlier, language="en")
