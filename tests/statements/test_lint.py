"""The lint: what urges, sells or signs nothing is named with its line; what does none of that is left alone."""

from __future__ import annotations

import pytest

from all_templates import ALL
from rerating.analysis import Analysis
from rerating.report import render
from rerating.statements.lint import Rule, lint
from rerating.statements.statement import pieces

SOLD = """Alibaba-Aktie: Dringender Handlungsbedarf!

Die Aktie sprang um 10 Prozent. Anleger sollten jetzt handeln.
Alibaba-Aktionäre müssen sofort kaufen oder verkaufen.

Fazit: Kaufen. Sichern Sie sich hier den kostenlosen Report und erfahren Sie, warum sich die Aktie verdoppeln könnte.
"""
SIGNED = """Von Eva Muster, 14. Januar 2026

Wir empfehlen, die Aktie zu halten.

Offenlegung: Die Autorin hält keine Positionen in den genannten Aktien.
"""


def test_each_remark_has_its_line_its_words_and_its_rule() -> None:
    found = [(remark.line, remark.rule, remark.quote) for remark in lint(SOLD)]
    assert (1, Rule.URGENCY, "Alibaba-Aktie: Dringender Handlungsbedarf!") in found
    assert (3, Rule.URGENCY, "Anleger sollten jetzt handeln.") in found
    assert (4, Rule.NO_PRODUCER, "Alibaba-Aktionäre müssen sofort kaufen oder verkaufen.") in found
    assert {rule for line, rule, _ in found if line == 6} == {Rule.ADVERTISING}
    assert [line for line, _, _ in found] == sorted(line for line, _, _ in found)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Es besteht dringender Handlungsbedarf.", Rule.URGENCY),
        ("Nur noch wenige Stunden!", Rule.URGENCY),
        ("Greifen Sie zu, bevor es zu spät ist.", Rule.URGENCY),
        ("You must act now.", Rule.URGENCY),
        ("Sell the stock immediately, before it's too late.", Rule.URGENCY),
        ("Don't miss this one.", Rule.URGENCY),
        ("Ein garantierter Gewinn von 40 Prozent.", Rule.PROMISE),
        ("The stock can only go up.", Rule.PROMISE),
        ("Guaranteed returns of 12% a year.", Rule.PROMISE),
        ("Wir empfehlen die Aktie.", Rule.NO_DATE),
        ("Verdict: Strong Buy.", Rule.NO_PRODUCER),
        ("Investors should buy the dip.", Rule.NO_INTERESTS),
        ("Get your free report now and find out why this stock could triple. Sign up here.", Rule.ADVERTISING),
    ],
)
def test_what_fails(text: str, rule: Rule) -> None:
    assert rule in {remark.rule for remark in lint(text)}


@pytest.mark.parametrize(
    "text",
    [
        SIGNED,
        "Die Aktie schloss am 14. Januar 2026 bei 169,90 Dollar, 1,7 Prozent höher als am Vortag.",
        "The option expires on 20 February 2026; the company now expects revenue of $2 billion.",
        "Wells Fargo Remains a Buy on Centuri Holdings, Inc. (CTRI)",
        "Kaufen oder verkaufen?",
        "Jetzt liegt der Kurs unter dem Durchschnitt. Heute noch wird das Ergebnis erwartet.",
        "Anzeige\n\nSichern Sie sich jetzt den kostenlosen Report und erfahren Sie mehr.",
        "The board must act within its mandate.",
        "",
    ],
)
def test_what_passes(text: str) -> None:
    assert lint(text) == ()


def test_no_template_urges_promises_or_sells() -> None:
    """The report's own words, of every noun and in both languages."""
    for name, template in ALL:
        for text in (template.de, template.en):
            words = "".join(literal for literal, _, _ in pieces(text))
            assert {remark.rule for remark in lint(words)} <= {Rule.NO_DATE, Rule.NO_PRODUCER, Rule.NO_INTERESTS}, name


@pytest.mark.parametrize("case", ["apple", "baba"])
def test_a_whole_report_passes(case: str, request: pytest.FixtureRequest) -> None:
    found: Analysis = request.getfixturevalue(case)
    for language in ("de", "en"):
        assert lint(render(found, language=language, format="txt", length="full")) == ()
