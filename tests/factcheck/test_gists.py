"""What a clause comes to: kinds of claims by classes of words in any order, and what they leave to other claims."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rerating.factcheck.claim import Claim
from rerating.factcheck.extraction import extract

PUBLISHED = datetime(2026, 1, 15, 17, 0, tzinfo=UTC)
LEAD_DE = "Bechtle gibt nach\n\nDie Aktie von Bechtle verlor am Montag 2,3 Prozent auf 41,20 Euro.\n\n"
LEAD_EN = "Toast falls\n\nShares of Toast fell 2.3% to $41.20 on Monday.\n\n"


def claims_of(text: str, *, lead: str = "") -> list[Claim]:
    """The claims of a text behind a lead that names the share."""
    return [c for c in extract(lead + text, published_at=PUBLISHED).claims if c.start >= len(lead)]


GERMAN = [
    ("rating_change", "Die Berenberg Bank rückt von ihrer Kaufempfehlung ab."),
    ("rating_change", "Die Berenberg Bank macht aus „Halten“ ein „Kaufen“."),
    ("guidance", "Der Vorstand hat heute die Ertragsprognose angepasst."),
    ("sentiment", "Ein Händler sprach von einer kalten Dusche."),
    ("outlook", "Die Branche hat ihr Tal noch nicht durchschritten."),
    ("outlook", "Die Zürcher Kantonalbank schließt ein höheres Gebot nicht aus."),
    ("corporate_event", "Vollzogen werden soll der Kauf im zweiten Quartal 2027."),
    ("corporate_event", "Finanzvorstand Klaus Patzak hört zum Jahresende auf."),
    ("corporate_event", "Die Serienfertigung der neuen Aktuatoren beginnt erst Mitte 2028."),
    ("catalyst", "Dazu kam ein Dämpfer aus China."),
    ("moving_average", "Der Kurs hat seine 200-Tage-Linie zurückerobert."),
    ("estimate", "Bechtle wächst schneller als gedacht."),
    ("estimate", "Bechtle verfehlt die Erwartungen."),
    ("ranking", "Einen solchen Tagesverlust gab es zuletzt im März 2020."),
    ("price_target", "Mehrere Analysten stutzten daraufhin ihre Zielkurse."),
    ("rating", "Bei der Privatbank Metzler steht das Papier jetzt auf der Verkaufsseite."),
    ("corporate_event", "Gegen den früheren Vorstand wurde Anklage erhoben."),
    ("corporate_event", "Das Werk in Genk wird geschlossen."),
    ("corporate_event", "Die beiden Versicherer prüfen einen Zusammenschluss."),
    ("policy_event", "Das Bundeskartellamt gab grünes Licht für den Zukauf."),
    ("volume", "Der Handel mit der Aktie war so rege wie lange nicht."),
    ("attributed_reason", "Die Nachfrage aus China ziehe wieder an, schrieb Analyst Peter Rothenaicher."),
    ("outlook", "Die kommenden Quartale werden für den Konzern kein Selbstläufer."),
    ("sentiment", "Am Markt machte sich Ernüchterung breit."),
    ("guidance", "Seine mittelfristigen Ziele hat der Vorstand auf Eis gelegt."),
    ("estimate", "Analysten hatten mit einem höheren Überschuss gerechnet."),
]
ENGLISH = [
    ("rating_change", "Citi moves to the sidelines on Toast."),
    ("outlook", "The payout looks secure."),
    ("outlook", "SMBC Nikko Securities said the forecast was still conservative."),
    ("corporate_event", "Toast agrees to go private."),
    ("corporate_event", "The transaction is expected to close in the first quarter of 2027."),
    ("corporate_event", "It plans to launch a smaller version of its terminal in the spring."),
    ("implied_upside", "The broker sees limited upside from here."),
    ("price_target", "Stifel aligned its target with the offer."),
    ("price_target", "Baird took its target down a notch."),
    ("rating", "Piper Sandler stuck with its bullish call."),
    ("corporate_event", "A federal judge threw out the suit on Friday."),
    ("corporate_event", "Hiring has been frozen until further notice."),
    ("corporate_event", "Talks over a merger with its smaller rival collapsed over the weekend."),
    ("policy_event", "The Federal Trade Commission is looking into its pricing practices."),
    ("volume", "Volume ran well ahead of its recent average."),
    ("catalyst", "Toast slides as Amazon takes same-day groceries nationwide."),
    ("attributed_reason", "In his opinion, the company is winning back budgets that had gone to a rival."),
    ("outlook", "The next few quarters will be bumpy."),
    ("sentiment", "Wall Street has soured on the name."),
    ("estimate", "Cloud growth surprised to the upside."),
]


@pytest.mark.parametrize(("kind", "text"), GERMAN, ids=lambda value: str(value)[:40])
def test_a_german_clause_comes_to_a_claim(kind: str, text: str) -> None:
    assert [claim.type for claim in claims_of(text, lead=LEAD_DE)] == [kind]


@pytest.mark.parametrize(("kind", "text"), ENGLISH, ids=lambda value: str(value)[:40])
def test_an_english_clause_comes_to_a_claim(kind: str, text: str) -> None:
    assert [claim.type for claim in claims_of(text, lead=LEAD_EN)] == [kind]


@pytest.mark.parametrize(
    ("lead", "text", "kinds"),
    [
        # a figure tells it
        (LEAD_EN, "Call volume exploded to 640,000 contracts on Wednesday.", ["options_volume"]),
        (LEAD_DE, "Die Jury verurteilte den Konzern zu 120 Millionen Euro Schadenersatz.", ["corporate_event"]),
        # only the speaker's name; what is said has its figure
        (LEAD_DE, "Die Marge dürfte auf 17 Prozent klettern, glaubt Analystin Victoria Chang.", ["estimate"]),
        # a caption within the text, nothing of the share
        (LEAD_EN, "What the brokers say", []),
        (LEAD_EN, "The company was founded in Boston by three friends.", []),
        # a chance, a place and one who admits something
        (LEAD_DE, "Händler sehen die Chance, dass die Fed die Zinsen senkt.", []),
        (LEAD_EN, "Several mergers have been announced in the United States.", []),
        (LEAD_DE, "Zum 31. Dezember beschäftigte Bechtle 4.720 Menschen.", ["operating_metric"]),
        (LEAD_DE, "Das räumte Finanzchef Klaus Patzak ein.", []),
        (LEAD_DE, "Das Unternehmen wurde von drei Freunden in Neckarsulm gegründet.", []),
    ],
)
def test_a_clause_leaves_to_others_what_they_tell(lead: str, text: str, kinds: list[str]) -> None:
    assert [claim.type for claim in claims_of(text, lead=lead)] == kinds


def test_a_cause_tells_the_plan_within_it() -> None:
    text = "Nordex shares climbed 4% after the turbine maker lifted its full-year guidance."
    assert [(c.type, bool(c.values)) for c in claims_of(text)] == [("return", True), ("catalyst", False)]


def test_a_day_ahead_makes_a_plan_of_an_event_and_advice_without_a_house_is_the_author_s() -> None:
    told = "Finanzvorstand Klaus Patzak hört Ende März auf. Für uns bleibt die Aktie eine Halteposition."
    found = claims_of(told, lead=LEAD_DE)
    assert [(c.type, c.status) for c in found] == [("corporate_event", "company_guidance"), ("rating", "opinion")]
