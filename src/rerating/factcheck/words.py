"""What a reader is told: outcomes, readings, notes and faults in German and English, by the writers of `language`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rerating.core.types import AsOf, Gap, Period
from rerating.factcheck.claim import Claim
from rerating.language.languages import Language
from rerating.language.numbers import big, decimal, percent
from rerating.language.periods import day, instant, span
from rerating.language.quantities import currencies, money, multiple
from rerating.statements.facts import Voice
from rerating.statements.gaps import detail
from rerating.statements.statement import said

Plain = Mapping[str, Any]

OUTCOME: dict[str, dict[Language, str]] = {
    "confirmed": {"de": "bestätigt", "en": "confirmed"},
    "confirmed_within_hedge": {"de": "bestätigt, umgerechnet", "en": "confirmed, derived"},
    "true_on_another_basis": {"de": "nur auf anderer Grundlage", "en": "only on another basis"},
    "outdated": {"de": "überholt", "en": "outdated"},
    "misleading": {"de": "irreführend", "en": "misleading"},
    "refuted": {"de": "widerlegt", "en": "refuted"},
    "insufficient_data": {"de": "nicht belegt", "en": "not settled"},
    "not_checkable": {"de": "nicht prüfbar", "en": "not checkable"},
}
MARK = {
    "confirmed": "✓",
    "confirmed_within_hedge": "≈",
    "true_on_another_basis": "↔",
    "outdated": "↺",
    "misleading": "△",
    "refuted": "✗",
    "insufficient_data": "○",
    "not_checkable": "–",
}
"""A shape beside each colour, so that no outcome is told by a colour alone."""

KIND: dict[str, dict[Language, str]] = {
    "price_level": {"de": "Kurs", "en": "price"},
    "return": {"de": "Kursbewegung", "en": "price move"},
    "distance_to_high": {"de": "Abstand zum Hoch", "en": "distance from the high"},
    "distance_to_low": {"de": "Abstand zum Tief", "en": "distance from the low"},
    "high_low_level": {"de": "Hoch oder Tief", "en": "high or low"},
    "moving_average": {"de": "gleitender Durchschnitt", "en": "moving average"},
    "indicator": {"de": "Indikator", "en": "indicator"},
    "volume": {"de": "Handelsvolumen", "en": "volume"},
    "market_cap": {"de": "Börsenwert", "en": "market value"},
    "financial_figure": {"de": "Geschäftszahl", "en": "reported figure"},
    "growth": {"de": "Wachstum", "en": "growth"},
    "guidance": {"de": "Prognose des Unternehmens", "en": "guidance"},
    "estimate": {"de": "Schätzung", "en": "estimate"},
    "ranking": {"de": "Rangfolge", "en": "ranking"},
    "attributed_reason": {"de": "Begründung", "en": "reason given"},
    "rating_change": {"de": "Änderung der Einstufung", "en": "change of rating"},
    "rating": {"de": "Einstufung", "en": "rating"},
    "rating_count": {"de": "Zahl der Einstufungen", "en": "count of ratings"},
    "consensus_rating": {"de": "Konsens", "en": "consensus"},
    "price_target": {"de": "Kursziel", "en": "price target"},
    "implied_upside": {"de": "Kurspotenzial", "en": "upside"},
    "options_volume": {"de": "Optionsvolumen", "en": "option volume"},
    "options_ratio": {"de": "Optionsverhältnis", "en": "option ratio"},
    "capex": {"de": "Investitionen", "en": "capital spending"},
    "market_share": {"de": "Marktanteil", "en": "market share"},
    "ratio": {"de": "Kennzahl", "en": "ratio"},
    "policy_event": {"de": "Politik", "en": "policy"},
    "corporate_event": {"de": "Unternehmensereignis", "en": "company event"},
    "insider_trade": {"de": "Insidergeschäft", "en": "insider trade"},
    "holding": {"de": "Beteiligung", "en": "holding"},
    "date": {"de": "Datum", "en": "date"},
    "catalyst": {"de": "Ursache", "en": "cause"},
    "operating_metric": {"de": "Betriebszahl", "en": "operating figure"},
    "sentiment": {"de": "Stimmung", "en": "sentiment"},
    "outlook": {"de": "Ausblick", "en": "outlook"},
    "rerating": {"de": "Neubewertung", "en": "re-rating"},
    "question": {"de": "Frage", "en": "question"},
    "advertising": {"de": "Werbung", "en": "advertising"},
}

STATUS: dict[str, dict[Language, str]] = {
    "reported_fact": {"de": "Tatsache", "en": "reported fact"},
    "company_guidance": {"de": "Plan des Unternehmens", "en": "company's plan"},
    "forecast": {"de": "Erwartung anderer", "en": "others' forecast"},
    "attributed": {"de": "jemand sagt es", "en": "somebody says so"},
    "opinion": {"de": "Meinung", "en": "opinion"},
    "question": {"de": "Frage", "en": "question"},
    "advertising": {"de": "Werbung", "en": "advertising"},
}
"""The status of a claim, as readers are told."""

_VENUES: dict[str, dict[Language, str]] = {
    "XNYS": {"de": "NYSE", "en": "NYSE"},
    "XNAS": {"de": "Nasdaq", "en": "Nasdaq"},
    "XHKG": {"de": "Hongkong", "en": "Hong Kong"},
    "XETR": {"de": "Xetra", "en": "Xetra"},
    "XFRA": {"de": "Frankfurt", "en": "Frankfurt"},
    "XLON": {"de": "London", "en": "London"},
    "XSWX": {"de": "Zürich", "en": "Zurich"},
    "US": {"de": "USA", "en": "US"},
    "INDEX": {"de": "Index", "en": "index"},
}

TIMING: dict[str, dict[Language, str]] = {
    "could_have_caused": {
        "de": "kann den Handelstag bewegt haben",
        "en": "could have moved the session",
    },
    "price_led": {"de": "der Kurs lief voraus", "en": "the price led"},
    "cannot_tell": {"de": "Zeit zu ungenau bekannt", "en": "time known too coarsely"},
    "earlier_session": {
        "de": "ein früherer Handelstag konnte schon reagieren",
        "en": "an earlier session could react already",
    },
    "after_the_move": {"de": "erst nach der Bewegung bekannt", "en": "public only after the move"},
}

NOTE: dict[str, dict[Language, str]] = {
    "understated": {"de": "der wahre Wert liegt noch höher", "en": "the true value lies beyond that"},
    "refuted_on_every_line_held": {
        "de": "widerlegt auf jeder vorliegenden Notierung",
        "en": "refuted on every line held",
    },
    "start_does_not_hold": {"de": "der Ausgangswert stimmt nicht", "en": "the starting value does not hold"},
    "since_first_bar": {"de": "seit dem ersten vorliegenden Kurs", "en": "since the first price held"},
    "other_day": {"de": "an einem anderen Tag", "en": "on another day"},
    "sources_print_several_days": {
        "de": "die Quellen nennen verschiedene Tage",
        "en": "sources print different days",
    },
    "other_houses_are_higher": {"de": "andere Häuser liegen höher", "en": "other houses stand higher"},
    "time_allows_it_and_proves_nothing": {
        "de": "die zeitliche Folge lässt es zu und beweist nichts",
        "en": "the order of time allows it and proves nothing",
    },
    "multiple_led": {"de": "das Bewertungsvielfache trug die Bewegung", "en": "the multiple carried the move"},
    "multiple_did_not_lead": {
        "de": "das Bewertungsvielfache trug die Bewegung nicht",
        "en": "the multiple did not carry the move",
    },
    "opinion": {"de": "Meinung", "en": "opinion"},
    "forecast": {"de": "Aussage über die Zukunft", "en": "a statement about the future"},
    "question": {"de": "Frage", "en": "question"},
    "advertising": {"de": "Werbung", "en": "advertising"},
    "sentiment": {"de": "Stimmung", "en": "sentiment"},
    "outlook": {"de": "Ausblick", "en": "outlook"},
    "no_figure": {"de": "ohne Zahl", "en": "without a figure"},
    "no_day": {"de": "ohne Tag", "en": "without a day"},
    **TIMING,
}

FAULT: dict[str, dict[Language, str]] = {
    "millions_lost": {
        "de": "dieselbe Größe steht im Text um Größenordnungen höher",
        "en": "the text has the same figure orders of magnitude higher",
    },
    "two_values": {"de": "der Text nennt dafür zwei Werte", "en": "the text gives two values for it"},
    "upside": {"de": "Kurs und Kursziel im Text ergeben {x}", "en": "price and target in the text give {x}"},
    "from_to": {"de": "Anfangs- und Endwert im Text ergeben {x}", "en": "start and end in the text give {x}"},
    "against_estimate": {
        "de": "nach den Zahlen im Text ist es umgekehrt",
        "en": "by the text's own figures it is the other way round",
    },
    "sum": {"de": "die Teile im Text ergeben {x}", "en": "the parts in the text add up to {x}"},
    "growth_a_year": {"de": "Anfangs- und Endwert ergeben {x} im Jahr", "en": "both ends give {x} a year"},
    "out_of_another": {
        "de": "das eine folgt nicht aus dem anderen",
        "en": "the one does not come out of the other",
    },
}


def venue(line: str, language: Language) -> str:
    """The venue of a line's key as readers call it."""
    mic = line.partition(":")[0]
    return _VENUES.get(mic, {}).get(language, mic)


