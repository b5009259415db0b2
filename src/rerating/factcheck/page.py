"""The annotated page: each claim in its sentence, marked by outcome with colour, line and sign; the trace on click.

It quotes the sentences that hold claims, and the whole text only for private use. Whatever the article holds is text:
its markup is taken off, and what is left is escaped. The page runs no script and asks for nothing.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rerating.core.version import VERSION
from rerating.factcheck.checking import Checked
from rerating.factcheck.claim import Claim
from rerating.factcheck.words import KIND, MARK, OUTCOME, dated, explained, told
from rerating.language.languages import Language

if TYPE_CHECKING:
    from jinja2 import Template as Page

_WORDS: dict[str, dict[Language, str]] = {
    "skip": {"de": "Zum Inhalt springen", "en": "Skip to content"},
    "eyebrow": {"de": "Faktenprüfung", "en": "Fact-check"},
    "counts": {"de": "Ergebnisse", "en": "Outcomes"},
    "gravest": {"de": "Die schwersten Fehler", "en": "The gravest faults"},
    "repairs": {"de": "Korrekturen", "en": "Corrections"},
    "text": {"de": "Der Artikel", "en": "The article"},
    "claims": {"de": "Satz für Satz", "en": "Sentence by sentence"},
    "trace": {"de": "Lesarten und Abfragen", "en": "Readings and queries"},
    "readings": {"de": "Lesarten", "en": "Readings"},
    "holds": {"de": "trifft zu", "en": "holds"},
    "reading": {"de": "Lesart", "en": "reading"},
    "sources": {"de": "Quellen", "en": "Sources"},
    "ledger": {"de": "Datenstand", "en": "Ledger"},
    "foot": {
        "de": "Geprüft wurde gegen dokumentierte Daten, wie sie zum Wissensstand bekannt waren. Was nicht belegt ist, "
        "ist damit nicht falsch. Ursachen lassen sich so weder bestätigen noch widerlegen.",
        "en": "Checked against dated evidence as it was known at the cutoff. What is not settled is not thereby wrong. "
        "Causes can be neither confirmed nor refuted in this way.",
    },
}
_HOLDS: dict[bool | None, dict[Language, str]] = {
    True: {"de": "✓ ja", "en": "✓ yes"},
    False: {"de": "✗ nein", "en": "✗ no"},
    None: {"de": "○ offen", "en": "○ open"},
}
_TITLES: dict[Language, tuple[str, str, str]] = {
    "de": ("{n} Behauptungen geprüft, {k} davon fehlerhaft", "Eine Behauptung geprüft", "Keine Behauptung gefunden"),
    "en": ("{n} claims checked, {k} of them faulty", "One claim checked", "No claim found"),
}
_FAULTY = ("refuted", "misleading", "outdated")


def page(result: Checked, text: str, *, style: str, whole: bool = False, link: str | None = None) -> str:
    """The page of a check. `style` is the sheet that all pages share; same result, same bytes."""
    language: Language = "de" if result.language.startswith("de") else "en"
    sheet = f"{style}\n{_own_style()}"
    is_html = result.extraction.article.is_html
    claims = {claim.id: _claim(claim, language) for claim in result.claims}
    shown = [(name, count) for name, count in result.counts.items() if count]
    rendered: str = _template().render(
        language=language,
        w={key: words[language] for key, words in _WORDS.items()},
        mark=MARK,
        outcome={name: words[language] for name, words in OUTCOME.items()},
        style=sheet,
        style_hash=f"sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}",
        version=VERSION,
        title=_title(result, language),
        dated=dated(result.dated, result.as_of, language),
        counts=shown,
        link=link,
        gravest=[claims[claim.id] for claim in result.gravest],
        repairs=result.repairs,
        whole=_runs(text, 0, len(text), result.claims, is_html=is_html) if whole else None,
        sentences=_sentences(result, text, claims, is_html=is_html),
        sources=_sources(result),
        ledger=result.view.version,
    )
    return rendered


@lru_cache(maxsize=1)
def _template() -> Page:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("rerating.factcheck", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("check.html.j2")


@lru_cache(maxsize=1)
def _own_style() -> str:
    return files("rerating.factcheck").joinpath("html", "check.css").read_text(encoding="utf-8")


def _title(result: Checked, language: Language) -> str:
    many, one, none = _TITLES[language]
    count = len(result.claims)
    if count < 2:
        return one if count else none
    faulty = sum(result.counts[name] for name in _FAULTY)
    return many.replace("{n}", str(count)).replace("{k}", str(faulty))


_ADDRESS = re.compile(
    r"<(?:link[^<>]{0,200}\brel=[\"']canonical[\"'][^<>]{0,200}\bhref|meta[^<>]{0,200}\bproperty=[\"']og:url[\"']"
    r"[^<>]{0,200}\bcontent)=[\"'](https?://[^\"'<>\s]{4,500})[\"']",
    re.IGNORECASE,
)
_HEAD = 20_000


def address_in(text: str) -> str | None:
    """The address that an article in HTML gives as its own; only of a web page."""
    match = _ADDRESS.search(text[:_HEAD])
    return html.unescape(match[1]) if match else None


_TAG = re.compile(r"<[^<>]{0,2000}>")
_BLANK = re.compile(r"\s+")


def readable(text: str, *, is_html: bool) -> str:
    """A stretch of the article as a reader sees it: without markup where it is HTML."""
    return html.unescape(_TAG.sub("", text)) if is_html else text


def _runs(text: str, start: int, end: int, claims: tuple[Claim, ...], *, is_html: bool) -> list[dict[str, Any]]:
    """Stretches of the text, cut where claims begin and end; of claims that overlap the first one is marked."""
    runs: list[dict[str, Any]] = []
    at = start
    for claim in sorted(claims, key=lambda each: (each.start, -each.end)):
        if claim.start < at or claim.end > end:
            continue
        runs.append({"text": readable(text[at : claim.start], is_html=is_html), "claim": None})
        words = readable(text[claim.start : claim.end], is_html=is_html)
        runs.append({"text": words, "claim": {"id": claim.id, "outcome": str(claim.outcome)}})
        at = claim.end
    runs.append({"text": readable(text[at:end], is_html=is_html), "claim": None})
    return [run for run in runs if run["text"]]


def _sentences(result: Checked, text: str, claims: dict[str, dict[str, Any]], *, is_html: bool) -> list[dict[str, Any]]:
    found: dict[tuple[int, int], list[Claim]] = {}
    for claim in result.claims:
        found.setdefault((claim.sentence_start, claim.sentence_end), []).append(claim)
    return [
        {
            "runs": _runs(text, start, end, tuple(group), is_html=is_html),
            "claims": [claims[claim.id] for claim in group],
        }
        for (start, end), group in sorted(found.items())
    ]


def _claim(claim: Claim, language: Language) -> dict[str, Any]:
    reading = claim.reading or {}
    rows = [
        {"holds": _HOLDS[each["holds"]][language], "told": told(each, language)} for each in reading.get("readings", [])
    ]
    trace = [f"{step['query']}({_arguments(step['arguments'])})\n  {_result(step['result'])}" for step in claim.trace]
    return {
        "id": claim.id,
        "outcome": str(claim.outcome),
        "text": _BLANK.sub(" ", readable(claim.text, is_html=True)),
        "kind": KIND[claim.type][language],
        "told": explained(claim, language),
        "rows": rows,
        "trace": "\n".join(trace),
    }


def _arguments(arguments: dict[str, Any]) -> str:
    return ", ".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in sorted(arguments.items()))


def _result(result: dict[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False, sort_keys=True)


def _sources(result: Checked) -> list[dict[str, str]]:
    cited = {mark for claim in result.claims for step in claim.trace for mark in step["evidence"]}
    return [
        {"id": key, "locator": entry.locator, "known": date.isoformat(entry.known_at.date())}
        for key, entry in result.evidence.items()
        if key in cited
    ]
