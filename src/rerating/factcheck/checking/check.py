"""check(): an article's claims, each held against a view of the ledger, and against the article's own figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from rerating.core.sessions import day_span
from rerating.core.types import AsOf, Gap, Reading, Why
from rerating.core.version import VERSION
from rerating.factcheck.checking import analysts, causes, company, prices
from rerating.factcheck.checking.consistency import Fault, faults
from rerating.factcheck.checking.desk import Desk
from rerating.factcheck.checking.ground import Ground
from rerating.factcheck.checking.judgement import Finding, missing, out_of_reach
from rerating.factcheck.checking.moment import UNDATED_SESSIONS, Moment
from rerating.factcheck.checking.queries import Step, differs
from rerating.factcheck.claim import OUTCOMES, Claim, Outcome
from rerating.factcheck.extraction import Extraction, extract
from rerating.findings.basis import Evidence
from rerating.language.reading import readings
from rerating.language.reading.detection import detected
from rerating.ledger import View
from rerating.ledger.view import ViewSource

CONTRACT = "1"
"""The version of the JSON contract; it changes with the names or meanings of fields."""

Checker = Callable[[Desk, Claim], Finding]

CHECKERS: dict[str, Checker] = {
    "price_level": prices.price_level,
    "return": prices.price_return,
    "distance_to_high": prices.distance,
    "distance_to_low": prices.distance,
    "high_low_level": prices.mark_level,
    "moving_average": prices.moving_average,
    "indicator": prices.indicator,
    "volume": prices.traded_volume,
    "market_cap": company.market_value,
    "financial_figure": company.figure,
    "growth": company.figure,
    "operating_metric": company.figure,
    "ratio": company.ratio,
    "guidance": company.figure,
    "estimate": company.figure,
    "capex": company.spending,
    "market_share": company.market_share,
    "rerating": company.rerated,
    "rating_change": analysts.rating_change,
    "rating": analysts.house_rating,
    "rating_count": analysts.rating_count,
    "consensus_rating": analysts.consensus_rating,
    "price_target": analysts.price_target,
    "implied_upside": analysts.implied_upside,
    "ranking": analysts.ranking,
    "options_volume": causes.options,
    "options_ratio": causes.options,
    "catalyst": causes.cause,
    "attributed_reason": causes.cause,
    "policy_event": causes.event,
    "corporate_event": causes.event,
    "date": causes.dated,
}

_TESTED_ANYWAY = frozenset(("rerating", "ranking", "catalyst", "attributed_reason", "implied_upside"))
"""Kinds that are tested although the sentence sounds like an opinion; a question or an offer never is."""
_OPINION_KINDS = frozenset(("sentiment", "outlook", "question", "advertising"))
_TO_COME = frozenset(
    ("return", "price_level", "distance_to_high", "distance_to_low", "high_low_level", "growth", "financial_figure")
)
"""Kinds of which a forecast tells what is to come, and no statement that is on record."""

CONFIRMED: tuple[Outcome, ...] = ("confirmed", "confirmed_within_hedge")


@dataclass(frozen=True, kw_only=True)
class Checked:
    """An article's claims with their outcomes, the evidence behind them, and the article's time."""

    extraction: Extraction
    claims: tuple[Claim, ...]
    evidence: dict[str, Evidence]
    as_of: AsOf
    dated: dict[str, Any]
    view: View
    moment: Moment
    language: str
    repairs: tuple[Any, ...] = field(default=())

    @property
    def counts(self) -> dict[str, int]:
        """How many claims came to each outcome, all outcomes named."""
        found = Counter(str(claim.outcome) for claim in self.claims)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    @property
    def gravest(self) -> tuple[Claim, ...]:
        """The three most serious faults: refuted before misleading before outdated before true on another basis."""
        faulty = [claim for claim in self.claims if claim.outcome in _GRAVITY]
        return tuple(sorted(faulty, key=_gravity)[:3])

    def has(self, outcome: str) -> bool:
        """Whether some claim came to that outcome."""
        return any(claim.outcome == outcome for claim in self.claims)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types: the contract."""
        plain = self.extraction.as_json()
        plain["article"] = plain["article"] | {"dated": self.dated}
        return plain | {
            "contract": CONTRACT,
            "software_version": VERSION,
            "as_of": str(self.as_of),
            "ledger_version": self.view.version,
            "claims": [claim.model_dump(mode="json") for claim in self.claims],
            "summary": {"counts": self.counts, "gravest": [claim.id for claim in self.gravest]},
            "evidence": {key: entry.model_dump(mode="json") for key, entry in self.evidence.items()},
            **({"repairs": [repair.model_dump(mode="json") for repair in self.repairs]} if self.repairs else {}),
        }


