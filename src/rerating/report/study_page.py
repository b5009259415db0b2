"""An event study as one self-contained page: the mean with its band, the tests, and what became of each event."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rerating.core.version import VERSION
from rerating.language.languages import Language
from rerating.language.numbers import decimal, percent
from rerating.language.periods import day
from rerating.report.charts.mean_car import NARROW, WIDE, mean_car_chart
from rerating.report.page import script_and_hash, style_and_hash
from rerating.statements.facts import Word

if TYPE_CHECKING:
    from rerating.measures.event_study import EventStudy, WindowTest

# Names of tests are the field's, the same in both languages.
_TESTS = {
    "cross_sectional_t": "Cross-sectional t",
    "crude_dependence": "Crude dependence adjustment",
    "patell": "Patell",
    "adjusted_patell_kolari_pynnonen": "Adjusted Patell (Kolari, Pynnönen)",
    "bmp": "BMP",
    "adjusted_bmp_kolari_pynnonen": "Adjusted BMP (Kolari, Pynnönen)",
    "corrado_rank": "Corrado rank",
    "corrado_zivney": "Corrado, Zivney",
    "grank_t": "GRANK-T",
    "grank_z": "GRANK-Z",
    "sign": "Sign",
    "generalized_sign_cowan": "Generalized sign (Cowan)",
    "skewness_hall": "Skewness-adjusted (Hall)",
    "wild_bootstrap": "Wild bootstrap",
    "calendar_time": "Calendar time",
}

_MODELS = {
    "mean_adjusted": Word(de="Mittelwertmodell", en="mean-adjusted returns"),
    "market_adjusted": Word(de="marktbereinigte Renditen", en="market-adjusted returns"),
    "market": Word(de="Marktmodell", en="market model"),
    "scholes_williams": Word(de="Marktmodell nach Scholes und Williams", en="market model by Scholes and Williams"),
    "dimson": Word(de="Marktmodell nach Dimson", en="market model by Dimson"),
    "factors": Word(de="Faktormodell", en="factor model"),
    "garch": Word(de="Marktmodell mit GARCH(1,1)", en="market model with GARCH(1,1)"),
}

_OUTCOMES = {
    "used": Word(de="verwendet", en="used"),
    "unknown_symbol": Word(de="Wert unbekannt", en="unknown symbol"),
    "not_a_session": Word(de="kein Handelstag", en="not a session"),
    "outside_data": Word(de="außerhalb der Daten", en="outside the data"),
    "window_outside_data": Word(de="Fenster außerhalb der Daten", en="window outside the data"),
    "too_few_observations": Word(de="zu wenige Beobachtungen", en="too few observations"),
    "flat_benchmark": Word(de="Vergleichsmaßstab ohne Bewegung", en="flat benchmark"),
    "no_variance": Word(de="keine eigene Schwankung", en="no variance of its own"),
    "not_converged": Word(de="Schätzung nicht konvergiert", en="fit not converged"),
    "bad_price": Word(de="unmöglicher Kurs", en="bad price"),
    "missing_in_window": Word(de="Kurs fehlt im Fenster", en="missing in the window"),
    "overlaps_own_event": Word(de="überlappt eigenes Ereignis", en="overlaps an own event"),
    "contaminated_estimation": Word(
        de="Schätzfenster enthält eigenes Ereignis", en="own event in the estimation window"
    ),
    "thin_trading": Word(de="dünner Handel", en="thin trading"),
}


# Why a test has no result: the English as the engine says it, digits apart, and its German.
_REASONS = {
    "too few events have a value (#; # needed)": "zu wenige Ereignisse haben einen Wert (#; nötig sind #)",
    "the values do not differ between the events": "die Werte unterscheiden sich zwischen den Ereignissen nicht",
    "all events lie in one cluster": "alle Ereignisse liegen in einer Gruppe",
    "the clustered variance is not positive": "die Varianz nach Gruppen ist nicht positiv",
    "too few days have residuals (#; # needed)": "zu wenige Tage haben Residuen (#; nötig sind #)",
    "an event has no more than # degrees of freedom": "ein Ereignis hat höchstens # Freiheitsgrade",
    "the mean correlation of the residuals leaves no positive variance": (
        "die mittlere Korrelation der Residuen lässt keine positive Varianz"
    ),
    "the event's mean rank alone makes up all the variation of the mean ranks": (
        "der mittlere Rang des Ereignisses macht die ganze Streuung der mittleren Ränge aus"
    ),
    "the events lie on too few calendar days (#; # needed)": (
        "die Ereignisse liegen auf zu wenigen Kalendertagen (#; nötig sind #)"
    ),
    "the Newey-West variance is not positive": "die Varianz nach Newey und West ist nicht positiv",
    "no event is used; see the outcome of each": "kein Ereignis wird verwendet; die Liste nennt die Gründe",
}


class StudyWords:
    """The words of the page."""

    SKIP = Word(de="Zum Inhalt springen", en="Skip to content")
    EYEBROW = Word(de="Ereignisstudie", en="Event study")
    CAPTION = Word(
        de="Mittlere kumulierte abnormale Rendite, Band von 95\u00a0% aus der Streuung zwischen den Ereignissen",
        en="Mean cumulative abnormal return, band of 95% from the spread between the events",
    )
    CAPTION_ONE = Word(de="Kumulierte abnormale Rendite", en="Cumulative abnormal return")
    DAY = Word(de="Handelstage um das Ereignis", en="sessions around the event")
    TESTS = Word(de="Tests", en="Tests")
    TESTS_SAY = Word(
        de="Jeder Test fragt, ob die mittlere abnormale Rendite von null verschieden ist; zweiseitige p‑Werte. Fallen "
        "Ereignisse auf gemeinsame Tage oder erhöht ein Ereignis die Streuung, trägt vor allem das bereinigte BMP.",
        en="Each test asks whether the mean abnormal return differs from zero; p‑values are two-sided. Where events "
        "share days, or raise the variance, rely above all on the adjusted BMP.",
    )
    TEST = Word(de="Test", en="Test")
    EVENTS = Word(de="Ereignisse", en="Events")
    EVENT = Word(de="Ereignis", en="Event")
    SESSION = Word(de="Handelstag", en="Session")
    OUTCOME = Word(de="Verbleib", en="Outcome")
    FOOT = Word(
        de="Ein Ereignis, das nicht berechnet werden kann, steht mit seinem Grund in der Liste.",
        en="An event that cannot be computed stands in the list with its reason.",
    )


class _Words:
    """The words in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __getattr__(self, name: str) -> str:
        word: Word = getattr(StudyWords, name)
        return getattr(word, self._language)  # type: ignore[no-any-return]


