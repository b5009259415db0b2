"""Claims about causes, events and dates: what the order of time allows, and what is dated; and options.

A cause is never confirmed and never refuted: the list of known events is never complete.
"""

from __future__ import annotations

from typing import Any

from rerating.core.types import Gap, Why
from rerating.factcheck.checking.desk import Desk
from rerating.factcheck.checking.happenings import family_of
from rerating.factcheck.checking.judgement import Finding, Readings, missing, out_of_reach, stated_interval
from rerating.factcheck.checking.queries import Answer
from rerating.factcheck.claim import Claim, day_of
from rerating.findings.series import Series

MOVE_SESSIONS = 5


def cause(desk: Desk, claim: Claim) -> Finding:
    """The timing tribunal over the session that the sentence tells of."""
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    on = _session(desk, claim, line)
    if on is None:
        detail = "the text names no session, and none of the last ones stands out"
        return missing(
            Gap(question=f"the move that '{claim.text}' is to explain", why=Why.NOT_APPLICABLE, detail=detail)
        )
    family = family_of(claim.text) or family_of(desk.sentence(claim))
    found = Readings(desk.ground, None)
    arguments: dict[str, Any] = {"line": line.listing.key, "on": on, **({"family": family} if family else {})}
    read = found.add("tribunal", "another", **arguments)
    answer = read.answer
    if isinstance(answer, Gap):
        return Finding("insufficient_data", found.found, None, [], [answer], more={"timing": "cannot_tell"})
    timing = str(answer.value)
    events = [
        {"timing": word, "on": day.isoformat(), "title": title}
        for word, day, title in zip(answer.words, answer.days, answer.titles, strict=True)
    ]
    more = {"timing": timing, "events": events}
    if family is None:
        detail = "the text does not say which of the known events it means; they are listed with what each could do"
        gap = Gap(question=f"the event behind '{claim.text}'", why=Why.NOT_APPLICABLE, detail=detail)
        return Finding("insufficient_data", found.found, None, [], [gap], more=more)
    if timing == "could_have_caused":
        read.holds = True
        return Finding("true_on_another_basis", found.found, read, ["time_allows_it_and_proves_nothing"], more=more)
    if timing in ("price_led", "after_the_move"):
        read.holds = False
        return Finding("misleading", found.found, read, [timing], more=more)
    detail = (
        "of the events held none could have moved this session first, and no list of events is complete; run 'rerating "
        "import events FILE' with the one that the text means"
    )
    gap = Gap(question=f"the event behind the move of {on}", why=Why.NOT_COVERED, detail=detail)
    return Finding("insufficient_data", found.found, None, [], [gap], more=more)


def _session(desk: Desk, claim: Claim, line: Series) -> str | None:
    """The day of the move: the claim's, else that of a return near it, else the most abnormal session."""
    if day_of(claim.as_of):
        return claim.as_of
    near = desk.nearest_return(claim)
    if near is not None:
        return near.as_of
    move = desk.ground.study(line).most_abnormal(MOVE_SESSIONS)
    return None if move is None else line.day(move).isoformat()


def event(desk: Desk, claim: Claim) -> Finding:
    """A policy or a company's event: whether one of that kind is dated as the text says."""
    line = desk.ground.home(claim.subject.ticker or desk.main)
    if isinstance(line, Gap):
        return missing(line)
    family = family_of(desk.sentence(claim))
    day = claim.as_of if day_of(claim.as_of) else None
    if day is None or family is None:
        detail = "the text gives no day (or no kind of event) to look it up by; import it with 'rerating import events'"
        return missing(Gap(question=f"the event '{claim.text}'", why=Why.NOT_APPLICABLE, detail=detail))
    found = Readings(desk.ground, None)
    read = found.add("happened", line=line.listing.key, on=day, family=family)
    if isinstance(read.answer, Gap):
        return Finding("insufficient_data", found.found, None, [], [read.answer])
    read.holds = True
    return Finding("confirmed", found.found, read)


def dated(desk: Desk, claim: Claim) -> Finding:
    """A date: whether what the text says is due or happened that day is dated so."""
    stated = next((value.value for value in claim.values if value.unit == "date"), claim.as_of)
    if not isinstance(stated, str) or day_of(stated) is None:
        return out_of_reach("no_day")
    line = desk.ground.home(claim.subject.ticker or desk.main)
    if isinstance(line, Gap):
        return missing(line)
    found = Readings(desk.ground, None)
    family = family_of(desk.sentence(claim))
    arguments: dict[str, Any] = {"line": line.listing.key, "on": stated, **({"family": family} if family else {})}
    read = found.add("happened", **arguments)
    if isinstance(read.answer, Gap):
        return Finding("insufficient_data", found.found, None, [], [read.answer])
    read.holds = True
    return Finding("confirmed", found.found, read)


# ---- options ---------------------------------------------------------------------------------------------------------

UNUSUAL_P = 0.05
_RIGHTS = {"call_volume": "call", "put_volume": "put"}
_TOTALS = {
    "call_volume": "call_volume",
    "put_volume": "put_volume",
    "options_volume": "volume",
    "open_interest": "open_interest",
    "put_call_ratio": "put_call_ratio",
}


def options(desk: Desk, claim: Claim) -> Finding:
    """Option volume: in words against its own history, in numbers against the recorded chain."""
    line = desk.ground.home(claim.subject.ticker)
    if isinstance(line, Gap):
        return missing(line)
    within = stated_interval(claim)
    key = line.listing.key
    if within is None:
        found = Readings(desk.ground, None)
        read = found.add("option_volume", line=key, right=_RIGHTS.get(claim.metric, "both"))
        if isinstance(read.answer, Answer) and isinstance(read.answer.value, float):
            is_high = read.answer.value <= UNUSUAL_P
            read.holds = is_high if claim.direction != "down" else read.answer.value >= 1 - UNUSUAL_P
        return found.concluded(claim)
    found = Readings(desk.ground, within)
    what = _TOTALS.get(claim.metric)
    if what is None or not any(value.unit in ("contracts", "count", "ratio") for value in claim.values):
        detail = "the recorded chains hold contracts and open interest, nothing else; import it as an event"
        return missing(Gap(question=f"'{claim.text}'", why=Why.NOT_COVERED, detail=detail))
    read = found.add("option_total", line=key, what=what)
    if isinstance(read.answer, Answer) and day_of(claim.as_of) not in (None, read.answer.to_on):
        detail = f"the newest chain held is of {read.answer.to_on}; run 'rerating import options FILE' for that day"
        return missing(Gap(question=f"options of {key} on {claim.as_of}", why=Why.NOT_COVERED, detail=detail))
    return found.concluded(claim)
