"""Claims about a company: figures, growth, ratios, estimates, guidance, capital spending, market shares, its value."""

from __future__ import annotations

import re
from typing import Any

from rerating.core.types import Gap, Why
from rerating.factcheck.checking.desk import Desk
from rerating.factcheck.checking.judgement import (
    Finding,
    Readings,
    Standing,
    missing,
    out_of_reach,
    signed,
    stated_interval,
)
from rerating.factcheck.checking.queries import Answer
from rerating.factcheck.checking.reported import (
    METRIC_FIELDS,
    Spoken,
    ends,
    fits,
    not_reported,
    printed_period,
    printed_rows,
    printed_unit,
    spoken,
    year_end_of,
)
from rerating.factcheck.claim import Claim, Outcome
from rerating.findings.reports import Row
from rerating.findings.series import Series
from rerating.language.hedges import Interval

_EXPECTED = "estimate."


_PARTS = re.compile(
    r"\b(?:cloud|iphones?|ipads?|macs?|services?|dienste|werbe\w*|advertising|data.?cent\w+|rechenzentr\w+|gaming|"
    r"automotive|auto\w*sparte|\w*sparte|segments?|bereichs?|\w*geschäftsbereich|divisions?|units?|e-?commerce|"
    r"international|übersee|in (?:china|europa|europe|asien|asia|deutschland|germany|nordamerika|north america))\b",
    re.IGNORECASE,
)
"""Words that make a figure one of a part of the company."""
_CLOUD = re.compile(r"cloud", re.IGNORECASE)


def _part(clause: str) -> str | None:
    """The part of the company that a clause speaks of: `cloud`, another one, or none."""
    if _CLOUD.search(clause):
        return "cloud"
    return "other" if _PARTS.search(clause) else None


def _fields(claim: Claim, part: str | None) -> list[str]:
    metric = METRIC_FIELDS.get(claim.metric, claim.metric)
    if part is not None:
        return [f"{part}_{metric}"]
    return list(dict.fromkeys((metric, claim.metric)))


def figure(desk: Desk, claim: Claim) -> Finding:
    """A figure or its growth as reported for a period; without a named period the newest one, earlier ones outdated."""
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    within = stated_interval(claim)
    if within is None:
        return missing(not_reported(line, claim.metric))
    is_growth = claim.type == "growth"
    limits = signed(claim, within) if is_growth else within
    found = Readings(desk.ground, limits)
    said = spoken(claim.period)
    year_end = year_end_of(desk.ground, line)
    by_size = not is_growth or claim.direction is None
    for field, unit, row, standing in _candidates(desk, claim, line, said, year_end):
        name = "figure_growth" if is_growth else "figure"
        mark = str(row["id"])[:16]
        found.add(name, standing, by_size=by_size, line=line.listing.key, field=field, unit=unit, row=mark)
    _add_printed(desk, claim, line, found, period=(said, year_end), by_size=by_size)
    finding = found.concluded(claim)
    if finding.outcome == "insufficient_data":
        return Finding("insufficient_data", finding.reads, None, [], [not_reported(line, claim.metric), *finding.gaps])
    return finding


_MULTIPLES = {
    "price_earnings": ("pe_trailing", "pe_forward"),
    "forward_price_earnings": ("pe_forward",),
    "ev_sales": ("ev_sales",),
    "ev_ebitda": ("ev_ebitda",),
    "free_cash_flow_yield": ("fcf_yield",),
}
NEAR_MULTIPLE = 0.25
"""Vendors adjust earnings in their own ways: a multiple this near may be another's."""


def ratio(desk: Desk, claim: Claim) -> Finding:
    """A multiple of the newest close, or a ratio as it was reported."""
    names = _MULTIPLES.get(claim.metric)
    if names is None:
        return figure(desk, claim)
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    within = stated_interval(claim)
    if within is None:
        return out_of_reach("no_figure")
    found = Readings(desk.ground, within)
    for which in names:
        found.add("multiple", line=line.listing.key, which=which)
    finding = found.concluded(claim)
    values = [read.value for read in found.found if isinstance(read.value, float)]
    ends = [end for end in (within.low, within.high) if end is not None]
    if finding.outcome == "refuted" and any(abs(end / value - 1) <= NEAR_MULTIPLE for end in ends for value in values):
        detail = "vendors adjust earnings in their own ways; the text would have to say whose multiple it is"
        gap = Gap(question=f"whose multiple '{claim.text}' is", why=Why.NOT_APPLICABLE, detail=detail)
        return Finding("insufficient_data", finding.reads, None, [], [gap])
    return finding


