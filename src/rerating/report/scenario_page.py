"""A scenario as one self-contained page: sentences, charts and every input; for a programme also its knobs.

The knobs run the programme's model in the page itself (html/knobs.js), at the base of all other inputs; the numbers
are the same as those of `rerating.measures.capex_programme` (tests/report/test_scenario_page.py). Nothing is fetched,
and only this script may run: the page's policy names its digest.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import lru_cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rerating.core.record import canonical
from rerating.core.types import Gap, Instant
from rerating.core.version import VERSION
from rerating.findings.scenario import Scenario, ScenarioInput, scenario_about
from rerating.findings.scenario_price import PriceScenario
from rerating.findings.scenario_programme import CapexScenario, programme_spans, structure
from rerating.findings.scenario_share import ShareScenario
from rerating.language.languages import NBSP, Language
from rerating.language.numbers import decimal, percent
from rerating.language.quantities import money
from rerating.measures.capex_programme import OPTIONAL
from rerating.report import words
from rerating.report.charts.scenario import scenario_charts
from rerating.report.page import _style as style
from rerating.report.page import script_and_hash
from rerating.report.rendering import ZONES
from rerating.statements.blocks import Picture
from rerating.statements.chart_values import scenario_values, with_values
from rerating.statements.facts import Moment, Voice, Word, written
from rerating.statements.gaps import detail, question
from rerating.statements.plan import statements_of
from rerating.statements.scenario import OUTPUTS, TITLE, definition, input_name, section
from rerating.statements.sources import Document, Sources, sources_of
from rerating.statements.statement import Span, Statement, said, spans, whole_words

if TYPE_CHECKING:
    from rerating.core.record import Record
    from rerating.findings.scenario_inputs import ScenarioFile

SHOWN = ("irr", "discounted_payback", "payback", "npv")


class KnobWords:
    """The words of the page's own frame."""

    KNOBS = Word(de="Was wäre, wenn", en="What if")
    KNOBS_SAY = Word(
        de="Die Regler bewegen die Annahmen, die am meisten zählen, innerhalb ihrer Spannen; alle übrigen stehen auf "
        "ihrem Grundwert.",
        en="The knobs move the inputs that matter most within their ranges; all others stand at their base.",
    )
    RESET = Word(de="Zurück zum Grundfall", en="Back to the base case")
    INPUTS = Word(de="Alle Annahmen und Quellen", en="All inputs and sources")
    INPUTS_SAY = Word(
        de="Zu jeder Eingabe: niedrig · Grundwert · hoch (ein Wert, wo er feststeht) und die Herkunft.",
        en="For each input: low · base · high (one value where it is fixed), and where it comes from.",
    )
    PRINCIPLE = Word(
        de="Keine der genannten Quellen ist jünger als der Stand; was niemand gesagt hat, ist als Annahme "
        "gekennzeichnet.",
        en="No source named here is newer than the date above; what nobody had said is marked as an assumption.",
    )
    ASSUMPTION = Word(de="Annahme", en="Assumption")
    NONE = Word(de="keine", en="none")


