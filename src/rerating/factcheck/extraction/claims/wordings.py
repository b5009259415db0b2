"""Claims without a number: which of the phrasings of a sentence are claims of their own there."""

from __future__ import annotations

from rerating.factcheck.claim import ClaimValue, Subject
from rerating.factcheck.extraction.claims.gists import REASON, Clause, gists, is_indirect
from rerating.factcheck.extraction.claims.phrasings import Said, said
from rerating.factcheck.extraction.figures.draft import Draft, source_of
from rerating.factcheck.extraction.text.article import Article, Sentence
from rerating.factcheck.extraction.text.gazetteer import ASSETS, Name, NameKind
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.lexicon import word_set
from rerating.factcheck.extraction.text.questions import asking_part
from rerating.factcheck.extraction.voices.coming import lies_ahead
from rerating.factcheck.extraction.voices.dating import dated
from rerating.factcheck.extraction.voices.speech import Voice
from rerating.factcheck.extraction.whom.belonging import subject_of
from rerating.factcheck.extraction.whom.economy.groups_in_words import opening_group
from rerating.factcheck.extraction.whom.focus.subjects import Subjects


def worded(article: Article, known: Subjects, sentence: Sentence, speaker: Voice, found: list[Draft]) -> list[Draft]:
    """The claims that words alone tell of, beside those with figures that were found in the sentence."""
    drafts: list[Draft] = []
    asks = asking_part(sentence) if sentence.is_question else sentence.last + 1
    language = "en" if article.is_english else "de"
    for each in () if _is_caption(sentence) else said(sentence, language):
        last = max(each.first + 1, asks - 1) if each.first < asks <= each.last else each.last
        if not _has_needs(sentence, each, found) or _is_told(sentence, each, found):
            continue
        meaning = each.meaning
        if meaning.kind in _TOLD_BY_FIGURES and _runs_into_figure(sentence, each, found):
            continue
        covering = _COVERED_BY.get(meaning.kind, ()) or (meaning.kind,)
        if any(d.first < each.last and each.first < d.last and d.kind in covering for d in (*found, *drafts)):
            continue
        if meaning.kind == "attributed_reason":
            inside = [d.bound.figure.lead for d in found if d.bound and each.first <= d.first < last]
            last = min([last, *inside])
            if inside and last - each.first < 5:
                continue
        drafts.append(_draft(article, known, sentence, speaker, Said(each.first, last, meaning)))
    for each, clause in gists(sentence, language):
        if clause.last > asks or _is_read(clause, each, (*found, *drafts)):
            continue
        if each.meaning.needs == "heard" and not (speaker.is_indirect and speaker.source):
            continue
        if _has_needs(sentence, each, found) and not _is_told(sentence, each, found):
            drafts.append(_draft(article, known, sentence, speaker, each))
    return [d for d in drafts if not any(_tells(other, d) for other in (*found, *drafts))]


_TOLD_BY = {
    "attributed_reason": ("catalyst", "outlook", "policy_event"),
    "catalyst": ("outlook", "guidance", "estimate", "policy_event", "corporate_event"),
    "guidance": ("outlook", "estimate"),
    "outlook": ("sentiment",),
    "rating": ("catalyst",),
    "rating_change": ("catalyst",),
}
"""Kinds that are no claims of their own within what another says: `after it lifted its guidance` tells of a cause."""


def _tells(one: Draft, other: Draft) -> bool:
    is_over = one.first < other.last and other.first < one.last
    if one.kind == "catalyst" and other.kind == "rating_change" and not other.values:
        return is_over
    if one.kind in ("rating", "rating_change") and not one.values:
        return False
    return is_over and one.bound is None and other.kind in _TOLD_BY.get(one.kind, ())


_TOLD_BY_FIGURES = word_set("extraction", "told_by_figures")
"""Kinds whose words say nothing of their own where a figure follows at once: `call volume exploded to 640,000`."""