_GRAVITY: dict[str | None, int] = {"refuted": 0, "misleading": 1, "outdated": 2, "true_on_another_basis": 3}
_WEIGHT = {kind: place for place, kind in enumerate(("return", "price_level", "financial_figure", "rating_change"))}


def _gravity(claim: Claim) -> tuple[int, int, float, int]:
    return _GRAVITY[claim.outcome], _WEIGHT.get(claim.type, 9), -_off(claim), claim.start


def _off(claim: Claim) -> float:
    """By how much of the true value a claim is off."""
    chosen = (claim.reading or {}).get("chosen") or {}
    true, stated = chosen.get("value"), next((v.value for v in claim.values if not isinstance(v.value, str)), None)
    if not isinstance(true, float) or stated is None or not true:
        return 0.0
    scale = 0.01 if claim.values[0].unit == "percent" else 1.0
    return abs(float(stated) * scale - abs(true)) / abs(true)


def check(
    source: ViewSource,
    article: str,
    *,
    as_of: AsOf,
    published_at: datetime | date | None = None,
    reading: Reading = Reading.PUBLISHED,
) -> Checked:
    """Tests each claim of an article against the ledger as it could be known at `as_of`.

    `published_at` is the article's instant, or only its day; without it a date found in the text counts, else the day
    that fits its own claims best. Never raises on a text, whatever it holds.
    """
    extraction = read_at(article, published_at, as_of)
    view = source.view(as_of, reading)
    return checked(view, extraction, article, published_at)


def read_at(article: str, published_at: datetime | date | None, as_of: AsOf) -> Extraction:
    """The claims of an article, seen from its publication; from the cutoff where it bears no date."""
    found = published_at or date_in(article)
    given = found if isinstance(found, datetime) or found is None else noon(found)
    extraction = extract(article, published_at=given)
    if given is None and extraction.article.published_on is None:
        extraction = extract(article, published_at=as_of.at)
        extraction.article.published_on = None
        extraction.article.published_at = None
    return extraction


_HEAD = 1500
"""Signs at the head of a text in which its date is looked for."""


def published_in(text: str) -> date | None:
    """The day of publication that a text bears."""
    return date_in(text) or extract(text).article.published_on


def date_in(text: str) -> date | None:
    """The first full date at the head of a text."""
    head = text[:_HEAD]
    for mention in readings(head, detected(head)):
        for reading in mention.periods:
            if reading.year and reading.month and reading.day:
                try:
                    return date(reading.year, reading.month, reading.day)
                except ValueError:
                    continue
    return None


def noon(on: date) -> datetime:
    """The middle of a day, which stands for the day."""
    return datetime.combine(on, time(12), UTC)


