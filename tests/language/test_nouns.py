from __future__ import annotations

import pytest

from rerating.core.errors import UsageError
from rerating.language.nouns import CASES, direction, movement, noun, noun_keys


def test_articles_and_cases() -> None:
    close, share, plus = noun("close", "de"), noun("share", "de"), noun("gain", "de")
    assert [close.the(case) for case in CASES] == [
        "der Schlusskurs",
        "des Schlusskurses",
        "dem Schlusskurs",
        "den Schlusskurs",
    ]
    assert [share.the(case, plural=True) for case in CASES] == ["die Aktien", "der Aktien", "den Aktien", "die Aktien"]
    assert share.a("dative") == "einer Aktie"
    assert plus.adjective("deutlich") == "deutliches"
    assert plus.adjective("deutlich", "dative", declension="mixed") == "deutlichen"
    assert share.adjective("alt", "nominative", plural=True, declension="weak") == "alten"


def test_weak_masculines_and_dative_plurals() -> None:
    analyst = noun("analyst", "de")
    assert [analyst.the(case) for case in CASES] == ["der Analyst", "des Analysten", "dem Analysten", "den Analysten"]
    assert noun("day", "de").form("dative", plural=True) == "Tagen"
    assert noun("house", "de").form("dative", plural=True) == "Häusern"
    assert noun("high", "de").form("dative", plural=True) == "Hochs"
    assert noun("volume", "de").form("dative", plural=True) == "Volumina"
    assert noun("earnings_per_share", "de").form("dative", plural=True) == "Gewinnen je Aktie"


def test_prepositions_contract() -> None:
    assert noun("announcement", "de").after("zu", "dative") == "zur Ankündigung"
    assert noun("week_52_high", "de").after("von", "dative") == "vom 52-Wochen-Hoch"
    assert noun("quarter", "de").after("in", "dative") == "im Quartal"
    assert noun("session", "de").after("in", "dative") == "im Handelstag"
    assert noun("session", "de").after("in", "dative", plural=True) == "in den Handelstagen"
    assert noun("session", "en").after("in", "dative") == "in the session"


def test_english() -> None:
    assert noun("event", "en").a() == "an event"
    assert noun("upgrade", "en").a() == "an upgrade"
    assert noun("hour", "en").a() == "an hour"
    assert noun("company", "en").the(plural=True) == "the companies"
    assert noun("gain", "en").adjective("clear") == "clear"


def test_every_entry_is_complete_and_declines() -> None:
    assert len(noun_keys()) > 80
    for key in noun_keys():
        german, english = noun(key, "de"), noun(key, "en")
        assert german.singular[0].isupper() or german.singular[0].isdigit()
        assert english.plural
        for case in CASES:
            assert german.the(case)
            if german.plural:
                assert german.the(case, plural=True)
        if german.gender == "f":  # a feminine noun does not change in the singular
            assert german.genitive == german.singular
        elif german.singular.split()[0][-1] not in "sx":
            assert german.genitive.split()[0] != german.singular.split()[0]


def test_an_unknown_noun_is_refused_and_so_is_a_missing_plural() -> None:
    with pytest.raises(UsageError, match="gadget"):
        noun("gadget", "de")
    with pytest.raises(UsageError, match="no plural"):
        noun("gain", "de").form(plural=True)


def test_words_follow_the_printed_sign() -> None:
    assert direction(-0.0004, 3) == "flat"
    assert movement(0.158, "de").past == "stieg"
    assert movement(-0.158, "de").noun == "decline"
    assert movement(-0.158, "en").past == "fell"
    assert movement(0.0004, "de", digits=3).comparative == "unverändert"
    for value in (1, -1, 0):
        for language in ("de", "en"):
            assert noun(movement(value, language).noun, language)  # type: ignore[arg-type]