def _runs_into_figure(sentence: Sentence, each: Said, found: list[Draft]) -> bool:
    """Whether a figure's claim begins within the words or right behind them in their clause."""
    return any(
        d.bound is not None
        and each.first <= d.first <= each.last + 3
        and sentence.cost(min(each.last, d.first), d.first) < 0.5
        for d in found
    )


_CAPTIONS = frozenset(("what", "why", "how", "so", "was", "warum", "wie", "darum", "deshalb", "wieso"))


def _is_caption(sentence: Sentence) -> bool:
    """Whether a heading within the text only says what the part below it is about: `What spooked investors`."""
    is_heading = sentence.number > 0 and sentence.role is BlockRole.HEADING
    return is_heading and not _CAPTIONS.isdisjoint(sentence.words(sentence.first, sentence.first + 1))


def _is_read(clause: Clause, each: Said, drafts: tuple[Draft, ...]) -> bool:
    """Whether a clause that comes to something says something already: in words or in a figure.

    A rank may stand beside a figure of something else: `Shares of the largest U.S. producer gained 9.2%`.
    """
    if each.meaning.kind == "ranking":
        return any(
            (draft.first < each.last and each.first < draft.last)
            or (draft.kind in _COVERED_BY["ranking"] and draft.first < clause.last and clause.first < draft.last)
            for draft in drafts
        )
    return any(draft.first < clause.reach and clause.first < draft.last for draft in drafts)


def _draft(article: Article, known: Subjects, sentence: Sentence, speaker: Voice, each: Said) -> Draft:
    meaning = each.meaning
    if meaning.kind == "catalyst" and speaker.is_indirect and speaker.source and is_indirect(sentence, each):
        meaning = REASON
    asset = _rated_company(known, sentence, each) or _ranked_company(known, sentence, each)
    asset = asset or known.of(sentence, None, first=each.first)
    draft = Draft(
        sentence=sentence,
        first=each.first,
        last=each.last,
        span=sentence.text.span(each.first, each.last),
        kind=meaning.kind,
        metric=meaning.metric,
        subject=subject_of(known, sentence, each.first, (meaning.kind, meaning.metric), asset),
        direction=meaning.direction,
        voice=speaker,
    )
    if meaning.kind == "rating":
        draft.values = _rated(sentence, each)
    if meaning.metric in _PLACED:
        draft.values = _place(sentence, each.first, each.last)
        draft.comparator = "exact" if draft.values else "none"
    if (group := opening_group(known, sentence, each.first, meaning.kind)) is not None:
        draft.subject = Subject(name=group.name)
    draft.dated = dated(article, sentence, (each.first, each.last), meaning.kind, meaning.metric)
    draft.is_to_come = lies_ahead(article, sentence, (each.first, each.last))
    draft.source = source_of(sentence, draft, speaker) or (speaker.source if speaker.is_attributed else None)
    return draft


def _rated_company(known: Subjects, sentence: Sentence, each: Said) -> Name | None:
    """The company that words of advice name themselves: `stay at Outperform on Dexcom`."""
    if each.meaning.kind not in ("rating", "rating_change"):
        return None
    within = [
        p
        for p in known.places.get(sentence.number, [])
        if each.first < p.first and p.last <= each.last + 2 and p.name.kind is NameKind.COMPANY and not p.is_noun
    ]
    return next((p.name for p in within if sentence.words(p.first - 1, p.first) in _ON), None)


def _ranked_company(known: Subjects, sentence: Sentence, each: Said) -> Name | None:
    """The company that stands right behind its rank: `Marktführer Kion verlor`, `Industry leader CarMax earns`."""
    if each.meaning.kind != "ranking":
        return None
    places = (p for p in known.places.get(sentence.number, []) if p.first == each.last and not p.is_noun)
    return next((p.name for p in places if p.name.kind is NameKind.COMPANY), None)


_ON = frozenset((("on",), ("for",), ("für",), ("bei",)))