def study_page(study: EventStudy, *, language: Language, source: str) -> str:
    """The page of a study. Same study: same bytes."""
    settings = study.settings
    words = _Words(language)
    windows = [w for w in dict.fromkeys(((0, 0), *settings.windows)) if w in settings.columns]
    days = study.mean_days()
    caption = words.CAPTION_ONE if study.used == 1 else words.CAPTION
    charts = [
        (size, mean_car_chart(days, language, f"{caption}.", words.DAY, width=width))
        for size, width in (("wide", WIDE), ("narrow", NARROW))
        if len(days) > 1
    ]
    rows = [[study.test(name, window) for window in windows] for name in settings.tests]
    style, style_hash = style_and_hash()
    script, script_hash = script_and_hash()
    text: str = _template().render(
        w=words,
        language=language,
        style=style,
        style_hash=style_hash,
        script=script,
        script_hash=script_hash,
        title=_title(study, language),
        method=_method(study, language),
        source=source,
        version=VERSION,
        caption=caption,
        charts=[chart for chart in charts if chart[1]],
        windows=[_window(window, language) for window in windows],
        first_window=_window(settings.windows[0], language),
        tests=[{"label": _TESTS[row[0].name], "cells": [_cell(one, language) for one in row]} for row in rows],
        notes=_notes(rows, language),
        events=[_event(row, language) for row in study.events().iter_rows(named=True)],
    )
    return text