def checked(view: View, extraction: Extraction, text: str, published_at: datetime | date | None) -> Checked:
    """The outcome of every claim of an extraction over a view."""
    ground = Ground.of(view)
    claims = tuple(extraction.claims)
    exact = published_at if isinstance(published_at, datetime) else None
    on = exact.date() if exact is not None else published_at
    on = on or extraction.article.published_on
    moment = Moment(on=on or view.as_of.at.date(), at=exact, known_to=view.as_of.at)
    desk = Desk(
        ground=ground,
        moment=moment,
        currencies=_currencies(extraction, claims),
        text=text,
        claims=claims,
    )
    dated: dict[str, Any] = {"on": moment.on.isoformat(), "by": "given" if published_at else "text"}
    if on is None:
        desk, dated = _dated_by_claims(desk)
    found = _by_claim(faults(text, claims))
    tested = zip(claims, _restated(claims), strict=True)
    outcomes = tuple(_with_faults(claim, examined(desk, meant), found) for claim, meant in tested)
    evidence = {entry.id: entry for entry in ground.trail.basis("").evidence}
    return Checked(
        extraction=extraction,
        claims=outcomes,
        evidence=dict(sorted(evidence.items())),
        as_of=view.as_of,
        dated=dated,
        view=view,
        moment=desk.moment,
        language=extraction.article.language,
    )


def _currencies(extraction: Extraction, claims: Iterable[Claim]) -> tuple[str, ...]:
    """The euro for readers of German (the franc for Swiss ones), and whatever the article's prices are told in."""
    own = {"de": ["EUR"], "de_ch": ["CHF"], "de-CH": ["CHF"]}.get(extraction.article.language, [])
    told = [
        value.currency
        for claim in claims
        if claim.type in ("price_level", "high_low_level")
        for value in claim.values
        if value.currency
    ]
    return tuple(dict.fromkeys((*own, *told)))


def _restated(claims: tuple[Claim, ...]) -> list[Claim]:
    """Claims as they are meant: a move told again without its day is that of the day on which it was told first."""
    told: dict[tuple[object, ...], Claim] = {}
    meant = []
    for claim in claims:
        key = (claim.type, claim.subject.ticker, tuple((one.value, one.unit) for one in claim.values))
        first = told.get(key)
        if claim.type == "return" and claim.as_of is None and first is not None and claim.values:
            update = {"as_of": first.as_of, "period": first.period, "comparator": first.comparator}
            meant.append(claim.model_copy(update=update))
            continue
        if claim.as_of is not None:
            told.setdefault(key, claim)
        meant.append(claim)
    return meant


def examined(desk: Desk, claim: Claim) -> Finding:
    """What the data say of one claim."""
    if claim.type in _OPINION_KINDS or claim.status in ("question", "advertising"):
        return out_of_reach(claim.type if claim.type in _OPINION_KINDS else claim.status)
    if claim.status == "opinion" and claim.type not in _TESTED_ANYWAY:
        return out_of_reach("opinion")
    if claim.status in ("forecast", "company_guidance") and claim.type in _TO_COME:
        return out_of_reach("forecast")
    checker = CHECKERS.get(claim.type)
    if checker is None:
        detail = "no source here tests this kind of claim; import it as a fact with 'rerating import facts FILE'"
        return missing(Gap(question=claim.type.replace("_", " "), why=Why.NOT_COVERED, detail=detail))
    return checker(desk, claim)


def _by_claim(found: list[Fault]) -> dict[str, list[Fault]]:
    by_claim: dict[str, list[Fault]] = {}
    for fault in found:
        by_claim.setdefault(fault.claim, []).append(fault)
    return by_claim


def _with_faults(claim: Claim, finding: Finding, found: dict[str, list[Fault]]) -> Claim:
    """The claim with its outcome; a fault of the article itself makes it misleading where the data do not decide."""
    own = found.get(claim.id, [])
    outcome = finding.outcome
    if own:
        finding.more = finding.more | {"faults": [fault.plain for fault in own]}
        kinds = {fault.kind for fault in own}
        decided = outcome == "refuted" or (outcome in CONFIRMED and kinds == {"two_values"})
        if not decided or "out_of_another" in kinds:
            outcome = "misleading"
    return claim.model_copy(update={"outcome": outcome, "reading": finding.reading() or None, "trace": finding.trace()})


