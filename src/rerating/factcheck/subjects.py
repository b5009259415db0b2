"""Whom a claim is about: the asset that its clause names, else the one that the text is about at that place.

Names that can be a house or a company are houses where ratings and targets are spoken of. A name that is an ordinary
word counts only where a mark beside it (X-Aktie, shares of X, a ticker) or the title has made it a company's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rerating.factcheck.article import Article, Figure, Sentence
from rerating.factcheck.assets import (
    Place,
    is_about_known,
    is_house,
    is_quoted_share,
    main_of,
    marked,
    near,
    places_in,
    spelling,
    titled,
)
from rerating.factcheck.claim import Subject
from rerating.factcheck.layout import BlockRole
from rerating.factcheck.lexicon import word_set
from rerating.factcheck.names import Name, NameKind
from rerating.factcheck.pairs import currency_pair
from rerating.factcheck.takeovers import named_in
from rerating.language.reading import MentionKind

_BESIDE = word_set("subjects", "beside")


_COMPARED = word_set("subjects", "compared")
_WITHIN = frozenset(["im", "in", "aus", "of", "des", "vom", "on"])
_NO_NOUNS = word_set("subjects", "no_nouns")


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
    houses: dict[int, list[Place]] = field(default_factory=dict)
    is_single: bool = False
    """Whether most of the sentences are about the main one."""
    acted: set[int] = field(default_factory=set)
    """Sentences in whose block an institution has been named by then."""

    def acts_in(self, sentence: Sentence) -> bool:
        """Whether an institution has been named in the sentence's block by then."""
        return sentence.number in self.acted

    def of(self, sentence: Sentence, figure: Figure | None, *, first: int | None = None) -> Name | None:
        """The asset that a figure (or the words at token `first`) belongs to."""
        at = figure.first if figure else (first if first is not None else sentence.first)
        places = near(self.places.get(sentence.number, []), at)
        if figure is not None:
            pair = currency_pair(sentence, figure, places)
            if pair is not None:
                return pair
        told = _labelled(sentence, places, at) or (_moved(sentence, figure, places) if figure else None)
        if told is not None:
            return told
        if not places:
            return self._described(sentence, at)
        rank, place = self._nearest(sentence, places, at)
        described = self._index_noun(sentence, at)
        if described is not None:
            return described
        is_points = figure is not None and figure.mention.kind is MentionKind.INDEX_POINTS
        if is_points and place.name.kind is not NameKind.INDEX:
            return self._nearest_index(sentence, at) or place.name
        if rank < _FOCUS_RANK:
            return place.name
        if place.first > at and all(other.first > at for other in places):
            return self.before.get(sentence.number) or self.main
        return self._described(sentence, at)

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
        if self.main.kind is not NameKind.COMPANY or any(n.of(asset.kind) for n in sentence.names_near(at)):
            return asset
        return self.company_at(sentence, at) or asset

    def _nearest(self, sentence: Sentence, places: list[Place], at: int) -> tuple[float, Place]:
        """The place that looks most like the subject of the words at a token, with how little it does."""
        best: tuple[float, Place] | None = None
        for place in places:
            is_before = place.last <= at
            cost = sentence.cost(place.last, at) if is_before else sentence.cost(at, place.first)
            gap = at - place.last if is_before else place.first - at
            rank = 2.2 * cost + 0.12 * gap + (0.0 if is_before else 2.5)
            rank += _oblique(sentence, place, at, is_before=is_before)
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

    def _index_noun(self, sentence: Sentence, at: int) -> Name | None:
        """The last index that was named, where the clause speaks of `der Leitindex`, `the index`."""
        for cue in sentence.cues:
            if cue.family == "index" and cue.last <= at and sentence.cost(cue.last, at) <= 0.7 and at - cue.last <= 12:
                word = sentence.tokens.lower[cue.first]
                if word in ("leitindex", "börsenbarometer", "index", "barometer", "gauge", "marktbarometer", "blue"):
                    inside = any(p.first <= cue.first < p.last for p in self.places.get(sentence.number, []))
                    nearer = any(
                        cue.last <= p.first < at and p.name.kind is NameKind.COMPANY
                        for p in self.places.get(sentence.number, [])
                    )
                    if not inside and not nearer:
                        return self.last_index.get(sentence.number)
        return None


def _labelled(sentence: Sentence, places: list[Place], at: int) -> Name | None:
    """The name right before a figure, parted from it by a colon or an opened bracket: `Tesla: 190`, `Bachem (23)`."""
    for place in places:
        gap = sentence.words(place.last, at)
        if place.last < at and gap[:1] in ((":",), ("(",)) and len(gap) <= 2 and not place.is_noun:
            return place.name
    return None


