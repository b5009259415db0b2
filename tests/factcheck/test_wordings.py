"""Claims without a number: what each kind is called in either language, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rerating.factcheck.extraction import extract

PUBLISHED = datetime(2026, 1, 15, 17, 0, tzinfo=UTC)

# kind, direction where the words have one, text
SAID = [
    ("catalyst", None, "Hinter dem Kursrutsch bei SAP steckt ein Analystenkommentar."),
    ("catalyst", None, "Die Aussicht auf niedrigere Zölle hievte die Aktie von BMW ins Plus."),
    ("catalyst", None, "Behind the drop in UnitedHealth was a surprise CEO exit."),
    ("catalyst", "up", "Boeing shares rose 4% on a newspaper report that it would sell a unit."),
    ("attributed_reason", None, "Bernstein hält dagegen, dass die Mengen von Unilever in Europa kaum wachsen."),
    ("attributed_reason", None, "Jefferies pinned the weakness in Starbucks on sluggish traffic."),
    ("guidance", "up", "GEA traut sich nach einem starken Quartal für 2026 mehr zu."),
    ("guidance", None, "Ocado reiterated that it would turn cash-flow positive in the second half."),
    ("guidance", "down", "Diageo tempered its medium-term growth target."),
    ("corporate_event", None, "Die Eissparte von Unilever wurde im Dezember abgespalten."),
    ("corporate_event", None, "A first approach for Hershey was rebuffed as too low in December 2024."),
    ("policy_event", None, "China hebt die Exportkontrollen für Seltene Erden auf."),
    ("insider_trade", None, "Bei Adesso griff ein Insider zu."),
    ("holding", "down", "Berkshire trimmed its stake in Apple."),
    ("price_target", "up", "Mehrere Häuser haben ihre Kursziele für Rheinmetall angehoben."),
    ("rating_change", "down", "Analystenstimmen am Mittag: Commerzbank stuft Gerresheimer ab"),
    ("rating_change", "up", "Analyst calls: Etsy gets a double upgrade"),
    ("rating", None, "Unser Fazit: Halten."),
    ("rating", None, 'An analyst who rates the stock of Deere "Hold," called the cut modest.'),
    ("rating", None, "Clive Black at Shore Capital sticks with his sell recommendation on Ocado."),
    ("high_low_level", "up", "Höher stand die Aktie von Commerzbank zuletzt vor der Finanzkrise."),
    ("high_low_level", "up", "Roku hasn't traded at these levels since February 2022."),
    ("ranking", None, "An die SDax-Spitze setzten sich die Papiere von Kontron."),
    ("ranking", None, "Burberry was the FTSE 100's biggest riser."),
    ("ranking", None, "The busiest line was the May call in Celsius."),
    ("options_volume", "up", "Auch Optionshändler greifen bei Stellantis ungewöhnlich beherzt zu."),
    ("options_volume", "up", "Options desks saw a rush into upside bets on Freeport."),
    ("date", None, "Intel, which reports on Thursday, fell 2%."),
    ("date", None, "Am Freitag legt Süss Microtec Zahlen vor."),
    ("rerating", None, "Im Kurs von Siemens Energy ist vieles enthalten."),
    ("rerating", None, "The multiple on Arm is hard to justify."),
    ("outlook", None, "Bei Siemens Energy ist die Wachstumsstory intakt."),
    ("outlook", None, "There may be more pain ahead for Boeing."),
    ("sentiment", None, "Unter Investoren macht sich bei BASF Ernüchterung breit."),
    ("sentiment", None, "Options traders leaned bullish on SoFi."),
    ("indicator", None, "The path of least resistance for SoFi is up."),
    ("volume", "up", "Volume in the first minutes of the session in Nio alone matched a typical full day."),
]


@pytest.mark.parametrize(("kind", "way", "text"), SAID, ids=lambda value: str(value)[:40])
def test_words_alone_say_it(kind: str, way: str | None, text: str) -> None:
    found = [claim for claim in extract(text, published_at=PUBLISHED).claims if claim.type == kind]
    assert found
    assert way is None or found[0].direction == way


NOT_SAID = [
    ("catalyst", "Futures on the Nasdaq are up a quarter of a percent as we hit send."),
    ("attributed_reason", "Mondelez made an offer for Hershey, a paper wrote, citing people familiar with the matter."),
    ("guidance", "Nvidia fell 3%, and Wall Street expects earnings to climb."),
    ("rating_change", "UBS upgraded Intel to Buy from Neutral."),
    ("date", "Lamb Weston said that earnings rose in the quarter ended Aug. 30."),
    ("high_low_level", "Bis zum Jahreshoch fehlen der Aktie von SAP noch rund 30 Prozent."),
]


@pytest.mark.parametrize(("kind", "text"), NOT_SAID, ids=lambda value: str(value)[:40])
def test_words_that_only_look_alike_say_nothing(kind: str, text: str) -> None:
    claims = extract(text, published_at=PUBLISHED).claims
    said = [claim for claim in claims if claim.type == kind and (kind == "date" or not claim.values)]
    assert not said


def test_a_place_that_an_ordinal_names_is_a_number() -> None:
    (claim,) = extract("It is the second-largest technology deal of 2026 for Cognex.", published_at=PUBLISHED).claims
    assert (claim.type, claim.values[0].value, claim.comparator) == ("ranking", 2, "exact")


@pytest.mark.parametrize(
    "headline",
    [
        "SAP-Aktie steigt um 15 Prozent in einer Woche – kaufen oder verkaufen?",
        "SAP-Aktie nach einer starken Woche: kaufen, halten oder verkaufen?",
        "SAP gewinnt 15 Prozent binnen einer Woche: Jetzt kaufen oder verkaufen?",
        "SAP nach der besten von einer Handvoll Wochen: halten oder verkaufen?",
    ],
)
def test_a_headline_that_asks_what_to_do_counts_no_analyst(headline: str) -> None:
    claims = extract(f"{headline}\n\nDie Aktie von SAP legte zu.").claims
    assert not [claim for claim in claims if claim.type in ("rating_count", "rating")]
    assert [claim.status for claim in claims if claim.type == "question"] == ["question"]


def test_a_single_analyst_is_counted() -> None:
    claims = extract("Sieben Analysten raten bei SAP zum Kauf, nur einer rät zum Verkauf.").claims
    assert [(claim.metric, claim.values[0].value) for claim in claims] == [("buy_ratings", 7), ("sell_ratings", 1)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Alibaba hebt das Budget für die Cloud von 380 auf 480 Milliarden Yuan an.", ["capex"]),
        ("Alibaba plans to lift its cloud budget to 480 billion yuan.", ["capex"]),
        ("A broker cut Alibaba to Hold because its spending is high.", ["rating_change", "attributed_reason"]),
        (
            "Ein Broker hat Alibaba auf Hold abgestuft, weil die Ausgaben hoch sind.",
            ["rating_change", "attributed_reason"],
        ),
        ("Harbor LLC boosted its position in Twilio Inc. (NYSE:TWLO) by 22.6% last quarter.", ["holding"]),
        ("Beijing unveiled a plan for AI in manufacturing.", ["policy_event"]),
    ],
)
def test_one_thing_is_claimed_once_and_as_what_it_is(text: str, kinds: list[str]) -> None:
    assert [claim.type for claim in extract(f"Alibaba climbs\n\n{text}").claims] == kinds
