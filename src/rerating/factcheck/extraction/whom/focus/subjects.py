"""Whom a claim is about: the asset that its clause names, else the one that the text is about at that place.

Names that can be a house or a company are houses where ratings and targets are spoken of. A name that is an ordinary
word counts only where a mark beside it (X-Aktie, shares of X, a ticker) or the title has made it a company's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rerating.factcheck.claim import Subject
from rerating.factcheck.extraction.text.article import Figure, Sentence
from rerating.factcheck.extraction.text.asides import behind_aside
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.whom.focus.beside import told_beside
from rerating.factcheck.extraction.whom.focus.state_actors import Actor
from rerating.factcheck.extraction.whom.names.assets import near
from rerating.factcheck.extraction.whom.phrases.clause_owners import clause_owner
from rerating.factcheck.extraction.whom.phrases.complements import is_complement
from rerating.factcheck.extraction.whom.phrases.pairs import currency_pair
from rerating.factcheck.extraction.whom.phrases.roles import (
    is_outdone,
    moved_as_attribute,
    oblique,
    owner_behind,
    possessor_of,
    rated_on,
    sent_by,
    set_against,
    shares_of,
    yielded_by,
)
from rerating.language.reading import MentionKind


@dataclass(slots=True)
class Subjects:
    """The assets of an article: the main one, those of each sentence, and the one in focus at each."""

    main: Name | None
    places: dict[int, list[Place]] = field(default_factory=dict)
    focus: dict[int, Name | None] = field(default_factory=dict)
    before: dict[int, Name | None] = field(default_factory=dict)
    """What was in focus when the sentence began."""
    company: dict[int, Name | None] = field(default_factory=dict)
    """The company in focus, where the focus is none."""
    last_index: dict[int, Name | None] = field(default_factory=dict)
    commodity: dict[int, Name | None] = field(default_factory=dict)
    institution: dict[int, Name | None] = field(default_factory=dict)
    actors: dict[int, list[Actor]] = field(default_factory=dict)
    """Who makes policies in each sentence."""
    going_on: dict[int, Name] = field(default_factory=dict)
    """The body that a sentence goes on about by the pronoun that it opens with."""
    body: dict[int, Name] = field(default_factory=dict)
    """The body of a state that was last named in the sentence's block or before, no state itself."""
    place: dict[int, str] = field(default_factory=dict)
    """The country that the sentence before told of as a place: where a sentence goes on with `Dort`, `There`."""
    houses: dict[int, list[Place]] = field(default_factory=dict)
    is_single: bool = False
    """Whether most of the sentences are about the main one."""
    bid: dict[int, tuple[Name | None, Name]] = field(default_factory=dict)
    """The bidder, if told of, and the company that is to be bought, as told by then."""
    branch: str | None = None
    """The branch that the article is about, as its title tells it."""
    unnamed: set[int] = field(default_factory=set)
    """Sentences in whose block no company has been named by then."""
    acted: set[int] = field(default_factory=set)
    """Sentences in whose block an institution has been named by then."""

    @property
    def coin(self) -> Name | None:
        """The coin that the text names first, if any."""
        named = (p.name for number in sorted(self.places) for p in self.places[number])
        return next((name for name in named if name.kind is NameKind.CRYPTO), None)

    @property
    def is_round_up(self) -> bool:
        """Whether many shares are told of, one after the other."""
        return not self.is_single or self.main is None or self.main.kind is not NameKind.COMPANY

    def acts_in(self, sentence: Sentence) -> bool:
        """Whether an institution has been named in the sentence's block by then."""
        return sentence.number in self.acted

    def of(self, sentence: Sentence, figure: Figure | None, *, first: int | None = None) -> Name | None:
        """The asset that a figure (or the words at token `first`) belongs to."""
        at = figure.first if figure else (first if first is not None else sentence.first)
        places = near(self.places.get(sentence.number, []), at)
        if figure is not None:
            pair = currency_pair(sentence, figure, places, self._money())
            if pair is not None:
                return pair
        told = _labelled(sentence, places, at)
        if told is None and figure is not None:
            told = shares_of(sentence, figure.last, places) or _moved(sentence, figure, places)
            told = told or yielded_by(sentence, figure, places)
            told = told or possessor_of(sentence, figure, places) or set_against(sentence, figure, places)
            told = told or owner_behind(sentence, figure, places) or clause_owner(sentence, figure, places)
            told = told or moved_as_attribute(sentence, figure, places)
            told = told or rated_on(sentence, figure, places) or sent_by(sentence, figure, places)
            told = told or self._index_moved(sentence, figure)
        rating = next((f for f in sentence.figures_near(at) if f.first == at), None) if figure is None else None
        told = rated_on(sentence, rating, places) if rating is not None and told is None else told
        if told is not None:
            return told
        if not places:
            told = self._described(sentence, at)
            is_points = figure is not None and _counts_points(sentence, figure)
            is_other = is_points and (told is None or told.kind is not NameKind.INDEX)
            return self.last_index.get(sentence.number) or told if is_other else told
        rank, place = self._nearest(sentence, places, at)
        described = self._index_noun(sentence, at)
        if described is not None:
            return described
        is_points = figure is not None and figure.mention.kind is MentionKind.INDEX_POINTS
        if is_points and place.name.kind is not NameKind.INDEX and not is_outdone(sentence, places, at):
            return self._nearest_index(sentence, at) or place.name
        if place.name.kind is NameKind.INDEX and _is_of_pronoun(sentence, place, figure.last if figure else at):
            return self.company.get(sentence.number) or place.name
        if rank < _FOCUS_RANK:
            return place.name
        if place.first > at and all(other.first > at for other in places):
            if _leads_to(sentence, place, at):
                return place.name
            return self.before.get(sentence.number) or self.main
        return self._described(sentence, at)

    def _money(self) -> str | None:
        """The money of the text: that in which its main one is quoted."""
        return self.main.currency if self.main is not None else None

    def asked(self, sentence: Sentence, first: int) -> Name | None:
        """Whom a question is about: the company that it names, else what the text is about there."""
        named = [p for p in self.places.get(sentence.number, []) if not p.is_noun]
        is_titled = sentence.role is BlockRole.TITLE and any(p.name == self.main and p.first < first for p in named)
        is_named = any(p.first >= first and p.name.kind is NameKind.COMPANY for p in named)
        if is_titled and not is_named:
            return self.main
        is_there = bool(named) and named[0].first >= first and named[0].name.kind is NameKind.COMPANY
        company = named[0].name if is_there else None
        told = company or self.of(sentence, None, first=first)
        is_left_over = told is not None and told.kind is NameKind.COMMODITY and not named
        return self.main if is_left_over and self.main is not None and self.main.kind is NameKind.COMPANY else told

    def company_at(self, sentence: Sentence, at: int) -> Name | None:
        """The company that the words at a token are about, whatever else the sentence names."""
        places = [p for p in near(self.places.get(sentence.number, []), at) if p.name.kind is NameKind.COMPANY]
        if places:
            rank, place = self._nearest(sentence, places, at)
            if rank < _FOCUS_RANK:
                return place.name
        return self.company.get(sentence.number)

    def back_to_company(self, sentence: Sentence, at: int, asset: Name | None) -> Name | None:
        """The company spoken of before, where an index or a metal is but left in focus by the sentence before."""
        if asset is None or asset.kind is NameKind.COMPANY or self.main is None:
            return asset
        is_named = any(n.of(asset.kind) for n in sentence.names_near(at)) or self._is_priced(sentence, asset)
        if self.main.kind is not NameKind.COMPANY or is_named:
            return asset
        return self.company_at(sentence, at) or asset

    def _is_priced(self, sentence: Sentence, asset: Name) -> bool:
        """Whether the sentence tells the price of a good that no list holds."""
        places = self.places.get(sentence.number, [])
        return asset.kind is NameKind.COMMODITY and any(p.name == asset and not p.is_noun for p in places)

    def _nearest(self, sentence: Sentence, places: list[Place], at: int) -> tuple[float, Place]:
        """The place that looks most like the subject of the words at a token, with how little it does."""
        best: tuple[float, Place] | None = None
        asides = [(p.last, end) for p in places if p.last < (end := behind_aside(sentence, p.first, p.last)) <= at]
        ends = dict(asides)
        for place in places:
            is_before = place.last <= at
            last = ends.get(place.last, place.last)
            cost = sentence.cost(last, at) if is_before else sentence.cost(at, place.first)
            gap = at - last if is_before else place.first - at
            rank = 2.2 * cost + 0.12 * gap + (0.0 if is_before else 2.5)
            if any(first <= place.first < end for first, end in asides):
                rank += _FOCUS_RANK
            rank += oblique(sentence, place, at, is_before=is_before) + told_beside(sentence, place, at)
            if place.name.is_met and is_before and sentence.words(place.first - 1, place.first) in _LED:
                rank += _COMPLEMENT
            if any(p.is_noun and p.last < place.first and p.name != place.name for p in places):
                rank += _COMPLEMENT if is_complement(sentence, place, places) else 0.0
            if best is None or rank < best[0]:
                best = (rank, place)
        assert best is not None
        return best

    def _nearest_index(self, sentence: Sentence, at: int) -> Name | None:
        named = [(at - n.last, n.of(NameKind.INDEX)) for n in sentence.names if n.last <= at and n.of(NameKind.INDEX)]
        return min(named, key=lambda each: each[0])[1] if named else self.last_index.get(sentence.number)

    def _described(self, sentence: Sentence, at: int) -> Name | None:
        described = self._index_noun(sentence, at)
        return described or self.focus.get(sentence.number) or self.main

    def _index_moved(self, sentence: Sentence, figure: Figure) -> Name | None:
        """The index told of before, where a figure is said to be its: `a 1.5% gain for the index`, `compared with 7%
        for the index`."""
        words = sentence.words(figure.last, figure.last + 5)
        at = next((k for k, word in enumerate(words[:2]) if word in MOVES), -1)
        is_its = words[at + 1 : at + 4] in (_OF_INDEX if at >= 0 else _FOR_INDEX) or words[:2] in _FOR_INDEX
        return self.last_index.get(sentence.number) if is_its else None

    def _index_noun(self, sentence: Sentence, at: int) -> Name | None:
        """The last index that was named, where the clause speaks of `der Leitindex`, `the index`."""
        for cue in sentence.cues:
            is_near = cue.family == "index" and cue.last <= at and at - cue.last <= 12
            if is_near and (sentence.cost(cue.last, at) <= 0.7 or _is_told_on(sentence, cue.last, at)):
                word = sentence.tokens.lower[cue.last - 1]
                is_whole = word != "benchmark" or _does_as_index(sentence, cue.last)
                if word in _INDEX and is_whole:
                    inside = any(p.first <= cue.first <= p.last for p in self.places.get(sentence.number, []))
                    nearer = any(
                        cue.last <= p.first < at and p.name.kind is NameKind.COMPANY
                        for p in self.places.get(sentence.number, [])
                    )
                    is_led = not _LEADING.isdisjoint(sentence.words(cue.first - 3, cue.first))
                    if not inside and not nearer and not is_led:
                        return self.last_index.get(sentence.number)
        return None


