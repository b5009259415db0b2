"""What all checks of an article share."""

from __future__ import annotations

from dataclasses import dataclass

from rerating.factcheck.claim import Claim
from rerating.factcheck.ground import Ground
from rerating.factcheck.moment import Moment
from rerating.findings.series import Series


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

    def units(self, line: Series) -> list[str]:
        """The line's own currency, then those of this article's readers."""
        return list(dict.fromkeys((line.listing.currency, *self.currencies)))
