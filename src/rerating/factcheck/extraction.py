"""From an article to its claims: figures with their topics, claims without a number, tables, questions, advertising."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rerating.factcheck import dates, ratings, tables
from rerating.factcheck.article import Article, Sentence, read
from rerating.factcheck.belonging import respectively, subject_of
from rerating.factcheck.binding import bind
from rerating.factcheck.carrying import carried
from rerating.factcheck.claim import Claim
from rerating.factcheck.continuation import Spans, foretold, of_analyst, reasons, taken_over
from rerating.factcheck.dating import Dated, dated
from rerating.factcheck.draft import Draft, span_of
from rerating.factcheck.expecting import context
from rerating.factcheck.interviews import speaking_turns
from rerating.factcheck.kinds import kind_of
from rerating.factcheck.lexicon import word_set
from rerating.factcheck.names import ASSETS, NameKind, gazetteer_version
from rerating.factcheck.offers import offers, promised
from rerating.factcheck.phrasings import said
from rerating.factcheck.settling import Bound
from rerating.factcheck.speech import Voice, data_in, house_in, quotations, voice
from rerating.factcheck.status import status_of
from rerating.factcheck.subjects import Subjects, as_subject, subjects
from rerating.factcheck.values import comparator_of, direction_of, values_of
from rerating.language.promotion import is_risk_notice
from rerating.language.reading import Tongue
from rerating.language.reading.tokens import WORD


@dataclass(slots=True)
class Extraction:
    """The claims of an article, with the article as it was read."""

    article: Article
    subjects: Subjects
    claims: list[Claim] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types: the claims in the contract's fields, and what the article is."""
        at, on = self.article.published_at, self.article.published_on
        return {
            "article": {
                "language": self.article.language,
                "published_on": on.isoformat() if on else None,
                "published_at": at.isoformat() if at else None,
                "subject": as_subject(self.subjects.main).model_dump(mode="json"),
            },
            "claims": [claim.model_dump(mode="json") for claim in self.claims],
            "gazetteers": gazetteer_version(),
        }


def extract(source: str, *, published_at: datetime | None = None, language: Tongue | None = None) -> Extraction:
    """All claims of a text, in its order. No exception on any text; linear in its length."""
    article = read(source, published_at=published_at, language=language)
    known = subjects(article)
    drafts = _drafts(article, known)
    result = Extraction(article, known)
    result.claims = _claims(article, drafts)
    return result


def _drafts(article: Article, known: Subjects) -> list[Draft]:
    drafts: list[Draft] = []
    before: Voice | None = None
    heard: Voice | None = None
    turns, turn = speaking_turns(article), None
    block = None
    last_bound: Bound | None = None
    last_dated = Dated()
    told: list[Draft] = []
    spans = Spans(published=article.published_on)
    last_sentence: Sentence | None = None
    for sentence in article.sentences:
        if sentence.row is not None:
            continue
        if sentence.text.block is not block:
            block, before = sentence.text.block, None
            turn = turns.get(id(sentence.text))
            told = []
        speaker = voice(sentence, before, heard=heard, turn=turn)
        before = speaker
        heard = speaker if speaker.source else heard
        region = article.region_of(sentence)
        if is_risk_notice(article.source[sentence.span[0] : sentence.span[1]]) and region is None:
            continue
        found = _numbers(article, known, sentence, speaker, before=last_bound, last=last_dated)
        foretold(sentence, found, last_sentence)
        of_analyst(sentence, found, heard)
        last_sentence = sentence
        taken_over(sentence, found, told)
        spans.complete(sentence, found)
        before_this, told = told, found or told
        bounds = [draft.bound for draft in found if draft.bound is not None]
        last_bound = bounds[-1] if bounds else last_bound if sentence.text.block is block else None
        for draft in found:
            if draft.dated.as_of:
                last_dated = draft.dated
        found += ratings.rating_drafts(article, known, sentence, speaker)
        found += dates.date_drafts(article, known, sentence, speaker)
        found += _words(article, known, sentence, speaker, found)
        reasons(found, before_this)
        rated = any(d.kind in ("rating", "rating_change", "price_target") for d in (*found, *drafts[-4:]))
        found += _quoted(known, sentence, speaker, found, rated=rated)
        found += _asked(article, known, sentence, speaker, found)
        drafts += found
    promised(article, known, drafts)
    drafts += tables.table_drafts(article, known)
    drafts += offers(article, known, drafts)
    return drafts