def said_gap(gap: Plain | Gap, language: Language) -> str:
    """Why something is not known, in the reader's language."""
    value = gap if isinstance(gap, Gap) else Gap.model_validate(gap)
    return said(detail(value), Voice(language=language))


def amount(value: float, unit: str, language: Language, *, signed: bool = False) -> str:
    """A value in our units: a share of one as percent, money with its sign, anything else as a number."""
    if unit in ("ratio", "log"):
        return percent(value, language, signed=signed)
    if unit in currencies():
        return money(value, unit, language)
    if unit == "rate":
        return decimal(value, 4, language)
    if unit == "times":
        return multiple(value, language)
    if unit == "p":
        return decimal(value, 3, language)
    if value != int(value) and abs(value) < 1000:
        return decimal(value, 2, language)
    return big(value, language)


def _days(reading: Plain, language: Language) -> str:
    first, last = reading.get("from_on"), reading.get("to_on")
    if first and last:
        return span(Period(from_on=date.fromisoformat(first), to_on=date.fromisoformat(last)), language)
    return day(date.fromisoformat(last), language) if last else ""


def _rate(reading: Plain, language: Language) -> str:
    if not reading.get("derived") or not reading.get("currency"):
        return ""
    name = _currency(reading["currency"], language)
    return {"de": f"in {name} zum EZB-Kurs", "en": f"in {name} at the ECB rate"}[language]