def _unit_fits(claim: Claim, unit: str) -> bool:
    stated = next((value for value in claim.values if value.role in ("value", "to", "low")), None)
    if stated is None:
        return False
    if stated.unit == "money":
        return unit.partition(" ")[0] == stated.currency
    if stated.unit == "percent":
        return unit == "ratio"
    return unit in (stated.unit, "count", "ratio", "shares")


def _candidates(
    desk: Desk, claim: Claim, line: Series, said: Spoken | None, year_end: int
) -> list[tuple[str, str, Row, Standing]]:
    """Rows of facts that a claim may mean: of the named period, else the newest of each span and those before."""
    found: list[tuple[str, str, Row, Standing]] = []
    names = _fields(claim, _part(desk.clause(claim)))
    if claim.type == "estimate":
        names = [_EXPECTED + METRIC_FIELDS.get(claim.metric, claim.metric).removesuffix("_diluted")]
    if claim.type == "guidance":
        names = [f"{name}_guidance" for name in dict.fromkeys((claim.metric, METRIC_FIELDS.get(claim.metric, "")))]
    for (name, unit, span), rows in sorted(desk.ground.periods(line).items()):
        if name not in names or not (claim.type == "growth" or _unit_fits(claim, unit)):
            continue
        same = [row for row in rows if fits(said, row, span, year_end)]
        for place, row in enumerate(reversed(same[-8:])):
            standing: Standing = "plain" if said is not None or place == 0 else "earlier"
            found.append((name, unit, row, standing))
    return found


# ---- figures that dated events print ---------------------------------------------------------------------------------

_TITLES: dict[str, re.Pattern[str]] = {
    "revenue": re.compile(r"(?<!cloud )\brevenue\b(?!.*cloud)", re.IGNORECASE),
    "cloud_revenue": re.compile(r"cloud revenue", re.IGNORECASE),
    "operating_income": re.compile(r"income from operations", re.IGNORECASE),
    "ebita": re.compile(r"adjusted EBITA", re.IGNORECASE),
    "capex": re.compile(r"capex|infrastructure", re.IGNORECASE),
    "market_share": re.compile(r"\bshare\b", re.IGNORECASE),
    "cloud_growth": re.compile(r"cloud growth", re.IGNORECASE),
}


def _add_printed(
    desk: Desk, claim: Claim, line: Series, found: Readings, *, period: tuple[Spoken | None, int], by_size: bool
) -> None:
    said, year_end = period
    is_growth = claim.type == "growth"
    part = _part(desk.clause(claim)) if claim.type in ("growth", "financial_figure") else None
    if part == "other":
        return
    is_cloud = part == "cloud"
    metric = f"cloud_{claim.metric}" if is_cloud and not claim.metric.startswith("cloud") else claim.metric
    if is_growth and is_cloud:
        metric = "cloud_growth"
    pattern = _TITLES.get(metric)
    if pattern is None or claim.type in ("guidance", "estimate"):
        return
    rows = [row for row in printed_rows(desk.ground, line) if pattern.search(row["title"])]
    rows = [row for row in rows if not str(row["category"]).startswith("claim")]
    rows = [row for row in rows if _is_of(row, said, year_end) and _prints(row, claim, is_cloud=is_cloud)]
    rows.sort(key=lambda row: (printed_period(row["title"]) or row["at_latest"].date(), row["id"]), reverse=True)
    for place, row in enumerate(rows[:8]):
        standing: Standing = "plain" if said is not None or place == 0 else "earlier"
        in_title = is_growth and not is_cloud
        mark = str(row["id"])[:16]
        found.add("printed_figure", standing, by_size=by_size, line=line.listing.key, row=mark, growth=in_title)


def _is_of(row: dict[str, Any], said: Spoken | None, year_end: int) -> bool:
    if said is None:
        return True
    end = printed_period(row["title"])
    return end is not None and end in ends(said, year_end)


def _prints(row: dict[str, Any], claim: Claim, *, is_cloud: bool) -> bool:
    """Whether an event prints a number of the claim's unit."""
    unit = printed_unit(row["unit"])
    if unit is None:
        return False
    if claim.type == "growth":
        return unit[0] == "ratio" if is_cloud else "(" in row["title"]
    return _unit_fits(claim, unit[0])


# ---- capital spending, shares of a market, value ---------------------------------------------------------------------


OTHER_BUDGET = (
    "budgets differ in what they cover and over how many years; none that is held gives this amount; run 'rerating "
    "import events FILE' with the one that is meant"
)
OTHER_MARKET = (
    "shares differ by how the market is drawn; none that is held gives this one; run 'rerating import events FILE' "
    "with the one that is meant"
)


def _only_confirmed(finding: Finding, question: str, detail: str) -> Finding:
    """Another amount or share that is held refutes nothing, since it may be of something else."""
    if finding.outcome not in ("refuted", "outdated"):
        return finding
    gap = Gap(question=question, why=Why.NOT_COVERED, detail=detail)
    if finding.outcome == "outdated":
        return Finding("confirmed", finding.reads, finding.chosen, finding.notes)
    return Finding("insufficient_data", finding.reads, None, [], [gap])