# ---- figures ---------------------------------------------------------------------------------------------------------


def _numbers(
    article: Article, known: Subjects, sentence: Sentence, speaker: Voice, *, before: Bound | None, last: Dated
) -> list[Draft]:
    bounds = bind(sentence, before)
    bounds += carried(sentence, bounds, before)
    bounds.sort(key=lambda bound: bound.figure.first)
    drafts: list[Draft] = []
    for bound in bounds:
        around = context(sentence, bound.figure)
        asset = known.of(sentence, bound.figure)
        kind, metric = kind_of(sentence, bound, around, asset=asset.kind if asset else None)
        subject = subject_of(known, sentence, bound.figure.first, (kind, metric), asset)
        values = values_of(sentence, bound, kind, metric)
        if not values:
            continue
        draft = Draft(
            sentence=sentence,
            first=bound.figure.first,
            last=bound.figure.last,
            span=span_of(sentence, bound.figure),
            kind=kind,
            metric=metric,
            values=values,
            comparator=comparator_of(sentence, bound, values),
            direction=direction_of(sentence, bound, around, kind),
            subject=subject,
            bound=bound,
            around=around,
            voice=speaker,
        )
        draft.dated = dated(article, sentence, (draft.first, draft.last), kind, last)
        draft.source = _source(sentence, draft, speaker)
        drafts.append(draft)
    respectively(known, sentence, drafts)
    return _merged(sentence, drafts)


def _source(sentence: Sentence, draft: Draft, speaker: Voice) -> str | None:
    if draft.kind in ("price_target", "rating", "rating_change"):
        return house_in(sentence, draft.first) or speaker.source
    if draft.kind in ("estimate", "rating_count", "consensus_rating"):
        return data_in(sentence) or speaker.source
    if draft.kind in ("holding", "insider_trade"):
        return speaker.source
    return speaker.source if speaker.is_attributed and not speaker.is_reporting else None


_BRACKETS = frozenset(("(", "[", ","))


