"""What a text is about, sentence by sentence: the asset in focus, and the nouns that stand for it."""

from __future__ import annotations

from collections import Counter

from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import Name, NameKind, Place, is_company
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.trade_bodies import is_of_trade
from rerating.factcheck.extraction.whom.focus.beside import is_parted
from rerating.factcheck.extraction.whom.focus.branches import branch_of
from rerating.factcheck.extraction.whom.focus.epithets import Told, epithets
from rerating.factcheck.extraction.whom.focus.going_on import goes_on, told_of
from rerating.factcheck.extraction.whom.focus.good_in_focus import carried, goes_on_about, good_of, standing_for
from rerating.factcheck.extraction.whom.focus.handing_on import is_handed_on
from rerating.factcheck.extraction.whom.focus.listed_in import is_location
from rerating.factcheck.extraction.whom.focus.main import has_shares, main_of
from rerating.factcheck.extraction.whom.focus.others import Others, refers
from rerating.factcheck.extraction.whom.focus.state_actors import actors, is_whole
from rerating.factcheck.extraction.whom.focus.subjects import Subjects
from rerating.factcheck.extraction.whom.focus.takeovers import (
    bid_in,
    bought,
    is_over,
    named_in,
    saves,
    sides,
)
from rerating.factcheck.extraction.whom.focus.topic import topic_of
from rerating.factcheck.extraction.whom.names.naming import named
from rerating.factcheck.extraction.whom.phrases.houses import is_house
from rerating.factcheck.extraction.whom.phrases.relations import as_told, told_alone, without, without_parts
from rerating.factcheck.extraction.whom.phrases.states import placed_at, state_at

_NO_NOUNS = word_set("subjects", "no_nouns")

_OPENING = (BlockRole.PARAGRAPH, BlockRole.HEADING, BlockRole.BULLET)
"""Blocks that begin anew."""


def subjects(article: Article) -> Subjects:
    """All assets of an article, sentence by sentence."""
    places = named(article)
    alone = told_alone(article, places)
    main = (main_of(article, without(alone, places)) if alone else None) or main_of(article, places)
    main = _buyer(article, places, main) or main
    places = as_told(article, places, alone, main)
    known = _followed(article, places, main, is_of_one=False)
    if (other := _sought(article, known) or _told_of(article, known)) is not None:
        main = other
        known = _followed(article, places, main, is_of_one=False)
    known = _followed(article, places, main, is_of_one=True) if _is_of_one(article, known) else known
    known.branch = branch_of(article, known.places, main)
    known.unnamed = _unnamed(article, known) if known.branch is not None else set()
    return known


def _sought(article: Article, known: Subjects) -> Name | None:
    """The company that another one of the title's is to buy, where the text names it at least half as often: it is its
    share that the text is about. A title's word alone for a deal tells of no bid."""
    title = next((s for s in article.sentences if s.role is BlockRole.TITLE), None)
    told = (named_in(s, known.places[s.number]) for s in article.sentences if s is not title and not is_over(s))
    targets = Counter(target for target in told if target is not None and not target.is_met)
    main = known.main
    if title is None or not targets or main is None or main.kind is not NameKind.COMPANY:
        return None
    target = targets.most_common(1)[0][0]
    named = Counter(p.name for places in known.places.values() for p in places if not p.is_noun)
    is_titled = any(p.name == target for p in known.places[title.number])
    if target.ticker is None and main.ticker is not None and not has_shares(article, known.places, target):
        return None
    return target if target != main and is_titled and 2 * named[target] >= named[main] else None


def _buyer(article: Article, places: dict[int, list[Place]], main: Name | None) -> Name | None:
    """The listed company of the title that buys one of no list, of whose shares the text tells nothing."""
    title = next((s for s in article.sentences if s.role is BlockRole.TITLE), None)
    if title is None or main is None or main.kind is not NameKind.COMPANY or main.ticker is not None:
        return None
    target = bought(title, places[title.number])
    if target is None or target.name != main or has_shares(article, places, main):
        return None
    return next((p.name for p in places[title.number] if is_company(p.name) and p.name.ticker is not None), None)


def _told_of(article: Article, known: Subjects) -> Name | None:
    """The company of the title that the text names more often than the index that the title names with it."""
    title = next((s for s in article.sentences if s.role is BlockRole.TITLE), None)
    if title is None or known.main is None or known.main.kind is not NameKind.INDEX:
        return None
    named = Counter(p.name for places in known.places.values() for p in places if not p.is_noun)
    titled = (p.name for p in known.places[title.number] if p.name.kind is NameKind.COMPANY and not p.is_noun)
    return next((name for name in titled if named[name] > named[known.main]), None)


