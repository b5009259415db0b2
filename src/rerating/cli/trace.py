"""`rerating trace`: from a figure in an analysis back to the rows that it was computed from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from rerating.core.errors import UsageError


def add_to(app: typer.Typer) -> None:
    """Hang the verb into the command line."""
    app.command("trace")(trace)


def trace(
    analysis: Annotated[Path, typer.Argument(metavar="ANALYSIS.json", help="An analysis in JSON.")],
    figure: Annotated[
        str,
        typer.Argument(
            metavar="FIGURE", help="A path: price_move.week.five_sessions, catalyst.3.car, verdict.probability."
        ),
    ],
) -> None:
    """Where a figure comes from: its value, its definition, and every row of evidence with source and time."""
    found, finding, marks = followed(_loaded(analysis), figure)
    value = {k: v for k, v in found.items() if k != "src"} if isinstance(found, dict) else found
    typer.echo(f"{figure} = {json.dumps(value, ensure_ascii=False, sort_keys=True)}")
    if "basis" not in finding:
        typer.echo(f"\nnot known: {finding.get('detail', 'the whole of it is a gap')}")
        return
    typer.echo(f"\ndefinition: {finding['basis']['definition']}")
    evidence = {entry["id"]: entry for entry in finding["basis"]["evidence"]}
    rows = [evidence[mark] for mark in marks if mark in evidence]
    typer.echo(f"\nevidence ({len(rows)}):" if rows else "\nno evidence: what stands there is a gap")
    for entry in rows:
        digest = f", document sha256 {entry['digest'][:12]}" if entry["digest"] else ""
        typer.echo(f"  {entry['id']}  {entry['locator']}")
        typer.echo(f"  {' ' * len(entry['id'])}  {entry['source']}, known at {entry['known_at']}{digest}")


def _loaded(path: Path) -> dict[str, Any]:
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(plain, dict) and isinstance(plain.get("findings"), list):
            return plain
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from error
    except ValueError:
        pass
    raise UsageError(f"{path} is no analysis in JSON; make one with 'rerating analyze ... --format json --out FILE'.")


def followed(plain: dict[str, Any], figure: str) -> tuple[Any, dict[str, Any], list[str]]:
    """The value at a path, the finding or forecast that holds it, and the marks of the smallest figure around it.

    `plain` is an analysis in JSON. Raises UsageError, naming what there is, where the path leads nowhere.
    """
    head, *rest = figure.split(".")
    if head in {"findings", "forecasts"}:
        pool = plain[head]
    elif head == "verdict":
        pool = [plain["verdict"]]
    else:
        pool = [finding for finding in plain["findings"] if finding["kind"] == head]
        if not pool:
            kinds = ", ".join(dict.fromkeys(finding["kind"] for finding in plain["findings"]))
            raise UsageError(f"There is no finding '{head}' in this analysis; it has {kinds}.")
    at = int(rest.pop(0)) if rest and rest[0].isdigit() else 0
    if at >= len(pool):
        raise UsageError(f"'{figure}' asks for number {at} of {len(pool)} (counted from 0).")
    here: Any = pool[at]
    finding, marks = here, list(here.get("src", []))
    for step in rest:
        if isinstance(here, dict) and step in here:
            here = here[step]
        elif isinstance(here, list) and step.isdigit() and int(step) < len(here):
            here = here[int(step)]
        else:
            offered = (
                sorted(here) if isinstance(here, dict) else [f"0 to {len(here) - 1}"] if isinstance(here, list) else []
            )
            raise UsageError(f"There is no '{step}' in '{figure}'; there is {', '.join(offered) or 'nothing below'}.")
        if isinstance(here, dict) and here.get("src"):
            marks = list(here["src"])
    return here, finding, marks