def scenario_page(file: ScenarioFile, found: Record, *, language: Language) -> str:
    """The page of one scenario (or of the Gap in its place). Same file, same scenario: same bytes."""
    voice = Voice(language=language, zone=ZONES[language])
    gap = ""
    if isinstance(found, ShareScenario | CapexScenario | PriceScenario):
        made = scenario_about(file, found)
    else:
        assert isinstance(found, Gap)
        gap = f"{said(question(found), voice)}: {said(detail(found), voice)}"
        made = None
    scribe = _Scribe(made, voice)
    script = _script()
    title = file.german.get(file.case.title, file.case.title) if language == "de" else file.case.title
    read_script, read_hash = script_and_hash()
    part = None if made is None else section(made)
    if made is not None and part is not None:
        part = with_values(part, partial(scenario_values, made))
    knobs, data = _knobs(file, found, voice) if isinstance(found, CapexScenario) else ([], "")
    text: str = _template().render(
        s=scribe,
        w=words,
        k=KnobWords,
        language=language,
        style=style(),
        title=title,
        foreign_title=language == "de" and file.case.title not in file.german,
        subject=file.case.subject,
        as_of=written(Moment(at=file.case.as_of), voice),
        version=VERSION,
        section_title=TITLE,
        section=part,
        read_script=read_script,
        read_hash=read_hash,
        definition=definition().statement,
        gap=gap,
        knobs=knobs,
        data=data,
        outputs=[(name, _label(name, file.case.currency, voice)) for name in SHOWN],
        script=script,
        script_hash=_digest(script) if knobs else "",
        inputs=[] if made is None else [_row(value, scribe) for value in made.inputs],
        sources=scribe.sources,
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
    return environment.get_template("scenario.html.j2")


@lru_cache(maxsize=1)
def _script() -> str:
    return files("rerating.report").joinpath("html", "knobs.js").read_text(encoding="utf-8")


def _digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class _Scribe:
    """What the template asks for: words, spans with their marks, charts."""

    def __init__(self, made: Scenario | None, voice: Voice) -> None:
        self.made, self.voice = made, voice
        self.sources = Sources(documents=()) if made is None else sources_of(_used(made))

    def word(self, word: Word) -> str:
        return word.de if self.voice.language == "de" else word.en

    def plain(self, statement: Statement) -> str:
        return said(statement, self.voice)

    def at(self, at: Instant) -> str:
        return written(Moment(at=at), self.voice)

    def newest(self, document: Document) -> Instant:
        return max(entry.known_at for entry in document.evidence)

    def pieces(self, statement: Statement) -> list[tuple[Span, tuple[int, ...]]]:
        return [
            (span, self.sources.marks(span.fact.src) if span.fact is not None else ())
            for span in whole_words(spans(statement, self.voice))
        ]

    def chart(self, picture: Picture) -> list[tuple[str, str]]:
        assert self.made is not None
        label = said(picture.says, self.voice)
        return scenario_charts(self.made, picture.name, self.voice, label)


def _used(made: Scenario) -> list[Any]:
    """The evidence in the order in which the sentences, then the table of inputs, use it."""
    known = {entry.id: entry for entry in made.basis.evidence}
    part = section(made)
    told = [] if part is None else [key for line in statements_of(part) for fact in line.facts for key in fact.src]
    return [known[key] for key in dict.fromkeys([*told, *known]) if key in known]


def _row(value: ScenarioInput, scribe: _Scribe) -> dict[str, Any]:
    ends = dict.fromkeys((value.low, value.base, value.high))
    figures = " · ".join(_figure(end, value.unit, scribe.voice.language) for end in ends)
    numbers = scribe.sources.marks(value.src)
    return {**value.model_dump(include={"place", "assumption", "reason", "period", "note"})} | {
        "range": figures,
        "numbers": numbers,
    }


def _figure(value: float, unit: str, language: Language) -> str:
    if unit == "ratio":
        return percent(value, language) if abs(value) < 20 else decimal(value, 1, language)
    if len(unit) == 3 and unit.isupper() and unit != "ADS":
        return money(value, unit, language)
    digits = 0 if abs(value) >= 1000 else 2
    return f"{decimal(value, digits, language)}{NBSP}{unit}"


def _label(name: str, currency: str, voice: Voice) -> str:
    label = said(Statement(kind="estimate", template=OUTPUTS[name]), voice)
    scale = {"de": "Mrd.", "en": "billion"}[voice.language]
    return f"{label} ({scale} {currency})" if name == "npv" else label


def _knobs(file: ScenarioFile, found: CapexScenario, voice: Voice) -> tuple[list[dict[str, Any]], str]:
    assert file.programme is not None
    programme, spans_ = structure(file.programme), programme_spans(file)
    values = dict(OPTIONAL) | {name: span.base for name, span in spans_.items()}
    knobs = [
        {
            "name": knob.name,
            "label": written(input_name(knob.name), voice),
            "unit": _unit(knob.name),
            "low": repr(knob.low),
            "base": repr(knob.base),
            "high": repr(knob.high),
        }
        for knob in found.knobs
    ]
    data = {
        "programme": programme.model_dump(mode="json"),
        "base": values,
        "locale": {"de": "de-DE", "en": "en-US"}[voice.language],
        "percent": f"{NBSP}%" if voice.language == "de" else "%",
        "none": written(KnobWords.NONE, voice),
        "scale": 1e9,
    }
    return knobs, json.dumps(canonical(data), sort_keys=True, ensure_ascii=True).replace("<", "\\u003c")


def _unit(name: str) -> str:
    if name == "budget":
        return "money"
    return "years" if name in {"lag", "ramp", "lease_term"} or name.startswith("life.") else "ratio"
