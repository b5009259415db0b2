"""What all checks of an article share."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from rerating.factcheck.checking.ground import Ground
from rerating.factcheck.checking.moment import Moment
from rerating.factcheck.claim import Claim, day_of
from rerating.findings.series import Series

_JOIN = re.compile(r"[;:,](?=\s)|\s(?:und|and|while|während|sowie|aber|but)\s", re.IGNORECASE)


def _place(claim: Claim) -> int:
    return claim.start


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The ground, the article's time, the currencies in which its readers think, its text and its claims."""

    ground: Ground
    moment: Moment
    currencies: tuple[str, ...]
    text: str
    claims: tuple[Claim, ...]

    @cached_property
    def main(self) -> str | None:
        """The symbol that most claims of the article are about."""
        counts = Counter(claim.subject.ticker for claim in self.claims if claim.subject.ticker)
        return min(counts, key=lambda ticker: (-counts[ticker], ticker)) if counts else None

    @cached_property
    def _dated_returns(self) -> tuple[list[int], list[Claim]]:
        found = sorted((one for one in self.claims if one.type == "return" and day_of(one.as_of)), key=_place)
        return [one.start for one in found], found

    def nearest_return(self, claim: Claim) -> Claim | None:
        """The return with a day that stands nearest to a claim."""
        starts, found = self._dated_returns
        at = bisect_left(starts, claim.start)
        near = found[max(0, at - 1) : at + 1]
        return min(near, key=lambda one: abs(one.start - claim.start)) if near else None

    @cached_property
    def targeted(self) -> frozenset[int]:
        """Where the sentences begin that name a price target."""
        return frozenset(one.sentence_start for one in self.claims if one.type == "price_target")

    def sentence(self, claim: Claim) -> str:
        """The sentence of a claim."""
        return self.text[claim.sentence_start : claim.sentence_end]

    def clause(self, claim: Claim) -> str:
        """The part of the sentence in which a claim stands: between commas, semicolons and words that join."""
        before = self.text[claim.sentence_start : claim.start]
        behind = self.text[claim.end : claim.sentence_end]
        starts = [match.end() for match in _JOIN.finditer(before)]
        first = _JOIN.search(behind)
        start = claim.sentence_start + (starts[-1] if starts else 0)
        return self.text[start : claim.end + (first.start() if first else len(behind))]

    def units(self, line: Series) -> list[str]:
        """The line's own currency, then those of this article's readers."""
        return list(dict.fromkeys((line.listing.currency, *self.currencies)))