def spending(desk: Desk, claim: Claim) -> Finding:
    """Capital spending: an amount as planned or spent; a raise in words needs two dated budgets."""
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    if stated_interval(claim) is not None:
        return _only_confirmed(figure(desk, claim), f"the budget '{claim.text}'", OTHER_BUDGET)
    rows = [row for row in printed_rows(desk.ground, line) if row["category"] == "capex"]
    symbol = line.listing.symbol
    detail = (
        f"the ledger holds {len(rows)} dated budgets of {symbol} and none that says it was raised; run 'rerating "
        "import events FILE' with the new budget, its speaker and its day"
    )
    gap = Gap(question=f"a raised budget of {symbol}", why=Why.NOT_COVERED, detail=detail)
    known = [{"title": row["title"], "known_at": row["known_at"].isoformat()} for row in rows]
    return Finding("insufficient_data", gaps=[gap], more={"known": known})


def market_share(desk: Desk, claim: Claim) -> Finding:
    """A share of a market as printed; a claimed share of its growth by who is said to have claimed it."""
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    if claim.metric != "share_of_growth":
        return _only_confirmed(figure(desk, claim), f"the market of '{claim.text}'", OTHER_MARKET)
    plans = desk.ground.plans(line)
    desk.ground.trail.cite(plans.basis.evidence)
    within = stated_interval(claim)
    told = [each for each in plans.claims if each.value is not None and _says(within, each.value)]
    known = [
        {
            "title": each.title,
            "speaker": each.speaker if isinstance(each.speaker, str) else None,
            "known_at": each.known_at.isoformat(),
            "source": each.source,
        }
        for each in told
    ]
    gaps = [gap for gap in plans.conflicts if told]
    if not gaps:
        symbol = line.listing.symbol
        what = f"{len(told)} dated attributions are held" if told else "no dated statement of this figure is held"
        detail = f"{what}, and none is the speaker's own words; run 'rerating import events FILE' with the original"
        gaps = [Gap(question=f"who named '{claim.text}' of {symbol}", why=Why.NOT_COVERED, detail=detail)]
    return Finding("insufficient_data", gaps=gaps, more={"known": known})


def _says(within: Interval | None, value: float) -> bool:
    """Claims' events print percent as they were said (80 for 80 %)."""
    return within is None or within.contains(value / 100) or within.contains(value)


def market_value(desk: Desk, claim: Claim) -> Finding:
    """Close times shares outstanding, in the stated currency."""
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    within = stated_interval(claim)
    if within is None:
        return out_of_reach("no_figure")
    unit = next((value.currency for value in claim.values if value.currency), line.listing.currency)
    found = Readings(desk.ground, within)
    for on in desk.moment.days(claim, line):
        found.add("market_value", line=line.listing.key, on=on.isoformat(), currency=unit)
    finding = found.concluded(claim)
    return finding if finding.outcome != "refuted" or _is_far(found, within) else _near_value(finding, line)


def _is_far(found: Readings, within: Interval) -> bool:
    """Whether the claim is off by more than share counts differ (a tenth)."""
    for read in found.found:
        if isinstance(read.answer, Answer) and isinstance(read.answer.value, float):
            for end in (within.low, within.high):
                if end is not None and abs(end / read.answer.value - 1) <= 0.1:
                    return False
    return True


def _near_value(finding: Finding, line: Series) -> Finding:
    detail = "the count of shares held may be older or narrower than the one meant; import 'shares_outstanding'"
    gap = Gap(question=f"shares outstanding of {line.listing.symbol}", why=Why.NOT_COVERED, detail=detail)
    return Finding("insufficient_data", finding.reads, None, [], [gap])


def rerated(desk: Desk, claim: Claim) -> Finding:
    """`Neubewertung`: whether the multiple moved, and not earnings or currency; it needs estimates for both ends."""
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    if not _REVALUED.search(claim.text):
        return out_of_reach("opinion")
    found = Readings(desk.ground, None)
    read = found.add("what_changed", "another", line=line.listing.key)
    answer = read.answer
    if isinstance(answer, Gap):
        return Finding("insufficient_data", found.found, None, [], [answer])
    price, multiple = answer.values[0], answer.values[4]
    read.holds = price * multiple > 0 and abs(multiple) >= abs(price) / 2
    outcome: Outcome = "true_on_another_basis" if read.holds else "misleading"
    return Finding(outcome, found.found, read, ["multiple_led" if read.holds else "multiple_did_not_lead"])


_REVALUED = re.compile(r"neubewert|re-?rat(?:ing|ed)", re.IGNORECASE)
