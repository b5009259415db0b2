"""The tables of a check in the terminal: what the article says and of whom, its outcome, what the ledger says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from rerating.factcheck.words import KIND, MARK, OUTCOME, STATUS, dated, explained, headline
from rerating.language.languages import Language

if TYPE_CHECKING:
    from rich.console import Console

    from rerating.factcheck.checking import Checked
    from rerating.factcheck.claim import Claim
    from rerating.factcheck.extraction import Extraction

_STYLES = {
    "confirmed": "green",
    "confirmed_within_hedge": "green",
    "true_on_another_basis": "yellow",
    "outdated": "yellow",
    "misleading": "bold yellow",
    "refuted": "bold red",
    "insufficient_data": "cyan",
    "not_checkable": "dim",
}

_TITLES: dict[Language, tuple[str, str, str, str, str]] = {
    "de": ("", "Ergebnis", "Der Artikel sagt", "Die Daten sagen", "Die schwersten Fehler"),
    "en": ("", "outcome", "the article says", "the data say", "The gravest faults"),
}
_NARROW = 100


_READ: dict[Language, tuple[str, str, str, str]] = {
    "de": ("Der Artikel sagt", "von wem", "wann", "als was"),
    "en": ("the article says", "of whom", "when", "as what"),
}
_NONE: dict[Language, str] = {"de": "Keine prüfbare Aussage gefunden.", "en": "No claim found that could be checked."}


def print_claims(console: Console, found: Extraction) -> None:
    """Every claim that an article makes, before any is checked: its words and kind, of whom, of when, as what."""
    language: Language = "en" if found.article.language == "en" else "de"
    if not found.claims:
        console.print(Text(_NONE[language], style="dim"))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, header_style="bold")
    for title, ratio in zip(_READ[language], (4, 3, 2, 3), strict=True):
        table.add_column(title, ratio=ratio)
    for claim in found.claims:
        whom = Text.assemble(claim.subject.name or "", (f"\n{claim.subject.ticker or ''}", "dim"))
        table.add_row(
            Text.assemble(_short(claim.text), (f"\n{KIND[claim.type][language]}", "dim")),
            whom,
            Text("\n".join(filter(None, (claim.period, claim.as_of)))),
            Text.assemble(STATUS[claim.status][language], (f"\n{claim.source or ''}", "dim")),
        )
    console.print(table)


def print_check(console: Console, result: Checked) -> None:
    """Counts first, then the gravest faults, then every claim, then the corrections."""
    language: Language = "de" if result.language.startswith("de") else "en"
    titles = _TITLES[language]
    console.print()
    console.print(Text(headline(result.counts, language), style="bold"))
    console.print(Text(dated(result.dated, result.as_of, language), style="dim"))
    if result.gravest:
        console.print()
        console.print(Text(titles[4], style="bold"))
        for claim in result.gravest:
            _print_fault(console, claim, language)
    console.print()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, header_style="bold")
    narrow = console.width < _NARROW
    table.add_column(titles[0], width=1)
    table.add_column(titles[1], ratio=None, width=14 if narrow else 18)
    table.add_column(titles[2], ratio=2)
    table.add_column(titles[3], ratio=3)
    for claim in result.claims:
        outcome = str(claim.outcome)
        style = _STYLES[outcome]
        kind = KIND[claim.type][language]
        table.add_row(
            Text(MARK[outcome], style=style),
            Text(OUTCOME[outcome][language], style=style),
            Text.assemble(_short(claim.text), ("\n" + kind, "dim")),
            Text(explained(claim, language)),
        )
    if result.claims:
        console.print(table)
    for repair in result.repairs:
        if repair.sentence is None:
            continue
        console.print(f"[dim]{escape(repair.id)}[/dim] {escape(repair.sentence)}", soft_wrap=True)
        console.print(Text(f"   {repair.note}", style="dim"), soft_wrap=True)


def _print_fault(console: Console, claim: Claim, language: Language) -> None:
    outcome = str(claim.outcome)
    console.print(
        Text.assemble(
            (f"  {MARK[outcome]} {OUTCOME[outcome][language]}", _STYLES[outcome]),
            (f"  „{_short(claim.text)}“" if language == "de" else f"  “{_short(claim.text)}”"),
        )
    )
    console.print(Text(f"    {explained(claim, language)}"))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 90 else words[:89] + "…"
