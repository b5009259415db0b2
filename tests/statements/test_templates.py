"""Every template of every noun: no digit, no comparative word, the same slots in both languages."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from all_templates import ALL
from rerating.statements.statement import Template, pieces


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that claim a direction, a size or a comparison; only a fact may bring them in. Superlatives that name a fixed
#: figure (the best of five sessions, the 52-week high) are not among them.
CLAIMS = {
    "de": words_of(
        "steigt stieg gestiegen fällt fiel gefallen gewinnt gewann verliert verlor höher tiefer niedriger mehr weniger "
        "größer kleiner stärker schwächer deutlich kräftig rund knapp gut fast etwa kaum teurer billiger verdoppelt "
        "halbiert legt sprang springt sackt Plus Minus Hälfte Viertel doppelt zwei drei vier fünf sechs sieben acht "
        "neun zehn elf zwölf"
    ),
    "en": words_of(
        "rises rose risen falls fell fallen gains gained loses lost higher lower more less larger smaller stronger "
        "weaker sharply strongly about nearly roughly almost just cheaper dearer doubled halved jumped plunged half "
        "quarter twice two three four five six seven eight nine ten eleven twelve"
    ),
}


def literals(text: str) -> str:
    return " \u241f ".join(literal for literal, _, _ in pieces(text))


def claims(text: str, language: str) -> list[str]:
    """The claiming words in a template's own words."""
    words = re.findall(r"[^\W\d_]+", literals(text))
    return [word for word in words if word in CLAIMS[language]]


def test_there_are_templates_in_every_noun() -> None:
    homes = {name.split(".")[2] for name, _ in ALL}
    assert {"price_move", "catalyst", "fundamentals", "gap_sentences", "headline"} <= homes


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_digit_stands_outside_a_slot(language: str) -> None:
    guilty = [name for name, template in ALL if re.search(r"\d", literals(getattr(template, language)))]
    assert guilty == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_comparative_word_stands_outside_a_slot(language: str) -> None:
    guilty = {name: found for name, template in ALL if (found := claims(getattr(template, language), language))}
    assert guilty == {}


def test_the_lint_would_notice() -> None:
    assert claims("Der Kurs stieg um {x}.", "de") == ["stieg"]
    assert claims("The price rose {x}.", "en") == ["rose"]
    assert re.search(r"\d", literals("the 52-week high of {x}"))


def test_languages_have_the_same_slots() -> None:
    with pytest.raises(ValidationError, match="differ in their slots"):
        Template(de="{a}", en="{b}")