_MOVES = word_set("subjects", "moves")


def _moved(sentence: Sentence, figure: Figure, places: list[Place]) -> Name | None:
    """The name behind a figure and a noun of movement: `an 11% rise in the S&P 500`, `ein Plus von 2 % beim Dax`."""
    words = sentence.words(figure.last, figure.last + 7)
    k = next((j for j, word in enumerate(words[:3]) if word in _MOVES), None)
    if k is None or words[k + 1 : k + 2] not in (("in",), ("for",), ("of",), ("by",), ("bei",), ("beim",), ("der",)):
        return None
    at = figure.last + k + 2
    return next((place.name for place in places if at <= place.first <= at + 1), None)


_FOCUS_RANK = 7.0
"""Beyond this rank a name of the sentence is too far from the figure: the text's focus counts."""


def _oblique(sentence: Sentence, place: Place, at: int, *, is_before: bool) -> float:
    """How little a name looks like the subject: behind `bei`, `than`, `a discount to`; in English behind the figure."""
    tokens, cost = sentence.tokens, 0.0
    lead = tokens.lower[place.first - 1] if place.first > sentence.first else ""
    tells_on = is_before and sentence.words(place.last, place.last + 2) in _TELLS_ON
    if place.name.kind is NameKind.INDEX and (
        _is_compared(sentence, place) or (_is_scope(sentence, place) and not tells_on)
    ):
        cost += 6.0
    if place.name.kind is NameKind.COMPANY and _is_related(sentence, place):
        cost += 6.0
    if sentence.words(place.first - 2, place.first) == ("according", "to") or lead in ("laut", "per"):
        cost += 6.0
    if is_before:
        if _is_object(sentence, place):
            cost += 2.5
        if lead in _BESIDE and at - place.last > 6:
            cost += 2.0
        if lead in ("to", "zu") and tokens.lower[place.first - 2] in ("discount", "premium", "abschlag", "aufschlag"):
            cost += 8.0
        if _is_aside(sentence, place, at):
            cost += 6.0
        return cost
    if place.is_noun:
        return cost
    if tokens.lower[place.last] == ":" or (lead == "bei" and any(f.first >= place.last for f in sentence.figures)):
        cost += 6.0
    if sentence.text.is_english and not (lead in ("for", "at", "in") and place.first - at <= 8):
        cost += 5.0
    return cost


_SCOPES = word_set("subjects", "scopes")
_RELATIONS = word_set("subjects", "relations")
_OWNED = word_set("subjects", "owned")


_TELLS_ON = ((",", "der"), (",", "das"), (",", "which"), (",", "itself"))
"""What an index by itself did: `Schlusslicht im SMI, der 0,4% fester schloss`."""


def _is_scope(sentence: Sentence, place: Place) -> bool:
    """Whether an index is but what a share leads or trails: `an der Spitze des Index`, `topped the FTSE 100`."""
    return place.first > sentence.first + 1 and not _SCOPES.isdisjoint(sentence.words(place.first - 5, place.first))


def _is_related(sentence: Sentence, place: Place) -> bool:
    """Whether a company is told of as another one's: `its American partner Kroger`, `seinem Großkunden Apple`."""
    before = sentence.words(place.first - 4, place.first)
    return not place.is_noun and not _RELATIONS.isdisjoint(before) and not _OWNED.isdisjoint(before)


def _is_object(sentence: Sentence, place: Place) -> bool:
    """Whether a company stands behind the one that its clause opens with: `JD is buying Germany's Ceconomy for`."""
    if place.name.kind is not NameKind.COMPANY or place.is_noun:
        return False
    named = sentence.first_name
    if named is None or named.first >= place.first or named.first - sentence.first > 1:
        return False
    is_opening = named.of(NameKind.COMPANY) is not None and named.first not in sentence.houses
    between = sentence.words(named.last, place.first)
    return is_opening and 2 <= len(between) < _CLAUSE and not _PARTING.intersection(between)


_CLAUSE = 40
"""No clause has more words."""


_PARTING = frozenset(
    (
        "und",
        "and",
        ",",
        ";",
        ":",
        "while",
        "während",
        "(",
        ")",
        "–",
        "—",
        "-",
        "as",
        "but",
        "aber",
        "sowie",
        "|",
        "/",
        "after",
    )
)
_RELATIVES = word_set("subjects", "relatives")