def _is_of_one(article: Article, known: Subjects) -> bool:
    """Whether an article is about one company: most of its prose is, and its title names it, or others do not open
    more of its paragraphs. Where no paragraph opens with another, half of it is enough.

    A comparison of two is of neither alone."""
    prose = [s for s in article.sentences if s.role is not BlockRole.ROW]
    about = sum(known.focus[s.number] == known.main for s in prose)
    if not is_company(known.main) or 2 * about <= len(prose):
        return False
    is_most = 5 * about > 3 * len(prose)
    own = others = 0
    block = None
    for sentence in prose:
        is_first, block = sentence.text.block is not block, sentence.text.block
        named = [p for p in known.places[sentence.number] if not p.is_noun and is_company(p.name)]
        if not named or not is_first:
            continue
        is_own = any(p.name == known.main for p in named)
        is_alone = is_own and all(p.name == known.main for p in named)
        if is_alone and is_most and sentence.role is BlockRole.TITLE:
            return True
        own += is_own
        others += not is_own and _opens(sentence, named[0])
    return others <= own if is_most else others == 0


def _followed(article: Article, places: dict[int, list[Place]], main: Name | None, *, is_of_one: bool) -> Subjects:
    """The assets in focus, sentence by sentence. In an article about one company another one told of in passing is not
    what the next sentence goes on about: only where it opens a block does it stay in focus."""
    result = Subjects(main)
    focus = section = lasting = main
    company = main if main and main.kind is NameKind.COMPANY else None
    is_of_market = main is not None and company is None
    last_index: Name | None = main if main and main.kind is NameKind.INDEX else None
    commodity: Name | None = main if main and main.kind is NameKind.COMMODITY else None
    institution: Name | None = None
    body: Name | None = None
    block = acting = bid = asked = None
    told = Told()
    previous: Sentence | None = None
    good: Name | None = None
    others = Others(main)
    for sentence in article.sentences:
        here = places[sentence.number]
        houses = [p for p in here if p.name.kind is NameKind.COMPANY and is_house(sentence, p, main)]
        result.houses[sentence.number] = houses
        taken = {p.first for p in here} - {p.first for p in houses}
        sentence.houses = {n.first for n in sentence.names if n.of(NameKind.HOUSE) and n.first not in taken}
        kept = [p for p in here if p not in houses and not is_location(sentence, p, here, company)]
        kept = without_parts(sentence, kept, main)
        kept += epithets(sentence, kept, told, company, main)
        kept.sort(key=lambda place: place.first)
        told.add(kept)
        is_first = begins = sentence.text.block is not block
        if is_first:
            block = sentence.text.block
            others.begin()
            if sentence.role is BlockRole.HEADING:
                section = next((p.name for p in kept if p.name.kind is NameKind.COMPANY), main)
            if sentence.role in _OPENING and not _goes_on(sentence):
                focus = asked or section or focus
                company = focus if focus and focus.kind is NameKind.COMPANY else company
        elif focus != lasting and not (
            kept or refers(sentence) or is_handed_on(sentence, previous, result.places, focus)
        ):
            focus = company = lasting
        result.before[sentence.number] = focus
        bid = bid if is_over(sentence) else bid_in(sentence, kept, bid, focus)
        if bid is not None:
            result.bid[sentence.number] = bid
        if kept:
            own = [p for p in kept if not (is_company(focus) and _is_in_relative(sentence, p))]
            target = named_in(sentence, own)
            target = None if target != main and (is_over(sentence) or saves(sentence)) else target
            is_sold = target is not None and (main is None or all(p.name != main or p.name == target for p in kept))
            is_sold = is_sold and (target == main or not _opens_with_noun(sentence))
            focus = (
                target
                if is_sold
                else topic_of(
                    sentence, [p for p in own if not p.is_noun or _opens(sentence, p)], focus, is_of_one=is_of_one
                )
            )
        told_on = others.turn(sentence, kept, focus)
        company = company if kept or told_on is None else told_on
        spoken_of, company = company, _last_named(kept) or company if is_of_market else company
        focus = told_on or focus
        is_first = is_first and (all(p.name != section for p in kept) or asked is not None)
        asked = _asked(sentence, kept)
        is_held = is_of_one or (section != main and _is_told_aside(sentence, kept, focus))
        is_first = is_first and not (is_of_one and _tells_of_peers(kept, section))
        lasting = section if is_held and not is_first and _is_share_or_index(focus) and is_company(section) else focus
        last_index = next((p.name for p in reversed(here) if p.name.kind is NameKind.INDEX), last_index)
        commodity = good_of(sentence, here, commodity)
        good = goes_on_about(sentence, kept, previous, good, commodity)
        previous = sentence
        share = others.share_of(sentence, bid, focus, company)
        nouns = _nouns(sentence, kept, spoken_of, commodity, main if share is not None and share.is_met else share)
        if focus is not None and focus.kind is NameKind.COMPANY and not (is_of_market and _last_named(kept)):
            company = focus
        nouns += sides(sentence, result.bid.get(sentence.number))
        nouns = nouns or carried(sentence, kept, good)
        result.places[sentence.number] = sorted([*kept, *nouns], key=lambda place: place.first)
        here_act = result.actors[sentence.number] = actors(sentence)
        for actor in here_act:
            if not actor.is_place and actor.name is not None:
                institution, acting = actor.name, sentence.text.block
        body = None if begins else body
        if (going := goes_on(sentence, body)) is not None:
            result.going_on[sentence.number] = going
        body = told_of(sentence, kept, here_act, body)
        result.focus[sentence.number] = focus
        result.company[sentence.number] = company
        result.last_index[sentence.number] = last_index
        result.commodity[sentence.number] = commodity
        result.institution[sentence.number] = institution
        if acting is not None and acting is sentence.text.block:
            result.acted.add(sentence.number)
    result.body = _agencies(article, result)
    result.place = _places(article)
    sought = next((told for told in result.bid.values() if told[1] == main), None)
    if sought is not None:
        result.bid = {s.number: result.bid.get(s.number, sought) for s in article.sentences}
    about = sum(1 for focus in result.focus.values() if focus == main)
    result.is_single = main is not None and 2 * about > len(result.focus)
    return result