def _does_as_index(sentence: Sentence, k: int) -> bool:
    """Whether a verb follows `the benchmark`: not `the benchmark rate`, `the benchmark Brent contract`."""
    is_moving = any(cue.family == "movement" and cue.first == k for cue in sentence.cues_near(k))
    return is_moving or sentence.tokens.lower[k] in _INDEX_DOES


_INDEX_DOES = frozenset(("ended", "closed", "finished", "settled", "is", "was", "has", "had", "remains", "stood"))


def _is_told_on(sentence: Sentence, last: int, at: int) -> bool:
    """Whether a relative clause tells on of a noun: `den Leitindex, der 0,2 Prozent gewann`."""
    words = sentence.words(last, at)
    return words[:2] in ((",", "der"), (",", "das"), (",", "which"), (",", "that")) and "," not in words[1:]


_INDEX = word_set("subjects", "index_nouns")
_LEADING = word_set("subjects", "scopes")
"""`led the index with a gain of 5.8 percent`: who leads it is told of."""
_LED = (("von",), ("of",), ("mit",), ("with",), ("durch",), ("by",))
"""Behind them a company that no list holds is bought or met by whom the clause is about: `nach dem Zukauf von X`."""


def _is_of_pronoun(sentence: Sentence, place: Place, last: int) -> bool:
    """Whether a pronoun comes back to the share behind an index: `while the S&P 500 gained 15%, and at $41.30 it`."""
    is_opened = sentence.words(sentence.first, sentence.first + 1) in _OPENED
    if is_opened and not MOVES.isdisjoint(sentence.words(place.first - 4, place.first - 1)):
        return True
    words = sentence.words(place.last, last + 2)
    at = next((k for k, word in enumerate(words) if word in _PRONOUNS), None)
    is_new = at is not None and not _JOINING.isdisjoint(words[:at])
    return is_new and sentence.text.is_english and place.first - sentence.first > _ARTICLE


