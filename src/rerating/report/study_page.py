"""An event study as one self-contained page: the mean with its band, the tests, and what became of each event."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rerating.core.version import VERSION
from rerating.language.languages import Language
from rerating.language.numbers import decimal, percent
from rerating.language.periods import day
from rerating.report.charts.mean_car import NARROW, WIDE, mean_car_chart
from rerating.report.page import _style as style
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


class StudyWords:
    """The words of the page."""

    SKIP = Word(de="Zum Inhalt springen", en="Skip to content")
    EYEBROW = Word(de="Ereignisstudie", en="Event study")
    CAPTION = Word(
        de="Mittlere kumulierte abnormale Rendite, Band von 95 % aus der Streuung zwischen den Ereignissen",
        en="Mean cumulative abnormal return, band of 95 % from the spread between the events",
    )
    DAY = Word(de="Handelstage um das Ereignis", en="sessions around the event")
    TESTS = Word(de="Tests", en="Tests")
    TESTS_SAY = Word(
        de="Jeder Test fragt, ob die mittlere abnormale Rendite von null verschieden ist; zweiseitige p-Werte. Fallen "
        "Ereignisse auf gemeinsame Tage, gelten die nach Kolari und Pynnönen bereinigten Tests.",
        en="Each test asks whether the mean abnormal return differs from zero; p-values are two-sided. Where events "
        "share days, rely on the tests adjusted by Kolari and Pynnönen.",
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
    label = f"{words.CAPTION}."
    charts = [
        (size, mean_car_chart(days, language, label, words.DAY, width=width))
        for size, width in (("wide", WIDE), ("narrow", NARROW))
        if len(days) > 1
    ]
    rows = [[study.test(name, window) for window in windows] for name in settings.tests]
    text: str = _template().render(
        w=words,
        language=language,
        style=style(),
        title=_title(study, language),
        method=_method(study, language),
        source=source,
        version=VERSION,
        charts=[chart for chart in charts if chart[1]],
        windows=[_window(window, language) for window in windows],
        first_window=_window(settings.windows[0], language),
        tests=[{"label": _TESTS[row[0].name], "cells": [_cell(one, language) for one in row]} for row in rows],
        notes=list(dict.fromkeys(f"{_TESTS[one.name]}: {one.gap.detail}." for row in rows for one in row if one.gap)),
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
    total = len(study.given)
    if language == "de":
        return f"Was {study.used} von {total} Ereignissen bewegt {'hat' if study.used == 1 else 'haben'}"
    return f"What {study.used} of {total} events moved"


def _method(study: EventStudy, language: Language) -> str:
    settings = study.settings
    model = getattr(_MODELS[settings.model.kind], language)
    if language == "de":
        kind = "logarithmische" if study.panel.kind == "log" else "einfache"
        return (
            f"{model[0].upper()}{model[1:]}, {kind} Renditen, Schätzfenster {settings.estimation} Handelstage "
            f"(mindestens {settings.minimum}), Abstand {settings.gap}."
        )
    return (
        f"{model[0].upper()}{model[1:]}, {study.panel.kind} returns, estimation window of {settings.estimation} "
        f"sessions (at least {settings.minimum}), gap {settings.gap}."
    )


def _window(window: tuple[int, int], language: Language) -> str:
    first, last = window
    if first == last:
        return f"{'Tag' if language == 'de' else 'day'} {first}"
    return f"{first} … {last}"


def _cell(one: WindowTest, language: Language) -> dict[str, str]:
    if one.statistic is None or one.p is None:
        return {"gap": "" if one.gap is None else one.gap.detail}
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
        "outcome": getattr(_OUTCOMES[row["outcome"]], language),
        "car": percent(row["car"], language, digits=2, signed=True) if known else "",
        "fall": known and row["car"] < 0,
        "t": decimal(row["t"], 2, language) if known else "",
        "p": _p(row["p"], language) if known else "",
    }
