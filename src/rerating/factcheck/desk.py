"""What all checks of an article share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rerating.factcheck.claim import Claim
from rerating.factcheck.ground import Ground
from rerating.factcheck.moment import Moment
from rerating.findings.series import Series

_JOIN = re.compile(r"[;:,](?=\s)|\s(?:und|and|while|während|sowie|aber|but)\s", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The ground, the article's time, the currencies in which its readers think, its text and its claims."""

    ground: Ground
    moment: Moment
    currencies: tuple[str, ...]
    text: str
    claims: tuple[Claim, ...]

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