def _rated(sentence: Sentence, each: Said) -> tuple[ClaimValue, ...]:
    """The rating that words of advice hold: `left its Buy in place`."""
    words = [
        f.mention.text for f in sentence.figures if f.mention.unit == "rating" and each.first <= f.first < each.last
    ]
    return tuple(ClaimValue(value=word, unit="rating") for word in words[:1])


_NAMED = {
    "price_target": ("price_target",),
    "rating_change": ("rating_change", "rating"),
}
"""Changes that are told in words alone, and the claims that hold their figure or rating where it is named."""


def _is_named(sentence: Sentence, kind: str, found: list[Draft], first: int, last: int) -> bool:
    """Whether the part of the sentence up to a semicolon names what a target or a rating became."""
    for draft in found:
        between = sentence.words(last, draft.first) if draft.first >= last else sentence.words(draft.last, first)
        if draft.kind in _NAMED[kind] and ";" not in between:
            return True
    return False


def _is_others(sentence: Sentence, first: int, last: int) -> bool:
    """Whether what is foreseen is no company's plan: what houses, analysts or the market expect, or policy makers."""
    before, begin = sentence.words(first - 4, first), sentence.words(first, min(last, first + 4))
    if sentence.houses or "street" in before or not _EXPECTING.isdisjoint((*before, *begin)):
        return True
    return any(t.key in ("inflation_rate", "gdp_growth", "unemployment_rate") for t in sentence.topics)


_COVERED_BY = {
    "volume": ("volume", "options_volume"),
    "ranking": ("ranking", "high_low_level", "options_volume", "rerating"),
    "options_volume": ("options_volume", "ranking", "high_low_level"),
    "guidance": ("guidance", "catalyst"),
    "estimate": ("estimate", "catalyst"),
    "catalyst": ("catalyst", "date"),
    "holding": ("holding", "insider_trade"),
    "rerating": ("rerating", "attributed_reason"),
    "outlook": ("outlook", "implied_upside"),
    "rating": ("rating", "rating_change"),
}
"""Kinds that say already what a phrase would say at the same words."""


def _has_needs(sentence: Sentence, each: Said, found: list[Draft]) -> bool:
    """Whether the sentence holds what the phrasing needs."""
    match each.meaning.needs:
        case "price":
            return _tells_of_price(sentence, found)
        case "institution":
            return _tells_of_state(sentence)
        case "judge":
            return _is_judged(sentence)
        case "multiple":
            return any(d.kind == "ratio" for d in found)
        case "rating":
            return any(d.kind in _OPINIONS for d in found)
        case _:
            return True


def _is_told(sentence: Sentence, each: Said, found: list[Draft]) -> bool:
    """Whether a figure or a rating of the sentence says the same, or the phrase is no claim of this kind here."""
    kind, first, last = each.meaning.kind, each.first, each.last
    if kind == "guidance" and _is_others(sentence, first, last):
        return True
    if kind == "rating" and any(d.kind == "rating_count" for d in found):
        return True
    if kind in _NAMED and _is_named(sentence, kind, found, first, last):
        return True
    return kind in _FIGURED and any(d.kind == kind and _close(sentence, d, first, last) for d in found)


_ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            ("second", "zweit", "zweite", "zweiter", "zweiten", "zweites"),
            ("third", "dritt", "dritte", "dritter", "dritten", "drittes"),
            ("fourth", "viert", "vierte", "vierter", "vierten", "viertes"),
            ("fifth", "fünft", "fünfte", "fünfter", "fünften", "fünftes"),
            ("sixth", "sechst", "sechste", "sechster", "sechsten", "sechstes"),
            ("seventh", "siebt", "siebte", "siebter", "siebten", "siebtes"),
            ("eighth", "acht", "achte", "achter", "achten", "achtes"),
        ),
        start=2,
    )
    for word in words
}
_PARTS = frozenset(("quarter", "quartal", "half", "halbjahr", "jahreshälfte", "time", "mal"))
_PLACED = frozenset(("rank", "all_time_high", "largest_position", "largest_shareholder"))
_NUMBERS = frozenset(("number", "nummer", "no"))