def _currency(code: str, language: Language) -> str:
    words = currencies().get(code, {})
    return str(words.get(language, code))


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _return(reading: Plain, language: Language) -> str:
    closes = {"de": f"{venue(reading['line'], 'de')}-Schlusskurse", "en": f"{venue(reading['line'], 'en')} closes"}
    when = _days(reading, language)
    when = {"de": f"{closes['de']} vom {when}", "en": f"{closes['en']} of {when}"}[language]
    adjusted = {"de": "um Dividenden bereinigt", "en": "dividend-adjusted"}[language]
    is_adjusted = reading.get("adjustment") == "dividend_adjusted"
    value = amount(reading["value"], "ratio", language, signed=True)
    return f"{value} ({_joined(when, _rate(reading, language), adjusted if is_adjusted else '')})"


def _close(reading: Plain, language: Language) -> str:
    where, when = venue(reading["line"], language), _days(reading, language)
    close = {"de": f"{where}-Schlusskurs vom {when}", "en": f"{where} close of {when}"}[language]
    band = ""
    if "low" in reading and "high" in reading:
        ends = [money(reading[end], reading["unit"], language) for end in ("low", "high")]
        band = {"de": f"Spanne {ends[0]} bis {ends[1]}", "en": f"range {ends[0]} to {ends[1]}"}[language]
    value = amount(reading["value"], reading["unit"], language)
    return f"{value} ({_joined(close, _rate(reading, language), band)})"


_SIDES: dict[str, dict[Language, str]] = {
    "high": {"de": "unter dem Hoch von", "en": "below the high of"},
    "low": {"de": "über dem Tief von", "en": "above the low of"},
}
_BASES: dict[str, dict[Language, str]] = {
    "close": {"de": "Schlusskurse", "en": "closes"},
    "intraday": {"de": "Tageshochs und -tiefs", "en": "intraday prices"},
}