def _agencies(article: Article, known: Subjects) -> dict[int, Name]:
    """The body of a state that was last named by each sentence: what `die Behörde` and `the agency` stand for."""
    out: dict[int, Name] = {}
    agency: Name | None = None
    for sentence in article.sentences:
        for actor in known.actors[sentence.number]:
            if actor.name is not None and not actor.is_place and not is_whole(actor.name):
                agency = actor.name
        if agency is not None:
            out[sentence.number] = agency
    return out


def _places(article: Article) -> dict[int, str]:
    """The country in which something of the sentence before took place, by each sentence of its block."""
    out: dict[int, str] = {}
    told: tuple[object, str] | None = None
    for sentence in article.sentences:
        if told is not None and told[0] is sentence.text.block:
            out[sentence.number] = told[1]
        told_in = range(sentence.first + 1, sentence.last)
        state = next((at[0] for k in told_in if (at := placed_at(sentence, k))), None)
        if state is None:  # `Derweil drängt China auf den Markt. Dort`
            state = next((at[0] for k in told_in if (at := state_at(sentence, k))), None)
        goes_on_there = sentence.tokens.lower[sentence.first] in ("dort", "there") and told is not None
        if not goes_on_there:
            name = None if state is None else state.en if sentence.text.is_english else state.de
            told = (sentence.text.block, name) if name is not None else None
    return out


def _unnamed(article: Article, known: Subjects) -> set[int]:
    """The sentences in whose block no company has been named by then."""
    out, block, is_named = set(), None, False
    for sentence in article.sentences:
        if sentence.text.block is not block:
            block, is_named = sentence.text.block, False
        is_named = is_named or any(
            p.name.kind is NameKind.COMPANY and not p.is_noun for p in known.places[sentence.number]
        )
        if not is_named:
            out.add(sentence.number)
    return out


def _last_named(kept: list[Place]) -> Name | None:
    """The company that a sentence names last: what a noun for one in the next sentence stands for in a text about a
    market or a good."""
    return next((p.name for p in reversed(kept) if not p.is_noun and p.name.kind is NameKind.COMPANY), None)


def _nouns(
    sentence: Sentence, kept: list[Place], company: Name | None, commodity: Name | None, held: Name | None
) -> list[Place]:
    """Nouns that stand for what the text is about: der Konzern, das Papier, the stock, the metal; `held` is whose share
    is meant where a sentence names none, of a bid that of the company to be bought. A
    company that no list holds has none."""
    out = standing_for(sentence, kept, commodity) if commodity is not None else []
    for cue in sentence.cues:
        if cue.family not in ("papers", "company_noun") or sentence.tokens.lower[cue.first] in _NO_NOUNS:
            continue
        kinds = (NameKind.COMPANY, NameKind.BOND) if cue.family == "papers" else (NameKind.COMPANY,)
        if any(p.first <= cue.first < p.last for p in kept) or _is_in_name(sentence, cue.first):
            continue
        named = [
            p for p in kept if p.last <= cue.first and p.name.kind in kinds and not is_parted(sentence, p, cue.first)
        ]
        named = [p for p in named if cue.family != "papers" or not p.name.is_met]
        name = named[-1].name if named else held if cue.family == "papers" else company
        before = sentence.words(cue.first - 1, cue.first)
        if is_of_trade(sentence.tokens, cue.last - 1):
            continue
        if name is None or before[:1] in (("eine",), ("ein",), ("a",), ("andere",), ("other",), ("einer",), ("einem",)):
            continue
        following = next((p for p in kept if cue.last <= p.first and _is_spelt_out(sentence, cue.last, p.first)), None)
        following = following or _leading(sentence, cue.first, kept)
        out.append(Place(cue.first, cue.last, following.name if following else name, True))
    return out