@lru_cache(maxsize=1)
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("rerating.report", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("study.html.j2")


def _title(study: EventStudy, language: Language) -> str:
    used, total = study.used, len(study.given)
    if total == 1:
        return "Was das Ereignis bewegt hat" if language == "de" else "What the event moved"
    if used == total:
        return f"Was {used} Ereignisse bewegt haben" if language == "de" else f"What {used} events moved"
    if language == "de":
        return f"Was {used} von {total} Ereignissen bewegt {'hat' if used == 1 else 'haben'}"
    return f"What {used} of {total} events moved"


def _method(study: EventStudy, language: Language) -> str:
    settings = study.settings
    model = getattr(_MODELS[settings.model.kind], language)
    model = f"{model[0].upper()}{model[1:]}"
    if language == "de":
        kind = "logarithmische" if study.panel.kind == "log" else "einfache"
        gap = f", {settings.gap} Handelstage vor dem Ereignisfenster" if settings.gap else ""
        return (
            f"{model}, {kind} Renditen, Schätzfenster {settings.estimation} Handelstage "
            f"(mindestens {settings.minimum}){gap}."
        )
    gap = f", {settings.gap} sessions before the event window" if settings.gap else ""
    return (
        f"{model}, {study.panel.kind} returns, estimation window of {settings.estimation} sessions "
        f"(at least {settings.minimum}){gap}."
    )


def _notes(rows: list[list[WindowTest]], language: Language) -> list[str]:
    """Why tests have no result: each reason once, with the tests that it keeps from one."""
    names: dict[str, dict[str, None]] = {}
    for one in (one for row in rows for one in row):
        if one.gap is not None:
            names.setdefault(_reason(one.gap.detail, language), {})[_TESTS[one.name]] = None
    return [f"{reason[0].upper()}{reason[1:]}: {', '.join(tests)}." for reason, tests in names.items()]


def _reason(detail: str, language: Language) -> str:
    if language == "en":
        return detail
    digits = iter(re.findall(r"\d+", detail))
    german = _REASONS.get(re.sub(r"\d+", "#", detail), detail)
    return re.sub("#", lambda _: next(digits), german)


def _window(window: tuple[int, int], language: Language) -> str:
    first, last = window
    ends = [decimal(day, 0, language) for day in (first, last)]
    if first == last:
        return f"{'Tag' if language == 'de' else 'day'} {ends[0]}"
    return f"{ends[0]}\u00a0…\u00a0{ends[1]}"


def _cell(one: WindowTest, language: Language) -> dict[str, str]:
    if one.statistic is None or one.p is None:
        return {"gap": "" if one.gap is None else _reason(one.gap.detail, language)}
    return {"gap": "", "statistic": decimal(one.statistic, 2, language), "p": _p(one.p, language)}


def _p(value: float, language: Language) -> str:
    return f"<{decimal(0.001, 3, language)}" if value < 0.0005 else decimal(value, 3, language)


def _event(row: dict[str, Any], language: Language) -> dict[str, Any]:
    when = row["session_on"]
    known = row["car"] is not None and row["t"] is not None and row["p"] is not None
    return {
        "symbol": row["symbol"],
        "name": row.get("name") or "",
        "session": "" if when is None else day(when, language) if hasattr(when, "year") else str(when),
        "outcome": ", ".join(getattr(_OUTCOMES[name], language) for name in _named(row)),
        "car": percent(row["car"], language, digits=2, signed=True) if known else "",
        "fall": known and row["car"] < 0,
        "t": decimal(row["t"], 2, language) if known else "",
        "p": _p(row["p"], language) if known else "",
    }


def _named(row: dict[str, Any]) -> list[str]:
    """The outcome, and what can be said against the event besides."""
    return list(dict.fromkeys((row["outcome"], *filter(None, row["flags"].split(",")))))