def _merged(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    """One claim of a sum and its restatement in another currency; from and to of `statt X nun Y`."""
    out: list[Draft] = []
    for draft in drafts:
        last = out[-1] if out else None
        if last is not None and _restates(sentence, last, draft):
            last.values = (*last.values, *draft.values)
            last.span = (last.span[0], draft.span[1])
            last.last = draft.last
            continue
        if last is not None and last.kind == draft.kind and _came_from(sentence, last, draft):
            now = tuple(value.model_copy(update={"role": "to"}) for value in last.values)
            former = tuple(value.model_copy(update={"role": "from"}) for value in draft.values)
            if isinstance(now[0].value, float | int) and isinstance(former[0].value, float | int):
                way = "up" if now[0].value > former[0].value else "down"
                last.direction = last.direction if now[0].value == former[0].value else way
            last.values, last.span, last.last = (*now, *former), (last.span[0], draft.span[1]), draft.last
            continue
        if last is not None and last.kind == draft.kind and _replaces(sentence, last, draft):
            first = tuple(value.model_copy(update={"role": "from"}) for value in last.values)
            second = tuple(value.model_copy(update={"role": "to"}) for value in draft.values)
            last.values, last.span, last.last = (*first, *second), (last.span[0], draft.span[1]), draft.last
            last.direction = draft.direction
            continue
        out.append(draft)
    return out


def _restates(sentence: Sentence, one: Draft, other: Draft) -> bool:
    money = [value for draft in (one, other) for value in draft.values if value.unit == "money"]
    if len(money) != 2 or len(one.values) + len(other.values) != 2 or money[0].currency == money[1].currency:
        return False
    between = sentence.words(one.last, other.first)
    return len(between) <= 4 and between[-1:] != () and "(" in between


_FORMER = word_set("extraction", "former")
_SIGNS_BEFORE = frozenset((",", "(", ":", "-", "–", "auf"))


def _came_from(sentence: Sentence, one: Draft, other: Draft) -> bool:
    """`3.1 times ebitda from 3.4 times`; of targets also `74 Euro, bisher 61` and `$16, up from $14`."""
    first, second = one.values, other.values
    if len(first) != 1 or len(second) != 1 or first[0].role != "value" or second[0].role != "value":
        return False
    if first[0].unit != second[0].unit or first[0].currency != second[0].currency or one.metric != other.metric:
        return False
    between = sentence.words(one.last, other.bound.figure.lead if other.bound else other.first)
    if one.kind == "price_target":
        words = [word for word in between if word not in _SIGNS_BEFORE]
        return 0 < len(words) <= 4 and _FORMER.issuperset(words)
    is_close = 0 < len(between) <= 4 and between[-1] == "from" and "," not in between
    return is_close and "up" not in between and "down" not in between


_INSTEAD = frozenset(("statt", "anstatt", "anstelle", "instead"))


def _replaces(sentence: Sentence, one: Draft, other: Draft) -> bool:
    before = sentence.words(one.first - 2, one.first)
    same = [v.unit for v in one.values] == [v.unit for v in other.values] and len(one.values) == 1
    return same and not _INSTEAD.isdisjoint(before) and one.values[0].role == "value" and other.first - one.last < 12


# ---- claims without a number -----------------------------------------------------------------------------------------


def _words(article: Article, known: Subjects, sentence: Sentence, speaker: Voice, found: list[Draft]) -> list[Draft]:
    drafts: list[Draft] = []
    asks = _clause_of_question(sentence) if sentence.is_question else sentence.last + 1
    for each in said(sentence, "en" if article.is_english else "de"):
        phrasing = each.phrasing
        last = max(each.first + 1, asks - 1) if each.first < asks <= each.last else each.last
        if phrasing.needs == "price" and not _tells_of_price(sentence, found):
            continue
        if phrasing.needs == "institution" and not _tells_of_state(sentence):
            continue
        if phrasing.needs == "judge" and not _is_judged(sentence):
            continue
        if phrasing.needs == "rating" and not any(d.kind in _OPINIONS for d in found):
            continue
        if phrasing.kind == "guidance" and _is_others(sentence, each.first, each.last):
            continue
        if phrasing.kind in _NAMED and _is_named(sentence, phrasing.kind, found, each.first, each.last):
            continue
        if phrasing.kind in _FIGURED and any(
            d.kind == phrasing.kind and _close(sentence, d, each.first, each.last) for d in found
        ):
            continue
        covering = _COVERED_BY.get(phrasing.kind, ()) or (phrasing.kind,)
        if any(d.first < each.last and each.first < d.last and d.kind in covering for d in (*found, *drafts)):
            continue
        if phrasing.kind == "attributed_reason":
            inside = [d.bound.figure.lead for d in found if d.bound and each.first <= d.first < last]
            last = min([last, *inside])
            if inside and last - each.first < 5:
                continue
        start, end = sentence.text.span(each.first, last)
        asset = known.of(sentence, None, first=each.first)
        draft = Draft(
            sentence=sentence,
            first=each.first,
            last=each.last,
            span=(start, end),
            kind=phrasing.kind,
            metric=phrasing.metric,
            subject=subject_of(known, sentence, each.first, (phrasing.kind, phrasing.metric), asset),
            direction=phrasing.direction,
            voice=speaker,
        )
        draft.dated = dated(article, sentence, (each.first, each.last), phrasing.kind, Dated())
        draft.source = _source(sentence, draft, speaker) or (speaker.source if speaker.is_attributed else None)
        drafts.append(draft)
    return drafts


_NAMED = {"price_target": ("price_target",), "rating_change": ("rating_change", "rating")}
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
}
"""Kinds that say already what a phrase would say at the same words."""


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
    cost = sentence.cost(last, draft.first) if draft.first >= last else sentence.cost(draft.last, first)
    return gap <= 8 and cost < 0.6


