"""From readings to an outcome: which sensible reading makes a claim true, by the intervals of hedges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from rerating.core.types import Gap
from rerating.factcheck.checking.ground import Ground
from rerating.factcheck.checking.queries import Answer, Step, ask, step
from rerating.factcheck.claim import Claim, ClaimValue, Outcome
from rerating.language.hedges import Comparator, Interval, Stated, interval, understated

Standing = Literal["plain", "another", "earlier"]
"""How a reading stands to the claim: what it plainly says, another sensible basis, or an earlier day."""

_UNITS = {"percent": 0.01}


def stated_interval(claim: Claim, value: ClaimValue | None = None) -> Interval | None:
    """Where the true value has to lie, in our units and by its size; None for a claim without a number.

    This is the only place where a percentage becomes a share of one.
    """
    value = value or next((one for one in claim.values if one.role in ("value", "to", "low")), None)
    if value is None or isinstance(value.value, str) or claim.comparator == "none":
        return None
    factor = _UNITS.get(value.unit, 1)
    upper = claim.of_role("high")
    comparator = Comparator(claim.comparator)
    if upper is None and comparator is Comparator.RANGE:
        comparator = Comparator.EXACT
    if upper is not None and comparator is not Comparator.RANGE:
        comparator = Comparator.RANGE
    ends = [one.stated.scaled(factor) for one in (value, upper) if one is not None]
    ends = [Stated(value=abs(one.value), step=one.step) for one in ends]
    if comparator is Comparator.RANGE and ends[0].value > ends[1].value:
        ends.reverse()
    last = ends[1] if comparator is Comparator.RANGE else None
    return interval(ends[0], comparator, kind=claim.type, upper=last)


def signed(claim: Claim, within: Interval) -> Interval:
    """The interval with the claim's direction: a fall is below zero."""
    return within.mirrored() if claim.direction == "down" else within


def touches(within: Interval, low: float, high: float) -> bool:
    """Whether some value between low and high lies in the interval."""
    if within.contains(low) or within.contains(high):
        return True
    ends = [end for end in (within.low, within.high) if end is not None]
    return any(low < end < high for end in ends)


@dataclass
class Read:
    """One reading of a claim: what was asked, what it answered, how it stands to the claim, and whether it holds."""

    name: str
    arguments: dict[str, Any]
    answer: Answer | Gap
    standing: Standing
    value: float | str | None = None
    holds: bool | None = None
    take: str = "value"

    def plain(self) -> dict[str, Any]:
        """The reading in JSON types."""
        found: dict[str, Any] = {
            **{key: value for key, value in self.arguments.items() if value not in (None, 1.0)},
            "query": self.name,
            "standing": self.standing,
            "holds": self.holds,
        }
        if isinstance(self.answer, Gap):
            found["gap"] = self.answer.model_dump(mode="json")
        else:
            found |= self.answer.model_dump(mode="json", exclude_defaults=True, exclude={"src"})
            found["value"] = self.value if self.value is not None else self.answer.value
            if self.take == "level":
                found["distance"] = self.answer.value
        return found


@dataclass
class Finding:
    """What became of a claim: its outcome, the reading that decides, all readings, the trace, and what is missing."""

    outcome: Outcome
    reads: list[Read] = field(default_factory=list)
    chosen: Read | None = None
    notes: list[str] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def reading(self) -> dict[str, Any]:
        """The `reading` of the contract."""
        found: dict[str, Any] = dict(self.more)
        if self.chosen is not None:
            found["chosen"] = self.chosen.plain()
            derived = isinstance(self.chosen.answer, Answer) and self.chosen.answer.derived
            found["basis"] = "derived" if derived else "print"
        if self.reads:
            found["readings"] = [read.plain() for read in self.reads]
        if self.notes:
            found["notes"] = list(dict.fromkeys(self.notes))
        if self.gaps:
            found["gaps"] = [gap.model_dump(mode="json") for gap in dict.fromkeys(self.gaps)]
        return found

    def trace(self) -> tuple[dict[str, Any], ...]:
        """The `trace` of the contract: every query, once."""
        found = [*self.steps, *(step(read.name, read.arguments, read.answer) for read in self.reads)]
        return tuple({step.model_dump_json(): step.model_dump(mode="json") for step in found}.values())


class Readings:
    """Collects the readings of one claim; a query that was asked before is not asked again."""

    def __init__(self, ground: Ground, within: Interval | None) -> None:
        self.ground = ground
        self.within = within
        self.found: list[Read] = []

    def add(
        self,
        name: str,
        standing: Standing = "plain",
        *,
        take: str = "value",
        within: Interval | None = None,
        by_size: bool = False,
        **arguments: Any,
    ) -> Read:
        """Asks a query and holds its answer (its `take`) against the interval, by its size where asked."""
        for read in self.found:
            if read.name == name and read.arguments == arguments:
                return read
        answer = ask(self.ground, name, **arguments)
        read = Read(name=name, arguments=arguments, answer=answer, standing=standing, take=take)
        limits = within or self.within
        if isinstance(answer, Answer):
            held = getattr(answer, take)
            read.value = abs(held) if by_size and isinstance(held, float) else held
            if limits is not None and isinstance(read.value, float):
                if answer.low is not None and answer.high is not None and take == "value":
                    read.holds = touches(limits, answer.low, answer.high)
                else:
                    read.holds = limits.contains(read.value)
        self.found.append(read)
        return read

    def concluded(self, claim: Claim) -> Finding:
        """The outcome by all readings.

        A plain reading that holds confirms: a print as it is, a derived value within its hedge. Else another basis,
        else an earlier day. Where a plain reading is known and none holds, the claim is refuted.
        """
        known = [read for read in self.found if read.holds is not None]
        gaps = [read.answer for read in self.found if isinstance(read.answer, Gap)]
        for outcome, standing, derived in _RANKS:
            for read in known:
                same = isinstance(read.answer, Answer) and (derived is None or read.answer.derived == derived)
                if read.holds and read.standing == standing and same:
                    return Finding(outcome, self.found, read, self._notes(claim, read), [])
        plain = [read for read in known if read.standing == "plain"]
        if plain:
            notes = ["refuted_on_every_line_held"] if _is_derived(plain[0]) else []
            return Finding("refuted", self.found, plain[0], notes, [])
        return Finding("insufficient_data", self.found, None, [], gaps)

    @staticmethod
    def _notes(claim: Claim, read: Read) -> list[str]:
        value = next((one for one in claim.values if one.role in ("value", "to")), None)
        if value is None or isinstance(value.value, str) or not isinstance(read.value, float):
            return []
        size = Stated(value=abs(float(value.value)), step=value.step or 1.0).scaled(_UNITS.get(value.unit, 1))
        is_understated = understated(size, Comparator(claim.comparator), abs(read.value))
        return ["understated"] if is_understated else []


def _is_derived(read: Read) -> bool:
    return isinstance(read.answer, Answer) and read.answer.derived


_RANKS: tuple[tuple[Outcome, Standing, bool | None], ...] = (
    ("confirmed", "plain", False),
    ("confirmed_within_hedge", "plain", True),
    ("true_on_another_basis", "another", None),
    ("outdated", "earlier", None),
)


def missing(gap: Gap, *more: Gap) -> Finding:
    """Nothing can be said, and why."""
    return Finding("insufficient_data", gaps=[gap, *more])


def out_of_reach(note: str) -> Finding:
    """A claim that no data can test."""
    return Finding("not_checkable", notes=[note])