def _place(sentence: Sentence, first: int, last: int) -> tuple[ClaimValue, ...]:
    """The place that a rank names: `its third record this year`, `the second-largest deal`, `der zweitgrößte Wert`."""
    tokens = sentence.tokens
    for k in range(first, last):
        word = tokens.lower[k]
        counted = next((f for f in sentence.figures_near(k) if f.first <= k < f.last), None)
        is_place = counted is not None and counted.mention.unit == "count" and len(counted.mention.values) == 1
        is_told = word.isdigit() or not _NUMBERS.isdisjoint(sentence.words(k - 2, k))
        if counted is not None and is_place and is_told and counted.mention.values[0].value > 1:
            return (ClaimValue(value=int(counted.mention.values[0].value), unit="count", step=1.0),)
        number = _ORDINALS.get(word) or next(
            (n for each, n in _ORDINALS.items() if word.startswith(each) and word.endswith(_SUPERLATIVES)), None
        )
        if number is not None and _PARTS.isdisjoint(sentence.words(k + 1, k + 2)):
            return (ClaimValue(value=number, unit="count", step=1.0),)
    return ()


_SUPERLATIVES = ("größte", "größter", "größten", "grösste", "grösster", "stärkste", "beste", "höchste", "teuerste")


def _tells_of_price(sentence: Sentence, found: list[Draft]) -> bool:
    """Whether a sentence tells of a price that moved, with a figure or without."""
    if any(d.kind in ("return", "price_level", "high_low_level") for d in found):
        return True
    families = {cue.family for cue in sentence.cues}
    return "movement" in families and ("price" in families or any(n.of(*ASSETS) for n in sentence.names))


_OPINIONS = frozenset(("rating", "rating_change", "price_target", "consensus_rating", "rating_count"))
_STATE = word_set("extraction", "state")


def _tells_of_state(sentence: Sentence) -> bool:
    """Whether a state's institution acts in the sentence: by its name, or by what such a body is called."""
    if any(named.of(NameKind.INSTITUTION) for named in sentence.names):
        return True
    return not _STATE.isdisjoint(sentence.words(sentence.first, sentence.last))


_JUDGES = word_set("extraction", "judges")
_EXPECTING = _JUDGES | frozenset(("konsens", "consensus"))


def _is_judged(sentence: Sentence) -> bool:
    """Whether somebody speaks who judges shares: a house by its name, an analyst, a trader."""
    return bool(sentence.houses) or not _JUDGES.isdisjoint(sentence.words(sentence.first, sentence.last))


_FIGURED = word_set("extraction", "figured")


def _close(sentence: Sentence, draft: Draft, first: int, last: int) -> bool:
    """Whether a claim with a figure says the same: it stands within the phrase or right behind it."""
    if not draft.values:
        return draft.first < last and first < draft.last
    gap = draft.first - last if draft.first >= last else first - draft.last
    if draft.kind not in _TOLD_ONCE:
        return gap <= 1
    if draft.kind == "policy_event" and sentence.words(last - 1, last + 1) in _DECIDED_ON:
        return True
    cost = sentence.cost(last, draft.first) if draft.first >= last else sentence.cost(draft.last, first)
    if draft.kind == "holding" and draft.first >= last:
        return gap <= _BRACKET and cost < _BRACKETED
    return gap <= 8 and cost < 0.6


_BRACKET, _BRACKETED = 16, 2.2
"""`boosted its position in Twilio Inc. (NYSE:TWLO) by 22.6%`."""
_DECIDED_ON = frozenset((word, ",") for word in ("beschlossen", "entschieden", "zugestimmt", "gebilligt"))
"""`hat beschlossen, die Quote auf 25 Prozent anzuheben`: the figure says what."""
_TOLD_ONCE = frozenset(
    ("capex", "guidance", "estimate", "growth", "moving_average", "policy_event", "holding", "insider_trade")
)
"""Kinds whose words say nothing of their own beside their figure in one clause."""
