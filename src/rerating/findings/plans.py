"""Who plans what, who thinks what and why, and what to watch: dated statements with speaker and status."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, Literal

from rerating.core.types import Gap, Instant, Why
from rerating.findings.basis import Basis, Figure, Trail
from rerating.findings.series import Series
from rerating.findings.speakers import Named, speaker_of
from rerating.ledger import View

DEFINITION = (
    "Statements that were public by the cutoff, each with speaker and status: a fact, the company's guidance, a "
    "forecast, an attributed saying or an opinion. A plan counts only with its speaker: the one on record, else the "
    "authority or house that its title or its address names, else, where it is about the company's own spending, the "
    "company. The case for and the case against stand side by side and are not weighed. A figure that several speakers "
    "are said to have named is a conflict of attribution. What to watch are dated events after the cutoff whose date "
    "was known by then."
)

#: Categories of events that tell plans, and those that tell views. A claim's category starts with `claim`.
PLAN_CATEGORIES = frozenset({"plan", "capex", "policy_china_ai", "policy_china_tech"})
VIEW_CATEGORY = "view"
CLAIM_PREFIX = "claim"
WATCH_CATEGORY = "watch"

_STATUS = {"capex": "company_guidance", "policy_china_ai": "reported_fact", "policy_china_tech": "reported_fact"}


class DatedStatement(Figure):
    """What somebody said: own words of the source's summary, quantity, time and address."""

    category: str
    speaker: str | Gap
    speaker_named_in: Named | None = None
    """Where the record names the speaker; None where it does not."""
    status: str
    title: str
    title_de: str | None
    text: str | None
    value: float | None
    unit: str | None
    known_at: Instant
    conflict: str | None
    source: str


class Watch(Figure):
    """A dated event to come, with the figure that would confirm or falsify, where one is named."""

    due_on: date
    title: str
    title_de: str | None
    text: str | None
    value: float | None
    unit: str | None
    source: str


class Plans(Figure):
    """Plans, views and what to watch of one line's issuer. A plan is somebody's: without a speaker it is none."""

    kind: Literal["plans"] = "plans"
    listing: str
    plans: tuple[DatedStatement, ...] | Gap
    claims: tuple[DatedStatement, ...]
    case_for: tuple[DatedStatement, ...] | Gap
    case_against: tuple[DatedStatement, ...] | Gap
    conflicts: tuple[Gap, ...]
    watch: tuple[Watch, ...] | Gap
    basis: Basis


def plans(view: View, line: Series) -> Plans:
    """What was planned, thought and expected of the line's issuer by the cutoff."""
    trail = Trail(view)
    rows = _spoken(view, line)
    planned = [row for row in rows if row["category"] in PLAN_CATEGORIES]
    stated = [row for row in planned if row["speaker"]]
    claimed = [row for row in rows if str(row["category"]).startswith(CLAIM_PREFIX)]
    views = [row for row in rows if row["category"] == VIEW_CATEGORY]
    due = [row for row in rows if row["category"] == WATCH_CATEGORY and row["effective_on"] > view.as_of.at.date()]
    sides = {
        stance: tuple(_statement(trail, row) for row in views if row["stance"] == stance)
        for stance in ("for", "against")
    }
    return Plans(
        listing=line.listing.key,
        plans=tuple(_statement(trail, row) for row in stated) or _no_plans(trail, line, held=bool(planned)),
        claims=tuple(_statement(trail, row) for row in claimed),
        case_for=sides["for"] or _none(trail, line, "the case for"),
        case_against=sides["against"] or _none(trail, line, "the case against"),
        conflicts=tuple(trail.gap(gap) for gap in _conflicts(claimed)),
        watch=tuple(_watch(trail, row) for row in sorted(due, key=_due)) or _none(trail, line, "what to watch"),
        basis=trail.basis(DEFINITION),
    )


def _spoken(view: View, line: Series) -> list[dict[str, Any]]:
    """The events about the line's issuer with the speaker whom each record names, and where."""
    houses = set(view.ratings(line.listing.symbol)["house"])
    rows = view.events(view.names(line.listing)).rows(named=True)
    said = [speaker_of(row, issuer=line.listing.issuer, houses=houses) or (None, None) for row in rows]
    return [row | {"speaker": who, "named_in": where} for row, (who, where) in zip(rows, said, strict=True)]


def _none(trail: Trail, line: Series, question: str) -> Gap:
    detail = "the ledger holds no such dated statement at this cutoff; write some into a case file and import it"
    return trail.gap(Gap(question=f"{question} of {line.listing.key}", why=Why.NOT_COVERED, detail=detail))


def _no_plans(trail: Trail, line: Series, *, held: bool) -> Gap:
    """Nobody's plan is no plan: what is held without its speaker (a press item on a plan, say) is not told as one."""
    if not held:
        return _none(trail, line, "plans")
    detail = "no speaker is recorded for the dated statements held at this cutoff; write them into a case file with it"
    return trail.gap(Gap(question=f"plans of {line.listing.key}", why=Why.NOT_COVERED, detail=detail))


def _due(row: dict[str, Any]) -> tuple[date, str]:
    return row["effective_on"], row["title"]


def _statement(trail: Trail, row: dict[str, Any]) -> DatedStatement:
    unnamed = Gap(question="speaker", why=Why.NOT_COVERED, detail="the source as recorded does not name the speaker")
    category = str(row["category"])
    return DatedStatement(
        category=category,
        speaker=row["speaker"] or unnamed,
        speaker_named_in=row["named_in"],
        status=row["status"] or _STATUS.get(category, "attributed"),
        title=row["title"],
        title_de=row["title_de"],
        text=row["text"],
        value=row["value"],
        unit=row["unit"],
        known_at=row["known_at"],
        conflict=row["conflict"],
        source=str(row["locator"] or row["source"]),
        src=(trail.row(row),),
    )


def _watch(trail: Trail, row: dict[str, Any]) -> Watch:
    return Watch(
        due_on=row["effective_on"],
        title=row["title"],
        title_de=row["title_de"],
        text=row["text"],
        value=row["value"],
        unit=row["unit"],
        source=str(row["locator"] or row["source"]),
        src=(trail.row(row),),
    )


def _conflicts(claimed: list[dict[str, Any]]) -> list[Gap]:
    """A gap for each figure that is attributed to several speakers, and for each other attribution on record."""
    by_figure: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in claimed:
        by_figure[str(row["category"])].append(row)
    found = []
    for category, rows in sorted(by_figure.items()):
        speakers = sorted({row["speaker"] for row in rows if row["speaker"]})
        noted = sorted({row["conflict"] for row in rows if row["conflict"]})
        words = [f"attributed to {' and to '.join(speakers)}"] if len(speakers) > 1 else []
        for detail in (*words, *noted):
            found.append(Gap(question=f"who said it ({category})", why=Why.CONFLICT, detail=detail))
    return found
