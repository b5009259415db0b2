"""`rerating scenario share|capex|price`: can a claim be true, does spending pay, what does a price presuppose?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rerating.cli.analyze import Language
from rerating.cli.options import LedgerOption, OutOption, cutoff, ledger_path, write_text
from rerating.core.errors import UsageError

if TYPE_CHECKING:
    from rerating.core.record import Record
    from rerating.core.types import AsOf, Gap
    from rerating.findings.scenario_inputs import ScenarioFile

group = typer.Typer(
    help="Can the claim be true, does the spending pay, what does the price presuppose?",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """The formats of a scenario."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


CaseArgument = Annotated[
    str,
    typer.Argument(
        metavar="CASE", help="A scenario file (TOML), a shipped case such as alibaba, or a symbol of the ledger."
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="T", help="Cutoff, like 2026-01-14T22:00Z (default: the case's own; else now)."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="table, json or html.")]
LanguageOption = Annotated[Language, typer.Option("--lang", help="Language of the page.")]


def add_to(app: typer.Typer) -> None:
    """Hang the verbs into the command line."""
    app.add_typer(group, name="scenario")


@group.command("share")
def share(
    case: CaseArgument,
    as_of: AsOfOption = None,
    format_: FormatOption = Format.TABLE,
    lang: LanguageOption = Language.EN,
    ledger: LedgerOption = None,
    out: OutOption = None,
) -> None:
    """What a claim about the growth of a market means and needs, under each definition of the market."""
    from rerating.findings.scenario_share import share_scenario

    file = _case(case, as_of, ledger)
    _print("share", file, share_scenario(file), format_, lang, out)


@group.command("capex")
def capex(
    case: CaseArgument,
    as_of: AsOfOption = None,
    format_: FormatOption = Format.TABLE,
    lang: LanguageOption = Language.EN,
    ledger: LedgerOption = None,
    out: OutOption = None,
) -> None:
    """Payback, return and break-even of a capital programme; as a page, with knobs for the five main inputs."""
    from rerating.findings.scenario_programme import capex_scenario

    file = _case(case, as_of, ledger)
    _print("capex", file, capex_scenario(file), format_, lang, out)


@group.command("price")
def price(
    case: CaseArgument,
    as_of: AsOfOption = None,
    format_: FormatOption = Format.TABLE,
    lang: LanguageOption = Language.EN,
    ledger: LedgerOption = None,
    out: OutOption = None,
) -> None:
    """What the price presupposes: growth at each margin, years of advantage, the multiple left for one business."""
    from rerating.findings.scenario_price import price_scenario

    file = _case(case, as_of, ledger)
    _print("price", file, price_scenario(file), format_, lang, out)


def _case(text: str, as_of: str | None, ledger: Path | None) -> ScenarioFile:
    """The file that an argument names: a path, a shipped case or its family, else a line of the ledger."""
    from rerating.findings import scenario_file as files

    path = Path(text)
    if path.suffix == ".toml" or path.is_file():
        return _read(path, None if as_of is None else cutoff(as_of))
    names = files.shipped_names()
    if text in names or text.casefold() in {files.shipped(name).case.family for name in names}:
        return files.shipped(text, None if as_of is None else cutoff(as_of))
    folder = ledger_path(ledger)
    if not folder.exists():
        raise UsageError(
            f"'{text}' is no file and no shipped case ({', '.join(names)}), and there is no ledger at {folder} to "
            "look a symbol up in; name one of them or collect prices first."
        )
    from rerating.core.types import Gap
    from rerating.findings.scenario import case_of
    from rerating.findings.series import series
    from rerating.findings.subject import resolved
    from rerating.ledger import Ledger

    view = Ledger(folder).view(cutoff(as_of))
    line = series(view, resolved(view, text))
    if isinstance(line, Gap):
        raise UsageError(f"{line.detail}.")
    return case_of(view, line)


def _read(path: Path, as_of: AsOf | None) -> ScenarioFile:
    from rerating.findings.scenario_file import parsed

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no UTF-8"
        raise UsageError(f"{path} cannot be read ({why}); name a scenario file in TOML.") from error
    file = parsed(text, str(path))
    if as_of is not None and file.case.as_of > as_of.at:
        raise UsageError(f"{path} was written with what was known at {file.as_of}, after {as_of}; ask later.")
    return file


def _print(
    what: str, file: ScenarioFile, found: Record | Gap, format_: Format, lang: Language, out: Path | None
) -> None:
    if format_ is Format.TABLE and out is None:
        from rerating.cli.scenario_tables import print_tables

        print_tables(file, found)
        return
    if format_ is Format.HTML or (out is not None and out.suffix.lower() in {".html", ".htm"}):
        from rerating.report.scenario_page import scenario_page

        text = scenario_page(file, found, language=lang.value)
    else:
        from rerating.core.record import canonical_json

        text = canonical_json(_plain(what, file, found), indent=1) + "\n"
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_text(out, text)
        typer.echo(f"{what} of {file.case.name} as of {file.as_of}: {out}", err=True)


def _plain(what: str, file: ScenarioFile, found: Record | Gap) -> dict[str, Any]:
    """The JSON of a scenario: the case, the answer with its fields on top, every input with its source."""
    answer = found.model_dump(mode="json")
    if what == "share" and "definitions" in answer:
        first = answer["definitions"][0]
        answer = {name: first[name] for name in first if name != "feasibility"} | answer
    inputs = [{"place": place, **value.model_dump(mode="json", exclude_none=True)} for place, value in file.values()]
    head = {"case": file.case.name, "title": file.case.title, "subject": file.case.subject, "as_of": str(file.as_of)}
    conflicts = [conflict.model_dump(mode="json") for conflict in file.conflict]
    return {**head, **answer, "inputs": inputs, "conflicts": conflicts}