# ---- an article without a date ---------------------------------------------------------------------------------------

_DATING = frozenset(("price_level", "return", "distance_to_high", "distance_to_low"))


def _dated_by_claims(desk: Desk) -> tuple[Desk, dict[str, Any]]:
    """The days on which most of an undated article's own price claims hold; the latest of them is taken for its day."""
    asked = [claim for claim in desk.claims if claim.type in _DATING and claim.as_of is None and claim.subject.ticker]
    ticker = desk.main
    line = desk.ground.home(ticker)
    unknown = {"on": desk.moment.on.isoformat(), "by": "cutoff"}
    if not asked or isinstance(line, Gap):
        return desk, unknown
    held: dict[date, int] = {}
    for place in range(max(0, line.last - UNDATED_SESSIONS + 1), line.last + 1):
        on = line.day(place)
        moment = Moment(on=on, at=line.sessions.close_at(place + line.start), known_to=desk.moment.known_to)
        tried = replace(desk, moment=moment)
        held[on] = sum(examined(tried, claim).outcome in _HOLDING for claim in asked)
    most = max(held.values(), default=0)
    if most == 0:
        return desk, unknown
    days = [on for on, count in held.items() if count == most]
    last = days[-1]
    moment = Moment(on=last, at=_end_of(last), known_to=desk.moment.known_to)
    dated = {
        "on": last.isoformat(),
        "by": "claims",
        "from": days[0].isoformat(),
        "to": last.isoformat(),
        "claims": most,
        "of": len(asked),
    }
    return replace(desk, moment=moment), dated


_HOLDING: frozenset[str] = frozenset((*CONFIRMED, "true_on_another_basis"))


def _end_of(on: date) -> datetime:
    """The end of a day in UTC, by which every session of that day is over."""
    return day_span(on, "America/Los_Angeles")[1]


# ---- a corrected article ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Session:
    """A ground on which changed versions of one article are checked, all seen from the same time."""

    ground: Ground
    moment: Moment

    @classmethod
    def of(cls, view: View, moment: Moment) -> Session:
        """The session of a view and an article's time."""
        return cls(ground=Ground.of(view), moment=moment)

    def outcome_of(self, claim: Claim, text: str, start: int, result: Checked) -> tuple[Outcome | None, int]:
        """The outcome of the claim of that kind at `start` in a changed text, and how many of its sentence are faulty.

        None where no such claim is read there any more.
        """
        tongue = result.extraction.article.language
        extraction = extract(text, published_at=self.moment.at or noon(self.moment.on), language=tongue)
        claims = tuple(extraction.claims)
        desk = Desk(
            ground=self.ground,
            moment=self.moment,
            currencies=_currencies(extraction, result.claims),
            text=text,
            claims=claims,
        )
        found = _by_claim(faults(text, claims))
        outcome: Outcome | None = None
        faulty = 0
        for read, meant in zip(claims, _restated(claims), strict=True):
            if not read.sentence_start <= start < max(read.sentence_end, read.sentence_start + 1):
                continue
            now = _with_faults(read, examined(desk, meant), found).outcome
            faulty += now in _GRAVITY
            if outcome is None and read.type == claim.type and read.start <= start < max(read.end, read.start + 1):
                outcome = now
        return outcome, faulty


# ---- again -----------------------------------------------------------------------------------------------------------


def rerun(source: ViewSource, result: dict[str, Any]) -> list[str]:
    """Runs every trace of a result in JSON again over its own cutoff; answers what differs, claim by claim."""
    ground = Ground.of(source.view(AsOf.parse(result["as_of"])))
    found = []
    for claim in result["claims"]:
        for recorded in claim["trace"]:
            difference = differs(ground, Step.model_validate(recorded))
            if difference is not None:
                found.append(f"{claim['id']}: {difference}")
    return found