_TOLD_ONCE = frozenset(("guidance", "estimate", "growth", "moving_average", "policy_event", "holding", "insider_trade"))
"""Kinds whose words say nothing of their own beside their figure in one clause."""


def _quoted(known: Subjects, sentence: Sentence, speaker: Voice, found: list[Draft], *, rated: bool) -> list[Draft]:
    """A quotation that holds no other claim is what somebody thinks of outlook or mood."""
    drafts = []
    for first, last in quotations(sentence):
        if any(d.first < last and first < d.last for d in found):
            continue
        if sum(1 for k in range(first, last) if sentence.tokens.kind[k] == WORD) < 4 and not _MOOD & set(
            sentence.words(first, last)
        ):
            continue
        if not speaker.is_attributed:
            continue
        words = set(sentence.words(first, last))
        is_mood = not words.isdisjoint(_MOOD)
        kind = "sentiment" if is_mood else "outlook"
        metric = kind
        if not is_mood and rated and house_in(sentence, first) is not None:
            kind, metric = "attributed_reason", "reason"
        draft = Draft(
            sentence=sentence,
            first=first,
            last=last,
            span=sentence.text.span(first, last),
            kind=kind,
            metric=metric,
            subject=as_subject(known.of(sentence, None, first=first)),
            voice=speaker,
            source=speaker.source,
        )
        drafts.append(draft)
    return drafts


_MOOD = word_set("extraction", "mood")


def _asked(article: Article, known: Subjects, sentence: Sentence, speaker: Voice, found: list[Draft]) -> list[Draft]:
    """A question that holds no claim of its own is a claim of kind question."""
    if not sentence.is_question:
        return []
    first = _clause_of_question(sentence)
    if any(d.first >= first and d.kind not in ("sentiment", "outlook") for d in found):
        return []
    if len(sentence.words(first, sentence.last)) <= 2:
        return []
    for draft in [d for d in found if d.first >= first]:
        found.remove(draft)
    return [
        Draft(
            sentence=sentence,
            first=first,
            last=sentence.last,
            span=sentence.text.span(first, sentence.last),
            kind="question",
            metric="verdict",
            subject=as_subject(known.of(sentence, None, first=first)),
            voice=speaker,
            status="question",
        )
    ]


def _clause_of_question(sentence: Sentence) -> int:
    """Where the part of a headline begins that asks: behind its last dash or colon."""
    tokens, first = sentence.tokens, sentence.first
    if (
        sentence.words(first, first + 1)
        and tokens.lower[first] in _ASKING
        and ":" not in tokens.text[first : first + 3]
    ):
        return first
    for k in range(sentence.first, sentence.last - 1):
        is_dash = tokens.text[k] in "–—-" and not tokens.glued[k] and not tokens.glued[k + 1]
        if is_dash or (tokens.text[k] in ":;" and not tokens.glued[k + 1]):
            first = k + 1
    return first


_ASKING = word_set("extraction", "asking")
"""A sentence that begins with one of them asks as a whole."""


# ---- from drafts to claims -------------------------------------------------------------------------------------------


def _claims(article: Article, drafts: list[Draft]) -> list[Claim]:
    drafts.sort(key=lambda draft: (draft.span, draft.kind, draft.metric))
    claims: list[Claim] = []
    seen: set[tuple[int, int, str, str]] = set()
    for draft in drafts:
        key = (*draft.span, draft.kind, draft.metric)
        if key in seen:
            continue
        seen.add(key)
        start, end = draft.span
        region = article.region_of(draft.sentence)
        claims.append(
            Claim(
                id=f"c{len(claims) + 1}",
                text=article.source[start:end],
                start=start,
                end=end,
                sentence_start=min(start, draft.sentence.span[0]),
                sentence_end=max(end, draft.sentence.span[1]),
                type=draft.kind,
                subject=draft.subject,
                metric=draft.metric,
                values=draft.values,
                comparator=draft.comparator,
                direction=draft.direction,
                period=draft.dated.period,
                as_of=draft.dated.as_of,
                status=status_of(draft, region),
                source=draft.source,
            )
        )
    return claims