def _is_aside(sentence: Sentence, place: Place, at: int) -> bool:
    """Whether a name stands in a relative clause that is over: `TSMC, whose customers include Apple, will report`."""
    tokens = sentence.tokens
    if "," not in tokens.text[place.last : at]:
        return False
    for k in range(place.first - 1, max(sentence.first, place.first - 12), -1):
        if tokens.text[k] == ",":
            if tokens.lower[k + 1] in _APPOSED and any(n.last == k for n in sentence.names_near(k)):
                return True
            return tokens.lower[k + 1] in _RELATIVES or tokens.lower[k + 2] in _RELATIVES
    return False


_APPOSED = frozenset(("the", "a", "an", "der", "die", "das", "ein", "eine", "dem", "den"))
"""Behind a name and a comma they open an apposition: `Antofagasta, the Chilean copper digger, advanced`."""


def as_subject(name: Name | None, venue: str | None = None) -> Subject:
    """The contract's subject of a name."""
    return Subject() if name is None else Subject(name=name.name, ticker=name.ticker, venue=venue)


_OPENING = (BlockRole.PARAGRAPH, BlockRole.HEADING, BlockRole.BULLET)
"""Blocks that begin anew."""


def subjects(article: Article) -> Subjects:
    """All assets of an article, sentence by sentence."""
    found = marked(article)
    is_unknown = not found and not is_about_known(article)
    found = titled(article, least=0 if is_unknown else 2) | found
    tongue = "en" if article.is_english else "de"
    places = {s.number: places_in(s, found) for s in article.sentences}
    titles = [s for s in article.sentences if s.role is BlockRole.TITLE][:3]
    trusted = set(found) | {
        " ".join(spelling(s.tokens, p.first, p.last))
        for s in titles
        for p in places[s.number]
        if tongue in p.name.ambiguous_in
    }
    trusted |= {
        " ".join(spelling(s.tokens, p.first, p.last))
        for s in article.sentences
        for p in places[s.number]
        if tongue in p.name.ambiguous_in and is_quoted_share(s, p)
    }
    for sentence in article.sentences:
        places[sentence.number] = [
            p
            for p in places[sentence.number]
            if tongue not in p.name.ambiguous_in or " ".join(spelling(sentence.tokens, p.first, p.last)) in trusted
        ]
    main = main_of(article, places)
    result = Subjects(main)
    focus = section = main
    company = main if main and main.kind is NameKind.COMPANY else None
    last_index: Name | None = main if main and main.kind is NameKind.INDEX else None
    commodity: Name | None = main if main and main.kind is NameKind.COMMODITY else None
    institution: Name | None = None
    block = acting = None
    for sentence in article.sentences:
        here = places[sentence.number]
        houses = [p for p in here if p.name.kind is NameKind.COMPANY and is_house(sentence, p, main)]
        result.houses[sentence.number] = houses
        taken = {p.first for p in here} - {p.first for p in houses}
        sentence.houses = {n.first for n in sentence.names if n.of(NameKind.HOUSE) and n.first not in taken}
        kept = [p for p in here if p not in houses and not _is_location(sentence, p, here, company)]
        if sentence.text.block is not block:
            block = sentence.text.block
            if sentence.role is BlockRole.HEADING:
                section = next((p.name for p in kept if p.name.kind is NameKind.COMPANY), main)
            if sentence.role in _OPENING and not _goes_on(sentence):
                focus = section or focus
                company = focus if focus and focus.kind is NameKind.COMPANY else company
        result.before[sentence.number] = focus
        if kept:
            target = named_in(sentence, kept)
            is_sold = target is not None and (main is None or all(p.name != main or p.name == target for p in kept))
            focus = target if is_sold else _topic(sentence, kept, focus)
        last_index = next((p.name for p in reversed(here) if p.name.kind is NameKind.INDEX), last_index)
        commodity = next((p.name for p in here if p.name.kind is NameKind.COMMODITY), commodity)
        nouns = _nouns(sentence, kept, company, commodity)
        if focus is not None and focus.kind is NameKind.COMPANY:
            company = focus
        result.places[sentence.number] = sorted([*kept, *nouns], key=lambda place: place.first)
        for named in sentence.names:
            acts = named.of(NameKind.INSTITUTION)
            if acts is not None:
                institution, acting = acts, sentence.text.block
        result.focus[sentence.number] = focus
        result.company[sentence.number] = company
        result.last_index[sentence.number] = last_index
        result.commodity[sentence.number] = commodity
        result.institution[sentence.number] = institution
        if acting is not None and acting is sentence.text.block:
            result.acted.add(sentence.number)
    about = sum(1 for focus in result.focus.values() if focus == main)
    result.is_single = main is not None and 2 * about > len(result.focus)
    return result


def _is_compared(sentence: Sentence, place: Place) -> bool:
    return not _COMPARED.isdisjoint(sentence.words(place.first - 3, place.first))