def _is_in_name(sentence: Sentence, k: int) -> bool:
    """Whether a word is part of what a house or a central bank is called: `Commerzbank`, `Riksbank`."""
    named = (n for n in sentence.names_near(k) if n.first <= k < n.last)
    return any(n.of(NameKind.HOUSE, NameKind.INSTITUTION) is not None for n in named)


def _is_spelt_out(sentence: Sentence, last: int, first: int) -> bool:
    """Whether a name says which company a noun before it stands for: `the stock of X`, `die Aktie des Autobauers X`."""
    between = sentence.tokens.text[last:first]
    is_apposed = between[:1] == [","] and between[1:] not in _RELATIVE
    is_joined = all(word.lower() in _JOINING or not word[:1].islower() for word in between)
    return len(between) <= 2 and (is_apposed or is_joined)


def _leading(sentence: Sentence, k: int, kept: list[Place]) -> Place | None:
    """Who is said to lead: `Marktführer bleibt Schwäbisch Hall`, `Branchenprimus in Europa ist X`."""
    if not sentence.tokens.lower[k].startswith(_LEADERS):
        return None
    place = next((p for p in kept if p.first > k and p.name.kind is NameKind.COMPANY and not p.is_noun), None)
    between = sentence.words(k + 1, place.first) if place is not None else ()
    return place if 0 < len(between) <= _LATE and between[-1] in _BEING and "," not in between else None


_LEADERS = ("marktführer", "weltmarktführer", "branchenprimus", "branchenführer", "leader")
_BEING = frozenset(("ist", "bleibt", "war", "blieb", "is", "remains", "was"))


_RELATIVE = (["which"], ["that"], ["who"], ["die"], ["der"], ["das"], ["den"])


_JOINING = frozenset(("of", "von", "vom", "der", "des", "dem", "the", "in", "s", "a", "like", "wie"))


def _asked(sentence: Sentence, kept: list[Place]) -> Name | None:
    """The company that an interview's question is about: the answer below it goes on about it."""
    if not sentence.is_question or sentence.role in (BlockRole.TITLE, BlockRole.HEADING):
        return None
    named = list({p.name: None for p in kept if not p.is_noun and p.name.kind is NameKind.COMPANY})
    return named[0] if len(named) == 1 else None


def _is_share_or_index(name: Name | None) -> bool:
    return name is not None and name.kind in (NameKind.COMPANY, NameKind.INDEX)


def _goes_on(sentence: Sentence) -> bool:
    return sentence.words(sentence.first, sentence.first + 1)[:1] in (("er",), ("sie",), ("he",), ("she",))


def _is_in_relative(sentence: Sentence, place: Place) -> bool:
    """Whether a name stands in the relative clause of a noun that opens its sentence: `The company, which acquired X in
    2024, told`."""
    words = sentence.words(sentence.first, place.first)
    start = max((k for k, word in enumerate(words) if word == ","), default=0)
    is_noun = 0 < start <= _LATE and sentence.tokens.text[sentence.first + start - 1].islower()
    return is_noun and words[start + 1 : start + 2] in _TELLING


_TELLING = (("which",), ("whose",), ("who",), ("that",))


def _is_told_aside(sentence: Sentence, kept: list[Place], focus: Name | None) -> bool:
    """Whether who is in focus is told of as somebody's rival or partner: `Its American competitor Saia fell 4%.`"""
    place = next((p for p in kept if p.name == focus and not p.is_noun), None)
    lead = sentence.words(place.first - 4, place.first) if place is not None else ()
    return any(word in _RIVALS for word in lead)


def _tells_of_peers(kept: list[Place], section: Name | None) -> bool:
    """Whether a sentence tells of several others, one after the other."""
    others = {p.name for p in kept if not p.is_noun and p.name.kind in (NameKind.COMPANY, NameKind.INDEX)}
    return len(others) > 1 and section not in others


_RIVALS = word_set("subjects", "kin") | word_set("subjects", "relations")


def _opens(sentence: Sentence, place: Place) -> bool:
    """Whether what stands for a company opens its sentence, so that the next one may go on about it."""
    return place.first - sentence.first <= _LATE


_LATE = 4


def _opens_with_noun(sentence: Sentence) -> bool:
    """Whether a sentence is about the company told of before: `The company, which bought X in 2024, said`."""
    is_led = sentence.words(sentence.first, sentence.first + 1) in (("the",), ("der",), ("das",), ("die",))
    return is_led and any(
        cue.family == "company_noun" and cue.first == sentence.first + 1 for cue in sentence.cues_near(sentence.first)
    )