def _extreme(reading: Plain, language: Language) -> str:
    level = money(reading["level"], reading["currency"], language) if reading["currency"] in currencies() else ""
    when = day(date.fromisoformat(reading["from_on"]), language)
    side = _SIDES[reading["side"]][language]
    basis = f"{venue(reading['line'], language)}, {_BASES[reading['basis']][language]}"
    distance = percent(abs(_distance(reading)), language)
    on = {"de": f"vom {when}", "en": f"({when})"}[language]
    return f"{distance} {side} {level} {on} ({_joined(basis, _rate(reading, language))})"


def _distance(reading: Plain) -> float:
    value = reading["value"]
    return float(reading.get("distance", value))


def _average(reading: Plain, language: Language) -> str:
    level = money(reading["level"], reading["currency"], language)
    gap = percent(reading.get("distance", reading["value"]), language, signed=True)
    n = reading["sessions"]
    return {
        "de": f"Schnitt über {n} Handelstage {level}, Schlusskurs {gap} davon entfernt",
        "en": f"average of {n} sessions {level}, close {gap} away from it",
    }[language]


def _volume(reading: Plain, language: Language) -> str:
    when = _days(reading, language)
    if reading["against"] == "none":
        return f"{big(reading['value'], language)} ({when})"
    if reading["against"] == "median":
        times = decimal(reading["value"], 2, language)
        return {
            "de": f"das {times}-Fache des Medians von 63 Handelstagen ({when})",
            "en": f"{times} times the median of 63 sessions ({when})",
        }[language]
    share = percent(reading["value"], language, digits=0)
    return {
        "de": f"höher als an {share} der letzten 252 Handelstage ({when})",
        "en": f"higher than on {share} of the last 252 sessions ({when})",
    }[language]


def _change(reading: Plain, language: Language) -> str:
    words, days_ = reading["words"], [day(date.fromisoformat(each), language) for each in reading["days"]]
    both = listed(days_, language)
    dated = {"de": f"laut Quellen vom {both}", "en": f"dated {both} by the sources"}[language]
    return f"{reading['house']}: {' → '.join(words)} ({dated})"


def _target(reading: Plain, language: Language) -> str:
    when = _days(reading, language)
    name = (reading.get("words") or [reading.get("house", "")])[0]
    value = amount(reading["value"], reading["unit"], language)
    return f"{name}: {value} ({when})" if when else f"{name}: {value}"


def _upside(reading: Plain, language: Language) -> str:
    target = amount(reading["level"], reading.get("currency", "USD"), language)
    value = percent(reading["value"], language, signed=True)
    return {"de": f"{reading['house']}: {target}, {value} zum Kurs", "en": f"{reading['house']}: {target}, {value}"}[
        language
    ]


def _label(reading: Plain, language: Language) -> str:
    return f"{reading['house']}: {reading['value']}"


def _ranked(reading: Plain, language: Language) -> str:
    pairs = zip(reading["words"], reading["values"], strict=True)
    return ", ".join(f"{house} {money(value, reading['currency'], language)}" for house, value in list(pairs)[:4])


def _figure(reading: Plain, language: Language) -> str:
    when = _days(reading, language)
    signed = reading["query"] == "figure_growth" or bool(reading.get("growth"))
    value = amount(reading["value"], reading["unit"], language, signed=signed)
    return f"{value} ({when})" if when else value


def _tribunal(reading: Plain, language: Language) -> str:
    rows = zip(reading["days"], reading["words"], reading["titles"], strict=True)
    return "; ".join(f"{_on(on, language)}: {title} ({TIMING[timing][language]})" for on, timing, title in rows)


def _on(text: str, language: Language) -> str:
    return day(date.fromisoformat(text), language)


def _plain(reading: Plain, language: Language) -> str:
    value = reading["value"]
    text = amount(value, str(reading.get("unit", "")), language) if isinstance(value, float | int) else str(value)
    when = _days(reading, language)
    return f"{text} ({when})" if when else text


_TOLD: dict[str, Callable[[Plain, Language], str]] = {
    "window_return": _return,
    "span_return": _return,
    "close": _close,
    "extreme": _extreme,
    "average": _average,
    "volume": _volume,
    "rating_change": _change,
    "house_target": _target,
    "printed_target": _target,
    "upside": _upside,
    "printed_label": _label,
    "computed_label": _label,
    "rank_of_targets": _ranked,
    "figure": _figure,
    "figure_growth": _figure,
    "printed_figure": _figure,
    "tribunal": _tribunal,
}