_INDEX_NOUNS = frozenset((word,) for word in ("leitindex", "index", "aktienindex", "auswahlindex", "nebenwerteindex"))
_MEMBERS = frozenset(
    (w,)
    for w in (
        "leaderboard",
        "members",
        "member",
        "constituents",
        "constituent",
        "stocks",
        "company",
        "group",
        "firm",
        "listed",
    )
)


def _is_location(sentence: Sentence, place: Place, here: list[Place], company: Name | None) -> bool:
    """Whether an index is but where a share is listed: `im TecDax`, `DAX-Konzern`."""
    if place.name.kind is not NameKind.INDEX or (company is None and len(here) == 1):
        return False
    tokens = sentence.tokens
    after = sentence.words(place.last, place.last + 2)
    if after[:1] == ("-",) and after[1:] not in (("index",), ("stand",), ("future",)) and tokens.glued[place.last]:
        return True
    if after[:1] in _MEMBERS:
        return True
    if after in ((",", "der"), (",", "which"), (",", "die")):
        return False
    if after[:1] and after[0].startswith("befragt"):
        return True
    start = place.first - (sentence.words(place.first - 1, place.first)[:1] in _INDEX_NOUNS)
    before = sentence.words(start - 2, start)
    if not _MOVES.isdisjoint(sentence.words(start - 3, start)):
        return False
    return bool(before) and (before[-1] in _WITHIN or (before[-1] in ("the", "dem") and before[0] in _WITHIN))


_COMMODITY_NOUNS = word_set("subjects", "commodity_nouns")


def _nouns(sentence: Sentence, kept: list[Place], company: Name | None, commodity: Name | None) -> list[Place]:
    """Nouns that stand for what the text is about: der Konzern, das Papier, the stock, the metal."""
    out: list[Place] = []
    for k in range(sentence.first, sentence.last if commodity is not None else sentence.first):
        if sentence.tokens.lower[k] in _COMMODITY_NOUNS and not any(p.name == commodity for p in kept):
            out.append(Place(k, k + 1, commodity, True))  # type: ignore[arg-type]
    for cue in sentence.cues:
        if cue.family not in ("papers", "company_noun") or sentence.tokens.lower[cue.first] in _NO_NOUNS:
            continue
        kinds = (NameKind.COMPANY, NameKind.BOND) if cue.family == "papers" else (NameKind.COMPANY,)
        named = [p for p in kept if p.last <= cue.first and p.name.kind in kinds]
        name = named[-1].name if named else company
        before = sentence.words(cue.first - 1, cue.first)
        if name is None or before[:1] in (("eine",), ("ein",), ("a",), ("andere",), ("other",), ("einer",), ("einem",)):
            continue
        following = next((p for p in kept if cue.last <= p.first <= cue.last + 2), None)
        out.append(Place(cue.first, cue.last, following.name if following else name, True))
    return out


def _goes_on(sentence: Sentence) -> bool:
    return sentence.words(sentence.first, sentence.first + 1)[:1] in (("er",), ("sie",), ("he",), ("she",))


_HOLDERS = word_set("subjects", "holders")


def tells_of_holders(sentence: Sentence) -> bool:
    """Whether a sentence says who holds a company: shareholders and their stakes."""
    words = sentence.words(sentence.first, sentence.last)
    return not _HOLDERS.isdisjoint(words) or any(topic.family == "holding" for topic in sentence.topics)


def _topic(sentence: Sentence, places: list[Place], focus: Name | None) -> Name | None:
    """The asset that the next sentences go on about: the first one named, unless it stands behind `bei` or `than`."""
    if focus is not None and focus.kind is NameKind.COMPANY and tells_of_holders(sentence):
        return next((p.name for p in places if sentence.words(p.first - 1, p.first) in _HELD), focus)
    for place in places:
        if place.name.kind not in (NameKind.COMPANY, NameKind.INDEX, NameKind.CRYPTO):
            continue
        if place.name.kind is NameKind.INDEX and focus is not None and _is_scope(sentence, place):
            continue
        if place.name.kind is NameKind.COMPANY and focus is not None and _is_related(sentence, place):
            continue
        if (
            place.first > sentence.first
            and sentence.tokens.lower[place.first - 1] in _BESIDE
            and place is not places[0]
        ):
            continue
        lead = sentence.tokens.lower[place.first - 1] if place.first > sentence.first else ""
        if focus is not None and (place.first - sentence.first > 9 or lead in _OBLIQUE):
            return focus
        return place.name
    return focus


_HELD = frozenset((("an",), ("in",), ("of",)))
_OBLIQUE = frozenset(("from", "by", "durch", "gegen", "with", "to", "than", "like", "wie", "against"))
