"""The gate: what is said is let through, what is turned round is not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from rerating.core.errors import IntegrityError
from rerating.statements.facts import (
    Count,
    Day,
    Days,
    Fact,
    Moment,
    Moments,
    Money,
    MoneyRange,
    Name,
    Number,
    NumberRange,
    Rated,
    Share,
    ShareRange,
    Slot,
    Term,
    Voice,
)
from rerating.statements.gap_sentences import DETAILS, QUESTIONS
from rerating.statements.gate import Due, verify
from rerating.statements.statement import Kind, Statement, Template, pieces, said, spans, whole_words

DE, EN = Voice(language="de", zone="Europe/Berlin"), Voice(language="en")
ON = date(2007, 1, 9)
AT = datetime(2007, 1, 9, 17, 40, tzinfo=UTC)

THIRD_QUARTER = Days(from_on=date(2006, 7, 2), to_on=date(2006, 9, 30))
ON_STAGE = Moments(from_at=AT, to_at=AT.replace(hour=19, minute=10))
OVER_NIGHT = Moments(from_at=AT, to_at=AT.replace(day=10, hour=8, minute=0))

#: (fact, form, German, English): each passes as written and fails as soon as one character of its figure is another.
FACTS: list[tuple[Fact | Term, str, str, str]] = [
    (Money(value=94.62, unit="USD"), "", "94,62 $", "$94.62"),
    (Money(value=0.62, unit="USD", per="share"), "", "0,62 $ je Aktie", "$0.62 per share"),
    (Money(value=4.84e9, unit="USD"), "", "4,84 Milliarden $", "$4.84 billion"),
    (MoneyRange(low=0.7, high=0.73, unit="USD"), "", "0,70 bis 0,73 $", "$0.70 to $0.73"),
    (Share(value=0.0831), "", "8,3 %", "8.3%"),
    (Share(value=-0.0325), "signed", "−3,3 %", "−3.3%"),
    (Share(value=-0.0325), "size", "3,3 %", "3.3%"),
    (Share(value=0.9, digits=0), "joined", "90-%", "90%"),
    (Share(value=0.1578), "hedged", "knapp 16 %", "just under 16%"),
    (ShareRange(low=-0.0282, high=-0.0229), "", "−2,8 bis −2,3 %", "−2.8% to −2.3%"),
    (Number(value=1.919, digits=1), "", "1,9", "1.9"),
    (NumberRange(low=-1.2, high=0.04, digits=1), "", "−1,2 bis 0,0", "−1.2 to 0.0"),
    (Count(value=63, of="session"), "", "63 Handelstage", "63 sessions"),
    (Count(value=0, of="upgrade"), "", "keine Hochstufungen", "no upgrades"),
    (Count(value=0, of="session"), "genitive", "keiner Handelstage", "no sessions"),
    (Count(value=46_881_800, of="share"), "", "46,9 Millionen Aktien", "46.9 million shares"),
    (Day(on=ON), "", "9. Januar 2007", "9 January 2007"),
    (Day(on=ON), "no_year", "9. Januar", "9 January"),
    (Day(on=ON), "weekday", "Dienstag, 9. Januar 2007", "Tuesday, 9 January 2007"),
    (THIRD_QUARTER, "", "2. Juli bis 30. September 2006", "2 July to 30 September 2006"),
    (Moment(at=AT), "", "9. Januar 2007, 18:40 Uhr MEZ", "9 January 2007, 17:40 UTC"),
    (ON_STAGE, "", "9. Januar 2007, 18:40 bis 20:10 Uhr MEZ", "9 January 2007, 17:40 to 19:10 UTC"),
    (
        OVER_NIGHT,
        "",
        "9. Januar 2007, 18:40 Uhr MEZ bis 10. Januar 2007, 09:00 Uhr MEZ",
        "9 January 2007, 17:40 UTC to 10 January 2007, 08:00 UTC",
    ),
    (Name(de="S&P 500", en="S&P 500"), "", "S&P 500", "S&P 500"),
    (Rated(word="Buy"), "", "Buy", "Buy"),
    (Term(key="week_52_high"), "", "52-Wochen-Hoch", "52-week high"),
]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def written(fact: Fact | Term, form: str, voice: Voice) -> str:
    slot = f"{{x:{form}}}" if form else "{x}"
    statement = Statement(kind=Kind.FACT, template=Template(de=slot, en=slot), slots={"x": fact})
    return said(statement, voice)


@pytest.mark.parametrize(("fact", "form", "german", "english"), FACTS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_each_fact_is_written_and_read_back(
    fact: Fact | Term, form: str, german: str, english: str, language: str
) -> None:
    voice, expected = (DE, german) if language == "de" else (EN, english)
    text = written(fact, form, voice)
    assert plain(text).casefold() == expected.casefold()
    verify([f"Es sind {text}." if language == "de" else f"It is {text}."], [Due(fact=fact, form=form)], voice)


@pytest.mark.parametrize(("fact", "form", "german", "english"), FACTS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_digit_can_be_changed(fact: Fact | Term, form: str, german: str, english: str, language: str) -> None:
    voice = DE if language == "de" else EN
    text = written(fact, form, voice)
    for place, sign in enumerate(text):
        if sign.isdigit():
            for other in "0123456789":
                turned = text[:place] + other + text[place + 1 :]
                if other != sign:
                    with pytest.raises(IntegrityError):
                        verify([turned], [Due(fact=fact, form=form)], voice)


MOVE = Template(
    de="Am {on:no_year} {move:past} der Kurs um {move:size} auf {close}. Die Woche brachte {week:signed}, das sind "
    "{week:hedged}.",
    en="On {on:no_year} the price {move:past} {move:size} to {close}. The week brought {week:signed}, that is "
    "{week:hedged}.",
)
STATEMENT = Statement(
    kind=Kind.FACT,
    template=MOVE,
    slots={
        "on": Day(on=ON),
        "move": Share(value=-0.0123),
        "close": Money(value=94.62, unit="USD"),
        "week": Share(value=0.1578),
    },
)


def due(voice: Voice) -> list[Due]:
    return [span.due for span in spans(STATEMENT, voice) if span.due is not None]


@pytest.mark.parametrize("voice", [DE, EN], ids=["de", "en"])
def test_a_sentence_passes_as_it_is_written(voice: Voice) -> None:
    verify([said(STATEMENT, voice)], due(voice), voice)


@pytest.mark.parametrize(
    ("voice", "old", "new"),
    [
        (DE, "fiel", "stieg"),
        (DE, "1,2 %", "1,3 %"),
        (DE, "94,62 $", "94,62 €"),
        (DE, "94,62 $", "94,62 %"),
        (DE, "+15,8 %", "−15,8 %"),
        (DE, "+15,8 %", "15,8 %"),
        (DE, "knapp 16 %", "16 %"),
        (DE, "knapp 16 %", "gut 16 %"),
        (DE, "9. Januar", "8. Januar"),
        (DE, "9. Januar", "9. Februar"),
        (DE, "Die Woche brachte", "Die Woche brachte in drei Tagen"),
        (DE, " auf 94,62 $", ""),
        (EN, "fell", "rose"),
        (EN, "1.2%", "1.2 points"),
        (EN, "$94.62", "€94.62"),
        (EN, "+15.8%", "−15.8%"),
        (EN, "just under 16%", "16%"),
        (EN, "9 January", "19 January"),
        (EN, "to $94.62", "to $94.62, a Strong Buy"),
    ],
)
def test_what_is_turned_round_is_refused(voice: Voice, old: str, new: str) -> None:
    text = plain(said(STATEMENT, voice))
    turned = text.replace(old, new)
    assert turned != text
    with pytest.raises(IntegrityError, match="does not say its facts"):
        verify([turned], due(voice), voice)


def test_two_correct_figures_in_each_others_places_are_refused() -> None:
    text = plain(said(STATEMENT, DE)).replace("1,2 %", "#").replace("+15,8 %", "1,2 %").replace("#", "+15,8 %")
    with pytest.raises(IntegrityError):
        verify([text], due(DE), DE)


def test_a_figure_that_is_not_due_is_refused_and_the_sentence_is_shown() -> None:
    text = said(STATEMENT, DE) + " Der Umsatz liegt bei 4,84 Milliarden €."
    with pytest.raises(IntegrityError, match=r"4,84.* “Der Umsatz liegt bei"):
        verify([text], due(DE), DE)


def test_a_fact_that_is_left_out_is_refused() -> None:
    with pytest.raises(IntegrityError, match="the text ends"):
        verify(["Nichts geschah."], [Due(fact=Money(value=1.5, unit="EUR"))], DE)


@pytest.mark.parametrize(("held", "text"), [(0, "zwei Hochstufungen"), (2, "keine Hochstufungen"), (0, "viele")])
def test_none_and_some_are_not_taken_for_each_other(held: int, text: str) -> None:
    with pytest.raises(IntegrityError):
        verify([f"Es gab {text}."], [Due(fact=Count(value=held, of="upgrade"))], DE)


def test_a_mark_stands_behind_the_whole_word() -> None:
    template = Template(de="Das {x}-Fache, also {y}.", en="That is {x} times, so {y}.")
    slots: dict[str, Slot] = {"x": Number(value=1.9, digits=1), "y": Number(value=2, digits=0)}
    found = whole_words(spans(Statement(kind=Kind.FACT, template=template, slots=slots), DE))
    assert [(span.text, span.fact is not None) for span in found] == [
        ("Das ", False),
        ("1,9-Fache", True),
        (", also ", False),
        ("2", True),
        (".", False),
    ]


def test_words_of_time_without_a_number_are_no_facts() -> None:
    verify(["In dieser Sitzung und an diesem Tag, im Handelsverlauf, über Nacht."], [], DE)


GAPS = [(text, template) for table in (QUESTIONS, DETAILS) for text, template in table]
FILLERS = {
    "line": Name(de="XNYS:BABA", en="XNYS:BABA"),
    "day": Day(on=ON),
    "n": Number(value=7, digits=0),
    "m": Number(value=12, digits=0),
    "currency": Name(de="EUR", en="EUR"),
    "text": Name(de="so", en="so"),
}


@pytest.mark.parametrize(("text", "template"), GAPS, ids=[text[:40] for text, _ in GAPS])
@pytest.mark.parametrize("voice", [DE, EN], ids=["de", "en"])
def test_every_sentence_about_a_gap_passes(text: str, template: Template, voice: Voice) -> None:
    asked = {name for _, name, _ in pieces(template.de) if name}
    slots = {name: FILLERS.get(name, Term(key=name)) for name in asked if name in FILLERS or name.startswith("week")}
    slots |= {name: Name(de="so", en="so") for name in asked - set(slots)}
    statement = Statement(kind=Kind.GAP, template=template, slots=slots)
    verify([said(statement, voice)], [span.due for span in spans(statement, voice) if span.due is not None], voice)
