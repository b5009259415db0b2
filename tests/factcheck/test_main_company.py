"""Whose text a takeover's is: the share is that of the company to be bought, whoever the headline opens with."""

from __future__ import annotations

import pytest

from rerating.factcheck.extraction.text.article import read
from rerating.factcheck.extraction.whom.focus.following import subjects

GERMAN = (
    "{B} greift nach {A}",
    "{B} will {A} schlucken",
    "{B} bietet für {A}",
    "{B} legt Milliardenofferte für {A} vor",
    "{A}: {B} will den Konzern von der Börse nehmen",
    "{B} streckt die Hand nach {A} aus",
    "Übernahme: {B} kauft {A}",
    "{B} übernimmt {A} für 2,1 Milliarden Euro",
    "{B} will {A} komplett",
    "{B} erhöht Gebot für {A}",
    "{A} springt nach Übernahmeofferte von {B}",
    "{B} hat Interesse an {A}",
    "Bieterkampf um {A}: {B} legt nach",
    "{B} plant Übernahme von {A}",
    "{A} soll an {B} gehen",
    "{B} steigt bei {A} ein",
    "{B} verschmäht: {A} lehnt Offerte ab",
    "{B} angelt sich {A}",
    "{B} nimmt {A} ins Visier",
    "{A} wird japanisch: {B} zahlt 24 Euro je Aktie",
    "Warum {B} {A} kaufen will",
    "{B} sichert sich Mehrheit an {A}",
    "{A}-Aktie vor Übernahme: {B} macht Ernst",
    "{B} und {A} einig: Offerte über 24 Euro",
    "Mega-Deal: {B} schnappt sich {A}",
)
ENGLISH = (
    "{B} to buy {A} for $2.1 billion",
    "{B} agrees to acquire {A}",
    "{B} bids for {A}",
    "{B} makes $2.1 billion offer for {A}",
    "{A} soars on {B} takeover bid",
    "{B} swoops on {A}",
    "{B} raises its bid for {A}",
    "{A} rejects {B} offer",
    "{B} in talks to buy {A}",
    "{B} nears deal for {A}",
    "{A} agrees to be taken private by {B}",
    "{B} takes aim at {A}",
    "{A} jumps as {B} circles",
    "{B} snaps up {A}",
    "{B} wins {A} with $62-a-share offer",
    "{A} accepts sweetened {B} bid",
    "{B} clinches {A} deal",
    "Why {B} wants {A}",
    "{B} launches hostile bid for {A}",
    "{B} closes in on {A}",
    "{A} board backs {B} offer",
    "{B} eyes {A}",
    "{B} said to be exploring bid for {A}",
    "{A} to go private in {B} deal",
    "{B} walks away from {A}",
)
LEADS = {
    "de": (
        "{A} steht vor der Übernahme durch {B}. Der Käufer zahlt 24 Euro je Aktie. {B} verspricht sich davon Zugang "
        "zum europäischen Markt. Die Aktie stieg um 31 Prozent auf 23,40 Euro. {B}-Papiere gaben 2 Prozent nach.",
        "{B} hat am Montag ein Angebot für {A} vorgelegt. Geboten werden 24 Euro je Aktie. {B} hält bereits 12 "
        "Prozent. {B} will den Sitz erhalten. Die Aktie stieg um 31 Prozent auf 23,40 Euro.",
    ),
    "en": (
        "{A} agreed to be bought by {B} for $24 a share. {B} expects savings of $90 million a year. The stock rose 31% "
        "to $23.40. {B} shares slipped 2%.",
        "{B} said on Monday it had made an offer for {A} at $24 a share. {B} already owns 12%. {B} wants to keep the "
        "headquarters. The stock rose 31% to $23.40.",
    ),
}
PAIRS = {"de": ("Caterpillar", "Wacker Neuson"), "en": ("Chevron", "Diamondback Energy")}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("lead", [0, 1])
def test_a_takeover_is_told_of_the_company_to_be_bought(language: str, lead: int) -> None:
    bidder, target = PAIRS[language]
    titles = GERMAN if language == "de" else ENGLISH
    texts = [f"{title}\n\n{LEADS[language][lead]}".format(A=target, B=bidder) for title in titles]
    mains = [subjects(read(text, language=language)).main for text in texts]  # type: ignore[arg-type]
    assert [title for title, main in zip(titles, mains, strict=True) if main is None or main.name != target] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Here's what {B} expects from {A}\n\n{B} upgraded {A} to Buy. {B} sees earnings of $5.20. {B} likes it.",
        ),
        (
            "de",
            "{B}: {A} bleibt Favorit\n\nDie Analysten von {B} sehen bei {A} noch Luft. Das Ziel lautet nun 88 Euro.",
        ),
        (
            "de",
            "{A}: {B} hebt den Daumen\n\n{B} hat {A} auf „Buy“ hochgestuft. {B} lobt den Konzern. Quelle: {B}.",
        ),
        ("de", "{B} steigt bei {A} ein\n\n{B} hält nun 5 Prozent an {A}. {B} fordert Rückkäufe. {A} will reden."),
    ],
)
def test_who_rates_or_holds_a_company_is_not_what_the_text_is_about(language: str, text: str) -> None:
    other = "Elliott" if "steigt" in text else "Barclays"
    main = subjects(read(text.format(A="Jungheinrich", B=other), language=language)).main  # type: ignore[arg-type]
    assert main is not None
    assert main.name == "Jungheinrich"


def test_a_deal_with_a_customer_is_no_takeover() -> None:
    text = (
        "Auto1-Aktie gibt Vollgas: Amazon-Deal elektrisiert die Anleger\n\nAuto1 verkauft Gebrauchtwagen bald auch "
        "über Amazon. Die Aktie stieg um 12 Prozent. Amazon zahlt Auto1 eine Provision."
    )
    main = subjects(read(text, language="de")).main
    assert main is not None
    assert main.name.startswith("Auto1")