def told(reading: Plain, language: Language) -> str:
    """A reading in words: its value, line, currency, window and basis; a gap by its reason."""
    if "gap" in reading:
        return said_gap(reading["gap"], language)
    return _TOLD.get(reading["query"], _plain)(reading, language)


def explained(claim: Claim, language: Language) -> str:
    """What became of a claim, in one line: the deciding reading, its notes and faults, or what is missing."""
    reading = claim.reading or {}
    parts = []
    for fault in reading.get("faults", []):
        words = FAULT[fault["kind"]][language]
        unit = "ratio" if fault["kind"] in ("upside", "from_to", "growth_a_year") else _unit_of(claim)
        parts.append(words.replace("{x}", amount(fault["expected"], unit, language) if "expected" in fault else ""))
    if "chosen" in reading and not (parts and claim.outcome == "misleading"):
        chosen = reading["chosen"]
        is_cause = chosen["query"] == "tribunal"
        parts.append(TIMING[str(chosen["value"])][language] if is_cause else told(chosen, language))
        parts += _otherwise(claim, reading, language)
    parts += [NOTE[note][language] for note in reading.get("notes", []) if note in NOTE]
    if "higher" in reading:
        parts = [part for part in parts if part != NOTE["other_houses_are_higher"][language]]
        names = [f"{each['house']} ({each['target']:g})" for each in reading["higher"][:3]]
        parts = [part for part in parts if part != told(reading["chosen"], language)]
        parts.insert(0, {"de": "höher liegen ", "en": "higher stand "}[language] + ", ".join(names))
    parts += [said_gap(gap, language) for gap in reading.get("gaps", [])[:1]]
    return "; ".join(dict.fromkeys(parts))


def _otherwise(claim: Claim, reading: Plain, language: Language) -> list[str]:
    """What the plain reading gives where only another one holds; which events a cause may have been."""
    parts = []
    if claim.outcome in ("true_on_another_basis", "outdated"):
        plain = [each for each in reading.get("readings", []) if each["standing"] == "plain" and "gap" not in each]
        if plain and not plain[0]["holds"]:
            words = {"de": "die übliche Lesart gibt {x}", "en": "the usual reading gives {x}"}[language]
            parts.append(words.replace("{x}", told(plain[0], language)))
    events = [each for each in reading.get("events", []) if each["timing"] == reading.get("timing")]
    if events:
        named = [f"„{each['title']}“" if language == "de" else f"“{each['title']}”" for each in events[-2:]]
        parts.append(", ".join(named))
    return parts


def _unit_of(claim: Claim) -> str:
    value = claim.values[0]
    return value.currency or {"percent": "ratio"}.get(value.unit, value.unit)


def headline(counts: Mapping[str, int], language: Language) -> str:
    """The counts in one line, outcomes that did not occur left out."""
    shown = [f"{MARK[name]} {count} {OUTCOME[name][language]}" for name, count in counts.items() if count]
    nothing = {"de": "keine Behauptungen gefunden", "en": "no claims found"}[language]
    return " · ".join(shown) or nothing


def dated(found: Plain, as_of: AsOf, language: Language) -> str:
    """The article's day, how it was found, and the cutoff."""
    when = day(date.fromisoformat(found["on"]), language)
    told_: dict[str, dict[Language, str]] = {
        "given": {"de": f"Artikel vom {when}", "en": f"article of {when}"},
        "text": {"de": f"Artikel vom {when}, nach seinem Text", "en": f"article of {when}, by its text"},
        "claims": {
            "de": f"Artikel ohne Datum; seine Kurse passen zum {when}",
            "en": f"undated article; its prices fit {when}",
        },
        "cutoff": {"de": "Artikel ohne Datum", "en": "undated article"},
    }
    known: dict[Language, str] = {"de": "Wissensstand", "en": "as known on"}
    return f"{told_[found['by']][language]} · {known[language]} {instant(as_of.at, language)}"


def listed(words: list[str], language: Language) -> str:
    """`A, B und C`."""
    last: dict[Language, str] = {"de": " und ", "en": " and "}
    return last[language].join([*([", ".join(words[:-1])] if words[:-1] else []), *words[-1:]])
