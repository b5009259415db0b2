"""Both sides of the deals of a text: one door to who buys, who is bought, who is held and what is told on of them."""

from __future__ import annotations

from rerating.factcheck.extraction.figures.draft import Draft
from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.whom.deals.deal_frame import Deals
from rerating.factcheck.extraction.whom.deals.told_on import ToldOn, held
from rerating.factcheck.extraction.whom.focus.subjects import Subjects


class Sides:
    """Gives the claims of each sentence, in the text's order, to the side of a deal that they are of."""

    def __init__(self, article: Article, known: Subjects) -> None:
        self._known = known
        self._deals, self._told_on = Deals(article, known), ToldOn(known)

    def turn(self, sentence: Sentence, found: list[Draft]) -> None:
        """The figures of a sentence."""
        self._deals.turn(sentence, found)
        held(self._known, sentence, found)
        self._told_on.turn(sentence, found)

    def words(self, sentence: Sentence, found: list[Draft]) -> None:
        """What that sentence tells without a figure: closings, the deal itself."""
        self._deals.words(sentence, found)