_PRONOUNS = frozenset(("it", "they"))
_ARTICLE = 1
"""An index that opens its sentence behind an article is what the pronoun stands for."""
_OPENED = (("it",), ("they",))
_JOINING = frozenset(("and", "but", ";", "while", "yet", "so"))


def _counts_points(sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure is an index's: `Er schloss bei 24.876 Punkten`."""
    is_points = figure.mention.kind is MentionKind.INDEX_POINTS
    return is_points or not _POINTS.isdisjoint(sentence.words(figure.last - 1, figure.last + 1))


def _leads_to(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a figure stands in a phrase before its subject: `At Thursday's close of $40, Toast is up 2%`."""
    if sentence.words(sentence.first, sentence.first + 1) not in _LEADS or place.first - at > 12:
        return False
    return sentence.words(place.first - 1, place.first) == (",",) and "," not in sentence.words(at, place.first - 1)


_LEADS = (("at",), ("with",), ("trading",), ("yielding",), ("priced",), ("valued",))


def _labelled(sentence: Sentence, places: list[Place], at: int) -> Name | None:
    """The name right before a figure, parted from it by a colon or an opened bracket: `Tesla: 190`, `Bachem (23)`."""
    for place in places:
        gap = sentence.words(place.last, at)
        is_bracketed = gap[:1] == ("(",) and len(gap) <= _BRACKET and ")" not in gap
        if place.last < at and not place.is_noun and (is_bracketed or (gap[:1] == (":",) and len(gap) <= 2)):
            return place.name
        if gap == (",",) and sentence.words(place.first - 2, place.first) in _ELLIPSES:
            return place.name
    return None


_ELLIPSES = tuple((sign, word) for sign in (",", ";", "and") for word in ("at", "for", "bei", "in"))
"""`At Zurich, the combined ratio was 93%; at Axa, 95.5%`."""


_BRACKET = 10
"""Within so many signs behind a bracket that a name opens all is told of it: `Waters (Outperform, $430)`."""
MOVES = word_set("subjects", "moves")


def _moved(sentence: Sentence, figure: Figure, places: list[Place]) -> Name | None:
    """The name behind a figure and a noun of movement: `an 11% rise in the S&P 500`, `ein Plus von 2 % beim Dax`, `a
    gain of 1.7 percent in the Nasdaq`."""
    words = sentence.words(figure.last, figure.last + 7)
    if words[:1] in _POINTED and not _POINTS.isdisjoint(sentence.words(figure.first, figure.last)):
        pointed = [p.name for p in places if p.first <= figure.last + 2 and p.first > figure.last]
        if pointed and pointed[0].kind is NameKind.INDEX:
            return pointed[0]
    k = next((j for j, word in enumerate(words[:3]) if word in MOVES), None)
    if (
        k is None
        and sentence.words(figure.lead - 1, figure.lead) in _BY
        and not MOVES.isdisjoint(sentence.words(figure.lead - 3, figure.lead - 1))
    ):
        k = -1
    if k is None or words[k + 1 : k + 2] not in (("in",), ("for",), ("of",), ("by",), ("bei",), ("beim",), ("der",)):
        return None
    at = figure.last + k + 2
    return next((place.name for place in places if at <= place.first <= at + 1), None)


_FOR_INDEX = (
    *(("for", "the", "index"), ("for", "the", "benchmark"), ("for", "the", "gauge"), ("beim", "index")),
    *(("beim", "leitindex"), ("für", "den", "index"), ("für", "den", "leitindex")),
)
_OF_INDEX = (*_FOR_INDEX, ("in", "the", "index"), ("by", "the", "index"))
_BY = (("of",), ("von",), ("um",))
"""`a gain of 1.7 percent in the Nasdaq Composite`, `einem Minus von 2 Prozent beim Dax`."""
_POINTED = frozenset((("off",), ("to",), ("from",), ("zum",)))
"""`knocked 3.2 points off the FTSE 100`."""
_POINTS = frozenset(("points", "punkte", "punkten", "zähler", "zählern"))
_COMPLEMENT = 6.0
"""What a partner costs that stands behind what stands for another company: `Der Konzern baut für X zwei Werke`."""
_FOCUS_RANK = 7.0
"""Beyond this rank a name of the sentence is too far from the figure: the text's focus counts."""


def as_subject(name: Name | None, venue: str | None = None) -> Subject:
    """The contract's subject of a name."""
    return Subject() if name is None else Subject(name=name.name, ticker=name.ticker, venue=venue)
